/*
 * F1AP (F1-C, SCTP payload protocol id 62).  TS 38.473: procedures 8, elementary procedures 9.4.3,
 * information elements 9.4.5.  The gNB-CU is its server.
 */
#include "f1ap.h"

extern const struct proto proto_f1ap;

static const struct xap_procedure procedures[] = {
	[0] = { "Reset", XAP_ANY },
	[1] = { "F1 Setup", XAP_CLIENT },
	[2] = { "Error Indication", XAP_ANY },
	[3] = { "gNB-DU Configuration Update", XAP_CLIENT },
	[4] = { "gNB-CU Configuration Update", XAP_SERVER },
	[5] = { "UE Context Setup", XAP_SERVER },
	[6] = { "UE Context Release", XAP_SERVER },
	[7] = { "UE Context Modification", XAP_SERVER },
	[8] = { "UE Context Modification Required", XAP_CLIENT },
	[10] = { "UE Context Release Request", XAP_CLIENT },
	[11] = { "Initial UL RRC Message Transfer", XAP_CLIENT },
	[12] = { "DL RRC Message Transfer", XAP_SERVER },
	[13] = { "UL RRC Message Transfer", XAP_CLIENT },
	[14] = { "Private Message", XAP_ANY },
	[15] = { "UE Inactivity Notification", XAP_CLIENT },
	[16] = { "gNB-DU Resource Coordination", XAP_SERVER },
	[17] = { "System Information Delivery Command", XAP_SERVER },
	[18] = { "Paging", XAP_SERVER },
	[19] = { "Notify", XAP_CLIENT },
	[20] = { "Write-Replace Warning", XAP_SERVER },
	[21] = { "PWS Cancel", XAP_SERVER },
	[22] = { "PWS Restart Indication", XAP_CLIENT },
	[23] = { "PWS Failure Indication", XAP_CLIENT },
	[24] = { "gNB-DU Status Indication", XAP_CLIENT },
	[25] = { "RRC Delivery Report", XAP_CLIENT },
	[26] = { "F1 Removal", XAP_ANY },
	[27] = { "Network Access Rate Reduction", XAP_SERVER },
	[28] = { "Trace Start", XAP_SERVER },
	[29] = { "Deactivate Trace", XAP_SERVER },
	[30] = { "DU-CU Radio Information Transfer", XAP_CLIENT },
	[31] = { "CU-DU Radio Information Transfer", XAP_SERVER },
	[32] = { "BAP Mapping Configuration", XAP_SERVER },
	[33] = { "gNB-DU Resource Configuration", XAP_SERVER },
	[34] = { "IAB TNL Address", XAP_SERVER },
	[35] = { "IAB UP Configuration Update", XAP_SERVER },
	[36] = { "Resource Status", XAP_SERVER },
	[37] = { "Resource Status Update", XAP_CLIENT },
	[38] = { "Access And Mobility Indication", XAP_SERVER },
	[39] = { "Access Success", XAP_CLIENT },
	[40] = { "Cell Traffic Trace", XAP_CLIENT },
	[41] = { "Positioning Measurement", XAP_SERVER },
	[42] = { "Positioning Assistance Information Control", XAP_SERVER },
	[43] = { "Positioning Assistance Information Feedback", XAP_CLIENT },
	[44] = { "Positioning Measurement Report", XAP_CLIENT },
	[45] = { "Positioning Measurement Abort", XAP_SERVER },
	[46] = { "Positioning Measurement Failure Indication", XAP_CLIENT },
	[47] = { "Positioning Measurement Update", XAP_SERVER },
	[48] = { "TRP Information", XAP_SERVER },
	[49] = { "Positioning Information", XAP_SERVER },
	[50] = { "Positioning Activation", XAP_SERVER },
	[51] = { "Positioning Deactivation", XAP_SERVER },
	[52] = { "E-CID Measurement Initiation", XAP_SERVER },
	[53] = { "E-CID Measurement Failure Indication", XAP_CLIENT },
	[54] = { "E-CID Measurement Report", XAP_CLIENT },
	[55] = { "E-CID Measurement Termination Command", XAP_SERVER },
	[56] = { "Positioning Information Update", XAP_CLIENT },
	[57] = { "Reference Time Information Report", XAP_CLIENT },
	[58] = { "Reference Time Information Reporting Control", XAP_SERVER },
};

static const struct per_ie_table *const tables[] = { &f1ap_ies, NULL };

static const struct xap xap = {
	.proto = &proto_f1ap, .tables = tables, .procedure = procedures, .procedures = sizeof(procedures) / sizeof(procedures[0]), .spec = "9.4.3",
	.choice_bits = 2, .private_code = 14, .server_port = 38472, .pdu = KEY_F1AP_pdu, .code = KEY_F1AP_procedureCode, .ipv4 = KEY_F1AP_TLA_IPv4,
	.ipv6 = KEY_F1AP_TLA_IPv6, .node_bits = KEY_NONE, .from_server = KEY_F1AP_from_cu,
};

static bool read_message(struct layers *l, const struct msg *m) { return xap_read(l, m, &xap); }
static bool cover(unsigned i, struct cover_row *row) { return xap_cover(&xap, i, row); }

static int init(void *state, const struct hash_key *hk)
{
	(void)hk;
	return xap_init(state, &xap);
}

const struct proto proto_f1ap = {
	.name = "f1ap", .title = "F1AP", .spec = "TS 38.473", .ppid = { 62 }, .kind = FACT_F1AP, .read = read_message, .cover = cover,
	.state_size = sizeof(struct xap_state), .state_init = init, .state_free = xap_release,
};
