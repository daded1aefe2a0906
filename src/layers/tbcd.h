/* Digits in half octets, low half first, as signalling writes numbers of subscribers and networks; and those numbers as pseudonyms. */
#ifndef FW_LAYERS_TBCD_H
#define FW_LAYERS_TBCD_H

#include "layer.h"

enum { TBCD_MOST = 32, IMEI_DIGITS = 14 };	/* an IMEI without its check digit or software version (TS 23.003 6.2) */

/* Digits up to a filler or what is none, `most` at the most; returns how many. */
static inline size_t tbcd_digits(struct cur *v, char *out, size_t most)
{
	size_t n = 0;

	while (cur_left(v)) {
		uint8_t b = cur_u8(v);

		for (unsigned half = 0; half < 2; half++) {
			uint8_t d = half ? b >> 4 : b & 15;

			if (d > 9 || n == most)
				return n;
			out[n++] = (char)('0' + d);
		}
	}
	return n;
}

/* Puts the pseudonym of an identity; of none it puts nothing. */
static inline void put_subscriber(struct layers *l, const char *kind, const void *id, size_t n)
{
	const char *s = n ? layer_pseudonym(l, kind, id, n) : NULL;

	if (s)
		put_text(layer_put(l), KEY_NAS_subscriber, s, strlen(s));
}

/*
 * What is left of v is such a number; `most`: digits of it that count.  It is claimed as an identity and not taken: what
 * a walker of elements finds taken it claims as read.
 */
static inline void put_tbcd(struct layers *l, const char *kind, const struct cur *v, size_t most)
{
	struct cur digits = *v;
	char id[TBCD_MOST];
	size_t n = cur_left(v), k;

	if (!n)
		return;
	k = tbcd_digits(&digits, id, sizeof(id));
	layer_mark(l, v->p, n, k ? MARK_IDENTITY : MARK_SIGNALLING);
	put_subscriber(l, kind, id, k < most ? k : most);
}

/* MCC and MNC digits of a PLMN identity (TS 24.008 10.5.1.13) in batch memory. */
static inline void put_plmn(struct layers *l, enum fact_key key, struct cur *v)
{
	const uint8_t *p = cur_take(v, 3);
	char *s = p ? layer_mem(l, 6) : NULL;
	size_t n = 0;

	if (!s)
		return;
	{
		const uint8_t d[6] = { p[0] & 15, p[0] >> 4, p[1] & 15, p[2] & 15, p[2] >> 4, p[1] >> 4 };

		for (; n < 6 && d[n] < 10; n++)		/* the last one is a filler where the MNC has two */
			s[n] = (char)('0' + d[n]);
	}
	put_text(layer_put(l), key, s, n);
}

#endif
