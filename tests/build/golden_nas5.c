/* Golden captures of NAS-5GS: in plain, protected, null-ciphered, and not as it should be. */
#include "golden.h"

static struct stage quiet(struct net *n)
{
	struct stage s = stage_new(n);

	s.north->amf = s.amf;
	s.north->a = assoc_midway(s.north->n2, 40101, s.amf->n2, NGAP_PORT);
	s.north->a->quiet = true;
	return s;
}

static struct ue *subscriber(struct stage *s, unsigned ea, unsigned ia)
{
	struct ue *u = ue_new(s->m, "0000000001", ea, ia);

	u->gnb = s->north;
	u->amf = s->amf;
	u->ids = (struct ngap_ids){ 1, 1 };
	u->tmsi = 0xc0a80001;
	return u;
}

/* One message up or down as it is. */
static void up(struct stage *s, struct buf nas) { n2_up(s->north, 1, ul_nas(&(struct ngap_ids){ 1, 1 }, nas, &s->north->cell)); }
static void down(struct stage *s, struct buf nas) { n2_down(s->north, 1, dl_nas(&(struct ngap_ids){ 1, 1 }, nas)); }

static void registration(struct net *n, unsigned scheme, unsigned ea, unsigned ia)
{
	struct stage s = quiet(n);
	struct ue *u = subscriber(&s, ea, ia);

	u->scheme = scheme;
	ue_register(u, s.north);
}

static void with_null_suci(struct net *n) { registration(n, 0, 2, 2); }
static void with_profile_a(struct net *n) { registration(n, 1, 2, 2); }
static void with_profile_b(struct net *n) { registration(n, 2, 1, 1); }
static void with_ea0(struct net *n) { registration(n, 1, 0, 2); }
static void with_ea3(struct net *n) { registration(n, 1, 3, 3); }
static void with_ia0(struct net *n) { registration(n, 0, 0, 0); }

static void by_guti(struct net *n)
{
	struct stage s = quiet(n);
	struct ue *u = subscriber(&s, 2, 2);

	ue_return(u, s.north);
}

/* The security mode command was before the capture: what is null-ciphered in fact is not known to be, and stays unread. */
static void ea0_not_seen_chosen(struct net *n)
{
	struct stage s = quiet(n);
	struct ue *u = subscriber(&s, 0, 2);

	ue_up(u, up_nas(u, NAS_CIPHERED, nas_registration_complete()));
	ue_down(u, down_nas(u, NAS_CIPHERED, nas_configuration_update(&s.amf->id, 0xc0a80002)));
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_configuration_complete()));
}

static void session(struct net *n)		/* 5GSM, readable under EA0 */
{
	struct stage s = quiet(n);
	struct ue *u = subscriber(&s, 0, 2);

	ue_secure(u);
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_ul_transport(1, 1, "internet", nas_session_request(1, 1, 1))));
	ue_down(u, down_nas(u, NAS_CIPHERED, nas_dl_transport(1, nas_session_accept(1, 1, 1, &s.m->next_ue, NULL, 1, "internet", &s.m->dns))));
	ue_down(u, down_nas(u, NAS_CIPHERED, nas_dl_transport(1, nas_session_modify_command(1, 0))));
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_ul_transport(1, 0, NULL, nas_session_modify_complete(1, 0))));
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_ul_transport(1, 0, NULL, nas_session_release_request(1, 2))));
	ue_down(u, down_nas(u, NAS_CIPHERED, nas_dl_transport(1, nas_session_release_command(1, 2))));
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_ul_transport(1, 0, NULL, nas_session_release_complete(1, 2))));
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_ul_transport(2, 1, "ims", nas_session_request(2, 3, 3))));
	ue_down(u, down_nas(u, NAS_CIPHERED, nas_dl_transport(2, nas_session_reject(2, 3, 27))));
}

static void session_addresses(struct net *n)
{
	struct stage s = quiet(n);
	struct ue *u = subscriber(&s, 0, 2);
	const struct ip dns6 = ip_of("2001:db8:53::53");
	static const uint8_t iid[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };

	ue_secure(u);
	ue_down(u, down_nas(u, NAS_CIPHERED, nas_dl_transport(1, nas_session_accept(1, 1, 2, NULL, iid, 1, "internet", &dns6))));
	ue_down(u, down_nas(u, NAS_CIPHERED, nas_dl_transport(2, nas_session_accept(2, 2, 3, &s.m->next_ue, iid, 1, "internet", NULL))));
}

