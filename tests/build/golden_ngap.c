/* Golden captures of NGAP: each message once, as two elements exchange it. */
#include "golden.h"

static const struct ngap_ids ids = { 0x1234, 7 };

static void up(struct stage *s, struct buf m) { n2_up(s->north, 1, m); }
static void down(struct stage *s, struct buf m) { n2_down(s->north, 1, m); }

static struct buf some_nas(struct stage *s) { return nas_protect(s->seed, NAS_CIPHERED, 2, 5, nas_registration_complete()); }

static struct ngap_session session(const struct host *h, uint32_t teid)
{
	return (struct ngap_session){ .psi = 1, .qfi = 1, .tunnel = { .ip = h->ip, .teid = teid } };
}

static void setup(struct net *n)
{
	struct stage s = stage_midway(n);

	up(&s, ng_setup_request(&s.north->id));
	down(&s, ng_setup_response(&s.amf->id));
}

static void setup_refused(struct net *n)
{
	struct stage s = stage_midway(n);

	up(&s, ng_setup_request(&s.north->id));
	down(&s, ng_setup_failure(CAUSE_UNKNOWN_PLMN));
}

static void setup_no_name(struct net *n)
{
	struct stage s = stage_midway(n);

	s.north->id.name = NULL;
	up(&s, ng_setup_request(&s.north->id));
	down(&s, ng_setup_response(&s.amf->id));
}

static void id_of(struct net *n, uint32_t id, unsigned bits, const char *plmn)
{
	struct stage s = stage_midway(n);

	s.north->id.id = id;
	s.north->id.bits = bits;
	s.north->id.plmn = s.amf->id.plmn = plmn_of(plmn);
	up(&s, ng_setup_request(&s.north->id));
	down(&s, ng_setup_response(&s.amf->id));
}

static void id_22(struct net *n) { id_of(n, 0x3abcde, 22, "00101"); }
static void id_25(struct net *n) { id_of(n, 0x1000001, 25, "00101"); }
static void id_32(struct net *n) { id_of(n, 0xdeadbeef, 32, "00101"); }
static void three_digits(struct net *n) { id_of(n, 0x102, 24, "310410"); }

static void config_update(struct net *n)
{
	struct stage s = stage_midway(n);

	s.north->id.tac = 9;
	up(&s, ran_config_update(&s.north->id));
	down(&s, config_update_ack(35));
	s.amf->id.name = "amf-one";
	down(&s, amf_config_update(&s.amf->id));
	up(&s, config_update_ack(0));
}

static void reset_all(struct net *n)
{
	struct stage s = stage_midway(n);

	up(&s, ng_reset(true, NULL, 0));
	down(&s, ng_reset_ack());
}

static void reset_some(struct net *n)
{
	struct stage s = stage_midway(n);
	const struct ngap_ids two[] = { { 1, 1 }, { 0xffffff, 65536 } };

	down(&s, ng_reset(false, two, 2));
	up(&s, ng_reset_ack());
}

static void error(struct net *n)
{
	struct stage s = stage_midway(n);

	down(&s, error_indication(&ids, CAUSE_UNKNOWN_LOCAL_ID));
	up(&s, error_indication(NULL, CAUSE_SEMANTIC));
}

static void overload(struct net *n)
{
	struct stage s = stage_midway(n);

	down(&s, overload_start());
	down(&s, overload_stop());
}

static void initial(struct net *n)
{
	struct stage s = stage_midway(n);
	const struct ngap_stmsi t = { 1, 0, 0xc0a80001 };
	const struct buf none = { 0 };

	up(&s, initial_ue(1, nas_registration_request(REG_INITIAL, 7, id_suci_ecies(s.m->plmn, s.seed), UE_CAPABILITY, none), &s.north->cell, 3, NULL));
	up(&s, initial_ue(2, nas_protect(s.seed, NAS_INTEGRITY, 2, 9, nas_service_request(1, 1, id_stmsi(&s.amf->id, t.tmsi), none)),
		&s.north->cell, 4, &t));
	up(&s, initial_ue(3, nas_registration_request(REG_EMERGENCY, 7, id_imeisv("3569380356438091"), UE_CAPABILITY, none), &s.north->cell, 0, NULL));
}

static void transport(struct net *n)
{
	struct stage s = stage_midway(n);

	down(&s, dl_nas(&ids, nas_identity_request(1)));
	up(&s, ul_nas(&ids, nas_identity_response(id_suci_ecies(s.m->plmn, s.seed)), &s.north->cell));
	up(&s, nas_non_delivery(&ids, some_nas(&s)));
}

