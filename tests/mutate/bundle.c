#define _GNU_SOURCE		/* memmem() */
#include "bundle.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct bfile *)a)->path, ((const struct bfile *)b)->path);
}

struct octets *bundle_find(struct bundle *b, const char *path)
{
	for (size_t i = 0; i < b->n; i++)
		if (!strcmp(b->file[i].path, path))
			return &b->file[i].data;
	return NULL;
}

struct octets *bundle_file(struct bundle *b, const char *path)
{
	struct octets *has = bundle_find(b, path);
	struct bfile *f;

	if (has)
		return has;
	f = realloc(b->file, (b->n + 1) * sizeof(*f));
	if (!f)
		abort();
	b->file = f;
	b->file[b->n] = (struct bfile){ .data = { 0 } };
	(void)snprintf(b->file[b->n].path, sizeof(b->file[b->n].path), "%s", path);
	b->n++;
	qsort(b->file, b->n, sizeof(*b->file), by_path);
	return bundle_find(b, path);
}

void bundle_drop(struct bundle *b, const char *path)
{
	for (size_t i = 0; i < b->n; i++)
		if (!strcmp(b->file[i].path, path)) {
			octets_free(&b->file[i].data);
			memmove(b->file + i, b->file + i + 1, (b->n - i - 1) * sizeof(*b->file));
			b->n--;
			return;
		}
}

static bool load_file(struct bundle *b, const char *full, const char *path)
{
	struct octets *o = bundle_file(b, path);
	FILE *f = fopen(full, "rb");
	char block[4096];
	size_t n;

	if (!f)
		return false;
	while ((n = fread(block, 1, sizeof(block), f)))
		octets_add(o, block, n);
	(void)fclose(f);
	return !o->full;
}

static bool load_dir(struct bundle *b, const char *dir, const char *below, int depth)
{
	char full[4096], path[PATH_MAX_TEXT + 2];
	DIR *d = opendir(dir);
	struct dirent *e;
	bool ok = d != NULL;

	while (ok && (e = readdir(d))) {
		struct stat st;

		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		ok = snprintf(full, sizeof(full), "%s/%s", dir, e->d_name) < (int)sizeof(full) &&
			snprintf(path, sizeof(path), "%s%s%s", below, *below ? "/" : "", e->d_name) < (int)sizeof(path) && !lstat(full, &st);
		if (ok)
			ok = S_ISDIR(st.st_mode) ? depth < 8 && load_dir(b, full, path, depth + 1) : load_file(b, full, path);
	}
	if (d)
		(void)closedir(d);
	return ok;
}

bool bundle_load(struct bundle *b, const char *dir)
{
	*b = (struct bundle){ 0 };
	return load_dir(b, dir, "", 0);
}

void bundle_free(struct bundle *b)
{
	for (size_t i = 0; i < b->n; i++)
		octets_free(&b->file[i].data);
	free(b->file);
	*b = (struct bundle){ 0 };
}

