/* The model: facts made by hand go in; elements, contacts, sessions and tunnel ends are asked for. */
#include "netfacts.h"
#include "tap.h"

static bool id_is(const struct model *m, uint32_t i, const char *want)
{
	char id[ELEMENT_ID];

	model_element_id(m, i, id);
	if (!strcmp(id, want))
		return true;
	printf("# %s, not %s\n", id, want);
	return false;
}

static uint64_t roles_of(const struct model *m, const char *addr)
{
	struct addr a = ip(addr);
	uint64_t roles = 0;

	for (uint32_t at = model_first_at(m, &a); at; at = model_next_at(m, at))
		roles |= model_element(m, model_holder(m, at))->roles;
	return roles;
}

/* ---- tests ---- */

static void ng_setup_names_both_ends(void)
{
	struct net *t = net_new(0);
	const struct element *e;
	const struct attr *a;

	ng_setup(t, &north, "north-1", "\0\1\2");
	ng_setup_response(t, &north);
	EXPECT(model_elements(t->m) == 2 && id_is(t->m, 0, "gNB-00101-000102") && id_is(t->m, 1, "AMF-00101-010041"));
	e = model_element(t->m, 0);
	EXPECT(e->roles == ROLE_BIT(ROLE_GNB) && e->ngrounds == 1 && e->ground[0].frame == 1 && e->nattrs == 4);
	a = model_attr(t->m, e->attrs);
	EXPECT(a && a->kind == ATTR_PLMN && !strcmp(a->plmn, "00101"));
	a = a ? model_attr(t->m, a->next) : NULL;
	EXPECT(a && a->kind == ATTR_ADDR);
	a = a ? model_attr(t->m, a->next) : NULL;
	EXPECT(a && a->kind == ATTR_NAME && !strcmp(model_text(t->m, a->text), "north-1"));
	a = a ? model_attr(t->m, a->next) : NULL;
	EXPECT(a && a->kind == ATTR_TAC && a->tac == 7 && !a->next);
	ng_setup(t, &north, "north-1", "\0\1\2");		/* said again: nothing new */
	EXPECT(model_elements(t->m) == 2 && e->nattrs == 4 && holds(t->m));
	net_free(t);
}

static void a_node_known_by_its_address_gets_its_name(void)
{
	struct net *t = net_new(0);

	ue_message(t, &north, true, INITIATING, INITIAL_UE, NO_ID, 1);
	EXPECT(model_elements(t->m) == 2 && id_is(t->m, 0, "default/10.1.2.1"));
	EXPECT(model_element(t->m, 0)->roles == ROLE_BIT(ROLE_RAN_NODE));
	ng_setup(t, &north, "north-1", "\0\1\2");
	EXPECT(model_elements(t->m) == 2 && id_is(t->m, 0, "gNB-00101-000102"));
	EXPECT(model_element(t->m, 0)->roles == ROLE_BIT(ROLE_GNB));
	net_free(t);
}

static void a_core_on_one_loopback_address_stays_apart(void)
{
	struct net *t = net_new(0);
	const struct ran loop = { "127.0.0.1", 9487, "127.0.0.1" };
	struct addr a = ip("127.0.0.1");
	uint32_t at, n = 0;

	ng_setup(t, &loop, "test", "\0\0\1");
	ng_setup_response(t, &loop);
	start(t, FACT_PFCP, a, 8805, a, 8805);
	put_uint(&t->o, KEY_PFCP_msg_type, EST_REQ);
	f_seid(t, 1);
	finish(t);
	for (at = model_first_at(t->m, &a); at; at = model_next_at(t->m, at))
		n++;
	EXPECT(n == 4 && model_elements(t->m) == 4);
	EXPECT(model_element(t->m, 0)->roles == ROLE_BIT(ROLE_GNB) && model_element(t->m, 1)->roles == ROLE_BIT(ROLE_AMF));
	EXPECT(id_is(t->m, 2, "default/127.0.0.1/PFCP-CP") && id_is(t->m, 3, "default/127.0.0.1/PFCP-UP"));
	EXPECT(holds(t->m));
	net_free(t);
}

