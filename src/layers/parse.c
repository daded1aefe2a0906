/*
 * Link layers (tcpdump.org link types; IEEE 802.1Q, RFC 3032, RFC 2516), IPv4 (RFC 791), IPv6 (RFC 8200).
 * Straight reads with lengths compared before each; the frame is borrowed, nothing is copied.
 */
#include "parse.h"

#include "be.h"

enum { ETH_IP4 = 0x0800, ETH_ARP = 0x0806, ETH_RARP = 0x8035, ETH_VLAN = 0x8100, ETH_IP6 = 0x86dd, ETH_MPLS = 0x8847,
	ETH_MPLS_MC = 0x8848, ETH_PPPOE = 0x8864, ETH_QINQ = 0x88a8, ETH_LLDP = 0x88cc, ETH_9100 = 0x9100 };
enum { PPP_IP4 = 0x21, PPP_IP6 = 0x57, IP6_EXT_MAX = 16, MPLS_MAX = 8 };

void pkt_ports(struct pkt *k)
{
	k->sport = k->dport = 0;
	if ((k->proto == 17 || k->proto == 6 || k->proto == 132) && k->l4len >= 4) {
		k->sport = be16(k->l4);
		k->dport = be16(k->l4 + 2);
	}
}

static enum pkt_class ip4(struct pkt *k, const uint8_t *p, uint32_t n, bool cut)
{
	uint32_t hl, total, frag;

	if (n < 20)
		return PKT_BAD;
	hl = (p[0] & 15) * 4u;
	total = be16(p + 2);
	if (!total && n > 20)
		total = n;			/* segmentation offload: the card had not filled it in yet */
	if (hl < 20 || total < hl || n < hl)
		return PKT_BAD;
	if (total > n && !cut)
		return PKT_BAD;
	k->fam = 4;
	k->src = addr_make(p + 12, 4);
	k->dst = addr_make(p + 16, 4);
	k->proto = p[9];
	k->l3 = p;
	k->iplen = total;
	k->l3len = n < total ? n : total;
	k->cut = n < total;
	k->l4 = p + hl;
	k->l4len = k->l3len - hl;
	k->l4claim = total - hl;
	frag = be16(p + 6);
	k->frag = (frag & 0x3fff) != 0;
	k->first_frag = (frag & 0x1fff) == 0;
	return k->frag ? PKT_FRAGMENT : PKT_IP;
}

static bool is_ext(uint8_t next)
{
	return next == 0 || next == 43 || next == 60 || next == 135 || next == 139 || next == 140 || next == 51;
}

static enum pkt_class ip6(struct pkt *k, const uint8_t *p, uint32_t n, bool cut)
{
	uint32_t total, at = 40;
	uint8_t next;

	if (n < 40)
		return PKT_BAD;
	total = 40u + be16(p + 4);
	if (total == 40 && p[6] != 59 && n > 40)
		total = n;			/* jumbogram or offload */
	if (total > n && !cut)
		return PKT_BAD;
	k->fam = 6;
	k->src = addr_make(p + 8, 6);
	k->dst = addr_make(p + 24, 6);
	k->l3 = p;
	k->iplen = total;
	k->l3len = n < total ? n : total;
	k->cut = n < total;
	k->frag = k->first_frag = false;
	next = p[6];
	for (int i = 0; is_ext(next) || next == 44; i++) {
		uint32_t len;

		if (i == IP6_EXT_MAX || k->l3len - at < 8)
			return PKT_BAD;
		if (next == 44) {
			uint16_t frag = be16(p + at + 2);

			k->frag = (frag & 0xfff9) != 0;		/* offset or more; an atomic fragment is whole */
			k->first_frag = !(frag & 0xfff8);
			next = p[at];
			at += 8;
			if (k->frag)
				break;
			continue;
		}
		len = next == 51 ? (p[at + 1] + 2u) * 4 : (p[at + 1] + 1u) * 8;
		if (len > k->l3len - at)
			return PKT_BAD;
		next = p[at];
		at += len;
	}
	k->proto = next;
	k->l4 = p + at;
	k->l4len = k->l3len - at;
	k->l4claim = total - at;
	return k->frag ? PKT_FRAGMENT : PKT_IP;
}

