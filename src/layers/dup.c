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
	prefetch_to_write(&d->line[h & ((1u << DUP_BITS) - 1)]);
	return h;
}

/* Tells a packet from one like it that came at another time. */
static uint64_t packet_of(uint64_t hash, uint64_t t_ns)
{
	return hash ^ t_ns * 0x9e3779b97f4a7c15;
}

static uint64_t first_fact(const struct dup_fact f[DUP_WAYS], uint64_t packet)
{
	for (unsigned w = 0; w < DUP_WAYS; w++)
		if (f[w].packet == packet)
			return f[w].n;
	return 0;
}

bool dup_seen(struct dup *d, uint64_t hash, uint64_t t_ns, uint64_t *first)
{
	uint64_t i = hash & ((1u << DUP_BITS) - 1);
	struct dup_way *way = d->line[i].way, *last = &way[DUP_WAYS - 1];
	unsigned is = 0;

	*first = 0;
	for (unsigned w = 0; w < DUP_WAYS; w++)
		is |= (unsigned)(way[w].hash == hash) << w;
	for (; is; is &= is - 1) {
		uint64_t t = way[__builtin_ctz(is)].t_ns;

		if ((t > t_ns ? t - t_ns : t_ns - t) <= DUP_WINDOW_NS) {
			*first = first_fact(d->fact[i], packet_of(hash, t));
			return true;
		}
	}
	d->overrun += (last->hash != 0) & (t_ns - last->t_ns <= DUP_WINDOW_NS);	/* one that is later by the clock is far from it */
	memmove(way + 1, way, sizeof(*way) * (DUP_WAYS - 1));
	way[0] = (struct dup_way){ hash, t_ns };
	return false;
}

void dup_gave(struct dup *d, uint64_t hash, uint64_t t_ns, uint64_t n)
{
	struct dup_fact *f = d->fact[hash & ((1u << DUP_BITS) - 1)];

	memmove(f + 1, f, sizeof(*f) * (DUP_WAYS - 1));
	f[0] = (struct dup_fact){ packet_of(hash, t_ns), n };
}
