/* What the files of this folder share; private to it. */
#ifndef FW_RUN_INSIDE_H
#define FW_RUN_INSIDE_H

#include "capture.h"
#include "conf.h"
#include "fact.h"
#include "fairwitness.h"
#include "finding.h"
#include "keylog.h"
#include "note.h"
#include "octets.h"
#include "page.h"
#include "packet.h"
#include "report.h"
#include "run.h"
#include "cipher.h"
#include "sha.h"

#include <signal.h>

/* ---- key.c: the case key ---- */

#define CASE_KEY_FILE "case.key"		/* in the data directory */
struct case_key { uint8_t key[SHA]; char id[17]; };	/* id: public, 16 hex digits */
/* file: NULL for the user's own.  0, or FW_EINVAL / FW_EIO with a sentence. */
int case_key_get(struct case_key *k, const char *file, struct err *e);
/* A file of the user's data directory; option: what names another place.  0, FW_EINVAL or FW_EIO with a sentence. */
enum { DATA_PATH = 4100 };
int data_path(char out[DATA_PATH], const char *name, const char *option, struct err *e);
/*
 * A file of that directory that its owner keeps, put in place whole and on disk, so that two runs at once agree on one; an
 * earlier one stays (made, which may be NULL: false).  The path is changed and put back.  0 or FW_EIO with errno.
 */
int data_file(char *path, const void *p, size_t n, unsigned mode, bool *made);
/* A new case key there, as data_file() makes it.  0 or FW_EIO with a sentence. */
int case_key_make(char *path, bool *made, struct err *e);

/* ---- signing.c: the keys of the log and of the exporter ---- */

enum signing { SIGNING_LOG, SIGNING_EXPORT, SIGNINGS };
struct signing_keys { struct signer key[SIGNINGS]; char path[SIGNINGS][DATA_PATH]; };
/*
 * Reads both: the files named, else the user's own, which are made when there are none.  0; FW_EINVAL: a key that must not be
 * used; FW_EIO: cannot be read or made; with a sentence.  signing_free() in any case.
 */
int signing_get(struct signing_keys *k, const struct run_opts *o, struct err *e);
void signing_free(struct signing_keys *k);
/* The name of its file in the data directory, or of its public part. */
const char *signing_file(enum signing which, bool public);
/* The kind of the key in a file; SIGNINGS: it is neither. */
enum signing signing_kind_of(const char *path);
/* 0; FW_EEND: there is none; FW_EINVAL, FW_EIO; with a sentence.  signer_free() it. */
int signing_read(struct signer *s, enum signing which, const char *path, struct err *e);
/* A new one there, as data_file() makes it.  0 or FW_EIO with a sentence. */
int signing_make(enum signing which, char *path, bool *made, struct err *e);
/* The public part as others take it: a line that is a verifier key, or one of ssh's. */
void signing_public(struct octets *o, enum signing which, const struct signer *s);
/* 1: the file is these octets and no more, as a public part is; 0: it is not; -1 with errno: it cannot be read. */
int file_is(const char *path, const struct octets *o);
/* Puts it there, where it is not.  0; FW_EINVAL: another one is there; FW_EIO; with a sentence. */
int signing_put_public(enum signing which, const struct signer *s, char *path, struct err *e);

/* ---- stop.c: signals that ask to stop ---- */

struct stop { int fd; sigset_t held, before; };	/* fd: readable when one waits; none when <= 0 */
/* SIGHUP, SIGINT and SIGTERM wait from now on, but for those that are ignored.  Where that cannot be they act as ever. */
void stop_hold(struct stop *s);
/* One waits: a sentence, when e is given.  s: held, released, zeroed or NULL. */
bool stop_asked(const struct stop *s, struct err *e);
/* They act again: the process ends here when one waits.  whole: an output that was finished before that, or NULL. */
void stop_release(struct stop *s, const char *whole);

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

/* What a segment leaf says of SEGMENT frames of an input. */
struct segment { uint64_t from_ns, until_ns, bytes; uint32_t count, outside, last; };	/* last: number of its last frame */
struct segments { struct segment *v; uint32_t n, cap; };

