/* NAS of EPS: what S1AP hands on, and the parts that naseps.c and naseps_msg.c share.  What algorithm a UE is under is kept as in 5G (nas5_alg.c). */
#ifndef FW_LAYERS_NASEPS_H
#define FW_LAYERS_NASEPS_H

#include "nas5.h"

/* What the octets are: ue_key.carries. */
enum naseps_carried {
	EPS_MESSAGE,
	EPS_ESM,		/* a plain message in an ESM message container */
	EPS_OPAQUE,		/* the same, ciphered */
	EPS_WHOLE,		/* the content of a NAS message container: an EMM message */
	EPS_INNER = 16,		/* the plain message of an envelope: plus its security header type, 1..5 */
};

enum { EPS_PLAIN, EPS_INTEGRITY, EPS_CIPHERED, EPS_INTEGRITY_NEW, EPS_CIPHERED_NEW, EPS_PARTLY_CIPHERED, EPS_SERVICE_REQUEST = 12 };	/* TS 24.301 9.3.1 */

extern const struct proto proto_naseps;

/* A handover container left the source (uplink) or reached the target. */
void naseps_handover(struct layers *l, const struct ue_key *ue, const uint8_t *container, size_t n);
/* An M-TMSI, as a pseudonym. */
void naseps_put_tmsi(struct layers *l, struct put *o, uint32_t tmsi);

/* ---- naseps_msg.c: messages and their elements ---- */

struct eps_reading {
	struct layers	*l;
	struct put	*o;
	const struct msg *m;
	struct nas_state *s;
	const struct ue_key *ue;	/* of nobody: all zero */
	bool		 has_ue;
	uint8_t		 header;	/* security header type of the envelope, 0: none */
	uint8_t		 type;
	enum cur_why	 why;		/* trouble inside an element */
	bool		 has_esm, has_container, has_tmsi;
	struct cur	 esm, container;
	uint32_t	 tmsi;
};

/* The part of a plain message behind its type.  Unknown types are not read: false. */
bool naseps_body(struct eps_reading *r, bool esm, struct cur *c);
bool naseps_cover(unsigned i, struct cover_row *row);

#endif
