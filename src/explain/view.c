/* Who stands at an address, and where that is. */
#include "view.h"

#include "err.h"

#include <stdlib.h>
#include <string.h>

uint64_t shown_roles(const struct element *e)
{
	static const struct { enum role role; uint64_t nf; } rows[] = {
		{ ROLE_GNB, NF_BIT(NF_GNB) }, { ROLE_NG_ENB, NF_BIT(NF_NG_ENB) }, { ROLE_N3IWF, NF_BIT(NF_N3IWF) }, { ROLE_TNGF, NF_BIT(NF_TNGF) },
		{ ROLE_W_AGF, NF_BIT(NF_W_AGF) }, { ROLE_RAN_NODE, NF_BIT(NF_GNB) | NF_BIT(NF_NG_ENB) | NF_BIT(NF_N3IWF) },
		{ ROLE_GNB_CU, NF_BIT(NF_GNB_CU) | NF_BIT(NF_GNB_CU_CP) | NF_BIT(NF_GNB) }, { ROLE_GNB_CU_CP, NF_BIT(NF_GNB_CU_CP) | NF_BIT(NF_GNB) },
		{ ROLE_GNB_CU_UP, NF_BIT(NF_GNB_CU_UP) | NF_BIT(NF_GNB) }, { ROLE_GNB_DU, NF_BIT(NF_GNB_DU) | NF_BIT(NF_GNB) },
		{ ROLE_ENB, NF_BIT(NF_ENB) }, { ROLE_EN_GNB, NF_BIT(NF_GNB) },
		{ ROLE_NRF, NF_BIT(NF_NRF) }, { ROLE_SCP, NF_BIT(NF_SCP) }, { ROLE_SEPP, NF_BIT(NF_SEPP) }, { ROLE_AUSF, NF_BIT(NF_AUSF) },
		{ ROLE_UDM, NF_BIT(NF_UDM) }, { ROLE_UDR, NF_BIT(NF_UDR) }, { ROLE_PCF, NF_BIT(NF_PCF) }, { ROLE_NSSF, NF_BIT(NF_NSSF) }, { ROLE_BSF, NF_BIT(NF_BSF) },
		{ ROLE_NEF, NF_BIT(NF_NEF) }, { ROLE_CHF, NF_BIT(NF_CHF) }, { ROLE_NWDAF, NF_BIT(NF_NWDAF) }, { ROLE_SMSF, NF_BIT(NF_SMSF) }, { ROLE_LMF, NF_BIT(NF_LMF) },
		{ ROLE_5G_EIR, NF_BIT(NF_EIR) },
		{ ROLE_AMF, NF_BIT(NF_AMF) }, { ROLE_SMF, NF_BIT(NF_SMF) }, { ROLE_UPF, NF_BIT(NF_UPF) },
		{ ROLE_PFCP_CP, NF_BIT(NF_SMF) | NF_BIT(NF_SGW_C) | NF_BIT(NF_PGW_C) },
		{ ROLE_PFCP_UP, NF_BIT(NF_UPF) | NF_BIT(NF_SGW_U) | NF_BIT(NF_PGW_U) },
		{ ROLE_MME, NF_BIT(NF_MME) }, { ROLE_SGW_C, NF_BIT(NF_SGW_C) }, { ROLE_SGW_U, NF_BIT(NF_SGW_U) }, { ROLE_PGW_C, NF_BIT(NF_PGW_C) },
		{ ROLE_PGW_U, NF_BIT(NF_PGW_U) }, { ROLE_SGSN, NF_BIT(NF_SGSN) }, { ROLE_GGSN, NF_BIT(NF_GGSN) }, { ROLE_HSS, NF_BIT(NF_HSS) },
		{ ROLE_PCRF, NF_BIT(NF_PCRF) }, { ROLE_OCS, NF_BIT(NF_OCS) }, { ROLE_EIR, NF_BIT(NF_EIR) }, { ROLE_AF, NF_BIT(NF_AF) },
		{ ROLE_DRA, NF_BIT(NF_DRA) },
		{ ROLE_PFCP_NODE, NF_BIT(NF_SMF) | NF_BIT(NF_UPF) | NF_BIT(NF_SGW_C) | NF_BIT(NF_SGW_U) | NF_BIT(NF_PGW_C) | NF_BIT(NF_PGW_U) },
	};
	uint64_t roles = e->roles;
	uint64_t set = 0;

	if (roles & (ROLE_BIT(ROLE_SGW_C) | ROLE_BIT(ROLE_PGW_C)))	/* GTP-C said which of them */
		roles &= ~(ROLE_BIT(ROLE_PFCP_CP));
	if (roles & (ROLE_BIT(ROLE_SGW_U) | ROLE_BIT(ROLE_PGW_U)))
		roles &= ~(ROLE_BIT(ROLE_PFCP_UP));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (roles >> rows[i].role & 1)
			set |= rows[i].nf;
	return set;
}

