/*
 * Redis (RESP, "Redis serialization protocol specification"), on any TCP port by a client's first command.
 *   "*" n CRLF, n times "$" octets CRLF text CRLF
 * The first command's name is read, its arguments are not.
 */
#include "once.h"

static const struct cover_row understood[] = {
	{ "message", 0, "Command", "RESP: Sending commands" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

enum { NAME = 12 };

/* A number of 1 to 3 digits and CR LF; octets of it, or 0. */
static size_t number(const uint8_t *p, size_t n, unsigned *v)
{
	size_t i = 0;

	*v = 0;
	while (i < n && i < 3 && p[i] >= '0' && p[i] <= '9')
		*v = *v * 10 + (unsigned)(p[i++] - '0');
	return i && i + 2 <= n && p[i] == '\r' && p[i + 1] == '\n' ? i + 2 : 0;
}

static bool is_command(const char *s, size_t n)
{
	static const char *const first[] = { "HELLO", "AUTH", "PING", "SELECT", "CLIENT", "COMMAND", "INFO", "CONFIG", "SUBSCRIBE", "GET", "SET", "REPLCONF",
		"PSYNC", "CLUSTER", "ECHO", "ROLE", "MULTI" };

	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++) {
		size_t k = 0;

		while (k < n && first[i][k] == (s[k] & ~32))
			k++;
		if (k == n && !first[i][n])
			return true;
	}
	return false;
}

/* Where the first command's name is; NULL: none. */
static const char *command(const uint8_t *p, size_t n, size_t *len)
{
	unsigned count, octets;
	size_t at = 1, k;

	if (n < 14 || p[0] != '*' || !(k = number(p + at, n - at, &count)) || !count)
		return NULL;
	at += k;
	if (at >= n || p[at++] != '$' || !(k = number(p + at, n - at, &octets)) || octets < 3 || octets > NAME)
		return NULL;
	at += k;
	if (n - at < octets + 2u || p[at + octets] != '\r' || p[at + octets + 1] != '\n' || !is_command((const char *)p + at, octets))
		return NULL;
	*len = octets;
	return (const char *)p + at;
}

static bool begins(const struct opening *o)
{
	size_t n;

	return command(o->p, o->n, &n) != NULL;
}

extern const struct proto proto_resp;

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	size_t len;

	(void)gap;
	*n = cur_left(&m->cur);
	return command(m->cur.p, *n, &len) && once(l, &proto_resp, m, m->assoc) ? STREAM_UNIT : STREAM_STOP;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	struct fact *f;
	const char *s;
	size_t n;

	s = command(c.p, cur_left(&c), &n);
	if (!s)
		return false;
	f = layer_begin(l, m, FACT_RESP);
	put_text(layer_put(l), KEY_RESP_command, s, n);
	(void)cur_take(&c, (size_t)((const uint8_t *)s - c.p) + n + 2);
	layer_read(l, m->cur.p, &c);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_resp = {
	.name = "resp", .title = "Redis", .spec = "RESP", .kind = FACT_RESP, .read = read_message, .stream = stream, .begins = begins, .first = "*",
	.nfirst = 1, .cover = cover, .personal = true, .state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
