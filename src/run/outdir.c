/*
 * The output directory appears whole or not at all: files are written into a sibling, which takes
 * the place of the target at the end.  Only an empty directory or, where asked for, a whole earlier output is replaced.
 */
#define _GNU_SOURCE			/* renameat2(), O_TMPFILE */

#include "inside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REMOVE_DEPTH = 16 };		/* of what is removed: deeper than evidence ever is */

int write_all(int fd, const void *p, size_t n)
{
	const uint8_t *at = p;

	while (n) {
		ssize_t w = write(fd, at, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (!w)
			errno = ENOSPC;
		if (w <= 0)
			return FW_EIO;
		at += w;
		n -= (size_t)w;
	}
	return FW_OK;
}

const char *remedy(int why)
{
	switch (why) {
	case ENOSPC:
	case EDQUOT: return "; make room there, or name another place";
	case EFBIG: return "; a limit on the size of files (ulimit -f) is too low";
	case EROFS:
	case EACCES:
	case EPERM: return "; name a place where you may write";
	case EIO: return "; the disk, or the way to it, fails: name another";
	default: return "";
	}
}

/* What is below the name in dir, and it: no link is followed, and what is deeper than REMOVE_DEPTH stays. */
static void remove_below(int dir, const char *name, unsigned depth)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;

	if (!d && fd >= 0)
		(void)close(fd);
	while (d && (e = readdir(d)))
		if (strcmp(e->d_name, ".") && strcmp(e->d_name, "..") && unlinkat(fd, e->d_name, 0) && depth < REMOVE_DEPTH)
			remove_below(fd, e->d_name, depth + 1);
	if (d)
		(void)closedir(d);
	(void)unlinkat(dir, name, AT_REMOVEDIR);
}

static void remove_tree(const char *path)
{
	remove_below(AT_FDCWD, path, 0);
}

/* "a/b/" and "a/b" are one. */
static char *without_slash(const char *path)
{
	char *s = strdup(path);

	for (size_t n = s ? strlen(s) : 0; n > 1 && s[n - 1] == '/'; n--)
		s[n - 1] = 0;
	return s;
}

/* A directory's names.  Some file systems cannot sync a directory: that is not taken for a failure. */
static int sync_dir(int fd)
{
	return fsync(fd) && errno != EINVAL && errno != ENOTSUP ? -1 : 0;
}

int sync_parent(const char *path)
{
	const char *name;
	int fd = outplace_parent(path, &name), bad = fd < 0 || sync_dir(fd), why = errno;

	if (fd >= 0)
		(void)close(fd);
	errno = why;
	return bad ? -1 : 0;
}

int make_parents(char *path, unsigned mode)
{
	for (char *p = path + 1; *p; p++) {
		int bad;

		if (*p != '/')
			continue;
		*p = 0;
		bad = mkdir(path, mode) ? errno != EEXIST : sync_parent(path);
		*p = '/';
		if (bad)
			return FW_EIO;
	}
	return FW_OK;
}

