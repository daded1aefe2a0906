/* What every writer needs to say of a contact. */
#include "report.h"

#include "hash.h"

#include <stdio.h>
#include <stdlib.h>

struct sort { uint64_t first; uint32_t i; };

static int by_first(const void *a, const void *b)
{
	const struct sort *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->i < y->i ? -1 : x->i > y->i;
}

uint32_t *report_contact_order(const struct model *m, uint32_t *n)
{
	uint32_t k = model_contacts(m);
	struct sort *s = malloc((k + 1) * sizeof(*s));
	uint32_t *order = malloc((k + 1) * sizeof(*order));
	bool sorted = true;

	*n = 0;
	if (!s || !order) {
		free(s);
		free(order);
		return NULL;
	}
	for (uint32_t i = 0; i < k; i++) {
		s[i] = (struct sort){ model_contact(m, i)->first_ns, i };
		sorted &= !i || s[i - 1].first <= s[i].first;
	}
	if (!sorted)			/* mostly they are: they were numbered as they came */
		qsort(s, k, sizeof(*s), by_first);
	for (uint32_t i = 0; i < k; i++)
		order[i] = s[i].i;
	free(s);
	*n = k;
	return order;
}

void report_contact_id(const struct contact_rec *c, char out[CONTACT_ID])
{
	static const struct hash_key fixed = { { 0x46616972, 0x5769746e, 0x657373, 0x31 } };

	(void)snprintf(out, CONTACT_ID, "C-%012llx", (unsigned long long)(hash_bytes(&fixed, &c->key, sizeof(c->key)) >> 16));
}

void report_end_text(const struct model *m, const struct contact_rec *c, bool b, char out[END_TEXT])
{
	struct addr a = model_contact_end(m, c, b);
	unsigned bits = b ? c->key.bits_b : c->key.bits_a;
	size_t n = addr_text(&a, out);

	if (bits)
		(void)snprintf(out + n, END_TEXT - n, "/%u", bits);
}

const struct reg_element *report_registered(const struct report *r, uint32_t element)
{
	const struct view *v = r->docket ? docket_view(r->docket) : NULL;

	return v && v->registered && v->registered[element] != REG_NONE ? &v->reg->elements.v[v->registered[element]] : NULL;
}

size_t report_element_id(const struct report *r, uint32_t element, char out[ELEMENT_ID])
{
	const struct reg_element *e = report_registered(r, element);

	return e ? (size_t)snprintf(out, ELEMENT_ID, "%s", e->id.s) : model_element_id(r->model, element, out);
}

bool report_leads(const struct report *r, uint32_t element)
{
	const struct reg_element *e = report_registered(r, element);

	return !e || docket_view(r->docket)->sight[docket_view(r->docket)->registered[element]].element == element;
}

uint32_t report_next_same(const struct report *r, uint32_t at)
{
	const struct reg_element *e = report_registered(r, at);

	for (uint32_t i = at + 1; e && i < model_elements(r->model); i++)
		if (report_registered(r, i) == e && model_element(r->model, i)->roles)
			return i;
	return NONE;
}

uint64_t report_element_roles(const struct report *r, uint32_t element)
{
	uint64_t roles = 0;

	for (uint32_t i = element; i != NONE; i = report_next_same(r, i))
		roles |= model_element(r->model, i)->roles;
	return roles;
}

void report_explain(const struct report *r, uint32_t contact, struct explanation *x)
{
	if (contact_of_element(docket_view(r->docket), model_contact(r->model, contact)))
		explain_contact(docket_view(r->docket), contact, x);
	else
		*x = (struct explanation){ .kind = EXPLAINED_NOT };
}

const char *report_end_registered(const struct report *r, const struct contact_rec *c, bool b)
{
	const struct view *v = r->docket ? docket_view(r->docket) : NULL;
	struct addr a = model_contact_end(r->model, c, b);
	struct who w;

	if (!v || !v->reg || (b ? c->key.bits_b : c->key.bits_a))
		return NULL;
	w = who_is(v, &a);
	return w.reg != REG_NONE && view_reg_at(v, &a, 1, NULL) == REG_NONE ? v->reg->elements.v[w.reg].id.s : NULL;
}

bool report_opened(const struct model *m, const struct contact_rec *c)
{
	struct addr a = model_contact_end(m, c, false), b = model_contact_end(m, c, true);

	return model_spoke(m, &a, &b, c->key.proto, c->key.port, NULL) & SPOKE_OPENED;
}

const char *report_interface(const struct report *r, const struct contact_rec *c)
{
	return r->docket ? interface_name(docket_view(r->docket), c) : model_interface(r->model, c);
}
