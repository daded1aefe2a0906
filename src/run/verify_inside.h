/* What the files of verify share; private to them. */
#ifndef FW_RUN_VERIFY_INSIDE_H
#define FW_RUN_VERIFY_INSIDE_H

#include "inside.h"
#include "read.h"
#include "verify.h"
#include "verify_json.h"

/* Caps, stated in fairwitness-evidence(7). */
enum {
	LEAVES_MAX = 1 << 20,
	FILES_MAX = LEAVES_MAX + (1 << 16),
	DIR_DEPTH = 8,
	RETAINED_MAX = 1 << 20,
	CONFIGS_MAX = 67,
};
#define ENTRIES_MAX ((uint64_t)1 << 28)		/* octets of all leaves */

struct vfile { char *path; uint64_t size; uint8_t sha[SHA]; bool expected; };
struct vconfig { struct slice kind, name; uint8_t sha[SHA]; };
struct vseg { uint64_t leaf, input, n, count, retained, from, until, base; uint8_t root[SHA]; };	/* base: of its first retained packet among all */

struct verify {
	bool		 no_memory;	/* somewhere it was short: then nothing is said of the record at all */
	const struct verify_opts *o;
	struct verify_result *r;
	struct err	 e;
	int		 dir;
	struct vfile	*file;			/* in order of paths */
	uint32_t	 nfiles, cap;
	struct jdoc	 doc;
	/* verify_log.c */
	struct octets	 note;			/* the checkpoint's text */
	struct checkpoint cp;
	struct octets	 leaves;		/* all of them, one after the other */
	uint32_t	*at;			/* where each begins; cp.size + 1 of them */
	struct merkle	 tree;
	bool		 signed_, rebuilt;	/* the checkpoint is signed by its key; the leaves make its root */
	/* verify_leaves.c */
	bool		 lawful;		/* all leaves read, their laws hold */
	struct entry_genesis genesis;		/* spans lie in leaves */
	struct entry_close close;
	struct vconfig	 config[CONFIGS_MAX];
	uint32_t	 nconfigs;
	struct vseg	*seg;
	uint32_t	 nsegs;
	uint32_t	*finding;		/* their leaves */
	uint32_t	 nfindings, ncomplete;
	uint32_t	 ngaps;
	uint64_t	 gap_inputs;		/* one more than the last input that has one */
	char		 gaps[256];		/* the first ones, in words */
	uint32_t	 ninputs;
	struct entry_input *input;		/* of close */
	uint64_t	 retained;
	bool		 config_held, report_held;	/* files have the digests that the log names */
	/* verify_packets.c */
	struct frame	*packet;		/* each retained one, in order; octets in capture */
	struct merkle_hash *packet_leaf;	/* and its leaf */
	uint8_t		*bits;			/* which octets of packets are masked: a bit an octet, packet i's from bits_at[i] on */
	size_t		*bits_at, nbits, cap_bits;
	bool		 opened;		/* all packets open their commitments */
	struct octets	 lines, capture;	/* packets.jsonl and packets.pcapng, while they are needed */
	/* verify_core.c */
	struct against	 against;
	struct fw_config cfg;
	bool		 configured;
	/* verify_report.c */
	char		**name;			/* of each input, as report.json says; ninputs of them */
	bool		 reported;		/* report.json agrees with the leaves */
	bool		 keylog_file;		/* reported: TLS was read with a key log that was a file of its own */
	bool		 compared;		/* it was compared with an earlier report */
	struct baseline	 since;			/* what it says of that; json: not used */
};

/* The first trouble of a name is its reason. */
void verify_fail(struct verify *v, enum verify_name n, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void verify_pass(struct verify *v, enum verify_name n, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void verify_not_shown(struct verify *v, enum verify_name n, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void verify_unreadable(struct verify *v, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static inline bool verify_failed(const struct verify *v, enum verify_name n) { return v->r->line[n].word == WORD_FAIL; }

/*
 * As verify_dir(), without the page and the captures: what a record's packets and findings rest on.  When nothing fails and all could
 * be read, `then` is called with it, and what it returns is returned.
 */
int verify_record(const struct verify_opts *o, struct verify_result *r, int (*then)(struct verify *v, void *ctx), void *ctx);

/* ---- verify_files.c ---- */

/* Opens the directory, walks it, digests every file that the format knows.  0, FW_EIO (unreadable says why) or FW_ENOMEM. */
int verify_files(struct verify *v);
void verify_files_free(struct verify *v);
struct vfile *verify_file(struct verify *v, const char *path);		/* NULL: there is none */
/* Its descriptor, or -1. */
int verify_open(struct verify *v, const char *path);
/* Its octets, which have the digest of the walk.  0; FW_EEND: v->e says what is wrong with it; FW_ENOMEM. */
int verify_read(struct verify *v, const char *path, struct octets *out);
/* The manifest covers exactly the files that are there; its signature is by key. */
int verify_manifest(struct verify *v);

/* ---- verify_log.c, verify_leaves.c ---- */

/* The checkpoint, the leaves, their tree and tiles, log.vkey. */
int verify_log(struct verify *v);
/* What the leaves say, and their laws; the files that they name. */
int verify_leaves(struct verify *v);
int verify_proofs(struct verify *v);
/* Every file there is of the format for this log, and none is missing. */
int verify_expected(struct verify *v);
/* Leaf i's text. */
static inline struct slice verify_leaf(const struct verify *v, uint64_t i)
{
	return (struct slice){ v->leaves.b + v->at[i], v->at[i + 1] - v->at[i] };
}

/* ---- verify_packets.c, verify_report.c, verify_core.c, verify_full.c ---- */

/* The retained packets in the order in which they are to be read; to be freed.  NULL: no memory. */
struct frame *verify_ordered(const struct verify *v);

int verify_packets(struct verify *v);
int verify_report(struct verify *v);
void verify_gone_free(struct report_gone *g);
/* Register, policy and packs, as the run had them. */
int verify_config(struct verify *v);
int verify_page(struct verify *v);
int verify_core(struct verify *v);
int verify_full(struct verify *v);

/* What the record was made with, as options of a run; its files are open until verify_options_close(). */
struct config_files { int reg, policy; char reg_path[64], policy_path[64]; };
void verify_options(struct verify *v, struct config_files *c, struct run_opts *o);
void verify_options_close(struct config_files *c);
/* A finding's core as a leaf has it, and where it stands in that. */
bool verify_core_of(struct octets *out, const struct finding *f, const char *register_sha256, const char *policy_sha256);
struct slice verify_core_in(const struct octets *o);
/* False: it was not this version that made the record, which is said. */
bool verify_of_this_version(struct verify *v, enum verify_name n);
bool verify_keylogged(const struct verify *v);		/* the record was made with a key log */

#endif
