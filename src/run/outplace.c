/*
 * Where an output directory may stand: what it may replace, what it must not touch, and what an
 * earlier run left beside it.
 */
#define _GNU_SOURCE			/* statx() */

#include "inside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const ours[] = { "report.json", "report.html", "findings.ndjson", "facts.ndjson.zst", "evidence", "MANIFEST.sha256",
	"MANIFEST.sha256.sig" };

/* The begin of a report.json of ours.  FW_OK, FW_EINVAL: it is none, or FW_EIO with errno. */
static int is_report(int dir)
{
	char b[256];
	int fd = openat(dir, "report.json", O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd < 0 ? -1 : read(fd, b, sizeof(b) - 1);
	int why = errno;

	if (fd >= 0)
		(void)close(fd);
	errno = why;
	if (n < 0)
		return why == ENOENT || why == ELOOP || why == EISDIR ? FW_EINVAL : FW_EIO;
	b[n] = 0;
	return strstr(b, "\"version\"") && strstr(b, "\"tool\"") && strstr(b, "fairwitness") ? FW_OK : FW_EINVAL;
}

int outplace_holds_ours(const struct outdir *o, struct err *e)
{
	char stranger[256] = "";
	DIR *d = opendir(o->path);
	bool any = false;
	int err = d ? FW_OK : FW_EIO;
	struct dirent *f;

	while (err == FW_OK && (f = readdir(d))) {
		bool known = false;

		if (!strcmp(f->d_name, ".") || !strcmp(f->d_name, ".."))
			continue;
		any = true;
		for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
			known |= o->replace && !strcmp(f->d_name, ours[i]);
		if (!known) {
			(void)snprintf(stranger, sizeof(stranger), "%s", f->d_name);
			err = FW_EINVAL;
		}
	}
	if (err == FW_OK && any)
		err = is_report(dirfd(d));
	if (err == FW_EIO)
		err_set(e, "-o %s: what is there cannot be read: %s", o->path, strerror(errno));
	else if (err == FW_EINVAL)
		err_set(e, "-o %s: holds something else (%s); an empty directory%s a new name%s is wanted", o->path,
			stranger[0] ? stranger : "no report.json of ours", o->replace ? "," : " or", o->replace ? " or an earlier output of audit" : "");
	if (d)
		(void)closedir(d);
	return err;
}

/* With links followed, what is not there yet left away; the caller's, or NULL. */
static char *real(const char *path)
{
	char *part = strdup(path), *r = NULL, *slash;

	while (part && !(r = realpath(*part ? part : "/", NULL)) && errno == ENOENT) {
		slash = strrchr(part, '/');
		if (!slash) {
			r = realpath(".", NULL);
			break;
		}
		*slash = 0;
	}
	free(part);
	return r;
}

bool outplace_below(const char *dir, const char *path)
{
	size_t n = strcmp(dir, "/") ? strlen(dir) : 0;

	return !strncmp(dir, path, n) && (!path[n] || path[n] == '/');
}

int outplace_apart(const char *dir, const char *const *path, size_t n, struct err *e)
{
	char *out = real(dir), *whole = realpath(dir, NULL);
	struct stat st;
	int err = FW_OK;

	if (whole && (stat(whole, &st) || !S_ISDIR(st.st_mode))) {	/* nothing is in it: refused for that */
		free(whole);
		whole = NULL;
	}

	for (size_t i = 0; i < n && out && err == FW_OK; i++) {
		char *in = realpath(strcmp(path[i], "-") ? path[i] : "/proc/self/fd/0", NULL);

		if (in && whole && outplace_below(whole, in)) {
			err_set(e, "-o %s: holds %s, which is to be read and would be replaced; another directory is wanted", dir, path[i]);
			err = FW_EINVAL;
		} else if (in && !stat(in, &st) && S_ISDIR(st.st_mode) && outplace_below(in, out)) {
			err_set(e, "-o %s: lies in %s, all of which is to be read; another place is wanted", dir, path[i]);
			err = FW_EINVAL;
		}
		free(in);
	}
	free(out);
	free(whole);
	return err;
}

bool outplace_exchangeable(const char *path, struct err *e)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	struct statx x;

	if (!strcmp(name, ".") || !strcmp(name, ".."))
		err_set(e, "-o %s: name the directory by its own name: it is replaced as a whole", path);
	else if (!strcmp(path, "/") || (!statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_TYPE, &x) && x.stx_attributes & STATX_ATTR_MOUNT_ROOT))
		err_set(e, "-o %s: a file system is mounted there, and a directory that is replaced as a whole cannot be that; name one in it: %s%sNAME", path,
			path, strcmp(path, "/") ? "/" : "");
	else
		return true;
	return false;
}

int outplace_parent(const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	char parent[4096];

	*name = slash ? slash + 1 : path;
	if (!slash)
		return open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if ((size_t)(slash - path) >= sizeof(parent)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	(void)snprintf(parent, sizeof(parent), "%.*s", slash == path ? 1 : (int)(slash - path), path);
	return open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* What a killed run left is named, so that nobody takes it for an output; another run may still write there. */
void outplace_tell_leftovers(const char *path)
{
	const char *name;
	int fd = outplace_parent(path, &name);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	size_t n = strlen(name), dir = (size_t)(name - path);
	struct dirent *e;

	if (!d && fd >= 0)
		(void)close(fd);
	while (d && (e = readdir(d))) {
		if (strncmp(e->d_name, name, n))
			continue;
		if (!strncmp(e->d_name + n, ".partial-", 9))
			(void)fprintf(stderr, "fairwitness: %.*s%s: a run that did not end, or has not yet, writes there; it is no output, and may be removed\n",
				(int)dir, path, e->d_name);
		else if (!strncmp(e->d_name + n, ".old-", 5))
			(void)fprintf(stderr, "fairwitness: %.*s%s: an earlier output, kept by a run that was killed while it replaced it; rename it back, or remove it\n",
				(int)dir, path, e->d_name);
	}
	if (d)
		(void)closedir(d);
}
