/*
 * RADIUS (RFC 2865, RFC 2866, RFC 5176), UDP 1812, 1813 and 3799, and 1645, 1646 and 1700 where they stood before.
 *   code(1) id(1) length(2) authenticator(16) | attribute: type(1) length(1) value
 * Names, passwords and numbers of subscribers are not kept; which network access server speaks, and which makers' attributes there are, is.
 */
#include "layer.h"

static const struct cover_row understood[] = {
	{ "code", 1, "Access-Request", "RFC 2865 4.1" },
	{ "code", 2, "Access-Accept", "RFC 2865 4.2" },
	{ "code", 3, "Access-Reject", "RFC 2865 4.3" },
	{ "code", 4, "Accounting-Request", "RFC 2866 4.1" },
	{ "code", 5, "Accounting-Response", "RFC 2866 4.2" },
	{ "code", 11, "Access-Challenge", "RFC 2865 4.4" },
	{ "code", 12, "Status-Server", "RFC 5997 3" },
	{ "code", 40, "Disconnect-Request", "RFC 5176 3" },
	{ "code", 43, "CoA-Request", "RFC 5176 3" },
	{ "attribute", 4, "NAS-IP-Address", "RFC 2865 5.4" },
	{ "attribute", 26, "Vendor-Specific", "RFC 2865 5.26" },
	{ "attribute", 32, "NAS-Identifier", "RFC 2865 5.32" },
	{ "attribute", 80, "Message-Authenticator", "RFC 3579 3.2" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

static bool is_code(uint8_t c)
{
	return (c >= 1 && c <= 5) || (c >= 11 && c <= 13) || (c >= 40 && c <= 45);
}

static void attribute(struct layers *l, uint8_t type, struct cur *v)
{
	const uint8_t *from = v->p;
	size_t n = cur_left(v);

	switch (type) {
	case 4: put_addr(layer_put(l), KEY_RADIUS_nas, n == 4 ? cur_take(v, 4) : NULL, 4); break;
	case 26:
		if (n >= 4)
			put_uint(layer_put(l), KEY_RADIUS_vendor, cur_u32(v));
		break;
	case 32: put_text(layer_put(l), KEY_RADIUS_nas_id, (const char *)cur_take(v, n), n); break;
	case 80: put_bool(layer_put(l), KEY_RADIUS_authentic, true); break;
	default: break;
	}
	layer_read(l, from, v);
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur, all;
	uint8_t code = cur_u8(&c), id = cur_u8(&c);
	uint16_t len = cur_u16(&c);
	struct fact *f;

	if (c.why != CUR_OK || !is_code(code) || len < 20 || (!c.cut && len - 4u > cur_left(&c)))
		return false;
	f = layer_begin(l, m, FACT_RADIUS);
	put_uint(layer_put(l), KEY_RADIUS_code, code);
	put_uint(layer_put(l), KEY_RADIUS_id, id);
	layer_read(l, m->cur.p, &c);
	(void)cur_take(&c, 16);
	all = cur_sub(&c, len - 20u);
	while (all.why == CUR_OK && cur_left(&all)) {
		const uint8_t *from = all.p;
		uint8_t type = cur_u8(&all), n = cur_u8(&all);
		struct cur v;

		layer_read(l, from, &all);
		if (all.why == CUR_OK && n < 2)
			cur_refuse(&all, CUR_VALUE);
		v = cur_sub(&all, n < 2 ? 0 : n - 2u);
		if (all.why == CUR_OK)
			attribute(l, type, &v);
	}
	cur_refuse(&c, all.why);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_radius = {
	.name = "radius", .title = "Remote Authentication Dial In User Service", .spec = "RFC 2865", .udp = { 1812, 1813, 3799, 1645, 1646, 1700 }, .kind = FACT_RADIUS,
	.read = read_message, .cover = cover, .personal = true,
};
