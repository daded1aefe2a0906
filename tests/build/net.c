/* The clock, the events and the frames of a described network. */
#include "net.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ip ip_of(const char *text)
{
	struct ip a = { 0 };

	a.v6 = strchr(text, ':') != NULL;
	if (inet_pton(a.v6 ? AF_INET6 : AF_INET, text, a.b) != 1) {
		fprintf(stderr, "netgen: not an address: %s\n", text);
		exit(2);
	}
	return a;
}

size_t ip_len(const struct ip *a) { return a->v6 ? 16 : 4; }

struct ip ip_plus(struct ip a, uint32_t n)
{
	for (size_t i = ip_len(&a); n && i-- > 0; n >>= 8) {
		n += a.b[i];
		a.b[i] = (uint8_t)n;
	}
	return a;
}

bool ip_same(const struct ip *a, const struct ip *b) { return a->v6 == b->v6 && !memcmp(a->b, b->b, ip_len(a)); }

const char *ip_text(const struct ip *a, char out[48]) { return inet_ntop(a->v6 ? AF_INET6 : AF_INET, a->b, out, 48); }

struct net *net_new(uint64_t seed)
{
	struct net *n = need(calloc(1, sizeof(*n)));

	n->t = NET_START;
	n->seed.s = seed;
	n->link.linktype = LT_ETHER;
	return n;
}

void net_free(struct net *n)
{
	for (size_t i = 0; i < n->n_events; i++)
		buf_free(&n->heap[i].b);
	for (size_t i = 0; i < n->n_frames; i++)
		buf_free(&n->frames[i].b);
	for (size_t i = 0; i < n->n_owned; i++)
		free(n->owned[i]);
	buf_free(&n->keylog);
	free(n->heap);
	free(n->frames);
	free(n->owned);
	free(n);
}

static void *grown(void *p, size_t n, size_t *cap, size_t each)
{
	if (n < *cap)
		return p;
	*cap = *cap ? *cap * 2 : 64;
	return need(realloc(p, *cap * each));
}

void *net_take(struct net *n, size_t size)
{
	void *p = need(calloc(1, size));

	n->owned = grown(n->owned, n->n_owned, &n->cap_owned, sizeof(*n->owned));
	return n->owned[n->n_owned++] = p;
}

void wait_us(struct net *n, uint64_t us) { n->t += us * 1000; }
void wait_ms(struct net *n, uint64_t ms) { n->t += ms * 1000000; }

struct host *host_ip(struct net *n, const char *name, struct ip a)
{
	struct host *h = net_take(n, sizeof(*h));
	size_t len = ip_len(&a);

	*h = (struct host){ .net = n, .name = name, .ip = a, .ttl = 64, .mac = { 2 } };
	memcpy(h->mac + 2, a.b + len - 4, 4);
	h->id = (uint16_t)seed_next(&n->seed);
	h->id6 = (uint32_t)seed_next(&n->seed);
	return h;
}

struct host *host_at(struct net *n, const char *name, const char *address) { return host_ip(n, name, ip_of(address)); }

struct fault fault_take(struct net *n)
{
	struct fault f = n->next;

	n->next = (struct fault){ 0 };
	return f;
}

/* Earlier time first, then as posted. */
static bool before(const struct event *a, const struct event *b) { return a->t != b->t ? a->t < b->t : a->no < b->no; }

static void swap(struct event *a, struct event *b)
{
	struct event x = *a;

	*a = *b;
	*b = x;
}

void event_post(struct net *n, struct event e)
{
	size_t i;

	n->heap = grown(n->heap, n->n_events, &n->cap_events, sizeof(*n->heap));
	e.no = n->event_no++;
	i = n->n_events++;
	n->heap[i] = e;
	for (; i && before(&n->heap[i], &n->heap[(i - 1) / 2]); i = (i - 1) / 2)
		swap(&n->heap[i], &n->heap[(i - 1) / 2]);
}