struct inputs {
	const struct run_opts *o;
	struct capture	*capture;
	struct sha	**sha;			/* by slot; NULL: no digests */
	uint32_t	 nsha;
	struct report_input *list;		/* in order of first packet, after inputs_end() */
	struct fw_blocks blocks;		/* of secrets in them, likewise */
	bool		 progress;
	uint64_t	 started_ns, shown_ns, outside;	/* outside: packets not in the time window */
	unsigned	 frames;
	struct segments	*segments;		/* by input; NULL: not counted */
	bool		 full;			/* there was no memory for a segment */
	const struct outdir *dir;		/* where streams are copied to be read again; NULL: they are not */
};
/*
 * Opens all; troubles so far are told at the end; dir: segments are counted, and inputs can be read again; stop: every input ends
 * when it asks, or NULL.  0 or FW_ENOMEM, FW_ELIMIT.
 */
int inputs_open(struct inputs *in, const struct run_opts *o, bool digest, const struct outdir *dir, const struct stop *stop, struct err *e);
/* Feeds every packet to the engine. */
void inputs_feed(struct inputs *in, struct fw *fw);
/* Fills the list; true when every input was read whole. */
bool inputs_end(struct inputs *in);
/* Each trouble on standard error, once. */
void inputs_tell(const struct inputs *in);
/* What a report says of a key log; k stays as long as it does. */
void report_keylog(struct report *r, const struct keylog *k);
uint64_t inputs_packets(const struct inputs *in);
void inputs_close(struct inputs *in);
/* The run's id (DESIGN.md section 4) after inputs_end(). */
int inputs_id(const struct inputs *in, const char *case_id, const struct keylog *k, uint8_t out[SHA]);
/* The same before the run: it needs first and last packets, so regular files are read once before. */
int run_id(const struct run_opts *o, const char *case_id, const struct keylog *k, char out[HEX_SHA], struct err *e);

/* ---- facts.c: the list of facts ---- */

struct fact_list {
	struct json	json;
	const struct run_opts *o;
	bool		(*wanted)(const struct run_opts *o, const struct fact *f);	/* NULL: all */
	void		*zstd;			/* compressing, or NULL */
	uint8_t		*out;
	size_t		 nout;
	int		 fd, err, saved_errno;
	struct outfile	*file;			/* instead of fd, or NULL */
};
/* 0 or FW_ENOMEM; file: instead of fd, or NULL. */
int facts_open(struct fact_list *l, int fd, struct outfile *file, bool compress);
int facts_run(struct fact_list *l, const char *id, const char *case_id, const struct inputs *in, const struct fw_config *cfg);	/* cfg: its pools; 0 or FW_ENOMEM */
void facts_add(void *list, const struct fact *f);
void facts_end(struct fact_list *l, const struct report *r);
/* Flushes and frees; 0 or FW_EIO.  The descriptor stays the caller's. */
int facts_close(struct fact_list *l);

/* ---- lists.c: lists of facts as input ---- */

struct lists;
/*
 * Opens all; troubles are told at the end.  0, FW_ENOMEM, FW_EINVAL (they cannot be judged together, or were
 * made with other UE pools than the register has).  stop: every list ends when it asks.
 */
int lists_open(struct lists **out, const char *const *path, size_t n, const struct fw_config *cfg, const struct stop *stop, struct err *e);
/* Hands on every fact, merged by time, ties as given; borrowed for the call, its input an index over all lists. */
void lists_feed(struct lists *x, void (*fact)(void *ctx, const struct fact *f), void *ctx);
/* Fills inputs, stats and what else the lists say; true when every list and every input of it was read whole. */
bool lists_end(struct lists *x, struct report *r);
bool lists_any(const struct lists *x);		/* something was read */
bool lists_fragmented(const struct lists *x);	/* packets behind them came in IP fragments */
/* Each trouble on standard error, once. */
void lists_tell(const struct lists *x);
void lists_close(struct lists *x);

/* ---- outdir.c: a directory that appears whole or not at all ---- */

