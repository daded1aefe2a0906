/* S1AP: the UE and its context, location, paging, handover, trace (TS 36.413 9.2.1, 9.2.3). */
#include "s1ap_rows.h"

ROW handover_type = HOOK(HOOK_HANDOVER_TYPE, PER_ENUM, PER_EXT, 0, 4);
ROW s1ap_message = HOOK(HOOK_S1AP, PER_OCTETS, 0, 0, 0);
ROW imsi = HOOK(HOOK_IMSI, PER_OCTETS, 0, 3, 8);
ROW rrc_cause = KEYED(PER_ENUM, PER_EXT, 0, 4, RRC_Establishment_Cause);
ROW serving_plmn = KEYED(PER_OCTETS, 0, 3, 3, servingPLMN);
ROW mmec = KEYED(PER_OCTETS, 0, 1, 1, mMEC);
ROW uri = KEYED(PER_UTF8, 0, 0, 0, URI_Address);
ROW encryption = KEYED(PER_BITS, PER_EXT, 16, 16, encryptionAlgorithms);
ROW integrity = KEYED(PER_BITS, PER_EXT, 16, 16, integrityProtectionAlgorithms);
ROW nr_encryption = KEYED(PER_BITS, PER_EXT, 16, 16, nRencryptionAlgorithms);
ROW nr_integrity = KEYED(PER_BITS, PER_EXT, 16, 16, nRintegrityProtectionAlgorithms);

ROW s_tmsi = SEQ(M(mmec), M(tmsi), X);
ROW paging_id = CHOICEX(M(s_tmsi), M(imsi));
ROW additional_guti = SEQ(M(gummei), M(tmsi), X);
ROW id_pair = SEQ(M(mme_ue_id), M(enb_ue_id), X);
ROW ue_ids = CHOICEX(M(id_pair), M(mme_ue_id));
ROW security_context = SEQ(M(INT(0, 7)), M(security_key), X);
ROW capabilities = SEQ(M(encryption), M(integrity), X);
ROW nr_capabilities = SEQ(M(nr_encryption), M(nr_integrity), X);
ROW tai_item = SEQ(M(tai), X);
ROW nr_cgi = SEQ(M(OCTETS(3, 3)), M(BITS(36, 36)), X);
ROW ps_cell = SEQ(M(nr_cgi), X);
ROW location = SEQ(M(ecgi), M(tai), X);
ROW ntn_tai = SEQ(M(serving_plmn), M(LIST(1, 12, tac_item)), O(OCTETS(2, 2)), X);
ROW tunnel_information = SEQ(M(tla), O(OCTETS(2, 2)), X);
ROW csg_membership = SEQ(M(ENUM(2)), M(BITS(27, 27)), O(ENUMX(1)), O(plmn), X);

ROW forbidden_tas = SEQ(M(plmn_of), M(LIST(1, 4096, tac_item)), X);
ROW forbidden_las = SEQ(M(plmn_of), M(LIST(1, 4096, OCTETS(2, 2))), X);
ROW restrictions = SEQ(M(serving_plmn), O(LIST(1, 15, plmn_item)), O(LIST(1, 16, forbidden_tas)), O(LIST(1, 16, forbidden_las)),
	O(ENUMX(4)), X);
ROW cn_type = SEQ(M(plmn_of), M(ENUMX(1)), X);
ROW rat_restriction = SEQ(M(plmn), M(BITSX(8, 8)), X);

ROW recommended_cell = SEQ(M(ecgi), O(INT(0, 4095)), X);
ROW recommended_cells = SEQ(M(ITEMS(16)), X);
ROW paging_target = CHOICEX(M(global_enb_id), M(tai));
ROW recommended_enb = SEQ(M(paging_target), X);
ROW recommended_enbs = SEQ(M(ITEMS(16)), X);
ROW recommended_both = SEQ(M(recommended_cells), M(recommended_enbs), X);
ROW cell_and_level = SEQ(M(ecgi), M(ANY_OCTETS), X);
ROW for_recommended = SEQ(M(recommended_cells), X);
ROW for_coverage = SEQ(M(cell_and_level), X);
ROW paging_attempt = SEQ(M(INTX(1, 16)), M(INTX(1, 16)), O(ENUMX(2)), X);
ROW paging_assistance = SEQ(O(for_recommended), O(for_coverage), O(paging_attempt), X);

