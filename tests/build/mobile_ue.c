/* A UE and the core over N2: registration, service, mobility of the context, leaving (TS 23.502 4.2, 4.9). */
#include "mobile.h"
#include "secret.h"

#include <string.h>

enum { RRC_EMERGENCY = 0, RRC_MT = 2, RRC_SIGNALLING = 3, RRC_DATA = 4 };

struct ue *ue_new(struct mobile *m, const char *msin, unsigned ea, unsigned ia)
{
	struct ue *u = net_take(m->net, sizeof(*u));

	secret_subscriber(m->plmn.b, secret_msin(msin));
	*u = (struct ue){ .m = m, .msin = msin, .scheme = 1, .ea = ea, .ia = ia, .capability = UE_CAPABILITY, .replayed = UE_CAPABILITY,
		.stream = 1 + m->n_ue % 10 };
	if (m->n_ue < MAX_UES)
		m->ue[m->n_ue++] = u;
	return u;
}

/* What a reader without keys sees of a plain message: its type, and a 5GSM message in its transport. */
static void seen(struct mobile *m, const struct buf *plain, bool ea0)
{
	unsigned type = plain->p[2];

	m->tally.mm[type]++;
	if (ea0)
		m->tally.mm_ea0[type]++;
	if ((type == 0x67 || type == 0x68) && plain->p[3] == 1)
		m->tally.sm[plain->p[6 + 3]]++;
}

static struct buf protect(struct ue *u, unsigned header, unsigned *count, struct buf plain)
{
	struct mobile *m = u->m;

	bool ciphered = header == NAS_CIPHERED || header == NAS_CIPHERED_NEW;

	m->tally.nas_header[header]++;
	if (!ciphered || !u->ea)
		seen(m, &plain, ciphered);
	if (header == NAS_PLAIN)
		return plain;
	return nas_protect(&m->net->seed, header, u->ea, (*count)++, plain);
}

struct buf up_nas(struct ue *u, unsigned header, struct buf plain) { return protect(u, header, &u->up_count, plain); }
struct buf down_nas(struct ue *u, unsigned header, struct buf plain) { return protect(u, header, &u->down_count, plain); }

/* In the security context once there is one. */
static unsigned usual(const struct ue *u) { return u->registered ? NAS_CIPHERED : NAS_PLAIN; }

void ue_up(struct ue *u, struct buf nas) { n2_up(u->gnb, u->stream, ul_nas(&u->ids, nas, &u->gnb->cell)); }
void ue_down(struct ue *u, struct buf nas) { n2_down(u->gnb, u->stream, dl_nas(&u->ids, nas)); }

struct ngap_security nas_key(struct mobile *m, unsigned ncc)
{
	struct ngap_security k = { .ncc = (uint8_t)ncc };

	for (size_t i = 0; i < sizeof(k.key); i++)
		k.key[i] = (uint8_t)seed_next(&m->net->seed);
	return k;
}

static struct buf concealed(struct ue *u)
{
	switch (u->scheme) {
	case 0: return id_suci_null(u->m->plmn, u->msin);
	case 1: return id_suci_ecies(u->m->plmn, &u->m->net->seed);
	default: return id_suci_b(u->m->plmn, &u->m->net->seed);
	}
}

struct buf ue_identity(struct ue *u)
{
	struct buf b = concealed(u);

	u->m->tally.suci[u->scheme]++;
	u->n_suci = b.n;
	memcpy(u->suci, b.p, b.n);
	return b;
}

void ue_initial(struct ue *u, struct gnb *g, struct buf nas, unsigned rrc_cause, bool known)
{
	const struct ngap_stmsi s = { g->amf->id.set, g->amf->id.pointer, u->tmsi };

	u->gnb = g;
	u->amf = g->amf;
	u->ids = (struct ngap_ids){ u->amf->next_ue++, g->next_ran++ };
	u->connected = true;
	u->m->tally.ngap_ues++;
	n2_up(g, u->stream, initial_ue(u->ids.ran, nas, &g->cell, rrc_cause, known ? &s : NULL));
}

void ue_authenticate(struct ue *u)
{
	struct seed *s = &u->m->net->seed;

	ue_down(u, down_nas(u, NAS_PLAIN, nas_authentication_request(s, u->ksi)));
	wait_ms(u->m->net, 40);
	ue_up(u, up_nas(u, NAS_PLAIN, nas_authentication_response(s)));
}

void ue_resynchronise(struct ue *u)
{
	struct seed *s = &u->m->net->seed;

	ue_down(u, down_nas(u, NAS_PLAIN, nas_authentication_request(s, u->ksi)));
	wait_ms(u->m->net, 30);
	ue_up(u, up_nas(u, NAS_PLAIN, nas_authentication_failure(s, 21)));
}

