/*
 * Syslog (RFC 5424, RFC 3164), UDP 514 and TCP 514 and 601 (RFC 6587), and on any UDP port by its front.
 *   "<" priority ">" version SP ... or a date; over TCP with "length SP" before it, or lines
 * One fact a pair and direction: that there is a log and where it goes.  What is logged is not read.
 */
#include "line.h"
#include "once.h"

static const struct cover_row understood[] = {
	{ "message", 0, "Priority", "RFC 5424 6.2.1" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

enum { FRONT = 8 };		/* octets behind the priority by which it is known: a version and the front of a date */

/* Octets of "<PRI>" at the front; 0: none.  *pri: its value. */
static size_t priority(const uint8_t *p, size_t n, unsigned *pri)
{
	size_t i = 1;

	*pri = 0;
	if (n < 4 || p[0] != '<' || !line_digit(p[1]))
		return 0;
	while (i < n && i < 4 && line_digit(p[i]))
		*pri = *pri * 10 + (unsigned)(p[i++] - '0');
	return i < n && p[i] == '>' && *pri <= 191 ? i + 1 : 0;
}

/* On a port that is not syslog's: what follows the priority has to be a version and a space, or a month. */
static bool begins(const struct opening *o)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	unsigned pri;
	size_t n = priority(o->p, o->n, &pri);

	if (!n || o->n < n + FRONT)
		return false;
	if (o->p[n] == '1' && o->p[n + 1] == ' ')
		return o->p[n + 2] == '-' || (line_digit(o->p[n + 2]) && line_digit(o->p[n + 5]) && o->p[n + 6] == '-');
	for (int i = 0; i < 36; i += 3)
		if (!memcmp(o->p + n, months + i, 3) && o->p[n + 3] == ' ')
			return true;
	return false;
}

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	const uint8_t *p = m->cur.p;
	size_t have = *n = cur_left(&m->cur), i = 0, len = 0;
	unsigned pri;

	(void)l;
	while (i < have && i < 6 && line_digit(p[i]))
		len = len * 10 + (size_t)(p[i++] - '0');
	if (have < 12)
		return STREAM_MORE;
	if (i && p[i] == ' ' && priority(p + i + 1, have - i - 1, &pri)) {
		*n = i + 1 + len;
		return STREAM_UNIT;
	}
	if (!i && priority(p, have, &pri)) {
		len = line_length(p, have);
		*n = len ? len : have;
		return len == SIZE_MAX ? STREAM_STOP : len ? STREAM_UNIT : STREAM_MORE;
	}
	return gap ? STREAM_SKIP : STREAM_STOP;
}

extern const struct proto proto_syslog;

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	unsigned pri;
	struct fact *f;
	size_t n;

	if (m->pkt->proto == 6) {
		while (cur_left(&c) && line_digit(*c.p))
			(void)cur_u8(&c);
		if (cur_peek(&c) == ' ')
			(void)cur_u8(&c);
	}
	n = priority(c.p, cur_left(&c), &pri);
	if (!n)
		return false;
	(void)cur_take(&c, n);
	(void)cur_take(&c, cur_left(&c) < FRONT ? cur_left(&c) : FRONT);
	layer_read(l, m->cur.p, &c);
	layer_mark(l, m->cur.end - 1, 1, MARK_SIGNALLING);		/* where the line ends, when it is one */
	if (!once(l, &proto_syslog, m, m->pkt->dport))
		return true;
	f = layer_begin(l, m, FACT_SYSLOG);
	put_uint(layer_put(l), KEY_SYSLOG_facility, pri >> 3);
	put_uint(layer_put(l), KEY_SYSLOG_level, pri & 7);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_syslog = {
	.name = "syslog", .title = "Syslog", .spec = "RFC 5424", .udp = { 514 }, .tcp = { 514, 601 }, .kind = FACT_SYSLOG, .read = read_message,
	.stream = stream, .begins = begins, .first = "<", .nfirst = 1, .datagrams = true, .cover = cover, .personal = true,
	.state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
