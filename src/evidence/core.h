/* A finding's core in canonical form: what packets alone re-derive. */
#ifndef FW_EVIDENCE_CORE_H
#define FW_EVIDENCE_CORE_H

#include "finding.h"
#include "leaf.h"

/* What a core holds, as text; policy, reg: hex digests of the files, or NULL. */
struct core_text {
	const char	*check, *policy, *reg, *need, *object, *ruleset, *severity, *subject, *verdict;
	const struct ground *ground;
	unsigned	n;
};
/* The member "core" of a finding's leaf. */
void core_print(struct leaf *l, const struct core_text *c);
/* The same of a finding; sha256: hex of the files, or NULL. */
void finding_core(struct leaf *l, const struct finding *f, const char *ruleset, const char *register_sha256, const char *policy_sha256);

#endif
