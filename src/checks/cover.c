/*
 * A more specific finding covers the general one about the same subject and object, and a finding
 * about who somebody is covers what only follows from it (DESIGN.md section 6).
 */
#include "docket.h"

#include "err.h"

#include <stdlib.h>

enum cover_mode {
	SAME_PAIR,	/* the same two, in any order */
	SAME_WHO,	/* the specific one's subject is the general one's subject */
	FOLLOWS,	/* the specific one's subject is an end, and were it registered the contact would be standard */
};

static const struct cover_row { const char *by, *covered; enum cover_mode mode; } rows[] = {
	{ "N2-UNKNOWN-RAN", "VENDOR-UNREGISTERED", SAME_WHO },
	{ "N2-UNKNOWN-RAN", "CONTACT-UNEXPLAINED", FOLLOWS },
	{ "N2-UNKNOWN-RAN", "CONTACT-UNEXPLAINED", SAME_PAIR },
	{ "N2-UNKNOWN-RAN", "EGRESS-UNDECLARED", SAME_PAIR },
	{ "N2-UNKNOWN-RAN", "EGRESS-UNDECLARED", FOLLOWS },
	{ "N2-UNKNOWN-RAN", "GTPU-UNKNOWN-PEER", FOLLOWS },
	{ "PFCP-UNKNOWN-PEER", "VENDOR-UNREGISTERED", SAME_WHO },
	{ "PFCP-UNKNOWN-PEER", "CONTACT-UNEXPLAINED", SAME_PAIR },
	{ "PFCP-UNKNOWN-PEER", "CONTACT-UNEXPLAINED", FOLLOWS },
	{ "PFCP-UNKNOWN-PEER", "EGRESS-UNDECLARED", SAME_PAIR },
	{ "GTPU-UNKNOWN-PEER", "CONTACT-UNEXPLAINED", SAME_PAIR },
	{ "GTPU-UNKNOWN-PEER", "EGRESS-UNDECLARED", SAME_PAIR },
	{ "DNS-FOREIGN-RESOLVER", "CONTACT-UNEXPLAINED", SAME_PAIR },
	{ "DNS-FOREIGN-RESOLVER", "EGRESS-UNDECLARED", SAME_PAIR },
	{ "MGMT-LATERAL", "CONTACT-UNEXPLAINED", SAME_PAIR },
	{ "VENDOR-UNREGISTERED", "CONTACT-UNEXPLAINED", FOLLOWS },
	{ "GTPU-IN-GTPU", "GTPU-UE-SPOOF", SAME_PAIR },
};

/* A finding under a hash of who it is about: of its subject, or of both in any order.  A party has two names, its id and its address. */
struct entry { uint64_t hash; uint32_t finding; };
enum { NAMES = 2, LOOK = 1024 };		/* LOOK: how many of one hash are looked through */

static uint64_t text_hash(const char *s)
{
	static const struct hash_key fixed = { { 1, 2, 3, 4 } };

	return hash_bytes(&fixed, s, strlen(s));
}

static unsigned names(const char *id, const struct addr *at, uint64_t out[NAMES])
{
	char text[ADDR_TEXT];
	unsigned n = 0;

	if (*id)
		out[n++] = text_hash(id);
	if (at->fam && (addr_text(at, text), strcmp(text, id)))
		out[n++] = text_hash(text);
	return n;
}

/* The hashes under which a finding stands or is sought: those of its subject, of its object, of the pair. */
struct keys { uint64_t subject[NAMES], object[NAMES], pair[NAMES * NAMES]; unsigned nsubject, nobject, npair; };

static struct keys keys_of(const struct finding *f)
{
	struct keys k = { .npair = 0 };

	k.nsubject = names(f->subject, &f->subject_at, k.subject);
	k.nobject = names(f->object, &f->object_at, k.object);
	for (unsigned i = 0; i < k.nsubject; i++)
		for (unsigned j = 0; j < k.nobject; j++)
			k.pair[k.npair++] = k.subject[i] + k.object[j];
	return k;
}

static int by_hash(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return x->hash != y->hash ? (x->hash < y->hash ? -1 : 1) : x->finding < y->finding ? -1 : x->finding > y->finding;
}

static bool same(const char *id, const struct addr *at, const char *id2, const struct addr *at2)
{
	return (*id && !strcmp(id, id2)) || (at->fam && addr_eq(at, at2));
}

