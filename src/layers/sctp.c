#include "sctp.h"

#include "be.h"
#include "err.h"
#include "region.h"

#include <stdlib.h>

enum { DATA_LEAST = 20 };		/* a DATA chunk of one octet, padded */
enum { CHUNK_DATA = 0, CHUNK_INIT = 1, CHUNK_INIT_ACK = 2, CHUNK_SACK = 3, CHUNK_I_DATA = 64 };
enum { FLAG_E = 1, FLAG_B = 2 };

struct tag_key { uint32_t tag; uint16_t lo, hi; };
struct tag_rec { struct tag_key key; uint32_t state, pad; };

int sctp_init(struct sctp *s, const struct hash_key *hk)
{
	*s = (struct sctp){ 0 };
	s->state = region_reserve(SCTP_ASSOCS * sizeof(*s->state));
	s->buffer = calloc(SCTP_BUFFERS, sizeof(*s->buffer));
	s->mem = region_reserve((size_t)SCTP_BUFFERS * SCTP_MESSAGE);
	s->whole = malloc(SCTP_MESSAGE);
	if (!s->state || !s->buffer || !s->mem || !s->whole ||
	    table_init(&s->assocs, sizeof(((struct sctp_assoc *)0)->key), sizeof(struct sctp_assoc), SCTP_ASSOCS * 4, hk) ||
	    table_init(&s->tags, sizeof(struct tag_key), sizeof(struct tag_rec), SCTP_ASSOCS * 4, hk)) {
		sctp_free(s);
		return FW_ENOMEM;
	}
	for (uint32_t i = 0; i < SCTP_BUFFERS; i++)
		s->buffer[i].mem = s->mem + (size_t)i * SCTP_MESSAGE;
	return FW_OK;
}

void sctp_free(struct sctp *s)
{
	table_free(&s->assocs);
	table_free(&s->tags);
	region_release(s->state, SCTP_ASSOCS * sizeof(*s->state));
	free(s->buffer);
	region_release(s->mem, (size_t)SCTP_BUFFERS * SCTP_MESSAGE);
	free(s->whole);
	*s = (struct sctp){ 0 };
}

/* ---- associations ---- */

static struct tag_key tag_key(const struct pkt *k, uint32_t tag)
{
	bool swap = k->sport > k->dport;

	return (struct tag_key){ tag, swap ? k->dport : k->sport, swap ? k->sport : k->dport };
}

static void tag_set(struct sctp *s, const struct pkt *k, uint32_t tag, uint32_t state)
{
	struct tag_key key = tag_key(k, tag);
	bool made;
	uint32_t i;

	if (!tag)
		return;
	i = table_take(&s->tags, &key, &made);
	if (i == TABLE_NONE)
		s->refused++;
	else if (made)
		((struct tag_rec *)table_at(&s->tags, i))->state = state;
}

static uint32_t tag_get(const struct sctp *s, const struct pkt *k, uint32_t tag)
{
	struct tag_key key = tag_key(k, tag);
	uint32_t i = tag ? table_seek(&s->tags, &key) : TABLE_NONE;

	return i == TABLE_NONE ? TABLE_NONE : ((struct tag_rec *)table_at(&s->tags, i))->state;
}

static uint32_t state_new(struct sctp *s)
{
	if (s->nstate == SCTP_ASSOCS) {
		s->refused++;
		return TABLE_NONE;
	}
	s->state[s->nstate].used = true;
	return s->nstate++;
}

/*
 * The association of a packet: its address and port pair, else (another path of a multihomed one)
 * its ports and verification tag.  *dir: 0 from the pair's lower end to the higher.
 */
static uint32_t assoc_of(struct sctp *s, const struct pkt *k, uint32_t tag, bool init, unsigned *dir)
{
	struct sctp_key key;
	struct sctp_assoc *a;
	/* direction goes by port first, so that it is the same on every path */
	bool swap = k->sport != k->dport ? k->sport > k->dport : memcmp(k->src.b, k->dst.b, 16) > 0, made;
	uint64_t rest = hash_word(swap ? hash_half(k->dport, k->sport) : hash_half(k->sport, k->dport), hash_half(hash_octets(k->fam, 0), 0));
	uint32_t i, st;

	*dir = swap;
	memcpy(key.a, swap ? k->dst.b : k->src.b, 16);
	memcpy(key.b, swap ? k->src.b : k->dst.b, 16);
	memcpy(&key.pa, &rest, sizeof(rest));		/* to the end of the key */
	i = table_take_of(&s->assocs, &key, sizeof(key), &made);
	if (i == TABLE_NONE) {
		s->refused++;
		return TABLE_NONE;
	}
	a = table_at(&s->assocs, i);
	if (made) {
		st = init ? TABLE_NONE : tag_get(s, k, tag);
		if (st == TABLE_NONE)
			st = state_new(s);
		if (st == TABLE_NONE) {
			table_remove(&s->assocs, i);
			return st;
		}
		a->state = st;
	}
	return a->state;
}

