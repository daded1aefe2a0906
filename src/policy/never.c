/* Rules that can never match, and why. */
#include "rules.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* An id that reports give to what no register names: role, PLMN, node (gNB-00101-000102). */
static bool observed_id(const char *id)
{
	for (const char *dash = strchr(id, '-'); dash; dash = strchr(dash + 1, '-')) {
		size_t digits = strspn(dash + 1, "0123456789");

		if ((digits == 5 || digits == 6) && dash[1 + digits] == '-')
			return true;
	}
	return false;
}

/* ---- ends of allow rules, against the register ---- */

static bool addressed_in(const struct reg_element *e, const struct prefixes *hosts)
{
	for (uint32_t i = 0; i < e->addresses.n; i++)
		for (uint32_t k = 0; k < hosts->n; k++) {
			const struct prefix *a = &e->addresses.v[i].p, *b = &hosts->v[k];

			if (a->bits < b->bits ? addr_in(&b->net, &a->net, a->bits) : addr_in(&a->net, &b->net, b->bits))
				return true;
		}
	return !e->addresses.n;			/* its addresses are not known: it may be there */
}

static bool of_supplier(const struct reg_element *e, const struct texts *suppliers)
{
	for (unsigned i = 0; i < PARTS; i++)
		if (texts_hold(suppliers, e->supplier[i].s))
			return true;
	return false;
}

/* Which demands an element meets, as bits, so that the message can name the one that none does. */
enum { BY_ELEMENT = 1, BY_ROLE = 2, BY_SUPPLIER = 4, BY_SITE = 8, BY_HOST = 16, BY_ALL = 31 };

static unsigned meets(const struct reg_element *e, const struct selector *s)
{
	return (!s->elements.n || texts_hold(&s->elements, e->id.s) ? BY_ELEMENT : 0) | (!s->roles || s->roles & e->roles ? BY_ROLE : 0) |
	       (!s->suppliers.n || of_supplier(e, &s->suppliers) ? BY_SUPPLIER : 0) | (!s->sites.n || texts_hold(&s->sites, e->site.s) ? BY_SITE : 0) |
	       (!s->hosts.n || addressed_in(e, &s->hosts) ? BY_HOST : 0);
}

/* What the selector does not demand, which is met also where the register has no element. */
static unsigned not_demanded(const struct selector *s)
{
	return (s->elements.n ? 0 : BY_ELEMENT) | (s->roles ? 0 : BY_ROLE) | (s->suppliers.n ? 0 : BY_SUPPLIER) | (s->sites.n ? 0 : BY_SITE);
}

static void nobody(struct words *why, const char *side, const struct selector *s, unsigned met)
{
	words_add(why, "its \"%s\" names ", side);
	if (!(met & BY_ELEMENT))
		words_add(why, "no element of the register (%s%s)", s->elements.v[0].s, s->elements.n > 1 ? ", ..." : "");
	else if (!(met & BY_ROLE)) {
		words_add(why, "a role that no element of the register has (");
		nf_words(why, s->roles, "or");
		words_add(why, ")");
	} else if (!(met & BY_SUPPLIER))
		words_add(why, "a supplier that no element of the register has (%s%s)", s->suppliers.v[0].s, s->suppliers.n > 1 ? ", ..." : "");
	else if (!(met & BY_SITE))
		words_add(why, "a site at which no element of the register stands (%s%s)", s->sites.v[0].s, s->sites.n > 1 ? ", ..." : "");
	else
		words_add(why, "no element for which all of its keys hold at once; to mean either, write two rules");
}

static bool end_never(const struct reg *reg, const struct selector *s, const char *side, struct words *why)
{
	unsigned met = not_demanded(s);

	if (!s->elements.n && !s->roles && !s->suppliers.n && !s->sites.n)
		return false;			/* hosts alone: anybody may be there */
	for (uint32_t i = 0; i < s->elements.n; i++)
		if (observed_id(s->elements.v[i].s))
			return false;
	for (uint32_t i = 0; i < reg->elements.n; i++) {
		unsigned m = meets(&reg->elements.v[i], s);

		if (m == BY_ALL)
			return false;
		met |= m;
	}
	nobody(why, side, s, met);
	return true;
}

static bool past(uint64_t until_ns, uint64_t t_ns, struct words *why)
{
	char t[TIME_TEXT];

	if (until_ns == UINT64_MAX || until_ns > t_ns)
		return false;
	(void)time_text(until_ns - 1, t);
	words_add(why, "its last day, %.10s, is past", t);
	return true;
}

/* Ports are asked of protocols that have none. */
static bool no_ports(const struct allow_rule *r, struct words *why)
{
	if (!r->ports.n)
		return false;
	for (unsigned i = 0; i < 256; i++)
		if (protocol_in(r, (uint8_t)i) && has_ports(i))
			return false;
	words_add(why, "it names ports, and its transport has none");
	return true;
}

/* One end IPv4 only, the other IPv6 only. */
static unsigned families(const struct prefixes *p)
{
	unsigned f = 0;

	for (uint32_t i = 0; i < p->n; i++)
		f |= p->v[i].net.fam == 4 ? 1u : 2u;
	return p->n ? f : 3;
}

