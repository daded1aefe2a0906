/* What F1AP, E1AP, XnAP and X2AP messages share; F1AP and E1AP themselves. */
#include "xap.h"

#include "secret.h"

#include <string.h>

struct buf f1ap_end(struct ngap_pdu *m)
{
	struct buf b = ngap_end(m);

	b.p[0] = (uint8_t)(b.p[0] << 1);
	return b;
}

/* --- values --- */

void v_teid(struct per *p, uint32_t teid)
{
	const uint8_t b[4] = { (uint8_t)(teid >> 24), (uint8_t)(teid >> 16), (uint8_t)(teid >> 8), (uint8_t)teid };

	per_fixed(p, b, 4);
}

void v_endpoint(struct per *p, const struct ngap_tunnel *t)
{
	per_seq(p, 0, 1);
	v_address(p, &t->ip, t->also6);
	v_teid(p, t->teid);
}

struct buf ie_u32(uint32_t v) { return ie_ran_ue_id(v); }

struct buf ie_plmn(struct plmn plmn)
{
	struct per p = { 0 };

	v_plmn(&p, plmn);
	return per_end(&p);
}

struct buf ie_nr_cgi(const struct ngap_cell *c)
{
	struct per p = { 0 };

	v_nr_cgi(&p, c);
	return per_end(&p);
}

struct buf ie_xap_cause(unsigned group, unsigned count, unsigned v, bool marker)
{
	struct per p = { 0 };

	if (marker)
		per_int_x(&p, group, 0, 3);
	else
		per_int(&p, group, 0, 4);
	per_enum_x(&p, v, count);
	return per_end(&p);
}


/* Lists of single containers: the id, its criticality, its value. */
static void v_item(struct per *p, unsigned id, struct buf value)
{
	per_align(p);
	per_bits(p, id, 16);
	per_bits(p, REJECT, 2);
	per_open(p, value);
}

static struct buf ie_one(unsigned id, unsigned max, struct buf item)
{
	struct per p = { 0 };

	per_int(&p, 1, 1, max);
	v_item(&p, id, item);
	return per_end(&p);
}

/* --- F1AP --- */

static void transaction(struct ngap_pdu *m, unsigned id)
{
	struct per p = { 0 };

	per_int_x(&p, 7, 0, 255);
	ngap_ie(m, id, REJECT, per_end(&p));
}

static struct buf rrc_version(void)
{
	struct per p = { 0 };

	per_seq(&p, 0, 1);
	per_bits(&p, 7, 3);
	return per_end(&p);
}

static void v_tdd(struct per *p)
{
	per_int(p, 1, 0, 2);		/* tDD */
	per_seq(p, 0, 1);
	per_seq(p, 0, 2);		/* NRFreqInfo */
	per_int(p, 632628, 0, 3279165);
	per_int(p, 1, 1, 32);
	per_seq(p, 0, 1);
	per_int_x(p, 78, 1, 1024);
	per_int(p, 0, 0, 32);
	per_seq(p, 0, 1);		/* Transmission-Bandwidth */
	per_enum_x(p, 1, 4);
	per_enum_x(p, 28, 29);
}

static struct buf served_cell(const struct ngap_cell *c)
{
	struct per p = { 0 };

	per_seq(&p, 0, 2);
	per_seq(&p, 4, 3);		/* fiveGS-TAC */
	v_nr_cgi(&p, c);
	per_int(&p, 500, 0, 1007);
	v_tac(&p, c->tac);
	per_int(&p, 1, 1, 6);
	per_seq(&p, 0, 1);
	v_plmn(&p, c->plmn);
	v_tdd(&p);
	per_octets(&p, "\1", 1);
	return per_end(&p);
}

struct buf f1_setup_request(const struct f1_du *du)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 1);
	transaction(&m, 78);
	per_int(&p, du->id, 0, 0xfffffffff);
	ngap_ie(&m, 42, REJECT, per_end(&p));
	if (du->name)
		ngap_ie(&m, 45, IGNORE, ie_name(du->name));
	ngap_ie(&m, 44, REJECT, ie_one(43, 512, served_cell(&du->cell)));
	ngap_ie(&m, 171, REJECT, rrc_version());
	return f1ap_end(&m);
}

struct buf f1_setup_response(const char *cu_name, const struct ngap_cell *activate)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_OK, 1);
	transaction(&m, 78);
	if (cu_name)
		ngap_ie(&m, 82, IGNORE, ie_name(cu_name));
	per_seq(&p, 0, 2);
	v_nr_cgi(&p, activate);
	ngap_ie(&m, 3, REJECT, ie_one(4, 512, per_end(&p)));
	ngap_ie(&m, 170, REJECT, rrc_version());
	return f1ap_end(&m);
}

struct buf f1_setup_failure(void)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_FAIL, 1);
	transaction(&m, 78);
	ngap_ie(&m, 0, IGNORE, ie_xap_cause(3, 5, 4, false));
	return f1ap_end(&m);
}

