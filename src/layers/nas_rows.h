/*
 * NAS messages as rows, of 5G (TS 24.501 8) and of EPS (TS 24.301 8): mandatory elements in order, then optional ones by
 * identifier.  A row names the elements that hold keys and those whose format their identifier does not tell; all others are
 * stepped over by the rules of TS 24.007 11.2.4:
 *
 *   IEI 1xxx ....  one octet     from `long_from` on  length in two octets     other  length in one octet
 */
#ifndef FW_LAYERS_NAS_ROWS_H
#define FW_LAYERS_NAS_ROWS_H

#include "tbcd.h"

/* Formats (TS 24.007 11.2.1.1): so many octets of value, or a length before it.  HALF: the value is the low half of the octet. */
enum { LV = 100, LVE = 101, HALF = 102, TLV = LV, TLVE = LVE };

enum { NAS_TYPES = 256, NAS_SKIP = 0 };

struct part { uint8_t format, what; };			/* what: the caller's; NAS_SKIP: of no concern */
struct opt { uint8_t iei, format, what; };
struct row {
	const char	*name, *spec;			/* no name: no such message */
	const struct part *part;
	const struct opt *opt;
	uint8_t		 nparts, nopts;
	bool		 unread;			/* known by name only */
};
struct nas_name { const char *name, *spec; };		/* of an element, by `what` */

#define PARTS(...) .part = (const struct part[]){ __VA_ARGS__ }, \
	.nparts = sizeof((const struct part[]){ __VA_ARGS__ }) / sizeof(struct part)
#define OPTS(...) .opt = (const struct opt[]){ __VA_ARGS__ }, \
	.nopts = sizeof((const struct opt[]){ __VA_ARGS__ }) / sizeof(struct opt)
#define NOTHING .nparts = 0

static inline struct cur nas_value(struct layers *l, struct cur *c, uint8_t format)
{
	const uint8_t *from = c->p;
	size_t n = format == LV ? cur_u8(c) : format == LVE ? cur_u16(c) : format;

	layer_read(l, from, c);
	return cur_sub(c, n);
}

/* The value of the optional element at the front of c, and what it is; NAS_SKIP was counted by its identifier. */
static inline struct cur nas_optional(struct layers *l, const struct row *row, uint8_t long_from, struct cur *c, uint8_t *what)
{
	const uint8_t *from = c->p;
	uint8_t iei = cur_u8(c), format = iei >= 0x80 ? HALF : iei >= long_from ? TLVE : TLV;
	uint8_t id = iei >= 0x80 ? iei & 0xf0 : iei;
	const struct opt *o = NULL;
	struct cur v;

	layer_read(l, from, c);
	for (unsigned i = 0; i < row->nopts; i++)
		if (row->opt[i].iei == id)
			o = &row->opt[i];
	if (o)
		format = o->format;
	if (format == HALF)
		v = cur_make(c->p - 1, 1, false);
	else
		v = nas_value(l, c, format);
	*what = o ? o->what : NAS_SKIP;
	if (*what == NAS_SKIP)
		put_skip(layer_put(l), id);
	return v;
}

/* Elements of a message behind its type go to `element`, of the caller's reading. */
static inline __attribute__((always_inline)) void nas_walk(struct layers *l, const struct row *row, uint8_t long_from, struct cur *c,
	void (*element)(void *reading, uint8_t what, struct cur v), void *reading)
{
	for (unsigned i = 0; i < row->nparts && c->why == CUR_OK; i++) {
		struct cur v = nas_value(l, c, row->part[i].format);

		element(reading, row->part[i].what, v);
	}
	while (cur_left(c)) {
		uint8_t what;
		struct cur v = nas_optional(l, row, long_from, c, &what);

		if (what != NAS_SKIP)
			element(reading, what, v);
	}
}

/* Row i of what is understood: messages, then elements.  What is known by its name only is no part of it. */
static inline bool nas_rows_cover(const struct row rows[NAS_TYPES], const struct nas_name *elements, unsigned whats, unsigned i, struct cover_row *out)
{
	for (unsigned type = 0; type < NAS_TYPES; type++)
		if (rows[type].name && !rows[type].unread && !i--) {
			*out = (struct cover_row){ "message", type, rows[type].name, rows[type].spec };
			return true;
		}
	if (i + 1 >= whats)
		return false;
	*out = (struct cover_row){ "IE", 0, elements[i + 1].name, elements[i + 1].spec };
	return true;
}

/* A subscriber's address behind its type (TS 24.501 9.11.4.10, TS 24.301 9.9.4.9): an interface identifier, an IPv4 address, or both in that order. */
static inline void nas_address(struct layers *l, uint8_t type, enum fact_key iid, enum fact_key ipv4, struct cur *v)
{
	enum { IPV4 = 1, IPV6 = 2, BOTH = 3 };
	const uint8_t *p;

	if (type == IPV6 || type == BOTH) {
		p = cur_take(v, 8);
		put_octets(layer_put(l), iid, p, 8);
		layer_mark(l, p, p ? 8 : 0, MARK_IDENTITY);
	}
	if (type == IPV4 || type == BOTH) {
		p = cur_take(v, 4);
		put_addr(layer_put(l), ipv4, p, 4);
		layer_mark(l, p, p ? 4 : 0, MARK_SIGNALLING);
		if (p)
			layer_subscriber(l, p, 4);
	}
}

#endif
