/* What facts are held against: register and policy as the engine takes them, and what their findings mean for the exit status. */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

static void pools_of(struct against *a)
{
	const struct prefixes *p = &a->conf.reg->networks.ue_pools;

	for (uint32_t i = 0; i < p->n && i < sizeof(a->pool) / sizeof(a->pool[0]); i++) {
		struct fw_pool *to = &a->pool[a->npools++];

		to->fam = p->v[i].net.fam;
		to->bits = p->v[i].bits;
		memcpy(to->addr, p->v[i].net.b, 16);
	}
}

enum status against_get(struct against *a, const struct run_opts *o, struct fw_config *cfg)
{
	const char *ids[64];
	struct conf_opts co = { .register_file = o->register_file, .policy_file = o->policy_file, .checks = ids };
	enum status s;
	struct err e;

	for (; checks[co.nchecks] && co.nchecks < 64; co.nchecks++)
		ids[co.nchecks] = checks[co.nchecks]->id;
	s = (enum status)conf_get(&a->conf, &co);
	if (s != STATUS_DONE)
		return s;
	if (a->conf.reg)
		pools_of(a);
	if (o->baseline && baseline_open(&a->baseline, o->baseline, &e) != FW_OK)
		return run_fail(STATUS_USAGE, e.text);
	cfg->reg = a->conf.reg;
	cfg->policy = a->conf.policy;
	cfg->at_ns = o->at_ns;
	cfg->crypto.sha256 = sha_of;
	cfg->crypto.ciphers = &ciphers_libcrypto;
	cfg->pools = a->pool;
	cfg->npools = a->npools;
	return STATUS_DONE;
}

int against_report(struct against *a, const struct fw *fw, struct report *r)
{
	r->docket = fw_docket(fw);
	r->register_sha256 = a->conf.register_file.name ? a->conf.register_file.sha256 : NULL;
	r->policy_sha256 = a->conf.policy_file.name ? a->conf.policy_file.sha256 : NULL;
	a->pack = calloc(a->conf.npacks + 1, sizeof(*a->pack));
	if (!a->pack)
		return FW_ENOMEM;
	for (size_t i = 0; i < a->conf.npacks; i++)
		a->pack[i] = (struct report_pack){ a->conf.policy->packs.v[i], a->conf.pack[i].sha256 };
	r->pack = a->pack;
	r->npacks = (unsigned)a->conf.npacks;
	if (a->baseline.json)
		baseline_compare(&a->baseline, r);
	return FW_OK;
}

enum status against_status(const struct report *r, const struct run_opts *o)
{
	for (uint32_t i = 0; o->fail_on && i < docket_findings(r->docket); i++) {
		const struct finding *f = docket_finding(r->docket, i);

		if (f->verdict == VIOLATED && !f->accepted && (int)f->severity >= o->fail_on)
			return STATUS_FINDINGS;
	}
	return STATUS_DONE;
}

void against_free(struct against *a)
{
	conf_free(&a->conf);
	baseline_close(&a->baseline);
	free(a->pack);
	a->pack = NULL;
}
