/* The two ends of a packet as one key: the same for both directions. */
#ifndef FW_LAYERS_FLOW_H
#define FW_LAYERS_FLOW_H

#include "layer.h"

#include <endian.h>

enum { FLOW_FAM = 7, FLOW_INNER = 8 };	/* kind */

struct flow_key { uint8_t lo[16], hi[16]; uint16_t plo, phi; uint8_t proto, kind; uint16_t zero; };
_Static_assert(offsetof(struct flow_key, plo) == 32 && sizeof(struct flow_key) == 40, "five words");

/* Which of two times 16 octets comes first: as memcmp(), inlined. */
static inline int flow_order(const uint8_t *a, const uint8_t *b)
{
	uint64_t x, y;

	for (int i = 0; i < 16; i += 8) {
		memcpy(&x, a + i, 8);
		memcpy(&y, b + i, 8);
		if (x != y)
			return be64toh(x) < be64toh(y) ? -1 : 1;
	}
	return 0;
}

static inline void flow_key_make(struct flow_key *key, const struct pkt *k, bool inner)
{
	int c = flow_order(k->src.b, k->dst.b);
	bool swap = c > 0 || (!c && k->sport > k->dport);

	uint16_t plo = swap ? k->dport : k->sport, phi = swap ? k->sport : k->dport;
	uint64_t rest = hash_word(hash_half(plo, phi), hash_half(hash_octets(k->proto, (uint8_t)(k->fam | (inner ? FLOW_INNER : 0))), 0));

	memcpy(key->lo, swap ? k->dst.b : k->src.b, 16);
	memcpy(key->hi, swap ? k->src.b : k->dst.b, 16);
	memcpy(&key->plo, &rest, sizeof(rest));		/* to the end of the key */
}

static inline bool flow_from_lo(const struct flow_key *key, const struct pkt *k)
{
	return !memcmp(k->src.b, key->lo, 16) && k->sport == key->plo;
}

static inline uint64_t flow_hash(const struct hash_key *hk, const struct flow_key *key)
{
	return hash_bytes(hk, key, sizeof(*key));
}

#endif
