/* N4-N9-CLEARTEXT: PFCP, or GTP-U between user plane functions, is readable on the wire: in 4G Sxa, Sxb and S5/S8-U. */
#include "cleartext.h"

static void on_contact(const struct view *v, uint32_t i, const struct explanation *why, struct docket *d)
{
	const struct contact_rec *c = model_contact(v->model, i);
	struct addr a = model_contact_end(v->model, c, false), b = model_contact_end(v->model, c, true);
	uint64_t require = v->policy->settings.links_require_protection;
	const char *name;
	uint16_t seen;

	(void)why;
	name = esp_link_name(v, c, 17, 8805);
	name = name ? name : esp_link_name(v, c, 17, 2152);
	if (name && (!strcmp(name, "N4") || !strcmp(name, "N9") || !strcmp(name, "Sxa/Sxb")))
		opaque_link(v, i, name, d);
	if (c->key.inner || c->key.proto != 17 || (c->key.port != 8805 && c->key.port != 2152))
		return;
	seen = model_pair(v->model, &a, &b, 17);
	if (c->key.port == 8805 && seen & PAIR_PFCP) {
		judge_cleartext(v, i, NULL, "", require & LINK_N4, d);
		return;
	}
	name = link_name_of(v, c);
	if (c->key.port == 2152 && seen & PAIR_GTPU && name && (!strcmp(name, "N9") || !strcmp(name, "S5/S8-U")))
		judge_cleartext(v, i, name, "", require & LINK_N9, d);
	else if (c->key.port == 2152 && seen & PAIR_GTPU && name && !strcmp(name, "N4-u"))
		judge_cleartext(v, i, name, "", require & LINK_N4, d);
}

const struct check check_n4_n9_cleartext = {
	.id = "N4-N9-CLEARTEXT",
	.title = "N4, N9 or what 4G has in their place is readable on the wire",
	.severity = SEV_HIGH,
	.refs = "TS 33.501 9.9; TS 33.401 11; TS 33.513 4.2.2.4; TS 33.513 4.2.2.5; SO12-029; SO12-064",
	.means = "PFCP (N4; in 4G Sxa, Sxb), or GTP-U between user plane functions (N9; in 4G S5/S8-U), was read without any key: there is no IPsec around it where the tap is.",
	.confirm = "Apply the filter: Wireshark shows PFCP, or GTP-U and the packets inside.",
	.causes = "A tap inside the security gateway; both functions on one host; a locked room that the register could declare.",
	.todo = "Protect the link (TS 33.501 9.9, in 4G TS 33.401 11), or declare the protected domain in the register with its reason and its end.",
	.filter = "ip.addr#1 == A && ip.addr#1 == B && udp.port#1 == 8805",
	.on_contact = on_contact,
};
