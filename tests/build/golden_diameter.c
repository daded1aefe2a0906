/* Golden captures of Diameter. */
#include "epc.h"
#include "golden.h"
#include "secret.h"

#include <string.h>

static const char imsi[] = "001017315928647", msisdn[] = "4915127384956", mme_host[] = "mme.epc.mnc001.mcc001.3gppnetwork.org",
	hss_host[] = "hss.epc.mnc001.mcc001.3gppnetwork.org", realm[] = "epc.mnc001.mcc001.3gppnetwork.org";

struct peers { struct net *net; struct host *mme, *hss, *pgw, *pcrf, *ocs, *cscf, *dra; };

static struct peers peers_new(struct net *n)
{
	return (struct peers){ n, host_at(n, "mme", "10.2.1.11"), host_at(n, "hss", "10.2.1.71"), host_at(n, "pgw", "10.2.1.31"), host_at(n, "pcrf", "10.2.1.72"),
		host_at(n, "ocs", "10.2.1.73"), host_at(n, "cscf", "10.2.1.74"), host_at(n, "dra", "10.2.1.75") };
}

static struct buf capabilities(bool request, const struct host *h, const char *name)
{
	struct buf m = dia_open(request ? DIA_REQUEST : 0, 257, APP_BASE, 0x11, 0x21);
	size_t at;

	if (!request)
		dia_u32(&m, 268, 0, 2001);
	dia_origin(&m, name, realm);
	dia_address(&m, &h->ip);
	dia_u32(&m, 266, 0, 10415);
	dia_str(&m, 269, 0, "freeDiameter");
	dia_u32(&m, 265, 0, 10415);
	at = dia_group(&m, 260, 0);
	dia_u32(&m, 266, 0, 10415);
	dia_u32(&m, 258, 0, APP_S6A);
	dia_end(&m, at);
	dia_u32(&m, 299, 0, 0);
	dia_u32(&m, 267, 0, 10500);
	return dia_close(m);
}

static struct buf watchdog(bool request, const char *name, uint32_t hop)
{
	struct buf m = dia_open(request ? DIA_REQUEST : 0, 280, APP_BASE, hop, hop);

	if (!request)
		dia_u32(&m, 268, 0, 2001);
	dia_origin(&m, name, realm);
	dia_u32(&m, 278, 0, 1);
	return dia_close(m);
}

static struct buf update_location(const char *session)
{
	struct buf m = dia_open(DIA_REQUEST | DIA_PROXIABLE, 316, APP_S6A, 0x12, 0x22);

	dia_str(&m, 263, 0, session);
	dia_u32(&m, 277, 0, 1);
	dia_origin(&m, mme_host, realm);
	dia_str(&m, 293, 0, hss_host);
	dia_str(&m, 283, 0, realm);
	dia_str(&m, 1, 0, imsi);
	secret_digits("supi", imsi);
	dia_u32(&m, 1032, V_3GPP, 1004);
	dia_u32(&m, 1405, V_3GPP, 2);
	dia_octets(&m, 1407, V_3GPP, "\x00\xf1\x10", 3);
	return dia_close(m);
}

static struct buf location_updated(const char *session)
{
	struct buf m = dia_open(DIA_PROXIABLE, 316, APP_S6A, 0x12, 0x22);
	size_t at;

	dia_str(&m, 263, 0, session);
	dia_u32(&m, 268, 0, 2001);
	dia_origin(&m, hss_host, realm);
	dia_u32(&m, 1406, V_3GPP, 1);
	at = dia_group(&m, 1400, V_3GPP);
	dia_tbcd(&m, 701, V_3GPP, msisdn);
	dia_str(&m, 493, 0, "internet");
	dia_end(&m, at);
	return dia_close(m);
}

static struct buf vectors(const char *session)
{
	struct buf m = dia_open(DIA_PROXIABLE, 318, APP_S6A, 0x13, 0x23);
	uint8_t key[32];
	size_t at, in;