static void attach(struct net *t, const struct ran *r, int64_t amf_id, int64_t ran_id, uint32_t core_teid, uint32_t ran_teid)
{
	ue_message(t, r, true, INITIATING, INITIAL_UE, NO_ID, ran_id);
	ue_message(t, r, false, INITIATING, DOWNLINK_NAS, amf_id, ran_id);
	session_message(t, r, false, INITIATING, SETUP_SESSION, amf_id, ran_id, 5, "10.1.3.9", core_teid);
	session_message(t, r, true, SUCCESS, SETUP_SESSION, amf_id, ran_id, 5, r->addr, ran_teid);
}

static void a_ue_that_switches_path_is_one_ue(void)
{
	struct net *t = net_new(0);
	const struct model_counts *n = model_counts(t->m);

	attach(t, &north, 7, 1, 100, 200);
	EXPECT(n->ues == 1 && n->pdu_sessions == 1);
	session_message(t, &south, true, INITIATING, PATH_SWITCH, 7, 1, 5, south.addr, 201);
	EXPECT(n->ues == 1 && n->pdu_sessions == 1);
	EXPECT(end_of(t->m, north.addr, 200)->withdrawn_ns && !end_of(t->m, south.addr, 201)->withdrawn_ns);
	/* the source forgets its context: the session goes on */
	ue_message(t, &north, true, SUCCESS, RELEASE, 7, 1);
	EXPECT(!end_of(t->m, south.addr, 201)->withdrawn_ns && !end_of(t->m, "10.1.3.9", 100)->withdrawn_ns);
	ue_message(t, &south, true, SUCCESS, RELEASE, 7, 1);
	EXPECT(end_of(t->m, south.addr, 201)->withdrawn_ns && holds(t->m));
	net_free(t);
}

static void a_ue_handed_over_by_the_core_is_one_ue(void)
{
	struct net *t = net_new(0);
	const struct model_counts *n = model_counts(t->m);

	attach(t, &north, 7, 1, 100, 200);
	/* the target is asked under a new id of the AMF; the core's tunnel end tells whose it is */
	session_message(t, &south, false, INITIATING, HANDOVER_ALLOC, 8, NO_ID, 5, "10.1.3.9", 100);
	session_message(t, &south, true, SUCCESS, HANDOVER_ALLOC, 8, 3, 5, south.addr, 201);
	EXPECT(n->ues == 1 && n->pdu_sessions == 1);
	EXPECT(!end_of(t->m, north.addr, 200)->withdrawn_ns && !end_of(t->m, south.addr, 201)->withdrawn_ns);
	ue_message(t, &north, true, SUCCESS, RELEASE, 7, 1);
	EXPECT(!end_of(t->m, south.addr, 201)->withdrawn_ns);
	ue_message(t, &south, false, INITIATING, DOWNLINK_NAS, 8, 3);
	EXPECT(n->ues == 1 && holds(t->m));
	net_free(t);
}

static void a_ran_id_used_again_is_another_ue(void)
{
	struct net *t = net_new(0);
	const struct model_counts *n = model_counts(t->m);

	attach(t, &north, 7, 1, 100, 200);
	ue_message(t, &north, true, INITIATING, INITIAL_UE, NO_ID, 1);
	EXPECT(n->ues == 2);
	ue_message(t, &north, true, INITIATING, INITIAL_UE, NO_ID, 1);	/* still no answer: the same */
	EXPECT(n->ues == 2 && holds(t->m));
	net_free(t);
}

static void a_session_that_comes_back_after_idle_is_one_session(void)
{
	struct net *t = net_new(0);
	const struct model_counts *n = model_counts(t->m);

	attach(t, &north, 7, 1, 100, 200);
	ue_message(t, &north, true, SUCCESS, RELEASE, 7, 1);
	attach(t, &north, 8, 2, 100, 202);
	EXPECT(n->ues == 2 && n->pdu_sessions == 1);
	attach(t, &north, 9, 3, 101, 203);
	EXPECT(n->pdu_sessions == 2 && holds(t->m));
	net_free(t);
}

static uint32_t live_contexts(const struct model *m)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < model_ues(m); i++)
		n += model_ue(m, i) != NULL;
	return n;
}

