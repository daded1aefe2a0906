#include "sealed.h"
#include "golden.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CCS = 20, ALERT = 21, HANDSHAKE = 22, DATA = 23 };

/* suite -> cipher, octets of key, of tag, hash; of CBC the MAC's hash and its octets */
struct cipher { unsigned suite; const char *name; size_t key, tag; const char *hash; size_t nhash; const char *mac; size_t nmac; };
static const struct cipher ciphers[] = {
	{ 0x1301, "AES-128-GCM", 16, 16, "SHA256", 32, NULL, 0 }, { 0x1302, "AES-256-GCM", 32, 16, "SHA384", 48, NULL, 0 }, { 0x1303, "ChaCha20-Poly1305", 32, 16, "SHA256", 32, NULL, 0 },
	{ 0xc02f, "AES-128-GCM", 16, 16, "SHA256", 32, NULL, 0 }, { 0xc030, "AES-256-GCM", 32, 16, "SHA384", 48, NULL, 0 }, { 0xcca8, "ChaCha20-Poly1305", 32, 16, "SHA256", 32, NULL, 0 },
	{ 0xc0ac, "AES-128-CCM", 16, 16, "SHA256", 32, NULL, 0 }, { 0xc0af, "AES-256-CCM", 32, 8, "SHA256", 32, NULL, 0 },
	{ 0xc013, "AES-128-CBC", 16, 0, "SHA256", 32, "SHA1", 20 }, { 0xc027, "AES-128-CBC", 16, 0, "SHA256", 32, "SHA256", 32 },
	{ 0xc028, "AES-256-CBC", 32, 0, "SHA384", 48, "SHA384", 48 },
};

static const struct cipher *cipher_of(const struct sealed *x, unsigned from)
{
	for (size_t i = 0; i < sizeof(ciphers) / sizeof(ciphers[0]); i++)
		if (ciphers[i].suite == x->suite[from])
			return &ciphers[i];
	abort();
}

static bool explicit_nonce(const struct sealed *x, unsigned from)
{
	return x->version == 0x0303 && strcmp(cipher_of(x, from)->name, "ChaCha20-Poly1305");
}

static void derive(const char *kdf, const OSSL_PARAM *p, uint8_t *out, size_t n)
{
	EVP_KDF *k = need(EVP_KDF_fetch(NULL, kdf, NULL));
	EVP_KDF_CTX *c = need(EVP_KDF_CTX_new(k));

	if (EVP_KDF_derive(c, out, n, p) <= 0)
		abort();
	EVP_KDF_CTX_free(c);
	EVP_KDF_free(k);
}

static void expand(const struct cipher *c, uint8_t *secret, const char *label, uint8_t *out, size_t n)
{
	int mode = EVP_KDF_HKDF_MODE_EXPAND_ONLY;

	derive("TLS13-KDF", (OSSL_PARAM[]){ OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)(uintptr_t)c->hash, 0),
		OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode), OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret, c->nhash),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PREFIX, (char *)(uintptr_t)"tls13 ", 6),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_LABEL, (char *)(uintptr_t)label, strlen(label)), OSSL_PARAM_construct_end() }, out, n);
}

static void keys_13(struct sealed *x, unsigned from, const uint8_t *secret)
{
	const struct cipher *c = cipher_of(x, from);

	memmove(x->secret[from], secret, c->nhash);
	expand(c, x->secret[from], "key", x->key[from], c->key);
	expand(c, x->secret[from], "iv", x->iv[from], 12);
	x->seq[from] = 0;
}

/* What an end sends from now on. */
static void keys_12(struct sealed *x, unsigned from, uint8_t master[48])
{
	const struct cipher *c = cipher_of(x, from);
	size_t iv = c->mac ? 0 : explicit_nonce(x, from) ? 4 : 12, n = 2 * (c->nmac + c->key + iv);
	uint8_t block[192], seed[77] = "key expansion";

	memcpy(seed + 13, x->random[1], 32);
	memcpy(seed + 45, x->random[0], 32);
	derive("TLS1-PRF", (OSSL_PARAM[]){ OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)(uintptr_t)c->hash, 0),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SECRET, master, 48), OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SEED, seed, 77),
		OSSL_PARAM_construct_end() }, block, n);
	memcpy(x->mac[from], block + from * c->nmac, c->nmac);
	memcpy(x->key[from], block + 2 * c->nmac + from * c->key, c->key);
	memcpy(x->iv[from], block + 2 * (c->nmac + c->key) + from * iv, iv);
	x->seq[from] = 0;
}

