/* verify: the steps in their order, and what is said of each name. */
#include "verify_inside.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[VERIFY_NAMES] = { "signer", "integrity", "inclusion", "sealed", "complete", "rendered", "re-derived-core", "re-derived-full",
	"witnessed", "time-bounded" };
static const char *const words[] = { "NOT-SHOWN", "PASS", "FAIL" };

const char *verify_name(enum verify_name n)
{
	return names[n];
}

const char *verify_word(enum verify_word w)
{
	return words[w];
}

static void say(struct verify_line *l, enum verify_word word, const char *fmt, va_list ap)
{
	l->word = word;
	(void)vsnprintf(l->reason, sizeof(l->reason), fmt, ap);
}

void verify_fail(struct verify *v, enum verify_name n, const char *fmt, ...)
{
	struct verify_line *l = &v->r->line[n];
	va_list ap;

	if (l->word == WORD_FAIL) {
		l->more++;
		return;
	}
	va_start(ap, fmt);
	say(l, WORD_FAIL, fmt, ap);
	va_end(ap);
}

void verify_pass(struct verify *v, enum verify_name n, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	if (!verify_failed(v, n))
		say(&v->r->line[n], WORD_PASS, fmt, ap);
	va_end(ap);
}

void verify_not_shown(struct verify *v, enum verify_name n, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	if (!verify_failed(v, n))
		say(&v->r->line[n], WORD_NOT_SHOWN, fmt, ap);
	va_end(ap);
}

void verify_unreadable(struct verify *v, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	if (!v->r->unreadable[0])
		(void)vsnprintf(v->r->unreadable, sizeof(v->r->unreadable), fmt, ap);
	va_end(ap);
}

/* ---- names that rest on the leaves alone ---- */

static void sealed(struct verify *v)
{
	uint32_t open = 0;

	if (!v->lawful) {
		verify_not_shown(v, SHOWS_SEALED, "rests on the log, which failed");
		return;
	}
	for (uint32_t i = 0; i < v->ninputs; i++)
		open += !v->input[i].sha.there;
	if (open)
		verify_not_shown(v, SHOWS_SEALED, "%u of %u inputs have no SHA-256 (--no-digest)", open, v->ninputs);
	else
		verify_pass(v, SHOWS_SEALED, "%u input%s, each by its SHA-256", v->ninputs, v->ninputs == 1 ? "" : "s");
}

static void complete(struct verify *v)
{
	if (!v->lawful)
		verify_not_shown(v, SHOWS_COMPLETE, "rests on the log, which failed");
	else if (v->ngaps)
		verify_not_shown(v, SHOWS_COMPLETE, "%u gap%s: %s%s", v->ngaps, v->ngaps == 1 ? "" : "s", v->gaps, v->ngaps > 3 ? "; ..." : "");
	else if (!v->close.whole)
		verify_not_shown(v, SHOWS_COMPLETE, "an input was damaged or partial");
	else
		verify_pass(v, SHOWS_COMPLETE, "%u segment%s without a hole, no gap is known", v->nsegs, v->nsegs == 1 ? "" : "s");
}

static void settle(struct verify *v)
{
	if (v->lawful)
		verify_pass(v, SHOWS_INTEGRITY, "%llu leaves and %u files are as they were signed", (unsigned long long)v->cp.size, v->nfiles);
	else if (!verify_failed(v, SHOWS_INTEGRITY))
		verify_fail(v, SHOWS_INTEGRITY, "the log cannot be read");
	if (!v->lawful)
		verify_not_shown(v, SHOWS_INCLUSION, "rests on the log, which failed");
	else if (v->opened)
		verify_pass(v, SHOWS_INCLUSION, "%u proofs and %llu packets", v->nconfigs + v->nsegs + v->nfindings, (unsigned long long)v->retained);
	else if (!verify_failed(v, SHOWS_INCLUSION))
		verify_fail(v, SHOWS_INCLUSION, "the packets cannot be read");
	sealed(v);
	complete(v);
}

static int expected_and_proven(struct verify *v)
{
	int err = FW_OK;

	v->lawful = v->lawful && v->signed_;
	if (v->lawful && (err = verify_expected(v)) == FW_OK)
		err = verify_proofs(v);
	return err;
}

static int packets_and_settle(struct verify *v)
{
	int err = verify_packets(v);

	if (err == FW_OK)
		settle(v);
	return err;
}

static bool any_failed(const struct verify *v)
{
	for (int i = 0; i < VERIFY_NAMES; i++)
		if (verify_failed(v, (enum verify_name)i))
			return true;
	return false;
}

typedef int verify_step(struct verify *v);
static verify_step *const all_steps[] = { verify_files, verify_log, verify_leaves, verify_manifest, expected_and_proven, packets_and_settle, verify_config,
	verify_report, verify_page, verify_core, verify_full, NULL };
static verify_step *const record_steps[] = { verify_files, verify_log, verify_leaves, verify_manifest, expected_and_proven, packets_and_settle, verify_config,
	verify_report, verify_core, NULL };

