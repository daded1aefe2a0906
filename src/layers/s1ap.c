/*
 * S1AP (S1-MME, SCTP payload protocol id 18).  TS 36.413: procedures 8.1, messages 9.1, encoding 9.3 in
 * aligned PER.
 *
 *   octet 1  ext(1) choice(2): 0 initiating, 1 successful, 2 unsuccessful   (9.3.2 S1AP-PDU)
 *   octet 2  procedure code | 3 criticality(2) | 4.. length and value: SEQUENCE { ProtocolIE-Container, ... }
 *
 * Rows of information elements are in s1ap_*.c.
 */
#include "ap.h"
#include "naseps.h"
#include "s1ap_rows.h"
#include "tbcd.h"

extern const struct proto proto_s1ap;

enum { MME_PORT = 36412 };
enum { P_INITIAL_UE_MESSAGE = 12, P_PRIVATE_MESSAGE = 39 };
enum { INTRA_LTE = 0, NO_HANDOVER_TYPE = 255 };		/* TS 36.413 9.2.1.13 */

/* TS 36.413 8.1 and 9.3.6: who starts it; an outcome goes the other way. */
static const struct ap_procedure procedures[] = {
	{ "Handover Preparation", BY_RAN, "8.4.1" },
	{ "Handover Resource Allocation", BY_CORE, "8.4.2" },
	{ "Handover Notification", BY_RAN, "8.4.3" },
	{ "Path Switch Request", BY_RAN, "8.4.4" },
	{ "Handover Cancellation", BY_RAN, "8.4.5" },
	{ "E-RAB Setup", BY_CORE, "8.2.1" },
	{ "E-RAB Modify", BY_CORE, "8.2.2" },
	{ "E-RAB Release", BY_CORE, "8.2.3" },
	{ "E-RAB Release Indication", BY_RAN, "8.2.3" },
	{ "Initial Context Setup", BY_CORE, "8.3.1" },
	{ "Paging", BY_CORE, "8.5" },
	{ "Downlink NAS Transport", BY_CORE, "8.6.2" },
	{ "Initial UE Message", BY_RAN, "8.6.2" },
	{ "Uplink NAS Transport", BY_RAN, "8.6.2" },
	{ "Reset", BY_EITHER, "8.7.1" },
	{ "Error Indication", BY_EITHER, "8.7.2" },
	{ "NAS Non Delivery Indication", BY_RAN, "8.6.2" },
	{ "S1 Setup", BY_RAN, "8.7.3" },
	{ "UE Context Release Request", BY_RAN, "8.3.2" },
	{ "Downlink S1 CDMA2000 Tunnelling", BY_CORE, "8.8" },
	{ "Uplink S1 CDMA2000 Tunnelling", BY_RAN, "8.8" },
	{ "UE Context Modification", BY_CORE, "8.3.4" },
	{ "UE Capability Info Indication", BY_RAN, "8.9" },
	{ "UE Context Release", BY_CORE, "8.3.3" },
	{ "eNB Status Transfer", BY_RAN, "8.4.6" },
	{ "MME Status Transfer", BY_CORE, "8.4.7" },
	{ "Deactivate Trace", BY_CORE, "8.10.3" },
	{ "Trace Start", BY_CORE, "8.10.1" },
	{ "Trace Failure Indication", BY_RAN, "8.10.2" },
	{ "eNB Configuration Update", BY_RAN, "8.7.4" },
	{ "MME Configuration Update", BY_CORE, "8.7.5" },
	{ "Location Reporting Control", BY_CORE, "8.11.1" },
	{ "Location Report Failure Indication", BY_RAN, "8.11.2" },
	{ "Location Report", BY_RAN, "8.11.3" },
	{ "Overload Start", BY_CORE, "8.7.6" },
	{ "Overload Stop", BY_CORE, "8.7.7" },
	{ "Write-Replace Warning", BY_CORE, "8.12.1" },
	{ "eNB Direct Information Transfer", BY_RAN, "8.13" },
	{ "MME Direct Information Transfer", BY_CORE, "8.14" },
	{ "Private Message", BY_EITHER, "9.3.3" },
	{ "eNB Configuration Transfer", BY_RAN, "8.15" },
	{ "MME Configuration Transfer", BY_CORE, "8.16" },
	{ "Cell Traffic Trace", BY_RAN, "8.10.4" },
	{ "Kill", BY_CORE, "8.12.2" },
	{ "Downlink UE Associated LPPa Transport", BY_CORE, "8.17.2" },
	{ "Uplink UE Associated LPPa Transport", BY_RAN, "8.17.2" },
	{ "Downlink Non UE Associated LPPa Transport", BY_CORE, "8.17.2" },
	{ "Uplink Non UE Associated LPPa Transport", BY_RAN, "8.17.2" },
	{ "UE Radio Capability Match", BY_CORE, "8.3.5" },
	{ "PWS Restart Indication", BY_RAN, "8.12.3" },
	{ "E-RAB Modification Indication", BY_RAN, "8.2.4" },
	{ "PWS Failure Indication", BY_RAN, "8.12.4" },
	{ "Reroute NAS Request", BY_CORE, "8.6.2" },
	{ "UE Context Modification Indication", BY_RAN, "8.3.6" },
	{ "Connection Establishment Indication", BY_CORE, "8.3.9" },
	{ "UE Context Suspend", BY_RAN, "8.3.7" },
	{ "UE Context Resume", BY_RAN, "8.3.8" },
	{ "NAS Delivery Indication", BY_RAN, "8.6.2" },
	{ "Retrieve UE Information", BY_RAN, "8.3.10" },
	{ "UE Information Transfer", BY_CORE, "8.3.11" },
	{ "eNB CP Relocation Indication", BY_RAN, "8.3.12" },
	{ "MME CP Relocation Indication", BY_CORE, "8.3.13" },
	{ "Secondary RAT Data Usage Report", BY_RAN, "8.18" },
	{ "UE Radio Capability ID Mapping", BY_RAN, "8.19" },
	{ "Handover Success", BY_CORE, "8.4.8" },
	{ "eNB Early Status Transfer", BY_RAN, "8.4.9" },
	{ "MME Early Status Transfer", BY_CORE, "8.4.10" },
};
enum { PROCEDURES = sizeof(procedures) / sizeof(procedures[0]) };