uint32_t view_reg_at(const struct view *v, const struct addr *a, uint32_t k, enum reg_if *on)
{
	uint32_t r = reg_element_at(v->reg, 0, a, k, on);

	for (uint32_t realm = 1; r == REG_NONE && !k && realm <= v->reg->realms.n; realm++)
		r = reg_element_at(v->reg, realm, a, 0, on);
	return r;
}

/* ---- settling ---- */

/* The register's element that a model element is: by node id, else by an address, else by a name. */
static uint32_t registered_as(const struct view *v, uint32_t i)
{
	const struct element *e = model_element(v->model, i);
	uint64_t shown = shown_roles(e);
	char plmn[7];
	uint32_t r;

	/* a part of a gNB has an id that counts within that gNB */
	if (e->has_node && !e->amf_set && !(e->roles & (ROLE_BIT(ROLE_GNB_DU) | ROLE_BIT(ROLE_GNB_CU_UP)))) {
		enum node_id_kind kind = e->roles & (ROLE_BIT(ROLE_NG_ENB) | ROLE_BIT(ROLE_ENB)) ? NODE_ID_ENB : e->roles >> ROLE_N3IWF & 1 ? NODE_ID_N3IWF : NODE_ID_GNB;

		plmn_text(e->node_plmn, plmn);
		r = reg_element_by_node(v->reg, kind, e->node_id, e->node_bits, plmn, 0);
		if (r != REG_NONE)
			return r;
	}
	for (const struct attr *a = model_attr(v->model, e->attrs); a; a = model_attr(v->model, a->next)) {
		if (a->kind != ATTR_ADDR)
			continue;
		for (uint32_t k = 0; (r = view_reg_at(v, &a->addr, k, NULL)) != REG_NONE; k++)
			if (!shown || v->reg->elements.v[r].roles & shown)
				return r;
	}
	for (const struct attr *a = model_attr(v->model, e->attrs); a; a = model_attr(v->model, a->next)) {
		if (a->kind != ATTR_NAME)
			continue;
		for (uint32_t k = 0; (r = reg_element_by_name(v->reg, model_text(v->model, a->text), a->len, k)) != REG_NONE; k++)
			if (!v->reg->elements.v[r].addresses.n && v->reg->elements.v[r].roles & shown)
				return r;
	}
	return REG_NONE;
}

static int by_prefix(const void *x, const void *y)
{
	const struct prefix *a = x, *b = y;
	int c = addr_cmp(&a->net, &b->net);

	return c ? c : (int)a->bits - (int)b->bits;
}

static int near_elements(struct view *v)
{
	uint32_t n = 0, cap = 0;

	for (uint32_t i = 0; i < model_elements(v->model); i++)
		for (const struct attr *a = model_attr(v->model, model_element(v->model, i)->attrs); a; a = model_attr(v->model, a->next))
			cap += a->kind == ATTR_ADDR;
	v->near = calloc(cap + 1, sizeof(*v->near));
	if (!v->near)
		return FW_ENOMEM;
	for (uint32_t i = 0; i < model_elements(v->model); i++) {
		const struct element *e = model_element(v->model, i);

		/* a tunnel end of which nothing more is known makes no network of ours */
		if (!(e->roles & ~ROLE_BIT(ROLE_GTPU_PEER)))
			continue;
		for (const struct attr *a = model_attr(v->model, e->attrs); a; a = model_attr(v->model, a->next))
			if (a->kind == ATTR_ADDR && !(e->roles == ROLE_BIT(ROLE_SEPP) && addr_is_global(&a->addr)))	/* may be of another operator */
				v->near[n++] = (struct prefix){ .net = addr_net(&a->addr, a->addr.fam == 4 ? 24 : 64), .bits = a->addr.fam == 4 ? 24 : 64 };
	}
	qsort(v->near, n, sizeof(*v->near), by_prefix);
	for (uint32_t i = 0; i < n; i++)
		if (!v->nnear || by_prefix(&v->near[v->nnear - 1], &v->near[i]))
			v->near[v->nnear++] = v->near[i];
	return FW_OK;
}

