/* Exported PDUs (link type 252): messages that Wireshark took out of their packets, with what it knew of those. */
#ifndef FW_LAYERS_EXPORTED_H
#define FW_LAYERS_EXPORTED_H

#include "layer.h"

/*
 * Reads the frame of k, whose ends, ports and transport are those that the tags name, and counts the contact.  A PDU that is an IP
 * packet is left to be read next, as a tunnel's.  What it counts as: one of the counters of packets.
 */
uint64_t *exported_read(struct layers *l, struct pkt *k);

#endif
