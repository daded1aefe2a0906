/* A finding's core in canonical form: what packets alone re-derive. */
#ifndef FW_EVIDENCE_CORE_H
#define FW_EVIDENCE_CORE_H

#include "finding.h"
#include "leaf.h"

/* The member "core" of a finding's leaf; sha256: hex of the files, or NULL. */
void finding_core(struct leaf *l, const struct finding *f, const char *ruleset, const char *register_sha256, const char *policy_sha256);
static inline unsigned finding_grounds(const struct finding *f) { return f->nframes < FINDING_GROUNDS ? f->nframes : FINDING_GROUNDS; }

#endif
