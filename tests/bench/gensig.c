/*
 * Signalling: subscribers who register (SUCI in clear or concealed), get one PDU session, some of whom move to
 * another gNB by Xn or go idle and come back, and who leave.  Every second one is under a null cipher, the others' NAS is
 * ciphered.  Messages are made by the builder (tests/build); SCTP here: one association a gNB, SACKs bundled.
 */
#include "gen.h"

#include "nas.h"
#include "pfcp.h"
#include "stream.h"

#include <stdlib.h>
#include <string.h>

enum { GNBS = 8, UPFS = 4, AT_ONCE = 600, N2_PORT = 38412, STREAMS = 4 };
enum { UP, DOWN };			/* towards the core, from it */

struct n2 {				/* one association; [UP], [DOWN] by who sends */
	uint32_t	tag[2], tsn[2];
	uint16_t	ssn[2][STREAMS];
	unsigned	unacked[2];
	struct ngap_gnb	gnb;
};

struct ue { uint32_t id, ran; uint8_t step, gnb, count; uint32_t pfcp_seq; };

struct sig {
	struct gen	*g;
	struct n2	 n2[GNBS];
	struct ngap_amf	 amf;
	struct seed	 seed;
	struct plmn	 plmn;
	struct ip	 smf, upf[UPFS], gnb_n3[GNBS];
	uint32_t	 next_ue, next_ran, pfcp_seq;
	struct ue	 ue[AT_ONCE];
};

static const uint32_t amf_ip = 0x0a0a0201, smf_ip = 0x0a0a0501, gnb_ip = 0x0a0a0310, upf_ip = 0x0a0a0601;

/* ---- SCTP and UDP ---- */

static void sctp(struct sig *s, unsigned gnb, unsigned from, const struct packet *chunks, uint32_t tag)
{
	struct packet p = { .n = 0 };
	uint32_t a = gnb_ip + gnb, crc;
	unsigned port = 36000 + gnb;
	size_t ip, at;

	pk_ether(&p, 0x0800);
	ip = pk_ip4(&p, from == UP ? a : amf_ip, from == UP ? amf_ip : a, 132, (unsigned)s->g->truth.packets & 0xffff);
	at = p.n;
	pk16(&p, from == UP ? port : N2_PORT);
	pk16(&p, from == UP ? N2_PORT : port);
	pk32(&p, tag);
	pk32(&p, 0);
	pk(&p, chunks->b, chunks->n);
	crc = sctp_crc(p.b + at, p.n - at);
	for (int i = 0; i < 4; i++)
		p.b[at + 8 + i] = (uint8_t)(crc >> 8 * i);
	pk_ip4_end(&p, ip);
	contact(s->g, a, amf_ip, 132, N2_PORT);
	frame_out(s->g, &p, 40000);
}

static void put_sack(struct packet *c, struct n2 *a, unsigned from)
{
	pk32(c, 0x03000010);
	pk32(c, a->tsn[!from] - 1);
	pk32(c, 0x00020000);
	pk32(c, 0);
	a->unacked[!from] = 0;
}

/* One NGAP message, eaten. */
static void n2_send(struct sig *s, unsigned gnb, unsigned from, unsigned stream, struct buf m)
{
	struct n2 *a = &s->n2[gnb];
	struct packet c = { .n = 0 };

	if (a->unacked[!from] >= 2)
		put_sack(&c, a, from);
	pk16(&c, 0x0003);
	pk16(&c, (unsigned)m.n + 16);
	pk32(&c, a->tsn[from]++);
	pk16(&c, stream);
	pk16(&c, a->ssn[from][stream]++);
	pk32(&c, 60);
	pk(&c, m.p, m.n);
	while (c.n & 3)
		pk8(&c, 0);
	s->g->truth.ngap++;
	s->g->truth.procedure[m.p[1]]++;
	buf_free(&m);
	sctp(s, gnb, from, &c, a->tag[from]);
	if (++a->unacked[from] < 6)
		return;
	c.n = 0;				/* nobody answers: a SACK of its own */
	put_sack(&c, a, !from);
	sctp(s, gnb, !from, &c, a->tag[!from]);
}

