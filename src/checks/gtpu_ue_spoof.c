/*
 * GTPU-UE-SPOOF: an uplink packet inside a tunnel has a source that is not the session's address.
 */
#include "check.h"

enum { UPLINK = END_NGAP_UL | END_S1_UL | END_PFCP_LOCAL | END_GTPC_UL };

static void on_fact(const struct view *v, const struct fact *f, struct docket *d)
{
	const struct tally_tunnel *t = &f->u.tunnel;
	const struct frames *l = &t->frames[INNER_FOREIGN];
	uint32_t i = model_end_of(v->model, &f->dst, t->teid);
	const struct tunnel_end *e = i == NONE ? NULL : model_end_at(v->model, i);
	struct instance x = { .subject = party_at(&f->src), .object = party_at(&f->dst), .verdict = CONFORM, .first_ns = t->from_ns, .last_ns = t->until_ns };
	struct ground frames[FACT_FRAMES];
	char term[TERM];

	if (e && end_goes_down(e))
		return;			/* downlink */
	if (!e || !(e->origin & UPLINK)) {
		x.verdict = NOT_DECIDABLE;
		x.reason = "the tunnel's session is not in the capture, so its address is not known";
		x.count = t->all.packets;
		docket_add(d, &x);
		return;
	}
	if (!t->inner[INNER_FOREIGN].packets) {
		x.count = t->inner[INNER_UE].packets;
		if (x.count)
			docket_add(d, &x);
		return;
	}
	if (v->reg && v->reg->networks.framed_routes.n) {
		x.verdict = NOT_DECIDABLE;
		x.count = t->inner[INNER_FOREIGN].packets;
		x.reason = "the register declares framed routes: the source may lie behind a subscriber's router";
		docket_add(d, &x);
		return;
	}
	for (unsigned k = 0; k < l->n; k++)
		frames[k] = (struct ground){ f->input, l->at[k] };
	x.verdict = VIOLATED;
	x.ground = frames;
	x.nground = l->n;
	x.frames_total = l->total;
	x.count = t->inner[INNER_FOREIGN].packets;
	x.pin = true;
	x.end = i + 1;
	x.reason = docket_text(d, "uplink packets in the tunnel with TEID %u come from an address that is not the session's", t->teid);
	x.filter = docket_filter(d, "gtp.message == 255 && %s && gtp.teid == %u", term_from_to(&f->src, &f->dst, f->outer, term), t->teid);
	docket_add(d, &x);
}

const struct check check_gtpu_ue_spoof = {
	.id = "GTPU-UE-SPOOF",
	.title = "a subscriber's uplink packets come from an address that is not the session's",
	.severity = SEV_HIGH,
	.refs = "TS 33.117 4.3.3.1.1; FS.37",
	.means = "PFCP or NAS gave the session an address, and packets go up its tunnel with another source.",
	.confirm = "Apply the filter and compare the inner source address with the session's: pfcp.ue_ip_addr_ipv4 or nas-5gs.sm.pdu_addr_inf_ipv4.",
	.causes = "Framed routes (a router behind the subscriber), IPv6 prefixes longer or shorter than a /64, Ethernet or unstructured sessions.",
	.todo = "Declare framed routes in the register. Else make the user plane function check sources, as TS 33.117 4.3.3.1.1 asks.",
	.filter = "gtp.message == 255 && ip.src#1 == GNB && ip.dst#1 == UPF && gtp.teid == N && frame.number in {...}",
	.nwakes = 1,
	.wakes = { { FACT_TUNNEL, ANY_TYPE } },
	.on_fact = on_fact,
};
