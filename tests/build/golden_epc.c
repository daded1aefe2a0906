/* Golden captures of an evolved packet core as the model sees it: who is who, which tunnel ends were named, what relays. */
#include "epc.h"
#include "golden.h"

#include <string.h>

static const char imsi[] = "001017315928647";

struct core {
	struct net	*net;
	struct host	*mme, *sgw, *pgw, *enb, *sgwu, *pgwu, *hss, *pcrf, *ocs, *dra, *sgsn, *ggsn, *ggsn_u;
	struct ip	 ue, web;
};

static struct core core_new(struct net *n)
{
	return (struct core){ .net = n, .mme = host_at(n, "mme", "10.2.1.11"), .sgw = host_at(n, "sgw", "10.2.1.21"), .pgw = host_at(n, "pgw", "10.2.1.31"),
		.enb = host_at(n, "enb", "10.2.3.101"), .sgwu = host_at(n, "sgw-u", "10.2.3.21"), .pgwu = host_at(n, "pgw-u", "10.2.3.31"),
		.hss = host_at(n, "hss", "10.2.1.71"), .pcrf = host_at(n, "pcrf", "10.2.1.72"), .ocs = host_at(n, "ocs", "10.2.1.73"),
		.dra = host_at(n, "dra", "10.2.1.75"), .sgsn = host_at(n, "sgsn", "10.2.1.41"), .ggsn = host_at(n, "ggsn", "10.2.1.51"),
		.ggsn_u = host_at(n, "ggsn-u", "10.2.3.51"), .ue = ip_of("10.61.0.1"), .web = ip_of("192.0.2.80") };
}

enum { ENB_TEID = 0x0e05, S1_TEID = 0x2105, S5_SGW_TEID = 0x2005, S5_PGW_TEID = 0x3005 };

static void say(struct host *from, struct host *to, struct buf m)
{
	udp_send(from, GTPC_PORT, to, GTPC_PORT, m);
	wait_ms(from->net, 2);
}

/* Asks for a session; of S11 or S5. */
static void ask(struct core *c, bool s5)
{
	struct buf b = gtpc_open(GTPC_CREATE, 0, s5 ? 0x201 : 0x101);
	size_t at;

	gtpc_digits(&b, 1, imsi);
	gtpc_f_teid(&b, 0, s5 ? TEID_S5C_SGW : TEID_S11_MME, s5 ? 0x2000 : 0x1000, s5 ? &c->sgw->ip : &c->mme->ip);
	if (!s5)
		gtpc_f_teid(&b, 1, TEID_S5C_PGW, 0, &c->pgw->ip);
	gtpc_name(&b, 71, "internet");
	at = gtpc_ie(&b, 93, 0);
	gtpc_u8(&b, 73, 5);
	if (s5)
		gtpc_f_teid(&b, 2, TEID_S5U_SGW, S5_SGW_TEID, &c->sgwu->ip);
	gtpc_end(&b, at);
	say(s5 ? c->sgw : c->mme, s5 ? c->pgw : c->sgw, gtpc_close(b));
}

static void grant(struct core *c, bool s5, unsigned cause)
{
	struct buf b = gtpc_open(GTPC_CREATE_ANSWER, s5 ? 0x2000 : 0x1000, s5 ? 0x201 : 0x101);
	size_t at;

	gtpc_cause(&b, cause);
	if (cause == GTPC_ACCEPTED) {
		gtpc_f_teid(&b, s5 ? 1 : 0, s5 ? TEID_S5C_PGW : TEID_S11_SGW, s5 ? 0x3000 : 0x2100, s5 ? &c->pgw->ip : &c->sgw->ip);
		gtpc_paa(&b, &c->ue, NULL);
		at = gtpc_ie(&b, 93, 0);
		gtpc_u8(&b, 73, 5);
		gtpc_cause(&b, GTPC_ACCEPTED);
		if (!s5)
			gtpc_f_teid(&b, 0, TEID_S1U_SGW, S1_TEID, &c->sgwu->ip);
		gtpc_f_teid(&b, 2, TEID_S5U_PGW, S5_PGW_TEID, &c->pgwu->ip);
		gtpc_end(&b, at);
	}
	say(s5 ? c->pgw : c->sgw, s5 ? c->sgw : c->mme, gtpc_close(b));
}