ROW cell_type = SEQ(M(ENUMX(4)), X);
ROW visited_eutran = SEQ(M(ecgi), M(cell_type), M(INT(0, 4095)), X);
ROW visited_geran = CHOICEX(M(NIL));
ROW visited = CHOICEX(M(visited_eutran), M(ANY_OCTETS), M(visited_geran), L(ANY_OCTETS));
ROW visited_ps_cell = SEQ(O(ps_cell), M(INT(0, 40950)), X);
ROW source_container = SEQ(M(ANY_OCTETS), O(ITEMS(256)), M(ecgi), O(INT(1, 256)), M(LIST(1, 16, visited)), X);
ROW source_to_target = { .kind = PER_CONTAINING, .lo = ENTER_SOURCE, FIELDS(M(source_container)) };
ROW context_at_source = SEQ(M(global_ran_node_id), M(INT(0, 0xffffffff)), X);
ROW source_ng_ran = SEQ(M(global_ran_node_id), M(fiveg_tai), X);
ROW source_node = CHOICE(M(source_ng_ran), E);

ROW cell_based = SEQ(M(LIST(1, 32, ecgi)), X);
ROW ta_based = SEQ(M(LIST(1, 8, tac_item)), X);
ROW tai_based = SEQ(M(LIST(1, 8, tai)), X);
ROW plmn_based = SEQ(M(LIST(1, 16, plmn_item)), X);
ROW mdt_area = CHOICEX(M(cell_based), M(ta_based), M(NIL), L(tai_based));
ROW a2_threshold = CHOICEX(M(INT(0, 97)), M(INT(0, 34)));
ROW a2_event = SEQ(M(a2_threshold), X);
ROW m1_periodic = SEQ(M(ENUM(13)), M(ENUM(8)), X);
ROW immediate_mdt = SEQ(M(BITS(8, 8)), M(ENUMX(2)), O(a2_event), O(m1_periodic), X);
ROW logged_mdt = SEQ(M(ENUM(8)), M(ENUM(6)), X);
ROW mdt_mode = CHOICEX(M(immediate_mdt), M(logged_mdt), L(single));
ROW mdt = SEQ(M(ENUMX(3)), M(mdt_area), M(mdt_mode), X);
ROW qmc_area = CHOICEX(M(cell_based), M(ta_based), M(tai_based), M(plmn_based));
ROW qmc = SEQ(M(OCTETS(1, 1000)), M(qmc_area), X);
ROW trace = SEQ(M(OCTETS(8, 8)), M(BITS(8, 8)), M(ENUMX(6)), M(tla), X);

