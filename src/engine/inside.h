/* What the files of this folder share; private to it. */
#ifndef FW_ENGINE_INSIDE_H
#define FW_ENGINE_INSIDE_H

#include "fairwitness.h"

struct marks;

struct piece_list { uint32_t input, at, n; };		/* its frames: frame[at..at+n) */
struct pieces { struct piece_list *list; uint32_t *frame; uint32_t nlists, nframes; uint64_t refused; };
int pieces_init(struct pieces *p);		/* 0 or FW_ENOMEM */
void pieces_free(struct pieces *p);		/* also a zeroed one */
void pieces_add(struct pieces *p, uint32_t input, const uint32_t *frames, uint32_t n);

/* fw_new(), with marks that are told which octets are read. */
int fw_new_marked(struct fw **out, const struct fw_config *cfg, struct marks *marks);

#endif