static struct event event_take(struct net *n)
{
	struct event first = n->heap[0];
	size_t i = 0, least;

	n->heap[0] = n->heap[--n->n_events];
	for (;; i = least) {
		least = i;
		for (size_t c = 2 * i + 1; c <= 2 * i + 2 && c < n->n_events; c++)
			if (before(&n->heap[c], &n->heap[least]))
				least = c;
		if (least == i)
			return first;
		swap(&n->heap[i], &n->heap[least]);
	}
}

void net_run(struct net *n)
{
	while (n->n_events) {
		struct event e = event_take(n);

		n->now = e.t;
		e.fire(n, &e);
		buf_free(&e.b);
	}
}

static void frame_keep(struct net *n, struct event *e, uint64_t t)
{
	struct frame *f;

	n->frames = grown(n->frames, n->n_frames, &n->cap_frames, sizeof(*n->frames));
	f = &n->frames[n->n_frames++];
	*f = (struct frame){ .t_ns = t, .b = buf_copy(&e->b), .iface = e->a, .linktype = e->c };
	if (e->f.flip && e->f.flip_at < f->b.n)
		f->b.p[e->f.flip_at] ^= e->f.flip;
	f->caplen = (uint32_t)f->b.n;
	if (e->f.snap && e->f.snap < f->caplen)
		f->caplen = e->f.snap;
}

static void frame_fire(struct net *n, struct event *e)
{
	if (!e->f.lost)
		frame_keep(n, e, e->t + (uint64_t)((int64_t)e->f.shift_us * 1000));
}

void frame_send(struct net *n, struct buf frame)
{
	event_post(n, (struct event){ .t = n->t, .fire = frame_fire, .b = frame, .f = fault_take(n), .a = n->link.iface,
		.c = n->link.linktype });
}

/* --- link headers --- */

static void put_labels(struct buf *b, const struct link *l)
{
	for (unsigned i = 0; i < 3 && l->mpls[i]; i++)
		put32(b, l->mpls[i] << 12 | (i == 2 || !l->mpls[i + 1] ? 0x100u : 0) | 64);
}

static void put_ether(struct buf *b, const struct link *l, const uint8_t *smac, const uint8_t *dmac, unsigned type)
{
	put_mem(b, dmac, 6);
	put_mem(b, smac, 6);
	for (unsigned i = 0; i < 3 && l->tags[i].tpid; i++) {
		put16(b, l->tags[i].tpid);
		put16(b, l->tags[i].vid);
	}
	put16(b, l->mpls[0] ? 0x8847 : type);
	put_labels(b, l);
}

static void put_link(struct buf *b, const struct link *l, const uint8_t *smac, const uint8_t *dmac, unsigned type)
{
	bool v6 = type == 0x86dd;

	switch (l->linktype) {
	case LT_ETHER:
		put_ether(b, l, smac, dmac, type);
		break;
	case LT_SLL:			/* packet type, ARPHRD, address length, address, protocol */
		put16(b, 0);
		put16(b, 1);
		put16(b, 6);
		put_mem(b, smac, 6);
		put16(b, 0);
		put16(b, type);
		break;
	case LT_SLL2:			/* protocol, reserved, interface, ARPHRD, packet type, address length, address */
		put16(b, type);
		put16(b, 0);
		put32(b, 2 + l->iface);
		put16(b, 1);
		put8(b, 0);
		put8(b, 6);
		put_mem(b, smac, 6);
		put16(b, 0);
		break;
	case LT_PPP:
		put32(b, v6 ? 0xff030057 : 0xff030021);
		break;
	case LT_NULL:			/* the family in the capturing machine's order; IPv6 as Linux and the BSDs differ */
		put32(b, l->big ? (v6 ? 30 : 2) : (v6 ? 0x1e000000 : 0x02000000));
		break;
	case LT_LOOP:
		put32(b, v6 ? 24 : 2);
		break;
	default:			/* raw IP and its like: nothing in front */
		break;
	}
}

