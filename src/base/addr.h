/* Network addresses, and the texts of addresses and times.  IPv4, IPv6; canonical text is RFC 5952. */
#ifndef FW_BASE_ADDR_H
#define FW_BASE_ADDR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct addr {
	uint8_t	b[16];		/* IPv4: first 4 octets, the rest zero */
	uint8_t	fam;		/* 4, 6, or 0: none */
};

enum { ADDR_TEXT = 48, TIME_TEXT = 32 };

/* The octets are stored at once: they are soon read at once, and a processor waits when it must join two stores for that. */
static inline struct addr addr_make(const uint8_t *p, unsigned fam)
{
	typedef uint32_t words __attribute__((vector_size(16)));
	struct addr a = { .fam = (uint8_t)fam };
	uint32_t first;
	words all;

	if (fam == 4) {
		memcpy(&first, p, 4);
		all = (words){ first, 0, 0, 0 };
	} else {
		memcpy(&all, p, 16);
	}
	memcpy(a.b, &all, 16);
	return a;
}

static inline bool addr_eq(const struct addr *a, const struct addr *b)
{
	return a->fam == b->fam && !memcmp(a->b, b->b, 16);
}

/* Total order: family, then octets. */
static inline int addr_cmp(const struct addr *a, const struct addr *b)
{
	if (a->fam != b->fam)
		return a->fam < b->fam ? -1 : 1;
	return memcmp(a->b, b->b, 16);
}

/* a's first `bits` bits equal those of net. */
bool addr_in(const struct addr *a, const struct addr *net, unsigned bits);
/* a with all but its first `bits` bits zero. */
struct addr addr_net(const struct addr *a, unsigned bits);
bool addr_is_multicast(const struct addr *a);
bool addr_is_any(const struct addr *a);
/* A global unicast address: not private, loopback, link-local, multicast or unspecified (documentation prefixes stand for global ones). */
bool addr_is_global(const struct addr *a);

/* Writes canonical text with its end, returns its length. */
size_t addr_text(const struct addr *a, char out[ADDR_TEXT]);
/* True and *out set when s (n bytes) is an address in text form. */
bool addr_parse(const char *s, size_t n, struct addr *out);

/* RFC 3339 UTC with nanoseconds, 30 characters and an end: "2021-03-04T05:06:07.000000000Z". */
size_t time_text(uint64_t t_ns, char out[TIME_TEXT]);
/* The reverse; false when s is not of that form. */
bool time_parse(const char *s, size_t n, uint64_t *t_ns);

#endif