static void n2_open(struct sig *s, unsigned gnb)
{
	struct n2 *a = &s->n2[gnb];
	struct packet c = { .n = 0 };

	for (unsigned d = UP; d <= DOWN; d++) {
		a->tag[d] = (uint32_t)seed_next(&s->seed) | 1;
		a->tsn[d] = (uint32_t)seed_next(&s->seed);
	}
	for (unsigned d = UP; d <= DOWN; d++) {	/* INIT, INIT ACK with a small cookie */
		c.n = 0;
		pk16(&c, d == UP ? 0x0100 : 0x0200);
		pk16(&c, d == UP ? 20 : 28);
		pk32(&c, a->tag[!d]);		/* the tag that the other end is to use */
		pk32(&c, 0x00020000);
		pk16(&c, STREAMS);
		pk16(&c, STREAMS);
		pk32(&c, a->tsn[d]);
		if (d == DOWN) {
			pk32(&c, 0x00070008);
			pk32(&c, 0x636f6f6b);
		}
		sctp(s, gnb, d, &c, d == UP ? 0 : a->tag[d]);
	}
	c.n = 0;
	pk32(&c, 0x0a000008);
	pk32(&c, 0x636f6f6b);
	sctp(s, gnb, UP, &c, a->tag[UP]);
	c.n = 0;
	pk32(&c, 0x0b000004);
	sctp(s, gnb, DOWN, &c, a->tag[DOWN]);
	n2_send(s, gnb, UP, 0, ng_setup_request(&a->gnb));
	n2_send(s, gnb, DOWN, 0, ng_setup_response(&s->amf));
}

/* One PFCP message, eaten. */
static void n4_send(struct sig *s, unsigned upf, bool to_upf, struct buf m)
{
	struct packet p = { .n = 0 };
	uint32_t u = upf_ip + upf;
	size_t ip, udp;

	pk_ether(&p, 0x0800);
	ip = pk_ip4(&p, to_upf ? smf_ip : u, to_upf ? u : smf_ip, 17, (unsigned)s->g->truth.packets & 0xffff);
	udp = p.n;
	pk16(&p, PFCP_PORT);
	pk16(&p, PFCP_PORT);
	pk32(&p, 0);
	pk(&p, m.p, m.n);
	buf_free(&m);
	pk_set16(&p, udp + 4, (unsigned)(p.n - udp));
	pk_ip4_end(&p, ip);
	contact(s->g, smf_ip, u, 17, PFCP_PORT);
	s->g->truth.pfcp++;
	frame_out(s->g, &p, 25000);
}

static void n4_open(struct sig *s, unsigned upf)
{
	struct buf m = pfcp_open(PFCP_ASSOC_SETUP, ++s->pfcp_seq);

	pfcp_node_id(&m, &s->smf);
	pfcp_started(&m, s->g->t_ns);
	n4_send(s, upf, true, pfcp_close(m));
	m = pfcp_open(PFCP_ASSOC_SETUP_ANSWER, s->pfcp_seq);
	pfcp_node_id(&m, &s->upf[upf]);
	pfcp_cause(&m, PFCP_ACCEPTED);
	pfcp_started(&m, s->g->t_ns);
	n4_send(s, upf, false, pfcp_close(m));
	s->g->truth.associations++;
}

static void n4_heartbeat(struct sig *s, unsigned upf)
{
	struct buf m = pfcp_open(PFCP_HEARTBEAT, ++s->pfcp_seq);

	pfcp_started(&m, s->g->t_ns);
	n4_send(s, upf, true, pfcp_close(m));
	m = pfcp_open(PFCP_HEARTBEAT_ANSWER, s->pfcp_seq);
	pfcp_started(&m, s->g->t_ns);
	n4_send(s, upf, false, pfcp_close(m));
}

