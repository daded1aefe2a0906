/* XnAP and X2AP messages. */
#include "xap.h"

#include "secret.h"

/* --- XnAP --- */

static struct buf ie_xn_node(const struct ngap_gnb *g)
{
	struct per p = { 0 };

	per_int(&p, 0, 0, 2);		/* gNB */
	per_seq(&p, 0, 1);
	v_plmn(&p, g->plmn);
	per_int(&p, 0, 0, 1);		/* gnb-ID */
	per_bitstr(&p, g->id, g->bits, 22, 32, false);
	return per_end(&p);
}

static struct buf ie_xn_tais(const struct ngap_gnb *g)
{
	struct per p = { 0 };

	per_int(&p, 1, 1, 256);
	per_seq(&p, 0, 1);
	v_tac(&p, g->tac);
	per_int(&p, 1, 1, 12);
	per_seq(&p, 0, 1);
	v_plmn(&p, g->plmn);
	per_int(&p, 1, 1, 1024);
	v_snssai(&p);
	return per_end(&p);
}

static struct buf ie_amf_regions(const struct ngap_gnb *g)
{
	struct per p = { 0 };

	per_int(&p, 1, 1, 16);
	per_seq(&p, 0, 1);
	v_plmn(&p, g->plmn);
	per_bitstr(&p, 1, 8, 8, 8, false);
	return per_end(&p);
}

struct buf xn_setup(const struct ngap_gnb *g, bool response)
{
	struct ngap_pdu m;

	ngap_begin(&m, response ? NGAP_OK : NGAP_REQUEST, 17);
	ngap_ie(&m, 14, REJECT, ie_xn_node(g));
	ngap_ie(&m, 75, REJECT, ie_xn_tais(g));
	if (!response)
		ngap_ie(&m, 4, REJECT, ie_amf_regions(g));
	return ngap_end(&m);
}

static void v_key(struct per *p, const struct ngap_security *k)
{
	secret_octets("key", k->key, 32);
	per_fixed(p, k->key, 32);	/* BIT STRING (SIZE(256)): aligned like the octets */
}

static void v_xn_session(struct per *p, const struct ngap_tunnel *core)
{
	per_int(p, 1, 1, 256);
	per_seq(p, 0, 6);
	per_int(p, 5, 0, 255);
	v_snssai(p);
	v_tunnel(p, core);
	per_enum_x(p, 0, 5);
	per_int(p, 1, 1, 64);
	per_seq(p, 0, 2);
	per_int_x(p, 1, 0, 63);
	per_seq(p, 0, 4);		/* QoSFlowLevelQoSParameters */
	per_int(p, 0, 0, 2);
	per_seq(p, 0, 4);
	per_int_x(p, 9, 0, 255);
	per_seq(p, 0, 1);
	per_int_x(p, 14, 0, 15);
	per_enum_x(p, 0, 2);
	per_enum_x(p, 0, 2);
}

static struct buf ie_xn_context(const struct ip *amf, const struct ngap_security *k, const struct ngap_tunnel *core)
{
	struct per p = { 0 };

	per_seq(&p, 0, 4);
	per_int(&p, 0x1234, 0, 0xffffffffff);
	per_int(&p, 0, 0, 1);		/* endpointIPAddress */
	v_address(&p, amf, NULL);
	per_seq(&p, 0, 1);		/* UESecurityCapabilities */
	for (int i = 0; i < 4; i++)
		per_bitstr(&p, 0xe000, 16, 16, 16, true);
	per_seq(&p, 0, 1);		/* AS-SecurityInformation */
	v_key(&p, k);
	per_int(&p, k->ncc, 0, 7);
	per_seq(&p, 0, 1);
	per_int_x(&p, 1000000000, 0, 4000000000000);
	per_int_x(&p, 500000000, 0, 4000000000000);
	v_xn_session(&p, core);
	per_octets(&p, "\0\0", 2);	/* rrc-Context */
	return per_end(&p);
}

struct buf xn_handover_request(uint32_t source, const struct ngap_cell *target, const struct ngap_amf *amf, const struct ip *amf_ip,
	const struct ngap_security *k, const struct ngap_tunnel *core)
{
	struct ngap_pdu m;
	struct per p = { 0 }, h = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 0);
	ngap_ie(&m, 73, REJECT, ie_u32(source));
	ngap_ie(&m, 7, REJECT, ie_xap_cause(0, 53, 1, false));
	per_int(&p, 0, 0, 2);		/* nr */
	v_nr_cgi(&p, target);
	ngap_ie(&m, 78, REJECT, per_end(&p));
	ngap_ie(&m, 15, REJECT, ie_guami(amf));
	ngap_ie(&m, 83, REJECT, ie_xn_context(amf_ip, k, core));
	per_int(&h, 1, 1, 16);
	per_int(&h, 3, 0, 4);		/* a GERAN cell: nothing is said of it */
	per_octets(&h, "\0", 1);
	ngap_ie(&m, 88, IGNORE, per_end(&h));
	return ngap_end(&m);
}

