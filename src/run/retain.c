/*
 * The packets that evidence keeps: which, and their octets, fetched in a second pass that jumps from
 * one to the next where the file can be entered.  They lie in a file without a name, mapped: there is
 * no cap on how many octets the grounds of findings may have.
 */
#include "inside.h"

#include "core.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct listing { struct retained *t; size_t cap; bool full; };

static void add(struct listing *l, const struct ground *g)
{
	struct retained *t = l->t;

	if (!g->frame || l->full)
		return;
	if (t->n && t->v[t->n - 1].input == g->input && t->v[t->n - 1].no == g->frame)
		return;
	if (t->n == l->cap) {
		size_t cap = l->cap ? 2 * l->cap : 256;
		struct kept *v = realloc(t->v, cap * sizeof(*v));

		if (!v) {
			l->full = true;
			return;
		}
		t->v = v;
		l->cap = cap;
	}
	t->v[t->n++] = (struct kept){ .input = g->input, .no = g->frame };
}

static int by_place(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	return x->input != y->input ? (x->input < y->input ? -1 : 1) : x->no < y->no ? -1 : x->no > y->no;
}

/* The grounds that report.json lists of an element: the first MODEL_GROUNDS of all that are one by the register. */
static void add_element(struct listing *l, const struct report *r, uint32_t lead)
{
	unsigned n = 0;

	for (uint32_t at = lead; at != NONE; at = report_next_same(r, at)) {
		const struct element *e = model_element(r->model, at);

		for (unsigned k = 0; k < e->ngrounds && n < MODEL_GROUNDS; k++, n++)
			add(l, &e->ground[k]);
	}
}

int retain_list(struct retained *t, const struct report *r)
{
	struct listing l = { .t = t };
	size_t k = 0;

	for (uint32_t i = 0; r->docket && i < docket_findings(r->docket); i++) {
		const struct finding *f = docket_finding(r->docket, i);

		for (unsigned g = 0; g < finding_grounds(f); g++)
			add(&l, &f->frame[g]);
	}
	for (uint32_t i = 0; i < model_elements(r->model); i++)
		if (model_element(r->model, i)->roles && report_leads(r, i))
			add_element(&l, r, i);
	if (l.full)
		return FW_ENOMEM;
	if (t->n)
		qsort(t->v, t->n, sizeof(*t->v), by_place);
	for (size_t i = 0; i < t->n; i++)
		if (!k || by_place(&t->v[k - 1], &t->v[i]))
			t->v[k++] = t->v[i];
	t->n = k;
	return FW_OK;
}

struct fetching { struct retained *t; size_t at; int fd, error; };

static int on_frame(void *ctx, const struct frame *f)
{
	struct fetching *x = ctx;
	struct kept *k = &x->t->v[x->at++];

	k->caplen = f->caplen;
	k->wirelen = f->wirelen;
	k->t_ns = f->t_ns;
	k->link = f->link;
	k->off = x->t->len;
	x->t->len += f->caplen;
	if (write_all(x->fd, f->data, f->caplen) == FW_OK)
		return FW_OK;
	x->error = errno;
	return FW_EIO;
}

static int fetch_input(struct fetching *x, struct capture *c, size_t n, struct err *e)
{
	uint32_t *no = malloc(n * sizeof(*no));
	int err = no ? FW_OK : FW_ENOMEM;

	for (size_t i = 0; no && i < n; i++)
		no[i] = x->t->v[x->at + i].no;
	if (err == FW_OK)
		err = capture_again(c, x->t->v[x->at].input, no, n, on_frame, x, e);
	if (err == FW_ENOMEM || x->error)
		err_set(e, "evidence/packets cannot be written: %s", x->error ? strerror(x->error) : err_word(FW_ENOMEM));
	free(no);
	return err;
}

int retain_fetch(struct retained *t, struct inputs *in, const struct outdir *d, struct err *e)
{
	struct fetching x = { .t = t };
	int err = FW_OK;
	void *map;

	if (!t->n)
		return FW_OK;
	x.fd = outdir_scratch(d);
	if (x.fd < 0) {
		err_set(e, "%s: evidence/packets cannot be written: %s", d->path, strerror(errno));
		return FW_EIO;
	}
	while (err == FW_OK && x.at < t->n) {
		size_t end = x.at + 1;

		while (end < t->n && t->v[end].input == t->v[x.at].input)
			end++;
		err = fetch_input(&x, in->capture, end - x.at, e);
	}
	if (err == FW_OK && t->len) {
		map = mmap(NULL, t->len, PROT_READ, MAP_PRIVATE, x.fd, 0);
		if (map != MAP_FAILED) {
			t->data = map;
		} else {
			err_set(e, "evidence/packets cannot be written: %s", strerror(errno));
			err = FW_EIO;
		}
	}
	(void)close(x.fd);
	return err;
}

static bool add_chunk(struct retained *t, struct kept *k, uint32_t off, uint32_t len, char class)
{
	if (!len)
		return true;
	if (t->nchunks == t->cap_chunks) {
		size_t cap = t->cap_chunks ? 2 * t->cap_chunks : 1024;
		struct chunk *v = realloc(t->chunk, cap * sizeof(*v));

		if (!v)
			return false;
		t->chunk = v;
		t->cap_chunks = cap;
	}
	t->chunk[t->nchunks++] = (struct chunk){ off, len, class };
	k->nchunks++;
	return true;
}

/* The link header is shown, the rest is not. */
int retain_mask(struct retained *t)
{
	for (size_t i = 0; i < t->n; i++) {
		struct kept *k = &t->v[i];
		uint32_t head = k->link == LINK_ETHERNET ? 14 : k->link == LINK_SLL ? 16 : k->link == LINK_SLL2 ? 20 : 0;

		head = head < k->caplen ? head : k->caplen;
		k->chunk = (uint32_t)t->nchunks;
		if (!add_chunk(t, k, 0, head, 'H') || !add_chunk(t, k, head, k->caplen - head, 'U'))
			return FW_ENOMEM;
	}
	return FW_OK;
}

size_t retain_find(const struct retained *t, uint32_t input, uint32_t no)
{
	const struct kept key = { .input = input, .no = no };
	const struct kept *at = t->n ? bsearch(&key, t->v, t->n, sizeof(key), by_place) : NULL;

	return at ? (size_t)(at - t->v) : t->n;
}

void retain_free(struct retained *t)
{
	if (t->data)
		(void)munmap((void *)(uintptr_t)t->data, t->len);
	free(t->v);
	free(t->chunk);
	*t = (struct retained){ 0 };
}
