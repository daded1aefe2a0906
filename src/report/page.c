/* Markup and text of a page: what comes from the wire is always escaped. */
#include "page.h"

#include "say.h"

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

void page_textn(struct page *p, const char *s, size_t n)
{
	for (size_t i = 0; i < n; ) {
		size_t len = utf8_len((const uint8_t *)s + i, n - i);
		uint8_t c = (uint8_t)s[i];

		if (!len || (c < 0x20 && c != '\n') || c == 0x7f) {
			put(p, "\xef\xbf\xbd", 3);
			i += len ? len : 1;
			continue;
		}
		switch (c) {
		case '&': page_raw(p, "&amp;"); break;
		case '<': page_raw(p, "&lt;"); break;
		case '>': page_raw(p, "&gt;"); break;
		case '"': page_raw(p, "&quot;"); break;
		case '\'': page_raw(p, "&#39;"); break;
		default: put(p, s + i, len); break;
		}
		i += len;
	}
}

void page_text(struct page *p, const char *s)
{
	if (s)
		page_textn(p, s, strlen(s));
}

void page_fmt(struct page *p, const char *fmt, ...)
{
	char b[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(b, sizeof(b), fmt, ap);
	va_end(ap);
	page_text(p, b);
}

void page_time(struct page *p, uint64_t t_ns)
{
	char iso[TIME_TEXT], words[TIME_TEXT];

	if (!t_ns) {
		page_raw(p, "-");
		return;
	}
	(void)time_text(t_ns, iso);
	page_raw(p, "<time datetime=\"");
	page_raw(p, iso);
	page_raw(p, "\">");
	page_raw(p, when(t_ns, words));
	page_raw(p, " UTC</time>");
}
