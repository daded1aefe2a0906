/*
 * Why a contact is there.  Asked in this order: what is standard for any host; what the register or
 * a rule declares; what signalling ordered; what a reference point joins.  The first answer counts.
 */
#include "explain.h"

#include "tunnel.h"

#include <stdarg.h>
#include <stdio.h>

const char *explained_name(enum explained k)
{
	switch (k) {
	case EXPLAINED_NOT: break;
	case EXPLAINED_DECLARED: return "declared";
	case EXPLAINED_ORDERED: return "ordered";
	case EXPLAINED_STANDARD: return "standard";
	}
	return NULL;
}

static struct ends ends_of(const struct view *v, const struct contact_rec *c)
{
	struct addr a = model_contact_end(v->model, c, false), b = model_contact_end(v->model, c, true);
	bool swap = c->opened ? c->opened == OPENED_B : c->at == OPENED_A;
	struct ends e = { .known = c->opened != OPENED_UNKNOWN, .port = c->key.port, .protocol = c->key.proto };

	e.from = who_is(v, swap ? &b : &a);
	e.to = who_is(v, swap ? &a : &b);
	if (swap ? c->key.bits_b : c->key.bits_a)
		e.from.where = WHERE_SUBSCRIBER;
	if (swap ? c->key.bits_a : c->key.bits_b)
		e.to.where = WHERE_SUBSCRIBER;
	return e;
}

bool contact_of_element(const struct view *v, const struct contact_rec *c)
{
	struct ends e;

	if (!v->reg) {
		struct addr a = model_contact_end(v->model, c, false), b = model_contact_end(v->model, c, true);

		if (!model_first_at(v->model, &a) && !model_first_at(v->model, &b))
			return false;
	}
	e = contact_ends(v, c);
	return who_element(&e.from) || who_element(&e.to);
}

struct ends contact_ends(const struct view *v, const struct contact_rec *c)
{
	if (!v->memo)
		return ends_of(v, c);
	if (v->memo->of != c) {
		v->memo->ends = ends_of(v, c);
		v->memo->of = c;
	}
	return v->memo->ends;
}

__attribute__((format(printf, 3, 4))) static void because(struct explanation *x, enum explained kind, const char *fmt, ...)
{
	va_list ap;

	x->kind = kind;
	va_start(ap, fmt);
	(void)vsnprintf(x->text, sizeof(x->text), fmt, ap);
	va_end(ap);
}

__attribute__((format(printf, 2, 3))) static void rule(struct explanation *x, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(x->rule, sizeof(x->rule), fmt, ap);
	va_end(ap);
}

/* ---- standard for any host ---- */

static bool broadcast(const struct addr *a)
{
	return a->fam == 4 && (a->b[3] == 255 || addr_is_any(a));
}

static bool any_host(const struct contact_rec *c, const struct ends *e, struct explanation *x)
{
	if (c->key.proto == 1 || c->key.proto == 58) {
		rule(x, "%s", c->key.proto == 1 ? "RFC 792" : "RFC 4443");
		because(x, EXPLAINED_STANDARD, "%s between hosts is standard", c->key.proto == 1 ? "ICMP" : "ICMPv6");
		return true;
	}
	if (addr_is_multicast(&e->to.addr) || addr_is_multicast(&e->from.addr) || broadcast(&e->to.addr) || broadcast(&e->from.addr)) {
		rule(x, "multicast or broadcast");
		because(x, EXPLAINED_STANDARD, "multicast and broadcast stay on their link");
		return true;
	}
	return false;
}

/* ---- declared ---- */

