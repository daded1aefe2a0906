/* S1AP: lists of E-RABs and what each carries (TS 36.413 9.1.3 to 9.1.5, 9.3.3). */
#include "s1ap_rows.h"

ROW teid_dl = KEYED(PER_OCTETS, 0, 4, 4, dL_GTP_TEID);
ROW teid_ul = KEYED(PER_OCTETS, 0, 4, 4, uL_GTP_TEID);
ROW teid_dl_forwarding = KEYED(PER_OCTETS, 0, 4, 4, dL_gTP_TEID);
ROW integrity = KEYED(PER_ENUM, PER_EXT, 0, 2, integrityProtectionIndication);
ROW integrity_result = KEYED(PER_ENUM, PER_EXT, 0, 1, integrityProtectionResult);

ROW retention = SEQ(M(INT(0, 15)), M(ENUM(2)), M(ENUM(2)), X);
ROW gbr = SEQ(M(INT(0, 10000000000)), M(INT(0, 10000000000)), M(INT(0, 10000000000)), M(INT(0, 10000000000)), X);
ROW qos = SEQ(M(INT(0, 255)), M(retention), O(gbr), X);
ROW security_indication = SEQ(M(integrity), X);
ROW security_result = SEQ(M(integrity_result), X);
ROW transport_information = SEQ(M(tla), M(teid_ul));

ROW forwarding = SEQ(M(erab), O(tla), O(teid_dl_forwarding), O(tla), O(teid_ul), X);
ROW admitted = SEQ(M(erab), M(tla), M(teid), O(tla), O(teid_dl_forwarding), O(tla), O(teid_ul), X);
ROW erab_only = SEQ(M(erab), X);
ROW erab_end = SEQ(M(erab), M(tla), M(teid), X);
ROW erab_end_dl = SEQ(M(erab), M(tla), M(teid_dl), X);
ROW setup_request = SEQ(M(erab), M(qos), M(tla), M(teid), M(nas_pdu), X);
ROW setup_context = SEQ(M(erab), M(qos), M(tla), M(teid), O(nas_pdu), X);
ROW setup_handover = SEQ(M(erab), M(tla), M(teid), M(qos), X);
ROW modify_request = SEQ(M(erab), M(qos), M(nas_pdu), X);
ROW updated = SEQ(M(erab), O(security_indication), X);
ROW security_result_item = SEQ(M(erab), M(security_result), X);
ROW count12 = SEQ(M(INT(0, 4095)), M(INT(0, 1048575)), X);
ROW count15 = SEQ(M(INT(0, 32767)), M(INT(0, 131071)), X);
ROW count18 = SEQ(M(INT(0, 262143)), M(INT(0, 16383)), X);
ROW count = CHOICEX(M(count12), M(count15), M(count18));
ROW status = SEQ(M(ITEMS(256)), X);
ROW status_item = SEQ(M(erab), M(count12), M(count12), O(BITS(4096, 4096)), X);
ROW early_status_item = SEQ(M(erab), M(count), X);
ROW usage_report = SEQ(M(OCTETS(4, 4)), M(OCTETS(4, 4)), M(INT(0, UINT64_MAX)), M(INT(0, UINT64_MAX)), X);
ROW usage_item = SEQ(M(erab), M(ENUMX(1)), M(ITEMS(2)), X);
ROW daps_response = SEQ(M(ENUMX(2)), X);
ROW daps_item = SEQ(M(erab), M(daps_response), X);
ROW information_item = SEQ(M(erab), O(ENUMX(1)), X);

