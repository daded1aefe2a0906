/*
 * E1AP: information elements (TS 38.463 9.4.5): what has a key in it, as rows in the words of
 * per_rows.h; everything else is stepped over and counted by its id.
 */
#include "e1ap.h"

ROW radionetwork = KEYED(PER_ENUM, PER_EXT, 0, 24, radioNetwork);
ROW transport = KEYED(PER_ENUM, PER_EXT, 0, 1, transport);
ROW protocol = KEYED(PER_ENUM, PER_EXT, 0, 6, protocol);
ROW misc = KEYED(PER_ENUM, PER_EXT, 0, 4, misc);
ROW procedurecode = KEYED(PER_INT, 0, 0, 255, procedureCode);
ROW gnb_cu_cp_ue_e1ap_id = KEYED(PER_INT, 0, 0, 0xffffffff, GNB_CU_CP_UE_E1AP_ID);
ROW gnb_cu_up_ue_e1ap_id = KEYED(PER_INT, 0, 0, 0xffffffff, GNB_CU_UP_UE_E1AP_ID);
ROW gnb_cu_cp_ue_e1ap_id_b = KEYED(PER_INT, 0, 0, 0xffffffff, gNB_CU_CP_UE_E1AP_ID);
ROW gnb_cu_up_ue_e1ap_id_b = KEYED(PER_INT, 0, 0, 0xffffffff, gNB_CU_UP_UE_E1AP_ID);
ROW gnb_cu_up_id = KEYED(PER_INT, 0, 0, 0xfffffffff, GNB_CU_UP_ID);
ROW gnb_cu_up_name = KEYED(PER_STRING, PER_EXT, 1, 150, GNB_CU_UP_Name);
ROW gnb_cu_cp_name = KEYED(PER_STRING, PER_EXT, 1, 150, GNB_CU_CP_Name);
ROW plmn_identity = KEYED(PER_OCTETS, 0, 3, 3, pLMN_Identity);
ROW cipheringalgorithm = KEYED(PER_ENUM, PER_EXT, 0, 3, cipheringAlgorithm);
ROW integrityprotectionalgorithm = KEYED(PER_ENUM, PER_EXT, 0, 3, integrityProtectionAlgorithm);
ROW encryptionkey = SECRET(PER_OCTETS, 0, 0, 0);
ROW integrityprotectionkey = SECRET(PER_OCTETS, 0, 0, 0);
ROW pdu_session_id = KEYED(PER_INT, 0, 0, 255, pDU_Session_ID);
ROW gtp_teid = KEYED(PER_OCTETS, 0, 4, 4, gTP_TEID);
ROW integrityprotectionindication = KEYED(PER_ENUM, PER_EXT, 0, 2, integrityProtectionIndication);
ROW confidentialityprotectionindication = KEYED(PER_ENUM, PER_EXT, 0, 2, confidentialityProtectionIndication);
ROW integrityprotectionresult = KEYED(PER_ENUM, PER_EXT, 0, 1, integrityProtectionResult);
ROW confidentialityprotectionresult = KEYED(PER_ENUM, PER_EXT, 0, 1, confidentialityProtectionResult);
ROW gnb_du_id = KEYED(PER_INT, 0, 0, 0xfffffffff, GNB_DU_ID);
ROW gnb_cu_cp_namevisiblestring = KEYED(PER_STRING, PER_EXT, 1, 150, gNB_CU_CP_NameVisibleString);
ROW gnb_cu_cp_nameutf8string = KEYED(PER_UTF8, 0, 0, 0, gNB_CU_CP_NameUTF8String);
ROW gnb_cu_up_namevisiblestring = KEYED(PER_STRING, PER_EXT, 1, 150, gNB_CU_UP_NameVisibleString);
ROW gnb_cu_up_nameutf8string = KEYED(PER_UTF8, 0, 0, 0, gNB_CU_UP_NameUTF8String);

