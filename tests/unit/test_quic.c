/* QUIC's Initial packets: RFC 9001 A.2 and RFC 9369 A.2 to the octet; what does not open stays ciphered. */
#include "tap.h"

#include "build/quic.h"
#include "layers.h"
#include "cipher.h"
#include "sha.h"

#include <string.h>

struct seen { unsigned facts, named; char name[64]; uint8_t outcome; };

static void on_fact(void *ctx, const struct fact *f)
{
	struct seen *s = ctx;
	const struct item *name = f->kind == FACT_QUIC ? span_any(fact_span(f), KEY_TLS_sni) : NULL;

	if (f->kind != FACT_QUIC)
		return;
	s->facts++;
	s->outcome = f->outcome;
	if (name && name->len < sizeof(s->name)) {
		memcpy(s->name, name->v.p, name->len);
		s->name[name->len] = 0;
		s->named++;
	}
}

static struct layers *reader(struct seen *s)
{
	struct layers_config cfg = { .emit = on_fact, .ctx = s, .sha256 = sha_of, .ciphers = &ciphers_libcrypto, .hash = { { 1, 2, 3, 4 } } };
	struct layers *l = NULL;

	*s = (struct seen){ 0 };
	return layers_new(&l, &cfg) ? NULL : l;
}

static struct buf hex(const char *digits)
{
	struct buf b = { 0 };

	for (; digits[0] && digits[1]; digits += 2)
		put8(&b, (unsigned)strtoul((char[]){ digits[0], digits[1], 0 }, NULL, 16));
	return b;
}

/* One datagram, of which so many octets were captured. */
static void feed(struct layers *l, const struct buf *b, uint32_t no, size_t captured)
{
	struct buf p = hex("4500000000004000401100000a010965cb0071429dfb01bb00000000");
	struct frame f = { .t_ns = no * 100000000ull, .no = no, .link = LINK_RAW };

	set16(&p, 2, (unsigned)b->n + 28);
	set16(&p, 24, (unsigned)b->n + 8);
	put_mem(&p, b->p, b->n);
	f.data = p.p;
	f.caplen = (uint32_t)(28 + captured);
	f.wirelen = (uint32_t)p.n;
	layers_feed(l, &f, 1);
	buf_free(&p);
}

static bool begins_and_ends(const struct buf *b, const char *begin, const char *end)
{
	struct buf x = hex(begin), y = hex(end);
	bool same = b->n > x.n + y.n && !memcmp(b->p, x.p, x.n) && (!y.n || !memcmp(b->p + b->n - y.n, y.p, y.n));

	buf_free(&x);
	buf_free(&y);
	return same;
}

static const uint8_t rfc_id[] = { 0x83, 0x94, 0xc8, 0xf0, 0x3e, 0x51, 0x57, 0x08 };

/* The RFC's CRYPTO frame has lengths of one octet and of two. */
static struct buf rfc_packet(uint32_t version)
{
	struct quic_client c = { version, 2, rfc_id, 8 };
	struct buf frames = hex("060040f1");

	put_buf(&frames, quic_rfc_hello());
	return quic_initial(&c, frames, 1200);
}

static void rfc_vectors_are_read(void)
{
	static const struct { uint32_t version; const char *begin, *end; } rows[] = {
		{ QUIC_V1, "c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11d242b123dc9b", "e221af44860018ab0856972e194cd934" },
		{ QUIC_V2, "d76b3343cf088394c8f03e5157080000449ea0c95e82ffe67b6abcdb4298b485dd04de806071bf03dcee", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b = rfc_packet(rows[i].version);
		struct seen s;
		struct layers *l = reader(&s);

		EXPECT(b.n == 1200 && begins_and_ends(&b, rows[i].begin, rows[i].end));
		feed(l, &b, 1, b.n);
		EXPECT(s.facts == 1 && s.named == 1 && !strcmp(s.name, "example.com") && s.outcome == OUT_OK);
		layers_free(l);
		buf_free(&b);
	}
}

/* Wherever an octet behind the ids is changed, or the capture ends: no name, no crash, and the packet is one of QUIC all the same. */
static void what_does_not_open_stays_ciphered(void)
{
	struct buf b = rfc_packet(QUIC_V1);

	for (size_t i = 18; i < b.n; i += i < 64 ? 1 : 37) {
		struct seen s;
		struct layers *l = reader(&s);

		b.p[i] ^= 0x10;
		feed(l, &b, 1, b.n);
		b.p[i] ^= 0x10;
		EXPECT(!s.named && s.facts <= 1 && (!s.facts || s.outcome == OUT_ENCRYPTED));
		layers_free(l);
		l = reader(&s);
		feed(l, &b, 1, i);
		EXPECT(!s.named);
		layers_free(l);
	}
	buf_free(&b);
}

/* CRYPTO frames in any order, over several packets, with what overlaps; the name comes once, with the packet that completes the hello. */
static void a_hello_in_pieces(void)
{
	struct buf hello = quic_hello("pieces.example.com", 1500), first = { 0 }, second = { 0 }, one, two;
	struct quic_client c = { QUIC_V1, 0, rfc_id, 8 };
	struct seen s;
	struct layers *l = reader(&s);

	quic_crypto(&first, &hello, 1000, 100);
	put8(&first, 1);
	quic_crypto(&first, &hello, 0, 900);
	quic_crypto(&second, &hello, 1090, hello.n - 1090);
	quic_crypto(&second, &hello, 880, 130);
	one = quic_initial(&c, first, 1200);
	two = quic_initial(&c, second, 1200);
	feed(l, &one, 1, one.n);
	EXPECT(s.facts == 1 && !s.named && s.outcome == OUT_OK);
	feed(l, &two, 2, two.n);
	EXPECT(s.facts == 2 && s.named == 1 && !strcmp(s.name, "pieces.example.com"));
	feed(l, &two, 3, two.n);
	EXPECT(s.facts == 3 && s.named == 1);
	layers_free(l);
	l = reader(&s);
	feed(l, &two, 1, two.n);		/* its other half was not captured */
	EXPECT(s.facts == 1 && !s.named);
	layers_free(l);
	buf_free(&hello);
	buf_free(&one);
	buf_free(&two);
}

int main(void)
{
	TEST(rfc_vectors_are_read);
	TEST(what_does_not_open_stays_ciphered);
	TEST(a_hello_in_pieces);
	return tap_end();
}
