/*
 * report.html: the report as one offline page.  No script, nothing from outside, the same from the
 * same report byte for byte.  It opens with the verdict, then what could not be judged, then where
 * to look; every drawing has a table twin.
 */
#include "page.h"
#include "say.h"
#include "style.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROWS = 2000 };		/* rows of a table; the rest is in report.json, and it is said */

static void section(struct page *p, const char *id, const char *title)
{
	page_raw(p, "<h2 id=\"");
	page_raw(p, id);
	page_raw(p, "\">");
	page_raw(p, title);
	page_raw(p, "</h2>\n");
}

static void left_out(struct page *p, uint64_t n, const char *what)
{
	if (!n)
		return;
	page_raw(p, "<p class=\"dim\">");
	page_fmt(p, "%llu more %s are in report.json.", (unsigned long long)n, what);
	page_raw(p, "</p>\n");
}

static void cell(struct page *p, const char *s)
{
	page_raw(p, "<td>");
	page_text(p, s);
	page_raw(p, "</td>");
}

static void number(struct page *p, uint64_t n)
{
	page_raw(p, "<td class=\"n\">");
	page_fmt(p, "%llu", (unsigned long long)n);
	page_raw(p, "</td>");
}

/* ---- verdict ---- */

static uint32_t count(const struct report *r, enum verdict v)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < docket_findings(r->docket); i++)
		n += docket_finding(r->docket, i)->verdict == v && !docket_finding(r->docket, i)->accepted;
	return n;
}

static void head(struct page *p)
{
	static const char *const parts[][2] = { { "undecided", "Not judged" }, { "findings", "Findings" }, { "network", "Network" }, { "elements", "Elements" },
		{ "contacts", "Contacts" }, { "shares", "Shares" }, { "checks", "Checks" }, { "coverage", "Coverage" }, { "verify", "Verify" } };
	uint32_t bad = count(p->r, VIOLATED), bare = count(p->r, UNPROTECTED);
	uint64_t packets = 0;

	for (uint32_t i = 0; i < p->r->ninputs; i++)
		packets += p->r->input[i].packets;
	page_raw(p, "<header><h1>Fair Witness report</h1><p class=\"verdict\">");
	if (bad)
		page_fmt(p, "%u violation%s of what register, policy and standard ask, with the packets that show %s.", bad, plural(bad), bad == 1 ? "it" : "them");
	else
		page_raw(p, "No violation was found in what could be judged.");
	page_raw(p, "</p><p>");
	if (bare)
		page_fmt(p, "%u observation%s without protection, which breaks no rule. ", bare, plural(bare));
	page_fmt(p, "%llu packet%s in %u file%s", (unsigned long long)packets, plural(packets), p->r->ninputs, plural(p->r->ninputs));
	page_raw(p, ".");
	if (!p->r->register_sha256)
		page_raw(p, " <strong>There is no register</strong>: who is meant to be there, and to whom it may speak, is not known.");
	page_raw(p, "</p><nav aria-label=\"Parts of this report\"><ul>");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		page_raw(p, "<li><a href=\"#");
		page_raw(p, parts[i][0]);
		page_raw(p, "\">");
		page_raw(p, parts[i][1]);
		page_raw(p, "</a></li>");
	}
	page_raw(p, "</ul></nav></header>\n");
}

