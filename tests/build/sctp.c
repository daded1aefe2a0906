/* SCTP as RFC 9260 has it: handshake, DATA with bundling and fragments, SACK, HEARTBEAT, shutdown. */
#include "stream.h"

#include <assert.h>

/* Castagnoli, bit by bit and reflected (RFC 9260 appendix A); slow on purpose, so that it is another one than the decoder's. */
uint32_t sctp_crc(const uint8_t *p, size_t n)
{
	uint32_t c = 0xffffffff;

	while (n--) {
		c ^= *p++;
		for (int i = 0; i < 8; i++)
			c = c >> 1 ^ (c & 1 ? 0x82f63b78u : 0);
	}
	return ~c;
}

static size_t chunk_open(struct buf *b, unsigned type, unsigned flags)
{
	put8(b, type);
	put8(b, flags);
	put16(b, 0);
	return b->n - 4;
}

static void chunk_close(struct buf *b, size_t at)
{
	set16(b, at + 2, (unsigned)(b->n - at));
	while ((b->n - at) % 4)
		put8(b, 0);
}

/* A packet of chunks from one end, on its present path.  tag: of the other end, but 0 with INIT. */
static void packet_out(struct net *n, struct assoc *a, unsigned from, uint32_t tag, struct buf chunks, const struct fault *f)
{
	struct buf b = { 0 };
	unsigned to = !from, path = a->path[from];
	struct host *src = a->end[from][path], *dst = a->end[to][path];
	uint32_t c;

	put16(&b, a->port[from]);
	put16(&b, a->port[to]);
	put32(&b, tag);
	put32(&b, 0);
	put_buf(&b, chunks);
	c = sctp_crc(b.p, b.n) ^ (f->bad_sum ? 1 : 0);
	for (size_t i = 0; i < 4; i++)		/* the CRC goes out least octet first */
		set8(&b, 8 + i, c >> 8 * i & 0xff);
	ip_emit(n, src ? src : a->end[from][0], dst ? dst : a->end[to][0], 132, &b, f);
	buf_free(&b);
}

static void put_sack(struct buf *b, const struct assoc *a, unsigned from)
{
	size_t at = chunk_open(b, SCTP_SACK, 0);

	put32(b, a->cum[from]);
	put32(b, 106496);
	put32(b, 0);
	chunk_close(b, at);
}

static void sack_fire(struct net *n, struct event *e)
{
	static const struct fault none;
	struct assoc *a = e->of;
	struct buf b = { 0 };

	if (!a->unsacked[e->a])
		return;
	a->unsacked[e->a] = 0;
	put_sack(&b, a, e->a);
	packet_out(n, a, e->a, a->tag[!e->a], b, &none);
}

/* The other end got DATA: every second packet is acknowledged at once, a single one after 200 ms. */
static void owe_sack(struct net *n, struct assoc *a, unsigned to)
{
	if (a->quiet)
		return;
	a->unsacked[to]++;
	event_post(n, (struct event){ .t = n->now + (a->unsacked[to] >= 2 ? 40000u : 200000000u), .fire = sack_fire, .of = a, .a = to });
}

/* What is held from before and a SACK that is due travel with the chunks. */
static void data_out(struct net *n, struct assoc *a, unsigned from, struct buf chunks, const struct fault *f)
{
	struct buf b = { 0 };

	if (a->unsacked[from]) {
		a->unsacked[from] = 0;
		put_sack(&b, a, from);
	}
	put_buf(&b, a->held[from]);
	a->held[from] = (struct buf){ 0 };
	put_buf(&b, chunks);
	packet_out(n, a, from, a->tag[!from], b, f);
	owe_sack(n, a, !from);
}

/* One fragment that goes out a little later; a: from, c: which one. */
static void later_fire(struct net *n, struct event *e)
{
	struct buf b = e->b;

	e->b = (struct buf){ 0 };
	data_out(n, e->of, e->a, b, &e->f);
}

