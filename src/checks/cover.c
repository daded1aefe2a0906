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

struct entry { uint64_t hash; uint32_t finding; };

static uint64_t text_hash(const char *s)
{
	static const struct hash_key fixed = { { 1, 2, 3, 4 } };

	return hash_bytes(&fixed, s, strlen(s));
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

/* Those whose subject is known by this name or address. */
static bool covered_by_one_of(struct docket *d, const struct finding *g, const struct entry *at, uint32_t n, uint64_t hash)
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
	for (; lo < n && at[lo].hash == hash; lo++) {
		struct finding *s = &d->finding[at[lo].finding];

		for (size_t r = 0; s != g && r < sizeof(rows) / sizeof(rows[0]); r++)
			if (!strcmp(rows[r].by, s->check->id) && !strcmp(rows[r].covered, g->check->id) && covers(&rows[r], s, g)) {
				add_cover(s, g->check);
				yes = true;
			}
	}
	return yes;
}

static bool may_cover(const struct check *c)
{
	for (size_t r = 0; r < sizeof(rows) / sizeof(rows[0]); r++)
		if (!strcmp(rows[r].by, c->id))
			return true;
	return false;
}

static bool may_be_covered(const struct check *c)
{
	for (size_t r = 0; r < sizeof(rows) / sizeof(rows[0]); r++)
		if (!strcmp(rows[r].covered, c->id))
			return true;
	return false;
}

static uint64_t addr_hash(const struct addr *a)
{
	char text[ADDR_TEXT];

	(void)addr_text(a, text);
	return text_hash(text);
}

int cover(struct docket *d)
{
	struct entry *at = malloc(((size_t)d->nfindings * 2 + 1) * sizeof(*at));
	uint32_t n = 0, kept = 0;
	uint8_t *gone = calloc(d->nfindings + 1, 1);

	if (!at || !gone) {
		free(at);
		free(gone);
		return FW_ENOMEM;
	}
	for (uint32_t i = 0; i < d->nfindings; i++) {
		const struct finding *f = &d->finding[i];

		if (!may_cover(f->check))
			continue;
		at[n++] = (struct entry){ text_hash(f->subject), i };
		if (f->subject_at.fam)
			at[n++] = (struct entry){ addr_hash(&f->subject_at), i };
	}
	qsort(at, n, sizeof(*at), by_hash);
	for (uint32_t i = 0; i < d->nfindings; i++) {
		const struct finding *g = &d->finding[i];

		if (!may_be_covered(g->check))
			continue;
		gone[i] |= covered_by_one_of(d, g, at, n, text_hash(g->subject));
		gone[i] |= covered_by_one_of(d, g, at, n, text_hash(g->object));
		if (g->subject_at.fam)
			gone[i] |= covered_by_one_of(d, g, at, n, addr_hash(&g->subject_at));
		if (g->object_at.fam)
			gone[i] |= covered_by_one_of(d, g, at, n, addr_hash(&g->object_at));
	}
	for (uint32_t i = 0; i < d->nfindings; i++)
		if (!gone[i])
			d->finding[kept++] = d->finding[i];
	d->nfindings = kept;
	free(at);
	free(gone);
	return FW_OK;
}
