/* Golden captures of routing, databases and tunnels. */
#include "golden.h"
#include "quic.h"

#include <string.h>

static void udp(struct host *a, unsigned sport, struct host *b, unsigned dport, struct buf m)
{
	udp_send(a, sport, b, dport, m);
	wait_ms(a->net, 2);
}

static struct host *other(struct stage *s) { return host_at(s->net, "other", "10.1.9.77"); }

/* One stream that begins with these octets, from the side that says so. */
static struct tcp *opens(struct stage *s, unsigned n, unsigned port, unsigned from, struct buf b)
{
	struct tcp *t = tcp_open(s->client, 40000 + n, other(s), port);

	tcp_send(t, from, b);
	return t;
}

/* ---- routing ---- */

#define MARKER "ffffffffffffffffffffffffffffffff"

static void bgp(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = opens(&s, 0, 179, 0, buf_hex(MARKER "001d 01 04 fdea 00b4 0a010965 00"));

	tcp_send(t, 1, buf_hex(MARKER "001d 01 04 fdeb 00b4 0a01094d 00" MARKER "0013 04"));
	for (unsigned i = 0; i < 3; i++)
		tcp_send(t, 0, buf_hex(MARKER "0013 04"));
	tcp_send(t, 1, buf_hex(MARKER "0017 02 0000 0000"));
	tcp_send(t, 1, buf_hex(MARKER "0015 03 0602"));
}

static void bgp_not(struct net *n)
{
	struct stage s = stage_new(n);

	opens(&s, 1, 179, 0, buf_hex(MARKER "0012 04"));			/* shorter than its head */
	opens(&s, 2, 179, 0, buf_hex(MARKER "0013 09"));			/* no such message */
	opens(&s, 3, 1790, 0, buf_hex("ffffffffffffffffffffffffffffff00 0013 04"));
}

static void ip(struct host *a, struct host *b, unsigned proto, const char *hex)
{
	ip_send(a, b, proto, buf_hex(hex));
	wait_ms(a->net, 1);
}

static void ospf(struct net *n)
{
	struct stage s = stage_new(n);
	struct host *all = host_at(n, "all", "224.0.0.5");
	const char *hello = "02 01 002c 0a010965 00000000 0000 0000 0000000000000000 ffffff00 000a 02 01 00000028 0a010965 00000000";

	ip(s.client, all, 89, hello);
	ip(s.client, all, 89, hello);
	ip(s.client, other(&s), 89, "02 05 002c 0a010965 00000000 0000 0002 0000011000000001 0000 0201 0a010965 0a010965 80000001 0000 0024");
}

static void ospf_not(struct net *n)
{
	struct stage s = stage_new(n);
	struct host *all = host_at(n, "all", "224.0.0.5");

	ip(s.client, all, 89, "02 09 002c 0a010965 00000000 0000 0000 0000000000000000");
	ip(s.client, all, 89, "02 01 0040 0a010965 00000000 0000 0000 0000000000000000");		/* longer than the packet */
}

static void bfd(struct net *n)
{
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 3; i++)
		udp(s.client, 49152, other(&s), 3784, buf_hex("20 c8 03 18 00000001 00000002 000186a0 000186a0 00000000"));
	udp(s.client, 49152, other(&s), 3784, buf_hex("20 48 03 18 00000001 00000000 000186a0 000186a0 00000000"));
	udp(s.client, 49152, other(&s), 3784, buf_hex("20 c8 03 18 00000000 00000002 000186a0 000186a0 00000000"));	/* no discriminator */
	udp(s.client, 49152, other(&s), 3784, buf_hex("20 c8 03 30 00000001 00000002 000186a0"));
}

/* On the members of a link, RFC 7130. */
static void bfd_lag(struct net *n)
{
	struct stage s = stage_new(n);

	udp(s.client, 49152, other(&s), 6784, buf_hex("20 48 03 18 00000001 00000000 000186a0 000186a0 00000000"));
	udp(s.client, 49152, other(&s), 6785, buf_hex("20 48 03 18 00000001 00000000 000186a0 000186a0 00000000"));
}

/* ---- databases ---- */

