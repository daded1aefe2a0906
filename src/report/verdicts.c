/* The head of the summary: verdicts, what could not be judged, and where to look. */
#include "say.h"

#include <stdio.h>

enum { SHOWN = 40, FRAMES_SHOWN = 12 };

static const char *colour(const struct out *o, enum severity s)
{
	if (!o->colour)
		return "";
	switch (s) {
	case SEV_CRIT:
	case SEV_HIGH: return "\033[1;31m";
	case SEV_MED: return "\033[1;33m";
	case SEV_LOW:
	case SEV_INFO:
	case SEV_NONE: break;
	}
	return "\033[1m";
}

/* "1 crit, 3 high" of the findings with this verdict. */
static uint32_t by_severity(const struct report *r, enum verdict v, char *out, size_t room)
{
	uint32_t n[SEV_CRIT + 1] = { 0 }, all = 0;
	size_t at = 0;

	out[0] = 0;
	for (uint32_t i = 0; i < docket_findings(r->docket); i++) {
		const struct finding *f = docket_finding(r->docket, i);

		if (f->verdict != v || f->accepted)
			continue;
		n[f->severity]++;
		all++;
	}
	for (int s = SEV_CRIT; s >= SEV_INFO; s--)
		if (n[s])
			at += (size_t)snprintf(out + at, room - at, "%s%u %s", at ? ", " : "", n[s], severity_name((enum severity)s));
	return all;
}

static void frames(struct out *o, const struct report *r, const struct finding *f)
{
	say(o, "        %s ", f->frames_total == 1 ? "frame" : "frames");
	for (unsigned i = 0; i < f->nframes && i < FRAMES_SHOWN; i++)
		say(o, "%s%u", i ? ", " : "", f->frame[i].frame);
	if (f->frames_total > FRAMES_SHOWN)
		say(o, ", ... %llu in all", (unsigned long long)f->frames_total);
	if (r->ninputs > 1 && f->nframes) {
		char name[200];
		const char *s = r->input[f->frame[0].input].name;

		clean(name, sizeof(name), s, strlen(s));
		say(o, " of %s", name);
	}
	say(o, "\n");
}

static void finding(struct out *o, const struct report *r, const struct finding *f)
{
	char line[TSHARK], text[1000], t[TIME_TEXT];

	say(o, "\n  %s%-4s%s  %s%s%s  %s%s%s  (%s%s%s)\n", colour(o, f->severity), severity_name(f->severity), plain(o), bold(o), f->check->id, plain(o), f->subject,
		*f->object ? " -> " : "", f->object, f->id, report_since(r, f) ? ", " : "", report_since(r, f) ? report_since(r, f) : "");
	clean(text, sizeof(text), f->reason, strlen(f->reason));
	say(o, "        %s: %s.\n", f->title, text);
	if (f->nframes)
		frames(o, r, f);
	if (f->first_ns)
		say(o, "        first seen %s UTC\n", when(f->first_ns, t));
	say_text(o, "        filter  ");
	say_text(o, f->filter ? f->filter : "");
	(void)report_tshark(r, f, line);
	say_text(o, "\n        ");
	say_text(o, line);
	say_text(o, "\n");
	for (unsigned i = 0; i < f->ncovers; i++)
		say(o, "%s%s%s", i ? ", " : "        covers ", f->covers[i]->id, i + 1 == f->ncovers ? "\n" : "");
}

static void list(struct out *o, const struct report *r, enum verdict v)
{
	uint32_t shown = 0, left = 0;

	for (uint32_t i = 0; i < docket_findings(r->docket); i++) {
		const struct finding *f = docket_finding(r->docket, i);

		if (f->verdict != v || f->accepted)
			continue;
		if (shown == SHOWN) {
			left++;
			continue;
		}
		finding(o, r, f);
		shown++;
	}
	if (left)
		say(o, "\n  ... and %u more in report.json\n", left);
}

static void accepted(struct out *o, const struct report *r)
{
	bool any = false;

	for (uint32_t i = 0; i < docket_findings(r->docket); i++) {
		const struct finding *f = docket_finding(r->docket, i);

		if (!f->accepted)
			continue;
		if (!any)
			title(o, "Known and tolerated by the policy");
		any = true;
		say(o, "  %s  %s%s%s: %s\n", f->check->id, f->subject, *f->object ? " -> " : "", f->object, f->accepted->reason.s ? f->accepted->reason.s : "");
	}
}

