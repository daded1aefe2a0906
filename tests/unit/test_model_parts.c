/* The model: gNBs in parts, neighbours over Xn and X2, and the tunnel ends that they name. */
#include "netfacts.h"
#include "tap.h"

static const char *const cu = "10.1.6.1", *const du = "10.1.6.3", *const cu2 = "10.1.6.9";

static bool id_is(const struct model *m, uint32_t i, const char *want)
{
	char id[ELEMENT_ID];

	if (i >= model_elements(m)) {
		printf("# no %s\n", want);
		return false;
	}
	model_element_id(m, i, id);
	if (!strcmp(id, want))
		return true;
	printf("# %s, not %s\n", id, want);
	return false;
}

/* The only element at the address, or NONE. */
static uint32_t at(const struct model *m, const char *addr)
{
	struct addr a = ip(addr);
	uint32_t h = model_first_at(m, &a);

	return h && !model_next_at(m, h) ? model_holder(m, h) : NONE;
}

static bool has(const struct model *m, uint32_t e, uint64_t roles) { return e != NONE && model_element(m, e)->roles == roles; }

static void f1(struct net *t, bool from_cu, const char *c, const char *d, unsigned pdu, unsigned procedure)
{
	start(t, FACT_F1AP, ip(from_cu ? c : d), from_cu ? 38472 : 40001, ip(from_cu ? d : c), from_cu ? 40001 : 38472);
	put_uint(&t->o, KEY_F1AP_pdu, pdu);
	put_uint(&t->o, KEY_F1AP_procedureCode, procedure);
	put_bool(&t->o, KEY_F1AP_from_cu, from_cu);
}

static void f1_setup(struct net *t, const char *c, const char *d, uint64_t id)
{
	f1(t, false, c, d, INITIATING, 1);
	put_open(&t->o, 42);
	put_uint(&t->o, KEY_F1AP_GNB_DU_ID, id);
	put_close(&t->o);
	put_open(&t->o, 44);
	put_octets(&t->o, KEY_F1AP_pLMN_Identity, keep(t, "\x00\xf1\x10", 3), 3);
	put_octets(&t->o, KEY_F1AP_fiveGS_TAC, keep(t, "\0\1\2", 3), 3);
	put_close(&t->o);
	finish(t);
}

static void f1_answer(struct net *t, const char *c, const char *d, unsigned pdu)
{
	f1(t, true, c, d, pdu, 1);
	put_open(&t->o, 82);
	put_text(&t->o, KEY_F1AP_GNB_CU_Name, "cu", 2);
	put_close(&t->o);
	finish(t);
}

static void teid(struct net *t, enum fact_key k, uint32_t v)
{
	uint8_t b[4] = { (uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8), (uint8_t)v };

	put_octets(&t->o, k, keep(t, b, 4), 4);
}

static bool ordered(const struct net *t, const char *addr, uint32_t v)
{
	const struct tunnel_end *e = end_of(t->m, addr, v);

	return e && e->origin == END_RAN && e->ordered_ns && e->order.frame == t->n;
}

/* ---- tests ---- */

static void f1_setup_shows_a_du_and_its_cu(void)
{
	struct net *t = net_new(0);
	const struct element *e;

	f1_setup(t, cu, du, 0x2a);
	EXPECT(model_elements(t->m) == 2 && id_is(t->m, at(t->m, du), "gNB-DU-00101-00000002a") && !model_element(t->m, at(t->m, du))->joined_ns);
	f1_answer(t, cu, du, SUCCESS);
	EXPECT(model_elements(t->m) == 2 && id_is(t->m, at(t->m, cu), "default/10.1.6.1") && has(t->m, at(t->m, cu), ROLE_BIT(ROLE_GNB_CU)));
	e = model_element(t->m, at(t->m, du));
	EXPECT(e->roles == ROLE_BIT(ROLE_GNB_DU) && e->joined_ns == 2000000 && e->ngrounds == 2 && e->ground[0].frame == 1 && e->ground[1].frame == 2);
	EXPECT(model_element(t->m, at(t->m, cu))->joined_ns && holds(t->m));
	net_free(t);
}