/* ---- records ---- */

struct buf clear_record(unsigned type, struct buf body)
{
	struct buf b = { 0 };

	put8(&b, type);
	put16(&b, 0x0303);
	put16(&b, (unsigned)body.n);
	put_buf(&b, body);
	return b;
}

static void seal(const struct cipher *c, const uint8_t *key, const uint8_t nonce[12], const struct buf *aad, struct buf *plain)
{
	EVP_CIPHER *e = need(EVP_CIPHER_fetch(NULL, c->name, NULL));
	EVP_CIPHER_CTX *x = need(EVP_CIPHER_CTX_new());
	bool ccm = strstr(c->name, "CCM") != NULL, ok;
	int n = (int)plain->n, len;

	put_room(plain, c->tag);
	ok = EVP_EncryptInit_ex(x, e, NULL, NULL, NULL) && EVP_CIPHER_CTX_ctrl(x, EVP_CTRL_AEAD_SET_IVLEN, 12, NULL) &&
		(!ccm || EVP_CIPHER_CTX_ctrl(x, EVP_CTRL_AEAD_SET_TAG, (int)c->tag, NULL)) && EVP_EncryptInit_ex(x, NULL, NULL, key, nonce) &&
		(!ccm || EVP_EncryptUpdate(x, NULL, &len, NULL, n)) && EVP_EncryptUpdate(x, NULL, &len, aad->p, (int)aad->n) &&
		EVP_EncryptUpdate(x, plain->p, &len, plain->p, n) && EVP_EncryptFinal_ex(x, plain->p + n, &len) &&
		EVP_CIPHER_CTX_ctrl(x, EVP_CTRL_AEAD_GET_TAG, (int)c->tag, plain->p + n);
	if (!ok)
		abort();
	EVP_CIPHER_CTX_free(x);
	EVP_CIPHER_free(e);
}

static struct buf head_12(const struct sealed *x, unsigned from, unsigned type, size_t n)
{
	struct buf b = { 0 };

	put64(&b, x->seq[from]);
	put8(&b, type);
	put16(&b, 0x0303);
	put16(&b, (unsigned)n);
	return b;
}

/* Behind b the MAC of the head and n octets of it from at on. */
static void put_mac(struct sealed *x, unsigned from, struct buf head, struct buf *b, size_t at)
{
	const struct cipher *c = cipher_of(x, from);
	uint8_t mac[EVP_MAX_MD_SIZE];

	put_mem(&head, b->p + at, b->n - at);
	if (!EVP_Q_mac(NULL, "HMAC", NULL, c->mac, NULL, x->mac[from], c->nmac, head.p, head.n, mac, sizeof(mac), NULL))
		abort();
	mac[0] ^= x->spoil == SPOIL_MAC;
	put_mem(b, mac, c->nmac);
	buf_free(&head);
}

/* RFC 5246 6.2.3.2, RFC 7366. */
static struct buf cbc(struct sealed *x, unsigned from, unsigned type, struct buf plain)
{
	const struct cipher *c = cipher_of(x, from);
	EVP_CIPHER *e = need(EVP_CIPHER_fetch(NULL, c->name, NULL));
	EVP_CIPHER_CTX *ctx = need(EVP_CIPHER_CTX_new());
	struct buf b = { 0 };
	size_t pad;
	int len;

	if (!x->etm[from])
		put_mac(x, from, head_12(x, from, type, plain.n), &plain, 0);
	pad = 15 - plain.n % 16 + 16 * x->pad;
	for (size_t i = 0; i <= pad; i++)
		put8(&plain, (unsigned)pad);
	if (x->spoil == SPOIL_PADDING)
		plain.p[plain.n - 2] ^= 1;
	if (x->spoil == SPOIL_LENGTH)
		plain.p[plain.n - 1] = 255;
	for (unsigned i = 0; i < 16; i++)
		put8(&b, (unsigned)(0xa0 + i + x->seq[from]) & 255);
	if (!EVP_EncryptInit_ex(ctx, e, NULL, x->key[from], b.p) || !EVP_CIPHER_CTX_set_padding(ctx, 0) || !EVP_EncryptUpdate(ctx, plain.p, &len, plain.p, (int)plain.n))
		abort();
	put_buf(&b, plain);
	if (x->etm[from])
		put_mac(x, from, head_12(x, from, type, b.n), &b, 0);
	EVP_CIPHER_CTX_free(ctx);
	EVP_CIPHER_free(e);
	x->spoil = SPOIL_NOTHING;
	x->seq[from]++;
	return clear_record(type, b);
}

