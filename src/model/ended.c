/*
 * UE contexts and PFCP sessions by the name the other side gave them; and what has ended.  An ended
 * one is kept while late messages may come, so that they are not taken for a new one, and given
 * back then: what lives is what takes memory, and what is looked through stays small.
 */
#include "inside.h"

uint32_t ue_named(const struct model *m, uint32_t amf, uint64_t amf_id)
{
	const struct alias *a = alias_get(m, ALIAS_AMF_UE, amf, amf_id);

	if (!a || !table_live(&m->ues, a->value) || ((struct ue_context *)table_at(&m->ues, a->value))->root != a->proof)
		return NONE;
	return a->value;
}

uint32_t session_named(const struct model *m, uint32_t up, uint64_t seid)
{
	const struct alias *a = alias_get(m, ALIAS_UP_SEID, up, seid);

	if (!a || !table_live(&m->pfcp, a->value) || ((struct pfcp_session *)table_at(&m->pfcp, a->value))->serial != a->proof)
		return NONE;
	return a->value;
}

/* A UE has at most 256: their ids are octets. */
void ue_drop_sessions(struct model *m, struct ue_context *u)
{
	for (uint32_t i = u->sessions, next; i; i = next) {
		next = ((struct pdu_session *)table_at(&m->pdus, i - 1))->next;
		table_remove(&m->pdus, i - 1);
	}
	u->sessions = 0;
}

void ue_forget(struct model *m, uint32_t ue)
{
	struct ue_context *u = table_at(&m->ues, ue);

	if (u->has_amf)
		alias_drop(m, ALIAS_AMF_UE, u->key.amf, u->amf_id, ue);
	ue_drop_sessions(m, u);
	if (!u->left)
		security_forget(m, u->root);
	table_remove(&m->ues, ue);
}

static void ue_over(struct model *m, const struct ended *x)
{
	const struct ue_context *u = table_at(&m->ues, x->index);

	if (table_live(&m->ues, x->index) && u->root == x->proof && u->released && u->last_ns == x->when)
		ue_forget(m, x->index);
}

static void session_over(struct model *m, const struct ended *x)
{
	const struct pfcp_session *s = table_at(&m->pfcp, x->index);

	if (!table_live(&m->pfcp, x->index) || s->serial != x->proof || !s->deleted || s->ends || s->last_ns != x->when)
		return;
	alias_drop(m, ALIAS_UP_SEID, s->up, s->up_seid, x->index);
	table_remove(&m->pfcp, x->index);
}

/* Whatever was heard of since it ended is not given back: it ends again, or stays. */
static void add(struct model *m, struct ended_list *l, struct ended x, void (*over)(struct model *m, const struct ended *x))
{
	while (l->n && (l->n == ENDED || l->at[l->first].when + LINGER_NS < x.when)) {
		over(m, &l->at[l->first]);
		l->first = (l->first + 1) % ENDED;
		l->n--;
	}
	l->at[(l->first + l->n++) % ENDED] = x;
}

void ue_ended(struct model *m, uint32_t ue)
{
	const struct ue_context *u = table_at(&m->ues, ue);

	add(m, &m->ended_ues, (struct ended){ u->last_ns, ue, u->root }, ue_over);
}

void session_ended(struct model *m, uint32_t session)
{
	const struct pfcp_session *s = table_at(&m->pfcp, session);

	add(m, &m->ended_pfcp, (struct ended){ s->last_ns, session, s->serial }, session_over);
}