static void what_was_refused_or_not_asked_joins_nobody(void)
{
	struct net *t = net_new(0);

	f1_setup(t, cu, du, 1);
	f1_answer(t, cu, du, 2);
	EXPECT(!model_element(t->m, at(t->m, du))->joined_ns && !model_element(t->m, at(t->m, cu))->joined_ns);
	f1_answer(t, cu2, "10.1.6.4", SUCCESS);
	EXPECT(!model_element(t->m, at(t->m, "10.1.6.4"))->joined_ns && has(t->m, at(t->m, "10.1.6.4"), ROLE_BIT(ROLE_GNB_DU)));
	net_free(t);
}

static void an_id_counts_within_its_cu(void)
{
	struct net *t = net_new(0);

	f1_setup(t, cu, du, 1);
	f1_setup(t, cu2, "10.1.6.4", 1);		/* another DU */
	EXPECT(id_is(t->m, at(t->m, du), "gNB-DU-00101-000000001") && id_is(t->m, at(t->m, "10.1.6.4"), "default/10.1.6.4"));
	f1_setup(t, cu, "10.1.6.5", 1);			/* the first one, at another address */
	EXPECT(at(t->m, "10.1.6.5") == at(t->m, du));
	f1_setup(t, cu, "10.1.6.6", 0xfffffffff);	/* no 32 bits: called by its address */
	EXPECT(id_is(t->m, at(t->m, "10.1.6.6"), "default/10.1.6.6"));
	net_free(t);
}

static void a_cu_is_the_gnb_that_n2_shows_there(void)
{
	static const struct ran same = { "10.1.6.1", 40001, "10.1.2.9" };

	for (int first = 0; first < 2; first++) {
		struct net *t = net_new(0);

		if (first)
			ng_setup(t, &same, "north-1", "\0\1\2");
		f1_setup(t, cu, du, 1);
		if (!first)
			ng_setup(t, &same, "north-1", "\0\1\2");
		EXPECT(id_is(t->m, at(t->m, cu), "gNB-00101-000102") && has(t->m, at(t->m, cu), ROLE_BIT(ROLE_GNB) | ROLE_BIT(ROLE_GNB_CU)));
		net_free(t);
	}
}

static void each_teid_goes_with_the_address_before_it(void)
{
	struct net *t = net_new(0);

	f1(t, false, cu, du, SUCCESS, 5);
	put_open(&t->o, 27);
	address(t, KEY_F1AP_TLA_IPv4, ip("10.1.3.1"));
	address(t, KEY_F1AP_TLA_IPv6, ip("2001:db8::1"));
	teid(t, KEY_F1AP_gTP_TEID, 7);
	address(t, KEY_F1AP_TLA_IPv4, ip("10.1.3.2"));	/* a trace collector, say: no TEID */
	put_close(&t->o);
	put_open(&t->o, 28);
	address(t, KEY_F1AP_TLA_IPv6, ip("2001:db8::2"));
	teid(t, KEY_F1AP_gTP_TEID, 8);
	teid(t, KEY_F1AP_gTP_TEID, 9);			/* no address */
	put_close(&t->o);
	finish(t);
	EXPECT(model_ends(t->m) == 3 && ordered(t, "10.1.3.1", 7) && ordered(t, "2001:db8::1", 7) && ordered(t, "2001:db8::2", 8));
	EXPECT(at(t->m, "10.1.3.1") == at(t->m, du) && at(t->m, "2001:db8::2") == at(t->m, du) && at(t->m, "10.1.3.2") == NONE && holds(t->m));
	net_free(t);
}

static void ends_that_a_cu_names_are_not_its_own(void)
{
	struct net *t = net_new(0);

	f1(t, true, cu, du, INITIATING, 5);
	address(t, KEY_F1AP_TLA_IPv4, ip("10.1.3.1"));
	teid(t, KEY_F1AP_gTP_TEID, 7);
	finish(t);
	EXPECT(ordered(t, "10.1.3.1", 7) && at(t->m, "10.1.3.1") == NONE && has(t->m, at(t->m, du), ROLE_BIT(ROLE_GNB_DU)));
	net_free(t);
}

