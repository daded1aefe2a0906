/* What several checks need to make an instance. */
#include "check.h"

#include <stdio.h>
#include <string.h>

const char *term_from_to(const struct addr *src, const struct addr *dst, char out[TERM])
{
	const char *ip = src->fam == 6 ? "ipv6" : "ip";
	char a[ADDR_TEXT], b[ADDR_TEXT];

	(void)addr_text(src, a);
	(void)addr_text(dst, b);
	(void)snprintf(out, TERM, "%s.src == %s && %s.dst == %s", ip, a, ip, b);
	return out;
}

const char *term_message(const struct fact *f, char out[TERM])
{
	size_t n;

	(void)term_from_to(&f->src, &f->dst, out);
	n = strlen(out);
	(void)snprintf(out + n, TERM - n, " && !%s && !gtp", f->src.fam == 6 ? "icmpv6" : "icmp");
	return out;
}

const char *term_contact(const struct view *v, const struct contact_rec *c, char out[CONTACT_TERM])
{
	struct addr a = model_contact_end(v->model, c, false), b = model_contact_end(v->model, c, true);
	const char *ip = a.fam == 6 ? "ipv6" : "ip", *proto = protocol_name(c->key.proto);
	bool ports = c->key.proto == 6 || c->key.proto == 17 || c->key.proto == 132, gtp = c->key.proto == 17 && c->key.port == 2152;
	char x[ADDR_TEXT + 4], y[ADDR_TEXT + 4], what[48];
	size_t n = addr_text(&a, x), m = addr_text(&b, y);

	if (c->key.bits_a)
		(void)snprintf(x + n, sizeof(x) - n, "/%u", c->key.bits_a);
	if (c->key.bits_b)
		(void)snprintf(y + m, sizeof(y) - m, "/%u", c->key.bits_b);
	if (ports)
		(void)snprintf(what, sizeof(what), "%s.port == %u", proto, c->key.port);
	else
		(void)snprintf(what, sizeof(what), a.fam == 6 ? "ipv6.nxt == %u" : "ip.proto == %u", c->key.proto);
	/* an ICMP error quotes the packet, and a tunnel between the same ends may carry such a one */
	(void)snprintf(out, CONTACT_TERM, "%s.addr == %s && %s.addr == %s && %s%s%s", ip, x, ip, y, what,
		c->key.proto == 1 || c->key.proto == 58 ? "" : a.fam == 6 ? " && !icmpv6" : " && !icmp",
		c->key.inner ? " && gtp" : gtp ? "" : " && !gtp");
	return out;
}

struct instance contact_instance(const struct view *v, uint32_t contact, struct ground grounds[64], struct docket *d)
{
	const struct contact_rec *c = model_contact(v->model, contact);
	struct ends e = contact_ends(v, c);
	char term[CONTACT_TERM];
	struct instance x = { .subject = party_at(&e.from.addr), .object = party_at(&e.to.addr), .ground = grounds, .first_ns = c->first_ns,
		.last_ns = c->last_ns };

	/* the one finding is about is the element, whoever opened */
	if (!who_element(&e.from) && who_element(&e.to)) {
		x.subject = party_at(&e.to.addr);
		x.object = party_at(&e.from.addr);
	}
	x.nground = model_contact_frames(v->model, contact, grounds);
	x.frames_total = model_contact_frames_total(v->model, contact);
	x.filter = docket_filter(d, "%s", term_contact(v, c, term));
	return x;
}

struct instance fact_instance(const struct fact *f)
{
	return (struct instance){ .fact = f, .subject = party_at(&f->src), .object = party_at(&f->dst) };
}

bool declared_protected(const struct view *v, const struct addr *a, const struct addr *b, uint64_t t_ns)
{
	return v->reg && reg_protected(v->reg, a, b, t_ns) != REG_NONE;
}
