/* What a register may not contradict itself in, and the look-ups that come out of the same pass. */
#include "register.h"

#include <stdlib.h>
#include <string.h>

static bool twice(struct troubles *says, const char *what, const struct text *first, const struct text *second)
{
	trouble_say(says, &second->at, "%s: found \"%s\" a second time (first at line %u); each stands once, rename one or take it out", what, second->s,
		first->at.line);
	return false;
}

/* Indexes ids and tells those held twice. */
static bool ids(struct keyed *k, const void *v, uint32_t n, size_t size, size_t id_at, const char *what, struct troubles *says)
{
	bool ok = true;

	for (uint32_t i = 0; i < n; i++) {
		const struct text *id = (const void *)((const uint8_t *)v + i * size + id_at);

		keyed_add(k, id->s, strlen(id->s), i);
	}
	keyed_sort(k);
	for (uint32_t i = 1; i < k->n; i++)
		if (keyed_same(&k->v[i - 1], &k->v[i]))
			ok = twice(says, what, (const void *)((const uint8_t *)v + k->v[i - 1].value * size + id_at),
				(const void *)((const uint8_t *)v + k->v[i].value * size + id_at));
	return ok;
}

/* One in the list that a text names; told with the nearest when there is none. */
static uint32_t named(const struct keyed *k, const struct text *t, const char *key, const char *list, struct troubles *says)
{
	uint32_t n;
	const struct keyed_entry *e = keyed_find(k, t->s, strlen(t->s), &n);
	const char **all, *near;
	struct words w = { 0 };

	if (n)
		return e->value;
	all = calloc(k->n + 1u, sizeof(*all));
	for (uint32_t i = 0; all && i < k->n; i++)
		all[i] = k->v[i].key;
	near = all ? nearest(t->s, strlen(t->s), all, k->n) : NULL;
	if (near)
		words_add(&w, "\"%s\" is meant? ", near);
	trouble_say(says, &t->at, "%s: found \"%s\", which %s does not declare; %san id of %s is allowed, or declare it there", key, t->s, list, w.text, list);
	free(all);
	return REG_NONE;
}

static void plmns(const struct texts *t, struct troubles *says)
{
	for (uint32_t i = 0; i < t->n; i++) {
		for (const char *p = t->v[i].s; *p; p++)
			if (*p < '0' || *p > '9') {
				trouble_say(says, &t->v[i].at, "plmns: found \"%s\"; 3 digits of MCC and 2 or 3 of MNC are allowed, in quotes", t->v[i].s);
				break;
			}
		for (uint32_t k = 0; k < i; k++)
			if (!strcmp(t->v[i].s, t->v[k].s))
				(void)twice(says, "plmns", &t->v[k], &t->v[i]);
	}
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* Sorts; tells the first that stands twice. */
static void numbers(struct numbers *n, const char *key, const struct place *at, struct troubles *says)
{
	if (n->n)
		qsort(n->v, n->n, sizeof(*n->v), by_number);
	for (uint32_t i = 1; i < n->n; i++)
		if (n->v[i] == n->v[i - 1]) {
			trouble_say(says, at, "%s: found %u twice in one list; each stands once, take one out", key, n->v[i]);
			return;
		}
}

static void element(struct reg *r, struct reg_element *e, const struct keyed *realm_ids, struct troubles *says)
{
	plmns(&e->plmns, says);
	numbers(&e->tacs, "tacs", &e->at, says);
	e->site_at = e->site.s ? named(&r->site_ids, &e->site, "site", "sites", says) : REG_NONE;
	for (unsigned p = 0; p < PARTS; p++) {
		bool told = p == PART_HARDWARE && e->supplier[p].s && e->supplier[PART_SOFTWARE].s && e->supplier[p].at.line == e->supplier[PART_SOFTWARE].at.line &&
			e->supplier[p].at.column == e->supplier[PART_SOFTWARE].at.column;

		e->supplier_at[p] = told ? e->supplier_at[PART_SOFTWARE] :
			e->supplier[p].s ? named(&r->supplier_ids, &e->supplier[p], "supplier", "suppliers", says) : REG_NONE;
	}
	e->realm_at = 0;
	if (e->realm.s) {
		uint32_t i = named(realm_ids, &e->realm, "realm", "realms", says);

		e->realm_at = i == REG_NONE ? 0 : i + 1;
	}
}

static char *lowered(struct own *o, const char *s)
{
	char *t = own_take(o, strlen(s) + 1);

	for (size_t i = 0; t && s[i]; i++)
		t[i] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] + 32) : s[i];
	return t;
}