enum pkt_class pkt_parse_ip(struct pkt *k, const uint8_t *p, uint32_t n, bool cut)
{
	enum pkt_class c;

	if (!n)
		return PKT_BAD;
	c = p[0] >> 4 == 4 ? ip4(k, p, n, cut) : p[0] >> 4 == 6 ? ip6(k, p, n, cut) : PKT_BAD;
	if (c == PKT_IP)
		pkt_ports(k);
	return c;
}

/* RFC 3032: labels until the bottom of the stack.  What follows says by itself whether it is IP: nibble and lengths; a pseudowire is not. */
static enum pkt_class by_labels(struct pkt *k, const uint8_t *p, uint32_t n)
{
	enum pkt_class c;

	for (int i = 0;; i++) {
		if (n < 4)
			return PKT_BAD;
		if (i == MPLS_MAX)
			return PKT_OTHER;
		p += 4;
		n -= 4;
		if (p[-2] & 1)
			break;
	}
	if (!n || (p[0] >> 4 != 4 && p[0] >> 4 != 6) || (p[0] >> 4 == 4 && n >= 4 && !be16(p + 2)))
		return PKT_OTHER;
	c = pkt_parse_ip(k, p, n, k->cut);
	if (c <= PKT_FRAGMENT)
		k->via |= 1 << ENCAP_MPLS;
	return c == PKT_BAD && !k->cut ? PKT_OTHER : c;
}

/* RFC 2516 4, session stage: 1 1 | code 0 | session(2) length(2) | PPP protocol(2) packet */
static enum pkt_class by_session(struct pkt *k, const uint8_t *p, uint32_t n)
{
	uint32_t len, type;

	if (n < 8)
		return PKT_BAD;
	len = be16(p + 4);
	type = be16(p + 6);
	if (p[0] != 0x11 || p[1] || len < 2 || (type != PPP_IP4 && type != PPP_IP6))
		return PKT_OTHER;
	if (len > n - 6 && !k->cut)
		return PKT_BAD;
	n = len < n - 6 ? len : n - 6;
	k->via |= 1 << ENCAP_PPPOE;
	return n > 2 && p[8] >> 4 == (type == PPP_IP4 ? 4 : 6) ? pkt_parse_ip(k, p + 8, n - 2, k->cut) : PKT_BAD;
}

/* What an EtherType announces, tags peeled.  k->cut: the capture ended before the packet did. */
static enum pkt_class by_type(struct pkt *k, const uint8_t *p, uint32_t n, uint16_t type)
{
	bool cut = k->cut;

	while (type == ETH_VLAN || type == ETH_QINQ || type == ETH_9100) {
		if (n < 4)
			return PKT_BAD;
		if (k->nvlan == FACT_VLANS)
			return PKT_OTHER;
		k->vlan[k->nvlan++] = be16(p) & 0xfff;
		type = be16(p + 2);
		p += 4;
		n -= 4;
	}
	if (type == ETH_MPLS || type == ETH_MPLS_MC)
		return by_labels(k, p, n);
	if (type == ETH_PPPOE)
		return by_session(k, p, n);
	if (type == ETH_IP4 || type == ETH_IP6)
		return n && p[0] >> 4 == (type == ETH_IP4 ? 4 : 6) ? pkt_parse_ip(k, p, n, cut) : PKT_BAD;
	if (type < 1536) {		/* IEEE 802.3: a length; SNAP (IEEE 802) says which protocol */
		n = n < type ? n : type;
		if (n < 8 || p[0] != 0xaa || p[1] != 0xaa || p[2] != 3)
			return PKT_OTHER;
		type = be16(p + 6);
		p += 8;
		n -= 8;
	}
	k->ether = type;
	k->src = k->dst = (struct addr){ 0 };
	k->sport = k->dport = k->proto = 0;
	k->l3 = p;
	k->l3len = n;
	return type == ETH_ARP || type == ETH_RARP || type == ETH_LLDP ? PKT_NEIGHBOUR : PKT_OTHER;
}

/* The family word of null and loop links: AF_INET is 2 everywhere, AF_INET6 differs by system. */
static enum pkt_class by_family(struct pkt *k, const uint8_t *p, uint32_t n)
{
	uint32_t v;

