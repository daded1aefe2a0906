/* Registers and policies: what loads, what is refused, what is answered. */
#include "conf.h"
#include "packs.h"
#include "tap.h"
#include "yaml.h"

#include "err.h"

#include <time.h>

static struct troubles says;

/* ---- loading from text ---- */

static struct reg *reg_of(const char *text)
{
	struct tree *t = NULL;
	struct reg *r = NULL;

	says.n = 0;
	if (yaml_load(&t, "r.yaml", text, strlen(text), &says) == FW_OK)
		(void)reg_load(&r, t, &says);
	tree_free(t);
	return r;
}

struct fake { const char *name[8], *text[8]; struct tree *tree[8]; };

static int fake_pack(void *ctx, const char *name, const struct tree **out, struct troubles *to)
{
	struct fake *f = ctx;

	for (unsigned i = 0; i < 8 && f->name[i]; i++)
		if (!strcmp(f->name[i], name)) {
			int err = f->tree[i] ? FW_OK : yaml_load(&f->tree[i], name, f->text[i], strlen(f->text[i]), to);

			*out = f->tree[i];
			return err;
		}
	return FW_EEND;
}

static struct policy *policy_with(const char *text, struct fake *f)
{
	static const char *const checks[] = { "N3-CLEARTEXT", "N2-CLEARTEXT" };
	struct policy_source src = { .pack = fake_pack, .ctx = f, .packs = f->name, .checks = checks, .nchecks = 2 };
	struct policy *p = NULL;
	struct tree *t = NULL;

	while (src.npacks < 8 && f->name[src.npacks])
		src.npacks++;
	says.n = 0;
	if (yaml_load(&t, "p.yaml", text, strlen(text), &says) == FW_OK)
		(void)policy_load(&p, t, &src, &says);
	tree_free(t);
	for (unsigned i = 0; i < 8; i++) {
		tree_free(f->tree[i]);
		f->tree[i] = NULL;
	}
	return p;
}

static struct policy *policy_of(const char *text)
{
	struct fake none = { { NULL }, { NULL }, { NULL } };

	return policy_with(text, &none);
}

static bool refused(const char *what, const char *where, const char *words)
{
	if (says.n == 1 && !strncmp(says.text[0], where, strlen(where)) && strstr(says.text[0], words))
		return true;
	printf("# %s: %u troubles, the first: %s\n", what, says.n, says.n ? says.text[0] : "");
	return false;
}

static struct addr ip(const char *s)
{
	struct addr a;

	if (!addr_parse(s, strlen(s), &a))
		printf("# not an address: %s\n", s);
	return a;
}

static uint64_t day(const char *s)
{
	uint64_t from = 0, until;

	EXPECT(value_day(s, strlen(s), &from, &until));
	return from;
}

/* ---- the register ---- */