static void gone(struct out *o, const struct report *r)
{
	bool any = false;

	for (size_t i = 0; i < r->nbaseline; i++) {
		const struct report_gone *g = &r->baseline[i];
		char text[400];

		if (!g->gone)
			continue;
		if (!any)
			title(o, "Gone since the baseline");
		any = true;
		(void)snprintf(text, sizeof(text), "%s  %s%s%s (%s)", g->check, g->subject, *g->object ? " -> " : "", g->object, g->id);
		clean(text, sizeof(text), text, strlen(text));
		say(o, "  %s\n", text);
	}
}

static void unjudged(struct out *o, const struct check_result *c, unsigned n)
{
	bool any = false;

	for (unsigned i = 0; i < n; i++) {
		for (unsigned k = 0; k < c[i].nundecided; k++) {
			if (!any)
				title(o, "What could not be judged, and why");
			any = true;
			say(o, "  %s (%llu): %s\n", c[i].check->id, (unsigned long long)c[i].undecided[k].n, c[i].undecided[k].text);
		}
		if (c[i].verdict == NOT_DECIDABLE && !c[i].nundecided) {
			if (!any)
				title(o, "What could not be judged, and why");
			any = true;
			say(o, "  %s: %s\n", c[i].check->id, c[i].reason);
		}
	}
}

/* "  Conform: A, B": the checks that have this word. */
static void word(struct out *o, const struct check_result *c, unsigned n, enum verdict v, const char *what)
{
	unsigned width = o->width, at = 0;
	bool any = false;

	for (unsigned i = 0; i < n; i++) {
		if (c[i].verdict != v)
			continue;
		if (any && at + strlen(c[i].check->id) + 2 > width) {
			say(o, ",\n    ");
			at = 4;
		} else if (any) {
			say(o, ", ");
			at += 2;
		} else {
			say(o, "  %s: ", what);
			at = (unsigned)strlen(what) + 4;
		}
		say(o, "%s", c[i].check->id);
		at += (unsigned)strlen(c[i].check->id);
		any = true;
	}
	if (any)
		say(o, "\n");
}

/* Violated, and every finding of it is covered by a more specific one. */
static void covered(struct out *o, const struct check_result *c, unsigned n)
{
	bool any = false;

	for (unsigned i = 0; i < n; i++) {
		if (c[i].verdict != VIOLATED || c[i].findings)
			continue;
		say(o, "%s%s", any ? ", " : "  Violated too, but covered by more specific findings: ", c[i].check->id);
		any = true;
	}
	if (any)
		say(o, "\n");
}

void say_verdicts(struct out *o, const struct report *r)
{
	char bad[120], bare[120];
	uint32_t violated, unprotected;
	const struct check_result *c;
	unsigned n;

	if (!r->docket)
		return;
	c = docket_results(r->docket, &n);
	violated = by_severity(r, VIOLATED, bad, sizeof(bad));
	unprotected = by_severity(r, UNPROTECTED, bare, sizeof(bare));
	title(o, "Verdicts");
	if (violated)
		say(o, "  %s%u violation%s%s: %s\n", bold(o), violated, plural(violated), plain(o), bad);
	else
		say(o, "  No violation was found in what could be judged.\n");
	if (unprotected)
		say(o, "  %u observation%s without protection, which breaks no rule: %s\n", unprotected, plural(unprotected), bare);
	if (!r->register_sha256)
		say(o, "  There is no register: who is meant to be there, and to whom it may speak, is not known. `fairwitness register` drafts one.\n");
	covered(o, c, n);
	word(o, c, n, CONFORM, "Conform");
	word(o, c, n, NOT_OBSERVED, "Not observed, nothing on these taps bears on it");
	word(o, c, n, OFF, "Off, no rule asks for it");
	unjudged(o, c, n);
	if (violated) {
		title(o, "Violations, and where to look");
		list(o, r, VIOLATED);
	}
	if (unprotected) {
		title(o, "Without protection, and where to look");
		list(o, r, UNPROTECTED);
	}
	accepted(o, r);
	gone(o, r);
}
