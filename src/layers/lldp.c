/*
 * LLDP (IEEE 802.1AB-2016 8), EtherType 0x88cc: what stands at the other end of the cable.
 *   TLV: type(7 bits) length(9 bits) value; 0 ends, 1 chassis id, 2 port id, 3 time to live, 5 system name, 6 description, 8 management address
 */
#include "layer.h"

static const struct cover_row understood[] = {
	{ "TLV", 1, "Chassis ID", "IEEE 802.1AB 8.5.2" },
	{ "TLV", 2, "Port ID", "IEEE 802.1AB 8.5.3" },
	{ "TLV", 5, "System Name", "IEEE 802.1AB 8.5.6" },
	{ "TLV", 6, "System Description", "IEEE 802.1AB 8.5.7" },
	{ "TLV", 8, "Management Address", "IEEE 802.1AB 8.5.9" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

/* subtype(1) id: a MAC address (4 of a chassis, 3 of a port), or octets of any kind. */
static void identifier(struct layers *l, struct cur *v, bool chassis)
{
	uint8_t subtype = cur_u8(v);
	size_t n = cur_left(v);
	const uint8_t *p = cur_take(v, n);

	if (!p)
		return;
	put_uint(layer_put(l), chassis ? KEY_LLDP_chassis_type : KEY_LLDP_port_type, subtype);
	if (n == 6 && subtype == (chassis ? 4 : 3))
		put_octets(layer_put(l), chassis ? KEY_LLDP_chassis_mac : KEY_LLDP_port_mac, p, n);
	else
		put_text(layer_put(l), chassis ? KEY_LLDP_chassis : KEY_LLDP_port, (const char *)p, n);
}

/* length(1) family(1) address ... */
static void management(struct layers *l, struct cur *v)
{
	uint8_t n = cur_u8(v), family = cur_u8(v);

	if (family == 1 && n == 5)
		put_addr(layer_put(l), KEY_LLDP_ip4, cur_take(v, 4), 4);
	else if (family == 2 && n == 17)
		put_addr(layer_put(l), KEY_LLDP_ip6, cur_take(v, 16), 16);
}

static void tlv(struct layers *l, uint8_t type, struct cur *v)
{
	const uint8_t *from = v->p;
	size_t n = cur_left(v);

	switch (type) {
	case 1:
	case 2: identifier(l, v, type == 1); break;
	case 5: put_text(layer_put(l), KEY_LLDP_name, (const char *)cur_take(v, n), n); break;
	case 6: put_text(layer_put(l), KEY_LLDP_description, (const char *)cur_take(v, n), n); break;
	case 8: management(l, v); break;
	default: break;
	}
	layer_read(l, from, v);
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	struct fact *f;

	if (cur_left(&c) < 4 || c.p[0] >> 1 != 1)		/* the chassis comes first */
		return false;
	f = layer_begin(l, m, FACT_LLDP);
	for (;;) {
		const uint8_t *from = c.p;
		uint16_t head = cur_u16(&c);
		struct cur v;

		layer_read(l, from, &c);
		v = cur_sub(&c, head & 511);
		if (c.why != CUR_OK || !(head >> 9))
			break;
		tlv(l, (uint8_t)(head >> 9), &v);
		cur_refuse(&c, v.why);
	}
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_lldp = {
	.name = "lldp", .title = "Link Layer Discovery Protocol", .spec = "IEEE 802.1AB", .ether = { 0x88cc }, .kind = FACT_LLDP, .read = read_message,
	.cover = cover,
};
