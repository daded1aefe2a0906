/* What a contact is called: reference points of TS 23.501 4.2, TS 23.401 4.2 and TS 38.401 6.1 that the ends and the content show. */
#include "model.h"

enum { HOLDERS_LOOK = 4096 };	/* elements at one address that are looked through */

static uint64_t roles_at(const struct model *m, const struct addr *a)
{
	uint64_t roles = 0;
	uint32_t at = model_first_at(m, a);

	for (unsigned k = 0; at && k < HOLDERS_LOOK; at = model_next_at(m, at), k++)
		roles |= model_element(m, model_holder(m, at))->roles;
	return roles;
}

struct joined { uint64_t a, b; const char *name; };

/* The first row that joins the two, in any order; `otherwise` when none does. */
static const char *joined(const struct joined *rows, uint64_t a, uint64_t b, const char *otherwise)
{
	for (; rows->name; rows++)
		if ((a & rows->a && b & rows->b) || (a & rows->b && b & rows->a))
			return rows->name;
	return otherwise;
}

#define IS(role) ROLE_BIT(ROLE_##role)
static const struct joined by_gtpc[] = {		/* TS 23.401 4.2.1, TS 23.060 5.4 */
	{ IS(AMF), IS(MME), "N26" }, { IS(MME), IS(SGW_C), "S11" }, { IS(SGW_C), IS(PGW_C), "S5/S8-C" }, { IS(MME), IS(MME), "S10" },
	{ IS(MME), IS(SGSN), "S3" }, { IS(SGSN), IS(SGW_C), "S4" }, { IS(SGSN), IS(GGSN), "Gn/Gp" }, { 0, 0, NULL },
};
static const struct joined by_diameter[] = {
	{ IS(MME), IS(HSS), "S6a" }, { IS(SGSN), IS(HSS), "S6d" }, { IS(PGW_C), IS(PCRF), "Gx" }, { IS(AF), IS(PCRF), "Rx" }, { IS(PGW_C), IS(OCS), "Gy" },
	{ IS(MME), IS(EIR), "S13" }, { 0, 0, NULL },
};
static const struct joined by_pfcp[] = {
	{ IS(SMF) | IS(UPF), UINT64_MAX, "N4" }, { IS(SGW_C), IS(SGW_U), "Sxa" }, { IS(PGW_C), IS(PGW_U), "Sxb" }, { 0, 0, NULL },
};

static bool all_of(uint64_t roles, uint64_t these) { return (roles & these) == these; }

/* PFCP; between nodes that are both kinds of gateway it is both reference points in one. */
static const char *pfcp_name(uint64_t a, uint64_t b)
{
	enum { C = IS(SGW_C) | IS(PGW_C), U = IS(SGW_U) | IS(PGW_U) };
	const char *name = joined(by_pfcp, a, b, "PFCP");

	return strcmp(name, "N4") != 0 && ((all_of(a, C) && all_of(b, U)) || (all_of(a, U) && all_of(b, C))) ? "Sxa/Sxb" : name;
}

/* A tunnel between hosts, whose packets are contacts of their own; "": none. */
static const char *tunnel_name(const struct model *m, const struct addr *a, const struct addr *b, const struct contact_rec *c)
{
	static const struct { uint32_t spoke; const char *name; } rows[] = {
		{ SPOKE_VXLAN, "VXLAN" }, { SPOKE_GENEVE, "Geneve" }, { SPOKE_ERSPAN, "ERSPAN" }, { SPOKE_GRE, "GRE" }, { SPOKE_IPIP, "IP in IP" }, { SPOKE_TZSP, "TZSP" },
	};
	uint32_t spoke = model_spoke(m, a, b, c->key.proto, c->key.port, NULL);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (spoke & rows[i].spoke)
			return rows[i].name;
	return "";
}

