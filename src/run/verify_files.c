/* The files of a bundle: a walk that follows no link, a digest of each, and the manifest over them. */
#include "verify_inside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A path that the format knows, or how it begins, and the most octets of such a file. */
static const struct { const char *path; bool begins; uint64_t most; } known[] = {
	{ "MANIFEST.sha256", false, 1u << 28 },
	{ "MANIFEST.sha256.sig", false, 4096 },
	{ "report.json", false, (uint64_t)1 << 34 },
	{ "report.html", false, (uint64_t)1 << 34 },
	{ "findings.ndjson", false, (uint64_t)1 << 34 },
	{ "facts.ndjson.zst", false, (uint64_t)1 << 40 },
	{ "evidence/README.txt", false, 1u << 16 },
	{ "evidence/checkpoint", false, 4096 },
	{ "evidence/log.vkey", false, 1024 },
	{ "evidence/exporter.pub", false, 1024 },
	{ "evidence/packets.jsonl", false, 1u << 29 },
	{ "evidence/packets.pcapng", false, 1u << 29 },
	{ "evidence/tile/entries/", true, TILE * (LEAF_MAX + 2) },
	{ "evidence/tile/", true, TILE * SHA },
	{ "evidence/proof/", true, 8192 },
	{ "evidence/config/", true, TREE_FILE },
};

/* The most octets of a file of this path; 0: the format knows no such file. */
static uint64_t most_of(const char *path)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].begins ? !strncmp(path, known[i].path, strlen(known[i].path)) : !strcmp(path, known[i].path))
			return known[i].most;
	return 0;
}

/* ---- one file ---- */

/* Opens below the directory, no part of the path being a link. */
static int open_below(int dir, const char *path, int flags)
{
	int at = dir, next = -1;
	char part[256];

	for (;;) {
		size_t n = strcspn(path, "/");

		if (n >= sizeof(part)) {
			errno = ENAMETOOLONG;
			next = -1;
		} else {
			memcpy(part, path, n);
			part[n] = 0;
			next = openat(at, part, (path[n] ? O_RDONLY | O_DIRECTORY : flags) | O_NOFOLLOW | O_CLOEXEC);
		}
		if (at != dir) {
			int why = errno;

			(void)close(at);
			errno = why;
		}
		if (next < 0 || !path[n])
			return next;
		at = next;
		path += n + 1;
	}
}

int verify_open(struct verify *v, const char *path)
{
	return open_below(v->dir, path, O_RDONLY | O_NONBLOCK);
}

struct vfile *verify_file(struct verify *v, const char *path)
{
	uint32_t lo = 0, hi = v->nfiles;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int order = strcmp(v->file[mid].path, path);

		if (!order)
			return &v->file[mid];
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

int verify_read(struct verify *v, const char *path, struct octets *out)
{
	const struct vfile *f = verify_file(v, path);
	uint8_t sha[SHA];
	ssize_t got = 1;
	int fd;

	if (!f) {
		err_set(&v->e, "%s: is missing", path);
		return FW_EEND;
	}
	fd = verify_open(v, path);
	out->b = malloc(f->size + 1);		/* one more: a file that grew is seen */
	out->cap = f->size + 1;
	out->n = 0;
	if (!out->b) {
		if (fd >= 0)
			(void)close(fd);
		return FW_ENOMEM;
	}
	while (fd >= 0 && out->n < out->cap && (got = read(fd, out->b + out->n, out->cap - out->n)) > 0)
		out->n += (size_t)got;
	if (fd >= 0)
		(void)close(fd);
	sha_of(out->b, out->n, sha);
	if (fd >= 0 && got >= 0 && out->n == f->size && !memcmp(sha, f->sha, SHA))
		return FW_OK;
	err_set(&v->e, "%s: changed while it was read", path);
	verify_unreadable(v, "%s", v->e.text);
	octets_free(out);
	return FW_EEND;
}

/* ---- the walk ---- */

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct vfile *)a)->path, ((const struct vfile *)b)->path);
}

static int digest(struct verify *v, int fd, struct vfile *f, const char *path)
{
	struct sha *s = sha_new();
	ssize_t got;
	char *b = malloc(1 << 16);
	int err = s && b ? FW_OK : FW_ENOMEM;

	f->size = 0;
	while (err == FW_OK && (got = read(fd, b, 1 << 16)) != 0) {
		if (got < 0) {
			verify_unreadable(v, "%s/%s: cannot be read: %s", v->o->dir, path, strerror(errno));
			err = FW_EEND;
			break;
		}
		sha_add(s, b, (size_t)got);
		f->size += (uint64_t)got;
		if (f->size > most_of(path)) {		/* it grew under our eyes */
			verify_unreadable(v, "%s: changed while it was read", path);
			err = FW_EEND;
		}
	}
	sha_end(s, f->sha);
	free(b);
	return err;
}

