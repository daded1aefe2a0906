/*
 * A keyed 64-bit hash for tables that hostile traffic fills: 64x64->128 multiply and fold over 16
 * octets a step.  Not a cryptographic hash: the secret must not leak.
 */
#ifndef FW_BASE_HASH_H
#define FW_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct hash_key { uint64_t k[4]; };

static inline uint64_t hash_read8(const uint8_t *p)
{
	uint64_t v;

	memcpy(&v, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v;
}

/*
 * Two numbers as they lie side by side in memory.  A key that is written in whole words can be read in whole words at once; of
 * parts written one by one a processor must first wait until all of them are stored.
 */
enum { HASH_BIG = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ };
static inline uint64_t hash_word(uint32_t first, uint32_t second) { return (uint64_t)first << 32 * HASH_BIG | (uint64_t)second << 32 * !HASH_BIG; }
static inline uint32_t hash_half(uint16_t first, uint16_t second) { return (uint32_t)first << 16 * HASH_BIG | (uint32_t)second << 16 * !HASH_BIG; }
static inline uint16_t hash_octets(uint8_t first, uint8_t second) { return (uint16_t)(first << 8 * HASH_BIG | second << 8 * !HASH_BIG); }

static inline uint64_t hash_fold(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide m = (wide)a * b;

	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/* Fewer than 8 octets, as if zeros followed. */
static inline uint64_t hash_read_few(const uint8_t *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v |= (uint64_t)p[i] << 8 * i;
	return v;
}

static inline uint64_t hash_bytes(const struct hash_key *k, const void *data, size_t n)
{
	const uint8_t *p = data;
	uint64_t h = k->k[0] ^ hash_fold(k->k[1] ^ n, k->k[2]), g = k->k[3];

	for (; n >= 32; p += 32, n -= 32) {		/* two lanes: the multiplier is never idle */
		h = hash_fold(hash_read8(p) ^ k->k[1], hash_read8(p + 8) ^ h);
		g = hash_fold(hash_read8(p + 16) ^ k->k[2], hash_read8(p + 24) ^ g);
	}
	if (n >= 16) {
		h = hash_fold(hash_read8(p) ^ k->k[1], hash_read8(p + 8) ^ h);
		p += 16;
		n -= 16;
	}
	if (n) {				/* the rest, as if zeros followed */
		uint64_t lo = n >= 8 ? hash_read8(p) : hash_read_few(p, n), hi = 0;

		if (n > 8)
			hi = hash_read8(p + n - 8) >> 8 * (16 - n);
		g = hash_fold(lo ^ k->k[2], hi ^ g);
	}
	return hash_fold(h ^ k->k[3], g ^ k->k[0]);
}

/*
 * Of much data: four lanes, so that no multiplication waits for another, and the last 64 octets as they are, so that nothing
 * depends on how many are left over.  Not the value of hash_bytes() from 64 octets on.
 */
static inline uint64_t hash_long(const struct hash_key *k, const void *data, size_t n)
{
	const uint8_t *p = data, *last;
	uint64_t a = k->k[0] ^ n, b = k->k[1], c = k->k[2], d = k->k[3];

	if (n < 64)
		return hash_bytes(k, data, n);
	last = p + n - 64;
	for (;; p = p + 64 < last ? p + 64 : last) {
		a = hash_fold(hash_read8(p) ^ k->k[1], hash_read8(p + 8) ^ a);
		b = hash_fold(hash_read8(p + 16) ^ k->k[2], hash_read8(p + 24) ^ b);
		c = hash_fold(hash_read8(p + 32) ^ k->k[3], hash_read8(p + 40) ^ c);
		d = hash_fold(hash_read8(p + 48) ^ k->k[0], hash_read8(p + 56) ^ d);
		if (p == last)
			break;
	}
	return hash_fold(hash_fold(a ^ k->k[2], b ^ k->k[3]) ^ k->k[1], hash_fold(c ^ k->k[0], d ^ k->k[1]) ^ k->k[2]);
}

/* A key from a seed of any length (the case key), so that equal cases place records alike. */
static inline struct hash_key hash_key_make(const void *seed, size_t n)
{
	struct hash_key k = { { 0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb, 0xd6e8feb86659fd93 } }, out;

	for (int i = 0; i < 4; i++) {
		k.k[0] += 0x9e3779b97f4a7c15;
		out.k[i] = hash_bytes(&k, seed, n) | 1;
	}
	return out;
}

#endif
