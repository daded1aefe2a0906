/*
 * Which octets of captured frames are read, and as what.  Everything is "not read" until a stage or a
 * decoder claims it: what is masked in evidence packets is what nobody claimed, and what was claimed
 * as an identity or a checksum.  Only fw_mask() (engine) makes one; in every other run there is none
 * and a claim is one branch.
 *
 * The frames lie side by side in one buffer, so a pointer says which octet it is.  What reassembly
 * copies elsewhere is found by the runs that marks_copied() notes.
 */
#ifndef FW_LAYERS_MARKS_H
#define FW_LAYERS_MARKS_H

#include "addr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In order of weight: of what several say, the last one counts (see marks_end() for addresses). */
enum mark {
	MARK_UNREAD,	/* payload and all that was not read */
	MARK_HEADER,
	MARK_SIGNALLING,
	MARK_IDENTITY,	/* of subscribers and their equipment; keys and tokens */
	MARK_CHECK,	/* checksums and integrity codes */
};

struct marks;

/* base: n octets, borrowed until marks_free().  0 or FW_ENOMEM. */
int marks_new(struct marks **out, const uint8_t *base, size_t n);
void marks_free(struct marks *m);			/* NULL is allowed */
/* Claims n octets at p, or gives them back (MARK_UNREAD).  What is neither of a frame nor a copy of one is passed over. */
void marks_set(struct marks *m, const uint8_t *p, size_t n, enum mark what);
/* n octets at `to` are now those at `from`. */
void marks_copied(struct marks *m, const uint8_t *to, const uint8_t *from, size_t n);
/*
 * An IP packet of n octets and its hash (dup.h), after its headers were claimed.  copy: it was captured before; it
 * is masked as the first one.
 */
void marks_packet(struct marks *m, uint64_t hash, const uint8_t *p, size_t n, bool copy);
/*
 * A subscriber's address at p (4 or 16 octets), of which the first `bits` say no more than its pool;
 * check: where a header checksum over it stands, or NULL.  The rest of it is an identity unless
 * marks_needs() named that address.
 */
void marks_address(struct marks *m, const uint8_t *p, uint8_t fam, uint8_t bits, const uint8_t *check);
/* What a verdict was made of: this address (of IPv6: its /64) stays wherever it stands. */
void marks_needs(struct marks *m, const uint8_t *addr, uint8_t fam);
/* After the last claim: what of the addresses is masked.  Once. */
void marks_end(struct marks *m);
/* The class of each octet, n of them: enum mark. */
const uint8_t *marks_classes(const struct marks *m);
/* What found no room in the tables: it stays masked, and more may be than has to. */
uint64_t marks_refused(const struct marks *m);

#endif
