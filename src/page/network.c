/*
 * The network as roles and sites: a drawing where there is room, and always tables that say the same.  Cells open to their
 * elements; what is not listed is counted, and it is said where it stands.
 */
#include "inside.h"

enum { ACROSS = 8, PAIRS_FIRST = 50 };

static const struct { const char *value, *words; } roles[] = {
	{ "RAN", "Radio access" }, { "AMF", "AMF, MME" }, { "SMF", "SMF, SGW-C" }, { "UPF", "UPF, SGW-U" }, { "core", "Other core" },
	{ "operation", "Operation" }, { "other", "No role known" }, { "outside", "Outside" },
}, protections[] = {
	{ "none", "read in clear" }, { "declared", "read in clear, in a domain declared protected" }, { "esp", "under IPsec" }, { "unread", "not read: protection not known" },
	{ "tls", "under TLS, read with a key log" },
};
enum { ROLES = sizeof(roles) / sizeof(roles[0]), PROTECTIONS = sizeof(protections) / sizeof(protections[0]) };

const char *role_words(struct str role)
{
	for (size_t i = 0; i < ROLES; i++)
		if (str_eq(role, (struct str){ roles[i].value, strlen(roles[i].value) }))
			return roles[i].words;
	return "?";
}

const char *protection_words(struct str protection)
{
	for (size_t i = 0; i < PROTECTIONS; i++)
		if (str_eq(protection, (struct str){ protections[i].value, strlen(protections[i].value) }))
			return protections[i].words;
	return "not known";
}

/* ---- roles by sites ---- */

static bool at_site(const json_t *cell, const json_t *site)
{
	const json_t *s = get(cell, "site");

	return site ? json_is_string(s) && str_eq(as_text(s), as_text(site)) : !json_is_string(s);
}

/* The cell's number in the list, SIZE_MAX: none. */
static size_t find_cell(const json_t *cells, const char *role, const json_t *site)
{
	for (size_t i = 0; i < json_array_size(cells); i++) {
		const json_t *c = json_array_get(cells, i);

		if (get_is(c, "role", role) && at_site(c, site))
			return i;
	}
	return SIZE_MAX;
}

static const char *nowhere_words(const json_t *network)
{
	return json_array_size(get(network, "columns")) ? "no site named" : "all sites";
}

static void matrix_cell(struct page *p, const json_t *cells, size_t i)
{
	const json_t *c = json_array_get(cells, i);

	if (!c) {
		page_raw(p, "<td class=\"n\">-</td>");
		return;
	}
	page_mark(p, "<td class=\"n%s\"><a href=\"#c-%llu\">%llu</a>", get_num(c, "violated") ? " violated" : "", (unsigned long long)i, (unsigned long long)get_num(c, "elements"));
	if (get_num(c, "unregistered"))
		page_mark(p, " <small>%llu not registered</small>", (unsigned long long)get_num(c, "unregistered"));
	if (get_num(c, "violated"))
		page_mark(p, " <small class=\"violated\">%llu in a violation</small>", (unsigned long long)get_num(c, "violated"));
	if (get_num(c, "silent"))
		page_mark(p, " <small>%llu never seen</small>", (unsigned long long)get_num(c, "silent"));
	page_raw(p, "</td>");
}

/* The site of column k: one by name, then none. */
static const json_t *site_at(const json_t *columns, size_t k)
{
	return k < json_array_size(columns) ? json_array_get(columns, k) : NULL;
}

static bool site_used(const json_t *cells, const json_t *site)
{
	for (size_t i = 0; i < json_array_size(cells); i++)
		if (at_site(json_array_get(cells, i), site))
			return true;
	return false;
}

static void site_name(struct page *p, const json_t *network, const json_t *site)
{
	if (site)
		page_name(p, as_text(site));
	else
		page_raw(p, nowhere_words(network));
}

static void wide_matrix(struct page *p, const json_t *network, const json_t *cells, const json_t *columns)
{
	page_raw(p, "<table><thead><tr><th scope=\"col\">Role</th>");
	for (size_t k = 0; k <= json_array_size(columns); k++)
		if (site_used(cells, site_at(columns, k))) {
			page_raw(p, "<th scope=\"col\" class=\"n\">");
			site_name(p, network, site_at(columns, k));
			page_raw(p, "</th>");
		}
	page_raw(p, "</tr></thead><tbody>\n");
	for (size_t r = 0; r < ROLES; r++) {
		page_mark(p, "<tr><th scope=\"row\">%s</th>", roles[r].words);
		for (size_t k = 0; k <= json_array_size(columns); k++)
			if (site_used(cells, site_at(columns, k)))
				matrix_cell(p, cells, find_cell(cells, roles[r].value, site_at(columns, k)));
		page_raw(p, "</tr>\n");
	}
	page_raw(p, "</tbody></table>");
}

