/*
 * HPACK (RFC 7541), for one who may have come late.  The representations are walked here (6.1 to 6.3), one by one, and
 * given to libnghttp2's inflater, which holds the table and knows the Huffman code; what refers to an entry that was there
 * before the tap began is not given to it, for it would refuse everything from then on.
 *
 * Why that is sound: an index counts from the newest entry (2.3.3), entries are thrown out oldest first, and a table larger
 * than the sender's only keeps more than is asked for.  A literal whose name is such an unknown entry makes a new entry
 * all the same; it goes in under the name "?", which is shorter, so nothing known is thrown out too early.
 */
#include "http2.h"

enum { STATIC = 61, TABLE_DEFAULT = 4096, TABLE_LARGE = 65536, TABLE_TAG = 32, BLOCK_FIELDS = 512, BLOCK_OCTETS = 65536 };	/* of a block: what more it holds is not told */

struct rep {
	uint8_t		kind;		/* enum below */
	uint64_t	index;		/* 0: the name is a string */
	const uint8_t	*at, *end;
	const uint8_t	*name, *value;	/* the strings, their lengths included, or NULL */
	const uint8_t	*value_at;	/* behind the length */
};
enum { REP_INDEXED, REP_INSERT, REP_PLAIN, REP_NEVER, REP_SIZE };

/* 5.1; more than five octets of it is nothing that can be meant. */
static bool integer(struct cur *c, unsigned bits, uint64_t *v)
{
	uint8_t b = cur_u8(c), max = (uint8_t)((1u << bits) - 1);

	*v = b & max;
	if (*v < max)
		return c->why == CUR_OK;
	for (unsigned shift = 0; shift < 35; shift += 7) {
		b = cur_u8(c);
		*v += (uint64_t)(b & 127) << shift;
		if (!(b & 128))
			return c->why == CUR_OK;
	}
	cur_refuse(c, CUR_VALUE);
	return false;
}

/* 5.2 */
static const uint8_t *string(struct cur *c, const uint8_t **at)
{
	const uint8_t *from = c->p;
	uint64_t n;

	if (!integer(c, 7, &n))
		return NULL;
	*at = cur_take(c, n);
	return *at ? from : NULL;
}

static bool next_rep(struct cur *c, struct rep *r)
{
	int b = cur_peek(c);
	const uint8_t *at;

	*r = (struct rep){ .at = c->p };
	if (b < 0)
		return false;
	r->kind = (uint8_t)(b & 128 ? REP_INDEXED : b & 64 ? REP_INSERT : b & 32 ? REP_SIZE : b & 16 ? REP_NEVER : REP_PLAIN);
	if (!integer(c, b & 128 ? 7 : b & 64 ? 6 : b & 32 ? 5 : 4, &r->index))
		return false;
	if (r->kind == REP_INDEXED && !r->index) {
		cur_refuse(c, CUR_VALUE);
		return false;
	}
	if (r->kind != REP_INDEXED && r->kind != REP_SIZE) {
		if (!r->index)
			r->name = string(c, &at);
		r->value = string(c, &r->value_at);
	}
	r->end = c->p;
	return c->why == CUR_OK;
}

bool hpack_plausible(const uint8_t *p, size_t n, bool cut)
{
	struct cur c = cur_make(p, n, cut);
	bool first = true;
	struct rep r;

	while (next_rep(&c, &r)) {
		if (r.kind == REP_SIZE) {
			if (!first)
				return false;
			continue;
		}
		/* the pseudo-header fields come first (RFC 9113 8.3): static entries 1 to 14, or one that was indexed */
		if (first && (!r.index || (r.index > 14 && r.index <= STATIC)))
			return false;
		if (r.index > STATIC + TABLE_LARGE / TABLE_TAG)
			return false;
		first = false;
	}
	return !first && (c.why == CUR_OK || c.why == CUR_CUT);
}

