/* S1AP: nodes, their names, identities and links; warning areas (TS 36.413 9.1.8, 9.1.13, 9.2.1, 9.2.3). */
#include "s1ap_rows.h"

ROW enb_name = KEYED(PER_STRING, PER_EXT, 1, 150, ENBname);
ROW mme_name = KEYED(PER_STRING, PER_EXT, 1, 150, MMEname);
ROW mme_group_item = KEYED(PER_OCTETS, 0, 2, 2, MME_Group_ID);
ROW mme_code_item = KEYED(PER_OCTETS, 0, 1, 1, MME_Code);
ROW en_gnb_bits = KEYED(PER_BITS, PER_EXT, 22, 32, en_gNB_ID);

ROW crit_diagnostics_item = SEQ(M(ENUM(3)), M(INT(0, 65535)), M(ENUMX(2)), X);
ROW crit_diagnostics = SEQ(O(procedure_code), O(ENUM(3)), O(ENUM(3)), O(LIST(1, 256, crit_diagnostics_item)), X);
ROW served_gummei = SEQ(M(LIST(1, 32, plmn_item)), M(LIST(1, 65535, mme_group_item)), M(LIST(1, 256, mme_code_item)), X);
ROW supported_ta = SEQ(M(tac), M(LIST(1, 6, plmn_item)), X);
ROW connected_en_gnb = SEQ(M(en_gnb_bits), M(LIST(1, 256, supported_ta)), X);
ROW global_en_gnb_id = SEQ(M(plmn), M(en_gnb_bits), X);
ROW ue_connection = SEQ(O(mme_ue_id), O(enb_ue_id), X);
ROW reset_type = CHOICEX(M(ENUMX(1)), M(ITEMS(256)));

ROW target_enb = SEQ(M(global_enb_id), M(tai), X);
ROW source_enb = SEQC(M(global_enb_id), M(tai), X);
ROW x2_addresses = SEQ(M(LIST(1, 2, tla)), X);
ROW x2_extended = SEQ(O(tla), O(LIST(1, 16, tla)), X);
ROW son_reply = SEQ(O(x2_addresses), X);
ROW son_information = CHOICEX(M(ENUMX(1)), M(son_reply), L(single));
ROW son_transfer = SEQ(M(target_enb), M(source_enb), M(son_information), X);
ROW listening = SEQ(M(ENUMX(4)), M(INTX(0, 10239)), X);
ROW synchronisation = SEQ(O(INTX(0, 3)), O(listening), O(LIST(1, 256, ecgi)), X);
ROW son_enb = SEQ(M(global_enb_id), M(tai), X);
ROW son_en_gnb = SEQ(M(global_en_gnb_id), M(tai), X);
ROW en_dc_request = SEQ(M(son_enb), M(son_en_gnb), O(son_enb), O(tai), O(fiveg_tai), X);
ROW en_dc_reply = SEQ(M(son_en_gnb), M(son_enb), X);
ROW en_dc_type = CHOICEX(M(en_dc_request), M(en_dc_reply));
ROW en_dc_transfer = SEQ(M(en_dc_type), M(son_information), O(x2_addresses), X);

ROW geran_cell = SEQ(M(lai), M(OCTETS(1, 1)), M(OCTETS(2, 2)), X);
ROW rnc = SEQ(M(lai), O(OCTETS(1, 1)), M(INT(0, 4095)), O(INT(4096, 65535)), X);
ROW cgi = SEQ(M(plmn), M(OCTETS(2, 2)), M(OCTETS(2, 2)), O(OCTETS(1, 1)), X);
ROW ng_ran_node = SEQ(M(global_ran_node_id), M(fiveg_tai), X);
ROW target_id = CHOICEX(M(target_enb), M(rnc), M(cgi), L(ng_ran_node));
ROW rim_address = CHOICEX(M(geran_cell), L(rnc), L(OCTETS(16, 16)));
ROW rim_transfer = SEQ(M(ANY_OCTETS), O(rim_address), X);
ROW inter_system = CHOICEX(M(rim_transfer));

