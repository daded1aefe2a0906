/* JSON (RFC 8259), one line at a time: see scan.h. */
#include "scan.h"

enum { SKIP_DEPTH = 60 };

struct scan scan_make(const char *s, size_t n, struct arena *mem)
{
	return (struct scan){ .s = s, .n = n, .mem = mem };
}

bool scan_fail_at(struct scan *s, size_t at, const char *want)
{
	if (!s->want) {
		s->want = want;
		s->bad = at;
	}
	return false;
}

bool scan_fail(struct scan *s, const char *want)
{
	return scan_fail_at(s, s->at, want);
}

void *scan_mem(struct scan *s, size_t n)
{
	void *p = arena_take(s->mem, n);

	if (!p)
		(void)scan_fail(s, "a line that fits into memory");
	return p;
}

int scan_peek(struct scan *s)
{
	if (s->want)
		return -1;
	while (s->at < s->n && (s->s[s->at] == ' ' || s->s[s->at] == '\t' || s->s[s->at] == '\r'))
		s->at++;
	return s->at < s->n ? (uint8_t)s->s[s->at] : -1;
}

bool scan_take(struct scan *s, char c, const char *want)
{
	if (scan_peek(s) != c)
		return scan_fail(s, want);
	s->at++;
	return true;
}

bool scan_next(struct scan *s, char close, bool *first)
{
	int c = scan_peek(s);

	if (c == close) {
		s->at++;
		return false;
	}
	if (*first) {
		*first = false;
		return c >= 0 || scan_fail(s, close == '}' ? "a member or }" : "a value or ]");
	}
	if (c != ',')
		return scan_fail(s, close == '}' ? ", or }" : ", or ]");
	s->at++;
	return true;
}

bool scan_end(struct scan *s)
{
	if (scan_peek(s) >= 0)
		return scan_fail(s, "nothing more on the line");
	return !s->want;
}

/* ---- strings ---- */

static int hex4(const char *p)
{
	int v = 0;

	for (int i = 0; i < 4; i++) {
		int d = p[i] >= '0' && p[i] <= '9' ? p[i] - '0' : p[i] >= 'a' && p[i] <= 'f' ? p[i] - 'a' + 10 :
			p[i] >= 'A' && p[i] <= 'F' ? p[i] - 'A' + 10 : -1;

		if (d < 0)
			return -1;
		v = v << 4 | d;
	}
	return v;
}

static size_t utf8_put(char *o, uint32_t v)
{
	if (v < 0x80) {
		o[0] = (char)v;
		return 1;
	}
	if (v < 0x800) {
		o[0] = (char)(0xc0 | v >> 6);
		o[1] = (char)(0x80 | (v & 63));
		return 2;
	}
	if (v < 0x10000) {
		o[0] = (char)(0xe0 | v >> 12);
		o[1] = (char)(0x80 | (v >> 6 & 63));
		o[2] = (char)(0x80 | (v & 63));
		return 3;
	}
	o[0] = (char)(0xf0 | v >> 18);
	o[1] = (char)(0x80 | (v >> 12 & 63));
	o[2] = (char)(0x80 | (v >> 6 & 63));
	o[3] = (char)(0x80 | (v & 63));
	return 4;
}

/* The escape at s->at (a backslash): writes its octets, returns how many; 0 is trouble. */
static size_t escape(struct scan *s, char *o)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	size_t left = s->n - s->at;
	const char *p = s->s + s->at;
	const char *which = left >= 2 && p[1] ? strchr(from, p[1]) : NULL;
	int hi, lo;

	if (which) {
		s->at += 2;
		*o = to[which - from];
		return 1;
	}
	hi = left >= 6 && p[1] == 'u' ? hex4(p + 2) : -1;
	if (hi < 0 || (hi >= 0xdc00 && hi < 0xe000))
		return scan_fail(s, "an escape that JSON has");
	s->at += 6;
	if (hi < 0xd800 || hi >= 0xe000)
		return utf8_put(o, (uint32_t)hi);
	lo = left >= 12 && p[6] == '\\' && p[7] == 'u' ? hex4(p + 8) : -1;
	if (lo < 0xdc00 || lo >= 0xe000)
		return scan_fail(s, "the second half of a surrogate pair");
	s->at += 6;
	return utf8_put(o, 0x10000 + ((uint32_t)(hi - 0xd800) << 10) + (uint32_t)(lo - 0xdc00));
}

