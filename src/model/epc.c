/*
 * GTPv2-C (S11, S5/S8, S10, N26): who is an MME, a gateway, an SGSN, and the tunnel ends that their signalling names
 * (TS 29.274 7.2, 8.22).  An F-TEID says whose end it is and of which interface; of bearers with the same address
 * the session's PDN Address Allocation is.  What a node asks for makes it what it says it is; the node that was asked becomes one
 * with its acceptance.
 */
#include "epc.h"

enum { CREATE_REQUEST = 32, CREATE_RESPONSE = 33, DELETE_REQUEST = 36, DELETE_RESPONSE = 37, DELETE_BEARER_REQUEST = 99, DELETE_BEARER_RESPONSE = 100,
	RELEASE_ACCESS_RESPONSE = 171, LAST_ECHO = 3, CAUSE_FIRST = 16, CAUSE_REFUSED = 64 };
enum { IE_F_TEID = 87, IE_BEARER = 93, IE_PDN_CONNECTION = 109, IE_PAA = 79 };

/* Interface types (TS 29.274 8.22).  rank: of those whose control plane a message names, the highest sent it. */
enum { TYPE_ENB = 0, TYPE_RNC = 2 };
struct type_row { uint16_t origin; uint8_t rank, class, role; bool user, has_role; };

#define USER(dir, whose) { .user = true, .origin = END_GTPC_##dir | whose }
#define GATEWAY(dir, r, whose) { .user = true, .origin = END_GTPC_##dir | whose, .has_role = true, .role = r, .class = FIND_UP_AT }
#define CONTROL(n, r, c) { .rank = n, .has_role = true, .role = r, .class = c }
static const struct type_row types[TYPES] = {
	[0] = USER(DL, 0), [1] = GATEWAY(UL, ROLE_SGW_U, END_OF_SGW), [2] = USER(DL, 0), [3] = GATEWAY(UL, ROLE_SGW_U, END_OF_SGW),
	[4] = GATEWAY(DL, ROLE_SGW_U, END_OF_SGW), [5] = GATEWAY(UL, ROLE_PGW_U, END_OF_PGW),
	[6] = CONTROL(2, ROLE_SGW_C, FIND_CP_AT), [7] = CONTROL(1, ROLE_PGW_C, FIND_CP_AT),
	[10] = CONTROL(4, ROLE_MME, FIND_MME_AT), [11] = CONTROL(2, ROLE_SGW_C, FIND_CP_AT), [12] = CONTROL(4, ROLE_MME, FIND_MME_AT),
	[13] = CONTROL(4, ROLE_MME, FIND_MME_AT), [14] = CONTROL(3, ROLE_SGSN, FIND_SGSN_AT), [15] = USER(DL, 0), [16] = GATEWAY(UL, ROLE_SGW_U, END_OF_SGW),
	[17] = CONTROL(3, ROLE_SGSN, FIND_SGSN_AT), [18] = CONTROL(3, ROLE_SGSN, FIND_SGSN_AT), [19] = USER(DL, 0), [20] = USER(DL, 0), [21] = USER(DL, 0),
	[22] = USER(DL, 0), [23] = GATEWAY(DL, ROLE_SGW_U, 0), [28] = GATEWAY(DL, ROLE_SGW_U, 0), [31] = USER(DL, 0),
	[32] = CONTROL(1, ROLE_PGW_C, FIND_CP_AT), [33] = GATEWAY(UL, ROLE_PGW_U, END_OF_PGW), [34] = USER(DL, 0), [36] = CONTROL(1, ROLE_PGW_C, FIND_CP_AT),
	[37] = GATEWAY(UL, ROLE_PGW_U, END_OF_PGW), [38] = USER(DL, 0), [39] = GATEWAY(UL, ROLE_SGW_U, END_OF_SGW), [40] = { .rank = 5 },
	[TYPE_SGSN_GN] = USER(DL, 0), [TYPE_GGSN_GN] = USER(UL, 0),
};

/* ---- sessions ---- */

struct gtpc_session *epc_session(const struct model *m, uint32_t i)
{
	return i == NONE ? NULL : table_at(&m->gtpc, i);
}

/* By a control TEID at an address; NONE: not met. */
uint32_t epc_session_at(const struct model *m, uint32_t place, uint64_t teid)
{
	const struct alias *a = teid ? alias_get(m, ALIAS_GTPC, place, teid) : NULL;

	return a && table_live(&m->gtpc, a->value) && epc_session(m, a->value)->serial == a->proof ? a->value : NONE;
}

