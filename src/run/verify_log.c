/* The log: its checkpoint, its leaves, the tree that they make, the tiles that must be there, and the proofs. */
#include "verify_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the checkpoint ---- */

/* fairwitness/KEYID/audit/DIGEST, and KEYID is of the key. */
static bool origin_of(const char *origin, const uint8_t key[32])
{
	char id[KEY_ID], begin[64];
	uint8_t digest[SHA];
	size_t n;

	key_id(key, id);
	n = (size_t)snprintf(begin, sizeof(begin), "fairwitness/%s/audit/", id);
	return !strncmp(origin, begin, n) && hex_get((struct slice){ origin + n, strlen(origin) - n }, digest, SHA);
}

static int signer(struct verify *v, const struct vkey *k)
{
	char id[KEY_ID], name[64];
	int err = origin_of(v->cp.origin, k->key) ? checkpoint_signed(&v->cp, k->key, &v->e) : FW_EFORMAT;

	key_id(k->key, id);
	(void)snprintf(name, sizeof(name), "fairwitness/%s", id);
	if (err == FW_ENOMEM)
		return err;
	if (err != FW_OK)
		verify_fail(v, SHOWS_SIGNER, "evidence/checkpoint is not signed by the key of --key (%s)", name);
	else		/* the name differs from log to log: the key is what counts */
		verify_pass(v, SHOWS_SIGNER, "the checkpoint is signed by %s", name);
	return FW_OK;
}

static int read_checkpoint(struct verify *v)
{
	struct octets text = { 0 };
	struct vkey k = { 0 };
	int err = verify_read(v, "evidence/checkpoint", &v->note);

	if (err != FW_OK)
		return err;
	if (!checkpoint_read((struct slice){ v->note.b, v->note.n }, &v->cp, &v->e)) {
		struct err e = v->e;

		err_set(&v->e, "evidence/checkpoint: %s", e.text);
		return FW_EEND;
	}
	memcpy(v->r->origin, v->cp.origin, sizeof(v->r->origin));
	v->r->size = v->cp.size;
	err = verify_read(v, "evidence/log.vkey", &text);
	if (err != FW_OK)
		return err;
	if (!text.n || text.b[text.n - 1] != '\n' || !vkey_read((struct slice){ text.b, text.n }, &k, &v->e))
		verify_fail(v, SHOWS_INTEGRITY, "evidence/log.vkey: %s", text.n && text.b[text.n - 1] == '\n' ? v->e.text : "has no newline at its end");
	else if (strcmp(k.name, v->cp.origin))
		verify_fail(v, SHOWS_INTEGRITY, "evidence/log.vkey: is the key of another log than evidence/checkpoint names");
	else if (!origin_of(v->cp.origin, k.key))
		verify_fail(v, SHOWS_INTEGRITY, "evidence/checkpoint: the origin is not fairwitness/, the key's id, /audit/ and a digest");
	else if ((err = checkpoint_signed(&v->cp, k.key, &v->e)) == FW_EFORMAT)
		verify_fail(v, SHOWS_INTEGRITY, "evidence/checkpoint: %s", v->e.text);
	else
		v->signed_ = err == FW_OK;
	octets_free(&text);
	return err == FW_ENOMEM ? err : FW_OK;
}

/* ---- --key, --checkpoint ---- */

static bool read_small(const char *path, char *out, size_t cap, size_t *n)
{
	FILE *f = fopen(path, "re");

	*n = 0;
	if (!f)
		return false;
	*n = fread(out, 1, cap, f);
	(void)fclose(f);
	return *n < cap;
}

/* The user's own files: what is wrong with them is a mistake in the command line. */
static int key_of_user(struct verify *v, struct vkey *k)
{
	struct slice text = { v->o->key, strlen(v->o->key) };
	char b[4096];
	size_t n;

	if (!strchr(v->o->key, '+') || !vkey_read(text, k, &v->e)) {
		if (!read_small(v->o->key, b, sizeof(b), &n)) {
			verify_unreadable(v, "--key %s: neither a key (name+id+base64) nor a file that can be read", v->o->key);
			return FW_EINVAL;
		}
		if (!vkey_read((struct slice){ b, n }, k, &v->e)) {
			verify_unreadable(v, "--key %s: %s", v->o->key, v->e.text);
			return FW_EINVAL;
		}
	}
	return FW_OK;
}

