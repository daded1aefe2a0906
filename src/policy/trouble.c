#include "trouble.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void trouble_say(struct troubles *t, const struct place *at, const char *fmt, ...)
{
	size_t i = t->n++;
	va_list ap;
	int k;

	if (i >= TROUBLES)
		return;
	k = at->line ? snprintf(t->text[i], TROUBLE_TEXT, "%s:%u:%u: ", at->file, at->line, at->column)
		     : snprintf(t->text[i], TROUBLE_TEXT, "%s: ", at->file);
	if (k < 0 || k >= TROUBLE_TEXT)
		k = 0;
	va_start(ap, fmt);
	(void)vsnprintf(t->text[i] + k, TROUBLE_TEXT - (size_t)k, fmt, ap);
	va_end(ap);
}

void words_add(struct words *w, const char *fmt, ...)
{
	size_t room = sizeof(w->text) - w->n;
	va_list ap;
	int k;

	va_start(ap, fmt);
	k = vsnprintf(w->text + w->n, room, fmt, ap);
	va_end(ap);
	if (k > 0 && (size_t)k < room) {
		w->n += (size_t)k;
	} else if (k > 0) {
		w->n = sizeof(w->text) - 1;
		memcpy(w->text + w->n - 3, "...", 3);
	}
}

void words_item(struct words *w, size_t i, size_t n, const char *last, const char *s)
{
	words_add(w, "%s%s%s%s", !i ? "" : i + 1 < n || !*last ? ", " : " ", i && i + 1 == n ? last : "", i && i + 1 == n && *last ? " " : "", s);
}

void words_quoted(struct words *w, const char *s, size_t n)
{
	size_t most = n > 48 ? 45 : n;
	char b[64];

	while (most && most < n && ((unsigned char)s[most] & 0xc0) == 0x80)
		most--;				/* not inside a character */
	for (size_t i = 0; i < most; i++)
		b[i] = (unsigned char)s[i] < 0x20 || s[i] == 0x7f ? '?' : s[i];
	b[most] = 0;
	words_add(w, "\"%s%s\"", b, most < n ? "..." : "");
}
