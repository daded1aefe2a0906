/*
 * N2-UNKNOWN-RAN: a RAN node sets up N2 that the register does not know, or not as it is: its node
 * id, its address, its tracking areas.  Who holds N2 can serve subscribers as if it were the network.
 */
#include "check.h"

#include <stdio.h>

enum { NG_SETUP = 21, RAN_CONFIGURATION_UPDATE = 35, INITIATING = 0, IE_RAN_ID = 27, IE_TA_LIST = 102, SHARED_LOOK = 256 };
enum { NODE_TEXT = 32 };

struct announced { enum node_id_kind kind; uint32_t value; unsigned bits; char plmn[7]; bool has; };

/* Bit strings are left-aligned octets. */
static struct announced announced_by(struct span all)
{
	static const struct { enum fact_key key; enum node_id_kind kind; unsigned bits; } rows[] = {
		{ KEY_NGAP_gNB_ID, NODE_ID_GNB, 0 }, { KEY_NGAP_macroNgENB_ID, NODE_ID_ENB, 20 }, { KEY_NGAP_shortMacroNgENB_ID, NODE_ID_ENB, 18 },
		{ KEY_NGAP_longMacroNgENB_ID, NODE_ID_ENB, 21 }, { KEY_NGAP_n3IWF_ID, NODE_ID_N3IWF, 16 },
	};
	struct announced x = { .has = false };
	const struct item *plmn, *id;
	struct span in;

	if (!span_group(&all, IE_RAN_ID, &in, NULL))
		return x;
	plmn = span_any(in, KEY_NGAP_pLMNIdentity);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && !x.has; i++) {
		const struct item *bits = span_any(in, KEY_NGAP_gNB_ID_bits);
		unsigned n = rows[i].bits ? rows[i].bits : bits ? (unsigned)bits->v.u : 0;

		id = span_any(in, rows[i].key);
		if (!id || !n || n > 32 || id->len != (n + 7) / 8)
			continue;
		for (uint32_t k = 0; k < id->len; k++)
			x.value = x.value << 8 | id->v.p[k];
		x.value >>= id->len * 8 - n;
		x.kind = rows[i].kind;
		x.bits = n;
		x.has = true;
	}
	if (plmn && plmn->len == 3)
		plmn_text(plmn->v.p, x.plmn);
	return x;
}

static const char *node_text(const struct announced *x, char out[NODE_TEXT])
{
	(void)snprintf(out, NODE_TEXT, "%s-%0*x", *x->plmn ? x->plmn : "?", (int)(x->bits + 3) / 4, x->value);
	return out;
}

static bool holds(const struct reg_element *e, uint32_t tac)
{
	for (uint32_t i = 0; i < e->tacs.n; i++)
		if (e->tacs.v[i] == tac)
			return true;
	return !e->tacs.n;
}

static bool tacs_held(const struct reg_element *e, struct span all, uint32_t *tac)
{
	struct span in;

	while (span_group(&all, IE_TA_LIST, &in, NULL))
		for (const struct item *i = in.at; i < in.end; i++) {
			if (i->key != KEY_NGAP_tAC || i->len != 3)
				continue;
			*tac = (uint32_t)(i->v.p[0] << 16 | i->v.p[1] << 8 | i->v.p[2]);
			if (!holds(e, *tac))
				return false;
		}
	return true;
}

/* The registered RAN node at the address that may be this one: of that node id, else of none. */
static uint32_t at_address(const struct view *v, const struct addr *a, const struct announced *x, uint32_t by_id, uint32_t *any)
{
	uint32_t r, nameless = REG_NONE;

	*any = REG_NONE;
	for (uint32_t k = 0; k < SHARED_LOOK && (r = view_reg_at(v, a, k, NULL)) != REG_NONE; k++) {
		const struct reg_element *e = &v->reg->elements.v[r];

		*any = *any == REG_NONE ? r : *any;
		if (!(e->roles & nf_ran()))
			continue;
		if (r == by_id)
			return r;
		if (!x->has || !e->node[x->kind].bits)
			nameless = r;
	}
	return by_id == REG_NONE ? nameless : REG_NONE;
}