static void mysql(struct net *n)
{
	struct stage s = stage_new(n);
	const char *greeting = "4a000000 0a 382e302e3336 00 0b000000 2a5d3c1e40556677 00 ff ff ff 02 00 ff df 15 00000000000000000000 1122334455667788990a0b0c 00 6d7973716c5f6e61746976655f70617373776f726400";
	struct buf b = buf_hex(greeting);
	struct tcp *t;

	set8(&b, 0, (unsigned)b.n - 4);
	t = opens(&s, 0, 3306, 1, buf_copy(&b));
	tcp_send(t, 0, buf_hex("20000001 05ae0000 00000001 08 0000000000000000000000000000000000000000000000"));
	tcp_send(t, 0, tls_client_hello(s.seed, NULL));
	set8(&b, 4, 11);
	opens(&s, 1, 5001, 1, b);			/* another protocol version */
	opens(&s, 2, 5000, 1, buf_hex("0a000000 0a 382e30"));
}

static void pgsql(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = opens(&s, 0, 5432, 0, buf_hex("00000008 04d2162f"));

	tcp_send(t, 1, buf_str("S"));
	tcp_send(t, 0, tls_client_hello(s.seed, "db.example.net"));
	opens(&s, 1, 5432, 0, buf_hex("0000001d 00030000 7573657200 616c69636500 646174616261736500 00"));
}

static void pgsql_not(struct net *n)
{
	struct stage s = stage_new(n);

	opens(&s, 2, 5432, 0, buf_hex("00000008 04d2162e"));			/* a request to cancel without its key */
	opens(&s, 3, 5432, 0, buf_hex("00000010 00030000 616c696365000000"));
}

static void mongo(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = buf_hex("00000000 01000000 00000000 d4070000 00000000 61646d696e2e24636d6400 00000000 ffffffff 13000000 10 69734d617374657200 01000000 00");

	set8(&b, 0, (unsigned)b.n);
	opens(&s, 0, 27017, 0, b);
	b = buf_hex("00000000 02000000 00000000 dd070000 00000000 00 1f000000 10 68656c6c6f00 01000000 02 24646200 06000000 61646d696e00 00");
	set8(&b, 0, (unsigned)b.n);
	set8(&b, 21, (unsigned)b.n - 21);
	opens(&s, 1, 27017, 0, buf_copy(&b));
	set8(&b, 12, 0xde);			/* no such code */
	opens(&s, 2, 27017, 0, b);
}

static void redis(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = opens(&s, 0, 6379, 0, buf_str("*2\r\n$4\r\nAUTH\r\n$7\r\nhunter2\r\n"));

	tcp_send(t, 1, buf_str("+OK\r\n"));
	tcp_send(t, 0, buf_str("*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n"));
	opens(&s, 1, 6379, 0, buf_str("*2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n"));
	opens(&s, 2, 6379, 0, buf_str("*1\r\n$4\r\nBLAH\r\n"));
	opens(&s, 3, 6379, 0, buf_str("* this is a list of things\r\n"));
}

/* ---- tunnels ---- */

static struct buf filled(struct seed *s, const char *head, size_t n)
{
	struct buf b = buf_hex(head);

	put_seed(&b, s, n - b.n);
	return b;
}

static void wireguard(struct net *n)
{
	struct stage s = stage_new(n);

	udp(s.client, 51820, other(&s), 51820, filled(s.seed, "01000000 11223344", 148));
	udp(other(&s), 51820, s.client, 51820, filled(s.seed, "02000000 55667788 11223344", 92));
}

static void wireguard_not(struct net *n)
{
	struct stage s = stage_new(n);

	udp(s.client, 51820, other(&s), 51820, filled(s.seed, "04000000 55667788 0000000000000000", 128));
	udp(s.client, 51820, other(&s), 51820, filled(s.seed, "01000000 11223344", 147));
	udp(s.client, 51820, other(&s), 51820, filled(s.seed, "01000100 11223344", 148));
}

static void openvpn(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b;

	udp(s.client, 1194, other(&s), 1194, buf_hex("38 0102030405060708 00 00000000"));
	udp(other(&s), 1194, s.client, 1194, buf_hex("40 a1a2a3a4a5a6a7a8 01 00000000 0102030405060708 00000000"));
	b = filled(s.seed, "38 0102030405060708", 9 + 28);
	put_buf(&b, buf_hex("00 00000000"));
	udp(s.client, 1195, other(&s), 11940, b);
}

