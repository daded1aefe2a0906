/* The rows of a policy: rules and settings.  The shapes are DESIGN.md section 5. */
#include "rules.h"

#include <string.h>

static const struct word severity_words[] = {
	{ "info", SEV_INFO, 0 }, { "low", SEV_LOW, 0 }, { "med", SEV_MED, 0 }, { "high", SEV_HIGH, 0 }, { "crit", SEV_CRIT, 0 },
	{ "medium", SEV_MED, 1 }, { "critical", SEV_CRIT, 1 }, { NULL, 0, 0 },
};

const char *severity_name(enum severity s)
{
	return s == SEV_NONE || s > SEV_CRIT ? "" : severity_words[s - 1].s;
}

enum severity severity_named(const char *s)
{
	for (const struct word *w = severity_words; w->s; w++)
		if (!strcmp(w->s, s))
			return (enum severity)w->v;
	return SEV_NONE;
}

static const struct word metric_words[] = {
	{ "sites", SHARE_SITES, 0 }, { "elements", SHARE_ELEMENTS, 0 }, { "traffic-ul", SHARE_TRAFFIC_UL, 0 }, { "traffic-dl", SHARE_TRAFFIC_DL, 0 },
	{ NULL, 0, 0 },
};

const char *share_metric_name(enum share_metric m)
{
	return metric_words[m - 1].s;
}

static const struct word part_words[] = {
	{ "software", 1 << PART_SOFTWARE, 0 }, { "hardware", 1 << PART_HARDWARE, 0 }, { "cloud", 1 << PART_CLOUD, 0 },
	{ "integrator", 1 << PART_INTEGRATOR, 0 }, { NULL, 0, 0 },
};
static const struct word class_words[] = { { "high-risk", 1, 0 }, { NULL, 0, 0 } };
static const struct word link_words[] = {
	{ "N2", LINK_N2, 0 }, { "N3", LINK_N3, 0 }, { "N4", LINK_N4, 0 }, { "N9", LINK_N9, 0 }, { NULL, 0, 0 },
};

/* IP protocol numbers that have a name here. */
static const struct word protocol_words[] = {
	{ "tcp", 6, 0 }, { "udp", 17, 0 }, { "sctp", 132, 0 }, { "icmp", 1, 0 }, { "icmpv6", 58, 0 }, { "esp", 50, 0 }, { "ah", 51, 0 },
	{ "gre", 47, 0 }, { "ipip", 4, 0 }, { "ipv6", 41, 0 }, { "ospf", 89, 0 }, { "vrrp", 112, 0 }, { "l2tp", 115, 0 }, { NULL, 0, 0 },
};

const char *transport_name(unsigned protocol)
{
	for (const struct word *w = protocol_words; w->s; w++)
		if (w->v == protocol)
			return w->s;
	return NULL;
}

bool has_ports(unsigned protocol)
{
	return protocol == 6 || protocol == 17 || protocol == 132 || protocol == 33 || protocol == 136;
}

static bool one_protocol(struct schema_reader *r, const struct key_def *row, uint32_t node, uint64_t set[4])
{
	const struct node *n = &r->tree->node[node];
	uint64_t v = 256;

	if (n->kind == NODE_SCALAR && !value_number(n, 255, &v)) {
		v = 256;
		for (const struct word *w = protocol_words; w->s; w++)
			if (strlen(w->s) == n->len && !memcmp(w->s, n->text, n->len))
				v = w->v;
	}
	if (v > 255)
		return schema_refuse(r, row, node, "tcp, udp, sctp, icmp, icmpv6, esp, ah, gre, ipip, ipv6, ospf, vrrp, l2tp, a number from 0 to 255, or a list of them");
	set[v / 64] |= (uint64_t)1 << v % 64;
	return true;
}

