/*
 * The first FACT_FRAMES frame numbers of a tally, in file order, as differences in the
 * list itself and then in a chain of small chunks: two or three octets a frame.  Most tallies of a
 * minute have few frames and need no chunk.
 */
#ifndef FW_LAYERS_FRAMES_H
#define FW_LAYERS_FRAMES_H

#include "table.h"

enum { CHUNK_DATA = 12, LIST_DATA = 16 };

struct frame_chunk { uint8_t d[CHUNK_DATA]; uint32_t next; };

/* Zeroed is empty.  `last` is the last frame put, whether kept or not; fill: octets in the tail, or in d while there is no chain. */
struct frame_list { uint32_t head, tail, last; uint16_t n; uint8_t fill, pad; uint64_t total; uint8_t d[LIST_DATA]; };

struct frame_pool { struct frame_chunk *chunk; uint32_t cap, high, freed; uint64_t refused; };

int frame_pool_init(struct frame_pool *p, uint32_t cap);
void frame_pool_free(struct frame_pool *p);
/* Adds; frames may go back (a merged order never does that within an input). */
void frames_add(struct frame_pool *p, struct frame_list *l, uint32_t frame);
/* Writes at most FACT_FRAMES numbers, returns how many. */
uint32_t frames_get(const struct frame_pool *p, const struct frame_list *l, uint32_t *out);
/* Gives the chunks back; the list is empty then. */
void frames_drop(struct frame_pool *p, struct frame_list *l);

#endif