/* A protocol that may order tunnels is there, as far as its port says, and was not read. */
static uint32_t present_in(const struct view *v, const struct contact_rec *c)
{
	static const struct { uint8_t proto; uint16_t port; uint32_t bit; } rows[] = {
		{ 132, 36412, PRESENT_S1AP }, { 132, 36422, PRESENT_X2AP }, { 132, 38422, PRESENT_XNAP },
		{ 132, 38472, PRESENT_F1AP }, { 132, 38462, PRESENT_E1AP },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (c->key.proto == rows[i].proto && c->key.port == rows[i].port) {
			struct addr a = model_contact_end(v->model, c, false), b = model_contact_end(v->model, c, true);

			return model_pair(v->model, &a, &b, c->key.proto) & (PAIR_RAN | PAIR_S1AP) ? 0 : rows[i].bit;
		}
	return 0;
}

static void sighted(struct sight *s, uint32_t element, struct ground g, uint64_t first, uint64_t last)
{
	if (!s->seen || (element != NONE && s->element == NONE)) {
		s->element = element;
		s->ground = g;
	}
	s->first_ns = !s->seen || first < s->first_ns ? first : s->first_ns;
	s->last_ns = last > s->last_ns ? last : s->last_ns;
	s->seen = true;
}

/* Who of the register was seen: by signalling, or by packets from one of its addresses. */
static void sight(struct view *v)
{
	for (uint32_t i = 0; i < model_elements(v->model); i++) {
		const struct element *e = model_element(v->model, i);

		if (e->roles && v->registered[i] != REG_NONE)
			sighted(&v->sight[v->registered[i]], i, e->ngrounds ? e->ground[0] : (struct ground){ 0, 0 }, e->first_ns, e->last_ns);
	}
	for (uint32_t i = 0; i < model_contacts(v->model); i++) {
		const struct contact_rec *c = model_contact(v->model, i);

		for (int b = 0; b < 2 && !c->key.inner; b++) {
			struct addr a = model_contact_end(v->model, c, b);
			uint32_t r = c->packets[b] ? view_reg_at(v, &a, 0, NULL) : REG_NONE;

			if (r != REG_NONE && view_reg_at(v, &a, 1, NULL) == REG_NONE)
				sighted(&v->sight[r], NONE, (struct ground){ c->input, c->frame }, c->first_ns, c->last_ns);
		}
	}
}

static bool is_esp(const struct contact_rec *c)
{
	return !c->key.inner && (c->key.proto == 50 || c->key.proto == 51 || (c->key.proto == 17 && c->key.port == 4500));
}

static int by_esp(const void *x, const void *y)
{
	const struct esp_pair *a = x, *b = y;
	int c = addr_cmp(&a->a, &b->a);

	return c ? c : addr_cmp(&a->b, &b->b);
}

static struct esp_pair esp_pair(const struct addr *a, const struct addr *b)
{
	return addr_cmp(a, b) < 0 ? (struct esp_pair){ *a, *b } : (struct esp_pair){ *b, *a };
}

bool view_esp(const struct view *v, const struct addr *a, const struct addr *b)
{
	struct esp_pair key = esp_pair(a, b);

	return v->nesp && bsearch(&key, v->esp, v->nesp, sizeof(key), by_esp);
}

static int protected_pairs(struct view *v)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < model_contacts(v->model); i++)
		n += is_esp(model_contact(v->model, i));
	v->esp = malloc((n + 1) * sizeof(*v->esp));
	if (!v->esp)
		return FW_ENOMEM;
	for (uint32_t i = 0; i < model_contacts(v->model); i++) {
		const struct contact_rec *c = model_contact(v->model, i);
		struct addr a = model_contact_end(v->model, c, false), b = model_contact_end(v->model, c, true);

		if (is_esp(c))
			v->esp[v->nesp++] = esp_pair(&a, &b);
	}
	qsort(v->esp, v->nesp, sizeof(*v->esp), by_esp);
	return FW_OK;
}

int view_settle(struct view *v)
{
	int err;

	v->memo = calloc(1, sizeof(*v->memo));
	if (!v->memo)
		return FW_ENOMEM;

	if (v->reg) {
		v->registered = malloc((model_elements(v->model) + 1) * sizeof(*v->registered));
		v->sight = calloc(v->reg->elements.n + 1, sizeof(*v->sight));
		if (!v->registered || !v->sight)
			return FW_ENOMEM;
		for (uint32_t i = 0; i < v->reg->elements.n; i++)
			v->sight[i].element = NONE;
		for (uint32_t i = 0; i < model_elements(v->model); i++)
			v->registered[i] = registered_as(v, i);
		sight(v);
	}
	if ((err = near_elements(v)) != FW_OK || (err = protected_pairs(v)) != FW_OK)
		return err;
	for (uint32_t i = 0; i < model_contacts(v->model); i++) {
		const struct contact_rec *c = model_contact(v->model, i);

		if (!c->key.inner)
			v->present |= present_in(v, c);
		if (!v->first_ns || c->first_ns < v->first_ns)
			v->first_ns = c->first_ns;
		if (c->last_ns > v->last_ns)
			v->last_ns = c->last_ns;
	}
	return FW_OK;
}

