#include "aes.h"

#include <limits.h>
#include <openssl/evp.h>

bool aes_block_of(const uint8_t key[16], const uint8_t in[16], uint8_t out[16])
{
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	int n = 0;
	bool ok = c && EVP_EncryptInit_ex(c, EVP_aes_128_ecb(), NULL, key, NULL) && EVP_CIPHER_CTX_set_padding(c, 0) &&
		EVP_EncryptUpdate(c, out, &n, in, 16) && n == 16;

	EVP_CIPHER_CTX_free(c);
	return ok;
}

bool aes_gcm_open_of(const uint8_t key[16], const uint8_t iv[12], const void *aad, size_t naad, const uint8_t *in, size_t n, uint8_t *out)
{
	EVP_CIPHER_CTX *c;
	uint8_t tag[16], rest[16];
	int got = 0;
	bool ok;

	if (n < 16 || n > INT_MAX || naad > INT_MAX)
		return false;
	for (int i = 0; i < 16; i++)
		tag[i] = in[n - 16 + (size_t)i];
	c = EVP_CIPHER_CTX_new();
	ok = c && EVP_DecryptInit_ex(c, EVP_aes_128_gcm(), NULL, key, iv) && EVP_DecryptUpdate(c, NULL, &got, aad, (int)naad) &&
		EVP_DecryptUpdate(c, out, &got, in, (int)(n - 16)) && EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, 16, tag) && EVP_DecryptFinal_ex(c, rest, &got) > 0;
	EVP_CIPHER_CTX_free(c);
	return ok;
}
