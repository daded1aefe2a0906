/* What readers of streams share: units out of octets in order, the frames that octets came in, buffers with names. */
#ifndef FW_LAYERS_UNITS_H
#define FW_LAYERS_UNITS_H

#include "layer.h"

/* ask: what the protocol says of `left` octets from `at` on; unit: the n from there are one; pass: something is not read, and for want of room when `refused`. */
struct reader {
	enum stream_say	(*ask)(void *ctx, uint32_t at, uint32_t left, size_t *n);
	void		(*unit)(void *ctx, uint32_t at, uint32_t n);
	void		(*pass)(void *ctx, bool refused);
};

/* Offers n octets in order; returns how many of them are done with. */
static inline uint32_t intake_offer(struct intake *r, uint32_t n, const struct reader *u, void *ctx)
{
	enum { FAR = 1 << 30 };
	uint32_t used = 0;

	while (used < n) {
		uint32_t left = n - used, step = r->pass < left ? r->pass : left;
		enum stream_say say;
		size_t len = 0;

		used += step;
		r->pass -= step;
		if (step)
			continue;
		say = u->ask(ctx, used, left, &len);
		if (say == STREAM_MORE && left < STREAM_MAX)
			return used;
		if (say == STREAM_UNIT && len && len <= STREAM_MAX) {
			if (len > left)
				return used;
			r->gap = false;
			u->unit(ctx, used, (uint32_t)len);
			used += (uint32_t)len;
		} else if (say == STREAM_UNIT && len && len < FAR) {	/* too long to keep */
			r->pass = (uint32_t)len;
			u->pass(ctx, true);
		} else if (say == STREAM_SKIP) {
			used += len && len < left ? (uint32_t)len : left;
			u->pass(ctx, false);
		} else {
			r->stopped = true;
			u->pass(ctx, false);
			return n;
		}
	}
	return used;
}

/* Puts a frame among the n at f, in order, each once (there is room); returns how many there are. */
static inline uint32_t frame_put(uint32_t *f, uint32_t n, uint32_t frame)
{
	uint32_t k;

	for (k = 0; k < n && f[k] != frame; k++)
		;
	if (k < n)
		return n;
	for (; k && f[k - 1] > frame; k--)
		f[k] = f[k - 1];
	f[k] = frame;
	return n + 1;
}

/*
 * Buffers, fewer than 256 of them, each beginning with this.  Its name is its index + 1 and a serial number, so who lost his to
 * another finds out.
 */
struct named { uint64_t age; uint32_t owner, n; };	/* owner: its name, 0: free; n: octets in it */

/* NULL: it is another's by now. */
static inline void *named_find(void *all, size_t size, uint32_t name)
{
	struct named *b = name ? (struct named *)(void *)((uint8_t *)all + ((name & 255) - 1) * size) : NULL;

	return b && b->owner == name ? b : NULL;
}

static inline void named_drop(void *all, size_t size, uint32_t *name)
{
	struct named *b = named_find(all, size, *name);

	if (b)
		b->owner = 0;
	*name = 0;
}

/* A free one, else that which waits the longest (*refused counts); empty. */
static inline void *named_take(void *all, size_t size, uint32_t count, uint32_t *serial, uint64_t *refused, uint32_t *name)
{
	struct named *b = all, *x;
	uint32_t at = 0;

	for (uint32_t i = 0; i < count && b->owner; i++) {
		x = (struct named *)(void *)((uint8_t *)all + i * size);
		if (!x->owner || x->age < b->age) {
			b = x;
			at = i;
		}
	}
	*refused += b->owner != 0;
	*name = ++*serial << 8 | (at + 1);
	b->owner = *name;
	b->n = 0;
	return b;
}

#endif
