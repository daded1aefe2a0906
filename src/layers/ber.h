/* BER (X.690) as SNMP, LDAP and certificates use it: tag of one octet, definite length.  No recursion: who reads goes down by hand. */
#ifndef FW_LAYERS_BER_H
#define FW_LAYERS_BER_H

#include "layer.h"

enum { BER_INTEGER = 2, BER_OCTETS = 4, BER_OID = 6, BER_ENUMERATED = 10, BER_SEQUENCE = 0x30, BER_SET = 0x31 };

/* Length octets: definite, at most four of them. */
static inline size_t ber_length(struct cur *c)
{
	uint8_t first = cur_u8(c), more = first & 0x7f;
	size_t n = 0;

	if (!(first & 0x80))
		return first;
	if (!more || more > 4)
		cur_refuse(c, CUR_VALUE);
	while (c->why == CUR_OK && more--)
		n = n << 8 | cur_u8(c);
	return n;
}

/* The next value; *tag its tag.  Its tag and length are claimed as read. */
static inline struct cur ber_next(const struct layers *l, struct cur *c, uint8_t *tag)
{
	const uint8_t *from = c->p;
	size_t n;

	*tag = cur_u8(c);
	if ((*tag & 0x1f) == 0x1f)
		cur_refuse(c, CUR_VALUE);
	n = ber_length(c);
	layer_read(l, from, c);
	return cur_sub(c, n);
}

/* The value of that tag which has to come next; anything else is refused. */
static inline struct cur ber_take(const struct layers *l, struct cur *c, uint8_t tag)
{
	uint8_t t;
	struct cur v = ber_next(l, c, &t);

	if (c->why == CUR_OK && t != tag) {
		cur_refuse(c, CUR_VALUE);
		v.end = v.p;
	}
	return v;
}

/* An INTEGER or ENUMERATED's value, sign extended, claimed as read; of more than eight octets it is refused. */
static inline int64_t ber_int(const struct layers *l, struct cur *v)
{
	const uint8_t *from = v->p;
	size_t n = cur_left(v);
	uint64_t x = cur_peek(v) >= 0x80 ? UINT64_MAX : 0;

	if (!n || n > 8)
		cur_refuse(v, n ? CUR_VALUE : v->cut ? CUR_CUT : CUR_SHORT);
	while (cur_left(v))
		x = x << 8 | cur_u8(v);
	layer_read(l, from, v);
	return (int64_t)x;
}

#endif