	if (n < 4)
		return PKT_BAD;
	v = p[0] ? (p[1] ? 0 : p[0]) : p[3];			/* either byte order; families are small */
	if (v == 2 || v == 10 || v == 24 || v == 28 || v == 30)
		return pkt_parse_ip(k, p + 4, n - 4, k->wirelen > k->caplen);
	return PKT_OTHER;
}

enum pkt_class pkt_parse(const struct frame *f, struct pkt *k)
{
	const uint8_t *p = f->data;
	uint32_t n = f->caplen;

	k->frame = p;
	k->caplen = n;
	k->wirelen = f->wirelen;
	k->t_ns = f->t_ns;
	k->input = f->input;
	k->no = f->no;
	k->link = f->link;
	k->nvlan = k->fam = k->outer = k->via = 0;
	k->ether = 0;
	k->frag = k->first_frag = false;
	k->cut = n < f->wirelen;
	k->head = k->l3 = k->l4 = p;
	k->l3len = k->l4len = k->l4claim = 0;
	k->iplen = 0;
	switch (f->link) {
	case LINK_ETHERNET:
		if (n < 14)
			return PKT_BAD;
		return by_type(k, p + 14, n - 14, be16(p + 12));
	case LINK_SLL:
		if (n < 16)
			return PKT_BAD;
		return by_type(k, p + 16, n - 16, be16(p + 14));
	case LINK_SLL2:
		if (n < 20)
			return PKT_BAD;
		return by_type(k, p + 20, n - 20, be16(p));
	case LINK_NULL:
	case LINK_LOOP:
		return by_family(k, p, n);
	case LINK_RAW:
	case LINK_RAW_BSD:
	case LINK_RAW_OPENBSD:
	case LINK_IPV4:
	case LINK_IPV6:
		return pkt_parse_ip(k, p, n, k->wirelen > k->caplen);
	case LINK_UPPER_PDU: return PKT_PDU;
	default:
		return PKT_LINK;
	}
}

/* The headers before the packet are one of IP more, and of UDP when that carries the tunnel. */
static uint8_t outer_more(const struct pkt *k)
{
	if (!k->fam)			/* it was exported */
		return k->outer;
	return (uint8_t)(k->outer + (k->fam == 4 ? OUTER_IP : OUTER_IP6) + (k->proto == 17 ? OUTER_UDP : 0));
}

enum pkt_class pkt_parse_inside(struct pkt *k, const struct pkt *outer, const struct inside *in)
{
	const uint8_t *p = in->cur.p;
	uint32_t n = (uint32_t)cur_left(&in->cur);

	*k = (struct pkt){ .frame = outer->frame, .caplen = outer->caplen, .wirelen = outer->wirelen, .t_ns = outer->t_ns, .input = outer->input,
		.no = outer->no, .link = outer->link, .outer = outer_more(outer), .cut = in->cur.cut || outer->cut, .head = p, .l3 = p, .l4 = p };
	if (in->type != TYPE_ETHERNET)
		return n ? by_type(k, p, n, in->type) : PKT_BAD;
	return n < 14 ? PKT_BAD : by_type(k, p + 14, n - 14, be16(p + 12));
}

bool pkt_transport_bad(const struct pkt *k)
{
	static const uint8_t need[256] = { [6] = 20, [17] = 8, [132] = 12 };
	uint32_t len;

	if (k->l4claim < need[k->proto])
		return true;
	if (k->proto != 17 || k->l4len < 8)
		return false;
	len = be16(k->l4 + 4);
	return len && (len < 8 || len > k->l4claim);
}

bool pkt_has_payload(const struct pkt *k)
{
	uint32_t head;

	switch (k->proto) {
	case 6:
		if (k->l4len < 20)
			return true;
		head = (k->l4[12] >> 4) * 4u;
		return k->l4claim > head;
	case 17: return k->l4claim > 8;
	case 1: case 2: case 58: return false;	/* ICMP, IGMP, ICMPv6: how networks talk of themselves */
	case 59: return false;
	default: return k->l4claim > 0;
	}
}