/* The eNB's end; as it moves, another one. */
static void radio(struct core *c, struct host *enb, uint32_t teid, uint32_t seq)
{
	struct buf b = gtpc_open(GTPC_MODIFY, 0x2100, seq);
	size_t at = gtpc_ie(&b, 93, 0);

	gtpc_u8(&b, 73, 5);
	gtpc_f_teid(&b, 0, TEID_S1U_ENB, teid, &enb->ip);
	gtpc_end(&b, at);
	say(c->mme, c->sgw, gtpc_close(b));
	b = gtpc_open(GTPC_MODIFY_ANSWER, 0x1000, seq);
	gtpc_cause(&b, GTPC_ACCEPTED);
	say(c->sgw, c->mme, gtpc_close(b));
}

static void end(struct core *c)
{
	struct buf b = gtpc_open(GTPC_DELETE, 0x2100, 0x109);

	gtpc_u8(&b, 73, 5);
	say(c->mme, c->sgw, gtpc_close(b));
	b = gtpc_open(GTPC_DELETE, 0x3000, 0x209);
	gtpc_u8(&b, 73, 5);
	say(c->sgw, c->pgw, gtpc_close(b));
	b = gtpc_open(GTPC_DELETE_ANSWER, 0x2000, 0x209);
	gtpc_cause(&b, GTPC_ACCEPTED);
	say(c->pgw, c->sgw, gtpc_close(b));
	b = gtpc_open(GTPC_DELETE_ANSWER, 0x1000, 0x109);
	gtpc_cause(&b, GTPC_ACCEPTED);
	say(c->sgw, c->mme, gtpc_close(b));
}

static void tunnel(struct host *from, struct host *to, uint32_t teid, const struct ip *src, const struct ip *dst)
{
	udp_send(from, 2152, to, 2152, gtp_pdu(teid, packet_icmp(src, dst, 8, 0, 1, buf_str("0123456789abcdef"))));
	wait_ms(from->net, 5);
}

static void traffic(struct core *c)
{
	tunnel(c->enb, c->sgwu, S1_TEID, &c->ue, &c->web);
	tunnel(c->sgwu, c->pgwu, S5_PGW_TEID, &c->ue, &c->web);
	tunnel(c->pgwu, c->sgwu, S5_SGW_TEID, &c->web, &c->ue);
	tunnel(c->sgwu, c->enb, ENB_TEID, &c->web, &c->ue);
}

static void attach(struct core *c)
{
	ask(c, false);
	ask(c, true);
	grant(c, true, GTPC_ACCEPTED);
	grant(c, false, GTPC_ACCEPTED);
	radio(c, c->enb, ENB_TEID, 0x102);
}

static void epc(struct net *n)			/* a session over S11 and S5, traffic in its tunnels, and its end; then the TEIDs are nobody's */
{
	struct core c = core_new(n);

	attach(&c);
	traffic(&c);
	end(&c);
	wait_ms(n, 20000);
	tunnel(c.enb, c.sgwu, S1_TEID, &c.ue, &c.web);
}

static void unannounced(struct net *n)		/* one TEID beside the one that was named, and one source that is not the session's */
{
	struct core c = core_new(n);
	const struct ip other = ip_of("10.61.0.99");

	attach(&c);
	tunnel(c.enb, c.sgwu, S1_TEID, &c.ue, &c.web);
	tunnel(c.enb, c.sgwu, S1_TEID + 1, &c.ue, &c.web);
	tunnel(c.enb, c.sgwu, S1_TEID, &other, &c.web);
}

static void moved(struct net *n)		/* the UE goes to another eNB, is idle, comes back */
{
	struct core c = core_new(n);
	struct host *south = host_at(n, "enb-2", "10.2.3.102");
	struct buf b;

	attach(&c);
	tunnel(c.sgwu, c.enb, ENB_TEID, &c.web, &c.ue);
	radio(&c, south, 0x0f05, 0x103);
	tunnel(c.sgwu, south, 0x0f05, &c.web, &c.ue);
	wait_ms(n, 20000);
	tunnel(c.sgwu, c.enb, ENB_TEID, &c.web, &c.ue);		/* too late */
	say(c.mme, c.sgw, gtpc_close(gtpc_open(GTPC_RELEASE, 0x2100, 0x104)));
	b = gtpc_open(GTPC_RELEASE_ANSWER, 0x1000, 0x104);
	gtpc_cause(&b, GTPC_ACCEPTED);
	say(c.sgw, c.mme, gtpc_close(b));
	wait_ms(n, 20000);
	radio(&c, c.enb, 0x0e07, 0x105);
	tunnel(c.sgwu, c.enb, 0x0e07, &c.web, &c.ue);
}

