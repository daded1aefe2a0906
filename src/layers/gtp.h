/* GTP-U on the packet path: what is a G-PDU, and where its inner packet is (TS 29.281 5). */
#ifndef FW_LAYERS_GTP_H
#define FW_LAYERS_GTP_H

#include <stdbool.h>
#include <stdint.h>

enum { GTPU_PORT = 2152, GTPU_GPDU = 255, GTPU_EXT_MAX = 16 };

/* What the header says of its message's length, octets of all of it. */
static inline uint32_t gtpu_length(const uint8_t *p)
{
	return 8u + (uint32_t)(p[2] << 8 | p[3]);
}

/*
 * The header of a GTP-U message at p: n octets captured of the claim that UDP makes.  False: not
 * GTP-U: another version or protocol type, a chain of extension headers that
 * breaks.  *head: octets before the payload; *end: where the message ends, at most claim.  Bit 4
 * of octet 1 is spare and not looked at.  One of E, S, PN: octets 9 to 12 are there (5.1); the next
 * extension type counts only with E.
 */
static inline bool gtpu_head(const uint8_t *p, uint32_t n, uint32_t claim, uint32_t *head, uint32_t *end)
{
	uint32_t at = 8, len;
	uint8_t next;

	if (n < 8 || p[0] >> 5 != 1 || !(p[0] & 0x10))
		return false;
	len = gtpu_length(p);
	if (len > claim)
		len = claim;
	*end = len;
	if (n > len)
		n = len;
	if (!(p[0] & 7)) {
		*head = at;
		return true;
	}
	if (n < 12)
		return false;
	next = p[0] & 4 ? p[11] : 0;
	at = 12;
	for (int i = 0; next; i++) {
		uint32_t ext;

		if (i == GTPU_EXT_MAX || at >= n || !p[at])
			return false;
		ext = p[at] * 4u;
		if (ext > n - at)
			return false;
		at += ext;
		next = p[at - 1];
	}
	*head = at;
	return true;
}

/*
 * A G-PDU whose length is not what UDP says: padding, a user plane that counts its header into the
 * length (seen in the field), or something that merely looks like GTP-U.  It counts as one when the
 * packet in it (n octets captured of len) is an IP packet that ends no later.
 */
static inline bool gtpu_inner_fits(const uint8_t *p, uint32_t n, uint32_t len)
{
	if (n < 6)
		return false;
	if (p[0] >> 4 == 4)
		return (p[0] & 15) >= 5 && (uint32_t)(p[2] << 8 | p[3]) >= 20 && (uint32_t)(p[2] << 8 | p[3]) <= len;
	return p[0] >> 4 == 6 && 40u + (uint32_t)(p[4] << 8 | p[5]) <= len;
}

#endif
