/* Golden captures of TLS and DTLS. */
#include "golden.h"
#include "sealed.h"

#include <string.h>

struct buf buf_hex(const char *s)
{
	static const char digits[] = "0123456789abcdef";
	struct buf b = { 0 };
	unsigned v = 0, n = 0;

	for (; *s; s++) {
		const char *at = strchr(digits, *s);

		if (!at)
			continue;
		v = v << 4 | (unsigned)(at - digits);
		if (++n % 2 == 0)
			put8(&b, v & 255);
	}
	return b;
}

/* ---- TLS ---- */

static struct buf sni(const char *name)
{
	struct buf b = { 0 };

	put16(&b, (unsigned)strlen(name) + 3);
	put8(&b, 0);
	put16(&b, (unsigned)strlen(name));
	put_str(&b, name);
	return b;
}

/* Version 1.2: GREASE in suites and extensions, a name, ALPN, algorithms. */
static struct buf client_hello(struct seed *s, unsigned version, bool datagrams)
{
	struct buf b = { 0 };
	size_t ext;

	put16(&b, version);
	put_seed(&b, s, 32);
	put8(&b, 0);
	if (datagrams)
		put8(&b, 0);
	put16(&b, 8);
	put_buf(&b, buf_hex("1a1a c02f c030 009c"));
	put16(&b, 0x0100);
	ext = len16_open(&b);
	clear_extension(&b, 0x2a2a, (struct buf){ 0 });
	clear_extension(&b, 0, sni("amf-1.oam.example.net"));
	clear_extension(&b, 16, buf_hex("000c 02 6832 08 687474702f312e31"));
	clear_extension(&b, 13, buf_hex("0006 0403 0804 0401"));
	clear_extension(&b, 23, (struct buf){ 0 });
	len16_close(&b, ext);
	return clear_handshake(1, b);
}

static struct buf server_hello(struct seed *s, unsigned version, unsigned suite)
{
	struct buf b = { 0 };

	put16(&b, version);
	put_seed(&b, s, 32);
	put8(&b, 0);
	put16(&b, suite);
	put8(&b, 0);
	put16(&b, 5);
	clear_extension(&b, 0xff01, buf_hex("00"));
	return clear_handshake(2, b);
}

struct buf ber(unsigned tag, struct buf in)
{
	struct buf b = { 0 };

	put8(&b, tag);
	if (in.n > 127)
		put8(&b, 0x82);
	in.n > 127 ? put16(&b, (unsigned)in.n) : put8(&b, (unsigned)in.n);
	put_buf(&b, in);
	return b;
}

static struct buf rdn(unsigned attribute, unsigned kind, const char *text)
{
	struct buf b = buf_hex("06 03 55 04");

	put8(&b, attribute);
	put_buf(&b, ber(kind, buf_str(text)));
	return ber(0x31, ber(0x30, b));
}

static struct buf name(const char *org, const char *common)
{
	struct buf b = rdn(6, 0x13, "NO");

	put_buf(&b, rdn(10, 0x0c, org));
	put_buf(&b, rdn(3, 0x0c, common));
	return ber(0x30, b);
}

struct buf certificate(struct seed *s, const char *common, size_t key)
{
	struct buf b = buf_hex("a0 03 02 01 02  02 04 01 02 03 04  30 0d 06 09 2a 86 48 86 f7 0d 01 01 0b 05 00"), public = { 0 }, when = { 0 };

	put_buf(&b, name("Acme Networks", "Acme Root"));
	put_buf(&when, ber(0x17, buf_str("260101000000Z")));
	put_buf(&when, ber(0x17, buf_str("270101000000Z")));
	put_buf(&b, ber(0x30, when));
	put_buf(&b, name("Acme Networks", common));
	if (!key)
		public = buf_hex("30 13 06 07 2a 86 48 ce 3d 02 01 06 08 2a 86 48 ce 3d 03 01 07  03 42 00 04");
	put_seed(&public, s, key ? key : 64);
	put_buf(&b, ber(0x30, public));
	b = ber(0x30, b);
	put_buf(&b, buf_hex("30 0d 06 09 2a 86 48 86 f7 0d 01 01 0b 05 00"));
	public = buf_hex("00");
	put_seed(&public, s, 64);
	put_buf(&b, ber(3, public));
	return ber(0x30, b);
}

