/*
 * EGRESS-UNDECLARED: an element speaks with a host outside, and nothing says why.  The plain
 * question whether the gear calls home.
 */
#include "check.h"

static bool bears(const struct ends *e)
{
	const struct who *in = who_element(&e->from) ? &e->from : &e->to, *out = in == &e->from ? &e->to : &e->from;

	if (!who_element(in) || in->where == WHERE_SUBSCRIBER || out->where == WHERE_SUBSCRIBER)
		return false;
	return out->where == WHERE_OUTSIDE || in->where == WHERE_OUTSIDE;
}

/*
 * A user plane function that translates addresses sends subscribers' packets under its own, on N6.  They cannot be told from its own
 * unless the register says that the address is on another interface, or nothing of subscribers was under way.
 */
static bool may_be_subscribers(const struct view *v, const struct contact_rec *c, const struct who *in)
{
	if (!((in->roles | in->shown) & (NF_BIT(NF_UPF) | NF_BIT(NF_PGW_U))) || (c->key.proto == 17 && (c->key.port == 2152 || c->key.port == 8805)))
		return false;
	return in->on == REG_IF_N6 || (in->on == REG_IF_NONE && model_counts(v->model)->tunnels);
}

static void on_contact(const struct view *v, uint32_t i, const struct explanation *why, struct docket *d)
{
	const struct contact_rec *c = model_contact(v->model, i);
	struct ends e = contact_ends(v, c);
	const char *name = protocol_name(c->key.proto);
	struct instance x;
	const struct who *in;
	struct addr a;
	unsigned side;

	if (!bears(&e))
		return;
	x = contact_instance(v, i);
	x.reason = why->general ? why->general : why->text;
	x.verdict = why->kind != EXPLAINED_NOT ? CONFORM : why->undecidable ? NOT_DECIDABLE : VIOLATED;
	in = who_element(&e.from) ? &e.from : &e.to;
	if (x.verdict == VIOLATED && may_be_subscribers(v, c, in)) {
		x.verdict = NOT_DECIDABLE;
		x.reason = "a user plane function's address that may be on N6: subscribers' packets under a translated address look the same";
	}
	if (x.verdict == VIOLATED) {
		x.severity = in->roles & nf_core() ? SEV_CRIT : SEV_HIGH;
		x.would_be_standard = reference_point(&e.from, &e.to, c->key.proto, c->key.port, true) != NULL;
		a = model_contact_end(v->model, c, false);
		side = !addr_eq(&x.subject.addr, &a);
		x.reason = docket_text(d, "%s port %u, %llu packets out and %llu in: %s", name ? name : "IP", c->key.port,
			(unsigned long long)c->packets[side], (unsigned long long)c->packets[!side], why->text);
	}
	docket_add(d, &x);
}

const struct check check_egress_undeclared = {
	.id = "EGRESS-UNDECLARED",
	.title = "an element speaks with a host outside, and nothing declares it",
	.severity = SEV_HIGH,
	.refs = "TS 33.117 4.2.6.2.1; TS 33.117 4.3.2.2; FGT1041; FGT1071; TM01; TM03; TM05",
	.means = "Equipment of the network exchanges packets with an address outside the operator's prefixes, and no allow rule, no order of signalling and no "
		"answer of a declared resolver explains it.",
	.confirm = "Apply the filter. Look at the direction of the first packet, the period, the sizes, and any name in TLS, DNS or HTTP.",
	.causes = "Licence and time servers, package mirrors, a vendor's approved support, addresses of the operator that the register does not list, NAT in front of the tap.",
	.todo = "Ask the vendor and the operations staff what it is. Allow it by rule with its ticket and window, or block it and keep the evidence.",
	.filter = "ip.addr#1 == ELEMENT && ip.addr#1 == PEER && PROTOCOL.port#1 == PORT",
	.elements_only = true,
	.on_contact = on_contact,
};
