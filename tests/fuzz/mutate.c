/*
 * Every message of the golden corpus, cut at every length and changed in every octet: no report
 * of a sanitizer, no endless loop, and the right side blamed: what the capture cut is `cut` and
 * never `short`; what lies about its length is never `cut`.  TAP, one line a protocol.
 */
#include "harness.h"
#include "messages.h"

#include <stdio.h>
#include <stdlib.h>

enum { SEEN = 1 << 16, LONGEST = 4096 };

struct mutate {
	struct layers	*l;
	struct bench_facts facts;
	struct hash_key	hk;
	uint64_t	seen[SEEN];
	struct { uint64_t messages, runs, blamed_wrong; } by[64];
	unsigned	at;
	const char	*file;
};

static bool known(struct mutate *x, const uint8_t *p, size_t n, unsigned kind)
{
	uint64_t h = (hash_bytes(&x->hk, p, n) ^ kind) | 1;

	for (unsigned i = 0; i < SEEN; i++) {
		uint64_t *at = &x->seen[(h + i) % SEEN];

		if (*at == h)
			return true;
		if (!*at) {
			*at = h;
			return false;
		}
	}
	return true;
}

static void one(struct mutate *x, const struct proto *p, const uint8_t *data, size_t n, bool cut)
{
	uint8_t *exact = malloc(n ? n : 1);
	bool read;

	if (!exact)
		abort();
	memcpy(exact, data, n);
	read = harness_message(x->l, &x->facts, p, exact, n, cut);
	x->by[p->kind].runs++;
	free(exact);
	if (read && x->facts.first_known && x->facts.first == (cut ? OUT_SHORT : OUT_CUT)) {
		if (!x->by[p->kind].blamed_wrong++)
			(void)printf("# %s: a %s message of %s at length %zu is blamed on the wrong side\n", x->file, cut ? "cut" : "short", p->name, n);
	}
}

static void each(void *ctx, const struct fact *f, const uint8_t *data, size_t n)
{
	static const uint8_t flips[] = { 0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff, 0x7f };
	struct mutate *x = ctx;
	const struct proto *p = proto_of_kind((enum fact_kind)f->kind);
	uint8_t b[LONGEST];

	if (n > LONGEST || f->outcome == OUT_SHORT || f->outcome == OUT_CUT || known(x, data, n, f->kind))
		return;
	x->by[f->kind].messages++;
	for (size_t k = 0; k < n; k++) {
		one(x, p, data, k, true);
		one(x, p, data, k, false);
	}
	memcpy(b, data, n);
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < sizeof(flips); i++) {
			b[k] = (uint8_t)(data[k] ^ flips[i]);
			(void)harness_message(x->l, &x->facts, p, b, n, false);
			x->by[f->kind].runs++;
			b[k] = data[k];
		}
}

int main(int argc, char **argv)
{
	struct mutate *x = calloc(1, sizeof(*x));
	unsigned tests = 0, bad = 0;

	if (!x || !(x->l = harness_new(&x->facts)))
		return 1;
	x->hk = hash_key_make("mutate", 6);
	for (int i = 1; i < argc; i++) {
		x->file = argv[i];
		(void)messages_of(argv[i], each, x);
	}
	for (unsigned k = 0; k < FACT_KINDS; k++) {
		const struct proto *p = proto_of_kind((enum fact_kind)k);
		bool ok;

		if (!p)
			continue;
		ok = x->by[k].messages && !x->by[k].blamed_wrong;
		bad += !ok;
		(void)printf("%sok %u - %s: %llu messages, %llu mutations\n", ok ? "" : "not ", ++tests, p->name, (unsigned long long)x->by[k].messages,
			(unsigned long long)x->by[k].runs);
	}
	(void)printf("1..%u\n", tests);
	layers_free(x->l);
	free(x);
	return bad != 0;
}
