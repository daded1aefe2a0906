/*
 * SUCI-NULL-SCHEME: a UE sends its permanent identity under the null scheme, that is, in clear.
 * Legal where its home network gave it no key or chose so (TS 33.501 6.12.2); a home's decision.  What a key log opened was in clear to
 * nobody on these taps: it is held against a setting about the scheme, and no more is said of it.
 */
#include "ue_kind.h"

#include <string.h>

enum { REGISTRATION_REQUEST = 0x41, IDENTITY_RESPONSE = 0x5c, TYPE_SUCI = 1, FORMAT_IMSI = 0, SCHEME_NULL = 0, HOLDERS_LOOK = 64 };

enum home { HOME_UNKNOWN, HOME_OURS, HOME_OTHER };

static bool is_text(const struct item *i, const char *s) { return strlen(s) == i->len && !memcmp(i->v.p, s, i->len); }

/* The operator's PLMNs by the register; without them, what the RAN node said that it serves. */
static enum home home_of(const struct view *v, const struct fact *f, const struct item *plmn)
{
	uint32_t at = model_first_at(v->model, &f->src);
	enum home h = HOME_UNKNOWN;

	if (!plmn)
		return h;
	for (uint32_t i = 0; v->reg && i < v->reg->operator.plmns.n; i++) {
		if (is_text(plmn, v->reg->operator.plmns.v[i].s))
			return HOME_OURS;
		h = HOME_OTHER;
	}
	for (unsigned n = 0; h == HOME_UNKNOWN && at && n < HOLDERS_LOOK; at = model_next_at(v->model, at), n++) {
		const struct element *e = model_element(v->model, model_holder(v->model, at));
		unsigned looked = 0;

		for (const struct attr *a = model_attr(v->model, e->attrs); a && looked++ < HOLDERS_LOOK; a = model_attr(v->model, a->next)) {
			if (a->kind != ATTR_PLMN)
				continue;
			if (is_text(plmn, a->plmn))
				return HOME_OURS;
			h = HOME_OTHER;
		}
	}
	return h;
}

static void judge(const struct view *v, const struct fact *f, struct instance *x, struct docket *d)
{
	const struct item *plmn = span_key(fact_span(f), KEY_NAS_home_plmn);
	const char *home = plmn ? (const char *)plmn->v.p : "?";
	int n = plmn ? (int)plmn->len : 1;

	if (emergency_of(v, model_last(v->model)->ue) == EMERGENCY_YES) {
		x->reason = "null scheme, for an emergency";
		return;
	}
	if (f->decrypted && (!v->policy->settings.suci_require_concealment || home_of(v, f, plmn) == HOME_OTHER)) {
		x->verdict = NOT_DECIDABLE;
		x->reason = "an identity under the null scheme was read under TLS, with a key log: whether it was in clear where the subscriber sent it is not on these taps";
		return;
	}
	x->verdict = UNPROTECTED;
	if (!v->policy->settings.suci_require_concealment) {
		if (!docket_said(d, x))
			x->reason = docket_text(d, "a subscriber of home network %.*s sent its permanent identity under the null scheme; no rule requires another",
				n, home);
		return;
	}
	switch (home_of(v, f, plmn)) {
	case HOME_OTHER:
		x->reason = docket_text(d, "a subscriber of home network %.*s sent its permanent identity under the null scheme; the scheme is that network's choice",
			n, home);
		break;
	case HOME_UNKNOWN:
		x->verdict = NOT_DECIDABLE;
		x->reason = "an identity under the null scheme, and whether its home network is the operator's is not known";
		break;
	case HOME_OURS:
		x->verdict = VIOLATED;
		x->reason = docket_text(d, "a subscriber of home network %.*s sent its permanent identity under the null scheme, and setting "
			"suci.require_concealment requires another%s", n, home, f->decrypted ? "; here it was under TLS, and read with a key log" : "");
		x->title = f->decrypted ? "a subscriber's permanent identity was sent under the null scheme" : NULL;
		break;
	}
}

static void on_fact(const struct view *v, const struct fact *f, struct docket *d)
{
	struct span all = fact_span(f);
	const struct item *scheme = span_key(all, KEY_NAS_suci_scheme_id), *ue = span_key(all, KEY_NAS_subscriber);
	struct instance x;
	char term[TERM];

	if (!scheme || span_uint(all, KEY_NAS_type_id, 0) != TYPE_SUCI || span_uint(all, KEY_NAS_supi_fmt, FORMAT_IMSI) != FORMAT_IMSI)
		return;
	if (scheme->v.u != SCHEME_NULL) {	/* the identity is concealed */
		docket_conforms(d);
		return;
	}
	x = fact_instance(f);
	x.verdict = CONFORM;
	x.slot = span_uint(all, KEY_NAS_mm_message_type, 0) == 0x41 ? 1 : 2;
	judge(v, f, &x, d);
	if (x.verdict == VIOLATED || x.verdict == UNPROTECTED) {
		if (!docket_said(d, &x))
			x.filter = docket_filter(d, "nas-5gs.mm.message_type == 0x%x && nas-5gs.mm.suci.scheme_id == 0 && nas-5gs.mm.suci.supi_fmt == 0 && %s",
			(unsigned)span_uint(all, KEY_NAS_mm_message_type, 0), term_message(f, term));
		x.tshark = "-o nas-5gs.null_decipher:TRUE";	/* a Registration Request may come again inside a message under 5G-EA0 */
		x.ue = ue ? (const char *)ue->v.p : NULL;
		x.nue = ue ? ue->len : 0;
	}
	docket_add(d, &x);
}

const struct check check_suci_null_scheme = {
	.id = "SUCI-NULL-SCHEME",
	.title = "a subscriber's permanent identity went in clear",
	.severity = SEV_HIGH,
	.refs = "TS 33.501 5.2.5; TS 33.501 6.12.2; TS 33.501 Annex C; FGT5019.004; SO12-033; SO14-004",
	.means = "A SUCI has protection scheme 0, the null scheme: the subscriber's permanent identity is readable in it, for all who read the message. That is a violation only where a setting "
		"requires concealment of the operator's own subscribers.",
	.confirm = "Apply the filter. In 5GS mobile identity the protection scheme is Null scheme (0) and the MSIN follows.",
	.causes = "A SIM without the home network's public key; a home network that chose the null scheme; inbound roamers, for whom their home decides; a "
		"laboratory; an emergency call, which is not held against it.",
	.todo = "For the operator's own subscribers: provide the home network public key to the SIMs concerned, or let the UE compute it. Tell other home networks.",
	.filter = "nas-5gs.mm.message_type in {0x41, 0x5c} && nas-5gs.mm.suci.scheme_id == 0 && nas-5gs.mm.suci.supi_fmt == 0 && ip.src#1 == RAN && ip.dst#1 == AMF",
	.nwakes = 2,
	.wakes = { { FACT_NAS5GS, REGISTRATION_REQUEST }, { FACT_NAS5GS, IDENTITY_RESPONSE } },
	.reads = 1ull << FACT_NGAP | 1ull << FACT_NAS5GS,
	.on_fact = on_fact,
};
