/* NGAP: nodes, their names, identities, links and slices; self-organisation (TS 38.413 9.2.6, 9.3.3, 9.4.5). */
#include "ngap_rows.h"

ROW amf_name = KEYED(PER_STRING, PER_EXT, 1, 150, AMFName);
ROW amf_name_visible = KEYED(PER_STRING, PER_EXT, 1, 150, AMFName_visible);
ROW amf_name_utf8 = KEYED(PER_UTF8, 0, 0, 0, AMFName_utf8);
ROW backup_amf = KEYED(PER_STRING, PER_EXT, 1, 150, backupAMFName);
ROW ran_name = KEYED(PER_STRING, PER_EXT, 1, 150, RANNodeName);
ROW ran_name_visible = KEYED(PER_STRING, PER_EXT, 1, 150, RANNodeName_visible);
ROW ran_name_utf8 = KEYED(PER_UTF8, 0, 0, 0, RANNodeName_utf8);
ROW amf_region = KEYED(PER_BITS, 0, 8, 8, aMFRegionID);
ROW tngf_bits = KEYED(PER_BITS, PER_EXT, 32, 32, tNGF_ID);
ROW w_agf_bits = KEYED(PER_BITS, PER_EXT, 16, 16, w_AGF_ID);

ROW allowed_nssai_item = SEQ(M(s_nssai), X);
ROW amf_paging_target = CHOICE(M(global_ran_node_id), M(tai), E);
ROW cp_tnl = CHOICE(M(tla), E);
ROW amf_tnl_association_setup_item = SEQ(M(cp_tnl), X);
ROW amf_tnl_association_to_add_item = SEQ(M(cp_tnl), O(ENUMX(3)), M(INT(0, 255)), X);
ROW amf_tnl_association_to_remove_item = SEQ(M(cp_tnl), X);
ROW amf_tnl_association_to_update_item = SEQ(M(cp_tnl), O(ENUMX(3)), O(INT(0, 255)), X);
ROW slice_support_item = SEQ(M(s_nssai), X);
ROW bcast_plmn_item = SEQ(M(plmn), M(LIST(1, 1024, slice_support_item)), X);
ROW candidate_cell_id = SEQ(M(nr_cgi), X);
ROW candidate_pci = SEQ(M(INTX(0, 1007)), M(INT(0, 3279165)), X);
ROW candidate_cell = CHOICE(M(candidate_cell_id), M(candidate_pci), E);
ROW candidate_cell_item = SEQ(M(candidate_cell), X);
ROW enb_id = CHOICE(M(BITS(20, 20)), M(BITS(28, 28)), M(BITS(18, 18)), M(BITS(21, 21)), E);
ROW endpoint_ip_address_and_port = SEQC(M(tla), M(OCTETS(2, 2)), X);
ROW extended_amf_name = SEQ(O(amf_name_visible), O(amf_name_utf8), X);
ROW extended_ran_node_name = SEQ(O(ran_name_visible), O(ran_name_utf8), X);
ROW ue_rlf_report_container = CHOICE(M(ANY_OCTETS), M(ANY_OCTETS), E);
ROW failure_ind = SEQ(M(ue_rlf_report_container), X);
ROW global_enb_id = SEQ(M(OCTETS(3, 3)), M(enb_id), X);
ROW inter_son_enb_id = SEQ(M(global_enb_id), M(eps_tai), X);
ROW inter_son_ngran_node_id = SEQ(M(global_ran_node_id), M(tai), X);
ROW from_eutran_to_ngran = SEQC(M(inter_son_enb_id), M(inter_son_ngran_node_id), X);
ROW from_ngran_to_eutran = SEQC(M(inter_son_ngran_node_id), M(inter_son_enb_id), X);
ROW tngf_id = CHOICE(M(tngf_bits), E);
ROW global_tngf_id = SEQ(M(plmn), M(tngf_id), X);
ROW twif_id = CHOICE(M(BITSX(32, 32)), E);
ROW global_twif_id = SEQ(M(plmn), M(twif_id), X);
ROW w_agf_id = CHOICE(M(w_agf_bits), E);
ROW global_w_agf_id = SEQ(M(plmn), M(w_agf_id), X);
ROW guami = SEQ(M(plmn), M(amf_region), M(amf_set), M(amf_pointer), X);
ROW ho_report = SEQ(M(ENUMX(3)), M(cause), M(ngran_cgi), M(ngran_cgi), O(ngran_cgi), O(BITS(16, 16)), O(eutra_cgi),
	O(BITS(16, 16)), O(ue_rlf_report_container), X);
