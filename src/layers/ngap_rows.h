/*
 * Types of NGAP that many information elements share (TS 38.413 9.3, 9.4.5), as rows for the
 * interpreter in aper.c.  A row has the members in the order of the ASN.1, by their types; leaves
 * that give a key have names, others stand by their bounds and are stepped over.
 *
 *   M mandatory   O optional   X iE-Extensions   E choice-Extensions   ..X with an extension marker
 */
#ifndef FW_LAYERS_NGAP_ROWS_H
#define FW_LAYERS_NGAP_ROWS_H

#include "aper.h"

#define ROW static const struct per_type
#define FIELDS(...) .n = sizeof((const struct per_field[]){ __VA_ARGS__ }) / sizeof(struct per_field), \
	.f = (const struct per_field[]){ __VA_ARGS__ }
#define SEQ(...) { .kind = PER_SEQ, FIELDS(__VA_ARGS__) }
#define SEQC(...) { .kind = PER_SEQ, .flags = PER_CLOSED, FIELDS(__VA_ARGS__) }
#define CHOICE(...) { .kind = PER_CHOICE, FIELDS(__VA_ARGS__) }
#define M(...) { &__VA_ARGS__, 0 }
#define O(...) { &__VA_ARGS__, PER_ABSENT }
#define X O(extensions)
#define E M(single)

#define LEAF(k, fl, l, h) (const struct per_type){ .kind = k, .flags = fl, .lo = l, .hi = h }
#define INT(l, h) LEAF(PER_INT, 0, l, h)
#define INTX(l, h) LEAF(PER_INT, PER_EXT, l, h)
#define ENUM(n) LEAF(PER_ENUM, 0, 0, (n) - 1)
#define ENUMX(n) LEAF(PER_ENUM, PER_EXT, 0, (n) - 1)
#define BITS(l, h) LEAF(PER_BITS, 0, l, h)
#define BITSX(l, h) LEAF(PER_BITS, PER_EXT, l, h)
#define OCTETS(l, h) LEAF(PER_OCTETS, 0, l, h)
#define ANY_OCTETS LEAF(PER_OCTETS, 0, 0, 0)
#define NIL LEAF(PER_NULL, 0, 0, 0)
#define LIST(l, h, ...) (const struct per_type){ .kind = PER_SEQOF, .lo = l, .hi = h, FIELDS(M(__VA_ARGS__)) }
#define CONT(...) (const struct per_type){ .kind = PER_CONTAINING, FIELDS(M(__VA_ARGS__)) }
#define KEYED(k, fl, l, h, name) { .kind = k, .flags = fl, .lo = l, .hi = h, .key = KEY_NGAP_##name }
#define IE(id, t, name, spec) [id] = { id, &t, name, spec, false }
#define IE_ONLY(id, t, name, spec) [id] = { id, &t, name, spec, true }	/* as an extension Wireshark does not read it, and so neither do we */
#define HOOK(what, k, fl, l, h) { .kind = PER_SPECIAL, .lo = what, .as = &LEAF(k, fl, l, h) }

/* Values that ngap.c takes a look at. */
enum ngap_hook {
	HOOK_AMF_UE_ID, HOOK_RAN_UE_ID, HOOK_ADDRESS, HOOK_UE_ADDRESS, HOOK_NAS, HOOK_NASC, HOOK_NAS_TO_S1, HOOK_NGAP, HOOK_KEY, HOOK_GNB_ID, HOOK_TMSI,
	HOOK_HANDOVER_TYPE
};
/* Containers that are read under a condition: PER_CONTAINING with this in `lo`. */
enum ngap_enter { ENTER_ALWAYS, ENTER_SOURCE, ENTER_TARGET, ENTER_FAILURE };

ROW extensions = { .kind = PER_EXTS }, single = { .kind = PER_SINGLE }, ies = { .kind = PER_IES };

