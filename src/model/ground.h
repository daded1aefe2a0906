/*
 * The first frames of many things: chains of chunks from one pool with an end.  When it is empty
 * nothing more is kept, and that is counted.
 */
#ifndef FW_MODEL_GROUND_H
#define FW_MODEL_GROUND_H

#include "model.h"

enum { GROUND_CHUNK = 8 };
struct ground_chunk { struct ground at[GROUND_CHUNK]; uint32_t next, n; };	/* 0 is no chunk */
struct ground_pool { struct ground_chunk *chunk; uint32_t cap, high; };

/* 0 or FW_ENOMEM. */
int ground_pool_init(struct ground_pool *p, uint32_t cap);
void ground_pool_free(struct ground_pool *p);		/* also a zeroed one */
/* Adds frames of one input to the chain as long as it is short (MODEL_FRAMES); returns its head.  *unkept: what the pool had no room for. */
uint32_t grounds_add(struct ground_pool *p, uint32_t head, uint32_t input, const struct frames *l, uint64_t *unkept);
/* Adds one to the chain however long it is. */
uint32_t grounds_put(struct ground_pool *p, uint32_t head, struct ground g, uint64_t *unkept);
unsigned grounds_kept(const struct ground_pool *p, uint32_t head);
unsigned grounds_get(const struct ground_pool *p, uint32_t head, struct ground out[MODEL_FRAMES]);
/* A list of n gets g, unless it is in it, is of no frame, or the list has max; how many there are then. */
unsigned grounds_once(struct ground *v, unsigned n, unsigned max, struct ground g);
unsigned grounds_all(const struct ground_pool *p, uint32_t head, struct ground *out, unsigned max);

#endif
