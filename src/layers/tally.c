/*
 * Contacts and tunnels as compact records (DESIGN.md section 4, "User plane").
 *
 * Flow cache: (both directions of) a 5-tuple to its contact, four ways a line, oldest-used way
 * replaced; it only remembers which end holds the service, so an eviction costs a look-up and
 * never a count.  Contact: two addresses, protocol, service port.  Tunnel: source, destination,
 * TEID.  A tunnel end's binding says whose session it carries.
 */
#include "tally.h"

#include "err.h"
#include "frames.h"
#include "parse.h"

#include <stdlib.h>
#include <sys/mman.h>

#define MINUTE_NS 60000000000u

enum { WAYS = 4, F_NODE = 1, F_UE = 2, F_SEEN = 4, KIND_FAM = 7, KIND_INNER = 8 };

struct flow_way { uint64_t hash; uint32_t contact; uint32_t gen; };	/* contact's top bit: flow.lo is the contact's b */
struct flow_line { struct flow_way way[WAYS]; };

struct contact_key { uint8_t lo[16], hi[16]; uint16_t port; uint8_t proto, kind, bits_lo, bits_hi; uint16_t input; };

struct contact {
	struct contact_key key;
	uint32_t	packets[2];		/* a to b, b to a; of this minute */
	uint64_t	bytes[2];
	/* second line */
	uint64_t	from_ns, until_ns;
	struct frame_list frames;
	uint32_t	next_active;
	uint8_t		active, at, opened, pad;
};

struct tunnel {
	struct tunnel_key key;
	uint32_t	bind, contact_hint;
	uint32_t	packets, ue_packets;
	uint64_t	bytes;
	/* second line */
	uint64_t	ue_bytes, from_ns, until_ns;
	uint32_t	first_frame, last_frame;
	uint32_t	next_active, next_same;	/* same: other sources of this end */
	uint32_t	cold;			/* classes other than ue, or 0 */
	uint8_t		active, pad[3];		/* 2: closed by an order, still in the list */
};

struct bind_key { uint8_t addr[16]; uint32_t teid; uint8_t fam, pad[3]; };

struct bind {
	struct bind_key	key;
	uint8_t		ue6[8];
	uint8_t		ue4[4];
	uint32_t	first_tunnel;		/* index + 1 */
	uint8_t		has4, has6, pad[6];
};

struct host_key { uint8_t addr[16]; uint8_t fam, pad[7]; };
struct host { struct host_key key; uint8_t flags, pad[7]; };

struct cold { struct count count[INNER_CLASSES]; struct frame_list frames[INNER_CLASSES]; };

struct tally {
	struct tally_config cfg;
	struct flow_line *flow;
	struct table	contacts, tunnels, binds, hosts;
	struct frame_pool frames;
	struct cold	*cold;			/* from 1 */
	uint32_t	ncold, cold_free, cap_cold;
	uint32_t	active_contact, last_contact, active_tunnel, last_tunnel;	/* index + 1 */
	uint64_t	minute, max_minute;
	bool		started;
	uint32_t	gen;			/* of what the flow cache remembers */
	uint8_t		near_node[4096];	/* a filter before the look-up in hosts */
	bool		any_ue;
	struct tally_stats stats;
};