static void f1_context(struct net *t, uint64_t ue, unsigned pdu, unsigned procedure, const char *addr, uint32_t v)
{
	f1(t, false, cu, du, pdu, procedure);
	put_open(&t->o, 40);
	put_uint(&t->o, KEY_F1AP_GNB_CU_UE_F1AP_ID, ue);
	put_close(&t->o);
	if (addr) {
		address(t, KEY_F1AP_TLA_IPv4, ip(addr));
		teid(t, KEY_F1AP_gTP_TEID, v);
	}
	finish(t);
}

static void ends_go_with_their_context(void)
{
	struct net *t = net_new(0);

	for (unsigned i = 0; i < 70; i++)		/* more than are remembered */
		f1_context(t, 5, SUCCESS, 5, "10.1.3.1", 100 + i);
	f1_context(t, 6, SUCCESS, 5, "10.1.3.1", 7);
	f1_context(t, 5, SUCCESS, 7, "10.1.3.1", 100);	/* named again */
	f1_context(t, 5, INITIATING, 6, NULL, 0);
	EXPECT(!end_of(t->m, "10.1.3.1", 100)->withdrawn_ns);
	f1_context(t, 5, SUCCESS, 6, NULL, 0);
	EXPECT(end_of(t->m, "10.1.3.1", 100)->withdrawn_ns && end_of(t->m, "10.1.3.1", 163)->withdrawn_ns && t->ends == 64);
	EXPECT(!end_of(t->m, "10.1.3.1", 164)->withdrawn_ns && !end_of(t->m, "10.1.3.1", 7)->withdrawn_ns);
	f1_context(t, 5, SUCCESS, 5, "10.1.3.1", 100);	/* another UE with the same id: ordered again */
	EXPECT(ordered(t, "10.1.3.1", 100) && !end_of(t->m, "10.1.3.1", 100)->withdrawn_ns && holds(t->m));
	net_free(t);
}

static void an_end_that_n2_ordered_too_stays(void)
{
	struct net *t = net_new(0);

	session_message(t, &north, true, SUCCESS, SETUP_SESSION, 1, 1, 5, "10.1.3.1", 7);
	f1_context(t, 5, SUCCESS, 5, "10.1.3.1", 7);
	f1_context(t, 5, SUCCESS, 6, NULL, 0);
	EXPECT(!end_of(t->m, "10.1.3.1", 7)->withdrawn_ns && holds(t->m));
	net_free(t);
}

static void e1(struct net *t, bool from_cp, unsigned pdu, unsigned procedure)
{
	start(t, FACT_E1AP, ip(from_cp ? cu : "10.1.6.2"), from_cp ? 38462 : 40002, ip(from_cp ? "10.1.6.2" : cu), from_cp ? 40002 : 38462);
	put_uint(&t->o, KEY_E1AP_pdu, pdu);
	put_uint(&t->o, KEY_E1AP_procedureCode, procedure);
	put_bool(&t->o, KEY_E1AP_from_cp, from_cp);
	if (from_cp)
		return;
	put_uint(&t->o, KEY_E1AP_GNB_CU_UP_ID, 7);
	put_octets(&t->o, KEY_E1AP_pLMN_Identity, keep(t, "\x00\xf1\x10", 3), 3);
}

static void either_end_of_e1_may_ask(void)
{
	for (int by_cp = 0; by_cp < 2; by_cp++) {
		struct net *t = net_new(0);

		e1(t, by_cp, INITIATING, by_cp ? 4 : 3);
		finish(t);
		e1(t, !by_cp, SUCCESS, by_cp ? 4 : 3);
		finish(t);
		if (!EXPECT(has(t->m, at(t->m, cu), ROLE_BIT(ROLE_GNB_CU_CP)) && has(t->m, at(t->m, "10.1.6.2"), ROLE_BIT(ROLE_GNB_CU_UP))))
			return;
		EXPECT(id_is(t->m, at(t->m, "10.1.6.2"), "gNB-CU-UP-00101-000000007"));
		EXPECT(model_element(t->m, at(t->m, cu))->joined_ns && model_element(t->m, at(t->m, "10.1.6.2"))->joined_ns);
		net_free(t);
	}
}

