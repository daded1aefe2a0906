/*
 * Old and odd forms that captures by others hold: TLS and QUIC as they were before their first versions, HTTP and IKE of who does not
 * keep to them.
 */
#include "golden.h"
#include "quic.h"
#include "sealed.h"

#include <string.h>

static struct buf random_of(struct seed *s, const char *before)
{
	struct buf b = buf_hex(before);

	put_seed(&b, s, 32);
	return b;
}

/* ---- TLS ---- */

/* The Client Hello in the form of SSL 2 (RFC 5246 E.2): three suites of three octets, no session, a challenge of 16. */
static struct buf v2_hello(struct seed *s)
{
	struct buf b = buf_hex("80 2c 01 0301 0009 0000 0010 00002f 000035 0700c0");

	put_seed(&b, s, 16);
	set16(&b, 0, 0x8000 | (unsigned)(b.n - 2));
	return b;
}

static struct buf old_server_hello(struct seed *s, const char *version)
{
	struct buf b = random_of(s, version);

	put_buf(&b, buf_hex("00 002f 00"));
	return clear_record(22, clear_handshake(2, b));
}

static void tls_v2_hello(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_open(s.client, 40000, s.server, 443);

	tcp_send(t, 0, v2_hello(s.seed));
	tcp_send(t, 1, old_server_hello(s.seed, "0301"));
	tcp_send(t, 0, clear_record(22, clear_handshake(16, random_of(s.seed, "0020"))));
}

/* A version that is none, suites that are no threes, lengths that do not add up, and a packet that goes on. */
static void tls_not_v2_hello(struct net *n)
{
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 4; i++) {
		struct tcp *t = tcp_open(s.client, 40000 + i, s.server, 443);
		struct buf b = v2_hello(s.seed);

		switch (i) {
		case 0: set8(&b, 3, 2); break;
		case 1: set8(&b, 6, 8); break;
		case 2: set8(&b, 10, 17); break;
		default: put16(&b, 0); break;
		}
		tcp_send(t, 0, b);
	}
}

/* As draft 20 has it: neither a session id nor a compression method. */
static void tls_draft(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_open(s.client, 40000, s.server, 443);
	struct buf b = random_of(s.seed, "7f14");

	tcp_send(t, 0, tls_client_hello(s.seed, "nrf.example.net"));
	put_buf(&b, buf_hex("1303 0006 002b 0002 7f14"));
	tcp_send(t, 1, clear_record(22, clear_handshake(2, b)));
}

/* A hello in records of 17 octets; one that ends, and behind it in its record what is no other. */
static void tls_small_records(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_open(s.client, 40000, s.server, 443);
	struct buf whole = tls_client_hello(s.seed, "nrf.example.net"), b = { 0 };

	for (size_t at = 5; at < whole.n; at += 17) {
		struct buf part = { 0 };

		put_mem(&part, whole.p + at, whole.n - at < 17 ? whole.n - at : 17);
		put_buf(&b, clear_record(22, part));
	}
	tcp_send(t, 0, b);
	t = tcp_open(s.client, 40001, s.server, 443);
	b = (struct buf){ 0 };
	put_mem(&b, whole.p, whole.n);
	put_buf(&b, buf_hex("02 00 00 00"));
	set16(&b, 3, (unsigned)(b.n - 5));
	tcp_send(t, 0, b);
	buf_free(&whole);
}

/* The client resets the connection while the server's hello is under way. */
static void tls_reset(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_open(s.client, 40000, s.server, 443);
	struct buf b = old_server_hello(s.seed, "0303"), first = { 0 }, rest = { 0 };

	put_mem(&first, b.p, 30);
	put_mem(&rest, b.p + 30, b.n - 30);
	buf_free(&b);
	tcp_send(t, 0, tls_client_hello(s.seed, "nrf.example.net"));
	tcp_send(t, 1, first);
	tcp_reset(t, 0);
	tcp_send(t, 1, rest);
}

/* ---- QUIC ---- */

static void quic_versions(struct net *n)
{
	static const uint8_t id[][8] = { { 1, 2, 3, 4, 5, 6, 7, 8 }, { 2, 3, 4, 5, 6, 7, 8, 9 }, { 3, 4, 5, 6, 7, 8, 9, 10 } };
	static const uint32_t versions[] = { QUIC_MVFST, QUIC_T051, QUIC_RESERVED };
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 3; i++) {
		struct quic_client c = { versions[i], 0, id[i], 8 };
		struct buf hello = quic_hello("old.example.com", 0), b = { 0 };

		quic_crypto(&b, &hello, 0, hello.n);
		buf_free(&hello);
		if (versions[i] == QUIC_T051)
			b.p[0] = 8;		/* what CRYPTO is there */
		udp_send(s.client, 40450 + i, s.server, 443, quic_initial(&c, b, 1200));
	}
}

