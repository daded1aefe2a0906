#include "core.h"

void core_print(struct leaf *l, const struct core_text *c)
{
	leaf_key(l, "core");
	leaf_open(l);
	leaf_kstr(l, "check", c->check);
	leaf_key(l, "config");
	leaf_open(l);
	leaf_kstr(l, "policy", c->policy);
	leaf_kstr(l, "register", c->reg);
	leaf_close(l);
	leaf_key(l, "grounds");
	leaf_list(l);
	for (unsigned i = 0; i < c->n; i++) {
		leaf_open(l);
		leaf_knum(l, "frame", c->ground[i].frame);
		leaf_knum(l, "input", c->ground[i].input);
		leaf_close(l);
	}
	leaf_list_end(l);
	leaf_kstr(l, "need", c->need);
	leaf_kstr(l, "object", c->object);
	leaf_kstr(l, "ruleset", c->ruleset);
	leaf_kstr(l, "severity", c->severity);
	leaf_kstr(l, "subject", c->subject);
	leaf_kstr(l, "verdict", c->verdict);
	leaf_close(l);
}

void finding_core(struct leaf *l, const struct finding *f, const char *ruleset, const char *register_sha256, const char *policy_sha256)
{
	core_print(l, &(struct core_text){ .check = f->check->id, .policy = policy_sha256, .reg = register_sha256, .need = f->check->complete ? "complete" : "positive",
		.object = f->object, .ruleset = ruleset, .severity = severity_name(f->severity), .subject = f->subject, .verdict = verdict_name(f->verdict),
		.ground = f->frame, .n = finding_grounds(f) });
}
