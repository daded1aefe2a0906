/* What the files that make S1AP messages share: parts of values, written into a PER string (v_...), and whole elements. */
#ifndef FW_BUILD_S1AP_IE_H
#define FW_BUILD_S1AP_IE_H

#include "ngap_ie.h"
#include "s1ap.h"

enum s1_form { FORM_SETUP, FORM_CONTEXT, FORM_HANDOVER, FORM_END, FORM_ID };	/* what an item of a list of E-RABs has */

struct buf s1_one(void (*part)(struct per *p, const struct s1_enb *e), const struct s1_enb *e);
struct buf s1_cause_ie(unsigned group, unsigned value);
void s1_mme_ie(struct ngap_pdu *m, uint32_t id, unsigned ie);
void s1_enb_ie(struct ngap_pdu *m, uint32_t id);
void s1_begin(struct ngap_pdu *m, enum ngap_class class, unsigned procedure, const struct s1_ids *i);
struct buf s1_list(unsigned id, struct buf *item, unsigned n);
void s1_erabs(struct ngap_pdu *m, unsigned list_id, unsigned item_id, enum s1_form form, struct s1_erab *r, unsigned n);
struct buf s1_key(bool context);
struct buf s1_capabilities(void);
struct buf s1_stmsi(const struct s1_mme *m, uint32_t tmsi, bool choice);
void v_s1_cause(struct per *p, unsigned group, unsigned value);
void v_s1_tac(struct per *p, unsigned tac);
void v_s1_teid(struct per *p, uint32_t teid);
void v_s1_mme_id(struct per *p, uint32_t id);
void v_s1_enb_id(struct per *p, uint32_t id);
void v_s1_erab(struct per *p, unsigned id);
void v_s1_enb(struct per *p, const struct s1_enb *e);
void v_s1_tai(struct per *p, const struct s1_enb *e);
void v_s1_ecgi(struct per *p, const struct s1_enb *e);

#endif
