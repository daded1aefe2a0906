/* What ngap.c and ngap_part.c share. */
#ifndef FW_LAYERS_NGAP_INSIDE_H
#define FW_LAYERS_NGAP_INSIDE_H

#include "ap.h"
#include "ngap_rows.h"

struct ngap_state {
	struct ap_state	ap;
	struct per_program *part[NGAP_TRANSFERS];	/* NULL: not needed so far */
};

extern const struct proto proto_ngap;

#endif
