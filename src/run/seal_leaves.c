/* The leaves of the log: the run, its configuration, the segments of its inputs, what is missing, the findings, the totals. */
#include "seal.h"

#include "core.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void begin(struct sealing *x, struct leaf *l)
{
	x->text.n = 0;
	leaf_start(l, &x->text);
}

/* Closes the leaf and logs it; proof: it gets one.  Its index, or a negative code. */
static int64_t finish(struct sealing *x, struct leaf *l, const char *what, bool proof)
{
	int64_t i;

	if (!leaf_end(l)) {
		err_set(&x->e, "the record of %s cannot be written: %s", what, l->bad ? "a value has no form in it" : err_word(FW_ENOMEM));
		return FW_EIO;
	}
	i = log_add(&x->log, x->text.b, x->text.n);
	if (i < 0) {
		err_set(&x->e, "the record of %s cannot be written: %s", what, i == FW_ELIMIT ? "it is longer than 65535 octets" : err_word(FW_ENOMEM));
		return FW_EIO;
	}
	if (!proof)
		return i;
	if (x->nproven == x->cap_proven) {
		size_t cap = x->cap_proven ? 2 * x->cap_proven : 64;
		uint64_t *v = realloc(x->proven, cap * sizeof(*v));

		if (!v)
			return FW_ENOMEM;
		x->proven = v;
		x->cap_proven = cap;
	}
	x->proven[x->nproven++] = (uint64_t)i;
	return i;
}

/* The program that runs, by its octets. */
static int digest_tool(char out[HEX_SHA], struct err *e)
{
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	struct sha *s = fd < 0 ? NULL : sha_new();
	ssize_t n = fd < 0 ? -1 : s ? 1 : 0;
	uint8_t b[65536], d[SHA];

	while (s && (n = read(fd, b, sizeof(b))) > 0)
		sha_add(s, b, (size_t)n);
	if (n < 0 || !s)
		err_set(e, "/proc/self/exe: the program's own octets cannot be read: %s; evidence says which program made it", n < 0 ? strerror(errno) : err_word(FW_ENOMEM));
	if (fd >= 0)
		(void)close(fd);
	sha_end(s, d);
	sha_hex(d, out);
	return n < 0 || !s ? FW_EIO : FW_OK;
}

static void set_origin(struct sealing *x)
{
	const struct report *r = x->s->report;
	struct octets o = { 0 };
	char hex[HEX_SHA];
	uint8_t d[SHA];

	octets_str(&o, "fairwitness-origin-v1\n");
	for (uint32_t i = 0; i < r->ninputs; i++) {
		octets_str(&o, r->input[i].sha256[0] ? r->input[i].sha256 : "-");
		octets_str(&o, "\n");
	}
	octets_add(&o, x->configs.b, x->configs.n);
	octets_str(&o, fw_ruleset());
	octets_str(&o, "\n");
	octets_str(&o, r->case_id);
	octets_str(&o, "\n");
	sha_of(o.b, o.n, d);
	sha_hex(d, hex);
	x->text.full |= o.full;
	octets_free(&o);
	(void)snprintf(x->origin, sizeof(x->origin), "fairwitness/%s/audit/%s", x->s->keys.key[SIGNING_LOG].id, hex);
}

static int genesis(struct sealing *x)
{
	const struct report *r = x->s->report;
	const struct run_opts *o = x->s->o;
	char day[TIME_TEXT], tool[HEX_SHA];
	struct leaf l;

	if (digest_tool(tool, &x->e) != FW_OK)
		return FW_EIO;
	set_origin(x);
	(void)time_text(docket_view(r->docket)->at_ns, day);
	day[10] = 0;
	begin(x, &l);
	leaf_kstr(&l, "at", day);
	leaf_kstr(&l, "case", r->case_id);
	leaf_khex(&l, "exporter", x->s->keys.key[SIGNING_EXPORT].pub, ED_KEY);
	leaf_kdec(&l, "from", o->from_ns);
	leaf_kbool(&l, "keep_inner", o->keep_inner);
	leaf_kstr(&l, "origin", x->origin);
	leaf_kstr(&l, "ruleset", fw_ruleset());
	leaf_khex(&l, "run", x->s->run_id, SHA);
	leaf_kstr(&l, "t", "genesis");
	leaf_kstr(&l, "tool", tool);
	leaf_kdec(&l, "until", o->until_ns);
	leaf_knum(&l, "v", 1);
	leaf_kstr(&l, "version", fw_version());
	return finish(x, &l, "the run", false) < 0 ? FW_EIO : FW_OK;
}

