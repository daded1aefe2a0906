/* Golden captures of GTPv2-C, GTPv1-C and GTP'. */
#include "epc.h"
#include "golden.h"
#include "secret.h"

#include <string.h>

static const char imsi[] = "001017315928647", msisdn[] = "4915127384956", mei[] = "3520990017614823";

struct core { struct net *net; struct host *mme, *sgw, *pgw, *mme2, *sgsn, *ggsn, *cgf; };

static struct core core_new(struct net *n)
{
	return (struct core){ n, host_at(n, "mme", "10.2.1.11"), host_at(n, "sgw", "10.2.1.21"), host_at(n, "pgw", "10.2.1.31"), host_at(n, "mme-2", "10.2.1.12"),
		host_at(n, "sgsn", "10.2.1.41"), host_at(n, "ggsn", "10.2.1.51"), host_at(n, "cgf", "10.2.1.61") };
}

static void say(struct host *from, struct host *to, struct buf m)
{
	udp_send(from, GTPC_PORT, to, GTPC_PORT, m);
	wait_ms(from->net, 2);
}

static void identities(struct buf *b)
{
	gtpc_digits(b, 1, imsi);
	gtpc_digits(b, 76, msisdn);
	gtpc_digits(b, 75, mei);
}

static struct buf create(struct core *c, bool s5)
{
	struct buf b = gtpc_open(GTPC_CREATE, 0, s5 ? 0x201 : 0x101);
	const struct ip enb = ip_of("10.2.3.101");
	size_t at;

	identities(&b);
	gtpc_plmn(&b);
	gtpc_u8(&b, 82, 6);
	gtpc_f_teid(&b, 0, s5 ? TEID_S5C_SGW : TEID_S11_MME, s5 ? 0x2000 : 0x1000, s5 ? &c->sgw->ip : &c->mme->ip);
	if (!s5)
		gtpc_f_teid(&b, 1, TEID_S5C_PGW, 0, &c->pgw->ip);
	gtpc_name(&b, 71, "internet.mnc001.mcc001.gprs");
	gtpc_u8(&b, 99, 1);
	at = gtpc_ie(&b, 93, 0);
	gtpc_u8(&b, 73, 5);
	if (s5)
		gtpc_f_teid(&b, 2, TEID_S5U_SGW, 0x2005, &c->sgw->ip);
	else
		gtpc_f_teid(&b, 0, TEID_S1U_ENB, 0x0e05, &enb);
	gtpc_end(&b, at);
	return gtpc_close(b);
}

static struct buf created(struct core *c, bool s5)
{
	struct buf b = gtpc_open(GTPC_CREATE_ANSWER, s5 ? 0x2000 : 0x1000, s5 ? 0x201 : 0x101);
	const struct ip ue = ip_of("10.61.0.1"), ue6 = ip_of("2001:db8:61:1::");
	size_t at;

	gtpc_cause(&b, GTPC_ACCEPTED);
	gtpc_f_teid(&b, s5 ? 1 : 0, s5 ? TEID_S5C_PGW : TEID_S11_SGW, s5 ? 0x3000 : 0x2100, s5 ? &c->pgw->ip : &c->sgw->ip);
	gtpc_paa(&b, &ue, s5 ? &ue6 : NULL);
	at = gtpc_ie(&b, 93, 0);
	gtpc_u8(&b, 73, 5);
	gtpc_cause(&b, GTPC_ACCEPTED);
	if (!s5)
		gtpc_f_teid(&b, 0, TEID_S1U_SGW, 0x2105, &c->sgw->ip);
	gtpc_f_teid(&b, 2, TEID_S5U_PGW, 0x3005, &c->pgw->ip);
	gtpc_end(&b, at);
	if (s5)
		gtpc_name(&b, 136, "topon.s5.pgw.epc.mnc001.mcc001.3gppnetwork.org");
	return gtpc_close(b);
}

static struct buf bearer(struct core *c)
{
	struct buf b = gtpc_open(GTPC_BEARER, 0x1000, 0x302);
	size_t at;

	gtpc_u8(&b, 73, 5);
	at = gtpc_ie(&b, 93, 0);
	gtpc_u8(&b, 73, 0);
	gtpc_f_teid(&b, 0, TEID_S1U_SGW, 0x2106, &c->sgw->ip);
	gtpc_end(&b, at);
	return gtpc_close(b);
}

static struct buf plain(unsigned type, int64_t teid, uint32_t seq, unsigned cause)
{
	struct buf b = gtpc_open(type, teid, seq);

	if (cause)
		gtpc_cause(&b, cause);
	else
		gtpc_u8(&b, 73, 5);
	return gtpc_close(b);
}

