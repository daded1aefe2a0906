/* Which protocol reads a packet: by port, IP protocol, EtherType or SCTP payload id, else by what the octets begin with. */
#ifndef FW_LAYERS_DISPATCH_H
#define FW_LAYERS_DISPATCH_H

#include "layer.h"

enum { PROTO_MAX = 64, DISPATCH_IDS = 64 };

struct dispatch {
	struct port_map { uint8_t some[65536 / 8], proto[65536]; } udp, tcp;	/* some: a bit each, which stay in the cache; proto: index in protos[] + 1; 0: none */
	uint8_t		ip[256];		/* the same */
	bool		tunnels[256];		/* IP protocols that may carry packets */
	uint64_t	first_udp[256], first_tcp[256];		/* by first octet: the protocols to ask, a bit each */
	struct { uint32_t id; const struct proto *proto; } ppid[DISPATCH_IDS], ether[DISPATCH_IDS], sctp[DISPATCH_IDS];
	unsigned	nppid, nether, nsctp;
};

void dispatch_init(struct dispatch *d);

/* By port, the receiver's first; NULL: no protocol says it lives there. */
static inline const struct proto *dispatch_ports(const struct port_map *map, const struct pkt *k)
{
	uint16_t port = map->some[k->dport / 8] >> k->dport % 8 & 1 ? k->dport : k->sport;

	return map->some[port / 8] >> port % 8 & 1 ? protos[map->proto[port] - 1] : NULL;
}

/* The nth (from 0) that an SCTP message may be for: by its payload id, or where that is 0 by a port; NULL: no more. */
const struct proto *dispatch_sctp(const struct dispatch *d, uint32_t ppid, const struct pkt *k, unsigned nth);
const struct proto *dispatch_ether(const struct dispatch *d, uint16_t type);
/* The first in LIST whose begins() says yes to these octets, or NULL. */
const struct proto *dispatch_begins(const uint64_t first[256], const struct opening *o);

#endif
