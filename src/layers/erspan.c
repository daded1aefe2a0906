/*
 * ERSPAN (draft-foschiano-erspan), in GRE: what a switch's mirror port sends to who captures.
 *   II   version(4 bits) 1, VLAN(12) | cos(3) en(2) truncated(1) session(10) | reserved(12) index(20) | Ethernet frame
 *   III  version(4 bits) 2, VLAN(12) | cos(3) bso(2) truncated(1) session(10) | timestamp(4) | group(2) | P(1) type(5) hw(6) D(1) gra(2) O(1) |
 *        O: platform's own(8) | Ethernet frame, or what `type` says
 * Type I is GRE and the frame.  One fact a pair, direction and session.  The mirrored frame is read as one of its own.
 */
#include "erspan.h"
#include "once.h"

enum { HEAD_2 = 8, HEAD_3 = 12, PLATFORM = 8, TRUNCATED = 1 << 10, TYPE_FRAME = 0, TYPE_IP = 2 };

static const struct cover_row understood[] = {
	{ "header", 1, "Type II", "draft-foschiano-erspan 4.2" },
	{ "header", 2, "Type III", "draft-foschiano-erspan 4.3" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

struct head { uint8_t version, frame_type; uint16_t vlan, session; bool truncated; };

static bool read_head(struct cur *c, struct head *h)
{
	uint16_t first = cur_u16(c), second = cur_u16(c), last = 0;

	*h = (struct head){ .version = (uint8_t)(first >> 12), .vlan = first & 0xfff, .session = second & 0x3ff, .truncated = second & TRUNCATED };
	if (h->version == 2) {
		(void)cur_take(c, HEAD_3 - 6);
		last = cur_u16(c);
		if (last & 1)
			(void)cur_take(c, PLATFORM);
		h->frame_type = last >> 10 & 0x1f;
	} else {
		(void)cur_take(c, HEAD_2 - 4);
	}
	return c->why == CUR_OK && (h->version == 1 || h->version == 2);
}

bool erspan_inside(struct cur c, uint16_t gre_proto, struct inside *in)
{
	struct head h;
	bool ip;

	if (!read_head(&c, &h) || h.version != (gre_proto == ERSPAN_3 ? 2 : 1) || !cur_left(&c))
		return false;
	c.cut |= h.truncated;			/* by the switch */
	ip = h.frame_type == TYPE_IP;
	*in = (struct inside){ c, ip ? (*c.p >> 4 == 6 ? 0x86dd : 0x0800) : TYPE_ETHERNET, ENCAP_ERSPAN };
	return ip || h.frame_type == TYPE_FRAME;
}

bool erspan_bare(struct cur c, struct inside *in)
{
	*in = (struct inside){ c, TYPE_ETHERNET, ENCAP_ERSPAN };
	return cur_left(&c) > 0;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	struct head h;
	struct fact *f;

	if (!read_head(&c, &h))
		return false;
	layer_read(l, m->cur.p, &c);
	if (!once(l, &proto_erspan, m, (uint64_t)h.version << 32 | (uint64_t)h.vlan << 16 | h.session))
		return true;
	f = layer_begin(l, m, FACT_ERSPAN);
	put_uint(layer_put(l), KEY_ERSPAN_version, h.version);
	put_uint(layer_put(l), KEY_ERSPAN_vlan, h.vlan);
	put_uint(layer_put(l), KEY_ERSPAN_spanid, h.session);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_erspan = {
	.name = "erspan", .title = "Encapsulated Remote SPAN", .spec = "draft-foschiano-erspan", .kind = FACT_ERSPAN, .read = read_message, .cover = cover,
	.state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
