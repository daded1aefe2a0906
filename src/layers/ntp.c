/*
 * NTP (RFC 5905), UDP 123.  leap(2 bits) version(3) mode(3) stratum(1) poll(1) precision(1) ... 48 octets; modes 6 and 7 are control.
 * One fact a pair, direction, version and mode: whom somebody asks for the time.
 */
#include "once.h"

static const struct cover_row understood[] = {
	{ "mode", 3, "client", "RFC 5905 7.3" },
	{ "mode", 4, "server", "RFC 5905 7.3" },
	{ "mode", 5, "broadcast", "RFC 5905 7.3" },
	{ "mode", 6, "control message", "RFC 9327 2" },
	{ "mode", 7, "private", "RFC 5905 7.3" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

extern const struct proto proto_ntp;

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	size_t n = c.cut ? SIZE_MAX : cur_left(&c);
	uint8_t flags = cur_u8(&c), stratum = cur_u8(&c), mode = flags & 7, version = flags >> 3 & 7;
	struct fact *f;

	if (c.why != CUR_OK || version < 1 || version > 4 || !mode || (mode < 6 ? n < 48 || stratum > 16 : n < (mode == 6 ? 12 : 8)))
		return false;
	layer_read(l, m->cur.p, &c);
	if (!once(l, &proto_ntp, m, flags & 0x3f))
		return true;
	f = layer_begin(l, m, FACT_NTP);
	put_uint(layer_put(l), KEY_NTP_version, version);
	put_uint(layer_put(l), KEY_NTP_mode, mode);
	if (mode < 6)
		put_uint(layer_put(l), KEY_NTP_stratum, stratum);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_ntp = {
	.name = "ntp", .title = "Network Time Protocol", .spec = "RFC 5905", .udp = { 123 }, .kind = FACT_NTP, .read = read_message, .cover = cover,
	.personal = true, .state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
