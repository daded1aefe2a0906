/*
 * N4 (Sx): PFCP associations and sessions, the tunnel ends they order (TS 29.244 6, 7).
 * Whoever asks for a session is the control plane, whoever is asked the user plane; that they are
 * an SMF and a UPF is said when the session carries what only 5G has, or when N2 names its tunnel.
 */
#include "inside.h"

enum { ASSOC_SETUP_REQUEST = 5, ASSOC_SETUP_RESPONSE = 6, ASSOC_RELEASE_RESPONSE = 10, SESSION_ESTABLISHMENT_REQUEST = 50,
	SESSION_ESTABLISHMENT_RESPONSE = 51, SESSION_MODIFICATION_REQUEST = 52, SESSION_MODIFICATION_RESPONSE = 53,
	SESSION_DELETION_REQUEST = 54, SESSION_DELETION_RESPONSE = 55 };
enum { IE_CREATE_PDR = 1, IE_PDI = 2, IE_CREATE_FAR = 3, IE_FORWARDING = 4, IE_DUPLICATING = 5, IE_CREATED_PDR = 8, IE_UPDATE_PDR = 9,
	IE_UPDATE_FAR = 10, IE_UPDATE_FORWARDING = 11, IE_F_TEID = 21, IE_F_SEID = 57, IE_OHC = 84, IE_UP_FEATURES = 43, IE_CP_FEATURES = 89,
	IE_UPDATE_DUPLICATING = 105, IE_CREATE_ENDPOINT = 127, IE_CREATED_ENDPOINT = 128, IE_REMOVE_FAR = 16 };
enum { CAUSE_ACCEPTED = 1, CAUSE_PARTIAL = 2 };

static struct wait_key wait_key(const struct addr *from, const struct addr *to, uint32_t seq, uint8_t type)
{
	struct wait_key k = { .seq = seq, .fam = from->fam, .type = type };

	memcpy(k.from, from->b, 16);
	memcpy(k.to, to->b, 16);
	return k;
}

static void expect(struct model *m, const struct fact *f, uint32_t seq, uint8_t type, uint32_t session)
{
	struct wait_key k = wait_key(&f->src, &f->dst, seq, type);
	bool made;
	uint32_t i = table_get(&m->waits, &k, table_hash(&m->waits, &k), &made);

	if (i == TABLE_NONE)
		m->n.refused++;
	else
		((struct wait *)table_at(&m->waits, i))->session = session;
}

/* The session that a response answers, or NONE; the wait is over. */
static uint32_t awaited(struct model *m, const struct fact *f, uint32_t seq, uint8_t type)
{
	struct wait_key k = wait_key(&f->dst, &f->src, seq, type);
	uint32_t i = table_find(&m->waits, &k, table_hash(&m->waits, &k)), s;

	if (i == TABLE_NONE)
		return NONE;
	s = ((struct wait *)table_at(&m->waits, i))->session;
	table_remove(&m->waits, i);
	return s;
}

static struct alias_key up_alias(const struct addr *up, uint64_t seid)
{
	struct alias_key k = { .id = seid, .fam = up->fam, .what = ALIAS_UP_SEID };

	memcpy(k.addr, up->b, 16);
	return k;
}

static uint32_t session_at_up(struct model *m, const struct addr *up, uint64_t seid)
{
	struct alias_key k = up_alias(up, seid);
	uint32_t i = table_find(&m->aliases, &k, table_hash(&m->aliases, &k)), s;

	if (i == TABLE_NONE)
		return NONE;
	s = ((struct alias *)table_at(&m->aliases, i))->value;
	return table_live(&m->pfcp, s) ? s : NONE;
}

static void five_g(struct model *m, uint32_t si, const struct fact *f)
{
	struct pfcp_session *s = table_at(&m->pfcp, si);

	s->five_g = 1;
	element_role(m, s->cp_element, ROLE_SMF, f);
	element_role(m, s->up_element, ROLE_UPF, f);
}

/* What only a 5G core puts into a rule: a QoS flow, a slice, N3, N6, N9, N19 as interface type (TS 29.244 8.2.118). */
static bool says_5g(struct span s)
{
	const struct item *t = span_any(s, KEY_PFCP_interface_type);

	if (span_any(s, KEY_PFCP_qfi) || span_any(s, KEY_PFCP_snssai_sst))
		return true;
	return t && ((t->v.u >= 11 && t->v.u <= 15) || t->v.u == 17 || t->v.u == 18);
}

