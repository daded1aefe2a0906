/*
 * SNMP (RFC 1157, RFC 1901, RFC 3412), UDP 161 and 162 and on any port by its first octets.
 *   1, 2c: SEQUENCE { version, community, PDU }
 *   3: SEQUENCE { version, SEQUENCE { id, size, flags, model }, OCTET STRING { engine, ... }, scoped PDU or OCTET STRING }
 *   PDU: request id, error status, error index, SEQUENCE of SEQUENCE { name, value };  of version 1's Trap: enterprise, ...
 * The community and the user's name are not kept: only of which kind the community is.  Of the variables sysObjectID, sysDescr and
 * sysName are read (RFC 3418).
 */
#include "ber.h"

#include <stdio.h>

enum { GET = 0, TRAP1 = 4, REPORT = 8, ARCS = 32, VARIABLES = 512 };

static const struct cover_row understood[] = {
	{ "PDU", 0, "GetRequest", "RFC 3416 3" }, { "PDU", 1, "GetNextRequest", "RFC 3416 3" }, { "PDU", 2, "Response", "RFC 3416 3" },
	{ "PDU", 3, "SetRequest", "RFC 3416 3" }, { "PDU", 4, "Trap (version 1)", "RFC 1157 4.1.6" }, { "PDU", 5, "GetBulkRequest", "RFC 3416 3" },
	{ "PDU", 6, "InformRequest", "RFC 3416 3" }, { "PDU", 7, "SNMPv2-Trap", "RFC 3416 3" }, { "PDU", 8, "Report", "RFC 3416 3" },
	{ "variable", 1, "sysDescr", "RFC 3418" }, { "variable", 2, "sysObjectID", "RFC 3418" }, { "variable", 5, "sysName", "RFC 3418" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

/* An OBJECT IDENTIFIER's dotted text; a longer one than names have is left out. */
static void put_oid(struct layers *l, enum fact_key key, struct cur *v)
{
	char *s = layer_mem(l, ARCS * 11), *at = s;
	const uint8_t *from = v->p;
	uint64_t x = 0;
	unsigned n = 0;

	while (s && cur_left(v) && n < ARCS - 1) {
		uint8_t b = cur_u8(v);

		x = x << 7 | (b & 0x7f);
		if (x > UINT32_MAX)
			return;
		if (b & 0x80)
			continue;
		if (!n++) {
			uint64_t first = x < 80 ? x / 40 : 2;

			at += snprintf(at, 16, "%u.%u", (unsigned)first, (unsigned)(x - first * 40));
		} else {
			at += snprintf(at, 12, ".%u", (unsigned)x);
		}
		x = 0;
	}
	layer_read(l, from, v);
	if (s && n && !cur_left(v))
		put_text(layer_put(l), key, s, (size_t)(at - s));
}

static void variable(struct layers *l, struct cur *pair)
{
	static const uint8_t system[] = { 0x2b, 6, 1, 2, 1, 1 };		/* 1.3.6.1.2.1.1 */
	struct cur name = ber_take(l, pair, BER_OID), value;
	uint8_t tag, which;

	layer_mark(l, name.p, (size_t)(name.end - name.p), MARK_SIGNALLING);
	value = ber_next(l, pair, &tag);
	if (pair->why != CUR_OK || name.end - name.p != 8 || memcmp(name.p, system, sizeof(system)) || name.p[7])
		return;
	which = name.p[6];
	if (which == 2 && tag == BER_OID) {
		put_oid(l, KEY_SNMP_sysObjectID, &value);
	} else if ((which == 1 || which == 5) && tag == BER_OCTETS) {
		layer_mark(l, value.p, cur_left(&value), MARK_SIGNALLING);
		put_text(layer_put(l), which == 1 ? KEY_SNMP_sysDescr : KEY_SNMP_sysName, (const char *)value.p, cur_left(&value));
	}
}

static void pdu(struct layers *l, struct cur *c, uint8_t type)
{
	struct cur v, list;
	uint32_t request;
	uint8_t tag;

	if (type == TRAP1) {
		v = ber_take(l, c, BER_OID);
		if (c->why == CUR_OK)
			put_oid(l, KEY_SNMP_enterprise, &v);
		for (int i = 0; i < 4; i++)		/* agent's address, generic and specific trap, time */
			(void)ber_next(l, c, &tag);
	} else {
		v = ber_take(l, c, BER_INTEGER);
		request = c->why == CUR_OK ? (uint32_t)ber_int(l, &v) : 0;
		cur_refuse(c, v.why);
		if (c->why == CUR_OK)
			put_uint(layer_put(l), KEY_SNMP_request, request);
		(void)ber_take(l, c, BER_INTEGER);
		(void)ber_take(l, c, BER_INTEGER);
	}
	list = ber_take(l, c, BER_SEQUENCE);
	for (unsigned i = 0; i < VARIABLES && list.why == CUR_OK && cur_left(&list); i++) {
		v = ber_take(l, &list, BER_SEQUENCE);
		variable(l, &v);
		cur_refuse(&list, v.why);
	}
	if (cur_left(&list))
		cur_refuse(&list, CUR_LIMIT);
	cur_refuse(c, list.why);
}

static void any_pdu(struct layers *l, struct cur *c)
{
	uint8_t tag;
	struct cur v = ber_next(l, c, &tag);

	if (c->why == CUR_OK && (tag < 0xa0 || tag > 0xa0 + REPORT))
		cur_refuse(c, CUR_VALUE);
	if (v.p == v.end && c->why != CUR_OK)
		return;
	put_uint(layer_put(l), KEY_SNMP_data, tag & 31);
	pdu(l, &v, tag & 31);
	cur_refuse(c, v.why);
}

/* What everybody tries first (CWE-1392), or something else: never which. */
static const char *community_class(const struct cur *v)
{
	size_t n = (size_t)(v->end - v->p);

	if (!n)
		return "empty";
	return (n == 6 && !memcmp(v->p, "public", 6)) || (n == 7 && !memcmp(v->p, "private", 7)) ? "default" : "other";
}

/* An engine's id: its first four octets name the maker (RFC 3411 5). */
static void engine(struct layers *l, struct cur *id)
{
	const uint8_t *from = id->p;
	uint32_t number;

	if (cur_left(id) < 5)
		return;
	number = cur_u32(id);
	layer_read(l, from, id);
	put_uint(layer_put(l), KEY_SNMP_engine, number & 0x7fffffff);
}

static void security_parameters(struct layers *l, struct cur *security)
{
	struct cur seq = ber_take(l, security, BER_SEQUENCE), id = ber_take(l, &seq, BER_OCTETS), user;

	if (seq.why == CUR_OK)
		engine(l, &id);
	(void)ber_take(l, &seq, BER_INTEGER);
	(void)ber_take(l, &seq, BER_INTEGER);
	user = ber_take(l, &seq, BER_OCTETS);
	layer_mark(l, user.p, (size_t)(user.end - user.p), MARK_IDENTITY);
	cur_refuse(security, seq.why);
}

static enum outcome version3(struct layers *l, struct cur *c)
{
	struct cur global = ber_take(l, c, BER_SEQUENCE), v, security;
	uint8_t flags = 0, tag;

	(void)ber_take(l, &global, BER_INTEGER);
	(void)ber_take(l, &global, BER_INTEGER);
	v = ber_take(l, &global, BER_OCTETS);
	if (global.why == CUR_OK) {
		flags = cur_u8(&v);
		layer_mark(l, v.p - 1, 1, MARK_SIGNALLING);
		put_bool(layer_put(l), KEY_SNMP_auth, flags & 1);
		put_bool(layer_put(l), KEY_SNMP_crypt, flags & 2);
	}
	cur_refuse(c, global.why);
	security = ber_take(l, c, BER_OCTETS);
	if (c->why == CUR_OK)
		security_parameters(l, &security);
	cur_refuse(c, security.why);
	v = ber_next(l, c, &tag);
	if (c->why != CUR_OK || tag == BER_OCTETS)
		return OUT_ENCRYPTED;
	security = ber_take(l, &v, BER_OCTETS);		/* context engine and name */
	if (v.why == CUR_OK)
		engine(l, &security);
	(void)ber_take(l, &v, BER_OCTETS);
	any_pdu(l, &v);
	cur_refuse(c, v.why);
	return OUT_OK;
}

/* The front of a message of n octets: an outer sequence that fills it, a version that there is, and what has to follow it. */
static bool is_head(const uint8_t *p, size_t got, size_t n, uint8_t *version)
{
	struct cur c = cur_make(p, got, true);
	size_t len;

	if (cur_u8(&c) != BER_SEQUENCE)
		return false;
	len = ber_length(&c);
	if (cur_left(&c) < 4 || (size_t)(c.p - p) + len != n || c.p[0] != BER_INTEGER || c.p[1] != 1)
		return false;
	*version = c.p[2];
	return *version == 3 ? c.p[3] == BER_SEQUENCE : *version < 2 && c.p[3] == BER_OCTETS;
}

/* On a port that is no SNMP port the community's end and the PDU's tag are looked at too. */
static bool begins(const struct opening *o)
{
	struct cur c = cur_make(o->p, o->n, o->n < o->claim), v;
	uint8_t version;
	size_t n;

	if (!is_head(o->p, o->n, o->claim, &version))
		return false;
	(void)cur_u8(&c);
	(void)ber_length(&c);
	(void)cur_take(&c, 4);
	n = ber_length(&c);
	v = cur_sub(&c, n);
	if (version == 3)
		return c.why == CUR_OK && n > 8 && n < 32 && v.p[0] == BER_INTEGER && cur_peek(&c) == BER_OCTETS;
	if (c.why != CUR_OK || n > 64 || cur_peek(&c) < 0xa0 || cur_peek(&c) > 0xa0 + REPORT)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((v.p[i] && v.p[i] < 32) || v.p[i] > 126)		/* 0: masked */
			return false;
	(void)cur_u8(&c);
	n = ber_length(&c);
	return c.why == CUR_OK && (size_t)(c.p - o->p) + n == o->claim;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur, whole, v;
	enum outcome other = OUT_OK;
	uint8_t version;
	struct fact *f;

	if (!is_head(c.p, cur_left(&c), c.cut ? m->pkt->l4claim - 8u : cur_left(&c), &version))
		return false;
	f = layer_begin(l, m, FACT_SNMP);
	whole = ber_take(l, &c, BER_SEQUENCE);
	v = ber_take(l, &whole, BER_INTEGER);
	layer_mark(l, v.p, 1, MARK_SIGNALLING);
	put_uint(layer_put(l), version == 3 ? KEY_SNMP_msgVersion : KEY_SNMP_version, version);
	if (version == 3) {
		other = version3(l, &whole);
	} else {
		v = ber_take(l, &whole, BER_OCTETS);
		if (whole.why == CUR_OK) {
			const char *class = community_class(&v);

			layer_mark(l, v.p, (size_t)(v.end - v.p), MARK_IDENTITY);
			if (!layer_masked(l))
				put_text(layer_put(l), KEY_SNMP_community, class, strlen(class));
			any_pdu(l, &whole);
		}
	}
	cur_refuse(&c, whole.why);
	layer_emit(l, f, &c, other);
	return true;
}

const struct proto proto_snmp = {
	.name = "snmp", .title = "Simple Network Management Protocol", .spec = "RFC 3411", .udp = { 161, 162 }, .kind = FACT_SNMP, .read = read_message,
	.begins = begins, .first = "\x30", .nfirst = 1, .datagrams = true, .cover = cover, .personal = true,
};
