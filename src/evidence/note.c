#include "note.h"

#include "err.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

int signer_new(struct signer *s, const uint8_t seed[ED_KEY])
{
	size_t n = ED_KEY;

	*s = (struct signer){ .pkey = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, ED_KEY) };
	if (!s->pkey || EVP_PKEY_get_raw_public_key(s->pkey, s->pub, &n) != 1) {
		signer_free(s);
		return FW_ENOMEM;
	}
	key_id(s->pub, s->id);
	return FW_OK;
}

void signer_free(struct signer *s)
{
	EVP_PKEY_free(s->pkey);			/* libcrypto cleanses it */
	*s = (struct signer){ 0 };
}

int signer_sign(const struct signer *s, const void *p, size_t n, uint8_t sig[ED_SIG])
{
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	size_t len = ED_SIG;
	bool ok = c && EVP_DigestSignInit(c, NULL, NULL, NULL, s->pkey) == 1 && EVP_DigestSign(c, sig, &len, p, n) == 1 && len == ED_SIG;

	EVP_MD_CTX_free(c);
	return ok ? FW_OK : FW_ENOMEM;
}

void key_id(const uint8_t pub[ED_KEY], char out[KEY_ID])
{
	char hex[HEX_SHA];
	uint8_t d[SHA];

	sha_of(pub, ED_KEY, d);
	sha_hex(d, hex);
	memcpy(out, hex, KEY_ID - 1);
	out[KEY_ID - 1] = 0;
}

void note_key_hash(const char *name, const uint8_t pub[ED_KEY], uint8_t out[4])
{
	uint8_t d[SHA];

	sha_pieces((struct sha_piece[]){ { name, strlen(name) }, { "\n\1", 2 }, { pub, ED_KEY } }, 3, d);
	memcpy(out, d, 4);
}

void note_vkey(struct octets *o, const char *name, const uint8_t pub[ED_KEY])
{
	uint8_t hash[4], key[1 + ED_KEY] = { 1 };

	note_key_hash(name, pub, hash);
	memcpy(key + 1, pub, ED_KEY);
	octets_str(o, name);
	octets_str(o, "+");
	octets_hex(o, hash, sizeof(hash));
	octets_str(o, "+");
	octets_base64(o, key, sizeof(key));
}

void checkpoint_body(struct octets *o, const char *origin, uint64_t size, const struct merkle_hash *root)
{
	octets_str(o, origin);
	octets_str(o, "\n");
	octets_dec(o, size);
	octets_str(o, "\n");
	octets_base64(o, root->b, SHA);
	octets_str(o, "\n");
}

int checkpoint_note(struct octets *o, const char *origin, uint64_t size, const struct merkle_hash *root, const struct signer *s)
{
	uint8_t named[4 + ED_SIG];
	size_t from = o->n;

	checkpoint_body(o, origin, size, root);
	if (o->full || signer_sign(s, o->b + from, o->n - from, named + 4) != FW_OK)
		return FW_ENOMEM;
	note_key_hash(origin, s->pub, named);
	octets_str(o, "\n\xe2\x80\x94 ");		/* U+2014 */
	octets_str(o, origin);
	octets_str(o, " ");
	octets_base64(o, named, sizeof(named));
	octets_str(o, "\n");
	return o->full ? FW_ENOMEM : FW_OK;
}

void proof_text(struct octets *o, uint64_t index, const struct merkle_hash *path, unsigned n, const struct octets *checkpoint)
{
	octets_str(o, "c2sp.org/tlog-proof@v1\nindex ");
	octets_dec(o, index);
	octets_str(o, "\n");
	for (unsigned i = 0; i < n; i++) {
		octets_base64(o, path[i].b, SHA);
		octets_str(o, "\n");
	}
	octets_str(o, "\n");
	octets_add(o, checkpoint->b, checkpoint->n);
}

/* ---- SSHSIG ---- */

static void ssh_string(struct octets *o, const void *p, size_t n)
{
	octets_u32(o, (uint32_t)n);
	octets_add(o, p, n);
}

static void ssh_key(struct octets *o, const uint8_t pub[ED_KEY])
{
	octets_u32(o, 4 + 11 + 4 + ED_KEY);
	ssh_string(o, "ssh-ed25519", 11);
	ssh_string(o, pub, ED_KEY);
}

void sshsig_signed(struct octets *o, const char *space, const void *message, size_t n)
{
	uint8_t d[64];
	unsigned len = sizeof(d);

	if (EVP_Digest(message, n, d, &len, EVP_sha512(), NULL) != 1) {
		o->full = true;
		return;
	}
	octets_str(o, "SSHSIG");
	ssh_string(o, space, strlen(space));
	ssh_string(o, "", 0);
	ssh_string(o, "sha512", 6);
	ssh_string(o, d, sizeof(d));
}

int sshsig_text(struct octets *o, const char *space, const void *message, size_t n, const struct signer *s)
{
	struct octets b = { 0 }, text = { 0 };
	uint8_t sig[ED_SIG];
	int err = FW_ENOMEM;

	sshsig_signed(&b, space, message, n);
	if (b.full || signer_sign(s, b.b, b.n, sig) != FW_OK)
		goto out;
	b.n = 0;
	octets_str(&b, "SSHSIG");
	octets_u32(&b, 1);
	ssh_key(&b, s->pub);
	ssh_string(&b, space, strlen(space));
	ssh_string(&b, "", 0);
	ssh_string(&b, "sha512", 6);
	octets_u32(&b, 4 + 11 + 4 + ED_SIG);
	ssh_string(&b, "ssh-ed25519", 11);
	ssh_string(&b, sig, ED_SIG);
	octets_base64(&text, b.b, b.n);
	octets_str(o, "-----BEGIN SSH SIGNATURE-----\n");
	for (size_t i = 0; i < text.n; i += 70) {
		octets_add(o, text.b + i, text.n - i < 70 ? text.n - i : 70);
		octets_str(o, "\n");
	}
	octets_str(o, "-----END SSH SIGNATURE-----\n");
	err = b.full || text.full || o->full ? FW_ENOMEM : FW_OK;
out:
	octets_free(&b);
	octets_free(&text);
	return err;
}

void ssh_public(struct octets *o, const uint8_t pub[ED_KEY], const char *comment)
{
	struct octets b = { 0 };

	ssh_string(&b, "ssh-ed25519", 11);
	ssh_string(&b, pub, ED_KEY);
	octets_str(o, "ssh-ed25519 ");
	octets_base64(o, b.b, b.n);
	octets_str(o, " ");
	octets_str(o, comment);
	octets_str(o, "\n");
	o->full |= b.full;
	octets_free(&b);
}

void ssh_fingerprint(const uint8_t pub[ED_KEY], char out[SSH_FINGERPRINT])
{
	struct octets b = { 0 }, text = { 0 };
	uint8_t sha[SHA];

	ssh_string(&b, "ssh-ed25519", 11);
	ssh_string(&b, pub, ED_KEY);
	sha_of(b.b, b.n, sha);
	octets_str(&text, "SHA256:");
	octets_base64(&text, sha, sizeof(sha));
	out[0] = 0;
	if (!b.full && !text.full)		/* without the padding, of which 32 octets have one */
		(void)snprintf(out, SSH_FINGERPRINT, "%.*s", (int)text.n - 1, text.b);
	octets_free(&b);
	octets_free(&text);
}
