/* Golden captures of S1AP and of NAS in EPS, and of what the model makes of them. */
#include "golden.h"
#include "s1ap.h"

static const struct s1_ids ids = { 0x1234567, 7 };
enum { TMSI = 0x4000abcd };
static const char imsi[] = "001010000000001";

/* Two eNBs, an MME, the user plane of an SGW and, for dual connectivity, an en-gNB. */
struct scene {
	struct net	*net;
	struct host	*mme, *enb[2], *enb_u[2], *sgw, *en_gnb;
	struct assoc	*a[2];
	struct s1_enb	 id[2];
	struct s1_mme	 mme_id;
};

static struct scene scene_new(struct net *n, bool midway)
{
	static const char *const s1[] = { "10.2.2.101", "10.2.2.102" }, *const u[] = { "10.2.3.101", "10.2.3.102" };
	struct scene s = { .net = n, .mme = host_at(n, "mme", "10.2.2.11"), .sgw = host_at(n, "sgw-u", "10.2.3.21"),
		.en_gnb = host_at(n, "en-gnb", "10.2.3.201"), .mme_id = { plmn_of("00101"), "mme-1", 0x8001, 2 } };

	for (unsigned i = 0; i < 2; i++) {
		s.enb[i] = host_at(n, "enb", s1[i]);
		s.enb_u[i] = host_at(n, "enb-u", u[i]);
		s.id[i] = (struct s1_enb){ plmn_of("00101"), 0x54f64 + i, 20, i ? "enb-south" : "enb-north", 1 + i, 0x54f6401 + i };
		s.a[i] = midway ? assoc_midway(s.enb[i], 36101 + i, s.mme, S1AP_PORT) : assoc_open(s.enb[i], 36101 + i, s.mme, S1AP_PORT);
		s.a[i]->quiet = true;
	}
	return s;
}

static void send(struct scene *s, unsigned enb, unsigned from, struct buf m)
{
	assoc_send(s->a[enb], from, 1, S1AP_PPID, m);
	wait_ms(s->net, 2);
}

static void up(struct scene *s, struct buf m) { send(s, 0, 0, m); }
static void down(struct scene *s, struct buf m) { send(s, 0, 1, m); }

static struct s1_erab at(const struct host *h, uint32_t teid) { return (struct s1_erab){ .id = 5, .ip = h->ip, .teid = teid }; }

/* --- S1AP, a message at a time --- */

static void setup_of(struct net *n, uint32_t id, unsigned bits, const char *plmn)
{
	struct scene s = scene_new(n, true);

	s.id[0].id = id;
	s.id[0].bits = bits;
	s.id[0].plmn = s.mme_id.plmn = plmn_of(plmn);
	up(&s, s1_setup_request(&s.id[0]));
	down(&s, s1_setup_response(&s.mme_id));
}

static void setup(struct net *n) { setup_of(n, 0x54f64, 20, "00101"); }
static void home(struct net *n) { setup_of(n, 0xabcdef1, 28, "00101"); }
static void short_macro(struct net *n) { setup_of(n, 0x3abcd, 18, "310410"); }
static void long_macro(struct net *n) { setup_of(n, 0x1abcde, 21, "00101"); }

static void refused(struct net *n)
{
	struct scene s = scene_new(n, true);

	s.id[0].name = NULL;
	up(&s, s1_setup_request(&s.id[0]));
	down(&s, s1_setup_failure());
}

static void interface(struct net *n)
{
	static const struct s1_ids two[] = { { 1, 1 }, { 0xffffffff, 0xffffff } };
	struct scene s = scene_new(n, true);

	up(&s, s1_update(&s.id[0], 0xabc123));
	down(&s, s1_reset(NULL, 0));
	up(&s, s1_reset(two, 2));
	down(&s, s1_error());
	up(&s, s1_son(&s.id[0], &s.id[1], &s.enb[0]->ip));
	down(&s, s1_paging(&s.mme_id, TMSI, &s.id[0]));
}

