/*
 * What flowed from one address to another in tunnels, whatever the TEID, and how much of it no order
 * covers.  An order holds a while before it was seen (the capture may have it late) and a while
 * after it was withdrawn (packets are under way).  A duplication rule orders nothing here: what it
 * sends is counted apart.
 */
#include "inside.h"

/* The order before the one that holds. */
struct past { uint64_t end, ordered_ns, withdrawn_ns; };

void past_keep(struct model *m, uint32_t end, const struct tunnel_end *e)
{
	uint64_t key = end;
	bool made;
	uint32_t i = table_get(&m->pasts, &key, table_hash(&m->pasts, &key), &made);

	if (i == TABLE_NONE)
		m->n.refused++;
	else
		*(struct past *)table_at(&m->pasts, i) = (struct past){ end, e->ordered_ns, e->withdrawn_ns };
}

static bool covers(const struct model *m, uint64_t ordered_ns, uint64_t withdrawn_ns, const struct tally_tunnel *t)
{
	return t->from_ns + m->cfg.settle_ns >= ordered_ns && (!withdrawn_ns || t->until_ns <= withdrawn_ns + m->cfg.grace_ns);
}

static bool is_ordered(const struct model *m, uint32_t end, const struct tunnel_end *e, const struct tally_tunnel *t)
{
	uint64_t key = end;
	const struct past *p;
	uint32_t i;

	if (!(e->origin & END_ORDERED))
		return false;
	if (covers(m, e->ordered_ns, e->withdrawn_ns, t))
		return true;
	i = table_find(&m->pasts, &key, table_hash(&m->pasts, &key));
	p = i == TABLE_NONE ? NULL : table_at(&m->pasts, i);
	return p && covers(m, p->ordered_ns, p->withdrawn_ns, t);
}

static bool is_duplicated(const struct model *m, uint32_t end, const struct tunnel_end *e, const struct tally_tunnel *t)
{
	const struct duplication *d = e->origin & END_PFCP_DUPL ? model_duplication(m, end) : NULL;

	return d && t->from_ns + m->cfg.settle_ns >= d->ordered_ns;
}

static void teid_seen(struct passage *p, uint32_t teid)
{
	for (unsigned i = 0; i < p->nteid; i++)
		if (p->teid[i] == teid)
			return;
	p->teids++;
	if (p->nteid < PASSAGE_TEIDS)
		p->teid[p->nteid++] = teid;
}

/* Frames of a tally that has none of its own (it was ordered when it opened, or there was no room): the first one. */
static void frames(struct model *m, struct passage *p, const struct fact *f)
{
	const struct tally_tunnel *t = &f->u.tunnel;
	struct frames l = t->unordered.n ? t->unordered : (struct frames){ &t->first_frame, t->first_frame != 0, 0 };

	p->frames = grounds_add(&m->passage_frames, p->frames, f->input, &l, &m->n.frames_unkept);
	p->frames_total += t->unordered.total ? t->unordered.total : t->all.packets;
}

static void stray(struct passage *p, const struct tally_tunnel *t)
{
	if (!p->stray_packets && !p->stray_bytes) {
		p->stray_first_ns = t->from_ns;
		p->stray_last_ns = t->until_ns;
	}
	p->stray_first_ns = t->from_ns < p->stray_first_ns ? t->from_ns : p->stray_first_ns;
	p->stray_last_ns = t->until_ns > p->stray_last_ns ? t->until_ns : p->stray_last_ns;
	p->stray_packets += t->all.packets;
	p->stray_bytes += t->all.bytes;
	teid_seen(p, t->teid);
}

void passage_count(struct model *m, const struct fact *f, struct sides x, uint32_t end)
{
	const struct tally_tunnel *t = &f->u.tunnel;
	const struct tunnel_end *e = table_at(&m->ends, end);
	struct passage like = { .key = { x.src, x.dst } }, *p;
	bool made;
	uint32_t i = x.src == NONE ? (uint32_t)TABLE_NONE : table_take(&m->passages, &like.key, &made);

	if (i == TABLE_NONE) {
		m->n.refused++;
		return;
	}
	p = table_at(&m->passages, i);
	if (made) {
		p->first_ns = t->from_ns;
		p->order_end = p->over_end = NONE;
	}
	p->first_ns = t->from_ns < p->first_ns ? t->from_ns : p->first_ns;
	p->last_ns = t->until_ns > p->last_ns ? t->until_ns : p->last_ns;
	p->packets += t->all.packets;
	p->bytes += t->all.bytes;
	if (is_ordered(m, end, e, t)) {
		/* of what flowed first: it does not depend on when tallies closed */
		if (p->order_end == NONE || t->from_ns < p->order_from_ns) {
			p->order_end = end;
			p->order_from_ns = t->from_ns;
		}
		return;
	}
	if (is_duplicated(m, end, e, t))
		p->dupl_packets += t->all.packets;
	else
		stray(p, t);
	if (e->withdrawn_ns && p->over_end == NONE)
		p->over_end = end;
	p->outer = !p->frames_total || p->outer == f->outer ? f->outer : OUTER_SEVERAL;
	frames(m, p, f);
}

/* ---- duplication rules ---- */

void duplicate(struct model *m, const struct fact *f, uint32_t session, uint32_t far, uint32_t end)
{
	const struct pfcp_session *s = table_at(&m->pfcp, session);
	struct tunnel_end *e = table_at(&m->ends, end);
	struct duplication like = { .key = { end, 0 } }, *d;
	bool made;
	uint32_t i = table_get(&m->dupls, &like.key, table_hash(&m->dupls, &like.key), &made);

	e->origin |= END_PFCP_DUPL;
	if (!(e->origin & END_ORDERED) && !e->ordered_ns) {
		e->ordered_ns = f->t_ns;
		e->order = ground_of(f);
	}
	if (i == TABLE_NONE) {
		m->n.refused++;
		return;
	}
	if (!made)		/* the first rule that sends there */
		return;
	d = table_at(&m->dupls, i);
	*d = (struct duplication){ .key = { end, 0 }, .session = session, .far = far, .cp = s->key.cp, .up = s->up, .ordered_ns = f->t_ns,
		.order = ground_of(f) };
}

const struct duplication *model_duplication(const struct model *m, uint32_t end)
{
	struct duplication like = { .key = { end, 0 } };
	uint32_t i = table_find(&m->dupls, &like.key, table_hash(&m->dupls, &like.key));

	return i == TABLE_NONE ? NULL : table_at(&m->dupls, i);
}

/* ---- visiting ---- */

uint32_t model_passages(const struct model *m) { return m->passages.high; }
const struct passage *model_passage(const struct model *m, uint32_t i) { return table_at(&m->passages, i); }
uint64_t model_passage_frames_total(const struct model *m, uint32_t i) { return model_passage(m, i)->frames_total; }

uint32_t model_passage_find(const struct model *m, const struct addr *src, const struct addr *dst)
{
	struct passage like = { .key = { place_known(m, src), place_known(m, dst) } };
	uint32_t i;

	if (like.key.src == NONE || like.key.dst == NONE)
		return NONE;
	i = table_seek(&m->passages, &like.key);
	return i == TABLE_NONE ? NONE : i;
}

unsigned model_passage_frames(const struct model *m, uint32_t i, struct ground out[MODEL_FRAMES])
{
	return grounds_get(&m->passage_frames, model_passage(m, i)->frames, out);
}