static struct buf certificates(struct seed *s, const char *common, size_t key)
{
	struct buf one = certificate(s, common, key), list = { 0 }, b = { 0 };

	put24(&list, (uint32_t)one.n);
	put_buf(&list, one);
	put24(&b, (uint32_t)list.n);
	put_buf(&b, list);
	return clear_handshake(11, b);
}

static struct buf opaque(struct seed *s, unsigned type, size_t n)
{
	struct buf b = { 0 };

	put_seed(&b, s, n);
	return clear_handshake(type, b);
}

static struct buf ciphered(struct seed *s, unsigned type, size_t n)
{
	struct buf b = { 0 };

	put_seed(&b, s, n);
	return clear_record(type, b);
}

static struct tcp *secure(struct net *n, struct stage *s, unsigned port)
{
	*s = stage_new(n);
	return tcp_open(s->client, 40000, host_at(n, "oss", "10.1.9.10"), port);
}

static void change_cipher(struct tcp *t, struct seed *s, unsigned from)
{
	struct buf b = clear_record(20, buf_hex("01"));

	put_buf(&b, ciphered(s, 22, 40));
	tcp_send(t, from, b);
}

static void tls12(struct net *n, size_t key, size_t piece)
{
	struct stage s;
	struct tcp *t = secure(n, &s, 9443);
	struct buf b = { 0 }, certs;

	tcp_send(t, 0, clear_record(22, client_hello(s.seed, 0x0303, false)));
	put_buf(&b, clear_record(22, server_hello(s.seed, 0x0303, 0xc02f)));
	certs = certificates(s.seed, "smf-1.oam.example.net", key);
	for (size_t at = 0; at < certs.n; at += piece)		/* a message over several records */
		put_buf(&b, clear_record(22, buf_of(certs.p + at, certs.n - at < piece ? certs.n - at : piece)));
	buf_free(&certs);
	certs = opaque(s.seed, 12, 200);
	put_buf(&certs, clear_handshake(14, (struct buf){ 0 }));	/* two messages in a record */
	put_buf(&b, clear_record(22, certs));
	tcp_send(t, 1, b);
	tcp_send(t, 0, clear_record(22, opaque(s.seed, 16, 66)));
	change_cipher(t, s.seed, 0);
	change_cipher(t, s.seed, 1);
	tcp_send(t, 0, ciphered(s.seed, 23, 300));
	tcp_send(t, 1, ciphered(s.seed, 23, 900));
	tcp_close(t, 0);
}

static void tls_certificate(struct net *n) { tls12(n, 270, 1 << 14); }
static void tls_over_records(struct net *n) { tls12(n, 5000, 2000); }

static void tls_session13(struct net *n)
{
	struct stage s = stage_new(n);

	tls_session(s.client, 40000, host_at(n, "vendor", "203.0.113.10"), 443, "updates.example.org", 4);
}

/* TLS 1.3: the server wants another key share; the client's second hello comes behind its Change Cipher Spec. */
static void tls_retry(struct net *n)
{
	struct stage s;
	struct tcp *t = secure(n, &s, 443);
	struct buf b = buf_hex("0303 cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c 00 1301 00 000c 002b 0002 0304 0033 0002 0017");

	tcp_send(t, 0, tls_client_hello(s.seed, "nrf.example.net"));
	tcp_send(t, 1, clear_record(22, clear_handshake(2, b)));
	b = clear_record(20, buf_hex("01"));
	put_buf(&b, tls_client_hello(s.seed, "nrf.example.net"));
	tcp_send(t, 0, b);
	tcp_send(t, 1, clear_record(22, server_hello(s.seed, 0x0303, 0x1301)));
	tcp_send(t, 1, ciphered(s.seed, 23, 700));
	tcp_send(t, 0, ciphered(s.seed, 23, 60));
}

