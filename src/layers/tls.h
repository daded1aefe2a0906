/* What TLS and DTLS share: handshake messages and the certificates in them. */
#ifndef FW_LAYERS_TLS_H
#define FW_LAYERS_TLS_H

#include "layer.h"
#include "stats.h"

enum { TLS_CCS = 20, TLS_ALERT = 21, TLS_HANDSHAKE = 22, TLS_DATA = 23 };
enum { TLS_CLIENT_HELLO = 1, TLS_SERVER_HELLO = 2, TLS_ENCRYPTED_EXTENSIONS = 8, TLS_CERTIFICATE = 11 };

/* One protocol's names of the same things. */
struct tls_names {
	bool		datagrams;
	char		ja4;		/* 't' or 'd' */
	uint16_t	type, version, suite, sni, alpn, supported, print, subject, issuer, not_after, certificates;
};

/*
 * Protocols that begin in clear and go on under TLS (StartTLS and its like) hand the rest of the stream to it: proto_tls.stream() and
 * .read(), when a record of it begins.
 */
extern const struct proto proto_tls;
static inline bool tls_front(const uint8_t *p, size_t n)
{
	return n >= 3 && p[0] >= TLS_CCS && p[0] <= TLS_DATA && p[1] == 3 && p[2] <= 4;
}

/* What became of connections whose secrets were asked for (tls_inside.c); all zero when there are none. */
void tls_stats(const struct layers *l, struct fw_tls *out);

/* A message's body without its header, all of it, into the object at hand. */
void tls_message(struct layers *l, const struct tls_names *names, uint8_t type, struct cur *body);
/* The Client Hello in the form of SSL 2 that is at c, from its length on: its version, as a message of its own. */
void tls_v2_hello(struct layers *l, const struct tls_names *names, struct cur *c);
/* tls_cert.c: the first certificate of a list (RFC 5246 7.4.2), who it is about and who says so. */
void tls_certificates(struct layers *l, const struct tls_names *names, struct cur *c);
/* The same of TLS 1.3 (RFC 8446 4.4.2), where each has extensions. */
void tls_certificates_13(struct layers *l, const struct tls_names *names, struct cur *c);
/* Is there a handshake message of that type in clear? */
bool tls_type_known(uint8_t type);
/* Row i of what both understand. */
bool tls_cover(unsigned i, struct cover_row *row);

/*
 * What JA4 (TLS client) is made of, in order of the wire; the published rule.  GREASE (RFC 8701) is in it.  out: ended.
 * False: there is no SHA-256.
 */
struct ja4 {
	char		transport;
	bool		sni;
	uint16_t	version;	/* the highest */
	const uint8_t	*alpn;		/* the first one */
	uint8_t		nalpn;
	unsigned	nsuites, nexts, nalgs;
	uint16_t	suite[128], ext[128], alg[128];
};
bool ja4_print(struct layers *l, const struct ja4 *x, char out[37]);

/* HKDF-Expand-Label (RFC 8446 7.1) with no context: n octets, no more than the hash has (32 or 48).  False: the machine's trouble. */
bool tls_expand(const struct ciphers *x, unsigned hash, const uint8_t *secret, const char *label, uint8_t *out, size_t n);

#endif
