/*
 * What the facts add up to: elements, contacts, UE contexts, PDU and PFCP sessions, tunnel ends,
 * and what signalling ordered.  Fed with facts in order; knows nothing of packets.  Bounded: every
 * table has a cap and what was refused is counted.  No allocation after model_new().
 *
 * One model, one thread.  What the visiting functions return is borrowed from the model.
 */
#ifndef FW_MODEL_MODEL_H
#define FW_MODEL_MODEL_H

#include "binding.h"
#include "fact.h"
#include "hash.h"

enum role {
	ROLE_GNB, ROLE_NG_ENB, ROLE_N3IWF, ROLE_TNGF, ROLE_W_AGF, ROLE_RAN_NODE,
	ROLE_GNB_CU, ROLE_GNB_CU_CP, ROLE_GNB_CU_UP, ROLE_GNB_DU, ROLE_ENB, ROLE_EN_GNB,
	ROLE_AMF, ROLE_SMF, ROLE_UPF, ROLE_PFCP_CP, ROLE_PFCP_UP, ROLE_PFCP_NODE, ROLE_GTPU_PEER,
	/* functions that the service based interface shows */
	ROLE_NRF, ROLE_SCP, ROLE_SEPP, ROLE_AUSF, ROLE_UDM, ROLE_UDR, ROLE_PCF, ROLE_NSSF, ROLE_BSF, ROLE_NEF, ROLE_CHF, ROLE_NWDAF, ROLE_SMSF, ROLE_LMF, ROLE_5G_EIR,
	ROLE_MME, ROLE_SGW_C, ROLE_SGW_U, ROLE_PGW_C, ROLE_PGW_U, ROLE_SGSN, ROLE_GGSN, ROLE_HSS, ROLE_PCRF, ROLE_OCS, ROLE_EIR, ROLE_AF, ROLE_DRA,
	ROLE_DIAMETER_NODE,
	ROLES
};
#define ROLE_BIT(role) ((uint64_t)1 << (role))
_Static_assert(ROLES <= 64, "a set of roles is one word");
const char *role_name(enum role r);

struct ground { uint32_t input, frame; };

enum { MODEL_GROUNDS = 16, MODEL_FRAMES = 64, NONE = 0xffffffff };

enum attr_kind { ATTR_NAME, ATTR_ADDR, ATTR_PLMN, ATTR_TAC, ATTR_EVIDENCE };	/* EVIDENCE: of its supplier, see attr.tac */

struct element {
	uint64_t	roles;			/* ROLE_BIT()s */
	uint32_t	attrs, last_attr;	/* chain, see model_attr(), and its end */
	uint32_t	nattrs;			/* how many were asked for */
	uint64_t	first_ns, last_ns;
	uint8_t		ngrounds, node_bits;	/* node_bits: length of a RAN node id */
	uint8_t		node_plmn[3];
	uint8_t		has_node, amf_set;	/* node_id is known; it is an AMF or MME identifier */
	uint32_t	node_id;		/* right-aligned value */
	struct addr	addr;			/* the address it was first seen at; fam 0: it was only named */
	uint64_t	associated_ns;		/* its first PFCP association was accepted; 0: never seen */
	uint64_t	asked_ns, accepted_ns;	/* NG (S1) Setup: the first request, the first one accepted; 0: never.  Of an AMF: what it was asked for */
	uint64_t	joined_ns;		/* a setup of F1, E1, Xn or X2 in which it took part was accepted first; 0: never */
	struct ground	accept, associate;
	struct ground	ground[MODEL_GROUNDS];
	struct ground	rests[MODEL_GROUNDS];	/* what grounds mean that by: the request that one answers, the session it is about */
	uint8_t		nrests, join_asked;	/* join_asked: it asked for such a setup */
	uint8_t		has_id;			/* it said an id in one, which need not be its node_id */
	uint8_t		by_sbi;			/* the service based interface alone showed it so far */
};

struct attr {
	uint8_t		kind;			/* enum attr_kind */
	uint8_t		len;			/* octets of text (ATTR_NAME, ATTR_PLMN, ATTR_EVIDENCE) */
	uint16_t	spare;
	uint32_t	next;			/* index + 1, 0 ends */
	uint32_t	text;			/* ATTR_NAME, ATTR_EVIDENCE: see model_text() */
	uint32_t	tac;			/* ATTR_EVIDENCE: the enum fact_key that said it */
	struct addr	addr;
	char		plmn[7];
	struct ground	ground;
};

