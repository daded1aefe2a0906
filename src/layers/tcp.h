/*
 * TCP (RFC 9293) streams in order, for the protocols that say they live on a TCP port; any other
 * connection costs nothing.  What arrives in order is offered to the protocol where it is; only
 * what it cannot use yet (a unit in pieces, a segment out of order) is kept, in buffers that are
 * capped in size and in number.
 *
 * Octets seen before give nothing but a count; where segments overlap, the first octets win and
 * differences are counted.  Octets that the other side acknowledged and that were never captured
 * are a gap: the stream goes on behind it, the gap is counted, and whoever reads is told.
 */
#ifndef FW_LAYERS_TCP_H
#define FW_LAYERS_TCP_H

#include "flow.h"
#include "table.h"
#include "units.h"

enum { TCP_FIN = 1, TCP_SYN = 2, TCP_RST = 4, TCP_ACK = 16 };	/* flags */
enum { TCP_STREAMS = 1 << 14, TCP_KEPT_BITS = 17, TCP_OVER_BITS = 14, TCP_BUFFERS = 64, TCP_BUFFER = 2 * STREAM_MAX, TCP_SEGMENTS = 256 };
#define TCP_IDLE_NS (600ull * 1000000000)	/* a connection silent this long gives its place to a new one */

struct tcp_segment { uint32_t seq, len, frame, off; };	/* where octets of a stream were captured */

struct tcp_buffer {
	uint32_t	owner;		/* index of the stream * 2 + direction, + 1; 0: free */
	uint32_t	n;		/* segments, in order of sequence, none overlapping */
	uint64_t	age;
	struct tcp_segment seg[TCP_SEGMENTS];
	uint8_t		*mem;		/* TCP_BUFFER octets: from `next` of the direction on */
};

struct tcp_dir {
	uint32_t	next;		/* sequence number of the first octet not yet used up */
	uint32_t	acked;		/* the highest that the other side acknowledged, when has_ack */
	uint32_t	buffer;		/* index + 1; 0: none */
	struct intake	read;
	uint32_t	lost;		/* gap octets not yet told */
	uint32_t	isn, fin;	/* sequence number of the SYN; of the FIN */
	bool		started, has_ack, has_syn, has_fin;
};

struct tcp_stream {
	struct flow_key	key;
	struct tcp_dir	dir[2];		/* 0: from the lower end to the higher */
	uint64_t	last_ns;
	uint32_t	newer, older;	/* index + 1, the oldest gives way; one that was used since it became the newest becomes it once more */
	const struct proto *proto;
	uint32_t	id;		/* from 1, never used again */
	uint32_t	input, frame;	/* of its last packet */
	bool		opener_known, hi_opened;
	bool		used;		/* since it became the newest */
	uint8_t		pad;
};

struct tcp {
	struct table	streams;
	uint8_t		*kept;		/* by hash: how many streams; 0: none of them (most packets), 255: not counted any more */
	uint64_t	*over;		/* by hash: of a connection of which neither direction is read on */
	uint32_t	newest, oldest;	/* index + 1 */
	struct tcp_buffer *buffer;
	uint8_t		*mem;
	uint32_t	frames[TCP_SEGMENTS];
	struct marks	*marks;		/* NULL: nobody asks what is read */
	uint64_t	clock;
	uint32_t	made;		/* streams ever */
	uint64_t	retransmitted, overlaps, gap_octets, refused, malformed;
};

/* What the caller does with a stream: ask the protocol, hand it a unit, note octets that are missing. */
struct tcp_user {
	void		*ctx;
	enum stream_say	(*offer)(void *ctx, const struct proto *p, const struct msg *m, bool gap, size_t *n);
	bool		(*unit)(void *ctx, const struct proto *p, const struct msg *m);
	void		(*lost)(void *ctx, const struct msg *m, uint32_t octets);
};

int tcp_init(struct tcp *t, const struct hash_key *hk);
void tcp_free(struct tcp *t);

static inline uint8_t *tcp_kept(const struct tcp *t, uint64_t ends)
{
	return &t->kept[ends >> (64 - TCP_KEPT_BITS)];
}

static inline uint64_t *tcp_over_slot(const struct tcp *t, uint64_t ends)
{
	return &t->over[ends >> (64 - TCP_OVER_BITS)];
}

/* Nothing of the connection of these ends is read any more, unless the packet begins it anew. */
static inline bool tcp_over(const struct tcp *t, uint64_t ends, const struct pkt *k)
{
	return *tcp_over_slot(t, ends) == ends && !(k->l4len > 13 && k->l4[13] & TCP_SYN);
}

/* A packet of these ends that tcp_over() does not hold for: another connection begins between them. */
static inline void tcp_anew(struct tcp *t, uint64_t ends)
{
	if (*tcp_over_slot(t, ends) == ends)
		*tcp_over_slot(t, ends) = 0;
}

/* False: the connection of these ends (flow_hash() with the key of tcp_init()) is not kept. */
static inline bool tcp_may_keep(const struct tcp *t, uint64_t ends)
{
	return *tcp_kept(t, ends);
}

/* What tcp_may_keep() will look at; of those that it holds for, what tcp_place() and tcp_packet() will. */
static inline void tcp_prefetch(const struct tcp *t, uint64_t ends)
{
	prefetch(tcp_kept(t, ends));
	prefetch(tcp_over_slot(t, ends));
}

static inline void tcp_prefetch_line(const struct tcp *t, uint64_t ends)
{
	table_prefetch(&t->streams, ends);
}

void tcp_prefetch_stream(const struct tcp *t, uint64_t ends);
/* Where the packet's connection is among those kept, or would be (index TABLE_NONE); key is borrowed. */
struct tcp_place { const struct flow_key *key; uint64_t hash; uint32_t index; unsigned dir; };
void tcp_place(const struct tcp *t, const struct pkt *k, const struct flow_key *key, uint64_t ends, struct tcp_place *at);
/* Who reads it; NULL: it is not kept. */
const struct proto *tcp_reader(const struct tcp *t, const struct tcp_place *at);
/* A packet of the connection at that place, which p reads.  False: it carried something that was not read. */
bool tcp_packet(struct tcp *t, const struct pkt *k, const struct tcp_place *at, const struct proto *p, const struct tcp_user *u);
/* The end of the run: gaps that no later octet followed are told. */
void tcp_end(struct tcp *t, const struct tcp_user *u);

#endif