static void f1_ids(struct ngap_pdu *m, const struct xap_ids *ids)
{
	ngap_ie(m, 40, REJECT, ie_u32(ids->a));
	ngap_ie(m, 41, REJECT, ie_u32(ids->b));
}

static struct buf drb(const struct ngap_tunnel *t, bool request)
{
	struct per p = { 0 };

	per_seq(&p, 0, request ? 3 : 2);
	per_int_x(&p, 1, 1, 32);
	if (request) {
		per_int(&p, 0, 0, 1);		/* eUTRANQoS */
		per_seq(&p, 0, 2);
		per_int(&p, 9, 0, 255);
		per_seq(&p, 0, 1);
		per_int(&p, 14, 0, 15);
		per_bits(&p, 0, 2);
	}
	per_int(&p, 1, 1, 2);
	per_seq(&p, 0, 1);
	v_tunnel(&p, t);
	if (request)
		per_enum_x(&p, 0, 4);
	return per_end(&p);
}

struct buf f1_context_setup_request(const struct xap_ids *ids, const struct ngap_cell *cell, const struct ngap_tunnel *ul)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 5);
	f1_ids(&m, ids);
	ngap_ie(&m, 63, REJECT, ie_nr_cgi(cell));
	ngap_ie(&m, 107, REJECT, ie_octet(0));
	per_seq(&p, 0, 4);
	ngap_ie(&m, 9, REJECT, per_end(&p));		/* CUtoDURRCInformation: nothing */
	ngap_ie(&m, 35, REJECT, ie_one(34, 64, drb(ul, true)));
	return f1ap_end(&m);
}

struct buf f1_context_setup_response(const struct xap_ids *ids, const struct ngap_tunnel *dl)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_OK, 5);
	f1_ids(&m, ids);
	per_seq(&p, 0, 3);
	per_octets(&p, "\0\0", 2);
	ngap_ie(&m, 39, REJECT, per_end(&p));		/* DUtoCURRCInformation */
	ngap_ie(&m, 27, IGNORE, ie_one(26, 64, drb(dl, false)));
	return f1ap_end(&m);
}

struct buf f1_context_release(const struct xap_ids *ids, bool complete)
{
	struct ngap_pdu m;

	ngap_begin(&m, complete ? NGAP_OK : NGAP_REQUEST, 6);
	f1_ids(&m, ids);
	if (!complete)
		ngap_ie(&m, 0, IGNORE, ie_xap_cause(0, 11, 10, false));
	return f1ap_end(&m);
}

struct buf f1_reset(const struct xap_ids *ids, unsigned n)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 0);
	transaction(&m, 78);
	ngap_ie(&m, 0, IGNORE, ie_xap_cause(0, 11, 0, false));
	per_int(&p, 1, 0, 2);		/* partOfF1-Interface */
	per_count(&p, n);
	for (unsigned i = 0; i < n; i++) {
		struct per item = { 0 };

		per_seq(&item, 6, 3);
		per_int(&item, ids[i].a, 0, 0xffffffff);
		per_int(&item, ids[i].b, 0, 0xffffffff);
		v_item(&p, 80, per_end(&item));
	}
	ngap_ie(&m, 48, REJECT, per_end(&p));
	return f1ap_end(&m);
}

struct buf f1_rrc(const struct xap_ids *ids, bool uplink, struct buf rrc)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, uplink ? 13 : 12);
	f1_ids(&m, ids);
	ngap_ie(&m, 64, REJECT, ie_octet(1));		/* SRB 1 */
	ngap_ie(&m, 50, REJECT, ie_octets(rrc));
	return f1ap_end(&m);
}

/* --- E1AP --- */

static struct buf ie_up_id(uint64_t id)
{
	struct per p = { 0 };

	per_int(&p, id, 0, 0xfffffffff);
	return per_end(&p);
}

static void e1_up(struct ngap_pdu *m, const struct e1_up *up)
{
	struct per p = { 0 }, q = { 0 };

	transaction(m, 57);
	ngap_ie(m, 7, REJECT, ie_up_id(up->id));
	if (up->name)
		ngap_ie(m, 8, IGNORE, ie_name(up->name));
	per_enum_x(&q, 1, 3);
	ngap_ie(m, 10, REJECT, per_end(&q));
	per_int(&p, 1, 1, 12);
	per_seq(&p, 0, 4);
	v_plmn(&p, up->plmn);
	ngap_ie(m, 11, REJECT, per_end(&p));
}

static void e1_cp(struct ngap_pdu *m, const char *name)
{
	transaction(m, 57);
	if (name)
		ngap_ie(m, 9, IGNORE, ie_name(name));
}

struct buf e1_setup_request(const struct e1_up *up)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 3);
	e1_up(&m, up);
	return ngap_end(&m);
}

struct buf e1_setup_response(const char *cp_name)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_OK, 3);
	e1_cp(&m, cp_name);
	return ngap_end(&m);
}

struct buf e1_cp_setup_request(const char *cp_name)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 4);
	e1_cp(&m, cp_name);
	return ngap_end(&m);
}

struct buf e1_cp_setup_response(const struct e1_up *up)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_OK, 4);
	e1_up(&m, up);
	return ngap_end(&m);
}