ROW cause = CHOICE(M(radionetwork), M(transport), M(protocol), M(misc), E);
ROW e1ap_item = SEQ(M(ENUM(3)), M(INT(0, 65535)), M(ENUMX(2)), X);
ROW criticalitydiagnostics = SEQ(O(procedurecode), O(ENUM(3)), O(ENUM(3)), O(INTX(0, 255)), O(LIST(1, 256, e1ap_item)), X);
ROW resettype = CHOICE(M(ENUMX(1)), M(LIST(1, 65536, single)), E);
ROW ue_associatedlogicale1_connectionitem = SEQ(O(gnb_cu_cp_ue_e1ap_id_b), O(gnb_cu_up_ue_e1ap_id_b), X);
ROW snssai = SEQ(M(OCTETS(1, 1)), O(OCTETS(3, 3)), X);
ROW slice_support_item = SEQC(M(snssai), X);
ROW nr_cgi = SEQC(M(plmn_identity), M(BITS(36, 36)), X);
ROW nr_cgi_support_item = SEQC(M(nr_cgi), X);
ROW eutranallocationandretentionpriority = SEQ(M(INT(0, 15)), M(ENUM(2)), M(ENUM(2)), X);
ROW gbr_qosinformation = SEQ(M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)), X);
ROW eutran_qos = SEQ(M(INT(0, 255)), M(eutranallocationandretentionpriority), O(gbr_qosinformation), X);
ROW eutran_qos_support_item = SEQC(M(eutran_qos), X);
ROW non_dynamic5qidescriptor = SEQC(M(INTX(0, 255)), O(INTX(0, 127)), O(INTX(0, 4095)), O(INTX(0, 4095)), X);
ROW ng_ran_qos_support_item = SEQC(M(non_dynamic5qidescriptor), X);
ROW qos_parameters_support_list = SEQ(O(LIST(1, 256, eutran_qos_support_item)), O(LIST(1, 256, ng_ran_qos_support_item)), X);
ROW supportedplmns_item = SEQ(M(plmn_identity), O(LIST(1, 1024, slice_support_item)), O(LIST(1, 512, nr_cgi_support_item)),
	O(qos_parameters_support_list), X);
ROW securityalgorithm = SEQ(M(cipheringalgorithm), O(integrityprotectionalgorithm), X);
ROW upsecuritykey = SEQ(M(encryptionkey), O(integrityprotectionkey), X);
ROW securityinformation = SEQ(M(securityalgorithm), M(upsecuritykey), X);
ROW system_bearercontextsetuprequest = CHOICE(M(ies), M(ies), E);
ROW system_bearercontextsetupresponse = CHOICE(M(ies), M(ies), E);
ROW system_bearercontextmodificationrequest = CHOICE(M(ies), M(ies), E);
ROW system_bearercontextmodificationresponse = CHOICE(M(ies), M(ies), E);
ROW system_bearercontextmodificationconfirm = CHOICE(M(ies), M(ies), E);
ROW system_bearercontextmodificationrequired = CHOICE(M(ies), M(ies), E);
ROW drb_activity_item = SEQ(M(INTX(1, 32)), M(ENUMX(2)), X);
ROW pdu_session_resource_activity_item = SEQ(M(pdu_session_id), M(ENUMX(2)), X);
ROW activityinformation = CHOICE(M(LIST(1, 32, drb_activity_item)), M(LIST(1, 256, pdu_session_resource_activity_item)), M(ENUMX(2)), E);
ROW cp_tnl_information = CHOICE(M(tla), E);
ROW gnb_cu_cp_tnla_to_add_item = SEQC(M(cp_tnl_information), M(ENUMX(3)), X);
ROW gnb_cu_cp_tnla_to_remove_item = SEQC(M(cp_tnl_information), X);
ROW gnb_cu_cp_tnla_to_update_item = SEQC(M(cp_tnl_information), O(ENUMX(3)), X);
ROW gnb_cu_cp_tnla_setup_item = SEQ(M(cp_tnl_information), X);
ROW gnb_cu_cp_tnla_failed_to_setup_item = SEQC(M(cp_tnl_information), M(cause), X);
ROW rohc = SEQC(M(INTX(0, 16383)), M(INTX(0, 511)), O(ENUMX(1)), X);
ROW uplinkonlyrohc = SEQC(M(INTX(0, 16383)), M(INTX(0, 511)), O(ENUMX(1)), X);
ROW rohc_parameters = CHOICE(M(rohc), M(uplinkonlyrohc), E);
ROW t_reorderingtimer = SEQ(M(ENUMX(36)), X);
ROW pdcp_configuration = SEQ(M(ENUMX(2)), M(ENUMX(2)), M(ENUMX(5)), O(rohc_parameters), O(t_reorderingtimer), O(ENUM(16)), O(ENUMX(24)),
	O(ENUMX(1)), O(ENUMX(1)), O(ENUMX(1)), O(ENUMX(2)), O(ENUMX(1)), X);
