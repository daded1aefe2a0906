/* The interpreter of rows: a node tree into a struct, each trouble with its place and its remedy. */
#include "schema.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { WORDS_MAX = 128 };

struct place schema_place(const struct schema_reader *r, uint32_t node)
{
	const struct node *n = &r->tree->node[node];

	return (struct place){ r->file, n->line, n->column };
}

/* ---- messages ---- */

static void allowed_words(struct words *w, const struct key_def *row)
{
	size_t n = 0, k = 0;

	while (row->words[n].s && !row->words[n].alias)
		n++;
	for (; k < n; k++)
		words_item(w, k, n, "or", row->words[k].s);
}

static void allowed_one(struct words *w, const struct key_def *row)
{
	switch (row->type) {
	case ROW_TEXT: words_add(w, "text of %u to %u octets", row->min, row->max); break;
	case ROW_ID: words_add(w, "an id of 1 to 64 letters, digits and . _ : / + -"); break;
	case ROW_NUMBER:
		if (row->min == row->max)
			words_add(w, "%u", row->min);
		else
			words_add(w, "a number from %u to %u", row->min, row->max);
		if (row->unit)
			words_add(w, " (%s)", row->unit);
		break;
	case ROW_BOOL: words_add(w, "true or false"); break;
	case ROW_WORD: allowed_words(w, row); break;
	case ROW_SINCE:
	case ROW_UNTIL: words_add(w, "a day such as 2026-11-30 (UTC), or 2026-11-30T18:00:00Z"); break;
	case ROW_PREFIX: words_add(w, "an address such as 10.0.0.1 or 2001:db8::1, or a prefix such as 10.0.0.0/24"); break;
	case ROW_MAP: words_add(w, "a map (%s)", row->sub->name); break;
	case ROW_OTHER: words_add(w, "%s", row->help); break;
	}
}

void schema_allowed(struct words *w, const struct key_def *row)
{
	if (row->flags & ROW_LIST)
		words_add(w, "a list, each ");
	allowed_one(w, row);
	if (row->flags & ROW_ONE_OR_LIST)
		words_add(w, ", or a list of them");
}

static void found(struct words *w, const struct node *n)
{
	if (n->kind == NODE_MAP)
		words_add(w, "a map");
	else if (n->kind == NODE_LIST)
		words_add(w, "a list");
	else if (node_null(n))
		words_add(w, "nothing");
	else
		words_quoted(w, n->text, n->len);
}

bool schema_refuse(struct schema_reader *r, const struct key_def *row, uint32_t node, const char *allowed)
{
	const struct node *n = &r->tree->node[node];
	struct place at = schema_place(r, node);
	struct words f = { 0 }, a = { 0 };

	found(&f, n);
	if (allowed)
		words_add(&a, "%s", allowed);
	else
		schema_allowed(&a, row);
	trouble_say(r->says, &at, "%s: found %s; %s is allowed", row->key, f.text, a.text);
	return false;
}

/* ---- keys ---- */

/* The row of a member's key, looked for from `first` on (keys mostly stand as the rows do); s->n: none. */
static unsigned row_of(const struct schema *s, const struct node *n, unsigned first)
{
	for (unsigned i = 0; i < s->n; i++) {
		unsigned k = first + i < s->n ? first + i : first + i - s->n;
		const char *key = s->rows[k].key;

		if (key[0] == n->key[0] && !strncmp(key, n->key, n->key_len) && !key[n->key_len])
			return k;
	}
	return s->n;
}

static void unknown_key(struct schema_reader *r, const struct schema *s, const struct node *n)
{
	struct place at = { r->file, n->key_line, n->key_column };
	const char *keys[WORDS_MAX], *near;
	struct words w = { 0 };

	if (r->says->n >= TROUBLES) {		/* it will not be shown */
		r->says->n++;
		return;
	}
	words_add(&w, "found the key ");
	words_quoted(&w, n->key, n->key_len);
	for (unsigned i = 0; i < s->n && i < WORDS_MAX; i++)
		keys[i] = s->rows[i].key;
	near = nearest(n->key, n->key_len, keys, s->n < WORDS_MAX ? s->n : WORDS_MAX);
	words_add(&w, " in %s; ", s->name);
	if (near)
		words_add(&w, "\"%s\" is meant? ", near);
	for (unsigned i = 0; i < s->n; i++)
		words_item(&w, i, s->n, "and", s->rows[i].key);
	trouble_say(r->says, &at, "%s %s allowed", w.text, s->n == 1 ? "is" : "are");
}

