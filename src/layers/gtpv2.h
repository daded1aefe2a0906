#ifndef FW_LAYERS_GTPV2_H
#define FW_LAYERS_GTPV2_H

#include "ie.h"

extern const struct ie_table gtpv2_ies;

#endif
