/*
 * User-plane tunnels (TS 29.281): G-PDUs are explained by the signalling that named their tunnel
 * end, never by roles alone; what nobody announced is the wire picture of a hidden copy.
 */
#include "tunnel.h"

#include <stdio.h>

bool duplication_approved(const struct view *v, const struct addr *a)
{
	char text[ADDR_TEXT];
	uint8_t sha[32];

	if (!v->policy->targets.n || !v->sha256)
		return false;
	v->sha256(text, addr_text(a, text), sha);
	return policy_duplication_target(v->policy, sha);
}

bool tunnel_address_known(const struct view *v, const struct addr *a)
{
	uint32_t at;

	if (v->reg && view_reg_at(v, a, 0, NULL) != REG_NONE)
		return true;
	at = model_first_at(v->model, a);
	for (unsigned n = 0; at && n < 256; at = model_next_at(v->model, at), n++)
		if (model_element(v->model, model_holder(v->model, at))->roles & ~ROLE_BIT(ROLE_GTPU_PEER))
			return true;
	return model_address_ordered(v->model, a);
}

bool signalling_in_view(const struct view *v, const struct addr *a, uint64_t t_ns)
{
	uint32_t at = model_first_at(v->model, a);

	for (unsigned n = 0; at && n < 256; at = model_next_at(v->model, at), n++) {
		const struct element *e = model_element(v->model, model_holder(v->model, at));

		/* F1 and E1 name all tunnels of a gNB-DU and a gNB-CU-UP */
		if (e->joined_ns && e->joined_ns <= t_ns && e->roles & (ROLE_BIT(ROLE_GNB_DU) | ROLE_BIT(ROLE_GNB_CU_UP)))
			return true;
		if ((e->accepted_ns && e->accepted_ns <= t_ns) || (e->associated_ns && e->associated_ns <= t_ns))
			return true;
	}
	return false;
}

const char *undecoded_tunnel_orders(const struct view *v)
{
	if (v->present & PRESENT_S1AP)
		return "S1AP is on the taps, by its port, and could order the tunnel; none of it could be read";
	if (v->present & (PRESENT_XNAP | PRESENT_X2AP))
		return "XnAP or X2AP is on the taps, by its port, and could order the tunnel; none of it could be read";
	if (v->present & (PRESENT_F1AP | PRESENT_E1AP))
		return "F1AP or E1AP is on the taps, by its port, and could order the tunnel; none of it could be read";
	return NULL;
}

/* What of a direction no order covers, but for approved copies. */
static uint64_t strays(const struct view *v, const struct passage *p)
{
	struct addr to = model_addr(v->model, p->key.dst);

	return p->stray_packets + (p->dupl_packets && !duplication_approved(v, &to) ? p->dupl_packets : 0);
}

static void no_order(const struct view *v, const struct passage *p, struct explanation *x)
{
	struct addr to = model_addr(v->model, p->key.dst);
	const char *other = undecoded_tunnel_orders(v);
	char text[ADDR_TEXT];

	(void)addr_text(&to, text);
	if (p->dupl_packets && !duplication_approved(v, &to)) {
		(void)snprintf(x->text, sizeof(x->text), "only a duplication rule sends these packets to %s, and the policy approves no such target", text);
	} else if (other) {
		x->undecidable = true;
		(void)snprintf(x->text, sizeof(x->text), "%s", other);
	} else if (tunnel_address_known(v, &to) && !signalling_in_view(v, &to, p->stray_first_ns)) {
		x->undecidable = true;
		x->general = "tunnel ends that were not announced in this capture; they may have been before it began";
		(void)snprintf(x->text, sizeof(x->text), "%llu of %llu packets go to tunnel ends of %s that were not announced in this capture; "
			"they may have been before it began", (unsigned long long)p->stray_packets, (unsigned long long)p->packets, text);
	} else if (!v->reg) {
		x->undecidable = true;
		x->general = "tunnel ends that no signalling announced, and there is no register to say whose they are";
		(void)snprintf(x->text, sizeof(x->text), "no signalling announced the tunnel end at %s, and there is no register to say whose it is", text);
	} else {
		(void)snprintf(x->text, sizeof(x->text), "no signalling announced the tunnel end at %s to which %llu packets went", text,
			(unsigned long long)strays(v, p));
	}
}

bool explain_tunnels(const struct view *v, const struct ends *e, struct explanation *x)
{
	uint32_t at[2] = { model_passage_find(v->model, &e->from.addr, &e->to.addr), model_passage_find(v->model, &e->to.addr, &e->from.addr) };
	const struct passage *bad = NULL;
	bool any = false;

	for (int i = 0; i < 2; i++) {
		const struct passage *p = at[i] == NONE ? NULL : model_passage(v->model, at[i]);

		if (!p)
			continue;
		any = true;
		if (strays(v, p) && (!bad || strays(v, p) > strays(v, bad)))
			bad = p;
		if (p->order_end != NONE && model_end_at(v->model, p->order_end))
			x->ground[x->ngrounds++] = model_end_at(v->model, p->order_end)->order;
	}
	if (!any)
		return false;
	if (bad) {
		x->ngrounds = 0;
		no_order(v, bad, x);
		return true;
	}
	x->kind = EXPLAINED_ORDERED;
	(void)snprintf(x->text, sizeof(x->text), "signalling named the ends of every tunnel that was used");
	return true;
}
