/* PFCP (TS 29.244): a message is opened, IEs and groups are put into it, and it is closed.  Ready-made rules below. */
#ifndef FW_BUILD_PFCP_H
#define FW_BUILD_PFCP_H

#include "net.h"

enum { PFCP_PORT = 8805 };

/* 7.3 */
enum {
	PFCP_HEARTBEAT = 1, PFCP_HEARTBEAT_ANSWER = 2, PFCP_PFD = 3, PFCP_ASSOC_SETUP = 5, PFCP_ASSOC_SETUP_ANSWER = 6, PFCP_ASSOC_UPDATE = 7,
	PFCP_ASSOC_UPDATE_ANSWER = 8, PFCP_ASSOC_RELEASE = 9, PFCP_ASSOC_RELEASE_ANSWER = 10, PFCP_VERSION = 11, PFCP_NODE_REPORT = 12,
	PFCP_NODE_REPORT_ANSWER = 13, PFCP_SET_DELETION = 14, PFCP_SET_DELETION_ANSWER = 15, PFCP_ESTABLISH = 50, PFCP_ESTABLISH_ANSWER = 51,
	PFCP_MODIFY = 52, PFCP_MODIFY_ANSWER = 53, PFCP_DELETE = 54, PFCP_DELETE_ANSWER = 55, PFCP_REPORT = 56, PFCP_REPORT_ANSWER = 57,
};

/* Interfaces of 8.2.2 and 8.2.24, bits of Apply Action (8.2.26), causes (8.2.1). */
enum { IF_ACCESS = 0, IF_CORE = 1, IF_SGI = 2, IF_CP = 3, IF_LI = 4 };
enum { APPLY_DROP = 1, APPLY_FORW = 2, APPLY_BUFF = 4, APPLY_NOCP = 8, APPLY_DUPL = 16 };
enum { PFCP_ACCEPTED = 1, PFCP_REJECTED = 64, PFCP_NO_CONTEXT = 65, PFCP_MANDATORY_MISSING = 66, PFCP_NO_ASSOCIATION = 72 };

struct buf pfcp_open(unsigned type, uint32_t seq);				/* node related: no SEID */
struct buf pfcp_open_session(unsigned type, uint64_t seid, uint32_t seq);
struct buf pfcp_close(struct buf m);						/* fills the length in */

size_t pfcp_group(struct buf *m, unsigned type);				/* len16_close() ends it */
void pfcp_ie(struct buf *m, unsigned type, struct buf v);			/* eats v */
void pfcp_u8(struct buf *m, unsigned type, unsigned v);
void pfcp_u16(struct buf *m, unsigned type, unsigned v);
void pfcp_u32(struct buf *m, unsigned type, uint32_t v);
struct buf pfcp_without(struct buf m, unsigned type);				/* takes top-level IEs of that type out */

void pfcp_node_id(struct buf *m, const struct ip *a);
void pfcp_node_fqdn(struct buf *m, const char *fqdn);
void pfcp_f_seid(struct buf *m, uint64_t seid, const struct ip *a);
void pfcp_f_teid(struct buf *m, uint32_t teid, const struct ip *a);
void pfcp_f_teid_choose(struct buf *m, unsigned choose_id);			/* the UP function allocates */
void pfcp_cause(struct buf *m, unsigned cause);
void pfcp_ue_ip(struct buf *m, const struct ip *a, bool destination);
void pfcp_instance(struct buf *m, const char *name);
void pfcp_ohc(struct buf *m, uint32_t teid, const struct ip *a);		/* GTP-U/UDP/IP */
void pfcp_started(struct buf *m, uint64_t t_ns);				/* Recovery Time Stamp */

/* Rules of a session as the SMF asks for them. */
struct pfcp_pdr {
	unsigned	 id, far, precedence, interface;
	unsigned	 qer, urr;		/* 0: none */
	const struct ip	*teid_ip;		/* local F-TEID; NULL: none; with teid 0: CHOOSE */
	uint32_t	 teid;
	const struct ip	*ue;			/* UE IP address */
	const char	*instance;
	bool		 strip;			/* Outer Header Removal */
	unsigned	 iface_type;		/* 3GPP Interface Type + 1; 0: none */
	const char	*filter;		/* SDF filter */
};

struct pfcp_far {
	unsigned	 id, apply, interface;
	bool		 forwards;		/* Forwarding Parameters are there */
	const char	*instance;
	const struct ip	*to;			/* Outer Header Creation towards */
	uint32_t	 teid;
	bool		 end_marker;		/* update only: send one */
	const struct ip	*copy_to;		/* Duplicating Parameters */
	uint32_t	 copy_teid;
	unsigned	 copy_interface;
	unsigned	 bar;
};

void pfcp_create_pdr(struct buf *m, const struct pfcp_pdr *r);
void pfcp_created_pdr(struct buf *m, unsigned id, uint32_t teid, const struct ip *a);
void pfcp_create_far(struct buf *m, const struct pfcp_far *r);
void pfcp_update_far(struct buf *m, const struct pfcp_far *r);
void pfcp_create_qer(struct buf *m, unsigned id, unsigned qfi);
void pfcp_create_urr(struct buf *m, unsigned id);
void pfcp_remove(struct buf *m, unsigned group, unsigned id_ie, unsigned id);	/* 15/56 PDR, 16/108 FAR, 17/81 URR, 18/109 QER */
void pfcp_usage(struct buf *m, unsigned group, unsigned urr, unsigned number, uint64_t up, uint64_t down);

#endif
