/* Captures for the checks of links: what could be read on N2, N3, N4 and N9. */
#include "golden.h"

static void n2(struct net *n) { (void)stage_n2(n); }

/* DTLS records in chunks of NGAP over DTLS (payload protocol 66). */
static void n2_dtls(struct net *n)
{
	struct stage s = stage_new(n);

	gnb_associate(s.north, s.amf, 40101);
	s.north->a->quiet = true;
	for (unsigned i = 0; i < 4; i++) {
		struct buf b = buf_of("\x17\xfe\xfd\0\1\0\0\0\0\0\1\0\x30", 13);

		put_seed(&b, s.seed, 48);
		assoc_send(s.north->a, i % 2, 0, 66, b);
		wait_ms(n, 3);
	}
}

static void esp(struct host *a, struct host *b, unsigned packets)
{
	struct net *n = a->net;

	for (unsigned i = 1; i <= packets; i++) {
		struct buf p = { 0 };

		put32(&p, 0xc0de0001);
		put32(&p, i);
		put_seed(&p, &n->seed, 80);
		ip_send(i % 2 ? a : b, i % 2 ? b : a, 50, p);
		wait_ms(n, 2);
	}
}

static void n3(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ue *u = stage_ue_before(&s);

	ue_ping(u, &u->session[0], 1);
}

static void n3_esp(struct net *n)
{
	struct stage s = stage_new(n);

	esp(s.north->n3, s.upf->n3, 4);
}

static void n4_link(struct net *n)
{
	struct stage s = stage_new(n);

	smf_associate(s.smf, s.upf);
	smf_heartbeat(s.smf, s.upf);
}

static void n4_esp(struct net *n)
{
	struct stage s = stage_new(n);

	esp(s.smf->n4, s.upf->n4, 4);
}

static void n9(struct net *n)
{
	struct stage s = stage_new(n);

	gtp_heartbeat(s.m, s.upf->n9, s.upf2->n9);
	for (unsigned i = 0; i < 2; i++) {
		const struct ip ue = ip_of("10.60.0.1");

		gtp_carry(s.m, s.upf->n9, s.upf2->n9, gtp_pdu(0x02000001, packet_udp(&ue, 40000, &s.m->web, 443, buf_str("to the anchor"))), 41);
		wait_ms(n, 5);
	}
}

/* The tap lies inside the security gateways: ESP between them on one side, the same traffic readable on the other. */
static void n2_inside(struct net *n)
{
	struct stage s = stage_new(n);

	esp(host_at(n, "seg-a", "10.1.20.1"), host_at(n, "seg-b", "10.1.20.2"), 2);
	gnb_connect(s.north, s.amf, 40101);
	s.north->a->quiet = true;
}

/* The capture was made on the host that ends ESP: each packet once sealed, once open. */
static void n3_same_host(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ue *u = stage_ue_before(&s);

	esp(s.north->n3, s.upf->n3, 2);
	ue_ping(u, &u->session[0], 1);
}

static void n4_same_host(struct net *n)
{
	struct stage s = stage_new(n);

	esp(s.smf->n4, s.upf->n4, 2);
	smf_associate(s.smf, s.upf);
}

#define ROW(check, name, draw) { "checks/" check, name, draw, NULL, NULL }
const struct golden golden_checks_link[] = {
	ROW("N2-CLEARTEXT", "violated", n2),
	ROW("N2-CLEARTEXT", "unprotected", n2),
	ROW("N2-CLEARTEXT", "conform", n2),
	ROW("N2-CLEARTEXT", "undecidable", n2_dtls),
	ROW("N2-CLEARTEXT", "lookalike-inside-seg", n2_inside),
	ROW("N3-CLEARTEXT", "violated", n3),
	ROW("N3-CLEARTEXT", "unprotected", n3),
	ROW("N3-CLEARTEXT", "conform", n3),
	ROW("N3-CLEARTEXT", "undecidable", n3_esp),
	ROW("N3-CLEARTEXT", "lookalike-same-host", n3_same_host),
	ROW("N4-N9-CLEARTEXT", "violated", n4_link),
	ROW("N4-N9-CLEARTEXT", "violated-n9", n9),
	ROW("N4-N9-CLEARTEXT", "unprotected", n4_link),
	ROW("N4-N9-CLEARTEXT", "conform", n4_link),
	ROW("N4-N9-CLEARTEXT", "undecidable", n4_esp),
	ROW("N4-N9-CLEARTEXT", "lookalike-same-host", n4_same_host),
	{ NULL, NULL, NULL, NULL, NULL },
};
