/* SCTP user messages: in order, twice, bundled, and acknowledged before they were captured (two taps, merged). */
#include "sctp.h"
#include "tap.h"

static struct sctp sctp;
static struct { unsigned messages; char text[256]; } got;

static void deliver(void *ctx, uint32_t ppid, const struct msg *m)
{
	(void)ctx;
	(void)ppid;
	got.text[got.messages++] = (char)m->cur.p[0];
	got.text[got.messages] = 0;
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

/* One packet from (ack false) or to the sender of data, with one chunk. */
static void packet(bool ack, const uint8_t *chunk, uint32_t n)
{
	static const uint8_t a[4] = { 10, 0, 0, 1 }, b[4] = { 10, 0, 0, 2 };
	uint8_t bytes[128] = { 0 };
	struct pkt k = { .frame = bytes, .caplen = 12 + n, .wirelen = 12 + n, .no = 1, .fam = 4, .proto = 132, .l3 = bytes, .l4 = bytes,
		.l3len = 12 + n, .l4len = 12 + n, .l4claim = 12 + n };

	k.src = addr_make(ack ? b : a, 4);
	k.dst = addr_make(ack ? a : b, 4);
	k.sport = ack ? 38412 : 40000;
	k.dport = ack ? 40000 : 38412;
	put32(bytes + 4, ack ? 7 : 9);		/* verification tags */
	memcpy(bytes + 12, chunk, n);
	EXPECT(sctp_packet(&sctp, &k, deliver, NULL));
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

int main(void)
{
	TEST(a_message_seen_twice_counts_once);
	TEST(what_was_acknowledged_and_not_seen_is_lost);
	TEST(an_acknowledgement_may_come_before_its_data);
	TEST(sequence_numbers_wrap);
	TEST(data_long_given_up_is_not_taken_again);
	sctp_free(&sctp);
	return tap_end();
}
