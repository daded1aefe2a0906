/* Elements: who exists, and the frames that ground each belief (DESIGN.md section 3). */
#include "inside.h"

#include <stdio.h>

static const char *const roles[ROLES] = {
	[ROLE_GNB] = "gNB", [ROLE_NG_ENB] = "ng-eNB", [ROLE_N3IWF] = "N3IWF", [ROLE_TNGF] = "TNGF", [ROLE_W_AGF] = "W-AGF",
	[ROLE_RAN_NODE] = "RAN-node", [ROLE_GNB_CU] = "gNB-CU", [ROLE_GNB_CU_CP] = "gNB-CU-CP", [ROLE_GNB_CU_UP] = "gNB-CU-UP",
	[ROLE_GNB_DU] = "gNB-DU", [ROLE_ENB] = "eNB", [ROLE_EN_GNB] = "en-gNB", [ROLE_AMF] = "AMF", [ROLE_SMF] = "SMF", [ROLE_UPF] = "UPF",
	[ROLE_PFCP_CP] = "PFCP-CP", [ROLE_PFCP_UP] = "PFCP-UP", [ROLE_PFCP_NODE] = "PFCP-node", [ROLE_GTPU_PEER] = "GTP-U-peer",
	[ROLE_NRF] = "NRF", [ROLE_SCP] = "SCP", [ROLE_SEPP] = "SEPP", [ROLE_AUSF] = "AUSF", [ROLE_UDM] = "UDM", [ROLE_UDR] = "UDR", [ROLE_PCF] = "PCF",
	[ROLE_NSSF] = "NSSF", [ROLE_BSF] = "BSF", [ROLE_NEF] = "NEF", [ROLE_CHF] = "CHF", [ROLE_NWDAF] = "NWDAF", [ROLE_SMSF] = "SMSF", [ROLE_LMF] = "LMF",
	[ROLE_5G_EIR] = "5G-EIR",
	[ROLE_MME] = "MME", [ROLE_SGW_C] = "SGW-C", [ROLE_SGW_U] = "SGW-U", [ROLE_PGW_C] = "PGW-C", [ROLE_PGW_U] = "PGW-U", [ROLE_SGSN] = "SGSN",
	[ROLE_GGSN] = "GGSN", [ROLE_HSS] = "HSS", [ROLE_PCRF] = "PCRF", [ROLE_OCS] = "OCS", [ROLE_EIR] = "EIR", [ROLE_AF] = "AF", [ROLE_DRA] = "DRA",
	[ROLE_DIAMETER_NODE] = "Diameter-node",
};

const char *role_name(enum role r) { return roles[r]; }

void plmn_text(const uint8_t p[3], char out[7])
{
	unsigned d[6] = { p[0] & 15, p[0] >> 4, p[1] & 15, p[2] & 15, p[2] >> 4, p[1] >> 4 };
	int n = d[5] == 15 ? 5 : 6;

	for (int i = 0; i < n; i++)
		out[i] = "0123456789abcdef"[d[i]];
	out[n] = 0;
}

struct find_key find_at(enum find_class class, uint32_t place, uint16_t port)
{
	return (struct find_key){ .class = (uint8_t)class, .port = port, .what = place };
}

uint32_t find_get(const struct model *m, const struct find_key *key)
{
	uint32_t i = table_seek_of(&m->finds, key, sizeof(*key));

	return i == TABLE_NONE ? NONE : ((struct find *)table_at(&m->finds, i))->element;
}

void find_set(struct model *m, const struct find_key *key, uint32_t element)
{
	bool made;
	uint32_t i = table_take(&m->finds, key, &made);

	if (i != TABLE_NONE)
		((struct find *)table_at(&m->finds, i))->element = element;
}

uint32_t element_new(struct model *m, const struct fact *f, uint32_t place)
{
	struct element *e;

	if (place == NONE)
		return NONE;
	if (m->nelement == CAP_ELEMENTS) {
		m->n.refused++;
		return NONE;
	}
	e = &m->element[m->nelement];
	*e = (struct element){ .first_ns = f->t_ns, .last_ns = f->t_ns, .addr = model_addr(m, place) };
	return m->nelement++;
}

