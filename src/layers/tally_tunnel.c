/* Tunnels: G-PDUs counted by TEID, their inner packets classed; orders that bind and close their ends. */
#include "tally_inside.h"

#include "mark_headers.h"
#include "parse.h"

void tunnel_key_make(struct tunnel_key *key, const struct pkt *k, uint32_t teid)
{
	const uint64_t rest = hash_word(teid, hash_half(hash_octets(k->fam, 0), (uint16_t)k->input));

	memcpy(key->src, k->src.b, 16);
	memcpy(key->dst, k->dst.b, 16);
	memcpy(&key->teid, &rest, sizeof(rest));	/* to the end of the key */
}

uint64_t tally_tunnel_hash(const struct tally *t, const struct tunnel_key *key)
{
	uint64_t h = table_hash(&t->tunnels, key);

	table_prefetch(&t->tunnels, h);
	return h;
}

void tally_prefetch_tunnel(const struct tally *t, uint64_t h)
{
	uint32_t i = table_peek(&t->tunnels, h);

	if (i != TABLE_NONE) {
		const uint8_t *r = table_at(&t->tunnels, i);

		prefetch_to_write(r);
		prefetch_to_write(r + 64);
		prefetch_to_write(r + sizeof(struct tunnel) - 1);
	}
}

void tally_prefetch_behind(const struct tally *t, uint64_t h)
{
	uint32_t i = table_peek(&t->tunnels, h);
	const struct tunnel *x;

	if (i == TABLE_NONE)
		return;
	x = table_at(&t->tunnels, i);
	prefetch(((struct bind *)table_at(&t->binds, x->bind))->ue4);
	if (x->cold)
		prefetch_to_write(&t->cold[x->cold].count);
	if (x->unordered && x->frames_total < FACT_FRAMES)
		prefetch_to_write(&t->unordered[x->unordered].frame[x->frames_total]);
}

/* ---- the frames of all G-PDUs, for a tunnel that nobody ordered ---- */

static void list_open(struct tally *t, struct tunnel *x)
{
	if (((struct bind *)table_at(&t->binds, x->bind))->ordered)
		return;
	if (t->unordered_free) {
		x->unordered = (uint16_t)t->unordered_free;
		t->unordered_free = t->unordered[x->unordered].frame[0];
	} else if (t->nunordered <= UNORDERED_MAX) {
		x->unordered = (uint16_t)t->nunordered++;
	} else {
		t->stats.refused_unordered++;
	}
}

static void list_frame(struct tally *t, struct tunnel *x, uint32_t frame)
{
	if (x->frames_total < FACT_FRAMES)
		t->unordered[x->unordered].frame[x->frames_total] = frame;
	x->frames_total++;
}

static struct frames list_close(struct tally *t, struct tunnel *x, uint32_t at[FACT_FRAMES])
{
	struct unordered *l = &t->unordered[x->unordered];
	struct frames f = { .at = at, .n = x->frames_total < FACT_FRAMES ? x->frames_total : FACT_FRAMES, .total = x->frames_total };

	memcpy(at, l->frame, f.n * sizeof(*at));
	l->frame[0] = t->unordered_free;
	t->unordered_free = x->unordered;
	x->unordered = 0;
	x->frames_total = 0;
	return f;
}

/* ---- the tally ---- */

