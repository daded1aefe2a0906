#include "keylog.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RANDOM = 32, LINE_OCTETS = 1024, LABEL_MAX = 64 };

struct secret_key { uint8_t random[RANDOM]; uint64_t which; };
struct secret_row { struct secret_key key; uint8_t len, secret[SECRET_MAX]; uint8_t pad[7]; };

static const char *const labels[SECRET_KINDS] = { "CLIENT_RANDOM", "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0",
	"SERVER_TRAFFIC_SECRET_0" };

/* ---- a line ---- */

struct word { const char *p; size_t n; };

/* The next word; what stands between them is one blank. */
static struct word next_word(const char **p, const char *end)
{
	const char *stop = memchr(*p, ' ', (size_t)(end - *p));
	struct word w = { *p, (size_t)((stop ? stop : end) - *p) };

	*p = stop ? stop + 1 : end;
	return w;
}

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static bool all_hex(struct word w)
{
	for (size_t i = 0; i < w.n; i++)
		if (digit(w.p[i]) < 0)
			return false;
	return w.n && w.n % 2 == 0;
}

static void octets(struct word w, uint8_t *out)
{
	for (size_t i = 0; i + 1 < w.n; i += 2)
		out[i / 2] = (uint8_t)(digit(w.p[i]) << 4 | digit(w.p[i + 1]));
}

static bool is_label(struct word w)
{
	for (size_t i = 0; i < w.n; i++)
		if (!(w.p[i] >= 'A' && w.p[i] <= 'Z') && !(w.p[i] >= '0' && w.p[i] <= '9') && w.p[i] != '_')
			return false;
	return w.n && w.n <= LABEL_MAX;
}

static void keep(struct keylog *k, unsigned which, struct word random, struct word secret)
{
	struct secret_key key = { .which = which };
	struct secret_row *r;
	bool made;
	uint32_t i;

	octets(random, key.random);
	i = table_take(&k->t, &key, &made);
	if (i == TABLE_NONE) {
		k->refused++;
		return;
	}
	r = table_at(&k->t, i);
	if (!made)
		return;			/* programs write a line twice */
	r->len = (uint8_t)(secret.n / 2);
	octets(secret, r->secret);
}

/* What is wrong with it, or NULL. */
static const char *line(struct keylog *k, const char *p, const char *end)
{
	struct word label, random, secret;
	unsigned which = 0;

	if (p == end || *p == '#')
		return NULL;
	label = next_word(&p, end);
	random = next_word(&p, end);
	secret = next_word(&p, end);
	if (!is_label(label) || !all_hex(random) || !all_hex(secret) || p != end)
		return "it is no line of a key log, which is LABEL, a blank, a client random in hex, a blank, a secret in hex";
	while (which < SECRET_KINDS && (strlen(labels[which]) != label.n || memcmp(labels[which], label.p, label.n)))
		which++;
	if (which == SECRET_KINDS) {
		k->skipped++;
		return NULL;
	}
	if (random.n != (size_t)2 * RANDOM)
		return "a client random has 64 hex digits";
	if (which == SECRET_MASTER ? secret.n != 96 : secret.n != 64 && secret.n != 96)
		return which == SECRET_MASTER ? "a master secret has 96 hex digits" : "a traffic secret has 64 or 96 hex digits";
	keep(k, which, random, secret);
	return NULL;
}

/* ---- the file ---- */

static size_t find(void *ctx, enum secret_kind which, const uint8_t random[RANDOM], uint8_t out[SECRET_MAX])
{
	const struct keylog *k = ctx;
	struct secret_key key = { .which = which };
	const struct secret_row *r;
	uint32_t i;

	memcpy(key.random, random, RANDOM);
	i = table_seek(&k->t, &key);
	if (i == TABLE_NONE)
		return 0;
	r = table_at(&k->t, i);
	memcpy(out, r->secret, r->len);
	return r->len;
}

/* 0 or FW_ENOMEM. */
static int prepare(struct keylog *k)
{
	const struct hash_key hk = hash_key_make("key log", 7);

	k->secrets = (struct secrets){ k, find };
	if (k->t.rec || !table_init(&k->t, sizeof(struct secret_key), sizeof(struct secret_row), KEYLOG_SECRETS, &hk))
		return FW_OK;
	k->t = (struct table){ 0 };
	return FW_ENOMEM;
}