static void what_ended_is_given_back_after_a_while(void)
{
	struct net *t = net_new(0);
	const struct model_counts *n = model_counts(t->m);

	for (uint32_t i = 0; i < 20000; i++) {		/* a millisecond a fact */
		attach(t, &north, i, i, 100 + i % 50, 200 + i % 50);
		established(t, i, 5000 + i % 50);
		peer(t, i, 2, north.addr, 200 + i % 50);
		ue_message(t, &north, true, SUCCESS, RELEASE, i, i);
		pfcp(t, DEL_REQ, (uint32_t)t->n, i + 1000);
		finish(t);
		answer(t, DEL_RSP, (uint32_t)t->n - 1, i, 1, 0);
	}
	EXPECT(n->ues == 20000 && n->pfcp_sessions == 20000 && n->pfcp_deleted == 20000 && !n->refused);
	EXPECT(model_ues(t->m) < 1000 && model_pfcp_sessions(t->m) < 1000 && model_pdu_sessions(t->m) < 1000 && model_ends(t->m) == 150);
	EXPECT(holds(t->m));
	net_free(t);
}

static void late_messages_belong_to_what_ended(void)
{
	struct net *t = net_new(0);

	attach(t, &north, 7, 1, 100, 200);
	ue_message(t, &north, true, SUCCESS, RELEASE, 7, 1);
	ue_message(t, &north, true, INITIATING, 46, 7, 1);
	EXPECT(model_counts(t->m)->ues == 1 && live_contexts(t->m) == 1);
	net_free(t);
}

static void a_session_outlives_the_context_it_was_set_up_under(void)
{
	struct net *t = net_new(0);
	const struct model_counts *n = model_counts(t->m);

	attach(t, &north, 7, 1, 100, 200);
	session_message(t, &south, true, INITIATING, PATH_SWITCH, 7, 1, 5, south.addr, 201);
	ue_message(t, &north, true, SUCCESS, RELEASE, 7, 1);
	t->n += 20000;					/* twenty seconds later */
	attach(t, &north, 9, 9, 300, 400);
	ue_message(t, &north, true, SUCCESS, RELEASE, 9, 9);
	EXPECT(live_contexts(t->m) == 2 && n->ues == 2);	/* the source's context is gone */
	/* and the core moves the UE on */
	session_message(t, &north, false, INITIATING, HANDOVER_ALLOC, 8, NO_ID, 5, "10.1.3.9", 100);
	session_message(t, &north, true, SUCCESS, HANDOVER_ALLOC, 8, 3, 5, north.addr, 202);
	EXPECT(n->ues == 2 && n->pdu_sessions == 2 && holds(t->m));
	net_free(t);
}

static void a_pfcp_session_is_tied_to_the_tunnels_of_n2(void)
{
	struct net *t = net_new(0);
	const struct pfcp_session *s;
	const struct tunnel_end *e;

	established(t, 1, 100);
	s = model_pfcp_session(t->m, 0);
	EXPECT(s && s->accepted && s->up_seid == 1001 && s->nends == 1 && !s->five_g);
	EXPECT(roles_of(t->m, cp) == ROLE_BIT(ROLE_PFCP_CP) && roles_of(t->m, up) == ROLE_BIT(ROLE_PFCP_UP));
	attach(t, &north, 7, 1, 100, 200);
	e = end_of(t->m, north.addr, 200);
	EXPECT(t->bound_ue.fam == 4 && e && e->origin == END_NGAP_DL && s->five_g);
	peer(t, 1, 2, north.addr, 200);
	EXPECT(e && e->origin == (END_NGAP_DL | END_PFCP_PEER) && e->pfcp_session == 0 && s->nends == 2);
	EXPECT(roles_of(t->m, cp) >> ROLE_SMF & 1 && roles_of(t->m, up) >> ROLE_UPF & 1 && holds(t->m));
	net_free(t);
}

static void a_new_peer_of_a_far_replaces_the_old_one(void)
{
	struct net *t = net_new(0);
	const struct tunnel_end *first, *second;

	established(t, 1, 100);
	peer(t, 1, 2, north.addr, 200);
	peer(t, 1, 2, north.addr, 200);				/* the same again */
	first = end_of(t->m, north.addr, 200);
	EXPECT(first && !first->withdrawn_ns && t->ends == 0);
	peer(t, 1, 2, south.addr, 200);
	second = end_of(t->m, south.addr, 200);
	EXPECT(first && first->withdrawn_ns && second && !second->withdrawn_ns && t->ends == 1);
	peer(t, 1, 3, north.addr, 201);				/* another FAR leaves it alone */
	EXPECT(second && !second->withdrawn_ns && model_pfcp_session(t->m, 0)->nends == 3);
	peer(t, 1, 2, north.addr, 200);				/* and back */
	EXPECT(first && !first->withdrawn_ns && second && second->withdrawn_ns && holds(t->m));
	net_free(t);
}