int outdir_open(struct outdir *d, const char *path, bool replace, const struct stop *stop, struct err *e)
{
	struct stat st;
	int err = FW_EINVAL;
	size_t room = strlen(path) + 40;

	*d = (struct outdir){ .fd = -1, .path = without_slash(path), .replace = replace, .stop = stop };
	d->temp = malloc(room);
	if (!d->path || !d->temp) {
		err_set(e, "out of memory");
		return FW_EIO;
	}
	if (!lstat(d->path, &st)) {
		if (!S_ISDIR(st.st_mode)) {
			err_set(e, "-o %s: is %snot a directory", path, S_ISLNK(st.st_mode) ? "a link, " : "");
			goto taken;
		}
		if (!outplace_exchangeable(d->path, e))
			goto taken;
		if ((err = outplace_holds_ours(d, e)) != FW_OK)
			goto taken;
	}
	outplace_tell_leftovers(d->path);
	(void)snprintf(d->temp, room, "%s.partial-%ld", d->path, (long)getpid());
	remove_tree(d->temp);			/* of a killed run that had our number */
	if (make_parents(d->path, 0777) != FW_OK || mkdir(d->temp, 0777) || (d->fd = open(d->temp, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0) {
		int why = errno;

		err_set(e, "-o %s: cannot be made: %s%s", path, strerror(why), remedy(why));
		(void)rmdir(d->temp);
		free(d->temp);
		d->temp = NULL;
		return FW_EIO;
	}
	return FW_OK;
taken:
	free(d->temp);
	d->temp = NULL;
	return err;
}

/* ---- files in it ---- */

static int cannot(const struct outdir *d, const char *name, int why, struct err *e)
{
	err_set(e, "%s/%s: cannot be written: %s%s", d->path, name, strerror(why), remedy(why));
	return FW_EIO;
}

/* Directories of the name that are not there yet; each is told, to be synced in the end. */
static int make_dirs(struct outdir *d, const char *name, struct err *e)
{
	char part[OUT_NAME];

	for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
		(void)snprintf(part, sizeof(part), "%.*s", (int)(slash - name), name);
		if (!mkdirat(d->fd, part, 0777)) {
			if (d->ndirs == d->cap_dirs) {
				size_t cap = d->cap_dirs ? 2 * d->cap_dirs : 16;
				void *v = realloc(d->dir, cap * sizeof(*d->dir));

				if (!v)
					return cannot(d, part, ENOMEM, e);
				d->dir = v;
				d->cap_dirs = cap;
			}
			memcpy(d->dir[d->ndirs++], part, sizeof(part));
		} else if (errno != EEXIST) {
			return cannot(d, part, errno, e);
		}
	}
	return FW_OK;
}

int outfile_open(struct outfile *f, struct outdir *d, const char *name, struct err *e)
{
	*f = (struct outfile){ .fd = -1, .dir = d };
	if (strlen(name) >= sizeof(f->name))
		return cannot(d, name, ENAMETOOLONG, e);
	memcpy(f->name, name, strlen(name) + 1);
	if (stop_asked(d->stop, e))
		return FW_EIO;
	if (make_dirs(d, name, e) != FW_OK)
		return FW_EIO;
	f->fd = openat(d->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (f->fd < 0)
		return cannot(d, name, errno, e);
	f->sha = sha_new();
	if (f->sha)
		return FW_OK;
	outfile_drop(f);
	return cannot(d, name, ENOMEM, e);
}

int outfile_write(void *file, const char *p, size_t n)
{
	struct outfile *f = file;

	if (f->error) {			/* the first one is told */
		errno = f->error;
		return FW_EIO;
	}
	sha_add(f->sha, p, n);
	if (write_all(f->fd, p, n) == FW_OK)
		return FW_OK;
	f->error = errno;
	return FW_EIO;
}

int outfile_close(struct outfile *f, struct err *e)
{
	struct outdir *d = f->dir;
	struct outname *to;
	uint8_t digest[SHA];

	if (!f->error && fsync(f->fd))
		f->error = errno;
	if (close(f->fd) && !f->error)
		f->error = errno;
	f->fd = -1;
	sha_end(f->sha, digest);
	f->sha = NULL;
	if (f->error)
		return cannot(d, f->name, f->error, e);
	if (d->nnames == d->cap_names) {
		size_t cap = d->cap_names ? 2 * d->cap_names : 64;
		void *v = realloc(d->name, cap * sizeof(*d->name));

		if (!v)
			return cannot(d, f->name, ENOMEM, e);
		d->name = v;
		d->cap_names = cap;
	}
	to = &d->name[d->nnames++];
	memcpy(to->name, f->name, sizeof(to->name));
	sha_hex(digest, to->sha256);
	return FW_OK;
}

void outfile_drop(struct outfile *f)
{
	uint8_t digest[SHA];

	if (f->fd >= 0)
		(void)close(f->fd);
	if (f->sha)
		sha_end(f->sha, digest);
	*f = (struct outfile){ .fd = -1 };
}

int outdir_put(struct outdir *d, const char *name, const void *p, size_t n, struct err *e)
{
	struct outfile f;

	if (outfile_open(&f, d, name, e) != FW_OK)
		return FW_EIO;
	(void)outfile_write(&f, p, n);
	return outfile_close(&f, e);
}

const char *outdir_sha256(const struct outdir *d, const char *name)
{
	for (size_t i = 0; i < d->nnames; i++)
		if (!strcmp(d->name[i].name, name))
			return d->name[i].sha256;
	return NULL;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct outname *)a)->name, ((const struct outname *)b)->name);
}

