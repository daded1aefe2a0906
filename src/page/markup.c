/* Markup and text of the page: what comes from outside is always escaped, and nothing in it can turn the text around it. */
#include "inside.h"

#include <stdarg.h>
#include <stdio.h>

void page_flush(struct page *p)
{
	if (p->n && !p->err)
		p->err = p->write(p->ctx, p->buf, p->n);
	p->n = 0;
}

static void put(struct page *p, const char *s, size_t n)
{
	while (n) {
		size_t k = sizeof(p->buf) - p->n < n ? sizeof(p->buf) - p->n : n;

		memcpy(p->buf + p->n, s, k);
		p->n += k;
		s += k;
		n -= k;
		if (p->n == sizeof(p->buf))
			page_flush(p);
	}
}

void page_raw(struct page *p, const char *s)
{
	put(p, s, strlen(s));
}

/* A character that is not seen but changes how others are: marks of direction, joiners, separators of lines, tags. */
static uint32_t unseen(const uint8_t *c, size_t len)
{
	uint32_t v = len == 2 ? (c[0] & 31u) << 6 | (c[1] & 63u) : len == 3 ? (c[0] & 15u) << 12 | (c[1] & 63u) << 6 | (c[2] & 63u) :
		len == 4 ? (c[0] & 7u) << 18 | (c[1] & 63u) << 12 | (c[2] & 63u) << 6 | (c[3] & 63u) : 0;

	return (v >= 0x80 && v < 0xa0) || v == 0xad || v == 0x61c || v == 0x180e || (v >= 0x200b && v <= 0x200f) || (v >= 0x2028 && v <= 0x202e) ||
		(v >= 0x2060 && v <= 0x206f) || v == 0xfeff || (v >= 0xfff0 && v <= 0xfffb) || (v >= 0xe0000 && v <= 0xe0fff) ? v : 0;
}

/* How many octets from s on stand for themselves. */
static size_t plain(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && (s[i] == '\n' || ((uint8_t)s[i] >= 0x20 && (uint8_t)s[i] < 0x7f)) && s[i] != '&' && s[i] != '<' && s[i] != '>' && s[i] != '"' && s[i] != '\'')
		i++;
	return i;
}

void page_text(struct page *p, struct str s)
{
	for (size_t i = 0; i < s.n; ) {
		size_t len = plain(s.s + i, s.n - i);
		const uint8_t *c = (const uint8_t *)s.s + i;
		char hidden[16];
		uint32_t v;

		if (len) {
			put(p, s.s + i, len);
			i += len;
			continue;
		}
		len = utf8_len(c, s.n - i);
		v = unseen(c, len);
		switch (*c) {
		case '&': page_raw(p, "&amp;"); break;
		case '<': page_raw(p, "&lt;"); break;
		case '>': page_raw(p, "&gt;"); break;
		case '"': page_raw(p, "&quot;"); break;
		case '\'': page_raw(p, "&#39;"); break;
		default:
			if (!len || *c < 0x20 || *c == 0x7f) {
				page_raw(p, "\xef\xbf\xbd");
			} else if (v) {
				(void)snprintf(hidden, sizeof(hidden), "\\u{%x}", v);
				page_raw(p, hidden);
			} else {
				put(p, s.s + i, len);
			}
		}
		i += len ? len : 1;
	}
}

void page_sentence(struct page *p, struct str s)
{
	static const char *const as_is[] = { "udp ", "tcp ", "sctp ", "nas." };		/* names that are written so */
	char c = s.n && *s.s >= 'a' && *s.s <= 'z' ? (char)(*s.s - 'a' + 'A') : 0;

	for (size_t i = 0; i < sizeof(as_is) / sizeof(as_is[0]); i++)
		if (s.n >= strlen(as_is[i]) && !memcmp(s.s, as_is[i], strlen(as_is[i])))
			c = 0;
	if (c)
		page_text(p, (struct str){ &c, 1 });
	page_text(p, (struct str){ s.s + (c != 0), s.n - (c != 0) });
}

