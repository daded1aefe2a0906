/*
 * The keys that sign: of the log and of the exporter.  Each a file of one line, its kind and 64 hex
 * digits (the Ed25519 seed); the kind keeps a key from being used in two formats.  The user's own lie
 * under the data directory, made once, readable by their owner only, with the public part beside them.
 */
#include "inside.h"
#include "read.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct signing_kind { const char *what, *file, *pub, *option, *head; } kinds[SIGNINGS] = {
	[SIGNING_LOG] = { "log key", "log.key", "log.pub", "--log-key FILE", "fairwitness-log-key-v1 " },
	[SIGNING_EXPORT] = { "export key", "export.key", "export.pub", "--export-key FILE", "fairwitness-export-key-v1 " },
};

enum { LINE = 128 };

static bool seed_of(const struct signing_kind *kind, const char *line, size_t n, uint8_t seed[ED_KEY])
{
	size_t head = strlen(kind->head);

	return n == head + 2 * ED_KEY + 1 && !memcmp(line, kind->head, head) && line[n - 1] == '\n' && hex_get((struct slice){ line + head, 2 * ED_KEY }, seed, ED_KEY);
}

const char *signing_file(enum signing which, bool public)
{
	return public ? kinds[which].pub : kinds[which].file;
}

int signing_read(struct signer *s, enum signing which, const char *path, struct err *e)
{
	const struct signing_kind *kind = &kinds[which];
	int fd = open(path, O_RDONLY | O_CLOEXEC), err = FW_EINVAL;
	uint8_t seed[ED_KEY];
	char line[LINE];
	struct stat st;
	ssize_t n;

	if (fd < 0 || fstat(fd, &st) || (n = read(fd, line, sizeof(line))) < 0) {
		int why = errno;

		err_set(e, "%s %s: cannot be read: %s", kind->what, path, strerror(why));
		if (fd >= 0)
			(void)close(fd);
		return why == ENOENT ? FW_EEND : FW_EIO;
	}
	(void)close(fd);
	if (st.st_mode & (S_IRWXG | S_IRWXO))
		err_set(e, "%s %s: others may read or change it (mode %o); a key that signs is its owner's alone: chmod 600 it, or make a new one if others could",
			kind->what, path, (unsigned)(st.st_mode & 07777));
	else if (!seed_of(kind, line, (size_t)n, seed))
		err_set(e, "%s %s: is no %s; one line is wanted, %sand 64 hex digits", kind->what, path, kind->what, kind->head);
	else if ((err = signer_new(s, seed)) != FW_OK)
		err_set(e, "%s %s: libcrypto does not take it", kind->what, path);
	OPENSSL_cleanse(seed, sizeof(seed));
	OPENSSL_cleanse(line, sizeof(line));
	return err == FW_ENOMEM ? FW_EIO : err;
}

enum signing signing_kind_of(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char line[LINE];
	ssize_t n = fd < 0 ? -1 : read(fd, line, sizeof(line));
	unsigned i = 0;

	if (fd >= 0)
		(void)close(fd);
	while (i < SIGNINGS && (n < (ssize_t)strlen(kinds[i].head) || memcmp(line, kinds[i].head, strlen(kinds[i].head))))
		i++;
	OPENSSL_cleanse(line, sizeof(line));
	return (enum signing)i;
}

void signing_public(struct octets *o, enum signing which, const struct signer *s)
{
	char name[32];

	if (which == SIGNING_EXPORT) {
		ssh_public(o, s->pub, "exporter");
		return;
	}
	(void)snprintf(name, sizeof(name), "fairwitness/%s", s->id);
	note_vkey(o, name, s->pub);
	octets_str(o, "\n");
}