struct buf sealed_record(struct sealed *x, unsigned from, unsigned type, struct buf plain)
{
	const struct cipher *c = cipher_of(x, from);
	struct buf aad = { 0 }, b = { 0 };
	uint8_t nonce[12];

	if (c->mac)
		return cbc(x, from, type, plain);

	memcpy(nonce, x->iv[from], 12);
	if (x->version == 0x0304) {
		put8(&plain, type);
		put_room(&plain, x->pad);
		type = DATA;
		put8(&aad, type);
		put16(&aad, 0x0303);
		put16(&aad, (unsigned)(plain.n + c->tag));
	} else {
		aad = head_12(x, from, type, plain.n);
	}
	for (int i = 0; i < 8; i++) {
		uint8_t o = (uint8_t)(x->seq[from] >> (56 - 8 * i));

		nonce[4 + i] = explicit_nonce(x, from) ? o ^ 0x5a : nonce[4 + i] ^ o;
		if (explicit_nonce(x, from))
			put8(&b, nonce[4 + i]);
	}
	seal(c, x->key[from], nonce, &aad, &plain);
	put_buf(&b, plain);
	buf_free(&aad);
	x->seq[from]++;
	return clear_record(type, b);
}

void sealed_send(struct sealed *x, unsigned from, struct buf plain)
{
	struct buf b = { 0 };

	for (size_t at = 0; at < plain.n; at += x->piece)
		put_buf(&b, sealed_record(x, from, DATA, buf_of(plain.p + at, plain.n - at < x->piece ? plain.n - at : x->piece)));
	buf_free(&plain);
	tcp_send(x->t, from, b);
}

struct buf clear_handshake(unsigned type, struct buf body)
{
	struct buf b = { 0 };

	put8(&b, type);
	put24(&b, (uint32_t)body.n);
	put_buf(&b, body);
	return b;
}

void sealed_update(struct sealed *x, unsigned from)
{
	const struct cipher *c = cipher_of(x, from);
	uint8_t next[48];

	tcp_send(x->t, from, sealed_record(x, from, HANDSHAKE, clear_handshake(24, buf_hex("00"))));
	expand(c, x->secret[from], "traffic upd", next, c->nhash);
	keys_13(x, from, next);
}

/* ---- the key log ---- */

static void log_line(struct sealed *x, const struct sealed_opts *o, const char *label, const uint8_t *secret, size_t n)
{
	struct buf *k = &x->t->net->keylog;
	char digits[3];

	if (o->log == NOT_LOGGED)
		return;
	put_str(k, label);
	put_str(k, " ");
	for (size_t i = 0; i < 32 + 1 + n; i++) {
		if (i == 32) {
			put_str(k, " ");
			continue;
		}
		(void)snprintf(digits, sizeof(digits), "%02x", i < 32 ? x->random[0][i] : secret[i - 33] ^ (o->log == LOGGED_WRONG));
		put_str(k, digits);
	}
	put_str(k, "\n");
}

/* A secret, made up, and in the log. */
static void secret_new(struct sealed *x, const struct sealed_opts *o, const char *label, uint8_t *secret, size_t n)
{
	struct buf b = { 0 };

	put_seed(&b, &x->t->net->seed, n);
	memcpy(secret, b.p, n);
	buf_free(&b);
	log_line(x, o, label, secret, n);
}

/* ---- the handshake ---- */

void clear_extension(struct buf *b, unsigned type, struct buf value)
{
	put16(b, type);
	put16(b, (unsigned)value.n);
	put_buf(b, value);
}

static struct buf alpn(const char *name)
{
	struct buf b = { 0 };

	put16(&b, (unsigned)strlen(name) + 1);
	put8(&b, (unsigned)strlen(name));
	put_str(&b, name);
	return b;
}

static struct buf client_hello(struct sealed *x, const struct sealed_opts *o)
{
	struct buf b = { 0 };
	size_t exts;

	put16(&b, 0x0303);
	put_mem(&b, x->random[0], 32);
	put_buf(&b, x->version == 0x0304 ? buf_hex("20 4242424242424242424242424242424242424242424242424242424242424242") : buf_hex("00"));
	put16(&b, 2);
	put16(&b, o->suite);
	put16(&b, 0x0100);
	exts = len16_open(&b);
	clear_extension(&b, 0, buf_hex("000e 00 000b 6e72662e6578616d706c65"));		/* nrf.example */
	if (o->alpn)
		clear_extension(&b, 16, alpn(o->alpn));
	if (x->version == 0x0304)
		clear_extension(&b, 43, buf_hex("02 0304"));
	if (o->early)
		clear_extension(&b, 42, (struct buf){ 0 });
	if (o->etm)
		clear_extension(&b, 22, (struct buf){ 0 });
	len16_close(&b, exts);
	return clear_handshake(1, b);
}

