/* What every run writes in the end: report.json into the output directory, the summary on standard output. */
#include "inside.h"

#include <errno.h>
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

enum status run_write(struct outdir *d, const struct report *r)
{
	struct err e;
	int fd = outdir_file(d, "report.json", &e), err;

	if (fd < 0)
		return run_fail(STATUS_OUTPUT, e.text);
	err = report_json(r, to_fd, &fd);
	if (err) {
		err_set(&e, "%s/report.json: cannot be written: %s", d->path, strerror(errno));
		(void)close(fd);
		return run_fail(STATUS_OUTPUT, e.text);
	}
	if (outdir_sync(fd, "report.json", &e) != FW_OK || outdir_commit(d, &e) != FW_OK)
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
