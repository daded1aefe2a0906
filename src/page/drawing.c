/*
 * The network as a drawing: rows are roles in the order of the signal, columns sites.  A small network is drawn element by element;
 * of a larger one each role at a site is one box with its number.  Above eight sites all are taken together.
 */
#include "inside.h"

#include <stdlib.h>

enum { ROWS = 8, COLUMNS = 9, SINGLE = 48, BOXES = 128, EDGES = 400, LABELLED = 60, LABEL_OCTETS = 96,
	BOX_W = 160, BOX_H = 40, GAP_X = 16, GAP_Y = 12, GAP_COLUMN = 44, GAP_ROW = 58, LEFT = 116, TOP = 40, LETTERS = 20 };

struct box { struct str id; uint64_t elements, unregistered, violated, silent; int x, y; unsigned row, column, slot; };
enum side { SIDE_TOP, SIDE_BOTTOM, SIDE_RIGHT };
/* All that two boxes exchange, what is part of a violation apart; interface: of the first NAMED of them. */
enum { NAMED = 3 };
struct edge { unsigned a, b, ninterfaces, worst; struct str interface[NAMED]; uint64_t contacts, packets; bool violated, told; enum side side_a, side_b; };

struct drawing {
	bool		single;			/* a box is an element, else a cell */
	unsigned	ncolumns, nboxes, nedges;
	uint64_t	left;			/* edges that are not drawn */
	const json_t	*column[COLUMNS];	/* NULL: no site named */
	unsigned	lines[ROWS];		/* of boxes in a row */
	struct box	box[BOXES];
	struct edge	edge[EDGES];
};

static const char *const row_value[ROWS] = { "RAN", "AMF", "SMF", "UPF", "core", "operation", "other", "outside" };

static unsigned row_of(struct str role)
{
	unsigned r = 0;

	while (r < ROWS - 1 && !str_eq(role, (struct str){ row_value[r], strlen(row_value[r]) }))
		r++;
	return r;
}

static unsigned column_of(const struct drawing *d, const json_t *site)
{
	unsigned c = 0;

	if (d->ncolumns == 1)
		return 0;
	while (c < d->ncolumns - 1 && !(json_is_string(site) ? d->column[c] && str_eq(as_text(d->column[c]), as_text(site)) : !d->column[c]))
		c++;
	return c;
}

/* ---- what is drawn ---- */

static void take_columns(struct drawing *d, const json_t *network, const json_t *cells)
{
	const json_t *names = get(network, "columns");
	bool none = false;

	for (size_t k = 0; k < json_array_size(names) && d->ncolumns < COLUMNS; k++)
		for (size_t i = 0; i < json_array_size(cells); i++)
			if (str_eq(get_text(json_array_get(cells, i), "site"), as_text(json_array_get(names, k)))) {
				d->column[d->ncolumns++] = json_array_get(names, k);
				break;
			}
	for (size_t i = 0; i < json_array_size(cells); i++)
		none |= !json_is_string(get(json_array_get(cells, i), "site")) && !get_is(json_array_get(cells, i), "role", "outside");
	if (d->ncolumns < COLUMNS && (none || !d->ncolumns))
		d->column[d->ncolumns++] = NULL;
	if (d->ncolumns == COLUMNS) {
		d->ncolumns = 1;
		d->column[0] = NULL;
	}
}

static void add_box(struct drawing *d, const json_t *cell, struct box b)
{
	if (d->nboxes == BOXES)
		return;
	b.row = row_of(get_text(cell, "role"));
	b.column = b.row == ROWS - 1 ? 0 : column_of(d, get(cell, "site"));
	d->box[d->nboxes++] = b;
}

static void single_boxes(struct drawing *d, const json_t *cell)
{
	const json_t *first = get(cell, "first"), *quiet = get(cell, "first_silent");

	for (size_t i = 0; i < json_array_size(first); i++) {
		const json_t *e = json_array_get(first, i);

		add_box(d, cell, (struct box){ .id = get_text(e, "id"), .elements = 1, .unregistered = !get_true(e, "registered"), .violated = get_true(e, "violated") });
	}
	for (size_t i = 0; i < json_array_size(quiet); i++)
		add_box(d, cell, (struct box){ .id = as_text(json_array_get(quiet, i)), .silent = 1 });
}

