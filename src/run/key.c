/*
 * The case key: subscriber identities become pseudonyms under it.  Given as a file, else the
 * user's own under the data directory, made once, readable by its owner only.
 */
#define _GNU_SOURCE			/* renameat2() */

#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_MIN = 16, KEY_MAX = 4096 };

static void from_octets(struct case_key *k, const uint8_t *p, size_t n)
{
	static const char label[] = "fairwitness case id";
	uint8_t d[SHA];
	char hex[HEX_SHA];
	const struct sha_piece v[] = { { label, sizeof(label) }, { k->key, SHA } };

	sha_of(p, n, k->key);
	sha_pieces(v, 2, d);
	sha_hex(d, hex);
	memcpy(k->id, hex, 16);
	k->id[16] = 0;
}

static int read_key(struct case_key *k, const char *file, struct err *e)
{
	uint8_t b[KEY_MAX + 1];
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, b, sizeof(b));
	int why = errno;

	if (fd >= 0)
		(void)close(fd);
	if (n < 0) {
		err_set(e, "case key %s: cannot be read: %s", file, strerror(why));
		return why == ENOENT ? FW_EEND : FW_EIO;
	}
	while (n && (b[n - 1] == '\n' || b[n - 1] == '\r'))
		n--;
	if (n < KEY_MIN || n > KEY_MAX) {
		err_set(e, "case key %s: holds %s; a key is a file of 16 to 4096 bytes", file, n > KEY_MAX ? "more than 4096 bytes" : "fewer than 16 bytes");
		return FW_EINVAL;
	}
	from_octets(k, b, (size_t)n);
	OPENSSL_cleanse(b, sizeof(b));
	return FW_OK;
}

int data_path(char out[DATA_PATH], const char *name, const char *option, struct err *e)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	int n;

	if (data && *data == '/') {
		n = snprintf(out, DATA_PATH, "%s/fairwitness/%s", data, name);
	} else if (home && *home == '/') {
		n = snprintf(out, DATA_PATH, "%s/.local/share/fairwitness/%s", home, name);
	} else {
		err_set(e, "%s: there is no home directory to keep it in: set HOME or XDG_DATA_HOME, or name a place with %s", name, option);
		return FW_EIO;
	}
	if (n > 0 && n < DATA_PATH)
		return FW_OK;
	err_set(e, "%s: the path of the data directory is too long", name);
	return FW_EINVAL;
}

/* At its name unless there is one (*made: false); a second name of a key is avoided where that can be.  0 or -1 with errno. */
static int put_whole(const char *temp, const char *path, bool *made)
{
	bool put = !renameat2(AT_FDCWD, temp, AT_FDCWD, path, RENAME_NOREPLACE);

	if (!put && (errno == EINVAL || errno == ENOSYS || errno == ENOTSUP))
		put = !link(temp, path);
	if (!put && errno != EEXIST)
		return -1;
	*made = put;
	return sync_parent(path);
}

int data_file(char *path, const void *p, size_t n, unsigned mode, bool *made)
{
	char temp[DATA_PATH + 24];
	int fd, why, err = FW_EIO;
	bool put = false;

	if (made)
		*made = false;
	(void)snprintf(temp, sizeof(temp), "%s.%ld", path, (long)getpid());
	if (make_parents(path, 0700) != FW_OK)
		return FW_EIO;
	(void)unlink(temp);			/* of a killed run that had our number */
	fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
	if (fd < 0)
		return FW_EIO;
	err = write_all(fd, p, n);
	why = errno;
	if (err == FW_OK && fsync(fd)) {
		err = FW_EIO;
		why = errno;
	}
	if (close(fd) && err == FW_OK) {
		err = FW_EIO;
		why = errno;
	}
	if (err == FW_OK && put_whole(temp, path, &put)) {
		err = FW_EIO;
		why = errno;
	}
	if (made)
		*made = put;
	(void)unlink(temp);
	errno = why;
	return err;
}

int case_key_make(char *path, bool *made, struct err *e)
{
	uint8_t raw[SHA];
	char hex[HEX_SHA];
	int err = FW_EIO;

	errno = EIO;
	if (RAND_bytes(raw, SHA) == 1) {
		sha_hex(raw, hex);
		hex[HEX_SHA - 1] = '\n';
		err = data_file(path, hex, HEX_SHA, 0600, made);
	}
	if (err != FW_OK)
		err_set(e, "case key %s: cannot be made: %s; --case-key FILE names one that is elsewhere, XDG_DATA_HOME another directory", path, strerror(errno));
	OPENSSL_cleanse(raw, SHA);
	OPENSSL_cleanse(hex, sizeof(hex));
	return err;
}

int case_key_get(struct case_key *k, const char *file, struct err *e)
{
	char path[DATA_PATH];
	int err;

	if (file) {
		err = read_key(k, file, e);
		return err == FW_EEND ? FW_EIO : err;
	}
	if ((err = data_path(path, CASE_KEY_FILE, "--case-key FILE", e)) != FW_OK)
		return err;
	err = read_key(k, path, e);
	if (err != FW_EEND)
		return err;
	err = case_key_make(path, NULL, e);
	return err == FW_OK ? read_key(k, path, e) : err;
}
