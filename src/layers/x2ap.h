/* What the files of X2AP share. */
#ifndef FW_LAYERS_X2AP_H
#define FW_LAYERS_X2AP_H

#define NAMED(name) KEY_X2AP_##name
#include "xap.h"

extern const struct per_ie_table x2ap_ies;

#endif
