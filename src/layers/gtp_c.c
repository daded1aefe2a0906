/*
 * GTPv1-C (Gn, Gp, Iu-PS relocation; UDP 2123).  TS 29.060: header 6, messages 7.1, elements 7.7.
 *   octet 1 version(3)=1 PT=1 spare=0 E S PN | 2 type | 3-4 length of what follows octet 8 | 5-8 TEID
 *   with E, S or PN: sequence(2) N-PDU number(1) next extension type(1), extension headers
 */
#include "gtp_c.h"

#include "gtp.h"
#include "ie.h"
#include "tbcd.h"

enum { FLAG_SPARE = 8, FLAG_S = 2, FIXED = 8, IMSI = 2, MSISDN = 134, IMEISV = 154 };

static const struct cover_row messages[] = {		/* Echo (1, 2) and 31 are those of the user plane, too: gtp.c */
	{ "message", 3, "Version Not Supported", "TS 29.060 7.2.3" },
	{ "message", 16, "Create PDP Context Request", "TS 29.060 7.3.1" },
	{ "message", 17, "Create PDP Context Response", "TS 29.060 7.3.2" },
	{ "message", 18, "Update PDP Context Request", "TS 29.060 7.3.3" },
	{ "message", 19, "Update PDP Context Response", "TS 29.060 7.3.4" },
	{ "message", 20, "Delete PDP Context Request", "TS 29.060 7.3.5" },
	{ "message", 21, "Delete PDP Context Response", "TS 29.060 7.3.6" },
	{ "message", 22, "Initiate PDP Context Activation Request", "TS 29.060 7.1" },
	{ "message", 23, "Initiate PDP Context Activation Response", "TS 29.060 7.1" },
	{ "message", 27, "PDU Notification Request", "TS 29.060 7.3.8" },
	{ "message", 28, "PDU Notification Response", "TS 29.060 7.3.9" },
	{ "message", 29, "PDU Notification Reject Request", "TS 29.060 7.3.10" },
	{ "message", 30, "PDU Notification Reject Response", "TS 29.060 7.3.11" },
	{ "message", 32, "Send Routeing Information for GPRS Request", "TS 29.060 7.4.1" },
	{ "message", 33, "Send Routeing Information for GPRS Response", "TS 29.060 7.4.2" },
	{ "message", 34, "Failure Report Request", "TS 29.060 7.4.3" },
	{ "message", 35, "Failure Report Response", "TS 29.060 7.4.4" },
	{ "message", 36, "Note MS GPRS Present Request", "TS 29.060 7.4.5" },
	{ "message", 37, "Note MS GPRS Present Response", "TS 29.060 7.4.6" },
	{ "message", 48, "Identification Request", "TS 29.060 7.5.1" },
	{ "message", 49, "Identification Response", "TS 29.060 7.5.2" },
	{ "message", 50, "SGSN Context Request", "TS 29.060 7.5.3" },
	{ "message", 51, "SGSN Context Response", "TS 29.060 7.5.4" },
	{ "message", 52, "SGSN Context Acknowledge", "TS 29.060 7.5.5" },
	{ "message", 53, "Forward Relocation Request", "TS 29.060 7.5.6" },
	{ "message", 54, "Forward Relocation Response", "TS 29.060 7.5.7" },
	{ "message", 55, "Forward Relocation Complete", "TS 29.060 7.5.8" },
	{ "message", 56, "Relocation Cancel Request", "TS 29.060 7.5.9" },
	{ "message", 57, "Relocation Cancel Response", "TS 29.060 7.5.10" },
	{ "message", 58, "Forward SRNS Context", "TS 29.060 7.5.13" },
	{ "message", 59, "Forward Relocation Complete Acknowledge", "TS 29.060 7.5.11" },
	{ "message", 60, "Forward SRNS Context Acknowledge", "TS 29.060 7.5.12" },
	{ "message", 61, "UE Registration Query Request", "TS 29.060 7.1" },
	{ "message", 62, "UE Registration Query Response", "TS 29.060 7.1" },
	{ "message", 70, "RAN Information Relay", "TS 29.060 7.1" },
	{ "message", 96, "MBMS Notification Request", "TS 29.060 7.1" },
	{ "message", 97, "MBMS Notification Response", "TS 29.060 7.1" },
	{ "message", 98, "MBMS Notification Reject Request", "TS 29.060 7.1" },
	{ "message", 99, "MBMS Notification Reject Response", "TS 29.060 7.1" },
	{ "message", 100, "Create MBMS Context Request", "TS 29.060 7.1" },
	{ "message", 101, "Create MBMS Context Response", "TS 29.060 7.1" },
	{ "message", 102, "Update MBMS Context Request", "TS 29.060 7.1" },
	{ "message", 103, "Update MBMS Context Response", "TS 29.060 7.1" },
	{ "message", 104, "Delete MBMS Context Request", "TS 29.060 7.1" },
	{ "message", 105, "Delete MBMS Context Response", "TS 29.060 7.1" },
	{ "message", 112, "MBMS Registration Request", "TS 29.060 7.1" },
	{ "message", 113, "MBMS Registration Response", "TS 29.060 7.1" },
	{ "message", 114, "MBMS De-Registration Request", "TS 29.060 7.1" },
	{ "message", 115, "MBMS De-Registration Response", "TS 29.060 7.1" },
	{ "message", 116, "MBMS Session Start Request", "TS 29.060 7.1" },
	{ "message", 117, "MBMS Session Start Response", "TS 29.060 7.1" },
	{ "message", 118, "MBMS Session Stop Request", "TS 29.060 7.1" },
	{ "message", 119, "MBMS Session Stop Response", "TS 29.060 7.1" },
	{ "message", 120, "MBMS Session Update Request", "TS 29.060 7.1" },
	{ "message", 121, "MBMS Session Update Response", "TS 29.060 7.1" },
	{ "message", 128, "MS Info Change Notification Request", "TS 29.060 7.1" },
	{ "message", 129, "MS Info Change Notification Response", "TS 29.060 7.1" },
};
enum { MESSAGES = sizeof(messages) / sizeof(messages[0]) };

