/*
 * UE contexts and their sessions, of N2 (PDU sessions, TS 38.413 8.2, 8.3) and of S1 (E-RABs, TS 36.413
 * 8.2, 8.3): what a RAN node and a core node say to each other of a UE, and the tunnel ends they name.
 */
#include "inside.h"

/* Who sends from there: an element of its own, until a set-up says which. */
static uint32_t ran_side(struct model *m, const struct ran_message *x, const struct fact *f)
{
	uint32_t e = element_at(m, x->lte ? FIND_ENB_AT : FIND_RAN_AT, x->ran, x->ran_port, f);

	if (e != NONE && !m->element[e].has_node)
		element_role(m, e, x->lte ? ROLE_ENB : ROLE_RAN_NODE, f);
	return e;
}

static uint32_t core_side(struct model *m, const struct ran_message *x, const struct fact *f)
{
	uint32_t e = x->lte ? element_at(m, FIND_MME_AT, x->amf, 0, f) : element_at(m, FIND_AMF_AT, x->amf, x->amf_port, f);

	element_role(m, e, x->lte ? ROLE_MME : ROLE_AMF, f);
	return e;
}

static uint32_t ue_at(struct model *m, const struct ran_message *x, uint32_t ran_id, bool fresh, const struct fact *f)
{
	const uint64_t words[2] = { hash_word(x->amf, x->ran), hash_word(ran_id, hash_half(x->ran_port, x->lte)) };
	struct ue_context_key key;
	struct ue_context *u;
	uint32_t i;
	bool made;

	_Static_assert(sizeof(key) == sizeof(words), "two words");
	memcpy(&key, words, sizeof(key));
	i = fresh ? table_seek_of(&m->ues, &key, sizeof(key)) : (uint32_t)TABLE_NONE;
	if (i != TABLE_NONE) {			/* the RAN id is used again: the old context is history */
		u = table_at(&m->ues, i);
		if (u->has_amf || u->released)
			ue_forget(m, i);
	}
	i = table_take_of(&m->ues, &key, sizeof(key), &made);
	if (i == TABLE_NONE) {
		m->n.refused++;
		return NONE;
	}
	u = table_at(&m->ues, i);
	if (made) {
		u->first_ns = f->t_ns;
		u->ground = ground_of(f);
		u->root = ++m->roots;
		u->ran_element = ran_side(m, x, f);
		u->amf_element = core_side(m, x, f);
		m->n.ues++;
	}
	u->last_ns = f->t_ns;
	return i;
}

/* A context that goes on elsewhere is one UE: the new one continues the old, and has its sessions from now on. */
static void continues(struct model *m, uint32_t ue, uint32_t old)
{
	struct ue_context *u = table_at(&m->ues, ue), *o;
	struct pdu_session *p;

	if (old == NONE || old == ue || u->continues)
		return;
	o = table_at(&m->ues, old);
	u->continues = 1;
	u->ea = o->ea;
	u->ia = o->ia;
	u->has_alg = o->has_alg;
	ue_drop_sessions(m, u);
	if (u->root != o->root)
		security_forget(m, u->root);
	o->left = 1;
	u->left = 0;
	u->root = o->root;
	u->security = o->security;
	u->old = old + 1;
	u->sessions = o->sessions;
	o->sessions = 0;
	for (uint32_t i = u->sessions; i; i = p->next) {
		p = table_at(&m->pdus, i - 1);
		p->ue = ue;
	}
	m->n.ues--;
}

bool ran_message_of(struct model *m, const struct fact *f, const struct ran_words *w, struct ran_message *x)
{
	const struct item *got[RAN_SLOTS] = { NULL };
	struct sides s;

	if (f->in)
		return false;
	s = model_sides(m, f, 132, w->pair);
	*x = (struct ran_message){ .all = fact_span(f), .lte = w->lte };
	/* the message's own keys come first, then the ids of the UE: the walk seldom goes further */
	for (const struct item *i = x->all.at; i < x->all.end && !(got[RAN_CORE_ID] && got[RAN_NODE_ID]); i++)
		if (!got[w->slot[i->key]] && i->depth <= w->depth)
			got[w->slot[i->key]] = i;
	x->procedure = item_uint(got[RAN_PROCEDURE], 255);
	x->pdu = item_uint(got[RAN_PDU], 3);
	x->uplink = item_uint(got[RAN_UPLINK], 0) != 0;
	x->amf_id = got[RAN_CORE_ID];
	x->ran_id = got[RAN_NODE_ID];
	x->begins = x->procedure == w->initial_ue;
	x->prepares = x->procedure == w->handover_allocation;
	x->follows = x->prepares || x->procedure == w->path_switch;
	x->ran = x->uplink ? s.src : s.dst;
	x->amf = x->uplink ? s.dst : s.src;
	x->ran_port = x->uplink ? f->sport : f->dport;
	x->amf_port = x->uplink ? f->dport : f->sport;
	m->ngap_n = f->n;
	m->ngap_ue = NONE;
	m->ngap_uplink = x->uplink;
	return x->ran != NONE && x->amf != NONE;
}