/* What PFCP orders PFCP withdraws, and what N2 or S1 named is theirs. */
static void withdraw(struct model *m, uint32_t end, const struct fact *f)
{
	const struct tunnel_end *e = table_at(&m->ends, end);

	if (e->pfcp_session == NONE && !e->ue_root)
		end_withdraw(m, end, f);
}

static void withdraw_bearers(struct model *m, struct gtpc_session *s, uint16_t bearers, const struct fact *f)
{
	unsigned kept = 0, pdns = 0;

	for (unsigned i = 0; i < s->nends; i++)
		if (bearers >> s->end[i].bearer & 1)
			withdraw(m, s->end[i].end, f);
		else
			s->end[kept++] = s->end[i];
	s->nends = (uint8_t)kept;
	for (unsigned i = 0; i < s->npdn; i++) {
		s->pdn[i].bearers &= (uint16_t)~bearers;
		if (s->pdn[i].bearers)
			s->pdn[pdns++] = s->pdn[i];
	}
	s->npdn = (uint8_t)pdns;
}

static void session_over(struct model *m, uint32_t i, const struct fact *f)
{
	struct gtpc_session *s = epc_session(m, i);

	withdraw_bearers(m, s, ALL_BEARERS, f);
	alias_drop(m, ALIAS_GTPC, s->key.place, s->key.teid, i);
	if (s->peer != NONE)
		alias_drop(m, ALIAS_GTPC, s->peer, s->peer_teid, i);
	table_remove(&m->gtpc, i);
}

/* One that somebody asks for; who uses a TEID again has given up what it was for. */
uint32_t epc_session_new(struct model *m, const struct fact *f, const struct addr *a, uint32_t teid, uint32_t asked_to)
{
	const struct gtpc_session_key key = { place_of(m, a), teid };
	uint32_t i = key.place == NONE ? NONE : epc_session_at(m, key.place, teid);
	struct gtpc_session *s;
	bool made;

	if (key.place == NONE)
		return NONE;
	if (i != NONE)
		session_over(m, i, f);
	i = table_take(&m->gtpc, &key, &made);
	if (i == TABLE_NONE) {
		m->n.refused++;
		return NONE;
	}
	s = epc_session(m, i);
	if (!made)
		memset((uint8_t *)s + sizeof(s->key), 0, sizeof(*s) - sizeof(s->key));
	s->serial = ++m->serials;
	s->asked_to = asked_to;
	s->peer = NONE;
	s->ground = ground_of(f);
	alias_set(m, ALIAS_GTPC, key.place, teid, i, s->serial);
	return i;
}

/* The PDN connection that a bearer belongs to: the one that has it, or the only one. */
static struct gtpc_pdn *pdn_of(struct gtpc_session *s, uint8_t bearer)
{
	for (unsigned i = 0; s && i < s->npdn; i++)
		if (s->pdn[i].bearers >> bearer & 1)
			return &s->pdn[i];
	return s && s->npdn == 1 ? &s->pdn[0] : NULL;
}

const struct gtpc_session *epc_session_of(const struct model *m, uint32_t end)
{
	const struct alias *a = alias_get(m, ALIAS_GTPC_END, 0, end);

	return a && table_live(&m->gtpc, a->value) && epc_session(m, a->value)->serial == a->proof ? epc_session(m, a->value) : NULL;
}

/* ---- tunnel ends ---- */

void epc_bind(struct model *m, uint32_t end, const struct gtpc_pdn *p)
{
	struct addr ue4 = p->has4 ? addr_make(p->ue4, 4) : (struct addr){ .fam = 0 }, ue6 = p->has6 ? addr_make(p->ue6, 6) : (struct addr){ .fam = 0 };

	if (p->has4 || p->has6)
		bind_tunnel(m, table_at(&m->ends, end), &ue4, &ue6);
}

void epc_local_end(struct model *m, uint32_t si, const struct tunnel_end *e, const struct fact *f)
{
	const struct pfcp_session *s = table_at(&m->pfcp, si);
	bool pgw = e->origin & END_OF_PGW;
	uint32_t who[2] = { s->cp_element, s->up_element };
	enum role role[2] = { pgw ? ROLE_PGW_C : ROLE_SGW_C, pgw ? ROLE_PGW_U : ROLE_SGW_U };

	for (unsigned i = 0; i < 2; i++) {
		if (who[i] == NONE || m->element[who[i]].roles >> role[i] & 1)
			continue;
		element_rests(&m->element[who[i]], e->order);
		element_rests(&m->element[who[i]], s->ground);
		element_role(m, who[i], role[i], f);
	}
}