static const char network[] =
	"version: 1\n"
	"operator: {name: Example Mobile, plmns: [\"00101\"]}\n"
	"suppliers:\n"
	"  - {id: acme, name: Acme Networks Ltd, group: Acme Group}\n"
	"  - {id: blue, name: Blue}\n"
	"  - id: cloudy\n"
	"sites:\n"
	"  - {id: north, region: no, tags: [sensitive, coast]}\n"
	"  - {id: south, region: south}\n"
	"elements:\n"
	"  - {id: gnb-1, roles: [gNB], names: [North-1], gnb_id: {hex: \"000102\", bits: 24}, addresses: {n2: [10.1.2.1], n3: [10.1.3.1], oam: [10.1.9.1]}, tacs: [1], supplier: acme, site: north, commissioned: 2021-05-01}\n"
	"  - {id: gnb-2, roles: gnb, gnb_id: {decimal: 259, bits: 24}, addresses: [10.1.2.2, 10.1.3.2], tacs: [1], supplier: {software: blue, hardware: acme}, site: south}\n"
	"  - {id: amf-1, roles: [AMF], addresses: {n2: [10.1.2.100, \"2001:db8::100\"]}, supplier: {software: blue}, commissioned: 2023-01-01}\n"
	"  - {id: pgw-1, roles: [PGW, UPF], addresses: [10.1.4.0/24]}\n"
	"  - {id: upf-9, roles: [UPF], addresses: [10.1.4.7], supplier: {software: blue, hardware: blue, cloud: cloudy}, site: south}\n"
	"  - {id: one, roles: [NRF], addresses: [10.9.0.1], shares_addresses: true}\n"
	"  - {id: two, roles: [UDM], addresses: [10.9.0.1], shares_addresses: true}\n"
	"  - {id: vrf, roles: [other], addresses: [10.1.2.1], realm: b}\n"
	"networks:\n"
	"  inside: [10.1.0.0/16]\n"
	"  ue_pools: [10.60.0.0/16]\n"
	"  protected: [{between: [10.1.3.0/24, 10.1.4.0/24], reason: one room, until: 2027-06-30}]\n"
	"services: {resolvers: [10.1.9.53], management: 10.1.9.0/28}\n"
	"realms: [{id: b, inputs: [b.pcap], vlans: [7]}]\n";

static void a_register_answers_what_it_was_told(void)
{
	struct reg *r = reg_of(network);
	struct addr a, b;
	enum reg_if on = REG_IF_NONE;
	uint16_t seven = 7;

	if (!EXPECT(r != NULL)) {
		refused("network", "-", "-");
		return;
	}
	EXPECT(r->elements.n == 8 && r->suppliers.n == 3);
	EXPECT(reg_element_by_id(r, "amf-1", 5) == 2 && reg_element_by_id(r, "amf-2", 5) == REG_NONE);
	EXPECT(reg_element_by_name(r, "north-1", 7, 0) == 0 && reg_element_by_name(r, "north-1", 7, 1) == REG_NONE);
	EXPECT(reg_element_by_node(r, NODE_ID_GNB, 0x102, 24, "00101", 0) == 0 && reg_element_by_node(r, NODE_ID_GNB, 0x103, 0, NULL, 0) == 1);
	EXPECT(reg_element_by_node(r, NODE_ID_GNB, 0x102, 24, "99901", 0) == REG_NONE && reg_element_by_node(r, NODE_ID_ENB, 0x102, 0, NULL, 0) == REG_NONE);
	a = ip("10.1.2.1");
	EXPECT(reg_element_at(r, 0, &a, 0, &on) == 0 && on == REG_IF_N2 && reg_element_at(r, 0, &a, 1, NULL) == REG_NONE);
	EXPECT(reg_element_at(r, 1, &a, 0, &on) == 7 && on == REG_IF_NONE);
	a = ip("2001:db8::100");
	EXPECT(reg_element_at(r, 0, &a, 0, NULL) == 2);
	a = ip("10.1.4.7");
	b = ip("10.1.4.8");
	EXPECT(reg_element_at(r, 0, &a, 0, NULL) == 4 && reg_element_at(r, 0, &b, 0, NULL) == 3);	/* the longest prefix */
	a = ip("10.9.0.1");
	EXPECT(reg_element_at(r, 0, &a, 0, NULL) == 5 && reg_element_at(r, 0, &a, 1, NULL) == 6 && reg_element_at(r, 0, &a, 2, NULL) == REG_NONE);
	EXPECT(reg_inside(r, &a) && !reg_of_subscriber(r, &a));
	a = ip("10.60.3.4");
	EXPECT(!reg_inside(r, &a) && reg_of_subscriber(r, &a));
	a = ip("10.1.9.15");
	b = ip("10.1.9.16");
	EXPECT(reg_serves(r, SERVICE_MANAGEMENT, &a) && !reg_serves(r, SERVICE_MANAGEMENT, &b) && !reg_serves(r, SERVICE_TIME, &a));
	a = ip("10.1.4.9");
	b = ip("10.1.3.9");
	EXPECT(reg_protected(r, &a, &b, day("2027-06-30") + 86399000000000) == 0 && reg_protected(r, &b, &a, 1) == 0);	/* until is inclusive */
	EXPECT(reg_protected(r, &a, &b, day("2027-07-01")) == REG_NONE && reg_protected(r, &a, &a, 1) == REG_NONE);
	EXPECT(reg_realm_of(r, "b.pcap", NULL, 0) == 1 && reg_realm_of(r, "a.pcap", &seven, 1) == 1 && !reg_realm_of(r, "a.pcap", NULL, 0));
	EXPECT(r->elements.v[3].roles == (NF_BIT(NF_PGW_C) | NF_BIT(NF_PGW_U) | NF_BIT(NF_UPF)) && r->elements.v[1].roles == NF_BIT(NF_GNB));
	EXPECT(!strcmp(reg_element_region(r, 0), "no"));		/* the word, not the truth value */
	EXPECT(reg_element_tagged(r, 0, "coast") && !reg_element_tagged(r, 1, "coast") && !reg_element_tagged(r, 2, "coast"));
	EXPECT(!strcmp(reg_element_group(r, 0, PART_HARDWARE), "Acme Group") && !strcmp(reg_element_group(r, 1, PART_SOFTWARE), "Blue"));
	EXPECT(!strcmp(reg_element_group(r, 4, PART_CLOUD), "cloudy") && !reg_element_group(r, 2, PART_HARDWARE));
	reg_free(r);
}

