/*
 * Keys of TLS from secrets that were given, and records opened with them.
 *   TLS 1.3 (RFC 8446 5.2, 5.3, 7.1): key and iv by HKDF-Expand-Label from a traffic secret; nonce: iv xor sequence number; the type
 *   is behind the content.  TLS 1.2 (RFC 5246 5, 6.3): key block by the PRF; GCM and CCM (RFC 5288, 6655) have 8 octets of the nonce
 *   in the record, ChaCha20-Poly1305 (RFC 7905) none.
 */
#include "tls_inside.h"

enum { HEAD = 5, HASH_MAX = 48, EXPLICIT = 8 };

static const struct tls_suite suites[] = {
	{ 0x1301, AEAD_AES128_GCM, 32 }, { 0x1302, AEAD_AES256_GCM, 48 }, { 0x1303, AEAD_CHACHA20_POLY1305, 32 }, { 0x1304, AEAD_AES128_CCM, 32 },
	{ 0x1305, AEAD_AES128_CCM8, 32 },
	/* RFC 5288, 5487, 5289: an even id and the odd one behind it */
	{ 0x009c, AEAD_AES128_GCM, 32 }, { 0x009d, AEAD_AES256_GCM, 48 }, { 0x009e, AEAD_AES128_GCM, 32 }, { 0x009f, AEAD_AES256_GCM, 48 },
	{ 0x00a0, AEAD_AES128_GCM, 32 }, { 0x00a1, AEAD_AES256_GCM, 48 }, { 0x00a2, AEAD_AES128_GCM, 32 }, { 0x00a3, AEAD_AES256_GCM, 48 },
	{ 0x00a4, AEAD_AES128_GCM, 32 }, { 0x00a5, AEAD_AES256_GCM, 48 }, { 0x00a8, AEAD_AES128_GCM, 32 }, { 0x00a9, AEAD_AES256_GCM, 48 },
	{ 0x00aa, AEAD_AES128_GCM, 32 }, { 0x00ab, AEAD_AES256_GCM, 48 }, { 0x00ac, AEAD_AES128_GCM, 32 }, { 0x00ad, AEAD_AES256_GCM, 48 },
	{ 0xc02b, AEAD_AES128_GCM, 32 }, { 0xc02c, AEAD_AES256_GCM, 48 }, { 0xc02d, AEAD_AES128_GCM, 32 }, { 0xc02e, AEAD_AES256_GCM, 48 },
	{ 0xc02f, AEAD_AES128_GCM, 32 }, { 0xc030, AEAD_AES256_GCM, 48 }, { 0xc031, AEAD_AES128_GCM, 32 }, { 0xc032, AEAD_AES256_GCM, 48 },
	/* RFC 7905 */
	{ 0xcca8, AEAD_CHACHA20_POLY1305, 32 }, { 0xcca9, AEAD_CHACHA20_POLY1305, 32 }, { 0xccaa, AEAD_CHACHA20_POLY1305, 32 },
	{ 0xccab, AEAD_CHACHA20_POLY1305, 32 }, { 0xccac, AEAD_CHACHA20_POLY1305, 32 }, { 0xccad, AEAD_CHACHA20_POLY1305, 32 },
	{ 0xccae, AEAD_CHACHA20_POLY1305, 32 },
	/* RFC 6655, 7251 */
	{ 0xc09c, AEAD_AES128_CCM, 32 }, { 0xc09d, AEAD_AES256_CCM, 32 }, { 0xc09e, AEAD_AES128_CCM, 32 }, { 0xc09f, AEAD_AES256_CCM, 32 },
	{ 0xc0a0, AEAD_AES128_CCM8, 32 }, { 0xc0a1, AEAD_AES256_CCM8, 32 }, { 0xc0a2, AEAD_AES128_CCM8, 32 }, { 0xc0a3, AEAD_AES256_CCM8, 32 },
	{ 0xc0a4, AEAD_AES128_CCM, 32 }, { 0xc0a5, AEAD_AES256_CCM, 32 }, { 0xc0a6, AEAD_AES128_CCM, 32 }, { 0xc0a7, AEAD_AES256_CCM, 32 },
	{ 0xc0a8, AEAD_AES128_CCM8, 32 }, { 0xc0a9, AEAD_AES256_CCM8, 32 }, { 0xc0aa, AEAD_AES128_CCM8, 32 }, { 0xc0ab, AEAD_AES256_CCM8, 32 },
	{ 0xc0ac, AEAD_AES128_CCM, 32 }, { 0xc0ad, AEAD_AES256_CCM, 32 }, { 0xc0ae, AEAD_AES128_CCM8, 32 }, { 0xc0af, AEAD_AES256_CCM8, 32 },
};

const struct tls_suite *tls_suite_find(uint16_t id)
{
	for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++)
		if (suites[i].id == id)
			return &suites[i];
	return NULL;
}

static size_t key_length(uint8_t aead)
{
	return aead == AEAD_AES128_GCM || aead == AEAD_AES128_CCM || aead == AEAD_AES128_CCM8 ? 16 : 32;
}

static size_t tag_length(uint8_t aead)
{
	return aead == AEAD_AES128_CCM8 || aead == AEAD_AES256_CCM8 ? 8 : 16;
}

bool tls_expand(const struct ciphers *x, unsigned hash, const uint8_t *secret, const char *label, uint8_t *out, size_t n)
{
	uint8_t info[32] = { 0, (uint8_t)n }, mac[HASH_MAX];
	size_t len = strlen(label), at = 10 + len;
	bool ok;

	info[2] = (uint8_t)(6 + len);
	memcpy(info + 3, "tls13 ", 6);
	memcpy(info + 9, label, len);
	info[at - 1] = 0;		/* the context's length */
	info[at] = 1;			/* the first block is all */
	ok = x->hmac(hash, secret, hash, info, at + 1, mac);
	memcpy(out, mac, n);
	explicit_bzero(mac, sizeof(mac));
	return ok;
}