	for (size_t i = 0; i < sizeof(key); i++)
		key[i] = (uint8_t)(0xa5 ^ i * 23);
	secret_octets("key", key, sizeof(key));
	dia_str(&m, 263, 0, session);
	dia_u32(&m, 268, 0, 2001);
	dia_origin(&m, hss_host, realm);
	at = dia_group(&m, 1413, V_3GPP);
	in = dia_group(&m, 1414, V_3GPP);
	dia_octets(&m, 1447, V_3GPP, "0123456789abcdef", 16);
	dia_octets(&m, 1450, V_3GPP, key, sizeof(key));
	dia_end(&m, in);
	dia_end(&m, at);
	return dia_close(m);
}

static void s6a(struct net *n)			/* over SCTP; the handshake with payload id 0, as some stacks send it */
{
	struct peers p = peers_new(n);
	struct assoc *a = assoc_open(p.mme, 40868, p.hss, DIAMETER_PORT);
	char session[160];

	a->quiet = true;
	snprintf(session, sizeof(session), "%s;1096298391;4;app_s6a", mme_host);
	assoc_send(a, 0, 0, 0, capabilities(true, p.mme, mme_host));
	wait_ms(n, 3);
	assoc_send(a, 1, 0, 0, capabilities(false, p.hss, hss_host));
	wait_ms(n, 3);
	assoc_send(a, 0, 1, DIAMETER_PPID, update_location(session));
	wait_ms(n, 3);
	assoc_send(a, 1, 1, DIAMETER_PPID, location_updated(session));
	wait_ms(n, 3);
	assoc_send(a, 1, 1, DIAMETER_PPID, vectors(session));
	wait_ms(n, 3);
	assoc_hold(a, 0, 0, DIAMETER_PPID, watchdog(true, mme_host, 0x31));
	assoc_send(a, 0, 1, DIAMETER_PPID, watchdog(false, mme_host, 0x32));
	wait_ms(n, 3);
	assoc_send(a, 0, 0, 47, buf_of("\x16\xfe\xfd\0\0\0\0\0\0\0\0\0\x10" "DTLS handshake..", 29));
	wait_ms(n, 3);
	assoc_send(a, 0, 0, 0, buf_str("no Diameter, though its port"));
	assoc_shutdown(a, 0);
}

static struct buf credit(uint32_t application, bool request, const char *session)
{
	struct buf m = dia_open((request ? DIA_REQUEST : 0) | DIA_PROXIABLE, 272, application, 0x41, 0x51);
	size_t at;

	dia_str(&m, 263, 0, session);
	if (!request)
		dia_u32(&m, 268, 0, 2001);
	dia_origin(&m, request ? "pgw.example.net" : application == APP_GX ? "pcrf.example.net" : "ocs.example.net", "example.net");
	if (request)
		dia_str(&m, 283, 0, "example.net");
	dia_u32(&m, 258, 0, application);
	dia_u32(&m, 416, 0, 1);
	dia_u32(&m, 415, 0, 0);
	if (request && application == APP_GY)
		dia_str(&m, 461, 0, "32251@3gpp.org");
	if (!request && application == APP_GY) {
		at = dia_group(&m, 456, 0);
		dia_u32(&m, 268, 0, 4012);
		dia_u32(&m, 432, 0, 1);
		dia_end(&m, at);
	}
	if (!request)
		return dia_close(m);
	dia_subscription(&m, 1, imsi);
	dia_subscription(&m, 0, msisdn);
	at = dia_group(&m, 458, 0);
	dia_u32(&m, 459, 0, 0);
	dia_octets(&m, 460, 0, "\x53\x02\x99\x00\x71\x16\x84\x32", 8);
	dia_end(&m, at);
	secret_digits("pei", "3520990017614823");
	dia_octets(&m, 8, 0, "\x0a\x3d\x00\x01", 4);
	dia_str(&m, 30, 0, "internet");
	dia_u32(&m, 1032, V_3GPP, 1004);
	dia_octets(&m, 50, 2011, "vendor's own", 12);
	dia_octets(&m, 51, 2011, "and again", 9);
	return dia_close(m);
}

