/* Captures for the checks of contacts: who speaks to whom, and nothing explains it. */
#include "golden.h"

/* A client's connection with a line each way. */
static void chat(struct host *client, unsigned cport, struct host *server, unsigned port)
{
	struct tcp *t = tcp_open(client, cport, server, port);

	tcp_send(t, 0, buf_str("ready\r\n"));
	tcp_send(t, 1, buf_str("done\r\n"));
	tcp_close(t, 0);
}

static void datagrams(struct host *a, struct host *b, unsigned port)
{
	for (unsigned i = 0; i < 2; i++) {
		udp_send(a, 40000, b, port, buf_str("state?"));
		wait_ms(a->net, 3);
		udp_send(b, port, a, 40000, buf_str("steady"));
		wait_ms(a->net, 500);
	}
}

/* --- CONTACT-UNEXPLAINED --- */

static void between_elements(struct net *n)
{
	struct stage s = stage_new(n);

	chat(s.north->oam, 41000, s.upf->oam, 7000);
}

static void between_shown(struct net *n)	/* elements that signalling shows, with no register */
{
	struct stage s = stage_n2(n);

	datagrams(s.north->n2, s.south->n2, 7000);
}

static void between_core(struct net *n)
{
	struct stage s = stage_new(n);

	datagrams(s.smf->oam, s.upf->oam, 7000);
}

static void usual(struct net *n)	/* N2, N4, names, time */
{
	struct stage s = stage_n2(n);
	const struct ip a = ip_of("10.1.2.11");
	struct host *time = host_at(n, "ntp", "10.1.9.123");

	smf_associate(s.smf, s.upf);
	dns_lookup(s.north->oam, s.server, "amf-1.oam.example.net", &a);
	ntp_poll(s.north->oam, time);
}

static void maybe_sbi(struct net *n)	/* a port of the core that HTTP/2 may be behind */
{
	struct stage s = stage_new(n);

	chat(s.amf->oam, 41000, s.smf->oam, 7777);
}

/* S1AP by its port, of which nothing can be read. */
static void unread_s1ap(struct stage *s)
{
	struct assoc *a = assoc_open(s->north->n2, 36412, s->amf->n2, 36412);

	a->quiet = true;
	assoc_send(a, 0, 0, 0, buf_of("\x9e\x41\x07\xd3\x55\x12\xaa\x0c", 8));
}

static void s1ap(struct net *n)		/* 4G beside it */
{
	struct stage s = stage_new(n);

	unread_s1ap(&s);
}

static void tunnels_from_before(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ue *u = stage_ue_before(&s);

	ue_ping(u, &u->session[0], 2);
}

static void neighbours(struct net *n)	/* ARP, ICMP, multicast */
{
	struct stage s = stage_new(n);
	struct host *all = host_at(n, "all", "239.1.1.1");

	arp_send(s.north->oam, s.upf->oam, false);
	wait_ms(n, 1);
	arp_send(s.upf->oam, s.north->oam, true);
	wait_ms(n, 1);
	icmp_send(s.north->oam, s.upf->oam, 8, 0, 0x10001, buf_str("are you there"));
	wait_ms(n, 1);
	icmp_send(s.upf->oam, s.north->oam, 0, 0, 0x10001, buf_str("are you there"));
	wait_ms(n, 1);
	udp_send(s.upf->oam, 5000, all, 5000, buf_str("here I am"));
}

/* --- EGRESS-UNDECLARED --- */

static void calls_home(struct net *n)
{
	struct stage s = stage_new(n);
	struct host *home = host_at(n, "home", "203.0.113.66");

	for (unsigned i = 0; i < 2; i++) {
		tls_session(s.south->oam, 46000 + i, home, 443, "telemetry.example.com", 2);
		wait_ms(n, 30000);
	}
}

static void amf_calls_home(struct net *n)	/* an element that signalling shows, with no register */
{
	struct stage s = stage_n2(n);

	tls_session(s.amf->n2, 46000, host_at(n, "home", "203.0.113.66"), 443, "telemetry.example.com", 2);
}

static void calls_support(struct net *n)
{
	struct stage s = stage_new(n);

	tls_session(s.south->oam, 46000, host_at(n, "support", "203.0.113.80"), 443, "support.example.com", 2);
}

