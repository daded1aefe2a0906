#include "node.h"

#include "region.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 16, AHEAD = 1024 };

struct tree *tree_new(const char *file)
{
	struct tree *t = calloc(1, sizeof(*t));

	if (t)
		t->file = own_text(&t->own, file, strlen(file));
	return t;
}

void tree_free(struct tree *t)
{
	if (!t)
		return;
	own_free(&t->own);
	free(t->node);
	free(t);
}

uint32_t tree_add(struct tree *t, uint32_t parent, const struct node *like)
{
	struct node *n;
	uint32_t i = t->n;

	if (i == TREE_NODES)
		return NODE_NONE;
	if (i == t->cap) {
		uint32_t cap = t->cap ? t->cap * 2 : 256;

		n = realloc(t->node, cap * sizeof(*n));
		if (!n)
			return NODE_NONE;
		t->node = n;
		t->cap = cap;
	}
	n = &t->node[i];
	if (i && i % AHEAD == 0)	/* many come: the pages of the next ones at once */
		region_soon(n, (t->cap - i < AHEAD ? t->cap - i : AHEAD) * sizeof(*n));
	*n = *like;
	n->next = n->first = n->last = NODE_NONE;
	n->n = 0;
	n->text = like->text ? like->text : "";
	t->n++;
	if (parent != NODE_NONE) {
		struct node *p = &t->node[parent];

		if (p->first == NODE_NONE)
			p->first = i;
		else
			t->node[p->last].next = i;
		p->last = i;
		p->n++;
	}
	return i;
}

uint32_t tree_find(const struct tree *t, uint32_t map, const char *key, size_t len)
{
	for (uint32_t i = t->node[map].kind == NODE_MAP ? t->node[map].first : NODE_NONE; i != NODE_NONE; i = t->node[i].next)
		if (t->node[i].key && t->node[i].key_len == len && !memcmp(t->node[i].key, key, len))
			return i;
	return NODE_NONE;
}

static int by_key(const void *a, const void *b)
{
	const struct node *x = *(const struct node *const *)a, *y = *(const struct node *const *)b;
	int c = memcmp(x->key, y->key, x->key_len < y->key_len ? x->key_len : y->key_len);

	if (c || x->key_len != y->key_len)
		return c ? c : x->key_len < y->key_len ? -1 : 1;
	return x < y ? -1 : x > y;
}

static bool same_key(const struct node *a, const struct node *b)
{
	return a->key_len == b->key_len && !memcmp(a->key, b->key, a->key_len);
}

bool tree_unique_soon(const struct tree *t, uint32_t map)
{
	const struct node *v[FEW];
	uint32_t n = 0;

	if (t->node[map].n > FEW)
		return false;
	for (uint32_t i = t->node[map].first; i != NODE_NONE; i = t->node[i].next) {
		v[n] = &t->node[i];
		for (uint32_t k = 0; k < n; k++)
			if (same_key(v[n], v[k]))
				return false;
		n++;
	}
	return true;
}

static int unique_in(const struct tree *t, const struct node *map, const struct node **v, struct troubles *says)
{
	uint32_t n = 0;
	int ok = 1;

	for (uint32_t i = map->first; i != NODE_NONE; i = t->node[i].next)
		v[n++] = &t->node[i];
	qsort(v, n, sizeof(*v), by_key);
	for (uint32_t i = 1; i < n; i++) {
		const struct node *a = v[i - 1], *b = v[i];
		struct place at = node_key_place(t, b);
		struct words w = { 0 };

		if (!same_key(a, b))
			continue;
		words_quoted(&w, b->key, b->key_len);
		trouble_say(says, &at, "found the key %s a second time (first at line %u); a key stands once, take one of them out", w.text, a->key_line);
		ok = 0;
	}
	return ok;
}

int tree_unique(const struct tree *t, struct troubles *says)
{
	uint32_t most = 0;
	const struct node **v;
	int ok = 1;

	for (uint32_t i = 0; i < t->n; i++)
		if (t->node[i].kind == NODE_MAP && t->node[i].n > most)
			most = t->node[i].n;
	v = malloc((most + 1) * sizeof(*v));
	if (!v)
		return 0;
	for (uint32_t i = 0; i < t->n; i++)
		if (t->node[i].kind == NODE_MAP && t->node[i].n > 1 && !unique_in(t, &t->node[i], v, says))
			ok = 0;
	free(v);
	return ok;
}
