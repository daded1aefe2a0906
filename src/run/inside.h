/* What the files of this folder share; private to it. */
#ifndef FW_RUN_INSIDE_H
#define FW_RUN_INSIDE_H

#include "capture.h"
#include "conf.h"
#include "fact.h"
#include "fairwitness.h"
#include "finding.h"
#include "report.h"
#include "run.h"
#include "sha.h"

/* ---- key.c: the case key ---- */

struct case_key { uint8_t key[SHA]; char id[17]; };	/* id: public, 16 hex digits */
/* file: NULL for the user's own.  0, or FW_EINVAL / FW_EIO with a sentence. */
int case_key_get(struct case_key *k, const char *file, struct err *e);

/* ---- earlier.c: an earlier output ---- */

struct baseline { struct report_gone *known; size_t n; void *json; };
/* 0; FW_EINVAL: there is none in dir, with a sentence; FW_ENOMEM. */
int baseline_open(struct baseline *b, const char *dir, struct err *e);
/* Says what is gone, and gives it to the report. */
void baseline_compare(struct baseline *b, struct report *r);
void baseline_close(struct baseline *b);		/* also of a zeroed one */

/* ---- against.c: register and policy ---- */

struct against { struct conf conf; struct fw_pool pool[64]; unsigned npools; struct report_pack *pack; struct baseline baseline; };
/* Loads them and fills what the engine needs of them; trouble was told.  against_free() in any case. */
enum status against_get(struct against *a, const struct run_opts *o, struct fw_config *cfg);
/* Fills what reports say of them and of what was judged.  0 or FW_ENOMEM. */
int against_report(struct against *a, const struct fw *fw, struct report *r);
/* STATUS_FINDINGS when --fail-on asks for it. */
enum status against_status(const struct report *r, const struct run_opts *o);
void against_free(struct against *a);

/* ---- inputs.c: what is read, its digests, the progress line ---- */

struct inputs {
	const struct run_opts *o;
	struct capture	*capture;
	struct sha	**sha;			/* by slot; NULL: no digests */
	uint32_t	 nsha;
	struct report_input *list;		/* in order of first packet, after inputs_end() */
	bool		 progress;
	uint64_t	 started_ns, shown_ns, outside;	/* outside: packets not in the time window */
	unsigned	 frames;
};
/* Opens all; troubles so far are told at the end.  0 or FW_ENOMEM, FW_ELIMIT. */
int inputs_open(struct inputs *in, const struct run_opts *o, bool digest, struct err *e);
/* Feeds every packet to the engine. */
void inputs_feed(struct inputs *in, struct fw *fw);
/* Fills the list; true when every input was read whole. */
bool inputs_end(struct inputs *in);
/* Each trouble on standard error, once. */
void inputs_tell(const struct inputs *in);
uint64_t inputs_packets(const struct inputs *in);
void inputs_close(struct inputs *in);
/* The run's id (DESIGN.md section 4): needs first and last packets, so regular files are read once before. */
int run_id(const struct run_opts *o, const char *case_id, char out[HEX_SHA], struct err *e);

/* ---- facts.c: the list of facts ---- */

struct fact_list {
	struct json	json;
	const struct run_opts *o;
	bool		(*wanted)(const struct run_opts *o, const struct fact *f);	/* NULL: all */
	void		*zstd;			/* compressing, or NULL */
	uint8_t		*out;
	size_t		 nout;
	int		 fd, err, saved_errno;
};
int facts_open(struct fact_list *l, int fd, bool compress);	/* 0 or FW_ENOMEM */
int facts_run(struct fact_list *l, const char *id, const char *case_id, const struct inputs *in, const struct fw_config *cfg);	/* cfg: its pools; 0 or FW_ENOMEM */
void facts_add(void *list, const struct fact *f);
void facts_end(struct fact_list *l, const struct report *r);
/* Flushes and frees; 0 or FW_EIO.  The descriptor stays the caller's. */
int facts_close(struct fact_list *l);

/* ---- lists.c: lists of facts as input ---- */

struct lists;
/*
 * Opens all; troubles are told at the end.  0, FW_ENOMEM, FW_EINVAL (they cannot be judged together, or were
 * made with other UE pools than the register has).
 */
int lists_open(struct lists **out, const char *const *path, size_t n, const struct fw_config *cfg, struct err *e);
/* Hands on every fact, merged by time, ties as given; borrowed for the call, its input an index over all lists. */
void lists_feed(struct lists *x, void (*fact)(void *ctx, const struct fact *f), void *ctx);
/* Fills inputs, stats and what else the lists say; true when every list and every input of it was read whole. */
bool lists_end(struct lists *x, struct report *r);
bool lists_any(const struct lists *x);		/* something was read */
/* Each trouble on standard error, once. */
void lists_tell(const struct lists *x);
void lists_close(struct lists *x);

/* ---- outdir.c: a directory that appears whole or not at all ---- */

struct outdir { char *path, *temp; int fd; };
/* replace: a whole earlier output of audit may be there.  FW_EINVAL: it holds something else; FW_EIO. */
int outdir_open(struct outdir *d, const char *path, bool replace, struct err *e);
/* A new file in it; its descriptor, or FW_EIO. */
int outdir_file(struct outdir *d, const char *name, struct err *e);
int outdir_sync(int fd, const char *name, struct err *e);	/* and closes it */
int outdir_commit(struct outdir *d, struct err *e);
/* Takes back what was not committed. */
void outdir_close(struct outdir *d);

/* Makes each directory above the path's last name that is not there; path is changed and put back.  0 or FW_EIO with errno. */
int make_parents(char *path, unsigned mode);
/* All of it to a descriptor; 0 or FW_EIO with errno. */
int write_all(int fd, const void *p, size_t n);

/* ---- audit.c ---- */

typedef enum status audit_again_fn(void *ctx, struct report *r, bool whole);
/* audit without an output: the report is handed to again and freed after it.  again NULL: audit as it is. */
enum status audit_again(const struct run_opts *o, audit_again_fn *again, void *ctx);

/* ---- write.c: what every run writes in the end ---- */

enum status run_fail(enum status s, const char *sentence);
/* report.json into the directory, which then appears. */
enum status run_write(struct outdir *d, const struct report *r);
/* The summary, or report.json, on standard output; d: where the whole report is, or NULL. */
enum status run_say(const struct report *r, bool json, const struct outdir *d);

#endif