static void session(struct net *n)		/* S11 and S5: created, modified, released */
{
	struct core c = core_new(n);
	struct buf b = gtpc_open(GTPC_ECHO, NO_TEID, 1);
	const struct ip enb = ip_of("10.2.3.101");
	size_t at;

	gtpc_u8(&b, 3, 7);
	say(c.mme, c.sgw, gtpc_close(b));
	say(c.mme, c.sgw, create(&c, false));
	say(c.sgw, c.pgw, create(&c, true));
	say(c.pgw, c.sgw, created(&c, true));
	say(c.sgw, c.mme, created(&c, false));
	b = gtpc_open(GTPC_MODIFY, 0x2100, 0x102);
	at = gtpc_ie(&b, 93, 0);
	gtpc_u8(&b, 73, 5);
	gtpc_f_teid(&b, 0, TEID_S1U_ENB, 0x0e06, &enb);
	gtpc_end(&b, at);
	say(c.mme, c.sgw, gtpc_close(b));
	say(c.sgw, c.mme, plain(GTPC_MODIFY_ANSWER, 0x1000, 0x102, GTPC_ACCEPTED));
	say(c.mme, c.sgw, plain(GTPC_DELETE, 0x2100, 0x103, 0));
	say(c.sgw, c.mme, plain(GTPC_DELETE_ANSWER, 0x1000, 0x103, GTPC_ACCEPTED));
}

static void piggyback(struct net *n)		/* two messages in a packet, and one that says a second follows where none does */
{
	struct core c = core_new(n);
	struct buf b;

	say(c.sgw, c.mme, gtpc_piggyback(created(&c, false), bearer(&c)));
	b = created(&c, false);
	b.p[0] |= 0x10;
	say(c.sgw, c.mme, b);
	b = gtpc_piggyback(created(&c, false), buf_str("no message"));
	say(c.sgw, c.mme, b);
	b = created(&c, false);
	put_buf(&b, bearer(&c));		/* a second one that the first does not announce */
	say(c.sgw, c.mme, b);
}

static void context(struct net *n)		/* S10: keys go from MME to MME */
{
	struct core c = core_new(n);
	struct buf b = gtpc_open(GTPC_CONTEXT, 0, 0x401);
	uint8_t keys[60];
	size_t at, in;

	gtpc_f_teid(&b, 0, TEID_S10_MME, 0x1200, &c.mme2->ip);
	say(c.mme2, c.mme, gtpc_close(b));
	b = gtpc_open(GTPC_CONTEXT_ANSWER, 0x1200, 0x401);
	gtpc_cause(&b, GTPC_ACCEPTED);
	gtpc_digits(&b, 1, imsi);
	at = gtpc_ie(&b, 107, 0);
	for (size_t i = 0; i < sizeof(keys); i++)
		keys[i] = (uint8_t)(0xc3 ^ i * 37);
	secret_octets("key", keys + 8, 32);
	put_mem(&b, keys, sizeof(keys));
	gtpc_end(&b, at);
	gtpc_f_teid(&b, 0, TEID_S10_MME, 0x1100, &c.mme->ip);
	at = gtpc_ie(&b, 109, 0);
	gtpc_name(&b, 71, "internet");
	gtpc_u8(&b, 73, 5);
	gtpc_f_teid(&b, 0, TEID_S5C_PGW, 0x3000, &c.pgw->ip);
	in = gtpc_ie(&b, 93, 0);
	gtpc_u8(&b, 73, 5);
	gtpc_f_teid(&b, 0, TEID_S1U_SGW, 0x2105, &c.sgw->ip);
	gtpc_end(&b, in);
	gtpc_end(&b, at);
	say(c.mme, c.mme2, gtpc_close(b));
}

static void f_teids(struct net *n)		/* IPv6, both, neither; a private extension; digits that are none */
{
	struct core c = core_new(n);
	struct buf b = gtpc_open(GTPC_MODIFY, 0x2100, 0x501);
	const struct ip six = ip_of("2001:db8:2::21");
	size_t at;

	gtpc_f_teid(&b, 0, TEID_S11_MME, 0x1000, &six);
	at = gtpc_ie(&b, 87, 1);
	put8(&b, 0xc0 | TEID_S1U_SGW);
	put32(&b, 7);
	put_mem(&b, c.sgw->ip.b, 4);
	put_mem(&b, six.b, 16);
	gtpc_end(&b, at);
	at = gtpc_ie(&b, 87, 2);
	put8(&b, TEID_S1U_ENB);
	put32(&b, 9);
	gtpc_end(&b, at);
	at = gtpc_ie(&b, 255, 0);
	put16(&b, 2011);
	put_mem(&b, "vendor", 6);
	gtpc_end(&b, at);
	at = gtpc_ie(&b, 1, 0);
	put_mem(&b, "\xff\xff", 2);
	gtpc_end(&b, at);
	say(c.mme, c.sgw, gtpc_close(b));
}

