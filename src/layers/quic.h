/* QUIC's Initial packets, opened: what quic.c asks of quic_initial.c. */
#ifndef FW_LAYERS_QUIC_H
#define FW_LAYERS_QUIC_H

#include "layer.h"
#include "tls.h"

enum { QUIC_V1 = 1, QUIC_V2 = 0x6b3343cf, QUIC_DRAFT = 0xff000000 };
/* What was in use before version 1: Facebook's, of drafts 22 and 27; Google's with its own handshake (Q) and with TLS (T). */
enum { QUIC_MVFST_1 = 0xfaceb001, QUIC_MVFST_2 = 0xfaceb002, QUIC_MVFST_E = 0xfaceb00e, QUIC_Q050 = 0x51303530, QUIC_T050 = 0x54303530, QUIC_T051 = 0x54303531 };
enum { HELLO_MAX = 8192, HELLOS = 64 };

/* A packet as it stands in the datagram: `head` octets up to its number, n in all; the id that its sender gave the receiver. */
struct initial { const uint8_t *p; uint32_t head, n, version; const uint8_t *dcid; uint8_t ndcid; };

/* A hello that is being put together: of a client's first packets, which have one id in common. */
struct hello {
	struct addr	src, dst;
	uint32_t	input;
	uint16_t	sport, dport;
	uint8_t		dcid[20], ndcid;
	bool		done;
	uint64_t	by;			/* done: what the packet that completed it looks like, by which a copy of it is known */
	uint64_t	age;			/* 0: free */
	uint32_t	base;			/* where it begins: behind the one before, which was answered with a Hello Retry Request */
	uint32_t	have;			/* octets that are there, all told */
	uint8_t		octets[HELLO_MAX], map[HELLO_MAX / 8];
};
struct hellos { struct hello at[HELLOS]; uint64_t clock; };

/*
 * Opens a client's Initial (RFC 9001 5.2, 5.4; RFC 9369 3.3) and puts its CRYPTO frames in order.  False: it does not open: a server's, or of
 * another version, or damaged.  Once the server answered the client calls it by another id, and ciphers as before.  *hello: the Client Hello without its header, when that is whole with this packet for the first time; else empty.
 */
bool quic_open(struct layers *l, struct hellos *x, const struct msg *m, const struct initial *i, struct cur *hello);

#endif
