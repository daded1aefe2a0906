/*
 * NAS-BIDDING-DOWN: what a UE announced that it can do comes back as less, in NAS or on N2, or the
 * UE says itself that it did (TS 33.501 6.7.2, 6.7.3.1; of EPS and S1 TS 33.401 7.2.4.4, 7.2.4.2.2).
 */
#include "check.h"

#include <stdio.h>

enum { SECURITY_MODE_COMMAND = 0x5d, SECURITY_MODE_REJECT = 0x5f, CAUSE_MISMATCH = 23 };
enum { CONTEXT_SETUP = 14, HANDOVER_RESOURCE = 13, PATH_SWITCH = 25 };
enum { S1_CONTEXT_SETUP = 9, S1_HANDOVER_RESOURCE = 1, S1_PATH_SWITCH = 3 };

/* Where either generation says it. */
static const struct generation {
	enum fact_key	replayed, ea, ia, procedure, pdu, from_ran;
	const char	*prefix, *command, *reject;	/* command, reject: filters */
	unsigned	setup, handover;
} nr = { KEY_NAS_replayed_sec_cap, KEY_NGAP_nRencryptionAlgorithms, KEY_NGAP_nRintegrityProtectionAlgorithms, KEY_NGAP_procedureCode, KEY_NGAP_pdu, KEY_NGAP_from_ran,
	"5G-", "nas-5gs.mm.message_type == 0x5d", "nas-5gs.mm.message_type == 0x5f && nas-5gs.mm.5gmm_cause == 23",
	CONTEXT_SETUP, HANDOVER_RESOURCE }, lte = { KEY_NASEPS_replayed_capability, KEY_S1AP_encryptionAlgorithms, KEY_S1AP_integrityProtectionAlgorithms,
	KEY_S1AP_procedureCode, KEY_S1AP_pdu, KEY_S1AP_from_enb, "E", "nas-eps.nas_msg_emm_type == 0x5d", "nas-eps.nas_msg_emm_type == 0x5f && nas-eps.emm.cause == 23", S1_CONTEXT_SETUP, S1_HANDOVER_RESOURCE };
enum { NGAP_COMMON = 0xfe00 };		/* EA1 to EA7, or IA1 to IA7: what NAS and NGAP both have */

/* NAS has algorithm 0 in the highest bit of an octet, NGAP algorithm 1 in that of sixteen (TS 24.501 9.11.3.54, TS 38.413 9.3.1.86). */
static unsigned as_ngap(uint8_t nas) { return (unsigned)nas << 9 & NGAP_COMMON; }

/* "5G-EA1, 5G-EA2" or "EEA1, EEA2"; bits as in NGAP. */
static void names(const struct generation *w, unsigned bits, const char *what, char *to, size_t room)
{
	size_t n = 0;

	to[0] = 0;
	for (unsigned i = 1; i < 8; i++)
		if (bits & 0x10000u >> i)
			n += (size_t)snprintf(to + n, room - n, "%s%s%s%u", n ? ", " : "", w->prefix, what, i);
}

static const char *missing(const struct generation *w, struct docket *d, const char *where, unsigned ea, unsigned ia)
{
	char e[64], i[64];

	names(w, ea, "EA", e, sizeof(e));
	names(w, ia, "IA", i, sizeof(i));
	return docket_text(d, "the UE announced %s%s%s, which %s does not have", e, ea && ia ? ", " : "", i, where);
}

static void unseen(const struct generation *w, struct instance *x)
{
	x->verdict = NOT_DECIDABLE;
	x->reason = w == &lte ? "what the UE announced in its Attach Request was not seen" : "what the UE announced in its Registration Request was not seen";
}

static void on_command(const struct generation *w, const struct ue_security *s, const struct fact *f, struct instance *x, struct docket *d)
{
	const struct item *cap = span_key(fact_span(f), w->replayed);
	unsigned ea, ia;
	char term[TERM];

	if (!s || !s->has_cap || !cap || cap->len < 2) {
		unseen(w, x);
		if (s && s->has_cap)
			x->reason = "the Security Mode Command was not read as far as the capabilities";
		return;
	}
	ea = as_ngap(s->cap[0]) & ~as_ngap(cap->v.p[0]);
	ia = as_ngap(s->cap[1]) & ~as_ngap(cap->v.p[1]);
	if (!ea && !ia)
		return;
	x->verdict = VIOLATED;
	x->reason = missing(w, d, "the Security Mode Command", ea, ia);
	x->filter = docket_filter(d, "%s && %s", w->command, term_message(f, term));
}

static void on_reject(const struct generation *w, const struct fact *f, struct instance *x, struct docket *d)
{
	char term[TERM];

	x->subject = party_at(&f->dst);
	x->object = party_at(&f->src);
	x->verdict = VIOLATED;
	x->reason = w == &lte ? "the UE rejected the Security Mode Command because of its capabilities (EMM cause 23: UE security capabilities mismatch)" :
		"the UE rejected the Security Mode Command because of its capabilities (5GMM cause 23: UE security capabilities mismatch)";
	x->tshark = w == &lte ? "-o nas-eps.null_decipher:TRUE" : "-o nas-5gs.null_decipher:TRUE";		/* it may be under 5G-EA0 */
	x->filter = docket_filter(d, "%s && %s", w->reject, term_message(f, term));
}