/* On Ethernet the least frame is 60 octets without its check sequence. */
static void link_emit(struct net *n, uint64_t t, struct host *src, struct host *dst, unsigned type, const struct buf *packet,
	const struct fault *f)
{
	struct event e = { .t = t, .fire = frame_fire, .f = *f, .a = n->link.iface, .c = n->link.linktype };

	put_link(&e.b, &n->link, src->mac, dst ? dst->mac : (const uint8_t *)"\xff\xff\xff\xff\xff\xff", type);
	put_mem(&e.b, packet->p, packet->n);
	put_room(&e.b, f->pad);
	if (n->link.linktype == LT_ETHER && e.b.n < 60)
		put_room(&e.b, 60 - e.b.n);
	if (n->link.wrap) {
		static const struct link bare;
		struct buf outer = n->link.wrap(e.b);

		e.b = (struct buf){ 0 };
		put_ether(&e.b, &bare, src->mac, src->mac, outer.p[0] >> 4 == 6 ? 0x86dd : 0x0800);
		put_buf(&e.b, outer);
	}
	e.t += (uint64_t)f->delay_us * 1000;
	if (e.t > n->now) {
		event_post(n, e);
		return;
	}
	frame_fire(n, &e);
	buf_free(&e.b);
}

/* --- IP --- */

static uint32_t sum_add(uint32_t s, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i + 1 < n; i += 2)
		s += (uint32_t)(p[i] << 8 | p[i + 1]);
	return n % 2 ? s + (uint32_t)(p[n - 1] << 8) : s;
}

static uint16_t sum_end(uint32_t s)
{
	while (s >> 16)
		s = (s & 0xffff) + (s >> 16);
	return (uint16_t)~s;
}

uint16_t inet_sum(const struct ip *src, const struct ip *dst, unsigned proto, const struct buf *b)
{
	uint32_t s = 0;

	if (src) {
		s = sum_add(s, src->b, ip_len(src));
		s = sum_add(s, dst->b, ip_len(dst));
		s += proto + (uint32_t)b->n;
	}
	return sum_end(sum_add(s, b->p, b->n));
}

/* One IPv4 packet or fragment; off in octets. */
static struct buf draw4(const struct ip *src, const struct ip *dst, unsigned proto, unsigned id, unsigned ttl, size_t off, bool more,
	const uint8_t *payload, size_t n, const struct fault *f)
{
	struct buf b = { 0 };
	size_t options = off ? 0 : f->n_options;	/* only options marked "copied" would be in every fragment */
	size_t head = 20 + (options + 3) / 4 * 4;

	put8(&b, (unsigned)(0x40 | head / 4));
	put8(&b, 0);
	put16(&b, (unsigned)((long)(head + n) + f->ip_len_delta));
	put16(&b, id);
	put16(&b, (unsigned)((more ? 0x2000 : f->fragment ? 0 : 0x4000) | off / 8));
	put8(&b, ttl);
	put8(&b, proto);
	put16(&b, 0);
	put_mem(&b, src->b, 4);
	put_mem(&b, dst->b, 4);
	put_mem(&b, f->options, options);
	put_room(&b, head - 20 - options);
	set16(&b, 10, inet_sum(NULL, NULL, 0, &b) ^ (f->bad_ip_sum ? 0x5555u : 0));
	put_mem(&b, payload, n);
	return b;
}

static struct buf draw6(const struct ip *src, const struct ip *dst, unsigned proto, uint32_t id, unsigned ttl, size_t off, bool more,
	const uint8_t *payload, size_t n, const struct fault *f)
{
	struct buf b = { 0 };
	bool whole = !off && !more;
	size_t ext = f->n_options;
	unsigned first = whole ? proto : 44;

	put32(&b, 0x60000000);
	put16(&b, (unsigned)((long)(n + ext + (whole ? 0 : 8)) + f->ip_len_delta));
	put8(&b, ext ? f->ext : first);
	put8(&b, ttl);
	put_mem(&b, src->b, 16);
	put_mem(&b, dst->b, 16);
	put_mem(&b, f->options, ext);
	if (ext)
		set8(&b, 40u + f->ext_last, first);
	if (!whole) {
		put8(&b, proto);
		put8(&b, 0);
		put16(&b, (unsigned)(off | more));
		put32(&b, id);
	}
	put_mem(&b, payload, n);
	return b;
}

