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

/* ---- containers ---- */

static inline struct frame_rec *push(struct per *r, struct bits *b, const struct per_op *ret)
{
	struct frame_rec *f;

	if (r->depth == PER_DEPTH) {
		bits_refuse(b, CUR_LIMIT);
		return NULL;
	}
	f = &r->stack[++r->depth];	/* what only another kind has stays as it was */
	f->ret = ret;
	f->open = false;
	return f;
}

/*
 * The octets of x as a world of their own; what is missing is told after what is there was read.
 * put_depth: groups open outside of it.  False: nested too deeply.
 */
static inline bool open_type(struct per *r, struct bits *b, const struct per_op *ret, const struct blob *x, uint8_t put_depth)
{
	struct frame_rec *f = push(r, b, ret);

	if (!f)
		return false;
	f->open = true;
	f->put_depth = put_depth;
	f->outer_end = b->end;
	f->outer_wide = b->wide;
	f->outer_cut = b->cut;
	f->next = x->next;
	f->partial = x->partial;
	if (x->partial && !b->cut && r->first == CUR_OK)
		r->first = CUR_SHORT;
	b->cut = x->partial && b->cut;
	if (x->p != b->p)	/* put together elsewhere */
		b->wide = x->n >= 8 ? x->p + x->n - 8 : NULL;
	b->p = x->p;
	b->end = x->p + x->n;
	b->used = 0;
	return true;
}

static void close_to(struct put *o, unsigned depth)
{
	while (o->depth > depth)
		put_close_or_drop(o);
}

/* Behind the octets of the innermost type, which is open; it stays on the stack. */
static inline void leave_open(struct per *r, struct bits *b, const struct frame_rec *f)
{
	close_to(r->o, f->put_depth);
	give_back(r, whole(b), b->end);
	b->p = f->next;
	b->used = 0;
	b->end = f->outer_end;
	b->wide = f->outer_wide;
	b->cut = f->outer_cut;
	if (f->partial && f->outer_cut)
		bits_refuse(b, CUR_CUT);
}