static void numbers(struct net *n)		/* ids at the ends of their ranges, and at each change of their length */
{
	static const struct ngap_ids edge[] = { { 0, 0 }, { 255, 255 }, { 256, 256 }, { 65535, 65535 }, { 65536, 65536 }, { 0xffffff, 0xffffff },
		{ 0x1000000, 0x1000000 }, { 0xffffffff, 0xffffffff }, { 0x100000000, 1 }, { 0xffffffffff, 2 } };
	struct stage s = stage_midway(n);

	for (size_t i = 0; i < sizeof(edge) / sizeof(*edge); i++)
		down(&s, dl_nas(&edge[i], nas_identity_request(1)));
}

static void context(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ngap_security k = nas_key(s.m, 0);
	struct ngap_session x = session(s.upf->n3, 0x01000001);

	down(&s, context_setup_request(&ids, &s.amf->id, &k, some_nas(&s), NULL, 0));
	up(&s, radio_capability(&ids));
	up(&s, context_setup_response(&ids, NULL, 0));
	down(&s, context_setup_request(&ids, &s.amf->id, &k, some_nas(&s), &x, 1));
	x = session(s.north->n3, 0x1000);
	up(&s, context_setup_response(&ids, &x, 1));
}

static void context_failed(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ngap_security k = nas_key(s.m, 0);

	down(&s, context_setup_request(&ids, &s.amf->id, &k, some_nas(&s), NULL, 0));
	up(&s, context_setup_failure(&ids, 21));
}

static void release(struct net *n)
{
	struct stage s = stage_midway(n);
	const unsigned psi[] = { 1, 5 };

	up(&s, context_release_request(&ids, psi, 2, CAUSE_USER_INACTIVITY));
	down(&s, context_release_command(&ids, CAUSE_USER_INACTIVITY));
	up(&s, context_release_complete(&ids, &s.north->cell, psi, 2));
}

static void sessions(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ngap_session x = session(s.upf->n3, 0x01000001);

	x.nas = some_nas(&s);
	down(&s, session_setup_request(&ids, &x, 1));
	x = session(s.north->n3, 0x1000);
	up(&s, session_setup_response(&ids, &x, 1));
}

static void two_sessions(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ngap_session x[2] = { session(s.upf->n3, 0x01000001), session(s.upf2->n3, 0xffffffff) };

	x[1].psi = 255;
	x[1].qfi = 63;
	x[1].type = 2;
	down(&s, session_setup_request(&ids, x, 2));
	x[0].tunnel = (struct ngap_tunnel){ .ip = s.north->n3->ip, .teid = 0x1000 };
	x[1].tunnel = (struct ngap_tunnel){ .ip = s.north->n3->ip, .teid = 0x1001 };
	up(&s, session_setup_response(&ids, x, 2));
}

static void tunnel_ipv6(struct net *n)
{
	struct stage s = stage_midway(n);
	struct host *upf = host_at(n, "upf-1", "2001:db8:3::21"), *gnb = host_at(n, "gnb-north", "2001:db8:3::101");
	struct ngap_session x = session(upf, 0x01000001);

	x.type = 1;
	down(&s, session_setup_request(&ids, &x, 1));
	x = session(gnb, 0x1000);
	up(&s, session_setup_response(&ids, &x, 1));
}

static void tunnel_both(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ip upf = ip_of("2001:db8:3::21"), gnb = ip_of("2001:db8:3::101");
	struct ngap_session x = session(s.upf->n3, 0x01000001);

	x.tunnel.also6 = &upf;
	down(&s, session_setup_request(&ids, &x, 1));
	x = session(s.north->n3, 0x1000);
	x.tunnel.also6 = &gnb;
	up(&s, session_setup_response(&ids, &x, 1));
}

static void modify(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ngap_session x = session(s.upf->n3, 0x01000002);
	struct ngap_tunnel end = { .ip = s.north->n3->ip, .teid = 0x1000 };

	x.forward = &end;
	x.nas = some_nas(&s);
	down(&s, session_modify_request(&ids, &x, 1));
	x = session(s.north->n3, 0x1000);
	up(&s, session_modify_response(&ids, &x, 1));
}

static void session_release(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ngap_session x = { .psi = 1 };

	down(&s, session_release_command(&ids, &x, 1, some_nas(&s)));
	up(&s, session_release_response(&ids, &s.north->cell, &x, 1));
}

static void path_switch(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ngap_security k = nas_key(s.m, 1);
	struct ngap_session x = session(s.south->n3, 0x2000);

	n2_up(s.south, 1, path_switch_request(3, ids.amf, &s.south->cell, &x, 1));
	x = session(s.upf->n3, 0x01000001);
	n2_down(s.south, 1, path_switch_ack(&(struct ngap_ids){ ids.amf, 3 }, &k, &x, 1));
}

static void path_switch_refused(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ngap_session x = session(s.south->n3, 0x2000);

	n2_up(s.south, 1, path_switch_request(3, ids.amf, &s.south->cell, &x, 1));
	n2_down(s.south, 1, path_switch_failure(&(struct ngap_ids){ ids.amf, 3 }, &x, 1));
}

