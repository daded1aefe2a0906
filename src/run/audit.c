/* audit: packets in; summary, report.json and, when asked for, the list of facts out. */
#include "inside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct audit {
	const struct run_opts *o;
	struct case_key	 key;
	struct hmac	*hmac;
	struct inputs	 in;
	struct outdir	 dir;
	struct stop	 stop;
	struct fact_list *facts;
	struct outfile	 facts_file;
	struct against	 against;
	struct keylog	 keylog;
	struct fw_config cfg;
	struct fw	*fw;
	struct report	 report;
	struct seal	 seal;
	audit_again_fn	*again;		/* what is done with the report instead of writing it; NULL */
	void		*again_ctx;
	const struct outdir *scratch;
};

static enum status of_error(int err, const struct err *e)
{
	return run_fail(err == FW_EINVAL ? STATUS_USAGE : STATUS_OUTPUT, e->text);
}

static enum status open_facts(struct audit *a, struct err *e)
{
	char id[HEX_SHA];
	int err;

	err = outfile_open(&a->facts_file, &a->dir, "facts.ndjson.zst", e);
	if (err != FW_OK)
		return of_error(err, e);
	a->facts = calloc(1, sizeof(*a->facts));
	err = a->facts ? facts_open(a->facts, -1, &a->facts_file, true) : FW_ENOMEM;
	if (err == FW_OK)
		err = run_id(a->o, a->key.id, &a->keylog, id, e);
	if (err == FW_OK)
		err = facts_run(a->facts, id, a->key.id, &a->in, &a->cfg);
	return err == FW_OK ? STATUS_DONE : run_fail(STATUS_OUTPUT, err_word(err));
}

static enum status prepare(struct audit *a)
{
	struct err e;
	enum status s;
	int err;

	a->cfg = (struct fw_config){ .seed = a->key.key, .seed_len = SHA, .batch = a->o->batch, .keep_inner = a->o->keep_inner };
	if ((s = against_get(&a->against, a->o, &a->cfg)) != STATUS_DONE)
		return s;
	if ((err = case_key_get(&a->key, a->o->case_key, &e)) != FW_OK)
		return of_error(a->o->case_key ? FW_EINVAL : err, &e);
	if ((err = keylog_get(&a->keylog, a->o, &e)) != FW_OK)
		return of_error(err, &e);
	a->cfg.secrets = keylog_any(&a->keylog) ? &a->keylog.secrets : NULL;
	if (a->o->out_dir && (err = outplace_apart(a->o->out_dir, a->o->path, a->o->npaths, &e)) != FW_OK)
		return of_error(err, &e);
	if (a->o->out_dir && a->o->keylog && (err = outplace_apart(a->o->out_dir, &a->o->keylog, 1, &e)) != FW_OK)
		return of_error(err, &e);
	if (a->o->out_dir || isatty(2) == 1)	/* the progress line is cleared, too */
		stop_hold(&a->stop);
	if (a->o->out_dir && (s = seal_open(&a->seal, a->o)) != STATUS_DONE)
		return s;
	if (a->o->out_dir && (err = outdir_open(&a->dir, a->o->out_dir, true, &a->stop, &e)) != FW_OK)
		return of_error(err, &e);
	a->hmac = hmac_new(a->key.key);
	if (!a->hmac)
		return run_fail(STATUS_OUTPUT, err_word(FW_ENOMEM));
	if ((err = inputs_open(&a->in, a->o, !a->o->no_digest, a->o->out_dir ? &a->dir : a->scratch, &a->stop, &e)) != FW_OK)
		return run_fail(err == FW_ELIMIT ? STATUS_USAGE : STATUS_OUTPUT, e.text);
	if (a->o->out_dir && capture_count(a->in.capture) > INPUTS_SEALED)
		return run_fail(STATUS_USAGE, "more than 400 inputs cannot be sealed in one run: leave out -o, or merge some with mergecap(1)");
	if (a->o->facts && (s = open_facts(a, &e)) != STATUS_DONE)
		return s;
	a->cfg.crypto.hmac = hmac_of;
	a->cfg.crypto.ctx = a->hmac;
	a->cfg.fact = a->facts ? facts_add : NULL;
	a->cfg.ctx = a->facts;
	if ((err = fw_new(&a->fw, &a->cfg)) != FW_OK)
		return run_fail(STATUS_OUTPUT, err_word(err));
	return STATUS_DONE;
}

