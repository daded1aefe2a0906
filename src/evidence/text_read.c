/* Spellings: hex, decimals, base64 and lines, each accepted in one form only. */
#include "read.h"

#include <string.h>

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hex_get(struct slice s, uint8_t *out, size_t n)
{
	if (s.n != 2 * n)
		return false;
	for (size_t i = 0; i < n; i++) {
		int hi = hex_digit(s.p[2 * i]), lo = hex_digit(s.p[2 * i + 1]);

		if (hi < 0 || lo < 0)
			return false;
		out[i] = (uint8_t)(hi << 4 | lo);
	}
	return true;
}

bool decimal_get(struct slice s, uint64_t *v)
{
	*v = 0;
	if (!s.n || s.n > 20 || (s.n > 1 && *s.p == '0'))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		uint64_t digit = (uint64_t)(uint8_t)s.p[i] - '0';

		if (digit > 9 || *v > (UINT64_MAX - digit) / 10)
			return false;
		*v = *v * 10 + digit;
	}
	return true;
}

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int base64_digit(char c)
{
	const char *at = c ? strchr(base64, c) : NULL;

	return at ? (int)(at - base64) : -1;
}

long base64_get(struct slice s, uint8_t *out, size_t cap)
{
	size_t pad = s.n && s.p[s.n - 1] == '=' ? 1 + (s.n > 1 && s.p[s.n - 2] == '=') : 0, n = 0;

	if (s.n % 4 || s.n / 4 * 3 - pad > cap)
		return -1;
	for (size_t i = 0; i < s.n; i += 4) {
		size_t left = s.n - i == 4 ? 4 - pad : 4;
		uint32_t v = 0;

		for (size_t k = 0; k < 4; k++) {
			int digit = k < left ? base64_digit(s.p[i + k]) : 0;

			if (digit < 0)
				return -1;
			v = v << 6 | (uint32_t)digit;
		}
		if (v & (left == 2 ? 0xffffu : left == 3 ? 0xffu : 0))	/* bits that no octet takes: a second spelling */
			return -1;
		for (size_t k = 0; k + 1 < left; k++)
			out[n++] = (uint8_t)(v >> (16 - 8 * k));
	}
	return (long)n;
}

bool line_get(struct slice *rest, struct slice *line)
{
	const char *end = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;

	if (!end)
		return false;
	*line = (struct slice){ rest->p, (size_t)(end - rest->p) };
	rest->n -= line->n + 1;
	rest->p = end + 1;
	return true;
}

bool slice_is(struct slice s, const char *text)
{
	return s.n == strlen(text) && !memcmp(s.p, text, s.n);
}

const char *shown(struct slice s, char out[SHOWN])
{
	size_t n = s.n < SHOWN - 1 ? s.n : SHOWN - 1;

	for (size_t i = 0; i < n; i++)
		out[i] = s.p[i] >= 0x20 && s.p[i] < 0x7f ? s.p[i] : '.';
	if (n < s.n)
		memcpy(out + n - 3, "...", 3);
	out[n] = 0;
	return out;
}
