/*
 * re-derived-full: the whole report from the captures.  It is audit itself, without an output: its
 * report.json is compared with the bundle's octet by octet, under the names that the inputs had
 * there, and so are findings, segments, gaps and, with the case key, every retained packet.
 */
#define _GNU_SOURCE		/* memfd_create() */
#include "verify_inside.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct again {
	struct verify	*v;
	struct verify_same same;		/* report.json of the bundle */
	bool		 keyed;			/* with the case key of the record */
	bool		 keylog_file, keylog_in_capture;	/* what TLS was read with */
	bool		 unable;		/* here something failed: nothing is shown, for or against */
	struct outdir	 scratch;		/* where streams and packets are copied to */
};

/* ---- findings by core, also when the reports differ elsewhere ---- */

struct cores { struct octets text; uint8_t (*sha)[SHA]; uint32_t n; };

static int by_sha(const void *a, const void *b)
{
	return memcmp(a, b, SHA);
}

/* What the log holds: the text of each core and id, digested. */
static bool logged(struct verify *v, struct cores *c)
{
	c->sha = malloc((v->nfindings + 1) * sizeof(*c->sha));
	for (c->n = 0; c->sha && c->n < v->nfindings; c->n++) {
		struct slice leaf = verify_leaf(v, v->finding[c->n]);
		struct entry l;

		if (!entry_read(&v->doc, leaf.p, leaf.n, &l, &v->e))
			return false;
		leaf = jdoc_text(&v->doc, l.u.finding.core);
		sha_of(leaf.p, leaf.n, c->sha[c->n]);
	}
	if (c->sha)
		qsort(c->sha, c->n, sizeof(*c->sha), by_sha);
	return c->sha != NULL;
}

/* Holds what was found now against the log. */
static int compare_findings(struct verify *v, const struct report *r)
{
	uint32_t n = docket_findings(r->docket), lacks = 0;
	struct cores c = { .n = 0 };
	const char *first = NULL;
	int err = logged(v, &c) ? FW_OK : FW_ENOMEM;

	for (uint32_t i = 0; err == FW_OK && i < n; i++) {
		const struct finding *f = docket_finding(r->docket, i);
		uint8_t sha[SHA];

		if (!verify_core_of(&c.text, f, r->register_sha256, r->policy_sha256)) {
			err = FW_ENOMEM;
			break;
		}
		sha_of(verify_core_in(&c.text).p, verify_core_in(&c.text).n, sha);
		if (bsearch(sha, c.sha, c.n, sizeof(*c.sha), by_sha))
			continue;
		first = lacks++ ? first : f->id;
	}
	if (err == FW_OK && lacks)
		verify_fail(v, SHOWS_FULL, "%u finding%s of the captures %s not in the log so: %s", lacks, lacks == 1 ? "" : "s", lacks == 1 ? "is" : "are", first);
	else if (err == FW_OK && n != v->nfindings)
		verify_fail(v, SHOWS_FULL, "the captures give %u findings, the log has %u", n, v->nfindings);
	octets_free(&c.text);
	free(c.sha);
	return err;
}

/* The captures are the inputs of the record; they get the names that they had there. */
static bool same_inputs(struct verify *v, struct report *r, struct report_input *named)
{
	if (r->ninputs != v->ninputs) {
		verify_fail(v, SHOWS_FULL, "%u inputs are given with -r, the record is of %u", r->ninputs, v->ninputs);
		return false;
	}
	for (uint32_t i = 0; i < r->ninputs; i++) {
		const struct entry_input *in = &v->input[i];
		char hex[HEX_SHA];

		named[i] = r->input[i];
		sha_hex(in->sha.sha, hex);
		if (in->sha.there && strcmp(hex, named[i].sha256)) {
			verify_fail(v, SHOWS_FULL, "%s is not input %u of the record: its SHA-256 differs", named[i].name, i);
			return false;
		}
		if (named[i].packets != in->packets || named[i].bytes != in->bytes) {
			verify_fail(v, SHOWS_FULL, "%s is not input %u of the record: its size differs", named[i].name, i);
			return false;
		}
		named[i].name = v->name[i];
		if (!in->sha.there)
			named[i].sha256[0] = 0;
	}
	r->input = named;
	return true;
}