/* ---- one subscriber ---- */

static unsigned upf_of(const struct ue *u) { return u->id / 5 % UPFS; }
static unsigned ea_of(const struct ue *u) { return u->id & 1 ? 2 : 0; }
static unsigned stream_of(const struct ue *u) { return 1 + u->id % (STREAMS - 1); }
static struct ip ue_ip(const struct ue *u) { return ip_plus(ip_of("10.128.0.1"), u->id % 4000000); }
static struct ngap_ids ids_of(const struct ue *u) { return (struct ngap_ids){ u->id + 1, u->ran }; }

static struct ngap_cell cell_of(const struct sig *s, const struct ue *u)
{
	const struct ngap_gnb *g = &s->n2[u->gnb].gnb;

	return (struct ngap_cell){ s->plmn, (uint64_t)g->id << 12 | 1, g->tac };
}

static struct ngap_session session_of(const struct sig *s, const struct ue *u, bool at_upf)
{
	struct ngap_session x = { .psi = 1, .qfi = 1 };

	x.tunnel.ip = at_upf ? s->upf[upf_of(u)] : s->gnb_n3[u->gnb];
	x.tunnel.teid = 2 * u->id + (at_upf ? 1 : 2);
	return x;
}

/*
 * A message in its envelope; inside: the messages in it that are facts of their own when it can be read.  Types 2
 * and 4 of a ciphered subscriber cannot.
 */
static struct buf protect(struct sig *s, struct ue *u, unsigned type, unsigned inside, struct buf plain)
{
	bool hidden = (type == NAS_CIPHERED || type == NAS_CIPHERED_NEW) && ea_of(u);

	s->g->truth.nas_protected++;
	s->g->truth.nas_encrypted += hidden;
	s->g->truth.nas += hidden ? 1 : 1 + inside;
	return nas_protect(&s->seed, type, ea_of(u), u->count++, plain);
}

static struct buf identity(struct sig *s, const struct ue *u)
{
	char msin[16];

	snprintf(msin, sizeof(msin), "%010u", u->id);
	return u->id % 4 == 3 ? id_suci_ecies(s->plmn, &s->seed) : id_suci_null(s->plmn, msin);
}

static void uplink(struct sig *s, struct ue *u, struct buf nas)
{
	struct ngap_ids ids = ids_of(u);
	struct ngap_cell c = cell_of(s, u);

	n2_send(s, u->gnb, UP, stream_of(u), ul_nas(&ids, nas, &c));
}

static void downlink(struct sig *s, struct ue *u, struct buf nas)
{
	struct ngap_ids ids = ids_of(u);

	n2_send(s, u->gnb, DOWN, stream_of(u), dl_nas(&ids, nas));
}

static void register_ue(struct sig *s, struct ue *u)
{
	struct ngap_cell c = cell_of(s, u);

	s->g->truth.nas++;
	s->g->truth.ues++;
	s->g->truth.suci[u->id % 4 == 3]++;
	n2_send(s, u->gnb, UP, stream_of(u), initial_ue(u->ran, nas_registration_request(REG_INITIAL, 7, identity(s, u), UE_CAPABILITY, (struct buf){ 0 }), &c, 3, NULL));
}

static void security_mode(struct sig *s, struct ue *u)
{
	s->g->truth.ea[ea_of(u)]++;
	s->g->truth.ia[2]++;
	u->count = 0;
	downlink(s, u, protect(s, u, NAS_INTEGRITY_NEW, 1, nas_security_mode_command(ea_of(u), 2, 0, 0xf0f0)));
}

static void context_setup(struct sig *s, struct ue *u, bool resumed)
{
	struct ngap_ids ids = ids_of(u);
	struct ngap_security k = { .ncc = 0 };
	struct ngap_session x = session_of(s, u, true);
	struct buf nas = resumed ? nas_service_accept() : nas_registration_accept(&s->amf, u->id, s->n2[u->gnb].gnb.tac);

	n2_send(s, u->gnb, DOWN, stream_of(u), context_setup_request(&ids, &s->amf, &k, protect(s, u, NAS_CIPHERED, 1, nas), &x, resumed));
}