static void xn(struct net *t, const char *from, const char *to, unsigned pdu, unsigned procedure, const char *id)
{
	start(t, FACT_XNAP, ip(from), 38422, ip(to), 38422);
	put_uint(&t->o, KEY_XNAP_pdu, pdu);
	put_uint(&t->o, KEY_XNAP_procedureCode, procedure);
	if (!id)
		return;
	put_open(&t->o, 14);
	put_octets(&t->o, KEY_XNAP_plmn_id, keep(t, "\x00\xf1\x10", 3), 3);
	put_bits(&t->o, KEY_XNAP_gnb_ID, keep(t, id, 3), 3);
	put_uint(&t->o, KEY_XNAP_gnb_ID_bits, 24);
	put_close(&t->o);
}

static void a_neighbour_is_the_gnb_that_n2_knows_by_its_id(void)
{
	struct net *t = net_new(0);

	ng_setup(t, &north, "north-1", "\0\1\2");
	xn(t, "10.1.7.1", "10.1.7.2", INITIATING, 17, "\0\1\2");
	finish(t);
	xn(t, "10.1.7.2", "10.1.7.1", SUCCESS, 17, "\0\1\3");
	finish(t);
	EXPECT(model_elements(t->m) == 2 && at(t->m, "10.1.7.1") == at(t->m, north.addr) && id_is(t->m, at(t->m, "10.1.7.2"), "gNB-00101-000103"));
	EXPECT(model_element(t->m, at(t->m, "10.1.7.1"))->joined_ns && !model_element(t->m, at(t->m, "10.1.7.1"))->accepted_ns);
	net_free(t);
}

static void a_handover_names_the_core_s_end_and_then_the_target_s(void)
{
	struct net *t = net_new(0);

	for (int answer = 0; answer < 2; answer++) {
		xn(t, answer ? "10.1.7.2" : "10.1.7.1", answer ? "10.1.7.1" : "10.1.7.2", answer ? SUCCESS : INITIATING, 0, NULL);
		address(t, KEY_XNAP_TLA_IPv4, ip(answer ? "10.1.3.2" : "10.1.3.9"));
		teid(t, KEY_XNAP_gtp_teid, 5);
		finish(t);
		EXPECT(ordered(t, answer ? "10.1.3.2" : "10.1.3.9", 5));
	}
	EXPECT(at(t->m, "10.1.3.9") == NONE && at(t->m, "10.1.3.2") == at(t->m, "10.1.7.2"));
	EXPECT(has(t->m, at(t->m, "10.1.7.1"), ROLE_BIT(ROLE_RAN_NODE)) && holds(t->m));
	net_free(t);
}

static void a_context_that_is_handed_back_names_others_ends(void)
{
	struct net *t = net_new(0);

	xn(t, "10.1.7.2", "10.1.7.1", SUCCESS, 3, NULL);	/* Retrieve UE Context: the core's end is in it */
	address(t, KEY_XNAP_TLA_IPv4, ip("10.1.3.9"));
	teid(t, KEY_XNAP_gtp_teid, 5);
	finish(t);
	EXPECT(ordered(t, "10.1.3.9", 5) && at(t->m, "10.1.3.9") == NONE);
	net_free(t);
}

static void who_was_known_by_the_address_gets_an_id(void)
{
	struct net *t = net_new(0);

	f1(t, false, cu, du, INITIATING, 13);
	finish(t);
	EXPECT(id_is(t->m, at(t->m, du), "default/10.1.6.3"));
	f1_setup(t, cu, du, 1);
	EXPECT(id_is(t->m, at(t->m, du), "gNB-DU-00101-000000001"));
	f1_setup(t, cu, du, 2);				/* two on one address */
	EXPECT(at(t->m, du) == NONE && model_elements(t->m) == 3);
	xn(t, "10.1.7.1", "10.1.7.2", INITIATING, 1, NULL);
	finish(t);
	xn(t, "10.1.7.1", "10.1.7.2", INITIATING, 17, "\0\1\2");
	finish(t);
	EXPECT(id_is(t->m, at(t->m, "10.1.7.1"), "gNB-00101-000102") && has(t->m, at(t->m, "10.1.7.1"), ROLE_BIT(ROLE_GNB)) && holds(t->m));
	net_free(t);
}