/* Segment leaves say what the captures hold. */
static int compare_segments(struct verify *v, const struct inputs *in)
{
	uint32_t k = 0;

	for (uint32_t i = 0; i < v->ninputs; i++)
		for (uint32_t n = 0; n < in->segments[i].n; n++, k++) {
			const struct segment *g = &in->segments[i].v[n];
			const struct vseg *s = k < v->nsegs ? &v->seg[k] : NULL;
			struct slice text = s ? verify_leaf(v, s->leaf) : (struct slice){ "", 0 };
			struct entry l;

			if (s && s->input == i && s->n == n && entry_read(&v->doc, text.p, text.n, &l, &v->e) && l.u.seg.bytes == g->bytes &&
			    l.u.seg.count == g->count && l.u.seg.from == g->from_ns && l.u.seg.until == g->until_ns && l.u.seg.outside == g->outside)
				continue;
			verify_fail(v, SHOWS_FULL, "segment %u of input %u is not what the captures hold", n, i);
			return FW_OK;
		}
	if (k != v->nsegs)
		verify_fail(v, SHOWS_FULL, "the log has %u segments, the captures %u", v->nsegs, k);
	return FW_OK;
}

/* Gaps that an audit of these captures states. */
static void compare_gaps(struct verify *v, const struct audited *a)
{
	uint32_t gaps = 0;

	for (uint32_t i = 0; i < a->report->ninputs; i++) {
		const struct report_input *in = &a->report->input[i];
		uint64_t unread = 0;

		for (unsigned k = 0; k < in->nlinks; k++)
			unread += in->links[k].packets;
		gaps += (in->trouble != NULL) + (unread != 0);
	}
	if (gaps != v->ngaps || a->whole != v->close.whole)
		verify_fail(v, SHOWS_FULL, "the captures have %u gaps and are %s, the log says %u and %s", gaps, a->whole ? "whole" : "not whole", v->ngaps,
			v->close.whole ? "whole" : "not whole");
}

struct room { struct octets text; struct commitment *c; size_t cap; };

/* The leaf of a packet as it was captured, committed to with the case key. */
static int leaf_of(struct room *m, const struct fetched *t, const struct kept *k, struct hmac *seg, struct merkle_hash *out)
{
	struct evidence_packet p = { .input = k->input, .wirelen = k->wirelen, .caplen = k->caplen, .frame = k->no, .t_ns = k->t_ns, .link = k->link,
		.nchunks = (uint16_t)k->nchunks, .chunk = t->chunk + k->chunk, .data = t->data ? t->data + k->off : NULL };

	if (k->nchunks > m->cap) {
		void *c = realloc(m->c, k->nchunks * sizeof(*m->c));

		if (!c)
			return FW_ENOMEM;
		m->c = c;
		m->cap = k->nchunks;
	}
	packet_commit(&p, seg, m->c);
	m->text.n = 0;
	packet_leaf(&m->text, &p, m->c);
	merkle_leaf(m->text.b, m->text.n, out);
	return m->text.full ? FW_ENOMEM : FW_OK;
}

/* Every retained packet, opened: what is masked too is what the captures hold there. */
static int compare_packets(struct verify *v, const struct audited *a, const struct fetched *t)
{
	struct room m = { .cap = 0 };
	struct hmac *seg = NULL;
	int err = FW_OK;

	if (t->n != v->retained)
		verify_fail(v, SHOWS_FULL, "the captures give %zu packets to retain, the log %llu", t->n, (unsigned long long)v->retained);
	for (size_t i = 0; err == FW_OK && i < t->n && i < v->retained; i++) {
		const struct kept *k = &t->v[i];
		struct merkle_hash leaf;
		uint8_t key[SHA];

		if (!i || k[-1].input != k->input || (k[-1].no - 1) / SEGMENT != (k->no - 1) / SEGMENT) {
			segment_key(a->hmac, v->genesis.run, k->input, (k->no - 1) / SEGMENT, key);
			hmac_free(seg);
			seg = hmac_new(key);
		}
		err = seg ? leaf_of(&m, t, k, seg, &leaf) : FW_ENOMEM;
		if (err == FW_OK && k->link == v->packet[i].link && !memcmp(leaf.b, v->packet_leaf[i].b, SHA))
			continue;
		if (err == FW_OK)
			verify_fail(v, SHOWS_FULL, "packets.jsonl:%zu: is not input %u frame %u of the captures, committed to with the case key", i + 1, k->input, k->no);
		break;
	}
	hmac_free(seg);
	octets_free(&m.text);
	free(m.c);
	return err;
}

