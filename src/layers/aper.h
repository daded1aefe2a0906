/*
 * ASN.1 aligned PER (ITU-T X.691) by rows: a type is a row, its members are rows.  The rows become a
 * program once (aper_program.c) and one machine runs it with a stack of its own (aper.c; nothing
 * recurses on input).  Rows give only what a fact needs; what has no row is stepped over by its
 * open-type length and counted by id.
 */
#ifndef FW_LAYERS_APER_H
#define FW_LAYERS_APER_H

#include "layer.h"

enum per_kind {
	/* values */
	PER_INT,		/* lo..hi */
	PER_ENUM,		/* root values 0..hi */
	PER_BITS,		/* lo..hi bits; hi 0: any number */
	PER_OCTETS,		/* lo..hi octets; hi 0: any number */
	PER_STRING,		/* PrintableString or VisibleString of lo..hi characters */
	PER_UTF8,		/* UTF8String (its size constraint is not visible to PER), VisibleString without a size */
	PER_NULL,
	PER_SPECIAL,		/* read as `as`, a value, then handed to the caller's hook with its number `lo` */
	/* made of others */
	PER_SEQ,		/* members f[0..n), an extension marker unless PER_CLOSED */
	PER_CHOICE,		/* alternatives f[0..n), an extension marker when PER_EXT; those of PER_LATER stand behind it and are PER_CONTAINING */
	PER_SEQOF,		/* lo..hi times f[0]; each item a group of its own */
	PER_IES,		/* ProtocolIE-Container, 0..65535 elements */
	PER_EXTS,		/* ProtocolExtensionContainer, 1..65535 */
	PER_SINGLE,		/* ProtocolIE-SingleContainer */
	PER_CONTAINING,		/* OCTET STRING (CONTAINING f[0]); an open type is encoded alike */
};

enum { PER_EXT = 1, PER_CLOSED = 2, PER_ABSENT = 4, PER_LATER = 8 };	/* EXT: an extension marker on a value or choice; ABSENT: optional member */

struct per_type;
struct per_field { const struct per_type *t; uint8_t flags; };

struct per_type {
	uint8_t		kind, flags;
	uint16_t	n;
	uint16_t	key;		/* enum fact_key, or 0: read and not kept */
	uint32_t	lo;
	uint64_t	hi;
	const struct per_field *f;
	const struct per_type *as;	/* PER_SPECIAL */
};

/* A row an information element; ie_only: in a ProtocolExtensionContainer the id is stepped over. */
struct per_ie { uint16_t id; const struct per_type *t; const char *name, *spec; bool ie_only; };
struct per_ie_table { const struct per_ie *row; uint32_t n; };	/* row[id]; without a type: no such row */

/* A string handed to the hook: its octets, of a bit string left-aligned. */
struct per_value {
	const uint8_t	*p;
	uint32_t	 n, bits;
	bool		 cut;		/* an octet string of which the capture has only these */
	const uint8_t	*from;		/* where they begin in the message */
};

struct per_schema {
	const struct per_ie_table *const *ies;	/* ended by NULL; an id is in one of them */
	/* PER_SPECIAL values; ctx is the caller's. */
	void	(*number)(void *ctx, const struct per_type *t, uint64_t v);
	void	(*octets)(void *ctx, const struct per_type *t, const struct per_value *v);
	/* Is this PER_CONTAINING, of these octets, to be read?  Else it is stepped over.  NULL: all are. */
	bool	(*enter)(void *ctx, const struct per_type *t, const uint8_t *p, uint32_t n);
};

struct per_program;
/* The rows of s that can be reached from t, and those of all its elements.  s is borrowed for the program's life.  0 or FW_ENOMEM. */
int per_program_new(struct per_program **out, const struct per_schema *s, const struct per_type *t);
void per_program_free(struct per_program *g);	/* NULL: nothing */

enum { PER_DEPTH = 48 };

/*
 * Reads the type that g begins with from c into the layer's put.  The cursor's cause is the first
 * trouble; trouble inside an open type ends that type only.
 */
void per_read(struct layers *l, const struct per_program *g, struct cur *c, void *ctx);

#endif