struct buf xn_handover_ack(const struct xap_ids *ids, const struct ngap_tunnel *forward)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_OK, 0);
	ngap_ie(&m, 73, IGNORE, ie_u32(ids->a));
	ngap_ie(&m, 79, IGNORE, ie_u32(ids->b));
	per_int(&p, 1, 1, 256);
	per_seq(&p, 0, 1);
	per_int(&p, 5, 0, 255);
	per_seq(&p, 2, 4);		/* dataForwardingInfoFromTarget */
	per_int(&p, 1, 1, 64);
	per_seq(&p, 0, 1);
	per_int_x(&p, 1, 0, 63);
	per_seq(&p, 8, 4);		/* pduSessionLevelDLDataForwardingInfo */
	per_int(&p, 1, 1, 64);
	per_seq(&p, 0, 1);
	per_int_x(&p, 1, 0, 63);
	v_tunnel(&p, forward);
	ngap_ie(&m, 42, IGNORE, per_end(&p));
	ngap_ie(&m, 77, IGNORE, ie_octets(buf_of("\0\0", 2)));
	return ngap_end(&m);
}

struct buf xn_handover_failure(uint32_t source)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_FAIL, 0);
	ngap_ie(&m, 73, IGNORE, ie_u32(source));
	ngap_ie(&m, 7, IGNORE, ie_xap_cause(0, 53, 11, false));
	return ngap_end(&m);
}

struct buf xn_key(uint32_t m_id, const struct ngap_security *k)
{
	struct ngap_pdu m;
	struct per p = { 0 }, q = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 7);
	ngap_ie(&m, 23, REJECT, ie_u32(m_id));
	per_seq(&q, 0, 1);
	for (int i = 0; i < 4; i++)
		per_bitstr(&q, 0xe000, 16, 16, 16, true);
	ngap_ie(&m, 91, REJECT, per_end(&q));
	v_key(&p, k);
	ngap_ie(&m, 69, REJECT, per_end(&p));
	return ngap_end(&m);
}

/* --- X2AP --- */

static void v_enb(struct per *p, const struct x2_enb *e)
{
	per_seq(p, 0, 1);
	v_plmn(p, e->plmn);
	if (e->bits == 20 || e->bits == 28) {
		per_bits(p, 0, 1);
		per_int(p, e->bits == 28, 0, 1);
		per_bitstr(p, e->id, e->bits, e->bits, e->bits, false);
	} else {			/* behind the extension marker: its number, then an open type */
		struct per late = { 0 };

		per_bitstr(&late, e->id, e->bits, e->bits, e->bits, false);
		per_bits(p, 1, 1);
		per_bits(p, 0, 1);
		per_bits(p, e->bits == 21, 6);
		per_open(p, per_end(&late));
	}
}

static void v_ecgi(struct per *p, const struct ngap_cell *c)
{
	per_seq(p, 0, 1);
	v_plmn(p, c->plmn);
	per_bitstr(p, c->nci, 28, 28, 28, false);
}

static struct buf ie_enb(const struct x2_enb *e)
{
	struct per p = { 0 };

	v_enb(&p, e);
	return per_end(&p);
}

static struct buf ie_ecgi(const struct ngap_cell *c)
{
	struct per p = { 0 };

	v_ecgi(&p, c);
	return per_end(&p);
}

/* A list of one cell: of X2 Setup and of EN-DC X2 Setup alike. */
static struct buf ie_lte_cells(const struct ngap_cell *c)
{
	const uint8_t tac[2] = { (uint8_t)(c->tac >> 8), (uint8_t)c->tac };
	struct per p = { 0 };

	per_int(&p, 1, 1, 256);
	per_seq(&p, 0, 2);
	per_seq(&p, 0, 1);		/* ServedCell-Information */
	per_int_x(&p, 17, 0, 503);
	v_ecgi(&p, c);
	per_fixed(&p, tac, 2);
	per_int(&p, 1, 1, 6);
	v_plmn(&p, c->plmn);
	per_int_x(&p, 0, 0, 1);		/* fDD */
	per_seq(&p, 0, 1);
	per_int(&p, 18100, 0, 65535);
	per_int(&p, 100, 0, 65535);
	per_enum_x(&p, 5, 6);
	per_enum_x(&p, 5, 6);
	return per_end(&p);
}

struct buf x2_setup(const struct x2_enb *e, bool response)
{
	struct ngap_pdu m;

