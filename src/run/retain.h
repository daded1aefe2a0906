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

/* Of each retained frame that ends a datagram or message in parts: the number of its list, see fw_pieces().  In order of the frames. */
struct whole { struct ground end; uint32_t list; };
struct wholes { struct whole *v; size_t n; };
/* `has`: is the frame a retained one?  0 or FW_ENOMEM; free(w->v) in any case. */
int wholes_get(struct wholes *w, const struct fw *fw, bool (*has)(const void *ctx, uint32_t input, uint32_t frame), const void *ctx);
/* The first that ends in g, or NULL; the others stand behind it, up to w->v + w->n. */
const struct whole *wholes_find(const struct wholes *w, const struct ground *g);

#endif
