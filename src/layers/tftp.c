/*
 * TFTP (RFC 1350), UDP 69: requests.  opcode(2): 1 read, 2 write | file name, zero octet | mode, zero octet | options
 * The file itself goes between other ports and is not read.
 */
#include "layer.h"

static const struct cover_row understood[] = {
	{ "message", 1, "Read request", "RFC 1350 5" },
	{ "message", 2, "Write request", "RFC 1350 5" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

static const char *string(struct cur *c, size_t *n)
{
	const uint8_t *p = c->p;

	while (cur_peek(c) > 0)
		(void)cur_u8(c);
	*n = (size_t)(c->p - p);
	(void)cur_u8(c);		/* the zero: missing is trouble, and whose the cursor knows */
	return (const char *)p;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	uint16_t op = cur_u16(&c);
	const char *s;
	struct fact *f;
	size_t n;

	if (c.why != CUR_OK || (op != 1 && op != 2) || cur_peek(&c) < 32)
		return false;
	f = layer_begin(l, m, FACT_TFTP);
	put_uint(layer_put(l), KEY_TFTP_opcode, op);
	s = string(&c, &n);
	put_text(layer_put(l), op == 1 ? KEY_TFTP_source : KEY_TFTP_destination, s, n);
	s = string(&c, &n);
	if (c.why == CUR_OK)
		put_text(layer_put(l), KEY_TFTP_type, s, n);
	layer_read(l, m->cur.p, &c);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_tftp = {
	.name = "tftp", .title = "Trivial File Transfer Protocol", .spec = "RFC 1350", .udp = { 69 }, .kind = FACT_TFTP, .read = read_message,
	.cover = cover, .personal = true,
};
