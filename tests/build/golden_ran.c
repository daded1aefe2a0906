/* Golden captures of F1AP, E1AP, XnAP, X2AP, E2AP and NRPPa: what each shows, what nearly does, and what is not as it should be. */
#include "golden.h"
#include "gtp.h"
#include "xap.h"

/* A gNB in three parts, a second gNB, an eNB: one association each, as the scene opens it. */
struct ran {
	struct stage	 s;
	struct host	*cu, *du, *up, *du_u, *up_f1, *up_n3, *xn[2], *enb;
	struct assoc	*a;
	struct f1_du	 id;
	struct e1_up	 e1;
	struct x2_enb	 lte;
	uint32_t	 ppid;
};

static struct ran ran(struct net *n)
{
	struct ran r = { .s = stage_new(n) };

	r.cu = host_at(n, "cu-cp", "10.1.6.11");
	r.up = host_at(n, "cu-up", "10.1.6.21");
	r.du = host_at(n, "du", "10.1.6.31");
	r.du_u = host_at(n, "du-u", "10.1.3.131");
	r.up_f1 = host_at(n, "cu-up-f1", "10.1.3.121");
	r.up_n3 = host_at(n, "cu-up-n3", "10.1.3.122");
	r.xn[0] = host_at(n, "north-xn", "10.1.7.101");
	r.xn[1] = host_at(n, "south-xn", "10.1.7.102");
	r.enb = host_at(n, "enb", "10.1.7.201");
	r.id = (struct f1_du){ 0x2a, "du-north-1", r.s.north->cell };
	r.e1 = (struct e1_up){ 7, "cu-up-north-1", r.s.m->plmn };
	r.lte = (struct x2_enb){ r.s.m->plmn, 0x12345, 20, { r.s.m->plmn, 0x1234501, 2 } };
	return r;
}

static void talk(struct ran *r, struct host *client, struct host *server, unsigned port, uint32_t ppid)
{
	r->a = assoc_midway(client, 40201, server, port);
	r->a->quiet = true;
	r->ppid = ppid;
}

static struct ran f1(struct net *n) { struct ran r = ran(n); talk(&r, r.du, r.cu, F1AP_PORT, F1AP_PPID); return r; }
static struct ran e1(struct net *n) { struct ran r = ran(n); talk(&r, r.up, r.cu, E1AP_PORT, E1AP_PPID); return r; }
static struct ran xn(struct net *n) { struct ran r = ran(n); talk(&r, r.xn[0], r.xn[1], XNAP_PORT, XNAP_PPID); return r; }
static struct ran x2(struct net *n) { struct ran r = ran(n); talk(&r, r.enb, r.xn[1], X2AP_PORT, X2AP_PPID); return r; }
static void up(struct ran *r, struct buf m) { assoc_send(r->a, 0, 0, r->ppid, m); wait_ms(r->s.net, 2); }
static void down(struct ran *r, struct buf m) { assoc_send(r->a, 1, 0, r->ppid, m); wait_ms(r->s.net, 2); }
static struct ngap_tunnel at(const struct host *h, uint32_t teid) { return (struct ngap_tunnel){ .ip = h->ip, .teid = teid }; }

static void packets(struct ran *r, struct host *from, struct host *to, uint32_t teid)
{
	const struct ip a = ip_of("10.60.0.1"), b = ip_of("198.51.100.7");

	for (int i = 0; i < 3; i++) {
		udp_send(from, GTPU_PORT, to, GTPU_PORT, gtp_pdu(teid, packet_udp(&a, 40000, &b, 443, buf_str("data"))));
		wait_ms(r->s.net, 5);
	}
}

/* --- F1AP --- */

static const struct xap_ids ue = { 0x11223344, 5 };

static void f1_setup(struct net *n)
{
	struct ran r = f1(n);

	up(&r, f1_setup_request(&r.id));
	down(&r, f1_setup_response("cu-north", &r.id.cell));
}

