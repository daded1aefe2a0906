/*
 * verify: what a signed record shows and what it does not, fairwitness-evidence(7).  The directory
 * is somebody else's: it is walked without following a link, every part has a cap, and what is
 * refused is named with its place.
 */
#ifndef FW_RUN_VERIFY_H
#define FW_RUN_VERIFY_H

#include "run.h"

enum verify_name { SHOWS_SIGNER, SHOWS_INTEGRITY, SHOWS_INCLUSION, SHOWS_SEALED, SHOWS_COMPLETE, SHOWS_RENDERED, SHOWS_CORE, SHOWS_FULL, SHOWS_WITNESSED,
	SHOWS_TIME, VERIFY_NAMES };
enum verify_word { WORD_NOT_SHOWN, WORD_PASS, WORD_FAIL };

/* What is shown of one name; more: troubles after the first, which is the reason. */
struct verify_line { enum verify_word word; char reason[768]; uint32_t more; };
struct verify_result {
	struct verify_line line[VERIFY_NAMES];
	char		unreadable[768];	/* empty, or why the bundle could not be read (exit status 3) */
	char		origin[256];		/* as the checkpoint says, once its form holds; else empty */
	uint64_t	size;
};

struct verify_opts {
	const char	*dir;
	const char	*key;			/* a verifier key, or the file that holds one; NULL */
	const char	*checkpoint;		/* a file: a checkpoint of this log that was kept; NULL */
	const char *const *path;		/* -r: the captures; none: what needs them is not shown */
	size_t		 npaths;
	const char	*case_key;
	const char	*keylog;		/* the key log that the record was made with, or NULL */
	bool		 first;			/* ends at the first step in which something fails: for who only asks whether */
};

const char *verify_name(enum verify_name n);
const char *verify_word(enum verify_word w);
/* Fills the whole vector, whatever fails.  0; FW_EINVAL: the key or the checkpoint kept is none (unreadable says so); FW_ENOMEM. */
int verify_dir(const struct verify_opts *o, struct verify_result *r);

/* require: names that must be PASS. */
enum status run_verify(const struct verify_opts *o, const bool require[VERIFY_NAMES], bool json);

#endif
