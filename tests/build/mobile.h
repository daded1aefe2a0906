/*
 * A mobile network on paper: elements that a PLMN consists of, and what UEs do in it.  Each line of a description is a
 * procedure of TS 23.502; it sends all the messages on N2, N3, N4 and N9 that the procedure has, at net->t, and moves net->t on.
 *
 *	struct gnb *north = gnb_new(m, "gnb-north", 0x102, 1, "10.1.2.101", "10.1.3.101", "10.1.9.101");
 *	gnb_connect(north, amf, 40001);
 *	struct ue *ue = ue_new(m, "0000000001", EA2);
 *	ue_register(ue, north);
 *	ue_session(ue, 1, upf1, NULL);
 */
#ifndef FW_BUILD_MOBILE_H
#define FW_BUILD_MOBILE_H

#include "apps.h"
#include "gtp.h"
#include "nas.h"
#include "pfcp.h"

#include <stdio.h>

enum { NGAP_PORT = 38412, NGAP_PPID = 60, MAX_NODES = 8, MAX_PLANTED = 8, MAX_SESSIONS = 4, MAX_UES = 64, MAX_TUNNELS = 1024 };

struct tunnel_count {
	struct ip	src, dst;
	uint32_t	teid;
	uint64_t	packets, bytes;	/* bytes of the inner packets */
};

/* What has been sent, for those who compare. */
struct tally {
	uint32_t	ngap[3][256], pfcp[256], gtp[256];
	uint32_t	dns[2];			/* queries, answers of elements */
	uint32_t	nas_header[16], mm[256], sm[256];	/* types: those that a reader without keys can see */
	uint32_t	mm_ea0[256];		/* of mm, under EA0 */
	uint32_t	ea[16], ia[16], suci[16];
	uint32_t	ngap_ues, pdu_sessions, pfcp_sessions, path_switches, handovers, services;
	struct tunnel_count tunnel[MAX_TUNNELS];
	unsigned	n_tunnels;
};

/* What was planted for an audit to find: a check's id, from whom to whom; object NULL: nobody. */
struct planted { const char *check, *subject, *object; };

struct mobile {
	struct net	*net;
	uint64_t	 start;			/* when the description began */
	struct plmn	 plmn;
	const char	*plmn_text, *dnn;
	struct amf	*amf[MAX_NODES];
	struct gnb	*gnb[MAX_NODES];
	struct smf	*smf[MAX_NODES];
	struct upf	*upf[MAX_NODES];
	struct ue	*ue[MAX_UES];
	struct host	*other[MAX_NODES];	/* hosts that are no elements of a mobile network */
	unsigned	 n_amf, n_gnb, n_smf, n_upf, n_ue, n_other;
	struct ip	 next_ue, next_ue6, dns, web, web6;
	struct tally	 tally;
	struct planted	 planted[MAX_PLANTED];
	unsigned	 n_planted;
};

struct amf {
	struct mobile	*m;
	const char	*name, *supplier;
	struct host	*n2, *oam;
	struct ngap_amf	 id;
	uint64_t	 next_ue;
	uint32_t	 next_tmsi;
};

struct gnb {
	struct mobile	*m;
	const char	*name, *supplier;
	struct host	*n2, *n3, *oam;
	struct ngap_gnb	 id;
	struct ngap_cell cell;
	struct amf	*amf;
	struct assoc	*a;
	uint32_t	 next_ran, next_teid;
};

struct smf {
	struct mobile	*m;
	const char	*name, *supplier;
	const char	*fqdn;		/* its Node ID, else its address is */
	struct host	*n4, *oam;
	uint64_t	 next_seid;
	uint32_t	 seq;
};

struct upf {
	struct mobile	*m;
	const char	*name, *supplier, *fqdn;
	struct host	*n4, *n3, *n9, *oam;
	uint64_t	 next_seid;
	uint32_t	 next_teid, seq;
	uint64_t	 started;
};

struct session {
	unsigned	 psi, qfi, type;	/* 1 IPv4, 2 IPv6 */
	struct smf	*smf;
	struct upf	*upf, *anchor;		/* on N3; behind it on N9, or NULL */
	struct ip	 ip;
	uint8_t		 iid[8];
	uint32_t	 ul_teid, dl_teid;	/* N3: at the UPF, at the gNB */
	uint32_t	 n9_ul, n9_dl;		/* N9: at the anchor, at the UPF */
	uint64_t	 cp_seid[2], up_seid[2];	/* at the UPF, at the anchor */
	bool		 up;			/* there, and with radio resources */
	bool		 gone;
	struct host	*copy_to;		/* the SMF orders a copy of what goes down */
	uint32_t	 copy_teid;
};

