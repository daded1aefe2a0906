/*
 * A byte cursor with one sticky cause: every read is checked against the end, the first trouble is
 * kept, later reads return 0.  Decoders read straight on and ask `why` once.
 */
#ifndef FW_BASE_CUR_H
#define FW_BASE_CUR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cur_why {
	CUR_OK,
	CUR_SHORT,		/* the message is shorter than it claims */
	CUR_CUT,		/* the capture ended first: not the sender's fault */
	CUR_VALUE,		/* the reader refused a value, see cur_refuse() */
	CUR_LIMIT,		/* a cap of ours was hit */
};

struct cur {
	const uint8_t	*p, *end;
	bool		 cut;	/* the wire carried bytes past `end` */
	enum cur_why	 why;	/* sticky, first cause wins */
};

static inline struct cur cur_make(const uint8_t *p, size_t n, bool cut)
{
	return (struct cur){ p, n ? p + n : p, cut, CUR_OK };
}

/* Bytes that can still be read; 0 after trouble. */
static inline size_t cur_left(const struct cur *c)
{
	return c->why == CUR_OK ? (size_t)(c->end - c->p) : 0;
}

static inline void cur_refuse(struct cur *c, enum cur_why why)
{
	if (c->why == CUR_OK)
		c->why = why;
}

/* Next n bytes, or NULL.  Every other reader goes through here. */
static inline const uint8_t *cur_take(struct cur *c, size_t n)
{
	const uint8_t *at = c->p;

	if (c->why != CUR_OK)
		return NULL;
	if (n > (size_t)(c->end - c->p)) {
		cur_refuse(c, c->cut ? CUR_CUT : CUR_SHORT);
		return NULL;
	}
	c->p += n;
	return at;
}

static inline uint8_t cur_u8(struct cur *c)
{
	const uint8_t *p = cur_take(c, 1);

	return p ? p[0] : 0;
}

static inline uint16_t cur_u16(struct cur *c)
{
	const uint8_t *p = cur_take(c, 2);

	return (uint16_t)(p ? p[0] << 8 | p[1] : 0);
}

static inline uint32_t cur_u24(struct cur *c)
{
	const uint8_t *p = cur_take(c, 3);

	return p ? (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2] : 0;
}

static inline uint32_t cur_u32(struct cur *c)
{
	const uint8_t *p = cur_take(c, 4);

	return p ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3] : 0;
}

static inline uint64_t cur_u64(struct cur *c)
{
	uint64_t hi = cur_u32(c);

	return hi << 32 | cur_u32(c);
}

/* A byte that may not be there: -1 at the end or after trouble; never a cause. */
static inline int cur_peek(const struct cur *c)
{
	return cur_left(c) ? c->p[0] : -1;
}

/*
 * The next n bytes as a cursor of their own; the parent steps over them.  When the parent holds
 * fewer, the child gets what there is (so that a cut message still gives what precedes the cut),
 * and BOTH know: the child may refuse with the parent's side of the blame, the parent has refused.
 */
static inline struct cur cur_sub(struct cur *c, size_t n)
{
	struct cur sub = { c->p, c->p, c->cut, c->why };
	size_t left = cur_left(c);

	if (n > left) {
		sub.end = c->p + left;
		if (c->why == CUR_OK)
			c->p += left;
		cur_refuse(c, c->cut ? CUR_CUT : CUR_SHORT);
		return sub;
	}
	sub.cut = false;
	sub.end = c->p + n;
	c->p += n;
	return sub;
}

#endif
