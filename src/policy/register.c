/* The rows of a register, and their reading.  The shapes are DESIGN.md section 5. */
#include "register.h"

#include "err.h"

#include <stdlib.h>
#include <string.h>

static const struct word if_words[] = {
	{ "n2", REG_IF_N2, 0 }, { "n3", REG_IF_N3, 0 }, { "n4", REG_IF_N4, 0 }, { "n6", REG_IF_N6, 0 }, { "n9", REG_IF_N9, 0 },
	{ "n26", REG_IF_N26, 0 }, { "n32", REG_IF_N32, 0 }, { "xn", REG_IF_XN, 0 }, { "f1", REG_IF_F1, 0 }, { "e1", REG_IF_E1, 0 },
	{ "sbi", REG_IF_SBI, 0 }, { "s1", REG_IF_S1, 0 }, { "s5", REG_IF_S5, 0 }, { "s6a", REG_IF_S6A, 0 }, { "s8", REG_IF_S8, 0 },
	{ "s11", REG_IF_S11, 0 }, { "x2", REG_IF_X2, 0 }, { "sx", REG_IF_SX, 0 }, { "oam", REG_IF_OAM, 0 }, { "other", REG_IF_OTHER, 0 },
	{ NULL, 0, 0 },
};

const char *reg_if_name(enum reg_if i)
{
	return i == REG_IF_NONE || i >= REG_IFS ? "" : if_words[i - 1].s;
}

static const char *const parts[PARTS] = { "software", "hardware", "cloud", "integrator" };

const char *part_name(enum part p)
{
	return parts[p];
}

/* ---- addresses: a plain list, one address, or a map by interface ---- */

static const struct key_def address_row = { .key = "addresses", .type = ROW_PREFIX };
static const struct key_def if_row = { .key = "interface", .type = ROW_WORD, .words = if_words };

static bool add_addresses(struct schema_reader *r, uint32_t node, enum reg_if on, struct reg_addresses *out)
{
	bool list = r->tree->node[node].kind == NODE_LIST, ok = true;

	for (uint32_t i = list ? r->tree->node[node].first : node; i != NODE_NONE; i = list ? r->tree->node[i].next : NODE_NONE) {
		struct reg_address *a = &out->v[out->n];

		if (!schema_value(r, &address_row, i, &a->p)) {
			ok = false;
			continue;
		}
		a->at = schema_place(r, i);
		a->on = on;
		out->n++;
	}
	return ok;
}

static bool read_if(struct schema_reader *r, uint32_t member, enum reg_if *on)
{
	const struct node *n = &r->tree->node[member];
	struct node key = { .kind = NODE_SCALAR, .text = n->key, .len = n->key_len, .line = n->key_line, .column = n->key_column,
		.next = NODE_NONE, .first = NODE_NONE };
	struct tree one = { .node = &key, .n = 1 };
	struct schema_reader k = *r;
	uint64_t v = 0;
	bool ok;

	k.tree = &one;
	ok = schema_value(&k, &if_row, 0, &v);
	*on = (enum reg_if)v;
	return ok;
}

static bool read_addresses(struct schema_reader *r, const struct key_def *row, uint32_t node, void *member)
{
	const struct node *n = &r->tree->node[node];
	struct reg_addresses *out = member;
	uint32_t count = n->kind == NODE_LIST ? n->n : 1;
	bool ok = true;

	(void)row;
	for (uint32_t i = n->kind == NODE_MAP ? n->first : NODE_NONE; i != NODE_NONE; i = r->tree->node[i].next)
		count += r->tree->node[i].n + 1;
	out->v = own_array(r->own, count, sizeof(*out->v));
	if (!out->v || node_null(n))
		return out->v;
	if (n->kind != NODE_MAP)
		return add_addresses(r, node, REG_IF_NONE, out);
	for (uint32_t i = n->first; i != NODE_NONE; i = r->tree->node[i].next) {
		enum reg_if on;

		ok = read_if(r, i, &on) && ok;
		if (!node_null(&r->tree->node[i]))
			ok = add_addresses(r, i, on, out) && ok;
	}
	return ok;
}

/* ---- supplier: an id, or a map by part ---- */

#define PART(i, what) { .key = what, .type = ROW_ID, .off = sizeof(struct place) + (i) * sizeof(struct text), \
	.help = "id of the supplier of its " what }
