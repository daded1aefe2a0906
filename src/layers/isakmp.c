/*
 * IKE (RFC 7296; version 1: RFC 2408 by its header), UDP 500, and 4500 with four zero octets in front (RFC 3948), where ESP goes too.
 *   initiator SPI(8) responder SPI(8) next payload(1) version(1) exchange(1) flags(1) message id(4) length(4)
 *   payload: next(1) flags(1) length(2) body
 *   SA body: proposals: more(1) 0(1) length(2) number(1) protocol(1) SPI size(1) transforms(1) SPI | transform: more(1) 0(1) length(2)
 *            type(1) 0(1) id(2) attributes
 * A response's SA is what was chosen.  What is behind an Encrypted payload is not read; nonces and key exchanges are not kept.
 */
#include "esp.h"

enum { HEAD = 28, PAYLOAD = 4, PORT_NAT = 4500, PAYLOADS = 64, KEY_LENGTH = 14, INFORMATIONAL = 5 };
enum { P_SA = 33, P_KE = 34, P_NOTIFY = 41, P_VENDOR = 43, P_SK = 46, P_SKF = 53, P_SA1 = 1, P_NOTIFY1 = 11, P_VENDOR1 = 13, DOI_IPSEC = 1 };

static const struct cover_row understood[] = {
	{ "exchange", 34, "IKE_SA_INIT", "RFC 7296 3.1" },
	{ "exchange", 35, "IKE_AUTH", "RFC 7296 3.1" },
	{ "exchange", 36, "CREATE_CHILD_SA", "RFC 7296 3.1" },
	{ "exchange", 37, "INFORMATIONAL", "RFC 7296 3.1" },
	{ "exchange", 43, "IKE_INTERMEDIATE", "RFC 9242 3" },
	{ "exchange", 2, "Identity Protection (IKEv1)", "RFC 2408 3.1" },
	{ "exchange", 4, "Aggressive (IKEv1)", "RFC 2408 3.1" },
	{ "exchange", 5, "Informational (IKEv1)", "RFC 2408 3.1" },
	{ "exchange", 32, "Quick Mode (IKEv1)", "RFC 2409 5.5" },
	{ "payload", P_SA, "Security Association", "RFC 7296 3.3" },
	{ "payload", P_NOTIFY, "Notify", "RFC 7296 3.10" },
	{ "payload", P_VENDOR, "Vendor ID", "RFC 7296 3.12" },
	{ "payload", P_SK, "Encrypted and Authenticated (that it is there)", "RFC 7296 3.14" },
	{ "payload", P_SKF, "Encrypted Fragment (that it is there)", "RFC 7383 2.5" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

/* Transform attributes (RFC 7296 3.3.5): the length of the key is the only one. */
static void attributes(struct layers *l, struct cur *t)
{
	while (t->why == CUR_OK && cur_left(t)) {
		const uint8_t *from = t->p;
		uint16_t type = cur_u16(t), v = cur_u16(t);

		layer_read(l, from, t);
		if (!(type & 0x8000))
			(void)cur_take(t, v);
		else if ((type & 0x7fff) == KEY_LENGTH && t->why == CUR_OK)
			put_uint(layer_put(l), KEY_IKE_key_length, v);
	}
}

static void transform(struct layers *l, struct cur *c)
{
	static const uint16_t keys[] = { 0, KEY_IKE_encr, KEY_IKE_prf, KEY_IKE_integ, KEY_IKE_dh, KEY_IKE_esn };
	const uint8_t *from = c->p;
	uint8_t type;
	uint16_t len, id;
	struct cur t;

	(void)cur_u16(c);
	len = cur_u16(c);
	if (len < 8)
		cur_refuse(c, CUR_VALUE);
	t = cur_sub(c, len - 4u);
	type = cur_u8(&t);
	(void)cur_u8(&t);
	id = cur_u16(&t);
	layer_read(l, from, &t);
	put_open(layer_put(l), ITEM_NO_ID);
	if (t.why == CUR_OK && c->why == CUR_OK) {
		put_uint(layer_put(l), KEY_IKE_transform, type);
		if (type && type < sizeof(keys) / sizeof(keys[0]))
			put_uint(layer_put(l), keys[type], id);
		attributes(l, &t);
	}
	put_close_or_drop(layer_put(l));
	cur_refuse(c, t.why);
}

/* Those of version 1 stand behind what they are for (RFC 2407 4.6.1: DOI(4) situation(4)); their transforms are not read. */
static void proposals(struct layers *l, struct cur *c, bool two)
{
	if (!two) {
		const uint8_t *from = c->p;
		uint32_t domain = cur_u32(c);

		(void)cur_u32(c);
		layer_read(l, from, c);
		if (domain != DOI_IPSEC)
			return;
	}
	while (c->why == CUR_OK && cur_left(c)) {
		const uint8_t *from = c->p;
		uint8_t number, protocol, spi, n;
		uint16_t len;
		struct cur p;

		(void)cur_u16(c);
		len = cur_u16(c);
		if (len < 8)
			cur_refuse(c, CUR_VALUE);
		p = cur_sub(c, len - 4u);
		number = cur_u8(&p);
		protocol = cur_u8(&p);
		spi = cur_u8(&p);
		n = cur_u8(&p);
		layer_read(l, from, &p);
		(void)cur_take(&p, spi);
		put_open(layer_put(l), ITEM_NO_ID);
		if (p.why == CUR_OK) {
			put_uint(layer_put(l), KEY_IKE_proposal, number);
			put_uint(layer_put(l), KEY_IKE_protocol, protocol);
			while (two && n-- && p.why == CUR_OK)
				transform(l, &p);
		}
		put_close_or_drop(layer_put(l));
		cur_refuse(c, p.why);
	}
}

/* An id that is text is put as such: nearly all are digests. */
static void vendor(struct layers *l, struct cur *v)
{
	size_t n = cur_left(v), i = 0;
	const uint8_t *p = cur_take(v, n);

	if (!p || !n)
		return;
	layer_mark(l, p, n, MARK_SIGNALLING);
	put_octets(layer_put(l), KEY_IKE_vid, p, n);
	while (i < n && p[i] >= 32 && p[i] < 127)
		i++;
	if (i == n)
		put_text(layer_put(l), KEY_IKE_vid_text, (const char *)p, n);
}

static void notify(struct layers *l, struct cur *v, bool two)
{
	const uint8_t *from = v->p;
	uint16_t type;

	if (!two)
		(void)cur_u32(v);	/* a domain of interpretation */
	(void)cur_u16(v);
	type = cur_u16(v);
	layer_read(l, from, v);
	if (v->why == CUR_OK)
		put_uint(layer_put(l), KEY_IKE_notify, type);
}

/* True: the payloads that follow are ciphered. */
static bool payloads(struct layers *l, struct cur *c, uint8_t next, bool two)
{
	for (unsigned i = 0; next && c->why == CUR_OK; i++) {
		const uint8_t *from = c->p;
		uint8_t type = next;
		uint16_t len;
		struct cur v;

		if (i == PAYLOADS) {
			cur_refuse(c, CUR_LIMIT);
			break;
		}
		next = cur_u8(c);
		(void)cur_u8(c);
		len = cur_u16(c);
		if (c->why == CUR_OK && len < PAYLOAD)
			cur_refuse(c, CUR_VALUE);
		layer_read(l, from, c);
		v = cur_sub(c, c->why == CUR_OK ? len - (size_t)PAYLOAD : 0);
		if (c->why != CUR_OK && v.p == v.end)
			break;
		put_open(layer_put(l), type);
		if (type == (two ? P_SA : P_SA1))
			proposals(l, &v, two);
		else if (type == (two ? P_VENDOR : P_VENDOR1))
			vendor(l, &v);
		else if (type == (two ? P_NOTIFY : P_NOTIFY1))
			notify(l, &v, two);
		put_close(layer_put(l));
		cur_refuse(c, v.why);
		if (two && (type == P_SK || type == P_SKF))
			return true;
	}
	return false;
}

/* What the header says that only an IKE message says: a version and exchange that there are, its length. */
static bool is_head(const uint8_t *p, size_t n)
{
	uint32_t len = (uint32_t)p[24] << 24 | (uint32_t)p[25] << 16 | (uint32_t)p[26] << 8 | p[27];
	bool spi = false;		/* none: who answers nobody's message (RFC 2408 5.4) */

	for (int i = 0; i < 8; i++)
		spi |= p[i] != 0;
	if ((!spi && p[18] != INFORMATIONAL) || len < HEAD || len > n || p[17] >> 4 < 1 || p[17] >> 4 > 2)
		return false;
	return p[17] >> 4 == 2 ? p[18] >= 34 && p[18] <= 44 && !(p[19] & 0xc7) : (p[18] <= 6 || p[18] == 32 || p[18] == 33) && !(p[19] & 0xf8);
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur, body;
	bool two, ciphered;
	const uint8_t *p;
	struct fact *f;
	uint8_t next;

	if (m->pkt->sport == PORT_NAT || m->pkt->dport == PORT_NAT) {
		if (cur_left(&c) == 1 && c.p[0] == 0xff)
			return true;			/* keeps the translation alive (RFC 3948 2.3) */
		if (cur_left(&c) < 4)
			return false;
		if (c.p[0] | c.p[1] | c.p[2] | c.p[3])
			return esp_packet(l, m, c);
		layer_mark(l, c.p, 4, MARK_HEADER);
		(void)cur_take(&c, 4);
	}
	p = c.p;
	if (cur_left(&c) < HEAD || !is_head(p, c.cut ? SIZE_MAX : cur_left(&c)))
		return false;
	two = p[17] >> 4 == 2;
	f = layer_begin(l, m, FACT_ISAKMP);
	put_octets(layer_put(l), KEY_IKE_ispi, cur_take(&c, 8), 8);
	put_octets(layer_put(l), KEY_IKE_rspi, cur_take(&c, 8), 8);
	next = cur_u8(&c);
	put_uint(layer_put(l), KEY_IKE_version, cur_u8(&c));
	put_uint(layer_put(l), KEY_IKE_exchange, cur_u8(&c));
	if (two)
		put_bool(layer_put(l), KEY_IKE_response, p[19] & 0x20);
	(void)cur_u8(&c);
	put_uint(layer_put(l), KEY_IKE_message, cur_u32(&c));
	(void)cur_u32(&c);
	layer_read(l, p, &c);
	body = cur_sub(&c, ((uint32_t)p[24] << 24 | (uint32_t)p[25] << 16 | (uint32_t)p[26] << 8 | p[27]) - HEAD);
	ciphered = !two && p[19] & 1;
	if (!ciphered)
		ciphered = payloads(l, &body, next, two);
	cur_refuse(&body, c.why);
	layer_emit(l, f, &body, ciphered ? OUT_ENCRYPTED : OUT_OK);
	return true;
}

const struct proto proto_isakmp = {
	.name = "isakmp", .title = "Internet Key Exchange", .spec = "RFC 7296", .udp = { 500, PORT_NAT }, .kind = FACT_ISAKMP, .read = read_message,
	.cover = cover,
};
