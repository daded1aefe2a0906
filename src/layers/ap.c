#include "ap.h"

void ap_address(struct put *o, enum fact_key ipv4, enum fact_key ipv6, const struct per_value *v)
{
	if (v->bits == 32 || v->bits == 160)
		put_addr(o, ipv4, v->p, 4);
	if (v->bits == 128)
		put_addr(o, ipv6, v->p, 16);
	if (v->bits == 160)			/* TS 38.414 5.1, TS 36.414 5.3, TS 36.424 5.3: both, IPv4 first */
		put_addr(o, ipv6, v->p + 4, 16);
}

bool ap_cover_ies(const struct per_ie_table *const *tables, unsigned i, struct cover_row *row)
{
	for (; *tables; tables++) {
		for (uint32_t id = 0; id < (*tables)->n; id++) {
			const struct per_ie *e = &(*tables)->row[id];

			if (!e->t || i--)
				continue;
			*row = (struct cover_row){ "IE", e->id, e->name, e->spec };
			return true;
		}
	}
	return false;
}

bool ap_cover(const struct ap_procedure *procedures, unsigned n, const struct per_ie_table *const *tables, unsigned i, struct cover_row *row)
{
	if (i >= n)
		return ap_cover_ies(tables, i - n, row);
	*row = (struct cover_row){ "procedure", i, procedures[i].name, procedures[i].spec };
	return true;
}

int ap_init(struct ap_state *s, const struct per_schema *schema, const struct per_type *outer)
{
	return per_program_new(&s->program, schema, outer);
}

void ap_release(void *state)
{
	per_program_free(((struct ap_state *)state)->program);
}

static struct ap_side *side_of(struct ap_state *s, const struct msg *m)
{
	return m->assoc && m->assoc <= AP_SIDES ? &s->side[m->assoc - 1] : NULL;
}

static void learn(struct ap_side *x, const struct pkt *k, bool from_ran)
{
	x->known = true;
	x->port = from_ran ? k->sport : k->dport;
	memcpy(x->ran, from_ran ? k->src.b : k->dst.b, 16);
}

static bool known_from_ran(const struct ap_side *x, const struct msg *m, uint16_t core_port)
{
	const struct pkt *k = m->pkt;

	if (!x || !x->known)		/* nothing seen yet: the core listens (TS 38.412 7, TS 36.412 7) */
		return (k->dport == core_port) != (k->sport == core_port) ? k->dport == core_port : m->to_server;
	if (k->sport != k->dport)	/* the ports are the same on every path of an association */
		return k->sport == x->port;
	return !memcmp(x->ran, k->src.b, 16);
}

bool ap_from_ran(struct ap_state *s, const struct msg *m, enum ap_by by, unsigned pdu, uint16_t core_port)
{
	struct ap_side *x = side_of(s, m);
	bool from_ran;

	if (by == BY_EITHER)
		return m->in ? false : known_from_ran(x, m, core_port);
	from_ran = (pdu == PDU_INITIATING) == (by == BY_RAN);
	if (!m->in && x)		/* a message inside Reroute NAS Request went another way */
		learn(x, m->pkt, from_ran);
	return from_ran;
}
