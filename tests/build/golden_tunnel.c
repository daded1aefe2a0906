/* Packets in packets: overlays of a data centre, mirror ports that wrap what they send, labels; and what only looks like one. */
#include "golden.h"

#include "apps.h"
#include "http2.h"

#include <stdio.h>
#include <string.h>

enum { VXLAN = 4789, GENEVE = 6081, TZSP = 37008, GRE = 47, IPIP = 4, IP4 = 0x0800, IP6 = 0x86dd, TEB = 0x6558, MPLS = 0x8847 };

static const char *const host_a = "192.0.2.11", *const host_b = "192.0.2.12";

static struct buf udp_between(const char *from, unsigned sport, const char *to, unsigned dport, struct buf payload)
{
	struct ip a = ip_of(from), b = ip_of(to);

	return packet_udp(&a, sport, &b, dport, payload);
}

static struct buf ip_between(const char *from, const char *to, unsigned proto, struct buf payload)
{
	struct ip a = ip_of(from), b = ip_of(to);

	return packet_ip(&a, &b, proto, 0, payload);
}

/* In front of it: these octets. */
static struct buf with(const char *head, struct buf in)
{
	struct buf b = buf_hex(head);

	put_buf(&b, in);
	return b;
}

static struct buf framed(unsigned type, struct buf packet)
{
	struct buf b = buf_hex("020000000002 020000000001");

	put16(&b, type);
	put_buf(&b, packet);
	return b;
}

/* A lookup between two elements: what is in the tunnels of most scenes; n tells one from another. */
static struct buf lookup(unsigned n)
{
	struct buf b = { 0 };

	put16(&b, n);
	put_buf(&b, buf_hex("0100 0001 0000 0000 0000 05 616d662d31 03 6f616d 00 0001 0001"));
	return udp_between("10.1.9.11", 40000 + n, "10.1.9.53", 53, b);
}

static struct buf lookup6(unsigned n)
{
	struct buf b = { 0 };

	put16(&b, n);
	put_buf(&b, buf_hex("0100 0001 0000 0000 0000 05 616d662d31 03 6f616d 00 0001 0001"));
	return udp_between("2001:db8:9::11", 40000 + n, "2001:db8:9::53", 53, b);
}

static void send(struct net *n, struct buf packet)
{
	frame_send(n, framed(packet.p[0] >> 4 == 6 ? IP6 : IP4, packet));
	wait_ms(n, 20);
}

static void label_stack(struct net *n, unsigned labels, struct buf in)
{
	struct buf b = { 0 };

	for (unsigned i = 1; i <= labels; i++)
		put32(&b, (1000 + i) << 12 | (i == labels ? 0x100u : 0) | 64);
	put_buf(&b, in);
	frame_send(n, framed(MPLS, b));
	wait_ms(n, 20);
}

/* --- whole networks in a tunnel --- */

static struct buf in_vxlan(struct buf frame) { return udp_between(host_a, 49152, host_b, VXLAN, with("08000000 00102a00", frame)); }

/* With a checksum over all of it. */
static struct buf in_erspan(struct buf frame)
{
	struct buf b = with("9000 88be 0000 0000 00000001 1000 0064 00000003", frame);

	set16(&b, 4, inet_sum(NULL, NULL, 0, &b));
	return ip_between("192.0.2.250", "192.0.2.99", GRE, b);
}

/* The user plane's frames stand in one sort of tunnel, the others in another. */
static struct buf in_either(struct buf frame)
{
	static const uint8_t n3[] = { 10, 1, 3 };

	return frame.n > 33 && !memcmp(frame.p + 30, n3, 3) ? in_vxlan(frame) : in_erspan(frame);
}

static void mirrored(struct net *n)
{
	n->link.wrap = in_either;
	play_session(n);
}

/* --- VXLAN --- */