static bool allowed(const struct view *v, const struct contact_rec *c, const struct ends *e, struct explanation *x)
{
	char from_id[ELEMENT_ID], to_id[ELEMENT_ID], id[16];
	struct end from = { e->from.addr, from_id, e->from.reg, e->from.roles }, to = { e->to.addr, to_id, e->to.reg, e->to.roles };
	uint32_t r;

	(void)who_id(v, &e->from, from_id);
	(void)who_id(v, &e->to, to_id);
	r = policy_allows(v->policy, v->reg, &from, &to, e->protocol, e->port, c->first_ns);
	if (r == POLICY_NONE && !e->known)
		r = policy_allows(v->policy, v->reg, &to, &from, e->protocol, e->port, c->first_ns);
	if (r == POLICY_NONE)
		return false;
	(void)snprintf(id, sizeof(id), "%u", r + 1);
	rule(x, "allow %s", v->policy->allow.v[r].id.s ? v->policy->allow.v[r].id.s : id);
	because(x, EXPLAINED_DECLARED, "rule %s allows it%s%s", v->policy->allow.v[r].id.s ? v->policy->allow.v[r].id.s : id,
		v->policy->allow.v[r].ref.s ? ": " : "", v->policy->allow.v[r].ref.s ? v->policy->allow.v[r].ref.s : "");
	return true;
}

/* Services that the register names: the port says which, the host must be declared for it. */
static bool service(const struct view *v, const struct contact_rec *c, const struct ends *e, struct explanation *x)
{
	static const struct { enum reg_service s; uint8_t protocol; uint16_t port; bool server; const char *name; } rows[] = {
		{ SERVICE_RESOLVERS, 17, 53, true, "services.resolvers" }, { SERVICE_RESOLVERS, 6, 53, true, "services.resolvers" },
		{ SERVICE_RESOLVERS, 6, 853, true, "services.resolvers" },
		{ SERVICE_TIME, 17, 123, true, "services.time" }, { SERVICE_TIME, 17, 319, true, "services.time" },
		{ SERVICE_TIME, 17, 320, true, "services.time" },
		{ SERVICE_LOGS, 17, 514, true, "services.logs" }, { SERVICE_LOGS, 6, 514, true, "services.logs" },
		{ SERVICE_LOGS, 6, 6514, true, "services.logs" },
		{ SERVICE_MANAGEMENT, 17, 162, true, "services.management" }, { SERVICE_MANAGEMENT, 6, 22, false, "services.management" },
		{ SERVICE_MANAGEMENT, 6, 830, false, "services.management" }, { SERVICE_MANAGEMENT, 6, 6513, false, "services.management" },
		{ SERVICE_MANAGEMENT, 6, 443, false, "services.management" }, { SERVICE_MANAGEMENT, 17, 161, false, "services.management" },
		{ SERVICE_MANAGEMENT, 6, NETCONF_CH_SSH, true, "services.management" }, { SERVICE_MANAGEMENT, 6, NETCONF_CH_TLS, true, "services.management" },
		{ SERVICE_MANAGEMENT, 6, RESTCONF_CH_TLS, true, "services.management" },
	};
	enum call home = model_call_home(v->model, c);

	for (size_t i = 0; v->reg && i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct who *host = rows[i].server ? &e->to : &e->from;

		if (rows[i].protocol != e->protocol || rows[i].port != e->port)
			continue;
		if (e->protocol == 6 && e->port >= NETCONF_CH_SSH && e->port <= RESTCONF_CH_TLS && home == CALL_NOT)
			continue;
		if (!reg_serves(v->reg, rows[i].s, &host->addr) && (e->known || !reg_serves(v->reg, rows[i].s, rows[i].server ? &e->from.addr : &e->to.addr)))
			continue;
		rule(x, "%s", rows[i].name);
		because(x, EXPLAINED_DECLARED, "the register lists the host under %s%s", rows[i].name,
			home == CALL_HOME ? "; a call home: who opened the connection is the server in it (RFC 8071)" : "");
		return true;
	}
	return false;
}

/* ---- ordered by DNS ---- */

