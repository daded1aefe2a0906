/*
 * Between the nodes of the radio access network: F1AP (TS 38.473), E1AP (TS 38.463), XnAP (TS 38.423) and
 * X2AP (TS 36.423).  Who they are, from setups and from who asks what; tunnel ends that they announce.
 *
 * A gNB-DU and a gNB-CU-UP have ids within their gNB-CU only (TS 38.401 6.2.3): two of different CUs may have the
 * same, and then the second one is called by its address.
 */
#include "inside.h"

enum { F1_SETUP = 1, F1_DU_UPDATE = 3, F1_RELEASE = 6 };
enum { E1_UP_SETUP = 3, E1_CP_SETUP = 4, E1_UP_UPDATE = 5, E1_RELEASE = 11 };
enum { XN_HANDOVER = 0, XN_ADDRESS = 5, XN_ADDITION = 7, XN_MODIFICATION_BY_M = 9, XN_MODIFICATION_BY_S = 10, XN_SETUP = 17 };
enum { X2_HANDOVER = 0, X2_SETUP = 6, X2_SENB_ADDITION = 19, X2_SENB_MODIFICATION = 21, X2_SGNB_ADDITION = 27, X2_SGNB_MODIFICATION = 29,
	X2_SGNB_RELEASE = 31, X2_ENDC_SETUP = 36, X2_ADDRESS = 44 };
enum { IE_XN_NODE = 14, IE_XN_TAIS = 75, IE_X2_ENB = 21, IE_X2_CELLS = 20, IE_X2_EN_GNB = 252 };
enum { PDU_INITIATING, PDU_SUCCESS };
enum { PART_ID_BITS = 36 };

struct side { uint32_t place; uint16_t port; };		/* an address by number */

struct talk {
	struct model	*m;
	const struct fact *f;
	struct span	 all;
	uint64_t	 procedure, pdu;
	struct side	 from, to;
};

static struct talk talk_of(struct model *m, const struct fact *f, enum fact_key procedure, enum fact_key pdu)
{
	struct sides s = model_sides(m, f, 132, PAIR_RAN);
	struct talk t = { .m = m, .f = f, .all = fact_span(f), .from = { s.src, f->sport }, .to = { s.dst, f->dport } };

	t.procedure = span_uint(t.all, procedure, 255);
	t.pdu = span_uint(t.all, pdu, 3);
	return t;
}

/* ---- tunnel ends ---- */

struct tunnel_keys { enum fact_key ipv4, ipv6, teid; };

/* Of a UE at a central unit: the ends that a gNB-DU or gNB-CU-UP has for it go when it says that the UE is gone. */
struct context { uint32_t cu; enum alias_what what; const struct item *ue; };
enum { CONTEXT_ENDS = 64 };

static uint64_t nth(const struct context *c, unsigned n) { return c->ue->v.u << 8 | n; }

static void keep(const struct talk *t, const struct context *c, uint32_t end)
{
	const struct alias *a;

	for (unsigned n = 0; c && c->ue && n < CONTEXT_ENDS; n++) {
		a = alias_get(t->m, c->what, c->cu, nth(c, n));
		if (!a)
			alias_set(t->m, c->what, c->cu, nth(c, n), end, 0);
		if (!a || a->value == end)
			return;
	}
}

static void gone(const struct talk *t, const struct context *c)
{
	const struct alias *a;

	for (unsigned n = 0; c->ue && n < CONTEXT_ENDS && (a = alias_get(t->m, c->what, c->cu, nth(c, n))); n++) {
		uint32_t end = a->value;

		/* what N2 or N4 ordered too ends when they say so */
		if ((model_end_at(t->m, end)->origin & END_ORDERED) == END_RAN)
			end_withdraw(t->m, end, t->f);
		alias_drop(t->m, c->what, c->cu, nth(c, n), end);
	}
}

/* owner: whose it is, or NONE; c: for which UE that is, or NULL. */
static void order(const struct talk *t, const struct item *address, uint32_t teid, uint32_t owner, const struct context *c)
{
	struct addr a = item_addr(address);
	uint32_t end = end_order(t->m, &a, teid, END_RAN, false, t->f);

	if (end == NONE || owner == NONE)
		return;
	element_addr(t->m, owner, model_end_at(t->m, end)->key.addr, t->f);
	keep(t, c, end);
}

