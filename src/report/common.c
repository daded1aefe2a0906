/* What every writer needs to say of a contact. */
#include "report.h"

#include "hash.h"

#include <stdio.h>
#include <stdlib.h>

struct sort { uint64_t first; uint32_t i; };

static int by_first(const void *a, const void *b)
{
	const struct sort *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->i < y->i ? -1 : x->i > y->i;
}

uint32_t *report_contact_order(const struct model *m, uint32_t *n)
{
	uint32_t k = model_contacts(m);
	struct sort *s = malloc((k + 1) * sizeof(*s));
	uint32_t *order = malloc((k + 1) * sizeof(*order));
	bool sorted = true;

	*n = 0;
	if (!s || !order) {
		free(s);
		free(order);
		return NULL;
	}
	for (uint32_t i = 0; i < k; i++) {
		s[i] = (struct sort){ model_contact(m, i)->first_ns, i };
		sorted &= !i || s[i - 1].first <= s[i].first;
	}
	if (!sorted)			/* mostly they are: they were numbered as they came */
		qsort(s, k, sizeof(*s), by_first);
	for (uint32_t i = 0; i < k; i++)
		order[i] = s[i].i;
	free(s);
	*n = k;
	return order;
}

void report_contact_id(const struct contact_rec *c, char out[CONTACT_ID])
{
	static const struct hash_key fixed = { { 0x46616972, 0x5769746e, 0x657373, 0x31 } };

	(void)snprintf(out, CONTACT_ID, "C-%012llx", (unsigned long long)(hash_bytes(&fixed, &c->key, sizeof(c->key)) >> 16));
}

void report_end_text(const struct model *m, const struct contact_rec *c, bool b, char out[END_TEXT])
{
	struct addr a = model_contact_end(m, c, b);
	unsigned bits = b ? c->key.bits_b : c->key.bits_a;
	size_t n = addr_text(&a, out);

	if (bits)
		(void)snprintf(out + n, END_TEXT - n, "/%u", bits);
}

const struct reg_element *report_registered(const struct report *r, uint32_t element)
{
	const struct view *v = r->docket ? docket_view(r->docket) : NULL;

	return v && v->registered && v->registered[element] != REG_NONE ? &v->reg->elements.v[v->registered[element]] : NULL;
}

size_t report_element_id(const struct report *r, uint32_t element, char out[ELEMENT_ID])
{
	const struct reg_element *e = report_registered(r, element);

	return e ? (size_t)snprintf(out, ELEMENT_ID, "%s", e->id.s) : model_element_id(r->model, element, out);
}

bool report_leads(const struct report *r, uint32_t element)
{
	const struct reg_element *e = report_registered(r, element);

	return !e || docket_view(r->docket)->sight[docket_view(r->docket)->registered[element]].element == element;
}

uint32_t report_next_same(const struct report *r, uint32_t at)
{
	const struct reg_element *e = report_registered(r, at);

	for (uint32_t i = at + 1; e && i < model_elements(r->model); i++)
		if (report_registered(r, i) == e && model_element(r->model, i)->roles)
			return i;
	return NONE;
}

uint64_t report_element_roles(const struct report *r, uint32_t element)
{
	uint64_t roles = 0;

	for (uint32_t i = element; i != NONE; i = report_next_same(r, i))
		roles |= model_element(r->model, i)->roles;
	return roles;
}

void report_explain(const struct report *r, uint32_t contact, struct explanation *x)
{
	if (contact_of_element(docket_view(r->docket), model_contact(r->model, contact)))
		explain_contact(docket_view(r->docket), contact, x);
	else
		*x = (struct explanation){ .kind = EXPLAINED_NOT };
}

const char *report_end_registered(const struct report *r, const struct contact_rec *c, bool b)
{
	const struct view *v = r->docket ? docket_view(r->docket) : NULL;
	struct addr a = model_contact_end(r->model, c, b);
	struct who w;

	if (!v || !v->reg || (b ? c->key.bits_b : c->key.bits_a))
		return NULL;
	w = who_is(v, &a);
	return w.reg != REG_NONE && view_reg_at(v, &a, 1, NULL) == REG_NONE ? v->reg->elements.v[w.reg].id.s : NULL;
}

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

bool report_opened(const struct model *m, const struct contact_rec *c)
{
	struct addr a = model_contact_end(m, c, false), b = model_contact_end(m, c, true);

	return model_spoke(m, &a, &b, c->key.proto, c->key.port, NULL) & SPOKE_OPENED;
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

/* Reference points of TS 23.501 4.2 that the ends and the content show. */
const char *report_interface(const struct model *m, const struct contact_rec *c)
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
		return "";
	ra = roles_at(m, &a);
	rb = roles_at(m, &b);
	if (c->key.proto == 6)
		return ra & rb & IS(SEPP) ? "N32" : "SBI";
	if (c->key.port == 8805 && seen & PAIR_PFCP)
		return joined(by_pfcp, ra, rb, "PFCP");
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
	if ((ra | rb) & (IS(SGW_U) | IS(PGW_U)) && !((ra | rb) & IS(UPF))) {
		if ((ra & IS(SGW_U) && rb & IS(PGW_U)) || (rb & IS(SGW_U) && ra & IS(PGW_U)))
			return "S5/S8-U";
		return (ra & IS(SGW_U) && rb & (IS(SGW_U) | IS(PGW_U))) || rb & IS(PGW_U) || ra & IS(PGW_U) ? "GTP-U" : "S1-U";
	}
	if ((ra & UP) && (rb & UP))
		return "N9";
	return (ra & IS(SGSN) && rb & IS(GGSN)) || (rb & IS(SGSN) && ra & IS(GGSN)) ? "Gn/Gp" : "GTP-U";
}
