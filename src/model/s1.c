/*
 * S1: eNBs and MMEs from S1 Setup and its like, what UEs and their E-RABs (ue.c) are told (TS 36.413 8),
 * and what NAS says of protection and addresses (TS 24.301).
 */
#include "inside.h"

/* S1AP procedure codes (TS 36.413 9.3.6) and IE ids used here. */
enum { P_HANDOVER_ALLOC = 1, P_HANDOVER_NOTIFY = 2, P_PATH_SWITCH = 3, P_INITIAL_CONTEXT = 9, P_DOWNLINK_NAS = 11,
	P_INITIAL_UE = 12, P_UPLINK_NAS = 13, P_S1_SETUP = 17, P_CONTEXT_RELEASE = 23, P_ENB_UPDATE = 29, P_MME_UPDATE = 30, P_MODIFICATION_INDICATION = 50 };
enum { IE_ENB_ID = 59, IE_TA_LIST = 64, IE_GUMMEI_LIST = 105, IE_RELEASED = 69, IE_RELEASED_BY_ENB = 110, IE_MODIFY_ITEM = 36, IE_NOT_MODIFIED = 201 };
enum { PDU_INITIATING = 0, PDU_SUCCESS = 1 };

/* ---- who exists ---- */

/* The eNB that a Global eNB ID names. */
static uint32_t enb_named(struct model *m, const struct fact *f, const struct ran_message *x, struct span ie)
{
	static const struct { enum fact_key key; uint8_t bits; } kinds[] = {
		{ KEY_S1AP_macroENB_ID, 20 }, { KEY_S1AP_homeENB_ID, 28 }, { KEY_S1AP_short_macroENB_ID, 18 }, { KEY_S1AP_long_macroENB_ID, 21 },
	};
	const struct item *plmn = span_any(ie, KEY_S1AP_pLMNidentity), *id = NULL;
	struct find_key key = { .class = FIND_NODE, .role = ROLE_ENB }, at = find_at(FIND_ENB_AT, x->ran, x->ran_port);
	uint32_t e, was;
	unsigned k = 0;

	while (k < sizeof(kinds) / sizeof(kinds[0]) && !(id = span_any(ie, kinds[k].key)))
		k++;
	if (!id || !plmn || plmn->len != 3)
		return NONE;
	memcpy(key.plmn, plmn->v.p, 3);
	key.bits = kinds[k].bits;
	key.what = bits_value(id, key.bits);
	e = find_get(m, &key);
	was = find_get(m, &at);
	if (e == NONE) {
		/* the node that was known by its address only now has a name */
		e = was != NONE && !m->element[was].has_node ? was : element_new(m, f, x->ran);
		if (e == NONE)
			return e;
		m->element[e].has_node = 1;
		m->element[e].node_id = key.what;
		m->element[e].node_bits = key.bits;
		memcpy(m->element[e].node_plmn, plmn->v.p, 3);
		find_set(m, &key, e);
	}
	element_role(m, e, ROLE_ENB, f);
	element_ground(m, e, f);
	element_plmn(m, e, plmn->v.p, f);
	element_addr(m, e, x->ran, f);
	find_set(m, &at, e);
	return e;
}

static void tacs_and_plmns(struct model *m, uint32_t e, struct span s, const struct fact *f)
{
	for (const struct item *i = s.at; i < s.end; i++) {
		if (i->key == KEY_S1AP_tAC && i->len == 2)
			element_tac(m, e, (uint32_t)(i->v.p[0] << 8 | i->v.p[1]), f);
		if (i->key == KEY_S1AP_PLMNidentity && i->len == 3)
			element_plmn(m, e, i->v.p, f);
	}
}

static void announce_enb(struct model *m, const struct fact *f, const struct ran_message *x)
{
	const struct item *name = span_any(x->all, KEY_S1AP_ENBname);
	struct span s = x->all, ie;
	uint32_t e = NONE;

	if (span_group(&s, IE_ENB_ID, &ie, NULL))
		e = enb_named(m, f, x, ie);
	if (e == NONE) {
		e = element_at(m, FIND_ENB_AT, x->ran, x->ran_port, f);
		element_role(m, e, ROLE_ENB, f);
	}
	if (name)
		element_name(m, e, (const char *)name->v.p, name->len, f);
	s = x->all;
	if (e != NONE && span_group(&s, IE_TA_LIST, &ie, NULL))
		tacs_and_plmns(m, e, ie, f);
	element_seen(m, e, f);
	if (x->procedure == P_S1_SETUP)
		setup_asked(m, f, &(struct setup){ x->ran, x->amf, x->ran_port, x->amf_port }, e);
}

