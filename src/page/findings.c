/* The verdict in words, what could not be judged, and the findings with their packets. */
#include "inside.h"

enum { FIRST_FINDINGS = 50, FRAMES_SAID = 24 };

static void words(struct page *p, const char *label, struct str text)
{
	if (!text.n)
		return;
	page_mark(p, "<p><strong>%s</strong> ", label);
	page_text(p, text);
	page_raw(p, "</p>");
}

/* Text to take along: the script puts a button to it. */
static void to_copy(struct page *p, const char *label, struct str text)
{
	if (!text.n)
		return;
	page_mark(p, "<div class=\"copy\"><p class=\"dim\">%s</p><pre>", label);
	page_text(p, text);
	page_raw(p, "</pre></div>\n");
}

static const char *severity_class(const json_t *f)
{
	static const char *const known[] = { "crit", "high", "med", "low" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (get_is(f, "severity", known[i]))
			return known[i];
	return "info";
}

static const char *severity_words(const char *severity)
{
	return !strcmp(severity, "crit") ? "critical" : !strcmp(severity, "med") ? "medium" : severity;
}

/* An id is what a link goes to: only ours has the form. */
static bool finding_id(struct str id)
{
	if (id.n != 14 || id.s[0] != 'F' || id.s[1] != '-')
		return false;
	for (size_t i = 2; i < id.n; i++)
		if (!((id.s[i] >= '0' && id.s[i] <= '9') || (id.s[i] >= 'a' && id.s[i] <= 'f')))
			return false;
	return true;
}

static void parties(struct page *p, const json_t *f)
{
	page_party(p, get_text(f, "subject"));
	if (get_text(f, "object").n) {
		page_raw(p, " &rarr; ");
		page_party(p, get_text(f, "object"));
	}
}

static void headline(struct page *p, const json_t *f)
{
	page_mark(p, "<h3><span class=\"sev\">%s</span> ", severity_words(severity_class(f)));
	page_sentence(p, get_text(f, "title"));
	page_raw(p, "</h3>\n<p class=\"who\"><code>");
	page_text(p, get_text(f, "check"));
	page_raw(p, "</code> ");
	parties(p, f);
	page_raw(p, "</p>\n<p>");
	page_sentence(p, get_text(f, "reason"));
	page_raw(p, ".</p>\n");
}

static void facts_of(struct page *p, const json_t *f)
{
	uint64_t frames = get_num(f, "frames_total"), ues = get_num(get(f, "ues"), "total");

	page_raw(p, "<p class=\"dim\">");
	page_sentence(p, get_text(f, "verdict"));
	page_raw(p, ", <code>");
	page_text(p, get_text(f, "id"));
	page_raw(p, "</code>");
	if (get_text(f, "since").n) {
		page_raw(p, ", ");
		page_text(p, get_text(f, "since"));
		page_raw(p, get_is(f, "since", "new") ? " since the baseline" : " as in the baseline");
	}
	page_raw(p, ". First ");
	page_time(p, get_text(f, "first"));
	page_raw(p, ", last ");
	page_time(p, get_text(f, "last"));
	page_mark(p, ". Counted %llu time%s", (unsigned long long)get_num(f, "count"), plural(get_num(f, "count")));
	if (ues)
		page_mark(p, ", of %llu subscriber%s", (unsigned long long)ues, plural(ues));
	page_mark(p, ". %llu frame%s", (unsigned long long)frames, plural(frames));
	page_grounds(p, ": ", get(f, "frames"), FRAMES_SAID);
	page_raw(p, ".</p>\n");
}

static void listed(struct page *p, const char *before, const json_t *list, const char *after)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		page_raw(p, i ? ", " : before);
		page_text(p, as_text(json_array_get(list, i)));
	}
	if (json_array_size(list))
		page_raw(p, after);
}

static void finding(struct page *p, const json_t *f)
{
	const json_t *check = check_of(p, get_text(f, "check"));
	struct str id = get_text(f, "id");

	page_mark(p, "<article class=\"%s\" data-severity=\"%s\" data-verdict=\"", severity_class(f), severity_words(severity_class(f)));
	page_text(p, get_text(f, "verdict"));
	page_raw(p, "\"");
	if (finding_id(id)) {
		page_raw(p, " id=\"");
		page_text(p, id);
		page_raw(p, "\"");
	}
	page_raw(p, ">");
	headline(p, f);
	facts_of(p, f);
	page_raw(p, "<details><summary>Packets, where to look, what else could cause it, what to do</summary>\n");
	page_packets(p, get(f, "grounds"));
	to_copy(p, "Display filter, returns exactly these frames", get_text(f, "filter"));
	if (!str_eq(get_text(f, "filter"), get_text(f, "filter_4_0")))
		to_copy(p, "The same for Wireshark 4.0", get_text(f, "filter_4_0"));
	to_copy(p, "Command for a terminal", get_text(f, "tshark"));
	words(p, "What it means.", get_text(check, "means"));
	words(p, "What else could cause it.", get_text(check, "causes"));
	words(p, "How to confirm it.", get_text(check, "confirm"));
	words(p, "What to do.", get_text(check, "todo"));
	page_raw(p, "<p class=\"dim\">");
	listed(p, "It rests on ", get(f, "refs"), ". ");
	listed(p, "It covers ", get(f, "covers"), ". ");
	page_raw(p, get_is(f, "need", "complete") ? "It needs that nothing was lost: what is missing could explain it." : "Its packets alone are enough to show it.");
	page_raw(p, "</p></details></article>\n");
}

