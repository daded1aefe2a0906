/* The model's handle: its memory, which fact goes where, and what is named at the end. */
#include "inside.h"

#include "err.h"
#include "region.h"

#include <stdlib.h>

static const struct model_last nothing = { .ue = NONE, .session = NONE };

int model_new(struct model **out, const struct model_config *cfg)
{
	struct model *m = calloc(1, sizeof(*m));
	uint32_t c = cfg->contacts ? cfg->contacts : 1 << 22, s = cfg->sessions ? cfg->sessions : 1 << 21;
	const struct hash_key *hk = &cfg->hash;

	*out = NULL;
	if (!m)
		return FW_ENOMEM;
	m->cfg = *cfg;
	m->ngap_ue = NONE;
	m->said = &nothing;
	m->cfg.move_window_ns = cfg->move_window_ns ? cfg->move_window_ns : 60000000000u;
	m->cfg.settle_ns = cfg->settle_ns ? cfg->settle_ns : 1000000000u;
	m->cfg.grace_ns = cfg->grace_ns ? cfg->grace_ns : 5000000000u;
	m->element = region_reserve(CAP_ELEMENTS * sizeof(*m->element));
	m->attr = region_reserve(CAP_ATTRS * sizeof(*m->attr));
	m->link = region_reserve(CAP_LINKS * sizeof(*m->link));
	m->text = region_reserve(CAP_TEXT);
	if (m->element && m->attr && m->link && m->text && !ground_pool_init(&m->contact_frames, CAP_GROUNDS) &&
	    !ground_pool_init(&m->passage_frames, CAP_PASSAGE_GROUNDS) &&
	    !table_init(&m->passages, sizeof(((struct passage *)0)->key), sizeof(struct passage), CAP_PASSAGES, hk) &&
	    !table_init(&m->trails, sizeof(struct trail_key), sizeof(struct trail), CAP_TRAILS, hk) &&
	    !table_init(&m->sbi, sizeof(struct sbi_named_key), sizeof(struct sbi_named), CAP_SBI, hk) &&
	    !table_init(&m->dns, 8, sizeof(struct dns_answer), CAP_DNS, hk) &&
	    !table_init(&m->securities, sizeof(((struct ue_security *)0)->key), sizeof(struct ue_security), s, hk) &&
	    !table_init(&m->pasts, 8, 24, s * 2, hk) && !table_init(&m->dupls, 8, sizeof(struct duplication), 1 << 16, hk) &&
	    !table_init(&m->spoken, sizeof(struct spoken_key), sizeof(struct spoken), CAP_SPOKEN, hk) &&
	    !table_init(&m->opened, 8, 8, CAP_OPENED, hk) && !table_init(&m->remarks, sizeof(struct remark_key), sizeof(struct remark), CAP_REMARKS, hk) &&
	    !table_init(&m->places, sizeof(struct place_key), sizeof(struct place), s * 2, hk) &&
	    !table_init(&m->has, sizeof(struct has_key), sizeof(struct has_key), CAP_ATTRS, hk) &&
	    !table_init(&m->finds, sizeof(struct find_key), sizeof(struct find), 1 << 20, hk) &&
	    !table_init(&m->contacts, sizeof(struct contact_key_m), sizeof(struct contact_rec), c, hk) &&
	    !table_init(&m->pairs, sizeof(struct pair_key), sizeof(struct pair), 1 << 20, hk) &&
	    !table_init(&m->waits, sizeof(struct wait_key), sizeof(struct wait), 1 << 16, hk) &&
	    !table_init(&m->aliases, sizeof(struct alias_key), sizeof(struct alias), s * 2, hk) &&
	    !table_init(&m->assocs, sizeof(struct assoc_key), sizeof(struct assoc), 1 << 16, hk) &&
	    !table_init(&m->ends, sizeof(((struct tunnel_end *)0)->key), sizeof(struct tunnel_end), s * 2, hk) &&
	    !table_init(&m->pfcp, sizeof(((struct pfcp_session *)0)->key), sizeof(struct pfcp_session), s, hk) &&
	    !table_init(&m->ues, sizeof(((struct ue_context *)0)->key), sizeof(struct ue_context), s, hk) &&
	    !table_init(&m->gtpc, sizeof(struct gtpc_session_key), sizeof(struct gtpc_session), s / 8 + 1, hk) &&
	    !table_init(&m->gateways, 8, sizeof(struct gateway_named), CAP_GATEWAYS, hk) &&
	    !table_init(&m->pdus, sizeof(((struct pdu_session *)0)->key), sizeof(struct pdu_session), s, hk)) {
		*out = m;
		return FW_OK;
	}
	model_free(m);
	return FW_ENOMEM;
}