static int config_leaves(struct sealing *x, const struct config_leaf *v, size_t n)
{
	struct leaf l;

	for (size_t i = 0; i < n; i++) {
		begin(x, &l);
		leaf_kstr(&l, "kind", v[i].kind);
		leaf_kstr(&l, "name", v[i].name);
		leaf_kstr(&l, "sha256", v[i].file->sha256);
		leaf_kstr(&l, "t", "config");
		leaf_knum(&l, "v", 1);
		if (finish(x, &l, "the configuration", true) < 0)
			return FW_EIO;
	}
	return FW_OK;
}

static int segment_leaves(struct sealing *x)
{
	size_t seg = 0;
	struct leaf l;

	for (uint32_t i = 0; i < x->s->report->ninputs; i++) {
		const struct segments *all = &x->s->in->segments[i];

		for (uint32_t n = 0; n < all->n; n++, seg++) {
			const struct segment *g = &all->v[n];
			int64_t at;

			begin(x, &l);
			leaf_kdec(&l, "bytes", g->bytes);
			leaf_knum(&l, "count", g->count);
			leaf_kdec(&l, "first", (uint64_t)n * SEGMENT + 1);
			leaf_kdec(&l, "from", g->from_ns);
			leaf_knum(&l, "input", i);
			leaf_knum(&l, "n", n);
			leaf_knum(&l, "outside", g->outside);
			leaf_knum(&l, "retained", x->retained[seg]);
			leaf_khex(&l, "root", x->root[seg].b, SHA);
			leaf_kstr(&l, "t", "seg");
			leaf_kdec(&l, "until", g->until_ns);
			leaf_knum(&l, "v", 1);
			at = finish(x, &l, "a segment", true);
			if (at < 0)
				return FW_EIO;
			if (!n)
				x->seg[i] = (uint32_t)at;
		}
	}
	return FW_OK;
}

#define NOT_KNOWN UINT64_MAX

static int gap(struct sealing *x, const char *cause, uint32_t input, uint64_t after, uint64_t known)
{
	struct leaf l;

	begin(x, &l);
	leaf_kdec(&l, "after", after);
	leaf_kstr(&l, "cause", cause);
	leaf_knum(&l, "input", input);
	if (known == NOT_KNOWN)
		leaf_kstr(&l, "known", "unknown");
	else
		leaf_kdec(&l, "known", known);
	leaf_kstr(&l, "t", "gap");
	leaf_knum(&l, "v", 1);
	return finish(x, &l, "a gap", false) < 0 ? FW_EIO : FW_OK;
}

static uint32_t last_frame(const struct segments *s)
{
	return s->n ? s->v[s->n - 1].last : 0;
}

static int gap_leaves(struct sealing *x)
{
	const struct report *r = x->s->report;
	int err = FW_OK;

	for (uint32_t i = 0; err == FW_OK && i < r->ninputs; i++) {
		const struct report_input *in = &r->input[i];
		uint64_t unread = 0;

		for (unsigned k = 0; k < in->nlinks; k++)
			unread += in->links[k].packets;
		if (in->trouble)
			err = gap(x, "damaged", i, last_frame(&x->s->in->segments[i]), NOT_KNOWN);
		if (err == FW_OK && unread)
			err = gap(x, "unread", i, in->packets, unread);
	}
	return err;
}

/* Where a packet of the finding lies: leaf of its segment, position there. */
static bool place(struct sealing *x, struct leaf *l, const struct ground *g)
{
	const struct fetched *t = &x->s->kept;
	size_t at = fetch_find(t, g->input, g->frame), first = at;

	if (at == t->n)
		return false;
	while (first && t->v[first - 1].input == g->input && (t->v[first - 1].no - 1) / SEGMENT == (g->frame - 1) / SEGMENT)
		first--;
	leaf_list(l);
	leaf_num(l, x->seg[g->input] + (g->frame - 1) / SEGMENT);
	leaf_num(l, at - first);
	leaf_list_end(l);
	return true;
}

enum { OTHER_PARTS = 256 };		/* of one finding, at most; a message may have more */

/* The other parts of what ends in g; done: those that the leaf names already.  One of which the octets were not kept is left out. */
static void parts(struct sealing *x, struct leaf *l, const struct ground *g, struct ground done[OTHER_PARTS], unsigned *ndone)
{
	const struct whole *w = wholes_find(&x->wholes, g), *end = x->wholes.v + x->wholes.n;
	struct fw_pieces p;

	for (; w && w < end && w->end.input == g->input && w->end.frame == g->frame && fw_pieces(x->s->fw, w->list, &p); w++)
		for (uint32_t i = 0; i + 1 < p.n && *ndone < OTHER_PARTS; i++) {
			unsigned k = 0;

			while (k < *ndone && (done[k].frame != p.frame[i] || done[k].input != p.input))
				k++;
			if (k < *ndone || fetch_find(&x->s->kept, p.input, p.frame[i]) == x->s->kept.n)
				continue;
			done[(*ndone)++] = (struct ground){ p.input, p.frame[i] };
			(void)place(x, l, &done[k]);
		}
}

