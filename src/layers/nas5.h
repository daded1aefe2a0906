/* NAS of 5G: what NGAP hands on, and the parts that nas5.c, nas5_msg.c and nas5_alg.c share. */
#ifndef FW_LAYERS_NAS5_H
#define FW_LAYERS_NAS5_H

#include "layer.h"
#include "table.h"

/* What the octets are: ue_key.carries. */
enum nas_carried {
	NAS_MESSAGE,
	NAS_CONTAINER_TO_N1,	/* NASC: intra N1 mode or S1 mode to N1 mode container (TS 24.501 9.11.2.6, 9.11.2.9) */
	NAS_CONTAINER_TO_S1,	/* N1 mode to S1 mode container (TS 24.501 9.11.2.7) */
	NAS_PAYLOAD,		/* a plain message inside NAS transport */
	NAS_WHOLE,		/* the content of a NAS message container, readable */
	NAS_OPAQUE,		/* the same, ciphered */
	NAS_INNER = 16,		/* the plain message of an envelope: plus its security header type, 1..4 */
};

extern const struct proto proto_nas5;

/* ---- nas5_alg.c: which algorithm a UE's messages are under, in 5G and (naseps.c) in EPS; what was not seen is not known ---- */

struct nas_alg { uint8_t ea, ia, known, next_ea, next_ia, next; };	/* next_: chosen, not in use yet */

struct nas_state {
	struct table	pairs;		/* association and RAN-UE-NGAP-ID */
	struct table	amf_ids;	/* AMF address and AMF-UE-NGAP-ID: where the RAN node changed */
	struct table	tmsis;		/* AMF address and 5G-TMSI: where the UE was idle in between */
	struct table	moves;		/* handover container: where both ids changed */
};

int nas_state_init(void *state, const struct hash_key *hk);
void nas_state_free(void *state);
/* An initial message begins a connection of which nothing is known. */
void nas_begin(struct nas_state *s, const struct ue_key *ue);
/* The algorithms of the UE. */
struct nas_alg nas_alg_of(struct nas_state *s, const struct ue_key *ue);
/* Is a message with this security header type (2, 4), or a container in one of type 1, under 5G-EA0? */
bool nas_is_null(const struct nas_alg *a, uint8_t header_type);
/* A security mode command chose; it takes effect with the completion. */
void nas_chosen(struct nas_state *s, const struct ue_key *ue, uint8_t ea, uint8_t ia);
/* done: the UE uses what was chosen; else it refused. */
void nas_settled(struct nas_state *s, const struct ue_key *ue, bool done);
/* In use from now on: told to the target of a handover. */
void nas_in_use(struct nas_state *s, const struct ue_key *ue, uint8_t ea, uint8_t ia);
/* The network names the UE so under its present context, or (not given) the UE calls itself so. */
void nas_tmsi(struct nas_state *s, const struct ue_key *ue, uint32_t tmsi, bool given);
/* The UE names itself by an IMSI (EPS); under: in a message that its present context protects, so that it is the one of before. */
void nas_imsi(struct nas_state *s, const struct ue_key *ue, const char *digit, size_t n, bool under);
/* A handover container left the source (uplink) or reached the target; the same octets make them one UE. */
void nas_handover(struct nas_state *s, const struct ue_key *ue, const uint8_t *container, size_t n);
void nas5_handover(struct layers *l, const struct ue_key *ue, const uint8_t *container, size_t n);

/* ---- nas5_msg.c: messages and their elements ---- */

struct nas_reading {
	struct layers	*l;
	struct put	*o;
	const struct msg *m;
	struct nas_state *s;
	const struct ue_key *ue;	/* of nobody: all zero */
	bool		 has_ue;
	uint8_t		 header;	/* security header type of the envelope, 0: none */
	uint8_t		 type, payload_type;
	enum cur_why	 why;		/* trouble inside an element */
	bool		 has_container, has_tmsi;
	struct cur	 container;	/* NAS message container */
	uint32_t	 tmsi;
};

/* The part of a plain message behind its type.  Unknown types are not read: false. */
bool nas_body(struct nas_reading *r, bool sm, struct cur *c);
bool nas_cover(unsigned i, struct cover_row *row);

#endif
