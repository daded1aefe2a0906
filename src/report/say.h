/* Text for people on a terminal: what the parts of the summary share; private to this folder. */
#ifndef FW_REPORT_SAY_H
#define FW_REPORT_SAY_H

#include "report.h"

struct out {
	int	(*write)(void *ctx, const char *p, size_t n);
	void	*ctx;
	int	err;
	bool	colour;
	unsigned width;
};

void say(struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));	/* at most 1023 octets */
void say_text(struct out *o, const char *s);			/* of any length */
const char *bold(const struct out *o);
const char *plain(const struct out *o);
void title(struct out *o, const char *s);
/* Names come from the wire: nothing that a terminal would obey gets through. */
void clean(char *to, size_t room, const char *s, size_t n);
const char *bytes_text(uint64_t b, char out[24]);
const char *plural(uint64_t n);
const char *when(uint64_t t_ns, char out[TIME_TEXT]);		/* "2026-11-02 08:00:00" */

/* What was judged: verdicts, what could not be judged, findings with where to look (verdicts.c). */
void say_verdicts(struct out *o, const struct report *r);

#endif
