/* NGAP: the UE and its context, location, paging, handover, trace and measurement (TS 38.413 9.3.1, 9.3.3, 9.4.5). */
#include "ngap_rows.h"

ROW ue_tla = HOOK(HOOK_UE_ADDRESS, PER_BITS, PER_EXT, 1, 160);	/* of the UE, not of a node */
ROW tmsi = HOOK(HOOK_TMSI, PER_OCTETS, 0, 4, 4);
ROW nas_pdu = HOOK(HOOK_NAS, PER_OCTETS, 0, 0, 0);
ROW nasc = HOOK(HOOK_NASC, PER_OCTETS, 0, 0, 0);
ROW nas_to_s1 = HOOK(HOOK_NAS_TO_S1, PER_OCTETS, 0, 0, 0);
ROW security_key = HOOK(HOOK_KEY, PER_BITS, 0, 256, 256);
ROW nrppa_pdu = HOOK(HOOK_NRPPA, PER_OCTETS, 0, 0, 0);
ROW ngap_message = HOOK(HOOK_NGAP, PER_OCTETS, 0, 0, 0);
ROW handover_type = HOOK(HOOK_HANDOVER_TYPE, PER_ENUM, PER_EXT, 0, 2);
ROW rrc_cause = KEYED(PER_ENUM, PER_EXT, 0, 9, RRCEstablishmentCause);
ROW serving_plmn = KEYED(PER_OCTETS, 0, 3, 3, servingPLMN);
ROW nr_encryption = KEYED(PER_BITS, PER_EXT, 16, 16, nRencryptionAlgorithms);
ROW nr_integrity = KEYED(PER_BITS, PER_EXT, 16, 16, nRintegrityProtectionAlgorithms);
ROW uri = KEYED(PER_UTF8, 0, 0, 0, URI_address);

ROW additional_dl_up_tnl_for_ho_item = SEQ(M(up_tnl), M(LIST(1, 64, flow_item_forwarded)), O(up_tnl), X);
ROW allowed_pni_npn_item = SEQ(M(plmn), M(ENUMX(2)), M(LIST(1, 256, BITS(32, 32))), X);
ROW area_of_interest_tai_item = SEQ(M(tai), X);
ROW area_of_interest_cell_item = SEQ(M(ngran_cgi), X);
ROW area_of_interest_ran_node_item = SEQ(M(global_ran_node_id), X);
ROW area_of_interest = SEQ(O(LIST(1, 16, area_of_interest_tai_item)), O(LIST(1, 256, area_of_interest_cell_item)),
	O(LIST(1, 64, area_of_interest_ran_node_item)), X);
