/*
 * The retained packets as the page shows them: their octets, which of them are masked, and which
 * carry a message.  The marks come from the masked frames, so that who has only those makes the same.
 */
#include "inside.h"

#include "rederive.h"

#include <stdlib.h>
#include <string.h>

struct placed_mark { uint32_t packet; struct report_mark mark; };
struct marking { struct shown *s; struct placed_mark *v; size_t n, cap; bool full; };

void shown_mask(uint8_t *bits, uint32_t off, uint32_t len)
{
	for (uint32_t i = off; i - off < len; i++)
		bits[i / 8] |= (uint8_t)(1 << i % 8);
}

static size_t find(const struct shown *s, uint32_t input, uint32_t frame)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct report_packet *p = &s->v[mid];

		if (p->input < input || (p->input == input && p->frame < frame))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < s->n && s->v[lo].input == input && s->v[lo].frame == frame ? lo : s->n;
}

/* A message was read in the frame. */
static void on_fact(void *ctx, const struct fact *f)
{
	struct marking *m = ctx;
	size_t at = f->kind == FACT_TUNNEL || f->kind == FACT_CONTACT || f->kind == FACT_LOSS ? m->s->n : find(m->s, f->input, f->frame);

	if (at == m->s->n || !f->len || m->full)
		return;
	if (m->n == m->cap) {
		size_t cap = m->cap ? 2 * m->cap : 256;
		void *v = realloc(m->v, cap * sizeof(*m->v));

		if (!v) {
			m->full = true;
			return;
		}
		m->v = v;
		m->cap = cap;
	}
	m->v[m->n++] = (struct placed_mark){ (uint32_t)at, { f->off, f->len, fact_kind_name((enum fact_kind)f->kind) } };
	m->s->v[at].nmarks++;
}

/* The marks, one packet's after the other's, in the order in which they came. */
static int lay_out(struct shown *s, const struct marking *m)
{
	size_t at = 0;

	s->mark = malloc((m->n + 1) * sizeof(*s->mark));
	if (!s->mark)
		return FW_ENOMEM;
	for (size_t i = 0; i < s->n; i++) {
		s->v[i].mark = s->mark + at;
		at += s->v[i].nmarks;
		s->v[i].nmarks = 0;
	}
	for (size_t i = 0; i < m->n; i++) {
		struct report_packet *p = &s->v[m->v[i].packet];

		s->mark[(size_t)(p->mark - s->mark) + p->nmarks++] = m->v[i].mark;
	}
	return FW_OK;
}

int shown_get(struct shown *s, const struct fw_config *cfg, const struct shown_frame *in, size_t n)
{
	struct marking m = { .s = s };
	struct fw_config c = { .pools = cfg->pools, .npools = cfg->npools, .keep_inner = cfg->keep_inner, .masked = true, .fact = on_fact, .ctx = &m };
	struct frame *f = malloc((n + 1) * sizeof(*f));
	struct fw *fw = NULL;
	int err = FW_ENOMEM;

	*s = (struct shown){ .v = calloc(n + 1, sizeof(*s->v)) };
	if (!f || !s->v)
		goto out;
	for (s->n = 0; s->n < n; s->n++) {
		const struct shown_frame *x = &in[s->n];

		f[s->n] = x->f;
		s->v[s->n] = (struct report_packet){ .input = x->f.input, .frame = x->f.no, .t_ns = x->f.t_ns, .wirelen = x->f.wirelen, .caplen = x->f.caplen,
			.octets = x->f.data, .masked = x->masked };
	}
	if ((err = capture_order(f, n)) != FW_OK || (err = fw_new(&fw, &c)) != FW_OK)
		goto out;
	fw_feed(fw, f, n);
	err = fw_end(fw);
	if (err == FW_OK)
		err = m.full ? FW_ENOMEM : lay_out(s, &m);
out:
	fw_free(fw);
	free(f);
	free(m.v);
	return err;
}

void shown_free(struct shown *s)
{
	free(s->v);
	free(s->mark);
	*s = (struct shown){ .n = 0 };
}