static void tls_refused(struct net *n)
{
	struct stage s;
	struct tcp *t = secure(n, &s, 443);

	tcp_send(t, 0, clear_record(22, client_hello(s.seed, 0x0303, false)));
	tcp_send(t, 1, clear_record(21, buf_hex("02 28")));
	tcp_close(t, 1);
}

static void tls_split(struct net *n)
{
	struct stage s;
	struct tcp *t = secure(n, &s, 443);

	t->mss = 60;
	tcp_send(t, 0, clear_record(22, client_hello(s.seed, 0x0303, false)));
	t->mss = 7;
	tcp_send(t, 1, clear_record(22, server_hello(s.seed, 0x0303, 0x009c)));
}

static void tls_cut(struct net *n)
{
	struct stage s;
	struct tcp *t = secure(n, &s, 443);

	n->next.snap = 14 + 20 + 20 + 80;
	tcp_send(t, 0, clear_record(22, client_hello(s.seed, 0x0303, false)));
	tcp_send(t, 1, clear_record(22, server_hello(s.seed, 0x0303, 0x009c)));
}

/* Lengths that lie: of suites, of extensions, of a name, of a certificate. */
static void tls_lies(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b;

	for (unsigned i = 0; i < 4; i++) {
		struct tcp *t = tcp_open(s.client, 40000 + i, s.server, 443);

		b = clear_record(22, client_hello(s.seed, 0x0303, false));
		switch (i) {
		case 0: set16(&b, 5 + 4 + 35, 0xfffe); break;
		case 1: set16(&b, 5 + 4 + 35 + 2 + 8 + 2, 0x7fff); break;
		case 2: set16(&b, 5 + 4 + 35 + 2 + 8 + 2 + 2 + 4 + 4 + 3, 4000); break;
		default: set8(&b, 5 + 4 + 34, 33); break;		/* a session id longer than there are */
		}
		tcp_send(t, 0, b);
		b = clear_record(22, certificates(s.seed, "smf-1", 100));
		set16(&b, 5 + 4 + 4, i ? 0x3fff : 30);
		tcp_send(t, 1, b);
	}
}

/* Streams that begin like TLS and are not, and TLS from its middle on. */
static void tls_not(struct net *n)
{
	static const char *const begins[] = {
		"16 03 01 00 05 01 00 00 01 03",			/* too short for a hello */
		"16 03 01 02 00 01 00 01 fc 07 07 00 00 00 00",		/* the hello's version is none */
		"16 03 09 00 80 01 00 00 7c 03 03 00 00 00 00",
		"16 03 01 00 80 01 00 00 70 03 03 00 00 00 00",		/* the record goes on behind the hello */
		"17 03 03 00 08 01 02 03 04 05 06 07 08",
		"16 03 03 00 28 8f 12 00 05 99 a1 03 03 00 00",
	};
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
		struct tcp *t = tcp_open(s.client, 40000 + i, s.server, 443);
		struct buf b = buf_hex(begins[i]);

		put_seed(&b, s.seed, 200);
		tcp_send(t, 0, b);
	}
}

/* ---- DTLS ---- */

struct dtls { struct seed *seed; uint64_t seq; unsigned message, suite; };	/* suite 0: 0xc02f */

static struct buf dtls_record(struct dtls *d, unsigned type, unsigned epoch, struct buf body)
{
	struct buf b = { 0 };

	put8(&b, type);
	put16(&b, 0xfefd);
	put16(&b, epoch);
	put16(&b, 0);
	put32(&b, (uint32_t)d->seq++);
	put16(&b, (unsigned)body.n);
	put_buf(&b, body);
	return b;
}

