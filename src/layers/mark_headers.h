/* What of a packet's headers is read: claimed for fw_mask(), see marks.h. */
#ifndef FW_LAYERS_MARK_HEADERS_H
#define FW_LAYERS_MARK_HEADERS_H

#include "layer.h"
#include "tally.h"

/* Everything before the upper layer: link, IP with its options or extension headers.  A subscriber's address only as far as its pool. */
void mark_network(struct marks *m, const struct tally *t, const struct pkt *k);
/* The header of UDP, TCP or SCTP, and of SCTP those of its chunks; options and parameters are not read. */
void mark_transport(struct marks *m, const struct pkt *k);
/*
 * The packet in a tunnel: what its class was told from.  ue4, ue6: the session's own addresses, or
 * NULL; that a source is none of them can be seen only where they stand in full.
 */
void mark_inner(struct marks *m, const struct tally *t, const struct pkt *in, enum inner_class class, const uint8_t *ue4, const uint8_t *ue6);

#endif
