/*
 * The network as a drawing: columns are roles in the order of the signal, edges are the contacts
 * between elements by interface, dashed where the link was readable.  Cells hold counts when there
 * are too many elements to draw one by one.  The table under it says the same.
 */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>

enum { COLUMNS = 6, DRAWN = 240, BOX_W = 150, BOX_H = 34, GAP_X = 60, GAP_Y = 14, TOP = 40, TABLE_ROWS = 400 };

static const char *const column_name[COLUMNS] = { "RAN", "AMF", "SMF", "UPF", "other", "outside" };

struct box { struct addr addr; char id[ELEMENT_ID]; uint8_t column, stranger; uint16_t row; };
struct edge { uint32_t a, b; const char *name; uint64_t packets; bool bad; };

struct map {
	const struct report *r;
	struct box	*box;
	struct edge	*edge;
	uint32_t	nbox, nedge, left;
	uint16_t	rows[COLUMNS];
};

static unsigned column_of(const struct who *w)
{
	uint64_t roles = w->roles | w->shown;

	if (roles & nf_ran())
		return 0;
	if (roles & (NF_BIT(NF_AMF) | NF_BIT(NF_MME)))
		return 1;
	if (roles & (NF_BIT(NF_SMF) | NF_BIT(NF_SGW_C) | NF_BIT(NF_PGW_C)))
		return 2;
	if (roles & (NF_BIT(NF_UPF) | NF_BIT(NF_SGW_U) | NF_BIT(NF_PGW_U)))
		return 3;
	return w->where == WHERE_OUTSIDE ? 5 : 4;
}

/* The box of who stands at the address; made when there is none.  NONE: no room. */
static uint32_t box_of(struct map *m, const struct addr *a)
{
	const struct view *v = docket_view(m->r->docket);
	struct who w = who_is(v, a);
	char id[ELEMENT_ID];
	struct box *b;

	if (w.reg == REG_NONE && w.element != NONE)
		(void)model_element_id(v->model, w.element, id);
	else
		(void)who_id(v, &w, id);
	for (uint32_t i = 0; i < m->nbox; i++)
		if (!strcmp(m->box[i].id, id))
			return i;
	if (m->nbox == DRAWN) {
		m->left++;
		return NONE;
	}
	b = &m->box[m->nbox];
	*b = (struct box){ .addr = *a, .column = (uint8_t)column_of(&w), .stranger = v->reg ? w.reg == REG_NONE : w.where == WHERE_OUTSIDE };
	memcpy(b->id, id, sizeof(id));
	b->row = m->rows[b->column]++;
	return m->nbox++;
}

static bool accused(const struct report *r, const char *a, const char *b)
{
	for (uint32_t i = 0; i < docket_findings(r->docket) && i < 2000; i++) {
		const struct finding *f = docket_finding(r->docket, i);

		if (f->verdict == VIOLATED && ((!strcmp(f->subject, a) && !strcmp(f->object, b)) || (!strcmp(f->subject, b) && !strcmp(f->object, a))))
			return true;
	}
	return false;
}

static void add_edge(struct map *m, uint32_t a, uint32_t b, const char *name, uint64_t packets)
{
	for (uint32_t i = 0; i < m->nedge; i++) {
		struct edge *e = &m->edge[i];

		if (((e->a == a && e->b == b) || (e->a == b && e->b == a)) && !strcmp(e->name, name)) {
			e->packets += packets;
			return;
		}
	}
	if (m->nedge == DRAWN * 8) {
		m->left++;
		return;
	}
	m->edge[m->nedge++] = (struct edge){ a, b, name, packets, accused(m->r, m->box[a].id, m->box[b].id) };
}

/* Contacts with an element at one end, in order of first sight. */
static void collect(struct map *m)
{
	const struct view *v = docket_view(m->r->docket);
	uint32_t n, *order = report_contact_order(m->r->model, &n);

	for (uint32_t i = 0; i < n && m->left < 100000; i++) {
		const struct contact_rec *c = model_contact(m->r->model, order[i]);
		const char *name, *proto = protocol_name(c->key.proto);
		struct ends e;
		uint32_t a, b;

		if (c->key.inner || !contact_of_element(v, c))
			continue;
		e = contact_ends(v, c);
		name = report_interface(m->r->model, c);
		if (e.from.where == WHERE_SUBSCRIBER || e.to.where == WHERE_SUBSCRIBER)
			continue;
		a = box_of(m, &e.from.addr);
		b = box_of(m, &e.to.addr);
		if (a != NONE && b != NONE && a != b)
			add_edge(m, a, b, *name ? name : proto ? proto : "IP", c->packets[0] + c->packets[1]);
	}
	free(order);
}

static unsigned x_of(const struct map *m, const struct box *b)
{
	unsigned column = 0;

	for (unsigned i = 0; i < b->column; i++)
		column += m->rows[i] != 0;
	return 10 + column * (BOX_W + GAP_X);
}

static unsigned y_of(const struct box *b) { return TOP + b->row * (BOX_H + GAP_Y); }