static const struct key_def part_rows[] = { PART(0, "software"), PART(1, "hardware"), PART(2, "cloud"), PART(3, "integrator") };
struct part_map { struct place at; struct text part[PARTS]; };
static const struct schema part_schema = { "a supplier by part", sizeof(struct part_map), SCHEMA_ROWS(part_rows) };

static bool read_supplier(struct schema_reader *r, const struct key_def *row, uint32_t node, void *member)
{
	const struct node *n = &r->tree->node[node];
	struct text *of = member;
	struct part_map m;

	memset(&m, 0, sizeof(m));
	if (n->kind == NODE_MAP) {
		if (!schema_read(r, &part_schema, node, &m))
			return false;
		memcpy(of, m.part, sizeof(m.part));
		return true;
	}
	if (n->kind != NODE_SCALAR || !value_id(n->text, n->len))
		return schema_refuse(r, row, node, NULL);
	of[PART_SOFTWARE] = of[PART_HARDWARE] = (struct text){ own_text(r->own, n->text, n->len), schema_place(r, node) };
	return true;
}

/* ---- node ids ---- */

struct id_map { struct place at; struct text hex; uint32_t decimal, bits; };
static const struct key_def id_rows[] = {
	{ .key = "hex", .type = ROW_TEXT, .min = 1, .max = 10, .off = offsetof(struct id_map, hex), .help = "the value in hexadecimal, right-aligned" },
	{ .key = "decimal", .type = ROW_NUMBER, .max = 0xffffffff, .off = offsetof(struct id_map, decimal), .help = "the value as a decimal number; instead of hex" },
	{ .key = "bits", .type = ROW_NUMBER, .flags = ROW_REQUIRED, .min = 1, .max = 32, .off = offsetof(struct id_map, bits), .unit = "bits",
	  .help = "the length of the identifier (gNB 22 to 32, eNB 18, 20, 21 or 28, N3IWF 16)" },
};
static const struct schema id_schema = { "a node id", sizeof(struct id_map), SCHEMA_ROWS(id_rows) };

static bool hex_value(const char *s, uint64_t *v)
{
	if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X'))
		s += 2;
	for (*v = 0; *s; s++) {
		const char *at = strchr("0123456789abcdef", *s >= 'A' && *s <= 'F' ? *s + 32 : *s);

		if (!at)
			return false;
		*v = *v << 4 | (uint64_t)(at - "0123456789abcdef");
	}
	return true;
}

static bool bits_fit(enum node_id_kind k, uint32_t bits)
{
	switch (k) {
	case NODE_ID_GNB: return bits >= 22 && bits <= 32;			/* TS 38.413 9.3.1.6 */
	case NODE_ID_ENB: return bits == 18 || bits == 20 || bits == 21 || bits == 28;	/* TS 36.413 9.2.1.37 */
	case NODE_ID_N3IWF: return bits == 16;					/* TS 38.413 9.3.1.57 */
	case NODE_IDS: break;
	}
	return false;
}

static bool read_node_id(struct schema_reader *r, const struct key_def *row, uint32_t node, void *member)
{
	static const char *const lengths[NODE_IDS] = { "bits from 22 to 32", "bits of 18, 20, 21 or 28", "16 bits" };
	enum node_id_kind kind = (enum node_id_kind)row->min;
	struct node_id *out = member;
	struct id_map m;
	uint64_t v;
	bool hex, dec;

	memset(&m, 0, sizeof(m));
	if (r->tree->node[node].kind != NODE_MAP)
		return schema_refuse(r, row, node, NULL);
	if (!schema_read(r, &id_schema, node, &m))
		return false;
	hex = m.hex.s != NULL;
	dec = tree_find(r->tree, node, "decimal", 7) != NODE_NONE;
	v = m.decimal;
	if (hex == dec) {
		trouble_say(r->says, &m.at, "%s: found %s; one of \"hex\" and \"decimal\" is allowed, and needed", row->key, hex ? "both hex and decimal" : "no value");
	} else if (hex && !hex_value(m.hex.s, &v)) {
		trouble_say(r->says, &m.hex.at, "hex: found \"%s\"; hexadecimal digits are allowed", m.hex.s);
	} else if (!bits_fit(kind, m.bits)) {
		trouble_say(r->says, &m.at, "%s: found bits %u; %s are allowed", row->key, m.bits, lengths[kind]);
	} else if (v >> m.bits) {
		trouble_say(r->says, &m.at, "%s: found a value that needs more than %u bits; 0 to %llu is allowed", row->key, m.bits,
			(1ull << m.bits) - 1);
	} else {
		*out = (struct node_id){ m.at, (uint32_t)v, m.bits };
		return true;
	}
	return false;
}

