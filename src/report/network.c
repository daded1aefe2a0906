/*
 * The network added up from the contacts: rows are roles in the order of the signal, columns sites.
 * Where there are more sites than columns, regions stand for them; where there are more of those, one
 * column does.  One pass over the contacts; whoever stands at an address is asked for once.
 */
#include "network.h"

#include "check.h"
#include "err.h"

#include <stdio.h>
#include <stdlib.h>

const char *tier_name(enum tier r)
{
	static const char *const name[TIERS] = { "RAN", "AMF", "SMF", "UPF", "core", "operation", "other", "outside" };

	return name[r];
}

const char *protection_name(enum protection p)
{
	static const char *const name[] = { "none", "declared", "esp", "unread", "tls" };

	return name[p];
}

enum tier network_tier(uint64_t roles, bool outside)
{
	if (roles & nf_ran())
		return TIER_RAN;
	if (roles & (NF_BIT(NF_AMF) | NF_BIT(NF_MME)))
		return TIER_AMF;
	if (roles & (NF_BIT(NF_SMF) | NF_BIT(NF_SGW_C) | NF_BIT(NF_PGW_C)))
		return TIER_SMF;
	if (roles & (NF_BIT(NF_UPF) | NF_BIT(NF_SGW_U) | NF_BIT(NF_PGW_U)))
		return TIER_UPF;
	if (roles & (NF_BIT(NF_MANO) - 1))
		return TIER_CORE;
	if (roles & ~NF_BIT(NF_OTHER))
		return TIER_OPERATION;
	return outside ? TIER_OUTSIDE : TIER_OTHER;
}

/* ---- what findings say ---- */

static int by_names(const void *a, const void *b)
{
	const struct accused *x = a, *y = b;
	int first = strcmp(x->subject, y->subject);

	return first ? first : strcmp(x->object, y->object);
}

static int accuse(struct network *n)
{
	const struct docket *d = n->r->docket;

	n->accused = malloc((2 * (size_t)docket_findings(d) + 1) * sizeof(*n->accused));
	if (!n->accused)
		return FW_ENOMEM;
	for (uint32_t i = 0; i < docket_findings(d); i++) {
		const struct finding *f = docket_finding(d, i);

		if (f->verdict != VIOLATED || f->accepted)
			continue;
		n->accused[n->naccused++] = (struct accused){ f->subject, f->object };
		if (*f->object)
			n->accused[n->naccused++] = (struct accused){ f->object, f->subject };
	}
	qsort(n->accused, n->naccused, sizeof(*n->accused), by_names);
	return FW_OK;
}

