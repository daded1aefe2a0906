/*
 * N2-CLEARTEXT: NGAP is readable between a RAN node and an AMF.  The payload protocol id says it: 60
 * is NGAP, 66 is NGAP over DTLS (TS 38.412 7).
 */
#include "cleartext.h"

static void on_contact(const struct view *v, uint32_t i, const struct explanation *why, struct docket *d)
{
	const struct contact_rec *c = model_contact(v->model, i);
	struct addr a = model_contact_end(v->model, c, false), b = model_contact_end(v->model, c, true);
	const char *name;

	(void)why;
	if (c->key.inner)
		return;
	if (c->key.proto == 132 && model_pair(v->model, &a, &b, 132) & PAIR_NGAP) {
		judge_cleartext(v, i, "N2", NULL, v->policy->settings.links_require_protection & LINK_N2, d);
		return;
	}
	name = c->key.proto == 132 ? link_name_of(v, c) : esp_link_name(v, c, 132, 38412);
	if ((c->key.proto == 132 && c->key.port == 38412 && c->packets[0] && c->packets[1]) || (name && !strcmp(name, "N2")))
		opaque_link(v, i, "N2", d);
}

const struct check check_n2_cleartext = {
	.id = "N2-CLEARTEXT",
	.title = "N2 signalling is readable on the wire",
	.severity = SEV_HIGH,
	.refs = "TS 33.501 9.2; TS 33.501 5.3.9; FGT1600.502; FGT1557.503; SO12-025",
	.means = "NGAP between the RAN node and the AMF was read without any key: there is no IPsec or DTLS around it where the tap is.",
	.confirm = "Apply the filter: Wireshark shows NGAP messages, with SCTP payload protocol 60.",
	.causes = "A tap inside the security gateway, where clear is legitimate; ESP that ends on the same host; a locked room that the register could declare.",
	.todo = "Protect the link (TS 33.501 9.2), or declare the protected domain in the register with its reason and its end.",
	.filter = "ip.addr#1 == RAN && ip.addr#1 == AMF && sctp.port#1 == 38412",
	.on_contact = on_contact,
};
