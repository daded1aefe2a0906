/* NGAP: PDU sessions and mobility (TS 38.413 9.2.1, 9.2.3), with the transfers of 9.3.4 inside. */
#include "ngap_ie.h"
#include "secret.h"

static void v_bitrate(struct per *p, uint64_t bps) { per_int_x(p, bps, 0, 4000000000000); }

static struct buf ambr(unsigned ext_options)
{
	struct per p = { 0 };

	per_seq(&p, 0, ext_options);
	v_bitrate(&p, 1000000000);
	v_bitrate(&p, 200000000);
	return per_end(&p);
}

static struct buf allowed_nssai(void)
{
	struct per p = { 0 };

	per_int(&p, 1, 1, 8);
	per_seq(&p, 0, 1);
	v_snssai(&p);
	return per_end(&p);
}

/* Algorithms 1, 2, 3 of 5G from the upper bit on; 0 has no bit.  None of 4G. */
struct buf ie_capabilities(unsigned ea, unsigned ia)
{
	struct per p = { 0 };

	per_seq(&p, 0, 1);
	for (int i = 0; i < 4; i++)
		per_bitstr(&p, i == 0 ? ea : i == 1 ? ia : 0, 16, 16, 16, true);
	return per_end(&p);
}

static struct buf capabilities(void) { return ie_capabilities(0xe000, 0xe000); }

static struct buf tunnel(const struct ngap_tunnel *t)
{
	struct per p = { 0 };

	v_tunnel(&p, t);
	return per_end(&p);
}

/* QosFlowSetupRequestList of one non-GBR flow with 5QI 9. */
static struct buf qos_flows(unsigned qfi)
{
	struct per p = { 0 };

	per_int(&p, 1, 1, 64);
	per_seq(&p, 0, 2);
	per_int_x(&p, qfi, 0, 63);
	per_seq(&p, 0, 4);		/* QosFlowLevelQosParameters */
	per_int(&p, 0, 0, 2);		/* nonDynamic5QI */
	per_seq(&p, 0, 4);
	per_int_x(&p, 9, 0, 255);
	per_seq(&p, 0, 1);		/* AllocationAndRetentionPriority */
	per_int(&p, 8, 1, 15);
	per_enum_x(&p, 0, 2);
	per_enum_x(&p, 0, 2);
	return per_end(&p);
}

/* PDUSessionResourceSetupRequestTransfer, also as HandoverRequestTransfer. */
struct buf session_setup_transfer(const struct ngap_session *s)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 0);
	ngap_ie(&m, 130, REJECT, ambr(1));
	ngap_ie(&m, 139, REJECT, tunnel(&s->tunnel));
	per_enum_x(&p, s->type, 5);
	ngap_ie(&m, 134, REJECT, per_end(&p));
	ngap_ie(&m, 136, REJECT, qos_flows(s->qfi));
	v_container(&p, &m);
	return per_end(&p);
}

/* PDUSessionResourceSetupResponseTransfer. */
struct buf session_setup_done(const struct ngap_session *s)
{
	struct per p = { 0 };

	per_seq(&p, 0, 4);
	per_seq(&p, 0, 1);		/* QosFlowPerTNLInformation */
	v_tunnel(&p, &s->tunnel);
	per_int(&p, 1, 1, 64);
	per_seq(&p, 0, 2);
	per_int_x(&p, s->qfi, 0, 63);
	return per_end(&p);
}

/* Items { pDUSessionID, transfer OCTET STRING, iE-Extensions OPTIONAL, ... }. */
static struct buf transfers(struct ngap_session *s, unsigned n, struct buf (*transfer)(const struct ngap_session *))
{
	struct per p = { 0 };

	per_int(&p, n, 1, 256);
	for (unsigned i = 0; i < n; i++) {
		per_seq(&p, 0, 1);
		per_int(&p, s[i].psi, 0, 255);
		per_open(&p, transfer(&s[i]));
	}
	return per_end(&p);
}

/* Items { pDUSessionID, nAS-PDU OPTIONAL, s-NSSAI, transfer, ... } of setup; a handover's have no NAS. */
static struct buf setup_list(struct ngap_session *s, unsigned n, bool may_nas)
{
	struct per p = { 0 };

	per_int(&p, n, 1, 256);
	for (unsigned i = 0; i < n; i++) {
		if (may_nas)
			per_seq(&p, s[i].nas.n ? 2 : 0, 2);
		else
			per_seq(&p, 0, 1);
		per_int(&p, s[i].psi, 0, 255);
		if (may_nas && s[i].nas.n)
			per_open(&p, s[i].nas);
		v_snssai(&p);
		per_open(&p, session_setup_transfer(&s[i]));
	}
	return per_end(&p);
}

