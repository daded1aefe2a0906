/* Reads a message of F1AP, XnAP, E1AP or X2AP; what is in it, the rows of xap->tables say. */
#include "xap.h"

enum { PDU_INITIATING, PDU_SUCCESSFUL, PDU_UNSUCCESSFUL };

struct reading { struct layers *l; struct put *o; const struct xap *x; };

ROW message = SEQ(M(ies));
ROW outer_value = { .kind = PER_CONTAINING, FIELDS(M(message)) };

static void address(const struct reading *r, const struct per_value *v)
{
	if (v->bits == 32 || v->bits == 160)
		put_addr(r->o, r->x->ipv4, v->p, 4);
	if (v->bits == 128)
		put_addr(r->o, r->x->ipv6, v->p, 16);
	if (v->bits == 160)			/* TS 38.414 5.1, TS 36.424 5.3: both, IPv4 first */
		put_addr(r->o, r->x->ipv6, v->p + 4, 16);
}

static void on_octets(void *ctx, const struct per_type *t, const struct per_value *v)
{
	const struct reading *r = ctx;

	switch ((enum xap_hook)t->lo) {
	case XAP_ADDRESS: address(r, v); return;
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
	uint8_t choice = cur_u8(&c), code = cur_u8(&c), criticality = cur_u8(&c);
	unsigned pdu = choice >> (8 - x->choice_bits), rest = 0xffu >> x->choice_bits;
	struct reading r = { l, layer_put(l), x };
	bool from_server = false;
	struct fact *f;

	layer_read(l, m->cur.p, &c);
	if (pdu > PDU_UNSUCCESSFUL || choice & rest || criticality >> 6 > 2 || criticality & 0x3f)
		return false;		/* bits that are always 0: the payload protocol id is no proof */
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
	for (const struct per_ie_table *const *t = x->tables; *t; t++) {
		for (uint32_t id = 0; id < (*t)->n; id++) {
			const struct per_ie *e = &(*t)->row[id];

			if (!e->t || i--)
				continue;
			*row = (struct cover_row){ "IE", e->id, e->name, e->spec };
			return true;
		}
	}
	return false;
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