static void index_names(struct reg *r)
{
	for (uint32_t i = 0; i < r->elements.n; i++)
		for (uint32_t k = 0; k < r->elements.v[i].names.n; k++) {
			char *t = lowered(&r->own, r->elements.v[i].names.v[k].s);

			if (t)
				keyed_add(&r->names, t, strlen(t), i);
		}
	keyed_sort(&r->names);
}

static bool share_a_plmn(const struct reg_element *a, const struct reg_element *b)
{
	if (!a->plmns.n || !b->plmns.n)
		return true;
	for (uint32_t i = 0; i < a->plmns.n; i++)
		for (uint32_t k = 0; k < b->plmns.n; k++)
			if (!strcmp(a->plmns.v[i].s, b->plmns.v[k].s))
				return true;
	return false;
}

static void index_nodes(struct reg *r, struct troubles *says)
{
	for (uint32_t i = 0; i < r->elements.n; i++)
		for (unsigned kind = 0; kind < NODE_IDS; kind++) {
			const struct node_id *id = &r->elements.v[i].node[kind];
			uint8_t *key = id->bits ? own_take(&r->own, 8) : NULL;

			if (!key)
				continue;
			key[0] = (uint8_t)kind;
			key[1] = (uint8_t)(id->value >> 24);
			key[2] = (uint8_t)(id->value >> 16);
			key[3] = (uint8_t)(id->value >> 8);
			key[4] = (uint8_t)id->value;
			key[5] = (uint8_t)id->bits;
			keyed_add(&r->nodes, key, 6, i);
		}
	keyed_sort(&r->nodes);
	for (uint32_t i = 1; i < r->nodes.n; i++) {
		const struct reg_element *a = &r->elements.v[r->nodes.v[i - 1].value], *b = &r->elements.v[r->nodes.v[i].value];
		unsigned kind = *(const uint8_t *)r->nodes.v[i].key;

		if (keyed_same(&r->nodes.v[i - 1], &r->nodes.v[i]) && share_a_plmn(a, b))
			trouble_say(says, &b->node[kind].at, "%s: found the node id that \"%s\" has too (line %u); a node id is one element's in a PLMN, correct one of them",
				kind == NODE_ID_GNB ? "gnb_id" : kind == NODE_ID_ENB ? "enb_id" : "n3iwf_id", a->id.s, a->node[kind].at.line);
	}
}

static const struct reg_address *address_of(const struct reg_element *e, const struct prefix *p)
{
	for (uint32_t i = 0; i < e->addresses.n; i++)
		if (e->addresses.v[i].p.bits == p->bits && addr_eq(&e->addresses.v[i].p.net, &p->net))
			return &e->addresses.v[i];
	return NULL;
}

/* The prefix of an entry, from its key: realm, family, bits, octets. */
static struct prefix prefix_of(const struct keyed_entry *e)
{
	const uint8_t *k = e->key;
	struct prefix p = { .bits = k[2] };

	p.net.fam = k[1];
	memcpy(p.net.b, k + 3, 16);
	return p;
}

static void index_addresses(struct reg *r, struct troubles *says)
{
	for (uint32_t i = 0; i < r->elements.n; i++)
		for (uint32_t k = 0; k < r->elements.v[i].addresses.n; k++)
			prefix_index_add(&r->at, &r->own, r->elements.v[i].realm_at, &r->elements.v[i].addresses.v[k].p, i);
	keyed_sort(&r->at.k);
	for (uint32_t i = 1; i < r->at.k.n; i++) {
		const struct keyed_entry *x = &r->at.k.v[i - 1], *y = &r->at.k.v[i];
		const struct reg_element *a = &r->elements.v[x->value], *b = &r->elements.v[y->value];
		struct prefix p = prefix_of(y);
		const struct reg_address *first = address_of(a, &p), *second = address_of(b, &p);
		char text[ADDR_TEXT];

		if (!keyed_same(x, y) || a == b || (a->shares && b->shares))
			continue;
		(void)addr_text(&p.net, text);
		trouble_say(says, &second->at, "addresses: found %s, which \"%s\" has too (line %u); an address is one element's, or both say \"shares_addresses: true\"",
			text, a->id.s, first->at.line);
	}
}

static bool overlap(const struct prefix *a, const struct prefix *b)
{
	return a->bits < b->bits ? addr_in(&b->net, &a->net, a->bits) : addr_in(&a->net, &b->net, b->bits);
}

