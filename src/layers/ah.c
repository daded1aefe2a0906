/*
 * AH (RFC 4302) above IPv4: next header(1) length(1) reserved(2) SPI(4) sequence(4) integrity value.
 * One fact an SPI and direction.  It protects against changes, not against readers.  Above IPv6 it is an extension header: what it
 * protects is read (parse.c).
 */
#include "once.h"

enum { HEAD = 12 };

extern const struct proto proto_ah;

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	uint8_t next = cur_u8(&c), len = cur_u8(&c);
	uint16_t zero = cur_u16(&c);
	uint32_t spi = cur_u32(&c), seq = cur_u32(&c);
	struct fact *f;

	layer_read(l, m->cur.p, &c);
	if (c.why != CUR_OK || zero || len < 1 || (len + 2u) * 4 > (c.cut ? SIZE_MAX : HEAD + cur_left(&c)))
		return false;
	if (!once(l, &proto_ah, m, spi))
		return false;
	f = layer_begin(l, m, FACT_AH);
	put_uint(layer_put(l), KEY_AH_next, next);
	put_uint(layer_put(l), KEY_AH_spi, spi);
	put_uint(layer_put(l), KEY_AH_sequence, seq);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

static const struct cover_row rows[] = { { "header", 0, "SPI, sequence number, next header", "RFC 4302 2" } };

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(rows) / sizeof(rows[0]))
		return false;
	*row = rows[i];
	return true;
}

const struct proto proto_ah = {
	.name = "ah", .title = "IP Authentication Header", .spec = "RFC 4302", .ip = { 51 }, .kind = FACT_AH, .read = read_message, .cover = cover,
	.state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