void outdir_manifest(struct outdir *d, struct octets *o)
{
	if (d->nnames)
		qsort(d->name, d->nnames, sizeof(*d->name), by_name);
	for (size_t i = 0; i < d->nnames; i++) {
		octets_str(o, d->name[i].sha256);
		octets_str(o, "  ");
		octets_str(o, d->name[i].name);
		octets_str(o, "\n");
	}
}

int outdir_scratch(const struct outdir *d)
{
	int fd = openat(d->fd, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
		return fd;
	fd = openat(d->fd, "scratch", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd >= 0)
		(void)unlinkat(d->fd, "scratch", 0);
	return fd;
}

/* ---- the end ---- */

int outdir_sync(struct outdir *d, struct err *e)
{
	for (size_t i = 0; i < d->ndirs; i++) {
		int fd = openat(d->fd, d->dir[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
		int bad = fd < 0 || sync_dir(fd), why = errno;

		if (fd >= 0)
			(void)close(fd);
		if (bad)
			return cannot(d, d->dir[i], why, e);
	}
	if (!sync_dir(d->fd))
		return FW_OK;
	err_set(e, "-o %s: cannot be written: %s%s", d->path, strerror(errno), remedy(errno));
	return FW_EIO;
}

/*
 * Both change places.  Where the file system can exchange two names there is no moment without an output; elsewhere the
 * one at the path is moved aside first, as .old-N.  Done twice, all is as it was.  0, or -1 with errno: all is as it was.
 */
static int swap(const struct outdir *d)
{
	char aside[4200];
	int why;

	if (!renameat2(AT_FDCWD, d->temp, AT_FDCWD, d->path, RENAME_EXCHANGE))
		return 0;
	if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
		return -1;
	if (snprintf(aside, sizeof(aside), "%s.old-%ld", d->path, (long)getpid()) >= (int)sizeof(aside)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (rename(d->path, aside))
		return -1;
	if (!rename(d->temp, d->path)) {
		if (!rename(aside, d->temp))
			return 0;
		why = errno;
		(void)rename(d->path, d->temp);
	} else {
		why = errno;
	}
	(void)rename(aside, d->path);
	errno = why;
	return -1;
}

/* The name is on disk before what it stood for is removed.  When that fails, all is put back. */
static int put_in_place(struct outdir *d, bool there, struct err *e)
{
	int why;

	if (there ? swap(d) : rename(d->temp, d->path)) {
		err_set(e, "-o %s: cannot be %s: %s%s", d->path, there ? "replaced" : "put in place", strerror(errno), remedy(errno));
		return FW_EIO;
	}
	if (!sync_parent(d->path))
		return FW_OK;
	why = errno;
	if (!(there ? swap(d) : rename(d->path, d->temp))) {
		err_set(e, "-o %s: cannot be put in place: %s%s", d->path, strerror(why), remedy(why));
		return FW_EIO;
	}
	err_set(e, "-o %s: was written whole, but it may be gone after a power cut: %s%s", d->path, strerror(why), remedy(why));
	free(d->temp);			/* an earlier output, if anything: nothing of this run's */
	d->temp = NULL;
	return FW_EIO;
}

int outdir_commit(struct outdir *d, struct err *e)
{
	struct stat st;
	struct err why;
	bool there;
	int err = outdir_sync(d, e);

	if (err != FW_OK)
		return err;
	there = !lstat(d->path, &st);
	if (there && (!S_ISDIR(st.st_mode) || outplace_holds_ours(d, &why) != FW_OK)) {
		err_set(e, "-o %s: is something else since this run began; it was left alone, and nothing was written", d->path);
		return FW_EIO;
	}
	if (stop_asked(d->stop, e))
		return FW_EIO;
	if ((err = put_in_place(d, there, e)) != FW_OK)
		return err;
	if (there) {
		remove_tree(d->temp);
		if (!lstat(d->temp, &st))
			(void)fprintf(stderr, "fairwitness: %s: is what is left of the earlier output and could not be removed: %s\n", d->temp, strerror(errno));
	}
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
	free(d->name);
	free(d->dir);
	*d = (struct outdir){ .fd = -1 };
}
