/* Inputs as given: directories expanded, put in order of first packet, merged by time. */
#include "capture.h"

#include "reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { INPUTS_MAX = 4096 };

struct capture {
	struct reader	*r;		/* in order of first packet */
	uint32_t	 n;
	struct capture_opts opts;
	uint64_t	 total;		/* octets on disk; 0: not known */
	bool		 drained;
};

bool link_is_read(uint32_t link)
{
	return link == LINK_ETHERNET || link == LINK_SLL || link == LINK_SLL2 || link == LINK_RAW || link == LINK_NULL || link == LINK_LOOP ||
		link == LINK_IPV4 || link == LINK_IPV6 || link == LINK_RAW_BSD || link == LINK_RAW_OPENBSD;
}

/* ---- which files ---- */

struct names { char **v; uint32_t n; };

static int add_name(struct names *s, const char *dir, const char *name)
{
	char **v;
	size_t len = (dir ? strlen(dir) : 0) + strlen(name) + 2;
	char *text;

	if (s->n == INPUTS_MAX)
		return FW_ELIMIT;
	v = realloc(s->v, (s->n + 1u) * sizeof(*v));
	if (!v)
		return FW_ENOMEM;
	s->v = v;
	text = malloc(len);
	if (!text)
		return FW_ENOMEM;
	(void)snprintf(text, len, "%s%s%s", dir ? dir : "", dir && dir[strlen(dir) - 1] != '/' ? "/" : "", name);
	s->v[s->n++] = text;
	return FW_OK;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int add_directory(struct names *s, const char *path)
{
	DIR *d = opendir(path);
	uint32_t from = s->n;
	struct dirent *e;
	int err = FW_OK;

	if (!d)
		return add_name(s, NULL, path);
	while (err == FW_OK && (e = readdir(d)))
		if (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."))
			err = add_name(s, path, e->d_name);
	(void)closedir(d);
	if (s->n > from)
		qsort(s->v + from, s->n - from, sizeof(*s->v), by_name);
	else if (err == FW_OK)
		err = add_name(s, NULL, path);		/* told as an empty directory */
	return err;
}

static void free_names(struct names *s)
{
	for (uint32_t i = 0; i < s->n; i++)
		free(s->v[i]);
	free(s->v);
}

/* ---- opening ---- */

static bool empty_directory(const char *path)
{
	struct stat st;

	return strcmp(path, "-") && !stat(path, &st) && S_ISDIR(st.st_mode);
}

static int by_first(const void *a, const void *b)
{
	const struct reader *x = a, *y = b;

	if (x->has_next != y->has_next)
		return x->has_next ? -1 : 1;
	if (x->has_next && x->next.t_ns != y->next.t_ns)
		return x->next.t_ns < y->next.t_ns ? -1 : 1;
	return x->slot < y->slot ? -1 : x->slot > y->slot;
}

static int open_all(struct capture *c, const struct names *s)
{
	struct stat st;
	bool known = true;

	for (uint32_t i = 0; i < s->n; i++) {
		struct reader *r = &c->r[i];
		int err = reader_open(r, s->v[i], i, &c->opts);

		c->n = i + 1;
		if (err != FW_OK)
			return err;
		if (empty_directory(s->v[i])) {
			r->in.trouble = TROUBLE_NONE;
			reader_trouble(r, TROUBLE_EMPTY, "the directory holds no file");
		}
		r->has_next = reader_next(r, &r->next, false);
		r->order_ns = r->next.t_ns;
		if (!strcmp(s->v[i], "-") || stat(s->v[i], &st) || !S_ISREG(st.st_mode))
			known = known && strcmp(s->v[i], "-");
		else
			c->total += (uint64_t)st.st_size;
	}
	if (!known)
		c->total = 0;
	qsort(c->r, c->n, sizeof(*c->r), by_first);
	return FW_OK;
}

int capture_open(struct capture **out, const char *const *paths, size_t npaths, const struct capture_opts *o, struct err *e)
{
	struct capture *c = calloc(1, sizeof(*c));
	struct names s = { 0 };
	struct stat st;
	int err = c ? FW_OK : FW_ENOMEM;

	*out = NULL;
	for (size_t i = 0; err == FW_OK && i < npaths; i++)
		err = strcmp(paths[i], "-") && !stat(paths[i], &st) && S_ISDIR(st.st_mode) ? add_directory(&s, paths[i]) : add_name(&s, NULL, paths[i]);
	if (err == FW_OK) {
		c->opts = *o;
		c->r = calloc(s.n ? s.n : 1, sizeof(*c->r));
		err = c->r ? open_all(c, &s) : FW_ENOMEM;
	}
	free_names(&s);
	if (err == FW_OK) {
		*out = c;
		return FW_OK;
	}
	err_set(e, "%s", err == FW_ELIMIT ? "more than 4096 inputs" : err_word(err));
	capture_close(c);
	return err;
}

/* ---- reading ---- */

static void drain(struct capture *c)
{
	if (c->drained)
		return;
	c->drained = true;
	for (uint32_t i = 0; i < c->n; i++) {
		if (c->opts.digest)
			source_drain(&c->r[i].src);
		c->r[i].in.bytes = c->r[i].src.raw ? c->r[i].src.raw : c->r[i].in.bytes;
	}
}

static void take(struct reader *r, uint32_t input, struct frame *f)
{
	*f = r->next;
	f->input = input;
	r->has_next = false;
}

/* One input: what lies in the window, so that nothing moves under the batch. */
static unsigned next_single(struct capture *c, struct frame *batch, unsigned max)
{
	struct reader *r = &c->r[0];
	unsigned n = 0;

	if (r->has_next) {
		take(r, 0, &batch[n++]);
	} else {
		if (!reader_next(r, &batch[n], false))
			return 0;
		batch[n++].input = 0;
	}
	while (n < max && reader_next(r, &batch[n], true))
		batch[n++].input = 0;
	return n;
}

/* Several: the earliest next frame; a batch ends before an input that gave to it must read on. */
static unsigned next_merged(struct capture *c, struct frame *batch, unsigned max)
{
	unsigned n = 0;

	for (uint32_t i = 0; i < c->n; i++) {
		struct reader *r = &c->r[i];

		if (!r->has_next && !r->done) {
			r->has_next = reader_next(r, &r->next, false);
			if (r->next.t_ns > r->order_ns)
				r->order_ns = r->next.t_ns;
		}
	}
	while (n < max) {
		uint32_t best = c->n;
		struct reader *r;

		for (uint32_t i = 0; i < c->n; i++)
			if (c->r[i].has_next && (best == c->n || c->r[i].order_ns < c->r[best].order_ns))
				best = i;
		if (best == c->n)
			break;
		r = &c->r[best];
		take(r, best, &batch[n++]);
		r->has_next = reader_next(r, &r->next, true);
		if (r->next.t_ns > r->order_ns)
			r->order_ns = r->next.t_ns;
		if (!r->has_next && !r->done)
			break;
	}
	return n;
}

unsigned capture_next(struct capture *c, struct frame *batch, unsigned max)
{
	unsigned n = !c->n ? 0 : c->n == 1 ? next_single(c, batch, max) : next_merged(c, batch, max);

	if (!n)
		drain(c);
	return n;
}

/* ---- again ---- */

/* The reader that reads the input a second time, from its begin. */
static int open_again(const struct reader *first, struct reader *again, struct err *e)
{
	bool spooled = !S_ISREG(first->st.st_mode);
	struct stat now;
	int fd;

	if (spooled && (first->src.spool <= 0 || first->src.spool_error)) {
		err_set(e, "%s: its packets cannot be read again: the copy in the output directory: %s", first->in.name,
			first->src.spool_error ? strerror(first->src.spool_error) : "there is none");
		return FW_EIO;
	}
	if (!spooled && (fstat(first->src.fd, &now) || now.st_size != first->st.st_size || now.st_mtim.tv_sec != first->st.st_mtim.tv_sec ||
	    now.st_mtim.tv_nsec != first->st.st_mtim.tv_nsec)) {
		err_set(e, "%s: changed while it was read; evidence needs a file that stays as it is: copy it first", first->in.name);
		return FW_EIO;
	}
	fd = fcntl(spooled ? first->src.spool : first->src.fd, F_DUPFD_CLOEXEC, 3);
	if (fd < 0 || lseek(fd, 0, SEEK_SET) < 0) {
		err_set(e, "%s: cannot be read again: %s", first->in.name, strerror(errno));
		if (fd >= 0)
			(void)close(fd);
		return FW_EIO;
	}
	return reader_open_fd(again, first->in.name, fd, first->src.stop);
}

/* Jumps to the last mark before the frame, when that saves reading. */
static void jump(const struct reader *first, struct reader *r, uint32_t no)
{
	uint32_t lo = 0, hi = first->nmarks;

	while (lo < hi) {
		uint32_t mid = (lo + hi) / 2;

		if (first->mark[mid].no < no)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (!lo || first->mark[lo - 1].offset <= r->src.base + source_left(&r->src) || !source_seek(&r->src, first->mark[lo - 1].offset))
		return;
	r->no = first->mark[lo - 1].no;
	if (r->ng) {
		memcpy(r->iface, first->iface, first->niface * sizeof(*r->iface));
		r->niface = first->niface;
	}
}

int capture_again(struct capture *c, uint32_t i, const uint32_t *no, size_t n, int (*frame)(void *ctx, const struct frame *f), void *ctx,
	struct err *e)
{
	const struct reader *first = &c->r[i];
	struct reader r;
	int err = open_again(first, &r, e);

	if (err != FW_OK)
		return err;
	for (size_t k = 0; err == FW_OK && k < n; k++) {
		struct frame f = { 0 };

		jump(first, &r, no[k]);
		while (f.no < no[k] && reader_next(&r, &f, false))
			;
		if (f.no != no[k]) {
			err_set(e, "%s: packet %u is not there any more: the file changed while it was read", first->in.name, no[k]);
			err = FW_EIO;
			break;
		}
		f.input = i;
		err = frame(ctx, &f);
	}
	reader_close(&r);
	return err;
}

const struct capture_input *capture_inputs(const struct capture *c, uint32_t i) { return &c->r[i].in; }
uint32_t capture_count(const struct capture *c) { return c->n; }
uint32_t capture_slot(const struct capture *c, uint32_t i) { return c->r[i].slot; }

void capture_progress(const struct capture *c, uint64_t *read, uint64_t *total)
{
	*read = 0;
	*total = c->total;
	for (uint32_t i = 0; i < c->n; i++)
		*read += c->r[i].src.raw;
}

void capture_close(struct capture *c)
{
	if (!c)
		return;
	for (uint32_t i = 0; c->r && i < c->n; i++)
		reader_close(&c->r[i]);
	free(c->r);
	free(c);
}
