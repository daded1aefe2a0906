/*
 * MySQL and its kin, on any TCP port by the server's greeting (MySQL Internals, Protocol::HandshakeV10).
 *   length(3, little-endian) sequence(1) = 0 | protocol(1) = 10 version, zero octet | thread(4) salt(8) 0 capabilities(2, little-endian)
 * The greeting alone is read.
 */
#include "tls.h"

static const struct cover_row understood[] = {
	{ "message", 10, "Handshake version 10", "MySQL Internals: Protocol::HandshakeV10" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

enum { SSL_REQUEST = 36, HEAD = 4, REST = 15, VERSION = 64, CAN_TLS = 0x0800 };

/* The version's length; 0: no greeting of n octets in all. */
static size_t version(const uint8_t *p, size_t got, size_t n)
{
	size_t len, k = 0;

	if (got < HEAD + 8 || p[3] || p[4] != 10)
		return 0;
	len = p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16;
	if (len < 30 || len > 400 || len + HEAD != n)
		return 0;
	while (HEAD + 1 + k < got && k < VERSION && p[HEAD + 1 + k] > 32 && p[HEAD + 1 + k] < 127)
		k++;
	return k >= 3 && k < VERSION && p[HEAD + 1] >= '0' && p[HEAD + 1] <= '9' && HEAD + 1 + k < got && !p[HEAD + 1 + k] && HEAD + 2 + k + REST <= got ? k : 0;
}

static bool begins(const struct opening *o)
{
	return version(o->p, o->n, o->claim) != 0;
}

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	size_t have = *n = cur_left(&m->cur);

	if (tls_front(m->cur.p, have))
		return proto_tls.stream(l, m, gap, n);
	if (have >= SSL_REQUEST && !memcmp(m->cur.p, "\x20\0\0\1", 4)) {		/* a client's SSLRequest: TLS comes next */
		layer_mark(l, m->cur.p, 4, MARK_SIGNALLING);
		*n = SSL_REQUEST;
		return STREAM_SKIP;
	}
	return version(m->cur.p, have, have) ? STREAM_UNIT : STREAM_STOP;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	size_t n = version(c.p, cur_left(&c), cur_left(&c));
	const uint8_t *p = c.p, *text;
	struct fact *f;

	if (tls_front(c.p, cur_left(&c)))
		return proto_tls.read(l, m);
	if (!n)
		return false;
	f = layer_begin(l, m, FACT_MYSQL);
	(void)cur_take(&c, HEAD);
	put_uint(layer_put(l), KEY_MYSQL_protocol, cur_u8(&c));
	text = cur_take(&c, n);
	put_text(layer_put(l), KEY_MYSQL_version, (const char *)text, n);
	(void)cur_u8(&c);
	layer_read(l, p, &c);
	(void)cur_take(&c, 13);
	p = cur_take(&c, 2);
	layer_mark(l, p, 2, MARK_SIGNALLING);
	put_bool(layer_put(l), KEY_MYSQL_tls, p[1] & (CAN_TLS >> 8));
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_mysql = {
	.name = "mysql", .title = "MySQL", .spec = "MySQL Internals", .kind = FACT_MYSQL, .read = read_message, .stream = stream, .begins = begins,
	.cover = cover, .personal = true,
};