static void *region(size_t n)
{
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

int tally_new(struct tally **out, const struct tally_config *cfg)
{
	struct tally *t = calloc(1, sizeof(*t));

	*out = NULL;
	if (!t)
		return FW_ENOMEM;
	t->cfg = *cfg;
	t->gen = 1;
	t->cap_cold = cfg->classes ? cfg->classes : 1 << 16;
	t->ncold = 1;
	t->flow = region(sizeof(*t->flow) << FLOW_BITS);
	t->cold = region(t->cap_cold * sizeof(*t->cold));
	if (t->flow && t->cold &&
	    !table_init(&t->contacts, sizeof(struct contact_key), sizeof(struct contact), cfg->contacts ? cfg->contacts : 1 << 22, &cfg->hash) &&
	    !table_init(&t->tunnels, sizeof(struct tunnel_key), sizeof(struct tunnel), cfg->tunnels ? cfg->tunnels : 1 << 22, &cfg->hash) &&
	    !table_init(&t->binds, sizeof(struct bind_key), sizeof(struct bind), cfg->tunnels ? cfg->tunnels : 1 << 22, &cfg->hash) &&
	    !table_init(&t->hosts, sizeof(struct host_key), sizeof(struct host), cfg->hosts ? cfg->hosts : 1 << 22, &cfg->hash) &&
	    !frame_pool_init(&t->frames, 1 << 26)) {
		*out = t;
		return FW_OK;
	}
	tally_free(t);
	return FW_ENOMEM;
}

void tally_free(struct tally *t)
{
	if (!t)
		return;
	if (t->flow)
		(void)munmap(t->flow, sizeof(*t->flow) << FLOW_BITS);
	if (t->cold)
		(void)munmap(t->cold, t->cap_cold * sizeof(*t->cold));
	table_free(&t->contacts);
	table_free(&t->tunnels);
	table_free(&t->binds);
	table_free(&t->hosts);
	frame_pool_free(&t->frames);
	free(t);
}

/* ---- keys and hashes ---- */

void flow_key_make(struct flow_key *key, const struct pkt *k, bool inner)
{
	int c = memcmp(k->src.b, k->dst.b, 16);
	bool swap = c > 0 || (!c && k->sport > k->dport);

	memcpy(key->lo, swap ? k->dst.b : k->src.b, 16);
	memcpy(key->hi, swap ? k->src.b : k->dst.b, 16);
	key->plo = swap ? k->dport : k->sport;
	key->phi = swap ? k->sport : k->dport;
	key->proto = k->proto;
	key->kind = (uint8_t)(k->fam | (inner ? KIND_INNER : 0));
	key->input = (uint16_t)k->input;
}

void tunnel_key_make(struct tunnel_key *key, const struct pkt *k, uint32_t teid)
{
	memcpy(key->src, k->src.b, 16);
	memcpy(key->dst, k->dst.b, 16);
	key->teid = teid;
	key->fam = k->fam;
	key->pad = 0;
	key->input = (uint16_t)k->input;
}

uint64_t tally_flow_hash(const struct tally *t, const struct flow_key *key)
{
	uint64_t h = hash_bytes(&t->cfg.hash, key, sizeof(*key));

	__builtin_prefetch(&t->flow[h & ((1u << FLOW_BITS) - 1)]);
	return h;
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

		__builtin_prefetch(r, 1);
		__builtin_prefetch(r + 64, 1);
	}
}

static struct flow_way *flow_way(const struct tally *t, uint64_t h)
{
	struct flow_line *l = &t->flow[h & ((1u << FLOW_BITS) - 1)];

	for (int i = 0; i < WAYS; i++)
		if (l->way[i].hash == h && l->way[i].gen == t->gen)
			return &l->way[i];
	return NULL;
}

void tally_prefetch_flow(const struct tally *t, uint64_t h)
{
	const struct flow_way *w = flow_way(t, h);

	if (w) {
		const uint8_t *r = table_at(&t->contacts, w->contact & 0x7fffffff);

		__builtin_prefetch(r, 1);
		__builtin_prefetch(r + 64, 1);
	}
}

/* ---- hosts: which addresses are nodes, which are subscribers ---- */

static unsigned near_slot(const uint8_t *b, uint8_t fam)
{
	uint32_t v;

	memcpy(&v, fam == 4 ? b : b + 4, 4);
	return (v * 0x9e3779b1u) >> 17;
}

static uint8_t host_flags(const struct tally *t, const uint8_t *b, uint8_t fam)
{
	struct host_key key = { .fam = fam };
	uint32_t i;

	memcpy(key.addr, b, 16);
	i = table_find(&t->hosts, &key, table_hash(&t->hosts, &key));
	return i == TABLE_NONE ? 0 : ((struct host *)table_at(&t->hosts, i))->flags;
}