static struct buf server_hello(const struct sealed *x, const struct sealed_opts *o, const uint8_t random[32])
{
	struct buf b = { 0 };
	size_t exts;

	put16(&b, 0x0303);
	put_mem(&b, random, 32);
	put_buf(&b, x->version == 0x0304 ? buf_hex("20 4242424242424242424242424242424242424242424242424242424242424242") : buf_hex("00"));
	put16(&b, o->suite);
	put8(&b, 0);
	exts = len16_open(&b);
	if (x->version == 0x0304)
		clear_extension(&b, 43, buf_hex("0304"));
	else if (o->alpn)
		clear_extension(&b, 16, alpn(o->alpn));
	if (o->etm)
		clear_extension(&b, 22, (struct buf){ 0 });
	len16_close(&b, exts);
	return clear_handshake(2, b);
}

static struct buf certificates(struct sealed *x)
{
	struct buf one = certificate(&x->t->net->seed, "nrf.example", 0), list = { 0 }, b = { 0 };

	put24(&list, (uint32_t)one.n);
	put_buf(&list, one);
	if (x->version == 0x0304) {
		put16(&list, 0);	/* no extensions */
		put8(&b, 0);		/* nobody asked */
	}
	put24(&b, (uint32_t)list.n);
	put_buf(&b, list);
	return clear_handshake(11, b);
}

static struct buf made_up(struct sealed *x, unsigned type, const char *head, size_t n)
{
	struct buf b = buf_hex(head);

	put_seed(&b, &x->t->net->seed, n);
	return clear_handshake(type, b);
}

static void goes_over(struct sealed *x, const struct sealed_opts *o, unsigned from, uint8_t master[48])
{
	x->suite[from] = o->suite;
	x->etm[from] = o->etm;
	keys_12(x, from, master);
}

static void handshake_12(struct sealed *x, const struct sealed_opts *o)
{
	struct buf b = clear_record(HANDSHAKE, server_hello(x, o, x->random[1]));
	uint8_t master[48];

	if (!o->resumed) {
		put_buf(&b, clear_record(HANDSHAKE, certificates(x)));
		put_buf(&b, clear_record(HANDSHAKE, clear_handshake(14, (struct buf){ 0 })));
		tcp_send(x->t, 1, b);
	}
	secret_new(x, o, "CLIENT_RANDOM", master, 48);
	for (unsigned i = 0; i < 2; i++) {
		unsigned from = o->resumed ? 1 - i : i;		/* then the server is the first */

		if (!o->resumed)
			b = from ? (struct buf){ 0 } : clear_record(HANDSHAKE, made_up(x, 16, "20", 32));
		put_buf(&b, clear_record(CCS, buf_hex("01")));
		goes_over(x, o, from, master);
		put_buf(&b, sealed_record(x, from, HANDSHAKE, made_up(x, 20, "", 12)));
		tcp_send(x->t, from, b);
		b = (struct buf){ 0 };
	}
}

static void randoms(struct sealed *x)
{
	struct buf b = { 0 };

	put_seed(&b, &x->t->net->seed, 64);
	memcpy(x->random[0], b.p, 32);
	memcpy(x->random[1], b.p + 32, 32);
	buf_free(&b);
}

void sealed_again(struct sealed *x, const struct sealed_opts *o)
{
	struct buf b;
	uint8_t master[48];

	randoms(x);
	tcp_send(x->t, 1, sealed_record(x, 1, HANDSHAKE, clear_handshake(0, (struct buf){ 0 })));		/* Hello Request */
	tcp_send(x->t, 0, sealed_record(x, 0, HANDSHAKE, client_hello(x, o)));
	b = sealed_record(x, 1, HANDSHAKE, server_hello(x, o, x->random[1]));
	put_buf(&b, sealed_record(x, 1, HANDSHAKE, certificates(x)));
	put_buf(&b, sealed_record(x, 1, HANDSHAKE, clear_handshake(14, (struct buf){ 0 })));
	tcp_send(x->t, 1, b);
	secret_new(x, o, "CLIENT_RANDOM", master, 48);
	for (unsigned from = 0; from < 2; from++) {
		b = from ? (struct buf){ 0 } : sealed_record(x, 0, HANDSHAKE, made_up(x, 16, "20", 32));
		put_buf(&b, sealed_record(x, from, CCS, buf_hex("01")));
		goes_over(x, o, from, master);
		put_buf(&b, sealed_record(x, from, HANDSHAKE, made_up(x, 20, "", 12)));
		tcp_send(x->t, from, b);
	}
}

