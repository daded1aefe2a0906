/* The schemas of a policy's lists; private to this folder. */
#ifndef FW_POLICY_RULES_H
#define FW_POLICY_RULES_H

#include "policy.h"

extern const struct schema allow_schema, deny_schema, share_schema, accept_schema, check_schema, unjudged_schema;

#endif