/* The user plane that stands at the address: the one that PFCP showed there, else one known by this alone. */
static uint32_t user_plane_at(struct model *m, uint32_t place, const struct fact *f)
{
	const struct addr a = model_addr(m, place);
	uint32_t at = model_first_at(m, &a);

	for (unsigned n = 0; at && n < 64; at = model_next_at(m, at), n++)
		if (m->element[model_holder(m, at)].roles >> ROLE_PFCP_UP & 1)
			return model_holder(m, at);
	return n4_side(m, FIND_UP_AT, place, f);
}

/* In the session's list; what the same bearer had of that interface before gives way. */
static void keep_end(struct model *m, uint32_t si, const struct end_said *x, uint32_t end, const struct fact *f)
{
	struct gtpc_session *s = epc_session(m, si);
	unsigned i = 0;

	alias_set(m, ALIAS_GTPC_END, 0, end, si, s->serial);
	while (i < s->nends && (s->end[i].bearer != x->bearer || s->end[i].type != x->type))
		i++;
	if (i == GTPC_ENDS) {
		m->n.refused++;
		return;
	}
	if (i < s->nends && s->end[i].end != end && x->bearer)
		withdraw(m, s->end[i].end, f);
	s->nends = (uint8_t)(i == s->nends ? i + 1 : s->nends);
	s->end[i] = (struct gtpc_end){ .end = end, .bearer = x->bearer, .type = x->type };
}

void epc_order(struct model *m, const struct fact *f, uint32_t si, const struct end_said *x)
{
	const struct type_row *row = &types[x->type];
	const struct gtpc_pdn *p = pdn_of(epc_session(m, si), x->bearer);
	bool binds = p && (p->has4 || p->has6);
	uint32_t end = end_order(m, &x->addr, x->teid, row->origin & (END_GTPC_UL | END_GTPC_DL), binds, f);
	struct tunnel_end *e = end == NONE ? NULL : table_at(&m->ends, end);

	if (!e)
		return;
	e->origin |= row->origin;
	if (si != NONE)
		keep_end(m, si, x, end, f);
	if (binds)
		epc_bind(m, end, p);
	if (!row->has_role)
		return;
	element_role(m, user_plane_at(m, e->key.addr, f), (enum role)row->role, f);
	if (row->origin & (END_OF_SGW | END_OF_PGW) && e->origin & END_PFCP_LOCAL && e->pfcp_session != NONE) {
		const struct pfcp_session *s = table_at(&m->pfcp, e->pfcp_session);

		if (s->up_element == user_plane_at(m, e->key.addr, f))
			epc_local_end(m, e->pfcp_session, e, f);
	}
}

/* ---- GTPv2-C ---- */

struct gtpc {			/* one message */
	uint64_t	type, teid, cause;
	uint32_t	src, dst;
	struct span	all;
	uint16_t	named;		/* EBIs at the top */
	bool		accepted;	/* it is no answer that refuses */
};

static bool cause_good(struct span s)
{
	uint64_t c = span_uint(s, KEY_GTPV2_cause, CAUSE_FIRST);

	return c >= CAUSE_FIRST && c < CAUSE_REFUSED;
}

static struct gtpc gtpc_of(struct model *m, const struct fact *f)
{
	struct gtpc x = { .all = fact_span(f) };
	struct sides s = model_sides(m, f, 17, PAIR_GTPC);

	x.src = s.src;
	x.dst = s.dst;
	x.type = span_uint(x.all, KEY_GTPV2_message_type, 0);
	x.teid = span_uint(x.all, KEY_GTPV2_teid, 0);
	x.accepted = cause_good(x.all);
	for (const struct item *i = x.all.at; i < x.all.end; i++) {
		if (i->type == ITEM_OPEN)
			i += i->len;
		else if (i->key == KEY_GTPV2_ebi)
			x.named |= (uint16_t)(1u << (i->v.u & 15));
	}
	return x;
}

/* The next F-TEID directly in the object with an address and a type that has a row. */
static bool f_teid(struct span *in, struct end_said *x)
{
	struct span t;

	while (span_group(in, IE_F_TEID, &t, NULL)) {
		const struct item *teid = span_key(t, KEY_GTPV2_f_teid_gre_key);
		uint64_t type = span_uint(t, KEY_GTPV2_f_teid_interface_type, TYPES);

		if (!teid || type >= TYPE_SGSN_GN || (!span_addr(t, KEY_GTPV2_f_teid_ipv4, &x->addr) && !span_addr(t, KEY_GTPV2_f_teid_ipv6, &x->addr)))
			continue;
		x->teid = (uint32_t)teid->v.u;
		x->type = (uint8_t)type;
		x->bearer = 0;
		return true;
	}
	return false;
}

