/* Memory for one batch.  Nothing in it is freed; the whole is reset when the batch has become facts. */
#ifndef FW_BASE_ARENA_H
#define FW_BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena { uint8_t *base; size_t used, cap; uint64_t refused; };

/* Aligned to 8, with whatever is in it; NULL when full, and a->refused counts it. */
static inline void *arena_room(struct arena *a, size_t n)
{
	size_t at = (a->used + 7) & ~(size_t)7;

	if (at > a->cap || n > a->cap - at) {
		a->refused++;
		return NULL;
	}
	a->used = at + n;
	return a->base + at;
}

/* The same, zeroed. */
static inline void *arena_take(struct arena *a, size_t n)
{
	void *p = arena_room(a, n);

	return p ? memset(p, 0, n) : NULL;
}

static inline void arena_reset(struct arena *a)
{
	a->used = 0;
}

#endif
