/* BER as SNMP and LDAP use it, from hostile hands: depth, lengths, counts, numbers of no octets. */
#include "ber.h"
#include "seen.h"
#include "tap.h"

static struct seen *s;
static const struct proto *snmp, *ldap;

enum { ROOM = 60000 };
static uint8_t at[ROOM];

static bool snmp_reads(const char *hex)
{
	return seen_read(s, snmp, 17, at, hex_octets(hex, at, sizeof(at)), false);
}

static bool ldap_reads(const char *hex)
{
	return seen_read(s, ldap, 6, at, hex_octets(hex, at, sizeof(at)), false);
}

static bool says(const char *want)
{
	if (strstr(s->text, want))
		return true;
	printf("# not in: %s", s->text);
	return false;
}

static const char get[] = "3029 020101 0406 7075626c6963 a01c 02040000002a 020100 020100 300e 300c 0608 2b06010201010500 0500";
static const char bind_request[] = "3018 020101 6013 020103 0404 636e3d61 8008 7365637265742121";

static void good_ones_are_read(void)
{
	EXPECT(snmp_reads(get) && s->facts == 1 && s->outcome[0] == OUT_OK && says("\"snmp.data\":0"));
	EXPECT(ldap_reads(bind_request) && s->facts == 1 && s->outcome[0] == OUT_OK && !strstr(s->text, "secret"));
}

/* Sequences in sequences as far as a packet goes, of every form of length. */
static void depth_is_no_depth_of_ours_CVE_2026_30922_CVE_2019_13619(void)
{
	static const struct { const char *hex; size_t step; } forms[] = { { "3080", 2 }, { "307f", 2 }, { "3082ea60", 4 }, { "a080", 2 }, { "a084000000ff", 6 } };

	for (unsigned f = 0; f < sizeof(forms) / sizeof(forms[0]); f++) {
		for (size_t n = 0; n + forms[f].step <= ROOM; n += forms[f].step)
			(void)hex_octets(forms[f].hex, at + n, forms[f].step);
		for (size_t n = 0; n < ROOM; n += n < 40 ? 1 : ROOM / 4) {
			EXPECT(!seen_read(s, snmp, 17, at, n, false) || s->outcome[0] != OUT_OK);
			EXPECT(!seen_read(s, ldap, 6, at, n, false) || s->outcome[0] != OUT_OK);
		}
	}
	EXPECT(snmp_reads(get) && s->outcome[0] == OUT_OK);
}

/* The same where a value may be anything: below a variable nothing is gone down into. */
static void a_value_may_be_deep_and_is_stepped_over_CVE_2026_30922(void)
{
	enum { DEEP = 30000, HEAD = 4 + 3 + 8 + 4 + 6 + 3 + 3 + 4 + 4 + 10 + 4 };
	size_t n = hex_octets("3082 0000 020101 0406 7075626c6963 a282 0000 02040000002a 020100 020100 3082 0000 3082 0000 0608 2b06010201010500 3082 0000", at, ROOM);
	static const size_t lengths[] = { 2, 17, 33, 37, 51 };

	EXPECT(n == HEAD);
	for (size_t i = 0; i < DEEP; i += 2) {
		at[n + i] = 0x30;
		at[n + i + 1] = 0x80;
	}
	for (unsigned i = 0; i < 5; i++) {
		size_t len = n + DEEP - lengths[i] - 2;

		at[lengths[i]] = (uint8_t)(len >> 8);
		at[lengths[i] + 1] = (uint8_t)len;
	}
	EXPECT(seen_read(s, snmp, 17, at, n + DEEP, false) && s->facts == 1 && s->outcome[0] == OUT_OK && s->nitem < 16);
}

static int64_t number(const char *hex, enum cur_why *why)
{
	uint8_t b[16], *copy;
	size_t n = hex_octets(hex, b, sizeof(b));
	struct cur c;
	int64_t v;

	copy = malloc(n ? n : 1);
	memcpy(copy, b, n);
	c = cur_make(copy, n, false);
	v = ber_int(s->l, &c);
	*why = c.why;
	free(copy);
	return v;
}

static void a_number_of_no_octets_or_too_many_is_refused_CVE_2026_45615(void)
{
	enum cur_why why;

	(void)number("", &why);
	EXPECT(why == CUR_SHORT);
	(void)number("010203040506070809", &why);
	EXPECT(why == CUR_VALUE);
	EXPECT(number("80", &why) == -128 && why == CUR_OK);
	EXPECT(number("7fffffffffffffff", &why) == INT64_MAX && why == CUR_OK);
	EXPECT(number("8000000000000000", &why) == INT64_MIN && why == CUR_OK);
	EXPECT(!snmp_reads("300b 0200 0406 7075626c6963 a000") && !s->facts);		/* a version of no octets is none */
	EXPECT(!snmp_reads("3025 020101 0406 7075626c6963 a018 0200 020100 020100 300e 300c 0608 2b06010201010500 0500") || s->outcome[0] == OUT_SHORT);
	EXPECT(!ldap_reads("3017 0200 6013 020103 0404 636e3d61 8008 7365637265742121"));
	EXPECT(ldap_reads("3017 020101 6012 0200 0404 636e3d61 8008 7365637265742121") && s->outcome[0] == OUT_SHORT && !strstr(s->text, "ldap.version"));
}

