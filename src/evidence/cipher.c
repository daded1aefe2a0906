#include "cipher.h"

#include <limits.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

static bool hmac(unsigned hash, const void *key, size_t nkey, const void *p, size_t n, uint8_t *out)
{
	unsigned len = 0;

	return nkey <= INT_MAX && HMAC(hash == 48 ? EVP_sha384() : hash == 32 ? EVP_sha256() : EVP_sha1(), key, (int)nkey, p, n, out, &len) && len == hash;
}

static const EVP_CIPHER *cipher_of(enum aead a, int *tag, bool *ccm)
{
	*tag = a == AEAD_AES128_CCM8 || a == AEAD_AES256_CCM8 ? 8 : 16;
	*ccm = a != AEAD_AES128_GCM && a != AEAD_AES256_GCM && a != AEAD_CHACHA20_POLY1305;
	switch (a) {
	case AEAD_AES128_GCM: return EVP_aes_128_gcm();
	case AEAD_AES256_GCM: return EVP_aes_256_gcm();
	case AEAD_CHACHA20_POLY1305: return EVP_chacha20_poly1305();
	case AEAD_AES128_CCM:
	case AEAD_AES128_CCM8: return EVP_aes_128_ccm();
	case AEAD_AES256_CCM:
	case AEAD_AES256_CCM8: return EVP_aes_256_ccm();
	}
	return NULL;
}

static enum cipher_says open_aead(enum aead a, const uint8_t *key, const uint8_t nonce[AEAD_NONCE], const void *aad, size_t naad, const uint8_t *in, size_t n, uint8_t *out)
{
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	int tag, len, body, more = 0;
	bool ccm, ok, fits;
	const EVP_CIPHER *cipher = cipher_of(a, &tag, &ccm);

	if (!c || n < (size_t)tag || n > INT_MAX || naad > INT_MAX) {
		EVP_CIPHER_CTX_free(c);
		return c ? CIPHER_UNFIT : CIPHER_TROUBLE;
	}
	body = (int)n - tag;
	ok = EVP_DecryptInit_ex(c, cipher, NULL, NULL, NULL) && EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_IVLEN, AEAD_NONCE, NULL) &&
		EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, tag, (void *)(uintptr_t)(in + body)) && EVP_DecryptInit_ex(c, NULL, NULL, key, nonce) &&
		(!ccm || EVP_DecryptUpdate(c, NULL, &len, NULL, body)) && EVP_DecryptUpdate(c, NULL, &len, aad, (int)naad);
	fits = ok;
	if (ok && (body || ccm))
		fits = EVP_DecryptUpdate(c, out, &len, in, body) > 0;		/* of CCM this is where the tag is held against it */
	if (fits && !ccm)
		fits = EVP_DecryptFinal_ex(c, out + body, &more) > 0;
	EVP_CIPHER_CTX_free(c);		/* wipes the key's schedule */
	return !ok ? CIPHER_TROUBLE : fits ? CIPHER_OPENED : CIPHER_UNFIT;
}

static bool block(const uint8_t key[16], const uint8_t in[16], uint8_t out[16])
{
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	int n = 0;
	bool ok = c && EVP_EncryptInit_ex(c, EVP_aes_128_ecb(), NULL, key, NULL) && EVP_CIPHER_CTX_set_padding(c, 0) &&
		EVP_EncryptUpdate(c, out, &n, in, 16) && n == 16;

	EVP_CIPHER_CTX_free(c);
	return ok;
}

static bool cbc(const uint8_t *key, size_t nkey, const uint8_t iv[16], const uint8_t *in, size_t n, uint8_t *out)
{
	EVP_CIPHER_CTX *c = n <= INT_MAX ? EVP_CIPHER_CTX_new() : NULL;
	int got = 0;
	bool ok = c && EVP_DecryptInit_ex(c, nkey == 16 ? EVP_aes_128_cbc() : EVP_aes_256_cbc(), NULL, key, iv) && EVP_CIPHER_CTX_set_padding(c, 0) &&
		EVP_DecryptUpdate(c, out, &got, in, (int)n) && got == (int)n;

	EVP_CIPHER_CTX_free(c);
	return ok;
}

const struct ciphers ciphers_libcrypto = { hmac, open_aead, block, cbc };
