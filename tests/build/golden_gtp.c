/* Golden captures of GTP-U. */
#include "golden.h"

#include <string.h>

static const struct ip ue = { false, { 10, 60, 0, 1 } }, web = { false, { 192, 0, 2, 80 } };

static struct buf inner_up(void) { return packet_icmp(&ue, &web, 8, 0, 1, buf_str("0123456789abcdef")); }
static struct buf inner_down(void) { return packet_icmp(&web, &ue, 0, 0, 1, buf_str("0123456789abcdef")); }

static void up(struct stage *s, struct buf m) { udp_send(s->north->n3, GTPU_PORT, s->upf->n3, GTPU_PORT, m); wait_ms(s->net, 1); }
static void down(struct stage *s, struct buf m) { udp_send(s->upf->n3, GTPU_PORT, s->north->n3, GTPU_PORT, m); wait_ms(s->net, 1); }

static void echo(struct net *n)
{
	struct stage s = stage_new(n);

	up(&s, gtp_echo(1));
	down(&s, gtp_echo_answer(1, true));
	up(&s, gtp_echo(2));
	down(&s, gtp_echo_answer(2, false));
}

static void error(struct net *n)
{
	struct stage s = stage_new(n);
	const struct ip six = ip_of("2001:db8:3::21");

	up(&s, gtp_pdu_ul(0xdead, 1, inner_up()));
	down(&s, gtp_error(0xdead, &s.upf->n3->ip));
	down(&s, gtp_error(0xbeef, &six));
}

static void end_marker(struct net *n)
{
	struct stage s = stage_new(n);

	down(&s, gtp_pdu_dl(0x1000, 1, inner_down()));
	down(&s, gtp_end_marker(0x1000));
}

static void extensions(struct net *n)
{
	struct stage s = stage_new(n);

	down(&s, gtp_extensions(7));
}

/* The same inner packet in every dress. */
static void dresses(struct net *n)
{
	struct stage s = stage_new(n);

	up(&s, gtp_pdu(0x01000001, inner_up()));
	up(&s, gtp_pdu_ul(0x01000001, 1, inner_up()));
	up(&s, gtp_pdu_numbered(0x01000001, 9, inner_up()));
	up(&s, gtp_pdu_pdcp(0x01000001, 77, 1, inner_up()));
	down(&s, gtp_pdu(0x1000, inner_down()));
	down(&s, gtp_pdu_dl(0x1000, 1, inner_down()));
}

static void inside(struct net *n)		/* IPv6, a fragment, no IP at all, nothing */
{
	struct stage s = stage_new(n);
	const struct ip ue6 = ip_of("2001:db8:60::1"), web6 = ip_of("2001:db8:ffff::80");
	struct buf b = inner_up();

	up(&s, gtp_pdu_ul(0x01000001, 1, packet_udp(&ue6, 40000, &web6, 443, buf_str("six"))));
	set16(&b, 6, 0x2000);
	set16(&b, 10, 0);
	b.n = 20;
	set16(&b, 10, inet_sum(NULL, NULL, 0, &b));
	b.n = 44;
	up(&s, gtp_pdu_ul(0x01000001, 1, b));
	up(&s, gtp_pdu_ul(0x01000001, 1, buf_of("\x02\0\0\0\0\1\x02\0\0\0\0\2\x88\xb5" "an Ethernet session", 33)));
	up(&s, gtp_pdu_ul(0x01000001, 1, (struct buf){ 0 }));
}

/* A subscriber's lookups are not the operator's business: neither is a fact. */
static void inner_dns(struct net *n)
{
	struct stage s = stage_new(n);
	const struct ip resolver = ip_of("192.0.2.53");

	up(&s, gtp_pdu_ul(0x01000001, 1, packet_udp(&ue, 40000, &resolver, 53, dns_query(1, "private.example.net", DNS_A))));
}

static void unknown(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = gtp_echo(1);

	b.p[1] = 200;			/* a type that nobody has given out */
	up(&s, b);
	b = gtp_pdu_ul(0x01000001, 1, inner_up());
	b.p[11] = 0x55;			/* an extension header of a later release, to be ignored if the sender does not insist */
	up(&s, b);
	b = gtp_pdu_ul(0x01000001, 1, inner_up());
	b.p[11] = 0xd5;			/* and one that must be understood */
	up(&s, b);
}