static unsigned first_type(const struct ue *u) { return u->emergency ? REG_EMERGENCY : REG_INITIAL; }

/* The complete has the whole first message again, now protected (TS 24.501 4.4.6). */
void ue_secure(struct ue *u)
{
	struct mobile *m = u->m;
	struct buf again = nas_registration_request(first_type(u), 7, buf_of(u->suci, u->n_suci), u->capability, (struct buf){ 0 });

	m->tally.ea[u->ea]++;
	m->tally.ia[u->ia]++;
	u->up_count = u->down_count = 0;
	ue_down(u, down_nas(u, NAS_INTEGRITY_NEW, nas_security_mode_command(u->ea, u->ia, u->ksi, u->replayed)));
	wait_ms(m->net, 20);
	if (!u->ea)
		seen(m, &again, true);
	ue_up(u, up_nas(u, NAS_CIPHERED_NEW, nas_security_mode_complete(again)));
}

static void context_setup(struct ue *u, struct buf nas, struct ngap_session *s, unsigned n)
{
	struct ngap_security k = nas_key(u->m, 0);

	n2_down(u->gnb, u->stream, context_setup_request(&u->ids, &u->amf->id, &k, nas, s, n));
}

void ue_register(struct ue *u, struct gnb *g)
{
	struct mobile *m = u->m;

	ue_initial(u, g, up_nas(u, NAS_PLAIN, nas_registration_request(first_type(u), 7, ue_identity(u), u->capability, (struct buf){ 0 })),
		u->emergency ? RRC_EMERGENCY : RRC_SIGNALLING, false);
	ue_authenticate(u);
	ue_secure(u);
	u->tmsi = u->amf->next_tmsi;
	u->amf->next_tmsi += 0x01000193;	/* not to be guessed from the one before, in a real one */
	context_setup(u, down_nas(u, NAS_CIPHERED, nas_registration_accept(&u->amf->id, u->tmsi, g->id.tac)), NULL, 0);
	n2_up(g, u->stream, radio_capability(&u->ids));
	n2_up(g, u->stream, context_setup_response(&u->ids, NULL, 0));
	u->registered = true;
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_registration_complete()));
	wait_ms(m->net, 30);
}

/* The message in full that goes ciphered inside an initial message; with EA0 it can be read. */
static struct buf in_full(struct ue *u, struct buf plain)
{
	struct buf b = { 0 };

	if (!u->ea) {
		seen(u->m, &plain, true);
		return plain;
	}
	put_seed(&b, &u->m->net->seed, plain.n);
	buf_free(&plain);
	return b;
}

static struct buf by_guti(struct ue *u, unsigned type)
{
	struct buf inner = in_full(u, nas_registration_request(type, u->ksi, id_guti(&u->amf->id, u->tmsi), u->capability, (struct buf){ 0 }));

	return up_nas(u, NAS_INTEGRITY, nas_registration_request(type, u->ksi, id_guti(&u->amf->id, u->tmsi), 0, inner));
}

void ue_return(struct ue *u, struct gnb *g)
{
	ue_initial(u, g, by_guti(u, REG_INITIAL), RRC_SIGNALLING, true);
	u->n_sessions = 0;
	u->tmsi += 0x00010001;
	context_setup(u, down_nas(u, NAS_CIPHERED, nas_registration_accept(&u->amf->id, u->tmsi, g->id.tac)), NULL, 0);
	n2_up(g, u->stream, radio_capability(&u->ids));
	n2_up(g, u->stream, context_setup_response(&u->ids, NULL, 0));
	u->registered = true;
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_registration_complete()));
	wait_ms(u->m->net, 30);
}

/* --- idle and back --- */

static unsigned live(const struct ue *u, unsigned *psi)
{
	unsigned n = 0;

	for (unsigned i = 0; i < u->n_sessions; i++)
		if (!u->session[i].gone)
			psi[n++] = u->session[i].psi;
	return n;
}

static void release(struct ue *u, enum ngap_cause c)
{
	unsigned psi[MAX_SESSIONS], n = live(u, psi);

	n2_down(u->gnb, u->stream, context_release_command(&u->ids, c));
	n2_up(u->gnb, u->stream, context_release_complete(&u->ids, &u->gnb->cell, psi, n));
	u->connected = false;
}

void ue_idle(struct ue *u)
{
	unsigned psi[MAX_SESSIONS], n = live(u, psi);

	n2_up(u->gnb, u->stream, context_release_request(&u->ids, psi, n, CAUSE_USER_INACTIVITY));
	for (unsigned i = 0; i < u->n_sessions; i++)
		if (!u->session[i].gone)
			session_buffer(&u->session[i]);
	release(u, CAUSE_USER_INACTIVITY);
}

