/*
 * XnAP: information elements (TS 38.423 9.3.5): what has a key in it, as rows in the words of
 * per_rows.h; everything else is stepped over and counted by its id.
 */
#include "xnap.h"

ROW plmn_id = KEYED(PER_OCTETS, 0, 3, 3, plmn_id);
ROW nr_cell_identity = KEYED(PER_BITS, 0, 36, 36, NR_Cell_Identity);
ROW radionetwork = KEYED(PER_ENUM, PER_EXT, 0, 52, radioNetwork);
ROW transport = KEYED(PER_ENUM, PER_EXT, 0, 1, transport);
ROW protocol = KEYED(PER_ENUM, PER_EXT, 0, 6, protocol);
ROW misc = KEYED(PER_ENUM, PER_EXT, 0, 4, misc);
ROW procedurecode = KEYED(PER_INT, 0, 0, 255, procedureCode);
ROW gtp_teid = KEYED(PER_OCTETS, 0, 4, 4, gtp_teid);
ROW gnb_id = NODE_ID(22, 32, gnb_ID);
ROW enb_id_macro = KEYED(PER_BITS, 0, 20, 20, enb_ID_macro);
ROW enb_id_shortmacro = KEYED(PER_BITS, 0, 18, 18, enb_ID_shortmacro);
ROW enb_id_longmacro = KEYED(PER_BITS, 0, 21, 21, enb_ID_longmacro);
ROW tac = KEYED(PER_OCTETS, 0, 3, 3, tac);
ROW ng_rannodeuexnapid = KEYED(PER_INT, 0, 0, 0xffffffff, NG_RANnodeUEXnAPID);
ROW pdusessionid = KEYED(PER_INT, 0, 0, 255, pduSessionId);
ROW integrityprotectionresult = KEYED(PER_ENUM, PER_EXT, 0, 1, integrityProtectionResult);
ROW confidentialityprotectionresult = KEYED(PER_ENUM, PER_EXT, 0, 1, confidentialityProtectionResult);
ROW integrityprotectionindication = KEYED(PER_ENUM, PER_EXT, 0, 2, integrityProtectionIndication);
ROW confidentialityprotectionindication = KEYED(PER_ENUM, PER_EXT, 0, 2, confidentialityProtectionIndication);
ROW ng_ran_node1uexnapid = KEYED(PER_INT, 0, 0, 0xffffffff, ng_ran_node1UEXnAPID);
ROW ng_ran_node2uexnapid = KEYED(PER_INT, 0, 0, 0xffffffff, ng_ran_node2UEXnAPID);
ROW s_ng_rannode_securitykey = SECRET(PER_BITS, 0, 256, 256);
ROW nr_encyptionalgorithms = KEYED(PER_BITS, PER_EXT, 16, 16, nr_EncyptionAlgorithms);
ROW nr_integrityprotectionalgorithms = KEYED(PER_BITS, PER_EXT, 16, 16, nr_IntegrityProtectionAlgorithms);
ROW key_ng_ran_star = SECRET(PER_BITS, 0, 256, 256);
ROW ncc = KEYED(PER_INT, 0, 0, 7, ncc);
ROW s_ng_rannode_securitykey_b = SECRET(PER_BITS, 0, 256, 256);
ROW sn_ng_rannodeuexnapid = KEYED(PER_INT, 0, 0, 0xffffffff, sN_NG_RANnodeUEXnAPID);

ROW nr_cgi = SEQ(M(plmn_id), M(nr_cell_identity), X);
ROW e_utra_cgi = SEQ(M(plmn_id), M(BITS(28, 28)), X);
ROW activatedservedcells = CHOICE(M(LIST(1, 16384, nr_cgi)), M(LIST(1, 16384, e_utra_cgi)), E);
ROW ranpagingattemptinfo = SEQ(M(INTX(1, 16)), M(INTX(1, 16)), O(ENUMX(2)), X);
ROW assistancedataforranpaging = SEQ(O(ranpagingattemptinfo), X);
ROW cause = CHOICE(M(radionetwork), M(transport), M(protocol), M(misc), E);
ROW cellassistanceinfo_nr = CHOICE(M(LIST(1, 16384, nr_cgi)), M(ENUMX(1)), E);
ROW configurationupdateinitiatingnodechoice = CHOICE(M(ies), M(ies), E);
ROW xnap_item = SEQ(M(ENUM(3)), M(INT(0, 65535)), M(ENUMX(2)), X);
ROW criticalitydiagnostics = SEQ(O(procedurecode), O(ENUM(3)), O(ENUM(3)), O(LIST(1, 256, xnap_item)), X);
ROW qosflowsacceptedtobeforwarded_item = SEQ(M(INTX(0, 63)), X);
ROW gtptunneltransportlayerinformation = SEQ(M(tla), M(gtp_teid), X);
ROW uptransportlayerinformation = CHOICE(M(gtptunneltransportlayerinformation), E);
ROW dataforwardingresponsedrbitem = SEQ(M(INTX(1, 32)), O(uptransportlayerinformation), O(uptransportlayerinformation), X);
ROW dataforwardinginfofromtargetngrannode = SEQ(M(LIST(1, 64, qosflowsacceptedtobeforwarded_item)), O(uptransportlayerinformation),
	O(uptransportlayerinformation), O(LIST(1, 32, dataforwardingresponsedrbitem)), X);
ROW drbstobesetuplist_bearersetupcomplete_snterminated_item = SEQ(M(INTX(1, 32)), M(uptransportlayerinformation), X);
ROW pdusessionresourcebearersetupcompleteinfo_snterminated = SEQ(M(LIST(1, 32, drbstobesetuplist_bearersetupcomplete_snterminated_item)),
	X);
ROW xnuaddressinfoperpdusession_item = SEQ(M(INT(0, 255)), O(dataforwardinginfofromtargetngrannode),
	O(pdusessionresourcebearersetupcompleteinfo_snterminated), X);
ROW gnb_id_choice = CHOICE(M(gnb_id), E);
ROW globalgnb_id = SEQ(M(plmn_id), M(gnb_id_choice), X);
ROW enb_id_choice = CHOICE(M(enb_id_macro), M(enb_id_shortmacro), M(enb_id_longmacro), E);
ROW globalngenb_id = SEQ(M(plmn_id), M(enb_id_choice), X);
ROW globalng_rannode_id = CHOICE(M(globalgnb_id), M(globalngenb_id), E);
ROW sharedresourcetype_ul_onlysharing = SEQ(M(BITS(6, 17600)), X);
ROW sharedresourcetype_uldl_sharing_ul_resourceschanged = SEQ(M(BITS(6, 17600)), X);
ROW sharedresourcetype_uldl_sharing_ul_resources = CHOICE(M(NIL), M(sharedresourcetype_uldl_sharing_ul_resourceschanged), E);
ROW sharedresourcetype_uldl_sharing_dl_resourceschanged = SEQ(M(BITS(6, 17600)), X);
ROW sharedresourcetype_uldl_sharing_dl_resources = CHOICE(M(NIL), M(sharedresourcetype_uldl_sharing_dl_resourceschanged), E);
ROW sharedresourcetype_uldl_sharing = CHOICE(M(sharedresourcetype_uldl_sharing_ul_resources),
	M(sharedresourcetype_uldl_sharing_dl_resources), E);
ROW sharedresourcetype = CHOICE(M(sharedresourcetype_ul_onlysharing), M(sharedresourcetype_uldl_sharing), E);
ROW reservedsubframepattern = SEQ(M(ENUMX(2)), M(BITS(10, 160)), O(INT(0, 3)), X);
ROW datatrafficresourceindication = SEQ(M(INT(0, 1023)), M(sharedresourcetype), O(reservedsubframepattern), X);
ROW resourcecoordrequest_ng_enb_initiated = SEQ(M(datatrafficresourceindication), M(INT(1, 16384)), O(LIST(1, 16384, e_utra_cgi)), X);
ROW resourcecoordrequest_gnb_initiated = SEQ(M(datatrafficresourceindication), O(LIST(1, 16384, e_utra_cgi)), M(INT(1, 16384)), O(LIST(1,
	16384, nr_cgi)), X);