/* Retry, then Hello Retry Request: the hello once more under another id, then another one behind it, to the id that the server chose. */
static void quic_again(struct net *n)
{
	static const uint8_t ids[][8] = { { 1, 2, 3, 4, 5, 6, 7, 8 }, { 2, 3, 4, 5, 6, 7, 8, 9 }, { 3, 4, 5, 6, 7, 8, 9, 10 } };
	struct quic_client c[] = { { QUIC_V1, 0, ids[0], 8 }, { QUIC_V1, 1, ids[1], 8 }, { QUIC_V1, 2, ids[2], 8 } };
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 3; i++) {
		struct buf first = quic_hello("first.example.com", 0), hello = quic_hello(i < 2 ? "first.example.com" : "second.example.com", 0), b = { 0 };

		quic_crypto(&b, &hello, 0, hello.n);
		if (i == 2)
			set16(&b, 1, 0x4000 | (unsigned)first.n);
		buf_free(&first);
		buf_free(&hello);
		udp_send(s.client, 40450, s.server, 443, quic_initial_under(&c[i], ids[i < 2 ? i : 1], b, 1200));
		if (i == 2)
			break;
		b = buf_hex(i ? "c3 00000001 00 08" : "f0 00000001 00 08");
		put_mem(&b, ids[i + 1], 8);
		if (i)
			put_buf(&b, buf_hex("00 4064"));
		put_seed(&b, s.seed, 100);
		udp_send(s.server, 443, s.client, 40450, b);
	}
}

/* With a version that is reserved nothing but a client's first packet is known, and only as long as that has to be. */
static void quic_not_reserved(struct net *n)
{
	static const uint8_t id[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	struct stage s = stage_new(n);
	struct quic_client c = { QUIC_RESERVED, 0, id, 8 };
	struct buf hello = quic_hello("old.example.com", 0), b = { 0 };

	quic_crypto(&b, &hello, 0, hello.n);
	buf_free(&hello);
	udp_send(s.client, 40450, s.server, 443, quic_initial(&c, b, 700));
	b = buf_hex("ff 1a2a3a4a 00 08 0102030405060708");
	put_seed(&b, s.seed, 60);
	udp_send(s.server, 443, s.client, 40450, b);		/* a Retry */
}

/* ---- HTTP, IKE ---- */

static void http_targets(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_open(s.client, 40001, s.server, 8080);

	tcp_send(t, 0, buf_str("GET . HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"));
	tcp_send(t, 1, buf_str("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
	tcp_send(t, 0, buf_str("HEAD cgi-bin/status?a=1 HTTP/1.1\r\nHost: 10.1.9.53\r\n\r\n"));
	tcp_send(t, 0, buf_str("GET /run?a=b\tc HTTP/1.1\r\nHost: 10.1.9.53\r\n\r\n"));
	t = tcp_open(s.client, 40002, s.server, 8080);
	tcp_send(t, 0, buf_str("GET  HTTP/1.0\r\n\r\n"));
}

/* Who understands no message has no cookie to answer with: version 1's Informational; and another exchange without one, which is none. */
static void ike_nobody(struct net *n)
{
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 2; i++) {
		struct buf b = buf_hex("0000000000000000 0000000000000000 0b 10 05 00 5f724dc6 00000028 0000000c 00000001 01 00 0005");

		if (i)
			set8(&b, 18, 2);
		udp_send(s.north->n3, 500, s.upf->n3, 500, b);
	}
}

const struct golden golden_old[] = {
	{ "tls", "v2-hello", tls_v2_hello, NULL, NULL },
	{ "tls", "not-v2-hello", tls_not_v2_hello, NULL, NULL },
	{ "tls", "draft-20", tls_draft, NULL, NULL },
	{ "tls", "small-records", tls_small_records, NULL, NULL },
	{ "tls", "reset-under-way", tls_reset, NULL, NULL },
	{ "quic", "versions", quic_versions, NULL, NULL },
	{ "quic", "again", quic_again, NULL, NULL },
	{ "quic", "not-reserved", quic_not_reserved, NULL, NULL },
	{ "http", "targets", http_targets, NULL, NULL },
	{ "isakmp", "nobody", ike_nobody, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