ROW recommended_ran_node_item = SEQ(M(amf_paging_target), X);
ROW recommended_ran_nodes_for_paging = SEQ(M(LIST(1, 16, recommended_ran_node_item)), X);
ROW info_on_recommended_cells_and_ran_nodes_for_paging = SEQ(M(recommended_cells_for_paging),
	M(recommended_ran_nodes_for_paging), X);
ROW inter_system_failure_ind = SEQ(O(ue_rlf_report_container), X);
ROW inter_son_transfer_type = CHOICE(M(from_eutran_to_ngran), M(from_ngran_to_eutran), E);
ROW too_early_inter_ho = SEQ(M(eutra_cgi), M(ngran_cgi), O(ue_rlf_report_container), X);
ROW inter_unnecessary_ho = SEQ(M(ngran_cgi), M(eutra_cgi), M(ENUMX(2)), M(LIST(1, 32, candidate_cell_item)), X);
ROW inter_system_handover_report_type = CHOICE(M(too_early_inter_ho), M(inter_unnecessary_ho), E);
ROW inter_system_ho_report = SEQ(M(inter_system_handover_report_type), X);
ROW inter_son_info_report = CHOICE(M(inter_system_ho_report), M(inter_system_failure_ind), E);
ROW inter_son_info = CHOICE(M(inter_son_info_report), E);
ROW inter_son_config_transfer = SEQ(M(inter_son_transfer_type), M(inter_son_info), X);
ROW inter_cell_activation_request = SEQ(M(INTX(0, 16384)), M(LIST(1, 16384, ngran_cgi)), X);
ROW eutran_cell_to_report_item = SEQ(M(eutra_cgi), X);
ROW eutran_reporting_system_ies = SEQ(M(LIST(1, 256, eutran_cell_to_report_item)), X);
ROW ngran_cell_to_report_item = SEQ(M(ngran_cgi), X);
ROW ngran_reporting_system_ies = SEQ(M(LIST(1, 256, ngran_cell_to_report_item)), X);
ROW reporting_system = CHOICE(M(eutran_reporting_system_ies), M(ngran_reporting_system_ies), M(NIL), E);
ROW event_based_reporting_ies = SEQ(M(INT(0, 100)), M(INT(0, 100)), M(ENUMX(5)), X);
ROW periodic_reporting_ies = SEQ(M(ENUMX(6)), X);
ROW report_type = CHOICE(M(event_based_reporting_ies), M(periodic_reporting_ies), E);
ROW inter_resource_status_request = SEQ(M(reporting_system), M(BITS(32, 32)), M(report_type), X);
ROW inter_son_info_request = CHOICE(M(inter_cell_activation_request), M(inter_resource_status_request), E);
ROW inter_cell_activation_reply = SEQ(M(LIST(1, 16384, ngran_cgi)), M(INTX(0, 16384)), X);
ROW inter_resource_status_reply = SEQ(M(reporting_system), X);
ROW inter_son_info_reply = CHOICE(M(inter_cell_activation_reply), M(inter_resource_status_reply), E);
ROW notification_cell_item = SEQ(M(ngran_cgi), M(ENUMX(2)), X);
ROW inter_cell_state_ind = SEQ(M(LIST(1, 16384, notification_cell_item)), X);
ROW composite_available_capacity = SEQ(O(INTX(1, 100)), M(INT(0, 100)), X);
ROW eutran_composite_available_capacity_group = SEQ(M(composite_available_capacity), M(composite_available_capacity),
	X);
ROW eutran_radio_resource_status = SEQ(M(INT(0, 100)), M(INT(0, 100)), M(INT(0, 100)), M(INT(0, 100)), M(INT(0,
	100)), M(INT(0, 100)), O(INT(0, 100)), O(INT(0, 100)), X);