enum plane { PLANE_SIGNALLING, PLANE_USER, PLANE_MANAGEMENT, PLANE_OTHER };
const char *plane_name(enum plane p);

struct contact_key_m { uint8_t a[16], b[16]; uint16_t port; uint8_t proto, fam, inner, bits_a, bits_b, pad; };

struct contact_rec {
	struct contact_key_m key;
	uint64_t	packets[2], bytes[2];	/* a to b, b to a */
	uint64_t	first_ns, last_ns;
	uint32_t	frame;			/* the first one of it, and its input */
	uint16_t	input;
	uint8_t		opened, at;
	uint64_t	frames : 18, outer : 8, frames_total : 38;	/* chain, see model_contact_frames(), and how many there were; outer: fact.h */
};

/* What a pair of addresses was seen to speak. */
enum { PAIR_NGAP = 1, PAIR_PFCP = 2, PAIR_GTPU = 4, PAIR_DNS = 8, PAIR_TUNNEL = 16, PAIR_GTPC = 32, PAIR_DIAMETER = 64,
	PAIR_RAN = 128, PAIR_S1AP = 256 };	/* RAN: F1AP, E1AP, XnAP or X2AP */

/* END_PFCP_DUPL: a duplication rule sends there; that explains nothing, and is told apart by model_duplication(). */
enum end_origin { END_NGAP_UL = 1, END_NGAP_DL = 2, END_PFCP_LOCAL = 4, END_PFCP_PEER = 8, END_SEEN = 16, END_PFCP_DUPL = 32,
	END_GTPC_UL = 64, END_GTPC_DL = 128,		/* GTP-C named it: packets to it go up, or down */
	END_OF_SGW = 256, END_OF_PGW = 512,		/* and said whose it is */
	END_RAN = 1024,					/* F1AP, E1AP, XnAP or X2AP named it */
	END_S1_UL = 2048, END_S1_DL = 4096,
	END_ORDERED = END_NGAP_UL | END_NGAP_DL | END_PFCP_LOCAL | END_PFCP_PEER | END_GTPC_UL | END_GTPC_DL | END_RAN |
		END_S1_UL | END_S1_DL };

/*
 * The records below name an address by its number, see model_addr(): there are many sessions and
 * few nodes, and a key of 8 or 16 octets is found in one step.  A UE context that was released and
 * a PFCP session that was deleted are kept a while for late messages, then given back; the ends of
 * their tunnels stay, with what ordered them.
 */

/* One end of tunnels: who announced it, for which session, and what flowed to it. */
struct tunnel_end {
	struct tunnel_end_key { uint32_t addr, teid; } key;
	uint32_t	pfcp_session;		/* in whose chain it is: index, or NONE */
	uint32_t	ue_root;		/* the UE whose session `psi` (PDU session id, E-RAB id) N2 or S1 named it for last, or 0 */
	uint32_t	rule;			/* FAR id (PFCP peer) or PDR id (PFCP local) */
	uint32_t	next, prev;		/* the PFCP session's ends in force: index + 1 */
	uint16_t	origin;			/* enum end_origin bits */
	uint8_t		psi, set_up;		/* set_up: that PDU session was set up */
	uint64_t	ordered_ns, withdrawn_ns;	/* 0: never */
	struct ground	order;			/* with END_PFCP_DUPL and no other order, those are the duplication's */
	struct ground	ruled;			/* what gave it its rule */
	struct ground	over;			/* what withdrew it, when withdrawn_ns */
	uint64_t	packets, bytes;		/* G-PDUs towards it */
};

/* Do packets to it go down to the UE?  A gateway's end towards the core is one of its own (PFCP) and goes down all the same: GTP-C says so. */
static inline bool end_goes_down(const struct tunnel_end *e)
{
	if (e->origin & (END_NGAP_UL | END_S1_UL | END_GTPC_UL))
		return false;
	return e->origin & END_GTPC_DL || (e->origin & (END_NGAP_DL | END_S1_DL | END_PFCP_PEER) && !(e->origin & END_PFCP_LOCAL));
}

/* That copies go to a tunnel end: the first rule that said so. */
struct duplication {
	struct { uint32_t end, pad; } key;
	uint32_t	session, far;		/* the PFCP session's index then, FAR id */
	uint32_t	cp, up;			/* who asked whom: addresses, by number */
	uint64_t	ordered_ns;
	struct ground	order;
};

