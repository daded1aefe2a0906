/*
 * Where boxes and lines of the drawing stand.  The boxes are a grid: columns are roles, rows the sites and what is stacked in them.  Lines run in the
 * gutters between columns and rows, each in a lane of its own where it would lie on another: so no line crosses a box.
 */
#include "drawing.h"

enum { GAP = 16, HEAD_BAND = 24, STACK_FEW = 6, STACK_MANY = 18 };

/* ---- the grid ---- */

static unsigned in_cell(const struct drawing *d, unsigned role, unsigned band)
{
	unsigned n = 0;

	for (unsigned i = 0; i < d->nboxes; i++)
		n += d->box[i].role == role && d->box[i].band == band;
	return n;
}

static void to_grid(struct drawing *d)
{
	unsigned abreast[ROLE_COLUMNS] = { 0 }, first[ROLE_COLUMNS] = { 0 }, slot[ROLE_COLUMNS][BANDS] = { { 0 } };

	for (unsigned r = 0; r < ROLE_COLUMNS; r++) {
		unsigned most = 0;

		for (unsigned k = 0; k < d->nbands; k++)
			most = in_cell(d, r, k) > most ? in_cell(d, r, k) : most;
		abreast[r] = !most ? 0 : most <= STACK_FEW ? 1 : most <= STACK_MANY ? 2 : 4;
		first[r] = d->ncolumns;
		for (unsigned k = 0; k < abreast[r]; k++)
			d->column_role[d->ncolumns++] = r;
	}
	for (unsigned k = 0; k < d->nbands; k++) {
		unsigned rows = 0;

		for (unsigned r = 0; r < ROLE_COLUMNS; r++) {
			unsigned n = abreast[r] ? (in_cell(d, r, k) + abreast[r] - 1) / abreast[r] : 0;

			rows = n > rows ? n : rows;
		}
		d->band_row[k] = d->nrows;
		d->nrows += rows;
	}
	d->band_row[d->nbands] = d->nrows;
	for (unsigned i = 0; i < d->nboxes; i++) {
		struct box *b = &d->box[i];
		unsigned n = slot[b->role][b->band]++;

		b->column = first[b->role] + n % abreast[b->role];
		b->row = d->band_row[b->band] + n / abreast[b->role];
	}
}

/* ---- how each line goes ---- */

static void to_shapes(struct drawing *d)
{
	for (unsigned i = 0; i < d->nedges; i++) {
		struct edge *e = &d->edge[i];
		struct box *a = &d->box[e->a], *b = &d->box[e->b];

		if (!e->drawn)
			continue;
		if (a->column > b->column || (a->column == b->column && a->row > b->row)) {
			unsigned was = e->a;

			e->a = e->b;
			e->b = was;
			a = &d->box[e->a];
			b = &d->box[e->b];
		}
		if (a->column == b->column) {
			e->shape = b->row == a->row + 1 ? SHAPE_DOWN : SHAPE_BACK;
		} else {
			e->shape = b->column == a->column + 1 ? SHAPE_OVER : SHAPE_FAR;
			e->between = a->band == b->band ? (a->row > b->row ? a->row : b->row) : d->band_row[a->row > b->row ? a->band : b->band];
		}
		a->right += e->shape != SHAPE_DOWN;
		b->right += e->shape == SHAPE_BACK;
		b->left += e->shape == SHAPE_OVER || e->shape == SHAPE_FAR;
	}
}

/* A lane that no earlier one with the same gutter and an overlapping extent has. */
struct extent { unsigned gutter; int lo, hi; };
static unsigned free_lane(const struct extent *x, const unsigned *lane, unsigned i)
{
	for (unsigned k = 0;; k++) {
		bool taken = false;

		for (unsigned j = 0; j < i && !taken; j++)
			taken = x[j].gutter == x[i].gutter && lane[j] == k && x[j].lo <= x[i].hi && x[i].lo <= x[j].hi;
		if (!taken)
			return k;
	}
}

/* Lanes between rows, and how many there are above each row. */
static void between_lanes(struct drawing *d, unsigned *lanes)
{
	struct extent x[EDGES];
	unsigned lane[EDGES], at[EDGES], n = 0;

	for (unsigned i = 0; i < d->nedges; i++) {
		const struct edge *e = &d->edge[i];

		if (!e->drawn || e->shape != SHAPE_FAR)
			continue;
		x[n] = (struct extent){ e->between, (int)d->box[e->a].column, (int)d->box[e->b].column };
		lane[n] = free_lane(x, lane, n);
		at[n++] = i;
	}
	for (unsigned k = 0; k < n; k++) {
		d->edge[at[k]].lane_between = lane[k];
		if (lanes[x[k].gutter] < lane[k] + 1)
			lanes[x[k].gutter] = lane[k] + 1;
	}
}

