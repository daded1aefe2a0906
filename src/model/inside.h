/* The inside of struct model; private to this folder. */
#ifndef FW_MODEL_INSIDE_H
#define FW_MODEL_INSIDE_H

#include "ground.h"
#include "model.h"
#include "table.h"

enum { SESSION_ENDS = 256, ELEMENT_ATTRS = 4096 };	/* in force at once in one session; names, addresses, PLMNs, TACs of one element */
enum { NEAR_PAIRS = 512 };	/* of two each */
enum { CAP_ELEMENTS = 1 << 16, CAP_ATTRS = 1 << 20, CAP_TEXT = 1 << 24, CAP_LINKS = 1 << 20 };

/* An address and its number, which is its index in the table. */
struct place_key { uint8_t addr[16]; uint8_t fam; };
struct place { struct place_key key; uint8_t bound, ordered, pad; uint32_t holders; };	/* counting knows it as a node's; tunnel ends were ordered there; chain: index + 1 */

/* Where an element is found: a class, the address and port or the id, and of an id its PLMN. */
enum find_class { FIND_NODE = 1, FIND_AMF_ID, FIND_RAN_AT, FIND_AMF_AT, FIND_CP_AT, FIND_UP_AT, FIND_PFCP_AT, FIND_PEER_AT, FIND_NF_AT,
	FIND_MME_AT, FIND_SGSN_AT, FIND_GGSN_AT, FIND_HSS_AT, FIND_PCRF_AT, FIND_OCS_AT, FIND_EIR_AT, FIND_AF_AT, FIND_DRA_AT, FIND_DIAMETER_AT,
	FIND_MME_ID, FIND_ENB_AT, FIND_PART_AT, FIND_PART, FIND_NF_NAMED };	/* of the radio access network: role and address; role, id, and in `pad` the address of the central unit that it counts in */

struct find_key { uint8_t class, role, bits, plmn[3]; uint16_t port; uint32_t what, pad; };
struct find { struct find_key key; uint32_t element; uint32_t pad; };
struct link { uint32_t element, next, last; };	/* next: index + 1; last: at the head of a chain, its end */

/* That an element has an attribute: a number, or the hash of a name. */
struct has_key { uint32_t element, kind; uint64_t value; };

struct pair_key { uint8_t lo[16], hi[16]; uint8_t fam, proto; };
struct pair { struct pair_key key; uint16_t flags; uint8_t pad[4]; uint64_t first_ns; struct ground ground; uint32_t lo, hi; };	/* numbers + 1, or 0 */

/* The two addresses of a message, by number. */
struct sides { uint32_t src, dst; };

/* A request that awaits its response: PFCP by (requester, responder, sequence number). */
struct wait_key { uint32_t from, to, seq, type; };
struct wait { struct wait_key key; uint32_t session, serial; struct ground ground; };	/* ground: of a Diameter request */

/* Other names: of a UE context and a PFCP session at an address; of a tunnel end, the FAR of a session that sends there (but for its first one, which the session keeps). */
enum alias_what { ALIAS_AMF_UE = 1, ALIAS_UP_SEID, ALIAS_FAR, ALIAS_GTPC, ALIAS_GTPC_END, ALIAS_DIAMETER,
	ALIAS_F1_END, ALIAS_E1_END };	/* at the central unit: (the UE's id there, a number from 0) of a tunnel end that the other part named for it */
/* ALIAS_GTPC: of a GTP-C session, by a control TEID at an address; ALIAS_GTPC_END: by a tunnel end; ALIAS_DIAMETER: the hash of the host that speaks at one end of a connection. */
struct alias_key { uint64_t id; uint32_t at, what; };
struct alias { struct alias_key key; uint32_t value, proof; };	/* proof: root or serial of what value is the index of */

/* Where a FAR sent before it was given another address, and when that was. */
struct trail_key { uint32_t session, far; };
struct trail {
	struct trail_key key;
	uint32_t	serial;			/* of the session */
	uint32_t	n;			/* so far; the last MOVE_MEMORY are there */
	struct { uint64_t t_ns; struct ground ground; uint32_t place, pad; } at[MOVE_MEMORY];
};
enum { CAP_TRAILS = 1 << 16, ANSWERED = 1 << 12 };