static void roles_are_known_by_their_rows(void)
{
	for (unsigned i = 0; i < NFS; i++) {
		EXPECT(nf_word[i].v == NF_BIT(i) && !nf_word[i].alias);
		EXPECT(nf_named(nf_name((enum nf)i), strlen(nf_name((enum nf)i))) == NF_BIT(i));
	}
	EXPECT(nf_named("eNodeB", 6) == NF_BIT(NF_ENB) && nf_named("amf", 3) == NF_BIT(NF_AMF) && !nf_named("AMFX", 4) && !nf_named("", 0));
	EXPECT(nf_ran() & NF_BIT(NF_GNB) && !(nf_ran() & NF_BIT(NF_AMF)) && nf_core() & NF_BIT(NF_PCRF) && !(nf_core() & NF_BIT(NF_OSS)));
	EXPECT(!(nf_core() & (NF_BIT(NF_AF) | NF_BIT(NF_GNB) | NF_BIT(NF_P_CSCF))) && nf_core() & NF_BIT(NF_UDR) && nf_core() & NF_BIT(NF_LI));
}

/* ---- allow rules ---- */

static void *must(size_t n)
{
	void *p = malloc(n);

	if (!p)
		abort();
	return p;
}

static uint32_t seed;

static uint32_t any(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

static void random_end(struct words *w)
{
	static const char *const ids[] = { "gnb-1", "gnb-2", "amf-1", "pgw-1", "upf-9", "nobody" };
	static const char *const roles[] = { "gNB", "AMF", "UPF", "PGW", "OSS" };
	static const char *const suppliers[] = { "acme", "blue", "cloudy" };
	static const char *const hosts[] = { "10.1.0.0/16", "10.1.2.0/24", "10.1.2.1", "10.1.4.0/28", "0.0.0.0/0", "2001:db8::/32", "10.1.3.2", "203.0.113.7" };
	uint32_t keys = 1 + any(31), n = 0;

	if (any(3))
		keys = 1u << any(5);
	words_add(w, "{");
	if (keys & 1)
		words_add(w, "%selements: [%s, %s]", n++ ? ", " : "", ids[any(6)], ids[any(6)]);
	if (keys & 2)
		words_add(w, "%sroles: [%s, %s]", n++ ? ", " : "", roles[any(5)], roles[any(5)]);
	if (keys & 4)
		words_add(w, "%ssuppliers: %s", n++ ? ", " : "", suppliers[any(3)]);
	if (keys & 8)
		words_add(w, "%ssites: %s", n++ ? ", " : "", any(2) ? "north" : "south");
	if (keys & 16)
		words_add(w, "%shosts: [\"%s\", \"%s\"]", n++ ? ", " : "", hosts[any(8)], hosts[any(8)]);
	words_add(w, "}");
}

static char *random_rules(uint32_t n)
{
	static const char *const transports[] = { "tcp", "udp", "[tcp, sctp]", "esp", "132" };
	char *text = must(n * 512 + 64), *p = text + sprintf(text, "version: 1\nallow:\n");

	for (uint32_t i = 0; i < n; i++) {
		struct words w = { 0 };

		words_add(&w, "  - {id: r%u, from: ", i);
		random_end(&w);
		words_add(&w, ", to: ");
		random_end(&w);
		if (any(2))
			words_add(&w, ", transport: %s", transports[any(5)]);
		if (any(2))
			words_add(&w, ", ports: [%u, %u-%u]", any(10), 20 + any(5), 25 + any(200));
		if (!any(4))
			words_add(&w, ", window: {since: 2026-11-%02u}", 1 + any(20));
		if (!any(4))
			words_add(&w, ", note: window");
		words_add(&w, "}\n");
		memcpy(p, w.text, w.n + 1);
		p += w.n;
	}
	return text;
}

static struct end random_point(const struct reg *r)
{
	static const char *const at[] = { "10.1.2.1", "10.1.2.2", "10.1.3.1", "10.1.4.7", "10.1.4.99", "2001:db8::100", "203.0.113.7", "10.1.9.1" };
	struct end e = { .addr = ip(at[any(8)]), .reg = REG_NONE };

	if (r && any(4))
		e.reg = reg_element_at(r, 0, &e.addr, 0, NULL);
	else if (any(2))
		e.element = "nobody";
	if (!any(4))
		e.roles = NF_BIT(any(NFS));
	return e;
}

static void the_index_answers_as_trying_each_rule_would(void)
{
	struct reg *r = reg_of(network);
	uint32_t hits = 0;

	for (uint32_t round = 0; round < 60; round++) {
		uint32_t n = 1 + any(120);
		char *text = random_rules(n);
		struct policy *p = policy_of(text);

		if (!EXPECT(p && p->allow.n == n)) {
			refused(text, "-", "-");
			free(text);
			continue;
		}
		for (uint32_t i = 0; i < 400; i++) {
			static const uint8_t protocols[] = { 6, 17, 132, 50 };
			const struct reg *with = any(5) ? r : NULL;
			struct end a = random_point(with), b = random_point(with);
			uint8_t protocol = protocols[any(4)];
			uint16_t port = (uint16_t)any(40);
			uint64_t t = day("2026-11-10") + any(20) * 86400000000000ull;
			uint32_t fast = policy_allows(p, with, &a, &b, protocol, port, t), slow = policy_allows_slowly(p, with, &a, &b, protocol, port, t);

			EXPECT(fast == slow);
			hits += fast != POLICY_NONE;
			/* a rule that an earlier one covers is never the first to match */
			if (fast != POLICY_NONE && with)
				EXPECT(allow_covered(p, with, fast) == POLICY_NONE);
		}
		policy_free(p);
		free(text);
	}
	printf("# %u of 24000 contacts were allowed\n", hits);
	EXPECT(hits > 2000 && hits < 22000);
	reg_free(r);
}

/* However a text is written, its meaning and its place are read: as it stands in the file, and where it must be put together. */
static void a_text_reads_the_same_however_it_is_written(void)
{
	static const struct { const char *written, *reads; } rows[] = {
		{ "it is so", "it is so" }, { "'it is so'", "it is so" }, { "\"it is so\"", "it is so" }, { "it is so   # not this", "it is so" },
		{ "\"it \\x69s so\"", "it is so" }, { "it\n     is so", "it is so" }, { "'it\n     is so'", "it is so" }, { "\"it\n     is \\\n     so\"", "it is so" },
		{ "\"C:\\\\x\"", "C:\\x" }, { "'C:\\x'", "C:\\x" }, { "C:\\x", "C:\\x" }, { "it's", "it's" }, { "'it''s'", "it's" }, { "\"it's\"", "it's" }, { "'say \"x\"'", "say \"x\"" },
		{ "\"say \\\"x\\\"\"", "say \"x\"" }, { "' x '", " x " }, { "d\xc3\xa9j\xc3\xa0", "d\xc3\xa9j\xc3\xa0" }, { "a#b", "a#b" }, { "a:b", "a:b" },
		{ "|-\n     it\n     is", "it\nis" }, { ">-\n     it\n     is so", "it is so" }, { "a\tb", "a\tb" },
	};
	char text[256];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct policy *p;

		(void)snprintf(text, sizeof(text), "version: 1\naccept:\n  - check: N2-CLEARTEXT\n    subject: x\n    \"reason\": %s\n", rows[i].written);
		p = policy_of(text);
		if (!EXPECT(p && p->accept.n == 1 && !strcmp(p->accept.v[0].reason.s, rows[i].reads) && p->accept.v[0].reason.at.line == 5u + (strchr("|>", *rows[i].written) != NULL)))
			printf("# %s reads %s\n", rows[i].written, p && p->accept.n ? p->accept.v[0].reason.s : says.text[0]);
		policy_free(p);
	}
	EXPECT(!policy_of("version: 1\naccept: [{\"check\": N2-CLEARTEXT, 'check': N2-CLEARTEXT, subject: x, reason: y}]\n") &&
	       refused("a key in two quotes", "p.yaml:2:34:", "the key \"check\" a second time (first at line 2)"));
	EXPECT(!policy_of("version: 1\naccept: [{check: N2-CLEARTEXT, \"ch\\x65ck\": N2-CLEARTEXT, subject: x, reason: y}]\n") &&
	       refused("a key with an escape", "p.yaml:2:32:", "the key \"check\" a second time"));
	EXPECT(!policy_of("version: 1\naccept: [{check: N2-CLEARTEXT, subject: 'a''''b', reason: y}]\n") && refused("''", "p.yaml:2:41:", "side by side"));
}

