/* NGAP: interface management, NAS transport, UE context, and what else has no PDU session in it (TS 38.413 9.2). */
#include "ngap_ie.h"

#include <string.h>

static struct buf drx(void)
{
	struct per p = { 0 };

	per_enum_x(&p, 2, 4);		/* v128 */
	return per_end(&p);
}

static struct buf supported_tas(const struct ngap_gnb *g)
{
	struct per p = { 0 };

	per_int(&p, 1, 1, 256);
	per_seq(&p, 0, 1);
	v_tac(&p, g->tac);
	per_int(&p, 1, 1, 12);
	per_seq(&p, 0, 1);
	v_plmn(&p, g->plmn);
	v_slices(&p);
	return per_end(&p);
}

struct buf ng_setup_request(const struct ngap_gnb *g)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 21);
	ngap_ie(&m, 27, REJECT, ie_gnb_id(g));
	if (g->name)
		ngap_ie(&m, 82, IGNORE, ie_name(g->name));
	ngap_ie(&m, 102, REJECT, supported_tas(g));
	ngap_ie(&m, 21, IGNORE, drx());
	return ngap_end(&m);
}

static struct buf served_guamis(const struct ngap_amf *a)
{
	struct per p = { 0 };

	per_int(&p, 1, 1, 256);
	per_seq(&p, 0, 2);
	v_guami(&p, a);
	return per_end(&p);
}

static struct buf plmn_support(const struct ngap_amf *a)
{
	struct per p = { 0 };

	per_int(&p, 1, 1, 12);
	per_seq(&p, 0, 1);
	v_plmn(&p, a->plmn);
	v_slices(&p);
	return per_end(&p);
}

static void amf_ies(struct ngap_pdu *m, const struct ngap_amf *a)
{
	ngap_ie(m, 1, REJECT, ie_name(a->name));
	ngap_ie(m, 96, REJECT, served_guamis(a));
	ngap_ie(m, 86, IGNORE, ie_octet(255));
	ngap_ie(m, 80, REJECT, plmn_support(a));
}

struct buf ng_setup_response(const struct ngap_amf *a)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_OK, 21);
	amf_ies(&m, a);
	return ngap_end(&m);
}

struct buf ng_setup_failure(enum ngap_cause c)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_FAIL, 21);
	ngap_ie(&m, 15, IGNORE, ie_cause(c));
	per_enum_x(&p, 3, 6);		/* try again after 10 s */
	ngap_ie(&m, 107, IGNORE, per_end(&p));
	return ngap_end(&m);
}

struct buf ran_config_update(const struct ngap_gnb *g)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 35);
	if (g->name)
		ngap_ie(&m, 82, IGNORE, ie_name(g->name));
	ngap_ie(&m, 102, REJECT, supported_tas(g));
	ngap_ie(&m, 27, IGNORE, ie_gnb_id(g));
	return ngap_end(&m);
}

struct buf amf_config_update(const struct ngap_amf *a)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 0);
	amf_ies(&m, a);
	return ngap_end(&m);
}

struct buf config_update_ack(unsigned proc)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_OK, proc);
	return ngap_end(&m);
}

struct buf ng_reset(bool whole, const struct ngap_ids *ids, unsigned n)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 20);
	ngap_ie(&m, 15, IGNORE, ie_cause(CAUSE_OM));
	per_int(&p, whole ? 0 : 1, 0, 2);
	if (whole)
		per_enum_x(&p, 0, 1);
	else
		per_count(&p, n);
	for (unsigned i = 0; !whole && i < n; i++) {
		per_seq(&p, 6, 3);	/* both ids */
		per_int(&p, ids[i].amf, 0, 0xffffffffff);
		per_int(&p, ids[i].ran, 0, 0xffffffff);
	}
	ngap_ie(&m, 88, REJECT, per_end(&p));
	return ngap_end(&m);
}

struct buf ng_reset_ack(void) { return config_update_ack(20); }

struct buf error_indication(const struct ngap_ids *ids, enum ngap_cause c)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 9);
	if (ids)
		ngap_ids(&m, ids, IGNORE);
	ngap_ie(&m, 15, IGNORE, ie_cause(c));
	per_seq(&p, 0x1c, 5);		/* CriticalityDiagnostics: procedure, triggering message, criticality */
	per_int(&p, 46, 0, 255);
	per_int(&p, 0, 0, 2);
	per_int(&p, 1, 0, 2);
	ngap_ie(&m, 19, IGNORE, per_end(&p));
	return ngap_end(&m);
}

struct buf overload_start(void)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 22);
	per_int(&p, 0, 0, 1);		/* OverloadResponse: overloadAction */
	per_enum_x(&p, 0, 4);
	ngap_ie(&m, 2, REJECT, per_end(&p));
	return ngap_end(&m);
}

struct buf overload_stop(void)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 23);
	return ngap_end(&m);
}

/* --- NAS transport --- */

struct buf initial_ue(uint32_t ran, struct buf nas, const struct ngap_cell *c, unsigned rrc_cause, const struct ngap_stmsi *s)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 15);
	ngap_ie(&m, 85, REJECT, ie_ran_ue_id(ran));
	ngap_ie(&m, 38, REJECT, ie_octets(nas));
	ngap_ie(&m, 121, REJECT, ie_location(c));
	per_enum_x(&p, rrc_cause, 10);
	ngap_ie(&m, 90, IGNORE, per_end(&p));
	if (s)
		ngap_ie(&m, 26, REJECT, ie_stmsi(s));
	per_enum_x(&p, 0, 1);		/* UEContextRequest: requested */
	ngap_ie(&m, 112, IGNORE, per_end(&p));
	return ngap_end(&m);
}