enum { OUT_NAME = 96 };
struct outname { char name[OUT_NAME], sha256[HEX_SHA]; };
struct outdir {
	char		*path, *temp;		/* temp: the sibling; NULL when there is nothing to take back */
	int		 fd;
	bool		 replace;
	const struct stop *stop;
	struct outname	*name;			/* the files that were written */
	char		(*dir)[OUT_NAME];	/* the directories that were made in it */
	size_t		 nnames, cap_names, ndirs, cap_dirs;
};
/* A file that is being written, and its digest. */
struct outfile { struct outdir *dir; int fd, error; struct sha *sha; char name[OUT_NAME]; };
/*
 * replace: a whole earlier output of audit may be there; stop: no file is begun and nothing put in place once it asks.
 * FW_EINVAL: it holds something else, or cannot be replaced; FW_EIO; with a sentence.
 */
int outdir_open(struct outdir *d, const char *path, bool replace, const struct stop *stop, struct err *e);
/* A new file in it, and the directories of its name.  0 or FW_EIO with a sentence. */
int outfile_open(struct outfile *f, struct outdir *d, const char *name, struct err *e);
int outfile_write(void *file, const char *p, size_t n);	/* 0 or FW_EIO with errno; outfile_close() says it too */
int outfile_close(struct outfile *f, struct err *e);		/* when it is on disk; 0 or FW_EIO with a sentence */
void outfile_drop(struct outfile *f);				/* without; also of { .fd = -1 } */
/* A whole file at once. */
int outdir_put(struct outdir *d, const char *name, const void *p, size_t n, struct err *e);
const char *outdir_sha256(const struct outdir *d, const char *name);	/* of a file that was written, or NULL */
void outdir_manifest(struct outdir *d, struct octets *o);	/* one line a file, as sha256sum(1) writes it */
/* A file without a name; its descriptor, or -1 with errno. */
int outdir_scratch(const struct outdir *d);
/* The directories made so far hold on disk what was put in them.  0 or FW_EIO with a sentence. */
int outdir_sync(struct outdir *d, struct err *e);
/* Puts it in place, when all of it is on disk.  0; FW_EIO with a sentence: what was there before is there as it was. */
int outdir_commit(struct outdir *d, struct err *e);
/* Takes back what was not committed. */
void outdir_close(struct outdir *d);

/* Makes each directory above the path's last name that is not there, on disk; path is changed and put back.  0 or FW_EIO with errno. */
int make_parents(char *path, unsigned mode);
/* The names in the directory that holds path are on disk; a file system that cannot say so is believed.  0 or -1 with errno. */
int sync_parent(const char *path);
/* "" or "; " and what a user can do when writing failed so. */
const char *remedy(int why);
/* All of it to a descriptor; 0 or FW_EIO with errno. */
int write_all(int fd, const void *p, size_t n);

/* ---- outplace.c: where an output directory may stand ---- */

/* Is the second the first, or below it?  Both as realpath() gives them. */
bool outplace_below(const char *dir, const char *path);
/* None of what is read lies in the directory, which will be replaced, and it will not appear among what is read.  0 or FW_EINVAL with a sentence. */
int outplace_apart(const char *dir, const char *const *path, size_t n, struct err *e);
/* May what is there be replaced by d?  FW_OK, FW_EINVAL: it is something else, or FW_EIO: it cannot be read; with a sentence. */
int outplace_holds_ours(const struct outdir *d, struct err *e);
/* Can it be exchanged for another directory?  False with a sentence. */
bool outplace_exchangeable(const char *path, struct err *e);
/* The directory in which the path's last name stands, and that name; a descriptor or -1 with errno. */
int outplace_parent(const char *path, const char **name);
/* Names on standard error what killed runs left beside it, so that nobody takes it for an output. */
void outplace_tell_leftovers(const char *path);

/* ---- audit.c ---- */

/* What an audit has before it writes; borrowed. */
struct audited { struct report *report; struct inputs *in; const struct fw *fw; const struct fw_config *cfg; struct hmac *hmac; bool whole; };
typedef enum status audit_again_fn(void *ctx, const struct audited *a);
/* audit without an output: what it has is handed to again and freed after it.  scratch: a directory in which streams are copied. */
enum status audit_again(const struct run_opts *o, const struct outdir *scratch, audit_again_fn *again, void *ctx);

