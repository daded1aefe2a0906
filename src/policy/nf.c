#include "nf.h"

#include <string.h>
#include <strings.h>

#define SGW (NF_BIT(NF_SGW_C) | NF_BIT(NF_SGW_U))
#define PGW (NF_BIT(NF_PGW_C) | NF_BIT(NF_PGW_U))

const struct word nf_word[] = {
	{ "gNB", NF_BIT(NF_GNB), 0 }, { "gNB-CU", NF_BIT(NF_GNB_CU), 0 }, { "gNB-CU-CP", NF_BIT(NF_GNB_CU_CP), 0 },
	{ "gNB-CU-UP", NF_BIT(NF_GNB_CU_UP), 0 }, { "gNB-DU", NF_BIT(NF_GNB_DU), 0 }, { "ng-eNB", NF_BIT(NF_NG_ENB), 0 },
	{ "eNB", NF_BIT(NF_ENB), 0 }, { "N3IWF", NF_BIT(NF_N3IWF), 0 }, { "TNGF", NF_BIT(NF_TNGF), 0 }, { "W-AGF", NF_BIT(NF_W_AGF), 0 },
	{ "AMF", NF_BIT(NF_AMF), 0 }, { "SMF", NF_BIT(NF_SMF), 0 }, { "UPF", NF_BIT(NF_UPF), 0 }, { "NRF", NF_BIT(NF_NRF), 0 },
	{ "SCP", NF_BIT(NF_SCP), 0 }, { "SEPP", NF_BIT(NF_SEPP), 0 }, { "AUSF", NF_BIT(NF_AUSF), 0 }, { "UDM", NF_BIT(NF_UDM), 0 },
	{ "UDR", NF_BIT(NF_UDR), 0 }, { "UDSF", NF_BIT(NF_UDSF), 0 }, { "PCF", NF_BIT(NF_PCF), 0 }, { "NSSF", NF_BIT(NF_NSSF), 0 },
	{ "NSSAAF", NF_BIT(NF_NSSAAF), 0 }, { "NSACF", NF_BIT(NF_NSACF), 0 }, { "BSF", NF_BIT(NF_BSF), 0 }, { "NEF", NF_BIT(NF_NEF), 0 },
	{ "AF", NF_BIT(NF_AF), 0 }, { "CHF", NF_BIT(NF_CHF), 0 }, { "NWDAF", NF_BIT(NF_NWDAF), 0 }, { "SMSF", NF_BIT(NF_SMSF), 0 },
	{ "LMF", NF_BIT(NF_LMF), 0 }, { "GMLC", NF_BIT(NF_GMLC), 0 }, { "5G-EIR", NF_BIT(NF_EIR), 0 }, { "CBCF", NF_BIT(NF_CBCF), 0 },
	{ "MME", NF_BIT(NF_MME), 0 }, { "SGW-C", NF_BIT(NF_SGW_C), 0 }, { "SGW-U", NF_BIT(NF_SGW_U), 0 },
	{ "PGW-C", NF_BIT(NF_PGW_C), 0 }, { "PGW-U", NF_BIT(NF_PGW_U), 0 }, { "SGSN", NF_BIT(NF_SGSN), 0 },
	{ "GGSN", NF_BIT(NF_GGSN), 0 }, { "HSS", NF_BIT(NF_HSS), 0 }, { "PCRF", NF_BIT(NF_PCRF), 0 },
	{ "OCS", NF_BIT(NF_OCS), 0 }, { "DRA", NF_BIT(NF_DRA), 0 }, { "P-CSCF", NF_BIT(NF_P_CSCF), 0 },
	{ "I-CSCF", NF_BIT(NF_I_CSCF), 0 }, { "S-CSCF", NF_BIT(NF_S_CSCF), 0 }, { "LI", NF_BIT(NF_LI), 0 }, { "MANO", NF_BIT(NF_MANO), 0 },
	{ "OSS", NF_BIT(NF_OSS), 0 }, { "EMS", NF_BIT(NF_EMS), 0 }, { "jump-host", NF_BIT(NF_JUMP_HOST), 0 },
	{ "gateway", NF_BIT(NF_GATEWAY), 0 }, { "SEG", NF_BIT(NF_SEG), 0 }, { "firewall", NF_BIT(NF_FIREWALL), 0 },
	{ "transport", NF_BIT(NF_TRANSPORT), 0 }, { "resolver", NF_BIT(NF_RESOLVER), 0 }, { "time", NF_BIT(NF_TIME), 0 },
	{ "logs", NF_BIT(NF_LOGS), 0 }, { "platform", NF_BIT(NF_PLATFORM), 0 }, { "other", NF_BIT(NF_OTHER), 0 },
	/* aliases */
	{ "gNodeB", NF_BIT(NF_GNB), 1 }, { "eNodeB", NF_BIT(NF_ENB), 1 }, { "ng-eNodeB", NF_BIT(NF_NG_ENB), 1 }, { "CU", NF_BIT(NF_GNB_CU), 1 },
	{ "CU-CP", NF_BIT(NF_GNB_CU_CP), 1 }, { "CU-UP", NF_BIT(NF_GNB_CU_UP), 1 }, { "DU", NF_BIT(NF_GNB_DU), 1 },
	{ "SGW", SGW, 1 }, { "S-GW", SGW, 1 }, { "PGW", PGW, 1 }, { "P-GW", PGW, 1 }, { "SGWC", NF_BIT(NF_SGW_C), 1 },
	{ "SGWU", NF_BIT(NF_SGW_U), 1 }, { "PGWC", NF_BIT(NF_PGW_C), 1 }, { "PGWU", NF_BIT(NF_PGW_U), 1 }, { "EIR", NF_BIT(NF_EIR), 1 },
	{ "CBC", NF_BIT(NF_CBCF), 1 }, { "NMS", NF_BIT(NF_OSS), 1 }, { "bastion", NF_BIT(NF_JUMP_HOST), 1 }, { "router", NF_BIT(NF_GATEWAY), 1 },
	{ "DNS", NF_BIT(NF_RESOLVER), 1 }, { "NTP", NF_BIT(NF_TIME), 1 }, { "syslog", NF_BIT(NF_LOGS), 1 }, { "LIF", NF_BIT(NF_LI), 1 },
	{ NULL, 0, 0 },
};

uint64_t nf_named(const char *s, size_t n)
{
	for (const struct word *w = nf_word; w->s; w++)
		if (strlen(w->s) == n && !strncasecmp(w->s, s, n))
			return w->v;
	return 0;
}

const char *nf_name(enum nf nf)
{
	return nf_word[nf].s;		/* the rows begin with the roles in order: test_policy.c */
}

uint64_t nf_ran(void)
{
	return NF_BIT(NF_AMF) - 1;	/* all before the AMF */
}

uint64_t nf_core(void)
{
	uint64_t five = NF_BIT(NF_MME) - NF_BIT(NF_AMF), four = NF_BIT(NF_OCS + 1) - NF_BIT(NF_MME);

	return ((five | four) & ~NF_BIT(NF_AF)) | NF_BIT(NF_DRA) | NF_BIT(NF_LI) | NF_BIT(NF_MANO);
}

void nf_words(struct words *w, uint64_t set, const char *last)
{
	size_t n = (size_t)__builtin_popcountll(set), k = 0;

	for (unsigned i = 0; i < NFS; i++)
		if (set >> i & 1)
			words_item(w, k++, n, last, nf_word[i].s);
}
