/* NGAP: public warning areas, multicast and broadcast sessions (TS 38.413 9.3.1, 9.3.5, 9.4.5). */
#include "ngap_rows.h"

ROW allocation_and_retention_priority = SEQ(M(INT(1, 15)), M(ENUMX(2)), M(ENUMX(2)), X);
ROW associated_mbs_flow_setup_or_modify_request_item = SEQ(M(INTX(0, 63)), M(INTX(0, 63)), X);
ROW cell_id_cancelled_eutra_item = SEQ(M(eutra_cgi), M(INT(0, 65535)), X);
ROW cancelled_cells_in_tai_eutra_item = SEQ(M(eutra_cgi), M(INT(0, 65535)), X);
ROW tai_cancelled_eutra_item = SEQ(M(tai), M(LIST(1, 65535, cancelled_cells_in_tai_eutra_item)), X);
ROW cancelled_cells_in_eai_eutra_item = SEQ(M(eutra_cgi), M(INT(0, 65535)), X);
ROW emergency_area_id_cancelled_eutra_item = SEQ(M(OCTETS(3, 3)), M(LIST(1, 65535,
	cancelled_cells_in_eai_eutra_item)), X);
ROW cell_id_cancelled_nr_item = SEQ(M(nr_cgi), M(INT(0, 65535)), X);
ROW cancelled_cells_in_tai_nr_item = SEQ(M(nr_cgi), M(INT(0, 65535)), X);
ROW tai_cancelled_nr_item = SEQ(M(tai), M(LIST(1, 65535, cancelled_cells_in_tai_nr_item)), X);
ROW cancelled_cells_in_eai_nr_item = SEQ(M(nr_cgi), M(INT(0, 65535)), X);
ROW emergency_area_id_cancelled_nr_item = SEQ(M(OCTETS(3, 3)), M(LIST(1, 65535, cancelled_cells_in_eai_nr_item)), X);
ROW bcast_cancelled_area_list = CHOICE(M(LIST(1, 65535, cell_id_cancelled_eutra_item)), M(LIST(1, 65535,
	tai_cancelled_eutra_item)), M(LIST(1, 65535, emergency_area_id_cancelled_eutra_item)), M(LIST(1, 65535,
	cell_id_cancelled_nr_item)), M(LIST(1, 65535, tai_cancelled_nr_item)), M(LIST(1, 65535,
	emergency_area_id_cancelled_nr_item)), E);
ROW cell_id_bcast_eutra_item = SEQ(M(eutra_cgi), X);
ROW completed_cells_in_tai_eutra_item = SEQ(M(eutra_cgi), X);
ROW tai_bcast_eutra_item = SEQ(M(tai), M(LIST(1, 65535, completed_cells_in_tai_eutra_item)), X);
ROW completed_cells_in_eai_eutra_item = SEQ(M(eutra_cgi), X);
ROW emergency_area_id_bcast_eutra_item = SEQ(M(OCTETS(3, 3)), M(LIST(1, 65535, completed_cells_in_eai_eutra_item)),
	X);
ROW cell_id_bcast_nr_item = SEQ(M(nr_cgi), X);
ROW completed_cells_in_tai_nr_item = SEQ(M(nr_cgi), X);
ROW tai_bcast_nr_item = SEQ(M(tai), M(LIST(1, 65535, completed_cells_in_tai_nr_item)), X);
ROW completed_cells_in_eai_nr_item = SEQ(M(nr_cgi), X);
ROW emergency_area_id_bcast_nr_item = SEQ(M(OCTETS(3, 3)), M(LIST(1, 65535, completed_cells_in_eai_nr_item)), X);
ROW bcast_completed_area_list = CHOICE(M(LIST(1, 65535, cell_id_bcast_eutra_item)), M(LIST(1, 65535,
	tai_bcast_eutra_item)), M(LIST(1, 65535, emergency_area_id_bcast_eutra_item)), M(LIST(1, 65535,
	cell_id_bcast_nr_item)), M(LIST(1, 65535, tai_bcast_nr_item)), M(LIST(1, 65535,
	emergency_area_id_bcast_nr_item)), E);
ROW cell_id_list_for_restart = CHOICE(M(LIST(1, 256, eutra_cgi)), M(LIST(1, 16384, nr_cgi)), E);
ROW packet_error_rate = SEQ(M(INTX(0, 9)), M(INTX(0, 9)), X);
ROW dynamic5qi_descriptor = SEQ(M(INTX(1, 127)), M(INTX(0, 1023)), M(packet_error_rate), O(INTX(0, 255)),
	O(ENUMX(2)), O(INTX(0, 4095)), O(INTX(0, 4095)), X);
