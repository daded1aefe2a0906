/*
 * X2AP: information elements (TS 36.423 9.3.5): what has a key in it, as rows in the words of
 * per_rows.h; everything else is stepped over and counted by its id.
 */
#include "x2ap.h"

ROW e_rab_id = KEYED(PER_INT, PER_EXT, 0, 15, e_RAB_ID);
ROW gtp_teid = KEYED(PER_OCTETS, 0, 4, 4, gTP_TEID);
ROW radionetwork = KEYED(PER_ENUM, PER_EXT, 0, 21, radioNetwork);
ROW transport = KEYED(PER_ENUM, PER_EXT, 0, 1, transport);
ROW protocol = KEYED(PER_ENUM, PER_EXT, 0, 6, protocol);
ROW misc = KEYED(PER_ENUM, PER_EXT, 0, 4, misc);
ROW plmn_identity = KEYED(PER_OCTETS, 0, 3, 3, pLMN_Identity);
ROW eutrancellidentifier = KEYED(PER_BITS, 0, 28, 28, eUTRANcellIdentifier);
ROW ue_x2ap_id = KEYED(PER_INT, 0, 0, 4095, UE_X2AP_ID);
ROW encryptionalgorithms = KEYED(PER_BITS, PER_EXT, 16, 16, encryptionAlgorithms);
ROW integrityprotectionalgorithms = KEYED(PER_BITS, PER_EXT, 16, 16, integrityProtectionAlgorithms);
ROW key_enodeb_star = SECRET(PER_BITS, 0, 256, 256);
ROW procedurecode = KEYED(PER_INT, 0, 0, 255, procedureCode);
ROW tac = KEYED(PER_OCTETS, 0, 2, 2, tAC);
ROW macro_enb_id = KEYED(PER_BITS, 0, 20, 20, macro_eNB_ID);
ROW home_enb_id = KEYED(PER_BITS, 0, 28, 28, home_eNB_ID);
ROW short_macro_enb_id = KEYED(PER_BITS, 0, 18, 18, short_Macro_eNB_ID);
ROW long_macro_enb_id = KEYED(PER_BITS, 0, 21, 21, long_Macro_eNB_ID);
ROW senbsecuritykey = SECRET(PER_BITS, 0, 256, 256);
ROW senb_securitykey = SECRET(PER_BITS, 0, 256, 256);
ROW sgnbsecuritykey = SECRET(PER_BITS, 0, 256, 256);
ROW sgnb_ue_x2ap_id = KEYED(PER_INT, 0, 0, 0xffffffff, SgNB_UE_X2AP_ID);
ROW nrencryptionalgorithms = KEYED(PER_BITS, PER_EXT, 16, 16, nRencryptionAlgorithms);
ROW nrintegrityprotectionalgorithms = KEYED(PER_BITS, PER_EXT, 16, 16, nRintegrityProtectionAlgorithms);
ROW sgnb_securitykey = SECRET(PER_BITS, 0, 256, 256);
ROW the_gnb_id = NODE_ID(22, 32, gNB_ID);
ROW nrcellidentifier = KEYED(PER_BITS, 0, 36, 36, nRcellIdentifier);
ROW fivegs_tac = KEYED(PER_OCTETS, 0, 3, 3, fiveGS_TAC);

ROW gtptunnelendpoint = SEQ(M(tla), M(gtp_teid), X);
ROW e_rabs_admitted_item = SEQ(M(e_rab_id), O(gtptunnelendpoint), O(gtptunnelendpoint), X);
ROW cause = CHOICEX(M(radionetwork), M(transport), M(protocol), M(misc));
ROW e_rab_item = SEQ(M(e_rab_id), M(cause), X);
ROW allocationandretentionpriority = SEQ(M(INT(0, 15)), M(ENUM(2)), M(ENUM(2)), X);
ROW gbr_qosinformation = SEQ(M(INT(0, 0x2540be400)), M(INT(0, 0x2540be400)), M(INT(0, 0x2540be400)), M(INT(0, 0x2540be400)), X);
ROW e_rab_level_qos_parameters = SEQ(M(INT(0, 255)), M(allocationandretentionpriority), O(gbr_qosinformation), X);
ROW e_rabs_tobesetup_item = SEQ(M(e_rab_id), M(e_rab_level_qos_parameters), O(ENUMX(1)), M(gtptunnelendpoint), X);
ROW ecgi = SEQ(M(plmn_identity), M(eutrancellidentifier), X);
ROW ul_highinterferenceindicationinfo_item = SEQ(M(ecgi), M(BITSX(1, 110)), X);
ROW relativenarrowbandtxpower = SEQ(M(BITSX(6, 110)), M(ENUMX(16)), M(ENUMX(3)), M(INTX(0, 3)), M(INTX(0, 4)), X);
ROW cellinformation_item = SEQ(M(ecgi), O(LIST(1, 110, ENUMX(3))), O(LIST(1, 256, ul_highinterferenceindicationinfo_item)),
	O(relativenarrowbandtxpower), X);
ROW traceactivation = SEQ(M(OCTETS(8, 8)), M(BITS(8, 8)), M(ENUMX(6)), M(BITSX(1, 160)), X);
ROW uesecuritycapabilities = SEQ(M(encryptionalgorithms), M(integrityprotectionalgorithms), X);
ROW as_securityinformation = SEQ(M(key_enodeb_star), M(INT(0, 7)), X);
ROW ueaggregatemaximumbitrate = SEQ(M(INT(0, 0x2540be400)), M(INT(0, 0x2540be400)), X);
ROW forbiddentas_item = SEQ(M(plmn_identity), M(LIST(1, 4096, OCTETS(2, 2))), X);
ROW forbiddenlas_item = SEQ(M(plmn_identity), M(LIST(1, 4096, OCTETS(2, 2))), X);
ROW handoverrestrictionlist = SEQ(M(OCTETS(3, 3)), O(LIST(1, 15, OCTETS(3, 3))), O(LIST(1, 16, forbiddentas_item)), O(LIST(1, 16,
	forbiddenlas_item)), O(ENUMX(4)), X);
ROW locationreportinginformation = SEQ(M(ENUMX(1)), M(ENUMX(1)), X);
ROW ue_contextinformation = SEQ(M(INT(0, 0xffffffff)), M(uesecuritycapabilities), M(as_securityinformation), M(ueaggregatemaximumbitrate),
	O(INT(1, 256)), M(LIST(1, 256, single)), M(ANY_OCTETS), O(handoverrestrictionlist), O(locationreportinginformation), X);