static void undecided(struct page *p)
{
	const struct fw_stats *s = &p->r->stats;
	unsigned n;
	const struct check_result *c = docket_results(p->r->docket, &n);
	bool any = false;

	section(p, "undecided", "What could not be judged, and why");
	page_raw(p, "<div class=\"wide\"><table><thead><tr><th>Check</th><th class=\"n\">Times</th><th>Reason</th></tr></thead><tbody>\n");
	for (unsigned i = 0; i < n; i++) {
		if (c[i].verdict == NOT_DECIDABLE && !c[i].nundecided) {
			page_raw(p, "<tr>");
			cell(p, c[i].check->id);
			page_raw(p, "<td class=\"n\">-</td>");
			cell(p, c[i].reason);
			page_raw(p, "</tr>\n");
			any = true;
		}
		for (unsigned k = 0; k < c[i].nundecided; k++) {
			page_raw(p, "<tr>");
			cell(p, c[i].check->id);
			number(p, c[i].undecided[k].n);
			cell(p, c[i].undecided[k].text);
			page_raw(p, "</tr>\n");
			any = true;
		}
	}
	if (!any)
		page_raw(p, "<tr><td colspan=\"3\">Everything that was in view could be judged.</td></tr>\n");
	page_raw(p, "</tbody></table></div>\n<p class=\"dim\">");
	page_fmt(p, "Of %llu packets %llu were opaque to this version, %llu malformed, %llu cut by the capture; %llu SCTP messages and %llu octets of TCP are missing.",
		(unsigned long long)s->packets, (unsigned long long)s->opaque, (unsigned long long)s->malformed, (unsigned long long)s->cut,
		(unsigned long long)s->sctp_lost, (unsigned long long)s->tcp_gap_bytes);
	page_raw(p, "</p>\n");
}

/* ---- findings ---- */

static void labelled(struct page *p, const char *label, const char *text)
{
	page_raw(p, "<p class=\"dim\">");
	page_raw(p, label);
	page_raw(p, "</p><pre>");
	page_text(p, text);
	page_raw(p, "</pre>\n");
}

static void finding(struct page *p, const struct finding *f)
{
	char line[TSHARK];

	page_raw(p, "<article class=\"");
	page_raw(p, severity_name(f->severity));
	page_raw(p, "\" id=\"");
	page_text(p, f->id);
	page_raw(p, "\"><h3><span class=\"sev\">");
	page_raw(p, severity_name(f->severity));
	page_raw(p, "</span> ");
	page_text(p, f->check->id);
	page_raw(p, ": ");
	page_text(p, f->subject);
	if (*f->object) {
		page_raw(p, " &rarr; ");
		page_text(p, f->object);
	}
	page_raw(p, "</h3><p>");
	page_text(p, f->check->title);
	page_raw(p, ": ");
	page_text(p, f->reason);
	page_raw(p, ".</p><p class=\"dim\">");
	page_fmt(p, "%s, %s", verdict_name(f->verdict), f->id);
	if (report_since(p->r, f))
		page_fmt(p, ", %s", report_since(p->r, f));
	page_raw(p, ". First ");
	page_time(p, f->first_ns);
	page_raw(p, ", last ");
	page_time(p, f->last_ns);
	page_fmt(p, ". %llu frame%s: ", (unsigned long long)f->frames_total, plural(f->frames_total));
	for (unsigned i = 0; i < f->nframes && i < 24; i++)
		page_fmt(p, "%s%u", i ? ", " : "", f->frame[i].frame);
	if (f->frames_total > 24)
		page_raw(p, ", ...");
	page_raw(p, "</p>\n<details><summary>Where to look, what else could cause it, what to do</summary>\n");
	labelled(p, "Display filter, returns exactly these frames", f->filter);
	(void)report_tshark(p->r, f, line);
	labelled(p, "Command", line);
	page_raw(p, "<p><strong>What it means.</strong> ");
	page_text(p, f->check->means);
	page_raw(p, "</p><p><strong>What else could cause it.</strong> ");
	page_text(p, f->check->causes);
	page_raw(p, "</p><p><strong>What to do.</strong> ");
	page_text(p, f->check->todo);
	page_raw(p, "</p><p class=\"dim\">");
	page_text(p, f->check->refs);
	for (unsigned i = 0; i < f->ncovers; i++) {
		page_raw(p, i ? ", " : ". Covers ");
		page_text(p, f->covers[i]->id);
	}
	page_raw(p, "</p></details></article>\n");
}

