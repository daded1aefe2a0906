/*
 * X2AP (X2-C, SCTP payload protocol id 27).  TS 36.423: procedures 8, elementary procedures 9.3.3,
 * information elements 9.3.5.  Between eNBs, and between an eNB and an en-gNB.
 */
#include "x2ap.h"

extern const struct proto proto_x2ap;

static const struct xap_procedure procedures[] = {
	[0] = { "Handover" },
	[1] = { "Handover Cancel" },
	[2] = { "Load Information" },
	[3] = { "Error Indication" },
	[4] = { "SN Status Transfer" },
	[5] = { "UE Context Release" },
	[6] = { "X2 Setup" },
	[7] = { "Reset" },
	[8] = { "eNB Configuration Update" },
	[9] = { "Resource Status" },
	[10] = { "Resource Status Update" },
	[11] = { "Private Message" },
	[12] = { "Mobility Change" },
	[13] = { "RLF Indication" },
	[14] = { "Handover Report" },
	[15] = { "Cell Activation" },
	[16] = { "X2 Release" },
	[17] = { "X2AP Message Transfer" },
	[18] = { "X2 Removal" },
	[19] = { "SeNB Addition" },
	[20] = { "SeNB Reconfiguration Complete" },
	[21] = { "SeNB Modification" },
	[22] = { "SeNB Modification Required" },
	[23] = { "SeNB Release Request" },
	[24] = { "SeNB Release Required" },
	[25] = { "SeNB Counter Check Request" },
	[26] = { "Retrieve UE Context" },
	[27] = { "SgNB Addition" },
	[28] = { "SgNB Reconfiguration Complete" },
	[29] = { "SgNB Modification" },
	[30] = { "SgNB Modification Required" },
	[31] = { "SgNB Release" },
	[32] = { "SgNB Release Required" },
	[33] = { "SgNB Counter Check Request" },
	[34] = { "SgNB Change Required" },
	[35] = { "RRC Transfer" },
	[36] = { "EN-DC X2 Setup" },
	[37] = { "EN-DC Configuration Update" },
	[38] = { "Secondary RAT Data Usage Report" },
	[39] = { "EN-DC Cell Activation" },
	[40] = { "EN-DC Partial Reset Required" },
	[41] = { "E-UTRA - NR Cell Resource Coordination" },
	[42] = { "SgNB Activity Notification" },
	[43] = { "EN-DC X2 Removal" },
	[44] = { "Data Forwarding Address Indication" },
	[45] = { "gNB Status Indication" },
	[46] = { "Deactivate Trace" },
	[47] = { "Trace Start" },
	[48] = { "EN-DC Configuration Transfer" },
	[49] = { "Handover Success" },
	[50] = { "Conditional Handover Cancel" },
	[51] = { "Early Status Transfer" },
	[52] = { "Cell Traffic Trace" },
	[53] = { "EN-DC Resource Status Update" },
	[54] = { "EN-DC Resource Status" },
	[55] = { "F1-C Traffic Transfer" },
	[56] = { "UE Radio Capability ID Mapping" },
	[57] = { "Access And Mobility Indication" },
	[59] = { "CPC Cancel" },
};

static const struct per_ie_table *const tables[] = { &x2ap_ies, NULL };

static const struct xap xap = {
	.proto = &proto_x2ap, .tables = tables, .procedure = procedures, .procedures = sizeof(procedures) / sizeof(procedures[0]), .spec = "9.3.3",
	.choice_bits = 3, .private_code = 11, .server_port = 36422, .pdu = KEY_X2AP_pdu, .code = KEY_X2AP_procedureCode, .ipv4 = KEY_X2AP_TLA_IPv4,
	.ipv6 = KEY_X2AP_TLA_IPv6, .node_bits = KEY_X2AP_gNB_ID_bits, .from_server = KEY_NONE,
};

static bool read_message(struct layers *l, const struct msg *m) { return xap_read(l, m, &xap); }
static bool cover(unsigned i, struct cover_row *row) { return xap_cover(&xap, i, row); }

static int init(void *state, const struct hash_key *hk)
{
	(void)hk;
	return xap_init(state, &xap);
}

const struct proto proto_x2ap = {
	.name = "x2ap", .title = "X2AP", .spec = "TS 36.423", .ppid = { 27 }, .kind = FACT_X2AP, .read = read_message, .cover = cover,
	.state_size = sizeof(struct xap_state), .state_init = init, .state_free = xap_release,
};