static void vxlan(struct net *n)
{
	send(n, udp_between(host_a, 49152, host_b, VXLAN, with("08000000 00102a00", framed(IP4, lookup(1)))));
	send(n, udp_between(host_a, 49153, host_b, VXLAN, with("08000000 00102b00", framed(0x8100, with("0007 0800", lookup(2))))));	/* another network, a tag */
	send(n, udp_between(host_b, 49154, host_a, VXLAN, with("88000010 00102a00", framed(IP4, lookup(3)))));			/* a group */
	send(n, udp_between("2001:db8:2::11", 49155, "2001:db8:2::12", VXLAN, with("08000000 00102a00", framed(IP4, lookup(4)))));
	send(n, udp_between(host_a, 49156, host_b, VXLAN, with("08000000 00102a00", framed(0x0806,
		buf_hex("0001 0800 0604 0001 020000000001 0a01090b 000000000000 0a010935")))));					/* ARP */
	n->next = (struct fault){ .snap = 14 + 20 + 8 + 8 + 14 + 20 + 8 + 20 };
	send(n, udp_between(host_a, 49157, host_b, VXLAN, with("08000000 00102a00", framed(IP4, lookup(5)))));		/* cut in the message */
	n->next = (struct fault){ .snap = 14 + 20 + 8 + 8 + 14 + 10 };
	send(n, udp_between(host_a, 49158, host_b, VXLAN, with("08000000 00102a00", framed(IP4, lookup(6)))));		/* cut in the inner IP header */
}

static void twice(struct net *n)
{
	for (unsigned i = 0; i < 2; i++) {
		send(n, udp_between(host_a, 49159, host_b, VXLAN, with("08000000 00102a00", framed(IP4, lookup(7)))));	/* a tunnel's packet */
		n->t -= 19000000;
	}
	wait_ms(n, 100);
	send(n, lookup(8));											/* and one captured without its tunnel, too */
	n->t -= 19000000;
	send(n, udp_between(host_a, 49160, host_b, VXLAN, with("08000000 00102a00", framed(IP4, lookup(8)))));
	wait_ms(n, 100);
	send(n, udp_between(host_a, 49160, host_b, VXLAN, with("08000000 00102a00", framed(IP4, lookup(8)))));	/* sent again: no copy */
}

/* --- Geneve --- */

static void geneve(struct net *n)
{
	send(n, udp_between(host_a, 50000, host_b, GENEVE, with("00 00 6558 00002a 00", framed(IP4, lookup(1)))));
	send(n, udp_between(host_a, 50001, host_b, GENEVE, with("03 40 6558 00002a 00 0102 80 02 0001000200030004", framed(IP4, lookup(2)))));	/* an option */
	send(n, udp_between(host_a, 50002, host_b, GENEVE, with("00 00 0800 00002b 00", lookup(3))));
	send(n, udp_between("2001:db8:2::11", 50003, "2001:db8:2::12", GENEVE, with("00 00 86dd 00002b 00", lookup6(4))));
	send(n, udp_between(host_a, 50004, host_b, GENEVE, with("00 80 894f 00002c 00", buf_hex("0000 0000"))));					/* something else in it */
	n->next = (struct fault){ .snap = 14 + 20 + 8 + 8 + 6 };
	send(n, udp_between(host_a, 50010, host_b, GENEVE, with("03 00 6558 00002e 00 0102 80 02 0001000200030004", framed(IP4, lookup(10)))));	/* cut in the options */
}

/* --- ERSPAN --- */

static struct buf mirror(const char *head, struct buf in) { return ip_between("192.0.2.250", "192.0.2.99", GRE, with(head, in)); }

static void erspan(struct net *n)
{
	struct buf b;

	send(n, mirror("0000 88be", framed(IP4, lookup(1))));						/* type I */
	send(n, mirror("1000 88be 00000001 1000 0064 00000003", framed(IP4, lookup(2))));			/* II, session 100 */
	send(n, mirror("1000 88be 00000002 1007 1864 00000003", framed(0x8100, with("0007 0800", lookup(3)))));	/* the VLAN in the head and in the frame */
	send(n, mirror("1000 22eb 00000003 2000 0065 00000001 0000 8000", framed(IP4, lookup(4))));		/* III */
	send(n, mirror("1000 22eb 00000004 2000 0065 00000002 0000 8001 1234567800000001", framed(IP4, lookup(5))));	/* III with the platform's own */
	send(n, mirror("3000 88be 00000007 00000005 1000 0064 00000003", framed(IP4, lookup(6))));		/* a key */
	b = framed(IP4, lookup(7));
	buf_shorten(&b, 14 + 20 + 8 + 6);
	send(n, mirror("1000 88be 00000006 1000 0464 00000003", b));						/* truncated by the switch, which says so */
	/* not: heads that end, what is no Ethernet */
	send(n, mirror("1000 88be 00000008 1000 00", (struct buf){ 0 }));
	send(n, mirror("1000 22eb 00000009 2000 0065 00000001 0000 8001 12345678", (struct buf){ 0 }));
	send(n, mirror("1000 22eb 0000000b 2000 0065 00000001 0000 a800", lookup(9)));
}