void page_fmt(struct page *p, const char *fmt, ...)
{
	char b[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(b, sizeof(b), fmt, ap);
	va_end(ap);
	page_text(p, (struct str){ b, strlen(b) });
}

void page_mark(struct page *p, const char *fmt, ...)
{
	char b[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(b, sizeof(b), fmt, ap);
	va_end(ap);
	page_raw(p, b);
}

void page_name(struct page *p, struct str s)
{
	if (!s.n)
		return;
	page_raw(p, "<bdi>");
	page_text(p, s);
	page_raw(p, "</bdi>");
}

void page_time(struct page *p, struct str iso)
{
	static const char form[] = "0000-00-00T00:00:00";
	size_t i = 0;

	while (i < sizeof(form) - 1 && i < iso.n && (form[i] == '0' ? iso.s[i] >= '0' && iso.s[i] <= '9' : iso.s[i] == form[i]))
		i++;
	if (i < sizeof(form) - 1) {
		if (iso.n)
			page_text(p, iso);
		else
			page_raw(p, "-");
		return;
	}
	page_raw(p, "<time datetime=\"");
	page_text(p, iso);
	page_raw(p, "\">");
	put(p, iso.s, 10);
	page_raw(p, " ");
	put(p, iso.s + 11, 8);
	page_raw(p, " UTC</time>");
}

void page_party(struct page *p, struct str id)
{
	const json_t *at = json_object_getn(p->elements, id.s, id.n);

	if (json_is_integer(at))
		page_mark(p, "<a href=\"#e-%llu\">", (unsigned long long)as_num(at));
	page_name(p, id);
	if (json_is_integer(at))
		page_raw(p, "</a>");
}

static void input_name(struct page *p, uint64_t input)
{
	const json_t *in = json_array_get(get(p->r, "inputs"), (size_t)input);

	if (json_array_size(get(p->r, "inputs")) < 2)
		return;
	page_raw(p, " of ");
	page_name(p, in ? get_text(in, "name") : (struct str){ "?", 1 });
}

void page_grounds(struct page *p, const char *before, const json_t *grounds, unsigned most)
{
	size_t n = json_array_size(grounds), shown = 0;
	uint64_t input = UINT64_MAX;

	for (size_t i = 0; i < n && shown < most; i++) {
		const json_t *g = json_array_get(grounds, i);
		uint64_t frame = get_num(g, "frame"), in = get_num(g, "input");

		if (!frame)			/* a rule, not a packet */
			continue;
		if (shown && in != input)
			input_name(p, input);
		page_raw(p, !shown ? before : ", ");
		if (packet_planned(p, g))
			page_mark(p, "<a href=\"#p-%llu-%llu\">%llu</a>", (unsigned long long)in, (unsigned long long)frame, (unsigned long long)frame);
		else
			page_mark(p, "%llu", (unsigned long long)frame);
		input = in;
		shown++;
	}
	if (shown)
		input_name(p, input);
	if (n > shown && shown == most)
		page_raw(p, " and others");
}

/* ---- sections and tables ---- */

void section(struct page *p, const char *id, const char *title)
{
	page_mark(p, "<h2 id=\"%s\">%s</h2>\n", id, title);
}

static void heads(struct page *p, const char *const *cols, unsigned n)
{
	page_raw(p, "<table><thead><tr>");
	for (unsigned i = 0; i < n; i++)
		page_mark(p, "<th scope=\"col\"%s>%s</th>", *cols[i] == '#' ? " class=\"n\"" : "", cols[i] + (*cols[i] == '#'));
	page_raw(p, "</tr></thead><tbody>\n");
}

/* The region can be reached and scrolled with the keyboard. */
void table_open(struct page *p, const char *label, const char *const *cols, unsigned n)
{
	page_mark(p, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">", label);
	heads(p, cols, n);
}

void table_close(struct page *p)
{
	page_raw(p, "</tbody></table></div>\n");
}

void cell(struct page *p, struct str s)
{
	page_raw(p, "<td>");
	page_name(p, s);
	page_raw(p, "</td>");
}

void cell_num(struct page *p, uint64_t n)
{
	page_mark(p, "<td class=\"n%s\">%llu</td>", n ? "" : " zero", (unsigned long long)n);
}

void cell_verdict(struct page *p, struct str verdict)
{
	static const char *const known[] = { "violated", "not-decidable", "unprotected", "conform", "not-observed", "off" };

	page_raw(p, "<td");
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (str_eq(verdict, (struct str){ known[i], strlen(known[i]) }))
			page_mark(p, " class=\"%s\"", known[i]);
	page_raw(p, ">");
	page_text(p, verdict);
	page_raw(p, "</td>");
}

void left_out(struct page *p, uint64_t n, const char *what)
{
	if (n)
		page_mark(p, "<p class=\"dim\">%llu more %s are not on this page; they are in report.json.</p>\n", (unsigned long long)n, what);
}

void rest_open(struct page *p, uint64_t n, const char *what)
{
	page_mark(p, "<details class=\"rest\"><summary>%llu more %s</summary>\n", (unsigned long long)n, what);
}

void rest_close(struct page *p)
{
	page_raw(p, "</details>\n");
}

void list_table(struct page *p, const struct list *l)
{
	const json_t *items = get(p->r, l->key);
	size_t n = json_array_size(items) < PAGE_KEEP ? json_array_size(items) : PAGE_KEEP;
	uint64_t total = list_total(p, l->key);

	if (!total) {
		page_raw(p, "<p>There are none.</p>\n");
		return;
	}
	page_mark(p, "<div class=\"list\" data-what=\"%s\">\n", l->what);
	table_open(p, l->what, l->cols, l->ncols);
	for (size_t i = 0; i < n; i++) {
		if (i == LIST_FIRST) {
			char label[80];

			(void)snprintf(label, sizeof(label), "more %s", l->what);
			table_close(p);
			rest_open(p, n - i, l->what);
			table_open(p, label, l->cols, l->ncols);
		}
		l->row(p, json_array_get(items, i), i);
	}
	table_close(p);
	if (n > LIST_FIRST)
		rest_close(p);
	page_raw(p, "</div>\n");
	left_out(p, total > n ? total - n : 0, l->what);
}
