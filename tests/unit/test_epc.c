/* What GTP-C and Diameter add up to: facts made by hand go in, as the decoders would make them. */
#include "netfacts.h"
#include "tap.h"

enum { CREATE = 32, CREATED, MODIFY, MODIFIED, DELETE, DELETED, DELETE_BEARER = 99, BEARER_DELETED, RELEASED = 171, ACCEPTED = 16, REFUSED = 73 };
enum { ENB = 0, S1_SGW = 1, S5_SGW = 4, S5_PGW = 5, SGW_S5C = 6, PGW_S5C = 7, MME_S11 = 10, SGW_S11 = 11 };
enum { S6A = 16777251, GX = 16777238 };

static struct addr mme, sgw, enb, sgwu, pgwu;

static uint64_t roles_of(const struct model *m, struct addr a)
{
	uint64_t roles = 0;

	for (uint32_t at = model_first_at(m, &a); at; at = model_next_at(m, at))
		roles |= model_element(m, model_holder(m, at))->roles;
	return roles;
}

static void gtpc(struct net *t, struct addr from, struct addr to, unsigned type, uint32_t teid, unsigned cause)
{
	start(t, FACT_GTPV2, from, 2123, to, 2123);
	put_uint(&t->o, KEY_GTPV2_message_type, type);
	put_uint(&t->o, KEY_GTPV2_teid, teid);
	if (cause)
		put_uint(&t->o, KEY_GTPV2_cause, cause);
}

static void f_teid_of(struct net *t, unsigned type, uint32_t teid, struct addr a)
{
	put_open(&t->o, 87);
	put_uint(&t->o, KEY_GTPV2_f_teid_interface_type, type);
	put_uint(&t->o, KEY_GTPV2_f_teid_gre_key, teid);
	address(t, KEY_GTPV2_f_teid_ipv4, a);
	put_close(&t->o);
}

static void bearer(struct net *t, unsigned ebi, unsigned type, uint32_t teid, struct addr a)
{
	put_open(&t->o, 93);
	put_uint(&t->o, KEY_GTPV2_ebi, ebi);
	f_teid_of(t, type, teid, a);
	put_close(&t->o);
}

static void ask(struct net *t)
{
	gtpc(t, mme, sgw, CREATE, 0, 0);
	f_teid_of(t, MME_S11, 0x1000, mme);
	finish(t);
}

static void granted(struct net *t, unsigned ebi, const char *ue, unsigned cause)
{
	gtpc(t, sgw, mme, CREATED, 0x1000, cause);
	f_teid_of(t, SGW_S11, 0x2100, sgw);
	put_open(&t->o, 79);
	address(t, KEY_GTPV2_paa_ipv4, ip(ue));
	put_close(&t->o);
	bearer(t, ebi, S1_SGW, 0x2100 + ebi, sgwu);
	finish(t);
}

static void radio(struct net *t, unsigned ebi, uint32_t teid)
{
	gtpc(t, mme, sgw, MODIFY, 0x2100, 0);
	bearer(t, ebi, ENB, teid, enb);
	finish(t);
}

static void end(struct net *t, unsigned request, unsigned ebi, bool mme_asks)
{
	gtpc(t, mme_asks ? mme : sgw, mme_asks ? sgw : mme, request, mme_asks ? 0x2100 : 0x1000, 0);
	put_uint(&t->o, KEY_GTPV2_ebi, ebi);
	finish(t);
	gtpc(t, mme_asks ? sgw : mme, mme_asks ? mme : sgw, request + 1, mme_asks ? 0x1000 : 0x2100, ACCEPTED);
	finish(t);
}

static const struct tunnel_end *end_at(const struct net *t, struct addr a, uint32_t teid)
{
	uint32_t i = model_end_of(t->m, &a, teid);

	return i == NONE ? NULL : model_end_at(t->m, i);
}

static bool stands(const struct net *t, struct addr a, uint32_t teid)
{
	const struct tunnel_end *e = end_at(t, a, teid);

	return e && e->origin & END_ORDERED && !e->withdrawn_ns;
}

static void an_accepted_session_names_its_ends_and_who_they_are(void)
{
	struct net *t = net_new(0);

	ask(t);
	EXPECT(roles_of(t->m, mme) == ROLE_BIT(ROLE_MME) && !roles_of(t->m, sgw));
	granted(t, 5, "10.61.0.1", ACCEPTED);
	radio(t, 5, 0x0e05);
	EXPECT(roles_of(t->m, sgw) == ROLE_BIT(ROLE_SGW_C) && roles_of(t->m, sgwu) == ROLE_BIT(ROLE_SGW_U));
	EXPECT(stands(t, sgwu, 0x2105) && !end_goes_down(end_at(t, sgwu, 0x2105)));
	EXPECT(stands(t, enb, 0x0e05) && end_goes_down(end_at(t, enb, 0x0e05)));
	EXPECT(t->bound_ue.fam == 4 && t->bound_ue.b[0] == 10 && t->bound_ue.b[3] == 1);
	EXPECT(model_counts(t->m)->gtpc_sessions == 1);
	net_free(t);
}

