#include "tcp_inside.h"

#include "be.h"
#include "err.h"
#include "region.h"

#include <stdlib.h>

enum { HEADER = 20, FAR = 1 << 30 };

int tcp_init(struct tcp *t, const struct hash_key *hk)
{
	*t = (struct tcp){ 0 };
	t->buffer = calloc(TCP_BUFFERS, sizeof(*t->buffer));
	t->mem = region_reserve((size_t)TCP_BUFFERS * TCP_BUFFER);
	t->kept = calloc(1 << TCP_KEPT_BITS, sizeof(*t->kept));
	t->over = calloc(1 << TCP_OVER_BITS, sizeof(*t->over));
	if (!t->buffer || !t->mem || !t->kept || !t->over || table_init(&t->streams, sizeof(struct flow_key), sizeof(struct tcp_stream), TCP_STREAMS, hk)) {
		tcp_free(t);
		return FW_ENOMEM;
	}
	for (uint32_t i = 0; i < TCP_BUFFERS; i++)
		t->buffer[i].mem = t->mem + (size_t)i * TCP_BUFFER;
	return FW_OK;
}

void tcp_free(struct tcp *t)
{
	table_free(&t->streams);
	free(t->buffer);
	free(t->kept);
	free(t->over);
	region_release(t->mem, (size_t)TCP_BUFFERS * TCP_BUFFER);
	*t = (struct tcp){ 0 };
}

/* ---- handing on ---- */

/* The packet at hand as one of this direction: an acknowledgement, which comes the other way, may complete what waited. */
static const struct pkt *as_sent(const struct step *x, struct pkt *other)
{
	if (x->dir == x->own)
		return x->k;
	*other = *x->k;
	other->src = x->k->dst;
	other->dst = x->k->src;
	other->sport = x->k->dport;
	other->dport = x->k->sport;
	return other;
}

static struct msg message(const struct step *x, const struct pkt *k, const uint8_t *p, uint32_t n, bool cut)
{
	const struct tcp_stream *s = x->s;
	struct msg m = { .pkt = k, .assoc = s->id, .cur = cur_make(p, n, cut) };

	m.to_server = s->opener_known && s->hi_opened == (x->dir != 0);
	for (int i = 0; !s->opener_known && i < 4 && s->proto->tcp[i]; i++)
		m.to_server |= s->proto->tcp[i] == k->dport;
	return m;
}

/* The frames that octets from..from+n of v came in, in order, each once. */
static uint32_t frames_of(uint32_t *f, const struct view *v, uint32_t from, uint32_t n)
{
	uint32_t at = 0, nf = 0;

	for (uint32_t i = 0; i < v->nseg && at < from + n; at += v->seg[i++].len) {
		const struct tcp_segment *g = &v->seg[i];

		if (at + g->len > from)
			nf = frame_put(f, nf, g->frame);
	}
	return nf;
}

/* Where octets from..from+n of v are in that frame. */
static void place(const struct view *v, uint32_t from, uint32_t n, uint32_t frame, struct msg *m)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < v->nseg && at < from + n; at += v->seg[i++].len) {
		const struct tcp_segment *g = &v->seg[i];
		uint32_t skip = at < from ? from - at : 0;

		if (skip >= g->len || g->frame != frame)
			continue;
		m->off = g->off + skip;
		m->len = least(g->len - skip, from + n - at - skip);
	}
}

static void hand_on(struct step *x, const struct view *v, uint32_t from, uint32_t n, bool cut)
{
	struct pkt other;
	struct msg m = message(x, as_sent(x, &other), v->p + from, n, cut);

	m.frames = x->t->frames;
	m.nframes = frames_of(x->t->frames, v, from, n);
	place(v, from, n, m.pkt->no, &m);
	if (!m.len && m.nframes) {		/* not this packet brought it, it only showed that no more will come */
		if (m.pkt != &other)
			other = *m.pkt;
		other.no = m.frames[m.nframes - 1];
		m.pkt = &other;
		place(v, from, n, other.no, &m);
	}
	if (!x->u->unit(x->u->ctx, x->s->proto, &m))
		x->unread = true;
}

