/*
 * Key logs that lie in captures: pcapng's Decryption Secrets Blocks, as editcap(1) and Wireshark put them there.  They can stand behind
 * the packets that they open, so the inputs are read once beforehand, for these alone.
 */
#include "inside.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Of one input, by slot: blocks, each with its length before it; whole: how far they were there to their end. */
struct taken { uint8_t *p; size_t n, cap, whole; bool over; };		/* over: the rest of a block that found no room */
struct takings { struct taken *v; uint32_t n; size_t all; uint64_t refused; bool full; };	/* full: there was no memory */

static void wipe(struct taken *t)
{
	if (t->p)
		OPENSSL_cleanse(t->p, t->n);
	free(t->p);
}

static struct taken *of_slot(struct takings *x, uint32_t slot)
{
	if (slot >= x->n) {
		uint32_t want = (slot + 16) & ~15u;
		struct taken *v = realloc(x->v, want * sizeof(*v));

		if (!v)
			return NULL;
		memset(v + x->n, 0, (want - x->n) * sizeof(*v));
		x->v = v;
		x->n = want;
	}
	return &x->v[slot];
}

/* No copy of a secret stays behind. */
static bool room(struct taken *t, size_t n)
{
	size_t cap = t->cap ? t->cap : 4096;
	uint8_t *p;

	while (cap < t->n + n)
		cap *= 2;
	if (cap == t->cap)
		return true;
	p = malloc(cap);
	if (!p)
		return false;
	if (t->n)
		memcpy(p, t->p, t->n);
	wipe(t);
	t->p = p;
	t->cap = cap;
	return true;
}

static void block_ends(struct takings *x, struct taken *t)
{
	uint32_t len;

	x->refused += t->over;
	t->over = false;
	if (t->n == t->whole)
		return;
	len = (uint32_t)(t->n - t->whole - sizeof(len));
	memcpy(t->p + t->whole, &len, sizeof(len));
	t->whole = t->n;
}

static void on_secrets(void *ctx, uint32_t slot, const uint8_t *p, size_t n)
{
	struct takings *x = ctx;
	struct taken *t = x->full ? NULL : of_slot(x, slot);
	size_t head;

	x->full |= !t;
	if (!t || (p && t->over))
		return;
	if (!p) {
		block_ends(x, t);
		return;
	}
	head = t->n == t->whole ? sizeof(uint32_t) : 0;
	if (x->all + head + n > KEYLOG_MAX) {		/* all of the block or nothing */
		x->all -= t->n - t->whole;
		t->n = t->whole;
		t->over = true;
		return;
	}
	x->full = !room(t, head + n);
	if (x->full)
		return;
	memset(t->p + t->n, 0, head);
	memcpy(t->p + t->n + head, p, n);
	t->n += head + n;
	x->all += head + n;
}

static int add_blocks(struct keylog *k, const struct taken *t, struct sha *s)
{
	int err = FW_OK;
	uint32_t len;

	for (size_t at = 0; err == FW_OK && at < t->whole; at += sizeof(len) + len) {
		memcpy(&len, t->p + at, sizeof(len));
		sha_add(s, t->p + at + sizeof(len), len);
		err = keylog_add(k, (const char *)t->p + at + sizeof(len), len);
	}
	return err;
}

/* In order of first packet: whichever way the inputs were named. */
static int add_all(struct keylog *k, const struct takings *x, const struct capture *c)
{
	struct sha *s = sha_new();
	int err = s && !x->full ? keylog_add(k, "", 0) : FW_ENOMEM;
	uint8_t d[SHA];

	for (uint32_t i = 0; err == FW_OK && i < capture_count(c); i++)
		if (capture_slot(c, i) < x->n)
			err = add_blocks(k, &x->v[capture_slot(c, i)], s);
	sha_end(s, d);
	sha_hex(d, k->capture_sha256);
	k->refused += x->refused;
	return err;
}

static bool once_only(const char *path)
{
	struct stat st;

	return !strcmp(path, "-") || (!stat(path, &st) && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode));
}

int keylog_captures(struct keylog *k, const char *const *path, size_t npaths, struct err *e)
{
	struct takings x = { 0 };
	const struct capture_opts co = { .secrets = on_secrets, .ctx = &x };
	struct frame batch[CAPTURE_BATCH];
	struct capture *c;
	int err;

	for (size_t i = 0; i < npaths; i++)
		if (once_only(path[i])) {
			err_set(e, "--keylog-in-capture: %s can be read once only, and secrets may stand behind the packets that they open: save it to a file first",
				strcmp(path[i], "-") ? path[i] : "standard input");
			return FW_EINVAL;
		}
	err = capture_open(&c, path, npaths, &co, e);
	if (err == FW_OK) {
		while (capture_next(c, batch, CAPTURE_BATCH))	/* without looking into the frames */
			;
		err = add_all(k, &x, c);
		if (err != FW_OK)
			err_set(e, "%s", err_word(err));
	}
	capture_close(c);
	for (uint32_t i = 0; i < x.n; i++)
		wipe(&x.v[i]);
	free(x.v);
	return err == FW_ELIMIT ? FW_EINVAL : err;
}
