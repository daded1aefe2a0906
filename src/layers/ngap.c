/*
 * NGAP (N2, SCTP payload protocol id 60).  TS 38.413: procedures 8.1, messages 9.2, encoding 9.4 in
 * aligned PER.
 *
 *   octet 1  ext(1) choice(2): 0 initiating, 1 successful, 2 unsuccessful   (9.4.3 NGAP-PDU)
 *   octet 2  procedure code | 3 criticality(2) | 4.. length and value: SEQUENCE { ProtocolIE-Container, ... }
 *
 * Rows of information elements are in ngap_*.c.
 */
#include "ap.h"
#include "nas5.h"
#include "ngap_inside.h"

extern const struct proto proto_nrppa;

enum { AMF_PORT = 38412 };
enum { P_HANDOVER_PREPARATION = 12, P_INITIAL_UE_MESSAGE = 15, P_PRIVATE_MESSAGE = 31 };
enum { INTRA_5GS = 0, EPS_TO_5GS = 2, NO_HANDOVER_TYPE = 255 };		/* TS 38.413 9.3.1.22 */

/* TS 38.413 8.1 and 9.4.7: who starts it; an outcome goes the other way. */
static const struct ap_procedure procedures[] = {
	{ "AMF Configuration Update", BY_CORE, "8.7.3" },
	{ "AMF Status Indication", BY_CORE, "8.7.6" },
	{ "Cell Traffic Trace", BY_RAN, "8.11.4" },
	{ "Deactivate Trace", BY_CORE, "8.11.3" },
	{ "Downlink NAS Transport", BY_CORE, "8.6.2" },
	{ "Downlink Non UE Associated NRPPa Transport", BY_CORE, "8.10" },
	{ "Downlink RAN Configuration Transfer", BY_CORE, "8.8.2" },
	{ "Downlink RAN Status Transfer", BY_CORE, "8.4.7" },
	{ "Downlink UE Associated NRPPa Transport", BY_CORE, "8.10" },
	{ "Error Indication", BY_EITHER, "8.7.5" },
	{ "Handover Cancellation", BY_RAN, "8.4.5" },
	{ "Handover Notification", BY_RAN, "8.4.3" },
	{ "Handover Preparation", BY_RAN, "8.4.1" },
	{ "Handover Resource Allocation", BY_CORE, "8.4.2" },
	{ "Initial Context Setup", BY_CORE, "8.3.1" },
	{ "Initial UE Message", BY_RAN, "8.6.1" },
	{ "Location Reporting Control", BY_CORE, "8.12.1" },
	{ "Location Reporting Failure Indication", BY_RAN, "8.12.2" },
	{ "Location Report", BY_RAN, "8.12.3" },
	{ "NAS Non Delivery Indication", BY_RAN, "8.6.4" },
	{ "NG Reset", BY_EITHER, "8.7.4" },
	{ "NG Setup", BY_RAN, "8.7.1" },
	{ "Overload Start", BY_CORE, "8.7.7" },
	{ "Overload Stop", BY_CORE, "8.7.8" },
	{ "Paging", BY_CORE, "8.5.1" },
	{ "Path Switch Request", BY_RAN, "8.4.4" },
	{ "PDU Session Resource Modify", BY_CORE, "8.2.3" },
	{ "PDU Session Resource Modify Indication", BY_RAN, "8.2.5" },
	{ "PDU Session Resource Release", BY_CORE, "8.2.2" },
	{ "PDU Session Resource Setup", BY_CORE, "8.2.1" },
	{ "PDU Session Resource Notify", BY_RAN, "8.2.4" },
	{ "Private Message", BY_EITHER, "9.4.4" },
	{ "PWS Cancel", BY_CORE, "8.9.2" },
	{ "PWS Failure Indication", BY_RAN, "8.9.4" },
	{ "PWS Restart Indication", BY_RAN, "8.9.3" },
	{ "RAN Configuration Update", BY_RAN, "8.7.2" },
	{ "Reroute NAS Request", BY_CORE, "8.6.5" },
	{ "RRC Inactive Transition Report", BY_RAN, "8.3.5" },
	{ "Trace Failure Indication", BY_RAN, "8.11.2" },
	{ "Trace Start", BY_CORE, "8.11.1" },
	{ "UE Context Modification", BY_CORE, "8.3.4" },
	{ "UE Context Release", BY_CORE, "8.3.3" },
	{ "UE Context Release Request", BY_RAN, "8.3.2" },
	{ "UE Radio Capability Check", BY_CORE, "8.14.2" },
	{ "UE Radio Capability Info Indication", BY_RAN, "8.14.1" },
	{ "UE TNLA Binding Release", BY_CORE, "8.13" },
	{ "Uplink NAS Transport", BY_RAN, "8.6.3" },
	{ "Uplink Non UE Associated NRPPa Transport", BY_RAN, "8.10" },
	{ "Uplink RAN Configuration Transfer", BY_RAN, "8.8.1" },
	{ "Uplink RAN Status Transfer", BY_RAN, "8.4.6" },
	{ "Uplink UE Associated NRPPa Transport", BY_RAN, "8.10" },
	{ "Write-Replace Warning", BY_CORE, "8.9.1" },
	{ "Secondary RAT Data Usage Report", BY_RAN, "8.15" },
	{ "Uplink RIM Information Transfer", BY_RAN, "8.16.1" },
	{ "Downlink RIM Information Transfer", BY_CORE, "8.16.2" },
	{ "Retrieve UE Information", BY_RAN, "8.3.9" },
	{ "UE Information Transfer", BY_CORE, "8.3.10" },
	{ "RAN CP Relocation Indication", BY_RAN, "8.3.8" },
	{ "UE Context Resume", BY_RAN, "8.3.12" },
	{ "UE Context Suspend", BY_RAN, "8.3.11" },
	{ "UE Radio Capability ID Mapping", BY_RAN, "8.14.3" },
	{ "Handover Success", BY_CORE, "8.4.8" },
	{ "Uplink RAN Early Status Transfer", BY_RAN, "8.4.9" },
	{ "Downlink RAN Early Status Transfer", BY_CORE, "8.4.10" },
	{ "AMF CP Relocation Indication", BY_CORE, "8.3.7" },
	{ "Connection Establishment Indication", BY_CORE, "8.3.6" },
	{ "Broadcast Session Modification", BY_CORE, "8.17" },
	{ "Broadcast Session Release", BY_CORE, "8.17" },
	{ "Broadcast Session Setup", BY_CORE, "8.17" },
	{ "Distribution Setup", BY_RAN, "8.18" },
	{ "Distribution Release", BY_RAN, "8.18" },
	{ "Multicast Session Activation", BY_CORE, "8.18" },
	{ "Multicast Session Deactivation", BY_CORE, "8.18" },
	{ "Multicast Session Update", BY_CORE, "8.18" },
	{ "Multicast Group Paging", BY_CORE, "8.5" },
	{ "Broadcast Session Release Required", BY_RAN, "8.17" },
	{ "Timing Synchronisation Status", BY_CORE, "8.19" },
	{ "Timing Synchronisation Status Report", BY_RAN, "8.19" },
	{ "MT Communication Handling", BY_RAN, "8.3" },
	{ "RAN Paging Request", BY_CORE, "8.5" },
	{ "Broadcast Session Transport", BY_CORE, "8.17" },
};
enum { PROCEDURES = sizeof(procedures) / sizeof(procedures[0]) };

