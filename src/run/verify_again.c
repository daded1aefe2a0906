/*
 * re-derived: findings from the retained packets, and the whole report from the captures.  The
 * latter is audit itself, without an output: its report.json is compared with the bundle's octet by
 * octet, under the names that the inputs had there.
 */
#define _GNU_SOURCE		/* memfd_create() */
#include "core.h"
#include "verify_inside.h"

#include "addr.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int verify_core(struct verify *v)
{
	verify_not_shown(v, SHOWS_CORE, "not tried by this version");
	return FW_OK;
}

/* ---- the whole ---- */

struct again {
	struct verify	*v;
	int		 fd;			/* report.json of the bundle */
	uint64_t	 at;			/* octets that were the same */
	bool		 differs, keyed;	/* keyed: with the case key of the record */
	char		 b[JSON_BUF];
};

static int compare(void *ctx, const char *p, size_t n)
{
	struct again *a = ctx;

	while (n) {
		size_t want = n < sizeof(a->b) ? n : sizeof(a->b), k = 0;
		ssize_t got = pread(a->fd, a->b, want, (off_t)a->at);

		while (k < want && (ssize_t)k < got && a->b[k] == p[k])
			k++;
		a->at += k;
		if (k < want) {
			a->differs = true;
			return FW_EFORMAT;
		}
		p += k;
		n -= k;
	}
	return 0;
}

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

/* The core as a leaf has it. */
static bool core_of(struct octets *out, const struct finding *f, const struct report *r)
{
	struct leaf l;

	out->n = 0;
	leaf_start(&l, out);
	finding_core(&l, f, fw_ruleset(), r->register_sha256, r->policy_sha256);
	return leaf_end(&l);
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

		if (!core_of(&c.text, f, r)) {
			err = FW_ENOMEM;
			break;
		}
		sha_of(c.text.b + 8, c.text.n - 9, sha);	/* between {"core": and the last brace */
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

static enum status with_report(void *ctx, struct report *r, bool whole)
{
	struct again *a = ctx;
	struct verify *v = a->v;
	struct report_input *named = calloc(r->ninputs + 1, sizeof(*named));
	int err = named ? FW_OK : FW_ENOMEM;

	(void)whole;
	if (err == FW_OK && same_inputs(v, r, named)) {
		if (v->compared) {
			qsort(v->since.known, v->since.n, sizeof(*v->since.known), report_by_id);
			baseline_compare(&v->since, r);
		}
		r->no_digest = v->ninputs && !v->input[0].sha.there;
		err = compare_findings(v, r);
		if (err == FW_OK && a->keyed && report_json(r, compare, a) && !a->differs)
			err = FW_ENOMEM;
		if (a->differs)
			verify_fail(v, SHOWS_FULL, "report.json: octet %llu is not what the captures give", (unsigned long long)a->at);
	}
	free(named);
	return err == FW_OK ? STATUS_DONE : STATUS_OUTPUT;
}

/* A file of the configuration, opened here, so that no link of the bundle is followed; its name for the loader. */
static const char *config_file(struct verify *v, const char *kind, int *fd, char path[64])
{
	char name[64];

	*fd = -1;
	for (uint32_t i = 0; i < v->nconfigs; i++) {
		if (!slice_is(v->config[i].kind, kind))
			continue;
		(void)snprintf(name, sizeof(name), "evidence/config/%s.yaml", kind);
		*fd = verify_open(v, name);
		(void)snprintf(path, 64, "/proc/self/fd/%d", *fd);
		return path;
	}
	return NULL;
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
	char reg_path[64], policy_path[64], key_path[64], day[TIME_TEXT];
	struct run_opts o = { .path = v->o->path, .npaths = v->o->npaths, .case_key = v->o->case_key, .from_ns = v->genesis.from, .until_ns = v->genesis.until,
		.keep_inner = v->genesis.keep_inner };
	int reg, policy, key = -1;
	struct case_key k;
	enum status s;

	if (v->o->case_key && case_key_get(&k, v->o->case_key, &v->e) != FW_OK) {
		verify_unreadable(v, "%s", v->e.text);
		return FW_EINVAL;
	}
	a->keyed = v->o->case_key && slice_is(v->genesis.case_id, k.id);
	OPENSSL_cleanse(&k, sizeof(k));
	if (!a->keyed)
		o.case_key = no_key(&key, key_path);
	if (!o.case_key)
		return FW_ENOMEM;

	(void)snprintf(day, sizeof(day), "%.10sT00:00:00.000000000Z", v->genesis.at.p);
	(void)time_parse(day, strlen(day), &o.at_ns);
	o.register_file = config_file(v, "register", &reg, reg_path);
	o.policy_file = config_file(v, "policy", &policy, policy_path);
	s = audit_again(&o, with_report, a);
	if (reg >= 0)
		(void)close(reg);
	if (policy >= 0)
		(void)close(policy);
	if (key >= 0)
		(void)close(key);
	if (s == STATUS_USAGE || s == STATUS_INPUT)
		verify_fail(v, SHOWS_FULL, "the captures, the case key or the configuration cannot be read again");
	return s == STATUS_OUTPUT ? FW_ENOMEM : FW_OK;
}

int verify_full(struct verify *v)
{
	struct again *a;
	int err = FW_OK;

	if (!v->o->npaths) {
		verify_not_shown(v, SHOWS_FULL, "no -r: the captures were not read");
		return FW_OK;
	}
	if (!v->lawful || !v->config_held || !v->report_held || !v->reported) {
		verify_not_shown(v, SHOWS_FULL, "rests on the log, the configuration and report.json, of which something failed");
		return FW_OK;
	}
	if (!slice_is(v->genesis.version, fw_version()) || !slice_is(v->genesis.ruleset, fw_ruleset())) {
		verify_not_shown(v, SHOWS_FULL, "made by version %.*s, this is %s", (int)v->genesis.version.n, v->genesis.version.p, fw_version());
		return FW_OK;
	}
	a = calloc(1, sizeof(*a));
	if (!a)
		return FW_ENOMEM;
	a->v = v;
	a->fd = verify_open(v, "report.json");
	err = again(v, a);
	if (a->fd >= 0)
		(void)close(a->fd);
	if (err == FW_OK && !a->keyed)
		verify_not_shown(v, SHOWS_FULL, "the captures give the findings of the log and no other; for the whole report %s", v->o->case_key ?
			"another --case-key is needed" : "--case-key is needed");
	else if (err == FW_OK)
		verify_pass(v, SHOWS_FULL, "the captures give this report again, octet by octet, and no finding that the log lacks%s",
			v->compared ? "; what it says of an earlier report was taken from it" : "");
	free(a);
	return err;
}