ROW celltype = SEQ(M(ENUMX(4)), X);
ROW lastvisitedeutrancellinformation = SEQ(M(ecgi), M(celltype), M(INT(0, 4095)), X);
ROW lastvisitedgerancellinformation = CHOICEX(M(NIL));
ROW lastvisitedcell_item = CHOICEX(M(lastvisitedeutrancellinformation), M(ANY_OCTETS), M(lastvisitedgerancellinformation));
ROW x2ap_item = SEQ(M(ENUM(3)), M(INT(0, 65535)), M(ENUMX(2)), X);
ROW criticalitydiagnostics = SEQ(O(procedurecode), O(ENUM(3)), O(ENUM(3)), O(LIST(1, 256, x2ap_item)), X);
ROW countvalue = SEQ(M(INT(0, 4095)), M(INT(0, 0xfffff)), X);
ROW e_rabs_subjecttostatustransfer_item = SEQ(M(e_rab_id), O(BITS(4096, 4096)), M(countvalue), M(countvalue), X);
ROW fdd_info = SEQ(M(INT(0, 65535)), M(INT(0, 65535)), M(ENUMX(6)), M(ENUMX(6)), X);
ROW specialsubframe_info = SEQ(M(ENUMX(9)), M(ENUMX(2)), M(ENUMX(2)), X);
ROW tdd_info = SEQ(M(INT(0, 65535)), M(ENUMX(6)), M(ENUMX(7)), M(specialsubframe_info), X);
ROW eutra_mode_info = CHOICEX(M(fdd_info), M(tdd_info));
ROW servedcell_information = SEQ(M(INTX(0, 503)), M(ecgi), M(tac), M(LIST(1, 6, OCTETS(3, 3))), M(eutra_mode_info), X);
ROW x2ap_item_t_t = SEQ(M(ecgi), M(INTX(0, 503)), M(INT(0, 65535)), X);
ROW x2ap_item_t = SEQ(M(servedcell_information), O(LIST(0, 512, x2ap_item_t_t)), X);
ROW enb_id = CHOICEX(M(macro_enb_id), M(home_enb_id), L(short_macro_enb_id), L(long_macro_enb_id));
ROW globalenb_id = SEQ(M(plmn_identity), M(enb_id), X);
ROW gu_group_id = SEQ(M(plmn_identity), M(OCTETS(2, 2)), X);
ROW gummei = SEQ(M(gu_group_id), M(OCTETS(1, 1)), X);
ROW servedcellstomodify_item = SEQ(M(ecgi), M(servedcell_information), O(LIST(0, 512, x2ap_item_t_t)), X);
ROW celltoreport_item = SEQ(M(ecgi), X);
ROW hwloadindicator = SEQ(M(ENUMX(4)), M(ENUMX(4)), X);
ROW s1tnlloadindicator = SEQ(M(ENUMX(4)), M(ENUMX(4)), X);
ROW radioresourcestatus = SEQ(M(INT(0, 100)), M(INT(0, 100)), M(INT(0, 100)), M(INT(0, 100)), M(INT(0, 100)), M(INT(0, 100)), X);
ROW cellmeasurementresult_item = SEQ(M(ecgi), O(hwloadindicator), O(s1tnlloadindicator), O(radioresourcestatus), X);
ROW servedcellstoactivate_item = SEQ(M(ecgi), X);
ROW activatedcelllist_item = SEQ(M(ecgi), X);
ROW measurementinitiationresult_item = SEQ(M(ecgi), O(LIST(1, 32, single)), X);
ROW measurementfailurecause_item = SEQ(M(BITS(32, 32)), M(cause), X);
ROW completefailurecauseinformation_item = SEQ(M(ecgi), M(LIST(1, 32, single)), X);
ROW rnl_header = SEQ(M(globalenb_id), O(globalenb_id), X);
ROW comphypothesissetitem = SEQ(M(ecgi), M(BITSX(6, 4400)), X);
ROW x2ap_item_t_t_t = SEQ(M(LIST(1, 32, comphypothesissetitem)), M(INTX(0, 201)), X);
ROW x2ap_item_t_t_t_t = SEQ(M(INTX(0, 1023)), M(INTX(0, 9)), X);
ROW compinformation = SEQ(M(LIST(1, 256, x2ap_item_t_t_t)), M(LIST(0, 1, x2ap_item_t_t_t_t)), X);
ROW x2ap_item_t_t_t_t_t_t = SEQ(M(ecgi), M(INTX(0, 97)), X);
ROW x2ap_item_t_t_t_t_t = SEQ(M(LIST(1, 9, x2ap_item_t_t_t_t_t_t)), X);
ROW e_rabs_tobeadded_item_scg_bearer = SEQ(M(e_rab_id), M(e_rab_level_qos_parameters), O(ENUMX(1)), M(gtptunnelendpoint), X);
ROW e_rabs_tobeadded_item_split_bearer = SEQ(M(e_rab_id), M(e_rab_level_qos_parameters), M(gtptunnelendpoint), X);
ROW e_rabs_tobeadded_item = CHOICEX(M(e_rabs_tobeadded_item_scg_bearer), M(e_rabs_tobeadded_item_split_bearer));
ROW e_rabs_admitted_tobeadded_item_scg_bearer = SEQ(M(e_rab_id), M(gtptunnelendpoint), O(gtptunnelendpoint), O(gtptunnelendpoint), X);
ROW e_rabs_admitted_tobeadded_item_split_bearer = SEQ(M(e_rab_id), M(gtptunnelendpoint), X);
ROW e_rabs_admitted_tobeadded_item = CHOICEX(M(e_rabs_admitted_tobeadded_item_scg_bearer), M(e_rabs_admitted_tobeadded_item_split_bearer));
ROW responseinformationsenbreconfcomp_successitem = SEQ(O(ANY_OCTETS), X);
ROW responseinformationsenbreconfcomp_rejectbymenbitem = SEQ(M(cause), O(ANY_OCTETS), X);
ROW responseinformationsenbreconfcomp = CHOICEX(M(responseinformationsenbreconfcomp_successitem),
	M(responseinformationsenbreconfcomp_rejectbymenbitem));
ROW ue_contextinformationsenbmodreq = SEQ(O(uesecuritycapabilities), O(senb_securitykey), O(ueaggregatemaximumbitrate), O(LIST(1, 256,
	single)), O(LIST(1, 256, single)), O(LIST(1, 256, single)), X);
ROW e_rabs_tobeadded_modreqitem_scg_bearer = SEQ(M(e_rab_id), M(e_rab_level_qos_parameters), O(ENUMX(1)), M(gtptunnelendpoint), X);
ROW e_rabs_tobeadded_modreqitem_split_bearer = SEQ(M(e_rab_id), M(e_rab_level_qos_parameters), M(gtptunnelendpoint), X);
ROW e_rabs_tobeadded_modreqitem = CHOICEX(M(e_rabs_tobeadded_modreqitem_scg_bearer), M(e_rabs_tobeadded_modreqitem_split_bearer));
ROW e_rabs_tobemodified_modreqitem_scg_bearer = SEQ(M(e_rab_id), O(e_rab_level_qos_parameters), O(gtptunnelendpoint), X);
ROW e_rabs_tobemodified_modreqitem_split_bearer = SEQ(M(e_rab_id), O(e_rab_level_qos_parameters), O(gtptunnelendpoint), X);
ROW e_rabs_tobemodified_modreqitem = CHOICEX(M(e_rabs_tobemodified_modreqitem_scg_bearer), M(e_rabs_tobemodified_modreqitem_split_bearer));
ROW e_rabs_tobereleased_modreqitem_scg_bearer = SEQ(M(e_rab_id), O(gtptunnelendpoint), O(gtptunnelendpoint), X);
ROW e_rabs_tobereleased_modreqitem_split_bearer = SEQ(M(e_rab_id), O(gtptunnelendpoint), X);
ROW e_rabs_tobereleased_modreqitem = CHOICEX(M(e_rabs_tobereleased_modreqitem_scg_bearer), M(e_rabs_tobereleased_modreqitem_split_bearer));
ROW e_rabs_admitted_tobeadded_modackitem_scg_bearer = SEQ(M(e_rab_id), M(gtptunnelendpoint), O(gtptunnelendpoint), O(gtptunnelendpoint), X);
ROW e_rabs_admitted_tobeadded_modackitem_split_bearer = SEQ(M(e_rab_id), M(gtptunnelendpoint), X);
ROW e_rabs_admitted_tobeadded_modackitem = CHOICEX(M(e_rabs_admitted_tobeadded_modackitem_scg_bearer),
	M(e_rabs_admitted_tobeadded_modackitem_split_bearer));
ROW e_rabs_admitted_tobemodified_modackitem_scg_bearer = SEQ(M(e_rab_id), O(gtptunnelendpoint), X);
ROW e_rabs_admitted_tobemodified_modackitem_split_bearer = SEQ(M(e_rab_id), O(gtptunnelendpoint), X);
ROW e_rabs_admitted_tobemodified_modackitem = CHOICEX(M(e_rabs_admitted_tobemodified_modackitem_scg_bearer),
	M(e_rabs_admitted_tobemodified_modackitem_split_bearer));
ROW e_rabs_admitted_tobereleased_modackitem_scg_bearer = SEQ(M(e_rab_id), X);
ROW e_rabs_admitted_tobereleased_modackitem_split_bearer = SEQ(M(e_rab_id), X);
ROW e_rabs_admitted_toreleased_modackitem = CHOICEX(M(e_rabs_admitted_tobereleased_modackitem_scg_bearer),
	M(e_rabs_admitted_tobereleased_modackitem_split_bearer));
ROW e_rabs_tobereleased_modreqditem = SEQ(M(e_rab_id), M(cause), X);
ROW e_rabs_tobereleased_relreqitem_scg_bearer = SEQ(M(e_rab_id), O(gtptunnelendpoint), O(gtptunnelendpoint), X);
ROW e_rabs_tobereleased_relreqitem_split_bearer = SEQ(M(e_rab_id), O(gtptunnelendpoint), X);
ROW e_rabs_tobereleased_relreqitem = CHOICEX(M(e_rabs_tobereleased_relreqitem_scg_bearer), M(e_rabs_tobereleased_relreqitem_split_bearer));
ROW e_rabs_tobereleased_relconfitem_scg_bearer = SEQ(M(e_rab_id), O(gtptunnelendpoint), O(gtptunnelendpoint), X);
ROW e_rabs_tobereleased_relconfitem_split_bearer = SEQ(M(e_rab_id), O(gtptunnelendpoint), X);
ROW e_rabs_tobereleased_relconfitem = CHOICEX(M(e_rabs_tobereleased_relconfitem_scg_bearer),
	M(e_rabs_tobereleased_relconfitem_split_bearer));