static void accepted(struct page *p)
{
	const json_t *list = get(p->r, "accepted");
	uint64_t total = list_total(p, "accepted");
	size_t n = json_array_size(list) < PAGE_KEEP ? json_array_size(list) : PAGE_KEEP;

	if (!total)
		return;
	page_raw(p, "<h3>Known and tolerated by the policy</h3><ul>\n");
	for (size_t i = 0; i < n; i++) {
		const json_t *f = json_array_get(list, i);

		page_mark(p, "<li><span class=\"sev\">%s</span> ", severity_words(severity_class(f)));
		page_text(p, get_text(f, "check"));
		page_raw(p, ": ");
		parties(p, f);
		page_raw(p, ", ");
		page_text(p, get_text(f, "accepted_reason"));
		if (get_text(f, "accepted_until").n) {
			page_raw(p, ", until ");
			page_time(p, get_text(f, "accepted_until"));
		}
		page_raw(p, "</li>\n");
	}
	page_raw(p, "</ul>\n");
	left_out(p, total - n, "tolerated findings");
}

static void gone(struct page *p)
{
	const json_t *list = get(p->r, "gone");
	size_t n = json_array_size(list) < PAGE_KEEP ? json_array_size(list) : PAGE_KEEP;
	uint64_t total = list_total(p, "gone");

	if (!total)
		return;
	page_raw(p, "<h3>Gone since the baseline</h3><ul>\n");
	for (size_t i = 0; i < n; i++) {
		const json_t *f = json_array_get(list, i);

		page_raw(p, "<li>");
		page_text(p, get_text(f, "check"));
		page_raw(p, ": ");
		parties(p, f);
		page_raw(p, "</li>\n");
	}
	page_raw(p, "</ul>\n");
	left_out(p, total - n, "findings of the baseline");
}

void page_findings(struct page *p)
{
	const json_t *list = get(p->r, "findings");
	size_t n = json_array_size(list) < PAGE_KEEP ? json_array_size(list) : PAGE_KEEP;
	uint64_t total = list_total(p, "findings");

	section(p, "findings", "Findings");
	if (!total)
		page_raw(p, "<p>There are none.</p>\n");
	else if (!p->in->npackets)
		page_raw(p, "<p class=\"dim\">The packets themselves are not part of this report; the filter of each finding shows them in the capture.</p>\n");
	page_raw(p, "<div class=\"list\" data-what=\"findings\">\n");
	for (size_t i = 0; i < n; i++) {
		if (i == FIRST_FINDINGS)
			rest_open(p, n - i, "findings");
		finding(p, json_array_get(list, i));
	}
	if (n > FIRST_FINDINGS)
		rest_close(p);
	page_raw(p, "</div>\n");
	left_out(p, total - n, "findings");
	accepted(p);
	gone(p);
}

/* ---- what could not be judged ---- */

static void unjudged(struct page *p, const json_t *check, struct str reason, uint64_t times)
{
	page_raw(p, "<tr><th scope=\"row\" class=\"id\">");
	page_text(p, get_text(check, "id"));
	page_raw(p, "</th>");
	if (times)
		cell_num(p, times);
	else
		page_raw(p, "<td class=\"n\">-</td>");
	page_raw(p, "<td class=\"text\">");
	page_sentence(p, reason);
	page_raw(p, "</td></tr>\n");
}

void page_undecided(struct page *p)
{
	static const char *const cols[] = { "Check", "#Times", "Reason" };
	const json_t *checks = get(p->r, "checks"), *cov = get(p->r, "coverage");
	bool any = false;

	section(p, "undecided", "What could not be judged, and why");
	for (size_t i = 0; i < json_array_size(checks); i++) {
		const json_t *c = json_array_get(checks, i), *why = get(c, "undecided");
		size_t n = json_array_size(why);

		if (!n && !get_is(c, "verdict", "not-decidable"))
			continue;
		if (!any) {
			page_raw(p, "<div class=\"brief\">");		/* it fits a narrow window */
			table_open(p, "what could not be judged", cols, 3);
		}
		any = true;
		if (!n)
			unjudged(p, c, get_text(c, "reason"), 0);
		for (size_t k = 0; k < n; k++)
			unjudged(p, c, get_text(json_array_get(why, k), "reason"), get_num(json_array_get(why, k), "count"));
	}
	if (any) {
		table_close(p);
		page_raw(p, "</div>\n");
	} else {
		page_raw(p, "<p>Everything that was in view could be judged.</p>\n");
	}
	page_mark(p, "<p class=\"dim\">Of %llu packets %llu were opaque to this version, %llu malformed, %llu cut by the capture; %llu SCTP messages and %llu octets of TCP are missing.</p>\n",
		(unsigned long long)get_num(cov, "packets"), (unsigned long long)get_num(cov, "opaque"), (unsigned long long)get_num(cov, "malformed"),
		(unsigned long long)get_num(cov, "cut"), (unsigned long long)get_num(cov, "sctp_lost"), (unsigned long long)get_num(cov, "tcp_gap_bytes"));
}

