/* GTP-U: signalling messages, and what the packet path takes for a G-PDU. */
#include "gtp.h"
#include "seen.h"
#include "tap.h"

static struct seen *s;
static const struct proto *gtp;

static bool reads(const char *hex)
{
	uint8_t b[256];

	return seen_read(s, gtp, 17, b, hex_octets(hex, b, sizeof(b)), false);
}

static bool says(const char *want)
{
	if (strstr(s->text, want))
		return true;
	printf("# not in: %s", s->text);
	return false;
}

static const char error_indication[] =
	"36 1a 0018 00000000 0007 00 40"	/* E and S, sequence 7, next extension: UDP port */
	"01 0868 00"				/* UDP port 2152 */
	"10 00000065 85 0004 0a000003"		/* TEID data I 101, peer address 10.0.0.3 */
	"ff 0001 00";				/* private extension: no row */

static void signalling_messages_are_facts(void)
{
	EXPECT(reads("32 01 0004 00000000 0001 00 00") && s->outcome[0] == OUT_OK);
	EXPECT(says("\"gtp.message\":1,\"gtp.teid\":0,\"gtp.seq_number\":1"));
	EXPECT(reads("32 02 0006 00000000 0001 00 00 0e 05") && says("\"gtp.recovery\":5"));
	EXPECT(reads(error_indication) && s->outcome[0] == OUT_OK);
	EXPECT(says("\"gtp.message\":26,\"gtp.teid\":0,\"gtp.seq_number\":7,\"gtp.teid_data\":101,\"gtp.gsn_ipv4\":\"10.0.0.3\",\"skipped\":[255]"));
	EXPECT(reads("32 1f 0008 00000000 0001 00 00 8d 02 c0 85") && says("\"skipped\":[141]"));	/* a list with a length of one octet */
	EXPECT(reads("30 fe 0000 0000001f") && says("\"gtp.message\":254,\"gtp.teid\":31") && !strstr(s->text, "seq_number"));
	EXPECT(reads("34 fe 0008 0000001f 0000 00 85 01 0009 00"));			/* an end marker with a PDU session container */
}

static void what_does_not_hold_together_is_not_gtp(void)
{
	EXPECT(!reads("32 ff 0004 00000000 0001 00 00"));		/* a G-PDU is no signalling */
	EXPECT(!reads("52 01 0004 00000000 0001 00 00"));		/* version 2 */
	EXPECT(!reads("22 01 0004 00000000 0001 00 00"));		/* GTP' */
	EXPECT(!reads("32 10 0004 00000000 0001 00 00"));		/* GTPv1-C */
	EXPECT(!reads("34 fe 0004 00000000 0000 00 85"));		/* an extension that is not there */
	EXPECT(!reads("34 fe 0008 00000000 0000 00 85 00 0000 00"));	/* one of no length */
	EXPECT(!reads("37 03 0000 42000000 00000000"));
	EXPECT(!s->facts);
}

static void a_wrong_length_is_short_or_padding(void)
{
	EXPECT(reads("32 02 0008 00000000 0001 00 00 0e 05") && s->outcome[0] == OUT_SHORT);
	EXPECT(reads("32 02 0006 00000000 0001 00 00 0e 05 0000") && s->outcome[0] == OUT_OK);
	EXPECT(!reads("32 02 0009 00000000 0001 00 00 0e 05 10"));	/* and an element in pieces: no */
	EXPECT(reads("32 02 0007 00000000 0001 00 00 0e 05 10") && s->outcome[0] == OUT_SHORT);
	EXPECT(reads("32 02 0008 00000000 0001 00 00 0e 05 01 00") && s->outcome[0] == OUT_VALUE);	/* unknown, of unknown length */
}

static void every_prefix_blames_the_right_side(void)
{
	uint8_t b[64];
	size_t n = hex_octets(error_indication, b, sizeof(b));
	bool cut = false;

	EXPECT(prefixes_blamed(s, gtp, b, n, &cut) && cut);
	every_octet_changed(s, gtp, b, n);
}