/* Each TEID stands behind its address, which may be of both families. */
static void ends_of(const struct talk *t, const struct tunnel_keys *k, uint32_t owner, const struct context *c)
{
	const struct item *v4 = NULL, *v6 = NULL;

	for (const struct item *i = t->all.at; i < t->all.end; i++) {
		if (i->key == k->ipv4) {
			v4 = i;
			v6 = NULL;
		} else if (i->key == k->ipv6) {
			v4 = v4 == i - 1 ? v4 : NULL;
			v6 = i;
		} else if (i->key == k->teid && i->len == 4) {
			uint32_t teid = (uint32_t)i->v.p[0] << 24 | (uint32_t)i->v.p[1] << 16 | (uint32_t)i->v.p[2] << 8 | i->v.p[3];

			if (v4)
				order(t, v4, teid, owner, c);
			if (v6)
				order(t, v6, teid, owner, c);
			v4 = v6 = NULL;
		}
	}
}

/* ---- who ---- */

static struct find_key at_side(enum role r, struct side s)
{
	struct find_key k = find_at(FIND_PART_AT, s.place, s.port);

	k.role = (uint8_t)r;
	return k;
}

/* Who of that role is at the side, by address and port as a setup said, else by address; NONE: nobody so far. */
static uint32_t part_known(const struct talk *t, enum role r, struct side s)
{
	struct find_key k = at_side(r, s);
	uint32_t e = find_get(t->m, &k);

	if (e == NONE) {
		k.port = 0;
		e = find_get(t->m, &k);
	}
	return e;
}

static uint32_t part_at(const struct talk *t, enum role r, struct side s)
{
	uint32_t e = part_known(t, r, s);
	struct find_key k = at_side(r, (struct side){ s.place, 0 });

	if (e == NONE) {
		e = element_new(t->m, t->f, s.place);
		if (e == NONE)
			return e;
		find_set(t->m, &k, e);
		element_addr(t->m, e, s.place, t->f);
	}
	element_seen(t->m, e, t->f);
	return e;
}

/* The same for one that now says its id: who was known there by the address alone, else a new one. */
static uint32_t part_new(const struct talk *t, enum role r, struct side s)
{
	uint32_t e = part_known(t, r, s);

	if (e == NONE || t->m->element[e].has_node || t->m->element[e].has_id)
		e = element_new(t->m, t->f, s.place);
	if (e != NONE) {
		t->m->element[e].has_id = 1;
		t->m->element[e].roles &= ~ROLE_BIT(ROLE_RAN_NODE);
	}
	return e;
}

static void part_is_at(const struct talk *t, enum role r, struct side s, uint32_t e)
{
	struct find_key k = at_side(r, s);

	if (e == NONE)
		return;
	find_set(t->m, &k, e);
	k.port = 0;
	if (find_get(t->m, &k) == NONE)
		find_set(t->m, &k, e);
	element_addr(t->m, e, s.place, t->f);
	element_seen(t->m, e, t->f);
}

/* The gNB that N2 showed at the address, or NONE. */
static uint32_t gnb_at(const struct model *m, uint32_t place)
{
	uint32_t at = place_at(m, place)->holders;

	for (unsigned n = 0; at && n < 16; at = m->link[at - 1].next, n++)
		if (m->element[m->link[at - 1].element].roles >> ROLE_GNB & 1)
			return m->link[at - 1].element;
	return NONE;
}

/* A central unit: one at an address, and it is the gNB that is there. */
static uint32_t cu_at(const struct talk *t, struct side s, enum role r)
{
	struct side any = { s.place, 0 };
	struct find_key k = at_side(ROLE_GNB_CU, any);
	uint32_t e = find_get(t->m, &k);

	if (e == NONE && (e = gnb_at(t->m, s.place)) != NONE)
		find_set(t->m, &k, e);
	if (e == NONE)
		e = part_at(t, ROLE_GNB_CU, any);
	element_role(t->m, e, r, t->f);
	element_seen(t->m, e, t->f);
	return e;
}

uint32_t cu_known(const struct model *m, uint32_t place)
{
	struct find_key k = find_at(FIND_PART_AT, place, 0);

	k.role = ROLE_GNB_CU;
	return find_get(m, &k);
}

