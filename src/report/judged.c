/* report.json: what was judged, and by which rules (DESIGN.md sections 6 and 7). */
#include "report.h"

#include <stdio.h>
#include <stdlib.h>

void report_rules(struct json *j, const struct report *r)
{
	json_key(j, "register");
	if (r->register_sha256) {
		json_open(j);
		json_kstr(j, "sha256", r->register_sha256);
		json_close(j);
	} else {
		json_nil(j);
	}
	json_key(j, "policy");
	json_open(j);
	json_kstr(j, "sha256", r->policy_sha256);
	json_key(j, "packs");
	json_list(j);
	for (unsigned i = 0; i < r->npacks; i++)
		json_str(j, r->pack[i].name);
	json_list_end(j);
	json_key(j, "pack_sha256");
	json_open(j);
	for (unsigned i = 0; i < r->npacks; i++)
		json_kstr(j, r->pack[i].name, r->pack[i].sha256);
	json_close(j);
	json_close(j);
	json_kstr(j, "ruleset", fw_ruleset());
	json_kstr(j, "case", r->case_id);
	report_time(j, "at", r->docket ? docket_view(r->docket)->at_ns : 0);
}

static void tally(struct json *j, const struct report *r, enum verdict v)
{
	uint64_t n[SEV_CRIT + 1] = { 0 }, all = 0;

	for (uint32_t i = 0; r->docket && i < docket_findings(r->docket); i++) {
		const struct finding *f = docket_finding(r->docket, i);

		if (f->verdict != v || f->accepted)
			continue;
		n[f->severity]++;
		all++;
	}
	json_key(j, verdict_name(v));
	json_open(j);
	json_knum(j, "total", all);
	for (int s = SEV_CRIT; s >= SEV_INFO; s--)
		json_knum(j, severity_name((enum severity)s), n[s]);
	json_close(j);
}

/* How many findings there are, those that the policy tolerates apart. */
void report_summary(struct json *j, const struct report *r)
{
	uint64_t accepted = 0;

	for (uint32_t i = 0; r->docket && i < docket_findings(r->docket); i++)
		accepted += docket_finding(r->docket, i)->accepted != NULL;
	json_key(j, "summary");
	json_open(j);
	tally(j, r, VIOLATED);
	tally(j, r, UNPROTECTED);
	json_knum(j, "accepted", accepted);
	json_close(j);
}

/* A word of the shell: in single quotes, those inside written '\''. */
static size_t quoted(char *out, size_t n, size_t room, const char *s)
{
	if (n + 2 < room)
		out[n++] = '\'';
	for (; *s && n + 6 < room; s++) {
		if (*s == '\'') {
			memcpy(out + n, "'\\''", 4);
			n += 4;
		} else {
			out[n++] = *s;
		}
	}
	if (n + 1 < room)
		out[n++] = '\'';
	out[n] = 0;
	return n;
}

/* Its packets say what it says of them only to who has the key log.  Secrets in the capture tshark finds by itself. */
static bool needs_key_log(const struct report *r, const struct finding *f)
{
	for (unsigned i = 0; r->keylog_sha256 && i < f->nframes; i++)
		if (model_frame_opened(r->model, f->frame[i].input, f->frame[i].frame))
			return true;
	return false;
}

size_t report_tshark(const struct report *r, const struct finding *f, char out[TSHARK])
{
	uint32_t input = f->nframes ? f->frame[0].input : 0;
	size_t n = (size_t)snprintf(out, TSHARK, "tshark -r ");

	n = quoted(out, n, TSHARK, input < r->ninputs ? r->input[input].name : "-");
	/* where the file lies is the user's to know, and in no report */
	if (needs_key_log(r, f))
		n += (size_t)snprintf(out + n, TSHARK - n, " -o tls.keylog_file:\"${KEYLOG:?is to name the key log}\"");
	if (f->options)
		n += (size_t)snprintf(out + n, TSHARK - n, " %s", f->options);
	n += (size_t)snprintf(out + n, TSHARK - n, " -Y ");
	return n < TSHARK - 8 ? quoted(out, n, TSHARK, f->filter_4_0 ? f->filter_4_0 : "") : n;
}

int report_by_id(const void *a, const void *b)
{
	return strcmp(((const struct report_gone *)a)->id, ((const struct report_gone *)b)->id);
}

struct report_gone *report_earlier(const struct report_gone *list, size_t n, const char id[FINDING_ID])
{
	struct report_gone key = { .gone = false };

	memcpy(key.id, id, sizeof(key.id));
	return n ? bsearch(&key, list, n, sizeof(key), report_by_id) : NULL;
}

const char *report_since(const struct report *r, const struct finding *f)
{
	return !r->baseline ? NULL : report_earlier(r->baseline, r->nbaseline, f->id) ? "same" : "new";
}

static void gone(struct json *j, const struct report *r)
{
	json_key(j, "gone");
	json_list(j);
	for (size_t i = 0; i < r->nbaseline; i++) {
		const struct report_gone *g = &r->baseline[i];

		if (!g->gone)
			continue;
		json_open(j);
		json_kstr(j, "id", g->id);
		json_kstr(j, "check", g->check);
		json_kstr(j, "subject", g->subject);
		json_kstr(j, "object", g->object);
		json_close(j);
	}
	json_list_end(j);
}

static void ground_list(struct json *j, const char *key, const struct ground *g, unsigned n)
{
	json_key(j, key);
	json_list(j);
	for (unsigned i = 0; i < n; i++)
		report_ground(j, &g[i]);
	json_list_end(j);
}

