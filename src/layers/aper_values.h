/*
 * Aligned PER: what a reading is, and its values.  A part of aper.c: all of it is one function when it
 * is compiled, so that the place in the message lives in registers.
 */
#ifndef FW_LAYERS_APER_VALUES_H
#define FW_LAYERS_APER_VALUES_H

#include "aper_inside.h"
#include "perbits.h"

/* A type that is being read; one that stands in octets of its own (`open`) has what goes on behind them here too. */
struct frame_rec {
	const struct per_op *ret;	/* where its parent goes on */
	uint64_t	 present;	/* a sequence's head */
	uint32_t	 i, n;		/* of a list or of elements */
	uint8_t		 put_depth;	/* groups open outside of it */
	uint8_t		 list_depth;	/* a list: groups open outside of an item */
	bool		 open, partial, outer_cut;
	const uint8_t	*outer_end, *outer_wide, *next;
};

/*
 * The reading apart from its place in the message: that is a `struct bits` beside it, which never
 * has its address given to a function that is not part of per_read(), so it can live in registers.
 */
struct per {
	struct layers	*l;
	struct put	*o;
	const struct per_program *g;
	void		*ctx;
	struct frame_rec stack[PER_DEPTH + 1];	/* stack[depth] is the innermost; stack[0] none */
	unsigned	 depth;
	enum cur_why	 first;		/* trouble that an open type contained */
	struct marks	*marks;		/* NULL: nobody asks what is read */
	uint32_t	 on;		/* open_choice() */
};

/* The whole octets from..to were claimed with the message (per_read()) and are no value that is kept. */
static inline void give_back(const struct per *r, const uint8_t *from, const uint8_t *to)
{
	if (__builtin_expect(r->marks != NULL, 0) && from && to > from)
		marks_set(r->marks, from, (size_t)(to - from), MARK_UNREAD);
}

/* The first whole octet that was not read. */
static inline const uint8_t *whole(const struct bits *b)
{
	return b->p + (b->used != 0);
}

/* ---- octets after a length, whole or in fragments ---- */

struct blob {
	const uint8_t	*p, *next;	/* the octets; where their parent goes on */
	uint32_t	 n;
	bool		 partial;	/* the parent ends before they do */
};

/* The octets of all fragments from b on; copied to `to` when it is not NULL. */
__attribute__((noinline)) static struct blob fragments(struct bits b, uint8_t *to, struct marks *marks)
{
	struct blob x = { .p = to };
	bool more = true;

	while (more && !x.partial) {
		uint32_t n = per_length(&b, &more);
		size_t left = b.why == CUR_OK ? (size_t)(b.end - b.p) : 0;

		if (b.why != CUR_OK || n > left) {
			x.partial = true;
			n = (uint32_t)left;
		}
		if (to && n)
			memcpy(to + x.n, b.p, n);
		if (to && n && marks)
			marks_copied(marks, to + x.n, b.p, n);
		x.n += n;
		b.p += n;
	}
	x.next = b.p;
	return x;
}

/* The fragments from b on, put together in batch memory; false: there is none. */
__attribute__((noinline)) static bool gather(struct layers *l, struct bits b, struct blob *x)
{
	uint8_t *to;

	*x = fragments(b, NULL, NULL);
	to = layer_mem(l, x->n ? x->n : 1);
	if (to)
		*x = fragments(b, to, layer_marks(l));
	return to;
}

/* A length and its octets; they are not stepped over.  False: trouble. */
static inline bool blob(struct per *r, struct bits *b, struct blob *x)
{
	const uint8_t *from;
	uint32_t n;
	size_t left;
	bool more;

	bits_align(b);
	from = b->p;
	n = per_length(b, &more);
	if (b->why != CUR_OK)
		return false;
	if (more) {
		struct bits at = *b;

		at.p = from;
		if (gather(r->l, at, x))
			return true;
		bits_refuse(b, CUR_LIMIT);
		return false;
	}
	left = (size_t)(b->end - b->p);
	x->p = b->p;
	x->partial = n > left;
	x->n = x->partial ? (uint32_t)left : n;
	x->next = b->p + x->n;
	return true;
}

/* ---- values ---- */

static inline uint64_t integer(struct bits *b, const struct per_type *t)
{
	if (t->flags & PER_EXT && bits_take(b, 1))
		return per_long_number(b);
	return t->lo + per_constrained(b, t->hi - t->lo + 1);
}

