#include "rederive.h"

#include "err.h"
#include "frame.h"

#include <string.h>

enum { FEED = 64 };

int rederive(struct rederived *r, const struct fw_config *cfg, const struct frame *f, size_t n)
{
	struct fw_config c = *cfg;
	int err;

	*r = (struct rederived){ NULL };
	c.fact = NULL;
	c.masked = true;
	if ((err = fw_new(&r->fw, &c)) != FW_OK)
		return err;
	for (size_t i = 0; i < n; i += FEED)
		fw_feed(r->fw, f + i, n - i < FEED ? n - i : FEED);
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

bool finding_same(const struct finding *a, const struct finding *b)
{
	unsigned n = a->nframes < FINDING_GROUNDS ? a->nframes : FINDING_GROUNDS;

	if (a->verdict != b->verdict || a->severity != b->severity || (b->nframes < FINDING_GROUNDS ? b->nframes : FINDING_GROUNDS) != n)
		return false;
	for (unsigned i = 0; i < n; i++)
		if (a->frame[i].input != b->frame[i].input || a->frame[i].frame != b->frame[i].frame)
			return false;
	return true;
}

void rederived_free(struct rederived *r)
{
	fw_free(r->fw);
	*r = (struct rederived){ NULL };
}
