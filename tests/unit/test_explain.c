/* Why two ends speak: the reference points row by row, where an address lies, and what a name's answer explains and what not. */
#include "reference.c"

#include "err.h"
#include "netfacts.h"
#include "run.h"
#include "tap.h"
#include "yaml.h"

/* ---- reference points ---- */

static void each_reference_point_joins_its_roles_in_both_directions(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct reference *r = &rows[i];

		for (unsigned a = 0; a < NFS; a++)
			for (unsigned b = 0; b < NFS; b++) {
				struct who x = { .roles = NF_BIT(a) }, y = { .roles = NF_BIT(b) }, none = { .roles = 0 };

				if (!(r->a & NF_BIT(a)) || !(r->b & NF_BIT(b)))
					continue;
				EXPECT(reference_point(&x, &y, r->protocol, r->port, false) && reference_point(&y, &x, r->protocol, r->port, false));
				EXPECT(reference_point(&x, &y, r->protocol, r->port, false) == reference_point(&y, &x, r->protocol, r->port, false));
				EXPECT(!reference_point(&x, &y, r->protocol, (uint16_t)(r->port + 1), false));
				EXPECT(!reference_point(&x, &none, r->protocol, r->port, true) && !reference_point(&none, &y, r->protocol, r->port, true));
			}
		EXPECT(*r->spec && !strcmp(reference_spec(r->name), reference_spec(r->name)) && *reference_spec(r->name));
	}
	EXPECT(!*reference_spec("N99"));
}

static void each_row_is_found_by_roles_of_its_own(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool found = false;

		for (unsigned a = 0; a < NFS && !found; a++)
			for (unsigned b = 0; b < NFS && !found; b++) {
				struct who x = { .roles = NF_BIT(a) }, y = { .roles = NF_BIT(b) };
				const char *name = reference_point(&x, &y, rows[i].protocol, rows[i].port, false);

				found = name && !strcmp(name, rows[i].name);
			}
		EXPECT(found);
	}
}

static void roles_that_were_only_shown_count_where_they_are_asked_for(void)
{
	struct who gnb = { .shown = NF_BIT(NF_GNB) }, amf = { .roles = NF_BIT(NF_AMF) };

	EXPECT(!reference_point(&gnb, &amf, 132, 38412, false));
	EXPECT(reference_point(&gnb, &amf, 132, 38412, true) && !strcmp(reference_point(&gnb, &amf, 132, 38412, true), "N2"));
}

/* ---- where ---- */

static void documentation_prefixes_stand_for_global_addresses_and_private_ones_do_not(void)
{
	static const char *const global[] = { "203.0.113.66", "198.51.100.1", "8.8.8.8", "100.128.0.1", "172.32.0.1", "2001:db8::1", "2a00::1" };
	static const char *const local[] = { "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "127.0.0.1", "169.254.1.1", "224.0.0.1",
		"255.255.255.255", "0.0.0.0", "fe80::1", "fd00::1", "::1", "ff02::1", "::" };

	for (size_t i = 0; i < sizeof(global) / sizeof(global[0]); i++) {
		struct addr a = ip(global[i]);

		EXPECT(addr_is_global(&a));
	}
	for (size_t i = 0; i < sizeof(local) / sizeof(local[0]); i++) {
		struct addr a = ip(local[i]);

		EXPECT(!addr_is_global(&a));
	}
}

/* ---- a network, its register and its policy ---- */

static const char gnb_only[] = "version: 1\nelements:\n  - {id: gnb-1, roles: [gNB], addresses: [10.1.2.1]}\nnetworks: {inside: [10.1.0.0/16], ue_pools: [10.60.0.0/16]}\n";

struct scene { struct net *t; struct reg *reg; struct policy policy; struct view v; };

static void open_scene(struct scene *s, const char *text, const char *more)
{
	struct troubles *says = calloc(1, sizeof(*says));
	struct tree *tree = NULL;
	char all[2048];

	*s = (struct scene){ .t = net_new(0) };
	s->policy.settings.settle_s = 1;
	s->policy.settings.dns_explains_outside = true;
	if (text) {
		(void)snprintf(all, sizeof(all), "%s%s", text, more ? more : "");
		EXPECT(yaml_load(&tree, "r.yaml", all, strlen(all), says) == FW_OK && reg_load(&s->reg, tree, says) == FW_OK);
		tree_free(tree);
	}
	free(says);
	s->v = (struct view){ .model = s->t->m, .reg = s->reg, .policy = &s->policy };
}

static void close_scene(struct scene *s)
{
	view_free(&s->v);
	reg_free(s->reg);
	net_free(s->t);
}

static void a_register_says_where_an_address_lies(void)
{
	static const struct { const char *addr; enum where where; } told[] = {
		{ "10.1.200.1", WHERE_INSIDE }, { "10.1.2.1", WHERE_INSIDE }, { "10.60.1.1", WHERE_SUBSCRIBER }, { "203.0.113.1", WHERE_OUTSIDE },
		{ "10.2.0.1", WHERE_PRIVATE },
	};
	struct scene s;

	open_scene(&s, gnb_only, NULL);
	EXPECT(!view_settle(&s.v));
	for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++) {
		struct addr a = ip(told[i].addr);
		struct who w = who_is(&s.v, &a);

		EXPECT(w.where == told[i].where);
		EXPECT((w.reg != REG_NONE) == (i == 1) && who_element(&w) == (i == 1));
	}
	close_scene(&s);
}

