/*
 * Which packets are retained as evidence: those that ground a finding, what else it takes to make it
 * again from them, those that ground an element, and of each the other parts of its message.
 */
#include "retain.h"

#include "err.h"
#include "fairwitness.h"
#include "finding.h"
#include "model.h"

#include <stdlib.h>

static int by_place(const void *a, const void *b)
{
	const struct ground *x = a, *y = b;

	return x->input != y->input ? (x->input < y->input ? -1 : 1) : x->frame < y->frame ? -1 : x->frame > y->frame;
}

static void add(struct retained *r, const struct ground *g, size_t n)
{
	for (size_t i = 0; i < n && !r->full; i++) {
		if (!g[i].frame)
			continue;
		if (r->n == r->cap) {
			size_t cap = r->cap ? 2 * r->cap : 256;
			struct ground *more = realloc(r->at, cap * sizeof(*more));

			if (!more) {
				r->full = true;
				return;
			}
			r->at = more;
			r->cap = cap;
		}
		r->at[r->n++] = g[i];
	}
}

/* In order, each once. */
static void settle(struct retained *r)
{
	size_t kept = 0;

	if (r->n)
		qsort(r->at, r->n, sizeof(*r->at), by_place);
	for (size_t i = 0; i < r->n; i++)
		if (!kept || by_place(&r->at[kept - 1], &r->at[i]))
			r->at[kept++] = r->at[i];
	r->n = kept;
}

bool retained_has(const struct retained *r, uint32_t input, uint32_t frame)
{
	struct ground key = { input, frame };

	return r->n && bsearch(&key, r->at, r->n, sizeof(key), by_place);
}

/* True: something was added, and a list passed already may be touched now. */
static bool with_pieces(struct retained *r, const struct fw *fw)
{
	struct fw_pieces p;
	size_t n = r->n;		/* those in order */

	for (uint32_t i = 0; fw_pieces(fw, i, &p) && !r->full; i++) {
		const struct retained sorted = { .at = r->at, .n = n };
		uint32_t have = 0;

		for (uint32_t k = 0; k < p.n; k++)
			have += retained_has(&sorted, p.input, p.frame[k]);
		for (uint32_t k = 0; have && have < p.n && k < p.n; k++)
			add(r, &(struct ground){ p.input, p.frame[k] }, 1);
	}
	if (r->n == n)
		return false;
	settle(r);
	return r->n > n;
}

int retained_get(struct retained *r, const struct fw *fw)
{
	const struct docket *d = fw_docket(fw);
	const struct model *m = fw_model(fw);

	*r = (struct retained){ .n = 0 };
	for (uint32_t i = 0; d && i < docket_findings(d); i++) {
		const struct finding *f = docket_finding(d, i);

		add(r, f->frame, finding_grounds(f));
		add(r, f->context, f->ncontext);
	}
	for (uint32_t i = 0; i < model_elements(m); i++) {
		const struct element *e = model_element(m, i);

		add(r, e->ground, e->ngrounds);
		add(r, e->rests, e->nrests);
		add(r, &e->accept, 1);
		add(r, &e->associate, 1);
	}
	settle(r);
	while (with_pieces(r, fw))
		;
	if (!r->full)
		return FW_OK;
	retained_free(r);
	return FW_ENOMEM;
}

void retained_free(struct retained *r)
{
	free(r->at);
	*r = (struct retained){ .n = 0 };
}

static int by_end(const void *a, const void *b)
{
	const struct whole *x = a, *y = b;
	int c = by_place(&x->end, &y->end);

	return c ? c : x->list < y->list ? -1 : x->list > y->list;
}

int wholes_get(struct wholes *w, const struct fw *fw, bool (*has)(const void *ctx, uint32_t input, uint32_t frame), const void *ctx)
{
	struct fw_pieces p;
	size_t cap = 0;

	*w = (struct wholes){ .n = 0 };
	for (uint32_t i = 0; fw_pieces(fw, i, &p); i++) {
		if (p.n < 2 || !has(ctx, p.input, p.frame[p.n - 1]))
			continue;
		if (w->n == cap) {
			struct whole *more = realloc(w->v, (cap = cap ? 2 * cap : 64) * sizeof(*more));

			if (!more)
				return FW_ENOMEM;
			w->v = more;
		}
		w->v[w->n++] = (struct whole){ { p.input, p.frame[p.n - 1] }, i };
	}
	if (w->n)
		qsort(w->v, w->n, sizeof(*w->v), by_end);
	return FW_OK;
}

const struct whole *wholes_find(const struct wholes *w, const struct ground *g)
{
	size_t lo = 0, hi = w->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (by_place(&w->v[mid].end, g) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < w->n && !by_place(&w->v[lo].end, g) ? &w->v[lo] : NULL;
}
