/*
 * NAS-NULL-CIPHER: an AMF chooses 5G-EA0 (an MME EEA0), so that NAS is readable on its whole way.  The standard
 * allows it (TS 33.501 5.5.1, TS 33.401 5.1.3.1); an operator's setting may not.
 */
#include "ue_kind.h"

enum { SECURITY_MODE_COMMAND = 0x5d, CAN_EA1_TO_3 = 0x70 };

/* Of a command that chose EA0. */
static void judge(const struct view *v, bool eps, struct instance *x)
{
	uint32_t ue = model_last(v->model)->ue;
	const struct ue_security *s = model_ue_security(v->model, ue);
	bool required = v->policy->settings.nas_require_ciphering;

	if (emergency_of(v, ue) == EMERGENCY_YES) {
		x->reason = "not ciphered, for an emergency";
	} else if (s && s->has_cap && !(s->cap[0] & CAN_EA1_TO_3)) {
		x->reason = "not ciphered; the UE announced no cipher";
	} else if (!required) {
		x->verdict = UNPROTECTED;
		x->reason = eps ? "the MME chose EEA0: NAS is not ciphered; no rule requires that it is" :
			"the AMF chose 5G-EA0: NAS is not ciphered; no rule requires that it is";
	} else if (!s || !s->has_cap) {
		x->verdict = NOT_DECIDABLE;
		x->reason = eps ? "EEA0 is chosen, and whether the UE announced a cipher was not seen" :
			"5G-EA0 is chosen, and whether the UE announced a cipher was not seen";
	} else if (emergency_of(v, ue) == EMERGENCY_UNSEEN) {
		x->verdict = NOT_DECIDABLE;
		x->reason = eps ? "EEA0 is chosen, and whether it was an emergency attach was not seen" :
			"5G-EA0 is chosen, and whether it was an emergency registration was not seen";
	} else {
		x->verdict = VIOLATED;
		x->reason = eps ? "the MME chose EEA0, not ciphered, for a UE that announced ciphers, and setting nas.require_ciphering requires one" :
			"the AMF chose 5G-EA0, not ciphered, for a UE that announced ciphers, and setting nas.require_ciphering requires one";
	}
}

static void on_fact(const struct view *v, const struct fact *f, struct docket *d)
{
	bool eps = f->kind == FACT_NASEPS;
	const struct item *ea = span_key(fact_span(f), eps ? KEY_NASEPS_toc : KEY_NAS_sec_algo_enc);
	struct instance x;
	char term[TERM];

	if (!ea)
		return;
	if (ea->v.u) {			/* a cipher is chosen */
		docket_conforms(d);
		return;
	}
	x = fact_instance(f);
	x.verdict = CONFORM;
	judge(v, eps, &x);
	x.slot = eps ? 2 : 1;
	if ((x.verdict == VIOLATED || x.verdict == UNPROTECTED) && !docket_said(d, &x))
		x.filter = docket_filter(d, "%s && %s", eps ? "nas-eps.nas_msg_emm_type == 0x5d && nas-eps.emm.toc == 0" :
			"nas-5gs.mm.message_type == 0x5d && nas-5gs.mm.nas_sec_algo_enc == 0", term_message(f, term));
	docket_add(d, &x);
}

const struct check check_nas_null_cipher = {
	.id = "NAS-NULL-CIPHER",
	.title = "an AMF or MME chose no cipher for NAS",
	.severity = SEV_MED,
	.refs = "TS 33.501 5.5.1; TS 33.501 6.4.4; TS 33.401 5.1.3.1; FGT1600.501; TM02; SO13-001; SO13-014",
	.means = "A Security Mode Command selects 5G-EA0 (in 4G: EEA0): NAS messages of that UE are not ciphered and can be read wherever their carrier can. The standard allows it; "
		"it is a violation only where a setting requires ciphering and the UE announced that it can.",
	.confirm = "Apply the filter. In the Security mode command, NAS security algorithms, the type of ciphering algorithm is 5G-EA0 (0). Compare with the "
		"replayed UE security capabilities in the same message.",
	.causes = "National regulation that forbids ciphering; a laboratory core; a UE that offers no other; an AMF whose order of algorithms begins with 5G-EA0.",
	.todo = "Correct the order of ciphering algorithms in the AMF or MME. Where regulation forbids ciphering, remove the setting and write the rule down.",
	.filter = "nas-5gs.mm.message_type == 0x5d && nas-5gs.mm.nas_sec_algo_enc == 0 && ip.src#1 == AMF && ip.dst#1 == RAN",
	.nwakes = 2,
	.wakes = { { FACT_NAS5GS, SECURITY_MODE_COMMAND }, { FACT_NASEPS, SECURITY_MODE_COMMAND } },
	.reads = 1ull << FACT_NGAP | 1ull << FACT_NAS5GS | 1ull << FACT_S1AP | 1ull << FACT_NASEPS,
	.on_fact = on_fact,
};
