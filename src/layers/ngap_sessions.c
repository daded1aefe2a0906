/* NGAP: lists of PDU sessions and what each carries (TS 38.413 9.3.4, 9.4.5). */
#include "ngap_rows.h"

ROW integrity = KEYED(PER_ENUM, PER_EXT, 0, 2, integrityProtectionIndication);
ROW confidentiality = KEYED(PER_ENUM, PER_EXT, 0, 2, confidentialityProtectionIndication);
ROW nas_pdu = HOOK(HOOK_NAS, PER_OCTETS, 0, 0, 0);

ROW data_forwarding_response_drb_item = SEQ(M(INTX(1, 32)), O(up_tnl), O(up_tnl), X);
ROW data_forwarding_response_erab_list_item = SEQ(M(INTX(0, 15)), M(up_tnl), X);
ROW flow_to_be_forwarded_item = SEQ(M(INTX(0, 63)), X);
ROW handover_command_transfer = SEQ(O(up_tnl), O(LIST(1, 64, flow_to_be_forwarded_item)), O(LIST(1, 32,
	data_forwarding_response_drb_item)), X);
ROW handover_preparation_fail_transfer = SEQ(M(cause), X);
ROW security_result = SEQ(M(integrity_result), M(confidentiality_result), X);
ROW handover_request_acknowledge_transfer = SEQ(M(up_tnl), O(up_tnl), O(security_result), M(LIST(1, 64,
	flow_item_forwarded)), O(LIST(1, 64, flow_with_cause_item)), O(LIST(1, 32,
	data_forwarding_response_drb_item)), X);
ROW handover_resource_allocation_fail_transfer = SEQ(M(cause), O(crit_diagnostics), X);
ROW security_ind = SEQ(M(integrity), M(confidentiality), O(ENUMX(2)), X);
ROW path_switch_request_acknowledge_transfer = SEQ(O(up_tnl), O(security_ind), X);
ROW path_switch_request_setup_failed_transfer = SEQ(M(cause), X);
ROW user_plane_security_info = SEQ(M(security_result), M(security_ind), X);
ROW flow_accepted_item = SEQ(M(INTX(0, 63)), X);
ROW path_switch_request_transfer = SEQ(M(up_tnl), O(ENUMX(1)), O(user_plane_security_info), M(LIST(1, 64,
	flow_accepted_item)), X);
ROW path_switch_request_fail_transfer = SEQ(M(cause), X);
ROW session_admitted_item = SEQ(M(psi), M(CONT(handover_request_acknowledge_transfer)), X);
ROW session_modify_ind_fail_transfer = SEQ(M(cause), X);
ROW session_failed_to_modify_item_mod_cfm = SEQ(M(psi), M(CONT(session_modify_ind_fail_transfer)), X);
ROW session_modify_fail_transfer = SEQ(M(cause), O(crit_diagnostics), X);
ROW session_failed_to_modify_item_mod_res = SEQ(M(psi), M(CONT(session_modify_fail_transfer)), X);
ROW session_failed_to_resume_item_res_req = SEQ(M(psi), M(cause), X);
ROW session_failed_to_resume_item_res_res = SEQ(M(psi), M(cause), X);
ROW session_setup_fail_transfer = SEQ(M(cause), O(crit_diagnostics), X);
ROW session_failed_to_setup_item_cxt_fail = SEQ(M(psi), M(CONT(session_setup_fail_transfer)), X);
ROW session_failed_to_setup_item_cxt_res = SEQ(M(psi), M(CONT(session_setup_fail_transfer)), X);
ROW session_failed_to_setup_item_ho_ack = SEQ(M(psi), M(CONT(handover_resource_allocation_fail_transfer)), X);
ROW session_failed_to_setup_item_ps_req = SEQ(M(psi), M(CONT(path_switch_request_setup_failed_transfer)), X);
ROW session_failed_to_setup_item_su_res = SEQ(M(psi), M(CONT(session_setup_fail_transfer)), X);
ROW session_handover_item = SEQ(M(psi), M(CONT(handover_command_transfer)), X);
ROW session_item_cxt_rel_cpl = SEQ(M(psi), X);
ROW session_item_cxt_rel_req = SEQ(M(psi), X);
ROW session_item_ho_rqd = SEQ(M(psi), M(ANY_OCTETS), X);
ROW flow_modify_confirm_item = SEQ(M(INTX(0, 63)), X);
ROW up_tnl_pair_item = SEQ(M(up_tnl), M(up_tnl), X);
ROW session_modify_confirm_transfer = SEQ(M(LIST(1, 64, flow_modify_confirm_item)), M(up_tnl), O(LIST(1, 3,
	up_tnl_pair_item)), O(LIST(1, 64, flow_with_cause_item)), X);
