/* PFCP: what pfcp.c (headers, messages) and pfcp_rows.c (information elements) share. */
#ifndef FW_LAYERS_PFCP_H
#define FW_LAYERS_PFCP_H

#include "ie.h"

extern const struct ie_table pfcp_ies;

#endif
