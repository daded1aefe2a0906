#include "verify_json.h"

#include "json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 1 << 16 };

struct stream {
	int		 fd;
	const struct jtaker *t;
	struct err	*e;
	struct jpath	 path;
	struct json	 again;
	struct verify_same same;
	uint64_t	 at;			/* octets before the buffer */
	size_t		 n, i;
	bool		 eof, failed, full;
	char		*text;			/* JTEXT_MAX + 4 */
	size_t		 len;
	char		 b[BLOCK];
};

static bool refuse(struct stream *s, const char *what)
{
	if (!s->e->text[0])
		err_set(s->e, "octet %llu: %s", (unsigned long long)(s->at + s->i), what);
	return false;
}

/* The next octet, or -1 at the end or after trouble. */
static int peek(struct stream *s)
{
	ssize_t got;

	if (s->i < s->n)
		return (uint8_t)s->b[s->i];
	if (s->eof)
		return -1;
	s->at += s->n;
	s->i = s->n = 0;
	got = pread(s->fd, s->b, BLOCK, (off_t)s->at);
	if (got <= 0) {
		s->eof = true;
		if (got < 0) {
			s->failed = true;
			err_set(s->e, "cannot be read: %s", strerror(errno));
		}
		return -1;
	}
	s->n = (size_t)got;
	return (uint8_t)s->b[0];
}

static int peek_token(struct stream *s)
{
	int c;

	while ((c = peek(s)) == ' ' || c == '\n')
		s->i++;
	return c;
}

int verify_same(void *ctx, const char *p, size_t n)
{
	struct verify_same *s = ctx;

	while (n) {
		size_t want = n < sizeof(s->b) ? n : sizeof(s->b), k = 0;
		ssize_t got = pread(s->fd, s->b, want, (off_t)s->at);

		while (k < want && (ssize_t)k < got && s->b[k] == p[k])
			k++;
		s->at += k;
		if (k < want) {
			s->differs = true;
			return FW_EFORMAT;
		}
		p += k;
		n -= k;
	}
	return 0;
}

/* base/json's output, held against the file. */
static int compare(void *ctx, const char *p, size_t n)
{
	struct stream *s = ctx;
	int err = verify_same(&s->same, p, n);

	if (err)
		err_set(s->e, "octet %llu: not in the form that this program writes", (unsigned long long)s->same.at);
	return err;
}

/* ---- tokens ---- */

static int hex4(struct stream *s)
{
	int v = 0;

	for (int i = 0; i < 4; i++) {
		int c = peek(s);
		const char *digits = "0123456789abcdef", *at = c > 0 ? strchr(digits, c) : NULL;

		if (!at)
			return -1;
		v = v << 4 | (int)(at - digits);
		s->i++;
	}
	return v;
}

/* A string into s->text; the escapes are those that base/json writes. */
static bool string(struct stream *s)
{
	int c;

	s->len = 0;
	s->i++;
	while ((c = peek(s)) != '"') {
		if (c < 0x20)
			return refuse(s, c < 0 ? "the file ends inside a string" : "a control character inside a string");
		if (s->len == JTEXT_MAX)
			return refuse(s, "a string of more than 2^20 octets");
		s->i++;
		if (c == '\\') {
			c = peek(s);
			s->i += c >= 0;
			if (c == 'u')
				c = hex4(s);
			else if (c != '"' && c != '\\')
				c = -1;
			if (c < 0 || c > 0x7f)
				return refuse(s, "an escape that this program does not write");
		}
		s->text[s->len++] = (char)c;
	}
	s->i++;
	return true;
}

static bool number(struct stream *s, uint64_t *v)
{
	char digits[24];
	size_t n = 0;
	int c;

	while ((c = peek(s)) >= '0' && c <= '9' && n < sizeof(digits)) {
		digits[n++] = (char)c;
		s->i++;
	}
	return (decimal_get((struct slice){ digits, n }, v) && *v <= (uint64_t)1 << 53) || refuse(s, "a number is digits without leading zeros, at most 2^53");
}

static bool word(struct stream *s, const char *w)
{
	for (; *w; w++, s->i++)
		if (peek(s) != *w)
			return refuse(s, "a value is wanted");
	return true;
}

/* ---- the walk ---- */

static bool key(struct stream *s)
{
	size_t n;

	if (peek_token(s) != '"' || !string(s))
		return refuse(s, "the name of a member is wanted");
	s->text[s->len] = 0;
	json_key(&s->again, s->text);
	n = s->len < JPATH_KEY - 1 ? s->len : JPATH_KEY - 1;
	memcpy(s->path.at[s->path.depth - 1].key, s->text, n);
	s->path.at[s->path.depth - 1].key[n] = 0;
	if (peek_token(s) != ':')
		return refuse(s, "a colon is wanted");
	s->i++;
	return true;
}