/* An answer explains what the one who asked does next; of a resolver that nobody declared it explains nothing. */
static bool named_by_dns(const struct view *v, const struct contact_rec *c, const struct ends *e, struct explanation *x)
{
	const struct dns_answer *d = model_dns(v->model, &e->from.addr, &e->to.addr);
	char name[128], resolver[ADDR_TEXT];
	struct addr r;
	struct who w;

	if (!d && !e->known)
		d = model_dns(v->model, &e->to.addr, &e->from.addr);
	if (!d || d->t_ns > c->first_ns + v->policy->settings.settle_s * 1000000000ull)
		return false;
	r = model_addr(v->model, d->resolver);
	w = who_is(v, &r);
	if (!(w.roles & NF_BIT(NF_RESOLVER)) &&
	    (v->reg && v->reg->services.of[SERVICE_RESOLVERS].n ? !reg_serves(v->reg, SERVICE_RESOLVERS, &r) : w.where == WHERE_OUTSIDE))
		return false;
	(void)addr_text(&r, resolver);
	(void)snprintf(name, sizeof(name), "%s", model_text(v->model, d->name));
	if (e->to.where == WHERE_OUTSIDE && !v->policy->settings.dns_explains_outside) {
		because(x, EXPLAINED_NOT, "resolver %s gave the address for %s (frame %u), which by setting dns.explains_outside is no explanation", resolver,
			name, d->ground.frame);
		return false;
	}
	x->ground[x->ngrounds++] = d->ground;
	rule(x, "%s", v->reg ? "services.resolvers" : "");
	because(x, EXPLAINED_ORDERED, "resolver %s gave this address for %s in frame %u", resolver, name, d->ground.frame);
	return true;
}

/* ---- ordered by GTP-C ---- */

/* An MME tells an SGW which PGW to ask.  Whoever tells has to be what may: registered, or shown to be an MME. */
static bool named_by_gtpc(const struct view *v, const struct contact_rec *c, const struct ends *e, struct explanation *x)
{
	const struct gateway_named *g = NULL;
	char teller[ELEMENT_ID];
	struct addr a;
	struct who w;

	if (e->protocol != 17 || e->port != 2123 || c->key.inner)
		return false;
	g = model_gateway(v->model, &e->from.addr, &e->to.addr);
	if (!g && !e->known)
		g = model_gateway(v->model, &e->to.addr, &e->from.addr);
	if (!g || g->t_ns > c->first_ns + v->policy->settings.settle_s * 1000000000ull)
		return false;
	a = model_addr(v->model, g->teller);
	w = who_is(v, &a);
	if (!((v->reg ? w.reg != REG_NONE ? w.roles : 0 : w.shown) & (NF_BIT(NF_MME) | NF_BIT(NF_AMF) | NF_BIT(NF_SGSN))))
		return false;
	x->ground[x->ngrounds++] = g->ground;
	(void)who_id(v, &w, teller);
	because(x, EXPLAINED_ORDERED, "%s named this gateway for a session in frame %u", teller, g->ground.frame);
	return true;
}

/* ---- ordered on the service based interface ---- */

/* An NRF that nobody declared as one orders nothing; neither does anybody to the outside. */
static bool named_by_sbi(const struct view *v, const struct contact_rec *c, const struct ends *e, bool callback, struct explanation *x)
{
	const struct sbi_named *d = c->key.proto == 6 && e->port ? model_sbi_named(v->model, &e->from.addr, &e->to.addr, e->port) : NULL;
	char by[ADDR_TEXT];
	struct addr a;
	struct who w;

	if (!d || (d->key.said == SBI_CALLBACK) != callback || d->t_ns > c->first_ns + v->policy->settings.settle_s * 1000000000ull || e->to.where == WHERE_OUTSIDE || e->from.where == WHERE_OUTSIDE)
		return false;
	a = model_addr(v->model, d->by);
	w = who_is(v, &a);
	if (v->reg ? w.reg == REG_NONE || (d->key.said != SBI_CALLBACK && !(w.roles & NF_BIT(NF_NRF))) : w.where == WHERE_OUTSIDE)
		return false;
	(void)addr_text(&a, by);
	x->ground[x->ngrounds++] = d->ground;
	rule(x, "%s", d->key.said == SBI_CALLBACK ? "TS 29.501 4.4.3" : "TS 29.510 5");
	because(x, EXPLAINED_ORDERED, d->key.said == SBI_REGISTERED ? "NRF %s took up this address and port as a function's in frame %u" :
		d->key.said == SBI_DISCOVERED ? "NRF %s answered the client with this address and port in frame %u" :
		"%s named this address and port to the client in frame %u", by, d->ground.frame);
	return true;
}

/* ---- standard between roles ---- */