/* --- GRE and IP in IP: what they carry, and how deep --- */

static struct buf deep(unsigned levels, unsigned no)
{
	struct buf b = lookup(no);

	for (unsigned i = 0; i < levels; i++) {
		char a[32], z[32];

		snprintf(a, sizeof(a), "192.0.2.%u", 20 + 2 * i);
		snprintf(z, sizeof(z), "192.0.2.%u", 21 + 2 * i);
		b = ip_between(a, z, i % 2 ? IPIP : GRE, i % 2 ? b : with("0000 0800", b));
	}
	return b;
}

static void carries(struct net *n)
{
	struct host *a = host_at(n, "a", host_a), *b = host_at(n, "b", host_b);
	struct buf sum = with("8000 0800 0000 0000", lookup(4)), whole = { 0 };
	struct ip from = ip_of("10.1.9.11"), to = ip_of("10.1.9.53");

	send(n, ip_between(host_a, host_b, GRE, with("2000 6558 00000007", framed(IP4, lookup(1)))));		/* Ethernet (NVGRE) */
	send(n, ip_between(host_a, host_b, GRE, with("0000 86dd", lookup6(2))));
	send(n, ip_between(host_a, host_b, GRE, with("0000 8847 003e8040 007d0140", lookup(3))));			/* under two labels */
	set16(&sum, 4, inet_sum(NULL, NULL, 0, &sum));
	send(n, ip_between(host_a, host_b, GRE, sum));								/* with a checksum */
	send(n, ip_between("2001:db8:2::11", "2001:db8:2::12", GRE, with("0000 0800", lookup(5))));
	send(n, deep(2, 12));
	send(n, deep(3, 13));
	n->next = (struct fault){ .fragment = 40 };
	ip_send(a, b, GRE, with("0000 0800", lookup(20)));							/* a tunnel's packet in fragments */
	wait_ms(n, 20);
	/* fragments in a tunnel, in fragments */
	put_buf(&whole, lookup(21));
	for (unsigned i = 0; i < 2; i++) {
		struct buf part = buf_of(whole.p + 20 + (i ? 24 : 0), i ? whole.n - 44 : 24), f = packet_ip(&from, &to, 17, 77, part);

		set16(&f, 6, i ? 3 : 0x2000);
		set16(&f, 10, 0);
		{
			struct buf head = buf_of(f.p, 20);

			set16(&f, 10, inet_sum(NULL, NULL, 0, &head));
			buf_free(&head);
		}
		n->next = (struct fault){ .fragment = 24 };
		ip_send(a, b, GRE, with("0000 0800", f));
		wait_ms(n, 20);
	}
	buf_free(&whole);
}

/* --- TZSP --- */

static void tzsp(struct net *n)
{
	send(n, udp_between(host_a, TZSP, host_b, TZSP, with("01 00 0001 01", framed(IP4, lookup(1)))));
	send(n, udp_between(host_a, TZSP, host_b, TZSP, with("01 00 0001 0a 01 c4 00 29 02 0040 01", framed(IP4, lookup(2)))));	/* tags */
	send(n, udp_between(host_a, TZSP, host_b, TZSP, with("01 00 0012 01", buf_hex("08000000ffffffffffff"))));			/* of a radio: not read */
}

/* --- links --- */

