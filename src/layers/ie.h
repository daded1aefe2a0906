/*
 * Information elements of the TLV kind (PFCP, GTPv1, GTPv2-C, Diameter AVPs) by rows: a
 * row says what the value of one type is, one walker owns bounds, unknown types, nesting and their
 * blame.  How type and length are written is a function of the table, the rest is the same.
 *
 * What has no row is stepped over by its length and noted as skipped.  A grouped element is an
 * object of its own, read with the same rows; the walker has its own stack, nothing recurses on
 * input.  Trouble inside an element (its value is shorter than it says, a child lies past its
 * group) ends that element only; the first trouble of all becomes the cause of the message.
 */
#ifndef FW_LAYERS_IE_H
#define FW_LAYERS_IE_H

#include "layer.h"

enum ie_kind {
	IE_UINT,		/* the first `len` octets, big-endian, under `mask` (0: all bits) */
	IE_BITS,		/* one key a bit: `bits` */
	IE_TEXT,		/* the whole value */
	IE_GROUP,		/* elements */
	IE_HOOK,		/* read by `hook` into the object at hand */
	IE_OBJECT,		/* read by `hook` into an object of its own */
};

/* Bit `mask` of octet `octet` (from 0) of the value; octets that are not there give nothing. */
struct ie_bit { uint8_t octet, mask; uint16_t key; };

struct ie_def;
struct ie_walk;
/* v: the value and nothing else.  ctx: the caller's. */
typedef void ie_hook(struct ie_walk *w, const struct ie_def *row, struct cur *v);

struct ie_def {
	uint16_t	 type;
	uint8_t		 kind, len;	/* len: IE_UINT octets, 1..8 */
	uint16_t	 key;		/* IE_UINT, IE_TEXT */
	uint64_t	 mask;
	const struct ie_bit *bits;	/* ended by mask 0 */
	ie_hook		*hook;
	const char	*name, *spec;
};

/* Type and length of the next element; what has to follow the length inside it is left in it. */
struct ie_head { uint32_t type; size_t len; uint32_t vendor; };	/* vendor: where types are each vendor's own (Diameter) */

struct ie_table {
	const struct ie_def *row;	/* row[type]; without a name: no such row */
	unsigned	 n;
	/* Reads the head; refuses the cursor when there is none to be read. */
	void		(*head)(struct cur *c, struct ie_head *h);
	/* An element without a row, not empty (may be NULL).  True: what is left of v is a group of elements. */
	bool		(*unknown)(struct ie_walk *w, uint32_t type, struct cur *v);
	/* Instead of row[type] (may be NULL): the row of an element, or NULL. */
	const struct ie_def *(*find)(const struct ie_head *h);
	uint8_t		 align;		/* values are padded to a multiple of it; 0: they are not */
};

enum { IE_DEPTH = 16 };			/* < FACT_DEPTH: values may open an object of their own */

/* One reading of a message's elements. */
struct ie_walk {
	struct layers	*l;
	struct put	*put;
	const struct ie_table *table;
	struct cur	*c;		/* the message: its cause is the first trouble of all */
};

/* Reads elements from c to its end.  An empty element is one that the sender takes away: it is noted as skipped. */
void ie_read(struct layers *l, const struct ie_table *t, struct cur *c);
/* NULL: no such row. */
static inline const struct ie_def *ie_find(const struct ie_table *t, uint32_t type)
{
	return type < t->n && t->row[type].name ? &t->row[type] : NULL;
}
/* Row i of those that there are, for a list of them; NULL: no more. */
const struct ie_def *ie_nth(const struct ie_table *t, unsigned i);
unsigned ie_count(const struct ie_table *t);

/* Type(2) length(2), as PFCP has them (TS 29.244 8.1.1); a vendor's enterprise number is part of the value. */
void ie_head_16_16(struct cur *c, struct ie_head *h);

/*
 * A name in labels (RFC 1035 3.1, no compression, with or without the root label at its end), or
 * wrongly as dotted text, as text with dots in batch memory; ends at an octet 0.
 */
void ie_put_name(struct ie_walk *w, enum fact_key k, struct cur *v);

/* What is left of v: an IPv4 or an IPv6 address, by its length. */
void ie_put_address(struct ie_walk *w, enum fact_key ipv4, enum fact_key ipv6, struct cur *v);
/* Row i of messages (n of them) and elements. */
bool ie_cover(const struct cover_row *messages, unsigned n, const struct ie_table *t, unsigned i, struct cover_row *row);

#endif