/* ---- the head ---- */

/* How many findings of each severity have this verdict. */
static void by_severity(struct page *p, const json_t *of)
{
	static const char *const names[] = { "crit", "high", "med", "low", "info" };

	page_raw(p, "<ul class=\"tally\" aria-label=\"violations by severity\">");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (get_num(of, names[i]))
			page_mark(p, "<li class=\"%s\"><strong>%llu</strong> %s</li>\n", names[i], (unsigned long long)get_num(of, names[i]), severity_words(names[i]));
	page_raw(p, "</ul>\n");
}

static void says_verdict(struct page *p)
{
	const json_t *sum = get(p->r, "summary"), *violated = get(sum, "violated"), *bare = get(sum, "unprotected"), *checks = get(p->r, "checks");
	uint64_t bad = get_num(violated, "total"), unprotected = get_num(bare, "total"), open = 0;

	page_raw(p, "<p class=\"verdict\">");
	if (bad) {
		page_mark(p, "<strong>%llu violation%s</strong> of what %s and standard ask.</p>\n", (unsigned long long)bad, plural(bad),
			json_is_object(get(p->r, "register")) ? "register, policy" : "policy");
		by_severity(p, violated);
	} else {
		page_raw(p, "<strong>No violation</strong> was found in what could be judged.</p>\n");
	}
	page_raw(p, "<p>");
	if (unprotected)
		page_mark(p, "%llu observation%s without protection, which break%s no rule. ", (unsigned long long)unprotected, plural(unprotected), unprotected == 1 ? "s" : "");
	if (get_num(sum, "accepted"))
		page_mark(p, "%llu finding%s that the policy tolerates. ", (unsigned long long)get_num(sum, "accepted"), plural(get_num(sum, "accepted")));
	for (size_t i = 0; i < json_array_size(checks); i++) {
		const json_t *c = json_array_get(checks, i);

		open += get_is(c, "verdict", "not-decidable") || json_array_size(get(c, "undecided"));
	}
	if (open)
		page_mark(p, "Of %llu checks, %llu could not be judged, or not in all that was in view. ", (unsigned long long)json_array_size(checks), (unsigned long long)open);
	page_raw(p, "</p>\n");
}

void page_head(struct page *p)
{
	static const char *const parts[][2] = { { "undecided", "Not judged" }, { "findings", "Findings" }, { "network", "Network" }, { "elements", "Elements" },
		{ "contacts", "Contacts" }, { "shares", "Shares" }, { "checks", "Checks" }, { "coverage", "Coverage" }, { "verify", "Verify" } };
	const json_t *inputs = get(p->r, "inputs"), *in;
	uint64_t packets = 0, n = list_total(p, "inputs");
	struct str first = { "", 0 }, last = { "", 0 };

	for (size_t i = 0; i < json_array_size(inputs); i++) {
		struct str a, b;

		in = json_array_get(inputs, i);
		a = get_text(in, "first");
		b = get_text(in, "last");
		packets += get_num(in, "packets");
		if (a.n && (!first.n || strcmp(a.s, first.s) < 0))
			first = a;
		if (b.n && (!last.n || strcmp(b.s, last.s) > 0))
			last = b;
	}
	page_raw(p, "<header><h1>Fair Witness report</h1>\n");
	says_verdict(p);
	page_mark(p, "<p>%llu packet%s in %llu file%s", (unsigned long long)packets, plural(packets), (unsigned long long)n, plural(n));
	if (first.n) {
		page_raw(p, ", from ");
		page_time(p, first);
		page_raw(p, " to ");
		page_time(p, last);
	}
	page_raw(p, ".");
	if (!json_is_object(get(p->r, "register")))
		page_raw(p, " <strong>There is no register</strong>: who is meant to be there, and to whom it may speak, is not known.");
	page_raw(p, "</p>\n</header>\n<nav aria-label=\"Parts of this report\"><ul>");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		page_mark(p, "<li><a href=\"#%s\">%s</a></li>", parts[i][0], parts[i][1]);
	page_raw(p, "</ul></nav>\n");
}
