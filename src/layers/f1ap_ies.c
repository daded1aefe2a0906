/*
 * F1AP: information elements (TS 38.473 9.4.5): what has a key in it, as rows in the words of
 * per_rows.h; everything else is stepped over and counted by its id.
 */
#include "f1ap.h"

ROW radionetwork = KEYED(PER_ENUM, PER_EXT, 0, 10, radioNetwork);
ROW transport = KEYED(PER_ENUM, PER_EXT, 0, 1, transport);
ROW protocol = KEYED(PER_ENUM, PER_EXT, 0, 6, protocol);
ROW misc = KEYED(PER_ENUM, PER_EXT, 0, 4, misc);
ROW plmn_identity = KEYED(PER_OCTETS, 0, 3, 3, pLMN_Identity);
ROW nrcellidentity = KEYED(PER_BITS, 0, 36, 36, nRCellIdentity);
ROW procedurecode = KEYED(PER_INT, 0, 0, 255, procedureCode);
ROW gtp_teid = KEYED(PER_OCTETS, 0, 4, 4, gTP_TEID);
ROW gnb_cu_ue_f1ap_id = KEYED(PER_INT, 0, 0, 0xffffffff, GNB_CU_UE_F1AP_ID);
ROW gnb_du_ue_f1ap_id = KEYED(PER_INT, 0, 0, 0xffffffff, GNB_DU_UE_F1AP_ID);
ROW gnb_du_id = KEYED(PER_INT, 0, 0, 0xfffffffff, GNB_DU_ID);
ROW fivegs_tac = KEYED(PER_OCTETS, 0, 3, 3, fiveGS_TAC);
ROW gnb_du_name = KEYED(PER_STRING, PER_EXT, 1, 150, GNB_DU_Name);
ROW gnb_cu_ue_f1ap_id_b = KEYED(PER_INT, 0, 0, 0xffffffff, gNB_CU_UE_F1AP_ID);
ROW gnb_du_ue_f1ap_id_b = KEYED(PER_INT, 0, 0, 0xffffffff, gNB_DU_UE_F1AP_ID);
ROW gnb_cu_name = KEYED(PER_STRING, PER_EXT, 1, 150, GNB_CU_Name);
ROW gnb_du_namevisiblestring = KEYED(PER_STRING, PER_EXT, 1, 150, gNB_DU_NameVisibleString);
ROW gnb_du_nameutf8string = KEYED(PER_UTF8, 0, 0, 0, gNB_DU_NameUTF8String);
ROW gnb_cu_namevisiblestring = KEYED(PER_STRING, PER_EXT, 1, 150, gNB_CU_NameVisibleString);
ROW gnb_cu_nameutf8string = KEYED(PER_UTF8, 0, 0, 0, gNB_CU_NameUTF8String);

ROW cause = CHOICE(M(radionetwork), M(transport), M(protocol), M(misc), E);
ROW nrcgi = SEQ(M(plmn_identity), M(nrcellidentity), X);
ROW cells_failed_to_be_activated_list_item = SEQ(M(nrcgi), M(cause), X);
ROW cells_to_be_activated_list_item = SEQ(M(nrcgi), O(INT(0, 1007)), X);
ROW cells_to_be_deactivated_list_item = SEQ(M(nrcgi), X);
ROW criticalitydiagnostics_ie_item = SEQ(M(ENUM(3)), M(INT(0, 65535)), M(ENUMX(2)), X);
ROW criticalitydiagnostics = SEQ(O(procedurecode), O(ENUM(3)), O(ENUM(3)), O(INTX(0, 255)), O(LIST(1, 256, criticalitydiagnostics_ie_item)),
	X);
ROW drbs_failedtobemodified_item = SEQ(M(INTX(1, 32)), O(cause), X);
ROW drbs_failedtobesetup_item = SEQ(M(INTX(1, 32)), O(cause), X);
ROW drbs_failedtobesetupmod_item = SEQ(M(INTX(1, 32)), O(cause), X);
ROW gtptunnel = SEQ(M(tla), M(gtp_teid), X);
ROW uptransportlayerinformation = CHOICE(M(gtptunnel), E);
ROW uluptnlinformation_tobesetup_item = SEQ(M(uptransportlayerinformation), X);
ROW drbs_modifiedconf_item = SEQ(M(INTX(1, 32)), M(LIST(1, 2, uluptnlinformation_tobesetup_item)), X);
ROW dluptnlinformation_tobesetup_item = SEQ(M(uptransportlayerinformation), X);
ROW drbs_modified_item = SEQ(M(INTX(1, 32)), O(INTX(1, 32)), M(LIST(1, 2, dluptnlinformation_tobesetup_item)), X);
ROW drbs_required_tobemodified_item = SEQ(M(INTX(1, 32)), M(LIST(1, 2, dluptnlinformation_tobesetup_item)), X);
ROW drbs_setup_item = SEQ(M(INTX(1, 32)), O(INTX(1, 32)), M(LIST(1, 2, dluptnlinformation_tobesetup_item)), X);
ROW drbs_setupmod_item = SEQ(M(INTX(1, 32)), O(INTX(1, 32)), M(LIST(1, 2, dluptnlinformation_tobesetup_item)), X);
ROW allocationandretentionpriority = SEQ(M(INT(0, 15)), M(ENUM(2)), M(ENUM(2)), X);
ROW gbr_qosinformation = SEQ(M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)), X);
ROW eutranqos = SEQ(M(INT(0, 255)), M(allocationandretentionpriority), O(gbr_qosinformation), X);
ROW qosinformation = CHOICE(M(eutranqos), E);
ROW ulconfiguration = SEQ(M(ENUMX(3)), X);
ROW drbs_tobemodified_item = SEQ(M(INTX(1, 32)), O(qosinformation), M(LIST(1, 2, uluptnlinformation_tobesetup_item)), O(ulconfiguration),
	X);