ROW initiatingnodetype_resourcecoordrequest = CHOICE(M(resourcecoordrequest_ng_enb_initiated), M(resourcecoordrequest_gnb_initiated), E);
ROW servedcellinformation_e_utra_perbplmn = SEQ(M(plmn_id), X);
ROW servedcellinformation_e_utra_fddinfo = SEQ(M(INT(0, 0x3ffff)), M(INT(0, 0x3ffff)), M(ENUMX(6)), M(ENUMX(6)), X);
ROW specialsubframeinfo_e_utra = SEQ(M(ENUMX(11)), M(ENUMX(2)), M(ENUMX(2)), X);
ROW servedcellinformation_e_utra_tddinfo = SEQ(M(INT(0, 0x3ffff)), M(ENUMX(6)), M(ENUMX(7)), M(specialsubframeinfo_e_utra), X);
ROW servedcellinformation_e_utra_modeinfo = CHOICE(M(servedcellinformation_e_utra_fddinfo), M(servedcellinformation_e_utra_tddinfo), E);
ROW e_utraprachconfiguration = SEQ(M(INT(0, 837)), M(INT(0, 15)), M(ENUMX(2)), M(INT(0, 94)), O(INT(0, 63)), X);
ROW mbsfnsubframeallocation_e_utra = CHOICE(M(BITS(6, 6)), M(BITS(24, 24)), E);
ROW mbsfnsubframeinfo_e_utra_item = SEQ(M(ENUMX(6)), M(INTX(0, 7)), M(mbsfnsubframeallocation_e_utra), X);
ROW protectede_utrafootprinttimepattern = SEQ(M(INTX(1, 320)), M(INTX(1, 20)), X);
ROW protectede_utraresource_item = SEQ(M(ENUMX(3)), M(BITSX(84, 84)), M(BITSX(6, 110)), M(protectede_utrafootprinttimepattern), X);
ROW protectede_utraresourceindication = SEQ(M(INT(0, 1023)), M(LIST(1, 16, protectede_utraresource_item)), O(INT(0, 3)), M(INT(1, 3)), X);
ROW servedcellinformation_e_utra = SEQ(M(INTX(0, 503)), M(e_utra_cgi), M(tac), O(INT(0, 255)), M(LIST(1, 12,
	servedcellinformation_e_utra_perbplmn)), M(servedcellinformation_e_utra_modeinfo), O(ENUMX(3)), O(e_utraprachconfiguration),
	O(LIST(1, 8, mbsfnsubframeinfo_e_utra_item)), O(LIST(1, 16, INTX(1, 256))), O(ENUMX(2)), O(ENUMX(1)),
	O(protectede_utraresourceindication), X);
ROW nrtransmissionbandwidth = SEQ(M(ENUMX(4)), M(ENUMX(29)), X);
ROW sul_information = SEQ(M(INT(0, 0x32093d)), M(nrtransmissionbandwidth), X);
ROW supportedsulbanditem = SEQ(M(INT(1, 1024)), X);
ROW nrfrequencybanditem = SEQ(M(INTX(1, 1024)), O(LIST(1, 32, supportedsulbanditem)), X);
ROW nrfrequencyinfo = SEQ(M(INT(0, 0x32093d)), O(sul_information), M(LIST(1, 32, nrfrequencybanditem)), X);
ROW neighbourinformation_nr_modefddinfo = SEQ(M(nrfrequencyinfo), M(nrfrequencyinfo), X);
ROW neighbourinformation_nr_modetddinfo = SEQ(M(nrfrequencyinfo), X);
ROW neighbourinformation_nr_modeinfo = CHOICE(M(neighbourinformation_nr_modefddinfo), M(neighbourinformation_nr_modetddinfo), E);
ROW connectivity_support = SEQ(M(ENUMX(2)), X);
ROW neighbourinformation_nr_item = SEQ(M(INTX(0, 1007)), M(nr_cgi), M(tac), O(INT(0, 255)), M(neighbourinformation_nr_modeinfo),
	M(connectivity_support), M(ANY_OCTETS), X);
ROW neighbourinformation_e_utra_item = SEQ(M(INTX(0, 503)), M(e_utra_cgi), M(INT(0, 0x3ffff)), M(tac), O(INT(0, 255)), X);
ROW servedcells_e_utra_item = SEQ(M(servedcellinformation_e_utra), O(LIST(1, 1024, neighbourinformation_nr_item)), O(LIST(1, 1024,
	neighbourinformation_e_utra_item)), X);
ROW nrmodeinfofdd = SEQ(M(nrfrequencyinfo), M(nrfrequencyinfo), M(nrtransmissionbandwidth), M(nrtransmissionbandwidth), X);
ROW nrmodeinfotdd = SEQ(M(nrfrequencyinfo), M(nrtransmissionbandwidth), X);
ROW nrmodeinfo = CHOICE(M(nrmodeinfofdd), M(nrmodeinfotdd), E);
ROW servedcellinformation_nr = SEQ(M(INTX(0, 1007)), M(nr_cgi), M(tac), O(INT(0, 255)), M(LIST(1, 12, OCTETS(3, 3))), M(nrmodeinfo),
	M(ANY_OCTETS), M(connectivity_support), X);
ROW servedcells_nr_item = SEQ(M(servedcellinformation_nr), O(LIST(1, 1024, neighbourinformation_nr_item)), O(LIST(1, 1024,
	neighbourinformation_e_utra_item)), X);
ROW taisinaoi_item = SEQ(M(OCTETS(3, 3)), M(OCTETS(3, 3)), X);
ROW ng_ran_cell_identity = CHOICE(M(nr_cell_identity), M(BITS(28, 28)), E);
ROW cellsinaoi_item = SEQ(M(OCTETS(3, 3)), M(ng_ran_cell_identity), X);
ROW globalng_rannodesinaoi_item = SEQ(M(globalng_rannode_id), X);
ROW areaofinterest_item = SEQ(O(LIST(1, 16, taisinaoi_item)), O(LIST(1, 256, cellsinaoi_item)), O(LIST(1, 64, globalng_rannodesinaoi_item)),
	M(INTX(1, 64)), X);
ROW locationreportinginformation = SEQ(M(ENUMX(2)), M(ENUMX(1)), O(LIST(1, 64, areaofinterest_item)), X);
ROW rat_restrictionsitem = SEQ(M(OCTETS(3, 3)), M(BITSX(8, 8)), X);
ROW forbiddenareaitem = SEQ(M(OCTETS(3, 3)), M(LIST(1, 4096, OCTETS(3, 3))), X);
ROW serviceareaitem = SEQ(M(OCTETS(3, 3)), O(LIST(1, 16, OCTETS(3, 3))), O(LIST(1, 16, OCTETS(3, 3))), X);
ROW mobilityrestrictionlist = SEQ(M(OCTETS(3, 3)), O(LIST(1, 15, OCTETS(3, 3))), O(LIST(1, 16, rat_restrictionsitem)), O(LIST(1, 16,
	forbiddenareaitem)), O(LIST(1, 16, serviceareaitem)), X);
ROW globalng_rancell_id = SEQ(M(plmn_id), M(ng_ran_cell_identity), X);
ROW uptransportparametersitem = SEQ(M(uptransportlayerinformation), M(INT(0, 3)), X);
ROW nondynamic5qidescriptor = SEQ(M(INTX(0, 255)), O(INTX(1, 127)), O(INTX(0, 4095)), O(INTX(0, 4095)), X);
ROW packeterrorrate = SEQ(M(INTX(0, 9)), M(INTX(0, 9)), X);
ROW dynamic5qidescriptor = SEQ(M(INTX(1, 127)), M(INTX(0, 1023)), M(packeterrorrate), O(INTX(0, 255)), O(ENUMX(2)), O(INTX(0, 4095)),
	O(INTX(0, 4095)), X);
ROW qoscharacteristics = CHOICE(M(nondynamic5qidescriptor), M(dynamic5qidescriptor), E);
ROW allocationandretentionpriority = SEQ(M(INTX(0, 15)), M(ENUMX(2)), M(ENUMX(2)), X);
ROW gbrqosflowinfo = SEQ(M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)),
	O(ENUMX(1)), O(INTX(0, 1000)), O(INTX(0, 1000)), X);
ROW qosflowlevelqosparameters = SEQ(M(qoscharacteristics), M(allocationandretentionpriority), O(gbrqosflowinfo), O(ENUMX(1)), O(ENUMX(1)),
	X);
ROW pdcpsnlength = SEQ(M(ENUMX(2)), M(ENUMX(2)), X);
ROW ulconfiguration = SEQ(M(ENUMX(3)), X);
ROW qosflowsmappedtodrb_setupresponse_snterminated_item = SEQ(M(INTX(0, 63)), O(gbrqosflowinfo), O(ENUMX(2)), X);
ROW drbstobesetuplist_setupresponse_snterminated_item = SEQ(M(INTX(1, 32)), M(LIST(1, 4, uptransportparametersitem)),
	M(qosflowlevelqosparameters), O(pdcpsnlength), M(ENUMX(4)), O(ulconfiguration), O(LIST(1, 4, uptransportparametersitem)),
	O(ENUMX(2)), M(LIST(1, 64, qosflowsmappedtodrb_setupresponse_snterminated_item)), X);