static void service(struct net *n)
{
	struct stage s = quiet(n);
	struct ue *u = subscriber(&s, 0, 2);

	ue_secure(u);
	ue_up(u, up_nas(u, NAS_INTEGRITY, nas_service_request(1, 1, id_stmsi(&s.amf->id, u->tmsi),
		nas_service_request(1, 1, id_stmsi(&s.amf->id, u->tmsi), (struct buf){ 0 }))));
	ue_down(u, down_nas(u, NAS_CIPHERED, nas_service_accept()));
	ue_up(u, up_nas(u, NAS_INTEGRITY, nas_service_request(1, 0, id_stmsi(&s.amf->id, 9), (struct buf){ 0 })));
	ue_down(u, down_nas(u, NAS_PLAIN, nas_service_reject(9)));
}

static void deregistration(struct net *n)
{
	struct stage s = quiet(n);
	struct ue *u = subscriber(&s, 0, 2);

	up(&s, nas_deregistration_request(7, true, id_guti(&s.amf->id, u->tmsi)));
	ue_secure(u);
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_deregistration_request(0, false, id_guti(&s.amf->id, u->tmsi))));
	ue_down(u, down_nas(u, NAS_CIPHERED, nas_deregistration_accept()));
	ue_down(u, down_nas(u, NAS_CIPHERED, nas_network_deregistration(11)));
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_network_deregistration_accept()));
}

static void identity(struct net *n)
{
	struct stage s = quiet(n);

	down(&s, nas_identity_request(1));
	up(&s, nas_identity_response(id_suci_null(s.m->plmn, "0000000001")));
	down(&s, nas_identity_request(1));
	up(&s, nas_identity_response(id_suci_ecies(s.m->plmn, s.seed)));
	down(&s, nas_identity_request(5));
	up(&s, nas_identity_response(id_imeisv("3569380356438091")));
	up(&s, nas_identity_response(buf_of("\0", 1)));
}

static void refusals(struct net *n)
{
	struct stage s = quiet(n);

	down(&s, nas_registration_reject(11));
	down(&s, nas_authentication_request(s.seed, 1));
	up(&s, nas_authentication_failure(s.seed, 21));
	up(&s, nas_authentication_failure(s.seed, 20));
	down(&s, nas_authentication_reject());
	up(&s, nas_security_mode_reject(23));
	up(&s, nas_mm_status(97));
}

static void emergency(struct net *n)		/* no protection, and that is allowed */
{
	struct stage s = quiet(n);
	struct ue *u = subscriber(&s, 0, 0);

	n2_up(s.north, 1, initial_ue(1, nas_registration_request(REG_EMERGENCY, 7, id_imeisv("3569380356438091"), UE_CAPABILITY, (struct buf){ 0 }),
		&s.north->cell, 0, NULL));
	ue_down(u, down_nas(u, NAS_INTEGRITY_NEW, nas_security_mode_command(0, 0, 7, UE_CAPABILITY)));
	ue_up(u, up_nas(u, NAS_CIPHERED_NEW, nas_security_mode_complete((struct buf){ 0 })));
}

/* The replayed capabilities are not those that the UE sent. */
static void bidding_down(struct net *n)
{
	struct stage s = quiet(n);

	n2_up(s.north, 1, initial_ue(1, nas_registration_request(REG_INITIAL, 7, id_suci_ecies(s.m->plmn, s.seed), UE_CAPABILITY, (struct buf){ 0 }),
		&s.north->cell, 3, NULL));
	down(&s, nas_protect(s.seed, NAS_INTEGRITY_NEW, 0, 0, nas_security_mode_command(0, 2, 1, 0x80e0)));
}

static void mac_only(struct net *n)		/* integrity protected, in clear: a later reader may read it, no key needed */
{
	struct stage s = quiet(n);

	up(&s, nas_protect(s.seed, NAS_INTEGRITY, 2, 4, nas_deregistration_request(1, true, id_guti(&s.amf->id, 0xc0a80001))));
}

/* --- not as it should be --- */

