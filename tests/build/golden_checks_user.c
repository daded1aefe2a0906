/* Captures for the checks of the user plane: tunnels to ends that nobody announced, and what is inside tunnels. */
#include "golden.h"

static void up(struct stage *s, struct ue *u, const struct ip *src, const struct ip *dst, unsigned port, struct buf payload)
{
	session_user(u, first(u), true, packet_udp(src, 40000, dst, port, payload));
	wait_ms(s->net, 1);
}

/* G-PDUs of a subscriber's from an element to another, in a tunnel of that TEID. */
static void carry(struct stage *s, struct host *from, struct host *to, uint32_t teid)
{
	const struct ip ue = ip_of("10.60.0.1");

	for (unsigned i = 0; i < 2; i++) {
		gtp_carry(s->m, from, to, gtp_pdu(teid, packet_udp(&s->m->web, 443, &ue, 40000, buf_str("to a subscriber"))), 43);
		wait_ms(s->net, 20);
	}
}

/* --- GTPU-UNKNOWN-PEER --- */

static void unannounced(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	ue_ping(u, first(u), 1);
	carry(&s, s.upf->n3, host_at(n, "collector", "198.51.100.99"), 0x66001);
}

/* The packets to nobody's address come in fragments. */
static void unannounced_fragments(struct net *n)
{
	struct stage s = stage_n2(n);
	struct host *h = host_at(n, "collector", "198.51.100.99");
	struct ue *u = stage_ue(&s, 2);

	ue_ping(u, first(u), 1);
	n->next = (struct fault){ .fragment = 32 };
	carry(&s, s.upf->n3, h, 0x66001);
	n->next = (struct fault){ .fragment = 48, .reversed = true };
	carry(&s, s.upf->n3, h, 0x66001);
}

static void from_before(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ue *u = stage_ue_before(&s);

	ue_ping(u, first(u), 1);
}

/* A FAR towards the CP function: what the UPF hands to the SMF comes in GTP-U (TS 29.244 5.3). */
static void towards_smf(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct buf b = pfcp_open_session(PFCP_MODIFY, first(u)->up_seid[0], ++s.smf->seq);

	pfcp_update_far(&b, &(struct pfcp_far){ .id = 1, .apply = APPLY_FORW, .forwards = true, .interface = IF_CP, .to = &s.smf->n4->ip, .teid = 0x88 });
	n4(&s, pfcp_close(b));
	b = pfcp_open_session(PFCP_MODIFY_ANSWER, first(u)->cp_seid[0], s.smf->seq);
	pfcp_cause(&b, PFCP_ACCEPTED);
	n4_back(&s, pfcp_close(b));
	carry(&s, s.upf->n4, s.smf->n4, 0x88);
}

static void one_teid_two_upfs(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *a = stage_ue(&s, 2), *b = ue_new(s.m, "0000000002", 2, 2);

	smf_associate(s.smf, s.upf2);
	s.upf2->next_teid = first(a)->ul_teid;
	ue_register(b, s.north);
	ue_session(b, s.upf2, NULL, 1);
	ue_ping(a, first(a), 1);
	ue_ping(b, first(b), 1);
}

/* N2 and N4 are on another tap; here they are only seen to live. */
static void no_control_plane(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ue *u = stage_ue_before(&s);

	gtp_heartbeat(s.m, s.north->n3, s.upf->n3);
	assoc_heartbeat(s.north->a, 0);
	ue_ping(u, first(u), 1);
}

/* The tap sees a new session from the start, and one that is older than the capture. */
static void older_session(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ue *old = stage_ue_before(&s), *u = ue_new(s.m, "0000000002", 2, 2);

	s.upf->next_teid = 0x01000050;
	s.north->next_teid = 0x1050;
	s.m->next_ue = ip_of("10.60.0.2");
	ue_register(u, s.north);
	ue_session(u, s.upf, NULL, 1);
	ue_ping(u, first(u), 1);
	ue_ping(old, first(old), 1);
}

