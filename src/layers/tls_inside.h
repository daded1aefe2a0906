/* TLS whose secrets are known: what tls.c, tls_inside.c (connections) and tls_keys.c (keys and records) share. */
#ifndef FW_LAYERS_TLS_INSIDE_H
#define FW_LAYERS_TLS_INSIDE_H

#include "kept.h"
#include "tls.h"

#include <string.h>

/* ---- tls_keys.c ---- */

/* enum aead, or of AES in CBC the octets of its key; octets of the hash that keys are made with, and of the MAC: 0: an AEAD has none. */
struct tls_suite { uint16_t id; uint8_t aead, hash, mac; };
const struct tls_suite *tls_suite_find(uint16_t id);		/* NULL: its cipher is not read here */

/* What opens the records of one direction. */
struct tls_keys {
	uint8_t		aead, hash, mac;
	bool		tls13, etm, trouble;	/* trouble: the machine's, and none of the octets'; etm: the MAC is over what is ciphered (RFC 7366) */
	uint8_t		key[AEAD_KEY_MAX], iv[AEAD_NONCE], mac_key[48];
	uint64_t	seq;		/* of the next record */
};

/* TLS 1.3 (RFC 8446 7.3): of a traffic secret.  False: the machine's trouble. */
bool tls_keys_13(struct tls_keys *k, const struct ciphers *x, const struct tls_suite *s, const uint8_t *secret);
/* The traffic secret that follows a Key Update (7.2), in place. */
bool tls_secret_next(const struct ciphers *x, const struct tls_suite *s, uint8_t *secret);
/* TLS 1.2 (RFC 5246 6.3): of the master secret, for what the server (or client) sends. */
bool tls_keys_12(struct tls_keys *k, const struct ciphers *x, const struct tls_suite *s, const uint8_t master[SECRET_MAX], const uint8_t client[32],
	const uint8_t server[32], bool from_server);
/*
 * Opens a whole record, its header at p and n octets in all; out: room for what is behind the header.  Returns how many octets are in it, and their type;
 * SIZE_MAX: they do not come out.  The sequence number goes on when they do.
 */
size_t tls_record_open(struct tls_keys *k, const struct ciphers *x, const uint8_t *p, size_t n, uint8_t *out, uint8_t *type);

/* ---- tls_inside.c ---- */

/* Is this direction under a cipher, and what is to be said of the octets at its front?  False: it is in clear, or nothing is known of it. */
bool tls_inside_stream(struct layers *l, const struct msg *m, bool gap, size_t *n, enum stream_say *say);
/* A record that stream() handed on; false: it is in clear, or nothing is known of it.  *read: what became of it. */
bool tls_inside_record(struct layers *l, const struct msg *m, bool *read);
/* A handshake message was read, its body as it was before that. */
void tls_inside_message(struct layers *l, const struct msg *m, uint8_t type, struct cur body);
/* The connection of m speaks TLS 1.3. */
bool tls_inside_13(struct layers *l, const struct msg *m);

struct tls_state { struct hash_key hk; struct kept_table conns; struct fw_tls n; };
int tls_state_init(void *state, const struct hash_key *hk);
void tls_state_free(void *state);

/* tls.c: an alert, and handshake messages that are whole, at m->cur. */
void tls_alert(struct layers *l, const struct msg *m, struct cur c);
bool tls_handshake(struct layers *l, const struct msg *m);
bool tls_hello(const uint8_t *p, size_t n);		/* a record that begins with a hello in clear */

#endif