ROW amf_ue_id = HOOK(HOOK_AMF_UE_ID, PER_INT, 0, 0, 0xffffffffff);
ROW ran_ue_id = HOOK(HOOK_RAN_UE_ID, PER_INT, 0, 0, 0xffffffff);
ROW tla = HOOK(HOOK_ADDRESS, PER_BITS, PER_EXT, 1, 160);
ROW gnb_bits = HOOK(HOOK_GNB_ID, PER_BITS, 0, 22, 32);
ROW plmn = KEYED(PER_OCTETS, 0, 3, 3, pLMNIdentity);
ROW tac = KEYED(PER_OCTETS, 0, 3, 3, tAC);
ROW gtp_teid = KEYED(PER_OCTETS, 0, 4, 4, gTP_TEID);
ROW psi = KEYED(PER_INT, 0, 0, 255, pDUSessionID);
ROW sst = KEYED(PER_OCTETS, 0, 1, 1, sST);
ROW sd = KEYED(PER_OCTETS, 0, 3, 3, sD);
ROW macro_ngenb = KEYED(PER_BITS, 0, 20, 20, macroNgENB_ID);
ROW short_ngenb = KEYED(PER_BITS, 0, 18, 18, shortMacroNgENB_ID);
ROW long_ngenb = KEYED(PER_BITS, 0, 21, 21, longMacroNgENB_ID);
ROW n3iwf_bits = KEYED(PER_BITS, 0, 16, 16, n3IWF_ID);
ROW integrity_result = KEYED(PER_ENUM, PER_EXT, 0, 1, integrityProtectionResult);
ROW confidentiality_result = KEYED(PER_ENUM, PER_EXT, 0, 1, confidentialityProtectionResult);
ROW procedure_code = KEYED(PER_INT, 0, 0, 255, procedureCode);
ROW cause_radio = KEYED(PER_ENUM, PER_EXT, 0, 44, radioNetwork);
ROW cause_transport = KEYED(PER_ENUM, PER_EXT, 0, 1, transport);
ROW cause_nas = KEYED(PER_ENUM, PER_EXT, 0, 3, nas);
ROW cause_protocol = KEYED(PER_ENUM, PER_EXT, 0, 6, protocol);
ROW cause_misc = KEYED(PER_ENUM, PER_EXT, 0, 5, misc);
ROW amf_set = KEYED(PER_BITS, 0, 10, 10, aMFSetID);
ROW amf_pointer = KEYED(PER_BITS, 0, 6, 6, aMFPointer);

ROW associated_flow_item = SEQ(M(INTX(0, 63)), O(ENUMX(2)), X);
ROW cause = CHOICE(M(cause_radio), M(cause_transport), M(cause_nas), M(cause_protocol), M(cause_misc), E);
ROW crit_diagnostics_ie_item = SEQ(M(ENUM(3)), M(INT(0, 65535)), M(ENUMX(2)), X);
ROW crit_diagnostics = SEQ(O(procedure_code), O(ENUM(3)), O(ENUM(3)), O(LIST(1, 256, crit_diagnostics_ie_item)), X);
ROW eps_tai = SEQ(M(plmn), M(OCTETS(2, 2)), X);
ROW eutra_cgi = SEQ(M(plmn), M(BITS(28, 28)), X);
ROW gnb_id = CHOICE(M(gnb_bits), E);
ROW global_gnb_id = SEQ(M(plmn), M(gnb_id), X);
ROW n3iwf_id = CHOICE(M(n3iwf_bits), E);
ROW global_n3iwf_id = SEQ(M(plmn), M(n3iwf_id), X);
ROW ng_enb_id = CHOICE(M(macro_ngenb), M(short_ngenb), M(long_ngenb), E);
ROW global_ng_enb_id = SEQ(M(plmn), M(ng_enb_id), X);
ROW global_ran_node_id = CHOICE(M(global_gnb_id), M(global_ng_enb_id), M(global_n3iwf_id), E);
ROW gtp_tunnel = SEQ(M(tla), M(gtp_teid), X);
ROW nr_cgi = SEQ(M(plmn), M(BITS(36, 36)), X);
ROW ngran_cgi = CHOICE(M(nr_cgi), M(eutra_cgi), E);
ROW flow_with_cause_item = SEQ(M(INTX(0, 63)), M(cause), X);
ROW flow_item_forwarded = SEQ(M(INTX(0, 63)), O(ENUMX(1)), X);
ROW recommended_cell_item = SEQ(M(ngran_cgi), O(INT(0, 4095)), X);
ROW recommended_cells_for_paging = SEQ(M(LIST(1, 16, recommended_cell_item)), X);
ROW s_nssai = SEQ(M(sst), O(sd), X);
ROW tai = SEQ(M(plmn), M(tac), X);
ROW target_ran_node_id = SEQ(M(global_ran_node_id), M(tai), X);
ROW ue_identity_index_value = CHOICE(M(BITS(10, 10)), E);
ROW up_tnl = CHOICE(M(gtp_tunnel), E);

/* The tables of information elements: no id is in two of them. */
extern const struct per_ie_table ngap_sessions, ngap_nodes, ngap_ue, ngap_areas;

#endif
