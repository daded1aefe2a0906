/*
 * N2: RAN nodes and AMFs from NG Setup and its like, UE contexts, PDU sessions and their tunnel
 * ends (TS 38.413 8), and what NAS says of protection and addresses (TS 24.501).
 */
#include "inside.h"

/* NGAP procedure codes (TS 38.413 9.4.7) and IE ids used here. */
enum { P_INITIAL_CONTEXT = 14, P_INITIAL_UE = 15, P_HANDOVER_ALLOC = 13, P_NG_SETUP = 21, P_PATH_SWITCH = 25, P_RELEASE_SESSION = 28,
	P_SETUP_SESSION = 29, P_RAN_UPDATE = 35, P_AMF_UPDATE = 0, P_CONTEXT_RELEASE = 41, P_DOWNLINK_NAS = 4, P_UPLINK_NAS = 46 };
enum { IE_GUAMI_LIST = 96, IE_PLMN_SUPPORT = 80, IE_RAN_ID = 27, IE_TA_LIST = 102, IE_UL_TUNNEL = 139 };
enum { PDU_INITIATING = 0, PDU_SUCCESS = 1 };

struct n2 {			/* who is who in one message */
	uint32_t	ran, amf;	/* addresses, by number */
	uint16_t	ran_port, amf_port;
	bool		uplink;
	uint64_t	procedure, pdu;
	const struct item *amf_id, *ran_id;	/* or NULL */
	struct span	all;
};

static uint32_t bits_value(const struct item *i, unsigned bits)
{
	uint64_t v = 0;

	for (uint32_t k = 0; k < 8; k++)
		v = v << 8 | (k < i->len ? i->v.p[k] : 0);
	return bits ? (uint32_t)(v >> (64 - (bits > 32 ? 32 : bits))) : 0;
}

struct node_kind { enum fact_key key; enum role role; unsigned bits; };
static const struct node_kind node_kinds[] = {
	{ KEY_NGAP_gNB_ID, ROLE_GNB, 0 }, { KEY_NGAP_macroNgENB_ID, ROLE_NG_ENB, 20 }, { KEY_NGAP_shortMacroNgENB_ID, ROLE_NG_ENB, 18 },
	{ KEY_NGAP_longMacroNgENB_ID, ROLE_NG_ENB, 21 }, { KEY_NGAP_n3IWF_ID, ROLE_N3IWF, 16 }, { KEY_NGAP_tNGF_ID, ROLE_TNGF, 32 },
	{ KEY_NGAP_w_AGF_ID, ROLE_W_AGF, 16 },
};

/* The RAN node that a GlobalRANNodeID names (NG Setup Request, RAN Configuration Update). */
static uint32_t ran_named(struct model *m, const struct fact *f, const struct n2 *x, struct span ie)
{
	const struct item *plmn = span_any(ie, KEY_NGAP_pLMNIdentity), *id = NULL, *nbits = span_any(ie, KEY_NGAP_gNB_ID_bits);
	struct find_key key = { .class = FIND_NODE }, at = find_at(FIND_RAN_AT, x->ran, x->ran_port);
	const struct node_kind *k = node_kinds;
	unsigned bits;
	uint32_t e, v, was;

	for (; k < node_kinds + sizeof(node_kinds) / sizeof(node_kinds[0]); k++)
		if ((id = span_any(ie, k->key)))
			break;
	if (!id || !plmn || plmn->len != 3)
		return NONE;
	bits = k->bits ? k->bits : nbits ? (unsigned)nbits->v.u : id->len * 8;
	if (!bits || bits > 32)		/* a fact read back may say anything */
		return NONE;
	v = bits_value(id, bits);
	memcpy(key.plmn, plmn->v.p, 3);
	key.role = (uint8_t)k->role;
	key.bits = (uint8_t)bits;
	key.what = v;
	e = find_get(m, &key);
	was = find_get(m, &at);
	if (was == NONE)		/* a central unit that F1 or E1 showed there */
		was = cu_known(m, x->ran);
	if (e == NONE) {
		/* the node that was known by its address only now has a name */
		e = was != NONE && !m->element[was].has_node ? was : element_new(m, f, x->ran);
		if (e == NONE)
			return e;
		m->element[e].has_node = 1;
		m->element[e].node_id = v;
		m->element[e].node_bits = (uint8_t)bits;
		m->element[e].roles &= ~ROLE_BIT(ROLE_RAN_NODE);
		memcpy(m->element[e].node_plmn, plmn->v.p, 3);
		find_set(m, &key, e);
	}
	element_role(m, e, k->role, f);
	element_ground(m, e, f);
	element_plmn(m, e, plmn->v.p, f);
	element_addr(m, e, x->ran, f);
	find_set(m, &at, e);
	return e;
}