static void roaming_unread(struct net *n)	/* S1AP, by its port, of which nothing could be read: it may have ordered the tunnel */
{
	struct stage s = stage_new(n);
	struct host *partner = host_at(n, "partner", "198.51.100.30");
	const struct ip ue = ip_of("10.60.0.9");

	unread_s1ap(&s);
	wait_ms(n, 20);
	for (unsigned i = 0; i < 2; i++) {
		gtp_carry(s.m, s.upf->n9, partner, gtp_pdu(0x77, packet_udp(&ue, 40000, &s.m->web, 443, buf_str("home routed"))), 39);
		wait_ms(n, 20);
	}
}

static void to_a_vip(struct net *n)		/* the operator's own public address in front of its servers */
{
	struct stage s = stage_new(n);

	tls_session(s.south->oam, 46000, host_at(n, "vip", "203.0.113.10"), 443, "oam.example.net", 2);
}

static void support_midway(struct net *n)	/* the support host's session, open since before the capture */
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_midway(host_at(n, "support", "203.0.113.80"), 51000, s.south->oam, 443);

	tcp_send(t, 1, buf_str("still here\r\n"));
	tcp_send(t, 0, buf_str("so am I\r\n"));
}

static void behind_a_name(struct net *n)	/* an address of a content network, for a name that the operator's resolver gave */
{
	struct stage s = stage_new(n);
	struct ip a = ip_of("203.0.113.90");

	dns_lookup(s.south->oam, s.server, "packages.example.org", &a);
	wait_ms(n, 20);
	tls_session(s.south->oam, 46000, host_ip(n, "cdn", a), 443, "packages.example.org", 2);
}

static void subscriber_on_n6(struct net *n)	/* a UE's own traffic, in its tunnel and behind the UPF */
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct host *ue = host_ip(n, "ue", u->session[0].ip), *web = host_ip(n, "web", s.m->web);

	ue_ping(u, &u->session[0], 1);
	udp_send(ue, 40000, web, 443, buf_str("from a subscriber"));
	wait_ms(n, 9);
	udp_send(web, 443, ue, 40000, buf_str("to a subscriber"));
}

/* --- DNS-FOREIGN-RESOLVER --- */

static void asks(struct net *n, const char *who, const char *resolver)
{
	struct ip a = ip_of("203.0.113.66");

	for (unsigned i = 0; i < 2; i++) {
		dns_lookup(host_at(n, "client", who), host_at(n, "resolver", resolver), "telemetry.example.com", &a);
		wait_ms(n, 2000);
	}
}

static void asks_abroad(struct net *n) { asks(n, "10.1.9.102", "203.0.113.53"); }

static void shown_asks_abroad(struct net *n)	/* what asks is known to be a gNB by what it said */
{
	(void)stage_n2(n);
	asks(n, "10.1.2.102", "203.0.113.53");
}

static void asks_at_home(struct net *n) { asks(n, "10.1.9.102", "10.1.9.53"); }
static void forwards(struct net *n) { asks(n, "10.1.9.53", "203.0.113.53"); }

static void subscriber_asks(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct ip a = ip_of("192.0.2.80");

	ue_resolve(u, &u->session[0], "www.example.net");
	dns_lookup(host_ip(n, "ue", u->session[0].ip), host_ip(n, "dns", s.m->dns), "www.example.net", &a);
}

/* --- MGMT-LATERAL, MGMT-CLEARTEXT --- */

static void ssh(struct net *n, const char *client, const char *server)
{
	ssh_session(host_at(n, "client", client), host_at(n, "server", server), 4);
}

static void ssh_lateral(struct net *n) { ssh(n, "10.1.9.101", "10.1.9.11"); }
static void ssh_from_n3(struct net *n) { ssh(n, "10.1.3.101", "10.1.9.21"); }
static void shown_ssh(struct net *n)
{
	(void)stage_n2(n);
	ssh(n, "10.1.2.101", "10.1.2.11");
}

static void ssh_from_oss(struct net *n) { ssh(n, "10.1.9.10", "10.1.9.11"); }

static void netconf_lateral(struct net *n)
{
	struct stage s = stage_new(n);

	chat(s.north->oam, 41000, s.upf->oam, 830);
}

static void telnet(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_open(host_at(n, "oss", "10.1.9.10"), 41000, s.north->oam, 23);

	tcp_send(t, 1, buf_str("login: "));
	tcp_send(t, 0, buf_str("operator\r\n"));
	tcp_close(t, 0);
}