static enum status write_outputs(struct audit *a, bool whole)
{
	enum status s;
	struct err e;

	if (a->facts) {
		facts_end(a->facts, &a->report);
		if (facts_close(a->facts) != FW_OK && !a->facts_file.error)
			a->facts_file.error = ENOMEM;
		if (outfile_close(&a->facts_file, &e) != FW_OK)
			return of_error(FW_EIO, &e);
	}
	a->seal.in = &a->in;
	a->seal.report = &a->report;
	a->seal.fw = a->fw;
	a->seal.cfg = &a->cfg;
	a->seal.conf = &a->against.conf;
	a->seal.hmac = a->hmac;
	a->seal.dir = &a->dir;
	a->seal.whole = whole;
	if (inputs_id(&a->in, a->key.id, &a->keylog, a->seal.run_id) != FW_OK)
		return run_fail(STATUS_OUTPUT, err_word(FW_ENOMEM));
	if ((s = seal_gather(&a->seal)) != STATUS_DONE || (s = run_write(&a->dir, &a->report, &a->seal.shown)) != STATUS_DONE ||
	    (s = seal_write(&a->seal)) != STATUS_DONE)
		return s;
	return outdir_commit(&a->dir, &e) == FW_OK ? STATUS_DONE : of_error(FW_EIO, &e);
}

static enum status run(struct audit *a)
{
	enum status s = prepare(a);
	char sealed[80];
	struct err e;
	bool whole;
	int err;

	if (s != STATUS_DONE)
		return s;
	inputs_feed(&a->in, a->fw);
	if ((err = fw_end(a->fw)) != FW_OK)
		return run_fail(STATUS_OUTPUT, err_word(err));
	if (stop_asked(&a->stop, &e))
		return run_fail(STATUS_OUTPUT, e.text);
	whole = inputs_end(&a->in);
	if (a->in.full)
		return run_fail(STATUS_OUTPUT, err_word(FW_ENOMEM));
	inputs_tell(&a->in);
	if (!inputs_packets(&a->in))
		return STATUS_INPUT;		/* nothing was read, so nothing is written */
	a->report = (struct report){ .model = fw_model(a->fw), .input = a->in.list, .ninputs = capture_count(a->in.capture),
		.case_id = a->key.id, .keep_inner = a->o->keep_inner, .no_digest = a->o->no_digest, .partial = !whole, .outside = a->in.outside,
		.blocks = a->in.blocks };
	report_keylog(&a->report, &a->keylog);
	fw_stats(a->fw, &a->report.stats);
	if ((err = against_report(&a->against, a->fw, &a->report)) != FW_OK)
		return run_fail(STATUS_OUTPUT, err_word(err));
	if (a->again)
		return a->again(a->again_ctx, &(struct audited){ &a->report, &a->in, a->fw, &a->cfg, a->hmac, whole });
	if (a->o->out_dir && (s = write_outputs(a, whole)) != STATUS_DONE)
		return s;
	stop_release(&a->stop, a->o->out_dir);
	(void)snprintf(sealed, sizeof(sealed), "Sealed by fairwitness/%s: see fairwitness verify", a->seal.keys.key[SIGNING_LOG].id);
	s = run_say(&a->report, a->o->json, a->o->out_dir ? &a->dir : NULL, sealed);
	return s != STATUS_DONE ? s : whole ? against_status(&a->report, a->o) : STATUS_INPUT;
}

enum status audit_again(const struct run_opts *o, const struct outdir *scratch, audit_again_fn *again, void *ctx)
{
	struct audit a = { .o = o, .again = again, .again_ctx = ctx, .scratch = scratch, .facts_file = { .fd = -1 }, .dir = { .fd = -1 } };
	enum status s = run(&a);

	fw_free(a.fw);
	against_free(&a.against);
	keylog_close(&a.keylog);
	if (a.facts)
		(void)facts_close(a.facts);
	free(a.facts);
	outfile_drop(&a.facts_file);
	seal_free(&a.seal);
	inputs_close(&a.in);
	outdir_close(&a.dir);
	hmac_free(a.hmac);
	stop_release(&a.stop, NULL);
	return s;
}

enum status run_audit(const struct run_opts *o)
{
	return audit_again(o, NULL, NULL, NULL);
}
