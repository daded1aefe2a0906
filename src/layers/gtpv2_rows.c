/*
 * Information elements of GTPv2-C (TS 29.274 8.1) that facts carry, and the groups that hold them.  Types are the same in all
 * messages.  Where the UE is (86, 168), what it may do and how it is charged are stepped over.
 */
#include "gtpv2.h"
#include "tbcd.h"

#define UINT(t, n, k, m, what, where) [t] = { .type = t, .kind = IE_UINT, .len = n, .key = KEY_GTPV2_##k, .mask = m, .name = what, .spec = "TS 29.274 " where }
#define HOOK(t, f, what, where) [t] = { .type = t, .kind = IE_HOOK, .hook = f, .name = what, .spec = "TS 29.274 " where }
#define OBJECT(t, f, what, where) [t] = { .type = t, .kind = IE_OBJECT, .hook = f, .name = what, .spec = "TS 29.274 " where }
#define GROUP(t, what, where) [t] = { .type = t, .kind = IE_GROUP, .name = what, .spec = "TS 29.274 " where }

enum { IMSI = 1, MEI = 75, MSISDN = 76 };

/* An object of its own, so that its id says whose number it is. */
static void identity(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	put_tbcd(w->l, row->type == IMSI ? "imsi" : row->type == MEI ? "imei" : "msisdn", v, row->type == MEI ? IMEI_DIGITS : TBCD_MOST);
}

static void name(struct ie_walk *w, const struct ie_def *row, struct cur *v) { ie_put_name(w, (enum fact_key)row->key, v); }
static void serving_network(struct ie_walk *w, const struct ie_def *row, struct cur *v) { (void)row; put_plmn(w->l, KEY_GTPV2_serving_network, v); }

/* Octet 1: spare(5) PDN type(3): 1 IPv4, 2 IPv6, 3 both, 4 non-IP, 5 Ethernet | with IPv6: prefix length(1) prefix(16) | IPv4(4) */
static void paa(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	enum { IPV4 = 1, IPV6 = 2, BOTH = 3 };
	uint8_t type = cur_u8(v) & 7;
	const uint8_t *p;

	(void)row;
	if (v->why == CUR_OK)
		put_uint(w->put, KEY_GTPV2_pdn_type, type);
	if (type == IPV6 || type == BOTH) {
		(void)cur_u8(v);
		p = cur_take(v, 16);
		put_addr(w->put, KEY_GTPV2_paa_ipv6, p, 16);
		if (p)
			layer_subscriber(w->l, p, 6);
	}
	if (type == IPV4 || type == BOTH) {
		p = cur_take(v, 4);
		put_addr(w->put, KEY_GTPV2_paa_ipv4, p, 4);
		if (p)
			layer_subscriber(w->l, p, 4);
	}
}

/* Octet 1: V4 V6 interface type(6) | TEID or GRE key(4) | IPv4(4) | IPv6(16) */
static void f_teid(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	enum { V4 = 0x80, V6 = 0x40, TYPE = 0x3f };
	uint8_t flags = cur_u8(v);
	uint32_t teid = cur_u32(v);

	(void)row;
	if (v->why == CUR_OK) {
		put_uint(w->put, KEY_GTPV2_f_teid_interface_type, flags & TYPE);
		put_uint(w->put, KEY_GTPV2_f_teid_gre_key, teid);
	}
	if (flags & V4)
		put_addr(w->put, KEY_GTPV2_f_teid_ipv4, cur_take(v, 4), 4);
	if (flags & V6)
		put_addr(w->put, KEY_GTPV2_f_teid_ipv6, cur_take(v, 16), 16);
}

/* Keys travel in an MM context (CK, IK, K_ASME, Kc): that they are there is said, what they are is not. */
static void mm_context(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	(void)row;
	put_bool(w->put, KEY_NGAP_key_present, true);
	layer_mark(w->l, v->p, cur_left(v), MARK_IDENTITY);
}

static const struct ie_def rows[] = {
	OBJECT(1, identity, "IMSI", "8.3"),
	UINT(2, 1, cause, 0, "Cause", "8.4"),
	UINT(3, 1, rec, 0, "Recovery (Restart Counter)", "8.5"),
	[71] = { .type = 71, .kind = IE_HOOK, .hook = name, .key = KEY_GTPV2_apn, .name = "Access Point Name", .spec = "TS 29.274 8.6" },
	UINT(73, 1, ebi, 0x0f, "EPS Bearer ID", "8.8"),
	OBJECT(75, identity, "Mobile Equipment Identity", "8.10"),
	OBJECT(76, identity, "MSISDN", "8.11"),
	OBJECT(79, paa, "PDN Address Allocation", "8.14"),
	UINT(82, 1, rat_type, 0, "RAT Type", "8.17"),
	HOOK(83, serving_network, "Serving Network", "8.18"),
	OBJECT(87, f_teid, "F-TEID", "8.22"),
	UINT(91, 1, ebi, 0x0f, "S1-U Data Forwarding", "8.25"),
	GROUP(93, "Bearer Context", "8.28"),
	UINT(99, 1, pdn_type, 7, "PDN Type", "8.34"),
	HOOK(103, mm_context, "MM Context (GSM Key and Triplets)", "8.38"),
	HOOK(104, mm_context, "MM Context (UMTS Key, Used Cipher and Quintuplets)", "8.38"),
	HOOK(105, mm_context, "MM Context (GSM Key, Used Cipher and Quintuplets)", "8.38"),
	HOOK(106, mm_context, "MM Context (UMTS Key and Quintuplets)", "8.38"),
	HOOK(107, mm_context, "MM Context (EPS Security Context, Quadruplets and Quintuplets)", "8.38"),
	HOOK(108, mm_context, "MM Context (UMTS Key, Quadruplets and Quintuplets)", "8.38"),
	GROUP(109, "PDN Connection", "8.39"),
	UINT(123, 1, ebi, 0x0f, "Packet Flow ID", "8.55"),
	[136] = { .type = 136, .kind = IE_HOOK, .hook = name, .key = KEY_GTPV2_fqdn, .name = "FQDN", .spec = "TS 29.274 8.66" },
	GROUP(180, "Overload Control Information", "8.1"),
	GROUP(181, "Load Control Information", "8.1"),
	UINT(186, 1, ebi, 0x0f, "Paging and Service Information", "8.112"),
	GROUP(191, "Remote UE Context", "8.1"),
	GROUP(195, "SCEF PDN Connection", "8.1"),
	UINT(255, 2, enterprise_id, 0, "Private Extension", "8.67"),
};

/* Type(1) length(2) spare(4) instance(4) */
static void head(struct cur *c, struct ie_head *h)
{
	h->type = cur_u8(c);
	h->len = cur_u16(c);
	(void)cur_u8(c);
}

const struct ie_table gtpv2_ies = { .row = rows, .n = sizeof(rows) / sizeof(rows[0]), .head = head };