ROW qosflowwithcause_item = SEQ(M(INTX(0, 63)), O(cause), X);
ROW securityresult = SEQ(M(integrityprotectionresult), M(confidentialityprotectionresult), X);
ROW pdusessionresourcesetupresponseinfo_snterminated = SEQ(M(uptransportlayerinformation), O(LIST(1, 32,
	drbstobesetuplist_setupresponse_snterminated_item)), O(dataforwardinginfofromtargetngrannode), O(LIST(1, 64,
	qosflowwithcause_item)), O(securityresult), X);
ROW drbsadmittedlist_setupresponse_mnterminated_item = SEQ(M(INTX(1, 32)), M(LIST(1, 4, uptransportparametersitem)), O(LIST(1, 4,
	uptransportparametersitem)), O(INTX(1, 32)), X);
ROW pdusessionresourcesetupresponseinfo_mnterminated = SEQ(M(LIST(1, 32, drbsadmittedlist_setupresponse_mnterminated_item)), X);
ROW pdusessionadmittedaddedaddreqack_item = SEQ(M(pdusessionid), O(pdusessionresourcesetupresponseinfo_snterminated),
	O(pdusessionresourcesetupresponseinfo_mnterminated), X);
ROW drbsadmittedlist_modconfirm_snterminated_item = SEQ(M(INTX(1, 32)), O(LIST(1, 4, uptransportparametersitem)), O(LIST(1, 4,
	uptransportparametersitem)), O(INTX(1, 32)), X);
ROW drb_list_withcause_item = SEQ(M(INTX(1, 32)), M(cause), O(ENUMX(4)), X);
ROW pdusessionresourcemodconfirminfo_snterminated = SEQ(O(uptransportlayerinformation), M(LIST(1, 32,
	drbsadmittedlist_modconfirm_snterminated_item)), O(LIST(1, 32, drb_list_withcause_item)), O(dataforwardinginfofromtargetngrannode),
	X);
ROW pdusessionresourcemodconfirminfo_mnterminated = SEQ(X);
ROW pdusessionadmittedmodsnmodconfirm_item = SEQ(M(pdusessionid), O(pdusessionresourcemodconfirminfo_snterminated),
	O(pdusessionresourcemodconfirminfo_mnterminated), X);
ROW pdusessionadmittedtobeaddedsnmodresponse_item = SEQ(M(pdusessionid), O(pdusessionresourcesetupresponseinfo_snterminated),
	O(pdusessionresourcesetupresponseinfo_mnterminated), X);
ROW drbstobemodifiedlist_modificationresponse_snterminated_item = SEQ(M(INTX(1, 32)), O(LIST(1, 4, uptransportparametersitem)),
	O(qosflowlevelqosparameters), O(LIST(1, 64, qosflowsmappedtodrb_setupresponse_snterminated_item)), X);
ROW qosflowstobeforwarded_item = SEQ(M(INTX(0, 63)), M(ENUMX(1)), M(ENUMX(1)), X);
ROW qosflow_item = SEQ(M(INTX(0, 63)), O(ENUMX(2)), X);
ROW drbtoqosflowmapping_item = SEQ(M(INTX(1, 32)), M(LIST(1, 64, qosflow_item)), O(ENUMX(4)), X);
ROW dataforwardingandoffloadinginfofromsource = SEQ(M(LIST(1, 64, qosflowstobeforwarded_item)), O(LIST(1, 32, drbtoqosflowmapping_item)),
	X);
ROW pdusessionresourcemodificationresponseinfo_snterminated = SEQ(O(uptransportlayerinformation), O(LIST(1, 32,
	drbstobesetuplist_setupresponse_snterminated_item)), O(dataforwardinginfofromtargetngrannode), O(LIST(1, 32,
	drbstobemodifiedlist_modificationresponse_snterminated_item)), O(LIST(1, 32, drb_list_withcause_item)),
	O(dataforwardingandoffloadinginfofromsource), O(LIST(1, 64, qosflowwithcause_item)), O(LIST(1, 64, qosflowwithcause_item)), X);
ROW drbsadmittedlist_modificationresponse_mnterminated_item = SEQ(M(INTX(1, 32)), O(LIST(1, 4, uptransportparametersitem)), O(LIST(1, 4,
	uptransportparametersitem)), O(INTX(1, 32)), X);
ROW pdusessionresourcemodificationresponseinfo_mnterminated = SEQ(M(LIST(1, 32, drbsadmittedlist_modificationresponse_mnterminated_item)),
	O(LIST(1, 32, INTX(1, 32))), O(LIST(1, 32, drb_list_withcause_item)), X);
ROW pdusessionadmittedtobemodifiedsnmodresponse_item = SEQ(M(pdusessionid), O(pdusessionresourcemodificationresponseinfo_snterminated),
	O(pdusessionresourcemodificationresponseinfo_mnterminated), X);
ROW pdusession_list_withdataforwardingrequest_item = SEQ(M(pdusessionid), O(dataforwardingandoffloadinginfofromsource), O(LIST(1, 32,
	drbtoqosflowmapping_item)), X);
ROW pdusession_list_withcause_item = SEQ(M(pdusessionid), O(cause), X);
ROW pdusessionadmittedtobereleasedsnmodresponse = SEQ(O(LIST(1, 256, pdusession_list_withdataforwardingrequest_item)), O(LIST(1, 256,
	pdusession_list_withcause_item)), X);
ROW pdusessionadmitted_snmodresponse = SEQ(O(LIST(1, 256, pdusessionadmittedtobeaddedsnmodresponse_item)), O(LIST(1, 256,
	pdusessionadmittedtobemodifiedsnmodresponse_item)), O(pdusessionadmittedtobereleasedsnmodresponse), X);
ROW pdusessionresourcesnotadmitted_item = SEQ(M(pdusessionid), O(cause), X);
ROW pdusessionnotadmittedaddreqack = SEQ(O(LIST(1, 256, pdusessionresourcesnotadmitted_item)), O(LIST(1, 256,
	pdusessionresourcesnotadmitted_item)), X);
ROW pdusession_list_withdataforwardingfromtarget_item = SEQ(M(pdusessionid), M(dataforwardinginfofromtargetngrannode), X);
ROW pdusessionreleasedlist_relconf = SEQ(O(LIST(1, 256, pdusession_list_withdataforwardingfromtarget_item)), X);
ROW pdusessionreleasedsnmodconfirm = SEQ(O(LIST(1, 256, pdusession_list_withdataforwardingfromtarget_item)), O(LIST(1, 256, INT(0, 255))),
	X);
ROW qosflowsactivitynotifyitem = SEQ(M(INTX(0, 63)), M(ENUMX(2)), X);
ROW pdusessionresourcesactivitynotify_item = SEQ(M(pdusessionid), O(ENUMX(2)), O(LIST(1, 64, qosflowsactivitynotifyitem)), X);
ROW qosflowsadmitted_item = SEQ(M(INTX(0, 63)), X);
ROW pdusessionresourceadmittedinfo = SEQ(O(ENUMX(1)), M(LIST(1, 64, qosflowsadmitted_item)), O(LIST(1, 64, qosflowwithcause_item)),
	O(dataforwardinginfofromtargetngrannode), X);
ROW pdusessionresourcesadmitted_item = SEQ(M(pdusessionid), M(pdusessionresourceadmittedinfo), X);
ROW qosflownotify_item = SEQ(M(INTX(0, 63)), M(ENUMX(2)), X);
ROW pdusessionresourcesnotify_item = SEQ(M(pdusessionid), M(LIST(1, 64, qosflownotify_item)), X);
ROW pdusessionresourcechangeconfirminfo_snterminated = SEQ(O(dataforwardinginfofromtargetngrannode), X);
ROW pdusessionresourcechangeconfirminfo_mnterminated = SEQ(X);
ROW pdusession_snchangeconfirm_item = SEQ(M(pdusessionid), O(pdusessionresourcechangeconfirminfo_snterminated),
	O(pdusessionresourcechangeconfirminfo_mnterminated), X);
ROW pdusessionresourcechangerequiredinfo_snterminated = SEQ(O(dataforwardingandoffloadinginfofromsource), X);
ROW pdusessionresourcechangerequiredinfo_mnterminated = SEQ(X);
ROW pdusession_snchangerequired_item = SEQ(M(pdusessionid), O(pdusessionresourcechangerequiredinfo_snterminated),
	O(pdusessionresourcechangerequiredinfo_mnterminated), X);
