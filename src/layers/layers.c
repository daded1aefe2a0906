/* The handle of the layers: numbering and handing on facts, nested messages, batch memory. */
#include "layers.h"

#include "err.h"
#include "state.h"

#include <stdio.h>
#include <stdlib.h>

/* Where a protocol's state is, or the free place for it: there are twice as many places as protocols. */
static unsigned place_of(const struct layers *l, const struct proto *p)
{
	unsigned i = (unsigned)((uintptr_t)p / sizeof(*p)) % STATE_PLACES;

	while (l->place[i].of && l->place[i].of != p)
		i = (i + 1) % STATE_PLACES;
	return i;
}

int layers_new(struct layers **out, const struct layers_config *cfg)
{
	struct layers *l = calloc(1, sizeof(*l));
	int err = FW_ENOMEM;

	*out = NULL;
	if (!l)
		return err;
	l->cfg = *cfg;
	l->open = (struct layers_open){ cfg->marks, cfg->masked || cfg->marks, cfg->ciphers, cfg->marks || cfg->masked || !cfg->ciphers ? NULL : cfg->secrets, false };
	l->next_n = 1;
	l->mem.cap = BATCH_MEM;
	l->mem.base = malloc(BATCH_MEM);
	l->items = calloc(FACT_ITEMS, sizeof(*l->items));
	if (!l->mem.base || !l->items)
		goto fail;
	for (unsigned i = 0; protos[i]; i++) {
		const struct proto *p = protos[i];
		struct state_place *x = &l->place[place_of(l, p)];

		if (i >= PROTO_MAX)
			goto fail;
		if (!p->state_size)
			continue;
		err = FW_ENOMEM;
		*x = (struct state_place){ p, calloc(1, p->state_size) };
		if (!x->state)
			goto fail;
		if (p->state_init && (err = p->state_init(x->state, &cfg->hash)) != FW_OK)
			goto fail;
	}
	if ((err = path_init(l)) != FW_OK)
		goto fail;
	*out = l;
	return FW_OK;
fail:
	layers_free(l);
	return err;
}

void layers_free(struct layers *l)
{
	if (!l)
		return;
	for (unsigned i = 0; i < STATE_PLACES; i++) {
		const struct state_place *x = &l->place[i];

		if (x->state && x->of->state_free)
			x->of->state_free(x->state);
		free(x->state);
	}
	path_free(l);
	free(l->items);
	free(l->mem.base);
	free(l);
}

const struct proto *proto_find(const char *name)
{
	for (unsigned i = 0; protos[i]; i++)
		if (!strcmp(protos[i]->name, name))
			return protos[i];
	return NULL;
}

void *layer_state(const struct layers *l, const struct proto *p)
{
	return l->place[place_of(l, p)].state;
}

void *layer_mem(struct layers *l, size_t n)
{
	return arena_take(&l->mem, n);
}

void *layer_room(struct layers *l, size_t n)
{
	return arena_room(&l->mem, n);
}

void *layer_copy(struct layers *l, const void *p, size_t n)
{
	void *to = arena_room(&l->mem, n ? n : 1);

	return to && n ? memcpy(to, p, n) : to;
}

void layer_subscriber(struct layers *l, const uint8_t *p, uint8_t fam)
{
	const struct addr a = addr_make(p, fam);
	uint8_t bits = fam == 4 ? HANDED_BITS4 : HANDED_BITS6;

	if (!layer_marks(l) || l->cfg.keep_inner)
		return;
	if (tally_is_ue(l->tally, &a))
		bits = tally_ue_bits(l->tally, &a);
	marks_address(layer_marks(l), p, fam, bits, NULL);
}

void layers_batch_done(struct layers *l)
{
	arena_reset(&l->mem);
}

struct fact *layer_begin(struct layers *l, const struct msg *m, enum fact_kind kind)
{
	const struct pkt *k = m->pkt;
	struct fact *f = &l->fact;

	f->n = 0;		/* one by one: the tallies' part is large and no message's */
	f->in = m->in;
	f->dup = m->dup ? m->dup + l->copy++ : 0;
	f->kind = (uint8_t)kind;
	f->outcome = OUT_OK;
	f->nvlan = k->nvlan;
	f->transport = k->proto;
	f->decrypted = m->decrypted;
	f->outer = k->outer;
	f->input = k->input;
	f->frame = k->no;
	f->off = m->off;
	f->len = m->len;
	f->t_ns = k->t_ns;
	f->src = k->src;
	f->dst = k->dst;
	f->sport = k->sport;
	f->dport = k->dport;
	f->nframes = m->nframes;
	f->frames = m->frames;
	f->item = NULL;
	f->nitem = 0;
	memcpy(f->vlan, k->vlan, sizeof(f->vlan));
	put_start(&l->put, l->items, FACT_ITEMS);
	l->nested_from = l->nnested;
	return f;
}

struct put *layer_put(struct layers *l)
{
	return &l->put;
}

/* Most texts are. */
static bool ascii(const uint8_t *p, uint32_t n)
{
	uint64_t all = 0;
	uint32_t a, b;

	if (n < 4)
		return !n || !((p[0] | p[n / 2] | p[n - 1]) & 0x80);
	if (n < 8) {
		memcpy(&a, p, 4);
		memcpy(&b, p + n - 4, 4);
		return !((a | b) & 0x80808080u);
	}
	for (uint32_t i = 0; i + 8 < n; i += 8)
		all |= hash_read8(p + i);
	return !((all | hash_read8(p + n - 8)) & 0x8080808080808080u);
}

