/* Octets that grow: what a file or a leaf is put together in.  Without memory it is `full`, once and for good. */
#ifndef FW_EVIDENCE_OCTETS_H
#define FW_EVIDENCE_OCTETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct octets { char *b; size_t n, cap; bool full; };

void octets_add(struct octets *o, const void *p, size_t n);
void octets_str(struct octets *o, const char *s);
void octets_u16(struct octets *o, uint16_t v);		/* most significant octet first */
void octets_u32(struct octets *o, uint32_t v);
void octets_u64(struct octets *o, uint64_t v);
void octets_dec(struct octets *o, uint64_t v);
void octets_hex(struct octets *o, const void *p, size_t n);
void octets_base64(struct octets *o, const void *p, size_t n);	/* RFC 4648 4, with padding */
void octets_free(struct octets *o);

#endif
