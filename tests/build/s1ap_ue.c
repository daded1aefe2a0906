/* S1AP: NAS transport, the UE context and its E-RABs, mobility (TS 36.413 9.1.3 to 9.1.7). */
#include "s1ap_ie.h"

/* --- NAS transport and the UE context --- */

struct buf s1_initial_ue(uint32_t enb, struct buf nas, const struct s1_enb *e, const struct s1_mme *a, uint32_t tmsi)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 12);
	s1_enb_ie(&m, enb);
	ngap_ie(&m, 26, REJECT, ie_octets(nas));
	ngap_ie(&m, 67, REJECT, s1_one(v_s1_tai, e));
	ngap_ie(&m, 100, IGNORE, s1_one(v_s1_ecgi, e));
	per_enum_x(&p, 3, 5);
	ngap_ie(&m, 134, IGNORE, per_end(&p));
	if (a)
		ngap_ie(&m, 96, REJECT, s1_stmsi(a, tmsi, false));
	return ngap_end(&m);
}

struct buf s1_dl_nas(const struct s1_ids *i, struct buf nas)
{
	struct ngap_pdu m;

	s1_begin(&m, NGAP_REQUEST, 11, i);
	ngap_ie(&m, 26, REJECT, ie_octets(nas));
	return ngap_end(&m);
}

struct buf s1_ul_nas(const struct s1_ids *i, struct buf nas, const struct s1_enb *e)
{
	struct ngap_pdu m;

	s1_begin(&m, NGAP_REQUEST, 13, i);
	ngap_ie(&m, 26, REJECT, ie_octets(nas));
	ngap_ie(&m, 100, IGNORE, s1_one(v_s1_ecgi, e));
	ngap_ie(&m, 67, IGNORE, s1_one(v_s1_tai, e));
	return ngap_end(&m);
}

static struct buf bit_rates(void)
{
	struct per p = { 0 };

	per_seq(&p, 0, 1);
	per_int(&p, 1000000000, 0, 10000000000);
	per_int(&p, 1000000000, 0, 10000000000);
	return per_end(&p);
}

struct buf s1_context_request(const struct s1_ids *i, struct s1_erab *r, unsigned n)
{
	struct ngap_pdu m;

	s1_begin(&m, NGAP_REQUEST, 9, i);
	ngap_ie(&m, 66, REJECT, bit_rates());
	s1_erabs(&m, 24, 52, FORM_CONTEXT, r, n);
	ngap_ie(&m, 107, REJECT, s1_capabilities());
	ngap_ie(&m, 73, REJECT, s1_key(false));
	return ngap_end(&m);
}

struct buf s1_context_response(const struct s1_ids *i, struct s1_erab *r, unsigned n)
{
	struct ngap_pdu m;

	s1_begin(&m, NGAP_OK, 9, i);
	s1_erabs(&m, 51, 50, FORM_END, r, n);
	return ngap_end(&m);
}

struct buf s1_erab_request(const struct s1_ids *i, struct s1_erab *r)
{
	struct ngap_pdu m;

	s1_begin(&m, NGAP_REQUEST, 5, i);
	s1_erabs(&m, 16, 17, FORM_SETUP, r, 1);
	return ngap_end(&m);
}

struct buf s1_erab_response(const struct s1_ids *i, struct s1_erab *r)
{
	struct ngap_pdu m;

	s1_begin(&m, NGAP_OK, 5, i);
	s1_erabs(&m, 28, 39, FORM_END, r, 1);
	return ngap_end(&m);
}

struct buf s1_erab_release_command(const struct s1_ids *i, unsigned erab)
{
	struct ngap_pdu m;
	struct per p = { 0 };
	struct buf item;

	s1_begin(&m, NGAP_REQUEST, 7, i);
	per_seq(&p, 0, 1);
	v_s1_erab(&p, erab);
	v_s1_cause(&p, 2, 0);
	item = per_end(&p);
	ngap_ie(&m, 33, IGNORE, s1_list(35, &item, 1));
	return ngap_end(&m);
}