static void f1_setup_refused(struct net *n)
{
	struct ran r = f1(n);

	up(&r, f1_setup_request(&r.id));
	down(&r, f1_setup_failure());
}

static void f1_setup_unanswered(struct net *n)
{
	struct ran r = f1(n);

	r.id.name = NULL;
	r.id.id = 0xfffffffff;
	up(&r, f1_setup_request(&r.id));
}

static void f1_context(struct net *n)
{
	struct ran r = f1(n);
	struct ngap_tunnel ul = at(r.up_f1, 0x2001), dl = at(r.du_u, 0x3001);
	struct ip both = ip_of("2001:db8:3::131");

	down(&r, f1_context_setup_request(&ue, &r.id.cell, &ul));
	dl.also6 = &both;
	up(&r, f1_context_setup_response(&ue, &dl));
	down(&r, f1_rrc(&ue, false, buf_of("\x12\x34", 2)));
	up(&r, f1_rrc(&ue, true, buf_of("\x12\x34", 2)));
	down(&r, f1_context_release(&ue, false));
	up(&r, f1_context_release(&ue, true));
}

static void f1_reset_some(struct net *n)
{
	struct ran r = f1(n);
	const struct xap_ids two[] = { { 1, 2 }, { 0xffffffff, 0 } };

	down(&r, f1_reset(two, 2));
}

static void f1_broken(struct net *n)
{
	struct ran r = f1(n);
	struct ngap_tunnel ul = at(r.up_f1, 0x2001);
	struct buf m = f1_setup_request(&r.id);

	set8(&m, 3, m.p[3] + 7u);		/* longer than it is */
	up(&r, m);
	m = f1_setup_request(&r.id);
	set8(&m, 6, 90);			/* ninety elements */
	up(&r, m);
	m = f1_context_setup_request(&ue, &r.id.cell, &ul);
	buf_shorten(&m, m.n - 3);
	down(&r, m);
	m = f1_setup_request(&r.id);
	set8(&m, 10, m.p[10] + 200u);		/* the first element takes the rest of the message and more */
	up(&r, m);
	n->next.snap = 14 + 20 + 12 + 16 + 30;
	up(&r, f1_setup_request(&r.id));
}

/* The payload protocol id is F1AP's; the octets are XnAP's, text, and nothing. */
static void f1_look_alike(struct net *n)
{
	struct ran r = f1(n);

	up(&r, buf_str("GET / HTTP/1.1\r\n\r\n"));
	up(&r, xn_setup(&r.s.north->id, true));
	up(&r, buf_of("\xc0\x01\x00\x00", 4));
	up(&r, buf_of("\x00\x01\xc0\x00", 4));
}

static void f1_later(struct net *n)
{
	struct ran r = f1(n);
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 99);	/* a procedure and an element of a later release */
	ngap_ie(&m, 40, REJECT, ie_u32(1));
	ngap_ie(&m, 4000, IGNORE, buf_str("of a later release"));
	up(&r, f1ap_end(&m));
	up(&r, buf_of("\x00\x0e\x40\x13\x00\x00\x00\x80\x08\x2b\x06\x01\x04\x01\x86\x8d\x1f\x40\x04\xde\xad\xbe\xef", 23));	/* private */
}

/* --- E1AP --- */

static void e1_setup(struct net *n)
{
	struct ran r = e1(n);

	up(&r, e1_setup_request(&r.e1));
	down(&r, e1_setup_response("cu-cp-north"));
}

static void e1_setup_by_cp(struct net *n)
{
	struct ran r = e1(n);

	r.e1.name = NULL;
	down(&r, e1_cp_setup_request("cu-cp-north"));
	up(&r, e1_cp_setup_response(&r.e1));
}

static void e1_bearer_with(struct net *n, unsigned ciphering, unsigned integrity)
{
	struct ran r = e1(n);
	struct ngap_tunnel core = at(r.s.upf->n3, 0x01000001), n3 = at(r.up_n3, 0x4001), f1u = at(r.up_f1, 0x2001);
	const struct ngap_security k = nas_key(r.s.m, 1);
	const struct e1_security sec = { ciphering, integrity, k.key };

	down(&r, e1_bearer_request(9, r.s.m->plmn, &sec, &core));
	up(&r, e1_bearer_response(&(struct xap_ids){ 9, 70000 }, &n3, &f1u));
}

