/*
 * E1AP (E1, SCTP payload protocol id 64).  TS 38.463 (37.483 from release 17 on): procedures 8,
 * elementary procedures 9.4.3, information elements 9.4.5.  Between a gNB-CU-CP and a gNB-CU-UP.
 */
#include "e1ap.h"

extern const struct proto proto_e1ap;

static const struct xap_procedure procedures[] = {
	[0] = { "Reset", XAP_ANY },
	[1] = { "Error Indication", XAP_ANY },
	[2] = { "Private Message", XAP_ANY },
	[3] = { "gNB-CU-UP E1 Setup", XAP_CLIENT },
	[4] = { "gNB-CU-CP E1 Setup", XAP_SERVER },
	[5] = { "gNB-CU-UP Configuration Update", XAP_CLIENT },
	[6] = { "gNB-CU-CP Configuration Update", XAP_SERVER },
	[7] = { "E1 Release", XAP_ANY },
	[8] = { "Bearer Context Setup", XAP_SERVER },
	[9] = { "Bearer Context Modification", XAP_SERVER },
	[10] = { "Bearer Context Modification Required", XAP_CLIENT },
	[11] = { "Bearer Context Release", XAP_SERVER },
	[12] = { "Bearer Context Release Request", XAP_CLIENT },
	[13] = { "Bearer Context Inactivity Notification", XAP_CLIENT },
	[14] = { "DL Data Notification", XAP_CLIENT },
	[15] = { "Data Usage Report", XAP_CLIENT },
	[16] = { "gNB-CU-UP Counter Check Request", XAP_CLIENT },
	[17] = { "gNB-CU-UP Status Indication", XAP_CLIENT },
	[18] = { "UL Data Notification", XAP_CLIENT },
	[19] = { "MRDC Data Usage Report", XAP_CLIENT },
	[20] = { "Trace Start", XAP_SERVER },
	[21] = { "Deactivate Trace", XAP_SERVER },
	[22] = { "Resource Status", XAP_SERVER },
	[23] = { "Resource Status Update", XAP_CLIENT },
	[24] = { "IAB UP TNL Address Update", XAP_ANY },
	[25] = { "Cell Traffic Trace", XAP_CLIENT },
	[26] = { "Early Forwarding SN Transfer", XAP_ANY },
	[27] = { "gNB-CU-CP Measurement Results Information", XAP_SERVER },
	[28] = { "IAB PSK Notification", XAP_ANY },
};

static const struct per_ie_table *const tables[] = { &e1ap_ies, NULL };

static const struct xap xap = {
	.proto = &proto_e1ap, .tables = tables, .procedure = procedures, .procedures = sizeof(procedures) / sizeof(procedures[0]), .spec = "9.4.3",
	.choice_bits = 3, .private_code = 2, .server_port = 0, .pdu = KEY_E1AP_pdu, .code = KEY_E1AP_procedureCode, .ipv4 = KEY_E1AP_TLA_IPv4,
	.ipv6 = KEY_E1AP_TLA_IPv6, .node_bits = KEY_NONE, .from_server = KEY_E1AP_from_cp,
};

static bool read_message(struct layers *l, const struct msg *m) { return xap_read(l, m, &xap); }
static bool cover(unsigned i, struct cover_row *row) { return xap_cover(&xap, i, row); }

static int init(void *state, const struct hash_key *hk)
{
	(void)hk;
	return xap_init(state, &xap);
}

const struct proto proto_e1ap = {
	.name = "e1ap", .title = "E1AP", .spec = "TS 38.463", .ppid = { 64 }, .kind = FACT_E1AP, .read = read_message, .cover = cover,
	.state_size = sizeof(struct xap_state), .state_init = init, .state_free = xap_release,
};