static void an_en_gnb_and_its_master(void)
{
	struct net *t = net_new(0);

	for (int answer = 0; answer < 2; answer++) {
		start(t, FACT_X2AP, ip(answer ? "10.1.7.2" : "10.1.7.9"), 36422, ip(answer ? "10.1.7.9" : "10.1.7.2"), 36422);
		put_uint(&t->o, KEY_X2AP_pdu, answer ? SUCCESS : INITIATING);
		put_uint(&t->o, KEY_X2AP_procedureCode, 36);
		put_open(&t->o, answer ? 246 : 244);
		put_open(&t->o, answer ? 252 : 21);
		put_octets(&t->o, KEY_X2AP_pLMN_Identity, keep(t, "\x00\xf1\x10", 3), 3);
		put_bits(&t->o, answer ? KEY_X2AP_gNB_ID : KEY_X2AP_short_Macro_eNB_ID, keep(t, "\x12\x34\x40", 3), 3);
		if (answer)
			put_uint(&t->o, KEY_X2AP_gNB_ID_bits, 22);
		put_close(&t->o);
		put_close(&t->o);
		finish(t);
	}
	EXPECT(id_is(t->m, at(t->m, "10.1.7.9"), "eNB-00101-048d1") && id_is(t->m, at(t->m, "10.1.7.2"), "en-gNB-00101-048d10"));
	EXPECT(model_element(t->m, at(t->m, "10.1.7.9"))->joined_ns && model_element(t->m, at(t->m, "10.1.7.2"))->joined_ns && holds(t->m));
	net_free(t);
}

/* IANA's registry has these; their neighbours cipher. */
static void a_suite_that_ciphers_nothing_is_no_cipher(void)
{
	static const uint16_t null[] = { 0x0000, 0x0001, 0x0002, 0x002c, 0x002d, 0x002e, 0x003b, 0x00b0, 0x00b1, 0x00b4, 0x00b5, 0x00b8, 0x00b9, 0xc001, 0xc006, 0xc00b, 0xc010,
		0xc015, 0xc039, 0xc03a, 0xc03b, 0xc0b4, 0xc0b5 }, good[] = { 0x0004, 0x002f, 0x003c, 0x00af, 0x00b2, 0x00b3, 0x00b6, 0xc002, 0xc007, 0xc02f, 0xc03c, 0xc0b3, 0x1301 };
	const enum fact_kind kinds[] = { FACT_DTLS, FACT_TLS };
	const enum fact_key suites[] = { KEY_DTLS_suite, KEY_TLS_suite };

	for (unsigned k = 0; k < 2; k++)
		for (unsigned i = 0; i < sizeof(null) / sizeof(null[0]) + sizeof(good) / sizeof(good[0]); i++) {
			bool is_null = i < sizeof(null) / sizeof(null[0]);
			struct net *t = net_new(16);
			struct addr a = ip("10.1.2.1"), b = ip("10.1.2.9");
			uint32_t spoke;

			start(t, kinds[k], b, 4433, a, 40000);
			put_open(&t->o, 2);
			put_uint(&t->o, suites[k], is_null ? null[i] : good[i - sizeof(null) / sizeof(null[0])]);
			put_close(&t->o);
			finish(t);
			spoke = model_spoke(t->m, &a, &b, 0, 4433, NULL);
			EXPECT(!(spoke & SPOKE_NULL_SUITE) == !is_null);
			EXPECT(k || !(spoke & SPOKE_DTLS_SUITE) == is_null);
			net_free(t);
		}
}

int main(void)
{
	TEST(f1_setup_shows_a_du_and_its_cu);
	TEST(what_was_refused_or_not_asked_joins_nobody);
	TEST(an_id_counts_within_its_cu);
	TEST(a_cu_is_the_gnb_that_n2_shows_there);
	TEST(each_teid_goes_with_the_address_before_it);
	TEST(ends_that_a_cu_names_are_not_its_own);
	TEST(ends_go_with_their_context);
	TEST(an_end_that_n2_ordered_too_stays);
	TEST(either_end_of_e1_may_ask);
	TEST(a_neighbour_is_the_gnb_that_n2_knows_by_its_id);
	TEST(a_handover_names_the_core_s_end_and_then_the_target_s);
	TEST(a_context_that_is_handed_back_names_others_ends);
	TEST(who_was_known_by_the_address_gets_an_id);
	TEST(a_suite_that_ciphers_nothing_is_no_cipher);
	TEST(an_en_gnb_and_its_master);
	return tap_end();
}
