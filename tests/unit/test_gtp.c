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

int main(void)
{
	s = seen_new();
	gtp = proto_find("gtp");
	TEST(signalling_messages_are_facts);
	TEST(what_does_not_hold_together_is_not_gtp);
	TEST(a_wrong_length_is_short_or_padding);
	TEST(every_prefix_blames_the_right_side);
	TEST(a_g_pdu_is_as_long_as_its_packet_says);
	seen_free(s);
	return tap_end();
}
