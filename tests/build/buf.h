/*
 * A growing buffer of octets for what goes on the wire: big-endian puts, lengths that are patched when their end
 * is known, and the seed that every made-up value comes from.
 *
 * A function that returns a struct buf hands it over; one that takes a struct buf (not a pointer) eats it.
 * Whoever runs out of memory here ends the program: this builds tests, it is not under test.
 */
#ifndef FW_BUILD_BUF_H
#define FW_BUILD_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BUF_MAX = 1 << 27 };	/* beyond this a loop has gone wrong */

struct buf {
	uint8_t	*p;
	size_t	 n, cap;
};

void *need(void *p);		/* ends the program when p is NULL */

void buf_free(struct buf *b);
struct buf buf_copy(const struct buf *b);
struct buf buf_of(const void *p, size_t n);
struct buf buf_str(const char *s);
void buf_shorten(struct buf *b, size_t n);	/* keep the first n octets */

uint8_t *put_room(struct buf *b, size_t n);	/* n more octets, zeroed */
void put8(struct buf *b, unsigned v);
void put16(struct buf *b, unsigned v);
void put24(struct buf *b, uint32_t v);
void put32(struct buf *b, uint32_t v);
void put64(struct buf *b, uint64_t v);
void put_mem(struct buf *b, const void *p, size_t n);
void put_str(struct buf *b, const char *s);	/* without the final NUL */
void put_buf(struct buf *b, struct buf in);	/* eats in */

/* Leaves room for a length of 1 or 2 octets and fills it in with what has come since; returns where it stands. */
size_t len8_open(struct buf *b);
void len8_close(struct buf *b, size_t at);
size_t len16_open(struct buf *b);
void len16_close(struct buf *b, size_t at);
void set8(struct buf *b, size_t at, unsigned v);
void set16(struct buf *b, size_t at, unsigned v);
void set32(struct buf *b, size_t at, uint32_t v);

/* SplitMix64: the same seed gives the same network everywhere. */
struct seed { uint64_t s; };
uint64_t seed_next(struct seed *s);
uint32_t seed_below(struct seed *s, uint32_t n);	/* 0..n-1 */
void put_seed(struct buf *b, struct seed *s, size_t n);

#endif
