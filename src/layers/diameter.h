/* Private to the Diameter decoder. */
#ifndef FW_LAYERS_DIAMETER_H
#define FW_LAYERS_DIAMETER_H

#include "ie.h"

enum { THREEGPP = 10415, DIAMETER_IDS = 8 };		/* the vendor; identities of one message that are kept */

/* Digits in the message at hand that it calls a subscriber's. */
struct diameter_id { const uint8_t *p; size_t n; };
struct diameter_state { struct diameter_id id[DIAMETER_IDS]; unsigned n; uint64_t t_ns; };	/* t_ns: of the packet */

extern const struct proto proto_diameter;
extern const struct ie_table diameter_avps;
/* Row i of those that there are, base protocol first; NULL: no more. */
const struct ie_def *diameter_row(unsigned i);
/* Notes them: c holds the AVPs. */
void diameter_identities(struct diameter_state *s, struct cur c);

/* Code(4) flags(1) length(3) and, with V, vendor(4) (RFC 6733 4.1); the length says all of it but the padding. */
void diameter_head(struct cur *c, struct ie_head *h);
/* The next AVP's value; c is behind its padding, or refused. */
struct cur diameter_avp(struct cur *c, struct ie_head *h);

#endif
