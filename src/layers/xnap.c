/*
 * XnAP (Xn-C, SCTP payload protocol id 61).  TS 38.423: procedures 8, elementary procedures 9.3.3,
 * information elements 9.3.5.  Both ends are NG-RAN nodes.
 */
#include "xnap.h"

extern const struct proto proto_xnap;

static const struct xap_procedure procedures[] = {
	[0] = { "Handover", XAP_ANY },
	[1] = { "SN Status Transfer", XAP_ANY },
	[2] = { "Handover Cancel", XAP_ANY },
	[3] = { "Retrieve UE Context", XAP_ANY },
	[4] = { "RAN Paging", XAP_ANY },
	[5] = { "Xn-U Address Indication", XAP_ANY },
	[6] = { "UE Context Release", XAP_ANY },
	[7] = { "S-Node Addition", XAP_ANY },
	[8] = { "S-Node Reconfiguration Complete", XAP_ANY },
	[9] = { "S-Node Modification", XAP_ANY },
	[10] = { "S-Node Modification Required", XAP_ANY },
	[11] = { "S-Node Release", XAP_ANY },
	[12] = { "S-Node Release Required", XAP_ANY },
	[13] = { "S-Node Counter Check Request", XAP_ANY },
	[14] = { "S-Node Change Required", XAP_ANY },
	[15] = { "RRC Transfer", XAP_ANY },
	[16] = { "Xn Removal", XAP_ANY },
	[17] = { "Xn Setup", XAP_ANY },
	[18] = { "NG-RAN Node Configuration Update", XAP_ANY },
	[19] = { "Cell Activation", XAP_ANY },
	[20] = { "Reset", XAP_ANY },
	[21] = { "Error Indication", XAP_ANY },
	[22] = { "Private Message", XAP_ANY },
	[23] = { "Notification Control Indication", XAP_ANY },
	[24] = { "Activity Notification", XAP_ANY },
	[25] = { "E-UTRA - NR Cell Resource Coordination", XAP_ANY },
	[26] = { "Secondary RAT Data Usage Report", XAP_ANY },
	[27] = { "Deactivate Trace", XAP_ANY },
	[28] = { "Trace Start", XAP_ANY },
	[29] = { "Handover Success", XAP_ANY },
	[30] = { "Conditional Handover Cancel", XAP_ANY },
	[31] = { "Early Status Transfer", XAP_ANY },
	[32] = { "Failure Indication", XAP_ANY },
	[33] = { "Handover Report", XAP_ANY },
	[34] = { "Resource Status", XAP_ANY },
	[35] = { "Resource Status Update", XAP_ANY },
	[36] = { "Mobility Change", XAP_ANY },
	[37] = { "Access And Mobility Indication", XAP_ANY },
	[38] = { "Cell Traffic Trace", XAP_ANY },
	[39] = { "RAN Multicast Group Paging", XAP_ANY },
	[40] = { "SCG Failure Information Report", XAP_ANY },
	[42] = { "SCG Failure Transfer", XAP_ANY },
	[43] = { "F1-C Traffic Transfer", XAP_ANY },
	[44] = { "IAB Transport Migration Management", XAP_ANY },
	[45] = { "IAB Transport Migration Modification", XAP_ANY },
	[46] = { "IAB Resource Coordination", XAP_ANY },
	[47] = { "Retrieve UE Context Confirm", XAP_ANY },
	[48] = { "CPC Cancel", XAP_ANY },
	[49] = { "Partial UE Context Transfer", XAP_ANY },
};

static const struct per_ie_table *const tables[] = { &xnap_ies, NULL };

static const struct xap xap = {
	.proto = &proto_xnap, .tables = tables, .procedure = procedures, .procedures = sizeof(procedures) / sizeof(procedures[0]), .spec = "9.3.3",
	.choice_bits = 3, .private_code = 22, .server_port = 38422, .pdu = KEY_XNAP_pdu, .code = KEY_XNAP_procedureCode, .ipv4 = KEY_XNAP_TLA_IPv4,
	.ipv6 = KEY_XNAP_TLA_IPv6, .node_bits = KEY_XNAP_gnb_ID_bits, .from_server = KEY_NONE,
};

static bool read_message(struct layers *l, const struct msg *m) { return xap_read(l, m, &xap); }
static bool cover(unsigned i, struct cover_row *row) { return xap_cover(&xap, i, row); }

static int init(void *state, const struct hash_key *hk)
{
	(void)hk;
	return xap_init(state, &xap);
}

const struct proto proto_xnap = {
	.name = "xnap", .title = "XnAP", .spec = "TS 38.423", .ppid = { 61 }, .kind = FACT_XNAP, .read = read_message, .cover = cover,
	.state_size = sizeof(struct xap_state), .state_init = init, .state_free = xap_release,
};
