/* The two ends of a packet as one key: the same for both directions. */
#ifndef FW_LAYERS_FLOW_H
#define FW_LAYERS_FLOW_H

#include "layer.h"

#include <endian.h>

enum { FLOW_FAM = 7, FLOW_INNER = 8 };	/* kind */

struct flow_key { uint8_t lo[16], hi[16]; uint16_t plo, phi; uint8_t proto, kind; uint16_t zero; };
_Static_assert(offsetof(struct flow_key, plo) == 32 && sizeof(struct flow_key) == 40, "five words");

/* Which of two times 16 octets comes first: as memcmp(), without a branch, as nobody can foresee which. */
static inline int flow_order(const uint8_t *a, const uint8_t *b)
{
	uint64_t x[2], y[2], u, v;
	unsigned i;

	memcpy(x, a, 16);
	memcpy(y, b, 16);
	i = x[0] == y[0];
	u = be64toh(x[i]);
	v = be64toh(y[i]);
	return (u > v) - (u < v);
}

static inline void flow_key_make(struct flow_key *key, const struct pkt *k, bool inner)
{
	bool swap = 2 * flow_order(k->src.b, k->dst.b) + (k->sport > k->dport) > 0;
	unsigned port = (k->sport ^ k->dport) & -(unsigned)swap;
	uint64_t word[5], s[2], d[2];

	memcpy(s, k->src.b, 16);
	memcpy(d, k->dst.b, 16);
	for (int i = 0; i < 2; i++) {
		uint64_t x = (s[i] ^ d[i]) & -(uint64_t)swap;

		word[i] = s[i] ^ x;
		word[2 + i] = d[i] ^ x;
	}
	word[4] = hash_word(hash_half((uint16_t)(k->sport ^ port), (uint16_t)(k->dport ^ port)),
		hash_half(hash_octets(k->proto, (uint8_t)(k->fam | (inner ? FLOW_INNER : 0))), 0));
	memcpy(key, word, sizeof(*key));
}

static inline bool flow_from_lo(const struct flow_key *key, const struct pkt *k)
{
	return !((hash_read8(k->src.b) ^ hash_read8(key->lo)) | (hash_read8(k->src.b + 8) ^ hash_read8(key->lo + 8)) | (uint64_t)(k->sport ^ key->plo));
}

static inline uint64_t flow_hash(const struct hash_key *hk, const struct flow_key *key)
{
	return hash_bytes(hk, key, sizeof(*key));
}

#endif