void hpack_start(struct hpack *h, bool whole)
{
	if (h->inf)
		nghttp2_hd_inflate_del(h->inf);
	*h = (struct hpack){ .whole = whole };
}

static bool feed(struct hpack *h, const uint8_t *p, size_t n, nghttp2_nv *nv, bool *got)
{
	while (n) {
		int flags = 0;
		ssize_t used = nghttp2_hd_inflate_hd2(h->inf, nv, &flags, p, n, 0);

		if (used < 0)
			return false;
		p += used;
		n -= (size_t)used;
		if (flags & NGHTTP2_HD_INFLATE_EMIT)
			*got = true;
		else if (!used)
			return false;
	}
	return true;
}

static bool set_size(struct hpack *h, uint64_t size)
{
	uint8_t b[8] = { 0x3f };
	size_t n = 1;
	nghttp2_nv nv;
	bool got;

	if (size > TABLE_LARGE)		/* what it holds more than we do will be unknown */
		size = TABLE_LARGE;
	if (size < 31) {
		b[0] = (uint8_t)(0x20 | size);
	} else {
		for (size -= 31; size > 127; size >>= 7)
			b[n++] = (uint8_t)(128 | (size & 127));
		b[n++] = (uint8_t)size;
	}
	return feed(h, b, n, &nv, &got);
}

static bool begin(struct hpack *h)
{
	if (!h->inf) {
		if (nghttp2_hd_inflate_new(&h->inf) || nghttp2_hd_inflate_change_table_size(h->inf, TABLE_LARGE))
			return false;
		h->inserted = 0;
		if (h->large && !set_size(h, TABLE_LARGE))
			return false;
	}
	return true;
}

static uint64_t entries(const struct hpack *h)
{
	return nghttp2_hd_inflate_get_num_table_entries(h->inf) - STATIC;
}

/* The number of the entry that an index means, when it is not in the table: 1 is the newest of those that came before. */
static uint64_t unknown(struct hpack *h, uint64_t index)
{
	uint64_t back = index > STATIC ? index - STATIC : 0;	/* from the newest one, which is 1 */

	if (back <= entries(h))
		return 0;
	if (back <= h->inserted)	/* we had it: the sender's table is larger than we thought */
		h->large = true;
	return back > h->inserted ? back - h->inserted : UINT64_MAX;
}

static bool all_zero(const uint8_t *p, const uint8_t *end)
{
	while (p < end && !*p)
		p++;
	return p == end;
}

/* Gives the inflater what stands for a literal whose name or value it cannot have. */
static bool stand_in(struct hpack *h, const struct rep *r, bool name, bool value, nghttp2_nv *nv, bool *got)
{
	static const uint8_t none[] = { 1, '?' };
	uint8_t kind = r->kind == REP_INSERT ? 0x40 : 0;

	if (name)
		return feed(h, &kind, 1, nv, got) && feed(h, none, 2, nv, got) &&
			(value ? feed(h, none, 2, nv, got) : feed(h, r->value, (size_t)(r->end - r->value), nv, got));
	return feed(h, r->at, (size_t)(r->value - r->at), nv, got) && feed(h, none, 2, nv, got);
}

/* A string must end in a part of EOS, which is ones (5.2): so the bits of the letter that is not whole are made ones, as few as will do. */
size_t hpack_prefix(const uint8_t *p, size_t n, uint8_t out[HPACK_PREFIX])
{
	uint8_t b[4 + HPACK_PREFIX / 2] = { 0x00, 1, 'x' };

	if (n > 120)
		n = 120;
	b[3] = (uint8_t)(0x80 | n);
	if (n)
		memcpy(b + 4, p, n);
	for (unsigned ones = 0; n && ones < 8; ones++) {
		struct hpack h = { .inf = NULL };
		size_t len = 0;
		nghttp2_nv nv;
		bool got = false;

		b[3 + n] |= (uint8_t)((1u << ones) - 1);
		if (begin(&h) && feed(&h, b, 4 + n, &nv, &got) && got && nv.valuelen && nv.valuelen < HPACK_PREFIX) {
			len = nv.valuelen;
			memcpy(out, nv.value, len);
		}
		hpack_start(&h, false);
		if (len)
			return len;
	}
	return 0;
}