static void names(const struct talk *t, uint32_t e, const enum fact_key *keys, unsigned n)
{
	for (unsigned i = 0; e != NONE && i < n; i++) {
		const struct item *name = span_any(t->all, keys[i]);

		if (name)
			element_name(t->m, e, (const char *)name->v.p, name->len, t->f);
	}
}

/* PLMNs and TACs in a span; KEY_NONE: not wanted. */
static void areas(const struct talk *t, uint32_t e, struct span s, enum fact_key plmn, enum fact_key tac)
{
	for (const struct item *i = s.at; e != NONE && i < s.end; i++) {
		uint32_t v = 0;

		if (plmn != KEY_NONE && i->key == plmn && i->len == 3)
			element_plmn(t->m, e, i->v.p, t->f);
		if (tac == KEY_NONE || i->key != tac || i->len > 3)
			continue;
		for (uint32_t k = 0; k < i->len; k++)
			v = v << 8 | i->v.p[k];
		element_tac(t->m, e, v, t->f);
	}
}

static void node_is(struct element *e, uint32_t id, unsigned bits, const uint8_t plmn[3])
{
	e->has_node = 1;
	e->node_id = id;
	e->node_bits = (uint8_t)bits;
	memcpy(e->node_plmn, plmn, 3);
}

/* A part of a gNB by its id, which counts within the central unit at `cu`.  plmn: of its cells, or NULL. */
static uint32_t part_named(const struct talk *t, enum role r, struct side s, uint32_t cu, const struct item *id, const struct item *plmn)
{
	struct find_key own = { .class = FIND_PART, .role = (uint8_t)r, .pad = cu }, all = { .class = FIND_NODE, .role = (uint8_t)r, .bits = PART_ID_BITS };
	uint32_t e;

	if (!id || id->v.u >> PART_ID_BITS)
		return part_at(t, r, s);
	own.what = (uint32_t)id->v.u;
	own.port = (uint16_t)(id->v.u >> 32);
	e = find_get(t->m, &own);
	if (e == NONE) {
		e = part_new(t, r, s);
		if (e == NONE)
			return e;
		find_set(t->m, &own, e);
		if (plmn && plmn->len == 3 && !own.port) {
			memcpy(all.plmn, plmn->v.p, 3);
			all.what = own.what;
			if (find_get(t->m, &all) == NONE) {
				find_set(t->m, &all, e);
				node_is(&t->m->element[e], own.what, PART_ID_BITS, plmn->v.p);
			}
		}
	}
	part_is_at(t, r, s, e);
	return e;
}

/* A node with an id of its own, the one that N2 knows by that id when there is one.  r: what it is here. */
static uint32_t node_named(const struct talk *t, enum role key_role, enum role r, const struct item *plmn, const struct item *id, uint64_t bits)
{
	struct find_key key = { .class = FIND_NODE, .role = (uint8_t)key_role };
	uint64_t v = 0;
	uint32_t e;

	if (!id || !plmn || plmn->len != 3 || !bits || bits > 32 || id->len > 4 || id->len * 8 < bits)
		return NONE;
	for (uint32_t k = 0; k < 4; k++)
		v = v << 8 | (k < id->len ? id->v.p[k] : 0);
	v >>= 32 - bits;
	memcpy(key.plmn, plmn->v.p, 3);
	key.bits = (uint8_t)bits;
	key.what = (uint32_t)v;
	e = find_get(t->m, &key);
	if (e == NONE) {
		e = part_new(t, ROLE_RAN_NODE, t->from);
		if (e == NONE)
			return e;
		node_is(&t->m->element[e], (uint32_t)v, (unsigned)bits, plmn->v.p);
		find_set(t->m, &key, e);
	}
	element_role(t->m, e, r, t->f);
	element_ground(t->m, e, t->f);
	element_plmn(t->m, e, plmn->v.p, t->f);
	part_is_at(t, ROLE_RAN_NODE, t->from, e);
	return e;
}

/* ---- setups ---- */

static void asked(const struct talk *t, uint32_t e)
{
	if (e == NONE)
		return;
	element_ground(t->m, e, t->f);
	t->m->element[e].join_asked = 1;
}

