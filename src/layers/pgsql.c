/*
 * PostgreSQL (documentation, Message Formats), on any TCP port by what a client sends first.
 *   length(4) code(4): 196608 is version 3.0 and names and values follow, each with a zero octet; 80877103 asks for TLS
 * User and database are not kept.
 */
#include "tls.h"

static const struct cover_row understood[] = {
	{ "message", 3, "StartupMessage", "PostgreSQL 55.7" },
	{ "message", 80877103, "SSLRequest", "PostgreSQL 55.7" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

enum { STARTUP = 196608, SSL = 80877103, PACKET_MAX = 10000 };

static bool is_first(const uint8_t *p, size_t got, size_t n)
{
	uint32_t len, code;

	if (got < 8)
		return false;
	len = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
	code = (uint32_t)p[4] << 24 | (uint32_t)p[5] << 16 | (uint32_t)p[6] << 8 | p[7];
	if (len != n || len > PACKET_MAX)
		return false;
	if (code == SSL)
		return len == 8;
	return code == STARTUP && got >= 14 && !memcmp(p + 8, "user", 5);
}

static bool begins(const struct opening *o)
{
	return is_first(o->p, o->n, o->claim);
}

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	size_t have = *n = cur_left(&m->cur);

	if (tls_front(m->cur.p, have))
		return proto_tls.stream(l, m, gap, n);
	if (have == 1 && m->cur.p[0] == 'S')
		return STREAM_SKIP;			/* the server's yes to TLS */
	return is_first(m->cur.p, have, have) ? STREAM_UNIT : STREAM_STOP;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	struct fact *f;
	uint32_t code;

	if (tls_front(c.p, cur_left(&c)))
		return proto_tls.read(l, m);
	if (!is_first(c.p, cur_left(&c), cur_left(&c)))
		return false;
	f = layer_begin(l, m, FACT_PGSQL);
	(void)cur_u32(&c);
	code = cur_u32(&c);
	if (code == STARTUP) {
		put_uint(layer_put(l), KEY_PGSQL_version, code >> 16);
		(void)cur_take(&c, 5);
	} else {
		put_bool(layer_put(l), KEY_PGSQL_tls, true);
	}
	layer_read(l, m->cur.p, &c);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_pgsql = {
	.name = "pgsql", .title = "PostgreSQL", .spec = "PostgreSQL 55.7", .kind = FACT_PGSQL, .read = read_message, .stream = stream, .begins = begins,
	.first = "\0", .nfirst = 1, .cover = cover, .personal = true,
};
