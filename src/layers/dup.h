/*
 * Packets captured twice: equal from the IP header on (TTL and header checksum aside) within
 * 10 ms, as cooked "any" links and mirror ports give.  A bounded memory of recent packets.
 */
#ifndef FW_LAYERS_DUP_H
#define FW_LAYERS_DUP_H

#include "layer.h"
#include "prefetch.h"

#define DUP_WINDOW_NS 10000000u

enum { DUP_BITS = 12, DUP_WAYS = 4 };

struct dup_way { uint64_t hash, t_ns; };
struct dup_line { struct dup_way way[DUP_WAYS]; };	/* the last that came first, the first falls out */

struct dup_fact { uint64_t packet, n; };			/* the last first, too */

struct dup { struct dup_line *line; struct dup_fact (*fact)[DUP_WAYS]; struct hash_key hk; uint64_t overrun; };

int dup_init(struct dup *d, const struct hash_key *hk);
void dup_free(struct dup *d);
/* Stage 1: the packet's hash; its line is prefetched. */
uint64_t dup_hash(const struct dup *d, const struct pkt *k);
/*
 * Stage 3: true when the packet was there before; *first is then the n of the first fact it gave
 * (0: none).  False: it is remembered now.
 */
bool dup_seen(struct dup *d, uint64_t hash, uint64_t t_ns, uint64_t *first);
/* The packet may give facts: dup_gave() will follow. */
static inline void dup_expect(const struct dup *d, uint64_t hash)
{
	prefetch_to_write(d->fact[hash & ((1u << DUP_BITS) - 1)]);
}
/* The packet just remembered gave facts from n on. */
void dup_gave(struct dup *d, uint64_t hash, uint64_t t_ns, uint64_t n);

#endif
