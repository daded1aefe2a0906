/*
 * QUIC's Initial packets: ciphered under a key that anybody derives from the client's first destination id (RFC 9001 5.2, RFC 9369 3.3).
 *   initial secret = HMAC(salt of the version, destination id); key, iv, hp = HKDF-Expand-Label of its "client in"
 *   header protection (RFC 9001 5.4): mask = AES(hp, 16 octets at packet number + 4), over the first octet's low bits and the number
 *   frames (RFC 9000 19): PADDING, PING, ACK, CRYPTO offset length octets; what else there may be ends the reading
 * CRYPTO frames come in any order and over several packets; the first octets seen win.  What is opened lies in no frame and is not shown
 * in evidence packets: they hold the ciphered octets, masked.
 */
#include "quic.h"

enum { SECRET = 32, TAG = 16, KEY = 16, IV = 12, SAMPLE_AT = 4, CLIENT_HELLO = 1, HELLO_HEAD = 4 };
enum { F_PADDING = 0, F_PING = 1, F_ACK = 2, F_ACK_ECN = 3, F_CRYPTO = 6, F_CRYPTO_GOOGLE = 8, FRAMES_MAX = 2048, TRIES = 4 };

/* RFC 9001 5.2; RFC 9369 3.3.1; draft-ietf-quic-tls-29 5.2 (to 32), 27 (to 28) and 22; Google's as Wireshark 4.0 has them. */
static const uint8_t *salt_of(uint32_t version)
{
	static const uint8_t v1[] = { 0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17, 0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a };
	static const uint8_t v2[] = { 0x0d, 0xed, 0xe3, 0xde, 0xf7, 0x00, 0xa6, 0xdb, 0x81, 0x93, 0x81, 0xbe, 0x6e, 0x26, 0x9d, 0xcb, 0xf9, 0xbd, 0x2e, 0xd9 };
	static const uint8_t d29[] = { 0xaf, 0xbf, 0xec, 0x28, 0x99, 0x93, 0xd2, 0x4c, 0x9e, 0x97, 0x86, 0xf1, 0x9c, 0x61, 0x11, 0xe0, 0x43, 0x90, 0xa8, 0x99 };
	static const uint8_t d23[] = { 0xc3, 0xee, 0xf7, 0x12, 0xc7, 0x2e, 0xbb, 0x5a, 0x11, 0xa7, 0xd2, 0x43, 0x2b, 0xb4, 0x63, 0x65, 0xbe, 0xf9, 0xf5, 0x02 };
	static const uint8_t d22[] = { 0x7f, 0xbc, 0xdb, 0x0e, 0x7c, 0x66, 0xbb, 0xe9, 0x19, 0x3a, 0x96, 0xcd, 0x21, 0x51, 0x9e, 0xbd, 0x7a, 0x02, 0x64, 0x4a };
	static const uint8_t q050[] = { 0x50, 0x45, 0x74, 0xef, 0xd0, 0x66, 0xfe, 0x2f, 0x9d, 0x94, 0x5c, 0xfc, 0xdb, 0xd3, 0xa7, 0xf0, 0xd3, 0xb5, 0x6b, 0x45 };
	static const uint8_t t050[] = { 0x7f, 0xf5, 0x79, 0xe5, 0xac, 0xd0, 0x72, 0x91, 0x55, 0x80, 0x30, 0x4c, 0x43, 0xa2, 0x36, 0x7c, 0x60, 0x48, 0x83, 0x10 };
	static const uint8_t t051[] = { 0x7a, 0x4e, 0xde, 0xf4, 0xe7, 0xcc, 0xee, 0x5f, 0xa4, 0x50, 0x6c, 0x19, 0x12, 0x4f, 0xc8, 0xcc, 0xda, 0x6e, 0x03, 0x3d };
	uint32_t draft = version & 255;

	switch (version) {
	case QUIC_V1: return v1;
	case QUIC_V2: return v2;
	case QUIC_MVFST_1: return d22;
	case QUIC_MVFST_2: case QUIC_MVFST_E: return d23;
	case QUIC_Q050: return q050;
	case QUIC_T050: return t050;
	case QUIC_T051: return t051;
	default: break;
	}
	if ((version & 0xffffff00) != QUIC_DRAFT)	/* reserved, to be refused: what those who send them go by */
		return d29;
	return draft == 22 ? d22 : draft <= 28 ? d23 : draft <= 32 ? d29 : v1;
}