/* The UPF has something for a UE that is idle. */
static void page(struct ue *u)
{
	const struct ngap_stmsi s = { u->amf->id.set, u->amf->id.pointer, u->tmsi };
	struct session *x = &u->session[0];
	struct buf b = pfcp_open_session(PFCP_REPORT, x->cp_seid[0], ++x->upf->seq);
	size_t at;

	pfcp_u8(&b, 39, 1);		/* downlink data */
	at = pfcp_group(&b, 83);
	pfcp_u16(&b, 56, 2);
	len16_close(&b, at);
	n4_send(u->m, x->upf->n4, x->smf->n4, pfcp_close(b));
	b = pfcp_open_session(PFCP_REPORT_ANSWER, x->up_seid[0], x->upf->seq);
	pfcp_cause(&b, PFCP_ACCEPTED);
	n4_send(u->m, x->smf->n4, x->upf->n4, pfcp_close(b));
	n2_down(u->gnb, 0, paging(&s, u->m->plmn, u->gnb->id.tac));
	wait_ms(u->m->net, 300);
}

static unsigned n2_sessions(struct ue *u, struct gnb *g, struct ngap_session *out, bool up)
{
	unsigned n = 0;

	for (unsigned i = 0; i < u->n_sessions; i++) {
		struct session *s = &u->session[i];
		struct ngap_session x = { .psi = s->psi, .qfi = s->qfi, .type = s->type - 1 };

		if (s->gone)
			continue;
		x.tunnel = up ? (struct ngap_tunnel){ .ip = s->upf->n3->ip, .teid = s->ul_teid }
			: (struct ngap_tunnel){ .ip = g->n3->ip, .teid = s->dl_teid };
		out[n++] = x;
	}
	return n;
}

static void new_ends(struct ue *u, struct gnb *g)
{
	for (unsigned i = 0; i < u->n_sessions; i++)
		if (!u->session[i].gone)
			u->session[i].dl_teid = g->next_teid++;
}

static void downlinks(struct ue *u, struct gnb *to, bool end_marker)
{
	for (unsigned i = 0; i < u->n_sessions; i++)
		if (!u->session[i].gone)
			session_downlink(&u->session[i], to, end_marker);
}

void ue_service(struct ue *u, bool paged)
{
	struct ngap_session list[MAX_SESSIONS];
	struct buf inner;
	unsigned n;

	if (paged)
		page(u);
	inner = in_full(u, nas_service_request(u->ksi, paged ? 2 : 1, id_stmsi(&u->amf->id, u->tmsi), (struct buf){ 0 }));
	u->m->tally.services++;
	ue_initial(u, u->gnb, up_nas(u, NAS_INTEGRITY, nas_service_request(u->ksi, paged ? 2 : 1, id_stmsi(&u->amf->id, u->tmsi), inner)),
		paged ? RRC_MT : RRC_DATA, true);
	n = n2_sessions(u, u->gnb, list, true);
	context_setup(u, down_nas(u, NAS_CIPHERED, nas_service_accept()), list, n);
	new_ends(u, u->gnb);
	n = n2_sessions(u, u->gnb, list, false);
	n2_up(u->gnb, u->stream, context_setup_response(&u->ids, list, n));
	downlinks(u, u->gnb, false);
}

/* Periodic registration of an idle UE, under the security it has. */
void ue_update(struct ue *u)
{
	ue_initial(u, u->gnb, by_guti(u, REG_PERIODIC), RRC_SIGNALLING, true);
	ue_down(u, down_nas(u, NAS_CIPHERED, nas_registration_accept(&u->amf->id, u->tmsi, u->gnb->id.tac)));
	ue_up(u, up_nas(u, NAS_CIPHERED, nas_registration_complete()));
	release(u, CAUSE_NAS_NORMAL);
}

void ue_leave(struct ue *u, bool switch_off)
{
	ue_up(u, up_nas(u, usual(u), nas_deregistration_request(u->ksi, switch_off, id_guti(&u->amf->id, u->tmsi))));
	for (unsigned i = 0; i < u->n_sessions; i++)
		if (!u->session[i].gone)
			session_delete(&u->session[i]);
	if (!switch_off)
		ue_down(u, down_nas(u, usual(u), nas_deregistration_accept()));
	release(u, CAUSE_NAS_DEREGISTER);
	u->registered = false;
}

/* --- moves --- */