uint32_t ue_of(struct model *m, const struct fact *f, const struct ran_message *x)
{
	struct ue_context *u;
	uint32_t ue = NONE;

	if (!x->ran_id && !x->amf_id)
		return NONE;
	if (!x->ran_id) {
		ue = ue_named(m, x->amf, x->amf_id->v.u);
		if (ue == NONE) {	/* the sides of N2 are known all the same */
			(void)element_at(m, x->lte ? FIND_ENB_AT : FIND_RAN_AT, x->ran, x->ran_port, f);
			(void)core_side(m, x, f);
		}
		return ue;
	}
	ue = ue_at(m, x, (uint32_t)x->ran_id->v.u, x->begins, f);
	if (ue == NONE || !x->amf_id)
		return ue;
	u = table_at(&m->ues, ue);
	if (x->follows)
		continues(m, ue, ue_named(m, x->amf, x->amf_id->v.u));
	if (!u->has_amf || u->amf_id != x->amf_id->v.u) {
		if (u->has_amf)
			alias_drop(m, ALIAS_AMF_UE, x->amf, u->amf_id, ue);
		u->has_amf = 1;
		u->amf_id = x->amf_id->v.u;
		u->named = ground_of(f);
		alias_set(m, ALIAS_AMF_UE, x->amf, u->amf_id, ue, u->root);
	}
	return ue;
}

/* ---- PDU sessions ---- */

static uint32_t pdu_at(struct model *m, uint32_t ue, uint8_t psi)
{
	struct ue_context *u = table_at(&m->ues, ue);
	const struct pdu_session_key key = { u->root, psi };
	struct pdu_session *p;
	uint32_t i;
	bool made;

	i = table_take_of(&m->pdus, &key, sizeof(key), &made);
	if (i == TABLE_NONE) {
		m->n.refused++;
		return NONE;
	}
	p = table_at(&m->pdus, i);
	if (made) {
		p->ue = ue;
		p->ul = p->dl = p->before = NONE;
		p->next = u->sessions;
		u->sessions = i + 1;
	}
	return i;
}

/* The PFCP session that has the end in its chain, or NULL. */
static struct pfcp_session *session_of_end(const struct model *m, uint32_t end)
{
	const struct tunnel_end *e = end == NONE ? NULL : table_at(&m->ends, end);

	return e && e->pfcp_session != NONE ? table_at(&m->pfcp, e->pfcp_session) : NULL;
}

static void bind_session(struct model *m, const struct pdu_session *p, uint32_t end)
{
	const struct pfcp_session *ul = session_of_end(m, p->ul), *s = ul ? ul : session_of_end(m, p->dl);
	struct addr ue4 = s && s->has_ue4 ? addr_make(s->ue4, 4) : p->has_ue4 ? addr_make(p->ue4, 4) : (struct addr){ .fam = 0 };
	struct addr ue6 = s && s->has_ue6 ? addr_make(s->ue6, 6) : (struct addr){ .fam = 0 };

	if (end != NONE && (ue4.fam || ue6.fam) && (ue6.fam || !p->dual))	/* half of what it has is no measure */
		bind_tunnel(m, table_at(&m->ends, end), &ue4, &ue6);
}

/* A session that comes back after its UE was idle: the core's end still stands, under the same session id. */
static bool resumes(struct model *m, const struct addr *a, uint32_t teid, uint8_t psi)
{
	uint32_t i = end_find(m, a, teid);
	const struct tunnel_end *e = i == NONE ? NULL : table_at(&m->ends, i);

	return e && e->ue_root && !e->withdrawn_ns && e->psi == psi && e->set_up;
}

static void set_up(struct model *m, struct pdu_session *p, bool lte)
{
	*(lte ? &m->n.erabs : &m->n.pdu_sessions) += !p->accepted && !p->resumed;
	p->accepted = 1;
	if (p->ul != NONE)
		((struct tunnel_end *)table_at(&m->ends, p->ul))->set_up = 1;
	if (p->dl != NONE)
		((struct tunnel_end *)table_at(&m->ends, p->dl))->set_up = 1;
}