static double cost_of(uint32_t n, uint32_t *found)
{
	char *text = must(n * 160 + 64), *p = text + sprintf(text, "version: 1\nallow:\n");
	struct timespec a, b;
	struct policy *pol;
	uint32_t asked = 200000;

	for (uint32_t i = 0; i < n; i++)
		p += sprintf(p, "  - {id: r%u, from: {hosts: [10.%u.%u.0/24]}, to: {hosts: [172.16.%u.%u]}, transport: tcp, ports: [%u]}\n", i, i >> 8 & 255, i & 255,
			i >> 8 & 255, i & 255, 1 + i % 60000);
	pol = policy_of(text);
	free(text);
	*found = 0;
	if (!EXPECT(pol && pol->allow.n == n))
		return 0;
	(void)clock_gettime(CLOCK_MONOTONIC, &a);
	for (uint32_t i = 0; i < asked; i++) {
		uint32_t k = i % n;
		struct end x = { .addr = { { 10, (uint8_t)(k >> 8), (uint8_t)k, 9 }, 4 }, .reg = REG_NONE };
		struct end y = { .addr = { { 172, 16, (uint8_t)(k >> 8), (uint8_t)k }, 4 }, .reg = REG_NONE };

		*found += policy_allows(pol, NULL, &x, &y, 6, (uint16_t)(1 + k % 60000), 1) == k;
	}
	(void)clock_gettime(CLOCK_MONOTONIC, &b);
	policy_free(pol);
	return ((double)(b.tv_sec - a.tv_sec) * 1e9 + (double)(b.tv_nsec - a.tv_nsec)) / asked;
}

