/*
 * PFCP-DUPL-N4: an SMF orders that a subscriber's packets are also sent elsewhere.  Duplication is
 * how interception is done on the user plane of a 4G core (TS 29.244 5.7); on N4 it has no use but
 * for targets that the policy approves.  Redundant transmission (DFRT) and multicast (MBSU) are others.
 */
#include "check.h"

enum { ESTABLISHMENT = 50, MODIFICATION = 52, CREATE_FAR = 3, UPDATE_FAR = 10, DUPLICATING = 5, UPDATE_DUPLICATING = 105, OUTER_HEADER = 84 };
enum { FARS_LOOK = 256 };

/* What the FARs of a message say in all. */
struct order {
	bool		copies;			/* a rule is to duplicate, or is given parameters for it */
	bool		by_action;		/* some Apply Action asks for it */
	bool		latent;			/* parameters, and an Apply Action that does not ask */
	bool		target, unapproved;	/* some target is named; some named one is not approved */
	bool		unnamed;		/* an order that names no target */
	struct addr	to;			/* the first one that is not approved */
};

/* True: it names a target. */
static bool targets(const struct view *v, struct span parameters, struct order *o)
{
	struct span in;
	bool any = false;
	struct addr a;

	while (span_group(&parameters, OUTER_HEADER, &in, NULL)) {
		if (!span_addr(in, KEY_PFCP_ohc_ipv4, &a) && !span_addr(in, KEY_PFCP_ohc_ipv6, &a))
			continue;
		any = true;
		if (duplication_approved(v, &a) || o->unapproved)
			continue;
		o->unapproved = true;
		o->to = a;
	}
	o->target |= any;
	return any;
}

static void rule(const struct view *v, struct span far, struct order *o)
{
	const struct item *dupl = span_key(far, KEY_PFCP_apply_dupl);
	bool asks = dupl && dupl->v.u, has = false, named = false;
	static const uint16_t groups[] = { DUPLICATING, UPDATE_DUPLICATING };

	for (size_t g = 0; g < sizeof(groups) / sizeof(groups[0]); g++) {
		struct span s = far, in;

		while (span_group(&s, groups[g], &in, NULL)) {
			has = true;
			if (!dupl || asks)
				named |= targets(v, in, o);
		}
	}
	if (has && dupl && !asks)
		o->latent = true;
	if (!asks && (!has || dupl))
		return;
	o->copies = true;
	o->by_action |= asks;
	o->unnamed |= !named;
}

static struct order order_of(const struct view *v, struct span all)
{
	static const uint16_t groups[] = { CREATE_FAR, UPDATE_FAR };
	struct order o = { .copies = false };

	for (size_t g = 0; g < sizeof(groups) / sizeof(groups[0]); g++) {
		struct span s = all, far;

		for (unsigned n = 0; n < FARS_LOOK && span_group(&s, groups[g], &far, NULL); n++)
			rule(v, far, &o);
	}
	return o;
}

/* It is N4: the session has what only 5G has, or whoever asks is an SMF and nothing else that speaks PFCP. */
static bool is_n4(const struct view *v, const struct fact *f)
{
	uint32_t session = model_last(v->model)->session, at;
	const struct pfcp_session *s = session == NONE ? NULL : model_pfcp_session(v->model, session);
	uint64_t roles = 0;
	uint32_t r;

	if (s && s->five_g)
		return true;
	for (uint32_t k = 0; k < 8 && v->reg && (r = view_reg_at(v, &f->src, k, NULL)) != REG_NONE; k++)
		roles |= v->reg->elements.v[r].roles;
	if (roles)
		return roles & NF_BIT(NF_SMF) && !(roles & (NF_BIT(NF_SGW_C) | NF_BIT(NF_PGW_C)));
	at = model_first_at(v->model, &f->src);
	for (unsigned n = 0; at && n < 64; at = model_next_at(v->model, at), n++)
		if (model_element(v->model, model_holder(v->model, at))->roles >> ROLE_SMF & 1)
			return true;
	return false;
}

