/*
 * What signalling ordered that the counting of packets must know: the model makes these from
 * facts, the engine hands them to the tallies.
 */
#ifndef FW_FACTS_BINDING_H
#define FW_FACTS_BINDING_H

#include "addr.h"

enum binding_kind {
	BIND_NODE,		/* addr is a network element's */
	BIND_UE,		/* addr was handed to a subscriber (IPv6: its /64) */
	BIND_TUNNEL,		/* the tunnel end (addr, teid) carries the session with ue4, ue6 */
	BIND_ORDER,		/* the tunnel end (addr, teid) was ordered; whose addresses it carries may be known later */
	BIND_END,		/* the tunnel end (addr, teid) was withdrawn */
};

struct binding {
	enum binding_kind kind;
	struct addr	addr;
	uint32_t	teid;
	struct addr	ue4, ue6;	/* fam 0: none */
};

#endif
