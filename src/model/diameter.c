/*
 * Diameter: which node is which (RFC 6733 2, TS 29.272, 29.212, 29.214, RFC 8506).  A node is an Origin-Host at an address.  Roles come
 * with a successful answer: the application and the command say who asks and who is asked.  Between them agents relay: the names that
 * the two ends of a connection gave in its base messages tell whether a request is the peer's own.
 */
#include "inside.h"

enum { CAPABILITIES = 257, WATCHDOG = 280, DISCONNECT = 282, DIAMETER_WAIT = 0x20000000 };	/* unlike any PFCP message type and NG Setup */
enum { S6A = 16777251, S13 = 16777252, SWX = 16777265, CX = 16777216, SH = 16777217, RX = 16777236, GX = 16777238, GY = 4 };
enum { RAT_UTRAN = 1000, RAT_GERAN = 1001, ULR_S6A = 2, WANTS_EUTRAN = 1408, WANTS_UTRAN = 1409, THREEGPP = 10415, ETSI = 13019 };
#define NO_ROLE ROLES		/* the message does not say */

/* Who asks whom. */
static const struct { uint32_t application, command; uint8_t asks, asked; } rows[] = {
	{ S6A, 316, ROLE_MME, ROLE_HSS }, { S6A, 318, ROLE_MME, ROLE_HSS }, { S6A, 321, NO_ROLE, ROLE_HSS }, { S6A, 323, NO_ROLE, ROLE_HSS },
	{ S6A, 317, ROLE_HSS, NO_ROLE }, { S6A, 319, ROLE_HSS, NO_ROLE }, { S6A, 320, ROLE_HSS, NO_ROLE }, { S6A, 322, ROLE_HSS, NO_ROLE },
	{ S13, 324, NO_ROLE, ROLE_EIR },
	{ GX, 272, ROLE_PGW_C, ROLE_PCRF }, { GX, 258, ROLE_PCRF, ROLE_PGW_C },
	{ RX, 265, ROLE_AF, ROLE_PCRF }, { RX, 275, ROLE_AF, ROLE_PCRF }, { RX, 258, ROLE_PCRF, ROLE_AF }, { RX, 274, ROLE_PCRF, ROLE_AF },
	{ GY, 272, NO_ROLE, ROLE_OCS }, { GY, 258, ROLE_OCS, NO_ROLE },
	{ SWX, 301, NO_ROLE, ROLE_HSS }, { SWX, 303, NO_ROLE, ROLE_HSS }, { SWX, 304, ROLE_HSS, NO_ROLE }, { SWX, 305, ROLE_HSS, NO_ROLE },
	{ CX, 300, NO_ROLE, ROLE_HSS }, { CX, 301, NO_ROLE, ROLE_HSS }, { CX, 302, NO_ROLE, ROLE_HSS }, { CX, 303, NO_ROLE, ROLE_HSS },
	{ CX, 304, ROLE_HSS, NO_ROLE }, { CX, 305, ROLE_HSS, NO_ROLE },
	{ SH, 306, NO_ROLE, ROLE_HSS }, { SH, 307, NO_ROLE, ROLE_HSS }, { SH, 308, NO_ROLE, ROLE_HSS }, { SH, 309, ROLE_HSS, NO_ROLE },
};

/* Where an element of that role is found at an address; those that GTP-C and PFCP know, too, are the same element. */
static const uint8_t classes[ROLES] = {
	[ROLE_MME] = FIND_MME_AT, [ROLE_SGSN] = FIND_SGSN_AT, [ROLE_PGW_C] = FIND_CP_AT, [ROLE_HSS] = FIND_HSS_AT, [ROLE_PCRF] = FIND_PCRF_AT,
	[ROLE_OCS] = FIND_OCS_AT, [ROLE_EIR] = FIND_EIR_AT, [ROLE_AF] = FIND_AF_AT, [ROLE_DRA] = FIND_DRA_AT,
};

struct dia {			/* one message */
	uint64_t	command, application, hop;
	bool		request, relayed;
	struct sides	at;
	struct span	all;
	const struct item *host;
	uint32_t	host_hash;
};

