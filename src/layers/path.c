/*
 * The packet path: batches through fixed stages.  (1) headers, keys and hashes, lines prefetched;
 * (2) records prefetched (both ahead.c); (3) in order: counted, and what is signalling read at once.  Stage 3
 * alone rests on state that packets change, so no result depends on the size of a batch.
 */
#include "ahead.h"
#include "err.h"
#include "exported.h"
#include "gtp.h"
#include "mark_headers.h"
#include "state.h"
#include "tls.h"

#include <stdlib.h>

/* Of packets as captured and, seldom, of what they carry: the first are many. */
#define IN_PLACE static inline __attribute__((always_inline))

static void on_tally(void *ctx, struct fact *f)
{
	struct layers *l = ctx;

	f->n = l->next_n++;
	l->cfg.emit(l->cfg.ctx, f);
}

static frag_lost on_incomplete;

int path_init(struct layers *l)
{
	struct tally_config tc = { .hash = l->cfg.hash, .pools = l->cfg.pools, .npools = l->cfg.npools, .keep_inner = l->cfg.keep_inner,
		.marks = l->cfg.marks, .emit = on_tally, .ctx = l };
	int err;

	l->batch = l->cfg.batch ? l->cfg.batch : 32;
	if (l->batch > BATCH_MAX)
		l->batch = BATCH_MAX;
	l->work = calloc(BATCH_MAX, sizeof(*l->work));
	if (!l->work)
		return FW_ENOMEM;
	dispatch_init(&l->dispatch);
	if ((err = tally_new(&l->tally, &tc)) != FW_OK || (err = dup_init(&l->dup, &l->cfg.hash)) != FW_OK ||
	    (err = frag_init(&l->frag, on_incomplete, l)) != FW_OK)
		return err;
	if (table_init(&l->exported, sizeof(struct flow_key), sizeof(struct flow_key), EXPORTED_PAIRS, &l->cfg.hash))
		return FW_ENOMEM;
	if ((err = sctp_init(&l->sctp, &l->cfg.hash)) != FW_OK || (err = tcp_init(&l->tcp, &l->cfg.hash)) != FW_OK)
		return err;
	if (layer_secrets(l) && (err = carriage_init(&l->carriage)) != FW_OK)
		return err;
	l->frag.marks = l->sctp.marks = l->tcp.marks = l->cfg.marks;
	return FW_OK;
}

void path_free(struct layers *l)
{
	tally_free(l->tally);
	dup_free(&l->dup);
	table_free(&l->exported);
	frag_free(&l->frag);
	sctp_free(&l->sctp);
	tcp_free(&l->tcp);
	carriage_free(&l->carriage);
	free(l->work);
}

void layers_bind(struct layers *l, const struct binding *b)
{
	tally_bind(l->tally, b);
}

static void count_via(struct fw_stats *s, uint8_t via)
{
	for (unsigned e = 0; e < FW_ENCAPS; e++)
		s->encap[e] += via >> e & 1;
}

/* What a subscriber sends by such a protocol is nobody's business. */
static bool personal(struct layers *l, const struct pkt *k, const struct proto *p)
{
	if (!p->personal || (!tally_is_ue(l->tally, &k->src) && !tally_is_ue(l->tally, &k->dst)))
		return false;
	l->stats.subscriber++;
	return true;
}

/* True: a protocol read it. */
static bool read_udp(struct layers *l, const struct pkt *k, const uint32_t *frames, uint32_t nframes, uint64_t first)
{
	const struct proto *p = dispatch_ports(&l->dispatch.udp, k), *other;
	struct msg m = { .pkt = k, .frames = frames, .nframes = nframes, .dup = first };
	struct opening o;
	uint32_t claim, n;

	if (k->l4len < 8)
		return false;
	claim = (uint32_t)(k->l4[4] << 8 | k->l4[5]);
	if (claim < 8 || claim > k->l4claim)
		return false;
	claim -= 8;
	n = k->l4len - 8 < claim ? k->l4len - 8 : claim;
	o = (struct opening){ k->l4 + 8, n, claim, k };
	if (!p && !(p = dispatch_begins(l->dispatch.first_udp, &o)))
		return false;
	if (personal(l, k, p))
		return false;
	m.cur = cur_make(k->l4 + 8, n, n < claim);
	m.off = pkt_off(k, nframes > 1 ? k->l3 : k->l4 + 8);
	m.len = nframes > 1 ? k->l3len : n;
	if (layers_message(l, p, &m))
		return true;
	other = dispatch_begins(l->dispatch.first_udp, &o);		/* a port is no proof */
	return other && other != p && !personal(l, k, other) && layers_message(l, other, &m);
}

