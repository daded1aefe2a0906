/*
 * AVPs of Diameter that facts carry, and the groups that hold them.  Base protocol RFC 6733 4.5, credit control RFC 8506 8, 3GPP (vendor
 * 10415) TS 29.272, 29.061, 29.212, 29.229.  Codes are each vendor's own; those of other vendors are stepped over, the vendor is told.
 *
 * Subscribers' names and numbers leave as pseudonyms, wherever they stand: a Session-Id or host name may hold one, too.
 */
#include "diameter.h"
#include "tbcd.h"

enum { IDENTITY = 100, ID_LEAST = 5, ID_SURE = 10 };	/* octets of a name that count; digits of an identity that are looked for by themselves, and within more digits */

/* ---- identities: claimed as such and not taken from the cursor, since what is taken the walker claims as read ---- */

static bool digit(uint8_t c) { return c >= '0' && c <= '9'; }

static size_t digits_at(const uint8_t *p, size_t n)
{
	size_t k = 0;

	while (k < n && digit(p[k]))
		k++;
	return k;
}

/*
 * A name of a subscriber: an IMSI by itself or before an @ (TS 23.003 19.3: perhaps with a digit before it that says how it is
 * authenticated), or any other name.
 */
static void put_user(struct layers *l, const uint8_t *p, size_t n)
{
	size_t k = digits_at(p, n);

	layer_mark(l, p, n, MARK_IDENTITY);
	if ((k == 14 || k == 15) && (k == n || p[k] == '@'))
		put_subscriber(l, "imsi", p, k);
	else if (k == 16 && k < n && p[k] == '@')
		put_subscriber(l, "imsi", p + 1, 15);
	else
		put_subscriber(l, "nai", p, n < IDENTITY ? n : IDENTITY);
}

/* A number as text, perhaps with a + before it. */
static void put_number(struct layers *l, const char *kind, const uint8_t *p, size_t n, size_t most)
{
	size_t from = n && p[0] == '+', k = digits_at(p + from, n - from);

	layer_mark(l, p, n, MARK_IDENTITY);
	if (k)
		put_subscriber(l, kind, p + from, k < most ? k : most);
	else
		put_subscriber(l, "other", p, n < IDENTITY ? n : IDENTITY);
}

static void user_name(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	(void)row;
	put_user(w->l, v->p, cur_left(v));
}

static void imsi_text(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	(void)row;
	put_number(w->l, "imsi", v->p, cur_left(v), TBCD_MOST);
}

static void imei_text(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	(void)row;
	put_number(w->l, "imei", v->p, cur_left(v), IMEI_DIGITS);
}

static void msisdn_text(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	(void)row;
	put_number(w->l, "msisdn", v->p, cur_left(v), TBCD_MOST);
}

static void msisdn(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	(void)row;
	put_tbcd(w->l, "msisdn", v, TBCD_MOST);
}

static void public_identity(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	size_t n = cur_left(v);

	(void)row;
	layer_mark(w->l, v->p, n, MARK_IDENTITY);
	put_subscriber(w->l, "uri", v->p, n < IDENTITY ? n : IDENTITY);
}

/* A pair of AVPs inside a group: a number that says of what kind the other's value is. */
struct kind_of { uint32_t type; bool has_type; struct cur value; enum cur_why why; };

static struct kind_of kind_of(struct cur v, uint32_t type_code, uint32_t value_code)
{
	struct kind_of x = { 0, false, { NULL, NULL, false, CUR_OK }, CUR_OK };

	while (cur_left(&v)) {
		struct ie_head h = { 0, 0, 0 };
		struct cur one = diameter_avp(&v, &h);

		if (h.type == type_code && !h.vendor && h.len == 4) {
			x.type = cur_u32(&one);
			x.has_type = true;
		} else if (h.type == value_code && !h.vendor) {
			x.value = one;
		}
	}
	x.why = v.why;
	return x;
}

/* Subscription-Id-Type(450): 0 E.164, 1 IMSI, 2 SIP URI, 3 NAI, 4 private | Subscription-Id-Data(444) */
static void subscription_id(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	enum { TYPE = 450, DATA = 444, E164 = 0, IMSI = 1, NAI = 3, PRIVATE = 4 };
	struct kind_of x = kind_of(*v, TYPE, DATA);
	size_t n = cur_left(&x.value);

	(void)row;
	layer_mark(w->l, v->p, cur_left(v), MARK_SIGNALLING);
	cur_refuse(v, x.why);
	if (x.has_type)
		put_uint(w->put, KEY_DIAMETER_subscription_type, x.type);
	if (!n)
		return;
	layer_mark(w->l, x.value.p, n, MARK_IDENTITY);
	if (!x.has_type || x.type > PRIVATE)
		put_subscriber(w->l, "other", x.value.p, n < IDENTITY ? n : IDENTITY);
	else if (x.type == E164 || x.type == IMSI)
		put_number(w->l, x.type == IMSI ? "imsi" : "msisdn", x.value.p, n, TBCD_MOST);
	else if (x.type == NAI)
		put_user(w->l, x.value.p, n);
	else
		put_subscriber(w->l, x.type == PRIVATE ? "private" : "uri", x.value.p, n < IDENTITY ? n : IDENTITY);
}

