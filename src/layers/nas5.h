/* NAS of 5G as NGAP hands it on: what the octets are. */
#ifndef FW_LAYERS_NAS5_H
#define FW_LAYERS_NAS5_H

#include "layer.h"

enum nas_carried {
	NAS_MESSAGE,
	NAS_CONTAINER_TO_N1,	/* NASC: intra N1 mode or S1 mode to N1 mode container (TS 24.501 9.11.2.6, 9.11.2.9) */
	NAS_CONTAINER_TO_S1,	/* N1 mode to S1 mode container (TS 24.501 9.11.2.7) */
};

extern const struct proto proto_nas5;

#endif
