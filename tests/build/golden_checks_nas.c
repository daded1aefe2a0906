/* Captures for the checks of NAS, of subscribers' identities and of keys. */
#include "golden.h"

/* A UE registers in the north; what is special about it is said by the caller first. */
static struct ue *someone(struct stage *s, unsigned ea, unsigned ia) { return ue_new(s->m, "0000000001", ea, ia); }

static void registers(struct net *n, unsigned ea, unsigned ia, bool emergency)
{
	struct stage s = stage_n2(n);
	struct ue *u = someone(&s, ea, ia);

	u->emergency = emergency;
	ue_register(u, s.north);
}

static void usual(struct net *n) { registers(n, 2, 2, false); }
static void ia0(struct net *n) { registers(n, 0, 0, false); }
static void ia0_emergency(struct net *n) { registers(n, 0, 0, true); }
static void ea0(struct net *n) { registers(n, 0, 2, false); }
static void ea0_emergency(struct net *n) { registers(n, 0, 2, true); }

/* Registration up to the security mode command, and the next message of the AMF. */
static void up_to_command(struct net *n, const struct fault *f)
{
	struct stage s = stage_n2(n);
	struct ue *u = someone(&s, 0, 0);

	ue_initial(u, s.north, up_nas(u, NAS_PLAIN, nas_registration_request(REG_INITIAL, 7, ue_identity(u), UE_CAPABILITY, (struct buf){ 0 })), 3, false);
	ue_authenticate(u);
	s.north->a->quiet = false;		/* who acknowledges what was not captured shows the hole */
	n->next = *f;
	ue_secure(u);
	ue_down(u, down_nas(u, NAS_CIPHERED, nas_identity_request(5)));
}

static void command_lost(struct net *n) { up_to_command(n, &(struct fault){ .lost = true }); }
static void command_cut(struct net *n) { up_to_command(n, &(struct fault){ .snap = 14 + 20 + 12 + 16 + 24 }); }

static void announced_none(struct net *n)	/* a UE that can do no other than EA0 */
{
	struct stage s = stage_n2(n);
	struct ue *u = someone(&s, 0, 2);

	u->capability = u->replayed = 0x80f0;
	ue_register(u, s.north);
}

/* --- NAS-BIDDING-DOWN --- */

static void replayed_less(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = someone(&s, 0, 2);

	u->replayed = 0x80f0;
	ue_register(u, s.north);
}

/* The UE notices: cause 23, UE security capabilities mismatch. */
static void rejected(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = someone(&s, 0, 2);

	ue_initial(u, s.north, up_nas(u, NAS_PLAIN, nas_registration_request(REG_INITIAL, 7, ue_identity(u), UE_CAPABILITY, (struct buf){ 0 })), 3, false);
	ue_authenticate(u);
	ue_down(u, down_nas(u, NAS_INTEGRITY_NEW, nas_security_mode_command(0, 2, 0, 0x80f0)));
	ue_up(u, up_nas(u, NAS_PLAIN, nas_security_mode_reject(23)));
}

/* N2 tells the gNB less than NAS said. */
static void told_less(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = someone(&s, 2, 2);
	struct ngap_security k = nas_key(s.m, 0);

	ue_initial(u, s.north, up_nas(u, NAS_PLAIN, nas_registration_request(REG_INITIAL, 7, ue_identity(u), UE_CAPABILITY, (struct buf){ 0 })), 3, false);
	ue_authenticate(u);
	ue_secure(u);
	n2_down(s.north, u->stream, ngap_with(ngap_without(context_setup_request(&u->ids, &s.amf->id, &k,
		down_nas(u, NAS_CIPHERED, nas_registration_accept(&s.amf->id, 0x1001, 1)), NULL, 0), 119), 119, REJECT, ie_capabilities(0, 0xe000)));
	n2_up(s.north, u->stream, context_setup_response(&u->ids, NULL, 0));
}