ROW gbr_qos_info = SEQ(M(INTX(0, 4000000000000)), M(INTX(0, 4000000000000)), M(INTX(0, 4000000000000)), M(INTX(0,
	4000000000000)), O(ENUMX(1)), O(INTX(0, 1000)), O(INTX(0, 1000)), X);
ROW mrb_progress_info = CHOICE(M(INT(0, 4095)), M(INT(0, 262143)), E);
ROW mbs_data_forwarding_response_mrb_item = SEQ(M(INTX(1, 32)), M(up_tnl), O(mrb_progress_info), X);
ROW mbs_mapping_and_data_forwarding_request_item = SEQ(M(INTX(1, 32)), M(LIST(1, 64, INTX(0, 63))),
	O(mrb_progress_info), X);
ROW non_dynamic5qi_descriptor = SEQ(M(INTX(0, 255)), O(INTX(1, 127)), O(INTX(0, 4095)), O(INTX(0, 4095)), X);
ROW qos_characteristics = CHOICE(M(non_dynamic5qi_descriptor), M(dynamic5qi_descriptor), E);
ROW flow_level_qos_parameters = SEQ(M(qos_characteristics), M(allocation_and_retention_priority), O(gbr_qos_info),
	O(ENUMX(1)), O(ENUMX(1)), X);
ROW mbs_flows_to_be_setup_item = SEQ(M(INTX(0, 63)), M(flow_level_qos_parameters), X);
ROW mbs_service_area_info = SEQ(O(LIST(1, 8192, nr_cgi)), O(LIST(1, 1024, tai)), X);
ROW mbs_service_area_info_item = SEQ(M(INTX(0, 65535)), M(mbs_service_area_info), X);
ROW mbs_service_area = CHOICE(M(mbs_service_area_info), M(LIST(1, 256, mbs_service_area_info_item)), E);
ROW mbs_session_id = SEQ(M(OCTETS(6, 6)), O(BITS(44, 44)), X);
ROW mbs_session_failed_to_setup_item = SEQ(M(mbs_session_id), O(INTX(0, 65535)), M(cause), X);
ROW mbs_active_session_info_source_to_target_item = SEQ(M(mbs_session_id), O(INTX(0, 65535)), O(mbs_service_area),
	M(LIST(1, 64, mbs_flows_to_be_setup_item)), O(LIST(1, 32, mbs_mapping_and_data_forwarding_request_item)), X);
ROW mbs_active_session_info_target_to_source_item = SEQ(M(mbs_session_id), O(LIST(1, 32,
	mbs_data_forwarding_response_mrb_item)), X);
ROW mbs_session_setup_or_mod_failure_transfer = SEQ(M(cause), O(crit_diagnostics), X);
ROW mbs_session_setup_or_mod_request_transfer = SEQ(M(ies));
ROW mbs_session_tnl_info_ngran_item = SEQ(M(INTX(0, 65535)), O(up_tnl), X);
ROW mbs_session_tnl_info_ngran = CHOICE(M(up_tnl), M(LIST(1, 256, mbs_session_tnl_info_ngran_item)), E);
ROW mbs_session_release_response_transfer = SEQ(O(mbs_session_tnl_info_ngran), X);
ROW mbs_session_setup_or_mod_response_transfer = SEQ(O(mbs_session_tnl_info_ngran), X);
ROW shared_ngu_mcast_tnl_info = SEQ(M(tla), M(tla), M(gtp_teid), X);
ROW mbs_session_tnl_info5gc_item = SEQ(M(INTX(0, 65535)), M(shared_ngu_mcast_tnl_info), X);
ROW mbs_session_tnl_info5gc = CHOICE(M(shared_ngu_mcast_tnl_info), M(LIST(1, 256, mbs_session_tnl_info5gc_item)), E);
ROW mbs_distribution_release_request_transfer = SEQ(M(mbs_session_id), O(INTX(0, 65535)), O(up_tnl), M(cause), X);
ROW mbs_distribution_setup_request_transfer = SEQ(M(mbs_session_id), O(INTX(0, 65535)), O(up_tnl), X);
ROW mbs_distribution_setup_response_transfer = SEQ(M(mbs_session_id), O(INTX(0, 65535)),
	O(mbs_session_tnl_info5gc_item), M(LIST(1, 64, mbs_flows_to_be_setup_item)), M(ENUMX(2)), O(mbs_service_area),
	X);
ROW mbs_distribution_setup_fail_transfer = SEQ(M(mbs_session_id), O(INTX(0, 65535)), M(cause), O(crit_diagnostics),
	X);
ROW mbs_session_setup_or_modify_request_item = SEQ(M(mbs_session_id), O(INTX(0, 65535)), O(LIST(1, 64,
	associated_mbs_flow_setup_or_modify_request_item)), O(LIST(1, 64, flow_with_cause_item)), X);