/* Finding by finding, as leaves stand: what the log says of the retained packets alone is what they give. */
static int compare_alone(struct verify *v, const struct audited *a, const struct fetched *t)
{
	const struct docket *d = a->report->docket;
	bool *alone = calloc(docket_findings(d) + 1u, sizeof(*alone));
	int err = alone ? fetch_alone(t, a->cfg, d, alone) : FW_ENOMEM;
	uint32_t k = 0;

	for (int accepted = 0; err == FW_OK && accepted < 2; accepted++)
		for (uint32_t i = 0; i < docket_findings(d) && k < v->nfindings; i++) {
			const struct finding *f = docket_finding(d, i);
			struct slice text = verify_leaf(v, v->finding[k]);
			struct entry l;

			if ((f->accepted != NULL) != accepted)
				continue;
			if (!entry_read(&v->doc, text.p, text.n, &l, &v->e) || !slice_is(l.u.finding.id, f->id) || l.u.finding.alone != alone[i])
				verify_fail(v, SHOWS_FULL, "leaf %u: %s is wanted there, which the retained packets %s alone", v->finding[k], f->id,
					alone[i] ? "show" : "do not show");
			k++;
		}
	free(alone);
	return err;
}

static int fetch_and_compare(struct verify *v, const struct audited *a, struct again *g)
{
	struct fetched t = { .n = 0 };
	int err = a->in->full ? FW_ENOMEM : fetch_list(&t, a->fw), had = FW_OK;

	if (err == FW_OK)
		had = fetch_octets(&t, a->in, &g->scratch, &v->e);
	if (had == FW_ENOMEM) {
		err = had;
	} else if (had != FW_OK) {
		verify_not_shown(v, SHOWS_FULL, "%s", v->e.text);	/* a full disk here is no fault of the record */
		g->unable = true;
	} else if (err == FW_OK) {
		err = fetch_mask(&t, a->cfg);
		if (err == FW_OK)
			err = compare_packets(v, a, &t);
		if (err == FW_OK)
			err = compare_alone(v, a, &t);
	}
	fetch_free(&t);
	return err;
}

static enum status with_report(void *ctx, const struct audited *x)
{
	struct again *a = ctx;
	struct verify *v = a->v;
	struct report *r = x->report;
	struct report_input *named = calloc(r->ninputs + 1, sizeof(*named));
	int err = named ? FW_OK : FW_ENOMEM;

	if (err == FW_OK && same_inputs(v, r, named)) {
		if (v->compared) {
			qsort(v->since.known, v->since.n, sizeof(*v->since.known), report_by_id);
			baseline_compare(&v->since, r);
		}
		r->no_digest = v->ninputs && !v->input[0].sha.there;
		compare_gaps(v, x);
		err = compare_findings(v, r);
		if (err == FW_OK)
			err = compare_segments(v, x->in);
		if (err == FW_OK && a->keyed && report_json(r, verify_same, &a->same) && !a->same.differs)
			err = FW_ENOMEM;
		if (a->same.differs)
			verify_fail(v, SHOWS_FULL, "report.json: octet %llu is not what the captures give", (unsigned long long)a->same.at);
		if (err == FW_OK && a->keyed)
			err = fetch_and_compare(v, x, a);
	}
	free(named);
	return err == FW_OK ? STATUS_DONE : STATUS_OUTPUT;
}

/* A key that is nobody's: findings do not depend on it. */
static const char *no_key(int *fd, char path[64])
{
	static const char text[] = "a case key that is nobody's\n";

	*fd = memfd_create("case", MFD_CLOEXEC);
	if (*fd < 0 || write_all(*fd, text, sizeof(text) - 1) != FW_OK)
		return NULL;
	(void)snprintf(path, 64, "/proc/self/fd/%d", *fd);
	return path;
}