/* A protocol right above IP. */
static bool read_ip(struct layers *l, const struct pkt *k, const uint32_t *frames, uint32_t nframes)
{
	unsigned i = l->dispatch.ip[k->proto];
	struct msg m = { .pkt = k, .frames = frames, .nframes = nframes };

	if (!i || personal(l, k, protos[i - 1]))
		return false;
	m.cur = cur_make(k->l4, k->l4len, k->l4len < k->l4claim);
	m.off = pkt_off(k, nframes > 1 ? k->l3 : k->l4);
	m.len = nframes > 1 ? k->l3len : k->l4len;
	return layers_message(l, protos[i - 1], &m);
}

static void on_sctp(void *ctx, uint32_t ppid, const struct msg *m)
{
	struct layers *l = ctx;
	const struct proto *p;

	for (unsigned i = 0; (p = dispatch_sctp(&l->dispatch, ppid, m->pkt, i)); i++)
		if (layers_message(l, p, m)) {
			l->read_now = true;
			return;
		}
	if (!dispatch_sctp(&l->dispatch, ppid, m->pkt, 0))
		fw_count_unknown(l->stats.ppid, sizeof(l->stats.ppid) / sizeof(l->stats.ppid[0]), ppid);
	l->copy_now = true;		/* something in it was not read */
}

/* A fact of its own: something that was sent and that this capture does not have. */
static void emit_loss(struct layers *l, const struct msg *m, const char *what, uint64_t count)
{
	struct cur none = cur_make(NULL, 0, false);
	struct fact *f = layer_begin(l, m, FACT_LOSS);

	put_text(layer_put(l), KEY_LOSS_what, what, strlen(what));
	put_uint(layer_put(l), KEY_LOSS_count, count);
	layer_emit(l, f, &none, OUT_OK);
}

/* TSNs that were passed over: what this packet itself left out, and what it acknowledges to the other side. */
static void sctp_loss(struct layers *l, const struct pkt *k, uint64_t lost, uint64_t back)
{
	struct pkt other = *k;
	struct msg m = { .pkt = k };

	lost = l->sctp.lost - lost;
	back = l->sctp.lost_back - back;
	if (lost > back)
		emit_loss(l, &m, "sctp", lost - back);
	if (!back)
		return;
	other.src = k->dst;
	other.dst = k->src;
	other.sport = k->dport;
	other.dport = k->sport;
	m.pkt = &other;
	emit_loss(l, &m, "sctp", back);
}

static void on_sctp_end(void *ctx, const struct msg *m, uint64_t lost)
{
	emit_loss(ctx, m, "sctp", lost);
}

static bool read_sctp(struct layers *l, const struct pkt *k)
{
	uint64_t lost = l->sctp.lost, back = l->sctp.lost_back;

	l->read_now = l->copy_now = false;
	if (!sctp_packet(&l->sctp, k, on_sctp, l))
		return false;
	if (l->sctp.lost != lost)
		sctp_loss(l, k, lost, back);
	return l->read_now || !l->copy_now;
}

static enum stream_say on_tcp_offer(void *ctx, const struct proto *p, const struct msg *m, bool gap, size_t *n)
{
	return p->stream(ctx, m, gap, n);
}

static bool on_tcp_unit(void *ctx, const struct proto *p, const struct msg *m)
{
	struct layers *l = ctx;
	bool read = layers_message(l, p, m);

	return l->carriage.now ? carriage_read(l) && read : read;
}

static void on_tcp_lost(void *ctx, const struct msg *m, uint32_t octets)
{
	emit_loss(ctx, m, "tcp", octets);
}

static struct tcp_user tcp_user(struct layers *l)
{
	return (struct tcp_user){ l, on_tcp_offer, on_tcp_unit, on_tcp_lost };
}

