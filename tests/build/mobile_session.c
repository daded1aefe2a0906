/* PDU sessions: N1 and N2 as a UE asks for them, the rules on N4, the packets on N3 and N9 (TS 23.502 4.3, 4.4). */
#include "mobile.h"

#include <string.h>

enum { PDR_UP = 1, PDR_DOWN = 2, FAR_UP = 1, FAR_DOWN = 2, TYPE_N3 = 12, TYPE_N9 = 16, TYPE_N6 = 18 };	/* 3GPP Interface Type + 1 */

static struct buf answer(unsigned type, uint64_t seid, uint32_t seq)
{
	struct buf b = pfcp_open_session(type, seid, seq);

	pfcp_cause(&b, PFCP_ACCEPTED);
	return b;
}

static struct buf establishment(struct session *s, unsigned leg)
{
	struct smf *smf = s->smf;
	struct buf b = pfcp_open_session(PFCP_ESTABLISH, 0, ++smf->seq);

	if (smf->fqdn)
		pfcp_node_fqdn(&b, smf->fqdn);
	else
		pfcp_node_id(&b, &smf->n4->ip);
	s->cp_seid[leg] = smf->next_seid++;
	pfcp_f_seid(&b, s->cp_seid[leg], &smf->n4->ip);
	return b;
}

/* The rules of one UPF.  in: its own end of the tunnel from the access side, out: where uplink goes (NULL: N6). */
static void rules(struct buf *b, struct session *s, unsigned leg, const struct ip *in, const struct ip *out, uint32_t out_teid,
	const struct ip *back)
{
	bool anchor = !out;
	struct pfcp_far down = { .id = FAR_DOWN, .apply = APPLY_BUFF | APPLY_NOCP };

	if (!leg && s->copy_to) {
		down.apply |= APPLY_DUPL;
		down.copy_to = &s->copy_to->ip;
		down.copy_teid = s->copy_teid;
		down.copy_interface = IF_CORE;
	}
	pfcp_create_pdr(b, &(struct pfcp_pdr){ .id = PDR_UP, .far = FAR_UP, .interface = IF_ACCESS, .qer = 1, .urr = 1, .teid_ip = in,
		.ue = anchor ? &s->ip : NULL, .instance = "access", .strip = true, .iface_type = leg ? TYPE_N9 : TYPE_N3 });
	pfcp_create_pdr(b, &(struct pfcp_pdr){ .id = PDR_DOWN, .far = FAR_DOWN, .interface = IF_CORE, .qer = 1, .urr = 1, .teid_ip = back,
		.ue = anchor ? &s->ip : NULL, .instance = anchor ? "internet" : "core", .strip = back != NULL,
		.iface_type = anchor ? TYPE_N6 : TYPE_N9 });
	pfcp_create_far(b, &(struct pfcp_far){ .id = FAR_UP, .apply = APPLY_FORW, .interface = IF_CORE, .forwards = true,
		.instance = anchor ? "internet" : "core", .to = out, .teid = out_teid });
	pfcp_create_far(b, &down);
	pfcp_create_urr(b, 1);
	pfcp_create_qer(b, 1, s->qfi);
	pfcp_u8(b, 113, s->type);
}

static struct buf established(struct session *s, unsigned leg, struct upf *u)
{
	struct buf b = pfcp_open_session(PFCP_ESTABLISH_ANSWER, s->cp_seid[leg], s->smf->seq);

	if (u->fqdn)
		pfcp_node_fqdn(&b, u->fqdn);
	else
		pfcp_node_id(&b, &u->n4->ip);
	pfcp_cause(&b, PFCP_ACCEPTED);
	s->up_seid[leg] = u->next_seid++;
	pfcp_f_seid(&b, s->up_seid[leg], &u->n4->ip);
	return b;
}

static void modify(struct session *s, unsigned leg, struct upf *u, const struct pfcp_far *f)
{
	struct buf b = pfcp_open_session(PFCP_MODIFY, s->up_seid[leg], ++s->smf->seq);

	pfcp_update_far(&b, f);
	n4_send(u->m, s->smf->n4, u->n4, pfcp_close(b));
	n4_send(u->m, u->n4, s->smf->n4, pfcp_close(answer(PFCP_MODIFY_ANSWER, s->cp_seid[leg], s->smf->seq)));
}

