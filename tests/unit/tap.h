/* Tests as TAP: EXPECT() inside a test, one TEST() line for each in main.  Names are sentences. */
#ifndef FW_TESTS_TAP_H
#define FW_TESTS_TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned tap_no, tap_failed;
static bool tap_bad;

#define EXPECT(cond) tap_expect((cond), #cond, __FILE__, __LINE__)

static inline bool tap_expect(bool ok, const char *what, const char *file, int line)
{
	if (!ok) {
		tap_bad = true;
		printf("# %s:%d: not so: %s\n", file, line, what);
	}
	return ok;
}

static inline void tap_test(void (*test)(void), const char *name)
{
	tap_bad = false;
	test();
	tap_failed += tap_bad;
	printf("%sok %u - ", tap_bad ? "not " : "", ++tap_no);
	for (; *name; name++)
		putchar(*name == '_' ? ' ' : *name);
	putchar('\n');
	fflush(stdout);
}

/* A test that cannot be made here, and why. */
static inline void tap_skip(const char *name, const char *why)
{
	printf("ok %u - %s # SKIP %s\n", ++tap_no, name, why);
}

#define TEST(fn) tap_test(fn, #fn)

static inline int tap_end(void)
{
	printf("1..%u\n", tap_no);
	return tap_failed != 0;
}

#endif
