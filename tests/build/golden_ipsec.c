/* Golden captures of IKE, ESP and AH. */
#include "golden.h"

static struct buf payload(unsigned next, struct buf body)
{
	struct buf b = { 0 };

	put8(&b, next);
	put8(&b, 0);
	put16(&b, (unsigned)body.n + 4);
	put_buf(&b, body);
	return b;
}

static struct buf ike(struct seed *s, bool answer, unsigned first, unsigned exchange, unsigned id, struct buf payloads)
{
	struct buf b = { 0 };

	(void)s;
	put64(&b, 0x0102030405060708u);
	put64(&b, exchange == 34 && !answer ? 0 : 0xa1a2a3a4a5a6a7a8u);
	put8(&b, first);
	put8(&b, 0x20);
	put8(&b, exchange);
	put8(&b, answer ? 0x20 : 0x08);
	put32(&b, id);
	put32(&b, (uint32_t)payloads.n + 28);
	put_buf(&b, payloads);
	return b;
}

/* One proposal: AES-GCM-16 with 256 bits (and with 128 when it is offered), PRF SHA-256, group 19. */
static struct buf proposal(bool offered)
{
	struct buf b = offered ? buf_hex("00 00 0030 01 01 00 04") : buf_hex("00 00 0024 01 01 00 03");

	put_buf(&b, buf_hex("03 00 000c 01 00 0014 800e 0100"));
	if (offered)
		put_buf(&b, buf_hex("03 00 000c 01 00 0014 800e 0080"));
	put_buf(&b, buf_hex("03 00 0008 02 00 0005  00 00 0008 04 00 0013"));
	return b;
}

static struct buf sa_init(struct seed *s, bool answer)
{
	struct buf b = payload(34, proposal(!answer)), key = buf_hex("0013 0000"), nonce = { 0 };

	put_seed(&key, s, 64);
	put_buf(&b, payload(40, key));
	put_seed(&nonce, s, 32);
	put_buf(&b, payload(41, nonce));
	key = buf_hex("00 00 4004");
	put_seed(&key, s, 20);
	put_buf(&b, payload(answer ? 43 : 41, key));
	if (!answer)
		put_buf(&b, payload(43, buf_hex("00 00 402e")));
	put_buf(&b, payload(43, buf_str("Acme SeGW 4.2")));
	put_buf(&b, payload(0, buf_hex("4048b7d56ebce88525e7de7f00d6c2d3")));
	return ike(s, answer, 33, 34, 0, b);
}

static struct buf ike_auth(struct seed *s, bool answer)
{
	struct buf b = { 0 };

	put_seed(&b, s, 200);
	return ike(s, answer, 46, 35, 1, payload(answer ? 36 : 35, b));
}

static void esp_send(struct host *a, struct host *b, uint32_t spi, uint32_t seq, struct buf body)
{
	struct buf p = { 0 };

	put32(&p, spi);
	put32(&p, seq);
	put_buf(&p, body);
	ip_send(a, b, 50, p);
	wait_ms(a->net, 1);
}

static void ike_exchange(struct stage *s, unsigned port)
{
	struct host *end[2] = { s->north->n3, s->upf->n3 };

	for (unsigned i = 0; i < 4; i++) {
		struct buf b = port == 4500 ? buf_hex("00000000") : (struct buf){ 0 };

		put_buf(&b, i < 2 ? sa_init(s->seed, i % 2) : ike_auth(s->seed, i % 2));
		udp_send(end[i % 2], port, end[!(i % 2)], port, b);
		wait_ms(s->net, 5);
	}
}

static void random_esp(struct stage *s, struct host *a, struct host *b, uint32_t spi, unsigned n)
{
	for (uint32_t i = 1; i <= n; i++) {
		struct buf body = { 0 };

		put_seed(&body, s->seed, 88 + 16 * (i % 4));
		esp_send(a, b, spi, i, body);
	}
}

static void ike_plain(struct net *n)
{
	struct stage s = stage_new(n);

	ike_exchange(&s, 500);
	random_esp(&s, s.north->n3, s.upf->n3, 0xc0000001, 3);
	random_esp(&s, s.upf->n3, s.north->n3, 0xc0000002, 2);
}

/* Behind a translator: everything on UDP 4500, with its sign of life. */
static void ike_nat(struct net *n)
{
	struct stage s = stage_new(n);

	ike_exchange(&s, 4500);
	for (uint32_t i = 1; i < 4; i++) {
		struct buf b = { 0 };

		put32(&b, 0xc0000009);
		put32(&b, i);
		put_seed(&b, s.seed, 100);
		udp_send(s.north->n3, 4500, s.upf->n3, 4500, b);
		wait_ms(n, 1);
	}
	udp_send(s.north->n3, 4500, s.upf->n3, 4500, buf_hex("ff"));
}