/* The control plane of the one who sent the message, as it calls itself. */
static bool sender(struct span in, struct end_said *out)
{
	struct end_said x;
	unsigned best = 0;

	while (f_teid(&in, &x))
		if (types[x.type].rank > best) {
			best = types[x.type].rank;
			*out = x;
		}
	return best != 0;
}

/* The node at an address that a control plane's F-TEID names. */
static uint32_t node(struct model *m, const struct fact *f, const struct type_row *row, uint32_t place)
{
	uint32_t e;

	if (!row->has_role || place == NONE)
		return NONE;
	e = row->class == FIND_CP_AT ? n4_side(m, FIND_CP_AT, place, f) : element_at(m, (enum find_class)row->class, place, 0, f);
	element_role(m, e, (enum role)row->role, f);
	return e;
}

/*
 * Roles: the sender has the one that its F-TEID says.  In an acceptance others that are named have theirs, too: an SGW tells
 * the MME which PGW accepted the session.
 */
static uint32_t roles(struct model *m, const struct fact *f, const struct gtpc *x, const struct end_said *from)
{
	uint32_t e = node(m, f, &types[from->type], x->src);
	struct span in = x->all;
	struct end_said other;

	if (e != NONE && !addr_is_any(&from->addr))
		element_addr(m, e, place_of(m, &from->addr), f);
	while (x->type == CREATE_RESPONSE && f_teid(&in, &other))
		if (other.type != from->type && types[other.type].rank && !addr_is_any(&other.addr))
			(void)node(m, f, &types[other.type], place_of(m, &other.addr));
	return e;
}

static void bearer_ends(struct model *m, const struct fact *f, uint32_t si, struct span in, uint16_t named)
{
	struct span b, t;
	struct end_said x;

	while (span_group(&in, IE_BEARER, &b, NULL)) {
		uint8_t bearer = span_uint(b, KEY_GTPV2_ebi, 0) & 15;
		struct gtpc_pdn *p = pdn_of(epc_session(m, si), bearer);

		if (!cause_good(b))
			continue;
		if (p && bearer)
			p->bearers |= (uint16_t)(1u << bearer);
		else if (!bearer && named)		/* a new bearer of the connection whose first one is named */
			bearer = (uint8_t)__builtin_ctz(named);
		for (t = b; f_teid(&t, &x); ) {
			x.bearer = bearer;
			if (types[x.type].user)
				epc_order(m, f, si, &x);
		}
	}
}

static void ends(struct model *m, const struct fact *f, uint32_t si, const struct gtpc *x)
{
	struct span in = x->all, pdn;
	struct end_said e;

	while (f_teid(&in, &e))
		if (types[e.type].user)
			epc_order(m, f, si, &e);
	bearer_ends(m, f, si, x->all, x->named);
	for (in = x->all; span_group(&in, IE_PDN_CONNECTION, &pdn, NULL); )
		bearer_ends(m, f, NONE, pdn, 0);		/* what another node handed over: it stands already */
}

/* Its addresses and bearers; what was named before gets the address now. */
static void pdn_accepted(struct model *m, const struct fact *f, struct gtpc_session *s, const struct gtpc *x)
{
	struct span in = x->all, b, paa;
	struct gtpc_pdn p = { .ground = ground_of(f) }, *at = NULL;
	struct addr a;

	while (span_group(&in, IE_BEARER, &b, NULL))
		if (cause_good(b))
			p.bearers |= (uint16_t)(1u << (span_uint(b, KEY_GTPV2_ebi, 0) & 15));
	in = x->all;
	if (span_group(&in, IE_PAA, &paa, NULL)) {
		if (span_addr(paa, KEY_GTPV2_paa_ipv4, &a) && !addr_is_any(&a)) {
			p.has4 = 1;
			memcpy(p.ue4, a.b, 4);
			bind_ue(m, &a);
		}
		if (span_addr(paa, KEY_GTPV2_paa_ipv6, &a) && !addr_is_any(&a)) {
			p.has6 = 1;
			memcpy(p.ue6, a.b, 16);
			bind_ue(m, &a);
		}
	}
	for (unsigned i = 0; i < s->npdn && !at; i++)
		if (s->pdn[i].bearers & p.bearers)
			at = &s->pdn[i];
	if (!at && s->npdn < GTPC_PDNS)
		at = &s->pdn[s->npdn++];
	if (!at) {
		m->n.refused++;
		return;
	}
	*at = p;
	for (unsigned i = 0; i < s->nends; i++)
		if (p.bearers >> s->end[i].bearer & 1)
			epc_bind(m, s->end[i].end, at);
}

