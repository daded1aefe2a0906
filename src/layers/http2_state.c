/* HTTP/2: the connections and streams that are followed.  When a table is full, what was not used for a round gives way. */
#include "http2.h"

#include "err.h"
#include "region.h"

int h2_state_init(void *state, const struct hash_key *hk)
{
	struct h2_state *s = state;

	s->mem = region_reserve((size_t)H2_BUFFERS * H2_BUFFER);
	s->buffer = region_reserve(H2_BUFFERS * sizeof(*s->buffer));
	s->scratch = region_reserve(HPACK_SCRATCH);
	if (!s->mem || !s->buffer || !s->scratch || table_init(&s->conns, sizeof(((struct h2_conn *)0)->key), sizeof(struct h2_conn), H2_CONNS, hk) ||
	    table_init(&s->streams, sizeof(((struct h2_stream *)0)->key), sizeof(struct h2_stream), H2_STREAMS, hk))
		return FW_ENOMEM;
	return FW_OK;
}

static void conn_end(struct h2_state *s, struct h2_conn *c)
{
	for (int i = 0; i < 2; i++) {
		hpack_start(&c->dir[i].table, false);
		h2_drop(s, &c->dir[i].block);
	}
}

void h2_state_free(void *state)
{
	struct h2_state *s = state;

	for (uint32_t i = 0; s->conns.rec && i < s->conns.high; i++)
		if (table_live(&s->conns, i))
			conn_end(s, table_at(&s->conns, i));
	table_free(&s->conns);
	table_free(&s->streams);
	region_release(s->mem, (size_t)H2_BUFFERS * H2_BUFFER);
	region_release(s->buffer, H2_BUFFERS * sizeof(*s->buffer));
	region_release(s->scratch, HPACK_SCRATCH);
}

/* ---- buffers: a name is an index and a serial number, so who lost his to another finds out ---- */

enum { INDEX_BITS = 8 };

struct h2_buffer *h2_buffer(struct h2_state *s, uint32_t name)
{
	struct h2_buffer *b = name ? &s->buffer[(name & ((1u << INDEX_BITS) - 1)) - 1] : NULL;

	return b && b->owner == name ? b : NULL;
}

const uint8_t *h2_mem(const struct h2_state *s, const struct h2_buffer *b)
{
	return s->mem + (size_t)(b - s->buffer) * H2_BUFFER;
}

void h2_drop(struct h2_state *s, uint32_t *name)
{
	struct h2_buffer *b = h2_buffer(s, *name);

	if (b)
		b->owner = 0;
	*name = 0;
}

/* A free one, else that which waits the longest. */
static struct h2_buffer *take(struct h2_state *s, uint32_t *name)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < H2_BUFFERS && s->buffer[at].owner; i++)
		if (!s->buffer[i].owner || s->buffer[i].age < s->buffer[at].age)
			at = i;
	s->refused += s->buffer[at].owner != 0;
	*name = ++s->serial << INDEX_BITS | (at + 1);
	s->buffer[at] = (struct h2_buffer){ .owner = *name };
	return &s->buffer[at];
}

bool h2_keep(struct layers *l, struct h2_state *s, uint32_t *name, const uint8_t *p, size_t n, const struct msg *m)
{
	struct h2_buffer *b = *name ? h2_buffer(s, *name) : take(s, name);
	const uint32_t *frames = m->nframes > 1 ? m->frames : &m->pkt->no;
	uint8_t *to;

	if (!b)
		return false;
	b->age = ++s->clock;
	if (n > H2_BUFFER - b->n) {
		b->over = true;
		n = H2_BUFFER - b->n;
	}
	to = s->mem + (size_t)(b - s->buffer) * H2_BUFFER + b->n;
	if (n) {
		memcpy(to, p, n);
		if (layer_marks(l))
			marks_copied(layer_marks(l), to, p, n);
	}
	b->n += (uint32_t)n;
	for (uint32_t i = 0; i < (m->nframes > 1 ? m->nframes : 1) && b->nframes < H2_FRAMES; i++)
		if (!b->nframes || b->frames[b->nframes - 1] < frames[i])
			b->frames[b->nframes++] = frames[i];
	return !b->over;
}

/* ---- tables ---- */

struct h2_conn *h2_conn_of(struct h2_state *s, const struct msg *m, unsigned *dir)
{
	const uint32_t key[2] = { m->assoc, 0 };
	struct h2_conn *c = s->last_conn;
	bool made;
	uint32_t i;

	if (c && s->last_assoc == m->assoc) {
		*dir = c->port != m->pkt->sport || !addr_eq(&c->from, &m->pkt->src);
		return c;
	}
	s->last_conn = NULL;
	while (s->conns.used == H2_CONNS && table_seek(&s->conns, key) == TABLE_NONE) {
		i = s->conn_hand++ % s->conns.high;
		c = table_at(&s->conns, i);
		if (table_live(&s->conns, i) && !c->used) {
			conn_end(s, c);
			table_remove(&s->conns, i);
			s->refused++;
		}
		c->used = false;
	}
	i = table_take(&s->conns, key, &made);
	if (i == TABLE_NONE)
		return NULL;
	c = table_at(&s->conns, i);
	c->used = true;
	if (made) {
		c->from = m->pkt->src;
		c->port = m->pkt->sport;
	}
	s->last_assoc = m->assoc;
	s->last_conn = c;
	*dir = c->port != m->pkt->sport || !addr_eq(&c->from, &m->pkt->src);
	return c;
}

struct h2_stream *h2_stream_find(struct h2_state *s, uint32_t assoc, uint32_t stream)
{
	const uint32_t key[2] = { assoc, stream };
	uint32_t i = table_seek(&s->streams, key);

	return i == TABLE_NONE ? NULL : table_at(&s->streams, i);
}

void h2_stream_end(struct h2_state *s, struct h2_stream *x)
{
	for (int i = 0; i < 2; i++)
		h2_drop(s, &x->body[i].buffer);
	table_remove(&s->streams, (uint32_t)(((const uint8_t *)x - s->streams.rec) / s->streams.rec_len));
}

struct h2_stream *h2_stream_make(struct h2_state *s, uint32_t assoc, uint32_t stream)
{
	const uint32_t key[2] = { assoc, stream };
	struct h2_stream *x;
	bool made;
	uint32_t i;

	while (s->streams.used == H2_STREAMS && table_seek(&s->streams, key) == TABLE_NONE) {
		i = s->stream_hand++ % s->streams.high;
		x = table_at(&s->streams, i);
		if (table_live(&s->streams, i) && !x->used) {
			h2_stream_end(s, x);
			s->refused++;
		} else {
			x->used = false;
		}
	}
	i = table_take(&s->streams, key, &made);
	if (i == TABLE_NONE)
		return NULL;
	x = table_at(&s->streams, i);
	x->used = true;
	return x;
}