/* What an order without a target goes by: the target that the session was given before. */
static bool named_before(const struct view *v)
{
	uint32_t session = model_last(v->model)->session;
	const struct pfcp_session *s = session == NONE ? NULL : model_pfcp_session(v->model, session);
	struct addr to;

	if (!s || !s->copies)
		return false;
	to = model_addr(v->model, model_end_at(v->model, s->copies - 1)->key.addr);
	return duplication_approved(v, &to);
}

static void judge(const struct view *v, const struct fact *f, const struct order *o, struct instance *x, struct docket *d)
{
	char to[ADDR_TEXT];

	if (o->copies && !is_n4(v, f)) {
		x->verdict = NOT_DECIDABLE;
		x->reason = "copies are ordered, and the session may be one of a 4G core (Sxa, Sxb), where they are for interception";
	} else if (o->copies && !o->unapproved && (!o->unnamed || named_before(v))) {
		x->reason = "every target of the copies is approved";
	} else if (o->copies && !o->unapproved && v->policy->targets.n) {
		x->verdict = NOT_DECIDABLE;
		x->reason = "copies are ordered, and the message does not name their target; the policy approves some";
	} else if (o->copies) {
		x->verdict = VIOLATED;
		if (o->unapproved)
			(void)addr_text(&o->to, to);
		x->reason = o->unapproved ? docket_text(d, "a forwarding rule was told to send copies of a subscriber's packets to %s, which no policy approves", to) :
			"a forwarding rule was told to send copies of a subscriber's packets; the message does not name their target, and the policy approves none";
	} else if (o->latent) {
		x->verdict = UNPROTECTED;
		x->reason = "latent: a forwarding rule has parameters for copies, and its Apply Action does not ask for any";
	}
}

static void on_fact(const struct view *v, const struct fact *f, struct docket *d)
{
	struct order o = order_of(v, fact_span(f));
	struct instance x;
	char term[TERM];

	if (!o.copies && !o.latent) {		/* no rule asks for copies */
		docket_conforms(d);
		return;
	}
	x = fact_instance(f);
	x.verdict = CONFORM;
	judge(v, f, &o, &x, d);
	if (x.verdict == VIOLATED || x.verdict == UNPROTECTED)
		x.filter = docket_filter(d, "pfcp.msg_type == %u && %s && %s", (unsigned)span_uint(fact_span(f), KEY_PFCP_msg_type, 0),
			o.by_action ? "pfcp.apply_action.dupl == 1" : "pfcp.ie_type in {5, 105}", term_message(f, term));
	docket_add(d, &x);
}

const struct check check_pfcp_dupl_n4 = {
	.id = "PFCP-DUPL-N4",
	.title = "an SMF orders copies of a subscriber's packets",
	.severity = SEV_CRIT,
	.refs = "TS 29.244 5.7.3; TS 29.244 7.5.2.3; TS 29.244 8.2.26; TS 33.127 6.2.3; FGT1020.001; FGT5008; TM02; TM05; SM03",
	.means = "A PFCP session message on N4 tells a user plane function to send copies of a subscriber's packets to a further address: Apply Action with DUPL, or "
		"Duplicating Parameters, and the target is not one that the policy approves.",
	.confirm = "Apply the filter. In Create FAR or Update FAR look at Apply Action (DUPL) and at Duplicating Parameters: destination interface, and in Outer Header "
		"Creation the address and TEID. Then look whether packets flow there: gtp.teid == N && ip.dst == TARGET.",
	.causes = "Lawful interception that was built like in 4G and whose target is missing in duplication_targets; a test of the user plane. What the order is for is "
		"not in the message.",
	.todo = "Ask who ordered it in the SMF, and under which authority. If it is approved, put the SHA-256 of the target's address into duplication_targets. If not, "
		"take the session down and keep the evidence.",
	.filter = "pfcp.msg_type in {50, 52} && (pfcp.apply_action.dupl == 1 || pfcp.ie_type in {5, 105}) && ip.src#1 == SMF && ip.dst#1 == UPF",
	.nwakes = 2,
	.wakes = { { FACT_PFCP, ESTABLISHMENT }, { FACT_PFCP, MODIFICATION } },
	.reads = 1ull << FACT_PFCP,
	.on_fact = on_fact,
};
