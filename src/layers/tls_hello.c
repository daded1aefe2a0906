/*
 * Handshake messages of TLS (RFC 8446 4, RFC 5246 7.4) and DTLS (RFC 6347 4.2.2).
 *   ClientHello: version(2) random(32) session id(1+n) [DTLS: cookie(1+n)] suites(2+2n) compression(1+n) extensions(2+n)
 *   ServerHello: version(2) random(32) session id(1+n) suite(2) compression(1) extensions(2+n)
 *   extension: type(2) length(2) value
 * Randoms, session ids, tickets and key shares are neither kept nor claimed.
 */
#include "tls.h"

enum { EXT_SERVER_NAME = 0, EXT_ALGORITHMS = 13, EXT_ALPN = 16, EXT_VERSIONS = 43 };

static const struct cover_row understood[] = {
	{ "message", TLS_CLIENT_HELLO, "Client Hello", "RFC 8446 4.1.2" },
	{ "message", TLS_SERVER_HELLO, "Server Hello", "RFC 8446 4.1.3" },
	{ "message", 3, "Hello Verify Request", "RFC 6347 4.2.1" },
	{ "message", 4, "New Session Ticket", "RFC 5077 3.3" },
	{ "message", TLS_CERTIFICATE, "Certificate", "RFC 5246 7.4.2" },
	{ "message", 12, "Server Key Exchange", "RFC 5246 7.4.3" },
	{ "message", 13, "Certificate Request", "RFC 5246 7.4.4" },
	{ "message", 14, "Server Hello Done", "RFC 5246 7.4.5" },
	{ "message", 15, "Certificate Verify", "RFC 5246 7.4.8" },
	{ "message", 16, "Client Key Exchange", "RFC 5246 7.4.7" },
	{ "message", 20, "Finished", "RFC 5246 7.4.9" },
	{ "message", 21, "Certificate URL", "RFC 6066 5" },
	{ "message", 22, "Certificate Status", "RFC 6066 8" },
	{ "extension", EXT_SERVER_NAME, "server_name", "RFC 6066 3" },
	{ "extension", EXT_ALGORITHMS, "signature_algorithms", "RFC 8446 4.2.3" },
	{ "extension", EXT_ALPN, "application_layer_protocol_negotiation", "RFC 7301 3.1" },
	{ "extension", EXT_VERSIONS, "supported_versions", "RFC 8446 4.2.1" },
};

bool tls_cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

bool tls_type_known(uint8_t type)
{
	for (size_t i = 0; i < sizeof(understood) / sizeof(understood[0]); i++)
		if (understood[i].what[0] == 'm' && understood[i].id == type)
			return true;
	return false;
}

static void keep(uint16_t *v, unsigned *n, uint16_t x)
{
	if (*n < 128)
		v[(*n)++] = x;
}

/* A vector with a length of one octet that says nothing here. */
static void step_over(struct layers *l, struct cur *c)
{
	const uint8_t *from = c->p;
	uint8_t n = cur_u8(c);

	layer_read(l, from, c);
	(void)cur_take(c, n);
}

static void server_name(struct layers *l, const struct tls_names *k, struct cur *v)
{
	const uint8_t *from = v->p, *name;
	struct cur list;
	uint16_t n;

	if (!cur_left(v) && !v->cut)
		return;				/* a server that took the name says so by an empty one */
	n = cur_u16(v);
	list = cur_sub(v, n);
	while (list.why == CUR_OK && cur_left(&list)) {
		uint8_t type = cur_u8(&list);

		n = cur_u16(&list);
		name = cur_take(&list, n);
		if (name && !type)
			put_text(layer_put(l), k->sni, (const char *)name, n);
	}
	layer_read(l, from, &list);
	cur_refuse(v, list.why);
}

static void alpn(struct layers *l, const struct tls_names *k, struct cur *v, struct ja4 *print)
{
	const uint8_t *from = v->p;
	struct cur list = cur_sub(v, cur_u16(v));

	while (list.why == CUR_OK && cur_left(&list)) {
		uint8_t n = cur_u8(&list);
		const uint8_t *name = cur_take(&list, n);

		if (!name)
			break;
		put_text(layer_put(l), k->alpn, (const char *)name, n);
		if (!print->alpn) {
			print->alpn = name;
			print->nalpn = n;
		}
	}
	layer_read(l, from, &list);
	cur_refuse(v, list.why);
}

static bool newer(uint16_t a, uint16_t b)		/* DTLS counts down (RFC 6347 4.1) */
{
	return a >> 8 == 0xfe && b >> 8 == 0xfe ? a < b : a > b;
}

static void versions(struct layers *l, const struct tls_names *k, struct cur *v, bool client, struct ja4 *print)
{
	const uint8_t *from = v->p;
	struct cur list = client ? cur_sub(v, cur_u8(v)) : *v;
	uint16_t best = 0;

	while (list.why == CUR_OK && cur_left(&list)) {
		uint16_t x = cur_u16(&list);

		if (list.why != CUR_OK)
			break;
		put_uint(layer_put(l), k->supported, x);
		if ((x >> 8 == 3 || x >> 8 == 0xfe) && (!best || newer(x, best)))
			best = x;
	}
	layer_read(l, from, &list);
	cur_refuse(v, list.why);
	if (best)
		print->version = best;
}

