/*
 * NETCONF that is readable (RFC 6241), on any TCP port: the hello that both ends begin with (8.1), whichever of them opened the
 * connection (RFC 8071: the managed one may).  Over SSH and over TLS nothing of it is seen.
 *   [<?xml ...?>] <hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"> <capabilities> ... [<session-id>: the server's] </hello> ]]>]]>
 * What follows the hello is not read.
 */
#include "line.h"

enum { HELLO_MAX = 32768, TAG_MAX = 512 };

static const char name_space[] = "urn:ietf:params:xml:ns:netconf:base:1.0", end_mark[] = "]]>]]>";

static const struct cover_row understood[] = { { "message", 0, "hello", "RFC 6241 8.1" } };

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

static const uint8_t *find(const uint8_t *p, const uint8_t *end, const char *what)
{
	size_t n = strlen(what);

	for (; (size_t)(end - p) >= n && (p = memchr(p, *what, (size_t)(end - p) - n + 1)); p++)
		if (!memcmp(p, what, n))
			return p;
	return NULL;
}

static const uint8_t *behind_space(const uint8_t *p, const uint8_t *end)
{
	while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
		p++;
	return p;
}

/* Behind the hello's opening tag, which has the name space; NULL: it does not begin so, or has not come as far. */
static const uint8_t *opening(const uint8_t *p, const uint8_t *end)
{
	const uint8_t *stop, *tag;

	if (end - p > TAG_MAX)
		end = p + TAG_MAX;
	p = behind_space(p, end);
	if (end - p >= 6 && !memcmp(p, "<?xml ", 6)) {
		stop = find(p, end, "?>");
		if (!stop)
			return NULL;
		p = behind_space(stop + 2, end);
	}
	stop = p < end ? memchr(p, '>', (size_t)(end - p)) : NULL;
	if (!stop || *p != '<')
		return NULL;
	tag = ++p;			/* hello, or PREFIX:hello */
	while (p < stop && (line_letter(*p) || line_digit(*p)))
		p++;
	if (p < stop && *p == ':')
		tag = ++p;
	return stop - tag > 6 && !memcmp(tag, "hello", 5) && (tag[5] == ' ' || tag[5] == '\n' || tag[5] == '\r' || tag[5] == '\t') && find(tag, stop, name_space) ?
		stop + 1 : NULL;
}

static bool begins(const struct opening *o)
{
	return opening(o->p, o->p + o->n) != NULL;
}

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	const uint8_t *p = m->cur.p, *stop = find(p, m->cur.end, end_mark);
	size_t have = *n = cur_left(&m->cur);

	(void)l;
	if (!opening(p, m->cur.end))
		return gap || have >= TAG_MAX || stop ? STREAM_STOP : STREAM_MORE;
	if (!stop)
		return have > HELLO_MAX ? STREAM_STOP : STREAM_MORE;
	*n = (size_t)(stop - p) + sizeof(end_mark) - 1;
	return STREAM_UNIT;
}

/* Behind the next tag that closes an element of that name (with its '>'), whatever its prefix, and where the tag begins; NULL: there is none. */
static const uint8_t *closed(const uint8_t *from, const uint8_t *end, const char *name, const uint8_t **tag)
{
	for (const uint8_t *p = from, *at; (p = find(p, end, name)); p++) {
		for (at = p; at > from && (line_letter(at[-1]) || line_digit(at[-1]) || at[-1] == ':'); at--)
			;
		if (at - from >= 2 && at[-1] == '/' && at[-2] == '<') {
			*tag = at - 2;
			return p + strlen(name);
		}
	}
	return NULL;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	const uint8_t *at = opening(c.p, c.end), *last, *tag, *stop;
	uint64_t capabilities = 0;
	struct fact *f;
	bool server;

	if (!at)
		return false;
	f = layer_begin(l, m, FACT_NETCONF);
	layer_mark(l, c.p, (size_t)(at - c.p), MARK_SIGNALLING);
	put_text(layer_put(l), KEY_NETCONF_message, "hello", 5);
	last = at;
	for (const uint8_t *p = at; (p = closed(p, c.end, "capability>", &tag)); capabilities++)
		last = p;
	layer_mark(l, at, (size_t)(last - at), MARK_SIGNALLING);
	last = closed(at, c.end, "session-id>", &tag);
	server = last != NULL;		/* only its hello has one (8.1) */
	if (server)
		layer_mark(l, tag, (size_t)(last - tag), MARK_SIGNALLING);
	put_uint(layer_put(l), KEY_NETCONF_capabilities, capabilities);
	put_bool(layer_put(l), KEY_NETCONF_server, server);
	stop = find(at, c.end, end_mark);
	if (stop)
		layer_mark(l, stop, sizeof(end_mark) - 1, MARK_SIGNALLING);
	else
		cur_refuse(&c, c.cut ? CUR_CUT : CUR_SHORT);
	(void)layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_netconf = {
	.name = "netconf", .title = "NETCONF", .spec = "RFC 6241", .kind = FACT_NETCONF, .read = read_message, .stream = stream, .begins = begins,
	.first = "< \n\r\t", .nfirst = 5, .personal = true, .cover = cover,
};
