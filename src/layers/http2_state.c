/* HTTP/2: the connections and streams that are followed.  When a table is full, what was not used for a round gives way.  And the fields that are read. */
#include "http2.h"

#include "err.h"
#include "region.h"

static void conn_drop(void *state, void *record)
{
	struct h2_state *s = state;
	struct h2_conn *c = record;

	for (int i = 0; i < 2; i++) {
		hpack_start(&c->dir[i].table, false);
		h2_drop(s, &c->dir[i].block);
	}
	s->refused++;
}

static void stream_drop(void *state, void *record)
{
	struct h2_state *s = state;
	struct h2_stream *x = record;

	for (int i = 0; i < 2; i++)
		h2_drop(s, &x->body[i].buffer);
	s->refused++;
}

uint8_t h2_field_name(uint8_t stat, const uint8_t *name, size_t n)
{
	/* names of the static table (RFC 7541 appendix A), by the first entry that has them */
	static const uint8_t called[HPACK_STATIC + 1] = { [1] = H2_AUTHORITY, [2] = H2_METHOD, [4] = H2_PATH, [6] = H2_OTHER_PSEUDO, [8] = H2_STATUS, [23] = SBI_AUTHORIZATION,
		[26] = SBI_CONTENT_ENCODING, [31] = SBI_CONTENT_TYPE, [46] = SBI_LOCATION, [54] = SBI_SERVER, [58] = SBI_USER_AGENT, [60] = SBI_VIA };
	static const struct { const char *name; uint8_t n, is; } begin[] = { { ":authority", 10, H2_AUTHORITY }, { ":method", 7, H2_METHOD }, { ":path", 5, H2_PATH }, { ":status", 7, H2_STATUS } };

	if (stat)
		return called[stat];
	if (!n || *name != ':')
		return (uint8_t)sbi_name((const char *)name, n);
	for (size_t i = 0; i < sizeof(begin) / sizeof(begin[0]); i++)
		if (n == begin[i].n && !memcmp(name, begin[i].name, n))
			return begin[i].is;
	return H2_OTHER_PSEUDO;
}

int h2_state_init(void *state, const struct hash_key *hk)
{
	struct h2_state *s = state;

	s->mem = region_reserve((size_t)H2_BUFFERS * H2_BUFFER);
	s->buffer = region_reserve(H2_BUFFERS * sizeof(*s->buffer));
	s->desk = region_reserve(sizeof(*s->desk));
	if (!s->mem || !s->buffer || !s->desk || kept_init(&s->conns, sizeof(struct h2_conn), H2_CONNS, conn_drop, hk) ||
	    kept_init(&s->streams, sizeof(struct h2_stream), H2_STREAMS, stream_drop, hk))
		return FW_ENOMEM;
	hpack_desk_init(s->desk, h2_field_name);
	return FW_OK;
}

void h2_state_free(void *state)
{
	struct h2_state *s = state;

	kept_free(&s->conns, s);
	kept_free(&s->streams, s);
	region_release(s->mem, (size_t)H2_BUFFERS * H2_BUFFER);
	region_release(s->buffer, H2_BUFFERS * sizeof(*s->buffer));
	region_release(s->desk, sizeof(*s->desk));
}

/* ---- buffers ---- */

struct h2_buffer *h2_buffer(struct h2_state *s, uint32_t name) { return named_find(s->buffer, sizeof(*s->buffer), name); }
void h2_drop(struct h2_state *s, uint32_t *name) { named_drop(s->buffer, sizeof(*s->buffer), name); }

const uint8_t *h2_mem(const struct h2_state *s, const struct h2_buffer *b)
{
	return s->mem + (size_t)(b - s->buffer) * H2_BUFFER;
}

static struct h2_buffer *take(struct h2_state *s, uint32_t *name)
{
	struct h2_buffer *b = named_take(s->buffer, sizeof(*s->buffer), H2_BUFFERS, &s->serial, &s->refused, name);

	b->nframes = 0;
	b->over = false;
	return b;
}

bool h2_keep(struct layers *l, struct h2_state *s, uint32_t *name, const uint8_t *p, size_t n, const struct msg *m)
{
	struct h2_buffer *b = *name ? h2_buffer(s, *name) : take(s, name);
	const uint32_t *frames = m->nframes > 1 ? m->frames : &m->pkt->no;
	uint8_t *to;

	if (!b)
		return false;
	b->is.age = ++s->clock;
	if (n > H2_BUFFER - b->is.n) {
		b->over = true;
		n = H2_BUFFER - b->is.n;
	}
	to = s->mem + (size_t)(b - s->buffer) * H2_BUFFER + b->is.n;
	if (n) {
		memcpy(to, p, n);
		if (layer_marks(l))
			marks_copied(layer_marks(l), to, p, n);
	}
	b->is.n += (uint32_t)n;
	for (uint32_t i = 0; i < (m->nframes > 1 ? m->nframes : 1) && b->nframes < H2_FRAMES; i++)
		if (!b->nframes || b->frames[b->nframes - 1] < frames[i])
			b->frames[b->nframes++] = frames[i];
	return !b->over;
}

/* ---- tables ---- */

struct h2_conn *h2_conn_of(struct h2_state *s, const struct msg *m, unsigned *dir)
{
	struct h2_conn *c = s->last_conn;
	bool made;

	if (!c || s->last_assoc != m->assoc) {
		s->last_conn = NULL;
		c = kept_get(&s->conns, m->assoc, 0, &made, s);
		if (!c)
			return NULL;
		if (made)
			c->from = sender_of(m);
		s->last_assoc = m->assoc;
		s->last_conn = c;
	}
	*dir = sender_dir(&c->from, m);
	return c;
}

struct h2_stream *h2_stream_find(struct h2_state *s, uint32_t assoc, uint32_t stream)
{
	return kept_find(&s->streams, assoc, stream);
}

void h2_stream_end(struct h2_state *s, struct h2_stream *x)
{
	for (int i = 0; i < 2; i++)
		h2_drop(s, &x->body[i].buffer);
	kept_remove(&s->streams, x);
}

struct h2_stream *h2_stream_make(struct h2_state *s, uint32_t assoc, uint32_t stream)
{
	bool made;

	return kept_get(&s->streams, assoc, stream, &made, s);
}
