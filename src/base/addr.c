/* Texts of addresses (RFC 5952) and of times (RFC 3339). */
#include "addr.h"

static const char hexd[] = "0123456789abcdef";

bool addr_in(const struct addr *a, const struct addr *net, unsigned bits)
{
	unsigned whole = bits / 8, rest = bits % 8;

	if (a->fam != net->fam || bits > (a->fam == 4 ? 32u : 128u))
		return false;
	if (memcmp(a->b, net->b, whole))
		return false;
	return !rest || !((a->b[whole] ^ net->b[whole]) >> (8 - rest));
}

struct addr addr_net(const struct addr *a, unsigned bits)
{
	struct addr n = *a;

	for (unsigned i = 0; i < 16; i++) {
		unsigned keep = bits > 8 * i ? bits - 8 * i : 0;

		if (keep < 8)
			n.b[i] &= (uint8_t)(0xff00 >> keep);
	}
	return n;
}

bool addr_is_multicast(const struct addr *a)
{
	static const uint8_t ones[4] = { 255, 255, 255, 255 };

	if (a->fam == 4)
		return a->b[0] >> 4 == 0xe || !memcmp(a->b, ones, 4);
	return a->fam == 6 && a->b[0] == 0xff;
}

bool addr_is_global(const struct addr *a)
{
	static const struct { uint8_t b[4], bits; } not4[] = {
		{ { 0 }, 8 }, { { 10 }, 8 }, { { 100, 64 }, 10 }, { { 127 }, 8 }, { { 169, 254 }, 16 }, { { 172, 16 }, 12 }, { { 192, 168 }, 16 },
		{ { 224 }, 3 },
	};
	struct addr net;

	if (a->fam == 6)		/* 2000::/3 is what was assigned (RFC 4291 2.4) */
		return (a->b[0] & 0xe0) == 0x20;
	for (size_t i = 0; i < sizeof(not4) / sizeof(not4[0]); i++) {
		net = addr_make(not4[i].b, 4);
		if (addr_in(a, &net, not4[i].bits))
			return false;
	}
	return a->fam == 4;
}

bool addr_is_any(const struct addr *a)
{
	static const uint8_t zero[16];

	return !memcmp(a->b, zero, 16);
}

static char *put_dec(char *p, unsigned v)
{
	if (v >= 100)
		*p++ = (char)('0' + v / 100);
	if (v >= 10)
		*p++ = (char)('0' + v / 10 % 10);
	*p++ = (char)('0' + v % 10);
	return p;
}

static char *text4(const uint8_t *b, char *p)
{
	for (int i = 0; i < 4; i++) {
		if (i)
			*p++ = '.';
		p = put_dec(p, b[i]);
	}
	return p;
}

static char *text6(const uint8_t *b, char *p)
{
	int best = -1, best_n = 1;
	unsigned w[8];

	for (int i = 0; i < 8; i++)
		w[i] = (unsigned)b[2 * i] << 8 | b[2 * i + 1];
	for (int i = 0; i < 8; i++) {
		int n = 0;

		while (i + n < 8 && !w[i + n])
			n++;
		if (n > best_n) {
			best = i;
			best_n = n;
		}
	}
	if (best == 0 && best_n == 5 && w[5] == 0xffff) {	/* RFC 5952 section 5 */
		memcpy(p, "::ffff:", 7);
		return text4(b + 12, p + 7);
	}
	for (int i = 0; i < 8; i++) {
		if (i == best) {
			*p++ = ':';
			if (i + best_n == 8)
				*p++ = ':';
			i += best_n - 1;
			continue;
		}
		if (i)
			*p++ = ':';
		for (int s = 12, seen = 0; s >= 0; s -= 4) {
			unsigned d = w[i] >> s & 15;

			if (d || seen || !s) {
				*p++ = hexd[d];
				seen = 1;
			}
		}
	}
	return p;
}

size_t addr_text(const struct addr *a, char out[ADDR_TEXT])
{
	char *p = out;

	if (a->fam == 4)
		p = text4(a->b, p);
	else if (a->fam == 6)
		p = text6(a->b, p);
	*p = 0;
	return (size_t)(p - out);
}

static bool parse4(const char *s, size_t n, uint8_t *b)
{
	size_t i = 0;

	for (int k = 0; k < 4; k++) {
		unsigned v = 0;
		size_t from;

		if (k && (i >= n || s[i++] != '.'))
			return false;
		for (from = i; i < n && s[i] >= '0' && s[i] <= '9' && i - from < 3; i++)
			v = v * 10 + (unsigned)(s[i] - '0');
		if (i == from || v > 255 || (i - from > 1 && s[from] == '0'))
			return false;
		b[k] = (uint8_t)v;
	}
	return i == n;
}