ROW gtptunnel = SEQ(M(tla), M(gtp_teid), X);
ROW up_tnl_information = CHOICE(M(gtptunnel), E);
ROW qos_flow_mapping_item = SEQ(M(INT(0, 63)), O(ENUMX(2)), X);
ROW data_forwarding_information_request = SEQ(M(ENUMX(3)), O(LIST(1, 64, qos_flow_mapping_item)), X);
ROW cell_group_information_item = SEQ(M(INTX(0, 3)), O(ENUMX(3)), O(ENUMX(2)), O(ENUMX(2)), X);
ROW up_parameters_item = SEQ(M(up_tnl_information), M(INTX(0, 3)), X);
ROW drb_to_setup_item_eutran = SEQ(M(INTX(1, 32)), M(pdcp_configuration), M(eutran_qos), M(up_tnl_information),
	O(data_forwarding_information_request), M(LIST(1, 4, cell_group_information_item)), O(LIST(1, 8, up_parameters_item)), O(INTX(1,
	7200)), O(up_tnl_information), X);
ROW data_forwarding_information = SEQ(O(up_tnl_information), O(up_tnl_information), X);
ROW pdcp_count = SEQ(M(INT(0, 0x3ffff)), M(INT(0, 0xffffffff)), X);
ROW drbbstatustransfer = SEQ(O(BITS(1, 131072)), M(pdcp_count), X);
ROW pdcp_sn_status_information = SEQ(M(drbbstatustransfer), M(pdcp_count), X);
ROW drb_to_modify_item_eutran = SEQ(M(INTX(1, 32)), O(pdcp_configuration), O(eutran_qos), O(up_tnl_information),
	O(data_forwarding_information), O(ENUMX(1)), O(pdcp_sn_status_information), O(LIST(1, 8, up_parameters_item)), O(LIST(1, 4,
	cell_group_information_item)), O(LIST(1, 4, cell_group_information_item)), O(LIST(1, 4, cell_group_information_item)), O(INTX(1,
	7200)), X);
ROW gnb_cu_up_cellgrouprelatedconfiguration_item = SEQC(M(INTX(0, 3)), M(up_tnl_information), O(ENUMX(3)), X);
ROW drb_required_to_modify_item_eutran = SEQ(M(INTX(1, 32)), O(up_tnl_information), O(LIST(1, 8,
	gnb_cu_up_cellgrouprelatedconfiguration_item)), O(cause), X);
ROW drb_required_to_remove_item_eutran = SEQ(M(INTX(1, 32)), M(cause), X);
ROW drb_setup_item_eutran = SEQ(M(INTX(1, 32)), M(up_tnl_information), O(data_forwarding_information), M(LIST(1, 8, up_parameters_item)),
	O(ENUMX(1)), X);
ROW drb_failed_item_eutran = SEQ(M(INTX(1, 32)), M(cause), X);
ROW drb_modified_item_eutran = SEQ(M(INTX(1, 32)), O(up_tnl_information), O(pdcp_sn_status_information), O(LIST(1, 8, up_parameters_item)),
	X);
ROW drb_failed_to_modify_item_eutran = SEQ(M(INTX(1, 32)), M(cause), X);
ROW maximumipdatarate = SEQ(M(ENUMX(2)), X);
ROW securityindication = SEQ(M(integrityprotectionindication), M(confidentialityprotectionindication), O(maximumipdatarate), X);
ROW sdap_configuration = SEQ(M(ENUMX(2)), M(ENUMX(2)), M(ENUMX(2)), X);
ROW packeterrorrate = SEQ(M(INTX(0, 9)), M(INTX(0, 9)), X);
ROW dynamic5qidescriptor = SEQC(M(INTX(0, 127)), M(INTX(0, 1023)), M(packeterrorrate), O(INTX(0, 255)), O(ENUM(2)), O(INTX(0, 4095)),
	O(INTX(0, 4095)), X);