ROW cell_cancelled = SEQ(M(ecgi), M(INT(0, 65535)), X);
ROW tai_cancelled = SEQ(M(tai), M(LIST(1, 65535, cell_cancelled)), X);
ROW area_cancelled = SEQ(M(OCTETS(3, 3)), M(LIST(1, 65535, cell_cancelled)), X);
ROW cancelled = CHOICEX(M(LIST(1, 65535, cell_cancelled)), M(LIST(1, 65535, tai_cancelled)), M(LIST(1, 65535, area_cancelled)));
ROW cell_completed = SEQ(M(ecgi), X);
ROW tai_completed = SEQ(M(tai), M(LIST(1, 65535, cell_completed)), X);
ROW area_completed = SEQ(M(OCTETS(3, 3)), M(LIST(1, 65535, cell_completed)), X);
ROW completed = CHOICEX(M(LIST(1, 65535, cell_completed)), M(LIST(1, 65535, tai_completed)), M(LIST(1, 65535, area_completed)));
ROW warning_area = CHOICEX(M(LIST(1, 65535, ecgi)), M(LIST(1, 65535, tai)), M(LIST(1, 65535, OCTETS(3, 3))));

static const struct per_ie rows[] = {
	IE(4, target_id, "TargetID", "9.2.1.6"),
	IE(58, crit_diagnostics, "CriticalityDiagnostics", "9.2.1.21"),
	IE(59, global_enb_id, "Global-ENB-ID", "9.2.1.37"),
	IE(60, enb_name, "eNBname", "9.1.8.4"),
	IE(61, mme_name, "MMEname", "9.1.8.5"),
	IE(63, LIST(1, 32, plmn_item), "ServedPLMNs", "9.3.4"),
	IE(64, LIST(1, 256, supported_ta), "SupportedTAs", "9.1.8.4"),
	IE(91, ue_connection, "UE-associatedLogicalS1-ConnectionItem", "9.1.8.1"),
	IE(92, reset_type, "ResetType", "9.1.8.1"),
	IE(93, ITEMS(256), "UE-associatedLogicalS1-ConnectionListResAck", "9.1.8.2"),
	IE(105, LIST(1, 8, served_gummei), "ServedGUMMEIs", "9.1.8.5"),
	IE(113, warning_area, "WarningAreaList", "9.2.1.46"),
	IE(120, completed, "BroadcastCompletedAreaList", "9.2.1.54"),
	IE(121, inter_system, "Inter-SystemInformationTransferTypeEDT", "9.2.1.55"),
	IE(122, inter_system, "Inter-SystemInformationTransferTypeMDT", "9.2.1.55"),
	IE(129, son_transfer, "SONConfigurationTransferECT", "9.2.3.26"),
	IE(130, son_transfer, "SONConfigurationTransferMCT", "9.2.3.26"),
	IE(141, cancelled, "BroadcastCancelledAreaList", "9.2.1.70"),
	IE(152, x2_addresses, "x2TNLConfigurationInfo", "9.2.3.29"),
	IE(153, LIST(1, 16, x2_extended), "eNBX2ExtendedTransportLayerAddresses", "9.2.3.29"),
	IE(182, LIST(1, 256, ecgi), "ECGIListForRestart", "9.1.13.5"),
	IE(188, LIST(1, 2048, tai), "TAIListForRestart", "9.1.13.5"),
	IE(193, LIST(1, 2, tla), "eNBIndirectX2TransportLayerAddresses", "9.2.3.29"),
	IE(209, synchronisation, "Synchronisation-Information", "9.2.3.42"),
	IE(222, LIST(1, 256, ecgi), "PWSfailedECGIList", "9.1.13.6"),
	IE(223, mme_group_item, "MME-Group-ID", "9.2.3.44"),
	IE(291, LIST(1, 256, connected_en_gnb), "ConnectedengNBList", "9.1.8.4"),
	IE(292, LIST(1, 256, connected_en_gnb), "ConnectedengNBToAddList", "9.1.8.7"),
	IE(293, LIST(1, 256, connected_en_gnb), "ConnectedengNBToRemoveList", "9.1.8.7"),
	IE(294, en_dc_transfer, "EN-DCSONConfigurationTransfer-ECT", "9.2.3.26A"),
	IE(295, en_dc_transfer, "EN-DCSONConfigurationTransfer-MCT", "9.2.3.26A"),
};

const struct per_ie_table s1ap_nodes = { rows, sizeof(rows) / sizeof(rows[0]) };
