/*
 * HPACK (RFC 7541), for one who may have come late.  The representations are walked here (6.1 to 6.3), one by one; the tables
 * and the code of letters are http2_table.c.  What refers to an entry that was there before the tap began is unknown, and
 * numbered.
 *
 * Why that is sound: an index counts from the newest entry (2.3.3), entries are thrown out oldest first, and a table larger
 * than the sender's only keeps more than is asked for.  A literal whose name is such an unknown entry makes a new entry
 * all the same; it goes in under the name "?", which is shorter, so nothing known is thrown out too early.
 */
#include "http2.h"

enum { TABLE_DEFAULT = 4096, TABLE_TAG = 32, BLOCK_FIELDS = 512, BLOCK_OCTETS = 65536 };	/* of a block: what more it holds is not told */

struct rep {
	uint8_t		kind;		/* enum below */
	uint64_t	index;		/* 0: the name is a string */
	const uint8_t	*at, *end;
	const uint8_t	*name, *value;	/* the strings, their lengths included, or NULL */
	const uint8_t	*name_at, *value_at;	/* behind the length */
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

/* Inline: a record written by parts must not be read as a whole right after. */
static inline __attribute__((always_inline)) bool next_rep(struct cur *c, struct rep *r)
{
	int b = cur_peek(c);

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
			r->name = string(c, &r->name_at);
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
		if (first && (!r.index || (r.index > 14 && r.index <= HPACK_STATIC)))
			return false;
		if (r.index > HPACK_STATIC + HPACK_TABLE / TABLE_TAG)
			return false;
		first = false;
	}
	return !first && (c.why == CUR_OK || c.why == CUR_CUT);
}

void hpack_start(struct hpack *h, bool whole)
{
	hpack_table_free(&h->table);
	*h = (struct hpack){ .whole = whole };
}

static void set_size(struct hpack *h, uint64_t size)
{
	/* what it holds more than we do will be unknown */
	hpack_table_resize(&h->table, size > HPACK_TABLE ? HPACK_TABLE : (uint32_t)size);
}

static void begin(struct hpack *h)
{
	if (!h->begun) {
		set_size(h, h->large ? HPACK_TABLE : TABLE_DEFAULT);
		h->begun = true;
	}
}

