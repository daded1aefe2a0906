/* What signalling ordered: tunnel ends and the sessions they carry; and what counting must know of it. */
#include "inside.h"

static void bind(struct model *m, const struct binding *b)
{
	if (m->cfg.bind)
		m->cfg.bind(m->cfg.ctx, b);
}

/* Once: counting keeps it. */
void bind_node(struct model *m, uint32_t place)
{
	struct place *p = place_at(m, place);

	if (p->bound)
		return;
	p->bound = 1;
	bind(m, &(struct binding){ .kind = BIND_NODE, .addr = addr_of(p->key.addr, p->key.fam) });
}

void bind_ue(struct model *m, const struct addr *a)
{
	bind(m, &(struct binding){ .kind = BIND_UE, .addr = *a });
}

void bind_tunnel(struct model *m, const struct tunnel_end *e, const struct addr *ue4, const struct addr *ue6)
{
	bind(m, &(struct binding){ .kind = BIND_TUNNEL, .addr = model_addr(m, e->key.addr), .teid = e->key.teid,
		.ue4 = *ue4, .ue6 = *ue6 });
}

static struct tunnel_end_key key_of(uint32_t place, uint32_t teid)
{
	const uint64_t word = hash_word(place, teid);
	struct tunnel_end_key key;

	_Static_assert(sizeof(key) == sizeof(word), "one word");
	memcpy(&key, &word, sizeof(key));
	return key;
}

uint32_t end_get(struct model *m, uint32_t place, uint32_t teid, bool *made)
{
	const struct tunnel_end_key key = key_of(place, teid);
	struct tunnel_end *e;
	uint32_t i = place == NONE ? (uint32_t)TABLE_NONE : table_take_of(&m->ends, &key, sizeof(key), made);

	if (i == TABLE_NONE) {
		m->n.refused++;
		return NONE;
	}
	e = table_at(&m->ends, i);
	if (*made)
		e->pfcp_session = NONE;
	return i;
}

uint32_t end_find(const struct model *m, const struct addr *a, uint32_t teid)
{
	const struct tunnel_end_key key = key_of(place_known(m, a), teid);

	return key.addr == NONE ? NONE : table_seek_of(&m->ends, &key, sizeof(key));
}

uint32_t end_order(struct model *m, const struct addr *a, uint32_t teid, enum end_origin origin, bool binds, const struct fact *f)
{
	bool made, fresh;
	uint32_t i, place;
	struct tunnel_end *e;

	if (!a->fam || addr_is_any(a))
		return NONE;
	place = place_of(m, a);
	i = end_get(m, place, teid, &made);
	if (i == NONE)
		return i;
	e = table_at(&m->ends, i);
	fresh = !(e->origin & END_ORDERED) || e->withdrawn_ns;
	e->origin |= (uint16_t)origin;
	place_at(m, place)->ordered = 1;
	bind_node(m, place);
	if (!fresh)
		return i;
	if (e->withdrawn_ns)
		past_keep(m, i, e);
	e->ordered_ns = f->t_ns;
	e->withdrawn_ns = 0;
	e->order = ground_of(f);
	if (!binds)		/* last: it may close a tally, which comes back here */
		bind(m, &(struct binding){ .kind = BIND_ORDER, .addr = *a, .teid = teid });
	return i;
}

/* Out of its session's chain. */
static void unlink_end(struct model *m, uint32_t end)
{
	struct tunnel_end *e = table_at(&m->ends, end);
	struct pfcp_session *s;

	if (e->pfcp_session == NONE)
		return;
	s = table_at(&m->pfcp, e->pfcp_session);
	if (e->prev)
		((struct tunnel_end *)table_at(&m->ends, e->prev - 1))->next = e->next;
	else
		s->ends = e->next;
	if (e->next)
		((struct tunnel_end *)table_at(&m->ends, e->next - 1))->prev = e->prev;
	e->next = e->prev = 0;
	e->pfcp_session = NONE;
	s->nends--;
}

bool end_of_session(struct model *m, uint32_t end, uint32_t session)
{
	struct tunnel_end *e = table_at(&m->ends, end);
	struct pfcp_session *s = table_at(&m->pfcp, session);

	if (e->pfcp_session == session)
		return true;
	unlink_end(m, end);
	if (s->nends == SESSION_ENDS) {
		m->n.refused++;
		return false;
	}
	e->pfcp_session = session;
	e->next = s->ends;
	if (e->next)
		((struct tunnel_end *)table_at(&m->ends, e->next - 1))->prev = end + 1;
	s->ends = end + 1;
	s->nends++;
	return true;
}