static void unknown(struct net *n)		/* a message type and element types of later releases; an element that is empty; twice the same */
{
	struct core c = core_new(n);
	struct buf b = gtpc_open(250, 0x2100, 0x601);
	size_t at = gtpc_ie(&b, 219, 0);

	put_str(&b, "later");
	gtpc_end(&b, at);
	say(c.mme, c.sgw, gtpc_close(b));
	b = gtpc_open(GTPC_MODIFY, 0x2100, 0x602);
	at = gtpc_ie(&b, 87, 0);
	gtpc_end(&b, at);
	gtpc_u8(&b, 73, 5);
	gtpc_u8(&b, 73, 6);
	at = gtpc_ie(&b, 253, 0);
	put_str(&b, "later");
	gtpc_end(&b, at);
	say(c.mme, c.sgw, gtpc_close(b));
}

static void lengths(struct net *n)
{
	struct core c = core_new(n);
	struct buf b = created(&c, false);

	set16(&b, 2, (unsigned)b.n + 40);	/* the message is longer than its packet */
	say(c.sgw, c.mme, b);
	b = created(&c, false);
	set16(&b, 2, (unsigned)b.n - 24);	/* shorter, octets follow */
	say(c.sgw, c.mme, b);
	b = created(&c, false);
	set16(&b, 2, 3);			/* shorter than its header */
	say(c.sgw, c.mme, b);
	b = created(&c, false);
	set16(&b, 13, 0x4000);			/* the first element is longer than the message */
	say(c.sgw, c.mme, b);
	b = created(&c, false);
	set16(&b, 13, 0);			/* it is empty: what was its value is taken for the next */
	say(c.sgw, c.mme, b);
	b = gtpc_open(GTPC_MODIFY, 0x2100, 0x701);
	set16(&b, 2, 200);			/* nothing behind its header */
	say(c.mme, c.sgw, b);
}

static void ends(struct net *n)
{
	struct core c = core_new(n);

	for (size_t keep = 1; keep < 60; keep += 7) {
		struct buf b = created(&c, false);

		buf_shorten(&b, keep);
		say(c.sgw, c.mme, b);
	}
}

static void snapped(struct net *n)
{
	struct core c = core_new(n);

	for (uint32_t keep = 3; keep < 60; keep += 8) {
		n->next.snap = 42 + keep;
		say(c.sgw, c.mme, created(&c, false));
	}
}

static void deep(struct net *n)			/* bearer contexts in bearer contexts, more than are followed */
{
	struct core c = core_new(n);
	struct buf b = gtpc_open(GTPC_MODIFY, 0x2100, 0x801);
	size_t at[30];

	for (int i = 0; i < 30; i++)
		at[i] = gtpc_ie(&b, 93, 0);
	gtpc_u8(&b, 73, 5);
	for (int i = 30; i--; )
		gtpc_end(&b, at[i]);
	say(c.mme, c.sgw, gtpc_close(b));
}

static void not_gtp(struct net *n)		/* on its port and no GTP-C */
{
	struct core c = core_new(n);
	struct buf b = { 0 };

	say(c.mme, c.sgw, dns_query(1, "amf-1.oam.example.net", DNS_A));
	say(c.mme, c.sgw, buf_str("Hello, this is a conversation about something else."));
	put_seed(&b, &n->seed, 80);
	say(c.mme, c.sgw, b);
	b = created(&c, false);
	b.p[0] = 0x68;				/* version 3 */
	say(c.sgw, c.mme, b);
	b = created(&c, false);
	b.p[0] = 0x40;				/* a session's message without TEID, and a length that lies */
	set16(&b, 2, 300);
	say(c.sgw, c.mme, b);
	b = created(&c, false);
	b.p[0] = 0x08;				/* version 0: GTP of Release 97 */
	say(c.sgw, c.mme, b);
	say(c.mme, c.sgw, buf_of("\x48\x20", 2));
	say(c.mme, c.sgw, buf_of("\x48\x20\x00\xf0\x11\x22\x33\x44\x00\x00\x01\x00\xf5\x00\x08\x00junk", 20));
}

