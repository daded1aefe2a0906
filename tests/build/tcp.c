/* TCP as RFC 9293 has it, without its troubles unless asked for. */
#include "stream.h"

static struct buf draw_tcp(const struct ip *src, unsigned sport, const struct ip *dst, unsigned dport, uint32_t seq, uint32_t ack,
	unsigned flags, const struct buf *payload, const struct fault *f)
{
	struct buf b = { 0 };
	bool syn = flags & TCP_SYN;

	put16(&b, sport);
	put16(&b, dport);
	put32(&b, seq);
	put32(&b, flags & TCP_ACK ? ack : 0);
	put16(&b, (syn ? 0x6000u : 0x5000u) | flags);
	put16(&b, 64240);
	put32(&b, 0);
	if (syn)
		put32(&b, 0x02040000 | (src->v6 ? 1440 : 1460));	/* the MSS option */
	put_mem(&b, payload->p, payload->n);
	set16(&b, 16, inet_sum(src, dst, 6, &b) ^ (f->bad_sum ? 0x1111u : 0));
	return b;
}

struct buf packet_tcp(const struct ip *src, unsigned sport, const struct ip *dst, unsigned dport, uint32_t seq, uint32_t ack, unsigned flags,
	struct buf payload)
{
	static const struct fault none;
	struct buf b = draw_tcp(src, sport, dst, dport, seq, ack, flags, &payload, &none);

	buf_free(&payload);
	return packet_ip(src, dst, 6, seq & 0xffff, b);
}

/* a: from, c: flags. */
static void tcp_fire(struct net *n, struct event *e)
{
	struct tcp *t = e->of;
	unsigned from = e->a, to = !from;
	struct buf b = draw_tcp(&t->end[from]->ip, t->port[from], &t->end[to]->ip, t->port[to], t->seq[from], t->seq[to], e->c, &e->b, &e->f);

	t->seq[from] += (uint32_t)e->b.n + (e->c & (TCP_SYN | TCP_FIN) ? 1 : 0);
	ip_emit(n, t->end[from], t->end[to], 6, &b, &e->f);
	buf_free(&b);
}

static void tcp_post(struct tcp *t, uint64_t after_us, unsigned from, unsigned flags, struct buf b, const struct fault *f)
{
	event_post(t->net, (struct event){ .t = t->net->t + after_us * 1000, .fire = tcp_fire, .of = t, .b = b, .a = from, .c = flags,
		.f = *f });
}

static void tcp_bare(struct tcp *t, uint64_t after_us, unsigned from, unsigned flags)
{
	static const struct fault none;

	tcp_post(t, after_us, from, flags, (struct buf){ 0 }, &none);
}

struct tcp *tcp_midway(struct host *client, unsigned cport, struct host *server, unsigned sport)
{
	struct net *n = client->net;
	struct tcp *t = net_take(n, sizeof(*t));

	*t = (struct tcp){ n, { client, server }, { (uint16_t)cport, (uint16_t)sport }, { 0 }, 1400 };
	t->seq[0] = (uint32_t)seed_next(&n->seed);
	t->seq[1] = (uint32_t)seed_next(&n->seed);
	return t;
}

struct tcp *tcp_open(struct host *client, unsigned cport, struct host *server, unsigned sport)
{
	struct tcp *t = tcp_midway(client, cport, server, sport);
	struct fault f = fault_take(t->net);

	tcp_post(t, 0, 0, TCP_SYN, (struct buf){ 0 }, &f);
	tcp_bare(t, 300, 1, TCP_SYN | TCP_ACK);
	tcp_bare(t, 600, 0, TCP_ACK);
	wait_us(t->net, 800);
	return t;
}

void tcp_send(struct tcp *t, unsigned from, struct buf b)
{
	static const struct fault none;
	struct fault f = fault_take(t->net);
	uint64_t us = 0;

	for (size_t off = 0; off < b.n; off += t->mss, us += 20) {
		size_t n = b.n - off < t->mss ? b.n - off : t->mss;

		tcp_post(t, us, from, TCP_ACK | (off + n == b.n ? TCP_PSH : 0), buf_of(b.p + off, n), off ? &none : &f);
	}
	buf_free(&b);
	tcp_bare(t, us + 200 + f.delay_us, !from, TCP_ACK);
	wait_us(t->net, us + 400 + f.delay_us);
}

void tcp_close(struct tcp *t, unsigned from)
{
	tcp_bare(t, 0, from, TCP_FIN | TCP_ACK);
	tcp_bare(t, 250, !from, TCP_FIN | TCP_ACK);
	tcp_bare(t, 500, from, TCP_ACK);
	wait_us(t->net, 600);
}

void tcp_reset(struct tcp *t, unsigned from)
{
	tcp_bare(t, 0, from, TCP_RST | TCP_ACK);
	wait_us(t->net, 100);
}