static void session_addresses(struct model *m, struct pfcp_session *s, struct span all)
{
	const struct item *v4 = span_any(all, KEY_PFCP_ue_ip_ipv4), *v6 = span_any(all, KEY_PFCP_ue_ip_ipv6);

	if (v4) {
		s->ue4 = item_addr(v4);
		bind_ue(m, &s->ue4);
	}
	if (v6) {
		s->ue6 = item_addr(v6);
		bind_ue(m, &s->ue6);
	}
}

static void session_end(struct model *m, const struct fact *f, uint32_t si, const struct addr *a, uint32_t teid, enum end_origin origin,
	uint32_t rule)
{
	struct pfcp_session *s = table_at(&m->pfcp, si);
	uint32_t i = end_order(m, a, teid, origin, f);
	struct tunnel_end *e;

	if (i == NONE)
		return;
	e = table_at(&m->ends, i);
	if (!end_of_session(m, i, si))
		return;
	e->rule = rule;
	if (origin == END_PFCP_LOCAL)
		element_addr(m, s->up_element, a, f);
	if (e->pdu_session != NONE) {
		((struct pdu_session *)table_at(&m->pdus, e->pdu_session))->pfcp_session = si;
		five_g(m, si, f);
	}
	if (s->ue4.fam || s->ue6.fam)
		bind_tunnel(m, e, &s->ue4, &s->ue6);
}

/* The user plane's own ends: F-TEIDs of PDRs and traffic endpoints, in requests and in what was created. */
static void local_ends(struct model *m, const struct fact *f, uint32_t si, struct span top)
{
	static const uint16_t holders[] = { IE_CREATE_PDR, IE_UPDATE_PDR, IE_CREATED_PDR, IE_CREATE_ENDPOINT, IE_CREATED_ENDPOINT };

	for (unsigned h = 0; h < sizeof(holders) / sizeof(holders[0]); h++) {
		struct span s = top, g, pdi, t, in;

		while (span_group(&s, holders[h], &g, NULL)) {
			uint32_t pdr = (uint32_t)span_uint(g, KEY_PFCP_pdr_id, 0);

			in = g;
			pdi = g;
			if (span_group(&pdi, IE_PDI, &t, NULL))
				in = t;
			while (span_group(&in, IE_F_TEID, &t, NULL)) {
				const struct item *teid = span_key(t, KEY_PFCP_f_teid_teid);
				struct addr a;

				if (teid && (span_addr(t, KEY_PFCP_f_teid_ipv4, &a) || span_addr(t, KEY_PFCP_f_teid_ipv6, &a)))
					session_end(m, f, si, &a, (uint32_t)teid->v.u, END_PFCP_LOCAL, pdr);
			}
		}
	}
}

/* An earlier peer end of the same FAR gave way to this one. */
static void replaced(struct model *m, const struct fact *f, uint32_t si, uint32_t far, const struct addr *a, uint32_t teid)
{
	const struct pfcp_session *s = table_at(&m->pfcp, si);

	for (uint32_t i = s->ends, next; i; i = next) {
		const struct tunnel_end *e = table_at(&m->ends, i - 1);

		next = e->next;
		if (e->origin & END_PFCP_PEER && e->rule == far && (e->key.teid != teid || memcmp(e->key.addr, a->b, 16)))
			end_withdraw(m, i - 1, f);
	}
}

/* Where packets go: Outer Header Creation of forwarding (not duplicating) parameters. */
static void peer_ends(struct model *m, const struct fact *f, uint32_t si, struct span top)
{
	static const uint16_t holders[] = { IE_CREATE_FAR, IE_UPDATE_FAR };

	for (unsigned h = 0; h < 2; h++) {
		struct span s = top, g, p, t;

		while (span_group(&s, holders[h], &g, NULL)) {
			uint32_t far = (uint32_t)span_uint(g, KEY_PFCP_far_id, 0);
			struct span in = g;

			if (!span_group(&in, h ? IE_UPDATE_FORWARDING : IE_FORWARDING, &p, NULL))
				continue;
			while (span_group(&p, IE_OHC, &t, NULL)) {
				const struct item *teid = span_key(t, KEY_PFCP_ohc_teid);
				struct addr a;

				if (!teid || (!span_addr(t, KEY_PFCP_ohc_ipv4, &a) && !span_addr(t, KEY_PFCP_ohc_ipv6, &a)))
					continue;
				replaced(m, f, si, far, &a, (uint32_t)teid->v.u);
				session_end(m, f, si, &a, (uint32_t)teid->v.u, END_PFCP_PEER, far);
			}
		}
	}
}

static void node_name(struct model *m, uint32_t e, struct span s, const struct fact *f)
{
	const struct item *fqdn = span_key(s, KEY_PFCP_node_id_fqdn);
	struct addr a;

	if (fqdn)
		element_name(m, e, (const char *)fqdn->v.p, fqdn->len, f);
	if (span_addr(s, KEY_PFCP_node_id_ipv4, &a) || span_addr(s, KEY_PFCP_node_id_ipv6, &a))
		element_addr(m, e, &a, f);
}