ROW eutran_reporting_status_ies = SEQ(M(LIST(1, 256, eutran_cell_to_report_item)),
	M(eutran_composite_available_capacity_group), O(INTX(0, 16777215)), O(INTX(1, 65536)),
	O(eutran_radio_resource_status), X);
ROW ngran_radio_resource_status = SEQ(M(INT(0, 100)), M(INT(0, 100)), M(INT(0, 100)), M(INT(0, 100)), M(INT(0, 100)),
	M(INT(0, 100)), X);
ROW ngran_reporting_status_ies = SEQ(M(LIST(1, 256, ngran_cell_to_report_item)),
	M(eutran_composite_available_capacity_group), O(INTX(0, 16777215)), O(INTX(1, 65536)),
	O(ngran_radio_resource_status), X);
ROW resource_status_reporting_system = CHOICE(M(eutran_reporting_status_ies), M(ngran_reporting_status_ies), E);
ROW inter_resource_status_report = SEQ(M(resource_status_reporting_system), X);
ROW ngran_tnl_association_to_remove_item = SEQC(M(cp_tnl), O(cp_tnl), X);
ROW overload_response = CHOICE(M(ENUMX(4)), E);
ROW slice_overload_item = SEQ(M(s_nssai), X);
ROW overload_start_nssai_item = SEQ(M(LIST(1, 1024, slice_overload_item)), O(overload_response), O(INT(1, 99)), X);
ROW plmn_support_item = SEQ(M(plmn), M(LIST(1, 1024, slice_support_item)), X);
ROW ue_associated_logical_ng_connection_item = SEQ(O(amf_ue_id), O(ran_ue_id), X);
ROW reset_type = CHOICE(M(ENUMX(1)), M(LIST(1, 65536, ue_associated_logical_ng_connection_item)), E);
ROW source_ran_node_id = SEQ(M(global_ran_node_id), M(tai), X);
ROW rim_info = SEQ(M(BITS(22, 22)), M(ENUMX(2)), X);
ROW rim_info_transfer = SEQ(M(target_ran_node_id), M(source_ran_node_id), M(rim_info), X);
ROW served_guami_item = SEQ(M(guami), O(backup_amf), X);
ROW xn_ext_tla_item = SEQ(O(tla), O(LIST(1, 16, tla)), X);
ROW xn_tnl_config_info = SEQ(M(LIST(1, 2, tla)), O(LIST(1, 16, xn_ext_tla_item)), X);
ROW son_info_reply = SEQ(O(xn_tnl_config_info), X);
ROW son_info = CHOICE(M(ENUMX(1)), M(son_info_reply), E);
ROW son_config_transfer = SEQ(M(target_ran_node_id), M(source_ran_node_id), M(son_info), O(xn_tnl_config_info), X);
ROW son_info_report = CHOICE(M(failure_ind), M(ho_report), E);
ROW source_node_id = CHOICE(M(global_gnb_id), E);
ROW supported_ta_item = SEQ(M(tac), M(LIST(1, 12, bcast_plmn_item)), X);
ROW tai_nsag_support_item = SEQ(M(INTX(0, 255)), M(LIST(1, 65535, slice_support_item)), X);
ROW target_nssai_item = SEQ(M(s_nssai), X);
ROW target_nssai_info = SEQ(M(LIST(1, 8, target_nssai_item)), M(INTX(1, 256)), X);
ROW tnl_association_item = SEQ(M(cp_tnl), M(cause), X);
ROW unavailable_guami_item = SEQ(M(guami), O(ENUMX(1)), O(backup_amf), X);

