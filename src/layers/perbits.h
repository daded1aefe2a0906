/*
 * The bits of aligned PER (ITU-T X.691 clause 11): a bit cursor with the manners of base/cur.h, and
 * the numbers and lengths that types are made of.
 */
#ifndef FW_LAYERS_PERBITS_H
#define FW_LAYERS_PERBITS_H

#include "cur.h"

#include <endian.h>
#include <string.h>

struct bits {
	const uint8_t	*p, *end;
	unsigned	 used;		/* bits taken from *p */
	bool		 cut;
	enum cur_why	 why;
	const uint8_t	*wide;		/* up to here eight octets can be loaded, past `end` or not; NULL: nowhere */
};

static inline struct bits bits_make(const uint8_t *p, const uint8_t *end, bool cut, enum cur_why why)
{
	return (struct bits){ p, end, 0, cut, why, end - p >= 8 ? end - 8 : NULL };
}

static inline void bits_refuse(struct bits *b, enum cur_why why)
{
	if (b->why == CUR_OK)
		b->why = why;
}

static inline void bits_end(struct bits *b)
{
	bits_refuse(b, b->cut ? CUR_CUT : CUR_SHORT);
}

/* Up to 64 bits from p on, left-aligned, where eight octets cannot be loaded.  Apart: it is seldom needed, and bits_take() is everywhere. */
__attribute__((noinline)) static uint64_t bits_at_end(const uint8_t *p, unsigned n)
{
	uint64_t v = 0;

	for (unsigned i = 0; 8 * i < n; i++)
		v |= (uint64_t)p[i] << (56 - 8 * i);
	return v;
}

/* The next n bits as a number, 0 and a cause when there are fewer; n and the bits taken from *p are 64 at most. */
static inline uint64_t bits_take(struct bits *b, unsigned n)
{
	unsigned all = b->used + n;
	uint64_t v;

	if (!n || b->why != CUR_OK || all > 8 * (size_t)(b->end - b->p)) {
		if (n)
			bits_end(b);
		return 0;
	}
	if (b->p <= b->wide) {
		memcpy(&v, b->p, 8);
		v = be64toh(v);
	} else {
		v = bits_at_end(b->p, all);
	}
	b->p += all / 8;
	b->used = all % 8;
	return v << (all - n) >> (64 - n);
}

static inline void bits_align(struct bits *b)
{
	if (b->used) {
		b->used = 0;
		b->p++;
	}
}

/* X.691 11.2.6: a field of no octets is not aligned. */
static inline const uint8_t *bits_octets(struct bits *b, size_t n)
{
	const uint8_t *p;

	if (n)
		bits_align(b);
	p = b->p;
	if (b->why != CUR_OK || n > (size_t)(b->end - b->p)) {
		bits_end(b);
		return NULL;
	}
	b->p += n;
	return p;
}

/* How many bits a number of 0..max takes; max is not 0. */
static inline unsigned per_width(uint64_t max)
{
	return 64 - (unsigned)__builtin_clzll(max);
}

/* X.691 11.5.7: a constrained whole number, as an offset from its lower bound. */
static inline uint64_t per_constrained(struct bits *b, uint64_t range)
{
	unsigned n, octets;
	uint64_t v;

	if (range <= 1)
		return 0;
	if (range <= 255) {
		v = bits_take(b, per_width(range - 1));
	} else if (range <= 65536) {
		bits_align(b);
		v = bits_take(b, range == 256 ? 8 : 16);
	} else {
		octets = (per_width(range - 1) + 7) / 8;
		n = (unsigned)bits_take(b, per_width(octets - 1)) + 1;
		bits_align(b);
		v = bits_take(b, 8 * n);
	}
	if (v >= range) {
		bits_refuse(b, CUR_VALUE);
		return 0;
	}
	return v;
}

/* The next whole octet. */
static inline uint8_t bits_octet(struct bits *b)
{
	bits_align(b);
	if (b->why != CUR_OK || b->p >= b->end) {
		bits_end(b);
		return 0;
	}
	return *b->p++;
}

/* X.691 11.9: a length determinant without upper bound.  *more: a fragment of that many, another length follows it. */
static inline uint32_t per_length(struct bits *b, bool *more)
{
	uint32_t n = bits_octet(b);

	*more = n >= 0xc0;
	if (n < 0x80)
		return n;
	if (n < 0xc0)
		return (n & 0x3f) << 8 | bits_octet(b);
	n &= 0x3f;
	if (!n || n > 4)
		bits_refuse(b, CUR_VALUE);
	return n * 16384;
}

/* The same where fragments are past what any message of ours has. */
static inline uint32_t per_plain_length(struct bits *b)
{
	bool more;
	uint32_t n = per_length(b, &more);

	if (more)
		bits_refuse(b, CUR_LIMIT);
	return more ? 0 : n;
}

/* The number of items or characters of a size lo..hi. */
static inline uint32_t per_size(struct bits *b, uint32_t lo, uint64_t hi, bool beyond)
{
	if (beyond || hi >= 65536 || !hi)
		return per_plain_length(b);
	return lo + (uint32_t)per_constrained(b, hi - lo + 1);
}

/* A number after how many octets it takes: at least one. */
static inline uint64_t per_long_number(struct bits *b)
{
	uint32_t n = per_plain_length(b);

	if (!n || n > 8)
		bits_refuse(b, CUR_VALUE);
	return !n || n > 8 ? 0 : bits_take(b, 8 * n);
}

/* X.691 11.6: a normally small non-negative whole number. */
static inline uint64_t per_small_number(struct bits *b)
{
	return bits_take(b, 1) ? per_long_number(b) : bits_take(b, 6);
}

#endif
