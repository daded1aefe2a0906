/*
 * MongoDB (MongoDB Wire Protocol), on any TCP port by its hello.
 *   little-endian: length(4) request(4) response to(4) code(4): 2004 OP_QUERY: flags(4) collection, zero octet ...; 2013 OP_MSG: flags(4) kind(1) document
 * The first message of a direction is read, no document is kept.
 */
#include "layer.h"

static const struct cover_row understood[] = {
	{ "message", 2004, "OP_QUERY to admin.$cmd", "MongoDB Wire Protocol" },
	{ "message", 2013, "OP_MSG with hello or isMaster", "MongoDB Wire Protocol" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

enum { HEAD = 16, QUERY = 2004, MSG = 2013, MESSAGE_MAX = 48000000 };

static uint32_t le32(const uint8_t *p) { return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24; }

/* A client's first message of n octets in all: a hello to the database that there always is. */
static bool is_hello(const uint8_t *p, size_t got, size_t n)
{
	if (got < HEAD + 24 || le32(p) != n || n > MESSAGE_MAX || le32(p + 8))
		return false;
	if (le32(p + 12) == QUERY)
		return !memcmp(p + HEAD + 4, "admin.$cmd", 11);
	/* OP_MSG: no flags but the known, kind 0, the first element of the document */
	return le32(p + 12) == MSG && !(le32(p + HEAD) & ~0x10003u) && !p[HEAD + 4] && le32(p + HEAD + 5) <= n - HEAD - 5 &&
		(!memcmp(p + HEAD + 10, "hello", 6) || (got >= HEAD + 20 && !memcmp(p + HEAD + 10, "isMaster", 9)) || !memcmp(p + HEAD + 10, "ismaster", 9));
}

static bool begins(const struct opening *o)
{
	return is_hello(o->p, o->n, o->claim);
}

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	size_t have = *n = cur_left(&m->cur);

	(void)l;
	(void)gap;
	return is_hello(m->cur.p, have, have) ? STREAM_UNIT : STREAM_STOP;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	const uint8_t *p = c.p;
	struct fact *f;

	if (!is_hello(p, cur_left(&c), cur_left(&c)))
		return false;
	f = layer_begin(l, m, FACT_MONGO);
	put_uint(layer_put(l), KEY_MONGO_request, le32(p + 4));
	put_uint(layer_put(l), KEY_MONGO_opcode, le32(p + 12));
	layer_mark(l, p, HEAD + 24, MARK_SIGNALLING);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_mongo = {
	.name = "mongo", .title = "MongoDB", .spec = "MongoDB Wire Protocol", .kind = FACT_MONGO, .read = read_message, .stream = stream, .begins = begins,
	.cover = cover, .personal = true,
};