static void elsewhere(struct net *n)		/* answers go to whatever port asked; on ports that are not its own it is not looked for */
{
	struct core c = core_new(n);

	udp_send(c.mme, 40001, c.sgw, GTPC_PORT, create(&c, false));
	wait_ms(n, 2);
	udp_send(c.sgw, GTPC_PORT, c.mme, 40001, created(&c, false));
	wait_ms(n, 2);
	udp_send(c.mme, 40001, c.sgw, 40002, create(&c, false));
}

static void twice(struct net *n)
{
	struct core c = core_new(n);

	n->next = (struct fault){ .again = 1, .again_us = 60 };
	say(c.sgw, c.mme, gtpc_piggyback(created(&c, false), bearer(&c)));
	n->next.fragment = 64;
	say(c.sgw, c.mme, gtpc_piggyback(created(&c, false), bearer(&c)));
}

/* ---- GTPv1-C ---- */

static struct buf pdp(struct core *c)
{
	struct buf b = gtp1_open(16, 0, 1);

	gtp1_imsi(&b, imsi);
	gtp1_tv8(&b, 14, 3);
	gtp1_tv8(&b, 15, 0xfc);
	gtp1_tv32(&b, 16, 0x4100);
	gtp1_tv32(&b, 17, 0x4001);
	gtp1_tv8(&b, 20, 5);
	gtp1_tlv(&b, 128, "\xf1\x21", 2);
	gtp1_name(&b, "internet");
	gtp1_gsn(&b, &c->sgsn->ip);
	gtp1_gsn(&b, &c->sgsn->ip);
	gtp1_tlv(&b, 134, "\x91\x94\x51\x21\x37\x48\x59\xf6", 8);
	secret_digits("supi", "4915127384956");
	gtp1_tlv(&b, 135, "\x02\x1b\x42\x1f", 4);
	gtp1_tlv(&b, 151, "\x02", 1);
	gtp1_tlv(&b, 154, "\x53\x02\x99\x00\x71\x16\x84\x32", 8);
	secret_digits("pei", "3520990017614823");
	return gtp1_close(b);
}

static struct buf pdp_answer(struct core *c, unsigned cause)
{
	struct buf b = gtp1_open(17, 0x4001, 1);

	gtp1_tv8(&b, 1, cause);
	if (cause == 128) {
		gtp1_tv8(&b, 8, 0xfe);
		gtp1_tv32(&b, 16, 0x5100);
		gtp1_tv32(&b, 17, 0x5001);
		gtp1_tv32(&b, 127, 77);
		gtp1_tlv(&b, 128, "\xf1\x21\x0a\x3d\x00\x02", 6);
		gtp1_gsn(&b, &c->ggsn->ip);
		gtp1_gsn(&b, &c->ggsn->ip);
	}
	return gtp1_close(b);
}

static void gn(struct net *n)			/* a PDP context; one that is refused; a context with keys; deleted */
{
	struct core c = core_new(n);
	struct buf b;
	uint8_t keys[40];

	say(c.sgsn, c.ggsn, pdp(&c));
	say(c.ggsn, c.sgsn, pdp_answer(&c, 128));
	say(c.sgsn, c.ggsn, pdp(&c));
	say(c.ggsn, c.sgsn, pdp_answer(&c, 199));
	b = gtp1_open(51, 0x4001, 9);
	gtp1_tv8(&b, 1, 128);
	gtp1_tv32(&b, 17, 0x4001);
	for (size_t i = 0; i < sizeof(keys); i++)
		keys[i] = (uint8_t)(0x5a ^ i * 29);
	secret_octets("key", keys + 4, 32);
	gtp1_tlv(&b, 129, keys, sizeof(keys));
	say(c.sgsn, c.mme, gtp1_close(b));
	b = gtp1_open(20, 0x5001, 2);
	gtp1_tv8(&b, 19, 0xff);
	gtp1_tv8(&b, 20, 5);
	say(c.sgsn, c.ggsn, gtp1_close(b));
	b = gtp1_open(21, 0x4001, 2);
	gtp1_tv8(&b, 1, 128);
	say(c.ggsn, c.sgsn, gtp1_close(b));
}

static void gn_lies(struct net *n)		/* lengths, an element nobody knows the length of, an address of five octets; and what only looks like it */
{
	struct core c = core_new(n);
	struct buf b = pdp(&c);

	set16(&b, 2, 400);
	say(c.sgsn, c.ggsn, b);
	b = pdp(&c);
	set16(&b, 2, 40);
	say(c.sgsn, c.ggsn, b);
	b = pdp(&c);
	b.p[21] = 99;				/* a type of fixed length that has none */
	say(c.sgsn, c.ggsn, b);
	b = gtp1_open(16, 0, 3);
	gtp1_tlv(&b, 133, "12345", 5);
	say(c.sgsn, c.ggsn, gtp1_close(b));
	say(c.sgsn, c.ggsn, buf_of("\x37\x03\0\0\x42\0\0\0", 8));	/* says it has a sequence number, has none */
	b = pdp(&c);
	b.p[0] = 0x22;				/* GTP' */
	say(c.sgsn, c.ggsn, b);
	b = pdp(&c);
	b.p[1] = 200;				/* no such message */
	say(c.sgsn, c.ggsn, b);
	n->next.snap = 42 + 40;
	say(c.sgsn, c.ggsn, pdp(&c));
}

