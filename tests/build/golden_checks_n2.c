/* Captures for the checks of who is there: radio nodes that nobody knows, suppliers and where they may be. */
#include "golden.h"

static void known(struct net *n) { (void)stage_n2(n); }

/* A gNB sets up from this address; the AMF accepts. */
static struct gnb *setup(struct stage *s, const char *address, uint32_t id, uint32_t tac, const char *name)
{
	struct gnb *g = gnb_new(s->m, name, id, tac, address, NULL, NULL);

	gnb_connect(g, s->amf, 40199);
	g->a->quiet = true;
	return g;
}

/* --- N2-UNKNOWN-RAN --- */

static void rogue(struct net *n)
{
	struct stage s = stage_n2(n);

	(void)setup(&s, "10.1.2.99", 0x666, 1, "gnb-north-2");
}

static void known_id_elsewhere(struct net *n)
{
	struct stage s = stage_new(n);

	(void)setup(&s, "10.1.2.99", 0x103, 2, "gnb-south");
}

static void second_id(struct net *n)
{
	struct stage s = stage_new(n);

	gnb_connect(s.north, s.amf, 40101);
	s.north->a->quiet = true;
	(void)setup(&s, "10.1.2.101", 0x777, 1, "gnb-north-b");
}

static void other_tac(struct net *n)
{
	struct stage s = stage_new(n);

	(void)setup(&s, "10.1.2.101", 0x102, 9, "gnb-north");
}

static void request_cut(struct net *n)
{
	struct stage s = stage_new(n);

	gnb_associate(s.north, s.amf, 40101);
	s.north->a->quiet = true;
	n->next = (struct fault){ .snap = 14 + 20 + 12 + 16 + 8 };
	n2_up(s.north, 0, ng_setup_request(&s.north->id));
	n2_down(s.north, 0, ng_setup_response(&s.amf->id));
}

/* The request is not in the capture: a hole in its sender's TSNs, which the AMF acknowledges. */
static void request_lost(struct net *n)
{
	struct stage s = stage_new(n);

	gnb_associate(s.north, s.amf, 40101);
	n->next = (struct fault){ .lost = true };
	n2_up(s.north, 0, ng_setup_request(&s.north->id));
	n2_down(s.north, 0, ng_setup_response(&s.amf->id));
	n2_up(s.north, 0, ran_config_update(&s.north->id));
	n2_down(s.north, 0, config_update_ack(35));
}

static void new_site(struct net *n)
{
	struct stage s = stage_n2(n);

	(void)setup(&s, "10.1.2.103", 0x104, 1, "gnb-north-3");
}

static void behind_seg(struct net *n)		/* the security gateway's address stands for those behind it */
{
	struct stage s = stage_new(n);

	(void)setup(&s, "10.1.2.250", 0x102, 1, "gnb-north");
	(void)setup(&s, "10.1.2.250", 0x103, 2, "gnb-south");
}

/* Two addresses in its INIT, one of them registered; the set-up comes from the other. */
static void multihomed(struct net *n)
{
	struct stage s = stage_new(n);
	struct host *second = host_at(n, "gnb-north", "10.1.12.101"), *amf2 = host_at(n, "amf-1", "10.1.12.11");

	s.north->amf = s.amf;
	s.north->a = assoc_open_multi(s.north->n2, second, 40101, s.amf->n2, amf2, NGAP_PORT);
	s.north->a->quiet = true;
	assoc_path(s.north->a, 0, 1);
	assoc_path(s.north->a, 1, 1);
	n2_up(s.north, 0, ng_setup_request(&s.north->id));
	n2_down(s.north, 0, ng_setup_response(&s.amf->id));
}

/* --- VENDOR-UNREGISTERED --- */

static void other_amf(struct net *n)
{
	struct stage s = stage_new(n);
	struct amf *a = amf_new(s.m, "amf-9", "10.1.2.19", NULL);

	a->id.pointer = 9;
	gnb_connect(s.north, a, 40101);
	s.north->a->quiet = true;
}

/* A registered gNB's tunnels end at an address that the register does not list for it. */
static void further_address(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = ue_new(s.m, "0000000001", 2, 2);

	smf_associate(s.smf, s.upf);
	s.north->n3 = host_at(n, "gnb-north", "10.1.3.201");
	ue_register(u, s.north);
	ue_session(u, s.upf, NULL, 1);
	ue_ping(u, &u->session[0], 1);
}

/* --- VENDOR-ROLE-EXCLUDED --- */

static void one_upf(struct net *n)
{
	struct stage s = stage_new(n);

	smf_associate(s.smf, s.upf);
}

static void two_upfs(struct net *n)
{
	struct stage s = stage_new(n);

	smf_associate(s.smf, s.upf);
	smf_associate(s.smf, s.upf2);
}

/* --- VENDOR-SITE-SHARE --- */

static void half(struct net *n)			/* of what is registered */
{
	struct stage s = stage_new(n);

	gnb_connect(s.north, s.amf, 40101);
	s.north->a->quiet = true;
}

#define ROW(check, name, draw) { "checks/" check, name, draw, NULL, NULL }
const struct golden golden_checks_n2[] = {
	ROW("N2-UNKNOWN-RAN", "violated", rogue),
	ROW("N2-UNKNOWN-RAN", "violated-address", known_id_elsewhere),
	ROW("N2-UNKNOWN-RAN", "violated-second-id", second_id),
	ROW("N2-UNKNOWN-RAN", "violated-tac", other_tac),
	ROW("N2-UNKNOWN-RAN", "conform", known),
	ROW("N2-UNKNOWN-RAN", "undecidable", request_cut),
	ROW("N2-UNKNOWN-RAN", "undecidable-lost", request_lost),
	ROW("N2-UNKNOWN-RAN", "undecidable-no-register", rogue),
	ROW("N2-UNKNOWN-RAN", "lookalike-new-site", new_site),
	ROW("N2-UNKNOWN-RAN", "lookalike-seg", behind_seg),
	ROW("N2-UNKNOWN-RAN", "lookalike-multihomed", multihomed),
	ROW("VENDOR-UNREGISTERED", "violated", other_amf),
	ROW("VENDOR-UNREGISTERED", "conform", known),
	ROW("VENDOR-UNREGISTERED", "undecidable", other_amf),
	ROW("VENDOR-UNREGISTERED", "lookalike-further-address", further_address),
	ROW("VENDOR-ROLE-EXCLUDED", "violated", two_upfs),
	ROW("VENDOR-ROLE-EXCLUDED", "conform", one_upf),
	ROW("VENDOR-ROLE-EXCLUDED", "conform-before", two_upfs),
	ROW("VENDOR-ROLE-EXCLUDED", "undecidable", two_upfs),
	ROW("VENDOR-ROLE-EXCLUDED", "undecidable-no-supplier", two_upfs),
	ROW("VENDOR-ROLE-EXCLUDED", "lookalike-hardware", two_upfs),
	ROW("VENDOR-SITE-SHARE", "violated", known),
	ROW("VENDOR-SITE-SHARE", "conform", known),
	ROW("VENDOR-SITE-SHARE", "undecidable", half),
	ROW("VENDOR-SITE-SHARE", "undecidable-unknown", rogue),
	{ NULL, NULL, NULL, NULL, NULL },
};
