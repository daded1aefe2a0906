/* Elements with their grounds, contacts with their explanations, shares with interval and denominator. */
#include "inside.h"

#include <stdio.h>

/* "a, b and 3 more". */
static void names(struct page *p, const json_t *list, size_t most)
{
	size_t n = json_array_size(list);

	for (size_t i = 0; i < n && i < most; i++) {
		const json_t *v = json_array_get(list, i);

		page_raw(p, i ? ", " : "");
		if (json_is_integer(v))
			page_mark(p, "%llu", (unsigned long long)as_num(v));
		else
			page_name(p, as_text(v));
	}
	if (n > most)
		page_mark(p, " and %llu more", (unsigned long long)(n - most));
}

static void element(struct page *p, const json_t *e, size_t i)
{
	page_mark(p, "<tr id=\"e-%llu\"><th scope=\"row\">", (unsigned long long)i);
	page_name(p, get_text(e, "id"));
	page_raw(p, "</th><td>");
	names(p, get(e, "roles"), 16);
	page_raw(p, "</td><td class=\"long\">");
	names(p, get(e, "names"), 16);
	page_raw(p, "</td><td class=\"long\">");
	names(p, get(e, "addresses"), 16);
	page_raw(p, "</td><td>");
	names(p, get(e, "plmns"), 8);
	page_raw(p, json_array_size(get(e, "tacs")) ? "; TAC " : "");
	names(p, get(e, "tacs"), 8);
	page_raw(p, "</td>");
	cell(p, get_text(e, "supplier"));
	cell(p, get_text(e, "site"));
	page_raw(p, get_true(e, "registered") ? "<td>yes</td><td>" : "<td class=\"not\">no</td><td>");
	page_time(p, get_text(e, "first"));
	page_raw(p, "</td><td>");
	page_grounds(p, "frame ", get(e, "grounds"), 4);
	page_raw(p, "</td></tr>\n");
}

void page_elements(struct page *p)
{
	static const char *const cols[] = { "Id", "Roles", "Names", "Addresses", "PLMN; TAC", "Supplier", "Site", "Registered", "First seen", "Grounds" };

	section(p, "elements", "Elements, and the frames that show them");
	list_table(p, &(struct list){ "elements", "elements", cols, sizeof(cols) / sizeof(cols[0]), element });
}

enum { AT_END = 4 };

/* Who stands there, the first AT_END of them, and its address. */
static void end_of(struct page *p, const json_t *c, const char *addr, const char *elements)
{
	const json_t *list = get(c, elements);
	size_t n = json_array_size(list);

	page_raw(p, "<td class=\"long\">");
	for (size_t i = 0; i < n && i < AT_END; i++) {
		page_raw(p, i ? ", " : "");
		page_party(p, as_text(json_array_get(list, i)));
	}
	if (n > AT_END)
		page_mark(p, " and %llu more", (unsigned long long)(n - AT_END));
	page_raw(p, n ? " <small>" : "");
	page_name(p, get_text(c, addr));
	page_raw(p, n ? "</small></td>" : "</td>");
}

/* Why it is there: how, then the sentence, then what shows it. */
static void why(struct page *p, const json_t *c)
{
	const json_t *x = get(c, "explanation"), *grounds = get(x, "grounds");
	struct str open = get_text(c, "undecided"), bad = get_text(c, "unexplained"), kind = get_text(x, "kind"), text = get_text(x, "text");
	bool frame = false;

	if (json_is_object(x))
		page_text(p, kind);
	else
		page_raw(p, open.n ? "<strong class=\"not-decidable\">not decidable</strong>" : bad.n ? "<strong class=\"violated\">unexplained</strong>" : "no element takes part");
	text = json_is_object(x) ? text : open.n ? open : bad;
	page_raw(p, text.n ? ": " : "");
	page_text(p, text);
	for (size_t i = 0; i < json_array_size(grounds); i++)
		frame |= get_num(json_array_get(grounds, i), "frame") != 0;
	if (frame) {
		page_raw(p, " (");
		page_grounds(p, "frame ", grounds, 4);
		page_raw(p, ")");
	}
}