/* With an anchor behind the UPF its session comes first, and is told of the way back once that is known. */
static void establish_anchor(struct session *s)
{
	struct upf *a = s->anchor;
	struct buf b = establishment(s, 1);

	rules(&b, s, 1, &a->n9->ip, NULL, 0, NULL);
	n4_send(a->m, s->smf->n4, a->n4, pfcp_close(b));
	s->n9_ul = a->next_teid++;
	b = established(s, 1, a);
	pfcp_created_pdr(&b, PDR_UP, s->n9_ul, &a->n9->ip);
	n4_send(a->m, a->n4, s->smf->n4, pfcp_close(b));
	a->m->tally.pfcp_sessions++;
}

void session_establish(struct ue *ue, struct session *s)
{
	struct upf *u = s->upf;
	struct buf b;

	if (s->anchor)
		establish_anchor(s);
	b = establishment(s, 0);
	rules(&b, s, 0, &u->n3->ip, s->anchor ? &s->anchor->n9->ip : NULL, s->n9_ul, s->anchor ? &u->n9->ip : NULL);
	n4_send(ue->m, s->smf->n4, u->n4, pfcp_close(b));
	s->ul_teid = u->next_teid++;
	b = established(s, 0, u);
	pfcp_created_pdr(&b, PDR_UP, s->ul_teid, &u->n3->ip);
	if (s->anchor) {
		s->n9_dl = u->next_teid++;
		pfcp_created_pdr(&b, PDR_DOWN, s->n9_dl, &u->n9->ip);
	}
	n4_send(ue->m, u->n4, s->smf->n4, pfcp_close(b));
	ue->m->tally.pfcp_sessions++;
	if (s->anchor)
		modify(s, 1, s->anchor, &(struct pfcp_far){ .id = FAR_DOWN, .apply = APPLY_FORW, .forwards = true, .interface = IF_ACCESS,
			.instance = "access", .to = &u->n9->ip, .teid = s->n9_dl });
}

void session_downlink(struct session *s, struct gnb *to, bool end_marker)
{
	struct pfcp_far f = { .id = FAR_DOWN, .apply = APPLY_FORW, .forwards = true, .interface = IF_ACCESS, .instance = "access",
		.to = &to->n3->ip, .teid = s->dl_teid, .end_marker = end_marker };

	if (s->copy_to)
		f.apply |= APPLY_DUPL;
	modify(s, 0, s->upf, &f);
	s->up = true;
}

void session_copy(struct session *s, const struct ip *to, uint32_t teid)
{
	modify(s, 0, s->upf, &(struct pfcp_far){ .id = FAR_DOWN, .apply = APPLY_FORW | APPLY_DUPL, .copy_to = to, .copy_teid = teid,
		.copy_interface = IF_CORE });
}

void session_buffer(struct session *s)
{
	modify(s, 0, s->upf, &(struct pfcp_far){ .id = FAR_DOWN, .apply = APPLY_BUFF | APPLY_NOCP });
	s->up = false;
}

void session_delete(struct session *s)
{
	for (unsigned leg = 0; leg < (s->anchor ? 2 : 1); leg++) {
		struct upf *u = leg ? s->anchor : s->upf;
		struct buf b = pfcp_open_session(PFCP_DELETE, s->up_seid[leg], ++s->smf->seq);

		n4_send(u->m, s->smf->n4, u->n4, pfcp_close(b));
		b = answer(PFCP_DELETE_ANSWER, s->cp_seid[leg], s->smf->seq);
		pfcp_usage(&b, 79, 1, 0, 123456, 654321);
		n4_send(u->m, u->n4, s->smf->n4, pfcp_close(b));
	}
	s->up = false;
	s->gone = true;
}

static void address(struct mobile *m, struct session *s)
{
	if (s->type == 1) {
		s->ip = m->next_ue;
		m->next_ue = ip_plus(m->next_ue, 1);
		return;
	}
	s->ip = m->next_ue6;
	m->next_ue6 = ip_plus(m->next_ue6, 0x10000);	/* interface ids that differ */
	memcpy(s->iid, s->ip.b + 8, 8);
}

static struct ngap_session n2_session(const struct session *s, const struct ip *ip, uint32_t teid)
{
	return (struct ngap_session){ .psi = s->psi, .qfi = s->qfi, .type = s->type - 1, .tunnel = { .ip = *ip, .teid = teid } };
}