	ngap_begin(&m, response ? NGAP_OK : NGAP_REQUEST, 6);
	ngap_ie(&m, 21, REJECT, ie_enb(e));
	ngap_ie(&m, 20, REJECT, ie_lte_cells(&e->cell));
	return ngap_end(&m);
}

/* Alternative `which` of two behind a marker, whose value is a container of these two elements. */
static struct buf node_type(unsigned which, unsigned id1, struct buf v1, unsigned id2, struct buf v2)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 0);
	ngap_ie(&m, id1, REJECT, v1);
	ngap_ie(&m, id2, REJECT, v2);
	per_int_x(&p, which, 0, 1);
	per_align(&p);
	per_bits(&p, m.n, 16);
	put_buf(&p.b, m.b);
	return per_end(&p);
}

struct buf x2_endc_setup_request(const struct x2_enb *e)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 36);
	ngap_ie(&m, 244, REJECT, node_type(0, 21, ie_enb(e), 250, ie_lte_cells(&e->cell)));
	return ngap_end(&m);
}

static struct buf ie_en_gnb(const struct ngap_gnb *g)
{
	struct per p = { 0 };

	per_seq(&p, 0, 1);
	v_plmn(&p, g->plmn);
	per_bits(&p, 0, 1);
	per_bitstr(&p, g->id, g->bits, 22, 32, false);
	return per_end(&p);
}

static void v_nr_freq(struct per *p)
{
	per_seq(p, 0, 2);
	per_int(p, 632628, 0, 3279165);
	per_int(p, 1, 1, 32);
	per_seq(p, 0, 1);
	per_int_x(p, 78, 1, 1024);
	per_int(p, 0, 0, 32);
}

static struct buf ie_nr_cells(const struct ngap_cell *c)
{
	struct per p = { 0 };

	per_int(&p, 1, 1, 16384);
	per_seq(&p, 0, 2);
	per_seq(&p, 4, 3);		/* ServedNRCell-Information: fiveGS-TAC */
	per_int(&p, 500, 0, 1007);
	v_nr_cgi(&p, c);
	v_tac(&p, c->tac);
	per_int(&p, 1, 1, 6);
	v_plmn(&p, c->plmn);
	per_int_x(&p, 1, 0, 1);		/* tdd */
	per_seq(&p, 0, 1);
	v_nr_freq(&p);
	per_seq(&p, 0, 1);
	per_enum_x(&p, 1, 4);
	per_enum_x(&p, 28, 29);
	per_octets(&p, "\1", 1);
	return per_end(&p);
}

struct buf x2_endc_setup_response(const struct ngap_gnb *g, const struct ngap_cell *c)
{
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_OK, 36);
	ngap_ie(&m, 246, REJECT, node_type(1, 252, ie_en_gnb(g), 253, ie_nr_cells(c)));
	return ngap_end(&m);
}

static struct buf ie_x2_id(uint32_t id)
{
	struct per p = { 0 };

	per_int(&p, id, 0, 4095);
	return per_end(&p);
}

static struct buf ie_sgnb_id(uint32_t id)
{
	struct per p = { 0 };

	per_int(&p, id, 0, 0xffffffff);
	return per_end(&p);
}

static struct buf ie_rates(void)
{
	struct per p = { 0 };

	per_seq(&p, 0, 1);
	per_int(&p, 1000000000, 0, 10000000000);
	per_int(&p, 500000000, 0, 10000000000);
	return per_end(&p);
}

static void v_qos(struct per *p)
{
	per_seq(p, 0, 2);
	per_int(p, 9, 0, 255);
	per_seq(p, 0, 1);
	per_int(p, 14, 0, 15);
	per_bits(p, 0, 2);
}

static void v_resources(struct per *p)		/* PDCP and SCG resources at the en-gNB */
{
	per_seq(p, 0, 1);
	per_enum_x(p, 0, 2);
	per_enum_x(p, 1, 2);
	per_enum_x(p, 0, 2);
	per_int_x(p, 0, 0, 1);		/* sgNBPDCPpresent */
}

static struct buf one_bearer(unsigned id, struct buf item)
{
	struct per p = { 0 };

	per_int(&p, 1, 1, 256);
	per_align(&p);
	per_bits(&p, id, 16);
	per_bits(&p, REJECT, 2);
	per_open(&p, item);
	return per_end(&p);
}