static void bearers(struct net *n)
{
	struct scene s = scene_new(n, true);
	struct s1_erab core = at(s.sgw, 0x10), ran = at(s.enb_u[0], 0x20), second = at(s.sgw, 0x11), other = at(s.en_gnb, 0x30);

	second.id = 6;
	second.nas = eps_protect(&n->seed, NAS_CIPHERED, 2, 4, eps_default_bearer(6, "ims", &(struct ip){ 0 }));
	down(&s, s1_context_request(&ids, &core, 1));
	up(&s, s1_context_response(&ids, &ran, 1));
	down(&s, s1_erab_request(&ids, &second));
	ran.id = 6;
	up(&s, s1_erab_response(&ids, &ran));
	up(&s, s1_modification(&ids, &other));
	down(&s, s1_modification_confirm(&ids, 5));
	down(&s, s1_erab_release_command(&ids, 6));
	up(&s, s1_erab_release_response(&ids, 6));
	up(&s, s1_release_request(&ids));
	down(&s, s1_release_command(&ids));
	up(&s, s1_release_complete(&ids));
}

static void mobility(struct net *n)
{
	static const struct s1_ids target = { 0x1234568, 9 };
	struct scene s = scene_new(n, true);
	struct s1_erab core = at(s.sgw, 0x10), ran = at(s.enb_u[1], 0x21), forward = at(s.sgw, 0x12);

	up(&s, s1_handover_required(&ids, &s.id[0], &s.id[1]));
	send(&s, 1, 1, s1_handover_request(target.mme, &s.id[0], &s.id[1], &core));
	send(&s, 1, 0, s1_handover_ack(&target, &ran, &forward));
	down(&s, s1_handover_command(&ids, &forward));
	send(&s, 1, 0, s1_handover_notify(&target, &s.id[1]));
	send(&s, 1, 0, s1_path_switch(10, target.mme, &s.id[1], &ran));
	send(&s, 1, 1, s1_path_switch_ack(&(struct s1_ids){ target.mme, 10 }));
}

static void ends(struct net *n)
{
	struct scene s = scene_new(n, true);
	struct buf whole = s1_setup_request(&s.id[0]);

	for (size_t i = 0; i < whole.n; i++) {
		struct buf b = buf_copy(&whole);

		buf_shorten(&b, i ? i : 1);
		up(&s, b);
	}
	buf_free(&whole);
}

static void lengths(struct net *n)
{
	struct scene s = scene_new(n, true);
	struct buf whole = s1_setup_response(&s.mme_id);

	for (size_t i = 3; i < whole.n; i++) {
		struct buf b = buf_copy(&whole);

		set8(&b, i, 0x7f);
		down(&s, b);
	}
	buf_free(&whole);
}

/* Alternatives and elements of a later release: stepped over by their length. */
static void later(struct net *n)
{
	static const uint8_t target[] = { 0xbf, 3, 1, 2, 3 }, cause[] = { 0x83, 2, 0xaa, 0xbb };
	struct scene s = scene_new(n, true);
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 0);
	ngap_ie(&m, 4, REJECT, buf_of(target, sizeof(target)));		/* TargetID, addition 63 */
	ngap_ie(&m, 2, IGNORE, buf_of(cause, sizeof(cause)));		/* Cause, addition 3 */
	ngap_ie(&m, 60000, IGNORE, buf_str("later"));
	ngap_ie(&m, 60, IGNORE, ie_name("behind"));
	up(&s, ngap_end(&m));
	ngap_begin(&m, NGAP_REQUEST, 200);
	ngap_ie(&m, 60, IGNORE, ie_name("of an unknown procedure"));
	up(&s, ngap_end(&m));
}

/* Payload protocol id 18, and none of it S1AP; and S1AP under another id, which says that it is not. */
static void look_alike(struct net *n)
{
	static const char *const text[] = { "hello, this is no S1AP", "\x01\x11\x00\x04", "\x00\x11\x3f\x04" };
	struct scene s = scene_new(n, true);

	for (unsigned i = 0; i < 3; i++)
		up(&s, buf_of(text[i], i ? 4 : 22));
	assoc_send(s.a[0], 0, 1, 46, s1_setup_request(&s.id[0]));
	wait_ms(n, 2);
}

