/* For tests over captures: all frames of a file in memory, and the captures of a folder. */
#ifndef FW_TESTS_FRAMES_H
#define FW_TESTS_FRAMES_H

#include "capture.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct frames_of { struct frame *at; size_t n; };

static inline struct frames_of frames_load(const char *path)
{
	struct frames_of x = { NULL, 0 };
	struct capture_opts none = { 0 };
	struct frame batch[CAPTURE_BATCH];
	struct capture *c;
	struct err e;
	unsigned n;

	if (capture_open(&c, &path, 1, &none, &e))
		abort();
	while ((n = capture_next(c, batch, CAPTURE_BATCH))) {
		x.at = realloc(x.at, (x.n + n) * sizeof(*x.at));
		for (unsigned i = 0; x.at && i < n; i++) {
			uint8_t *b = malloc(batch[i].caplen + 1u);

			if (!b)
				abort();
			memcpy(b, batch[i].data, batch[i].caplen);
			x.at[x.n] = batch[i];
			x.at[x.n++].data = b;
		}
	}
	capture_close(c);
	return x;
}

static inline void frames_free(struct frames_of *x)
{
	for (size_t i = 0; i < x->n; i++)
		free((void *)(uintptr_t)x->at[i].data);
	free(x->at);
	*x = (struct frames_of){ NULL, 0 };
}

static inline int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Calls f for each capture under dir, in order of names; how many there were. */
static inline unsigned each_capture(const char *dir, void (*f)(const char *path, void *ctx), void *ctx)
{
	DIR *d = opendir(dir);
	char *name[1024];
	unsigned n = 0, found = 0;
	struct dirent *x;

	while (d && (x = readdir(d)) && n < 1024)
		if (x->d_name[0] != '.')
			name[n++] = strdup(x->d_name);
	if (d)
		closedir(d);
	qsort(name, n, sizeof(*name), by_text);
	for (unsigned i = 0; i < n; i++) {
		const char *dot = strrchr(name[i], '.');
		char path[1200];
		struct stat st;

		if ((size_t)snprintf(path, sizeof(path), "%s/%s", dir, name[i]) >= sizeof(path))
			continue;
		if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
			found += each_capture(path, f, ctx);
		} else if (dot && (!strcmp(dot, ".pcap") || !strcmp(dot, ".pcapng") || !strcmp(dot, ".cap"))) {
			f(path, ctx);
			found++;
		}
		free(name[i]);
	}
	return found;
}

#endif
