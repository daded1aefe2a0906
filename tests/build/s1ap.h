/*
 * S1AP messages (TS 36.413) and NAS of EPS (TS 24.301) as octets.  The frame of a message is that of NGAP: ngap_begin(),
 * ngap_ie(), ngap_end() of ngap.h.  Every function that takes a struct buf eats it.
 */
#ifndef FW_BUILD_S1AP_H
#define FW_BUILD_S1AP_H

#include "nas.h"

enum { S1AP_PORT = 36412, S1AP_PPID = 18 };

struct s1_enb {
	struct plmn	 plmn;
	uint32_t	 id;
	unsigned	 bits;		/* 20 macro, 28 home, 18 short macro, 21 long macro */
	const char	*name;		/* or NULL */
	unsigned	 tac;
	uint32_t	 cell;
};

struct s1_mme { struct plmn plmn; const char *name; unsigned group, code; };
struct s1_ids { uint32_t mme, enb; };
struct s1_erab { unsigned id; struct ip ip; uint32_t teid; struct buf nas; };	/* nas: eaten when there is any */

struct buf s1_setup_request(const struct s1_enb *e);
struct buf s1_setup_response(const struct s1_mme *m);
struct buf s1_setup_failure(void);				/* unknown PLMN */
struct buf s1_initial_ue(uint32_t enb, struct buf nas, const struct s1_enb *e, const struct s1_mme *m, uint32_t tmsi);	/* m: the UE names itself by the M-TMSI, or NULL */
struct buf s1_dl_nas(const struct s1_ids *i, struct buf nas);
struct buf s1_ul_nas(const struct s1_ids *i, struct buf nas, const struct s1_enb *e);
struct buf s1_context_request(const struct s1_ids *i, struct s1_erab *r, unsigned n);
struct buf s1_context_response(const struct s1_ids *i, struct s1_erab *r, unsigned n);
struct buf s1_erab_request(const struct s1_ids *i, struct s1_erab *r);
struct buf s1_erab_response(const struct s1_ids *i, struct s1_erab *r);
struct buf s1_erab_release_command(const struct s1_ids *i, unsigned erab);
struct buf s1_erab_release_response(const struct s1_ids *i, unsigned erab);
struct buf s1_modification(const struct s1_ids *i, struct s1_erab *r);	/* E-RAB Modification Indication */
struct buf s1_modification_confirm(const struct s1_ids *i, unsigned erab);
struct buf s1_release_request(const struct s1_ids *i);			/* user inactivity */
struct buf s1_release_command(const struct s1_ids *i);
struct buf s1_release_complete(const struct s1_ids *i);
struct buf s1_path_switch(uint32_t enb, uint32_t source_mme_id, const struct s1_enb *e, struct s1_erab *r);
struct buf s1_path_switch_ack(const struct s1_ids *i);
struct buf s1_handover_required(const struct s1_ids *i, const struct s1_enb *from, const struct s1_enb *to);
struct buf s1_handover_request(uint32_t mme, const struct s1_enb *from, const struct s1_enb *to, struct s1_erab *r);
struct buf s1_handover_ack(const struct s1_ids *i, struct s1_erab *r, const struct s1_erab *forward);	/* forward: or NULL */
struct buf s1_handover_command(const struct s1_ids *i, const struct s1_erab *forward);
struct buf s1_handover_notify(const struct s1_ids *i, const struct s1_enb *e);
struct buf s1_paging(const struct s1_mme *m, uint32_t tmsi, const struct s1_enb *e);
struct buf s1_reset(const struct s1_ids *i, unsigned n);			/* n 0: all of the interface */
struct buf s1_error(void);
struct buf s1_update(const struct s1_enb *e, uint32_t en_gnb);		/* eNB Configuration Update: an en-gNB was added */
struct buf s1_son(const struct s1_enb *from, const struct s1_enb *to, const struct ip *x2);

/* NAS. */
struct buf eps_protect(struct seed *s, unsigned type, unsigned ea, unsigned count, struct buf plain);	/* as nas_protect() */
struct buf eps_imsi(const char *digits);
struct buf eps_guti(const struct s1_mme *m, uint32_t tmsi);
struct buf eps_attach_request(struct buf identity, struct buf esm);
struct buf eps_attach_accept(const struct s1_mme *m, uint32_t tmsi, struct buf esm);
struct buf eps_attach_complete(struct buf esm);
struct buf eps_cause(unsigned type, unsigned cause);			/* attach reject 0x44, service reject 0x4e, ... */
struct buf eps_identity_request(unsigned type);
struct buf eps_identity_response(const char *imsi);
struct buf eps_security_mode_command(unsigned ea, unsigned ia);
struct buf eps_security_mode_replaying(unsigned ea, unsigned ia, unsigned capability);
struct buf eps_security_mode_complete(void);
struct buf eps_tau_request(const struct s1_mme *m, uint32_t tmsi);
struct buf eps_detach_request(const struct s1_mme *m, uint32_t tmsi);
struct buf eps_network_detach(unsigned cause);
struct buf eps_service_request(struct seed *s, unsigned count);
struct buf eps_pdn_request(unsigned type);
struct buf eps_default_bearer(unsigned ebi, const char *apn, const struct ip *ue);
struct buf eps_default_bearer_accept(unsigned ebi);

#endif
