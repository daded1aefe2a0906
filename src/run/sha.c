/* SHA-256 and HMAC-SHA-256: libcrypto's, behind two handles. */
#include "inside.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include <string.h>

struct sha { EVP_MD_CTX *c; };
struct hmac { uint8_t key[SHA]; };

struct sha *sha_new(void)
{
	struct sha *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->c = EVP_MD_CTX_new();
	if (s->c && EVP_DigestInit_ex(s->c, EVP_sha256(), NULL))
		return s;
	EVP_MD_CTX_free(s->c);
	free(s);
	return NULL;
}

void sha_add(struct sha *s, const void *p, size_t n)
{
	(void)EVP_DigestUpdate(s->c, p, n);
}

void sha_end(struct sha *s, uint8_t out[SHA])
{
	memset(out, 0, SHA);
	if (!s)
		return;
	(void)EVP_DigestFinal_ex(s->c, out, NULL);
	EVP_MD_CTX_free(s->c);
	free(s);
}

void sha_hex(const uint8_t d[SHA], char out[HEX_SHA])
{
	for (int i = 0; i < SHA; i++) {
		out[2 * i] = "0123456789abcdef"[d[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[d[i] & 15];
	}
	out[HEX_SHA - 1] = 0;
}

struct hmac *hmac_new(const uint8_t key[SHA])
{
	struct hmac *h = malloc(sizeof(*h));

	if (h)
		memcpy(h->key, key, SHA);
	return h;
}

void hmac_of(void *hmac, const void *data, size_t n, uint8_t out[SHA])
{
	const struct hmac *h = hmac;

	if (!HMAC(EVP_sha256(), h->key, SHA, data, n, out, NULL))
		memset(out, 0, SHA);
}

void hmac_free(struct hmac *h)
{
	if (h)
		OPENSSL_cleanse(h->key, SHA);
	free(h);
}
