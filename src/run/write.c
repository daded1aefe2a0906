/* What every run writes in the end: the report's files into the output directory, the summary on standard output. */
#include "inside.h"
#include "page.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum status run_fail(enum status s, const char *sentence)
{
	(void)fprintf(stderr, "fairwitness: %s\n", sentence);
	return s;
}

static int to_stdout(void *ctx, const char *p, size_t n)
{
	(void)ctx;
	return write_all(1, p, n);
}

static int to_fd(void *ctx, const char *p, size_t n)
{
	return write_all(*(int *)ctx, p, n);
}

typedef int report_writer(const struct report *r, int (*write)(void *ctx, const char *p, size_t n), void *ctx);

static int write_one(struct outdir *d, const struct report *r, const char *name, report_writer *writer, struct err *e)
{
	int fd = outdir_file(d, name, e);

	if (fd < 0)
		return FW_EIO;
	if (writer(r, to_fd, &fd)) {
		err_set(e, "%s/%s: cannot be written: %s", d->path, name, strerror(errno));
		(void)close(fd);
		return FW_EIO;
	}
	return outdir_sync(fd, name, e);
}

static long from_fd(void *ctx, char *p, size_t n)
{
	ssize_t k;

	do
		k = read(*(int *)ctx, p, n);
	while (k < 0 && errno == EINTR);
	return k;
}

/* The page is made of report.json as it was written, as a verifier makes it again: the two cannot differ. */
static int write_page(struct outdir *d, struct err *e)
{
	int from = openat(d->fd, "report.json", O_RDONLY | O_CLOEXEC | O_NOFOLLOW), to, err;
	struct page_in in = { 0 };
	struct err why;

	if (from < 0) {
		err_set(e, "%s/report.json: cannot be read: %s", d->path, strerror(errno));
		return FW_EIO;
	}
	err = page_load(&in, from_fd, &from, &why);
	(void)close(from);
	if (err != FW_OK) {
		err_set(e, "%s/report.json: %.300s", d->path, why.text);
		page_unload(&in);
		return err;
	}
	to = outdir_file(d, "report.html", e);
	err = to < 0 ? FW_EIO : report_html(&in, to_fd, &to);
	page_unload(&in);
	if (to >= 0 && err != FW_OK) {
		err_set(e, "%s/report.html: cannot be written: %s", d->path, err == FW_ENOMEM ? "out of memory" : strerror(errno));
		(void)close(to);
	}
	return err != FW_OK ? err : outdir_sync(to, "report.html", e);
}

enum status run_write(struct outdir *d, const struct report *r)
{
	struct err e;

	if (write_one(d, r, "report.json", report_json, &e) != FW_OK || write_one(d, r, "findings.ndjson", report_eve, &e) != FW_OK ||
	    write_page(d, &e) != FW_OK || outdir_commit(d, &e) != FW_OK)
		return run_fail(STATUS_OUTPUT, e.text);
	return STATUS_DONE;
}

enum status run_say(const struct report *r, bool json, const struct outdir *d)
{
	const char *none = getenv("NO_COLOR");
	bool terminal = isatty(1) == 1;
	struct winsize w = { 0 };
	int err;

	if (terminal)
		(void)ioctl(1, TIOCGWINSZ, &w);
	err = json ? report_json(r, to_stdout, NULL) : report_text(r, terminal && !(none && *none), w.ws_col, to_stdout, NULL);
	if (!err && !json && d) {
		char b[4200];
		int n = snprintf(b, sizeof(b), "\nThe whole report: %s/report.json\n", d->path);

		err = to_stdout(NULL, b, n < (int)sizeof(b) ? (size_t)n : sizeof(b) - 1);
	}
	return err ? run_fail(STATUS_OUTPUT, strerror(errno)) : STATUS_DONE;
}