/* A regular file of a known name joins the list. */
static int take_file(struct verify *v, int dir, const char *name, const char *path)
{
	uint64_t most = most_of(path);
	int fd, err = FW_OK;
	struct stat st;

	if (!most) {
		verify_fail(v, SHOWS_INTEGRITY, "%s: the format knows no such file", path);
		return FW_OK;
	}
	fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st)) {
		verify_unreadable(v, "%s/%s: cannot be read: %s", v->o->dir, path, strerror(errno));
		goto out;
	}
	if (!S_ISREG(st.st_mode)) {
		verify_fail(v, SHOWS_INTEGRITY, "%s: is no regular file", path);
		goto out;
	}
	if ((uint64_t)st.st_size > most) {
		verify_fail(v, SHOWS_INTEGRITY, "%s: %llu octets; at most %llu are read", path, (unsigned long long)st.st_size, (unsigned long long)most);
		goto out;
	}
	if (v->nfiles == FILES_MAX) {
		verify_fail(v, SHOWS_INTEGRITY, "%s: more than %d files", path, FILES_MAX);
		goto out;
	}
	if (v->nfiles == v->cap) {
		uint32_t cap = v->cap ? 2 * v->cap : 256;
		struct vfile *file = realloc(v->file, cap * sizeof(*file));

		if (!file) {
			err = FW_ENOMEM;
			goto out;
		}
		v->file = file;
		v->cap = cap;
	}
	v->file[v->nfiles] = (struct vfile){ .path = strdup(path) };
	if (!v->file[v->nfiles].path)
		err = FW_ENOMEM;
	else
		err = digest(v, fd, &v->file[v->nfiles++], path);
	if (err == FW_EEND) {
		free(v->file[--v->nfiles].path);
		err = FW_OK;
	}
out:
	if (fd >= 0)
		(void)close(fd);
	return err;
}

struct level { DIR *d; size_t len; bool any; };		/* len: of the path up to this directory's names */
struct walk { struct level level[DIR_DEPTH]; unsigned depth; uint64_t seen; char path[PATH_MAX_TEXT + 258]; };

/* fd: becomes the stream's; -1: could not be opened. */
static int enter(struct verify *v, struct walk *w, int fd, size_t len)
{
	DIR *d = fd >= 0 ? fdopendir(fd) : NULL;

	if (!d) {
		verify_unreadable(v, "%s/%.*s: cannot be read: %s", v->o->dir, (int)len, w->path, strerror(errno));
		if (fd >= 0)
			(void)close(fd);
		return FW_OK;
	}
	w->level[w->depth++] = (struct level){ d, len, false };
	return FW_OK;
}

static int step(struct verify *v, struct walk *w, const char *name)
{
	struct level *l = &w->level[w->depth - 1];
	int dir = dirfd(l->d);
	size_t n = strlen(name);
	char b[SHOWN];
	struct stat st;

	if (!path_is_safe((struct slice){ name, n }) || strchr(name, '/') || l->len + n > PATH_MAX_TEXT) {
		verify_fail(v, SHOWS_INTEGRITY, "%.*s%s: the format has no such name", (int)l->len, w->path, shown((struct slice){ name, n }, b));
		return FW_OK;
	}
	memcpy(w->path + l->len, name, n + 1);
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW)) {
		verify_unreadable(v, "%s/%s: cannot be read: %s", v->o->dir, w->path, strerror(errno));
		return FW_OK;
	}
	if (S_ISREG(st.st_mode))
		return take_file(v, dir, name, w->path);
	if (!S_ISDIR(st.st_mode)) {
		verify_fail(v, SHOWS_INTEGRITY, "%s: is %s; only regular files are followed", w->path, S_ISLNK(st.st_mode) ? "a link" : "no regular file");
		return FW_OK;
	}
	if (w->depth == DIR_DEPTH) {
		verify_fail(v, SHOWS_INTEGRITY, "%s: the format has no directory that deep", w->path);
		return FW_OK;
	}
	memcpy(w->path + l->len + n, "/", 2);
	return enter(v, w, openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), l->len + n + 1);
}

static int walk(struct verify *v)
{
	struct walk w = { .depth = 0 };
	int err = enter(v, &w, openat(v->dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), 0);

	while (err == FW_OK && w.depth) {
		struct level *l = &w.level[w.depth - 1];
		struct dirent *d = readdir(l->d);

		if (d && (!strcmp(d->d_name, ".") || !strcmp(d->d_name, "..")))
			continue;
		if (d) {
			l->any = true;
			if (++w.seen > 2 * (uint64_t)FILES_MAX) {
				verify_fail(v, SHOWS_INTEGRITY, "more than %d names", 2 * FILES_MAX);
				break;
			}
			err = step(v, &w, d->d_name);
			continue;
		}
		if (!l->any && l->len)
			verify_fail(v, SHOWS_INTEGRITY, "%.*s: an empty directory, which the format does not have", (int)l->len, w.path);
		(void)closedir(l->d);
		w.depth--;
	}
	while (w.depth)
		(void)closedir(w.level[--w.depth].d);
	return err;
}

