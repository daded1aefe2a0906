/* GTPv2-C, GTPv1-C and GTP': headers, elements and their lengths. */
#include "gtpv2.h"
#include "seen.h"
#include "tap.h"

static struct seen *s;
static const struct proto *gtpv2, *gtpprime;

/* GTPv2-C: flags, type, elements as hex. */
static struct built message(uint8_t flags, uint8_t type, const char *body)
{
	struct built m = { .n = 4 };

	m.b[0] = flags;
	m.b[1] = type;
	if (flags & 8)
		octets(&m, "00002100");
	octets(&m, "00000900");
	octets(&m, body);
	m.b[2] = (uint8_t)((m.n - 4) >> 8);
	m.b[3] = (uint8_t)(m.n - 4);
	return m;
}

/* GTPv1-C with a sequence number. */
static struct built message1(uint8_t type, const char *body)
{
	struct built m = { .b = { 0x32, type }, .n = 4 };

	octets(&m, "00004001 0001 0000");
	octets(&m, body);
	m.b[2] = (uint8_t)((m.n - 8) >> 8);
	m.b[3] = (uint8_t)(m.n - 8);
	return m;
}

static bool reads(struct built m) { return seen_read(s, gtpv2, 17, m.b, m.n, false); }

static bool says(const char *want)
{
	if (strstr(s->text, want))
		return true;
	printf("# not in: %s", s->text);
	return false;
}

static const char create[] =
	"01000800 0010 1037 9582 46f7"				/* IMSI */
	"53000300 00f110"					/* Serving Network 001 01 */
	"57000900 8a 00001000 0a020b01"				/* F-TEID: S11 MME, 0x1000, 10.2.11.1 */
	"47000900 08 696e7465726e6574"				/* APN */
	"5d001200 49000100 05 57000900 80 00000e05 0a020365"	/* Bearer Context: EBI 5, F-TEID S1-U eNB */
	"ff000400 07db abcd";					/* a vendor's */

static void a_session_reads_as_the_tree_it_is(void)
{
	EXPECT(reads(message(0x48, 32, create)) && s->facts == 1 && s->outcome[0] == OUT_OK);
	EXPECT(says("\"gtpv2.message_type\":32,\"gtpv2.teid\":8448,\"gtpv2.seq\":9,\"fw.serving_network\":\"00101\",\"gtpv2.apn\":\"internet\","
		"\"gtpv2.enterprise_id\":2011,\"ies\":[{\"id\":1},{\"id\":87,\"gtpv2.f_teid_interface_type\":10,\"gtpv2.f_teid_gre_key\":4096,"
		"\"gtpv2.f_teid_ipv4\":\"10.2.11.1\"},{\"id\":93,\"gtpv2.ebi\":5,\"ies\":[{\"id\":87,\"gtpv2.f_teid_interface_type\":0,"
		"\"gtpv2.f_teid_gre_key\":3589,\"gtpv2.f_teid_ipv4\":\"10.2.3.101\"}]}]"));
	EXPECT(!strstr(s->text, "1037") && !strstr(s->text, "7315928"));		/* the identity is nowhere */
}

static void every_row_stands_at_its_type(void)
{
	for (unsigned i = 0; i < gtpv2_ies.n; i++) {
		const struct ie_def *d = &gtpv2_ies.row[i];

		EXPECT(!d->name || (d->type == i && !strncmp(d->spec, "TS 29.274 8.", 12)));
	}
}

/* Others read past an F-TEID, a bearer's filters, a name. */
static void each_length_of_each_element_is_survived_CVE_2026_1586_CVE_2026_2517(void)
{
	struct built m;

	for (unsigned type = 0; type < 256; type++)
		for (unsigned n = 0; n < 24; n++)
			for (int lie = -1; lie <= 1; lie++) {
				char body[160];
				unsigned k = (unsigned)snprintf(body, sizeof(body), "%02x%04x00", type, n + (unsigned)lie > 23 && lie < 0 ? 0 : n + (unsigned)lie);

				for (unsigned i = 0; i < n; i++)
					k += (unsigned)snprintf(body + k, sizeof(body) - k, "%02x", (i * 37 + n) & 255);
				m = message(0x48, 34, body);
				EXPECT(reads(m) && s->facts == 1);
			}
	m = message(0x48, 34, "57ffff00 80");
	EXPECT(reads(m) && s->outcome[0] == OUT_SHORT);
}

static void an_element_of_one_message_is_no_other_ones_business(void)		/* one taken out at a time (EVIDENCE: a mandatory element is missing) */
{
	static const char *const parts[] = { "01000800001010379582 46f7", "5300030000f110", "570009008a000010000a020b01", "4700090008696e7465726e6574",
		"5d00120049000100055700090080 00000e050a020365" };
	char body[400];

	for (unsigned out = 0; out < 5; out++) {
		body[0] = 0;
		for (unsigned i = 0; i < 5; i++)
			if (i != out)
				strcat(body, parts[i]);
		EXPECT(reads(message(0x48, 32, body)) && s->facts == 1 && s->outcome[0] == OUT_OK);
	}
	EXPECT(reads(message(0x48, 32, "")) && s->outcome[0] == OUT_OK);
}

static void two_messages_in_a_packet_are_two_facts(void)
{
	struct built a = message(0x58, 33, "0200020010 00"), b = message(0x48, 95, "4900010005");

	memcpy(a.b + a.n, b.b, b.n);
	a.n += b.n;
	EXPECT(reads(a) && s->facts == 2 && s->outcome[0] == OUT_OK && s->outcome[1] == OUT_OK);
	a.b[0] = 0x48;			/* not announced: the second is not read */
	EXPECT(reads(a) && s->facts == 1 && s->outcome[0] == OUT_OK);
	a = message(0x58, 33, "0200020010 00");
	EXPECT(reads(a) && s->facts == 1 && s->outcome[0] == OUT_VALUE);
}

