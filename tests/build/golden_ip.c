/* Golden captures of IP and ICMP: what stands between the link and the transports, right and wrong. */
#include "golden.h"

#include <string.h>

/* A PFCP establishment with enough in it to be cut into pieces. */
static struct buf long_pfcp(struct stage *s)
{
	struct buf b = pfcp_open_session(PFCP_ESTABLISH, 0, ++s->smf->seq);
	const struct ip ue = ip_of("10.60.0.1");

	pfcp_node_id(&b, &s->smf->n4->ip);
	pfcp_f_seid(&b, 0x1001, &s->smf->n4->ip);
	for (unsigned i = 1; i <= 4; i++)
		pfcp_create_pdr(&b, &(struct pfcp_pdr){ .id = i, .far = i, .interface = IF_ACCESS, .teid_ip = &s->upf->n3->ip, .teid = 0x100 + i,
			.ue = &ue, .instance = "internet", .strip = true });
	for (unsigned i = 1; i <= 4; i++)
		pfcp_create_far(&b, &(struct pfcp_far){ .id = i, .apply = APPLY_FORW, .interface = IF_CORE, .forwards = true });
	return pfcp_close(b);
}

static struct buf query(void) { return dns_query(1, "amf-1.oam.example.net", DNS_A); }
static void ask(struct stage *s) { udp_send(s->client, 40000, s->server, 53, query()); }

static void fragments(struct net *n)
{
	struct stage s = stage_new(n);

	n->next.fragment = 160;
	n4(&s, long_pfcp(&s));
}

static void fragments_reversed(struct net *n)
{
	struct stage s = stage_new(n);

	n->next = (struct fault){ .fragment = 160, .reversed = true };
	n4(&s, long_pfcp(&s));
}

static void fragment_missing(struct net *n)
{
	struct stage s = stage_new(n);

	n->next = (struct fault){ .fragment = 160, .lost_fragments = 2 };
	n4(&s, long_pfcp(&s));
	wait_ms(n, 10);
	n4(&s, some_pfcp(&s));
}

static void fragments_twice(struct net *n)
{
	struct stage s = stage_new(n);

	n->next = (struct fault){ .fragment = 160, .again = 1, .again_us = 300 };
	n4(&s, long_pfcp(&s));
}

/* Two datagrams whose fragments alternate on the wire, by their identifications only to be told apart. */
static void fragments_mixed(struct net *n)
{
	struct stage s = stage_new(n);

	n->next.fragment = 160;
	udp_send(s.smf->n4, PFCP_PORT, s.upf->n4, PFCP_PORT, long_pfcp(&s));
	wait_us(n, 1);
	n->next.fragment = 160;
	udp_send(s.smf->n4, PFCP_PORT, s.upf->n4, PFCP_PORT, long_pfcp(&s));
}

/* The second fragment begins inside the first (RFC 5722: such a datagram is not to be trusted). */
static void fragments_overlap(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf whole = long_pfcp(&s), u = { 0 };
	struct host *a = s.smf->n4, *b = s.upf->n4;

	put16(&u, PFCP_PORT);
	put16(&u, PFCP_PORT);
	put16(&u, (unsigned)whole.n + 8);
	put16(&u, 0);
	put_buf(&u, whole);
	for (int i = 0; i < 2; i++) {
		size_t off = i ? 80 : 0, len = i ? u.n - 80 : 160;
		struct buf p = packet_ip(&a->ip, &b->ip, 17, 77, buf_of(u.p + off, len));
		struct buf f = buf_of("\x02\0\x0a\1\4\x15\x02\0\x0a\1\4\x0c\x08\0", 14);

		set16(&p, 6, (unsigned)(off / 8) | (i ? 0 : 0x2000));
		set16(&p, 10, 0);
		p.n = 20;
		set16(&p, 10, inet_sum(NULL, NULL, 0, &p));
		p.n = 20 + len;
		put_buf(&f, p);
		frame_send(n, f);
		wait_us(n, 20);
	}
	buf_free(&u);
}

static void fragments_sctp(struct net *n)
{
	struct stage s = stage_new(n);

	gnb_associate(s.north, s.amf, 40101);
	n->next.fragment = 48;
	n2_up(s.north, 0, ng_setup_request(&s.north->id));
	n2_down(s.north, 0, ng_setup_response(&s.amf->id));
}