static void findings(struct page *p)
{
	uint32_t n = docket_findings(p->r->docket), shown = 0, left = 0, accepted = 0;

	section(p, "findings", "Findings");
	for (uint32_t i = 0; i < n; i++) {
		const struct finding *f = docket_finding(p->r->docket, i);

		if (f->accepted) {
			accepted++;
			continue;
		}
		if (shown++ < ROWS)
			finding(p, f);
		else
			left++;
	}
	if (!shown)
		page_raw(p, "<p>There are none.</p>\n");
	left_out(p, left, "findings");
	if (!accepted)
		return;
	page_raw(p, "<h3>Known and tolerated by the policy</h3><ul>\n");
	for (uint32_t i = 0; i < n; i++) {
		const struct finding *f = docket_finding(p->r->docket, i);

		if (!f->accepted)
			continue;
		page_raw(p, "<li>");
		page_fmt(p, "%s: %s%s%s, ", f->check->id, f->subject, *f->object ? " -> " : "", f->object);
		page_text(p, f->accepted->reason.s);
		page_raw(p, "</li>\n");
	}
	page_raw(p, "</ul>\n");
}

/* ---- elements, contacts ---- */

static void attr_list(struct page *p, uint32_t element, enum attr_kind kind)
{
	char text[ADDR_TEXT];
	unsigned n = 0;

	for (uint32_t at = element; at != NONE; at = report_next_same(p->r, at))
		for (const struct attr *a = model_attr(p->r->model, model_element(p->r->model, at)->attrs); a; a = model_attr(p->r->model, a->next)) {
			if (a->kind != kind || n++ >= 16)
				continue;
			if (n > 1)
				page_raw(p, ", ");
			if (kind == ATTR_NAME)
				page_textn(p, model_text(p->r->model, a->text), a->len);
			else if (kind == ATTR_ADDR)
				page_textn(p, text, addr_text(&a->addr, text));
		}
	if (n > 16)
		page_fmt(p, " and %u more", n - 16);
}

static void element(struct page *p, uint32_t i)
{
	const struct element *e = model_element(p->r->model, i);
	const struct reg_element *reg = report_registered(p->r, i);
	uint32_t roles = report_element_roles(p->r, i);
	char id[ELEMENT_ID];
	bool any = false;

	(void)report_element_id(p->r, i, id);
	page_raw(p, "<tr>");
	cell(p, id);
	page_raw(p, "<td>");
	for (unsigned k = 0; k < ROLES; k++)
		if (roles >> k & 1) {
			page_fmt(p, "%s%s", any ? ", " : "", role_name((enum role)k));
			any = true;
		}
	page_raw(p, "</td><td>");
	attr_list(p, i, ATTR_NAME);
	page_raw(p, "</td><td>");
	attr_list(p, i, ATTR_ADDR);
	page_raw(p, "</td>");
	cell(p, reg ? reg->supplier[PART_SOFTWARE].s : NULL);
	cell(p, reg ? reg->site.s : NULL);
	cell(p, reg ? "yes" : "no");
	page_raw(p, "<td>");
	for (unsigned k = 0; k < e->ngrounds && k < 4; k++)
		page_fmt(p, "%s%u", k ? ", " : "frame ", e->ground[k].frame);
	page_raw(p, "</td></tr>\n");
}

static void elements(struct page *p)
{
	uint64_t shown = 0, left = 0;

	section(p, "elements", "Elements, and the frames that show them");
	page_raw(p, "<div class=\"wide\"><table><thead><tr><th>Id</th><th>Roles</th><th>Names</th><th>Addresses</th><th>Supplier</th><th>Site</th>"
		"<th>Registered</th><th>Grounds</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < model_elements(p->r->model); i++) {
		if (!model_element(p->r->model, i)->roles || !report_leads(p->r, i))
			continue;
		if (shown++ < ROWS)
			element(p, i);
		else
			left++;
	}
	page_raw(p, "</tbody></table></div>\n");
	left_out(p, left, "elements");
}

static void end(struct page *p, const struct contact_rec *c, bool b)
{
	const char *id = report_end_registered(p->r, c, b);
	char text[END_TEXT];

	report_end_text(p->r->model, c, b, text);
	page_raw(p, "<td>");
	if (id) {
		page_text(p, id);
		page_raw(p, " ");
	}
	page_text(p, text);
	page_raw(p, "</td>");
}

