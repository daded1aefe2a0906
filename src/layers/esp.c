/*
 * ESP (RFC 4303, IP protocol 50; UDP 4500 comes from ike.c) : SPI(4) sequence(4) payload padding pad length(1) next header(1) ICV
 * One fact an SPI and direction: its first packet.  The others are counted as opaque packets.
 *
 * Whether a packet is ciphered is not written in it.  A packet of NULL encryption (RFC 2410) ends, before an integrity value of a
 * usual length, with padding 1, 2, 3, ..., its length and the number of a protocol whose header stands at the front: when all of
 * that is so the fact says that it looks like NULL.  RFC 5879 calls this a heuristic, and it is one.
 */
#include "esp.h"

#include "once.h"

enum { HEAD = 8, TRAILER = 2 };

/* Does the front of n octets look like the header of that protocol? */
static bool header_fits(uint8_t next, const uint8_t *p, uint32_t n)
{
	uint32_t len = n >= 6 ? (uint32_t)p[4] << 8 | p[5] : 0;

	switch (next) {
	case 4: return n >= 20 && p[0] >> 4 == 4 && (p[0] & 15) >= 5 && ((uint32_t)p[2] << 8 | p[3]) == n;
	case 41: return n >= 40 && p[0] >> 4 == 6 && len + 40 == n;
	case 17: return n >= 8 && len == n;
	case 6: return n >= 20 && (p[12] >> 4) >= 5 && (p[12] >> 4) * 4u <= n && !(p[12] & 14);
	case 132: return n >= 16 && p[12] < 16 && ((uint32_t)p[14] << 8 | p[15]) + 12 <= n && !(n & 3);
	default: return false;
	}
}

/* What was looked at for that: the front of the header, no address of it; padding, its length, the next header. */
static void claim(const struct layers *l, const uint8_t *p, uint32_t end, uint32_t pad)
{
	uint8_t next = p[end - 1];
	uint32_t front = next == 4 || next == 41 ? 6 : next == 17 ? 8 : 16;

	layer_mark(l, p, front, MARK_SIGNALLING);
	layer_mark(l, p + end - TRAILER - pad, TRAILER + pad, MARK_SIGNALLING);
}

/* Octets p..p+n behind the sequence number, all that were sent. */
static bool looks_null(const struct layers *l, const uint8_t *p, uint32_t n)
{
	static const uint8_t icv[] = { 12, 16, 24, 32, 0 };		/* HMAC-SHA1-96 and MD5-96; SHA-256-128, GMAC; -384-192; -512-256 */
	static const uint8_t iv[] = { 0, 8 };				/* ENCR_NULL_AUTH_AES_GMAC (RFC 4543) has one */

	for (unsigned i = 0; i < sizeof(icv); i++)
		for (unsigned k = 0; k < sizeof(iv); k++) {
			uint32_t end = n - icv[i], pad, body;

			if (n < icv[i] + iv[k] + TRAILER + 8u)
				continue;
			pad = p[end - 2];
			if (pad + TRAILER > end - iv[k])
				continue;
			for (body = 0; body < pad && p[end - TRAILER - pad + body] == body + 1; body++)
				;
			if (body == pad && header_fits(p[end - 1], p + iv[k], end - iv[k] - TRAILER - pad)) {
				claim(l, p + iv[k], end - iv[k], pad);
				return true;
			}
		}
	return false;
}

extern const struct proto proto_esp;

bool esp_packet(struct layers *l, const struct msg *m, struct cur c)
{
	const uint8_t *from = c.p;
	uint32_t spi = cur_u32(&c), seq = cur_u32(&c);
	bool null;
	struct fact *f;

	layer_read(l, from, &c);
	if (c.why != CUR_OK || !spi || cur_left(&c) < TRAILER)
		return false;
	null = !c.cut && looks_null(l, c.p, (uint32_t)cur_left(&c));
	if (!once(l, &proto_esp, m, (uint64_t)null << 32 | spi))
		return false;
	f = layer_begin(l, m, FACT_ESP);
	put_uint(layer_put(l), KEY_ESP_spi, spi);
	put_uint(layer_put(l), KEY_ESP_sequence, seq);
	if (m->pkt->proto == 17)
		put_bool(layer_put(l), KEY_ESP_udp, true);
	if (null)
		put_bool(layer_put(l), KEY_ESP_null, true);
	layer_emit(l, f, &c, OUT_ENCRYPTED);
	return true;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	return esp_packet(l, m, m->cur);
}

static const struct cover_row rows[] = { { "header", 0, "SPI and sequence number", "RFC 4303 2" } };

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(rows) / sizeof(rows[0]))
		return false;
	*row = rows[i];
	return true;
}

const struct proto proto_esp = {
	.name = "esp", .title = "IP Encapsulating Security Payload", .spec = "RFC 4303", .ip = { 50 }, .kind = FACT_ESP, .read = read_message,
	.cover = cover, .state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
