/*
 * What a protocol keeps of connections and streams: a table in which what was not used for a round gives way to what is new, and
 * who sent first, which tells the two directions apart.
 */
#ifndef FW_LAYERS_KEPT_H
#define FW_LAYERS_KEPT_H

#include "layer.h"
#include "table.h"

/* What each record begins with; its key: the TCP stream, and what it is of that. */
struct kept { uint32_t assoc, sub; bool used; uint8_t pad[7]; };

/* drop: the record gives way; what it holds elsewhere is given back. */
struct kept_table { struct table t; uint32_t hand; void (*drop)(void *ctx, void *record); };

/* 0 or FW_ENOMEM.  size: of a record, a multiple of 8; drop may be NULL. */
static inline int kept_init(struct kept_table *k, size_t size, uint32_t cap, void (*drop)(void *ctx, void *record), const struct hash_key *hk)
{
	k->hand = 0;
	k->drop = drop;
	return table_init(&k->t, offsetof(struct kept, used), (uint32_t)size, cap, hk);
}

/* NULL: it is not kept. */
static inline void *kept_find(const struct kept_table *k, uint32_t assoc, uint32_t sub)
{
	const uint32_t key[2] = { assoc, sub };
	uint32_t i = table_seek_of(&k->t, key, sizeof(key));

	return i == TABLE_NONE ? NULL : table_at(&k->t, i);
}

/* The record, made when it was not kept (*made; zeroed but for its key).  NULL: no memory.  ctx is for drop. */
static inline void *kept_get(struct kept_table *k, uint32_t assoc, uint32_t sub, bool *made, void *ctx)
{
	const uint32_t key[2] = { assoc, sub };
	struct kept *x;
	uint32_t i;

	while (k->t.used == k->t.cap && table_seek(&k->t, key) == TABLE_NONE) {
		i = k->hand++ % k->t.high;
		x = table_at(&k->t, i);
		if (!table_live(&k->t, i))
			continue;
		if (!x->used) {
			if (k->drop)
				k->drop(ctx, x);
			table_remove(&k->t, i);
			continue;
		}
		x->used = false;
	}
	i = table_take_of(&k->t, key, sizeof(key), made);
	if (i == TABLE_NONE)
		return NULL;
	x = table_at(&k->t, i);
	x->used = true;
	return x;
}

static inline void kept_remove(struct kept_table *k, void *record)
{
	table_remove(&k->t, table_index(&k->t, record));
}

/* Calls drop for all that is kept, and frees the table. */
static inline void kept_free(struct kept_table *k, void *ctx)
{
	for (uint32_t i = 0; k->drop && k->t.rec && i < k->t.high; i++)
		if (table_live(&k->t, i))
			k->drop(ctx, table_at(&k->t, i));
	table_free(&k->t);
}

struct sender { struct addr addr; uint16_t port; };

static inline struct sender sender_of(const struct msg *m)
{
	return (struct sender){ m->pkt->src, m->pkt->sport };
}

/* The direction of a message: 0 as the first one. */
static inline unsigned sender_dir(const struct sender *first, const struct msg *m)
{
	return first->port != m->pkt->sport || !addr_eq(&first->addr, &m->pkt->src);
}

#endif