ROW drbs_tobesetup_item = SEQ(M(INTX(1, 32)), M(qosinformation), M(LIST(1, 2, uluptnlinformation_tobesetup_item)), M(ENUMX(4)),
	O(ulconfiguration), O(ENUMX(2)), X);
ROW drbs_tobesetupmod_item = SEQ(M(INTX(1, 32)), M(qosinformation), M(LIST(1, 2, uluptnlinformation_tobesetup_item)), M(ENUMX(4)),
	O(ulconfiguration), O(ENUMX(2)), X);
ROW servedplmns_item = SEQ(M(plmn_identity), X);
ROW transmission_bandwidth = SEQ(M(ENUMX(4)), M(ENUMX(29)), X);
ROW sul_information = SEQ(M(INT(0, 0x32093d)), M(transmission_bandwidth), X);
ROW supportedsulfreqbanditem = SEQ(M(INTX(1, 1024)), X);
ROW freqbandnritem = SEQ(M(INTX(1, 1024)), M(LIST(0, 32, supportedsulfreqbanditem)), X);
ROW nrfreqinfo = SEQ(M(INT(0, 0x32093d)), O(sul_information), M(LIST(1, 32, freqbandnritem)), X);
ROW fdd_info = SEQ(M(nrfreqinfo), M(nrfreqinfo), M(transmission_bandwidth), M(transmission_bandwidth), X);
ROW tdd_info = SEQ(M(nrfreqinfo), M(transmission_bandwidth), X);
ROW nr_mode_info = CHOICE(M(fdd_info), M(tdd_info), E);
ROW served_cell_information = SEQ(M(nrcgi), M(INT(0, 1007)), O(fivegs_tac), O(OCTETS(2, 2)), M(LIST(1, 6, servedplmns_item)),
	M(nr_mode_info), M(ANY_OCTETS), X);
ROW gnb_du_system_information = SEQ(M(ANY_OCTETS), M(ANY_OCTETS), X);
ROW gnb_du_served_cells_item = SEQ(M(served_cell_information), O(gnb_du_system_information), X);
ROW resettype = CHOICE(M(ENUMX(1)), M(LIST(1, 65536, single)), E);
ROW scell_toberemoved_item = SEQ(M(nrcgi), X);
ROW scell_tobesetup_item = SEQ(M(nrcgi), M(INTX(1, 31)), O(ENUMX(4)), X);
ROW scell_tobesetupmod_item = SEQ(M(nrcgi), M(INTX(1, 31)), O(ENUMX(4)), X);
ROW served_cells_to_add_item = SEQ(M(served_cell_information), O(gnb_du_system_information), X);
ROW served_cells_to_delete_item = SEQ(M(nrcgi), X);
ROW served_cells_to_modify_item = SEQ(M(nrcgi), M(served_cell_information), O(gnb_du_system_information), X);
ROW srbs_failedtobesetup_item = SEQ(M(INTX(0, 3)), O(cause), X);
ROW srbs_failedtobesetupmod_item = SEQ(M(INTX(0, 3)), O(cause), X);
ROW ue_associatedlogicalf1_connectionitem = SEQ(O(gnb_cu_ue_f1ap_id_b), O(gnb_du_ue_f1ap_id_b), X);
ROW scell_failedtosetup_item = SEQ(M(nrcgi), O(cause), X);
ROW scell_failedtosetupmod_item = SEQ(M(nrcgi), O(cause), X);
ROW service_status = SEQ(M(ENUMX(2)), O(ENUMX(1)), X);
ROW cells_status_item = SEQ(M(nrcgi), M(service_status), X);
ROW candidate_spcell_item = SEQ(M(nrcgi), X);
ROW potential_spcell_item = SEQ(M(nrcgi), X);
ROW pagingcell_item = SEQC(M(nrcgi), X);
ROW endpoint_ip_address_and_port = SEQC(M(tla), X);
ROW cp_transportlayeraddress = CHOICE(M(tla), M(endpoint_ip_address_and_port), E);
ROW gnb_cu_tnl_association_to_add_item = SEQC(M(cp_transportlayeraddress), M(ENUMX(3)), X);
ROW gnb_cu_tnl_association_to_remove_item = SEQC(M(cp_transportlayeraddress), X);
ROW gnb_cu_tnl_association_to_update_item = SEQC(M(cp_transportlayeraddress), O(ENUMX(3)), X);
ROW cells_to_be_barred_item = SEQC(M(nrcgi), M(ENUMX(2)), X);
ROW gnb_cu_tnl_association_setup_item = SEQC(M(cp_transportlayeraddress), X);
ROW gnb_cu_tnl_association_failed_to_setup_item = SEQC(M(cp_transportlayeraddress), M(cause), X);
ROW cells_to_be_broadcast_item = SEQ(M(nrcgi), X);
ROW cells_broadcast_completed_item = SEQ(M(nrcgi), X);
ROW broadcast_to_be_cancelled_item = SEQ(M(nrcgi), X);
ROW cells_broadcast_cancelled_item = SEQ(M(nrcgi), M(INT(0, 65535)), X);
ROW nr_cgi_list_for_restart_item = SEQ(M(nrcgi), X);
ROW pws_failed_nr_cgi_item = SEQ(M(nrcgi), M(INT(0, 65535)), X);
ROW nondynamic5qidescriptor = SEQC(M(INTX(0, 255)), O(INT(1, 127)), O(INTX(0, 4095)), O(INTX(0, 4095)), X);
ROW packeterrorrate = SEQ(M(INTX(0, 9)), M(INTX(0, 9)), X);
ROW dynamic5qidescriptor = SEQC(M(INT(1, 127)), M(INTX(0, 1023)), M(packeterrorrate), O(INTX(0, 255)), O(ENUM(2)), O(INTX(0, 4095)),
	O(INTX(0, 4095)), X);
