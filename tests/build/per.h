/* Aligned PER, the writing side (X.691).  Each put names the constraint, as the ASN.1 does. */
#ifndef FW_BUILD_PER_H
#define FW_BUILD_PER_H

#include "buf.h"

struct per {
	struct buf	b;
	unsigned	room;		/* bits still free in the last octet */
};

void per_bits(struct per *p, uint64_t v, unsigned n);
void per_align(struct per *p);
void per_int(struct per *p, uint64_t v, uint64_t lo, uint64_t hi);	/* constrained whole number, 11.5 */
void per_int_x(struct per *p, uint64_t v, uint64_t lo, uint64_t hi);	/* the same with an extension marker */
void per_enum_x(struct per *p, unsigned v, unsigned count);		/* ENUMERATED of count root values and "..." */
void per_seq(struct per *p, unsigned options, unsigned bits);		/* SEQUENCE with "...": the marker and the bits of its OPTIONALs */
void per_fixed(struct per *p, const void *v, size_t n);			/* OCTET STRING (SIZE(n)) */
void per_octets(struct per *p, const void *v, size_t n);		/* OCTET STRING without a bound */
void per_count(struct per *p, size_t n);					/* of a list that may have 64K items: 11.9.4.1 bounds nothing */
void per_open(struct per *p, struct buf v);				/* open type or CONTAINING; eats v */
void per_bitstr(struct per *p, uint64_t v, unsigned n, unsigned lo, unsigned hi, bool ext);	/* BIT STRING of at most 64 bits */
void per_printable(struct per *p, const char *s, unsigned lo, unsigned hi);	/* PrintableString (SIZE(lo..hi, ...)) */
struct buf per_end(struct per *p);					/* hands out the octets, at least one */

#endif
