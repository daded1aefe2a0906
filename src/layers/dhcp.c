/*
 * DHCP (RFC 2131, RFC 2132), UDP 67 and 68.
 *   op(1) hardware type(1) length(1) hops(1) id(4) seconds(2) flags(2) client(4) your(4) server(4) relay(4) hardware address(16)
 *   server name(64) file(128) cookie(4) | option: 0, 255, or code(1) length(1) value
 * Hardware addresses are not kept.
 */
#include "layer.h"

static const struct cover_row understood[] = {
	{ "message", 1, "Discover", "RFC 2132 9.6" },
	{ "message", 2, "Offer", "RFC 2132 9.6" },
	{ "message", 3, "Request", "RFC 2132 9.6" },
	{ "message", 5, "Ack", "RFC 2132 9.6" },
	{ "message", 6, "Nak", "RFC 2132 9.6" },
	{ "message", 8, "Inform", "RFC 2132 9.6" },
	{ "option", 12, "Host Name", "RFC 2132 3.14" },
	{ "option", 53, "DHCP Message Type", "RFC 2132 9.6" },
	{ "option", 54, "Server Identifier", "RFC 2132 9.7" },
	{ "option", 60, "Vendor class identifier", "RFC 2132 9.13" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

enum { HEAD = 236 };

/* A text, without what some put behind it (RFC 2132 2: NULs at its end are none of it). */
static void text(struct layers *l, enum fact_key key, struct cur *v)
{
	size_t n = cur_left(v);
	const char *p = (const char *)cur_take(v, n);

	while (p && n && !p[n - 1])
		n--;
	put_text(layer_put(l), key, p, n);
}

static void option(struct layers *l, uint8_t code, struct cur *v)
{
	const uint8_t *from = v->p;
	size_t n = cur_left(v);

	switch (code) {
	case 12: text(l, KEY_DHCP_host, v); break;
	case 53: put_uint(layer_put(l), KEY_DHCP_message, cur_u8(v)); break;
	case 54: put_addr(layer_put(l), KEY_DHCP_server, n == 4 ? cur_take(v, 4) : NULL, 4); break;
	case 60: text(l, KEY_DHCP_class, v); break;
	default: break;
	}
	layer_read(l, from, v);
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	const uint8_t *p = cur_take(&c, HEAD);
	struct fact *f;

	if (!p || (p[0] != 1 && p[0] != 2) || !p[1] || p[2] > 16 || cur_u32(&c) != 0x63825363)
		return false;
	f = layer_begin(l, m, FACT_DHCP);
	put_uint(layer_put(l), KEY_DHCP_type, p[0]);
	layer_mark(l, p, 3, MARK_SIGNALLING);
	layer_mark(l, c.p - 4, 4, MARK_SIGNALLING);
	while (c.why == CUR_OK && cur_left(&c)) {
		const uint8_t *from = c.p;
		uint8_t code = cur_u8(&c), n = 0;
		struct cur v;

		if (code && code != 255)
			n = cur_u8(&c);
		layer_read(l, from, &c);
		if (code == 255)
			break;
		v = cur_sub(&c, n);
		if (code && c.why == CUR_OK)
			option(l, code, &v);
		cur_refuse(&c, v.why);
	}
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_dhcp = {
	.name = "dhcp", .title = "Dynamic Host Configuration Protocol", .spec = "RFC 2131", .udp = { 67, 68 }, .kind = FACT_DHCP, .read = read_message,
	.cover = cover, .personal = true,
};