static void a_refusal_orders_nothing(void)
{
	struct net *t = net_new(0);

	ask(t);
	granted(t, 5, "10.61.0.1", REFUSED);
	EXPECT(!roles_of(t->m, sgw) && !end_at(t, sgwu, 0x2105) && !model_counts(t->m)->gtpc_sessions);
	net_free(t);
}

static void an_answer_of_another_than_was_asked_gives_no_address(void)
{
	struct net *t = net_new(0);

	ask(t);
	sgw = ip("10.2.1.66");			/* somebody else answers */
	granted(t, 5, "10.61.0.1", ACCEPTED);
	sgw = ip("10.2.1.21");
	EXPECT(!t->tunnels && !model_counts(t->m)->gtpc_sessions);
	net_free(t);
}

static void what_ends_is_withdrawn_and_the_rest_stands(void)
{
	struct net *t = net_new(0);

	ask(t);
	granted(t, 5, "10.61.0.1", ACCEPTED);
	radio(t, 5, 0x0e05);
	gtpc(t, mme, sgw, CREATE, 0x2100, 0);	/* a second connection of the UE in the same control tunnel */
	f_teid_of(t, MME_S11, 0x1000, mme);
	finish(t);
	granted(t, 6, "10.61.0.2", ACCEPTED);
	EXPECT(stands(t, sgwu, 0x2105) && stands(t, sgwu, 0x2106));
	end(t, DELETE_BEARER, 6, false);
	EXPECT(stands(t, sgwu, 0x2105) && !stands(t, sgwu, 0x2106));
	gtpc(t, sgw, mme, RELEASED, 0x1000, ACCEPTED);
	finish(t);
	EXPECT(stands(t, sgwu, 0x2105) && !stands(t, enb, 0x0e05));
	radio(t, 5, 0x0e07);
	EXPECT(stands(t, enb, 0x0e07));
	end(t, DELETE, 5, true);
	EXPECT(!stands(t, sgwu, 0x2105) && !stands(t, enb, 0x0e07));
	radio(t, 5, 0x0e09);			/* of a session that is over nothing is withdrawn any more, but it is still said */
	EXPECT(stands(t, enb, 0x0e09));
	net_free(t);
}

static void a_moved_radio_end_gives_way(void)
{
	struct net *t = net_new(0);

	ask(t);
	granted(t, 5, "10.61.0.1", ACCEPTED);
	radio(t, 5, 0x0e05);
	radio(t, 5, 0x0e06);
	EXPECT(!stands(t, enb, 0x0e05) && stands(t, enb, 0x0e06));
	net_free(t);
}

static void sessions_past_the_cap_are_refused_and_counted(void)
{
	struct net *t = net_new(64);
	uint64_t before;

	for (uint32_t i = 0; i < 200; i++) {
		gtpc(t, mme, sgw, CREATE, 0, 0);
		f_teid_of(t, MME_S11, 0x1000 + i, mme);
		finish(t);
	}
	before = model_counts(t->m)->refused;
	EXPECT(before > 0);
	ask(t);
	for (unsigned k = 0; k < 100; k++)		/* bearers past what one session keeps */
		radio(t, k & 15, 0x5000 + k);
	net_free(t);
}

/* ---- Diameter ---- */

static void diameter(struct net *t, struct addr from, struct addr to, bool request, unsigned command, uint32_t application, uint32_t hop, const char *host,
	unsigned result, const char *route)
{
	start(t, FACT_DIAMETER, from, request ? 40000 : 3868, to, request ? 3868 : 40000);
	t->f.transport = 132;
	put_uint(&t->o, KEY_DIAMETER_cmd_code, command);
	put_uint(&t->o, KEY_DIAMETER_application, application);
	put_bool(&t->o, KEY_DIAMETER_request, request);
	put_uint(&t->o, KEY_DIAMETER_hop_by_hop, hop);
	put_text(&t->o, KEY_DIAMETER_origin_host, host, strlen(host));
	if (result)
		put_uint(&t->o, KEY_DIAMETER_result_code, result);
	if (route)
		put_text(&t->o, KEY_DIAMETER_route_record, route, strlen(route));
	if (command == 316 && request)
		put_uint(&t->o, KEY_DIAMETER_ulr_flags, 2);
	finish(t);
}