static void unknown(struct net *n)
{
	struct stage s = quiet(n);

	up(&s, buf_of("\x7e\x00\x7f\1\2\3", 6));		/* a message of a later release */
	up(&s, buf_of("\x7e\x05\1\2\3\4\0\x7e\0\x43", 10));	/* a security header type that is reserved */
	up(&s, buf_of("\x55\1\2\3", 4));			/* another protocol discriminator */
	up(&s, buf_of("\x2e\1\1\xc1\xff\xff\x91", 7));		/* session management without its transport */
}

static void ends(struct net *n)
{
	struct stage s = quiet(n);

	for (size_t keep = 1; keep <= 15; keep += 2) {
		struct buf b = nas_registration_request(REG_INITIAL, 7, id_suci_null(s.m->plmn, "0000000001"), UE_CAPABILITY, (struct buf){ 0 });

		buf_shorten(&b, keep);
		up(&s, b);
	}
	for (size_t keep = 2; keep <= 8; keep += 2) {
		struct buf b = nas_protect(s.seed, NAS_CIPHERED, 2, 1, nas_registration_complete());

		buf_shorten(&b, keep);
		up(&s, b);
	}
}

static void lengths(struct net *n)
{
	struct stage s = quiet(n);
	struct buf b = nas_registration_request(REG_INITIAL, 7, id_suci_null(s.m->plmn, "0000000001"), UE_CAPABILITY, (struct buf){ 0 });

	set16(&b, 4, 200);			/* the identity is longer than the message */
	up(&s, b);
	b = nas_ul_transport(1, 1, "internet", nas_session_request(1, 1, 1));
	set16(&b, 4, 2);			/* a payload container too small for what it has */
	up(&s, b);
	b = nas_registration_request(REG_INITIAL, 7, (struct buf){ 0 }, UE_CAPABILITY, (struct buf){ 0 });
	up(&s, b);				/* an identity of no octets */
}

static void snapped(struct net *n)
{
	struct stage s = quiet(n);

	n->next.snap = 14 + 20 + 12 + 16 + 46;
	n2_up(s.north, 1, initial_ue(1, nas_registration_request(REG_INITIAL, 7, id_suci_ecies(s.m->plmn, s.seed), UE_CAPABILITY, (struct buf){ 0 }),
		&s.north->cell, 3, NULL));
}

/* Containers inside containers: read so far and no further. */
static void nested(struct net *n)
{
	struct stage s = quiet(n);
	struct buf b = nas_registration_request(REG_INITIAL, 7, id_suci_null(s.m->plmn, "0000000001"), UE_CAPABILITY, (struct buf){ 0 });

	for (int i = 0; i < 12; i++)
		b = nas_registration_request(REG_INITIAL, 7, id_suci_null(s.m->plmn, "0000000001"), 0, b);
	up(&s, b);
}

const struct golden golden_nas5[] = {
	{ "nas5", "registration-null-scheme", with_null_suci, NULL, NULL },
	{ "nas5", "registration-profile-a", with_profile_a, NULL, NULL },
	{ "nas5", "registration-profile-b", with_profile_b, NULL, NULL },
	{ "nas5", "registration-by-guti", by_guti, NULL, NULL },
	{ "nas5", "registration-ea0", with_ea0, NULL, NULL },
	{ "nas5", "registration-ea3", with_ea3, NULL, NULL },
	{ "nas5", "registration-ia0", with_ia0, NULL, NULL },
	{ "nas5", "ea0-not-seen-chosen", ea0_not_seen_chosen, NULL, NULL },
	{ "nas5", "sessions-ea0", session, NULL, NULL },
	{ "nas5", "session-addresses", session_addresses, NULL, NULL },
	{ "nas5", "service", service, NULL, NULL },
	{ "nas5", "deregistration", deregistration, NULL, NULL },
	{ "nas5", "identity", identity, NULL, NULL },
	{ "nas5", "refusals", refusals, NULL, NULL },
	{ "nas5", "emergency", emergency, NULL, NULL },
	{ "nas5", "capabilities-replayed-weaker", bidding_down, NULL, NULL },
	{ "nas5", "integrity-only", mac_only, NULL, NULL },
	{ "nas5", "unknown", unknown, NULL, NULL },
	{ "nas5", "ends-early", ends, NULL, NULL },
	{ "nas5", "lengths-lie", lengths, NULL, NULL },
	{ "nas5", "snapped", snapped, NULL, NULL },
	{ "nas5", "nested", nested, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
