/*
 * The one writer of JSON: commas, quotes and escapes are its business.  Output goes to a function,
 * through a buffer; the first failure is sticky and is what json_done() returns.
 * Numbers above 2^53 become decimal strings.  Bytes that are not UTF-8 are written as U+FFFD.
 */
#ifndef FW_BASE_JSON_H
#define FW_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { JSON_DEPTH = 60, JSON_BUF = 65536 };

struct json {
	int	(*write)(void *ctx, const char *p, size_t n);	/* 0 or a negative code */
	void	*ctx;
	size_t	 n;
	int	 err;
	unsigned depth;
	uint64_t some;			/* bit per depth: something was written there */
	bool	 after_key, pretty;	/* pretty: one member a line down to depth `lines` */
	unsigned lines;
	char	 buf[JSON_BUF];
};

void json_start(struct json *j, int (*write)(void *ctx, const char *p, size_t n), void *ctx);
void json_open(struct json *j);			/* { */
void json_close(struct json *j);		/* } */
void json_list(struct json *j);			/* [ */
void json_list_end(struct json *j);		/* ] */
void json_key(struct json *j, const char *key);
void json_text(struct json *j, const char *s, size_t n);
void json_str(struct json *j, const char *s);	/* NULL becomes null */
void json_num(struct json *j, uint64_t v);
void json_bool(struct json *j, bool v);
void json_nil(struct json *j);
void json_hex(struct json *j, const uint8_t *p, size_t n);	/* lower-case hex as a string */
void json_line(struct json *j);			/* ends a line of NDJSON at depth 0 */
void json_fail(struct json *j, int err);	/* what is to be written is not there: the first failure is what json_done() returns */
int json_done(struct json *j);			/* flushes; 0 or the first failure */

/* Shorthands: key and value. */
void json_kstr(struct json *j, const char *key, const char *s);
void json_knum(struct json *j, const char *key, uint64_t v);
void json_kbool(struct json *j, const char *key, bool v);

/* Octets of the UTF-8 sequence at p (n > 0), or 0 when it is not one (overlong, surrogate, beyond U+10FFFF). */
size_t utf8_len(const uint8_t *p, size_t n);
/* The text as it is written: U+FFFD for octets that are not UTF-8.  Its length, which differs from n when there are such; out may be NULL. */
size_t utf8_clean(const char *s, size_t n, char *out);

#endif