ROW qos_characteristics = CHOICE(M(nondynamic5qidescriptor), M(dynamic5qidescriptor), E);
ROW ngranallocationandretentionpriority = SEQC(M(INT(0, 15)), M(ENUM(2)), M(ENUM(2)), X);
ROW gbr_qosflowinformation = SEQ(M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)),
	O(INT(0, 1000)), O(INT(0, 1000)), X);
ROW qosflowlevelqosparameters = SEQC(M(qos_characteristics), M(ngranallocationandretentionpriority), O(gbr_qosflowinformation), O(ENUMX(1)),
	X);
ROW snssai = SEQC(M(OCTETS(1, 1)), O(OCTETS(3, 3)), X);
ROW flows_mapped_to_drb_item = SEQC(M(INT(0, 63)), M(qosflowlevelqosparameters), X);
ROW drb_information = SEQC(M(qosflowlevelqosparameters), M(snssai), O(ENUMX(2)), M(LIST(1, 64, flows_mapped_to_drb_item)), X);
ROW dedicated_sidelivery_neededue_item = SEQ(M(gnb_cu_ue_f1ap_id_b), M(nrcgi), X);
ROW slicesupportitem = SEQC(M(snssai), X);
ROW extendedservedplmns_item = SEQ(M(plmn_identity), O(LIST(1, 1024, slicesupportitem)), X);
ROW associated_scell_item = SEQC(M(nrcgi), X);
ROW availableplmnlist_item = SEQC(M(OCTETS(3, 3)), X);
ROW extendedavailableplmn_item = SEQC(M(OCTETS(3, 3)), X);
ROW bplmn_id_info_item = SEQ(M(LIST(1, 6, availableplmnlist_item)), O(LIST(1, 6, extendedavailableplmn_item)), O(fivegs_tac), M(BITS(36,
	36)), O(INT(0, 255)), X);
ROW gnb_du_tnl_association_to_remove_item = SEQC(M(cp_transportlayeraddress), O(cp_transportlayeraddress), X);
ROW traceactivation = SEQC(M(OCTETS(8, 8)), M(BITS(8, 8)), M(ENUMX(6)), M(tla), X);
ROW aggressorcelllist_item = SEQC(M(nrcgi), X);
ROW ducuriminformation = SEQC(M(BITS(22, 22)), M(ENUMX(2)), M(LIST(1, 512, aggressorcelllist_item)), X);
ROW ducuradioinformationtype = CHOICE(M(ducuriminformation), E);
ROW gtptla_item = SEQC(M(tla), X);
ROW transport_up_layer_address_info_to_add_item = SEQC(M(tla), O(LIST(1, 16, gtptla_item)), X);
ROW transport_up_layer_address_info_to_remove_item = SEQC(M(tla), O(LIST(1, 16, gtptla_item)), X);
ROW transport_layer_address_info = SEQC(O(LIST(1, 16, transport_up_layer_address_info_to_add_item)), O(LIST(1, 16,
	transport_up_layer_address_info_to_remove_item)), X);
