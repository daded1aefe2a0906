/* For tests and the fuzz target of registers and policies: two trees that say the same at the same places. */
#ifndef FW_TESTS_SAMETREE_H
#define FW_TESTS_SAMETREE_H

#include "node.h"

#include <string.h>

static inline bool same_text(const char *a, size_t n, const char *b, size_t m)
{
	return n == m && (!n || !memcmp(a, b, n));
}

static inline bool same_node(const struct node *a, const struct node *b)
{
	return a->kind == b->kind && a->plain == b->plain && a->line == b->line && a->column == b->column && a->key_line == b->key_line &&
	       a->key_column == b->key_column && a->next == b->next && a->first == b->first && a->last == b->last && a->n == b->n &&
	       same_text(a->text, a->len, b->text, b->len) && !a->key == !b->key && same_text(a->key, a->key_len, b->key, b->key_len);
}

/* NULL: there is none. */
static inline bool same_tree(const struct tree *a, const struct tree *b)
{
	if (!a || !b)
		return a == b;
	for (uint32_t i = 0; a->n == b->n && i < a->n; i++)
		if (!same_node(&a->node[i], &b->node[i]))
			return false;
	return a->n == b->n;
}

static inline bool same_troubles(const struct troubles *a, const struct troubles *b)
{
	for (uint32_t i = 0; a->n == b->n && i < a->n && i < TROUBLES; i++)
		if (strcmp(a->text[i], b->text[i]))
			return false;
	return a->n == b->n;
}

#endif