void ue_session_end(struct model *m, const struct fact *f, const struct ran_message *x, uint32_t ue, uint8_t psi, const struct addr *a, uint32_t teid)
{
	const struct ue_context *u = table_at(&m->ues, ue);
	enum end_origin origin = x->uplink ? (x->lte ? END_S1_DL : END_NGAP_DL) : x->lte ? END_S1_UL : END_NGAP_UL;
	uint32_t pi = pdu_at(m, ue, psi), end;
	struct tunnel_end *e;
	struct pdu_session *p;

	if (pi == NONE)
		return;
	p = table_at(&m->pdus, pi);
	p->resumed |= !x->uplink && resumes(m, a, teid, psi);
	end = end_order(m, a, teid, origin, false, f);
	if (end == NONE)
		return;
	e = table_at(&m->ends, end);
	e->ue_root = u->root;
	e->psi = psi;
	e->set_up = p->accepted || p->resumed;
	if (!x->lte && e->pfcp_session != NONE) {
		session_of_end(m, end)->five_g = 1;
		session_of_end(m, end)->five = ground_of(f);
	}
	if (x->uplink) {
		if (p->dl != NONE && p->dl != end && !x->prepares)
			end_withdraw(m, p->dl, f);
		else if (p->dl != end && x->lte)
			p->before = p->dl;
		p->dl = end;
		p->dl_ground = ground_of(f);
		set_up(m, p, x->lte);
		if (!x->elsewhere)
			element_addr(m, u->ran_element, e->key.addr, f);
	} else {
		p->ul = end;
		p->ul_ground = ground_of(f);
	}
	bind_session(m, p, end);
}

uint32_t session_by_end(const struct model *m, const struct addr *a, uint32_t teid)
{
	uint32_t i = end_find(m, a, teid);
	const struct tunnel_end *e = i == NONE ? NULL : table_at(&m->ends, i);
	const struct pdu_session_key key = { e ? e->ue_root : 0, e ? e->psi : 0 };

	return key.root ? table_seek(&m->pdus, &key) : NONE;
}

void ue_asked_for(struct model *m, const struct fact *f, const struct ran_message *x, uint32_t session)
{
	const struct pdu_session *p = session == NONE ? NULL : table_at(&m->pdus, session);

	if (!p)
		return;
	alias_set(m, ALIAS_AMF_UE, x->amf, x->amf_id->v.u, p->ue, p->key.root);
	((struct ue_context *)table_at(&m->ues, p->ue))->left_by = ground_of(f);
}

void session_gone(struct model *m, uint32_t ue, uint8_t psi, const struct fact *f)
{
	const struct pdu_session_key key = { ((struct ue_context *)table_at(&m->ues, ue))->root, psi };
	uint32_t i = table_seek(&m->pdus, &key);
	struct pdu_session *p;

	if (i == TABLE_NONE)
		return;
	p = table_at(&m->pdus, i);
	end_withdraw(m, p->dl, f);
	end_withdraw(m, p->ul, f);
	p->dl = p->ul = NONE;
	p->accepted = p->resumed = 0;
}

void ue_arrived(struct model *m, uint32_t ue, const struct fact *f)
{
	struct pdu_session *p;

	for (uint32_t i = ((struct ue_context *)table_at(&m->ues, ue))->sessions; i; i = p->next) {
		p = table_at(&m->pdus, i - 1);
		end_withdraw(m, p->before, f);
		p->before = NONE;
	}
}

void ue_released(struct model *m, uint32_t ue, const struct fact *f, bool lte)
{
	struct ue_context *u = table_at(&m->ues, ue);
	const struct pdu_session *p;

	u->released = 1;
	for (uint32_t i = u->sessions; i; i = p->next) {
		p = table_at(&m->pdus, i - 1);
		if (p->dl != NONE && (lte || ((struct tunnel_end *)table_at(&m->ends, p->dl))->key.addr == u->key.ran))
			end_withdraw(m, p->dl, f);
	}
	ue_ended(m, ue);
}

void session_address(struct model *m, const struct fact *f, const struct item *address, uint8_t psi)
{
	struct pdu_session *p;
	struct addr a;
	uint32_t i;

	if (m->ngap_ue == NONE || !address)
		return;
	a = item_addr(address);
	bind_ue(m, &a);
	i = pdu_at(m, m->ngap_ue, psi);
	if (i == NONE)
		return;
	p = table_at(&m->pdus, i);
	p->has_ue4 = 1;
	p->dual = span_key(fact_span(f), KEY_NAS_pdu_addr_iid) || span_key(fact_span(f), KEY_NASEPS_pdn_iid);
	memcpy(p->ue4, a.b, 4);
	p->ue_ground = ground_of(f);
	bind_session(m, p, p->ul);
	bind_session(m, p, p->dl);
}

uint32_t model_ues(const struct model *m) { return m->ues.high; }
const struct ue_context *model_ue(const struct model *m, uint32_t i) { return table_live(&m->ues, i) ? table_at(&m->ues, i) : NULL; }
uint32_t model_pdu_sessions(const struct model *m) { return m->pdus.high; }
const struct pdu_session *model_pdu_session(const struct model *m, uint32_t i) { return table_live(&m->pdus, i) ? table_at(&m->pdus, i) : NULL; }