struct ue {
	struct mobile	*m;
	const char	*msin;
	unsigned	 scheme;		/* SUCI: 0, 1, 2 */
	uint8_t		 suci[64];		/* the last one it sent */
	size_t		 n_suci;
	unsigned	 ea, ia, ksi, stream;
	unsigned	 capability, replayed;	/* its security capability: announced, and as the AMF replays it */
	bool		 emergency;		/* it registers for an emergency call */
	struct gnb	*gnb;			/* where it is */
	struct amf	*amf;
	struct smf	*smf;
	struct ngap_ids	 ids;
	uint32_t	 tmsi;
	unsigned	 up_count, down_count;
	bool		 registered, connected;
	struct session	 session[MAX_SESSIONS];
	unsigned	 n_sessions;
};

struct mobile *mobile_new(struct net *n, const char *plmn);
struct amf *amf_new(struct mobile *m, const char *name, const char *n2, const char *oam);
struct gnb *gnb_new(struct mobile *m, const char *name, uint32_t id, uint32_t tac, const char *n2, const char *n3, const char *oam);
struct smf *smf_new(struct mobile *m, const char *name, const char *fqdn, const char *n4, const char *oam);
struct upf *upf_new(struct mobile *m, const char *name, const char *fqdn, const char *n4, const char *n3, const char *n9, const char *oam);
struct host *other_new(struct mobile *m, const char *name, const char *address);
struct ue *ue_new(struct mobile *m, const char *msin, unsigned ea, unsigned ia);

/* Between nodes. */
void mobile_lookup(struct mobile *m, struct host *client, struct host *resolver, const char *name, const struct ip *answer);
void gnb_associate(struct gnb *g, struct amf *a, unsigned sport);	/* SCTP only */
void gnb_connect(struct gnb *g, struct amf *a, unsigned sport);		/* SCTP and NG Setup */
void smf_associate(struct smf *s, struct upf *u);
void smf_heartbeat(struct smf *s, struct upf *u);
void gtp_heartbeat(struct mobile *m, struct host *a, struct host *b);
void n2_up(struct gnb *g, unsigned stream, struct buf message);		/* one NGAP message, counted */
void n2_down(struct gnb *g, unsigned stream, struct buf message);
void n4_send(struct mobile *m, struct host *src, struct host *dst, struct buf message);
void gtp_send(struct mobile *m, struct host *src, struct host *dst, struct buf message);
void gtp_carry(struct mobile *m, struct host *src, struct host *dst, struct buf message, size_t inner);	/* a G-PDU */
void pause(struct mobile *m);						/* some milliseconds, from the seed */

/* What a UE does.  Pieces of them, for descriptions that stop half-way, are below. */
void ue_register(struct ue *u, struct gnb *g);
void ue_return(struct ue *u, struct gnb *g);	/* once more, by its 5G-GUTI under the context it has */
void ue_session(struct ue *u, struct upf *upf, struct upf *anchor, unsigned type);
void ue_session_release(struct ue *u, struct session *s);
void ue_session_modify(struct ue *u, struct session *s);
void ue_move_xn(struct ue *u, struct gnb *to);
void ue_move_n2(struct ue *u, struct gnb *to, bool forwarding);
void ue_move_cancelled(struct ue *u, struct gnb *to);
void ue_idle(struct ue *u);
void ue_service(struct ue *u, bool paged);
void ue_update(struct ue *u);			/* periodic registration */
void ue_leave(struct ue *u, bool switch_off);

void ue_ping(struct ue *u, struct session *s, unsigned n);
void ue_resolve(struct ue *u, struct session *s, const char *name);
void ue_browse(struct ue *u, struct session *s, unsigned kilobytes);
void ue_call(struct ue *u, struct session *s, unsigned packets);	/* UDP both ways every 20 ms */

struct buf up_nas(struct ue *u, unsigned header, struct buf plain);	/* protects and counts */
struct buf down_nas(struct ue *u, unsigned header, struct buf plain);
void ue_initial(struct ue *u, struct gnb *g, struct buf nas, unsigned rrc_cause, bool known);	/* Initial UE message, new ids */
void ue_authenticate(struct ue *u);
void ue_resynchronise(struct ue *u);		/* a first challenge that the UE finds out of step */
void ue_secure(struct ue *u);			/* security mode command and complete */
struct buf ue_identity(struct ue *u);		/* SUCI by its scheme */
void ue_up(struct ue *u, struct buf nas);	/* UL and DL NAS transport */
void ue_down(struct ue *u, struct buf nas);
void session_establish(struct ue *u, struct session *s);	/* N4 part of a session's birth */
void session_downlink(struct session *s, struct gnb *to, bool end_marker);	/* N4: towards the gNB's tunnel end */
void session_copy(struct session *s, const struct ip *to, uint32_t teid);	/* N4: from now on what goes down is copied there */
void session_buffer(struct session *s);
void session_delete(struct session *s);
void session_user(struct ue *u, struct session *s, bool up, struct buf packet);	/* one inner packet, over N3 and N9 */
struct ngap_security nas_key(struct mobile *m, unsigned ncc);

int mobile_truth(struct mobile *m, FILE *f);	/* what is known, as JSON; 0 or an errno */

#endif
