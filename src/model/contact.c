/* Contacts: who spoke what to whom, summed over tallies; and which protocols a pair was seen to speak. */
#include "inside.h"

const char *plane_name(enum plane p)
{
	switch (p) {
	case PLANE_SIGNALLING: return "signalling";
	case PLANE_USER: return "user";
	case PLANE_MANAGEMENT: return "management";
	case PLANE_OTHER: break;
	}
	return "other";
}

static struct pair_key pair_key(const struct addr *a, const struct addr *b, uint8_t proto)
{
	struct pair_key k = { .fam = a->fam, .proto = proto };
	bool swap = addr_cmp(a, b) > 0;

	memcpy(k.lo, swap ? b->b : a->b, 16);
	memcpy(k.hi, swap ? a->b : b->b, 16);
	return k;
}

static struct place_key place_key(const struct addr *a)
{
	struct place_key k = { .fam = a->fam };

	memcpy(k.addr, a->b, 16);
	return k;
}

uint32_t place_of(struct model *m, const struct addr *a)
{
	struct place_key k = place_key(a);
	bool made;
	uint32_t i = table_take_of(&m->places, &k, sizeof(k), &made);

	if (i != TABLE_NONE)
		return i;
	m->n.refused++;
	return NONE;
}

uint32_t place_known(const struct model *m, const struct addr *a)
{
	struct place_key k = place_key(a);

	return table_seek_of(&m->places, &k, sizeof(k));
}

uint32_t model_place(const struct model *m, const struct addr *a) { return place_known(m, a); }

struct addr model_addr(const struct model *m, uint32_t number)
{
	const struct place *p = place_at(m, number);

	return addr_of(p->key.addr, p->key.fam);
}

/* Messages come from few pairs: where a pair was found last is looked at first.  Traffic that defeats it pays a look-up. */
static unsigned near_slot(const struct fact *f)
{
	uint64_t h = hash_read8(f->src.b) + 3 * hash_read8(f->dst.b) + 5 * hash_read8(f->src.b + 8) + 7 * hash_read8(f->dst.b + 8);

	return (h * 0x9e3779b97f4a7c15 >> 32) % NEAR_PAIRS;
}

static bool pair_is(const struct pair *p, const struct fact *f, uint8_t proto)
{
	if (p->key.proto != proto || p->key.fam != f->src.fam)
		return false;
	return (!memcmp(p->key.lo, f->src.b, 16) && !memcmp(p->key.hi, f->dst.b, 16)) ||
		(!memcmp(p->key.hi, f->src.b, 16) && !memcmp(p->key.lo, f->dst.b, 16));
}

static struct pair *pair_get(struct model *m, const struct fact *f, uint8_t proto)
{
	uint32_t *near = m->near_pair[near_slot(f)], i;
	struct pair_key k;
	struct pair *p;
	bool made;

	for (unsigned w = 0; w < 2 && near[w]; w++) {
		p = table_at(&m->pairs, near[w] - 1);
		if (pair_is(p, f, proto))
			return p;
	}
	k = pair_key(&f->src, &f->dst, proto);
	i = table_take(&m->pairs, &k, &made);
	if (i == TABLE_NONE) {
		m->n.refused++;
		return NULL;
	}
	near[1] = near[0];
	near[0] = i + 1;
	p = table_at(&m->pairs, i);
	if (made) {
		m->paired[proto / 64] |= 1ull << proto % 64;
		p->first_ns = f->kind == FACT_TUNNEL ? f->u.tunnel.from_ns : f->t_ns;
		p->ground = ground_of(f);
	}
	return p;
}

void model_pair_seen(struct model *m, const struct fact *f, uint8_t proto, uint16_t flag)
{
	struct pair *p = pair_get(m, f, proto);

	if (p)
		p->flags |= flag;
}

struct sides model_sides(struct model *m, const struct fact *f, uint8_t proto, uint16_t flag)
{
	struct pair *p = pair_get(m, f, proto);

	if (!p)
		return (struct sides){ place_of(m, &f->src), place_of(m, &f->dst) };
	p->flags |= flag;
	if (!p->lo || !p->hi) {
		struct addr lo = addr_of(p->key.lo, p->key.fam), hi = addr_of(p->key.hi, p->key.fam);

		p->lo = place_of(m, &lo) + 1;
		p->hi = place_of(m, &hi) + 1;
	}
	if (memcmp(p->key.lo, f->src.b, 16))
		return (struct sides){ p->hi - 1, p->lo - 1 };
	return (struct sides){ p->lo - 1, p->hi - 1 };
}

uint16_t model_pair(const struct model *m, const struct addr *a, const struct addr *b, uint8_t protocol)
{
	struct pair_key k;
	uint32_t i;

	if (!(m->paired[protocol / 64] >> protocol % 64 & 1))
		return 0;
	k = pair_key(a, b, protocol);
	i = table_seek(&m->pairs, &k);
	return i == TABLE_NONE ? 0 : ((struct pair *)table_at(&m->pairs, i))->flags;
}

