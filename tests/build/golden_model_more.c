/* Golden captures of networks: capture that begins late or sees half, user traffic by class, and what NAS hides. */
#include "golden.h"

static void began_late(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ue *u = stage_ue_before(&s);

	ue_ping(u, first(u), 1);
	ue_move_xn(u, s.south);
	ue_ping(u, first(u), 1);
	ue_leave(u, true);
}

static void traffic_only(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ue *u = stage_ue_before(&s);

	ue_ping(u, first(u), 2);
	gtp_heartbeat(s.m, s.north->n3, s.upf->n3);
}

static void n4_only(struct net *n)
{
	struct stage s = stage_new(n);
	struct ue *u = stage_ue_before(&s);

	smf_associate(s.smf, s.upf);
	session_establish(u, first(u));
	session_downlink(first(u), s.north, false);
}

static void n4_answers_only(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = pfcp_open_session(PFCP_ESTABLISH_ANSWER, 0x1001, 3);

	pfcp_node_id(&b, &s.upf->n4->ip);
	pfcp_cause(&b, PFCP_ACCEPTED);
	pfcp_f_seid(&b, 0xa000000000000001, &s.upf->n4->ip);
	pfcp_created_pdr(&b, 1, 0x01000001, &s.upf->n3->ip);
	n4_back(&s, pfcp_close(b));
}

static void n2_only(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ngap_session x = { .psi = 1, .qfi = 1, .tunnel = { .ip = s.upf->n3->ip, .teid = 0x01000001 } };
	const struct ngap_ids ids = { 77, 7 };

	n2_down(s.north, 1, session_setup_request(&ids, &x, 1));
	x.tunnel = (struct ngap_tunnel){ .ip = s.north->n3->ip, .teid = 0x1000 };
	n2_up(s.north, 1, session_setup_response(&ids, &x, 1));
}

/* One direction of everything: a mirror of ports of one side. */
static void one_way(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ngap_session x = { .psi = 1, .qfi = 1, .tunnel = { .ip = s.upf->n3->ip, .teid = 0x01000001 } };

	n2_up(s.north, 0, ng_setup_request(&s.north->id));
	n2_up(s.north, 1, initial_ue(7, nas_registration_request(REG_INITIAL, 7, id_suci_ecies(s.m->plmn, s.seed), UE_CAPABILITY, (struct buf){ 0 }),
		&s.north->cell, 3, NULL));
	x.tunnel = (struct ngap_tunnel){ .ip = s.north->n3->ip, .teid = 0x1000 };
	n2_up(s.north, 1, session_setup_response(&(struct ngap_ids){ 77, 7 }, &x, 1));
	gtp_carry(s.m, s.north->n3, s.upf->n3, gtp_pdu_ul(0x01000001, 1, packet_udp(&s.m->next_ue, 40000, &s.m->web, 443, buf_str("up"))), 30);
}

/* --- user traffic by class --- */

static void put_up(struct stage *s, struct ue *u, const struct ip *src, const struct ip *dst, unsigned port, struct buf payload)
{
	session_user(u, first(u), true, packet_udp(src, 40000, dst, port, payload));
	wait_ms(s->net, 1);
}

static void class_ue(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	put_up(&s, u, &first(u)->ip, &s.m->web, 443, buf_str("to the internet"));
}

static void class_element(struct net *n)	/* a subscriber's packet to the AMF's own address */
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	put_up(&s, u, &first(u)->ip, &s.amf->n2->ip, 8080, buf_str("to an element"));
}

static void class_foreign(struct net *n)	/* a source that is not the session's */
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct ip other = ip_plus(first(u)->ip, 200), outside = ip_of("198.51.100.7");

	put_up(&s, u, &other, &s.m->web, 443, buf_str("from a neighbour"));
	put_up(&s, u, &outside, &s.m->web, 443, buf_str("from nowhere"));
}

static void class_nested(struct net *n)		/* GTP-U, PFCP and NGAP inside a tunnel */
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct ip victim = ip_plus(first(u)->ip, 1);

	put_up(&s, u, &first(u)->ip, &s.upf->n3->ip, GTPU_PORT, gtp_pdu(0x01000002, packet_udp(&victim, 1, &s.m->web, 2, buf_str("spoofed"))));
	put_up(&s, u, &first(u)->ip, &s.upf->n4->ip, PFCP_PORT, some_pfcp(&s));
}

/* Port 2152 at a server on the internet, with something else in it. */
static void class_not_nested(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	put_up(&s, u, &first(u)->ip, &s.m->web, GTPU_PORT, buf_str("a game that likes this port"));
}

static void unannounced(struct net *n)		/* a tunnel end that no signalling named */
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct host *far = host_at(n, "far", "198.51.100.99");

	ue_ping(u, first(u), 1);
	gtp_carry(s.m, s.upf->n3, far, gtp_pdu(0xbeef, packet_udp(&s.m->web, 443, &first(u)->ip, 40000, buf_str("copy"))), 32);
}