static void accepted(struct model *m, const struct fact *f, uint32_t si, const struct gtpc *x, const struct end_said *from)
{
	struct gtpc_session *s = epc_session(m, si);

	if (!s || s->asked_to != x->src)
		return;
	m->n.gtpc_sessions++;
	s->accept = ground_of(f);
	if (from) {
		s->peer = place_of(m, &from->addr);
		s->peer_teid = from->teid;
		if (s->peer != NONE)
			alias_set(m, ALIAS_GTPC, s->peer, from->teid, si, s->serial);
	}
	pdn_accepted(m, f, s, x);
}

/* What is to end: with a connection's first bearer all of it. */
static void leaving(struct gtpc_session *s, uint16_t named)
{
	s->leaving = named ? named : ALL_BEARERS;
	for (unsigned i = 0; i < s->npdn; i++)
		if (s->pdn[i].bearers && named >> __builtin_ctz(s->pdn[i].bearers) & 1)
			s->leaving |= s->pdn[i].bearers;
}

void epc_left(struct model *m, uint32_t si, const struct fact *f)
{
	struct gtpc_session *s = epc_session(m, si);

	withdraw_bearers(m, s, s->leaving, f);
	if (!s->npdn)
		session_over(m, si, f);
}

/* The UE is idle: nothing goes to its radio access any more. */
static void released(struct model *m, struct gtpc_session *s, const struct fact *f)
{
	for (unsigned i = 0; i < s->nends; i++)
		if (s->end[i].type == TYPE_ENB || s->end[i].type == TYPE_RNC)
			withdraw(m, s->end[i].end, f);
}

/* A request that names another's control plane tells its receiver whom to ask next. */
static void gateways_named(struct model *m, const struct fact *f, const struct gtpc *x, const struct end_said *from)
{
	struct span in = x->all;
	struct end_said e;
	bool made;

	while (f_teid(&in, &e)) {
		struct gateway_named like = { .key = { x->dst, place_of(m, &e.addr) }, .teller = x->src, .t_ns = f->t_ns, .ground = ground_of(f) };
		uint32_t i;

		if (e.type == from->type || types[e.type].class != FIND_CP_AT || !types[e.type].rank || addr_is_any(&e.addr) || like.key.gateway == NONE)
			continue;
		i = table_take(&m->gateways, &like.key, &made);
		if (i == TABLE_NONE)
			m->n.refused++;
		else if (made)
			*(struct gateway_named *)table_at(&m->gateways, i) = like;
	}
}

const struct gateway_named *model_gateway(const struct model *m, const struct addr *told, const struct addr *gateway)
{
	struct gateway_named like = { .key = { place_known(m, told), place_known(m, gateway) } };
	uint32_t i = like.key.told == NONE || like.key.gateway == NONE ? (uint32_t)TABLE_NONE : table_seek(&m->gateways, &like.key);

	return i == TABLE_NONE ? NULL : table_at(&m->gateways, i);
}

void model_gtpv2(struct model *m, const struct fact *f)
{
	struct gtpc x = gtpc_of(m, f);
	struct end_said from;
	bool says = sender(x.all, &from);
	uint32_t si;

	if (x.src == NONE || x.dst == NONE || x.type <= LAST_ECHO || !x.accepted)
		return;
	si = epc_session_at(m, x.dst, x.teid);
	if (si != NONE && says)			/* a node that took over calls itself by another TEID */
		alias_set(m, ALIAS_GTPC, place_of(m, &from.addr), from.teid, si, epc_session(m, si)->serial);
	if (x.type == CREATE_REQUEST && says && (!x.teid || si == NONE))
		si = epc_session_new(m, f, &from.addr, from.teid, x.dst);
	if (says)
		(void)roles(m, f, &x, &from);
	if (says && x.type == CREATE_REQUEST)
		gateways_named(m, f, &x, &from);
	switch (x.type) {
	case CREATE_RESPONSE: accepted(m, f, si, &x, says ? &from : NULL); break;
	case DELETE_REQUEST:
	case DELETE_BEARER_REQUEST:
		if (si != NONE)
			leaving(epc_session(m, si), x.named);
		return;
	case DELETE_RESPONSE:
	case DELETE_BEARER_RESPONSE:
		if (si != NONE)
			epc_left(m, si, f);
		return;
	case RELEASE_ACCESS_RESPONSE:
		if (si != NONE)
			released(m, epc_session(m, si), f);
		return;
	default: break;
	}
	ends(m, f, si, &x);
}