/* The rest of a string that has an escape: no longer than what is written. */
static bool unescape(struct scan *s, size_t from, struct str *out)
{
	size_t end = s->at, n = s->at - from;
	char *o;

	while (end < s->n && s->s[end] != '"')
		end += s->s[end] == '\\' ? 2 : 1;
	if (end >= s->n)
		return scan_fail_at(s, s->n, "the end of a string");
	o = scan_mem(s, end - from);
	if (!o)
		return false;
	memcpy(o, s->s + from, n);
	while (s->at < end) {
		const uint8_t *p = (const uint8_t *)s->s + s->at;
		size_t k = *p == '\\' ? escape(s, o + n) : *p < 0x20 ? 0 : utf8_len(p, end - s->at);

		if (!k)
			return scan_fail(s, "UTF-8 without control characters");
		if (*p != '\\') {
			memcpy(o + n, p, k);
			s->at += k;
		}
		n += k;
	}
	s->at = end + 1;
	*out = (struct str){ o, n };
	return true;
}

bool scan_string(struct scan *s, struct str *out)
{
	size_t from;

	*out = (struct str){ "", 0 };
	if (!scan_take(s, '"', "a string"))
		return false;
	for (from = s->at; s->at < s->n;) {
		const uint8_t *p = (const uint8_t *)s->s + s->at;
		size_t k = 1;

		if (*p == '"') {
			*out = (struct str){ s->s + from, s->at - from };
			s->at++;
			return true;
		}
		if (*p == '\\')
			return unescape(s, from, out);
		if (*p < 0x20 || (*p >= 0x80 && !(k = utf8_len(p, s->n - s->at))))
			return scan_fail(s, "UTF-8 without control characters");
		s->at += k;
	}
	return scan_fail(s, "the end of a string");
}

bool scan_key(struct scan *s, struct str *out)
{
	return scan_string(s, out) && scan_take(s, ':', ":");
}

bool scan_ended(struct scan *s, const char **out)
{
	size_t where = s->at;
	struct str v;
	char *o;

	if (!scan_string(s, &v))
		return false;
	if (memchr(v.p, 0, v.n))
		return scan_fail_at(s, where, "a string without NUL");
	o = scan_mem(s, v.n + 1);
	if (!o)
		return false;
	memcpy(o, v.p, v.n);
	*out = o;
	return true;
}

/* ---- other values ---- */

static bool is_digit(const struct scan *s)
{
	return s->at < s->n && s->s[s->at] >= '0' && s->s[s->at] <= '9';
}

bool scan_uint(struct scan *s, uint64_t most, uint64_t *out)
{
	bool quoted = scan_peek(s) == '"';
	size_t where = s->at, from;
	uint64_t v = 0;

	s->at += quoted;
	for (from = s->at; is_digit(s); s->at++) {
		unsigned d = (unsigned)(s->s[s->at] - '0');

		if (v > (UINT64_MAX - d) / 10 || (s->at > from && s->s[from] == '0'))
			return scan_fail_at(s, where, "a whole number");
		v = v * 10 + d;
	}
	if (s->at == from || s->want || v > most)
		return scan_fail_at(s, where, v > most ? "a smaller number" : "a whole number");
	if (quoted) {
		if (s->at == s->n || s->s[s->at] != '"')
			return scan_fail(s, "a whole number");
		s->at++;
	} else if (s->at < s->n && (s->s[s->at] == '.' || s->s[s->at] == 'e' || s->s[s->at] == 'E')) {
		return scan_fail(s, "a whole number");
	}
	*out = v;
	return true;
}