static int again(struct verify *v, struct again *a)
{
	struct config_files files;
	const char *tmp = getenv("TMPDIR");
	char key_path[64];
	struct run_opts o;
	int key = -1;
	struct case_key k;
	enum status s;

	if (v->o->case_key && case_key_get(&k, v->o->case_key, &v->e) != FW_OK) {
		verify_unreadable(v, "%s", v->e.text);
		return FW_EINVAL;
	}
	a->keyed = v->o->case_key && slice_is(v->genesis.case_id, k.id);
	OPENSSL_cleanse(&k, sizeof(k));
	verify_options(v, &files, &o);
	o.path = v->o->path;
	o.npaths = v->o->npaths;
	o.keylog = a->keylog_file ? v->o->keylog : NULL;
	o.keylog_in_capture = a->keylog_in_capture;
	o.case_key = a->keyed ? v->o->case_key : no_key(&key, key_path);
	a->scratch.fd = open(tmp && *tmp ? tmp : "/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	a->scratch.path = (char *)(uintptr_t)"the directory for temporary files";
	s = o.case_key ? audit_again(&o, &a->scratch, with_report, a) : STATUS_OUTPUT;
	if (a->scratch.fd >= 0)
		(void)close(a->scratch.fd);
	verify_options_close(&files);
	if (key >= 0)
		(void)close(key);
	if (s == STATUS_USAGE || s == STATUS_INPUT)
		verify_fail(v, SHOWS_FULL, "the captures, the case key or the configuration cannot be read again");
	return s == STATUS_OUTPUT ? FW_ENOMEM : FW_OK;
}

/* 0 or FW_ENOMEM. */
static int keylog_was(const struct verify *v, const char *sha256, const char *capture_sha256, bool *same)
{
	struct octets text = { 0 };
	uint8_t d[SHA];
	int err;

	keylog_note(&text, sha256, capture_sha256, d);
	err = text.full ? FW_ENOMEM : FW_OK;
	*same = err == FW_OK && !memcmp(d, v->config[v->nconfigs - 1].sha, SHA);
	octets_free(&text);
	return err;
}

/* Which of the file and what lies in the captures it was; found: one of them, else what is needed was said.  0 or FW_ENOMEM. */
static int keylog_found(struct verify *v, struct again *a, struct keylog *k, bool *found)
{
	struct err e;
	const char *file = v->keylog_file ? v->o->keylog : NULL;
	int err = FW_OK;

	*found = false;
	if (v->keylog_file && !file) {
		verify_not_shown(v, SHOWS_FULL, "TLS was read with a key log: --keylog is needed, with the file that evidence/config/keylog.yaml names by its SHA-256");
		return FW_OK;
	}
	if (file && (err = keylog_open(k, file, &e)) != FW_OK) {
		if (err != FW_ENOMEM)
			verify_not_shown(v, SHOWS_FULL, "the file that --keylog names cannot be read, or is no key log");
		return err == FW_ENOMEM ? err : FW_OK;
	}
	a->keylog_file = file != NULL;
	if (file && ((err = keylog_was(v, k->sha256, NULL, found)) != FW_OK || *found))
		return err;
	a->keylog_in_capture = true;
	if ((err = keylog_captures(k, v->o->path, v->o->npaths, &e)) != FW_OK) {
		if (err != FW_ENOMEM)
			verify_not_shown(v, SHOWS_FULL, "%s", e.text);
		return err == FW_ENOMEM ? err : FW_OK;
	}
	if ((err = keylog_was(v, k->sha256, k->capture_sha256, found)) != FW_OK || *found)
		return err;
	verify_not_shown(v, SHOWS_FULL, file ? "another --keylog is needed: evidence/config/keylog.yaml names it by its SHA-256" :
		"TLS was read with secrets in the captures: those that -r names hold others, or none");
	return FW_OK;
}

/* A record that was made with secrets comes out with those only. */
static int has_keylog(struct verify *v, struct again *a, bool *has)
{
	struct keylog k = { .skipped = 0 };
	int err = FW_OK;

	*has = !verify_keylogged(v);
	if (!*has)
		err = keylog_found(v, a, &k, has);
	keylog_close(&k);
	return err;
}

int verify_full(struct verify *v)
{
	struct again *a;
	bool has;
	int err = FW_OK;

	if (!v->o->npaths) {
		verify_not_shown(v, SHOWS_FULL, "no -r: the captures were not read");
		return FW_OK;
	}
	if (!v->lawful || !v->config_held || !v->report_held || !v->reported) {
		verify_not_shown(v, SHOWS_FULL, "rests on the log, the configuration and report.json, of which something failed");
		return FW_OK;
	}
	if (!verify_of_this_version(v, SHOWS_FULL))
		return FW_OK;
	a = calloc(1, sizeof(*a));
	if (!a)
		return FW_ENOMEM;
	if ((err = has_keylog(v, a, &has)) != FW_OK || !has) {
		free(a);
		return err;
	}
	a->v = v;
	a->same.fd = verify_open(v, "report.json");
	err = again(v, a);
	if (a->same.fd >= 0)
		(void)close(a->same.fd);
	if (err == FW_OK && a->unable)
		;
	else if (err == FW_OK && !a->keyed)
		verify_not_shown(v, SHOWS_FULL, "the captures give the findings of the log and no other; for the whole report %s", v->o->case_key ?
			"another --case-key is needed" : "--case-key is needed");
	else if (err == FW_OK)
		verify_pass(v, SHOWS_FULL, "the captures give this report again, octet by octet, its segments and packets, and no finding that the log lacks%s",
			v->compared ? "; what it says of an earlier report was taken from it" : "");
	free(a);
	return err;
}