/* Octets of no concern. */
static inline void step_over(const struct per *r, struct bits *b)
{
	bool more = true;

	while (more && b->why == CUR_OK) {
		uint32_t n = per_length(b, &more);
		const uint8_t *p = bits_octets(b, n);

		if (p)
			give_back(r, p, p + n);
	}
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

/* An element that is one value, as most are: the same as open_type() up to leave_open(), without a frame of its own. */
static inline void lone_value(struct per *r, struct bits *b, const struct per_op *op, const struct blob *x, uint8_t put_depth)
{
	struct bits in = bits_make(x->p, x->p + x->n, x->partial && b->cut, CUR_OK);

	if (x->p == b->p)
		in.wide = b->wide;
	if (x->partial && !b->cut && r->first == CUR_OK)
		r->first = CUR_SHORT;
	if (!leaf(r, &in, op) && r->first == CUR_OK)
		r->first = in.why;
	give_back(r, whole(&in), in.end);
	close_to(r->o, put_depth);
	b->p = x->next;
	b->used = 0;
	if (x->partial && b->cut)
		bits_refuse(b, CUR_CUT);
}

/* ProtocolIE-Field, ProtocolExtensionField: id(2 octets), criticality(2 bits), an open type.  Returns where its type begins, or NULL. */
static inline const struct per_op *element(struct per *r, struct bits *b, const struct per_op *op)
{
	const struct per_element *e;
	const struct per_op *to;
	uint8_t depth = r->o->depth;
	struct blob x;
	uint32_t id;

	bits_align(b);
	id = (uint32_t)bits_take(b, 24) >> 8;
	if (b->why != CUR_OK)
		return NULL;
	e = id < r->g->nelement ? &r->g->element[id] : NULL;
	if (!e || !e->at || (e->ie_only && op->code == PER_OP_EXTENSION)) {
		put_skip(r->o, id);
		step_over(r, b);
		return NULL;
	}
	if (!blob(r, b, &x))
		return NULL;
	put_open(r->o, id);
	to = r->g->op + e->at;
	if (to->code <= PER_OP_VALUE) {
		lone_value(r, b, to, &x, depth);
		return NULL;
	}
	return open_type(r, b, op, &x, depth) ? to : NULL;
}

/* Octets in which a type stands.  Returns where it begins, or NULL: it is not to be read. */
static inline const struct per_op *inside(struct per *r, struct bits *b, const struct per_op *op)
{
	const struct per_schema *s = r->g->s;
	struct blob x;

	if (!blob(r, b, &x))
		return NULL;
	if (!s->enter || s->enter(r->ctx, op->t, x.p, x.n))
		return open_type(r, b, op + 1, &x, r->o->depth) ? r->g->op + op->x.to : NULL;
	give_back(r, x.p, x.p + x.n);
	b->p = x.next;
	if (x.partial)
		bits_end(b);
	return NULL;
}

/* Extension additions (X.691 19.7): a bit each, then an open type for each that is there. */
__attribute__((noinline)) static struct bits additions(const struct per *r, struct bits b)
{
	uint32_t n, there = 0;

	if (bits_take(&b, 1)) {			/* more than 64: no type of ours has so many */
		bits_refuse(&b, CUR_LIMIT);
		return b;
	}
	for (n = (uint32_t)bits_take(&b, 6) + 1; n; n--)
		there += bits_take(&b, 1) != 0;
	for (; there && b.why == CUR_OK; there--)
		step_over(r, &b);
	return b;
}

/* Trouble: the innermost open type ends here.  False: there is none. */
static inline bool unwind(struct per *r, struct bits *b)
{
	if (r->first == CUR_OK)
		r->first = b->why;
	while (r->depth && !r->stack[r->depth].open)
		r->depth--;
	if (!r->depth)
		return false;
	b->why = CUR_OK;
	leave_open(r, b, &r->stack[r->depth]);
	return true;
}

/*
 * Runs until the program stops.  An instruction goes on with the next one, unless it says where;
 * the innermost type is `f`.
 */
static inline void run(struct per *r, struct bits *b)
{
	const struct per_op *const first = r->g->op, *op = first + 1, *to;
	struct frame_rec *f = r->stack;
	uint64_t v;

	for (;;) {
		switch ((enum per_code)op->code) {
		case PER_OP_BITS: case PER_OP_BITS_EXT: case PER_OP_OCTETS: case PER_OP_LONG: case PER_OP_RUN: case PER_OP_CELL: case PER_OP_BLOB:
		case PER_OP_VALUE:
			if (leaf(r, b, op++))
				continue;
			break;
		case PER_OP_HEAD:
			f->present = bits_take(b, op->n);
			op++;
			if (b->why == CUR_OK)
				continue;
			break;
		case PER_OP_IF:
			op += f->present >> op->n & 1 ? 1 : 2;
			continue;
		case PER_OP_REST:
			op++;
			if (f->present)
				continue;
			goto end;
		case PER_OP_END_EXT:
			if (f->present >> op->n & 1)
				*b = additions(r, *b);
			if (b->why != CUR_OK)
				break;
			goto end;
		case PER_OP_END:
		end:
			op = f->ret;
			if (f->open)
				leave_open(r, b, f);
			f = &r->stack[--r->depth];
			if (b->why == CUR_OK)
				continue;
			break;
		case PER_OP_CALL:
			f = push(r, b, op + 1);
			if (!f)
				break;
			op = first + op->x.to;
			continue;
		case PER_OP_CHOICE:
			v = per_constrained(b, op->n);
			if (b->why != CUR_OK)
				break;
			op = first + op[1 + v].x.to;
			continue;
		case PER_OP_TO:
			op = first + op->x.to;
			continue;
		case PER_OP_LIST:
			f->i = 0;
			f->n = per_size(b, op->t->lo, op->t->hi, false);
			f->list_depth = r->o->depth;
			op++;
			if (b->why == CUR_OK)
				continue;
			break;
		case PER_OP_NEXT:
			close_to(r->o, f->list_depth);
			if (f->i++ == f->n)
				goto end;
			put_open(r->o, ITEM_NO_ID);
			op++;
			continue;
		case PER_OP_IES:
		case PER_OP_EXTS:
			bits_align(b);
			f->i = 0;
			f->n = (uint32_t)bits_take(b, 16) + (op->code == PER_OP_EXTS);
			op++;
			if (b->why == CUR_OK)
				continue;
			break;
		case PER_OP_SINGLE:
			f->i = 0;
			f->n = 1;
			op++;
			continue;
		case PER_OP_ELEMENT:
		case PER_OP_EXTENSION:
			if (f->i++ == f->n)
				goto end;
			to = element(r, b, op);
			if (b->why != CUR_OK)
				break;
			if (!to)
				continue;
			op = to;
			f = &r->stack[r->depth];
			continue;
		case PER_OP_INSIDE:
			to = inside(r, b, op);
			if (b->why != CUR_OK)
				break;
			op = to ? to : op + 1;
			f = &r->stack[r->depth];
			continue;
		case PER_OP_STOP:
			return;
		}
		while (b->why != CUR_OK) {
			if (!unwind(r, b))
				return;
			op = r->stack[r->depth--].ret;
		}
		f = &r->stack[r->depth];
	}
}

__attribute__((flatten)) void per_read(struct layers *l, const struct per_program *g, struct cur *c, void *ctx)
{
	struct bits b = bits_make(c->p, c->end, c->cut, c->why);
	struct put *o = layer_put(l);
	unsigned depth = o->depth;
	struct per r;

	r.l = l;			/* one by one: the stack is large and nothing reads what was not pushed */
	r.o = o;
	r.g = g;
	r.ctx = ctx;
	r.depth = 0;
	r.first = CUR_OK;
	r.marks = layer_marks(l);
	if (r.marks && c->p)
		marks_set(r.marks, c->p, (size_t)(c->end - c->p), MARK_SIGNALLING);
	if (b.why == CUR_OK)
		run(&r, &b);
	else
		r.first = b.why;
	close_to(o, depth);
	c->p = b.p < c->end ? b.p + (b.used != 0) : c->end;
	give_back(&r, c->p, c->end);
	cur_refuse(c, r.first);
}
