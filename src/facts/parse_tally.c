/* Tallies, read: tunnels and contacts.  What the head of a message says is set from them as the counting sets it. */
#include "parse_inside.h"

#define AT(member) offsetof(struct fact, member)

/* ---- tunnels ---- */

struct class { struct count count; struct frames frames; };

static const struct row class_row[] = {
	{ "packets", ROW_U64, 1, offsetof(struct class, count.packets), NULL, NULL },
	{ "bytes", ROW_U64, 1, offsetof(struct class, count.bytes), NULL, NULL },
	{ "frames", ROW_FRAMES, 0, offsetof(struct class, frames), NULL, NULL },
	{ "frames_total", ROW_U64, 0, offsetof(struct class, frames.total), NULL, NULL },
};
static const struct rows class_rows = { class_row, sizeof(class_row) / sizeof(class_row[0]) };

static bool one_class(struct scan *s, struct fact *f, enum inner_class c)
{
	struct class in = { .count = { 0, 0 } };

	if (!rows_object(s, &class_rows, &in))
		return false;
	if (in.frames.n > FACT_FRAMES)
		return scan_fail(s, "at most 64 frames");
	f->u.tunnel.inner[c] = in.count;
	f->u.tunnel.frames[c] = in.frames;
	return true;
}

static bool ue(struct scan *s, void *f) { return one_class(s, f, INNER_UE); }
static bool element(struct scan *s, void *f) { return one_class(s, f, INNER_ELEMENT); }
static bool foreign(struct scan *s, void *f) { return one_class(s, f, INNER_FOREIGN); }
static bool nested(struct scan *s, void *f) { return one_class(s, f, INNER_NESTED); }
static bool unbound(struct scan *s, void *f) { return one_class(s, f, INNER_UNBOUND); }

static const struct row inner_row[] = {
	{ "ue", ROW_READ, 1, 0, NULL, ue }, { "element", ROW_READ, 1, 0, NULL, element }, { "foreign", ROW_READ, 1, 0, NULL, foreign },
	{ "nested", ROW_READ, 1, 0, NULL, nested }, { "unbound", ROW_READ, 0, 0, NULL, unbound },
};
static const struct rows inner_rows = { inner_row, sizeof(inner_row) / sizeof(inner_row[0]) };

static bool inner(struct scan *s, void *f)
{
	return rows_object(s, &inner_rows, f);
}

static const struct row tunnel_row[] = {
	{ "n", ROW_U64, 1, AT(n), NULL, NULL },
	{ "in", ROW_U64, 0, AT(in), NULL, NULL },
	{ "kind", ROW_KNOWN, 1, 0, NULL, NULL },
	{ "what", ROW_KNOWN, 1, 0, NULL, NULL },
	{ "input", ROW_U32, 1, AT(input), NULL, NULL },
	{ "from", ROW_TIME, 1, AT(u.tunnel.from_ns), NULL, NULL },
	{ "until", ROW_TIME, 1, AT(u.tunnel.until_ns), NULL, NULL },
	{ "first_frame", ROW_U32, 1, AT(u.tunnel.first_frame), NULL, NULL },
	{ "last_frame", ROW_U32, 1, AT(u.tunnel.last_frame), NULL, NULL },
	{ "src", ROW_ADDR, 1, AT(src), NULL, NULL },
	{ "dst", ROW_ADDR, 1, AT(dst), NULL, NULL },
	{ "outer", ROW_READ, 0, 0, NULL, parse_outer },
	{ "gtp.teid", ROW_U32, 1, AT(u.tunnel.teid), NULL, NULL },
	{ "packets", ROW_U64, 1, AT(u.tunnel.all.packets), NULL, NULL },
	{ "bytes", ROW_U64, 1, AT(u.tunnel.all.bytes), NULL, NULL },
	{ "frames", ROW_FRAMES, 0, AT(u.tunnel.unordered), NULL, NULL },
	{ "frames_total", ROW_U64, 0, AT(u.tunnel.unordered.total), NULL, NULL },
	{ "inner", ROW_READ, 1, 0, NULL, inner },
};
static const struct rows tunnel_rows = { tunnel_row, sizeof(tunnel_row) / sizeof(tunnel_row[0]) };

bool parse_tunnel(struct scan *s, struct fact *f)
{
	*f = (struct fact){ .kind = FACT_TUNNEL };
	if (!rows_object(s, &tunnel_rows, f))
		return false;
	if (f->u.tunnel.unordered.n > FACT_FRAMES)
		return scan_fail(s, "at most 64 frames");
	f->t_ns = f->u.tunnel.until_ns;
	f->frame = f->u.tunnel.first_frame;
	return true;
}