/* A side of a session: known as such, else the PFCP node of the address, which now has a side, else new. */
static uint32_t side_at(struct model *m, enum find_class class, const struct addr *a, const struct fact *f)
{
	struct find_key key = find_at(class, a, 0), node = find_at(FIND_PFCP_AT, a, 0);
	uint32_t e = find_get(m, &key), was = find_get(m, &node);

	if (e == NONE && was != NONE) {
		find_set(m, &key, was);
		find_set(m, &node, NONE);
		m->element[was].roles &= ~(1u << ROLE_PFCP_NODE);
	}
	return element_at(m, class, a, 0, f);
}

static void establishment(struct model *m, const struct fact *f, struct span s, uint32_t seq)
{
	struct pfcp_session like = { .key = { .fam = f->src.fam } }, *p;
	struct span t = s, seid = { NULL, NULL };
	uint32_t cp = side_at(m, FIND_CP_AT, &f->src, f), up = side_at(m, FIND_UP_AT, &f->dst, f), i;
	bool made;

	element_role(m, cp, ROLE_PFCP_CP, f);
	element_role(m, up, ROLE_PFCP_UP, f);
	node_name(m, cp, s, f);
	m->n.pfcp_asked++;
	if (!span_group(&t, IE_F_SEID, &seid, NULL))
		return;
	memcpy(like.key.cp, f->src.b, 16);
	like.key.cp_seid = span_uint(seid, KEY_PFCP_seid, 0);
	i = table_get(&m->pfcp, &like.key, table_hash(&m->pfcp, &like.key), &made);
	if (i == TABLE_NONE) {
		m->n.refused++;
		return;
	}
	p = table_at(&m->pfcp, i);
	if (!made) {				/* the CP uses its SEID again: another session */
		session_withdraw(m, i, f);
		memset((uint8_t *)p + sizeof(p->key), 0, sizeof(*p) - sizeof(p->key));
	}
	p->cp_element = cp;
	p->up_element = up;
	p->up = f->dst;
	p->first_ns = p->last_ns = f->t_ns;
	p->ground = ground_of(f);
	p->asked = 1;
	session_addresses(m, p, s);
	if (says_5g(s))
		five_g(m, i, f);
	local_ends(m, f, i, s);
	peer_ends(m, f, i, s);
	expect(m, f, seq, SESSION_ESTABLISHMENT_REQUEST, i);
}

static void established(struct model *m, const struct fact *f, struct span s, uint32_t seq, uint64_t cause)
{
	uint32_t i = awaited(m, f, seq, SESSION_ESTABLISHMENT_REQUEST);
	struct pfcp_session *p;
	struct span t = s, seid;
	struct alias_key k;
	bool made;

	if (i == NONE) {
		m->n.pfcp_accepted += cause == CAUSE_ACCEPTED;
		return;
	}
	p = table_at(&m->pfcp, i);
	if (cause != CAUSE_ACCEPTED)
		return;
	m->n.pfcp_accepted++;
	m->n.pfcp_sessions++;
	p->accepted = 1;
	p->last_ns = f->t_ns;
	if (span_group(&t, IE_F_SEID, &seid, NULL)) {
		uint32_t a;

		p->up_seid = span_uint(seid, KEY_PFCP_seid, 0);
		k = up_alias(&p->up, p->up_seid);
		a = table_get(&m->aliases, &k, table_hash(&m->aliases, &k), &made);
		if (a == TABLE_NONE)
			m->n.refused++;
		else
			((struct alias *)table_at(&m->aliases, a))->value = i;
	}
	node_name(m, p->up_element, s, f);
	session_addresses(m, p, s);
	local_ends(m, f, i, s);
}

static void modification(struct model *m, const struct fact *f, struct span s, uint32_t seq, uint64_t seid)
{
	uint32_t i = session_at_up(m, &f->dst, seid);

	expect(m, f, seq, SESSION_MODIFICATION_REQUEST, i);
	if (i == NONE)
		return;
	((struct pfcp_session *)table_at(&m->pfcp, i))->last_ns = f->t_ns;
	if (says_5g(s))
		five_g(m, i, f);
	local_ends(m, f, i, s);
	peer_ends(m, f, i, s);
}

static void deleted(struct model *m, const struct fact *f, uint32_t seq, uint64_t cause)
{
	uint32_t i = awaited(m, f, seq, SESSION_DELETION_REQUEST);
	struct pfcp_session *p;

	if (cause != CAUSE_ACCEPTED)
		return;
	m->n.pfcp_deleted++;
	if (i == NONE)
		return;
	p = table_at(&m->pfcp, i);
	p->deleted = 1;
	p->last_ns = f->t_ns;
	session_withdraw(m, i, f);
}

