/*
 * TLS (RFC 8446, RFC 5246): the handshake, as far as it is in clear.  Found on any TCP port by its first record.
 *   record: type(1) version(2) length(2) | handshake message: type(1) length(3) body
 * One fact a handshake record, a group a message.  What follows Change Cipher Spec or is application data is ciphered: that direction
 * is not read on, but for the second Client Hello of TLS 1.3 (RFC 8446 D.4); where its secrets are known it is (tls_inside.c).
 */
#include "tls_inside.h"

enum { HEAD = 5, MESSAGE = 4, RECORD_MAX = (1 << 14) + 2048, MESSAGE_MAX = 60000, V2_HEAD = 11 };

static const struct tls_names names = {
	.ja4 = 't', .type = KEY_TLS_type, .version = KEY_TLS_version, .suite = KEY_TLS_suite, .sni = KEY_TLS_sni, .alpn = KEY_TLS_alpn,
	.supported = KEY_TLS_supported, .print = KEY_TLS_ja4, .subject = KEY_TLS_subject, .issuer = KEY_TLS_issuer,
	.not_after = KEY_TLS_not_after, .certificates = KEY_TLS_certificates,
};

static uint32_t at16(const uint8_t *p) { return (uint32_t)p[0] << 8 | p[1]; }
static uint32_t at24(const uint8_t *p) { return (uint32_t)p[0] << 16 | at16(p + 1); }

static bool record_head(const uint8_t *p, uint32_t *len)
{
	*len = at16(p + 3);
	return p[0] >= TLS_CCS && p[0] <= TLS_DATA && p[1] == 3 && p[2] <= 4 && *len && *len <= RECORD_MAX;
}

/* What is there of its body has to be one. */
bool tls_hello(const uint8_t *p, size_t n)
{
	uint32_t len, body;

	if (n < HEAD + MESSAGE + 2 || p[0] != TLS_HANDSHAKE || !record_head(p, &len) || len < MESSAGE + 2)
		return false;
	body = at24(p + 6);
	if ((p[5] != TLS_CLIENT_HELLO && p[5] != TLS_SERVER_HELLO) || body < 38 || body > MESSAGE_MAX || p[9] != 3 || p[10] > 3)
		return false;
	if (body + MESSAGE > len && p[5] == TLS_SERVER_HELLO)		/* a client's may go on in further records */
		return false;
	if (body + MESSAGE < len && p[5] == TLS_CLIENT_HELLO && n > HEAD + MESSAGE + body && p[HEAD + MESSAGE + body] != TLS_CLIENT_HELLO)
		return false;		/* nothing but another one follows it in its record */
	return n <= HEAD + MESSAGE + 34 || len <= MESSAGE + 34 || p[HEAD + MESSAGE + 34] <= 32;
}

/* A Client Hello in the form of SSL 2 (RFC 5246 E.2): length(2) 1 version(2) cipher specs(2) session id(2) challenge(2), whose octets follow */
static bool is_v2_hello(const uint8_t *p, size_t n, size_t *whole)
{
	uint32_t specs, id, challenge;

	if (n < V2_HEAD || !(p[0] & 0x80) || p[2] != TLS_CLIENT_HELLO || p[3] != 3 || p[4] > 3)
		return false;
	specs = at16(p + 5);
	id = at16(p + 7);
	challenge = at16(p + 9);
	*whole = 2 + (at16(p) & 0x7fff);
	return specs && specs % 3 == 0 && (!id || id == 16) && challenge >= 16 && challenge <= 32 && *whole == V2_HEAD + specs + id + challenge;
}

static bool begins(const struct opening *o)
{
	size_t whole;

	return tls_hello(o->p, o->n) || (is_v2_hello(o->p, o->n, &whole) && whole == o->claim);
}

/*
 * How far the records go that hold whole messages, from the first one on: 0: not all is there to say; SIZE_MAX: no such records.
 * A message may go over several records, each of them a handshake record.
 */
static size_t extent(const uint8_t *p, size_t have)
{
	size_t at = 0, first = 0;
	uint32_t len, need = 0, head = 0, got = 0;

	for (;;) {
		if (at > have || have - at < HEAD)
			return 0;
		if (p[at] != TLS_HANDSHAKE || !record_head(p + at, &len) || at + HEAD + len > STREAM_MAX)
			return SIZE_MAX;
		for (uint32_t i = 0; i < len; ) {
			if (need) {		/* in a body */
				uint32_t step = need < len - i ? need : len - i;

				need -= step;
				i += step;
				continue;
			}
			if (have - at - HEAD <= i)
				return first ? 0 : HEAD + len;	/* the first record: wait for all of it */
			if (!got && !tls_type_known(p[at + HEAD + i]))
				return SIZE_MAX;
			head = head << 8 | p[at + HEAD + i++];
			if (++got == MESSAGE) {
				need = head & 0xffffff;
				head = got = 0;
				if (need > MESSAGE_MAX)
					return SIZE_MAX;
			}
		}
		at += HEAD + len;
		if ((!need && !got) || (!first && at > have))
			return at;
		first = at;
	}
}

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	const uint8_t *p = m->cur.p;
	size_t have = cur_left(&m->cur);
	enum stream_say say;
	uint32_t len;

	*n = have;
	if (m->decrypted)		/* TLS in TLS is not followed: there is one connection to a stream */
		return STREAM_STOP;
	if (have && p[0] & 0x80 && !gap)
		return have < V2_HEAD ? STREAM_MORE : is_v2_hello(p, have, n) ? STREAM_UNIT : STREAM_STOP;
	if (layer_secrets(l) && tls_inside_stream(l, m, gap, n, &say))
		return say;
	if (have < HEAD)
		return STREAM_MORE;
	layer_mark(l, p, HEAD, MARK_SIGNALLING);
	if (!record_head(p, &len))
		return STREAM_STOP;	/* behind a gap too: it would begin anew in the middle of a record, ciphered mostly */
	switch (p[0]) {
	case TLS_ALERT:
		*n = HEAD + len;
		return len == 2 ? STREAM_UNIT : STREAM_STOP;
	case TLS_CCS:
		*n = HEAD + len;
		if (len != 1)
			return STREAM_STOP;
		if (have < 2 * HEAD + 1 + MESSAGE + 2)
			return STREAM_MORE;
		layer_mark(l, p + *n, HEAD + MESSAGE + 2, MARK_SIGNALLING);	/* which says that nothing more is in clear, mostly */
		return tls_hello(p + *n, have - *n) ? STREAM_UNIT : STREAM_STOP;
	case TLS_HANDSHAKE:
		*n = extent(p, have);
		return *n == SIZE_MAX ? STREAM_STOP : *n ? STREAM_UNIT : STREAM_MORE;
	default: return STREAM_STOP;
	}
}

