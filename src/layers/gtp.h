/* GTP-U on the packet path: what is a G-PDU, and where its inner packet begins (TS 29.281 5). */
#ifndef FW_LAYERS_GTP_H
#define FW_LAYERS_GTP_H

#include <stdbool.h>
#include <stdint.h>

enum { GTPU_PORT = 2152, GTPU_GPDU = 255, GTPU_EXT_MAX = 16 };

/*
 * The header of a GTP-U message at p: n octets captured of the claim that UDP makes.  False: not
 * GTP-U: another version, or a length that is not what UDP says.  *head: octets before the payload.
 */
static inline bool gtpu_head(const uint8_t *p, uint32_t n, uint32_t claim, uint32_t *head)
{
	uint32_t at = 8;
	uint8_t next;

	if (n < 8 || p[0] >> 4 != 3 || 8u + (uint32_t)(p[2] << 8 | p[3]) != claim)
		return false;
	if (!(p[0] & 7)) {
		*head = at;
		return true;
	}
	if (claim < 12 || n < 12)
		return false;
	next = p[0] & 4 ? p[11] : 0;
	at = 12;
	for (int i = 0; next; i++) {
		uint32_t len;

		if (i == GTPU_EXT_MAX || at >= n || !p[at])
			return false;
		len = p[at] * 4u;
		if (len > claim - at || len > n - at)
			return false;
		at += len;
		next = p[at - 1];
	}
	*head = at;
	return true;
}

#endif