struct buf dl_nas(const struct ngap_ids *ids, struct buf nas)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 4);
	ngap_ids(&m, ids, REJECT);
	ngap_ie(&m, 38, REJECT, ie_octets(nas));
	return ngap_end(&m);
}

struct buf ul_nas(const struct ngap_ids *ids, struct buf nas, const struct ngap_cell *c)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 46);
	ngap_ids(&m, ids, REJECT);
	ngap_ie(&m, 38, REJECT, ie_octets(nas));
	ngap_ie(&m, 121, IGNORE, ie_location(c));
	return ngap_end(&m);
}

struct buf nas_non_delivery(const struct ngap_ids *ids, struct buf nas)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 19);
	ngap_ids(&m, ids, REJECT);
	ngap_ie(&m, 38, IGNORE, ie_octets(nas));
	ngap_ie(&m, 15, IGNORE, ie_cause(21));	/* radio connection with UE lost */
	return ngap_end(&m);
}

/* --- UE context --- */

struct buf context_setup_failure(const struct ngap_ids *ids, enum ngap_cause c)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_FAIL, 14);
	ngap_ids(&m, ids, IGNORE);
	ngap_ie(&m, 15, IGNORE, ie_cause(c));
	return ngap_end(&m);
}

/* A list whose items are { pDUSessionID, iE-Extensions OPTIONAL, ... }. */
static struct buf psi_list(const unsigned *psi, unsigned n)
{
	struct per p = { 0 };

	per_int(&p, n, 1, 256);
	for (unsigned i = 0; i < n; i++) {
		per_seq(&p, 0, 1);
		per_int(&p, psi[i], 0, 255);
	}
	return per_end(&p);
}

struct buf context_release_request(const struct ngap_ids *ids, const unsigned *psi, unsigned n, enum ngap_cause c)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 42);
	ngap_ids(&m, ids, REJECT);
	if (n)
		ngap_ie(&m, 133, REJECT, psi_list(psi, n));
	ngap_ie(&m, 15, IGNORE, ie_cause(c));
	return ngap_end(&m);
}

struct buf context_release_command(const struct ngap_ids *ids, enum ngap_cause c)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 41);
	per_int(&p, 0, 0, 2);		/* uE-NGAP-ID-pair */
	per_seq(&p, 0, 1);
	per_int(&p, ids->amf, 0, 0xffffffffff);
	per_int(&p, ids->ran, 0, 0xffffffff);
	ngap_ie(&m, 114, REJECT, per_end(&p));
	ngap_ie(&m, 15, IGNORE, ie_cause(c));
	return ngap_end(&m);
}

struct buf context_release_complete(const struct ngap_ids *ids, const struct ngap_cell *c, const unsigned *psi, unsigned n)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_OK, 41);
	ngap_ids(&m, ids, IGNORE);
	ngap_ie(&m, 121, IGNORE, ie_location(c));
	if (n)
		ngap_ie(&m, 60, REJECT, psi_list(psi, n));
	return ngap_end(&m);
}

/* UERadioAccessCapabilityInformation (TS 38.331 11.2.2) with no container in it. */
struct buf radio_capability(const struct ngap_ids *ids)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 44);
	ngap_ids(&m, ids, REJECT);
	ngap_ie(&m, 117, IGNORE, ie_octets(buf_of("\x00\x08\x00", 3)));
	return ngap_end(&m);
}

struct buf paging(const struct ngap_stmsi *s, struct plmn plmn, uint32_t tac)
{
	struct ngap_pdu m;
	struct per p = { 0 };
	struct buf stmsi = ie_stmsi(s);

	ngap_begin(&m, NGAP_REQUEST, 24);
	per_int(&p, 0, 0, 1);		/* UEPagingIdentity: fiveG-S-TMSI, whose own bits follow this one */
	per_seq(&p, 0, 1);
	per_bits(&p, s->set, 10);
	per_bits(&p, s->pointer, 6);
	per_fixed(&p, stmsi.p + stmsi.n - 4, 4);
	ngap_ie(&m, 115, IGNORE, per_end(&p));
	per_int(&p, 1, 1, 16);
	per_seq(&p, 0, 1);
	v_tai(&p, plmn, tac);
	ngap_ie(&m, 103, IGNORE, per_end(&p));
	buf_free(&stmsi);
	return ngap_end(&m);
}

struct buf trace_start(const struct ngap_ids *ids, const struct ip *collector, uint32_t reference)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 39);
	ngap_ids(&m, ids, REJECT);
	ngap_ie(&m, 108, IGNORE, ie_trace(collector, reference));
	return ngap_end(&m);
}

struct buf deactivate_trace(const struct ngap_ids *ids, uint32_t reference, struct plmn plmn)
{
	struct ngap_pdu m;
	struct buf id = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 3);
	ngap_ids(&m, ids, REJECT);
	put_mem(&id, plmn.b, 3);
	put24(&id, reference);
	put16(&id, 1);
	ngap_ie(&m, 44, IGNORE, id);
	return ngap_end(&m);
}

static struct buf report_type(void)
{
	struct per p = { 0 };

	per_seq(&p, 0, 3);
	per_enum_x(&p, 0, 6);		/* direct */
	per_enum_x(&p, 0, 1);		/* cell */
	return per_end(&p);
}

struct buf location_control(const struct ngap_ids *ids)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 16);
	ngap_ids(&m, ids, REJECT);
	ngap_ie(&m, 33, IGNORE, report_type());
	return ngap_end(&m);
}

struct buf location_report(const struct ngap_ids *ids, const struct ngap_cell *c)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 18);
	ngap_ids(&m, ids, REJECT);
	ngap_ie(&m, 121, IGNORE, ie_location(c));
	ngap_ie(&m, 33, IGNORE, report_type());
	return ngap_end(&m);
}