static void tell_lost(const struct step *x)
{
	if (dir_of(x)->lost) {
		struct pkt other;
		struct msg m = { .assoc = x->s->id, .pkt = as_sent(x, &other) };

		x->u->lost(x->u->ctx, &m, dir_of(x)->lost);
		dir_of(x)->lost = 0;
	}
}

/* What is in order is offered. */
struct offered { struct step *x; const struct view *v; const struct pkt *k; };

static enum stream_say on_ask(void *ctx, uint32_t at, uint32_t left, size_t *n)
{
	const struct offered *o = ctx;
	const struct step *x = o->x;
	const struct msg m = message(x, o->k, o->v->p + at, left, false);

	return x->u->offer(x->u->ctx, x->s->proto, &m, dir_of(x)->read.gap, n);
}

static void on_unit(void *ctx, uint32_t at, uint32_t n)
{
	const struct offered *o = ctx;

	hand_on(o->x, o->v, at, n, false);
}

static void on_pass(void *ctx, bool refused)
{
	const struct offered *o = ctx;

	o->x->unread = true;
	o->x->t->refused += refused;
}

/* Returns how many octets of it are done with. */
static uint32_t offer(struct step *x, const struct view *v)
{
	static const struct reader reader = { on_ask, on_unit, on_pass };
	struct pkt other;
	struct offered o = { x, v, as_sent(x, &other) };

	tell_lost(x);
	return intake_offer(&dir_of(x)->read, v->n, &reader, &o);
}

static void drain(struct step *x)
{
	struct tcp_dir *d = dir_of(x);
	struct tcp_buffer *b = buffer_of(x);
	struct view v;

	if (!b)
		return;
	v = buffer_front(b, d->next);
	if (v.n)
		buffer_drop(x, d->next + offer(x, &v));
	if (d->read.stopped)
		buffer_release(x->t, d);
}

/* What is in order and still waits for its rest will not get it: `cut` by the capture, or never sent. */
static void give_up(struct step *x, bool cut)
{
	struct tcp_dir *d = dir_of(x);
	struct tcp_buffer *b = buffer_of(x);
	struct view v;

	if (!b)
		return;
	v = buffer_front(b, d->next);
	if (v.n && !d->read.gap && !d->read.pass)
		hand_on(x, &v, 0, v.n, cut);
	buffer_drop(x, d->next + v.n);
}

/* Octets up to `to` were sent and not captured; `told`: the packet itself says so (snap length). */
static void gap(struct step *x, uint32_t to, bool told)
{
	struct tcp_dir *d = dir_of(x);
	uint32_t n;

	give_up(x, true);
	n = to - d->next;
	if (!told) {
		d->lost += n;
		x->t->gap_octets += n;
	}
	if (d->read.pass >= n) {
		d->read.pass -= n;
	} else {
		d->read.pass = 0;
		d->read.gap = true;
	}
	buffer_drop(x, to);
	drain(x);
}

/* Where the first segment behind a hole begins; false: no hole is known. */
static bool behind_hole(const struct step *x, uint32_t *seq)
{
	const struct tcp_buffer *b = buffer_of(x);
	struct view v;

	if (!b)
		return false;
	v = buffer_front(b, dir_of(x)->next);
	if (v.nseg == b->n)
		return false;
	*seq = b->seg[v.nseg].seq;
	return true;
}

/* ---- packets ---- */

