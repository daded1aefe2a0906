/*
 * What the protocols between nodes of the radio access network share (F1AP, XnAP, E1AP, X2AP): a
 * CHOICE of three messages, a procedure code, a criticality and a container of information elements,
 * in aligned PER (TS 38.473 9.4.3, TS 38.423 9.3.3, TS 37.483 9.4.3, TS 36.423 9.3.3).
 *
 *   octet 1  choice: 0 initiating, 1 successful, 2 unsuccessful, in its upper bits
 *   octet 2  procedure code | 3 criticality(2) | 4.. length and value: SEQUENCE { ProtocolIE-Container, ... }
 */
#ifndef FW_LAYERS_XAP_H
#define FW_LAYERS_XAP_H

#include "ap.h"
#include "per_rows.h"

/* PER_SPECIAL values that xap_read() knows what to do with: `lo` of their rows. */
enum xap_hook {
	XAP_ADDRESS,		/* TransportLayerAddress: one or two addresses */
	XAP_SECRET,		/* a key: that it is there, never its value */
	XAP_NODE,		/* a node's id with a length of its own: as `key`, its bits as the protocol's node_bits */
};

/* Who sends the initiating message; the outcome goes the other way. */
enum xap_by { XAP_ANY, XAP_SERVER, XAP_CLIENT };	/* server: the central unit, the control plane; any: either end, or the protocol has no sides */

struct xap_procedure { const char *name; enum xap_by by; };

enum { NO_PROCEDURE = 255 };

struct xap {
	const struct proto *proto;
	const struct per_ie_table *const *tables;
	const struct xap_procedure *procedure;	/* by code; without a name: none */
	unsigned	 procedures;
	const char	*spec;			/* clause of the elementary procedures */
	uint8_t		 choice_bits;		/* 2, or 3: an extension marker is before them */
	uint8_t		 private_code;		/* Private Message: its container has ids of another kind */
	uint16_t	 server_port;
	enum fact_key	 pdu, code, ipv4, ipv6, node_bits, from_server;	/* node_bits, from_server: KEY_NONE where there are none */
};

struct xap_state { struct per_schema schema; struct per_program *program; };	/* of each of the protocols: its proto.state */

/* A row of `struct proto` is one line of these. */
bool xap_read(struct layers *l, const struct msg *m, const struct xap *x);
bool xap_cover(const struct xap *x, unsigned i, struct cover_row *row);
int xap_init(struct xap_state *s, const struct xap *x);
void xap_release(void *state);

#define SECRET(k, fl, l, h) HOOK(XAP_SECRET, k, fl, l, h)
#define NODE_ID(l, h, name) { .kind = PER_SPECIAL, .lo = XAP_NODE, .key = NAMED(name), .as = &LEAF(PER_BITS, 0, l, h) }

ROW tla = HOOK(XAP_ADDRESS, PER_BITS, PER_EXT, 1, 160);

#endif
