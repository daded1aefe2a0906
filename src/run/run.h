/*
 * Runs: the only place that owns files, keys, output directories and the progress line.  The
 * command line calls these; each tells its user what went wrong on standard error and returns the
 * exit status of DESIGN.md section 7.
 */
#ifndef FW_RUN_RUN_H
#define FW_RUN_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum status { STATUS_DONE = 0, STATUS_FINDINGS = 1, STATUS_USAGE = 2, STATUS_INPUT = 3, STATUS_OUTPUT = 4 };

struct run_opts {
	const char *const *path;	/* -r, in order; judge: the lists of facts */
	size_t		 npaths;
	const char	*case_key;	/* file, or NULL: the user's own, made when there is none */
	uint64_t	 from_ns, until_ns;	/* only packets of [from, until); until 0: no end */
	unsigned	 batch;		/* 0: the default */
	bool		 keep_inner;
	const char	*keylog;	/* file: secrets of TLS sessions; NULL: none */
	bool		 keylog_in_capture;	/* those that lie in the inputs, too */
	/* audit and judge; decode: the register's UE pools */
	const char	*register_file, *policy_file;	/* NULL: none */
	const char	*baseline;	/* directory of an earlier output, or NULL */
	uint64_t	at_ns;		/* the day as of which rules are read; 0: of the last packet */
	int		fail_on;	/* enum severity; 0: findings do not count for the exit status */
	/* audit */
	const char	*out_dir;	/* NULL: nothing is written */
	bool		 facts, no_digest, json;
	const char	*log_key, *export_key;	/* files, or NULL: the user's own, made when there are none */
	/* decode */
	const char *const *proto;	/* --proto, empty: all */
	size_t		 nprotos;
	bool		 clear;
};

enum status run_audit(const struct run_opts *o);
enum status run_decode(const struct run_opts *o);
enum status run_judge(const struct run_opts *o);
enum status run_register(const struct run_opts *o);
/* Tells on standard output why the contact (its id, or an address) is there, from a report that was written before. */
enum status run_explain(const char *dir, const char *contact);

struct capsule_opts {
	const char	*dir, *finding, *out;	/* the record; an id, the begin of one, a check, subject or object; the file */
	const char	*key;			/* as of verify, or NULL */
	bool		 context;		/* also what it takes to make the finding again besides its grounds */
};
/* Writes the packets of one finding as a capture of their own. */
enum status run_capsule(const struct capsule_opts *o);

/* ---- the user's keys ---- */

enum key { KEY_LOG, KEY_EXPORT, KEY_CASE, KEYS };
struct key_opts {
	bool		 which[KEYS];
	const char	*dir;			/* where they are or will be, or NULL: the user's data directory */
	const char	*file;			/* show: one key file instead, or NULL */
	bool		 json;
};
/* Makes those that are asked for, all or, where one is there already, none. */
enum status run_key_new(const struct key_opts *o);
/* Prints what is public of them. */
enum status run_key_show(const struct key_opts *o);

#endif
