#include "aper.h"

#include "perbits.h"

enum frame_kind { FRAME_SEQ, FRAME_SEQOF, FRAME_IES, FRAME_OPEN };

/* A type that is being read. */
struct frame_rec {
	const struct per_type *t;
	uint32_t	 i, n;
	uint8_t		 kind, put_depth;	/* put_depth: groups open outside of it */
	/* SEQ */
	bool		 ext;
	uint64_t	 present;		/* optional members that are there */
	/* OPEN: the parent, and where it goes on */
	bool		 partial, outer_cut;
	const uint8_t	*outer_end, *outer_wide, *next;
};

/*
 * The reading apart from its place in the message: that is a `struct bits` beside it, which never
 * has its address given to a function that is not part of per_read(), so it can live in registers.
 */
struct per {
	struct layers	*l;
	struct put	*o;
	const struct per_schema *s;
	void		*ctx;
	struct frame_rec stack[PER_DEPTH];
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

/* Reads a value; what has a key becomes an item, what the caller wants to see is shown to it. */
static inline void value(struct per *r, struct bits *b, const struct per_type *t)
{
	static const uint8_t item_of[] = { [PER_BITS] = ITEM_BITS, [PER_OCTETS] = ITEM_OCTETS, [PER_STRING] = ITEM_TEXT, [PER_UTF8] = ITEM_TEXT };
	const struct per_type *as = t->kind == PER_SPECIAL ? t->as : t;
	enum fact_key key = (enum fact_key)t->key;
	bool wanted = key || as != t;
	struct per_value v = { 0 };

	switch ((enum per_kind)as->kind) {
	case PER_INT: v.v = integer(b, as); break;
	case PER_ENUM: v.v = enumerated(b, as); break;
	case PER_BITS: bit_string(r, b, as, wanted, &v); break;
	case PER_OCTETS: octet_string(r, b, as, wanted, &v); break;
	case PER_STRING:
	case PER_UTF8: text(b, as, &v); break;
	case PER_NULL: return;
	case PER_SPECIAL: case PER_SEQ: case PER_CHOICE: case PER_SEQOF: case PER_IES: case PER_EXTS: case PER_SINGLE:
	case PER_CONTAINING: return;
	}
	if (as != t && (b->why == CUR_OK || v.cut) && (v.p || !v.n)) {
		r->s->special(r->ctx, t, &v);
	} else if (as == t && key && b->why == CUR_OK) {
		if (t->kind <= PER_ENUM)
			put_uint(r->o, key, v.v);
		else
			put_view(r->o, key, item_of[t->kind], v.p, v.n);
	} else if (v.from && v.from == v.p) {
		give_back(r, v.from, v.from + (v.bits ? v.bits / 8 : v.n));
	} else {
		give_back(r, v.from, b->p);
	}
}

/* ---- containers ---- */

static inline struct frame_rec *push(struct per *r, struct bits *b, enum frame_kind kind, const struct per_type *t, uint32_t n)
{
	struct frame_rec *f;

	if (r->depth == PER_DEPTH)
		bits_refuse(b, CUR_LIMIT);
	if (b->why != CUR_OK)
		return NULL;
	f = &r->stack[r->depth++];
	f->t = t;		/* what only another kind has stays as it was */
	f->i = 0;
	f->n = n;
	f->kind = (uint8_t)kind;
	f->put_depth = r->o->depth;
	return f;
}

/*
 * The octets of x as a world of their own, in which t comes next; what is missing is told after
 * what is there was read.  put_depth: groups open outside of it.
 */
static inline const struct per_type *open_type(struct per *r, struct bits *b, const struct per_type *t, const struct blob *x, uint8_t put_depth)
{
	struct frame_rec *f = push(r, b, FRAME_OPEN, t, 0);

	if (!f)
		return NULL;
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
	return t;
}

static void close_to(struct put *o, unsigned depth)
{
	while (o->depth > depth)
		put_close_or_drop(o);
}

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
	r->depth--;
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

/* An open type that is one value, as those of most elements are: the same as open_type() up to leave_open(), without a frame of its own. */
static inline void lone_value(struct per *r, struct bits *b, const struct per_type *t, const struct blob *x, uint8_t put_depth)
{
	struct bits in = bits_make(x->p, x->p + x->n, x->partial && b->cut, CUR_OK);

	if (x->p == b->p)
		in.wide = b->wide;
	if (x->partial && !b->cut && r->first == CUR_OK)
		r->first = CUR_SHORT;
	value(r, &in, t);
	give_back(r, whole(&in), in.end);
	if (r->first == CUR_OK)
		r->first = in.why;
	close_to(r->o, put_depth);
	b->p = x->next;
	b->used = 0;
	if (x->partial && b->cut)
		bits_refuse(b, CUR_CUT);
}

/* ProtocolIE-Field, ProtocolExtensionField: id(2 octets), criticality(2 bits), an open type. */
static inline const struct per_type *element(struct per *r, struct bits *b, bool extension)
{
	uint8_t depth = r->o->depth;
	const struct per_ie *row;
	struct blob x;
	uint32_t id;

	bits_align(b);
	id = (uint32_t)bits_take(b, 24) >> 8;
	if (b->why != CUR_OK)
		return NULL;
	row = per_ie_find(r->s, id);
	if (!row || (extension && row->ie_only)) {
		put_skip(r->o, id);
		step_over(r, b);
		return NULL;
	}
	if (!blob(r, b, &x))
		return NULL;
	put_open(r->o, id);
	if (row->t->kind <= PER_SPECIAL && r->depth < PER_DEPTH) {
		lone_value(r, b, row->t, &x, depth);
		return NULL;
	}
	return open_type(r, b, row->t, &x, depth);
}

static inline void sequence(struct per *r, struct bits *b, const struct per_type *t)
{
	unsigned opts = 0;
	uint64_t head;
	struct frame_rec *f;

	for (unsigned i = 0; i < t->n; i++)
		opts += (t->f[i].flags & PER_ABSENT) != 0;
	head = bits_take(b, opts + !(t->flags & PER_CLOSED));	/* an extension bit, a bit for each that may be absent */
	f = push(r, b, FRAME_SEQ, t, opts);
	if (!f)
		return;
	f->ext = head >> opts;
	f->present = head;
}

static inline const struct per_type *containing(struct per *r, struct bits *b, const struct per_type *t)
{
	struct blob x;

	if (!blob(r, b, &x))
		return NULL;
	if (!r->s->enter || r->s->enter(r->ctx, t, x.p, x.n))
		return open_type(r, b, t->f[0].t, &x, r->o->depth);
	give_back(r, x.p, x.p + x.n);
	b->p = x.next;
	if (x.partial)
		bits_end(b);
	return NULL;
}

/* Begins t: a value is read, what has members goes on the stack.  Returns what comes next at once, or NULL. */
static inline const struct per_type *visit(struct per *r, struct bits *b, const struct per_type *t)
{
	switch ((enum per_kind)t->kind) {
	case PER_INT: case PER_ENUM: case PER_BITS: case PER_OCTETS: case PER_STRING: case PER_UTF8: case PER_NULL: case PER_SPECIAL:
		value(r, b, t);
		return NULL;
	case PER_CHOICE: return t->f[per_constrained(b, t->n)].t;
	case PER_SEQ: sequence(r, b, t); return NULL;
	case PER_SEQOF: (void)push(r, b, FRAME_SEQOF, t, per_size(b, t->lo, t->hi, false)); return NULL;
	case PER_IES:
	case PER_EXTS:
		bits_align(b);
		(void)push(r, b, FRAME_IES, t, (uint32_t)bits_take(b, 16) + (t->kind == PER_EXTS));
		return NULL;
	case PER_SINGLE: (void)push(r, b, FRAME_IES, t, 1); return NULL;
	case PER_CONTAINING: return containing(r, b, t);
	}
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

/* Goes on with the innermost type: its next member, or NULL. */
static inline const struct per_type *step(struct per *r, struct bits *b)
{
	struct frame_rec *f = &r->stack[r->depth - 1];

	switch ((enum frame_kind)f->kind) {
	case FRAME_SEQ:
		while (f->i < f->t->n) {
			const struct per_field *m = &f->t->f[f->i++];

			if (!(m->flags & PER_ABSENT) || f->present >> --f->n & 1)
				return m->t;
		}
		r->depth--;
		if (f->ext)
			*b = additions(r, *b);
		return NULL;
	case FRAME_SEQOF:
		close_to(r->o, f->put_depth);
		if (f->i++ == f->n) {
			r->depth--;
			return NULL;
		}
		put_open(r->o, ITEM_NO_ID);
		return f->t->f[0].t;
	case FRAME_IES:
		if (f->i++ != f->n)
			return element(r, b, f->t->kind == PER_EXTS);
		r->depth--;
		return NULL;
	case FRAME_OPEN: leave_open(r, b, f); return NULL;
	}
	return NULL;
}

/* Trouble: the innermost open type ends here.  False: there is none. */
static inline bool unwind(struct per *r, struct bits *b)
{
	if (r->first == CUR_OK)
		r->first = b->why;
	while (r->depth && r->stack[r->depth - 1].kind != FRAME_OPEN)
		r->depth--;
	if (!r->depth)
		return false;
	b->why = CUR_OK;
	leave_open(r, b, &r->stack[r->depth - 1]);
	return true;
}

__attribute__((flatten)) void per_read(struct layers *l, const struct per_schema *s, const struct per_type *t, struct cur *c, void *ctx)
{
	struct bits b = bits_make(c->p, c->end, c->cut, c->why);
	struct put *o = layer_put(l);
	unsigned depth = o->depth;
	struct per r;

	r.l = l;			/* one by one: the stack is large and nothing reads what was not pushed */
	r.o = o;
	r.s = s;
	r.ctx = ctx;
	r.depth = 0;
	r.first = CUR_OK;
	r.marks = layer_marks(l);
	if (r.marks && c->p)
		marks_set(r.marks, c->p, (size_t)(c->end - c->p), MARK_SIGNALLING);
	for (;;) {
		while (t && b.why == CUR_OK)
			t = visit(&r, &b, t);
		while (b.why != CUR_OK && unwind(&r, &b))
			;
		if (b.why != CUR_OK || !r.depth)
			break;
		t = step(&r, &b);
	}
	close_to(o, depth);
	c->p = b.p < c->end ? b.p + (b.used != 0) : c->end;
	give_back(&r, c->p, c->end);
	cur_refuse(c, r.first);
}