/* The other side has everything before `ack`: a hole before it will not be filled any more. */
static void on_ack(struct step *x, uint32_t ack)
{
	struct tcp_dir *d = dir_of(x);
	uint32_t seq, end;

	if (d->read.stopped)
		return;
	if (!d->started) {			/* the capture began later than the stream */
		d->started = d->read.gap = true;
		d->next = ack;
	}
	while (behind_hole(x, &seq) && ahead(ack, seq) >= 0)
		gap(x, seq, false);
	end = d->next + (d->buffer ? buffer_front(buffer_of(x), d->next).n : 0);
	if (d->has_fin && ahead(d->acked, d->fin) > 0)
		d->acked = d->fin;
	/* nothing behind it was seen: the packet may only be late, so the next acknowledgement decides */
	if (d->has_ack && ahead(d->acked, end) > 0 && ahead(d->acked, end) < FAR && ahead(ack, d->acked) >= 0)
		gap(x, d->acked, false);
	if (!d->has_ack || ahead(ack, d->acked) > 0)
		d->acked = ack;
	d->has_ack = true;
}

/* Takes away what is done with already.  False: nothing is left. */
static bool trim(const struct tcp_dir *d, struct tcp_segment *g, const uint8_t **p)
{
	uint32_t old = ahead(d->next, g->seq) > 0 ? least(d->next - g->seq, g->len) : 0;

	g->seq += old;
	g->off += old;
	g->len -= old;
	*p += old;
	return g->len != 0;
}

/* A segment of which g.len octets were captured, at p. */
static void on_segment(struct step *x, struct tcp_segment g, const uint8_t *p)
{
	struct tcp_dir *d = dir_of(x);
	uint32_t behind;

	for (;;) {
		if (!trim(d, &g, &p))
			return;
		if (g.seq - d->next <= TCP_BUFFER - g.len)
			break;
		/* no room for it: the hole before it will not be filled any more */
		gap(x, behind_hole(x, &behind) && ahead(g.seq, behind) > 0 ? behind : g.seq, false);
		if (d->read.stopped)
			return;
	}
	if (g.seq == d->next && !d->buffer) {
		struct view v = { p, g.len, &g, 1 };

		d->next += offer(x, &v);
		if (d->read.stopped || !trim(d, &g, &p))
			return;
	}
	if (!buffer_put(x->t, buffer_get(x), d->next, g, p))
		x->t->retransmitted++;
	drain(x);
	while (d->has_ack && behind_hole(x, &behind) && ahead(d->acked, behind) >= 0)
		gap(x, behind, false);		/* what is missing before it was acknowledged already */
}

/* n octets captured of `claim` at p. */
static void on_data(struct step *x, uint32_t seq, const uint8_t *p, uint32_t n, uint32_t claim)
{
	struct tcp_dir *d = dir_of(x);
	uint32_t end;

	if (d->read.stopped) {
		x->unread = true;
		return;
	}
	if (!d->started || ahead(seq, d->next) > FAR || ahead(seq, d->next) < -FAR) {
		buffer_release(x->t, d);
		d->read.gap = !(x->found && !d->started);
		d->started = true;
		d->has_ack = false;
		d->next = seq;
	}
	if (ahead(d->next, seq) > 0)
		x->t->retransmitted++;
	if (n)
		on_segment(x, (struct tcp_segment){ seq, n, x->k->no, pkt_off(x->k, p) }, p);
	if (n == claim || d->read.stopped)
		return;
	end = d->next + (d->buffer ? buffer_front(buffer_of(x), d->next).n : 0);
	if (ahead(seq + n, end) <= 0 && ahead(seq + claim, end) > 0)
		gap(x, seq + claim, true);	/* the snap length took the rest */
}

static void restart(struct step *x, uint32_t isn)
{
	struct tcp_dir *d = dir_of(x);

	give_up(x, true);
	tell_lost(x);
	buffer_release(x->t, d);
	*d = (struct tcp_dir){ .next = isn + 1, .isn = isn, .started = true, .has_syn = true };
}

static void on_syn(struct step *x, uint32_t isn, bool ack)
{
	if (dir_of(x)->has_syn && dir_of(x)->isn == isn)
		return;
	restart(x, isn);
	x->s->opener_known = true;
	x->s->hi_opened = (x->dir != 0) != ack;
	if (ack)
		return;
	x->dir = !x->dir;
	restart(x, 0);
	*dir_of(x) = (struct tcp_dir){ 0 };
	x->dir = !x->dir;
}