/* An INIT or INIT ACK says the tag and first TSN of its sender; a new one is a restart. */
static void on_init(struct sctp *s, const struct pkt *k, uint32_t st, unsigned dir, bool ack, const uint8_t *p, uint32_t n)
{
	struct sctp_state *x = &s->state[st];
	uint32_t tag, tsn;

	if (n < 20)
		return;
	tag = be32(p + 4);
	tsn = be32(p + 16);
	if (x->dir[!dir].tag != tag || !x->dir[dir].started) {
		memset(x->dir[dir].seen, 0, sizeof(x->dir[dir].seen));
		memset(x->dir[dir].gone, 0, sizeof(x->dir[dir].gone));
		x->dir[dir].base = tsn - 1;
		x->dir[dir].started = true;
		x->dir[!dir].tag = tag;
	}
	tag_set(s, k, tag, st);
	x->opener_known = true;
	x->b_opened = ack ? !dir : dir;
}

/* ---- TSNs ---- */

static bool bit(const uint64_t *map, uint32_t tsn)
{
	return map[tsn % SCTP_WINDOW / 64] >> tsn % 64 & 1;
}

static void bit_set(uint64_t *map, uint32_t tsn, bool v)
{
	uint64_t one = (uint64_t)1 << tsn % 64;

	map[tsn % SCTP_WINDOW / 64] = v ? map[tsn % SCTP_WINDOW / 64] | one : map[tsn % SCTP_WINDOW / 64] & ~one;
}

/* Moves the base to `to`; TSNs passed over that were never seen are lost to this capture. */
static uint32_t advance(struct sctp_dir *d, uint32_t to)
{
	uint32_t lost = 0, steps = to - d->base;

	if (steps > SCTP_WINDOW) {
		lost = steps - SCTP_WINDOW;
		d->base += lost;
		steps = SCTP_WINDOW;
	}
	for (; steps; steps--) {
		uint32_t t = ++d->base;

		bit_set(d->gone, t, !bit(d->seen, t));
		lost += !bit(d->seen, t);
		bit_set(d->seen, t, false);
	}
	return lost;
}

/* Given up too early: two taps, merged, may show the acknowledgement before the data. */
static bool tsn_late(struct sctp *s, struct sctp_dir *d, uint32_t tsn)
{
	if (d->base - tsn >= SCTP_WINDOW || !bit(d->gone, tsn))
		return false;
	bit_set(d->gone, tsn, false);
	s->late++;
	return true;
}

/* True when this TSN is new. */
static bool tsn_new(struct sctp *s, struct sctp_dir *d, uint32_t tsn)
{
	int32_t ahead;

	if (!d->started) {
		d->started = true;
		d->base = tsn - 1;
	}
	ahead = (int32_t)(tsn - d->base);
	if (ahead <= 0)
		return tsn_late(s, d, tsn);
	if (ahead == 1 && !bit(d->seen, tsn)) {		/* in order, as most are: what follows, of this one alone */
		bit_set(d->gone, tsn, false);
		d->base = tsn;
		return true;
	}
	if (ahead > SCTP_WINDOW) {
		if (ahead > 1 << 20) {		/* not this association's sequence any more: begin anew */
			memset(d->seen, 0, sizeof(d->seen));
			memset(d->gone, 0, sizeof(d->gone));
			d->base = tsn - 1;
		} else {
			s->lost += advance(d, tsn - SCTP_WINDOW);
		}
	}
	if (bit(d->seen, tsn))
		return false;
	bit_set(d->seen, tsn, true);
	while (bit(d->seen, d->base + 1) && d->base != tsn)
		(void)advance(d, d->base + 1);
	return true;
}

/* A cumulative acknowledgement beyond what was seen: the missing TSNs existed and were not captured. */
static void on_sack(struct sctp *s, struct sctp_dir *d, const uint8_t *p, uint32_t n)
{
	uint32_t cum;
	int32_t ahead;

	if (n < 16 || !d->started)
		return;
	cum = be32(p + 4);
	ahead = (int32_t)(cum - d->base);
	if (ahead > 0 && ahead <= 1 << 16) {
		uint32_t lost = advance(d, cum);

		s->lost += lost;
		s->lost_back += lost;
	}
}

/* ---- messages ---- */

