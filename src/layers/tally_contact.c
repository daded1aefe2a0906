/*
 * Contacts outside tunnels and, of some classes, inside: which end holds the service, and the cache that
 * remembers it for a flow.
 */
#include "tally_inside.h"

#include "parse.h"

uint64_t tally_flow_hash(const struct tally *t, uint64_t ends, uint32_t input)
{
	uint64_t h = ends ^ input * 0x9e3779b97f4a7c15u;

	prefetch(&t->flow[h & ((1u << FLOW_BITS) - 1)]);
	return h;
}

static struct flow_way *flow_way(const struct tally *t, uint64_t h)
{
	struct flow_line *l = &t->flow[h & ((1u << FLOW_BITS) - 1)];
	unsigned is = 0;

	for (unsigned i = 0; i < WAYS; i++)		/* all of them: which one it is cannot be foreseen */
		is |= (unsigned)((l->way[i].hash == h) & (l->way[i].gen == t->gen)) << i;
	return is ? &l->way[__builtin_ctz(is)] : NULL;
}

bool tally_prefetch_flow(const struct tally *t, const struct pkt *k, uint64_t h)
{
	const struct flow_way *w = flow_way(t, h);
	const uint8_t *r;

	if (!w) {
		if (t->any_ue) {
			host_prefetch(t, &k->src);
			host_prefetch(t, &k->dst);
		}
		return false;
	}
	r = table_at(&t->contacts, w->contact & 0x7fffffff);
	prefetch_to_write(r);
	prefetch_to_write(r + 64);
	return true;
}

static void contact_emit(struct tally *t, struct contact *c)
{
	uint32_t list[FACT_FRAMES];
	struct fact f = { .kind = FACT_CONTACT };
	struct tally_contact *u = &f.u.contact;
	uint8_t fam = c->key.kind & FLOW_FAM;

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
	u->inner = (c->key.kind & FLOW_INNER) != 0;
	f.outer = c->outer;
	u->ab = (struct count){ c->packets[0], c->bytes[0] };
	u->ba = (struct count){ c->packets[1], c->bytes[1] };
	t->cfg.emit(t->cfg.ctx, &f);
	frames_drop(&t->frames, &c->frames);
	memset(c->packets, 0, sizeof(c->packets));
	memset(c->bytes, 0, sizeof(c->bytes));
	c->active = 0;
}

/* Some at a time, so that what each consists of is fetched before it is handed on. */
void contacts_emit(struct tally *t)
{
	enum { TOGETHER = 16 };
	struct contact *c[TOGETHER];
	unsigned n;

	for (uint32_t next = t->active_contact; next; ) {
		for (n = 0; n < TOGETHER && next; n++) {
			c[n] = table_at(&t->contacts, next - 1);
			next = c[n]->next_active;
			prefetch_to_write(c[n]);
			frames_prefetch(&t->frames, &c[n]->frames);
		}
		for (unsigned i = 0; i < n; i++)
			contact_emit(t, c[i]);
	}
	t->active_contact = t->last_contact = 0;
}

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

/* One end of a contact: the address, or the pool it counts as, whose bits are given back (0: none). */
static uint8_t contact_end(const struct tally *t, const struct addr *a, uint8_t out[16])
{
	const struct pool *p;
	uint8_t bits = 0;
	struct addr net;

	if (!t->cfg.keep_inner) {
		if ((p = host_pool(t, a)))
			bits = p->bits;
		else if (host_handed(t, a))
			bits = a->fam == 4 ? HANDED_BITS4 : HANDED_BITS6;
	}
	net = bits ? addr_net(a, bits) : *a;
	memcpy(out, net.b, 16);
	return bits;
}

/* The key of the packet's contact, but for its port; true: its source is end a.  same: both ends are one address. */
static bool contact_ends(const struct tally *t, const struct pkt *k, const struct flow_key *fk, struct contact_key *key, bool *same)
{
	uint8_t s[16], d[16], sb = contact_end(t, &k->src, s), db = contact_end(t, &k->dst, d);
	int cmp = flow_order(s, d);
	bool src_is_a = cmp < 0 || (!cmp && table_same(k->src.b, fk->lo, 16));

	*same = !cmp;
	*key = (struct contact_key){ .proto = k->proto, .kind = fk->kind, .input = (uint16_t)k->input,
		.bits_lo = src_is_a ? sb : db, .bits_hi = src_is_a ? db : sb };
	memcpy(key->lo, src_is_a ? s : d, 16);
	memcpy(key->hi, src_is_a ? d : s, 16);
	return src_is_a;
}