/* An object of its own, so that its id says whose number it is.  Of an MSISDN the first octet says what kind of number follows. */
static void identity(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	if (row->type == MSISDN)
		(void)cur_u8(v);
	put_tbcd(w->l, row->type == IMSI ? "imsi" : row->type == MSISDN ? "msisdn" : "imei", v, row->type == IMEISV ? IMEI_DIGITS : TBCD_MOST);
}

/* Octet 1: spare(4) organization(4): 0 ETSI, 1 IETF | type: 0x21 IPv4, 0x57 IPv6, 0x8d both | addresses, as far as assigned */
static void end_user(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	enum { IETF = 1, IPV4 = 0x21, IPV6 = 0x57, BOTH = 0x8d };
	uint8_t organization = cur_u8(v) & 15, type = cur_u8(v);
	const uint8_t *p;

	(void)row;
	if (v->why != CUR_OK || organization != IETF)
		return;
	if ((type == IPV4 || type == BOTH) && cur_left(v) >= 4 && cur_left(v) != 16) {
		p = cur_take(v, 4);
		put_addr(w->put, KEY_GTP_user_ipv4, p, 4);
		layer_subscriber(w->l, p, 4);
	}
	if ((type == IPV6 || type == BOTH) && cur_left(v) >= 16) {
		p = cur_take(v, 16);
		put_addr(w->put, KEY_GTP_user_ipv6, p, 16);
		layer_subscriber(w->l, p, 6);
	}
}

static void apn(struct ie_walk *w, const struct ie_def *row, struct cur *v) { (void)row; ie_put_name(w, KEY_GTP_apn, v); }

static void gsn(struct ie_walk *w, const struct ie_def *row, struct cur *v) { (void)row; ie_put_address(w, KEY_GTP_peer_ipv4, KEY_GTP_peer_ipv6, v); }