/* What ended and is given back when it stays quiet. */
enum { ENDED = 1 << 14 };
#define LINGER_NS 10000000000u
struct ended { uint64_t when; uint32_t index, proof; };
struct ended_list { uint32_t first, n; struct ended at[ENDED]; };

/*
 * What one control tunnel of GTP-C carries: the PDN connections (or PDP contexts) of a UE between two nodes.  Found by the control
 * TEIDs of both, see ALIAS_GTPC.  Bearers are told apart by EBI or NSAPI, a bit each.
 */
enum { GTPC_PDNS = 4, GTPC_ENDS = 32 };
struct gtpc_pdn { uint16_t bearers; uint8_t has4, has6, ue4[4], ue6[16]; struct ground ground; };
struct gtpc_end { uint32_t end; uint8_t bearer, type, pad[2]; };
struct gtpc_session {
	struct gtpc_session_key { uint32_t place, teid; } key;	/* of the one who asked for it */
	uint32_t	asked_to, peer, peer_teid;		/* addresses by number; peer: NONE until it is accepted */
	uint32_t	serial;
	struct ground	ground, accept;
	uint16_t	leaving;				/* bearers whose end was asked for */
	uint8_t		nends, npdn;
	struct gtpc_pdn	pdn[GTPC_PDNS];
	struct gtpc_end	end[GTPC_ENDS];
};

struct assoc_key { uint8_t a[16], b[16]; uint8_t fam, pad[7]; };
struct assoc { struct assoc_key key; struct ground ground; uint64_t t_ns; };
enum { CAP_DNS = 1 << 16, CAP_SBI = 1 << 16, CAP_GATEWAYS = 1 << 16, SBI_MEMOS = 8192, SBI_URI_MEMOS = 8192 };	/* memos: who an exchange showed last, and as what */

/* What was spoken between two addresses on a port; what was said of who made the host at an address. */
enum { HOLDING = 1 << 14, CAP_SPOKEN = 1 << 17, CAP_REMARKS = 1 << 14, CAP_OPENED = 1 << 16, REMARK_TEXT = 120 };
struct spoken_key { uint32_t lo, hi; uint16_t port; uint8_t proto, pad[5]; };	/* by number */
struct spoken { struct spoken_key key; uint32_t what; uint8_t client, pad[3]; struct ground clear; };	/* client: of SSH or TLS, bits: 1 lo, 2 hi; clear: where it was first in clear */
struct remark_key { uint32_t place; uint16_t said, pad; uint64_t hash; };	/* said: enum fact_key */
struct remark { struct remark_key key; struct ground ground; uint64_t t_ns; uint8_t len; char text[REMARK_TEXT + 7]; };

enum { CAP_GROUNDS = 1 << 16, CAP_PASSAGE_GROUNDS = 1 << 14, CAP_PASSAGES = 1 << 18 };

struct model {
	struct model_config cfg;
	struct model_counts n;
	struct element	*element;
	uint32_t	nelement;
	struct attr	*attr;
	uint32_t	nattr;
	struct link	*link;
	uint32_t	nlink;
	char		*text;
	uint32_t	ntext;
	struct table	spoken, remarks;
	struct table	opened;		/* input and frame of messages that were decrypted */
	uint64_t	spoken_ports[1024], managed_ports[1024], holding[HOLDING / 64], paired[4];	/* a bit a port of spoken, a port where that is management, a hash of an address that an element holds, a protocol of pairs: 0 says there is none, and most contacts need no more */
	struct table	places, finds, has, contacts, pairs, waits, aliases, assocs;
	struct table	ends, pfcp, ues, pdus;
	struct table	passages, pasts, dupls, trails, securities, dns, sbi, gtpc, gateways;
	struct sbi_memo { uint64_t shown; uint32_t server, client; } sbi_memo[SBI_MEMOS];	/* shown: a keyed hash of who it was, and as what */
	uint64_t	sbi_uri_memo[SBI_URI_MEMOS];	/* URIs that were named, see uri() */
	uint32_t	dns_text, dns_len;	/* the last name kept */
	struct ground_pool contact_frames, passage_frames;
	uint32_t	near_pair[NEAR_PAIRS][2];	/* where a pair was found last, and one before it: index + 1 */
	uint32_t	wait_hand, trail_hand;
	uint64_t	answered[ANSWERED];	/* hashes of waits that are over: a response may come twice */
	struct model_last last;
	const struct model_last *said;		/* that, or nothing */
	struct ended_list ended_ues, ended_pfcp;
	/* the NGAP (S1AP) message whose NAS follows */
	uint64_t	ngap_n, nas_n;		/* nas_n: of the protected NAS message that it carries */
	uint32_t	ngap_ue, roots, serials;
	bool		ngap_uplink;
	bool		settled;
};

