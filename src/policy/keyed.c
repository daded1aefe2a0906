#include "keyed.h"

#include <stdlib.h>
#include <string.h>

static uint64_t head_of(const void *key, size_t len)
{
	const uint8_t *p = key;
	uint64_t v = 0;

	for (unsigned i = 0; i < sizeof(v); i++)
		v = v << 8 | (i < len ? p[i] : 0);
	return v;
}

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
	k->v[k->n++] = (struct keyed_entry){ key, (uint32_t)len, value, head_of(key, len) };
}

/* In the order of their octets, the shorter first; most differ in their heads. */
static int key_cmp(const struct keyed_entry *a, const struct keyed_entry *b)
{
	int c;

	if (a->head != b->head)
		return a->head < b->head ? -1 : 1;
	c = memcmp(a->key, b->key, a->len < b->len ? a->len : b->len);
	return c ? c : a->len < b->len ? -1 : a->len > b->len;
}

static int by_key(const void *a, const void *b)
{
	const struct keyed_entry *x = a, *y = b;
	int c = key_cmp(x, y);

	return c ? c : x->value < y->value ? -1 : x->value > y->value;
}

void keyed_sort(struct keyed *k)
{
	for (uint32_t i = 1; i < k->n; i++)
		if (by_key(&k->v[i - 1], &k->v[i]) > 0) {		/* else they came in order */
			qsort(k->v, k->n, sizeof(*k->v), by_key);
			return;
		}
}

/* The first entry whose key is not below (after: is above) this one. */
static uint32_t bound(const struct keyed *k, const struct keyed_entry *of, bool after)
{
	uint32_t lo = 0, hi = k->n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (key_cmp(&k->v[mid], of) < after)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct keyed_entry *keyed_find(const struct keyed *k, const void *key, size_t len, uint32_t *n)
{
	struct keyed_entry of = { key, (uint32_t)len, 0, head_of(key, len) };
	uint32_t at = bound(k, &of, false);

	*n = at < k->n && !key_cmp(&k->v[at], &of) ? bound(k, &of, true) - at : 0;
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