static void roles_come_with_a_successful_answer(void)
{
	struct net *t = net_new(0);
	struct addr hss = ip("10.2.1.71");

	diameter(t, mme, hss, true, 316, S6A, 1, "mme", 0, NULL);
	EXPECT(roles_of(t->m, mme) == ROLE_BIT(ROLE_DIAMETER_NODE) && !roles_of(t->m, hss));
	diameter(t, hss, mme, false, 316, S6A, 2, "hss", 2001, NULL);		/* answers something else */
	EXPECT(roles_of(t->m, mme) == ROLE_BIT(ROLE_DIAMETER_NODE) && roles_of(t->m, hss) == ROLE_BIT(ROLE_DIAMETER_NODE));
	diameter(t, hss, mme, false, 316, S6A, 1, "hss", 5001, NULL);		/* a refusal */
	EXPECT(roles_of(t->m, hss) == ROLE_BIT(ROLE_DIAMETER_NODE));
	diameter(t, mme, hss, true, 316, S6A, 3, "mme", 0, NULL);
	diameter(t, hss, mme, false, 316, S6A, 3, "hss", 2001, NULL);
	EXPECT(roles_of(t->m, mme) == ROLE_BIT(ROLE_MME) && roles_of(t->m, hss) == ROLE_BIT(ROLE_HSS));
	net_free(t);
}

static void an_agent_is_none_of_those_it_speaks_for(void)
{
	struct net *t = net_new(0);
	struct addr dra = ip("10.2.1.75"), hss = ip("10.2.1.71");

	diameter(t, dra, hss, true, 316, S6A, 1, "mme", 0, "mme");		/* it carries the route it came */
	diameter(t, hss, dra, false, 316, S6A, 1, "hss", 2001, NULL);
	EXPECT(roles_of(t->m, dra) == ROLE_BIT(ROLE_DRA) && roles_of(t->m, hss) == ROLE_BIT(ROLE_HSS));
	diameter(t, dra, mme, false, 280, 0, 2, "dra", 2001, NULL);		/* the watchdog is its own */
	diameter(t, mme, dra, true, 316, S6A, 3, "mme", 0, NULL);
	diameter(t, dra, mme, false, 316, S6A, 3, "hss", 2001, NULL);
	EXPECT(!(roles_of(t->m, dra) & (ROLE_BIT(ROLE_HSS) | ROLE_BIT(ROLE_MME))) && roles_of(t->m, mme) == ROLE_BIT(ROLE_MME));
	net_free(t);
}

static void a_gateway_known_by_gtp_is_the_one_that_asks_the_policy(void)
{
	struct net *t = net_new(0);
	struct addr pgw = ip("10.2.1.31"), pcrf = ip("10.2.1.72");
	uint32_t n;

	gtpc(t, sgw, pgw, CREATE, 0, 0);
	f_teid_of(t, SGW_S5C, 0x2000, sgw);
	finish(t);
	gtpc(t, pgw, sgw, CREATED, 0x2000, ACCEPTED);
	f_teid_of(t, PGW_S5C, 0x3000, pgw);
	bearer(t, 5, S5_PGW, 0x3005, pgwu);
	finish(t);
	n = model_elements(t->m);
	diameter(t, pgw, pcrf, true, 272, GX, 1, "pgw", 0, NULL);
	diameter(t, pcrf, pgw, false, 272, GX, 1, "pcrf", 2001, NULL);
	EXPECT(roles_of(t->m, pgw) == ROLE_BIT(ROLE_PGW_C) && roles_of(t->m, pcrf) == ROLE_BIT(ROLE_PCRF) && model_elements(t->m) == n + 2);
	net_free(t);
}

int main(void)
{
	mme = ip("10.2.1.11"), sgw = ip("10.2.1.21"), enb = ip("10.2.3.101"), sgwu = ip("10.2.3.21"), pgwu = ip("10.2.3.31");
	TEST(an_accepted_session_names_its_ends_and_who_they_are);
	TEST(a_refusal_orders_nothing);
	TEST(an_answer_of_another_than_was_asked_gives_no_address);
	TEST(what_ends_is_withdrawn_and_the_rest_stands);
	TEST(a_moved_radio_end_gives_way);
	TEST(sessions_past_the_cap_are_refused_and_counted);
	TEST(roles_come_with_a_successful_answer);
	TEST(an_agent_is_none_of_those_it_speaks_for);
	TEST(a_gateway_known_by_gtp_is_the_one_that_asks_the_policy);
	return tap_end();
}
