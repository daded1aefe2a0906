/* Reads a message of F1AP, XnAP, E1AP or X2AP; what is in it, the rows of xap->tables say. */
#include "xap.h"

struct reading { struct layers *l; struct put *o; const struct xap *x; };

ROW message = SEQ(M(ies));
ROW outer_value = { .kind = PER_CONTAINING, FIELDS(M(message)) };

static void on_octets(void *ctx, const struct per_type *t, const struct per_value *v)
{
	const struct reading *r = ctx;

	switch ((enum xap_hook)t->lo) {
	case XAP_ADDRESS: ap_address(r->o, r->x->ipv4, r->x->ipv6, v); return;
	case XAP_SECRET:
		put_bool(r->o, KEY_NGAP_key_present, true);
		layer_mark(r->l, v->from, v->n, MARK_IDENTITY);
		return;
	case XAP_NODE:
		put_bits(r->o, (enum fact_key)t->key, v->p, v->n);
		put_uint(r->o, r->x->node_bits, v->bits);
		return;
	}
}

static void on_number(void *ctx, const struct per_type *t, uint64_t v)
{
	(void)ctx;		/* no number is special in these protocols */
	(void)t;
	(void)v;
}

/* Which end sent it: as the procedure says, else as the ports say.  False: nothing does. */
static bool sides(const struct xap *x, const struct msg *m, uint8_t code, unsigned pdu, bool *from_server)
{
	enum xap_by by = code < x->procedures ? x->procedure[code].by : XAP_ANY;
	const struct pkt *k = m->pkt;

	if (by != XAP_ANY)
		*from_server = (pdu == PDU_INITIATING) == (by == XAP_SERVER);
	else
		*from_server = k->sport == x->server_port;
	return by != XAP_ANY || (k->sport == x->server_port) != (k->dport == x->server_port);
}

bool xap_read(struct layers *l, const struct msg *m, const struct xap *x)
{
	struct cur c = m->cur;
	struct reading r = { l, layer_put(l), x };
	bool is, from_server = false;
	struct fact *f;
	unsigned pdu;
	uint8_t code;

	is = ap_head(&c, x->choice_bits, &pdu, &code);
	layer_read(l, m->cur.p, &c);
	if (!is)
		return false;		/* the payload protocol id is no proof */
	f = layer_begin(l, m, x->proto->kind);
	if (c.why == CUR_OK) {
		put_uint(r.o, x->pdu, pdu);
		put_uint(r.o, x->code, code);
		if (x->from_server != KEY_NONE && sides(x, m, code, pdu, &from_server))
			put_bool(r.o, x->from_server, from_server);
		if (code != x->private_code)
			per_read(l, ((const struct xap_state *)layer_state(l, x->proto))->program, &c, &r);
	}
	(void)layer_emit(l, f, &c, code == x->private_code ? OUT_UNKNOWN : OUT_OK);
	return true;
}

bool xap_cover(const struct xap *x, unsigned i, struct cover_row *row)
{
	for (unsigned code = 0; code < x->procedures; code++) {
		if (!x->procedure[code].name || i--)
			continue;
		*row = (struct cover_row){ "procedure", code, x->procedure[code].name, x->spec };
		return true;
	}
	return ap_cover_ies(x->tables, i, row);
}

int xap_init(struct xap_state *s, const struct xap *x)
{
	s->schema = (struct per_schema){ x->tables, on_number, on_octets, NULL };
	return per_program_new(&s->program, &s->schema, &outer_value);
}

void xap_release(void *state)
{
	per_program_free(((struct xap_state *)state)->program);
}
