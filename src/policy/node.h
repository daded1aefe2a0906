/*
 * A small tree that a reader of YAML fills and schema.c walks: maps, lists and scalars, each with
 * its place.  A scalar is text: what it means is the schema's business, so `NO` stays "NO".
 * Bounded in nodes, depth and octets; map keys are unique.  Texts and keys are borrowed from what
 * was read, or owned by the tree where they are written otherwise (escapes, folded lines); none has
 * an end of its own.
 */
#ifndef FW_POLICY_NODE_H
#define FW_POLICY_NODE_H

#include "own.h"
#include "trouble.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };
enum { TREE_NODES = 1 << 22, TREE_DEPTH = 16, TREE_TEXT = 1 << 16, TREE_FILE = 1 << 26 };
enum { NODE_NONE = 0xffffffff };

struct node {
	uint8_t	 kind;			/* enum node_kind */
	uint8_t	 plain;			/* scalar without quotes */
	uint16_t key_len;
	uint32_t len;			/* of text */
	uint32_t line, column;		/* from 1 */
	uint32_t key_line, key_column;
	uint32_t next, first, last, n;	/* sibling, children; NODE_NONE: none */
	const char *text, *key;		/* scalar; key of a map's member; not ended */
};

struct tree {
	const char *file;		/* as messages name it */
	struct node *node;		/* [0] is the root */
	uint32_t n, cap;
	struct own own;			/* of texts that are not borrowed */
};

/* NULL: no memory. */
struct tree *tree_new(const char *file);
void tree_free(struct tree *t);
/*
 * Adds a node under parent (NODE_NONE: the root), in order; text and key are borrowed.  Its index, or NODE_NONE: no memory,
 * or TREE_NODES are there.
 */
uint32_t tree_add(struct tree *t, uint32_t parent, const struct node *like);
/* The member of a map, or NODE_NONE.  Linear. */
uint32_t tree_find(const struct tree *t, uint32_t map, const char *key, size_t len);
/* True: no key of this map stands twice.  False: one does, or there are too many members to say so soon. */
bool tree_unique_soon(const struct tree *t, uint32_t map);
/* Says each key that stands twice in one map; true when there is none. */
int tree_unique(const struct tree *t, struct troubles *says);

static inline struct place node_place(const struct tree *t, const struct node *n)
{
	return (struct place){ t->file, n->line, n->column };
}

static inline struct place node_key_place(const struct tree *t, const struct node *n)
{
	return n->key ? (struct place){ t->file, n->key_line, n->key_column } : node_place(t, n);
}

/* Nothing was written: `key:` and no more. */
static inline int node_null(const struct node *n)
{
	return n->kind == NODE_SCALAR && n->plain && !n->len;
}

#endif
