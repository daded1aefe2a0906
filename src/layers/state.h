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

enum { BATCH_MEM = 1 << 20, NESTED_MAX = 256, BATCH_MAX = 256 };

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
	void		*state[PROTO_MAX];
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
	bool		copy_now;		/* the SCTP packet being read was captured before */
	bool		read_now;		/* a protocol read something of it */
	struct fw_stats	stats;
};

/* path.c */
int path_init(struct layers *l);
void path_free(struct layers *l);

#endif