static void context_setup_done(struct sig *s, struct ue *u, bool resumed)
{
	struct ngap_ids ids = ids_of(u);
	struct ngap_session x = session_of(s, u, false);

	n2_send(s, u->gnb, UP, stream_of(u), context_setup_response(&ids, &x, resumed));
}

static void n4_establish(struct sig *s, struct ue *u)
{
	struct ip ip = ue_ip(u);
	const struct ip *upf = &s->upf[upf_of(u)];
	struct pfcp_pdr up = { .id = 1, .far = 1, .precedence = 255, .interface = IF_ACCESS, .qer = 1, .teid_ip = upf, .teid = 2 * u->id + 1,
		.ue = &ip, .instance = "internet", .strip = true };
	struct pfcp_pdr down = { .id = 2, .far = 2, .precedence = 255, .interface = IF_CORE, .qer = 1, .ue = &ip, .instance = "internet" };
	struct pfcp_far out = { .id = 1, .apply = APPLY_FORW, .interface = IF_CORE, .forwards = true, .instance = "internet" };
	struct pfcp_far wait = { .id = 2, .apply = APPLY_BUFF | APPLY_NOCP };
	struct buf m;

	u->pfcp_seq = ++s->pfcp_seq & 0xffffff;
	m = pfcp_open_session(PFCP_ESTABLISH, 0, u->pfcp_seq);
	pfcp_node_id(&m, &s->smf);
	pfcp_f_seid(&m, 0x100000000u + u->id, &s->smf);
	pfcp_create_pdr(&m, &up);
	pfcp_create_pdr(&m, &down);
	pfcp_create_far(&m, &out);
	pfcp_create_far(&m, &wait);
	pfcp_create_qer(&m, 1, 1);
	s->g->truth.sessions_asked++;
	n4_send(s, upf_of(u), true, pfcp_close(m));
}

static void n4_established(struct sig *s, struct ue *u)
{
	struct buf m = pfcp_open_session(PFCP_ESTABLISH_ANSWER, 0x100000000u + u->id, u->pfcp_seq);

	pfcp_node_id(&m, &s->upf[upf_of(u)]);
	pfcp_cause(&m, PFCP_ACCEPTED);
	pfcp_f_seid(&m, 0x200000000u + u->id, &s->upf[upf_of(u)]);
	s->g->truth.sessions_accepted++;
	n4_send(s, upf_of(u), false, pfcp_close(m));
}

static void n4_modify(struct sig *s, struct ue *u)
{
	struct pfcp_far to = { .id = 2, .apply = APPLY_FORW, .interface = IF_ACCESS, .forwards = true, .to = &s->gnb_n3[u->gnb], .teid = 2 * u->id + 2 };
	struct buf m;

	u->pfcp_seq = ++s->pfcp_seq & 0xffffff;
	m = pfcp_open_session(PFCP_MODIFY, 0x200000000u + u->id, u->pfcp_seq);
	pfcp_update_far(&m, &to);
	n4_send(s, upf_of(u), true, pfcp_close(m));
}

static void n4_delete(struct sig *s, struct ue *u)
{
	u->pfcp_seq = ++s->pfcp_seq & 0xffffff;
	n4_send(s, upf_of(u), true, pfcp_close(pfcp_open_session(PFCP_DELETE, 0x200000000u + u->id, u->pfcp_seq)));
}

static void n4_answer(struct sig *s, struct ue *u, unsigned type)
{
	struct buf m = pfcp_open_session(type, 0x100000000u + u->id, u->pfcp_seq);

	pfcp_cause(&m, PFCP_ACCEPTED);
	s->g->truth.sessions_deleted += type == PFCP_DELETE_ANSWER;
	n4_send(s, upf_of(u), false, pfcp_close(m));
}

