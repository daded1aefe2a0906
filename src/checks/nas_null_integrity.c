/*
 * NAS-NULL-INTEGRITY: an AMF chooses 5G-IA0 (an MME EIA0), so that anybody on the path can write NAS messages.
 * Only an unauthenticated emergency registration may have it (TS 33.501 5.5.2, TS 33.401 5.1.4.1).
 */
#include "ue_kind.h"

enum { SECURITY_MODE_COMMAND = 0x5d };

static void on_fact(const struct view *v, const struct fact *f, struct docket *d)
{
	bool eps = f->kind == FACT_NASEPS;
	const struct item *ia = span_key(fact_span(f), eps ? KEY_NASEPS_toi : KEY_NAS_sec_algo_ip);
	struct instance x;
	char term[TERM];

	if (!ia)
		return;
	if (ia->v.u) {			/* an integrity algorithm is chosen */
		docket_conforms(d);
		return;
	}
	x = fact_instance(f);
	switch (emergency_of(v, model_last(v->model)->ue)) {
	case EMERGENCY_YES:
		x.verdict = CONFORM;
		x.reason = "no integrity algorithm, for an emergency";
		break;
	case EMERGENCY_UNSEEN:
		x.verdict = NOT_DECIDABLE;
		x.reason = eps ? "EIA0 is chosen, and whether it was an emergency attach was not seen" :
			"5G-IA0 is chosen, and whether it was an emergency registration was not seen";
		break;
	case EMERGENCY_NO:
		x.verdict = VIOLATED;
		x.reason = eps ? "the MME chose EIA0, no integrity, and the attach was not one for emergency" :
			"the AMF chose 5G-IA0, no integrity, and the registration was not one for emergency";
		x.filter = docket_filter(d, "%s && %s", eps ? "nas-eps.nas_msg_emm_type == 0x5d && nas-eps.emm.toi == 0" :
			"nas-5gs.mm.message_type == 0x5d && nas-5gs.mm.nas_sec_algo_ip == 0", term_message(f, term));
		break;
	}
	docket_add(d, &x);
}

const struct check check_nas_null_integrity = {
	.id = "NAS-NULL-INTEGRITY",
	.title = "an AMF or MME chose no integrity protection for NAS",
	.severity = SEV_CRIT,
	.refs = "TS 33.501 5.5.2; TS 33.501 6.7.2; TS 33.401 5.1.4.1; TS 33.512 4.2.2.3.2; FGT5009.001; FGT5009.002; TM02; SO13-003",
	.means = "A Security Mode Command selects 5G-IA0 (in 4G: EIA0) for a UE whose registration was not an emergency one. From then on NAS messages of that UE carry "
		"no proof of who wrote them.",
	.confirm = "Apply the filter. In the Security mode command, NAS security algorithms, the type of integrity protection algorithm is 5G-IA0 (0). "
		"Look back for the Registration request of the same UE: its 5GS registration type. In 4G it is the type of integrity protection algorithm of NAS EPS, and the "
		"Attach request's EPS attach type.",
	.causes = "A laboratory core (PLMN 001/01 or 999) set up for debugging; an emergency call whose registration request is not in the capture is "
		"not held against it.",
	.todo = "Correct the order of integrity algorithms in the AMF or MME: 5G-IA0 and EIA0 belong to unauthenticated emergency sessions only. Find since when it is so, and "
		"for which UEs.",
	.filter = "nas-5gs.mm.message_type == 0x5d && nas-5gs.mm.nas_sec_algo_ip == 0 && ip.src#1 == AMF && ip.dst#1 == RAN",
	.nwakes = 2,
	.wakes = { { FACT_NAS5GS, SECURITY_MODE_COMMAND }, { FACT_NASEPS, SECURITY_MODE_COMMAND } },
	.reads = 1ull << FACT_NGAP | 1ull << FACT_NAS5GS | 1ull << FACT_S1AP | 1ull << FACT_NASEPS,
	.on_fact = on_fact,
};
