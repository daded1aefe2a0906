/*
 * GTPU-IN-GTPU: a subscriber's tunnel carries GTP, PFCP or NGAP: somebody speaks to the core from
 * inside a session.  Found by the shape of the inner packet, not by its port.
 */
#include "check.h"

static void on_fact(const struct view *v, const struct fact *f, struct docket *d)
{
	const struct tally_tunnel *t = &f->u.tunnel;
	const struct frames *l = &t->frames[INNER_NESTED];
	struct instance x = { .subject = party_at(&f->src), .object = party_at(&f->dst), .verdict = CONFORM, .first_ns = t->from_ns, .last_ns = t->until_ns };
	struct end a = { f->src, NULL, REG_NONE, 0 }, b = { f->dst, NULL, REG_NONE, 0 };
	struct ground frames[FACT_FRAMES];
	char term[TERM];

	if (!t->inner[INNER_NESTED].packets) {
		docket_add(d, &x);
		return;
	}
	if (v->reg) {
		a.reg = reg_element_at(v->reg, 0, &f->src, 0, NULL);
		b.reg = reg_element_at(v->reg, 0, &f->dst, 0, NULL);
		a.element = a.reg == REG_NONE ? NULL : v->reg->elements.v[a.reg].id.s;
		b.element = b.reg == REG_NONE ? NULL : v->reg->elements.v[b.reg].id.s;
	}
	if (policy_allows(v->policy, v->reg, &a, &b, 17, 2152, t->from_ns) != POLICY_NONE) {
		docket_add(d, &x);		/* a declared wholesale or backhaul tunnel */
		return;
	}
	for (unsigned i = 0; i < l->n; i++)
		frames[i] = (struct ground){ f->input, l->at[i] };
	x.verdict = VIOLATED;
	x.ground = frames;
	x.nground = l->n;
	x.frames_total = l->total;
	x.count = t->inner[INNER_NESTED].packets;
	x.pin = true;
	x.reason = docket_text(d, "packets inside the tunnel with TEID %u carry a protocol of the mobile network's own", t->teid);
	x.filter = docket_filter(d, "gtp.message == 255 && %s && gtp.teid == %u", term_from_to(&f->src, &f->dst, term), t->teid);
	docket_add(d, &x);
}

const struct check check_gtpu_in_gtpu = {
	.id = "GTPU-IN-GTPU",
	.title = "a subscriber's tunnel carries GTP, PFCP or signalling of the core",
	.severity = SEV_CRIT,
	.refs = "FGT1599.505; FGT1572.501; TS 33.117 4.2.6.2.4; FS.37; SO12-008",
	.means = "A packet inside a subscriber's tunnel is itself GTP, PFCP, NGAP or the like. A device tries to speak to the network's inside, or a tunnel hides in a tunnel.",
	.confirm = "Apply the filter and open the inner packet: its UDP or SCTP payload is a second GTP, PFCP or NGAP message.",
	.causes = "Small cells and IAB nodes backhauled over the mobile network, wholesale tunnels, a laboratory that runs a core inside a session.",
	.todo = "If it is backhaul, allow it by a rule for UDP 2152 between the outer ends. If not, drop such inner packets at the user plane function.",
	.filter = "gtp.message == 255 && ip.src == A && ip.dst == B && gtp.teid == N && frame.number in {...}",
	.nwakes = 1,
	.wakes = { { FACT_TUNNEL, ANY_TYPE } },
	.on_fact = on_fact,
};