static void emit(struct tally *t, struct tunnel *x)
{
	uint32_t list[INNER_CLASSES][FACT_FRAMES], all[FACT_FRAMES];
	struct fact f = { .kind = FACT_TUNNEL };
	struct tally_tunnel *u = &f.u.tunnel;

	f.input = x->key.input;
	f.t_ns = x->until_ns;
	f.frame = x->first_frame;
	f.outer = x->outer;
	f.src = (struct addr){ .fam = x->key.fam };
	f.dst = f.src;
	memcpy(f.src.b, x->key.src, 16);
	memcpy(f.dst.b, x->key.dst, 16);
	u->teid = x->key.teid;
	u->from_ns = x->from_ns;
	u->until_ns = x->until_ns;
	u->first_frame = x->first_frame;
	u->last_frame = x->last_frame;
	u->all = (struct count){ x->packets, x->bytes };
	u->inner[INNER_UE] = (struct count){ x->ue_packets, x->ue_bytes };
	if (x->unordered)
		u->unordered = list_close(t, x, all);
	if (x->cold) {
		struct cold *c = &t->cold[x->cold];

		for (unsigned i = 0; i < INNER_CLASSES; i++) {
			if (i == INNER_UE || i == INNER_UNBOUND)
				continue;
			u->inner[i] = c->count[i];
			u->frames[i].n = frames_get(&t->frames, &c->frames[i], list[i]);
			u->frames[i].at = list[i];
			u->frames[i].total = c->frames[i].total;
			frames_drop(&t->frames, &c->frames[i]);
		}
		*(uint32_t *)(void *)c = t->cold_free;
		t->cold_free = x->cold;
		x->cold = 0;
	}
	u->inner[INNER_UNBOUND] = u->all;
	for (unsigned i = 0; i < INNER_UNBOUND; i++) {
		u->inner[INNER_UNBOUND].packets -= u->inner[i].packets;
		u->inner[INNER_UNBOUND].bytes -= u->inner[i].bytes;
	}
	t->cfg.emit(t->cfg.ctx, &f);
	x->packets = x->ue_packets = 0;
	x->bytes = x->ue_bytes = 0;
}

/* Copies alone are said when their frames are. */
void tunnel_close(struct tally *t, struct tunnel *x)
{
	if (x->active && (x->packets || x->unordered))
		emit(t, x);
}

/* An end may have very many sources: its chain is walked once for all that go. */
void tunnels_forget(struct tally *t, uint32_t bind, uint64_t before_ns)
{
	struct bind *b = table_at(&t->binds, bind);
	uint32_t kept = 0, last = 0;

	for (uint32_t i = b->first_tunnel, next; i; i = next) {
		struct tunnel *x = table_at(&t->tunnels, i - 1);

		next = x->next_same;
		if (x->until_ns < before_ns) {
			table_remove(&t->tunnels, i - 1);
			continue;
		}
		if (last)
			((struct tunnel *)table_at(&t->tunnels, last - 1))->next_same = i;
		else
			kept = i;
		x->next_same = 0;
		last = i;
	}
	b->first_tunnel = kept & LINK_MAX;
	if (!kept && !b->ordered)
		table_remove(&t->binds, bind);
}

static uint32_t bind_get(struct tally *t, const uint8_t *addr, uint8_t fam, uint32_t teid)
{
	const uint64_t rest = hash_word(teid, hash_half(hash_octets(fam, 0), 0));
	struct bind_key key;
	bool made;

	memcpy(key.addr, addr, 16);
	memcpy(&key.teid, &rest, sizeof(rest));		/* to the end of the key */
	return table_take_of(&t->binds, &key, sizeof(key), &made);
}

static struct tunnel *tunnel_get(struct tally *t, const struct tunnel_key *key, uint64_t h)
{
	bool made;
	uint32_t i = table_get(&t->tunnels, key, h, &made), b;
	struct tunnel *x;
	struct bind *bind;

	if (i == TABLE_NONE)
		return NULL;
	x = table_at(&t->tunnels, i);
	if (!made)
		return x;
	b = bind_get(t, key->dst, key->fam, key->teid);
	if (b == TABLE_NONE) {
		table_remove(&t->tunnels, i);
		t->tunnels.refused++;
		return NULL;
	}
	bind = table_at(&t->binds, b);
	x->bind = b;
	x->next_same = bind->first_tunnel;
	bind->first_tunnel = (i + 1) & LINK_MAX;
	return x;
}

static bool bind_matches(const struct bind *b, const struct addr *a)
{
	if (a->fam == 4)
		return b->has4 && !memcmp(a->b, b->ue4, 4);
	return b->has6 && !memcmp(a->b, b->ue6, 8);
}

