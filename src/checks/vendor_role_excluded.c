/*
 * VENDOR-ROLE-EXCLUDED: an element is active whose supplier a rule keeps out of its role, site or
 * region, as of the day that is judged.
 */
#include "check.h"

static bool asked(const struct view *v) { return v->policy->deny.n > 0 && v->reg; }

/* The packets that show it active: what grounds the element, or the first packet it sent. */
static void show(const struct view *v, const struct sight *s, struct instance *x)
{
	if (s->element != NONE) {
		const struct element *e = model_element(v->model, s->element);

		x->ground = e->ground;
		x->nground = e->ngrounds;
		x->subject.addr = e->addr;
	} else {
		x->ground = &s->ground;
		x->nground = 1;
	}
	x->first_ns = s->first_ns;
	x->last_ns = s->last_ns;
}

static void judge(const struct view *v, uint32_t i, const struct deny_rule *r, struct docket *d)
{
	const struct reg_element *e = &v->reg->elements.v[i];
	struct instance x = { .subject = { .kind = PARTY_REGISTERED, .index = i }, .object = party_none(), .verdict = CONFORM };
	struct words roles = { 0 };

	if (r->roles && !(r->roles & e->roles))
		return;			/* the rule is not about it */
	switch (policy_denies(v->policy, v->reg, r, i, v->at_ns)) {
	case DENY_NO: break;
	case DENY_UNKNOWN:
		x.verdict = NOT_DECIDABLE;
		x.reason = "the register does not say what a deny rule asks: supplier, site or day of commissioning";
		break;
	case DENY_YES:
		x.verdict = VIOLATED;
		x.severity = r->severity ? (enum severity)r->severity : SEV_CRIT;
		nf_words(&roles, e->roles, " and ");
		x.reason = docket_text(d, "rule %s keeps its supplier %s out as %s%s%s", r->id.s ? r->id.s : "(without id)",
			e->supplier[PART_SOFTWARE].s ? e->supplier[PART_SOFTWARE].s : e->supplier[PART_HARDWARE].s ? e->supplier[PART_HARDWARE].s : "",
			roles.text, r->ref.s ? ": " : "", r->ref.s ? r->ref.s : "");
		show(v, &v->sight[i], &x);
		break;
	}
	docket_add(d, &x);
}

static void at_end(const struct view *v, struct docket *d)
{
	for (uint32_t i = 0; i < v->reg->elements.n; i++)
		for (uint32_t k = 0; v->sight[i].seen && k < v->policy->deny.n; k++)
			judge(v, i, &v->policy->deny.v[k], d);
}

const struct check check_vendor_role_excluded = {
	.id = "VENDOR-ROLE-EXCLUDED",
	.title = "an element is active in a role from which its supplier is excluded",
	.severity = SEV_CRIT,
	.refs = "SM03",
	.means = "The register names the element's supplier, a rule of the policy excludes that supplier from the role, site or region as of this day, and the element was seen active.",
	.confirm = "Open the frames: they show the element at work. Compare its addresses with the register, and the register with the contract.",
	.causes = "A register that names the wrong supplier, a co-hosted platform (software, hardware and cloud may be of different suppliers), a deadline that was moved.",
	.todo = "Check the register's entry first. If it is right, the rule's authority decides what follows; keep the evidence bundle.",
	.filter = "frame.number in {...}",
	.wants_register = true,
	.asked = asked,
	.at_end = at_end,
};
