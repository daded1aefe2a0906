#include "buf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *need(void *p)
{
	if (!p) {
		fputs("netgen: out of memory\n", stderr);
		exit(4);
	}
	return p;
}

void buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ 0 };
}

struct buf buf_of(const void *p, size_t n)
{
	struct buf b = { 0 };

	put_mem(&b, p, n);
	return b;
}

struct buf buf_copy(const struct buf *b) { return buf_of(b->p, b->n); }
struct buf buf_str(const char *s) { return buf_of(s, strlen(s)); }

void buf_shorten(struct buf *b, size_t n)
{
	if (n < b->n)
		b->n = n;
}

uint8_t *put_room(struct buf *b, size_t n)
{
	uint8_t *at;

	assert(n <= BUF_MAX && b->n <= BUF_MAX - n);
	if (b->n + n > b->cap) {
		size_t cap = b->cap ? b->cap : 64;

		while (cap < b->n + n)
			cap *= 2;
		b->p = need(realloc(b->p, cap));
		b->cap = cap;
	}
	at = b->p ? b->p + b->n : NULL;
	if (n)
		memset(at, 0, n);
	b->n += n;
	return at;
}

static void put_be(struct buf *b, uint64_t v, size_t n)
{
	uint8_t *at = put_room(b, n);

	for (size_t i = n; i-- > 0; v >>= 8)
		at[i] = (uint8_t)v;
}

void put8(struct buf *b, unsigned v) { put_be(b, v, 1); }
void put16(struct buf *b, unsigned v) { put_be(b, v, 2); }
void put24(struct buf *b, uint32_t v) { put_be(b, v, 3); }
void put32(struct buf *b, uint32_t v) { put_be(b, v, 4); }
void put64(struct buf *b, uint64_t v) { put_be(b, v, 8); }

void put_mem(struct buf *b, const void *p, size_t n)
{
	uint8_t *at = put_room(b, n);

	if (n)
		memcpy(at, p, n);
}

void put_str(struct buf *b, const char *s) { put_mem(b, s, strlen(s)); }

void put_buf(struct buf *b, struct buf in)
{
	put_mem(b, in.p, in.n);
	buf_free(&in);
}

void set8(struct buf *b, size_t at, unsigned v)
{
	assert(at < b->n);
	b->p[at] = (uint8_t)v;
}

void set16(struct buf *b, size_t at, unsigned v)
{
	set8(b, at, v >> 8);
	set8(b, at + 1, v);
}

void set32(struct buf *b, size_t at, uint32_t v)
{
	set16(b, at, v >> 16);
	set16(b, at + 2, v & 0xffff);
}

size_t len8_open(struct buf *b)
{
	put8(b, 0);
	return b->n - 1;
}

void len8_close(struct buf *b, size_t at)
{
	assert(b->n - at - 1 <= 0xff);
	set8(b, at, (unsigned)(b->n - at - 1));
}

size_t len16_open(struct buf *b)
{
	put16(b, 0);
	return b->n - 2;
}

void len16_close(struct buf *b, size_t at)
{
	assert(b->n - at - 2 <= 0xffff);
	set16(b, at, (unsigned)(b->n - at - 2));
}

uint64_t seed_next(struct seed *s)
{
	uint64_t z = s->s += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

uint32_t seed_below(struct seed *s, uint32_t n) { return (uint32_t)(seed_next(s) % n); }

void put_seed(struct buf *b, struct seed *s, size_t n)
{
	while (n--)
		put8(b, (uint8_t)seed_next(s));
}
