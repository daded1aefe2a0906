/* Mirrored packets in GRE: what gre.c asks of erspan.c. */
#ifndef FW_LAYERS_ERSPAN_H
#define FW_LAYERS_ERSPAN_H

#include "layer.h"

enum { ERSPAN_2 = 0x88be, ERSPAN_3 = 0x22eb };		/* GRE's protocol: of types I and II, of type III */

extern const struct proto proto_erspan;

/* The mirrored packet behind the header at c; false: it is no such header. */
bool erspan_inside(struct cur c, uint16_t gre_proto, struct inside *in);
/* Type I has no header. */
bool erspan_bare(struct cur c, struct inside *in);

#endif