/* The first GUMMEI of an MME names it: group and code (TS 23.003 2.8.1). */
static uint32_t mme_named(struct model *m, const struct fact *f, const struct ran_message *x, struct span list)
{
	const struct item *plmn = span_any(list, KEY_S1AP_PLMNidentity), *g = span_any(list, KEY_S1AP_MME_Group_ID), *c = span_any(list, KEY_S1AP_MME_Code);
	struct find_key key = { .class = FIND_MME_ID }, at = find_at(FIND_MME_AT, x->amf, 0);
	uint32_t e, was;

	if (!plmn || plmn->len != 3 || !g || g->len != 2 || !c || c->len != 1)
		return NONE;
	memcpy(key.plmn, plmn->v.p, 3);
	key.what = (uint32_t)(g->v.p[0] << 16 | g->v.p[1] << 8 | c->v.p[0]);
	e = find_get(m, &key);
	was = find_get(m, &at);
	if (e == NONE) {
		e = was != NONE && !m->element[was].has_node ? was : element_new(m, f, x->amf);
		if (e == NONE)
			return e;
		m->element[e].has_node = m->element[e].amf_set = 1;
		m->element[e].node_id = key.what;
		m->element[e].node_bits = 24;
		memcpy(m->element[e].node_plmn, plmn->v.p, 3);
		find_set(m, &key, e);
	}
	element_role(m, e, ROLE_MME, f);
	element_addr(m, e, x->amf, f);
	find_set(m, &at, e);
	return e;
}

static void announce_mme(struct model *m, const struct fact *f, const struct ran_message *x)
{
	const struct item *name = span_any(x->all, KEY_S1AP_MMEname);
	struct span s = x->all, ie;
	uint32_t e = NONE;
	bool list = span_group(&s, IE_GUMMEI_LIST, &ie, NULL);

	if (list)
		e = mme_named(m, f, x, ie);
	if (e == NONE)
		e = element_at(m, FIND_MME_AT, x->amf, 0, f);
	element_role(m, e, ROLE_MME, f);
	element_ground(m, e, f);
	if (list)
		tacs_and_plmns(m, e, ie, f);
	if (name)
		element_name(m, e, (const char *)name->v.p, name->len, f);
	if (x->procedure == P_S1_SETUP && x->pdu == PDU_SUCCESS)
		setup_accepted(m, f, &(struct setup){ x->ran, x->amf, x->ran_port, x->amf_port }, e);
}

/* ---- E-RABs ---- */

/* One E-RAB of a list: its element, and its keys in wire order, elements inside it included. */
struct erab { uint64_t ie; uint8_t id; struct span all; };

/* The E-RABs of a message's lists: *at walks the message's own elements, *items one list.  False: no more. */
static bool erab_next(struct span *at, struct span *items, uint64_t *list, struct erab *r)
{
	struct span item, inside;

	for (;;) {
		while (span_group(items, ITEM_NO_ID, &item, NULL)) {
			const struct item *id = span_group(&item, ITEM_NO_ID, &inside, &r->ie) ? span_key(inside, KEY_S1AP_e_RAB_ID) : NULL;

			if (!id)
				continue;
			r->id = (uint8_t)id->v.u;
			r->all = inside;
			return true;
		}
		if (!span_group(at, ITEM_NO_ID, items, list))
			return false;
	}
}

static bool is_teid(const struct item *k)
{
	return (k->key == KEY_S1AP_gTP_TEID || k->key == KEY_S1AP_dL_GTP_TEID || k->key == KEY_S1AP_dL_gTP_TEID || k->key == KEY_S1AP_uL_GTP_TEID) && k->len == 4;
}

/* The n-th address of that key in an E-RAB that names as many as TEIDs; NULL: it does not. */
static const struct item *nth_address(const struct erab *r, enum fact_key key, unsigned n, unsigned teids)
{
	const struct item *found = NULL;
	unsigned count = 0;

	for (const struct item *k = r->all.at; k < r->all.end; k++)
		if (k->key == key && count++ == n)
			found = k;
	return count == teids ? found : NULL;
}

/*
 * The next tunnel end in an E-RAB: the n-th TEID has the n-th address (a list of facts keeps the values of one key together,
 * so what stands behind what is not known).  main: the bearer's own, not one for forwarding.
 */