enum { HOLD = 1 << 16, UNORDERED = 1 << 17 };

static struct buf draw_data(struct assoc *a, const struct event *e, size_t off, size_t len)
{
	struct buf b = { 0 };
	unsigned from = e->a, stream = e->c & 0xffff;
	bool unordered = e->c & UNORDERED;
	size_t at = chunk_open(&b, SCTP_DATA, (unordered ? 4u : 0) | (off ? 0 : 2u) | (off + len == e->b.n ? 1u : 0));

	a->cum[!from] = a->tsn[from];
	put32(&b, a->tsn[from]++);
	put16(&b, stream);
	put16(&b, unordered ? 0 : a->ssn[from][stream]);
	put32(&b, e->d);
	put_mem(&b, e->b.p + off, len);
	chunk_close(&b, at);
	return b;
}

static void message_fire(struct net *n, struct event *e)
{
	struct assoc *a = e->of;
	unsigned from = e->a;
	size_t step = a->chunk ? a->chunk : e->b.n;
	uint64_t i = 0;

	for (size_t off = 0; off < e->b.n; off += step, i++) {
		size_t len = e->b.n - off < step ? e->b.n - off : step;
		struct buf chunk = draw_data(a, e, off, len);
		struct fault f = e->f;

		if (e->c & HOLD || (a->together && off + len < e->b.n)) {
			put_buf(&a->held[from], chunk);
			continue;
		}
		f.lost = f.lost || (a->chunk && f.lost_fragments >> i & 1);
		if (!i || a->together)
			data_out(n, a, from, chunk, &f);
		else
			event_post(n, (struct event){ .t = n->now + i * 15000, .fire = later_fire, .of = a, .b = chunk, .a = from, .f = f });
	}
	if (!(e->c & UNORDERED))
		a->ssn[from][e->c & 0xffff]++;
}

static void message_post(struct assoc *a, unsigned from, uint32_t stream, uint32_t ppid, struct buf message)
{
	assert((stream & 0xffff) < 16);
	event_post(a->net, (struct event){ .t = a->net->t, .fire = message_fire, .of = a, .b = message, .a = from, .c = stream, .d = ppid,
		.f = fault_take(a->net) });
}

void assoc_send(struct assoc *a, unsigned from, unsigned stream, uint32_t ppid, struct buf message)
{
	message_post(a, from, stream, ppid, message);
}

void assoc_hold(struct assoc *a, unsigned from, unsigned stream, uint32_t ppid, struct buf message)
{
	message_post(a, from, stream | HOLD, ppid, message);
}

void assoc_unordered(struct assoc *a, unsigned from, unsigned stream, uint32_t ppid, struct buf message)
{
	message_post(a, from, stream | UNORDERED, ppid, message);
}

/* A control chunk; a: from, c: type, d: flags. */
static void control_fire(struct net *n, struct event *e)
{
	struct assoc *a = e->of;
	struct buf b = { 0 };
	size_t at = chunk_open(&b, e->c, e->d);

	put_mem(&b, e->b.p, e->b.n);
	if (e->c == SCTP_SHUTDOWN)
		put32(&b, a->cum[e->a]);
	chunk_close(&b, at);
	packet_out(n, a, e->a, e->c == SCTP_INIT ? 0 : a->tag[!e->a], b, &e->f);
}

static void control(struct assoc *a, uint64_t after_us, unsigned from, unsigned type, unsigned flags, struct buf value)
{
	event_post(a->net, (struct event){ .t = a->net->t + after_us * 1000, .fire = control_fire, .of = a, .b = value, .a = from, .c = type,
		.d = flags, .f = fault_take(a->net) });
}

void assoc_chunk(struct assoc *a, unsigned from, unsigned type, unsigned flags, struct buf value) { control(a, 0, from, type, flags, value); }

static void path_fire(struct net *n, struct event *e)
{
	struct assoc *a = e->of;

	(void)n;
	a->path[e->a] = e->c;
}

