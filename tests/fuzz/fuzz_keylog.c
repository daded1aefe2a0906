/*
 * libFuzzer target of key logs and of what they open: mode (1 octet), a key log, a line of "%%%", then what the two ends of one
 * connection sent, in pieces: whose (1 octet: 0 or 1; 2 more: some before it is missing), length (2), octets.
 * Mode with its lowest bit: records open whatever their tag is, and say what stands in them, so that changes reach what is inside.
 * With the second bit CBC says what stands there, and a MAC is what the length of its octets says.
 *
 * To make layers takes many times as long as to read a connection, so they stay, and each input is a connection that they have not seen.
 */
#define _GNU_SOURCE
#include "cipher.h"
#include "err.h"
#include "harness.h"
#include "keylog.h"
#include "state.h"
#include "tls.h"
#include "units.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS = 2000, WINDOW = STREAM_MAX };	/* connections of which something is kept are as many, about */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* What the layers ask, for the input at hand. */
static struct keylog now;
static unsigned mode;

static bool hmac(unsigned hash, const void *key, size_t nkey, const void *p, size_t n, uint8_t *out)
{
	return (mode & 2 ? &harness_ciphers : &ciphers_libcrypto)->hmac(hash, key, nkey, p, n, out);
}

static enum cipher_says open_aead(enum aead a, const uint8_t *key, const uint8_t nonce[AEAD_NONCE], const void *aad, size_t naad, const uint8_t *in, size_t n, uint8_t *out)
{
	return (mode & 1 ? &harness_ciphers : &ciphers_libcrypto)->open(a, key, nonce, aad, naad, in, n, out);
}

static bool block(const uint8_t key[16], const uint8_t in[16], uint8_t out[16])
{
	return ciphers_libcrypto.block(key, in, out);
}

static bool cbc(const uint8_t *key, size_t nkey, const uint8_t iv[16], const uint8_t *in, size_t n, uint8_t *out)
{
	return (mode & 2 ? &harness_ciphers : &ciphers_libcrypto)->cbc(key, nkey, iv, in, n, out);
}

static size_t find(void *ctx, enum secret_kind which, const uint8_t random[32], uint8_t out[SECRET_MAX])
{
	(void)ctx;
	return now.secrets.find(now.secrets.ctx, which, random, out);
}

static struct layers *l;

/* ---- one connection ---- */

struct side { struct intake read; uint8_t *b; size_t n; };
struct talk { struct layers *l; struct pkt k; struct side side[2]; unsigned from; uint32_t assoc; };

static struct msg message(struct talk *t, uint32_t at, size_t n)
{
	const struct side *s = &t->side[t->from];

	return (struct msg){ .pkt = &t->k, .cur = cur_make(s->b + at, n, false), .len = (uint32_t)n, .assoc = t->assoc, .to_server = !t->from };
}

static enum stream_say on_ask(void *ctx, uint32_t at, uint32_t left, size_t *n)
{
	struct talk *t = ctx;
	const struct msg m = message(t, at, left);

	return proto_tls.stream(t->l, &m, t->side[t->from].read.gap, n);
}

static void on_unit(void *ctx, uint32_t at, uint32_t n)
{
	struct talk *t = ctx;
	const struct msg m = message(t, at, n);

	(void)layers_message(t->l, &proto_tls, &m);
	if (t->l->carriage.now)
		(void)carriage_read(t->l);
}

static void on_pass(void *ctx, bool refused)
{
	(void)ctx;
	(void)refused;
}