/* The new gNB says what it was told of the UE; the AMF, which knows better, corrects it in the acknowledge. */
static void switched(struct net *n, unsigned told, unsigned answered)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);
	struct ngap_session x = { .psi = 1, .qfi = 1, .tunnel = { .ip = s.south->n3->ip, .teid = 0x2001 } };
	struct ngap_security k = nas_key(s.m, 1);
	struct buf ack;

	n2_up(s.south, 1, ngap_with(ngap_without(path_switch_request(1, u->ids.amf, &s.south->cell, &x, 1), 119), 119, IGNORE,
		ie_capabilities(told, 0xe000)));
	x.tunnel = (struct ngap_tunnel){ .ip = s.upf->n3->ip, .teid = u->session[0].ul_teid };
	ack = path_switch_ack(&(struct ngap_ids){ u->ids.amf, 1 }, &k, &x, 1);
	if (answered)
		ack = ngap_with(ack, 119, REJECT, ie_capabilities(answered, 0xe000));
	n2_down(s.south, 1, ack);
}

static void switched_less(struct net *n) { switched(n, 0x8000, 0xe000); }
static void switched_same(struct net *n) { switched(n, 0xe000, 0); }

static void began_after(struct net *n)		/* what the UE announced was before the capture, and is ciphered in the complete */
{
	struct stage s = stage_midway(n);
	struct ue *u = stage_ue_before(&s);

	struct buf identity = ue_identity(u);

	buf_free(&identity);
	ue_secure(u);
}

/* Four octets, 4G's too; the command has room for two more; N2 has sixteen bits a family. */
static void longer(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = someone(&s, 2, 2);
	struct ngap_security k = nas_key(s.m, 0);
	struct buf b = nas_registration_request(REG_INITIAL, 7, ue_identity(u), 0, (struct buf){ 0 });

	put_mem(&b, "\x2e\4\xf0\xf0\xf0\x70", 6);
	ue_initial(u, s.north, up_nas(u, NAS_PLAIN, b), 3, false);
	ue_authenticate(u);
	ue_down(u, down_nas(u, NAS_INTEGRITY_NEW, nas_security_mode_command(2, 2, 0, UE_CAPABILITY)));
	ue_up(u, up_nas(u, NAS_CIPHERED_NEW, nas_security_mode_complete((struct buf){ 0 })));
	n2_down(s.north, u->stream, context_setup_request(&u->ids, &s.amf->id, &k,
		down_nas(u, NAS_CIPHERED, nas_registration_accept(&s.amf->id, 0x1001, 1)), NULL, 0));
}

/* The UE comes from another AMF, whose stored context differs. */
static void from_other_amf(struct net *n)
{
	struct stage s = stage_new(n);
	struct amf *second = amf_new(s.m, "amf-2", "10.1.2.12", NULL);
	struct ngap_security k = nas_key(s.m, 2);
	struct ngap_session x = { .psi = 1, .qfi = 1 };
	struct ue *u = someone(&s, 2, 2);

	second->id.pointer = 2;
	second->next_ue = 0x9001;
	gnb_connect(s.north, s.amf, 40101);
	gnb_connect(s.south, second, 40102);
	s.north->a->quiet = s.south->a->quiet = true;
	ue_register(u, s.north);
	x.tunnel = (struct ngap_tunnel){ .ip = s.upf->n3->ip, .teid = 0x01000001 };
	n2_down(s.south, 1, ngap_with(ngap_without(handover_request(0x9001, &second->id, &k, &s.south->cell, &s.north->cell, &x, 1), 119), 119, REJECT,
		ie_capabilities(0xc000, 0xc000)));
	x.tunnel = (struct ngap_tunnel){ .ip = s.south->n3->ip, .teid = 0x2001 };
	n2_up(s.south, 1, handover_request_ack(&(struct ngap_ids){ 0x9001, 1 }, &x, 1));
}

/* --- SUCI-NULL-SCHEME --- */

static void in_clear(struct net *n, const char *home, bool emergency)
{
	struct stage s = stage_n2(n);

	n2_up(s.north, 1, initial_ue(1, nas_registration_request(emergency ? REG_EMERGENCY : REG_INITIAL, 7, id_suci_null(plmn_of(home), "0000000001"),
		UE_CAPABILITY, (struct buf){ 0 }), &s.north->cell, emergency ? 0 : 3, NULL));
}

static void null_scheme(struct net *n) { in_clear(n, "00101", false); }
static void null_emergency(struct net *n) { in_clear(n, "00101", true); }
static void null_roamer(struct net *n) { in_clear(n, "26299", false); }

