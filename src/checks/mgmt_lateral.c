/*
 * MGMT-LATERAL: SSH or NETCONF between two network elements, or from where users and signalling are
 * into management: nobody of operations works from there.
 */
#include "check.h"

static bool remote_login(const struct contact_rec *c)
{
	return c->key.proto == 6 && (c->key.port == 22 || c->key.port == 830 || c->key.port == 6513 || c->key.port == NETCONF_CH_SSH || c->key.port == NETCONF_CH_TLS);
}

/* A network function, not what stands around it to operate it. */
static bool network_element(const struct who *w)
{
	uint64_t around = NF_BIT(NF_OSS) | NF_BIT(NF_EMS) | NF_BIT(NF_JUMP_HOST) | NF_BIT(NF_GATEWAY) | NF_BIT(NF_SEG) | NF_BIT(NF_FIREWALL) |
		NF_BIT(NF_TRANSPORT) | NF_BIT(NF_RESOLVER) | NF_BIT(NF_TIME) | NF_BIT(NF_LOGS) | NF_BIT(NF_MANO);

	return who_element(w) && (w->roles & ~around || (!w->roles && w->shown));
}

static void on_contact(const struct view *v, uint32_t i, const struct explanation *why, struct docket *d)
{
	const struct contact_rec *c = model_contact(v->model, i);
	struct instance x;
	struct ends e;
	bool lateral;

	if (!remote_login(c))
		return;
	e = contact_ends(v, c);
	if (model_call_home(v->model, c) == CALL_HOME) {	/* who is managed opened it */
		struct who managed = e.from;

		e.from = e.to;
		e.to = managed;
	}
	lateral = network_element(&e.from) && network_element(&e.to);
	if (v->reg && !network_element(&e.to))
		return;
	x = contact_instance(v, i);
	x.subject = party_at(&e.from.addr);
	x.object = party_at(&e.to.addr);
	if (why->kind == EXPLAINED_DECLARED) {
		x.verdict = CONFORM;
	} else if (!v->reg) {
		if (e.from.where == WHERE_OUTSIDE || e.to.where == WHERE_OUTSIDE)
			return;
		x.verdict = NOT_DECIDABLE;
		x.reason = "there is no register to say which hosts manage the elements";
	} else if (lateral || e.from.where == WHERE_SUBSCRIBER) {
		x.verdict = VIOLATED;
		x.reason = docket_text(d, "%s from %s, which is no host of operations", c->key.port == 22 ? "SSH" : "NETCONF",
			e.from.where == WHERE_SUBSCRIBER ? "a subscriber's address" : "another network element");
	} else {
		return;			/* somebody else inside or outside: the general checks judge it */
	}
	docket_add(d, &x);
}

const struct check check_mgmt_lateral = {
	.id = "MGMT-LATERAL",
	.title = "one network element logs in to another",
	.severity = SEV_HIGH,
	.refs = "TS 33.117 4.3.5.1; FGT1021; FGT1071.501; TM01",
	.means = "SSH or NETCONF was opened by a network element, or from a subscriber's address, towards a network element; of a call home (RFC 8071) who was called manages who called. Management comes from hosts of operations.",
	.confirm = "Apply the filter. The first packet shows who opened it, the banners show the programs, the number of packets whether a session followed.",
	.causes = "Orchestration that runs on an element, cluster software of one maker, a jump host that the register does not list as such.",
	.todo = "Declare it by an allow rule if it is meant to be. If not, look at the element that opened it first.",
	.filter = "ip.addr#1 == CLIENT && ip.addr#1 == SERVER && tcp.port#1 == 22",
	.wants_register = true,
	.on_contact = on_contact,
};
