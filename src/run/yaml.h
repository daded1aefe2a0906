/*
 * YAML into a node tree (libfyaml), for registers, policies and packs.  A plain subset: one
 * document of maps, lists and scalars; scalars stay text; no anchors, aliases or tags; bounded in
 * size and depth.  Hostile octets end in a message with its place.
 */
#ifndef FW_RUN_YAML_H
#define FW_RUN_YAML_H

#include "node.h"

/*
 * n octets of text, named `name` in messages.  0; FW_EFORMAT: trouble was told; FW_ENOMEM.
 * The tree borrows from the text, which must outlive it; tree_free() it.
 */
int yaml_load(struct tree **out, const char *name, const char *text, size_t n, struct troubles *says);

/* The two readers that yaml_load() has, for tests that hold one against the other. */
enum yaml_by { YAML_EITHER, YAML_PLAIN, YAML_FULL };
/* As yaml_load(), by the readers named.  FW_EEND: YAML_PLAIN declines the text (docs/decisions/0012); nothing was told. */
int yaml_load_by(struct tree **out, const char *name, const char *text, size_t n, struct troubles *says, enum yaml_by by);

#endif