static void session_setup(struct sig *s, struct ue *u)
{
	struct ngap_ids ids = ids_of(u);
	struct ngap_session x = session_of(s, u, true);
	struct ip ip = ue_ip(u);
	struct buf accept = nas_session_accept(1, 1, 1, &ip, NULL, 1, "internet", NULL);

	x.nas = protect(s, u, NAS_CIPHERED, 2, nas_dl_transport(1, accept));
	n2_send(s, u->gnb, DOWN, stream_of(u), session_setup_request(&ids, &x, 1));
}

static void session_ready(struct sig *s, struct ue *u)
{
	struct ngap_ids ids = ids_of(u);
	struct ngap_session x = session_of(s, u, false);

	n2_send(s, u->gnb, UP, stream_of(u), session_setup_response(&ids, &x, 1));
}

static void path_switch(struct sig *s, struct ue *u)
{
	struct ngap_session x;
	struct ngap_cell c;

	u->gnb = (uint8_t)((u->gnb + 1) % GNBS);
	u->ran = ++s->next_ran;
	x = session_of(s, u, false);
	c = cell_of(s, u);
	s->g->truth.path_switches++;
	n2_send(s, u->gnb, UP, stream_of(u), path_switch_request(u->ran, u->id + 1, &c, &x, 1));
}

static void path_switched(struct sig *s, struct ue *u)
{
	struct ngap_ids ids = ids_of(u);
	struct ngap_security k = { .ncc = 1 };
	struct ngap_session x = session_of(s, u, true);

	n2_send(s, u->gnb, DOWN, stream_of(u), path_switch_ack(&ids, &k, &x, 1));
}

static void come_back(struct sig *s, struct ue *u)
{
	struct ngap_stmsi t = { s->amf.set, s->amf.pointer, u->id };
	struct ngap_cell c = cell_of(s, u);
	struct buf nas;

	u->ran = ++s->next_ran;
	nas = protect(s, u, NAS_INTEGRITY, 1, nas_service_request(0, 1, id_stmsi(&s->amf, u->id), (struct buf){ 0 }));
	s->g->truth.ues++;		/* a UE-associated connection of its own */
	n2_send(s, u->gnb, UP, stream_of(u), initial_ue(u->ran, nas, &c, 4, &t));
}

static void release(struct sig *s, struct ue *u, unsigned part, enum ngap_cause cause)
{
	struct ngap_ids ids = ids_of(u);
	struct ngap_cell c = cell_of(s, u);
	static const unsigned psi = 1;

	if (part == 0)
		n2_send(s, u->gnb, UP, stream_of(u), context_release_request(&ids, &psi, 1, cause));
	else if (part == 1)
		n2_send(s, u->gnb, DOWN, stream_of(u), context_release_command(&ids, cause));
	else
		n2_send(s, u->gnb, UP, stream_of(u), context_release_complete(&ids, &c, NULL, 0));
}

enum { MOVES = 15, IDLES = 19, LEAVES = 25, GONE = 31 };