static void e1_bearer(struct net *n) { e1_bearer_with(n, 2, 2); }
static void e1_bearer_null(struct net *n) { e1_bearer_with(n, 0, 0); }

static void e1_broken(struct net *n)
{
	struct ran r = e1(n);
	struct buf m = e1_setup_request(&r.e1);

	buf_shorten(&m, m.n - 4);
	up(&r, m);
	m = e1_setup_request(&r.e1);
	set8(&m, 3, m.p[3] - 4u);		/* shorter than it is */
	up(&r, m);
	up(&r, f1_context_release(&ue, true));	/* no E1AP: the choice of messages is another */
}

/* --- XnAP --- */

static void xn_up(struct net *n)
{
	struct ran r = xn(n);

	up(&r, xn_setup(&r.s.north->id, false));
	down(&r, xn_setup(&r.s.south->id, true));
}

static void xn_handover(struct net *n)
{
	struct ran r = xn(n);
	struct ngap_tunnel core = at(r.s.upf->n3, 0x01000001), fwd = at(r.s.south->n3, 0x5001);
	const struct ngap_security k = nas_key(r.s.m, 1);

	up(&r, xn_handover_request(77, &r.s.south->cell, &r.s.amf->id, &r.s.amf->n2->ip, &k, &core));
	down(&r, xn_handover_ack(&(struct xap_ids){ 77, 0xfffffff0 }, &fwd));
	up(&r, xn_handover_request(78, &r.s.south->cell, &r.s.amf->id, &r.s.amf->n2->ip, &k, &core));
	down(&r, xn_handover_failure(78));
}

static void xn_dual(struct net *n)
{
	struct ran r = xn(n);
	const struct ngap_security k = nas_key(r.s.m, 1);

	up(&r, xn_key(77, &k));
}

static void xn_broken(struct net *n)
{
	struct ran r = xn(n);
	struct buf m = xn_setup(&r.s.north->id, false);

	buf_shorten(&m, m.n - 2);
	up(&r, m);
	up(&r, ngap_without(xn_setup(&r.s.north->id, false), 14));
	up(&r, buf_of("\x60\x11\x00\x00", 4));	/* a fourth alternative */
}

/* --- X2AP --- */

static void x2_up(struct net *n)
{
	struct ran r = x2(n);
	struct x2_enb other = r.lte;

	other.id = 0x1abcde;
	other.bits = 21;
	up(&r, x2_setup(&r.lte, false));
	down(&r, x2_setup(&other, true));
	other.bits = 18;
	other.id = 0x2abcd;
	up(&r, x2_setup(&other, false));
	other.bits = 28;
	other.id = 0xabcdef0;
	down(&r, x2_setup(&other, true));
}

static void x2_endc(struct net *n)
{
	struct ran r = x2(n);

	up(&r, x2_endc_setup_request(&r.lte));
	down(&r, x2_endc_setup_response(&r.s.south->id, &r.s.south->cell));
}

static void x2_sgnb(struct net *n)
{
	struct ran r = x2(n);
	const struct ngap_security k = nas_key(r.s.m, 1);
	struct ngap_tunnel core = at(r.s.upf->n3, 0x01000001), s1 = at(r.s.south->n3, 0x6001);

	up(&r, x2_sgnb_request(3, &k, &r.lte, &core));
	down(&r, x2_sgnb_ack(&(struct xap_ids){ 3, 0x80000001 }, &s1));
}

static void x2_handover(struct net *n)
{
	struct ran r = x2(n);
	const struct ngap_security k = nas_key(r.s.m, 1);
	struct ngap_tunnel core = at(r.s.upf->n3, 0x01000001), fwd = at(r.xn[1], 0x7001);

	up(&r, x2_handover_request(4, &r.lte, &k, &core));
	down(&r, x2_handover_ack(&(struct xap_ids){ 4, 4095 }, &fwd));
}

