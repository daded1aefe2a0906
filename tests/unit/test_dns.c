/* DNS: names, records, what is refused. */
#include "seen.h"
#include "tap.h"

static struct seen *s;
static const struct proto *dns;

static bool reads(const char *hex)
{
	uint8_t b[1024];

	return seen_read(s, dns, 17, b, hex_octets(hex, b, sizeof(b)), false);
}

static bool says(const char *want)
{
	if (strstr(s->text, want))
		return true;
	printf("# not in: %s", s->text);
	return false;
}

static const char response[] =
	"1234 8180 0001 0003 0001 0001"				/* a response: one question, 3 answers, 1 authority, 1 additional */
	"03777777 036f7267 00 0001 0001"			/* www.org A */
	"c00c 0005 0001 0000003c 0005 02 7732 c010"		/* CNAME w2.org */
	"027732 c010 0001 0001 0000003c 0004 c0000201"		/* A 192.0.2.1 */
	"c00c 001c 0001 0000003c 0010 20010db8000000000000000000000001"
	"c010 0002 0001 0000003c 0005 02 6e73 c010"		/* NS: named, data not read */
	"00 0029 04d0 00000000 0000";				/* OPT */

static void questions_and_records_are_read(void)
{
	EXPECT(reads("1234 0100 0001 0000 0000 0000 03777777 036f7267 00 001c 0001") && s->outcome[0] == OUT_OK);
	EXPECT(says("\"dns.id\":4660,\"dns.flags.response\":false,\"dns.qry.name\":\"www.org\",\"dns.qry.type\":28"));
	EXPECT(!strstr(s->text, "rcode"));
	EXPECT(reads(response) && s->outcome[0] == OUT_OK);
	EXPECT(says("\"dns.flags.rcode\":0,\"dns.qry.name\":\"www.org\",\"dns.qry.type\":1,\"ies\":["
		"{\"id\":1,\"dns.resp.name\":\"www.org\",\"dns.resp.type\":5,\"dns.cname\":\"w2.org\"},"
		"{\"id\":1,\"dns.resp.name\":\"w2.org\",\"dns.resp.type\":1,\"dns.a\":\"192.0.2.1\"},"
		"{\"id\":1,\"dns.resp.name\":\"www.org\",\"dns.resp.type\":28,\"dns.aaaa\":\"2001:db8::1\"},"
		"{\"id\":2,\"dns.resp.name\":\"org\",\"dns.resp.type\":2},"
		"{\"id\":3,\"dns.resp.name\":\"<Root>\",\"dns.resp.type\":41}]"));
}

static void names_are_printed_with_escapes(void)
{
	EXPECT(reads("1234 0100 0001 0000 0000 0000 09 6100622e635c22 0a7f 03 6f7267 00 0001 0001"));
	EXPECT(says("\"dns.qry.name\":\"a\\\\000b.c\\\\\\\"\\\\n\\\\177.org\""));
	EXPECT(reads("1234 0100 0001 0000 0000 0000 08 c3a9 ff e282 c2ad 78 00 0001 0001"));	/* an e acute, two that are no UTF-8, a soft hyphen */
	EXPECT(says("\"dns.qry.name\":\"\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\\\\u00ADx\""));
	EXPECT(reads("1234 0100 0001 0000 0000 0000 0c c280 c280 c280 c280 c280 c280 00 0001 0001") && says("\\\\u0080\\\\u0080"));
	EXPECT(reads("1234 0100 0001 0000 0000 0000 00 0002 0001") && says("\"dns.qry.name\":\"<Root>\""));
	EXPECT(reads("1234 0100 0002 0000 0000 0000 c012 0001 0001 016100 0001 0001") && says("[\"a\",\"a\"]"));	/* a pointer may look ahead */
}

static void loops_and_long_names_are_refused(void)
{
	char hex[4096] = "1234 8180 0001 0001 0000 0000 016100 0001 0001 ";

	EXPECT(!reads("1234 0100 0001 0000 0000 0000 c00c 0001 0001"));
	EXPECT(!reads("1234 0100 0001 0000 0000 0000 0161c00c 0001 0001"));
	EXPECT(!reads("1234 0100 0001 0000 0000 0000 41 00 0001 0001 00000000"));	/* a label form that is not in use */
	EXPECT(reads("1234 8180 0001 0001 0000 0000 016100 0001 0001 c013 0001 0001 0000003c 0004 c0000201"));
	EXPECT(s->outcome[0] == OUT_VALUE && says("\"dns.qry.name\":\"a\"") && !strstr(s->text, "dns.a"));
	for (int i = 0; i < 5; i++) {
		strcat(hex, "3f");
		for (int k = 0; k < 63; k++)
			strcat(hex, "61");
	}
	strcat(hex, "00 0001 0001 00000000 0000");
	EXPECT(reads(hex) && s->outcome[0] == OUT_VALUE);
}