/* The number of the entry that an index means, when it is not in the table: 1 is the newest of those that came before. */
static uint64_t unknown(struct hpack *h, uint64_t index)
{
	uint64_t back = index > HPACK_STATIC ? index - HPACK_STATIC : 0;	/* from the newest one, which is 1 */

	if (back <= h->table.n)
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

static bool first_bit(const uint8_t *p) { return *p & 128; }

/* The text of a string: as it stands in the block, or its letters; to: where they go. */
static bool text_of(const struct hpack_desk *desk, const uint8_t *string, const uint8_t *at, const uint8_t *end, uint8_t **to, const uint8_t **p, uint32_t *n)
{
	bool whole;

	*p = at;
	*n = (uint32_t)(end - at);
	if (!first_bit(string))
		return true;
	*p = *to;
	*n = (uint32_t)hpack_letters(desk->code, at, (size_t)(end - at), *to, (size_t)(desk->text + HPACK_TEXT - *to), &whole);
	*to += *n;
	return whole;
}

/* The place of a coded string, by its length and both ends: those that differ only between, as paths do, share one. */
static struct hpack_read *place_of(struct hpack_desk *desk, const uint8_t *at, size_t n)
{
	uint64_t h = (hash_read8(at) + 3 * hash_read8(at + n - 8) + n) * 0x9e3779b97f4a7c15u;

	return &desk->read[(h >> 32) % HPACK_READ];
}

/* The text of a value, until the next one is read. */
static bool value_text(struct hpack_desk *desk, const struct rep *r, uint8_t *to, const uint8_t **p, uint32_t *n)
{
	size_t len = (size_t)(r->end - r->value_at);
	struct hpack_read *x;
	bool whole = true;

	if (!first_bit(r->value) || len < 8 || len > HPACK_READ_OCTETS)
		return text_of(desk, r->value, r->value_at, r->end, &to, p, n);
	x = place_of(desk, r->value_at, len);
	if (x->n != len || memcmp(x->octets, r->value_at, len) != 0) {
		memcpy(x->octets, r->value_at, len);
		x->nletters = (uint8_t)hpack_letters(desk->code, r->value_at, len, x->letters, sizeof(x->letters), &whole);
		x->n = (uint8_t)(whole ? len : 0);
	}
	*p = x->letters;
	*n = x->nletters;
	return whole;
}

static inline struct hpack_text text_at(const struct hpack *h, const struct hpack_desk *desk, uint64_t index)
{
	return index <= HPACK_STATIC ? desk->fixed[index] : hpack_table_at(&h->table, (uint32_t)index);
}

void hpack_desk_init(struct hpack_desk *desk, hpack_name *what)
{
	hpack_codes(desk->code);
	hpack_fixed(desk->fixed, what);
	desk->what = what;
}

/* What a literal says; name, value: that one cannot be had, and "?" stands for it. */
static bool literal(const struct hpack *h, const struct rep *r, bool name, bool value, struct hpack_desk *desk, struct hpack_text *x)
{
	const uint8_t *none = (const uint8_t *)"?";
	uint8_t *to = desk->text;

	*x = (struct hpack_text){ none, none, 1, 1, 0, 0 };
	if (!name && !r->index) {
		if (!text_of(desk, r->name, r->name_at, r->value, &to, &x->name, &x->nname))
			return false;
		x->what = desk->what(0, x->name, x->nname);
	} else if (!name) {
		*x = text_at(h, desk, r->index);
		if (!x->stat && x->what) {		/* its entry may be thrown out for the new one */
			x->name = memcpy(to, x->name, x->nname);
			to += x->nname;
		}
		x->value = none;
		x->nvalue = 1;
	}
	return value || value_text(desk, r, to, &x->value, &x->nvalue);
}

/* As many letters as are whole. */
size_t hpack_prefix(const struct hpack_desk *desk, const uint8_t *p, size_t n, uint8_t out[HPACK_PREFIX])
{
	bool whole;

	return hpack_letters(desk->code, p, n, out, HPACK_PREFIX - 1, &whole);
}

/* In masked frames: what of a coded string was left. */
static void masked_value(const struct hpack_desk *desk, struct hpack_field *f, uint8_t out[HPACK_PREFIX])
{
	const uint8_t *end = f->end;

	while (end > f->string && !end[-1])
		end--;
	f->masked = true;
	f->nvalue = hpack_prefix(desk, f->string, (size_t)(end - f->string), out);
	f->value = out;
}

/* Names and values of one representation; false: it is wrong. */
static bool field(struct hpack *h, const struct rep *r, bool masked, struct hpack_desk *desk, struct hpack_field *f, uint8_t left[HPACK_PREFIX])
{
	/* masked octets are zero; a coded string does not end in such */
	bool no_name = masked && r->name && first_bit(r->name) && all_zero(r->name + 1, r->value), no_value = masked && f->huffman && r->end > r->value_at && !r->end[-1];
	struct hpack_text x;

	if (r->kind == REP_INDEXED)
		x = text_at(h, desk, r->index);
	else if (!literal(h, r, f->unknown || no_name, no_value, desk, &x))
		return false;
	if (r->kind == REP_INSERT && !hpack_table_add(&h->table, &x))
		return false;
	f->value = x.value;
	f->nvalue = x.nvalue;
	f->weight = x.nname + x.nvalue;
	if (no_value)
		masked_value(desk, f, left);
	if (!f->unknown) {
		f->name = x.name;
		f->nname = x.nname;
		f->stat = x.stat;
		f->what = x.what;
	}
	return true;
}

enum cur_why hpack_block(struct hpack *h, struct hpack_desk *desk, const uint8_t *p, size_t n, bool cut, bool masked, hpack_each *each, void *ctx)
{
	struct cur c = cur_make(p, n, cut);
	bool large = h->large, started = false;
	size_t fields = 0, octets = 0;
	struct rep r;

	begin(h);
	while (next_rep(&c, &r)) {
		struct hpack_field f;		/* the rest of it is written by field() */
		uint8_t left[HPACK_PREFIX];

		if (r.kind == REP_SIZE) {
			if (started)
				goto bad;
			set_size(h, r.index);
			continue;
		}
		started = true;
		f.at = r.at;
		f.end = r.end;
		f.string = r.value_at;
		f.huffman = r.value && first_bit(r.value);
		f.masked = false;
		f.what = 0;
		f.unknown = r.index ? unknown(h, r.index) : 0;
		if (f.unknown && h->whole && f.unknown != UINT64_MAX)
			goto bad;		/* there was never such an entry */
		if (f.unknown && r.kind != REP_INSERT) {
			if (++fields <= BLOCK_FIELDS)
				each(ctx, &f);
			continue;
		}
		if (!field(h, &r, masked, desk, &f, left))
			goto bad;
		octets += f.weight;
		if (++fields <= BLOCK_FIELDS && octets <= BLOCK_OCTETS)
			each(ctx, &f);
		if (r.kind != REP_INSERT)
			continue;
		h->inserted++;
		/* does it fit the sender's table?  If its size was never seen, only what fits any usual one is sure to be in it */
		if (!h->whole && TABLE_TAG + f.weight > TABLE_DEFAULT)
			goto forget;
	}
	if (c.why != CUR_OK) {
		hpack_start(h, false);
		return c.why;
	}
	if (h->large && !large)
		set_size(h, HPACK_TABLE);
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
