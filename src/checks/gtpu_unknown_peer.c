/*
 * GTPU-UNKNOWN-PEER: user traffic in tunnels to or from an address that no signalling announced and
 * no register declares: the wire picture of a hidden copy.  Echo and Error Indication are no user traffic.
 */
#include "check.h"

#include <stdio.h>

static const char *filter_of(const struct passage *p, const struct addr *from, const struct addr *to, struct docket *d)
{
	char term[TERM], teids[PASSAGE_TEIDS * 12 + 32];
	size_t n = 0;

	(void)term_from_to(from, to, p->outer, term);
	if (p->stray_packets + p->dupl_packets == p->packets || !p->nteid || p->dupl_packets)
		return docket_filter(d, "gtp.message == 255 && %s", term);
	for (unsigned i = 0; i < p->nteid; i++)
		n += (size_t)snprintf(teids + n, sizeof(teids) - n, "%s%u", i ? ", " : "", p->teid[i]);
	return docket_filter(d, "gtp.message == 255 && %s && gtp.teid in {%s}", term, teids);
}

static void judge(const struct view *v, uint32_t i, struct docket *d)
{
	const struct passage *p = model_passage(v->model, i);
	struct addr from = model_addr(v->model, p->key.src), to = model_addr(v->model, p->key.dst);
	uint64_t copies = duplication_approved(v, &to) ? 0 : p->dupl_packets, stray = p->stray_packets + copies;
	struct who a = who_is(v, &from), b = who_is(v, &to);
	char id[ELEMENT_ID], text[ADDR_TEXT];
	struct end x = { from, id, a.reg, a.roles }, y = { to, text, b.reg, b.roles };
	struct instance in = { .subject = party_at(&from), .object = party_at(&to), .verdict = CONFORM, .count = 1 };
	bool to_known = tunnel_address_known(v, &to), from_known = tunnel_address_known(v, &from);
	struct ground frames[MODEL_FRAMES];

	(void)who_id(v, &a, id);
	(void)addr_text(&to, text);
	if (stray && (!to_known || !from_known) && policy_allows(v->policy, v->reg, &x, &y, 17, 2152, p->stray_first_ns) == POLICY_NONE) {
		const char *other = undecoded_tunnel_orders(v);

		in.verdict = VIOLATED;
		if (!v->reg) {
			in.verdict = NOT_DECIDABLE;
			in.reason = "there is no register to say whether the address that no signalling announced is a declared tunnel end";
		} else if (other && !copies) {
			in.verdict = NOT_DECIDABLE;
			in.reason = other;
		} else if (copies) {
			in.reason = docket_text(d, "%llu packets go in tunnels to %s, which only a duplication rule names", (unsigned long long)stray, text);
		} else {
			in.reason = docket_text(d, "%llu packets go in tunnels from %s to %s; no signalling announced %s and no register declares it",
				(unsigned long long)stray, id, text, to_known ? id : text);
		}
	} else if (stray && !signalling_in_view(v, &to, p->stray_first_ns ? p->stray_first_ns : p->first_ns)) {
		in.verdict = NOT_DECIDABLE;
		in.reason = "tunnels were used whose set-up is not in the capture; they may be older than it";
	}
	if (in.verdict == VIOLATED) {
		in.nground = model_passage_frames(v->model, i, frames);
		in.ground = frames;
		in.frames_total = model_passage_frames_total(v->model, i);
		in.pin = p->outer == OUTER_SEVERAL;
		in.filter = filter_of(p, &from, &to, d);
		in.count = stray;
		in.first_ns = p->first_ns;
		in.last_ns = p->last_ns;
	}
	docket_add(d, &in);
}

static void at_end(const struct view *v, struct docket *d)
{
	for (uint32_t i = 0; i < model_passages(v->model); i++)
		judge(v, i, d);
}

const struct check check_gtpu_unknown_peer = {
	.id = "GTPU-UNKNOWN-PEER",
	.title = "user traffic in tunnels to or from an address that nobody announced",
	.severity = SEV_HIGH,
	.refs = "TS 33.501 5.9.3.4; TS 33.501 9.9; TS 33.117 4.2.6.2.4; FGT1599.505; FGT1572.502; FS.37; TM02; SO12-008",
	.means = "G-PDUs flow to or from an address that neither NGAP nor PFCP named as a tunnel end and that the register does not declare. A copy of subscribers' "
		"traffic that was not ordered by signalling looks like this.",
	.confirm = "Apply the filter, look at the tunnel end (address and TEID) and search for it: gtp.teid == N, pfcp.outer_hdr_creation.teid == N, ngap.gTP_TEID.",
	.causes = "A tap that misses the control plane, sessions older than the capture, roaming partners on N9, a user plane node missing in the register.",
	.todo = "Find who owns the address. Look for the rule that sends there (PFCP-DUPL-N4), then at the user plane function itself: rules may be internal to it.",
	.filter = "gtp.message == 255 && ip.src#1 == A && ip.dst#1 == B",
	.wants_register = true,
	.at_end = at_end,
};