static void an_end_that_two_sessions_name_is_in_one_of_them(void)
{
	struct net *t = net_new(0);

	established(t, 1, 100);
	established(t, 2, 100);
	EXPECT(model_pfcp_session(t->m, 0)->nends == 0 && model_pfcp_session(t->m, 1)->nends == 1 && holds(t->m));
	peer(t, 1, 2, north.addr, 200);
	peer(t, 2, 2, north.addr, 200);
	peer(t, 1, 2, north.addr, 200);
	EXPECT(model_pfcp_session(t->m, 0)->nends == 1 && model_pfcp_session(t->m, 1)->nends == 1 && holds(t->m));
	for (uint64_t seid = 1; seid <= 2; seid++) {
		pfcp(t, DEL_REQ, (uint32_t)t->n, seid + 1000);
		finish(t);
		answer(t, DEL_RSP, (uint32_t)t->n - 1, seid, 1, 0);
		EXPECT(holds(t->m));
	}
	EXPECT(model_counts(t->m)->pfcp_deleted == 2 && end_of(t->m, north.addr, 200)->withdrawn_ns && end_of(t->m, "10.1.3.9", 100)->withdrawn_ns);
	net_free(t);
}

static void a_seid_used_again_is_another_session(void)
{
	struct net *t = net_new(0);
	const struct pfcp_session *s;

	established(t, 1, 100);
	peer(t, 1, 2, north.addr, 200);
	established(t, 1, 101);
	s = model_pfcp_session(t->m, 0);
	EXPECT(model_pfcp_sessions(t->m) == 1 && s->nends == 1 && s->accepted);
	EXPECT(end_of(t->m, "10.1.3.9", 100)->withdrawn_ns && end_of(t->m, north.addr, 200)->withdrawn_ns);
	peer(t, 1, 2, south.addr, 200);
	EXPECT(s->nends == 2 && model_counts(t->m)->pfcp_sessions == 2 && holds(t->m));
	net_free(t);
}

static void a_refused_session_is_not_a_session(void)
{
	struct net *t = net_new(0);
	const struct model_counts *n = model_counts(t->m);

	pfcp(t, EST_REQ, 1, 0);
	f_seid(t, 1);
	finish(t);
	answer(t, EST_RSP, 1, 1, 64, 0);
	EXPECT(n->pfcp_asked == 1 && !n->pfcp_accepted && !n->pfcp_sessions && !model_pfcp_session(t->m, 0)->accepted);
	net_free(t);
}

static void a_request_without_an_answer_gives_way(void)
{
	struct net *t = net_new(0);

	for (uint32_t i = 0; i < 70000; i++) {
		pfcp(t, MOD_REQ, i, 5);
		finish(t);
	}
	established(t, 1, 100);
	EXPECT(model_counts(t->m)->pfcp_sessions == 1 && !model_counts(t->m)->refused);
	net_free(t);
}

static void full_tables_refuse_and_count(void)
{
	struct net *t = net_new(8);
	const struct model_counts *n = model_counts(t->m);

	for (uint32_t i = 0; i < 50; i++) {
		attach(t, &north, 100 + i, i, 1000 + i, 2000 + i);
		established(t, 1 + i, 3000 + i);
		peer(t, 1 + i, 2, north.addr, 2000 + i);
		pfcp(t, DEL_REQ, (uint32_t)t->n, i + 1001);
		finish(t);
		answer(t, DEL_RSP, (uint32_t)t->n - 1, 1 + i, 1, 0);
	}
	EXPECT(n->refused > 0 && model_ues(t->m) <= 8 && model_pfcp_sessions(t->m) <= 8 && model_ends(t->m) <= 16 && model_pdu_sessions(t->m) <= 8);
	EXPECT(n->by_kind[FACT_NGAP].messages == 200 && holds(t->m));
	net_free(t);
}