static void gx_gy(struct net *n)		/* over TCP: Gx on its port, Gy on one that says nothing */
{
	struct peers p = peers_new(n);
	struct tcp *gx = tcp_open(p.pgw, 40869, p.pcrf, DIAMETER_PORT), *gy = tcp_open(p.pgw, 40870, p.ocs, 13868);

	tcp_send(gx, 0, credit(APP_GX, true, "pgw.example.net;12;34;gx"));
	wait_ms(n, 3);
	tcp_send(gx, 1, credit(APP_GX, false, "pgw.example.net;12;34;gx"));
	wait_ms(n, 3);
	tcp_send(gy, 0, credit(APP_GY, true, "pgw.example.net;12;35;gy"));
	wait_ms(n, 3);
	tcp_send(gy, 1, credit(APP_GY, false, "pgw.example.net;12;35;gy"));
	wait_ms(n, 3);
	tcp_close(gx, 0);
	tcp_close(gy, 0);
}

/* A connection that began before the capture: both directions are found where a message surely begins. */
static void midway(struct net *n)
{
	struct peers p = peers_new(n);
	struct tcp *t = tcp_midway(p.pgw, 40871, p.ocs, 13868), *u = tcp_midway(p.pgw, 40872, p.ocs, DIAMETER_PORT);
	struct buf b = credit(APP_GY, true, "pgw.example.net;12;36;gy");

	tcp_send(t, 0, buf_of(b.p + 100, b.n - 100));		/* the end of one: nothing to be sure of */
	wait_ms(n, 3);
	tcp_send(t, 0, buf_copy(&b));
	wait_ms(n, 3);
	tcp_send(t, 1, credit(APP_GY, false, "pgw.example.net;12;36;gy"));
	wait_ms(n, 3);
	tcp_send(u, 0, buf_of(b.p + 100, b.n - 100));		/* on its port the same, and one in the same segment behind it */
	wait_ms(n, 3);
	{
		struct buf two = buf_of(b.p + 100, b.n - 100);

		put_buf(&two, buf_copy(&b));
		tcp_send(u, 0, two);
	}
	wait_ms(n, 3);
	buf_free(&b);
}

/* Messages in pieces, two in a segment, one lost in the middle. */
static void pieces(struct net *n)
{
	struct peers p = peers_new(n);
	struct tcp *t = tcp_open(p.mme, 40873, p.hss, DIAMETER_PORT);
	struct buf b = update_location("mme;1;1"), two;

	t->mss = 100;
	tcp_send(t, 0, buf_copy(&b));
	wait_ms(n, 3);
	t->mss = 1400;
	two = watchdog(true, mme_host, 1);
	put_buf(&two, watchdog(true, mme_host, 2));
	tcp_send(t, 0, two);
	wait_ms(n, 3);
	t->mss = 100;
	n->next.lost = true;
	tcp_send(t, 0, buf_copy(&b));
	wait_ms(n, 3);
	t->mss = 1400;
	tcp_send(t, 1, watchdog(false, hss_host, 1));
	wait_ms(n, 3);
	tcp_send(t, 0, watchdog(true, mme_host, 3));
	wait_ms(n, 3);
	tcp_close(t, 0);
	buf_free(&b);
}

