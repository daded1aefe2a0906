/*
 * BGP (RFC 4271) on any TCP port by its marker.  marker(16, all ones) length(2) type(1) | OPEN: version(1) AS(2) hold(2) id(4)
 * OPEN and NOTIFICATION are facts; of the other types one a pair and direction.  Routes are not read.
 */
#include "once.h"

static const struct cover_row understood[] = {
	{ "message", 1, "OPEN", "RFC 4271 4.2" },
	{ "message", 2, "UPDATE", "RFC 4271 4.3" },
	{ "message", 3, "NOTIFICATION", "RFC 4271 4.5" },
	{ "message", 4, "KEEPALIVE", "RFC 4271 4.4" },
	{ "message", 5, "ROUTE-REFRESH", "RFC 2918 3" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

enum { HEAD = 19, OPEN = 1, NOTIFICATION = 3 };

extern const struct proto proto_bgp;

static bool is_head(const uint8_t *p, size_t *n)
{
	for (int i = 0; i < 16; i++)
		if (p[i] != 0xff)
			return false;
	*n = (size_t)p[16] << 8 | p[17];
	return *n >= HEAD && *n <= 4096 && p[18] >= 1 && p[18] <= 5 && (p[18] != OPEN || *n >= 29) && (p[18] != 4 || *n == HEAD);
}

static bool begins(const struct opening *o)
{
	size_t n;

	return o->n >= HEAD && is_head(o->p, &n);
}

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	size_t have = *n = cur_left(&m->cur);

	if (have < HEAD)
		return STREAM_MORE;
	layer_mark(l, m->cur.p, HEAD, MARK_SIGNALLING);
	if (is_head(m->cur.p, n))
		return STREAM_UNIT;
	*n = have;
	return gap ? STREAM_SKIP : STREAM_STOP;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	const uint8_t *p = cur_take(&c, HEAD), *from = c.p;
	struct fact *f;
	size_t n;

	if (!p || !is_head(p, &n))
		return false;
	if (p[18] != OPEN && p[18] != NOTIFICATION && !once(l, &proto_bgp, m, p[18]))
		return true;
	f = layer_begin(l, m, FACT_BGP);
	put_uint(layer_put(l), KEY_BGP_type, p[18]);
	if (p[18] == OPEN) {
		put_uint(layer_put(l), KEY_BGP_version, cur_u8(&c));
		put_uint(layer_put(l), KEY_BGP_as, cur_u16(&c));
		(void)cur_u16(&c);
		put_addr(layer_put(l), KEY_BGP_id, cur_take(&c, 4), 4);
		layer_read(l, from, &c);
	}
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_bgp = {
	.name = "bgp", .title = "Border Gateway Protocol", .spec = "RFC 4271", .kind = FACT_BGP, .read = read_message, .stream = stream, .begins = begins,
	.first = "\xff", .nfirst = 1, .cover = cover, .state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
