/*
 * The plain form of YAML, as people and tools write registers and policies: maps and lists in blocks or in {} and [],
 * scalars on one line, comments.  Read here many times quicker than by libfyaml, and declined as a whole at the first
 * thing outside of it: docs/decisions/0012.
 */
#ifndef FW_RUN_YAML_PLAIN_H
#define FW_RUN_YAML_PLAIN_H

#include "yaml_tree.h"

/*
 * n octets of UTF-8 without control characters but tab, CR and LF, into g->tree, which is empty.  0: the tree is what libfyaml makes
 * of the text, which it borrows from; FW_EEND: not this form, or not sure to be: the tree's nodes are no good; FW_ENOMEM.
 */
int yaml_plain(struct growing *g, const char *text, size_t n);

#endif
