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

static bool put(struct frame_pool *p, struct frame_list *l, uint8_t b)
{
	if (!l->head && l->fill < LIST_DATA) {
		l->d[l->fill++] = b;
		return true;
	}
	if (!l->head || l->fill == CHUNK_DATA) {
		uint32_t c = take(p);

		if (!c)
			return false;
		if (l->head)
			p->chunk[l->tail].next = c;
		else
			l->head = c;
		l->tail = c;
		l->fill = 0;
	}
	p->chunk[l->tail].d[l->fill++] = b;
	return true;
}

/* Zigzag difference, seven bits an octet. */
void frames_add(struct frame_pool *p, struct frame_list *l, uint32_t frame)
{
	int64_t diff = (int64_t)frame - (int64_t)l->last;
	uint64_t z = diff < 0 ? (uint64_t)-diff * 2 - 1 : (uint64_t)diff * 2;

	l->total++;
	if (l->n >= FACT_FRAMES)
		return;
	for (; z >= 0x80; z >>= 7)
		if (!put(p, l, (uint8_t)(z | 0x80))) {
			l->n = FACT_FRAMES;	/* full pool: the list ends here, total goes on */
			return;
		}
	if (!put(p, l, (uint8_t)z)) {
		l->n = FACT_FRAMES;
		return;
	}
	l->last = frame;
	l->n++;
}

uint32_t frames_get(const struct frame_pool *p, const struct frame_list *l, uint32_t *out)
{
	const uint8_t *d = l->d;
	uint32_t n = 0, next = l->head, left = next ? LIST_DATA : l->fill;
	int64_t last = 0;
	uint64_t z = 0;
	unsigned shift = 0;

	while ((left || next) && n < FACT_FRAMES) {
		uint8_t b;

		if (!left) {
			d = p->chunk[next].d;
			left = next == l->tail ? l->fill : CHUNK_DATA;
			next = next == l->tail ? 0 : p->chunk[next].next;
			continue;
		}
		b = *d++;
		left--;
		z |= (uint64_t)(b & 0x7f) << shift;
		shift += 7;
		if (b & 0x80)
			continue;
		last += z & 1 ? -(int64_t)((z + 1) / 2) : (int64_t)(z / 2);
		out[n++] = (uint32_t)last;
		z = 0;
		shift = 0;
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