static const struct per_ie rows[] = {
	IE(0, mme_ue_id, "MME-UE-S1AP-ID", "9.2.3.3"),
	IE(1, handover_type, "HandoverType", "9.2.1.13"),
	IE(2, cause, "Cause", "9.2.1.3"),
	IE(8, enb_ue_id, "eNB-UE-S1AP-ID", "9.2.3.4"),
	IE(25, trace, "TraceActivation", "9.2.1.4"),
	IE(26, nas_pdu, "NAS-PDU", "9.2.3.5"),
	IE(40, security_context, "SecurityContext", "9.2.1.26"),
	IE(41, restrictions, "HandoverRestrictionList", "9.2.1.22"),
	IE(43, paging_id, "UEPagingID", "9.2.3.13"),
	IE(46, ITEMS(256), "TAIList", "9.1.6"),
	IE(47, tai_item, "TAIItem", "9.1.6"),
	IE(67, tai, "TAI", "9.2.3.16"),
	IE(73, security_key, "SecurityKey", "9.2.1.41"),
	IE(75, gummei, "GUMMEI-ID", "9.2.3.9"),
	IE(88, mme_ue_id, "SourceMME-UE-S1AP-ID", "9.2.3.3"),
	IE(96, s_tmsi, "S-TMSI", "9.2.3.6"),
	IE(99, ue_ids, "UE-S1AP-IDs", "9.2.3.18"),
	IE(100, ecgi, "EUTRAN-CGI", "9.2.1.38"),
	IE(104, source_to_target, "Source-ToTarget-TransparentContainer", "9.2.1.56"),
	IE(107, capabilities, "UESecurityCapabilities", "9.2.1.40"),
	IE(131, tla, "TraceCollectionEntityIPAddress", "9.1.11"),
	IE(134, rrc_cause, "RRC-Establishment-Cause", "9.2.1.3a"),
	IE(154, LIST(1, 256, gummei), "GUMMEIList", "9.1.8.10"),
	IE(157, gummei, "SourceMME-GUMMEI", "9.1.5.8"),
	IE(158, mme_ue_id, "MME-UE-S1AP-ID-2", "9.1.5.4"),
	IE(159, lai, "RegisteredLAI", "9.2.3.1"),
	IE(162, mdt, "MDTConfiguration", "9.2.1.81"),
	IE(168, cause, "HO-Cause", "9.2.1.3"),
	IE(176, tunnel_information, "Tunnel-Information-for-BBF", "9.2.2.3"),
	IE(177, LIST(1, 16, plmn_item), "ManagementBasedMDTPLMNList", "9.2.1.89"),
	IE(178, LIST(1, 16, plmn_item), "SignallingBasedMDTPLMNList", "9.2.1.89"),
	IE(189, location, "UserLocationInformation", "9.2.1.93"),
	IE(211, paging_assistance, "AssistanceDataForPaging", "9.2.1.103"),
	IE(212, cell_and_level, "CellIdentifierAndCELevelForCECapableUEs", "9.2.1.109"),
	IE(213, recommended_both, "InformationOnRecommendedCellsAndENBsForPaging", "9.2.1.105"),
	IE(214, recommended_cell, "RecommendedCellItem", "9.2.1.106"),
	IE(215, recommended_enb, "RecommendedENBItem", "9.2.1.107"),
	IE(224, additional_guti, "Additional-GUTI", "9.2.3.45"),
	IE(225, s1ap_message, "S1-Message", "9.1.7.4a"),
	IE(226, csg_membership, "CSGMembershipInfo", "9.2.3.25"),
	IE(245, rrc_cause, "RRC-Resume-Cause", "9.2.1.3a"),
	IE(262, qmc, "UEAppLayerMeasConfig", "9.2.1.128"),
	IE(269, nr_capabilities, "NRUESecurityCapabilities", "9.2.1.127"),
	IE(282, LIST(1, 16, cn_type), "CNTypeRestrictions", "9.2.1.22"),
	IE(288, ps_cell, "PSCellInformation", "9.2.1.141"),
	IE(290, plmn_item, "LastNG-RANPLMNIdentity", "9.2.1.22"),
	IE(300, context_at_source, "ContextatSource", "9.2.1.7"),
	IE(312, source_node, "SourceNodeID", "9.2.1.7"),
	IE(325, uri, "TraceCollectionEntityURI", "9.2.1.4"),
	IE(329, LIST(1, 8, visited_ps_cell), "lastVisitedPSCellList", "9.2.1.43"),
	IE(336, LIST(1, 16, rat_restriction), "RAT-Restrictions", "9.2.1.22"),
	IE(337, enb_ue_id, "UEContextReferenceatSourceeNB", "9.2.1.7"),
	IE(339, ntn_tai, "LTE-NTN-TAI-Information", "9.3.4"),
	IE(343, global_ran_node_id, "SourceSNID", "9.3.4"),
};

const struct per_ie_table s1ap_ue = { rows, sizeof(rows) / sizeof(rows[0]) };
