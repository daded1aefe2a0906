/* Links that are readable on the wire: what N2-, N3- and N4-N9-CLEARTEXT share. */
#include "cleartext.h"

#include <stdio.h>

/* The end that a reference point names first: the RAN node, the control plane function. */
static bool comes_first(const struct who *w)
{
	uint64_t first = nf_ran() | NF_BIT(NF_SMF) | NF_BIT(NF_SGW_C) | NF_BIT(NF_PGW_C);

	return ((w->roles | w->shown) & first) != 0;
}

/* The interface that the ends make of it; NULL: only the protocol is known. */
static const char *known_name(const struct view *v, const struct contact_rec *c)
{
	const char *name = interface_name(v, c);

	return !*name || !strcmp(name, "GTP-U") || !strcmp(name, "PFCP") ? NULL : name;
}

void judge_cleartext(const struct view *v, uint32_t i, const char *name, const char *what, uint64_t required, struct docket *d)
{
	const struct contact_rec *c = model_contact(v->model, i);
	struct ends e = contact_ends(v, c);
	struct instance x = contact_instance(v, i);
	const char *known = known_name(v, c);
	char title[80];
	bool swap = comes_first(&e.to) && !comes_first(&e.from);

	x.subject = party_at(swap ? &e.to.addr : &e.from.addr);
	x.object = party_at(swap ? &e.from.addr : &e.to.addr);
	x.count = c->packets[0] + c->packets[1];
	name = known ? known : name;
	if (name && what) {
		(void)snprintf(title, sizeof(title), "%s%s is readable on the wire", what, name);
		x.title = title;
	}
	if (view_esp(v, &e.from.addr, &e.to.addr)) {
		x.verdict = NOT_DECIDABLE;
		x.count = 1;
		x.reason = "the two exchange ESP too: what is readable may be its inside, seen on the host where it ends";
	} else if (declared_protected(v, &e.from.addr, &e.to.addr, v->at_ns)) {
		x.verdict = CONFORM;
		x.count = 1;
	} else if (required) {
		x.verdict = VIOLATED;
		x.reason = docket_text(d, "no declared protected domain covers the two, and the policy requires protection of %s", name ? name : "N4");
	} else {
		x.verdict = UNPROTECTED;
		x.reason = v->reg ? "no declared protected domain covers the two" : "a register could declare a protected domain for the two";
	}
	docket_add(d, &x);
}

const char *esp_link_name(const struct view *v, const struct contact_rec *c, uint8_t protocol, uint16_t port)
{
	struct ends e;

	if (c->key.inner || (c->key.proto != 50 && c->key.proto != 51 && (c->key.proto != 17 || c->key.port != 4500)))
		return NULL;
	e = contact_ends(v, c);
	return reference_point(&e.from, &e.to, protocol, port, true);
}

const char *link_name_of(const struct view *v, const struct contact_rec *c)
{
	struct ends e = contact_ends(v, c);

	return reference_point(&e.from, &e.to, c->key.proto, c->key.port, true);
}

void opaque_link(const struct view *v, uint32_t i, const char *name, struct docket *d)
{
	struct instance x = contact_instance(v, i);

	const struct contact_rec *c = model_contact(v->model, i);
	struct addr a = model_contact_end(v->model, c, false), b = model_contact_end(v->model, c, true);
	uint32_t spoke = model_spoke(v->model, &a, &b, c->key.proto, c->key.port, NULL);
	bool ike = (model_spoke(v->model, &a, &b, 17, 500, NULL) | model_spoke(v->model, &a, &b, 17, 4500, NULL)) & SPOKE_IKE;

	x.verdict = NOT_DECIDABLE;
	if (spoke & SPOKE_NULL_SUITE) {
		x.reason = docket_text(d, "the two agreed on a DTLS cipher suite without encryption on a link that may be %s: then everybody can read it", name);
	} else if (spoke & SPOKE_DTLS_SUITE && spoke & SPOKE_DTLS_DATA) {
		x.verdict = CONFORM;		/* the server chose a cipher in view, and what follows is ciphered */
	} else if (spoke & SPOKE_DTLS_DATA) {
		x.reason = docket_text(d, "DTLS on a link that may be %s, of which the beginning is not in the capture: what it agreed on is not shown", name);
	} else if (spoke & SPOKE_ESP_NULL) {
		x.reason = docket_text(d, "ESP on a link that may be %s looks like NULL encryption, by a heuristic: then everybody can read it", name);
	} else if (spoke & SPOKE_ESP) {
		x.reason = docket_text(d, "ESP on a link that may be %s: with which cipher is not written in it%s", name,
			ike ? ", IKE agreed on that under a cipher" : ", and no IKE was seen between the two");
	} else {
		x.reason = docket_text(d, "nothing readable was seen on a link that may be %s: whether it is protected, and how, is not shown", name);
	}
	docket_add(d, &x);
}
