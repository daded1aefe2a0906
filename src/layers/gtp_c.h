/* GTPv1-C: found on GTP-C's port by gtpv2.c, read by gtp_c.c, its facts are of the kind of gtp.c. */
#ifndef FW_LAYERS_GTP_C_H
#define FW_LAYERS_GTP_C_H

#include "layer.h"

/* A message of version 1 on GTP-C's port.  False: it is none, nothing was emitted. */
bool gtpv1c_read(struct layers *l, const struct msg *m);
bool gtpv1c_cover(unsigned i, struct cover_row *row);

#endif
