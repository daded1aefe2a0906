/* SCTP user messages: in order, twice, bundled, and acknowledged before they were captured (two taps, merged). */
#include "sctp.h"
#include "tap.h"

static struct sctp sctp;
static struct { unsigned messages; char text[256]; size_t octets; } got;

static void deliver(void *ctx, uint32_t ppid, const struct msg *m)
{
	(void)ctx;
	(void)ppid;
	got.octets += cur_left(&m->cur);
	if (got.messages + 1 < sizeof(got.text))
		got.text[got.messages] = cur_left(&m->cur) ? (char)m->cur.p[0] : '-';
	got.messages++;
}

static void begin(void)
{
	struct hash_key k = hash_key_make("test", 4);

	sctp_free(&sctp);
	EXPECT(!sctp_init(&sctp, &k));
	memset(&got, 0, sizeof(got));
}

static void put32(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 24);
	p[1] = (uint8_t)(v >> 16);
	p[2] = (uint8_t)(v >> 8);
	p[3] = (uint8_t)v;
}

static uint16_t port = 40000;		/* of the sender of data */

/* One packet from (ack false) or to the sender of data, with one chunk. */
static void packet(bool ack, const uint8_t *chunk, uint32_t n)
{
	static const uint8_t a[4] = { 10, 0, 0, 1 }, b[4] = { 10, 0, 0, 2 };
	uint8_t *bytes = calloc(1, 12 + n);	/* as long as it is, so that one octet too many shows */
	struct pkt k = { .frame = bytes, .caplen = 12 + n, .wirelen = 12 + n, .no = 1, .fam = 4, .proto = 132, .l3 = bytes, .l4 = bytes,
		.l3len = 12 + n, .l4len = 12 + n, .l4claim = 12 + n };

	k.src = addr_make(ack ? b : a, 4);
	k.dst = addr_make(ack ? a : b, 4);
	k.sport = ack ? 38412 : port;
	k.dport = ack ? port : 38412;
	put32(bytes + 4, ack ? 7 : 9);		/* verification tags */
	memcpy(bytes + 12, chunk, n);
	EXPECT(sctp_packet(&sctp, &k, deliver, NULL));
	free(bytes);
}

static void data(uint32_t tsn, char what)
{
	uint8_t c[20] = { 0, 3, 0, 17 };	/* DATA, whole, 17 octets */

	put32(c + 4, tsn);
	put32(c + 12, 60);
	c[16] = (uint8_t)what;
	packet(false, c, sizeof(c));
}

static void sack(uint32_t tsn)
{
	uint8_t c[16] = { 3, 0, 0, 16 };

	put32(c + 4, tsn);
	packet(true, c, sizeof(c));
}

static bool is(const char *text) { return !strcmp(got.text, text); }

static void a_message_seen_twice_counts_once(void)
{
	begin();
	data(100, 'a');
	data(101, 'b');
	data(100, 'a');
	EXPECT(is("ab") && sctp.retransmitted == 1 && !sctp.lost);
}

static void what_was_acknowledged_and_not_seen_is_lost(void)
{
	begin();
	data(100, 'a');
	sack(102);
	data(103, 'd');
	EXPECT(is("ad") && sctp.lost == 2 && !sctp.late);
}

static void an_acknowledgement_may_come_before_its_data(void)
{
	begin();
	data(100, 'a');
	sack(102);
	data(101, 'b');
	data(102, 'c');
	data(102, 'c');
	sack(102);
	EXPECT(is("abc") && sctp.lost - sctp.late == 0 && sctp.retransmitted == 1);
}

static void sequence_numbers_wrap(void)
{
	begin();
	data(0xfffffffe, 'a');
	sack(0);
	data(0xffffffff, 'b');
	data(0, 'c');
	data(1, 'd');
	EXPECT(is("abcd") && sctp.lost == sctp.late && sctp.late == 2);
}