void assoc_path(struct assoc *a, unsigned from, unsigned path)
{
	event_post(a->net, (struct event){ .t = a->net->t, .fire = path_fire, .of = a, .a = from, .c = path });
}

void assoc_heartbeat(struct assoc *a, unsigned from)
{
	struct buf b = { 0 };

	put16(&b, 1);			/* Heartbeat Info, which the other end gives back */
	put16(&b, 44);
	put_seed(&b, &a->net->seed, 40);
	control(a, 0, from, SCTP_HEARTBEAT, 0, buf_copy(&b));
	control(a, 180, !from, SCTP_HEARTBEAT_ACK, 0, b);
	wait_us(a->net, 300);
}

void assoc_shutdown(struct assoc *a, unsigned from)
{
	struct buf none = { 0 };

	control(a, 0, from, SCTP_SHUTDOWN, 0, none);
	control(a, 200, !from, SCTP_SHUTDOWN_ACK, 0, none);
	control(a, 400, from, SCTP_SHUTDOWN_COMPLETE, 0, none);
	wait_us(a->net, 500);
}

void assoc_abort(struct assoc *a, unsigned from) { control(a, 0, from, SCTP_ABORT, 0, (struct buf){ 0 }); }

static struct buf draw_init(struct assoc *a, unsigned from, const struct buf *cookie)
{
	struct buf b = { 0 };

	put32(&b, a->tag[from]);
	put32(&b, 106496);
	put16(&b, 16);
	put16(&b, 16);
	put32(&b, a->tsn[from]);
	for (unsigned i = 0; i < 2 && a->end[from][1]; i++) {	/* every address, when there is more than one */
		const struct ip *ip = &a->end[from][i]->ip;

		put16(&b, ip->v6 ? 6 : 5);
		put16(&b, ip->v6 ? 20 : 8);
		put_mem(&b, ip->b, ip_len(ip));
	}
	if (cookie) {
		put16(&b, 7);
		put16(&b, (unsigned)cookie->n + 4);
		put_mem(&b, cookie->p, cookie->n);
	}
	return b;
}

struct assoc *assoc_midway(struct host *client, unsigned cport, struct host *server, unsigned sport)
{
	struct net *n = client->net;
	struct assoc *a = net_take(n, sizeof(*a));

	*a = (struct assoc){ .net = n, .end = { { client }, { server } }, .port = { (uint16_t)cport, (uint16_t)sport } };
	for (unsigned i = 0; i < 2; i++) {
		a->tag[i] = (uint32_t)seed_next(&n->seed) | 1;
		a->tsn[i] = (uint32_t)seed_next(&n->seed) & 0x7fffffff;
	}
	a->cum[0] = a->tsn[1] - 1;
	a->cum[1] = a->tsn[0] - 1;
	return a;
}

static struct assoc *handshake(struct assoc *a)
{
	struct net *n = a->net;
	struct buf cookie = { 0 };

	put_seed(&cookie, &n->seed, 64);
	control(a, 0, 0, SCTP_INIT, 0, draw_init(a, 0, NULL));
	control(a, 200, 1, SCTP_INIT_ACK, 0, draw_init(a, 1, &cookie));
	control(a, 400, 0, SCTP_COOKIE_ECHO, 0, cookie);
	control(a, 600, 1, SCTP_COOKIE_ACK, 0, (struct buf){ 0 });
	wait_us(n, 1000);
	return a;
}

struct assoc *assoc_open(struct host *client, unsigned cport, struct host *server, unsigned sport)
{
	return handshake(assoc_midway(client, cport, server, sport));
}

struct assoc *assoc_open_multi(struct host *c0, struct host *c1, unsigned cport, struct host *s0, struct host *s1, unsigned sport)
{
	struct assoc *a = assoc_midway(c0, cport, s0, sport);

	a->end[0][1] = c1;
	a->end[1][1] = s1;
	return handshake(a);
}