static void contact(struct page *p, uint32_t i)
{
	const struct contact_rec *c = model_contact(p->r->model, i);
	const char *proto = protocol_name(c->key.proto);
	struct explanation x;

	report_explain(p->r, i, &x);
	page_raw(p, "<tr>");
	end(p, c, false);
	end(p, c, true);
	page_raw(p, "<td>");
	page_fmt(p, "%s %u", proto ? proto : "IP", proto && c->key.port ? c->key.port : c->key.proto);
	page_raw(p, "</td>");
	cell(p, report_interface(p->r->model, c));
	number(p, c->packets[0]);
	number(p, c->packets[1]);
	page_raw(p, "<td>");
	page_fmt(p, x.text[0] ? "%s: " : "%s", x.kind != EXPLAINED_NOT ? explained_name(x.kind) : x.undecidable ? "not decidable" : x.text[0] ? "unexplained" : "no element takes part");
	page_text(p, x.text);
	for (unsigned k = 0; k < x.ngrounds; k++)
		page_fmt(p, "%s%u", k ? ", " : " (frame ", x.ground[k].frame);
	page_raw(p, x.ngrounds ? ")</td></tr>\n" : "</td></tr>\n");
}

static void contacts(struct page *p)
{
	uint32_t n, *order = report_contact_order(p->r->model, &n);

	section(p, "contacts", "Contacts, and why they are there");
	page_raw(p, "<div class=\"wide\"><table><thead><tr><th>A</th><th>B</th><th>Protocol, port</th><th>Interface</th><th class=\"n\">Packets A to B</th>"
		"<th class=\"n\">B to A</th><th>Explanation</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < n && i < ROWS; i++)
		contact(p, order[i]);
	page_raw(p, "</tbody></table></div>\n");
	left_out(p, n > ROWS ? n - ROWS : 0, "contacts");
	free(order);
}

/* ---- shares, checks, coverage ---- */

static void shares(struct page *p)
{
	unsigned n;
	const struct share_result *s = docket_shares(p->r->docket, &n);

	section(p, "shares", "Shares of suppliers");
	if (!n) {
		page_raw(p, "<p>No rule asks for one.</p>\n");
		return;
	}
	page_raw(p, "<div class=\"wide\"><table><thead><tr><th>Rule</th><th>Supplier</th><th>Metric</th><th class=\"n\">Observed of it</th><th class=\"n\">Observed in all</th>"
		"<th class=\"n\">Registered</th><th>Share</th><th>Cap</th><th>Verdict</th></tr></thead><tbody>\n");
	for (unsigned i = 0; i < n; i++) {
		page_raw(p, "<tr>");
		cell(p, s[i].rule->id.s);
		cell(p, s[i].supplier);
		cell(p, share_metric_name((enum share_metric)s[i].rule->metric));
		number(p, s[i].numerator);
		number(p, s[i].denominator);
		number(p, s[i].registered);
		page_raw(p, "<td>");
		page_fmt(p, "%u.%02u %% to %u.%02u %%", s[i].low_ppm / 10000, s[i].low_ppm / 100 % 100, s[i].high_ppm / 10000, s[i].high_ppm / 100 % 100);
		page_raw(p, "</td><td>");
		page_fmt(p, "%u.%02u %%", s[i].rule->max_ppm / 10000, s[i].rule->max_ppm / 100 % 100);
		page_raw(p, "</td>");
		cell(p, verdict_name(s[i].verdict));
		page_raw(p, "</tr>\n");
	}
	page_raw(p, "</tbody></table></div>\n");
}

static void check_table(struct page *p)
{
	unsigned n;
	const struct check_result *c = docket_results(p->r->docket, &n);

	section(p, "checks", "Checks");
	page_raw(p, "<div class=\"wide\"><table><thead><tr><th>Check</th><th>Verdict</th><th class=\"n\">Violated</th><th class=\"n\">Not decidable</th>"
		"<th class=\"n\">Unprotected</th><th class=\"n\">Conform</th><th>Reason</th></tr></thead><tbody>\n");
	for (unsigned i = 0; i < n; i++) {
		page_raw(p, "<tr>");
		cell(p, c[i].check->id);
		page_raw(p, "<td class=\"");
		page_raw(p, verdict_name(c[i].verdict));
		page_raw(p, "\">");
		page_raw(p, verdict_name(c[i].verdict));
		page_raw(p, "</td>");
		for (unsigned v = VIOLATED; v <= CONFORM; v++)
			number(p, c[i].counts[v]);
		cell(p, c[i].reason);
		page_raw(p, "</tr>\n");
	}
	page_raw(p, "</tbody></table></div>\n");
}

static void coverage(struct page *p)
{
	const struct model_counts *n = model_counts(p->r->model);

	section(p, "coverage", "Coverage");
	page_raw(p, "<div class=\"wide\"><table><thead><tr><th>Input</th><th>SHA-256</th><th class=\"n\">Packets</th><th>First</th><th>Last</th><th>Trouble</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < p->r->ninputs; i++) {
		const struct report_input *in = &p->r->input[i];

		page_raw(p, "<tr>");
		cell(p, in->name);
		page_raw(p, "<td><code>");
		page_text(p, in->sha256[0] ? in->sha256 : "not computed");
		page_raw(p, "</code></td>");
		number(p, in->packets);
		page_raw(p, "<td>");
		page_time(p, in->first_ns);
		page_raw(p, "</td><td>");
		page_time(p, in->last_ns);
		page_raw(p, "</td>");
		cell(p, in->trouble);
		page_raw(p, "</tr>\n");
	}
	page_raw(p, "</tbody></table></div>\n<div class=\"wide\"><table><thead><tr><th>Protocol</th><th class=\"n\">Messages</th><th class=\"n\">Not read to their end</th></tr></thead><tbody>\n");
	for (unsigned k = 0; k < FACT_TUNNEL; k++) {
		page_raw(p, "<tr>");
		cell(p, fact_kind_name((enum fact_kind)k));
		number(p, n->by_kind[k].messages);
		number(p, n->by_kind[k].undecoded);
		page_raw(p, "</tr>\n");
	}
	page_raw(p, "</tbody></table></div>\n");
}

static void verify(struct page *p)
{
	section(p, "verify", "How to check this report");
	page_raw(p, "<p>Compare the digests above with <code>sha256sum</code> of the captures, and these with the files of the configuration. Then run the same audit again: "
		"the same inputs, register, policy and case key give the same <code>report.json</code>, byte for byte. Each finding's filter shows its packets in Wireshark. "
		"This version seals no evidence: who wrote this page is not proven by it.</p><ul>\n<li>Register: <code>");
	page_text(p, p->r->register_sha256 ? p->r->register_sha256 : "none");
	page_raw(p, "</code></li>\n<li>Policy: <code>");
	page_text(p, p->r->policy_sha256 ? p->r->policy_sha256 : "none; the pack default holds");
	page_raw(p, "</code></li>\n");
	for (unsigned i = 0; i < p->r->npacks; i++) {
		page_raw(p, "<li>Pack ");
		page_text(p, p->r->pack[i].name);
		page_raw(p, ": <code>");
		page_text(p, p->r->pack[i].sha256);
		page_raw(p, "</code></li>\n");
	}
	page_raw(p, "<li>Rules: <code>");
	page_text(p, fw_ruleset());
	page_raw(p, "</code></li></ul>\n");
}

int report_html(const struct report *r, int (*write)(void *ctx, const char *p, size_t n), void *ctx)
{
	struct page *p = calloc(1, sizeof(*p));
	int err;

	if (!p)
		return -1;
	p->r = r;
	p->write = write;
	p->ctx = ctx;
	page_raw(p, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>Fair Witness report</title>\n<style>\n");
	page_raw(p, style_css);
	page_raw(p, "</style></head><body>\n");
	head(p);
	page_raw(p, "<main>\n");
	undecided(p);
	findings(p);
	section(p, "network", "The network");
	page_map(p);
	elements(p);
	contacts(p);
	shares(p);
	check_table(p);
	coverage(p);
	verify(p);
	page_raw(p, "</main></body></html>\n");
	page_flush(p);
	err = p->err;
	free(p);
	return err;
}