/* Is it one of a finding; with b: is there one about the two? */
static bool is_accused(const struct network *n, const char *a, const char *b)
{
	size_t lo = 0, hi = n->naccused;

	while (lo < hi) {		/* the first that is not below (a, b) */
		size_t mid = (lo + hi) / 2;

		if (by_names(&n->accused[mid], &(struct accused){ a, b ? b : "" }) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n->naccused && !strcmp(n->accused[lo].subject, a) && (!b || !strcmp(n->accused[lo].object, b));
}

/* ---- nodes and pairs ---- */

static uint32_t node_for(struct network *n, const struct who *w)
{
	char id[ELEMENT_ID] = { 0 };
	struct net_node *x;
	bool made;
	uint32_t i;

	(void)who_id(n->v, w, id);
	i = table_take(&n->nodes, id, &made);
	if (i == TABLE_NONE)
		return NONE;
	x = table_at(&n->nodes, i);
	if (made) {
		x->reg = w->reg;
		x->outside = w->where == WHERE_OUTSIDE;
		x->violated = is_accused(n, id, NULL);
	}
	x->roles |= w->roles | w->shown;
	return i;
}

/* The node at an address; NONE: a subscriber, or no room (then *full). */
static uint32_t node_at(struct network *n, const struct addr *a, bool *full)
{
	struct net_at key = { .fam = a->fam }, *x;
	char text[ADDR_TEXT];
	struct who w;
	bool made;
	uint32_t i;

	memcpy(key.b, a->b, sizeof(key.b));
	i = table_take(&n->at, &key, &made);
	if (i == TABLE_NONE) {
		*full = true;
		return NONE;
	}
	x = table_at(&n->at, i);
	if (made) {
		w = who_is(n->v, a);
		x->node = w.where == WHERE_SUBSCRIBER ? NONE : node_for(n, &w);
		*full |= w.where != WHERE_SUBSCRIBER && x->node == NONE;
		(void)addr_text(a, text);
		if (x->node != NONE && is_accused(n, text, NULL))
			((struct net_node *)table_at(&n->nodes, x->node))->violated = true;
	}
	return x->node;
}

/* Ports that say more than the transport alone; others would only spread one pair over many lines. */
static bool telling_port(uint8_t proto, uint16_t port)
{
	static const uint16_t ports[] = { 22, 23, 53, 80, 123, 161, 162, 443, 500, 514, 830, 2123, 2152, 3868, 4500, 8805, 36412, 36422, 38412, 38422, 38462, 38472 };

	for (size_t i = 0; (proto == 6 || proto == 17 || proto == 132) && i < sizeof(ports) / sizeof(ports[0]); i++)
		if (ports[i] == port)
			return true;
	return false;
}

static void interface_of(const struct network *n, const struct contact_rec *c, char out[INTERFACE_TEXT], bool *read)
{
	const char *name = report_interface(n->r, c), *proto = protocol_name(c->key.proto);

	*read = *name != 0 && model_call_home(n->r->model, c) != CALL_HOME;	/* that is SSH or TLS */
	if (*name)
		(void)snprintf(out, INTERFACE_TEXT, "%s", name);
	else if (proto && telling_port(c->key.proto, c->key.port))
		(void)snprintf(out, INTERFACE_TEXT, "%s %u", proto, c->key.port);
	else if (proto)
		(void)snprintf(out, INTERFACE_TEXT, "%s", proto);
	else
		(void)snprintf(out, INTERFACE_TEXT, "IP %u", c->key.proto);
}

static enum protection protection_of(const struct network *n, const struct contact_rec *c, const struct addr *a, const struct addr *b, bool read)
{
	if (model_spoke(n->r->model, a, b, c->key.proto, c->key.port, NULL) & SPOKE_OPENED)
		return PROTECTION_TLS;
	if (read)
		return declared_protected(n->v, a, b, n->v->at_ns) ? PROTECTION_DECLARED : PROTECTION_NONE;
	return c->key.proto == 50 || c->key.proto == 51 || view_esp(n->v, a, b) ? PROTECTION_ESP : PROTECTION_UNREAD;
}

/* Findings name an end by its id or by its address. */
static bool accused_pair(const struct network *n, const char *a, const struct addr *a_at, const char *b, const struct addr *b_at)
{
	char ta[ADDR_TEXT], tb[ADDR_TEXT];

	if (!n->naccused)
		return false;
	(void)addr_text(a_at, ta);
	(void)addr_text(b_at, tb);
	return is_accused(n, a, b) || is_accused(n, ta, b) || is_accused(n, a, tb) || is_accused(n, ta, tb);
}

static void contact(struct network *n, const struct contact_rec *c)
{
	struct pair_key key = { 0 };
	struct addr a, b;
	struct pair *p;
	bool made, full = false, read;
	uint32_t i;

	if (c->key.inner || c->key.bits_a || c->key.bits_b || !contact_of_element(n->v, c))
		return;
	a = model_contact_end(n->r->model, c, false);
	b = model_contact_end(n->r->model, c, true);
	key.a = node_at(n, &a, &full);
	key.b = node_at(n, &b, &full);
	if (key.a == NONE || key.b == NONE || key.a == key.b) {
		n->left += full;
		return;
	}
	if (key.a > key.b) {
		struct addr turn = a;

		a = b;
		b = turn;
		i = key.a;
		key.a = key.b;
		key.b = i;
	}
	interface_of(n, c, key.interface, &read);
	key.protection = protection_of(n, c, &a, &b, read);
	i = table_take(&n->pairs, &key, &made);
	if (i == TABLE_NONE) {
		n->left++;
		return;
	}
	p = table_at(&n->pairs, i);
	if (!p->violated)
		p->violated = accused_pair(n, network_node(n, key.a)->id, &a, network_node(n, key.b)->id, &b);
	p->contacts++;
	p->packets += c->packets[0] + c->packets[1];
}

/* ---- columns ---- */

/* What stands at the head of an element's column; NULL: the register does not say. */
static const char *place_of(const struct network *n, uint32_t reg_element, bool region)
{
	const struct reg_element *e = &n->v->reg->elements.v[reg_element];

	return region ? reg_element_region(n->v->reg, reg_element) : e->site.s;
}

static unsigned column_named(const struct network *n, const char *name)
{
	unsigned i = 0;

	while (name && i < n->ncolumns && strcmp(n->column[i], name))
		i++;
	return name && i < n->ncolumns ? i : NO_COLUMN;
}

unsigned network_column(const struct network *n, uint32_t reg_element)
{
	return reg_element == REG_NONE || !n->v->reg ? NO_COLUMN : column_named(n, place_of(n, reg_element, *n->by == 'r'));
}

/* Sites in the order of the register; false: there are too many. */
static bool take_columns(struct network *n, bool region)
{
	const struct reg *reg = n->v->reg;

	n->ncolumns = 0;
	for (uint32_t i = 0; reg && i < reg->sites.n; i++) {
		const char *name = region ? reg->sites.v[i].region.s : reg->sites.v[i].id.s;

		if (!name || column_named(n, name) != NO_COLUMN)
			continue;
		if (n->ncolumns == NETWORK_COLUMNS)
			return false;
		n->column[n->ncolumns++] = name;
	}
	return true;
}

static void place(struct network *n)
{
	n->by = "site";
	if (!take_columns(n, false)) {
		n->by = "region";
		if (!take_columns(n, true) || !n->ncolumns) {
			n->by = "all";
			n->ncolumns = 0;
		}
	}
	for (uint32_t i = 0; i < n->nodes.high; i++) {
		struct net_node *x = table_at(&n->nodes, i);

		x->tier = (uint8_t)network_tier(x->roles, x->outside);
		x->column = (uint8_t)network_column(n, x->reg);
	}
}

static void join(struct network *n)
{
	for (uint32_t i = 0; i < n->pairs.high; i++) {
		const struct pair *p = table_at(&n->pairs, i);
		const struct net_node *a = network_node(n, p->key.a), *b = network_node(n, p->key.b);
		struct link_key key = { 0 };
		struct link *l;
		bool made, turn = a->tier > b->tier || (a->tier == b->tier && a->column > b->column);
		uint32_t at;

		key.tier_a = turn ? b->tier : a->tier;
		key.column_a = turn ? b->column : a->column;
		key.tier_b = turn ? a->tier : b->tier;
		key.column_b = turn ? a->column : b->column;
		memcpy(key.interface, p->key.interface, sizeof(key.interface));
		key.protection = p->key.protection;
		at = table_take(&n->links, &key, &made);
		if (at == TABLE_NONE) {
			n->left += p->contacts;
			continue;
		}
		l = table_at(&n->links, at);
		l->contacts += p->contacts;
		l->packets += p->packets;
		l->violated += p->violated;
	}
}

int network_make(struct network *n, const struct report *r)
{
	static const struct hash_key fixed = { { 0x46616972, 0x5769746e, 0x657373, 0x32 } };
	uint32_t k, *order;

	*n = (struct network){ .r = r, .v = docket_view(r->docket), .by = "site" };
	if (table_init(&n->at, 20, sizeof(struct net_at), NETWORK_NODES, &fixed) ||
	    table_init(&n->nodes, ELEMENT_ID, sizeof(struct net_node), NETWORK_NODES, &fixed) ||
	    table_init(&n->pairs, sizeof(struct pair_key), sizeof(struct pair), NETWORK_PAIRS, &fixed) ||
	    table_init(&n->links, sizeof(struct link_key), sizeof(struct link), NETWORK_LINKS, &fixed) || accuse(n))
		return FW_ENOMEM;
	order = report_contact_order(r->model, &k);
	if (!order)
		return FW_ENOMEM;
	for (uint32_t i = 0; i < k; i++)
		contact(n, model_contact(r->model, order[i]));
	free(order);
	place(n);
	join(n);
	return FW_OK;
}

void network_free(struct network *n)
{
	table_free(&n->at);
	table_free(&n->nodes);
	table_free(&n->pairs);
	table_free(&n->links);
	free(n->accused);
}
