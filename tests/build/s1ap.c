/* S1AP: the values that many messages share, and the messages of the interface (TS 36.413 9.1.8, 9.1.14). */
#include "s1ap_ie.h"

#include "secret.h"

#include <assert.h>
#include <string.h>

/* --- parts --- */

void v_s1_tac(struct per *p, unsigned tac)
{
	const uint8_t b[2] = { (uint8_t)(tac >> 8), (uint8_t)tac };

	per_fixed(p, b, 2);
}

void v_s1_teid(struct per *p, uint32_t teid)
{
	const uint8_t b[4] = { (uint8_t)(teid >> 24), (uint8_t)(teid >> 16), (uint8_t)(teid >> 8), (uint8_t)teid };

	per_fixed(p, b, 4);
}

void v_s1_mme_id(struct per *p, uint32_t id) { per_int(p, id, 0, 0xffffffff); }
void v_s1_enb_id(struct per *p, uint32_t id) { per_int(p, id, 0, 0xffffff); }
void v_s1_erab(struct per *p, unsigned id) { per_int_x(p, id, 0, 15); }

/* ENB-ID: the first two alternatives stand as they are, the others are additions in an open type. */
void v_s1_enb(struct per *p, const struct s1_enb *e)
{
	struct per in = { 0 };

	per_seq(p, 0, 1);
	v_plmn(p, e->plmn);
	if (e->bits == 20 || e->bits == 28) {
		per_bits(p, 0, 1);
		per_bits(p, e->bits == 28, 1);
		per_bitstr(p, e->id, e->bits, e->bits, e->bits, false);
		return;
	}
	per_bits(p, 1, 1);
	per_bits(p, e->bits == 21, 7);
	per_bitstr(&in, e->id, e->bits, e->bits, e->bits, false);
	per_open(p, per_end(&in));
}

void v_s1_tai(struct per *p, const struct s1_enb *e)
{
	per_seq(p, 0, 1);
	v_plmn(p, e->plmn);
	v_s1_tac(p, e->tac);
}

void v_s1_ecgi(struct per *p, const struct s1_enb *e)
{
	per_seq(p, 0, 1);
	v_plmn(p, e->plmn);
	per_bitstr(p, e->cell, 28, 28, 28, false);
}

/* Group and value as in enum ngap_cause; the numbers of root values are S1AP's. */
void v_s1_cause(struct per *p, unsigned group, unsigned value)
{
	static const unsigned roots[] = { 36, 2, 4, 7, 6 };

	per_bits(p, 0, 1);
	per_int(p, group, 0, 4);
	per_enum_x(p, value, roots[group]);
}

struct buf s1_one(void (*part)(struct per *p, const struct s1_enb *e), const struct s1_enb *e)
{
	struct per p = { 0 };

	part(&p, e);
	return per_end(&p);
}

struct buf s1_cause_ie(unsigned group, unsigned value)
{
	struct per p = { 0 };

	v_s1_cause(&p, group, value);
	return per_end(&p);
}

void s1_mme_ie(struct ngap_pdu *m, uint32_t id, unsigned ie)
{
	struct per p = { 0 };

	v_s1_mme_id(&p, id);
	ngap_ie(m, ie, REJECT, per_end(&p));
}

void s1_enb_ie(struct ngap_pdu *m, uint32_t id)
{
	struct per p = { 0 };

	v_s1_enb_id(&p, id);
	ngap_ie(m, 8, REJECT, per_end(&p));
}

void s1_begin(struct ngap_pdu *m, enum ngap_class class, unsigned procedure, const struct s1_ids *i)
{
	ngap_begin(m, class, procedure);
	if (!i)
		return;
	s1_mme_ie(m, i->mme, 0);
	s1_enb_ie(m, i->enb);
}

/* A list of elements in single containers; the items are eaten. */
struct buf s1_list(unsigned id, struct buf *item, unsigned n)
{
	struct per p = { 0 };

