/* Where rules send: which were given another address, how often, and whether it was the one before. */
#include "inside.h"

/* One without room takes the place of another: the longest there, about. */
static struct trail *trail_get(struct model *m, uint32_t session, uint32_t far)
{
	struct trail_key k = { session, far };
	uint64_t h = table_hash(&m->trails, &k);
	bool made;
	uint32_t i = table_find(&m->trails, &k, h), serial = ((struct pfcp_session *)table_at(&m->pfcp, session))->serial;
	struct trail *t;

	if (i == TABLE_NONE && m->trails.used == m->trails.cap) {
		table_remove(&m->trails, m->trail_hand);
		m->trail_hand = (m->trail_hand + 1) % m->trails.cap;
	}
	i = table_get(&m->trails, &k, h, &made);
	if (i == TABLE_NONE) {
		m->n.refused++;
		return NULL;
	}
	t = table_at(&m->trails, i);
	if (t->serial != serial) {		/* another session has that number now */
		t->serial = serial;
		t->n = 0;
	}
	return t;
}

void moved(struct model *m, const struct fact *f, uint32_t session, uint32_t far, const struct tunnel_end *was, uint32_t to, uint32_t teid)
{
	struct move x = { .session = session, .far = far, .from = was->key.addr, .to = to, .from_teid = was->key.teid, .to_teid = teid,
		.first = ground_of(f) };
	struct trail *t = trail_get(m, session, far);
	unsigned at;

	if (!t)
		return;
	at = t->n++ % MOVE_MEMORY;
	t->at[at].t_ns = f->t_ns;
	t->at[at].ground = ground_of(f);
	t->at[at].place = was->key.addr;
	for (uint32_t i = t->n; i && t->n - i < MOVE_MEMORY; i--) {		/* back in time */
		at = (i - 1) % MOVE_MEMORY;
		if (t->at[at].t_ns + m->cfg.move_window_ns < f->t_ns)
			break;
		x.changes++;
		x.back |= t->at[at].place == to;
		x.first = t->at[at].ground;
	}
	if (m->last.nmoves < MODEL_MOVES)
		m->last.move[m->last.nmoves++] = x;
}