/* The protocol that a packet begins, of a connection whose ports no protocol claims; NULL: none. */
static const struct proto *tcp_begins(struct layers *l, const struct pkt *k)
{
	uint32_t head = k->l4len < 20 ? 0 : (k->l4[12] >> 4) * 4u;
	struct opening o = { k->l4 + head, k->l4len - head, k->l4claim - head, k };

	return head < 20 || head > k->l4len ? NULL : dispatch_begins(l->dispatch.first_tcp, &o);
}

static bool read_tcp(struct layers *l, const struct work *w)
{
	const struct pkt *k = &w->k;
	const struct proto *p = dispatch_ports(&l->dispatch.tcp, k);
	const struct tcp_user u = tcp_user(l);
	struct tcp_place at;

	if (tcp_over(&l->tcp, w->ends, k))
		return false;			/* but for an acknowledgement, which pkt_has_payload() knows */
	tcp_anew(&l->tcp, w->ends);		/* nobody may know it before its first octets */
	if (!p && !tcp_may_keep(&l->tcp, w->ends) && !(p = tcp_begins(l, k)))
		return false;			/* most packets: nothing is looked up */
	tcp_place(&l->tcp, k, &w->flow, w->ends, &at);
	if (!p && !(p = tcp_reader(&l->tcp, &at)) && !(p = tcp_begins(l, k)))
		return false;
	return !personal(l, k, p) && tcp_packet(&l->tcp, k, &at, p, &u);
}

/* The packet of w, which came in these frames when in more than one. */
static void read_transport(struct layers *l, const struct work *w, const uint32_t *frames, uint32_t nframes)
{
	const struct pkt *k = &w->k;
	struct fw_stats *s = &l->stats;
	uint64_t deep = s->encap_deep;
	bool read;

	if (layer_marks(l))
		mark_transport(layer_marks(l), k);
	if (pkt_transport_bad(k)) {
		l->fate = &s->malformed;
		return;
	}
	if (l->dispatch.tunnels[k->proto])
		(void)carried_find(l, k, frames, nframes);
	if (k->proto == UDP) {
		dup_expect(&l->dup, w->dup_hash);
		read = read_udp(l, k, frames, nframes, 0);
	} else {
		read = k->proto == TCP ? read_tcp(l, w) : k->proto == SCTP ? read_sctp(l, k) : read_ip(l, k, frames, nframes);
	}
	l->fate = (read && s->encap_deep == deep) || !pkt_has_payload(k) ? &s->decoded : &s->opaque;
}

static void gpdu(struct layers *l, const struct work *w, uint32_t packets, uint64_t bytes, bool copy)
{
	if (layer_marks(l)) {
		mark_transport(layer_marks(l), &w->k);
		layer_mark(l, w->k.l4 + 8, (size_t)(w->inner - w->k.l4 - 8), MARK_HEADER);
		if (gtpu_length(w->k.l4 + 8) + 8 != (uint32_t)(w->k.l4[4] << 8 | w->k.l4[5]))
			layer_mark(l, w->inner, w->ninner < 6 ? w->ninner : 6, MARK_HEADER);	/* that there is an IP packet, and its length */
	}
	tally_gpdu(l->tally, &w->k, &(struct gpdu){ .inner = w->inner, .n = w->ninner, .claim = w->inner_claim, .packets = packets,
		.bytes = bytes, .tunnel = &w->tunnel, .flow = &w->flow, .tunnel_hash = w->tunnel_hash, .flow_hash = w->flow_hash, .copy = copy });
}

/* Counts what fragments made, a G-PDU or not; true: it is one. */
static bool count_whole(struct layers *l, struct work *w, const struct pkt *whole, uint32_t packets, uint64_t bytes, bool copy)
{
	ahead_flow(l, w, whole);
	w->k = *whole;
	if (!ahead_gpdu(w)) {
		tally_packet(l->tally, whole, &w->flow, w->flow_hash, packets, bytes, copy);
		return false;
	}
	tunnel_key_make(&w->tunnel, whole, w->teid);
	w->tunnel_hash = tally_tunnel_hash(l->tally, &w->tunnel);
	gpdu(l, w, packets, bytes, copy);
	return true;
}