/* Xn: the source gNB has given the UE away already; the target asks for the path. */
void ue_move_xn(struct ue *u, struct gnb *to)
{
	struct ngap_session list[MAX_SESSIONS];
	struct gnb *from = u->gnb;
	struct ngap_security k = nas_key(u->m, 1);
	uint32_t old[MAX_SESSIONS];
	unsigned n;

	for (unsigned i = 0; i < u->n_sessions; i++)
		old[i] = u->session[i].dl_teid;
	u->m->tally.path_switches++;
	u->gnb = to;
	u->ids.ran = to->next_ran++;
	new_ends(u, to);
	n = n2_sessions(u, to, list, false);
	n2_up(to, u->stream, path_switch_request(u->ids.ran, u->ids.amf, &to->cell, list, n));
	downlinks(u, to, true);
	for (unsigned i = 0; i < u->n_sessions; i++)
		if (!u->session[i].gone)
			gtp_send(u->m, u->session[i].upf->n3, from->n3, gtp_end_marker(old[i]));
	n = n2_sessions(u, to, list, true);
	n2_down(to, u->stream, path_switch_ack(&u->ids, &k, list, n));
}

/* What the source still has for the UE goes straight to the target, until the end marker. */
static void forward(struct ue *u, struct gnb *from, struct gnb *to, const struct ngap_tunnel *ends)
{
	struct mobile *m = u->m;

	for (unsigned i = 0; i < u->n_sessions; i++) {
		struct session *s = &u->session[i];
		struct buf b;

		if (s->gone || s->type != 1)
			continue;
		b = packet_udp(&m->web, 443, &s->ip, 50000, buf_str("forwarded"));
		gtp_carry(m, from->n3, to->n3, gtp_pdu_dl(ends[i].teid, s->qfi, b), 37);
		wait_ms(m->net, 1);
		gtp_send(m, from->n3, to->n3, gtp_end_marker(ends[i].teid));
	}
}

void ue_move_n2(struct ue *u, struct gnb *to, bool forwarding)
{
	struct mobile *m = u->m;
	struct gnb *from = u->gnb;
	struct ngap_ids source = u->ids, target = { u->ids.amf, to->next_ran++ };
	struct ngap_session list[MAX_SESSIONS];
	struct ngap_tunnel ends[MAX_SESSIONS];
	struct ngap_security k = nas_key(m, 2);
	uint32_t old[MAX_SESSIONS];
	unsigned n = n2_sessions(u, from, list, true);

	m->tally.handovers++;
	n2_up(from, u->stream, handover_required(&source, &to->id, &to->cell, &from->cell, list, n));
	n2_down(to, u->stream, handover_request(target.amf, &u->amf->id, &k, &to->cell, &from->cell, list, n));
	for (unsigned i = 0; i < u->n_sessions; i++) {
		old[i] = u->session[i].dl_teid;
		ends[i] = (struct ngap_tunnel){ .ip = to->n3->ip, .teid = to->next_teid++ };
	}
	new_ends(u, to);
	n = n2_sessions(u, to, list, false);
	for (unsigned i = 0, j = 0; i < u->n_sessions && forwarding; i++)
		if (!u->session[i].gone)
			list[j++].forward = &ends[i];
	n2_up(to, u->stream, handover_request_ack(&target, list, n));
	n2_down(from, u->stream, handover_command(&source, list, n));
	if (forwarding)
		forward(u, from, to, ends);
	u->gnb = to;
	u->ids = target;
	n2_up(to, u->stream, handover_notify(&target, &to->cell));
	downlinks(u, to, true);
	for (unsigned i = 0; i < u->n_sessions; i++)
		if (!u->session[i].gone)
			gtp_send(m, u->session[i].upf->n3, from->n3, gtp_end_marker(old[i]));
	n2_down(from, u->stream, context_release_command(&source, CAUSE_SUCCESSFUL_HANDOVER));
	n2_up(from, u->stream, context_release_complete(&source, &from->cell, NULL, 0));
}

void ue_move_cancelled(struct ue *u, struct gnb *to)
{
	struct ngap_session list[MAX_SESSIONS];
	struct ngap_ids target = { u->ids.amf, to->next_ran++ };
	struct ngap_security k = nas_key(u->m, 2);
	unsigned n = n2_sessions(u, u->gnb, list, true);

	n2_up(u->gnb, u->stream, handover_required(&u->ids, &to->id, &to->cell, &u->gnb->cell, list, n));
	n2_down(to, u->stream, handover_request(target.amf, &u->amf->id, &k, &to->cell, &u->gnb->cell, list, n));
	for (unsigned i = 0; i < n; i++)
		list[i].tunnel = (struct ngap_tunnel){ .ip = to->n3->ip, .teid = to->next_teid++ };
	n2_up(to, u->stream, handover_request_ack(&target, list, n));
	n2_up(u->gnb, u->stream, handover_cancel(&u->ids, CAUSE_HO_CANCELLED));
	n2_down(u->gnb, u->stream, handover_cancel_ack(&u->ids));
	n2_down(to, u->stream, context_release_command(&target, CAUSE_HO_CANCELLED));
	n2_up(to, u->stream, context_release_complete(&target, &to->cell, NULL, 0));
}
