/* For tests and fuzz targets: a line of a list of facts is read, printed, read again and printed again. */
#ifndef FW_TESTS_READBACK_H
#define FW_TESTS_READBACK_H

#include "factlist.h"

#include <stdlib.h>

struct readback {
	struct fact_reader reader;
	struct arena	mem;
	struct item	room[FACT_ITEMS + 1];
	union fact_content content;
	struct json	json;
	char		*out;			/* what was printed */
	size_t		 n, cap;
};

static inline int readback_write(void *ctx, const char *p, size_t n)
{
	struct readback *b = ctx;

	if (n > b->cap - b->n)
		abort();
	memcpy(b->out + b->n, p, n);
	b->n += n;
	return 0;
}

static inline struct readback *readback_new(size_t longest)
{
	struct readback *b = calloc(1, sizeof(*b));

	if (!b)
		abort();
	b->cap = 8 * longest + 65536;
	b->out = malloc(b->cap);
	b->mem = (struct arena){ malloc(8 * longest + 65536), 0, 8 * longest + 65536, 0 };
	if (!b->out || !b->mem.base)
		abort();
	fact_reader_init(&b->reader, &b->mem, b->room);
	return b;
}

static inline void readback_free(struct readback *b)
{
	free(b->out);
	free(b->mem.base);
	free(b);
}

/* From an exact copy, so that one octet too many is seen; the copy stays for as long as what was read, see `copy`. */
static inline enum fact_line readback_parse(struct readback *b, const char *line, size_t n, char **copy)
{
	*copy = malloc(n ? n : 1);
	if (!*copy)
		abort();
	memcpy(*copy, line, n);
	arena_reset(&b->mem);
	return fact_parse(&b->reader, *copy, n, &b->content);
}

/* Prints what was read into out; with its end of line. */
static inline void readback_print(struct readback *b, enum fact_line is)
{
	b->n = 0;
	json_start(&b->json, readback_write, b);
	if (is == LINE_FACT)
		fact_print(&b->json, &b->content.fact);
	else if (is == LINE_RUN)
		fact_run_print(&b->json, &b->content.run);
	else if (is == LINE_END)
		fact_end_print(&b->json, &b->content.end);
	if (json_done(&b->json))
		abort();
}

/* What the line is; *stable: printing what is read of it and reading that gives the same bytes again. */
static inline enum fact_line readback_twice(struct readback *b, const char *line, size_t n, bool *stable)
{
	char *copy, *first;
	enum fact_line is = readback_parse(b, line, n, &copy);
	size_t printed;

	*stable = true;
	if (is == LINE_FACT || is == LINE_RUN || is == LINE_END) {
		readback_print(b, is);
		free(copy);
		printed = b->n;
		first = malloc(printed);
		if (!first)
			abort();
		memcpy(first, b->out, printed);
		*stable = readback_parse(b, first, printed, &copy) == is;
		if (*stable)
			readback_print(b, is);
		*stable = *stable && b->n == printed && !memcmp(first, b->out, printed);
		free(first);
	} else {
		*stable = is != LINE_BAD || (b->reader.want && b->reader.column >= 1 && b->reader.column <= n + 1);
	}
	free(copy);
	return is;
}

#endif