ROW numdlulsymbols = SEQC(M(INTX(0, 13)), M(INTX(0, 13)), X);
ROW symbolallocinslot = CHOICE(M(NIL), M(NIL), M(numdlulsymbols), E);
ROW slot_configuration_item = SEQC(M(INTX(0, 5119)), M(symbolallocinslot), X);
ROW intendedtdd_dl_ulconfig = SEQC(M(ENUMX(4)), M(ENUMX(2)), M(ENUMX(18)), M(LIST(1, 5120, slot_configuration_item)), X);
ROW neighbour_cell_information_item = SEQC(M(nrcgi), O(intendedtdd_dl_ulconfig), X);
ROW bhqosinformation = CHOICE(M(qosflowlevelqosparameters), M(eutranqos), M(INTX(1, 3)), E);
ROW iabtnladdress = CHOICE(M(BITS(32, 32)), M(BITS(128, 128)), M(BITS(64, 64)), E);
ROW ipheaderinformation = SEQ(M(iabtnladdress), O(LIST(0, 64, BITS(6, 6))), O(BITS(20, 20)), X);
ROW baproutingid = SEQC(M(BITS(10, 10)), M(BITS(10, 10)), X);
ROW egressbhrlcchitem = SEQC(M(BITS(10, 10)), M(BITS(16, 16)), X);
ROW bhinfo = SEQC(O(baproutingid), O(LIST(1, 2, egressbhrlcchitem)), X);
ROW iptolayer2trafficmappinginfo_item = SEQ(M(BITS(26, 26)), M(ipheaderinformation), M(bhinfo), X);
ROW iptolayer2trafficmappinginfo = SEQ(O(LIST(1, 67108864, iptolayer2trafficmappinginfo_item)), O(LIST(1, 67108864, BITS(26, 26))), X);
ROW baplayerbhrlcchannelmappinginfo_item = SEQ(M(BITS(26, 26)), O(BITS(10, 10)), O(BITS(16, 16)), O(BITS(10, 10)), O(BITS(16, 16)), X);
ROW baplayerbhrlcchannelmappinginfo = SEQ(O(LIST(1, 67108864, baplayerbhrlcchannelmappinginfo_item)), O(LIST(1, 67108864, BITS(26, 26))),
	X);
ROW trafficmappinginfo = CHOICE(M(iptolayer2trafficmappinginfo), M(baplayerbhrlcchannelmappinginfo), E);
ROW bhchannels_tobesetup_item = SEQC(M(BITS(16, 16)), M(bhqosinformation), M(ENUMX(4)), O(ENUMX(1)), O(trafficmappinginfo), X);
ROW bhchannels_tobemodified_item = SEQC(M(BITS(16, 16)), M(bhqosinformation), O(ENUMX(4)), O(ENUMX(1)), O(trafficmappinginfo), X);
ROW bhchannels_tobesetupmod_item = SEQC(M(BITS(16, 16)), M(bhqosinformation), M(ENUMX(4)), O(ENUMX(1)), O(trafficmappinginfo), X);
ROW bhchannels_failedtobemodified_item = SEQC(M(BITS(16, 16)), O(cause), X);
ROW bhchannels_failedtobesetupmod_item = SEQC(M(BITS(16, 16)), O(cause), X);
ROW bhchannels_failedtobesetup_item = SEQC(M(BITS(16, 16)), O(cause), X);
ROW explicitformat = SEQC(M(ENUMX(2)), O(INT(0, 14)), O(INT(0, 14)), X);
ROW implicitformat = SEQC(M(INT(0, 254)), X);
ROW duf_slot_config_item = CHOICE(M(explicitformat), M(implicitformat), E);
ROW hsnaslotconfigitem = SEQC(O(ENUM(3)), O(ENUM(3)), O(ENUM(3)), X);
ROW gnb_du_cell_resource_configuration = SEQC(M(ENUMX(8)), O(ENUMX(8)), O(LIST(1, 320, duf_slot_config_item)), M(ENUMX(12)), O(LIST(1, 5120,
	hsnaslotconfigitem)), X);
ROW iab_du_cell_resource_configuration_fdd_info = SEQ(M(gnb_du_cell_resource_configuration), M(gnb_du_cell_resource_configuration), X);
ROW iab_du_cell_resource_configuration_tdd_info = SEQ(M(gnb_du_cell_resource_configuration), X);
ROW iab_du_cell_resource_configuration_mode_info = CHOICE(M(iab_du_cell_resource_configuration_fdd_info),
	M(iab_du_cell_resource_configuration_tdd_info), E);
ROW activated_cells_to_be_updated_list_item = SEQC(M(nrcgi), M(iab_du_cell_resource_configuration_mode_info), X);
ROW ssb_transmissionbitmap = CHOICE(M(BITS(4, 4)), M(BITS(8, 8)), M(BITS(64, 64)), E);
ROW iab_stc_info_item = SEQC(M(INT(0, 0x32093d)), M(ENUMX(7)), M(ENUMX(7)), M(INTX(0, 127)), M(ssb_transmissionbitmap), X);
ROW iab_stc_info = SEQC(M(LIST(1, 45, iab_stc_info_item)), X);
ROW iab_mt_cell_list_item = SEQC(M(nrcellidentity), M(ENUM(2)), M(ENUM(2)), M(ENUM(2)), M(ENUM(2)), X);
ROW multiplexinginfo = SEQC(M(LIST(1, 32, iab_mt_cell_list_item)), X);
ROW child_node_cells_list_item = SEQC(M(nrcgi), O(iab_du_cell_resource_configuration_mode_info), O(iab_stc_info), O(ANY_OCTETS),
	O(ANY_OCTETS), O(ANY_OCTETS), O(ANY_OCTETS), O(ANY_OCTETS), O(ANY_OCTETS), O(multiplexinginfo), X);
