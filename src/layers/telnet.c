/*
 * Telnet (RFC 854) on any TCP port by its negotiation: IAC(255) command(1) [option(1)], IAC SB option ... IAC SE.
 * The commands are read; what people type and what they see is not.
 */
#include "layer.h"

enum { PORT = 23, IAC = 255, SE = 240, SB = 250, WILL = 251, DONT = 254, OPTIONS = 50, RUN_MAX = 4096 };

static const struct cover_row understood[] = {
	{ "command", SE, "End of subnegotiation", "RFC 854" }, { "command", SB, "Subnegotiation", "RFC 854" }, { "command", WILL, "Will", "RFC 854" },
	{ "command", 252, "Won't", "RFC 854" }, { "command", 253, "Do", "RFC 854" }, { "command", DONT, "Don't", "RFC 854" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

/* Octets of the command at the front: 0: more have to come; SIZE_MAX: there is none. */
static size_t command(const uint8_t *p, size_t n)
{
	if (n < 2)
		return n && p[0] != IAC ? SIZE_MAX : 0;
	if (p[0] != IAC || p[1] < SE || p[1] == IAC)
		return SIZE_MAX;
	if (p[1] == SB) {
		for (size_t i = 3; i < n && i < RUN_MAX; i++) {
			if (p[i - 1] != IAC)
				continue;
			if (p[i] == SE)
				return i + 1;
			i++;				/* IAC IAC: the octet 255 itself */
		}
		return n < RUN_MAX ? 0 : SIZE_MAX;
	}
	return p[1] < WILL ? 2 : n < 3 ? 0 : 3;
}

/* The whole packet is negotiation, of options that there are; on Telnet's port a command at the front is enough. */
static bool begins(const struct opening *o)
{
	size_t at = 0, n;
	unsigned options = 0;

	if (o->pkt->sport == PORT || o->pkt->dport == PORT) {
		n = command(o->p, o->n);
		return n && n != SIZE_MAX;
	}

	while (at < o->n) {
		n = command(o->p + at, o->n - at);
		if (!n || n == SIZE_MAX || o->p[at + 1] < SB || o->p[at + 2] >= OPTIONS)
			return false;
		options++;
		at += n;
	}
	return options >= 1 && o->n == o->claim;
}

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	const uint8_t *p = m->cur.p;
	size_t have = cur_left(&m->cur), at = 0, k;

	(void)l;
	(void)gap;
	if (have && p[0] != IAC) {
		while (at < have && p[at] != IAC)
			at++;
		*n = at;
		return STREAM_SKIP;
	}
	while (at < have && at < RUN_MAX) {
		k = command(p + at, have - at);
		if (!k && !at)
			return STREAM_MORE;
		if (!k || k == SIZE_MAX)
			break;
		at += k;
	}
	*n = at ? at : 2;			/* IAC IAC and what is no command */
	return at ? STREAM_UNIT : have < 2 ? STREAM_MORE : STREAM_SKIP;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	size_t have = cur_left(&m->cur), at = 0, n;
	struct cur c = m->cur;
	const uint8_t *p = c.p;
	struct fact *f;

	n = command(p, have);
	if (!n || n == SIZE_MAX)
		return false;
	f = layer_begin(l, m, FACT_TELNET);
	for (; at < have; at += n) {
		n = command(p + at, have - at);
		if (!n || n == SIZE_MAX) {
			cur_refuse(&c, c.cut ? CUR_CUT : CUR_SHORT);
			break;
		}
		put_uint(layer_put(l), KEY_TELNET_cmd, p[at + 1]);
		layer_mark(l, p + at, n < 3 ? n : 3, MARK_SIGNALLING);
		if (p[at + 1] == SB) {
			put_uint(layer_put(l), KEY_TELNET_cmd, SE);
			layer_mark(l, p + at + n - 2, 2, MARK_SIGNALLING);
		}
	}
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_telnet = {
	.name = "telnet", .title = "Telnet", .spec = "RFC 854", .kind = FACT_TELNET, .read = read_message, .stream = stream,
	.begins = begins, .first = "\xff", .nfirst = 1, .cover = cover, .personal = true,
};