/* ---- the rows ---- */

#define OFF(s, m) .off = offsetof(struct s, m)

static const struct key_def operator_rows[] = {
	{ .key = "name", .type = ROW_TEXT, .flags = ROW_REQUIRED, .min = 1, .max = 256, OFF(reg_operator, name), .help = "the operator's name" },
	{ .key = "plmns", .type = ROW_TEXT, .flags = ROW_ONE_OR_LIST, .min = 5, .max = 6, .max_list = 64, OFF(reg_operator, plmns), .unit = "MCC and MNC digits",
	  .help = "its PLMN identities" },
};
static const struct schema operator_schema = { "operator", sizeof(struct reg_operator), SCHEMA_ROWS(operator_rows) };

static const struct key_def supplier_rows[] = {
	{ .key = "id", .type = ROW_ID, .flags = ROW_REQUIRED, OFF(reg_supplier, id), .help = "what elements and rules call it" },
	{ .key = "name", .type = ROW_TEXT, .min = 1, .max = 256, OFF(reg_supplier, name), .help = "the company's name; default: the id" },
	{ .key = "group", .type = ROW_TEXT, .min = 1, .max = 256, OFF(reg_supplier, group), .help = "the legal group that a restriction names; default: the name" },
};
static const struct schema supplier_schema = { "a supplier", sizeof(struct reg_supplier), SCHEMA_ROWS(supplier_rows) };

static const struct key_def site_rows[] = {
	{ .key = "id", .type = ROW_ID, .flags = ROW_REQUIRED, OFF(reg_site, id), .help = "what elements and rules call it" },
	{ .key = "name", .type = ROW_TEXT, .min = 1, .max = 256, OFF(reg_site, name), .help = "its name in words" },
	{ .key = "region", .type = ROW_ID, OFF(reg_site, region), .help = "the region it lies in" },
	{ .key = "tags", .type = ROW_ID, .flags = ROW_ONE_OR_LIST, .max_list = 64, OFF(reg_site, tags), .help = "words that rules name, such as sensitive" },
};
static const struct schema site_schema = { "a site", sizeof(struct reg_site), SCHEMA_ROWS(site_rows) };

static const char node_help[] = "a map of hex (or decimal) and bits";
static const struct key_def element_rows[] = {
	{ .key = "id", .type = ROW_ID, .flags = ROW_REQUIRED, OFF(reg_element, id), .help = "the name that reports give it" },
	{ .key = "roles", .type = ROW_WORD, .flags = ROW_REQUIRED | ROW_ONE_OR_LIST | ROW_SET, .words = nf_word, OFF(reg_element, roles),
	  .help = "what it is; a combined node lists several" },
	{ .key = "names", .type = ROW_TEXT, .flags = ROW_ONE_OR_LIST, .min = 1, .max = 255, .max_list = 256, OFF(reg_element, names),
	  .help = "names it gives itself: RANNodeName, AMFName, FQDN, NF instance" },
	{ .key = "gnb_id", .type = ROW_OTHER, .read = read_node_id, .min = NODE_ID_GNB, .sub = &id_schema, OFF(reg_element, node[NODE_ID_GNB]), .help = node_help },
	{ .key = "enb_id", .type = ROW_OTHER, .read = read_node_id, .min = NODE_ID_ENB, .sub = &id_schema, OFF(reg_element, node[NODE_ID_ENB]), .help = node_help },
	{ .key = "n3iwf_id", .type = ROW_OTHER, .read = read_node_id, .min = NODE_ID_N3IWF, .sub = &id_schema, OFF(reg_element, node[NODE_ID_N3IWF]), .help = node_help },
	{ .key = "addresses", .type = ROW_OTHER, .read = read_addresses, OFF(reg_element, addresses),
	  .help = "a list of addresses and prefixes, or a map of such lists by interface: n2, n3, n4, n6, n9, n26, n32, xn, f1, e1, sbi, s1, s5, s6a, s8, s11, x2, sx, oam, other" },
	{ .key = "tacs", .type = ROW_NUMBER, .flags = ROW_ONE_OR_LIST, .max = 0xffffff, .max_list = 4096, OFF(reg_element, tacs), .help = "tracking area codes it serves" },
	{ .key = "plmns", .type = ROW_TEXT, .flags = ROW_ONE_OR_LIST, .min = 5, .max = 6, .max_list = 64, OFF(reg_element, plmns), .unit = "MCC and MNC digits",
	  .help = "PLMNs it serves, when not the operator's" },
	{ .key = "supplier", .type = ROW_OTHER, .read = read_supplier, .sub = &part_schema, OFF(reg_element, supplier),
	  .help = "an id of suppliers, for software and hardware, or a map of software, hardware, cloud, integrator" },
	{ .key = "site", .type = ROW_ID, OFF(reg_element, site), .help = "an id of sites" },
	{ .key = "commissioned", .type = ROW_SINCE, OFF(reg_element, commissioned_ns), .help = "the day it went into service" },
	{ .key = "realm", .type = ROW_ID, OFF(reg_element, realm), .help = "an id of realms; default: the default realm" },
	{ .key = "shares_addresses", .type = ROW_BOOL, .def = "false", OFF(reg_element, shares),
	  .help = "its addresses may also be other elements' that say the same (a whole core on one host)" },
	{ .key = "note", .type = ROW_TEXT, .min = 1, .max = 1024, OFF(reg_element, note), .help = "anything a reader should know" },
};
static const struct schema element_schema = { "an element", sizeof(struct reg_element), SCHEMA_ROWS(element_rows) };