static void sessions(struct net *n)
{
	struct buf b;

	for (unsigned i = 1; i <= 2; i++) {
		b = i == 1 ? lookup(1) : lookup6(2);
		b = with(i == 1 ? "11 00 0007 0000 0021" : "11 00 0007 0000 0057", b);
		set16(&b, 4, (unsigned)b.n - 6);
		frame_send(n, framed(0x8864, b));
		wait_ms(n, 20);
	}
	frame_send(n, framed(0x8864, buf_hex("11 00 0007 000a c021 09 01 0008 00000000")));	/* LCP: no packet */
}

static void labels(struct net *n)
{
	label_stack(n, 1, lookup(1));
	label_stack(n, 8, lookup(2));
	label_stack(n, 2, lookup6(3));
	label_stack(n, 1, with("00000000", framed(IP4, lookup(6))));				/* a pseudowire's control word */
	frame_send(n, framed(MPLS, buf_hex("003e8040 007d00")));				/* a stack that ends */
	wait_ms(n, 20);
	sessions(n);
}

/* --- exported PDUs: no packet, but what Wireshark knew of it --- */

static void tag(struct buf *b, unsigned number, struct buf value)
{
	put16(b, number);
	put16(b, (unsigned)value.n);
	put_buf(b, value);
}

static void tag32(struct buf *b, unsigned number, uint32_t v)
{
	struct buf x = { 0 };

	put32(&x, v);
	tag(b, number, x);
}

enum { NO_PORTS = 0, ON_SCTP = 1, ON_TCP = 2, ON_UDP = 3 };

static void ends(struct buf *b, const char *from, unsigned sport, const char *to, unsigned dport, unsigned on)
{
	struct ip x = ip_of(from), y = ip_of(to);

	tag(b, x.v6 ? 22 : 20, buf_of(x.b, ip_len(&x)));
	tag(b, x.v6 ? 23 : 21, buf_of(y.b, ip_len(&y)));
	if (on)
		tag32(b, 24, on);
	tag32(b, 25, sport);
	tag32(b, 26, dport);
}

static void pdu(struct net *n, struct buf tags, struct buf in)
{
	put32(&tags, 0);
	put_buf(&tags, in);
	frame_send(n, tags);
	wait_ms(n, 20);
}

/* A request whose fields need no table. */
static struct buf h2_get(uint32_t stream)
{
	return h2_frame(H2_HEADERS, H2_END_HEADERS | H2_END_STREAM, stream, buf_hex("82 86 04 0c 2f6e6e72662d64697363 2f 61 01 09 31302e312e372e3131"));
}

static void exported(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = { 0 };

	n->link.linktype = LT_UPPER_PDU;
	tag(&b, 12, buf_str("ngap"));
	ends(&b, "10.1.2.101", 40101, "10.1.2.11", 38412, ON_SCTP);
	pdu(n, b, ng_setup_request(&s.north->id));
	b = (struct buf){ 0 };
	tag(&b, 12, buf_hex("6e676170 00000000"));				/* a name with zeros behind it */
	ends(&b, "10.1.2.11", 38412, "10.1.2.101", 40101, ON_SCTP);
	tag(&b, 33, buf_str("NGAP"));						/* what a column said: not read */
	tag32(&b, 30, 17);
	pdu(n, b, ng_setup_response(&s.amf->id));
	b = (struct buf){ 0 };
	tag(&b, 14, buf_str("udp.port"));					/* by a table and a number */
	tag32(&b, 32, 8805);
	ends(&b, "10.1.4.12", 8805, "10.1.4.21", 8805, ON_UDP);
	pdu(n, b, some_pfcp(&s));
	b = (struct buf){ 0 };
	tag(&b, 12, buf_str("http2"));					/* two frames, no transport said */
	ends(&b, "2001:db8:7::11", 41000, "2001:db8:7::1", 7777, NO_PORTS);
	{
		struct buf two = h2_get(1);

		put_buf(&two, h2_get(3));
		pdu(n, b, two);
	}
	b = (struct buf){ 0 };
	tag(&b, 12, buf_str("ip"));						/* a packet */
	pdu(n, b, lookup(1));
}