static const struct per_ie rows[] = {
	IE(0, LIST(1, 8, allowed_nssai_item), "AllowedNSSAI", "9.3.1.31"),
	IE(1, amf_name, "AMFName", "9.3.3.21"),
	IE(4, LIST(1, 32, tnl_association_item), "AMF-TNLAssociationFailedToSetupList", "9.4.5"),
	IE(5, LIST(1, 32, amf_tnl_association_setup_item), "AMF-TNLAssociationSetupList", "9.4.5"),
	IE(6, LIST(1, 32, amf_tnl_association_to_add_item), "AMF-TNLAssociationToAddList", "9.4.5"),
	IE(7, LIST(1, 32, amf_tnl_association_to_remove_item), "AMF-TNLAssociationToRemoveList", "9.4.5"),
	IE(8, LIST(1, 32, amf_tnl_association_to_update_item), "AMF-TNLAssociationToUpdateList", "9.4.5"),
	IE_ONLY(27, global_ran_node_id, "GlobalRANNodeID", "9.3.1.5"),
	IE(28, guami, "GUAMI", "9.3.3.3"),
	IE(32, info_on_recommended_cells_and_ran_nodes_for_paging, "InfoOnRecommendedCellsAndRANNodesForPaging", "9.4.5"),
	IE(48, amf_name, "OldAMF", "9.4.5"),
	IE(49, LIST(1, 1024, overload_start_nssai_item), "OverloadStartNSSAIList", "9.4.5"),
	IE(80, LIST(1, 12, plmn_support_item), "PLMNSupportList", "9.2.6.2"),
	IE(82, ran_name, "RANNodeName", "9.2.6.1"),
	IE(88, reset_type, "ResetType", "9.4.5"),
	IE(96, LIST(1, 256, served_guami_item), "ServedGUAMIList", "9.2.6.2"),
	IE(98, son_config_transfer, "SONConfigurationTransferDL", "9.3.3.6"),
	IE(99, son_config_transfer, "SONConfigurationTransferUL", "9.3.3.6"),
	IE(102, LIST(1, 256, supported_ta_item), "SupportedTAList", "9.2.6.1"),
	IE(111, LIST(1, 65536, ue_associated_logical_ng_connection_item), "UE-associatedLogicalNG-connectionList", "9.4.5"),
	IE(120, LIST(1, 256, unavailable_guami_item), "UnavailableGUAMIList", "9.4.5"),
	IE(162, guami, "NewGUAMI", "9.4.5"),
	IE(167, LIST(1, 32, ngran_tnl_association_to_remove_item), "NGRAN-TNLAssociationToRemoveList", "9.4.5"),
	IE(168, cp_tnl, "TNLAssociationTransportLayerAddressNGRAN", "9.4.5"),
	IE(169, endpoint_ip_address_and_port, "EndpointIPAddressAndPort", "9.4.5"),
	IE(173, LIST(1, 2, tla), "SCTP-TLAs", "9.4.5"),
	IE(175, rim_info_transfer, "RIMInformationTransfer", "9.4.5"),
	IE(240, global_tngf_id, "GlobalTNGF-ID", "9.4.5"),
	IE(241, global_twif_id, "GlobalTWIF-ID", "9.4.5"),
	IE(242, global_w_agf_id, "GlobalW-AGF-ID", "9.4.5"),
	IE(250, inter_son_config_transfer, "IntersystemSONConfigurationTransferDL", "9.4.5"),
	IE(251, inter_son_config_transfer, "IntersystemSONConfigurationTransferUL", "9.4.5"),
	IE(252, son_info_report, "SONInformationReport", "9.4.5"),
	IE(270, LIST(1, 65535, slice_support_item), "ExtendedSliceSupportList", "9.4.5"),
	IE(271, LIST(1, 65535, slice_support_item), "ExtendedTAISliceSupportList", "9.4.5"),
	IE(273, extended_ran_node_name, "Extended-RANNodeName", "9.4.5"),
	IE(274, extended_amf_name, "Extended-AMFName", "9.4.5"),
	IE(284, tla, "SourceTNLAddrInfo", "9.4.5"),
	IE(286, source_node_id, "SourceNodeID", "9.4.5"),
	IE(290, inter_son_info_request, "IntersystemSONInformationRequest", "9.4.5"),
	IE(291, inter_son_info_reply, "IntersystemSONInformationReply", "9.4.5"),
	IE(292, inter_cell_state_ind, "EnergySavingIndication", "9.4.5"),
	IE(293, inter_resource_status_report, "IntersystemResourceStatusUpdate", "9.4.5"),
	IE(334, target_nssai_info, "TargetNSSAIInformation", "9.4.5"),
	IE(353, LIST(1, 256, tai_nsag_support_item), "TAINSAGSupportList", "9.4.5"),
	IE(354, tla, "SourceNodeTNLAddrInfo", "9.4.5"),
};

const struct per_ie_table ngap_nodes = { rows, sizeof(rows) / sizeof(rows[0]) };
