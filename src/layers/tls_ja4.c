/*
 * JA4, the fingerprint of a TLS client (FoxIO, technical details of JA4, BSD licence): transport, version, whether there is a server
 * name, numbers of suites and extensions, the ends of the first ALPN value; 12 digits of SHA-256 of the suites, sorted; 12 of the
 * extensions, sorted, and the signature algorithms as they came.  GREASE values are left out.
 */
#include "tls.h"

#include <stdio.h>
#include <stdlib.h>

static bool grease(uint16_t v)
{
	return (v & 0x0f0f) == 0x0a0a && v >> 8 == (v & 0xff);
}

static int by_value(const void *x, const void *y)
{
	return (int)*(const uint16_t *)x - (int)*(const uint16_t *)y;
}

static const char *version_text(uint16_t v)
{
	static const struct { uint16_t v; const char *text; } rows[] = { { 0x0304, "13" }, { 0x0303, "12" }, { 0x0302, "11" }, { 0x0301, "10" },
		{ 0x0300, "s3" }, { 0xfeff, "d1" }, { 0xfefd, "d2" }, { 0xfefc, "d3" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].v == v)
			return rows[i].text;
	return "00";
}

static bool alnum(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void ends_of(const struct ja4 *x, char out[2])
{
	static const char hexd[] = "0123456789abcdef";
	uint8_t a, b;

	out[0] = out[1] = '0';
	if (!x->nalpn)
		return;
	a = x->alpn[0];
	b = x->alpn[x->nalpn - 1];
	out[0] = alnum(a) && alnum(b) ? (char)a : hexd[a >> 4];
	out[1] = alnum(a) && alnum(b) ? (char)b : hexd[b & 15];
}

/* Appends values in hex with commas between; returns the new length. */
static size_t list(char *s, size_t at, const uint16_t *v, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		at += (size_t)snprintf(s + at, 6, "%s%04x", i ? "," : "", v[i]);
	return at;
}

static bool digits(struct layers *l, const char *s, size_t n, char out[13])
{
	uint8_t h[32];

	if (!n) {
		memcpy(out, "000000000000", 13);
		return true;
	}
	if (!layer_sha256(l, s, n, h))
		return false;
	(void)snprintf(out, 13, "%02x%02x%02x%02x%02x%02x", h[0], h[1], h[2], h[3], h[4], h[5]);
	return true;
}

static unsigned kept(uint16_t *to, const uint16_t *v, unsigned n, bool names)
{
	unsigned k = 0;

	for (unsigned i = 0; i < n; i++)
		if (!grease(v[i]) && (names || (v[i] != 0 && v[i] != 16)))	/* server_name, ALPN */
			to[k++] = v[i];
	return k;
}

bool ja4_print(struct layers *l, const struct ja4 *x, char out[37])
{
	char s[2 * 128 * 5 + 8], b[13], c[13], ends[2];
	uint16_t v[128];
	unsigned suites = kept(v, x->suite, x->nsuites, true), exts = 0, n;
	size_t at;

	for (unsigned i = 0; i < x->nexts; i++)
		exts += !grease(x->ext[i]);
	qsort(v, suites, sizeof(*v), by_value);
	if (!digits(l, s, list(s, 0, v, suites), b))
		return false;
	n = kept(v, x->ext, x->nexts, false);
	qsort(v, n, sizeof(*v), by_value);
	at = list(s, 0, v, n);
	n = kept(v, x->alg, x->nalgs, true);
	if (at && n) {
		s[at++] = '_';
		at = list(s, at, v, n);
	}
	if (!digits(l, s, at, c))
		return false;
	ends_of(x, ends);
	(void)snprintf(out, 37, "%c%s%c%02u%02u%c%c_%s_%s", x->transport, version_text(x->version), x->sni ? 'd' : 'i', suites > 99 ? 99 : suites,
		exts > 99 ? 99 : exts, ends[0], ends[1], b, c);
	return true;
}