struct buf context_setup_request(const struct ngap_ids *ids, const struct ngap_amf *a, const struct ngap_security *k, struct buf nas,
	struct ngap_session *s, unsigned n)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 14);
	ngap_ids(&m, ids, REJECT);
	if (n)
		ngap_ie(&m, 110, REJECT, ambr(1));
	ngap_ie(&m, 28, REJECT, ie_guami(a));
	if (n)
		ngap_ie(&m, 71, REJECT, setup_list(s, n, true));
	ngap_ie(&m, 0, REJECT, allowed_nssai());
	ngap_ie(&m, 119, REJECT, capabilities());
	secret_octets("key", k->key, 32);
	ngap_ie(&m, 94, REJECT, buf_of(k->key, 32));
	if (nas.n)
		ngap_ie(&m, 38, IGNORE, ie_octets(nas));
	return ngap_end(&m);
}

struct buf context_setup_response(const struct ngap_ids *ids, struct ngap_session *s, unsigned n)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_OK, 14);
	ngap_ids(&m, ids, IGNORE);
	if (n)
		ngap_ie(&m, 72, IGNORE, transfers(s, n, session_setup_done));
	return ngap_end(&m);
}

struct buf session_setup_request(const struct ngap_ids *ids, struct ngap_session *s, unsigned n)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 29);
	ngap_ids(&m, ids, REJECT);
	ngap_ie(&m, 74, REJECT, setup_list(s, n, true));
	ngap_ie(&m, 110, IGNORE, ambr(1));
	return ngap_end(&m);
}

struct buf session_setup_response(const struct ngap_ids *ids, struct ngap_session *s, unsigned n)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_OK, 29);
	ngap_ids(&m, ids, IGNORE);
	ngap_ie(&m, 75, IGNORE, transfers(s, n, session_setup_done));
	return ngap_end(&m);
}

/* PDUSessionResourceModifyRequestTransfer: the UPF's end of the tunnel moves (UL-NGU-UP-TNLModifyList 140). */
static struct buf modify_transfer(const struct ngap_session *s)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 0);
	per_int(&p, 1, 1, 4);
	per_seq(&p, 0, 1);
	v_tunnel(&p, &s->tunnel);
	v_tunnel(&p, s->forward ? s->forward : &s->tunnel);
	ngap_ie(&m, 140, REJECT, per_end(&p));
	v_container(&p, &m);
	return per_end(&p);
}

/* PDUSessionResourceModifyResponseTransfer with a DL tunnel and the QoS flow. */
static struct buf modify_done(const struct ngap_session *s)
{
	struct per p = { 0 };

	per_seq(&p, 0x20, 6);
	v_tunnel(&p, &s->tunnel);
	return per_end(&p);
}

struct buf session_modify_request(const struct ngap_ids *ids, struct ngap_session *s, unsigned n)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 26);
	ngap_ids(&m, ids, REJECT);
	per_int(&p, n, 1, 256);
	for (unsigned i = 0; i < n; i++) {
		per_seq(&p, s[i].nas.n ? 2 : 0, 2);
		per_int(&p, s[i].psi, 0, 255);
		if (s[i].nas.n)
			per_open(&p, s[i].nas);
		per_open(&p, modify_transfer(&s[i]));
	}
	ngap_ie(&m, 64, REJECT, per_end(&p));
	return ngap_end(&m);
}

struct buf session_modify_response(const struct ngap_ids *ids, struct ngap_session *s, unsigned n)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_OK, 26);
	ngap_ids(&m, ids, IGNORE);
	ngap_ie(&m, 65, IGNORE, transfers(s, n, modify_done));
	return ngap_end(&m);
}

static struct buf release_transfer(const struct ngap_session *s)
{
	struct per p = { 0 };

	(void)s;
	per_seq(&p, 0, 1);
	v_cause(&p, CAUSE_NAS_NORMAL);
	return per_end(&p);
}

static struct buf empty_transfer(const struct ngap_session *s)
{
	struct per p = { 0 };

	(void)s;
	per_seq(&p, 0, 1);
	return per_end(&p);
}

struct buf session_release_command(const struct ngap_ids *ids, struct ngap_session *s, unsigned n, struct buf nas)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 28);
	ngap_ids(&m, ids, REJECT);
	if (nas.n)
		ngap_ie(&m, 38, IGNORE, ie_octets(nas));
	ngap_ie(&m, 79, REJECT, transfers(s, n, release_transfer));
	return ngap_end(&m);
}

