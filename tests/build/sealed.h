/*
 * TLS with real ciphers and made-up secrets, whose key log goes beside the capture.  The key schedule is libcrypto's own, so that it
 * is not checked by another copy of itself.
 */
#ifndef FW_BUILD_SEALED_H
#define FW_BUILD_SEALED_H

#include "http2.h"

enum spoil { SPOIL_NOTHING, SPOIL_MAC, SPOIL_PADDING, SPOIL_LENGTH };	/* LENGTH: more padding than there is record */

struct sealed {
	struct tcp	*t;
	unsigned	 version;		/* 0x0303 or 0x0304 */
	unsigned	 suite[2];		/* of what each end sends */
	bool		 etm[2];
	size_t		 piece;			/* octets of a record; 16384 at first */
	size_t		 pad;			/* zeros behind the content of each record (1.3); blocks of padding that need not be (CBC) */
	enum spoil	 spoil;			/* what is wrong with the next record under CBC */
	uint8_t		 random[2][32], secret[2][48], key[2][32], iv[2][12], mac[2][48];
	uint64_t	 seq[2];
};

/* What the log says of a session: all of it, nothing, or another secret. */
enum sealed_log { LOGGED, NOT_LOGGED, LOGGED_WRONG };
struct sealed_opts {
	unsigned	 version, suite;
	const char	*alpn;			/* what the server chooses; NULL: nothing */
	enum sealed_log	 log;
	bool		 retry, early, taken;	/* 1.3: a Hello Retry Request; the client's hello offers early data; the server takes it */
	bool		 ccs;			/* a Change Cipher Spec behind the Hello Retry Request */
	bool		 etm, resumed;		/* 1.2: encrypt-then-MAC; the handshake of a session that is resumed */
};

/* In clear: a record, a handshake message, an extension. */
struct buf clear_record(unsigned type, struct buf body);
struct buf clear_handshake(unsigned type, struct buf body);
void clear_extension(struct buf *b, unsigned type, struct buf value);

/* The handshake; then each end sends records. */
struct sealed *sealed_open(struct tcp *t, const struct sealed_opts *o);
/* 1.2: another handshake under the cipher of the one before. */
void sealed_again(struct sealed *x, const struct sealed_opts *o);
void sealed_send(struct sealed *x, unsigned from, struct buf plain);
struct buf sealed_record(struct sealed *x, unsigned from, unsigned type, struct buf plain);	/* one record, not sent */
void sealed_update(struct sealed *x, unsigned from);		/* 1.3: that end's keys change */
/* HTTP/2 over it, with its preface and SETTINGS. */
struct h2 *sealed_h2(struct sealed *x);

#endif
