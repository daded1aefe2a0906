/* Golden captures of TCP: DNS messages that cross segments, and other streams. */
#include "golden.h"

static const struct ip address = { false, { 10, 1, 2, 11 } };

static struct buf question(unsigned id, const char *name) { return dns_over_tcp(dns_query(id, name, DNS_A)); }
static struct buf reply(unsigned id, const char *name)
{
	return dns_over_tcp(dns_answer(id, name, DNS_A, &(struct dns_answer){ .a = { address }, .n = 1 }));
}

static struct tcp *stream(struct net *n, struct stage *s)
{
	*s = stage_new(n);
	return tcp_open(s->client, 40000, s->server, 53);
}

static void one(struct net *n)
{
	struct stage s;
	struct tcp *t = stream(n, &s);

	tcp_send(t, 0, question(1, "amf-1.oam.example.net"));
	tcp_send(t, 1, reply(1, "amf-1.oam.example.net"));
	tcp_close(t, 0);
}

static void split(struct net *n)
{
	struct stage s;
	struct tcp *t = stream(n, &s);

	t->mss = 13;
	tcp_send(t, 0, question(1, "amf-1.oam.example.net"));
	t->mss = 1;			/* even the length comes in two */
	tcp_send(t, 1, reply(1, "amf-1.oam.example.net"));
}

static void two_in_one(struct net *n)
{
	struct stage s;
	struct tcp *t = stream(n, &s);
	struct buf b = question(1, "amf-1.oam.example.net");

	put_buf(&b, question(2, "smf-1.oam.example.net"));
	tcp_send(t, 0, b);
	b = reply(2, "smf-1.oam.example.net");
	put_buf(&b, reply(1, "amf-1.oam.example.net"));
	tcp_send(t, 1, b);
}

static void faulty(struct net *n, struct fault f)
{
	struct stage s;
	struct tcp *t = stream(n, &s);

	t->mss = 20;
	n->next = f;
	tcp_send(t, 0, question(1, "amf-1.oam.example.net"));
	wait_ms(n, 400);
	tcp_send(t, 0, question(2, "smf-1.oam.example.net"));
	tcp_send(t, 1, reply(1, "amf-1.oam.example.net"));
}

static void reordered(struct net *n) { faulty(n, (struct fault){ .delay_us = 90 }); }
static void retransmitted(struct net *n) { faulty(n, (struct fault){ .resend_us = 200000 }); }
static void first_lost(struct net *n) { faulty(n, (struct fault){ .resend_us = 200000, .lost = true }); }
static void gap(struct net *n) { faulty(n, (struct fault){ .lost = true }); }

static void midway(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_midway(s.client, 40000, s.server, 53);

	tcp_send(t, 0, question(1, "amf-1.oam.example.net"));
	tcp_send(t, 1, reply(1, "amf-1.oam.example.net"));
}

static void midway_in_message(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_midway(s.client, 40000, s.server, 53);

	tcp_send(t, 0, buf_str("the end of something"));
	tcp_send(t, 0, question(1, "amf-1.oam.example.net"));
}

static void refused(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_midway(s.client, 40000, s.server, 53);

	tcp_reset(t, 1);
}

static void ssh(struct net *n)
{
	struct stage s = stage_new(n);

	ssh_session(host_at(n, "oss", "10.1.9.10"), s.client, 6);
}

static void tls(struct net *n)
{
	struct stage s = stage_new(n);

	tls_session(s.client, 40000, host_at(n, "vendor", "203.0.113.10"), 443, "updates.example.org", 4);
}

static void port_53_not_dns(struct net *n)
{
	struct stage s;
	struct tcp *t = stream(n, &s);

	tcp_send(t, 0, buf_str("GET / HTTP/1.0\r\n\r\n"));
}

static void snapped(struct net *n)
{
	struct stage s;
	struct tcp *t = stream(n, &s);

	n->next.snap = 14 + 20 + 20 + 20;
	tcp_send(t, 0, question(1, "amf-1.oam.example.net"));
	tcp_send(t, 1, reply(1, "amf-1.oam.example.net"));
}

const struct golden golden_tcp[] = {
	{ "tcp", "dns", one, NULL, NULL },
	{ "tcp", "split", split, NULL, NULL },
	{ "tcp", "two-messages-in-a-segment", two_in_one, NULL, NULL },
	{ "tcp", "reordered", reordered, NULL, NULL },
	{ "tcp", "retransmitted", retransmitted, NULL, NULL },
	{ "tcp", "retransmitted-first-not-seen", first_lost, NULL, NULL },
	{ "tcp", "gap", gap, NULL, NULL },
	{ "tcp", "mid-stream", midway, NULL, NULL },
	{ "tcp", "mid-message", midway_in_message, NULL, NULL },
	{ "tcp", "reset", refused, NULL, NULL },
	{ "tcp", "ssh", ssh, NULL, NULL },
	{ "tcp", "tls", tls, NULL, NULL },
	{ "tcp", "port-53-not-dns", port_53_not_dns, NULL, NULL },
	{ "tcp", "snapped", snapped, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