bool bundle_store_one(const char *dir, const struct bfile *f)
{
	char full[4096];
	int fd, n = snprintf(full, sizeof(full), "%s/%s", dir, f->path);
	size_t at = 0;

	if (n < 0 || n >= (int)sizeof(full))
		return false;
	fd = open(full, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 && errno == ENOENT) {		/* its directories, once */
		for (char *p = full + strlen(dir) + 1; *p; p++)
			if (*p == '/') {
				*p = 0;
				(void)mkdir(full, 0700);
				*p = '/';
			}
		fd = open(full, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	}
	while (fd >= 0 && at < f->data.n) {
		ssize_t w = write(fd, f->data.b + at, f->data.n - at);

		if (w <= 0)
			break;
		at += (size_t)w;
	}
	if (fd >= 0)
		(void)close(fd);
	return fd >= 0 && at == f->data.n;
}

bool bundle_store(const struct bundle *b, const char *dir)
{
	for (size_t i = 0; i < b->n; i++)
		if (!bundle_store_one(dir, &b->file[i]))
			return false;
	return true;
}

void bundle_remove(const struct bundle *b, const char *dir)
{
	char full[4096];

	for (size_t i = 0; i < b->n; i++) {
		(void)snprintf(full, sizeof(full), "%s/%s", dir, b->file[i].path);
		(void)unlink(full);
		for (char *slash; (slash = strrchr(full + strlen(dir) + 1, '/'));) {	/* the last file of a directory takes it along */
			*slash = 0;
			if (rmdir(full))
				break;
		}
	}
	(void)rmdir(dir);
}

void bundle_manifest(struct bundle *b, const struct signer *exporter)
{
	struct octets *m = bundle_file(b, "MANIFEST.sha256"), *sig = bundle_file(b, "MANIFEST.sha256.sig");

	m = bundle_find(b, "MANIFEST.sha256");		/* the second may have moved the first */
	m->n = sig->n = 0;
	for (size_t i = 0; i < b->n; i++) {
		uint8_t sha[SHA];

		if (!strncmp(b->file[i].path, "MANIFEST.sha256", 15))
			continue;
		sha_of(b->file[i].data.b, b->file[i].data.n, sha);
		octets_hex(m, sha, SHA);
		octets_str(m, "  ");
		octets_str(m, b->file[i].path);
		octets_str(m, "\n");
	}
	if (sshsig_text(sig, "bundle-v1@fairwitness", m->b, m->n, exporter) != FW_OK)
		abort();
}

size_t bundle_leaves(struct bundle *b, struct slice *leaf, size_t most)
{
	size_t n = 0;
	struct err e;

	for (size_t i = 0; i < b->n; i++) {
		struct slice rest = { b->file[i].data.b, b->file[i].data.n };

		if (!strncmp(b->file[i].path, "evidence/tile/entries/", 22))
			while (n < most && bundle_next(&rest, &leaf[n], &e))
				n++;
	}
	return n;
}

static int put(void *ctx, const char *path, const void *p, size_t n)
{
	struct octets *o = bundle_file(ctx, path);

	o->n = 0;
	octets_add(o, p, n);
	return 0;
}

static bool has_proof(struct slice leaf)
{
	static const char *const types[] = { "\"t\":\"config\"", "\"t\":\"seg\"", "\"t\":\"finding\"" };

	for (unsigned i = 0; i < 3; i++)
		if (memmem(leaf.p, leaf.n, types[i], strlen(types[i])))
			return true;
	return false;
}

void bundle_log(struct bundle *b, const struct slice *leaf, size_t n, const char *origin, const struct signer *log)
{
	struct octets note = { 0 }, key = { 0 }, proof = { 0 };
	struct merkle_hash root, path[MERKLE_PATH];
	struct log l = { .nbundle = 0 };
	char name[TILE_PATH];

	for (size_t i = 0; i < n; i++)
		if (log_add(&l, leaf[i].p, leaf[i].n) < 0)
			abort();
	for (size_t i = b->n; i--;)			/* after the leaves were copied: they may lie in these files */
		if (!strncmp(b->file[i].path, "evidence/tile/", 14) || !strncmp(b->file[i].path, "evidence/proof/", 15))
			bundle_drop(b, b->file[i].path);
	merkle_root(&l.tree, &root);
	if (log_write(&l, put, b) || checkpoint_note(&note, origin, n, &root, log) != FW_OK)
		abort();
	(void)put(b, "evidence/checkpoint", note.b, note.n);
	note_vkey(&key, origin, log->pub);
	octets_str(&key, "\n");
	(void)put(b, "evidence/log.vkey", key.b, key.n);
	for (size_t i = 0; i < n; i++) {
		struct slice s = { l.entries.b, 0 };
		size_t at = 0;

		for (size_t k = 0; k <= i; k++) {
			s.p = l.entries.b + at + 2;
			s.n = (size_t)(uint8_t)l.entries.b[at] << 8 | (uint8_t)l.entries.b[at + 1];
			at += 2 + s.n;
		}
		if (!has_proof(s))
			continue;
		proof.n = 0;
		proof_text(&proof, i, path, merkle_path(&l.tree, i, path), &note);
		(void)snprintf(name, sizeof(name), "evidence/proof/%06zu.tlog-proof", i);
		(void)put(b, name, proof.b, proof.n);
	}
	octets_free(&note);
	octets_free(&key);
	octets_free(&proof);
	log_free(&l);
}

bool bundle_key(struct signer *s, const char *file)
{
	char b[256];
	uint8_t seed[ED_KEY];
	FILE *f = fopen(file, "rb");
	size_t n = f ? fread(b, 1, sizeof(b), f) : 0;

	if (f)
		(void)fclose(f);
	while (n && b[n - 1] == '\n')
		n--;
	return n >= 64 && hex_get((struct slice){ b + n - 64, 64 }, seed, ED_KEY) && signer_new(s, seed) == FW_OK;
}