	per_int(&p, n, 1, 256);
	for (unsigned i = 0; i < n; i++) {
		per_align(&p);
		per_bits(&p, id, 16);
		per_bits(&p, IGNORE, 2);
		per_open(&p, item[i]);
	}
	return per_end(&p);
}

static void v_qos(struct per *p)
{
	per_seq(p, 0, 2);
	per_int(p, 9, 0, 255);
	per_seq(p, 0, 1);
	per_int(p, 8, 0, 15);
	per_bits(p, 1, 1);
	per_bits(p, 1, 1);
}

static struct buf erab_item(enum s1_form form, struct s1_erab *r)
{
	bool nas = form == FORM_CONTEXT && r->nas.n;
	struct per p = { 0 };

	per_seq(&p, nas ? 2 : 0, form == FORM_CONTEXT ? 2 : 1);
	v_s1_erab(&p, r->id);
	if (form == FORM_ID)
		return per_end(&p);
	if (form == FORM_SETUP || form == FORM_CONTEXT)
		v_qos(&p);
	v_address(&p, &r->ip, NULL);
	v_s1_teid(&p, r->teid);
	if (form == FORM_HANDOVER)
		v_qos(&p);
	if (form == FORM_SETUP || nas)
		per_open(&p, r->nas);
	return per_end(&p);
}

void s1_erabs(struct ngap_pdu *m, unsigned list_id, unsigned item_id, enum s1_form form, struct s1_erab *r, unsigned n)
{
	struct buf item[16];

	assert(n <= 16);
	for (unsigned i = 0; i < n; i++)
		item[i] = erab_item(form, &r[i]);
	ngap_ie(m, list_id, REJECT, s1_list(item_id, item, n));
}

struct buf s1_key(bool context)
{
	uint8_t b[32];
	struct per p = { 0 };

	for (unsigned i = 0; i < sizeof(b); i++)
		b[i] = (uint8_t)(0xa5 ^ 7 * i);
	secret_octets("key", b, sizeof(b));
	if (context) {
		per_seq(&p, 0, 1);
		per_int(&p, 1, 0, 7);
	}
	per_fixed(&p, b, sizeof(b));
	return per_end(&p);
}

struct buf s1_capabilities(void)
{
	struct per p = { 0 };

	per_seq(&p, 0, 1);
	per_bitstr(&p, 0xe000, 16, 16, 16, true);
	per_bitstr(&p, 0xe000, 16, 16, 16, true);
	return per_end(&p);
}

static void v_tmsi(struct per *p, uint32_t tmsi)
{
	const uint8_t b[4] = { (uint8_t)(tmsi >> 24), (uint8_t)(tmsi >> 16), (uint8_t)(tmsi >> 8), (uint8_t)tmsi };

	secret_octets("tmsi", b, 4);
	v_s1_teid(p, tmsi);
}

struct buf s1_stmsi(const struct s1_mme *m, uint32_t tmsi, bool choice)
{
	const uint8_t code = (uint8_t)m->code;
	struct per p = { 0 };

	if (choice)		/* UEPagingID */
		per_bits(&p, 0, 2);
	per_seq(&p, 0, 1);
	per_fixed(&p, &code, 1);
	v_tmsi(&p, tmsi);
	return per_end(&p);
}

/* --- the interface --- */

static void v_supported(struct per *p, const struct s1_enb *e)
{
	per_int(p, 1, 1, 256);
	per_seq(p, 0, 1);
	v_s1_tac(p, e->tac);
	per_int(p, 1, 1, 6);
	v_plmn(p, e->plmn);
}