static void tacs_and_plmns(struct model *m, uint32_t e, struct span s, const struct fact *f)
{
	for (const struct item *i = s.at; i < s.end; i++) {
		if (i->key == KEY_NGAP_tAC && i->len == 3)
			element_tac(m, e, (uint32_t)(i->v.p[0] << 16 | i->v.p[1] << 8 | i->v.p[2]), f);
		if (i->key == KEY_NGAP_pLMNIdentity && i->len == 3)
			element_plmn(m, e, i->v.p, f);
	}
}

static void announce_ran(struct model *m, const struct fact *f, const struct n2 *x)
{
	struct span s = x->all, ie;
	const struct item *name = span_any(x->all, KEY_NGAP_RANNodeName);
	uint32_t e = NONE;

	if (span_group(&s, IE_RAN_ID, &ie, NULL))
		e = ran_named(m, f, x, ie);
	if (e == NONE) {
		e = element_at(m, FIND_RAN_AT, x->ran, x->ran_port, f);
		if (e != NONE && !m->element[e].has_node)
			element_role(m, e, ROLE_RAN_NODE, f);
	}
	if (name)
		element_name(m, e, (const char *)name->v.p, name->len, f);
	s = x->all;
	if (e != NONE && span_group(&s, IE_TA_LIST, &ie, NULL))
		tacs_and_plmns(m, e, ie, f);
	element_seen(m, e, f);
	if (x->procedure == P_NG_SETUP)
		setup_asked(m, f, &(struct setup){ x->ran, x->amf, x->ran_port, x->amf_port }, e);
}

/* The first GUAMI of an AMF names it: region, set, pointer (TS 23.003 2.10.1). */
static uint32_t amf_named(struct model *m, const struct fact *f, const struct n2 *x, struct span list)
{
	const struct item *plmn = span_any(list, KEY_NGAP_pLMNIdentity), *r = span_any(list, KEY_NGAP_aMFRegionID),
		*s = span_any(list, KEY_NGAP_aMFSetID), *p = span_any(list, KEY_NGAP_aMFPointer);
	struct find_key key = { .class = FIND_AMF_ID }, at = find_at(FIND_AMF_AT, x->amf, x->amf_port);
	uint32_t e, v, was;

	if (!plmn || plmn->len != 3 || !r || !s || !p)
		return NONE;
	v = bits_value(r, 8) << 16 | bits_value(s, 10) << 6 | bits_value(p, 6);
	memcpy(key.plmn, plmn->v.p, 3);
	key.what = v;
	e = find_get(m, &key);
	was = find_get(m, &at);
	if (e == NONE) {
		if (was == NONE)
			was = element_by_sbi(m, FIND_AMF_AT, x->amf);
		e = was != NONE && !m->element[was].has_node ? was : element_new(m, f, x->amf);
		if (e == NONE)
			return e;
		m->element[e].has_node = m->element[e].amf_set = 1;
		m->element[e].node_id = v;
		m->element[e].node_bits = 24;
		memcpy(m->element[e].node_plmn, plmn->v.p, 3);
		find_set(m, &key, e);
	}
	element_role(m, e, ROLE_AMF, f);
	element_addr(m, e, x->amf, f);
	find_set(m, &at, e);
	return e;
}

