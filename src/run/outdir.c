/*
 * The output directory appears whole or not at all: files are written into a sibling, which takes
 * the place of the target at the end.  Only an empty directory or, where asked for, a whole earlier output is replaced.
 */
#include "inside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const ours[] = { "report.json", "report.html", "findings.ndjson", "facts.ndjson.zst", "evidence" };

int write_all(int fd, const void *p, size_t n)
{
	const uint8_t *at = p;

	while (n) {
		ssize_t w = write(fd, at, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return FW_EIO;
		at += w;
		n -= (size_t)w;
	}
	return FW_OK;
}

/* The begin of a report.json of ours. */
static bool is_report(int dir)
{
	char b[256];
	int fd = openat(dir, "report.json", O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd < 0 ? -1 : read(fd, b, sizeof(b) - 1);

	if (fd >= 0)
		(void)close(fd);
	if (n <= 0)
		return false;
	b[n] = 0;
	return strstr(b, "\"version\"") && strstr(b, "\"tool\"") && strstr(b, "fairwitness");
}

/* May the directory be replaced?  *stranger: a name in it that is not of an output of ours. */
static bool replaceable(const char *path, bool replace, char stranger[256])
{
	DIR *d = opendir(path);
	bool any = false, ok = true;
	struct dirent *e;

	stranger[0] = 0;
	if (!d)
		return false;
	while (ok && (e = readdir(d))) {
		bool known = false;

		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		any = true;
		for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
			known |= replace && !strcmp(e->d_name, ours[i]);
		if (!known) {
			(void)snprintf(stranger, 256, "%s", e->d_name);
			ok = false;
		}
	}
	if (ok && any)
		ok = is_report(dirfd(d));
	(void)closedir(d);
	return ok;
}

static void remove_tree(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *e;

	if (d) {
		while ((e = readdir(d)))
			if (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."))
				(void)unlinkat(dirfd(d), e->d_name, 0);
		(void)closedir(d);
	}
	(void)rmdir(path);
}

/* "a/b/" and "a/b" are one. */
static char *without_slash(const char *path)
{
	char *s = strdup(path);

	for (size_t n = s ? strlen(s) : 0; n > 1 && s[n - 1] == '/'; n--)
		s[n - 1] = 0;
	return s;
}

int make_parents(char *path, unsigned mode)
{
	for (char *p = path + 1; *p; p++) {
		int bad;

		if (*p != '/')
			continue;
		*p = 0;
		bad = mkdir(path, mode) && errno != EEXIST;
		*p = '/';
		if (bad)
			return FW_EIO;
	}
	return FW_OK;
}

int outdir_open(struct outdir *d, const char *path, bool replace, struct err *e)
{
	struct stat st;
	char stranger[256];
	size_t room = strlen(path) + 40;

	*d = (struct outdir){ .fd = -1, .path = without_slash(path) };
	d->temp = malloc(room);
	if (!d->path || !d->temp) {
		err_set(e, "out of memory");
		return FW_EIO;
	}
	if (!lstat(d->path, &st)) {
		if (!S_ISDIR(st.st_mode)) {
			err_set(e, "-o %s: is not a directory", path);
			goto taken;
		}
		if (!replaceable(d->path, replace, stranger)) {
			err_set(e, "-o %s: holds something else (%s); an empty directory%s a new name%s is wanted", path,
				stranger[0] ? stranger : "no report.json of ours", replace ? "," : " or", replace ? " or an earlier output of audit" : "");
			goto taken;
		}
	}
	(void)snprintf(d->temp, room, "%s.partial-%ld", d->path, (long)getpid());
	if (make_parents(d->path, 0777) != FW_OK || mkdir(d->temp, 0777) || (d->fd = open(d->temp, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0) {
		err_set(e, "-o %s: cannot be made: %s", path, strerror(errno));
		(void)rmdir(d->temp);
		free(d->temp);
		d->temp = NULL;
		return FW_EIO;
	}
	return FW_OK;
taken:
	free(d->temp);
	d->temp = NULL;
	return FW_EINVAL;
}

int outdir_file(struct outdir *d, const char *name, struct err *e)
{
	int fd = openat(d->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);

	if (fd >= 0)
		return fd;
	err_set(e, "%s/%s: cannot be made: %s", d->path, name, strerror(errno));
	return FW_EIO;
}

int outdir_sync(int fd, const char *name, struct err *e)
{
	int bad = fsync(fd), why = errno;

	if (close(fd) && !bad) {
		bad = -1;
		why = errno;
	}
	if (!bad)
		return FW_OK;
	err_set(e, "%s: cannot be written: %s", name, strerror(why));
	return FW_EIO;
}

int outdir_commit(struct outdir *d, struct err *e)
{
	char old[4200];
	struct stat st;
	bool there = !lstat(d->path, &st);

	if (fsync(d->fd)) {
		err_set(e, "-o %s: cannot be written: %s", d->path, strerror(errno));
		return FW_EIO;
	}
	if (there && rmdir(d->path)) {		/* not empty: an earlier output, moved aside until the new one stands */
		if (snprintf(old, sizeof(old), "%s.old-%ld", d->path, (long)getpid()) >= (int)sizeof(old) || rename(d->path, old)) {
			err_set(e, "-o %s: cannot be replaced: %s", d->path, strerror(errno));
			return FW_EIO;
		}
	} else {
		there = false;
	}
	if (rename(d->temp, d->path)) {
		err_set(e, "-o %s: cannot be put in place: %s", d->path, strerror(errno));
		if (there)
			(void)rename(old, d->path);
		return FW_EIO;
	}
	if (there)
		remove_tree(old);
	free(d->temp);
	d->temp = NULL;
	return FW_OK;
}

void outdir_close(struct outdir *d)
{
	if (d->temp && d->fd >= 0)
		remove_tree(d->temp);
	if (d->fd >= 0)
		(void)close(d->fd);
	free(d->temp);
	free(d->path);
	*d = (struct outdir){ .fd = -1 };
}