static void emit_piece(struct net *n, const struct event *e, uint64_t t, size_t off, size_t len, const struct fault *f, uint32_t id, int less)
{
	bool more = off + len < e->b.n;
	unsigned ttl = (unsigned)((f->ttl ? f->ttl : e->src->ttl) - less);
	struct buf p = (e->src->ip.v6 ? draw6 : draw4)(&e->src->ip, &e->dst->ip, e->a, id, ttl, off, more, e->b.p + off, len, f);

	link_emit(n, t, e->src, e->dst, e->src->ip.v6 ? 0x86dd : 0x0800, &p, f);
	buf_free(&p);
}

static void emit_pieces(struct net *n, const struct event *e, uint64_t t, uint32_t id, int less)
{
	struct fault f = e->f;
	size_t step = f.fragment ? f.fragment / 8u * 8u : e->b.n;
	size_t pieces = step ? (e->b.n + step - 1) / step : 1;

	if (!pieces)
		pieces = 1;
	for (size_t i = 0; i < pieces; i++) {
		size_t k = f.reversed ? pieces - 1 - i : i;
		size_t off = k * step, len = e->b.n - off < step ? e->b.n - off : step;

		f.lost = e->f.lost || (pieces > 1 && e->f.lost_fragments >> k & 1);
		emit_piece(n, e, t + i * 3000, off, len, &f, id, less);
	}
}

static void ip_fire(struct net *n, struct event *e)
{
	uint32_t id = e->src->ip.v6 ? e->src->id6++ : e->src->id++;

	assert(e->src->ip.v6 == e->dst->ip.v6);
	emit_pieces(n, e, e->t, id, 0);
	for (int i = 1; i <= e->f.again; i++)
		emit_pieces(n, e, e->t + (uint64_t)i * e->f.again_us * 1000, id, e->f.again_same_ttl ? 0 : i);
	if (e->f.resend_us) {
		struct event once_more = *e;

		once_more.t += (uint64_t)e->f.resend_us * 1000;
		once_more.fire = ip_fire;
		once_more.f = (struct fault){ .fragment = e->f.fragment };
		once_more.b = buf_copy(&e->b);
		event_post(n, once_more);
	}
}

void ip_emit(struct net *n, struct host *src, struct host *dst, unsigned proto, struct buf *payload, const struct fault *f)
{
	struct event e = { .t = n->now, .src = src, .dst = dst, .b = *payload, .a = proto, .f = *f };

	ip_fire(n, &e);
}

void ip_send(struct host *src, struct host *dst, unsigned proto, struct buf payload)
{
	struct net *n = src->net;

	event_post(n, (struct event){ .t = n->t, .fire = ip_fire, .src = src, .dst = dst, .b = payload, .a = proto, .f = fault_take(n) });
}

static struct buf draw_udp(const struct ip *src, unsigned sport, const struct ip *dst, unsigned dport, struct buf payload, const struct fault *f)
{
	struct buf b = { 0 };
	uint16_t sum;

	put16(&b, sport);
	put16(&b, dport);
	put16(&b, (unsigned)((long)payload.n + 8 + f->len_delta));
	put16(&b, 0);
	put_buf(&b, payload);
	sum = inet_sum(src, dst, 17, &b);
	if (!sum)
		sum = 0xffff;
	if (!f->no_sum)
		set16(&b, 6, sum ^ (f->bad_sum ? 0x1111u : 0));
	return b;
}