static void announce_amf(struct model *m, const struct fact *f, const struct n2 *x)
{
	const struct item *name = span_any(x->all, KEY_NGAP_AMFName);
	struct span s = x->all, ie;
	uint32_t e = NONE;

	if (span_group(&s, IE_GUAMI_LIST, &ie, NULL)) {
		e = amf_named(m, f, x, ie);
		tacs_and_plmns(m, e == NONE ? element_at(m, FIND_AMF_AT, x->amf, x->amf_port, f) : e, ie, f);
	}
	if (e == NONE)
		e = element_at(m, FIND_AMF_AT, x->amf, x->amf_port, f);
	element_role(m, e, ROLE_AMF, f);
	element_ground(m, e, f);
	s = x->all;
	if (span_group(&s, IE_PLMN_SUPPORT, &ie, NULL))
		tacs_and_plmns(m, e, ie, f);
	if (name)
		element_name(m, e, (const char *)name->v.p, name->len, f);
	if (x->procedure == P_NG_SETUP && x->pdu == PDU_SUCCESS)
		setup_accepted(m, f, &(struct setup){ x->ran, x->amf, x->ran_port, x->amf_port }, e);
}

/* ---- UE contexts ---- */

static uint32_t ue_at(struct model *m, const struct n2 *x, uint32_t ran_id, bool fresh, const struct fact *f)
{
	const struct ue_context_key key = { x->amf, x->ran, ran_id, x->ran_port, 0 };
	struct ue_context *u;
	uint32_t i;
	bool made;

	i = fresh ? table_seek_of(&m->ues, &key, sizeof(key)) : (uint32_t)TABLE_NONE;
	if (i != TABLE_NONE) {			/* the RAN id is used again: the old context is history */
		u = table_at(&m->ues, i);
		if (u->has_amf || u->released)
			ue_forget(m, i);
	}
	i = table_take_of(&m->ues, &key, sizeof(key), &made);
	if (i == TABLE_NONE) {
		m->n.refused++;
		return NONE;
	}
	u = table_at(&m->ues, i);
	if (made) {
		u->first_ns = f->t_ns;
		u->ground = ground_of(f);
		u->root = ++m->roots;
		u->ran_element = element_at(m, FIND_RAN_AT, x->ran, x->ran_port, f);
		u->amf_element = element_at(m, FIND_AMF_AT, x->amf, x->amf_port, f);
		if (u->ran_element != NONE && !m->element[u->ran_element].has_node)
			element_role(m, u->ran_element, ROLE_RAN_NODE, f);
		element_role(m, u->amf_element, ROLE_AMF, f);
		m->n.ues++;
	}
	u->last_ns = f->t_ns;
	return i;
}

/* A context that goes on elsewhere is one UE: the new one continues the old, and has its sessions from now on. */
static void continues(struct model *m, uint32_t ue, uint32_t old)
{
	struct ue_context *u = table_at(&m->ues, ue), *o;
	struct pdu_session *p;

	if (old == NONE || old == ue || u->continues)
		return;
	o = table_at(&m->ues, old);
	u->continues = 1;
	u->ea = o->ea;
	u->ia = o->ia;
	u->has_alg = o->has_alg;
	ue_drop_sessions(m, u);
	if (u->root != o->root)
		security_forget(m, u->root);
	o->left = 1;
	u->left = 0;
	u->root = o->root;
	u->security = o->security;
	u->old = old + 1;
	u->sessions = o->sessions;
	o->sessions = 0;
	for (uint32_t i = u->sessions; i; i = p->next) {
		p = table_at(&m->pdus, i - 1);
		p->ue = ue;
	}
	m->n.ues--;
}

static uint32_t ue_of(struct model *m, const struct fact *f, const struct n2 *x)
{
	struct ue_context *u;
	uint32_t ue = NONE;

	if (!x->ran_id && !x->amf_id)
		return NONE;
	if (!x->ran_id) {
		ue = ue_named(m, x->amf, x->amf_id->v.u);
		if (ue == NONE) {	/* the sides of N2 are known all the same */
			(void)element_at(m, FIND_RAN_AT, x->ran, x->ran_port, f);
			element_role(m, element_at(m, FIND_AMF_AT, x->amf, x->amf_port, f), ROLE_AMF, f);
		}
		return ue;
	}
	ue = ue_at(m, x, (uint32_t)x->ran_id->v.u, x->procedure == P_INITIAL_UE, f);
	if (ue == NONE || !x->amf_id)
		return ue;
	u = table_at(&m->ues, ue);
	if (x->procedure == P_PATH_SWITCH || x->procedure == P_HANDOVER_ALLOC)
		continues(m, ue, ue_named(m, x->amf, x->amf_id->v.u));
	if (!u->has_amf || u->amf_id != x->amf_id->v.u) {
		if (u->has_amf)
			alias_drop(m, ALIAS_AMF_UE, x->amf, u->amf_id, ue);
		u->has_amf = 1;
		u->amf_id = x->amf_id->v.u;
		u->named = ground_of(f);
		alias_set(m, ALIAS_AMF_UE, x->amf, u->amf_id, ue, u->root);
	}
	return ue;
}