static unsigned cell_box(const struct drawing *d, struct str role, const json_t *site)
{
	unsigned row = row_of(role), column = row == ROWS - 1 ? 0 : column_of(d, site), i = 0;

	while (i < d->nboxes && !(d->box[i].row == row && d->box[i].column == column))
		i++;
	return i;
}

static void cell_boxes(struct drawing *d, const json_t *cell)
{
	unsigned i = cell_box(d, get_text(cell, "role"), get(cell, "site"));

	if (i == d->nboxes)
		add_box(d, cell, (struct box){ .elements = 0 });
	if (i == BOXES)
		return;
	d->box[i].elements += get_num(cell, "elements");
	d->box[i].unregistered += get_num(cell, "unregistered");
	d->box[i].violated += get_num(cell, "violated");
	d->box[i].silent += get_num(cell, "silent");
}

static unsigned named_box(const struct drawing *d, struct str id)
{
	unsigned i = 0;

	while (i < d->nboxes && !(str_eq(d->box[i].id, id) && !d->box[i].silent))
		i++;
	return i;
}

static bool interface_named(const struct edge *e, struct str name)
{
	for (unsigned i = 0; i < e->ninterfaces && i < NAMED; i++)
		if (str_eq(e->interface[i], name))
			return true;
	return false;
}

/* The least protected of what a line stands for is how it is drawn. */
enum { RANK_ESP, RANK_UNREAD, RANK_CLEAR };
static unsigned protection_rank(struct str protection)
{
	return str_eq(protection, (struct str){ "esp", 3 }) ? RANK_ESP : str_eq(protection, (struct str){ "unread", 6 }) ? RANK_UNREAD : RANK_CLEAR;
}

static void add_edge(struct drawing *d, unsigned a, unsigned b, const json_t *l)
{
	struct str interface = get_text(l, "interface");
	bool violated = get_true(l, "violated") || get_num(l, "violated");
	struct edge *e = NULL;

	if (a >= d->nboxes || b >= d->nboxes) {
		d->left++;
		return;
	}
	for (unsigned i = 0; i < d->nedges && !e; i++) {
		struct edge *x = &d->edge[i];

		if (x->a == a && x->b == b && x->violated == violated)
			e = x;
	}
	if (!e && d->nedges == EDGES) {
		d->left++;
		return;
	}
	if (!e) {
		e = &d->edge[d->nedges++];
		*e = (struct edge){ .a = a, .b = b, .violated = violated };
	}
	if (!interface_named(e, interface)) {
		if (e->ninterfaces < NAMED)
			e->interface[e->ninterfaces] = interface;
		e->ninterfaces++;
	}
	e->contacts += get_num(l, "contacts");
	e->packets += get_num(l, "packets");
	if (protection_rank(get_text(l, "protection")) > e->worst)
		e->worst = protection_rank(get_text(l, "protection"));
	/* what the core's interfaces do is told beside the line; operation would fill the drawing with words */
	e->told |= violated || (d->box[a].row < row_of((struct str){ "operation", 9 }) && d->box[b].row < row_of((struct str){ "operation", 9 }));
}

static void collect(struct drawing *d, const json_t *network, const json_t *cells)
{
	const json_t *pairs = get(network, "pairs"), *links = get(network, "links");
	uint64_t all = 0;
	bool listed = true;

	for (size_t i = 0; i < json_array_size(cells); i++) {
		const json_t *c = json_array_get(cells, i);

		all += get_num(c, "elements") + get_num(c, "silent");
		listed &= get_num(c, "elements") == json_array_size(get(c, "first")) && get_num(c, "silent") == json_array_size(get(c, "first_silent"));
	}
	d->single = listed && all <= SINGLE && json_array_size(pairs) <= EDGES && get_num(network, "pairs_total") == json_array_size(pairs);
	for (size_t i = 0; i < json_array_size(cells); i++)
		if (d->single)
			single_boxes(d, json_array_get(cells, i));
		else
			cell_boxes(d, json_array_get(cells, i));
	for (size_t i = 0; d->single && i < json_array_size(pairs); i++) {
		const json_t *l = json_array_get(pairs, i);

		add_edge(d, named_box(d, get_text(l, "a")), named_box(d, get_text(l, "b")), l);
	}
	for (size_t i = 0; !d->single && i < json_array_size(links); i++) {
		const json_t *l = json_array_get(links, i), *a = get(l, "a"), *b = get(l, "b");

		add_edge(d, cell_box(d, get_text(a, "role"), get(a, "site")), cell_box(d, get_text(b, "role"), get(b, "site")), l);
	}
}

