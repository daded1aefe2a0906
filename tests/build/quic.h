/* QUIC's Initial packets, ciphered as a client does (RFC 9001 5, RFC 9369 3.3). */
#ifndef FW_BUILD_QUIC_H
#define FW_BUILD_QUIC_H

#include "buf.h"

enum { QUIC_V1 = 1, QUIC_V2 = 0x6b3343cf, QUIC_MVFST = 0xfaceb001, QUIC_T051 = 0x54303531, QUIC_RESERVED = 0x1a2a3a4a };

struct quic_client { uint32_t version, number; const uint8_t *dcid; uint8_t ndcid; };

/* An Initial with these frames and as much PADDING as makes it of `size` octets; the packet number is of four.  Eats frames. */
struct buf quic_initial(struct quic_client *c, struct buf frames, size_t size);
/* The same, ciphered under another id of as many octets: that of the client's first packet. */
struct buf quic_initial_under(struct quic_client *c, const uint8_t *id, struct buf frames, size_t size);
/* A CRYPTO frame of n octets of a hello from `at` on. */
void quic_crypto(struct buf *b, const struct buf *hello, size_t at, size_t n);
/* A Client Hello with a server name, ALPN h3 and `pad` octets of an extension that says nothing. */
struct buf quic_hello(const char *name, size_t pad);
/* That of RFC 9001 A.2. */
struct buf quic_rfc_hello(void);

#endif