/*
 * G-PDUs from one address to another, whatever the TEID.  Strays: no order covers them.  What a
 * duplication rule sends is neither; what is left is ordered.
 */
enum { PASSAGE_TEIDS = 16 };
struct passage {
	struct { uint32_t src, dst; } key;	/* by number */
	uint64_t	packets, bytes;
	uint64_t	stray_packets, stray_bytes, dupl_packets;
	uint64_t	first_ns, last_ns, stray_first_ns, stray_last_ns;
	uint64_t	order_from_ns;		/* when order_end was used first */
	uint64_t	frames_total;
	uint32_t	frames;			/* chain, see model_passage_frames() */
	uint32_t	order_end;		/* a tunnel end (index) whose order covered some of it, or NONE */
	uint32_t	over_end;		/* one that strays went to after its order was withdrawn, or NONE */
	uint32_t	teids;			/* of strays: how many; past the first ones one may count twice */
	uint8_t		nteid, outer, pad[2];	/* outer: of strays, what stands before their packets (fact.h) */
	uint32_t	teid[PASSAGE_TEIDS];	/* the first ones */
};

struct pfcp_session {
	struct pfcp_session_key { uint64_t cp_seid; uint32_t cp, pad; } key;
	uint64_t	up_seid;
	uint64_t	first_ns, last_ns;
	struct ground	ground, accept, five;	/* five: what only 5G has */
	uint32_t	up, cp_element, up_element;
	uint32_t	ends;			/* ends in force: index + 1 */
	uint16_t	nends;			/* how many */
	uint8_t		accepted, deleted, five_g, asked, has_ue4, has_ue6;
	uint8_t		ue4[4], ue6[16];	/* the session's own addresses */
	uint32_t	serial;			/* unlike its index never used again */
	uint32_t	copies;			/* the end that a duplication rule of it named last: index + 1 */
	uint32_t	far, far_end;		/* its first FAR that sent into a tunnel, and where: index + 1; 0: none so far, NONE: nowhere now */
};

struct ue_context {
	struct ue_context_key { uint32_t amf, ran, ran_id; uint16_t ran_port, lte; } key;	/* lte: of S1, with MME and eNB */
	uint64_t	amf_id;
	uint32_t	ran_element, amf_element;
	uint64_t	last_ns;
	uint32_t	root;			/* a number for the UE, kept across handovers and never used again */
	uint32_t	security;		/* where the root's ue_security was last: index + 1 */
	uint8_t		has_amf, released, ea, ia, has_alg;
	uint8_t		continues;		/* another context (handover) */
	uint8_t		left;			/* went on in another context */
	uint8_t		pad;
	/* so far what most messages need: one line */
	uint32_t	old;			/* the context that it continues: index + 1, while that one has its root */
	uint32_t	sessions;		/* chain of PDU sessions: index + 1 */
	uint64_t	first_ns;
	struct ground	ground;
	struct ground	named, chosen, left_by;	/* what gave it the AMF's id; its last Security Mode Command; what asked its handover's target */
};

/* What a UE announced and what was sent on of it.  Octets as in NAS: 5G-EA0 or 5G-IA0 is the highest bit; in NGAP NEA1 or NIA1 is. */
enum { RRC_UNKNOWN = 255 };
struct ue_security {
	struct ue_security_key { uint32_t root, pad; } key;
	struct ground	reg_ground, cap_ground, replayed_ground, ngap_ground;
	uint16_t	ngap_ea, ngap_ia;	/* the last of Initial Context Setup, Handover Request, Path Switch Request */
	uint8_t		cap[2], replayed[2];	/* 5G-EA, 5G-IA: in the Registration Request, in the Security Mode Command after it */
	uint8_t		has_cap, has_replayed, has_ngap;
	uint8_t		reg_type;		/* 5GS registration type value of the last Registration Request; 0: none seen */
	uint8_t		rrc_cause;		/* RRCEstablishmentCause of Initial UE Message, or RRC_UNKNOWN */
	uint8_t		pad[3];
};

