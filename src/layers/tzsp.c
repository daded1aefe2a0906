/*
 * TZSP (TaZmen Sniffer Protocol, UDP 37008): version(1) 1 | type(1) 0 | encapsulation(2) 1: Ethernet | tags: number(1) [n(1) value(n)] ... 1 | frame
 * What routers send who capture.  One fact a pair and direction.  The frame is read as one of its own.
 */
#include "once.h"

enum { PORT = 37008, ETHERNET = 1, TAG_PADDING = 0, TAG_END = 1, TAGS_MAX = 32 };

static const struct cover_row understood[] = {
	{ "packet", 0, "Received packet, Ethernet", "TZSP" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

extern const struct proto proto_tzsp;

static bool read_head(const struct pkt *k, struct cur *c)
{
	if (cur_u8(c) != 1 || cur_u8(c) || cur_u16(c) != ETHERNET || k->dport != PORT)
		return false;
	for (int i = 0; i < TAGS_MAX; i++) {
		uint8_t tag = cur_u8(c);

		if (tag == TAG_END)
			return c->why == CUR_OK && cur_left(c) > 0;
		if (tag != TAG_PADDING)
			(void)cur_take(c, cur_u8(c));
		if (c->why != CUR_OK)
			return false;
	}
	return false;
}

static bool inside(const struct pkt *k, struct cur c, struct inside *in)
{
	bool is = read_head(k, &c);

	*in = (struct inside){ c, TYPE_ETHERNET, ENCAP_TZSP };
	return is;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	struct fact *f;

	if (!read_head(m->pkt, &c))
		return false;
	layer_read(l, m->cur.p, &c);
	if (!once(l, &proto_tzsp, m, ETHERNET))
		return true;
	f = layer_begin(l, m, FACT_TZSP);
	put_uint(layer_put(l), KEY_TZSP_encap, ETHERNET);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_tzsp = {
	.name = "tzsp", .title = "TaZmen Sniffer Protocol", .spec = "TZSP", .udp = { PORT }, .kind = FACT_TZSP, .read = read_message, .inside = inside, .cover = cover,
	.personal = true, .state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