static int hexval(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool parse6(const char *s, size_t n, uint8_t *b)
{
	uint8_t w[16] = { 0 };
	size_t i = 0, at = 0, gap = 17;

	if (n >= 2 && s[0] == ':' && s[1] == ':') {
		gap = 0;
		i = 2;
	}
	while (i < n) {
		size_t from = i;
		unsigned v = 0;

		for (; i < n && hexval(s[i]) >= 0 && i - from < 4; i++)
			v = v << 4 | (unsigned)hexval(s[i]);
		if (i < n && s[i] == '.') {
			if (at > 12 || !parse4(s + from, n - from, w + at))
				return false;
			at += 4;
			i = n;
			break;
		}
		if (i == from || at > 14)
			return false;
		w[at++] = (uint8_t)(v >> 8);
		w[at++] = (uint8_t)v;
		if (i == n)
			break;
		if (s[i++] != ':' || i == n)
			return false;
		if (s[i] == ':') {
			if (gap != 17)
				return false;
			gap = at;
			if (++i == n)
				break;
		}
	}
	if (gap == 17)
		return at == 16 && memcpy(b, w, 16);
	if (at > 14)
		return false;
	memcpy(b, w, gap);
	memset(b + gap, 0, 16 - at);
	memcpy(b + gap + 16 - at, w + gap, at - gap);
	return true;
}

bool addr_parse(const char *s, size_t n, struct addr *out)
{
	*out = (struct addr){ { 0 }, 0 };
	if (parse4(s, n, out->b)) {
		out->fam = 4;
		return true;
	}
	if (!parse6(s, n, out->b)) {
		memset(out->b, 0, sizeof(out->b));
		return false;
	}
	out->fam = 6;
	return true;
}

/* Days since 1970-01-01 to year, month, day (proleptic Gregorian). */
static void civil(uint64_t days, unsigned *y, unsigned *m, unsigned *d)
{
	uint64_t z = days + 719468, era = z / 146097, doe = z % 146097;
	uint64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	uint64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;

	*d = (unsigned)(doy - (153 * mp + 2) / 5 + 1);
	*m = (unsigned)(mp < 10 ? mp + 3 : mp - 9);
	*y = (unsigned)(yoe + era * 400 + (*m <= 2));
}

static uint64_t days_of(unsigned y, unsigned m, unsigned d)
{
	uint64_t yy = y - (m <= 2), era = yy / 400, yoe = yy % 400;
	uint64_t doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static char *put_n(char *p, uint64_t v, int digits)
{
	for (int i = digits - 1; i >= 0; i--, v /= 10)
		p[i] = (char)('0' + v % 10);
	return p + digits;
}

size_t time_text(uint64_t t_ns, char out[TIME_TEXT])
{
	uint64_t s = t_ns / 1000000000, day = s % 86400;
	unsigned y, m, d;
	char *p = out;

	civil(s / 86400, &y, &m, &d);
	p = put_n(p, y, 4);
	*p++ = '-';
	p = put_n(p, m, 2);
	*p++ = '-';
	p = put_n(p, d, 2);
	*p++ = 'T';
	p = put_n(p, day / 3600, 2);
	*p++ = ':';
	p = put_n(p, day / 60 % 60, 2);
	*p++ = ':';
	p = put_n(p, day % 60, 2);
	*p++ = '.';
	p = put_n(p, t_ns % 1000000000, 9);
	*p++ = 'Z';
	*p = 0;
	return (size_t)(p - out);
}

bool time_parse(const char *s, size_t n, uint64_t *t_ns)
{
	static const char form[] = "dddd-dd-ddTdd:dd:dd.dddddddddZ";
	unsigned f[7] = { 0 }, k = 0;
	uint64_t seconds;

	if (n != sizeof(form) - 1)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (form[i] == 'd') {
			if (s[i] < '0' || s[i] > '9')
				return false;
			f[k] = f[k] * 10 + (unsigned)(s[i] - '0');
		} else if (s[i] != form[i]) {
			return false;
		} else {
			k++;
		}
	}
	if (f[0] < 1970 || f[0] > 2554 || f[1] - 1 > 11 || f[2] - 1 > 30 || f[3] > 23 || f[4] > 59 || f[5] > 60)
		return false;
	seconds = days_of(f[0], f[1], f[2]) * 86400 + f[3] * 3600u + f[4] * 60u + f[5];
	if (seconds > (UINT64_MAX - f[6]) / 1000000000)
		return false;
	*t_ns = seconds * 1000000000 + f[6];
	return true;
}