static void draw_edge(struct page *p, const struct map *m, const struct edge *e)
{
	const struct box *a = &m->box[e->a], *b = &m->box[e->b];
	int ax = (int)x_of(m, a), bx = (int)x_of(m, b), ay = (int)y_of(a) + BOX_H / 2, by = (int)y_of(b) + BOX_H / 2, bend;
	bool clear = *e->name == 'N' || !strcmp(e->name, "PFCP") || !strcmp(e->name, "GTP-U") || !strcmp(e->name, "Xn-U");
	char path[200];

	if (ax > bx) {
		int x = ax, y = ay;

		ax = bx;
		ay = by;
		bx = x;
		by = y;
	}
	ax += BOX_W;
	bend = ax < bx ? (bx - ax) / 2 : 40;
	if (ax > bx)			/* the same column */
		bx += BOX_W;
	(void)snprintf(path, sizeof(path), "<path class=\"edge%s%s\" d=\"M%d %d C%d %d %d %d %d %d\"><title>", clear ? " bare" : "", e->bad ? " bad" : "", ax, ay,
		ax + bend, ay, ax > bx - BOX_W && bx >= ax ? bx + bend : bx - bend, by, bx, by);
	page_raw(p, path);
	page_fmt(p, "%s, %s, %s: %llu packets%s", a->id, b->id, e->name, (unsigned long long)e->packets, e->bad ? ", a finding" : "");
	page_raw(p, "</title></path>\n");
}

static void draw_box(struct page *p, const struct map *m, const struct box *b)
{
	char head[200];

	(void)snprintf(head, sizeof(head), "<g><rect class=\"box%s\" x=\"%u\" y=\"%u\" width=\"%d\" height=\"%d\" rx=\"4\"/><text x=\"%u\" y=\"%u\">",
		b->stranger ? " stranger" : "", x_of(m, b), y_of(b), BOX_W, BOX_H, x_of(m, b) + 8, y_of(b) + 21);
	page_raw(p, head);
	page_fmt(p, "%.22s", b->id);
	page_raw(p, "</text><title>");
	page_fmt(p, "%s%s", b->id, b->stranger ? ", not registered" : "");
	page_raw(p, "</title></g>\n");
}

static void draw(struct page *p, const struct map *m)
{
	unsigned height = 0, columns = 0;
	char head[240];

	for (unsigned i = 0; i < COLUMNS; i++) {
		height = m->rows[i] > height ? m->rows[i] : height;
		columns += m->rows[i] != 0;
	}
	(void)snprintf(head, sizeof(head), "<svg role=\"img\" aria-labelledby=\"map-title\" viewBox=\"0 0 %u %u\"><title id=\"map-title\">Elements by role, and their contacts; the table "
		"below says the same</title>\n", 20 + columns * (BOX_W + GAP_X), TOP + height * (BOX_H + GAP_Y) + 10);
	page_raw(p, head);
	columns = 0;
	for (unsigned i = 0; i < COLUMNS; i++) {
		if (!m->rows[i])
			continue;
		(void)snprintf(head, sizeof(head), "<text class=\"role\" x=\"%u\" y=\"22\">", 10 + columns++ * (BOX_W + GAP_X));
		page_raw(p, head);
		page_raw(p, column_name[i]);
		page_raw(p, "</text>\n");
	}
	for (uint32_t i = 0; i < m->nedge; i++)
		draw_edge(p, m, &m->edge[i]);
	for (uint32_t i = 0; i < m->nbox; i++)
		draw_box(p, m, &m->box[i]);
	page_raw(p, "</svg>\n<p class=\"dim\">A dashed line was readable on the wire. A red line is part of a finding, a dashed box is not in the register or lies outside.</p>\n");
}

static void table(struct page *p, const struct map *m)
{
	page_raw(p, "<details><summary>The drawing as a table</summary><div class=\"wide\"><table><thead><tr><th>From</th><th>To</th><th>Interface</th>"
		"<th class=\"n\">Packets</th><th>Finding</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < m->nedge && i < TABLE_ROWS; i++) {
		const struct edge *e = &m->edge[i];

		page_raw(p, "<tr><td>");
		page_text(p, m->box[e->a].id);
		page_raw(p, "</td><td>");
		page_text(p, m->box[e->b].id);
		page_raw(p, "</td><td>");
		page_text(p, e->name);
		page_raw(p, "</td><td class=\"n\">");
		page_fmt(p, "%llu", (unsigned long long)e->packets);
		page_raw(p, e->bad ? "</td><td>yes</td></tr>\n" : "</td><td>no</td></tr>\n");
	}
	page_raw(p, "</tbody></table></div></details>\n");
	if (m->left || m->nedge > TABLE_ROWS)
		page_raw(p, "<p class=\"dim\">The network is larger than this drawing: what is left out is in the tables below and in report.json.</p>\n");
}

void page_map(struct page *p)
{
	struct map *m = calloc(1, sizeof(*m));

	if (m) {
		m->r = p->r;
		m->box = calloc(DRAWN, sizeof(*m->box));
		m->edge = calloc(DRAWN * 8, sizeof(*m->edge));
	}
	if (m && m->box && m->edge) {
		collect(m);
		if (m->nbox) {
			draw(p, m);
			table(p, m);
		} else {
			page_raw(p, "<p>No element was seen that speaks with anybody.</p>\n");
		}
	} else {
		p->err = -1;
	}
	if (m) {
		free(m->box);
		free(m->edge);
	}
	free(m);
}
