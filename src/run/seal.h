/* The inside of sealing; private to seal.c, seal_packets.c and seal_leaves.c. */
#ifndef FW_RUN_SEAL_H
#define FW_RUN_SEAL_H

#include "inside.h"
#include "log.h"

enum { ORIGIN = 160 };

#include "retain.h"

struct sealing {
	struct seal	*s;
	struct log	 log;
	struct octets	 text;			/* a leaf or a file that is put together */
	struct octets	 configs;		/* what the origin takes of configuration leaves */
	struct octets	 checkpoint;
	char		 origin[ORIGIN];
	uint32_t	*seg;			/* of the first segment of each input: its leaf */
	struct merkle_hash *root;		/* of each segment, in order */
	uint32_t	*retained;		/* how many packets */
	size_t		 nsegs;
	uint64_t	*proven;		/* leaves that get a proof */
	size_t		 nproven, cap_proven;
	struct wholes	 wholes;		/* which retained packets are the end of what came in parts */
	struct err	 e;
};

/* A file of the configuration; its leaf comes after genesis. */
struct config_leaf { const char *kind; char name[64]; const struct conf_file *file; };

/* packets.jsonl and packets.pcapng; fills root and retained.  All: 0, or a negative code with a sentence in e. */
int seal_packets(struct sealing *x);
/* Every leaf of the log, in order; origin and seg are filled. */
int seal_leaves(struct sealing *x, const struct config_leaf *config, size_t n);

#endif
