/* SHA-256 and HMAC-SHA-256 by libcrypto. */
#ifndef FW_EVIDENCE_SHA_H
#define FW_EVIDENCE_SHA_H

#include <stddef.h>
#include <stdint.h>

enum { SHA = 32, HEX_SHA = 65 };

struct sha;
struct sha *sha_new(void);			/* NULL: no memory */
void sha_add(struct sha *s, const void *p, size_t n);
void sha_end(struct sha *s, uint8_t out[SHA]);	/* frees s; NULL gives zeros */
void sha_of(const void *p, size_t n, uint8_t out[SHA]);	/* of n octets at once, without allocating */
/* Of pieces one after the other, without allocating. */
struct sha_piece { const void *p; size_t n; };
void sha_pieces(const struct sha_piece *v, unsigned n, uint8_t out[SHA]);
void sha_hex(const uint8_t d[SHA], char out[HEX_SHA]);

struct hmac;
struct hmac *hmac_new(const uint8_t key[SHA]);
void hmac_of(void *hmac, const void *data, size_t n, uint8_t out[SHA]);	/* struct fw_crypto's shape */
void hmac_free(struct hmac *h);

#endif