static void ordered_copy(struct net *n)		/* and one that the SMF ordered a copy to */
{
	struct stage s = stage_n2(n);
	struct ue *u = ue_new(s.m, "0000000001", 2, 2);

	first(u)->copy_to = host_at(n, "far", "198.51.100.99");
	first(u)->copy_teid = 0xbeef;
	smf_associate(s.smf, s.upf);
	ue_register(u, s.north);
	ue_session(u, s.upf, NULL, 1);
	ue_ping(u, first(u), 1);
}

/* --- captured twice --- */

/* The pseudo-device "any" on a router: every packet comes in on one interface and leaves on another. */
static void cooked_any(struct net *n, uint32_t linktype)
{
	const struct fault twice = { .again = 1, .again_us = 30 };
	struct stage s = stage_new(n);
	struct ue *u = stage_ue_before(&s);

	n->link.linktype = linktype;
	n->next = twice;
	udp_send(s.smf->n4, PFCP_PORT, s.upf->n4, PFCP_PORT, some_pfcp(&s));
	wait_ms(n, 5);
	s.north->amf = s.amf;
	s.north->a = assoc_midway(s.north->n2, 40101, s.amf->n2, NGAP_PORT);
	s.north->a->quiet = true;
	n->next = twice;
	n2_up(s.north, 0, ng_setup_request(&s.north->id));
	for (int i = 0; i < 3; i++) {
		n->next = twice;
		session_user(u, first(u), true, packet_udp(&first(u)->ip, 40000, &s.m->web, 443, buf_str("twice")));
		wait_ms(n, 20);		/* the next one is equal, and is another packet */
	}
}

static void any_sll(struct net *n) { cooked_any(n, LT_SLL); }
static void any_sll2(struct net *n) { cooked_any(n, LT_SLL2); }

/* --- NAS --- */

static void ea0(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 0);

	ue_leave(u, false);
}

/* A context with EA0 is carried over by the 5G-TMSI that a message read under it assigned. */
static void ea0_resumed(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 0);

	ue_idle(u);
	wait_ms(n, 5000);
	ue_service(u, false);
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_ul_transport(1, 0, NULL, nas_session_modify_request(1, 4))));
}

/* The same under EA2, where the new pair must not be taken for null-ciphered. */
static void ea2_resumed(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	ue_idle(u);
	wait_ms(n, 5000);
	ue_service(u, false);
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_ul_transport(1, 0, NULL, nas_session_modify_request(1, 4))));
}

/* EA0 for one UE; another service request names a 5G-TMSI that nobody was seen to give out. */
static void ea0_of_another(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 0), *v = ue_new(s.m, "0000000002", 0, 2);

	ue_idle(u);
	v->tmsi = u->tmsi ^ 0x5a5a;
	v->gnb = s.north;
	v->amf = s.amf;
	ue_initial(v, s.north, up_nas(v, NAS_INTEGRITY, nas_service_request(1, 1, id_stmsi(&s.amf->id, v->tmsi), (struct buf){ 0 })), 4, true);
	ue_down(v, down_nas(v, NAS_CIPHERED, nas_service_accept()));
}

static void ue_id_again(struct net *n)		/* a RAN UE id that is given again after its release */
{
	struct stage s = stage_n2(n);
	struct ue *a = ue_new(s.m, "0000000001", 2, 2), *b = ue_new(s.m, "0000000002", 1, 1);

	ue_register(a, s.north);
	ue_leave(a, true);
	s.north->next_ran--;
	ue_register(b, s.north);
}

const struct golden golden_model_more[] = {
	{ "model", "began-late", began_late, NULL, NULL },
	{ "model", "traffic-only", traffic_only, NULL, NULL },
	{ "model", "n4-only", n4_only, NULL, NULL },
	{ "model", "n4-answers-only", n4_answers_only, NULL, NULL },
	{ "model", "n2-only", n2_only, NULL, NULL },
	{ "model", "one-way", one_way, NULL, NULL },
	{ "model", "class-ue", class_ue, NULL, NULL },
	{ "model", "class-element", class_element, NULL, NULL },
	{ "model", "class-foreign", class_foreign, NULL, NULL },
	{ "model", "class-nested", class_nested, NULL, NULL },
	{ "model", "class-not-nested", class_not_nested, NULL, NULL },
	{ "model", "tunnel-end-not-announced", unannounced, NULL, NULL },
	{ "model", "copy-ordered", ordered_copy, NULL, NULL },
	{ "model", "cooked-any", any_sll, NULL, NULL },
	{ "model", "cooked-any-2", any_sll2, NULL, NULL },
	{ "model", "ea0", ea0, NULL, NULL },
	{ "model", "ea0-resumed", ea0_resumed, NULL, NULL },
	{ "model", "ea2-resumed", ea2_resumed, NULL, NULL },
	{ "model", "ea0-of-another", ea0_of_another, NULL, NULL },
	{ "model", "ue-id-used-again", ue_id_again, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
