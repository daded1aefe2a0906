/*
 * A key log as NSS writes it: a line a secret, `LABEL CLIENT-RANDOM SECRET` in hex; lines that begin with # and empty ones say nothing.
 * Somebody else's file: lines are bounded, and so is what is kept of them.
 */
#ifndef FW_RUN_KEYLOG_H
#define FW_RUN_KEYLOG_H

#include "err.h"
#include "octets.h"
#include "secrets.h"
#include "sha.h"
#include "table.h"

enum { KEYLOG_MAX = 64 << 20, KEYLOG_SECRETS = 1 << 18 };	/* octets of a file; secrets that are kept */

struct keylog {
	struct table	t;
	char		sha256[HEX_SHA];
	uint64_t	skipped;	/* lines with a label that is of no use here, and a last line that was cut */
	uint64_t	refused;	/* secrets that found no room */
	struct secrets	secrets;	/* for struct fw_config; lives as long as the key log */
};

/* 0; FW_EINVAL: it is no key log, FW_EIO: it cannot be read, with a sentence; FW_ENOMEM.  keylog_close() in any case. */
int keylog_open(struct keylog *k, const char *path, struct err *e);
/* The same of octets; name: what a sentence calls them. */
int keylog_parse(struct keylog *k, const char *name, const char *p, size_t n, struct err *e);
void keylog_close(struct keylog *k);		/* also of a zeroed one; secrets are wiped */

/* What a record says of a key log, and not a letter of it: the text of evidence/config/keylog.yaml; its digest. */
void keylog_note(struct octets *o, const char sha256[HEX_SHA], uint8_t digest[SHA]);

#endif
