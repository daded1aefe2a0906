/* What the files of E1AP share. */
#ifndef FW_LAYERS_E1AP_H
#define FW_LAYERS_E1AP_H

#define NAMED(name) KEY_E1AP_##name
#include "xap.h"

extern const struct per_ie_table e1ap_ies;

#endif
