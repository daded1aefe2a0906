/* C2SP signed-note, tlog-checkpoint and tlog-proof; Ed25519 by libcrypto. */
#ifndef FW_EVIDENCE_NOTE_H
#define FW_EVIDENCE_NOTE_H

#include "merkle.h"
#include "octets.h"

enum { ED_KEY = 32, ED_SIG = 64, KEY_ID = 17, SSH_FINGERPRINT = 64 };

/* id: the first 16 hex digits of SHA-256 of the public key. */
struct signer { void *pkey; uint8_t pub[ED_KEY]; char id[KEY_ID]; };

/* 0 or FW_ENOMEM; seed: the private key (RFC 8032 5.1.5). */
int signer_new(struct signer *s, const uint8_t seed[ED_KEY]);
void signer_free(struct signer *s);			/* also of a zeroed one */
/* 0 or FW_ENOMEM. */
int signer_sign(const struct signer *s, const void *p, size_t n, uint8_t sig[ED_SIG]);
void key_id(const uint8_t pub[ED_KEY], char out[KEY_ID]);

/* A verifier key: name+hash+key, no newline. */
void note_vkey(struct octets *o, const char *name, const uint8_t pub[ED_KEY]);
/* Which key a signature line names. */
void note_key_hash(const char *name, const uint8_t pub[ED_KEY], uint8_t out[4]);
/* The three lines that are signed. */
void checkpoint_body(struct octets *o, const char *origin, uint64_t size, const struct merkle_hash *root);
/* The checkpoint, signed; 0 or FW_ENOMEM. */
int checkpoint_note(struct octets *o, const char *origin, uint64_t size, const struct merkle_hash *root, const struct signer *s);
void proof_text(struct octets *o, uint64_t index, const struct merkle_hash *path, unsigned n, const struct octets *checkpoint);

/* ---- SSHSIG (OpenSSH, PROTOCOL.sshsig), hash sha512 ---- */

/* What is signed for the message. */
void sshsig_signed(struct octets *o, const char *space, const void *message, size_t n);
/* The signature in armor of 70 columns; 0 or FW_ENOMEM. */
int sshsig_text(struct octets *o, const char *space, const void *message, size_t n, const struct signer *s);
/* "ssh-ed25519 BASE64 comment\n" */
void ssh_public(struct octets *o, const uint8_t pub[ED_KEY], const char *comment);
/* "SHA256:..." as ssh-keygen -l shows the key; empty: no memory. */
void ssh_fingerprint(const uint8_t pub[ED_KEY], char out[SSH_FINGERPRINT]);

#endif