void ue_session(struct ue *u, struct upf *upf, struct upf *anchor, unsigned type)
{
	struct mobile *m = u->m;
	struct session *s = &u->session[u->n_sessions++];
	struct ngap_session x;

	if (!s->psi)
		s->psi = u->n_sessions;
	s->qfi = 1;
	s->type = type;
	s->smf = u->smf ? u->smf : m->smf[0];
	s->upf = upf;
	s->anchor = anchor;
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_ul_transport(s->psi, 1, m->dnn, nas_session_request(s->psi, s->psi, type))));
	address(m, s);
	session_establish(u, s);
	x = n2_session(s, &upf->n3->ip, s->ul_teid);
	x.nas = down_nas(u, NAS_CIPHERED, nas_dl_transport(s->psi, nas_session_accept(s->psi, s->psi, type, &s->ip, s->iid, s->qfi, m->dnn,
		type == 1 ? &m->dns : NULL)));
	n2_down(u->gnb, u->stream, session_setup_request(&u->ids, &x, 1));
	s->dl_teid = u->gnb->next_teid++;
	x = n2_session(s, &u->gnb->n3->ip, s->dl_teid);
	n2_up(u->gnb, u->stream, session_setup_response(&u->ids, &x, 1));
	session_downlink(s, u->gnb, false);
	m->tally.pdu_sessions++;
}

void ue_session_release(struct ue *u, struct session *s)
{
	struct ngap_session x = { .psi = s->psi };

	ue_up(u, up_nas(u, NAS_CIPHERED, nas_ul_transport(s->psi, 0, NULL, nas_session_release_request(s->psi, s->psi))));
	session_delete(s);
	n2_down(u->gnb, u->stream, session_release_command(&u->ids, &x, 1,
		down_nas(u, NAS_CIPHERED, nas_dl_transport(s->psi, nas_session_release_command(s->psi, s->psi)))));
	n2_up(u->gnb, u->stream, session_release_response(&u->ids, &u->gnb->cell, &x, 1));
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_ul_transport(s->psi, 0, NULL, nas_session_release_complete(s->psi, s->psi))));
}

/* The network changes the session's rate; the gNB keeps its tunnel end and says so again. */
void ue_session_modify(struct ue *u, struct session *s)
{
	struct ngap_session x = n2_session(s, &s->upf->n3->ip, s->ul_teid);
	struct ngap_tunnel end = { .ip = u->gnb->n3->ip, .teid = s->dl_teid };

	x.forward = &end;
	x.nas = down_nas(u, NAS_CIPHERED, nas_dl_transport(s->psi, nas_session_modify_command(s->psi, 0)));
	n2_down(u->gnb, u->stream, session_modify_request(&u->ids, &x, 1));
	x = n2_session(s, &u->gnb->n3->ip, s->dl_teid);
	n2_up(u->gnb, u->stream, session_modify_response(&u->ids, &x, 1));
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_ul_transport(s->psi, 0, NULL, nas_session_modify_complete(s->psi, 0))));
}

/* --- user traffic --- */

void session_user(struct ue *u, struct session *s, bool up, struct buf packet)
{
	struct mobile *m = u->m;
	struct gnb *g = u->gnb;
	size_t n = packet.n;

	if (up) {
		struct buf copy = buf_copy(&packet);

		gtp_carry(m, g->n3, s->upf->n3, gtp_pdu_ul(s->ul_teid, s->qfi, packet), n);
		wait_us(m->net, 90);
		if (s->anchor)
			gtp_carry(m, s->upf->n9, s->anchor->n9, gtp_pdu_ul(s->n9_ul, s->qfi, copy), n);
		else
			buf_free(&copy);
		return;
	}
	if (s->anchor) {
		gtp_carry(m, s->anchor->n9, s->upf->n9, gtp_pdu_dl(s->n9_dl, s->qfi, buf_copy(&packet)), n);
		wait_us(m->net, 90);
	}
	if (s->copy_to)
		gtp_carry(m, s->upf->n3, s->copy_to, gtp_pdu_dl(s->copy_teid, s->qfi, buf_copy(&packet)), n);
	gtp_carry(m, s->upf->n3, g->n3, gtp_pdu_dl(s->dl_teid, s->qfi, packet), n);
}

static const struct ip *web(const struct ue *u, const struct session *s) { return s->ip.v6 ? &u->m->web6 : &u->m->web; }

static struct buf filler(struct seed *s, size_t n)
{
	struct buf b = { 0 };

	put_seed(&b, s, n);
	return b;
}