static void refused(struct net *n)		/* who was asked and said no is not shown to be anything */
{
	struct core c = core_new(n);

	ask(&c, false);
	grant(&c, false, 73);
	ask(&c, true);
}

static void roaming(struct net *n)		/* the MME names a PGW abroad, the SGW asks it; of the answer nothing is seen */
{
	struct core c = core_new(n);

	c.pgw = host_at(n, "pgw-abroad", "198.51.100.31");
	ask(&c, false);
	ask(&c, true);
	c.pgw = host_at(n, "pgw-nobody-named", "198.51.100.32");
	ask(&c, true);
}

/* ---- with PFCP: Sxa and Sxb ---- */

static void sx(struct core *c, struct host *cp, struct host *up, uint64_t cp_seid, uint64_t up_seid, uint32_t local, uint32_t peer, struct host *peer_at)
{
	struct buf b = pfcp_open_session(PFCP_ESTABLISH, 0, (uint32_t)cp_seid);
	struct pfcp_pdr pdr = { .id = 1, .far = 1, .interface = IF_ACCESS, .teid_ip = &up->ip, .teid = local };
	struct pfcp_far far = { .id = 1, .apply = APPLY_FORW, .interface = IF_CORE, .forwards = true, .to = peer_at ? &peer_at->ip : NULL, .teid = peer };

	pfcp_node_id(&b, &cp->ip);
	pfcp_f_seid(&b, cp_seid, &cp->ip);
	pfcp_create_pdr(&b, &pdr);
	pfcp_create_far(&b, &far);
	udp_send(cp, PFCP_PORT, up, PFCP_PORT, pfcp_close(b));
	wait_ms(c->net, 2);
	b = pfcp_open_session(PFCP_ESTABLISH_ANSWER, cp_seid, (uint32_t)cp_seid);
	pfcp_node_id(&b, &up->ip);
	pfcp_cause(&b, PFCP_ACCEPTED);
	pfcp_f_seid(&b, up_seid, &up->ip);
	udp_send(up, PFCP_PORT, cp, PFCP_PORT, pfcp_close(b));
	wait_ms(c->net, 2);
}

static void cups(struct net *n)			/* the gateways are split: GTP-C says which half of PFCP is whose */
{
	struct core c = core_new(n);

	sx(&c, c.sgw, c.sgwu, 0x51, 0x61, S1_TEID, S5_PGW_TEID, c.pgwu);
	ask(&c, false);
	ask(&c, true);
	sx(&c, c.pgw, c.pgwu, 0x71, 0x81, S5_PGW_TEID, 0, NULL);
	grant(&c, true, GTPC_ACCEPTED);
	grant(&c, false, GTPC_ACCEPTED);
	radio(&c, c.enb, ENB_TEID, 0x102);
	traffic(&c);
}

/* Both kinds of gateway in one node, and in one user plane. */
static void cups_combined(struct net *n)
{
	struct core c = core_new(n);

	c.pgw = c.sgw;
	c.pgwu = c.sgwu;
	ask(&c, false);
	ask(&c, true);
	sx(&c, c.sgw, c.sgwu, 0x51, 0x61, S1_TEID, S5_PGW_TEID, c.pgwu);
	sx(&c, c.pgw, c.pgwu, 0x71, 0x81, S5_PGW_TEID, 0, NULL);
	grant(&c, true, GTPC_ACCEPTED);
	grant(&c, false, GTPC_ACCEPTED);
	radio(&c, c.enb, ENB_TEID, 0x102);
	tunnel(c.enb, c.sgwu, S1_TEID, &c.ue, &c.web);
}