/* ---- GTP' ---- */

static struct buf records(void)
{
	struct buf b = { 0 };

	put8(&b, 126);
	put8(&b, 1);
	put8(&b, 252);
	put16(&b, 12 + 8);
	put_mem(&b, "\x01\x01\x1c\x06\x00\x0e\xbf\x60\x0b\x83\x08", 11);
	put_mem(&b, "\x00\x01\x01\x37\x95\x82\x46\xf7", 8);
	put8(&b, 0);
	secret_digits("supi", "001107359286");
	return b;
}

static void charging(struct net *n)
{
	struct core c = core_new(n);
	struct tcp *t;

	udp_send(c.pgw, 3386, c.cgf, GTPP_PORT, gtpp(0x2e, 240, 4, records()));
	wait_ms(n, 2);
	udp_send(c.cgf, GTPP_PORT, c.pgw, 3386, gtpp(0x2e, 241, 4, buf_of("\x01\x80\xfd\x00\x02\x00\x04", 7)));
	wait_ms(n, 2);
	udp_send(c.pgw, 3386, c.cgf, GTPP_PORT, gtpp(0x0f, 1, 5, (struct buf){ 0 }));	/* version 0, short header */
	wait_ms(n, 2);
	udp_send(c.pgw, 3386, c.cgf, GTPP_PORT, gtpp(0x0e, 240, 6, records()));		/* version 0, that of GTPv0 */
	wait_ms(n, 2);
	t = tcp_open(c.pgw, 40010, c.cgf, GTPP_PORT);
	tcp_send(t, 0, gtpp(0x4e, 240, 7, records()));
	tcp_send(t, 1, gtpp(0x4e, 241, 7, buf_of("\x01\x80\xfd\x00\x02\x00\x07", 7)));
	tcp_close(t, 0);
}

static void not_charging(struct net *n)		/* on its port: a length that lies, GTP itself, unknown types, unrelated octets */
{
	struct core c = core_new(n);
	struct buf b = gtpp(0x2e, 240, 4, records());

	set16(&b, 2, 8);
	udp_send(c.pgw, 3386, c.cgf, GTPP_PORT, b);
	wait_ms(n, 2);
	udp_send(c.pgw, 3386, c.cgf, GTPP_PORT, gtpp(0x3e, 240, 4, records()));
	wait_ms(n, 2);
	udp_send(c.pgw, 3386, c.cgf, GTPP_PORT, gtpp(0x2e, 99, 4, records()));
	wait_ms(n, 2);
	b = (struct buf){ 0 };
	put_seed(&b, &n->seed, 47);
	udp_send(c.pgw, 29255, c.cgf, GTPP_PORT, b);
	wait_ms(n, 2);
	n->next.snap = 42 + 9;
	udp_send(c.pgw, 3386, c.cgf, GTPP_PORT, gtpp(0x2e, 240, 4, records()));
}

const struct golden golden_gtpc[] = {
	{ "gtpv2", "session", session, NULL, NULL },
	{ "gtpv2", "piggybacked", piggyback, NULL, NULL },
	{ "gtpv2", "context-with-keys", context, NULL, NULL },
	{ "gtpv2", "f-teid-forms", f_teids, NULL, NULL },
	{ "gtpv2", "unknown", unknown, NULL, NULL },
	{ "gtpv2", "lengths-lie-CVE-2026-1586", lengths, NULL, NULL },
	{ "gtpv2", "ends-early", ends, NULL, NULL },
	{ "gtpv2", "snapped", snapped, NULL, NULL },
	{ "gtpv2", "deep", deep, NULL, NULL },
	{ "gtpv2", "not-gtp", not_gtp, NULL, NULL },
	{ "gtpv2", "another-port", elsewhere, NULL, NULL },
	{ "gtpv2", "captured-twice", twice, NULL, NULL },
	{ "gtp", "control-gn", gn, NULL, NULL },
	{ "gtp", "control-lies", gn_lies, NULL, NULL },
	{ "gtpprime", "charging", charging, NULL, NULL },
	{ "gtpprime", "not-charging", not_charging, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