/* User-Equipment-Info-Type(459): 0 IMEISV, 1 MAC, 2 EUI-64 ... | User-Equipment-Info-Value(460): an IMEISV as digits or in half octets */
static void equipment(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	enum { TYPE = 459, VALUE = 460, IMEISV = 0, MAC = 1 };
	struct kind_of x = kind_of(*v, TYPE, VALUE);
	size_t n = cur_left(&x.value);

	(void)row;
	layer_mark(w->l, v->p, cur_left(v), MARK_SIGNALLING);
	cur_refuse(v, x.why);
	if (!n)
		return;
	layer_mark(w->l, x.value.p, n, MARK_IDENTITY);
	if (x.has_type && x.type == IMEISV && n <= 8)
		put_tbcd(w->l, "imei", &x.value, IMEI_DIGITS);
	else if (x.has_type && x.type == IMEISV)
		put_number(w->l, "imei", x.value.p, n, IMEI_DIGITS);
	else
		put_subscriber(w->l, x.has_type && x.type == MAC ? "mac" : "other", x.value.p, n < IDENTITY ? n : IDENTITY);
}

/* ---- texts, which may hold an identity ---- */

/*
 * Digits in a row that can be no other number: more than 32 bits have, which RFC 6733 8.8 puts into a Session-Id, and no more than an
 * IMEISV has (numbers of 64 bits are longer); or so many that any number may hide in them.
 */
enum { RUN_LEAST = 11, RUN_MOST = 16, RUN_64_BITS = 20, GROWS = 16 };	/* GROWS: octets by which a pseudonym may be longer */

static const char *kind_of_run(const uint8_t *text, const uint8_t *p, size_t n)
{
	const uint8_t *back = p;

	while (back > text && (back[-1] == '-' || back[-1] == '_' || back[-1] == '=' || back[-1] == ':'))
		back--;
	if (back - text >= 4 && (back[-4] | 32) == 'i' && (back[-3] | 32) == 'm' && (back[-2] | 32) == 's' && (back[-1] | 32) == 'i')
		return "imsi";
	return n == 14 || n == 15 ? "imsi" : "msisdn";
}

/* A time near the packet's, in milliseconds (13 digits) or microseconds (16) since 1970, as some make Session-Ids of. */
static bool is_time(const struct diameter_state *s, const uint8_t *p, size_t n)
{
	const uint64_t near = 400ull * 86400 * 1000, now = s->t_ns / 1000000;
	uint64_t t = 0;

	if (n != 13 && n != 16)
		return false;
	for (size_t i = 0; i < 13; i++)
		t = t * 10 + (p[i] - '0');
	return t + near > now && t < now + near;
}

static bool holds(const uint8_t *p, size_t n, const struct diameter_id *id)
{
	for (size_t i = 0; id->n <= n && i <= n - id->n; i++)
		if (!memcmp(p + i, id->p, id->n))
			return true;
	return false;
}

/* Is in the run of n digits at p what the message itself calls an identity, or is it too long to be anything else? */
static bool named(const struct ie_walk *w, const uint8_t *p, size_t n)
{
	const struct diameter_state *s = layer_state(w->l, &proto_diameter);

	for (unsigned i = 0; n && i < s->n; i++)
		if ((s->id[i].n == n || s->id[i].n >= ID_SURE) && holds(p, n, &s->id[i]))
			return true;
	return n > RUN_64_BITS || (n >= RUN_LEAST && n <= RUN_MOST && !is_time(s, p, n));
}

static void text(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	size_t n = cur_left(v), runs = 0, k = 0, run;
	const uint8_t *p = v->p;
	char *s;

	layer_mark(w->l, p, n, MARK_SIGNALLING);
	for (size_t i = 0; i < n; i += run ? run : 1) {
		run = digits_at(p + i, n - i);
		runs += named(w, p + i, run);
	}
	if (!runs) {
		put_text(w->put, (enum fact_key)row->key, (const char *)p, n);
		return;
	}
	s = layer_mem(w->l, n + runs * GROWS);
	for (size_t i = 0; s && i < n; i += run ? run : 1) {
		const char *name;
		size_t len;

		run = digits_at(p + i, n - i);
		if (!named(w, p + i, run)) {
			len = run ? run : 1;
			memcpy(s + k, p + i, len);
			k += len;
			continue;
		}
		layer_mark(w->l, p + i, run, MARK_IDENTITY);
		name = layer_pseudonym(w->l, kind_of_run(p, p + i, run), p + i, run < TBCD_MOST ? run : TBCD_MOST);
		len = name ? strlen(name) : 0;
		if (len > run + GROWS)
			len = run + GROWS;
		memcpy(s + k, name ? name : "", len);
		k += len;
	}
	if (s)
		put_text(w->put, (enum fact_key)row->key, s, k);
}