ROW qos_characteristics = CHOICE(M(non_dynamic5qidescriptor), M(dynamic5qidescriptor), E);
ROW ngranallocationandretentionpriority = SEQC(M(INT(0, 15)), M(ENUM(2)), M(ENUM(2)), X);
ROW gbr_qosflowinformation = SEQ(M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)),
	O(INTX(0, 1000)), O(INTX(0, 1000)), X);
ROW qosflowlevelqosparameters = SEQC(M(qos_characteristics), M(ngranallocationandretentionpriority), O(gbr_qosflowinformation), O(ENUMX(1)),
	O(ENUMX(1)), O(INTX(1, 8)), O(ENUMX(1)), X);
ROW qos_flow_qos_parameter_item = SEQ(M(INT(0, 63)), M(qosflowlevelqosparameters), O(ENUMX(2)), X);
ROW drb_to_setup_item_ng_ran = SEQ(M(INTX(1, 32)), M(sdap_configuration), M(pdcp_configuration), M(LIST(1, 4, cell_group_information_item)),
	M(LIST(1, 64, qos_flow_qos_parameter_item)), O(data_forwarding_information_request), O(INTX(1, 7200)),
	O(pdcp_sn_status_information), X);
ROW pdu_session_resource_to_setup_item = SEQ(M(pdu_session_id), M(ENUMX(5)), M(snssai), M(securityindication), O(INTX(0, 0x3a352944000)),
	M(up_tnl_information), O(data_forwarding_information_request), O(INTX(1, 7200)), O(up_tnl_information), O(INTX(1, 256)), M(LIST(1,
	32, drb_to_setup_item_ng_ran)), X);
ROW drb_to_modify_item_ng_ran = SEQ(M(INTX(1, 32)), O(sdap_configuration), O(pdcp_configuration), O(data_forwarding_information),
	O(ENUMX(1)), O(pdcp_sn_status_information), O(LIST(1, 8, up_parameters_item)), O(LIST(1, 4, cell_group_information_item)), O(LIST(1,
	4, cell_group_information_item)), O(LIST(1, 4, cell_group_information_item)), O(LIST(1, 64, qos_flow_qos_parameter_item)), O(INTX(1,
	7200)), X);
ROW drb_to_remove_item_ng_ran = SEQ(M(INTX(1, 32)), X);
ROW pdu_session_resource_to_modify_item = SEQ(M(pdu_session_id), O(securityindication), O(INTX(0, 0x3a352944000)), O(up_tnl_information),
	O(data_forwarding_information_request), O(data_forwarding_information), O(INTX(1, 7200)), O(INTX(1, 256)), O(LIST(1, 32,
	drb_to_setup_item_ng_ran)), O(LIST(1, 32, drb_to_modify_item_ng_ran)), O(LIST(1, 32, drb_to_remove_item_ng_ran)), X);
ROW pdu_session_resource_to_remove_item = SEQ(M(pdu_session_id), X);
ROW qos_flow_item = SEQ(M(INT(0, 63)), X);
ROW drb_required_to_modify_item_ng_ran = SEQ(M(INTX(1, 32)), O(LIST(1, 8, gnb_cu_up_cellgrouprelatedconfiguration_item)), O(LIST(1, 64,
	qos_flow_item)), O(cause), X);
ROW drb_required_to_remove_item_ng_ran = SEQ(M(INTX(1, 32)), M(cause), X);
ROW pdu_session_resource_required_to_modify_item = SEQ(M(pdu_session_id), O(up_tnl_information), O(LIST(1, 32,
	drb_required_to_modify_item_ng_ran)), O(LIST(1, 32, drb_required_to_remove_item_ng_ran)), X);
ROW securityresult = SEQ(M(integrityprotectionresult), M(confidentialityprotectionresult), X);
ROW qos_flow_failed_item = SEQ(M(INT(0, 63)), M(cause), X);
ROW drb_setup_item_ng_ran = SEQ(M(INTX(1, 32)), O(data_forwarding_information), M(LIST(1, 8, up_parameters_item)), M(LIST(1, 64,
	qos_flow_item)), O(LIST(1, 64, qos_flow_failed_item)), X);