static void on_fin(struct step *x, uint32_t seq)
{
	struct tcp_dir *d = dir_of(x);

	d->has_fin = true;
	d->fin = seq;
	if (d->buffer && d->next + buffer_front(buffer_of(x), d->next).n == seq)
		give_up(x, false);
}

/* ---- streams ---- */

static void unlink_stream(struct tcp *t, struct tcp_stream *s)
{
	struct tcp_stream *newer = s->newer ? table_at(&t->streams, s->newer - 1) : NULL;
	struct tcp_stream *older = s->older ? table_at(&t->streams, s->older - 1) : NULL;

	*(newer ? &newer->older : &t->newest) = s->older;
	*(older ? &older->newer : &t->oldest) = s->newer;
	s->newer = s->older = 0;
}

static void link_newest(struct tcp *t, struct tcp_stream *s, uint32_t i)
{
	s->older = t->newest;
	if (t->newest)
		((struct tcp_stream *)table_at(&t->streams, t->newest - 1))->newer = i + 1;
	else
		t->oldest = i + 1;
	t->newest = i + 1;
}

/* The end of what is known of a stream: what waits is handed on as cut, gaps are told. */
static void stream_end(struct tcp *t, struct tcp_stream *s, const struct tcp_user *u)
{
	for (unsigned dir = 0; dir < 2; dir++) {
		const uint8_t *src = dir ? s->key.hi : s->key.lo, *dst = dir ? s->key.lo : s->key.hi, fam = s->key.kind & FLOW_FAM;
		struct pkt k = { .input = s->input, .no = s->frame, .t_ns = s->last_ns, .fam = fam, .proto = 6,
			.sport = dir ? s->key.phi : s->key.plo, .dport = dir ? s->key.plo : s->key.phi,
			.src = addr_make(src, fam), .dst = addr_make(dst, fam) };
		struct step x = { .t = t, .s = s, .dir = dir, .own = dir, .k = &k, .u = u };
		uint32_t seq;

		while (!s->dir[dir].read.stopped && behind_hole(&x, &seq))	/* what is missing will not come any more */
			gap(&x, seq, false);
		give_up(&x, true);
		tell_lost(&x);
		buffer_release(t, &s->dir[dir]);
	}
}

static struct tcp_stream *oldest(const struct tcp *t)
{
	return t->oldest ? table_at(&t->streams, t->oldest - 1) : NULL;
}

/* Stream i is not kept any more. */
static void forget(struct tcp *t, uint32_t i, const struct tcp_user *u)
{
	struct tcp_stream *s = table_at(&t->streams, i);
	uint8_t *kept = tcp_kept(t, table_hash(&t->streams, &s->key));

	stream_end(t, s, u);
	unlink_stream(t, s);
	table_remove(&t->streams, i);
	if (*kept < UINT8_MAX)
		--*kept;
}

static void evict(struct tcp *t, const struct tcp_user *u)
{
	forget(t, t->oldest - 1, u);
}

/* Those that are used keep their place, once more each time. */
static void pass_by_used(struct tcp *t)
{
	for (struct tcp_stream *s; (s = oldest(t)) && s->used; ) {
		uint32_t i = t->oldest - 1;

		s->used = false;
		unlink_stream(t, s);
		link_newest(t, s, i);
	}
}

/* Place for one more: what was silent for long goes, and where all are at work, the one that was longest. */
static void make_room(struct tcp *t, uint64_t now, const struct tcp_user *u)
{
	struct tcp_stream *s;

	while ((s = oldest(t)) && now > s->last_ns && now - s->last_ns > TCP_IDLE_NS)
		evict(t, u);
	if (t->streams.used < TCP_STREAMS)
		return;
	pass_by_used(t);
	evict(t, u);
	t->refused++;
}

void tcp_prefetch_stream(const struct tcp *t, uint64_t ends)
{
	uint32_t i = table_peek(&t->streams, ends);
	const uint8_t *r = table_at(&t->streams, i);

	for (size_t n = 0; i != TABLE_NONE && n < sizeof(struct tcp_stream); n += 64)
		prefetch_to_write(r + n);
}

