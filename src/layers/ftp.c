/*
 * FTP's control connection (RFC 959), on TCP port 21 by a line of it, and on any port by a greeting that names FTP.
 *   request: command of three or four letters [SP argument] CR LF      response: code(3 digits) SP or '-' text CR LF
 * Arguments are not kept (names, passwords, paths), nor what a server says but for its greeting.
 */
#include "line.h"
#include "tls.h"

enum { PORT = 21 };

static const struct cover_row understood[] = {
	{ "message", 0, "Request", "RFC 959 4.1" },
	{ "message", 1, "Response", "RFC 959 4.2" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

static bool is_response(const uint8_t *p, size_t n)
{
	return n >= 4 && p[0] >= '1' && p[0] <= '6' && line_digit(p[1]) && line_digit(p[2]) && (p[3] == ' ' || p[3] == '-' || p[3] == '\r' || p[3] == '\n');
}

/* Letters of the command at the front; 0: none. */
static size_t command(const uint8_t *p, size_t n)
{
	size_t k = 0;

	while (k < n && line_letter(p[k]))
		k++;
	return (k == 3 || k == 4) && k < n && (p[k] == ' ' || p[k] == '\r' || p[k] == '\n') ? k : 0;
}

static bool begins(const struct opening *o)
{
	size_t n = line_length(o->p, o->n);

	if (o->pkt->sport == PORT || o->pkt->dport == PORT)
		return n && n != SIZE_MAX && (is_response(o->p, n) || command(o->p, n));
	return n && n != SIZE_MAX && n > 4 && !memcmp(o->p, "220", 3) && (o->p[3] == ' ' || o->p[3] == '-') && line_holds(o->p, n, "ftp");
}

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	const uint8_t *p = m->cur.p;
	size_t have = *n = cur_left(&m->cur), line = line_length(p, have);

	layer_mark(l, p, have < 5 ? have : 5, MARK_SIGNALLING);
	if (tls_front(p, have))
		return proto_tls.stream(l, m, gap, n);
	if (line == SIZE_MAX)
		return gap ? STREAM_SKIP : STREAM_STOP;
	if (!line)
		return STREAM_MORE;
	*n = line;
	return is_response(p, line) || command(p, line) ? STREAM_UNIT : STREAM_SKIP;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	size_t n = cur_left(&c), k = command(c.p, n);
	const uint8_t *p = c.p;
	struct fact *f;

	if (tls_front(p, n))
		return proto_tls.read(l, m);
	if (!k && !is_response(p, n))
		return false;
	f = layer_begin(l, m, FACT_FTP);
	if (k) {
		put_text(layer_put(l), KEY_FTP_command, (const char *)cur_take(&c, k), k);
		layer_read(l, p, &c);
	} else {
		put_uint(layer_put(l), KEY_FTP_code, (uint64_t)(p[0] - '0') * 100 + (uint64_t)(p[1] - '0') * 10 + (uint64_t)(p[2] - '0'));
		(void)cur_take(&c, 4);
		if (!memcmp(p, "220", 3) && n > 4 && line_text(p, n) > 4) {
			size_t text = line_text(p, n) - 4;

			put_text(layer_put(l), KEY_FTP_greeting, (const char *)cur_take(&c, text), text);
		}
		layer_read(l, p, &c);
	}
	if (n >= 2)
		layer_mark(l, p + n - 2, 2, MARK_SIGNALLING);		/* where the line ends */
	if (c.cut && line_length(p, n) == 0)
		cur_refuse(&c, CUR_CUT);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_ftp = {
	.name = "ftp", .title = "File Transfer Protocol", .spec = "RFC 959", .kind = FACT_FTP, .read = read_message, .stream = stream,
	.begins = begins, .cover = cover, .personal = true,
};
