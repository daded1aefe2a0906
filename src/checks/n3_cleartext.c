/* N3-CLEARTEXT: GTP-U is readable between a RAN node and a UPF (N3) or a 4G gateway (S1-U). */
#include "cleartext.h"

/* A tunnel end that signalling showed as more than that: what is unknown of the other is GTPU-UNKNOWN-PEER's. */
static bool role_known(const struct view *v, const struct addr *a)
{
	struct who w = who_is(v, a);

	return (w.roles | w.shown) != 0;
}

static void on_contact(const struct view *v, uint32_t i, const struct explanation *why, struct docket *d)
{
	const struct contact_rec *c = model_contact(v->model, i);
	struct addr a = model_contact_end(v->model, c, false), b = model_contact_end(v->model, c, true);
	const char *name;

	(void)why;
	name = esp_link_name(v, c, 17, 2152);
	if (name && (!strcmp(name, "N3") || !strcmp(name, "S1-U")))
		opaque_link(v, i, name, d);
	if (c->key.inner || c->key.proto != 17 || c->key.port != 2152 || !(model_pair(v->model, &a, &b, 17) & PAIR_GTPU))
		return;
	name = link_name_of(v, c);
	if (name && (!strcmp(name, "N3") || !strcmp(name, "S1-U"))) {
		judge_cleartext(v, i, name, "subscribers' traffic on ", v->policy->settings.links_require_protection & LINK_N3, d);
	} else if (!name && !role_known(v, &a) && !role_known(v, &b)) {
		struct instance x = contact_instance(v, i);

		x.verdict = NOT_DECIDABLE;
		x.reason = "GTP-U is readable between two hosts of which signalling does not say that they are a RAN node and a UPF";
		docket_add(d, &x);
	}
}

const struct check check_n3_cleartext = {
	.id = "N3-CLEARTEXT",
	.title = "subscribers' traffic on N3 or S1-U is readable on the wire",
	.severity = SEV_HIGH,
	.refs = "TS 33.501 9.3; TS 33.501 5.3.10; TS 33.401 12; TS 33.513 4.2.2.1; TS 33.513 4.2.2.2; FGT1600.502; FGT1557.503; SO12-025",
	.means = "GTP-U between the RAN node and the core (N3 to a UPF, S1-U to a 4G gateway) was read without any key: there is no IPsec around it where the tap is.",
	.confirm = "Apply the filter: Wireshark shows GTP-U and the packets inside.",
	.causes = "A tap inside the security gateway, where clear is legitimate; ESP that ends on the same host; a locked room that the register could declare.",
	.todo = "Protect the link (TS 33.501 9.3, in 4G TS 33.401 12), or declare the protected domain in the register with its reason and its end.",
	.filter = "ip.addr#1 == RAN && ip.addr#1 == CORE && udp.port#1 == 2152",
	.on_contact = on_contact,
};