/* ---- where it stands ---- */

static unsigned per_line(const struct drawing *d)
{
	return d->ncolumns == 1 ? 4 : d->ncolumns == 2 ? 2 : 1;
}

static int column_width(const struct drawing *d)
{
	return (int)per_line(d) * (BOX_W + GAP_X) - GAP_X + GAP_COLUMN;
}

static int width(const struct drawing *d) { return LEFT + (int)d->ncolumns * column_width(d); }

/* Who is outside stands below the first element that it speaks with. */
static void place_outside(struct drawing *d)
{
	for (unsigned i = d->nedges; i-- > 0; ) {
		struct box *a = &d->box[d->edge[i].a], *b = &d->box[d->edge[i].b];

		if (a->row == ROWS - 1 && b->row != ROWS - 1)
			a->column = b->column;
		if (b->row == ROWS - 1 && a->row != ROWS - 1)
			b->column = a->column;
	}
}

static int place(struct drawing *d)
{
	unsigned slots[ROWS][COLUMNS] = { { 0 } }, per = per_line(d);
	int y = TOP, row_y[ROWS];

	place_outside(d);
	for (unsigned i = 0; i < d->nboxes; i++) {
		struct box *b = &d->box[i];

		b->slot = slots[b->row][b->column]++;
		if (b->slot / per + 1 > d->lines[b->row])
			d->lines[b->row] = b->slot / per + 1;
	}
	for (unsigned r = 0; r < ROWS; r++) {
		row_y[r] = y;
		if (d->lines[r])
			y += (int)d->lines[r] * (BOX_H + GAP_Y) - GAP_Y + GAP_ROW;
	}
	for (unsigned i = 0; i < d->nboxes; i++) {
		struct box *b = &d->box[i];

		b->x = LEFT + (int)b->column * column_width(d) + (int)(b->slot % per) * (BOX_W + GAP_X);
		b->y = row_y[b->row] + (int)(b->slot / per) * (BOX_H + GAP_Y);
	}
	return y - GAP_ROW + 16;
}

/* ---- lines ---- */

/* Straight down into a neighbour, over the top within a line, round the right past what stands between. */
static enum side side_of(const struct drawing *d, const struct edge *e, bool b)
{
	const struct box *me = &d->box[b ? e->b : e->a], *you = &d->box[b ? e->a : e->b];
	int between = 0;

	if (me->y == you->y)
		return SIDE_TOP;
	for (unsigned i = 0; i < d->nboxes; i++) {
		const struct box *x = &d->box[i];

		between += x->x == me->x && ((x->y > me->y && x->y < you->y) || (x->y < me->y && x->y > you->y));
	}
	if (me->x == you->x && between)
		return SIDE_RIGHT;
	return me->y < you->y ? SIDE_BOTTOM : SIDE_TOP;
}

/* Where along a box's side the edge ends: in the order of the other ends, so that few lines cross. */
static int along(const struct drawing *d, unsigned edge, bool b)
{
	const struct edge *e = &d->edge[edge];
	unsigned me = b ? e->b : e->a, before = 0, all = 0;
	const struct box *you = &d->box[b ? e->a : e->b];
	enum side side = b ? e->side_b : e->side_a;
	int room = side == SIDE_RIGHT ? BOX_H : BOX_W;

	for (unsigned i = 0; i < d->nedges; i++) {
		const struct edge *x = &d->edge[i];

		for (int end = 0; end < 2; end++) {
			const struct box *there = &d->box[end ? x->a : x->b];

			if (x->a == x->b || (end ? x->b : x->a) != me || (end ? x->side_b : x->side_a) != side)
				continue;
			all++;
			before += there->x != you->x ? there->x < you->x : there->y != you->y ? there->y < you->y : i < edge;
		}
	}
	return room * (int)(before + 1) / (int)(all + 1);
}

static void interfaces_of(struct page *p, const struct edge *e)
{
	for (unsigned i = 0; i < e->ninterfaces && i < NAMED; i++) {
		page_raw(p, i ? ", " : "");
		page_text(p, e->interface[i]);
	}
	page_raw(p, e->ninterfaces > NAMED ? ", ..." : "");
}