/* ---- PDU sessions ---- */

static uint32_t pdu_at(struct model *m, uint32_t ue, uint8_t psi)
{
	struct ue_context *u = table_at(&m->ues, ue);
	const struct pdu_session_key key = { u->root, psi };
	struct pdu_session *p;
	uint32_t i;
	bool made;

	i = table_take_of(&m->pdus, &key, sizeof(key), &made);
	if (i == TABLE_NONE) {
		m->n.refused++;
		return NONE;
	}
	p = table_at(&m->pdus, i);
	if (made) {
		p->ue = ue;
		p->ul = p->dl = NONE;
		p->next = u->sessions;
		u->sessions = i + 1;
	}
	return i;
}

static bool end_items(struct span s, struct addr *a, uint32_t *teid)
{
	const struct item *t = span_any(s, KEY_NGAP_gTP_TEID), *v4 = span_any(s, KEY_NGAP_TLA_IPv4), *v6 = span_any(s, KEY_NGAP_TLA_IPv6);

	if (!t || t->len != 4 || (!v4 && !v6))
		return false;
	*a = item_addr(v4 ? v4 : v6);
	*teid = (uint32_t)t->v.p[0] << 24 | (uint32_t)t->v.p[1] << 16 | (uint32_t)t->v.p[2] << 8 | t->v.p[3];
	return true;
}

/* The PFCP session that has the end in its chain, or NULL. */
static struct pfcp_session *session_of_end(const struct model *m, uint32_t end)
{
	const struct tunnel_end *e = end == NONE ? NULL : table_at(&m->ends, end);

	return e && e->pfcp_session != NONE ? table_at(&m->pfcp, e->pfcp_session) : NULL;
}

static void bind_session(struct model *m, const struct pdu_session *p, uint32_t end)
{
	const struct pfcp_session *ul = session_of_end(m, p->ul), *s = ul ? ul : session_of_end(m, p->dl);
	struct addr ue4 = s && s->has_ue4 ? addr_make(s->ue4, 4) : p->has_ue4 ? addr_make(p->ue4, 4) : (struct addr){ .fam = 0 };
	struct addr ue6 = s && s->has_ue6 ? addr_make(s->ue6, 6) : (struct addr){ .fam = 0 };

	if (end != NONE && (ue4.fam || ue6.fam))
		bind_tunnel(m, table_at(&m->ends, end), &ue4, &ue6);
}

/* A session that comes back after its UE was idle: the core's end still stands, under the same session id. */
static bool resumes(struct model *m, const struct addr *a, uint32_t teid, uint8_t psi)
{
	uint32_t i = end_find(m, a, teid);
	const struct tunnel_end *e = i == NONE ? NULL : table_at(&m->ends, i);

	return e && e->ue_root && !e->withdrawn_ns && e->psi == psi && e->set_up;
}

static void set_up(struct model *m, struct pdu_session *p)
{
	m->n.pdu_sessions += !p->accepted && !p->resumed;
	p->accepted = 1;
	if (p->ul != NONE)
		((struct tunnel_end *)table_at(&m->ends, p->ul))->set_up = 1;
	if (p->dl != NONE)
		((struct tunnel_end *)table_at(&m->ends, p->dl))->set_up = 1;
}