static void ten_thousand_rules_cost_little_more_than_ten(void)
{
	uint32_t found;
	double ten = cost_of(10, &found), many;

	EXPECT(found == 200000);
	many = cost_of(10000, &found);
	EXPECT(found == 200000);
	printf("# a decision: %.0f ns with 10 rules, %.0f ns with 10000\n", ten, many);
	EXPECT(many < 8 * ten + 2000);
}

/* ---- the other lists ---- */

static const char rules[] =
	"version: 1\n"
	"high_risk: [acme group]\n"
	"deny:\n"
	"  - {id: d0, roles: [gNB], supplier: {group: ACME GROUP}, since: 2026-01-01, until: 2026-12-31}\n"
	"  - {id: d1, tags: [sensitive], supplier: {class: high-risk}}\n"
	"  - {id: d2, roles: [AMF], supplier: {id: acme}}\n"
	"  - {id: d3, roles: [UPF], supplier: {id: cloudy}, parts: cloud}\n"
	"  - {id: d4, supplier: {id: acme}, commissioned_since: 2022-01-01}\n"
	"  - {id: d5, regions: [south], supplier: {id: blue}}\n"
	"accept:\n"
	"  - {check: N3-CLEARTEXT, subject: gnb-1, object: upf-9, reason: soon, until: 2026-06-30}\n"
	"  - {check: N3-CLEARTEXT, subject: gnb-2, reason: soon}\n"
	"checks: [{check: N2-CLEARTEXT, severity: low}]\n"
	"duplication_targets: [\"sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"]\n"
	"settings: {settle: 3, links.require_protection: [N2, n9]}\n";

