/*
 * N2: RAN nodes and AMFs from NG Setup and its like, what UEs and their PDU sessions (ue.c) are told
 * (TS 38.413 8), and what NAS says of protection and addresses (TS 24.501).
 */
#include "inside.h"

/* NGAP procedure codes (TS 38.413 9.4.7) and IE ids used here. */
enum { P_INITIAL_CONTEXT = 14, P_INITIAL_UE = 15, P_HANDOVER_ALLOC = 13, P_NG_SETUP = 21, P_PATH_SWITCH = 25, P_RELEASE_SESSION = 28,
	P_SETUP_SESSION = 29, P_RAN_UPDATE = 35, P_AMF_UPDATE = 0, P_CONTEXT_RELEASE = 41, P_DOWNLINK_NAS = 4, P_UPLINK_NAS = 46 };
enum { IE_GUAMI_LIST = 96, IE_PLMN_SUPPORT = 80, IE_RAN_ID = 27, IE_TA_LIST = 102, IE_UL_TUNNEL = 139 };
enum { PDU_INITIATING = 0, PDU_SUCCESS = 1 };

uint32_t bits_value(const struct item *i, unsigned bits)
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
static uint32_t ran_named(struct model *m, const struct fact *f, const struct ran_message *x, struct span ie)
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

static void announce_ran(struct model *m, const struct fact *f, const struct ran_message *x)
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
static uint32_t amf_named(struct model *m, const struct fact *f, const struct ran_message *x, struct span list)
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

static void announce_amf(struct model *m, const struct fact *f, const struct ran_message *x)
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

/* ---- PDU sessions ---- */

static bool end_items(struct span s, struct addr *a, uint32_t *teid)
{
	const struct item *t = span_any(s, KEY_NGAP_gTP_TEID), *v4 = span_any(s, KEY_NGAP_TLA_IPv4), *v6 = span_any(s, KEY_NGAP_TLA_IPv6);

	if (!t || t->len != 4 || (!v4 && !v6))
		return false;
	*a = item_addr(v4 ? v4 : v6);
	*teid = (uint32_t)t->v.p[0] << 24 | (uint32_t)t->v.p[1] << 16 | (uint32_t)t->v.p[2] << 8 | t->v.p[3];
	return true;
}

static void sessions_of(struct model *m, const struct fact *f, const struct ran_message *x, uint32_t ue)
{
	struct span top = x->all, ie, items, item;

	if (!span_any(x->all, KEY_NGAP_gTP_TEID))
		return;
	while (span_group(&top, ITEM_NO_ID, &ie, NULL)) {
		items = ie;
		while (span_group(&items, ITEM_NO_ID, &item, NULL)) {
			const struct item *psi = span_key(item, KEY_NGAP_pDUSessionID);

			struct addr a;
			uint32_t teid;

			if (psi && end_items(item, &a, &teid))
				ue_session_end(m, f, x, ue, (uint8_t)psi->v.u, &a, teid);
		}
	}
}

/* The session that the first tunnel end of a handover request's list belongs to, or NONE. */
static uint32_t session_asked_for(const struct model *m, const struct ran_message *x)
{
	struct span top = x->all, ie, items, item;

	while (span_group(&top, ITEM_NO_ID, &ie, NULL)) {
		items = ie;
		while (span_group(&items, ITEM_NO_ID, &item, NULL)) {
			struct addr a;
			uint32_t teid, i;

			if (!span_key(item, KEY_NGAP_pDUSessionID) || !end_items(item, &a, &teid))
				continue;
			i = session_by_end(m, &a, teid);
			if (i != NONE)
				return i;
		}
	}
	return NONE;
}

/* The handover's target context: the source's, told by the core tunnel end that stays the same. */
static void handover_request(struct model *m, const struct fact *f, const struct ran_message *x)
{
	if (x->amf_id)
		ue_asked_for(m, f, x, session_asked_for(m, x));
}

/* The procedures that are most of the traffic and carry no tunnel end (TS 38.413 9.2.5.1 to 9.2.5.3, 9.2.2.6). */
static bool sessionless(uint64_t procedure)
{
	return procedure == P_DOWNLINK_NAS || procedure == P_UPLINK_NAS || procedure == P_INITIAL_UE || procedure == P_CONTEXT_RELEASE;
}

static const struct ran_words n2 = {
	.slot = { [KEY_NGAP_procedureCode] = RAN_PROCEDURE, [KEY_NGAP_pdu] = RAN_PDU, [KEY_NGAP_from_ran] = RAN_UPLINK,
		[KEY_NGAP_AMF_UE_NGAP_ID] = RAN_CORE_ID, [KEY_NGAP_RAN_UE_NGAP_ID] = RAN_NODE_ID },
	.depth = FACT_DEPTH, .initial_ue = P_INITIAL_UE, .handover_allocation = P_HANDOVER_ALLOC, .path_switch = P_PATH_SWITCH, .pair = PAIR_NGAP,
};

void model_ngap(struct model *m, const struct fact *f)
{
	struct ran_message x;
	uint32_t ue;

	if (!ran_message_of(m, f, &n2, &x))
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
		ue_released(m, ue, f, false);
}

/* ---- NAS ---- */

enum { MM_REGISTRATION_REQUEST = 0x41, MM_SECURITY_MODE_COMMAND = 0x5d, SM_ESTABLISHMENT_ACCEPT = 0xc2 };

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
		security_mode(m, f, got[NAS_ENC]->v.u, got[NAS_INT]->v.u, false);
	if (mm == MM_REGISTRATION_REQUEST && got[NAS_SCHEME] && f->in == m->ngap_n)
		m->n.suci[got[NAS_SCHEME]->v.u & 15]++;
	if (header >= 1 && header <= 4 && f->in == m->ngap_n)
		m->nas_n = f->n;		/* what it protects has n of it as `in` */
	if (m->ngap_ue != NONE && mm == MM_REGISTRATION_REQUEST && m->ngap_uplink)
		security_registration(m, m->ngap_ue, f, got[NAS_REG], got[NAS_CAP], f->in == m->ngap_n || f->in == m->nas_n);
	if (m->ngap_ue != NONE && mm == MM_SECURITY_MODE_COMMAND && !m->ngap_uplink && got[NAS_REPLAYED])
		security_replayed(m, m->ngap_ue, f, got[NAS_REPLAYED]);
	if (item_uint(got[NAS_SM], 0) == SM_ESTABLISHMENT_ACCEPT)
		session_address(m, f, got[NAS_ADDRESS], (uint8_t)item_uint(got[NAS_PSI], 0));
}