/* Home routed: the SMF tells the UPF the partner's end, far outside. */
static void roaming(struct net *n)
{
	struct stage s = stage_n2(n);
	struct host *partner = host_at(n, "partner-upf", "198.51.100.20");
	struct ue *u = stage_ue(&s, 2);
	struct buf b = pfcp_open_session(PFCP_MODIFY, first(u)->up_seid[0], ++s.smf->seq);

	pfcp_update_far(&b, &(struct pfcp_far){ .id = 1, .apply = APPLY_FORW, .forwards = true, .interface = IF_CORE, .to = &partner->ip, .teid = 0x4242 });
	n4(&s, pfcp_close(b));
	b = pfcp_open_session(PFCP_MODIFY_ANSWER, first(u)->cp_seid[0], s.smf->seq);
	pfcp_cause(&b, PFCP_ACCEPTED);
	n4_back(&s, pfcp_close(b));
	carry(&s, s.upf->n9, partner, 0x4242);
}

static void echo_only(struct net *n)
{
	struct stage s = stage_new(n);
	struct host *far = host_at(n, "far", "198.51.100.99");

	gtp_heartbeat(s.m, s.upf->n3, far);
	gtp_send(s.m, far, s.upf->n3, gtp_error(0x66001, &s.upf->n3->ip));
}

/* --- GTPU-IN-GTPU --- */

static void nested(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct ip victim = ip_plus(first(u)->ip, 1);

	up(&s, u, &first(u)->ip, &s.upf->n3->ip, GTPU_PORT, gtp_pdu(0x01000002, packet_udp(&victim, 1, &s.m->web, 2, buf_str("not mine"))));
	up(&s, u, &first(u)->ip, &s.upf->n4->ip, PFCP_PORT, some_pfcp(&s));
}

static void to_the_core(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	up(&s, u, &first(u)->ip, &s.amf->n2->ip, 8080, buf_str("GET /"));
}

/* The capture keeps the outer headers and not what is inside. */
static void inner_cut(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct ip dst = s.m->web;

	n->next = (struct fault){ .snap = 14 + 20 + 8 + 16 + 12 };
	up(&s, u, &first(u)->ip, &dst, 443, buf_str("cut before its addresses"));
}

/* A small cell behind a subscriber's radio speaks GTP-U to the UPF that it is declared for. */
static void backhaul(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct ip phone = ip_of("10.60.0.77");

	up(&s, u, &first(u)->ip, &s.upf2->n3->ip, GTPU_PORT, gtp_pdu(0x02000001, packet_udp(&phone, 1, &s.m->web, 2, buf_str("behind a small cell"))));
}

static void same_port(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	up(&s, u, &first(u)->ip, &s.m->web, GTPU_PORT, buf_str("a game that likes this port"));
}

/* --- GTPU-UE-SPOOF --- */

static void spoofed(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct ip other = ip_plus(first(u)->ip, 200), outside = ip_of("198.51.100.7");

	up(&s, u, &other, &s.m->web, 443, buf_str("from a neighbour"));
	up(&s, u, &outside, &s.m->web, 443, buf_str("from nowhere"));
}

static void framed_route(struct net *n)		/* hosts behind a subscriber's router */
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct ip behind = ip_of("10.77.3.9");

	up(&s, u, &behind, &s.m->web, 443, buf_str("from behind a router"));
}

static void other_interface_id(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = ue_new(s.m, "0000000001", 2, 2);
	struct ip private;

	smf_associate(s.smf, s.upf);
	ue_register(u, s.north);
	ue_session(u, s.upf, NULL, 2);
	private = ip_plus(first(u)->ip, 0x77);		/* RFC 8981 */
	up(&s, u, &private, &s.m->web6, 443, buf_str("from the same prefix"));
}

