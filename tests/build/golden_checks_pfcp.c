/* Captures for the checks of N4: who may speak PFCP to a UPF, and what sessions are told to do. */
#include "golden.h"

/* A modification of the UE's session by its SMF, and the UPF's consent. */
static void modify(struct stage *s, struct ue *u, const struct pfcp_far *f)
{
	struct buf b = pfcp_open_session(PFCP_MODIFY, first(u)->up_seid[0], ++s->smf->seq);

	pfcp_update_far(&b, f);
	n4(s, pfcp_close(b));
	b = pfcp_open_session(PFCP_MODIFY_ANSWER, first(u)->cp_seid[0], s->smf->seq);
	pfcp_cause(&b, PFCP_ACCEPTED);
	n4_back(s, pfcp_close(b));
}

static void downlink(struct stage *s, struct ue *u, const struct ip *to, uint32_t teid)
{
	modify(s, u, &(struct pfcp_far){ .id = 2, .apply = APPLY_FORW, .forwards = true, .interface = IF_ACCESS, .instance = "access", .to = to,
		.teid = teid });
}

/* --- PFCP-UNKNOWN-PEER --- */

static void stranger_associates(struct net *n)
{
	struct stage s = stage_new(n);
	struct smf *stranger = smf_new(s.m, "stranger", NULL, "10.1.4.66", NULL);

	smf_associate(stranger, s.upf);
	smf_heartbeat(stranger, s.upf);
}

/* It asks for a session without an association, and is told so: cause 72. */
static void stranger_refused(struct net *n)
{
	struct stage s = stage_new(n);
	struct host *stranger = host_at(n, "stranger", "10.1.4.66");
	struct buf b = pfcp_open_session(PFCP_ESTABLISH, 0, 7);

	pfcp_node_id(&b, &stranger->ip);
	pfcp_f_seid(&b, 0x6601, &stranger->ip);
	pfcp_create_pdr(&b, &(struct pfcp_pdr){ .id = 1, .far = 1, .interface = IF_ACCESS, .teid_ip = &s.upf->n3->ip, .instance = "access", .strip = true });
	pfcp_create_far(&b, &(struct pfcp_far){ .id = 1, .apply = APPLY_FORW, .forwards = true, .interface = IF_CORE, .instance = "internet" });
	n4_send(s.m, stranger, s.upf->n4, pfcp_close(b));
	b = pfcp_open_session(PFCP_ESTABLISH_ANSWER, 0x6601, 7);
	pfcp_node_id(&b, &s.upf->n4->ip);
	pfcp_cause(&b, PFCP_NO_ASSOCIATION);
	n4_send(s.m, s.upf->n4, stranger, pfcp_close(b));
}

static void associated_before(struct net *n)
{
	struct stage s = stage_midway(n);
	struct ue *u = stage_ue_before(&s);

	s.smf->seq = 900;
	smf_heartbeat(s.smf, s.upf);
	downlink(&s, u, &s.north->n3->ip, 0x1000);
}

static void node_id_is_a_name(struct net *n)
{
	struct mobile *m = mobile_new(n, "00101");
	struct smf *smf = smf_new(m, "smf-1", "smf-1.node.5gc.mnc001.mcc001.3gppnetwork.org", "10.1.4.12", NULL);
	struct upf *upf = upf_new(m, "upf-1", "upf-1.node.5gc.mnc001.mcc001.3gppnetwork.org", "10.1.4.21", "10.1.3.21", NULL, NULL);

	smf_associate(smf, upf);
	smf_heartbeat(smf, upf);
}

/* The SMF says in the association which other address it may send from (CP PFCP Entity IP Address), and uses it. */
static void second_address(struct net *n)
{
	struct stage s = stage_new(n);
	struct host *second = host_at(n, "smf-1", "10.1.4.13");
	struct buf b = some_pfcp(&s), ie = { 0 };

	put8(&ie, 2);
	put_mem(&ie, second->ip.b, 4);
	pfcp_ie(&b, 185, ie);
	n4(&s, pfcp_close(b));
	b = pfcp_open(PFCP_ASSOC_SETUP_ANSWER, s.smf->seq);
	pfcp_node_id(&b, &s.upf->n4->ip);
	pfcp_cause(&b, PFCP_ACCEPTED);
	pfcp_started(&b, s.upf->started);
	n4_back(&s, pfcp_close(b));
	s.smf->n4 = second;
	smf_heartbeat(s.smf, s.upf);
}