static void name_of(struct page *p, const struct drawing *d, const struct box *b)
{
	if (d->single)
		page_text(p, b->id);
	else
		page_raw(p, role_words((struct str){ row_value[b->row], strlen(row_value[b->row]) }));
}

static void draw_edge(struct page *p, const struct drawing *d, unsigned i)
{
	const struct edge *e = &d->edge[i];
	const struct box *a = &d->box[e->a], *b = &d->box[e->b];
	static const char *const ranks[] = { "esp", "unread", "clear" }, *const words[] = { "under IPsec", "not read", "read in clear" };
	enum side sa = e->side_a, sb = e->side_b;
	int x1, y1, x2, y2, cx1, cy1, cx2, cy2;

	if (e->a == e->b) {		/* within a box: a loop at its right */
		x1 = x2 = a->x + BOX_W;
		y1 = a->y + 10;
		y2 = a->y + 30;
		cx1 = cx2 = x1 + 26;
		cy1 = y1 - 4;
		cy2 = y2 + 4;
	} else if (sa == SIDE_RIGHT) {
		x1 = a->x + BOX_W;
		x2 = b->x + BOX_W;
		y1 = a->y + along(d, i, false);
		y2 = b->y + along(d, i, true);
		cx1 = cx2 = x1 + 22 + (int)(i % 4) * 9;
		cy1 = y1 + (y2 - y1) / 6;
		cy2 = y2 - (y2 - y1) / 6;
	} else {
		int reach = a->y == b->y ? 30 : abs(b->y - a->y) / 2;

		x1 = a->x + along(d, i, false);
		x2 = b->x + along(d, i, true);
		y1 = a->y + (sa == SIDE_BOTTOM ? BOX_H : 0);
		y2 = b->y + (sb == SIDE_BOTTOM ? BOX_H : 0);
		cx1 = x1;
		cx2 = x2;
		cy1 = y1 + (sa == SIDE_BOTTOM ? reach : -reach);
		cy2 = y2 + (sb == SIDE_BOTTOM ? reach : -reach);
	}
	page_mark(p, "<path class=\"edge %s%s\" d=\"M%d %dC%d %d %d %d %d %d\"><title>", ranks[e->worst], e->violated ? " bad" : "", x1, y1, cx1, cy1, cx2, cy2, x2, y2);
	name_of(p, d, a);
	page_raw(p, ", ");
	name_of(p, d, b);
	page_raw(p, ", ");
	interfaces_of(p, e);
	page_mark(p, ", %s: %llu contacts, %llu packets%s</title></path>\n", words[e->worst], (unsigned long long)e->contacts, (unsigned long long)e->packets,
		e->violated ? ", a violation" : "");
	if (d->nedges > LABELLED || !e->told)
		return;
	page_mark(p, "<text class=\"label%s\" x=\"%d\" y=\"%d\">", e->violated ? " bad" : "", (x1 + 3 * cx1 + 3 * cx2 + x2) / 8 + 3, (y1 + 3 * cy1 + 3 * cy2 + y2) / 8);
	interfaces_of(p, e);
	page_raw(p, e->violated ? " !</text>\n" : "</text>\n");
}

/* ---- boxes ---- */

/* As much of a name as fits. */
static struct str fitting(struct str s, bool *all)
{
	size_t n = 0;

	for (unsigned k = 0; k < LETTERS && n < s.n; k++) {
		size_t len = utf8_len((const uint8_t *)s.s + n, s.n - n);

		n += len ? len : 1;
	}
	*all = n == s.n;
	return (struct str){ s.s, n };
}

