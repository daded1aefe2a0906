/*
 * NGAP messages (TS 38.413) as octets.  One function a message; what varies between networks is an argument, what does
 * not is filled in.  ngap_without() and ngap_with() take an IE out or put one in.
 */
#ifndef FW_BUILD_NGAP_H
#define FW_BUILD_NGAP_H

#include "net.h"

struct plmn { uint8_t b[3]; };
struct plmn plmn_of(const char *digits);		/* MCC and MNC: "00101" or "001001" */

struct ngap_gnb {
	struct plmn	 plmn;
	uint32_t	 id;
	unsigned	 bits;		/* 22..32 */
	const char	*name;
	uint32_t	 tac;
};

struct ngap_amf {
	struct plmn	 plmn;
	const char	*name;
	unsigned	 region, set, pointer;
};

struct ngap_ids { uint64_t amf; uint32_t ran; };
struct ngap_cell { struct plmn plmn; uint64_t nci; uint32_t tac; };
struct ngap_stmsi { unsigned set, pointer; uint32_t tmsi; };
struct ngap_tunnel { struct ip ip; uint32_t teid; struct ip *also6; };	/* also6: both families in one address */

struct ngap_session {
	unsigned		 psi;
	struct ngap_tunnel	 tunnel;
	struct ngap_tunnel	*forward;	/* for forwarding during a handover */
	unsigned		 qfi;
	unsigned		 type;		/* 0 IPv4, 1 IPv6, 2 both */
	struct buf		 nas;		/* eaten when there is any */
};

struct ngap_security { uint8_t ncc; uint8_t key[32]; };

enum ngap_class { NGAP_REQUEST = 0, NGAP_OK = 1, NGAP_FAIL = 2 };
enum ngap_crit { REJECT = 0, IGNORE = 1, NOTIFY = 2 };

/* Group in the upper octet: 0 radio network, 1 transport, 2 NAS, 3 protocol, 4 miscellaneous. */
enum ngap_cause {
	CAUSE_SUCCESSFUL_HANDOVER = 2, CAUSE_HO_CANCELLED = 5, CAUSE_HO_FAILURE = 7, CAUSE_UNKNOWN_LOCAL_ID = 14, CAUSE_RADIO_REASON = 16,
	CAUSE_USER_INACTIVITY = 20, CAUSE_TRANSPORT = 0x100, CAUSE_NAS_NORMAL = 0x200, CAUSE_NAS_DEREGISTER = 0x202,
	CAUSE_SEMANTIC = 0x304, CAUSE_OM = 0x403, CAUSE_UNKNOWN_PLMN = 0x404,
};

/* A message from its parts. */
struct ngap_pdu { struct buf b; unsigned n; enum ngap_class class; unsigned proc; };
void ngap_begin(struct ngap_pdu *m, enum ngap_class class, unsigned proc);
void ngap_ie(struct ngap_pdu *m, unsigned id, enum ngap_crit crit, struct buf value);
struct buf ngap_end(struct ngap_pdu *m);
struct buf ngap_without(struct buf message, unsigned id);
struct buf ngap_with(struct buf message, unsigned id, enum ngap_crit crit, struct buf value);

/* IE values. */
struct buf ie_octet(unsigned v);
struct buf ie_gnb_id(const struct ngap_gnb *g);
struct buf ie_name(const char *s);
struct buf ie_amf_ue_id(uint64_t id);
struct buf ie_ran_ue_id(uint32_t id);
struct buf ie_octets(struct buf v);			/* OCTET STRING, eats */
struct buf ie_location(const struct ngap_cell *c);
struct buf ie_cause(enum ngap_cause c);
struct buf ie_guami(const struct ngap_amf *a);
struct buf ie_stmsi(const struct ngap_stmsi *s);
struct buf ie_security(const struct ngap_security *s);
struct buf ie_trace(const struct ip *collector, uint32_t reference);
struct buf ie_address(const struct ip *a);
struct buf ie_capabilities(unsigned ea, unsigned ia);	/* UESecurityCapabilities, id 119 */

/* Interface management. */
struct buf ng_setup_request(const struct ngap_gnb *g);
struct buf ng_setup_response(const struct ngap_amf *a);
struct buf ng_setup_failure(enum ngap_cause c);
struct buf ran_config_update(const struct ngap_gnb *g);
struct buf amf_config_update(const struct ngap_amf *a);
struct buf config_update_ack(unsigned proc);
struct buf ng_reset(bool whole, const struct ngap_ids *ids, unsigned n);
struct buf ng_reset_ack(void);
struct buf error_indication(const struct ngap_ids *ids, enum ngap_cause c);
struct buf overload_start(void);
struct buf overload_stop(void);

