#include "json.h"

#include <string.h>

void json_start(struct json *j, int (*write)(void *ctx, const char *p, size_t n), void *ctx)
{
	j->write = write;
	j->ctx = ctx;
	j->n = 0;
	j->err = 0;
	j->depth = 0;
	j->some = 0;
	j->after_key = j->pretty = false;
	j->lines = 0;
}

static void flush(struct json *j)
{
	if (j->n && !j->err)
		j->err = j->write(j->ctx, j->buf, j->n);
	j->n = 0;
}

static void raw(struct json *j, const char *p, size_t n)
{
	if (n < sizeof(j->buf) - j->n) {
		memcpy(j->buf + j->n, p, n);
		j->n += n;
		return;
	}
	while (n) {
		size_t k = sizeof(j->buf) - j->n;

		if (k > n)
			k = n;
		memcpy(j->buf + j->n, p, k);
		j->n += k;
		p += k;
		n -= k;
		if (j->n == sizeof(j->buf))
			flush(j);
	}
}

static void ch(struct json *j, char c)
{
	j->buf[j->n++] = c;
	if (j->n == sizeof(j->buf))
		flush(j);
}

static void indent(struct json *j)
{
	if (!j->pretty || j->depth > j->lines)
		return;
	ch(j, '\n');
	for (unsigned i = 0; i < j->depth; i++)
		ch(j, ' ');
}

/* What stands before a value or a key: nothing after a key, a comma after a sibling. */
static void lead(struct json *j)
{
	if (j->after_key) {
		j->after_key = false;
		return;
	}
	if (!j->depth)
		return;
	if (j->some >> j->depth & 1)
		ch(j, ',');
	j->some |= (uint64_t)1 << j->depth;
	indent(j);
}

static void down(struct json *j, char c)
{
	lead(j);
	ch(j, c);
	if (j->depth < JSON_DEPTH)
		j->depth++;
	j->some &= ~((uint64_t)1 << j->depth);
}

static void up(struct json *j, char c)
{
	bool had = j->some >> j->depth & 1;

	if (j->depth)
		j->depth--;
	if (had && j->depth < j->lines)
		indent(j);
	ch(j, c);
}

void json_open(struct json *j) { down(j, '{'); }
void json_close(struct json *j) { up(j, '}'); }
void json_list(struct json *j) { down(j, '['); }
void json_list_end(struct json *j) { up(j, ']'); }

size_t utf8_len(const uint8_t *p, size_t n)
{
	uint32_t v;
	size_t k = p[0] < 0x80 ? 1 : p[0] >> 5 == 6 ? 2 : p[0] >> 4 == 14 ? 3 : p[0] >> 3 == 30 ? 4 : 0;

	if (k < 2 || k > n)
		return k == 1 ? 1 : 0;
	v = p[0] & (0x7fu >> k);
	for (size_t i = 1; i < k; i++) {
		if (p[i] >> 6 != 2)
			return 0;
		v = v << 6 | (p[i] & 0x3f);
	}
	if (v < (k == 2 ? 0x80u : k == 3 ? 0x800u : 0x10000u) || v > 0x10ffff || (v >= 0xd800 && v < 0xe000))
		return 0;
	return k;
}

static bool all_ascii(const char *s, size_t n)
{
	uint64_t seen = 0, v;

	for (; n >= 8; s += 8, n -= 8) {
		memcpy(&v, s, 8);
		seen |= v;
	}
	for (; n; s++, n--)
		seen |= (uint8_t)*s;
	return !(seen & 0x8080808080808080);
}

size_t utf8_clean(const char *s, size_t n, char *out)
{
	size_t at = 0;

	if (all_ascii(s, n)) {		/* as most texts are */
		if (out)
			memcpy(out, s, n);
		return n;
	}
	while (n) {
		size_t k = utf8_len((const uint8_t *)s, n), put = k ? k : 3;

		if (out)
			memcpy(out + at, k ? s : "\xef\xbf\xbd", put);
		at += put;
		k = k ? k : 1;
		s += k;
		n -= k;
	}
	return at;
}

/* How many octets from p on stand for themselves in a JSON string: printable ASCII but the quote and the backslash. */
static size_t plain(const uint8_t *p, size_t n)
{
	size_t i = 0;

	while (i < n && p[i] >= 0x20 && p[i] < 0x7f && p[i] != '"' && p[i] != '\\')
		i++;
	return i;
}

static void quoted(struct json *j, const char *s, size_t n)
{
	static const char hexd[] = "0123456789abcdef";
	const uint8_t *p = (const uint8_t *)s;

	ch(j, '"');
	while (n) {
		size_t k = plain(p, n);

		if (k) {		/* nearly always all of it */
			raw(j, (const char *)p, k);
			p += k;
			n -= k;
			continue;
		}
		k = utf8_len(p, n);
		if (*p == '"' || *p == '\\') {
			ch(j, '\\');
			ch(j, (char)*p);
		} else if (*p < 0x20 || *p == 0x7f) {
			raw(j, "\\u00", 4);
			ch(j, hexd[*p >> 4]);
			ch(j, hexd[*p & 15]);
		} else if (!k) {
			raw(j, "\xef\xbf\xbd", 3);
		} else {
			raw(j, (const char *)p, k);
		}
		k = k ? k : 1;
		p += k;
		n -= k;
	}
	ch(j, '"');
}

void json_key(struct json *j, const char *key)
{
	lead(j);
	quoted(j, key, strlen(key));
	ch(j, ':');
	if (j->pretty && j->depth <= j->lines)
		ch(j, ' ');
	j->after_key = true;
}

void json_text(struct json *j, const char *s, size_t n)
{
	lead(j);
	quoted(j, s, n);
}

void json_str(struct json *j, const char *s)
{
	if (s)
		json_text(j, s, strlen(s));
	else
		json_nil(j);
}

void json_num(struct json *j, uint64_t v)
{
	char b[24], *p = b + sizeof(b);
	bool big = v > (uint64_t)1 << 53;

	lead(j);
	if (big)
		*--p = '"';
	do
		*--p = (char)('0' + v % 10);
	while (v /= 10);
	if (big)
		*--p = '"';
	raw(j, p, (size_t)(b + sizeof(b) - p));
}

void json_bool(struct json *j, bool v)
{
	lead(j);
	raw(j, v ? "true" : "false", v ? 4 : 5);
}

void json_nil(struct json *j)
{
	lead(j);
	raw(j, "null", 4);
}

void json_hex(struct json *j, const uint8_t *p, size_t n)
{
	static const char hexd[] = "0123456789abcdef";

	lead(j);
	ch(j, '"');
	for (size_t i = 0; i < n; i++) {
		ch(j, hexd[p[i] >> 4]);
		ch(j, hexd[p[i] & 15]);
	}
	ch(j, '"');
}

void json_line(struct json *j)
{
	ch(j, '\n');
}

void json_fail(struct json *j, int err)
{
	if (!j->err)
		j->err = err;
}

int json_done(struct json *j)
{
	flush(j);
	return j->err;
}

void json_kstr(struct json *j, const char *key, const char *s)
{
	json_key(j, key);
	json_str(j, s);
}

void json_knum(struct json *j, const char *key, uint64_t v)
{
	json_key(j, key);
	json_num(j, v);
}

void json_kbool(struct json *j, const char *key, bool v)
{
	json_key(j, key);
	json_bool(j, v);
}