static void a_g_pdu_is_as_long_as_its_packet_says(void)
{
	uint8_t b[64] = { 0 };
	uint32_t head, end;
	size_t n = hex_octets("30 ff 0014 0000001f 4500 0014 0000 0000 4011 0000 0a3c0001 0a000001", b, sizeof(b));

	EXPECT(gtpu_head(b, (uint32_t)n, (uint32_t)n, &head, &end) && head == 8 && end == 28);
	EXPECT(gtpu_inner_fits(b + 8, 20, 20) && !gtpu_inner_fits(b + 8, 20, 19) && !gtpu_inner_fits(b + 8, 5, 20));
	EXPECT(gtpu_head(b, 12, (uint32_t)n, &head, &end) && head == 8);
	b[0] = 0x38;				/* the spare bit is not looked at */
	EXPECT(gtpu_head(b, (uint32_t)n, (uint32_t)n, &head, &end));
	b[0] = 0x30 | 2;			/* sequence numbers: four octets more, whatever the next type says */
	b[11] = 0x85;
	EXPECT(gtpu_head(b, (uint32_t)n, (uint32_t)n, &head, &end) && head == 12);
	b[0] = 0x34;
	b[12] = 1;
	b[15] = 0;
	EXPECT(gtpu_head(b, (uint32_t)n, (uint32_t)n, &head, &end) && head == 16);
	b[15] = 0x85;				/* a chain that does not end */
	memset(b + 16, 1, 12);
	EXPECT(!gtpu_head(b, (uint32_t)n, (uint32_t)n, &head, &end));
	EXPECT(!gtpu_head(b, 11, (uint32_t)n, &head, &end) && !gtpu_head(b, 7, (uint32_t)n, &head, &end));
}

/* ---- what broke other user planes ---- */

/* A chain of so many extension headers of one unit each, the k-th of `len` units; all say that another follows, but the last when it ends. */
static size_t chain(uint8_t *b, unsigned n, unsigned k, unsigned len, bool ends)
{
	size_t at = hex_octets("34 fe 0000 0000001f 0000 00 85", b, 12);

	for (unsigned i = 0; i < n; i++) {
		size_t units = i == k ? len : 1, octets = units ? units * 4 : 4;

		memset(b + at, 0x85, octets);
		b[at] = (uint8_t)units;
		if (ends && i + 1 == n)
			b[at + octets - 1] = 0;
		at += octets;
	}
	b[2] = (uint8_t)((at - 8) >> 8);
	b[3] = (uint8_t)(at - 8);
	return at;
}

static bool head_at(const uint8_t *p, size_t n, uint32_t *head)
{
	uint8_t *copy = malloc(n);
	uint32_t end;
	bool is;

	memcpy(copy, p, n);
	is = gtpu_head(copy, (uint32_t)n, (uint32_t)n, head, &end);
	(void)seen_read(s, gtp, 17, copy, n, false);
	EXPECT(s->facts == is);
	free(copy);
	return is;
}

static void an_extension_header_of_no_length_is_the_end_CVE_2023_23846(void)
{
	static uint8_t b[2048];
	uint32_t head;

	for (unsigned n = 1; n <= GTPU_EXT_MAX; n++) {
		for (unsigned k = 0; k < n; k++)
			EXPECT(!head_at(b, chain(b, n, k, 0, true), &head));
		EXPECT(head_at(b, chain(b, n, 0, 1, true), &head) && head == 12 + 4 * n);
	}
}

static void a_chain_that_repeats_itself_has_an_end_CVE_2023_23846(void)
{
	static uint8_t b[4096];
	uint32_t head;

	for (unsigned n = 1; n < 200; n++) {
		EXPECT(!head_at(b, chain(b, n, 0, 1, false), &head));
		EXPECT(head_at(b, chain(b, n, 0, 1, true), &head) == (n <= GTPU_EXT_MAX));
	}
	for (unsigned len = 1; len < 256; len++)		/* 255: 1020 octets, as long as one can be */
		for (int there = -1; there <= 1; there++) {
			size_t n = chain(b, 1, 0, len, true);

			b[n] = 0;
			EXPECT(head_at(b, n + (size_t)there, &head) == (there >= 0));
		}
}

/* E, S and PN in every combination, with as many octets as there may be, or too few. */
static void the_four_octets_are_there_with_any_of_three_bits_CVE_2021_45462(void)
{
	uint8_t b[12] = { 0 };
	uint32_t head;

	b[1] = 254;
	for (unsigned bits = 0; bits < 8; bits++)
		for (size_t n = 1; n <= 12; n++) {
			b[0] = (uint8_t)(0x30 | bits);
			b[3] = (uint8_t)(n < 8 ? 0 : n - 8);
			EXPECT(head_at(b, n, &head) == (n >= (bits ? 12 : 8)));
		}
}

