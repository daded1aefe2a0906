/*
 * Masking: which octets of retained frames may be shown.  The engine reads them once more, with
 * marks: what no stage and no decoder claims is not shown.
 */
#include "inside.h"

#include "err.h"
#include "frame.h"
#include "marks.h"

#include <stdlib.h>
#include <string.h>

/* The frames side by side in one buffer. */
struct masking { struct frame *frame; uint8_t *octets; size_t n, len; struct marks *marks; };

static int lay_out(struct masking *x, const struct frame *f, size_t n)
{
	size_t at = 1;			/* octet 0 is of no frame: marks_address() */

	x->n = n;
	for (size_t i = 0; i < n; i++)
		at += f[i].caplen;
	x->len = at;
	x->frame = malloc((n ? n : 1) * sizeof(*x->frame));
	x->octets = malloc(at);
	if (!x->frame || !x->octets)
		return FW_ENOMEM;
	x->octets[0] = 0;
	at = 1;
	for (size_t i = 0; i < n; i++) {
		x->frame[i] = f[i];
		x->frame[i].data = x->octets + at;
		if (f[i].caplen)
			memcpy(x->octets + at, f[i].data, f[i].caplen);
		at += f[i].caplen;
	}
	return marks_new(&x->marks, x->octets, x->len);
}

static int read_all(struct masking *x, const struct fw_config *cfg)
{
	struct fw_config c = *cfg;
	struct fw *w;
	int err;

	c.fact = NULL;
	c.policy = NULL;		/* nothing is judged */
	c.reg = NULL;
	if ((err = fw_new_marked(&w, &c, x->marks)) != FW_OK)
		return err;
	fw_feed(w, x->frame, x->n);
	err = fw_end(w);
	fw_free(w);
	return err;
}

static char class_of(uint8_t mark)
{
	switch ((enum mark)mark) {
	case MARK_UNREAD: break;
	case MARK_HEADER: return 'H';
	case MARK_SIGNALLING: return 'S';
	case MARK_IDENTITY: return 'I';
	case MARK_CHECK: return 'K';
	}
	return 'U';
}

/* Masks the frame in place and cuts it into chunks; how many. */
static size_t cut(const struct masking *x, size_t i, struct fw_chunk *chunk)
{
	uint8_t *p = x->octets + (x->frame[i].data - x->octets);
	const uint8_t *class = marks_classes(x->marks) + (p - x->octets);
	size_t n = 0;

	for (uint32_t at = 0; at < x->frame[i].caplen; at++) {
		char c = class_of(class[at]);

		if (!n || chunk[n - 1].class != c)
			chunk[n++] = (struct fw_chunk){ .off = at, .class = c };
		chunk[n - 1].len++;
		if (fw_class_masked(c))
			p[at] = 0;
	}
	return n;
}

static uint32_t longest(const struct frame *f, size_t n)
{
	uint32_t most = 0;

	for (size_t i = 0; i < n; i++)
		most = f[i].caplen > most ? f[i].caplen : most;
	return most;
}

int fw_mask(const struct fw_config *cfg, const struct frame *f, size_t n, void (*out)(void *ctx, size_t i, const struct fw_masked *m), void *ctx)
{
	struct fw_chunk *chunk = malloc((longest(f, n) + (size_t)1) * sizeof(*chunk));
	struct masking x = { .n = 0 };
	int err = FW_ENOMEM;

	if (chunk && (err = lay_out(&x, f, n)) == FW_OK && (err = read_all(&x, cfg)) == FW_OK) {
		marks_end(x.marks);
		for (size_t i = 0; i < n; i++) {
			size_t nchunks = cut(&x, i, chunk);

			out(ctx, i, &(struct fw_masked){ x.frame[i].data, x.frame[i].caplen, chunk, nchunks });
		}
	}
	marks_free(x.marks);
	free(x.frame);
	free(x.octets);
	free(chunk);
	return err;
}
