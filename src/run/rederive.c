#include "rederive.h"

#include "core.h"
#include "err.h"
#include "frame.h"
#include "octets.h"

#include <stdlib.h>
#include <string.h>

/* An input whose time goes back is held to its latest so far, as capture.c does it. */
struct placed { uint64_t order_ns; struct frame f; };

static int by_order(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->order_ns != y->order_ns)
		return x->order_ns < y->order_ns ? -1 : 1;
	if (x->f.input != y->f.input)
		return x->f.input < y->f.input ? -1 : 1;
	return x->f.no < y->f.no ? -1 : x->f.no > y->f.no;
}

int capture_order(struct frame *f, size_t n)
{
	struct placed *p = malloc((n + 1) * sizeof(*p));

	if (!p)
		return FW_ENOMEM;
	for (size_t i = 0; i < n; i++) {
		uint64_t before = i && f[i - 1].input == f[i].input ? p[i - 1].order_ns : 0;

		p[i] = (struct placed){ f[i].t_ns > before ? f[i].t_ns : before, f[i] };
	}
	qsort(p, n, sizeof(*p), by_order);
	for (size_t i = 0; i < n; i++)
		f[i] = p[i].f;
	free(p);
	return FW_OK;
}

int rederive(struct rederived *r, const struct fw_config *cfg, const struct frame *f, size_t n)
{
	struct fw_config c = *cfg;
	int err;

	*r = (struct rederived){ NULL };
	c.fact = NULL;
	c.masked = true;
	if ((err = fw_new(&r->fw, &c)) != FW_OK)
		return err;
	fw_feed(r->fw, f, n);
	return fw_end(r->fw);
}

const struct finding *rederived_find(const struct rederived *r, const char *check, const char *subject, const char *object)
{
	const struct docket *d = r->fw ? fw_docket(r->fw) : NULL;

	for (uint32_t i = 0; d && i < docket_findings(d); i++) {
		const struct finding *x = docket_finding(d, i);

		if (!strcmp(x->check->id, check) && !strcmp(x->subject, subject) && !strcmp(x->object, object))
			return x;
	}
	return NULL;
}

/* As leaves have them, octet by octet; the configuration is the same.  0 or FW_ENOMEM. */
static int same_core(const struct finding *a, const struct finding *b, bool *same)
{
	struct octets o[2] = { { 0 }, { 0 } };
	bool whole = true;

	for (int i = 0; i < 2; i++) {
		struct leaf l;

		leaf_start(&l, &o[i]);
		finding_core(&l, i ? b : a, fw_ruleset(), NULL, NULL);
		whole = leaf_end(&l) && whole;
	}
	*same = whole && o[0].n == o[1].n && !memcmp(o[0].b, o[1].b, o[0].n);
	octets_free(&o[0]);
	octets_free(&o[1]);
	return whole ? FW_OK : FW_ENOMEM;
}

int rederive_alone(bool *alone, const struct docket *d, const struct fw_config *cfg, const struct frame *f, size_t n)
{
	/* What verify has of it: no key, and the day that was read rules for. */
	const struct fw_config c = { .reg = cfg->reg, .policy = cfg->policy, .pools = cfg->pools, .npools = cfg->npools, .keep_inner = cfg->keep_inner,
		.crypto.sha256 = cfg->crypto.sha256, .at_ns = docket_view(d)->at_ns };
	struct rederived r;
	int err = rederive(&r, &c, f, n);

	for (uint32_t i = 0; err == FW_OK && i < docket_findings(d); i++) {
		const struct finding *x = docket_finding(d, i), *y = rederived_find(&r, x->check->id, x->subject, x->object);

		alone[i] = false;
		if (y)
			err = same_core(x, y, &alone[i]);
	}
	rederived_free(&r);
	return err;
}

void rederived_free(struct rederived *r)
{
	fw_free(r->fw);
	*r = (struct rederived){ NULL };
}
