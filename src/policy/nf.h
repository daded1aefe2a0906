/*
 * The roles that an element of a register can hold: 3GPP network functions (TS 23.501 6.2,
 * TS 23.401 4.4, TS 38.401 6.1) and what stands around them.  A set of roles is one word.
 */
#ifndef FW_POLICY_NF_H
#define FW_POLICY_NF_H

#include "schema.h"

enum nf {
	NF_GNB, NF_GNB_CU, NF_GNB_CU_CP, NF_GNB_CU_UP, NF_GNB_DU, NF_NG_ENB, NF_ENB, NF_N3IWF, NF_TNGF, NF_W_AGF,
	NF_AMF, NF_SMF, NF_UPF, NF_NRF, NF_SCP, NF_SEPP, NF_AUSF, NF_UDM, NF_UDR, NF_UDSF, NF_PCF, NF_NSSF, NF_NSSAAF, NF_NSACF,
	NF_BSF, NF_NEF, NF_AF, NF_CHF, NF_NWDAF, NF_SMSF, NF_LMF, NF_GMLC, NF_EIR, NF_CBCF,
	NF_MME, NF_SGW_C, NF_SGW_U, NF_PGW_C, NF_PGW_U, NF_SGSN, NF_GGSN, NF_HSS, NF_PCRF, NF_OCS, NF_DRA, NF_P_CSCF, NF_I_CSCF, NF_S_CSCF,
	NF_LI, NF_MANO, NF_OSS, NF_EMS, NF_JUMP_HOST, NF_GATEWAY, NF_SEG, NF_FIREWALL, NF_TRANSPORT, NF_RESOLVER, NF_TIME, NF_LOGS,
	NF_PLATFORM, NF_OTHER,
	NFS
};
_Static_assert(NFS <= 64, "a set of roles is one word");

#define NF_BIT(nf) ((uint64_t)1 << (nf))

/* The set a name means: one role, or several for the combined names SGW and PGW; aliases and any case are known.  0: no role. */
uint64_t nf_named(const char *s, size_t n);
const char *nf_name(enum nf nf);
/* Radio access nodes; core elements (subscriber data, sessions, exposure, interception: what a supplier is kept out of first). */
uint64_t nf_ran(void);
uint64_t nf_core(void);
/* The names of a set, "AMF, SMF and UPF". */
void nf_words(struct words *w, uint64_t set, const char *last);

/* Rows of the names, for schemas. */
extern const struct word nf_word[];

#endif