static uint32_t hash_of(const struct model *m, const struct item *host)
{
	uint32_t h = host ? (uint32_t)hash_bytes(&m->cfg.hash, (const char *)host->v.p, host->len) : 0;

	return host && !h ? 1 : h;
}

static struct dia dia_of(struct model *m, const struct fact *f)
{
	struct dia x = { .all = fact_span(f) };

	x.at = model_sides(m, f, f->transport, PAIR_DIAMETER);
	x.command = span_uint(x.all, KEY_DIAMETER_cmd_code, 0);
	x.application = span_uint(x.all, KEY_DIAMETER_application, 0);
	x.hop = span_uint(x.all, KEY_DIAMETER_hop_by_hop, 0);
	x.request = span_uint(x.all, KEY_DIAMETER_request, 0);
	x.host = span_key(x.all, KEY_DIAMETER_origin_host);
	x.host_hash = hash_of(m, x.host);
	x.relayed = span_key(x.all, KEY_DIAMETER_route_record);
	return x;
}

/* ---- nodes ---- */

static struct find_key node_key(uint32_t place, uint32_t host_hash)
{
	struct find_key k = find_at(FIND_DIAMETER_AT, place, 0);

	k.pad = host_hash;
	return k;
}

/* The node that calls itself so at the address; made when there is none. */
static uint32_t node(struct model *m, const struct fact *f, uint32_t place, const struct item *host, uint32_t host_hash)
{
	struct find_key k = node_key(place, host_hash);
	uint32_t e = find_get(m, &k);

	if (e == NONE) {
		e = element_new(m, f, place);
		if (e == NONE)
			return e;
		find_set(m, &k, e);
		element_addr(m, e, place, f);
		element_role(m, e, ROLE_DIAMETER_NODE, f);
		element_name(m, e, (const char *)host->v.p, host->len, f);
	}
	element_seen(m, e, f);
	return e;
}

/* What an answer means anything by: the request, and what told who is at the ends of the connection. */
struct because { struct ground at[3]; unsigned n; };

/* It has the role: the element that is known with it at the address takes the name, else it is that element from now on. */
static void granted(struct model *m, const struct fact *f, uint32_t place, uint32_t host_hash, uint32_t e, enum role r, const struct because *why)
{
	struct find_key by_role, by_host = node_key(place, host_hash);
	uint32_t other;

	if (e == NONE || r == NO_ROLE)
		return;
	by_role = find_at((enum find_class)classes[r], place, 0);
	other = find_get(m, &by_role);
	if (other == NONE && r == ROLE_PGW_C) {
		struct find_key pfcp = find_at(FIND_PFCP_AT, place, 0);

		if (find_get(m, &pfcp) != NONE)
			other = n4_side(m, FIND_CP_AT, place, f);
	}
	if (other != NONE && other != e && m->element[e].roles == ROLE_BIT(ROLE_DIAMETER_NODE)) {
		for (const struct attr *a = model_attr(m, m->element[e].attrs); a; a = model_attr(m, a->next)) {
			const struct fact said = { .input = a->ground.input, .frame = a->ground.frame, .t_ns = f->t_ns };

			if (a->kind == ATTR_NAME)
				element_name(m, other, model_text(m, a->text), a->len, &said);
			else if (a->kind == ATTR_EVIDENCE)
				element_evidence(m, other, (enum fact_key)a->tac, model_text(m, a->text), a->len, &said);
		}
		for (unsigned k = 0; k < m->element[e].ngrounds; k++)
			element_rests(&m->element[other], m->element[e].ground[k]);
		m->element[e].roles = 0;			/* nobody's any more: it was the same node */
		find_set(m, &by_host, other);
		e = other;
	}
	if (other == NONE)
		find_set(m, &by_role, e);
	m->element[e].roles &= ~ROLE_BIT(ROLE_DIAMETER_NODE);
	if (!(m->element[e].roles >> r & 1))
		for (unsigned i = 0; why && i < why->n; i++)
			element_rests(&m->element[e], why->at[i]);
	element_role(m, e, r, f);
}

