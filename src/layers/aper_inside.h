/* A program made of rows, as aper_program.c makes it and aper.c runs it; private to the two. */
#ifndef FW_LAYERS_APER_INSIDE_H
#define FW_LAYERS_APER_INSIDE_H

#include "aper.h"

/* What an instruction does; "t": its row.  A type is a subroutine, a member of one is one instruction. */
enum per_code {
	/* values */
	PER_OP_BITS,		/* a number of n bits, max at most */
	PER_OP_BITS_EXT,	/* the same behind an extension bit */
	PER_OP_OCTETS,		/* an aligned number of n bits, 8 or 16, max at most */
	PER_OP_LONG,		/* a number in octets, their count less one in n bits */
	PER_OP_RUN,		/* n octets, aligned */
	PER_OP_CELL,		/* more than 16 bits without a key, aligned, n in all */
	PER_OP_BLOB,		/* octets of any number */
	PER_OP_VALUE,		/* any other: the row is looked at */
	/* members */
	PER_OP_HEAD,		/* of a sequence: n bits, one for each that may be absent and before them the extension bit */
	PER_OP_IF,		/* bit n of the head: without it the next one is passed over */
	PER_OP_REST,		/* the sequence ends here when its head is 0 */
	PER_OP_END,		/* of a type */
	PER_OP_END_EXT,		/* of a sequence whose head has its extension bit at n */
	PER_OP_CALL,		/* the type that begins at `to` */
	PER_OP_CHOICE,		/* n alternatives: the next n instructions are PER_OP_TO; special: behind an extension bit, and x.max more for later ones, and one for any other */
	PER_OP_TO,		/* goes on at `to` */
	PER_OP_LIST,		/* t->lo..hi times what is behind the next instruction, PER_OP_NEXT */
	PER_OP_NEXT,
	PER_OP_IES, PER_OP_EXTS, PER_OP_SINGLE,		/* how many elements; then PER_OP_ELEMENT */
	PER_OP_ELEMENT, PER_OP_EXTENSION,		/* each of them */
	PER_OP_INSIDE,		/* octets in which the type at `to` stands */
	PER_OP_STOP,
};

struct per_op {
	uint8_t		code;		/* enum per_code */
	uint8_t		special;	/* the value is for the caller's hook; a choice has an extension bit */
	uint16_t	n, key;
	union { uint32_t max, to; } x;
	const struct per_type *t;	/* of a special value: as it stands in its row, not `as` */
};

struct per_element { uint32_t at; bool ie_only; };	/* at: its type's first instruction; 0: no such row */

struct per_program {
	const struct per_schema *s;
	struct per_op	*op;		/* op[0] is PER_OP_STOP, op[1] calls what the program begins with, op[2] stops */
	uint32_t	 nop;
	struct per_element *element;	/* by id */
	uint32_t	 nelement;
};

#endif