/* at: of each row its member, or NODE_NONE; NULL: not asked. */
static bool members(struct schema_reader *r, const struct schema *s, uint32_t node, uint32_t *at)
{
	unsigned next = 0, k;
	bool ok = true;

	for (uint32_t i = r->tree->node[node].first; i != NODE_NONE; i = r->tree->node[i].next) {
		k = row_of(s, &r->tree->node[i], next);
		if (k == s->n) {
			unknown_key(r, s, &r->tree->node[i]);
			ok = false;
			continue;
		}
		if (at)
			at[k] = i;
		next = k + 1;
	}
	return ok;
}

bool schema_keys(struct schema_reader *r, const struct schema *s, uint32_t node)
{
	return members(r, s, node, NULL);
}

/* ---- values ---- */

static bool read_text(struct schema_reader *r, const struct key_def *row, uint32_t node, struct text *t)
{
	const struct node *n = &r->tree->node[node];

	if (n->kind != NODE_SCALAR || node_null(n))
		return schema_refuse(r, row, node, NULL);
	if (row->type == ROW_ID ? !value_id(n->text, n->len) : n->len < row->min || n->len > row->max)
		return schema_refuse(r, row, node, NULL);
	t->s = own_text(r->own, n->text, n->len);
	t->at = schema_place(r, node);
	return true;
}

static bool read_word(struct schema_reader *r, const struct key_def *row, uint32_t node, uint64_t *v)
{
	const struct node *n = &r->tree->node[node];
	const char *all[WORDS_MAX], *near = NULL;
	struct words w = { 0 };
	size_t k = 0;

	if (n->kind == NODE_SCALAR) {
		for (const struct word *x = row->words; x->s; x++) {
			if (strlen(x->s) == n->len && !strncasecmp(x->s, n->text, n->len)) {
				*v |= x->v;
				return true;
			}
			if (!x->alias && k < WORDS_MAX)
				all[k++] = x->s;
		}
		near = nearest(n->text, n->len, all, k);
	}
	if (near)
		words_add(&w, "\"%s\" is meant? one of ", near);
	schema_allowed(&w, row);
	return schema_refuse(r, row, node, w.text);
}

static bool read_number(struct schema_reader *r, const struct key_def *row, uint32_t node, uint32_t *v)
{
	uint64_t x;

	if (!value_number(&r->tree->node[node], row->max, &x) || x < row->min)
		return schema_refuse(r, row, node, NULL);
	*v = (uint32_t)x;
	return true;
}

static bool read_bool(struct schema_reader *r, const struct key_def *row, uint32_t node, bool *v)
{
	const struct node *n = &r->tree->node[node];

	*v = n->kind == NODE_SCALAR && n->len == 4 && !memcmp(n->text, "true", 4);
	return *v || (n->kind == NODE_SCALAR && n->len == 5 && !memcmp(n->text, "false", 5)) || schema_refuse(r, row, node, NULL);
}

static bool read_time(struct schema_reader *r, const struct key_def *row, uint32_t node, uint64_t *v)
{
	const struct node *n = &r->tree->node[node];
	uint64_t from, until;

	if (n->kind != NODE_SCALAR || !value_day(n->text, n->len, &from, &until))
		return schema_refuse(r, row, node, NULL);
	*v = row->type == ROW_SINCE ? from : until == from ? from + 1 : until;
	return true;
}

static bool read_prefix(struct schema_reader *r, const struct key_def *row, uint32_t node, struct prefix *p)
{
	const struct node *n = &r->tree->node[node];
	char meant[128], a[ADDR_TEXT];

	if (value_prefix(n, p))
		return true;
	if (n->kind == NODE_SCALAR && p->net.fam && p->bits < (p->net.fam == 4 ? 32 : 128)) {
		struct addr net = addr_net(&p->net, p->bits);

		(void)addr_text(&net, a);
		(void)snprintf(meant, sizeof(meant), "%s/%u is meant? a prefix without bits beyond its length", a, p->bits);
		return schema_refuse(r, row, node, meant);
	}
	return schema_refuse(r, row, node, NULL);
}

