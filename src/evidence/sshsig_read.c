/* OpenSSH's SSHSIG (PROTOCOL.sshsig) by an Ed25519 key, hash sha512, in armor of 70 columns. */
#include "cur.h"
#include "read.h"

#include <openssl/sha.h>
#include <string.h>

enum { COLUMNS = 70, BLOB = 512, ARMOR = 1024 };
static const char begin[] = "-----BEGIN SSH SIGNATURE-----\n", end[] = "-----END SSH SIGNATURE-----\n";

static bool refuse(struct err *e, const char *what)
{
	err_set(e, "%s", what);
	return false;
}

/* A string of SSH's wire form must be this one. */
static bool fixed(struct cur *c, const char *text)
{
	size_t n = strlen(text);
	uint32_t len = cur_u32(c);
	const uint8_t *p = cur_take(c, len);

	return p && len == n && !memcmp(p, text, n);
}

/* "ssh-ed25519" and a string of n octets, as a string. */
static const uint8_t *typed(struct cur *c, size_t n)
{
	struct cur in = cur_sub(c, cur_u32(c));
	bool known = fixed(&in, "ssh-ed25519");
	const uint8_t *p = cur_u32(&in) == n ? cur_take(&in, n) : NULL;

	return known && p && !cur_left(&in) && in.why == CUR_OK ? p : NULL;
}

/* The armor's one spelling: encoded again, it is the same text. */
static bool same_armor(struct slice armor, const uint8_t *blob, size_t n)
{
	struct octets code = { 0 }, text = { 0 };
	bool same;

	octets_base64(&code, blob, n);
	octets_str(&text, begin);
	for (size_t i = 0; i < code.n; i += COLUMNS) {
		octets_add(&text, code.b + i, code.n - i < COLUMNS ? code.n - i : COLUMNS);
		octets_str(&text, "\n");
	}
	octets_str(&text, end);
	same = !code.full && !text.full && text.n == armor.n && !memcmp(text.b, armor.p, armor.n);
	octets_free(&code);
	octets_free(&text);
	return same;
}

static long unarmor(struct slice armor, uint8_t blob[BLOB])
{
	char code[ARMOR];
	size_t n = 0;

	if (armor.n < sizeof(begin) + sizeof(end) || armor.n > ARMOR - 80)
		return -1;
	for (size_t i = sizeof(begin) - 1; i < armor.n - (sizeof(end) - 1); i++)
		if (armor.p[i] != '\n')
			code[n++] = armor.p[i];
	return base64_get((struct slice){ code, n }, blob, BLOB);
}

static size_t put_string(uint8_t *out, const void *p, size_t n)
{
	out[0] = out[1] = 0;
	out[2] = (uint8_t)(n >> 8);
	out[3] = (uint8_t)n;
	memcpy(out + 4, p, n);
	return n + 4;
}

/* Of a signature: its octets, and in them the key and what it made of the octets that were signed. */
struct parts { uint8_t blob[BLOB]; const uint8_t *pub, *sig; };

static bool parts_get(struct parts *x, struct slice armor, const char *space, struct err *e)
{
	long len = unarmor(armor, x->blob);
	const uint8_t *magic;
	struct cur c;

	if (len < 0 || !same_armor(armor, x->blob, (size_t)len))
		return refuse(e, "an SSH signature in armor of 70 columns is wanted");
	c = cur_make(x->blob, (size_t)len, false);
	magic = cur_take(&c, 6);
	if (!magic || memcmp(magic, "SSHSIG", 6) || cur_u32(&c) != 1)
		return refuse(e, "not an SSHSIG of version 1");
	x->pub = typed(&c, 32);
	if (!x->pub)
		return refuse(e, "an ssh-ed25519 key is wanted");
	if (!fixed(&c, space)) {
		err_set(e, "the namespace is not %s", space);
		return false;
	}
	if (!fixed(&c, "") || !fixed(&c, "sha512"))
		return refuse(e, "nothing reserved and hash sha512 are wanted");
	x->sig = typed(&c, 64);
	if (!x->sig || cur_left(&c) || c.why != CUR_OK)
		return refuse(e, "an ssh-ed25519 signature and nothing after it is wanted");
	return true;
}

int sshsig_holds(struct slice armor, const char *space, const void *msg, size_t n, uint8_t key[32], struct err *e)
{
	uint8_t to_sign[BLOB], digest[SHA512_DIGEST_LENGTH];
	struct parts x;
	size_t at = 6;
	int err;

	if (!parts_get(&x, armor, space, e))
		return FW_EFORMAT;
	memcpy(to_sign, "SSHSIG", 6);
	at += put_string(to_sign + at, space, strlen(space));
	at += put_string(to_sign + at, "", 0);
	at += put_string(to_sign + at, "sha512", 6);
	memcpy(key, x.pub, 32);
	if (SHA512(msg, n, digest)) {
		at += put_string(to_sign + at, digest, sizeof(digest));
		err = ed25519_holds(x.pub, to_sign, at, x.sig);
	} else {
		err = FW_ENOMEM;
	}
	if (err != FW_OK)
		err_set(e, "%s", err == FW_EFORMAT ? "the signature does not hold" : err_word(err));
	return err;
}

bool ssh_key_read(struct slice text, uint8_t key[32], struct err *e)
{
	static const char before[] = "ssh-ed25519 ", after[] = " exporter\n";
	uint8_t blob[51];
	struct cur c;
	bool ok = text.n == sizeof(before) + sizeof(after) - 2 + 68 && !memcmp(text.p, before, sizeof(before) - 1) &&
		!memcmp(text.p + text.n - (sizeof(after) - 1), after, sizeof(after) - 1) &&
		base64_get((struct slice){ text.p + sizeof(before) - 1, 68 }, blob, sizeof(blob)) == sizeof(blob);

	if (!ok)
		return refuse(e, "one line is wanted: ssh-ed25519, base64 of the key, the word exporter");
	c = cur_make(blob, sizeof(blob), false);
	if (!fixed(&c, "ssh-ed25519") || cur_u32(&c) != 32)
		return refuse(e, "an ssh-ed25519 key is wanted");
	memcpy(key, blob + sizeof(blob) - 32, 32);
	return true;
}