static void ask_handover(struct stage *s)
{
	struct ngap_security k = nas_key(s->m, 2);
	struct ngap_session x = session(s->upf->n3, 0x01000001);

	up(s, handover_required(&ids, &s->south->id, &s->south->cell, &s->north->cell, &x, 1));
	n2_down(s->south, 1, handover_request(ids.amf, &s->amf->id, &k, &s->south->cell, &s->north->cell, &x, 1));
}

static void handover(struct net *n)
{
	struct stage s = stage_midway(n);
	const struct ngap_ids there = { ids.amf, 3 };
	struct ngap_session x = session(s.south->n3, 0x2000);
	struct ngap_tunnel forward = { .ip = s.south->n3->ip, .teid = 0x2001 };

	ask_handover(&s);
	x.forward = &forward;
	n2_up(s.south, 1, handover_request_ack(&there, &x, 1));
	down(&s, handover_command(&ids, &x, 1));
	n2_up(s.south, 1, handover_notify(&there, &s.south->cell));
	down(&s, context_release_command(&ids, CAUSE_SUCCESSFUL_HANDOVER));
	up(&s, context_release_complete(&ids, &s.north->cell, NULL, 0));
}

static void handover_refused(struct net *n)
{
	struct stage s = stage_midway(n);

	ask_handover(&s);
	n2_up(s.south, 1, handover_failure(ids.amf, CAUSE_HO_FAILURE));
	down(&s, handover_preparation_failure(&ids, CAUSE_HO_FAILURE));
}

static void handover_cancelled(struct net *n)
{
	struct stage s = stage_midway(n);

	ask_handover(&s);
	up(&s, handover_cancel(&ids, CAUSE_HO_CANCELLED));
	down(&s, handover_cancel_ack(&ids));
}

static void page(struct net *n)
{
	struct stage s = stage_midway(n);
	const struct ngap_stmsi t = { 1, 0, 0xc0a80001 };

	down(&s, paging(&t, s.m->plmn, 1));
}

static void trace(struct net *n)
{
	struct stage s = stage_midway(n);
	const struct ip collector = ip_of("10.1.9.77");

	down(&s, trace_start(&ids, &collector, 0x10101));
	down(&s, deactivate_trace(&ids, 0x10101, s.m->plmn));
}

static void locate(struct net *n)
{
	struct stage s = stage_midway(n);

	down(&s, location_control(&ids));
	up(&s, location_report(&ids, &s.north->cell));
}

const struct golden golden_ngap[] = {
	{ "ngap", "ng-setup", setup, NULL, NULL },
	{ "ngap", "ng-setup-refused", setup_refused, NULL, NULL },
	{ "ngap", "ng-setup-without-name", setup_no_name, NULL, NULL },
	{ "ngap", "gnb-id-of-22-bits", id_22, NULL, NULL },
	{ "ngap", "gnb-id-of-25-bits", id_25, NULL, NULL },
	{ "ngap", "gnb-id-of-32-bits", id_32, NULL, NULL },
	{ "ngap", "mnc-of-three-digits", three_digits, NULL, NULL },
	{ "ngap", "configuration-update", config_update, NULL, NULL },
	{ "ngap", "reset", reset_all, NULL, NULL },
	{ "ngap", "reset-of-some", reset_some, NULL, NULL },
	{ "ngap", "error-indication", error, NULL, NULL },
	{ "ngap", "overload", overload, NULL, NULL },
	{ "ngap", "initial-ue-message", initial, NULL, NULL },
	{ "ngap", "nas-transport", transport, NULL, NULL },
	{ "ngap", "ids-at-their-limits", numbers, NULL, NULL },
	{ "ngap", "context-setup", context, NULL, NULL },
	{ "ngap", "context-setup-failed", context_failed, NULL, NULL },
	{ "ngap", "context-release", release, NULL, NULL },
	{ "ngap", "session-setup", sessions, NULL, NULL },
	{ "ngap", "session-setup-of-two", two_sessions, NULL, NULL },
	{ "ngap", "tunnel-of-ipv6", tunnel_ipv6, NULL, NULL },
	{ "ngap", "tunnel-of-both-families", tunnel_both, NULL, NULL },
	{ "ngap", "session-modify", modify, NULL, NULL },
	{ "ngap", "session-release", session_release, NULL, NULL },
	{ "ngap", "path-switch", path_switch, NULL, NULL },
	{ "ngap", "path-switch-refused", path_switch_refused, NULL, NULL },
	{ "ngap", "handover", handover, NULL, NULL },
	{ "ngap", "handover-refused", handover_refused, NULL, NULL },
	{ "ngap", "handover-cancelled", handover_cancelled, NULL, NULL },
	{ "ngap", "paging", page, NULL, NULL },
	{ "ngap", "trace", trace, NULL, NULL },
	{ "ngap", "location", locate, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