/* A session of type Ethernet: what is inside has no address that the session could have. */
static void ethernet(struct net *n)
{
	struct stage s = stage_n2(n);
	struct buf b = pfcp_open_session(PFCP_ESTABLISH, 0, 9), frame = { 0 };
	const struct ip machine = ip_of("192.168.1.5"), other = ip_of("192.168.1.6");

	smf_associate(s.smf, s.upf);
	pfcp_node_id(&b, &s.smf->n4->ip);
	pfcp_f_seid(&b, 0x1001, &s.smf->n4->ip);
	pfcp_create_pdr(&b, &(struct pfcp_pdr){ .id = 1, .far = 1, .interface = IF_ACCESS, .teid_ip = &s.upf->n3->ip, .instance = "access", .strip = true });
	pfcp_create_far(&b, &(struct pfcp_far){ .id = 1, .apply = APPLY_FORW, .forwards = true, .interface = IF_CORE, .instance = "plant" });
	pfcp_u8(&b, 113, 5);			/* PDN type Ethernet */
	n4(&s, pfcp_close(b));
	b = pfcp_open_session(PFCP_ESTABLISH_ANSWER, 0x1001, 9);
	pfcp_node_id(&b, &s.upf->n4->ip);
	pfcp_cause(&b, PFCP_ACCEPTED);
	pfcp_f_seid(&b, 0xa000000000000001, &s.upf->n4->ip);
	pfcp_created_pdr(&b, 1, 0x01000001, &s.upf->n3->ip);
	n4_back(&s, pfcp_close(b));
	put_mem(&frame, "\2\0\0\0\0\2\2\0\0\0\0\1\x08\0", 14);
	put_buf(&frame, packet_udp(&machine, 50002, &other, 50001, buf_str("axis 3 at 12.5")));
	gtp_carry(s.m, s.north->n3, s.upf->n3, gtp_pdu_ul(0x01000001, 1, frame), 56);
}

#define ROW(check, name, draw) { "checks/" check, name, draw, NULL, NULL }
const struct golden golden_checks_user[] = {
	ROW("GTPU-UNKNOWN-PEER", "violated", unannounced),
	ROW("GTPU-UNKNOWN-PEER", "violated-fragments", unannounced_fragments),
	ROW("GTPU-UNKNOWN-PEER", "conform", play_session),
	ROW("GTPU-UNKNOWN-PEER", "undecidable", from_before),
	ROW("GTPU-UNKNOWN-PEER", "undecidable-no-register", unannounced),
	ROW("GTPU-UNKNOWN-PEER", "lookalike-n4-u", towards_smf),
	ROW("GTPU-UNKNOWN-PEER", "lookalike-same-teid", one_teid_two_upfs),
	ROW("GTPU-UNKNOWN-PEER", "lookalike-no-control-plane", no_control_plane),
	ROW("GTPU-UNKNOWN-PEER", "lookalike-older-session", older_session),
	ROW("GTPU-UNKNOWN-PEER", "lookalike-roaming", roaming),
	ROW("GTPU-UNKNOWN-PEER", "lookalike-echo", echo_only),
	ROW("GTPU-IN-GTPU", "violated", nested),
	ROW("GTPU-IN-GTPU", "violated-core", to_the_core),
	ROW("GTPU-IN-GTPU", "conform", play_session),
	ROW("GTPU-IN-GTPU", "undecidable", inner_cut),
	ROW("GTPU-IN-GTPU", "lookalike-backhaul", backhaul),
	ROW("GTPU-IN-GTPU", "lookalike-port", same_port),
	ROW("GTPU-UE-SPOOF", "violated", spoofed),
	ROW("GTPU-UE-SPOOF", "conform", play_session),
	ROW("GTPU-UE-SPOOF", "undecidable", from_before),
	ROW("GTPU-UE-SPOOF", "lookalike-framed-route", framed_route),
	ROW("GTPU-UE-SPOOF", "lookalike-prefix", other_interface_id),
	ROW("GTPU-UE-SPOOF", "lookalike-ethernet", ethernet),
	{ NULL, NULL, NULL, NULL, NULL },
};