/* The hash of the contact with that port; its line is on its way. */
static uint64_t contact_hash(const struct tally *t, struct contact_key *key, uint16_t port)
{
	uint64_t h;

	key->port = port;
	h = table_hash(&t->contacts, key);
	table_prefetch(&t->contacts, h);
	return h;
}

static bool contact_there(const struct tally *t, struct contact_key *key, uint16_t port, uint64_t h)
{
	key->port = port;
	return table_find(&t->contacts, key, h) != TABLE_NONE;
}

void tally_prefetch_contact(const struct tally *t, const struct pkt *k, const struct flow_key *fk)
{
	struct contact_key key;
	bool same;

	(void)contact_ends(t, k, fk, &key, &same);
	host_seen_prefetch(t, &k->src);
	host_seen_prefetch(t, &k->dst);
	(void)contact_hash(t, &key, k->dport);
	(void)contact_hash(t, &key, k->sport);
}

/* The contact of a flow seen for the first time (or forgotten): index with the swap bit, or TABLE_NONE. */
static uint32_t resolve(struct tally *t, const struct pkt *k, const struct flow_key *fk)
{
	struct contact_key key;
	enum side side = by_opening(k);
	bool opening = side != SIDE_NONE, same, src_is_a = contact_ends(t, k, fk, &key, &same), made;
	uint64_t at_dst, at_src;
	struct contact *c;
	uint32_t i;

	if (!(src_is_a ? key.bits_lo : key.bits_hi))
		host_seen(t, &k->src);
	if (!(src_is_a ? key.bits_hi : key.bits_lo))
		host_seen(t, &k->dst);
	at_dst = contact_hash(t, &key, k->dport);
	at_src = contact_hash(t, &key, k->sport);
	if (side == SIDE_NONE && (k->sport || k->dport)) {
		bool d_there = contact_there(t, &key, k->dport, at_dst), s_there = contact_there(t, &key, k->sport, at_src);

		side = d_there != s_there ? (d_there ? SIDE_DST : SIDE_SRC) : by_number(k);
	}
	if (same)
		src_is_a = side != SIDE_SRC;	/* one address at both ends: b is where the service is */
	key.port = side == SIDE_SRC ? k->sport : k->dport;
	i = table_get(&t->contacts, &key, side == SIDE_SRC ? at_src : at_dst, &made);
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
	return i | (flow_from_lo(fk, k) ? (src_is_a ? 0 : 0x80000000u) : (src_is_a ? 0x80000000u : 0));
}

uint32_t flow_contact(struct tally *t, const struct pkt *k, const struct flow_key *fk, uint64_t h)
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

void contact_count(struct tally *t, uint32_t ref, bool from_lo, const struct pkt *k, uint32_t packets, uint64_t bytes, bool copy)
{
	uint32_t i = ref & 0x7fffffff;
	struct contact *c = table_at(&t->contacts, i);
	unsigned dir = (ref >> 31) == (unsigned)from_lo;

	if (!c->active) {
		c->active = 1;
		c->next_active = 0;
		c->from_ns = c->until_ns = k->t_ns;
		c->outer = k->outer;
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
	if (c->outer != k->outer)
		c->outer = OUTER_SEVERAL;
	frames_add(&t->frames, &c->frames, k->no);
	if (copy)
		return;
	c->packets[dir] += packets;
	c->bytes[dir] += bytes;
}

void tally_packet(struct tally *t, const struct pkt *k, const struct flow_key *key, uint64_t h, uint32_t packets, uint64_t bytes, bool copy)
{
	uint32_t c = flow_contact(t, k, key, h);

	if (c == TABLE_NONE)
		return;		/* counted by the table */
	contact_count(t, c, flow_from_lo(key, k), k, packets, bytes, copy);
}
