/*
 * IP in IP (RFC 2003, RFC 4213; IP protocols 4 and 41).  One fact a pair and direction: that there is a tunnel.  What it carries
 * is read as a packet of its own.
 */
#include "once.h"

static const struct cover_row understood[] = {
	{ "header", 4, "IPv4 inside", "RFC 2003 3" },
	{ "header", 6, "IPv6 inside", "RFC 4213 3" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

extern const struct proto proto_ipip;

static bool inside(const struct pkt *k, struct cur c, struct inside *in)
{
	uint8_t version = cur_left(&c) ? *c.p >> 4 : 0;

	*in = (struct inside){ c, version == 4 ? 0x0800 : 0x86dd, ENCAP_IPIP };
	return version == (k->proto == 4 ? 4 : 6) && cur_left(&c) >= (version == 4 ? 20 : 40);
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	uint8_t version = cur_u8(&c) >> 4;
	struct fact *f;

	if (version != (m->pkt->proto == 4 ? 4 : 6) || cur_left(&c) < (version == 4 ? 19 : 39))
		return false;
	layer_read(l, m->cur.p, &c);
	if (!once(l, &proto_ipip, m, version))
		return true;
	f = layer_begin(l, m, FACT_IPIP);
	put_uint(layer_put(l), KEY_IPIP_version, version);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_ipip = {
	.name = "ipip", .title = "IP in IP", .spec = "RFC 2003", .ip = { 4, 41 }, .kind = FACT_IPIP, .read = read_message, .inside = inside, .cover = cover,
	.personal = true, .state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