ROW s_nssai = SEQ(M(OCTETS(1, 1)), O(OCTETS(3, 3)), X);
ROW pdusessionaggregatemaximumbitrate = SEQ(M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)), X);
ROW qosflowstobesetup_list_setup_snterminated_item = SEQ(M(INTX(0, 63)), M(qosflowlevelqosparameters), O(gbrqosflowinfo), X);
ROW maximumipdatarate = SEQ(M(ENUMX(2)), X);
ROW securityindication = SEQ(M(integrityprotectionindication), M(confidentialityprotectionindication), O(maximumipdatarate), X);
ROW pdusessionresourcesetupinfo_snterminated = SEQ(M(uptransportlayerinformation), M(ENUMX(5)), O(INTX(1, 256)), M(LIST(1, 64,
	qosflowstobesetup_list_setup_snterminated_item)), O(dataforwardingandoffloadinginfofromsource), O(securityindication), X);
ROW qosflowsmappedtodrb_setup_mnterminated_item = SEQ(M(INTX(0, 63)), M(qosflowlevelqosparameters), O(ENUMX(2)), X);
ROW drbstobesetuplist_setup_mnterminated_item = SEQ(M(INTX(1, 32)), M(LIST(1, 4, uptransportparametersitem)), M(ENUMX(4)),
	O(ulconfiguration), M(qosflowlevelqosparameters), O(pdcpsnlength), O(LIST(1, 4, uptransportparametersitem)), O(ENUMX(2)), M(LIST(1,
	64, qosflowsmappedtodrb_setup_mnterminated_item)), X);
ROW pdusessionresourcesetupinfo_mnterminated = SEQ(M(ENUMX(5)), M(LIST(1, 32, drbstobesetuplist_setup_mnterminated_item)), X);
ROW pdusessiontobeaddedaddreq_item = SEQ(M(pdusessionid), M(s_nssai), O(pdusessionaggregatemaximumbitrate),
	O(pdusessionresourcesetupinfo_snterminated), O(pdusessionresourcesetupinfo_mnterminated), X);
ROW qosflowssetupmappedtodrb_modrqd_snterminated_item = SEQ(M(INTX(0, 63)), O(gbrqosflowinfo), X);
ROW drbstobesetup_list_modrqd_snterminated_item = SEQ(M(INTX(1, 32)), O(pdcpsnlength), M(LIST(1, 4, uptransportparametersitem)),
	M(qosflowlevelqosparameters), O(LIST(1, 4, uptransportparametersitem)), O(ENUMX(2)), O(ulconfiguration), M(LIST(1, 64,
	qosflowssetupmappedtodrb_modrqd_snterminated_item)), M(ENUMX(4)), X);
ROW qosflowsmodifiedmappedtodrb_modrqd_snterminated_item = SEQ(M(INTX(0, 63)), O(gbrqosflowinfo), X);
ROW drbstobemodified_list_modrqd_snterminated_item = SEQ(M(INTX(1, 32)), O(LIST(1, 4, uptransportparametersitem)),
	O(qosflowlevelqosparameters), O(LIST(1, 4, uptransportparametersitem)), O(ulconfiguration), O(ENUMX(2)), O(ENUMX(2)), O(LIST(1, 64,
	qosflowsmodifiedmappedtodrb_modrqd_snterminated_item)), X);
ROW pdusessionresourcemodrqdinfo_snterminated = SEQ(O(uptransportlayerinformation), O(LIST(1, 64, qosflowwithcause_item)),
	O(dataforwardingandoffloadinginfofromsource), O(LIST(1, 32, drbstobesetup_list_modrqd_snterminated_item)), O(LIST(1, 32,
	drbstobemodified_list_modrqd_snterminated_item)), O(LIST(1, 32, drb_list_withcause_item)), X);
ROW rlc_status = SEQ(M(ENUMX(1)), X);
ROW drbstobemodified_list_modrqd_mnterminated_item = SEQ(M(INTX(1, 32)), M(uptransportlayerinformation), O(uptransportlayerinformation),
	O(INTX(1, 32)), O(rlc_status), X);
ROW pdusessionresourcemodrqdinfo_mnterminated = SEQ(O(LIST(1, 32, drbstobemodified_list_modrqd_mnterminated_item)), O(LIST(1, 32,
	drb_list_withcause_item)), X);
ROW pdusessiontobemodifiedsnmodrequired_item = SEQ(M(pdusessionid), O(pdusessionresourcemodrqdinfo_snterminated),
	O(pdusessionresourcemodrqdinfo_mnterminated), X);
ROW pdusessiontobereleasedlist_relrqd = SEQ(O(LIST(1, 256, pdusession_list_withdataforwardingrequest_item)), X);
ROW pdusessiontobereleasedsnmodrequired = SEQ(O(LIST(1, 256, pdusession_list_withdataforwardingrequest_item)), O(LIST(1, 256,
	pdusession_list_withcause_item)), X);
ROW ranareaid = SEQ(M(OCTETS(3, 3)), O(INT(0, 255)), X);
ROW ranpagingareachoice = CHOICE(M(LIST(1, 32, ng_ran_cell_identity)), M(LIST(1, 16, ranareaid)), E);
ROW ranpagingarea = SEQ(M(OCTETS(3, 3)), M(ranpagingareachoice), X);
ROW resetrequesttypeinfo_full = SEQ(X);
ROW resetrequestpartialreleaseitem = SEQ(O(ng_ran_node1uexnapid), O(ng_ran_node2uexnapid), X);
ROW resetrequesttypeinfo_partial = SEQ(M(LIST(1, 8192, resetrequestpartialreleaseitem)), X);
ROW resetrequesttypeinfo = CHOICE(M(resetrequesttypeinfo_full), M(resetrequesttypeinfo_partial), E);
ROW resetresponsetypeinfo_full = SEQ(X);
ROW resetresponsepartialreleaseitem = SEQ(O(ng_ran_node1uexnapid), O(ng_ran_node2uexnapid), X);
ROW resetresponsetypeinfo_partial = SEQ(M(LIST(1, 8192, resetresponsepartialreleaseitem)), X);
ROW resetresponsetypeinfo = CHOICE(M(resetresponsetypeinfo_full), M(resetresponsetypeinfo_partial), E);
ROW respondingnodetypeconfigupdateack_ng_enb = SEQ(X);
ROW respondingnodetypeconfigupdateack_gnb = SEQ(O(LIST(1, 16384, servedcells_nr_item)), X);
ROW respondingnodetypeconfigupdateack = CHOICE(M(respondingnodetypeconfigupdateack_ng_enb), M(respondingnodetypeconfigupdateack_gnb), E);
ROW resourcecoordresponse_ng_enb_initiated = SEQ(M(datatrafficresourceindication), M(INT(1, 16384)), O(LIST(1, 16384, e_utra_cgi)), X);
ROW resourcecoordresponse_gnb_initiated = SEQ(M(datatrafficresourceindication), M(INT(1, 16384)), O(LIST(1, 16384, nr_cgi)), X);
ROW respondingnodetype_resourcecoordresponse = CHOICE(M(resourcecoordresponse_ng_enb_initiated), M(resourcecoordresponse_gnb_initiated), E);
ROW configuration_successfully_applied = SEQ(O(ANY_OCTETS), X);
ROW configuration_rejected_by_m_ng_rannode = SEQ(M(cause), O(ANY_OCTETS), X);
ROW responsetype_reconfcomplete = CHOICE(M(configuration_successfully_applied), M(configuration_rejected_by_m_ng_rannode), E);
ROW responseinfo_reconfcompl = SEQ(M(responsetype_reconfcomplete), X);
ROW servedcellstoactivate = CHOICE(M(LIST(1, 16384, nr_cgi)), M(LIST(1, 16384, e_utra_cgi)), E);
ROW servedcells_tomodify_e_utra_item = SEQ(M(e_utra_cgi), M(servedcellinformation_e_utra), O(LIST(1, 1024, neighbourinformation_nr_item)),
	O(LIST(1, 1024, neighbourinformation_e_utra_item)), O(ENUMX(1)), X);
ROW servedcellstoupdate_e_utra = SEQ(O(LIST(1, 16384, servedcells_e_utra_item)), O(LIST(1, 16384, servedcells_tomodify_e_utra_item)),
	O(LIST(1, 16384, e_utra_cgi)), X);
ROW servedcells_tomodify_nr_item = SEQ(M(nr_cgi), M(servedcellinformation_nr), O(LIST(1, 1024, neighbourinformation_nr_item)), O(LIST(1,
	1024, neighbourinformation_e_utra_item)), O(ENUMX(1)), X);
ROW servedcellstoupdate_nr = SEQ(O(LIST(1, 16384, servedcells_nr_item)), O(LIST(1, 16384, servedcells_tomodify_nr_item)), O(LIST(1, 16384,
	nr_cgi)), X);
