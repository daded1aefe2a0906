/*
 * PFCP-REDIRECT: a session's packets are sent to another address, and nothing on N2 asked for it:
 * no radio node announced it, or it goes back and forth, or it was ordered by somebody else.
 */
#include "check.h"

enum { MODIFICATION = 52, CHAIN_LOOK = 256 };
enum { N2_ENDS = END_NGAP_UL | END_NGAP_DL | END_S1_UL | END_S1_DL };		/* of S1 too */

static bool same_element(const struct view *v, const struct pfcp_session *s, const struct addr *a, const struct addr *cp)
{
	const struct element *e = model_element(v->model, s->cp_element);
	uint32_t r = v->reg ? view_reg_at(v, cp, 0, NULL) : (uint32_t)REG_NONE;
	unsigned n = 0;

	for (uint32_t x, k = 0; r != REG_NONE && k < 64 && (x = view_reg_at(v, a, k, NULL)) != REG_NONE; k++)
		if (x == r)
			return true;
	for (const struct attr *at = e ? model_attr(v->model, e->attrs) : NULL; at && n++ < CHAIN_LOOK; at = model_attr(v->model, at->next))
		if (at->kind == ATTR_ADDR && addr_eq(&at->addr, a))
			return true;
	return false;
}

/* The order came from the session's own control plane, from whichever of its addresses. */
static bool own_control(const struct view *v, const struct fact *f, const struct pfcp_session *s)
{
	struct addr cp = model_addr(v->model, s->key.cp);

	return addr_eq(&cp, &f->src) || same_element(v, s, &f->src, &cp);
}

/* N2 named a tunnel end of the session, so that it would have named the new one. */
static bool n2_in_view(const struct view *v, const struct pfcp_session *s, uint32_t old)
{
	uint32_t i = s->ends;

	if (old != NONE && model_end_at(v->model, old)->origin & N2_ENDS)
		return true;
	for (unsigned n = 0; i && n < CHAIN_LOOK; n++) {
		const struct tunnel_end *e = model_end_at(v->model, i - 1);

		if (e->origin & N2_ENDS)
			return true;
		i = e->next;
	}
	return false;
}

/* A registered element, or one that signalling has shown so far. */
static bool known_node(const struct view *v, const struct addr *a)
{
	uint32_t at = model_first_at(v->model, a);

	if (v->reg && view_reg_at(v, a, 0, NULL) != REG_NONE)
		return true;
	for (unsigned n = 0; at && n < CHAIN_LOOK; at = model_next_at(v->model, at), n++)
		if (model_element(v->model, model_holder(v->model, at))->roles & ~ROLE_BIT(ROLE_GTPU_PEER))
			return true;
	return false;
}

static void judge(const struct view *v, const struct fact *f, const struct move *m, struct instance *x, struct docket *d)
{
	const struct pfcp_session *s = model_pfcp_session(v->model, m->session);
	struct addr from = model_addr(v->model, m->from), to = model_addr(v->model, m->to);
	uint32_t end = model_end_of(v->model, &to, m->to_teid), old = model_end_of(v->model, &from, m->from_teid);
	char a[ADDR_TEXT], b[ADDR_TEXT];

	(void)addr_text(&from, a);
	(void)addr_text(&to, b);
	x->verdict = VIOLATED;
	if (s && !own_control(v, f, s)) {
		x->reason = docket_text(d, "a session's packets were sent to %s instead of %s by order of a host that is not the session's control plane", b, a);
	} else if (end != NONE && model_end_at(v->model, end)->origin & (N2_ENDS | END_PFCP_LOCAL)) {
		x->verdict = CONFORM;
		x->reason = "signalling announced the new tunnel end";
	} else if (m->back && m->changes >= v->policy->settings.redirect_changes) {
		x->reason = docket_text(d, "a session's packets were sent back to %s, the change number %u within %u seconds, and N2 announced no such tunnel end", b,
			m->changes, v->policy->settings.redirect_window_s);
	} else if (known_node(v, &to)) {
		x->verdict = NOT_DECIDABLE;
		x->reason = "a session's packets were sent to another known node, and no signalling in this capture announced the tunnel end";
	} else if (!s || !n2_in_view(v, s, old)) {
		x->verdict = NOT_DECIDABLE;
		x->reason = "a session's packets were sent to another address, and N2 of that session, which could have announced it, is not in the capture";
	} else {
		x->reason = docket_text(d, "a session's packets were sent to %s instead of %s; no radio node announced it and the register does not list it", b, a);
	}
	if (x->verdict == VIOLATED) {
		char term[TERM];

		x->filter = docket_filter(d, "pfcp.msg_type == 52 && pfcp.outer_hdr_creation.ipv%u == %s && %s", to.fam, b, term_message(f, term));
	}
}

static void on_fact(const struct view *v, const struct fact *f, struct docket *d)
{
	const struct model_last *last = model_last(v->model);
	struct instance x = fact_instance(f);

	if (!last->nmoves) {
		x.verdict = CONFORM;
		x.reason = span_any(fact_span(f), KEY_PFCP_redirect_addr_type) ? "redirection to a page (Redirect Information), as for used-up credit" :
			"no session's packets were sent to another address";
		docket_add(d, &x);
		return;
	}
	for (unsigned i = 0; i < last->nmoves; i++) {
		x = fact_instance(f);
		judge(v, f, &last->move[i], &x, d);
		docket_add(d, &x);
	}
}

const struct check check_pfcp_redirect = {
	.id = "PFCP-REDIRECT",
	.title = "a session's packets were sent elsewhere, and nothing on N2 asked for it",
	.severity = SEV_HIGH,
	.refs = "TS 29.244 7.5.4; TS 29.244 8.2.56; TS 33.501 9.9; FGT5008; TM02",
	.means = "A Session Modification gave a forwarding rule another destination, and no radio node announced that one, or it went back and forth within seconds, "
		"or the request came from a host that is not the session's control plane.",
	.confirm = "Apply the filter. In Update FAR read Outer Header Creation, and look for its TEID and address on N2 (ngap.gTP_TEID), in Path Switch Request or Handover "
		"Request Acknowledge just before.",
	.causes = "A tap that misses N2 of some sites; a radio node that is missing in the register; taps whose clocks differ, so that N2 comes later than N4 in the "
		"capture. Redirect Information alone, as for used-up credit, is not held against it.",
	.todo = "Find who owns the new address, and what the SMF logged for the session. If the request came from elsewhere, see PFCP-UNKNOWN-PEER.",
	.filter = "pfcp.msg_type == 52 && pfcp.outer_hdr_creation.ipv4 == TARGET && ip.src#1 == CP && ip.dst#1 == UP",
	.nwakes = 1,
	.wakes = { { FACT_PFCP, MODIFICATION } },
	.reads = 1ull << FACT_PFCP,
	.on_fact = on_fact,
};