static inline uint64_t enumerated(struct bits *b, const struct per_type *t)
{
	if (t->flags & PER_EXT && bits_take(b, 1))
		return t->hi + 1 + per_small_number(b);
	return per_constrained(b, t->hi + 1);
}

/* A bit string as octets: borrowed when it is aligned and needs no masking, else in batch memory; NULL when nobody wants it. */
static inline void bit_string(struct per *r, struct bits *b, const struct per_type *t, bool wanted, struct per_value *v)
{
	bool beyond = t->flags & PER_EXT && bits_take(b, 1), fixed = t->hi && t->lo == t->hi && !beyond;
	uint32_t n = fixed ? t->lo : per_size(b, t->lo, t->hi, beyond);
	uint64_t last;
	uint8_t *to;

	v->bits = n;
	v->n = (n + 7) / 8;
	v->from = whole(b);
	if (fixed && n <= 16) {
		uint64_t x = bits_take(b, n);

		to = wanted ? layer_mem(r->l, 2) : NULL;
		v->p = to;
		if (!to)
			return;
		x <<= 16 - n;
		to[0] = (uint8_t)(x >> 8);
		to[1] = (uint8_t)x;
		return;
	}
	if (n)
		bits_align(b);
	v->p = bits_octets(b, n / 8);
	if (!(n % 8) || b->why != CUR_OK)
		return;
	last = bits_take(b, n % 8);
	to = wanted && b->why == CUR_OK ? layer_mem(r->l, v->n) : NULL;
	if (to) {
		memcpy(to, v->p, n / 8);
		to[n / 8] = (uint8_t)(last << (8 - n % 8));
	}
	v->p = to;
}

static inline void octet_string(struct per *r, struct bits *b, const struct per_type *t, bool wanted, struct per_value *v)
{
	bool beyond = t->flags & PER_EXT && bits_take(b, 1), fixed = t->hi && t->lo == t->hi && !beyond;
	struct blob x;
	uint64_t few;
	uint8_t *to;

	if (beyond || t->hi >= 65536 || !t->hi) {
		if (!blob(r, b, &x))
			return;
		v->p = v->from = x.p;
		v->n = x.n;
		b->p = x.next;
		v->cut = x.partial && b->cut;
		if (x.partial)
			bits_end(b);
		return;
	}
	v->n = fixed ? t->lo : per_size(b, t->lo, t->hi, false);
	v->from = whole(b);
	if (!fixed || v->n > 2) {
		v->p = bits_octets(b, v->n);
		return;
	}
	few = bits_take(b, 8 * v->n);		/* X.691 17.6: one or two octets are not aligned */
	to = wanted ? layer_mem(r->l, 2) : NULL;
	v->p = to;
	if (!to)
		return;
	to[0] = (uint8_t)(v->n == 2 ? few >> 8 : few);
	to[1] = (uint8_t)few;
}

/* X.691 30.5: eight bits a character; UTF8String has a length in octets. */
static inline void text(struct bits *b, const struct per_type *t, struct per_value *v)
{
	bool beyond = t->kind == PER_STRING && t->flags & PER_EXT && bits_take(b, 1);

	v->n = t->kind == PER_STRING ? per_size(b, t->lo, t->hi, beyond) : per_plain_length(b);
	v->from = whole(b);
	v->p = bits_octets(b, v->n);
}

static inline void value(struct per *r, struct bits *b, const struct per_op *op)
{
	static const uint8_t item_of[] = { [PER_BITS] = ITEM_BITS, [PER_OCTETS] = ITEM_OCTETS, [PER_STRING] = ITEM_TEXT, [PER_UTF8] = ITEM_TEXT };
	const struct per_type *as = op->special ? op->t->as : op->t;
	enum fact_key key = (enum fact_key)op->key;
	struct per_value v = { 0 };
	uint64_t number = 0;

	switch ((enum per_kind)as->kind) {
	case PER_INT: number = integer(b, as); break;
	case PER_ENUM: number = enumerated(b, as); break;
	case PER_BITS: bit_string(r, b, as, key || op->special, &v); break;
	case PER_OCTETS: octet_string(r, b, as, key || op->special, &v); break;
	case PER_STRING:
	case PER_UTF8: text(b, as, &v); break;
	case PER_NULL: return;
	case PER_SPECIAL: case PER_SEQ: case PER_CHOICE: case PER_SEQOF: case PER_IES: case PER_EXTS: case PER_SINGLE:
	case PER_CONTAINING: return;
	}
	if (as->kind <= PER_ENUM) {
		if (b->why == CUR_OK && op->special)
			r->g->s->number(r->ctx, op->t, number);
		else if (b->why == CUR_OK && key)
			put_uint(r->o, key, number);
	} else if (op->special && (b->why == CUR_OK || v.cut) && (v.p || !v.n)) {
		r->g->s->octets(r->ctx, op->t, &v);
	} else if (key && b->why == CUR_OK) {
		put_view(r->o, key, item_of[as->kind], v.p, v.n);
	} else if (v.from && v.from == v.p) {
		give_back(r, v.from, v.from + (v.bits ? v.bits / 8 : v.n));
	} else {
		give_back(r, v.from, b->p);
	}
}