ROW broadcastplmnintaisupport_item = SEQ(M(plmn_id), M(LIST(1, 1024, s_nssai)), X);
ROW taisupport_item = SEQ(M(tac), M(LIST(1, 12, broadcastplmnintaisupport_item)), X);
ROW target_cgi = CHOICE(M(nr_cgi), M(e_utra_cgi), E);
ROW traceactivation = SEQ(M(OCTETS(8, 8)), M(BITS(8, 8)), M(ENUMX(6)), M(tla), X);
ROW cptransportlayerinformation = CHOICE(M(tla), E);
ROW uesecuritycapabilities = SEQ(M(nr_encyptionalgorithms), M(nr_integrityprotectionalgorithms), M(BITSX(16, 16)), M(BITSX(16, 16)), X);
ROW as_securityinformation = SEQ(M(key_ng_ran_star), M(ncc), X);
ROW ueaggregatemaximumbitrate = SEQ(M(INTX(0, 0x3a352944000)), M(INTX(0, 0x3a352944000)), X);
ROW qosflowstobesetup_item = SEQ(M(INTX(0, 63)), M(qosflowlevelqosparameters), O(INTX(0, 15)), X);
ROW pdusessionresourcestobesetup_item = SEQ(M(pdusessionid), M(s_nssai), O(pdusessionaggregatemaximumbitrate),
	M(uptransportlayerinformation), O(uptransportlayerinformation), O(securityindication), M(ENUMX(5)), O(INTX(1, 256)), M(LIST(1, 64,
	qosflowstobesetup_item)), O(dataforwardingandoffloadinginfofromsource), X);
ROW uecontextinfohorequest = SEQ(M(INT(0, 0xffffffffff)), M(cptransportlayerinformation), M(uesecuritycapabilities),
	M(as_securityinformation), O(INT(1, 256)), M(ueaggregatemaximumbitrate), M(LIST(1, 256, pdusessionresourcestobesetup_item)),
	M(ANY_OCTETS), O(locationreportinginformation), O(mobilityrestrictionlist), X);
ROW uecontextinforetruectxtresp = SEQ(M(INT(0, 0xffffffffff)), M(cptransportlayerinformation), M(uesecuritycapabilities),
	M(as_securityinformation), M(ueaggregatemaximumbitrate), M(LIST(1, 256, pdusessionresourcestobesetup_item)), M(ANY_OCTETS),
	O(mobilityrestrictionlist), O(INT(1, 256)), X);
ROW pdusessionstobeadded_snmodrequest_item = SEQ(M(pdusessionid), M(s_nssai), O(pdusessionaggregatemaximumbitrate),
	O(pdusessionresourcesetupinfo_snterminated), O(pdusessionresourcesetupinfo_mnterminated), X);
ROW qosflowstobesetup_list_modified_snterminated_item = SEQ(M(INTX(0, 63)), O(qosflowlevelqosparameters), O(gbrqosflowinfo), O(ENUMX(2)),
	X);
ROW drbstobemodified_list_modified_snterminated_item = SEQ(M(INTX(1, 32)), O(LIST(1, 4, uptransportparametersitem)), O(LIST(1, 4,
	uptransportparametersitem)), O(INTX(1, 32)), O(rlc_status), X);
ROW pdusessionresourcemodificationinfo_snterminated = SEQ(O(uptransportlayerinformation), O(INTX(1, 256)), O(LIST(1, 64,
	qosflowstobesetup_list_setup_snterminated_item)), O(dataforwardingandoffloadinginfofromsource), O(LIST(1, 64,
	qosflowstobesetup_list_modified_snterminated_item)), O(LIST(1, 64, qosflowwithcause_item)), O(LIST(1, 32,
	drbstobemodified_list_modified_snterminated_item)), O(LIST(1, 32, drb_list_withcause_item)), X);
ROW drbstobemodifiedlist_modification_mnterminated_item = SEQ(M(INTX(1, 32)), O(LIST(1, 4, uptransportparametersitem)),
	O(qosflowlevelqosparameters), O(LIST(1, 4, uptransportparametersitem)), O(ulconfiguration), O(ENUMX(2)), O(ENUMX(2)), O(LIST(1, 64,
	qosflowsmappedtodrb_setup_mnterminated_item)), X);
ROW pdusessionresourcemodificationinfo_mnterminated = SEQ(M(ENUMX(5)), O(LIST(1, 32, drbstobesetuplist_setup_mnterminated_item)), O(LIST(1,
	32, drbstobemodifiedlist_modification_mnterminated_item)), O(LIST(1, 32, drb_list_withcause_item)), X);
ROW pdusessionstobemodified_snmodrequest_item = SEQ(M(pdusessionid), O(pdusessionaggregatemaximumbitrate),
	O(pdusessionresourcemodificationinfo_snterminated), O(pdusessionresourcemodificationinfo_mnterminated), X);
ROW pdusessionstobereleased_snmodrequest_list = SEQ(O(LIST(1, 256, pdusession_list_withcause_item)), X);
ROW uecontextinfo_snmodrequest = SEQ(O(uesecuritycapabilities), O(s_ng_rannode_securitykey_b), O(ueaggregatemaximumbitrate), O(INT(1, 256)),
	O(ENUMX(2)), O(LIST(1, 256, pdusessionstobeadded_snmodrequest_item)), O(LIST(1, 256, pdusessionstobemodified_snmodrequest_item)),
	O(pdusessionstobereleased_snmodrequest_list), X);
