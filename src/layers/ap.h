/*
 * What NGAP, S1AP and their kin between nodes of the radio access network share (TS 38.413 9.4, TS 36.413 9.3; xap.h): a
 * CHOICE of three messages, a procedure code, a criticality; what is in a message, the rows of its protocol say.
 */
#ifndef FW_LAYERS_AP_H
#define FW_LAYERS_AP_H

#include "aper.h"

enum ap_pdu { PDU_INITIATING, PDU_SUCCESSFUL, PDU_UNSUCCESSFUL };

/* The three octets that a message begins with; choice_bits: 2, or 3: an extension marker is before them.  False: bits that are always 0 are not. */
static inline bool ap_head(struct cur *c, unsigned choice_bits, unsigned *pdu, uint8_t *code)
{
	uint8_t choice = cur_u8(c), criticality;

	*code = cur_u8(c);
	criticality = cur_u8(c);
	*pdu = (unsigned)choice >> (8 - choice_bits);
	return *pdu <= PDU_UNSUCCESSFUL && !(choice & 0xffu >> choice_bits) && criticality >> 6 <= 2 && !(criticality & 0x3f);
}

/* A TransportLayerAddress: one address or two. */
void ap_address(struct put *o, enum fact_key ipv4, enum fact_key ipv6, const struct per_value *v);
/* Row i of the elements that the tables have. */
bool ap_cover_ies(const struct per_ie_table *const *tables, unsigned i, struct cover_row *row);

/* ---- between a RAN node and its core: which end is which ---- */

/* Who sends the initiating message; an outcome goes the other way. */
enum ap_by { BY_RAN, BY_CORE, BY_EITHER };
struct ap_procedure { const char *name; enum ap_by by; const char *spec; };

enum { AP_SIDES = 1 << 16 };
struct ap_state {			/* of such a protocol: its proto.state */
	struct per_program *program;
	struct ap_side { uint16_t port; uint8_t known, pad; uint8_t ran[16]; } side[AP_SIDES];	/* by association: they are numbered from 1 */
};

int ap_init(struct ap_state *s, const struct per_schema *schema, const struct per_type *outer);
void ap_release(void *state);
/* Did the RAN node send m?  What the procedure says is remembered for those that either end may start; core_port: where the core listens. */
bool ap_from_ran(struct ap_state *s, const struct msg *m, enum ap_by by, unsigned pdu, uint16_t core_port);
/* Row i of procedures (n of them, by code) and elements. */
bool ap_cover(const struct ap_procedure *procedures, unsigned n, const struct per_ie_table *const *tables, unsigned i, struct cover_row *row);

#endif
