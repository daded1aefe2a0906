/*
 * IPv4 and IPv6 fragments (RFC 791 3.2, RFC 8200 4.5).  The first octets seen win; what differs in
 * an overlap is counted.  Bounded in datagrams, octets and time.
 */
#ifndef FW_LAYERS_FRAG_H
#define FW_LAYERS_FRAG_H

#include "layer.h"

enum { FRAG_SLOTS = 128, FRAG_MAX = 65536, FRAG_EACH = FRAG_MAX + FRAG_MAX / 8, FRAG_PIECES = 128 };
#define FRAG_TIMEOUT_NS 30000000000u

struct frag_slot {
	struct addr	src, dst;
	uint32_t	id, input;
	uint8_t		proto, fam, outer;
	bool		used, last_seen, cut;
	bool		done;			/* whole, and not used for another one since */
	uint32_t	total;			/* octets of the whole payload, when last_seen */
	uint32_t	have;			/* octets present */
	uint64_t	first_ns, last_ns, age;
	uint64_t	bytes;			/* IP lengths of the fragments */
	uint32_t	packets;		/* fragments, without copies */
	uint32_t	n, frame[FRAG_PIECES], ncopies, copy[FRAG_PIECES];
	uint8_t		*mem, *map;		/* octets, and a bit for each that is there */
};

/* Of one datagram: the fragments' first frames, those of their copies, how many fragments there were, the sum of their IP lengths. */
struct frag_parts { const uint32_t *frames, *copies; uint32_t nframes, ncopies, packets; uint64_t bytes; };

typedef void frag_lost(void *ctx, const struct pkt *k, const struct frag_parts *parts);

struct frag {
	frag_lost	*lost;
	void		*ctx;
	struct frag_slot *slot, *given;	/* given: what it holds may be being read, and is a tunnel's perhaps */
	uint8_t		*mem;
	struct marks	*marks;		/* NULL: nobody asks what is read */
	uint64_t	clock;
	uint64_t	fragments, whole, overlaps, incomplete, refused;
};

/* lost: told of a datagram that is given up: ports unknown. */
int frag_init(struct frag *f, frag_lost *lost, void *ctx);
void frag_free(struct frag *f);
/*
 * Takes one fragment.  True when it completes its datagram: *whole is then *k with the reassembled
 * payload, valid until the next but one that does, as *parts is: a tunnel's datagram may carry fragments.
 */
bool frag_packet(struct frag *f, const struct pkt *k, struct pkt *whole, struct frag_parts *parts);
/* A fragment that was captured before: its frame is listed with its datagram's.  True when that one is whole already: *whole is as above. */
bool frag_copy(struct frag *f, const struct pkt *k, struct pkt *whole);
/* Gives up what is still incomplete. */
void frag_end(struct frag *f);

#endif