static void cut(struct net *n)
{
	struct scene s = scene_new(n, true);
	struct s1_erab core = at(s.sgw, 0x10);

	core.nas = eps_protect(&n->seed, NAS_INTEGRITY, 0, 1, eps_cause(0x60, 97));
	n->next = (struct fault){ .snap = 110 };
	down(&s, s1_context_request(&ids, &core, 1));
	n->next = (struct fault){ .snap = 80 };
	up(&s, s1_setup_request(&s.id[0]));
}

/* --- NAS --- */

static void attach(struct scene *s, unsigned ea, unsigned ia)
{
	const struct ip ue = ip_of("10.61.0.1");
	struct seed *seed = &s->net->seed;
	struct s1_erab core = at(s->sgw, 0x10), ran = at(s->enb_u[0], 0x20);

	up(s, s1_initial_ue(ids.enb, eps_attach_request(eps_imsi(imsi), eps_pdn_request(1)), &s->id[0], NULL, 0));
	down(s, s1_dl_nas(&ids, eps_protect(seed, NAS_INTEGRITY_NEW, ea, 0, eps_security_mode_command(ea, ia))));
	up(s, s1_ul_nas(&ids, eps_protect(seed, NAS_CIPHERED_NEW, ea, 0, eps_security_mode_complete()), &s->id[0]));
	core.nas = eps_protect(seed, NAS_CIPHERED, ea, 1, eps_attach_accept(&s->mme_id, TMSI, eps_default_bearer(5, "internet.example", &ue)));
	down(s, s1_context_request(&ids, &core, 1));
	up(s, s1_context_response(&ids, &ran, 1));
	up(s, s1_ul_nas(&ids, eps_protect(seed, NAS_CIPHERED, ea, 1, eps_attach_complete(eps_default_bearer_accept(5))), &s->id[0]));
}

static void idle(struct scene *s)
{
	down(s, s1_release_command(&ids));
	up(s, s1_release_complete(&ids));
}

static void attach_null(struct net *n)
{
	struct scene s = scene_new(n, true);

	attach(&s, 0, 1);
}

static void attach_ciphered(struct net *n)
{
	struct scene s = scene_new(n, true);

	attach(&s, 2, 2);
}

/* Null-ciphered all the same, but nobody saw it chosen: not read. */
static void not_seen_chosen(struct net *n)
{
	struct scene s = scene_new(n, true);
	struct seed *seed = &n->seed;

	up(&s, s1_ul_nas(&ids, eps_protect(seed, NAS_CIPHERED, 0, 9, eps_attach_complete(eps_default_bearer_accept(5))), &s.id[0]));
	down(&s, s1_dl_nas(&ids, eps_protect(seed, NAS_CIPHERED, 0, 9, eps_cause(0x60, 97))));
}

/* It comes back under the M-TMSI that it was given under EEA0, and then another UE with one that nobody gave. */
static void resumed(struct net *n)
{
	struct scene s = scene_new(n, true);
	struct seed *seed = &n->seed;
	const struct s1_ids again = { 2, 8 }, other = { 3, 9 };

	attach(&s, 0, 2);
	idle(&s);
	up(&s, s1_initial_ue(again.enb, eps_service_request(seed, 2), &s.id[0], &s.mme_id, TMSI));
	down(&s, s1_dl_nas(&again, eps_protect(seed, NAS_CIPHERED, 0, 3, eps_network_detach(11))));
	up(&s, s1_initial_ue(other.enb, eps_service_request(seed, 3), &s.id[0], &s.mme_id, TMSI + 1));
	down(&s, s1_dl_nas(&other, eps_protect(seed, NAS_CIPHERED, 0, 4, eps_network_detach(11))));
}

