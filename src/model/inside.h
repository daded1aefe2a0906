/* The inside of struct model; private to this folder. */
#ifndef FW_MODEL_INSIDE_H
#define FW_MODEL_INSIDE_H

#include "model.h"
#include "table.h"

enum { SESSION_ENDS = 256, ELEMENT_ATTRS = 4096 };	/* in force at once in one session; names, addresses, PLMNs, TACs of one element */
enum { CAP_ELEMENTS = 1 << 16, CAP_ATTRS = 1 << 20, CAP_TEXT = 1 << 24, CAP_LINKS = 1 << 20 };

/* Where an element is found: a class and what identifies it there. */
enum find_class { FIND_NODE = 1, FIND_AMF_ID, FIND_RAN_AT, FIND_AMF_AT, FIND_CP_AT, FIND_UP_AT, FIND_PFCP_AT, FIND_PEER_AT, FIND_ANY_AT };

struct find_key { uint8_t class, fam; uint16_t port; uint8_t b[20]; };
struct find { struct find_key key; uint32_t element; uint32_t pad; };
struct link { uint32_t element, next, last; };	/* last: at the head of a chain, its end */

struct pair_key { uint8_t lo[16], hi[16]; uint8_t fam, proto, pad[6]; };
struct pair { struct pair_key key; uint64_t first_ns; struct ground ground; uint8_t flags, pad[7]; };

/* A request that awaits its response: PFCP by (requester, responder, sequence number). */
struct wait_key { uint8_t from[16], to[16]; uint32_t seq; uint8_t fam, type, pad[2]; };
struct wait { struct wait_key key; uint32_t session, pad; };

/* Other names of a UE context and of a PFCP session. */
struct alias_key { uint8_t addr[16]; uint64_t id; uint8_t fam, what, pad[6]; };
struct alias { struct alias_key key; uint32_t value, pad; };
enum { ALIAS_AMF_UE = 1, ALIAS_UP_SEID };

struct assoc_key { uint8_t a[16], b[16]; uint8_t fam, pad[7]; };
struct assoc { struct assoc_key key; struct ground ground; };

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
	struct table	finds, contacts, pairs, waits, aliases, assocs;
	struct table	ends, pfcp, ues, pdus;
	/* the NGAP message whose NAS follows */
	uint64_t	ngap_n;
	uint32_t	ngap_ue, serial;
	bool		ngap_uplink;
	bool		settled;
};

/* element.c */
uint32_t element_new(struct model *m, const struct fact *f, const struct addr *a);
void element_seen(struct model *m, uint32_t e, const struct fact *f);
void element_ground(struct model *m, uint32_t e, const struct fact *f);
void element_role(struct model *m, uint32_t e, enum role r, const struct fact *f);
void element_addr(struct model *m, uint32_t e, const struct addr *a, const struct fact *f);
void element_name(struct model *m, uint32_t e, const char *s, size_t n, const struct fact *f);
void element_plmn(struct model *m, uint32_t e, const uint8_t p[3], const struct fact *f);
void element_tac(struct model *m, uint32_t e, uint32_t tac, const struct fact *f);
uint32_t find_get(const struct model *m, const struct find_key *key);
void find_set(struct model *m, const struct find_key *key, uint32_t element);
struct find_key find_at(enum find_class class, const struct addr *a, uint16_t port);
/* The element of that class at the address; made when there is none. */
uint32_t element_at(struct model *m, enum find_class class, const struct addr *a, uint16_t port, const struct fact *f);

/* order.c */
uint32_t end_order(struct model *m, const struct addr *a, uint32_t teid, enum end_origin origin, const struct fact *f);
uint32_t end_find(const struct model *m, const struct addr *a, uint32_t teid);	/* or NONE */
void end_withdraw(struct model *m, uint32_t end, const struct fact *f);
/* Puts the end into the session's chain, out of any other's; false: the session has too many. */
bool end_of_session(struct model *m, uint32_t end, uint32_t session);
void session_withdraw(struct model *m, uint32_t session, const struct fact *f);	/* all its ends */
void bind_tunnel(struct model *m, const struct tunnel_end *e, const struct addr *ue4, const struct addr *ue6);
void bind_node(struct model *m, const struct addr *a);
void bind_ue(struct model *m, const struct addr *a);

/* one file a protocol */
void model_ngap(struct model *m, const struct fact *f);
void model_nas(struct model *m, const struct fact *f);
void model_pfcp(struct model *m, const struct fact *f);
void model_tunnel(struct model *m, const struct fact *f);
void model_contact_tally(struct model *m, const struct fact *f);
void model_pair_seen(struct model *m, const struct fact *f, uint8_t proto, uint8_t flag);

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