/* Vectors and contexts that hold keys: that they are there is said, what they are is not. */
static void keys(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	(void)row;
	put_bool(w->put, KEY_NGAP_key_present, true);
	layer_mark(w->l, v->p, cur_left(v), MARK_IDENTITY);
}

/*
 * A context that one SGSN hands to another: flags(4) NSAPI(4) | SAPI(1) | three QoS profiles, each with its length | 6 octets | uplink
 * TEIDs: control(4) data(4) | context id(1) | PDP type(2) | with a length(1) each: PDP address, GGSN's for control, for user traffic, APN
 */
static void pdp_context(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	static const enum fact_key gsn_keys[] = { KEY_GTP_ggsn_control, KEY_GTP_ggsn_user };
	uint8_t nsapi = cur_u8(v) & 15, n;
	uint32_t control, data;
	const uint8_t *p;
	struct cur name;

	(void)row;
	(void)cur_u8(v);
	for (int i = 0; i < 3; i++)
		(void)cur_take(v, cur_u8(v));
	(void)cur_take(v, 6);
	control = cur_u32(v);
	data = cur_u32(v);
	(void)cur_take(v, 3);
	n = cur_u8(v);
	p = cur_take(v, n);
	if (v->why != CUR_OK)
		return;
	if (n == 4 || n == 16)
		layer_subscriber(w->l, p, n == 4 ? 4 : 6);
	put_uint(w->put, KEY_GTP_nsapi, nsapi);
	put_uint(w->put, KEY_GTP_uplink_teid_cp, control);
	put_uint(w->put, KEY_GTP_uplink_teid_data, data);
	for (int i = 0; i < 2; i++) {
		n = cur_u8(v);
		p = cur_take(v, n);
		if (n == 4)
			put_addr(w->put, gsn_keys[i], p, 4);
	}
	n = cur_u8(v);
	name = cur_sub(v, n);
	ie_put_name(w, KEY_GTP_apn, &name);
}

/* NSAPI in the low bits of the first octet, a TEID behind it unless there is no bearer to be set up. */
static void bearer(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	uint8_t nsapi = cur_u8(v) & 15;
	uint32_t teid;

	if (v->why == CUR_OK)
		put_uint(w->put, KEY_GTP_nsapi, nsapi);
	if (!cur_left(v) && !v->cut)
		return;
	teid = cur_u32(v);
	if (v->why == CUR_OK)
		put_uint(w->put, (enum fact_key)row->key, teid);
}

#define UINT(t, n, k, m, what, where) [t] = { .type = t, .kind = IE_UINT, .len = n, .key = KEY_GTP_##k, .mask = m, .name = what, .spec = "TS 29.060 " where }
#define HOOK(t, f, what, where) [t] = { .type = t, .kind = IE_HOOK, .hook = f, .name = what, .spec = "TS 29.060 " where }
#define BEARER(t, k, what, where) [t] = { .type = t, .kind = IE_OBJECT, .hook = bearer, .key = KEY_GTP_##k, .name = what, .spec = "TS 29.060 " where }
#define OBJECT(t, f, what, where) [t] = { .type = t, .kind = IE_OBJECT, .hook = f, .name = what, .spec = "TS 29.060 " where }