ROW session_modify_request_transfer = SEQ(M(ies));
ROW flow_add_or_modify_response_item = SEQ(M(INTX(0, 63)), X);
ROW flow_per_tnl_info = SEQ(M(up_tnl), M(LIST(1, 64, associated_flow_item)), X);
ROW flow_per_tnl_info_item = SEQ(M(flow_per_tnl_info), X);
ROW session_modify_response_transfer = SEQ(O(up_tnl), O(up_tnl), O(LIST(1, 64, flow_add_or_modify_response_item)),
	O(LIST(1, 3, flow_per_tnl_info_item)), O(LIST(1, 64, flow_with_cause_item)), X);
ROW session_modify_ind_transfer = SEQ(M(flow_per_tnl_info), O(LIST(1, 3, flow_per_tnl_info_item)), X);
ROW session_modify_item_mod_cfm = SEQ(M(psi), M(CONT(session_modify_confirm_transfer)), X);
ROW session_modify_item_mod_ind = SEQ(M(psi), M(CONT(session_modify_ind_transfer)), X);
ROW session_modify_item_mod_req = SEQ(M(psi), O(nas_pdu), M(CONT(session_modify_request_transfer)), X);
ROW session_modify_item_mod_res = SEQ(M(psi), M(CONT(session_modify_response_transfer)), X);
ROW flow_notify_item = SEQ(M(INTX(0, 63)), M(ENUMX(2)), X);
ROW session_notify_transfer = SEQ(O(LIST(1, 64, flow_notify_item)), O(LIST(1, 64, flow_with_cause_item)), X);
ROW session_notify_item = SEQ(M(psi), M(CONT(session_notify_transfer)), X);
ROW session_notify_released_transfer = SEQ(M(cause), X);
ROW session_release_command_transfer = SEQ(M(cause), X);
ROW session_released_item_not = SEQ(M(psi), M(CONT(session_notify_released_transfer)), X);
ROW session_released_item_ps_ack = SEQ(M(psi), M(CONT(path_switch_request_fail_transfer)), X);
ROW session_released_item_ps_fail = SEQ(M(psi), M(CONT(path_switch_request_fail_transfer)), X);
ROW session_released_item_rel_res = SEQ(M(psi), M(ANY_OCTETS), X);
ROW ue_context_resume_request_transfer = SEQ(O(LIST(1, 64, flow_with_cause_item)), X);
ROW session_resume_item_res_req = SEQ(M(psi), M(CONT(ue_context_resume_request_transfer)), X);
ROW ue_context_resume_response_transfer = SEQ(O(LIST(1, 64, flow_with_cause_item)), X);
ROW session_resume_item_res_res = SEQ(M(psi), M(CONT(ue_context_resume_response_transfer)), X);
ROW session_secondary_rat_usage_item = SEQ(M(psi), M(ANY_OCTETS), X);
ROW session_setup_request_transfer = SEQ(M(ies));
ROW session_setup_item_cxt_req = SEQ(M(psi), O(nas_pdu), M(s_nssai), M(CONT(session_setup_request_transfer)), X);
ROW session_setup_response_transfer = SEQ(M(flow_per_tnl_info), O(LIST(1, 3, flow_per_tnl_info_item)),
	O(security_result), O(LIST(1, 64, flow_with_cause_item)), X);