/* ---- names ---- */

enum { SECOND = 1000000000 };

static void name_told(struct scene *s, const char *resolver, uint64_t t_ns)
{
	struct net *t = s->t;

	start(t, FACT_DNS, ip(resolver), 53, ip("10.1.2.1"), 4000);
	t->f.t_ns = t_ns;
	t->f.transport = 17;
	put_bool(&t->o, KEY_DNS_response, true);
	put_uint(&t->o, KEY_DNS_rcode, 0);
	put_text(&t->o, KEY_DNS_qry_name, "home.example", 12);
	put_open(&t->o, 1);
	put_text(&t->o, KEY_DNS_resp_name, "home.example", 12);
	address(t, KEY_DNS_a, ip("203.0.113.66"));
	put_close(&t->o);
	finish(t);
}

/* What explains a connection to the address that the name stands for, begun at 10 s. */
static struct explanation outside(struct scene *s)
{
	struct net *t = s->t;
	struct explanation x;

	start(t, FACT_CONTACT, ip("10.1.2.1"), 0, ip("203.0.113.66"), 0);
	t->f.u.contact = (struct tally_contact){ .from_ns = 10ull * SECOND, .until_ns = 11ull * SECOND, .protocol = 6, .port = 443, .at = OPENED_B,
		.opened = OPENED_A, .ab = { 2, 200 }, .ba = { 1, 40 } };
	finish(t);
	EXPECT(!view_settle(&s->v));
	explain_contact(&s->v, model_contacts(t->m) - 1, &x);
	return x;
}

static const char resolvers[] = "services: {resolvers: [10.1.9.53]}\n";

static struct explanation named(const char *reg, const char *more, const char *resolver, uint64_t t_ns)
{
	struct explanation x;
	struct scene s;

	open_scene(&s, reg, more);
	name_told(&s, resolver, t_ns);
	x = outside(&s);
	close_scene(&s);
	return x;
}

static void an_answer_explains_what_follows_it(void)
{
	struct explanation x = named(gnb_only, resolvers, "10.1.9.53", 9ull * SECOND);

	EXPECT(x.kind == EXPLAINED_ORDERED && x.ngrounds == 1 && x.ground[0].frame == 1 && strstr(x.text, "home.example"));
	EXPECT(named(gnb_only, resolvers, "10.1.9.53", 11ull * SECOND).kind == EXPLAINED_ORDERED);	/* before it was judged */
	EXPECT(named(gnb_only, resolvers, "10.1.9.53", 11ull * SECOND + 1).kind == EXPLAINED_NOT);
}

static void only_a_resolver_that_is_declared_explains(void)
{
	EXPECT(named(gnb_only, resolvers, "203.0.113.53", 9ull * SECOND).kind == EXPLAINED_NOT);
	EXPECT(named(gnb_only, resolvers, "10.1.9.54", 9ull * SECOND).kind == EXPLAINED_NOT);
	/* where none is declared, none outside does */
	EXPECT(named(gnb_only, NULL, "10.1.9.54", 9ull * SECOND).kind == EXPLAINED_ORDERED);
	EXPECT(named(gnb_only, NULL, "203.0.113.53", 9ull * SECOND).kind == EXPLAINED_NOT);
	EXPECT(named(NULL, NULL, "203.0.113.53", 9ull * SECOND).kind == EXPLAINED_NOT);
}

static void a_setting_takes_the_outside_from_what_names_explain(void)
{
	struct explanation x;
	struct scene s;

	open_scene(&s, gnb_only, resolvers);
	s.policy.settings.dns_explains_outside = false;
	name_told(&s, "10.1.9.53", 9ull * SECOND);
	x = outside(&s);
	EXPECT(x.kind == EXPLAINED_NOT && !x.undecidable && strstr(x.text, "dns.explains_outside"));
	close_scene(&s);
}

static void nothing_explains_a_contact_that_nobody_ordered(void)
{
	struct explanation x;
	struct scene s;

	open_scene(&s, gnb_only, resolvers);
	x = outside(&s);
	EXPECT(x.kind == EXPLAINED_NOT && !x.undecidable && !x.ngrounds && x.text[0]);
	close_scene(&s);
}

int main(void)
{
	TEST(each_reference_point_joins_its_roles_in_both_directions);
	TEST(each_row_is_found_by_roles_of_its_own);
	TEST(roles_that_were_only_shown_count_where_they_are_asked_for);
	TEST(documentation_prefixes_stand_for_global_addresses_and_private_ones_do_not);
	TEST(a_register_says_where_an_address_lies);
	TEST(an_answer_explains_what_follows_it);
	TEST(only_a_resolver_that_is_declared_explains);
	TEST(a_setting_takes_the_outside_from_what_names_explain);
	TEST(nothing_explains_a_contact_that_nobody_ordered);
	return tap_end();
}
