/* The inside of struct layers; private to this folder. */
#ifndef FW_LAYERS_STATE_H
#define FW_LAYERS_STATE_H

#include "layers.h"

enum { BATCH_MEM = 1 << 20, PROTO_MAX = 32, NESTED_MAX = 256 };

struct nested {
	const struct proto *proto;
	struct msg	msg;
	struct ue_key	ue;
	uint64_t	in;
	bool		has_ue;
};

struct layers {
	struct layers_config cfg;
	uint64_t	next_n;
	struct arena	mem;
	struct item	*items;
	struct put	put;
	struct fact	fact;
	uint64_t	copy;			/* facts of a second copy so far */
	struct nested	nested[NESTED_MAX];
	unsigned	nnested, nested_from;
	uint64_t	nested_refused;
	void		*state[PROTO_MAX];
};

#endif
