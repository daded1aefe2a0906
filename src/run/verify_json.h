/*
 * report.json as a stream: read in bounded memory, written again by base/json and compared on the
 * way, so that what was read has the one form that this program gives it.
 */
#ifndef FW_RUN_VERIFY_JSON_H
#define FW_RUN_VERIFY_JSON_H

#include "err.h"
#include "json.h"
#include "read.h"

enum { JPATH_DEPTH = 24, JPATH_KEY = 64, JTEXT_MAX = 1 << 20 };

/* Where a value stands: for each container around it, the member's name or the item's number. */
struct jpath { unsigned depth; struct { bool list; uint64_t index; char key[JPATH_KEY]; } at[JPATH_DEPTH]; };

struct jtaker {
	/* A scalar; text: of a string.  False: stop, e says why. */
	bool	(*value)(void *ctx, const struct jpath *p, enum jkind kind, struct slice text, uint64_t number, struct err *e);
	/* The container that stands at the path ends. */
	bool	(*end)(void *ctx, const struct jpath *p, struct err *e);
	void	*ctx;
};

/* Does it stand at "findings/ * /grounds/ * /frame" (without the spaces)?  A star is any item or member. */
bool jpath_is(const struct jpath *p, const char *pattern);
/* The whole file.  0; FW_EFORMAT with a sentence; FW_EIO; FW_ENOMEM. */
int json_stream(int fd, const struct jtaker *t, struct err *e);

/* A writer that compares with a file instead; nonzero at the first octet that differs, at. */
struct verify_same { int fd; uint64_t at; bool differs; char b[JSON_BUF]; };
int verify_same(void *same, const char *p, size_t n);

#endif
