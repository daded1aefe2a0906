/* The inputs of a run: read once, digested in passing, with a progress line for a person who waits. */
#include "inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PROGRESS_NS 100000000u

static void on_octets(void *ctx, uint32_t slot, const uint8_t *p, size_t n)
{
	struct inputs *in = ctx;

	if (slot >= in->nsha) {		/* blocks come in order of slots: grow as they appear */
		uint32_t want = (slot + 16) & ~15u;
		struct sha **v = realloc(in->sha, want * sizeof(*v));

		if (!v) {
			in->full = true;
			return;
		}
		memset(v + in->nsha, 0, (want - in->nsha) * sizeof(*v));
		in->sha = v;
		in->nsha = want;
	}
	if (!in->sha[slot])
		in->sha[slot] = sha_new();
	if (in->sha[slot])
		sha_add(in->sha[slot], p, n);
	else
		in->full = true;
}

static uint64_t now_ns(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static int on_stream(void *ctx)
{
	return outdir_scratch(((struct inputs *)ctx)->dir);
}

int inputs_open(struct inputs *in, const struct run_opts *o, bool digest, const struct outdir *dir, const struct stop *stop, struct err *e)
{
	struct capture_opts co = { .digest = digest ? on_octets : NULL, .spool = dir ? on_stream : NULL, .ctx = in,
		.stop = stop && stop->fd > 0 ? stop->fd : 0 };
	int err;

	*in = (struct inputs){ .o = o, .dir = dir, .progress = isatty(2) == 1, .started_ns = now_ns() };
	if ((err = capture_open(&in->capture, o->path, o->npaths, &co, e)) != FW_OK || !dir)
		return err;
	in->segments = calloc(capture_count(in->capture) + 1u, sizeof(*in->segments));
	if (in->segments)
		return FW_OK;
	err_set(e, "%s", err_word(FW_ENOMEM));
	return FW_ENOMEM;
}

/* "  412.0 MB of 1.2 GB  34 %  830 MB/s  1 s left" */
static void show_progress(struct inputs *in)
{
	uint64_t read, total, now = now_ns(), left;
	double s = (double)(now - in->started_ns) / 1e9, rate;
	char b[160];
	int n;

	if (now - in->shown_ns < PROGRESS_NS)
		return;
	in->shown_ns = now;
	capture_progress(in->capture, &read, &total);
	rate = s > 0 ? (double)read / s : 0;
	n = snprintf(b, sizeof(b), "\r  %.1f MB", (double)read / 1e6);
	if (total && n > 0)
		n += snprintf(b + n, sizeof(b) - (size_t)n, " of %.1f MB  %3.0f %%", (double)total / 1e6, 100.0 * (double)read / (double)total);
	n += snprintf(b + n, sizeof(b) - (size_t)n, "  %.0f MB/s", rate / 1e6);
	left = total > read && rate > 0 ? (uint64_t)((double)(total - read) / rate) : 0;
	if (total)
		n += snprintf(b + n, sizeof(b) - (size_t)n, "  %llu s left ", (unsigned long long)left);
	(void)write_all(2, b, (size_t)n);
}

static bool inside(const struct run_opts *o, const struct frame *f)
{
	return f->t_ns >= o->from_ns && (!o->until_ns || f->t_ns < o->until_ns);
}

/* The segment of a frame; NULL: no memory, then nothing is sealed. */
static struct segment *segment_of(struct inputs *in, const struct frame *f)
{
	struct segments *s = &in->segments[f->input];
	uint32_t n = (f->no - 1) / SEGMENT;

	if (n >= s->cap) {
		uint32_t cap = n + 1 > 2 * s->cap ? n + 1 : 2 * s->cap;
		struct segment *v = realloc(s->v, cap * sizeof(*v));

		if (!v) {
			in->full = true;
			return NULL;
		}
		memset(v + s->cap, 0, (cap - s->cap) * sizeof(*v));
		s->v = v;
		s->cap = cap;
	}
	if (n >= s->n)
		s->n = n + 1;
	return &s->v[n];
}

static void count_segments(struct inputs *in, const struct frame *f, unsigned n)
{
	struct segment *s = NULL;
	uint32_t input = 0, number = 0;

	for (unsigned i = 0; i < n; i++) {
		if (!s || f[i].input != input || (f[i].no - 1) / SEGMENT != number) {
			input = f[i].input;
			number = (f[i].no - 1) / SEGMENT;
			s = segment_of(in, &f[i]);
			if (!s)
				return;
		}
		if (!s->count || f[i].t_ns < s->from_ns)
			s->from_ns = f[i].t_ns;
		if (f[i].t_ns > s->until_ns)
			s->until_ns = f[i].t_ns;
		s->count++;
		s->bytes += f[i].caplen;
		s->outside += !inside(in->o, &f[i]);
		s->last = f[i].no;
	}
}

/* Keeps the frames of the time window, in place; returns how many. */
static unsigned in_window(struct inputs *in, struct frame *f, unsigned n)
{
	const struct run_opts *o = in->o;
	unsigned k = 0;

	if (!o->from_ns && !o->until_ns)
		return n;
	for (unsigned i = 0; i < n; i++)
		if (inside(o, &f[i]))
			f[k++] = f[i];
	in->outside += n - k;
	return k;
}

void inputs_feed(struct inputs *in, struct fw *fw)
{
	struct frame batch[CAPTURE_BATCH];
	unsigned n;

	while ((n = capture_next(in->capture, batch, CAPTURE_BATCH))) {
		if (in->segments)
			count_segments(in, batch, n);
		fw_feed(fw, batch, in_window(in, batch, n));
		if (in->progress && !(in->frames++ & 63))
			show_progress(in);
	}
	if (in->progress && in->shown_ns)
		(void)write_all(2, "\r\033[K", 4);
}

bool inputs_end(struct inputs *in)
{
	uint32_t n = capture_count(in->capture);
	bool whole = true;

	in->blocks = (struct fw_blocks){ 0 };
	in->list = calloc(n ? n : 1, sizeof(*in->list));
	if (!in->list || in->full) {
		in->full = true;
		return false;
	}
	for (uint32_t i = 0; i < n; i++) {
		const struct capture_input *c = capture_inputs(in->capture, i);
		uint32_t slot = capture_slot(in->capture, i);
		struct report_input *r = &in->list[i];
		uint8_t d[SHA];

		*r = (struct report_input){ .name = c->name, .packets = c->packets, .bytes = c->bytes, .first_ns = c->first_ns, .last_ns = c->last_ns,
			.links = c->link, .nlinks = CAPTURE_LINKS };
		r->trouble = c->trouble != TROUBLE_NONE ? c->sentence : !c->packets ? "holds no packet" : NULL;
		whole = whole && !r->trouble;
		in->blocks.all += c->secrets.all;
		in->blocks.tls += c->secrets.tls;
		if (slot < in->nsha && in->sha[slot]) {
			sha_end(in->sha[slot], d);
			in->sha[slot] = NULL;
			sha_hex(d, r->sha256);
		}
	}
	return whole;
}

void report_keylog(struct report *r, const struct keylog *k)
{
	r->keylog_sha256 = k->sha256[0] ? k->sha256 : NULL;
	r->keylog_capture_sha256 = k->capture_sha256[0] ? k->capture_sha256 : NULL;
	r->keylog_skipped = k->skipped;
	r->keylog_refused = k->refused;
}

void inputs_tell(const struct inputs *in)
{
	for (uint32_t i = 0; in->list && i < capture_count(in->capture); i++) {
		const struct capture_input *c = capture_inputs(in->capture, i);

		if (c->trouble != TROUBLE_NONE)
			(void)fprintf(stderr, "fairwitness: %s\n", c->sentence);
		else if (!c->packets)
			(void)fprintf(stderr, "fairwitness: %s: holds no packet\n", c->name);
	}
}

uint64_t inputs_packets(const struct inputs *in)
{
	uint64_t n = 0;

	for (uint32_t i = 0; i < capture_count(in->capture); i++)
		n += capture_inputs(in->capture, i)->packets;
	return n;
}

void inputs_close(struct inputs *in)
{
	uint8_t d[SHA];

	for (uint32_t i = 0; i < in->nsha; i++)
		if (in->sha[i])
			sha_end(in->sha[i], d);
	for (uint32_t i = 0; in->segments && i < capture_count(in->capture); i++)
		free(in->segments[i].v);
	free(in->segments);
	free(in->sha);
	free(in->list);
	capture_close(in->capture);
	*in = (struct inputs){ 0 };
}

/* ---- the run's id ---- */

static void add_text(struct sha *s, const char *key, const char *text)
{
	sha_add(s, key, strlen(key) + 1);
	sha_add(s, text, strlen(text) + 1);
}

static bool rereadable(const char *path)
{
	struct stat st;

	return strcmp(path, "-") && !stat(path, &st) && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
}

/* What the id takes of each input that is a file. */
static void digest_inputs(const struct capture *c, const struct run_opts *o, struct sha *s)
{
	for (uint32_t i = 0; i < capture_count(c); i++) {
		const struct capture_input *in = capture_inputs(c, i);
		uint64_t v[4] = { in->upto, in->packets, in->first_ns, in->last_ns };
		bool stream = false;

		for (size_t k = 0; k < o->npaths; k++)
			stream = stream || (!rereadable(o->path[k]) && !strcmp(o->path[k], in->name));
		if (stream)
			continue;

		add_text(s, "name", in->name);
		for (unsigned k = 0; k < 4; k++) {
			uint8_t b[8];

			for (unsigned x = 0; x < 8; x++)
				b[x] = (uint8_t)(v[k] >> (56 - 8 * x));
			sha_add(s, b, 8);
		}
	}
}

static void digest_head(const struct run_opts *o, const char *case_id, const struct keylog *k, struct sha *s)
{
	add_text(s, "ruleset", fw_ruleset());
	add_text(s, "case", case_id);
	if (k->sha256[0])
		add_text(s, "keylog", k->sha256);
	if (k->capture_sha256[0])
		add_text(s, "keylog in capture", k->capture_sha256);
	for (size_t i = 0; i < o->npaths; i++)
		if (!rereadable(o->path[i]))
			add_text(s, "stream", o->path[i]);
}

int inputs_id(const struct inputs *in, const char *case_id, const struct keylog *k, uint8_t out[SHA])
{
	struct sha *s = sha_new();

	if (s) {
		digest_head(in->o, case_id, k, s);
		digest_inputs(in->capture, in->o, s);
	}
	sha_end(s, out);
	return s ? FW_OK : FW_ENOMEM;
}

int run_id(const struct run_opts *o, const char *case_id, const struct keylog *k, char out[HEX_SHA], struct err *e)
{
	const char **path = calloc(o->npaths ? o->npaths : 1, sizeof(*path));
	struct capture_opts none = { 0 };
	struct sha *s = sha_new();
	struct frame batch[CAPTURE_BATCH];
	struct capture *c = NULL;
	uint8_t d[SHA];
	size_t n = 0;
	int err = path && s ? FW_OK : FW_ENOMEM;

	if (err == FW_OK)
		digest_head(o, case_id, k, s);
	for (size_t i = 0; err == FW_OK && i < o->npaths; i++)
		if (rereadable(o->path[i]))
			path[n++] = o->path[i];
	if (err == FW_OK && n)
		err = capture_open(&c, path, n, &none, e);
	if (err == FW_OK && c) {
		while (capture_next(c, batch, CAPTURE_BATCH))	/* without looking into the frames */
			;
		digest_inputs(c, o, s);
	}
	capture_close(c);
	free(path);
	sha_end(s, d);
	sha_hex(d, out);
	return err;
}