static int steps(struct verify *v, verify_step *const *step)
{
	int err = FW_OK;

	while (err == FW_OK && *step && !(v->o->first && any_failed(v)))
		err = (*step++)(v);
	return err;
}

static void let_go(struct verify *v)
{
	verify_files_free(v);
	octets_free(&v->note);
	octets_free(&v->leaves);
	octets_free(&v->lines);
	octets_free(&v->capture);
	merkle_free(&v->tree);
	for (uint32_t i = 0; v->name && i < v->ninputs; i++)
		free(v->name[i]);
	free(v->name);
	for (size_t i = 0; i < v->since.n; i++)
		verify_gone_free(&v->since.known[i]);
	free(v->since.known);
	free(v->at);
	free(v->seg);
	free(v->finding);
	free(v->input);
	free(v->packet);
	free(v->packet_leaf);
	free(v->bits);
	free(v->bits_at);
	against_free(&v->against);
	free(v->doc.node);
	free(v);
}

/* then: NULL, or what is done when nothing of the steps failed. */
static int verify_steps(const struct verify_opts *o, struct verify_result *r, verify_step *const *step, int (*then)(struct verify *v, void *ctx), void *ctx)
{
	struct verify *v = calloc(1, sizeof(*v));
	int err = FW_ENOMEM;

	*r = (struct verify_result){ .size = 0 };
	if (!v)
		return err;
	v->o = o;
	v->r = r;
	v->dir = -1;
	v->doc.node = malloc(JNODES * sizeof(*v->doc.node));
	for (int i = 0; i < VERIFY_NAMES; i++)
		verify_not_shown(v, (enum verify_name)i, "was not reached");
	verify_not_shown(v, SHOWS_SIGNER, "no --key: anybody can sign everything again with a key of his own");
	verify_not_shown(v, SHOWS_WITNESSED, "this version takes no witness's cosignature");
	verify_not_shown(v, SHOWS_TIME, "this version takes no time stamp");
	if (v->doc.node)
		err = steps(v, step);
	if (v->no_memory)
		err = FW_ENOMEM;
	if (err == FW_OK && then && !any_failed(v) && !r->unreadable[0])
		err = then(v, ctx);
	let_go(v);
	return err == FW_EIO ? FW_OK : err;	/* unreadable says why */
}

int verify_dir(const struct verify_opts *o, struct verify_result *r)
{
	return verify_steps(o, r, all_steps, NULL, NULL);
}

int verify_record(const struct verify_opts *o, struct verify_result *r, int (*then)(struct verify *v, void *ctx), void *ctx)
{
	return verify_steps(o, r, record_steps, then, ctx);
}

/* ---- what a person reads ---- */

static int say_json(const struct verify_result *r)
{
	struct json *j = malloc(sizeof(*j));
	int err;

	if (!j)
		return FW_ENOMEM;
	json_start(j, to_stdout, NULL);
	json_open(j);
	json_kstr(j, "origin", r->origin[0] ? r->origin : NULL);
	json_knum(j, "size", r->size);
	json_kstr(j, "unreadable", r->unreadable[0] ? r->unreadable : NULL);
	json_key(j, "verdicts");
	json_list(j);
	for (int i = 0; i < VERIFY_NAMES; i++) {
		json_open(j);
		json_kstr(j, "name", names[i]);
		json_kstr(j, "word", words[r->line[i].word]);
		json_kstr(j, "reason", r->line[i].reason);
		json_knum(j, "more", r->line[i].more);
		json_close(j);
	}
	json_list_end(j);
	json_close(j);
	json_line(j);
	err = json_done(j);
	free(j);
	return err;
}

static int say_text(const struct verify_result *r)
{
	char b[1024];
	int err = 0;

	for (int i = 0; i < VERIFY_NAMES && !err; i++) {
		const struct verify_line *l = &r->line[i];
		char more[48] = "";

		if (l->more)
			(void)snprintf(more, sizeof(more), " (and %u more)", l->more);
		(void)snprintf(b, sizeof(b), "%-16s %-10s %s%s\n", names[i], words[l->word], l->reason, more);
		err = to_stdout(NULL, b, strlen(b));
	}
	return err;
}

enum status run_verify(const struct verify_opts *o, const bool require[VERIFY_NAMES], bool json)
{
	struct verify_result *r = malloc(sizeof(*r));
	enum status s = STATUS_DONE;
	int err = r ? verify_dir(o, r) : FW_ENOMEM;

	if (err == FW_ENOMEM)
		s = run_fail(STATUS_INPUT, err_word(err));
	else if (err == FW_EINVAL)
		s = run_fail(STATUS_USAGE, r->unreadable);
	else if ((json ? say_json(r) : say_text(r)) || fflush(stdout))
		s = stdout_fail(errno, NULL);
	else if (r->unreadable[0])
		s = run_fail(STATUS_INPUT, r->unreadable);
	for (int i = 0; s == STATUS_DONE && i < VERIFY_NAMES; i++)
		if (r->line[i].word == WORD_FAIL || (require[i] && r->line[i].word != WORD_PASS))
			s = STATUS_FINDINGS;
	free(r);
	return s;
}
