/* The messages of a capture, one by one, as the layers found them. */
#ifndef FW_TESTS_FUZZ_MESSAGES_H
#define FW_TESTS_FUZZ_MESSAGES_H

#include "layers.h"

/* Calls `each` for every message that stands in one frame; 0, or -1 when the file cannot be read. */
int messages_of(const char *path, void (*each)(void *ctx, const struct fact *f, const uint8_t *data, size_t n), void *ctx);
const struct proto *proto_of_kind(enum fact_kind k);

#endif