static void a_session_takes_so_many_ends_and_no_more(void)
{
	struct net *t = net_new(0);

	established(t, 1, 100);
	for (uint32_t i = 0; i < 300; i++)
		peer(t, 1, 2 + i, north.addr, 5000 + i);
	EXPECT(model_pfcp_session(t->m, 0)->nends == 256 && model_counts(t->m)->refused == 45 && holds(t->m));
	net_free(t);
}

static void tally(struct net *t, const char *a, const char *b, uint8_t proto, uint16_t port, uint64_t from, uint64_t packets)
{
	start(t, FACT_CONTACT, ip(a), 0, ip(b), 0);
	t->f.u.contact = (struct tally_contact){ .from_ns = from, .until_ns = from + 5, .protocol = proto, .port = port, .at = OPENED_B,
		.opened = OPENED_A, .ab = { packets, packets * 100 }, .ba = { 1, 40 } };
	finish(t);
}

static void tallies_of_one_contact_add_up(void)
{
	struct net *t = net_new(0);
	const struct contact_rec *c;

	tally(t, "10.0.0.1", "10.0.0.2", 6, 22, 1000, 3);
	tally(t, "10.0.0.1", "10.0.0.2", 6, 22, 500, 4);
	tally(t, "10.0.0.1", "10.0.0.2", 6, 23, 700, 1);
	EXPECT(model_contacts(t->m) == 2);
	c = model_contact(t->m, 0);
	EXPECT(c->packets[0] == 7 && c->packets[1] == 2 && c->bytes[0] == 700 && c->bytes[1] == 80);
	EXPECT(c->first_ns == 500 && c->last_ns == 1005 && c->frame == 2 && c->at == OPENED_B && c->opened == OPENED_A);
	EXPECT(model_contact_plane(t->m, c) == PLANE_MANAGEMENT);
	net_free(t);
}

static void what_was_decoded_makes_the_plane_and_a_port_does_not(void)
{
	struct net *t = net_new(0);

	tally(t, north.addr, north.amf, 132, 38412, 1, 1);
	tally(t, cp, up, 17, 8805, 1, 1);
	tally(t, "10.1.3.1", "10.1.3.9", 17, 2152, 1, 1);
	for (uint32_t i = 0; i < 3; i++)
		EXPECT(model_contact_plane(t->m, model_contact(t->m, i)) == PLANE_OTHER);
	ng_setup(t, &north, "north-1", "\0\1\2");
	established(t, 1, 100);
	start(t, FACT_GTP, ip("10.1.3.9"), 2152, ip("10.1.3.1"), 2152);
	finish(t);
	EXPECT(model_contact_plane(t->m, model_contact(t->m, 0)) == PLANE_SIGNALLING);
	EXPECT(model_contact_plane(t->m, model_contact(t->m, 1)) == PLANE_SIGNALLING);
	EXPECT(model_contact_plane(t->m, model_contact(t->m, 2)) == PLANE_USER);
	net_free(t);
}

static void a_copy_is_counted_and_changes_nothing(void)
{
	struct net *t = net_new(0);

	start(t, FACT_NGAP, ip(north.addr), 1, ip(north.amf), 2);
	t->f.dup = 1;
	ue_ids(t, 1, 1);
	finish(t);
	EXPECT(!model_elements(t->m) && !model_counts(t->m)->ues && model_counts(t->m)->by_kind[FACT_NGAP].messages == 1);
	net_free(t);
}

static void tunnels_nobody_announced_have_ends_all_the_same(void)
{
	struct net *t = net_new(0);
	const struct tunnel_end *e;

	for (int i = 0; i < 2; i++) {
		start(t, FACT_TUNNEL, ip("10.9.0.1"), 0, ip("10.9.0.2"), 0);
		t->f.u.tunnel = (struct tally_tunnel){ .from_ns = 5, .until_ns = 9, .teid = 77, .all = { 10, 1000 } };
		finish(t);
	}
	e = end_of(t->m, "10.9.0.2", 77);
	EXPECT(e && e->origin == END_SEEN && e->packets == 20 && e->bytes == 2000 && !e->ordered_ns && model_counts(t->m)->tunnels == 1);
	EXPECT(!model_elements(t->m));
	model_settle(t->m);
	EXPECT(roles_of(t->m, "10.9.0.1") == ROLE_BIT(ROLE_GTPU_PEER) && roles_of(t->m, "10.9.0.2") == ROLE_BIT(ROLE_GTPU_PEER) && model_elements(t->m) == 2);
	net_free(t);
}

