#include "aper.h"

#include "perbits.h"

enum frame_kind { FRAME_SEQ, FRAME_SEQOF, FRAME_IES, FRAME_OPEN };

/* A type that is being read. */
struct frame_rec {
	const struct per_type *t;
	const uint8_t	*outer_end, *next;	/* OPEN: the parent's end, and where it goes on */
	uint64_t	 present;		/* SEQ: optional members that are there */
	uint32_t	 i, n;
	uint8_t		 kind, put_depth;	/* put_depth: groups open outside of it */
	bool		 ext, partial, outer_cut;
};

struct per {
	struct layers	*l;
	struct put	*o;
	const struct per_schema *s;
	void		*ctx;
	struct bits	 b;
	struct frame_rec stack[PER_DEPTH];
	unsigned	 depth;
	enum cur_why	 first;		/* trouble that an open type contained */
};

/* ---- octets after a length, whole or in fragments ---- */

struct blob {
	const uint8_t	*p, *next;	/* the octets; where their parent goes on */
	uint32_t	 n;
	bool		 partial;	/* the parent ends before they do */
};

/* The octets of all fragments from b on; copied to `to` when it is not NULL. */
static struct blob fragments(struct bits b, uint8_t *to)
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
		x.n += n;
		b.p += n;
	}
	x.next = b.p;
	return x;
}

static struct blob blob(struct per *r)
{
	struct bits *b = &r->b, at = *b;
	struct blob x = { 0 };
	bool more;
	uint32_t n = per_length(b, &more);
	size_t left = (size_t)(b->end - b->p);
	uint8_t *to;

	if (b->why != CUR_OK)
		return x;
	if (!more) {
		x.p = b->p;
		x.partial = n > left;
		x.n = x.partial ? (uint32_t)left : n;
		x.next = b->p + x.n;
		return x;
	}
	x = fragments(at, NULL);
	to = layer_mem(r->l, x.n ? x.n : 1);
	if (!to) {
		bits_refuse(b, CUR_LIMIT);
		return x;
	}
	return fragments(at, to);
}

/* ---- values ---- */

static uint64_t integer(struct bits *b, const struct per_type *t)
{
	if (t->flags & PER_EXT && bits_take(b, 1))
		return per_long_number(b);
	return t->lo + per_constrained(b, t->hi - t->lo + 1);
}

static uint64_t enumerated(struct bits *b, const struct per_type *t)
{
	if (t->flags & PER_EXT && bits_take(b, 1))
		return t->hi + 1 + per_small_number(b);
	return per_constrained(b, t->hi + 1);
}