static struct find_key named_key(const struct model *m, const char *name, size_t n)
{
	uint64_t h = hash_bytes(&m->cfg.hash, name, n);

	return (struct find_key){ .class = FIND_NF_NAMED, .what = (uint32_t)h, .pad = (uint32_t)(h >> 32) };
}

uint32_t element_named(struct model *m, const char *name, size_t n, const struct fact *f)
{
	struct find_key key = named_key(m, name, n);
	uint32_t e = find_get(m, &key);

	if (e != NONE)
		return e;
	if (m->nelement == CAP_ELEMENTS) {
		m->n.refused++;
		return NONE;
	}
	e = m->nelement++;
	m->element[e] = (struct element){ .first_ns = f->t_ns, .last_ns = f->t_ns };
	find_set(m, &key, e);
	element_name(m, e, name, n, f);
	return e;
}

void element_called(struct model *m, const char *name, size_t n, uint32_t e, const struct fact *f)
{
	struct find_key key = named_key(m, name, n);
	uint32_t old = find_get(m, &key);

	element_name(m, e, name, n, f);
	/* a name that somebody claims gives him no role that he has not */
	if (e == NONE || old == e || (old != NONE && (m->element[old].addr.fam || m->element[old].roles & ~m->element[e].roles)))
		return;
	find_set(m, &key, e);
	if (old != NONE)
		m->element[old].roles = 0;
}

void element_seen(struct model *m, uint32_t i, const struct fact *f)
{
	struct element *e;

	if (i == NONE)
		return;
	e = &m->element[i];
	if (f->t_ns < e->first_ns)
		e->first_ns = f->t_ns;
	if (f->t_ns > e->last_ns)
		e->last_ns = f->t_ns;
}

void element_rests(struct element *e, struct ground g)
{
	e->nrests = (uint8_t)grounds_once(e->rests, e->nrests, MODEL_GROUNDS, g);
}

void element_ground(struct model *m, uint32_t i, const struct fact *f)
{
	const struct pfcp_session *s;
	struct element *e;

	if (i == NONE || !f->frame)
		return;
	e = &m->element[i];
	for (unsigned k = 0; k < e->ngrounds; k++)
		if (e->ground[k].input == f->input && e->ground[k].frame == f->frame)
			return;
	if (e->ngrounds == MODEL_GROUNDS)
		return;
	e->ground[e->ngrounds++] = ground_of(f);
	if (m->settled || m->last.session == NONE || !table_live(&m->pfcp, m->last.session))
		return;
	s = table_at(&m->pfcp, m->last.session);
	element_rests(e, s->ground);
	element_rests(e, s->accept);
}

void element_role(struct model *m, uint32_t i, enum role r, const struct fact *f)
{
	if (i == NONE)
		return;
	element_seen(m, i, f);
	if (m->element[i].roles >> r & 1)
		return;
	m->element[i].roles |= ROLE_BIT(r);
	element_ground(m, i, f);
}

/* Adds to the chain unless the element has it: `value` tells that in one look-up, however long the chain is. */
static bool attr_add(struct model *m, uint32_t e, struct attr *like, uint64_t value, const char *s, const struct fact *f)
{
	struct has_key has = { e, like->kind, value };
	struct element *x;
	uint64_t h;
	bool made;

	if (e == NONE)
		return false;
	x = &m->element[e];
	h = table_hash(&m->has, &has);
	if (table_find(&m->has, &has, h) != TABLE_NONE)
		return false;
	if (m->nattr == CAP_ATTRS || x->nattrs++ >= ELEMENT_ATTRS || (s && m->ntext + like->len + 1u > CAP_TEXT) ||
	    table_get(&m->has, &has, h, &made) == TABLE_NONE) {
		m->n.refused++;
		return false;
	}
	if (s) {
		like->text = m->ntext;
		memcpy(m->text + m->ntext, s, like->len);
		m->text[m->ntext + like->len] = 0;
		m->ntext += like->len + 1u;
	}
	like->ground = ground_of(f);
	m->attr[m->nattr++] = *like;
	if (x->last_attr)
		m->attr[x->last_attr - 1].next = m->nattr;
	else
		x->attrs = m->nattr;
	x->last_attr = m->nattr;
	element_ground(m, e, f);
	return true;
}

