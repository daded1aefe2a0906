/*
 * DTLS (RFC 6347, RFC 9147): the handshake in clear, over UDP on any port and over SCTP (RFC 6083) by its payload protocol ids
 * (IANA): 47 Diameter, 66 NGAP, 67 XnAP, 68 F1AP, 69 E1AP.
 *   record: type(1) version(2) epoch(2) sequence(6) length(2)
 *   handshake message: type(1) length(3) message sequence(2) fragment offset(3) fragment length(3) body
 * One fact a datagram.  A message in fragments is named by each, its body is read only when it is whole.  Over SCTP the first record
 * of application data says that there is such.
 */
#include "once.h"
#include "tls.h"

enum { HEAD = 13, MESSAGE = 12, SCTP = 132 };

static const struct tls_names names = {
	.datagrams = true, .ja4 = 'd', .type = KEY_DTLS_type, .version = KEY_DTLS_version, .suite = KEY_DTLS_suite, .sni = KEY_DTLS_sni,
	.alpn = KEY_DTLS_alpn, .supported = KEY_DTLS_supported, .print = KEY_DTLS_ja4, .subject = KEY_DTLS_subject, .issuer = KEY_DTLS_issuer,
	.not_after = KEY_DTLS_not_after, .certificates = KEY_DTLS_certificates,
};

static uint32_t at16(const uint8_t *p) { return (uint32_t)p[0] << 8 | p[1]; }
static uint32_t at24(const uint8_t *p) { return (uint32_t)p[0] << 16 | at16(p + 1); }

/* 1.0, 1.2, and what OpenSSL before 0.9.8f said for 1.0, and AnyConnect still says. */
static bool is_version(const uint8_t *p)
{
	return (p[0] == 0xfe && (p[1] == 0xff || p[1] == 0xfd)) || (p[0] == 1 && !p[1]);
}

/* A record's head, of which n octets were sent in all. */
static bool record_head(const uint8_t *p, size_t n)
{
	return p[0] >= TLS_CCS && p[0] <= TLS_DATA && is_version(p + 1) && at16(p + 11) && HEAD + at16(p + 11) <= n;
}

static bool in_clear(const uint8_t *p)
{
	return p[0] == TLS_HANDSHAKE && !at16(p + 3);		/* epoch 0 */
}

static bool message_head(const uint8_t *p, uint32_t len)
{
	return len >= MESSAGE && tls_type_known(p[0]) && at24(p + 6) + at24(p + 9) <= at24(p + 1) && at24(p + 9) <= len - MESSAGE;
}

/* A handshake record in clear; of a hello the version too. */
static bool begins(const struct opening *o)
{
	const uint8_t *p = o->p;

	if (o->n < HEAD + MESSAGE || !record_head(p, o->claim) || !in_clear(p) || !message_head(p + HEAD, at16(p + 11)))
		return false;
	return !at16(p + 5) && (p[HEAD] < TLS_CLIENT_HELLO || p[HEAD] > 3 || at24(p + HEAD + 6) || (o->n > HEAD + MESSAGE + 1 && (p[HEAD + MESSAGE] == 0xfe || is_version(p + HEAD + MESSAGE))));
}

static void messages(struct layers *l, struct cur *c)
{
	while (c->why == CUR_OK && cur_left(c)) {
		const uint8_t *from = c->p;
		uint8_t type = cur_u8(c);
		uint32_t len = cur_u24(c), off, here;
		struct cur body;

		(void)cur_u16(c);
		off = cur_u24(c);
		here = cur_u24(c);
		layer_read(l, from, c);
		body = cur_sub(c, here);
		put_open(layer_put(l), type);
		put_uint(layer_put(l), names.type, type);
		if (!off && here == len && body.why == CUR_OK)
			tls_message(l, &names, type, &body);
		put_close(layer_put(l));
		cur_refuse(c, body.why);
	}
}

extern const struct proto proto_dtls;

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	struct fact *f = NULL;
	bool sctp = m->pkt->proto == SCTP;

	while (c.why == CUR_OK && cur_left(&c) >= HEAD) {
		const uint8_t *p = c.p;
		struct cur body;

		if (!record_head(p, c.cut ? SIZE_MAX : cur_left(&c)))
			break;
		layer_mark(l, p, HEAD, MARK_SIGNALLING);
		(void)cur_take(&c, HEAD - 2);
		body = cur_sub(&c, cur_u16(&c));
		if (in_clear(p) && (cur_left(&body) < MESSAGE || message_head(body.p, (uint32_t)cur_left(&body)))) {
			f = f ? f : layer_begin(l, m, FACT_DTLS);
			messages(l, &body);
			cur_refuse(&c, body.why);
		} else if (p[0] == TLS_DATA && sctp && !f && once(l, &proto_dtls, m, (uint64_t)m->pkt->sport << 16 | m->pkt->dport)) {
			f = layer_begin(l, m, FACT_DTLS);
			put_bool(layer_put(l), KEY_DTLS_ciphered, true);
		}
	}
	if (f)
		layer_emit(l, f, &c, OUT_OK);
	return f != NULL;
}

const struct proto proto_dtls = {
	.name = "dtls", .title = "Datagram Transport Layer Security", .spec = "RFC 6347", .ppid = { 47, 66, 67, 68, 69 }, .kind = FACT_DTLS,
	.read = read_message, .begins = begins, .first = "\x16", .nfirst = 1, .datagrams = true, .cover = tls_cover, .personal = true,
	.state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