static void algorithms_are_counted_when_they_are_chosen(void)
{
	struct net *t = net_new(0);
	const struct model_counts *n = model_counts(t->m);

	ue_message(t, &north, false, INITIATING, DOWNLINK_NAS, 7, 1);
	start(t, FACT_NAS5GS, ip(north.amf), 38412, ip(north.addr), north.port);
	t->f.in = t->n - 1;
	put_uint(&t->o, KEY_NAS_security_header_type, 3);
	put_uint(&t->o, KEY_NAS_mm_message_type, 0x5d);
	put_uint(&t->o, KEY_NAS_sec_algo_enc, 2);
	put_uint(&t->o, KEY_NAS_sec_algo_ip, 1);
	finish(t);
	EXPECT(n->ea[2] == 1 && n->ia[1] == 1 && n->nas_protected == 1 && !n->nas_plain);
	EXPECT(model_ue(t->m, 0)->has_alg && model_ue(t->m, 0)->ea == 2 && model_ue(t->m, 0)->ia == 1);
	net_free(t);
}

/* ---- anything at all ---- */

static uint32_t roll(uint64_t *state, uint32_t n)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)((*state * 0x2545f4914f6cdd1d >> 33) % n);
}

static const char *const any_addr[] = { "10.1.2.1", "10.1.2.2", "10.1.2.9", "10.1.4.1", "10.1.4.2", "10.1.3.9", "0.0.0.0", "2001:db8::1" };

/* In this order, whatever the compiler does with arguments. */
static void rolls(uint64_t *s, uint32_t v[4], const uint32_t n[4])
{
	for (int i = 0; i < 4; i++)
		v[i] = roll(s, n[i]);
}

static void any_ngap(struct net *t, uint64_t *s)
{
	static const unsigned procedures[] = { NG_SETUP, INITIAL_UE, DOWNLINK_NAS, SETUP_SESSION, PATH_SWITCH, HANDOVER_ALLOC, RELEASE, 14, 35, 0 };
	const char *ran = any_addr[roll(s, 3)], *amf = any_addr[roll(s, 3)];
	const struct ran r = { ran, (uint16_t)(40000 + roll(s, 2)), amf };
	uint32_t v[4];

	rolls(s, v, (const uint32_t[4]){ 2, 3, 9, 9 });
	ngap(t, &r, v[0], v[1], procedures[roll(s, 10)]);
	ue_ids(t, (int64_t)v[2] - 1, (int64_t)v[3] - 1);
	for (uint32_t i = roll(s, 3); i; i--) {
		rolls(s, v, (const uint32_t[4]){ 4, 7, 8, 1 });
		session_item(t, v[0], any_addr[v[1]], v[2]);
	}
	if (!roll(s, 4)) {
		uint8_t id[3] = { 0, 0, (uint8_t)roll(s, 4) };

		put_open(&t->o, 27);
		plmn(t);
		put_bits(&t->o, KEY_NGAP_gNB_ID, keep(t, id, 3), 3);
		put_close(&t->o);
	}
	finish(t);
}

static void any_pfcp(struct net *t, uint64_t *s)
{
	unsigned type = roll(s, 10) ? EST_REQ + roll(s, 6) : 5 + roll(s, 2);
	uint32_t v[4];

	rolls(s, v, (const uint32_t[4]){ 3, 3, 1, 1 });
	start(t, FACT_PFCP, ip(any_addr[2 + v[0]]), 8805, ip(any_addr[2 + v[1]]), 8805);
	put_uint(&t->o, KEY_PFCP_msg_type, type);
	put_uint(&t->o, KEY_PFCP_seid, roll(s, 6));
	put_uint(&t->o, KEY_PFCP_seqno, roll(s, 4));
	put_uint(&t->o, KEY_PFCP_cause, roll(s, 8) ? 1 : 64);
	if (roll(s, 4))
		f_seid(t, roll(s, 6));
	for (uint32_t i = roll(s, 3); i; i--) {
		rolls(s, v, (const uint32_t[4]){ 4, 7, 8, 2 });
		pdr(t, v[0], any_addr[v[1]], v[2], v[3] ? "10.60.0.1" : NULL);
	}
	for (uint32_t i = roll(s, 4); i; i--) {
		rolls(s, v, (const uint32_t[4]){ 4, 7, 8, 2 });
		far(t, v[3], v[0], any_addr[v[1]], v[2]);
		if (!roll(s, 4))
			copies_to(t, v[3], v[0], any_addr[v[1]], v[2] ^ 1);
	}
	finish(t);
}

