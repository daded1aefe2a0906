/*
 * OpenVPN over UDP (protocol description in its source, ssl_pkt.h), on any port by the reset that opens a session.
 *   opcode(5 bits) key(3 bits) session(8) | with an HMAC of the control channel: HMAC(20 or 32) packet id(4), time 4 | acknowledged n(1)
 *   [n times 4, session(8)] packet id(4)
 *   7 hard reset of a client, 8 of a server; later packets are opaque.
 */
#include "layer.h"

static const struct cover_row understood[] = {
	{ "opcode", 7, "P_CONTROL_HARD_RESET_CLIENT_V2", "OpenVPN ssl_pkt.h" },
	{ "opcode", 8, "P_CONTROL_HARD_RESET_SERVER_V2", "OpenVPN ssl_pkt.h" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

enum { CLIENT = 7, SERVER = 8 };

/* The first packet of a session of either side, n octets in all: key 0, packet id 0, one packet acknowledged by a server, none by a client. */
static bool is_reset(const uint8_t *p, size_t got, size_t n)
{
	static const uint8_t hmac[] = { 0, 28, 40 };
	uint8_t op = p[0] >> 3;
	size_t list = op == SERVER ? 12 : 0;

	if (got != n || (op != CLIENT && op != SERVER) || p[0] & 7)
		return false;
	for (unsigned i = 0; i < sizeof(hmac); i++) {
		size_t at = 9u + hmac[i];

		if (n != at + 1 + list + 4 || p[at] != (op == SERVER))
			continue;
		at += 1 + list;
		return !(p[at] | p[at + 1] | p[at + 2] | p[at + 3]);
	}
	return false;
}

static bool begins(const struct opening *o)
{
	return is_reset(o->p, o->n, o->claim);
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	const uint8_t *p = c.p;
	struct fact *f;

	if (!cur_left(&c) || !is_reset(p, cur_left(&c), c.cut ? SIZE_MAX : cur_left(&c)))
		return false;
	f = layer_begin(l, m, FACT_OPENVPN);
	put_uint(layer_put(l), KEY_OPENVPN_opcode, p[0] >> 3);
	layer_mark(l, p, cur_left(&c), MARK_SIGNALLING);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_openvpn = {
	.name = "openvpn", .title = "OpenVPN", .spec = "OpenVPN ssl_pkt.h", .kind = FACT_OPENVPN, .read = read_message, .begins = begins,
	.first = "\x38\x40", .nfirst = 2, .datagrams = true, .cover = cover, .personal = true,
};
