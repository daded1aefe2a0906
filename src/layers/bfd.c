/*
 * BFD (RFC 5880 4.1), UDP 3784, 4784 and 6784 (RFC 7130): control packets, one fact a pair, direction and state.
 *   version(3 bits) diagnostic(5) | state(2) flags(6) | multiplier(1) length(1) mine(4) yours(4) intervals(12)
 */
#include "once.h"

static const struct cover_row understood[] = {
	{ "packet", 0, "Control", "RFC 5880 4.1" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

extern const struct proto proto_bfd;

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	size_t n = c.cut ? SIZE_MAX : cur_left(&c);
	uint8_t first = cur_u8(&c), state = cur_u8(&c), multiplier = cur_u8(&c), len = cur_u8(&c);
	uint32_t mine = cur_u32(&c), yours = cur_u32(&c);
	struct fact *f;

	if (c.why != CUR_OK || first >> 5 != 1 || len < 24 || len > n || !multiplier || !mine)
		return false;
	layer_read(l, m->cur.p, &c);
	if (!once(l, &proto_bfd, m, state >> 6))
		return true;
	f = layer_begin(l, m, FACT_BFD);
	put_uint(layer_put(l), KEY_BFD_version, first >> 5);
	put_uint(layer_put(l), KEY_BFD_state, state >> 6);
	put_uint(layer_put(l), KEY_BFD_mine, mine);
	put_uint(layer_put(l), KEY_BFD_yours, yours);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_bfd = {
	.name = "bfd", .title = "Bidirectional Forwarding Detection", .spec = "RFC 5880", .udp = { 3784, 4784, 6784 }, .kind = FACT_BFD, .read = read_message,
	.cover = cover, .state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
