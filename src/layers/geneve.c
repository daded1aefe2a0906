/*
 * Geneve (RFC 8926 3.4, UDP 6081): version(2 bits) 0, options' length in fours(6) | O C reserved(6) | type(2) | VNI(3) reserved(1) | options | packet
 * One fact a pair, direction, type and VNI.  An Ethernet frame or IP packet in it is read as one of its own; options are stepped over.
 */
#include "once.h"

enum { PORT = 6081, OPTIONS = 0x3f, RESERVED = 0x3f, IP4 = 0x0800, IP6 = 0x86dd };

static const struct cover_row understood[] = {
	{ "header", 0, "Type and VNI", "RFC 8926 3.4" },
	{ "carries", TYPE_ETHERNET, "Ethernet", "RFC 8926 3.4" },
	{ "carries", IP4, "IPv4", "RFC 8926 3.4" },
	{ "carries", IP6, "IPv6", "RFC 8926 3.4" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

extern const struct proto proto_geneve;

struct head { uint8_t options; uint16_t type; uint32_t vni; };

static bool read_head(const struct pkt *k, struct cur *c, struct head *h)
{
	uint8_t first = cur_u8(c), flags = cur_u8(c);

	h->options = first & OPTIONS;
	h->type = cur_u16(c);
	h->vni = cur_u24(c);
	(void)cur_u8(c);
	return c->why == CUR_OK && first >> 6 == 0 && !(flags & RESERVED) && h->type >= 1536 && k->dport == PORT && (c->cut || h->options * 4u <= cur_left(c));
}

static bool inside(const struct pkt *k, struct cur c, struct inside *in)
{
	struct head h;

	if (!read_head(k, &c, &h))
		return false;
	(void)cur_take(&c, h.options * 4u);
	*in = (struct inside){ c, h.type, ENCAP_GENEVE };
	return c.why == CUR_OK && cur_left(&c) && (h.type == TYPE_ETHERNET || h.type == IP4 || h.type == IP6);
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	struct head h;
	struct fact *f;

	if (!read_head(m->pkt, &c, &h))
		return false;
	layer_read(l, m->cur.p, &c);
	(void)cur_take(&c, h.options * 4u);
	if (!once(l, &proto_geneve, m, (uint64_t)h.type << 32 | h.vni))
		return true;
	f = layer_begin(l, m, FACT_GENEVE);
	put_uint(layer_put(l), KEY_GENEVE_type, h.type);
	put_uint(layer_put(l), KEY_GENEVE_vni, h.vni);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_geneve = {
	.name = "geneve", .title = "Generic Network Virtualization Encapsulation", .spec = "RFC 8926", .udp = { PORT }, .kind = FACT_GENEVE, .read = read_message,
	.inside = inside, .cover = cover, .personal = true, .state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