/* Tunnel ends in one item of a PDU session list: the core's (from the AMF) or the RAN node's own. */
static void session_end(struct model *m, const struct fact *f, const struct n2 *x, uint32_t ue, uint8_t psi, struct span s)
{
	const struct ue_context *u = table_at(&m->ues, ue);
	uint32_t pi = pdu_at(m, ue, psi), teid, end;
	struct tunnel_end *e;
	struct pdu_session *p;
	struct addr a;

	if (pi == NONE || !end_items(s, &a, &teid))
		return;
	p = table_at(&m->pdus, pi);
	p->resumed |= !x->uplink && resumes(m, &a, teid, psi);
	end = end_order(m, &a, teid, x->uplink ? END_NGAP_DL : END_NGAP_UL, false, f);
	if (end == NONE)
		return;
	e = table_at(&m->ends, end);
	e->ue_root = u->root;
	e->psi = psi;
	e->set_up = p->accepted || p->resumed;
	if (e->pfcp_session != NONE) {
		session_of_end(m, end)->five_g = 1;
		session_of_end(m, end)->five = ground_of(f);
	}
	if (x->uplink) {
		if (p->dl != NONE && p->dl != end && x->procedure != P_HANDOVER_ALLOC)
			end_withdraw(m, p->dl, f);
		p->dl = end;
		p->dl_ground = ground_of(f);
		set_up(m, p);
		element_addr(m, u->ran_element, e->key.addr, f);
	} else {
		p->ul = end;
		p->ul_ground = ground_of(f);
	}
	bind_session(m, p, end);
}

static void sessions_of(struct model *m, const struct fact *f, const struct n2 *x, uint32_t ue)
{
	struct span top = x->all, ie, items, item;

	if (!span_any(x->all, KEY_NGAP_gTP_TEID))
		return;
	while (span_group(&top, ITEM_NO_ID, &ie, NULL)) {
		items = ie;
		while (span_group(&items, ITEM_NO_ID, &item, NULL)) {
			const struct item *psi = span_key(item, KEY_NGAP_pDUSessionID);

			if (psi && span_any(item, KEY_NGAP_gTP_TEID))
				session_end(m, f, x, ue, (uint8_t)psi->v.u, item);
		}
	}
}

/* The session that the first tunnel end of a handover request's list belongs to, or NONE. */
static uint32_t session_asked_for(const struct model *m, const struct n2 *x)
{
	struct span top = x->all, ie, items, item;

	while (span_group(&top, ITEM_NO_ID, &ie, NULL)) {
		items = ie;
		while (span_group(&items, ITEM_NO_ID, &item, NULL)) {
			struct pdu_session_key key;
			const struct tunnel_end *e;
			struct addr a;
			uint32_t teid, i;

			if (!span_key(item, KEY_NGAP_pDUSessionID) || !end_items(item, &a, &teid))
				continue;
			i = end_find(m, &a, teid);
			e = i == NONE ? NULL : table_at(&m->ends, i);
			if (!e || !e->ue_root)
				continue;
			key = (struct pdu_session_key){ e->ue_root, e->psi };
			return table_seek(&m->pdus, &key);
		}
	}
	return NONE;
}

/* The handover's target context: the source's, told by the core tunnel end that stays the same. */
static void handover_request(struct model *m, const struct fact *f, const struct n2 *x)
{
	uint32_t i = x->amf_id ? session_asked_for(m, x) : NONE;
	const struct pdu_session *p;

	if (i == NONE)
		return;
	p = table_at(&m->pdus, i);
	alias_set(m, ALIAS_AMF_UE, x->amf, x->amf_id->v.u, p->ue, p->key.root);
	((struct ue_context *)table_at(&m->ues, p->ue))->left_by = ground_of(f);
}

/* The procedures that are most of the traffic and carry no tunnel end (TS 38.413 9.2.5.1 to 9.2.5.3, 9.2.2.6). */
static bool sessionless(uint64_t procedure)
{
	return procedure == P_DOWNLINK_NAS || procedure == P_UPLINK_NAS || procedure == P_INITIAL_UE || procedure == P_CONTEXT_RELEASE;
}

static void released(struct model *m, uint32_t ue, const struct fact *f)
{
	struct ue_context *u = table_at(&m->ues, ue);
	const struct pdu_session *p;

	u->released = 1;
	for (uint32_t i = u->sessions; i; i = p->next) {
		p = table_at(&m->pdus, i - 1);
		if (p->dl != NONE && ((struct tunnel_end *)table_at(&m->ends, p->dl))->key.addr == u->key.ran)
			end_withdraw(m, p->dl, f);
	}
	ue_ended(m, ue);
}

