/*
 * What a verdict rests on besides the message at hand: the frames that made its UE, its session and
 * its tunnel ends what they are.  Who has those frames and no others gets the same verdict.
 */
#include "inside.h"

enum { HANDOVERS = 8, SESSIONS = 8, ENDS_LOOK = 32, HOLDERS_LOOK = 64, ATTRS_LOOK = 4096 };

struct why { struct ground *at; unsigned n; };

static void because(struct why *w, struct ground g)
{
	w->n = grounds_once(w->at, w->n, MODEL_WHY, g);
}

static void of_pdu(struct why *w, const struct pdu_session *p)
{
	because(w, p->ul_ground);
	because(w, p->dl_ground);
	because(w, p->ue_ground);
}

static void of_ue(const struct model *m, struct why *w, uint32_t ue)
{
	const struct ue_security *s = model_ue_security(m, ue);
	const struct ue_context *u = model_ue(m, ue);
	const struct pdu_session *p;
	uint32_t root = u ? u->root : 0, old;
	unsigned n = 0;

	if (s) {
		because(w, s->cap_ground);
		because(w, s->reg_ground);
	}
	for (uint32_t i = u ? u->sessions : 0; i && n++ < SESSIONS; i = p->next) {
		p = table_at(&m->pdus, i - 1);
		of_pdu(w, p);
	}
	for (n = 0; u && u->root == root && n < HANDOVERS; n++) {
		because(w, u->ground);
		because(w, u->named);
		because(w, u->chosen);
		because(w, u->left_by);
		old = u->old;
		u = old ? model_ue(m, old - 1) : NULL;
	}
}

static const struct pdu_session *pdu_of(const struct model *m, const struct tunnel_end *e)
{
	struct pdu_session like = { .key = { e->ue_root, e->psi } };
	uint32_t i = e->ue_root ? table_seek(&m->pdus, &like.key) : (uint32_t)TABLE_NONE;

	return i == TABLE_NONE ? NULL : table_at(&m->pdus, i);
}

static void of_end(const struct model *m, struct why *w, const struct tunnel_end *e)
{
	const struct gtpc_session *g = epc_session_of(m, (uint32_t)(e - (const struct tunnel_end *)table_at(&m->ends, 0)));
	const struct pdu_session *p = pdu_of(m, e);

	because(w, e->order);
	for (unsigned i = 0; g && i < g->npdn; i++)
		because(w, g->pdn[i].ground);
	if (g) {
		because(w, g->ground);
		because(w, g->accept);
	}
	because(w, e->ruled);
	if (e->withdrawn_ns)
		because(w, e->over);
	if (p)
		of_pdu(w, p);
}

static void of_session(const struct model *m, struct why *w, uint32_t session)
{
	const struct pfcp_session *s = model_pfcp_session(m, session);
	uint32_t i = s ? s->ends : 0;

	if (!s)
		return;
	because(w, s->ground);
	because(w, s->accept);
	because(w, s->five);
	for (unsigned n = 0; i && n < ENDS_LOOK; n++) {
		const struct tunnel_end *e = table_at(&m->ends, i - 1);

		of_end(m, w, e);
		i = e->next;
	}
}

/* Where a rule sent before, and each change since. */
static void of_move(const struct model *m, struct why *w, const struct move *x)
{
	struct trail_key k = { x->session, x->far };
	uint32_t i = table_seek(&m->trails, &k), end;
	const struct trail *t = i == TABLE_NONE ? NULL : table_at(&m->trails, i);
	struct addr from = model_addr(m, x->from), to = model_addr(m, x->to);

	for (unsigned n = 0; t && n < MOVE_MEMORY && n < t->n; n++)
		because(w, t->at[n].ground);
	if ((end = end_find(m, &from, x->from_teid)) != NONE)
		of_end(m, w, table_at(&m->ends, end));
	if ((end = end_find(m, &to, x->to_teid)) != NONE)
		of_end(m, w, table_at(&m->ends, end));
}

unsigned model_why_last(const struct model *m, struct ground out[MODEL_WHY])
{
	const struct model_last *l = model_last(m);
	struct why w = { out, 0 };

	if (l->ue != NONE)
		of_ue(m, &w, l->ue);
	if (l->session != NONE)
		of_session(m, &w, l->session);
	for (unsigned i = 0; i < l->nmoves; i++)
		of_move(m, &w, &l->move[i]);
	return w.n;
}

unsigned model_why_end(const struct model *m, uint32_t end, struct ground out[MODEL_WHY])
{
	const struct tunnel_end *e = end == NONE ? NULL : model_end_at(m, end);
	struct why w = { out, 0 };

	if (!e)
		return 0;
	if (e->pfcp_session != NONE)
		of_session(m, &w, e->pfcp_session);
	of_end(m, &w, e);
	return w.n;
}

static void of_element(const struct model *m, struct why *w, const struct element *e, const struct addr *a)
{
	unsigned n = 0;

	for (const struct attr *at = model_attr(m, e->attrs); at && n++ < ATTRS_LOOK; at = model_attr(m, at->next))
		if (at->kind == ATTR_ADDR && addr_eq(&at->addr, a))
			because(w, at->ground);
	because(w, e->accept);
	because(w, e->associate);
	for (unsigned i = 0; i < e->ngrounds; i++)
		because(w, e->ground[i]);
	for (unsigned i = 0; i < e->nrests; i++)
		because(w, e->rests[i]);
}

/* That a subscriber has an address there. */
static void of_pool(const struct model *m, struct why *w, const struct addr *a, uint8_t bits)
{
	for (uint32_t i = 0; i < model_pfcp_sessions(m) && !w->n; i++) {
		const struct pfcp_session *s = model_pfcp_session(m, i);
		struct addr ue = s ? addr_make(a->fam == 4 ? s->ue4 : s->ue6, a->fam) : *a;

		if (s && (a->fam == 4 ? s->has_ue4 : s->has_ue6) && addr_in(&ue, a, bits))
			of_session(m, w, i);
	}
}

unsigned model_why_at(const struct model *m, const struct addr *a, uint8_t bits, struct ground out[MODEL_WHY])
{
	struct why w = { out, 0 };
	uint32_t at = bits ? 0 : model_first_at(m, a);

	if (bits)
		of_pool(m, &w, a, bits);
	for (unsigned n = 0; at && n < HOLDERS_LOOK; at = model_next_at(m, at), n++)
		of_element(m, &w, model_element(m, model_holder(m, at)), a);
	return w.n;
}
