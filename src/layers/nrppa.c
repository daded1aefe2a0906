/*
 * NRPPa (TS 38.455), which NGAP carries between an LMF and an NG-RAN node.  Recognised: which procedure it is, and of which
 * another it is the trouble.  Where a UE is, is not read.
 *
 *   octet 1  ext(1) choice(2): 0 initiating, 1 successful, 2 unsuccessful   (9.3.3 NRPPA-PDU)
 *   octet 2  procedure code | 3 criticality(2) | 4-5 transaction id | a length and what it is about
 */
#define NAMED(name) KEY_NRPPA_##name
#include "xap.h"

extern const struct proto proto_nrppa;

enum { PRIVATE_MESSAGE = 1, TRANSACTION_MAX = 32767 };

ROW procedure = KEYED(PER_INT, 0, 0, 255, procedureCode);
ROW transaction_id = KEYED(PER_INT, 0, 0, TRANSACTION_MAX, transaction);
ROW error = SEQ(M(ENUM(3)), M(INT(0, 65535)), M(ENUMX(2)), X);
ROW diagnostics = SEQ(O(procedure), O(ENUM(3)), O(ENUM(3)), O(transaction_id), O(LIST(1, 256, error)), X);

static const struct per_ie rows[] = { IE(1, diagnostics, "CriticalityDiagnostics", "9.2.2") };
static const struct per_ie_table elements = { rows, sizeof(rows) / sizeof(rows[0]) }, *const tables[] = { &elements, NULL };
static const struct xap xap = { .proto = &proto_nrppa, .tables = tables };

static const char *const procedures[] = {
	"Error Indication", "Private Message", "E-CID Measurement Initiation", "E-CID Measurement Failure Indication", "E-CID Measurement Report",
	"E-CID Measurement Termination", "OTDOA Information Exchange", "Assistance Information Control", "Assistance Information Feedback",
	"Positioning Information Exchange", "Positioning Information Update", "Measurement", "Measurement Report", "Measurement Update",
	"Measurement Abort", "Measurement Failure Indication", "TRP Information Exchange", "Positioning Activation", "Positioning Deactivation",
};
enum { PROCEDURES = sizeof(procedures) / sizeof(procedures[0]) };

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	struct put *o = layer_put(l);
	uint16_t transaction;
	struct fact *f;
	unsigned pdu;
	uint8_t code;
	bool is;

	is = ap_head(&c, 3, &pdu, &code);
	transaction = cur_u16(&c);
	layer_read(l, m->cur.p, &c);
	if (!is)
		return false;
	f = layer_begin(l, m, FACT_NRPPA);
	if (c.why == CUR_OK && transaction > TRANSACTION_MAX)
		cur_refuse(&c, CUR_VALUE);
	if (c.why == CUR_OK) {
		put_uint(o, KEY_NRPPA_pdu, pdu);
		put_uint(o, KEY_NRPPA_procedureCode, code);
		put_uint(o, KEY_NRPPA_transaction, transaction);
		if (code != PRIVATE_MESSAGE)
			per_read(l, ((const struct xap_state *)layer_state(l, &proto_nrppa))->program, &c, NULL);
	}
	(void)layer_emit(l, f, &c, OUT_OK);
	return true;
}

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= PROCEDURES)
		return ap_cover_ies(tables, i - PROCEDURES, row);
	*row = (struct cover_row){ "procedure", i, procedures[i], "9.3.3" };
	return true;
}

static int init(void *state, const struct hash_key *hk)
{
	(void)hk;
	return xap_init(state, &xap);
}

const struct proto proto_nrppa = {
	.name = "nrppa", .title = "NRPPa", .spec = "TS 38.455", .kind = FACT_NRPPA, .read = read_message, .cover = cover,
	.state_size = sizeof(struct xap_state), .state_init = init, .state_free = xap_release,
};