struct buf s1_erab_release_response(const struct s1_ids *i, unsigned erab)
{
	struct s1_erab r = { .id = erab };
	struct ngap_pdu m;

	s1_begin(&m, NGAP_OK, 7, i);
	s1_erabs(&m, 69, 15, FORM_ID, &r, 1);
	return ngap_end(&m);
}

struct buf s1_modification(const struct s1_ids *i, struct s1_erab *r)
{
	struct ngap_pdu m;

	s1_begin(&m, NGAP_REQUEST, 50, i);
	s1_erabs(&m, 199, 200, FORM_END, r, 1);
	return ngap_end(&m);
}

struct buf s1_modification_confirm(const struct s1_ids *i, unsigned erab)
{
	struct s1_erab r = { .id = erab };
	struct ngap_pdu m;

	s1_begin(&m, NGAP_OK, 50, i);
	s1_erabs(&m, 203, 204, FORM_ID, &r, 1);
	return ngap_end(&m);
}

struct buf s1_release_request(const struct s1_ids *i)
{
	struct ngap_pdu m;

	s1_begin(&m, NGAP_REQUEST, 18, i);
	ngap_ie(&m, 2, IGNORE, s1_cause_ie(0, 20));
	return ngap_end(&m);
}

struct buf s1_release_command(const struct s1_ids *i)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 23);
	per_bits(&p, 0, 2);
	per_seq(&p, 0, 1);
	v_s1_mme_id(&p, i->mme);
	v_s1_enb_id(&p, i->enb);
	ngap_ie(&m, 99, REJECT, per_end(&p));
	ngap_ie(&m, 2, IGNORE, s1_cause_ie(2, 0));
	return ngap_end(&m);
}

struct buf s1_release_complete(const struct s1_ids *i)
{
	struct ngap_pdu m;

	s1_begin(&m, NGAP_OK, 23, i);
	return ngap_end(&m);
}

struct buf s1_paging(const struct s1_mme *a, uint32_t tmsi, const struct s1_enb *e)
{
	struct ngap_pdu m;
	struct per p = { 0 }, item = { 0 }, domain = { 0 };
	struct buf tais[1];

	ngap_begin(&m, NGAP_REQUEST, 10);
	per_bitstr(&p, 0x155, 10, 10, 10, false);
	ngap_ie(&m, 80, IGNORE, per_end(&p));
	ngap_ie(&m, 43, IGNORE, s1_stmsi(a, tmsi, true));
	per_bits(&domain, 0, 1);
	ngap_ie(&m, 109, IGNORE, per_end(&domain));
	per_seq(&item, 0, 1);
	v_s1_tai(&item, e);
	tais[0] = per_end(&item);
	ngap_ie(&m, 46, IGNORE, s1_list(47, tais, 1));
	return ngap_end(&m);
}

/* --- mobility --- */

struct buf s1_path_switch(uint32_t enb, uint32_t source_mme_id, const struct s1_enb *e, struct s1_erab *r)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 3);
	s1_enb_ie(&m, enb);
	s1_erabs(&m, 22, 23, FORM_END, r, 1);
	s1_mme_ie(&m, source_mme_id, 88);
	ngap_ie(&m, 100, IGNORE, s1_one(v_s1_ecgi, e));
	ngap_ie(&m, 67, IGNORE, s1_one(v_s1_tai, e));
	ngap_ie(&m, 107, IGNORE, s1_capabilities());
	return ngap_end(&m);
}

struct buf s1_path_switch_ack(const struct s1_ids *i)
{
	struct ngap_pdu m;

	s1_begin(&m, NGAP_OK, 3, i);
	ngap_ie(&m, 40, REJECT, s1_key(true));
	return ngap_end(&m);
}

static struct buf handover_type(void)
{
	struct per p = { 0 };

	per_enum_x(&p, 0, 5);
	return per_end(&p);
}

static struct buf container(const struct s1_enb *from, const struct s1_enb *to)
{
	struct per p = { 0 };

