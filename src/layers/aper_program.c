/* Rows to a program: each type that can be reached becomes a subroutine, once. */
#include "aper_inside.h"

#include "err.h"
#include "perbits.h"

#include <stdlib.h>

struct making {
	struct per_program *g;
	const struct per_type **type;	/* all so far; the first `done` of them have instructions */
	uint32_t	*at;		/* where those begin */
	uint32_t	*slot;		/* a type's number + 1 by the hash of its address; twice as many as types, a power of two */
	uint32_t	 ntype, cap_type, done, cap_op;
	bool		 full;
};

/* Where the type's number is, or 0 where it belongs; there is a free one. */
static uint32_t *slot_of(const struct making *m, const struct per_type *t)
{
	uint32_t mask = 2 * m->cap_type - 1, i = (uint32_t)(((uintptr_t)t >> 3) * 0x9e3779b97f4a7c15u >> 32) & mask;

	while (m->slot[i] && m->type[m->slot[i] - 1] != t)
		i = (i + 1) & mask;
	return &m->slot[i];
}

/* False: there is no memory. */
static bool more_types(struct making *m)
{
	uint32_t cap = m->cap_type ? 2 * m->cap_type : 512;
	const struct per_type **type = realloc(m->type, cap * sizeof(*type));
	uint32_t *at = type ? realloc(m->at, cap * sizeof(*at)) : NULL, *slot = at ? calloc(2u * cap, sizeof(*slot)) : NULL;

	m->type = type ? type : m->type;
	m->at = at ? at : m->at;
	m->full |= !slot;
	if (!slot)
		return false;
	free(m->slot);
	m->slot = slot;
	m->cap_type = cap;
	for (uint32_t i = 0; i < m->ntype; i++)
		*slot_of(m, m->type[i]) = i + 1;
	return true;
}

/* A type's number, until all have a place. */
static uint32_t number_of(struct making *m, const struct per_type *t)
{
	uint32_t *slot;

	if (m->ntype == m->cap_type && !more_types(m))
		return 0;
	slot = slot_of(m, t);
	if (!*slot) {
		m->type[m->ntype] = t;
		*slot = ++m->ntype;
	}
	return *slot - 1;
}

static void emit(struct making *m, struct per_op op)
{
	struct per_program *g = m->g;

	if (g->nop == m->cap_op) {
		uint32_t cap = m->cap_op ? 2 * m->cap_op : 2048;
		struct per_op *more = realloc(g->op, cap * sizeof(*more));

		m->full |= !more;
		if (!more)
			return;
		g->op = more;
		m->cap_op = cap;
	}
	g->op[g->nop++] = op;
}

static void emit_code(struct making *m, enum per_code code, const struct per_type *t)
{
	emit(m, (struct per_op){ .code = (uint8_t)code, .t = t });
}

/* lo..lo + range - 1 (X.691 11.5.7). */
static struct per_op number_op(const struct per_type *as, uint64_t range)
{
	bool ext = as->flags & PER_EXT;

	if (!range)			/* all 64 bits */
		return (struct per_op){ .code = PER_OP_LONG, .n = 3 };
	if (range > 255 && ext)
		return (struct per_op){ .code = PER_OP_VALUE };
	if (range <= 255)
		return (struct per_op){ .code = ext ? PER_OP_BITS_EXT : PER_OP_BITS, .n = range > 1 ? (uint16_t)per_width(range - 1) : 0,
			.x.max = (uint32_t)range - 1 };
	if (range <= 65536)
		return (struct per_op){ .code = PER_OP_OCTETS, .n = range == 256 ? 8 : 16, .x.max = (uint32_t)range - 1 };
	return (struct per_op){ .code = PER_OP_LONG, .n = (uint16_t)per_width((per_width(range - 1) + 7) / 8 - 1) };
}

static struct per_op value_op(const struct per_type *t)
{
	const struct per_type *as = t->kind == PER_SPECIAL ? t->as : t;
	bool fixed = as->hi && as->lo == as->hi && !(as->flags & PER_EXT);
	struct per_op op = { .code = PER_OP_VALUE };

	if (as->kind == PER_INT)
		op = number_op(as, as->hi - as->lo + 1);
	else if (as->kind == PER_ENUM)
		op = number_op(as, as->hi + 1);
	else if (as->kind == PER_NULL)
		op = number_op(as, 1);
	else if (as->kind == PER_BITS && fixed && as->lo > 16 && as->lo < 65536 && as == t && !t->key)
		op = (struct per_op){ .code = PER_OP_CELL, .n = (uint16_t)as->lo };
	else if (as->kind == PER_OCTETS && fixed && as->lo > 2 && as->lo < 65536)
		op = (struct per_op){ .code = PER_OP_RUN, .n = (uint16_t)as->lo };
	else if (as->kind == PER_OCTETS && !as->hi && !(as->flags & PER_EXT))
		op = (struct per_op){ .code = PER_OP_BLOB };
	if (as != t && op.code != PER_OP_LONG && op.code != PER_OP_RUN && op.code != PER_OP_BLOB)
		op = (struct per_op){ .code = PER_OP_VALUE };
	op.special = as != t;
	op.key = as == t ? t->key : 0;
	op.t = t;
	return op;
}

/* One instruction that reads t where it is a member. */
static void member(struct making *m, const struct per_type *t)
{
	if (t->kind <= PER_SPECIAL)
		emit(m, value_op(t));
	else if (t->kind == PER_CONTAINING)
		emit(m, (struct per_op){ .code = PER_OP_INSIDE, .t = t, .x.to = number_of(m, t->f[0].t) });
	else
		emit(m, (struct per_op){ .code = PER_OP_CALL, .x.to = number_of(m, t) });
}