static bool read_protocols(struct schema_reader *r, const struct key_def *row, uint32_t node, void *member)
{
	bool list = r->tree->node[node].kind == NODE_LIST, ok = true;

	for (uint32_t i = list ? r->tree->node[node].first : node; i != NODE_NONE; i = list ? r->tree->node[i].next : NODE_NONE)
		ok = one_protocol(r, row, i, member) && ok;
	return ok;
}

static bool one_port(struct schema_reader *r, const struct key_def *row, uint32_t node, struct port_range *out)
{
	const struct node *n = &r->tree->node[node];
	const char *dash = n->kind == NODE_SCALAR ? memchr(n->text, '-', n->len) : NULL;
	struct node lo = *n, hi = *n;
	uint64_t a = 0, b = 0;

	if (dash) {
		lo.len = (uint32_t)(dash - n->text);
		hi.text = dash + 1;
		hi.len = n->len - lo.len - 1;
	}
	if (!value_number(&lo, 65535, &a) || !value_number(&hi, 65535, &b) || a > b)
		return schema_refuse(r, row, node, "a port from 0 to 65535, a range such as 8000-8100, or a list of them");
	*out = (struct port_range){ (uint16_t)a, (uint16_t)b };
	return true;
}

static bool read_ports(struct schema_reader *r, const struct key_def *row, uint32_t node, void *member)
{
	bool list = r->tree->node[node].kind == NODE_LIST, ok = true;
	uint32_t count = list ? r->tree->node[node].n : 1;
	struct ports *out = member;

	if (!count || count > 1024)
		return schema_refuse(r, row, node, count ? "a list of at most 1024 ports and ranges" : "a list with something in it; any port is meant by leaving the key out");
	out->v = own_array(r->own, count, sizeof(*out->v));
	if (!out->v)
		return false;
	for (uint32_t i = list ? r->tree->node[node].first : node; i != NODE_NONE; i = list ? r->tree->node[i].next : NODE_NONE)
		ok = one_port(r, row, i, &out->v[out->n++]) && ok;
	return ok;
}

#define OFF(s, m) .off = offsetof(struct s, m)
#define TEXTS .type = ROW_ID, .flags = ROW_ONE_OR_LIST, .max_list = 4096

static const struct key_def selector_rows[] = {
	{ .key = "elements", TEXTS, OFF(selector, elements), .help = "ids of elements, as reports name them" },
	{ .key = "roles", .type = ROW_WORD, .flags = ROW_ONE_OR_LIST | ROW_SET, .words = nf_word, OFF(selector, roles), .help = "roles of elements" },
	{ .key = "suppliers", TEXTS, OFF(selector, suppliers), .help = "ids of suppliers of the register (of any part)" },
	{ .key = "sites", TEXTS, OFF(selector, sites), .help = "ids of sites of the register" },
	{ .key = "hosts", .type = ROW_PREFIX, .flags = ROW_ONE_OR_LIST, .max_list = 4096, OFF(selector, hosts), .help = "addresses and prefixes" },
};
static const struct schema selector_schema = { "an end of a rule", sizeof(struct selector), SCHEMA_ROWS(selector_rows) };

/* An end that names nothing would be read as "anybody" by one and "nobody" by another. */
static bool read_selector(struct schema_reader *r, const struct key_def *row, uint32_t node, void *member)
{
	struct selector *s = member;

	if (r->tree->node[node].kind != NODE_MAP)
		return schema_refuse(r, row, node, NULL);
	if (!schema_read(r, &selector_schema, node, s))
		return false;
	if (s->elements.n || s->roles || s->suppliers.n || s->sites.n || s->hosts.n)
		return true;
	return schema_refuse(r, row, node, "a map that names something; anybody is hosts: [0.0.0.0/0, \"::/0\"]");
}

static const struct key_def window_rows[] = {
	{ .key = "since", .type = ROW_SINCE, OFF(window, since_ns), .help = "first day" },
	{ .key = "until", .type = ROW_UNTIL, OFF(window, until_ns), .help = "last day" },
};
static const struct schema window_schema = { "a window", sizeof(struct window), SCHEMA_ROWS(window_rows) };

