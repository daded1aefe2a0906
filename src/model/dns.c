/* Which names were answered with which addresses, to whom: the first answer of each pair is kept. */
#include "inside.h"

enum { SECTION_ANSWER = 1, NAME_MAX_KEPT = 255 };

/* Text of a name; NONE: there is no room (half of the text stays for the names of elements).  One response often says one name many times. */
static uint32_t text_of(struct model *m, const struct item *name)
{
	uint32_t n = name->len < NAME_MAX_KEPT ? name->len : NAME_MAX_KEPT, at = m->ntext;
	const char *last = m->text + m->dns_text;

	if (m->dns_len == n && n && !memcmp(last, name->v.p, n))
		return m->dns_text;
	if (at + n + 1 > CAP_TEXT / 2)
		return NONE;
	if (n)
		memcpy(m->text + at, name->v.p, n);
	m->text[at + n] = 0;
	m->ntext += n + 1;
	m->dns_text = at;
	m->dns_len = n;
	return at;
}

static void answer(struct model *m, const struct fact *f, const struct sides *s, const struct item *address, const struct item *name)
{
	struct addr a = item_addr(address);
	uint32_t key[2] = { s->dst, place_of(m, &a) }, i, text;
	struct dns_answer *d;
	uint64_t h;
	bool made;

	if (key[0] == NONE || key[1] == NONE || s->src == NONE)
		return;			/* counted */
	h = table_hash(&m->dns, key);
	if (table_find(&m->dns, key, h) != TABLE_NONE)
		return;
	text = text_of(m, name);
	i = text == NONE ? (uint32_t)TABLE_NONE : table_get(&m->dns, key, h, &made);
	if (i == TABLE_NONE) {
		m->n.dns_unkept++;
		return;
	}
	d = table_at(&m->dns, i);
	d->resolver = s->src;
	d->t_ns = f->t_ns;
	d->ground = ground_of(f);
	d->name = text;
}

void model_dns_message(struct model *m, const struct fact *f)
{
	struct span all = fact_span(f), in;
	const struct item *asked;
	struct sides s;

	if (!span_uint(all, KEY_DNS_response, 0) || span_uint(all, KEY_DNS_rcode, 99)) {
		model_pair_seen(m, f, f->transport, PAIR_DNS);
		return;
	}
	s = model_sides(m, f, f->transport, PAIR_DNS);
	asked = span_key(all, KEY_DNS_qry_name);
	while (span_group(&all, SECTION_ANSWER, &in, NULL)) {
		const struct item *a = span_key(in, KEY_DNS_a), *name = asked ? asked : span_key(in, KEY_DNS_resp_name);

		if (!a)
			a = span_key(in, KEY_DNS_aaaa);
		if (!a || !name)
			continue;
		if (m->dns.used == m->dns.cap)		/* before it makes an address known */
			m->n.dns_unkept++;
		else
			answer(m, f, &s, a, name);
	}
}

const struct dns_answer *model_dns(const struct model *m, const struct addr *client, const struct addr *addr)
{
	uint32_t key[2] = { place_known(m, client), place_known(m, addr) }, i;

	if (key[0] == NONE || key[1] == NONE)
		return NULL;
	i = table_find(&m->dns, key, table_hash(&m->dns, key));
	return i == TABLE_NONE ? NULL : table_at(&m->dns, i);
}

uint32_t model_dns_answers(const struct model *m) { return m->dns.high; }
const struct dns_answer *model_dns_answer_at(const struct model *m, uint32_t i) { return table_at(&m->dns, i); }
