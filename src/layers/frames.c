#include "frames.h"

#include "err.h"
#include "fact.h"
#include "region.h"

int frame_pool_init(struct frame_pool *p, uint32_t cap)
{
	void *m = region_reserve((size_t)cap * sizeof(struct frame_chunk));

	*p = (struct frame_pool){ .cap = cap, .high = 1 };	/* chunk 0 is "none" */
	if (!m)
		return FW_ENOMEM;
	p->chunk = m;
	return FW_OK;
}

void frame_pool_free(struct frame_pool *p)
{
	region_release(p->chunk, (size_t)p->cap * sizeof(struct frame_chunk));
	*p = (struct frame_pool){ 0 };
}

static uint32_t take(struct frame_pool *p)
{
	uint32_t i = p->freed;

	if (i) {
		p->freed = p->chunk[i].next;
		p->chunk[i].next = 0;
		return i;
	}
	if (p->high == p->cap) {
		p->refused++;
		return 0;
	}
	return p->high++;
}

/* A chunk at the end of the list; false: there is none. */
static bool longer(struct frame_pool *p, struct frame_list *l)
{
	uint32_t c = take(p);

	if (!c)
		return false;
	if (l->head)
		p->chunk[l->tail].next = c;
	else
		l->head = c;
	l->tail = c;
	l->fill = 0;
	return true;
}

void frames_add(struct frame_pool *p, struct frame_list *l, uint32_t frame)
{
	l->total++;
	if (l->n == FACT_FRAMES || l->ended)
		return;
	if (l->n < LIST_FRAMES) {
		l->frame[l->n++] = frame;
		return;
	}
	if ((!l->head || l->fill == CHUNK_FRAMES) && !longer(p, l)) {
		l->ended = 1;		/* total goes on */
		return;
	}
	p->chunk[l->tail].frame[l->fill++] = frame;
	l->n++;
}

uint32_t frames_get(const struct frame_pool *p, const struct frame_list *l, uint32_t *out)
{
	uint32_t n = l->n < LIST_FRAMES ? l->n : LIST_FRAMES;

	memcpy(out, l->frame, n * sizeof(*out));
	for (uint32_t c = l->head; n < l->n; c = p->chunk[c].next) {
		uint32_t more = l->n - n < CHUNK_FRAMES ? l->n - n : CHUNK_FRAMES;

		memcpy(out + n, p->chunk[c].frame, more * sizeof(*out));
		n += more;
	}
	return n;
}

void frames_drop(struct frame_pool *p, struct frame_list *l)
{
	if (l->head) {
		p->chunk[l->tail].next = p->freed;
		p->freed = l->head;
	}
	*l = (struct frame_list){ 0 };
}
