/*
 * What is wrong with a register or a policy, each with its place: `file:line:column: sentence`.
 * Several are collected, the first TROUBLES are kept, all are counted.
 */
#ifndef FW_POLICY_TROUBLE_H
#define FW_POLICY_TROUBLE_H

#include <stddef.h>
#include <stdint.h>

/* Where something was written.  line 0: no place (a default).  The file's name is borrowed. */
struct place { const char *file; uint32_t line, column; };

enum { TROUBLES = 20, TROUBLE_TEXT = 640 };

struct troubles {
	uint32_t n;			/* all that were told; the first TROUBLES are in text */
	char	 text[TROUBLES][TROUBLE_TEXT];
};

void trouble_say(struct troubles *t, const struct place *at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* A sentence put together in a fixed buffer; cut with "..." when it is too long. */
struct words { size_t n; char text[2048]; };

void words_add(struct words *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The i-th of n things in a row: "a", then ", b", then " and c" (or another last word). */
void words_item(struct words *w, size_t i, size_t n, const char *last, const char *s);
/* n octets quoted, long ones cut, what is not printable shown as '?'. */
void words_quoted(struct words *w, const char *s, size_t n);

#endif