/* Where a Session-Id or host name holds an identity, it leaves as a pseudonym; numbers that are none stay. */
static void identities(struct net *n)
{
	struct peers p = peers_new(n);
	struct assoc *a = assoc_open(p.mme, 40868, p.hss, DIAMETER_PORT);
	static const char *const sessions[] = {
		"mme;1;IMSI001017315928647", "mme;001017315928647;2", "mme;1;4915127384956", "sub001017315928647@mme;7",
		"mme;1793606400000001017315928647;3",			/* a time and an IMSI in one */
		"mme;1793606400123;4",					/* a time in milliseconds, of these days */
		"mme;4319053215662086592;2625076178;6f62d412",		/* 64 and 32 bits */
		"mme;4294967295;4294967295",
	};
	struct buf m;

	a->quiet = true;
	for (size_t i = 0; i < sizeof(sessions) / sizeof(sessions[0]); i++) {
		m = dia_open(DIA_REQUEST, 321, APP_S6A, (uint32_t)i, (uint32_t)i);
		dia_str(&m, 263, 0, sessions[i]);
		dia_origin(&m, mme_host, realm);
		assoc_send(a, 0, 1, DIAMETER_PPID, dia_close(m));
		wait_ms(n, 3);
	}
	m = dia_open(DIA_REQUEST, 321, APP_S6A, 90, 90);	/* a short number, which the message itself calls an identity */
	dia_str(&m, 263, 0, "mme;12;4930901820;x");
	dia_origin(&m, mme_host, realm);
	dia_subscription(&m, 0, "4930901820");
	assoc_send(a, 0, 1, DIAMETER_PPID, dia_close(m));
	wait_ms(n, 3);
	m = dia_open(DIA_REQUEST, 303, APP_SWX, 91, 91);	/* names in all forms */
	dia_str(&m, 263, 0, "aaa;1;1");
	dia_origin(&m, "aaa.example.net", "example.net");
	dia_str(&m, 1, 0, "0001017315928647@nai.epc.mnc001.mcc001.3gppnetwork.org");
	dia_str(&m, 1, 0, "001017315928647@ims.mnc001.mcc001.3gppnetwork.org");
	dia_str(&m, 1, 0, "someone@example.net");
	dia_str(&m, 31, 0, "+4915127384956");
	dia_str(&m, 601, V_3GPP, "sip:+4915127384956@ims.example.net");
	dia_str(&m, 1, V_3GPP, imsi);
	dia_str(&m, 1402, V_3GPP, "35209900176148");
	dia_subscription(&m, 3, "001017315928647@wlan.example.net");
	dia_subscription(&m, 2, "sip:someone@example.net");
	dia_subscription(&m, 99, "of a later kind");
	secret_digits("pei", "35209900176148");
	assoc_send(a, 0, 1, DIAMETER_PPID, dia_close(m));
	secret_digits("supi", imsi);
}

static struct buf named(const char *host)
{
	struct buf m = dia_open(DIA_REQUEST, 280, APP_BASE, 1, 1);

	dia_origin(&m, host, realm);
	return dia_close(m);
}

static void sctp_one(struct peers *p, struct assoc *a, struct buf m)
{
	assoc_send(a, 0, 1, DIAMETER_PPID, m);
	wait_ms(p->net, 3);
}

