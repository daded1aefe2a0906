/* judge: lists of facts in, no packets; the same outputs as audit. */
#include "inside.h"

#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct judge {
	const struct run_opts *o;
	struct lists	*lists;
	struct outdir	 dir;
	struct stop	 stop;
	struct against	 against;
	struct fw	*fw;
	struct report	 report;
};

static void on_fact(void *fw, const struct fact *f)
{
	fw_fact(fw, f);
}

static enum status prepare(struct judge *g)
{
	const struct run_opts *o = g->o;
	struct fw_config cfg = { .seed_len = SHA };
	uint8_t seed[SHA];
	struct err e;
	enum status s;
	int err;

	if (o->out_dir && outplace_apart(o->out_dir, o->path, o->npaths, &e) != FW_OK)
		return run_fail(STATUS_USAGE, e.text);
	if (o->out_dir)
		stop_hold(&g->stop);
	if ((s = against_get(&g->against, o, &cfg)) != STATUS_DONE)
		return s;
	if ((err = lists_open(&g->lists, o->path, o->npaths, &cfg, &g->stop, &e)) != FW_OK)
		return run_fail(err == FW_EINVAL ? STATUS_USAGE : STATUS_OUTPUT, e.text);
	if (o->out_dir && (err = outdir_open(&g->dir, o->out_dir, true, &g->stop, &e)) != FW_OK)
		return run_fail(err == FW_EINVAL ? STATUS_USAGE : STATUS_OUTPUT, e.text);
	if (RAND_bytes(seed, sizeof(seed)) == 1)	/* lists may be hostile; results do not depend on it */
		cfg.seed = seed;
	if ((err = fw_judge_new(&g->fw, &cfg)) != FW_OK)
		return run_fail(STATUS_OUTPUT, err_word(err));
	return STATUS_DONE;
}

static enum status write_outputs(struct judge *g)
{
	enum status s = run_write(&g->dir, &g->report, NULL);
	struct err e;

	return s != STATUS_DONE ? s : outdir_commit(&g->dir, &e) == FW_OK ? STATUS_DONE : run_fail(STATUS_OUTPUT, e.text);
}

static enum status run(struct judge *g)
{
	enum status s = prepare(g);
	struct fw_stats made;
	struct err e;
	bool whole;
	int err;

	if (s != STATUS_DONE)
		return s;
	lists_feed(g->lists, on_fact, g->fw);
	if (lists_fragmented(g->lists))
		fw_fragmented(g->fw);
	if ((err = fw_end(g->fw)) != FW_OK)
		return run_fail(STATUS_OUTPUT, err_word(err));
	g->report.model = fw_model(g->fw);
	if (stop_asked(&g->stop, &e))
		return run_fail(STATUS_OUTPUT, e.text);
	whole = lists_end(g->lists, &g->report);
	lists_tell(g->lists);
	if (!lists_any(g->lists))
		return STATUS_INPUT;		/* nothing was read, so nothing is written */
	fw_stats(g->fw, &made);
	g->report.stats.facts = made.facts;
	if (made.refused > g->report.stats.refused)	/* together they may fill what each alone did not */
		g->report.stats.refused = made.refused;
	if ((err = against_report(&g->against, g->fw, &g->report)) != FW_OK)
		return run_fail(STATUS_OUTPUT, err_word(err));
	if (g->o->out_dir && (s = write_outputs(g)) != STATUS_DONE)
		return s;
	stop_release(&g->stop, g->o->out_dir);
	s = run_say(&g->report, g->o->json, g->o->out_dir ? &g->dir : NULL, "Not sealed: there is no evidence without packets; audit reads them.");
	return s != STATUS_DONE ? s : whole ? against_status(&g->report, g->o) : STATUS_INPUT;
}

enum status run_judge(const struct run_opts *o)
{
	struct judge g = { .o = o, .dir = { .fd = -1 } };
	enum status s = run(&g);

	fw_free(g.fw);
	against_free(&g.against);
	lists_close(g.lists);
	outdir_close(&g.dir);
	stop_release(&g.stop, NULL);
	return s;
}
