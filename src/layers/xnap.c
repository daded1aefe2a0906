/*
 * XnAP (Xn-C, SCTP payload protocol id 61).  TS 38.423: procedures 8, elementary procedures 9.3.3,
 * information elements 9.3.5.  Both ends are NG-RAN nodes.
 */
#include "xnap.h"

extern const struct proto proto_xnap;

static const struct xap_procedure procedures[] = {
	[0] = { "Handover" },
	[1] = { "SN Status Transfer" },
	[2] = { "Handover Cancel" },
	[3] = { "Retrieve UE Context" },
	[4] = { "RAN Paging" },
	[5] = { "Xn-U Address Indication" },
	[6] = { "UE Context Release" },
	[7] = { "S-Node Addition" },
	[8] = { "S-Node Reconfiguration Complete" },
	[9] = { "S-Node Modification" },
	[10] = { "S-Node Modification Required" },
	[11] = { "S-Node Release" },
	[12] = { "S-Node Release Required" },
	[13] = { "S-Node Counter Check Request" },
	[14] = { "S-Node Change Required" },
	[15] = { "RRC Transfer" },
	[16] = { "Xn Removal" },
	[17] = { "Xn Setup" },
	[18] = { "NG-RAN Node Configuration Update" },
	[19] = { "Cell Activation" },
	[20] = { "Reset" },
	[21] = { "Error Indication" },
	[22] = { "Private Message" },
	[23] = { "Notification Control Indication" },
	[24] = { "Activity Notification" },
	[25] = { "E-UTRA - NR Cell Resource Coordination" },
	[26] = { "Secondary RAT Data Usage Report" },
	[27] = { "Deactivate Trace" },
	[28] = { "Trace Start" },
	[29] = { "Handover Success" },
	[30] = { "Conditional Handover Cancel" },
	[31] = { "Early Status Transfer" },
	[32] = { "Failure Indication" },
	[33] = { "Handover Report" },
	[34] = { "Resource Status" },
	[35] = { "Resource Status Update" },
	[36] = { "Mobility Change" },
	[37] = { "Access And Mobility Indication" },
	[38] = { "Cell Traffic Trace" },
	[39] = { "RAN Multicast Group Paging" },
	[40] = { "SCG Failure Information Report" },
	[42] = { "SCG Failure Transfer" },
	[43] = { "F1-C Traffic Transfer" },
	[44] = { "IAB Transport Migration Management" },
	[45] = { "IAB Transport Migration Modification" },
	[46] = { "IAB Resource Coordination" },
	[47] = { "Retrieve UE Context Confirm" },
	[48] = { "CPC Cancel" },
	[49] = { "Partial UE Context Transfer" },
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
