/*
 * What of a TCP stream cannot be handed on yet: segments in order of sequence, none overlapping,
 * their octets side by side.  The first octets to come stay; differences are counted (tcp.h).
 */
#include "tcp_inside.h"

void buffer_release(struct tcp *t, struct tcp_dir *d)
{
	if (!d->buffer)
		return;
	t->buffer[d->buffer - 1].owner = 0;
	t->buffer[d->buffer - 1].n = 0;
	d->buffer = 0;
}

struct tcp_buffer *buffer_get(struct step *x)
{
	struct tcp_buffer *b = buffer_of(x), *old = &x->t->buffer[0];

	for (uint32_t i = 0; !b && i < TCP_BUFFERS; i++) {
		if (!x->t->buffer[i].owner)
			b = &x->t->buffer[i];
		else if (x->t->buffer[i].age < old->age)
			old = &x->t->buffer[i];
	}
	if (!b) {
		struct tcp_stream *s = table_at(&x->t->streams, (old->owner - 1) / 2);
		struct tcp_dir *d = &s->dir[(old->owner - 1) % 2];

		d->next = old->seg[old->n - 1].seq + old->seg[old->n - 1].len;
		d->read.gap = true;
		buffer_release(x->t, d);
		x->t->refused += old->age != 0;
		b = old;
	}
	if (!dir_of(x)->buffer) {
		uint32_t i = (uint32_t)(((uint8_t *)x->s - x->t->streams.rec) / sizeof(*x->s));

		b->owner = i * 2 + x->dir + 1;
		b->n = 0;
		dir_of(x)->buffer = (uint32_t)(b - x->t->buffer) + 1;
	}
	b->age = ++x->t->clock;
	return b;
}

bool buffer_put(struct tcp *t, struct tcp_buffer *b, uint32_t base, struct tcp_segment g, const uint8_t *p)
{
	const uint32_t start = g.seq - base, end = start + g.len;
	uint32_t at = start;
	bool some = false;

	for (uint32_t i = 0; at < end; i++) {
		uint32_t from = i < b->n ? b->seg[i].seq - base : end, to;

		if (at < from) {
			to = least(end, from);
			if (b->n == TCP_SEGMENTS) {
				t->refused++;
				return true;
			}
			memmove(&b->seg[i + 1], &b->seg[i], (b->n - i) * sizeof(b->seg[0]));
			b->seg[i] = (struct tcp_segment){ base + at, to - at, g.frame, g.off + (at - start) };
			memcpy(b->mem + at, p + (at - start), to - at);
			if (t->marks)
				marks_copied(t->marks, b->mem + at, p + (at - start), to - at);
			b->n++;
			at = to;
			some = true;
			continue;
		}
		to = least(end, from + b->seg[i].len);
		if (at < to) {
			t->overlaps += memcmp(b->mem + at, p + (at - start), to - at) != 0;
			at = to;
		}
	}
	return some;
}

struct view buffer_front(const struct tcp_buffer *b, uint32_t base)
{
	struct view v = { b->mem, 0, b->seg, 0 };

	while (v.nseg < b->n && b->seg[v.nseg].seq - base == v.n)
		v.n += b->seg[v.nseg++].len;
	return v;
}

void buffer_drop(struct step *x, uint32_t to)
{
	struct tcp_dir *d = dir_of(x);
	struct tcp_buffer *b = buffer_of(x);
	uint32_t cut = to - d->next, kept = 0, end = 0;

	d->next = to;
	if (!b || !cut)
		return;
	for (uint32_t i = 0; i < b->n; i++) {
		struct tcp_segment g = b->seg[i];
		uint32_t before = ahead(to, g.seq) > 0 ? least(to - g.seq, g.len) : 0;

		if (before == g.len)
			continue;
		g.seq += before;
		g.off += before;
		g.len -= before;
		b->seg[kept++] = g;
		end = g.seq - to + g.len;
	}
	b->n = kept;
	if (kept && x->t->marks)
		marks_copied(x->t->marks, b->mem, b->mem + cut, end);
	if (kept)
		memmove(b->mem, b->mem + cut, end);
	else
		buffer_release(x->t, d);
}