/* NAS transport and the UE context. */
struct buf initial_ue(uint32_t ran, struct buf nas, const struct ngap_cell *c, unsigned rrc_cause, const struct ngap_stmsi *s);
struct buf dl_nas(const struct ngap_ids *ids, struct buf nas);
struct buf ul_nas(const struct ngap_ids *ids, struct buf nas, const struct ngap_cell *c);
struct buf nas_non_delivery(const struct ngap_ids *ids, struct buf nas);
struct buf context_setup_request(const struct ngap_ids *ids, const struct ngap_amf *a, const struct ngap_security *s, struct buf nas,
	struct ngap_session *sessions, unsigned n);
struct buf context_setup_response(const struct ngap_ids *ids, struct ngap_session *sessions, unsigned n);
struct buf context_setup_failure(const struct ngap_ids *ids, enum ngap_cause c);
struct buf context_release_request(const struct ngap_ids *ids, const unsigned *psi, unsigned n, enum ngap_cause c);
struct buf context_release_command(const struct ngap_ids *ids, enum ngap_cause c);
struct buf context_release_complete(const struct ngap_ids *ids, const struct ngap_cell *c, const unsigned *psi, unsigned n);
struct buf radio_capability(const struct ngap_ids *ids);
struct buf paging(const struct ngap_stmsi *s, struct plmn plmn, uint32_t tac);
struct buf trace_start(const struct ngap_ids *ids, const struct ip *collector, uint32_t reference);
struct buf deactivate_trace(const struct ngap_ids *ids, uint32_t reference, struct plmn plmn);
struct buf location_control(const struct ngap_ids *ids);
struct buf location_report(const struct ngap_ids *ids, const struct ngap_cell *c);

/* PDU sessions. */
struct buf session_setup_request(const struct ngap_ids *ids, struct ngap_session *s, unsigned n);
/* PDUSessionResourceSetupRequestTransfer and its answer, by themselves. */
struct buf session_setup_transfer(const struct ngap_session *s);
struct buf session_setup_done(const struct ngap_session *s);
struct buf session_setup_response(const struct ngap_ids *ids, struct ngap_session *s, unsigned n);
struct buf session_modify_request(const struct ngap_ids *ids, struct ngap_session *s, unsigned n);
struct buf session_modify_response(const struct ngap_ids *ids, struct ngap_session *s, unsigned n);
struct buf session_release_command(const struct ngap_ids *ids, struct ngap_session *s, unsigned n, struct buf nas);
struct buf session_release_response(const struct ngap_ids *ids, const struct ngap_cell *c, struct ngap_session *s, unsigned n);

/* Mobility. */
struct buf path_switch_request(uint32_t ran, uint64_t source_amf_id, const struct ngap_cell *c, struct ngap_session *s, unsigned n);
struct buf path_switch_ack(const struct ngap_ids *ids, const struct ngap_security *k, struct ngap_session *s, unsigned n);
struct buf path_switch_failure(const struct ngap_ids *ids, struct ngap_session *s, unsigned n);
struct buf handover_required(const struct ngap_ids *ids, const struct ngap_gnb *target, const struct ngap_cell *target_cell,
	const struct ngap_cell *source_cell, struct ngap_session *s, unsigned n);
struct buf handover_request(uint64_t amf, const struct ngap_amf *a, const struct ngap_security *k, const struct ngap_cell *target_cell,
	const struct ngap_cell *source_cell, struct ngap_session *s, unsigned n);
struct buf handover_request_ack(const struct ngap_ids *ids, struct ngap_session *s, unsigned n);
struct buf handover_failure(uint64_t amf, enum ngap_cause c);
struct buf handover_command(const struct ngap_ids *ids, struct ngap_session *s, unsigned n);
struct buf handover_preparation_failure(const struct ngap_ids *ids, enum ngap_cause c);
struct buf handover_notify(const struct ngap_ids *ids, const struct ngap_cell *c);
struct buf handover_cancel(const struct ngap_ids *ids, enum ngap_cause c);
struct buf handover_cancel_ack(const struct ngap_ids *ids);

#endif