ROW drb_failed_item_ng_ran = SEQ(M(INTX(1, 32)), M(cause), X);
ROW pdu_session_resource_setup_item = SEQ(M(pdu_session_id), O(securityresult), M(up_tnl_information), O(data_forwarding_information),
	O(ENUMX(1)), M(LIST(1, 32, drb_setup_item_ng_ran)), O(LIST(1, 32, drb_failed_item_ng_ran)), X);
ROW pdu_session_resource_failed_item = SEQ(M(pdu_session_id), M(cause), X);
ROW drb_modified_item_ng_ran = SEQ(M(INTX(1, 32)), O(LIST(1, 8, up_parameters_item)), O(pdcp_sn_status_information), O(LIST(1, 64,
	qos_flow_item)), O(LIST(1, 64, qos_flow_failed_item)), X);
ROW drb_failed_to_modify_item_ng_ran = SEQ(M(INTX(1, 32)), M(cause), X);
ROW pdu_session_resource_modified_item = SEQ(M(pdu_session_id), O(up_tnl_information), O(securityresult), O(data_forwarding_information),
	O(LIST(1, 32, drb_setup_item_ng_ran)), O(LIST(1, 32, drb_failed_item_ng_ran)), O(LIST(1, 32, drb_modified_item_ng_ran)), O(LIST(1,
	32, drb_failed_to_modify_item_ng_ran)), X);
ROW pdu_session_resource_failed_to_modify_item = SEQ(M(pdu_session_id), M(cause), X);
ROW drb_confirm_modified_item_ng_ran = SEQ(M(INTX(1, 32)), O(LIST(1, 4, cell_group_information_item)), X);
ROW pdu_session_resource_confirm_modified_item = SEQ(M(pdu_session_id), O(LIST(1, 32, drb_confirm_modified_item_ng_ran)), X);
ROW drb_to_setup_mod_item_eutran = SEQ(M(INTX(1, 32)), M(pdcp_configuration), M(eutran_qos), M(up_tnl_information),
	O(data_forwarding_information_request), M(LIST(1, 4, cell_group_information_item)), O(LIST(1, 8, up_parameters_item)), O(INTX(1,
	7200)), X);
ROW drb_setup_mod_item_eutran = SEQ(M(INTX(1, 32)), M(up_tnl_information), O(data_forwarding_information), M(LIST(1, 8,
	up_parameters_item)), X);
ROW drb_failed_mod_item_eutran = SEQ(M(INTX(1, 32)), M(cause), X);
ROW drb_setup_mod_item_ng_ran = SEQ(M(INTX(1, 32)), O(data_forwarding_information), M(LIST(1, 8, up_parameters_item)), M(LIST(1, 64,
	qos_flow_item)), O(LIST(1, 64, qos_flow_failed_item)), X);
ROW drb_failed_mod_item_ng_ran = SEQ(M(INTX(1, 32)), M(cause), X);
ROW pdu_session_resource_setup_mod_item = SEQ(M(pdu_session_id), O(securityresult), M(up_tnl_information), O(data_forwarding_information),
	M(LIST(1, 32, drb_setup_mod_item_ng_ran)), O(LIST(1, 32, drb_failed_mod_item_ng_ran)), X);
ROW pdu_session_resource_failed_mod_item = SEQ(M(pdu_session_id), M(cause), X);
ROW drb_to_setup_mod_item_ng_ran = SEQ(M(INTX(1, 32)), M(sdap_configuration), M(pdcp_configuration), M(LIST(1, 4,
	cell_group_information_item)), M(LIST(1, 64, qos_flow_qos_parameter_item)), O(data_forwarding_information_request), O(INTX(1,
	7200)), O(pdcp_sn_status_information), X);
ROW pdu_session_resource_to_setup_mod_item = SEQ(M(pdu_session_id), M(ENUMX(5)), M(snssai), M(securityindication), O(INTX(0,
	0x3a352944000)), M(up_tnl_information), O(data_forwarding_information_request), O(INTX(1, 7200)), M(LIST(1, 32,
	drb_to_setup_mod_item_ng_ran)), X);
