/* Golden captures of networks: what must be told from several messages together. */
#include "golden.h"

static void life(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	ue_ping(u, first(u), 2);
	ue_leave(u, false);
}

static void handover(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	ue_ping(u, first(u), 1);
	ue_move_n2(u, s.south, false);
	ue_ping(u, first(u), 1);
}

static void handover_forwarding(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	ue_move_n2(u, s.south, true);
	ue_ping(u, first(u), 1);
}

static void handover_cancelled(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	ue_move_cancelled(u, s.south);
	ue_ping(u, first(u), 1);
}

static void idle(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	ue_idle(u);
	wait_ms(n, 5000);
	ue_service(u, false);
	ue_ping(u, first(u), 1);
	ue_idle(u);
	wait_ms(n, 5000);
	ue_service(u, true);
	ue_ping(u, first(u), 1);
}

static void n9(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = ue_new(s.m, "0000000001", 2, 2);

	smf_associate(s.smf, s.upf);
	smf_associate(s.smf, s.upf2);
	ue_register(u, s.north);
	ue_session(u, s.upf, s.upf2, 1);
	ue_ping(u, first(u), 1);
}

static void two_ues(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *a = stage_ue(&s, 2), *b = ue_new(s.m, "0000000002", 1, 2);

	ue_register(b, s.south);
	ue_session(b, s.upf, NULL, 1);
	ue_session(b, s.upf, NULL, 2);
	ue_ping(a, first(a), 1);
	ue_ping(b, first(b), 1);
	ue_ping(b, &b->session[1], 1);
	ue_session_release(b, first(b));
}

/* The same TEID on another UPF, and on the same one after its session has gone. */
static void teid_again(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *a = stage_ue(&s, 2), *b = ue_new(s.m, "0000000002", 2, 2);

	smf_associate(s.smf, s.upf2);
	s.upf2->next_teid = first(a)->ul_teid;
	ue_register(b, s.north);
	ue_session(b, s.upf2, NULL, 1);
	ue_ping(b, first(b), 1);
	ue_leave(a, true);
	s.upf->next_teid = first(a)->ul_teid;
	ue_session(b, s.upf, NULL, 1);
	ue_ping(b, &b->session[1], 1);
}

/* --- how networks are built --- */

/* Every element of the core and the gNB on one address. */
static void one_address(struct net *n, const char *address, uint32_t linktype)
{
	struct mobile *m = mobile_new(n, "00101");
	struct amf *amf = amf_new(m, "open-amf", address, NULL);
	struct smf *smf = smf_new(m, "open-smf", NULL, address, NULL);
	struct upf *upf = upf_new(m, "open-upf", NULL, address, address, NULL, NULL);
	struct gnb *gnb = gnb_new(m, "open-gnb", 0x77, 7, address, address, NULL);
	struct ue *u = ue_new(m, "0000000001", 2, 2);

	n->link.linktype = linktype;
	upf->next_teid = 1;
	smf_associate(smf, upf);
	gnb_connect(gnb, amf, 40101);
	gnb->a->quiet = true;
	ue_register(u, gnb);
	ue_session(u, upf, NULL, 1);
	ue_ping(u, first(u), 1);
}

static void loopback(struct net *n) { one_address(n, "127.0.0.1", LT_NULL); }
static void one_box(struct net *n) { one_address(n, "192.168.7.7", LT_ETHER); }

/* AMF, SMF and UPF share an address; the gNB has its own. */
static void combined(struct net *n)
{
	struct mobile *m = mobile_new(n, "00101");
	struct amf *amf = amf_new(m, "box", "10.1.2.11", NULL);
	struct smf *smf = smf_new(m, "box", NULL, "10.1.2.11", NULL);
	struct upf *upf = upf_new(m, "upf", NULL, "10.1.4.21", "10.1.2.11", NULL, NULL);
	struct gnb *gnb = gnb_new(m, "gnb-north", 0x102, 1, "10.1.2.101", "10.1.2.101", NULL);
	struct ue *u = ue_new(m, "0000000001", 2, 2);

	smf_associate(smf, upf);
	gnb_connect(gnb, amf, 40101);
	gnb->a->quiet = true;
	ue_register(u, gnb);
	ue_session(u, upf, NULL, 1);
	ue_ping(u, first(u), 1);
}

/* One test gNB that says it is three, one after another, from one address. */
static void many_ids(struct net *n)
{
	struct stage s = stage_new(n);

	for (uint32_t id = 1; id <= 3; id++) {
		s.north->id.id = id;
		gnb_connect(s.north, s.amf, 40100 + id);
		s.north->a->quiet = true;
		assoc_shutdown(s.north->a, 0);
		wait_ms(n, 500);
	}
}

static void setup_refused(struct net *n)
{
	struct stage s = stage_new(n);

	gnb_associate(s.north, s.amf, 40101);
	n2_up(s.north, 0, ng_setup_request(&s.north->id));
	n2_down(s.north, 0, ng_setup_failure(CAUSE_UNKNOWN_PLMN));
}

static void setup_unanswered(struct net *n)
{
	struct stage s = stage_new(n);

	gnb_associate(s.north, s.amf, 40101);
	n2_up(s.north, 0, ng_setup_request(&s.north->id));
}

static void ipv6_transport(struct net *n)
{
	struct mobile *m = mobile_new(n, "00101");
	struct amf *amf = amf_new(m, "amf-1", "2001:db8:2::11", NULL);
	struct smf *smf = smf_new(m, "smf-1", NULL, "2001:db8:4::12", NULL);
	struct upf *upf = upf_new(m, "upf-1", NULL, "2001:db8:4::21", "2001:db8:3::21", NULL, NULL);
	struct gnb *gnb = gnb_new(m, "gnb-north", 0x102, 1, "2001:db8:2::101", "2001:db8:3::101", NULL);
	struct ue *u = ue_new(m, "0000000001", 2, 2);

	smf_associate(smf, upf);
	gnb_connect(gnb, amf, 40101);
	gnb->a->quiet = true;
	ue_register(u, gnb);
	ue_session(u, upf, NULL, 1);
	ue_ping(u, first(u), 1);
}

const struct golden golden_model[] = {
	{ "model", "life-of-a-session", life, NULL, NULL },
	{ "model", "path-switch", play_path_switch, NULL, NULL },
	{ "model", "handover", handover, NULL, NULL },
	{ "model", "handover-forwarding", handover_forwarding, NULL, NULL },
	{ "model", "handover-cancelled", handover_cancelled, NULL, NULL },
	{ "model", "idle-and-back", idle, NULL, NULL },
	{ "model", "n9", n9, NULL, NULL },
	{ "model", "two-ues", two_ues, NULL, NULL },
	{ "model", "teid-used-again", teid_again, NULL, NULL },
	{ "model", "core-on-loopback", loopback, NULL, NULL },
	{ "model", "core-on-one-address", one_box, NULL, NULL },
	{ "model", "combined", combined, NULL, NULL },
	{ "model", "one-gnb-many-ids", many_ids, NULL, NULL },
	{ "model", "ng-setup-refused", setup_refused, NULL, NULL },
	{ "model", "ng-setup-unanswered", setup_unanswered, NULL, NULL },
	{ "model", "ipv6-transport", ipv6_transport, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
