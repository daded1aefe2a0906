/* Golden captures of DNS. */
#include "golden.h"

static const char *const name = "amf-1.amf.5gc.mnc001.mcc001.3gppnetwork.org";

static void ask(struct stage *s, struct buf m) { udp_send(s->client, 40000, s->server, 53, m); wait_ms(s->net, 2); }
static void tell(struct stage *s, struct buf m) { udp_send(s->server, 53, s->client, 40000, m); wait_ms(s->net, 2); }

static void lookup(struct net *n)
{
	struct stage s = stage_new(n);
	const struct ip four = ip_of("10.1.2.11"), six = ip_of("2001:db8:2::11");

	dns_lookup(s.client, s.server, name, &four);
	dns_lookup(s.client, s.server, name, &six);
	dns_lookup(s.client, s.server, "nowhere.oam.example.net", NULL);
}

static void several(struct net *n)
{
	struct stage s = stage_new(n);

	ask(&s, dns_query(1, name, DNS_A));
	tell(&s, dns_answer(1, name, DNS_A, &(struct dns_answer){ .n = 4, .a = { ip_of("10.1.2.11"), ip_of("10.1.2.12"), ip_of("10.1.2.13"),
		ip_of("2001:db8:2::11") } }));
}

static void alias(struct net *n)
{
	struct stage s = stage_new(n);
	const struct dns_answer w = { .cname = "pool.example.net", .n = 2, .a = { ip_of("192.0.2.1"), ip_of("192.0.2.2") } };

	ask(&s, dns_query(1, "ntp.oam.example.net", DNS_A));
	tell(&s, dns_answer(1, "ntp.oam.example.net", DNS_A, &w));
}

static void in_full(struct net *n)
{
	struct stage s = stage_new(n);
	const struct dns_answer w = { .cname = "pool.example.net", .plain = true, .n = 1, .a = { ip_of("192.0.2.1") } };

	tell(&s, dns_answer(1, "ntp.oam.example.net", DNS_A, &w));
}

static void types(struct net *n)
{
	static const unsigned type[] = { DNS_PTR, DNS_TXT, DNS_SRV, DNS_NAPTR, 255, 65 };
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 6; i++)
		ask(&s, dns_query(10 + i, i ? "_sip._udp.ims.mnc001.mcc001.3gppnetwork.org" : "11.2.1.10.in-addr.arpa", type[i]));
}

static void edns(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = dns_query(1, name, DNS_A);

	set16(&b, 10, 1);
	put_mem(&b, "\0\0\x29\x04\xd0\0\0\x80\0\0\0", 11);
	ask(&s, b);
}

static void names(struct net *n)		/* the root, capitals, octets that are no letters, a label of 63, a name of 255 */
{
	struct stage s = stage_new(n);
	char label[64], full[256] = "";

	for (int i = 0; i < 63; i++)
		label[i] = (char)('a' + i % 26);
	label[63] = 0;
	ask(&s, dns_query(1, "", 2));
	ask(&s, dns_query(2, "AMF-1.Oam.Example.NET", DNS_A));
	ask(&s, dns_query(3, "a b\\c\"d.\xc3\xa4\x01.example.net", DNS_A));
	ask(&s, dns_query(4, label, DNS_A));
	snprintf(full, sizeof(full), "%s.%s.%s.%.61s", label, label, label, label);
	ask(&s, dns_query(5, full, DNS_A));
}

/* A pointer to itself, one that points forward, one beyond the message, a label of a reserved kind. */
static void pointers(struct net *n)
{
	static const char *const tails[] = { "\xc0\x0c", "\xc0\x20", "\xc3\xff", "\x80\x01", "\xc0" };
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 5; i++) {
		struct buf b = dns_query(i, "", DNS_A);

		b.n = 12;
		put_mem(&b, tails[i], i < 4 ? 2 : 1);
		if (i < 4)
			put32(&b, 0x00010001);
		ask(&s, b);
	}
}