/* By its own name, from wherever and through whatever link it is looked at. */
static void unfinished(struct verify *v)
{
	char *path = realpath(v->o->dir, NULL);
	const char *slash = path ? strrchr(path, '/') : NULL;

	if (slash && strstr(slash, ".partial-"))
		verify_fail(v, SHOWS_INTEGRITY, "%s: a directory of that name was never finished", slash + 1);
	free(path);
}

int verify_files(struct verify *v)
{
	int err;

	v->dir = open(v->o->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (v->dir < 0) {
		verify_unreadable(v, "%s: cannot be read: %s", v->o->dir, strerror(errno));
		return FW_EIO;
	}
	unfinished(v);
	err = walk(v);
	if (err != FW_OK)
		return err;
	if (v->nfiles)
		qsort(v->file, v->nfiles, sizeof(*v->file), by_path);
	if (!verify_file(v, "MANIFEST.sha256") && !verify_file(v, "evidence/checkpoint")) {
		verify_unreadable(v, "%s: holds no signed record: neither MANIFEST.sha256 nor evidence/checkpoint is there", v->o->dir);
		return FW_EIO;
	}
	return FW_OK;
}

void verify_files_free(struct verify *v)
{
	for (uint32_t i = 0; i < v->nfiles; i++)
		free(v->file[i].path);
	free(v->file);
	if (v->dir >= 0)
		(void)close(v->dir);
}

/* ---- the manifest ---- */

static bool of_manifest(const struct vfile *f)
{
	return !strcmp(f->path, "MANIFEST.sha256") || !strcmp(f->path, "MANIFEST.sha256.sig");
}

/* The files that are there but are not in it, up to this path. */
static uint32_t uncovered(struct verify *v, uint32_t i, struct slice path)
{
	for (; i < v->nfiles; i++) {
		int order = path.p ? strncmp(v->file[i].path, path.p, path.n) : -1;

		if (order > 0 || (order == 0 && strlen(v->file[i].path) >= path.n))
			return i;
		if (!of_manifest(&v->file[i]))
			verify_fail(v, SHOWS_INTEGRITY, "%s: is not in MANIFEST.sha256", v->file[i].path);
	}
	return i;
}

static void cover(struct verify *v, const struct octets *text)
{
	struct slice rest = { text->b, text->n }, last = { "", 0 }, path;
	uint8_t sha[SHA];
	uint32_t i = 0;
	unsigned line = 0;

	while (line++, manifest_next(&rest, &last, &path, sha, &v->e)) {
		i = uncovered(v, i, path);
		if (i == v->nfiles || strlen(v->file[i].path) != path.n || memcmp(v->file[i].path, path.p, path.n)) {
			verify_fail(v, SHOWS_INTEGRITY, "MANIFEST.sha256:%u: %.*s: is missing or is no file of the format", line, (int)path.n, path.p);
			continue;
		}
		if (of_manifest(&v->file[i]))
			verify_fail(v, SHOWS_INTEGRITY, "MANIFEST.sha256:%u: %.*s: the manifest does not cover itself", line, (int)path.n, path.p);
		else if (memcmp(v->file[i].sha, sha, SHA))
			verify_fail(v, SHOWS_INTEGRITY, "MANIFEST.sha256:%u: %.*s: has another SHA-256", line, (int)path.n, path.p);
		i++;
	}
	if (v->e.text[0])
		verify_fail(v, SHOWS_INTEGRITY, "MANIFEST.sha256:%u: %s", line, v->e.text);
	else
		(void)uncovered(v, i, (struct slice){ NULL, 0 });
}

int verify_manifest(struct verify *v)
{
	struct octets text = { 0 }, sig = { 0 };
	uint8_t key[32];
	int err = verify_read(v, "MANIFEST.sha256", &text), holds = FW_OK;

	if (err == FW_OK) {
		cover(v, &text);
		err = verify_read(v, "MANIFEST.sha256.sig", &sig);
		if (err == FW_OK)
			holds = sshsig_holds((struct slice){ sig.b, sig.n }, "bundle-v1@fairwitness", text.b, text.n, key, &v->e);
		if (holds == FW_ENOMEM)
			err = holds;
		if (err == FW_OK && holds != FW_OK)
			verify_fail(v, SHOWS_INTEGRITY, "MANIFEST.sha256.sig: %s", v->e.text);
		else if (err == FW_OK && v->lawful && memcmp(key, v->genesis.exporter, 32))
			verify_fail(v, SHOWS_INTEGRITY, "MANIFEST.sha256.sig: is not by the exporter that leaf 0 names");
	}
	if (err == FW_EEND) {
		verify_fail(v, SHOWS_INTEGRITY, "%s", v->e.text);
		err = FW_OK;
	}
	octets_free(&text);
	octets_free(&sig);
	return err;
}