static bool give(struct stream *s, enum jkind kind, uint64_t v)
{
	return s->t->value(s->t->ctx, &s->path, kind, (struct slice){ s->text, kind == J_TEXT ? s->len : 0 }, v, s->e);
}

static bool scalar(struct stream *s, int c)
{
	uint64_t v = 0;

	if (c == '"') {
		if (!string(s))
			return false;
		json_text(&s->again, s->text, s->len);
		return give(s, J_TEXT, 0);
	}
	if (c >= '0' && c <= '9') {
		if (!number(s, &v))
			return false;
		json_num(&s->again, v);
		return give(s, J_NUMBER, v);
	}
	if (c == 'n') {
		json_nil(&s->again);
		return word(s, "null") && give(s, J_NULL, 0);
	}
	json_bool(&s->again, c == 't');
	return word(s, c == 't' ? "true" : "false") && give(s, c == 't' ? J_TRUE : J_FALSE, 0);
}

/* Opens the container; *held: something stands in it. */
static bool open_one(struct stream *s, bool list, bool *held)
{
	if (s->path.depth == JPATH_DEPTH)
		return refuse(s, "nested deeper than a report is");
	s->i++;
	if (list)
		json_list(&s->again);
	else
		json_open(&s->again);
	s->path.at[s->path.depth].list = list;
	s->path.at[s->path.depth].index = 0;
	s->path.at[s->path.depth].key[0] = 0;
	s->path.depth++;
	*held = peek_token(s) != (list ? ']' : '}');
	return true;
}

static bool close_one(struct stream *s)
{
	s->i++;
	if (s->path.at[s->path.depth - 1].list)
		json_list_end(&s->again);
	else
		json_close(&s->again);
	s->path.depth--;
	return !s->again.err && s->t->end(s->t->ctx, &s->path, s->e);
}

/* After a value: ends of containers, up to a comma (*more) or the end of all. */
static bool after(struct stream *s, bool *more)
{
	*more = false;
	while (s->path.depth) {
		bool list = s->path.at[s->path.depth - 1].list;
		int c = peek_token(s);

		if (c == ',') {
			s->i++;
			s->path.at[s->path.depth - 1].index++;
			*more = true;
			return true;
		}
		if (c != (list ? ']' : '}'))
			return refuse(s, "a comma or the end of the list or object is wanted");
		if (!close_one(s))
			return false;
	}
	return true;
}

static bool walk(struct stream *s)
{
	bool more = true, held;

	while (more) {
		int c;

		if (s->path.depth && !s->path.at[s->path.depth - 1].list && !key(s))
			return false;
		c = peek_token(s);
		if (c == '{' || c == '[') {
			if (!open_one(s, c == '[', &held))
				return false;
			if (held)
				continue;
		} else if (!scalar(s, c)) {
			return false;
		}
		if (!after(s, &more))
			return false;
	}
	json_line(&s->again);
	if (peek_token(s) >= 0)
		return refuse(s, "something follows the report");
	return true;
}

bool jpath_is(const struct jpath *p, const char *pattern)
{
	unsigned i = 0;

	for (; *pattern; i++) {
		size_t n = strcspn(pattern, "/");

		if (i == p->depth)
			return false;
		if (n == 1 && *pattern == '*')
			;
		else if (p->at[i].list || strlen(p->at[i].key) != n || memcmp(p->at[i].key, pattern, n))
			return false;
		pattern += n + (pattern[n] == '/');
	}
	return i == p->depth;
}

int json_stream(int fd, const struct jtaker *t, struct err *e)
{
	struct stream *s = calloc(1, sizeof(*s));
	int err = FW_ENOMEM;

	e->text[0] = 0;
	if (!s)
		return err;
	s->text = malloc(JTEXT_MAX + 4);
	if (s->text) {
		s->fd = s->same.fd = fd;
		s->t = t;
		s->e = e;
		json_start(&s->again, compare, s);
		s->again.pretty = true;
		s->again.lines = 2;
		err = walk(s) && json_done(&s->again) == 0 ? FW_OK : s->failed ? FW_EIO : FW_EFORMAT;
		if (err == FW_OK && s->same.at != s->at + s->n) {
			err_set(e, "octet %llu: not in the form that this program writes", (unsigned long long)s->same.at);
			err = FW_EFORMAT;
		}
		free(s->text);
	}
	free(s);
	return err;
}