/* Version 1: the proposals of the IPsec domain, and of one whose situation nobody tells the length of. */
static void ike_one(struct net *n)
{
	struct stage s = stage_new(n);

	for (unsigned domain = 2; domain--; ) {
		struct buf b = buf_hex("0102030405060708 0000000000000000 01 10 02 00 00000000 00000050"
			"0d000020 00000001 00000001 00000014 0201 0001 0000000c 01010000 80010007 00000014 afcad71368a1f1c96b8696fc77570100");

		b.p[35] = (uint8_t)domain;
		udp_send(s.north->n3, 500, s.upf->n3, 500, b);
	}
}

static void ike_lies(struct net *n)
{
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 6; i++) {
		struct buf b = sa_init(s.seed, true);

		switch (i) {
		case 0: set16(&b, 28 + 2, 3); break;			/* a payload shorter than its head */
		case 1: set16(&b, 28 + 2, 0x7fff); break;
		case 2: set16(&b, 28 + 4 + 2, 7); break;		/* a proposal shorter than its head */
		case 3: set8(&b, 28 + 4 + 7, 200); break;		/* more transforms than there are */
		case 4: set16(&b, 28 + 4 + 8 + 2, 4); break;		/* a transform shorter than its head */
		default: set32(&b, 24, 4000); break;			/* longer than the datagram: none */
		}
		udp_send(s.north->n3, 500, s.upf->n3, 500, b);
		wait_ms(n, 1);
	}
	udp_send(s.north->n3, 500, s.upf->n3, 500, buf_str("this is no key exchange at all, but long enough"));
}

/* NULL encryption: an IP packet, or a UDP datagram in transport mode, padding, and an integrity value of 12 octets. */
static void esp_null(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = packet_udp(&s.north->n3->ip, 2152, &s.upf->n3->ip, 2152, buf_hex("32ff000400000001 00000000"));

	put_buf(&b, buf_hex("01 02 02 04"));
	put_seed(&b, s.seed, 12);
	esp_send(s.north->n3, s.upf->n3, 0xc0000011, 1, b);
	b = buf_hex("0868 0868 000c 0000 01020304");
	put_buf(&b, buf_hex("01 02 02 11"));
	put_seed(&b, s.seed, 16);
	esp_send(s.upf->n3, s.north->n3, 0xc0000012, 1, b);
}

/* What nearly looks so: padding that is not 1, 2, 3; a header whose length is another. */
static void esp_not_null(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = packet_udp(&s.north->n3->ip, 2152, &s.upf->n3->ip, 2152, buf_hex("32ff000400000001 00000000"));

	put_buf(&b, buf_hex("01 03 02 04"));
	put_seed(&b, s.seed, 12);
	esp_send(s.north->n3, s.upf->n3, 0xc0000021, 1, b);
	b = buf_hex("0868 0868 000d 0000 01020304 01 02 02 11");
	put_seed(&b, s.seed, 16);
	esp_send(s.upf->n3, s.north->n3, 0xc0000022, 1, b);
	esp_send(s.upf->n3, s.north->n3, 0, 1, buf_hex("00112233445566778899"));	/* an SPI that there is not */
}

static void ah(struct net *n)
{
	struct stage s = stage_new(n);

	for (uint32_t i = 1; i < 4; i++) {
		struct buf b = buf_hex("11 04 0000");

		put32(&b, 0xd0000001);
		put32(&b, i);
		put_seed(&b, s.seed, 12);
		put_buf(&b, buf_hex("0868 0868 000c 0000 01020304"));
		ip_send(s.north->n3, s.upf->n3, 51, b);
		wait_ms(n, 1);
	}
	ip_send(s.upf->n3, s.north->n3, 51, buf_hex("11 ff 0000 d0000002 00000001"));		/* longer than the packet */
	ip_send(s.upf->n3, s.north->n3, 51, buf_hex("11 04 0001 d0000002 00000001 000000000000000000000000"));
}

const struct golden golden_ipsec[] = {
	{ "isakmp", "ike-and-esp", ike_plain, NULL, NULL },
	{ "isakmp", "behind-nat", ike_nat, NULL, NULL },
	{ "isakmp", "version-1", ike_one, NULL, NULL },
	{ "isakmp", "lengths-lie", ike_lies, NULL, NULL },
	{ "esp", "looks-null", esp_null, NULL, NULL },
	{ "esp", "not-null", esp_not_null, NULL, NULL },
	{ "ah", "ah", ah, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