static void every_prefix_blames_the_right_side(void)
{
	struct built m = message(0x48, 32, create);
	bool seen_cut = false;

	EXPECT(prefixes_blamed(s, gtpv2, m.b, m.n, &seen_cut) && seen_cut);
	every_octet_changed(s, gtpv2, m.b, m.n);
	m = message1(16, "02 00101037958246f7 10 00004100 11 00004001 1405 80 0002 f121 85 0004 0a020129 85 0004 0a020129");
	every_octet_changed(s, gtpv2, m.b, m.n);
}

static void what_is_no_gtp_is_not_claimed(void)
{
	static const char *const looks[] = { "48200030 11223344 00000100 f50008006a756e6b", "4821012c 00000010", "68200008 00002100 00000900", "08200008 00002100 00000900",
		"48", "4820", "482000", "37030000 42000000", "3a100004 00000000 0001 0000", "3200 0000 00000000" };

	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		struct built m = { .n = 0 };

		octets(&m, looks[i]);
		if (reads(m))
			printf("# claimed: %s: %s", looks[i], s->text);
		EXPECT(!s->facts);
	}
}

static void version_one_has_elements_of_a_length_that_the_type_tells(void)
{
	EXPECT(reads(message1(17, "0180 0818 0e18 10 00005100 11 00005001 7f 0000004d 80 0006 f121 0a3d0002 85 0004 0a020133 85 0010 20010db8000000000000000000000001")));
	EXPECT(s->outcome[0] == OUT_OK && says("\"kind\":\"gtp\"") && says("\"gtp.cause\":128,\"gtp.recovery\":24,\"gtp.teid_data\":20736,\"gtp.teid_cp\":20481,"
		"\"gtp.user_ipv4\":\"10.61.0.2\",\"gtp.gsn_ipv4\":\"10.2.1.51\",\"gtp.gsn_ipv6\":\"2001:db8::1\""));
	EXPECT(reads(message1(17, "63 01")) && s->outcome[0] == OUT_VALUE);		/* nobody knows where that ends */
	EXPECT(reads(message1(17, "85 0005 0a02013300")) && s->outcome[0] == OUT_SHORT);
	EXPECT(reads(message1(51, "81 0004 c0ffee00")) && says("\"fw.key_present\":true") && !strstr(s->text, "c0ffee"));
	EXPECT(reads(message1(51, "0180 82 0039 05 03 04021b421f 04021b421f 04021b421f 0001 0002 03 04 00001111 00002222 07 0121 04 0a3d0007 04 0a020133 04 0a020333"
		"05 04 61626364 0001")) && s->outcome[0] == OUT_OK);
	EXPECT(says("{\"id\":130,\"gtp.nsapi\":5,\"gtp.uplink_teid_cp\":4369,\"gtp.uplink_teid_data\":8738,\"gtp.ggsn_address_for_control_plane.ipv4\":\"10.2.1.51\","
		"\"gtp.ggsn_address_for_user_traffic.ipv4\":\"10.2.3.51\",\"gtp.apn\":\"abcd\"}") && !strstr(s->text, "10.61.0.7"));
	EXPECT(reads(message1(54, "12 15 00005100 19 0607 8c 0009 07 00005200 0a020133 92 0001 08")) && s->outcome[0] == OUT_OK);
	EXPECT(says("{\"id\":18,\"gtp.nsapi\":5,\"gtp.teid_ii\":20736}") && says("\"gtp.nsapi\":6") && says("{\"id\":140,\"gtp.nsapi\":7,\"gtp.teid_data\":20992}") &&
		says("{\"id\":146,\"gtp.nsapi\":8}"));
	EXPECT(reads(message1(51, "82 0005 05 03 ff 00 00")) && s->outcome[0] == OUT_SHORT);
	EXPECT(reads(message1(17, "85 0100 0a")) && s->outcome[0] == OUT_SHORT);
}

static void charging_records_are_recognised_and_not_read(void)
{
	struct built m = { .n = 0 };

	octets(&m, "2e f0 000a 0004 7e01 fc 0005 0102030405");
	EXPECT(seen_read(s, gtpprime, 17, m.b, m.n, false) && s->facts == 1 && s->outcome[0] == OUT_OK && says("\"gtp.message\":240,\"gtp.seq_number\":4,\"gtp.tr_comm\":1"));
	for (size_t k = 0; k < m.n; k++)
		EXPECT(!seen_read(s, gtpprime, 17, m.b, k, false));
	m.b[0] = 0x3e;
	EXPECT(!seen_read(s, gtpprime, 17, m.b, m.n, false));
	m.b[0] = 0x20;
	EXPECT(!seen_read(s, gtpprime, 17, m.b, m.n, false));
}

int main(void)
{
	s = seen_new();
	gtpv2 = proto_find("gtpv2");
	gtpprime = proto_find("gtpprime");
	TEST(a_session_reads_as_the_tree_it_is);
	TEST(every_row_stands_at_its_type);
	TEST(each_length_of_each_element_is_survived_CVE_2026_1586_CVE_2026_2517);
	TEST(an_element_of_one_message_is_no_other_ones_business);
	TEST(two_messages_in_a_packet_are_two_facts);
	TEST(every_prefix_blames_the_right_side);
	TEST(what_is_no_gtp_is_not_claimed);
	TEST(version_one_has_elements_of_a_length_that_the_type_tells);
	TEST(charging_records_are_recognised_and_not_read);
	seen_free(s);
	return tap_end();
}
