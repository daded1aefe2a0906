/*
 * CONTACT-UNEXPLAINED: two ends inside speak, and nothing says why.  The general check: a more
 * specific finding about the same two covers it.
 */
#include "check.h"

/* Both inside, an element at one end at least; subscribers' own traffic is not the network's. */
static bool bears(const struct contact_rec *c, const struct ends *e)
{
	if (c->key.inner || (!who_element(&e->from) && !who_element(&e->to)))
		return false;
	return e->from.where != WHERE_SUBSCRIBER && e->to.where != WHERE_SUBSCRIBER && e->from.where != WHERE_OUTSIDE && e->to.where != WHERE_OUTSIDE;
}

/* A tunnel end whose order was withdrawn before the packets that nothing explains, or 0: none (index + 1). */
static uint32_t withdrawn_end(const struct view *v, const struct ends *e)
{
	for (int i = 0; i < 2; i++) {
		uint32_t at = model_passage_find(v->model, i ? &e->to.addr : &e->from.addr, i ? &e->from.addr : &e->to.addr);

		if (at != NONE && model_passage(v->model, at)->over_end != NONE)
			return model_passage(v->model, at)->over_end + 1;
	}
	return 0;
}

static void on_contact(const struct view *v, uint32_t i, const struct explanation *why, struct docket *d)
{
	const struct contact_rec *c = model_contact(v->model, i);
	struct ends e = contact_ends(v, c);
	struct instance x;

	if (!bears(c, &e))
		return;
	x = contact_instance(v, i);
	x.reason = why->general ? why->general : why->text;
	x.verdict = why->kind != EXPLAINED_NOT ? CONFORM : why->undecidable ? NOT_DECIDABLE : VIOLATED;
	if (x.verdict == VIOLATED) {
		const char *name = protocol_name(c->key.proto);

		x.severity = (e.from.roles | e.to.roles) & nf_core() ? SEV_HIGH : SEV_MED;
		x.end = c->key.proto == 17 && c->key.port == 2152 ? withdrawn_end(v, &e) : 0;
		x.would_be_standard = reference_point(&e.from, &e.to, c->key.proto, c->key.port, true) != NULL;
		x.reason = docket_text(d, "%s port %u: %s", name ? name : "IP", c->key.port, why->text);
	}
	docket_add(d, &x);
}

const struct check check_contact_unexplained = {
	.id = "CONTACT-UNEXPLAINED",
	.title = "two ends inside the network speak, and nothing explains why",
	.severity = SEV_MED,
	.refs = "TS 33.117 4.3.5.1; TS 33.117 4.2.6.2.1; FGT1021; TM01; TM03",
	.means = "An element speaks with another host inside, and neither the register nor an allow rule declares it, no signalling ordered it and no "
		"reference point of 3GPP joins the roles of the two.",
	.confirm = "Apply the filter. Look at who opens the exchange, how often, and how much flows which way.",
	.causes = "A service that nobody wrote down; a tool of the operations staff; a node whose address is missing in the register; a container that shares the address.",
	.todo = "Find the owner of both ends. If it is meant to be, declare it by an allow rule with its ticket; if not, treat it as lateral movement.",
	.filter = "ip.addr#1 == A && ip.addr#1 == B && PROTOCOL.port#1 == PORT",
	.elements_only = true,
	.on_contact = on_contact,
};
