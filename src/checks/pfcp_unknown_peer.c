/*
 * PFCP-UNKNOWN-PEER: PFCP between two that the register does not join as control and user plane.
 * Whoever may speak PFCP to a user plane function can install forwarding rules in it.
 */
#include "check.h"

enum { PFCP_PORT = 8805, ESTABLISHED = 51, MODIFIED = 53, DELETED = 55, CAUSE_NO_ASSOCIATION = 72 };

#define CONTROL (NF_BIT(NF_SMF) | NF_BIT(NF_SGW_C) | NF_BIT(NF_PGW_C))
#define USER (NF_BIT(NF_UPF) | NF_BIT(NF_SGW_U) | NF_BIT(NF_PGW_U))

/* Which of the two is the control plane: by what is registered, else the one that asked. */
static bool swapped(const struct ends *e)
{
	bool from_user = e->from.roles & USER && !(e->from.roles & CONTROL), to_user = e->to.roles & USER && !(e->to.roles & CONTROL);
	bool from_control = e->from.roles & CONTROL && !(e->from.roles & USER), to_control = e->to.roles & CONTROL && !(e->to.roles & USER);

	if (from_control || to_user)
		return false;
	return to_control || from_user;
}

static void on_contact(const struct view *v, uint32_t i, const struct explanation *why, struct docket *d)
{
	const struct contact_rec *c = model_contact(v->model, i);
	struct addr a = model_contact_end(v->model, c, false), b = model_contact_end(v->model, c, true);
	const struct who *cp, *up;
	char cp_id[ELEMENT_ID], up_id[ELEMENT_ID];
	struct instance x;
	struct ends e;

	(void)why;
	if (c->key.inner || c->key.proto != 17 || c->key.port != 8805 || !(model_pair(v->model, &a, &b, 17) & PAIR_PFCP))
		return;
	e = contact_ends(v, c);
	cp = swapped(&e) ? &e.to : &e.from;
	up = cp == &e.to ? &e.from : &e.to;
	x = contact_instance(v, i);
	x.subject = party_at(&cp->addr);
	x.object = party_at(&up->addr);
	(void)who_id(v, cp, cp_id);
	(void)who_id(v, up, up_id);
	if (!v->reg) {
		x.verdict = NOT_DECIDABLE;
		x.reason = "there is no register to say which control planes may speak PFCP with which user planes";
	} else if (cp->reg != REG_NONE && up->reg != REG_NONE && reference_point(cp, up, 17, PFCP_PORT, false)) {
		x.verdict = CONFORM;
		x.reason = "both are registered as control and user plane";
	} else {
		x.verdict = VIOLATED;
		x.reason = cp->reg == REG_NONE || up->reg == REG_NONE ?
			docket_text(d, "%s speaks PFCP with %s, and %s is not in the register", cp_id, up_id,
				cp->reg != REG_NONE ? up_id : up->reg != REG_NONE ? cp_id : "neither of them") :
			docket_text(d, "%s speaks PFCP with %s, and the roles that the register gives them do not", cp_id, up_id);
	}
	docket_add(d, &x);
}

/* That the other side knows no association is said even where no register decides. */
static void on_fact(const struct view *v, const struct fact *f, struct docket *d)
{
	struct instance x = fact_instance(f);

	if (v->reg || span_uint(fact_span(f), KEY_PFCP_cause, 0) != CAUSE_NO_ASSOCIATION)
		return;
	x.subject = party_at(&f->dst);
	x.object = party_at(&f->src);
	x.verdict = NOT_DECIDABLE;
	x.reason = "a user plane refused a session of one it has no association with (cause 72); a register would say whether that one is known";
	docket_add(d, &x);
}

const struct check check_pfcp_unknown_peer = {
	.id = "PFCP-UNKNOWN-PEER",
	.title = "PFCP with a host that is no declared peer",
	.severity = SEV_CRIT,
	.refs = "TS 33.501 9.9; TS 33.513 4.2.2.5; TS 29.244 6.2.6; FGT5008; FGT1557.503; TM02; SO12-029",
	.means = "Two hosts exchange PFCP messages, and the register does not declare them as control plane and user plane of each other. Whoever may speak PFCP with a "
		"user plane function can tell it where to send subscribers' packets.",
	.confirm = "Apply the filter. Look for PFCP Association Setup, its Node IDs and cause, and for session messages (types 50 to 57) and their causes: 72 means "
		"that the other side knows no association.",
	.causes = "A second address of a known node that the register does not list; a container that was given another address; a node that is being rolled out.",
	.todo = "Find who owns the address. If it is yours, list it in the register with its role. If not, block UDP 8805 to the user plane from everything but its "
		"control plane, and look at the rules that were installed.",
	.filter = "ip.addr#1 == CP && ip.addr#1 == UP && udp.port#1 == 8805",
	.wants_register = true,
	.nwakes = 3,
	.wakes = { { FACT_PFCP, ESTABLISHED }, { FACT_PFCP, MODIFIED }, { FACT_PFCP, DELETED } },
	.on_fact = on_fact,
	.on_contact = on_contact,
};
