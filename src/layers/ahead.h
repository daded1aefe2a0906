/* Before a packet is read: its headers, keys and hashes, and the memory that reading it will touch, which is fetched meanwhile. */
#ifndef FW_LAYERS_AHEAD_H
#define FW_LAYERS_AHEAD_H

#include "state.h"

/* Stages 1 and 2 of n frames (BATCH_MAX at most) into l->work.  Nothing that packets change is changed. */
void ahead(struct layers *l, const struct frame *f, unsigned n);
/* Of stage 1, for packets found inside others: keys and hashes of one whose headers were found. */
void ahead_look(struct layers *l, struct work *w);
void ahead_flow(struct layers *l, struct work *w, const struct pkt *k);
/* A G-PDU: UDP port 2152 and a header that is one.  Notes where its packet lies. */
bool ahead_gpdu(struct work *w);

#endif