void element_name(struct model *m, uint32_t e, const char *s, size_t n, const struct fact *f)
{
	struct attr a = { .kind = ATTR_NAME, .len = (uint8_t)(n > 255 ? 255 : n) };

	if (n)
		(void)attr_add(m, e, &a, hash_bytes(&m->cfg.hash, s, a.len), s, f);
}

void element_evidence(struct model *m, uint32_t e, enum fact_key said_by, const char *s, size_t n, const struct fact *f)
{
	struct attr a = { .kind = ATTR_EVIDENCE, .len = (uint8_t)(n > 255 ? 255 : n), .tac = said_by };

	if (n)
		(void)attr_add(m, e, &a, hash_bytes(&m->cfg.hash, s, a.len) + said_by, s, f);
}

void element_plmn(struct model *m, uint32_t e, const uint8_t p[3], const struct fact *f)
{
	struct attr a = { .kind = ATTR_PLMN };

	plmn_text(p, a.plmn);
	(void)attr_add(m, e, &a, (uint64_t)p[0] << 16 | (uint64_t)p[1] << 8 | p[2], NULL, f);
}

void element_tac(struct model *m, uint32_t e, uint32_t tac, const struct fact *f)
{
	struct attr a = { .kind = ATTR_TAC, .tac = tac };

	(void)attr_add(m, e, &a, tac, NULL, f);
}

/* Also enters the element in the chain of those at this address, in order of discovery. */
/* Most addresses hold no element. */
static unsigned holding_bit(const struct addr *a)
{
	return (unsigned)((hash_read8(a->b) + 3 * hash_read8(a->b + 8)) * 0x9e3779b97f4a7c15 >> 32) % HOLDING;
}

void element_addr(struct model *m, uint32_t e, uint32_t place, const struct fact *f)
{
	struct attr a = { .kind = ATTR_ADDR };
	struct link *head;
	struct place *p;

	if (place == NONE)
		return;
	p = place_at(m, place);
	if (p->holders && m->link[p->holders - 1].element == e)		/* its own address, said again */
		return;
	a.addr = model_addr(m, place);
	if (!a.addr.fam || addr_is_any(&a.addr) || !attr_add(m, e, &a, place, NULL, f))
		return;
	bind_node(m, place);
	m->holding[holding_bit(&a.addr) / 64] |= 1ull << holding_bit(&a.addr) % 64;
	if (m->nlink == CAP_LINKS) {
		m->n.refused++;
		return;
	}
	m->link[m->nlink] = (struct link){ .element = e, .last = m->nlink };
	if (p->holders) {
		head = &m->link[p->holders - 1];
		m->link[head->last].next = m->nlink + 1;
		head->last = m->nlink;
	} else {
		p->holders = m->nlink + 1;
	}
	m->nlink++;
}

uint32_t model_first_at(const struct model *m, const struct addr *a)
{
	uint32_t place;

	if (!(m->holding[holding_bit(a) / 64] >> holding_bit(a) % 64 & 1))
		return 0;
	place = place_known(m, a);
	return place == NONE ? 0 : place_at(m, place)->holders;
}

uint32_t model_next_at(const struct model *m, uint32_t holder) { return holder ? m->link[holder - 1].next : 0; }
uint32_t model_holder(const struct model *m, uint32_t holder) { return holder ? m->link[holder - 1].element : NONE; }

enum { HOLDERS_LOOK = 64 };

uint32_t element_by_sbi(struct model *m, enum find_class class, uint32_t place)
{
	uint64_t kin = class == FIND_AMF_AT ? ROLE_BIT(ROLE_AMF) : class == FIND_CP_AT ? ROLE_BIT(ROLE_SMF) : class == FIND_UP_AT ? ROLE_BIT(ROLE_UPF) :
		class == FIND_PFCP_AT ? ROLE_BIT(ROLE_SMF) | ROLE_BIT(ROLE_UPF) : 0;
	uint32_t at = place == NONE || !kin ? 0 : place_at(m, place)->holders;

	for (unsigned n = 0; at && n < HOLDERS_LOOK; at = m->link[at - 1].next, n++) {
		struct element *e = &m->element[m->link[at - 1].element];

		if (e->by_sbi && e->roles & kin) {
			e->by_sbi = 0;
			return m->link[at - 1].element;
		}
	}
	return NONE;
}

