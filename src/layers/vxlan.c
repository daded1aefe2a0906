/*
 * VXLAN (RFC 7348 5, UDP 4789): flags(1) 0x08 | reserved(3) | VNI(3) reserved(1) | Ethernet frame
 * Flags may have the group policy's bit, whose id then stands in the reserved octets (draft-smith-vxlan-group-policy 2).
 * One fact a pair, direction and VNI.  The frame is read as one of its own.
 */
#include "once.h"

enum { PORT = 4789, VNI_IS_VALID = 0x08, GROUP = 0x80, FRAME_LEAST = 14 };

static const struct cover_row understood[] = {
	{ "header", VNI_IS_VALID, "VXLAN", "RFC 7348 5" },
	{ "header", VNI_IS_VALID | GROUP, "VXLAN, group policy", "draft-smith-vxlan-group-policy 2" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

extern const struct proto proto_vxlan;

/* Who answers from that port speaks of something else: both ends of a tunnel send to it. */
static bool read_head(const struct pkt *k, struct cur *c, uint32_t *vni)
{
	uint8_t flags = cur_u8(c);
	uint32_t reserved = cur_u24(c);

	*vni = cur_u24(c);
	return !cur_u8(c) && c->why == CUR_OK && k->dport == PORT && (flags == VNI_IS_VALID ? !reserved : flags == (VNI_IS_VALID | GROUP)) &&
		(cur_left(c) >= FRAME_LEAST || c->cut);
}

static bool inside(const struct pkt *k, struct cur c, struct inside *in)
{
	uint32_t vni;
	bool is = read_head(k, &c, &vni);

	*in = (struct inside){ c, TYPE_ETHERNET, ENCAP_VXLAN };
	return is;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	struct fact *f;
	uint32_t vni;

	if (!read_head(m->pkt, &c, &vni))
		return false;
	layer_read(l, m->cur.p, &c);
	if (!once(l, &proto_vxlan, m, vni))
		return true;
	f = layer_begin(l, m, FACT_VXLAN);
	put_uint(layer_put(l), KEY_VXLAN_vni, vni);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_vxlan = {
	.name = "vxlan", .title = "Virtual eXtensible LAN", .spec = "RFC 7348", .udp = { PORT }, .kind = FACT_VXLAN, .read = read_message, .inside = inside, .cover = cover,
	.personal = true, .state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