/* Many sites go down, not across. */
static void tall_matrix(struct page *p, const json_t *network, const json_t *cells, const json_t *columns)
{
	page_raw(p, "<table><thead><tr><th scope=\"col\">Site</th>");
	for (size_t r = 0; r < ROLES; r++)
		page_mark(p, "<th scope=\"col\" class=\"n\">%s</th>", roles[r].words);
	page_raw(p, "</tr></thead><tbody>\n");
	for (size_t k = 0; k <= json_array_size(columns); k++) {
		if (!site_used(cells, site_at(columns, k)))
			continue;
		page_raw(p, "<tr><th scope=\"row\">");
		site_name(p, network, site_at(columns, k));
		page_raw(p, "</th>");
		for (size_t r = 0; r < ROLES; r++)
			matrix_cell(p, cells, find_cell(cells, roles[r].value, site_at(columns, k)));
		page_raw(p, "</tr>\n");
	}
	page_raw(p, "</tbody></table>");
}

static void matrix(struct page *p, const json_t *network, const json_t *cells)
{
	const json_t *columns = get(network, "columns");

	page_mark(p, "<h3>Roles by %s</h3>\n", get_is(network, "by", "region") ? "region: there are too many sites" : get_is(network, "by", "all") ? "site: there are too many, they are taken together" : "site");
	page_raw(p, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"roles by site\">");
	if (json_array_size(columns) <= ACROSS)
		wide_matrix(p, network, cells, columns);
	else
		tall_matrix(p, network, cells, columns);
	page_raw(p, "</div>\n");
}

/* ---- what a cell opens to ---- */

static void cell_lists(struct page *p, const json_t *c)
{
	const json_t *first = get(c, "first"), *quiet = get(c, "first_silent");
	size_t n = json_array_size(first), nq = json_array_size(quiet);

	page_raw(p, "<ul class=\"chips\">\n");
	for (size_t i = 0; i < n && i < PAGE_KEEP; i++) {
		const json_t *e = json_array_get(first, i);

		page_raw(p, "<li>");
		page_party(p, get_text(e, "id"));
		page_raw(p, get_true(e, "violated") ? " <small class=\"violated\">in a violation</small>" : "");
		page_raw(p, get_true(e, "registered") || !json_is_object(get(p->r, "register")) ? "</li>\n" : " <small>not registered</small></li>\n");
	}
	for (size_t i = 0; i < nq && i < PAGE_KEEP; i++) {
		page_raw(p, "<li>");
		page_name(p, as_text(json_array_get(quiet, i)));
		page_raw(p, " <small>registered, never seen</small></li>\n");
	}
	page_raw(p, "</ul>\n");
	if (get_num(c, "elements") > n)
		page_mark(p, "<p class=\"dim\">%llu more are not listed here: they are in the tables below or in report.json.</p>\n", (unsigned long long)(get_num(c, "elements") - n));
	if (get_num(c, "silent") > nq)
		page_mark(p, "<p class=\"dim\">%llu more that were never seen are not listed here: they are in the register.</p>\n", (unsigned long long)(get_num(c, "silent") - nq));
}

static void cells_open(struct page *p, const json_t *network, const json_t *cells)
{
	page_raw(p, "<div class=\"cells\">\n");
	for (size_t i = 0; i < json_array_size(cells); i++) {
		const json_t *c = json_array_get(cells, i);

		page_mark(p, "<details id=\"c-%llu\"><summary>%s", (unsigned long long)i, role_words(get_text(c, "role")));
		if (json_is_string(get(c, "site"))) {
			page_raw(p, ", ");
			page_name(p, get_text(c, "site"));
		} else if (!get_is(c, "role", "outside")) {
			page_mark(p, ", %s", nowhere_words(network));
		}
		page_mark(p, ": %llu", (unsigned long long)get_num(c, "elements"));
		if (get_num(c, "silent"))
			page_mark(p, " and %llu never seen", (unsigned long long)get_num(c, "silent"));
		page_raw(p, "</summary>\n");
		cell_lists(p, c);
		page_raw(p, "</details>\n");
	}
	page_raw(p, "</div>\n");
}

/* ---- contacts by interface and protection ---- */

struct by_interface { struct str name, protection; uint64_t contacts, packets, violated; };
enum { INTERFACES = 128 };

static size_t add_up(const json_t *links, struct by_interface rows[INTERFACES])
{
	size_t n = 0;

	for (size_t i = 0; i < json_array_size(links); i++) {
		const json_t *l = json_array_get(links, i);
		struct str name = get_text(l, "interface"), protection = get_text(l, "protection");
		size_t k = 0;

		while (k < n && !(str_eq(rows[k].name, name) && str_eq(rows[k].protection, protection)))
			k++;
		if (k == INTERFACES)
			continue;
		if (k == n)
			rows[n++] = (struct by_interface){ .name = name, .protection = protection };
		rows[k].contacts += get_num(l, "contacts");
		rows[k].packets += get_num(l, "packets");
		rows[k].violated += get_num(l, "violated");
	}
	return n;
}