static bool allow_never(const struct policy *p, const struct reg *reg, uint32_t i, uint64_t t_ns, struct words *why)
{
	const struct allow_rule *r = &p->allow.v[i];
	uint32_t by;

	if (past(r->window.until_ns, t_ns, why) || no_ports(r, why))
		return true;
	if (!(families(&r->from.hosts) & families(&r->to.hosts))) {
		words_add(why, "one end is IPv4, the other IPv6");
		return true;
	}
	if (reg && (end_never(reg, &r->from, "from", why) || end_never(reg, &r->to, "to", why)))
		return true;
	by = allow_covered(p, reg, i);
	if (by == POLICY_NONE)
		return false;
	words_add(why, "the earlier rule %s (%s:%u) matches all that it could", p->allow.v[by].id.s, p->allow.v[by].at.file, p->allow.v[by].at.line);
	return true;
}

/* ---- deny and share ---- */

static bool nobody_named(const struct policy *p, const struct reg *reg, const struct supplier_ref *ref, struct words *why)
{
	if (ref->high_risk && !p->high_risk.n) {
		words_add(why, "the policy names no group under high_risk");
		return true;
	}
	if (!reg)
		return false;
	for (uint32_t i = 0; i < reg->suppliers.n; i++)
		if (policy_names_supplier(p, reg, ref, i))
			return false;
	words_add(why, "no supplier of the register is one that it names");
	if (!ref->ids.n && reg->suppliers.n) {
		words_add(why, "; the groups there are ");
		for (uint32_t i = 0; i < reg->suppliers.n && i < 8; i++)
			words_item(why, i, reg->suppliers.n < 8 ? reg->suppliers.n : 8, "and", reg->suppliers.v[i].group.s);
	}
	return true;
}

/* Could the element ever be one that the rule excludes? (At any time, whatever the register leaves open.) */
static bool could_deny(const struct policy *p, const struct reg *reg, const struct deny_rule *r, uint32_t e)
{
	struct deny_rule always = *r;

	always.since_ns = 0;
	always.until_ns = UINT64_MAX;
	return policy_denies(p, reg, &always, e, 0) != DENY_NO;
}

static bool deny_never(const struct policy *p, const struct reg *reg, uint32_t i, uint64_t t_ns, struct words *why)
{
	const struct deny_rule *r = &p->deny.v[i];

	if (past(r->until_ns, t_ns, why) || nobody_named(p, reg, &r->supplier, why))
		return true;
	if (!reg)
		return false;
	for (uint32_t k = 0; k < reg->elements.n; k++)
		if (could_deny(p, reg, r, k))
			return false;
	words_add(why, "no element of the register has such a role, place and supplier");
	return true;
}

static bool share_never(const struct policy *p, const struct reg *reg, uint32_t i, uint64_t t_ns, struct words *why)
{
	const struct share_rule *r = &p->share.v[i];
	uint64_t roles = r->roles ? r->roles : nf_ran();

	if (past(r->until_ns, t_ns, why) || nobody_named(p, reg, &r->supplier, why))
		return true;
	if (r->max_ppm == 1000000) {
		words_add(why, "no share is above 100 %%");
		return true;
	}
	if (!reg)
		return false;
	for (uint32_t k = 0; k < reg->elements.n; k++)
		if (reg->elements.v[k].roles & roles && (!r->regions.n || !reg_element_region(reg, k) || texts_hold(&r->regions, reg_element_region(reg, k))))
			return false;
	words_add(why, "no element of the register is among those that it counts");
	return true;
}

/* ---- accept ---- */

/* Whether anything of the register goes by this name: an id, an address of an element or a prefix that holds one. */
static bool known(const struct reg *reg, const char *name)
{
	struct node n = { .kind = NODE_SCALAR, .text = name, .len = (uint32_t)strlen(name) };
	struct prefix p;

	if (reg_element_by_id(reg, name, n.len) != REG_NONE || value_prefix(&n, &p) || strstr(name, "->") || strstr(name, "\xe2\x86\x92") ||
	    observed_id(name))
		return true;			/* none of these need be registered */
	return reg_element_by_name(reg, name, n.len, 0) != REG_NONE;
}

static bool accept_never(const struct policy *p, const struct reg *reg, uint32_t i, uint64_t t_ns, struct words *why)
{
	const struct accept_rule *r = &p->accept.v[i];

	if (past(r->until_ns, t_ns, why))
		return true;
	for (uint32_t k = 0; k < i; k++) {
		const struct accept_rule *e = &p->accept.v[k];

		if (e->object.s || strcmp(e->check.s, r->check.s) || strcmp(e->subject.s, r->subject.s) || e->since_ns > r->since_ns || e->until_ns < r->until_ns)
			continue;
		words_add(why, "the earlier rule at %s:%u accepts all that it could", e->at.file, e->at.line);
		return true;
	}
	if (!reg || known(reg, r->subject.s))
		return false;
	words_add(why, "its subject %s is no element of the register and no address", r->subject.s);
	return true;
}

bool policy_never(const struct policy *p, const struct reg *reg, enum rule_list l, uint32_t i, uint64_t t_ns, struct words *why)
{
	switch (l) {
	case RULES_ALLOW: return allow_never(p, reg, i, t_ns, why);
	case RULES_DENY: return deny_never(p, reg, i, t_ns, why);
	case RULES_SHARE: return share_never(p, reg, i, t_ns, why);
	case RULES_ACCEPT: return accept_never(p, reg, i, t_ns, why);
	case RULES_CHECKS:
	case RULE_LISTS: break;
	}
	return false;
}