ROW uecontextrefatsn_horequest = SEQ(M(globalng_rannode_id), M(sn_ng_rannodeuexnapid), X);
ROW tnla_to_add_item = SEQC(M(cptransportlayerinformation), M(ENUMX(3)), X);
ROW tnla_to_update_item = SEQC(M(cptransportlayerinformation), O(ENUMX(3)), X);
ROW tnla_to_remove_item = SEQC(M(cptransportlayerinformation), X);
ROW tnla_setup_item = SEQ(M(cptransportlayerinformation), X);
ROW tnla_failed_to_setup_item = SEQC(M(cptransportlayerinformation), M(cause), X);
ROW pdusessiontobereleasedlist_relreqack = SEQ(O(LIST(1, 256, pdusession_list_withdataforwardingrequest_item)), X);
ROW additional_ul_ng_u_tnlatupf_item = SEQ(M(uptransportlayerinformation), X);
ROW secondarydataforwardinginfofromtarget_item = SEQ(M(dataforwardinginfofromtargetngrannode), X);
ROW e_utra_resourcecoordinationinfo = SEQ(M(e_utra_cgi), M(BITS(6, 4400)), O(BITS(6, 4400)), O(nr_cgi), O(ENUMX(1)), X);
ROW nr_resourcecoordinationinfo = SEQ(M(nr_cgi), M(BITS(6, 4400)), O(BITS(6, 4400)), O(e_utra_cgi), O(ENUMX(1)), X);
ROW ng_ran_node_resourcecoordinationinfo = CHOICE(M(e_utra_resourcecoordinationinfo), M(nr_resourcecoordinationinfo));
ROW mr_dc_resourcecoordinationinfo = SEQ(M(ng_ran_node_resourcecoordinationinfo), X);
ROW pdusessiondataforwarding_snmodresponse = SEQ(M(LIST(1, 256, pdusession_list_withdataforwardingrequest_item)), X);
ROW bplmn_id_info_eutra_item = SEQ(M(LIST(1, 6, OCTETS(3, 3))), M(tac), M(BITS(28, 28)), O(INT(0, 255)), X);
ROW bplmn_id_info_nr_item = SEQ(M(LIST(1, 12, OCTETS(3, 3))), M(tac), M(nr_cell_identity), O(INT(0, 255)), X);
ROW endpointipaddressandport = SEQC(M(tla), M(BITS(16, 16)), X);
ROW gtptla_item = SEQ(M(tla), X);
ROW exttla_item = SEQ(O(tla), O(LIST(1, 16, gtptla_item)), X);
ROW tnlconfigurationinfo = SEQ(O(LIST(1, 16, exttla_item)), O(LIST(1, 16, exttla_item)), X);
ROW cellandcapacityassistanceinfo_nr = SEQ(O(INTX(1, 16384)), O(cellassistanceinfo_nr), X);
ROW cellassistanceinfo_eutra = CHOICE(M(LIST(1, 16384, e_utra_cgi)), M(ENUMX(1)), E);
ROW cellandcapacityassistanceinfo_eutra = SEQ(O(INTX(1, 16384)), O(cellassistanceinfo_eutra), X);
ROW choinformation_ack = SEQ(M(target_cgi), O(INTX(1, 8)), X);
ROW targetcelllist_item = SEQC(M(target_cgi), X);
ROW cell_type_choice = CHOICE(M(BITS(28, 28)), M(nr_cell_identity), M(BITS(28, 28)), E);
ROW globalcell_id = SEQ(M(plmn_id), M(cell_type_choice), X);
ROW ssbtoreport_list_item = SEQ(M(INT(0, 63)), X);
ROW snssai_item = SEQC(M(s_nssai), X);
ROW slicetoreport_list_item = SEQ(M(OCTETS(3, 3)), M(LIST(1, 1024, snssai_item)), X);
ROW celltoreport_item = SEQ(M(globalng_rancell_id), O(LIST(1, 64, ssbtoreport_list_item)), O(LIST(1, 12, slicetoreport_list_item)), X);
ROW rachreportlist_item = SEQ(M(ANY_OCTETS), X);
ROW additional_pdcp_duplication_tnl_item = SEQ(M(uptransportlayerinformation), X);
ROW broadcastnid_item = SEQ(M(BITS(44, 44)), X);
ROW broadcastsnpnid = SEQ(M(plmn_id), M(LIST(1, 12, broadcastnid_item)), X);
ROW npn_broadcast_information_snpn = SEQ(M(LIST(1, 12, broadcastsnpnid)), X);
ROW broadcastcag_identifier_item = SEQ(M(BITS(32, 32)), X);
ROW broadcastpni_npn_id_information_item = SEQ(M(plmn_id), M(LIST(1, 12, broadcastcag_identifier_item)), X);
ROW npn_broadcast_information_pni_npn = SEQ(M(LIST(1, 12, broadcastpni_npn_id_information_item)), X);
ROW npn_broadcast_information = CHOICE(M(npn_broadcast_information_snpn), M(npn_broadcast_information_pni_npn), E);
ROW allowedpni_npn_id_item = SEQ(M(plmn_id), M(ENUMX(2)), M(LIST(1, 256, BITS(32, 32))), X);
ROW npnpagingassistanceinformation_pni_npn = SEQ(M(LIST(1, 16, allowedpni_npn_id_item)), X);
ROW npnpagingassistanceinformation = CHOICE(M(npnpagingassistanceinformation_pni_npn), E);
ROW npnmobilityinformation_snpn = SEQ(M(BITS(44, 44)), X);
ROW npnmobilityinformation_pni_npn = SEQ(M(LIST(1, 16, allowedpni_npn_id_item)), X);
ROW npnmobilityinformation = CHOICE(M(npnmobilityinformation_snpn), M(npnmobilityinformation_pni_npn), E);
ROW qosflowstobeforwarded_item_t = SEQ(M(INTX(0, 63)), X);
ROW dataforwardinginfofromtargete_utrannode_item = SEQ(M(uptransportlayerinformation), M(LIST(1, 64, qosflowstobeforwarded_item_t)), X);
ROW dataforwardinginfofromtargete_utrannode = SEQ(M(LIST(1, 256, dataforwardinginfofromtargete_utrannode_item)), X);
ROW mbs_session_id = SEQ(M(OCTETS(6, 6)), O(BITS(44, 44)), X);
ROW mbs_qosflowstoadd_item = SEQ(M(INTX(0, 63)), M(qosflowlevelqosparameters), X);
ROW mbs_serviceareatai_item = SEQ(M(OCTETS(3, 3)), M(OCTETS(3, 3)), X);
ROW mbs_serviceareainformation = SEQ(O(LIST(1, 8192, nr_cgi)), O(LIST(1, 1024, mbs_serviceareatai_item)), X);
ROW mbs_serviceareainformation_item = SEQ(M(INTX(0, 65535)), M(mbs_serviceareainformation), X);
ROW mbs_servicearea = CHOICE(M(mbs_serviceareainformation), M(LIST(1, 256, mbs_serviceareainformation_item)), E);
ROW mrb_progressinformation = CHOICE(M(INT(0, 4095)), M(INT(0, 0x3ffff)), E);
ROW mbs_mappinganddataforwardingrequestinfofromsource_item = SEQ(M(INT(1, 32)), M(LIST(1, 64, INTX(0, 63))), O(mrb_progressinformation), X);
ROW active_mbs_sessioninformation = SEQ(M(LIST(1, 64, mbs_qosflowstoadd_item)), O(mbs_servicearea), O(LIST(1, 32,
	mbs_mappinganddataforwardingrequestinfofromsource_item)), X);
ROW mbs_sessioninformation_item = SEQ(M(mbs_session_id), O(INTX(0, 65535)), O(active_mbs_sessioninformation), X);
ROW mbs_dataforwardingresponseinfofromtarget_item = SEQ(M(INT(1, 32)), M(uptransportlayerinformation), O(mrb_progressinformation), X);
ROW mbs_sessioninformationresponse_item = SEQ(M(mbs_session_id), O(LIST(1, 32, mbs_dataforwardingresponseinfofromtarget_item)), X);
ROW replacingcells_item = SEQ(M(globalcell_id), X);
ROW cellreplacinginfo = SEQ(M(LIST(0, 16384, replacingcells_item)), X);
ROW ssb_coverage_modification_list_item = SEQ(M(INT(0, 63)), M(INTX(0, 15)), X);
ROW coverage_modification_list_item = SEQ(M(globalcell_id), M(INTX(0, 63)), O(ENUMX(1)), O(cellreplacinginfo), M(LIST(0, 64,
	ssb_coverage_modification_list_item)), X);
ROW choexecutioncondition_item = SEQ(M(ANY_OCTETS), M(ANY_OCTETS), X);
ROW chocandidatecell_item = SEQ(M(globalng_rancell_id), M(LIST(1, 2, choexecutioncondition_item)), X);
ROW choconfiguration = SEQ(M(LIST(1, 8, chocandidatecell_item)), X);
ROW trafficnotadded_item = SEQ(M(INTX(1, 1024)), O(cause), X);
ROW trafficnotmodified_item = SEQ(M(INTX(1, 1024)), O(cause), X);
ROW choinformation_addreq = SEQ(M(globalng_rannode_id), M(INT(0, 0xffffffff)), O(INT(1, 100)), X);
ROW cpaccandidatepscells_item = SEQ(M(nr_cgi), X);
ROW cpainformationack = SEQ(M(LIST(1, 8, cpaccandidatepscells_item)), X);
ROW cpc_target_sn_required_list_item = SEQ(M(globalng_rannode_id), M(ENUMX(3)), M(INTX(1, 8)), O(INT(1, 100)), M(ANY_OCTETS), X);
ROW cpcinformationrequired = SEQ(M(LIST(1, 8, cpc_target_sn_required_list_item)), X);
ROW cpc_target_sn_confirm_list_item = SEQ(M(globalng_rannode_id), M(LIST(1, 8, cpaccandidatepscells_item)), X);
ROW cpcinformationconfirm = SEQ(M(LIST(1, 8, cpc_target_sn_confirm_list_item)), X);
ROW cpainformationmodreqack = SEQ(M(LIST(1, 8, cpaccandidatepscells_item)), X);
ROW cpcinformationupdatepscells_item = SEQ(M(nr_cgi), X);
ROW cpc_target_sn_mod_item = SEQ(M(globalng_rannode_id), M(LIST(1, 8, cpcinformationupdatepscells_item)), X);
ROW cpcinformationupdate = SEQ(M(LIST(1, 8, cpc_target_sn_mod_item)), X);
ROW cpacinformationmodrequired = SEQ(M(LIST(1, 8, cpaccandidatepscells_item)), X);
ROW s_basedmdt = SEQ(M(OCTETS(8, 8)), X);
ROW mdtalignmentinfo = CHOICE(M(s_basedmdt), E);
ROW cellbasedqmc = SEQ(M(LIST(1, 32, nr_cgi)), X);
ROW tabasedqmc = SEQ(M(LIST(1, 8, OCTETS(3, 3))), X);
ROW tai_item = SEQ(M(OCTETS(3, 3)), M(OCTETS(3, 3)), X);
ROW taibasedqmc = SEQ(M(LIST(1, 8, tai_item)), X);
ROW plmnareabasedqmc = SEQ(M(LIST(1, 16, OCTETS(3, 3))), X);
ROW areascopeofqmc = CHOICE(M(cellbasedqmc), M(tabasedqmc), M(taibasedqmc), M(plmnareabasedqmc), E);
ROW availablervqoemetrics = SEQ(O(ENUMX(1)), O(ENUMX(1)), X);
ROW ueapplayermeasconfiginfo = SEQ(M(OCTETS(6, 6)), O(INTX(0, 15)), M(ENUMX(3)), O(ENUMX(1)), O(OCTETS(1, 8000)), O(mdtalignmentinfo),
	O(tla), O(areascopeofqmc), O(LIST(1, 16, s_nssai)), O(availablervqoemetrics), X);
