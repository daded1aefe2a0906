/* decode: facts, one JSON object a line, on standard output. */
#include "inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool wanted(const struct run_opts *o, const struct fact *f)
{
	for (size_t i = 0; i < o->nprotos; i++)
		if (!strcmp(o->proto[i], fact_kind_name((enum fact_kind)f->kind)))
			return true;
	return !o->nprotos;
}

static enum status decode(const struct run_opts *o, struct inputs *in, struct fact_list *l, struct fw *fw, const struct case_key *key,
	const struct keylog *keylog, const struct fw_config *cfg)
{
	char id[HEX_SHA];
	struct report r;
	struct err e;
	bool whole;
	int err = run_id(o, key->id, keylog, id, &e);

	if (err == FW_OK)
		err = facts_run(l, id, key->id, in, cfg);
	if (err != FW_OK)
		return run_fail(STATUS_OUTPUT, err_word(err));
	inputs_feed(in, fw);
	err = fw_end(fw);
	whole = inputs_end(in);
	if (err != FW_OK || in->full)
		return run_fail(STATUS_OUTPUT, err_word(err != FW_OK ? err : FW_ENOMEM));
	inputs_tell(in);
	r = (struct report){ .model = fw_model(fw), .input = in->list, .ninputs = capture_count(in->capture), .case_id = key->id,
		.keep_inner = o->keep_inner, .no_digest = o->no_digest, .partial = !whole, .outside = in->outside,
		.blocks = in->blocks };
	report_keylog(&r, keylog);
	fw_stats(fw, &r.stats);
	if (inputs_packets(in))
		facts_end(l, &r);		/* a list without `end` is partial */
	if (facts_close(l) != FW_OK)
		return stdout_fail(l->saved_errno, NULL);
	return whole ? STATUS_DONE : STATUS_INPUT;
}

enum status run_decode(const struct run_opts *o)
{
	struct fact_list *l = calloc(1, sizeof(*l));
	struct fw_config cfg = { .fact = facts_add, .ctx = l, .batch = o->batch, .keep_inner = o->keep_inner, .clear = o->clear };
	struct inputs in = { 0 };
	struct hmac *hmac = NULL;
	struct against against = { 0 };
	struct keylog keylog = { .skipped = 0 };
	struct case_key key;
	struct fw *fw = NULL;
	enum status s;
	struct err e;
	int err = l ? facts_open(l, 1, NULL, false) : FW_ENOMEM;

	if (err != FW_OK) {
		free(l);
		return run_fail(STATUS_OUTPUT, err_word(err));
	}
	l->o = o;
	l->wanted = wanted;
	if (o->register_file && (s = against_get(&against, o, &cfg)) != STATUS_DONE) {
		;
	} else if ((err = case_key_get(&key, o->case_key, &e)) != FW_OK) {
		s = run_fail(o->case_key ? STATUS_USAGE : STATUS_OUTPUT, e.text);
	} else if ((err = keylog_get(&keylog, o, &e)) != FW_OK) {
		s = run_fail(err == FW_ENOMEM ? STATUS_OUTPUT : STATUS_USAGE, e.text);
	} else if ((err = inputs_open(&in, o, !o->no_digest, NULL, NULL, &e)) != FW_OK) {
		s = run_fail(err == FW_ELIMIT ? STATUS_USAGE : STATUS_OUTPUT, e.text);
	} else {
		hmac = hmac_new(key.key);
		cfg.crypto.hmac = hmac ? hmac_of : NULL;
		cfg.crypto.ctx = hmac;
		cfg.crypto.sha256 = sha_of;
		cfg.secrets = keylog_any(&keylog) ? &keylog.secrets : NULL;
		cfg.crypto.ciphers = &ciphers_libcrypto;
		cfg.policy = NULL;		/* facts only: nothing is judged */
		cfg.seed = key.key;
		cfg.seed_len = SHA;
		err = hmac ? fw_new(&fw, &cfg) : FW_ENOMEM;
		s = err == FW_OK ? decode(o, &in, l, fw, &key, &keylog, &cfg) : run_fail(STATUS_OUTPUT, err_word(err));
	}
	fw_free(fw);
	hmac_free(hmac);
	inputs_close(&in);
	(void)facts_close(l);
	against_free(&against);
	keylog_close(&keylog);
	free(l);
	return s;
}