const char *model_interface(const struct model *m, const struct contact_rec *c)
{
	enum { DU = ROLE_BIT(ROLE_GNB_DU), CU_UP = ROLE_BIT(ROLE_GNB_CU_UP), CU = ROLE_BIT(ROLE_GNB_CU) | ROLE_BIT(ROLE_GNB_CU_CP),
		LTE = ROLE_BIT(ROLE_ENB) | ROLE_BIT(ROLE_EN_GNB),
		RAN = ROLE_BIT(ROLE_GNB) | ROLE_BIT(ROLE_NG_ENB) | ROLE_BIT(ROLE_N3IWF) | ROLE_BIT(ROLE_TNGF) | ROLE_BIT(ROLE_W_AGF) | ROLE_BIT(ROLE_RAN_NODE) | CU | CU_UP,
		UP = ROLE_BIT(ROLE_UPF) | ROLE_BIT(ROLE_PFCP_UP) };
	struct addr a = model_contact_end(m, c, false), b = model_contact_end(m, c, true);
	uint16_t seen = model_pair(m, &a, &b, c->key.proto);
	uint64_t ra, rb;

	if (c->key.inner)
		return "inside GTP-U";
	if (c->key.proto == 132 && seen & PAIR_NGAP)
		return "N2";
	if (c->key.proto == 132 && seen & PAIR_S1AP)
		return "S1-MME";
	if (c->key.proto == 132 && seen & PAIR_RAN) {
		ra = roles_at(m, &a) | roles_at(m, &b);
		return ra & DU ? "F1-C" : ra & CU_UP ? "E1" : ra & LTE ? "X2-C" : "Xn-C";
	}
	if (seen & PAIR_DIAMETER && c->key.proto != 17)
		return joined(by_diameter, roles_at(m, &a), roles_at(m, &b), "Diameter");
	if (c->key.proto != 17 && c->key.proto != 6)
		return tunnel_name(m, &a, &b, c);
	if (c->key.port == 53 && seen & PAIR_DNS)
		return "DNS";
	if (c->key.proto == 6 && !model_contact_sbi(m, c))
		return model_call_home(m, c) != CALL_HOME ? "" : c->key.port == RESTCONF_CH_TLS ? "RESTCONF call home" : "NETCONF call home";
	ra = roles_at(m, &a);
	rb = roles_at(m, &b);
	if (c->key.proto == 6)
		return ra & rb & IS(SEPP) ? "N32" : "SBI";
	if (c->key.port == 8805 && seen & PAIR_PFCP)
		return pfcp_name(ra, rb);
	if (c->key.port == 2123 && seen & PAIR_GTPC)
		return joined(by_gtpc, ra, rb, "GTP-C");
	if (c->key.port != 2152 || !(seen & PAIR_GTPU))
		return tunnel_name(m, &a, &b, c);
	if (((ra & DU) && (rb & (CU | CU_UP))) || ((rb & DU) && (ra & (CU | CU_UP))))
		return "F1-U";
	if ((ra & LTE) && (rb & LTE))
		return "X2-U";
	if (((ra & RAN) && (rb & UP)) || ((rb & RAN) && (ra & UP)))
		return "N3";
	if (((ra & LTE) && !(rb & (RAN | LTE))) || ((rb & LTE) && !(ra & (RAN | LTE))))
		return "S1-U";
	if ((ra & RAN) && (rb & RAN))
		return "Xn-U";
	if ((ra & IS(MME) && rb & (IS(SGW_U) | IS(SGW_C))) || (rb & IS(MME) && ra & (IS(SGW_U) | IS(SGW_C))))
		return "S11-U";
	ra &= ra & (IS(SGW_U) | IS(PGW_U)) ? ~IS(PFCP_UP) : UINT64_MAX;		/* which of them it is, is known */
	rb &= rb & (IS(SGW_U) | IS(PGW_U)) ? ~IS(PFCP_UP) : UINT64_MAX;
	if ((ra | rb) & (IS(SGW_U) | IS(PGW_U)) && !((ra | rb) & (IS(UPF) | IS(PFCP_UP)))) {
		if ((ra & IS(SGW_U) && rb & IS(PGW_U)) || (rb & IS(SGW_U) && ra & IS(PGW_U)))
			return "S5/S8-U";
		return (ra & IS(SGW_U) && rb & (IS(SGW_U) | IS(PGW_U))) || rb & IS(PGW_U) || ra & IS(PGW_U) ? "GTP-U" : "S1-U";
	}
	if ((ra & UP) && (rb & UP))
		return "N9";
	return (ra & IS(SGSN) && rb & IS(GGSN)) || (rb & IS(SGSN) && ra & IS(GGSN)) ? "Gn/Gp" : "GTP-U";
}
