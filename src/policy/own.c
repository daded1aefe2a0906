#include "own.h"

#include "region.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct own_piece { struct own_piece *before; size_t used, cap; max_align_t bytes[]; };
enum { PIECE = 1 << 16 };

void *own_take(struct own *o, size_t n)
{
	size_t unit = sizeof(max_align_t), cap;
	struct own_piece *p = o->last;
	void *at;

	if (n > SIZE_MAX / 4)
		return o->full = true, NULL;
	n = (n + unit - 1) / unit * unit;
	if (!p || n > p->cap - p->used) {
		cap = n > PIECE ? n : PIECE;
		p = calloc(1, sizeof(*p) + cap);
		if (!p)
			return o->full = true, NULL;
		p->cap = cap;
		p->before = o->last;
		o->last = p;
		if (cap > PIECE || p->before)	/* a list that is filled next, or one of many pieces */
			region_soon(p, sizeof(*p) + cap);
	}
	at = (uint8_t *)p->bytes + p->used;
	p->used += n;
	return at;
}

void *own_array(struct own *o, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / 4 / size)
		return o->full = true, NULL;
	return own_take(o, n * size);
}

const char *own_text(struct own *o, const char *s, size_t n)
{
	char *t = own_take(o, n + 1);

	if (!t)
		return "";
	if (n)
		memcpy(t, s, n);
	return t;
}

void own_free(struct own *o)
{
	while (o->last) {
		struct own_piece *p = o->last;

		o->last = p->before;
		free(p);
	}
	o->full = false;
}
