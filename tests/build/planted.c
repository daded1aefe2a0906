/*
 * What is planted in the sample network for an audit to find: eight events, a scene each.  They play after the others and
 * change nothing of them, so that each can be there or not.
 */
#include "sample.h"

enum { COPY_TEID = 0x66001 };

static void tell(struct sample *s, const char *check, const char *subject, const char *object)
{
	s->m->planted[s->m->n_planted++] = (struct planted){ check, subject, object };
}

/* A gNB's management side opens a TLS session to a host on the Internet every 30 seconds. */
void plant_egress_undeclared(struct sample *s)
{
	struct host *out = other_new(s->m, "home", "203.0.113.66");

	tell(s, "EGRESS-UNDECLARED", "gnb-south", "203.0.113.66");
	for (unsigned i = 0; i < 15; i++) {
		sample_at(s, 12500 + i * 30000);
		tls_session(s->south->oam, 46000 + i, out, 443, "telemetry.example.com", 4);
	}
}

/* It has asked a resolver of its own for that host's address. */
void plant_dns_foreign_resolver(struct sample *s)
{
	struct host *resolver = other_new(s->m, "home-dns", "203.0.113.53");
	const struct ip home = ip_of("203.0.113.66");

	tell(s, "DNS-FOREIGN-RESOLVER", "gnb-south", "203.0.113.53");
	for (unsigned i = 0; i < 4; i++) {
		sample_at(s, 12400 + i * 120000);
		mobile_lookup(s->m, s->south->oam, resolver, "telemetry.example.com", &home);
	}
}

/* The subscriber who is copied, with one session by UPF 1: of the order to copy, and of the copies. */
static struct session *copied(struct sample *s)
{
	if (!s->copied) {
		s->copied = ue_new(s->m, "0000000022", 2, 2);
		sample_at(s, 171000);
		ue_register(s->copied, s->north);
		ue_session(s->copied, s->upf1, NULL, 1);
	}
	return &s->copied->session[0];
}

void plant_pfcp_dupl_n4(struct sample *s)
{
	const struct ip to = ip_of("198.51.100.99");
	struct session *x = copied(s);

	tell(s, "PFCP-DUPL-N4", "smf-1", "upf-1");
	sample_at(s, 176000);
	session_copy(x, &to, COPY_TEID);
}

void plant_gtpu_unknown_peer(struct sample *s)
{
	struct session *x = copied(s);

	tell(s, "GTPU-UNKNOWN-PEER", "upf-1", "198.51.100.99");
	x->copy_to = other_new(s->m, "collector", "198.51.100.99");
	x->copy_teid = COPY_TEID;
	for (unsigned i = 0; i < 3; i++) {
		sample_at(s, 178000 + i * 70000);
		ue_ping(s->copied, x, 3);
		ue_browse(s->copied, x, 24);
	}
}

/* One UE gets EA0 although it has announced EA1 to 3. */
void plant_nas_null_cipher(struct sample *s)
{
	struct ue *u = ue_new(s->m, "0000000023", 0, 2);

	tell(s, "NAS-NULL-CIPHER", "amf-1", "gnb-north");
	sample_at(s, 214000);
	ue_register(u, s->north);
	ue_session(u, s->upf1, NULL, 1);
	ue_ping(u, &u->session[0], 4);
	wait_ms(s->net, 3000);
	ue_leave(u, true);
}

/* A gNB that nobody has put up connects, and the AMF lets it in. */
void plant_n2_unknown_ran(struct sample *s)
{
	struct gnb *rogue = gnb_new(s->m, "gnb-north-2", 0x000666, 1, "10.1.2.99", NULL, NULL);

	tell(s, "N2-UNKNOWN-RAN", "10.1.2.99", "amf-1");
	sample_at(s, 255000);
	gnb_connect(rogue, s->amf, 40199);
	for (unsigned i = 0; i < 6; i++) {
		sample_at(s, 285000 + i * 30000);
		assoc_heartbeat(rogue->a, 0);
	}
}

/* Nothing is sent for it: with it the network is captured a day after UPF 2's supplier had to be out, without it six days before. */
void plant_vendor_role_excluded(struct sample *s) { tell(s, "VENDOR-ROLE-EXCLUDED", "upf-2", NULL); }

/* From the management address of one element somebody logs into another. */
void plant_mgmt_lateral(struct sample *s)
{
	tell(s, "MGMT-LATERAL", "gnb-north", "amf-1");
	sample_at(s, 318000);
	ssh_session(s->north->oam, s->amf->oam, 40);
}
