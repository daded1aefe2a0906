#include "table.h"

#include "err.h"
#include "region.h"

#include <assert.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { TABLE_AHEAD = 1 << 16 };		/* octets */

static size_t lines_len(uint32_t lines)
{
	return lines * sizeof(struct table_line);
}

/* The line after line i. */
static inline uint32_t next_line(const struct table *t, uint32_t i)
{
	return i + 1 == t->lines ? 0 : i + 1;
}

int table_init(struct table *t, uint32_t key_len, uint32_t rec_len, uint32_t cap, const struct hash_key *hk)
{
	*t = (struct table){ .rec_len = rec_len, .key_len = key_len, .cap = cap, .lines = 16, .hk = *hk };
	t->line = region_reserve(lines_len(t->lines));
	t->rec = region_reserve((size_t)cap * rec_len);
	t->live = region_reserve(cap / 8 + 1);
	t->freed = region_reserve((size_t)cap * sizeof(*t->freed));
	t->near = region_reserve(TABLE_NEAR * sizeof(*t->near));
	if (t->line && t->rec && t->live && t->freed && t->near)
		return FW_OK;
	table_free(t);
	return FW_ENOMEM;
}

void table_free(struct table *t)
{
	region_release(t->line, lines_len(t->lines));
	region_release(t->rec, (size_t)t->cap * t->rec_len);
	region_release(t->live, t->cap / 8 + 1);
	region_release(t->freed, (size_t)t->cap * sizeof(*t->freed));
	region_release(t->near, TABLE_NEAR * sizeof(*t->near));
	*t = (struct table){ 0 };
}

static uint8_t tag_of(uint64_t h)
{
	uint8_t tag = (uint8_t)(h >> 56);

	return tag ? tag : 1;
}

/* The ways of a line that hold the tag, a bit each. */
static inline unsigned ways_of(const struct table_line *l, uint8_t tag)
{
#ifdef __SSE2__
	__m128i tags = _mm_load_si128((const __m128i *)l);	/* and `more`, which the mask drops */

	return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(tags, _mm_set1_epi8((char)tag))) & ((1u << TABLE_WAYS) - 1);
#else
	unsigned ways = 0;

	for (unsigned s = 0; s < TABLE_WAYS; s++)
		ways |= (unsigned)(l->tag[s] == tag) << s;
	return ways;
#endif
}

uint32_t table_peek(const struct table *t, uint64_t h)
{
	const struct table_line *l = &t->line[table_slot(t, h)];
	unsigned ways = ways_of(l, tag_of(h));

	return ways ? l->at[__builtin_ctz(ways)] : (uint32_t)TABLE_NONE;
}

/* Lines are probed in order; `more` counts the records that went past a full line. */
uint32_t table_find(const struct table *t, const void *key, uint64_t h)
{
	uint8_t tag = tag_of(h);

	for (uint32_t i = table_slot(t, h), n = t->lines; n; i = next_line(t, i), n--) {
		const struct table_line *l = &t->line[i];

		for (unsigned ways = ways_of(l, tag); ways; ways &= ways - 1) {
			uint32_t at = l->at[__builtin_ctz(ways)];

			if (table_same(table_at(t, at), key, t->key_len))
				return at;
		}
		if (!l->more)
			break;
	}
	return TABLE_NONE;
}

static void place(struct table *t, uint32_t index, uint64_t h)
{
	for (uint32_t i = table_slot(t, h);; i = next_line(t, i)) {
		struct table_line *l = &t->line[i];
		unsigned ways = ways_of(l, 0);

		if (ways) {
			unsigned s = (unsigned)__builtin_ctz(ways);

			l->tag[s] = tag_of(h);
			l->at[s] = index;
			return;
		}
		l->more++;
	}
}

/* Sixteen at a time, so that the lines they go to are fetched together. */
static void place_all(struct table *t)
{
	enum { TOGETHER = 16 };
	uint64_t h[TOGETHER];

	for (uint32_t i = 0; i < t->high; i += TOGETHER) {
		uint32_t n = t->high - i < TOGETHER ? t->high - i : TOGETHER;

		for (uint32_t k = 0; k < n; k++) {
			if (!table_live(t, i + k))
				continue;
			h[k] = table_hash(t, table_at(t, i + k));
			prefetch_to_write(&t->line[table_slot(t, h[k])]);
		}
		for (uint32_t k = 0; k < n; k++)
			if (table_live(t, i + k))
				place(t, i + k, h[k]);
	}
}