struct keys { uint8_t key[KEY], iv[IV], hp[KEY]; };

static bool keys_of(const struct ciphers *x, const struct initial *i, struct keys *k)
{
	uint8_t initial[SECRET], client[SECRET];
	bool v2 = i->version == QUIC_V2;

	return x->hmac(SECRET, salt_of(i->version), 20, i->dcid, i->ndcid, initial) && tls_expand(x, SECRET, initial, "client in", client, SECRET) &&
		tls_expand(x, SECRET, client, v2 ? "quicv2 key" : "quic key", k->key, KEY) && tls_expand(x, SECRET, client, v2 ? "quicv2 iv" : "quic iv", k->iv, IV) &&
		tls_expand(x, SECRET, client, v2 ? "quicv2 hp" : "quic hp", k->hp, KEY);
}

/* The frames of the packet in batch memory, n octets; NULL: it does not open. */
static const uint8_t *open_packet(struct layers *l, const struct initial *i, size_t *n)
{
	uint8_t mask[16], *head, *out, nonce[IV];
	const struct ciphers *x = layer_ciphers(l);
	uint32_t number, at;
	enum cipher_says says;
	struct keys k;

	if (!x || i->n < i->head + SAMPLE_AT + 16)
		return NULL;
	if (!keys_of(x, i, &k) || !x->block(k.hp, i->p + i->head + SAMPLE_AT, mask)) {
		layer_trouble(l);
		return NULL;
	}
	head = layer_mem(l, i->head + 4);
	out = layer_mem(l, i->n);
	if (!head || !out)
		return NULL;
	memcpy(head, i->p, i->head + 4);
	head[0] ^= mask[0] & 0x0f;
	number = (head[0] & 3u) + 1;
	memcpy(nonce, k.iv, IV);
	for (uint32_t b = 0; b < number; b++) {
		head[i->head + b] ^= mask[1 + b];
		nonce[IV - number + b] ^= head[i->head + b];
	}
	at = i->head + number;
	if (i->n - at < TAG)
		return NULL;
	says = x->open(AEAD_AES128_GCM, k.key, nonce, head, at, i->p + at, i->n - at, out);
	if (says == CIPHER_TROUBLE)
		layer_trouble(l);
	if (says != CIPHER_OPENED)
		return NULL;
	*n = i->n - at - TAG;
	return out;
}

static bool between(const struct hello *h, const struct pkt *k)
{
	return h->age && h->sport == k->sport && h->dport == k->dport && h->input == k->input && addr_eq(&h->src, &k->src) && addr_eq(&h->dst, &k->dst);
}

/* The frames of a packet that is ciphered under another id than it bears: one of those with which its client began. */
static const uint8_t *open_later(struct layers *l, struct hellos *x, const struct pkt *k, const struct initial *i, size_t *n, struct hello **found)
{
	unsigned tried = 0;

	for (struct hello *h = x->at; h < x->at + HELLOS && tried < TRIES; h++) {
		struct initial j = *i;
		const uint8_t *p;

		if (!between(h, k))
			continue;
		j.dcid = h->dcid;
		j.ndcid = h->ndcid;
		p = open_packet(l, &j, n);
		tried++;
		if (p) {
			*found = h;
			return p;
		}
	}
	return NULL;
}

static struct hello *hello_of(struct hellos *x, const struct pkt *k, const struct initial *i)
{
	struct hello *old = &x->at[0];

	for (struct hello *h = x->at; h < x->at + HELLOS; h++) {
		if (between(h, k) && h->ndcid == i->ndcid && !memcmp(h->dcid, i->dcid, i->ndcid))
			return h;
		if (h->age < old->age)
			old = h;
	}
	memset(old->map, 0, sizeof(old->map));
	old->src = k->src;
	old->dst = k->dst;
	old->input = k->input;
	old->sport = k->sport;
	old->dport = k->dport;
	old->ndcid = i->ndcid;
	memcpy(old->dcid, i->dcid, i->ndcid);
	old->done = false;
	old->have = old->base = 0;
	return old;
}