/* ---- values ---- */

/* Family(2): 1 IPv4, 2 IPv6 | address (RFC 6733 4.3.1) */
static void host_address(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	uint16_t family = cur_u16(v);

	(void)row;
	if (family == 1)
		put_addr(w->put, KEY_DIAMETER_host_ipv4, cur_take(v, 4), 4);
	else if (family == 2)
		put_addr(w->put, KEY_DIAMETER_host_ipv6, cur_take(v, 16), 16);
}

static void framed_address(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	const uint8_t *p = cur_take(v, 4);

	(void)row;
	put_addr(w->put, KEY_DIAMETER_framed_ipv4, p, 4);
	if (p)
		layer_subscriber(w->l, p, 4);
}

static void visited_plmn(struct ie_walk *w, const struct ie_def *row, struct cur *v) { (void)row; put_plmn(w->l, KEY_DIAMETER_visited_plmn, v); }

/* That a key is there is said, what it is is not. */
static void key(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	(void)row;
	put_bool(w->put, KEY_NGAP_key_present, true);
	layer_mark(w->l, v->p, cur_left(v), MARK_IDENTITY);
}

#define UINT(t, k, what, where) { .type = t, .kind = IE_UINT, .len = 4, .key = KEY_DIAMETER_##k, .name = what, .spec = where }
#define TEXT(t, k, what, where) { .type = t, .kind = IE_HOOK, .hook = text, .key = KEY_DIAMETER_##k, .name = what, .spec = where }
#define HOOK(t, f, what, where) { .type = t, .kind = IE_HOOK, .hook = f, .name = what, .spec = where }
#define OBJECT(t, f, what, where) { .type = t, .kind = IE_OBJECT, .hook = f, .name = what, .spec = where }
#define GROUP(t, what, where) { .type = t, .kind = IE_GROUP, .name = what, .spec = where }

/* In order of code. */
static const struct ie_def base[] = {
	OBJECT(1, user_name, "User-Name", "RFC 6733 8.14"),
	HOOK(8, framed_address, "Framed-IP-Address", "RFC 7155 4.4.10.5.1"),
	TEXT(30, called_station, "Called-Station-Id", "TS 29.061 16.4.7"),
	OBJECT(31, msisdn_text, "Calling-Station-Id", "TS 29.061 16.4.7"),
	HOOK(257, host_address, "Host-IP-Address", "RFC 6733 5.3.5"),
	UINT(258, auth_application, "Auth-Application-Id", "RFC 6733 6.8"),
	UINT(259, acct_application, "Acct-Application-Id", "RFC 6733 6.9"),
	GROUP(260, "Vendor-Specific-Application-Id", "RFC 6733 6.11"),
	TEXT(263, session_id, "Session-Id", "RFC 6733 8.8"),
	TEXT(264, origin_host, "Origin-Host", "RFC 6733 6.3"),
	UINT(265, supported_vendor, "Supported-Vendor-Id", "RFC 6733 5.3.6"),
	UINT(266, vendor_id, "Vendor-Id", "RFC 6733 5.3.3"),
	UINT(267, firmware, "Firmware-Revision", "RFC 6733 5.3.4"),
	UINT(268, result_code, "Result-Code", "RFC 6733 7.1"),
	TEXT(269, product_name, "Product-Name", "RFC 6733 5.3.7"),
	GROUP(279, "Failed-AVP", "RFC 6733 7.5"),
	TEXT(282, route_record, "Route-Record", "RFC 6733 6.7.1"),
	TEXT(283, destination_realm, "Destination-Realm", "RFC 6733 6.6"),
	TEXT(293, destination_host, "Destination-Host", "RFC 6733 6.5"),
	TEXT(296, origin_realm, "Origin-Realm", "RFC 6733 6.4"),
	GROUP(297, "Experimental-Result", "RFC 6733 7.6"),
	UINT(298, experimental_code, "Experimental-Result-Code", "RFC 6733 7.7"),
	UINT(299, inband_security, "Inband-Security-Id", "RFC 6733 6.10"),
	UINT(416, request_type, "CC-Request-Type", "RFC 8506 8.3"),
	OBJECT(443, subscription_id, "Subscription-Id", "RFC 8506 8.46"),
	GROUP(456, "Multiple-Services-Credit-Control", "RFC 8506 8.16"),
	OBJECT(458, equipment, "User-Equipment-Info", "RFC 8506 8.49"),
	TEXT(461, service_context, "Service-Context-Id", "RFC 8506 8.42"),
	HOOK(464, key, "EAP-Master-Session-Key", "RFC 4072 4.1.3"),
};