static void any_other(struct net *t, uint64_t *s)
{
	static const enum fact_kind kinds[] = { FACT_NAS5GS, FACT_DNS, FACT_GTP, FACT_TUNNEL, FACT_CONTACT, FACT_LOSS };
	enum fact_kind k = kinds[roll(s, 6)];
	uint32_t v[4];

	rolls(s, v, (const uint32_t[4]){ 6, 6, 1, 1 });
	start(t, k, ip(any_addr[v[0]]), 1, ip(any_addr[v[1]]), 2);
	if (k == FACT_TUNNEL)
		t->f.u.tunnel = (struct tally_tunnel){ .from_ns = t->n, .until_ns = t->n, .teid = roll(s, 8), .all = { 1, 100 } };
	else if (k == FACT_CONTACT)
		t->f.u.contact = (struct tally_contact){ .from_ns = t->n, .until_ns = t->n, .protocol = 17, .port = (uint16_t)roll(s, 4) };
	else if (k == FACT_NAS5GS) {
		put_uint(&t->o, KEY_NAS_sm_message_type, 0xc2);
		put_uint(&t->o, KEY_NAS_pdu_session_id, roll(s, 4));
		address(t, KEY_NAS_pdu_addr_ipv4, ip("10.60.0.2"));
	}
	finish(t);
}

static bool random_facts_hold(uint32_t sessions, uint64_t seed, uint32_t facts)
{
	struct net *t = net_new(sessions);
	bool fine = true;

	for (uint32_t i = 0; i < facts && fine; i++) {
		uint32_t what = roll(&seed, 10);

		if (what < 4)
			any_ngap(t, &seed);
		else if (what < 8)
			any_pfcp(t, &seed);
		else
			any_other(t, &seed);
		if (i % 50 == 0)
			fine = holds(t->m);
	}
	model_settle(t->m);
	fine = fine && holds(t->m);
	net_free(t);
	return fine;
}

static void random_facts_break_nothing(void)
{
	for (uint64_t seed = 1; seed <= 8; seed++)
		EXPECT(random_facts_hold(0, seed * 0x9e3779b97f4a7c15, 20000));
}

static void random_facts_break_nothing_when_tables_are_full(void)
{
	for (uint32_t sessions = 1; sessions <= 16; sessions++)
		EXPECT(random_facts_hold(sessions, sessions * 0x9e3779b97f4a7c15, 5000));
}

int main(void)
{
	TEST(ng_setup_names_both_ends);
	TEST(a_node_known_by_its_address_gets_its_name);
	TEST(a_core_on_one_loopback_address_stays_apart);
	TEST(a_ue_that_switches_path_is_one_ue);
	TEST(a_ue_handed_over_by_the_core_is_one_ue);
	TEST(a_ran_id_used_again_is_another_ue);
	TEST(a_session_that_comes_back_after_idle_is_one_session);
	TEST(what_ended_is_given_back_after_a_while);
	TEST(late_messages_belong_to_what_ended);
	TEST(a_session_outlives_the_context_it_was_set_up_under);
	TEST(a_pfcp_session_is_tied_to_the_tunnels_of_n2);
	TEST(a_new_peer_of_a_far_replaces_the_old_one);
	TEST(an_end_that_two_sessions_name_is_in_one_of_them);
	TEST(a_seid_used_again_is_another_session);
	TEST(a_refused_session_is_not_a_session);
	TEST(a_request_without_an_answer_gives_way);
	TEST(full_tables_refuse_and_count);
	TEST(a_session_takes_so_many_ends_and_no_more);
	TEST(tallies_of_one_contact_add_up);
	TEST(what_was_decoded_makes_the_plane_and_a_port_does_not);
	TEST(a_copy_is_counted_and_changes_nothing);
	TEST(tunnels_nobody_announced_have_ends_all_the_same);
	TEST(algorithms_are_counted_when_they_are_chosen);
	TEST(random_facts_break_nothing);
	TEST(random_facts_break_nothing_when_tables_are_full);
	return tap_end();
}