/* In masked frames: what of a coded string was left. */
static void masked_value(struct hpack_field *f, uint8_t out[HPACK_PREFIX])
{
	const uint8_t *end = f->end;

	while (end > f->string && !end[-1])
		end--;
	f->masked = true;
	f->nvalue = hpack_prefix(f->string, (size_t)(end - f->string), out);
	f->value = out;
}

enum cur_why hpack_block(struct hpack *h, const uint8_t *p, size_t n, bool cut, bool masked, hpack_each *each, void *ctx)
{
	struct cur c = cur_make(p, n, cut);
	bool large = h->large, started = false;
	size_t fields = 0, octets = 0;
	struct rep r;

	if (!begin(h))
		goto bad;
	while (next_rep(&c, &r)) {
		struct hpack_field f = { .at = r.at, .end = r.end, .string = r.value_at, .huffman = r.value && *r.value & 128 };
		/* masked octets are zero; a coded string does not end in such */
		bool no_name = r.name && masked && *r.name & 128 && all_zero(r.name + 1, r.value), no_value = masked && f.huffman && r.end > r.value_at && !r.end[-1];
		uint8_t left[HPACK_PREFIX];
		nghttp2_nv nv = { 0 };
		bool got = false;

		if (r.kind == REP_SIZE) {
			if (started || !set_size(h, r.index))
				goto bad;
			continue;
		}
		started = true;
		f.unknown = r.index ? unknown(h, r.index) : 0;
		if (f.unknown && h->whole && f.unknown != UINT64_MAX)
			goto bad;		/* there was never such an entry */
		if (f.unknown && r.kind != REP_INSERT) {
			if (++fields <= BLOCK_FIELDS)
				each(ctx, &f);
			continue;
		}
		if (f.unknown || no_name || no_value) {
			if (!stand_in(h, &r, f.unknown || no_name, no_value, &nv, &got))
				goto bad;
		} else if (!feed(h, r.at, (size_t)(r.end - r.at), &nv, &got)) {
			goto bad;
		}
		if (!got)
			goto bad;
		f.value = nv.value;
		f.nvalue = nv.valuelen;
		if (no_value)
			masked_value(&f, left);
		if (!f.unknown) {
			f.name = nv.name;
			f.nname = nv.namelen;
		}
		octets += nv.namelen + nv.valuelen;
		if (++fields <= BLOCK_FIELDS && octets <= BLOCK_OCTETS)
			each(ctx, &f);
		if (r.kind != REP_INSERT)
			continue;
		h->inserted++;
		/* does it fit the sender's table?  If its size was never seen, only what fits any usual one is sure to be in it */
		if (!h->whole && TABLE_TAG + nv.namelen + nv.valuelen > TABLE_DEFAULT)
			goto forget;
	}
	if (c.why != CUR_OK) {
		hpack_start(h, false);
		return c.why;
	}
	if (nghttp2_hd_inflate_end_headers(h->inf))
		goto bad;
	if (h->large && !large && !set_size(h, TABLE_LARGE))
		goto bad;
	return fields > BLOCK_FIELDS || octets > BLOCK_OCTETS ? CUR_LIMIT : CUR_OK;
forget:
	while (next_rep(&c, &r)) {	/* the rest of the block refers to a table of which nothing is sure */
		struct hpack_field f = { .at = r.at, .end = r.end, .string = r.value_at, .unknown = UINT64_MAX };

		if (r.kind != REP_SIZE && ++fields <= BLOCK_FIELDS)
			each(ctx, &f);
	}
	hpack_start(h, false);
	return c.why == CUR_OK ? CUR_OK : c.why;
bad:
	hpack_start(h, false);
	return CUR_VALUE;
}