/* cur: the message; p, n: those of its octets that this packet brought. */
static void fill_msg(struct msg *m, const struct sctp *s, const struct pkt *k, uint32_t st, unsigned dir, struct cur cur, const uint8_t *p,
	uint32_t n)
{
	const struct sctp_state *x = &s->state[st];

	*m = (struct msg){ .pkt = k, .assoc = st + 1, .cur = cur };
	m->to_server = x->opener_known ? x->b_opened == (dir != 0) : k->dport < k->sport;
	m->off = pkt_off(k, p);
	m->len = pkt_in_frame(k, p) ? n : k->l3len;
}

static struct sctp_buffer *buffer_of(struct sctp *s, uint32_t st, unsigned dir, uint32_t tsn, uint8_t flags)
{
	struct sctp_buffer *old = &s->buffer[0];

	for (uint32_t i = 0; i < SCTP_BUFFERS; i++) {
		struct sctp_buffer *b = &s->buffer[i];

		if (!b->used) {
			if (old->used)
				old = b;
			continue;
		}
		if (b->state == st && b->dir == dir)
			for (uint32_t k = 0; k < b->n; k++)
				if ((b->piece[k].tsn + 1 == tsn && !(b->piece[k].flags & FLAG_E) && !(flags & FLAG_B)) ||
				    (b->piece[k].tsn == tsn + 1 && !(b->piece[k].flags & FLAG_B) && !(flags & FLAG_E)))
					return b;
		if (old->used && b->age < old->age)
			old = b;
	}
	s->refused += old->used;
	*old = (struct sctp_buffer){ .used = true, .state = st, .dir = (uint8_t)dir, .mem = old->mem };
	return old;
}

static void sort_pieces(struct sctp_buffer *b)
{
	for (uint32_t i = 1; i < b->n; i++)
		for (uint32_t k = i; k && (int32_t)(b->piece[k].tsn - b->piece[k - 1].tsn) < 0; k--) {
			struct sctp_piece t = b->piece[k];

			b->piece[k] = b->piece[k - 1];
			b->piece[k - 1] = t;
		}
}

static bool complete(const struct sctp_buffer *b)
{
	if (!(b->piece[0].flags & FLAG_B) || !(b->piece[b->n - 1].flags & FLAG_E))
		return false;
	for (uint32_t i = 1; i < b->n; i++)
		if (b->piece[i].tsn != b->piece[i - 1].tsn + 1)
			return false;
	return true;
}

static void piece(struct sctp *s, const struct pkt *k, uint32_t st, unsigned dir, uint32_t tsn, uint8_t flags, uint32_t ppid,
	const uint8_t *p, uint32_t n, bool cut, sctp_deliver *deliver, void *ctx)
{
	struct sctp_buffer *b = buffer_of(s, st, dir, tsn, flags);
	uint32_t at = 0, frames = 0;
	struct msg m;

	b->age = ++s->clock;
	if (flags & FLAG_B)
		b->ppid = ppid;
	if (b->n == SCTP_PIECES || b->bytes + n > SCTP_MESSAGE) {
		s->refused++;
		b->used = false;
		return;
	}
	memcpy(b->mem + b->bytes, p, n);
	if (s->marks)
		marks_copied(s->marks, b->mem + b->bytes, p, n);
	b->piece[b->n++] = (struct sctp_piece){ tsn, k->no, pkt_off(k, p), b->bytes, n, flags };
	b->bytes += n;
	b->cut |= cut;
	sort_pieces(b);
	if (!complete(b))
		return;
	for (uint32_t i = 0; i < b->n; i++) {
		memcpy(s->whole + at, b->mem + b->piece[i].at, b->piece[i].len);
		if (s->marks)
			marks_copied(s->marks, s->whole + at, b->mem + b->piece[i].at, b->piece[i].len);
		at += b->piece[i].len;
	}
	for (uint32_t i = 0; i < b->n; i++) {		/* in frame order, each once */
		uint32_t f = b->piece[i].frame, x;

		for (x = 0; x < frames && s->frames[x] != f; x++)
			;
		if (x < frames)
			continue;
		for (x = frames++; x && s->frames[x - 1] > f; x--)
			s->frames[x] = s->frames[x - 1];
		s->frames[x] = f;
	}
	b->used = false;
	s->reassembled++;
	fill_msg(&m, s, k, st, dir, cur_make(s->whole, at, b->cut), p, n);
	m.frames = s->frames;
	m.nframes = frames;
	deliver(ctx, b->ppid, &m);
}