static void openvpn_not(struct net *n)
{
	struct stage s = stage_new(n);

	udp(s.client, 1194, other(&s), 1194, buf_hex("38 0102030405060708 00 00000001"));
	udp(s.client, 1194, other(&s), 1194, buf_hex("38 0102030405060708 02 00000000"));
}

static void quic(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = filled(s.seed, "c3 00000001 08 0102030405060708 00 00 44d0", 1252);

	set16(&b, 16, 0x4000 | (unsigned)(b.n - 18));
	udp(s.client, 40443, other(&s), 443, b);
	b = filled(s.seed, "c1 00000001 00 08 a1a2a3a4a5a6a7a8 00 4075", 135);
	udp(other(&s), 443, s.client, 40443, b);
	b = filled(s.seed, "d3 6b3343cf 08 0102030405060708 00 00 44d0", 1252);
	set16(&b, 16, 0x4000 | (unsigned)(b.n - 18));
	udp(s.client, 40444, other(&s), 8443, b);
}

static void quic_not(struct net *n)
{
	struct stage s = stage_new(n);

	udp(s.client, 40445, other(&s), 443, filled(s.seed, "c3 00000001 15 0102030405060708", 1252));		/* an id longer than there are */
	udp(s.client, 40446, other(&s), 443, filled(s.seed, "c3 00000007 08 0102030405060708 00 00 44d0", 1252));	/* a version that there is not */
	udp(s.client, 40447, other(&s), 443, filled(s.seed, "c3 00000001 08 0102030405060708 00 00 44d0", 300));	/* too short for a client's */
	udp(s.client, 40448, other(&s), 443, filled(s.seed, "43 0102030405060708", 80));
}

/* What a server says before there are keys: Retry (that of RFC 9001 A.4), the versions that it knows; an Initial with the bit greased that is otherwise 1. */
static void quic_server(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b;

	udp(other(&s), 443, s.client, 40456, buf_hex("ff 00000001 00 08 f067a5502a4262b5 746f6b656e 04a265ba2eff4d829058fb3f0f2496ba"));
	b = filled(s.seed, "c3 00000001 08 f067a5502a4262b5 04 01020304 00 44d0", 1252);
	set16(&b, 20, 0x4000 | (unsigned)(b.n - 22));
	udp(s.client, 40457, other(&s), 443, b);
	udp(other(&s), 443, s.client, 40457, buf_hex("97 00000000 04 01020304 08 f067a5502a4262b5 1a2a3a4a 6b3343cf 00000001"));
	udp(other(&s), 443, s.client, 40458, filled(s.seed, "81 00000001 00 08 a1a2a3a4a5a6a7a8 00 4075", 135));
	udp(other(&s), 443, s.client, 40459, filled(s.seed, "c1 ff000017 00 08 a1a2a3a4a5a6a7a8 00 4075", 135));
}

static void quic_not_server(struct net *n)
{
	struct stage s = stage_new(n);

	udp(other(&s), 443, s.client, 40456, buf_hex("ff 00000001 00 08 f067a5502a4262b5 04a265ba2eff4d829058fb3f0f2496ba"));	/* no token */
	udp(other(&s), 443, s.client, 40457, buf_hex("d7 00000000 04 01020304 08 f067a5502a4262b5 1a2a3a4a 6b3343cf 000001"));	/* no whole version */
	udp(other(&s), 443, s.client, 40458, buf_hex("d7 00000000 04 01020304 08 f067a5502a4262b5 1a2a3a4a 2a3a4a5a"));		/* none that there is */
	udp(s.client, 40459, other(&s), 443, filled(s.seed, "83 00000001 08 0102030405060708 00 00 44d0", 1252));			/* a client has agreed to nothing yet */
}

static const uint8_t id_a[] = { 0x83, 0x94, 0xc8, 0xf0, 0x3e, 0x51, 0x57, 0x08 }, id_b[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };

static struct buf crypto(struct buf hello, size_t at, size_t n)
{
	struct buf b = { 0 };

	quic_crypto(&b, &hello, at, n ? n : hello.n - at);
	buf_free(&hello);
	return b;
}