ROW e_rabs_subjecttocountercheckitem = SEQ(M(e_rab_id), M(INT(0, 0xffffffff)), M(INT(0, 0xffffffff)), X);
ROW replacingcellslist_item = SEQ(M(ecgi));
ROW cellreplacinginfo = SEQ(M(LIST(0, 256, replacingcellslist_item)), X);
ROW coveragemodification_item = SEQ(M(ecgi), M(INTX(0, 15)), O(ENUMX(1)), O(cellreplacinginfo));
ROW ue_contextreferenceatsenb = SEQ(M(globalenb_id), M(INT(0, 4095)), M(INTX(0, 4095)), X);
ROW tunnelinformation = SEQ(M(tla), O(OCTETS(2, 2)), X);
ROW ue_contextinformationretrieve = SEQ(M(INT(0, 0xffffffff)), M(uesecuritycapabilities), M(as_securityinformation),
	M(ueaggregatemaximumbitrate), O(INT(1, 256)), M(LIST(1, 256, single)), M(ANY_OCTETS), O(handoverrestrictionlist),
	O(locationreportinginformation), O(ENUMX(1)), O(LIST(1, 16, OCTETS(3, 3))), X);
ROW e_rabs_tobesetupretrieve_item = SEQ(M(e_rab_id), M(e_rab_level_qos_parameters), O(ENUMX(1)), X);
ROW wtid_type1 = SEQ(M(plmn_identity), M(BITS(24, 24)));
ROW wtid = CHOICEX(M(wtid_type1), M(BITS(48, 48)));
ROW ue_contextreferenceatwt = SEQ(M(wtid), M(OCTETS(3, 3)), X);
ROW cellbasedqmc = SEQ(M(LIST(1, 32, ecgi)), X);
ROW tabasedqmc = SEQ(M(LIST(1, 8, OCTETS(2, 2))), X);
ROW tai_item = SEQ(M(tac), M(plmn_identity), X);
ROW taibasedqmc = SEQ(M(LIST(1, 8, tai_item)), X);
ROW plmnareabasedqmc = SEQ(M(LIST(1, 16, OCTETS(3, 3))), X);
ROW areascopeofqmc = CHOICEX(M(cellbasedqmc), M(tabasedqmc), M(taibasedqmc), M(plmnareabasedqmc));
ROW ueapplayermeasconfig = SEQ(M(OCTETS(1, 1000)), M(areascopeofqmc), X);
ROW en_dc_resourceconfiguration = SEQ(M(ENUMX(2)), M(ENUMX(2)), M(ENUMX(2)), X);
ROW e_rabs_tobeadded_sgnbaddreq_item_sgnbpdcppresent = SEQ(M(e_rab_level_qos_parameters), O(gbr_qosinformation), O(ENUMX(1)),
	O(gtptunnelendpoint), M(gtptunnelendpoint), X);
ROW ulconfiguration = SEQ(M(ENUMX(3)), X);
ROW e_rabs_tobeadded_sgnbaddreq_item_sgnbpdcpnotpresent = SEQ(M(e_rab_level_qos_parameters), M(gtptunnelendpoint), O(gtptunnelendpoint),
	M(ENUMX(4)), O(ulconfiguration), X);
ROW resource_configuration = CHOICEX(M(e_rabs_tobeadded_sgnbaddreq_item_sgnbpdcppresent),
	M(e_rabs_tobeadded_sgnbaddreq_item_sgnbpdcpnotpresent));
ROW e_rabs_tobeadded_sgnbaddreq_item = SEQ(M(e_rab_id), M(INT(1, 32)), M(en_dc_resourceconfiguration), M(resource_configuration), X);
ROW e_rabs_admitted_tobeadded_sgnbaddreqack_item_sgnbpdcppresent = SEQ(M(gtptunnelendpoint), O(gtptunnelendpoint), O(ENUMX(4)),
	O(gtptunnelendpoint), O(gtptunnelendpoint), O(e_rab_level_qos_parameters), O(ulconfiguration), X);
ROW e_rabs_admitted_tobeadded_sgnbaddreqack_item_sgnbpdcpnotpresent = SEQ(M(gtptunnelendpoint), O(gtptunnelendpoint), X);
ROW resource_configuration_t = CHOICEX(M(e_rabs_admitted_tobeadded_sgnbaddreqack_item_sgnbpdcppresent),
	M(e_rabs_admitted_tobeadded_sgnbaddreqack_item_sgnbpdcpnotpresent));
ROW e_rabs_admitted_tobeadded_sgnbaddreqack_item = SEQ(M(e_rab_id), M(en_dc_resourceconfiguration), M(resource_configuration_t), X);
ROW responseinformationsgnbreconfcomp_successitem = SEQ(O(ANY_OCTETS), X);
ROW responseinformationsgnbreconfcomp_rejectbymenbitem = SEQ(M(cause), X);
ROW responseinformationsgnbreconfcomp = CHOICEX(M(responseinformationsgnbreconfcomp_successitem),
	M(responseinformationsgnbreconfcomp_rejectbymenbitem));
ROW nruesecuritycapabilities = SEQ(M(nrencryptionalgorithms), M(nrintegrityprotectionalgorithms), X);
ROW ue_contextinformation_sgnbmodreq = SEQ(O(nruesecuritycapabilities), O(sgnb_securitykey), O(ueaggregatemaximumbitrate), O(LIST(1, 256,
	single)), O(LIST(1, 256, single)), O(LIST(1, 256, single)), X);
ROW e_rabs_tobeadded_sgnbmodreq_item_sgnbpdcppresent = SEQ(M(e_rab_level_qos_parameters), O(gbr_qosinformation), O(ENUMX(1)),
	O(gtptunnelendpoint), M(gtptunnelendpoint), X);
ROW e_rabs_tobeadded_sgnbmodreq_item_sgnbpdcpnotpresent = SEQ(M(e_rab_level_qos_parameters), M(gtptunnelendpoint), O(gtptunnelendpoint),
	M(ENUMX(4)), O(ulconfiguration), X);
ROW resource_configuration_t_t = CHOICEX(M(e_rabs_tobeadded_sgnbmodreq_item_sgnbpdcppresent),
	M(e_rabs_tobeadded_sgnbmodreq_item_sgnbpdcpnotpresent));
ROW e_rabs_tobeadded_sgnbmodreq_item = SEQ(M(e_rab_id), M(INT(1, 32)), M(en_dc_resourceconfiguration), M(resource_configuration_t_t), X);
ROW e_rabs_tobemodified_sgnbmodreq_item_sgnbpdcppresent = SEQ(O(e_rab_level_qos_parameters), O(gbr_qosinformation), O(gtptunnelendpoint),
	O(gtptunnelendpoint), X);
ROW e_rabs_tobemodified_sgnbmodreq_item_sgnbpdcpnotpresent = SEQ(O(e_rab_level_qos_parameters), O(gtptunnelendpoint), O(ulconfiguration),
	X);
ROW resource_configuration_t_t_t = CHOICEX(M(e_rabs_tobemodified_sgnbmodreq_item_sgnbpdcppresent),
	M(e_rabs_tobemodified_sgnbmodreq_item_sgnbpdcpnotpresent));
ROW e_rabs_tobemodified_sgnbmodreq_item = SEQ(M(e_rab_id), M(en_dc_resourceconfiguration), M(resource_configuration_t_t_t), X);
ROW e_rabs_tobereleased_sgnbmodreq_item_sgnbpdcppresent = SEQ(O(gtptunnelendpoint), O(gtptunnelendpoint), X);
ROW e_rabs_tobereleased_sgnbmodreq_item_sgnbpdcpnotpresent = SEQ(X);
ROW resource_configuration_t_t_t_t = CHOICEX(M(e_rabs_tobereleased_sgnbmodreq_item_sgnbpdcppresent),
	M(e_rabs_tobereleased_sgnbmodreq_item_sgnbpdcpnotpresent));