static void algorithms(struct layers *l, struct cur *v, struct ja4 *print)
{
	const uint8_t *from = v->p;
	struct cur list = cur_sub(v, cur_u16(v));

	while (list.why == CUR_OK && cur_left(&list) >= 2)
		keep(print->alg, &print->nalgs, cur_u16(&list));
	layer_read(l, from, &list);
}

static void extensions(struct layers *l, const struct tls_names *k, struct cur *c, bool client, struct ja4 *print)
{
	const uint8_t *from = c->p;
	struct cur all;

	if (!cur_left(c) && !c->cut)
		return;				/* before TLS 1.2 there need be none */
	all = cur_sub(c, cur_u16(c));
	layer_mark(l, from, 2, MARK_SIGNALLING);
	while (all.why == CUR_OK && cur_left(&all)) {
		uint16_t type, len;
		struct cur v;

		from = all.p;
		type = cur_u16(&all);
		len = cur_u16(&all);
		layer_read(l, from, &all);
		v = cur_sub(&all, len);
		if (v.why != CUR_OK)
			break;
		keep(print->ext, &print->nexts, type);
		switch (type) {
		case EXT_SERVER_NAME:
			server_name(l, k, &v);
			print->sni = true;
			break;
		case EXT_ALGORITHMS: algorithms(l, &v, print); break;
		case EXT_ALPN: alpn(l, k, &v, print); break;
		case EXT_VERSIONS: versions(l, k, &v, client, print); break;
		default: put_skip(layer_put(l), type); break;
		}
		cur_refuse(&all, v.why);
	}
	cur_refuse(c, all.why);
}

/* Drafts of TLS 1.3 up to 21, as a server says them: there is neither a session id nor a compression method (draft-ietf-tls-tls13-21 4.1.3). */
static bool before_22(uint16_t version)
{
	return version >> 8 == 0x7f && (version & 255) < 22;
}

static uint16_t version_and_session(struct layers *l, const struct tls_names *k, struct cur *c)
{
	const uint8_t *from = c->p;
	uint16_t v = cur_u16(c);

	layer_read(l, from, c);
	if (c->why == CUR_OK)
		put_uint(layer_put(l), k->version, v);
	(void)cur_take(c, 32);
	if (!before_22(v))
		step_over(l, c);
	return v;
}

static void client_hello(struct layers *l, const struct tls_names *k, struct cur *c)
{
	struct ja4 *print = layer_mem(l, sizeof(*print));
	const uint8_t *from;
	struct cur suites;
	char *text;

	if (!print) {
		cur_refuse(c, CUR_LIMIT);
		return;
	}
	print->transport = k->ja4;
	print->version = version_and_session(l, k, c);
	if (k->datagrams)
		step_over(l, c);
	from = c->p;
	suites = cur_sub(c, cur_u16(c));
	layer_mark(l, from, 2, MARK_SIGNALLING);
	from = suites.p;
	while (suites.why == CUR_OK && cur_left(&suites)) {
		uint16_t s = cur_u16(&suites);

		if (suites.why != CUR_OK)
			break;
		put_uint(layer_put(l), k->suite, s);
		keep(print->suite, &print->nsuites, s);
	}
	layer_read(l, from, &suites);
	cur_refuse(c, suites.why);
	step_over(l, c);
	extensions(l, k, c, true, print);
	text = c->why == CUR_OK ? layer_mem(l, 37) : NULL;
	if (text && ja4_print(l, print, text))
		put_text(layer_put(l), k->print, text, 36);
}

static void server_hello(struct layers *l, const struct tls_names *k, struct cur *c)
{
	struct ja4 none = { 0 };
	const uint8_t *from;
	uint16_t suite, version = version_and_session(l, k, c);

	from = c->p;
	suite = cur_u16(c);
	if (!before_22(version))
		(void)cur_u8(c);
	layer_read(l, from, c);
	if (c->why == CUR_OK)
		put_uint(layer_put(l), k->suite, suite);
	extensions(l, k, c, false, &none);
}

/* The server's, under the cipher (RFC 8446 4.3.1). */
static void encrypted_extensions(struct layers *l, const struct tls_names *k, struct cur *c)
{
	struct ja4 none = { 0 };

	extensions(l, k, c, false, &none);
}

void tls_v2_hello(struct layers *l, const struct tls_names *k, struct cur *c)
{
	const uint8_t *from = c->p;

	(void)cur_u16(c);
	put_open(layer_put(l), TLS_CLIENT_HELLO);
	put_uint(layer_put(l), k->type, cur_u8(c));
	put_uint(layer_put(l), k->version, cur_u16(c));
	put_close(layer_put(l));
	(void)cur_take(c, 6);		/* lengths, by which it is known */
	layer_read(l, from, c);
}

void tls_message(struct layers *l, const struct tls_names *k, uint8_t type, struct cur *body)
{
	const uint8_t *from = body->p;

	switch (type) {
	case TLS_CLIENT_HELLO: client_hello(l, k, body); break;
	case TLS_SERVER_HELLO: server_hello(l, k, body); break;
	case TLS_CERTIFICATE: tls_certificates(l, k, body); break;
	case TLS_ENCRYPTED_EXTENSIONS: encrypted_extensions(l, k, body); break;
	case 3:						/* Hello Verify Request: its version, and a cookie */
		put_uint(layer_put(l), k->version, cur_u16(body));
		layer_read(l, from, body);
		step_over(l, body);
		break;
	default: break;			/* that it is there is enough */
	}
}
