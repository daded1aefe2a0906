/*
 * The sample network.  Addresses: N2 10.1.2.0/24, N3 10.1.3.0/24, N4 10.1.4.0/24, N9 10.1.5.0/24, management 10.1.9.0/24; UEs
 * 10.60.0.0/16 and 2001:db8:60::/48.  gNBs are Acme's in the north and Borealis's in the south; the core is Coreworks's but for
 * UPF 2, which is Deltanet's.  share/sample has the register and the policy of it.
 */
#include "sample.h"

#include <string.h>

void sample_at(struct sample *s, uint64_t ms) { s->net->t = s->m->start + ms * 1000000; }

static void build(struct sample *s)
{
	struct mobile *m = s->m;

	s->amf = amf_new(m, "amf-1", "10.1.2.11", "10.1.9.11");
	s->smf = smf_new(m, "smf-1", "smf-1.node.5gc.mnc001.mcc001.3gppnetwork.org", "10.1.4.12", "10.1.9.12");
	s->upf1 = upf_new(m, "upf-1", "upf-1.node.5gc.mnc001.mcc001.3gppnetwork.org", "10.1.4.21", "10.1.3.21", "10.1.5.21", "10.1.9.21");
	s->upf2 = upf_new(m, "upf-2", NULL, "10.1.4.22", "10.1.3.22", "10.1.5.22", "10.1.9.22");
	s->north = gnb_new(m, "gnb-north", 0x000102, 1, "10.1.2.101", "10.1.3.101", "10.1.9.101");
	s->south = gnb_new(m, "gnb-south", 0x000103, 2, "10.1.2.102", "10.1.3.102", "10.1.9.102");
	s->amf->supplier = s->smf->supplier = s->upf1->supplier = "coreworks";
	s->upf2->supplier = "deltanet";
	s->north->supplier = "acme";
	s->south->supplier = "borealis";
	s->jump = other_new(m, "oss", "10.1.9.10");
	s->resolver = other_new(m, "resolver", "10.1.9.53");
	s->time = other_new(m, "ntp", "10.1.9.123");
}

/* Who has an address asks for the others' once, as after a start. */
static void play_nodes(struct sample *s)
{
	struct host *pairs[][2] = { { s->north->n2, s->amf->n2 }, { s->south->n2, s->amf->n2 }, { s->smf->n4, s->upf1->n4 },
		{ s->smf->n4, s->upf2->n4 }, { s->north->n3, s->upf1->n3 }, { s->south->n3, s->upf1->n3 }, { s->upf1->n9, s->upf2->n9 },
		{ s->jump, s->amf->oam } };

	sample_at(s, 0);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		arp_send(pairs[i][0], pairs[i][1], false);
		wait_us(s->net, 180);
		arp_send(pairs[i][1], pairs[i][0], true);
		wait_us(s->net, 600);
	}
	sample_at(s, 100);
	smf_associate(s->smf, s->upf1);
	smf_associate(s->smf, s->upf2);
	sample_at(s, 400);
	gnb_connect(s->north, s->amf, 40101);
	sample_at(s, 900);
	gnb_connect(s->south, s->amf, 40102);
}

static void play_heartbeats(struct sample *s)
{
	for (uint64_t i = 0; i < 8; i++) {
		sample_at(s, 20000 + i * 60000);
		smf_heartbeat(s->smf, s->upf1);
		smf_heartbeat(s->smf, s->upf2);
		gtp_heartbeat(s->m, s->north->n3, s->upf1->n3);
		gtp_heartbeat(s->m, s->south->n3, s->upf1->n3);
		gtp_heartbeat(s->m, s->north->n3, s->upf2->n3);
		gtp_heartbeat(s->m, s->upf1->n9, s->upf2->n9);
		sample_at(s, 31000 + i * 60000);
		assoc_heartbeat(s->north->a, 0);
		assoc_heartbeat(s->south->a, 0);
		assoc_heartbeat(s->north->a, 1);
		assoc_heartbeat(s->south->a, 1);
	}
}