/* A Client Hello: of RFC 9001 A.2, of version 2, and one of two packets, the second before the first. */
static void quic_client_hello(struct net *n)
{
	struct stage s = stage_new(n);
	struct quic_client a = { QUIC_V1, 2, id_a, 8 }, b = { QUIC_V2, 0, id_b, 9 }, c = { QUIC_V1, 0, id_b, 8 };
	struct buf first, second;

	udp(s.client, 40450, other(&s), 443, quic_initial(&a, crypto(quic_rfc_hello(), 0, 0), 1200));
	udp(s.client, 40451, other(&s), 8443, quic_initial(&b, crypto(quic_hello("two.example.com", 0), 0, 0), 1200));
	first = quic_initial(&c, crypto(quic_hello("long.example.com", 1200), 0, 1000), 1200);
	second = quic_initial(&c, crypto(quic_hello("long.example.com", 1200), 1000, 0), 1200);
	udp(s.client, 40452, other(&s), 443, second);
	udp(s.client, 40452, other(&s), 443, first);
}

/* What does not open, or not far enough. */
static void quic_not_opened(struct net *n)
{
	struct stage s = stage_new(n);
	struct quic_client a = { QUIC_V1, 0, id_a, 8 }, b = { QUIC_V1, 0, id_b, 8 };
	struct buf x = quic_initial(&a, crypto(quic_hello("changed.example.com", 0), 0, 0), 1200);

	x.p[300] ^= 1;
	udp(s.client, 40453, other(&s), 443, x);
	udp(s.client, 40454, other(&s), 443, quic_initial(&b, crypto(quic_hello("half.example.com", 1200), 1000, 0), 1200));	/* the first half is missing */
	n->next = (struct fault){ .snap = 900 };
	udp(s.client, 40455, other(&s), 443, quic_initial(&a, crypto(quic_hello("cut.example.com", 0), 0, 0), 1200));
}

/* Two, one behind the other: b eaten. */
static struct buf behind(struct buf a, struct buf b)
{
	put_buf(&a, b);
	return a;
}

/* A packet of 0-RTT (d) or Handshake (e) of version 1 to id_b, `size` octets behind its Length. */
static struct buf sealed(struct seed *seed, const char *head, size_t size)
{
	struct buf b = filled(seed, head, 17 + size);

	set16(&b, 15, 0x4000 | (unsigned)size);
	return b;
}
#define HEAD(first) first "0 00000001 08 0102030405060708 00 4000"

/* Several in one datagram: a hello in two Initials; an Initial behind 0-RTT, and behind 0-RTT and Handshake; with octets that are no packet at the end. */
static void quic_together(struct net *n)
{
	struct stage s = stage_new(n);
	struct quic_client a = { QUIC_V1, 0, id_a, 8 }, b = { QUIC_V1, 0, id_b, 8 }, c = { QUIC_V1, 0, id_b, 8 };
	struct buf first = quic_initial(&a, crypto(quic_hello("both.example.com", 400), 0, 300), 500);

	udp(s.client, 40456, other(&s), 443, behind(first, quic_initial(&a, crypto(quic_hello("both.example.com", 400), 300, 0), 700)));
	udp(s.client, 40457, other(&s), 443, behind(behind(sealed(s.seed, HEAD("d"), 100), quic_initial(&b, crypto(quic_hello("early.example.com", 0), 0, 0), 1000)),
		sealed(s.seed, HEAD("e"), 200)));
	first = behind(sealed(s.seed, HEAD("e"), 60), sealed(s.seed, HEAD("d"), 60));
	first = behind(first, quic_initial(&c, crypto(quic_hello("last.example.com", 0), 0, 0), 1100));
	put_room(&first, 50);
	udp(s.client, 40458, other(&s), 443, first);
}

