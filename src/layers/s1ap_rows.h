/*
 * Types of S1AP that many information elements share (TS 36.413 9.2, 9.3.4), in the words of
 * per_rows.h.
 */
#ifndef FW_LAYERS_S1AP_ROWS_H
#define FW_LAYERS_S1AP_ROWS_H

#include "per_rows.h"

#define NAMED(name) KEY_S1AP_##name
#define ITEMS(h) LIST(1, h, single)		/* a list of elements: the item is one */

/* Values that s1ap.c takes a look at. */
enum s1ap_hook { HOOK_MME_UE_ID, HOOK_ENB_UE_ID, HOOK_ADDRESS, HOOK_NAS, HOOK_S1AP, HOOK_KEY, HOOK_TMSI, HOOK_IMSI,
	HOOK_HANDOVER_TYPE };
/* Containers that are read under a condition: PER_CONTAINING with this in `lo`. */
enum s1ap_enter { ENTER_ALWAYS, ENTER_SOURCE };

ROW mme_ue_id = HOOK(HOOK_MME_UE_ID, PER_INT, 0, 0, 0xffffffff);
ROW enb_ue_id = HOOK(HOOK_ENB_UE_ID, PER_INT, 0, 0, 0xffffff);
ROW tla = HOOK(HOOK_ADDRESS, PER_BITS, PER_EXT, 1, 160);
ROW nas_pdu = HOOK(HOOK_NAS, PER_OCTETS, 0, 0, 0);
ROW tmsi = HOOK(HOOK_TMSI, PER_OCTETS, 0, 4, 4);
ROW security_key = HOOK(HOOK_KEY, PER_BITS, 0, 256, 256);
ROW plmn = KEYED(PER_OCTETS, 0, 3, 3, pLMNidentity);		/* pLMNidentity: a member of that name */
ROW plmn_of = KEYED(PER_OCTETS, 0, 3, 3, pLMN_Identity);	/* pLMN-Identity */
ROW plmn_item = KEYED(PER_OCTETS, 0, 3, 3, PLMNidentity);	/* one of a list */
ROW tac = KEYED(PER_OCTETS, 0, 2, 2, tAC);
ROW tac_item = KEYED(PER_OCTETS, 0, 2, 2, TAC);
ROW teid = KEYED(PER_OCTETS, 0, 4, 4, gTP_TEID);
ROW erab = KEYED(PER_INT, PER_EXT, 0, 15, e_RAB_ID);
ROW macro_enb = KEYED(PER_BITS, 0, 20, 20, macroENB_ID);
ROW home_enb = KEYED(PER_BITS, 0, 28, 28, homeENB_ID);
ROW short_enb = KEYED(PER_BITS, 0, 18, 18, short_macroENB_ID);
ROW long_enb = KEYED(PER_BITS, 0, 21, 21, long_macroENB_ID);
ROW mme_group = KEYED(PER_OCTETS, 0, 2, 2, mME_Group_ID);
ROW mme_code = KEYED(PER_OCTETS, 0, 1, 1, mME_Code);
ROW cause_radio = KEYED(PER_ENUM, PER_EXT, 0, 35, radioNetwork);
ROW cause_transport = KEYED(PER_ENUM, PER_EXT, 0, 1, transport);
ROW cause_nas = KEYED(PER_ENUM, PER_EXT, 0, 3, nas);
ROW cause_protocol = KEYED(PER_ENUM, PER_EXT, 0, 6, protocol);
ROW cause_misc = KEYED(PER_ENUM, PER_EXT, 0, 5, misc);
ROW procedure_code = KEYED(PER_INT, 0, 0, 255, procedureCode);

ROW cause = CHOICEX(M(cause_radio), M(cause_transport), M(cause_nas), M(cause_protocol), M(cause_misc));
ROW enb_id = CHOICEX(M(macro_enb), M(home_enb), L(short_enb), L(long_enb));
ROW global_enb_id = SEQ(M(plmn), M(enb_id), X);
ROW tai = SEQ(M(plmn), M(tac), X);
ROW ecgi = SEQ(M(plmn), M(BITS(28, 28)), X);
ROW fiveg_tai = SEQ(M(plmn), M(OCTETS(3, 3)), X);
ROW lai = SEQ(M(plmn), M(OCTETS(2, 2)), X);
ROW gummei = SEQ(M(plmn_of), M(mme_group), M(mme_code), X);
ROW gnb_id = CHOICEX(M(BITS(22, 32)));
ROW global_gnb_id = SEQ(M(plmn_of), M(gnb_id), X);
ROW gnb = SEQ(M(global_gnb_id), X);
ROW ng_enb = SEQ(M(global_enb_id), X);
ROW global_ran_node_id = CHOICEX(M(gnb), M(ng_enb));
ROW erab_and_cause = SEQ(M(erab), M(cause), X);

/* The tables of information elements: no id is in two of them. */
extern const struct per_ie_table s1ap_bearers, s1ap_nodes, s1ap_ue;

#endif
