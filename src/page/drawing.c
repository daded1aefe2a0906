/*
 * The network as a drawing: columns are roles in the order of the signal, rows sites.  A small network is drawn element by element;
 * of a larger one each role at a site is one box with its number.  Above eight sites all are taken together.
 */
#include "drawing.h"

#include <stdio.h>
#include <stdlib.h>

enum { LETTERS = 16, LABEL = 16, ALL_LINES = 24 };

static const char *const role_value[ROLE_COLUMNS] = { "RAN", "AMF", "SMF", "UPF", "core", "operation", "other", "outside" };

static unsigned role_of(struct str role)
{
	unsigned r = 0;

	while (r < ROLE_COLUMNS - 1 && !str_eq(role, (struct str){ role_value[r], strlen(role_value[r]) }))
		r++;
	return r;
}

static unsigned band_of(const struct drawing *d, const json_t *site)
{
	unsigned k = 0;

	while (k < d->nbands - 1 && !(json_is_string(site) ? d->band[k] && str_eq(as_text(d->band[k]), as_text(site)) : !d->band[k]))
		k++;
	return k;
}

/* ---- what is drawn ---- */

static void take_bands(struct drawing *d, const json_t *network, const json_t *cells)
{
	const json_t *names = get(network, "columns");
	bool none = false;

	for (size_t k = 0; k < json_array_size(names) && d->nbands < BANDS; k++)
		for (size_t i = 0; i < json_array_size(cells); i++)
			if (str_eq(get_text(json_array_get(cells, i), "site"), as_text(json_array_get(names, k)))) {
				d->band[d->nbands++] = json_array_get(names, k);
				break;
			}
	for (size_t i = 0; i < json_array_size(cells); i++)
		none |= !json_is_string(get(json_array_get(cells, i), "site")) && !get_is(json_array_get(cells, i), "role", "outside");
	if (d->nbands < BANDS && (none || !d->nbands))
		d->band[d->nbands++] = NULL;
	if (d->nbands == BANDS) {
		d->nbands = 1;
		d->band[0] = NULL;
	}
}