/* A bit string as octets: borrowed when it is aligned and needs no masking, else in batch memory. */
static void bit_string(struct per *r, const struct per_type *t, struct per_value *v)
{
	struct bits *b = &r->b;
	bool beyond = t->flags & PER_EXT && bits_take(b, 1), fixed = t->hi && t->lo == t->hi && !beyond;
	uint32_t n = fixed ? t->lo : per_size(b, t->lo, t->hi, beyond);
	uint64_t last;
	uint8_t *to;

	v->bits = n;
	v->n = (n + 7) / 8;
	if (fixed && n <= 16) {
		uint64_t x = bits_take(b, n);

		to = layer_mem(r->l, 2);
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
	to = b->why == CUR_OK ? layer_mem(r->l, v->n) : NULL;
	if (to) {
		memcpy(to, v->p, n / 8);
		to[n / 8] = (uint8_t)(last << (8 - n % 8));
	}
	v->p = to;
}

static void octet_string(struct per *r, const struct per_type *t, struct per_value *v)
{
	struct bits *b = &r->b;
	bool beyond = t->flags & PER_EXT && bits_take(b, 1), fixed = t->hi && t->lo == t->hi && !beyond;
	uint8_t *to;

	if (beyond || t->hi >= 65536 || !t->hi) {
		struct blob x = blob(r);

		v->p = x.p;
		v->n = x.n;
		if (b->why != CUR_OK)
			return;
		b->p = x.next;
		v->cut = x.partial && b->cut;
		if (x.partial)
			bits_end(b);
		return;
	}
	v->n = fixed ? t->lo : per_size(b, t->lo, t->hi, false);
	if (!fixed || v->n > 2) {
		v->p = bits_octets(b, v->n);
		return;
	}
	to = layer_mem(r->l, 2);		/* X.691 17.6: one or two octets are not aligned */
	v->p = to;
	for (uint32_t i = 0; i < v->n; i++) {
		uint8_t x = (uint8_t)bits_take(b, 8);

		if (to)
			to[i] = x;
	}
}

/* X.691 30.5: eight bits a character; UTF8String has a length in octets. */
static void text(struct per *r, const struct per_type *t, struct per_value *v)
{
	struct bits *b = &r->b;
	bool beyond = t->kind == PER_STRING && t->flags & PER_EXT && bits_take(b, 1);

	v->n = t->kind == PER_STRING ? per_size(b, t->lo, t->hi, beyond) : per_plain_length(b);
	v->p = bits_octets(b, v->n);
}

static void keep(struct per *r, const struct per_type *t, const struct per_value *v)
{
	enum fact_key key = (enum fact_key)t->key;

	if (!key || r->b.why != CUR_OK)
		return;
	switch ((enum per_kind)t->kind) {
	case PER_INT:
	case PER_ENUM: put_uint(r->o, key, v->v); break;
	case PER_BITS: put_bits(r->o, key, v->p, v->n); break;
	case PER_OCTETS: put_octets(r->o, key, v->p, v->n); break;
	case PER_STRING:
	case PER_UTF8: put_text(r->o, key, (const char *)v->p, v->n); break;
	case PER_SEQ: case PER_CHOICE: case PER_SEQOF: case PER_NULL: case PER_IES: case PER_EXTS: case PER_SINGLE:
	case PER_CONTAINING: case PER_SPECIAL: break;
	}
}

static void value(struct per *r, const struct per_type *t, struct per_value *v)
{
	switch ((enum per_kind)t->kind) {
	case PER_INT: v->v = integer(&r->b, t); break;
	case PER_ENUM: v->v = enumerated(&r->b, t); break;
	case PER_BITS: bit_string(r, t, v); break;
	case PER_OCTETS: octet_string(r, t, v); break;
	case PER_STRING:
	case PER_UTF8: text(r, t, v); break;
	case PER_SEQ: case PER_CHOICE: case PER_SEQOF: case PER_NULL: case PER_IES: case PER_EXTS: case PER_SINGLE:
	case PER_CONTAINING: case PER_SPECIAL: break;
	}
}

/* ---- containers ---- */

static struct frame_rec *push(struct per *r, enum frame_kind kind, const struct per_type *t, uint8_t put_depth)
{
	struct frame_rec *f;

	if (r->depth == PER_DEPTH)
		bits_refuse(&r->b, CUR_LIMIT);
	if (r->b.why != CUR_OK)
		return NULL;
	f = &r->stack[r->depth++];
	*f = (struct frame_rec){ .kind = (uint8_t)kind, .t = t, .put_depth = put_depth };
	return f;
}

/* The octets of x as a world of their own; what is missing is told after what is there was read. */
static void open_type(struct per *r, const struct per_type *t, const struct blob *x, uint8_t put_depth)
{
	struct bits *b = &r->b;
	struct frame_rec *f = push(r, FRAME_OPEN, t, put_depth);

	if (!f)
		return;
	f->outer_end = b->end;
	f->outer_cut = b->cut;
	f->next = x->next;
	f->partial = x->partial;
	if (x->partial && !b->cut && r->first == CUR_OK)
		r->first = CUR_SHORT;
	b->cut = x->partial && b->cut;
	b->p = x->p;
	b->end = x->p + x->n;
	b->used = 0;
}

/* Octets of no concern. */
static void step_over(struct per *r)
{
	bool more = true;

	while (more && r->b.why == CUR_OK) {
		uint32_t n = per_length(&r->b, &more);

		(void)bits_octets(&r->b, n);
	}
}

/* ProtocolIE-Field, ProtocolExtensionField: id, criticality, an open type. */
static void element(struct per *r, bool extension)
{
	struct bits *b = &r->b;
	uint8_t depth = r->o->depth;
	const struct per_ie *row;
	struct blob x;
	uint32_t id;

	bits_align(b);
	id = (uint32_t)bits_take(b, 16);
	(void)bits_take(b, 2);			/* criticality */
	if (b->why != CUR_OK)
		return;
	row = per_ie_find(r->s, id);
	if (!row || (extension && row->ie_only)) {
		put_skip(r->o, id);
		step_over(r);
		return;
	}
	x = blob(r);
	if (b->why != CUR_OK)
		return;
	put_open(r->o, id);
	open_type(r, row->t, &x, depth);
}

static void sequence(struct per *r, const struct per_type *t)
{
	bool ext = !(t->flags & PER_CLOSED) && bits_take(&r->b, 1);
	unsigned opts = 0;
	uint64_t present;
	struct frame_rec *f;

	for (unsigned i = 0; i < t->n; i++)
		opts += (t->f[i].flags & PER_ABSENT) != 0;
	present = bits_take(&r->b, opts);
	f = push(r, FRAME_SEQ, t, r->o->depth);
	if (!f)
		return;
	f->ext = ext;
	f->present = present;
	f->n = opts;
}

static void counted(struct per *r, enum frame_kind kind, const struct per_type *t, uint32_t n)
{
	struct frame_rec *f = push(r, kind, t, r->o->depth);

	if (f)
		f->n = n;
}

static void containing(struct per *r, const struct per_type *t)
{
	struct blob x = blob(r);

	if (r->b.why != CUR_OK)
		return;
	if (!r->s->enter || r->s->enter(r->ctx, t, x.p, x.n)) {
		open_type(r, t->f[0].t, &x, r->o->depth);
		return;
	}
	r->b.p = x.next;
	if (x.partial)
		bits_end(&r->b);
}

static void visit(struct per *r, const struct per_type *t)
{
	struct bits *b = &r->b;
	struct per_value v = { 0 };

	while (t->kind == PER_CHOICE && b->why == CUR_OK)
		t = t->f[per_constrained(b, t->n)].t;
	if (b->why != CUR_OK)
		return;
	switch ((enum per_kind)t->kind) {
	case PER_SEQ: sequence(r, t); return;
	case PER_SEQOF: counted(r, FRAME_SEQOF, t, per_size(b, t->lo, t->hi, false)); return;
	case PER_IES:
	case PER_EXTS:
		bits_align(b);
		counted(r, FRAME_IES, t, (uint32_t)bits_take(b, 16) + (t->kind == PER_EXTS));
		return;
	case PER_SINGLE: element(r, false); return;
	case PER_CONTAINING: containing(r, t); return;
	case PER_SPECIAL:
		value(r, t->as, &v);
		if ((b->why == CUR_OK || v.cut) && (v.p || !v.n))
			r->s->special(r->ctx, t, &v);
		return;
	case PER_INT: case PER_ENUM: case PER_BITS: case PER_OCTETS: case PER_STRING: case PER_UTF8:
		value(r, t, &v);
		keep(r, t, &v);
		return;
	case PER_NULL:
	case PER_CHOICE: return;
	}
}

/* Extension additions (X.691 19.7): a bit each, then an open type for each that is there. */
static void additions(struct per *r)
{
	struct bits *b = &r->b;
	uint32_t n, there = 0;

	if (bits_take(b, 1)) {			/* more than 64: no type of ours has so many */
		bits_refuse(b, CUR_LIMIT);
		return;
	}
	for (n = (uint32_t)bits_take(b, 6) + 1; n; n--)
		there += bits_take(b, 1) != 0;
	for (; there && b->why == CUR_OK; there--)
		step_over(r);
}

static void close_to(struct per *r, unsigned depth)
{
	while (r->o->depth > depth)
		put_close_or_drop(r->o);
}

static void leave_open(struct per *r, const struct frame_rec *f)
{
	struct bits *b = &r->b;

	close_to(r, f->put_depth);
	b->p = f->next;
	b->used = 0;
	b->end = f->outer_end;
	b->cut = f->outer_cut;
	if (f->partial && f->outer_cut)
		bits_refuse(b, CUR_CUT);
	r->depth--;
}

static void step_seq(struct per *r, struct frame_rec *f)
{
	while (f->i < f->t->n) {
		const struct per_field *m = &f->t->f[f->i++];

		if (m->flags & PER_ABSENT && !(f->present >> --f->n & 1))
			continue;
		visit(r, m->t);
		return;
	}
	r->depth--;
	if (f->ext)
		additions(r);
}

static void step(struct per *r, struct frame_rec *f)
{
	switch ((enum frame_kind)f->kind) {
	case FRAME_SEQ: step_seq(r, f); return;
	case FRAME_SEQOF:
		close_to(r, f->put_depth);
		if (f->i++ == f->n) {
			r->depth--;
			return;
		}
		put_open(r->o, ITEM_NO_ID);
		visit(r, f->t->f[0].t);
		return;
	case FRAME_IES:
		if (f->i++ == f->n)
			r->depth--;
		else
			element(r, f->t->kind == PER_EXTS);
		return;
	case FRAME_OPEN:
		if (f->i++)
			leave_open(r, f);
		else
			visit(r, f->t);
		return;
	}
}

/* Trouble: the innermost open type ends here.  False: there is none. */
static bool unwind(struct per *r)
{
	if (r->first == CUR_OK)
		r->first = r->b.why;
	while (r->depth && r->stack[r->depth - 1].kind != FRAME_OPEN)
		r->depth--;
	if (!r->depth)
		return false;
	r->b.why = CUR_OK;
	leave_open(r, &r->stack[r->depth - 1]);
	return true;
}

void per_read(struct layers *l, const struct per_schema *s, const struct per_type *t, struct cur *c, void *ctx)
{
	struct per r = { .l = l, .o = layer_put(l), .s = s, .ctx = ctx };
	unsigned depth = r.o->depth;

	r.b = (struct bits){ c->p, c->end, 0, c->cut, c->why };
	visit(&r, t);
	while (r.depth || r.b.why != CUR_OK) {
		if (r.b.why != CUR_OK) {
			if (!unwind(&r))
				break;
			continue;
		}
		step(&r, &r.stack[r.depth - 1]);
	}
	close_to(&r, depth);
	c->p = r.b.p < c->end ? r.b.p + (r.b.used != 0) : c->end;
	cur_refuse(c, r.first);
}

const struct per_ie *per_ie_find(const struct per_schema *s, uint32_t id)
{
	for (const struct per_ie_table *const *t = s->ies; *t; t++) {
		uint32_t lo = 0, hi = (*t)->n;

		while (lo < hi) {
			uint32_t mid = (lo + hi) / 2;

			if ((*t)->row[mid].id == id)
				return &(*t)->row[mid];
			if ((*t)->row[mid].id < id)
				lo = mid + 1;
			else
				hi = mid;
		}
	}
	return NULL;
}
