/* Reference points as rows: which roles, which protocol (TS 23.501 4.2, TS 23.401 4.2, TS 38.401 6.1). */
#include "explain.h"

#define GNBS (NF_BIT(NF_GNB) | NF_BIT(NF_GNB_CU) | NF_BIT(NF_GNB_CU_CP) | NF_BIT(NF_GNB_CU_UP) | NF_BIT(NF_GNB_DU))
#define NG_RAN (GNBS | NF_BIT(NF_NG_ENB))
#define N3_AN (NG_RAN | NF_BIT(NF_N3IWF) | NF_BIT(NF_TNGF) | NF_BIT(NF_W_AGF))
#define E_UTRAN (NF_BIT(NF_ENB) | NF_BIT(NF_NG_ENB))
#define SX_C (NF_BIT(NF_SGW_C) | NF_BIT(NF_PGW_C))
#define SX_U (NF_BIT(NF_SGW_U) | NF_BIT(NF_PGW_U))

struct reference { const char *name; uint64_t a, b; uint8_t protocol; uint16_t port; const char *spec; };

static const struct reference rows[] = {
	{ "N2", N3_AN, NF_BIT(NF_AMF), 132, 38412, "TS 23.501 4.2.7, TS 38.412 7" },
	{ "N3", N3_AN, NF_BIT(NF_UPF), 17, 2152, "TS 23.501 4.2.7, TS 29.281 4.4.2" },
	{ "N4", NF_BIT(NF_SMF), NF_BIT(NF_UPF), 17, 8805, "TS 23.501 4.2.7, TS 29.244 6" },
	{ "N4-u", NF_BIT(NF_SMF), NF_BIT(NF_UPF), 17, 2152, "TS 29.244 5.3" },
	{ "N9", NF_BIT(NF_UPF), NF_BIT(NF_UPF), 17, 2152, "TS 23.501 4.2.7, TS 29.281 4.4.2" },
	{ "F1-U", NF_BIT(NF_GNB_DU), GNBS, 17, 2152, "TS 38.470, TS 38.474" },
	{ "Xn-C", NG_RAN, NG_RAN, 132, 38422, "TS 38.420, TS 38.422 7" },
	{ "Xn-U", NG_RAN, NG_RAN, 17, 2152, "TS 38.420, TS 38.424" },
	{ "F1-C", GNBS, GNBS, 132, 38472, "TS 38.470, TS 38.472 7" },
	{ "E1", GNBS, GNBS, 132, 38462, "TS 38.460, TS 37.482" },
	{ "N26", NF_BIT(NF_AMF), NF_BIT(NF_MME), 17, 2123, "TS 23.501 4.2.7" },
	{ "S1-MME", E_UTRAN, NF_BIT(NF_MME), 132, 36412, "TS 23.401 4.2, TS 36.412 7" },
	{ "S1-U", E_UTRAN | GNBS, NF_BIT(NF_SGW_U) | NF_BIT(NF_UPF), 17, 2152, "TS 23.401 4.2" },
	{ "X2-C", E_UTRAN | GNBS, E_UTRAN | GNBS, 132, 36422, "TS 36.420, TS 36.422 7" },
	{ "X2-U", E_UTRAN | GNBS, E_UTRAN | GNBS, 17, 2152, "TS 36.420" },
	{ "S11", NF_BIT(NF_MME), NF_BIT(NF_SGW_C), 17, 2123, "TS 23.401 4.2" },
	{ "S5/S8-C", NF_BIT(NF_SGW_C), NF_BIT(NF_PGW_C) | NF_BIT(NF_SMF), 17, 2123, "TS 23.401 4.2" },
	{ "S5/S8-U", NF_BIT(NF_SGW_U), NF_BIT(NF_PGW_U) | NF_BIT(NF_UPF), 17, 2152, "TS 23.401 4.2" },
	{ "S10", NF_BIT(NF_MME), NF_BIT(NF_MME), 17, 2123, "TS 23.401 4.2" },
	{ "Sxa/Sxb", SX_C, SX_U, 17, 8805, "TS 23.214 4.2, TS 29.244 6" },
	{ "S6a", NF_BIT(NF_MME), NF_BIT(NF_HSS), 132, 3868, "TS 23.401 4.2" },
	{ "S6a", NF_BIT(NF_MME), NF_BIT(NF_HSS), 6, 3868, "TS 23.401 4.2" },
	{ "S6d", NF_BIT(NF_SGSN), NF_BIT(NF_HSS), 132, 3868, "TS 23.060 5.4, TS 29.272 4" },
	{ "S6d", NF_BIT(NF_SGSN), NF_BIT(NF_HSS), 6, 3868, "TS 23.060 5.4, TS 29.272 4" },
	{ "S13", NF_BIT(NF_MME) | NF_BIT(NF_SGSN), NF_BIT(NF_EIR), 132, 3868, "TS 23.401 4.2" },
	{ "S13", NF_BIT(NF_MME) | NF_BIT(NF_SGSN), NF_BIT(NF_EIR), 6, 3868, "TS 23.401 4.2" },
	{ "Gx", NF_BIT(NF_PGW_C) | NF_BIT(NF_SMF), NF_BIT(NF_PCRF), 132, 3868, "TS 23.203 5.2" },
	{ "Gx", NF_BIT(NF_PGW_C) | NF_BIT(NF_SMF), NF_BIT(NF_PCRF), 6, 3868, "TS 23.203 5.2" },
	{ "Rx", NF_BIT(NF_AF) | NF_BIT(NF_P_CSCF), NF_BIT(NF_PCRF) | NF_BIT(NF_PCF), 132, 3868, "TS 23.203 5.2" },
	{ "Rx", NF_BIT(NF_AF) | NF_BIT(NF_P_CSCF), NF_BIT(NF_PCRF) | NF_BIT(NF_PCF), 6, 3868, "TS 23.203 5.2" },
	{ "Gy", NF_BIT(NF_PGW_C) | NF_BIT(NF_SMF), NF_BIT(NF_OCS), 132, 3868, "TS 23.203 5.2, TS 32.251 5" },
	{ "Gy", NF_BIT(NF_PGW_C) | NF_BIT(NF_SMF), NF_BIT(NF_OCS), 6, 3868, "TS 23.203 5.2, TS 32.251 5" },
	{ "Cx", NF_BIT(NF_I_CSCF) | NF_BIT(NF_S_CSCF), NF_BIT(NF_HSS), 132, 3868, "TS 23.228 4.2" },
	{ "Cx", NF_BIT(NF_I_CSCF) | NF_BIT(NF_S_CSCF), NF_BIT(NF_HSS), 6, 3868, "TS 23.228 4.2" },
	{ "Diameter relay", NF_BIT(NF_DRA), NF_BIT(NF_MME) | NF_BIT(NF_SGSN) | NF_BIT(NF_HSS) | NF_BIT(NF_EIR) | NF_BIT(NF_PCRF) | NF_BIT(NF_OCS) | NF_BIT(NF_PGW_C) | NF_BIT(NF_SMF) | NF_BIT(NF_AF) |
		NF_BIT(NF_P_CSCF) | NF_BIT(NF_I_CSCF) | NF_BIT(NF_S_CSCF) | NF_BIT(NF_DRA), 132, 3868, "RFC 6733 2.8, TS 29.213 7.1" },
	{ "Diameter relay", NF_BIT(NF_DRA), NF_BIT(NF_MME) | NF_BIT(NF_SGSN) | NF_BIT(NF_HSS) | NF_BIT(NF_EIR) | NF_BIT(NF_PCRF) | NF_BIT(NF_OCS) | NF_BIT(NF_PGW_C) | NF_BIT(NF_SMF) | NF_BIT(NF_AF) |
		NF_BIT(NF_P_CSCF) | NF_BIT(NF_I_CSCF) | NF_BIT(NF_S_CSCF) | NF_BIT(NF_DRA), 6, 3868, "RFC 6733 2.8, TS 29.213 7.1" },
	{ "S3", NF_BIT(NF_MME), NF_BIT(NF_SGSN), 17, 2123, "TS 23.401 4.2" },
	{ "S4", NF_BIT(NF_SGSN), NF_BIT(NF_SGW_C), 17, 2123, "TS 23.401 4.2" },
	{ "Gn/Gp", NF_BIT(NF_SGSN), NF_BIT(NF_GGSN) | NF_BIT(NF_PGW_C) | NF_BIT(NF_SGSN), 17, 2123, "TS 23.060 5.4" },
	{ "Gn/Gp-U", NF_BIT(NF_SGSN), NF_BIT(NF_GGSN) | NF_BIT(NF_PGW_U), 17, 2152, "TS 23.060 5.4" },
};

const char *reference_point(const struct who *a, const struct who *b, uint8_t protocol, uint16_t port, bool by_shown)
{
	uint64_t x = by_shown ? a->roles | a->shown : a->roles, y = by_shown ? b->roles | b->shown : b->roles;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct reference *r = &rows[i];

		if (r->protocol == protocol && r->port == port && ((x & r->a && y & r->b) || (x & r->b && y & r->a)))
			return r->name;
	}
	return NULL;
}

const char *interface_name(const struct view *v, const struct contact_rec *c)
{
	static const char *const protocols[] = { "GTP-U", "PFCP", "GTP-C", "Diameter" };
	const char *name = model_interface(v->model, c), *by_register;
	struct ends e;

	for (size_t i = 0; v->reg && i < sizeof(protocols) / sizeof(protocols[0]); i++) {
		if (strcmp(name, protocols[i]) != 0)
			continue;
		e = contact_ends(v, c);
		by_register = e.from.reg == REG_NONE || e.to.reg == REG_NONE ? NULL : reference_point(&e.from, &e.to, e.protocol, e.port, false);
		return by_register ? by_register : name;
	}
	return name;
}

const char *reference_spec(const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].name, name))
			return rows[i].spec;
	return "";
}
