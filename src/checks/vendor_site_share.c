/*
 * VENDOR-SITE-SHARE: a supplier's share of the radio access sites, against a cap.  Over what was
 * observed, with the interval that unknown suppliers leave, and with how much of the register was seen.
 */
#include "finding.h"

#include <stdio.h>

static bool asked(const struct view *v)
{
	for (uint32_t i = 0; v->reg && i < v->policy->share.n; i++)
		if (v->at_ns >= v->policy->share.v[i].since_ns && v->at_ns < v->policy->share.v[i].until_ns)
			return true;
	return false;
}

enum maker { MAKER_OTHER, MAKER_UNKNOWN, MAKER_NAMED };		/* in order of weight: of a site the heaviest counts */

struct tallying { uint32_t named, unknown, all, registered; };

static bool in_scope(const struct view *v, const struct share_rule *r, uint32_t i)
{
	const struct reg_element *e = &v->reg->elements.v[i];
	uint64_t roles = r->roles ? r->roles : nf_ran();
	const char *region = reg_element_region(v->reg, i);
	bool plmn = !r->plmns.n;

	for (uint32_t k = 0; k < r->plmns.n; k++)
		plmn |= reg_element_in_plmn(v->reg, i, r->plmns.v[k].s);
	return e->roles & roles && plmn && (!r->regions.n || (region && texts_hold(&r->regions, region)));
}

static enum maker maker_of(const struct view *v, const struct share_rule *r, uint32_t i)
{
	switch (policy_names_maker(v->policy, v->reg, &r->supplier, r->parts, i)) {
	case DENY_YES: return MAKER_NAMED;
	case DENY_UNKNOWN: return MAKER_UNKNOWN;
	case DENY_NO: break;
	}
	return MAKER_OTHER;
}

static void count(struct tallying *t, bool seen, enum maker m)
{
	t->registered++;
	if (!seen)
		return;
	t->all++;
	t->named += m == MAKER_NAMED;
	t->unknown += m == MAKER_UNKNOWN;
}

/* By site: all its elements in scope are one; an element without a site is one of its own. */
static void count_site(const struct view *v, const struct share_rule *r, uint32_t first, struct tallying *t)
{
	const struct reg_element *e = &v->reg->elements.v[first];
	enum maker m = MAKER_OTHER;
	bool seen = false;

	for (uint32_t i = first; i < v->reg->elements.n; i++) {
		if (i != first && (e->site_at == REG_NONE || v->reg->elements.v[i].site_at != e->site_at || !in_scope(v, r, i)))
			continue;
		if (v->sight[i].seen) {
			enum maker k = maker_of(v, r, i);

			seen = true;
			m = k > m ? k : m;
		}
		if (e->site_at == REG_NONE)
			break;
	}
	count(t, seen, m);
}

static bool first_of_site(const struct view *v, const struct share_rule *r, uint32_t i)
{
	uint32_t site = v->reg->elements.v[i].site_at;

	for (uint32_t k = 0; site != REG_NONE && k < i; k++)
		if (v->reg->elements.v[k].site_at == site && in_scope(v, r, k))
			return false;
	return true;
}

/* RAN nodes that signalling showed and the register does not know: of no known supplier. */
static void count_strangers(const struct view *v, const struct share_rule *r, struct tallying *t)
{
	uint64_t roles = r->roles ? r->roles : nf_ran();

	for (uint32_t i = 0; i < model_elements(v->model); i++) {
		const struct element *e = model_element(v->model, i);

		if (v->registered[i] != REG_NONE || !e->has_node || e->amf_set || !(shown_roles(e) & roles))
			continue;
		t->all++;
		t->unknown++;
	}
}

static uint32_t ppm(uint64_t n, uint64_t of, bool up)
{
	return of ? (uint32_t)((n * 1000000 + (up ? of - 1 : 0)) / of) : 0;
}

static uint32_t supplier_of(const struct view *v, const struct share_rule *r)
{
	for (uint32_t i = 0; i < v->reg->suppliers.n; i++)
		if (policy_names_supplier(v->policy, v->reg, &r->supplier, i))
			return i;
	return REG_NONE;
}

static const char *named_by(const struct share_rule *r)
{
	return r->supplier.groups.n ? r->supplier.groups.v[0].s : r->supplier.ids.n ? r->supplier.ids.v[0].s : "high-risk";
}

/* The packets that show the supplier's elements active, as far as there is room. */
static unsigned show(const struct view *v, const struct share_rule *r, struct ground *to, unsigned room)
{
	unsigned n = 0;

	for (uint32_t i = 0; i < v->reg->elements.n && n < room; i++)
		if (v->sight[i].seen && in_scope(v, r, i) && maker_of(v, r, i) == MAKER_NAMED)
			to[n++] = v->sight[i].ground;
	return n;
}