static void options(struct net *n)
{
	struct stage s = stage_new(n);

	n->next.n_options = 8;
	memcpy(n->next.options, "\x94\x04\0\0\1\1\1\0", 8);	/* router alert, no-operations */
	ask(&s);
}

static void bad_ip_sum(struct net *n)
{
	struct stage s = stage_new(n);

	n->next.bad_ip_sum = true;
	ask(&s);
}

static void bad_udp_sum(struct net *n)
{
	struct stage s = stage_new(n);

	n->next.bad_sum = true;
	ask(&s);
}

static void no_udp_sum(struct net *n)
{
	struct stage s = stage_new(n);

	n->next.no_sum = true;
	ask(&s);
}

static void udp_length(struct net *n, int delta)
{
	struct stage s = stage_new(n);

	n->next.len_delta = delta;
	ask(&s);
}

static void udp_too_long(struct net *n) { udp_length(n, 9); }
static void udp_too_short(struct net *n) { udp_length(n, -9); }
static void udp_below_header(struct net *n) { udp_length(n, -44); }

static void ip_length(struct net *n, int delta)
{
	struct stage s = stage_new(n);

	n->next.ip_len_delta = delta;
	ask(&s);
}

static void ip_too_long(struct net *n) { ip_length(n, 20); }
static void ip_too_short(struct net *n) { ip_length(n, -12); }

/* Total length 0: a network card was to segment what was captured before it did. */
static void ip_no_length(struct net *n) { ip_length(n, -67); }

/* --- IPv6 --- */

static void six_ask(struct net *n)
{
	struct host *a = host_at(n, "smf", "2001:db8:4::12"), *b = host_at(n, "upf", "2001:db8:4::21");
	struct buf p = pfcp_open(PFCP_ASSOC_SETUP, 1);

	pfcp_node_id(&p, &a->ip);
	pfcp_started(&p, NET_START);
	udp_send(a, PFCP_PORT, b, PFCP_PORT, pfcp_close(p));
}

static void ext(struct net *n, unsigned first, size_t last, const char *octets, size_t len)
{
	n->next.ext = (uint8_t)first;
	n->next.ext_last = (uint8_t)last;
	n->next.n_options = (uint8_t)len;
	memcpy(n->next.options, octets, len);
	six_ask(n);
}

static void hop_by_hop(struct net *n) { ext(n, 0, 0, "\0\0\x05\2\0\0\1\0", 8); }	/* router alert */
static void destination(struct net *n) { ext(n, 60, 0, "\0\0\1\4\0\0\0\0", 8); }

static void three_headers(struct net *n)	/* destination options, routing (an experimental type, nothing left), destination options */
{
	ext(n, 60, 32, "\x2b\0\1\4\0\0\0\0" "\x3c\x02\xfd\0\0\0\0\0" "\x20\1\x0d\xb8\0\x04\0\0\0\0\0\0\0\0\0\x99" "\0\0\1\4\0\0\0\0", 40);
}

static void six_fragments(struct net *n)
{
	n->next.fragment = 16;
	six_ask(n);
}

static void six_fragment_missing(struct net *n)
{
	n->next = (struct fault){ .fragment = 16, .lost_fragments = 1 };
	six_ask(n);
}

/* A fragment header on a datagram that is whole (RFC 6946). */
static void six_atomic(struct net *n) { ext(n, 44, 0, "\0\0\0\0\0\0\0\x07", 8); }

static void six_plain(struct net *n) { six_ask(n); }

/* --- ICMP --- */

static void ping(struct net *n)
{
	struct stage s = stage_new(n);

	icmp_send(s.client, s.server, 8, 0, 0x12340001, buf_str("0123456789abcdef"));
	wait_ms(n, 1);
	icmp_send(s.server, s.client, 0, 0, 0x12340001, buf_str("0123456789abcdef"));
}

/* Port unreachable with the whole PFCP request in it: the message was sent, but this is not the sender of it. */
static void quote_pfcp(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf message = some_pfcp(&s);

	n4(&s, buf_copy(&message));
	icmp_send(s.upf->n4, s.smf->n4, 3, 3, 0, packet_udp(&s.smf->n4->ip, PFCP_PORT, &s.upf->n4->ip, PFCP_PORT, message));
}

static void quote_only(struct net *n)
{
	struct stage s = stage_new(n);

	icmp_send(s.upf->n4, s.smf->n4, 3, 3, 0, packet_udp(&s.smf->n4->ip, PFCP_PORT, &s.upf->n4->ip, PFCP_PORT, some_pfcp(&s)));
}

