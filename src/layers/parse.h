/* From a frame to an IP packet and its ports: link layers, VLAN tags, IPv4, IPv6 and its extension headers. */
#ifndef FW_LAYERS_PARSE_H
#define FW_LAYERS_PARSE_H

#include "frame.h"
#include "layer.h"

enum pkt_class {
	PKT_IP,			/* an IP packet, whole as far as the capture goes */
	PKT_FRAGMENT,		/* a fragment of one */
	PKT_NEIGHBOUR,		/* ARP and its like: how a link works */
	PKT_OTHER,		/* not IP: counted as opaque */
	PKT_PDU,		/* no packet: a message that was exported, exported.h */
	PKT_LINK,		/* a link type that is not read */
	PKT_BAD,		/* a header that lies or ends before its end */
};

/* Fills k from f.  k->l4 is set for PKT_IP and PKT_FRAGMENT. */
enum pkt_class pkt_parse(const struct frame *f, struct pkt *k);
/* The IP packet at p (n octets captured of what the wire carried, cut: more on the wire); the same for inner packets. */
enum pkt_class pkt_parse_ip(struct pkt *k, const uint8_t *p, uint32_t n, bool cut);
/* The packet that `outer` carries.  At most OUTER_EACH deep. */
enum pkt_class pkt_parse_inside(struct pkt *k, const struct pkt *outer, const struct inside *in);
/* Its transport's header claims more than there is. */
bool pkt_transport_bad(const struct pkt *k);
/* Is it more than headers?  A TCP segment without payload hides nothing. */
bool pkt_has_payload(const struct pkt *k);
/* Ports of UDP, TCP and SCTP, or 0. */
void pkt_ports(struct pkt *k);

#endif