	per_seq(&p, 0, 3);
	per_open(&p, buf_str("rrc"));
	v_s1_ecgi(&p, to);
	per_int(&p, 1, 1, 16);
	per_bits(&p, 0, 3);			/* an E-UTRAN cell */
	per_seq(&p, 0, 1);
	v_s1_ecgi(&p, from);
	per_seq(&p, 0, 1);
	per_enum_x(&p, 1, 4);
	per_int(&p, 5, 0, 4095);
	return ie_octets(per_end(&p));
}

struct buf s1_handover_required(const struct s1_ids *i, const struct s1_enb *from, const struct s1_enb *to)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	s1_begin(&m, NGAP_REQUEST, 0, i);
	ngap_ie(&m, 1, REJECT, handover_type());
	ngap_ie(&m, 2, IGNORE, s1_cause_ie(0, 16));
	per_bits(&p, 0, 3);
	per_seq(&p, 0, 1);
	v_s1_enb(&p, to);
	v_s1_tai(&p, to);
	ngap_ie(&m, 4, REJECT, per_end(&p));
	ngap_ie(&m, 104, REJECT, container(from, to));
	return ngap_end(&m);
}

struct buf s1_handover_request(uint32_t mme, const struct s1_enb *from, const struct s1_enb *to, struct s1_erab *r)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 1);
	s1_mme_ie(&m, mme, 0);
	ngap_ie(&m, 1, REJECT, handover_type());
	ngap_ie(&m, 2, IGNORE, s1_cause_ie(0, 16));
	ngap_ie(&m, 66, REJECT, bit_rates());
	s1_erabs(&m, 53, 27, FORM_HANDOVER, r, 1);
	ngap_ie(&m, 104, REJECT, container(from, to));
	ngap_ie(&m, 107, REJECT, s1_capabilities());
	ngap_ie(&m, 40, REJECT, s1_key(true));
	return ngap_end(&m);
}

struct buf s1_handover_ack(const struct s1_ids *i, struct s1_erab *r, const struct s1_erab *forward)
{
	struct ngap_pdu m;
	struct per p = { 0 };
	struct buf item;

	s1_begin(&m, NGAP_OK, 1, i);
	per_seq(&p, forward ? 0x18 : 0, 5);
	v_s1_erab(&p, r->id);
	v_address(&p, &r->ip, NULL);
	v_s1_teid(&p, r->teid);
	if (forward) {
		v_address(&p, &forward->ip, NULL);
		v_s1_teid(&p, forward->teid);
	}
	item = per_end(&p);
	ngap_ie(&m, 18, IGNORE, s1_list(20, &item, 1));
	ngap_ie(&m, 123, REJECT, ie_octets(buf_str("rrc")));
	return ngap_end(&m);
}

struct buf s1_handover_command(const struct s1_ids *i, const struct s1_erab *forward)
{
	struct ngap_pdu m;
	struct per p = { 0 };
	struct buf item;

	s1_begin(&m, NGAP_OK, 0, i);
	ngap_ie(&m, 1, REJECT, handover_type());
	if (forward) {
		per_seq(&p, 0x18, 5);
		v_s1_erab(&p, forward->id);
		v_address(&p, &forward->ip, NULL);
		v_s1_teid(&p, forward->teid);
		item = per_end(&p);
		ngap_ie(&m, 12, IGNORE, s1_list(14, &item, 1));
	}
	ngap_ie(&m, 123, REJECT, ie_octets(buf_str("rrc")));
	return ngap_end(&m);
}

struct buf s1_handover_notify(const struct s1_ids *i, const struct s1_enb *e)
{
	struct ngap_pdu m;

	s1_begin(&m, NGAP_REQUEST, 2, i);
	ngap_ie(&m, 100, IGNORE, s1_one(v_s1_ecgi, e));
	ngap_ie(&m, 67, IGNORE, s1_one(v_s1_tai, e));
	return ngap_end(&m);
}
