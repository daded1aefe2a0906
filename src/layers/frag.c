#include "frag.h"

#include "err.h"
#include "parse.h"
#include "region.h"

#include <stdlib.h>

int frag_init(struct frag *f, frag_lost *lost, void *ctx)
{
	*f = (struct frag){ .lost = lost, .ctx = ctx };
	f->slot = calloc(FRAG_SLOTS, sizeof(*f->slot));
	f->mem = region_reserve((size_t)FRAG_SLOTS * FRAG_EACH);
	if (!f->slot || !f->mem) {
		frag_free(f);
		return FW_ENOMEM;
	}
	for (size_t i = 0; i < FRAG_SLOTS; i++) {
		f->slot[i].mem = f->mem + i * FRAG_EACH;
		f->slot[i].map = f->slot[i].mem + FRAG_MAX;
	}
	return FW_OK;
}

void frag_free(struct frag *f)
{
	free(f->slot);
	region_release(f->mem, (size_t)FRAG_SLOTS * FRAG_EACH);
	*f = (struct frag){ 0 };
}

struct piece { uint32_t id, at, len, claim; uint8_t proto; bool more; const uint8_t *p; };

static bool read_piece(const struct pkt *k, struct piece *x)
{
	const uint8_t *h = k->l3;
	uint32_t field;

	x->p = k->l4;
	x->len = k->l4len;
	x->claim = k->l4claim;
	x->proto = k->proto;
	if (k->fam == 4) {
		field = (uint32_t)(h[6] << 8 | h[7]);
		x->id = (uint32_t)(h[4] << 8 | h[5]);
		x->at = (field & 0x1fff) * 8;
		x->more = (field & 0x2000) != 0;
		return true;
	}
	h = k->l4 - 8;			/* the fragment header stands right before the piece */
	field = (uint32_t)(h[2] << 8 | h[3]);
	x->id = (uint32_t)h[4] << 24 | (uint32_t)h[5] << 16 | (uint32_t)h[6] << 8 | h[7];
	x->at = field & 0xfff8;
	x->more = field & 1;
	return true;
}

static struct frag_parts parts_of(const struct frag_slot *s)
{
	return (struct frag_parts){ s->frame, s->copy, s->n, s->ncopies, s->packets, s->bytes };
}

static void give_up(struct frag *f, struct frag_slot *s)
{
	struct frag_parts parts;
	struct pkt k = { .t_ns = s->last_ns, .input = s->input, .fam = s->fam, .proto = s->proto, .outer = s->outer, .src = s->src, .dst = s->dst };

	s->used = false;
	f->incomplete++;
	parts = parts_of(s);
	f->lost(f->ctx, &k, &parts);
}

void frag_end(struct frag *f)
{
	for (struct frag_slot *s = f->slot; s < f->slot + FRAG_SLOTS; s++)
		if (s->used)
			give_up(f, s);
}

static bool is_of(const struct frag_slot *s, const struct pkt *k, const struct piece *x)
{
	return s->id == x->id && s->fam == k->fam && s->input == k->input && (k->fam == 6 || s->proto == x->proto) &&
		addr_eq(&s->src, &k->src) && addr_eq(&s->dst, &k->dst);
}

/* A new datagram takes the slot that was done with the longest ago: copies of the last ones may still come. */
static struct frag_slot *slot_of(struct frag *f, const struct pkt *k, const struct piece *x)
{
	struct frag_slot *old = NULL, *s;

	for (s = f->slot; s < f->slot + FRAG_SLOTS; s++) {
		if (s == f->given)
			continue;
		if (s->used && k->t_ns > s->first_ns && k->t_ns - s->first_ns > FRAG_TIMEOUT_NS)
			give_up(f, s);
		if (!s->used) {
			if (!old || old->used || s->age < old->age)
				old = s;
			continue;
		}
		if (is_of(s, k, x))
			return s;
		if (!old || (old->used && s->age < old->age))
			old = s;
	}
	if (old->used) {
		f->refused++;
		give_up(f, old);
	}
	memset(old->map, 0, FRAG_MAX / 8);
	*old = (struct frag_slot){ .used = true, .src = k->src, .dst = k->dst, .id = x->id, .input = k->input, .proto = x->proto, .fam = k->fam, .outer = k->outer,
		.first_ns = k->t_ns, .mem = old->mem, .map = old->map };
	return old;
}

/* The datagram as a packet. */
static struct pkt whole_of(const struct frag_slot *s, const struct pkt *k)
{
	struct pkt w = *k;

	w.frag = false;
	w.proto = s->proto;
	w.l4 = s->mem;
	w.l4len = s->total;
	w.l4claim = s->total;
	for (uint32_t i = 0; s->cut && i < s->total; i++)
		if (!(s->map[i / 8] >> i % 8 & 1)) {
			w.l4len = i;
			w.cut = true;
			break;
		}
	pkt_ports(&w);
	return w;
}

bool frag_packet(struct frag *f, const struct pkt *k, struct pkt *whole, struct frag_parts *parts)
{
	struct frag_slot *s;
	struct piece x;
	bool differs = false;

	f->fragments++;
	if (!read_piece(k, &x) || x.at + x.claim > FRAG_MAX - 1 || (x.more && x.claim % 8)) {
		f->refused++;
		f->lost(f->ctx, k, &(struct frag_parts){ .frames = &k->no, .nframes = 1, .packets = 1, .bytes = k->iplen });
		return false;
	}
	s = slot_of(f, k, &x);
	s->age = ++f->clock;
	s->last_ns = k->t_ns;
	s->bytes += k->iplen;
	s->packets++;
	if (s->n < FRAG_PIECES)
		s->frame[s->n++] = k->no;
	for (uint32_t i = 0; i < x.len; i++) {
		uint32_t at = x.at + i;

		if (s->map[at / 8] >> at % 8 & 1) {
			differs |= s->mem[at] != x.p[i];
			continue;
		}
		s->map[at / 8] |= (uint8_t)(1 << at % 8);
		s->mem[at] = x.p[i];
		if (f->marks)
			marks_copied(f->marks, &s->mem[at], &x.p[i], 1);
		s->have++;
	}
	f->overlaps += differs;
	if (x.at == 0)
		s->proto = x.proto;
	if (x.len < x.claim) {		/* cut by the capture: only what precedes the hole can be read */
		s->cut = true;
		s->have += x.claim - x.len;
	}
	if (!x.more) {
		s->last_seen = true;
		s->total = x.at + x.claim;
	}
	if (!s->last_seen || s->have < s->total)
		return false;
	f->whole++;
	s->used = false;
	s->done = true;
	f->given = s;
	*whole = whole_of(s, k);
	*parts = parts_of(s);
	return true;
}

bool frag_copy(struct frag *f, const struct pkt *k, struct pkt *whole)
{
	struct frag_slot *s, *last = NULL;
	struct piece x;

	if (!read_piece(k, &x))
		return false;
	for (s = f->slot; s < f->slot + FRAG_SLOTS; s++)
		if ((s->used || s->done) && is_of(s, k, &x) && (!last || s->age > last->age))
			last = s;
	if (last && last->used && last->ncopies < FRAG_PIECES)
		last->copy[last->ncopies++] = k->no;
	if (!last || last->used)
		return false;
	f->given = last;
	*whole = whole_of(last, k);
	return true;
}