ROW e_rabs_tobereleased_sgnbmodreq_item = SEQ(M(e_rab_id), M(en_dc_resourceconfiguration), M(resource_configuration_t_t_t_t), X);
ROW e_rabs_admitted_tobeadded_sgnbmodack_item_sgnbpdcppresent = SEQ(M(gtptunnelendpoint), O(gtptunnelendpoint), O(ENUMX(4)),
	O(gtptunnelendpoint), O(gtptunnelendpoint), O(e_rab_level_qos_parameters), O(ulconfiguration), X);
ROW e_rabs_admitted_tobeadded_sgnbmodack_item_sgnbpdcpnotpresent = SEQ(M(gtptunnelendpoint), O(gtptunnelendpoint), X);
ROW resource_configuration_t_t_t_t_t = CHOICEX(M(e_rabs_admitted_tobeadded_sgnbmodack_item_sgnbpdcppresent),
	M(e_rabs_admitted_tobeadded_sgnbmodack_item_sgnbpdcpnotpresent));
ROW e_rabs_admitted_tobeadded_sgnbmodack_item = SEQ(M(e_rab_id), M(en_dc_resourceconfiguration), M(resource_configuration_t_t_t_t_t), X);
ROW e_rabs_admitted_tobemodified_sgnbmodack_item_sgnbpdcppresent = SEQ(O(gtptunnelendpoint), O(gtptunnelendpoint),
	O(e_rab_level_qos_parameters), O(ulconfiguration), X);
ROW e_rabs_admitted_tobemodified_sgnbmodack_item_sgnbpdcpnotpresent = SEQ(O(gtptunnelendpoint), X);
ROW resource_configuration_t_t_t_t_t_t = CHOICEX(M(e_rabs_admitted_tobemodified_sgnbmodack_item_sgnbpdcppresent),
	M(e_rabs_admitted_tobemodified_sgnbmodack_item_sgnbpdcpnotpresent));
ROW e_rabs_admitted_tobemodified_sgnbmodack_item = SEQ(M(e_rab_id), M(en_dc_resourceconfiguration), M(resource_configuration_t_t_t_t_t_t),
	X);
ROW e_rabs_admitted_tobereleased_sgnbmodack_item_sgnbpdcppresent = SEQ(X);
ROW e_rabs_admitted_tobereleased_sgnbmodack_item_sgnbpdcpnotpresent = SEQ(X);
ROW resource_configuration_t_t_t_t_t_t_t = CHOICEX(M(e_rabs_admitted_tobereleased_sgnbmodack_item_sgnbpdcppresent),
	M(e_rabs_admitted_tobereleased_sgnbmodack_item_sgnbpdcpnotpresent));
ROW e_rabs_admitted_toreleased_sgnbmodack_item = SEQ(M(e_rab_id), M(en_dc_resourceconfiguration), M(resource_configuration_t_t_t_t_t_t_t),
	X);
ROW e_rabs_tobereleased_sgnbmodreqd_item = SEQ(M(e_rab_id), M(cause), X);
ROW e_rabs_tobemodified_sgnbmodreqd_item_sgnbpdcppresent = SEQ(O(e_rab_level_qos_parameters), O(ulconfiguration), O(gtptunnelendpoint),
	O(gtptunnelendpoint), X);
ROW e_rabs_tobemodified_sgnbmodreqd_item_sgnbpdcpnotpresent = SEQ(O(gtptunnelendpoint), O(gtptunnelendpoint), X);
ROW resource_configuration_t_t_t_t_t_t_t_t = CHOICEX(M(e_rabs_tobemodified_sgnbmodreqd_item_sgnbpdcppresent),
	M(e_rabs_tobemodified_sgnbmodreqd_item_sgnbpdcpnotpresent));
ROW e_rabs_tobemodified_sgnbmodreqd_item = SEQ(M(e_rab_id), M(en_dc_resourceconfiguration), M(resource_configuration_t_t_t_t_t_t_t_t), X);
ROW e_rabs_tobereleased_sgnbchaconf_item_sgnbpdcppresent = SEQ(O(gtptunnelendpoint), O(gtptunnelendpoint), X);
ROW e_rabs_tobereleased_sgnbchaconf_item_sgnbpdcpnotpresent = SEQ(X);
ROW resource_configuration_t_t_t_t_t_t_t_t_t = CHOICEX(M(e_rabs_tobereleased_sgnbchaconf_item_sgnbpdcppresent),
	M(e_rabs_tobereleased_sgnbchaconf_item_sgnbpdcpnotpresent));
ROW e_rabs_tobereleased_sgnbchaconf_item = SEQ(M(e_rab_id), M(en_dc_resourceconfiguration), M(resource_configuration_t_t_t_t_t_t_t_t_t), X);
ROW e_rabs_tobereleased_sgnbrelreq_item_sgnbpdcppresent = SEQ(O(gtptunnelendpoint), O(gtptunnelendpoint), X);
ROW e_rabs_tobereleased_sgnbrelreq_item_sgnbpdcpnotpresent = SEQ(X);
ROW resource_configuration_t_t_t_t_t_t_t_t_t_t = CHOICEX(M(e_rabs_tobereleased_sgnbrelreq_item_sgnbpdcppresent),
	M(e_rabs_tobereleased_sgnbrelreq_item_sgnbpdcpnotpresent));
ROW e_rabs_tobereleased_sgnbrelreq_item = SEQ(M(e_rab_id), M(en_dc_resourceconfiguration), M(resource_configuration_t_t_t_t_t_t_t_t_t_t),
	X);
ROW e_rabs_tobereleased_sgnbrelconf_item_sgnbpdcppresent = SEQ(O(gtptunnelendpoint), O(gtptunnelendpoint), X);
ROW e_rabs_tobereleased_sgnbrelconf_item_sgnbpdcpnotpresent = SEQ(X);
ROW resource_configuration_t_t_t_t_t_t_t_t_t_t_t = CHOICEX(M(e_rabs_tobereleased_sgnbrelconf_item_sgnbpdcppresent),
	M(e_rabs_tobereleased_sgnbrelconf_item_sgnbpdcpnotpresent));
ROW e_rabs_tobereleased_sgnbrelconf_item = SEQ(M(e_rab_id), M(en_dc_resourceconfiguration), M(resource_configuration_t_t_t_t_t_t_t_t_t_t_t),
	X);
ROW e_rabs_subjecttosgnbcountercheck_item = SEQ(M(e_rab_id), M(INT(0, 0xffffffff)), M(INT(0, 0xffffffff)), X);
ROW gnb_id = CHOICEX(M(the_gnb_id));
ROW globalgnb_id = SEQ(M(plmn_identity), M(gnb_id), X);
ROW initiatingnodetype_endcx2setup = CHOICEX(M(ies), M(ies));
ROW initiatingnodetype_endcconfigupdate = CHOICEX(M(ies), M(ies));
ROW respondingnodetype_endcx2setup = CHOICEX(M(ies), M(ies));
ROW respondingnodetype_endcconfigupdate = CHOICEX(M(ies), M(ies));
ROW nrcgi = SEQ(M(plmn_identity), M(nrcellidentifier), X);
ROW supportedsulfreqbanditem = SEQ(M(INTX(1, 1024)), X);
ROW freqbandnritem = SEQ(M(INTX(1, 1024)), M(LIST(0, 32, supportedsulfreqbanditem)), X);
ROW nr_txbw = SEQ(M(ENUMX(4)), M(ENUMX(29)), X);
ROW sulinformation = SEQ(M(INT(0, 0x32093d)), M(nr_txbw), X);
ROW nrfreqinfo = SEQ(M(INT(0, 0x32093d)), M(LIST(1, 32, freqbandnritem)), O(sulinformation), X);
ROW fdd_infoneighbourservednrcell_information = SEQ(M(nrfreqinfo), M(nrfreqinfo), X);
ROW tdd_infoneighbourservednrcell_information = SEQ(M(nrfreqinfo), X);
ROW nrneighbourmodeinfo = CHOICEX(M(fdd_infoneighbourservednrcell_information), M(tdd_infoneighbourservednrcell_information));
ROW x2ap_item_t_t_t_t_t_t_t_t = SEQ(M(INT(0, 1007)), M(nrcgi), O(fivegs_tac), O(OCTETS(2, 2)), M(ANY_OCTETS), M(nrneighbourmodeinfo), X);
ROW x2ap_item_t_t_t_t_t_t_t = SEQ(M(servedcell_information), O(LIST(1, 1024, x2ap_item_t_t_t_t_t_t_t_t)), X);
ROW x2ap_item_t_t_t_t_t_t_t_t_t = SEQ(M(nrcgi), X);
ROW cellassistanceinformation = CHOICEX(M(LIST(1, 16384, x2ap_item_t_t_t_t_t_t_t_t_t)), M(ENUMX(1)));
ROW fdd_infoservednrcell_information = SEQ(M(nrfreqinfo), M(nrfreqinfo), M(nr_txbw), M(nr_txbw), X);
ROW tdd_infoservednrcell_information = SEQ(M(nrfreqinfo), M(nr_txbw), X);
ROW nrmodeinfo = CHOICEX(M(fdd_infoservednrcell_information), M(tdd_infoservednrcell_information));
ROW servednrcell_information = SEQ(M(INT(0, 1007)), M(nrcgi), O(fivegs_tac), O(OCTETS(2, 2)), M(LIST(1, 6, OCTETS(3, 3))), M(nrmodeinfo),
	M(ANY_OCTETS), X);