ROW child_nodes_list_item = SEQC(M(gnb_cu_ue_f1ap_id_b), M(gnb_du_ue_f1ap_id_b), O(LIST(1, 1024, child_node_cells_list_item)), X);
ROW iab_info_iab_du = SEQC(O(multiplexinginfo), O(iab_stc_info), X);
ROW ul_up_tnl_information_to_update_list_item = SEQ(M(uptransportlayerinformation), O(uptransportlayerinformation), M(bhinfo), X);
ROW ul_up_tnl_address_to_update_list_item = SEQ(M(tla), M(tla), X);
ROW dl_up_tnl_address_to_update_list_item = SEQ(M(tla), M(tla), X);
ROW sldrbs_failedtobemodified_item = SEQC(M(INTX(1, 512)), O(cause), X);
ROW sldrbs_failedtobesetup_item = SEQC(M(INTX(1, 512)), O(cause), X);
ROW sldrbs_failedtobesetupmod_item = SEQC(M(INTX(1, 512)), O(cause), X);
ROW ssbtoreportitem = SEQC(M(INT(0, 63)), X);
ROW snssai_item = SEQC(M(snssai), X);
ROW slicetoreportitem = SEQC(M(OCTETS(3, 3)), M(LIST(1, 1024, snssai_item)), X);
ROW celltoreportitem = SEQC(M(nrcgi), O(LIST(1, 64, ssbtoreportitem)), O(LIST(1, 12, slicetoreportitem)), X);
ROW additionalpdcpduplicationtnl_item = SEQ(M(uptransportlayerinformation), X);
ROW targetcelllist_item = SEQC(M(nrcgi), X);
ROW conditionalintradumobilityinformation = SEQ(M(ENUMX(3)), O(LIST(1, 8, targetcelllist_item)), X);
ROW broadcastsnpn_id_list_item = SEQ(M(plmn_identity), M(LIST(1, 12, BITS(44, 44))), X);
ROW npn_broadcast_information_snpn = SEQ(M(LIST(1, 12, broadcastsnpn_id_list_item)), X);
ROW broadcastpni_npn_id_list_item = SEQ(M(plmn_identity), M(LIST(1, 12, BITS(32, 32))), X);
ROW npn_broadcast_information_pni_npn = SEQ(M(LIST(1, 12, broadcastpni_npn_id_list_item)), X);
ROW npnbroadcastinformation = CHOICE(M(npn_broadcast_information_snpn), M(npn_broadcast_information_pni_npn), E);
ROW availablesnpn_id_list_item = SEQ(M(plmn_identity), M(LIST(1, 12, BITS(44, 44))), X);
ROW search_window_information = SEQC(M(INTX(0, 7682)), M(INTX(1, 246)), X);
ROW trp_measurementrequestitem = SEQC(M(INTX(0, 65535)), O(search_window_information), X);
ROW extended_gnb_du_name = SEQ(O(gnb_du_namevisiblestring), O(gnb_du_nameutf8string), X);
ROW extended_gnb_cu_name = SEQ(O(gnb_cu_namevisiblestring), O(gnb_cu_nameutf8string), X);