ROW mbs_session_to_release_item = SEQ(M(mbs_session_id), M(cause), X);
ROW mcast_session_update_request_transfer = SEQ(M(ies));
ROW mcast_group_paging_area = SEQ(M(LIST(1, 16, tai)), X);
ROW ue_paging_item = SEQ(M(ue_identity_index_value), O(ENUMX(4)), X);
ROW mcast_group_paging_area_item = SEQ(M(mcast_group_paging_area), O(LIST(1, 4096, ue_paging_item)), X);
ROW pws_failed_cell_id_list = CHOICE(M(LIST(1, 256, eutra_cgi)), M(LIST(1, 16384, nr_cgi)), E);
ROW warning_area_list = CHOICE(M(LIST(1, 65535, eutra_cgi)), M(LIST(1, 65535, nr_cgi)), M(LIST(1, 65535, tai)),
	M(LIST(1, 65535, OCTETS(3, 3))), E);

static const struct per_ie rows[] = {
	IE(12, bcast_cancelled_area_list, "BroadcastCancelledAreaList", "9.4.5"),
	IE(13, bcast_completed_area_list, "BroadcastCompletedAreaList", "9.4.5"),
	IE(16, cell_id_list_for_restart, "CellIDListForRestart", "9.4.5"),
	IE(81, pws_failed_cell_id_list, "PWSFailedCellIDList", "9.4.5"),
	IE(104, LIST(1, 2048, tai), "TAIListForRestart", "9.4.5"),
	IE(122, warning_area_list, "WarningAreaList", "9.4.5"),
	IE(298, mbs_service_area, "MBS-ServiceArea", "9.4.5"),
	IE(300, CONT(mbs_distribution_release_request_transfer), "MBS-DistributionReleaseRequestTransfer", "9.4.5"),
	IE(301, CONT(mbs_distribution_setup_request_transfer), "MBS-DistributionSetupRequestTransfer", "9.4.5"),
	IE(302, CONT(mbs_distribution_setup_response_transfer), "MBS-DistributionSetupResponseTransfer", "9.4.5"),
	IE(303, CONT(mbs_distribution_setup_fail_transfer), "MBS-DistributionSetupUnsuccessfulTransfer", "9.4.5"),
	IE(306, CONT(mcast_session_update_request_transfer), "MulticastSessionUpdateRequestTransfer", "9.4.5"),
	IE(307, LIST(1, 64, mcast_group_paging_area_item), "MulticastGroupPagingAreaList", "9.4.5"),
	IE(310, LIST(1, 32, mbs_session_failed_to_setup_item), "MBSSessionFailedtoSetupList", "9.4.5"),
	IE(311, LIST(1, 32, mbs_session_failed_to_setup_item), "MBSSessionFailedtoSetuporModifyList", "9.4.5"),
	IE(314, CONT(mbs_session_setup_or_mod_failure_transfer), "MBSSessionSetupFailureTransfer", "9.4.5"),
	IE(315, CONT(mbs_session_setup_or_mod_request_transfer), "MBSSessionSetupRequestTransfer", "9.4.5"),
	IE(316, CONT(mbs_session_setup_or_mod_response_transfer), "MBSSessionSetupResponseTransfer", "9.4.5"),
	IE(317, LIST(1, 32, mbs_session_to_release_item), "MBSSessionToReleaseList", "9.4.5"),
	IE(319, LIST(1, 32, mbs_session_setup_or_modify_request_item), "MBSSessionSetuporModifyRequestList", "9.4.5"),
	IE(323, LIST(1, 256, mbs_active_session_info_source_to_target_item), "MBS-ActiveSessionInformation-SourcetoTargetList", "9.4.5"),
	IE(324, LIST(1, 256, mbs_active_session_info_target_to_source_item), "MBS-ActiveSessionInformation-TargettoSourceList", "9.4.5"),
	IE(348, CONT(mbs_session_setup_or_mod_failure_transfer), "MBSSessionModificationFailureTransfer", "9.4.5"),
	IE(349, CONT(mbs_session_setup_or_mod_request_transfer), "MBSSessionModificationRequestTransfer", "9.4.5"),
	IE(350, CONT(mbs_session_setup_or_mod_response_transfer), "MBSSessionModificationResponseTransfer", "9.4.5"),
	IE(351, LIST(1, 64, flow_with_cause_item), "MBS-QoSFlowToReleaseList", "9.4.5"),
	IE(352, mbs_session_tnl_info5gc, "MBS-SessionTNLInfo5GC", "9.4.5"),
	IE(358, mbs_session_release_response_transfer, "MBSSessionReleaseResponseTransfer", "9.4.5"),
};

const struct per_ie_table ngap_areas = { rows, sizeof(rows) / sizeof(rows[0]) };
