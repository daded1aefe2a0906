/*
 * Packets to facts, facts to the model, and the model's orders back to the counting of packets.
 * Or facts that were made before to the model: then there are no layers.
 */
#include "inside.h"

#include "err.h"
#include "finding.h"
#include "layers.h"
#include "model.h"
#include "version.h"

#include <assert.h>
#include <stdlib.h>

struct fw {
	struct fw_config cfg;
	struct layers	*layers;	/* NULL: fw_judge_new(), or after fw_end() */
	struct fw_stats	 stats;		/* of the layers that are gone */
	struct model	*model;
	struct view	 view;
	struct docket	*docket;	/* NULL: nothing is judged */
	struct pool	 pool[TALLY_POOLS];
	struct pieces	 pieces;
	uint64_t	 facts;
	bool		 trouble;	/* the layers' */
};

static struct hash_key seed_of(const struct fw_config *cfg)
{
	return hash_key_make(cfg->seed ? cfg->seed : "fairwitness", cfg->seed ? cfg->seed_len : 11);
}

static void on_fact(void *ctx, const struct fact *f)
{
	struct fw *w = ctx;

	w->facts++;
	if (w->cfg.fact)
		w->cfg.fact(w->cfg.ctx, f);
	model_fact(w->model, f);
	if (w->docket)
		docket_fact(w->docket, f);
}

static void on_binding(void *ctx, const struct binding *b)
{
	struct fw *w = ctx;

	if (w->layers)
		layers_bind(w->layers, b);
}

static void on_pieces(void *ctx, uint32_t input, const uint32_t *frames, uint32_t n)
{
	pieces_add(&((struct fw *)ctx)->pieces, input, frames, n);
}

static struct model_config model_config_of(const struct fw_config *cfg)
{
	struct model_config mc = { .hash = seed_of(cfg) };

	if (cfg->policy) {
		mc.settle_ns = cfg->policy->settings.settle_s * 1000000000ull;
		mc.grace_ns = cfg->policy->settings.grace_s * 1000000000ull;
		mc.move_window_ns = cfg->policy->settings.redirect_window_s * 1000000000ull;
	}
	return mc;
}

/* The model is there; what judges it is made when there is something to hold it against. */
static int judge_new(struct fw *w)
{
	struct docket_config dc = { .hash = seed_of(&w->cfg) };

	if (!w->cfg.policy)
		return FW_OK;
	w->view = (struct view){ .model = w->model, .reg = w->cfg.reg, .policy = w->cfg.policy, .at_ns = w->cfg.at_ns,
		.sha256 = w->cfg.crypto.sha256 };
	return docket_new(&w->docket, &w->view, &dc);
}

int fw_new(struct fw **out, const struct fw_config *cfg)
{
	return fw_new_marked(out, cfg, NULL);
}

int fw_new_marked(struct fw **out, const struct fw_config *cfg, struct marks *marks)
{
	struct fw *w = calloc(1, sizeof(*w));
	struct layers_config lc = { .emit = on_fact, .ctx = w, .hmac = cfg->crypto.hmac, .hmac_ctx = cfg->crypto.ctx, .sha256 = cfg->crypto.sha256,
		.ciphers = cfg->crypto.ciphers, .batch = cfg->batch,
		.keep_inner = cfg->keep_inner, .clear = cfg->clear, .masked = cfg->masked, .marks = marks, .secrets = cfg->secrets,
		.pieces = on_pieces };
	struct model_config mc = model_config_of(cfg);
	int err = FW_ENOMEM;

	*out = NULL;
	if (!w)
		return err;
	w->cfg = *cfg;
	if (cfg->npools > TALLY_POOLS) {
		err = FW_ELIMIT;
		goto fail;
	}
	for (unsigned i = 0; i < cfg->npools; i++)
		w->pool[i] = (struct pool){ addr_make(cfg->pools[i].addr, cfg->pools[i].fam), cfg->pools[i].bits };
	mc.bind = on_binding;
	mc.ctx = w;
	lc.hash = mc.hash;
	lc.pools = w->pool;
	lc.npools = cfg->npools;
	if ((err = pieces_init(&w->pieces)) != FW_OK || (err = layers_new(&w->layers, &lc)) != FW_OK || (err = model_new(&w->model, &mc)) != FW_OK ||
	    (err = judge_new(w)) != FW_OK)
		goto fail;
	*out = w;
	return FW_OK;
fail:
	fw_free(w);
	return err;
}

int fw_judge_new(struct fw **out, const struct fw_config *cfg)
{
	struct model_config mc = model_config_of(cfg);
	struct fw *w = calloc(1, sizeof(*w));
	int err = FW_ENOMEM;

	*out = NULL;
	if (!w)
		return err;
	w->cfg = *cfg;
	if ((err = model_new(&w->model, &mc)) != FW_OK || (err = judge_new(w)) != FW_OK) {
		fw_free(w);
		return err;
	}
	*out = w;
	return FW_OK;
}

void fw_fact(struct fw *w, const struct fact *f)
{
	assert(!w->layers);
	on_fact(w, f);
}

void fw_fragmented(struct fw *w)
{
	w->view.fragments = true;
}

void fw_free(struct fw *w)
{
	if (!w)
		return;
	layers_free(w->layers);
	docket_free(w->docket);
	view_free(&w->view);
	model_free(w->model);
	pieces_free(&w->pieces);
	free(w);
}

void fw_feed(struct fw *w, const struct frame *f, size_t n)
{
	assert(w->layers);
	layers_feed(w->layers, f, n);
}

int fw_end(struct fw *w)
{
	int err;

	if (w->layers) {		/* their memory is free before reports are written */
		layers_end(w->layers);
		layers_stats(w->layers, &w->stats);
		w->trouble = layers_trouble(w->layers);
		layers_free(w->layers);
		w->layers = NULL;
	}
	if (w->stats.fragments)
		w->view.fragments = true;
	model_settle(w->model);
	err = w->docket ? docket_end(w->docket) : FW_OK;
	return err == FW_OK && w->trouble ? FW_ENOMEM : err;
}

void fw_stats(const struct fw *w, struct fw_stats *out)
{
	*out = w->stats;
	if (w->layers)
		layers_stats(w->layers, out);
	out->facts = w->facts;
	out->refused += w->pieces.refused + model_counts(w->model)->refused + (w->docket ? docket_refused(w->docket) : 0);
}

bool fw_pieces(const struct fw *w, uint32_t i, struct fw_pieces *out)
{
	const struct piece_list *p = i < w->pieces.nlists ? &w->pieces.list[i] : NULL;

	if (p)
		*out = (struct fw_pieces){ p->input, p->n, w->pieces.frame + p->at };
	return p != NULL;
}

const struct model *fw_model(const struct fw *w) { return w->model; }
const struct docket *fw_docket(const struct fw *w) { return w->docket; }
const char *fw_version(void) { return FW_VERSION; }
const char *fw_ruleset(void) { return "observe-" FW_VERSION; }