/* A session's FARs: the first one, which mostly is the only one that sends into a tunnel, is kept with it. */
uint32_t far_end(const struct model *m, uint32_t session, uint32_t far)
{
	const struct pfcp_session *s = table_at(&m->pfcp, session);
	const struct alias *a;

	if (!s->far_end || s->far == far)
		return s->far_end && s->far_end != NONE ? s->far_end - 1 : NONE;
	a = alias_get(m, ALIAS_FAR, session, far);
	return a && a->proof == s->serial ? a->value : NONE;
}

void far_sends(struct model *m, uint32_t session, uint32_t far, uint32_t end)
{
	struct pfcp_session *s = table_at(&m->pfcp, session);

	if (s->far_end && s->far != far) {
		alias_set(m, ALIAS_FAR, session, far, end, s->serial);
		return;
	}
	s->far = far;
	s->far_end = end + 1;
}

/* The FAR sends nowhere any more, if it was there. */
static void far_rests(struct model *m, uint32_t session, uint32_t far, uint32_t end)
{
	struct pfcp_session *s = table_at(&m->pfcp, session);

	if (!s->far_end || s->far != far)
		alias_drop(m, ALIAS_FAR, session, far, end);
	else if (s->far_end == end + 1)
		s->far_end = NONE;
}

void session_withdraw(struct model *m, uint32_t session, const struct fact *f)
{
	const struct pfcp_session *s = table_at(&m->pfcp, session);

	while (s->ends) {
		uint32_t end = s->ends - 1;
		const struct tunnel_end *e = table_at(&m->ends, end);

		if (e->origin & END_PFCP_PEER)
			far_rests(m, session, e->rule, end);
		end_withdraw(m, end, f);		/* takes it out of the chain */
	}
}

void end_withdraw(struct model *m, uint32_t end, const struct fact *f)
{
	struct tunnel_end *e;

	if (end == NONE)
		return;
	e = table_at(&m->ends, end);
	unlink_end(m, end);
	if (e->withdrawn_ns)
		return;
	e->withdrawn_ns = f->t_ns ? f->t_ns : 1;
	e->over = ground_of(f);
	bind(m, &(struct binding){ .kind = BIND_END, .addr = model_addr(m, e->key.addr), .teid = e->key.teid });
}

/* G-PDUs of a minute; an end nobody announced is an end all the same. */
void model_tunnel(struct model *m, const struct fact *f)
{
	struct sides x = model_sides(m, f, 17, PAIR_GTPU | PAIR_TUNNEL);
	bool made;
	uint32_t i = end_get(m, x.dst, f->u.tunnel.teid, &made);
	struct tunnel_end *e;

	if (i == NONE)
		return;
	e = table_at(&m->ends, i);
	if (made)
		e->order = ground_of(f);
	m->n.tunnels += !(e->origin & END_SEEN);
	e->origin |= END_SEEN;
	e->packets += f->u.tunnel.all.packets;
	e->bytes += f->u.tunnel.all.bytes;
	passage_count(m, f, x, i);
}

/* ---- other names ---- */

void alias_set(struct model *m, enum alias_what what, uint32_t at, uint64_t id, uint32_t value, uint32_t proof)
{
	struct alias_key k = { id, at, what };
	bool made;
	uint32_t i = table_take(&m->aliases, &k, &made);
	struct alias *a;

	if (i == TABLE_NONE) {
		m->n.refused++;
		return;
	}
	a = table_at(&m->aliases, i);
	a->value = value;
	a->proof = proof;
}

const struct alias *alias_get(const struct model *m, enum alias_what what, uint32_t at, uint64_t id)
{
	struct alias_key k = { id, at, what };
	uint32_t i = table_seek_of(&m->aliases, &k, sizeof(k));

	return i == TABLE_NONE ? NULL : table_at(&m->aliases, i);
}

void alias_drop(struct model *m, enum alias_what what, uint32_t at, uint64_t id, uint32_t value)
{
	struct alias_key k = { id, at, what };
	uint32_t i = table_seek_of(&m->aliases, &k, sizeof(k));

	if (i != TABLE_NONE && ((struct alias *)table_at(&m->aliases, i))->value == value)
		table_remove(&m->aliases, i);
}

bool model_address_ordered(const struct model *m, const struct addr *a)
{
	uint32_t place = place_known(m, a);

	return place != NONE && place_at(m, place)->ordered;
}

uint32_t model_end_of(const struct model *m, const struct addr *a, uint32_t teid) { return end_find(m, a, teid); }
uint32_t model_ends(const struct model *m) { return m->ends.high; }
const struct tunnel_end *model_end_at(const struct model *m, uint32_t i) { return table_live(&m->ends, i) ? table_at(&m->ends, i) : NULL; }