/* ---- fetch.c: the packets that evidence keeps ---- */

/* A packet by number: of no input when frame is 0. */
struct kept { uint32_t input, no, caplen, wirelen; uint64_t t_ns, off; uint32_t chunk, nchunks; uint16_t link; };
struct fetched {
	struct kept	*v;			/* in order of input and number */
	size_t		 n;
	struct fw_chunk	*chunk;			/* of all, one packet's after the other's */
	size_t		 nchunks, cap_chunks;
	const uint8_t	*data;			/* of all: off in it */
	uint8_t		*masked, *bits;		/* the same with zeros where masked; and where that is, a bit an octet, each packet from a whole one on */
	size_t		 len;
};
/* Which: retained_get()'s.  0 or FW_ENOMEM. */
int fetch_list(struct fetched *t, const struct fw *fw);
/* Their octets, in a second pass over the inputs.  0 or FW_EIO, FW_ENOMEM with a sentence. */
int fetch_octets(struct fetched *t, struct inputs *in, const struct outdir *d, struct err *e);
/* Their chunks.  0 or FW_ENOMEM. */
int fetch_mask(struct fetched *t, const struct fw_config *cfg);
/* Which findings come out of what is shown of them alone: of each of the docket's, see rederive_alone().  0 or FW_ENOMEM. */
int fetch_alone(const struct fetched *t, const struct fw_config *cfg, const struct docket *d, bool *alone);
struct shown;
/* For the page, after that.  0 or FW_ENOMEM. */
int fetch_shown(const struct fetched *t, const struct fw_config *cfg, struct shown *s);
/* Its place in v, or t->n. */
size_t fetch_find(const struct fetched *t, uint32_t input, uint32_t no);
void fetch_free(struct fetched *t);

/* ---- shown.c: the retained packets as the page shows them ---- */

/* A masked frame; masked: a bit an octet, the lowest first.  Borrowed. */
struct shown_frame { struct frame f; const uint8_t *masked; };
struct shown { struct report_packet *v; size_t n; struct report_mark *mark; };
/* in: in order of input and number.  cfg: pools and keep_inner as in the run.  0 or FW_ENOMEM; shown_free() in any case. */
int shown_get(struct shown *s, const struct fw_config *cfg, const struct shown_frame *in, size_t n);
void shown_free(struct shown *s);		/* also of a zeroed one */
/* Sets the bits of the octets [off, off + len). */
void shown_mask(uint8_t *bits, uint32_t off, uint32_t len);

/* ---- seal.c: the signed record ---- */

struct seal {
	const struct run_opts *o;
	struct inputs	*in;
	const struct report *report;
	const struct conf *conf;
	struct hmac	*hmac;			/* under the case key */
	struct outdir	*dir;
	struct signing_keys keys;
	struct fetched	kept;
	struct shown	shown;
	bool		*alone;			/* of each finding: the packets alone show it */
	const struct fw	*fw;
	const struct fw_config *cfg;
	uint8_t		 run_id[SHA];
	bool		 whole;
};
/* The keys, before anything is read.  seal_free() in any case. */
enum status seal_open(struct seal *s, const struct run_opts *o);
enum { INPUTS_SEALED = 400 };			/* more do not fit the last leaf */
/* The packets, before the report is written: it shows them. */
enum status seal_gather(struct seal *s);
/* evidence/ and the manifest, after all other files. */
enum status seal_write(struct seal *s);
void seal_free(struct seal *s);

/* ---- write.c: what every run writes in the end ---- */

enum status run_fail(enum status s, const char *sentence);
/* Standard output could not be written, for errno's reason; whole: a directory that is finished all the same, or NULL. */
enum status stdout_fail(int why, const char *whole);
int to_stdout(void *ctx, const char *p, size_t n);	/* a writer's output, buffered: fflush() it; ctx is not used */
/* The report's files into the directory. */
enum status run_write(struct outdir *d, const struct report *r, const struct shown *shown);
/* The summary, or report.json, on standard output; d: where the whole report is, or NULL; sealed: what is said of its evidence. */
enum status run_say(const struct report *r, bool json, const struct outdir *d, const char *sealed);

#endif