/* A checkpoint that somebody kept: of the same log, and what it covered is unchanged. */
static int kept_checkpoint(struct verify *v)
{
	struct checkpoint kept;
	struct merkle_hash root;
	struct merkle t = { 0 };
	char b[4096];
	size_t n;

	v->e.text[0] = 0;
	if (!read_small(v->o->checkpoint, b, sizeof(b), &n) || !checkpoint_read((struct slice){ b, n }, &kept, &v->e)) {
		verify_unreadable(v, "--checkpoint %s: %s", v->o->checkpoint, n && v->e.text[0] ? v->e.text : "cannot be read");
		return FW_EINVAL;
	}
	if (!v->rebuilt)
		return FW_OK;
	if (strcmp(kept.origin, v->cp.origin)) {
		verify_fail(v, SHOWS_INTEGRITY, "evidence/checkpoint is of another log than the checkpoint kept (%s)", kept.origin);
		return FW_OK;
	}
	if (kept.size > v->cp.size) {
		verify_fail(v, SHOWS_INTEGRITY, "the log has %llu leaves, the checkpoint kept covers %llu", (unsigned long long)v->cp.size, (unsigned long long)kept.size);
		return FW_OK;
	}
	for (uint64_t i = 0; i < kept.size; i++)
		if (merkle_add(&t, &v->tree.level[0][i]) != FW_OK) {
			merkle_free(&t);
			return FW_ENOMEM;
		}
	merkle_root(&t, &root);
	merkle_free(&t);
	if (memcmp(root.b, kept.root, SHA))
		verify_fail(v, SHOWS_INTEGRITY, "the first %llu leaves are not those of the checkpoint kept: the log was written again", (unsigned long long)kept.size);
	return FW_OK;
}

/* ---- entries and tiles ---- */

static int add_leaf(struct verify *v, struct slice leaf)
{
	struct merkle_hash h;

	v->at[merkle_size(&v->tree)] = (uint32_t)v->leaves.n;
	octets_add(&v->leaves, leaf.p, leaf.n);
	merkle_leaf(leaf.p, leaf.n, &h);
	return v->leaves.full ? FW_ENOMEM : merkle_add(&v->tree, &h);
}

/* One bundle of width leaves. */
static int read_bundle(struct verify *v, uint64_t n, unsigned width)
{
	struct octets text = { 0 };
	struct slice rest, leaf;
	char path[TILE_PATH];
	unsigned k = 0;
	int err;

	tile_path(path, TILE_ENTRIES, n, width);
	err = verify_read(v, path, &text);
	rest = (struct slice){ text.b, text.n };
	while (err == FW_OK && bundle_next(&rest, &leaf, &v->e)) {
		if (k++ == width)
			break;
		if (v->leaves.n + leaf.n > ENTRIES_MAX) {
			err_set(&v->e, "%s: more than %llu octets of leaves are not read", path, (unsigned long long)ENTRIES_MAX);
			err = FW_EEND;
		} else {
			err = add_leaf(v, leaf);
		}
	}
	if (err == FW_OK && (v->e.text[0] || k != width)) {
		struct err e = v->e;

		err_set(&v->e, "%s: %s", path, e.text[0] ? e.text : "does not hold as many leaves as its name and the log's size say");
		err = FW_EEND;
	}
	octets_free(&text);
	return err;
}

static int read_entries(struct verify *v)
{
	uint64_t size = v->cp.size;
	struct merkle_hash root;
	int err = FW_OK;

	if (!size || size > LEAVES_MAX) {
		err_set(&v->e, "evidence/checkpoint: %llu leaves; from 1 to %d are read", (unsigned long long)size, LEAVES_MAX);
		return FW_EEND;
	}
	v->at = malloc((size + 1) * sizeof(*v->at));
	if (!v->at)
		return FW_ENOMEM;
	for (uint64_t i = 0; err == FW_OK && i < size; i += TILE)
		err = read_bundle(v, i / TILE, size - i < TILE ? (unsigned)(size - i) : TILE);
	if (err != FW_OK)
		return err;
	v->at[size] = (uint32_t)v->leaves.n;
	merkle_root(&v->tree, &root);
	if (memcmp(root.b, v->cp.root, SHA)) {
		err_set(&v->e, "evidence/tile/entries: the leaves do not make the root of evidence/checkpoint");
		return FW_EEND;
	}
	v->rebuilt = true;
	return FW_OK;
}

/* A tile is what the leaves make. */
static int check_tiles(struct verify *v)
{
	int err = FW_OK;

	for (unsigned level = 0; err == FW_OK && 8 * level < MERKLE_LEVELS && v->tree.n[8 * level]; level++) {
		uint64_t n = v->tree.n[8 * level];

		for (uint64_t i = 0; err == FW_OK && i < n; i += TILE) {
			unsigned width = n - i < TILE ? (unsigned)(n - i) : TILE;
			struct octets text = { 0 };
			char path[TILE_PATH];

			tile_path(path, (int)level, i / TILE, width);
			err = verify_read(v, path, &text);
			if (err == FW_EEND)
				verify_fail(v, SHOWS_INTEGRITY, "%s", v->e.text);
			else if (err == FW_OK && (text.n != width * SHA || memcmp(text.b, v->tree.level[8 * level] + i, text.n)))
				verify_fail(v, SHOWS_INTEGRITY, "%s: is not what the leaves make", path);
			if (err == FW_EEND)
				err = FW_OK;
			octets_free(&text);
		}
	}
	return err;
}

