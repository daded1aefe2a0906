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
	uint8_t head[40];
	uint32_t n = k->fam == 4 ? 20 : 40;
	uint64_t h;

	memcpy(head, k->l3, n);
	if (k->fam == 4)
		head[8] = head[10] = head[11] = 0;	/* TTL, checksum */
	else
		head[7] = 0;				/* hop limit */
	h = hash_bytes(&d->hk, k->l3 + n, k->l3len - n) ^ hash_bytes(&d->hk, head, n) * 0x9e3779b97f4a7c15;
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
		uint64_t t = l->way[w].t_ns, apart = t > t_ns ? t - t_ns : t_ns - t;

		if (l->way[w].hash == hash && apart <= DUP_WINDOW_NS) {
			*first = d->fact[i][w].hash == hash ? d->fact[i][w].n : 0;
			return true;
		}
		if (t < l->way[oldest].t_ns)
			oldest = w;
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