/* Octets from..from+n of a TLS handshake message as DTLS sends them; n 0: all. */
static struct buf dtls_message(struct dtls *d, struct buf whole, size_t from, size_t n)
{
	uint32_t len = (uint32_t)whole.n - 4;
	struct buf b = { 0 };

	n = n ? n : len;
	put_mem(&b, whole.p, 4);
	put16(&b, d->message);
	put24(&b, (uint32_t)from);
	put24(&b, (uint32_t)n);
	put_mem(&b, whole.p + 4 + from, n);
	buf_free(&whole);
	return dtls_record(d, 22, 0, b);
}

static struct buf verify_request(void) { return clear_handshake(3, buf_hex("feff 04 c0ffee00")); }

/* The handshake as a list of datagrams, sent by `send` with the side it comes from. */
static void dtls_handshake(struct dtls *d, void *to, void (*send)(void *to, unsigned from, struct buf b))
{
	struct buf certs, b;

	send(to, 0, dtls_message(d, client_hello(d->seed, 0xfefd, true), 0, 0));
	send(to, 1, dtls_message(d, verify_request(), 0, 0));
	send(to, 0, dtls_message(d, client_hello(d->seed, 0xfefd, true), 0, 0));
	d->message = 1;
	b = dtls_message(d, server_hello(d->seed, 0xfefd, d->suite ? d->suite : 0xc02f), 0, 0);
	put_buf(&b, dtls_message(d, certificates(d->seed, "gnb-north", 120), 0, 0));
	send(to, 1, b);
	d->message = 2;
	certs = opaque(d->seed, 12, 300);
	send(to, 1, dtls_message(d, buf_copy(&certs), 0, 200));		/* in two fragments */
	send(to, 1, dtls_message(d, certs, 200, 100));
	send(to, 1, dtls_message(d, clear_handshake(14, (struct buf){ 0 }), 0, 0));
	b = dtls_message(d, opaque(d->seed, 16, 66), 0, 0);
	put_buf(&b, dtls_record(d, 20, 0, buf_hex("01")));
	certs = (struct buf){ 0 };
	put_seed(&certs, d->seed, 40);
	put_buf(&b, dtls_record(d, 22, 1, certs));
	send(to, 0, b);
	for (unsigned i = 0; i < 4; i++) {
		certs = (struct buf){ 0 };
		put_seed(&certs, d->seed, 60 + 20 * i);
		send(to, i % 2, dtls_record(d, 23, 1, certs));
	}
}

struct udp_pair { struct host *end[2]; unsigned port[2]; };

static void by_udp(void *to, unsigned from, struct buf b)
{
	const struct udp_pair *p = to;

	udp_send(p->end[from], p->port[from], p->end[!from], p->port[!from], b);
	wait_ms(p->end[0]->net, 2);
}

static void dtls_udp(struct net *n)
{
	struct stage s = stage_new(n);
	struct udp_pair p = { { s.client, s.server }, { 40000, 4433 } };

	dtls_handshake(&(struct dtls){ .seed = s.seed }, &p, by_udp);
}

/* What OpenSSL before 0.9.8f took for the version of DTLS 1.0, and one that nobody did. */
static void dtls_old(struct net *n)
{
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 2; i++) {
		struct dtls d = { .seed = s.seed };
		struct buf b = dtls_message(&d, client_hello(s.seed, 0x0100 + i, true), 0, 0);

		set16(&b, 1, 0x0100 + i);
		udp_send(s.client, 40001 + i, s.server, 4433, b);
	}
}

struct sctp_way { struct assoc *a; uint32_t ppid; };

static void by_sctp(void *to, unsigned from, struct buf b)
{
	const struct sctp_way *w = to;

	assoc_send(w->a, from, 0, w->ppid, b);
	wait_ms(w->a->net, 2);
}

