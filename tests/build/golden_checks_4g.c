/* Captures for the checks of NAS and of keys where 4G and the service based interface say it. */
#include "epc.h"
#include "golden.h"
#include "http2.h"
#include "s1ap.h"
#include "secret.h"

static const struct s1_ids ids = { 0x1234567, 7 };
static const struct s1_enb enb_id = { { { 0x00, 0xf1, 0x10 } }, 0x54f64, 20, "enb-north", 1, 0x54f6401 };
enum { CAPABILITY = 0xf0f0, ATTACH = 0x71, EMERGENCY = 0x76 };		/* EEA and EIA 0 to 3; the key set, and what for */

struct s1 { struct net *n; struct host *enb, *mme, *sgw; struct assoc *a; };

static struct s1 s1_new(struct net *n)
{
	struct s1 s = { n, host_at(n, "enb", "10.2.2.101"), host_at(n, "mme", "10.2.2.11"), host_at(n, "sgw-u", "10.2.3.21"), NULL };

	s.a = assoc_midway(s.enb, 36101, s.mme, S1AP_PORT);
	s.a->quiet = true;
	return s;
}

static void send(struct s1 *s, unsigned from, struct buf m)
{
	assoc_send(s->a, from, 1, S1AP_PPID, m);
	wait_ms(s->n, 2);
}

/* An attach up to the security mode command, which chooses and replays what the caller says. */
static struct s1 commanded(struct net *n, unsigned attach, unsigned ea, unsigned ia, unsigned replayed)
{
	struct s1 s = s1_new(n);
	struct buf b = eps_attach_request(eps_imsi("001010000000001"), eps_pdn_request(1));

	b.p[2] = (uint8_t)attach;
	send(&s, 0, s1_initial_ue(ids.enb, b, &enb_id, NULL, 0));
	send(&s, 1, s1_dl_nas(&ids, eps_protect(&n->seed, NAS_INTEGRITY_NEW, ea, 0, eps_security_mode_replaying(ea, ia, replayed))));
	return s;
}

static void null_both(struct net *n) { (void)commanded(n, ATTACH, 0, 0, CAPABILITY); }
static void null_emergency(struct net *n) { (void)commanded(n, EMERGENCY, 0, 0, CAPABILITY); }
static void less(struct net *n) { (void)commanded(n, ATTACH, 2, 2, 0x80f0); }

/* What was announced comes back in NAS and on S1. */
static void as_announced(struct net *n)
{
	struct s1 s = commanded(n, ATTACH, 2, 2, CAPABILITY);
	struct s1_erab core = { .id = 5, .ip = s.sgw->ip, .teid = 0x10 };

	send(&s, 1, s1_context_request(&ids, &core, 1));
}

/* ---- keys ---- */

static const uint8_t kasme[32] = { 0x3c, 0x91, 0x55, 0x07, 0x3c, 0x92, 0x55, 0x08, 0x3c, 0x93, 0x55, 0x09, 0x3c, 0x94, 0x55, 0x0a, 0x3c, 0x95, 0x55, 0x0b, 0x3c, 0x96 };

/* An answer of the HSS with a vector; with or without what is made of it. */
static struct buf vector(bool key)
{
	struct buf m = dia_open(DIA_PROXIABLE, 318, APP_S6A, 0x13, 0x23);
	size_t at, in;

	dia_str(&m, 263, 0, "mme.example;1;2");
	dia_u32(&m, 268, 0, 2001);
	dia_origin(&m, "hss.example", "example");
	at = dia_group(&m, 1413, V_3GPP);
	in = dia_group(&m, 1414, V_3GPP);
	dia_octets(&m, 1447, V_3GPP, "0123456789abcdef", 16);
	if (key) {
		secret_octets("key", kasme, sizeof(kasme));
		dia_octets(&m, 1450, V_3GPP, kasme, sizeof(kasme));
	}
	dia_end(&m, in);
	dia_end(&m, at);
	return dia_close(m);
}

static void ask(struct h2 *h, const char *path, const char *answer)
{
	uint32_t s = h2_request(h, "POST", path, "application/json", "{\"servingNetworkName\":\"5G:mnc001.mcc001.3gppnetwork.org\"}", NULL);

	h2_reply(h, s, "200", "application/json", answer, NULL);
}

/* From an HSS, from a UDM, from an MME. */
static void keys(struct net *n)
{
	struct s1 s = s1_new(n);
	struct s1_erab core = { .id = 5, .ip = s.sgw->ip, .teid = 0x10 };
	struct assoc *a = assoc_open(s.mme, 40868, host_at(n, "hss", "10.2.4.11"), DIAMETER_PORT);
	struct h2 *h = h2_open(host_at(n, "ausf", "10.1.7.14"), 40001, host_at(n, "udm", "10.1.7.13"), 7777);

	a->quiet = true;
	assoc_send(a, 1, 1, DIAMETER_PPID, vector(true));
	wait_ms(n, 3);
	ask(h, "/nudm-ueau/v1/suci-0-001-01-0000-1-1-3f5a7b2c/security-information/generate-auth-data", "{\"authType\":\"5G_AKA\",\"authenticationVector\":{\"avType\":"
		"\"5G_HE_AKA\",\"rand\":\"6d1c2f9a7e3b4c5d8e9f0a1b2c3d4e5f\",\"xresStar\":\"0f1e2d3c4b5a69788796a5b4c3d2e1f0\",\"autn\":\"a1b2c3d4e5f680001122334455667788\","
		"\"kausf\":\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"}}");
	secret_digits("key", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
	send(&s, 1, s1_context_request(&ids, &core, 1));
}

/* The same exchanges, of which none has a key: what an AMF is told of a vector is none. */
static void no_keys(struct net *n)
{
	struct s1 s = s1_new(n);
	struct assoc *a = assoc_open(s.mme, 40868, host_at(n, "hss", "10.2.4.11"), DIAMETER_PORT);
	struct h2 *h = h2_open(host_at(n, "amf", "10.1.7.11"), 40001, host_at(n, "ausf", "10.1.7.14"), 7777);

	a->quiet = true;
	assoc_send(a, 1, 1, DIAMETER_PPID, vector(false));
	wait_ms(n, 3);
	ask(h, "/nausf-auth/v1/ue-authentications", "{\"authType\":\"5G_AKA\",\"5gAuthData\":{\"rand\":\"6d1c2f9a7e3b4c5d8e9f0a1b2c3d4e5f\",\"hxresStar\":"
		"\"0f1e2d3c4b5a69788796a5b4c3d2e1f0\",\"autn\":\"a1b2c3d4e5f680001122334455667788\"}}");
	send(&s, 1, s1_release_command(&ids));
}

#define ROW(check, name, draw) { "checks/" check, name, draw, NULL, NULL }
const struct golden golden_checks_4g[] = {
	ROW("NAS-NULL-INTEGRITY", "violated-4g", null_both),
	ROW("NAS-NULL-INTEGRITY", "lookalike-emergency-4g", null_emergency),
	ROW("NAS-NULL-CIPHER", "violated-4g", null_both),
	ROW("NAS-BIDDING-DOWN", "violated-4g", less),
	ROW("NAS-BIDDING-DOWN", "conform-4g", as_announced),
	ROW("KEY-IN-CLEAR", "violated-elsewhere", keys),
	ROW("KEY-IN-CLEAR", "lookalike-no-key-elsewhere", no_keys),
	{ NULL, NULL, NULL, NULL, NULL },
};