static bool word(struct scan *s, const char *w)
{
	size_t n = strlen(w);

	if (scan_peek(s) != *w || n > s->n - s->at || memcmp(s->s + s->at, w, n))
		return false;
	s->at += n;
	return true;
}

bool scan_bool(struct scan *s, bool *out)
{
	*out = word(s, "true");
	return *out || word(s, "false") || scan_fail(s, "true or false");
}

bool scan_null(struct scan *s)
{
	return word(s, "null");
}

bool scan_time(struct scan *s, uint64_t *out)
{
	size_t where = s->at;
	struct str v;

	return scan_string(s, &v) && (time_parse(v.p, v.n, out) || scan_fail_at(s, where, "a time like 2026-11-02T08:00:00.000000000Z"));
}

bool scan_addr(struct scan *s, struct addr *out)
{
	size_t where = s->at;
	struct str v;

	*out = (struct addr){ .fam = 0 };
	return scan_string(s, &v) && (!v.n || addr_parse(v.p, v.n, out) || scan_fail_at(s, where, "an address"));
}

/* Any number of JSON: newer writers may have signs and fractions. */
static bool skip_number(struct scan *s)
{
	size_t from;

	s->at += s->at < s->n && s->s[s->at] == '-';
	from = s->at;
	while (is_digit(s))
		s->at++;
	if (s->at == from || (s->s[from] == '0' && s->at - from > 1))
		return scan_fail_at(s, from, "a value");
	if (s->at < s->n && s->s[s->at] == '.') {
		s->at++;
		if (!is_digit(s))
			return scan_fail(s, "a digit");
		while (is_digit(s))
			s->at++;
	}
	if (s->at < s->n && (s->s[s->at] == 'e' || s->s[s->at] == 'E')) {
		s->at++;
		s->at += s->at < s->n && (s->s[s->at] == '+' || s->s[s->at] == '-');
		if (!is_digit(s))
			return scan_fail(s, "a digit");
		while (is_digit(s))
			s->at++;
	}
	return true;
}

static bool skip_plain(struct scan *s, int c)
{
	size_t used = s->mem->used;
	struct str v;
	bool b;

	if (c == '"') {
		b = scan_string(s, &v);
		s->mem->used = used;		/* nobody keeps it */
		return b;
	}
	if (c == 't' || c == 'f')
		return scan_bool(s, &b);
	return c == 'n' ? scan_null(s) || scan_fail(s, "a value") : skip_number(s);
}

/* What is open is a bit a level: 1 an object. */
bool scan_skip(struct scan *s)
{
	uint64_t objects = 0;
	unsigned depth = 0;
	struct str key;
	bool first = false;

	for (;;) {
		int c = scan_peek(s);

		if (c == '{' || c == '[') {
			if (depth == SKIP_DEPTH)
				return scan_fail(s, "fewer brackets inside brackets");
			objects = objects << 1 | (c == '{');
			depth++;
			s->at++;
			first = true;
		} else if (!skip_plain(s, c)) {
			return false;
		}
		for (;;) {			/* behind a value, or behind an opening bracket */
			if (!depth)
				return !s->want;
			if (scan_next(s, objects & 1 ? '}' : ']', &first))
				break;
			if (s->want)
				return false;
			objects >>= 1;
			depth--;
			first = false;
		}
		if (objects & 1) {
			size_t used = s->mem->used;

			if (!scan_key(s, &key))
				return false;
			s->mem->used = used;
		}
	}
}

uint32_t scan_count(struct scan *s)
{
	struct scan ahead = *s;
	bool first = true;
	uint32_t n = 0;

	if (!scan_take(&ahead, '[', "a list"))
		return 0;
	while (scan_next(&ahead, ']', &first) && scan_skip(&ahead))
		n++;
	return ahead.want ? 0 : n;
}