static bool end_next(const struct erab *r, const struct item **i, struct addr *a, uint32_t *teid, bool *main)
{
	unsigned teids = 0, n = 0;

	for (const struct item *k = r->all.at; k < r->all.end; k++) {
		teids += is_teid(k);
		n += k < *i && is_teid(k);
	}
	for (; *i < r->all.end; (*i)++) {
		const struct item *k = *i, *at;

		if (!is_teid(k))
			continue;
		at = nth_address(r, KEY_S1AP_TLA_IPv4, n, teids);
		at = at ? at : nth_address(r, KEY_S1AP_TLA_IPv6, n, teids);
		n++;
		if (!at)
			continue;
		*a = item_addr(at);
		*teid = (uint32_t)k->v.p[0] << 24 | (uint32_t)k->v.p[1] << 16 | (uint32_t)k->v.p[2] << 8 | k->v.p[3];
		*main = k->key == KEY_S1AP_gTP_TEID || k->key == KEY_S1AP_dL_GTP_TEID || (k->key == KEY_S1AP_uL_GTP_TEID && r->ie == IE_MODIFY_ITEM);
		(*i)++;
		return true;
	}
	return false;
}

static void erabs_of(struct model *m, const struct fact *f, const struct ran_message *x, uint32_t ue)
{
	struct span at = x->all, items = { NULL, NULL };
	uint64_t list = 0;
	struct erab r;

	while (erab_next(&at, &items, &list, &r)) {
		const struct item *i = r.all.at;
		struct addr a;
		uint32_t teid;
		bool main;

		if (list == IE_RELEASED || list == IE_RELEASED_BY_ENB)
			session_gone(m, ue, r.id, f);
		while (list != IE_NOT_MODIFIED && end_next(&r, &i, &a, &teid, &main)) {
			if (main)
				ue_session_end(m, f, x, ue, r.id, &a, teid);
			else		/* of a handover's data; the node that receives it chose the end, whoever tells of it */
				(void)end_order(m, &a, teid, x->uplink ? END_S1_DL : END_S1_UL, false, f);
		}
	}
}

/* The E-RAB that the first tunnel end of a handover request's list belongs to, or NONE. */
static uint32_t erab_asked_for(const struct model *m, const struct ran_message *x)
{
	struct span at = x->all, items = { NULL, NULL };
	uint32_t teid, found = NONE;
	uint64_t list = 0;
	struct addr a;
	struct erab r;
	bool main;

	while (found == NONE && erab_next(&at, &items, &list, &r)) {
		const struct item *i = r.all.at;

		if (end_next(&r, &i, &a, &teid, &main))
			found = session_by_end(m, &a, teid);
	}
	return found;
}

/* ---- messages ---- */

/* The ids of the UE are the message's own or in UE-S1AP-IDs, not those that lists or containers hold. */
static const struct ran_words s1 = {
	.slot = { [KEY_S1AP_procedureCode] = RAN_PROCEDURE, [KEY_S1AP_pdu] = RAN_PDU, [KEY_S1AP_from_enb] = RAN_UPLINK,
		[KEY_S1AP_MME_UE_S1AP_ID] = RAN_CORE_ID, [KEY_S1AP_ENB_UE_S1AP_ID] = RAN_NODE_ID },
	.depth = 1, .initial_ue = P_INITIAL_UE, .handover_allocation = P_HANDOVER_ALLOC, .path_switch = P_PATH_SWITCH, .pair = PAIR_S1AP, .lte = true,
};

void model_s1ap(struct model *m, const struct fact *f)
{
	struct ran_message x;
	uint32_t ue;

	if (!ran_message_of(m, f, &s1, &x))
		return;
	x.elsewhere = x.procedure == P_MODIFICATION_INDICATION;	/* dual connectivity (TS 36.413 8.2.4) */
	if (x.procedure == P_S1_SETUP || x.procedure == P_ENB_UPDATE || x.procedure == P_MME_UPDATE) {
		if (x.uplink && x.pdu == PDU_INITIATING)
			announce_enb(m, f, &x);
		if (!x.uplink)
			announce_mme(m, f, &x);
	}
	if (x.procedure == P_HANDOVER_ALLOC && x.pdu == PDU_INITIATING && x.amf_id)
		ue_asked_for(m, f, &x, erab_asked_for(m, &x));
	m->last.ue = m->ngap_ue = ue = ue_of(m, f, &x);
	if (ue == NONE)
		return;
	element_seen(m, ((struct ue_context *)table_at(&m->ues, ue))->ran_element, f);
	element_seen(m, ((struct ue_context *)table_at(&m->ues, ue))->amf_element, f);
	if (x.procedure == P_INITIAL_UE)
		security_rrc(m, ue, f);
	else if (x.pdu == PDU_INITIATING && (x.procedure == P_INITIAL_CONTEXT || x.procedure == P_HANDOVER_ALLOC || x.procedure == P_PATH_SWITCH))
		security_ngap(m, ue, f);
	if (x.procedure != P_DOWNLINK_NAS && x.procedure != P_UPLINK_NAS && x.procedure != P_INITIAL_UE && x.procedure != P_CONTEXT_RELEASE)
		erabs_of(m, f, &x, ue);
	if (x.procedure == P_HANDOVER_NOTIFY)
		ue_arrived(m, ue, f);
	if (x.procedure == P_CONTEXT_RELEASE && x.pdu == PDU_SUCCESS)
		ue_released(m, ue, f, true);
}

