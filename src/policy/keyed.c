#include "keyed.h"

#include <stdlib.h>
#include <string.h>

void keyed_add(struct keyed *k, const void *key, size_t len, uint32_t value)
{
	if (k->n == k->cap) {
		uint32_t cap = k->cap ? k->cap * 2 : 64;
		struct keyed_entry *v = cap > k->cap ? realloc(k->v, cap * sizeof(*v)) : NULL;

		if (!v) {
			k->full = true;
			return;
		}
		k->v = v;
		k->cap = cap;
	}
	k->v[k->n++] = (struct keyed_entry){ key, (uint32_t)len, value };
}

static int key_cmp(const struct keyed_entry *a, const void *key, size_t len)
{
	int c = memcmp(a->key, key, a->len < len ? a->len : len);

	return c ? c : a->len < len ? -1 : a->len > len;
}

static int by_key(const void *a, const void *b)
{
	const struct keyed_entry *x = a, *y = b;
	int c = key_cmp(x, y->key, y->len);

	return c ? c : x->value < y->value ? -1 : x->value > y->value;
}

void keyed_sort(struct keyed *k)
{
	if (k->n)
		qsort(k->v, k->n, sizeof(*k->v), by_key);
}

/* The first entry whose key is not below (after: is above) this one. */
static uint32_t bound(const struct keyed *k, const void *key, size_t len, bool after)
{
	uint32_t lo = 0, hi = k->n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (key_cmp(&k->v[mid], key, len) < after)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct keyed_entry *keyed_find(const struct keyed *k, const void *key, size_t len, uint32_t *n)
{
	uint32_t at = bound(k, key, len, false);

	*n = at < k->n && !key_cmp(&k->v[at], key, len) ? bound(k, key, len, true) - at : 0;
	return *n ? &k->v[at] : NULL;
}

bool keyed_same(const struct keyed_entry *a, const struct keyed_entry *b)
{
	return a->len == b->len && !memcmp(a->key, b->key, a->len);
}

void keyed_free(struct keyed *k)
{
	free(k->v);
	*k = (struct keyed){ 0 };
}