static void add_box(struct drawing *d, const json_t *cell, struct box b)
{
	if (d->nboxes == BOXES)
		return;
	b.role = role_of(get_text(cell, "role"));
	b.band = b.role == ROLE_OUTSIDE ? 0 : band_of(d, get(cell, "site"));
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
	unsigned r = role_of(role), band = r == ROLE_OUTSIDE ? 0 : band_of(d, site), i = 0;

	while (i < d->nboxes && !(d->box[i].role == r && d->box[i].band == band))
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
enum { RANK_ESP, RANK_TLS, RANK_UNREAD, RANK_CLEAR };
static unsigned protection_rank(struct str protection)
{
	return str_eq(protection, (struct str){ "esp", 3 }) ? RANK_ESP : str_eq(protection, (struct str){ "tls", 3 }) ? RANK_TLS :
		str_eq(protection, (struct str){ "unread", 6 }) ? RANK_UNREAD : RANK_CLEAR;
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
	e->core = d->box[a].role != ROLE_OPERATION && d->box[b].role != ROLE_OPERATION && d->box[a].role != ROLE_OTHER && d->box[b].role != ROLE_OTHER;
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

/* Who is outside stands beside the first element that it speaks with. */
static void place_outside(struct drawing *d)
{
	for (unsigned i = d->nedges; i-- > 0; ) {
		struct box *a = &d->box[d->edge[i].a], *b = &d->box[d->edge[i].b];

		if (a->role == ROLE_OUTSIDE && b->role != ROLE_OUTSIDE)
			a->band = b->band;
		if (b->role == ROLE_OUTSIDE && a->role != ROLE_OUTSIDE)
			b->band = a->band;
	}
}

/* Everybody asks the name servers and clocks: where there are many lines, those are a number in the box.  Returns how many lines that leaves out. */
static unsigned choose_lines(struct drawing *d)
{
	unsigned quiet = 0;

	for (unsigned i = 0; i < d->nedges; i++) {
		struct edge *e = &d->edge[i];

		e->drawn = d->nedges <= ALL_LINES || e->core || e->violated;
		if (e->drawn)
			continue;
		quiet++;
		d->box[e->a].quiet++;
		d->box[e->b].quiet++;
	}
	return quiet;
}

/* ---- lines ---- */

size_t edge_label(const struct edge *e, char *s, size_t size)
{
	size_t n = 0;

	for (unsigned i = 0; i < e->ninterfaces && i < NAMED; i++) {
		struct str x = e->interface[i];

		if (i && n + x.n + 2 > LABEL) {
			n += (size_t)snprintf(s + n, size - n, ", ...");
			break;
		}
		n += (size_t)snprintf(s + n, size - n, "%s%.*s", i ? ", " : "", (int)(x.n > LABEL ? LABEL : x.n), x.s);
	}
	if (e->violated)
		n += (size_t)snprintf(s + n, size - n, " !");
	return n;
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
		page_raw(p, role_words((struct str){ role_value[b->role], strlen(role_value[b->role]) }));
}

/* The path's octets after "M", and where its label stands. */
static void course(struct page *p, const struct drawing *d, const struct edge *e, int *lx, int *ly)
{
	const struct box *a = &d->box[e->a], *b = &d->box[e->b];
	int x = d->lanes_x[a->column + 1] + (int)e->lane * LANE, y;

	*lx = b->x - 5;
	*ly = e->yb - 3;
	switch (e->shape) {
	case SHAPE_DOWN:
		x = a->x + BOX_W * (2 * e->slot + 1) / (2 * e->slots);
		page_mark(p, "%d %dV%d", x, a->y + a->h, b->y);
		*lx = x + 4;
		*ly = (a->y + a->h + b->y) / 2 + 4;
		break;
	case SHAPE_BACK:
		page_mark(p, "%d %dH%dV%dH%d", a->x + BOX_W, e->ya, x, e->yb, b->x + BOX_W);
		*lx = b->x + BOX_W + 4;
		break;
	case SHAPE_OVER:
		page_mark(p, "%d %dH%dV%dH%d", a->x + BOX_W, e->ya, x, e->yb, b->x);
		break;
	case SHAPE_FAR:
		y = d->between_y[e->between] + (int)e->lane_between * LANE + LANE;
		page_mark(p, "%d %dH%dV%dH%dV%dH%d", a->x + BOX_W, e->ya, x, y, d->lanes_x[b->column] + (int)e->lane_b * LANE, e->yb, b->x);
		break;
	}
}

static void draw_edge(struct page *p, const struct drawing *d, unsigned i)
{
	const struct edge *e = &d->edge[i];
	static const char *const ranks[] = { "esp", "esp", "unread", "clear" },
		*const words[] = { "under IPsec", "under TLS, read with a key log", "not read", "read in clear" };
	char label[128];
	int lx, ly;

	page_mark(p, "<path class=\"edge %s%s\" d=\"M", ranks[e->worst], e->violated ? " bad" : "");
	course(p, d, e, &lx, &ly);
	page_raw(p, "\"><title>");
	name_of(p, d, &d->box[e->a]);
	page_raw(p, ", ");
	name_of(p, d, &d->box[e->b]);
	page_raw(p, ", ");
	interfaces_of(p, e);
	page_mark(p, ", %s: %llu contact%s, %llu packet%s%s</title></path>\n", words[e->worst], (unsigned long long)e->contacts, plural(e->contacts),
		(unsigned long long)e->packets, plural(e->packets), e->violated ? ", a violation" : "");
	page_mark(p, "<text class=\"label%s%s\" x=\"%d\" y=\"%d\">", e->violated ? " bad" : "", e->shape == SHAPE_DOWN || e->shape == SHAPE_BACK ? "" : " to", lx, ly);
	page_text(p, (struct str){ label, edge_label(e, label, sizeof(label)) });
	page_raw(p, "</text>\n");
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

/* What is said of a box below its name, a line each. */
enum said { SAID_BAD, SAID_STRANGE, SAID_SILENT, SAID_QUIET, SAID_KINDS };
static uint64_t number_of(const struct page *p, const struct box *b, enum said what)
{
	switch (what) {
	case SAID_BAD: return b->violated;
	case SAID_STRANGE: return json_is_object(get(p->r, "register")) && b->role != ROLE_OUTSIDE ? b->unregistered : 0;
	case SAID_SILENT: return b->silent;
	case SAID_QUIET: return b->role == ROLE_OPERATION || b->role == ROLE_OTHER ? b->quiet : 0;
	case SAID_KINDS: break;
	}
	return 0;
}

unsigned box_lines(const struct page *p, const struct box *b)
{
	unsigned n = 1;

	for (unsigned k = 0; k < SAID_KINDS; k++)
		n += number_of(p, b, (enum said)k) != 0;
	return n < 2 ? 2 : n;
}

static void draw_box(struct page *p, const struct drawing *d, const struct box *b)
{
	static const char *const words[] = { "in a violation", "not registered", "never seen" };
	bool all = true;
	int y = b->y + 17;

	page_mark(p, "<g><rect class=\"box%s%s%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/><svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"><text class=\"name\" x=\"8\" y=\"17\">", b->violated ? " bad" : "",
		d->single && number_of(p, b, SAID_STRANGE) ? " stranger" : "", d->single && b->silent ? " ghost" : "", b->x, b->y, BOX_W, b->h, b->x, b->y, BOX_W - 4, 24);
	if (d->single) {
		page_text(p, fitting(b->id, &all));
		page_raw(p, all ? "" : "...");
	} else {
		page_mark(p, "%llu", (unsigned long long)b->elements);
	}
	page_raw(p, "</text></svg>");		/* an svg of its own cuts a name that is wider than the box */
	for (unsigned k = 0; k < SAID_KINDS; k++) {
		uint64_t n = number_of(p, b, (enum said)k);

		if (!n)
			continue;
		y += LINE_H;
		page_mark(p, "<text class=\"small%s\" x=\"%d\" y=\"%d\">", k == SAID_BAD ? " bad" : "", b->x + 8, y);
		if (k == SAID_QUIET)
			page_mark(p, "speaks with %llu", (unsigned long long)n);
		else if (d->single)
			page_raw(p, words[k]);
		else
			page_mark(p, "%llu %s", (unsigned long long)n, words[k]);
		page_raw(p, "</text>");
	}
	page_raw(p, "<title>");
	name_of(p, d, b);
	page_raw(p, "</title></g>\n");
}

static void draw_heads(struct page *p, const struct drawing *d, const json_t *network)
{
	for (unsigned c = 0; c < d->ncolumns; c++)
		if (!c || d->column_role[c] != d->column_role[c - 1])
			page_mark(p, "<text class=\"role\" x=\"%d\" y=\"14\">%s</text>\n", d->column_x[c], role_words((struct str){ role_value[d->column_role[c]], strlen(role_value[d->column_role[c]]) }));
	for (unsigned k = 0; k < d->nbands && (d->nbands > 1 || d->band[0]); k++) {
		bool all = true;
		int y = d->between_y[d->band_row[k]];

		if (d->band_row[k] == d->band_row[k + 1])
			continue;
		page_mark(p, "<path class=\"band-line\" d=\"M0 %dH%d\"/><text class=\"site\" x=\"2\" y=\"%d\">", y - 20, d->width, y - 5);
		if (d->band[k])
			page_text(p, fitting(as_text(d->band[k]), &all));
		else
			page_raw(p, json_array_size(get(network, "columns")) ? "no site named" : "");
		page_raw(p, all ? "</text>\n" : "...</text>\n");
	}
}

static void legend(struct page *p, const struct drawing *d, unsigned quiet)
{
	static const char *const line[][2] = { { "clear", "read in clear" }, { "unread", "not read" }, { "esp", "under IPsec" }, { "clear bad", "part of a violation, with !" } },
		*const box[][2] = { { " stranger", "not in the register" }, { " ghost", "registered, never seen" }, { " bad", "in a violation" } };
	bool bad = false;

	for (unsigned i = 0; i < d->nboxes; i++)
		bad |= d->box[i].violated != 0;
	for (unsigned i = 0; i < d->nedges; i++)
		bad |= d->edge[i].violated;
	page_raw(p, "<ul class=\"legend\">");
	for (size_t i = 0; i < sizeof(line) / sizeof(line[0]) - !bad; i++)
		page_mark(p, "<li><svg aria-hidden=\"true\" width=\"36\" height=\"12\"><path class=\"edge %s\" d=\"M1 6H35\"/></svg>%s</li>\n", line[i][0], line[i][1]);
	for (size_t i = d->single && json_is_object(get(p->r, "register")) ? 0 : 2; i < sizeof(box) / sizeof(box[0]) - !bad; i++)
		page_mark(p, "<li><svg aria-hidden=\"true\" width=\"26\" height=\"16\"><rect class=\"box%s\" x=\"2\" y=\"2\" width=\"22\" height=\"12\" rx=\"2\"/></svg>%s</li>\n", box[i][0], box[i][1]);
	page_raw(p, "</ul>\n<p class=\"dim\">A line stands for all that two exchange and is drawn as the least protected of it; what is part of a violation has a line of its own.");
	if (quiet)
		page_mark(p, " What hosts of operation and hosts without a role exchange is not drawn where no rule is broken (%u lines): their boxes say with how many they speak.", quiet);
	if (!d->single)
		page_raw(p, " The network is large: a box stands for all of a role at its site. The lists below open to single elements.");
	if (d->left)
		page_mark(p, " %llu lines found no room; the tables below count them.", (unsigned long long)d->left);
	page_raw(p, "</p>\n");
}

static void draw(struct page *p, struct drawing *d, const json_t *network)
{
	unsigned quiet = choose_lines(d);

	place_outside(d);
	drawing_place(p, d);
	page_mark(p, "<div class=\"wide map\" role=\"region\" tabindex=\"0\" aria-label=\"drawing of the network\"><svg role=\"img\" aria-labelledby=\"map-title\" width=\"%d\" height=\"%d\" "
		"viewBox=\"0 0 %d %d\"><title id=\"map-title\">%s by role and site, and their contacts; the tables below say the same</title>\n",
		d->width, d->height, d->width, d->height, d->single ? "Elements" : "Numbers of elements");
	draw_heads(p, d, network);
	for (int bad = 0; bad < 2; bad++)		/* on top: what is part of a violation */
		for (unsigned i = 0; i < d->nedges; i++)
			if (d->edge[i].drawn && d->edge[i].violated == bad)
				draw_edge(p, d, i);
	for (unsigned i = 0; i < d->nboxes; i++)
		draw_box(p, d, &d->box[i]);
	page_raw(p, "</svg></div>\n");
	legend(p, d, quiet);
}

void page_drawing(struct page *p, const json_t *network)
{
	struct drawing *d = calloc(1, sizeof(*d));
	const json_t *cells = get(network, "cells");

	if (!d) {
		p->err = FW_ENOMEM;
		return;
	}
	take_bands(d, network, cells);
	collect(d, network, cells);
	if (d->nboxes)
		draw(p, d, network);
	free(d);
}