ROW area_of_interest_item = SEQ(M(area_of_interest), M(INTX(1, 64)), X);
ROW assistance_data_for_recommended_cells = SEQ(M(recommended_cells_for_paging), X);
ROW paging_attempt_info = SEQ(M(INTX(1, 16)), M(INTX(1, 16)), O(ENUMX(2)), X);
ROW assistance_data_for_paging = SEQ(O(assistance_data_for_recommended_cells), O(paging_attempt_info), X);
ROW cell_based_mdt_nr = SEQ(M(LIST(1, 32, nr_cgi)), X);
ROW ta_based_mdt = SEQ(M(LIST(1, 8, OCTETS(3, 3))), X);
ROW tai_based_mdt = SEQ(M(LIST(1, 8, tai)), X);
ROW area_scope_of_mdt_nr = CHOICE(M(cell_based_mdt_nr), M(ta_based_mdt), M(NIL), M(tai_based_mdt), E);
ROW cell_based_mdt_eutra = SEQ(M(LIST(1, 32, eutra_cgi)), X);
ROW area_scope_of_mdt_eutra = CHOICE(M(cell_based_mdt_eutra), M(ta_based_mdt), M(NIL), M(tai_based_mdt), E);
ROW nr_frequency_band_item = SEQ(M(INTX(1, 1024)), X);
ROW nr_frequency_info = SEQ(M(INT(0, 3279165)), M(LIST(1, 32, nr_frequency_band_item)), X);
ROW area_scope_of_neigh_cells_item = SEQ(M(nr_frequency_info), O(LIST(1, 32, INTX(0, 1007))), X);
ROW cell_based_qmc = SEQ(M(LIST(1, 32, nr_cgi)), X);
ROW ta_based_qmc = SEQ(M(LIST(1, 8, OCTETS(3, 3))), X);
ROW tai_based_qmc = SEQ(M(LIST(1, 8, tai)), X);
ROW plmn_area_based_qmc = SEQ(M(LIST(1, 16, OCTETS(3, 3))), X);
ROW area_scope_of_qmc = CHOICE(M(cell_based_qmc), M(ta_based_qmc), M(tai_based_qmc), M(plmn_area_based_qmc), E);
ROW available_ran_visible_qoe_metrics = SEQ(O(ENUMX(1)), O(ENUMX(1)), X);
ROW bluetooth_meas_config_name_item = SEQ(M(OCTETS(1, 248)), X);
ROW bluetooth_measurement_config = SEQ(M(ENUMX(1)), O(LIST(1, 4, bluetooth_meas_config_name_item)), O(ENUMX(1)), X);
ROW cell_cag_info = SEQ(M(ngran_cgi), M(LIST(1, 64, BITS(32, 32))), X);
ROW cell_type = SEQ(M(ENUMX(4)), X);
ROW expected_ue_activity_behaviour = SEQ(O(INTX(1, 181)), O(INTX(1, 181)), O(ENUMX(2)), X);
ROW expected_ue_moving_trajectory_item = SEQ(M(ngran_cgi), O(INT(0, 4095)), X);
ROW expected_ue_behaviour = SEQ(O(expected_ue_activity_behaviour), O(ENUMX(7)), O(ENUMX(2)), O(LIST(1, 16,
	expected_ue_moving_trajectory_item)), X);
ROW cn_assisted_ran_tuning = SEQ(O(expected_ue_behaviour), X);
ROW tai_list_for_inactive_item = SEQ(M(tai), X);
ROW core_network_assistance_info_for_inactive = SEQ(M(ue_identity_index_value), O(ENUMX(4)), M(BITS(8, 8)),
	O(ENUMX(1)), M(LIST(1, 16, tai_list_for_inactive_item)), O(expected_ue_behaviour), X);
ROW drbs_to_flows_mapping_item = SEQ(M(INTX(1, 32)), M(LIST(1, 64, associated_flow_item)), X);
ROW e_rab_info_item = SEQ(M(INTX(0, 15)), O(ENUMX(1)), X);
ROW measurement_threshold_l1_logged_mdt = CHOICE(M(INT(0, 127)), M(INT(0, 127)), E);
ROW event_l1_logged_mdt_config = SEQ(M(measurement_threshold_l1_logged_mdt), M(INT(0, 30)), M(ENUM(16)), X);
ROW event_trigger = CHOICE(M(ENUMX(1)), M(event_l1_logged_mdt_config), E);
ROW five_g_s_tmsi = SEQ(M(amf_set), M(amf_pointer), M(tmsi), X);
ROW forbidden_area_info_item = SEQ(M(plmn), M(LIST(1, 4096, OCTETS(3, 3))), X);
ROW m1_threshold_type = CHOICE(M(INT(0, 127)), M(INT(0, 127)), M(INT(0, 127)), E);
ROW m1_threshold_event_a2 = SEQ(M(m1_threshold_type), X);
ROW m1_periodic_reporting = SEQ(M(ENUM(13)), M(ENUM(8)), X);
ROW m1_config = SEQ(M(ENUMX(3)), O(m1_threshold_event_a2), O(m1_periodic_reporting), X);
ROW m4_config = SEQ(M(ENUMX(5)), M(ENUMX(3)), X);
ROW m5_config = SEQ(M(ENUMX(5)), M(ENUMX(3)), X);
ROW m6_config = SEQ(M(ENUMX(14)), M(ENUMX(3)), X);
ROW m7_config = SEQ(M(INTX(1, 60)), M(ENUMX(3)), X);
ROW wlan_meas_config_name_item = SEQ(M(OCTETS(1, 32)), X);
ROW wlan_measurement_config = SEQ(M(ENUMX(1)), O(LIST(1, 4, wlan_meas_config_name_item)), O(ENUMX(1)), O(ENUMX(1)),
	X);