/* A fact holds what is printed of it, so that who reads it back has the same: octets of a text that are not UTF-8 are replaced here. */
__attribute__((noinline)) static void clean_texts(struct layers *l)
{
	for (uint32_t i = 0; i < l->put.n; i++) {
		struct item *x = &l->put.item[i];
		size_t n = x->type == ITEM_TEXT && !ascii(x->v.p, x->len) ? utf8_clean((const char *)x->v.p, x->len, NULL) : x->len;
		char *s;

		if (n == x->len)
			continue;
		s = layer_mem(l, n);
		if (s)
			(void)utf8_clean((const char *)x->v.p, x->len, s);
		else
			l->put.full = true;
		x->v.p = (const uint8_t *)(s ? s : "");
		x->len = s ? (uint32_t)n : 0;
	}
}

uint64_t layer_emit(struct layers *l, struct fact *f, const struct cur *c, enum outcome other)
{
	put_done(&l->put, f);
	if (l->put.texts)
		clean_texts(l);
	f->outcome = (uint8_t)(c->why != CUR_OK ? outcome_of(c->why) : l->put.full ? OUT_LIMIT : other);
	l->cut_facts += f->outcome == OUT_CUT;
	f->n = l->next_n++;
	l->cfg.emit(l->cfg.ctx, f);
	for (unsigned i = l->nested_from; i < l->nnested; i++)
		l->nested[i].in = f->n;
	l->nested_from = l->nnested;
	return f->n;
}

void layer_nested(struct layers *l, const struct proto *p, const struct msg *m, struct cur inside, const struct ue_key *ue)
{
	struct nested *x;

	if (l->nnested == NESTED_MAX) {
		l->nested_refused++;
		return;
	}
	x = &l->nested[l->nnested++];
	x->proto = p;
	x->msg = *m;
	x->msg.cur = inside;
	x->msg.len = (uint32_t)(inside.end - inside.p);
	x->msg.off = m->off + (uint32_t)(inside.p - m->cur.p);
	if (inside.p < m->cur.p || m->nframes > 1 || m->decrypted || x->msg.off + x->msg.len > m->off + m->len) {
		x->msg.off = m->off;		/* a reassembled message: the bytes in the last frame */
		x->msg.len = m->len;
	}
	x->has_ue = ue != NULL;
	if (ue)
		x->ue = *ue;
}

void layer_pieces(struct layers *l, const struct msg *m)
{
	if (m->nframes > 1 && l->cfg.pieces)
		l->cfg.pieces(l->cfg.ctx, m->pkt->input, m->frames, m->nframes);
}

bool layers_message(struct layers *l, const struct proto *p, const struct msg *m)
{
	l->nnested = l->nested_from = 0;
	l->copy = 0;
	layer_pieces(l, m);
	if (!p->read(l, m))
		return false;
	for (unsigned i = 0; i < l->nnested; i++) {	/* grows while it is walked; depth is data, not stack */
		struct nested *x = &l->nested[i];

		x->msg.in = x->in;
		x->msg.ue = x->has_ue ? &x->ue : NULL;
		(void)x->proto->read(l, &x->msg);
	}
	return true;
}

bool layer_sha256(struct layers *l, const void *data, size_t n, uint8_t out[32])
{
	if (l->cfg.sha256)
		l->cfg.sha256(data, n, out);
	return l->cfg.sha256 != NULL;
}

void layer_refused(struct layers *l)
{
	l->nested_refused++;
}

static const char hexd[] = "0123456789abcdef";

static void hex8(const uint8_t mac[32], char *out)
{
	for (int i = 0; i < 8; i++) {
		out[2 * i] = hexd[mac[i] >> 4];
		out[2 * i + 1] = hexd[mac[i] & 15];
	}
}

static void pseudonym_of(const struct layers *l, const uint8_t *in, size_t n, char out[PSEUDONYM])
{
	uint8_t mac[32];

	l->cfg.hmac(l->cfg.hmac_ctx, in, n, mac);
	memcpy(out, "sub-", 4);
	hex8(mac, out + 4);
}

const char *layer_pseudonym(struct layers *l, const char *kind, const void *id, size_t n)
{
	size_t k = strlen(kind), all = k + 1 + n;
	struct pseudonym *x;
	uint8_t in[128];
	char *s;

	if (l->cfg.clear) {		/* a laboratory asked for it, and the output says so */
		s = layer_mem(l, k + n + 2);
		if (s)
			(void)snprintf(s, k + n + 2, "%s-%.*s", kind, (int)n, (const char *)id);
		return s;
	}
	if (!l->cfg.hmac || all > sizeof(in) || !(s = layer_mem(l, PSEUDONYM + 1)))
		return NULL;
	memcpy(in, kind, k + 1);
	memcpy(in + k + 1, id, n);
	if (all > sizeof(x->of)) {
		pseudonym_of(l, in, all, s);
		return s;
	}
	x = &l->pseudonym[hash_bytes(&l->cfg.hash, in, all) % PSEUDONYMS];
	if (x->n != all || memcmp(x->of, in, all) != 0) {
		pseudonym_of(l, in, all, x->text);
		memcpy(x->of, in, all);
		x->n = (uint8_t)all;
	}
	return memcpy(s, x->text, PSEUDONYM);
}

/* Piece by piece, each with the digest of what came before it: the function takes no more at once. */
const char *layer_digest(struct layers *l, const void *p, size_t n)
{
	uint8_t in[128] = "digest", mac[32] = { 0 };
	const uint8_t *from = p;
	char *s = l->cfg.hmac ? layer_mem(l, 17) : NULL;
	size_t k;

	if (!s)
		return NULL;
	do {
		k = n < 80 ? n : 80;
		memcpy(in + 8, mac, 32);
		if (k)
			memcpy(in + 40, from, k);
		l->cfg.hmac(l->cfg.hmac_ctx, in, 40 + k, mac);
		from += k;
		n -= k;
	} while (n);
	hex8(mac, s);
	return s;
}
