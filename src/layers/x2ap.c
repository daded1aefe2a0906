/*
 * X2AP (X2-C, SCTP payload protocol id 27).  TS 36.423: procedures 8, elementary procedures 9.3.3,
 * information elements 9.3.5.  Between eNBs, and between an eNB and an en-gNB.
 */
#include "x2ap.h"

extern const struct proto proto_x2ap;

static const struct xap_procedure procedures[] = {
	[0] = { "Handover", XAP_ANY },
	[1] = { "Handover Cancel", XAP_ANY },
	[2] = { "Load Information", XAP_ANY },
	[3] = { "Error Indication", XAP_ANY },
	[4] = { "SN Status Transfer", XAP_ANY },
	[5] = { "UE Context Release", XAP_ANY },
	[6] = { "X2 Setup", XAP_ANY },
	[7] = { "Reset", XAP_ANY },
	[8] = { "eNB Configuration Update", XAP_ANY },
	[9] = { "Resource Status", XAP_ANY },
	[10] = { "Resource Status Update", XAP_ANY },
	[11] = { "Private Message", XAP_ANY },
	[12] = { "Mobility Change", XAP_ANY },
	[13] = { "RLF Indication", XAP_ANY },
	[14] = { "Handover Report", XAP_ANY },
	[15] = { "Cell Activation", XAP_ANY },
	[16] = { "X2 Release", XAP_ANY },
	[17] = { "X2AP Message Transfer", XAP_ANY },
	[18] = { "X2 Removal", XAP_ANY },
	[19] = { "SeNB Addition", XAP_ANY },
	[20] = { "SeNB Reconfiguration Complete", XAP_ANY },
	[21] = { "SeNB Modification", XAP_ANY },
	[22] = { "SeNB Modification Required", XAP_ANY },
	[23] = { "SeNB Release Request", XAP_ANY },
	[24] = { "SeNB Release Required", XAP_ANY },
	[25] = { "SeNB Counter Check Request", XAP_ANY },
	[26] = { "Retrieve UE Context", XAP_ANY },
	[27] = { "SgNB Addition", XAP_ANY },
	[28] = { "SgNB Reconfiguration Complete", XAP_ANY },
	[29] = { "SgNB Modification", XAP_ANY },
	[30] = { "SgNB Modification Required", XAP_ANY },
	[31] = { "SgNB Release", XAP_ANY },
	[32] = { "SgNB Release Required", XAP_ANY },
	[33] = { "SgNB Counter Check Request", XAP_ANY },
	[34] = { "SgNB Change Required", XAP_ANY },
	[35] = { "RRC Transfer", XAP_ANY },
	[36] = { "EN-DC X2 Setup", XAP_ANY },
	[37] = { "EN-DC Configuration Update", XAP_ANY },
	[38] = { "Secondary RAT Data Usage Report", XAP_ANY },
	[39] = { "EN-DC Cell Activation", XAP_ANY },
	[40] = { "EN-DC Partial Reset Required", XAP_ANY },
	[41] = { "E-UTRA - NR Cell Resource Coordination", XAP_ANY },
	[42] = { "SgNB Activity Notification", XAP_ANY },
	[43] = { "EN-DC X2 Removal", XAP_ANY },
	[44] = { "Data Forwarding Address Indication", XAP_ANY },
	[45] = { "gNB Status Indication", XAP_ANY },
	[46] = { "Deactivate Trace", XAP_ANY },
	[47] = { "Trace Start", XAP_ANY },
	[48] = { "EN-DC Configuration Transfer", XAP_ANY },
	[49] = { "Handover Success", XAP_ANY },
	[50] = { "Conditional Handover Cancel", XAP_ANY },
	[51] = { "Early Status Transfer", XAP_ANY },
	[52] = { "Cell Traffic Trace", XAP_ANY },
	[53] = { "EN-DC Resource Status Update", XAP_ANY },
	[54] = { "EN-DC Resource Status", XAP_ANY },
	[55] = { "F1-C Traffic Transfer", XAP_ANY },
	[56] = { "UE Radio Capability ID Mapping", XAP_ANY },
	[57] = { "Access And Mobility Indication", XAP_ANY },
	[59] = { "CPC Cancel", XAP_ANY },
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