static bool read_window(struct schema_reader *r, const struct key_def *row, uint32_t node, void *member)
{
	return r->tree->node[node].kind == NODE_MAP ? schema_read(r, &window_schema, node, member) : schema_refuse(r, row, node, NULL);
}

static const struct key_def supplier_rows[] = {
	{ .key = "group", .type = ROW_TEXT, .flags = ROW_ONE_OR_LIST, .min = 1, .max = 256, .max_list = 256, OFF(supplier_ref, groups),
	  .help = "legal groups, as suppliers of the register name theirs; case does not matter" },
	{ .key = "id", .type = ROW_ID, .flags = ROW_ONE_OR_LIST, .max_list = 256, OFF(supplier_ref, ids), .help = "ids of suppliers of the register" },
	{ .key = "class", .type = ROW_WORD, .words = class_words, OFF(supplier_ref, high_risk), .help = "the groups that the policy lists under high_risk" },
};
static const struct schema supplier_schema = { "a supplier of a rule", sizeof(struct supplier_ref), SCHEMA_ROWS(supplier_rows) };

static bool read_supplier(struct schema_reader *r, const struct key_def *row, uint32_t node, void *member)
{
	struct supplier_ref *s = member;

	if (r->tree->node[node].kind != NODE_MAP)
		return schema_refuse(r, row, node, NULL);
	if (!schema_read(r, &supplier_schema, node, s))
		return false;
	if ((s->groups.n > 0) + (s->ids.n > 0) + (s->high_risk > 0) == 1)
		return true;
	return schema_refuse(r, row, node, "a map of one of group, id, class");
}

static const char selector_help[] = "a map of any of elements, roles, suppliers, sites, hosts; all keys must hold, of one key's values any";
static const char supplier_help[] = "a map of one of group, id, class";
#define ID(s) { .key = "id", .type = ROW_ID, .flags = ROW_REQUIRED, OFF(s, id), .help = "what reports call the rule" }
#define REF(s) { .key = "ref", .type = ROW_TEXT, .min = 1, .max = 1024, OFF(s, ref), .help = "its ground: a law, a clause, a ticket" }
#define NOTE(s) { .key = "note", .type = ROW_TEXT, .min = 1, .max = 1024, OFF(s, note), .help = "anything a reader should know" }
#define SINCE(s) { .key = "since", .type = ROW_SINCE, OFF(s, since_ns), .help = "first day in force" }
#define UNTIL(s) { .key = "until", .type = ROW_UNTIL, OFF(s, until_ns), .help = "last day in force" }
#define SEVERITY(s) { .key = "severity", .type = ROW_WORD, .words = severity_words, OFF(s, severity), .help = "of a breach; default: the check's" }
#define PARTS_OF(s) { .key = "parts", .type = ROW_WORD, .flags = ROW_ONE_OR_LIST | ROW_SET, .words = part_words, OFF(s, parts), \
	.help = "which part the supplier must have supplied; default: software, hardware or cloud" }
#define SUPPLIER(s) { .key = "supplier", .type = ROW_OTHER, .flags = ROW_REQUIRED, .read = read_supplier, .sub = &supplier_schema, OFF(s, supplier), .help = supplier_help }