static const struct key_def protected_rows[] = {
	{ .key = "between", .type = ROW_PREFIX, .flags = ROW_REQUIRED | ROW_LIST, .max_list = 2, OFF(reg_protected, between),
	  .help = "two prefixes: links from one to the other" },
	{ .key = "reason", .type = ROW_TEXT, .flags = ROW_REQUIRED, .min = 1, .max = 1024, OFF(reg_protected, reason), .help = "why no cryptography is needed there" },
	{ .key = "since", .type = ROW_SINCE, OFF(reg_protected, since_ns), .help = "first day" },
	{ .key = "until", .type = ROW_UNTIL, OFF(reg_protected, until_ns), .help = "last day" },
};
static const struct schema protected_schema = { "a protected domain", sizeof(struct reg_protected), SCHEMA_ROWS(protected_rows) };

static const struct key_def networks_rows[] = {
	{ .key = "inside", .type = ROW_PREFIX, .flags = ROW_ONE_OR_LIST, .max_list = 4096, OFF(reg_networks, inside), .help = "the operator's own prefixes" },
	{ .key = "ue_pools", .type = ROW_PREFIX, .flags = ROW_ONE_OR_LIST, .max_list = 64, OFF(reg_networks, ue_pools), .help = "prefixes that subscribers' addresses come from" },
	{ .key = "framed_routes", .type = ROW_PREFIX, .flags = ROW_ONE_OR_LIST, .max_list = 4096, OFF(reg_networks, framed_routes),
	  .help = "prefixes behind subscribers' own routers (TS 29.244 framed routes)" },
	{ .key = "protected", .type = ROW_MAP, .flags = ROW_LIST, .max_list = 4096, .sub = &protected_schema, OFF(reg_networks, protected),
	  .help = "declared protected domains" },
};
static const struct schema networks_schema = { "networks", sizeof(struct reg_networks), SCHEMA_ROWS(networks_rows) };

static const struct key_def services_rows[] = {
	{ .key = "resolvers", .type = ROW_PREFIX, .flags = ROW_ONE_OR_LIST, .max_list = 1024, OFF(reg_services, of[SERVICE_RESOLVERS]), .help = "name servers that elements may ask" },
	{ .key = "time", .type = ROW_PREFIX, .flags = ROW_ONE_OR_LIST, .max_list = 1024, OFF(reg_services, of[SERVICE_TIME]), .help = "time servers" },
	{ .key = "logs", .type = ROW_PREFIX, .flags = ROW_ONE_OR_LIST, .max_list = 1024, OFF(reg_services, of[SERVICE_LOGS]), .help = "log collectors" },
	{ .key = "management", .type = ROW_PREFIX, .flags = ROW_ONE_OR_LIST, .max_list = 1024, OFF(reg_services, of[SERVICE_MANAGEMENT]),
	  .help = "hosts from which elements are managed: element managers, jump hosts" },
};
static const struct schema services_schema = { "services", sizeof(struct reg_services), SCHEMA_ROWS(services_rows) };

