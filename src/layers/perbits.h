/*
 * The bits of aligned PER (ITU-T X.691 clause 11): a bit cursor with the manners of base/cur.h, and
 * the numbers and lengths that types are made of.
 */
#ifndef FW_LAYERS_PERBITS_H
#define FW_LAYERS_PERBITS_H

#include "cur.h"

struct bits {
	const uint8_t	*p, *end;
	unsigned	 used;		/* bits taken from *p */
	bool		 cut;
	enum cur_why	 why;
};

static inline void bits_refuse(struct bits *b, enum cur_why why)
{
	if (b->why == CUR_OK)
		b->why = why;
}

static inline void bits_end(struct bits *b)
{
	bits_refuse(b, b->cut ? CUR_CUT : CUR_SHORT);
}

static inline uint64_t bits_take(struct bits *b, unsigned n)
{
	uint64_t v = 0;

	while (n) {
		unsigned have = 8 - b->used, k = n < have ? n : have;

		if (b->why != CUR_OK || b->p >= b->end) {
			bits_end(b);
			return 0;
		}
		v = v << k | (uint64_t)(*b->p >> (have - k) & ((1u << k) - 1));
		b->used += k;
		n -= k;
		if (b->used == 8) {
			b->used = 0;
			b->p++;
		}
	}
	return v;
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

/* X.691 11.5.7: a constrained whole number, as an offset from its lower bound. */
static inline uint64_t per_constrained(struct bits *b, uint64_t range)
{
	unsigned n = 0, octets = 1;
	uint64_t v;

	if (range <= 1)
		return 0;
	if (range <= 255) {
		while ((1u << n) < range)
			n++;
		v = bits_take(b, n);
	} else if (range <= 65536) {
		bits_align(b);
		v = bits_take(b, range == 256 ? 8 : 16);
	} else {
		while (octets < 8 && (range - 1) >> (8 * octets))
			octets++;
		while ((1u << n) < octets)
			n++;
		n = (unsigned)bits_take(b, n) + 1;
		bits_align(b);
		v = bits_take(b, 8 * n);
	}
	if (v >= range) {
		bits_refuse(b, CUR_VALUE);
		return 0;
	}
	return v;
}

/* X.691 11.9: a length determinant without upper bound.  *more: a fragment of that many, another length follows it. */
static inline uint32_t per_length(struct bits *b, bool *more)
{
	uint32_t n;

	bits_align(b);
	n = (uint32_t)bits_take(b, 8);
	*more = n >= 0xc0;
	if (n < 0x80)
		return n;
	if (n < 0xc0)
		return (n & 0x3f) << 8 | (uint32_t)bits_take(b, 8);
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

/* A number of n octets after their length. */
static inline uint64_t per_long_number(struct bits *b)
{
	uint32_t n = per_plain_length(b);

	if (n > 8)
		bits_refuse(b, CUR_VALUE);
	return n > 8 ? 0 : bits_take(b, 8 * n);
}

/* X.691 11.6: a normally small non-negative whole number. */
static inline uint64_t per_small_number(struct bits *b)
{
	return bits_take(b, 1) ? per_long_number(b) : bits_take(b, 6);
}

#endif
