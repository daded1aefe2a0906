#include "core.h"

void finding_core(struct leaf *l, const struct finding *f, const char *ruleset, const char *register_sha256, const char *policy_sha256)
{
	leaf_key(l, "core");
	leaf_open(l);
	leaf_kstr(l, "check", f->check->id);
	leaf_key(l, "config");
	leaf_open(l);
	leaf_kstr(l, "policy", policy_sha256);
	leaf_kstr(l, "register", register_sha256);
	leaf_close(l);
	leaf_key(l, "grounds");
	leaf_list(l);
	for (unsigned i = 0; i < finding_grounds(f); i++) {
		leaf_open(l);
		leaf_knum(l, "frame", f->frame[i].frame);
		leaf_knum(l, "input", f->frame[i].input);
		leaf_close(l);
	}
	leaf_list_end(l);
	leaf_kstr(l, "need", f->check->complete ? "complete" : "positive");
	leaf_kstr(l, "object", f->object);
	leaf_kstr(l, "ruleset", ruleset);
	leaf_kstr(l, "severity", severity_name(f->severity));
	leaf_kstr(l, "subject", f->subject);
	leaf_kstr(l, "verdict", verdict_name(f->verdict));
	leaf_close(l);
}