static const struct key_def allow_rows[] = {
	ID(allow_rule),
	{ .key = "from", .type = ROW_OTHER, .flags = ROW_REQUIRED, .read = read_selector, .sub = &selector_schema, OFF(allow_rule, from), .help = selector_help },
	{ .key = "to", .type = ROW_OTHER, .flags = ROW_REQUIRED, .read = read_selector, .sub = &selector_schema, OFF(allow_rule, to), .help = selector_help },
	{ .key = "transport", .type = ROW_OTHER, .read = read_protocols, OFF(allow_rule, protocols),
	  .help = "tcp, udp, sctp, icmp, icmpv6, esp, ah, gre, ipip, ipv6, ospf, vrrp, l2tp, an IP protocol number, or a list of them; default: any" },
	{ .key = "ports", .type = ROW_OTHER, .read = read_ports, OFF(allow_rule, ports), .help = "ports of the service, ranges such as 8000-8100; default: any" },
	{ .key = "window", .type = ROW_OTHER, .read = read_window, .sub = &window_schema, OFF(allow_rule, window), .help = "a map of since and until: the days of the contact" },
	REF(allow_rule), NOTE(allow_rule),
};
const struct schema allow_schema = { "an allow rule", sizeof(struct allow_rule), SCHEMA_ROWS(allow_rows) };

static const struct key_def deny_rows[] = {
	ID(deny_rule),
	{ .key = "roles", .type = ROW_WORD, .flags = ROW_ONE_OR_LIST | ROW_SET, .words = nf_word, OFF(deny_rule, roles), .help = "elements of these roles" },
	{ .key = "sites", TEXTS, OFF(deny_rule, sites), .help = "elements at these sites" },
	{ .key = "regions", TEXTS, OFF(deny_rule, regions), .help = "elements in these regions" },
	{ .key = "tags", TEXTS, OFF(deny_rule, tags), .help = "elements at sites with one of these tags" },
	SUPPLIER(deny_rule), PARTS_OF(deny_rule), SINCE(deny_rule), UNTIL(deny_rule),
	{ .key = "commissioned_since", .type = ROW_SINCE, OFF(deny_rule, commissioned_since_ns), .help = "only elements that went into service on this day or later" },
	SEVERITY(deny_rule), REF(deny_rule), NOTE(deny_rule),
};
const struct schema deny_schema = { "a deny rule", sizeof(struct deny_rule), SCHEMA_ROWS(deny_rows) };

static const struct key_def share_rows[] = {
	ID(share_rule),
	{ .key = "metric", .type = ROW_WORD, .flags = ROW_REQUIRED, .words = metric_words, OFF(share_rule, metric), .help = "what is counted" },
	SUPPLIER(share_rule), PARTS_OF(share_rule),
	{ .key = "roles", .type = ROW_WORD, .flags = ROW_ONE_OR_LIST | ROW_SET, .words = nf_word, OFF(share_rule, roles), .help = "counted among these roles; default: radio access nodes" },
	{ .key = "regions", TEXTS, OFF(share_rule, regions), .help = "only in these regions" },
	{ .key = "plmns", .type = ROW_TEXT, .flags = ROW_ONE_OR_LIST, .min = 5, .max = 6, .max_list = 64, OFF(share_rule, plmns), .unit = "MCC and MNC digits", .help = "only in these PLMNs" },
	{ .key = "max_ppm", .type = ROW_NUMBER, .flags = ROW_REQUIRED, .max = 1000000, OFF(share_rule, max_ppm), .unit = "parts per million", .help = "the most that conforms" },
	{ .key = "min_coverage_ppm", .type = ROW_NUMBER, .min = 1, .max = 1000000, OFF(share_rule, min_coverage_ppm), .unit = "parts per million",
	  .help = "observed of registered; below it nothing is decided; default: the setting share.min_coverage_ppm" },
	SINCE(share_rule), UNTIL(share_rule), SEVERITY(share_rule), REF(share_rule), NOTE(share_rule),
};
const struct schema share_schema = { "a share rule", sizeof(struct share_rule), SCHEMA_ROWS(share_rows) };

