/* Rules in words, as a person would say them. */
#include "rules.h"

#include <stdio.h>
#include <string.h>

static const char *const list_names[RULE_LISTS] = { "allow", "deny", "share", "accept", "checks" };

const char *rule_list_name(enum rule_list l)
{
	return list_names[l];
}

uint32_t policy_rules(const struct policy *p, enum rule_list l)
{
	switch (l) {
	case RULES_ALLOW: return p->allow.n;
	case RULES_DENY: return p->deny.n;
	case RULES_SHARE: return p->share.n;
	case RULES_ACCEPT: return p->accept.n;
	case RULES_CHECKS: return p->checks.n;
	case RULE_LISTS: break;
	}
	return 0;
}

const char *policy_rule_id(const struct policy *p, enum rule_list l, uint32_t i)
{
	return l == RULES_ALLOW ? p->allow.v[i].id.s : l == RULES_DENY ? p->deny.v[i].id.s : l == RULES_SHARE ? p->share.v[i].id.s : "";
}

struct place policy_rule_place(const struct policy *p, enum rule_list l, uint32_t i)
{
	switch (l) {
	case RULES_ALLOW: return p->allow.v[i].at;
	case RULES_DENY: return p->deny.v[i].at;
	case RULES_SHARE: return p->share.v[i].at;
	case RULES_ACCEPT: return p->accept.v[i].at;
	case RULES_CHECKS: return p->checks.v[i].at;
	case RULE_LISTS: break;
	}
	return (struct place){ p->file, 0, 0 };
}

const char *policy_rule_ref(const struct policy *p, enum rule_list l, uint32_t i)
{
	switch (l) {
	case RULES_ALLOW: return p->allow.v[i].ref.s;
	case RULES_DENY: return p->deny.v[i].ref.s;
	case RULES_SHARE: return p->share.v[i].ref.s;
	case RULES_ACCEPT: return p->accept.v[i].reason.s;
	case RULES_CHECKS: return p->checks.v[i].ref.s;
	case RULE_LISTS: break;
	}
	return NULL;
}

/* ---- phrases ---- */

enum { SHOWN = 8 };

static void texts(struct words *w, const struct texts *t, const char *last)
{
	uint32_t shown = t->n > SHOWN ? SHOWN : t->n;

	for (uint32_t i = 0; i < shown; i++)
		words_item(w, i, shown < t->n ? shown + 1 : t->n, last, t->v[i].s);
	if (shown < t->n)
		words_add(w, " %s %u more", last, t->n - shown);
}

static void prefixes(struct words *w, const struct prefixes *p)
{
	uint32_t shown = p->n > SHOWN ? SHOWN : p->n;

	for (uint32_t i = 0; i < shown; i++) {
		const struct prefix *x = &p->v[i];
		char a[ADDR_TEXT + 8];
		size_t n = addr_text(&x->net, a);

		if (x->bits < (x->net.fam == 4 ? 32 : 128))
			(void)snprintf(a + n, sizeof(a) - n, "/%u", x->bits);
		words_item(w, i, shown < p->n ? shown + 1 : p->n, "or", a);
	}
	if (shown < p->n)
		words_add(w, " or %u more", p->n - shown);
}

/* "any element with role gNB of supplier acme at site north at an address in 10.0.0.0/8" */
static void end(struct words *w, const struct selector *s)
{
	bool named = s->elements.n || s->roles || s->suppliers.n || s->sites.n;

	if (s->elements.n) {
		words_add(w, s->elements.n == 1 ? "element " : "elements ");
		texts(w, &s->elements, "or");
	} else {
		words_add(w, named ? "any element" : "any host");
	}
	if (s->roles) {
		words_add(w, " with role ");
		nf_words(w, s->roles, "or");
	}
	if (s->suppliers.n) {
		words_add(w, " of supplier ");
		texts(w, &s->suppliers, "or");
	}
	if (s->sites.n) {
		words_add(w, " at site ");
		texts(w, &s->sites, "or");
	}
	if (s->hosts.n) {
		words_add(w, named ? " at an address in " : " in ");
		prefixes(w, &s->hosts);
	}
}

static void day(struct words *w, uint64_t t_ns)
{
	char t[TIME_TEXT];

	(void)time_text(t_ns, t);
	words_add(w, t_ns % (86400ull * 1000000000) ? "%.16sZ" : "%.10s", t);
}

static void window(struct words *w, uint64_t since, uint64_t until)
{
	uint64_t d = 86400ull * 1000000000;

	if (since) {
		words_add(w, ", from ");
		day(w, since);
	}
	if (until != UINT64_MAX) {
		words_add(w, since ? " until " : ", until ");
		day(w, until % d ? until - 1 : until - d);	/* the last day, not the one after */
		words_add(w, " inclusive");
	} else if (since) {
		words_add(w, " on");
	}
}

static void protocols(struct words *w, const struct allow_rule *r)
{
	unsigned n = 0, k = 0;

	for (unsigned i = 0; i < 4; i++)
		n += (unsigned)__builtin_popcountll(r->protocols[i]);
	if (!n)
		words_add(w, r->ports.n ? "any transport" : "any protocol");
	for (unsigned i = 0; n && n <= 16 && i < 256; i++)
		if (r->protocols[i / 64] >> i % 64 & 1) {
			char number[24];
			const char *name = transport_name(i);

			(void)snprintf(number, sizeof(number), "IP protocol %u", i);
			words_item(w, k++, n, "or", name ? name : number);
		}
	if (n > 16)
		words_add(w, "%u IP protocols", n);
}