ROW ueapplayermeasinfo_item = SEQ(M(ueapplayermeasconfiginfo), X);
ROW qmcconfiginfo = SEQ(M(LIST(1, 16, ueapplayermeasinfo_item)), X);
ROW csi_rs_mtc_neighbour_item = SEQ(M(INT(0, 95)), X);
ROW csi_rs_neighbour_item = SEQ(M(nr_cgi), O(LIST(1, 16, csi_rs_mtc_neighbour_item)), X);
ROW csi_rs_mtc_configuration_item = SEQ(M(INT(0, 95)), M(ENUMX(2)), O(LIST(1, 16, csi_rs_neighbour_item)), X);
ROW additional_measurement_timing_configuration_item = SEQ(M(INT(0, 16)), M(LIST(1, 96, csi_rs_mtc_configuration_item)), X);
ROW full_i_rnti_profile_list = CHOICE(M(BITS(21, 21)), M(BITS(18, 18)), M(BITS(15, 15)), M(BITS(12, 12)), E);
ROW short_i_rnti_profile_list = CHOICE(M(BITS(8, 8)), M(BITS(6, 6)), E);
ROW local_ng_ran_node_identifier = CHOICE(M(full_i_rnti_profile_list), M(short_i_rnti_profile_list), E);
ROW neighbour_ng_ran_node_item = SEQ(M(globalng_rannode_id), M(local_ng_ran_node_identifier), X);
ROW servedcellspecificinforeq_nr_item = SEQ(M(nr_cgi), O(ENUMX(1)), X);
ROW flows_mapped_to_drb_item = SEQC(M(INTX(0, 63)), M(qosflowlevelqosparameters), O(ENUMX(2)), X);
ROW sdt_drbstobesetuplist_item = SEQ(M(INTX(1, 32)), M(LIST(1, 4, uptransportparametersitem)), M(ANY_OCTETS), M(qosflowlevelqosparameters),
	M(ENUMX(4)), M(s_nssai), M(pdcpsnlength), M(LIST(1, 64, flows_mapped_to_drb_item)), X);
ROW sdt_srbstobesetuplist_item = SEQ(M(INTX(0, 4)), M(ANY_OCTETS), X);
ROW sdtpartialuecontextinfo = SEQ(O(LIST(1, 32, sdt_drbstobesetuplist_item)), M(LIST(1, 5, sdt_srbstobesetuplist_item)), X);
ROW sdtdataforwardingdrblist_item = SEQ(M(INTX(1, 32)), O(LIST(1, 4, uptransportparametersitem)), X);

