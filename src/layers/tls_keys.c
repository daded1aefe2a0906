/*
 * Keys of TLS from secrets that were given, and records opened with them.
 *   TLS 1.3 (RFC 8446 5.2, 5.3, 7.1): key and iv by HKDF-Expand-Label from a traffic secret; nonce: iv xor sequence number; the type
 *   is behind the content.  TLS 1.2 (RFC 5246 5, 6.3): key block by the PRF; GCM and CCM (RFC 5288, 6655) have 8 octets of the nonce
 *   in the record, ChaCha20-Poly1305 (RFC 7905) none.  CBC (6.2.3.2): IV(16), then content, MAC, padding and its length ciphered;
 *   encrypt-then-MAC (RFC 7366): the MAC in clear behind the rest.
 */
#include "tls_inside.h"

enum { HEAD = 5, HASH_MAX = 48, EXPLICIT = 8, BLOCK = 16, AAD = 13 };

static const struct tls_suite suites[] = {
	{ 0x1301, AEAD_AES128_GCM, 32, 0 }, { 0x1302, AEAD_AES256_GCM, 48, 0 }, { 0x1303, AEAD_CHACHA20_POLY1305, 32, 0 }, { 0x1304, AEAD_AES128_CCM, 32, 0 },
	{ 0x1305, AEAD_AES128_CCM8, 32, 0 },
	/* RFC 5288, 5487, 5289: an even id and the odd one behind it */
	{ 0x009c, AEAD_AES128_GCM, 32, 0 }, { 0x009d, AEAD_AES256_GCM, 48, 0 }, { 0x009e, AEAD_AES128_GCM, 32, 0 }, { 0x009f, AEAD_AES256_GCM, 48, 0 },
	{ 0x00a0, AEAD_AES128_GCM, 32, 0 }, { 0x00a1, AEAD_AES256_GCM, 48, 0 }, { 0x00a2, AEAD_AES128_GCM, 32, 0 }, { 0x00a3, AEAD_AES256_GCM, 48, 0 },
	{ 0x00a4, AEAD_AES128_GCM, 32, 0 }, { 0x00a5, AEAD_AES256_GCM, 48, 0 }, { 0x00a8, AEAD_AES128_GCM, 32, 0 }, { 0x00a9, AEAD_AES256_GCM, 48, 0 },
	{ 0x00aa, AEAD_AES128_GCM, 32, 0 }, { 0x00ab, AEAD_AES256_GCM, 48, 0 }, { 0x00ac, AEAD_AES128_GCM, 32, 0 }, { 0x00ad, AEAD_AES256_GCM, 48, 0 },
	{ 0xc02b, AEAD_AES128_GCM, 32, 0 }, { 0xc02c, AEAD_AES256_GCM, 48, 0 }, { 0xc02d, AEAD_AES128_GCM, 32, 0 }, { 0xc02e, AEAD_AES256_GCM, 48, 0 },
	{ 0xc02f, AEAD_AES128_GCM, 32, 0 }, { 0xc030, AEAD_AES256_GCM, 48, 0 }, { 0xc031, AEAD_AES128_GCM, 32, 0 }, { 0xc032, AEAD_AES256_GCM, 48, 0 },
	/* RFC 7905 */
	{ 0xcca8, AEAD_CHACHA20_POLY1305, 32, 0 }, { 0xcca9, AEAD_CHACHA20_POLY1305, 32, 0 }, { 0xccaa, AEAD_CHACHA20_POLY1305, 32, 0 },
	{ 0xccab, AEAD_CHACHA20_POLY1305, 32, 0 }, { 0xccac, AEAD_CHACHA20_POLY1305, 32, 0 }, { 0xccad, AEAD_CHACHA20_POLY1305, 32, 0 },
	{ 0xccae, AEAD_CHACHA20_POLY1305, 32, 0 },
	/* RFC 6655, 7251 */
	{ 0xc09c, AEAD_AES128_CCM, 32, 0 }, { 0xc09d, AEAD_AES256_CCM, 32, 0 }, { 0xc09e, AEAD_AES128_CCM, 32, 0 }, { 0xc09f, AEAD_AES256_CCM, 32, 0 },
	{ 0xc0a0, AEAD_AES128_CCM8, 32, 0 }, { 0xc0a1, AEAD_AES256_CCM8, 32, 0 }, { 0xc0a2, AEAD_AES128_CCM8, 32, 0 }, { 0xc0a3, AEAD_AES256_CCM8, 32, 0 },
	{ 0xc0a4, AEAD_AES128_CCM, 32, 0 }, { 0xc0a5, AEAD_AES256_CCM, 32, 0 }, { 0xc0a6, AEAD_AES128_CCM, 32, 0 }, { 0xc0a7, AEAD_AES256_CCM, 32, 0 },
	{ 0xc0a8, AEAD_AES128_CCM8, 32, 0 }, { 0xc0a9, AEAD_AES256_CCM8, 32, 0 }, { 0xc0aa, AEAD_AES128_CCM8, 32, 0 }, { 0xc0ab, AEAD_AES256_CCM8, 32, 0 },
	{ 0xc0ac, AEAD_AES128_CCM, 32, 0 }, { 0xc0ad, AEAD_AES256_CCM, 32, 0 }, { 0xc0ae, AEAD_AES128_CCM8, 32, 0 }, { 0xc0af, AEAD_AES256_CCM8, 32, 0 },
	/* CBC: RFC 5246 A.5 */
	{ 0x002f, 16, 32, 20 }, { 0x0030, 16, 32, 20 }, { 0x0031, 16, 32, 20 }, { 0x0032, 16, 32, 20 }, { 0x0033, 16, 32, 20 }, { 0x0034, 16, 32, 20 },
	{ 0x0035, 32, 32, 20 }, { 0x0036, 32, 32, 20 }, { 0x0037, 32, 32, 20 }, { 0x0038, 32, 32, 20 }, { 0x0039, 32, 32, 20 }, { 0x003a, 32, 32, 20 },
	{ 0x003c, 16, 32, 32 }, { 0x003d, 32, 32, 32 }, { 0x003e, 16, 32, 32 }, { 0x003f, 16, 32, 32 }, { 0x0040, 16, 32, 32 }, { 0x0067, 16, 32, 32 },
	{ 0x0068, 32, 32, 32 }, { 0x0069, 32, 32, 32 }, { 0x006a, 32, 32, 32 }, { 0x006b, 32, 32, 32 }, { 0x006c, 16, 32, 32 }, { 0x006d, 32, 32, 32 },
	/* RFC 4279, 5487 */
	{ 0x008c, 16, 32, 20 }, { 0x008d, 32, 32, 20 }, { 0x0090, 16, 32, 20 }, { 0x0091, 32, 32, 20 }, { 0x0094, 16, 32, 20 }, { 0x0095, 32, 32, 20 },
	{ 0x00ae, 16, 32, 32 }, { 0x00af, 32, 48, 48 }, { 0x00b2, 16, 32, 32 }, { 0x00b3, 32, 48, 48 }, { 0x00b6, 16, 32, 32 }, { 0x00b7, 32, 48, 48 },
	/* RFC 8422, 5289, 5489 */
	{ 0xc004, 16, 32, 20 }, { 0xc005, 32, 32, 20 }, { 0xc009, 16, 32, 20 }, { 0xc00a, 32, 32, 20 }, { 0xc00e, 16, 32, 20 }, { 0xc00f, 32, 32, 20 },
	{ 0xc013, 16, 32, 20 }, { 0xc014, 32, 32, 20 }, { 0xc018, 16, 32, 20 }, { 0xc019, 32, 32, 20 },
	{ 0xc023, 16, 32, 32 }, { 0xc024, 32, 48, 48 }, { 0xc025, 16, 32, 32 }, { 0xc026, 32, 48, 48 }, { 0xc027, 16, 32, 32 }, { 0xc028, 32, 48, 48 },
	{ 0xc029, 16, 32, 32 }, { 0xc02a, 32, 48, 48 }, { 0xc035, 16, 32, 20 }, { 0xc036, 32, 32, 20 }, { 0xc037, 16, 32, 32 }, { 0xc038, 32, 48, 48 },
};

