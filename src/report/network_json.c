/* report.json: the member "network".  Bounded, whatever the size of the network: cells name their first elements, pairs come with the violated ones first. */
#include "network.h"

#include <stdlib.h>

enum { CELL_FIRST = 64, ALL_FIRST = 2000, PAIRS_LISTED = 2000, ALL_CELLS = TIERS * (NETWORK_COLUMNS + 1) };

struct cell { uint64_t elements, unregistered, violated, silent; };

static unsigned cell_of(unsigned tier, unsigned column) { return tier * (NETWORK_COLUMNS + 1) + column; }

/* Declared and never seen. */
static bool silent(const struct network *n, uint32_t reg_element)
{
	return n->v->sight && !n->v->sight[reg_element].seen;
}

static unsigned silent_cell(const struct network *n, uint32_t reg_element)
{
	return cell_of(network_tier(n->v->reg->elements.v[reg_element].roles, false), network_column(n, reg_element));
}

static void count(const struct network *n, struct cell *cells)
{
	for (uint32_t i = 0; i < n->nodes.high; i++) {
		const struct net_node *x = network_node(n, i);
		struct cell *c = &cells[cell_of(x->tier, x->column)];

		c->elements++;
		c->unregistered += n->v->reg && x->reg == REG_NONE;
		c->violated += x->violated;
	}
	for (uint32_t i = 0; n->v->reg && i < n->v->reg->elements.n; i++)
		if (silent(n, i))
			cells[silent_cell(n, i)].silent++;
}

static void place(struct json *j, const char *key, const struct network *n, unsigned tier, unsigned column)
{
	if (key) {
		json_key(j, key);
		json_open(j);
	}
	json_kstr(j, "role", tier_name((enum tier)tier));
	json_kstr(j, "site", column < n->ncolumns ? n->column[column] : NULL);
	if (key)
		json_close(j);
}

static void first_nodes(struct json *j, const struct network *n, unsigned cell, unsigned *room)
{
	unsigned k = 0;

	json_key(j, "first");
	json_list(j);
	for (uint32_t i = 0; i < n->nodes.high && k < CELL_FIRST && *room; i++) {
		const struct net_node *x = network_node(n, i);

		if (cell_of(x->tier, x->column) != cell)
			continue;
		json_open(j);
		json_kstr(j, "id", x->id);
		json_kbool(j, "registered", x->reg != REG_NONE);
		json_kbool(j, "violated", x->violated);
		json_close(j);
		k++;
		--*room;
	}
	json_list_end(j);
}

static void first_silent(struct json *j, const struct network *n, unsigned cell, unsigned *room)
{
	unsigned k = 0;

	json_key(j, "first_silent");
	json_list(j);
	for (uint32_t i = 0; n->v->reg && i < n->v->reg->elements.n && k < CELL_FIRST && *room; i++) {
		if (!silent(n, i) || silent_cell(n, i) != cell)
			continue;
		json_str(j, n->v->reg->elements.v[i].id.s);
		k++;
		--*room;
	}
	json_list_end(j);
}

static void list_cells(struct json *j, const struct network *n, const struct cell *cells)
{
	unsigned room = ALL_FIRST;

	json_key(j, "cells");
	json_list(j);
	for (unsigned tier = 0; tier < TIERS; tier++)
		for (unsigned column = 0; column <= NETWORK_COLUMNS; column++) {
			unsigned at = cell_of(tier, column);
			const struct cell *c = &cells[at];

			if (!c->elements && !c->silent)
				continue;
			json_open(j);
			place(j, NULL, n, tier, column);
			json_knum(j, "elements", c->elements);
			json_knum(j, "unregistered", c->unregistered);
			json_knum(j, "violated", c->violated);
			json_knum(j, "silent", c->silent);
			first_nodes(j, n, at, &room);
			first_silent(j, n, at, &room);
			json_close(j);
		}
	json_list_end(j);
}

static void list_links(struct json *j, const struct network *n)
{
	json_key(j, "links");
	json_list(j);
	for (uint32_t i = 0; i < n->links.high; i++) {
		const struct link *l = table_at(&n->links, i);

		json_open(j);
		place(j, "a", n, l->key.tier_a, l->key.column_a);
		place(j, "b", n, l->key.tier_b, l->key.column_b);
		json_kstr(j, "interface", l->key.interface);
		json_kstr(j, "protection", protection_name((enum protection)l->key.protection));
		json_knum(j, "contacts", l->contacts);
		json_knum(j, "packets", l->packets);
		json_knum(j, "violated", l->violated);
		json_close(j);
	}
	json_list_end(j);
}

static void pair(struct json *j, const struct network *n, const struct pair *p)
{
	json_open(j);
	json_kstr(j, "a", network_node(n, p->key.a)->id);
	json_kstr(j, "b", network_node(n, p->key.b)->id);
	json_kstr(j, "interface", p->key.interface);
	json_kstr(j, "protection", protection_name((enum protection)p->key.protection));
	json_knum(j, "contacts", p->contacts);
	json_knum(j, "packets", p->packets);
	json_kbool(j, "violated", p->violated);
	json_close(j);
}

static void list_pairs(struct json *j, const struct network *n)
{
	unsigned room = PAIRS_LISTED;

	json_key(j, "pairs");
	json_list(j);
	for (uint32_t violated = 1; violated < 2; violated--)		/* those first, then the others */
		for (uint32_t i = 0; i < n->pairs.high && room; i++) {
			const struct pair *p = table_at(&n->pairs, i);

			if (p->violated == violated) {
				pair(j, n, p);
				room--;
			}
		}
	json_list_end(j);
	json_knum(j, "pairs_total", n->pairs.high);
	json_knum(j, "contacts_left", n->left);
}

void report_network(struct json *j, const struct report *r)
{
	struct cell *cells = calloc(ALL_CELLS, sizeof(*cells));
	struct network n = { 0 };

	json_key(j, "network");
	if (!r->docket || !cells || network_make(&n, r)) {
		if (r->docket)
			j->err = j->err ? j->err : -1;		/* no memory */
		json_nil(j);
	} else {
		count(&n, cells);
		json_open(j);
		json_kstr(j, "by", n.by);
		json_key(j, "columns");
		json_list(j);
		for (unsigned i = 0; i < n.ncolumns; i++)
			json_str(j, n.column[i]);
		json_list_end(j);
		list_cells(j, &n, cells);
		list_links(j, &n);
		list_pairs(j, &n);
		json_close(j);
	}
	if (r->docket)
		network_free(&n);
	free(cells);
}
