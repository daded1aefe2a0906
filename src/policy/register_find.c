/* Questions to a register. */
#include "register.h"

#include <string.h>
#include <strings.h>

static uint32_t kth(const struct keyed *x, const void *key, size_t n, uint32_t k)
{
	uint32_t found;
	const struct keyed_entry *e = keyed_find(x, key, n, &found);

	return k < found ? e[k].value : REG_NONE;
}

uint32_t reg_element_by_id(const struct reg *r, const char *id, size_t n) { return kth(&r->ids, id, n, 0); }
uint32_t reg_supplier_by_id(const struct reg *r, const char *id, size_t n) { return kth(&r->supplier_ids, id, n, 0); }
uint32_t reg_site_by_id(const struct reg *r, const char *id, size_t n) { return kth(&r->site_ids, id, n, 0); }

uint32_t reg_element_by_name(const struct reg *r, const char *name, size_t n, uint32_t k)
{
	char low[256];

	if (n >= sizeof(low))
		return REG_NONE;
	for (size_t i = 0; i < n; i++)
		low[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + 32) : name[i];
	return kth(&r->names, low, n, k);
}

bool reg_element_in_plmn(const struct reg *r, uint32_t element, const char *plmn)
{
	const struct texts *t = &r->elements.v[element].plmns;

	t = t->n ? t : &r->operator.plmns;
	for (uint32_t i = 0; i < t->n; i++)
		if (!strcmp(t->v[i].s, plmn))
			return true;
	return !t->n;
}

uint32_t reg_element_by_node(const struct reg *r, enum node_id_kind kind, uint32_t value, unsigned bits, const char *plmn, uint32_t k)
{
	uint8_t key[6] = { (uint8_t)kind, (uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8), (uint8_t)value, (uint8_t)bits };
	unsigned from = bits ? bits : 1, to = bits ? bits : 32;

	for (unsigned b = from; b <= to; b++) {
		uint32_t n;
		const struct keyed_entry *e;

		key[5] = (uint8_t)b;
		e = keyed_find(&r->nodes, key, sizeof(key), &n);
		for (uint32_t i = 0; i < n; i++)
			if ((!plmn || reg_element_in_plmn(r, e[i].value, plmn)) && !k--)
				return e[i].value;
	}
	return REG_NONE;
}

/* ---- longest prefix ---- */

enum { PREFIX_KEY = 19 };

static void prefix_key(uint8_t key[PREFIX_KEY], uint32_t realm, const struct addr *net, unsigned bits)
{
	key[0] = (uint8_t)realm;
	key[1] = net->fam;
	key[2] = (uint8_t)bits;
	memcpy(key + 3, net->b, 16);
}

void prefix_index_add(struct prefix_index *x, struct own *o, uint32_t realm, const struct prefix *p, uint32_t value)
{
	uint8_t *key = own_take(o, PREFIX_KEY);

	if (!key)
		return;
	prefix_key(key, realm, &p->net, p->bits);
	keyed_add(&x->k, key, PREFIX_KEY, value);
	if (p->net.fam == 4)
		x->used4 |= (uint64_t)1 << p->bits;
	else
		x->used6[p->bits / 64] |= (uint64_t)1 << p->bits % 64;
}

const struct keyed_entry *prefix_index_find(const struct prefix_index *x, uint32_t realm, const struct addr *a, uint32_t *n)
{
	uint8_t key[PREFIX_KEY];

	*n = 0;
	for (int bits = a->fam == 4 ? 32 : a->fam == 6 ? 128 : -1; bits >= 0; bits--) {
		struct addr net;
		const struct keyed_entry *e;

		if (!((a->fam == 4 ? x->used4 : x->used6[bits / 64]) >> bits % 64 & 1))
			continue;
		net = addr_net(a, (unsigned)bits);
		prefix_key(key, realm, &net, (unsigned)bits);
		e = keyed_find(&x->k, key, PREFIX_KEY, n);
		if (*n)
			return e;
	}
	return NULL;
}