ROW x2ap_item_t_t_t_t_t_t_t_t_t_t = SEQ(M(servednrcell_information), O(LIST(1, 1024, x2ap_item_t_t_t_t_t_t_t_t)), X);
ROW ue_contextreferenceatsgnb = SEQ(M(globalgnb_id), M(INT(0, 0xffffffff)), X);
ROW menbresourcecoordinationinformation = SEQ(M(ecgi), M(BITSX(6, 4400)), O(BITSX(6, 4400)), X);
ROW sgnbresourcecoordinationinformation = SEQ(M(nrcgi), M(BITSX(6, 4400)), O(BITSX(6, 4400)), X);
ROW x2ap_item_t_t_t_t_t_t_t_t_t_t_t = SEQ(M(ecgi), M(servedcell_information), O(LIST(1, 1024, x2ap_item_t_t_t_t_t_t_t_t)), X);
ROW servednrcellstomodify_item = SEQ(M(nrcgi), M(servednrcell_information), O(LIST(1, 1024, x2ap_item_t_t_t_t_t_t_t_t)), O(ENUMX(1)), X);
ROW secondaryratusagereport_item = SEQ(M(e_rab_id), M(ENUMX(1)), M(LIST(1, 2, single)), X);
ROW servednrcellstoactivate_item = SEQ(M(nrcgi), X);
ROW activatednrcelllist_item = SEQ(M(nrcgi), X);
ROW initiatingnodetype_eutranrcellresourcecoordination = CHOICEX(M(ies), M(ies));
ROW respondingnodetype_eutranrcellresourcecoordination = CHOICEX(M(ies), M(ies));
ROW e_rabs_admittedtobemodified_sgnbmodconf_item_sgnbpdcppresent = SEQ(X);
ROW e_rabs_admittedtobemodified_sgnbmodconf_item_sgnbpdcpnotpresent = SEQ(O(gtptunnelendpoint), X);
ROW resource_configuration_t_t_t_t_t_t_t_t_t_t_t_t = CHOICEX(M(e_rabs_admittedtobemodified_sgnbmodconf_item_sgnbpdcppresent),
	M(e_rabs_admittedtobemodified_sgnbmodconf_item_sgnbpdcpnotpresent));
ROW e_rabs_admittedtobemodified_sgnbmodconf_item = SEQ(M(e_rab_id), M(en_dc_resourceconfiguration),
	M(resource_configuration_t_t_t_t_t_t_t_t_t_t_t_t), X);
ROW erabactivitynotifyitem = SEQ(M(e_rab_id), M(ENUMX(2)), X);
ROW initiatingnodetype_endcx2removal = CHOICEX(M(ies), M(ies));
ROW respondingnodetype_endcx2removal = CHOICEX(M(ies), M(ies));
ROW e_rabs_dataforwardingaddress_item = SEQ(M(e_rab_id), M(gtptunnelendpoint), X);
ROW e_rabs_admitted_tobereleased_sgnbrelreqack_item = SEQ(M(e_rab_id), M(ENUMX(4)), X);
ROW e_rabs_tobereleased_sgnbrelreqd_item = SEQ(M(e_rab_id), M(ENUMX(4)), X);
ROW locationinformationsgnb = SEQ(M(nrcgi), X);
ROW bplmn_id_info_nr_item = SEQ(M(LIST(1, 12, OCTETS(3, 3))), O(fivegs_tac), M(BITS(36, 36)), X);
ROW cellandcapacityassistinfo = SEQ(O(INTX(1, 16384)), O(cellassistanceinformation), X);
ROW gtptla_item = SEQ(M(tla), X);
ROW transport_up_layer_addresses_info_to_add_item = SEQ(M(tla), O(LIST(1, 16, gtptla_item)), X);
ROW transport_up_layer_addresses_info_to_remove_item = SEQ(M(tla), O(LIST(1, 16, gtptla_item)), X);
ROW tnlconfigurationinfo = SEQ(O(LIST(1, 16, transport_up_layer_addresses_info_to_add_item)), O(LIST(1, 16,
	transport_up_layer_addresses_info_to_remove_item)), X);
ROW transportlayeraddressandport = SEQC(M(tla), M(OCTETS(2, 2)));
ROW cptransportlayerinformation = CHOICEX(M(tla), M(transportlayeraddressandport));
ROW tnla_to_add_item = SEQC(M(cptransportlayerinformation), M(ENUMX(3)), X);
ROW tnla_to_update_item = SEQC(M(cptransportlayerinformation), O(ENUMX(3)), X);
ROW tnla_to_remove_item = SEQC(M(cptransportlayerinformation), X);
ROW tnla_setup_item = SEQ(M(cptransportlayerinformation), X);
ROW tnla_failed_to_setup_item = SEQC(M(cptransportlayerinformation), M(cause), X);
ROW choinformation_ack = SEQ(M(ecgi), O(INTX(1, 8)), X);
ROW countvalueextended = SEQ(M(INT(0, 32767)), M(INT(0, 0x1ffff)), X);
ROW countvaluepdcp_snlength18 = SEQ(M(INT(0, 0x3ffff)), M(INT(0, 16383)), X);
ROW e_rabssubjecttoearlystatustransfer_item = SEQ(M(e_rab_id), M(countvalue), O(countvalueextended), O(countvaluepdcp_snlength18), X);
ROW firstdlcount = SEQ(M(LIST(1, 256, e_rabssubjecttoearlystatustransfer_item)), X);
ROW e_rabssubjecttodldiscarding_item = SEQ(M(e_rab_id), M(countvalue), O(countvalueextended), O(countvaluepdcp_snlength18), X);
ROW dldiscarding = SEQ(M(LIST(1, 256, e_rabssubjecttodldiscarding_item)), X);
ROW procedurestagechoice = CHOICE(M(firstdlcount), M(dldiscarding), E);
ROW ssbtoreport_item = SEQ(M(INT(0, 63)), X);
ROW celltoreport_nr_endc_item = SEQ(M(nrcgi), O(LIST(1, 64, ssbtoreport_item)), X);
ROW compositeavailablecapacity = SEQ(O(INTX(1, 100)), M(INT(0, 100)), X);
ROW compositeavailablecapacitygroup = SEQ(M(compositeavailablecapacity), M(compositeavailablecapacity), X);
ROW cellmeasurementresult_e_utra_endc_item = SEQ(M(ecgi), O(hwloadindicator), O(s1tnlloadindicator), O(radioresourcestatus),
	O(compositeavailablecapacitygroup), X);