/* Looked through in this order: those of a UE are in most messages. */
static const struct per_ie_table *const tables[] = { &s1ap_ue, &s1ap_bearers, &s1ap_nodes, NULL };
ROW message = SEQ(M(ies));
ROW outer_value = { .kind = PER_CONTAINING, FIELDS(M(message)) };

/* ---- one message ---- */

struct carried { struct cur cur; bool s1ap; };	/* NAS, or S1AP inside Reroute NAS Request */
enum { CARRIED_MAX = 256 };

struct reading {
	struct layers	*l;
	struct put	*o;
	struct ue_key	 ue;
	uint64_t	 handover_type;
	uint32_t	 ncarried;
	bool		 full;
	struct carried	 carried[CARRIED_MAX];
};

static void carry(struct reading *r, const struct per_value *v, bool s1ap)
{
	layer_mark(r->l, v->p, v->n, MARK_UNREAD);	/* until its own decoder claims it */
	if (!v->n)
		return;
	if (r->ncarried == CARRIED_MAX)
		r->full = true;
	else
		r->carried[r->ncarried++] = (struct carried){ cur_make(v->p, v->n, v->cut), s1ap };
}

static void temporary(struct reading *r, const struct per_value *v)
{
	uint32_t t;

	layer_mark(r->l, v->p, v->n, MARK_IDENTITY);
	if (v->n != 4)
		return;
	t = (uint32_t)v->p[0] << 24 | (uint32_t)v->p[1] << 16 | (uint32_t)v->p[2] << 8 | v->p[3];
	naseps_put_tmsi(r->l, r->o, t);
	if (r->ue.begins) {
		r->ue.tmsi = t;
		r->ue.has_tmsi = !layer_masked(r->l);
	}
}

/* TS 36.413 9.2.3.11: digits in semi-octets, low half first, a filler at the end. */
static void subscriber(struct reading *r, const struct per_value *v)
{
	struct cur c = cur_make(v->p, v->n, false);
	char digit[16];

	layer_mark(r->l, v->p, v->n, MARK_IDENTITY);
	put_subscriber(r->l, "imsi", digit, tbcd_digits(&c, digit, sizeof(digit)));
}

static void on_number(void *ctx, const struct per_type *t, uint64_t v)
{
	struct reading *r = ctx;
	bool top = r->o->depth == 1;		/* the message's own IE, not one inside a list */

	switch (t->lo) {
	case HOOK_MME_UE_ID:
		put_uint(r->o, KEY_S1AP_MME_UE_S1AP_ID, v);
		if (!r->ue.has_amf && top) {
			r->ue.amf_id = v;
			r->ue.has_amf = true;
		}
		return;
	case HOOK_ENB_UE_ID:
		put_uint(r->o, KEY_S1AP_ENB_UE_S1AP_ID, v);
		if (!r->ue.has_ran && top) {
			r->ue.ran_id = (uint32_t)v;
			r->ue.has_ran = true;
		}
		return;
	case HOOK_HANDOVER_TYPE:
		put_uint(r->o, KEY_S1AP_HandoverType, v);
		r->handover_type = v;
		return;
	default: return;
	}
}

