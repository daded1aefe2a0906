/*
 * findings.ndjson: one finding a line in the shape of Suricata's EVE alerts, so that what ships and
 * shows those takes these too.  Accepted ones are left out: they are in report.json.
 */
#include "report.h"

#include <stdlib.h>

/* EVE counts severities from 1, the gravest; info is 4 like low. */
static unsigned eve_severity(enum severity s)
{
	switch (s) {
	case SEV_CRIT: return 1;
	case SEV_HIGH: return 2;
	case SEV_MED: return 3;
	case SEV_NONE:
	case SEV_INFO:
	case SEV_LOW: break;
	}
	return 4;
}

/* A number that stays with the check's id: EVE wants one, from 1. */
static uint64_t signature_id(const struct check *c)
{
	static const struct hash_key fixed = { { 5, 6, 7, 8 } };

	return hash_bytes(&fixed, c->id, strlen(c->id)) % 999999999 + 1;
}

static void party(struct json *j, const char *key, const struct addr *a)
{
	char text[ADDR_TEXT];

	if (!a->fam)
		return;
	json_key(j, key);
	json_text(j, text, addr_text(a, text));
}

static void one(struct json *j, const struct report *r, const struct finding *f)
{
	json_open(j);
	report_time(j, "timestamp", f->first_ns);
	json_kstr(j, "event_type", "alert");
	party(j, "src_ip", &f->subject_at);
	party(j, "dest_ip", &f->object_at);
	if (f->nframes)
		json_knum(j, "pcap_cnt", f->frame[0].frame);
	json_key(j, "alert");
	json_open(j);
	json_kstr(j, "action", "allowed");
	json_knum(j, "gid", 1);
	json_knum(j, "signature_id", signature_id(f->check));
	json_knum(j, "rev", 1);
	json_kstr(j, "signature", f->check->id);
	json_kstr(j, "category", f->check->title);
	json_knum(j, "severity", eve_severity(f->severity));
	json_close(j);
	json_key(j, "fairwitness");
	json_open(j);
	report_finding(j, r, f);
	json_close(j);
	json_close(j);
	json_line(j);
}

int report_eve(const struct report *r, int (*write)(void *ctx, const char *p, size_t n), void *ctx)
{
	struct json *j = malloc(sizeof(*j));
	int err;

	if (!j)
		return -1;
	json_start(j, write, ctx);
	for (uint32_t i = 0; i < docket_findings(r->docket); i++)
		if (!docket_finding(r->docket, i)->accepted)
			one(j, r, docket_finding(r->docket, i));
	err = json_done(j);
	free(j);
	return err;
}
