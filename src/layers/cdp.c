/*
 * CDP (Cisco, described in "Understanding Cisco Discovery Protocol"), SNAP protocol id 0x2000.
 *   version(1) time to live(1) checksum(2) | TLV: type(2) length(2, of all of it) value
 *   1 device id, 2 addresses, 3 port id, 5 software, 6 platform; an address: protocol type(1) n(1) protocol(n) length(2) address
 */
#include "layer.h"

static const struct cover_row understood[] = {
	{ "TLV", 1, "Device ID", "Cisco CDP" },
	{ "TLV", 2, "Addresses", "Cisco CDP" },
	{ "TLV", 3, "Port ID", "Cisco CDP" },
	{ "TLV", 5, "Software version", "Cisco CDP" },
	{ "TLV", 6, "Platform", "Cisco CDP" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

static void addresses(struct layers *l, struct cur *v)
{
	uint32_t n = cur_u32(v);

	while (n-- && v->why == CUR_OK && cur_left(v)) {
		uint8_t type = cur_u8(v), len = cur_u8(v);
		const uint8_t *protocol = cur_take(v, len), *p;
		uint16_t size = cur_u16(v);

		p = cur_take(v, size);
		if (p && type == 1 && len == 1 && protocol[0] == 0xcc && size == 4)
			put_addr(layer_put(l), KEY_CDP_address, p, 4);
	}
}

static void tlv(struct layers *l, uint16_t type, struct cur *v)
{
	static const uint16_t key[] = { 0, KEY_CDP_device, 0, KEY_CDP_port, 0, KEY_CDP_software, KEY_CDP_platform };
	const uint8_t *from = v->p;
	size_t n = cur_left(v);

	if (type == 2)
		addresses(l, v);
	else if (type < sizeof(key) / sizeof(key[0]) && key[type])
		put_text(layer_put(l), key[type], (const char *)cur_take(v, n), n);
	layer_read(l, from, v);
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	uint8_t version = cur_u8(&c);
	struct fact *f;

	(void)cur_u8(&c);
	(void)cur_u16(&c);
	if (c.why != CUR_OK || version < 1 || version > 2)
		return false;
	f = layer_begin(l, m, FACT_CDP);
	put_uint(layer_put(l), KEY_CDP_version, version);
	layer_mark(l, m->cur.p, 1, MARK_SIGNALLING);
	while (c.why == CUR_OK && cur_left(&c)) {
		const uint8_t *from = c.p;
		uint16_t type = cur_u16(&c), len = cur_u16(&c);
		struct cur v;

		layer_read(l, from, &c);
		if (c.why == CUR_OK && len < 4)
			cur_refuse(&c, CUR_VALUE);
		v = cur_sub(&c, len < 4 ? 0 : len - 4u);
		if (c.why == CUR_OK)
			tlv(l, type, &v);
		cur_refuse(&c, v.why);
	}
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_cdp = {
	.name = "cdp", .title = "Cisco Discovery Protocol", .spec = "Cisco CDP", .ether = { 0x2000 }, .kind = FACT_CDP, .read = read_message, .cover = cover,
};
