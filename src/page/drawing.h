/* The drawing of the network: what is drawn (drawing.c) and where it stands (route.c). */
#ifndef FW_PAGE_DRAWING_H
#define FW_PAGE_DRAWING_H

#include "inside.h"

enum { ROLE_COLUMNS = 8, BANDS = 9, SINGLE = 48, BOXES = 128, EDGES = 400, NAMED = 3, GRID = BOXES + 2 };
enum { ROLE_OPERATION = 5, ROLE_OTHER = 6, ROLE_OUTSIDE = 7 };

/* An element, or all of a role at a site.  column, row: its place in the grid. */
struct box {
	struct str	id;
	uint64_t	elements, unregistered, violated, silent, quiet;	/* quiet: with so many it has contacts that are not drawn */
	unsigned	role, band, column, row, left, right;			/* left, right: ends of lines at its sides */
	int		x, y, h;
};

/* How a line goes: down into the box below; into the gutter at the right and back; over one gutter; over two and what lies between rows. */
enum shape { SHAPE_DOWN, SHAPE_BACK, SHAPE_OVER, SHAPE_FAR };

/* All that two boxes exchange, what is part of a violation apart.  a stands left of b or above it, when it is placed. */
struct edge {
	unsigned	a, b, ninterfaces, worst;
	struct str	interface[NAMED];		/* of the first NAMED */
	uint64_t	contacts, packets;
	bool		violated, core, drawn;		/* core: neither end is of operation or without a role */
	enum shape	shape;
	unsigned	between;			/* SHAPE_FAR: the row that it goes along above */
	unsigned	lane, lane_b, lane_between;	/* lane_b: in the gutter before b */
	int		ya, yb, slot, slots;		/* where it ends; SHAPE_DOWN: one of so many side by side */
};

struct drawing {
	bool		single;				/* a box is an element, else a cell */
	unsigned	nbands, nboxes, nedges;
	uint64_t	left;				/* edges that found no room */
	const json_t	*band[BANDS];			/* sites; NULL: none is named */
	struct box	box[BOXES];
	struct edge	edge[EDGES];
	/* made by drawing_place() */
	unsigned	ncolumns, nrows, column_role[GRID], band_row[BANDS + 1];
	int		column_x[GRID], lanes_x[GRID + 1], row_y[GRID], between_y[GRID + 1], width, height;
};

enum { BOX_W = 136, LANE = 7, PIN = 13, LINE_H = 14, TOP = 26 };

/* As "N2, N3 !" beside a line; returns its length. */
size_t edge_label(const struct edge *e, char *s, size_t size);
unsigned box_lines(const struct page *p, const struct box *b);	/* of text */

/* Gives boxes and lines their places.  No line crosses a box: all go in the gutters between them. */
void drawing_place(const struct page *p, struct drawing *d);

#endif