/* Link-local, unspecified and multicast: a subscriber's own beginnings, nobody else's address. */
static bool is_local(const struct addr *a)
{
	if (a->fam == 4)
		return addr_is_any(a) || addr_is_multicast(a) || (a->b[0] == 169 && a->b[1] == 254);
	return addr_is_any(a) || addr_is_multicast(a) || (a->b[0] == 0xfe && (a->b[1] & 0xc0) == 0x80);
}

/* GTP, PFCP or a mobile SCTP application inside a tunnel: the shape is looked at, a port is no proof. */
static bool is_nested(const struct pkt *in)
{
	const uint8_t *p = in->l4;
	uint32_t n = in->l4len, claim = in->l4claim;

	if (in->proto == 132 && n >= 28 && p[12] == 0) {
		uint32_t ppid = (uint32_t)p[24] << 24 | (uint32_t)p[25] << 16 | (uint32_t)p[26] << 8 | p[27];

		return ppid == 18 || ppid == 27 || (ppid >= 60 && ppid <= 72) || ppid == 46 || ppid == 47;
	}
	if (in->proto != 17 || n < 16)
		return false;
	if (in->sport == 2152 || in->dport == 2152)
		return p[8] >> 4 == 3 && 16u + (uint32_t)(p[10] << 8 | p[11]) == claim;
	if (in->sport == 8805 || in->dport == 8805)
		return p[8] >> 5 == 1 && 12u + (uint32_t)(p[10] << 8 | p[11]) <= claim && p[9] && p[9] < 60;
	if (in->sport == 2123 || in->dport == 2123)
		return (p[8] >> 5 == 2 && 12u + (uint32_t)(p[10] << 8 | p[11]) <= claim) ||
			(p[8] >> 4 == 3 && 16u + (uint32_t)(p[10] << 8 | p[11]) == claim);
	return false;
}

static enum inner_class classify(const struct tally *t, const struct bind *b, const struct pkt *in)
{
	if (is_nested(in))
		return INNER_NESTED;
	if (host_is_node(t, &in->src) || host_is_node(t, &in->dst))
		return INNER_ELEMENT;
	if (bind_matches(b, &in->src) || bind_matches(b, &in->dst))
		return INNER_UE;
	if (!b->has4 && !b->has6)
		return tally_is_ue(t, &in->src) || tally_is_ue(t, &in->dst) ? INNER_UE : INNER_UNBOUND;
	return is_local(&in->src) ? INNER_UE : INNER_FOREIGN;
}

static struct cold *cold_get(struct tally *t, struct tunnel *x)
{
	uint32_t i;

	if (x->cold)
		return &t->cold[x->cold];
	if (t->cold_free) {
		i = t->cold_free;
		memcpy(&t->cold_free, &t->cold[i], sizeof(t->cold_free));
		memset(&t->cold[i], 0, sizeof(t->cold[i]));
	} else if (t->ncold < t->cap_cold) {
		i = t->ncold++;
	} else {
		t->stats.refused_classes++;
		return NULL;
	}
	x->cold = i;
	return &t->cold[i];
}

static void tunnel_open(struct tally *t, struct tunnel *x, const struct pkt *k)
{
	uint32_t i = (uint32_t)(((uint8_t *)x - t->tunnels.rec) / sizeof(*x));

	x->from_ns = x->until_ns = k->t_ns;
	x->first_frame = x->last_frame = k->no;
	x->outer = k->outer;
	list_open(t, x);
	if (x->active == 2) {
		x->active = 1;
		return;
	}
	x->active = 1;
	x->next_active = 0;
	if (t->last_tunnel)
		((struct tunnel *)table_at(&t->tunnels, t->last_tunnel - 1))->next_active = i + 1;
	else
		t->active_tunnel = i + 1;
	t->last_tunnel = i + 1;
}

static void inner_count(struct tally *t, struct tunnel *x, const struct pkt *k, const struct pkt *in, enum inner_class class, uint64_t bytes,
	bool copy)
{
	/* unbound is what the other classes leave of the whole: no record for it */
	struct cold *c = class == INNER_UNBOUND || class == INNER_UE ? NULL : cold_get(t, x);
	struct flow_key fk;

	if (c) {
		if (!copy) {
			c->count[class].packets++;
			c->count[class].bytes += bytes;
		}
		frames_add(&t->frames, &c->frames[class], k->no);
	}
	if (!in || (class == INNER_UNBOUND && !t->cfg.keep_inner))
		return;
	flow_key_make(&fk, in, true);
	tally_packet(t, in, &fk, tally_flow_hash(t, flow_hash(&t->cfg.hash, &fk), in->input), 1, in->iplen, copy);
}

