#include "err.h"
#include "region.h"
#include "state.h"

#include <stdlib.h>

enum { FAR = 1 << 30 };

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

/* ---- buffers: who lost his to another finds out by its name ---- */

static struct carry_buffer *buffer_of(struct carriage *c, uint32_t name)
{
	struct carry_buffer *b = name ? &c->buffer[(name & 0xff) - 1] : NULL;

	return b && b->owner == name ? b : NULL;
}

static uint8_t *octets_of(const struct carriage *c, const struct carry_buffer *b)
{
	return c->mem + (size_t)(b - c->buffer) * CARRY_BUFFER;
}

static void drop(struct carriage *c, uint32_t *name)
{
	struct carry_buffer *b = buffer_of(c, *name);

	if (b)
		b->owner = 0;
	*name = 0;
}

/* A free one, else that which waits the longest. */
static struct carry_buffer *take(struct carriage *c, uint32_t *name)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < CARRY_BUFFERS && c->buffer[at].owner; i++)
		if (!c->buffer[i].owner || c->buffer[i].age < c->buffer[at].age)
			at = i;
	c->refused += c->buffer[at].owner != 0;
	*name = ++c->serial << 8 | (at + 1);
	c->buffer[at].owner = *name;
	c->buffer[at].n = c->buffer[at].nfrom = 0;
	return &c->buffer[at];
}

/* False: there is no room, for the octets or for the frames that they came in. */
static bool append(struct carriage *c, struct carry_buffer *b, const uint8_t *p, size_t n, const struct msg *m)
{
	const uint32_t *frames = m->nframes > 1 ? m->frames : &m->pkt->no;
	uint32_t nframes = m->nframes > 1 ? m->nframes : 1;

	if (n > CARRY_BUFFER - b->n || nframes > CARRY_FRAMES - b->nfrom)
		return false;
	for (uint32_t i = 0; i < nframes; i++)
		b->from[b->nfrom++] = (struct carry_from){ frames[i], b->n, b->n + (uint32_t)n };
	if (n)
		memcpy(octets_of(c, b) + b->n, p, n);
	b->n += (uint32_t)n;
	b->age = ++c->clock;
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
	b->n -= n;
	if (n && b->n)
		memmove(octets_of(c, b), octets_of(c, b) + n, b->n);
}

/* The frames that octets from..to came in, in order, each once. */
static uint32_t frames_of(struct carriage *c, const struct carry_buffer *b, uint32_t from, uint32_t to)
{
	uint32_t n = 0, k;

	for (uint32_t i = 0; i < b->nfrom; i++) {
		if (b->from[i].to <= from || b->from[i].from >= to)
			continue;
		for (k = 0; k < n && c->frames[k] != b->from[i].frame; k++)
			;
		if (k < n)
			continue;
		for (k = n++; k && c->frames[k - 1] > b->from[i].frame; k--)
			c->frames[k] = c->frames[k - 1];
		c->frames[k] = b->from[i].frame;
	}
	return n;
}

/* ---- offering ---- */

/* n octets at p, in order; b: the buffer that they are in, or NULL: all of them came with the message. */
struct offered { struct inner_stream *s; const struct carry_buffer *b; const uint8_t *p; uint32_t n; bool unread; };

static struct msg piece(const struct layers *l, const struct offered *x, uint32_t at, uint32_t n)
{
	struct msg m = l->carriage.msg;

	m.cur = cur_make(x->p + at, n, false);
	m.decrypted = true;
	return m;
}

static void hand_on(struct layers *l, struct offered *x, uint32_t at, uint32_t n)
{
	struct msg m = piece(l, x, at, n);

	if (x->b) {
		m.nframes = frames_of(&l->carriage, x->b, at, at + n);
		m.frames = l->carriage.frames;
	}
	x->unread |= !layers_message(l, x->s->proto, &m);
}

/* Returns how many octets are done with. */
static uint32_t offer(struct layers *l, struct offered *x)
{
	struct inner_stream *s = x->s;
	uint32_t used = 0;

	while (used < x->n) {
		uint32_t left = x->n - used, step = s->pass < left ? s->pass : left;
		enum stream_say say;
		struct msg m;
		size_t n = 0;

		used += step;
		s->pass -= step;
		if (step)
			continue;
		m = piece(l, x, used, left);
		say = s->proto->stream(l, &m, s->gap, &n);
		if (say == STREAM_MORE && left < STREAM_MAX)
			return used;
		if (say == STREAM_UNIT && n && n <= STREAM_MAX) {
			if (n > left)
				return used;
			s->gap = false;
			hand_on(l, x, used, (uint32_t)n);
			used += (uint32_t)n;
		} else if (say == STREAM_UNIT && n && n < FAR) {	/* too long to keep */
			s->pass = (uint32_t)n;
			l->carriage.refused++;
			x->unread = true;
		} else if (say == STREAM_SKIP) {
			used += n && n < left ? (uint32_t)n : left;
			x->unread = true;
		} else {
			s->stopped = x->unread = true;
			return x->n;
		}
	}
	return used;
}

/* Some of it found no room: the rest begins anywhere. */
static void lose(struct carriage *c, struct inner_stream *s)
{
	drop(c, &s->buffer);
	s->gap = true;
	s->pass = 0;
	c->refused++;
}

bool carriage_read(struct layers *l)
{
	struct carriage *c = &l->carriage;
	struct inner_stream *s = c->now;
	struct carry_buffer *b = buffer_of(c, s->buffer);
	struct offered x = { s, NULL, c->p, (uint32_t)c->n, false };
	uint32_t used;

	c->now = NULL;
	if (s->stopped)
		return false;
	if (s->buffer && !b) {		/* somebody else needed it more */
		s->buffer = 0;
		s->gap = true;
		s->pass = 0;
	}
	if (b) {
		if (!append(c, b, c->p, c->n, &c->msg)) {
			lose(c, s);
			return false;
		}
		x.b = b;
		x.p = octets_of(c, b);
		x.n = b->n;
	}
	used = offer(l, &x);
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
	*s = (struct inner_stream){ .stopped = true };
}

const struct proto *layer_begins(struct layers *l, const struct opening *o)
{
	return dispatch_begins(l->dispatch.first_tcp, o);
}
