/*
 * Words in which the rows of aper.h are written: a row has the members in the order of the ASN.1, by
 * their types; leaves that give a key have names, others stand by their bounds and are stepped over.
 *
 *   M mandatory   O optional   L a later alternative, behind the extension marker   X iE-Extensions   E choice-Extensions   ..X with an extension marker
 *   SEQC a sequence without extension marker   CHOICEX a choice with one
 */
#ifndef FW_LAYERS_PER_ROWS_H
#define FW_LAYERS_PER_ROWS_H

#include "aper.h"

#define ROW static const struct per_type
#define FIELDS(...) .n = sizeof((const struct per_field[]){ __VA_ARGS__ }) / sizeof(struct per_field), \
	.f = (const struct per_field[]){ __VA_ARGS__ }
#define SEQ(...) { .kind = PER_SEQ, FIELDS(__VA_ARGS__) }
#define SEQC(...) { .kind = PER_SEQ, .flags = PER_CLOSED, FIELDS(__VA_ARGS__) }
#define CHOICE(...) { .kind = PER_CHOICE, FIELDS(__VA_ARGS__) }
#define CHOICEX(...) { .kind = PER_CHOICE, .flags = PER_EXT, FIELDS(__VA_ARGS__) }
#define M(...) { &__VA_ARGS__, 0 }
#define O(...) { &__VA_ARGS__, PER_ABSENT }
#define L(...) { &CONT(__VA_ARGS__), PER_LATER }
#define X O(extensions)
#define E M(single)

#define LEAF(k, fl, l, h) (const struct per_type){ .kind = k, .flags = fl, .lo = l, .hi = h }
#define INT(l, h) LEAF(PER_INT, 0, l, h)
#define INTX(l, h) LEAF(PER_INT, PER_EXT, l, h)
#define ENUM(n) LEAF(PER_ENUM, 0, 0, (n) - 1)
#define ENUMX(n) LEAF(PER_ENUM, PER_EXT, 0, (n) - 1)
#define BITS(l, h) LEAF(PER_BITS, 0, l, h)
#define BITSX(l, h) LEAF(PER_BITS, PER_EXT, l, h)
#define OCTETS(l, h) LEAF(PER_OCTETS, 0, l, h)
#define ANY_OCTETS LEAF(PER_OCTETS, 0, 0, 0)
#define NIL LEAF(PER_NULL, 0, 0, 0)
#define LIST(l, h, ...) (const struct per_type){ .kind = PER_SEQOF, .lo = l, .hi = h, FIELDS(M(__VA_ARGS__)) }
#define CONT(...) (const struct per_type){ .kind = PER_CONTAINING, FIELDS(M(__VA_ARGS__)) }
#define HOOK(what, k, fl, l, h) { .kind = PER_SPECIAL, .lo = what, .as = &LEAF(k, fl, l, h) }
/* NAMED(name): the fact key of that name; a protocol's rows define it. */
#define KEYED(k, fl, l, h, name) { .kind = k, .flags = fl, .lo = l, .hi = h, .key = NAMED(name) }
#define IE(id, t, name, spec) [id] = { id, &t, name, spec, false }
#define IE_ONLY(id, t, name, spec) [id] = { id, &t, name, spec, true }	/* as an extension Wireshark does not read it, and so neither do we */

ROW extensions = { .kind = PER_EXTS }, single = { .kind = PER_SINGLE }, ies = { .kind = PER_IES };

#endif
