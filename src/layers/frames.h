/*
 * The first FACT_FRAMES frame numbers of a tally, in file order: in the list itself, then in a chain of chunks.  They stand as
 * they are: differences of one to five octets take fewer chunks, and branches that nobody can foresee (docs/decisions/0013).
 */
#ifndef FW_LAYERS_FRAMES_H
#define FW_LAYERS_FRAMES_H

#include "table.h"

enum { CHUNK_FRAMES = 7, LIST_FRAMES = 6 };

struct frame_chunk { uint32_t frame[CHUNK_FRAMES], next; };

/* Zeroed is empty.  n: kept; fill: of them in the tail; ended: the pool was full, no more are kept. */
struct frame_list { uint32_t head, tail; uint64_t total : 48, n : 7, ended : 1, fill : 8; uint32_t frame[LIST_FRAMES]; };

struct frame_pool { struct frame_chunk *chunk; uint32_t cap, high, freed; uint64_t refused; };

int frame_pool_init(struct frame_pool *p, uint32_t cap);
void frame_pool_free(struct frame_pool *p);
/* What frames_get() and frames_drop() will read first. */
static inline void frames_prefetch(const struct frame_pool *p, const struct frame_list *l)
{
	if (!l->head)
		return;
	prefetch_to_write(&p->chunk[l->head]);
	prefetch_to_write(&p->chunk[l->tail]);
}

/* Adds one, whichever came before. */
void frames_add(struct frame_pool *p, struct frame_list *l, uint32_t frame);
/* Writes at most FACT_FRAMES numbers, returns how many. */
uint32_t frames_get(const struct frame_pool *p, const struct frame_list *l, uint32_t *out);
/* Gives the chunks back; the list is empty then. */
void frames_drop(struct frame_pool *p, struct frame_list *l);

#endif
