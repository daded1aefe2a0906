/* A signed record as files in memory: loaded, changed, signed again by whoever has the keys, and written out. */
#ifndef FW_TESTS_BUNDLE_H
#define FW_TESTS_BUNDLE_H

#include "read.h"

struct bfile { char path[PATH_MAX_TEXT + 2]; struct octets data; };
struct bundle { struct bfile *file; size_t n; };

/* All files below the directory, in order of paths.  False: it cannot be read. */
bool bundle_load(struct bundle *b, const char *dir);
void bundle_free(struct bundle *b);
/* The file, which is made when there is none. */
struct octets *bundle_file(struct bundle *b, const char *path);
struct octets *bundle_find(struct bundle *b, const char *path);	/* NULL: there is none */
void bundle_drop(struct bundle *b, const char *path);
/* Writes every file, or one, below the directory. */
bool bundle_store(const struct bundle *b, const char *dir);
bool bundle_store_one(const char *dir, const struct bfile *f);
/* Removes what bundle_store() wrote and the directory. */
void bundle_remove(const struct bundle *b, const char *dir);
/* The manifest again, signed by the exporter. */
void bundle_manifest(struct bundle *b, const struct signer *exporter);
/* The leaves, of all entry bundles; room for most of them.  How many. */
size_t bundle_leaves(struct bundle *b, struct slice *leaf, size_t most);
/* Another log of these leaves: entries, tiles, checkpoint, key and the proofs of all leaves that have one. */
void bundle_log(struct bundle *b, const struct slice *leaf, size_t n, const char *origin, const struct signer *log);
/* The private key in the last 64 hex digits of the file. */
bool bundle_key(struct signer *s, const char *file);

#endif