static void ports(struct words *w, const struct ports *p)
{
	uint32_t shown = p->n > SHOWN ? SHOWN : p->n;

	if (!p->n)
		return;
	words_add(w, p->n == 1 && p->v[0].lo == p->v[0].hi ? " to port " : " to ports ");
	for (uint32_t i = 0; i < shown; i++) {
		char t[16];

		(void)snprintf(t, sizeof(t), p->v[i].lo == p->v[i].hi ? "%u" : "%u-%u", p->v[i].lo, p->v[i].hi);
		words_item(w, i, shown < p->n ? shown + 1 : p->n, "or", t);
	}
	if (shown < p->n)
		words_add(w, " or %u more", p->n - shown);
}

static void supplier(struct words *w, const struct policy *p, const struct supplier_ref *s, uint64_t parts)
{
	unsigned n = (unsigned)__builtin_popcountll(parts), k = 0;

	for (unsigned i = 0; i < PARTS; i++)
		if (parts >> i & 1)
			words_item(w, k++, n, "or", part_name((enum part)i));
	if (s->groups.n) {
		words_add(w, " of the group ");
		texts(w, &s->groups, "or");
	} else if (s->ids.n) {
		words_add(w, " of the supplier ");
		texts(w, &s->ids, "or");
	} else if (p->high_risk.n) {
		words_add(w, " of a high-risk supplier (");
		texts(w, &p->high_risk, "or");
		words_add(w, ")");
	} else {
		words_add(w, " of a high-risk supplier (the policy names none under high_risk)");
	}
}

static void severity(struct words *w, uint64_t s)
{
	if (s)
		words_add(w, "; a breach is %s", severity_name((enum severity)s));
}

static void percent(struct words *w, uint32_t ppm)
{
	words_add(w, ppm % 10000 ? "%u.%04u" : "%u", ppm / 10000, ppm % 10000);
	while (ppm % 10000 && w->text[w->n - 1] == '0')
		w->text[--w->n] = 0;
	words_add(w, " %%");
}

/* ---- one a list ---- */

static void allow_words(const struct allow_rule *r, struct words *w)
{
	end(w, &r->from);
	words_add(w, " may speak ");
	protocols(w, r);
	ports(w, &r->ports);
	words_add(w, r->ports.n ? " of " : " with ");
	end(w, &r->to);
	window(w, r->window.since_ns, r->window.until_ns);
}

static void deny_words(const struct policy *p, const struct deny_rule *r, struct words *w)
{
	words_add(w, "no element");
	if (r->roles) {
		words_add(w, " with role ");
		nf_words(w, r->roles, "or");
	}
	if (r->sites.n) {
		words_add(w, " at site ");
		texts(w, &r->sites, "or");
	}
	if (r->regions.n) {
		words_add(w, " in region ");
		texts(w, &r->regions, "or");
	}
	if (r->tags.n) {
		words_add(w, " at a site tagged ");
		texts(w, &r->tags, "or");
	}
	words_add(w, " may have ");
	supplier(w, p, &r->supplier, r->parts);
	if (r->commissioned_since_ns) {
		words_add(w, " if it went into service on ");
		day(w, r->commissioned_since_ns);
		words_add(w, " or later");
	}
	window(w, r->since_ns, r->until_ns);
	severity(w, r->severity);
}

static void share_words(const struct policy *p, const struct share_rule *r, struct words *w)
{
	words_add(w, "at most ");
	percent(w, r->max_ppm);
	words_add(w, r->metric == SHARE_SITES ? " of the sites with " : r->metric == SHARE_ELEMENTS ? " of the elements with " :
		r->metric == SHARE_TRAFFIC_UL ? " of the uplink traffic through " : " of the downlink traffic through ");
	if (r->roles)
		nf_words(w, r->roles, "or");
	else
		words_add(w, "radio access nodes");
	if (r->regions.n) {
		words_add(w, " in region ");
		texts(w, &r->regions, "or");
	}
	if (r->plmns.n) {
		words_add(w, " of PLMN ");
		texts(w, &r->plmns, "or");
	}
	words_add(w, " may have ");
	supplier(w, p, &r->supplier, r->parts);
	words_add(w, "; decided when at least ");
	percent(w, r->min_coverage_ppm);
	words_add(w, " of what is registered was seen");
	window(w, r->since_ns, r->until_ns);
	severity(w, r->severity);
}

static void accept_words(const struct accept_rule *r, struct words *w)
{
	words_add(w, "%s of %s", r->check.s, r->subject.s);
	if (r->object.s)
		words_add(w, " and %s", r->object.s);
	words_add(w, " is known and tolerated: shown apart");
	window(w, r->since_ns, r->until_ns);
}

void policy_words(const struct policy *p, enum rule_list l, uint32_t i, struct words *w)
{
	switch (l) {
	case RULES_ALLOW: allow_words(&p->allow.v[i], w); break;
	case RULES_DENY: deny_words(p, &p->deny.v[i], w); break;
	case RULES_SHARE: share_words(p, &p->share.v[i], w); break;
	case RULES_ACCEPT: accept_words(&p->accept.v[i], w); break;
	case RULES_CHECKS:
		words_add(w, "findings of %s ", p->checks.v[i].check.s);
		if (p->checks.v[i].severity)
			words_add(w, "are %s", severity_name((enum severity)p->checks.v[i].severity));
		else
			words_add(w, "have a further ground");
		break;
	case RULE_LISTS: break;
	}
}