static struct buf e1_security(const struct e1_security *s)
{
	struct per p = { 0 };

	per_seq(&p, 0, 1);
	per_seq(&p, 2, 2);		/* integrityProtectionAlgorithm */
	per_enum_x(&p, s->ciphering, 4);
	per_enum_x(&p, s->integrity, 4);
	per_seq(&p, 2, 2);		/* integrityProtectionKey */
	secret_octets("key", s->key, 16);
	per_octets(&p, s->key, 16);
	per_octets(&p, s->key, 16);
	return per_end(&p);
}

static void v_flow(struct per *p)
{
	per_int(p, 1, 1, 64);
	per_seq(p, 0, 2);
	per_int(p, 1, 0, 63);
	per_bits(p, 0, 6);		/* QoSFlowLevelQoSParameters has no marker: five options and the extensions */
	per_int(p, 0, 0, 2);		/* non-Dynamic-5QI */
	per_bits(p, 0, 4);
	per_int_x(p, 9, 0, 255);
	per_bits(p, 0, 1);
	per_int(p, 14, 0, 15);
	per_bits(p, 0, 2);
}

static struct buf session_to_setup(const struct ngap_tunnel *core)
{
	struct per p = { 0 };

	per_int(&p, 1, 1, 256);
	per_seq(&p, 0, 6);
	per_int(&p, 5, 0, 255);
	per_enum_x(&p, 0, 5);
	v_snssai(&p);
	per_seq(&p, 0, 2);		/* SecurityIndication */
	per_enum_x(&p, 0, 3);
	per_enum_x(&p, 1, 3);
	v_tunnel(&p, core);
	per_int(&p, 1, 1, 32);
	per_seq(&p, 0, 4);		/* DRB-To-Setup-Item-NG-RAN */
	per_int_x(&p, 1, 1, 32);
	per_seq(&p, 0, 1);
	per_enum_x(&p, 0, 2);
	per_enum_x(&p, 0, 2);
	per_enum_x(&p, 0, 2);
	per_seq(&p, 0, 10);		/* PDCP-Configuration */
	per_enum_x(&p, 1, 2);
	per_enum_x(&p, 1, 2);
	per_enum_x(&p, 1, 5);
	per_int(&p, 1, 1, 4);
	per_seq(&p, 0, 4);
	per_int_x(&p, 0, 0, 3);
	v_flow(&p);
	return per_end(&p);
}

static struct buf session_set_up(const struct ngap_tunnel *ran, const struct ngap_tunnel *f1)
{
	struct per p = { 0 };

	per_int(&p, 1, 1, 256);
	per_seq(&p, 16, 5);		/* securityResult */
	per_int(&p, 5, 0, 255);
	per_seq(&p, 0, 1);
	per_enum_x(&p, 0, 2);
	per_enum_x(&p, 0, 2);
	v_tunnel(&p, ran);
	per_int(&p, 1, 1, 32);
	per_seq(&p, 0, 3);
	per_int_x(&p, 1, 1, 32);
	per_int(&p, 1, 1, 8);
	per_seq(&p, 0, 1);
	v_tunnel(&p, f1);
	per_int_x(&p, 0, 0, 3);
	per_int(&p, 1, 1, 64);
	per_seq(&p, 0, 1);
	per_int(&p, 1, 0, 63);
	return per_end(&p);
}

/* The alternative nG-RAN of a CHOICE of three, whose value is a container. */
static struct buf ng_ran(unsigned id, struct buf list)
{
	struct per p = { 0 };

	per_int(&p, 1, 0, 2);
	per_align(&p);
	per_bits(&p, 1, 16);
	v_item(&p, id, list);
	return per_end(&p);
}

static struct buf ie_rate(uint64_t v)
{
	struct per p = { 0 };

	per_int_x(&p, v, 0, 4000000000000);
	return per_end(&p);
}

struct buf e1_bearer_request(uint32_t cp_id, struct plmn plmn, const struct e1_security *s, const struct ngap_tunnel *core)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 8);
	ngap_ie(&m, 2, REJECT, ie_u32(cp_id));
	ngap_ie(&m, 13, REJECT, e1_security(s));
	ngap_ie(&m, 14, REJECT, ie_rate(1000000000));
	ngap_ie(&m, 58, IGNORE, ie_plmn(plmn));
	per_enum_x(&p, 2, 3);
	ngap_ie(&m, 23, REJECT, per_end(&p));
	ngap_ie(&m, 15, REJECT, ng_ran(42, session_to_setup(core)));
	return ngap_end(&m);
}

struct buf e1_bearer_response(const struct xap_ids *ids, const struct ngap_tunnel *ran, const struct ngap_tunnel *f1)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_OK, 8);
	ngap_ie(&m, 2, REJECT, ie_u32(ids->a));
	ngap_ie(&m, 3, REJECT, ie_u32(ids->b));
	ngap_ie(&m, 16, IGNORE, ng_ran(46, session_set_up(ran, f1)));
	return ngap_end(&m);
}
