#include "table.h"

#include "err.h"

#include <sys/mman.h>

static void *reserve(size_t n)
{
	void *p = mmap(NULL, n ? n : 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

static void release(void *p, size_t n)
{
	if (p)
		(void)munmap(p, n ? n : 1);
}

static size_t lines_len(unsigned bits)
{
	return ((size_t)1 << bits) * sizeof(struct table_line);
}

int table_init(struct table *t, uint32_t key_len, uint32_t rec_len, uint32_t cap, const struct hash_key *hk)
{
	*t = (struct table){ .rec_len = rec_len, .key_len = key_len, .cap = cap, .bits = 4, .hk = *hk };
	t->line = reserve(lines_len(t->bits));
	t->rec = reserve((size_t)cap * rec_len);
	t->live = reserve(cap);
	t->freed = reserve((size_t)cap * sizeof(*t->freed));
	if (t->line && t->rec && t->live && t->freed)
		return FW_OK;
	table_free(t);
	return FW_ENOMEM;
}

void table_free(struct table *t)
{
	release(t->line, lines_len(t->bits));
	release(t->rec, (size_t)t->cap * t->rec_len);
	release(t->live, t->cap);
	release(t->freed, (size_t)t->cap * sizeof(*t->freed));
	*t = (struct table){ 0 };
}

static uint16_t tag_of(uint64_t h)
{
	return (uint16_t)(h >> 48 | 1);
}

uint32_t table_peek(const struct table *t, uint64_t h)
{
	const struct table_line *l = &t->line[h & ((1u << t->bits) - 1)];
	uint16_t tag = tag_of(h);

	for (int s = 0; s < 8; s++)
		if (l->tag[s] == tag)
			return l->at[s];
	return TABLE_NONE;
}

/* Whole words, then a last word that may overlap. */
static inline bool key_eq(const uint8_t *a, const uint8_t *b, uint32_t n)
{
	uint64_t x, y, diff = 0;
	uint32_t i = 0;

	if (n < 8)
		return !memcmp(a, b, n);
	for (; i + 8 <= n; i += 8) {
		memcpy(&x, a + i, 8);
		memcpy(&y, b + i, 8);
		diff |= x ^ y;
	}
	if (i < n) {
		memcpy(&x, a + n - 8, 8);
		memcpy(&y, b + n - 8, 8);
		diff |= x ^ y;
	}
	return !diff;
}

/* Lines are probed in order; `more` counts the records that went past a full line. */
uint32_t table_find(const struct table *t, const void *key, uint64_t h)
{
	uint64_t mask = (1u << t->bits) - 1;
	uint16_t tag = tag_of(h);

	for (uint64_t i = h & mask, n = 0; n <= mask; i = (i + 1) & mask, n++) {
		const struct table_line *l = &t->line[i];

		for (int s = 0; s < 8; s++)
			if (l->tag[s] == tag && key_eq(table_at(t, l->at[s]), key, t->key_len))
				return l->at[s];
		if (!l->more)
			break;
	}
	return TABLE_NONE;
}

static void place(struct table *t, uint32_t index, uint64_t h)
{
	uint64_t mask = (1u << t->bits) - 1;

	for (uint64_t i = h & mask;; i = (i + 1) & mask) {
		struct table_line *l = &t->line[i];

		for (int s = 0; s < 8; s++)
			if (!l->tag[s]) {
				l->tag[s] = tag_of(h);
				l->at[s] = index;
				return;
			}
		l->more++;
	}
}

static bool grow(struct table *t)
{
	struct table_line *old = t->line, *bigger = reserve(lines_len(t->bits + 1));
	size_t old_len = lines_len(t->bits);

	if (!bigger)
		return false;
	t->line = bigger;
	t->bits++;
	for (uint32_t i = 0; i < t->high; i++)
		if (t->live[i])
			place(t, i, table_hash(t, table_at(t, i)));
	release(old, old_len);
	return true;
}

uint32_t table_get(struct table *t, const void *key, uint64_t h, bool *made)
{
	uint32_t i = table_find(t, key, h);
	uint8_t *r;

	*made = false;
	if (i != TABLE_NONE)
		return i;
	if (t->used == t->cap || (t->used >= 5u << t->bits && !grow(t) && t->used >= 7u << t->bits)) {
		t->refused++;
		return TABLE_NONE;
	}
	i = t->nfreed ? t->freed[--t->nfreed] : t->high++;
	r = table_at(t, i);
	memset(r, 0, t->rec_len);
	memcpy(r, key, t->key_len);
	t->live[i] = 1;
	t->used++;
	place(t, i, h);
	*made = true;
	return i;
}

void table_remove(struct table *t, uint32_t index)
{
	uint64_t mask = (1u << t->bits) - 1, h = table_hash(t, table_at(t, index));

	for (uint64_t i = h & mask;; i = (i + 1) & mask) {
		struct table_line *l = &t->line[i];

		for (int s = 0; s < 8; s++)
			if (l->tag[s] && l->at[s] == index) {
				l->tag[s] = 0;
				for (uint64_t j = h & mask; j != i; j = (j + 1) & mask)
					t->line[j].more--;
				t->live[index] = 0;
				t->freed[t->nfreed++] = index;
				t->used--;
				return;
			}
		if (!l->more)
			return;
	}
}

size_t table_bytes(const struct table *t)
{
	return lines_len(t->bits) + (size_t)t->high * (t->rec_len + 1 + sizeof(*t->freed));
}