struct buf s1_setup_request(const struct s1_enb *e)
{
	struct ngap_pdu m;
	struct per drx = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 17);
	ngap_ie(&m, 59, REJECT, s1_one(v_s1_enb, e));
	if (e->name)
		ngap_ie(&m, 60, IGNORE, ie_name(e->name));
	ngap_ie(&m, 64, REJECT, s1_one(v_supported, e));
	per_enum_x(&drx, 2, 4);
	ngap_ie(&m, 137, IGNORE, per_end(&drx));
	return ngap_end(&m);
}

struct buf s1_setup_response(const struct s1_mme *a)
{
	const uint8_t code = (uint8_t)a->code;
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_OK, 17);
	if (a->name)
		ngap_ie(&m, 61, IGNORE, ie_name(a->name));
	per_int(&p, 1, 1, 8);
	per_seq(&p, 0, 1);
	per_int(&p, 1, 1, 32);
	v_plmn(&p, a->plmn);
	per_int(&p, 1, 1, 65535);
	v_s1_tac(&p, a->group);
	per_int(&p, 1, 1, 256);
	per_fixed(&p, &code, 1);
	ngap_ie(&m, 105, REJECT, per_end(&p));
	ngap_ie(&m, 87, IGNORE, ie_octet(255));
	return ngap_end(&m);
}

struct buf s1_setup_failure(void)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_FAIL, 17);
	ngap_ie(&m, 2, IGNORE, s1_cause_ie(4, 5));
	return ngap_end(&m);
}

struct buf s1_update(const struct s1_enb *e, uint32_t en_gnb)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 29);
	if (e->name)
		ngap_ie(&m, 60, IGNORE, ie_name(e->name));
	ngap_ie(&m, 64, REJECT, s1_one(v_supported, e));
	per_int(&p, 1, 1, 256);
	per_seq(&p, 0, 1);
	per_bitstr(&p, en_gnb, 24, 22, 32, true);
	v_supported(&p, e);
	ngap_ie(&m, 292, IGNORE, per_end(&p));
	return ngap_end(&m);
}

struct buf s1_reset(const struct s1_ids *i, unsigned n)
{
	struct ngap_pdu m;
	struct per p = { 0 };
	struct buf item[16];

	assert(n <= 16);
	ngap_begin(&m, NGAP_REQUEST, 14);
	ngap_ie(&m, 2, IGNORE, s1_cause_ie(4, 3));
	per_bits(&p, 0, 1);
	per_bits(&p, n != 0, 1);
	if (!n)
		per_enum_x(&p, 0, 1);
	for (unsigned k = 0; k < n; k++) {
		struct per x = { 0 };

		per_seq(&x, 6, 3);
		v_s1_mme_id(&x, i[k].mme);
		v_s1_enb_id(&x, i[k].enb);
		item[k] = per_end(&x);
	}
	if (n) {
		struct buf l = s1_list(91, item, n);

		per_align(&p);		/* its count of 1..256 begins an octet, as all that follows */
		put_buf(&p.b, l);
	}
	ngap_ie(&m, 92, REJECT, per_end(&p));
	return ngap_end(&m);
}

struct buf s1_error(void)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 15);
	ngap_ie(&m, 2, IGNORE, s1_cause_ie(3, 4));
	return ngap_end(&m);
}

/* SON Configuration Transfer: the answer with the X2 address of the target. */
struct buf s1_son(const struct s1_enb *from, const struct s1_enb *to, const struct ip *x2)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 40);
	per_seq(&p, 0, 1);
	per_seq(&p, 0, 1);
	v_s1_enb(&p, to);
	v_s1_tai(&p, to);
	per_bits(&p, 0, 1);		/* SourceeNB-ID has no extension marker */
	v_s1_enb(&p, from);
	v_s1_tai(&p, from);
	per_bits(&p, 0, 1);
	per_bits(&p, 1, 1);
	per_seq(&p, 2, 2);
	per_seq(&p, 0, 1);
	per_int(&p, 1, 1, 2);
	v_address(&p, x2, NULL);
	ngap_ie(&m, 129, IGNORE, per_end(&p));
	return ngap_end(&m);
}