static bool skipped(struct span s, uint64_t id)
{
	for (const struct item *i = s.at; i < s.end; i++)
		if (i->type == ITEM_SKIP && i->depth == 0 && i->v.u == id)
			return true;
	return false;
}

/* Who set up an association: its features tell the two sides apart, else it is just a PFCP node. */
static void association(struct model *m, const struct fact *f, struct span s, uint32_t seq, uint64_t type, uint64_t cause)
{
	bool cp = skipped(s, IE_CP_FEATURES), up = skipped(s, IE_UP_FEATURES);
	enum find_class class = up && !cp ? FIND_UP_AT : FIND_CP_AT;
	struct find_key as_cp = find_at(FIND_CP_AT, &f->src, 0), as_up = find_at(FIND_UP_AT, &f->src, 0);
	uint32_t e;

	if (cp == up) {				/* silent: what the address is known as already */
		e = find_get(m, &as_cp);
		if (e == NONE)
			e = find_get(m, &as_up);
		if (e == NONE) {
			e = element_at(m, FIND_PFCP_AT, &f->src, 0, f);
			element_role(m, e, ROLE_PFCP_NODE, f);
		}
	} else {
		e = side_at(m, class, &f->src, f);
		element_role(m, e, up ? ROLE_PFCP_UP : ROLE_PFCP_CP, f);
	}
	node_name(m, e, s, f);
	if (type == ASSOC_SETUP_REQUEST) {
		expect(m, f, seq, ASSOC_SETUP_REQUEST, 0);
		return;
	}
	if (awaited(m, f, seq, ASSOC_SETUP_REQUEST) == NONE && cause != CAUSE_ACCEPTED)
		return;
	if (cause == CAUSE_ACCEPTED) {
		struct assoc_key k = { .fam = f->src.fam };
		bool swap = addr_cmp(&f->src, &f->dst) > 0, made;
		uint32_t i;

		memcpy(k.a, swap ? f->dst.b : f->src.b, 16);
		memcpy(k.b, swap ? f->src.b : f->dst.b, 16);
		i = table_get(&m->assocs, &k, table_hash(&m->assocs, &k), &made);
		if (i == TABLE_NONE)
			m->n.refused++;
		else if (made) {
			((struct assoc *)table_at(&m->assocs, i))->ground = ground_of(f);
			m->n.pfcp_associations++;
		}
	}
}

void model_pfcp(struct model *m, const struct fact *f)
{
	struct span s = fact_span(f);
	uint64_t type = span_uint(s, KEY_PFCP_msg_type, 0), cause = span_uint(s, KEY_PFCP_cause, 0), seid = span_uint(s, KEY_PFCP_seid, 0);
	uint32_t seq = (uint32_t)span_uint(s, KEY_PFCP_seqno, 0);

	model_pair_seen(m, f, 17, PAIR_PFCP);
	switch (type) {
	case ASSOC_SETUP_REQUEST:
	case ASSOC_SETUP_RESPONSE: association(m, f, s, seq, type, cause); break;
	case SESSION_ESTABLISHMENT_REQUEST: establishment(m, f, s, seq); break;
	case SESSION_ESTABLISHMENT_RESPONSE: established(m, f, s, seq, cause); break;
	case SESSION_MODIFICATION_REQUEST: modification(m, f, s, seq, seid); break;
	case SESSION_MODIFICATION_RESPONSE: {
		uint32_t i = awaited(m, f, seq, SESSION_MODIFICATION_REQUEST);

		if (i != NONE && cause == CAUSE_ACCEPTED)
			local_ends(m, f, i, s);
		break;
	}
	case SESSION_DELETION_REQUEST: expect(m, f, seq, SESSION_DELETION_REQUEST, session_at_up(m, &f->dst, seid)); break;
	case SESSION_DELETION_RESPONSE: deleted(m, f, seq, cause); break;
	default: break;			/* heartbeats and reports say nothing of who is who */
	}
}

uint32_t model_pfcp_sessions(const struct model *m) { return m->pfcp.high; }
const struct pfcp_session *model_pfcp_session(const struct model *m, uint32_t i) { return table_live(&m->pfcp, i) ? table_at(&m->pfcp, i) : NULL; }
uint32_t model_associations(const struct model *m) { return m->assocs.high; }

struct association model_association(const struct model *m, uint32_t i)
{
	const struct assoc *a = table_at(&m->assocs, i);

	return (struct association){ addr_of(a->key.a, a->key.fam), addr_of(a->key.b, a->key.fam), a->ground };
}
