/*
 * QUIC (RFC 9000 17.2, RFC 9369), on any UDP port by its long header.
 *   1 1 type(2 bits) xxxx | version(4) | n(1) destination id(n) | n(1) source id(n) | Initial: token n(1,2,4,8) token(n) length packet ...
 * Several may lie in one datagram, one behind the other: those that say how long they are, of one connection (RFC 9000 12.2).
 * Initial, Retry and Version Negotiation are facts: version 0 and those that a server knows, 4 octets each; a Retry's rest is a token
 * and 16 octets.  An Initial is ciphered under a key that all know: of a client's the Client Hello is read (quic_initial.c), which may take several packets; it stands in the fact of that which completes it.
 */
#include "quic.h"
#include "tls.h"

static const struct cover_row understood[] = {
	{ "packet", 0, "Initial (header; of a client the Client Hello in it)", "RFC 9000 17.2.2" },
	{ "packet", 3, "Retry (header)", "RFC 9000 17.2.5" },
	{ "packet", 255, "Version Negotiation", "RFC 9000 17.2.1" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

enum { INITIAL = 0, RETRY = 3, ID_MAX = 20, LEAST_CLIENT = 1200, RETRY_TAG = 16, OFFERED_MAX = 64, TOGETHER = 16 };	/* TOGETHER: packets of one datagram that are looked at */

static const struct tls_names names = {
	.ja4 = 'q', .type = KEY_TLS_type, .version = KEY_TLS_version, .suite = KEY_TLS_suite, .sni = KEY_TLS_sni, .alpn = KEY_TLS_alpn,
	.supported = KEY_TLS_supported, .print = KEY_TLS_ja4,
};

static bool is_version(uint32_t v)
{
	switch (v) {
	case QUIC_V1: case QUIC_V2: case QUIC_MVFST_1: case QUIC_MVFST_2: case QUIC_MVFST_E: case QUIC_Q050: case QUIC_T050: case QUIC_T051: return true;
	default: return (v & 0xffffff00) == QUIC_DRAFT && (v & 255) >= 22 && (v & 255) <= 34;
	}
}

/* A client asks with such a one for what a server knows (RFC 9000 15). */
static bool is_reserved(uint32_t v)
{
	return (v & 0x0f0f0f0f) == 0x0a0a0a0a;
}

/* 0 Initial, 1 0-RTT, 2 Handshake, 3 Retry: version 2 numbers them otherwise (RFC 9369 3.2). */
static unsigned type_of(uint8_t first, uint32_t version)
{
	unsigned t = first >> 4 & 3;

	return version == QUIC_V2 ? (t + 3) & 3 : t;
}

static bool varint(struct cur *c, uint64_t *v)
{
	uint8_t first = cur_u8(c);

	*v = first & 0x3f;
	for (int n = (1 << (first >> 6)) - 1; n > 0; n--)
		*v = *v << 8 | cur_u8(c);
	return c->why == CUR_OK;
}

struct head { uint32_t version; unsigned type; const uint8_t *dcid, *scid; uint8_t ndcid, nscid; bool fixed; };

static bool read_head(struct cur *c, struct head *h)
{
	uint8_t first = cur_u8(c);

	h->version = cur_u32(c);
	h->ndcid = cur_u8(c);
	h->dcid = cur_take(c, h->ndcid);
	h->nscid = cur_u8(c);
	h->scid = cur_take(c, h->nscid);
	h->type = type_of(first, h->version);
	h->fixed = first & 0x40;		/* 0 in a packet of one whose peer said that it may be (RFC 9287) */
	return c->why == CUR_OK && first >> 7 && h->ndcid <= ID_MAX && h->nscid <= ID_MAX && (is_version(h->version) || is_reserved(h->version) || !h->version);
}

/* Nothing but the versions that a server knows, and one of them is known here. */
static bool offers(struct cur c, size_t left)
{
	bool known = false;

	if (!left || left % 4 || left > OFFERED_MAX)
		return false;
	for (; left && c.why == CUR_OK; left -= 4)
		known |= is_version(cur_u32(&c));
	return known;
}

/* Of one connection, as all packets of a datagram have to be. */
static bool same(const struct head *a, const struct head *b)
{
	return a->version == b->version && a->ndcid == b->ndcid && (!a->ndcid || !memcmp(a->dcid, b->dcid, a->ndcid));
}

/*
 * An Initial whose lengths are right, in a datagram as long as a client's has to be, or a server's answer to one; 0-RTT and Handshake
 * packets may stand before it.  Or a server's Retry or Version Negotiation.
 */
static bool begins(const struct opening *o)
{
	struct cur c = cur_make(o->p, o->n, o->n < o->claim);
	struct head h, first = { .version = 0 };

	for (int i = 0; i < TOGETHER; i++) {
		uint64_t token = 0, len, left;

		if (!read_head(&c, &h) || (i && !same(&h, &first)))
			return false;
		first = h;
		left = o->claim - (uint64_t)(c.p - o->p);
		if (!h.version)
			return !i && h.nscid && offers(c, (size_t)left);
		if (is_reserved(h.version) && (h.type != INITIAL || !h.fixed || o->claim < LEAST_CLIENT))
			return false;
		if (h.type == RETRY)
			return !i && h.fixed && h.nscid && left > RETRY_TAG;
		if (h.type == INITIAL ? !varint(&c, &token) || token > o->claim : !h.fixed)
			return false;
		(void)cur_take(&c, (size_t)token);
		if (!varint(&c, &len) || len < 20 || len > o->claim - (uint64_t)(c.p - o->p))
			return false;
		if (h.type == INITIAL)
			return ((h.fixed && o->claim >= LEAST_CLIENT) || (!token && h.nscid)) && (h.ndcid >= 8 || h.nscid);
		(void)cur_take(&c, (size_t)len);
	}
	return false;
}

extern const struct proto proto_quic;

/* The token's length and that of the rest, by which an Initial is known; where its number stands and how far it goes, when all of it is there. */
static bool initial_of(struct layers *l, const struct msg *m, struct cur *c, const struct head *h, struct initial *i)
{
	const uint8_t *from = c->p;
	uint64_t token, len;

	(void)varint(c, &token);
	layer_read(l, from, c);
	(void)cur_take(c, (size_t)token);
	from = c->p;
	(void)varint(c, &len);
	layer_read(l, from, c);
	if (len > cur_left(c) && c->cut)
		cur_refuse(c, CUR_CUT);		/* what it says would have been read */
	if (c->why != CUR_OK || len > cur_left(c))
		return false;
	*i = (struct initial){ .p = m->cur.p, .head = (uint32_t)(c->p - m->cur.p), .n = (uint32_t)(c->p - m->cur.p) + (uint32_t)len, .version = h->version,
		.dcid = h->dcid, .ndcid = h->ndcid };
	return true;
}

/* One Initial or Retry, m; c stands behind its head.  Where it ends, when it says so; else NULL. */
static const uint8_t *packet(struct layers *l, const struct msg *m, struct cur *c, const struct head *h)
{
	const uint8_t *end = NULL;
	bool opened = false;
	struct initial i;
	struct cur hello;
	struct fact *f;

	f = layer_begin(l, m, FACT_QUIC);
	put_uint(layer_put(l), KEY_QUIC_version, h->version);
	if (h->version)
		put_uint(layer_put(l), h->version == QUIC_V2 ? KEY_QUIC_type2 : KEY_QUIC_type, m->cur.p[0] >> 4 & 3);
	put_octets(layer_put(l), KEY_QUIC_dcid, h->ndcid ? h->dcid : NULL, h->ndcid);
	put_octets(layer_put(l), KEY_QUIC_scid, h->nscid ? h->scid : NULL, h->nscid);
	if (!h->version)		/* what it is known by: the versions */
		(void)cur_take(c, cur_left(c));
	layer_read(l, m->cur.p, c);
	if (h->version && h->type == INITIAL && initial_of(l, m, c, h, &i)) {
		opened = quic_open(l, layer_state(l, &proto_quic), m, &i, &hello);
		end = i.p + i.n;
		if (m->nframes <= 1)
			f->len = i.n;
	}
	if (opened && cur_left(&hello)) {
		put_open(layer_put(l), TLS_CLIENT_HELLO);
		put_uint(layer_put(l), KEY_TLS_type, TLS_CLIENT_HELLO);
		tls_message(l, &names, TLS_CLIENT_HELLO, &hello);
		put_close(layer_put(l));
		cur_refuse(c, hello.why);
	}
	layer_emit(l, f, c, opened || !h->version || h->type == RETRY ? OUT_OK : OUT_ENCRYPTED);
	return end;
}

/* Steps over a 0-RTT or Handshake packet, whose head was read: where it ends, or NULL. */
static const uint8_t *step_over(const struct layers *l, const uint8_t *from, struct cur *c)
{
	uint64_t len;

	if (!varint(c, &len) || len > cur_left(c))
		return NULL;
	layer_read(l, from, c);
	return c->p + len;
}

/* Is all of the Initial there that its lengths say, or would be but for the capture? */
static bool fits(struct cur c)
{
	uint64_t token, len;

	if (!varint(&c, &token) || token > cur_left(&c))
		return false;
	(void)cur_take(&c, (size_t)token);
	return varint(&c, &len) && len >= 20 && (len <= cur_left(&c) || c.cut);
}

static bool read_message(struct layers *l, const struct msg *m)
{
	const uint8_t *at = m->cur.p;
	struct head h, first = { .version = 0 };
	struct msg one = *m;
	bool any = false;

	for (int i = 0; at && i < TOGETHER; i++) {
		struct cur c;

		one.cur.p = at;
		c = one.cur;
		if (!read_head(&c, &h) || (i && (!h.version || !same(&h, &first) || h.type == RETRY || (h.type == INITIAL && !fits(c)))))
			break;
		if (!i)
			first = h;
		if (h.version && h.type != INITIAL && h.type != RETRY) {
			at = step_over(l, at, &c);
			continue;
		}
		if (m->nframes <= 1) {
			one.off = m->off + (uint32_t)(at - m->cur.p);
			one.len = m->len - (uint32_t)(at - m->cur.p);
		}
		at = packet(l, &one, &c, &h);
		any = true;
	}
	return any;
}

const struct proto proto_quic = {
	.name = "quic", .title = "QUIC", .spec = "RFC 9000", .kind = FACT_QUIC, .read = read_message, .begins = begins,
	.first = "\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f"
		"\xa0\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xaf\xb0\xb1\xb2\xb3\xb4\xb5\xb6\xb7\xb8\xb9\xba\xbb\xbc\xbd\xbe\xbf"
		"\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\xcb\xcc\xcd\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda\xdb\xdc\xdd\xde\xdf"
		"\xe0\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xff",
	.nfirst = 128,
	.datagrams = true, .cover = cover, .personal = true, .state_size = sizeof(struct hellos),
};