/* --- PFCP-DUPL-N4 --- */

static void copy_modified(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	const struct ip to = ip_of("198.51.100.99");

	session_copy(first(u), &to, 0x66001);
}

static void copy_established(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = ue_new(s.m, "0000000001", 2, 2);

	first(u)->copy_to = host_at(n, "collector", "198.51.100.99");
	first(u)->copy_teid = 0x66001;
	smf_associate(s.smf, s.upf);
	ue_register(u, s.north);
	ue_session(u, s.upf, NULL, 1);
}

/* Of the modification only the header was captured. */
static void modification_cut(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	n->next = (struct fault){ .snap = 14 + 20 + 8 + 16 + 8 };
	downlink(&s, u, &s.north->n3->ip, first(u)->dl_teid);
}

/* A combined SMF and PGW-C: this session's downlink is S5/S8-U, so it is a 4G session and another clause's business. */
static void combined_epc(struct net *n)
{
	struct stage s = stage_new(n);
	const struct ip ue = ip_of("10.60.0.1"), to = ip_of("198.51.100.99");
	struct buf b = pfcp_open_session(PFCP_ESTABLISH, 0, 9);

	smf_associate(s.smf, s.upf);
	pfcp_node_id(&b, &s.smf->n4->ip);
	pfcp_f_seid(&b, 0x1001, &s.smf->n4->ip);
	pfcp_create_pdr(&b, &(struct pfcp_pdr){ .id = 1, .far = 1, .interface = IF_ACCESS, .teid_ip = &s.upf->n3->ip, .ue = &ue, .instance = "access",
		.strip = true, .iface_type = 1 + 1 });
	pfcp_create_far(&b, &(struct pfcp_far){ .id = 1, .apply = APPLY_FORW | APPLY_DUPL, .forwards = true, .interface = IF_CORE, .instance = "internet",
		.copy_to = &to, .copy_teid = 0x66001, .copy_interface = IF_LI });
	n4(&s, pfcp_close(b));
	b = pfcp_open_session(PFCP_ESTABLISH_ANSWER, 0x1001, 9);
	pfcp_node_id(&b, &s.upf->n4->ip);
	pfcp_cause(&b, PFCP_ACCEPTED);
	pfcp_f_seid(&b, 0xa000000000000001, &s.upf->n4->ip);
	pfcp_created_pdr(&b, 1, 0x01000001, &s.upf->n3->ip);
	n4_back(&s, pfcp_close(b));
}

/* An Update FAR with just this Apply Action, two octets of it. */
static void apply(struct net *n, unsigned action)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct buf b = pfcp_open_session(PFCP_MODIFY, first(u)->up_seid[0], ++s.smf->seq);
	size_t at = pfcp_group(&b, 10), redundant;

	pfcp_u32(&b, 108, 2);
	pfcp_u16(&b, 44, action);
	if (action & 0x8000) {		/* Redundant Transmission Forwarding Parameters */
		redundant = pfcp_group(&b, 270);
		pfcp_ohc(&b, 0x1077, &s.north->n3->ip);
		len16_close(&b, redundant);
	}
	len16_close(&b, at);
	n4(&s, pfcp_close(b));
}

static void redundant(struct net *n) { apply(n, 0x8200); }	/* DFRT, FORW: URLLC on two paths */
static void multicast(struct net *n) { apply(n, 0x0010); }	/* MBSU: fan-out of a multicast session */

/* The parameters stay in the rule, but nothing asks for copies. */
static void latent(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	const struct ip to = ip_of("198.51.100.99");

	modify(&s, u, &(struct pfcp_far){ .id = 2, .apply = APPLY_FORW, .copy_to = &to, .copy_teid = 0x66001, .copy_interface = IF_CORE });
}

/* --- PFCP-REDIRECT --- */

static void redirected(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	const struct ip to = ip_of("203.0.113.77");

	wait_ms(n, 5000);
	downlink(&s, u, &to, 0x77001);
}

static void back_and_forth(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	for (unsigned i = 0; i < 4; i++) {
		wait_ms(n, 5000);
		downlink(&s, u, i % 2 ? &s.north->n3->ip : &s.south->n3->ip, i % 2 ? first(u)->dl_teid : 0x2099);
	}
}