static void on_octets(void *ctx, const struct per_type *t, const struct per_value *v)
{
	struct reading *r = ctx;

	switch (t->lo) {
	case HOOK_ADDRESS: ap_address(r->o, KEY_S1AP_TLA_IPv4, KEY_S1AP_TLA_IPv6, v); return;
	case HOOK_NAS: carry(r, v, false); return;
	case HOOK_S1AP: carry(r, v, true); return;
	case HOOK_TMSI: temporary(r, v); return;
	case HOOK_IMSI: subscriber(r, v); return;
	case HOOK_KEY:				/* never its value */
		put_bool(r->o, KEY_NGAP_key_present, true);
		layer_mark(r->l, v->p, v->n, MARK_IDENTITY);
		return;
	default: return;
	}
}

/* The container between eNBs is ours to read; those of other nodes are stepped over.  It shows that two UE contexts are one UE. */
static bool may_enter(void *ctx, const struct per_type *t, const uint8_t *p, uint32_t n)
{
	const struct reading *r = ctx;

	if (t->lo != ENTER_SOURCE)
		return true;
	if (r->handover_type != INTRA_LTE)
		return false;
	if (r->ue.assoc)
		naseps_handover(r->l, &r->ue, p, n);
	return true;
}

static const struct per_schema schema = { tables, on_number, on_octets, may_enter };

static void hand_on(struct reading *r, const struct msg *m)
{
	for (uint32_t i = 0; i < r->ncarried; i++) {
		const struct carried *c = &r->carried[i];

		if (!c->s1ap)
			layer_nested(r->l, &proto_naseps, m, c->cur, &r->ue);
		else if (!m->in)
			layer_nested(r->l, &proto_s1ap, m, c->cur, NULL);
	}
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	struct ap_state *s = layer_state(l, &proto_s1ap);
	struct reading r;
	unsigned pdu;
	uint8_t code;
	struct fact *f;
	bool is, from_enb;

	is = ap_head(&c, 3, &pdu, &code);
	layer_read(l, m->cur.p, &c);
	if (!is)
		return false;		/* the payload protocol id is no proof */
	r.l = l;
	r.o = layer_put(l);
	r.ue = (struct ue_key){ 0 };
	r.handover_type = NO_HANDOVER_TYPE;
	r.ncarried = 0;			/* the list behind it is large and stays as it is */
	r.full = false;
	f = layer_begin(l, m, FACT_S1AP);
	if (c.why == CUR_OK) {
		from_enb = ap_from_ran(s, m, code < PROCEDURES ? procedures[code].by : BY_EITHER, pdu, MME_PORT);
		put_uint(r.o, KEY_S1AP_pdu, pdu);
		put_uint(r.o, KEY_S1AP_procedureCode, code);
		put_bool(r.o, KEY_S1AP_from_enb, from_enb);
		r.ue.assoc = m->assoc;
		r.ue.procedure = code;
		r.ue.begins = code == P_INITIAL_UE_MESSAGE;
		r.ue.uplink = from_enb;
		r.ue.amf = from_enb && !m->in ? m->pkt->dst : m->pkt->src;
		if (code != P_PRIVATE_MESSAGE)
			per_read(l, s->program, &c, &r);
	}
	hand_on(&r, m);
	(void)layer_emit(l, f, &c, code == P_PRIVATE_MESSAGE ? OUT_UNKNOWN : r.full ? OUT_LIMIT : OUT_OK);
	return true;
}

static bool cover(unsigned i, struct cover_row *row)
{
	return ap_cover(procedures, PROCEDURES, tables, i, row);
}

static int init(void *state, const struct hash_key *hk)
{
	(void)hk;
	return ap_init(state, &schema, &outer_value);
}

const struct proto proto_s1ap = {
	.name = "s1ap", .title = "S1AP", .spec = "TS 36.413", .ppid = { 18 }, .kind = FACT_S1AP,
	.read = read_message, .cover = cover,
	.state_size = sizeof(struct ap_state), .state_init = init, .state_free = ap_release,
};