static const struct per_ie rows[] = {
	IE(0, cause, "Cause", "9.4.5"),
	IE(1, LIST(1, 512, single), "Cells-Failed-to-be-Activated-List", "9.4.5"),
	IE(2, cells_failed_to_be_activated_list_item, "Cells-Failed-to-be-Activated-List-Item", "9.4.5"),
	IE(3, LIST(1, 512, single), "Cells-to-be-Activated-List", "9.4.5"),
	IE(4, cells_to_be_activated_list_item, "Cells-to-be-Activated-List-Item", "9.4.5"),
	IE(5, LIST(1, 512, single), "Cells-to-be-Deactivated-List", "9.4.5"),
	IE(6, cells_to_be_deactivated_list_item, "Cells-to-be-Deactivated-List-Item", "9.4.5"),
	IE(7, criticalitydiagnostics, "CriticalityDiagnostics", "9.4.5"),
	IE(12, drbs_failedtobemodified_item, "DRBs-FailedToBeModified-Item", "9.4.5"),
	IE(13, LIST(1, 64, single), "DRBs-FailedToBeModified-List", "9.4.5"),
	IE(14, drbs_failedtobesetup_item, "DRBs-FailedToBeSetup-Item", "9.4.5"),
	IE(15, LIST(1, 64, single), "DRBs-FailedToBeSetup-List", "9.4.5"),
	IE(16, drbs_failedtobesetupmod_item, "DRBs-FailedToBeSetupMod-Item", "9.4.5"),
	IE(17, LIST(1, 64, single), "DRBs-FailedToBeSetupMod-List", "9.4.5"),
	IE(18, drbs_modifiedconf_item, "DRBs-ModifiedConf-Item", "9.4.5"),
	IE(19, LIST(1, 64, single), "DRBs-ModifiedConf-List", "9.4.5"),
	IE(20, drbs_modified_item, "DRBs-Modified-Item", "9.4.5"),
	IE(21, LIST(1, 64, single), "DRBs-Modified-List", "9.4.5"),
	IE(22, drbs_required_tobemodified_item, "DRBs-Required-ToBeModified-Item", "9.4.5"),
	IE(23, LIST(1, 64, single), "DRBs-Required-ToBeModified-List", "9.4.5"),
	IE(26, drbs_setup_item, "DRBs-Setup-Item", "9.4.5"),
	IE(27, LIST(1, 64, single), "DRBs-Setup-List", "9.4.5"),
	IE(28, drbs_setupmod_item, "DRBs-SetupMod-Item", "9.4.5"),
	IE(29, LIST(1, 64, single), "DRBs-SetupMod-List", "9.4.5"),
	IE(30, drbs_tobemodified_item, "DRBs-ToBeModified-Item", "9.4.5"),
	IE(31, LIST(1, 64, single), "DRBs-ToBeModified-List", "9.4.5"),
	IE(34, drbs_tobesetup_item, "DRBs-ToBeSetup-Item", "9.4.5"),
	IE(35, LIST(1, 64, single), "DRBs-ToBeSetup-List", "9.4.5"),
	IE(36, drbs_tobesetupmod_item, "DRBs-ToBeSetupMod-Item", "9.4.5"),
	IE(37, LIST(1, 64, single), "DRBs-ToBeSetupMod-List", "9.4.5"),
	IE(40, gnb_cu_ue_f1ap_id, "gNB-CU-UE-F1AP-ID", "9.4.5"),
	IE(41, gnb_du_ue_f1ap_id, "gNB-DU-UE-F1AP-ID", "9.4.5"),
	IE(42, gnb_du_id, "gNB-DU-ID", "9.4.5"),
	IE(43, gnb_du_served_cells_item, "GNB-DU-Served-Cells-Item", "9.4.5"),
	IE(44, LIST(1, 512, single), "gNB-DU-Served-Cells-List", "9.4.5"),
	IE(45, gnb_du_name, "gNB-DU-Name", "9.4.5"),
	IE(47, gnb_du_ue_f1ap_id, "oldgNB-DU-UE-F1AP-ID", "9.4.5"),
	IE(48, resettype, "ResetType", "9.4.5"),
	IE(51, scell_toberemoved_item, "SCell-ToBeRemoved-Item", "9.4.5"),
	IE(52, LIST(1, 32, single), "SCell-ToBeRemoved-List", "9.4.5"),
	IE(53, scell_tobesetup_item, "SCell-ToBeSetup-Item", "9.4.5"),
	IE(54, LIST(1, 32, single), "SCell-ToBeSetup-List", "9.4.5"),
	IE(55, scell_tobesetupmod_item, "SCell-ToBeSetupMod-Item", "9.4.5"),
	IE(56, LIST(1, 32, single), "SCell-ToBeSetupMod-List", "9.4.5"),
	IE(57, served_cells_to_add_item, "Served-Cells-To-Add-Item", "9.4.5"),
	IE(58, LIST(1, 512, single), "Served-Cells-To-Add-List", "9.4.5"),
	IE(59, served_cells_to_delete_item, "Served-Cells-To-Delete-Item", "9.4.5"),
	IE(60, LIST(1, 512, single), "Served-Cells-To-Delete-List", "9.4.5"),
	IE(61, served_cells_to_modify_item, "Served-Cells-To-Modify-Item", "9.4.5"),
	IE(62, LIST(1, 512, single), "Served-Cells-To-Modify-List", "9.4.5"),
	IE(63, nrcgi, "SpCell-ID", "9.4.5"),
	IE(65, srbs_failedtobesetup_item, "SRBs-FailedToBeSetup-Item", "9.4.5"),
	IE(66, LIST(1, 8, single), "SRBs-FailedToBeSetup-List", "9.4.5"),
	IE(67, srbs_failedtobesetupmod_item, "SRBs-FailedToBeSetupMod-Item", "9.4.5"),
	IE(68, LIST(1, 8, single), "SRBs-FailedToBeSetupMod-List", "9.4.5"),
	IE(80, ue_associatedlogicalf1_connectionitem, "UE-associatedLogicalF1-ConnectionItem", "9.4.5"),
	IE(81, LIST(1, 65536, single), "UE-associatedLogicalF1-ConnectionListResAck", "9.4.5"),
	IE(82, gnb_cu_name, "gNB-CU-Name", "9.4.5"),
	IE(83, LIST(1, 32, single), "SCell-FailedtoSetup-List", "9.4.5"),
	IE(84, scell_failedtosetup_item, "SCell-FailedtoSetup-Item", "9.4.5"),
	IE(85, LIST(1, 32, single), "SCell-FailedtoSetupMod-List", "9.4.5"),
	IE(86, scell_failedtosetupmod_item, "SCell-FailedtoSetupMod-Item", "9.4.5"),
	IE(88, cells_status_item, "Cells-Status-Item", "9.4.5"),
	IE(89, LIST(0, 512, single), "Cells-Status-List", "9.4.5"),
	IE(90, LIST(1, 64, single), "Candidate-SpCell-List", "9.4.5"),
	IE(91, candidate_spcell_item, "Candidate-SpCell-Item", "9.4.5"),
	IE(92, LIST(0, 64, single), "Potential-SpCell-List", "9.4.5"),
	IE(93, potential_spcell_item, "Potential-SpCell-Item", "9.4.5"),
	IE(111, nrcgi, "NRCGI", "9.4.5"),
	IE(112, pagingcell_item, "PagingCell-Item", "9.4.5"),
	IE(113, LIST(1, 512, single), "PagingCell-List", "9.4.5"),
	IE(120, gnb_cu_tnl_association_to_add_item, "GNB-CU-TNL-Association-To-Add-Item", "9.4.5"),
	IE(121, LIST(1, 32, single), "GNB-CU-TNL-Association-To-Add-List", "9.4.5"),
	IE(122, gnb_cu_tnl_association_to_remove_item, "GNB-CU-TNL-Association-To-Remove-Item", "9.4.5"),
	IE(123, LIST(1, 32, single), "GNB-CU-TNL-Association-To-Remove-List", "9.4.5"),
	IE(124, gnb_cu_tnl_association_to_update_item, "GNB-CU-TNL-Association-To-Update-Item", "9.4.5"),
	IE(125, LIST(1, 32, single), "GNB-CU-TNL-Association-To-Update-List", "9.4.5"),
	IE(129, LIST(1, 512, single), "Cells-to-be-Barred-List", "9.4.5"),
	IE(130, cells_to_be_barred_item, "Cells-to-be-Barred-Item", "9.4.5"),
	IE(132, LIST(1, 32, single), "GNB-CU-TNL-Association-Setup-List", "9.4.5"),
	IE(133, gnb_cu_tnl_association_setup_item, "GNB-CU-TNL-Association-Setup-Item", "9.4.5"),
	IE(134, LIST(1, 32, single), "GNB-CU-TNL-Association-Failed-To-Setup-List", "9.4.5"),
	IE(135, gnb_cu_tnl_association_failed_to_setup_item, "GNB-CU-TNL-Association-Failed-To-Setup-Item", "9.4.5"),
	IE(144, LIST(1, 512, single), "Cells-To-Be-Broadcast-List", "9.4.5"),
	IE(145, cells_to_be_broadcast_item, "Cells-To-Be-Broadcast-Item", "9.4.5"),
	IE(146, LIST(1, 512, single), "Cells-Broadcast-Completed-List", "9.4.5"),
	IE(147, cells_broadcast_completed_item, "Cells-Broadcast-Completed-Item", "9.4.5"),
	IE(148, LIST(1, 512, single), "Broadcast-To-Be-Cancelled-List", "9.4.5"),
	IE(149, broadcast_to_be_cancelled_item, "Broadcast-To-Be-Cancelled-Item", "9.4.5"),
	IE(150, LIST(1, 512, single), "Cells-Broadcast-Cancelled-List", "9.4.5"),
	IE(151, cells_broadcast_cancelled_item, "Cells-Broadcast-Cancelled-Item", "9.4.5"),
	IE(152, LIST(1, 512, single), "NR-CGI-List-For-Restart-List", "9.4.5"),
	IE(153, nr_cgi_list_for_restart_item, "NR-CGI-List-For-Restart-Item", "9.4.5"),
	IE(154, LIST(1, 512, single), "PWS-Failed-NR-CGI-List", "9.4.5"),
	IE(155, pws_failed_nr_cgi_item, "PWS-Failed-NR-CGI-Item", "9.4.5"),
	IE(156, gnb_du_ue_f1ap_id, "ConfirmedUEID", "9.4.5"),
	IE(164, drb_information, "DRB-Information", "9.4.5"),
	IE(189, LIST(1, 65536, single), "Dedicated-SIDelivery-NeededUE-List", "9.4.5"),
	IE(190, dedicated_sidelivery_neededue_item, "Dedicated-SIDelivery-NeededUE-Item", "9.4.5"),
	IE(196, LIST(1, 6, extendedservedplmns_item), "ExtendedServedPLMNs-List", "9.4.5"),
	IE(198, LIST(1, 32, single), "Associated-SCell-List", "9.4.5"),
	IE(200, associated_scell_item, "Associated-SCell-Item", "9.4.5"),
	IE(217, gnb_cu_ue_f1ap_id, "new-gNB-CU-UE-F1AP-ID", "9.4.5"),
	IE(219, gnb_du_ue_f1ap_id, "new-gNB-DU-UE-F1AP-ID", "9.4.5"),
	IE(223, LIST(1, 12, bplmn_id_info_item), "BPLMN-ID-Info-List", "9.4.5"),
	IE(227, gnb_du_tnl_association_to_remove_item, "GNB-DU-TNL-Association-To-Remove-Item", "9.4.5"),
	IE(228, LIST(1, 32, single), "GNB-DU-TNL-Association-To-Remove-List", "9.4.5"),
	IE(229, cp_transportlayeraddress, "TNLAssociationTransportLayerAddressgNBDU", "9.4.5"),
	IE(242, traceactivation, "TraceActivation", "9.4.5"),
	IE(244, LIST(1, 512, single), "Neighbour-Cell-Information-List", "9.4.5"),
	IE(249, ducuradioinformationtype, "DUCURadioInformationType", "9.4.5"),
	IE(254, transport_layer_address_info, "Transport-Layer-Address-Info", "9.4.5"),
	IE(255, neighbour_cell_information_item, "Neighbour-Cell-Information-Item", "9.4.5"),
	IE(258, LIST(1, 65536, single), "BHChannels-ToBeSetup-List", "9.4.5"),
	IE(259, bhchannels_tobesetup_item, "BHChannels-ToBeSetup-Item", "9.4.5"),
	IE(262, bhchannels_tobemodified_item, "BHChannels-ToBeModified-Item", "9.4.5"),
	IE(263, LIST(1, 65536, single), "BHChannels-ToBeModified-List", "9.4.5"),
	IE(266, bhchannels_tobesetupmod_item, "BHChannels-ToBeSetupMod-Item", "9.4.5"),
	IE(267, LIST(1, 65536, single), "BHChannels-ToBeSetupMod-List", "9.4.5"),
	IE(268, bhchannels_failedtobemodified_item, "BHChannels-FailedToBeModified-Item", "9.4.5"),
	IE(269, LIST(1, 65536, single), "BHChannels-FailedToBeModified-List", "9.4.5"),
	IE(270, bhchannels_failedtobesetupmod_item, "BHChannels-FailedToBeSetupMod-Item", "9.4.5"),
	IE(271, LIST(1, 65536, single), "BHChannels-FailedToBeSetupMod-List", "9.4.5"),
	IE(278, bhchannels_failedtobesetup_item, "BHChannels-FailedToBeSetup-Item", "9.4.5"),
	IE(279, LIST(1, 65536, single), "BHChannels-FailedToBeSetup-List", "9.4.5"),
	IE(288, LIST(1, 512, activated_cells_to_be_updated_list_item), "Activated-Cells-to-be-Updated-List", "9.4.5"),
	IE(289, LIST(1, 1024, child_nodes_list_item), "Child-Nodes-List", "9.4.5"),
	IE(290, iab_info_iab_du, "IAB-Info-IAB-DU", "9.4.5"),
	IE(300, LIST(1, 32678, single), "UL-UP-TNL-Information-to-Update-List", "9.4.5"),
	IE(301, ul_up_tnl_information_to_update_list_item, "UL-UP-TNL-Information-to-Update-List-Item", "9.4.5"),
	IE(302, LIST(1, 8, single), "UL-UP-TNL-Address-to-Update-List", "9.4.5"),
	IE(303, ul_up_tnl_address_to_update_list_item, "UL-UP-TNL-Address-to-Update-List-Item", "9.4.5"),
	IE(304, LIST(1, 8, single), "DL-UP-TNL-Address-to-Update-List", "9.4.5"),
	IE(305, dl_up_tnl_address_to_update_list_item, "DL-UP-TNL-Address-to-Update-List-Item", "9.4.5"),
	IE(313, sldrbs_failedtobemodified_item, "SLDRBs-FailedToBeModified-Item", "9.4.5"),
	IE(314, LIST(1, 512, single), "SLDRBs-FailedToBeModified-List", "9.4.5"),
	IE(315, sldrbs_failedtobesetup_item, "SLDRBs-FailedToBeSetup-Item", "9.4.5"),
	IE(316, LIST(1, 512, single), "SLDRBs-FailedToBeSetup-List", "9.4.5"),
	IE(334, LIST(1, 512, single), "SLDRBs-FailedToBeSetupMod-List", "9.4.5"),
	IE(336, sldrbs_failedtobesetupmod_item, "SLDRBs-FailedToBeSetupMod-Item", "9.4.5"),
	IE(349, LIST(1, 512, celltoreportitem), "CellToReportList", "9.4.5"),
	IE(370, LIST(1, 2, additionalpdcpduplicationtnl_item), "AdditionalPDCPDuplicationTNL-List", "9.4.5"),
	IE(374, conditionalintradumobilityinformation, "ConditionalIntraDUMobilityInformation", "9.4.5"),
	IE(375, LIST(1, 8, targetcelllist_item), "targetCellsToCancel", "9.4.5"),
	IE(376, nrcgi, "requestedTargetCellGlobalID", "9.4.5"),
	IE(378, tla, "TraceCollectionEntityIPAddress", "9.4.5"),
	IE(383, npnbroadcastinformation, "NPNBroadcastInformation", "9.4.5"),
	IE(386, LIST(1, 12, availablesnpn_id_list_item), "AvailableSNPN-ID-List", "9.4.5"),
	IE(406, LIST(1, 16384, nrcgi), "PositioningBroadcastCells", "9.4.5"),
	IE(422, LIST(1, 64, trp_measurementrequestitem), "TRP-MeasurementRequestList", "9.4.5"),
	IE(426, extended_gnb_du_name, "Extended-GNB-DU-Name", "9.4.5"),
	IE(427, extended_gnb_cu_name, "Extended-GNB-CU-Name", "9.4.5"),
	IE(436, tla, "PDCPTerminatingNodeDLTNLAddrInfo", "9.4.5"),
	IE(437, tla, "ENBDLTNLAddress", "9.4.5"),
};

const struct per_ie_table f1ap_ies = { rows, sizeof(rows) / sizeof(rows[0]) };