struct buf session_release_response(const struct ngap_ids *ids, const struct ngap_cell *c, struct ngap_session *s, unsigned n)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_OK, 28);
	ngap_ids(&m, ids, IGNORE);
	ngap_ie(&m, 70, IGNORE, transfers(s, n, empty_transfer));
	ngap_ie(&m, 121, IGNORE, ie_location(c));
	return ngap_end(&m);
}

/* --- Xn handover --- */

static struct buf switch_transfer(const struct ngap_session *s)
{
	struct per p = { 0 };

	per_seq(&p, 0, 3);
	v_tunnel(&p, &s->tunnel);
	per_int(&p, 1, 1, 64);
	per_seq(&p, 0, 1);
	per_int_x(&p, s->qfi, 0, 63);
	return per_end(&p);
}

static struct buf switched_transfer(const struct ngap_session *s)
{
	struct per p = { 0 };

	per_seq(&p, s->tunnel.teid ? 4 : 0, 3);
	if (s->tunnel.teid)
		v_tunnel(&p, &s->tunnel);
	return per_end(&p);
}

struct buf path_switch_request(uint32_t ran, uint64_t source_amf_id, const struct ngap_cell *c, struct ngap_session *s, unsigned n)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 25);
	ngap_ie(&m, 85, REJECT, ie_ran_ue_id(ran));
	ngap_ie(&m, 100, REJECT, ie_amf_ue_id(source_amf_id));
	ngap_ie(&m, 121, IGNORE, ie_location(c));
	ngap_ie(&m, 119, IGNORE, capabilities());
	ngap_ie(&m, 76, REJECT, transfers(s, n, switch_transfer));
	return ngap_end(&m);
}

struct buf path_switch_ack(const struct ngap_ids *ids, const struct ngap_security *k, struct ngap_session *s, unsigned n)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_OK, 25);
	ngap_ids(&m, ids, IGNORE);
	ngap_ie(&m, 93, REJECT, ie_security(k));
	ngap_ie(&m, 77, IGNORE, transfers(s, n, switched_transfer));
	ngap_ie(&m, 0, REJECT, allowed_nssai());
	return ngap_end(&m);
}

/* PathSwitchRequestUnsuccessfulTransfer: a cause. */
struct buf path_switch_failure(const struct ngap_ids *ids, struct ngap_session *s, unsigned n)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_FAIL, 25);
	ngap_ids(&m, ids, IGNORE);
	ngap_ie(&m, 69, IGNORE, transfers(s, n, release_transfer));
	return ngap_end(&m);
}

/* --- N2 handover --- */

/* SourceNGRANNode-ToTargetNGRANNode-TransparentContainer with an empty HandoverPreparationInformation of TS 38.331. */
static struct buf source_container(const struct ngap_cell *target, const struct ngap_cell *source)
{
	struct per p = { 0 };

	per_seq(&p, 0, 4);
	per_octets(&p, "\0\0", 2);
	per_int(&p, 0, 0, 2);		/* NGRAN-CGI: nR-CGI */
	v_nr_cgi(&p, target);
	per_int(&p, 1, 1, 16);
	per_seq(&p, 0, 1);		/* LastVisitedCellItem */
	per_int(&p, 0, 0, 4);		/* nGRANCell */
	per_seq(&p, 0, 3);
	per_int(&p, 0, 0, 2);
	v_nr_cgi(&p, source);
	per_seq(&p, 0, 1);		/* CellType */
	per_enum_x(&p, 2, 4);
	per_int(&p, 60, 0, 4095);
	return ie_octets(per_end(&p));
}

/* TargetNGRANNode-ToSourceNGRANNode-TransparentContainer with a HandoverCommand of the future. */
static struct buf target_container(void)
{
	struct per p = { 0 };

	per_seq(&p, 0, 1);
	per_octets(&p, "\x80", 1);
	return ie_octets(per_end(&p));
}

static struct buf intra5gs(void)
{
	struct per p = { 0 };

	per_enum_x(&p, 0, 3);
	return per_end(&p);
}

/* HandoverRequiredTransfer: a direct path is available or nothing. */
static struct buf required_transfer(const struct ngap_session *s)
{
	struct per p = { 0 };

	per_seq(&p, s->forward ? 0 : 2, 2);
	if (!s->forward)
		per_enum_x(&p, 0, 1);
	return per_end(&p);
}

/* HandoverRequestAcknowledgeTransfer. */
static struct buf admitted_transfer(const struct ngap_session *s)
{
	struct per p = { 0 };

