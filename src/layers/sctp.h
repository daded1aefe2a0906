/*
 * SCTP (RFC 9260): associations, chunks, user messages.  A message that came in one chunk is
 * handed on where it is, in any order; a fragmented one when its last piece is there.  A TSN seen
 * before gives nothing but a count.  Checksums are noted and never a reason to drop.
 */
#ifndef FW_LAYERS_SCTP_H
#define FW_LAYERS_SCTP_H

#include "layer.h"
#include "stats.h"
#include "table.h"

enum { SCTP_ASSOCS = 1 << 16, SCTP_WINDOW = 1024, SCTP_BUFFERS = 256, SCTP_MESSAGE = 65536, SCTP_PIECES = 64 };

struct sctp_dir {			/* one direction's TSNs: those up to base were seen or given up */
	uint64_t	seen[SCTP_WINDOW / 64];
	uint64_t	gone[SCTP_WINDOW / 64];	/* given up: passed by the base unseen */
	uint64_t	t_ns;		/* of the last data */
	uint32_t	input, frame;
	uint32_t	base;
	uint32_t	tag;		/* verification tag of packets in this direction, 0: not known */
	bool		started;
};

struct sctp_assoc { struct sctp_key { uint8_t a[16], b[16]; uint16_t pa, pb; uint8_t fam, pad[3]; } key; uint32_t state, pad; };
_Static_assert(offsetof(struct sctp_key, pa) == 32 && sizeof(struct sctp_key) == 40, "five words");

/* Shared by the address pairs of a multihomed association. */
struct sctp_state { struct sctp_dir dir[2]; uint32_t port_pair; bool opener_known, b_opened, used; };

struct sctp_piece { uint32_t tsn, frame, off, at, len; uint8_t flags; };

struct sctp_buffer {			/* a fragmented message in the making */
	uint32_t	state, ppid, first_tsn, n, frame_n;
	uint64_t	age;
	uint32_t	bytes;
	uint8_t		dir;
	bool		used, cut;
	struct sctp_piece piece[SCTP_PIECES];
	uint8_t		*mem;		/* SCTP_MESSAGE */
};

struct sctp {
	struct table	assocs;		/* address and port pair to state */
	struct table	tags;		/* (port pair, verification tag) to state: multihoming */
	struct sctp_state *state;
	uint32_t	nstate;
	struct sctp_buffer *buffer;
	uint8_t		*mem, *whole;
	struct marks	*marks;		/* NULL: nobody asks what is read */
	uint32_t	frames[SCTP_PIECES];
	uint64_t	clock;
	uint64_t	packets, chunks, data, retransmitted, reassembled, refused, bad_checksum, malformed, late, lost;
	uint64_t	lost_back;	/* of lost: shown by an acknowledgement, so sent the other way */
	struct fw_unknown ppid[16];	/* not read by any protocol: counted by the caller */
};

/* ppid as in the chunk; m: everything but dup and in.  Returns whether a protocol read it. */
typedef void sctp_deliver(void *ctx, uint32_t ppid, const struct msg *m);

int sctp_init(struct sctp *s, const struct hash_key *hk);
void sctp_free(struct sctp *s);
/* False: not an SCTP packet at all (shorter than its header). */
bool sctp_packet(struct sctp *s, const struct pkt *k, sctp_deliver *deliver, void *ctx);
/* No more packets: TSNs that later ones passed over, and nobody acknowledged, are lost too; told with the last data of their direction. */
void sctp_end(struct sctp *s, void (*tell)(void *ctx, const struct msg *m, uint64_t lost), void *ctx);
uint32_t crc32c(const uint8_t *p, size_t n, uint32_t crc);
/* Of a packet of n >= 12 octets, its checksum field taken as zero. */
uint32_t sctp_checksum(const uint8_t *p, size_t n);

#endif
