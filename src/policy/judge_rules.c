/* Questions to a policy's rules other than allow. */
#include "rules.h"

#include <string.h>
#include <strings.h>

bool texts_hold(const struct texts *t, const char *s)
{
	for (uint32_t i = 0; s && i < t->n; i++)
		if (!strcmp(t->v[i].s, s))
			return true;
	return false;
}

static bool group_in(const struct texts *t, const char *group)
{
	for (uint32_t i = 0; group && i < t->n; i++)
		if (!strcasecmp(t->v[i].s, group))
			return true;
	return false;
}

bool policy_names_supplier(const struct policy *p, const struct reg *reg, const struct supplier_ref *ref, uint32_t supplier)
{
	const struct reg_supplier *s = &reg->suppliers.v[supplier];

	return texts_hold(&ref->ids, s->id.s) || group_in(&ref->groups, s->group.s) || (ref->high_risk && group_in(&p->high_risk, s->group.s));
}

enum deny_match policy_names_maker(const struct policy *p, const struct reg *reg, const struct supplier_ref *ref, uint64_t parts, uint32_t element)
{
	const struct reg_element *e = &reg->elements.v[element];
	bool unknown = false;

	for (unsigned i = 0; i < PARTS; i++) {
		if (!(parts >> i & 1))
			continue;
		if (e->supplier_at[i] != REG_NONE) {
			if (policy_names_supplier(p, reg, ref, e->supplier_at[i]))
				return DENY_YES;
		} else if (i == PART_SOFTWARE || i == PART_HARDWARE) {
			unknown = true;		/* each element has both: not said is not known */
		}
	}
	return unknown ? DENY_UNKNOWN : DENY_NO;
}

/* The place of an element against one list of a rule. */
static enum deny_match in_list(const struct texts *list, const char *is)
{
	return !list->n ? DENY_YES : !is ? DENY_UNKNOWN : texts_hold(list, is) ? DENY_YES : DENY_NO;
}

static enum deny_match tagged(const struct reg *reg, const struct texts *tags, uint32_t element)
{
	if (!tags->n)
		return DENY_YES;
	if (reg->elements.v[element].site_at == REG_NONE)
		return DENY_UNKNOWN;
	for (uint32_t i = 0; i < tags->n; i++)
		if (reg_element_tagged(reg, element, tags->v[i].s))
			return DENY_YES;
	return DENY_NO;
}

enum deny_match policy_denies(const struct policy *p, const struct reg *reg, const struct deny_rule *d, uint32_t element, uint64_t t_ns)
{
	const struct reg_element *e = &reg->elements.v[element];
	enum deny_match m[] = {
		t_ns < d->since_ns || t_ns >= d->until_ns || (d->roles && !(d->roles & e->roles)) ? DENY_NO : DENY_YES,
		in_list(&d->sites, e->site.s),
		in_list(&d->regions, reg_element_region(reg, element)),
		tagged(reg, &d->tags, element),
		!d->commissioned_since_ns ? DENY_YES : !e->commissioned_ns ? DENY_UNKNOWN : e->commissioned_ns >= d->commissioned_since_ns ? DENY_YES : DENY_NO,
		policy_names_maker(p, reg, &d->supplier, d->parts, element),
	};
	enum deny_match all = DENY_YES;

	for (unsigned i = 0; i < sizeof(m) / sizeof(m[0]); i++) {
		if (m[i] == DENY_NO)
			return DENY_NO;
		if (m[i] == DENY_UNKNOWN)
			all = DENY_UNKNOWN;
	}
	return all;
}

uint32_t policy_accepts(const struct policy *p, const char *check, const char *subject, const char *object, uint64_t t_ns)
{
	for (uint32_t i = 0; i < p->accept.n; i++) {
		const struct accept_rule *a = &p->accept.v[i];

		if (t_ns >= a->since_ns && t_ns < a->until_ns && !strcmp(a->check.s, check) && !strcmp(a->subject.s, subject) &&
		    (!a->object.s || (object && !strcmp(a->object.s, object))))
			return i;
	}
	return POLICY_NONE;
}

enum severity policy_severity(const struct policy *p, const char *check, enum severity otherwise)
{
	enum severity best = SEV_NONE;

	for (uint32_t i = 0; i < p->checks.n; i++) {
		const struct check_rule *c = &p->checks.v[i];

		if (!c->severity || strcmp(c->check.s, check))
			continue;
		if (c->at.file == p->file)
			return (enum severity)c->severity;
		if (c->severity > best)
			best = (enum severity)c->severity;
	}
	return best == SEV_NONE ? otherwise : best;
}

bool policy_duplication_target(const struct policy *p, const uint8_t sha256[32])
{
	uint32_t lo = 0, hi = p->targets.n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int c = memcmp(p->targets.v[mid], sha256, 32);

		if (!c)
			return true;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}