/* The next message of a subscriber's life. */
static void step(struct sig *s, struct ue *u)
{
	if (u->step == MOVES && u->id % 4 != 1)
		u->step = IDLES;
	if (u->step == IDLES && u->id % 4 != 2)
		u->step = LEAVES;
	switch (u->step++) {
	case 0: register_ue(s, u); break;
	case 1: s->g->truth.nas++; downlink(s, u, nas_authentication_request(&s->seed, 0)); break;
	case 2: s->g->truth.nas++; uplink(s, u, nas_authentication_response(&s->seed)); break;
	case 3: security_mode(s, u); break;
	case 4: uplink(s, u, protect(s, u, NAS_CIPHERED_NEW, 2,
			nas_security_mode_complete(nas_registration_request(REG_INITIAL, 7, identity(s, u), UE_CAPABILITY, (struct buf){ 0 })))); break;
	case 5: context_setup(s, u, false); break;
	case 6: context_setup_done(s, u, false); break;
	case 7: uplink(s, u, protect(s, u, NAS_CIPHERED, 1, nas_registration_complete())); break;
	case 8: uplink(s, u, protect(s, u, NAS_CIPHERED, 2, nas_ul_transport(1, 1, "internet", nas_session_request(1, 1, 1)))); break;
	case 9: n4_establish(s, u); break;
	case 10: n4_established(s, u); break;
	case 11: session_setup(s, u); break;
	case 12: session_ready(s, u); break;
	case 13: n4_modify(s, u); break;
	case 14: n4_answer(s, u, PFCP_MODIFY_ANSWER); break;
	case MOVES: path_switch(s, u); break;
	case 16: n4_modify(s, u); break;
	case 17: n4_answer(s, u, PFCP_MODIFY_ANSWER); break;
	case 18: path_switched(s, u); break;
	case IDLES: release(s, u, 0, CAUSE_USER_INACTIVITY); break;
	case 20: release(s, u, 1, CAUSE_USER_INACTIVITY); break;
	case 21: release(s, u, 2, CAUSE_USER_INACTIVITY); break;
	case 22: come_back(s, u); break;
	case 23: context_setup(s, u, true); break;
	case 24: context_setup_done(s, u, true); break;
	case LEAVES: uplink(s, u, protect(s, u, NAS_CIPHERED, 1, nas_deregistration_request(0, false, id_guti(&s->amf, u->id)))); break;
	case 26: n4_delete(s, u); break;
	case 27: n4_answer(s, u, PFCP_DELETE_ANSWER); break;
	case 28: downlink(s, u, protect(s, u, NAS_CIPHERED, 1, nas_deregistration_accept())); break;
	case 29: release(s, u, 1, CAUSE_NAS_DEREGISTER); break;
	case 30: release(s, u, 2, CAUSE_NAS_DEREGISTER); break;
	default: abort();
	}
}

static void newcomer(struct sig *s, struct ue *u)
{
	*u = (struct ue){ .id = s->next_ue++, .ran = ++s->next_ran };
	u->gnb = (uint8_t)(u->id % GNBS);
}

void generate_signalling(struct gen *g, uint64_t messages)
{
	static const char *const names[GNBS] = { "north-1", "north-2", "east-1", "east-2", "south-1", "south-2", "west-1", "west-2" };
	struct sig *s = need(calloc(1, sizeof(*s)));
	uint64_t beat = 20000;

	s->g = g;
	s->seed = (struct seed){ g->rng };
	s->plmn = plmn_of("00101");
	s->amf = (struct ngap_amf){ .plmn = s->plmn, .name = "amf-1", .region = 2, .set = 1, .pointer = 0 };
	s->smf = ip_of("10.10.5.1");
	for (unsigned i = 0; i < UPFS; i++) {
		s->upf[i] = ip_plus(ip_of("10.10.6.1"), i);
		n4_open(s, i);
	}
	for (unsigned i = 0; i < GNBS; i++) {
		s->gnb_n3[i] = ip_plus(ip_of("10.10.3.16"), i);
		s->n2[i].gnb = (struct ngap_gnb){ .plmn = s->plmn, .id = 0x100 + i, .bits = 24, .name = names[i], .tac = 1 + i / 2 };
		n2_open(s, i);
	}
	for (unsigned i = 0; i < AT_ONCE; i++)
		newcomer(s, &s->ue[i]);
	while (g->truth.ngap + g->truth.pfcp < messages) {
		struct ue *u = &s->ue[below(g, AT_ONCE)];

		step(s, u);
		if (u->step == GONE)
			newcomer(s, u);
		if (g->truth.packets >= beat) {
			n4_heartbeat(s, (unsigned)(beat / 20000) % UPFS);
			beat += 20000;
		}
	}
	free(s);
}
