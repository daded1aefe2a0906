/* Runs a program of rows over a message: its containers, and the machine. */
#include "aper_values.h"

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

/* A number in octets that fills its element, as the ids of UEs do in each message; false: it is none, and nothing was read. */
static inline bool whole_number(const struct per *r, const struct per_op *op, const struct blob *x)
{
	const struct per_type *as = op->special ? op->t->as : op->t;
	uint64_t v = 0;

	if (op->code != PER_OP_LONG || x->partial || x->n < 2 || (x->p[0] >> (8 - op->n)) + 2u != x->n)
		return false;
	for (uint32_t i = 1; i < x->n; i++)
		v = v << 8 | x->p[i];
	if (v > as->hi - as->lo)
		return false;
	give_number(r, op, v);
	return true;
}

/* An element that is one value, as most are: the same as open_type() up to leave_open(), without a frame of its own. */
static inline void lone_value(struct per *r, struct bits *b, const struct per_op *op, const struct blob *x, uint8_t put_depth)
{
	struct bits in;

	if (whole_number(r, op, x)) {
		close_to(r->o, put_depth);
		b->p = x->next;
		return;
	}
	in = bits_make(x->p, x->p + x->n, x->partial && b->cut, CUR_OK);
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
	const uint8_t *head;
	struct blob x;
	uint32_t id;

	bits_align(b);
	head = bits_octets(b, 3);
	if (!head)
		return NULL;
	id = (uint32_t)(head[0] << 8 | head[1]);
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

/*
 * Of a choice with an extension marker: r->on is which of its PER_OP_TO goes on.  What stands behind the marker (X.691 23.8)
 * is its number, then an open type.
 */
__attribute__((noinline)) static struct bits open_choice(struct per *r, struct bits b, const struct per_op *op)
{
	bool later = bits_take(&b, 1);
	uint64_t k = later ? per_small_number(&b) : per_constrained(&b, op->n);

	r->on = (uint32_t)k + (later ? op->n : 0);
	if (later && k >= op->x.max) {
		r->on = op->n + op->x.max;
		step_over(r, &b);
	}
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
			if (__builtin_expect(op->special, 0)) {
				*b = open_choice(r, *b, op);
				v = r->on;
			} else {
				v = per_constrained(b, op->n);
			}
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