static const struct ie_def rows[] = {
	UINT(1, 1, cause, 0, "Cause", "7.7.1"),
	OBJECT(2, identity, "IMSI", "7.7.2"),
	HOOK(9, keys, "Authentication Triplet", "7.7.7"),
	UINT(14, 1, recovery, 0, "Recovery", "7.7.11"),
	UINT(16, 4, teid_data, 0, "Tunnel Endpoint Identifier Data I", "7.7.13"),
	UINT(17, 4, teid_cp, 0, "Tunnel Endpoint Identifier Control Plane", "7.7.14"),
	BEARER(18, teid_ii, "Tunnel Endpoint Identifier Data II", "7.7.15"),
	UINT(20, 1, nsapi, 15, "NSAPI", "7.7.17"),
	UINT(25, 1, nsapi, 15, "Packet Flow Id", "7.7.22"),
	HOOK(128, end_user, "End User Address", "7.7.27"),
	HOOK(129, keys, "MM Context", "7.7.28"),
	OBJECT(130, pdp_context, "PDP Context", "7.7.29"),
	HOOK(131, apn, "Access Point Name", "7.7.30"),
	HOOK(133, gsn, "GSN Address", "7.7.32"),
	OBJECT(134, identity, "MSISDN", "7.7.33"),
	HOOK(136, keys, "Authentication Quintuplet", "7.7.35"),
	BEARER(140, teid_data, "RAB Setup Information", "7.7.39"),
	BEARER(146, teid, "Additional RAB Setup Information", "7.7.45"),
	UINT(151, 1, rat_type, 0, "RAT Type", "7.7.50"),
	OBJECT(154, identity, "IMEI(SV)", "7.7.53"),
	UINT(255, 2, ext_id, 0, "Private Extension", "7.7.46"),
};

/* Elements below 128 have a fixed length that the type alone tells (7.7.0); of an unknown one nobody knows where it ends. */
static void head(struct cur *c, struct ie_head *h)
{
	enum { EXTENSION_LIST = 141 };
	static const uint8_t fixed[128] = {
		[1] = 1, [2] = 8, [3] = 6, [4] = 4, [5] = 4, [6] = 3, [8] = 1, [9] = 28, [11] = 1, [12] = 3, [13] = 1, [14] = 1, [15] = 1, [16] = 4,
		[17] = 4, [18] = 5, [19] = 1, [20] = 1, [21] = 1, [22] = 9, [23] = 1, [24] = 1, [25] = 2, [26] = 2, [27] = 2, [28] = 2, [29] = 1,
		[127] = 4,
	};

	h->type = cur_u8(c);
	h->len = 0;
	if (h->type == EXTENSION_LIST)
		h->len = cur_u8(c);
	else if (h->type >= 128)
		h->len = cur_u16(c);
	else if (!(h->len = fixed[h->type]))
		cur_refuse(c, CUR_VALUE);
}

static const struct ie_table ies = { .row = rows, .n = sizeof(rows) / sizeof(rows[0]), .head = head };

static bool known(uint8_t type)
{
	enum { ECHO_REQUEST = 1, ECHO_RESPONSE = 2, EXTENSIONS = 31 };

	for (unsigned i = 0; i < MESSAGES; i++)
		if (messages[i].id == type)
			return true;
	return type == ECHO_REQUEST || type == ECHO_RESPONSE || type == EXTENSIONS;
}

bool gtpv1c_read(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur, body;
	uint32_t n = (uint32_t)cur_left(&c), at, end;
	const uint8_t *p = c.p;
	struct fact *f;
	struct put *o;
	bool exact;

	if (n < FIXED || p[0] & FLAG_SPARE || !known(p[1]) || !gtpu_head(p, n, UINT32_MAX, &at, &end))
		return false;
	exact = c.cut ? end > n : end == n;
	body = cur_sub(&c, end);
	(void)cur_take(&body, at);
	layer_read(l, p, &body);
	f = layer_begin(l, m, FACT_GTP);
	o = layer_put(l);
	put_uint(o, KEY_GTP_message, p[1]);
	put_uint(o, KEY_GTP_teid, (uint32_t)p[4] << 24 | (uint32_t)p[5] << 16 | (uint32_t)p[6] << 8 | p[7]);
	if (p[0] & FLAG_S)
		put_uint(o, KEY_GTP_seq, (uint64_t)(p[8] << 8 | p[9]));
	ie_read(l, &ies, &body);
	if (!exact && (body.why != CUR_OK || at == n)) {
		layer_mark(l, p, n, MARK_UNREAD);
		return false;			/* neither ends where UDP does nor holds together */
	}
	cur_refuse(&body, c.why);
	layer_emit(l, f, &body, OUT_OK);
	return true;
}

bool gtpv1c_cover(unsigned i, struct cover_row *row)
{
	return ie_cover(messages, MESSAGES, &ies, i, row);
}