/* PFCP and GTP-U of which nothing says whether they are of 4G or of 5G. */
static void either(struct net *n)
{
	struct core c = core_new(n);

	sx(&c, c.sgw, c.sgwu, 0x51, 0x61, S1_TEID, S5_PGW_TEID, c.pgwu);
	sx(&c, c.pgw, c.pgwu, 0x71, 0x81, S5_PGW_TEID, 0, NULL);
}

/* ---- Gn ---- */

static void gn(struct net *n)
{
	struct core c = core_new(n);
	struct buf b = gtp1_open(16, 0, 1);

	gtp1_imsi(&b, imsi);
	gtp1_tv32(&b, 16, 0x4100);
	gtp1_tv32(&b, 17, 0x4001);
	gtp1_tv8(&b, 20, 5);
	gtp1_tlv(&b, 128, "\xf1\x21", 2);
	gtp1_name(&b, "internet");
	gtp1_gsn(&b, &c.sgsn->ip);
	gtp1_gsn(&b, &c.sgsn->ip);
	say(c.sgsn, c.ggsn, gtp1_close(b));
	b = gtp1_open(17, 0x4001, 1);
	gtp1_tv8(&b, 1, 128);
	gtp1_tv32(&b, 16, 0x5100);
	gtp1_tv32(&b, 17, 0x5001);
	gtp1_tlv(&b, 128, "\xf1\x21\x0a\x3d\x00\x01", 6);
	gtp1_gsn(&b, &c.ggsn->ip);
	gtp1_gsn(&b, &c.ggsn_u->ip);
	say(c.ggsn, c.sgsn, gtp1_close(b));
	tunnel(c.sgsn, c.ggsn_u, 0x5100, &c.ue, &c.web);
	tunnel(c.ggsn_u, c.sgsn, 0x4100, &c.web, &c.ue);
	b = gtp1_open(20, 0x5001, 2);
	gtp1_tv8(&b, 20, 5);
	say(c.sgsn, c.ggsn, gtp1_close(b));
	b = gtp1_open(21, 0x4001, 2);
	gtp1_tv8(&b, 1, 128);
	say(c.ggsn, c.sgsn, gtp1_close(b));
	wait_ms(n, 20000);
	tunnel(c.sgsn, c.ggsn_u, 0x5100, &c.ue, &c.web);	/* after its end */
}

/* ---- Diameter ---- */

static const char realm[] = "example.net";

static struct buf base(bool request, unsigned command, const char *host, uint32_t hop)
{
	struct buf m = dia_open(request ? DIA_REQUEST : 0, command, APP_BASE, hop, hop);

	if (!request)
		dia_u32(&m, 268, 0, 2001);
	dia_origin(&m, host, realm);
	return m;
}

static void handshake(struct assoc *a, const char *client, const char *server, unsigned vendor, const char *product)
{
	struct buf m = base(true, 257, client, 1);

	dia_address(&m, &a->end[0][0]->ip);
	dia_u32(&m, 266, 0, vendor);
	dia_str(&m, 269, 0, product);
	assoc_send(a, 0, 0, DIAMETER_PPID, dia_close(m));
	wait_ms(a->net, 2);
	m = base(false, 257, server, 1);
	dia_address(&m, &a->end[1][0]->ip);
	dia_u32(&m, 266, 0, vendor);
	dia_str(&m, 269, 0, product);
	assoc_send(a, 1, 0, DIAMETER_PPID, dia_close(m));
	wait_ms(a->net, 2);
}

struct asked { unsigned command; uint32_t application; const char *from, *by, *route; unsigned result; uint32_t hop; const char *context; };

static void exchange(struct assoc *a, unsigned side, const struct asked *x)
{
	struct buf m = dia_open(DIA_REQUEST | DIA_PROXIABLE, x->command, x->application, x->hop, x->hop);

	dia_str(&m, 263, 0, "session;1;1");
	dia_origin(&m, x->from, realm);
	if (x->command == 316) {
		dia_str(&m, 1, 0, imsi);
		dia_u32(&m, 1032, V_3GPP, 1004);
		dia_u32(&m, 1405, V_3GPP, 2);
	}
	if (x->context)
		dia_str(&m, 461, 0, x->context);
	if (x->route)
		dia_str(&m, 282, 0, x->route);
	assoc_send(a, side, 1, DIAMETER_PPID, dia_close(m));
	wait_ms(a->net, 2);
	m = dia_open(DIA_PROXIABLE, x->command, x->application, x->hop, x->hop);
	dia_str(&m, 263, 0, "session;1;1");
	dia_u32(&m, 268, 0, x->result);
	dia_origin(&m, x->by, realm);
	assoc_send(a, !side, 1, DIAMETER_PPID, dia_close(m));
	wait_ms(a->net, 2);
}