static void exported_not(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = { 0 };

	n->link.linktype = LT_UPPER_PDU;
	tag(&b, 12, buf_str("sip"));						/* a name that is none of ours */
	ends(&b, "10.1.9.11", 5060, "10.1.9.53", 5060, ON_UDP);
	pdu(n, b, buf_str("OPTIONS sip:a SIP/2.0\r\n\r\n"));
	b = (struct buf){ 0 };
	tag(&b, 12, buf_str("pfcp"));						/* no ends */
	pdu(n, b, some_pfcp(&s));
	b = (struct buf){ 0 };
	tag(&b, 12, buf_str("pfcp"));						/* a value longer than the frame */
	put16(&b, 20);
	put16(&b, 400);
	put32(&b, 0x0a01090b);
	frame_send(n, b);
	wait_ms(n, 20);
	b = (struct buf){ 0 };
	tag(&b, 12, buf_str("pfcp"));						/* tags without an end */
	ends(&b, "10.1.4.12", 8805, "10.1.4.21", 8805, ON_UDP);
	frame_send(n, b);
	wait_ms(n, 20);
	b = (struct buf){ 0 };
	tag(&b, 12, buf_str("pfcp"));						/* cut among the tags */
	ends(&b, "10.1.4.12", 8805, "10.1.4.21", 8805, ON_UDP);
	n->next = (struct fault){ .snap = 20 };
	pdu(n, b, some_pfcp(&s));
}

/* --- what only looks like a tunnel, or is deeper than is followed --- */

static void not_tunnels(struct net *n)
{
	struct buf b;

	b = lookup(9);
	b.p[3] = (uint8_t)(b.p[3] + 40);
	send(n, udp_between(host_a, 49161, host_b, VXLAN, with("08000000 00102a00", framed(IP4, b))));				/* a length that lies */
	send(n, udp_between(host_a, 49152, host_b, VXLAN, with("00000000 00102a00", framed(IP4, lookup(1)))));		/* no flag: no network */
	send(n, udp_between(host_a, 49152, host_b, VXLAN, with("0c000003 00102a00", lookup(2))));					/* another protocol's flag */
	send(n, udp_between(host_a, 49152, host_b, VXLAN, with("08000000 00102a01", framed(IP4, lookup(3)))));		/* what is reserved is not zero */
	send(n, udp_between(host_a, 49152, host_b, VXLAN, with("08000000 00102a00", buf_hex("020000000002"))));		/* shorter than a frame */
	send(n, udp_between(host_a, VXLAN, host_b, 5353, with("08000000 00102a00", framed(IP4, lookup(5)))));			/* from that port */
	send(n, udp_between(host_a, 4788, host_b, 4790, with("08000000 00102a00", framed(IP4, lookup(6)))));			/* another port */
	send(n, udp_between(host_a, VXLAN, host_b, VXLAN, buf_str("GET / HTTP/1.1\r\nHost: a\r\n\r\n")));
	send(n, mirror("1000 88be 0000000a 3000 0064 00000003", framed(IP4, lookup(8))));		/* a version that there is not */
	send(n, udp_between(host_a, TZSP, host_b, TZSP, with("01 04 0000", (struct buf){ 0 })));						/* keeps the way open */
	label_stack(n, 1, with("45000000000e 020000000001 0800", lookup(5)));			/* a pseudowire: a MAC address that begins like IPv4 */
	frame_send(n, framed(0x8864, with("11 00 0007 0fff 0021", lookup(3))));			/* longer than the frame */
	wait_ms(n, 20);
	/* Geneve: options longer than the packet, another version, flags that there are not, no EtherType, from that port */
	send(n, udp_between(host_a, 50005, host_b, GENEVE, with("3f 00 6558 00002d 00", framed(IP4, lookup(5)))));
	send(n, udp_between(host_a, 50006, host_b, GENEVE, with("40 00 6558 00002d 00", framed(IP4, lookup(6)))));
	send(n, udp_between(host_a, 50007, host_b, GENEVE, with("00 01 6558 00002d 00", framed(IP4, lookup(7)))));
	send(n, udp_between(host_a, 50008, host_b, GENEVE, with("00 00 0100 00002d 00", framed(IP4, lookup(8)))));
	send(n, udp_between(host_a, GENEVE, host_b, 50009, with("00 00 6558 00002d 00", framed(IP4, lookup(9)))));
	send(n, udp_between(host_a, TZSP, host_b, TZSP, with("01 00 0001 0a ff c4", (struct buf){ 0 })));		/* a tag longer than the packet */
	/* GRE: a source route, version 1 of another protocol, a protocol that is not read, no packet behind it */
	send(n, ip_between(host_a, host_b, GRE, with("4000 0800 0000 0000 00000000", lookup(30))));
	send(n, ip_between(host_a, host_b, GRE, with("3001 880b 0010 0001 00000001", buf_hex("ff03 0021 4500"))));
	send(n, ip_between(host_a, host_b, GRE, with("0000 883e 00000000", lookup(31))));
	send(n, ip_between(host_a, host_b, GRE, buf_hex("0000 0800")));
	send(n, deep(4, 40));											/* the fourth is not opened */
	label_stack(n, 9, lookup(41));									/* more labels than are read */
}