/* What `asker` asked for was granted by `e`. */
static void accepted(const struct talk *t, uint32_t e, uint32_t asker)
{
	if (asker == NONE || e == NONE || !t->m->element[asker].join_asked)
		return;
	element_ground(t->m, asker, t->f);
	element_ground(t->m, e, t->f);
	for (int i = 0; i < 2; i++) {
		struct element *x = &t->m->element[i ? e : asker];

		if (!x->joined_ns)
			x->joined_ns = t->f->t_ns ? t->f->t_ns : 1;
	}
}

void model_f1ap(struct model *m, const struct fact *f)
{
	static const struct tunnel_keys keys = { KEY_F1AP_TLA_IPv4, KEY_F1AP_TLA_IPv6, KEY_F1AP_gTP_TEID };
	static const enum fact_key du_names[] = { KEY_F1AP_GNB_DU_Name, KEY_F1AP_gNB_DU_NameVisibleString, KEY_F1AP_gNB_DU_NameUTF8String };
	static const enum fact_key cu_names[] = { KEY_F1AP_GNB_CU_Name, KEY_F1AP_gNB_CU_NameVisibleString, KEY_F1AP_gNB_CU_NameUTF8String };
	struct talk t = talk_of(m, f, KEY_F1AP_procedureCode, KEY_F1AP_pdu);
	const struct item *from_cu = span_key(t.all, KEY_F1AP_from_cu);
	struct context context;
	uint32_t cu, du;

	if (!from_cu || t.from.place == NONE || t.to.place == NONE)
		return;
	cu = cu_at(&t, from_cu->v.u ? t.from : t.to, ROLE_GNB_CU);
	if (!from_cu->v.u && t.pdu == PDU_INITIATING && (t.procedure == F1_SETUP || t.procedure == F1_DU_UPDATE)) {
		du = part_named(&t, ROLE_GNB_DU, t.from, t.to.place, span_any(t.all, KEY_F1AP_GNB_DU_ID), span_any(t.all, KEY_F1AP_pLMN_Identity));
		names(&t, du, du_names, 3);
		areas(&t, du, t.all, KEY_F1AP_pLMN_Identity, KEY_F1AP_fiveGS_TAC);
		if (t.procedure == F1_SETUP)
			asked(&t, du);
	} else {
		du = part_at(&t, ROLE_GNB_DU, from_cu->v.u ? t.to : t.from);
	}
	element_role(m, du, ROLE_GNB_DU, f);
	if (from_cu->v.u)
		names(&t, cu, cu_names, 3);
	if (from_cu->v.u && t.procedure == F1_SETUP && t.pdu == PDU_SUCCESS)
		accepted(&t, cu, du);
	/* those that the CU names are of a user plane part, wherever that is */
	context = (struct context){ from_cu->v.u ? t.from.place : t.to.place, ALIAS_F1_END, span_any(t.all, KEY_F1AP_GNB_CU_UE_F1AP_ID) };
	ends_of(&t, &keys, from_cu->v.u ? NONE : du, &context);
	if (!from_cu->v.u && t.procedure == F1_RELEASE && t.pdu == PDU_SUCCESS)
		gone(&t, &context);
}