ROW mdt_location_info = SEQ(M(BITS(8, 8)), X);
ROW sensor_name_config = CHOICE(M(ENUMX(1)), M(ENUMX(1)), M(ENUMX(1)), E);
ROW sensor_meas_config_name_item = SEQ(M(sensor_name_config), X);
ROW sensor_measurement_config = SEQ(M(ENUMX(1)), O(LIST(1, 3, sensor_meas_config_name_item)), X);
ROW immediate_mdt_nr = SEQ(M(BITS(8, 8)), O(m1_config), O(m4_config), O(m5_config), O(m6_config), O(m7_config),
	O(bluetooth_measurement_config), O(wlan_measurement_config), O(mdt_location_info),
	O(sensor_measurement_config), X);
ROW last_visited_ngran_cell_info = SEQ(M(ngran_cgi), M(cell_type), M(INT(0, 4095)), O(INT(0, 40950)), O(cause), X);
ROW last_visited_cell_info = CHOICE(M(last_visited_ngran_cell_info), M(ANY_OCTETS), M(ANY_OCTETS), M(ANY_OCTETS), E);
ROW last_visited_cell_item = SEQ(M(last_visited_cell_info), X);
ROW last_visited_ps_cell_info = SEQ(O(ngran_cgi), M(INT(0, 40950)), X);
ROW location_reporting_request_type = SEQ(M(ENUMX(6)), M(ENUMX(1)), O(LIST(1, 64, area_of_interest_item)), O(INTX(1,
	64)), X);
ROW logged_mdt_trigger = CHOICE(M(NIL), M(event_trigger), E);
ROW logged_mdt_nr = SEQ(M(ENUMX(11)), M(ENUMX(6)), M(logged_mdt_trigger), O(bluetooth_measurement_config),
	O(wlan_measurement_config), O(sensor_measurement_config), O(LIST(1, 8, area_scope_of_neigh_cells_item)), X);
ROW rat_restrictions_item = SEQ(M(plmn), M(BITSX(8, 8)), X);
ROW service_area_info_item = SEQ(M(plmn), O(LIST(1, 16, OCTETS(3, 3))), O(LIST(1, 16, OCTETS(3, 3))), X);
ROW mobility_restriction_list = SEQ(M(serving_plmn), O(LIST(1, 15, OCTETS(3, 3))), O(LIST(1, 16,
	rat_restrictions_item)), O(LIST(1, 16, forbidden_area_info_item)), O(LIST(1, 16, service_area_info_item)), X);
ROW mdt_alignment_info = CHOICE(M(OCTETS(8, 8)), E);
ROW mdt_mode_nr = CHOICE(M(immediate_mdt_nr), M(logged_mdt_nr), E);
ROW mdt_config_nr = SEQ(M(ENUMX(3)), M(area_scope_of_mdt_nr), M(mdt_mode_nr), O(LIST(1, 16, OCTETS(3, 3))), X);
ROW mdt_config_eutra = SEQ(M(ENUMX(3)), M(area_scope_of_mdt_eutra), M(ANY_OCTETS), O(LIST(1, 16, OCTETS(3, 3))), X);
ROW mdt_config = SEQ(O(mdt_config_nr), O(mdt_config_eutra), X);
ROW snpn_mobility_info = SEQ(M(BITS(44, 44)), X);
ROW pni_npn_mobility_info = SEQ(M(LIST(1, 16, allowed_pni_npn_item)), X);
ROW npn_mobility_info = CHOICE(M(snpn_mobility_info), M(pni_npn_mobility_info), E);
ROW npn_paging_assistance_info = CHOICE(M(LIST(1, 16, allowed_pni_npn_item)), E);
ROW nrntntai_info = SEQ(M(serving_plmn), M(LIST(1, 12, OCTETS(3, 3))), O(OCTETS(3, 3)), X);
ROW paging_for_ce_capable_ue = SEQ(M(eutra_cgi), M(ANY_OCTETS), X);
ROW flow_info_item = SEQ(M(INTX(0, 63)), O(ENUMX(1)), X);
ROW session_info_item = SEQ(M(psi), M(LIST(1, 64, flow_info_item)), O(LIST(1, 32, drbs_to_flows_mapping_item)), X);
ROW slice_support_qmc_item = SEQ(M(s_nssai), X);
ROW ue_app_layer_meas_config_info = SEQ(M(OCTETS(6, 6)), M(ENUMX(3)), M(area_scope_of_qmc), M(tla), O(ENUMX(1)),
	O(OCTETS(1, 8000)), O(INTX(0, 15)), O(LIST(1, 16, slice_support_qmc_item)), O(mdt_alignment_info),
	O(available_ran_visible_qoe_metrics), X);