static void handshake_13(struct sealed *x, const struct sealed_opts *o)
{
	size_t n = cipher_of(x, 0)->nhash;
	struct buf b, m = { 0 }, certs;
	uint8_t secret[4][48];
	size_t at;

	secret_new(x, o, "SERVER_HANDSHAKE_TRAFFIC_SECRET", secret[0], n);
	secret_new(x, o, "CLIENT_HANDSHAKE_TRAFFIC_SECRET", secret[1], n);
	secret_new(x, o, "EXPORTER_SECRET", secret[2], n);
	secret_new(x, o, "SERVER_TRAFFIC_SECRET_0", secret[2], n);
	secret_new(x, o, "CLIENT_TRAFFIC_SECRET_0", secret[3], n);
	keys_13(x, 1, secret[0]);
	keys_13(x, 0, secret[1]);
	b = clear_record(HANDSHAKE, server_hello(x, o, x->random[1]));
	put_buf(&b, clear_record(CCS, buf_hex("01")));
	at = len16_open(&m);
	if (o->alpn)
		clear_extension(&m, 16, alpn(o->alpn));
	if (o->taken)
		clear_extension(&m, 42, (struct buf){ 0 });
	len16_close(&m, at);
	m = clear_handshake(8, m);
	put_buf(&b, sealed_record(x, 1, HANDSHAKE, m));
	certs = certificates(x);
	put_buf(&b, sealed_record(x, 1, HANDSHAKE, buf_of(certs.p, 100)));		/* a message over two records */
	m = buf_of(certs.p + 100, certs.n - 100);
	buf_free(&certs);
	put_buf(&m, made_up(x, 15, "0403 0044", 68));
	put_buf(&m, made_up(x, 20, "", n));
	put_buf(&b, sealed_record(x, 1, HANDSHAKE, m));
	tcp_send(x->t, 1, b);
	b = clear_record(CCS, buf_hex("01"));
	put_buf(&b, sealed_record(x, 0, HANDSHAKE, made_up(x, 20, "", n)));
	tcp_send(x->t, 0, b);
	keys_13(x, 1, secret[2]);
	keys_13(x, 0, secret[3]);
	tcp_send(x->t, 1, sealed_record(x, 1, HANDSHAKE, clear_handshake(4, buf_hex("00001c20 01020304 08 0000000000000000 0004 a0a1a2a3 0000"))));		/* New Session Ticket */
}

struct sealed *sealed_open(struct tcp *t, const struct sealed_opts *o)
{
	static const char retry[] = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
	struct sealed *x = net_take(t->net, sizeof(*x));
	struct buf b = { 0 };

	*x = (struct sealed){ .t = t, .version = o->version, .suite = { o->suite, o->suite }, .piece = 16384 };
	randoms(x);
	if (!t->net->keylog.n)
		put_str(&t->net->keylog, "# made up\n\n");
	tcp_send(t, 0, clear_record(HANDSHAKE, client_hello(x, o)));
	if (o->taken) {
		put_seed(&b, &t->net->seed, 80);
		tcp_send(t, 0, clear_record(DATA, b));
	}
	if (o->retry) {
		b = buf_hex(retry);
		tcp_send(t, 1, clear_record(HANDSHAKE, server_hello(x, o, b.p)));
		buf_free(&b);
		if (o->ccs)
			tcp_send(t, 1, clear_record(CCS, buf_hex("01")));
		b = clear_record(CCS, buf_hex("01"));
		put_buf(&b, clear_record(HANDSHAKE, client_hello(x, o)));
		tcp_send(t, 0, b);
	}
	if (o->version == 0x0304)
		handshake_13(x, o);
	else
		handshake_12(x, o);
	return x;
}

/* ---- HTTP/2 ---- */

static void h2_sealed(void *seal, unsigned from, struct buf b)
{
	sealed_send(seal, from, b);
}

struct h2 *sealed_h2(struct sealed *x)
{
	struct h2 *h = h2_on(x->t);

	h->send = h2_sealed;
	h->seal = x;
	h2_begin(h);
	return h;
}