static bool grow(struct table *t)
{
	uint32_t lines = t->lines * 2;
	struct table_line *old = t->line, *bigger = region_reserve(lines_len(lines));
	size_t old_len = lines_len(t->lines);

	assert(t->lines);		/* not sealed */
	if (!bigger)
		return false;
	if (lines_len(lines) > TABLE_AHEAD)
		region_soon(bigger, lines_len(lines));
	t->line = bigger;
	t->lines = lines;
	place_all(t);
	region_release(old, old_len);
	return true;
}

/* Full to three quarters is full enough: few records go past their line.  When memory is short, a little more. */
static bool has_room(struct table *t)
{
	if (t->used == t->cap)
		return false;
	return t->used < 9 * t->lines || grow(t) || t->used < 11 * t->lines;
}

/* The next record that never was; the pages behind it are fetched before they are needed, but for a table's first. */
static uint32_t next_record(struct table *t)
{
	size_t from = (size_t)t->high * t->rec_len, next = from + t->rec_len, all = (size_t)t->cap * t->rec_len;

	if (from / TABLE_AHEAD != next / TABLE_AHEAD) {
		next -= next % TABLE_AHEAD;
		region_soon(t->rec + next, all - next < TABLE_AHEAD ? all - next : TABLE_AHEAD);
	}
	return t->high++;
}

uint32_t table_get(struct table *t, const void *key, uint64_t h, bool *made)
{
	uint32_t i = table_find(t, key, h);
	uint8_t *r;

	*made = false;
	if (i != TABLE_NONE)
		return i;
	if (!has_room(t)) {
		t->refused++;
		return TABLE_NONE;
	}
	if (t->nfreed) {
		i = t->freed[--t->nfreed];
		memset(table_at(t, i), 0, t->rec_len);
	} else {
		i = next_record(t);		/* nobody wrote to it yet */
	}
	r = table_at(t, i);
	memcpy(r, key, t->key_len);
	t->live[i / 8] |= (uint8_t)(1 << i % 8);
	t->used++;
	place(t, i, h);
	*made = true;
	return i;
}

uint32_t table_seek_far(const struct table *t, const void *key, uint64_t mark)
{
	uint32_t i = table_find(t, key, table_hash(t, key));

	if (i != TABLE_NONE)
		*table_near_slot(t, mark) = (struct table_spot){ i + 1, (uint32_t)mark };
	return i;
}

uint32_t table_take_far(struct table *t, const void *key, uint64_t mark, bool *made)
{
	uint32_t i = table_get(t, key, table_hash(t, key), made);

	if (i != TABLE_NONE)
		*table_near_slot(t, mark) = (struct table_spot){ i + 1, (uint32_t)mark };
	return i;
}

uint32_t table_seek(const struct table *t, const void *key)
{
	return table_seek_of(t, key, t->key_len);
}

uint32_t table_take(struct table *t, const void *key, bool *made)
{
	return table_take_of(t, key, t->key_len, made);
}

void table_remove(struct table *t, uint32_t index)
{
	uint64_t h = table_hash(t, table_at(t, index));
	struct table_spot *near = table_near_slot(t, table_mark(table_at(t, index), t->key_len));

	if (near->at == index + 1)		/* no other place is near for that key */
		near->at = 0;
	for (uint32_t i = table_slot(t, h);; i = next_line(t, i)) {
		struct table_line *l = &t->line[i];

		for (unsigned ways = ways_of(l, tag_of(h)); ways; ways &= ways - 1) {
			unsigned s = (unsigned)__builtin_ctz(ways);

			if (l->at[s] != index)
				continue;
			l->tag[s] = 0;
			for (uint32_t j = table_slot(t, h); j != i; j = next_line(t, j))
				t->line[j].more--;
			t->live[index / 8] &= (uint8_t)~(1 << index % 8);
			t->freed[t->nfreed++] = index;
			t->used--;
			return;
		}
		if (!l->more)
			return;
	}
}

void table_seal(struct table *t)
{
	region_release(t->line, lines_len(t->lines));
	t->line = NULL;
	t->lines = 0;
}

size_t table_bytes(const struct table *t)
{
	return lines_len(t->lines) + (size_t)t->high * (t->rec_len + sizeof(*t->freed));
}