/* Lists the frames of fragments from..until and of all copies, as they came. */
static void list_parts(struct layers *l, const struct pkt *whole, const struct flow_key *flow, const struct frag_parts *x, uint32_t from, uint32_t until)
{
	uint64_t h = tally_flow_hash(l->tally, flow_hash(&l->cfg.hash, flow), whole->input);
	struct pkt part = *whole;

	for (uint32_t c = 0; from < until || c < x->ncopies; ) {
		part.no = c == x->ncopies || (from < until && x->frames[from] < x->copies[c]) ? x->frames[from++] : x->copies[c++];
		tally_packet(l->tally, &part, flow, h, 0, 0, true);
	}
}

static void fragment(struct layers *l, struct work *w)
{
	struct frag_parts x;
	struct pkt whole;

	l->stats.fragments++;
	if (!frag_packet(&l->frag, &w->k, &whole, &x)) {
		l->fate = &l->stats.decoded;
		return;
	}
	if (x.nframes > 1 && l->cfg.pieces)
		l->cfg.pieces(l->cfg.ctx, whole.input, x.frames, x.nframes);
	flow_key_make(&w->flow, &whole, false);
	list_parts(l, &whole, &w->flow, &x, 0, x.nframes - 1);	/* the last one brings the counts */
	if (count_whole(l, w, &whole, x.packets, x.bytes, false)) {
		l->fate = &l->stats.decoded;
		return;
	}
	read_transport(l, w, x.frames, x.nframes);
}

/* A datagram that will not be whole any more: its fragments are a contact all the same, of no port. */
static void on_incomplete(void *ctx, const struct pkt *k, const struct frag_parts *x)
{
	struct layers *l = ctx;
	struct flow_key flow;
	struct pkt part = *k;

	flow_key_make(&flow, k, false);
	part.no = x->frames[0];
	tally_packet(l->tally, &part, &flow, tally_flow_hash(l->tally, flow_hash(&l->cfg.hash, &flow), k->input), x->packets, x->bytes, false);
	list_parts(l, k, &flow, x, 1, x->nframes);
}

IN_PLACE void ip_packet(struct layers *l, struct work *w)
{
	struct fw_stats *s = &l->stats;
	uint64_t first, n = l->next_n;
	struct pkt whole;
	bool copy;

	if (layer_marks(l))
		mark_network(layer_marks(l), l->tally, &w->k);
	if (w->k.via)
		count_via(s, w->k.via);
	if (!l->depth)
		s->bytes += w->k.iplen;
	tally_time(l->tally, w->k.t_ns);
	copy = dup_seen(&l->dup, w->dup_hash, w->k.t_ns, &first);
	if (layer_marks(l) && pkt_in_frame(&w->k, w->k.l3))
		marks_packet(layer_marks(l), w->dup_hash, w->k.l3, w->k.l3len, copy);
	l->fate = copy ? &s->duplicate : &s->decoded;
	if (w->gpdu) {
		gpdu(l, w, 1, w->k.iplen, copy);
		return;
	}
	if (w->class == PKT_FRAGMENT) {
		if (!copy) {
			fragment(l, w);
		} else if (frag_copy(&l->frag, &w->k, &whole)) {
			(void)count_whole(l, w, &whole, 0, 0, true);
			(void)carried_find(l, &whole, NULL, 0);
		}
		return;
	}
	tally_packet(l->tally, &w->k, &w->flow, w->flow_hash, 1, w->k.iplen, copy);
	if (!copy) {
		n = l->next_n;
		read_transport(l, w, l->carried.frames, l->carried.nframes);
		if (l->next_n != n && w->k.proto == UDP)	/* of the others a copy gives no fact */
			dup_gave(&l->dup, w->dup_hash, w->k.t_ns, n);
		return;
	}
	if (l->dispatch.tunnels[w->k.proto])
		(void)carried_find(l, &w->k, NULL, 0);
	if (w->k.proto == UDP && first)
		(void)read_udp(l, &w->k, NULL, 0, first);	/* a fact that says it is a copy */
	else if (w->k.proto == SCTP)
		(void)read_sctp(l, &w->k);			/* its TSNs are counted as seen twice */
}