static void draw_box(struct page *p, const struct drawing *d, const struct box *b)
{
	bool all = true, reg = json_is_object(get(p->r, "register")), stranger = reg && d->single && b->unregistered, ghost = d->single && b->silent;

	page_mark(p, "<g><rect class=\"box%s%s%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/><text x=\"%d\" y=\"%d\">", b->violated ? " bad" : "",
		stranger ? " stranger" : "", ghost ? " ghost" : "", b->x, b->y, BOX_W, BOX_H, b->x + 8, b->y + 17);
	if (d->single) {
		page_text(p, fitting(b->id, &all));
		page_raw(p, all ? "" : "...");
	} else {
		page_mark(p, "%llu", (unsigned long long)b->elements);
	}
	page_mark(p, "</text><text class=\"small\" x=\"%d\" y=\"%d\">", b->x + 8, b->y + 32);
	if (ghost)
		page_raw(p, "never seen");
	else if (d->single)
		page_raw(p, stranger && b->violated ? "not registered, violation" : stranger ? "not registered" : b->violated ? "in a violation" : "");
	else if (reg && b->unregistered)
		page_mark(p, "%llu not registered", (unsigned long long)b->unregistered);
	else if (b->violated)
		page_mark(p, "%llu in a violation", (unsigned long long)b->violated);
	else if (b->silent)
		page_mark(p, "%llu never seen", (unsigned long long)b->silent);
	page_raw(p, "</text><title>");
	name_of(p, d, b);
	if (!d->single)
		page_mark(p, ": %llu, %llu not registered, %llu in a violation, %llu never seen", (unsigned long long)b->elements, (unsigned long long)(reg ? b->unregistered : 0),
			(unsigned long long)b->violated, (unsigned long long)b->silent);
	page_raw(p, "</title></g>\n");
}

static void draw(struct page *p, struct drawing *d, const json_t *network)
{
	int height = place(d), y = TOP;

	for (unsigned i = 0; i < d->nedges; i++) {
		d->edge[i].side_a = side_of(d, &d->edge[i], false);
		d->edge[i].side_b = side_of(d, &d->edge[i], true);
	}
	page_mark(p, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"drawing of the network\"><svg role=\"img\" aria-labelledby=\"map-title\" width=\"%d\" height=\"%d\" "
		"viewBox=\"0 0 %d %d\"><title id=\"map-title\">%s by role and site, and their contacts; the tables below say the same</title>\n",
		width(d), height, width(d), height, d->single ? "Elements" : "Numbers of elements");
	for (unsigned r = 0; r < ROWS; r++) {
		if (!d->lines[r])
			continue;
		page_mark(p, "<text class=\"role\" x=\"2\" y=\"%d\">%s</text>\n", y + 24, role_words((struct str){ row_value[r], strlen(row_value[r]) }));
		y += (int)d->lines[r] * (BOX_H + GAP_Y) - GAP_Y + GAP_ROW;
	}
	for (unsigned c = 0; c < d->ncolumns && (d->ncolumns > 1 || d->column[0]); c++) {
		bool all = true;

		page_mark(p, "<text class=\"role\" x=\"%d\" y=\"16\">", LEFT + (int)c * column_width(d));
		if (d->column[c])
			page_text(p, fitting(as_text(d->column[c]), &all));
		else
			page_raw(p, json_array_size(get(network, "columns")) ? "no site named" : "");
		page_raw(p, all ? "</text>\n" : "...</text>\n");
	}
	for (int bad = 0; bad < 2; bad++)		/* on top: what is part of a violation */
		for (unsigned i = 0; i < d->nedges; i++)
			if (d->edge[i].violated == bad)
				draw_edge(p, d, i);
	for (unsigned i = 0; i < d->nboxes; i++)
		draw_box(p, d, &d->box[i]);
	page_raw(p, "</svg></div>\n<p class=\"dim\">Dashed lines were read in clear, dotted ones were not read, full ones are under IPsec. A line stands for all that two exchange and is drawn as the least protected of it; what is part of a violation has a heavy red line of its own, with !. "
		"A dashed box is not in the register, a dotted one is in the register and was never seen.</p>\n");
	if (!d->single)
		page_raw(p, "<p class=\"dim\">The network is large: a box stands for all of a role at its sites. The lists below open to single elements.</p>\n");
	if (d->left)
		page_mark(p, "<p class=\"dim\">%llu lines are not drawn; the tables below count them.</p>\n", (unsigned long long)d->left);
}

void page_drawing(struct page *p, const json_t *network)
{
	struct drawing *d = calloc(1, sizeof(*d));
	const json_t *cells = get(network, "cells");

	if (!d) {
		p->err = FW_ENOMEM;
		return;
	}
	take_columns(d, network, cells);
	collect(d, network, cells);
	if (d->nboxes)
		draw(p, d, network);
	free(d);
}
