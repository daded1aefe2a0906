/*
 * WireGuard (protocol description at wireguard.com), on any UDP port by its handshake: type(1) reserved(3) = 0
 *   1 initiation, 148 octets: sender(4) ...   2 response, 92 octets: sender(4) receiver(4) ...   3 cookie reply, 64 octets: receiver(4) ...
 * Data packets are opaque.
 */
#include "layer.h"

static const struct cover_row understood[] = {
	{ "message", 1, "Handshake Initiation", "WireGuard: Protocol & Cryptography" },
	{ "message", 2, "Handshake Response", "WireGuard: Protocol & Cryptography" },
	{ "message", 3, "Cookie Reply", "WireGuard: Protocol & Cryptography" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

/* Numbers are little-endian. */
static uint32_t number(struct cur *c)
{
	const uint8_t *p = cur_take(c, 4);

	return p ? p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24 : 0;
}

static bool is_handshake(const uint8_t *p, size_t got, size_t n)
{
	static const uint8_t octets[] = { 0, 148, 92, 64 };

	return got >= 12 && p[0] >= 1 && p[0] <= 3 && !p[1] && !p[2] && !p[3] && n == octets[p[0]];
}

static bool begins(const struct opening *o)
{
	return o->p[0] != 3 && is_handshake(o->p, o->n, o->claim);	/* a cookie reply says too little of itself */
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	uint8_t type;
	struct fact *f;

	if (!is_handshake(c.p, cur_left(&c), c.cut ? m->pkt->l4claim - 8u : cur_left(&c)))
		return false;
	f = layer_begin(l, m, FACT_WG);
	type = cur_u8(&c);
	(void)cur_u24(&c);
	put_uint(layer_put(l), KEY_WG_type, type);
	if (type != 3)
		put_uint(layer_put(l), KEY_WG_sender, number(&c));
	if (type != 1)
		put_uint(layer_put(l), KEY_WG_receiver, number(&c));
	layer_read(l, m->cur.p, &c);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_wg = {
	.name = "wg", .title = "WireGuard", .spec = "WireGuard", .kind = FACT_WG, .read = read_message, .begins = begins, .first = "\1\2", .nfirst = 2,
	.datagrams = true, .cover = cover, .personal = true,
};
