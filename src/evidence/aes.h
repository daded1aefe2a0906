/* AES-128 by libcrypto, in the shape of struct fw_crypto. */
#ifndef FW_EVIDENCE_AES_H
#define FW_EVIDENCE_AES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One block.  False: libcrypto refused (no memory). */
bool aes_block_of(const uint8_t key[16], const uint8_t in[16], uint8_t out[16]);
/* AES-128-GCM: n octets at `in`, the last 16 of them the tag, to n - 16 at `out`.  False: the tag is another one; what is in `out` is nothing. */
bool aes_gcm_open_of(const uint8_t key[16], const uint8_t iv[12], const void *aad, size_t naad, const uint8_t *in, size_t n, uint8_t *out);

#endif