/* A frame that is not IP: its protocol by EtherType. */
static bool read_ether(struct layers *l, const struct pkt *k)
{
	const struct proto *p = k->ether ? dispatch_ether(&l->dispatch, k->ether) : NULL;
	struct msg m = { .pkt = k, .off = pkt_off(k, k->l3), .len = k->l3len };

	if (!p)
		return false;
	if (layer_marks(l))
		marks_set(layer_marks(l), k->head, (size_t)(k->l3 - k->head), MARK_HEADER);
	m.cur = cur_make(k->l3, k->l3len, k->cut);
	return layers_message(l, p, &m);
}

/* One packet, as it was captured or as a tunnel carries it. */
IN_PLACE void packet(struct layers *l, struct work *w)
{
	struct fw_stats *s = &l->stats;

	switch ((enum pkt_class)w->class) {
	case PKT_IP:
	case PKT_FRAGMENT: ip_packet(l, w); break;
	case PKT_NEIGHBOUR:
	case PKT_OTHER:
		s->not_ip += !l->depth;
		l->fate = read_ether(l, &w->k) || w->class == PKT_NEIGHBOUR ? &s->decoded : &s->opaque;
		break;
	case PKT_PDU: l->fate = exported_read(l, &w->k); break;
	case PKT_LINK: l->fate = unknown_link(l, &w->k); break;
	case PKT_BAD:			/* the capture ended before the headers did, or they lie */
		l->fate = w->k.cut ? &s->opaque : &s->malformed;
		l->cut_facts += w->k.cut;
		break;
	}
}

/* What the packet before carries. */
__attribute__((noinline)) static void carried(struct layers *l)
{
	struct carried *x = &l->carried;

	x->there = false;
	l->depth++;
	if (x->in.encap < FW_ENCAPS)	/* else it was exported */
		l->stats.encap[x->in.encap]++;
	l->inner.class = (uint8_t)pkt_parse_inside(&l->inner.k, &x->outer, &x->in);
	ahead_look(l, &l->inner);
	packet(l, &l->inner);
}

static void stage3(struct layers *l, struct work *w)
{
	uint64_t cut = l->cut_facts;

	l->stats.packets++;
	packet(l, w);
	if (!w->gpdu) {
		if (l->carried.there) {
			for (l->depth = 0; l->carried.there; )
				carried(l);
			l->carried = (struct carried){ .there = false };
			l->depth = 0;
		}
		l->stats.cut += l->cut_facts != cut;
		layers_batch_done(l);
	}
	*l->fate += 1;
}

void layers_feed(struct layers *l, const struct frame *f, size_t n)
{
	while (n) {
		unsigned k = n < l->batch ? (unsigned)n : l->batch;

		ahead(l, f, k);
		for (unsigned i = 0; i < k; i++)
			stage3(l, &l->work[i]);
		f += k;
		n -= k;
	}
}

void layers_end(struct layers *l)
{
	frag_end(&l->frag);
	const struct tcp_user u = tcp_user(l);

	sctp_end(&l->sctp, on_sctp_end, l);
	tcp_end(&l->tcp, &u);
	layers_batch_done(l);
	tally_last(l->tally);
	tally_end(l->tally);
}

bool layers_trouble(const struct layers *l)
{
	return l->open.trouble;
}

void layers_stats(const struct layers *l, struct fw_stats *out)
{
	struct tally_stats t;

	*out = l->stats;
	tally_stats(l->tally, &t);
	out->fragments_incomplete = l->frag.incomplete;
	out->sctp_retransmitted = l->sctp.retransmitted;
	out->sctp_bad_checksum = l->sctp.bad_checksum;
	out->sctp_lost = l->sctp.lost - l->sctp.late;	/* late: given up and captured after all */
	out->sctp_refused = l->sctp.refused;
	out->tcp_retransmitted = l->tcp.retransmitted;
	out->tcp_gap_bytes = l->tcp.gap_octets;
	out->tcp_refused = l->tcp.refused;
	tls_stats(l, &out->tls);
	out->refused = t.refused_contacts + t.refused_tunnels + t.refused_hosts + t.refused_classes + t.refused_unordered + t.refused_frames + l->sctp.refused + l->tcp.refused + l->carriage.refused + out->tls.refused +
		l->frag.refused + l->nested_refused + l->mem.refused + l->exported.refused;
	out->dup_overrun = l->dup.overrun;
	out->flow_evicted = t.flow_evicted;
}