struct pdu_session {
	struct pdu_session_key { uint32_t root, psi; } key;	/* of the UE; PDU session id */
	uint32_t	ue;			/* the UE context in whose chain it is */
	uint32_t	next;			/* index + 1 */
	uint32_t	ul, dl;			/* tunnel ends: index, or NONE */
	uint32_t	before;			/* E-RAB: the source's end while its handover goes on, or NONE */
	struct ground	ul_ground, dl_ground, ue_ground;	/* what named them and the address */
	uint8_t		ue4[4];
	uint8_t		has_ue4, accepted, resumed, dual;	/* resumed: it was set up before, under another UE context; dual: it has an IPv6 prefix too, which NAS does not say */
};

struct protocol_count { uint64_t messages, undecoded; };

struct model_counts {
	uint64_t	ea[8], ia[8], suci[16];	/* security mode commands by algorithm; registrations by SUCI scheme */
	uint64_t	eea[8], eia[8], erabs;	/* the same in EPS; its sessions */
	uint64_t	ues, pdu_sessions, tunnels, pfcp_sessions;
	uint64_t	gtpc_sessions;		/* PDN connections and PDP contexts that were accepted */
	uint64_t	pfcp_asked, pfcp_accepted, pfcp_deleted, pfcp_associations;
	uint64_t	nas_protected, nas_encrypted, nas_plain;
	uint64_t	loss;			/* units named by loss facts */
	uint64_t	refused;		/* by full tables */
	uint64_t	sbi_requests, sbi_responses, sbi_tokens;	/* of operations known here, in clear; requests that carried a token */
	uint64_t	sbi_decrypted;		/* requests that a key log opened */
	uint64_t	http2_unknown;		/* header fields that the tap began too late for */
	uint64_t	sbi_unkept;		/* endpoints named, past the first ones */
	uint64_t	dns_unkept;		/* DNS answers past the first ones: what they could explain is not explained */
	uint64_t	frames_unkept;		/* frame numbers that the pool had no room for */
	struct protocol_count by_kind[FACT_KINDS];
};

struct model_config {
	struct hash_key	hash;
	uint32_t	contacts, sessions;	/* caps; 0: the default */
	uint64_t	move_window_ns;		/* in which changes of a rule's destination are counted; 0: 60 s */
	uint64_t	settle_ns, grace_ns;	/* how long before it was seen and after it was withdrawn an order holds; 0: 1 s, 5 s */
	void		(*bind)(void *ctx, const struct binding *b);	/* may be NULL */
	void		*ctx;
};

struct model;

int model_new(struct model **out, const struct model_config *cfg);
void model_free(struct model *m);
/* One fact, in order of n.  Copies (dup) are ignored but counted. */
void model_fact(struct model *m, const struct fact *f);

/*
 * What the last message meant.  A tally means nothing here.  A move: a Session Modification gave a
 * FAR another address to send to.
 */
enum { MODEL_MOVES = 8, MOVE_MEMORY = 8 };
struct move {
	uint32_t	session, far;
	uint32_t	from, to;		/* addresses, by number */
	uint32_t	from_teid, to_teid;
	uint32_t	changes;		/* of this FAR in the window that ends now, this one included; at most MOVE_MEMORY */
	bool		back;			/* to where it sent before, in the window */
	struct ground	first;			/* the first of those changes */
};
struct model_last {
	uint32_t	ue;			/* UE context of the NGAP message, or of that which carried this NAS message; or NONE */
	uint32_t	session;		/* PFCP session, or NONE */
	bool		orphan;			/* a response (PFCP; NGAP of the procedures that checks read) to a request that was not seen */
	unsigned	nmoves;
	struct move	move[MODEL_MOVES];	/* the first ones */
};
const struct model_last *model_last(const struct model *m);
/*
 * The frames that the last message's meaning rests on: what made its UE and session what they are.  Of a tunnel
 * end: what ordered it and gave its session an address.  And that which made an element one at an address.
 * They return how many, at most MODEL_WHY.
 */
enum { MODEL_WHY = 64 };
unsigned model_why_last(const struct model *m, struct ground out[MODEL_WHY]);
unsigned model_why_end(const struct model *m, uint32_t end, struct ground out[MODEL_WHY]);
unsigned model_why_at(const struct model *m, const struct addr *a, uint8_t bits, struct ground out[MODEL_WHY]);
/* After the last fact: names tunnel ends of which nothing more is known.  Once. */
void model_settle(struct model *m);