static void interfaces(struct page *p, const json_t *network)
{
	static const char *const cols[] = { "Interface", "Protection", "#Contacts", "#Packets", "#Pairs in a violation" };
	struct by_interface rows[INTERFACES];
	size_t n = add_up(get(network, "links"), rows);

	page_raw(p, "<h3>Contacts by interface and protection</h3>\n");
	table_open(p, "contacts by interface and protection", cols, 5);
	for (size_t i = 0; i < n; i++) {
		page_raw(p, "<tr><th scope=\"row\">");
		page_text(p, rows[i].name);
		page_mark(p, "</th><td>%s</td>", protection_words(rows[i].protection));
		cell_num(p, rows[i].contacts);
		cell_num(p, rows[i].packets);
		cell_num(p, rows[i].violated);
		page_raw(p, "</tr>\n");
	}
	table_close(p);
}

static void algorithms(struct page *p, const char *label, const json_t *counts, const char *prefix, const char *null)
{
	const char *key;
	json_t *v;
	bool any = false;

	if (!json_object_size(counts))
		return;
	page_mark(p, "<li>%s: ", label);
	json_object_foreach((json_t *)counts, key, v) {
		page_raw(p, any ? ", " : "");
		page_raw(p, prefix);
		page_text(p, (struct str){ key, strlen(key) });
		page_mark(p, "%s %llu time%s", strcmp(key, "0") ? "" : null, (unsigned long long)as_num(v), plural(as_num(v)));
		any = true;
	}
	page_raw(p, ".</li>\n");
}

static void subscribers(struct page *p)
{
	const json_t *s = get(p->r, "security"), *nas = get(s, "nas");

	if (!json_object_size(get(nas, "ea")) && !json_object_size(get(nas, "ia")) && !json_object_size(get(nas, "eea")) && !json_object_size(get(nas, "eia")) && !json_object_size(get(s, "suci")))
		return;
	page_raw(p, "<h3>Protection of subscribers' signalling, as it was chosen</h3>\n<ul>\n");
	algorithms(p, "Ciphering", get(nas, "ea"), "5G-EA", " (none)");
	algorithms(p, "Integrity", get(nas, "ia"), "5G-IA", " (none)");
	algorithms(p, "Ciphering in EPS", get(nas, "eea"), "EEA", " (none)");
	algorithms(p, "Integrity in EPS", get(nas, "eia"), "EIA", " (none)");
	algorithms(p, "Concealment of the identity at registration", get(s, "suci"), "scheme ", " (none: in clear)");
	page_raw(p, "</ul>\n");
}

/* ---- who speaks with whom ---- */

static void pair(struct page *p, const json_t *l)
{
	page_raw(p, "<tr><td>");
	page_party(p, get_text(l, "a"));
	page_raw(p, "</td><td>");
	page_party(p, get_text(l, "b"));
	page_raw(p, "</td>");
	cell(p, get_text(l, "interface"));
	page_mark(p, "<td>%s</td>", protection_words(get_text(l, "protection")));
	cell_num(p, get_num(l, "contacts"));
	cell_num(p, get_num(l, "packets"));
	page_raw(p, get_true(l, "violated") ? "<td class=\"violated\">yes</td></tr>\n" : "<td>no</td></tr>\n");
}

static void pairs(struct page *p, const json_t *network)
{
	static const char *const cols[] = { "A", "B", "Interface", "Protection", "#Contacts", "#Packets", "Violation" };
	const json_t *list = get(network, "pairs");
	size_t n = json_array_size(list) < PAGE_KEEP ? json_array_size(list) : PAGE_KEEP;

	page_raw(p, "<h3>Who speaks with whom</h3>\n<p class=\"dim\">Those in a violation first.</p>\n<div class=\"list\" data-what=\"pairs\">\n");
	table_open(p, "who speaks with whom", cols, 7);
	for (size_t i = 0; i < n; i++) {
		if (i == PAIRS_FIRST) {
			table_close(p);
			rest_open(p, n - i, "pairs");
			table_open(p, "more who speak with whom", cols, 7);
		}
		pair(p, json_array_get(list, i));
	}
	table_close(p);
	if (n > PAIRS_FIRST)
		rest_close(p);
	page_raw(p, "</div>\n");
	left_out(p, get_num(network, "pairs_total") > n ? get_num(network, "pairs_total") - n : 0, "pairs");
	if (get_num(network, "contacts_left"))
		page_mark(p, "<p class=\"dim\">%llu contacts found no room in these sums; they are in report.json.</p>\n", (unsigned long long)get_num(network, "contacts_left"));
}

void page_network(struct page *p)
{
	const json_t *network = get(p->r, "network"), *cells = get(network, "cells");

	section(p, "network", "The network");
	if (!json_array_size(cells)) {
		page_raw(p, "<p>No element was seen that speaks with anybody.</p>\n");
		return;
	}
	page_raw(p, "<p class=\"dim\">Who stands at the ends of contacts in which an element takes part; where several elements share an address, it counts once.</p>\n");
	page_drawing(p, network);
	matrix(p, network, cells);
	cells_open(p, network, cells);
	interfaces(p, network);
	subscribers(p);
	pairs(p, network);
}
