/* The log of a run: leaves, their tree, and the layout of C2SP tlog-tiles. */
#ifndef FW_EVIDENCE_LOG_H
#define FW_EVIDENCE_LOG_H

#include "merkle.h"
#include "octets.h"

enum { TILE = 256, TILE_PATH = 64, TILE_ENTRIES = -1 };

struct log {
	struct octets	entries;	/* be16 length and leaf, one after the other */
	size_t		*bundle;	/* where each TILE of them begins */
	size_t		 nbundle, cap;
	struct merkle	 tree;
};

/* A file of evidence: its path below the output directory, its octets.  0, or what ends the writing. */
typedef int evidence_file(void *ctx, const char *path, const void *p, size_t n);

/* The leaf's index, or FW_ENOMEM, FW_ELIMIT (longer than a leaf may be). */
int64_t log_add(struct log *l, const void *leaf, size_t n);
/* "evidence/tile/0/x001/067.p/5"; level TILE_ENTRIES: of entries.  width TILE: a full one. */
void tile_path(char out[TILE_PATH], int level, uint64_t n, unsigned width);
/* Each tile and entry bundle of the log as it is now. */
int log_write(const struct log *l, evidence_file *file, void *ctx);
void log_free(struct log *l);

#endif
