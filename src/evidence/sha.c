/* SHA-256 and HMAC-SHA-256: libcrypto's, behind two handles. */

/*
 * By the old names, whose states are plain memory: nothing is allocated where a digest is made, so none can fail there and give
 * another digest.  HMAC is made of SHA-256 states that are kept and copied (RFC 2104 4): two blocks for an identity, where the
 * one-shot functions fetch, lock, allocate and derive the key's states again each time.
 */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "sha.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct sha { SHA256_CTX c; };
struct hmac { SHA256_CTX inner, outer; };	/* after the block of the key and ipad, opad */

struct sha *sha_new(void)
{
	struct sha *s = malloc(sizeof(*s));

	if (s && SHA256_Init(&s->c))
		return s;
	free(s);
	return NULL;
}

void sha_add(struct sha *s, const void *p, size_t n)
{
	(void)SHA256_Update(&s->c, p, n);
}

void sha_end(struct sha *s, uint8_t out[SHA])
{
	memset(out, 0, SHA);
	if (!s)
		return;
	(void)SHA256_Final(out, &s->c);
	OPENSSL_cleanse(&s->c, sizeof(s->c));
	free(s);
}

void sha_of(const void *p, size_t n, uint8_t out[SHA])
{
	sha_pieces(&(struct sha_piece){ p, n }, 1, out);
}

void sha_pieces(const struct sha_piece *v, unsigned n, uint8_t out[SHA])
{
	SHA256_CTX c;
	bool ok = SHA256_Init(&c);

	for (unsigned i = 0; i < n; i++)
		ok = ok && SHA256_Update(&c, v[i].p, v[i].n);
	if (!ok || !SHA256_Final(out, &c))
		memset(out, 0, SHA);
	OPENSSL_cleanse(&c, sizeof(c));		/* pieces may be salts */
}

void sha_hex(const uint8_t d[SHA], char out[HEX_SHA])
{
	for (int i = 0; i < SHA; i++) {
		out[2 * i] = "0123456789abcdef"[d[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[d[i] & 15];
	}
	out[HEX_SHA - 1] = 0;
}

/* The state after one block: the key, filled up with zeros, each octet xored with pad. */
static bool after_pad(SHA256_CTX *c, const uint8_t key[SHA], uint8_t pad)
{
	uint8_t block[SHA256_CBLOCK];
	bool ok;

	memset(block, pad, sizeof(block));
	for (unsigned i = 0; i < SHA; i++)
		block[i] ^= key[i];
	ok = SHA256_Init(c) && SHA256_Update(c, block, sizeof(block));
	OPENSSL_cleanse(block, sizeof(block));
	return ok;
}

struct hmac *hmac_new(const uint8_t key[SHA])
{
	struct hmac *h = malloc(sizeof(*h));

	if (h && after_pad(&h->inner, key, 0x36) && after_pad(&h->outer, key, 0x5c))
		return h;
	hmac_free(h);
	return NULL;
}

void hmac_of(void *hmac, const void *data, size_t n, uint8_t out[SHA])
{
	const struct hmac *h = hmac;
	SHA256_CTX in = h->inner, around = h->outer;
	uint8_t digest[SHA];

	if (!SHA256_Update(&in, data, n) || !SHA256_Final(digest, &in) || !SHA256_Update(&around, digest, SHA) || !SHA256_Final(out, &around))
		memset(out, 0, SHA);
}

void hmac_free(struct hmac *h)
{
	if (h)
		OPENSSL_cleanse(h, sizeof(*h));
	free(h);
}