enum { N2_REST, N2_PROCEDURE, N2_PDU, N2_FROM_RAN, N2_AMF_ID, N2_RAN_ID, N2_SLOTS };
static const uint8_t n2_slot[FACT_KEYS] = {
	[KEY_NGAP_procedureCode] = N2_PROCEDURE, [KEY_NGAP_pdu] = N2_PDU, [KEY_NGAP_from_ran] = N2_FROM_RAN,
	[KEY_NGAP_AMF_UE_NGAP_ID] = N2_AMF_ID, [KEY_NGAP_RAN_UE_NGAP_ID] = N2_RAN_ID,
};

/* The message's own keys come first, then the ids of the UE: the walk seldom goes further. */
static void n2_read(struct n2 *x)
{
	const struct item *got[N2_SLOTS] = { NULL };

	for (const struct item *i = x->all.at; i < x->all.end && !(got[N2_AMF_ID] && got[N2_RAN_ID]); i++)
		if (!got[n2_slot[i->key]])
			got[n2_slot[i->key]] = i;
	x->procedure = item_uint(got[N2_PROCEDURE], 255);
	x->pdu = item_uint(got[N2_PDU], 3);
	x->uplink = item_uint(got[N2_FROM_RAN], 0) != 0;
	x->amf_id = got[N2_AMF_ID];
	x->ran_id = got[N2_RAN_ID];
}

static void n2_of(struct model *m, const struct fact *f, struct n2 *x)
{
	struct sides s = model_sides(m, f, 132, PAIR_NGAP);

	x->all = fact_span(f);
	n2_read(x);
	x->ran = x->uplink ? s.src : s.dst;
	x->amf = x->uplink ? s.dst : s.src;
	x->ran_port = x->uplink ? f->sport : f->dport;
	x->amf_port = x->uplink ? f->dport : f->sport;
}

void model_ngap(struct model *m, const struct fact *f)
{
	struct n2 x;
	uint32_t ue;

	if (f->in)		/* inside Reroute NAS Request: it went between other ends */
		return;
	n2_of(m, f, &x);
	m->ngap_n = f->n;
	m->ngap_ue = NONE;
	m->ngap_uplink = x.uplink;
	if (x.ran == NONE || x.amf == NONE)
		return;
	if (x.procedure == P_NG_SETUP || x.procedure == P_RAN_UPDATE || x.procedure == P_AMF_UPDATE) {
		if (x.uplink && x.pdu == PDU_INITIATING)
			announce_ran(m, f, &x);
		if (!x.uplink)
			announce_amf(m, f, &x);
	}
	if (x.procedure == P_HANDOVER_ALLOC && x.pdu == PDU_INITIATING)
		handover_request(m, f, &x);
	if (x.procedure == P_INITIAL_CONTEXT || x.procedure == P_HANDOVER_ALLOC || x.procedure == P_PATH_SWITCH)
		ngap_paired(m, &(struct pairing){ x.ran, x.amf, x.procedure, x.pdu, x.amf_id, x.ran_id });
	m->last.ue = m->ngap_ue = ue = ue_of(m, f, &x);
	if (ue == NONE)
		return;
	element_seen(m, ((struct ue_context *)table_at(&m->ues, ue))->ran_element, f);
	element_seen(m, ((struct ue_context *)table_at(&m->ues, ue))->amf_element, f);
	if (x.procedure == P_INITIAL_UE)
		security_rrc(m, ue, f);
	else if (x.pdu == PDU_INITIATING && (x.procedure == P_INITIAL_CONTEXT || x.procedure == P_HANDOVER_ALLOC || x.procedure == P_PATH_SWITCH))
		security_ngap(m, ue, f);
	if (!sessionless(x.procedure))
		sessions_of(m, f, &x, ue);
	if (x.procedure == P_CONTEXT_RELEASE && x.pdu == PDU_SUCCESS)
		released(m, ue, f);
}

/* ---- NAS ---- */

enum { MM_REGISTRATION_REQUEST = 0x41, MM_SECURITY_MODE_COMMAND = 0x5d, SM_ESTABLISHMENT_ACCEPT = 0xc2 };