ROW ue_app_layer_meas_info_item = SEQ(M(ue_app_layer_meas_config_info), X);
ROW qmc_config_info = SEQ(M(LIST(1, 16, ue_app_layer_meas_info_item)), X);
ROW security_context = SEQ(M(INT(0, 7)), M(security_key), X);
ROW source_to_target_container = SEQ(M(ANY_OCTETS), O(LIST(1, 256, session_info_item)), O(LIST(1, 256,
	e_rab_info_item)), M(ngran_cgi), O(INTX(1, 256)), M(LIST(1, 16, last_visited_cell_item)), X);
ROW tai_list_for_paging_item = SEQ(M(tai), X);
ROW target_enb_id = SEQ(M(global_ng_enb_id), M(eps_tai), X);
ROW target_id = CHOICE(M(target_ran_node_id), M(target_enb_id), E);
ROW target_to_source_container = SEQ(M(ANY_OCTETS), X);
ROW target_to_source_failure_container = SEQ(O(cell_cag_info), X);
ROW trace_activation = SEQ(M(OCTETS(8, 8)), M(BITS(8, 8)), M(ENUMX(6)), M(tla), X);
ROW ue_ngap_id_pair = SEQ(M(amf_ue_id), M(ran_ue_id), X);
ROW ue_ngap_ids = CHOICE(M(ue_ngap_id_pair), M(amf_ue_id), E);
ROW ue_paging_identity = CHOICE(M(five_g_s_tmsi), E);
ROW ue_security_capabilities = SEQ(M(nr_encryption), M(nr_integrity), M(BITSX(16, 16)), M(BITSX(16, 16)), X);
ROW user_location_info_eutra = SEQ(M(eutra_cgi), M(tai), O(OCTETS(4, 4)), X);
ROW user_location_info_nr = SEQ(M(nr_cgi), M(tai), O(OCTETS(4, 4)), X);
ROW user_location_info_n3iwf = SEQ(M(ue_tla), M(OCTETS(2, 2)), X);
ROW user_location_info = CHOICE(M(user_location_info_eutra), M(user_location_info_nr), M(user_location_info_n3iwf),
	E);
ROW user_location_info_tngf = SEQ(M(ANY_OCTETS), M(ue_tla), O(OCTETS(2, 2)), X);
ROW user_location_info_twif = SEQ(M(ANY_OCTETS), M(ue_tla), O(OCTETS(2, 2)), X);
/* Read as TS 38.413 9.3.1.20 and 9.3.1.21 say only between NG-RAN nodes: the handover type decides. */
ROW source_to_target = { .kind = PER_CONTAINING, .lo = ENTER_SOURCE, FIELDS(M(source_to_target_container)) };
ROW target_to_source = { .kind = PER_CONTAINING, .lo = ENTER_TARGET, FIELDS(M(target_to_source_container)) };
ROW target_failure = { .kind = PER_CONTAINING, .lo = ENTER_FAILURE, FIELDS(M(target_to_source_failure_container)) };

