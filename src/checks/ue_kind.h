/* What the NAS checks need of a UE: whether it called for help, for which null algorithms are lawful. */
#ifndef FW_CHECKS_UE_KIND_H
#define FW_CHECKS_UE_KIND_H

#include "check.h"

enum emergency { EMERGENCY_UNSEEN, EMERGENCY_NO, EMERGENCY_YES };
/* By its last Registration Request and the RRC establishment cause; ue: a context of the model, or NONE. */
enum emergency emergency_of(const struct view *v, uint32_t ue);

#endif
