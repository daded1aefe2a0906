#include "dup.h"

#include "err.h"

#include <stdlib.h>

int dup_init(struct dup *d, const struct hash_key *hk)
{
	*d = (struct dup){ .hk = *hk };
	d->line = aligned_alloc(64, sizeof(*d->line) << DUP_BITS);
	d->fact = calloc((size_t)1 << DUP_BITS, sizeof(*d->fact));
	if (!d->line || !d->fact) {
		dup_free(d);
		return FW_ENOMEM;
	}
	memset(d->line, 0, sizeof(*d->line) << DUP_BITS);
	return FW_OK;
}

void dup_free(struct dup *d)
{
	free(d->line);
	free(d->fact);
	d->line = NULL;
	d->fact = NULL;
}

uint64_t dup_hash(const struct dup *d, const struct pkt *k)
{
	uint64_t first = hash_read8(k->l3), proto = 0, h;
	uint32_t rest = 8;

	if (k->fam == 4) {
		proto = k->l3[9];				/* between TTL and checksum */
		rest = 12;
	} else {
		first &= ~((uint64_t)0xff << 56);		/* hop limit */
	}
	h = hash_long(&d->hk, k->l3 + rest, k->l3len - rest) ^ hash_fold(first ^ d->hk.k[0], proto ^ d->hk.k[2]);
	h |= !h;
	__builtin_prefetch(&d->line[h & ((1u << DUP_BITS) - 1)], 1);
	return h;
}

bool dup_seen(struct dup *d, uint64_t hash, uint64_t t_ns, uint64_t *first)
{
	uint64_t i = hash & ((1u << DUP_BITS) - 1);
	struct dup_line *l = &d->line[i];
	unsigned oldest = 0;

	*first = 0;
	for (unsigned w = 0; w < DUP_WAYS; w++) {
		uint64_t t = l->way[w].t_ns;

		if (l->way[w].hash == hash && (t > t_ns ? t - t_ns : t_ns - t) <= DUP_WINDOW_NS) {
			*first = d->fact[i][w].hash == hash ? d->fact[i][w].n : 0;
			return true;
		}
		oldest = t < l->way[oldest].t_ns ? w : oldest;
	}
	if (l->way[oldest].hash && t_ns >= l->way[oldest].t_ns && t_ns - l->way[oldest].t_ns <= DUP_WINDOW_NS)
		d->overrun++;
	l->way[oldest].hash = hash;
	l->way[oldest].t_ns = t_ns;
	return false;
}

void dup_gave(struct dup *d, uint64_t hash, uint64_t n)
{
	uint64_t i = hash & ((1u << DUP_BITS) - 1);

	for (unsigned w = 0; w < DUP_WAYS; w++)
		if (d->line[i].way[w].hash == hash)
			d->fact[i][w] = (struct dup_fact){ hash, n };
}