/* ---- who is at the end of a connection ---- */

static uint64_t connection(uint16_t own, uint16_t peer, uint8_t transport)
{
	return (uint64_t)transport << 32 | (uint32_t)own << 16 | peer;
}

static bool base(const struct dia *x)
{
	return !x->application && (x->command == CAPABILITIES || x->command == WATCHDOG || x->command == DISCONNECT);
}

/* Is what comes from there another's message, relayed?  Only base messages are always the peer's own. */
static bool relays(const struct model *m, const struct fact *f, const struct dia *x)
{
	const struct alias *a = alias_get(m, ALIAS_DIAMETER, x->at.src, connection(f->sport, f->dport, f->transport));

	return x->relayed || (a && a->value != x->host_hash);
}

/* The frame in which the host at one end of the connection first named itself. */
static void because_named(const struct model *m, struct because *why, uint32_t place, uint64_t ports)
{
	const struct alias *a = alias_get(m, ALIAS_DIAMETER, place, ports);
	struct find_key k = node_key(place, a ? a->value : 0);
	const struct element *e = a && find_get(m, &k) != NONE ? &m->element[find_get(m, &k)] : NULL;

	if (e && e->ngrounds)
		why->at[why->n++] = e->ground[0];
}

static void agent(struct model *m, const struct fact *f, const struct dia *x, const struct because *why)
{
	const struct alias *a = alias_get(m, ALIAS_DIAMETER, x->at.src, connection(f->sport, f->dport, f->transport));
	struct find_key k = node_key(x->at.src, a ? a->value : 0);

	if (a)
		granted(m, f, x->at.src, a->value, find_get(m, &k), ROLE_DRA, why);
	else
		element_role(m, element_at(m, FIND_DRA_AT, x->at.src, 0, f), ROLE_DRA, f);
}

/* ---- what it says of itself ---- */

static void number_evidence(struct model *m, uint32_t e, enum fact_key k, uint64_t v, const struct fact *f)
{
	char text[24];
	size_t n = sizeof(text);

	if (!v || v == THREEGPP || v == ETSI)			/* of standards, not of a supplier */
		return;
	for (; v && n; v /= 10)
		text[--n] = (char)('0' + v % 10);
	element_evidence(m, e, k, text + n, sizeof(text) - n, f);
}

static void about_itself(struct model *m, const struct fact *f, const struct dia *x, uint32_t e)
{
	const struct item *product = span_key(x->all, KEY_DIAMETER_product_name);

	for (const struct item *i = x->all.at; i < x->all.end; i++) {
		if (i->type == ITEM_OPEN) {
			i += i->len;
		} else if (i->key == KEY_DIAMETER_host_ipv4 || i->key == KEY_DIAMETER_host_ipv6) {
			struct addr a = item_addr(i);

			if (!addr_is_any(&a))
				element_addr(m, e, place_of(m, &a), f);
		}
	}
	if (product)
		element_evidence(m, e, KEY_DIAMETER_product_name, (const char *)product->v.p, product->len, f);
	number_evidence(m, e, KEY_DIAMETER_vendor_id, span_uint(x->all, KEY_DIAMETER_vendor_id, 0), f);
}

/* ---- requests and answers ---- */

static bool skipped(struct span s, uint64_t id)
{
	for (const struct item *i = s.at; i < s.end; i++)
		if (i->type == ITEM_SKIP && !i->depth && i->v.u == id)
			return true;
	return false;
}

/* What of the one who asks the request alone can tell: an MME and an SGSN ask the same, and who is charged may be any node. */
static enum role asker(const struct dia *x, enum role r)
{
	const struct item *context = span_key(x->all, KEY_DIAMETER_service_context);
	uint64_t rat = span_uint(x->all, KEY_DIAMETER_rat_type, 0);