void model_e1ap(struct model *m, const struct fact *f)
{
	static const struct tunnel_keys keys = { KEY_E1AP_TLA_IPv4, KEY_E1AP_TLA_IPv6, KEY_E1AP_gTP_TEID };
	static const enum fact_key up_names[] = { KEY_E1AP_GNB_CU_UP_Name, KEY_E1AP_gNB_CU_UP_NameVisibleString, KEY_E1AP_gNB_CU_UP_NameUTF8String };
	static const enum fact_key cp_names[] = { KEY_E1AP_GNB_CU_CP_Name, KEY_E1AP_gNB_CU_CP_NameVisibleString, KEY_E1AP_gNB_CU_CP_NameUTF8String };
	struct talk t = talk_of(m, f, KEY_E1AP_procedureCode, KEY_E1AP_pdu);
	const struct item *from_cp = span_key(t.all, KEY_E1AP_from_cp), *id = span_any(t.all, KEY_E1AP_GNB_CU_UP_ID);
	bool setup = t.procedure == E1_UP_SETUP || t.procedure == E1_CP_SETUP;
	struct context context;
	uint32_t cp, up;

	if (!from_cp || t.from.place == NONE || t.to.place == NONE)
		return;
	cp = cu_at(&t, from_cp->v.u ? t.from : t.to, ROLE_GNB_CU_CP);
	if (!from_cp->v.u && id && (setup || t.procedure == E1_UP_UPDATE)) {
		up = part_named(&t, ROLE_GNB_CU_UP, t.from, t.to.place, id, span_any(t.all, KEY_E1AP_pLMN_Identity));
		names(&t, up, up_names, 3);
		areas(&t, up, t.all, KEY_E1AP_pLMN_Identity, KEY_NONE);
	} else {
		up = part_at(&t, ROLE_GNB_CU_UP, from_cp->v.u ? t.to : t.from);
	}
	element_role(m, up, ROLE_GNB_CU_UP, f);
	if (from_cp->v.u)
		names(&t, cp, cp_names, 3);
	if (setup && t.pdu == PDU_INITIATING)
		asked(&t, from_cp->v.u ? cp : up);
	if (setup && t.pdu == PDU_SUCCESS)
		accepted(&t, from_cp->v.u ? cp : up, from_cp->v.u ? up : cp);
	context = (struct context){ from_cp->v.u ? t.from.place : t.to.place, ALIAS_E1_END, span_any(t.all, KEY_E1AP_GNB_CU_CP_UE_E1AP_ID) };
	ends_of(&t, &keys, from_cp->v.u ? NONE : up, &context);
	if (!from_cp->v.u && t.procedure == E1_RELEASE && t.pdu == PDU_SUCCESS)
		gone(&t, &context);
}

/* ---- XnAP and X2AP: neither end is the server ---- */

static uint32_t xn_node(const struct talk *t)
{
	struct span s = t->all, ie;
	const struct item *plmn, *id;
	uint32_t e;

	if (!span_group(&s, IE_XN_NODE, &ie, NULL))
		return NONE;
	plmn = span_any(ie, KEY_XNAP_plmn_id);
	if ((id = span_any(ie, KEY_XNAP_gnb_ID))) {
		e = node_named(t, ROLE_GNB, ROLE_GNB, plmn, id, span_uint(ie, KEY_XNAP_gnb_ID_bits, id->len * 8));
	} else if ((id = span_any(ie, KEY_XNAP_enb_ID_macro))) {
		e = node_named(t, ROLE_NG_ENB, ROLE_NG_ENB, plmn, id, 20);
	} else if ((id = span_any(ie, KEY_XNAP_enb_ID_shortmacro))) {
		e = node_named(t, ROLE_NG_ENB, ROLE_NG_ENB, plmn, id, 18);
	} else {
		e = node_named(t, ROLE_NG_ENB, ROLE_NG_ENB, plmn, span_any(ie, KEY_XNAP_enb_ID_longmacro), 21);
	}
	s = t->all;
	if (span_group(&s, IE_XN_TAIS, &ie, NULL))
		areas(t, e, ie, KEY_XNAP_plmn_id, KEY_XNAP_tac);
	return e;
}

/* A node of which no setup was seen. */
static uint32_t some_node(const struct talk *t, struct side s, enum role r)
{
	uint32_t e = part_at(t, ROLE_RAN_NODE, s);

	if (e != NONE && (r != ROLE_RAN_NODE || !(t->m->element[e].roles & ~(ROLE_BIT(ROLE_GTPU_PEER)))))
		element_role(t->m, e, r, t->f);
	return e;
}

void model_xnap(struct model *m, const struct fact *f)
{
	static const struct tunnel_keys keys = { KEY_XNAP_TLA_IPv4, KEY_XNAP_TLA_IPv6, KEY_XNAP_gtp_teid };
	struct talk t = talk_of(m, f, KEY_XNAP_procedureCode, KEY_XNAP_pdu);
	bool setup = t.procedure == XN_SETUP, own;
	uint32_t from = NONE, to;

	if (t.from.place == NONE || t.to.place == NONE)
		return;
	if (setup && t.pdu <= PDU_SUCCESS)
		from = xn_node(&t);
	if (from == NONE)
		from = some_node(&t, t.from, ROLE_RAN_NODE);
	if (setup && t.pdu == PDU_INITIATING) {
		asked(&t, from);		/* who is asked is nobody until it answers */
		return;
	}
	to = some_node(&t, t.to, ROLE_RAN_NODE);
	if (setup && t.pdu == PDU_SUCCESS)
		accepted(&t, from, to);
	own = t.pdu == PDU_SUCCESS ? t.procedure == XN_HANDOVER || t.procedure == XN_ADDITION || t.procedure == XN_MODIFICATION_BY_M ||
		t.procedure == XN_MODIFICATION_BY_S : t.procedure == XN_ADDRESS;
	ends_of(&t, &keys, own ? from : NONE, NULL);
}

