#include "octets.h"

#include <stdlib.h>
#include <string.h>

void octets_add(struct octets *o, const void *p, size_t n)
{
	if (o->full || !n)
		return;
	if (n > o->cap - o->n) {
		size_t cap = o->cap ? o->cap : 1024;
		char *b;

		while (cap - o->n < n && cap <= SIZE_MAX / 4)
			cap *= 2;
		b = cap - o->n < n ? NULL : realloc(o->b, cap);
		if (!b) {
			o->full = true;
			return;
		}
		o->b = b;
		o->cap = cap;
	}
	memcpy(o->b + o->n, p, n);
	o->n += n;
}

void octets_str(struct octets *o, const char *s)
{
	octets_add(o, s, strlen(s));
}

static void be(struct octets *o, uint64_t v, unsigned n)
{
	uint8_t b[8];

	for (unsigned i = 0; i < n; i++)
		b[i] = (uint8_t)(v >> (8 * (n - 1 - i)));
	octets_add(o, b, n);
}

void octets_u16(struct octets *o, uint16_t v) { be(o, v, 2); }
void octets_u32(struct octets *o, uint32_t v) { be(o, v, 4); }
void octets_u64(struct octets *o, uint64_t v) { be(o, v, 8); }

void octets_dec(struct octets *o, uint64_t v)
{
	char b[20];
	size_t n = sizeof(b);

	do {
		b[--n] = (char)('0' + v % 10);
		v /= 10;
	} while (v);
	octets_add(o, b + n, sizeof(b) - n);
}

void octets_hex(struct octets *o, const void *p, size_t n)
{
	const uint8_t *at = p;
	char b[128];

	while (n) {
		size_t k = n < sizeof(b) / 2 ? n : sizeof(b) / 2;

		for (size_t i = 0; i < k; i++) {
			b[2 * i] = "0123456789abcdef"[at[i] >> 4];
			b[2 * i + 1] = "0123456789abcdef"[at[i] & 15];
		}
		octets_add(o, b, 2 * k);
		at += k;
		n -= k;
	}
}

void octets_base64(struct octets *o, const void *p, size_t n)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const uint8_t *at = p;

	for (; n; n -= n < 3 ? n : 3, at += 3) {
		uint32_t v = (uint32_t)at[0] << 16 | (n > 1 ? (uint32_t)at[1] << 8 : 0) | (n > 2 ? at[2] : 0u);
		char b[4] = { digit[v >> 18], digit[v >> 12 & 63], n > 1 ? digit[v >> 6 & 63] : '=', n > 2 ? digit[v & 63] : '=' };

		octets_add(o, b, 4);
	}
}

void octets_free(struct octets *o)
{
	free(o->b);
	*o = (struct octets){ 0 };
}