bool tls_keys_13(struct tls_keys *k, const struct ciphers *x, const struct tls_suite *s, const uint8_t *secret)
{
	*k = (struct tls_keys){ .aead = s->aead, .hash = s->hash, .tls13 = true };
	return tls_expand(x, s->hash, secret, "key", k->key, key_length(s->aead)) && tls_expand(x, s->hash, secret, "iv", k->iv, AEAD_NONCE);
}

bool tls_secret_next(const struct ciphers *x, const struct tls_suite *s, uint8_t *secret)
{
	uint8_t next[HASH_MAX];
	bool ok = tls_expand(x, s->hash, secret, "traffic upd", next, s->hash);

	memcpy(secret, next, s->hash);
	explicit_bzero(next, sizeof(next));
	return ok;
}

/* P_hash (RFC 5246 5) of the master secret and "key expansion": n octets. */
static bool key_block(const struct ciphers *x, unsigned hash, const uint8_t master[SECRET_MAX], const uint8_t seed[77], uint8_t *out, size_t n)
{
	uint8_t in[HASH_MAX + 77], mac[HASH_MAX];
	bool ok = x->hmac(hash, master, SECRET_MAX, seed, 77, in);

	memcpy(in + hash, seed, 77);
	for (size_t at = 0; ok && at < n; at += hash) {
		ok = x->hmac(hash, master, SECRET_MAX, in, hash + 77, mac);
		memcpy(out + at, mac, n - at < hash ? n - at : hash);
		ok = ok && x->hmac(hash, master, SECRET_MAX, in, hash, mac);
		memcpy(in, mac, hash);
	}
	explicit_bzero(in, sizeof(in));
	explicit_bzero(mac, sizeof(mac));
	return ok;
}

bool tls_keys_12(struct tls_keys *k, const struct ciphers *x, const struct tls_suite *s, const uint8_t master[SECRET_MAX], const uint8_t client[32],
	const uint8_t server[32], bool from_server)
{
	size_t key = key_length(s->aead), iv = s->aead == AEAD_CHACHA20_POLY1305 ? 12 : 4;
	uint8_t seed[77], block[2 * (AEAD_KEY_MAX + AEAD_NONCE)];
	bool ok;

	memcpy(seed, "key expansion", 13);
	memcpy(seed + 13, server, 32);
	memcpy(seed + 45, client, 32);
	*k = (struct tls_keys){ .aead = s->aead, .hash = s->hash };
	ok = key_block(x, s->hash, master, seed, block, 2 * (key + iv));
	memcpy(k->key, block + (from_server ? key : 0), key);
	memcpy(k->iv, block + 2 * key + (from_server ? iv : 0), iv);
	explicit_bzero(block, sizeof(block));
	return ok;
}

static void nonce_of(const struct tls_keys *k, const uint8_t *explicit, uint8_t out[AEAD_NONCE])
{
	memcpy(out, k->iv, AEAD_NONCE);
	for (int i = 0; explicit && i < EXPLICIT; i++)
		out[4 + i] = explicit[i];
	for (int i = 0; !explicit && i < 8; i++)
		out[4 + i] ^= (uint8_t)(k->seq >> (56 - 8 * i));
}

static size_t open_12(struct tls_keys *k, const struct ciphers *x, const uint8_t *p, size_t n, uint8_t *out)
{
	size_t explicit = k->aead == AEAD_CHACHA20_POLY1305 ? 0 : EXPLICIT, tag = tag_length(k->aead), body;
	uint8_t nonce[AEAD_NONCE], aad[13];

	if (n < HEAD + explicit + tag)
		return SIZE_MAX;
	body = n - HEAD - explicit - tag;
	nonce_of(k, explicit ? p + HEAD : NULL, nonce);
	for (int i = 0; i < 8; i++)
		aad[i] = (uint8_t)(k->seq >> (56 - 8 * i));
	memcpy(aad + 8, p, 3);
	aad[11] = (uint8_t)(body >> 8);
	aad[12] = (uint8_t)body;
	return x->open((enum aead)k->aead, k->key, nonce, aad, sizeof(aad), p + HEAD + explicit, body + tag, out) ? body : SIZE_MAX;
}

static size_t open_13(struct tls_keys *k, const struct ciphers *x, const uint8_t *p, size_t n, uint8_t *out, uint8_t *type)
{
	size_t tag = tag_length(k->aead), body;
	uint8_t nonce[AEAD_NONCE];

	if (n < HEAD + tag + 1)
		return SIZE_MAX;
	nonce_of(k, NULL, nonce);
	if (!x->open((enum aead)k->aead, k->key, nonce, p, HEAD, p + HEAD, n - HEAD, out))
		return SIZE_MAX;
	for (body = n - HEAD - tag; body && !out[body - 1]; body--)		/* padding */
		;
	if (!body)
		return SIZE_MAX;
	*type = out[body - 1];
	return body - 1;
}

size_t tls_record_open(struct tls_keys *k, const struct ciphers *x, const uint8_t *p, size_t n, uint8_t *out, uint8_t *type)
{
	size_t body;

	*type = p[0];
	body = k->tls13 ? open_13(k, x, p, n, out, type) : open_12(k, x, p, n, out);
	k->seq += body != SIZE_MAX;
	return body;
}