static uint32_t x2_enb(const struct talk *t, struct span s)
{
	static const struct { enum fact_key key; unsigned bits; } ids[] = { { KEY_X2AP_macro_eNB_ID, 20 }, { KEY_X2AP_home_eNB_ID, 28 },
		{ KEY_X2AP_short_Macro_eNB_ID, 18 }, { KEY_X2AP_long_Macro_eNB_ID, 21 } };
	struct span ie;
	uint32_t e = NONE;

	if (!span_group(&s, IE_X2_ENB, &ie, NULL))
		return e;
	for (unsigned i = 0; i < 4 && e == NONE; i++)
		e = node_named(t, ROLE_ENB, ROLE_ENB, span_any(ie, KEY_X2AP_pLMN_Identity), span_any(ie, ids[i].key), ids[i].bits);
	areas(t, e, t->all, KEY_NONE, KEY_X2AP_tAC);
	return e;
}

/* Of EN-DC X2 Setup: what node it is, is an alternative around its elements. */
static uint32_t x2_endc_node(const struct talk *t)
{
	struct span top = t->all, kind, s, ie;
	uint32_t e = NONE;

	while (e == NONE && span_group(&top, ITEM_NO_ID, &kind, NULL)) {
		const struct item *id;

		e = x2_enb(t, kind);
		s = kind;
		if (e != NONE || !span_group(&s, IE_X2_EN_GNB, &ie, NULL) || !(id = span_any(ie, KEY_X2AP_gNB_ID)))
			continue;
		e = node_named(t, ROLE_GNB, ROLE_EN_GNB, span_any(ie, KEY_X2AP_pLMN_Identity), id, span_uint(ie, KEY_X2AP_gNB_ID_bits, id->len * 8));
		areas(t, e, t->all, KEY_NONE, KEY_X2AP_fiveGS_TAC);
	}
	return e;
}

void model_x2ap(struct model *m, const struct fact *f)
{
	static const struct tunnel_keys keys = { KEY_X2AP_TLA_IPv4, KEY_X2AP_TLA_IPv6, KEY_X2AP_gTP_TEID };
	struct talk t = talk_of(m, f, KEY_X2AP_procedureCode, KEY_X2AP_pdu);
	bool setup = t.procedure == X2_SETUP || t.procedure == X2_ENDC_SETUP, endc, own;
	uint32_t from = NONE, to;

	if (t.from.place == NONE || t.to.place == NONE)
		return;
	if (setup && t.pdu <= PDU_SUCCESS)
		from = t.procedure == X2_SETUP ? x2_enb(&t, t.all) : x2_endc_node(&t);
	if (setup && t.pdu == PDU_INITIATING) {
		asked(&t, from);
		return;
	}
	/* a master eNB asks, its en-gNB answers */
	endc = t.procedure == X2_SGNB_ADDITION || t.procedure == X2_SGNB_MODIFICATION || t.procedure == X2_SGNB_RELEASE;
	if (from == NONE)
		from = some_node(&t, t.from, endc ? t.pdu == PDU_INITIATING ? ROLE_ENB : ROLE_EN_GNB : t.procedure == X2_HANDOVER ? ROLE_ENB : ROLE_RAN_NODE);
	to = some_node(&t, t.to, endc ? t.pdu == PDU_INITIATING ? ROLE_EN_GNB : ROLE_ENB : t.procedure == X2_HANDOVER ? ROLE_ENB : ROLE_RAN_NODE);
	if (setup && t.pdu == PDU_SUCCESS)
		accepted(&t, from, to);
	own = t.pdu == PDU_SUCCESS ? t.procedure == X2_HANDOVER || t.procedure == X2_SENB_ADDITION || t.procedure == X2_SENB_MODIFICATION ||
		t.procedure == X2_SGNB_ADDITION || t.procedure == X2_SGNB_MODIFICATION : t.procedure == X2_ADDRESS;
	ends_of(&t, &keys, own ? from : NONE, NULL);
}