static const struct per_ie rows[] = {
	IE(0, activatedservedcells, "ActivatedServedCells", "9.3.5"),
	IE(5, assistancedataforranpaging, "AssistanceDataForRANPaging", "9.3.5"),
	IE(7, cause, "Cause", "9.3.5"),
	IE(8, cellassistanceinfo_nr, "cellAssistanceInfo-NR", "9.3.5"),
	IE(9, configurationupdateinitiatingnodechoice, "ConfigurationUpdateInitiatingNodeChoice", "9.3.5"),
	IE(10, criticalitydiagnostics, "CriticalityDiagnostics", "9.3.5"),
	IE(11, LIST(1, 256, xnuaddressinfoperpdusession_item), "XnUAddressInfoperPDUSession-List", "9.3.5"),
	IE(14, globalng_rannode_id, "GlobalNG-RAN-node-ID", "9.3.5"),
	IE(17, initiatingnodetype_resourcecoordrequest, "initiatingNodeType-ResourceCoordRequest", "9.3.5"),
	IE(18, LIST(1, 16384, servedcells_e_utra_item), "List-of-served-cells-E-UTRA", "9.3.5"),
	IE(19, LIST(1, 16384, servedcells_nr_item), "List-of-served-cells-NR", "9.3.5"),
	IE(20, locationreportinginformation, "LocationReportingInformation", "9.3.5"),
	IE(23, ng_rannodeuexnapid, "M-NG-RANnodeUEXnAPID", "9.3.5"),
	IE(25, mobilityrestrictionlist, "MobilityRestrictionList", "9.3.5"),
	IE(26, ng_ran_cell_identity, "new-NG-RAN-Cell-Identity", "9.3.5"),
	IE(27, ng_rannodeuexnapid, "newNG-RANnodeUEXnAPID", "9.3.5"),
	IE(29, ng_rannodeuexnapid, "oldNG-RANnodeUEXnAPID", "9.3.5"),
	IE(32, globalng_rancell_id, "PCellID", "9.3.5"),
	IE(34, LIST(1, 256, pdusessionadmittedaddedaddreqack_item), "PDUSessionAdmittedAddedAddReqAck", "9.3.5"),
	IE(35, LIST(1, 256, pdusessionadmittedmodsnmodconfirm_item), "PDUSessionAdmittedModSNModConfirm", "9.3.5"),
	IE(36, pdusessionadmitted_snmodresponse, "PDUSessionAdmitted-SNModResponse", "9.3.5"),
	IE(37, pdusessionnotadmittedaddreqack, "PDUSessionNotAdmittedAddReqAck", "9.3.5"),
	IE(39, pdusessionreleasedlist_relconf, "PDUSessionReleasedList-RelConf", "9.3.5"),
	IE(40, pdusessionreleasedsnmodconfirm, "PDUSessionReleasedSNModConfirm", "9.3.5"),
	IE(41, LIST(1, 256, pdusessionresourcesactivitynotify_item), "PDUSessionResourcesActivityNotifyList", "9.3.5"),
	IE(42, LIST(1, 256, pdusessionresourcesadmitted_item), "PDUSessionResourcesAdmitted-List", "9.3.5"),
	IE(43, LIST(1, 256, pdusessionresourcesnotadmitted_item), "PDUSessionResourcesNotAdmitted-List", "9.3.5"),
	IE(44, LIST(1, 256, pdusessionresourcesnotify_item), "PDUSessionResourcesNotifyList", "9.3.5"),
	IE(45, LIST(1, 256, pdusession_snchangeconfirm_item), "PDUSession-SNChangeConfirm-List", "9.3.5"),
	IE(46, LIST(1, 256, pdusession_snchangerequired_item), "PDUSession-SNChangeRequired-List", "9.3.5"),
	IE(47, LIST(1, 256, pdusessiontobeaddedaddreq_item), "PDUSessionToBeAddedAddReq", "9.3.5"),
	IE(48, LIST(1, 256, pdusessiontobemodifiedsnmodrequired_item), "PDUSessionToBeModifiedSNModRequired", "9.3.5"),
	IE(49, pdusessiontobereleasedlist_relrqd, "PDUSessionToBeReleasedList-RelRqd", "9.3.5"),
	IE(50, LIST(1, 256, pdusession_list_withcause_item), "PDUSessionToBeReleased-RelReq", "9.3.5"),
	IE(51, pdusessiontobereleasedsnmodrequired, "PDUSessionToBeReleasedSNModRequired", "9.3.5"),
	IE(52, ranpagingarea, "RANPagingArea", "9.3.5"),
	IE(56, resetrequesttypeinfo, "ResetRequestTypeInfo", "9.3.5"),
	IE(57, resetresponsetypeinfo, "ResetResponseTypeInfo", "9.3.5"),
	IE(58, respondingnodetypeconfigupdateack, "RespondingNodeTypeConfigUpdateAck", "9.3.5"),
	IE(59, respondingnodetype_resourcecoordresponse, "respondingNodeType-ResourceCoordResponse", "9.3.5"),
	IE(60, responseinfo_reconfcompl, "ResponseInfo-ReconfCompl", "9.3.5"),
	IE(65, servedcellstoactivate, "ServedCellsToActivate", "9.3.5"),
	IE(66, servedcellstoupdate_e_utra, "servedCellsToUpdate-E-UTRA", "9.3.5"),
	IE(68, servedcellstoupdate_nr, "servedCellsToUpdate-NR", "9.3.5"),
	IE(69, s_ng_rannode_securitykey, "s-ng-RANnode-SecurityKey", "9.3.5"),
	IE(71, ng_rannodeuexnapid, "S-NG-RANnodeUEXnAPID", "9.3.5"),
	IE(73, ng_rannodeuexnapid, "sourceNG-RANnodeUEXnAPID", "9.3.5"),
	IE(75, LIST(1, 256, taisupport_item), "TAISupport-list", "9.3.5"),
	IE(78, target_cgi, "targetCellGlobalID", "9.3.5"),
	IE(79, ng_rannodeuexnapid, "targetNG-RANnodeUEXnAPID", "9.3.5"),
	IE(80, globalng_rannode_id, "target-S-NG-RANnodeID", "9.3.5"),
	IE(81, traceactivation, "TraceActivation", "9.3.5"),
	IE(83, uecontextinfohorequest, "UEContextInfoHORequest", "9.3.5"),
	IE(84, uecontextinforetruectxtresp, "UEContextInfoRetrUECtxtResp", "9.3.5"),
	IE(85, uecontextinfo_snmodrequest, "UEContextInfo-SNModRequest", "9.3.5"),
	IE(87, uecontextrefatsn_horequest, "UEContextRefAtSN-HORequest", "9.3.5"),
	IE(91, uesecuritycapabilities, "UESecurityCapabilities", "9.3.5"),
	IE(99, LIST(1, 32, tnla_to_add_item), "TNLA-To-Add-List", "9.3.5"),
	IE(100, LIST(1, 32, tnla_to_update_item), "TNLA-To-Update-List", "9.3.5"),
	IE(101, LIST(1, 32, tnla_to_remove_item), "TNLA-To-Remove-List", "9.3.5"),
	IE(102, LIST(1, 32, tnla_setup_item), "TNLA-Setup-List", "9.3.5"),
	IE(103, LIST(1, 32, tnla_failed_to_setup_item), "TNLA-Failed-To-Setup-List", "9.3.5"),
	IE(104, pdusessiontobereleasedlist_relreqack, "PDUSessionToBeReleased-RelReqAck", "9.3.5"),
	IE(108, LIST(1, 3, additional_ul_ng_u_tnlatupf_item), "Additional-UL-NG-U-TNLatUPF-List", "9.3.5"),
	IE(109, LIST(1, 3, secondarydataforwardinginfofromtarget_item), "SecondarydataForwardingInfoFromTarget-List", "9.3.5"),
	IE(111, target_cgi, "LocationInformationSN", "9.3.5"),
	IE(115, securityresult, "SecurityResult", "9.3.5"),
	IE(117, mr_dc_resourcecoordinationinfo, "MR-DC-ResourceCoordinationInfo", "9.3.5"),
	IE(123, pdusessiondataforwarding_snmodresponse, "PDUSessionDataForwarding-SNModResponse", "9.3.5"),
	IE(124, LIST(1, 32, drb_list_withcause_item), "DRBsNotAdmittedSetupModifyList", "9.3.5"),
	IE(125, uptransportlayerinformation, "Secondary-MN-Xn-U-TNLInfoatM", "9.3.5"),
	IE(128, LIST(1, 6, bplmn_id_info_eutra_item), "BPLMN-ID-Info-EUTRA", "9.3.5"),
	IE(129, LIST(1, 12, bplmn_id_info_nr_item), "BPLMN-ID-Info-NR", "9.3.5"),
	IE(139, endpointipaddressandport, "EndpointIPAddressAndPort", "9.3.5"),
	IE(141, tnlconfigurationinfo, "TNLConfigurationInfo", "9.3.5"),
	IE(144, cellandcapacityassistanceinfo_nr, "CellAndCapacityAssistanceInfo-NR", "9.3.5"),
	IE(157, cellandcapacityassistanceinfo_eutra, "CellAndCapacityAssistanceInfo-EUTRA", "9.3.5"),
	IE(159, choinformation_ack, "CHOinformation-Ack", "9.3.5"),
	IE(160, LIST(1, 8, targetcelllist_item), "targetCellsToCancel", "9.3.5"),
	IE(161, target_cgi, "requestedTargetCellGlobalID", "9.3.5"),
	IE(180, cause, "HandoverCause", "9.3.5"),
	IE(181, globalng_rancell_id, "SourceCellCGI", "9.3.5"),
	IE(182, globalng_rancell_id, "TargetCellCGI", "9.3.5"),
	IE(183, globalcell_id, "ReEstablishmentCellCGI", "9.3.5"),
	IE(191, LIST(1, 16384, celltoreport_item), "CellToReport", "9.3.5"),
	IE(194, globalng_rancell_id, "NG-RANnode1CellID", "9.3.5"),
	IE(195, globalng_rancell_id, "NG-RANnode2CellID", "9.3.5"),
	IE(205, LIST(1, 64, rachreportlist_item), "RACHReportInformation", "9.3.5"),
	IE(207, uptransportlayerinformation, "Redundant-UL-NG-U-TNLatUPF", "9.3.5"),
	IE(210, LIST(1, 3, additional_ul_ng_u_tnlatupf_item), "Additional-Redundant-UL-NG-U-TNLatUPF-List", "9.3.5"),
	IE(214, uptransportlayerinformation, "Redundant-DL-NG-U-TNLatNG-RAN", "9.3.5"),
	IE(216, LIST(1, 2, additional_pdcp_duplication_tnl_item), "Additional-PDCP-Duplication-TNL-List", "9.3.5"),
	IE(220, npn_broadcast_information, "NPN-Broadcast-Information", "9.3.5"),
	IE(221, npnpagingassistanceinformation, "NPNPagingAssistanceInformation", "9.3.5"),
	IE(222, npnmobilityinformation, "NPNMobilityInformation", "9.3.5"),
	IE(232, cellassistanceinfo_eutra, "cellAssistanceInfo-EUTRA", "9.3.5"),
	IE(234, LIST(1, 4, uptransportparametersitem), "secondary-SN-UL-PDCP-UP-TNLInfo", "9.3.5"),
	IE(252, dataforwardinginfofromtargete_utrannode, "dataForwardingInfoFromTargetE-UTRANnode", "9.3.5"),
	IE(254, globalng_rannode_id, "SourceNG-RAN-node-ID", "9.3.5"),
	IE(255, tla, "SourceDLForwardingIPAddress", "9.3.5"),
	IE(256, tla, "SourceNodeDLForwardingIPAddress", "9.3.5"),
	IE(258, securityindication, "SecurityIndication", "9.3.5"),
	IE(260, globalng_rannode_id, "TargetNodeID", "9.3.5"),
	IE(263, tla, "TraceCollectionEntityIPAddress", "9.3.5"),
	IE(271, ranpagingarea, "MulticastRANPagingArea", "9.3.5"),
	IE(273, LIST(1, 256, mbs_sessioninformation_item), "MBS-SessionInformation-List", "9.3.5"),
	IE(274, LIST(1, 256, mbs_sessioninformationresponse_item), "MBS-SessionInformationResponse-List", "9.3.5"),
	IE(282, LIST(0, 16384, coverage_modification_list_item), "Coverage-Modification-List", "9.3.5"),
	IE(284, globalng_rancell_id, "SourcePSCellCGI", "9.3.5"),
	IE(285, globalng_rancell_id, "FailedPSCellCGI", "9.3.5"),
	IE(288, globalng_rancell_id, "SourcePSCellID", "9.3.5"),
	IE(291, choconfiguration, "CHOConfiguration", "9.3.5"),
	IE(306, LIST(1, 1024, trafficnotadded_item), "TrafficNotAddedList", "9.3.5"),
	IE(307, LIST(1, 1024, trafficnotmodified_item), "TrafficNotModifiedList", "9.3.5"),
	IE(313, ng_rannodeuexnapid, "nonF1-Terminating-IAB-DonorUEXnAPID", "9.3.5"),
	IE(314, ng_rannodeuexnapid, "F1-Terminating-IAB-DonorUEXnAPID", "9.3.5"),
	IE(322, choinformation_addreq, "CHOinformation-AddReq", "9.3.5"),
	IE(329, cpainformationack, "CPAInformationAck", "9.3.5"),
	IE(330, cpcinformationrequired, "CPCInformationRequired", "9.3.5"),
	IE(331, cpcinformationconfirm, "CPCInformationConfirm", "9.3.5"),
	IE(333, cpainformationmodreqack, "CPAInformationModReqAck", "9.3.5"),
	IE(335, cpcinformationupdate, "CPCInformationUpdate", "9.3.5"),
	IE(336, cpacinformationmodrequired, "CPACInformationModRequired", "9.3.5"),
	IE(337, qmcconfiginfo, "QMCConfigInfo", "9.3.5"),
	IE(339, LIST(1, 16, additional_measurement_timing_configuration_item), "Additional-Measurement-Timing-Configuration-List", "9.3.5"),
	IE(342, LIST(0, 256, neighbour_ng_ran_node_item), "Neighbour-NG-RAN-Node-List", "9.3.5"),
	IE(347, LIST(1, 16384, servedcellspecificinforeq_nr_item), "ServedCellSpecificInfoReq-NR", "9.3.5"),
	IE(354, sdtpartialuecontextinfo, "SDTPartialUEContextInfo", "9.3.5"),
	IE(355, LIST(1, 32, sdtdataforwardingdrblist_item), "SDTDataForwardingDRBList", "9.3.5"),
	IE(361, ng_rannodeuexnapid, "UEAssistantIdentifier", "9.3.5"),
};

const struct per_ie_table xnap_ies = { rows, sizeof(rows) / sizeof(rows[0]) };
