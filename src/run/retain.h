/* The packets that are kept as evidence, as frames of inputs. */
#ifndef FW_RUN_RETAIN_H
#define FW_RUN_RETAIN_H

#include "model.h"

#include <stdbool.h>
#include <stddef.h>

struct fw;

struct retained { struct ground *at; size_t n, cap; bool full; };	/* in order of input and frame, each once */

/* After fw_end(); pure.  0 or FW_ENOMEM; retained_free() in any case. */
int retained_get(struct retained *r, const struct fw *fw);
bool retained_has(const struct retained *r, uint32_t input, uint32_t frame);
void retained_free(struct retained *r);		/* also of a zeroed one */

#endif