static void x2_broken(struct net *n)
{
	struct ran r = x2(n);
	struct buf m = x2_setup(&r.lte, false);

	buf_shorten(&m, m.n - 2);
	up(&r, m);
	m = x2_setup(&r.lte, false);
	set8(&m, 15, 0xff);			/* an alternative that is none of any release */
	up(&r, m);
	up(&r, buf_str("no X2AP"));
}

/* --- recognised --- */

static void e2(struct net *n)
{
	struct ran r = ran(n);
	struct ngap_pdu m;

	talk(&r, r.cu, r.s.server, E2AP_PORT, E2AP_PPID);
	ngap_begin(&m, NGAP_REQUEST, 1);
	ngap_ie(&m, 3, REJECT, buf_str("a global node id"));
	up(&r, ngap_end(&m));
	ngap_begin(&m, NGAP_OK, 1);
	down(&r, ngap_end(&m));
	up(&r, buf_str("no E2AP"));
}

static void position(struct net *n)
{
	struct stage s = stage_midway(n);
	const struct ngap_ids ids = { 0x1234, 7 };
	struct ngap_pdu m;

	/* E-CID Measurement Initiation, its answer, and an Error Indication that is about another one */
	static const char *const body[] = { "00 02 00 0005 03 000000", "20 02 00 0005 03 000000", "00 00 40 0007 0b 00 0001 0001 40 04 48 02 0006" };

	for (int i = 0; i < 3; i++) {
		ngap_begin(&m, NGAP_REQUEST, i ? 50 : 8);
		ngap_ids(&m, &ids, REJECT);
		ngap_ie(&m, 89, REJECT, ie_octets(buf_of("\1", 1)));
		ngap_ie(&m, 46, REJECT, ie_octets(buf_hex(body[i])));
		if (i)
			n2_up(s.north, 1, ngap_end(&m));
		else
			n2_down(s.north, 1, ngap_end(&m));
	}
}

/* --- networks --- */

/* A gNB in parts: what F1AP and E1AP announce is used, and one tunnel end is used that they did not. */
static void parts(struct net *n, bool stray)
{
	struct ran r = ran(n);
	struct ngap_tunnel core = at(r.s.upf->n3, 0x01000001), n3 = at(r.up_n3, 0x4001), ul = at(r.up_f1, 0x2001), dl = at(r.du_u, 0x3001);
	const struct ngap_security k = nas_key(r.s.m, 1);
	const struct e1_security sec = { 2, 2, k.key };

	talk(&r, r.du, r.cu, F1AP_PORT, F1AP_PPID);
	up(&r, f1_setup_request(&r.id));
	down(&r, f1_setup_response("cu-north", &r.id.cell));
	struct assoc *f = r.a;
	talk(&r, r.up, r.cu, E1AP_PORT, E1AP_PPID);
	up(&r, e1_setup_request(&r.e1));
	down(&r, e1_setup_response("cu-cp-north"));
	down(&r, e1_bearer_request(9, r.s.m->plmn, &sec, &core));
	up(&r, e1_bearer_response(&(struct xap_ids){ 9, 70000 }, &n3, &ul));
	r.a = f;
	r.ppid = F1AP_PPID;
	down(&r, f1_context_setup_request(&ue, &r.id.cell, &ul));
	up(&r, f1_context_setup_response(&ue, &dl));
	packets(&r, r.du_u, r.up_f1, 0x2001);
	packets(&r, r.up_f1, r.du_u, stray ? 0x3002 : 0x3001);
	packets(&r, r.up_n3, r.s.upf->n3, 0x01000001);
	packets(&r, r.s.upf->n3, r.up_n3, 0x4001);
}

static void gnb_in_parts(struct net *n) { parts(n, false); }
static void gnb_in_parts_stray(struct net *n) { parts(n, true); }