static void extension_lies(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = gtp_pdu_ul(0x01000001, 1, inner_up());

	b.p[12] = 0;			/* of no length: would be read for ever */
	up(&s, b);
	b = gtp_pdu_ul(0x01000001, 1, inner_up());
	b.p[12] = 200;			/* longer than the message */
	up(&s, b);
	b = gtp_pdu_ul(0x01000001, 1, inner_up());
	b.p[15] = 0x85;			/* another is to follow, and the inner packet stands there */
	up(&s, b);
}

static void lengths(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = gtp_pdu_ul(0x01000001, 1, inner_up());

	set16(&b, 2, 200);
	up(&s, b);
	b = gtp_pdu_ul(0x01000001, 1, inner_up());
	set16(&b, 2, 20);
	up(&s, b);
	b = gtp_echo(1);
	set16(&b, 2, 0);
	up(&s, b);
	b = gtp_error(1, &s.upf->n3->ip);
	b.p[19] = 9;			/* the peer's address is longer than the message */
	up(&s, b);
}

static void ends(struct net *n)
{
	struct stage s = stage_new(n);

	for (size_t keep = 1; keep <= 13; keep += 3) {
		struct buf b = gtp_error(1, &s.upf->n3->ip);

		buf_shorten(&b, keep);
		up(&s, b);
	}
}

static void snapped(struct net *n)
{
	struct stage s = stage_new(n);

	n->next.snap = 14 + 20 + 8 + 16 + 20;	/* the inner header is there, its payload is not */
	up(&s, gtp_pdu_ul(0x01000001, 1, inner_up()));
	n->next.snap = 14 + 20 + 8 + 16 + 10;
	up(&s, gtp_pdu_ul(0x01000001, 1, inner_up()));
	n->next.snap = 14 + 20 + 8 + 10;
	up(&s, gtp_error(1, &s.upf->n3->ip));
}

/* GTP' and version 2 on GTP-U's port, GTPv1-C and GTPv2-C on theirs, and what is no GTP. */
static void others(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = gtp_echo(1);

	b.p[0] = 0x22;
	up(&s, b);
	up(&s, buf_of("\x40\x01\0\x09\0\0\1\0\x03\0\1\0\5", 13));
	udp_send(s.north->n3, 2123, s.upf->n3, 2123, buf_of("\x32\x01\0\4\0\0\0\0\0\1\0\0", 12));
	wait_ms(n, 1);
	udp_send(s.north->n3, 2123, s.upf->n3, 2123, buf_of("\x40\x01\0\x09\0\0\1\0\x03\0\1\0\5", 13));
	wait_ms(n, 1);
	up(&s, buf_str("GET / HTTP/1.1\r\n\r\n"));
	up(&s, dns_query(1, "amf-1.oam.example.net", DNS_A));
	udp_send(s.north->n3, GTPU_PORT, s.server, 53, dns_query(2, "amf-1.oam.example.net", DNS_A));	/* 2152 is only its source port */
}

/* A later port than 2152 on one side: responses come to whatever port asked. */
static void another_port(struct net *n)
{
	struct stage s = stage_new(n);

	udp_send(s.north->n3, 50123, s.upf->n3, GTPU_PORT, gtp_echo(1));
	wait_ms(n, 1);
	udp_send(s.upf->n3, GTPU_PORT, s.north->n3, 50123, gtp_echo_answer(1, true));
	wait_ms(n, 1);
	udp_send(s.north->n3, 50123, s.upf->n3, GTPU_PORT, gtp_pdu_ul(0x01000001, 1, inner_up()));
}

const struct golden golden_gtp[] = {
	{ "gtp", "echo", echo, NULL, NULL },
	{ "gtp", "error-indication", error, NULL, NULL },
	{ "gtp", "end-marker", end_marker, NULL, NULL },
	{ "gtp", "supported-extensions", extensions, NULL, NULL },
	{ "gtp", "header-variants", dresses, NULL, NULL },
	{ "gtp", "inside", inside, NULL, NULL },
	{ "gtp", "inner-dns", inner_dns, NULL, NULL },
	{ "gtp", "unknown", unknown, NULL, NULL },
	{ "gtp", "extension-lies", extension_lies, NULL, NULL },
	{ "gtp", "lengths-lie", lengths, NULL, NULL },
	{ "gtp", "ends-early", ends, NULL, NULL },
	{ "gtp", "snapped", snapped, NULL, NULL },
	{ "gtp", "other-versions", others, NULL, NULL },
	{ "gtp", "another-port", another_port, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
