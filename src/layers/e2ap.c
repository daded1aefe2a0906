/*
 * E2AP (E2, SCTP payload protocol ids 70 to 72: E2-CP, E2-UP, E2-DU).  O-RAN.WG3.E2AP 8, 9.3.  Recognised:
 * which procedure it is and which elements are there; none of them is read.
 */
#define NAMED(name) KEY_E2AP_##name
#include "xap.h"

extern const struct proto proto_e2ap;

static const struct xap_procedure procedures[] = {
	[1] = { "E2 Setup", XAP_ANY },
	[2] = { "Error Indication", XAP_ANY },
	[3] = { "Reset", XAP_ANY },
	[4] = { "RIC Control", XAP_ANY },
	[5] = { "RIC Indication", XAP_ANY },
	[6] = { "RIC Service Query", XAP_ANY },
	[7] = { "RIC Service Update", XAP_ANY },
	[8] = { "RIC Subscription", XAP_ANY },
	[9] = { "RIC Subscription Delete", XAP_ANY },
};

static const struct per_ie_table *const tables[] = { NULL };

static const struct xap xap = {
	.proto = &proto_e2ap, .tables = tables, .procedure = procedures, .procedures = sizeof(procedures) / sizeof(procedures[0]), .spec = "9.3",
	.choice_bits = 3, .private_code = NO_PROCEDURE, .pdu = KEY_E2AP_pdu, .code = KEY_E2AP_procedureCode,
};

static bool read_message(struct layers *l, const struct msg *m) { return xap_read(l, m, &xap); }
static bool cover(unsigned i, struct cover_row *row) { return xap_cover(&xap, i, row); }

static int init(void *state, const struct hash_key *hk)
{
	(void)hk;
	return xap_init(state, &xap);
}

const struct proto proto_e2ap = {
	.name = "e2ap", .title = "E2AP", .spec = "O-RAN.WG3.E2AP", .ppid = { 70, 71, 72 }, .kind = FACT_E2AP, .read = read_message, .cover = cover,
	.state_size = sizeof(struct xap_state), .state_init = init, .state_free = xap_release,
};