static void contact(struct page *p, const json_t *c, size_t i)
{
	const json_t *x = get(c, "explanation"), *proto = get(c, "protocol");

	(void)i;
	page_mark(p, "<tr data-state=\"%s\">", json_is_object(x) ? "explained" : get_text(c, "undecided").n ? "not decidable" : get_text(c, "unexplained").n ? "unexplained" : "other");
	end_of(p, c, "a", "a_elements");
	end_of(p, c, "b", "b_elements");
	page_raw(p, "<td>");
	if (json_is_string(proto))
		page_text(p, as_text(proto));
	else
		page_mark(p, "IP %llu", (unsigned long long)as_num(proto));
	if (get_num(c, "port"))
		page_mark(p, " %llu", (unsigned long long)get_num(c, "port"));
	page_raw(p, "</td>");
	cell(p, get_text(c, "interface"));
	cell_num(p, get_num(c, "packets_ab"));
	cell_num(p, get_num(c, "packets_ba"));
	page_raw(p, "<td>");
	page_time(p, get_text(c, "first"));
	page_raw(p, "</td><td class=\"text\">");
	why(p, c);
	page_raw(p, "</td><td><code>");
	page_text(p, get_text(c, "id"));
	page_raw(p, "</code></td></tr>\n");
}

void page_contacts(struct page *p)
{
	static const char *const cols[] = { "A", "B", "Protocol, port", "Interface", "#Packets A to B", "#B to A", "First seen", "Explanation", "Id" };

	section(p, "contacts", "Contacts, and why they are there");
	page_raw(p, "<p class=\"dim\">In order of first sight. <code>fairwitness explain DIR ID</code> tells the whole chain of one.</p>\n");
	list_table(p, &(struct list){ "contacts", "contacts", cols, sizeof(cols) / sizeof(cols[0]), contact });
}

/* ---- shares ---- */

enum { BAR = 200 };

static unsigned on_bar(uint64_t ppm) { return (unsigned)(ppm >= 1000000 ? BAR : ppm * BAR / 1000000); }

static void percent(struct page *p, uint64_t ppm)
{
	page_mark(p, "%llu.%02llu %%", (unsigned long long)(ppm / 10000), (unsigned long long)(ppm / 100 % 100));
}

/* The interval as a band, the cap as a line across; the words beside it say the same. */
static void bar(struct page *p, uint64_t low, uint64_t high, uint64_t cap)
{
	unsigned a = on_bar(low), b = on_bar(high), c = on_bar(cap);

	page_mark(p, "<svg class=\"bar\" aria-hidden=\"true\" width=\"%d\" height=\"22\" viewBox=\"0 0 %d 22\"><rect class=\"track\" x=\"0\" y=\"6\" width=\"%d\" height=\"10\"/>"
		"<rect class=\"band%s\" x=\"%u\" y=\"6\" width=\"%u\" height=\"10\"/><path class=\"cap\" d=\"M%u 1V21\"/></svg>",
		BAR + 2, BAR + 2, BAR, high > cap ? " over" : "", a, b > a ? b - a : 1, c);
}

static void share(struct page *p, const json_t *s, size_t i)
{
	uint64_t low = get_num(s, "low_ppm"), high = get_num(s, "high_ppm"), cap = get_num(s, "cap_ppm");

	(void)i;
	page_raw(p, "<tr><th scope=\"row\">");
	page_name(p, get_text(s, "scope"));
	page_raw(p, "</th>");
	cell(p, get_text(s, "supplier"));
	page_mark(p, "<td class=\"text\">%llu of %llu ", (unsigned long long)get_num(s, "numerator"), (unsigned long long)get_num(s, "denominator"));
	page_text(p, get_text(s, "metric"));
	page_mark(p, " observed; %llu registered, coverage ", (unsigned long long)get_num(s, "registered"));
	percent(p, get_num(s, "coverage_ppm"));
	page_raw(p, "</td><td class=\"gauge\">");
	bar(p, low, high, cap);
	page_raw(p, "<br>between ");
	percent(p, low);
	page_raw(p, " and ");
	percent(p, high);
	page_raw(p, "</td><td>");
	percent(p, cap);
	page_raw(p, "</td>");
	cell_verdict(p, get_text(s, "verdict"));
	page_raw(p, "</tr>\n");
}

void page_shares(struct page *p)
{
	static const char *const cols[] = { "Rule", "Supplier", "Observed", "Share of the observed", "Cap", "Verdict" };

	section(p, "shares", "Shares of suppliers");
	if (!list_total(p, "shares")) {
		page_raw(p, "<p>No rule asks for one.</p>\n");
		return;
	}
	page_raw(p, "<p class=\"dim\">A share is of what was observed. Its lower end counts what surely is the supplier's, its upper end also what has no known supplier. The line across a bar is the cap.</p>\n");
	list_table(p, &(struct list){ "shares", "shares", cols, sizeof(cols) / sizeof(cols[0]), share });
}
