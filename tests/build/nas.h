/* NAS of 5GS (TS 24.501): messages in plain, and the envelope that protects them. */
#ifndef FW_BUILD_NAS_H
#define FW_BUILD_NAS_H

#include "ngap.h"

/* Security header types, 9.3. */
enum { NAS_PLAIN = 0, NAS_INTEGRITY = 1, NAS_CIPHERED = 2, NAS_INTEGRITY_NEW = 3, NAS_CIPHERED_NEW = 4 };

/* Puts a plain message into its envelope.  Types 2 and 4: with ea 0 the content is readable, else made-up octets of its length. */
struct buf nas_protect(struct seed *s, unsigned type, unsigned ea, unsigned count, struct buf plain);

/* 5GS mobile identities, 9.11.3.4. */
struct buf id_suci_null(struct plmn home, const char *msin);
struct buf id_suci_ecies(struct plmn home, struct seed *s);	/* profile A, home network key 1 */
struct buf id_suci_b(struct plmn home, struct seed *s);		/* profile B */
struct buf id_guti(const struct ngap_amf *a, uint32_t tmsi);
struct buf id_stmsi(const struct ngap_amf *a, uint32_t tmsi);
struct buf id_imeisv(const char *digits);

/* UE security capability (9.11.3.54): 5G-EA0 to 3 and 5G-IA0 to 3, what NGAP's UESecurityCapabilities here say too. */
enum { UE_CAPABILITY = 0xf0f0 };

/* Mobility management.  Every one eats its bufs. */
enum { REG_INITIAL = 1, REG_MOBILITY = 2, REG_PERIODIC = 3, REG_EMERGENCY = 4 };
struct buf nas_registration_request(unsigned type, unsigned ksi, struct buf identity, unsigned capability, struct buf inner);	/* capability 0: none */
struct buf nas_registration_accept(const struct ngap_amf *a, uint32_t tmsi, uint32_t tac);
struct buf nas_registration_complete(void);
struct buf nas_registration_reject(unsigned cause);
struct buf nas_authentication_request(struct seed *s, unsigned ksi);
struct buf nas_authentication_response(struct seed *s);
struct buf nas_authentication_failure(struct seed *s, unsigned cause);	/* 21 synch failure, 20 MAC failure */
struct buf nas_authentication_reject(void);
struct buf nas_security_mode_command(unsigned ea, unsigned ia, unsigned ksi, unsigned replayed);
struct buf nas_security_mode_complete(struct buf inner);
struct buf nas_security_mode_reject(unsigned cause);
struct buf nas_identity_request(unsigned type);				/* 1 SUCI, 3 IMEI, 5 IMEISV */
struct buf nas_identity_response(struct buf identity);
struct buf nas_service_request(unsigned ksi, unsigned type, struct buf identity, struct buf inner);
struct buf nas_service_accept(void);
struct buf nas_service_reject(unsigned cause);
struct buf nas_deregistration_request(unsigned ksi, bool switch_off, struct buf identity);
struct buf nas_deregistration_accept(void);
struct buf nas_network_deregistration(unsigned cause);
struct buf nas_network_deregistration_accept(void);
struct buf nas_configuration_update(const struct ngap_amf *a, uint32_t tmsi);
struct buf nas_configuration_complete(void);
struct buf nas_mm_status(unsigned cause);
struct buf nas_ul_transport(unsigned psi, unsigned request_type, const char *dnn, struct buf sm);
struct buf nas_dl_transport(unsigned psi, struct buf sm);

/* Session management. */
struct buf nas_session_request(unsigned psi, unsigned pti, unsigned type);		/* type 1 IPv4, 2 IPv6, 3 both */
struct buf nas_session_accept(unsigned psi, unsigned pti, unsigned type, const struct ip *ue, const uint8_t *iid, unsigned qfi,
	const char *dnn, const struct ip *dns);
struct buf nas_session_reject(unsigned psi, unsigned pti, unsigned cause);
struct buf nas_session_modify_request(unsigned psi, unsigned pti);
struct buf nas_session_modify_command(unsigned psi, unsigned pti);
struct buf nas_session_modify_complete(unsigned psi, unsigned pti);
struct buf nas_session_release_request(unsigned psi, unsigned pti);
struct buf nas_session_release_command(unsigned psi, unsigned pti);
struct buf nas_session_release_complete(unsigned psi, unsigned pti);

#endif