/* DATA: flags, length, TSN(4) stream(2) SSN(2) PPID(4); I-DATA (RFC 8260): TSN(4) stream(2) reserved(2) MID(4) PPID or FSN(4). */
static void on_data(struct sctp *s, const struct pkt *k, uint32_t st, unsigned dir, const uint8_t *p, uint32_t n, uint32_t claim,
	sctp_deliver *deliver, void *ctx)
{
	struct sctp_dir *d = &s->state[st].dir[dir];
	uint32_t head = p[0] == CHUNK_DATA ? 16 : 20, ppid;
	uint8_t flags = p[1];
	struct msg m;

	s->data++;
	if (n < head && head <= claim) {	/* the capture ended in its header: it was sent, and this capture does not have it */
		bool new = n < 8 || tsn_new(s, d, be32(p + 4));

		s->lost += new;
		return;
	}
	if (claim < head) {
		s->malformed++;
		return;
	}
	d->t_ns = k->t_ns;
	d->input = k->input;
	d->frame = k->no;
	if (!tsn_new(s, d, be32(p + 4))) {
		s->retransmitted++;
		return;
	}
	ppid = be32(p + head - 4);
	if ((flags & (FLAG_B | FLAG_E)) != (FLAG_B | FLAG_E)) {
		piece(s, k, st, dir, be32(p + 4), flags & 3, ppid, p + head, n - head, n < claim, deliver, ctx);
		return;
	}
	fill_msg(&m, s, k, st, dir, cur_make(p + head, n - head, n < claim), p + head, n - head);
	deliver(ctx, ppid, &m);
}

bool sctp_packet(struct sctp *s, const struct pkt *k, sctp_deliver *deliver, void *ctx)
{
	const uint8_t *p = k->l4;
	uint32_t n = k->l4len, at = 12, end, st, tag;
	unsigned dir;
	bool init;

	if (n < 12)
		return false;
	s->packets++;
	tag = be32(p + 4);
	init = n >= 13 && p[12] == CHUNK_INIT;
	if (n == k->l4claim)
		s->bad_checksum += sctp_checksum(p, n) != (uint32_t)(p[8] | p[9] << 8 | p[10] << 16 | (uint32_t)p[11] << 24);
	st = assoc_of(s, k, tag, init, &dir);
	if (st == TABLE_NONE)
		return true;
	if (tag && !init && s->state[st].dir[dir].tag != tag) {
		s->state[st].dir[dir].tag = tag;
		tag_set(s, k, tag, st);
	}
	for (end = at; n - at >= 4; at = end) {
		uint32_t claim = be16(p + at + 2), have = n - at < claim ? n - at : claim;

		if (claim < 4 || (claim > n - at && !(n < k->l4claim))) {
			s->malformed++;
			return true;
		}
		end = at + ((claim + 3) & ~3u);
		s->chunks++;
		switch (p[at]) {
		case CHUNK_DATA:
		case CHUNK_I_DATA: on_data(s, k, st, dir, p + at, have, claim, deliver, ctx); break;
		case CHUNK_INIT:
		case CHUNK_INIT_ACK: on_init(s, k, st, dir, p[at] == CHUNK_INIT_ACK, p + at, have); break;
		case CHUNK_SACK: on_sack(s, &s->state[st].dir[!dir], p + at, have); break;
		default: break;		/* of no concern to what is carried */
		}
		if (end > n)
			break;
	}
	/* behind what the capture has there is room for a message */
	s->lost += n < k->l4claim && k->l4claim - end >= DATA_LEAST && end < k->l4claim;
	return true;
}

/* What of a direction's window was passed over. */
static uint32_t open_gaps(const struct sctp_dir *d)
{
	uint32_t gaps = 0, lost = 0;

	for (uint32_t i = 1; d->started && i <= SCTP_WINDOW; i++) {
		if (!bit(d->seen, d->base + i)) {
			gaps++;
		} else {
			lost += gaps;
			gaps = 0;
		}
	}
	return lost;
}

void sctp_end(struct sctp *s, void (*tell)(void *ctx, const struct msg *m, uint64_t lost), void *ctx)
{
	for (uint32_t i = 0; i < s->assocs.high; i++) {
		const struct sctp_assoc *a = table_live(&s->assocs, i) ? table_at(&s->assocs, i) : NULL;

		for (unsigned dir = 0; a && s->state[a->state].used && dir < 2; dir++) {
			const struct sctp_dir *d = &s->state[a->state].dir[dir];
			uint32_t lost = open_gaps(d);
			struct pkt k = { .input = d->input, .no = d->frame, .t_ns = d->t_ns, .fam = a->key.fam, .proto = 132,
				.sport = dir ? a->key.pb : a->key.pa, .dport = dir ? a->key.pa : a->key.pb,
				.src = addr_make(dir ? a->key.b : a->key.a, a->key.fam), .dst = addr_make(dir ? a->key.a : a->key.b, a->key.fam) };
			struct msg m = { .pkt = &k };

			s->lost += lost;
			if (lost)
				tell(ctx, &m, lost);
		}
		if (a)
			s->state[a->state].used = false;	/* of several paths the first tells */
	}
}