void ue_ping(struct ue *u, struct session *s, unsigned n)
{
	struct net *net = u->m->net;
	const struct ip *to = web(u, s);

	for (unsigned i = 1; i <= n; i++) {
		session_user(u, s, true, packet_icmp(&s->ip, to, s->ip.v6 ? 128 : 8, 0, 0x770000 | i, filler(&net->seed, 56)));
		wait_ms(net, 14);
		session_user(u, s, false, packet_icmp(to, &s->ip, s->ip.v6 ? 129 : 0, 0, 0x770000 | i, filler(&net->seed, 56)));
		wait_ms(net, 986);
	}
}

void ue_resolve(struct ue *u, struct session *s, const char *name)
{
	struct net *net = u->m->net;
	struct ip dns = s->ip.v6 ? ip_plus(u->m->web6, 1) : u->m->dns;
	unsigned id = (uint16_t)seed_next(&net->seed), port = 40000 + seed_below(&net->seed, 20000);
	const struct ip *to = web(u, s);

	session_user(u, s, true, packet_udp(&s->ip, port, &dns, 53, dns_query(id, name, to->v6 ? DNS_AAAA : DNS_A)));
	wait_ms(net, 11);
	session_user(u, s, false, packet_udp(&dns, 53, &s->ip, port, dns_answer(id, name, to->v6 ? DNS_AAAA : DNS_A,
		&(struct dns_answer){ .a = { *to }, .n = 1 })));
	wait_ms(net, 2);
}

/* One TCP connection: request up, kilobytes down in segments of 1,300, every second one acknowledged. */
void ue_browse(struct ue *u, struct session *s, unsigned kilobytes)
{
	struct net *net = u->m->net;
	const struct ip *to = web(u, s);
	unsigned port = 33000 + seed_below(&net->seed, 25000);
	uint32_t a = (uint32_t)seed_next(&net->seed), b = (uint32_t)seed_next(&net->seed), seen = b + 1;
	const struct buf none = { 0 };
	struct buf hello = tls_client_hello(&net->seed, "www.example.net");
	size_t left = (size_t)kilobytes * 1024, asked = hello.n;

	session_user(u, s, true, packet_tcp(&s->ip, port, to, 443, a, 0, TCP_SYN, none));
	wait_ms(net, 12);
	session_user(u, s, false, packet_tcp(to, 443, &s->ip, port, b, a + 1, TCP_SYN | TCP_ACK, none));
	wait_ms(net, 9);
	session_user(u, s, true, packet_tcp(&s->ip, port, to, 443, a + 1, seen, TCP_ACK, none));
	session_user(u, s, true, packet_tcp(&s->ip, port, to, 443, a + 1, seen, TCP_PSH | TCP_ACK, hello));
	a += 1 + (uint32_t)asked;
	wait_ms(net, 12);
	for (unsigned i = 0; left; i++) {
		size_t n = left < 1300 ? left : 1300;

		session_user(u, s, false, packet_tcp(to, 443, &s->ip, port, seen, a, TCP_ACK, filler(&net->seed, n)));
		seen += (uint32_t)n;
		left -= n;
		wait_us(net, 400 + seed_below(&net->seed, 900));
		if (i % 2 || !left)
			session_user(u, s, true, packet_tcp(&s->ip, port, to, 443, a, seen, TCP_ACK, none));
	}
	session_user(u, s, true, packet_tcp(&s->ip, port, to, 443, a, seen, TCP_FIN | TCP_ACK, none));
	wait_ms(net, 12);
	session_user(u, s, false, packet_tcp(to, 443, &s->ip, port, seen, a + 1, TCP_FIN | TCP_ACK, none));
	wait_ms(net, 9);
	session_user(u, s, true, packet_tcp(&s->ip, port, to, 443, a + 1, seen + 1, TCP_ACK, none));
}

/* RTP of 20 ms each (RFC 3550). */
static struct buf rtp(struct seed *s, unsigned seq, uint32_t ssrc)
{
	struct buf b = { 0 };

	put16(&b, 0x8000);
	put16(&b, seq);
	put32(&b, 160 * seq);
	put32(&b, ssrc);
	put_seed(&b, s, 32);
	return b;
}

void ue_call(struct ue *u, struct session *s, unsigned packets)
{
	struct net *net = u->m->net;
	struct ip to = ip_plus(*web(u, s), 9);

	for (unsigned i = 0; i < packets; i++) {
		session_user(u, s, true, packet_udp(&s->ip, 49170, &to, 49172, rtp(&net->seed, i, 0x1001)));
		wait_ms(net, 7);
		session_user(u, s, false, packet_udp(&to, 49172, &s->ip, 49170, rtp(&net->seed, i, 0x1002)));
		wait_ms(net, 13);
	}
}