/* Those in scope that no signalling showed: each counts by its first packet.  The grounds of elements are retained anyway. */
static unsigned counted(const struct view *v, const struct share_rule *r, struct ground *to, unsigned room)
{
	unsigned n = 0;

	for (uint32_t i = 0; i < v->reg->elements.n && n < room; i++)
		if (v->sight[i].seen && v->sight[i].element == NONE && in_scope(v, r, i))
			to[n++] = v->sight[i].ground;
	return n;
}

static void judge(const struct view *v, const struct share_rule *r, struct docket *d)
{
	uint32_t supplier = supplier_of(v, r);
	struct share_result s = { .rule = r, .supplier = named_by(r) };
	struct instance x = { .subject = { .kind = supplier == REG_NONE ? PARTY_NONE : PARTY_SUPPLIER, .index = supplier }, .object = party_none(),
		.severity = (enum severity)r->severity };
	struct tallying t = { 0 };
	struct ground frames[64], others[FINDING_CONTEXT];

	for (uint32_t i = 0; i < v->reg->elements.n; i++) {
		if (!in_scope(v, r, i))
			continue;
		if (r->metric == SHARE_ELEMENTS)
			count(&t, v->sight[i].seen, maker_of(v, r, i));
		else if (first_of_site(v, r, i))
			count_site(v, r, i, &t);
	}
	s.coverage_ppm = ppm(t.all, t.registered, false);
	count_strangers(v, r, &t);
	s.numerator = t.named;
	s.denominator = t.all;
	s.registered = t.registered;
	s.low_ppm = ppm(t.named, t.all, false);
	s.high_ppm = ppm(t.named + t.unknown, t.all, true);
	if (!t.all) {
		x.verdict = NOT_OBSERVED;
	} else if (s.coverage_ppm < r->min_coverage_ppm) {
		x.verdict = NOT_DECIDABLE;
		x.reason = docket_text(d, "%u of %u registered were observed, fewer than the rule asks for", t.all, t.registered);
	} else if (s.low_ppm > r->max_ppm) {
		x.verdict = VIOLATED;
		x.reason = docket_text(d, "%u of %u observed, at least %u.%02u %% where %u.%02u %% is the cap", t.named, t.all, s.low_ppm / 10000,
			s.low_ppm / 100 % 100, r->max_ppm / 10000, r->max_ppm / 100 % 100);
		x.nground = show(v, r, frames, 64);
		x.ground = frames;
		x.ncontext = counted(v, r, others, FINDING_CONTEXT);
		x.context = others;
	} else if (s.high_ppm > r->max_ppm) {
		x.verdict = NOT_DECIDABLE;
		x.reason = docket_text(d, "the suppliers of %u of %u observed are not known: the share is between %u and %u ppm", t.unknown, t.all,
			s.low_ppm, s.high_ppm);
	} else {
		x.verdict = CONFORM;
	}
	s.verdict = x.verdict;
	docket_share(d, &s);
	docket_add(d, &x);
}

static void at_end(const struct view *v, struct docket *d)
{
	for (uint32_t i = 0; i < v->policy->share.n; i++) {
		const struct share_rule *r = &v->policy->share.v[i];

		if (v->at_ns < r->since_ns || v->at_ns >= r->until_ns)
			continue;
		if (r->metric == SHARE_SITES || r->metric == SHARE_ELEMENTS) {
			judge(v, r, d);
		} else {
			struct instance x = { .object = party_none(), .verdict = NOT_DECIDABLE, .reason = "shares of traffic are not computed by this version" };

			docket_add(d, &x);
		}
	}
}

const struct check check_vendor_site_share = {
	.id = "VENDOR-SITE-SHARE",
	.title = "a supplier's share of the radio sites is above the cap",
	.severity = SEV_HIGH,
	.refs = "SM05; NCSC advice of 28 January 2020",
	.means = "Of the radio sites (or elements) that were observed, the supplier's share is above what the rule allows, whatever the suppliers of the unknown ones are.",
	.confirm = "The report's shares list numerator, denominator, register total and coverage; each node's NG Setup grounds that it was observed.",
	.causes = "A register that names wrong suppliers or sites, a tap that sees one region only (see the coverage).",
	.todo = "Check coverage and register first. The number is of observed sites; a planning figure of the operator is another thing.",
	.filter = "frame.number in {...}",
	.complete = true,
	.wants_register = true,
	.asked = asked,
	.at_end = at_end,
};
