/* What a policy may not contradict itself in. */
#include "rules.h"

#include "hash.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void unknown_check(const struct text *check, const struct policy_source *src, struct troubles *says)
{
	const char *near;

	for (size_t i = 0; i < src->nchecks; i++)
		if (!strcmp(src->checks[i], check->s))
			return;
	if (!src->checks)
		return;
	near = nearest(check->s, strlen(check->s), src->checks, src->nchecks);
	trouble_say(says, &check->at, "check: found \"%s\", which is no check of this version; %s%s%san id that `fairwitness checks` lists is allowed", check->s,
		near ? "\"" : "", near ? near : "", near ? "\" is meant? " : "");
}

static void order(const struct place *at, const char *what, const char *id, uint64_t since, uint64_t until, struct troubles *says)
{
	if (since >= until)
		trouble_say(says, at, "found %s \"%s\" whose since is after its until; correct one of them", what, id);
}

static void times(const struct policy *p, struct troubles *says)
{
	for (uint32_t i = 0; i < p->allow.n; i++)
		order(&p->allow.v[i].at, "an allow rule", p->allow.v[i].id.s, p->allow.v[i].window.since_ns, p->allow.v[i].window.until_ns, says);
	for (uint32_t i = 0; i < p->deny.n; i++)
		order(&p->deny.v[i].at, "a deny rule", p->deny.v[i].id.s, p->deny.v[i].since_ns, p->deny.v[i].until_ns, says);
	for (uint32_t i = 0; i < p->share.n; i++)
		order(&p->share.v[i].at, "a share rule", p->share.v[i].id.s, p->share.v[i].since_ns, p->share.v[i].until_ns, says);
	for (uint32_t i = 0; i < p->accept.n; i++)
		order(&p->accept.v[i].at, "an accept rule for", p->accept.v[i].check.s, p->accept.v[i].since_ns, p->accept.v[i].until_ns, says);
}

static const struct text *id_of(const struct policy *p, uint32_t i)
{
	if (i < p->allow.n)
		return &p->allow.v[i].id;
	i -= p->allow.n;
	return i < p->deny.n ? &p->deny.v[i].id : &p->share.v[i - p->deny.n].id;
}

/* True: each id is its own.  False: one is not, or there is no memory to say so soon. */
static bool ids_unique_soon(const struct policy *p, uint32_t n)
{
	struct hash_key key = hash_key_make("ids", 3);
	uint32_t slots = 64, *slot;
	bool unique;

	while (slots / 2 < n)
		slots *= 2;
	slot = calloc(slots, sizeof(*slot));		/* index + 1 */
	unique = slot;
	for (uint32_t i = 0; unique && i < n; i++) {
		const char *id = id_of(p, i)->s;
		uint32_t at = (uint32_t)hash_bytes(&key, id, strlen(id)) & (slots - 1);

		for (; slot[at] && unique; at = (at + 1) & (slots - 1))
			unique = strcmp(id_of(p, slot[at] - 1)->s, id) != 0;
		slot[at] = i + 1;
	}
	free(slot);
	return unique;
}

static void ids(const struct policy *p, struct troubles *says)
{
	uint32_t n = p->allow.n + p->deny.n + p->share.n;
	struct keyed k = { 0 };

	if (ids_unique_soon(p, n))
		return;
	for (uint32_t i = 0; i < n; i++)
		keyed_add(&k, id_of(p, i)->s, strlen(id_of(p, i)->s), i);
	keyed_sort(&k);
	for (uint32_t i = 1; i < k.n; i++) {
		const struct text *a = id_of(p, k.v[i - 1].value), *b = id_of(p, k.v[i].value);

		if (keyed_same(&k.v[i - 1], &k.v[i]))
			trouble_say(says, &b->at, "id: found the rule \"%s\" a second time (first at %s:%u); a rule's id is its own, rename one", b->s, a->at.file, a->at.line);
	}
	keyed_free(&k);
}

static bool same(const struct text *a, const struct text *b)
{
	return a->s == b->s || (a->s && b->s && !strcmp(a->s, b->s));
}

static void accepts(const struct policy *p, const struct policy_source *src, struct troubles *says)
{
	struct keyed k = { 0 };

	for (uint32_t i = 0; i < p->accept.n; i++) {
		unknown_check(&p->accept.v[i].check, src, says);
		keyed_add(&k, p->accept.v[i].subject.s, strlen(p->accept.v[i].subject.s), i);
	}
	keyed_sort(&k);
	for (uint32_t i = 0; i < k.n; i++)
		for (uint32_t j = i + 1; j < k.n && j < i + 256 && keyed_same(&k.v[i], &k.v[j]); j++) {
			const struct accept_rule *a = &p->accept.v[k.v[i].value], *b = &p->accept.v[k.v[j].value];

			if (same(&a->check, &b->check) && same(&a->object, &b->object) && a->since_ns < b->until_ns && b->since_ns < a->until_ns)
				trouble_say(says, &b->at, "found %s of \"%s\" accepted a second time (first at %s:%u); once is enough, take one out", b->check.s,
					b->subject.s, a->at.file, a->at.line);
		}
	keyed_free(&k);
}

static void checks(const struct policy *p, const struct policy_source *src, struct troubles *says)
{
	for (uint32_t i = 0; i < p->checks.n; i++) {
		unknown_check(&p->checks.v[i].check, src, says);
		for (uint32_t k = 0; k < i; k++)
			if (same(&p->checks.v[k].check, &p->checks.v[i].check) && p->checks.v[k].at.file == p->checks.v[i].at.file)
				trouble_say(says, &p->checks.v[i].at, "found the check %s a second time (first at line %u); once is allowed in a file", p->checks.v[i].check.s,
					p->checks.v[k].at.line);
	}
}

static bool any_same(const struct texts *a, const struct texts *b)
{
	for (uint32_t i = 0; i < a->n; i++)
		for (uint32_t k = 0; k < b->n; k++)
			if (!strcmp(a->v[i].s, b->v[k].s))
				return true;
	return false;
}

/* An end that asks for just what a rule excludes: the supplier by id, no role that stays free. */
static bool excluded(const struct selector *s, const struct deny_rule *d)
{
	if (!d->supplier.ids.n || !any_same(&s->suppliers, &d->supplier.ids) || d->regions.n || d->tags.n || d->commissioned_since_ns)
		return false;
	if (d->roles && (!s->roles || s->roles & ~d->roles))
		return false;
	return !d->sites.n || (s->sites.n && any_same(&s->sites, &d->sites));
}

static void allow_against_deny(const struct policy *p, struct troubles *says)
{
	for (uint32_t k = 0; k < p->deny.n; k++) {
		const struct deny_rule *d = &p->deny.v[k];

		for (uint32_t i = 0; d->supplier.ids.n && i < p->allow.n; i++) {
			const struct allow_rule *a = &p->allow.v[i];

			if (a->window.since_ns < d->until_ns && d->since_ns < a->window.until_ns && (excluded(&a->from, d) || excluded(&a->to, d)))
				trouble_say(says, &a->at, "found an allow rule \"%s\" for what the deny rule \"%s\" (%s:%u) excludes in the same days; allow or deny, not both",
					a->id.s, d->id.s, d->at.file, d->at.line);
		}
	}
}

void policy_check(const struct policy *p, const struct policy_source *src, struct troubles *says)
{
	times(p, says);
	ids(p, says);
	accepts(p, src, says);
	checks(p, src, says);
	allow_against_deny(p, says);
}