static void a_record_that_is_too_small_is_short_and_the_next_is_read(void)
{
	EXPECT(reads("1234 8180 0001 0002 0000 0000 016100 0001 0001 c00c 0001 0001 0000003c 0003 c00002 c00c 0001 0001 0000003c 0004 c0000202"));
	EXPECT(s->outcome[0] == OUT_SHORT && says("\"dns.a\":\"192.0.2.2\""));
	EXPECT(reads("1234 2800 0001 0000 0001 0000 016100 0006 0001 c00c 0001 00ff 00000000 0000") && s->outcome[0] == OUT_OK);	/* update: a name without data */
}

static void what_only_uses_the_port_is_not_dns(void)
{
	uint64_t x = 3;
	unsigned taken = 0;

	EXPECT(!seen_read(s, dns, 17, (const uint8_t *)"GET / HTTP/1.0\r\n\r\n", 18, false));
	EXPECT(!reads("0000 0000 0000 0000 0000 0000"));
	EXPECT(!reads("1234 0100 0001 0000 0000"));
	EXPECT(!reads("1234 0100 0009 0000 0000 0000 016100 0001 0001"));	/* nine questions in nine octets */
	EXPECT(reads("1234 8181 0000 0000 0000 0000") && says("\"dns.flags.rcode\":1"));	/* a refusal may be a header alone */
	for (int i = 0; i < 300000; i++) {
		uint8_t b[64];
		size_t n = next_random(&x) % sizeof(b);

		for (size_t k = 0; k < n; k++)
			b[k] = (uint8_t)next_random(&x);
		taken += seen_read(s, dns, 17, b, n, false);
	}
	EXPECT(!taken);
}

static void over_tcp_a_length_comes_first(void)
{
	uint8_t b[64];
	size_t n = hex_octets("0017 1234 0100 0001 0000 0000 0000 03777777 036f7267 00 0001 00", b, sizeof(b));

	b[n++] = 1;
	b[1] = (uint8_t)(n - 2);
	EXPECT(seen_read(s, dns, 6, b, n, false) && s->outcome[0] == OUT_OK && says("\"dns.qry.name\":\"www.org\""));
	EXPECT(seen_read(s, dns, 6, b, n - 1, true) && s->outcome[0] == OUT_CUT);
}

static void every_prefix_blames_the_right_side(void)
{
	uint8_t b[256];
	size_t n = hex_octets(response, b, sizeof(b));
	bool cut = false;

	EXPECT(prefixes_blamed(s, dns, b, n, &cut) && cut);
	EXPECT(seen_read(s, dns, 17, b, n - 20, true) && says("\"dns.a\":\"192.0.2.1\""));
	every_octet_changed(s, dns, b, n);
}

/* 65535 of everything, and nothing, or one record, behind: no more steps than octets. */
static void counts_without_records_behind_them_CVE_2021_4190(void)
{
	static const char *const texts[] = { "1234 8180 ffff ffff ffff ffff", "1234 8180 ffff 0000 0000 0000 00 0001 0001", "1234 8180 0001 ffff ffff ffff 00 0001 0001",
		"1234 8180 0001 ffff ffff ffff 00 0001 0001 00 0001 0001 0000003c 0004 c0000201" };

	for (unsigned i = 0; i < 4; i++) {
		uint8_t b[64];
		size_t n = hex_octets(texts[i], b, sizeof(b));

		EXPECT(!seen_read(s, dns, 17, b, n, false) && !s->facts);	/* there is no room for so many: no DNS */
		EXPECT(seen_read(s, dns, 17, b, n, true) && s->facts == 1 && s->outcome[0] == OUT_CUT && s->nitem < 20);	/* the capture may have cut it */
	}
	EXPECT(says("\"dns.a\":\"192.0.2.1\""));
	EXPECT(reads("1234 8180 0001 0001 0000 0000 00 0001 0001 00 0001 0001 0000003c 0004 c0000201") && s->outcome[0] == OUT_OK);
}

int main(void)
{
	s = seen_new();
	dns = proto_find("dns");
	TEST(questions_and_records_are_read);
	TEST(names_are_printed_with_escapes);
	TEST(loops_and_long_names_are_refused);
	TEST(a_record_that_is_too_small_is_short_and_the_next_is_read);
	TEST(what_only_uses_the_port_is_not_dns);
	TEST(over_tcp_a_length_comes_first);
	TEST(every_prefix_blames_the_right_side);
	TEST(counts_without_records_behind_them_CVE_2021_4190);
	seen_free(s);
	return tap_end();
}
