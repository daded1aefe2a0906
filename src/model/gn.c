/*
 * GTPv1-C (Gn, Gp): who is an SGSN and a GGSN, and the tunnel ends that their signalling names (TS 29.060 7.3).  As in GTPv2-C, what a node
 * asks for makes it what it is; the node that was asked becomes one with its acceptance.
 */
#include "epc.h"

enum { PDP_CREATE_REQUEST = 16, PDP_CREATE_RESPONSE = 17, PDP_UPDATE_REQUEST = 18, PDP_UPDATE_RESPONSE = 19, PDP_DELETE_REQUEST = 20, PDP_DELETE_RESPONSE = 21,
	CONTEXT_RESPONSE = 51, RELOCATION_REQUEST = 53, IE_PDP_CONTEXT = 130,
	PDP_CAUSE_ACCEPTED = 128, PDP_CAUSE_REFUSED = 192, IE_TEARDOWN = 19, GTPC_PORT = 2123 };

/* GSN addresses in the order of the message: for signalling, for user traffic. */
static unsigned gsn_addresses(struct span s, struct addr out[2])
{
	unsigned n = 0;

	for (const struct item *i = s.at; i < s.end && n < 2; i++) {
		if (i->type == ITEM_OPEN)
			i += i->len;
		else if (i->key == KEY_GTP_peer_ipv4 || i->key == KEY_GTP_peer_ipv6)
			out[n++] = item_addr(i);
	}
	return n;
}

static bool tears_down(struct span s)
{
	for (const struct item *i = s.at; i < s.end; i++)
		if (i->type == ITEM_SKIP && !i->depth && i->v.u == IE_TEARDOWN)
			return true;
	return false;
}

static void pdp_address(struct model *m, const struct fact *f, struct gtpc_session *s, struct span all, uint8_t bearer)
{
	struct gtpc_pdn p = { .ground = ground_of(f), .bearers = (uint16_t)(1u << bearer) };
	struct addr a;

	if (span_addr(all, KEY_GTP_user_ipv4, &a) && !addr_is_any(&a)) {
		p.has4 = 1;
		memcpy(p.ue4, a.b, 4);
		bind_ue(m, &a);
	}
	if (span_addr(all, KEY_GTP_user_ipv6, &a) && !addr_is_any(&a)) {
		p.has6 = 1;
		memcpy(p.ue6, a.b, 16);
		bind_ue(m, &a);
	}
	if (s->npdn == GTPC_PDNS) {
		m->n.refused++;
		return;
	}
	s->pdn[s->npdn++] = p;
	for (unsigned i = 0; i < s->nends; i++)
		if (s->end[i].bearer == bearer)
			epc_bind(m, s->end[i].end, &p);
}

/* The tunnel end that a message names, and the box it is of when a context is made. */
static void pdp_end(struct model *m, const struct fact *f, uint32_t si, struct span all, bool ggsn, uint32_t element, uint8_t bearer)
{
	const struct item *teid = span_key(all, KEY_GTP_teid_data);
	struct addr a[2];
	unsigned n = gsn_addresses(all, a);

	if (!teid || !n)
		return;
	epc_order(m, f, si, &(struct end_said){ a[n - 1], (uint32_t)teid->v.u, ggsn ? TYPE_GGSN_GN : TYPE_SGSN_GN, bearer });
	if (element != NONE)
		element_addr(m, element, place_of(m, &a[n - 1]), f);
}