/* contact.c */
uint32_t place_of(struct model *m, const struct addr *a);	/* the address's number; NONE: refused */
uint32_t place_known(const struct model *m, const struct addr *a);	/* or NONE: not met so far */
void model_pair_seen(struct model *m, const struct fact *f, uint8_t proto, uint16_t flag);
struct sides model_sides(struct model *m, const struct fact *f, uint8_t proto, uint16_t flag);	/* the same, and who they are */

/* element.c; an address is a number, and NONE is none */
uint32_t element_new(struct model *m, const struct fact *f, uint32_t place);
void element_seen(struct model *m, uint32_t e, const struct fact *f);
void element_ground(struct model *m, uint32_t e, const struct fact *f);
void element_rests(struct element *e, struct ground g);		/* while there is room */
void element_role(struct model *m, uint32_t e, enum role r, const struct fact *f);
void element_addr(struct model *m, uint32_t e, uint32_t place, const struct fact *f);
/* One that has a name and, as far as is known, no address; NONE: no room. */
uint32_t element_named(struct model *m, const char *name, size_t n, const struct fact *f);
/* A profile said that it has that name: what was known by the name alone is this one. */
void element_called(struct model *m, const char *name, size_t n, uint32_t e, const struct fact *f);
void element_name(struct model *m, uint32_t e, const char *s, size_t n, const struct fact *f);
void element_plmn(struct model *m, uint32_t e, const uint8_t p[3], const struct fact *f);
void element_evidence(struct model *m, uint32_t e, enum fact_key said_by, const char *s, size_t n, const struct fact *f);	/* of its supplier */
void element_tac(struct model *m, uint32_t e, uint32_t tac, const struct fact *f);
uint32_t find_get(const struct model *m, const struct find_key *key);
void find_set(struct model *m, const struct find_key *key, uint32_t element);
struct find_key find_at(enum find_class class, uint32_t place, uint16_t port);
/* What the service based interface alone showed at the address, and is the same as what another interface shows there; else NONE. */
uint32_t element_by_sbi(struct model *m, enum find_class class, uint32_t place);
/* The element of that class at the address; made when there is none. */
uint32_t element_at(struct model *m, enum find_class class, uint32_t place, uint16_t port, const struct fact *f);

/* passage.c */
void passage_count(struct model *m, const struct fact *f, struct sides x, uint32_t end);
void past_keep(struct model *m, uint32_t end, const struct tunnel_end *e);	/* before it is ordered again */
void duplicate(struct model *m, const struct fact *f, uint32_t session, uint32_t far, uint32_t end);

/* order.c */
uint32_t end_get(struct model *m, uint32_t place, uint32_t teid, bool *made);
/* binds: the caller tells counting of it, with the session's addresses. */
uint32_t end_order(struct model *m, const struct addr *a, uint32_t teid, enum end_origin origin, bool binds, const struct fact *f);
uint32_t end_find(const struct model *m, const struct addr *a, uint32_t teid);	/* or NONE */
void end_withdraw(struct model *m, uint32_t end, const struct fact *f);
/* Puts the end into the session's chain, out of any other's; false: the session has too many. */
bool end_of_session(struct model *m, uint32_t end, uint32_t session);
uint32_t far_end(const struct model *m, uint32_t session, uint32_t far);	/* where the FAR sends, or NONE */
void far_sends(struct model *m, uint32_t session, uint32_t far, uint32_t end);
void session_withdraw(struct model *m, uint32_t session, const struct fact *f);	/* all its ends */
void bind_tunnel(struct model *m, const struct tunnel_end *e, const struct addr *ue4, const struct addr *ue6);
void bind_node(struct model *m, uint32_t place);
void bind_ue(struct model *m, const struct addr *a);
void alias_set(struct model *m, enum alias_what what, uint32_t at, uint64_t id, uint32_t value, uint32_t proof);
const struct alias *alias_get(const struct model *m, enum alias_what what, uint32_t at, uint64_t id);	/* or NULL */
void alias_drop(struct model *m, enum alias_what what, uint32_t at, uint64_t id, uint32_t value);	/* if it still means value */