/* --- a subscriber's own tunnels, behind the UPF: not opened --- */

static void subscriber(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct host *ue = host_ip(n, "ue", u->session[0].ip), *web = host_ip(n, "web", s.m->web);

	ip_send(ue, web, GRE, with("0000 0800", lookup(1)));
	wait_ms(n, 20);
	ip_send(web, ue, IPIP, lookup(2));
	wait_ms(n, 20);
	udp_send(ue, 49152, web, VXLAN, with("08000000 00102a00", framed(IP4, lookup(3))));
	wait_ms(n, 20);
	udp_send(s.client, 49152, s.server, VXLAN, with("08000000 00102a00", framed(IP4, lookup(4))));	/* the network's is */
}

/* --- findings about what is in a tunnel --- */

/* One peer is seen by a mirror port only; what another one sends comes on the tap itself, and what it gets by the mirror port. */
static struct buf in_erspan_but(struct buf frame)
{
	static const uint8_t second[] = { 203, 0, 113, 67 };
	struct buf packet;

	if (frame.n < 30 || memcmp(frame.p + 26, second, 4))
		return in_erspan(frame);
	packet = buf_of(frame.p + 14, frame.n - 14);
	buf_free(&frame);
	return packet;
}

static void calls_home(struct net *n)
{
	struct stage s = stage_new(n);

	n->link.wrap = in_erspan_but;
	tls_session(s.south->oam, 46000, host_at(n, "home", "203.0.113.66"), 443, "telemetry.example.com", 2);
	wait_ms(n, 100);
	tls_session(s.south->oam, 46001, host_at(n, "second", "203.0.113.67"), 443, "telemetry.example.com", 2);
}

static void rogue(struct net *n)
{
	struct stage s = stage_n2(n);
	struct gnb *g = gnb_new(s.m, "gnb-north-2", 0x666, 1, "10.1.2.99", NULL, NULL);

	n->link.wrap = in_vxlan;
	gnb_connect(g, s.amf, 40199);
	g->a->quiet = true;
}

const struct golden golden_tunnel[] = {
	{ "vxlan", "overlay", vxlan, NULL, NULL },
	{ "vxlan", "twice", twice, NULL, NULL },
	{ "vxlan", "not-a-tunnel", not_tunnels, NULL, NULL },
	{ "geneve", "overlay", geneve, NULL, NULL },
	{ "erspan", "mirror", erspan, NULL, NULL },
	{ "gre", "carries", carries, NULL, NULL },
	{ "vxlan", "subscriber", subscriber, NULL, NULL },
	{ "tzsp", "frames", tzsp, NULL, NULL },
	{ "link", "labels-sessions", labels, NULL, NULL },
	{ "link", "exported", exported, NULL, NULL },
	{ "link", "not-exported", exported_not, NULL, NULL },
	{ "model", "mirrored", mirrored, NULL, NULL },
	{ "checks/EGRESS-UNDECLARED", "violated-mirrored", calls_home, NULL, NULL },
	{ "checks/N2-UNKNOWN-RAN", "violated-overlay", rogue, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
