/*
 * What masked packets must not hold (EVIDENCE: privacy): over every golden capture no identity of subscribers or equipment in
 * digits, BCD or hexadecimal text, no 5G-TMSI of a message that names one, no key, and no checksum of a transport, by which masked
 * octets could be found again.  The packets are searched with no help of what masked them.  Argument: the source tree.
 */
#include "tap.h"

#include "fact.h"
#include "fairwitness.h"
#include "frames.h"

enum { SECRETS = 4096, SECRET = 40 };

static const char *root;

struct secret { uint8_t b[SECRET]; unsigned n; const char *what; bool poor; };
struct search {
	struct secret secret[SECRETS];
	unsigned n, leaks, captures, sums, keys, found_before;
	const struct frame *frame;
	const char *path;
};

static void secret(struct search *s, const char *what, const void *p, size_t n)
{
	struct secret x = { .n = (unsigned)n, .what = what };
	unsigned some = 0;

	if (n > SECRET || n < 4 || s->n == SECRETS)
		return;
	memcpy(x.b, p, n);
	for (unsigned i = 0; i < n; i++)
		some += x.b[i] != 0;
	if (some < 3 && (n < 5 || !x.b[n - 1]))
		return;			/* among zeros what is masked looks the same */
	x.poor = some < 3;
	for (unsigned i = 0; i < s->n; i++)
		if (s->secret[i].n == x.n && !memcmp(s->secret[i].b, x.b, n))
			return;
	s->secret[s->n++] = x;
}

/* Digits as they are, as semi-octets from either half, and those octets as text. */
static void digits(struct search *s, const char *what, const char *d, size_t n)
{
	uint8_t bcd[SECRET];
	char hex[2 * SECRET + 1];

	secret(s, what, d, n);
	for (size_t from = 0; from < 2; from++) {
		size_t k = 0;

		for (size_t i = from; i + 1 < n && k < SECRET / 2; i += 2, k++) {
			bcd[k] = (uint8_t)((d[i] - '0') | (d[i + 1] - '0') << 4);
			(void)snprintf(hex + 2 * k, 3, "%02x", bcd[k]);
		}
		secret(s, what, bcd, k);
		secret(s, what, hex, 2 * k);
	}
}

/* Facts in clear: "imsi-00101...", "imei-...". */
static void on_fact(void *ctx, const struct fact *f)
{
	struct search *s = ctx;

	for (uint32_t i = 0; i < f->nitem; i++) {
		const struct item *x = &f->item[i];
		const char *t = (const char *)x->v.p;

		if (x->key == KEY_NAS_subscriber && x->len > 13 && !memcmp(t, "imsi-", 5))
			digits(s, "MSIN", t + 10, x->len - 10);		/* MCC and MNC, of two digits here, are no secret */
		if (x->key == KEY_NAS_subscriber && x->len > 13 && !memcmp(t, "imei-", 5))
			digits(s, "IMEI", t + 5, x->len - 5);
		if (x->key == KEY_NGAP_fiveG_TMSI)
			secret(s, "5G-TMSI", t, x->len);
	}
}

/* was: the packet before, or NULL.  One that is nearly all zeros counts where it stood before only. */
static unsigned times(const struct search *s, const uint8_t *p, uint32_t n, const uint8_t *was)
{
	unsigned found = 0;

	for (unsigned i = 0; i < s->n; i++)
		for (uint32_t at = 0; at + s->secret[i].n <= n; at++) {
			if (memcmp(p + at, s->secret[i].b, s->secret[i].n) || (was && s->secret[i].poor && memcmp(was + at, p + at, s->secret[i].n)))
				continue;
			found++;
			if (was)
				printf("# %s: %s of %u octets at %u\n", s->path, s->secret[i].what, s->secret[i].n, at);
		}
	return found;
}

/* Security Key (IE 94): id, criticality, length 32. */
static unsigned key_at(const uint8_t *p, uint32_t n, uint32_t at)
{
	return at + 36 <= n && !p[at] && p[at + 1] == 94 && !(p[at + 2] & 0x3f) && p[at + 3] == 32;
}

static bool zero(const uint8_t *p, size_t n)
{
	while (n && !p[n - 1])
		n--;
	return !n;
}

/* The transport of an Ethernet frame with IPv4, not a fragment. */
static bool sum_masked(const uint8_t *p, uint32_t n, bool *any)
{
	uint32_t at = 14, head;

	*any = false;
	if (n < 34 || p[12] != 8 || p[13] || p[14] >> 4 != 4 || (p[20] & 0x3f) || p[21])
		return true;
	head = (p[14] & 15) * 4u;
	at += head;
	if (head < 20 || n < at + 18)
		return true;
	*any = true;
	switch (p[23]) {
	case 6: return zero(p + at + 16, 2);
	case 17: return zero(p + at + 6, 2);
	case 132: return zero(p + at + 8, 4);
	default: *any = false; return true;
	}
}

static void on_masked(void *ctx, size_t i, const struct fw_masked *m)
{
	struct search *s = ctx;
	const uint8_t *was = s->frame[i].data;
	bool any;

	s->leaks += times(s, m->data, m->n, was);
	s->found_before += times(s, was, m->n, NULL);
	for (uint32_t at = 0; at < m->n; at++)
		if (key_at(was, m->n, at)) {
			s->keys++;
			if (!zero(m->data + at + 4, 32)) {
				s->leaks++;
				printf("# %s: a key at %u\n", s->path, at);
			}
		}
	if (!sum_masked(m->data, m->n, &any)) {
		s->leaks++;
		printf("# %s: a checksum, frame %u\n", s->path, s->frame[i].no);
	}
	s->sums += any;
}

static void one(const char *path, void *ctx)
{
	struct fw_config cfg = { .clear = true, .fact = on_fact, .ctx = ctx };
	struct frames_of f = frames_load(path);
	struct search *s = ctx;
	struct fw *w;

	s->n = 0;
	s->frame = f.at;
	s->path = path;
	s->captures++;
	if (fw_new(&w, &cfg))
		abort();
	fw_feed(w, f.at, f.n);
	if (fw_end(w))
		abort();
	fw_free(w);
	cfg = (struct fw_config){ .clear = false };
	if (fw_mask(&cfg, f.at, f.n, on_masked, s))
		abort();
	frames_free(&f);
}

static void masked_packets_hold_no_identity_no_key_and_no_checksum(void)
{
	static struct search s;
	char dir[1000];

	(void)snprintf(dir, sizeof(dir), "%s/tests/golden", root);
	EXPECT(each_capture(dir, one, &s) > 200);
	EXPECT(!s.leaks);
	EXPECT(s.found_before > 30 && s.keys > 20 && s.sums > 1000);		/* there was something to be found */
	printf("# %u captures: before, %u identities and %u keys; after, %u; %u transport checksums masked\n", s.captures, s.found_before, s.keys, s.leaks,
		s.sums);
}

int main(int argc, char **argv)
{
	root = argc > 1 ? argv[1] : ".";
	TEST(masked_packets_hold_no_identity_no_key_and_no_checksum);
	return tap_end();
}