/* Looked through in this order: those of a UE are in most messages. */
static const struct per_ie_table *const tables[] = { &ngap_ue, &ngap_sessions, &ngap_nodes, &ngap_areas, NULL };
ROW message = SEQ(M(ies));
ROW outer_value = { .kind = PER_CONTAINING, FIELDS(M(message)) };

/* ---- one message ---- */

struct carried { struct cur cur; uint8_t what; };	/* enum nas_carried, or one of the next */
enum { CARRIED_MAX = 256, CARRIED_NGAP = 255, CARRIED_NRPPA = 254 };

struct reading {
	struct layers	*l;
	struct put	*o;
	struct ue_key	 ue;
	uint64_t	 handover_type;
	uint32_t	 ncarried;
	bool		 full;
	struct carried	 carried[CARRIED_MAX];
};

static void carry(struct reading *r, const struct per_value *v, uint8_t what)
{
	layer_mark(r->l, v->p, v->n, MARK_UNREAD);	/* until its own decoder claims it */
	if (!v->n)
		return;
	if (r->ncarried == CARRIED_MAX)
		r->full = true;
	else
		r->carried[r->ncarried++] = (struct carried){ cur_make(v->p, v->n, v->cut), what };
}

static void on_number(void *ctx, const struct per_type *t, uint64_t v)
{
	struct reading *r = ctx;
	bool top = r->o->depth == 1;		/* the message's own IE, not one inside a list */

	switch (t->lo) {
	case HOOK_AMF_UE_ID:
		put_uint(r->o, KEY_NGAP_AMF_UE_NGAP_ID, v);
		if (!r->ue.has_amf && top) {
			r->ue.amf_id = v;
			r->ue.has_amf = true;
		}
		return;
	case HOOK_RAN_UE_ID:
		put_uint(r->o, KEY_NGAP_RAN_UE_NGAP_ID, v);
		if (!r->ue.has_ran && top) {
			r->ue.ran_id = (uint32_t)v;
			r->ue.has_ran = true;
		}
		return;
	case HOOK_HANDOVER_TYPE:
		put_uint(r->o, KEY_NGAP_handoverType, v);
		r->handover_type = v;
		return;
	default: return;
	}
}

