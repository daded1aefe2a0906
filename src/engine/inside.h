/* What the files of this folder share; private to it. */
#ifndef FW_ENGINE_INSIDE_H
#define FW_ENGINE_INSIDE_H

#include "fairwitness.h"

struct marks;

/* fw_new(), with marks that are told which octets are read. */
int fw_new_marked(struct fw **out, const struct fw_config *cfg, struct marks *marks);

#endif