static void identity_cut(struct net *n)
{
	struct stage s = stage_n2(n);

	n->next = (struct fault){ .snap = 14 + 20 + 12 + 16 + 26 };
	n2_up(s.north, 1, initial_ue(1, nas_registration_request(REG_INITIAL, 7, id_suci_null(s.m->plmn, "0000000001"), UE_CAPABILITY,
		(struct buf){ 0 }), &s.north->cell, 3, NULL));
}

/* --- KEY-IN-CLEAR --- */

static void key_cut(struct net *n)		/* the message that has the key, but not up to it */
{
	struct stage s = stage_n2(n);
	struct ngap_security k = nas_key(s.m, 0);

	n->next = (struct fault){ .snap = 14 + 20 + 12 + 16 + 40 };
	n2_down(s.north, 1, context_setup_request(&(struct ngap_ids){ 1, 1 }, &s.amf->id, &k, (struct buf){ 0 }, NULL, 0));
}

static void key_in_handover(struct net *n)	/* and the next hop in the path switch's acknowledge */
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	ue_move_xn(u, s.south);
}

static void no_key(struct net *n)		/* N2 without any: nothing was to be seen */
{
	struct stage s = stage_n2(n);

	n2_up(s.north, 0, ran_config_update(&s.north->id));
	n2_down(s.north, 0, config_update_ack(35));
}

#define ROW(check, name, draw) { "checks/" check, name, draw, NULL, NULL }
const struct golden golden_checks_nas[] = {
	ROW("NAS-NULL-INTEGRITY", "violated", ia0),
	ROW("NAS-NULL-INTEGRITY", "conform", usual),
	ROW("NAS-NULL-INTEGRITY", "undecidable", command_lost),
	ROW("NAS-NULL-INTEGRITY", "undecidable-cut", command_cut),
	ROW("NAS-NULL-INTEGRITY", "lookalike-emergency", ia0_emergency),
	ROW("NAS-NULL-CIPHER", "violated", ea0),
	ROW("NAS-NULL-CIPHER", "unprotected", ea0),
	ROW("NAS-NULL-CIPHER", "conform", usual),
	ROW("NAS-NULL-CIPHER", "undecidable", command_lost),
	ROW("NAS-NULL-CIPHER", "undecidable-cut", command_cut),
	ROW("NAS-NULL-CIPHER", "lookalike-announced-none", announced_none),
	ROW("NAS-NULL-CIPHER", "lookalike-emergency", ea0_emergency),
	ROW("NAS-BIDDING-DOWN", "violated", replayed_less),
	ROW("NAS-BIDDING-DOWN", "violated-rejected", rejected),
	ROW("NAS-BIDDING-DOWN", "violated-told-less", told_less),
	ROW("NAS-BIDDING-DOWN", "violated-path-switch", switched_less),
	ROW("NAS-BIDDING-DOWN", "conform", switched_same),
	ROW("NAS-BIDDING-DOWN", "undecidable", began_after),
	ROW("NAS-BIDDING-DOWN", "lookalike-longer", longer),
	ROW("NAS-BIDDING-DOWN", "lookalike-other-amf", from_other_amf),
	ROW("SUCI-NULL-SCHEME", "violated", null_scheme),
	ROW("SUCI-NULL-SCHEME", "unprotected", null_scheme),
	ROW("SUCI-NULL-SCHEME", "conform", usual),
	ROW("SUCI-NULL-SCHEME", "undecidable", identity_cut),
	ROW("SUCI-NULL-SCHEME", "lookalike-emergency", null_emergency),
	ROW("SUCI-NULL-SCHEME", "lookalike-roamer", null_roamer),
	ROW("KEY-IN-CLEAR", "violated", usual),
	ROW("KEY-IN-CLEAR", "violated-path-switch", key_in_handover),
	ROW("KEY-IN-CLEAR", "unprotected", usual),
	ROW("KEY-IN-CLEAR", "conform", usual),
	ROW("KEY-IN-CLEAR", "undecidable", key_cut),
	ROW("KEY-IN-CLEAR", "lookalike-no-key", no_key),
	{ NULL, NULL, NULL, NULL, NULL },
};
