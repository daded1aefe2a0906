/* TCP streams and SCTP associations between hosts.  `from` is 0 for the end that opened, 1 for the other. */
#ifndef FW_BUILD_STREAM_H
#define FW_BUILD_STREAM_H

#include "net.h"

struct tcp {
	struct net	*net;
	struct host	*end[2];
	uint16_t	 port[2];
	uint32_t	 seq[2];	/* next to send */
	uint32_t	 mss;
};

struct tcp *tcp_open(struct host *client, unsigned cport, struct host *server, unsigned sport);	/* with the handshake */
struct tcp *tcp_midway(struct host *client, unsigned cport, struct host *server, unsigned sport); /* it was before the capture */
void tcp_send(struct tcp *t, unsigned from, struct buf b);	/* in segments; the fault meant for next goes to the first */
void tcp_close(struct tcp *t, unsigned from);
void tcp_reset(struct tcp *t, unsigned from);

/* Whole TCP packets for tunnels. */
enum { TCP_FIN = 1, TCP_SYN = 2, TCP_RST = 4, TCP_PSH = 8, TCP_ACK = 16 };
struct buf packet_tcp(const struct ip *src, unsigned sport, const struct ip *dst, unsigned dport, uint32_t seq, uint32_t ack, unsigned flags,
	struct buf payload);

enum { SCTP_DATA = 0, SCTP_INIT = 1, SCTP_INIT_ACK = 2, SCTP_SACK = 3, SCTP_HEARTBEAT = 4, SCTP_HEARTBEAT_ACK = 5, SCTP_ABORT = 6,
	SCTP_SHUTDOWN = 7, SCTP_SHUTDOWN_ACK = 8, SCTP_ERROR = 9, SCTP_COOKIE_ECHO = 10, SCTP_COOKIE_ACK = 11, SCTP_SHUTDOWN_COMPLETE = 14 };

struct assoc {
	struct net	*net;
	struct host	*end[2][2];	/* the addresses of each end; the second NULL unless multihomed */
	uint16_t	 port[2];
	unsigned	 path[2];	/* which address each end sends from; read when a send is played */
	uint32_t	 tag[2];	/* in packets that this end sends */
	uint32_t	 tsn[2];	/* next to send */
	uint32_t	 cum[2];	/* the other end's, up to which this end has all */
	uint16_t	 ssn[2][16];
	uint32_t	 unsacked[2];	/* DATA packets this end owes a SACK for */
	struct buf	 held[2];	/* chunks that wait for the next packet */
	uint32_t	 chunk;		/* octets of user data in a DATA chunk; longer messages are fragmented.  0: no limit */
	bool		 together;	/* the fragments of a message share a packet */
	bool		 quiet;		/* no SACKs (one direction tapped, small goldens) */
};

struct assoc *assoc_open(struct host *client, unsigned cport, struct host *server, unsigned sport);
struct assoc *assoc_open_multi(struct host *c0, struct host *c1, unsigned cport, struct host *s0, struct host *s1, unsigned sport);
struct assoc *assoc_midway(struct host *client, unsigned cport, struct host *server, unsigned sport);
void assoc_send(struct assoc *a, unsigned from, unsigned stream, uint32_t ppid, struct buf message);
void assoc_hold(struct assoc *a, unsigned from, unsigned stream, uint32_t ppid, struct buf message);	/* bundled with the next */
void assoc_unordered(struct assoc *a, unsigned from, unsigned stream, uint32_t ppid, struct buf message);
void assoc_path(struct assoc *a, unsigned from, unsigned path);	/* from now on that end sends from its address `path` */
void assoc_heartbeat(struct assoc *a, unsigned from);
void assoc_shutdown(struct assoc *a, unsigned from);
void assoc_abort(struct assoc *a, unsigned from);
void assoc_chunk(struct assoc *a, unsigned from, unsigned type, unsigned flags, struct buf value);	/* any other chunk */

uint32_t sctp_crc(const uint8_t *p, size_t n);

#endif