static void rules_say_yes_no_or_that_the_register_does_not_say(void)
{
	struct reg *r = reg_of(network);
	struct policy *p = policy_of(rules);
	uint64_t t = day("2026-12-31") + 1, late = day("2027-01-01");
	uint8_t digest[32];

	if (!EXPECT(r && p)) {
		refused("rules", "-", "-");
		return;
	}
	EXPECT(policy_denies(p, r, &p->deny.v[0], 0, t) == DENY_YES && policy_denies(p, r, &p->deny.v[0], 0, late) == DENY_NO);
	EXPECT(policy_denies(p, r, &p->deny.v[0], 1, t) == DENY_YES && policy_denies(p, r, &p->deny.v[0], 4, t) == DENY_NO);
	EXPECT(policy_denies(p, r, &p->deny.v[1], 0, t) == DENY_YES && policy_denies(p, r, &p->deny.v[1], 1, t) == DENY_NO);
	EXPECT(policy_denies(p, r, &p->deny.v[1], 2, t) == DENY_UNKNOWN);		/* no site */
	EXPECT(policy_denies(p, r, &p->deny.v[2], 2, t) == DENY_UNKNOWN);		/* nobody said whose hardware */
	EXPECT(policy_denies(p, r, &p->deny.v[3], 4, t) == DENY_YES && policy_denies(p, r, &p->deny.v[3], 3, t) == DENY_NO);
	EXPECT(policy_denies(p, r, &p->deny.v[4], 0, t) == DENY_NO && policy_denies(p, r, &p->deny.v[4], 1, t) == DENY_UNKNOWN);
	EXPECT(policy_denies(p, r, &p->deny.v[5], 4, t) == DENY_YES && policy_denies(p, r, &p->deny.v[5], 0, t) == DENY_NO);
	EXPECT(policy_accepts(p, "N3-CLEARTEXT", "gnb-1", "upf-9", day("2026-06-30") + 5) == 0 && policy_accepts(p, "N3-CLEARTEXT", "gnb-1", NULL, 1) == POLICY_NONE);
	EXPECT(policy_accepts(p, "N3-CLEARTEXT", "gnb-1", "upf-9", day("2026-07-01")) == POLICY_NONE && policy_accepts(p, "N3-CLEARTEXT", "gnb-2", "x", t) == 1);
	EXPECT(policy_severity(p, "N2-CLEARTEXT", SEV_HIGH) == SEV_LOW && policy_severity(p, "N3-CLEARTEXT", SEV_HIGH) == SEV_HIGH);
	for (unsigned i = 0; i < 32; i++)
		digest[i] = (uint8_t)(i % 16 * 0x11);
	EXPECT(policy_duplication_target(p, digest));
	digest[31]++;
	EXPECT(!policy_duplication_target(p, digest));
	EXPECT(p->settings.settle_s == 3 && p->settings.grace_s == 5 && p->settings.links_require_protection == (LINK_N2 | LINK_N9));
	reg_free(r);
	policy_free(p);
}

