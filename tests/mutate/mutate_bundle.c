/*
 * Changes a signed record octet by octet, evenly over its files, and counts what verify misses: a
 * changed record where nothing FAILs.  In process; the record lies in memory-backed files.
 *
 *   mutate_bundle DIR VKEY COUNT SEED              nobody's key: the first level
 *   mutate_bundle DIR VKEY COUNT SEED EXPORT-KEY   the exporter's: the manifest is made and signed again
 *   mutate_bundle DIR VKEY FILE SEED [EXPORT-KEY]  every octet of that file of the record, changed once
 *
 * With "tell" at the end, every change is shown to another verifier while it lies there: one line on standard output, DIR, the words of
 * verify in their order (a dash: this is no bundle), the file and what was done to it, with tabs between; then a line is awaited.
 */

#include "bundle.h"
#include "verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum kind { FLIP, CHANGE, INSERT, DELETE, TRUNCATE, NEWLINE, KINDS };
static const char *const kinds[KINDS] = { "bit flipped", "octet changed", "octet inserted", "octet deleted", "truncated", "newline made a vertical tab" };

struct rng { uint64_t s; };

static uint64_t next(struct rng *r)
{
	r->s ^= r->s << 13;
	r->s ^= r->s >> 7;
	r->s ^= r->s << 17;
	return r->s;
}

static size_t below(struct rng *r, size_t n)
{
	return n ? (size_t)(next(r) % n) : 0;
}

/* Where the k-th newline is, counted round and round; n: there is none. */
static size_t newline(const struct octets *o, struct rng *r)
{
	size_t from = below(r, o->n);

	for (size_t i = 0; i < o->n; i++)
		if (o->b[(from + i) % o->n] == '\n')
			return (from + i) % o->n;
	return o->n;
}

/* One change of the copy; false: this file cannot be changed so. */
static bool change(struct octets *o, enum kind kind, struct rng *r, size_t *at)
{
	char c;

	*at = below(r, kind == INSERT ? o->n + 1 : o->n);
	if (kind != INSERT && !o->n)
		return false;
	switch (kind) {
	case FLIP: o->b[*at] = (char)(o->b[*at] ^ 1 << below(r, 8)); return true;
	case CHANGE: o->b[*at] = (char)(o->b[*at] + 1 + (int)below(r, 255)); return true;
	case INSERT:
		c = (char)next(r);
		octets_add(o, &c, 1);
		memmove(o->b + *at + 1, o->b + *at, o->n - 1 - *at);
		o->b[*at] = c;
		return true;
	case DELETE:
		memmove(o->b + *at, o->b + *at + 1, o->n - 1 - *at);
		o->n--;
		return true;
	case TRUNCATE: o->n = *at; return true;
	case NEWLINE:
		*at = newline(o, r);
		if (*at == o->n)
			return false;
		o->b[*at] = '\v';
		return true;
	case KINDS: break;
	}
	return false;
}

struct run {
	struct bundle	 b;
	char		 dir[64];
	struct signer	 exporter;
	bool		 resign, tell;
	struct verify_opts o;
	struct verify_result r;
	uint64_t	 tried[KINDS], missed, names[VERIFY_NAMES];
};

/* Something fails, or it cannot be read. */
static bool caught(struct run *x)
{
	bool bad = verify_dir(&x->o, &x->r) != FW_OK || x->r.unreadable[0];

	for (int i = 0; i < VERIFY_NAMES; i++)
		if (x->r.line[i].word == WORD_FAIL) {
			x->names[i] += !bad;		/* the first name that says so */
			bad = true;
		}
	return bad;
}

/* The other verifier looks at it now.  False: it went away. */
static bool tell(struct run *x, const char *what, const char *kind, size_t at)
{
	char line[16];

	(void)printf("%s\t", x->dir);
	for (int i = 0; i < VERIFY_NAMES; i++)
		(void)printf("%s%s", i ? " " : "", x->r.unreadable[0] ? "-" : verify_word(x->r.line[i].word));
	(void)printf("\t%s, %s at %zu\n", what, kind, at);
	(void)fflush(stdout);
	return fgets(line, sizeof(line), stdin) != NULL;
}

static bool of_manifest(const char *path)
{
	return !strncmp(path, "MANIFEST.sha256", 15);
}

static void store_manifest(struct run *x)
{
	bundle_manifest(&x->b, &x->exporter);
	for (size_t i = 0; i < x->b.n; i++)
		if (of_manifest(x->b.file[i].path) && !bundle_store_one(x->dir, &x->b.file[i]))
			abort();
}

static void try(struct run *x, struct bfile *f, enum kind kind, size_t at)
{
	if (!bundle_store_one(x->dir, f))
		abort();
	if (x->resign)
		store_manifest(x);
	x->tried[kind]++;
	if (!caught(x)) {
		x->missed++;
		(void)printf("# missed: %s, %s at %zu\n", f->path, kinds[kind], at);
	}
	if (x->tell && !tell(x, f->path, kinds[kind], at))
		abort();
}

