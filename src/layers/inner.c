#include "err.h"
#include "region.h"
#include "state.h"
#include "units.h"

#include <stdlib.h>

int carriage_init(struct carriage *c)
{
	c->buffer = region_reserve(CARRY_BUFFERS * sizeof(*c->buffer));
	c->mem = region_reserve((size_t)CARRY_BUFFERS * CARRY_BUFFER);
	return c->buffer && c->mem ? FW_OK : FW_ENOMEM;
}

void carriage_free(struct carriage *c)
{
	region_release(c->buffer, CARRY_BUFFERS * sizeof(*c->buffer));
	region_release(c->mem, (size_t)CARRY_BUFFERS * CARRY_BUFFER);
	*c = (struct carriage){ 0 };
}

/* ---- buffers ---- */

static struct carry_buffer *buffer_of(struct carriage *c, uint32_t name) { return named_find(c->buffer, sizeof(*c->buffer), name); }
static void drop(struct carriage *c, uint32_t *name) { named_drop(c->buffer, sizeof(*c->buffer), name); }

static uint8_t *octets_of(const struct carriage *c, const struct carry_buffer *b)
{
	return c->mem + (size_t)(b - c->buffer) * CARRY_BUFFER;
}

static struct carry_buffer *take(struct carriage *c, uint32_t *name)
{
	struct carry_buffer *b = named_take(c->buffer, sizeof(*c->buffer), CARRY_BUFFERS, &c->serial, &c->refused, name);

	b->nfrom = 0;
	return b;
}

/* False: there is no room, for the octets or for the frames that they came in. */
static bool append(struct carriage *c, struct carry_buffer *b, const uint8_t *p, size_t n, const struct msg *m)
{
	const uint32_t *frames = m->nframes > 1 ? m->frames : &m->pkt->no;
	uint32_t nframes = m->nframes > 1 ? m->nframes : 1;

	if (n > CARRY_BUFFER - b->is.n || nframes > CARRY_FRAMES - b->nfrom)
		return false;
	for (uint32_t i = 0; i < nframes; i++)
		b->from[b->nfrom++] = (struct carry_from){ frames[i], b->is.n, b->is.n + (uint32_t)n };
	if (n)
		memcpy(octets_of(c, b) + b->is.n, p, n);
	b->is.n += (uint32_t)n;
	b->is.age = ++c->clock;
	return true;
}

static void used_up(struct carriage *c, struct carry_buffer *b, uint32_t n)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < b->nfrom; i++) {
		struct carry_from f = b->from[i];

		if (f.to <= n)
			continue;
		b->from[kept++] = (struct carry_from){ f.frame, f.from > n ? f.from - n : 0, f.to - n };
	}
	b->nfrom = kept;
	b->is.n -= n;
	if (n && b->is.n)
		memmove(octets_of(c, b), octets_of(c, b) + n, b->is.n);
}

/* The frames that octets from..to came in, in order, each once. */
static uint32_t frames_of(struct carriage *c, const struct carry_buffer *b, uint32_t from, uint32_t to)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < b->nfrom; i++)
		if (b->from[i].to > from && b->from[i].from < to)
			n = frame_put(c->frames, n, b->from[i].frame);
	return n;
}

/* ---- offering ---- */

/* n octets at p, in order; b: the buffer that they are in, or NULL: all of them came with the message. */
struct offered { struct layers *l; struct inner_stream *s; const struct carry_buffer *b; const uint8_t *p; uint32_t n; bool unread; };

static struct msg piece(const struct offered *x, uint32_t at, uint32_t n)
{
	struct msg m = x->l->carriage.msg;

	m.cur = cur_make(x->p + at, n, false);
	m.decrypted = true;
	return m;
}

static enum stream_say on_ask(void *ctx, uint32_t at, uint32_t left, size_t *n)
{
	const struct offered *x = ctx;
	const struct msg m = piece(x, at, left);

	return x->s->proto->stream(x->l, &m, x->s->read.gap, n);
}

static void on_unit(void *ctx, uint32_t at, uint32_t n)
{
	struct offered *x = ctx;
	struct msg m = piece(x, at, n);

	if (x->b) {
		m.nframes = frames_of(&x->l->carriage, x->b, at, at + n);
		m.frames = x->l->carriage.frames;
	}
	x->unread |= !layers_message(x->l, x->s->proto, &m);
}

static void on_pass(void *ctx, bool refused)
{
	struct offered *x = ctx;

	x->unread = true;
	x->l->carriage.refused += refused;
}

/* Some of it found no room: the rest begins anywhere. */
static void lose(struct carriage *c, struct inner_stream *s)
{
	drop(c, &s->buffer);
	s->read.gap = true;
	s->read.pass = 0;
	c->refused++;
}

bool carriage_read(struct layers *l)
{
	struct carriage *c = &l->carriage;
	struct inner_stream *s = c->now;
	struct carry_buffer *b = buffer_of(c, s->buffer);
	static const struct reader reader = { on_ask, on_unit, on_pass };
	struct offered x = { l, s, NULL, c->p, (uint32_t)c->n, false };
	uint32_t used;

	c->now = NULL;
	if (s->read.stopped)
		return false;
	if (s->buffer && !b) {		/* somebody else needed it more */
		s->buffer = 0;
		s->read.gap = true;
		s->read.pass = 0;
	}
	if (b) {
		if (!append(c, b, c->p, c->n, &c->msg)) {
			lose(c, s);
			return false;
		}
		x.b = b;
		x.p = octets_of(c, b);
		x.n = b->is.n;
	}
	used = intake_offer(&s->read, x.n, &reader, &x);
	if (b && used < x.n) {
		used_up(c, b, used);
	} else if (b) {
		drop(c, &s->buffer);
	} else if (used < x.n) {
		b = take(c, &s->buffer);
		if (!append(c, b, x.p + used, x.n - used, &c->msg))
			lose(c, s);
	}
	return !x.unread;
}

/* ---- for decoders ---- */

void layer_inner(struct layers *l, struct inner_stream *s, const struct msg *m, const uint8_t *p, size_t n)
{
	struct carriage *c = &l->carriage;

	if (!c->buffer || c->now || !n)
		return;
	c->now = s;
	c->msg = *m;
	c->p = p;
	c->n = n;
}

void layer_inner_drop(struct layers *l, struct inner_stream *s)
{
	if (l->carriage.buffer)
		drop(&l->carriage, &s->buffer);
	if (l->carriage.now == s)
		l->carriage.now = NULL;
	*s = (struct inner_stream){ .read.stopped = true };
}

const struct proto *layer_begins(struct layers *l, const struct opening *o)
{
	return dispatch_begins(l->dispatch.first_tcp, o);
}