static void imports_join_and_go_one_way(void)
{
	struct fake f = { { "a", "b", "c", NULL }, {
		"version: 1\nimport: [b]\ndeny: [{id: a1, supplier: {id: x}}]\nsettings: {settle: 7}\nchecks: [{check: N2-CLEARTEXT, severity: low}]\n",
		"version: 1\nimport: c\nsettings: {settle: 7}\nchecks: [{check: N2-CLEARTEXT, severity: high}]\n",
		"version: 1\ndeny: [{id: c1, supplier: {id: x}}]\n", NULL }, { NULL } };
	struct policy *p = policy_with("version: 1\nimport: [a, c]\ndeny: [{id: u1, supplier: {id: x}}]\n", &f);

	if (EXPECT(p != NULL)) {
		EXPECT(p->packs.n == 3 && p->deny.n == 3 && !strcmp(p->deny.v[0].id.s, "u1") && !strcmp(p->deny.v[2].id.s, "c1") && p->settings.settle_s == 7);
		EXPECT(policy_severity(p, "N2-CLEARTEXT", SEV_INFO) == SEV_HIGH);	/* of the packs the highest */
	}
	policy_free(p);
	f.text[1] = "version: 1\nsettings: {settle: 9}\n";
	EXPECT(!policy_with("version: 1\nimport: a\n", &f) && refused("disagree", "b:2:20: settle:", "set it in the policy"));
	p = policy_with("version: 1\nimport: a\nsettings: {settle: 9}\n", &f);
	EXPECT(p && p->settings.settle_s == 9);
	policy_free(p);
	f.text[2] = "version: 1\nimport: [a]\n";
	f.text[1] = "version: 1\nimport: [c]\n";
	EXPECT(!policy_with("version: 1\nimport: a\n", &f) && refused("cycle", "c:2:10: import:", "imports go one way"));
	EXPECT(!policy_with("version: 1\nimport: [d-pack]\n", &f) && refused("unknown pack", "p.yaml:2:10: import:", "a, b and c are allowed"));
	f.text[1] = "version: 1\ndeny: [{id: a1, supplier: {id: y}}]\n";
	EXPECT(!policy_with("version: 1\nimport: a\n", &f) && refused("same id", "b:2:13: id:", "rename one"));
}