ROW system_gnb_cu_up_countercheckrequest = CHOICE(M(ies), M(ies), E);
ROW drbs_subject_to_counter_check_item_ng_ran = SEQ(M(pdu_session_id), M(INTX(1, 32)), M(pdcp_count), M(pdcp_count), X);
ROW pdu_session_to_notify_item = SEQ(M(pdu_session_id), M(LIST(1, 64, qos_flow_item)), X);
ROW mrdc_data_usage_report_item = SEQ(M(OCTETS(4, 4)), M(OCTETS(4, 4)), M(INT(0, 0xffffffffffffffff)), M(INT(0, 0xffffffffffffffff)), X);
ROW data_usage_per_pdu_session_report = SEQ(M(ENUMX(2)), M(LIST(1, 2, mrdc_data_usage_report_item)), X);
ROW data_usage_per_qos_flow_item = SEQ(M(INT(0, 63)), M(ENUMX(2)), M(LIST(1, 2, mrdc_data_usage_report_item)), X);
ROW mrdc_usage_information = SEQ(O(data_usage_per_pdu_session_report), O(LIST(1, 64, data_usage_per_qos_flow_item)), X);
ROW pdu_session_resource_data_usage_item = SEQ(M(pdu_session_id), M(mrdc_usage_information), X);
ROW gnb_cu_up_tnla_to_remove_item = SEQC(M(cp_tnl_information), O(cp_tnl_information), X);
ROW endpoint_ip_address_and_port = SEQC(M(tla), M(BITS(16, 16)), X);
ROW traceactivation = SEQ(M(OCTETS(8, 8)), M(BITS(8, 8)), M(ENUMX(6)), M(tla), X);
ROW gtptla_item = SEQ(M(tla), X);
ROW transport_up_layer_addresses_info_to_add_item = SEQ(M(tla), O(LIST(1, 16, gtptla_item)), X);
ROW transport_up_layer_addresses_info_to_remove_item = SEQ(M(tla), O(LIST(1, 16, gtptla_item)), X);
ROW transport_layer_address_info = SEQ(O(LIST(1, 16, transport_up_layer_addresses_info_to_add_item)), O(LIST(1, 16,
	transport_up_layer_addresses_info_to_remove_item)), X);
ROW dluptnladdresstoupdateitem = SEQ(M(tla), M(tla), X);
ROW uluptnladdresstoupdateitem = SEQ(M(tla), M(tla), X);
ROW extended_gnb_cu_cp_name = SEQ(O(gnb_cu_cp_namevisiblestring), O(gnb_cu_cp_nameutf8string), X);
ROW extended_gnb_cu_up_name = SEQ(O(gnb_cu_up_namevisiblestring), O(gnb_cu_up_nameutf8string), X);
ROW qos_flows_to_be_forwarded_item = SEQ(M(INT(0, 63)), X);
ROW dataforwardingtoe_utraninformationlistitem = SEQ(M(up_tnl_information), M(LIST(1, 64, qos_flows_to_be_forwarded_item)), X);
ROW extended_nr_cgi_support_item = SEQC(M(nr_cgi), X);
ROW iab_donor_cu_uppskinfo_item = SEQ(M(ANY_OCTETS), M(tla), M(tla), X);

