#include "quic.h"

#include "golden.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <string.h>

static void expand(const uint8_t *secret, const char *label, uint8_t *out, size_t n)
{
	uint8_t info[64] = { 0 }, whole[32];
	size_t len = strlen(label);

	info[1] = (uint8_t)n;
	info[2] = (uint8_t)(6 + len);
	memcpy(info + 3, "tls13 ", 6);
	memcpy(info + 9, label, len);
	info[10 + len] = 1;
	need(HMAC(EVP_sha256(), secret, 32, info, 11 + len, whole, NULL));
	memcpy(out, whole, n);
}

static void aes(const EVP_CIPHER *how, const uint8_t *key, const uint8_t *iv, const struct buf *aad, const uint8_t *in, size_t n, uint8_t *out, uint8_t *tag)
{
	EVP_CIPHER_CTX *c = need(EVP_CIPHER_CTX_new());
	int got;

	EVP_EncryptInit_ex(c, how, NULL, key, iv);
	EVP_CIPHER_CTX_set_padding(c, 0);
	if (aad)
		EVP_EncryptUpdate(c, NULL, &got, aad->p, (int)aad->n);
	EVP_EncryptUpdate(c, out, &got, in, (int)n);
	if (tag) {
		uint8_t rest[16];

		EVP_EncryptFinal_ex(c, rest, &got);
		EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, 16, tag);
	}
	EVP_CIPHER_CTX_free(c);
}

static struct buf salt_of(uint32_t version)
{
	static const struct { uint32_t version; const char *salt; } salts[] = {
		{ QUIC_V2, "0dede3def700a6db819381be6e269dcbf9bd2ed9" }, { QUIC_MVFST, "7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a" },
		{ QUIC_T051, "7a4edef4e7ccee5fa4506c19124fc8ccda6e033d" }, { QUIC_RESERVED, "afbfec289993d24c9e9786f19c6111e04390a899" },
	};

	for (size_t i = 0; i < sizeof(salts) / sizeof(salts[0]); i++)
		if (salts[i].version == version)
			return buf_hex(salts[i].salt);
	return buf_hex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
}

struct buf quic_initial_under(struct quic_client *c, const uint8_t *id, struct buf frames, size_t size)
{
	bool v2 = c->version == QUIC_V2;
	struct buf salt = salt_of(c->version), b = { 0 };
	uint8_t initial[32], client[32], key[16], iv[12], hp[16], mask[16], *out;
	size_t head;

	need(HMAC(EVP_sha256(), salt.p, (int)salt.n, id, c->ndcid, initial, NULL));
	buf_free(&salt);
	expand(initial, "client in", client, 32);
	expand(client, v2 ? "quicv2 key" : "quic key", key, 16);
	expand(client, v2 ? "quicv2 iv" : "quic iv", iv, 12);
	expand(client, v2 ? "quicv2 hp" : "quic hp", hp, 16);
	put8(&b, v2 ? 0xd3 : 0xc3);
	put32(&b, c->version);
	put8(&b, c->ndcid);
	put_mem(&b, c->dcid, c->ndcid);
	put16(&b, 0);			/* no id of its own, no token */
	put16(&b, (unsigned)(0x4000 | (size - b.n - 2)));
	put32(&b, c->number);
	head = b.n;
	for (unsigned i = 0; i < 4; i++)
		iv[8 + i] ^= b.p[head - 4 + i];
	put_room(&frames, size - head - 16 - frames.n);
	out = need(calloc(1, frames.n + 16));
	aes(EVP_aes_128_gcm(), key, iv, &b, frames.p, frames.n, out, out + frames.n);
	put_mem(&b, out, frames.n + 16);
	aes(EVP_aes_128_ecb(), hp, NULL, NULL, out, 16, mask, NULL);
	free(out);
	buf_free(&frames);
	b.p[0] ^= mask[0] & 0x0f;
	for (unsigned i = 0; i < 4; i++)
		b.p[head - 4 + i] ^= mask[1 + i];
	c->number++;
	return b;
}

struct buf quic_initial(struct quic_client *c, struct buf frames, size_t size)
{
	return quic_initial_under(c, c->dcid, frames, size);
}

void quic_crypto(struct buf *b, const struct buf *hello, size_t at, size_t n)
{
	put8(b, 6);
	put16(b, (unsigned)(0x4000 | at));
	put16(b, (unsigned)(0x4000 | n));
	put_mem(b, hello->p + at, n);
}

struct buf quic_hello(const char *name, size_t pad)
{
	struct buf b = buf_hex("01 000000 0303"), list = { 0 };
	size_t at, n = strlen(name);

	for (unsigned i = 0; i < 32; i++)
		put8(&b, 0xa0 + i);
	put_buf(&b, buf_hex("00 0004 1301 1302 01 00"));
	at = len16_open(&b);
	put_buf(&list, buf_hex("0000"));
	put16(&list, (unsigned)n + 5);
	put16(&list, (unsigned)n + 3);
	put8(&list, 0);
	put16(&list, (unsigned)n);
	put_str(&list, name);
	put_buf(&list, buf_hex("0010 0005 0003 02 6833  002b 0003 02 0304  000d 0004 0002 0403"));
	put16(&list, 21);		/* padding */
	put16(&list, (unsigned)pad);
	put_room(&list, pad);
	put_buf(&b, list);
	len16_close(&b, at);
	set8(&b, 2, (unsigned)(b.n - 4) >> 8);
	set8(&b, 3, (unsigned)(b.n - 4) & 255);
	return b;
}

struct buf quic_rfc_hello(void)
{
	return buf_hex("010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e86804fe3a47f06a2b69484c00000413011302010000c000000010000e00000b6578"
		"616d706c652e636f6dff01000100000a00080006001d0017001800100007000504616c706e000500050100000000003300260024001d00209370b2c9caa47fba"
		"baf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b0003020304000d0010000e0403050306030203080408050806002d00020101001c0002400100"
		"3900320408ffffffffffffffff05048000ffff07048000ffff0801100104800075300901100f088394c8f03e51570806048000ffff");
}
