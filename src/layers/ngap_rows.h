/*
 * Types of NGAP that many information elements share (TS 38.413 9.3, 9.4.5), as rows for the
 * interpreter in aper.h, in the words of per_rows.h.
 */
#ifndef FW_LAYERS_NGAP_ROWS_H
#define FW_LAYERS_NGAP_ROWS_H

#include "per_rows.h"

#define NAMED(name) KEY_NGAP_##name

/* Values that ngap.c takes a look at. */
enum ngap_hook {
	HOOK_AMF_UE_ID, HOOK_RAN_UE_ID, HOOK_ADDRESS, HOOK_UE_ADDRESS, HOOK_NAS, HOOK_NASC, HOOK_NAS_TO_S1, HOOK_NGAP, HOOK_KEY, HOOK_GNB_ID, HOOK_TMSI,
	HOOK_HANDOVER_TYPE, HOOK_NRPPA
};
/* Containers that are read under a condition: PER_CONTAINING with this in `lo`. */
enum ngap_enter { ENTER_ALWAYS, ENTER_SOURCE, ENTER_TARGET, ENTER_FAILURE };

ROW amf_ue_id = HOOK(HOOK_AMF_UE_ID, PER_INT, 0, 0, 0xffffffffff);
ROW ran_ue_id = HOOK(HOOK_RAN_UE_ID, PER_INT, 0, 0, 0xffffffff);
ROW tla = HOOK(HOOK_ADDRESS, PER_BITS, PER_EXT, 1, 160);
ROW gnb_bits = HOOK(HOOK_GNB_ID, PER_BITS, 0, 22, 32);
ROW plmn = KEYED(PER_OCTETS, 0, 3, 3, pLMNIdentity);
ROW tac = KEYED(PER_OCTETS, 0, 3, 3, tAC);
ROW gtp_teid = KEYED(PER_OCTETS, 0, 4, 4, gTP_TEID);
ROW psi = KEYED(PER_INT, 0, 0, 255, pDUSessionID);
ROW sst = KEYED(PER_OCTETS, 0, 1, 1, sST);
ROW sd = KEYED(PER_OCTETS, 0, 3, 3, sD);
ROW macro_ngenb = KEYED(PER_BITS, 0, 20, 20, macroNgENB_ID);
ROW short_ngenb = KEYED(PER_BITS, 0, 18, 18, shortMacroNgENB_ID);
ROW long_ngenb = KEYED(PER_BITS, 0, 21, 21, longMacroNgENB_ID);
ROW n3iwf_bits = KEYED(PER_BITS, 0, 16, 16, n3IWF_ID);
ROW integrity_result = KEYED(PER_ENUM, PER_EXT, 0, 1, integrityProtectionResult);
ROW confidentiality_result = KEYED(PER_ENUM, PER_EXT, 0, 1, confidentialityProtectionResult);
ROW procedure_code = KEYED(PER_INT, 0, 0, 255, procedureCode);
ROW cause_radio = KEYED(PER_ENUM, PER_EXT, 0, 44, radioNetwork);
ROW cause_transport = KEYED(PER_ENUM, PER_EXT, 0, 1, transport);
ROW cause_nas = KEYED(PER_ENUM, PER_EXT, 0, 3, nas);
ROW cause_protocol = KEYED(PER_ENUM, PER_EXT, 0, 6, protocol);
ROW cause_misc = KEYED(PER_ENUM, PER_EXT, 0, 5, misc);
ROW amf_set = KEYED(PER_BITS, 0, 10, 10, aMFSetID);
ROW amf_pointer = KEYED(PER_BITS, 0, 6, 6, aMFPointer);

ROW associated_flow_item = SEQ(M(INTX(0, 63)), O(ENUMX(2)), X);
ROW cause = CHOICE(M(cause_radio), M(cause_transport), M(cause_nas), M(cause_protocol), M(cause_misc), E);
ROW crit_diagnostics_ie_item = SEQ(M(ENUM(3)), M(INT(0, 65535)), M(ENUMX(2)), X);
ROW crit_diagnostics = SEQ(O(procedure_code), O(ENUM(3)), O(ENUM(3)), O(LIST(1, 256, crit_diagnostics_ie_item)), X);
ROW eps_tai = SEQ(M(plmn), M(OCTETS(2, 2)), X);
ROW eutra_cgi = SEQ(M(plmn), M(BITS(28, 28)), X);
ROW gnb_id = CHOICE(M(gnb_bits), E);
ROW global_gnb_id = SEQ(M(plmn), M(gnb_id), X);
ROW n3iwf_id = CHOICE(M(n3iwf_bits), E);
ROW global_n3iwf_id = SEQ(M(plmn), M(n3iwf_id), X);
ROW ng_enb_id = CHOICE(M(macro_ngenb), M(short_ngenb), M(long_ngenb), E);
ROW global_ng_enb_id = SEQ(M(plmn), M(ng_enb_id), X);
ROW global_ran_node_id = CHOICE(M(global_gnb_id), M(global_ng_enb_id), M(global_n3iwf_id), E);
ROW gtp_tunnel = SEQ(M(tla), M(gtp_teid), X);
ROW nr_cgi = SEQ(M(plmn), M(BITS(36, 36)), X);
ROW ngran_cgi = CHOICE(M(nr_cgi), M(eutra_cgi), E);
ROW flow_with_cause_item = SEQ(M(INTX(0, 63)), M(cause), X);
ROW flow_item_forwarded = SEQ(M(INTX(0, 63)), O(ENUMX(1)), X);
ROW recommended_cell_item = SEQ(M(ngran_cgi), O(INT(0, 4095)), X);
ROW recommended_cells_for_paging = SEQ(M(LIST(1, 16, recommended_cell_item)), X);
ROW s_nssai = SEQ(M(sst), O(sd), X);
ROW tai = SEQ(M(plmn), M(tac), X);
ROW target_ran_node_id = SEQ(M(global_ran_node_id), M(tai), X);
ROW ue_identity_index_value = CHOICE(M(BITS(10, 10)), E);
ROW up_tnl = CHOICE(M(gtp_tunnel), E);

/* The tables of information elements: no id is in two of them. */
extern const struct per_ie_table ngap_sessions, ngap_nodes, ngap_ue, ngap_areas;

/* A part of a message of N2 as the service based interface carries it by itself; from_ran: a RAN node made it. */
struct ngap_transfer { const char *name; const struct per_type *type; bool from_ran; };
enum { NGAP_TRANSFERS = 20 };
extern const struct ngap_transfer ngap_transfers[NGAP_TRANSFERS];

#endif
