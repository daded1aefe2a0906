/*
 * Messages between nodes of the radio access network as octets: F1AP (TS 38.473), E1AP (TS 38.463), XnAP (TS 38.423),
 * X2AP (TS 36.423).  One function a message; what varies is an argument, what does not is filled in.
 */
#ifndef FW_BUILD_XAP_H
#define FW_BUILD_XAP_H

#include "ngap_ie.h"
#include "stream.h"

enum { F1AP_PPID = 62, E1AP_PPID = 64, XNAP_PPID = 61, X2AP_PPID = 27, E2AP_PPID = 70,
	F1AP_PORT = 38472, E1AP_PORT = 38462, XNAP_PORT = 38422, X2AP_PORT = 36422, E2AP_PORT = 37464 };

struct buf f1ap_end(struct ngap_pdu *m);	/* its CHOICE of messages has no extension marker; that of all others is NGAP's */

/* What several of them share. */
struct xap_ids { uint32_t a, b; };		/* of a UE: the one who asks, the one who answers */
void v_teid(struct per *p, uint32_t teid);
void v_endpoint(struct per *p, const struct ngap_tunnel *t);	/* a tunnel that is no CHOICE (X2AP) */
struct buf ie_u32(uint32_t v);
struct buf ie_plmn(struct plmn plmn);
struct buf ie_nr_cgi(const struct ngap_cell *c);
struct buf ie_xap_cause(unsigned group, unsigned count, unsigned v, bool marker);	/* of 4 groups; marker: X2AP */

/* F1AP: DU asks, CU answers. */
struct f1_du { uint64_t id; const char *name; struct ngap_cell cell; };
struct buf f1_setup_request(const struct f1_du *du);
struct buf f1_setup_response(const char *cu_name, const struct ngap_cell *activate);
struct buf f1_setup_failure(void);
struct buf f1_context_setup_request(const struct xap_ids *ids, const struct ngap_cell *cell, const struct ngap_tunnel *ul);
struct buf f1_context_setup_response(const struct xap_ids *ids, const struct ngap_tunnel *dl);
struct buf f1_context_release(const struct xap_ids *ids, bool complete);
struct buf f1_reset(const struct xap_ids *ids, unsigned n);
struct buf f1_rrc(const struct xap_ids *ids, bool uplink, struct buf rrc);

/* E1AP. */
struct e1_up { uint64_t id; const char *name; struct plmn plmn; };
struct buf e1_setup_request(const struct e1_up *up);
struct buf e1_setup_response(const char *cp_name);
struct buf e1_cp_setup_request(const char *cp_name);
struct buf e1_cp_setup_response(const struct e1_up *up);
struct e1_security { unsigned ciphering, integrity; const uint8_t *key; };	/* key: 16 octets */
struct buf e1_bearer_request(uint32_t cp_id, struct plmn plmn, const struct e1_security *s, const struct ngap_tunnel *core);
struct buf e1_bearer_response(const struct xap_ids *ids, const struct ngap_tunnel *ran, const struct ngap_tunnel *f1);

/* XnAP. */
struct buf xn_setup(const struct ngap_gnb *g, bool response);
struct buf xn_handover_request(uint32_t source, const struct ngap_cell *target, const struct ngap_amf *amf, const struct ip *amf_ip,
	const struct ngap_security *k, const struct ngap_tunnel *core);
struct buf xn_handover_ack(const struct xap_ids *ids, const struct ngap_tunnel *forward);
struct buf xn_handover_failure(uint32_t source);
struct buf xn_key(uint32_t m_id, const struct ngap_security *k);		/* S-Node Addition Request, as far as its key */

/* X2AP. */
struct x2_enb { struct plmn plmn; uint32_t id; unsigned bits; struct ngap_cell cell; };	/* bits: 20 macro, 28 home, 18 or 21 */
struct buf x2_setup(const struct x2_enb *e, bool response);
struct buf x2_endc_setup_request(const struct x2_enb *e);
struct buf x2_endc_setup_response(const struct ngap_gnb *g, const struct ngap_cell *c);
struct buf x2_sgnb_request(uint32_t menb, const struct ngap_security *k, const struct x2_enb *e, const struct ngap_tunnel *core);
struct buf x2_sgnb_ack(const struct xap_ids *ids, const struct ngap_tunnel *s1);
struct buf x2_handover_request(uint32_t source, const struct x2_enb *target, const struct ngap_security *k, const struct ngap_tunnel *core);
struct buf x2_handover_ack(const struct xap_ids *ids, const struct ngap_tunnel *forward);

#endif
