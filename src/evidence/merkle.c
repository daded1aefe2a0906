#include "merkle.h"

#include "err.h"

#include <stdlib.h>
#include <string.h>

void merkle_leaf(const void *p, size_t n, struct merkle_hash *out)
{
	sha_pieces((struct sha_piece[]){ { "\0", 1 }, { p, n } }, 2, out->b);
}

void merkle_node(const struct merkle_hash *left, const struct merkle_hash *right, struct merkle_hash *out)
{
	sha_pieces((struct sha_piece[]){ { "\1", 1 }, { left->b, SHA }, { right->b, SHA } }, 3, out->b);
}

static int push(struct merkle *m, unsigned k, const struct merkle_hash *h)
{
	if (m->n[k] == m->cap[k]) {
		uint64_t cap = m->cap[k] ? 2 * m->cap[k] : 16;
		struct merkle_hash *v = realloc(m->level[k], cap * sizeof(*v));

		if (!v)
			return FW_ENOMEM;
		m->level[k] = v;
		m->cap[k] = cap;
	}
	m->level[k][m->n[k]++] = *h;
	return FW_OK;
}

int merkle_add(struct merkle *m, const struct merkle_hash *leaf)
{
	struct merkle_hash h = *leaf;
	int err = push(m, 0, &h);

	for (unsigned k = 0; err == FW_OK && k + 1 < MERKLE_LEVELS && !(m->n[k] & 1); k++) {
		merkle_node(&m->level[k][m->n[k] - 2], &m->level[k][m->n[k] - 1], &h);
		err = push(m, k + 1, &h);
	}
	return err;
}

/* Of the leaves [from, to): from is a multiple of the largest power of two that is not above to - from. */
static void range(const struct merkle *m, uint64_t from, uint64_t to, struct merkle_hash *out)
{
	struct merkle_hash part[MERKLE_LEVELS];
	unsigned n = 0;

	if (from == to) {
		sha_of("", 0, out->b);
		return;
	}
	while (from < to) {		/* complete subtrees from the left, each smaller than the one before */
		unsigned k = 63u - (unsigned)__builtin_clzll(to - from);

		part[n++] = m->level[k][from >> k];
		from += UINT64_C(1) << k;
	}
	*out = part[--n];
	while (n)
		merkle_node(&part[--n], out, out);
}

void merkle_root(const struct merkle *m, struct merkle_hash *out)
{
	range(m, 0, m->n[0], out);
}

unsigned merkle_path(const struct merkle *m, uint64_t i, struct merkle_hash out[MERKLE_PATH])
{
	struct merkle_hash down[MERKLE_PATH];
	uint64_t from = 0, to = m->n[0];
	unsigned n = 0;

	while (to - from > 1 && n < MERKLE_PATH) {	/* from the root: the largest power of two below the size is the left half */
		uint64_t mid = from + (UINT64_C(1) << (63 - __builtin_clzll(to - from - 1)));

		if (i < mid) {
			range(m, mid, to, &down[n++]);
			to = mid;
		} else {
			range(m, from, mid, &down[n++]);
			from = mid;
		}
	}
	for (unsigned k = 0; k < n; k++)
		out[k] = down[n - 1 - k];
	return n;
}

bool merkle_holds(const struct merkle_hash *leaf, uint64_t i, uint64_t size, const struct merkle_hash *path, unsigned n,
	const struct merkle_hash *root)
{
	struct merkle_hash h = *leaf;
	uint64_t at = i, last = size - 1;

	if (i >= size)
		return false;
	for (unsigned k = 0; k < n; k++) {
		if (!last)
			return false;
		if (at & 1 || at == last) {
			merkle_node(&path[k], &h, &h);
			while (!(at & 1) && at) {
				at >>= 1;
				last >>= 1;
			}
		} else {
			merkle_node(&h, &path[k], &h);
		}
		at >>= 1;
		last >>= 1;
	}
	return !last && !memcmp(h.b, root->b, SHA);
}

void merkle_free(struct merkle *m)
{
	for (unsigned k = 0; k < MERKLE_LEVELS; k++)
		free(m->level[k]);
	*m = (struct merkle){ 0 };
}
