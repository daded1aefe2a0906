/* Text for people on a terminal. */
#include "say.h"

#include <stdarg.h>
#include <stdio.h>

void say(struct out *o, const char *fmt, ...)
{
	char b[1024];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(b, sizeof(b), fmt, ap);
	va_end(ap);
	if (n > 0 && !o->err)
		o->err = o->write(o->ctx, b, (size_t)n < sizeof(b) ? (size_t)n : sizeof(b) - 1);
}

void say_text(struct out *o, const char *s)
{
	if (!o->err)
		o->err = o->write(o->ctx, s, strlen(s));
}

const char *bold(const struct out *o) { return o->colour ? "\033[1m" : ""; }
const char *plain(const struct out *o) { return o->colour ? "\033[0m" : ""; }

void title(struct out *o, const char *s)
{
	say(o, "\n%s%s%s\n", bold(o), s, plain(o));
}

void clean(char *to, size_t room, const char *s, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n && k + 1 < room; i++)
		to[k++] = (uint8_t)s[i] >= 0x20 && s[i] != 0x7f && !((uint8_t)s[i] & 0x80) ? s[i] : '.';
	to[k] = 0;
}

const char *bytes_text(uint64_t b, char out[24])
{
	static const char *const unit[] = { "B", "kB", "MB", "GB", "TB" };
	double v = (double)b;
	unsigned u = 0;

	for (; v >= 1000 && u < 4; u++)
		v /= 1000;
	(void)snprintf(out, 24, u ? "%.1f %s" : "%.0f %s", v, unit[u]);
	return out;
}

const char *plural(uint64_t n) { return n == 1 ? "" : "s"; }

const char *when(uint64_t t_ns, char out[TIME_TEXT])
{
	time_text(t_ns, out);
	out[10] = ' ';
	out[19] = 0;
	return out;
}