ROW celltoreport_e_utra_endc_item = SEQ(M(ecgi), X);
ROW global_ran_node_id = CHOICE(M(globalgnb_id), E);
ROW ssbareacapacityvalue_item = SEQ(M(INT(0, 63)), M(INT(0, 100)), X);
ROW nrcapacityvalue = SEQ(M(INT(0, 100)), O(LIST(1, 64, ssbareacapacityvalue_item)), X);
ROW nrcompositeavailablecapacity = SEQ(O(INTX(1, 100)), M(nrcapacityvalue), X);
ROW nrcompositeavailablecapacitygroup = SEQ(M(nrcompositeavailablecapacity), M(nrcompositeavailablecapacity), X);
ROW measurementresultfornrcellspossiblyaggregated_item = SEQ(M(nrcgi), O(nrcompositeavailablecapacitygroup), X);
ROW choinformation_addreq = SEQ(M(globalenb_id), M(INT(0, 4095)), O(INTX(0, 4095)), O(INT(1, 100)), X);
ROW cpaccandidatepscells_item = SEQ(M(nrcgi), X);
ROW cpainformation_req_ack = SEQ(M(LIST(1, 8, cpaccandidatepscells_item)), X);
ROW cpainformation_mod_ack = SEQ(M(LIST(1, 8, cpaccandidatepscells_item)), X);
ROW cpacinformation_reqd = SEQ(M(LIST(1, 8, cpaccandidatepscells_item)), X);
ROW cpc_target_sgnb_reqd_item = SEQ(M(globalgnb_id), M(ENUMX(3)), M(INT(1, 8)), O(INT(1, 100)), M(ANY_OCTETS), X);
ROW cpcinformation_reqd = SEQ(M(LIST(1, 8, cpc_target_sgnb_reqd_item)), X);
ROW cpc_target_sgnb_conf_item = SEQ(M(globalgnb_id), M(LIST(1, 8, cpaccandidatepscells_item)), X);
ROW cpcinformation_conf = SEQ(M(LIST(1, 8, cpc_target_sgnb_conf_item)), X);
ROW cpc_target_sgnb_mod_item = SEQ(M(globalgnb_id), M(LIST(1, 8, cpaccandidatepscells_item)), X);
ROW cpcupdate_mod = SEQ(M(LIST(1, 8, cpc_target_sgnb_mod_item)), X);
ROW csi_rs_mtc_neighbour_item = SEQ(M(INT(0, 95)), X);
ROW csi_rs_neighbour_item = SEQ(M(nrcgi), O(LIST(1, 16, csi_rs_mtc_neighbour_item)), X);
ROW csi_rs_mtc_configuration_item = SEQ(M(INT(0, 95)), M(ENUMX(2)), O(LIST(1, 16, csi_rs_neighbour_item)), X);
ROW additional_measurement_timing_configuration_item = SEQ(M(INT(0, 16)), M(LIST(1, 96, csi_rs_mtc_configuration_item)), X);
ROW servedcellspecificinforeq_nr_item = SEQ(M(nrcgi), O(ENUMX(1)), X);
ROW rat_restrictionsitem = SEQ(M(plmn_identity), M(BITSX(8, 8)), X);