/* strict: the number of the first that is no line, and what is wrong with it.  Else 0, and those are counted. */
static unsigned long lines(struct keylog *k, bool strict, const char *p, const char *end, const char **why)
{
	for (unsigned long number = 1; p < end; number++) {
		const char *stop = memchr(p, '\n', (size_t)(end - p)), *next = stop ? stop + 1 : end;
		bool last = next == end && next[-1] != '\n' && k->t.used;		/* who writes it was in the middle of that */

		stop = stop ? stop : end;
		if (stop > p && stop[-1] == '\r')
			stop--;
		*why = stop - p > LINE_OCTETS ? "the line is longer than any of a key log" : line(k, p, stop);
		if (*why && strict && !last)
			return number;
		k->skipped += *why != NULL;
		p = next;
	}
	return 0;
}

int keylog_parse(struct keylog *k, const char *name, const char *p, size_t n, struct err *e)
{
	unsigned long number;
	const char *why;
	uint8_t d[SHA];

	*k = (struct keylog){ .skipped = 0 };
	if (prepare(k) != FW_OK) {
		err_set(e, "%s", err_word(FW_ENOMEM));
		return FW_ENOMEM;
	}
	sha_of(p, n, d);
	sha_hex(d, k->sha256);
	number = lines(k, true, p, p + n, &why);
	if (number)
		err_set(e, "%s:%lu: %s", name, number, why);
	return number ? FW_EINVAL : FW_OK;
}

int keylog_add(struct keylog *k, const char *p, size_t n)
{
	const char *why;

	if (prepare(k) != FW_OK)
		return FW_ENOMEM;
	(void)lines(k, false, p, p + n, &why);
	return FW_OK;
}

bool keylog_any(const struct keylog *k)
{
	return k->sha256[0] || k->capture_sha256[0];
}

int keylog_get(struct keylog *k, const struct run_opts *o, struct err *e)
{
	int err = FW_OK;

	*k = (struct keylog){ .skipped = 0 };
	if (o->keylog)
		err = keylog_open(k, o->keylog, e);
	if (err == FW_OK && o->keylog_in_capture)
		err = keylog_captures(k, o->path, o->npaths, e);
	return err == FW_EIO ? FW_EINVAL : err;
}

static int read_all(int fd, const char *path, char *to, size_t *n, struct err *e)
{
	ssize_t got;

	for (*n = 0; (got = read(fd, to + *n, KEYLOG_MAX + 1 - *n)) != 0; *n += (size_t)got) {
		if (got < 0 && errno == EINTR) {
			got = 0;
			continue;
		}
		if (got < 0) {
			err_set(e, "key log %s: cannot be read: %s", path, strerror(errno));
			return FW_EIO;
		}
		if (*n + (size_t)got > KEYLOG_MAX) {
			err_set(e, "key log %s: has more than %d octets", path, KEYLOG_MAX);
			return FW_EINVAL;
		}
	}
	return FW_OK;
}

int keylog_open(struct keylog *k, const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), err;
	char *text = NULL;
	size_t n = 0;

	*k = (struct keylog){ 0 };
	if (fd < 0) {
		err_set(e, "key log %s: cannot be read: %s", path, strerror(errno));
		return FW_EIO;
	}
	text = malloc(KEYLOG_MAX + 1);
	err = text ? read_all(fd, path, text, &n, e) : FW_ENOMEM;
	if (!text)
		err_set(e, "%s", err_word(FW_ENOMEM));
	if (err == FW_OK)
		err = keylog_parse(k, path, text, n, e);
	if (text)
		OPENSSL_cleanse(text, n);
	free(text);
	(void)close(fd);
	return err;
}

void keylog_close(struct keylog *k)
{
	if (k->t.rec) {
		OPENSSL_cleanse(k->t.rec, (size_t)k->t.high * k->t.rec_len);
		table_free(&k->t);
	}
	*k = (struct keylog){ 0 };
}

static void note(struct octets *o, const char *what, const char *sha256)
{
	if (!sha256 || !*sha256)
		return;
	octets_str(o, what);
	octets_str(o, sha256);
	octets_str(o, "\n");
}

void keylog_note(struct octets *o, const char *sha256, const char *capture_sha256, uint8_t digest[SHA])
{
	note(o, "# The key log that TLS was read with.  It holds secrets and is no part of this record.\nsha256: ", sha256);
	note(o, "# The secrets in the inputs that TLS was read with, one block after the other.  They are no part of this record.\ncapture_sha256: ", capture_sha256);
	sha_of(o->b, o->n, digest);
}
