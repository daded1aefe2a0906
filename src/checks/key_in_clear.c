/*
 * KEY-IN-CLEAR: N2 carries the keys of the radio interface; where N2 is readable, so are they.  That
 * a key was there is all that is ever known of it here.
 */
#include "check.h"

/* Procedures whose messages have Security Key 94 or Security Context 93 (TS 38.413 9.2). */
enum { HANDOVER_RESOURCE = 13, CONTEXT_SETUP = 14, PATH_SWITCH = 25, CONTEXT_MODIFICATION = 40, CONTEXT_RESUME = 58, CONTEXT_SUSPEND = 59 };

static void on_fact(const struct view *v, const struct fact *f, struct docket *d)
{
	struct instance x;
	char term[TERM];

	if (!span_any(fact_span(f), KEY_NGAP_key_present))
		return;
	if (f->decrypted) {		/* not in clear: TLS was around it */
		docket_conforms(d);
		return;
	}
	if (declared_protected(v, &f->src, &f->dst, f->t_ns)) {		/* of one link all lie in it */
		docket_conforms(d);
		return;
	}
	x = fact_instance(f);
	x.verdict = v->policy->settings.keys_require_protection ? VIOLATED : UNPROTECTED;
	x.reason = x.verdict == VIOLATED ?
		"no declared protected domain covers the two, and setting keys.require_protection forbids it" :
		"no declared protected domain covers the two; no rule forbids it";
	x.slot = 1;
	if (!docket_said(d, &x))
		x.filter = docket_filter(d, "(ngap.SecurityKey || ngap.nextHopNH) && %s", term_message(f, term));
	docket_add(d, &x);
}

const struct check check_key_in_clear = {
	.id = "KEY-IN-CLEAR",
	.title = "a key of the radio interface is readable on N2",
	.severity = SEV_CRIT,
	.refs = "TS 33.501 9.9; TS 33.501 5.9.4.2; FGT1600.502; FGT5026; FGT1040; SO14",
	.means = "An NGAP message in clear carries K_gNB or a next hop. Whoever reads it can compute the keys of the radio interface, and read that UE's traffic there.",
	.confirm = "Apply the filter. The message has Security Key or, in its Security Context, Next Hop NH. Do not copy the value anywhere.",
	.causes = "A tap inside the security gateway, where clear is legitimate; a locked room that the register could declare; a laboratory.",
	.todo = "Protect N2 (TS 33.501 9.2), or declare the protected domain in the register with its reason and its end. Treat the capture itself as a secret.",
	.filter = "(ngap.SecurityKey || ngap.nextHopNH) && ip.src#1 == AMF && ip.dst#1 == RAN",
	.nwakes = 6,
	.wakes = { { FACT_NGAP, HANDOVER_RESOURCE }, { FACT_NGAP, CONTEXT_SETUP }, { FACT_NGAP, PATH_SWITCH }, { FACT_NGAP, CONTEXT_MODIFICATION },
		{ FACT_NGAP, CONTEXT_RESUME }, { FACT_NGAP, CONTEXT_SUSPEND } },
	.reads = 1ull << FACT_NGAP,
	.on_fact = on_fact,
};