/* security.c; items may be NULL where they say so */
void security_rrc(struct model *m, uint32_t ue, const struct fact *f);
void security_ngap(struct model *m, uint32_t ue, const struct fact *f);
void security_registration(struct model *m, uint32_t ue, const struct fact *f, const struct item *type, const struct item *cap, bool first);	/* NULL */
void security_mode(struct model *m, const struct fact *f, uint64_t ea, uint64_t ia, bool eps);
void security_replayed(struct model *m, uint32_t ue, const struct fact *f, const struct item *cap);
void security_forget(struct model *m, uint32_t root);

/* setup.c */
struct setup { uint32_t ran, amf; uint16_t ran_port, amf_port; };	/* addresses by number */
void setup_asked(struct model *m, const struct fact *f, const struct setup *s, uint32_t element);
void setup_accepted(struct model *m, const struct fact *f, const struct setup *s, uint32_t amf_element);

/* ue.c: who is who in one message of N2, or (lte) of S1 with the MME for AMF and the eNB for RAN node */
struct ran_message {
	uint32_t	ran, amf;	/* addresses, by number */
	uint16_t	ran_port, amf_port;
	bool		uplink, lte;
	bool		begins;		/* Initial UE Message: a new context */
	bool		prepares;	/* Handover Resource Allocation: the source's tunnel end stays in use */
	bool		follows;	/* that or Path Switch Request: a context may go on here */
	bool		elsewhere;	/* the tunnel ends it names are another node's */
	uint64_t	procedure, pdu;
	const struct item *amf_id, *ran_id;	/* or NULL */
	struct span	all;
};
/* The words of one of the two protocols for what a message says of itself. */
enum { RAN_REST, RAN_PROCEDURE, RAN_PDU, RAN_UPLINK, RAN_CORE_ID, RAN_NODE_ID, RAN_SLOTS };
struct ran_words {
	uint8_t		slot[FACT_KEYS];
	uint8_t		depth;		/* the UE's ids stand no deeper */
	uint8_t		initial_ue, handover_allocation, path_switch;	/* procedure codes */
	uint16_t	pair;		/* PAIR_ flag */
	bool		lte;
};
/* Reads a message; false: it went between other ends (inside Reroute NAS Request), or they are not known. */
bool ran_message_of(struct model *m, const struct fact *f, const struct ran_words *w, struct ran_message *x);
uint32_t ue_of(struct model *m, const struct fact *f, const struct ran_message *x);	/* the UE context, or NONE */
/* A tunnel end of a session: the core's (from the AMF) or the RAN node's own. */
void ue_session_end(struct model *m, const struct fact *f, const struct ran_message *x, uint32_t ue, uint8_t psi, const struct addr *a, uint32_t teid);
uint32_t session_by_end(const struct model *m, const struct addr *a, uint32_t teid);	/* whose end it is, or NONE */
/* The handover's target context will be that session's UE: told by the core tunnel end that stays the same.  NONE: nobody's. */
void ue_asked_for(struct model *m, const struct fact *f, const struct ran_message *x, uint32_t session);
void session_gone(struct model *m, uint32_t ue, uint8_t psi, const struct fact *f);
void session_address(struct model *m, const struct fact *f, const struct item *address, uint8_t psi);	/* NAS gave one; NULL: none */
void ue_arrived(struct model *m, uint32_t ue, const struct fact *f);	/* Handover Notification: the ends of the source are over */
void ue_released(struct model *m, uint32_t ue, const struct fact *f, bool lte);