static void keep(struct hello *h, uint64_t at, const uint8_t *p, size_t n)
{
	for (size_t b = 0; b < n && at + b < HELLO_MAX; b++) {
		size_t o = (size_t)at + b;

		if (h->map[o / 8] >> o % 8 & 1)
			continue;
		h->map[o / 8] |= (uint8_t)(1 << o % 8);
		h->octets[o] = p[b];
		h->have++;
	}
}

/* How long it says it is, all told; 0: it is none, or longer than is kept, or its head is not there yet. */
static uint32_t length_of(const struct hello *h)
{
	uint32_t n = HELLO_HEAD + ((uint32_t)h->octets[1] << 16 | (uint32_t)h->octets[2] << 8 | h->octets[3]);

	return (h->map[0] & 15) == 15 && h->octets[0] == CLIENT_HELLO && n <= HELLO_MAX ? n : 0;
}

static uint64_t varint(struct cur *c)
{
	uint8_t first = cur_u8(c);
	uint64_t v = first & 0x3f;

	for (int n = (1 << (first >> 6)) - 1; n > 0; n--)
		v = v << 8 | cur_u8(c);
	return v;
}

static void step_over_ack(struct cur *c, bool ecn)
{
	uint64_t ranges;

	(void)varint(c);
	(void)varint(c);
	ranges = varint(c);
	for (uint64_t i = 0; i <= 2 * ranges && c->why == CUR_OK; i++)
		(void)varint(c);
	for (int i = 0; i < 3 && ecn; i++)
		(void)varint(c);
}

/* n octets of the stream of handshake messages, from `at` on.  Behind a hello that is whole another one begins. */
static void crypto(struct hello *h, uint64_t at, const uint8_t *p, size_t n)
{
	if (h->done && at >= h->base + (uint64_t)length_of(h) && h->base < UINT32_MAX - HELLO_MAX) {
		h->base += length_of(h);
		memset(h->map, 0, sizeof(h->map));
		h->have = 0;
		h->done = false;
	}
	if (at >= h->base)
		keep(h, at - h->base, p, n);
}

static void frames(struct hello *h, struct cur c, uint32_t version)
{
	const bool google = version == QUIC_Q050 || version == QUIC_T050 || version == QUIC_T051;

	for (int i = 0; i < FRAMES_MAX && c.why == CUR_OK && cur_left(&c); i++) {
		uint64_t type = varint(&c), at, n;
		const uint8_t *p;

		switch (type) {
		case F_PADDING:
			while (cur_left(&c) && !*c.p)
				(void)cur_u8(&c);
			break;
		case F_PING: break;
		case F_ACK:
		case F_ACK_ECN: step_over_ack(&c, type == F_ACK_ECN); break;
		case F_CRYPTO: case F_CRYPTO_GOOGLE:
			if (google != (type == F_CRYPTO_GOOGLE))
				return;
			at = varint(&c);
			n = varint(&c);
			p = n <= cur_left(&c) ? cur_take(&c, (size_t)n) : NULL;
			if (!p)
				return;
			crypto(h, at, p, (size_t)n);
			break;
		default: return;
		}
	}
}

static bool whole(const struct hello *h, uint32_t n)
{
	if (!n || h->have < n)
		return false;
	for (uint32_t o = 0; o < n; o++)
		if (!(h->map[o / 8] >> o % 8 & 1))
			return false;
	return true;
}

bool quic_open(struct layers *l, struct hellos *x, const struct msg *m, const struct initial *i, struct cur *hello)
{
	struct hello *h = NULL;
	const uint8_t *p;
	uint64_t sample;
	size_t n;

	*hello = cur_make(NULL, 0, false);
	if (layer_masked(l) || !x)	/* masked: there is nothing to open */
		return false;
	p = open_packet(l, i, &n);
	if (p)
		h = hello_of(x, m->pkt, i);
	else
		p = open_later(l, x, m->pkt, i, &n, &h);
	if (!p)
		return false;
	h->age = ++x->clock;
	frames(h, cur_make(p, n, false), i->version);
	sample = hash_read8(i->p + i->head + SAMPLE_AT);
	if (h->done ? m->dup && h->by == sample : whole(h, length_of(h))) {
		h->done = true;
		h->by = sample;
		*hello = cur_make(h->octets + HELLO_HEAD, length_of(h) - HELLO_HEAD, false);
	}
	return true;
}