ROW session_setup_item_cxt_res = SEQ(M(psi), M(CONT(session_setup_response_transfer)), X);
ROW session_setup_item_ho_req = SEQ(M(psi), M(s_nssai), M(CONT(session_setup_request_transfer)), X);
ROW session_setup_item_su_req = SEQ(M(psi), O(nas_pdu), M(s_nssai), M(CONT(session_setup_request_transfer)), X);
ROW session_setup_item_su_res = SEQ(M(psi), M(CONT(session_setup_response_transfer)), X);
ROW session_suspend_item_sus_req = SEQ(M(psi), M(ANY_OCTETS), X);
ROW session_switched_item = SEQ(M(psi), M(CONT(path_switch_request_acknowledge_transfer)), X);
ROW session_to_be_switched_dl_item = SEQ(M(psi), M(CONT(path_switch_request_transfer)), X);
ROW session_to_release_item_ho_cmd = SEQ(M(psi), M(CONT(handover_preparation_fail_transfer)), X);
ROW session_to_release_item_rel_cmd = SEQ(M(psi), M(CONT(session_release_command_transfer)), X);
ROW ue_slice_maximum_bit_rate_item = SEQ(M(s_nssai), M(INTX(0, 4000000000000)), M(INTX(0, 4000000000000)), X);
ROW ul_ngu_up_tnl_modify_item = SEQ(M(up_tnl), M(up_tnl), X);
ROW up_tnl_item = SEQ(M(up_tnl), X);