static const struct key_def accept_rows[] = {
	{ .key = "check", .type = ROW_ID, .flags = ROW_REQUIRED, OFF(accept_rule, check), .help = "id of the check" },
	{ .key = "subject", .type = ROW_TEXT, .flags = ROW_REQUIRED, .min = 1, .max = 256, OFF(accept_rule, subject), .help = "the finding's subject: an element id, an address" },
	{ .key = "object", .type = ROW_TEXT, .min = 1, .max = 256, OFF(accept_rule, object), .help = "the finding's object; default: any" },
	{ .key = "reason", .type = ROW_TEXT, .flags = ROW_REQUIRED, .min = 1, .max = 1024, OFF(accept_rule, reason), .help = "why it is tolerated" },
	SINCE(accept_rule), UNTIL(accept_rule),
};
const struct schema accept_schema = { "an accept rule", sizeof(struct accept_rule), SCHEMA_ROWS(accept_rows) };

static const struct key_def check_rows[] = {
	{ .key = "check", .type = ROW_ID, .flags = ROW_REQUIRED, OFF(check_rule, check), .help = "id of the check" },
	{ .key = "severity", .type = ROW_WORD, .words = severity_words, OFF(check_rule, severity), .help = "of its findings" },
	REF(check_rule),
};
const struct schema check_schema = { "a check rule", sizeof(struct check_rule), SCHEMA_ROWS(check_rows) };

static const struct key_def unjudged_rows[] = {
	{ .key = "text", .type = ROW_TEXT, .flags = ROW_REQUIRED, .min = 1, .max = 1024, OFF(unjudged, text), .help = "what is asked" },
	REF(unjudged),
};
const struct schema unjudged_schema = { "a note on what is not judged", sizeof(struct unjudged), SCHEMA_ROWS(unjudged_rows) };

static const struct key_def settings_rows[] = {
	{ .key = "settle", .type = ROW_NUMBER, .max = 3600, .def = "1", .unit = "seconds", OFF(settings, settle_s), .help = "a contact is judged this long after its first packet" },
	{ .key = "grace", .type = ROW_NUMBER, .max = 3600, .def = "5", .unit = "seconds", OFF(settings, grace_s), .help = "an order explains this long after it was withdrawn" },
	{ .key = "nas.require_ciphering", .type = ROW_BOOL, .def = "false", OFF(settings, nas_require_ciphering), .help = "NAS without ciphering is a violation" },
	{ .key = "suci.require_concealment", .type = ROW_BOOL, .def = "false", OFF(settings, suci_require_concealment), .help = "SUCI under the null scheme is a violation" },
	{ .key = "keys.require_protection", .type = ROW_BOOL, .def = "false", OFF(settings, keys_require_protection), .help = "keys readable outside protected domains are a violation" },
	{ .key = "links.require_protection", .type = ROW_WORD, .flags = ROW_ONE_OR_LIST | ROW_SET, .words = link_words, OFF(settings, links_require_protection),
	  .help = "links on which cleartext outside protected domains is a violation; default: none" },
	{ .key = "pfcp.redirect_window", .type = ROW_NUMBER, .min = 1, .max = 86400, .def = "30", .unit = "seconds", OFF(settings, redirect_window_s),
	  .help = "a downlink target that changes and changes back within this time" },
	{ .key = "pfcp.redirect_changes", .type = ROW_NUMBER, .min = 2, .max = 1000, .def = "2", .unit = "changes", OFF(settings, redirect_changes),
	  .help = "so many times counts as redirection back and forth" },
	{ .key = "dns.explains_outside", .type = ROW_BOOL, .def = "true", OFF(settings, dns_explains_outside),
	  .help = "an answer of a declared resolver explains a contact with the host outside that it names" },
	{ .key = "share.min_coverage_ppm", .type = ROW_NUMBER, .max = 1000000, .def = "950000", .unit = "parts per million", OFF(settings, share_min_coverage_ppm),
	  .help = "observed of registered; below it no share is decided" },
};
static const struct schema settings_ = { "settings", sizeof(struct settings), SCHEMA_ROWS(settings_rows) };

const struct schema *settings_schema(void)
{
	return &settings_;
}