static void identities(struct net *n)
{
	struct scene s = scene_new(n, true);
	struct seed *seed = &n->seed;

	up(&s, s1_initial_ue(ids.enb, eps_protect(seed, NAS_INTEGRITY, 0, 3, eps_tau_request(&s.mme_id, TMSI)), &s.id[0], &s.mme_id, TMSI));
	down(&s, s1_dl_nas(&ids, eps_identity_request(1)));
	up(&s, s1_ul_nas(&ids, eps_identity_response(imsi), &s.id[0]));
	down(&s, s1_dl_nas(&ids, eps_cause(0x4b, 9)));
	up(&s, s1_ul_nas(&ids, eps_detach_request(&s.mme_id, TMSI), &s.id[0]));
	down(&s, s1_dl_nas(&ids, eps_network_detach(7)));
	down(&s, s1_dl_nas(&ids, eps_cause(0x44, 8)));
}

/* The UE carries its context from eNB to eNB: by the MME's id after X2, by the container with both ids new. */
static void moves(struct net *n)
{
	struct scene s = scene_new(n, true);
	struct seed *seed = &n->seed;
	const struct s1_ids x2 = { 0x1234567, 20 }, s1 = { 0x2000000, 21 };
	struct s1_erab core = at(s.sgw, 0x10), ran = at(s.enb_u[1], 0x21), back = at(s.enb_u[0], 0x22);

	attach(&s, 0, 2);
	send(&s, 1, 0, s1_path_switch(x2.enb, ids.mme, &s.id[1], &ran));
	send(&s, 1, 1, s1_path_switch_ack(&x2));
	send(&s, 1, 1, s1_dl_nas(&x2, eps_protect(seed, NAS_CIPHERED, 0, 4, eps_cause(0x60, 97))));
	send(&s, 1, 0, s1_handover_required(&x2, &s.id[1], &s.id[0]));
	send(&s, 0, 1, s1_handover_request(s1.mme, &s.id[1], &s.id[0], &core));
	send(&s, 0, 0, s1_handover_ack(&s1, &back, NULL));
	send(&s, 0, 0, s1_handover_notify(&s1, &s.id[0]));
	send(&s, 0, 1, s1_dl_nas(&s1, eps_protect(seed, NAS_CIPHERED, 0, 5, eps_cause(0x60, 98))));
}

static void nas_lies(struct net *n)
{
	static const struct { const char *p; size_t n; } bad[] = {
		{ "\x07", 1 }, { "\x07\x41\x71\x50\x09", 5 }, { "\x17\x00\x00\x00\x00\x01", 6 }, { "\x67\x00\x00\x00\x00\x01\x07\x54", 8 },
		{ "\x07\x70\x01", 3 }, { "\x52\x01\xc1\x01\x09\xff\x03", 7 }, { "\x09\x01\x02", 3 }, { "\xc7\x21", 2 },
		{ "\x07\x42\x01\x49\x06\x00\x00\xf1\x10\x00\x01\xff\xff\x52", 14 },
	};
	struct scene s = scene_new(n, true);

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		up(&s, s1_ul_nas(&ids, buf_of(bad[i].p, bad[i].n), &s.id[0]));
}

/* --- the model --- */

static struct scene scene_up(struct net *n)
{
	struct scene s = scene_new(n, false);

	for (unsigned i = 0; i < 2; i++) {
		send(&s, i, 0, s1_setup_request(&s.id[i]));
		send(&s, i, 1, s1_setup_response(&s.mme_id));
	}
	return s;
}

static void tunnel(struct scene *s, struct host *from, struct host *to, uint32_t teid)
{
	const struct ip ue = ip_of("10.61.0.1"), web = ip_of("198.51.100.80");
	bool uplink = from != s->sgw;

	udp_send(from, 2152, to, 2152, gtp_pdu(teid, packet_udp(uplink ? &ue : &web, 5000, uplink ? &web : &ue, 5001, buf_str("user"))));
	wait_ms(s->net, 2);
}

static void model_attach(struct net *n)
{
	struct scene s = scene_up(n);

	attach(&s, 0, 2);
	tunnel(&s, s.enb_u[0], s.sgw, 0x10);
	tunnel(&s, s.sgw, s.enb_u[0], 0x20);
	wait_ms(n, 10000);
	idle(&s);
	wait_ms(n, 20000);
	tunnel(&s, s.sgw, s.enb_u[0], 0x20);		/* to an end that was withdrawn long ago */
}

