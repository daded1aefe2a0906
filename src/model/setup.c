/* NG Setup: asked for and accepted on one SCTP association (TS 38.413 8.7.1). */
#include "inside.h"

enum { NG_SETUP_WAIT = 0x10000 };	/* unlike any PFCP message type */

static struct wait_key key_of(const struct setup *s)
{
	return (struct wait_key){ s->ran, s->amf, (uint32_t)s->ran_port << 16 | s->amf_port, NG_SETUP_WAIT };
}

void setup_asked(struct model *m, const struct fact *f, const struct setup *s, uint32_t element)
{
	struct wait_key k = key_of(s);
	struct wait *w = element == NONE ? NULL : wait_put(m, &k);

	if (!w)
		return;
	w->session = element;
	if (!m->element[element].asked_ns)
		m->element[element].asked_ns = f->t_ns;
}

static void accept(struct model *m, const struct fact *f, uint32_t element, uint64_t asked_ns)
{
	struct element *e = element == NONE ? NULL : &m->element[element];

	if (!e || e->accepted_ns)
		return;
	if (!e->asked_ns)
		e->asked_ns = asked_ns;
	e->accepted_ns = f->t_ns;
	e->accept = ground_of(f);
}

void setup_accepted(struct model *m, const struct fact *f, const struct setup *s, uint32_t amf_element)
{
	struct wait_key k = key_of(s);
	uint32_t i = table_find(&m->waits, &k, table_hash(&m->waits, &k)), ran;

	if (i == TABLE_NONE) {
		m->last.orphan = true;
		return;
	}
	ran = ((struct wait *)table_at(&m->waits, i))->session;
	table_remove(&m->waits, i);
	accept(m, f, ran, f->t_ns);
	accept(m, f, amf_element, m->element[ran].asked_ns);
}