static const struct per_ie rows[] = {
	IE(12, ITEMS(256), "E-RABSubjecttoDataForwardingList", "9.1.5.2"),
	IE(13, ITEMS(256), "E-RABtoReleaseListHOCmd", "9.1.5.2"),
	IE(14, forwarding, "E-RABDataForwardingItem", "9.1.5.2"),
	IE(15, erab_only, "E-RABReleaseItemBearerRelComp", "9.1.3.6"),
	IE(16, ITEMS(256), "E-RABToBeSetupListBearerSUReq", "9.1.3.1"),
	IE(17, setup_request, "E-RABToBeSetupItemBearerSUReq", "9.1.3.1"),
	IE(18, ITEMS(256), "E-RABAdmittedList", "9.1.5.5"),
	IE(19, ITEMS(256), "E-RABFailedToSetupListHOReqAck", "9.1.5.5"),
	IE(20, admitted, "E-RABAdmittedItem", "9.1.5.5"),
	IE(21, erab_and_cause, "E-RABFailedtoSetupItemHOReqAck", "9.1.5.5"),
	IE(22, ITEMS(256), "E-RABToBeSwitchedDLList", "9.1.5.8"),
	IE(23, erab_end, "E-RABToBeSwitchedDLItem", "9.1.5.8"),
	IE(24, ITEMS(256), "E-RABToBeSetupListCtxtSUReq", "9.1.4.1"),
	IE(27, setup_handover, "E-RABToBeSetupItemHOReq", "9.1.5.4"),
	IE(28, ITEMS(256), "E-RABSetupListBearerSURes", "9.1.3.2"),
	IE(29, ITEMS(256), "E-RABFailedToSetupListBearerSURes", "9.1.3.2"),
	IE(30, ITEMS(256), "E-RABToBeModifiedListBearerModReq", "9.1.3.3"),
	IE(31, ITEMS(256), "E-RABModifyListBearerModRes", "9.1.3.4"),
	IE(32, ITEMS(256), "E-RABFailedToModifyList", "9.1.3.4"),
	IE(33, ITEMS(256), "E-RABToBeReleasedList", "9.1.3.5"),
	IE(34, ITEMS(256), "E-RABFailedToReleaseList", "9.1.3.6"),
	IE(35, erab_and_cause, "E-RABItem", "9.2.1.35"),
	IE(36, modify_request, "E-RABToBeModifiedItemBearerModReq", "9.1.3.3"),
	IE(37, erab_only, "E-RABModifyItemBearerModRes", "9.1.3.4"),
	IE(39, erab_end, "E-RABSetupItemBearerSURes", "9.1.3.2"),
	IE(48, ITEMS(256), "E-RABFailedToSetupListCtxtSURes", "9.1.4.3"),
	IE(50, erab_end, "E-RABSetupItemCtxtSURes", "9.1.4.3"),
	IE(51, ITEMS(256), "E-RABSetupListCtxtSURes", "9.1.4.3"),
	IE(52, setup_context, "E-RABToBeSetupItemCtxtSUReq", "9.1.4.1"),
	IE(53, ITEMS(256), "E-RABToBeSetupListHOReq", "9.1.5.4"),
	IE(69, ITEMS(256), "E-RABReleaseListBearerRelComp", "9.1.3.6"),
	IE(78, information_item, "E-RABInformationListItem", "9.2.1.92"),
	IE(89, status_item, "Bearers-SubjectToStatusTransfer-Item", "9.2.1.31"),
	IE(90, status, "eNB-StatusTransfer-TransparentContainer", "9.2.1.31"),
	IE(94, erab_end, "E-RABToBeSwitchedULItem", "9.1.5.9"),
	IE(95, ITEMS(256), "E-RABToBeSwitchedULList", "9.1.5.9"),
	IE(103, ITEMS(256), "E-RABFailedToBeReleasedList", "9.1.3.6"),
	IE(110, ITEMS(256), "E-RABReleasedList", "9.1.3.7"),
	IE(155, tla, "GW-TransportLayerAddress", "9.1.6.1"),
	IE(184, tla, "SIPTO-L-GW-TransportLayerAddress", "9.1.6.1"),
	IE(185, transport_information, "TransportInformation", "9.1.3.3"),
	IE(199, ITEMS(256), "E-RABToBeModifiedListBearerModInd", "9.1.3.8"),
	IE(200, erab_end_dl, "E-RABToBeModifiedItemBearerModInd", "9.1.3.8"),
	IE(201, ITEMS(256), "E-RABNotToBeModifiedListBearerModInd", "9.1.3.8"),
	IE(202, erab_end_dl, "E-RABNotToBeModifiedItemBearerModInd", "9.1.3.8"),
	IE(203, ITEMS(256), "E-RABModifyListBearerModConf", "9.1.3.9"),
	IE(204, erab_only, "E-RABModifyItemBearerModConf", "9.1.3.9"),
	IE(205, ITEMS(256), "E-RABFailedToModifyListBearerModConf", "9.1.3.9"),
	IE(210, ITEMS(256), "E-RABToBeReleasedListBearerModConf", "9.1.3.9"),
	IE(235, ITEMS(256), "E-RABFailedToResumeListResumeReq", "9.1.4.17"),
	IE(236, erab_and_cause, "E-RABFailedToResumeItemResumeReq", "9.1.4.17"),
	IE(237, ITEMS(256), "E-RABFailedToResumeListResumeRes", "9.1.4.18"),
	IE(238, erab_and_cause, "E-RABFailedToResumeItemResumeRes", "9.1.4.18"),
	IE(264, ITEMS(256), "SecondaryRATDataUsageReportList", "9.2.1.124"),
	IE(265, usage_item, "SecondaryRATDataUsageReportItem", "9.2.1.124"),
	IE(267, usage_report, "E-RABUsageReportItem", "9.2.1.125"),
	IE(318, ITEMS(256), "DAPSResponseInfoList", "9.3.4"),
	IE(319, daps_item, "DAPSResponseInfoItem", "9.3.4"),
	IE(321, status, "eNB-EarlyStatusTransfer-TransparentContainer", "9.3.4"),
	IE(322, early_status_item, "Bearers-SubjectToEarlyStatusTransfer-Item", "9.3.4"),
	IE(328, tla, "SourceTransportLayerAddress", "9.3.4"),
	IE(332, security_indication, "SecurityIndication", "9.3.4"),
	IE(333, security_result, "SecurityResult", "9.3.4"),
	IE(334, security_result_item, "E-RABSecurityResultItem", "9.3.4"),
	IE(335, ITEMS(256), "E-RABSecurityResultList", "9.3.4"),
	IE(340, tla, "SourceNodeTransportLayerAddress", "9.3.4"),
	IE(341, ITEMS(256), "E-RABToBeUpdatedList", "9.3.4"),
	IE(342, updated, "E-RABToBeUpdatedItem", "9.3.4"),
};

const struct per_ie_table s1ap_bearers = { rows, sizeof(rows) / sizeof(rows[0]) };