void view_free(struct view *v)
{
	free(v->registered);
	free(v->near);
	free(v->esp);
	free(v->memo);
	v->memo = NULL;
	v->esp = NULL;
	free(v->sight);
	v->sight = NULL;
	v->registered = NULL;
	v->near = NULL;
}

/* ---- who ---- */

static bool near_an_element(const struct view *v, const struct addr *a)
{
	struct prefix key = { .bits = a->fam == 4 ? 24 : 64 };

	key.net = addr_net(a, key.bits);
	return v->near && bsearch(&key, v->near, v->nnear, sizeof(key), by_prefix);
}

static enum where where_is(const struct view *v, const struct addr *a)
{
	if (v->reg && reg_of_subscriber(v->reg, a))
		return WHERE_SUBSCRIBER;
	if (v->reg ? reg_inside(v->reg, a) : near_an_element(v, a))
		return WHERE_INSIDE;
	return addr_is_global(a) ? WHERE_OUTSIDE : WHERE_PRIVATE;
}

enum { HOLDERS_LOOK = 256 };	/* elements at one address that are looked through */

struct who who_is(const struct view *v, const struct addr *a)
{
	struct who w = { .addr = *a, .reg = REG_NONE, .element = NONE, .where = where_is(v, a) };
	uint32_t at = model_first_at(v->model, a);

	if (v->reg) {
		w.reg = view_reg_at(v, a, 0, &w.on);
		for (uint32_t r, k = 0; k < HOLDERS_LOOK && (r = view_reg_at(v, a, k, NULL)) != REG_NONE; k++)
			w.roles |= v->reg->elements.v[r].roles;
		if (w.reg != REG_NONE && view_reg_at(v, a, 1, NULL) != REG_NONE)
			w.elements = 2;		/* shared by declaration: the address is who it is */
	}
	for (unsigned n = 0; at && n < HOLDERS_LOOK; at = model_next_at(v->model, at), n++) {
		const struct element *e = model_element(v->model, model_holder(v->model, at));

		/* a tunnel end outside of which nothing more is known is nobody's element */
		if (!e->roles || (e->roles == ROLE_BIT(ROLE_GTPU_PEER) && addr_is_global(a)))
			continue;
		w.elements++;
		w.element = w.elements == 1 ? model_holder(v->model, at) : NONE;
		w.shown |= shown_roles(e);
		w.accepted |= e->accepted_ns || e->joined_ns || e->roles & (ROLE_BIT(ROLE_AMF) | ROLE_BIT(ROLE_MME) | ROLE_BIT(ROLE_SMF) | ROLE_BIT(ROLE_UPF) | ROLE_BIT(ROLE_PFCP_CP) | ROLE_BIT(ROLE_PFCP_UP) |
			ROLE_BIT(ROLE_HSS) | ROLE_BIT(ROLE_PCRF) | ROLE_BIT(ROLE_OCS) | ROLE_BIT(ROLE_EIR) | ROLE_BIT(ROLE_AF) | ROLE_BIT(ROLE_DRA));	/* Diameter's come with an answer */
	}
	if (w.reg == REG_NONE && w.element != NONE && v->registered && v->registered[w.element] != REG_NONE &&
	    !v->reg->elements.v[v->registered[w.element]].addresses.n)
		w.reg = v->registered[w.element];	/* registered by node id or name alone */
	if (w.reg != REG_NONE)
		w.roles |= v->reg->elements.v[w.reg].roles;
	else
		w.roles |= w.shown;
	return w;
}

size_t who_id(const struct view *v, const struct who *w, char out[ELEMENT_ID])
{
	bool shared = w->reg != REG_NONE && view_reg_at(v, &w->addr, 1, NULL) != REG_NONE;

	if (w->reg != REG_NONE && !shared) {
		const struct text *id = &v->reg->elements.v[w->reg].id;
		size_t n = strlen(id->s) < ELEMENT_ID ? strlen(id->s) : ELEMENT_ID - 1;

		memcpy(out, id->s, n);
		out[n] = 0;
		return n;
	}
	/* an element known by its node id from here alone; one that only claims a registered id is its address */
	if (w->element != NONE && w->elements == 1 && model_element(v->model, w->element)->has_node && !shared &&
	    (!v->registered || v->registered[w->element] == REG_NONE))
		return model_element_id(v->model, w->element, out);
	return addr_text(&w->addr, out);
}