static void quote_short(struct net *n)		/* the eight octets that RFC 792 asks for */
{
	struct stage s = stage_new(n);
	struct buf p = packet_udp(&s.client->ip, 40000, &s.server->ip, 53, query());

	buf_shorten(&p, 28);
	icmp_send(s.server, s.client, 11, 0, 0, p);
}

static void quote_gtp(struct net *n)
{
	struct stage s = stage_new(n);
	const struct ip ue = ip_of("10.60.0.1"), web = ip_of("192.0.2.80");
	struct buf inner = packet_icmp(&web, &ue, 0, 0, 1, buf_str("hello"));

	icmp_send(s.north->n3, s.upf->n3, 3, 3, 0, packet_udp(&s.upf->n3->ip, GTPU_PORT, &s.north->n3->ip, GTPU_PORT,
		gtp_pdu_dl(0x1000, 1, inner)));
}

static void neighbours(struct net *n)
{
	struct host *a = host_at(n, "a", "fe80::12"), *b = host_at(n, "b", "ff02::1:ff00:21");
	struct buf what = buf_of(ip_of("fe80::21").b, 16);

	put_mem(&what, "\1\1", 2);
	put_mem(&what, a->mac, 6);
	n->next.ttl = 255;
	icmp_send(a, b, 135, 0, 0, what);
}

/* Protocols that are carried, not read. */
static void esp(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = { 0 };

	put32(&b, 0xc0ffee01);
	put32(&b, 1);
	put_seed(&b, s.seed, 80);
	ip_send(s.north->n3, s.upf->n3, 50, b);
	wait_ms(n, 1);
	b = (struct buf){ 0 };
	put_seed(&b, s.seed, 40);
	ip_send(s.north->n3, s.upf->n3, 253, b);
}

const struct golden golden_ip[] = {
	{ "ip", "fragments", fragments, NULL, NULL },
	{ "ip", "fragments-reversed", fragments_reversed, NULL, NULL },
	{ "ip", "fragment-missing", fragment_missing, NULL, NULL },
	{ "ip", "fragments-captured-twice", fragments_twice, NULL, NULL },
	{ "ip", "fragments-mixed", fragments_mixed, NULL, NULL },
	{ "ip", "fragments-overlap", fragments_overlap, NULL, NULL },
	{ "ip", "fragments-of-sctp", fragments_sctp, NULL, NULL },
	{ "ip", "options", options, NULL, NULL },
	{ "ip", "checksum-wrong", bad_ip_sum, NULL, NULL },
	{ "ip", "udp-checksum-wrong", bad_udp_sum, NULL, NULL },
	{ "ip", "udp-checksum-none", no_udp_sum, NULL, NULL },
	{ "ip", "udp-length-too-long", udp_too_long, NULL, NULL },
	{ "ip", "udp-length-too-short", udp_too_short, NULL, NULL },
	{ "ip", "udp-length-below-header", udp_below_header, NULL, NULL },
	{ "ip", "length-too-long", ip_too_long, NULL, NULL },
	{ "ip", "length-too-short", ip_too_short, NULL, NULL },
	{ "ip", "length-zero", ip_no_length, NULL, NULL },
	{ "ip", "ipv6", six_plain, NULL, NULL },
	{ "ip", "ipv6-hop-by-hop", hop_by_hop, NULL, NULL },
	{ "ip", "ipv6-destination-options", destination, NULL, NULL },
	{ "ip", "ipv6-three-headers", three_headers, NULL, NULL },
	{ "ip", "ipv6-fragments", six_fragments, NULL, NULL },
	{ "ip", "ipv6-fragment-missing", six_fragment_missing, NULL, NULL },
	{ "ip", "ipv6-atomic-fragment", six_atomic, NULL, NULL },
	{ "ip", "icmp-echo", ping, NULL, NULL },
	{ "ip", "icmp-quotes-pfcp", quote_pfcp, NULL, NULL },
	{ "ip", "icmp-quotes-pfcp-never-seen", quote_only, NULL, NULL },
	{ "ip", "icmp-quotes-eight-octets", quote_short, NULL, NULL },
	{ "ip", "icmp-quotes-gtp", quote_gtp, NULL, NULL },
	{ "ip", "neighbour-solicitation", neighbours, NULL, NULL },
	{ "ip", "esp-and-unknown", esp, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