void udp_send(struct host *src, unsigned sport, struct host *dst, unsigned dport, struct buf payload)
{
	ip_send(src, dst, 17, draw_udp(&src->ip, sport, &dst->ip, dport, payload, &src->net->next));
}

static struct buf draw_icmp(const struct ip *src, const struct ip *dst, unsigned type, unsigned code, uint32_t rest, struct buf payload)
{
	struct buf b = { 0 };

	put8(&b, type);
	put8(&b, code);
	put16(&b, 0);
	put32(&b, rest);
	put_buf(&b, payload);
	set16(&b, 2, src->v6 ? inet_sum(src, dst, 58, &b) : inet_sum(NULL, NULL, 0, &b));
	return b;
}

void icmp_send(struct host *src, struct host *dst, unsigned type, unsigned code, uint32_t rest, struct buf payload)
{
	ip_send(src, dst, src->ip.v6 ? 58 : 1, draw_icmp(&src->ip, &dst->ip, type, code, rest, payload));
}

struct buf packet_ip(const struct ip *src, const struct ip *dst, unsigned proto, unsigned id, struct buf payload)
{
	static const struct fault none;
	struct buf b = (src->v6 ? draw6 : draw4)(src, dst, proto, id & 0xffff, 64, 0, false, payload.p, payload.n, &none);

	buf_free(&payload);
	return b;
}

struct buf packet_udp(const struct ip *src, unsigned sport, const struct ip *dst, unsigned dport, struct buf payload)
{
	static const struct fault none;

	return packet_ip(src, dst, 17, 0, draw_udp(src, sport, dst, dport, payload, &none));
}

struct buf packet_icmp(const struct ip *src, const struct ip *dst, unsigned type, unsigned code, uint32_t rest, struct buf payload)
{
	return packet_ip(src, dst, src->v6 ? 58 : 1, 0, draw_icmp(src, dst, type, code, rest, payload));
}

static void arp_fire(struct net *n, struct event *e)
{
	link_emit(n, e->t, e->src, e->a ? e->dst : NULL, 0x0806, &e->b, &e->f);
}

void arp_send(struct host *src, struct host *dst, bool reply)
{
	struct net *n = src->net;
	struct event e = { .t = n->t, .fire = arp_fire, .src = src, .dst = dst, .a = reply, .f = fault_take(n) };

	put32(&e.b, 0x00010800);
	put16(&e.b, 0x0604);
	put16(&e.b, reply ? 2 : 1);
	put_mem(&e.b, src->mac, 6);
	put_mem(&e.b, src->ip.b, 4);
	put_mem(&e.b, reply ? dst->mac : (const uint8_t *)"\0\0\0\0\0\0", 6);
	put_mem(&e.b, dst->ip.b, 4);
	event_post(n, e);
}

/* --- out --- */

struct cap_packet net_packet(const struct net *n, size_t i)
{
	const struct frame *f = &n->frames[i];

	return (struct cap_packet){ .t_ns = f->t_ns, .p = f->b.p, .caplen = f->caplen, .wirelen = (uint32_t)f->b.n };
}

struct buf net_pcap(struct net *n, bool ns)
{
	struct cap c = { .ns = ns };

	net_run(n);
	cap_pcap(&c, 262144, n->link.linktype);
	for (size_t i = 0; i < n->n_frames; i++) {
		struct cap_packet k = net_packet(n, i);
		cap_packet(&c, &k);
	}
	return c.out;
}

int file_write(const char *path, const struct buf *b)
{
	FILE *f = fopen(path, "wb");
	int err = 0;

	if (!f)
		return errno;
	if (b->n && fwrite(b->p, 1, b->n, f) != b->n)
		err = errno ? errno : EIO;
	if (fclose(f) && !err)
		err = errno;
	return err;
}

int net_write(struct net *n, const char *path, bool ns)
{
	struct buf b = net_pcap(n, ns);
	int err = file_write(path, &b);

	buf_free(&b);
	return err;
}