static void data_long_given_up_is_not_taken_again(void)
{
	begin();
	data(100, 'a');
	sack(102);
	for (uint32_t t = 103; t < 103 + 2 * SCTP_WINDOW; t += 2)
		sack(t);
	data(101, 'b');
	EXPECT(is("a") && sctp.retransmitted == 1);
}

/* ---- what broke other receivers; a good association beside it is read as ever ---- */

static void good_one(uint32_t tsn, const char *want)
{
	uint16_t was = port;

	port = 40001;
	data(tsn, 'g');
	port = was;
	EXPECT(is(want));
}

/* A DATA chunk of `claim` octets, of which n are there. */
static void chunk(uint8_t flags, uint32_t tsn, uint32_t claim, uint32_t n)
{
	uint8_t *c = calloc(1, n < 20 ? 20 : n);

	c[1] = flags;
	c[2] = (uint8_t)(claim >> 8);
	c[3] = (uint8_t)claim;
	put32(c + 4, tsn);
	put32(c + 12, 60);
	packet(false, c, n);
	free(c);
}

enum { FIRST = 2, LAST = 1, WHOLE = 3, LARGEST = 65535 - 20 - 12 };		/* what an IPv4 packet has room for */

static void chunks_of_64_KiB_are_read_or_refused_CVE_2023_37013(void)
{
	begin();
	good_one(500, "g");
	chunk(WHOLE, 1, LARGEST & ~3, LARGEST & ~3);
	EXPECT(got.messages == 2 && got.octets == 1 + (LARGEST & ~3) - 16);
	chunk(WHOLE, 2, 65535, LARGEST & ~3);			/* says more than its packet has */
	EXPECT(sctp.malformed == 1 && got.messages == 2);
	chunk(WHOLE, 2, 3, 4);					/* and less than a head */
	chunk(WHOLE, 2, 15, 16);
	chunk(WHOLE, 2, 0, 4);
	EXPECT(sctp.malformed == 4 && got.messages == 2);
	chunk(WHOLE, 2, 16, 16);				/* a message of no octets */
	EXPECT(got.messages == 3);
	chunk(FIRST, 3, 40016, 40016);				/* together more than a message may have */
	chunk(LAST, 4, 40016, 40016);
	EXPECT(sctp.refused == 1 && got.messages == 3);
	got.messages = 0;
	got.text[0] = 0;
	good_one(501, "g");
}

static void fragments_without_end_fill_their_buffers_only_CVE_2023_37013(void)
{
	uint64_t refused;

	begin();
	for (uint32_t i = 0; i < 5000; i++)			/* none of them has a second piece */
		chunk(FIRST, 2 * i, 20, 20);
	EXPECT(sctp.refused == 5000 - SCTP_BUFFERS && !got.messages && !sctp.reassembled);
	good_one(500, "g");
	refused = sctp.refused;
	for (uint32_t i = 0; i < 5000; i++)			/* one message that never ends */
		chunk(i ? 0 : FIRST, 20000 + i, 20, 20);
	EXPECT(sctp.refused > refused && sctp.refused - refused < 5000 && !sctp.reassembled);
	good_one(501, "gg");
	chunk(FIRST, 40000, 20, 20);
	chunk(LAST, 40001, 20, 20);
	EXPECT(sctp.reassembled == 1 && got.messages == 3);
}

static void the_same_number_again_and_again_is_one_message_CVE_2023_37013(void)
{
	begin();
	for (unsigned i = 0; i < 20000; i++)
		data(100, 'a');
	EXPECT(is("a") && sctp.retransmitted == 19999 && !sctp.lost);
	for (unsigned i = 0; i < 2000; i++)
		data(i % 2 ? 100 : 102, 'c');
	EXPECT(is("ac") && sctp.retransmitted == 19999 + 1999);
	good_one(500, "acg");
}

