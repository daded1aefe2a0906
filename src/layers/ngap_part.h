/* Information elements of NGAP that travel without a message around them: in bodies of the service based interface. */
#ifndef FW_LAYERS_NGAP_PART_H
#define FW_LAYERS_NGAP_PART_H

#include "layer.h"

/*
 * Reads one into a group of the fact at hand; type: what the sender says it is, as PDU_RES_SETUP_REQ.  False: none that is
 * read here, or not all of it is as it must be; then nothing is put, and nothing claimed.
 */
bool ngap_part(struct layers *l, const uint8_t *type, size_t ntype, struct cur c);

#endif