static void packs_load_alone_and_together(void)
{
	char text[512] = "version: 1\nimport: [";
	struct fake f = { { NULL }, { NULL }, { NULL } };
	struct troubles *t = &says;
	struct conf_opts o = { 0 };
	struct policy *p;
	struct conf c;
	unsigned n = 0;

	for (; packs[n].name && n < 8; n++) {
		f.name[n] = packs[n].name;
		f.text[n] = packs[n].text;
		EXPECT(strlen(packs[n].text) == packs[n].len);
		(void)snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s", n ? ", " : "", packs[n].name);
	}
	(void)snprintf(text + strlen(text), sizeof(text) - strlen(text), "]\n");
	EXPECT(n == 6);
	p = NULL;
	{
		struct policy_source src = { .pack = fake_pack, .ctx = &f, .packs = f.name, .npacks = n };
		struct tree *tree = NULL;

		says.n = 0;
		EXPECT(yaml_load(&tree, "p.yaml", text, strlen(text), t) == FW_OK && policy_load(&p, tree, &src, t) == FW_OK && p->packs.n == 6);
		tree_free(tree);
		for (unsigned i = 0; i < n; i++)
			tree_free(f.tree[i]);
	}
	for (uint32_t i = 0; p && i < p->deny.n; i++)
		EXPECT(p->deny.v[i].ref.s && p->deny.v[i].severity);
	for (uint32_t i = 0; p && i < p->checks.n; i++)
		EXPECT(p->checks.v[i].ref.s != NULL);
	policy_free(p);
	EXPECT(conf_load(&c, &o, t) == FW_OK && c.npacks == 1 && !strcmp(c.pack[0].name, "default") && strlen(c.pack[0].sha256) == 64 && !c.reg);
	conf_free(&c);
}

/* ---- hostile and broken text ---- */

static bool placed(const char *s)
{
	unsigned line, column;
	char name[16];

	return sscanf(s, "%15[^:]:%u:%u: ", name, &line, &column) == 3 && line && column;
}

static void every_cut_and_every_changed_octet_loads_or_names_its_place(void)
{
	static const char bad[] = "\0\xff:{}[]&*!#-\n\t\"'|>%@`,?0z";
	size_t n = strlen(network), told = 0;
	char *b = must(n + 1);

	for (size_t i = 0; i < n; i += 3) {
		struct reg *r = NULL;

		memcpy(b, network, n + 1);
		b[i] = 0;
		r = reg_of(b);
		for (uint32_t k = 0; k < says.n && k < TROUBLES; k++)
			EXPECT(placed(says.text[k]));
		EXPECT((r != NULL) == !says.n);
		reg_free(r);
	}
	for (size_t i = 0; i < n; i++) {
		struct tree *t = NULL;
		struct reg *r = NULL;

		memcpy(b, network, n + 1);
		b[i] = bad[any(sizeof(bad) - 1)];
		says.n = 0;
		if (yaml_load(&t, "r.yaml", b, n, &says) == FW_OK)
			(void)reg_load(&r, t, &says);
		tree_free(t);
		told += says.n > 0;
		for (uint32_t k = 0; k < says.n && k < TROUBLES; k++)
			if (!EXPECT(placed(says.text[k])))
				printf("# %s\n", says.text[k]);
		EXPECT((r != NULL) == !says.n);
		reg_free(r);
	}
	printf("# %zu of %zu changes were refused\n", told, n);
	EXPECT(told > n / 4);
	free(b);
}

static void many_troubles_are_counted_and_the_first_are_told(void)
{
	char text[4096], *p = text + sprintf(text, "version: 1\n");

	for (int i = 0; i < 50; i++)
		p += sprintf(p, "key%d: 1\n", i);
	EXPECT(!reg_of(text) && says.n == 50 && strstr(says.text[19], "key19"));
}

int main(void)
{
	TEST(a_register_answers_what_it_was_told);
	TEST(roles_are_known_by_their_rows);
	TEST(the_index_answers_as_trying_each_rule_would);
	TEST(a_text_reads_the_same_however_it_is_written);
	TEST(ten_thousand_rules_cost_little_more_than_ten);
	TEST(rules_say_yes_no_or_that_the_register_does_not_say);
	TEST(imports_join_and_go_one_way);
	TEST(packs_load_alone_and_together);
	TEST(every_cut_and_every_changed_octet_loads_or_names_its_place);
	TEST(many_troubles_are_counted_and_the_first_are_told);
	return tap_end();
}
