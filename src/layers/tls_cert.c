/*
 * Certificates (RFC 5280 4.1) as TLS 1.2 and before show them, and TLS 1.3 to who has its secrets: whose it is, who says so, until
 * when.  The first of the list is the sender's own, the others are only counted.
 *   list(3+n) of certificate(3+n): SEQUENCE { SEQUENCE { [0] version, serial, algorithm, issuer, validity, subject, ...
 *   a name: SEQUENCE of SET of SEQUENCE { OBJECT IDENTIFIER, a string }
 */
#include "ber.h"
#include "tls.h"

enum { NAME_TEXT = 400 };

struct text { size_t n; char s[NAME_TEXT]; };

static void add(struct text *t, const void *s, size_t n)
{
	n = n < NAME_TEXT - t->n ? n : NAME_TEXT - t->n;
	memcpy(t->s + t->n, s, n);
	t->n += n;
}

/* The short name of an attribute type 2.5.4.N (RFC 4514 3), or NULL. */
static const char *short_name(const struct cur *oid)
{
	static const struct { uint8_t last; const char *name; } rows[] = { { 3, "CN=" }, { 5, "serialNumber=" }, { 6, "C=" }, { 7, "L=" }, { 8, "ST=" },
		{ 10, "O=" }, { 11, "OU=" } };

	if (oid->end - oid->p != 3 || oid->p[0] != 0x55 || oid->p[1] != 4)
		return NULL;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].last == oid->p[2])
			return rows[i].name;
	return NULL;
}

static void attribute(struct layers *l, struct cur *pair, struct text *t)
{
	struct cur oid = ber_take(l, pair, BER_OID), value;
	const char *name = short_name(&oid);
	uint8_t tag;

	layer_mark(l, oid.p, (size_t)(oid.end - oid.p), MARK_SIGNALLING);
	value = ber_next(l, pair, &tag);
	if (pair->why != CUR_OK || !name)
		return;
	layer_mark(l, value.p, cur_left(&value), MARK_SIGNALLING);
	if (t->n)
		add(t, ", ", 2);
	add(t, name, strlen(name));
	add(t, value.p, cur_left(&value));
}

static void put_name(struct layers *l, enum fact_key key, struct cur *name)
{
	struct text *t = layer_mem(l, sizeof(*t));

	while (t && name->why == CUR_OK && cur_left(name)) {
		struct cur set = ber_take(l, name, BER_SET);

		while (set.why == CUR_OK && cur_left(&set)) {
			struct cur pair = ber_take(l, &set, BER_SEQUENCE);

			attribute(l, &pair, t);
			cur_refuse(&set, pair.why);
		}
		cur_refuse(name, set.why);
	}
	if (t && t->n)
		put_text(layer_put(l), key, t->s, t->n);
}

static void certificate(struct layers *l, const struct tls_names *k, struct cur *c)
{
	struct cur whole = ber_take(l, c, BER_SEQUENCE), body = ber_take(l, &whole, BER_SEQUENCE), part, subject;
	uint8_t tag;

	part = ber_next(l, &body, &tag);
	if (tag == 0xa0)			/* version */
		(void)ber_take(l, &body, BER_INTEGER);		/* serial number */
	(void)ber_take(l, &body, BER_SEQUENCE);		/* algorithm */
	part = ber_take(l, &body, BER_SEQUENCE);	/* issuer */
	if (body.why == CUR_OK)
		put_name(l, k->issuer, &part);
	cur_refuse(&body, part.why);
	part = ber_take(l, &body, BER_SEQUENCE);	/* validity */
	subject = ber_take(l, &body, BER_SEQUENCE);
	if (body.why == CUR_OK)
		put_name(l, k->subject, &subject);
	cur_refuse(&body, subject.why);
	(void)ber_next(l, &part, &tag);			/* not before */
	part = ber_next(l, &part, &tag);		/* not after: UTCTime or GeneralizedTime */
	if (part.why == CUR_OK && body.why == CUR_OK && (tag == 23 || tag == 24)) {
		layer_mark(l, part.p, cur_left(&part), MARK_SIGNALLING);
		put_text(layer_put(l), k->not_after, (const char *)part.p, cur_left(&part));
	}
	cur_refuse(c, body.why);
}

static void list_of(struct layers *l, const struct tls_names *k, struct cur *c, bool extensions)
{
	const uint8_t *from = c->p;
	struct cur list = cur_sub(c, cur_u24(c));
	unsigned n = 0;

	layer_mark(l, from, 3, MARK_SIGNALLING);
	while (list.why == CUR_OK && cur_left(&list)) {
		struct cur one;

		from = list.p;
		one = cur_sub(&list, cur_u24(&list));
		layer_mark(l, from, 3, MARK_SIGNALLING);
		if (list.why == CUR_OK && !n++)
			certificate(l, k, &one);
		cur_refuse(&list, one.why);
		if (extensions)
			(void)cur_take(&list, cur_u16(&list));
	}
	cur_refuse(c, list.why);
	if (c->why == CUR_OK)
		put_uint(layer_put(l), k->certificates, n);
}

void tls_certificates(struct layers *l, const struct tls_names *k, struct cur *c)
{
	list_of(l, k, c, false);
}

void tls_certificates_13(struct layers *l, const struct tls_names *k, struct cur *c)
{
	(void)cur_take(c, cur_u8(c));		/* the request that it answers */
	list_of(l, k, c, true);
}
