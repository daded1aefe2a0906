/*
 * What a UE announced it can do and what was sent on of that: in the Registration Request, back in
 * the Security Mode Command, and in NGAP (TS 33.501 6.7.2, 6.7.3); in EPS in the Attach Request and S1AP
 * (TS 33.401 7.2.4.4, 7.2.4.2).  By the UE's root, so that it
 * goes on when the UE is handed over.
 */
#include "inside.h"

/* The record where it was found last, without a look-up; NULL: not there.  No root is 0, which is what a removed one has. */
static struct ue_security *kept(const struct model *m, const struct ue_context *u)
{
	struct ue_security *s = u->security ? table_at(&m->securities, u->security - 1) : NULL;

	return s && s->key.root == u->root ? s : NULL;
}

/* NULL: there is none and no room.  A context that went on elsewhere makes none. */
static struct ue_security *of_ue(struct model *m, uint32_t ue)
{
	struct ue_context *u = table_at(&m->ues, ue);
	const struct ue_security_key key = { u->root, 0 };
	struct ue_security *s = kept(m, u);
	bool made = false;
	uint32_t i;

	if (s)
		return s;
	i = u->left ? table_seek(&m->securities, &key) : table_take(&m->securities, &key, &made);
	if (i == TABLE_NONE) {
		m->n.refused += !u->left;
		return NULL;
	}
	u->security = i + 1;
	s = table_at(&m->securities, i);
	if (made)
		s->rrc_cause = RRC_UNKNOWN;
	return s;
}

void security_forget(struct model *m, uint32_t root)
{
	const struct ue_security_key key = { root, 0 };
	uint32_t i = table_seek(&m->securities, &key);

	if (i == TABLE_NONE)
		return;
	table_remove(&m->securities, i);
	((struct ue_security *)table_at(&m->securities, i))->key.root = 0;	/* see kept() */
}

const struct ue_security *model_ue_security(const struct model *m, uint32_t ue)
{
	const struct ue_context *u = model_ue(m, ue);
	const struct ue_security_key key = { u ? u->root : 0, 0 };
	const struct ue_security *s = u ? kept(m, u) : NULL;
	uint32_t i;

	if (s)
		return s;
	i = u ? table_seek(&m->securities, &key) : (uint32_t)TABLE_NONE;
	return i == TABLE_NONE ? NULL : table_at(&m->securities, i);
}

void security_rrc(struct model *m, uint32_t ue, const struct fact *f)
{
	const struct item *cause = span_any(fact_span(f), f->kind == FACT_S1AP ? KEY_S1AP_RRC_Establishment_Cause : KEY_NGAP_RRCEstablishmentCause);	/* 0 is emergency in both */
	struct ue_security *s = cause ? of_ue(m, ue) : NULL;

	if (s)
		s->rrc_cause = (uint8_t)(cause->v.u < RRC_UNKNOWN ? cause->v.u : RRC_UNKNOWN);
}

void security_ngap(struct model *m, uint32_t ue, const struct fact *f)
{
	bool s1 = f->kind == FACT_S1AP;
	const struct item *ea = span_any(fact_span(f), s1 ? KEY_S1AP_encryptionAlgorithms : KEY_NGAP_nRencryptionAlgorithms),
		*ia = span_any(fact_span(f), s1 ? KEY_S1AP_integrityProtectionAlgorithms : KEY_NGAP_nRintegrityProtectionAlgorithms);
	struct ue_security *s = ea && ia && ea->len == 2 && ia->len == 2 ? of_ue(m, ue) : NULL;

	if (!s)
		return;
	s->has_ngap = 1;
	s->ngap_ea = (uint16_t)(ea->v.p[0] << 8 | ea->v.p[1]);
	s->ngap_ia = (uint16_t)(ia->v.p[0] << 8 | ia->v.p[1]);
	s->ngap_ground = ground_of(f);
}

/* A Security Mode Command chose. */
void security_mode(struct model *m, const struct fact *f, uint64_t ea, uint64_t ia, bool eps)
{
	struct ue_context *u;

	(eps ? m->n.eea : m->n.ea)[ea & 7]++;
	(eps ? m->n.eia : m->n.ia)[ia & 7]++;
	if (m->ngap_ue == NONE)
		return;
	u = table_at(&m->ues, m->ngap_ue);
	u->ea = (uint8_t)ea;
	u->ia = (uint8_t)ia;
	u->has_alg = 1;
	u->chosen = ground_of(f);
}

/* What stands first, in clear text, was announced; the whole message that follows under protection only fills in. */
void security_registration(struct model *m, uint32_t ue, const struct fact *f, const struct item *type, const struct item *cap, bool first)
{
	struct ue_security *s = of_ue(m, ue);

	if (!s)
		return;
	if (type) {
		s->reg_type = (uint8_t)type->v.u;
		s->reg_ground = ground_of(f);
	}
	if (!cap || cap->len < 2 || (s->has_cap && !first))
		return;
	memcpy(s->cap, cap->v.p, 2);
	s->cap_ground = ground_of(f);
	s->has_cap = 1;
	if (first)			/* what was sent on before was of another announcement */
		s->has_replayed = s->has_ngap = 0;
}

void security_replayed(struct model *m, uint32_t ue, const struct fact *f, const struct item *cap)
{
	struct ue_security *s = cap->len >= 2 ? of_ue(m, ue) : NULL;

	if (!s)
		return;
	memcpy(s->replayed, cap->v.p, 2);
	s->replayed_ground = ground_of(f);
	s->has_replayed = 1;
}