void tcp_place(const struct tcp *t, const struct pkt *k, const struct flow_key *key, uint64_t ends, struct tcp_place *at)
{
	at->key = key;
	at->hash = ends;
	at->index = table_find(&t->streams, key, ends);
	at->dir = !flow_from_lo(key, k);
}

static struct tcp_stream *kept(const struct tcp *t, const struct tcp_place *at)
{
	return at->index == TABLE_NONE ? NULL : table_at(&t->streams, at->index);
}

const struct proto *tcp_reader(const struct tcp *t, const struct tcp_place *at)
{
	const struct tcp_stream *s = kept(t, at);

	return s ? s->proto : NULL;
}

/* The stream of a packet, made when new.  NULL: no room. */
static struct tcp_stream *stream_of(struct tcp *t, const struct pkt *k, const struct tcp_place *at, const struct proto *p, const struct tcp_user *u, bool *made)
{
	struct tcp_stream *s = kept(t, at);
	uint32_t i = at->index;

	*made = false;
	if (!s) {
		make_room(t, k->t_ns, u);
		i = table_get(&t->streams, at->key, at->hash, made);
		if (i == TABLE_NONE)
			return NULL;
		s = table_at(&t->streams, i);
		s->proto = p;
		s->id = ++t->made;
		link_newest(t, s, i);
		if (*tcp_kept(t, at->hash) < UINT8_MAX)
			++*tcp_kept(t, at->hash);
	}
	s->used = !*made;
	s->last_ns = k->t_ns;
	s->input = k->input;
	s->frame = k->no;
	return s;
}

static bool by_port(const struct proto *p, const struct pkt *k)
{
	for (int i = 0; i < 4 && p->tcp[i]; i++)
		if (p->tcp[i] == k->sport || p->tcp[i] == k->dport)
			return true;
	return false;
}

bool tcp_packet(struct tcp *t, const struct pkt *k, const struct tcp_place *at, const struct proto *p, const struct tcp_user *u)
{
	struct step x = { .t = t, .k = k, .u = u, .dir = at->dir, .own = at->dir };
	const uint8_t *h = k->l4;
	uint32_t head, seq, n, claim;

	if (k->l4len < HEADER)
		return k->l4claim <= HEADER;
	head = (h[12] >> 4) * 4u;
	if (head < HEADER || head > k->l4claim) {
		t->malformed++;
		return false;
	}
	n = k->l4len > head ? k->l4len - head : 0;
	claim = k->l4claim - head;
	if (tcp_over(t, at->hash, k))
		return claim == 0;
	tcp_anew(t, at->hash);
	x.s = stream_of(t, k, at, p, u, &x.found);
	x.found = x.found && p->begins && !by_port(p, k);
	if (!x.s) {
		t->refused++;
		return claim == 0;
	}
	seq = be32(h + 4);
	if (h[13] & TCP_SYN)
		on_syn(&x, seq++, h[13] & TCP_ACK);
	if (h[13] & TCP_ACK) {
		x.dir = !x.dir;
		on_ack(&x, be32(h + 8));
		x.dir = !x.dir;
	}
	if (claim)
		on_data(&x, seq, n ? h + head : h, n, claim);
	if (h[13] & TCP_FIN)
		on_fin(&x, seq + claim);
	if (h[13] & TCP_RST)		/* what was under way when it was sent still comes */
		for (int i = 0; i < 2; i++)
			if (x.s->dir[i].buffer)
				t->buffer[x.s->dir[i].buffer - 1].age = 0;
	if (x.s->dir[0].read.stopped && x.s->dir[1].read.stopped) {
		*tcp_over_slot(t, at->hash) = at->hash;
		forget(t, table_index(&t->streams, x.s), u);
	}
	return !x.unread;
}

void tcp_end(struct tcp *t, const struct tcp_user *u)
{
	while (t->oldest)
		evict(t, u);
}