static void refs(struct json *j, const char *s)
{
	json_key(j, "refs");
	json_list(j);
	while (*s) {
		const char *end = strchr(s, ';');
		size_t n = end ? (size_t)(end - s) : strlen(s);

		json_text(j, s, n);
		s += n + (end != NULL);
		while (*s == ' ')
			s++;
	}
	json_list_end(j);
}

void report_finding(struct json *j, const struct report *r, const struct finding *f)
{
	char line[TSHARK];

	json_kstr(j, "id", f->id);
	json_kstr(j, "check", f->check->id);
	json_kstr(j, "ruleset", fw_ruleset());
	json_kstr(j, "need", f->check->complete ? "complete" : "positive");
	json_kstr(j, "verdict", verdict_name(f->verdict));
	json_kstr(j, "severity", severity_name(f->severity));
	json_kstr(j, "subject", f->subject);
	json_kstr(j, "object", f->object);
	ground_list(j, "grounds", f->frame, finding_grounds(f));
	json_key(j, "config");
	json_open(j);
	json_kstr(j, "register", r->register_sha256);
	json_kstr(j, "policy", r->policy_sha256);
	json_close(j);
	json_kstr(j, "title", f->title);
	json_kstr(j, "reason", f->reason);
	report_time(j, "first", f->first_ns);
	report_time(j, "last", f->last_ns);
	json_knum(j, "count", f->count);
	ground_list(j, "frames", f->frame, f->nframes);
	json_knum(j, "frames_total", f->frames_total);
	json_kstr(j, "filter", f->filter);
	json_kstr(j, "filter_4_0", f->filter_4_0);
	json_key(j, "tshark");
	json_text(j, line, report_tshark(r, f, line));
	refs(j, f->check->refs);
	json_key(j, "covers");
	json_list(j);
	for (unsigned i = 0; i < f->ncovers; i++)
		json_str(j, f->covers[i]->id);
	json_list_end(j);
	if (r->baseline)
		json_kstr(j, "since", report_since(r, f));
	json_key(j, "ues");
	json_open(j);
	json_knum(j, "total", f->ues);
	json_key(j, "first");
	json_list(j);
	for (unsigned i = 0; i < f->nues; i++)
		json_str(j, f->ue[i]);
	json_list_end(j);
	json_close(j);
}

static void list_findings(struct json *j, const struct report *r, bool accepted)
{
	json_key(j, accepted ? "accepted" : "findings");
	json_list(j);
	for (uint32_t i = 0; r->docket && i < docket_findings(r->docket); i++) {
		const struct finding *f = docket_finding(r->docket, i);

		if ((f->accepted != NULL) != accepted)
			continue;
		json_open(j);
		report_finding(j, r, f);
		if (accepted) {
			json_kstr(j, "accepted_reason", f->accepted->reason.s);
			report_time(j, "accepted_until", f->accepted->until_ns == UINT64_MAX ? 0 : f->accepted->until_ns);
		}
		json_close(j);
	}
	json_list_end(j);
}

static void list_checks(struct json *j, const struct report *r)
{
	unsigned n = 0;
	const struct check_result *c = r->docket ? docket_results(r->docket, &n) : NULL;

	json_key(j, "checks");
	json_list(j);
	for (unsigned i = 0; i < n; i++) {
		json_open(j);
		json_kstr(j, "id", c[i].check->id);
		json_kstr(j, "verdict", verdict_name(c[i].verdict));
		json_key(j, "counts");
		json_open(j);
		for (unsigned v = 0; v < VERDICTS; v++)
			json_knum(j, verdict_name((enum verdict)v), c[i].counts[v]);
		json_close(j);
		json_kstr(j, "reason", c[i].reason);
		json_knum(j, "findings", c[i].findings);
		json_key(j, "undecided");
		json_list(j);
		for (unsigned k = 0; k < c[i].nundecided; k++) {
			json_open(j);
			json_kstr(j, "reason", c[i].undecided[k].text);
			json_knum(j, "count", c[i].undecided[k].n);
			json_close(j);
		}
		json_list_end(j);
		json_kstr(j, "title", c[i].check->title);
		json_kstr(j, "means", c[i].check->means);
		json_kstr(j, "causes", c[i].check->causes);
		json_kstr(j, "confirm", c[i].check->confirm);
		json_kstr(j, "todo", c[i].check->todo);
		json_close(j);
	}
	json_list_end(j);
}

static void list_shares(struct json *j, const struct report *r)
{
	unsigned n = 0;
	const struct share_result *s = r->docket ? docket_shares(r->docket, &n) : NULL;

	json_key(j, "shares");
	json_list(j);
	for (unsigned i = 0; i < n; i++) {
		json_open(j);
		json_kstr(j, "metric", share_metric_name((enum share_metric)s[i].rule->metric));
		json_kstr(j, "scope", s[i].rule->id.s);
		json_kstr(j, "supplier", s[i].supplier);
		json_knum(j, "numerator", s[i].numerator);
		json_knum(j, "denominator", s[i].denominator);
		json_knum(j, "registered", s[i].registered);
		json_knum(j, "coverage_ppm", s[i].coverage_ppm);
		json_knum(j, "low_ppm", s[i].low_ppm);
		json_knum(j, "high_ppm", s[i].high_ppm);
		json_knum(j, "cap_ppm", s[i].rule->max_ppm);
		json_kstr(j, "verdict", verdict_name(s[i].verdict));
		json_close(j);
	}
	json_list_end(j);
}

void report_judged(struct json *j, const struct report *r)
{
	list_shares(j, r);
	list_checks(j, r);
	list_findings(j, r, false);
	list_findings(j, r, true);
	if (r->baseline)
		gone(j, r);
}