/* NULL: it is as registered. */
static const char *wrong(const struct view *v, const struct fact *f, struct docket *d)
{
	struct span all = fact_span(f);
	struct announced x = announced_by(all);
	uint32_t by_id = x.has ? reg_element_by_node(v->reg, x.kind, x.value, x.bits, *x.plmn ? x.plmn : NULL, 0) : (uint32_t)REG_NONE, any, r, tac = 0;
	char node[NODE_TEXT], at[ADDR_TEXT];

	(void)addr_text(&f->src, at);
	(void)node_text(&x, node);
	r = at_address(v, &f->src, &x, by_id, &any);
	if (r == REG_NONE && any == REG_NONE && by_id != REG_NONE && !v->reg->elements.v[by_id].addresses.n)
		r = by_id;		/* registered without addresses */
	if (r == REG_NONE && by_id != REG_NONE && any == REG_NONE)
		return docket_text(d, "node id %s is registered as %s, and comes from %s, which the register does not list for it", node,
			v->reg->elements.v[by_id].id.s, at);
	if (r == REG_NONE && by_id != REG_NONE)
		return docket_text(d, "%s is registered as %s, and announces node id %s, which is that of %s", at, v->reg->elements.v[any].id.s, node,
			v->reg->elements.v[by_id].id.s);
	if (r == REG_NONE && any != REG_NONE && !(v->reg->elements.v[any].roles & nf_ran()))
		return docket_text(d, "%s is registered as %s, which is no radio access node", at, v->reg->elements.v[any].id.s);
	if (r == REG_NONE && any != REG_NONE)
		return docket_text(d, "%s is registered as %s, and announces node id %s, which is not in the register", at, v->reg->elements.v[any].id.s, node);
	if (r == REG_NONE)
		return docket_text(d, "neither address %s nor node id %s is in the register", at, x.has ? node : "(none)");
	if (!tacs_held(&v->reg->elements.v[r], all, &tac))
		return docket_text(d, "%s announces tracking area %u, which the register does not list for it", v->reg->elements.v[r].id.s, tac);
	return NULL;
}

static bool setup_seen(const struct view *v, const struct addr *a)
{
	uint32_t at = model_first_at(v->model, a);

	for (unsigned n = 0; at && n < SHARED_LOOK; at = model_next_at(v->model, at), n++) {
		const struct element *e = model_element(v->model, model_holder(v->model, at));

		if (shown_roles(e) & nf_ran() && e->asked_ns)
			return true;
	}
	return false;
}

/* An answer says that somebody asked, also where the request is not in the capture: the address alone is held against the register. */
static void on_answer(const struct view *v, const struct fact *f, struct docket *d)
{
	struct instance x = fact_instance(f);
	struct who w = who_is(v, &f->dst);
	char term[TERM];

	if (setup_seen(v, &f->dst))
		return;
	x.subject = party_at(&f->dst);
	x.subject.bare = 1;
	x.object = party_at(&f->src);
	x.verdict = NOT_DECIDABLE;
	x.reason = "NG Setup was answered, and the request, which says who it is, is not in the capture";
	if (!v->reg) {
		x.reason = "there is no register to say which radio nodes are the operator's";
	} else if (w.reg == REG_NONE || !(w.roles & nf_ran())) {
		x.verdict = VIOLATED;
		x.reason = w.reg == REG_NONE ? "its NG Setup was answered, and its address is not in the register; the request is not in the capture" :
			docket_text(d, "its NG Setup was answered, and its address is registered as %s, which is no radio access node",
				v->reg->elements.v[w.reg].id.s);
		x.filter = docket_filter(d, "ngap.procedureCode == %u && %s", NG_SETUP, term_message(f, term));
	}
	docket_add(d, &x);
}

