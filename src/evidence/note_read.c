/* C2SP signed notes: the checkpoint, verifier keys, and tlog-proofs, in the one form that fairwitness-evidence(7) allows. */
#include "read.h"

#include <errno.h>
#include <openssl/evp.h>
#include <string.h>

static bool refuse(struct err *e, const char *what)
{
	err_set(e, "%s", what);
	return false;
}

/* A signature that could not be looked at is none that does not hold: any 32 octets are a key, so what fails before the last step is memory. */
int ed25519_holds(const uint8_t key[32], const void *msg, size_t n, const uint8_t sig[64])
{
	EVP_PKEY *k = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key, 32);
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	bool able = k && c && EVP_DigestVerifyInit(c, NULL, NULL, NULL, k) == 1;
	bool holds;

	errno = 0;
	holds = able && EVP_DigestVerify(c, sig, 64, msg, n) == 1;
	able = able && (holds || errno != ENOMEM);
	EVP_MD_CTX_free(c);
	EVP_PKEY_free(k);
	return holds ? FW_OK : able ? FW_EFORMAT : FW_ENOMEM;
}

static int signed_or_not(int err, struct err *e)
{
	if (err != FW_OK)
		err_set(e, "%s", err == FW_EFORMAT ? "the signature does not hold" : err_word(err));
	return err;
}

/* A key's name: printable ASCII without spaces and plus signs. */
static bool name_get(struct slice s, char out[ORIGIN_MAX + 1])
{
	if (!s.n || s.n > ORIGIN_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= 0x20 || s.p[i] >= 0x7f || s.p[i] == '+')
			return false;
	memcpy(out, s.p, s.n);
	out[s.n] = 0;
	return true;
}

bool vkey_read(struct slice text, struct vkey *k, struct err *e)
{
	uint8_t blob[33], id[4];
	const char *first, *second;
	struct slice line;

	if (text.n && text.p[text.n - 1] == '\n')
		text.n--;
	line = text;
	first = line.n ? memchr(line.p, '+', line.n) : NULL;
	second = first ? memchr(first + 1, '+', (size_t)(line.p + line.n - first - 1)) : NULL;
	if (!second || !name_get((struct slice){ line.p, (size_t)(first - line.p) }, k->name) ||
	    !hex_get((struct slice){ first + 1, (size_t)(second - first - 1) }, k->id, 4) ||
	    base64_get((struct slice){ second + 1, (size_t)(line.p + line.n - second - 1) }, blob, sizeof(blob)) != 33)
		return refuse(e, "a key is one line: name, plus sign, 8 hex digits, plus sign, base64 of 33 octets");
	if (blob[0] != 1)
		return refuse(e, "not an Ed25519 key");
	memcpy(k->key, blob + 1, 32);
	note_key_hash(k->name, k->key, id);
	return !memcmp(id, k->id, 4) || refuse(e, "the key's id is not of its name and octets");
}

bool checkpoint_read(struct slice text, struct checkpoint *c, struct err *e)
{
	static const char dash[] = "\xe2\x80\x94 ";
	struct slice rest = text, line[5];
	uint8_t blob[68];
	size_t n;

	for (size_t i = 0; i < 5; i++)
		if (!line_get(&rest, &line[i]))
			return refuse(e, "five lines are wanted, each ended by a newline");
	if (rest.n)
		return refuse(e, "something follows the one signature line");
	if (!name_get(line[0], c->origin))
		return refuse(e, "line 1: an origin is wanted");
	if (!decimal_get(line[1], &c->size))
		return refuse(e, "line 2: the size in decimal is wanted");
	if (base64_get(line[2], c->root, SHA) != SHA)
		return refuse(e, "line 3: base64 of the root is wanted");
	if (line[3].n)
		return refuse(e, "line 4 is not empty");
	n = strlen(c->origin);
	if (line[4].n < 5 + n || memcmp(line[4].p, dash, 4) || memcmp(line[4].p + 4, c->origin, n) || line[4].p[4 + n] != ' ' ||
	    base64_get((struct slice){ line[4].p + 5 + n, line[4].n - 5 - n }, blob, sizeof(blob)) != 68)
		return refuse(e, "line 5: a dash, the origin and base64 of 68 octets are wanted");
	memcpy(c->id, blob, 4);
	memcpy(c->sig, blob + 4, 64);
	c->body = (struct slice){ text.p, (size_t)(line[3].p - text.p) };
	return true;
}

int checkpoint_signed(const struct checkpoint *c, const uint8_t key[32], struct err *e)
{
	uint8_t id[4];

	note_key_hash(c->origin, key, id);
	if (memcmp(id, c->id, 4)) {
		(void)refuse(e, "signed with another key: the key's id differs");
		return FW_EFORMAT;
	}
	return signed_or_not(ed25519_holds(key, c->body.p, c->body.n, c->sig), e);
}

bool proof_read(struct slice text, struct tlog_proof *p, struct err *e)
{
	struct slice rest = text, line = { "", 0 };

	p->npath = 0;
	if (!line_get(&rest, &line) || !slice_is(line, "c2sp.org/tlog-proof@v1"))
		return refuse(e, "line 1: c2sp.org/tlog-proof@v1 is wanted");
	if (!line_get(&rest, &line) || line.n < 6 || memcmp(line.p, "index ", 6) || !decimal_get((struct slice){ line.p + 6, line.n - 6 }, &p->index))
		return refuse(e, "line 2: the word index and a number are wanted");
	for (;;) {
		if (!line_get(&rest, &line))
			return refuse(e, "the text ends inside the path");
		if (!line.n)
			break;
		if (p->npath == MERKLE_PATH || base64_get(line, p->path[p->npath].b, SHA) != SHA) {
			err_set(e, "line %u: base64 of a hash, or the empty line after at most %d, is wanted", p->npath + 3, MERKLE_PATH);
			return false;
		}
		p->npath++;
	}
	p->checkpoint = rest;
	return true;
}