/* ran.c */
uint32_t bits_value(const struct item *i, unsigned bits);	/* a bit string's number */

/* pairing.c: of Initial Context Setup, Handover Resource Allocation and Path Switch Request */
struct pairing { uint32_t ran, amf; uint64_t procedure, pdu; const struct item *amf_id, *ran_id; };	/* addresses by number; ids or NULL */
void ngap_paired(struct model *m, const struct pairing *x);

/* n4.c: NULL when it is refused.  Who waits the longest gives way. */
struct wait *wait_put(struct model *m, const struct wait_key *k);

/* n4.c: the element that is one side (FIND_CP_AT, FIND_UP_AT) of PFCP at the address, made when there is none. */
uint32_t n4_side(struct model *m, enum find_class side, uint32_t place, const struct fact *f);

/* epc.c: a PFCP session has the end as its own user plane's, and GTP-C said which gateway's it is. */
void epc_local_end(struct model *m, uint32_t session, const struct tunnel_end *e, const struct fact *f);
const struct gtpc_session *epc_session_of(const struct model *m, uint32_t end);		/* the GTP-C session that the end was named for last, or NULL */

/* move.c */
void moved(struct model *m, const struct fact *f, uint32_t session, uint32_t far, const struct tunnel_end *was, uint32_t to, uint32_t teid);

/* ended.c */
uint32_t ue_named(const struct model *m, uint32_t amf, uint64_t amf_id);	/* by the AMF's id, or NONE */
uint32_t session_named(const struct model *m, uint32_t up, uint64_t seid);	/* by the user plane's SEID, or NONE */
void ue_ended(struct model *m, uint32_t ue);
void session_ended(struct model *m, uint32_t session);
void ue_drop_sessions(struct model *m, struct ue_context *u);
void ue_forget(struct model *m, uint32_t ue);

/* parts.c */
uint32_t cu_known(const struct model *m, uint32_t place);	/* the central unit at an address, or NONE */

/* one file a protocol */
void model_ngap(struct model *m, const struct fact *f);
void model_nas(struct model *m, const struct fact *f);
void model_s1ap(struct model *m, const struct fact *f);
void model_naseps(struct model *m, const struct fact *f);
void model_pfcp(struct model *m, const struct fact *f);
void model_gtpv2(struct model *m, const struct fact *f);
void model_gtpv1(struct model *m, const struct fact *f);		/* control and user plane */
void model_diameter(struct model *m, const struct fact *f);
void model_dns_message(struct model *m, const struct fact *f);
void model_f1ap(struct model *m, const struct fact *f);
void model_e1ap(struct model *m, const struct fact *f);
void model_xnap(struct model *m, const struct fact *f);
void model_x2ap(struct model *m, const struct fact *f);
void model_sbi_message(struct model *m, const struct fact *f);
void model_speaks(struct model *m, const struct fact *f);
void model_opened(struct model *m, const struct fact *f);	/* a message that was decrypted */
void remarks_settle(struct model *m);
void model_tunnel(struct model *m, const struct fact *f);
void model_contact_tally(struct model *m, const struct fact *f);

/* The first item of each key that has a slot, in one pass; slot 0 is for the rest.  got: NULL where there is none. */
static inline void pick(struct span s, const uint8_t slot[FACT_KEYS], const struct item **got, unsigned slots)
{
	memset(got, 0, slots * sizeof(*got));
	for (const struct item *i = s.end; i-- > s.at; )
		got[slot[i->key]] = i;
}

static inline uint64_t item_uint(const struct item *i, uint64_t def)
{
	return i ? i->v.u : def;
}

static inline struct place *place_at(const struct model *m, uint32_t place)
{
	return table_at(&m->places, place);
}

static inline struct ground ground_of(const struct fact *f)
{
	return (struct ground){ f->input, f->frame };
}

static inline struct addr addr_of(const uint8_t b[16], uint8_t fam)
{
	struct addr a = { { 0 }, fam };

	memcpy(a.b, b, 16);
	return a;
}

#endif