/* NGAP and Diameter under DTLS: what is ciphered is said once a direction. */
static void dtls_sctp(struct net *n)
{
	struct stage s = stage_new(n);
	struct sctp_way w = { assoc_open(s.north->n2, 40101, s.amf->n2, NGAP_PORT), 66 };

	w.a->quiet = true;
	dtls_handshake(&(struct dtls){ .seed = s.seed }, &w, by_sctp);
	w = (struct sctp_way){ assoc_open(s.client, 40102, s.server, 5868), 47 };
	w.a->quiet = true;
	dtls_handshake(&(struct dtls){ .seed = s.seed }, &w, by_sctp);
}

static void dtls_n2(struct net *n)
{
	struct stage s = stage_new(n);
	struct sctp_way w = { assoc_open(s.north->n2, 40101, s.amf->n2, NGAP_PORT), 66 };

	dtls_handshake(&(struct dtls){ .seed = s.seed }, &w, by_sctp);
}

/* The same, but the suite that the two agree on ciphers nothing: TLS_ECDHE_RSA_WITH_NULL_SHA. */
static void dtls_n2_null(struct net *n)
{
	struct stage s = stage_new(n);
	struct sctp_way w = { assoc_open(s.north->n2, 40101, s.amf->n2, NGAP_PORT), 66 };

	dtls_handshake(&(struct dtls){ .seed = s.seed, .suite = 0xc010 }, &w, by_sctp);
}

/* The handshake was before the capture. */
static void dtls_n2_midway(struct net *n)
{
	struct stage s = stage_new(n);
	struct sctp_way w = { assoc_midway(s.north->n2, 40101, s.amf->n2, NGAP_PORT), 66 };
	struct dtls d = { .seed = s.seed };

	for (unsigned i = 0; i < 4; i++) {
		struct buf b = { 0 };

		put_seed(&b, s.seed, 80);
		by_sctp(&w, i % 2, dtls_record(&d, 23, 1, b));
	}
}

static void dtls_lies(struct net *n)
{
	struct stage s = stage_new(n);
	struct dtls d = { .seed = s.seed };
	struct buf b;

	for (unsigned i = 0; i < 5; i++) {
		b = dtls_message(&d, client_hello(s.seed, 0xfefd, true), 0, 0);
		switch (i) {
		case 0: set16(&b, 11, 0x4000); break;		/* the record is longer than the datagram */
		case 1: set8(&b, 1, 3); break;			/* a version of TLS */
		case 2: set8(&b, 13 + 6, 9); break;		/* a fragment behind its message */
		case 3: set8(&b, 13, 99); break;		/* no such message */
		default: set16(&b, 13 + 12 + 36, 0x6000); break;	/* suites past the end */
		}
		udp_send(s.client, 40000 + i, s.server, 4433, b);
		wait_ms(n, 2);
	}
}

const struct golden golden_guard[] = {
	{ "checks/N2-CLEARTEXT", "conform-dtls", dtls_n2, NULL, NULL },
	{ "checks/N2-CLEARTEXT", "undecidable-dtls", dtls_n2_midway, NULL, NULL },
	{ "checks/N2-CLEARTEXT", "undecidable-dtls-null", dtls_n2_null, NULL, NULL },
	{ "tls", "tls13", tls_session13, NULL, NULL },
	{ "tls", "certificate", tls_certificate, NULL, NULL },
	{ "tls", "message-over-records", tls_over_records, NULL, NULL },
	{ "tls", "hello-retry", tls_retry, NULL, NULL },
	{ "tls", "alert", tls_refused, NULL, NULL },
	{ "tls", "split", tls_split, NULL, NULL },
	{ "tls", "snapped", tls_cut, NULL, NULL },
	{ "tls", "lengths-lie", tls_lies, NULL, NULL },
	{ "tls", "not-tls", tls_not, NULL, NULL },
	{ "dtls", "udp", dtls_udp, NULL, NULL },
	{ "dtls", "sctp", dtls_sctp, NULL, NULL },
	{ "dtls", "old-version", dtls_old, NULL, NULL },
	{ "dtls", "lengths-lie", dtls_lies, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