/* Every octet of the file at a path of the record, by turns in one bit and to another value; how many. */
static size_t each(struct run *x, const char *path, struct rng *r)
{
	size_t i = 0;
	struct octets *o;

	while (i < x->b.n && strcmp(x->b.file[i].path, path))
		i++;
	if (i == x->b.n)
		return 0;
	o = &x->b.file[i].data;
	for (size_t at = 0; at < o->n; at++) {
		enum kind kind = at % 2 ? CHANGE : FLIP;
		char was = o->b[at];

		o->b[at] = (char)(kind == FLIP ? was ^ 1 << below(r, 8) : was + 1 + (int)below(r, 255));
		try(x, &x->b.file[i], kind, at);
		o->b[at] = was;
	}
	if (!bundle_store_one(x->dir, &x->b.file[i]))
		abort();
	if (x->resign)
		store_manifest(x);
	return o->n;
}

static void one(struct run *x, size_t i, struct rng *r)
{
	struct bfile *f = &x->b.file[i];
	struct octets was = { 0 };
	enum kind kind;
	size_t at;

	octets_add(&was, f->data.b, f->data.n);
	do
		kind = (enum kind)below(r, KINDS);
	while (!change(&f->data, kind, r, &at));
	if (f->data.n != was.n || memcmp(f->data.b, was.b, was.n))
		try(x, f, kind, at);
	f->data.n = 0;
	octets_add(&f->data, was.b, was.n);
	octets_free(&was);
	if (!bundle_store_one(x->dir, f))
		abort();
	if (x->resign)
		store_manifest(x);
}

static bool whole(struct run *x, const char *when)
{
	bool bad;

	x->o.first = false;
	bad = caught(x);
	x->o.first = true;
	if (x->tell && !tell(x, "nothing", when, 0))
		return false;
	for (int i = 0; bad && i < VERIFY_NAMES; i++)
		(void)printf("# %s: %s %s %s\n", when, verify_name((enum verify_name)i), verify_word(x->r.line[i].word), x->r.line[i].reason);
	if (bad)
		(void)printf("# %s\n", x->r.unreadable);
	return !bad;
}

int main(int argc, char **argv)
{
	const bool told = argc > 5 && !strcmp(argv[argc - 1], "tell");
	struct run x = { .resign = argc - told > 5, .tell = told };
	size_t count = argc > 3 ? strtoul(argv[3], NULL, 10) : 0, done = 0;
	struct rng r = { argc > 4 ? strtoull(argv[4], NULL, 10) * 2 + 1 : 1 };
	bool before, after;
	clock_t t = clock();

	if (argc < 5 || !bundle_load(&x.b, argv[1]) || (x.resign && !bundle_key(&x.exporter, argv[5]))) {
		(void)fprintf(stderr, "usage: mutate_bundle DIR VKEY COUNT|FILE SEED [EXPORT-KEY] [tell]\n");
		return 2;
	}
	(void)snprintf(x.dir, sizeof(x.dir), "%s/fw-mutate-" "XX" "XX" "XX", access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
	if (!mkdtemp(x.dir) || !bundle_store(&x.b, x.dir))
		return 2;
	x.o = (struct verify_opts){ .dir = x.dir, .key = argv[2], .first = true };
	before = whole(&x, "before");
	if (before && !count)
		done = each(&x, argv[3], &r);
	while (before && done < count)
		for (size_t i = 0; i < x.b.n && done < count; i++)
			if (!(x.resign && of_manifest(x.b.file[i].path))) {
				one(&x, i, &r);
				done++;
			}
	after = whole(&x, "after");
	(void)printf("# %zu changes over %zu files, seed %s, %s: %llu missed, %.2f ms each\n", done, x.b.n, argv[4],
		x.resign ? "manifest signed again" : "no key", (unsigned long long)x.missed, done ? 1e3 * (double)(clock() - t) / CLOCKS_PER_SEC / (double)done : 0);
	for (int i = 0; i < KINDS; i++)
		(void)printf("# %8llu %s\n", (unsigned long long)x.tried[i], kinds[i]);
	for (int i = 0; i < VERIFY_NAMES; i++)
		if (x.names[i])
			(void)printf("# %8llu found first by %s\n", (unsigned long long)x.names[i], verify_name((enum verify_name)i));
	(void)printf("%sok 1 - the record is whole before and after\n%sok 2 - every one of %zu changes is found\n1..2\n", before && after ? "" : "not ",
		before && !x.missed && done ? "" : "not ", done);
	bundle_remove(&x.b, x.dir);
	bundle_free(&x.b);
	signer_free(&x.exporter);
	return !(before && after && !x.missed);
}