static bool covers(const struct cover_row *r, const struct finding *s, const struct finding *g)
{
	bool ss = same(s->subject, &s->subject_at, g->subject, &g->subject_at), so = same(s->subject, &s->subject_at, g->object, &g->object_at);

	switch (r->mode) {
	case SAME_WHO: return ss;
	case FOLLOWS: return g->would_be_standard && (ss || so);
	case SAME_PAIR:
		return (ss && same(s->object, &s->object_at, g->object, &g->object_at)) ||
			(so && same(s->object, &s->object_at, g->subject, &g->subject_at));
	}
	return false;
}

static void add_cover(struct finding *s, const struct check *c)
{
	for (unsigned i = 0; i < s->ncovers; i++)
		if (s->covers[i] == c)
			return;
	if (s->ncovers < FINDING_COVERS)
		s->covers[s->ncovers++] = c;
}

/* Those that stand under the hash. */
static bool covered_under(struct docket *d, const struct finding *g, const struct entry *at, uint32_t n, uint64_t hash)
{
	uint32_t lo = 0, hi = n;
	bool yes = false;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (at[mid].hash < hash)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (unsigned looked = 0; lo < n && at[lo].hash == hash && looked < LOOK; lo++, looked++) {
		struct finding *s = &d->finding[at[lo].finding];

		for (size_t r = 0; s != g && r < sizeof(rows) / sizeof(rows[0]); r++)
			if (!strcmp(rows[r].by, s->check->id) && !strcmp(rows[r].covered, g->check->id) && covers(&rows[r], s, g)) {
				add_cover(s, g->check);
				yes = true;
			}
	}
	return yes;
}

static bool covered(struct docket *d, const struct finding *g, const struct entry *at, uint32_t n)
{
	struct keys k = keys_of(g);
	bool yes = false;

	for (unsigned i = 0; i < k.nsubject; i++)
		yes |= covered_under(d, g, at, n, k.subject[i]);
	for (unsigned i = 0; i < k.nobject; i++)
		yes |= covered_under(d, g, at, n, k.object[i]);
	for (unsigned i = 0; i < k.npair; i++)
		yes |= covered_under(d, g, at, n, k.pair[i]);
	return yes;
}

/* Does the check cover others as the same pair; by its subject alone? */
static void how_covers(const struct check *c, bool *pair, bool *subject)
{
	*pair = *subject = false;
	for (size_t r = 0; r < sizeof(rows) / sizeof(rows[0]); r++) {
		if (strcmp(rows[r].by, c->id))
			continue;
		*pair |= rows[r].mode == SAME_PAIR;
		*subject |= rows[r].mode != SAME_PAIR;
	}
}

static bool may_be_covered(const struct check *c)
{
	for (size_t r = 0; r < sizeof(rows) / sizeof(rows[0]); r++)
		if (!strcmp(rows[r].covered, c->id))
			return true;
	return false;
}

static uint32_t enter(const struct docket *d, struct entry *at)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < d->nfindings; i++) {
		struct keys k = keys_of(&d->finding[i]);
		bool pair, subject;

		how_covers(d->finding[i].check, &pair, &subject);
		for (unsigned j = 0; subject && j < k.nsubject; j++)
			at[n++] = (struct entry){ k.subject[j], i };
		for (unsigned j = 0; pair && j < k.npair; j++)
			at[n++] = (struct entry){ k.pair[j], i };
	}
	qsort(at, n, sizeof(*at), by_hash);
	return n;
}

int cover(struct docket *d)
{
	struct entry *at = malloc(((size_t)d->nfindings * (NAMES + NAMES * NAMES) + 1) * sizeof(*at));
	uint8_t *gone = calloc(d->nfindings + 1, 1);
	uint32_t n, kept = 0;

	if (!at || !gone) {
		free(at);
		free(gone);
		return FW_ENOMEM;
	}
	n = enter(d, at);
	for (uint32_t i = 0; i < d->nfindings; i++)
		gone[i] = may_be_covered(d->finding[i].check) && covered(d, &d->finding[i], at, n);
	for (uint32_t i = 0; i < d->nfindings; i++)
		if (!gone[i])
			d->finding[kept++] = d->finding[i];
	d->nfindings = kept;
	free(at);
	free(gone);
	return FW_OK;
}