/* The bodies of handshake records side by side: in place when there is one. */
static struct cur bodies(struct layers *l, const struct cur *unit)
{
	struct cur c = *unit, one, all;
	uint8_t *to = NULL;
	size_t n = 0;

	(void)cur_take(&c, 3);
	one = cur_sub(&c, cur_u16(&c));
	layer_mark(l, unit->p, HEAD, MARK_SIGNALLING);
	if (one.why != CUR_OK)
		return one;
	if (!cur_left(&c)) {
		one.cut = unit->cut;		/* it may go on in records that were not captured */
		return one;
	}
	to = layer_mem(l, cur_left(unit));
	all = cur_make(to, 0, unit->cut);
	if (!to) {
		cur_refuse(&all, CUR_LIMIT);
		return all;
	}
	for (c = *unit; cur_left(&c) >= HEAD; n += cur_left(&one)) {
		layer_mark(l, c.p, HEAD, MARK_SIGNALLING);
		(void)cur_take(&c, 3);
		one = cur_sub(&c, cur_u16(&c));
		one.why = CUR_OK;
		memcpy(to + n, one.p, cur_left(&one));
		if (layer_marks(l))
			marks_copied(layer_marks(l), to + n, one.p, cur_left(&one));
	}
	all.end = to + n;
	return all;
}

static void messages(struct layers *l, const struct msg *m, struct cur *c)
{
	while (c->why == CUR_OK && cur_left(c)) {
		const uint8_t *from = c->p;
		uint8_t type = cur_u8(c);
		struct cur body = cur_sub(c, cur_u24(c));

		layer_mark(l, from, MESSAGE < body.p - from ? MESSAGE : (size_t)(body.p - from), MARK_SIGNALLING);
		put_open(layer_put(l), type);
		put_uint(layer_put(l), names.type, type);
		if (layer_secrets(l))
			tls_inside_message(l, m, type, body);
		if (m->decrypted && type == TLS_CERTIFICATE && tls_inside_13(l, m))
			tls_certificates_13(l, &names, &body);
		else
			tls_message(l, &names, type, &body);
		put_close(layer_put(l));
		cur_refuse(c, body.why);
	}
}

void tls_alert(struct layers *l, const struct msg *m, struct cur c)
{
	struct fact *f = layer_begin(l, m, FACT_TLS);

	put_uint(layer_put(l), KEY_TLS_alert_level, cur_u8(&c));
	put_uint(layer_put(l), KEY_TLS_alert, cur_u8(&c));
	layer_read(l, m->cur.p, &c);
	layer_emit(l, f, &c, OUT_OK);
}

bool tls_handshake(struct layers *l, const struct msg *m)
{
	struct fact *f = layer_begin(l, m, FACT_TLS);
	struct cur c = m->cur;

	messages(l, m, &c);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	struct fact *f;
	bool read;

	if (m->decrypted)
		return false;
	if (cur_left(&c) >= V2_HEAD && c.p[0] & 0x80) {
		f = layer_begin(l, m, FACT_TLS);
		tls_v2_hello(l, &names, &c);
		layer_emit(l, f, &c, OUT_OK);
		return true;
	}
	if (layer_secrets(l) && tls_inside_record(l, m, &read))
		return read;
	if (cur_left(&c) < HEAD)
		return false;
	if (c.p[0] == TLS_CCS)
		return true;
	if (c.p[0] == TLS_ALERT) {
		(void)cur_take(&c, HEAD);
		tls_alert(l, m, c);
		return true;
	}
	if (c.p[0] != TLS_HANDSHAKE)
		return false;
	f = layer_begin(l, m, FACT_TLS);
	c = bodies(l, &m->cur);
	messages(l, m, &c);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

/* Those that are there under the cipher only. */
static bool cover(unsigned i, struct cover_row *row)
{
	static const struct cover_row inside[] = {
		{ "message", 5, "End of Early Data", "RFC 8446 4.5" }, { "message", TLS_ENCRYPTED_EXTENSIONS, "Encrypted Extensions", "RFC 8446 4.3.1" },
		{ "message", 24, "Key Update", "RFC 8446 4.6.3" },
	};

	const unsigned n = sizeof(inside) / sizeof(inside[0]);

	if (i >= n)
		return tls_cover(i - n, row);
	*row = inside[i];
	return true;
}

const struct proto proto_tls = {
	.name = "tls", .title = "Transport Layer Security", .spec = "RFC 8446", .kind = FACT_TLS, .read = read_message, .stream = stream,
	.begins = begins, .first = "\x16\x80", .nfirst = 2, .cover = cover, .personal = true, .state_size = sizeof(struct tls_state), .state_init = tls_state_init, .state_free = tls_state_free,
};
