/*
 * A pull scanner of JSON over one line in memory, with one sticky cause: where and what was
 * expected.  No recursion, no allocation but from the arena; strings are UTF-8 as json.c writes
 * them.  Also objects whose members are rows.  Private to this folder.
 */
#ifndef FW_FACTS_SCAN_H
#define FW_FACTS_SCAN_H

#include "fact.h"

struct str { const char *p; size_t n; };	/* borrowed: from the line, or from the arena when it had escapes */

struct scan {
	const char	*s;
	size_t		 n, at;
	struct arena	*mem;
	const char	*want;		/* NULL: no trouble yet */
	const char	*member;	/* the name of a member that is missing, or NULL */
	size_t		 bad;		/* where the trouble is */
	uint64_t	 unknown;	/* members without a row, left out */
};

struct scan scan_make(const char *s, size_t n, struct arena *mem);
/* The first trouble is kept; always false. */
bool scan_fail(struct scan *s, const char *want);
bool scan_fail_at(struct scan *s, size_t at, const char *want);
/* The next character that is no space, or -1 at the end or after trouble. */
int scan_peek(struct scan *s);
bool scan_take(struct scan *s, char c, const char *want);
/* Inside an object or a list (close: its bracket): true when another member or value follows, the comma taken. */
bool scan_next(struct scan *s, char close, bool *first);
bool scan_key(struct scan *s, struct str *out);		/* and its colon */
bool scan_string(struct scan *s, struct str *out);
/* A string with its end, kept in the arena; no NUL in it. */
bool scan_ended(struct scan *s, const char **out);
/* A whole number of [0, most], or such a number as a string of decimal digits. */
bool scan_uint(struct scan *s, uint64_t most, uint64_t *out);
bool scan_bool(struct scan *s, bool *out);
bool scan_null(struct scan *s);				/* took a null; false without trouble when there is something else */
bool scan_time(struct scan *s, uint64_t *out);
bool scan_addr(struct scan *s, struct addr *out);	/* "" is none */
/* Any value, well-formed. */
bool scan_skip(struct scan *s);
/* Values of the list that begins here, without taking it; 0 when it is not well-formed. */
uint32_t scan_count(struct scan *s);
/* Nothing but spaces until the end of the line. */
bool scan_end(struct scan *s);
/* Memory that lives as long as the line; NULL is trouble. */
void *scan_mem(struct scan *s, size_t n);

/* ---- objects whose members are rows ---- */

enum row_type {
	ROW_U8, ROW_U16, ROW_U32, ROW_U64, ROW_BOOL, ROW_TIME, ROW_ADDR,
	ROW_TIME_OR_NULL,	/* 0: null */
	ROW_TEXT, ROW_TEXT_OR_NULL,
	ROW_WORD,		/* one of `words`, its index into a uint8_t */
	ROW_PROTOCOL,		/* an IP protocol: its name here, or its number */
	ROW_FRAMES,		/* struct frames: at, n */
	ROW_READ,		/* by `read`, which gets the object */
	ROW_KNOWN,		/* read before, or told by others: passed over */
};

struct row {
	const char	*name;
	uint8_t		 type;		/* enum row_type */
	bool		 need;		/* missing is trouble */
	uint16_t	 off;		/* in the object */
	const char	*const *words;	/* ended by NULL */
	bool		(*read)(struct scan *s, void *object);
};

struct rows { const struct row *row; unsigned n; };	/* at most 64 */

/* How far an object has come. */
struct rows_at { uint64_t seen; unsigned hint; };

/* The row of a member that was not there yet; NULL without trouble: no row has that name. */
const struct row *rows_find(struct scan *s, const struct rows *rows, struct rows_at *at, struct str key, size_t where);
bool rows_read(struct scan *s, const struct row *r, void *object);
/* Trouble when a row that is needed was not there. */
bool rows_done(struct scan *s, const struct rows *rows, const struct rows_at *at);
/* A whole object; members without a row are passed over and counted.  Depth is that of the tables, not of the input. */
bool rows_object(struct scan *s, const struct rows *rows, void *object);
/* A list of such objects of `size` octets each. */
bool rows_list(struct scan *s, const struct rows *rows, size_t size, void **out, uint32_t *n);

#endif
