/* What both readers of YAML fill: a tree, and where in it they are.  Private to yaml.c and yaml_plain.c. */
#ifndef FW_RUN_YAML_TREE_H
#define FW_RUN_YAML_TREE_H

#include "node.h"

enum { KEY = 255 };			/* octets of a key */
enum grown { GROWN, GROWN_MANY, GROWN_DEEP, GROWN_NOMEM };

struct level { uint32_t node; uint8_t kind; };
struct growing {
	struct tree	*tree;
	struct level	at[TREE_DEPTH];		/* the open maps and lists */
	unsigned	depth;
	bool		has_key;		/* of the value that comes */
	bool		maybe_twice;		/* a key of some map */
	const char	*key;
	size_t		key_len;
	uint32_t	key_line, key_column;
};

/* A scalar that comes now is a key. */
static inline bool grow_key_next(const struct growing *g)
{
	return g->depth && g->at[g->depth - 1].kind == NODE_MAP && !g->has_key;
}

/* s: what the tree may borrow or owns. */
static inline void grow_key(struct growing *g, const char *s, size_t len, uint32_t line, uint32_t column)
{
	g->key = s;
	g->key_len = len;
	g->key_line = line;
	g->key_column = column;
	g->has_key = true;
}

/* A value, with its place; a map or a list is open from now on. */
static inline enum grown grow(struct growing *g, struct node *n)
{
	uint32_t parent = g->depth ? g->at[g->depth - 1].node : NODE_NONE, i;

	if (g->has_key) {
		n->key = g->key;
		n->key_len = (uint16_t)g->key_len;
		n->key_line = g->key_line;
		n->key_column = g->key_column;
		g->has_key = false;
	}
	i = tree_add(g->tree, parent, n);
	if (i == NODE_NONE && g->tree->n == TREE_NODES)
		return GROWN_MANY;
	if (i == NODE_NONE || g->tree->own.full)
		return GROWN_NOMEM;
	if (n->kind == NODE_SCALAR)
		return GROWN;
	if (g->depth == TREE_DEPTH)
		return GROWN_DEEP;
	g->at[g->depth++] = (struct level){ i, n->kind };
	return GROWN;
}

/* The innermost map or list ends. */
static inline void grow_end(struct growing *g)
{
	if (g->depth && g->at[--g->depth].kind == NODE_MAP && !tree_unique_soon(g->tree, g->at[g->depth].node))
		g->maybe_twice = true;
}

#endif
