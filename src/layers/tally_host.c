/* Addresses: which are network nodes, which are subscribers; a filter before the look-up keeps it cheap. */
#include "tally_inside.h"

static unsigned near_slot(const uint8_t *b, uint8_t fam)
{
	uint32_t v;

	memcpy(&v, fam == 4 ? b : b + 4, 4);
	return (v * 0x9e3779b1u) >> 17;
}

/* The bit of near_seen. */
static uint32_t seen_slot(const struct tally *t, const uint8_t *b)
{
	return (uint32_t)(hash_bytes(&t->cfg.hash, b, 16) >> (64 - SEEN_BITS));
}

static uint8_t host_flags(const struct tally *t, const uint8_t *b, uint8_t fam)
{
	struct host_key key = { .fam = fam };
	uint32_t i;

	memcpy(key.addr, b, 16);
	i = table_seek_of(&t->hosts, &key, sizeof(key));
	return i == TABLE_NONE ? 0 : ((struct host *)table_at(&t->hosts, i))->flags;
}

static uint8_t host_set(struct tally *t, const uint8_t *b, uint8_t fam, uint8_t flag)
{
	struct host_key key = { .fam = fam };
	struct host *x;
	uint8_t was;
	uint32_t i;
	bool made;

	memcpy(key.addr, b, 16);
	i = table_take(&t->hosts, &key, &made);
	if (i == TABLE_NONE)
		return 0;
	x = table_at(&t->hosts, i);
	was = x->flags;
	x->flags |= flag;
	return was;
}

void host_prefetch(const struct tally *t, const struct addr *a)
{
	struct host_key key = { .fam = a->fam };

	memcpy(key.addr, a->b, 16);
	table_prefetch(&t->hosts, table_hash(&t->hosts, &key));
}

const struct pool *host_pool(const struct tally *t, const struct addr *a)
{
	for (unsigned i = 0; i < t->cfg.npools; i++)
		if (addr_in(a, &t->cfg.pools[i].net, t->cfg.pools[i].bits))
			return &t->cfg.pools[i];
	return NULL;
}

/* A handed-out IPv6 prefix is kept as its /64 with the rest zero. */
bool host_handed(const struct tally *t, const struct addr *a)
{
	uint8_t net[16];

	if (!t->any_ue)
		return false;
	if (a->fam == 4)
		return host_flags(t, a->b, 4) & F_UE;
	prefix64(a->b, net);
	return host_flags(t, net, 6) & F_UE;
}

bool tally_is_ue(const struct tally *t, const struct addr *a)
{
	return (t->any_ue || t->cfg.npools) && (host_handed(t, a) || host_pool(t, a));
}

uint8_t tally_ue_bits(const struct tally *t, const struct addr *a)
{
	const struct pool *p = host_pool(t, a);

	if (t->cfg.keep_inner || (!p && !host_handed(t, a)))
		return 0;
	return p ? p->bits : a->fam == 4 ? HANDED_BITS4 : HANDED_BITS6;
}

bool host_is_node(const struct tally *t, const struct addr *a)
{
	unsigned s = near_slot(a->b, a->fam);

	return (t->near_node[s / 8] >> s % 8 & 1) && host_flags(t, a->b, a->fam) & F_NODE;
}

void host_hand_out(struct tally *t, const struct addr *a)
{
	uint8_t net[16], was;
	uint32_t seen;

	if (addr_is_any(a))
		return;
	t->any_ue = true;
	if (a->fam == 6)
		prefix64(a->b, net);
	else
		memcpy(net, a->b, 16);
	was = host_set(t, net, a->fam, F_UE);
	seen = seen_slot(t, net);
	if (!(was & F_UE) && t->near_seen[seen / 8] >> seen % 8 & 1)
		t->gen++;		/* its flows are looked at again */
}

/* A filter is enough: taken for seen, an address costs look-ups and changes no count. */
void host_seen(struct tally *t, const struct addr *a)
{
	uint32_t seen = seen_slot(t, a->b);

	t->near_seen[seen / 8] |= (uint8_t)(1 << seen % 8);
}

void host_seen_prefetch(const struct tally *t, const struct addr *a)
{
	prefetch_to_write(&t->near_seen[seen_slot(t, a->b) / 8]);
}

void host_node(struct tally *t, const struct addr *a)
{
	unsigned s = near_slot(a->b, a->fam);

	(void)host_set(t, a->b, a->fam, F_NODE);
	t->near_node[s / 8] |= (uint8_t)(1 << s % 8);
}