const struct model_counts *model_counts(const struct model *m);
uint32_t model_elements(const struct model *m);
const struct element *model_element(const struct model *m, uint32_t i);
const struct attr *model_attr(const struct model *m, uint32_t chain);	/* chain: index + 1; NULL at 0 */
const char *model_text(const struct model *m, uint32_t text);
/* Its id (DESIGN.md section 3), ended; returns its length. */
enum { ELEMENT_ID = 96 };
size_t model_element_id(const struct model *m, uint32_t i, char out[ELEMENT_ID]);
/* The elements that hold an address, in order of discovery: index + 1 of the first holder, of the next; 0: no more. */
uint32_t model_first_at(const struct model *m, const struct addr *a);
uint32_t model_next_at(const struct model *m, uint32_t holder);
uint32_t model_holder(const struct model *m, uint32_t holder);		/* which element it is */
/* The address that a record names by number. */
struct addr model_addr(const struct model *m, uint32_t number);
uint32_t model_place(const struct model *m, const struct addr *a);	/* the number of an address; NONE: not met */

uint32_t model_contacts(const struct model *m);
const struct contact_rec *model_contact(const struct model *m, uint32_t i);
/* One of its ends; of a pool the prefix's address. */
struct addr model_contact_end(const struct model *m, const struct contact_rec *c, bool b);
enum plane model_contact_plane(const struct model *m, const struct contact_rec *c);
/* HTTP of the service-based interface was read on it. */
bool model_contact_sbi(const struct model *m, const struct contact_rec *c);
/* Its first frames in order of arrival, at least the first one; returns how many.  And how many there were. */
unsigned model_contact_frames(const struct model *m, uint32_t contact, struct ground out[MODEL_FRAMES]);
uint64_t model_contact_frames_total(const struct model *m, uint32_t contact);
/*
 * What two were seen to speak on that port (0: a protocol without): SPOKE_ bits; 0: nothing that is known here.  clear: the first frame
 * of what is in clear, frame 0: none; may be NULL.
 */
enum { SPOKE_TLS = 1, SPOKE_DTLS_SUITE = 2, SPOKE_DTLS_DATA = 4, SPOKE_IKE = 8, SPOKE_ESP = 16, SPOKE_ESP_NULL = 32, SPOKE_AH = 64, SPOKE_SSH = 128,
	SPOKE_TELNET = 256, SPOKE_FTP = 512, SPOKE_TFTP = 1024, SPOKE_SNMP_CLEAR = 2048, SPOKE_SNMP_PRIVATE = 4096, SPOKE_LDAP = 8192,
	SPOKE_LDAP_PASSWORD = 16384, SPOKE_STARTTLS = 32768, SPOKE_SYSLOG = 65536, SPOKE_RADIUS = 131072,
	SPOKE_NULL_SUITE = 262144,	/* a server of TLS or DTLS chose a suite without encryption */
	SPOKE_NETCONF = 524288,
	SPOKE_OPENED = 1048576,		/* under TLS, and read with a key log */
	SPOKE_VXLAN = 1 << 21, SPOKE_GENEVE = 1 << 22, SPOKE_ERSPAN = 1 << 23, SPOKE_GRE = 1 << 24, SPOKE_IPIP = 1 << 25, SPOKE_TZSP = 1 << 26,
	SPOKE_MANAGEMENT = SPOKE_SSH | SPOKE_TELNET | SPOKE_FTP | SPOKE_TFTP | SPOKE_SNMP_CLEAR | SPOKE_SNMP_PRIVATE | SPOKE_SYSLOG | SPOKE_RADIUS | SPOKE_NETCONF };
/* Was a message of that frame decrypted?  Past as many frames as are kept it says yes of any. */
bool model_frame_opened(const struct model *m, uint32_t input, uint32_t frame);
uint32_t model_spoke(const struct model *m, const struct addr *a, const struct addr *b, uint8_t protocol, uint16_t port, struct ground *clear);
/*
 * NETCONF and RESTCONF call home (RFC 8071): on ports of their own who is managed opens the connection, and is the server of the SSH or TLS in
 * it.  UNSAID: of such a contact neither who opened it nor which side is whose need have been seen.
 */
enum { NETCONF_CH_SSH = 4334, NETCONF_CH_TLS = 4335, RESTCONF_CH_TLS = 4336 };
enum call { CALL_NOT, CALL_UNSAID, CALL_HOME };
enum call model_call_home(const struct model *m, const struct contact_rec *c);
/* What the pair was seen to speak: PAIR_ bits. */
uint16_t model_pair(const struct model *m, const struct addr *a, const struct addr *b, uint8_t protocol);