static void piece(struct talk *t, const uint8_t *p, size_t n, bool gap)
{
	static const struct reader reader = { on_ask, on_unit, on_pass };
	static const uint8_t ends[2][4] = { { 10, 0, 0, 1 }, { 10, 0, 0, 2 } };
	struct side *s = &t->side[t->from];
	uint8_t *more = malloc(s->n + n + 1);		/* exact size: the sanitizer sees one octet too many */
	uint32_t used;

	if (!more)
		abort();
	if (gap) {
		s->n = 0;
		s->read.gap = true;
		s->read.pass = 0;
	}
	if (s->n)
		memcpy(more, s->b, s->n);
	memcpy(more + s->n, p, n);
	free(s->b);
	s->b = more;
	s->n += n;
	t->k = (struct pkt){ .frame = s->b, .caplen = (uint32_t)s->n, .wirelen = (uint32_t)s->n, .t_ns = 1600000000000000000u, .no = t->k.no + 1, .link = 1, .fam = 4,
		.sport = t->from ? 443 : 40000, .dport = t->from ? 40000 : 443, .src = addr_make(ends[t->from], 4), .dst = addr_make(ends[!t->from], 4) };
	used = s->read.stopped ? (uint32_t)s->n : intake_offer(&s->read, (uint32_t)s->n, &reader, t);
	assert(used <= s->n);
	if (used)
		memmove(s->b, s->b + used, s->n - used);
	s->n -= used;
	assert(s->n < WINDOW);
	layers_batch_done(t->l);
}

static void talk(uint32_t assoc, const uint8_t *data, size_t n)
{
	struct talk t = { .l = l, .assoc = assoc };

	while (n >= 3) {
		size_t len = (size_t)(data[1] << 8 | data[2]);

		len = len < n - 3 ? len : n - 3;
		t.from = data[0] & 1;
		piece(&t, data + 3, len, data[0] & 2);
		data += 3 + len;
		n -= 3 + len;
	}
	free(t.side[0].b);
	free(t.side[1].b);
}

static void done(void)
{
	layers_free(l);
}

/*
 * libFuzzer's own: a connection under TLS goes through thousands of what it counts, and weighing inputs by the rarest of these took six
 * times what reading them takes; its leak checker looks after each input, and what stays of a connection is known to regions only, where
 * it does not look.  Flags of the command line come behind these and win.
 */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static char entropic[] = "-entropic=0", leaks[] = "-detect_leaks=0";
	static char **more;

	more = calloc((size_t)*argc + 3, sizeof(*more));
	if (!more)
		return 0;
	more[0] = (*argv)[0];
	more[1] = entropic;
	more[2] = leaks;
	for (int i = 1; i < *argc; i++)
		more[i + 2] = (*argv)[i];
	*argc += 2;
	*argv = more;
	return 0;
}

/* New ones now and then, so that no input is far from a state that can be made again. */
static uint32_t layers_at_hand(void)
{
	static const struct ciphers ciphers = { hmac, open_aead, block, cbc };
	static const struct secrets secrets = { NULL, find };
	static struct bench_facts seen;
	static uint32_t n;
	static bool first = true;

	if (first)
		(void)atexit(done);
	first = false;
	if (n == RUNS) {
		layers_free(l);
		l = NULL;
		n = 0;
	}
	if (!l)
		l = harness_opens(&seen, &ciphers, &secrets);
	if (!l)
		abort();
	return ++n;
}

/* The same lines in a block of a capture, where no line is a mistake of the user's. */
static void as_in_capture(const char *text, size_t len, int err)
{
	struct keylog k = { .skipped = 0 };
	int had = keylog_add(&k, text, len);

	assert(had == FW_OK || had == FW_ENOMEM);
	assert(had != FW_OK || (err == FW_OK ? k.t.used == now.t.used && k.skipped == now.skipped : k.t.used >= now.t.used));
	keylog_close(&k);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const uint8_t *stop = n ? memmem(data, n, "\n%%%\n", 5) : NULL;
	const char *text = (const char *)data + 1;
	size_t len = stop && stop > data ? (size_t)(stop - data) : n ? n - 1 : 0;
	struct fw_stats s;
	struct err e = { "" };
	int err;

	if (!n)
		return 0;
	mode = data[0];
	err = keylog_parse(&now, "k", text, len, &e);
	assert(err == FW_OK || err == FW_ENOMEM || (err == FW_EINVAL && !strncmp(e.text, "k:", 2)));
	as_in_capture(text, len, err);
	if (err == FW_OK && stop) {
		uint32_t runs = layers_at_hand();

		talk(runs, stop + 5, n - (size_t)(stop + 5 - data));
		layers_stats(l, &s);
		assert(s.tls.decrypted <= s.tls.connections && s.tls.records >= s.tls.decrypted);
	}
	keylog_close(&now);
	return 0;
}
