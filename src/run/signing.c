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
	[SIGNING_LOG] = { "log key", "log.key", "log.pub", "--log-key", "fairwitness-log-key-v1 " },
	[SIGNING_EXPORT] = { "export key", "export.key", "export.pub", "--export-key", "fairwitness-export-key-v1 " },
};

enum { LINE = 128 };

static bool seed_of(const struct signing_kind *kind, const char *line, size_t n, uint8_t seed[ED_KEY])
{
	size_t head = strlen(kind->head);

	return n == head + 2 * ED_KEY + 1 && !memcmp(line, kind->head, head) && line[n - 1] == '\n' && hex_get((struct slice){ line + head, 2 * ED_KEY }, seed, ED_KEY);
}

/* FW_EEND: there is none. */
static int read_key(struct signer *s, const struct signing_kind *kind, const char *path, struct err *e)
{
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

/* The public part as others take it: a verifier key, or a line of ssh's. */
static void public_line(struct octets *o, enum signing which, const struct signer *s)
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

static int make_key(const struct signing_kind *kind, char *path, struct err *e)
{
	uint8_t seed[ED_KEY];
	char line[LINE], hex[HEX_SHA];
	int n, err = FW_EIO;

	errno = EIO;
	if (RAND_bytes(seed, ED_KEY) == 1) {
		sha_hex(seed, hex);
		n = snprintf(line, sizeof(line), "%s%s\n", kind->head, hex);
		err = data_file(path, line, (size_t)n, 0600);
	}
	if (err != FW_OK)
		err_set(e, "%s %s: cannot be made: %s; %s FILE names one, XDG_DATA_HOME another directory", kind->what, path, strerror(errno), kind->option);
	OPENSSL_cleanse(seed, sizeof(seed));
	OPENSSL_cleanse(line, sizeof(line));
	OPENSSL_cleanse(hex, sizeof(hex));
	return err;
}

/* The public part lies beside the user's own key; put back when it was lost. */
static int put_public(enum signing which, const struct signer *s, struct err *e)
{
	char path[DATA_PATH];
	struct octets o = { 0 };
	int err = data_path(path, kinds[which].pub, kinds[which].option, e);

	if (err == FW_OK && access(path, F_OK)) {
		public_line(&o, which, s);
		err = o.full ? FW_ENOMEM : data_file(path, o.b, o.n, 0644);
		if (err != FW_OK)
			err_set(e, "%s: cannot be made: %s", path, strerror(errno));
	}
	octets_free(&o);
	return err;
}

static int get_one(struct signing_keys *k, enum signing which, const char *file, struct err *e)
{
	const struct signing_kind *kind = &kinds[which];
	char *path = k->path[which];
	int err;

	if (file) {
		(void)snprintf(path, DATA_PATH, "%s", file);
		err = read_key(&k->key[which], kind, file, e);
		return err == FW_OK ? FW_OK : FW_EINVAL;	/* the command line's */
	}
	if ((err = data_path(path, kind->file, kind->option, e)) != FW_OK)
		return err;
	err = read_key(&k->key[which], kind, path, e);
	if (err == FW_EEND && (err = make_key(kind, path, e)) == FW_OK)
		err = read_key(&k->key[which], kind, path, e);
	return err == FW_OK ? put_public(which, &k->key[which], e) : err == FW_EEND ? FW_EIO : err;
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
