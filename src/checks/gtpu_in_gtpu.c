/*
 * GTPU-IN-GTPU: a subscriber's tunnel carries GTP, PFCP or NGAP: somebody speaks to the core from
 * inside a session.  Found by the shape of the inner packet, not by its port.
 */
#include "check.h"

static void found(const struct view *v, const struct fact *f, const struct frames *l, uint64_t packets, const char *what, struct docket *d)
{
	const struct tally_tunnel *t = &f->u.tunnel;
	struct instance x = { .subject = party_at(&f->src), .object = party_at(&f->dst), .verdict = VIOLATED, .first_ns = t->from_ns, .last_ns = t->until_ns };
	struct ground frames[FACT_FRAMES];
	char term[TERM];

	for (unsigned i = 0; i < l->n; i++)
		frames[i] = (struct ground){ f->input, l->at[i] };
	x.ground = frames;
	x.nground = l->n;
	x.frames_total = l->total;
	x.count = packets;
	x.pin = true;
	x.end = model_end_of(v->model, &f->dst, t->teid) + 1;	/* none: 0 */
	x.reason = docket_text(d, "packets inside the tunnel with TEID %u %s", t->teid, what);
	x.filter = docket_filter(d, "gtp.message == 255 && %s && gtp.teid == %u", term_from_to(&f->src, &f->dst, f->outer, term), t->teid);
	docket_add(d, &x);
}

static void on_fact(const struct view *v, const struct fact *f, struct docket *d)
{
	const struct tally_tunnel *t = &f->u.tunnel;
	struct instance x = { .subject = party_at(&f->src), .object = party_at(&f->dst), .verdict = CONFORM, .first_ns = t->from_ns, .last_ns = t->until_ns };
	uint32_t i = model_end_of(v->model, &f->dst, t->teid);
	const struct tunnel_end *e = i == NONE ? NULL : model_end_at(v->model, i);
	bool downlink = e && end_goes_down(e);

	if (t->inner[INNER_NESTED].packets)
		found(v, f, &t->frames[INNER_NESTED], t->inner[INNER_NESTED].packets, "carry a protocol of the mobile network's own", d);
	if (t->inner[INNER_ELEMENT].packets && !downlink)
		found(v, f, &t->frames[INNER_ELEMENT], t->inner[INNER_ELEMENT].packets, "go to an address of the network's own elements", d);
	if (t->inner[INNER_NESTED].packets || (t->inner[INNER_ELEMENT].packets && !downlink))
		return;
	if (t->inner[INNER_UNBOUND].packets && e && e->origin & END_ORDERED && !t->inner[INNER_UE].packets) {
		x.verdict = NOT_DECIDABLE;
		x.reason = (e->origin & END_ORDERED) == END_RAN ?
			"a tunnel that only nodes of the radio access network announced: whose packets it carries, if packets and not PDCP, is not known" :
			"what the tunnel carries could not be read: cut off by the capture, or not IP";
	}
	x.count = t->all.packets;	/* not tallies: when they close depends on the tap */
	docket_add(d, &x);
}

/* What an inner contact is: between whom the declaration would be. */
static bool of_the_network(const struct contact_rec *c)
{
	return c->key.inner && (c->key.proto == 132 || c->key.port == 2152 || c->key.port == 8805 || c->key.port == 2123);
}

/*
 * Backhaul over the mobile network and wholesale tunnels are declared by allow rules for the inner
 * contact.  When all such contacts are declared, the tunnels that carried them are.
 */
static void at_end(const struct view *v, struct docket *d)
{
	unsigned declared = 0, others = 0;
	struct explanation x;

	for (uint32_t i = 0; i < model_contacts(v->model); i++) {
		if (!of_the_network(model_contact(v->model, i)))
			continue;
		explain_contact(v, i, &x);
		if (x.kind == EXPLAINED_DECLARED)
			declared++;
		else
			others++;
	}
	if (declared && !others)
		docket_withdraw(d);
}

const struct check check_gtpu_in_gtpu = {
	.id = "GTPU-IN-GTPU",
	.title = "a subscriber's tunnel carries GTP, PFCP or signalling of the core",
	.severity = SEV_CRIT,
	.refs = "FGT1599.505; FGT1572.501; TS 33.117 4.2.6.2.4; FS.37; SO12-008",
	.means = "A packet inside a subscriber's tunnel is itself GTP, PFCP, NGAP or the like. A device tries to speak to the network's inside, or a tunnel hides in a tunnel.",
	.confirm = "Apply the filter and open the inner packet: its UDP or SCTP payload is a second GTP, PFCP or NGAP message.",
	.causes = "Small cells and IAB nodes backhauled over the mobile network, wholesale tunnels, a laboratory that runs a core inside a session.",
	.todo = "If it is backhaul, allow the inner contact by a rule, from the subscribers' pool or the device's address. If not, drop such inner packets at the user plane function.",
	.filter = "gtp.message == 255 && ip.src#1 == A && ip.dst#1 == B && gtp.teid == N && frame.number in {...}",
	.nwakes = 1,
	.wakes = { { FACT_TUNNEL, ANY_TYPE } },
	.on_fact = on_fact,
	.at_end = at_end,
};