	per_seq(&p, s->forward ? 0x10 : 0, 5);
	v_tunnel(&p, &s->tunnel);
	if (s->forward)
		v_tunnel(&p, s->forward);
	per_int(&p, 1, 1, 64);
	per_seq(&p, 0, 2);
	per_int_x(&p, s->qfi, 0, 63);
	return per_end(&p);
}

/* HandoverCommandTransfer. */
static struct buf command_transfer(const struct ngap_session *s)
{
	struct per p = { 0 };

	per_seq(&p, s->forward ? 8 : 0, 4);
	if (s->forward)
		v_tunnel(&p, s->forward);
	return per_end(&p);
}

struct buf handover_required(const struct ngap_ids *ids, const struct ngap_gnb *target, const struct ngap_cell *target_cell,
	const struct ngap_cell *source_cell, struct ngap_session *s, unsigned n)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 12);
	ngap_ids(&m, ids, REJECT);
	ngap_ie(&m, 29, REJECT, intra5gs());
	ngap_ie(&m, 15, IGNORE, ie_cause(CAUSE_RADIO_REASON));
	per_int(&p, 0, 0, 2);		/* TargetID: targetRANNodeID */
	per_seq(&p, 0, 1);
	v_gnb_id(&p, target);
	v_tai(&p, target->plmn, target->tac);
	ngap_ie(&m, 105, REJECT, per_end(&p));
	ngap_ie(&m, 61, REJECT, transfers(s, n, required_transfer));
	ngap_ie(&m, 101, REJECT, source_container(target_cell, source_cell));
	return ngap_end(&m);
}

struct buf handover_request(uint64_t amf, const struct ngap_amf *a, const struct ngap_security *k, const struct ngap_cell *target_cell,
	const struct ngap_cell *source_cell, struct ngap_session *s, unsigned n)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 13);
	ngap_ie(&m, 10, REJECT, ie_amf_ue_id(amf));
	ngap_ie(&m, 29, REJECT, intra5gs());
	ngap_ie(&m, 15, IGNORE, ie_cause(CAUSE_RADIO_REASON));
	ngap_ie(&m, 110, REJECT, ambr(1));
	ngap_ie(&m, 119, REJECT, capabilities());
	ngap_ie(&m, 93, REJECT, ie_security(k));
	ngap_ie(&m, 73, REJECT, setup_list(s, n, false));
	ngap_ie(&m, 0, REJECT, allowed_nssai());
	ngap_ie(&m, 101, REJECT, source_container(target_cell, source_cell));
	ngap_ie(&m, 28, REJECT, ie_guami(a));
	return ngap_end(&m);
}

struct buf handover_request_ack(const struct ngap_ids *ids, struct ngap_session *s, unsigned n)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_OK, 13);
	ngap_ids(&m, ids, IGNORE);
	ngap_ie(&m, 53, IGNORE, transfers(s, n, admitted_transfer));
	ngap_ie(&m, 106, REJECT, target_container());
	return ngap_end(&m);
}

struct buf handover_failure(uint64_t amf, enum ngap_cause c)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_FAIL, 13);
	ngap_ie(&m, 10, IGNORE, ie_amf_ue_id(amf));
	ngap_ie(&m, 15, IGNORE, ie_cause(c));
	return ngap_end(&m);
}

struct buf handover_command(const struct ngap_ids *ids, struct ngap_session *s, unsigned n)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_OK, 12);
	ngap_ids(&m, ids, REJECT);
	ngap_ie(&m, 29, REJECT, intra5gs());
	ngap_ie(&m, 59, IGNORE, transfers(s, n, command_transfer));
	ngap_ie(&m, 106, REJECT, target_container());
	return ngap_end(&m);
}

struct buf handover_preparation_failure(const struct ngap_ids *ids, enum ngap_cause c)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_FAIL, 12);
	ngap_ids(&m, ids, IGNORE);
	ngap_ie(&m, 15, IGNORE, ie_cause(c));
	return ngap_end(&m);
}

struct buf handover_notify(const struct ngap_ids *ids, const struct ngap_cell *c)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 11);
	ngap_ids(&m, ids, REJECT);
	ngap_ie(&m, 121, IGNORE, ie_location(c));
	return ngap_end(&m);
}

struct buf handover_cancel(const struct ngap_ids *ids, enum ngap_cause c)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 10);
	ngap_ids(&m, ids, REJECT);
	ngap_ie(&m, 15, IGNORE, ie_cause(c));
	return ngap_end(&m);
}

struct buf handover_cancel_ack(const struct ngap_ids *ids)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_OK, 10);
	ngap_ids(&m, ids, IGNORE);
	return ngap_end(&m);
}