static const struct per_ie rows[] = {
	IE(0, cause, "Cause", "9.4.5"),
	IE(1, criticalitydiagnostics, "CriticalityDiagnostics", "9.4.5"),
	IE(2, gnb_cu_cp_ue_e1ap_id, "gNB-CU-CP-UE-E1AP-ID", "9.4.5"),
	IE(3, gnb_cu_up_ue_e1ap_id, "gNB-CU-UP-UE-E1AP-ID", "9.4.5"),
	IE(4, resettype, "ResetType", "9.4.5"),
	IE(5, ue_associatedlogicale1_connectionitem, "UE-associatedLogicalE1-ConnectionItem", "9.4.5"),
	IE(6, LIST(1, 65536, single), "UE-associatedLogicalE1-ConnectionListResAck", "9.4.5"),
	IE(7, gnb_cu_up_id, "gNB-CU-UP-ID", "9.4.5"),
	IE(8, gnb_cu_up_name, "gNB-CU-UP-Name", "9.4.5"),
	IE(9, gnb_cu_cp_name, "gNB-CU-CP-Name", "9.4.5"),
	IE(11, LIST(1, 12, supportedplmns_item), "SupportedPLMNs", "9.4.5"),
	IE(13, securityinformation, "SecurityInformation", "9.4.5"),
	IE(15, system_bearercontextsetuprequest, "System-BearerContextSetupRequest", "9.4.5"),
	IE(16, system_bearercontextsetupresponse, "System-BearerContextSetupResponse", "9.4.5"),
	IE(18, system_bearercontextmodificationrequest, "System-BearerContextModificationRequest", "9.4.5"),
	IE(19, system_bearercontextmodificationresponse, "System-BearerContextModificationResponse", "9.4.5"),
	IE(20, system_bearercontextmodificationconfirm, "System-BearerContextModificationConfirm", "9.4.5"),
	IE(21, system_bearercontextmodificationrequired, "System-BearerContextModificationRequired", "9.4.5"),
	IE(24, activityinformation, "ActivityInformation", "9.4.5"),
	IE(27, LIST(1, 32, gnb_cu_cp_tnla_to_add_item), "GNB-CU-CP-TNLA-To-Add-List", "9.4.5"),
	IE(28, LIST(1, 32, gnb_cu_cp_tnla_to_remove_item), "GNB-CU-CP-TNLA-To-Remove-List", "9.4.5"),
	IE(29, LIST(1, 32, gnb_cu_cp_tnla_to_update_item), "GNB-CU-CP-TNLA-To-Update-List", "9.4.5"),
	IE(30, LIST(1, 32, gnb_cu_cp_tnla_setup_item), "GNB-CU-CP-TNLA-Setup-List", "9.4.5"),
	IE(31, LIST(1, 32, gnb_cu_cp_tnla_failed_to_setup_item), "GNB-CU-CP-TNLA-Failed-To-Setup-List", "9.4.5"),
	IE(32, LIST(1, 32, drb_to_setup_item_eutran), "DRB-To-Setup-List-EUTRAN", "9.4.5"),
	IE(33, LIST(1, 32, drb_to_modify_item_eutran), "DRB-To-Modify-List-EUTRAN", "9.4.5"),
	IE(35, LIST(1, 32, drb_required_to_modify_item_eutran), "DRB-Required-To-Modify-List-EUTRAN", "9.4.5"),
	IE(36, LIST(1, 32, drb_required_to_remove_item_eutran), "DRB-Required-To-Remove-List-EUTRAN", "9.4.5"),
	IE(37, LIST(1, 32, drb_setup_item_eutran), "DRB-Setup-List-EUTRAN", "9.4.5"),
	IE(38, LIST(1, 32, drb_failed_item_eutran), "DRB-Failed-List-EUTRAN", "9.4.5"),
	IE(39, LIST(1, 32, drb_modified_item_eutran), "DRB-Modified-List-EUTRAN", "9.4.5"),
	IE(40, LIST(1, 32, drb_failed_to_modify_item_eutran), "DRB-Failed-To-Modify-List-EUTRAN", "9.4.5"),
	IE(42, LIST(1, 256, pdu_session_resource_to_setup_item), "PDU-Session-Resource-To-Setup-List", "9.4.5"),
	IE(43, LIST(1, 256, pdu_session_resource_to_modify_item), "PDU-Session-Resource-To-Modify-List", "9.4.5"),
	IE(44, LIST(1, 256, pdu_session_resource_to_remove_item), "PDU-Session-Resource-To-Remove-List", "9.4.5"),
	IE(45, LIST(1, 256, pdu_session_resource_required_to_modify_item), "PDU-Session-Resource-Required-To-Modify-List", "9.4.5"),
	IE(46, LIST(1, 256, pdu_session_resource_setup_item), "PDU-Session-Resource-Setup-List", "9.4.5"),
	IE(47, LIST(1, 256, pdu_session_resource_failed_item), "PDU-Session-Resource-Failed-List", "9.4.5"),
	IE(48, LIST(1, 256, pdu_session_resource_modified_item), "PDU-Session-Resource-Modified-List", "9.4.5"),
	IE(49, LIST(1, 256, pdu_session_resource_failed_to_modify_item), "PDU-Session-Resource-Failed-To-Modify-List", "9.4.5"),
	IE(50, LIST(1, 256, pdu_session_resource_confirm_modified_item), "PDU-Session-Resource-Confirm-Modified-List", "9.4.5"),
	IE(51, LIST(1, 32, drb_to_setup_mod_item_eutran), "DRB-To-Setup-Mod-List-EUTRAN", "9.4.5"),
	IE(52, LIST(1, 32, drb_setup_mod_item_eutran), "DRB-Setup-Mod-List-EUTRAN", "9.4.5"),
	IE(53, LIST(1, 32, drb_failed_mod_item_eutran), "DRB-Failed-Mod-List-EUTRAN", "9.4.5"),
	IE(54, LIST(1, 256, pdu_session_resource_setup_mod_item), "PDU-Session-Resource-Setup-Mod-List", "9.4.5"),
	IE(55, LIST(1, 256, pdu_session_resource_failed_mod_item), "PDU-Session-Resource-Failed-Mod-List", "9.4.5"),
	IE(56, LIST(1, 256, pdu_session_resource_to_setup_mod_item), "PDU-Session-Resource-To-Setup-Mod-List", "9.4.5"),
	IE(60, system_gnb_cu_up_countercheckrequest, "System-GNB-CU-UP-CounterCheckRequest", "9.4.5"),
	IE(62, LIST(1, 32, drbs_subject_to_counter_check_item_ng_ran), "DRBs-Subject-To-Counter-Check-List-NG-RAN", "9.4.5"),
	IE(67, LIST(1, 256, pdu_session_to_notify_item), "PDU-Session-To-Notify-List", "9.4.5"),
	IE(68, LIST(1, 256, pdu_session_resource_data_usage_item), "PDU-Session-Resource-Data-Usage-List", "9.4.5"),
	IE(71, LIST(1, 64, qos_flow_item), "OldQoSFlowMap-ULendmarkerexpected", "9.4.5"),
	IE(72, qosflowlevelqosparameters, "DRB-QoS", "9.4.5"),
	IE(73, LIST(1, 32, gnb_cu_up_tnla_to_remove_item), "GNB-CU-UP-TNLA-To-Remove-List", "9.4.5"),
	IE(74, endpoint_ip_address_and_port, "endpoint-IP-Address-and-Port", "9.4.5"),
	IE(75, cp_tnl_information, "TNLAssociationTransportLayerAddressgNBCUUP", "9.4.5"),
	IE(77, gnb_du_id, "GNB-DU-ID", "9.4.5"),
	IE(81, traceactivation, "TraceActivation", "9.4.5"),
	IE(86, transport_layer_address_info, "Transport-Layer-Address-Info", "9.4.5"),
	IE(97, up_tnl_information, "redundant-nG-UL-UP-TNL-Information", "9.4.5"),
	IE(98, up_tnl_information, "redundant-nG-DL-UP-TNL-Information", "9.4.5"),
	IE(108, LIST(1, 8, dluptnladdresstoupdateitem), "DLUPTNLAddressToUpdateList", "9.4.5"),
	IE(109, LIST(1, 8, uluptnladdresstoupdateitem), "ULUPTNLAddressToUpdateList", "9.4.5"),
	IE(114, tla, "TraceCollectionEntityIPAddress", "9.4.5"),
	IE(129, extended_gnb_cu_cp_name, "Extended-GNB-CU-CP-Name", "9.4.5"),
	IE(130, extended_gnb_cu_up_name, "Extended-GNB-CU-UP-Name", "9.4.5"),
	IE(131, LIST(1, 256, dataforwardingtoe_utraninformationlistitem), "DataForwardingtoE-UTRANInformationList", "9.4.5"),
	IE(135, LIST(1, 16384, extended_nr_cgi_support_item), "Extended-NR-CGI-Support-List", "9.4.5"),
	IE(142, tla, "DataForwardingSourceIPAddress", "9.4.5"),
	IE(143, securityindication, "SecurityIndicationModify", "9.4.5"),
	IE(144, LIST(1, 256, iab_donor_cu_uppskinfo_item), "IAB-Donor-CU-UPPSKInfo", "9.4.5"),
};

const struct per_ie_table e1ap_ies = { rows, sizeof(rows) / sizeof(rows[0]) };