struct buf x2_sgnb_request(uint32_t menb, const struct ngap_security *k, const struct x2_enb *e, const struct ngap_tunnel *core)
{
	struct ngap_pdu m;
	struct per p = { 0 }, c = { 0 }, key = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 27);
	ngap_ie(&m, 111, REJECT, ie_x2_id(menb));
	per_seq(&c, 0, 1);
	per_bitstr(&c, 0xe000, 16, 16, 16, true);
	per_bitstr(&c, 0xe000, 16, 16, 16, true);
	ngap_ie(&m, 248, REJECT, per_end(&c));
	v_key(&key, k);
	ngap_ie(&m, 203, REJECT, per_end(&key));
	ngap_ie(&m, 204, REJECT, ie_rates());
	per_seq(&p, 0, 1);
	per_bits(&p, 0, 1);		/* E-RAB-ID has a marker */
	per_int(&p, 5, 0, 15);
	per_int(&p, 4, 1, 32);
	v_resources(&p);
	per_seq(&p, 0, 4);
	v_qos(&p);
	v_endpoint(&p, core);
	ngap_ie(&m, 205, REJECT, one_bearer(209, per_end(&p)));
	ngap_ie(&m, 206, REJECT, ie_octets(buf_of("\0\0", 2)));
	ngap_ie(&m, 279, REJECT, ie_ecgi(&e->cell));
	return ngap_end(&m);
}

struct buf x2_sgnb_ack(const struct xap_ids *ids, const struct ngap_tunnel *s1)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_OK, 27);
	ngap_ie(&m, 111, REJECT, ie_x2_id(ids->a));
	ngap_ie(&m, 207, REJECT, ie_sgnb_id(ids->b));
	per_seq(&p, 0, 1);
	per_bits(&p, 0, 1);
	per_int(&p, 5, 0, 15);
	v_resources(&p);
	per_seq(&p, 0, 7);
	v_endpoint(&p, s1);
	ngap_ie(&m, 210, IGNORE, one_bearer(213, per_end(&p)));
	ngap_ie(&m, 211, REJECT, ie_octets(buf_of("\0\0", 2)));
	return ngap_end(&m);
}

static struct buf ie_x2_context(const struct ngap_security *k, const struct ngap_tunnel *core)
{
	struct per p = { 0 }, item = { 0 };

	per_seq(&p, 0, 4);
	per_int(&p, 0x1234, 0, 0xffffffff);
	per_seq(&p, 0, 1);
	per_bitstr(&p, 0xe000, 16, 16, 16, true);
	per_bitstr(&p, 0xe000, 16, 16, 16, true);
	per_seq(&p, 0, 1);
	v_key(&p, k);
	per_int(&p, k->ncc, 0, 7);
	per_seq(&p, 0, 1);
	per_int(&p, 1000000000, 0, 10000000000);
	per_int(&p, 500000000, 0, 10000000000);
	per_seq(&item, 0, 2);
	per_bits(&item, 0, 1);
	per_int(&item, 5, 0, 15);
	v_qos(&item);
	v_endpoint(&item, core);
	per_int(&p, 1, 1, 256);
	per_align(&p);
	per_bits(&p, 4, 16);
	per_bits(&p, REJECT, 2);
	per_open(&p, per_end(&item));
	per_octets(&p, "\0\0", 2);
	return per_end(&p);
}

struct buf x2_handover_request(uint32_t source, const struct x2_enb *target, const struct ngap_security *k, const struct ngap_tunnel *core)
{
	struct ngap_pdu m;
	struct per g = { 0 }, h = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 0);
	ngap_ie(&m, 10, REJECT, ie_x2_id(source));
	ngap_ie(&m, 5, IGNORE, ie_xap_cause(0, 22, 0, true));
	ngap_ie(&m, 11, REJECT, ie_ecgi(&target->cell));
	per_seq(&g, 0, 1);		/* GUMMEI */
	per_seq(&g, 0, 1);
	v_plmn(&g, target->plmn);
	per_fixed(&g, "\0\1", 2);
	per_fixed(&g, "\1", 1);
	ngap_ie(&m, 23, REJECT, per_end(&g));
	ngap_ie(&m, 14, REJECT, ie_x2_context(k, core));
	per_int(&h, 1, 1, 16);
	per_int_x(&h, 2, 0, 2);		/* a GERAN cell: nothing is said of it */
	per_int_x(&h, 0, 0, 0);
	ngap_ie(&m, 15, IGNORE, per_end(&h));
	return ngap_end(&m);
}

struct buf x2_handover_ack(const struct xap_ids *ids, const struct ngap_tunnel *forward)
{
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_OK, 0);
	ngap_ie(&m, 10, IGNORE, ie_x2_id(ids->a));
	ngap_ie(&m, 9, IGNORE, ie_x2_id(ids->b));
	per_seq(&p, 2, 3);		/* dL-GTP-TunnelEndpoint */
	per_bits(&p, 0, 1);
	per_int(&p, 5, 0, 15);
	v_endpoint(&p, forward);
	ngap_ie(&m, 1, IGNORE, one_bearer(0, per_end(&p)));
	ngap_ie(&m, 12, IGNORE, ie_octets(buf_of("\0\0", 2)));
	return ngap_end(&m);
}