static int finding_leaf(struct sealing *x, const struct finding *f, bool alone)
{
	const struct report *r = x->s->report;
	struct ground done[OTHER_PARTS];
	unsigned ndone = 0;
	struct leaf l;

	begin(x, &l);
	leaf_kbool(&l, "alone", alone);
	finding_core(&l, f, fw_ruleset(), r->register_sha256, r->policy_sha256);
	leaf_kstr(&l, "id", f->id);
	leaf_key(&l, "pkts");
	leaf_list(&l);
	for (unsigned i = 0; i < finding_grounds(f); i++)
		if (!place(x, &l, &f->frame[i])) {
			err_set(&x->e, "finding %s: one of its packets was not kept", f->id);
			return FW_EIO;
		}
	for (unsigned i = 0; i < f->ncontext; i++)
		if (!place(x, &l, &f->context[i])) {
			err_set(&x->e, "finding %s: a packet that it rests on was not kept", f->id);
			return FW_EIO;
		}
	for (unsigned i = 0; i < finding_grounds(f); i++)
		parts(x, &l, &f->frame[i], done, &ndone);
	for (unsigned i = 0; i < f->ncontext; i++)
		parts(x, &l, &f->context[i], done, &ndone);
	leaf_list_end(&l);
	leaf_kstr(&l, "t", "finding");
	leaf_knum(&l, "v", 1);
	return finish(x, &l, "a finding", true) < 0 ? FW_EIO : FW_OK;
}

/* In the order of report.json: findings, then accepted ones. */
static bool was_kept(const void *ctx, uint32_t input, uint32_t frame)
{
	const struct fetched *t = ctx;

	return fetch_find(t, input, frame) < t->n;
}

static int finding_leaves(struct sealing *x)
{
	const struct docket *d = x->s->report->docket;

	if (docket_findings(d) && wholes_get(&x->wholes, x->s->fw, was_kept, &x->s->kept) != FW_OK) {
		err_set(&x->e, "the record of findings cannot be written: %s", err_word(FW_ENOMEM));
		return FW_EIO;
	}
	for (int accepted = 0; accepted < 2; accepted++)
		for (uint32_t i = 0; i < docket_findings(d); i++)
			if ((docket_finding(d, i)->accepted != NULL) == accepted && finding_leaf(x, docket_finding(d, i), x->s->alone[i]) != FW_OK)
				return FW_EIO;
	return FW_OK;
}

static void coverage(struct leaf *l, const struct report *r)
{
	leaf_key(l, "coverage");
	leaf_open(l);
	leaf_kdec(l, "bytes", r->stats.bytes);
	leaf_kdec(l, "cut", r->stats.cut);
	leaf_kdec(l, "decoded", r->stats.decoded);
	leaf_kdec(l, "duplicate", r->stats.duplicate);
	leaf_kdec(l, "malformed", r->stats.malformed);
	leaf_kdec(l, "opaque", r->stats.opaque);
	leaf_kdec(l, "outside", r->outside);
	leaf_kdec(l, "packets", r->stats.packets);
	leaf_close(l);
}

static int close_leaf(struct sealing *x)
{
	static const char *const files[] = { "evidence/README.txt", "facts.ndjson.zst", "findings.ndjson", "report.html", "report.json" };
	const struct report *r = x->s->report;
	struct leaf l;

	begin(x, &l);
	coverage(&l, r);
	leaf_key(&l, "files");
	leaf_open(&l);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (outdir_sha256(x->s->dir, files[i]))
			leaf_kstr(&l, files[i], outdir_sha256(x->s->dir, files[i]));
	leaf_close(&l);
	leaf_knum(&l, "findings", docket_findings(r->docket));
	leaf_key(&l, "inputs");
	leaf_list(&l);
	for (uint32_t i = 0; i < r->ninputs; i++) {
		leaf_open(&l);
		leaf_kdec(&l, "bytes", r->input[i].bytes);
		leaf_kdec(&l, "packets", r->input[i].packets);
		leaf_kstr(&l, "sha256", r->input[i].sha256[0] ? r->input[i].sha256 : NULL);
		leaf_close(&l);
	}
	leaf_list_end(&l);
	leaf_knum(&l, "retained", x->s->kept.n);
	leaf_kstr(&l, "t", "close");
	leaf_knum(&l, "v", 1);
	leaf_kbool(&l, "whole", x->s->whole);
	return finish(x, &l, "the totals", false) < 0 ? FW_EIO : FW_OK;
}

int seal_leaves(struct sealing *x, const struct config_leaf *config, size_t n)
{
	int err;

	if ((err = genesis(x)) != FW_OK || (err = config_leaves(x, config, n)) != FW_OK || (err = segment_leaves(x)) != FW_OK ||
	    (err = gap_leaves(x)) != FW_OK || (err = finding_leaves(x)) != FW_OK)
		return err;
	return close_leaf(x);
}
