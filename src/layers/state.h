/* The inside of struct layers; private to this folder. */
#ifndef FW_LAYERS_STATE_H
#define FW_LAYERS_STATE_H

#include "dispatch.h"
#include "dup.h"
#include "frag.h"
#include "inner.h"
#include "layers.h"
#include "parse.h"
#include "sctp.h"
#include "tcp.h"

enum { TCP = 6, UDP = 17, SCTP = 132 };		/* IP protocols */
enum { EXPORTED_PAIRS = 1 << 14, BATCH_MEM = 1 << 20, NESTED_MAX = 256, BATCH_MAX = 256, STATE_PLACES = 2 * PROTO_MAX };

struct nested {
	const struct proto *proto;
	struct msg	msg;
	struct ue_key	ue;
	uint64_t	in;
	bool		has_ue;
};

/* One packet between the stages. */
struct work {
	struct pkt	k;
	struct flow_key	flow;
	struct tunnel_key tunnel;
	uint64_t	ends;			/* flow_hash() of flow */
	uint64_t	flow_hash, tunnel_hash, dup_hash;
	const uint8_t	*inner;
	uint32_t	ninner, inner_claim, teid;
	uint8_t		class;			/* enum pkt_class */
	bool		gpdu, tcp;
};

/* An identity, its kind before it, and its pseudonym: the same one is often named again at once. */
enum { PSEUDONYM = 20, PSEUDONYMS = 256 };
struct pseudonym { char text[PSEUDONYM + 1]; uint8_t n, of[42]; };	/* n: octets of `of`, 0: none */

/* What the tunnel that was just read carries; frames: all of the tunnel's datagram, when it came in several. */
struct carried {
	bool		there;
	struct inside	in;
	struct pkt	outer;
	const uint32_t	*frames;
	uint32_t	nframes;
};

struct layers {
	struct layers_open open;		/* first: layer_marks() */
	struct layers_config cfg;
	uint64_t	next_n;
	struct arena	mem;
	struct item	*items;
	struct put	put;
	struct fact	fact;
	uint64_t	copy;			/* facts of a second copy so far */
	uint64_t	cut_facts;		/* facts that the capture cut */
	struct nested	nested[NESTED_MAX];
	unsigned	nnested, nested_from;
	uint64_t	nested_refused;
	struct pseudonym pseudonym[PSEUDONYMS];		/* by hash */
	struct state_place { const struct proto *of; void *state; } place[STATE_PLACES];	/* states, by protocol */
	/* the packet path, path.c */
	struct tally	*tally;
	struct dup	dup;
	struct frag	frag;
	struct sctp	sctp;
	struct tcp	tcp;
	struct carriage	carriage;		/* streams inside those */
	struct work	*work;			/* BATCH_MAX of them */
	unsigned	batch;
	struct dispatch	dispatch;
	struct table	exported;		/* pairs of ends of exported PDUs, by flow_key */
	struct carried	carried;
	struct work	inner;			/* what is carried */
	unsigned	depth;			/* tunnels around the packet being read */
	uint64_t	*fate;			/* what the packet being read counts as, in stats */
	bool		copy_now;		/* the SCTP packet being read was captured before */
	bool		read_now;		/* a protocol read something of it */
	struct fw_stats	stats;
};

/* path.c */
int path_init(struct layers *l);
void path_free(struct layers *l);
/* A frame of a link type that is not read: named and counted; what it counts as. */
static inline uint64_t *unknown_link(struct layers *l, const struct pkt *k)
{
	l->stats.unknown_link++;
	fw_count_unknown(l->stats.link, sizeof(l->stats.link) / sizeof(l->stats.link[0]), k->link);
	return &l->stats.opaque;
}

/* carried.c: true: the packet carries another one, which is read next; frames as for read(), of the whole datagram. */
bool carried_find(struct layers *l, const struct pkt *k, const uint32_t *frames, uint32_t nframes);

#endif