static void sequence(struct making *m, const struct per_type *t)
{
	bool ext = !(t->flags & PER_CLOSED);
	unsigned opts = 0, needed = 0, left;

	for (unsigned i = 0; i < t->n; i++) {
		opts += (t->f[i].flags & PER_ABSENT) != 0;
		if (!(t->f[i].flags & PER_ABSENT))
			needed = i + 1;
	}
	left = opts;
	emit(m, (struct per_op){ .code = PER_OP_HEAD, .n = (uint16_t)(opts + ext) });
	for (unsigned i = 0; i < t->n; i++) {
		if (i == needed && ext)
			emit_code(m, PER_OP_REST, NULL);
		if (t->f[i].flags & PER_ABSENT)
			emit(m, (struct per_op){ .code = PER_OP_IF, .n = (uint16_t)--left });
		member(m, t->f[i].t);
	}
	emit(m, (struct per_op){ .code = ext ? PER_OP_END_EXT : PER_OP_END, .n = (uint16_t)opts });
}

static void subroutine(struct making *m, const struct per_type *t)
{
	uint32_t later = 0;

	switch ((enum per_kind)t->kind) {
	case PER_SEQ: sequence(m, t); return;
	case PER_CHOICE:
		for (unsigned i = 0; i < t->n; i++)
			later += (t->f[i].flags & PER_LATER) != 0;
		emit(m, (struct per_op){ .code = PER_OP_CHOICE, .special = t->flags & PER_EXT, .n = (uint16_t)(t->n - later), .x.max = later });
		for (unsigned i = 0; i < t->n; i++)
			emit(m, (struct per_op){ .code = PER_OP_TO, .x.to = number_of(m, t->f[i].t) });
		if (!(t->flags & PER_EXT))
			return;
		emit(m, (struct per_op){ .code = PER_OP_TO, .n = 1, .x.to = m->g->nop + 1 });
		emit_code(m, PER_OP_END, NULL);
		return;
	case PER_SEQOF:
		emit_code(m, PER_OP_LIST, t);
		emit_code(m, PER_OP_NEXT, NULL);
		member(m, t->f[0].t);
		emit(m, (struct per_op){ .code = PER_OP_TO, .n = 1, .x.to = m->g->nop - 2 });	/* n: a place, no type */
		return;
	case PER_IES:
	case PER_SINGLE:
		emit_code(m, t->kind == PER_IES ? PER_OP_IES : PER_OP_SINGLE, NULL);
		emit_code(m, PER_OP_ELEMENT, NULL);
		return;
	case PER_EXTS:
		emit_code(m, PER_OP_EXTS, NULL);
		emit_code(m, PER_OP_EXTENSION, NULL);
		return;
	case PER_INT: case PER_ENUM: case PER_BITS: case PER_OCTETS: case PER_STRING: case PER_UTF8: case PER_NULL: case PER_SPECIAL:
	case PER_CONTAINING: break;
	}
	member(m, t);
	emit_code(m, PER_OP_END, NULL);
}

static const struct per_ie *row_of(const struct per_schema *s, uint32_t id)
{
	for (const struct per_ie_table *const *t = s->ies; *t; t++)
		if (id < (*t)->n && (*t)->row[id].t)
			return &(*t)->row[id];
	return NULL;
}

/* The elements' types, by id: the first row there is. */
static void elements(struct making *m)
{
	struct per_program *g = m->g;

	for (const struct per_ie_table *const *t = g->s->ies; *t; t++)
		g->nelement = (*t)->n > g->nelement ? (*t)->n : g->nelement;
	g->element = calloc(g->nelement + 1, sizeof(*g->element));
	m->full |= !g->element;
	for (uint32_t id = 0; id < g->nelement && !m->full; id++) {
		const struct per_ie *row = row_of(g->s, id);

		if (row)
			g->element[id] = (struct per_element){ number_of(m, row->t) + 1, row->ie_only };
	}
}

/* A type's number becomes the place where it begins. */
static void link_all(const struct making *m)
{
	struct per_program *g = m->g;

	for (uint32_t i = 0; i < g->nop; i++) {
		struct per_op *op = &g->op[i];

		if (op->code == PER_OP_CALL || op->code == PER_OP_INSIDE || (op->code == PER_OP_TO && !op->n))
			op->x.to = m->at[op->x.to];
	}
	for (uint32_t id = 0; id < g->nelement; id++)
		if (g->element[id].at)
			g->element[id].at = m->at[g->element[id].at - 1];
}

int per_program_new(struct per_program **out, const struct per_schema *s, const struct per_type *t)
{
	struct making m = { .g = calloc(1, sizeof(struct per_program)) };

	*out = NULL;
	if (!m.g)
		return FW_ENOMEM;
	m.g->s = s;
	emit_code(&m, PER_OP_STOP, NULL);
	member(&m, t);
	emit_code(&m, PER_OP_STOP, NULL);
	elements(&m);
	for (; m.done < m.ntype && !m.full; m.done++) {		/* grows while it is walked */
		m.at[m.done] = m.g->nop;
		subroutine(&m, m.type[m.done]);
	}
	if (!m.full)
		link_all(&m);
	free(m.type);
	free(m.at);
	free(m.slot);
	if (m.full) {
		per_program_free(m.g);
		return FW_ENOMEM;
	}
	*out = m.g;
	return FW_OK;
}

void per_program_free(struct per_program *g)
{
	if (!g)
		return;
	free(g->op);
	free(g->element);
	free(g);
}