uint32_t reg_element_at(const struct reg *r, uint32_t realm, const struct addr *a, uint32_t k, enum reg_if *on)
{
	uint32_t n, last = REG_NONE;
	const struct keyed_entry *e = prefix_index_find(&r->at, realm, a, &n);

	for (uint32_t i = 0; i < n; i++) {
		const struct reg_element *el = &r->elements.v[e[i].value];

		if (e[i].value == last)		/* one element may name an address on two interfaces */
			continue;
		last = e[i].value;
		if (k--)
			continue;
		for (uint32_t j = 0; on && j < el->addresses.n; j++)
			if (addr_in(a, &el->addresses.v[j].p.net, el->addresses.v[j].p.bits)) {
				*on = el->addresses.v[j].on;
				if (el->addresses.v[j].p.bits == ((const uint8_t *)e[i].key)[2])
					break;
			}
		return last;
	}
	return REG_NONE;
}

uint32_t reg_realm_of(const struct reg *r, const char *input, const uint16_t *vlans, size_t nvlans)
{
	for (uint32_t i = 0; i < r->realms.n; i++) {
		const struct reg_realm *m = &r->realms.v[i];

		for (uint32_t k = 0; input && k < m->inputs.n; k++)
			if (!strcmp(m->inputs.v[k].s, input))
				return i + 1;
		for (uint32_t k = 0; k < m->vlans.n; k++)
			for (size_t j = 0; j < nvlans; j++)
				if (m->vlans.v[k] == vlans[j])
					return i + 1;
	}
	return 0;
}

/* ---- prefixes ---- */

bool prefixes_hold(const struct prefixes *p, const struct addr *a)
{
	for (uint32_t i = 0; i < p->n; i++)
		if (addr_in(a, &p->v[i].net, p->v[i].bits))
			return true;
	return false;
}

bool reg_inside(const struct reg *r, const struct addr *a)
{
	uint32_t n;

	if (prefixes_hold(&r->networks.inside, a))
		return true;
	for (uint32_t realm = 0; realm <= r->realms.n; realm++)
		if (prefix_index_find(&r->at, realm, a, &n))
			return true;
	return false;
}

bool reg_of_subscriber(const struct reg *r, const struct addr *a)
{
	return prefixes_hold(&r->networks.ue_pools, a) || prefixes_hold(&r->networks.framed_routes, a);
}

bool reg_serves(const struct reg *r, enum reg_service s, const struct addr *a)
{
	return prefixes_hold(&r->services.of[s], a);
}

uint32_t reg_protected(const struct reg *r, const struct addr *a, const struct addr *b, uint64_t t_ns)
{
	for (uint32_t i = 0; i < r->networks.protected.n; i++) {
		const struct reg_protected *p = &r->networks.protected.v[i];
		const struct prefix *x = &p->between.v[0], *y = &p->between.v[1];

		if (t_ns < p->since_ns || t_ns >= p->until_ns)
			continue;
		if ((addr_in(a, &x->net, x->bits) && addr_in(b, &y->net, y->bits)) || (addr_in(b, &x->net, x->bits) && addr_in(a, &y->net, y->bits)))
			return i;
	}
	return REG_NONE;
}

/* ---- what an element is ---- */

bool reg_element_tagged(const struct reg *r, uint32_t element, const char *tag)
{
	uint32_t s = r->elements.v[element].site_at;

	for (uint32_t i = 0; s != REG_NONE && i < r->sites.v[s].tags.n; i++)
		if (!strcmp(r->sites.v[s].tags.v[i].s, tag))
			return true;
	return false;
}

const char *reg_element_region(const struct reg *r, uint32_t element)
{
	uint32_t s = r->elements.v[element].site_at;

	return s == REG_NONE ? NULL : r->sites.v[s].region.s;
}

const char *reg_element_group(const struct reg *r, uint32_t element, enum part p)
{
	uint32_t s = r->elements.v[element].supplier_at[p];

	return s == REG_NONE ? NULL : r->suppliers.v[s].group.s;
}