const struct tls_suite *tls_suite_find(uint16_t id)
{
	for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++)
		if (suites[i].id == id)
			return &suites[i];
	return NULL;
}

static size_t key_length(const struct tls_suite *s)
{
	if (s->mac)
		return s->aead;
	return s->aead == AEAD_AES128_GCM || s->aead == AEAD_AES128_CCM || s->aead == AEAD_AES128_CCM8 ? 16 : 32;
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
	return tls_expand(x, s->hash, secret, "key", k->key, key_length(s)) && tls_expand(x, s->hash, secret, "iv", k->iv, AEAD_NONCE);
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
	size_t mac = s->mac, key = key_length(s), iv = mac ? 0 : s->aead == AEAD_CHACHA20_POLY1305 ? 12 : 4;
	uint8_t seed[77], block[2 * (HASH_MAX + AEAD_KEY_MAX + AEAD_NONCE)];
	bool ok;

	memcpy(seed, "key expansion", 13);
	memcpy(seed + 13, server, 32);
	memcpy(seed + 45, client, 32);
	*k = (struct tls_keys){ .aead = s->aead, .hash = s->hash, .mac = s->mac };
	ok = key_block(x, s->hash, master, seed, block, 2 * (mac + key + iv));
	memcpy(k->mac_key, block + (from_server ? mac : 0), mac);
	memcpy(k->key, block + 2 * mac + (from_server ? key : 0), key);
	memcpy(k->iv, block + 2 * mac + 2 * key + (from_server ? iv : 0), iv);
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

static bool opened(struct tls_keys *k, enum cipher_says says)
{
	k->trouble |= says == CIPHER_TROUBLE;
	return says == CIPHER_OPENED;
}

static bool deciphered(struct tls_keys *k, const struct ciphers *x, const uint8_t *iv, const uint8_t *in, size_t n, uint8_t *out)
{
	bool ok = x->cbc(k->key, k->aead, iv, in, n, out);

	k->trouble |= !ok;
	return ok;
}

/* What is authenticated with n octets: their number in the direction, type, version, length. */
static void aad_of(const struct tls_keys *k, const uint8_t *p, size_t n, uint8_t aad[AAD])
{
	for (int i = 0; i < 8; i++)
		aad[i] = (uint8_t)(k->seq >> (56 - 8 * i));
	memcpy(aad + 8, p, 3);
	aad[11] = (uint8_t)(n >> 8);
	aad[12] = (uint8_t)n;
}

/* What is in front of the padding, which says in each octet how many octets are before its last one; SIZE_MAX: it is none. */
static size_t unpadded(const uint8_t *p, size_t n)
{
	size_t pad = n ? p[n - 1] + 1u : 0;

	if (!n || pad > n)
		return SIZE_MAX;
	for (size_t i = n - pad; i < n; i++)
		if (p[i] != pad - 1)
			return SIZE_MAX;
	return n - pad;
}

/* The MAC of n octets behind room for what is authenticated with them. */
static bool mac_fits(struct tls_keys *k, const struct ciphers *x, const uint8_t *head, uint8_t *room, size_t n, const uint8_t *mac)
{
	uint8_t made[HASH_MAX];
	bool ok;

	aad_of(k, head, n, room);
	ok = x->hmac(k->mac, k->mac_key, k->mac, room, AAD + n, made);
	k->trouble |= !ok;
	return ok && !memcmp(made, mac, k->mac);
}

static size_t open_etm(struct tls_keys *k, const struct ciphers *x, const uint8_t *p, size_t n, uint8_t *out)
{
	if (n < (size_t)HEAD + 2 * BLOCK + k->mac || (n - HEAD - k->mac) % BLOCK)
		return SIZE_MAX;
	n -= HEAD + k->mac;			/* the MAC is longer than what is put in front */
	memcpy(out + AAD, p + HEAD, n);
	if (!mac_fits(k, x, p, out, n, p + HEAD + n) || !deciphered(k, x, p + HEAD, p + HEAD + BLOCK, n - BLOCK, out))
		return SIZE_MAX;
	return unpadded(out, n - BLOCK);
}

static size_t open_cbc(struct tls_keys *k, const struct ciphers *x, const uint8_t *p, size_t n, uint8_t *out)
{
	uint8_t *plain = out + BLOCK;		/* where the IV was is room in front */
	size_t body;

	if (n < (size_t)HEAD + 2 * BLOCK || (n - HEAD) % BLOCK || !deciphered(k, x, p + HEAD, p + HEAD + BLOCK, n - HEAD - BLOCK, plain))
		return SIZE_MAX;
	body = unpadded(plain, n - HEAD - BLOCK);
	if (body == SIZE_MAX || body < k->mac)
		return SIZE_MAX;
	body -= k->mac;
	if (!mac_fits(k, x, p, plain - AAD, body, plain + body))
		return SIZE_MAX;
	memmove(out, plain, body);
	return body;
}

static size_t open_12(struct tls_keys *k, const struct ciphers *x, const uint8_t *p, size_t n, uint8_t *out)
{
	size_t explicit = k->aead == AEAD_CHACHA20_POLY1305 ? 0 : EXPLICIT, tag = tag_length(k->aead), body;
	uint8_t nonce[AEAD_NONCE], aad[AAD];

	if (n < HEAD + explicit + tag)
		return SIZE_MAX;
	body = n - HEAD - explicit - tag;
	nonce_of(k, explicit ? p + HEAD : NULL, nonce);
	aad_of(k, p, body, aad);
	return opened(k, x->open((enum aead)k->aead, k->key, nonce, aad, sizeof(aad), p + HEAD + explicit, body + tag, out)) ? body : SIZE_MAX;
}

static size_t open_13(struct tls_keys *k, const struct ciphers *x, const uint8_t *p, size_t n, uint8_t *out, uint8_t *type)
{
	size_t tag = tag_length(k->aead), body;
	uint8_t nonce[AEAD_NONCE];

	if (n < HEAD + tag + 1)
		return SIZE_MAX;
	nonce_of(k, NULL, nonce);
	if (!opened(k, x->open((enum aead)k->aead, k->key, nonce, p, HEAD, p + HEAD, n - HEAD, out)))
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
	if (k->mac)
		body = k->etm ? open_etm(k, x, p, n, out) : open_cbc(k, x, p, n, out);
	else
		body = k->tls13 ? open_13(k, x, p, n, out, type) : open_12(k, x, p, n, out);
	k->seq += body != SIZE_MAX;
	return body;
}