static const struct per_ie rows[] = {
	IE(0, e_rabs_admitted_item, "E-RABs-Admitted-Item", "9.3.5"),
	IE(1, LIST(1, 256, single), "E-RABs-Admitted-List", "9.3.5"),
	IE(2, e_rab_item, "E-RAB-Item", "9.3.5"),
	IE(3, LIST(1, 256, single), "E-RABs-NotAdmitted-List", "9.3.5"),
	IE(4, e_rabs_tobesetup_item, "E-RABs-ToBeSetup-Item", "9.3.5"),
	IE(5, cause, "Cause", "9.3.5"),
	IE(6, LIST(1, 256, single), "CellInformation", "9.3.5"),
	IE(7, cellinformation_item, "CellInformation-Item", "9.3.5"),
	IE(9, ue_x2ap_id, "New-eNB-UE-X2AP-ID", "9.3.5"),
	IE(10, ue_x2ap_id, "Old-eNB-UE-X2AP-ID", "9.3.5"),
	IE(11, ecgi, "TargetCell-ID", "9.3.5"),
	IE(13, traceactivation, "TraceActivation", "9.3.5"),
	IE(14, ue_contextinformation, "UE-ContextInformation", "9.3.5"),
	IE(15, LIST(1, 16, lastvisitedcell_item), "UE-HistoryInformation", "9.3.5"),
	IE(17, criticalitydiagnostics, "CriticalityDiagnostics", "9.3.5"),
	IE(18, LIST(1, 256, single), "E-RABs-SubjectToStatusTransfer-List", "9.3.5"),
	IE(19, e_rabs_subjecttostatustransfer_item, "E-RABs-SubjectToStatusTransfer-Item", "9.3.5"),
	IE(20, LIST(1, 256, x2ap_item_t), "ServedCells", "9.3.5"),
	IE(21, globalenb_id, "GlobalENB-ID", "9.3.5"),
	IE(23, gummei, "GUMMEI-ID", "9.3.5"),
	IE(24, LIST(1, 16, gu_group_id), "GUGroupIDList", "9.3.5"),
	IE(25, LIST(1, 256, x2ap_item_t), "ServedCellsToAdd", "9.3.5"),
	IE(26, LIST(1, 256, servedcellstomodify_item), "ServedCellsToModify", "9.3.5"),
	IE(27, LIST(1, 256, ecgi), "ServedCellsToDelete", "9.3.5"),
	IE(29, LIST(1, 256, single), "CellToReport", "9.3.5"),
	IE(31, celltoreport_item, "CellToReport-Item", "9.3.5"),
	IE(32, LIST(1, 256, single), "CellMeasurementResult", "9.3.5"),
	IE(33, cellmeasurementresult_item, "CellMeasurementResult-Item", "9.3.5"),
	IE(34, LIST(1, 16, gu_group_id), "GUGroupIDToAddList", "9.3.5"),
	IE(35, LIST(1, 16, gu_group_id), "GUGroupIDToDeleteList", "9.3.5"),
	IE(43, ecgi, "ENB1-Cell-ID", "9.3.5"),
	IE(44, ecgi, "ENB2-Cell-ID", "9.3.5"),
	IE(49, ecgi, "Re-establishmentCellECGI", "9.3.5"),
	IE(52, ecgi, "SourceCellECGI", "9.3.5"),
	IE(53, ecgi, "FailureCellECGI", "9.3.5"),
	IE(57, LIST(1, 256, servedcellstoactivate_item), "ServedCellsToActivate", "9.3.5"),
	IE(58, LIST(1, 256, activatedcelllist_item), "ActivatedCellList", "9.3.5"),
	IE(65, LIST(1, 256, single), "MeasurementInitiationResult-List", "9.3.5"),
	IE(66, measurementinitiationresult_item, "MeasurementInitiationResult-Item", "9.3.5"),
	IE(67, measurementfailurecause_item, "MeasurementFailureCause-Item", "9.3.5"),
	IE(68, LIST(1, 256, single), "CompleteFailureCauseInformation-List", "9.3.5"),
	IE(69, completefailurecauseinformation_item, "CompleteFailureCauseInformation-Item", "9.3.5"),
	IE(80, cause, "HO-cause", "9.3.5"),
	IE(101, rnl_header, "RNL-Header", "9.3.5"),
	IE(108, compinformation, "CoMPInformation", "9.3.5"),
	IE(110, LIST(1, 128, x2ap_item_t_t_t_t_t), "RSRPMRList", "9.3.5"),
	IE(111, ue_x2ap_id, "MeNB-UE-X2AP-ID", "9.3.5"),
	IE(112, ue_x2ap_id, "SeNB-UE-X2AP-ID", "9.3.5"),
	IE(113, uesecuritycapabilities, "UE-SecurityCapabilities", "9.3.5"),
	IE(114, senbsecuritykey, "SeNBSecurityKey", "9.3.5"),
	IE(117, LIST(1, 256, single), "E-RABs-ToBeAdded-List", "9.3.5"),
	IE(118, e_rabs_tobeadded_item, "E-RABs-ToBeAdded-Item", "9.3.5"),
	IE(120, LIST(1, 256, single), "E-RABs-Admitted-ToBeAdded-List", "9.3.5"),
	IE(121, e_rabs_admitted_tobeadded_item, "E-RABs-Admitted-ToBeAdded-Item", "9.3.5"),
	IE(123, responseinformationsenbreconfcomp, "ResponseInformationSeNBReconfComp", "9.3.5"),
	IE(124, ue_contextinformationsenbmodreq, "UE-ContextInformationSeNBModReq", "9.3.5"),
	IE(125, e_rabs_tobeadded_modreqitem, "E-RABs-ToBeAdded-ModReqItem", "9.3.5"),
	IE(126, e_rabs_tobemodified_modreqitem, "E-RABs-ToBeModified-ModReqItem", "9.3.5"),
	IE(127, e_rabs_tobereleased_modreqitem, "E-RABs-ToBeReleased-ModReqItem", "9.3.5"),
	IE(128, LIST(1, 256, single), "E-RABs-Admitted-ToBeAdded-ModAckList", "9.3.5"),
	IE(129, LIST(1, 256, single), "E-RABs-Admitted-ToBeModified-ModAckList", "9.3.5"),
	IE(130, LIST(1, 256, single), "E-RABs-Admitted-ToBeReleased-ModAckList", "9.3.5"),
	IE(131, e_rabs_admitted_tobeadded_modackitem, "E-RABs-Admitted-ToBeAdded-ModAckItem", "9.3.5"),
	IE(132, e_rabs_admitted_tobemodified_modackitem, "E-RABs-Admitted-ToBeModified-ModAckItem", "9.3.5"),
	IE(133, e_rabs_admitted_toreleased_modackitem, "E-RABs-Admitted-ToBeReleased-ModAckItem", "9.3.5"),
	IE(134, LIST(1, 256, single), "E-RABs-ToBeReleased-ModReqd", "9.3.5"),
	IE(135, e_rabs_tobereleased_modreqditem, "E-RABs-ToBeReleased-ModReqdItem", "9.3.5"),
	IE(137, LIST(1, 256, single), "E-RABs-ToBeReleased-List-RelReq", "9.3.5"),
	IE(138, e_rabs_tobereleased_relreqitem, "E-RABs-ToBeReleased-RelReqItem", "9.3.5"),
	IE(139, LIST(1, 256, single), "E-RABs-ToBeReleased-List-RelConf", "9.3.5"),
	IE(140, e_rabs_tobereleased_relconfitem, "E-RABs-ToBeReleased-RelConfItem", "9.3.5"),
	IE(141, LIST(1, 256, single), "E-RABs-SubjectToCounterCheck-List", "9.3.5"),
	IE(142, e_rabs_subjecttocountercheckitem, "E-RABs-SubjectToCounterCheckItem", "9.3.5"),
	IE(143, LIST(1, 256, coveragemodification_item), "CoverageModificationList", "9.3.5"),
	IE(153, ue_contextreferenceatsenb, "UE-ContextReferenceAtSeNB", "9.3.5"),
	IE(163, tunnelinformation, "Tunnel-Information-for-BBF", "9.3.5"),
	IE(165, tla, "GW-TransportLayerAddress", "9.3.5"),
	IE(168, tla, "SIPTO-L-GW-TransportLayerAddress", "9.3.5"),
	IE(173, ue_contextinformationretrieve, "UE-ContextInformationRetrieve", "9.3.5"),
	IE(174, e_rabs_tobesetupretrieve_item, "E-RABs-ToBeSetupRetrieve-Item", "9.3.5"),
	IE(182, ue_contextreferenceatwt, "UE-ContextReferenceAtWT", "9.3.5"),
	IE(185, gtptunnelendpoint, "uL-GTPtunnelEndpoint", "9.3.5"),
	IE(195, ueapplayermeasconfig, "UEAppLayerMeasConfig", "9.3.5"),
	IE(203, sgnbsecuritykey, "SgNBSecurityKey", "9.3.5"),
	IE(205, LIST(1, 256, single), "E-RABs-ToBeAdded-SgNBAddReqList", "9.3.5"),
	IE(207, sgnb_ue_x2ap_id, "SgNB-UE-X2AP-ID", "9.3.5"),
	IE(209, e_rabs_tobeadded_sgnbaddreq_item, "E-RABs-ToBeAdded-SgNBAddReq-Item", "9.3.5"),
	IE(210, LIST(1, 256, single), "E-RABs-Admitted-ToBeAdded-SgNBAddReqAckList", "9.3.5"),
	IE(213, e_rabs_admitted_tobeadded_sgnbaddreqack_item, "E-RABs-Admitted-ToBeAdded-SgNBAddReqAck-Item", "9.3.5"),
	IE(214, responseinformationsgnbreconfcomp, "ResponseInformationSgNBReconfComp", "9.3.5"),
	IE(215, ue_contextinformation_sgnbmodreq, "UE-ContextInformation-SgNBModReq", "9.3.5"),
	IE(216, e_rabs_tobeadded_sgnbmodreq_item, "E-RABs-ToBeAdded-SgNBModReq-Item", "9.3.5"),
	IE(217, e_rabs_tobemodified_sgnbmodreq_item, "E-RABs-ToBeModified-SgNBModReq-Item", "9.3.5"),
	IE(218, e_rabs_tobereleased_sgnbmodreq_item, "E-RABs-ToBeReleased-SgNBModReq-Item", "9.3.5"),
	IE(219, LIST(1, 256, single), "E-RABs-Admitted-ToBeAdded-SgNBModAckList", "9.3.5"),
	IE(220, LIST(1, 256, single), "E-RABs-Admitted-ToBeModified-SgNBModAckList", "9.3.5"),
	IE(221, LIST(1, 256, single), "E-RABs-Admitted-ToBeReleased-SgNBModAckList", "9.3.5"),
	IE(222, e_rabs_admitted_tobeadded_sgnbmodack_item, "E-RABs-Admitted-ToBeAdded-SgNBModAck-Item", "9.3.5"),
	IE(223, e_rabs_admitted_tobemodified_sgnbmodack_item, "E-RABs-Admitted-ToBeModified-SgNBModAck-Item", "9.3.5"),
	IE(224, e_rabs_admitted_toreleased_sgnbmodack_item, "E-RABs-Admitted-ToBeReleased-SgNBModAck-Item", "9.3.5"),
	IE(225, LIST(1, 256, single), "E-RABs-ToBeReleased-SgNBModReqdList", "9.3.5"),
	IE(226, LIST(1, 256, single), "E-RABs-ToBeModified-SgNBModReqdList", "9.3.5"),
	IE(227, e_rabs_tobereleased_sgnbmodreqd_item, "E-RABs-ToBeReleased-SgNBModReqd-Item", "9.3.5"),
	IE(228, e_rabs_tobemodified_sgnbmodreqd_item, "E-RABs-ToBeModified-SgNBModReqd-Item", "9.3.5"),
	IE(229, LIST(1, 256, single), "E-RABs-ToBeReleased-SgNBChaConfList", "9.3.5"),
	IE(230, e_rabs_tobereleased_sgnbchaconf_item, "E-RABs-ToBeReleased-SgNBChaConf-Item", "9.3.5"),
	IE(231, LIST(1, 256, single), "E-RABs-ToBeReleased-SgNBRelReqList", "9.3.5"),
	IE(232, e_rabs_tobereleased_sgnbrelreq_item, "E-RABs-ToBeReleased-SgNBRelReq-Item", "9.3.5"),
	IE(233, LIST(1, 256, single), "E-RABs-ToBeReleased-SgNBRelConfList", "9.3.5"),
	IE(234, e_rabs_tobereleased_sgnbrelconf_item, "E-RABs-ToBeReleased-SgNBRelConf-Item", "9.3.5"),
	IE(235, LIST(1, 256, single), "E-RABs-SubjectToSgNBCounterCheck-List", "9.3.5"),
	IE(236, e_rabs_subjecttosgnbcountercheck_item, "E-RABs-SubjectToSgNBCounterCheck-Item", "9.3.5"),
	IE(239, globalgnb_id, "Target-SgNB-ID", "9.3.5"),
	IE(240, handoverrestrictionlist, "HandoverRestrictionList", "9.3.5"),
	IE(244, initiatingnodetype_endcx2setup, "InitiatingNodeType-EndcX2Setup", "9.3.5"),
	IE(245, initiatingnodetype_endcconfigupdate, "InitiatingNodeType-EndcConfigUpdate", "9.3.5"),
	IE(246, respondingnodetype_endcx2setup, "RespondingNodeType-EndcX2Setup", "9.3.5"),
	IE(247, respondingnodetype_endcconfigupdate, "RespondingNodeType-EndcConfigUpdate", "9.3.5"),
	IE(248, nruesecuritycapabilities, "NRUESecurityCapabilities", "9.3.5"),
	IE(250, LIST(1, 256, x2ap_item_t_t_t_t_t_t_t), "ServedEUTRAcellsENDCX2ManagementList", "9.3.5"),
	IE(251, cellassistanceinformation, "CellAssistanceInformation", "9.3.5"),
	IE(252, globalgnb_id, "Globalen-gNB-ID", "9.3.5"),
	IE(253, LIST(1, 16384, x2ap_item_t_t_t_t_t_t_t_t_t_t), "ServedNRcellsENDCX2ManagementList", "9.3.5"),
	IE(254, ue_contextreferenceatsgnb, "UE-ContextReferenceAtSgNB", "9.3.5"),
	IE(257, menbresourcecoordinationinformation, "MeNBResourceCoordinationInformation", "9.3.5"),
	IE(258, sgnbresourcecoordinationinformation, "SgNBResourceCoordinationInformation", "9.3.5"),
	IE(259, LIST(1, 256, x2ap_item_t_t_t_t_t_t_t_t_t_t_t), "ServedEUTRAcellsToModifyListENDCConfUpd", "9.3.5"),
	IE(260, LIST(1, 256, ecgi), "ServedEUTRAcellsToDeleteListENDCConfUpd", "9.3.5"),
	IE(261, LIST(1, 16384, servednrcellstomodify_item), "ServedNRcellsToModifyListENDCConfUpd", "9.3.5"),
	IE(262, LIST(1, 16384, nrcgi), "ServedNRcellsToDeleteListENDCConfUpd", "9.3.5"),
	IE(264, sgnb_ue_x2ap_id, "Old-SgNB-UE-X2AP-ID", "9.3.5"),
	IE(265, LIST(1, 256, single), "SecondaryRATUsageReportList", "9.3.5"),
	IE(266, secondaryratusagereport_item, "SecondaryRATUsageReport-Item", "9.3.5"),
	IE(267, LIST(1, 16384, servednrcellstoactivate_item), "ServedNRCellsToActivate", "9.3.5"),
	IE(268, LIST(1, 16384, activatednrcelllist_item), "ActivatedNRCellList", "9.3.5"),
	IE(279, ecgi, "MeNBCell-ID", "9.3.5"),
	IE(285, initiatingnodetype_eutranrcellresourcecoordination, "InitiatingNodeType-EutranrCellResourceCoordination", "9.3.5"),
	IE(286, respondingnodetype_eutranrcellresourcecoordination, "RespondingNodeType-EutranrCellResourceCoordination", "9.3.5"),
	IE(289, LIST(0, 256, ecgi), "ListofEUTRACellsinEUTRACoordinationReq", "9.3.5"),
	IE(290, LIST(0, 256, ecgi), "ListofEUTRACellsinEUTRACoordinationResp", "9.3.5"),
	IE(291, LIST(1, 256, ecgi), "ListofEUTRACellsinNRCoordinationReq", "9.3.5"),
	IE(292, LIST(0, 64, nrcgi), "ListofNRCellsinNRCoordinationReq", "9.3.5"),
	IE(293, LIST(0, 64, nrcgi), "ListofNRCellsinNRCoordinationResp", "9.3.5"),
	IE(294, LIST(1, 256, single), "E-RABs-AdmittedToBeModified-SgNBModConfList", "9.3.5"),
	IE(295, e_rabs_admittedtobemodified_sgnbmodconf_item, "E-RABs-AdmittedToBeModified-SgNBModConf-Item", "9.3.5"),
	IE(297, LIST(0, 256, erabactivitynotifyitem), "ERABActivityNotifyItemList", "9.3.5"),
	IE(298, initiatingnodetype_endcx2removal, "InitiatingNodeType-EndcX2Removal", "9.3.5"),
	IE(299, respondingnodetype_endcx2removal, "RespondingNodeType-EndcX2Removal", "9.3.5"),
	IE(307, LIST(1, 256, single), "E-RABs-DataForwardingAddress-List", "9.3.5"),
	IE(308, e_rabs_dataforwardingaddress_item, "E-RABs-DataForwardingAddress-Item", "9.3.5"),
	IE(312, gtptunnelendpoint, "secondarysgNBDLGTPTEIDatPDCP", "9.3.5"),
	IE(313, gtptunnelendpoint, "secondarymeNBULGTPTEIDatPDCP", "9.3.5"),
	IE(316, ecgi, "ECGI", "9.3.5"),
	IE(318, LIST(1, 256, single), "E-RABs-Admitted-ToBeReleased-SgNBRelReqAckList", "9.3.5"),
	IE(319, e_rabs_admitted_tobereleased_sgnbrelreqack_item, "E-RABs-Admitted-ToBeReleased-SgNBRelReqAck-Item", "9.3.5"),
	IE(320, LIST(1, 256, single), "E-RABs-ToBeReleased-SgNBRelReqdList", "9.3.5"),
	IE(321, e_rabs_tobereleased_sgnbrelreqd_item, "E-RABs-ToBeReleased-SgNBRelReqd-Item", "9.3.5"),
	IE(322, nrcgi, "NRCGI", "9.3.5"),
	IE(327, LIST(1, 1024, x2ap_item_t_t_t_t_t_t_t_t), "NRNeighbourInfoToAdd", "9.3.5"),
	IE(328, LIST(1, 1024, x2ap_item_t_t_t_t_t_t_t_t), "NRNeighbourInfoToModify", "9.3.5"),
	IE(331, locationinformationsgnb, "LocationInformationSgNB", "9.3.5"),
	IE(337, LIST(1, 12, bplmn_id_info_nr_item), "BPLMN-ID-Info-NR", "9.3.5"),
	IE(339, LIST(1, 256, single), "ERABs-transferred-to-MeNB", "9.3.5"),
	IE(351, cellandcapacityassistinfo, "CellandCapacityAssistInfo", "9.3.5"),
	IE(352, tnlconfigurationinfo, "TNLConfigurationInfo", "9.3.5"),
	IE(353, LIST(1, 32, tnla_to_add_item), "TNLA-To-Add-List", "9.3.5"),
	IE(354, LIST(1, 32, tnla_to_update_item), "TNLA-To-Update-List", "9.3.5"),
	IE(355, LIST(1, 32, tnla_to_remove_item), "TNLA-To-Remove-List", "9.3.5"),
	IE(356, LIST(1, 32, tnla_setup_item), "TNLA-Setup-List", "9.3.5"),
	IE(357, LIST(1, 32, tnla_failed_to_setup_item), "TNLA-Failed-To-Setup-List", "9.3.5"),
	IE(362, choinformation_ack, "CHOinformation-ACK", "9.3.5"),
	IE(364, ecgi, "RequestedTargetCellID", "9.3.5"),
	IE(365, LIST(1, 8, ecgi), "CandidateCellsToBeCancelledList", "9.3.5"),
	IE(367, procedurestagechoice, "ProcedureStage", "9.3.5"),
	IE(391, LIST(1, 16384, single), "CellToReport-NR-ENDC", "9.3.5"),
	IE(392, celltoreport_nr_endc_item, "CellToReport-NR-ENDC-Item", "9.3.5"),
	IE(401, LIST(1, 256, single), "CellMeasurementResult-E-UTRA-ENDC", "9.3.5"),
	IE(402, cellmeasurementresult_e_utra_endc_item, "CellMeasurementResult-E-UTRA-ENDC-Item", "9.3.5"),
	IE(403, LIST(1, 256, single), "CellToReport-E-UTRA-ENDC", "9.3.5"),
	IE(404, celltoreport_e_utra_endc_item, "CellToReport-E-UTRA-ENDC-Item", "9.3.5"),
	IE(411, global_ran_node_id, "sourceNG-RAN-node-id", "9.3.5"),
	IE(412, tla, "SourceDLForwardingIPAddress", "9.3.5"),
	IE(413, tla, "SourceNodeDLForwardingIPAddress", "9.3.5"),
	IE(417, LIST(1, 16, measurementresultfornrcellspossiblyaggregated_item), "MeasurementResultforNRCellsPossiblyAggregated", "9.3.5"),
	IE(420, choinformation_addreq, "CHOinformation-AddReq", "9.3.5"),
	IE(425, cpainformation_req_ack, "CPAinformation-REQ-ACK", "9.3.5"),
	IE(427, cpainformation_mod_ack, "CPAinformation-MOD-ACK", "9.3.5"),
	IE(428, cpacinformation_reqd, "CPACinformation-REQD", "9.3.5"),
	IE(429, cpcinformation_reqd, "CPCinformation-REQD", "9.3.5"),
	IE(430, cpcinformation_conf, "CPCinformation-CONF", "9.3.5"),
	IE(432, cpcupdate_mod, "CPCupdate-MOD", "9.3.5"),
	IE(433, LIST(1, 16, additional_measurement_timing_configuration_item), "Additional-Measurement-Timing-Configuration-List", "9.3.5"),
	IE(434, LIST(1, 16384, servedcellspecificinforeq_nr_item), "ServedCellSpecificInfoReq-NR", "9.3.5"),
	IE(437, LIST(1, 16, rat_restrictionsitem), "RAT-Restrictions", "9.3.5"),
};

const struct per_ie_table x2ap_ies = { rows, sizeof(rows) / sizeof(rows[0]) };