static const char *name_of(const struct generation *w, unsigned procedure, unsigned pdu)
{
	if (procedure == w->setup)
		return "the Initial Context Setup Request";
	if (procedure == w->handover)
		return "the Handover Request";
	return pdu ? "the Path Switch Request Acknowledge" : "the Path Switch Request";
}

static const char *by_procedure(const struct generation *w, struct docket *d, unsigned procedure, const char *term)
{
	return docket_filter(d, w == &lte ? "s1ap.procedureCode == %u && s1ap.encryptionAlgorithms && %s" : "ngap.procedureCode == %u && ngap.nRencryptionAlgorithms && %s",
		procedure, term);
}

/* False: the message says nothing of capabilities. */
static bool on_ngap(const struct generation *w, const struct ue_security *s, const struct fact *f, struct instance *x, struct docket *d)
{
	struct span all = fact_span(f);
	const struct item *ea = span_any(all, w->ea), *ia = span_any(all, w->ia);
	unsigned procedure = (unsigned)span_uint(all, w->procedure, 0), pdu = (unsigned)span_uint(all, w->pdu, 0), e, i;
	char term[TERM];

	if (!ea || !ia || ea->len < 2 || ia->len < 2)
		return false;
	if (span_uint(all, w->from_ran, 0)) {
		x->subject = party_at(&f->dst);
		x->object = party_at(&f->src);
	}
	if (!s || !s->has_cap) {
		unseen(w, x);
		return true;
	}
	e = as_ngap(s->cap[0]) & ~(unsigned)(ea->v.p[0] << 8 | ea->v.p[1]);
	i = as_ngap(s->cap[1]) & ~(unsigned)(ia->v.p[0] << 8 | ia->v.p[1]);
	if (!e && !i)
		return true;
	x->verdict = VIOLATED;
	x->reason = missing(w, d, name_of(w, procedure, pdu), e, i);
	x->filter = by_procedure(w, d, procedure, term_message(f, term));
	return true;
}

static void on_fact(const struct view *v, const struct fact *f, struct docket *d)
{
	const struct ue_security *s = model_ue_security(v->model, model_last(v->model)->ue);
	struct instance x = fact_instance(f);
	const struct generation *w = f->kind == FACT_NASEPS || f->kind == FACT_S1AP ? &lte : &nr;
	bool nas = f->kind == FACT_NAS5GS || f->kind == FACT_NASEPS;
	bool reject = nas && span_uint(fact_span(f), w == &lte ? KEY_NASEPS_emm_type : KEY_NAS_mm_message_type, 0) == SECURITY_MODE_REJECT;

	x.verdict = CONFORM;
	x.reason = "what the UE announced is what was sent on";
	x.apart = x.pin = true;		/* the same kind of message about another UE looks the same to a filter */
	if (reject && span_uint(fact_span(f), w == &lte ? KEY_NASEPS_emm_cause : KEY_NAS_mm_cause, 0) != CAUSE_MISMATCH)
		return;
	if (reject)
		on_reject(w, f, &x, d);
	else if (nas)
		on_command(w, s, f, &x, d);
	else if (!on_ngap(w, s, f, &x, d))
		return;
	docket_add(d, &x);
}

const struct check check_nas_bidding_down = {
	.id = "NAS-BIDDING-DOWN",
	.title = "a UE's security capabilities came back as less than it announced",
	.severity = SEV_HIGH,
	.refs = "TS 33.501 5.11.2; TS 33.501 6.7.2; TS 33.501 6.7.3.1; TS 33.401 7.2.4.4; TS 33.512 4.2.2.4.1; TS 33.512 4.2.2.6.2; TS 33.511 4.2.2.1.14; SO11-022; SO12-047",
	.means = "Algorithms that the UE announced in its Registration Request (in 4G: Attach Request) are missing where the network repeats its capabilities: in the Security Mode Command, "
		"on N2 or on S1. Somebody between the two who removes them can bring a UE to a weaker algorithm.",
	.confirm = "Apply the filter, and compare bit by bit with UE security capability in the Registration request of the same UE. In NGAP and S1AP the bits begin with "
		"algorithm 1, in NAS with algorithm 0.",
	.causes = "An AMF that keeps fewer bits than it was given, or an older context of the UE; a gNB that passes on what it was told at an earlier handover. Only "
		"algorithms 1 to 7 are compared, which both protocols have.",
	.todo = "Find the first message in which the bits are missing: its sender, or whoever stands before it, removed them. Look for other UEs on the same link.",
	.filter = "(nas-5gs.mm.message_type in {0x5d, 0x5f} || ngap.nRencryptionAlgorithms) && ip.addr#1 == AMF && ip.addr#1 == RAN",
	.nwakes = 10,
	.wakes = { { FACT_NAS5GS, SECURITY_MODE_COMMAND }, { FACT_NAS5GS, SECURITY_MODE_REJECT }, { FACT_NGAP, CONTEXT_SETUP },
		{ FACT_NGAP, HANDOVER_RESOURCE }, { FACT_NGAP, PATH_SWITCH }, { FACT_NASEPS, SECURITY_MODE_COMMAND }, { FACT_NASEPS, SECURITY_MODE_REJECT },
		{ FACT_S1AP, S1_CONTEXT_SETUP }, { FACT_S1AP, S1_HANDOVER_RESOURCE }, { FACT_S1AP, S1_PATH_SWITCH } },
	.reads = 1ull << FACT_NGAP | 1ull << FACT_NAS5GS | 1ull << FACT_S1AP | 1ull << FACT_NASEPS,
	.on_fact = on_fact,
};