static const struct ie_def threegpp[] = {
	OBJECT(1, imsi_text, "3GPP-IMSI", "TS 29.061 16.4.7"),
	OBJECT(20, imei_text, "3GPP-IMEISV", "TS 29.061 16.4.7"),
	OBJECT(601, public_identity, "Public-Identity", "TS 29.229 6.3.2"),
	GROUP(612, "SIP-Auth-Data-Item", "TS 29.229 6.3.13"),
	HOOK(625, key, "Confidentiality-Key", "TS 29.229 6.3.27"),
	HOOK(626, key, "Integrity-Key", "TS 29.229 6.3.28"),
	GROUP(628, "Supported-Features", "TS 29.229 6.3.29"),
	GROUP(700, "User-Identity", "TS 29.329 6.3.1"),
	OBJECT(701, msisdn, "MSISDN", "TS 29.329 6.3.2"),
	GROUP(873, "Service-Information", "TS 32.299 7.2.192"),
	GROUP(874, "PS-Information", "TS 32.299 7.2.158"),
	UINT(1032, rat_type, "RAT-Type", "TS 29.212 5.3.31"),
	GROUP(1400, "Subscription-Data", "TS 29.272 7.3.2"),
	GROUP(1401, "Terminal-Information", "TS 29.272 7.3.3"),
	OBJECT(1402, imei_text, "IMEI", "TS 29.272 7.3.4"),
	UINT(1405, ulr_flags, "ULR-Flags", "TS 29.272 7.3.7"),
	HOOK(1407, visited_plmn, "Visited-PLMN-Id", "TS 29.272 7.3.9"),
	GROUP(1413, "Authentication-Info", "TS 29.272 7.3.17"),
	GROUP(1414, "E-UTRAN-Vector", "TS 29.272 7.3.18"),
	GROUP(1415, "UTRAN-Vector", "TS 29.272 7.3.19"),
	GROUP(1416, "GERAN-Vector", "TS 29.272 7.3.20"),
	HOOK(1450, key, "KASME", "TS 29.272 7.3.57"),
	HOOK(1453, key, "Kc", "TS 29.272 7.3.59"),
};

enum { BASE = sizeof(base) / sizeof(base[0]), THREEGPP_ROWS = sizeof(threegpp) / sizeof(threegpp[0]) };

static const struct ie_def *find(const struct ie_head *h)
{
	const struct ie_def *rows = h->vendor ? threegpp : base;
	unsigned lo = 0, hi = h->vendor ? THREEGPP_ROWS : BASE, n = hi;

	if (h->vendor && h->vendor != THREEGPP)
		return NULL;
	while (lo < hi) {
		unsigned mid = (lo + hi) / 2;

		if (rows[mid].type < h->type)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && rows[lo].type == h->type ? &rows[lo] : NULL;
}

const struct ie_def *diameter_row(unsigned i)
{
	return i < BASE ? &base[i] : i - BASE < THREEGPP_ROWS ? &threegpp[i - BASE] : NULL;
}

const struct ie_table diameter_avps = { .head = diameter_head, .find = find, .align = 4 };

/* ---- before the AVPs are read: which digits in it are a subscriber's ---- */

static void note(struct diameter_state *s, struct cur v)
{
	size_t from = cur_peek(&v) == '+', n = cur_left(&v) ? digits_at(v.p + from, cur_left(&v) - from) : 0;

	if (n >= ID_LEAST && s->n < DIAMETER_IDS)
		s->id[s->n++] = (struct diameter_id){ v.p + from, n };
}

void diameter_identities(struct diameter_state *s, struct cur c)
{
	enum { USER_NAME = 1, CALLING_STATION = 31, SUBSCRIPTION_ID = 443, TYPE = 450, DATA = 444 };

	s->n = 0;
	while (cur_left(&c)) {
		struct ie_head h = { 0, 0, 0 };
		struct cur v = diameter_avp(&c, &h);

		if (h.vendor)
			continue;
		if (h.type == USER_NAME || h.type == CALLING_STATION)
			note(s, v);
		else if (h.type == SUBSCRIPTION_ID)
			note(s, kind_of(v, TYPE, DATA).value);
	}
}