int verify_log(struct verify *v)
{
	struct vkey k = { 0 };
	int err, signer_err = FW_OK;

	if (v->o->key && (err = key_of_user(v, &k)) != FW_OK)
		return err;
	err = read_checkpoint(v);
	if (v->o->key && v->cp.body.n)
		signer_err = signer(v, &k);
	else if (v->o->key)
		verify_fail(v, SHOWS_SIGNER, "there is no checkpoint to hold against the key of --key");
	if (signer_err != FW_OK)
		return signer_err;
	if (err == FW_OK)
		err = read_entries(v);
	if (err == FW_OK)
		err = check_tiles(v);
	if (err == FW_EEND) {
		verify_fail(v, SHOWS_INTEGRITY, "%s", v->e.text);
		err = FW_OK;
	}
	if (err == FW_OK && v->o->checkpoint)
		err = kept_checkpoint(v);
	return err;
}

/* ---- proofs ---- */

static void proof_path(uint64_t index, char out[TILE_PATH])
{
	(void)snprintf(out, TILE_PATH, "evidence/proof/%06llu.tlog-proof", (unsigned long long)index);
}

static int check_proof(struct verify *v, uint64_t index)
{
	struct octets text = { 0 };
	struct merkle_hash root;
	struct tlog_proof p;
	char path[TILE_PATH];
	int err;

	proof_path(index, path);
	err = verify_read(v, path, &text);
	if (err == FW_EEND) {
		verify_fail(v, SHOWS_INCLUSION, "%s", v->e.text);
		return FW_OK;
	}
	if (err != FW_OK)
		return err;
	memcpy(root.b, v->cp.root, SHA);
	if (!proof_read((struct slice){ text.b, text.n }, &p, &v->e))
		verify_fail(v, SHOWS_INCLUSION, "%s: %s", path, v->e.text);
	else if (p.index != index)
		verify_fail(v, SHOWS_INCLUSION, "%s: is of leaf %llu", path, (unsigned long long)p.index);
	else if (p.checkpoint.n != v->note.n || memcmp(p.checkpoint.p, v->note.b, v->note.n))
		verify_fail(v, SHOWS_INCLUSION, "%s: ends with another checkpoint than evidence/checkpoint", path);
	else if (!merkle_holds(&v->tree.level[0][index], index, v->cp.size, p.path, p.npath, &root))
		verify_fail(v, SHOWS_INCLUSION, "%s: its path does not lead from the leaf to the root", path);
	octets_free(&text);
	return FW_OK;
}

int verify_proofs(struct verify *v)
{
	int err = FW_OK;

	for (uint32_t i = 0; err == FW_OK && i < v->nconfigs; i++)
		err = check_proof(v, 1 + i);
	for (uint32_t i = 0; err == FW_OK && i < v->nsegs; i++)
		err = check_proof(v, v->seg[i].leaf);
	for (uint32_t i = 0; err == FW_OK && i < v->nfindings; i++)
		err = check_proof(v, v->finding[i]);
	return err;
}

/* ---- which files there are ---- */

static void expect(struct verify *v, const char *path)
{
	struct vfile *f = verify_file(v, path);

	if (f)
		f->expected = true;
	else
		verify_fail(v, SHOWS_INTEGRITY, "%s: is missing", path);
}

int verify_expected(struct verify *v)
{
	static const char *const always[] = { "MANIFEST.sha256", "MANIFEST.sha256.sig", "evidence/README.txt", "evidence/checkpoint", "evidence/exporter.pub",
		"evidence/log.vkey", "evidence/packets.jsonl", "evidence/packets.pcapng", "findings.ndjson", "report.html", "report.json" };
	struct vfile *facts = verify_file(v, "facts.ndjson.zst");
	char path[PATH_MAX_TEXT + 32];

	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		expect(v, always[i]);
	if (facts)
		facts->expected = true;		/* the last leaf says whether it is */
	for (uint64_t i = 0; i < v->cp.size; i += TILE) {
		tile_path(path, TILE_ENTRIES, i / TILE, v->cp.size - i < TILE ? (unsigned)(v->cp.size - i) : TILE);
		expect(v, path);
	}
	for (unsigned level = 0; 8 * level < MERKLE_LEVELS && v->tree.n[8 * level]; level++)
		for (uint64_t i = 0; i < v->tree.n[8 * level]; i += TILE) {
			tile_path(path, (int)level, i / TILE, v->tree.n[8 * level] - i < TILE ? (unsigned)(v->tree.n[8 * level] - i) : TILE);
			expect(v, path);
		}
	for (uint32_t i = 0; i < v->nconfigs; i++) {
		(void)snprintf(path, sizeof(path), "evidence/config/%.*s", (int)v->config[i].name.n, v->config[i].name.p);
		expect(v, path);
		proof_path(1 + i, path);
		expect(v, path);
	}
	for (uint32_t i = 0; i < v->nsegs; i++) {
		proof_path(v->seg[i].leaf, path);
		expect(v, path);
	}
	for (uint32_t i = 0; i < v->nfindings; i++) {
		proof_path(v->finding[i], path);
		expect(v, path);
	}
	for (uint32_t i = 0; i < v->nfiles; i++)
		if (!v->file[i].expected)
			verify_fail(v, SHOWS_INTEGRITY, "%s: the format has no such file in this record", v->file[i].path);
	return FW_OK;
}