/* A packet on the path: an IPv4 header, UDP 2152, what is in b[28..n). */
static void outer(uint8_t *b, size_t n)
{
	static const uint8_t head[28] = { 0x45, 0, 0, 0, 0, 0, 0, 0, 64, 17, 0, 0, 10, 1, 3, 9, 10, 1, 3, 101, 2152 >> 8, 2152 & 255, 2152 >> 8, 2152 & 255 };

	memcpy(b, head, sizeof(head));
	b[2] = (uint8_t)(n >> 8);
	b[3] = (uint8_t)n;
	b[24] = (uint8_t)((n - 20) >> 8);
	b[25] = (uint8_t)(n - 20);
}

static void gpdu(uint8_t *b, size_t n)
{
	static const uint8_t head[8] = { 0x30, 255, 0, 0, 0, 0, 0, 31 };

	memcpy(b, head, sizeof(head));
	b[2] = (uint8_t)((n - 8) >> 8);
	b[3] = (uint8_t)(n - 8);
}

static struct fw_stats fed(const uint8_t *b, size_t n)
{
	static uint32_t no;
	uint8_t *copy = malloc(n);
	struct frame f = { .data = copy, .caplen = (uint32_t)n, .wirelen = (uint32_t)n, .no = ++no, .t_ns = no * 1000000000ull, .link = 101 };
	struct fw_stats st;

	memcpy(copy, b, n);
	layers_feed(s->l, &f, 1);
	layers_stats(s->l, &st);
	EXPECT(st.packets == st.decoded + st.opaque + st.malformed + st.duplicate);
	free(copy);
	return st;
}

static void tunnels_in_tunnels_are_counted_once_CVE_2021_45462(void)
{
	enum { DEEP = 40, STEP = 28 + 8 };
	static uint8_t b[DEEP * STEP + 28];
	size_t all = sizeof(b);
	struct fw_stats was, now;

	for (size_t at = 0; at < DEEP * STEP; at += STEP) {
		outer(b + at, all - at);
		gpdu(b + at + 28, all - at - 28);
	}
	outer(b + DEEP * STEP, 28);
	layers_stats(s->l, &was);
	now = fed(b, all);
	EXPECT(now.packets == was.packets + 1 && now.decoded == was.decoded + 1);
	s->n = 0;
	s->text[0] = 0;
	layers_end(s->l);
	EXPECT(strstr(s->text, "\"nested\":{\"packets\":1"));
}

/* What a user equipment may put into its tunnel: no packet at all, half a header, lengths that lie. */
static void any_inner_packet_is_survived_CVE_2021_45462(void)
{
	uint8_t b[36 + 64];
	struct fw_stats was, now;
	unsigned n = 0;

	layers_stats(s->l, &was);
	for (size_t in = 0; in <= 64; in++)
		for (unsigned first = 0; first < 256; first++) {
			memset(b, first, sizeof(b));
			b[36 + 9] = 17;
			outer(b, 36 + in);
			gpdu(b + 28, 8 + in);
			now = fed(b, 36 + in);
			n++;
		}
	EXPECT(now.packets == was.packets + n && now.decoded + now.duplicate == was.decoded + was.duplicate + n);
}

int main(void)
{
	s = seen_new();
	gtp = proto_find("gtp");
	TEST(signalling_messages_are_facts);
	TEST(what_does_not_hold_together_is_not_gtp);
	TEST(a_wrong_length_is_short_or_padding);
	TEST(every_prefix_blames_the_right_side);
	TEST(a_g_pdu_is_as_long_as_its_packet_says);
	TEST(an_extension_header_of_no_length_is_the_end_CVE_2023_23846);
	TEST(a_chain_that_repeats_itself_has_an_end_CVE_2023_23846);
	TEST(the_four_octets_are_there_with_any_of_three_bits_CVE_2021_45462);
	TEST(any_inner_packet_is_survived_CVE_2021_45462);
	TEST(tunnels_in_tunnels_are_counted_once_CVE_2021_45462);
	seen_free(s);
	return tap_end();
}