static void forwarding(struct net *n, bool stray)
{
	struct ran r = xn(n);
	struct ngap_tunnel core = at(r.s.upf->n3, 0x01000001), fwd = at(r.s.south->n3, 0x5001);
	const struct ngap_security k = nas_key(r.s.m, 1);

	up(&r, xn_setup(&r.s.north->id, false));
	down(&r, xn_setup(&r.s.south->id, true));
	up(&r, xn_handover_request(77, &r.s.south->cell, &r.s.amf->id, &r.s.amf->n2->ip, &k, &core));
	down(&r, xn_handover_ack(&(struct xap_ids){ 77, 1 }, &fwd));
	packets(&r, r.s.north->n3, r.s.south->n3, stray ? 0x5002 : 0x5001);
}

static void xn_forwarding(struct net *n) { forwarding(n, false); }
static void xn_forwarding_stray(struct net *n) { forwarding(n, true); }

static void en_dc(struct net *n)
{
	struct ran r = x2(n);
	const struct ngap_security k = nas_key(r.s.m, 1);
	struct ngap_tunnel core = at(r.s.upf->n3, 0x01000001), s1 = at(r.s.south->n3, 0x6001);

	up(&r, x2_endc_setup_request(&r.lte));
	down(&r, x2_endc_setup_response(&r.s.south->id, &r.s.south->cell));
	up(&r, x2_sgnb_request(3, &k, &r.lte, &core));
	down(&r, x2_sgnb_ack(&(struct xap_ids){ 3, 1 }, &s1));
	packets(&r, r.s.south->n3, r.s.upf->n3, 0x01000001);
	packets(&r, r.s.upf->n3, r.s.south->n3, 0x6001);
}

const struct golden golden_ran[] = {
	{ "f1ap", "setup", f1_setup, NULL, NULL },
	{ "f1ap", "setup-refused", f1_setup_refused, NULL, NULL },
	{ "f1ap", "setup-unanswered", f1_setup_unanswered, NULL, NULL },
	{ "f1ap", "context", f1_context, NULL, NULL },
	{ "f1ap", "reset-of-two", f1_reset_some, NULL, NULL },
	{ "f1ap", "broken", f1_broken, NULL, NULL },
	{ "f1ap", "look-alike", f1_look_alike, NULL, NULL },
	{ "f1ap", "of-a-later-release", f1_later, NULL, NULL },
	{ "e1ap", "setup", e1_setup, NULL, NULL },
	{ "e1ap", "setup-by-the-control-plane", e1_setup_by_cp, NULL, NULL },
	{ "e1ap", "bearer", e1_bearer, NULL, NULL },
	{ "e1ap", "bearer-without-protection", e1_bearer_null, NULL, NULL },
	{ "e1ap", "broken", e1_broken, NULL, NULL },
	{ "xnap", "setup", xn_up, NULL, NULL },
	{ "xnap", "handover", xn_handover, NULL, NULL },
	{ "xnap", "addition-key", xn_dual, NULL, NULL },
	{ "xnap", "broken", xn_broken, NULL, NULL },
	{ "x2ap", "setup", x2_up, NULL, NULL },
	{ "x2ap", "endc-setup", x2_endc, NULL, NULL },
	{ "x2ap", "sgnb-addition", x2_sgnb, NULL, NULL },
	{ "x2ap", "handover", x2_handover, NULL, NULL },
	{ "x2ap", "broken", x2_broken, NULL, NULL },
	{ "e2ap", "setup", e2, NULL, NULL },
	{ "nrppa", "inside-ngap", position, NULL, NULL },
	{ "model", "gnb-in-parts", gnb_in_parts, NULL, NULL },
	{ "model", "gnb-in-parts-stray", gnb_in_parts_stray, NULL, NULL },
	{ "model", "xn-forwarding", xn_forwarding, NULL, NULL },
	{ "model", "xn-forwarding-stray", xn_forwarding_stray, NULL, NULL },
	{ "model", "en-dc", en_dc, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