void model_contact_tally(struct model *m, const struct fact *f)
{
	const struct tally_contact *t = &f->u.contact;
	struct contact_key_m k = { .port = t->port, .proto = t->protocol, .fam = f->src.fam, .inner = t->inner,
		.bits_a = t->pool_bits_a, .bits_b = t->pool_bits_b };
	struct contact_rec *c;
	uint32_t i;
	bool made;

	memcpy(k.a, f->src.b, 16);
	memcpy(k.b, f->dst.b, 16);
	i = table_take(&m->contacts, &k, &made);
	if (i == TABLE_NONE) {
		m->n.refused++;
		return;
	}
	c = table_at(&m->contacts, i);
	if (made) {
		c->last_ns = t->until_ns;
		c->opened = t->opened;
		c->at = t->at;
		c->outer = f->outer;
	}
	if (made || t->from_ns < c->first_ns) {
		c->first_ns = t->from_ns;
		c->input = (uint16_t)f->input;
		c->frame = f->frame;
	}
	if (c->outer != f->outer)
		c->outer = OUTER_SEVERAL;
	if (t->until_ns > c->last_ns)
		c->last_ns = t->until_ns;
	c->frames_total = (c->frames_total + (t->frames.total > t->frames.n ? t->frames.total : t->frames.n)) & ((1ull << 38) - 1);
	c->frames = grounds_add(&m->contact_frames, c->frames, f->input, &t->frames, &m->n.frames_unkept) & 0x3ffff;
	c->packets[0] += t->ab.packets;
	c->packets[1] += t->ba.packets;
	c->bytes[0] += t->ab.bytes;
	c->bytes[1] += t->ba.bytes;
}

uint32_t model_contacts(const struct model *m) { return m->contacts.high; }
const struct contact_rec *model_contact(const struct model *m, uint32_t i) { return table_at(&m->contacts, i); }
uint64_t model_contact_frames_total(const struct model *m, uint32_t contact) { return model_contact(m, contact)->frames_total; }

unsigned model_contact_frames(const struct model *m, uint32_t contact, struct ground out[MODEL_FRAMES])
{
	const struct contact_rec *c = model_contact(m, contact);
	unsigned n = grounds_get(&m->contact_frames, c->frames, out);

	if (n || !c->frame)
		return n;
	out[0] = (struct ground){ c->input, c->frame };
	return 1;
}

struct addr model_contact_end(const struct model *m, const struct contact_rec *c, bool b)
{
	(void)m;
	return addr_of(b ? c->key.b : c->key.a, c->key.fam);
}

bool model_contact_sbi(const struct model *m, const struct contact_rec *c)
{
	struct addr a = model_contact_end(m, c, false), b = model_contact_end(m, c, true);

	return c->key.proto == 6 && !c->key.inner && c->key.port && (model_sbi_spoken(m, &a, &b, c->key.port) || model_sbi_spoken(m, &b, &a, c->key.port));
}

/* Management on another port than its own. */
static bool spoke_management(const struct model *m, const struct contact_rec *c)
{
	struct addr a = model_contact_end(m, c, false), b = model_contact_end(m, c, true);

	if (!(m->managed_ports[c->key.port / 64] >> c->key.port % 64 & 1))
		return false;
	return model_spoke(m, &a, &b, c->key.proto, c->key.port, NULL) & SPOKE_MANAGEMENT;
}

/* What was decoded decides: a port alone makes no signalling. */
enum plane model_contact_plane(const struct model *m, const struct contact_rec *c)
{
	static const struct { uint8_t proto; uint16_t port; } management[] = {
		{ 6, 21 }, { 6, 22 }, { 6, 23 }, { 6, 49 }, { 6, 53 }, { 6, 514 }, { 6, 830 }, { 6, 6513 }, { 6, 6514 },
		{ 17, 53 }, { 17, 69 }, { 17, 123 }, { 17, 161 }, { 17, 162 }, { 17, 319 }, { 17, 320 }, { 17, 514 },
		{ 17, 1812 }, { 17, 1813 }, { 6, NETCONF_CH_SSH }, { 6, NETCONF_CH_TLS }, { 6, RESTCONF_CH_TLS },
	};
	uint16_t seen = 0;

	if (c->key.inner || c->key.bits_a || c->key.bits_b)
		return PLANE_USER;
	if (c->key.proto == 132 || c->key.proto == 6 || (c->key.proto == 17 && (c->key.port == 2152 || c->key.port == 8805 || c->key.port == 2123))) {
		struct addr a = model_contact_end(m, c, false), b = model_contact_end(m, c, true);

		seen = model_pair(m, &a, &b, c->key.proto);
	}
	if (c->key.proto == 17 && c->key.port == 2152 && seen & PAIR_GTPU)
		return PLANE_USER;
	if (model_contact_sbi(m, c))
		return PLANE_SIGNALLING;
	if ((c->key.proto == 132 && seen & (PAIR_NGAP | PAIR_S1AP | PAIR_RAN | PAIR_DIAMETER)) || (c->key.proto == 17 && c->key.port == 8805 && seen & PAIR_PFCP) ||
	    (c->key.proto == 17 && c->key.port == 2123 && seen & PAIR_GTPC))
		return PLANE_SIGNALLING;
	for (unsigned i = 0; i < sizeof(management) / sizeof(management[0]); i++)
		if (management[i].proto == c->key.proto && management[i].port == c->key.port)
			return PLANE_MANAGEMENT;
	if (c->key.proto == 6 && seen & PAIR_DIAMETER)
		return PLANE_SIGNALLING;
	return spoke_management(m, c) ? PLANE_MANAGEMENT : PLANE_OTHER;
}
