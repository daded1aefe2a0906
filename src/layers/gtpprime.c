/*
 * GTP' (charging data from gateways to a charging gateway; UDP and TCP 3386).  TS 32.295: header 6.1.1, messages 6.2, elements 6.2.
 *   octet 1 version(3) PT=0 spare(3)=111 long header | 2 type | 3-4 length of what follows the header | 5-6 sequence
 * Version 0 with the last bit of octet 1 clear: 14 octets more (the header of GTPv0).  What data records say is subscribers': it is not read.
 */
#include "ie.h"

#include "be.h"

enum { PORT = 3386, HEAD = 6, HEAD_0 = 20, PT = 0x10, SPARE = 0x0e, SHORT = 1 };
enum { CAUSE = 1, COMMAND = 126 };

static const struct cover_row messages[] = {
	{ "message", 1, "Echo Request", "TS 32.295 6.2.1" },
	{ "message", 2, "Echo Response", "TS 32.295 6.2.1" },
	{ "message", 3, "Version Not Supported", "TS 32.295 6.2.1" },
	{ "message", 4, "Node Alive Request", "TS 32.295 6.2.2" },
	{ "message", 5, "Node Alive Response", "TS 32.295 6.2.2" },
	{ "message", 6, "Redirection Request", "TS 32.295 6.2.3" },
	{ "message", 7, "Redirection Response", "TS 32.295 6.2.3" },
	{ "message", 240, "Data Record Transfer Request", "TS 32.295 6.2.4" },
	{ "message", 241, "Data Record Transfer Response", "TS 32.295 6.2.4" },
};
enum { MESSAGES = sizeof(messages) / sizeof(messages[0]) };

static const struct ie_def rows[] = {
	[CAUSE] = { .type = CAUSE, .kind = IE_UINT, .len = 1, .key = KEY_GTP_cause, .name = "Cause", .spec = "TS 32.295 6.2" },
	[COMMAND] = { .type = COMMAND, .kind = IE_UINT, .len = 1, .key = KEY_GTPPRIME_tr_comm, .name = "Packet Transfer Command", .spec = "TS 32.295 6.2.4" },
};

/* Elements below 128 have a length that the type alone tells. */
static void head(struct cur *c, struct ie_head *h)
{
	enum { RECOVERY = 14, CHARGING_ID = 127 };

	h->type = cur_u8(c);
	h->len = 0;
	if (h->type >= 128)
		h->len = cur_u16(c);
	else if (h->type == CAUSE || h->type == COMMAND || h->type == RECOVERY)
		h->len = 1;
	else if (h->type == CHARGING_ID)
		h->len = 4;
	else
		cur_refuse(c, CUR_VALUE);
}

static const struct ie_table ies = { .row = rows, .n = sizeof(rows) / sizeof(rows[0]), .head = head };

/* Octets of the header at p, HEAD of them there; 0: it is none.  *len: of the whole message. */
static size_t header(const uint8_t *p, size_t *len)
{
	size_t n = p[0] >> 5 == 0 && !(p[0] & SHORT) ? HEAD_0 : HEAD;

	*len = n + be16(p + 2);
	if (p[0] >> 5 > 2 || p[0] & PT || (p[0] & SPARE) != SPARE)
		return 0;
	for (unsigned i = 0; i < MESSAGES; i++)
		if (messages[i].id == p[1])
			return n;
	return 0;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur, body;
	const uint8_t *p = c.p;
	size_t left = cur_left(&c), len, n;
	struct fact *f;

	if (left < HEAD || !(n = header(p, &len)) || (c.cut ? len <= left : len != left))
		return false;
	f = layer_begin(l, m, FACT_GTPPRIME);
	put_uint(layer_put(l), KEY_GTP_message, p[1]);
	put_uint(layer_put(l), KEY_GTP_seq, be16(p + 4));
	body = cur_sub(&c, len);
	(void)cur_take(&body, n);
	layer_read(l, p, &body);
	ie_read(l, &ies, &body);
	cur_refuse(&body, c.why);
	layer_emit(l, f, &body, OUT_OK);
	return true;
}

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	size_t left = cur_left(&m->cur);

	(void)l;
	*n = left;
	if (left < HEAD)
		return STREAM_MORE;
	if (!header(m->cur.p, n)) {
		*n = left;
		return gap ? STREAM_SKIP : STREAM_STOP;
	}
	return STREAM_UNIT;
}

static bool cover(unsigned i, struct cover_row *row)
{
	return ie_cover(messages, MESSAGES, &ies, i, row);
}

const struct proto proto_gtpprime = {
	.name = "gtpprime", .title = "GTP' (charging records)", .spec = "TS 32.295", .udp = { PORT }, .tcp = { PORT }, .kind = FACT_GTPPRIME,
	.read = read_message, .stream = stream, .cover = cover,
};