static void to_rows(const struct page *p, struct drawing *d)
{
	unsigned lanes[GRID + 1] = { 0 };
	int y = TOP, h[GRID] = { 0 };

	between_lanes(d, lanes);
	for (unsigned i = 0; i < d->nboxes; i++) {
		struct box *b = &d->box[i];
		int pins = (int)(b->left > b->right ? b->left : b->right), text = 10 + LINE_H * (int)box_lines(p, b);

		b->h = pins * PIN + 8 > text ? pins * PIN + 8 : text;
		h[b->row] = b->h > h[b->row] ? b->h : h[b->row];
	}
	for (unsigned r = 0, k = 0; r < d->nrows; r++) {
		if (k < d->nbands && d->band_row[k] == r) {
			y += d->nbands > 1 || d->band[0] ? HEAD_BAND : 0;
			while (k < d->nbands && d->band_row[k] == r)
				k++;
		}
		d->between_y[r] = y;
		y += (int)lanes[r] * LANE + GAP;
		d->row_y[r] = y;
		y += h[r];
	}
	for (unsigned i = 0; i < d->nboxes; i++)
		d->box[i].y = d->row_y[d->box[i].row];
	d->height = y + GAP;
}

/* ---- where lines end at a box's side ---- */

enum { AT_LEFT, AT_RIGHT, AT_NONE };
static int side(const struct edge *e, bool b)
{
	return !e->drawn || e->shape == SHAPE_DOWN ? AT_NONE : b && e->shape != SHAPE_BACK ? AT_LEFT : AT_RIGHT;
}

/* From where a line comes to this end, in half rows: the higher, the higher it ends. */
static unsigned from(const struct drawing *d, const struct edge *e, bool b)
{
	return e->shape == SHAPE_FAR ? 2 * e->between + 1 : 2 * d->box[b ? e->a : e->b].row + 2;
}

static int pin(const struct drawing *d, unsigned edge, bool b)
{
	const struct edge *e = &d->edge[edge];
	const struct box *me = &d->box[b ? e->b : e->a];
	unsigned before = 0, all = side(e, b) == AT_LEFT ? me->left : me->right, mine = from(d, e, b);

	for (unsigned i = 0; i < d->nedges; i++)
		for (int end = 0; end < 2; end++) {
			const struct edge *x = &d->edge[i];
			unsigned its = from(d, x, end);

			if (side(x, end) != side(e, b) || &d->box[end ? x->b : x->a] != me || (i == edge && end == b))
				continue;
			before += its != mine ? its < mine : i != edge ? i < edge : end < b;
		}
	return me->y + (me->h * (int)(2 * before + 1)) / (2 * (int)(all ? all : 1));
}

static void to_pins(struct drawing *d)
{
	for (unsigned i = 0; i < d->nedges; i++) {
		struct edge *e = &d->edge[i];

		if (e->drawn && e->shape != SHAPE_DOWN) {
			e->ya = pin(d, i, false);
			e->yb = pin(d, i, true);
		}
		for (unsigned k = 0; e->drawn && e->shape == SHAPE_DOWN && k < d->nedges; k++) {
			const struct edge *x = &d->edge[k];
			bool same = x->drawn && x->shape == SHAPE_DOWN && x->a == e->a && x->b == e->b;

			e->slots += same;
			e->slot += same && k < i;
		}
	}
}

/* ---- gutters between columns ---- */

static int lane_y(const struct drawing *d, const struct edge *e) { return d->between_y[e->between] + (int)e->lane_between * LANE + LANE; }

static struct extent extent(unsigned gutter, int a, int b)
{
	return (struct extent){ gutter, (a < b ? a : b) - 2, (a < b ? b : a) + 2 };
}

/* Gutter g is before column g. */
static void to_columns(struct drawing *d)
{
	struct extent x[2 * EDGES];
	unsigned lane[2 * EDGES], *put[2 * EDGES], n = 0, lanes[GRID + 1] = { 0 };
	int label[GRID + 1] = { 0 }, back[GRID + 1] = { 0 }, at = 2;

	for (unsigned i = 0; i < d->nedges; i++) {
		struct edge *e = &d->edge[i];
		unsigned a = d->box[e->a].column + 1, b = d->box[e->b].column;
		char s[128];
		int w = (int)edge_label(e, s, sizeof(s)) * 6 + 10;

		if (!e->drawn || e->shape == SHAPE_DOWN)
			continue;
		x[n] = extent(a, e->ya, e->shape == SHAPE_FAR ? lane_y(d, e) : e->yb);
		put[n++] = &e->lane;
		if (e->shape == SHAPE_FAR) {
			x[n] = extent(b, lane_y(d, e), e->yb);
			put[n++] = &e->lane_b;
		}
		if (e->shape == SHAPE_BACK)
			back[a] = w > back[a] ? w : back[a];
		else
			label[b] = w > label[b] ? w : label[b];
	}
	for (unsigned k = 0; k < n; k++) {
		lane[k] = free_lane(x, lane, k);
		*put[k] = lane[k];
		if (lanes[x[k].gutter] < lane[k] + 1)
			lanes[x[k].gutter] = lane[k] + 1;
	}
	for (unsigned c = 0; c <= d->ncolumns; c++) {
		d->lanes_x[c] = at + (back[c] ? back[c] : c ? 8 : 0);
		at = d->lanes_x[c] + (int)lanes[c] * LANE + (label[c] ? label[c] : c ? 8 : 0);
		if (c < d->ncolumns) {
			d->column_x[c] = at;
			at += BOX_W;
		}
	}
	d->width = at + 2;
	for (unsigned i = 0; i < d->nboxes; i++)
		d->box[i].x = d->column_x[d->box[i].column];
}

void drawing_place(const struct page *p, struct drawing *d)
{
	to_grid(d);
	to_shapes(d);
	to_rows(p, d);
	to_pins(d);
	to_columns(d);
}