static void against_pools(const struct reg *r, struct troubles *says)
{
	const struct prefixes *pools = &r->networks.ue_pools;

	for (uint32_t i = 0; i < r->elements.n; i++)
		for (uint32_t k = 0; k < r->elements.v[i].addresses.n; k++)
			for (uint32_t p = 0; p < pools->n; p++)
				if (overlap(&r->elements.v[i].addresses.v[k].p, &pools->v[p])) {
					char pool[ADDR_TEXT];

					(void)addr_text(&pools->v[p].net, pool);
					trouble_say(says, &r->elements.v[i].addresses.v[k].at,
						"addresses: found an address of the UE pool %s/%u; an element's address is not a subscriber's, correct one of them",
						pool, pools->v[p].bits);
				}
}

static void domains(const struct reg *r, struct troubles *says)
{
	for (uint32_t i = 0; i < r->networks.protected.n; i++) {
		const struct reg_protected *p = &r->networks.protected.v[i];

		if (p->between.n != 2)
			trouble_say(says, &p->at, "between: found %u prefix%s; two are allowed, the same one twice for links within it", p->between.n,
				p->between.n == 1 ? "" : "es");
		if (p->since_ns >= p->until_ns)
			trouble_say(says, &p->at, "found a protected domain whose since is after its until; correct one of them");
	}
}

static void realms(struct reg *r, struct troubles *says)
{
	uint8_t held[4096] = { 0 };

	for (uint32_t i = 0; i < r->realms.n; i++) {
		struct reg_realm *m = &r->realms.v[i];

		numbers(&m->vlans, "vlans", &m->at, says);
		if (!m->inputs.n && !m->vlans.n)
			trouble_say(says, &m->at, "found a realm of no input and no VLAN; \"inputs\" or \"vlans\" is needed to tell it from the default realm");
		for (uint32_t k = 0; k < m->vlans.n; k++) {
			if (held[m->vlans.v[k]] && held[m->vlans.v[k]] != i + 1)
				trouble_say(says, &m->at, "vlans: found VLAN %u, which realm \"%s\" has too; a VLAN is one realm's", m->vlans.v[k],
					r->realms.v[held[m->vlans.v[k]] - 1].id.s);
			held[m->vlans.v[k]] = (uint8_t)(i + 1);
		}
		for (uint32_t k = 0; k < m->inputs.n; k++)
			for (uint32_t j = 0; j < i; j++)
				for (uint32_t l = 0; l < r->realms.v[j].inputs.n; l++)
					if (!strcmp(m->inputs.v[k].s, r->realms.v[j].inputs.v[l].s))
						(void)twice(says, "inputs", &r->realms.v[j].inputs.v[l], &m->inputs.v[k]);
	}
}

bool reg_check(struct reg *r, struct troubles *says)
{
	struct keyed realm_ids = { 0 };
	uint32_t before = says->n;

	(void)ids(&r->supplier_ids, r->suppliers.v, r->suppliers.n, sizeof(*r->suppliers.v), offsetof(struct reg_supplier, id), "suppliers", says);
	(void)ids(&r->site_ids, r->sites.v, r->sites.n, sizeof(*r->sites.v), offsetof(struct reg_site, id), "sites", says);
	(void)ids(&r->ids, r->elements.v, r->elements.n, sizeof(*r->elements.v), offsetof(struct reg_element, id), "elements", says);
	(void)ids(&realm_ids, r->realms.v, r->realms.n, sizeof(*r->realms.v), offsetof(struct reg_realm, id), "realms", says);
	if (r->supplier_ids.full || r->site_ids.full || r->ids.full || realm_ids.full) {	/* no memory: what was declared is not known, and nothing is said of it */
		r->own.full = true;
		keyed_free(&realm_ids);
		return false;
	}
	for (uint32_t i = 0; i < r->suppliers.n; i++) {
		struct reg_supplier *s = &r->suppliers.v[i];

		s->name = s->name.s ? s->name : s->id;
		s->group = s->group.s ? s->group : s->name;
	}
	plmns(&r->operator.plmns, says);
	realms(r, says);
	for (uint32_t i = 0; i < r->elements.n; i++)
		element(r, &r->elements.v[i], &realm_ids, says);
	keyed_free(&realm_ids);
	index_names(r);
	index_nodes(r, says);
	index_addresses(r, says);
	against_pools(r, says);
	domains(r, says);
	return says->n == before && !r->own.full;
}