/* The reference point that a contact is as far as its ends and its content show: "N2", "S1-U", ..., else the protocol: "GTP-U", "DNS"; "": not known. */
const char *model_interface(const struct model *m, const struct contact_rec *c);

/* Did signalling (a duplication rule is none) name the address as one of tunnel ends? */
bool model_address_ordered(const struct model *m, const struct addr *a);
uint32_t model_end_of(const struct model *m, const struct addr *a, uint32_t teid);	/* the tunnel end, or NONE */
uint32_t model_ends(const struct model *m);
const struct tunnel_end *model_end_at(const struct model *m, uint32_t i);
const struct duplication *model_duplication(const struct model *m, uint32_t end);	/* NULL: no copies go there */
/* Passages; the frames are of strays and of what a duplication rule sends. */
uint32_t model_passages(const struct model *m);
const struct passage *model_passage(const struct model *m, uint32_t i);
uint32_t model_passage_find(const struct model *m, const struct addr *src, const struct addr *dst);	/* or NONE */
unsigned model_passage_frames(const struct model *m, uint32_t i, struct ground out[MODEL_FRAMES]);
uint64_t model_passage_frames_total(const struct model *m, uint32_t i);
uint32_t model_pfcp_sessions(const struct model *m);
const struct pfcp_session *model_pfcp_session(const struct model *m, uint32_t i);
uint32_t model_ues(const struct model *m);
const struct ue_context *model_ue(const struct model *m, uint32_t i);
const struct ue_security *model_ue_security(const struct model *m, uint32_t ue);	/* NULL: nothing known */
uint32_t model_pdu_sessions(const struct model *m);
const struct pdu_session *model_pdu_session(const struct model *m, uint32_t i);
/* PFCP associations: pairs of addresses whose set-up was accepted. */
struct association { struct addr a, b; struct ground ground; uint64_t t_ns; };	/* first accepted */
uint32_t model_associations(const struct model *m);
struct association model_association(const struct model *m, uint32_t i);

/* That a client was told an address for a name: the first time. */
struct dns_answer {
	uint32_t	client, addr, resolver;	/* addresses, by number */
	uint32_t	name;			/* what was asked for: model_text(), cut at 255 */
	uint64_t	t_ns;
	struct ground	ground;
};
const struct dns_answer *model_dns(const struct model *m, const struct addr *client, const struct addr *addr);	/* NULL: none */
uint32_t model_dns_answers(const struct model *m);
const struct dns_answer *model_dns_answer_at(const struct model *m, uint32_t i);

/*
 * That the service based interface named an endpoint: an NRF as where a function is (to anybody, or to who asked), or one
 * end to the other, as where it is to be called back.  And that two ends spoke it there.
 */
enum sbi_said { SBI_REGISTERED = 1, SBI_DISCOVERED, SBI_CALLBACK, SBI_SPOKEN };
struct sbi_named {
	struct sbi_named_key { uint32_t client, addr; uint16_t port, pad; uint32_t said; } key;	/* addresses by number; client NONE: anybody; port 0: any */
	uint32_t	by;			/* who said so: address by number */
	uint64_t	t_ns;			/* first */
	struct ground	ground;
};
/* Who named addr:port to that client (DISCOVERED before REGISTERED before CALLBACK); NULL: nobody. */
const struct sbi_named *model_sbi_named(const struct model *m, const struct addr *client, const struct addr *addr, uint16_t port);
/* Did the client speak it with that server? */
bool model_sbi_spoken(const struct model *m, const struct addr *client, const struct addr *server, uint16_t port);
/* That GTP-C named a gateway to the one who has to ask it (an MME tells an SGW where the PGW is): the first time. */
struct gateway_named {
	struct { uint32_t told, gateway; } key;		/* addresses, by number */
	uint32_t	teller, pad;
	uint64_t	t_ns;
	struct ground	ground;
};
const struct gateway_named *model_gateway(const struct model *m, const struct addr *told, const struct addr *gateway);	/* NULL: none */

/* MCC and MNC digits of a PLMN identity (TS 24.008 10.5.1.13), ended. */
void plmn_text(const uint8_t p[3], char out[7]);

#endif