static void play_dns(struct sample *s)
{
	static const char *const names[] = { "amf-1.amf.5gc.mnc001.mcc001.3gppnetwork.org", "oss.oam.example.net", "ntp.oam.example.net",
		"upf-1.node.5gc.mnc001.mcc001.3gppnetwork.org", "logs.oam.example.net" };
	struct host *clients[] = { s->north->oam, s->south->oam, s->amf->oam, s->smf->oam, s->upf1->oam, s->upf2->oam };
	const struct ip answers[] = { ip_of("10.1.2.11"), s->jump->ip, s->time->ip, ip_of("10.1.4.21"), s->jump->ip };

	for (uint64_t i = 0; i < 30; i++) {
		sample_at(s, 5000 + i * 15000 + seed_below(&s->net->seed, 6000));
		mobile_lookup(s->m, clients[i % 6], s->resolver, names[i % 5], &answers[i % 5]);
		if (i % 10 == 9)
			mobile_lookup(s->m, clients[i % 6], s->resolver, "mirror.oam.example.net", NULL);
	}
}

static void play_ntp(struct sample *s)
{
	struct host *clients[] = { s->north->oam, s->south->oam, s->amf->oam, s->smf->oam, s->upf1->oam, s->upf2->oam };

	for (uint64_t i = 0; i < 42; i++) {
		sample_at(s, 2000 + i / 6 * 64000 + i % 6 * 4000);
		ntp_poll(clients[i % 6], s->time);
	}
}

static void play_ssh(struct sample *s)
{
	struct host *servers[] = { s->amf->oam, s->north->oam, s->upf1->oam, s->south->oam };

	for (uint64_t i = 0; i < 4; i++) {
		sample_at(s, 45000 + i * 95000);
		ssh_session(s->jump, servers[i], 30);
	}
}

/* --- UEs --- */

static const char *const msins[20] = { "0000000001", "0000000002", "0000000003", "0000000004", "0000000005", "0000000006", "0000000007",
	"0000000008", "0000000009", "0000000010", "0000000011", "0000000012", "0000000013", "0000000014", "0000000015", "0000000016",
	"0000000017", "0000000018", "0000000019", "0000000020" };

static struct gnb *other(struct sample *s, const struct gnb *g) { return g == s->north ? s->south : s->north; }

static void surf(struct ue *u, struct session *x, unsigned kilobytes)
{
	ue_resolve(u, x, "www.example.net");
	ue_browse(u, x, kilobytes);
	wait_ms(u->m->net, 1500);
}

/* UE i comes, gets what it gets by its number, and does something with it. */
static struct ue *arrive(struct sample *s, unsigned i)
{
	struct ue *u = ue_new(s->m, msins[i], 2, 2);
	struct gnb *g = i % 5 < 3 ? s->north : s->south;
	struct upf *anchor = i == 3 || i == 9 || i == 15 ? s->upf2 : NULL;

	if (i == 5 || i == 11)
		u->ea = u->ia = i == 5 ? 1 : 3;
	u->scheme = i == 7 ? 0 : i == 13 ? 2 : 1;
	sample_at(s, 4000 + i * 6000 + seed_below(&s->net->seed, 3000));
	ue_register(u, g);
	ue_session(u, i % 4 == 1 && !anchor ? s->upf2 : s->upf1, anchor, i == 6 || i == 14 ? 2 : 1);
	if (i == 10)
		ue_session(u, s->upf2, NULL, 1);
	wait_ms(s->net, 800);
	surf(u, &u->session[0], 20 + seed_below(&s->net->seed, 60));
	if (i % 3 == 0)
		ue_ping(u, &u->session[0], 5);
	if (i % 4 == 2)
		ue_call(u, &u->session[u->n_sessions - 1], 150);
	return u;
}

static void move(struct sample *s, unsigned i, struct ue *u)
{
	struct gnb *to = other(s, u->gnb);

	if (i % 4 == 0)
		ue_move_xn(u, to);
	else if (i == 2 || i == 6 || i == 18)
		ue_move_n2(u, to, i == 2);
	else if (i == 10)
		ue_move_cancelled(u, to);
	else if (i != 17)
		return;
	if (i == 17) {			/* there and back */
		ue_move_xn(u, to);
		wait_ms(s->net, 4000);
		ue_move_n2(u, other(s, u->gnb), false);
	}
	wait_ms(s->net, 700);
	surf(u, &u->session[0], 16);
}

static void rest(struct sample *s, unsigned i, struct ue *u)
{
	if (i % 3 != 1 && i != 5)
		return;
	wait_ms(s->net, 11000);
	ue_idle(u);
	wait_ms(s->net, 30000 + seed_below(&s->net->seed, 9000));
	if (i == 5) {
		ue_update(u);
		wait_ms(s->net, 8000);
	}
	ue_service(u, i == 7 || i == 19);
	wait_ms(s->net, 400);
	surf(u, &u->session[0], 12);
}