static uint8_t host_set(struct tally *t, const uint8_t *b, uint8_t fam, uint8_t flag)
{
	struct host_key key = { .fam = fam };
	uint8_t was;
	struct host *x;
	uint32_t i;
	bool made;

	memcpy(key.addr, b, 16);
	i = table_get(&t->hosts, &key, table_hash(&t->hosts, &key), &made);
	if (i == TABLE_NONE)
		return 0;
	x = table_at(&t->hosts, i);
	was = x->flags;
	x->flags |= flag;
	return was;
}

static void prefix64(const uint8_t *b, uint8_t out[16])
{
	memcpy(out, b, 8);
	memset(out + 8, 0, 8);
}

static const struct pool *in_pool(const struct tally *t, const struct addr *a)
{
	for (unsigned i = 0; i < t->cfg.npools; i++)
		if (addr_in(a, &t->cfg.pools[i].net, t->cfg.pools[i].bits))
			return &t->cfg.pools[i];
	return NULL;
}

/* A handed-out IPv6 prefix is kept as its /64 with the rest zero. */
static bool handed(const struct tally *t, const struct addr *a)
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
	return handed(t, a) || in_pool(t, a);
}

static bool is_node(const struct tally *t, const struct addr *a)
{
	unsigned s = near_slot(a->b, a->fam);

	return (t->near_node[s / 8] >> s % 8 & 1) && host_flags(t, a->b, a->fam) & F_NODE;
}

/* ---- closing ---- */

static void emit_contact(struct tally *t, struct contact *c)
{
	uint32_t list[FACT_FRAMES];
	struct fact f = { .kind = FACT_CONTACT };
	struct tally_contact *u = &f.u.contact;
	uint8_t fam = c->key.kind & KIND_FAM;

	f.input = c->key.input;
	f.t_ns = c->until_ns;
	f.src = (struct addr){ .fam = fam };
	f.dst = (struct addr){ .fam = fam };
	memcpy(f.src.b, c->key.lo, 16);
	memcpy(f.dst.b, c->key.hi, 16);
	u->frames.n = frames_get(&t->frames, &c->frames, list);
	u->frames.at = list;
	u->frames.total = c->frames.total;
	f.frame = u->frames.n ? list[0] : 0;
	u->from_ns = c->from_ns;
	u->until_ns = c->until_ns;
	u->protocol = c->key.proto;
	u->port = c->key.port;
	u->ue_a = c->key.bits_lo != 0;
	u->ue_b = c->key.bits_hi != 0;
	u->pool_bits_a = c->key.bits_lo;
	u->pool_bits_b = c->key.bits_hi;
	u->at = c->at;
	u->opened = c->opened;
	u->inner = (c->key.kind & KIND_INNER) != 0;
	u->ab = (struct count){ c->packets[0], c->bytes[0] };
	u->ba = (struct count){ c->packets[1], c->bytes[1] };
	t->cfg.emit(t->cfg.ctx, &f);
	frames_drop(&t->frames, &c->frames);
	memset(c->packets, 0, sizeof(c->packets));
	memset(c->bytes, 0, sizeof(c->bytes));
	c->active = 0;
}

