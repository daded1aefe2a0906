/*
 * A network on paper: hosts that send each other packets over a link that somebody captures.
 *
 * A description runs its own clock, net->t: wait_us() moves it, every send happens at it.  Sends are only noted;
 * net_run() then plays them in the order of their times and draws the frames.  So two descriptions may overlap
 * (rewind net->t and describe another UE) and what is counted along the way, TSNs, TCP and IP ids, comes out right.
 *
 * What is to go wrong with the next send is said before it: n->next = (struct fault){ .snap = 60 };
 */
#ifndef FW_BUILD_NET_H
#define FW_BUILD_NET_H

#include "cap.h"

struct ip {
	bool	v6;
	uint8_t	b[16];
};

struct ip ip_of(const char *text);			/* "10.0.0.1", "2001:db8::1" */
struct ip ip_plus(struct ip a, uint32_t n);
bool ip_same(const struct ip *a, const struct ip *b);
const char *ip_text(const struct ip *a, char out[48]);
size_t ip_len(const struct ip *a);			/* 4 or 16 */

struct tag { uint16_t tpid, vid; };

struct link {
	uint32_t	linktype;	/* LT_..., LT_ETHER unless said */
	struct tag	tags[3];	/* outermost first; tpid 0 ends */
	uint32_t	mpls[3];	/* labels, outermost first; 0 ends */
	uint32_t	iface;		/* of the capture file, from 0 */
	bool		big;		/* LT_NULL: family in big-endian */
	struct buf	(*wrap)(struct buf frame);	/* LT_ETHER: each frame goes as this packet of a tunnel; eats it */
};

struct fault {
	/* the capture */
	uint32_t	snap;		/* keep this many octets of the frame */
	bool		lost;		/* sent, never captured */
	uint8_t		again;		/* captured so many times more (mirror port, cooked link) */
	uint32_t	again_us;	/* each so much later, TTL one less unless again_same_ttl */
	bool		again_same_ttl;
	int32_t		shift_us;	/* the time stamp is wrong by so much */
	/* the frame */
	uint32_t	flip_at;	/* XOR flip into this octet of the frame */
	uint8_t		flip;
	uint32_t	pad;		/* octets behind the IP packet */
	uint32_t	delay_us;	/* on the wire later than packets that follow */
	uint32_t	resend_us;	/* the sender sends it once more after so long */
	/* IP */
	bool		bad_ip_sum;
	int		ip_len_delta;	/* total length lies by so much */
	uint16_t	fragment;	/* octets of payload per fragment */
	bool		reversed;	/* last fragment first */
	uint32_t	lost_fragments;	/* bit i: fragment i is not captured (also: SCTP DATA fragment i) */
	uint8_t		options[40];	/* IPv4 options, or IPv6 extension headers in full, the first's type in ext */
	uint8_t		n_options;
	uint8_t		ext, ext_last;	/* IPv6: type of the first extension header, offset of the last one's next-header octet */
	uint8_t		ttl;
	/* transport */
	bool		bad_sum, no_sum;
	int		len_delta;	/* UDP length lies by so much */
};

struct net;

struct host {
	struct net	*net;
	const char	*name;
	struct ip	 ip;
	uint8_t		 mac[6];
	uint8_t		 ttl;
	uint16_t	 id;		/* next IPv4 identification */
	uint32_t	 id6;		/* next IPv6 fragment identification */
};

struct frame {
	uint64_t	t_ns;
	struct buf	b;
	uint32_t	caplen, iface, linktype;
};

struct event {
	uint64_t	 t, no;
	void		(*fire)(struct net *n, struct event *e);
	void		*of;		/* the association, the stream */
	struct host	*src, *dst;
	struct buf	 b;
	struct fault	 f;
	uint32_t	 a, c, d;	/* what the firing function means by them */
};

struct net {
	uint64_t	 t;		/* the description's clock, ns since 1970 */
	uint64_t	 now;		/* while playing: the time of the event */
	struct seed	 seed;
	struct link	 link;
	struct fault	 next;		/* of the next send; taken by it */
	struct buf	 keylog;	/* of TLS in it that has real ciphers (sealed.h) */

	struct event	*heap;
	size_t		 n_events, cap_events;
	uint64_t	 event_no;
	struct frame	*frames;
	size_t		 n_frames, cap_frames;
	void		**owned;
	size_t		 n_owned, cap_owned;
};

/* 2026-11-02T08:00:00Z, when every description begins. */
#define NET_START 1793606400000000000u

struct net *net_new(uint64_t seed);
void net_free(struct net *n);
void *net_take(struct net *n, size_t size);		/* zeroed, lives as long as the net */
void wait_us(struct net *n, uint64_t us);
void wait_ms(struct net *n, uint64_t ms);

struct host *host_at(struct net *n, const char *name, const char *address);
struct host *host_ip(struct net *n, const char *name, struct ip a);

/* Sends of one packet, at n->t.  All eat their payload. */
void ip_send(struct host *src, struct host *dst, unsigned proto, struct buf payload);
void udp_send(struct host *src, unsigned sport, struct host *dst, unsigned dport, struct buf payload);
void icmp_send(struct host *src, struct host *dst, unsigned type, unsigned code, uint32_t rest, struct buf payload);
void arp_send(struct host *src, struct host *dst, bool reply);
void frame_send(struct net *n, struct buf frame);	/* any octets at all, link header included */
/* Moves the fault meant for the next send out of the net: for transports that post their own events. */
struct fault fault_take(struct net *n);
void event_post(struct net *n, struct event e);
/* While playing: a transport's packet goes out now. */
void ip_emit(struct net *n, struct host *src, struct host *dst, unsigned proto, struct buf *payload, const struct fault *f);

/* Whole packets as octets, for tunnels and for errors that quote. */
struct buf packet_ip(const struct ip *src, const struct ip *dst, unsigned proto, unsigned id, struct buf payload);
struct buf packet_udp(const struct ip *src, unsigned sport, const struct ip *dst, unsigned dport, struct buf payload);
struct buf packet_icmp(const struct ip *src, const struct ip *dst, unsigned type, unsigned code, uint32_t rest, struct buf payload);
uint16_t inet_sum(const struct ip *src, const struct ip *dst, unsigned proto, const struct buf *b);

void net_run(struct net *n);				/* plays what was described */
int net_write(struct net *n, const char *path, bool ns);	/* pcap of everything; 0 or an errno */
struct buf net_pcap(struct net *n, bool ns);
struct cap_packet net_packet(const struct net *n, size_t i);
int file_write(const char *path, const struct buf *b);

#endif
