#include "per.h"

#include <assert.h>
#include <string.h>

void per_bits(struct per *p, uint64_t v, unsigned n)
{
	while (n--) {
		if (!p->room) {
			put8(&p->b, 0);
			p->room = 8;
		}
		p->room--;
		p->b.p[p->b.n - 1] |= (uint8_t)((v >> n & 1) << p->room);
	}
}

void per_align(struct per *p) { p->room = 0; }

static unsigned bits_for(uint64_t top)
{
	unsigned n = 0;

	for (; top; top >>= 1)
		n++;
	return n;
}

/* 11.5.7: a bit-field up to 255 values, one octet for 256, two up to 64K, else the fewest octets behind their count. */
void per_int(struct per *p, uint64_t v, uint64_t lo, uint64_t hi)
{
	uint64_t top = hi - lo, x = v - lo;
	unsigned octets = x ? (bits_for(x) + 7) / 8 : 1;

	assert(v >= lo && v <= hi);
	if (top < 255) {
		per_bits(p, x, bits_for(top));
	} else if (top <= 0xffff) {
		per_align(p);
		per_bits(p, x, top == 255 ? 8 : 16);
	} else {
		per_int(p, octets, 1, (bits_for(top) + 7) / 8);
		per_align(p);
		per_bits(p, x, 8 * octets);
	}
}

void per_int_x(struct per *p, uint64_t v, uint64_t lo, uint64_t hi)
{
	per_bits(p, 0, 1);
	per_int(p, v, lo, hi);
}

void per_enum_x(struct per *p, unsigned v, unsigned count) { per_int_x(p, v, 0, count - 1); }

void per_seq(struct per *p, unsigned options, unsigned bits)
{
	per_bits(p, 0, 1);
	per_bits(p, options, bits);
}

void per_fixed(struct per *p, const void *v, size_t n)
{
	const uint8_t *at = v;

	if (n > 2)
		per_align(p);
	for (size_t i = 0; i < n; i++)
		per_bits(p, at[i], 8);
}

void per_count(struct per *p, size_t n)
{
	assert(n < 16384);		/* longer would be sent in pieces, which nothing here is */
	per_align(p);
	if (n < 128)
		per_bits(p, n, 8);
	else
		per_bits(p, 0x8000 | n, 16);
}

void per_octets(struct per *p, const void *v, size_t n)
{
	per_count(p, n);
	put_mem(&p->b, v, n);
}

void per_open(struct per *p, struct buf v)
{
	per_octets(p, v.p, v.n);
	buf_free(&v);
}

void per_bitstr(struct per *p, uint64_t v, unsigned n, unsigned lo, unsigned hi, bool ext)
{
	if (ext)
		per_bits(p, 0, 1);
	if (lo != hi)
		per_int(p, n, lo, hi);
	if (hi > 16)
		per_align(p);
	per_bits(p, v, n);
}

void per_printable(struct per *p, const char *s, unsigned lo, unsigned hi)
{
	size_t n = strlen(s);

	per_int_x(p, n, lo, hi);
	per_align(p);
	for (size_t i = 0; i < n; i++)
		per_bits(p, (uint8_t)s[i], 8);
}

struct buf per_end(struct per *p)
{
	struct buf b = p->b;

	if (!b.n)
		put8(&b, 0);
	*p = (struct per){ 0 };
	return b;
}