/* Who sends the order is not whose session it is. */
static void new_source(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct host *stranger = host_at(n, "stranger", "10.1.4.66");
	struct buf b = pfcp_open_session(PFCP_MODIFY, first(u)->up_seid[0], 7);
	const struct ip to = ip_of("203.0.113.77");

	pfcp_update_far(&b, &(struct pfcp_far){ .id = 2, .apply = APPLY_FORW, .forwards = true, .interface = IF_ACCESS, .to = &to, .teid = 0x77001 });
	n4_send(s.m, stranger, s.upf->n4, pfcp_close(b));
	b = pfcp_open_session(PFCP_MODIFY_ANSWER, first(u)->cp_seid[0], 7);
	pfcp_cause(&b, PFCP_ACCEPTED);
	n4_send(s.m, s.upf->n4, stranger, pfcp_close(b));
}

static void n4_only(struct net *n)		/* the tap does not see N2 */
{
	struct stage s = stage_new(n);
	struct ue *u = stage_ue_before(&s);

	smf_associate(s.smf, s.upf);
	session_establish(u, first(u));
	session_downlink(first(u), s.north, false);
	wait_ms(n, 60000);
	downlink(&s, u, &s.south->n3->ip, 0x2001);
}

/* Credit is used up: the subscriber's requests go to the operator's own page (TS 29.244 8.2.20). */
static void portal(struct net *n)
{
	static const char url[] = "http://portal.example.net/";
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct buf b = pfcp_open_session(PFCP_MODIFY, first(u)->up_seid[0], ++s.smf->seq);
	size_t far = pfcp_group(&b, 10), parameters, at;

	pfcp_u32(&b, 108, 1);
	parameters = pfcp_group(&b, 11);
	at = pfcp_group(&b, 38);
	put8(&b, 2);			/* a URL */
	put16(&b, sizeof(url) - 1);
	put_str(&b, url);
	len16_close(&b, at);
	len16_close(&b, parameters);
	len16_close(&b, far);
	n4(&s, pfcp_close(b));
	b = pfcp_open_session(PFCP_MODIFY_ANSWER, first(u)->cp_seid[0], s.smf->seq);
	pfcp_cause(&b, PFCP_ACCEPTED);
	n4_back(&s, pfcp_close(b));
}

static void there_and_back(struct net *n)	/* a UE at the edge of two cells */
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	ue_move_n2(u, s.south, false);
	wait_ms(n, 4000);
	ue_move_n2(u, s.north, false);
}

#define ROW(check, name, draw) { "checks/" check, name, draw, NULL, NULL }
const struct golden golden_checks_pfcp[] = {
	ROW("PFCP-UNKNOWN-PEER", "violated", stranger_associates),
	ROW("PFCP-UNKNOWN-PEER", "violated-refused", stranger_refused),
	ROW("PFCP-UNKNOWN-PEER", "conform", play_session),
	ROW("PFCP-UNKNOWN-PEER", "undecidable", play_session),
	ROW("PFCP-UNKNOWN-PEER", "lookalike-associated-before", associated_before),
	ROW("PFCP-UNKNOWN-PEER", "lookalike-name", node_id_is_a_name),
	ROW("PFCP-UNKNOWN-PEER", "lookalike-second-address", second_address),
	ROW("PFCP-DUPL-N4", "violated", copy_modified),
	ROW("PFCP-DUPL-N4", "violated-established", copy_established),
	ROW("PFCP-DUPL-N4", "violated-no-register", copy_modified),
	ROW("PFCP-DUPL-N4", "conform", play_session),
	ROW("PFCP-DUPL-N4", "conform-approved", copy_established),
	ROW("PFCP-DUPL-N4", "undecidable", modification_cut),
	ROW("PFCP-DUPL-N4", "lookalike-epc", combined_epc),
	ROW("PFCP-DUPL-N4", "lookalike-redundant", redundant),
	ROW("PFCP-DUPL-N4", "lookalike-multicast", multicast),
	ROW("PFCP-DUPL-N4", "lookalike-latent", latent),
	ROW("PFCP-REDIRECT", "violated", redirected),
	ROW("PFCP-REDIRECT", "violated-back-and-forth", back_and_forth),
	ROW("PFCP-REDIRECT", "violated-new-source", new_source),
	ROW("PFCP-REDIRECT", "conform", play_path_switch),
	ROW("PFCP-REDIRECT", "undecidable", n4_only),
	ROW("PFCP-REDIRECT", "lookalike-portal", portal),
	ROW("PFCP-REDIRECT", "lookalike-there-and-back", there_and_back),
	{ NULL, NULL, NULL, NULL, NULL },
};