static void counts(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = dns_query(1, name, DNS_A);

	set16(&b, 4, 3);			/* three questions, one is there */
	ask(&s, b);
	b = dns_answer(2, name, DNS_A, &(struct dns_answer){ .n = 1, .a = { ip_of("10.1.2.11") } });
	set16(&b, 6, 40);
	tell(&s, b);
	b = dns_query(3, name, DNS_A);
	set16(&b, 4, 0);
	b.n = 12;
	ask(&s, b);
}

static void lengths(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = dns_answer(1, name, DNS_A, &(struct dns_answer){ .n = 1, .a = { ip_of("10.1.2.11") } });

	set16(&b, b.n - 6, 400);		/* the record is longer than the message */
	tell(&s, b);
	b = dns_answer(2, name, DNS_A, &(struct dns_answer){ .n = 1, .a = { ip_of("10.1.2.11") } });
	set16(&b, b.n - 6, 3);			/* an address of three octets */
	b.n--;
	tell(&s, b);
	for (size_t keep = 3; keep < 40; keep += 9) {
		b = dns_query(3, name, DNS_A);
		buf_shorten(&b, keep);
		ask(&s, b);
	}
}

static void truncated(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = dns_answer(1, name, DNS_A, &(struct dns_answer){ 0 });

	b.p[2] |= 2;			/* TC: ask again by TCP */
	tell(&s, b);
}

static void snapped(struct net *n)
{
	struct stage s = stage_new(n);

	n->next.snap = 14 + 20 + 8 + 30;
	ask(&s, dns_query(1, name, DNS_A));
	n->next.snap = 14 + 20 + 8 + 70;
	tell(&s, dns_answer(1, name, DNS_A, &(struct dns_answer){ .n = 2, .a = { ip_of("10.1.2.11"), ip_of("10.1.2.12") } }));
}

/* An end in a pool that PFCP has handed out: a subscriber's lookup on N6, which is not to be decoded. */
static void subscriber(struct net *n)
{
	struct stage s = stage_new(n);
	struct ue *u = ue_new(s.m, "0000000001", 2, 2);
	struct host *ue;
	const struct ip a = ip_of("192.0.2.80");

	u->session[0] = (struct session){ .psi = 1, .qfi = 1, .type = 1, .smf = s.smf, .upf = s.upf, .ip = ip_of("10.60.0.1") };
	session_establish(u, &u->session[0]);
	ue = host_at(n, "ue", "10.60.0.1");
	dns_lookup(ue, s.server, "private.example.net", &a);
	stage_lookup(&s, name);
}

static void not_dns(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = { 0 };

	ask(&s, buf_str("hello"));
	put_seed(&b, s.seed, 80);
	ask(&s, b);
	udp_send(s.client, 5353, host_at(n, "mdns", "224.0.0.251"), 5353, dns_query(0, "printer.local", DNS_PTR));
}

static void captured_twice(struct net *n)
{
	struct stage s = stage_new(n);

	n->next = (struct fault){ .again = 1, .again_us = 60 };
	ask(&s, dns_query(1, name, DNS_A));
	ask(&s, dns_query(1, name, DNS_A));	/* and this one was asked twice */
}

const struct golden golden_dns[] = {
	{ "dns", "lookup", lookup, NULL, NULL },
	{ "dns", "several-addresses", several, NULL, NULL },
	{ "dns", "alias", alias, NULL, NULL },
	{ "dns", "names-in-full", in_full, NULL, NULL },
	{ "dns", "other-types", types, NULL, NULL },
	{ "dns", "edns", edns, NULL, NULL },
	{ "dns", "names", names, NULL, NULL },
	{ "dns", "pointers-lie", pointers, NULL, NULL },
	{ "dns", "counts-lie", counts, NULL, NULL },
	{ "dns", "lengths-lie", lengths, NULL, NULL },
	{ "dns", "truncated", truncated, NULL, NULL },
	{ "dns", "snapped", snapped, NULL, NULL },
	{ "dns", "subscriber", subscriber, NULL, NULL },
	{ "dns", "not-dns", not_dns, NULL, NULL },
	{ "dns", "captured-twice", captured_twice, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
