/*
 * Register and policy as files: read, parsed, loaded, with the octets and digests that reports and
 * evidence name.
 */
#ifndef FW_RUN_CONF_H
#define FW_RUN_CONF_H

#include "policy.h"

/* One file that counts: the register, the policy, each pack.  Packs are named "pack NAME". */
struct conf_file { const char *name; const char *text; size_t len; char sha256[65]; };

struct conf_opts {
	const char	*register_file, *policy_file;	/* NULL: none; no policy means the pack "default" */
	const char *const *checks;			/* ids of the checks that rules may name; NULL: any */
	size_t		 nchecks;
};

struct conf {
	struct reg	*reg;			/* NULL without a register */
	struct policy	*policy;		/* never NULL once loaded */
	struct conf_file register_file, policy_file;	/* name NULL: none */
	struct conf_file *pack;			/* as imported, in order of policy->packs */
	size_t		 npacks;
	char		*register_text, *policy_text;	/* what the two files' texts are in */
	struct own	 own;
};

/*
 * Loads both.  0; FW_EFORMAT: what is wrong was told (exit 2); FW_ENOMEM.
 * conf_free() also after a failure.
 */
int conf_load(struct conf *c, const struct conf_opts *o, struct troubles *says);
void conf_free(struct conf *c);
/* Prints the troubles on standard error, at most TROUBLES of them and how many more there are. */
void conf_tell(const struct troubles *says);
/* The same in one call with messages; 0, or the exit status of DESIGN.md section 7. */
int conf_get(struct conf *c, const struct conf_opts *o);

#endif