static void on_fact(const struct view *v, const struct fact *f, struct docket *d)
{
	struct span all = fact_span(f);
	unsigned procedure = (unsigned)span_uint(all, KEY_NGAP_procedureCode, 0);
	struct instance x;
	char term[TERM];

	if (procedure == NG_SETUP && span_uint(all, KEY_NGAP_pdu, INITIATING) != INITIATING && f->outcome == OUT_OK)
		on_answer(v, f, d);
	if (span_uint(all, KEY_NGAP_pdu, INITIATING) != INITIATING || !span_uint(all, KEY_NGAP_from_ran, 0) ||
	    (f->outcome != OUT_OK && f->outcome != OUT_UNKNOWN))
		return;
	x = fact_instance(f);
	x.subject.bare = 1;
	x.verdict = NOT_DECIDABLE;
	x.reason = "there is no register to say which radio nodes are the operator's";
	if (v->reg) {
		x.reason = wrong(v, f, d);
		x.verdict = x.reason ? VIOLATED : CONFORM;
	}
	if (x.verdict == VIOLATED)
		x.filter = docket_filter(d, "ngap.procedureCode == %u && %s", procedure, term_message(f, term));
	docket_add(d, &x);
}

/* N2 in use whose set-up is not in the capture: the address alone is held against the register. */
static void on_contact(const struct view *v, uint32_t i, const struct explanation *why, struct docket *d)
{
	const struct contact_rec *c = model_contact(v->model, i);
	struct addr a = model_contact_end(v->model, c, false), b = model_contact_end(v->model, c, true);
	struct who wa, wb;
	struct instance x;

	(void)why;
	if (c->key.inner || c->key.proto != 132 || !(model_pair(v->model, &a, &b, 132) & PAIR_NGAP))
		return;
	wa = who_is(v, &a);
	wb = who_is(v, &b);
	if (!(wa.shown & nf_ran())) {
		struct who swap = wa;

		wa = wb;
		wb = swap;
	}
	if (!(wa.shown & nf_ran()) || setup_seen(v, &wa.addr))
		return;
	x = contact_instance(v, i);
	x.subject = party_at(&wa.addr);
	x.subject.bare = 1;
	x.object = party_at(&wb.addr);
	x.verdict = CONFORM;
	x.reason = "its set-up was before the capture; its address is registered";
	if (!v->reg) {
		x.verdict = NOT_DECIDABLE;
		x.reason = "there is no register to say which radio nodes are the operator's";
	} else if (wa.reg == REG_NONE) {
		x.verdict = VIOLATED;
		x.reason = "it uses N2 from an address that is not in the register; its set-up is not in the capture";
	} else if (!(wa.roles & nf_ran())) {
		x.verdict = VIOLATED;
		x.reason = docket_text(d, "it uses N2 as a radio node, and its address is registered as %s, which is none", v->reg->elements.v[wa.reg].id.s);
	}
	docket_add(d, &x);
}

const struct check check_n2_unknown_ran = {
	.id = "N2-UNKNOWN-RAN",
	.title = "a radio node on N2 that the register does not know as it is",
	.severity = SEV_CRIT,
	.refs = "TS 33.501 9.2; TS 33.501 5.3.4; TS 38.413 8.7.1; FGT1588.501; FGT1583.501; TM02; TM03",
	.means = "A radio node set up N2 with an AMF, and its node id, its address or a tracking area is not in the register, or not together. A node that the AMF "
		"accepts can serve subscribers.",
	.confirm = "Apply the filter. In NGSetupRequest read GlobalRANNodeID, RANNodeName and SupportedTAList, and the source address of SCTP; see whether "
		"NGSetupResponse or NGSetupFailure follows.",
	.causes = "A site that is being rolled out; a security gateway or NAT whose address stands for the node's; a second SCTP address (multihoming) that the "
		"register does not list; a replaced node with its predecessor's address.",
	.todo = "Ask who put the node there. If it is yours, complete the register with its id, all its addresses and tracking areas. If not, block it at the AMF and "
		"find the port that it is on.",
	.filter = "ngap.procedureCode == 21 && ip.src#1 == RAN && ip.dst#1 == AMF",
	.wants_register = true,
	.nwakes = 2,
	.wakes = { { FACT_NGAP, NG_SETUP }, { FACT_NGAP, RAN_CONFIGURATION_UPDATE } },
	.reads = 1ull << FACT_NGAP,
	.on_fact = on_fact,
	.on_contact = on_contact,
};