int signing_make(enum signing which, char *path, bool *made, struct err *e)
{
	const struct signing_kind *kind = &kinds[which];
	uint8_t seed[ED_KEY];
	char line[LINE], hex[HEX_SHA];
	int n, err = FW_EIO;

	errno = EIO;
	if (RAND_bytes(seed, ED_KEY) == 1) {
		sha_hex(seed, hex);
		n = snprintf(line, sizeof(line), "%s%s\n", kind->head, hex);
		err = data_file(path, line, (size_t)n, 0600, made);
	}
	if (err != FW_OK)
		err_set(e, "%s %s: cannot be made: %s; %s names one that is elsewhere, XDG_DATA_HOME another directory", kind->what, path,
			strerror(errno), kind->option);
	OPENSSL_cleanse(seed, sizeof(seed));
	OPENSSL_cleanse(line, sizeof(line));
	OPENSSL_cleanse(hex, sizeof(hex));
	return err;
}

int file_is(const char *path, const struct octets *o)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), why;
	char b[2 * LINE];
	ssize_t n = fd < 0 ? -1 : read(fd, b, sizeof(b));

	why = errno;
	if (fd >= 0)
		(void)close(fd);
	errno = why;
	return n < 0 ? -1 : (size_t)n == o->n && !memcmp(b, o->b, o->n);
}

int signing_put_public(enum signing which, const struct signer *s, char *path, struct err *e)
{
	struct octets o = { 0 };
	int err = FW_OK, same = 0;

	signing_public(&o, which, s);
	if (o.full) {
		err = FW_EIO;
		err_set(e, "%s", err_word(FW_ENOMEM));
	} else if (access(path, F_OK)) {
		err = data_file(path, o.b, o.n, 0644, NULL);
		if (err != FW_OK)
			err_set(e, "%s: cannot be made: %s", path, strerror(errno));
	}
	if (err == FW_OK && (same = file_is(path, &o)) < 0) {
		err = FW_EIO;
		err_set(e, "%s: cannot be read: %s", path, strerror(errno));
	} else if (err == FW_OK && !same) {
		err = FW_EINVAL;
		err_set(e, "%s: is not the public part of %s beside it; whoever was given it cannot verify what this key signs.  "
			"Put the right key back, or move it away", path, kinds[which].file);
	}
	octets_free(&o);
	return err;
}

/* The user's own, made when there is none; not when its public part is there still, which others have then. */
static int make_own(enum signing which, char *path, const char *pub, struct err *e)
{
	if (access(pub, F_OK))
		return signing_make(which, path, NULL, e);
	err_set(e, "%s %s: is gone, and its public part %s is there; put the key back, or move that away and tell whoever has it: a new key is made then",
		kinds[which].what, path, pub);
	return FW_EINVAL;
}

static int get_one(struct signing_keys *k, enum signing which, const char *file, struct err *e)
{
	const struct signing_kind *kind = &kinds[which];
	char *path = k->path[which], pub[DATA_PATH];
	int err;

	if (file) {
		(void)snprintf(path, DATA_PATH, "%s", file);
		err = signing_read(&k->key[which], which, file, e);
		return err == FW_OK ? FW_OK : FW_EINVAL;	/* the command line's */
	}
	if ((err = data_path(path, kind->file, kind->option, e)) != FW_OK || (err = data_path(pub, kind->pub, kind->option, e)) != FW_OK)
		return err;
	err = signing_read(&k->key[which], which, path, e);
	if (err == FW_EEND && (err = make_own(which, path, pub, e)) == FW_OK)
		err = signing_read(&k->key[which], which, path, e);
	return err == FW_OK ? signing_put_public(which, &k->key[which], pub, e) : err == FW_EEND ? FW_EIO : err;
}

int signing_get(struct signing_keys *k, const struct run_opts *o, struct err *e)
{
	int err;

	*k = (struct signing_keys){ 0 };
	if ((err = get_one(k, SIGNING_LOG, o->log_key, e)) != FW_OK || (err = get_one(k, SIGNING_EXPORT, o->export_key, e)) != FW_OK)
		return err;
	if (memcmp(k->key[SIGNING_LOG].pub, k->key[SIGNING_EXPORT].pub, ED_KEY))
		return FW_OK;
	err_set(e, "%s and %s: are one key; the log and the exporter sign in two formats and need two", k->path[SIGNING_LOG], k->path[SIGNING_EXPORT]);
	return FW_EINVAL;
}

void signing_free(struct signing_keys *k)
{
	for (unsigned i = 0; i < SIGNINGS; i++)
		signer_free(&k->key[i]);
}
