/* The tree of RFC 6962 2.1 over SHA-256: leaves are added one by one, complete subtrees are kept. */
#ifndef FW_EVIDENCE_MERKLE_H
#define FW_EVIDENCE_MERKLE_H

#include "sha.h"

#include <stdbool.h>

enum { MERKLE_LEVELS = 48, MERKLE_PATH = 64 };

struct merkle_hash { uint8_t b[SHA]; };

struct merkle {
	struct merkle_hash *level[MERKLE_LEVELS];	/* level k: hashes of complete subtrees of 2^k leaves */
	uint64_t	 n[MERKLE_LEVELS], cap[MERKLE_LEVELS];
};

void merkle_leaf(const void *p, size_t n, struct merkle_hash *out);
void merkle_node(const struct merkle_hash *left, const struct merkle_hash *right, struct merkle_hash *out);
/* 0 or FW_ENOMEM. */
int merkle_add(struct merkle *m, const struct merkle_hash *leaf);
static inline uint64_t merkle_size(const struct merkle *m) { return m->n[0]; }
void merkle_root(const struct merkle *m, struct merkle_hash *out);
/* The inclusion path of leaf i < size, from its sibling upward; returns its length. */
unsigned merkle_path(const struct merkle *m, uint64_t i, struct merkle_hash out[MERKLE_PATH]);
/* Does the path lead from the leaf hash at i to the root of a tree of that size?  (RFC 9162 2.1.3.2) */
bool merkle_holds(const struct merkle_hash *leaf, uint64_t i, uint64_t size, const struct merkle_hash *path, unsigned n,
	const struct merkle_hash *root);
void merkle_free(struct merkle *m);

#endif