static const struct key_def realm_rows[] = {
	{ .key = "id", .type = ROW_ID, .flags = ROW_REQUIRED, OFF(reg_realm, id), .help = "what elements call it" },
	{ .key = "inputs", .type = ROW_TEXT, .flags = ROW_ONE_OR_LIST, .min = 1, .max = 1024, .max_list = 1024, OFF(reg_realm, inputs), .help = "captures or interfaces whose addresses are of this realm" },
	{ .key = "vlans", .type = ROW_NUMBER, .flags = ROW_ONE_OR_LIST, .max = 4094, .max_list = 4096, OFF(reg_realm, vlans), .help = "VLANs whose addresses are" },
};
static const struct schema realm_schema = { "a realm", sizeof(struct reg_realm), SCHEMA_ROWS(realm_rows) };

struct file {
	struct place at;
	uint32_t version, pad;
	struct reg reg;
};
#define REG(m) .off = offsetof(struct file, reg.m)
static const struct key_def file_rows[] = {
	{ .key = "version", .type = ROW_NUMBER, .flags = ROW_REQUIRED, .min = 1, .max = 1, OFF(file, version), .help = "of this format" },
	{ .key = "operator", .type = ROW_MAP, .sub = &operator_schema, REG(operator), .help = "whose network it is" },
	{ .key = "suppliers", .type = ROW_MAP, .flags = ROW_LIST, .max_list = 4096, .sub = &supplier_schema, REG(suppliers), .help = "who supplied elements" },
	{ .key = "sites", .type = ROW_MAP, .flags = ROW_LIST, .max_list = 1 << 18, .sub = &site_schema, REG(sites), .help = "where elements stand" },
	{ .key = "elements", .type = ROW_MAP, .flags = ROW_LIST, .max_list = 1 << 18, .sub = &element_schema, REG(elements), .help = "what is there" },
	{ .key = "networks", .type = ROW_MAP, .sub = &networks_schema, REG(networks), .help = "prefixes" },
	{ .key = "services", .type = ROW_MAP, .sub = &services_schema, REG(services), .help = "hosts that serve all elements" },
	{ .key = "realms", .type = ROW_MAP, .flags = ROW_LIST, .max_list = 64, .sub = &realm_schema, REG(realms), .help = "address spaces that are used more than once" },
};
static const struct schema file_schema = { "a register", sizeof(struct file), SCHEMA_ROWS(file_rows) };

const struct schema *reg_schema(void)
{
	return &file_schema;
}

int reg_load(struct reg **out, const struct tree *t, struct troubles *says)
{
	struct file *f = calloc(1, sizeof(*f));
	struct reg *r = calloc(1, sizeof(*r));
	uint32_t before = says->n;
	struct schema_reader in = { .tree = t, .own = r ? &r->own : NULL, .says = says };
	int err = FW_ENOMEM;

	*out = NULL;
	if (!f || !r)
		goto fail;
	in.file = own_text(&r->own, t->file, strlen(t->file));
	if (!t->n || t->node[0].kind != NODE_MAP) {
		struct place at = { in.file, 1, 1 };

		trouble_say(says, &at, "found no map; a register begins with \"version: 1\"");
	} else if (schema_read(&in, &file_schema, 0, f)) {
		struct own own = r->own;

		*r = f->reg;
		r->own = own;
		r->file = in.file;
		(void)reg_check(r, says);
	}
	err = says->n != before ? FW_EFORMAT : r->own.full || r->ids.full || r->names.full || r->nodes.full || r->at.k.full ? FW_ENOMEM : FW_OK;
	if (err != FW_OK)
		goto fail;
	free(f);
	*out = r;
	return FW_OK;
fail:
	free(f);
	reg_free(r);
	return err;
}

void reg_free(struct reg *r)
{
	if (!r)
		return;
	keyed_free(&r->ids);
	keyed_free(&r->names);
	keyed_free(&r->nodes);
	keyed_free(&r->supplier_ids);
	keyed_free(&r->site_ids);
	keyed_free(&r->at.k);
	own_free(&r->own);
	free(r);
}