uint32_t element_at(struct model *m, enum find_class class, uint32_t place, uint16_t port, const struct fact *f)
{
	struct find_key key = find_at(class, place, port);
	uint32_t e = find_get(m, &key);

	if (e == NONE && (e = element_by_sbi(m, class, place)) != NONE)
		find_set(m, &key, e);
	if (e == NONE) {
		e = element_new(m, f, place);
		if (e == NONE)
			return e;
		find_set(m, &key, e);
		element_addr(m, e, place, f);
	}
	element_seen(m, e, f);
	return e;
}

/* ---- visiting ---- */

uint32_t model_elements(const struct model *m) { return m->nelement; }
const struct element *model_element(const struct model *m, uint32_t i) { return &m->element[i]; }
const struct attr *model_attr(const struct model *m, uint32_t chain) { return chain ? &m->attr[chain - 1] : NULL; }
const char *model_text(const struct model *m, uint32_t text) { return m->text + text; }

static enum role first_role(const struct element *e)
{
	for (unsigned r = 0; r < ROLES; r++)
		if (e->roles >> r & 1)
			return (enum role)r;
	return ROLE_GTPU_PEER;
}

enum { SHARED_LOOK = 4096 };	/* elements at one address that are looked through */

/* Another element that would have the same realm/address id. */
static bool shared(const struct model *m, uint32_t i)
{
	uint32_t at = model_first_at(m, &m->element[i].addr);

	for (unsigned n = 0; at && n < SHARED_LOOK; at = model_next_at(m, at), n++) {
		uint32_t other = model_holder(m, at);

		if (other != i && m->element[other].roles && !m->element[other].has_node && addr_eq(&m->element[other].addr, &m->element[i].addr))
			return true;
	}
	return false;
}

/* Another RAN node whose id looks the same but has another length: then the length is said. */
static bool same_digits(const struct model *m, const struct element *e)
{
	struct find_key key = { .class = FIND_NODE, .role = (uint8_t)first_role(e), .what = e->node_id };
	unsigned digits = (e->node_bits + 3u) / 4;

	memcpy(key.plmn, e->node_plmn, 3);
	for (unsigned bits = digits * 4 - 3; !e->amf_set && bits <= digits * 4; bits++) {
		key.bits = (uint8_t)bits;
		if (bits != e->node_bits && find_get(m, &key) != NONE)
			return true;
	}
	return false;
}

size_t model_element_id(const struct model *m, uint32_t i, char out[ELEMENT_ID])
{
	const struct element *e = &m->element[i];
	char text[ADDR_TEXT], plmn[7];
	int n;

	if (e->has_node) {
		plmn_text(e->node_plmn, plmn);
		n = snprintf(out, ELEMENT_ID, "%s-%s-%0*x", role_name(first_role(e)), plmn, (e->node_bits + 3) / 4, (unsigned)e->node_id);
		if (same_digits(m, e) && n > 0 && n < ELEMENT_ID)
			n += snprintf(out + n, ELEMENT_ID - (size_t)n, "/%u", e->node_bits);
	} else if (!e->addr.fam) {		/* known by its name alone */
		const struct attr *a = model_attr(m, e->attrs);

		n = snprintf(out, ELEMENT_ID, "default/%.*s", a && a->kind == ATTR_NAME ? (int)a->len : 0, a && a->kind == ATTR_NAME ? model_text(m, a->text) : "");
	} else {
		addr_text(&e->addr, text);
		n = snprintf(out, ELEMENT_ID, "default/%s%s%s", text, shared(m, i) ? "/" : "", shared(m, i) ? role_name(first_role(e)) : "");
	}
	return n < 0 ? 0 : n >= ELEMENT_ID ? ELEMENT_ID - 1 : (size_t)n;
}