/* ---- NAS ---- */

enum { EMM_ATTACH_REQUEST = 0x41, EMM_TAU_REQUEST = 0x48, EMM_SECURITY_MODE_COMMAND = 0x5d, ESM_DEFAULT_BEARER = 0xc1 };
enum { ATTACH_EMERGENCY = 6, REG_EMERGENCY = 4, REG_INITIAL = 1 };		/* TS 24.301 9.9.3.11, TS 24.501 9.11.3.7 */
enum { EPS_REST, EPS_HEADER, EPS_EMM, EPS_ESM, EPS_BEARER, EPS_CIPHER, EPS_INTEGRITY, EPS_ADDRESS, EPS_ATTACH, EPS_CAP, EPS_REPLAYED, EPS_SLOTS };
static const uint8_t eps_slot[FACT_KEYS] = {
	[KEY_NASEPS_security_header_type] = EPS_HEADER, [KEY_NASEPS_emm_type] = EPS_EMM, [KEY_NASEPS_esm_type] = EPS_ESM,
	[KEY_NASEPS_bearer_id] = EPS_BEARER, [KEY_NASEPS_toc] = EPS_CIPHER, [KEY_NASEPS_toi] = EPS_INTEGRITY, [KEY_NASEPS_pdn_ipv4] = EPS_ADDRESS,
	[KEY_NASEPS_attach_type] = EPS_ATTACH, [KEY_NASEPS_ue_capability] = EPS_CAP, [KEY_NASEPS_replayed_capability] = EPS_REPLAYED,
};

/* A UE says what it can do, and whether it is an emergency; what an attach is for is kept as a registration's type is. */
static void announced(struct model *m, const struct fact *f, uint64_t emm, const struct item *attach, const struct item *cap)
{
	struct item type = { .key = KEY_NASEPS_attach_type, .type = ITEM_UINT, .v.u = attach && attach->v.u == ATTACH_EMERGENCY ? REG_EMERGENCY : REG_INITIAL };

	if (m->ngap_ue != NONE && m->ngap_uplink && (emm == EMM_ATTACH_REQUEST || emm == EMM_TAU_REQUEST))
		security_registration(m, m->ngap_ue, f, emm == EMM_ATTACH_REQUEST && attach ? &type : NULL, cap, f->in == m->ngap_n || f->in == m->nas_n);
}

void model_naseps(struct model *m, const struct fact *f)
{
	const struct item *got[EPS_SLOTS];
	uint64_t header, emm;

	m->last.ue = m->ngap_ue;
	pick(fact_span(f), eps_slot, got, EPS_SLOTS);
	header = item_uint(got[EPS_HEADER], 99);
	m->n.nas_protected += header != 0 && header != 99;
	m->n.nas_encrypted += f->outcome == OUT_ENCRYPTED;
	m->n.nas_plain += header == 0;
	emm = item_uint(got[EPS_EMM], 0);
	if (header != 0 && header != 99 && f->in == m->ngap_n)
		m->nas_n = f->n;
	if (emm == EMM_SECURITY_MODE_COMMAND && got[EPS_CIPHER] && got[EPS_INTEGRITY])
		security_mode(m, f, got[EPS_CIPHER]->v.u, got[EPS_INTEGRITY]->v.u, true);
	if (emm == EMM_SECURITY_MODE_COMMAND && m->ngap_ue != NONE && !m->ngap_uplink && got[EPS_REPLAYED])
		security_replayed(m, m->ngap_ue, f, got[EPS_REPLAYED]);
	announced(m, f, emm, got[EPS_ATTACH], got[EPS_CAP]);
	if (item_uint(got[EPS_ESM], 0) == ESM_DEFAULT_BEARER)
		session_address(m, f, got[EPS_ADDRESS], (uint8_t)item_uint(got[EPS_BEARER], 0));
}
