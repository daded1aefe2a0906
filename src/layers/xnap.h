/* What the files of XnAP share. */
#ifndef FW_LAYERS_XNAP_H
#define FW_LAYERS_XNAP_H

#define NAMED(name) KEY_XNAP_##name
#include "xap.h"

extern const struct per_ie_table xnap_ies;

#endif
