#include "log.h"

#include "err.h"
#include "leaf.h"

#include <stdio.h>
#include <stdlib.h>

int64_t log_add(struct log *l, const void *leaf, size_t n)
{
	uint64_t at = merkle_size(&l->tree);
	struct merkle_hash h;

	if (n > LEAF_MAX)
		return FW_ELIMIT;
	if (at % TILE == 0) {
		if (l->nbundle == l->cap) {
			size_t cap = l->cap ? 2 * l->cap : 16, *v = realloc(l->bundle, cap * sizeof(*v));

			if (!v)
				return FW_ENOMEM;
			l->bundle = v;
			l->cap = cap;
		}
		l->bundle[l->nbundle++] = l->entries.n;
	}
	octets_u16(&l->entries, (uint16_t)n);
	octets_add(&l->entries, leaf, n);
	merkle_leaf(leaf, n, &h);
	if (l->entries.full || merkle_add(&l->tree, &h) != FW_OK)
		return FW_ENOMEM;
	return (int64_t)at;
}

void tile_path(char out[TILE_PATH], int level, uint64_t n, unsigned width)
{
	size_t at = 0;
	uint64_t over = n / 1000;
	unsigned k = 0;
	uint16_t above[7];
	int w = level == TILE_ENTRIES ? snprintf(out, TILE_PATH, "evidence/tile/entries/") : snprintf(out, TILE_PATH, "evidence/tile/%d/", level);

	for (; over; over /= 1000)
		above[k++] = (uint16_t)(over % 1000);
	at = (size_t)w;
	while (k)
		at += (size_t)snprintf(out + at, TILE_PATH - at, "x%03u/", above[--k]);
	at += (size_t)snprintf(out + at, TILE_PATH - at, "%03u", (unsigned)(n % 1000));
	if (width < TILE)
		(void)snprintf(out + at, TILE_PATH - at, ".p/%u", width);
}

static int write_entries(const struct log *l, evidence_file *file, void *ctx)
{
	uint64_t size = merkle_size(&l->tree);
	char path[TILE_PATH];

	for (uint64_t i = 0; i < l->nbundle; i++) {
		size_t from = l->bundle[i], to = i + 1 < l->nbundle ? l->bundle[i + 1] : l->entries.n;
		int err;

		tile_path(path, TILE_ENTRIES, i, i < size / TILE ? TILE : (unsigned)(size % TILE));
		if ((err = file(ctx, path, l->entries.b + from, to - from)))
			return err;
	}
	return FW_OK;
}

int log_write(const struct log *l, evidence_file *file, void *ctx)
{
	int err = write_entries(l, file, ctx);
	char path[TILE_PATH];

	for (unsigned level = 0; !err && 8 * level < MERKLE_LEVELS && l->tree.n[8 * level]; level++) {
		uint64_t n = l->tree.n[8 * level];

		for (uint64_t i = 0; !err && i < n; i += TILE) {
			unsigned width = n - i < TILE ? (unsigned)(n - i) : TILE;

			tile_path(path, (int)level, i / TILE, width);
			err = file(ctx, path, l->tree.level[8 * level] + i, width * sizeof(struct merkle_hash));
		}
	}
	return err;
}

void log_free(struct log *l)
{
	octets_free(&l->entries);
	free(l->bundle);
	merkle_free(&l->tree);
	*l = (struct log){ 0 };
}