static bool read_one(struct schema_reader *r, const struct key_def *row, uint32_t node, void *at)
{
	switch (row->type) {
	case ROW_TEXT:
	case ROW_ID: return read_text(r, row, node, at);
	case ROW_NUMBER: return read_number(r, row, node, at);
	case ROW_BOOL: return read_bool(r, row, node, at);
	case ROW_WORD: return read_word(r, row, node, at);
	case ROW_SINCE:
	case ROW_UNTIL: return read_time(r, row, node, at);
	case ROW_PREFIX: return read_prefix(r, row, node, at);
	case ROW_MAP:
		if (r->tree->node[node].kind != NODE_MAP)
			return schema_refuse(r, row, node, NULL);
		return schema_read(r, row->sub, node, at);
	case ROW_OTHER: return row->read(r, row, node, at);
	}
	return false;
}

static size_t size_of(const struct key_def *row)
{
	switch (row->type) {
	case ROW_TEXT:
	case ROW_ID: return sizeof(struct text);
	case ROW_NUMBER: return sizeof(uint32_t);
	case ROW_BOOL: return sizeof(bool);
	case ROW_WORD:
	case ROW_SINCE:
	case ROW_UNTIL: return sizeof(uint64_t);
	case ROW_PREFIX: return sizeof(struct prefix);
	case ROW_MAP: return row->sub->size;
	case ROW_OTHER: break;
	}
	return 0;
}

static bool read_list(struct schema_reader *r, const struct key_def *row, uint32_t node, void *member)
{
	const struct node *n = &r->tree->node[node];
	bool single = n->kind != NODE_LIST, ok = true;
	uint32_t max = row->max_list ? row->max_list : LIST_MAX, count = single ? 1 : n->n;
	size_t size = size_of(row);
	struct list *list = member;
	uint8_t *v;

	if (node_null(n) && !(row->flags & ROW_REQUIRED))
		return true;
	if (single && !(row->flags & ROW_ONE_OR_LIST))
		return schema_refuse(r, row, node, NULL);
	if (count > max) {
		struct place at = schema_place(r, node);

		trouble_say(r->says, &at, "%s: found %u entries; at most %u are allowed", row->key, count, max);
		return false;
	}
	if (!count && row->flags & ROW_REQUIRED)
		return schema_refuse(r, row, node, "a list with something in it");
	if (row->flags & ROW_SET) {
		for (uint32_t i = single ? node : n->first; i != NODE_NONE; i = single ? NODE_NONE : r->tree->node[i].next)
			ok = read_one(r, row, i, member) && ok;
		return ok;
	}
	v = own_array(r->own, count, size);
	if (!v)
		return false;
	for (uint32_t i = single ? node : n->first; i != NODE_NONE; i = single ? NODE_NONE : r->tree->node[i].next)
		ok = read_one(r, row, i, v + size * list->n++) && ok;
	list->v = v;
	return ok;
}

bool schema_value(struct schema_reader *r, const struct key_def *row, uint32_t node, void *member)
{
	if (row->type != ROW_OTHER && row->flags & (ROW_LIST | ROW_ONE_OR_LIST))
		return read_list(r, row, node, member);
	return read_one(r, row, node, member);
}

void schema_default(struct schema_reader *r, const struct key_def *row, void *member)
{
	uint64_t never = UINT64_MAX;

	if (row->type == ROW_UNTIL)
		memcpy(member, &never, sizeof(never));
	if (row->def) {
		struct node n = { .kind = NODE_SCALAR, .plain = 1, .text = row->def, .len = (uint32_t)strlen(row->def), .next = NODE_NONE, .first = NODE_NONE };
		struct tree one = { .node = &n, .n = 1 };
		struct schema_reader fake = { .tree = &one, .file = r->file, .own = r->own, .says = r->says };

		(void)read_one(&fake, row, 0, member);
	}
}

bool schema_read(struct schema_reader *r, const struct schema *s, uint32_t node, void *out)
{
	uint32_t at_row[SCHEMA_ROWS_MAX];
	struct place *at = out;
	bool ok;

	assert(s->n <= SCHEMA_ROWS_MAX);
	for (unsigned i = 0; i < s->n; i++)
		at_row[i] = NODE_NONE;
	ok = members(r, s, node, at_row);
	*at = schema_place(r, node);
	for (unsigned i = 0; i < s->n; i++) {
		const struct key_def *row = &s->rows[i];
		void *member = (uint8_t *)out + row->off;

		if (at_row[i] != NODE_NONE) {
			ok = schema_value(r, row, at_row[i], member) && ok;
		} else if (row->flags & ROW_REQUIRED) {
			struct words w = { 0 };

			schema_allowed(&w, row);
			trouble_say(r->says, at, "%s has no key \"%s\"; it needs one: %s", s->name, row->key, w.text);
			ok = false;
		} else {
			schema_default(r, row, member);
		}
	}
	return ok;
}
