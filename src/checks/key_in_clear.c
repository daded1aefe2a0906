/*
 * KEY-IN-CLEAR: signalling carries the keys of the radio interface, and those that they are made of; where it is readable, so
 * are they.  That a key was there is all that is ever known of it here.
 */
#include "check.h"

#include <string.h>

/* Procedures whose messages have Security Key 94 or Security Context 93 (TS 38.413 9.2). */
enum { HANDOVER_RESOURCE = 13, CONTEXT_SETUP = 14, PATH_SWITCH = 25, CONTEXT_MODIFICATION = 40, CONTEXT_RESUME = 58, CONTEXT_SUSPEND = 59 };

/*
 * By protocol, how Wireshark shows what was read as a key; its terms stand for messages of that protocol only.  Of HTTP/2 a term would
 * need what came before on the connection: there the frames are named.
 */
static const char *const filters[FACT_KINDS] = {
	[FACT_NGAP] = "(ngap.SecurityKey || ngap.nextHopNH)",
	[FACT_S1AP] = "(s1ap.SecurityKey || s1ap.nextHopParameter)",
	[FACT_XNAP] = "(xnap.key_NG_RAN_Star || xnap.S_NG_RANnode_SecurityKey || xnap.s_ng_RANnode_SecurityKey)",
	[FACT_X2AP] = "(x2ap.key_eNodeB_star || x2ap.SeNBSecurityKey || x2ap.seNB_SecurityKey || x2ap.SgNBSecurityKey || x2ap.sgNB_SecurityKey)",
	[FACT_E1AP] = "(e1ap.encryptionKey || e1ap.integrityProtectionKey)",
	[FACT_GTPV2] = "gtpv2.ie_type in {103 .. 108}",
	[FACT_DIAMETER] = "(diameter.KASME || diameter.Confidentiality-Key || diameter.Integrity-Key || diameter.Kc || diameter.EAP-Master-Session-Key)",
};

static bool is(const struct item *i, const char *word) { return i->len == strlen(word) && !memcmp(i->v.p, word, i->len); }

/* Of what an authentication service says, an expected response is no key. */
static bool has_key(const struct fact *f)
{
	bool sbi = f->kind == FACT_HTTP2 || f->kind == FACT_HTTP;

	if (!sbi)
		return span_any(fact_span(f), KEY_NGAP_key_present) != NULL;
	for (const struct item *i = f->item; i < f->item + f->nitem; i++)
		if (i->key == KEY_SBI_key && !is(i, "xres") && !is(i, "xresStar") && !is(i, "resStar"))
			return true;
	return false;
}

static void on_fact(const struct view *v, const struct fact *f, struct docket *d)
{
	struct instance x;
	char term[TERM];

	if (!has_key(f))
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
	x.slot = (uint8_t)(1 + f->kind % 32);
	if (f->kind == FACT_HTTP2)		/* of a connection on a port of its own Wireshark 4.0 is told what it is */
		x.tshark = docket_text(d, "-d tcp.port==%u,http2", span_key(fact_span(f), KEY_SBI_response) ? f->sport : f->dport);
	if (filters[f->kind] && !docket_said(d, &x))
		x.filter = docket_filter(d, "%s && %s", filters[f->kind], term_message(f, term));
	docket_add(d, &x);
}

const struct check check_key_in_clear = {
	.id = "KEY-IN-CLEAR",
	.title = "a key is readable in signalling",
	.severity = SEV_CRIT,
	.refs = "TS 33.501 9.9; TS 33.501 5.9.4.2; FGT1600.502; FGT5026; FGT1040; SO14",
	.means = "A message in clear carries a key: K_gNB, K_eNB or a next hop on N2, S1, Xn or X2, keys of the user plane on E1, those of a context that one core node hands to "
		"another, or what an HSS, UDM or AUSF made for a subscriber (K_ASME, K_AUSF, K_SEAF). Whoever reads it can compute the keys below it, and read that UE's traffic.",
	.confirm = "Apply the filter. The message has the field that the filter names; of the service-based interface it names the frames, and the key is a member of the JSON body. Do not copy the value anywhere.",
	.causes = "A tap inside the security gateway, where clear is legitimate; a locked room that the register could declare; a laboratory.",
	.todo = "Protect the link (TS 33.501 9.2 to 9.9, 13.1), or declare the protected domain in the register with its reason and its end. Treat the capture itself as a secret.",
	.filter = "(ngap.SecurityKey || ngap.nextHopNH) && ip.src#1 == AMF && ip.dst#1 == RAN",
	.nwakes = 14,
	.wakes = { { FACT_NGAP, HANDOVER_RESOURCE }, { FACT_NGAP, CONTEXT_SETUP }, { FACT_NGAP, PATH_SWITCH }, { FACT_NGAP, CONTEXT_MODIFICATION },
		{ FACT_NGAP, CONTEXT_RESUME }, { FACT_NGAP, CONTEXT_SUSPEND }, { FACT_S1AP, ANY_TYPE }, { FACT_XNAP, ANY_TYPE }, { FACT_X2AP, ANY_TYPE }, { FACT_E1AP, ANY_TYPE },
		{ FACT_GTPV2, ANY_TYPE }, { FACT_DIAMETER, ANY_TYPE }, { FACT_HTTP2, ANY_TYPE }, { FACT_HTTP, ANY_TYPE } },
	.reads = 1ull << FACT_NGAP | 1ull << FACT_S1AP | 1ull << FACT_XNAP | 1ull << FACT_X2AP | 1ull << FACT_E1AP | 1ull << FACT_GTPV2 | 1ull << FACT_DIAMETER |
		1ull << FACT_HTTP2 | 1ull << FACT_HTTP,
	.on_fact = on_fact,
};