/* Any value, by its row; what has a key becomes an item, what the caller wants to see is shown to it. */
__attribute__((noinline)) static struct bits any_value(struct per *r, struct bits b, const struct per_op *op)
{
	value(r, &b, op);
	return b;
}

static inline void give_number(const struct per *r, const struct per_op *op, uint64_t v)
{
	if (op->special)
		r->g->s->number(r->ctx, op->t, op->t->as->lo + v);
	else if (op->key)
		put_uint(r->o, (enum fact_key)op->key, op->t->lo + v);
}

/* The n octets at p, which are there. */
static inline void give_octets(const struct per *r, const struct per_op *op, const uint8_t *p, uint32_t n, bool cut)
{
	if (op->special)
		r->g->s->octets(r->ctx, op->t, &(struct per_value){ .p = p, .n = n, .cut = cut, .from = p });
	else if (op->key && !cut)
		put_view(r->o, (enum fact_key)op->key, ITEM_OCTETS, p, n);
	else
		give_back(r, p, p + n);
}

/* Octets of any number, for a key or the hook: what is there of them, when the capture ended in between. */
static inline void octets(struct per *r, struct bits *b, const struct per_op *op)
{
	struct blob x;

	if (!blob(r, b, &x))
		return;
	b->p = x.next;
	if (x.partial)
		bits_end(b);
	if (!x.partial || b->why == CUR_CUT)
		give_octets(r, op, x.p, x.n, x.partial);
	else
		give_back(r, x.p, x.p + x.n);
}

/* Reads the value that op is; false: it is trouble. */
static inline bool leaf(struct per *r, struct bits *b, const struct per_op *op)
{
	const struct per_type *as;
	struct bits from;
	const uint8_t *p;
	uint64_t v;

	switch (op->code) {
	case PER_OP_BITS:
		v = bits_take(b, op->n);
		break;
	case PER_OP_BITS_EXT:
		from = *b;
		v = bits_take(b, op->n + 1u);
		if (__builtin_expect(v >> op->n != 0, 0)) {
			*b = any_value(r, from, op);
			return b->why == CUR_OK;
		}
		break;
	case PER_OP_OCTETS:
		bits_align(b);
		v = bits_take(b, op->n);
		break;
	case PER_OP_LONG:
		as = op->special ? op->t->as : op->t;
		v = bits_take(b, op->n);
		bits_align(b);
		v = bits_take(b, 8 * (unsigned)(v + 1));
		if (v > as->hi - as->lo)
			bits_refuse(b, CUR_VALUE);
		if (b->why != CUR_OK)
			return false;
		give_number(r, op, v);
		return true;
	case PER_OP_RUN:
		p = bits_octets(b, op->n);
		if (!p)
			return false;
		give_octets(r, op, p, op->n, false);
		return true;
	case PER_OP_CELL:
		bits_align(b);
		p = b->p;
		if (!bits_octets(b, op->n / 8))
			return false;
		(void)bits_take(b, op->n % 8);
		give_back(r, p, b->p);
		return b->why == CUR_OK;
	case PER_OP_BLOB:
		octets(r, b, op);
		return b->why == CUR_OK;
	default:
		*b = any_value(r, *b, op);
		return b->why == CUR_OK;
	}
	if (v > op->x.max)
		bits_refuse(b, CUR_VALUE);
	if (b->why != CUR_OK)
		return false;
	give_number(r, op, v);
	return true;
}

#endif
