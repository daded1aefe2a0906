/*
 * LDAP (RFC 4511) on TCP port 389 by any message, and on any port by a bind or an extended request.
 *   SEQUENCE { message id, [APPLICATION n] operation, ... }
 *   bind request: version, name, [0] password or [3] SEQUENCE { mechanism, ... }      extended request: [0] object id, ...
 * Neither names nor passwords are kept: that there is a password is.
 */
#include "ber.h"
#include "tls.h"

enum { PORT = 389, BIND = 0, BIND_RESPONSE = 1, EXTENDED = 23, EXTENDED_RESPONSE = 24, OPERATIONS = 25, MESSAGE_MAX = 1 << 24 };

static const struct cover_row understood[] = {
	{ "operation", BIND, "Bind request", "RFC 4511 4.2" },
	{ "operation", BIND_RESPONSE, "Bind response", "RFC 4511 4.2.2" },
	{ "operation", EXTENDED, "Extended request", "RFC 4511 4.12" },
	{ "operation", EXTENDED_RESPONSE, "Extended response", "RFC 4511 4.12" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

/* Is there an LDAP message at the front of n octets?  *size: all of it.  tag: its operation's. */
static bool is_head(const uint8_t *p, size_t n, size_t *size, uint8_t *tag)
{
	struct cur c = cur_make(p, n, true), id;
	size_t len;

	*size = 0;
	if (cur_u8(&c) != BER_SEQUENCE)
		return false;
	len = ber_length(&c);
	if (c.why != CUR_OK)
		return c.why == CUR_CUT;		/* not all there yet */
	*size = (size_t)(c.p - p) + len;
	if (len < 5 || len > MESSAGE_MAX || (cur_left(&c) && cur_u8(&c) != BER_INTEGER))
		return false;
	len = ber_length(&c);
	id = cur_sub(&c, len);
	*tag = cur_u8(&c);
	if (c.why == CUR_CUT) {
		*size = 0;
		return true;
	}
	return len >= 1 && len <= 4 && id.p[0] < 0x80 && (*tag & 0xc0) == 0x40 && (*tag & 31) <= OPERATIONS;
}

static bool begins(const struct opening *o)
{
	static const uint8_t version[] = { 2, 1, 3, 4 };		/* INTEGER 3, then the name's tag */
	struct cur c;
	uint8_t tag;
	size_t size;

	if (!is_head(o->p, o->n, &size, &tag) || !size || size > o->claim)
		return false;
	if (o->pkt->sport == PORT || o->pkt->dport == PORT)
		return true;
	c = cur_make(o->p, o->n, true);
	(void)cur_u8(&c);
	(void)ber_length(&c);
	(void)cur_u8(&c);
	(void)cur_take(&c, ber_length(&c));
	(void)cur_u8(&c);
	(void)ber_length(&c);
	if (tag == (0x60 | EXTENDED))
		return cur_left(&c) >= 12 && c.p[0] == 0x80 && c.p[1] >= 8 && !memcmp(c.p + 2, "1.3.6.1.", 8);
	return tag == (0x60 | BIND) && cur_left(&c) >= 4 && !memcmp(c.p, version, 4);
}

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	size_t have = cur_left(&m->cur);
	uint8_t tag = 0;

	if (have < 7) {
		*n = have;
		return STREAM_MORE;
	}
	if (tls_front(m->cur.p, have))
		return proto_tls.stream(l, m, gap, n);
	if (!is_head(m->cur.p, have, n, &tag)) {
		*n = have;
		return gap ? STREAM_SKIP : STREAM_STOP;
	}
	return *n ? STREAM_UNIT : STREAM_MORE;
}

/* The number that has to come next; one of no octets, or too many, is trouble and no value. */
static void put_number(struct layers *l, struct cur *c, uint8_t tag, enum fact_key key)
{
	struct cur v = ber_take(l, c, tag);
	int64_t x = c->why == CUR_OK ? ber_int(l, &v) : 0;

	cur_refuse(c, v.why);
	if (c->why == CUR_OK)
		put_uint(layer_put(l), key, (uint64_t)x);
}

static void bind_request(struct layers *l, struct cur *c)
{
	struct cur v;
	uint8_t tag;

	put_number(l, c, BER_INTEGER, KEY_LDAP_version);
	(void)ber_take(l, c, BER_OCTETS);
	v = ber_next(l, c, &tag);
	if (v.p == v.end && c->why != CUR_OK)
		return;
	put_uint(layer_put(l), KEY_LDAP_authentication, tag & 31);
	if ((tag & 31) == 0) {
		layer_mark(l, v.p, (size_t)(v.end - v.p), MARK_IDENTITY);
		put_bool(layer_put(l), KEY_LDAP_password, v.end > v.p);
	}
}

static void extended(struct layers *l, struct cur *c)
{
	struct cur v = ber_take(l, c, 0x80);

	if (c->why != CUR_OK)
		return;
	layer_mark(l, v.p, cur_left(&v), MARK_SIGNALLING);
	put_text(layer_put(l), KEY_LDAP_request, (const char *)v.p, cur_left(&v));
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur, whole, v;
	struct fact *f;
	uint8_t tag = 0;
	size_t size;

	if (tls_front(c.p, cur_left(&c)))
		return proto_tls.read(l, m);
	if (!is_head(c.p, cur_left(&c), &size, &tag) || !size)
		return false;
	f = layer_begin(l, m, FACT_LDAP);
	whole = ber_take(l, &c, BER_SEQUENCE);
	v = ber_take(l, &whole, BER_INTEGER);
	put_uint(layer_put(l), KEY_LDAP_id, (uint64_t)ber_int(l, &v));
	v = ber_next(l, &whole, &tag);
	put_uint(layer_put(l), KEY_LDAP_operation, tag & 31);
	switch (tag & 31) {
	case BIND: bind_request(l, &v); break;
	case BIND_RESPONSE:
	case EXTENDED_RESPONSE: put_number(l, &v, BER_ENUMERATED, KEY_LDAP_result); break;
	case EXTENDED: extended(l, &v); break;
	default: break;
	}
	cur_refuse(&whole, v.why);
	cur_refuse(&c, whole.why);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_ldap = {
	.name = "ldap", .title = "Lightweight Directory Access Protocol", .spec = "RFC 4511", .kind = FACT_LDAP, .read = read_message,
	.stream = stream, .begins = begins, .first = "\x30", .nfirst = 1, .cover = cover, .personal = true,
};