static void avps_lie(struct net *n)
{
	struct peers p = peers_new(n);
	struct assoc *a = assoc_open(p.mme, 40868, p.hss, DIAMETER_PORT);
	struct buf m;
	size_t at[30];

	a->quiet = true;
	m = named(mme_host);
	set32(&m, m.n - 40, 0x40000004);		/* of the second AVP: shorter than its own head */
	sctp_one(&p, a, m);
	m = named(mme_host);
	set32(&m, m.n - 40, 0x40000000);
	sctp_one(&p, a, m);
	m = named(mme_host);
	set32(&m, m.n - 40, 0x40ffffff);
	sctp_one(&p, a, m);
	m = dia_open(DIA_REQUEST, 272, APP_GX, 2, 2);
	dia_str(&m, 263, 0, "x;1;1");
	dia_u32(&m, 268, 0, 2001);
	set32(&m, m.n - 8, 0x40000009);		/* one octet of a number that has four */
	dia_origin(&m, "pgw.example.net", "example.net");
	sctp_one(&p, a, dia_close(m));
	m = named(mme_host);
	m.n -= 3;					/* the last one without its padding */
	set32(&m, 0, 1u << 24 | (uint32_t)m.n);
	sctp_one(&p, a, m);
	m = dia_open(DIA_REQUEST, 272, APP_GY, 3, 3);	/* groups in groups, more than are followed */
	dia_str(&m, 263, 0, "x;1;2");
	for (int i = 0; i < 30; i++)
		at[i] = dia_group(&m, 456, 0);
	dia_u32(&m, 268, 0, 2001);
	for (int i = 30; i--; )
		dia_end(&m, at[i]);
	sctp_one(&p, a, dia_close(m));
	m = named(mme_host);
	put_buf(&m, named(hss_host));			/* a second one in the same message of SCTP */
	sctp_one(&p, a, m);
	m = named(mme_host);
	set32(&m, 0, 1u << 24 | 400);			/* longer than what came */
	sctp_one(&p, a, m);
	for (size_t keep = 5; keep < 70; keep += 9) {
		m = named(mme_host);
		buf_shorten(&m, keep);
		sctp_one(&p, a, m);
	}
}

static void snapped(struct net *n)
{
	struct peers p = peers_new(n);
	struct assoc *a = assoc_midway(p.mme, 40868, p.hss, DIAMETER_PORT);

	a->quiet = true;
	for (uint32_t keep = 8; keep < 120; keep += 16) {
		n->next.snap = 14 + 20 + 12 + 16 + keep;
		sctp_one(&p, a, watchdog(true, mme_host, keep));
	}
}

/* On other ports, with a first octet of 1, and no Diameter. */
static void not_diameter(struct net *n)
{
	struct peers p = peers_new(n);
	struct tcp *t = tcp_open(p.pgw, 40880, p.ocs, 13869);
	struct buf m = named("ocs.example.net");

	tcp_send(t, 0, buf_of("\x01\0\0\x1c\x80\0\x01\x18\0\0\0\0\0\0\0\1\0\0\0\1\0\0\x07\xd1\x40\0\0\x08", 28));	/* the first AVP is none of those */
	wait_ms(n, 3);
	m.p[4] = 0xa0;					/* a request that is an error */
	tcp_send(t, 0, buf_copy(&m));
	wait_ms(n, 3);
	m.p[4] = 0x80;
	m.p[3]++;					/* a length that is no multiple of four */
	tcp_send(t, 0, buf_copy(&m));
	wait_ms(n, 3);
	m.p[3]--;
	m.p[29] = 0x80;					/* no letter in the host's name */
	tcp_send(t, 0, buf_copy(&m));
	wait_ms(n, 3);
	m.p[29] = 'o';
	buf_shorten(&m, 27);				/* too few octets to be sure */
	tcp_send(t, 0, m);
	wait_ms(n, 3);
	tcp_close(t, 0);
	udp_send(p.pgw, 40881, p.ocs, DIAMETER_PORT, named("ocs.example.net"));	/* over UDP it does not exist */
	wait_ms(n, 3);
	t = tcp_open(p.pgw, 40882, p.ocs, DIAMETER_PORT);
	tcp_send(t, 0, buf_str("GET / HTTP/1.1\r\nHost: ocs\r\n\r\n"));
	tcp_close(t, 0);
}

const struct golden golden_diameter[] = {
	{ "diameter", "s6a-over-sctp", s6a, NULL, NULL },
	{ "diameter", "gx-gy-over-tcp", gx_gy, NULL, NULL },
	{ "diameter", "midway", midway, NULL, NULL },
	{ "diameter", "pieces", pieces, NULL, NULL },
	{ "diameter", "identities", identities, NULL, NULL },
	{ "diameter", "avps-lie", avps_lie, NULL, NULL },
	{ "diameter", "snapped", snapped, NULL, NULL },
	{ "diameter", "not-diameter", not_diameter, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