static void telnet_to_gnb(struct net *n)	/* an element that signalling shows, with no register */
{
	struct stage s = stage_n2(n);

	chat(host_at(n, "oss", "10.1.9.10"), 41000, s.north->n2, 23);
}

/* SNMPv3 asks for an engine's id and gets it; but which version it is this version does not read. */
static void snmp(struct net *n)
{
	static const char message[64] =
		"\x30\x3e\2\1\3\x30\x11\2\4\x11\x22\x33\x44\2\3\0\xff\xe3\4\1\4\2\1\3\4\x10\x30\x0e\4\0\2\1\0\2\1\0"
		"\4\0\4\0\4\0\x30\x14\4\0\4\0\xa0\x0e\2\4\x11\x22\x33\x44\2\1\0\2\1\0\x30";	/* and the 0 at the end */
	struct stage s = stage_new(n);
	struct host *oss = host_at(n, "oss", "10.1.9.10");
	struct buf answer = buf_of(message, sizeof(message));

	set8(&answer, 48, 0xa8);		/* a report */
	udp_send(oss, 40161, s.north->oam, 161, buf_of(message, sizeof(message)));
	wait_ms(n, 4);
	udp_send(s.north->oam, 161, oss, 40161, answer);
}

static void subscriber_telnet(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	session_user(u, &u->session[0], true, packet_tcp(&u->session[0].ip, 40000, &s.m->web, 23, 1, 0, TCP_SYN, (struct buf){ 0 }));
}

#define ROW(check, name, draw) { "checks/" check, name, draw, NULL, NULL }
const struct golden golden_checks_contact[] = {
	ROW("CONTACT-UNEXPLAINED", "violated", between_elements),
	ROW("CONTACT-UNEXPLAINED", "violated-core", between_core),
	ROW("CONTACT-UNEXPLAINED", "conform", usual),
	ROW("CONTACT-UNEXPLAINED", "undecidable", maybe_sbi),
	ROW("CONTACT-UNEXPLAINED", "undecidable-no-register", between_shown),
	ROW("CONTACT-UNEXPLAINED", "lookalike-not-decoded", s1ap),
	ROW("CONTACT-UNEXPLAINED", "lookalike-began-late", tunnels_from_before),
	ROW("CONTACT-UNEXPLAINED", "lookalike-standard", neighbours),
	ROW("EGRESS-UNDECLARED", "violated", calls_home),
	ROW("EGRESS-UNDECLARED", "violated-no-register", amf_calls_home),
	ROW("EGRESS-UNDECLARED", "conform", calls_support),
	ROW("EGRESS-UNDECLARED", "undecidable", roaming_unread),
	ROW("EGRESS-UNDECLARED", "lookalike-vip", to_a_vip),
	ROW("EGRESS-UNDECLARED", "lookalike-midway", support_midway),
	ROW("EGRESS-UNDECLARED", "lookalike-name", behind_a_name),
	ROW("EGRESS-UNDECLARED", "lookalike-subscriber", subscriber_on_n6),
	ROW("DNS-FOREIGN-RESOLVER", "violated", asks_abroad),
	ROW("DNS-FOREIGN-RESOLVER", "conform", asks_at_home),
	ROW("DNS-FOREIGN-RESOLVER", "undecidable", shown_asks_abroad),
	ROW("DNS-FOREIGN-RESOLVER", "lookalike-forwarder", forwards),
	ROW("DNS-FOREIGN-RESOLVER", "lookalike-subscriber", subscriber_asks),
	ROW("MGMT-LATERAL", "violated", ssh_lateral),
	ROW("MGMT-LATERAL", "violated-netconf", netconf_lateral),
	ROW("MGMT-LATERAL", "violated-from-n3", ssh_from_n3),
	ROW("MGMT-LATERAL", "conform", ssh_from_oss),
	ROW("MGMT-LATERAL", "undecidable", shown_ssh),
	ROW("MGMT-LATERAL", "lookalike-allowed", ssh_lateral),
	ROW("MGMT-CLEARTEXT", "violated", telnet),
	ROW("MGMT-CLEARTEXT", "unprotected", telnet_to_gnb),
	ROW("MGMT-CLEARTEXT", "conform", ssh_from_oss),
	ROW("MGMT-CLEARTEXT", "undecidable", snmp),
	ROW("MGMT-CLEARTEXT", "lookalike-subscriber", subscriber_telnet),
	{ NULL, NULL, NULL, NULL, NULL },
};