static const struct per_ie rows[] = {
	IE(10, amf_ue_id, "AMF-UE-NGAP-ID", "9.3.3.1"),
	IE(11, assistance_data_for_paging, "AssistanceDataForPaging", "9.3.1.69"),
	IE(15, cause, "Cause", "9.3.1.2"),
	IE(18, core_network_assistance_info_for_inactive, "CoreNetworkAssistanceInformationForInactive", "9.3.1.15"),
	IE(19, crit_diagnostics, "CriticalityDiagnostics", "9.3.1.3"),
	IE(25, eutra_cgi, "EUTRA-CGI", "9.3.1.9"),
	IE(26, five_g_s_tmsi, "FiveG-S-TMSI", "9.3.3.20"),
	IE(29, handover_type, "HandoverType", "9.3.1.22"),
	IE(33, location_reporting_request_type, "LocationReportingRequestType", "9.3.1.65"),
	IE(36, mobility_restriction_list, "MobilityRestrictionList", "9.3.1.85"),
	IE(37, nasc, "NASC", "9.3.3.4"),
	IE(38, nas_pdu, "NAS-PDU", "9.3.3.4"),
	IE(39, nas_to_s1, "NASSecurityParametersFromNGRAN", "9.4.5"),
	IE(40, amf_ue_id, "NewAMF-UE-NGAP-ID", "9.3.3.1"),
	IE(42, ngap_message, "NGAP-Message", "9.4.5"),
	IE(43, ngran_cgi, "NGRAN-CGI", "9.3.1.73"),
	IE_ONLY(45, nr_cgi, "NR-CGI", "9.3.1.7"),
	IE(46, nrppa_pdu, "NRPPa-PDU", "9.4.5"),
	IE(85, ran_ue_id, "RAN-UE-NGAP-ID", "9.3.3.2"),
	IE(90, rrc_cause, "RRCEstablishmentCause", "9.3.1.111"),
	IE(93, security_context, "SecurityContext", "9.3.1.88"),
	IE(94, security_key, "SecurityKey", "9.3.1.87"),
	IE(100, amf_ue_id, "SourceAMF-UE-NGAP-ID", "9.3.3.1"),
	IE(101, source_to_target, "SourceToTarget-TransparentContainer", "9.3.1.20"),
	IE(103, LIST(1, 16, tai_list_for_paging_item), "TAIListForPaging", "9.4.5"),
	IE(105, target_id, "TargetID", "9.3.1.25"),
	IE(106, target_to_source, "TargetToSource-TransparentContainer", "9.3.1.21"),
	IE(108, trace_activation, "TraceActivation", "9.3.1.14"),
	IE(109, tla, "TraceCollectionEntityIPAddress", "9.3.2.4"),
	IE(114, ue_ngap_ids, "UE-NGAP-IDs", "9.4.5"),
	IE(115, ue_paging_identity, "UEPagingIdentity", "9.4.5"),
	IE(119, ue_security_capabilities, "UESecurityCapabilities", "9.3.1.86"),
	IE(121, user_location_info, "UserLocationInformation", "9.3.1.16"),
	IE_ONLY(149, ngran_cgi, "PSCellInformation", "9.4.5"),
	IE(153, LIST(1, 3, additional_dl_up_tnl_for_ho_item), "AdditionalDLUPTNLInformationForHOList", "9.4.5"),
	IE(165, cn_assisted_ran_tuning, "CNAssistedRANTuning", "9.4.5"),
	IE(207, paging_for_ce_capable_ue, "PagingAssisDataforCEcapabUE", "9.4.5"),
	IE(213, tai, "TAI", "9.3.3.11"),
	IE(237, rrc_cause, "RRC-Resume-Cause", "9.4.5"),
	IE(244, user_location_info_tngf, "UserLocationInformationTNGF", "9.4.5"),
	IE(248, user_location_info_twif, "UserLocationInformationTWIF", "9.4.5"),
	IE(255, mdt_config, "MDTConfiguration", "9.4.5"),
	IE(257, uri, "TraceCollectionEntityURI", "9.4.5"),
	IE(260, npn_paging_assistance_info, "NPN-PagingAssistanceInformation", "9.4.5"),
	IE(261, npn_mobility_info, "NPN-MobilityInformation", "9.4.5"),
	IE(262, target_failure, "TargettoSource-Failure-TransparentContainer", "9.4.5"),
	IE(287, nrntntai_info, "NRNTNTAIInformation", "9.4.5"),
	IE(288, ran_ue_id, "UEContextReferenceAtSource", "9.4.5"),
	IE(289, LIST(1, 8, last_visited_ps_cell_info), "LastVisitedPSCellList", "9.4.5"),
	IE(328, qmc_config_info, "QMCConfigInfo", "9.4.5"),
};

const struct per_ie_table ngap_ue = { rows, sizeof(rows) / sizeof(rows[0]) };
