/*
 * GRE (RFC 2784, RFC 2890), IP protocol 47: C R K S ... version | protocol(2) | [checksum(2) offset(2)] [key(4)] [sequence(4)]
 * One fact a pair, direction, protocol and key: that there is a tunnel.  What it carries is not read, but for mirrored packets, which
 * parse.c takes out before.
 */
#include "once.h"

static const struct cover_row understood[] = {
	{ "header", 0, "Protocol and key", "RFC 2784 2" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

extern const struct proto proto_gre;

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	uint16_t flags = cur_u16(&c), proto = cur_u16(&c);
	uint32_t key = 0;
	struct fact *f;

	if (flags & 0xc000)
		(void)cur_u32(&c);
	if (flags & 0x2000)
		key = cur_u32(&c);
	if (c.why != CUR_OK || !proto || (flags & 7) > 1)
		return false;
	layer_read(l, m->cur.p, &c);
	if (!once(l, &proto_gre, m, (uint64_t)proto << 32 | key))
		return true;
	f = layer_begin(l, m, FACT_GRE);
	put_uint(layer_put(l), KEY_GRE_proto, proto);
	if (flags & 0x2000)
		put_uint(layer_put(l), KEY_GRE_key, key);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_gre = {
	.name = "gre", .title = "Generic Routing Encapsulation", .spec = "RFC 2784", .ip = { 47 }, .kind = FACT_GRE, .read = read_message, .cover = cover,
	.state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
