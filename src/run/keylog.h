/*
 * A key log as NSS writes it: a line a secret, `LABEL CLIENT-RANDOM SECRET` in hex; lines that begin with # and empty ones say nothing.
 * Somebody else's file: lines are bounded, and so is what is kept of them.  A capture can hold some, too (pcapng's Decryption Secrets
 * Blocks): whoever made it is not who runs this, so what is no line there is counted and no mistake of the user's.
 */
#ifndef FW_RUN_KEYLOG_H
#define FW_RUN_KEYLOG_H

#include "err.h"
#include "octets.h"
#include "run.h"
#include "secrets.h"
#include "sha.h"
#include "table.h"

enum { KEYLOG_MAX = 64 << 20, KEYLOG_SECRETS = 1 << 18 };	/* octets of a file; secrets that are kept */

struct keylog {
	struct table	t;
	char		sha256[HEX_SHA], capture_sha256[HEX_SHA];	/* of the file, of what lay in captures; empty: none was asked for */
	uint64_t	skipped;	/* lines with a label that is of no use here, and a last line that was cut */
	uint64_t	refused;	/* secrets that found no room */
	struct secrets	secrets;	/* for struct fw_config; lives as long as the key log */
};

/*
 * What the run asks for: a file, what lies in its captures, both (the file's secrets win), or nothing.  0; FW_EINVAL with a sentence;
 * FW_ENOMEM.  keylog_close() in any case.
 */
int keylog_get(struct keylog *k, const struct run_opts *o, struct err *e);
bool keylog_any(const struct keylog *k);		/* something was asked for */

/* 0; FW_EINVAL: it is no key log, FW_EIO: it cannot be read, with a sentence; FW_ENOMEM.  keylog_close() in any case. */
int keylog_open(struct keylog *k, const char *path, struct err *e);
/* The same of octets; name: what a sentence calls them. */
int keylog_parse(struct keylog *k, const char *name, const char *p, size_t n, struct err *e);
/* Lines of a block in a capture, what is none counted; of a zeroed key log or one that has some.  0 or FW_ENOMEM. */
int keylog_add(struct keylog *k, const char *p, size_t n);
void keylog_close(struct keylog *k);		/* also of a zeroed one; secrets are wiped */

/* keylog_in.c: adds what lies in the captures.  0; FW_EINVAL: one can be read once only; FW_ENOMEM; with a sentence. */
int keylog_captures(struct keylog *k, const char *const *path, size_t npaths, struct err *e);

/*
 * What a record says of a key log, and not a letter of it: the text of evidence/config/keylog.yaml; its digest.  Of the file, of what lay
 * in captures: NULL or empty where there was none.
 */
void keylog_note(struct octets *o, const char *sha256, const char *capture_sha256, uint8_t digest[SHA]);

#endif