/* What lies behind an Initial and is of another connection or version, or longer than the datagram, or no Initial at all. */
static void quic_not_together(struct net *n)
{
	struct stage s = stage_new(n);
	struct quic_client a = { QUIC_V1, 0, id_a, 8 }, b = { QUIC_V1, 0, id_b, 8 }, c = { QUIC_V2, 0, id_b, 8 };
	struct buf x = quic_initial(&b, crypto(quic_hello("other.example.com", 0), 0, 0), 600);

	udp(s.client, 40459, other(&s), 443, behind(quic_initial(&a, crypto(quic_hello("one.example.com", 0), 0, 0), 600), x));
	x = quic_initial(&c, crypto(quic_hello("version.example.com", 0), 0, 0), 600);
	udp(s.client, 40460, other(&s), 443, behind(quic_initial(&b, crypto(quic_hello("two.example.com", 0), 0, 0), 600), x));
	x = quic_initial(&b, crypto(quic_hello("longer.example.com", 0), 0, 0), 700);
	x.n -= 20;
	udp(s.client, 40461, other(&s), 443, behind(quic_initial(&b, crypto(quic_hello("three.example.com", 0), 0, 0), 600), x));
	udp(s.client, 40462, other(&s), 443, behind(sealed(s.seed, HEAD("d"), 600), sealed(s.seed, HEAD("e"), 700)));
}

static struct buf inside(struct stage *s)
{
	return packet_udp(&s->north->n3->ip, 40000, &s->upf->n3->ip, 40001, buf_hex("30010008 00000000 00000000 00000000"));
}

static void gre(struct net *n)
{
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 3; i++) {
		struct buf b = buf_hex("2000 0800 00000007");

		put_buf(&b, inside(&s));
		ip_send(s.client, other(&s), 47, b);
		wait_ms(n, 20);
	}
	ip(s.client, other(&s), 47, "0000 0800 45000000");
	ip(s.client, other(&s), 47, "2000 0800 0000");			/* ends in its head */
	ip(s.client, other(&s), 47, "0005 0800 45000000");			/* a version that there is not */
}

/* Version 1, of PPTP: a length and a call's id where others have a key; one tunnel, however long its packets are. */
static void gre_pptp(struct net *n)
{
	struct stage s = stage_new(n);

	ip(s.client, other(&s), 47, "3081 880b 0004 0007 00000001 00000001 ff03c021");
	ip(s.client, other(&s), 47, "3001 880b 0006 0007 00000002 ff03c0210101");
	ip(other(&s), s.client, 47, "2081 880b 0000 0009 00000002");
}

static void ipip(struct net *n)
{
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 2; i++) {
		ip_send(s.client, other(&s), 4, inside(&s));
		wait_ms(n, 20);
	}
	ip(s.client, other(&s), 41, "6000000000003b40 20010db8000000000000000000000001 20010db8000000000000000000000002");
	ip(s.client, other(&s), 4, "6000000000003b40 20010db8000000000000000000000001");		/* another version inside */
}

const struct golden golden_transport[] = {
	{ "bgp", "session", bgp, NULL, NULL },
	{ "bgp", "not-bgp", bgp_not, NULL, NULL },
	{ "ospf", "hello", ospf, NULL, NULL },
	{ "ospf", "not-ospf", ospf_not, NULL, NULL },
	{ "bfd", "control", bfd, NULL, NULL },
	{ "bfd", "lag", bfd_lag, NULL, NULL },
	{ "mysql", "greeting", mysql, NULL, NULL },
	{ "pgsql", "startup", pgsql, NULL, NULL },
	{ "pgsql", "not-pgsql", pgsql_not, NULL, NULL },
	{ "mongo", "hello", mongo, NULL, NULL },
	{ "resp", "commands", redis, NULL, NULL },
	{ "wg", "handshake", wireguard, NULL, NULL },
	{ "wg", "not-wg", wireguard_not, NULL, NULL },
	{ "openvpn", "resets", openvpn, NULL, NULL },
	{ "openvpn", "not-openvpn", openvpn_not, NULL, NULL },
	{ "quic", "initial", quic, NULL, NULL },
	{ "quic", "not-quic", quic_not, NULL, NULL },
	{ "quic", "server", quic_server, NULL, NULL },
	{ "quic", "not-server", quic_not_server, NULL, NULL },
	{ "quic", "client-hello", quic_client_hello, NULL, NULL },
	{ "quic", "not-opened", quic_not_opened, NULL, NULL },
	{ "quic", "together", quic_together, NULL, NULL },
	{ "quic", "not-together", quic_not_together, NULL, NULL },
	{ "gre", "tunnel", gre, NULL, NULL },
	{ "gre", "pptp", gre_pptp, NULL, NULL },
	{ "ipip", "tunnel", ipip, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
