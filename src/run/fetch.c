/*
 * The packets that evidence keeps: which, and their octets, fetched in a second pass that jumps from
 * one to the next where the file can be entered.  They lie in a file without a name, mapped: there is
 * no cap on how many octets the grounds of findings may have.
 */
#include "inside.h"

#include "core.h"
#include "rederive.h"
#include "retain.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int by_place(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	return x->input != y->input ? (x->input < y->input ? -1 : 1) : x->no < y->no ? -1 : x->no > y->no;
}

int fetch_list(struct fetched *t, const struct fw *fw)
{
	struct retained r;
	int err = retained_get(&r, fw);

	t->v = err == FW_OK ? calloc(r.n + 1, sizeof(*t->v)) : NULL;
	for (t->n = 0; t->v && t->n < r.n; t->n++)
		t->v[t->n] = (struct kept){ .input = r.at[t->n].input, .no = r.at[t->n].frame };
	retained_free(&r);
	return t->v ? FW_OK : FW_ENOMEM;
}

struct fetching { struct fetched *t; const char *path; size_t at; int fd, error; };	/* path: where the copy is made, for errors */

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
		err_set(e, "%s: the copy of the packets for the evidence cannot be written: %s%s", x->path, x->error ? strerror(x->error) : err_word(FW_ENOMEM),
			remedy(x->error));
	free(no);
	return err;
}

int fetch_octets(struct fetched *t, struct inputs *in, const struct outdir *d, struct err *e)
{
	struct fetching x = { .t = t, .path = d->path };
	int err = FW_OK;
	void *map;

	if (!t->n)
		return FW_OK;
	x.fd = outdir_scratch(d);
	if (x.fd < 0) {
		err_set(e, "%s: the copy of the packets for the evidence cannot be written: %s%s", d->path, strerror(errno), remedy(errno));
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
			err_set(e, "%s: the copy of the packets for the evidence cannot be read: %s", d->path, strerror(errno));
			err = FW_EIO;
		}
	}
	(void)close(x.fd);
	if (err != FW_OK)
		(void)stop_asked(d->stop, e);	/* rather than what reading no further looks like */
	return err;
}

struct masking { struct fetched *t; size_t *place; bool full; };

static bool add_chunk(struct fetched *t, struct kept *k, uint32_t off, uint32_t len, char class)
{
	if (!len)
		return true;
	if (t->nchunks == t->cap_chunks) {
		size_t cap = t->cap_chunks ? 2 * t->cap_chunks : 1024;
		struct fw_chunk *v = realloc(t->chunk, cap * sizeof(*v));

		if (!v)
			return false;
		t->chunk = v;
		t->cap_chunks = cap;
	}
	t->chunk[t->nchunks++] = (struct fw_chunk){ off, len, class };
	k->nchunks++;
	return true;
}

static void on_masked(void *ctx, size_t i, const struct fw_masked *m)
{
	struct masking *x = ctx;
	struct kept *k = &x->t->v[x->place[i]];

	k->chunk = (uint32_t)x->t->nchunks;
	if (m->n)
		memcpy(x->t->masked + k->off, m->data, m->n);
	for (size_t c = 0; c < m->nchunks; c++)
		if (fw_class_masked(m->chunk[c].class))
			shown_mask(x->t->bits + k->off / 8 + x->place[i], m->chunk[c].off, m->chunk[c].len);
	for (size_t c = 0; c < m->nchunks && !x->full; c++)
		x->full = m->nchunks > UINT16_MAX || !add_chunk(x->t, k, m->chunk[c].off, m->chunk[c].len, m->chunk[c].class);
}

/* Packet i as a frame with these octets. */
static struct frame frame_of(const struct fetched *t, size_t i, const uint8_t *octets)
{
	const struct kept *k = &t->v[i];

	return (struct frame){ .data = octets ? octets + k->off : NULL, .caplen = k->caplen, .wirelen = k->wirelen, .t_ns = k->t_ns, .input = k->input,
		.no = k->no, .link = k->link };
}

/* All of them, in the order in which they are to be read; to be freed.  NULL: no memory. */
static struct frame *ordered(const struct fetched *t, const uint8_t *octets)
{
	struct frame *f = malloc((t->n + 1) * sizeof(*f));

	for (size_t i = 0; f && i < t->n; i++)
		f[i] = frame_of(t, i, octets);
	if (f && capture_order(f, t->n) != FW_OK) {
		free(f);
		f = NULL;
	}
	return f;
}

int fetch_mask(struct fetched *t, const struct fw_config *cfg)
{
	struct masking x = { .t = t, .place = malloc((t->n + 1) * sizeof(*x.place)) };
	struct frame *f = ordered(t, t->data);
	int err;

	t->masked = malloc(t->len + 1);
	t->bits = calloc(t->len / 8 + t->n + 1, 1);	/* a packet's begin: an octet for each eight before, and one more for each packet */
	err = f && x.place && t->masked && t->bits ? FW_OK : FW_ENOMEM;
	for (size_t i = 0; err == FW_OK && i < t->n; i++)
		x.place[i] = fetch_find(t, f[i].input, f[i].no);
	if (err == FW_OK)
		err = fw_mask(cfg, f, t->n, on_masked, &x);
	free(f);
	free(x.place);
	return x.full ? FW_ENOMEM : err;
}

int fetch_alone(const struct fetched *t, const struct fw_config *cfg, const struct docket *d, bool *alone)
{
	struct frame *f = ordered(t, t->masked);
	int err = f ? rederive_alone(alone, d, cfg, f, t->n) : FW_ENOMEM;

	free(f);
	return err;
}

int fetch_shown(const struct fetched *t, const struct fw_config *cfg, struct shown *s)
{
	struct shown_frame *in = calloc(t->n + 1, sizeof(*in));
	int err = FW_ENOMEM;

	for (size_t i = 0; in && i < t->n; i++)
		in[i] = (struct shown_frame){ frame_of(t, i, t->masked), t->bits + t->v[i].off / 8 + i };
	if (in)
		err = shown_get(s, cfg, in, t->n);
	free(in);
	return err;
}

size_t fetch_find(const struct fetched *t, uint32_t input, uint32_t no)
{
	const struct kept key = { .input = input, .no = no };
	const struct kept *at = t->n ? bsearch(&key, t->v, t->n, sizeof(key), by_place) : NULL;

	return at ? (size_t)(at - t->v) : t->n;
}

void fetch_free(struct fetched *t)
{
	if (t->data)
		(void)munmap((void *)(uintptr_t)t->data, t->len);
	free(t->v);
	free(t->chunk);
	free(t->masked);
	free(t->bits);
	*t = (struct fetched){ 0 };
}