static void on_octets(void *ctx, const struct per_type *t, const struct per_value *v)
{
	struct reading *r = ctx;

	switch (t->lo) {
	case HOOK_ADDRESS: ap_address(r->o, KEY_NGAP_TLA_IPv4, KEY_NGAP_TLA_IPv6, v); return;
	case HOOK_UE_ADDRESS:
		ap_address(r->o, KEY_NGAP_TLA_IPv4, KEY_NGAP_TLA_IPv6, v);
		layer_mark(r->l, v->p, v->n, MARK_IDENTITY);
		return;
	case HOOK_NAS: carry(r, v, NAS_MESSAGE); return;
	case HOOK_NASC: carry(r, v, NAS_CONTAINER_TO_N1); return;
	case HOOK_NAS_TO_S1: carry(r, v, NAS_CONTAINER_TO_S1); return;
	case HOOK_NGAP: carry(r, v, CARRIED_NGAP); return;
	case HOOK_NRPPA: carry(r, v, CARRIED_NRPPA); return;
	case HOOK_KEY:				/* never its value */
		put_bool(r->o, KEY_NGAP_key_present, true);
		layer_mark(r->l, v->p, v->n, MARK_IDENTITY);
		return;
	case HOOK_GNB_ID:
		put_bits(r->o, KEY_NGAP_gNB_ID, v->p, v->n);
		put_uint(r->o, KEY_NGAP_gNB_ID_bits, v->bits);
		return;
	case HOOK_TMSI:
		put_octets(r->o, KEY_NGAP_fiveG_TMSI, v->p, v->n);
		layer_mark(r->l, v->p, v->n, MARK_IDENTITY);
		if (r->ue.begins && v->n == 4) {
			r->ue.tmsi = (uint32_t)v->p[0] << 24 | (uint32_t)v->p[1] << 16 | (uint32_t)v->p[2] << 8 | v->p[3];
			r->ue.has_tmsi = !layer_masked(r->l);
		}
		return;
	default: return;
	}
}

/*
 * Containers between NG-RAN nodes are ours to read; those of a 4G or 3G node are stepped over.  The
 * source's container shows that two UE contexts are one UE.
 */
static bool may_enter(void *ctx, const struct per_type *t, const uint8_t *p, uint32_t n)
{
	const struct reading *r = ctx;
	bool ng_ran = r->handover_type == INTRA_5GS || r->handover_type == EPS_TO_5GS;

	switch ((enum ngap_enter)t->lo) {
	case ENTER_ALWAYS: return true;
	case ENTER_SOURCE:
		if (r->handover_type == INTRA_5GS && r->ue.assoc)
			nas5_handover(r->l, &r->ue, p, n);
		return ng_ran;
	case ENTER_TARGET: return ng_ran || r->ue.procedure != P_HANDOVER_PREPARATION;
	case ENTER_FAILURE: return r->handover_type == INTRA_5GS;
	}
	return false;
}

static const struct per_schema schema = { tables, on_number, on_octets, may_enter };

static void hand_on(struct reading *r, const struct msg *m)
{
	for (uint32_t i = 0; i < r->ncarried; i++) {
		const struct carried *c = &r->carried[i];

		if (c->what == CARRIED_NRPPA) {
			layer_nested(r->l, &proto_nrppa, m, c->cur, NULL);
			continue;
		}
		if (c->what == CARRIED_NGAP) {
			if (!m->in)
				layer_nested(r->l, &proto_ngap, m, c->cur, NULL);
			continue;
		}
		r->ue.carries = c->what;
		layer_nested(r->l, &proto_nas5, m, c->cur, &r->ue);
	}
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	struct ap_state *s = &((struct ngap_state *)layer_state(l, &proto_ngap))->ap;
	struct reading r;
	unsigned pdu;
	uint8_t code;
	struct fact *f;
	bool is, from_ran;

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
	f = layer_begin(l, m, FACT_NGAP);
	if (c.why == CUR_OK) {
		from_ran = ap_from_ran(s, m, code < PROCEDURES ? procedures[code].by : BY_EITHER, pdu, AMF_PORT);
		put_uint(r.o, KEY_NGAP_pdu, pdu);
		put_uint(r.o, KEY_NGAP_procedureCode, code);
		put_bool(r.o, KEY_NGAP_from_ran, from_ran);
		r.ue.assoc = m->assoc;
		r.ue.procedure = code;
		r.ue.begins = code == P_INITIAL_UE_MESSAGE;
		r.ue.uplink = from_ran;
		r.ue.amf = from_ran && !m->in ? m->pkt->dst : m->pkt->src;
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
	return ap_init(&((struct ngap_state *)state)->ap, &schema, &outer_value);
}

static void release(void *state)
{
	struct ngap_state *s = state;

	ap_release(&s->ap);
	for (unsigned i = 0; i < NGAP_TRANSFERS; i++)
		per_program_free(s->part[i]);
}

const struct proto proto_ngap = {
	.name = "ngap", .title = "NGAP", .spec = "TS 38.413", .ppid = { 60 }, .kind = FACT_NGAP,
	.read = read_message, .cover = cover,
	.state_size = sizeof(struct ngap_state), .state_init = init, .state_free = release,
};
