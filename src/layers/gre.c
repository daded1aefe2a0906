/*
 * GRE (RFC 2784, RFC 2890), IP protocol 47: C R K S ... version | protocol(2) | [checksum(2) offset(2)] [key(4)] [sequence(4)]
 * One fact a pair, direction, protocol and key: that there is a tunnel.  What it carries, an IP packet, an Ethernet frame or a
 * mirrored one (erspan.c), is read as a packet of its own.
 */
#include "erspan.h"
#include "once.h"

enum { C = 0x8000, R = 0x4000, K = 0x2000, S = 0x1000, VERSION = 7, NO_MORE = 0x0ff8 };
enum { IP4 = 0x0800, IP6 = 0x86dd, MPLS = 0x8847 };

static const struct cover_row understood[] = {
	{ "header", 0, "Protocol and key", "RFC 2784 2" },
	{ "carries", IP4, "IPv4", "RFC 2784 2.4" },
	{ "carries", IP6, "IPv6", "RFC 7676 2" },
	{ "carries", TYPE_ETHERNET, "Ethernet", "RFC 7637 3.2" },
	{ "carries", MPLS, "IP under MPLS labels", "RFC 4023 3" },
	{ "carries", ERSPAN_2, "Mirrored Ethernet, ERSPAN types I and II", "draft-foschiano-erspan 4" },
	{ "carries", ERSPAN_3, "Mirrored packets, ERSPAN type III", "draft-foschiano-erspan 4.3" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

extern const struct proto proto_gre;

struct gre { uint16_t flags, proto; uint32_t key; const uint8_t *sum; };

static bool read_head(struct cur *c, struct gre *g)
{
	*g = (struct gre){ .flags = cur_u16(c), .proto = 0 };
	g->proto = cur_u16(c);
	if (g->flags & (C | R)) {
		g->sum = cur_take(c, 2);
		(void)cur_u16(c);
	}
	if (g->flags & K)
		g->key = cur_u32(c);
	if (g->flags & VERSION) {		/* there a length and a call's id stand in the key's place (RFC 2637 4.1) */
		g->flags &= (uint16_t)~K;
		g->key = 0;
	}
	return c->why == CUR_OK && g->proto && (g->flags & VERSION) <= 1;
}

/* What stands behind the head, and whether that is mirrored; false: it is not read.  A source route (RFC 1701) is not stepped over. */
static bool behind(const struct gre *g, struct cur *c)
{
	if (g->flags & (R | VERSION | NO_MORE))
		return false;
	if (g->flags & S)
		(void)cur_u32(c);
	return c->why == CUR_OK;
}

static bool inside(const struct pkt *k, struct cur c, struct inside *in)
{
	struct gre g;

	(void)k;
	if (!read_head(&c, &g) || !behind(&g, &c))
		return false;
	*in = (struct inside){ c, g.proto, ENCAP_GRE };
	switch (g.proto) {
	case IP4: case IP6: case TYPE_ETHERNET: case MPLS: return cur_left(&c) > 0;
	case ERSPAN_2: return g.flags & S ? erspan_inside(c, g.proto, in) : erspan_bare(c, in);
	case ERSPAN_3: return erspan_inside(c, g.proto, in);
	default: return false;
	}
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	struct gre g;
	struct fact *f;

	if (!read_head(&c, &g))
		return false;
	layer_read(l, m->cur.p, &c);
	if (g.sum)
		layer_mark(l, g.sum, 2, MARK_CHECK);
	if (once(l, &proto_gre, m, (uint64_t)g.proto << 32 | g.key)) {
		f = layer_begin(l, m, FACT_GRE);
		put_uint(layer_put(l), KEY_GRE_proto, g.proto);
		if (g.flags & K)
			put_uint(layer_put(l), KEY_GRE_key, g.key);
		layer_emit(l, f, &c, OUT_OK);
	}
	if (!behind(&g, &c))
		return true;
	layer_read(l, m->cur.p, &c);
	if (g.sum)
		layer_mark(l, g.sum, 2, MARK_CHECK);
	if (g.proto == ERSPAN_3 || (g.proto == ERSPAN_2 && g.flags & S))
		layer_nested(l, &proto_erspan, m, c, NULL);
	return true;
}

const struct proto proto_gre = {
	.name = "gre", .title = "Generic Routing Encapsulation", .spec = "RFC 2784", .ip = { 47 }, .kind = FACT_GRE, .read = read_message, .inside = inside, .cover = cover,
	.personal = true, .state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