static void add_ground(struct explanation *x, struct ground g)
{
	for (unsigned i = 0; i < x->ngrounds; i++)
		if (x->ground[i].input == g.input && x->ground[i].frame == g.frame)
			return;
	x->ground[x->ngrounds++] = g;
}

/* Functions that the service based interface joins (TS 23.501 4.2.6). */
static uint64_t sbi_roles(void)
{
	return nf_core() & ~(NF_BIT(NF_UPF) | NF_BIT(NF_SGW_U) | NF_BIT(NF_PGW_U));
}

static bool reference(const struct view *v, const struct contact_rec *c, const struct ends *e, struct explanation *x)
{
	bool registered = e->from.reg != REG_NONE && e->to.reg != REG_NONE;
	const char *name;

	if (v->reg && !registered)
		return false;
	name = reference_point(&e->from, &e->to, e->protocol, e->port, !v->reg);
	if (!name && e->protocol == 132) {	/* by what it carries, whatever the port */
		static const uint16_t ran[] = { 38472, 38462, 38422, 36422 };
		uint16_t seen = model_pair(v->model, &e->from.addr, &e->to.addr, 132);

		if (seen & PAIR_NGAP)
			name = reference_point(&e->from, &e->to, 132, 38412, !v->reg);
		if (!name && seen & PAIR_S1AP)
			name = reference_point(&e->from, &e->to, 132, 36412, !v->reg);
		for (unsigned i = 0; !name && seen & PAIR_RAN && i < sizeof(ran) / sizeof(ran[0]); i++)
			name = reference_point(&e->from, &e->to, 132, ran[i], !v->reg);
	}
	if (!name && (e->protocol == 132 || e->protocol == 6) && model_pair(v->model, &e->from.addr, &e->to.addr, e->protocol) & PAIR_DIAMETER)
		name = reference_point(&e->from, &e->to, e->protocol, 3868, !v->reg);
	if (!name && v->reg && e->protocol == 6 && e->from.on == REG_IF_SBI && e->to.on == REG_IF_SBI)
		name = "SBI";
	if (!name && e->protocol == 6 && model_sbi_spoken(v->model, &e->from.addr, &e->to.addr, e->port) && (e->from.roles | e->from.shown) & sbi_roles() &&
	    (e->to.roles | e->to.shown) & sbi_roles())
		name = (e->from.roles | e->from.shown) & (e->to.roles | e->to.shown) & NF_BIT(NF_SEPP) ? "N32" : "SBI";
	if (!name)
		return false;
	if (!v->reg && !(c->packets[0] && c->packets[1]))
		return false;			/* nobody answered: a role that is only claimed */
	if (!v->reg && e->protocol == 132 && !e->from.accepted && !e->to.accepted)
		return false;
	rule(x, "%s%s%s%s", name, *reference_spec(name) ? " (" : "", reference_spec(name), *reference_spec(name) ? ")" : "");
	because(x, EXPLAINED_STANDARD, "%s joins the roles that both ends %s", name, v->reg ? "are registered with" : "showed");
	for (int i = 0; i < 2; i++) {
		const struct who *w = i ? &e->to : &e->from;

		if (w->element != NONE && model_element(v->model, w->element)->ngrounds)
			add_ground(x, model_element(v->model, w->element)->ground[0]);
	}
	return true;
}

/* ---- what could have explained it ---- */

/*
 * TCP that was answered, between two core functions (TS 23.501 4.2.6: the service based
 * interface joins those).  Without a register one known end is enough: the other's role is not shown by what is decoded.
 */
static bool may_be_sbi(const struct view *v, const struct contact_rec *c, const struct ends *e)
{
	uint64_t core = nf_core() & ~NF_BIT(NF_UPF);
	bool from = (e->from.roles | e->from.shown) & core, to = (e->to.roles | e->to.shown) & core;

	if (c->key.proto != 6 || c->key.port == 22 || c->key.port == 23 || c->key.port == 830)
		return false;
	if (model_sbi_spoken(v->model, &e->from.addr, &e->to.addr, e->port))
		return false;			/* in clear, and read */
	if (!v->reg)
		return from || to;
	return from && to && c->packets[0] >= 3 && c->packets[1] >= 3;
}

