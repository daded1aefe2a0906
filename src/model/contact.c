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

void model_pair_seen(struct model *m, const struct fact *f, uint8_t proto, uint8_t flag)
{
	struct pair_key k = pair_key(&f->src, &f->dst, proto);
	bool made;
	uint32_t i = table_get(&m->pairs, &k, table_hash(&m->pairs, &k), &made);

	struct pair *p;

	if (i == TABLE_NONE) {
		m->n.refused++;
		return;
	}
	p = table_at(&m->pairs, i);
	p->flags |= flag;
	if (made) {
		p->first_ns = f->kind == FACT_TUNNEL ? f->u.tunnel.from_ns : f->t_ns;
		p->ground = ground_of(f);
	}
}

uint8_t model_pair(const struct model *m, const struct addr *a, const struct addr *b, uint8_t protocol)
{
	struct pair_key k = pair_key(a, b, protocol);
	uint32_t i = table_find(&m->pairs, &k, table_hash(&m->pairs, &k));

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
	i = table_get(&m->contacts, &k, table_hash(&m->contacts, &k), &made);
	if (i == TABLE_NONE) {
		m->n.refused++;
		return;
	}
	c = table_at(&m->contacts, i);
	if (made) {
		c->first_ns = t->from_ns;
		c->last_ns = t->until_ns;
		c->ground = ground_of(f);
		c->opened = t->opened;
		c->at = t->at;
	}
	if (t->from_ns < c->first_ns) {
		c->first_ns = t->from_ns;
		c->ground = ground_of(f);
	}
	if (t->until_ns > c->last_ns)
		c->last_ns = t->until_ns;
	c->packets[0] += t->ab.packets;
	c->packets[1] += t->ba.packets;
	c->bytes[0] += t->ab.bytes;
	c->bytes[1] += t->ba.bytes;
}

uint32_t model_contacts(const struct model *m) { return m->contacts.high; }
const struct contact_rec *model_contact(const struct model *m, uint32_t i) { return table_at(&m->contacts, i); }

/* What was decoded decides: a port alone makes no signalling. */
enum plane model_contact_plane(const struct model *m, const struct contact_rec *c)
{
	static const struct { uint8_t proto; uint16_t port; } management[] = {
		{ 6, 21 }, { 6, 22 }, { 6, 23 }, { 6, 49 }, { 6, 53 }, { 6, 514 }, { 6, 830 }, { 6, 6513 }, { 6, 6514 },
		{ 17, 53 }, { 17, 69 }, { 17, 123 }, { 17, 161 }, { 17, 162 }, { 17, 319 }, { 17, 320 }, { 17, 514 },
		{ 17, 1812 }, { 17, 1813 },
	};
	struct addr a = addr_of(c->key.a, c->key.fam), b = addr_of(c->key.b, c->key.fam);
	uint8_t seen = model_pair(m, &a, &b, c->key.proto);

	if (c->key.inner || c->key.bits_a || c->key.bits_b)
		return PLANE_USER;
	if (c->key.proto == 17 && c->key.port == 2152 && seen & PAIR_GTPU)
		return PLANE_USER;
	if ((c->key.proto == 132 && seen & PAIR_NGAP) || (c->key.proto == 17 && c->key.port == 8805 && seen & PAIR_PFCP))
		return PLANE_SIGNALLING;
	for (unsigned i = 0; i < sizeof(management) / sizeof(management[0]); i++)
		if (management[i].proto == c->key.proto && management[i].port == c->key.port)
			return PLANE_MANAGEMENT;
	return PLANE_OTHER;
}