static const struct per_ie rows[] = {
	IE(53, LIST(1, 256, session_admitted_item), "PDUSessionResourceAdmittedList", "9.4.5"),
	IE(54, LIST(1, 256, session_failed_to_modify_item_mod_res), "PDUSessionResourceFailedToModifyListModRes", "9.4.5"),
	IE(55, LIST(1, 256, session_failed_to_setup_item_cxt_res), "PDUSessionResourceFailedToSetupListCxtRes", "9.4.5"),
	IE(56, LIST(1, 256, session_failed_to_setup_item_ho_ack), "PDUSessionResourceFailedToSetupListHOAck", "9.4.5"),
	IE(57, LIST(1, 256, session_failed_to_setup_item_ps_req), "PDUSessionResourceFailedToSetupListPSReq", "9.4.5"),
	IE(58, LIST(1, 256, session_failed_to_setup_item_su_res), "PDUSessionResourceFailedToSetupListSURes", "9.4.5"),
	IE(59, LIST(1, 256, session_handover_item), "PDUSessionResourceHandoverList", "9.4.5"),
	IE(60, LIST(1, 256, session_item_cxt_rel_cpl), "PDUSessionResourceListCxtRelCpl", "9.4.5"),
	IE(61, LIST(1, 256, session_item_ho_rqd), "PDUSessionResourceListHORqd", "9.4.5"),
	IE(62, LIST(1, 256, session_modify_item_mod_cfm), "PDUSessionResourceModifyListModCfm", "9.4.5"),
	IE(63, LIST(1, 256, session_modify_item_mod_ind), "PDUSessionResourceModifyListModInd", "9.4.5"),
	IE(64, LIST(1, 256, session_modify_item_mod_req), "PDUSessionResourceModifyListModReq", "9.4.5"),
	IE(65, LIST(1, 256, session_modify_item_mod_res), "PDUSessionResourceModifyListModRes", "9.4.5"),
	IE(66, LIST(1, 256, session_notify_item), "PDUSessionResourceNotifyList", "9.4.5"),
	IE(67, LIST(1, 256, session_released_item_not), "PDUSessionResourceReleasedListNot", "9.4.5"),
	IE(68, LIST(1, 256, session_released_item_ps_ack), "PDUSessionResourceReleasedListPSAck", "9.4.5"),
	IE(69, LIST(1, 256, session_released_item_ps_fail), "PDUSessionResourceReleasedListPSFail", "9.4.5"),
	IE(70, LIST(1, 256, session_released_item_rel_res), "PDUSessionResourceReleasedListRelRes", "9.4.5"),
	IE(71, LIST(1, 256, session_setup_item_cxt_req), "PDUSessionResourceSetupListCxtReq", "9.4.5"),
	IE(72, LIST(1, 256, session_setup_item_cxt_res), "PDUSessionResourceSetupListCxtRes", "9.4.5"),
	IE(73, LIST(1, 256, session_setup_item_ho_req), "PDUSessionResourceSetupListHOReq", "9.4.5"),
	IE(74, LIST(1, 256, session_setup_item_su_req), "PDUSessionResourceSetupListSUReq", "9.4.5"),
	IE(75, LIST(1, 256, session_setup_item_su_res), "PDUSessionResourceSetupListSURes", "9.4.5"),
	IE(76, LIST(1, 256, session_to_be_switched_dl_item), "PDUSessionResourceToBeSwitchedDLList", "9.4.5"),
	IE(77, LIST(1, 256, session_switched_item), "PDUSessionResourceSwitchedList", "9.4.5"),
	IE(78, LIST(1, 256, session_to_release_item_ho_cmd), "PDUSessionResourceToReleaseListHOCmd", "9.4.5"),
	IE(79, LIST(1, 256, session_to_release_item_rel_cmd), "PDUSessionResourceToReleaseListRelCmd", "9.4.5"),
	IE(126, LIST(1, 3, up_tnl_item), "AdditionalUL-NGU-UP-TNLInformation", "9.3.2.11"),
	IE(131, LIST(1, 256, session_failed_to_modify_item_mod_cfm), "PDUSessionResourceFailedToModifyListModCfm", "9.4.5"),
	IE(132, LIST(1, 256, session_failed_to_setup_item_cxt_fail), "PDUSessionResourceFailedToSetupListCxtFail", "9.4.5"),
	IE(133, LIST(1, 256, session_item_cxt_rel_req), "PDUSessionResourceListCxtRelReq", "9.4.5"),
	IE(137, LIST(1, 64, flow_with_cause_item), "QosFlowToReleaseList", "9.4.5"),
	IE(138, security_ind, "SecurityIndication", "9.3.1.27"),
	IE(139, up_tnl, "UL-NGU-UP-TNLInformation", "9.3.2.2"),
	IE(140, LIST(1, 4, ul_ngu_up_tnl_modify_item), "UL-NGU-UP-TNLModifyList", "9.4.5"),
	IE(142, LIST(1, 256, session_secondary_rat_usage_item), "PDUSessionResourceSecondaryRATUsageList", "9.4.5"),
	IE(148, s_nssai, "S-NSSAI", "9.3.1.24"),
	IE(152, LIST(1, 3, flow_per_tnl_info_item), "AdditionalDLForwardingUPTNLInformation", "9.4.5"),
	IE(154, LIST(1, 3, up_tnl_pair_item), "AdditionalNGU-UP-TNLInformation", "9.4.5"),
	IE(155, LIST(1, 3, flow_per_tnl_info_item), "AdditionalDLQosFlowPerTNLInformation", "9.4.5"),
	IE(156, security_result, "SecurityResult", "9.3.1.59"),
	IE(164, up_tnl, "ULForwardingUP-TNLInformation", "9.4.5"),
	IE(172, LIST(1, 3, up_tnl_item), "AdditionalULForwardingUPTNLInformation", "9.4.5"),
	IE(183, up_tnl, "AdditionalRedundantDL-NGU-UP-TNLInformation", "9.4.5"),
	IE(184, LIST(1, 3, flow_per_tnl_info_item), "AdditionalRedundantDLQosFlowPerTNLInformation", "9.4.5"),
	IE(185, LIST(1, 3, up_tnl_pair_item), "AdditionalRedundantNGU-UP-TNLInformation", "9.4.5"),
	IE(186, LIST(1, 3, up_tnl_item), "AdditionalRedundantUL-NGU-UP-TNLInformation", "9.4.5"),
	IE(192, up_tnl, "RedundantDL-NGU-UP-TNLInformation", "9.4.5"),
	IE(193, flow_per_tnl_info, "RedundantDLQosFlowPerTNLInformation", "9.4.5"),
	IE(195, up_tnl, "RedundantUL-NGU-UP-TNLInformation", "9.4.5"),
	IE(229, LIST(1, 256, session_failed_to_resume_item_res_req), "PDUSessionResourceFailedToResumeListRESReq", "9.4.5"),
	IE(230, LIST(1, 256, session_failed_to_resume_item_res_res), "PDUSessionResourceFailedToResumeListRESRes", "9.4.5"),
	IE(231, LIST(1, 256, session_suspend_item_sus_req), "PDUSessionResourceSuspendListSUSReq", "9.4.5"),
	IE(232, LIST(1, 256, session_resume_item_res_req), "PDUSessionResourceResumeListRESReq", "9.4.5"),
	IE(233, LIST(1, 256, session_resume_item_res_res), "PDUSessionResourceResumeListRESRes", "9.4.5"),
	IE(249, LIST(1, 256, data_forwarding_response_erab_list_item), "DataForwardingResponseERABList", "9.4.5"),
	IE(283, LIST(1, 64, flow_with_cause_item), "QosFlowFailedToSetupList", "9.4.5"),
	IE(335, LIST(1, 8, ue_slice_maximum_bit_rate_item), "UESliceMaximumBitRateList", "9.4.5"),
};

