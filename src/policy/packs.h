/* Rule packs that are built in: YAML as in src/policy/packs, octet for octet. */
#ifndef FW_POLICY_PACKS_H
#define FW_POLICY_PACKS_H

#include <stddef.h>

struct pack { const char *name, *text; size_t len; };
extern const struct pack packs[];	/* ends with name NULL */

#endif