void tally_gpdu(struct tally *t, const struct pkt *k, const struct gpdu *g)
{
	uint32_t ref = flow_contact(t, k, g->flow, g->flow_hash);
	struct tunnel *x = tunnel_get(t, g->tunnel, g->tunnel_hash);
	enum inner_class class = INNER_UNBOUND;
	struct pkt in;
	bool ip;

	if (ref != TABLE_NONE)
		contact_count(t, ref, flow_from_lo(g->flow, k), k, g->packets, g->bytes, g->copy);
	if (!x)
		return;
	if (x->active != 1)
		tunnel_open(t, x, k);
	x->last_frame = k->no;
	if (x->outer != k->outer)
		x->outer = OUTER_SEVERAL;
	if (k->t_ns > x->until_ns)
		x->until_ns = k->t_ns;
	if (x->unordered)
		list_frame(t, x, k->no);
	in.t_ns = k->t_ns;
	in.no = k->no;
	in.input = k->input;
	in.outer = 0;			/* who it is inside is said by `inner` */
	in.caplen = in.wirelen = g->n;
	ip = g->n && pkt_parse_ip(&in, g->inner, g->n, g->n < g->claim || k->cut) <= PKT_FRAGMENT;
	if (ip) {
		if (in.frag)
			in.sport = in.dport = 0;
		class = classify(t, table_at(&t->binds, x->bind), &in);
		if (t->cfg.marks) {
			const struct bind *b = table_at(&t->binds, x->bind);

			mark_inner(t->cfg.marks, t, &in, class, b->has4 ? b->ue4 : NULL, b->has6 ? b->ue6 : NULL);
		}
	}
	if (!g->copy) {
		x->packets++;
		x->bytes += g->bytes;
	}
	if (class != INNER_UE || t->cfg.keep_inner)
		inner_count(t, x, k, ip ? &in : NULL, class, g->bytes, g->copy);
	if (class == INNER_UE && !g->copy) {
		x->ue_packets++;
		x->ue_bytes += g->bytes;
	}
}

/* Tallies of a tunnel end close when an order names it: what came before was under another order. */
static void close_end(struct tally *t, struct bind *b)
{
	for (uint32_t i = b->first_tunnel; i; i = ((struct tunnel *)table_at(&t->tunnels, i - 1))->next_same) {
		struct tunnel *x = table_at(&t->tunnels, i - 1);

		tunnel_close(t, x);
		x->active = x->active ? 2 : 0;	/* still in the list; reopened by the next packet */
	}
}

void tally_bind(struct tally *t, const struct binding *bd)
{
	struct bind *b;
	uint32_t i;

	switch (bd->kind) {
	case BIND_NODE:
		host_node(t, &bd->addr);
		return;
	case BIND_UE:
		host_hand_out(t, &bd->addr);
		return;
	case BIND_TUNNEL:
	case BIND_ORDER:
	case BIND_END:
		break;
	}
	i = bind_get(t, bd->addr.b, bd->addr.fam, bd->teid);
	if (i == TABLE_NONE)
		return;
	b = table_at(&t->binds, i);
	if (bd->kind == BIND_ORDER && b->ordered)
		return;
	close_end(t, b);
	b->ordered = bd->kind != BIND_END;
	if (bd->kind == BIND_ORDER)
		return;
	b->has4 = b->has6 = 0;
	if (bd->kind == BIND_TUNNEL) {
		b->has4 = bd->ue4.fam == 4;
		memcpy(b->ue4, bd->ue4.b, 4);
		b->has6 = bd->ue6.fam == 6;
		memcpy(b->ue6, bd->ue6.b, 8);
	}
	if (!b->first_tunnel && !b->ordered)
		table_remove(&t->binds, i);
}