/* A SACK of cum with so many blocks and duplicates said, and n octets of them there. */
static void sack_of(uint32_t cum, unsigned blocks, unsigned dups, uint32_t n)
{
	uint8_t c[16 + 64] = { 3, 0, 0, (uint8_t)(16 + n) };

	put32(c + 4, cum);
	c[12] = (uint8_t)(blocks >> 8);
	c[13] = (uint8_t)blocks;
	c[14] = (uint8_t)(dups >> 8);
	c[15] = (uint8_t)dups;
	for (uint32_t i = 0; i < n; i += 4) {			/* each ends before it begins */
		c[16 + i] = 0xff;
		c[17 + i] = 0xff;
	}
	packet(true, c, 16 + n);
}

static void an_acknowledgement_whose_blocks_lie_is_taken_for_its_number_CVE_2012_6056(void)
{
	begin();
	data(100, 'a');
	sack_of(100, 65535, 65535, 0);
	sack_of(100, 65535, 0, 64);
	sack_of(100, 0, 65535, 64);
	EXPECT(!sctp.lost && !sctp.malformed);
	data(101, 'b');
	EXPECT(is("ab"));
	sack_of(102, 65535, 65535, 64);				/* its number counts as ever */
	EXPECT(sctp.lost == 1);
	sack_of(102 + (1u << 31), 1, 0, 4);			/* and is no number of this association: half the circle away */
	sack_of(102 + (1u << 16) + 1, 1, 0, 4);
	EXPECT(sctp.lost == 1);
	data(103, 'd');
	EXPECT(is("abd"));
	good_one(500, "abdg");
}

static void associations_that_come_and_go_fill_their_table_only_CVE_2024_24451(void)
{
	uint8_t init[20] = { 1, 0, 0, 20 };

	begin();
	good_one(500, "g");
	for (uint32_t i = 0; i < 65535; i++) {			/* every port there is, and a tag each time */
		port = (uint16_t)i;
		put32(init + 4, i + 1);
		packet(false, init, sizeof(init));
		put32(init + 4, 70000 + i);
		packet(true, init, sizeof(init));
	}
	port = 40000;
	EXPECT(sctp.nstate <= SCTP_ASSOCS && sctp.assocs.used <= SCTP_ASSOCS * 4 && sctp.tags.used <= SCTP_ASSOCS * 4);
	for (uint32_t i = 0; i < 20; i++) {			/* from other ends: there is no room for them */
		static const uint8_t other[4] = { 10, 9, 9, 9 };
		uint8_t bytes[12 + 20] = { 0 };
		struct pkt k = { .frame = bytes, .caplen = 32, .wirelen = 32, .no = 1, .fam = 4, .proto = 132, .l3 = bytes, .l4 = bytes, .l3len = 32, .l4len = 32,
			.l4claim = 32, .src = addr_make(other, 4), .dst = addr_make(other, 4), .sport = (uint16_t)(50 + i), .dport = 38412 };

		put32(init + 4, 200000 + i);
		memcpy(bytes + 12, init, sizeof(init));
		EXPECT(sctp_packet(&sctp, &k, deliver, NULL));
	}
	EXPECT(sctp.nstate == SCTP_ASSOCS && sctp.refused > 0);
	good_one(501, "gg");
}

int main(void)
{
	TEST(a_message_seen_twice_counts_once);
	TEST(what_was_acknowledged_and_not_seen_is_lost);
	TEST(an_acknowledgement_may_come_before_its_data);
	TEST(sequence_numbers_wrap);
	TEST(data_long_given_up_is_not_taken_again);
	TEST(chunks_of_64_KiB_are_read_or_refused_CVE_2023_37013);
	TEST(fragments_without_end_fill_their_buffers_only_CVE_2023_37013);
	TEST(the_same_number_again_and_again_is_one_message_CVE_2023_37013);
	TEST(an_acknowledgement_whose_blocks_lie_is_taken_for_its_number_CVE_2012_6056);
	TEST(associations_that_come_and_go_fill_their_table_only_CVE_2024_24451);
	sctp_free(&sctp);
	return tap_end();
}