static void pdp_created(struct model *m, const struct fact *f, struct sides x, uint32_t si, struct span all)
{
	uint32_t e = element_at(m, FIND_GGSN_AT, x.src, 0, f);
	struct gtpc_session *s = epc_session(m, si);
	const struct item *teid = span_key(all, KEY_GTP_teid_cp);
	struct addr a[2];
	uint8_t bearer;

	element_role(m, e, ROLE_GGSN, f);
	if (gsn_addresses(all, a))
		element_addr(m, e, place_of(m, &a[0]), f);
	if (!s || s->asked_to != x.src) {
		pdp_end(m, f, NONE, all, true, e, 0);
		return;
	}
	m->n.gtpc_sessions++;
	s->accept = ground_of(f);
	bearer = s->nends ? s->end[s->nends - 1].bearer : 0;		/* the one that was asked for last */
	if (teid && gsn_addresses(all, a)) {
		s->peer = place_of(m, &a[0]);
		s->peer_teid = (uint32_t)teid->v.u;
		if (s->peer != NONE)
			alias_set(m, ALIAS_GTPC, s->peer, s->peer_teid, si, s->serial);
		/* what is sent to the address that was asked first has that TEID, too */
		alias_set(m, ALIAS_GTPC, x.src, s->peer_teid, si, s->serial);
	}
	pdp_address(m, f, s, all, bearer);
	pdp_end(m, f, si, all, true, e, bearer);
}

static void pdp_asked(struct model *m, const struct fact *f, struct sides x, uint32_t si, struct span all)
{
	uint32_t e = element_at(m, FIND_SGSN_AT, x.src, 0, f);
	const struct item *teid = span_key(all, KEY_GTP_teid_cp);
	struct addr a[2];

	element_role(m, e, ROLE_SGSN, f);
	if (gsn_addresses(all, a))
		element_addr(m, e, place_of(m, &a[0]), f);
	if (si == NONE && teid && gsn_addresses(all, a)) {
		si = epc_session_new(m, f, &a[0], (uint32_t)teid->v.u, x.dst);
		if (si != NONE && place_of(m, &a[0]) != x.src)
			alias_set(m, ALIAS_GTPC, x.src, (uint32_t)teid->v.u, si, epc_session(m, si)->serial);
	}
	pdp_end(m, f, si, all, false, e, span_uint(all, KEY_GTP_nsapi, 0) & 15);
}

/* What another SGSN handed over: the GGSN's end stands already. */
static void handed_over(struct model *m, const struct fact *f, struct span all)
{
	struct span in;
	struct addr a;

	while (span_group(&all, IE_PDP_CONTEXT, &in, NULL)) {
		const struct item *teid = span_key(in, KEY_GTP_uplink_teid_data);

		if (teid && span_addr(in, KEY_GTP_ggsn_user, &a))
			epc_order(m, f, NONE, &(struct end_said){ a, (uint32_t)teid->v.u, TYPE_GGSN_GN, 0 });
	}
}

void model_gtpv1(struct model *m, const struct fact *f)
{
	bool control = f->sport == GTPC_PORT || f->dport == GTPC_PORT;
	struct span all = fact_span(f);
	struct sides x = { NONE, NONE };
	uint64_t cause = span_uint(all, KEY_GTP_cause, PDP_CAUSE_ACCEPTED);
	uint32_t si;

	if (control)
		x = model_sides(m, f, 17, PAIR_GTPC);
	else
		model_pair_seen(m, f, 17, PAIR_GTPU);
	if (x.src == NONE || x.dst == NONE || cause < PDP_CAUSE_ACCEPTED || cause >= PDP_CAUSE_REFUSED)
		return;
	si = epc_session_at(m, x.dst, span_uint(all, KEY_GTP_teid, 0));
	switch (span_uint(all, KEY_GTP_message, 0)) {
	case PDP_CREATE_REQUEST: pdp_asked(m, f, x, si, all); break;
	case PDP_CREATE_RESPONSE: pdp_created(m, f, x, si, all); break;
	case PDP_UPDATE_REQUEST: pdp_end(m, f, si, all, false, NONE, span_uint(all, KEY_GTP_nsapi, 0) & 15); break;
	case PDP_UPDATE_RESPONSE: pdp_end(m, f, si, all, true, NONE, 0); break;
	case CONTEXT_RESPONSE:
	case RELOCATION_REQUEST: handed_over(m, f, all); break;
	case PDP_DELETE_REQUEST:
		if (si != NONE)
			epc_session(m, si)->leaving = (uint16_t)(tears_down(all) ? ALL_BEARERS : 1 << (span_uint(all, KEY_GTP_nsapi, 0) & 15));
		break;
	case PDP_DELETE_RESPONSE:
		if (si != NONE)
			epc_left(m, si, f);
		break;
	default: break;
	}
}