/* What the contact may be, by its numbers alone: it might explain itself.  read: this version reads that, when it is in clear. */
static const char *undecoded(const struct view *v, const struct contact_rec *c, const struct ends *e, bool *read)
{
	static const struct { uint8_t protocol; uint16_t port; const char *name; } rows[] = {
		{ 132, 36412, "S1AP" }, { 132, 36422, "X2AP" }, { 132, 38422, "XnAP" }, { 132, 38472, "F1AP" }, { 132, 38462, "E1AP" },
		{ 17, 500, "IKE" }, { 17, 4500, "IKE or ESP" }, { 50, 0, "ESP" }, { 51, 0, "AH" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		*read = c->key.proto == rows[i].protocol && c->key.port == rows[i].port;
		if (*read)
			return c->key.proto == 132 && model_pair(v->model, &e->from.addr, &e->to.addr, 132) & (PAIR_RAN | PAIR_S1AP) ? NULL : rows[i].name;
	}
	return may_be_sbi(v, c, e) ? "SBI under TLS" : NULL;
}

static void nothing_explains(const struct view *v, const struct contact_rec *c, const struct ends *e, struct explanation *x)
{
	uint16_t spoke = model_pair(v->model, &e->from.addr, &e->to.addr, e->protocol);
	const char *spoken = c->key.inner ? NULL : e->protocol == 17 && e->port == 2123 && spoke & PAIR_GTPC ? "GTP-C" :
		e->protocol != 17 && spoke & PAIR_DIAMETER ? "Diameter" : NULL;
	bool read = false;
	const char *name = spoken ? NULL : undecoded(v, c, e, &read);
	uint32_t guard = c->key.inner ? 0 : model_spoke(v->model, &e->from.addr, &e->to.addr, e->protocol, e->port, NULL);
	const char *tunnel = guard & SPOKE_ESP ? "ESP" : guard & SPOKE_IKE ? "IKE" : guard & SPOKE_AH ? "AH" : NULL;

	if (spoken && !v->reg) {
		x->undecidable = true;
		because(x, EXPLAINED_NOT, "it is %s, and there is no register: the messages alone do not show whose both ends are", spoken);
	} else if (tunnel && e->from.where != WHERE_OUTSIDE && e->to.where != WHERE_OUTSIDE) {
		x->undecidable = true;
		because(x, EXPLAINED_NOT, "it is %s: what is protected there, and would explain it, cannot be read", tunnel);
	} else if (name && e->from.where != WHERE_OUTSIDE && e->to.where != WHERE_OUTSIDE) {
		x->undecidable = true;
		because(x, EXPLAINED_NOT, read ? "it may be %s, by its port, of which nothing could be read" :
			"it may be %s, or be ordered by it, which this version does not decode", name);
	} else if (!v->reg && e->from.where != WHERE_OUTSIDE && e->to.where != WHERE_OUTSIDE) {
		x->undecidable = true;
		because(x, EXPLAINED_NOT, "there is no register: a register or an allow rule would say whether it is meant to be");
	} else if (!x->text[0]) {
		because(x, EXPLAINED_NOT, "no row of register or policy declares it, no signalling ordered it, no reference point joins the ends%s",
			e->known ? "" : "; who opened it was not seen");
	}
}

void explain_contact(const struct view *v, uint32_t i, struct explanation *x)
{
	const struct contact_rec *c = model_contact(v->model, i);
	struct ends e = contact_ends(v, c);

	*x = (struct explanation){ .kind = EXPLAINED_NOT };
	if (any_host(c, &e, x) || allowed(v, c, &e, x) || service(v, c, &e, x))
		return;
	if (c->key.proto == 17 && c->key.port == 2152 && !c->key.inner && explain_tunnels(v, &e, x))
		return;
	if (named_by_dns(v, c, &e, x) || named_by_sbi(v, c, &e, false, x) || reference(v, c, &e, x) || named_by_sbi(v, c, &e, true, x) || named_by_gtpc(v, c, &e, x))
		return;
	nothing_explains(v, c, &e, x);
}