/* The transfers by what the SBI calls them (N2SmInfoType of TS 29.502, NgapIeType of TS 29.518). */
const struct ngap_transfer ngap_transfers[] = {
	{ "PDU_RES_SETUP_REQ", &session_setup_request_transfer, false }, { "PDU_RES_SETUP_RSP", &session_setup_response_transfer, true },
	{ "PDU_RES_MOD_REQ", &session_modify_request_transfer, false }, { "PDU_RES_MOD_RSP", &session_modify_response_transfer, true },
	{ "PDU_RES_MOD_IND", &session_modify_ind_transfer, true }, { "PDU_RES_MOD_CFM", &session_modify_confirm_transfer, false },
	{ "PATH_SWITCH_REQ", &path_switch_request_transfer, true }, { "PATH_SWITCH_REQ_ACK", &path_switch_request_acknowledge_transfer, false },
	{ "HANDOVER_REQ_ACK", &handover_request_acknowledge_transfer, true }, { "HANDOVER_CMD", &handover_command_transfer, false },
	{ "PDU_RES_SETUP_FAIL", &session_setup_fail_transfer, true }, { "PDU_RES_REL_CMD", &session_release_command_transfer, false },
	{ "PDU_RES_MOD_FAIL", &session_modify_fail_transfer, true }, { "PDU_RES_NTY", &session_notify_transfer, true },
	{ "PDU_RES_NTY_REL", &session_notify_released_transfer, true }, { "PDU_RES_MOD_IND_FAIL", &session_modify_ind_fail_transfer, false },
	{ "PATH_SWITCH_SETUP_FAIL", &path_switch_request_setup_failed_transfer, true }, { "PATH_SWITCH_REQ_FAIL", &path_switch_request_fail_transfer, false },
	{ "HANDOVER_PREP_FAIL", &handover_preparation_fail_transfer, false }, { "HANDOVER_RES_ALLOC_FAIL", &handover_resource_allocation_fail_transfer, true },
};
_Static_assert(sizeof(ngap_transfers) / sizeof(ngap_transfers[0]) == NGAP_TRANSFERS, "as many as there are");

const struct per_ie_table ngap_sessions = { rows, sizeof(rows) / sizeof(rows[0]) };