/* Lengths that are indefinite, of five octets, of all the numbers there are: in each place where a length stands. */
static void a_length_that_cannot_be_is_refused_CVE_2019_13619_CVE_2019_9209(void)
{
	static const char *const lengths[] = { "80", "85 0000000001", "ff", "84 ffffffff", "84 7fffffff", "88 0000000000000001", "83 ffffff", "82 ffff" };
	static const char *const parts[2][12] = { { "30", "02", "01 04", "7075626c6963 a0", "0204", "30", NULL }, { "30", "02", "01 60", "0201 03 04", "80", NULL } };

	for (unsigned p = 0; p < 2; p++)
		for (unsigned l = 0; l < sizeof(lengths) / sizeof(lengths[0]); l++)
			for (unsigned where = 0; parts[p][where]; where++) {
				char hex[300] = "";

				for (unsigned i = 0; i <= where; i++) {
					(void)strcat(hex, parts[p][i]);
					(void)strcat(hex, i == where ? lengths[l] : i ? "01" : "7f");
				}
				(void)strcat(hex, "0102030405060708");
				EXPECT(!(p ? ldap_reads(hex) : snmp_reads(hex)) || s->outcome[0] != OUT_OK);
				EXPECT(s->facts <= 1 && s->nitem < 16);
			}
}

/* As many variables as a packet holds, empty ones and whole ones: no more is kept than a fact has room for. */
static void variables_without_number_are_bounded_CVE_2016_5080_CVE_2019_13619(void)
{
	size_t n = hex_octets("3082 0000 020101 0406 7075626c6963 a282 0000 02040000002a 020100 020100 3082 0000", at, ROOM), from = n;
	static const size_t lengths[] = { 2, 17, 33 };
	static const char *const variables[] = { "3000", "300e 0608 2b06010201010500 0402 6162", "300e 0608 2b06010201010200 0602 2b06" };

	for (unsigned v = 0; v < 3; v++) {
		for (n = from; n + 24 < 40000;)
			n += hex_octets(variables[v], at + n, ROOM - n);
		for (unsigned i = 0; i < 3; i++) {
			at[lengths[i]] = (uint8_t)((n - lengths[i] - 2) >> 8);
			at[lengths[i] + 1] = (uint8_t)(n - lengths[i] - 2);
		}
		EXPECT(seen_read(s, snmp, 17, at, n, false) && s->facts == 1 && s->nitem <= FACT_ITEMS);
		EXPECT(s->outcome[0] == (v ? OUT_LIMIT : OUT_SHORT));
	}
	/* an object id that does not end, and one of more than 32 bits a part */
	EXPECT(snmp_reads("302b 020101 0406 7075626c6963 a21e 02040000002a 020100 020100 3010 300e 0608 2b06010201010200 0602 ffff") && !strstr(s->text, "sysObjectID"));
	EXPECT(snmp_reads(get) && s->outcome[0] == OUT_OK);
}

static void every_octet_may_lie_CVE_2019_13619_CVE_2019_9209(void)
{
	uint8_t b[128];
	size_t n = hex_octets(get, b, sizeof(b));

	every_octet_changed(s, snmp, b, n);
	n = hex_octets(bind_request, b, sizeof(b));
	every_octet_changed(s, ldap, b, n);
	EXPECT(ldap_reads(bind_request) && s->outcome[0] == OUT_OK);
}

int main(void)
{
	s = seen_new();
	snmp = proto_find("snmp");
	ldap = proto_find("ldap");
	TEST(good_ones_are_read);
	TEST(depth_is_no_depth_of_ours_CVE_2026_30922_CVE_2019_13619);
	TEST(a_value_may_be_deep_and_is_stepped_over_CVE_2026_30922);
	TEST(a_number_of_no_octets_or_too_many_is_refused_CVE_2026_45615);
	TEST(a_length_that_cannot_be_is_refused_CVE_2019_13619_CVE_2019_9209);
	TEST(variables_without_number_are_bounded_CVE_2016_5080_CVE_2019_13619);
	TEST(every_octet_may_lie_CVE_2019_13619_CVE_2019_9209);
	seen_free(s);
	return tap_end();
}