/* NSA: the bearer's downlink goes to the en-gNB from now on. */
static void model_nsa(struct net *n)
{
	struct scene s = scene_up(n);
	struct s1_erab other = at(s.en_gnb, 0x30);

	attach(&s, 2, 2);
	up(&s, s1_modification(&ids, &other));
	down(&s, s1_modification_confirm(&ids, 5));
	tunnel(&s, s.sgw, s.en_gnb, 0x30);
	tunnel(&s, s.en_gnb, s.sgw, 0x10);
}

static void model_moves(struct net *n)
{
	struct scene s = scene_up(n);
	struct s1_erab ran = at(s.enb_u[1], 0x21), core = at(s.sgw, 0x10), back = at(s.enb_u[0], 0x22), forward = at(s.sgw, 0x12);
	const struct s1_ids x2 = { 0x1234567, 20 }, s1 = { 0x2000000, 21 };

	attach(&s, 2, 2);
	send(&s, 1, 0, s1_path_switch(x2.enb, ids.mme, &s.id[1], &ran));
	send(&s, 1, 1, s1_path_switch_ack(&x2));
	tunnel(&s, s.sgw, s.enb_u[1], 0x21);
	send(&s, 1, 0, s1_handover_required(&x2, &s.id[1], &s.id[0]));
	send(&s, 0, 1, s1_handover_request(s1.mme, &s.id[1], &s.id[0], &core));
	send(&s, 0, 0, s1_handover_ack(&s1, &back, NULL));
	send(&s, 1, 1, s1_handover_command(&x2, &forward));
	tunnel(&s, s.enb_u[1], s.sgw, 0x12);
	send(&s, 0, 0, s1_handover_notify(&s1, &s.id[0]));
	send(&s, 1, 1, s1_release_command(&x2));
	send(&s, 1, 0, s1_release_complete(&x2));
	tunnel(&s, s.sgw, s.enb_u[0], 0x22);
}

/* A set-up that was refused, and a tunnel that nothing ordered. */
static void model_refused(struct net *n)
{
	struct scene s = scene_new(n, false);

	up(&s, s1_setup_request(&s.id[0]));
	down(&s, s1_setup_failure());
	tunnel(&s, s.enb_u[0], s.sgw, 0x99);
}

const struct golden golden_s1ap[] = {
	{ "s1ap", "setup", setup, NULL, NULL },
	{ "s1ap", "setup-home", home, NULL, NULL },
	{ "s1ap", "setup-short-macro", short_macro, NULL, NULL },
	{ "s1ap", "setup-long-macro", long_macro, NULL, NULL },
	{ "s1ap", "setup-refused", refused, NULL, NULL },
	{ "s1ap", "interface", interface, NULL, NULL },
	{ "s1ap", "bearers", bearers, NULL, NULL },
	{ "s1ap", "mobility", mobility, NULL, NULL },
	{ "s1ap", "ends-early", ends, NULL, NULL },
	{ "s1ap", "lengths-lie", lengths, NULL, NULL },
	{ "s1ap", "later-release", later, NULL, NULL },
	{ "s1ap", "look-alike", look_alike, NULL, NULL },
	{ "s1ap", "snapped", cut, NULL, NULL },
	{ "naseps", "attach-eea0", attach_null, NULL, NULL },
	{ "naseps", "attach-eea2", attach_ciphered, NULL, NULL },
	{ "naseps", "eea0-not-seen-chosen", not_seen_chosen, NULL, NULL },
	{ "naseps", "eea0-resumed", resumed, NULL, NULL },
	{ "naseps", "identities", identities, NULL, NULL },
	{ "naseps", "eea0-moves", moves, NULL, NULL },
	{ "naseps", "lengths-lie", nas_lies, NULL, NULL },
	{ "model", "lte-attach", model_attach, NULL, NULL },
	{ "model", "lte-dual-connectivity", model_nsa, NULL, NULL },
	{ "model", "lte-moves", model_moves, NULL, NULL },
	{ "model", "lte-refused", model_refused, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
