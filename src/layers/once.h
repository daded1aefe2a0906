/*
 * Traffic of which one fact says enough: the first packet between two addresses that means `what`.  The rest is counted as packets
 * are, and gives none.  Capped; when it is full nothing new is said, and that is counted.
 */
#ifndef FW_LAYERS_ONCE_H
#define FW_LAYERS_ONCE_H

#include "err.h"
#include "layer.h"
#include "table.h"

struct once_key { uint8_t src[16], dst[16]; uint64_t what; uint8_t fam, pad[7]; };	/* from src to dst */
struct once { struct table seen; };
enum { ONCE_MAX = 1 << 14 };

static inline int once_init(void *state, const struct hash_key *hk)
{
	struct once *o = state;

	return table_init(&o->seen, sizeof(struct once_key), sizeof(struct once_key), ONCE_MAX, hk) ? FW_ENOMEM : FW_OK;
}

static inline void once_free(void *state)
{
	table_free(&((struct once *)state)->seen);
}

/* p: whose state this is.  A copy of a packet is as the packet was. */
static inline bool once(struct layers *l, const struct proto *p, const struct msg *m, uint64_t what)
{
	struct once_key k = { .what = what, .fam = m->pkt->fam };
	struct once *o = layer_state(l, p);
	bool made = false;
	uint32_t i;

	memcpy(k.src, m->pkt->src.b, 16);
	memcpy(k.dst, m->pkt->dst.b, 16);
	if (!o)
		return true;
	i = table_get(&o->seen, &k, table_hash(&o->seen, &k), &made);
	if (i == TABLE_NONE)
		layer_refused(l);
	return made;
}

#endif