void model_free(struct model *m)
{
	struct table *tables[] = { &m->opened, &m->spoken, &m->remarks, &m->places, &m->has, &m->finds, &m->contacts, &m->pairs, &m->waits, &m->aliases,
		&m->assocs, &m->ends, &m->pfcp, &m->ues, &m->pdus, &m->passages, &m->pasts, &m->dupls, &m->trails, &m->securities, &m->dns, &m->sbi, &m->gtpc, &m->gateways };

	if (!m)
		return;
	for (unsigned i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		table_free(tables[i]);
	ground_pool_free(&m->contact_frames);
	ground_pool_free(&m->passage_frames);
	region_release(m->element, CAP_ELEMENTS * sizeof(*m->element));
	region_release(m->attr, CAP_ATTRS * sizeof(*m->attr));
	region_release(m->link, CAP_LINKS * sizeof(*m->link));
	region_release(m->text, CAP_TEXT);
	free(m);
}

static void on_loss(struct model *m, const struct fact *f)
{
	m->n.loss += span_uint(fact_span(f), KEY_LOSS_count, 1);
}

/* Which facts the model reads; the others are counted and that is all. */
static void (*const takers[FACT_KINDS])(struct model *m, const struct fact *f) = {
	[FACT_NGAP] = model_ngap, [FACT_NAS5GS] = model_nas, [FACT_PFCP] = model_pfcp, [FACT_DNS] = model_dns_message, [FACT_HTTP2] = model_sbi_message,
	[FACT_HTTP] = model_sbi_message, [FACT_GTP] = model_gtpv1, [FACT_GTPV2] = model_gtpv2, [FACT_DIAMETER] = model_diameter,
	[FACT_TLS] = model_speaks, [FACT_DTLS] = model_speaks, [FACT_ISAKMP] = model_speaks, [FACT_ESP] = model_speaks, [FACT_AH] = model_speaks,
	[FACT_SSH] = model_speaks, [FACT_TELNET] = model_speaks, [FACT_FTP] = model_speaks, [FACT_TFTP] = model_speaks, [FACT_SNMP] = model_speaks,
	[FACT_LDAP] = model_speaks, [FACT_SYSLOG] = model_speaks, [FACT_RADIUS] = model_speaks, [FACT_LLDP] = model_speaks, [FACT_CDP] = model_speaks,
	[FACT_VXLAN] = model_speaks, [FACT_GENEVE] = model_speaks, [FACT_GRE] = model_speaks, [FACT_IPIP] = model_speaks,
	[FACT_TZSP] = model_speaks,
	[FACT_TUNNEL] = model_tunnel, [FACT_CONTACT] = model_contact_tally, [FACT_LOSS] = on_loss,
	[FACT_F1AP] = model_f1ap, [FACT_E1AP] = model_e1ap, [FACT_XNAP] = model_xnap, [FACT_X2AP] = model_x2ap,
	[FACT_S1AP] = model_s1ap, [FACT_NASEPS] = model_naseps,
};

void model_fact(struct model *m, const struct fact *f)
{
	struct protocol_count *c = &m->n.by_kind[f->kind];
	/* a tally may come in the middle of a message whose order closes it */
	bool message = f->kind != FACT_TUNNEL && f->kind != FACT_CONTACT;

	if (message) {
		m->last.ue = m->last.session = NONE;
		m->last.orphan = false;
		m->last.nmoves = 0;
	}
	c->messages++;
	c->undecoded += f->outcome != OUT_OK && f->outcome != OUT_ENCRYPTED;
	if (f->decrypted)
		model_opened(m, f);
	if (!f->dup && takers[f->kind])
		takers[f->kind](m, f);
	m->said = message ? &m->last : &nothing;
}

const struct model_last *model_last(const struct model *m) { return m->said; }

/* A tunnel end of which nothing more is known. */
static void peer(struct model *m, uint32_t place, uint64_t t_ns, struct ground g)
{
	struct fact at = { .input = g.input, .frame = g.frame, .t_ns = t_ns };

	if (place != NONE && !place_at(m, place)->holders)
		element_role(m, element_at(m, FIND_PEER_AT, place, 0, &at), ROLE_GTPU_PEER, &at);
}

void model_settle(struct model *m)
{
	if (m->settled)
		return;
	m->settled = true;
	for (uint32_t i = 0; i < m->pairs.high; i++) {
		const struct pair *p = table_at(&m->pairs, i);

		if (!(p->flags & PAIR_TUNNEL))
			continue;
		peer(m, p->lo - 1, p->first_ns, p->ground);
		peer(m, p->hi - 1, p->first_ns, p->ground);
	}
	for (uint32_t i = 0; i < m->ends.high; i++) {
		const struct tunnel_end *e = model_end_at(m, i);

		if (e && e->origin & END_ORDERED)
			peer(m, e->key.addr, e->ordered_ns, e->order);
	}
	remarks_settle(m);
}

const struct model_counts *model_counts(const struct model *m) { return &m->n; }