	if (x->application == GY)		/* TS 32.251: the packet switched domain */
		return x->command == 272 && context && context->len == 14 && !memcmp(context->v.p, "32251@3gpp.org", 14) ? ROLE_PGW_C : r;
	if (x->application != S6A || r != ROLE_MME)
		return r;
	if (x->command == 316)
		return !(span_uint(x->all, KEY_DIAMETER_ulr_flags, 0) & ULR_S6A) && (rat == RAT_UTRAN || rat == RAT_GERAN) ? ROLE_SGSN : ROLE_MME;
	return skipped(x->all, WANTS_EUTRAN) ? ROLE_MME : skipped(x->all, WANTS_UTRAN) ? ROLE_SGSN : NO_ROLE;
}

static void asked(struct model *m, const struct fact *f, const struct dia *x)
{
	const struct wait_key k = { x->at.src, x->at.dst, (uint32_t)x->hop, DIAMETER_WAIT | (uint32_t)x->command };
	enum role r = NO_ROLE;
	struct wait *w;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].application == x->application && rows[i].command == x->command)
			r = asker(x, (enum role)rows[i].asks);
	w = wait_put(m, &k);
	if (!w)
		return;
	w->session = relays(m, f, x) ? ROLE_DRA : r;
	w->serial = x->host_hash;
	w->ground = ground_of(f);
}

/* Of a success, or of no result at all in the base of it. */
static bool success(const struct dia *x)
{
	const struct item *r = span_key(x->all, KEY_DIAMETER_result_code), *e = span_any(x->all, KEY_DIAMETER_experimental_code);
	uint64_t code = r ? r->v.u : e ? e->v.u : 0;

	return code >= 2000 && code < 3000;
}

static void answered(struct model *m, const struct fact *f, const struct dia *x)
{
	const struct wait_key k = { x->at.dst, x->at.src, (uint32_t)x->hop, DIAMETER_WAIT | (uint32_t)x->command };
	uint32_t i = table_find(&m->waits, &k, table_hash(&m->waits, &k)), who;
	struct because why = { .n = 0 };
	struct find_key by_host;
	struct wait w;

	if (i == TABLE_NONE)
		return;
	w = *(struct wait *)table_at(&m->waits, i);
	table_remove(&m->waits, i);
	if (!success(x))
		return;
	why.at[why.n++] = w.ground;
	because_named(m, &why, x->at.src, connection(f->sport, f->dport, f->transport));
	because_named(m, &why, x->at.dst, connection(f->dport, f->sport, f->transport));
	by_host = node_key(x->at.dst, w.serial);
	who = find_get(m, &by_host);
	if (w.session != ROLE_DRA)
		granted(m, f, x->at.dst, w.serial, who, (enum role)w.session, &why);
	if (relays(m, f, x)) {
		agent(m, f, x, &why);
		return;
	}
	for (size_t r = 0; r < sizeof(rows) / sizeof(rows[0]); r++)
		if (rows[r].application == x->application && rows[r].command == x->command) {
			by_host = node_key(x->at.src, x->host_hash);
			granted(m, f, x->at.src, x->host_hash, find_get(m, &by_host), (enum role)rows[r].asked, &why);
		}
}

void model_diameter(struct model *m, const struct fact *f)
{
	struct dia x = dia_of(m, f);
	struct because why = { .n = 0 };
	uint32_t e;

	if (x.at.src == NONE || x.at.dst == NONE || !x.host || !x.host->len)
		return;
	if (base(&x)) {
		alias_set(m, ALIAS_DIAMETER, x.at.src, connection(f->sport, f->dport, f->transport), x.host_hash, 0);
		e = node(m, f, x.at.src, x.host, x.host_hash);
		if (e != NONE && x.command == CAPABILITIES)
			about_itself(m, f, &x, e);
		return;
	}
	if (relays(m, f, &x)) {
		because_named(m, &why, x.at.src, connection(f->sport, f->dport, f->transport));
		if (x.request)
			agent(m, f, &x, &why);
	} else {
		(void)node(m, f, x.at.src, x.host, x.host_hash);
	}
	if (x.request)
		asked(m, f, &x);
	else
		answered(m, f, &x);
}
