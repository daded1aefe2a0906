/*
 * The primitives that open what is ciphered under a key that is known, and secrets of other people's sessions that somebody was
 * given.  Functions of the caller's, so that who reads packets holds neither a file nor a library of ciphers.
 */
#ifndef FW_BASE_SECRETS_H
#define FW_BASE_SECRETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* By the labels of the NSS key log: CLIENT_RANDOM, CLIENT_HANDSHAKE_TRAFFIC_SECRET, ..., SERVER_TRAFFIC_SECRET_0. */
enum secret_kind { SECRET_MASTER, SECRET_CLIENT_HANDSHAKE, SECRET_SERVER_HANDSHAKE, SECRET_CLIENT_TRAFFIC, SECRET_SERVER_TRAFFIC, SECRET_KINDS };
enum { SECRET_MAX = 48 };

/* Nonces are of 12 octets, tags of 16, or of 8 where the name says so. */
enum aead { AEAD_AES128_GCM, AEAD_AES256_GCM, AEAD_CHACHA20_POLY1305, AEAD_AES128_CCM, AEAD_AES256_CCM, AEAD_AES128_CCM8, AEAD_AES256_CCM8 };
enum { AEAD_KEY_MAX = 32, AEAD_NONCE = 12 };

/* TROUBLE: the machine's. */
enum cipher_says { CIPHER_TROUBLE, CIPHER_UNFIT, CIPHER_OPENED };

struct ciphers {
	/* HMAC with SHA-1 (hash: 20), SHA-256 (32) or SHA-384 (48), hash octets into out.  False: the machine's trouble. */
	bool	(*hmac)(unsigned hash, const void *key, size_t nkey, const void *p, size_t n, uint8_t *out);
	/* Opens n octets, the tag at their end, into out (room for n).  UNFIT: the tag does not fit, and out says nothing. */
	enum cipher_says (*open)(enum aead a, const uint8_t *key, const uint8_t nonce[AEAD_NONCE], const void *aad, size_t naad, const uint8_t *in, size_t n, uint8_t *out);
	/* AES-128 of one block.  False: the machine's trouble. */
	bool	(*block)(const uint8_t key[16], const uint8_t in[16], uint8_t out[16]);
	/* AES in CBC backwards, key of 16 or 32 octets, n of whole blocks into out, padding as it is.  False: the machine's trouble. */
	bool	(*cbc)(const uint8_t *key, size_t nkey, const uint8_t iv[16], const uint8_t *in, size_t n, uint8_t *out);
};

struct secrets {
	void	*ctx;		/* borrowed as long as the function is */
	/* The secret of a session, by the random of its Client Hello; returns its octets, 0: there is none. */
	size_t	(*find)(void *ctx, enum secret_kind which, const uint8_t random[32], uint8_t out[SECRET_MAX]);
};

#endif