static struct assoc *peer(struct host *from, unsigned port, struct host *to)
{
	struct assoc *a = assoc_open(from, port, to, DIAMETER_PORT);

	a->quiet = true;
	return a;
}

static void nodes(struct net *n)		/* S6a both ways, Gx, Gy, Rx; a PGW that GTP-C knows already; one that is refused */
{
	struct core c = core_new(n);
	struct host *af = host_at(n, "cscf", "10.2.1.74"), *stranger = host_at(n, "stranger", "10.2.1.99");
	struct assoc *a;

	ask(&c, true);
	grant(&c, true, GTPC_ACCEPTED);
	a = peer(c.mme, 40001, c.hss);
	handshake(a, "mme.example.net", "hss.example.net", 193, "Acme MME");
	exchange(a, 0, &(struct asked){ 316, APP_S6A, "mme.example.net", "hss.example.net", NULL, 2001, 2, NULL });
	exchange(a, 1, &(struct asked){ 319, APP_S6A, "hss.example.net", "mme.example.net", NULL, 2001, 3, NULL });
	a = peer(c.pgw, 40002, c.pcrf);
	handshake(a, "pgw.example.net", "pcrf.example.net", 10415, "freeDiameter");
	exchange(a, 0, &(struct asked){ 272, APP_GX, "pgw.example.net", "pcrf.example.net", NULL, 2001, 4, NULL });
	a = peer(c.pgw, 40003, c.ocs);
	exchange(a, 0, &(struct asked){ 272, APP_GY, "pgw.example.net", "ocs.example.net", NULL, 2001, 5, "32251@3gpp.org" });
	a = peer(af, 40004, c.pcrf);
	exchange(a, 0, &(struct asked){ 265, APP_RX, "cscf.example.net", "pcrf.example.net", NULL, 2001, 6, NULL });
	a = peer(stranger, 40005, c.hss);
	exchange(a, 0, &(struct asked){ 316, APP_S6A, "stranger.example.net", "hss.example.net", NULL, 3010, 7, NULL });
}

static void relay(struct net *n)		/* the MME speaks with an agent, the agent with the HSS: neither end is the other's peer */
{
	struct core c = core_new(n);
	struct assoc *a = peer(c.mme, 40001, c.dra), *b = peer(c.dra, 40002, c.hss);

	handshake(a, "mme.example.net", "dra.example.net", 10415, "relay");
	handshake(b, "dra.example.net", "hss.example.net", 10415, "relay");
	exchange(a, 0, &(struct asked){ 316, APP_S6A, "mme.example.net", "hss.example.net", NULL, 2001, 2, NULL });
	exchange(b, 0, &(struct asked){ 316, APP_S6A, "mme.example.net", "hss.example.net", "mme.example.net", 2001, 3, NULL });
}

const struct golden golden_epc[] = {
	{ "model", "epc", epc, NULL, NULL },
	{ "model", "epc-not-announced", unannounced, NULL, NULL },
	{ "model", "epc-moved", moved, NULL, NULL },
	{ "model", "epc-refused", refused, NULL, NULL },
	{ "model", "epc-roaming", roaming, NULL, NULL },
	{ "model", "epc-cups", cups, NULL, NULL },
	{ "checks/N4-N9-CLEARTEXT", "unprotected-4g", cups, NULL, NULL },
	{ "checks/N4-N9-CLEARTEXT", "unprotected-4g-combined", cups_combined, NULL, NULL },
	{ "checks/N4-N9-CLEARTEXT", "lookalike-4g-or-5g", either, NULL, NULL },
	{ "checks/N3-CLEARTEXT", "unprotected-4g", cups, NULL, NULL },
	{ "model", "gn", gn, NULL, NULL },
	{ "model", "diameter-nodes", nodes, NULL, NULL },
	{ "model", "diameter-relay", relay, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
