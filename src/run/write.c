/* What every run writes in the end: the report's files into the output directory, the summary on standard output. */
#include "inside.h"
#include "page.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum status run_fail(enum status s, const char *sentence)
{
	(void)fprintf(stderr, "fairwitness: %s\n", sentence);
	return s;
}

enum status stdout_fail(int why, const char *whole)
{
	struct err e;

	err_set(&e, "standard output cannot be written: %s%s%.300s%s", strerror(why), whole ? "; what is in " : "", whole ? whole : "", whole ? " is whole" : "");
	__fpurge(stdout);		/* told once: whoever flushes it next has nothing to say */
	clearerr(stdout);
	return run_fail(STATUS_OUTPUT, e.text);
}

int to_stdout(void *ctx, const char *p, size_t n)
{
	(void)ctx;
	return fwrite(p, 1, n, stdout) == n ? FW_OK : FW_EIO;
}

typedef int report_writer(const struct report *r, int (*write)(void *ctx, const char *p, size_t n), void *ctx);

static int write_one(struct outdir *d, const struct report *r, const char *name, report_writer *writer, struct err *e)
{
	struct outfile f;

	if (outfile_open(&f, d, name, e) != FW_OK)
		return FW_EIO;
	if (writer(r, outfile_write, &f) && !f.error)
		f.error = ENOMEM;
	return outfile_close(&f, e);
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
static int write_page(struct outdir *d, const struct shown *shown, struct err *e)
{
	int from = openat(d->fd, "report.json", O_RDONLY | O_CLOEXEC | O_NOFOLLOW), err;
	struct page_in in = { 0 };
	struct outfile to;
	struct err why;

	if (from < 0) {
		err_set(e, "%s/report.json: cannot be read: %s", d->path, strerror(errno));
		return FW_EIO;
	}
	err = page_load(&in, from_fd, &from, &why);
	(void)close(from);
	if (err != FW_OK)
		err_set(e, "%s/report.json: %.300s", d->path, err == FW_ENOMEM ? err_word(err) : why.text);
	else
		err = outfile_open(&to, d, "report.html", e);
	if (err == FW_OK) {
		in.packet = shown ? shown->v : NULL;
		in.npackets = shown ? shown->n : 0;
		if (report_html(&in, outfile_write, &to) && !to.error)
			to.error = ENOMEM;
		err = outfile_close(&to, e);
	}
	page_unload(&in);
	return err;
}

enum status run_write(struct outdir *d, const struct report *r, const struct shown *shown)
{
	struct err e;

	if (write_one(d, r, "report.json", report_json, &e) != FW_OK || write_one(d, r, "findings.ndjson", report_eve, &e) != FW_OK ||
	    write_page(d, shown, &e) != FW_OK)
		return run_fail(STATUS_OUTPUT, e.text);
	return STATUS_DONE;
}

enum status run_say(const struct report *r, bool json, const struct outdir *d, const char *sealed)
{
	const char *none = getenv("NO_COLOR");
	bool terminal = isatty(1) == 1;
	struct winsize w = { 0 };
	int err;

	if (terminal)
		(void)ioctl(1, TIOCGWINSZ, &w);
	err = json ? report_json(r, to_stdout, NULL) : report_text(r, terminal && !(none && *none), w.ws_col, to_stdout, NULL);
	if (!err && !json && d) {
		char b[8400];
		int n = snprintf(b, sizeof(b), "\nThe whole report: %s/report.json\n%s\n", d->path, sealed);

		err = to_stdout(NULL, b, n < (int)sizeof(b) ? (size_t)n : sizeof(b) - 1);
	}
	if (err == FW_ENOMEM)
		return run_fail(STATUS_OUTPUT, err_word(err));
	return err || fflush(stdout) ? stdout_fail(errno, d ? d->path : NULL) : STATUS_DONE;
}
