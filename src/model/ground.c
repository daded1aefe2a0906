/* The first frames of many things, from one pool. */
#include "ground.h"

#include "err.h"
#include "region.h"

int ground_pool_init(struct ground_pool *p, uint32_t cap)
{
	*p = (struct ground_pool){ .cap = cap, .high = 1 };	/* chunk 0 is "none" */
	p->chunk = region_reserve((size_t)cap * sizeof(*p->chunk));
	return p->chunk ? FW_OK : FW_ENOMEM;
}

void ground_pool_free(struct ground_pool *p)
{
	region_release(p->chunk, (size_t)p->cap * sizeof(*p->chunk));
	*p = (struct ground_pool){ 0 };
}

/* The last chunk of the chain when it has room, else a new one; 0: there is no room. */
static uint32_t room(struct ground_pool *p, uint32_t *head)
{
	uint32_t *at = head;

	for (; *at; at = &p->chunk[*at].next)
		if (p->chunk[*at].n < GROUND_CHUNK)
			return *at;
	if (p->high == p->cap)
		return 0;
	return *at = p->high++;
}

uint32_t grounds_add(struct ground_pool *p, uint32_t head, uint32_t input, const struct frames *l, uint64_t *unkept)
{
	uint32_t kept = grounds_kept(p, head);

	for (uint32_t i = 0; i < l->n && kept < MODEL_FRAMES; i++, kept++) {
		uint32_t c = room(p, &head);

		if (!c) {
			*unkept += (l->n - i < MODEL_FRAMES - kept) ? l->n - i : MODEL_FRAMES - kept;
			break;
		}
		p->chunk[c].at[p->chunk[c].n++] = (struct ground){ input, l->at[i] };
	}
	return head;
}

uint32_t grounds_put(struct ground_pool *p, uint32_t head, struct ground g, uint64_t *unkept)
{
	uint32_t c = room(p, &head);

	if (c)
		p->chunk[c].at[p->chunk[c].n++] = g;
	else
		++*unkept;
	return head;
}

unsigned grounds_kept(const struct ground_pool *p, uint32_t head)
{
	unsigned n = 0;

	for (uint32_t c = head; c; c = p->chunk[c].next)
		n += p->chunk[c].n;
	return n;
}

unsigned grounds_once(struct ground *v, unsigned n, unsigned max, struct ground g)
{
	for (unsigned i = 0; i < n; i++)
		if (v[i].frame == g.frame && v[i].input == g.input)
			return n;
	if (g.frame && n < max)
		v[n++] = g;
	return n;
}

unsigned grounds_all(const struct ground_pool *p, uint32_t head, struct ground *out, unsigned max)
{
	unsigned n = 0;

	for (uint32_t c = head; c; c = p->chunk[c].next)
		for (uint32_t i = 0; i < p->chunk[c].n && n < max; i++)
			out[n++] = p->chunk[c].at[i];
	return n;
}

unsigned grounds_get(const struct ground_pool *p, uint32_t head, struct ground out[MODEL_FRAMES])
{
	return grounds_all(p, head, out, MODEL_FRAMES);
}
