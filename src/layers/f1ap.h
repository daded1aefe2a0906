/* What the files of F1AP share. */
#ifndef FW_LAYERS_F1AP_H
#define FW_LAYERS_F1AP_H

#define NAMED(name) KEY_F1AP_##name
#include "xap.h"

extern const struct per_ie_table f1ap_ies;

#endif
