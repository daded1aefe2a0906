/* What several checks need to make an instance. */
#include "check.h"

#include <stdio.h>
#include <string.h>

/*
 * #1 is the first layer of that protocol in a frame (Wireshark 4.0): the packet itself, neither what
 * a tunnel carries nor what an ICMP error quotes.  Of a packet that a tunnel carried, it is as many
 * layers further in as the tunnel has headers of that protocol.  Where packets came both ways no
 * number is right; the frames are said then.
 */
static const char *layer(uint8_t outer, uint8_t one)
{
	static const char *const number[] = { "#1", "#2", "#3", "#4" };

	return outer == OUTER_SEVERAL ? "" : number[outer / one & OUTER_EACH];
}

static const char *ip_layer(uint8_t outer, uint8_t fam) { return layer(outer, fam == 6 ? OUTER_IP6 : OUTER_IP); }

const char *term_from_to(const struct addr *src, const struct addr *dst, uint8_t outer, char out[TERM])
{
	const char *ip = src->fam == 6 ? "ipv6" : "ip", *at = ip_layer(outer, src->fam);
	char a[ADDR_TEXT], b[ADDR_TEXT];

	(void)addr_text(src, a);
	(void)addr_text(dst, b);
	if (outer == OUTER_EXPORTED) {
		(void)snprintf(out, TERM, "exported_pdu.ipv%u_src == %s && exported_pdu.ipv%u_dst == %s", src->fam, a, src->fam, b);
		return out;
	}
	(void)snprintf(out, TERM, "%s.src%s == %s && %s.dst%s == %s", ip, at, a, ip, at, b);
	return out;
}

const char *term_message(const struct fact *f, char out[TERM])
{
	size_t n;

	(void)term_from_to(&f->src, &f->dst, f->outer, out);
	n = strlen(out);
	(void)snprintf(out + n, TERM - n, " && !%s && !gtp", f->src.fam == 6 ? "icmpv6" : "icmp");
	return out;
}

/*
 * Wireshark shows a datagram's ports in one of its fragments only, that which completes it; in IPv6
 * the fragment header stands between.  So fragments of the protocol are shown whatever their ports.
 */
static void with_fragments(char *what, size_t room, unsigned fam, const char *at, unsigned proto, const char *port)
{
	if (fam == 6)
		(void)snprintf(what, room, "((ipv6.nxt%s == %u%s) || ipv6.fraghdr.nxt == %u)", at, proto, port, proto);
	else if (*port)
		(void)snprintf(what, room, "ip.proto%s == %u && (%s || ip.flags.mf%s == 1 || ip.frag_offset%s > 0)", at, proto, port + strlen(" && "), at, at);
}

/* Of messages that were exported there are only their tags. */
static void exported(char out[CONTACT_TERM], unsigned fam, const char *a, const char *b, const char *ports)
{
	(void)snprintf(out, CONTACT_TERM, "(exported_pdu.ipv%u_src == %s || exported_pdu.ipv%u_dst == %s) && (exported_pdu.ipv%u_src == %s || exported_pdu.ipv%u_dst == %s)%s",
		fam, a, fam, a, fam, b, fam, b, ports);
}

const char *term_contact(const struct view *v, const struct contact_rec *c, char out[CONTACT_TERM])
{
	struct addr a = model_contact_end(v->model, c, false), b = model_contact_end(v->model, c, true);
	const char *ip = a.fam == 6 ? "ipv6" : "ip", *proto = protocol_name(c->key.proto), *at = c->key.inner ? "" : ip_layer(c->outer, a.fam);
	bool ports = c->key.proto == 6 || c->key.proto == 17 || c->key.proto == 132;
	char x[ADDR_TEXT + 4], y[ADDR_TEXT + 4], port[32] = "", what[192];
	size_t n = addr_text(&a, x), m = addr_text(&b, y);

	if (c->key.bits_a)
		(void)snprintf(x + n, sizeof(x) - n, "/%u", c->key.bits_a);
	if (c->key.bits_b)
		(void)snprintf(y + m, sizeof(y) - m, "/%u", c->key.bits_b);
	if (c->outer == OUTER_EXPORTED) {
		(void)snprintf(what, sizeof(what), " && (exported_pdu.src_port == %u || exported_pdu.dst_port == %u)", c->key.port, c->key.port);
		exported(out, a.fam, x, y, what);
		return out;
	}
	if (ports)
		(void)snprintf(port, sizeof(port), " && %s.port%s == %u", proto,
			c->key.inner ? "" : c->key.proto == 17 ? layer(c->outer, OUTER_UDP) : c->outer == OUTER_SEVERAL ? "" : "#1", c->key.port);
	(void)snprintf(what, sizeof(what), "%s%s == %u%s", a.fam == 6 ? "ipv6.nxt" : "ip.proto", at, c->key.proto, port);
	if (v->fragments && !c->key.inner)
		with_fragments(what, sizeof(what), a.fam, at, c->key.proto, port);
	(void)snprintf(out, CONTACT_TERM, "%s%s.addr%s == %s && %s.addr%s == %s && %s", c->key.inner ? "gtp && " : "", ip, at, x, ip, at, y, what);
	return out;
}

const char *term_pair(const struct view *v, const struct contact_rec *c, char out[CONTACT_TERM])
{
	struct addr a = model_contact_end(v->model, c, false), b = model_contact_end(v->model, c, true);
	const char *ip = a.fam == 6 ? "ipv6" : "ip", *at = ip_layer(c->outer, a.fam);
	char x[ADDR_TEXT], y[ADDR_TEXT];
	bool fragments = v->fragments && a.fam == 6;

	(void)addr_text(&a, x);
	(void)addr_text(&b, y);
	if (c->outer == OUTER_EXPORTED) {
		exported(out, a.fam, x, y, "");
		return out;
	}
	(void)snprintf(out, CONTACT_TERM, "%s.addr%s == %s && %s.addr%s == %s && %s%s%s in {6, 17, 132}%s", ip, at, x, ip, at, y, fragments ? "(" : "",
		a.fam == 6 ? "ipv6.nxt" : "ip.proto", at, fragments ? " || ipv6.fraghdr.nxt in {6, 17, 132})" : "");
	return out;
}

struct instance contact_instance(const struct view *v, uint32_t contact)
{
	const struct contact_rec *c = model_contact(v->model, contact);
	struct ends e = contact_ends(v, c);
	struct instance x = { .subject = party_at(&e.from.addr), .object = party_at(&e.to.addr), .contact = contact + 1, .first_ns = c->first_ns,
		.last_ns = c->last_ns };

	/* the one finding is about is the element, whoever opened */
	if (!who_element(&e.from) && who_element(&e.to)) {
		x.subject = party_at(&e.to.addr);
		x.object = party_at(&e.from.addr);
	}
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