/* ---- contacts ---- */

bool parse_net(struct scan *s, struct addr *net, uint8_t *bits)
{
	size_t where = s->at, n;
	const char *slash;
	struct str v;
	unsigned b = 0;

	if (!scan_string(s, &v))
		return false;
	slash = memchr(v.p, '/', v.n);
	n = slash ? (size_t)(slash - v.p) + 1 : v.n;
	if (slash && n < v.n && v.p[n] != '0' && v.n - n <= 3)
		for (; n < v.n && v.p[n] >= '0' && v.p[n] <= '9'; n++)
			b = b * 10 + (unsigned)(v.p[n] - '0');
	if (!slash || n != v.n || !addr_parse(v.p, (size_t)(slash - v.p), net) || !b || b > (net->fam == 4 ? 32u : 128u))
		return scan_fail_at(s, where, "a prefix like 10.60.0.0/16");
	*net = addr_net(net, b);
	*bits = (uint8_t)b;
	return true;
}

/* An address, or the pool that it counts as. */
static bool end(struct scan *s, struct addr *a, bool *pool, uint8_t *bits)
{
	struct scan ahead = *s;
	struct str v;

	*pool = scan_string(&ahead, &v) && memchr(v.p, '/', v.n);
	return *pool ? parse_net(s, a, bits) : scan_addr(s, a);
}

static bool end_a(struct scan *s, void *object)
{
	struct fact *f = object;

	return end(s, &f->src, &f->u.contact.ue_a, &f->u.contact.pool_bits_a);
}

static bool end_b(struct scan *s, void *object)
{
	struct fact *f = object;

	return end(s, &f->dst, &f->u.contact.ue_b, &f->u.contact.pool_bits_b);
}

static const char *const opened[] = { "unknown", "a", "b", NULL };	/* enum opened */

static const struct row contact_row[] = {
	{ "n", ROW_U64, 1, AT(n), NULL, NULL },
	{ "in", ROW_U64, 0, AT(in), NULL, NULL },
	{ "kind", ROW_KNOWN, 1, 0, NULL, NULL },
	{ "what", ROW_KNOWN, 1, 0, NULL, NULL },
	{ "input", ROW_U32, 1, AT(input), NULL, NULL },
	{ "from", ROW_TIME, 1, AT(u.contact.from_ns), NULL, NULL },
	{ "until", ROW_TIME, 1, AT(u.contact.until_ns), NULL, NULL },
	{ "a", ROW_READ, 1, 0, NULL, end_a },
	{ "b", ROW_READ, 1, 0, NULL, end_b },
	{ "protocol", ROW_PROTOCOL, 1, AT(u.contact.protocol), NULL, NULL },
	{ "port", ROW_U16, 1, AT(u.contact.port), NULL, NULL },
	{ "service", ROW_WORD, 1, AT(u.contact.at), opened, NULL },
	{ "packets_ab", ROW_U64, 1, AT(u.contact.ab.packets), NULL, NULL },
	{ "packets_ba", ROW_U64, 1, AT(u.contact.ba.packets), NULL, NULL },
	{ "bytes_ab", ROW_U64, 1, AT(u.contact.ab.bytes), NULL, NULL },
	{ "bytes_ba", ROW_U64, 1, AT(u.contact.ba.bytes), NULL, NULL },
	{ "opened_by", ROW_WORD, 1, AT(u.contact.opened), opened, NULL },
	{ "inner", ROW_BOOL, 1, AT(u.contact.inner), NULL, NULL },
	{ "outer", ROW_READ, 0, 0, NULL, parse_outer },
	{ "frames", ROW_FRAMES, 1, AT(u.contact.frames), NULL, NULL },
	{ "frames_total", ROW_U64, 1, AT(u.contact.frames.total), NULL, NULL },
};
static const struct rows contact_rows = { contact_row, sizeof(contact_row) / sizeof(contact_row[0]) };

bool parse_contact(struct scan *s, struct fact *f)
{
	*f = (struct fact){ .kind = FACT_CONTACT };
	if (!rows_object(s, &contact_rows, f))
		return false;
	if (f->u.contact.frames.n > FACT_FRAMES)
		return scan_fail(s, "at most 64 frames");
	f->t_ns = f->u.contact.until_ns;
	f->frame = f->u.contact.frames.n ? f->u.contact.frames.at[0] : 0;
	return true;
}