static void pdu_address(struct model *m, const struct fact *f, const struct item *address, uint8_t psi)
{
	struct pdu_session *p;
	struct addr a;
	uint32_t i;

	if (m->ngap_ue == NONE || !address)
		return;
	a = item_addr(address);
	bind_ue(m, &a);
	i = pdu_at(m, m->ngap_ue, psi);
	if (i == NONE)
		return;
	p = table_at(&m->pdus, i);
	p->has_ue4 = 1;
	memcpy(p->ue4, a.b, 4);
	p->ue_ground = ground_of(f);
	bind_session(m, p, p->ul);
	bind_session(m, p, p->dl);
}

enum { NAS_REST, NAS_HEADER, NAS_MM, NAS_SM, NAS_PSI, NAS_ENC, NAS_INT, NAS_SCHEME, NAS_ADDRESS, NAS_REG, NAS_CAP,
	NAS_REPLAYED, NAS_SLOTS };
static const uint8_t nas_slot[FACT_KEYS] = {
	[KEY_NAS_security_header_type] = NAS_HEADER, [KEY_NAS_mm_message_type] = NAS_MM, [KEY_NAS_sm_message_type] = NAS_SM,
	[KEY_NAS_pdu_session_id] = NAS_PSI, [KEY_NAS_sec_algo_enc] = NAS_ENC, [KEY_NAS_sec_algo_ip] = NAS_INT,
	[KEY_NAS_suci_scheme_id] = NAS_SCHEME, [KEY_NAS_pdu_addr_ipv4] = NAS_ADDRESS, [KEY_NAS_reg_type] = NAS_REG,
	[KEY_NAS_ue_sec_cap] = NAS_CAP, [KEY_NAS_replayed_sec_cap] = NAS_REPLAYED,
};

void model_nas(struct model *m, const struct fact *f)
{
	const struct item *got[NAS_SLOTS];
	uint64_t header, mm;

	m->last.ue = m->ngap_ue;
	pick(fact_span(f), nas_slot, got, NAS_SLOTS);
	header = item_uint(got[NAS_HEADER], 99);
	mm = item_uint(got[NAS_MM], 0);
	m->n.nas_protected += header >= 1 && header <= 4;
	m->n.nas_encrypted += f->outcome == OUT_ENCRYPTED;
	m->n.nas_plain += header == 0;
	if (mm == MM_SECURITY_MODE_COMMAND && got[NAS_ENC] && got[NAS_INT])
		security_mode(m, f, got[NAS_ENC]->v.u, got[NAS_INT]->v.u);
	if (mm == MM_REGISTRATION_REQUEST && got[NAS_SCHEME] && f->in == m->ngap_n)
		m->n.suci[got[NAS_SCHEME]->v.u & 15]++;
	if (header >= 1 && header <= 4 && f->in == m->ngap_n)
		m->nas_n = f->n;		/* what it protects has n of it as `in` */
	if (m->ngap_ue != NONE && mm == MM_REGISTRATION_REQUEST && m->ngap_uplink)
		security_registration(m, m->ngap_ue, f, got[NAS_REG], got[NAS_CAP], f->in == m->ngap_n || f->in == m->nas_n);
	if (m->ngap_ue != NONE && mm == MM_SECURITY_MODE_COMMAND && !m->ngap_uplink && got[NAS_REPLAYED])
		security_replayed(m, m->ngap_ue, f, got[NAS_REPLAYED]);
	if (item_uint(got[NAS_SM], 0) == SM_ESTABLISHMENT_ACCEPT)
		pdu_address(m, f, got[NAS_ADDRESS], (uint8_t)item_uint(got[NAS_PSI], 0));
}

uint32_t model_ues(const struct model *m) { return m->ues.high; }
const struct ue_context *model_ue(const struct model *m, uint32_t i) { return table_live(&m->ues, i) ? table_at(&m->ues, i) : NULL; }
uint32_t model_pdu_sessions(const struct model *m) { return m->pdus.high; }
const struct pdu_session *model_pdu_session(const struct model *m, uint32_t i) { return table_live(&m->pdus, i) ? table_at(&m->pdus, i) : NULL; }