static void change(struct sample *s, unsigned i, struct ue *u)
{
	if (i == 11)
		ue_session_modify(u, &u->session[0]);
	if (i == 12) {
		ue_session_release(u, &u->session[0]);
		wait_ms(s->net, 2000);
		ue_session(u, s->upf1, NULL, 1);
		surf(u, &u->session[1], 8);
	}
}

static void depart(struct sample *s, unsigned i, struct ue *u)
{
	if (i >= 18)			/* these two stay beyond the end */
		return;
	wait_ms(s->net, 20000 + seed_below(&s->net->seed, 60000));
	ue_leave(u, i % 2);
	if (i != 8)
		return;
	wait_ms(s->net, 25000);
	ue_return(u, s->north);
	ue_session(u, s->upf1, NULL, 1);
	surf(u, &u->session[0], 10);
	ue_ping(u, &u->session[0], 3);
}

static void play_ues(struct sample *s)
{
	for (unsigned i = 0; i < 20; i++) {
		struct ue *u = s->ue[i] = arrive(s, i);

		wait_ms(s->net, 9000 + seed_below(&s->net->seed, 15000));
		move(s, i, u);
		wait_ms(s->net, 6000);
		rest(s, i, u);
		change(s, i, u);
		depart(s, i, u);
	}
}

/* A UE that this network does not know, and one whose first challenge is out of step. */
static void play_refused(struct sample *s)
{
	struct ue *stranger = ue_new(s->m, "9999999999", 2, 2), *late = ue_new(s->m, "0000000021", 2, 2);

	sample_at(s, 138000);
	ue_initial(stranger, s->south, up_nas(stranger, NAS_PLAIN, nas_registration_request(REG_INITIAL, 7, ue_identity(stranger), UE_CAPABILITY,
		(struct buf){ 0 })), 3, false);
	ue_down(stranger, down_nas(stranger, NAS_PLAIN, nas_registration_reject(11)));
	n2_down(s->south, stranger->stream, context_release_command(&stranger->ids, CAUSE_NAS_NORMAL));
	n2_up(s->south, stranger->stream, context_release_complete(&stranger->ids, &s->south->cell, NULL, 0));
	sample_at(s, 151000);
	ue_initial(late, s->north, up_nas(late, NAS_PLAIN, nas_registration_request(REG_INITIAL, 7, ue_identity(late), UE_CAPABILITY,
		(struct buf){ 0 })), 3, false);
	ue_resynchronise(late);
	ue_authenticate(late);
	ue_down(late, down_nas(late, NAS_PLAIN, nas_authentication_reject()));
	n2_down(s->north, late->stream, context_release_command(&late->ids, CAUSE_NAS_NORMAL));
	n2_up(s->north, late->stream, context_release_complete(&late->ids, &s->north->cell, NULL, 0));
}

const struct scene scenes[] = {
	{ "nodes", false, play_nodes },
	{ "ues", false, play_ues },
	{ "refused", false, play_refused },
	{ "heartbeats", false, play_heartbeats },
	{ "dns", false, play_dns },
	{ "ntp", false, play_ntp },
	{ "ssh", false, play_ssh },
	{ "egress-undeclared", true, plant_egress_undeclared },
	{ "dns-foreign-resolver", true, plant_dns_foreign_resolver },
	{ "pfcp-dupl-n4", true, plant_pfcp_dupl_n4 },
	{ "gtpu-unknown-peer", true, plant_gtpu_unknown_peer },
	{ "nas-null-cipher", true, plant_nas_null_cipher },
	{ "n2-unknown-ran", true, plant_n2_unknown_ran },
	{ "vendor-role-excluded", true, plant_vendor_role_excluded },
	{ "mgmt-lateral", true, plant_mgmt_lateral },
	{ NULL, false, NULL },
};

struct sample *sample_new(struct net *n, const bool *with)
{
	struct sample *s = net_take(n, sizeof(*s));

	n->t = NET_START - 7 * 86400000000000u;
	for (unsigned i = 0; scenes[i].name; i++)
		if (with[i] && scenes[i].play == plant_vendor_role_excluded)
			n->t = NET_START;
	s->net = n;
	s->m = mobile_new(n, "00101");
	build(s);
	for (unsigned i = 0; scenes[i].name; i++)
		if (with[i])
			scenes[i].play(s);
	net_run(n);
	return s;
}
