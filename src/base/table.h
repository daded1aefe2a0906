/*
 * A table of fixed-size records found by key: bucket lines of twelve 8-bit tags and indices (one
 * cache line), records in one reserved region that is touched as it fills.  Indices stay valid
 * until the record is removed.  Bounded: at `cap` records an insert is refused and counted.
 * Order is deterministic: an index depends only on the inserts and removals so far.
 *
 * A record begins with its key (key_len octets, no padding that is not zeroed).
 */
#ifndef FW_BASE_TABLE_H
#define FW_BASE_TABLE_H

#include "prefetch.h"
#include "hash.h"

#include <stdbool.h>

enum { TABLE_NONE = 0xffffffff };

struct table_spot;

struct table {
	struct table_line *line;	/* `lines` of them */
	uint8_t		*rec;		/* cap * rec_len, reserved */
	uint8_t		*live;		/* one bit a record */
	uint32_t	*freed;		/* stack of freed indices */
	struct table_spot *near;	/* where keys were found last, see table_near() */
	uint32_t	 lines;
	uint32_t	 rec_len, key_len, cap;
	uint32_t	 used, high, nfreed;	/* live records; highest index ever + 1; freed ones */
	uint64_t	 refused;
	struct hash_key	 hk;
};

enum { TABLE_NEAR = 4096 };

/* at: index + 1; 0: none.  mark: of the key, so that a record that is not the one looked for is not fetched to see that. */
struct table_spot { uint32_t at, mark; };

/* 64 octets.  tag: 0 is a free way; more: how many records went past this line because it was full. */
enum { TABLE_WAYS = 12 };
struct table_line { uint8_t tag[TABLE_WAYS]; uint32_t more; uint32_t at[TABLE_WAYS]; };

/* 0 or FW_ENOMEM.  rec_len is a multiple of 8. */
int table_init(struct table *t, uint32_t key_len, uint32_t rec_len, uint32_t cap, const struct hash_key *hk);
void table_free(struct table *t);

static inline uint64_t table_hash(const struct table *t, const void *key)
{
	return hash_bytes(&t->hk, key, t->key_len);
}

static inline void *table_at(const struct table *t, uint32_t i)
{
	return t->rec + (size_t)i * t->rec_len;
}

static inline uint32_t table_index(const struct table *t, const void *rec)
{
	return (uint32_t)((size_t)((const uint8_t *)rec - t->rec) / t->rec_len);
}

static inline bool table_live(const struct table *t, uint32_t i)
{
	return i < t->high && t->live[i / 8] >> i % 8 & 1;
}

/* Where a hash belongs: its low half, scaled to the lines there are. */
static inline uint32_t table_slot(const struct table *t, uint64_t h)
{
	return (uint32_t)((uint64_t)(uint32_t)h * t->lines >> 32);
}

static inline void table_prefetch(const struct table *t, uint64_t h)
{
	prefetch(&t->line[table_slot(t, h)]);
}

/* The index a tag points at, to prefetch its record; TABLE_NONE when there is no candidate. */
uint32_t table_peek(const struct table *t, uint64_t h);
/* The record's index, or TABLE_NONE. */
uint32_t table_find(const struct table *t, const void *key, uint64_t h);
/* Finds or makes (zeroed but for its key; *made tells).  TABLE_NONE when full: counted. */
uint32_t table_get(struct table *t, const void *key, uint64_t h, bool *made);
/*
 * The same for keys that come again soon: where such a key was found last is looked at first, in a
 * memory small enough to stay in the cache.  Then no hash is made and no line is read.
 */
uint32_t table_seek(const struct table *t, const void *key);
uint32_t table_take(struct table *t, const void *key, bool *made);
/* Their second half, for a key that is not near. */
uint32_t table_seek_far(const struct table *t, const void *key, uint64_t mark);
uint32_t table_take_far(struct table *t, const void *key, uint64_t mark, bool *made);

/*
 * What tells keys apart in the near ones.  Keys that differ by little in their last word, as numbers given out in turn do, are
 * near each other there too: they share lines.
 */
static inline uint64_t table_mark(const void *key, uint32_t len)
{
	const uint8_t *p = key;
	uint64_t v = 0;

	for (uint32_t n = len / 8; n; p += 8, n--) {		/* an odd rest tells no keys apart here */
		uint64_t w = hash_read8(p);

		v = 3 * v + w + (w >> 32) * 0x9e3779b1u;
	}
	return v;
}

static inline struct table_spot *table_near_slot(const struct table *t, uint64_t mark)
{
	return &t->near[(mark + (mark >> 24)) % TABLE_NEAR];
}

/* Word by word: keys are short, and most are whole words. */
static inline bool table_same(const uint8_t *a, const uint8_t *b, uint32_t n)
{
	uint64_t differ = 0;

	for (; n >= 8; a += 8, b += 8, n -= 8)
		differ |= hash_read8(a) ^ hash_read8(b);
	for (; n; a++, b++, n--)
		differ |= (uint64_t)(*a ^ *b);
	return !differ;
}

/* Where the key was found last, if it is there still; else TABLE_NONE, which tells nothing.  A removed record is never near. */
static inline uint32_t table_near(const struct table *t, const void *key, uint32_t len, uint64_t mark)
{
	const struct table_spot *s = table_near_slot(t, mark);

	return s->at && s->mark == (uint32_t)mark && table_same(table_at(t, s->at - 1), key, len) ? s->at - 1 : (uint32_t)TABLE_NONE;
}

/* table_seek() and table_take() where they are called often: len is the table's key_len, as a constant. */
static inline uint32_t table_seek_of(const struct table *t, const void *key, uint32_t len)
{
	uint64_t mark = table_mark(key, len);
	uint32_t i = table_near(t, key, len, mark);

	return i != TABLE_NONE ? i : table_seek_far(t, key, mark);
}

static inline uint32_t table_take_of(struct table *t, const void *key, uint32_t len, bool *made)
{
	uint64_t mark = table_mark(key, len);
	uint32_t i = table_near(t, key, len, mark);

	*made = false;
	return i != TABLE_NONE ? i : table_take_far(t, key, mark, made);
}

void table_remove(struct table *t, uint32_t i);
/* No key is looked for any more: from now on records are found by index only, and none is made or removed. */
void table_seal(struct table *t);
/* Bytes of memory that the table has touched, about. */
size_t table_bytes(const struct table *t);

#endif
