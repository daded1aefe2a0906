#include "jscan.h"

#include "hash.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* What follows, behind any white space; -1: the end. */
static inline int space(struct jscan *s)
{
	const uint8_t *p = s->c.p;

	while (p < s->c.end && *p <= ' ' && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
		p++;
	s->c.p = p;
	return p < s->c.end ? *p : -1;
}

static enum jtoken wrong(struct jscan *s)
{
	cur_refuse(&s->c, cur_left(&s->c) ? CUR_VALUE : s->c.cut ? CUR_CUT : CUR_SHORT);
	return J_END;
}

/* How many octets, of at least 16 or 8, precede the first one that is below 32, a quote or a backslash. */
#ifdef __SSE2__
enum { TOGETHER = 16 };

static inline unsigned plain_octets(const uint8_t *p)
{
	const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p), low = _mm_set1_epi8(31);
	const __m128i found = _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(v, low), v),
		_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'))));

	return (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8(found) | 1u << TOGETHER);
}
#else
enum { TOGETHER = 8 };

static inline unsigned plain_octets(const uint8_t *p)
{
	const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
	uint64_t w = hash_read8(p), quote = w ^ ones * '"', slash = w ^ ones * '\\';
	/* the top bit of each such octet (or of one above such a one, which changes nothing) */
	uint64_t found = (((w - ones * 32) & ~w) | ((quote - ones) & ~quote) | ((slash - ones) & ~slash)) & high;

	return found ? (unsigned)__builtin_ctzll(found) / 8 : (unsigned)TOGETHER;
}
#endif

/* Behind the opening quote; a string that has no end is not told. */
static inline bool string(struct jscan *s, struct jspan *out, bool *escaped)
{
	const uint8_t *from = s->c.p, *p = from, *end = s->c.end;

	*escaped = false;
	for (;;) {
		while (end - p >= TOGETHER) {
			unsigned n = plain_octets(p);

			p += n;
			if (n < TOGETHER)
				break;
		}
		if (p == end || *p == '"')
			break;
		if (*p < 32 && !(s->masked && !*p)) {
			s->c.p = p;
			return false;
		}
		if (*p == '\\') {
			*escaped = true;
			if (++p == end)
				break;
		}
		p++;
	}
	s->c.p = p < end ? p + 1 : end;
	*out = (struct jspan){ from, (size_t)(p - from) };
	return p < end;
}

static bool in_list(const struct jscan *s)
{
	return s->lists >> s->depth & 1;
}

static enum jtoken open(struct jscan *s, bool list)
{
	if (s->depth == JSCAN_DEPTH) {
		cur_refuse(&s->c, CUR_LIMIT);
		return J_END;
	}
	s->key[s->depth + 1] = s->key[s->depth];
	s->nkey[s->depth + 1] = s->nkey[s->depth];
	s->depth++;
	s->lists = (s->lists & ~(1ull << s->depth)) | (uint64_t)list << s->depth;
	s->some = false;
	return list ? J_LIST : J_OPEN;
}

static enum jtoken letters(struct jscan *s)
{
	const uint8_t *from = s->c.p, *p = from;

	while (p < s->c.end && ((s->masked && !*p) || (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || *p == '-' || *p == '+' || *p == '.' || *p == 'E'))
		p++;
	s->c.p = p;
	if (p == from || (p == s->c.end && s->depth))		/* more of it may have come */
		return wrong(s);
	s->value = (struct jspan){ from, (size_t)(p - from) };
	return *from == '-' || (*from >= '0' && *from <= '9') ? J_NUMBER : J_WORD;
}

static enum jtoken value(struct jscan *s)
{
	int b = space(s);

	s->began = true;
	if (b == '{' || b == '[') {
		s->c.p++;
		return open(s, b == '[');
	}
	s->some = true;
	if (b != '"')
		return letters(s);
	s->c.p++;
	return string(s, &s->value, &s->escaped) ? J_STRING : wrong(s);
}

enum jtoken jscan_next(struct jscan *s)
{
	struct jspan key;
	bool escaped, list;
	int b;

	if (s->c.why != CUR_OK)
		return J_END;
	b = space(s);
	if (!s->depth)
		return s->began ? J_END : b < 0 ? wrong(s) : value(s);
	list = in_list(s);
	if (b == (list ? ']' : '}')) {
		s->c.p++;
		s->depth--;
		s->some = true;
		return list ? J_LIST_END : J_CLOSE;
	}
	if (s->some) {
		if (b != ',')
			return wrong(s);
		s->c.p++;
		b = space(s);
	}
	if (list)
		return value(s);
	if (b != '"')
		return wrong(s);
	s->c.p++;
	if (!string(s, &key, &escaped))
		return wrong(s);
	s->key[s->depth] = key.p;
	s->nkey[s->depth] = key.n;
	if (space(s) != ':')
		return wrong(s);
	s->c.p++;
	return value(s);
}

static int hex4(const uint8_t *p, const uint8_t *end)
{
	int v = 0;

	if (end - p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int d = p[i] >= '0' && p[i] <= '9' ? p[i] - '0' : (p[i] | 32) >= 'a' && (p[i] | 32) <= 'f' ? (p[i] | 32) - 'a' + 10 : -1;

		if (d < 0)
			return -1;
		v = v << 4 | d;
	}
	return v;
}

size_t jscan_plain(struct jspan in, uint8_t *out)
{
	const uint8_t *p = in.p, *end = p + in.n;
	size_t n = 0;

	while (p < end) {
		static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
		const char *at;
		int u;

		if (*p != '\\' || p + 1 == end) {
			out[n++] = *p++;
			continue;
		}
		p++;
		if (*p != 'u' || (u = hex4(p + 1, end)) < 0) {
			at = *p ? strchr(from, *p) : NULL;
			out[n++] = at ? (uint8_t)to[at - from] : *p;
			p++;
			continue;
		}
		p += 5;
		if (u < 0x80) {
			out[n++] = (uint8_t)u;
		} else if (u < 0x800) {
			out[n++] = (uint8_t)(0xc0 | u >> 6);
			out[n++] = (uint8_t)(0x80 | (u & 0x3f));
		} else {			/* a half of a pair is none of UTF-8: the fact says U+FFFD */
			out[n++] = (uint8_t)(0xe0 | u >> 12);
			out[n++] = (uint8_t)(0x80 | (u >> 6 & 0x3f));
			out[n++] = (uint8_t)(0x80 | (u & 0x3f));
		}
	}
	return n;
}
