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

static const char *const ours[] = { "report.json", "report.html", "findings.ndjson", "facts.ndjson.zst", "evidence", "MANIFEST.sha256",
	"MANIFEST.sha256.sig" };

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

/* Where the directory stands, and its name there. */
static int open_parent(const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	char parent[4096];

	*name = slash ? slash + 1 : path;
	if (!slash)
		return open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if ((size_t)(slash - path) >= sizeof(parent))
		return -1;
	(void)snprintf(parent, sizeof(parent), "%.*s", slash == path ? 1 : (int)(slash - path), path);
	return open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* What a killed run left is named, so that nobody takes it for an output; another run may still write there. */
static void name_leftovers(const char *path)
{
	const char *name;
	int fd = open_parent(path, &name);
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
	name_leftovers(d->path);
	(void)snprintf(d->temp, room, "%s.partial-%ld", d->path, (long)getpid());
	remove_tree(d->temp);			/* of a killed run that had our number */
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

/* ---- files in it ---- */

static int cannot(const struct outdir *d, const char *name, int why, struct err *e)
{
	err_set(e, "%s/%s: cannot be written: %s", d->path, name, strerror(why));
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

/* The directories that were made, and the whole. */
static int sync_dirs(struct outdir *d, struct err *e)
{
	for (size_t i = 0; i < d->ndirs; i++) {
		int fd = openat(d->fd, d->dir[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
		int bad = fd < 0 || fsync(fd), why = errno;

		if (fd >= 0)
			(void)close(fd);
		if (bad)
			return cannot(d, d->dir[i], why, e);
	}
	if (!fsync(d->fd))
		return FW_OK;
	err_set(e, "-o %s: cannot be written: %s", d->path, strerror(errno));
	return FW_EIO;
}

/*
 * The new one takes the earlier one's place.  Where the file system can exchange two names there is
 * no moment without an output; elsewhere the earlier one is moved aside first, as .old-N.
 */
static int replace(struct outdir *d, struct err *e)
{
	char old[4200];

	if (!renameat2(AT_FDCWD, d->temp, AT_FDCWD, d->path, RENAME_EXCHANGE)) {
		(void)snprintf(old, sizeof(old), "%s", d->temp);
	} else {
		if (snprintf(old, sizeof(old), "%s.old-%ld", d->path, (long)getpid()) >= (int)sizeof(old) || rename(d->path, old)) {
			err_set(e, "-o %s: cannot be replaced: %s", d->path, strerror(errno));
			return FW_EIO;
		}
		if (rename(d->temp, d->path)) {
			err_set(e, "-o %s: cannot be put in place: %s", d->path, strerror(errno));
			(void)rename(old, d->path);
			return FW_EIO;
		}
	}
	free(d->temp);
	d->temp = NULL;
	remove_tree(old);
	return FW_OK;
}

int outdir_commit(struct outdir *d, struct err *e)
{
	const char *name;
	struct stat st;
	int parent, err = sync_dirs(d, e);

	if (err != FW_OK)
		return err;
	if (!lstat(d->path, &st) && rmdir(d->path)) {	/* not empty: an earlier output */
		err = replace(d, e);
	} else if (rename(d->temp, d->path)) {
		err_set(e, "-o %s: cannot be put in place: %s", d->path, strerror(errno));
		err = FW_EIO;
	} else {
		free(d->temp);
		d->temp = NULL;
	}
	if (err != FW_OK)
		return err;
	parent = open_parent(d->path, &name);
	if (parent < 0 || fsync(parent)) {
		err_set(e, "-o %s: written, but its name may not be on disk: %s", d->path, strerror(errno));
		err = FW_EIO;
	}
	if (parent >= 0)
		(void)close(parent);
	return err;
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
