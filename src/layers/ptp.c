/*
 * PTP version 2 (IEEE 1588-2008 13.3), UDP 319 and 320 and EtherType 0x88f7.
 *   transport and type(1) version(1) length(2) domain(1) ... source port identity at 20: clock(8) port(2) sequence(2)
 *   Announce: from 34 on timestamp(10) offset(2) 0 priority(1) class(1) accuracy(1) variance(2) priority(1) grandmaster(8)
 * One fact a clock, message type and domain.
 */
#include "once.h"

static const struct cover_row understood[] = {
	{ "message", 0, "Sync", "IEEE 1588-2008 13.6" },
	{ "message", 1, "Delay_Req", "IEEE 1588-2008 13.6" },
	{ "message", 2, "Pdelay_Req", "IEEE 1588-2008 13.9" },
	{ "message", 3, "Pdelay_Resp", "IEEE 1588-2008 13.10" },
	{ "message", 8, "Follow_Up", "IEEE 1588-2008 13.7" },
	{ "message", 9, "Delay_Resp", "IEEE 1588-2008 13.8" },
	{ "message", 11, "Announce", "IEEE 1588-2008 13.5" },
	{ "message", 12, "Signaling", "IEEE 1588-2008 13.12" },
	{ "message", 13, "Management", "IEEE 1588-2008 15.4" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

enum { HEAD = 34, ANNOUNCE = 11 };

extern const struct proto proto_ptp;

static bool is_type(uint8_t t)
{
	for (size_t i = 0; i < sizeof(understood) / sizeof(understood[0]); i++)
		if (understood[i].id == t)
			return true;
	return t == 10;			/* Pdelay_Resp_Follow_Up */
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	const uint8_t *p = c.p;
	uint64_t clock, what;
	uint32_t len;
	struct fact *f;

	if (cur_left(&c) < HEAD)
		return false;
	len = (uint32_t)p[2] << 8 | p[3];
	if ((p[1] & 15) != 2 || !is_type(p[0] & 15) || len < HEAD || (!c.cut && len > cur_left(&c)))
		return false;
	layer_mark(l, p, 5, MARK_SIGNALLING);
	layer_mark(l, p + 20, 10, MARK_SIGNALLING);
	(void)cur_take(&c, 20);
	clock = cur_u64(&c);
	what = clock * 0x9e3779b97f4a7c15u ^ (uint64_t)(p[0] & 15) << 8 ^ p[4];
	if (!once(l, &proto_ptp, m, what))
		return true;
	f = layer_begin(l, m, FACT_PTP);
	put_uint(layer_put(l), KEY_PTP_type, p[0] & 15);
	put_uint(layer_put(l), KEY_PTP_version, 2);
	put_uint(layer_put(l), KEY_PTP_domain, p[4]);
	put_octets(layer_put(l), KEY_PTP_clock, p + 20, 8);
	if ((p[0] & 15) == ANNOUNCE) {
		(void)cur_take(&c, HEAD - 28 + 19);
		p = cur_take(&c, 8);
		if (p)
			layer_mark(l, p, 8, MARK_SIGNALLING);
		put_octets(layer_put(l), KEY_PTP_grandmaster, p, 8);
	}
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_ptp = {
	.name = "ptp", .title = "Precision Time Protocol", .spec = "IEEE 1588-2008", .udp = { 319, 320 }, .ether = { 0x88f7 }, .kind = FACT_PTP,
	.read = read_message, .cover = cover, .state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