static void emit_tunnel(struct tally *t, struct tunnel *x)
{
	uint32_t list[INNER_CLASSES][FACT_FRAMES];
	struct fact f = { .kind = FACT_TUNNEL };
	struct tally_tunnel *u = &f.u.tunnel;

	f.input = x->key.input;
	f.t_ns = x->until_ns;
	f.frame = x->first_frame;
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
	if (x->cold) {
		struct cold *c = &t->cold[x->cold];

		for (unsigned i = 0; i < INNER_CLASSES; i++) {
			if (i == INNER_UE)
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
	t->cfg.emit(t->cfg.ctx, &f);
	x->packets = x->ue_packets = 0;
	x->bytes = x->ue_bytes = 0;
	x->active = 0;
}

static void close_all(struct tally *t)
{
	uint32_t i, next;

	for (i = t->active_tunnel; i; i = next) {
		struct tunnel *x = table_at(&t->tunnels, i - 1);

		next = x->next_active;
		if (x->active && x->packets)
			emit_tunnel(t, x);
		x->active = 0;
	}
	for (i = t->active_contact; i; i = next) {
		struct contact *c = table_at(&t->contacts, i - 1);

		next = c->next_active;
		emit_contact(t, c);
	}
	t->active_tunnel = t->last_tunnel = t->active_contact = t->last_contact = 0;
}

static void forget_tunnel(struct tally *t, uint32_t index)
{
	struct tunnel *x = table_at(&t->tunnels, index);
	struct bind *b = table_at(&t->binds, x->bind);

	for (uint32_t *at = &b->first_tunnel; *at; at = &((struct tunnel *)table_at(&t->tunnels, *at - 1))->next_same)
		if (*at == index + 1) {
			*at = x->next_same;
			break;
		}
	if (!b->first_tunnel && !b->has4 && !b->has6)
		table_remove(&t->binds, x->bind);
	table_remove(&t->tunnels, index);
}

/* Records that were silent for a whole minute are given back. */
static void sweep(struct tally *t, uint64_t before_ns)
{
	for (uint32_t i = 0; i < t->contacts.high; i++)
		if (table_live(&t->contacts, i) && ((struct contact *)table_at(&t->contacts, i))->until_ns < before_ns)
			table_remove(&t->contacts, i);
	for (uint32_t i = 0; i < t->tunnels.high; i++)
		if (table_live(&t->tunnels, i) && ((struct tunnel *)table_at(&t->tunnels, i))->until_ns < before_ns)
			forget_tunnel(t, i);
	t->gen++;
}

static void new_minute(struct tally *t, uint64_t minute)
{
	if (t->started)
		close_all(t);
	if (t->started && minute > t->max_minute)
		sweep(t, minute ? (minute - 1) * MINUTE_NS : 0);
	if (minute > t->max_minute || !t->started)
		t->max_minute = minute;
	t->minute = minute;
	t->started = true;
}

void tally_time(struct tally *t, uint64_t t_ns)
{
	if (t_ns - t->minute * MINUTE_NS >= MINUTE_NS || !t->started)
		new_minute(t, t_ns / MINUTE_NS);
}

void tally_end(struct tally *t)
{
	close_all(t);
}

/* ---- which end holds the service ---- */

static bool known_port(uint8_t proto, uint16_t port)
{
	static const uint16_t udp[] = { 53, 67, 123, 161, 162, 500, 514, 1812, 1813, 2123, 2152, 3386, 4500, 4789, 6081, 8805 };
	static const uint16_t tcp[] = { 21, 22, 23, 49, 53, 80, 179, 389, 443, 514, 636, 830, 853, 3306, 3868, 5432, 5868, 6379, 6443,
		6513, 6514, 7777, 8080, 8443, 9042, 27017, 29500, 29501, 29502, 29503, 29504, 29505, 29507, 29509, 29510, 29518, 29531 };
	static const uint16_t sctp[] = { 2905, 3868, 5868, 36412, 36422, 38412, 38422, 38462, 38472 };
	const uint16_t *v = proto == 17 ? udp : proto == 6 ? tcp : sctp;
	size_t n = proto == 17 ? sizeof(udp) / 2 : proto == 6 ? sizeof(tcp) / 2 : proto == 132 ? sizeof(sctp) / 2 : 0;

	for (size_t i = 0; i < n; i++)
		if (v[i] == port)
			return true;
	return false;
}

enum side { SIDE_NONE, SIDE_SRC, SIDE_DST };

/* What the packet itself says: TCP SYN (RFC 9293 3.5), SCTP INIT (RFC 9260 3.3.2). */
static enum side by_opening(const struct pkt *k)
{
	if (k->proto == 6 && k->l4len >= 14) {
		unsigned flags = k->l4[13] & 0x12;

		return flags == 0x02 ? SIDE_DST : flags == 0x12 ? SIDE_SRC : SIDE_NONE;
	}
	if (k->proto == 132 && k->l4len >= 13)
		return k->l4[12] == 1 ? SIDE_DST : k->l4[12] == 2 ? SIDE_SRC : SIDE_NONE;
	return SIDE_NONE;
}

/* What the numbers suggest when no opening was seen. */
static enum side by_number(const struct pkt *k)
{
	bool ks = known_port(k->proto, k->sport), kd = known_port(k->proto, k->dport);

	if (ks != kd)
		return ks ? SIDE_SRC : SIDE_DST;
	if ((k->sport < 1024) != (k->dport < 1024))
		return k->sport < 1024 ? SIDE_SRC : SIDE_DST;
	if ((k->sport >= 32768) != (k->dport >= 32768))
		return k->sport < 32768 ? SIDE_SRC : SIDE_DST;
	if (k->proto == 17)
		return SIDE_DST;
	return k->sport < k->dport ? SIDE_SRC : SIDE_DST;
}

/* One end of a contact: the address, or the pool it counts as. */
static void contact_end(struct tally *t, const struct addr *a, uint8_t out[16], uint8_t *bits)
{
	const struct pool *p;
	struct addr net = *a;

	*bits = 0;
	if (!t->cfg.keep_inner) {
		if ((p = in_pool(t, a)))
			*bits = p->bits;
		else if (handed(t, a))
			*bits = a->fam == 4 ? 24 : 48;	/* wide enough not to name a subscriber */
	}
	if (*bits)
		net = addr_net(a, *bits);
	else
		(void)host_set(t, a->b, a->fam, F_SEEN);
	memcpy(out, net.b, 16);
}

static uint32_t contact_find(const struct tally *t, struct contact_key *key, uint16_t port)
{
	key->port = port;
	return table_find(&t->contacts, key, table_hash(&t->contacts, key));
}

/* The contact of a flow seen for the first time (or forgotten): index with the swap bit, or TABLE_NONE. */
static uint32_t resolve(struct tally *t, const struct pkt *k, const struct flow_key *fk)
{
	struct contact_key key = { .proto = k->proto, .kind = fk->kind, .input = fk->input };
	uint8_t s[16], d[16], sb, db;
	enum side side = by_opening(k);
	bool opening = side != SIDE_NONE, src_is_a, made;
	struct contact *c;
	uint32_t i;
	int cmp;

	contact_end(t, &k->src, s, &sb);
	contact_end(t, &k->dst, d, &db);
	cmp = memcmp(s, d, 16);
	src_is_a = cmp < 0 || (!cmp && !memcmp(k->src.b, fk->lo, 16));
	memcpy(key.lo, src_is_a ? s : d, 16);
	memcpy(key.hi, src_is_a ? d : s, 16);
	key.bits_lo = src_is_a ? sb : db;
	key.bits_hi = src_is_a ? db : sb;
	if (side == SIDE_NONE && (k->sport || k->dport)) {
		bool at_d = contact_find(t, &key, k->dport) != TABLE_NONE, at_s = contact_find(t, &key, k->sport) != TABLE_NONE;

		side = at_d != at_s ? (at_d ? SIDE_DST : SIDE_SRC) : by_number(k);
	}
	if (!cmp)
		src_is_a = side != SIDE_SRC;	/* one address at both ends: b is where the service is */
	key.port = side == SIDE_SRC ? k->sport : k->dport;
	i = table_get(&t->contacts, &key, table_hash(&t->contacts, &key), &made);
	if (i == TABLE_NONE)
		return i;
	c = table_at(&t->contacts, i);
	if (made) {
		bool ask_first = opening || (k->proto == 17 && side == SIDE_DST);

		if (side != SIDE_NONE && k->sport != k->dport)
			c->at = (side == SIDE_SRC) == src_is_a ? OPENED_A : OPENED_B;
		if (ask_first)
			c->opened = (side == SIDE_DST) == src_is_a ? OPENED_A : OPENED_B;
	}
	return i | (memcmp(k->src.b, fk->lo, 16) == 0 && k->sport == fk->plo ? (src_is_a ? 0 : 0x80000000u) : (src_is_a ? 0x80000000u : 0));
}

static uint32_t flow_contact(struct tally *t, const struct pkt *k, const struct flow_key *fk, uint64_t h)
{
	struct flow_way *w = flow_way(t, h);
	struct flow_line *l;
	uint32_t c;

	if (w)
		return w->contact;
	c = resolve(t, k, fk);
	if (c == TABLE_NONE)
		return c;
	l = &t->flow[h & ((1u << FLOW_BITS) - 1)];
	t->stats.flow_evicted += l->way[WAYS - 1].gen == t->gen;
	memmove(&l->way[1], &l->way[0], sizeof(l->way[0]) * (WAYS - 1));
	l->way[0] = (struct flow_way){ .hash = h, .contact = c, .gen = t->gen };
	return c;
}

/* ---- counting ---- */

static void contact_count(struct tally *t, uint32_t ref, bool from_lo, const struct pkt *k, uint32_t packets, uint64_t bytes, bool copy)
{
	uint32_t i = ref & 0x7fffffff;
	struct contact *c = table_at(&t->contacts, i);
	unsigned dir = (ref >> 31) == (unsigned)from_lo;

	if (!c->active) {
		c->active = 1;
		c->next_active = 0;
		c->from_ns = c->until_ns = k->t_ns;
		if (t->last_contact)
			((struct contact *)table_at(&t->contacts, t->last_contact - 1))->next_active = i + 1;
		else
			t->active_contact = i + 1;
		t->last_contact = i + 1;
	}
	if (k->t_ns > c->until_ns)
		c->until_ns = k->t_ns;
	if (k->t_ns < c->from_ns)
		c->from_ns = k->t_ns;
	frames_add(&t->frames, &c->frames, k->no);
	if (copy)
		return;
	c->packets[dir] += packets;
	c->bytes[dir] += bytes;
}

static bool from_lo(const struct pkt *k, const struct flow_key *fk)
{
	return !memcmp(k->src.b, fk->lo, 16) && k->sport == fk->plo;
}

void tally_packet(struct tally *t, const struct pkt *k, const struct flow_key *key, uint64_t h, uint32_t packets, uint64_t bytes, bool copy)
{
	uint32_t c = flow_contact(t, k, key, h);

	if (c == TABLE_NONE)
		return;		/* counted by the table */
	contact_count(t, c, from_lo(k, key), k, packets, bytes, copy);
}

static uint32_t bind_get(struct tally *t, const uint8_t *addr, uint8_t fam, uint32_t teid)
{
	struct bind_key key = { .teid = teid, .fam = fam };
	bool made;

	memcpy(key.addr, addr, 16);
	return table_get(&t->binds, &key, table_hash(&t->binds, &key), &made);
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
	bind->first_tunnel = i + 1;
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
	if (is_node(t, &in->src) || is_node(t, &in->dst))
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
	struct cold *c = cold_get(t, x);
	struct flow_key fk;

	if (c) {
		if (!copy) {
			c->count[class].packets++;
			c->count[class].bytes += bytes;
		}
		if (class != INNER_UNBOUND)
			frames_add(&t->frames, &c->frames[class], k->no);
	}
	if (!in || (class == INNER_UNBOUND && !t->cfg.keep_inner))
		return;
	flow_key_make(&fk, in, true);
	tally_packet(t, in, &fk, tally_flow_hash(t, &fk), 1, in->iplen, copy);
}

void tally_gpdu(struct tally *t, const struct pkt *k, uint32_t teid, const uint8_t *inner, uint32_t ncaptured, uint32_t claim,
	const struct tunnel_key *tkey, uint64_t th, const struct flow_key *fkey, bool copy)
{
	uint32_t ref = flow_contact(t, k, fkey, tally_flow_hash(t, fkey));
	struct tunnel *x = tunnel_get(t, tkey, th);
	enum inner_class class = INNER_UNBOUND;
	struct pkt in;
	bool ip;

	(void)teid;
	if (ref != TABLE_NONE)
		contact_count(t, ref, from_lo(k, fkey), k, 1, k->iplen, copy);
	if (!x)
		return;
	if (x->active != 1)
		tunnel_open(t, x, k);
	x->last_frame = k->no;
	if (k->t_ns > x->until_ns)
		x->until_ns = k->t_ns;
	in.t_ns = k->t_ns;
	in.no = k->no;
	in.input = k->input;
	in.caplen = in.wirelen = ncaptured;
	ip = ncaptured && pkt_parse_ip(&in, inner, ncaptured, ncaptured < claim || k->cut) <= PKT_FRAGMENT;
	if (ip) {
		if (in.frag)
			in.sport = in.dport = 0;
		class = classify(t, table_at(&t->binds, x->bind), &in);
	}
	if (!copy) {
		x->packets++;
		x->bytes += k->iplen;
	}
	if (class != INNER_UE || t->cfg.keep_inner)
		inner_count(t, x, k, ip ? &in : NULL, class, k->iplen, copy);
	if (class == INNER_UE && !copy) {
		x->ue_packets++;
		x->ue_bytes += k->iplen;
	}
}

/* ---- orders ---- */

/* Tallies of a tunnel end close when an order names it: what came before was under another order. */
static void close_end(struct tally *t, struct bind *b)
{
	for (uint32_t i = b->first_tunnel; i; i = ((struct tunnel *)table_at(&t->tunnels, i - 1))->next_same) {
		struct tunnel *x = table_at(&t->tunnels, i - 1);

		if (x->active && x->packets) {
			emit_tunnel(t, x);
			x->active = 2;		/* still in the list; reopened by the next packet */
		}
	}
}

static void hand_out(struct tally *t, const struct addr *a)
{
	uint8_t net[16];
	uint8_t was;

	if (addr_is_any(a))
		return;
	t->any_ue = true;
	if (a->fam == 6)
		prefix64(a->b, net);
	else
		memcpy(net, a->b, 16);
	was = host_set(t, net, a->fam, F_UE);
	if ((was & F_SEEN) && !(was & F_UE))
		t->gen++;		/* its flows are looked at again */
}

void tally_bind(struct tally *t, const struct binding *bd)
{
	struct bind *b;
	uint32_t i;
	unsigned s;

	switch (bd->kind) {
	case BIND_NODE:
		(void)host_set(t, bd->addr.b, bd->addr.fam, F_NODE);
		s = near_slot(bd->addr.b, bd->addr.fam);
		t->near_node[s / 8] |= (uint8_t)(1 << s % 8);
		return;
	case BIND_UE:
		hand_out(t, &bd->addr);
		return;
	case BIND_TUNNEL:
	case BIND_END:
		break;
	}
	i = bind_get(t, bd->addr.b, bd->addr.fam, bd->teid);
	if (i == TABLE_NONE)
		return;
	b = table_at(&t->binds, i);
	close_end(t, b);
	b->has4 = b->has6 = 0;
	if (bd->kind == BIND_TUNNEL) {
		b->has4 = bd->ue4.fam == 4;
		memcpy(b->ue4, bd->ue4.b, 4);
		b->has6 = bd->ue6.fam == 6;
		memcpy(b->ue6, bd->ue6.b, 8);
	}
	if (!b->first_tunnel && !b->has4 && !b->has6)
		table_remove(&t->binds, i);
}

void tally_stats(const struct tally *t, struct tally_stats *s)
{
	*s = t->stats;
	s->refused_contacts = t->contacts.refused;
	s->refused_tunnels = t->tunnels.refused + t->binds.refused;
	s->refused_hosts = t->hosts.refused;
	s->refused_frames = t->frames.refused;
	s->bytes = table_bytes(&t->contacts) + table_bytes(&t->tunnels) + table_bytes(&t->binds) + table_bytes(&t->hosts) +
		(uint64_t)t->frames.high * sizeof(struct frame_chunk);
}
