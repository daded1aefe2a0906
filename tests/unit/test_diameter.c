/* Diameter: the header, AVPs and their lengths, identities in texts, and what begins a connection on any port. */
#include "diameter.h"
#include "seen.h"
#include "tap.h"

static struct seen *s;
static const struct proto *diameter;

static void avp(struct built *m, unsigned code, const char *text)
{
	size_t n = strlen(text), len = 8 + n;
	uint8_t head[8] = { 0, 0, (uint8_t)(code >> 8), (uint8_t)code, 0x40, 0, (uint8_t)(len >> 8), (uint8_t)len };

	memcpy(m->b + m->n, head, 8);
	memcpy(m->b + m->n + 8, text, n);
	m->n += 8 + n;
	while (m->n % 4)
		m->b[m->n++] = 0;
}

static struct built opened(uint8_t flags, unsigned command)
{
	struct built m = { .b = { 1, 0, 0, 0, flags, 0, (uint8_t)(command >> 8), (uint8_t)command, 1, 0, 0, 0x23 }, .n = 20 };

	m.b[15] = 7;
	m.b[19] = 8;
	return m;
}

static struct built *closed(struct built *m)
{
	m->b[2] = (uint8_t)(m->n >> 8);
	m->b[3] = (uint8_t)m->n;
	return m;
}

static bool reads(struct built *m) { return seen_read(s, diameter, 132, closed(m)->b, m->n, false); }

static bool says(const char *want)
{
	if (strstr(s->text, want))
		return true;
	printf("# not in: %s", s->text);
	return false;
}

static struct built update(const char *session)
{
	struct built m = opened(0xc0, 316);

	avp(&m, 263, session);
	avp(&m, 264, "mme.example.net");
	avp(&m, 296, "example.net");
	avp(&m, 1, "001017315928647");
	return m;
}

static void a_request_reads_with_its_names(void)
{
	struct built m = update("mme;1;2");

	EXPECT(reads(&m) && s->facts == 1 && s->outcome[0] == OUT_OK);
	EXPECT(says("\"diameter.cmd.code\":316,\"diameter.applicationId\":16777251,\"diameter.flags.request\":true,\"diameter.flags.error\":false,"
		"\"diameter.hopbyhopid\":7,\"diameter.endtoendid\":8,\"diameter.Session-Id\":\"mme;1;2\",\"diameter.Origin-Host\":\"mme.example.net\","
		"\"diameter.Origin-Realm\":\"example.net\""));
}

static void an_identity_in_a_session_id_does_not_leave(void)
{
	static const char *const with[] = { "mme;1;IMSI001017315928647", "mme;001017315928647;2", "mme;4915127384956", "a12345678901", "mme;001017315928647001017315928647",
		"mme;1793606400000001017315928647", "x-imsi-001017315928647-y" };
	static const char *const without[] = { "mme;4294967295;4294967295", "mme;4319053215662086592;1", "mme;16964768511573537494;2736700858;cd747ba0", "mme;1234567890" };
	struct built m;

	for (size_t i = 0; i < sizeof(with) / sizeof(with[0]); i++) {
		m = update(with[i]);
		EXPECT(reads(&m) && s->outcome[0] == OUT_OK);
		EXPECT(!strstr(s->text, "7315928647") && !strstr(s->text, "4915127384956") && !strstr(s->text, "12345678901"));
	}
	for (size_t i = 0; i < sizeof(without) / sizeof(without[0]); i++) {
		m = update(without[i]);
		EXPECT(reads(&m) && says(without[i]));
	}
	m = opened(0xc0, 272);			/* short, and the message says whose it is */
	avp(&m, 263, "pgw;4930901820;1");
	avp(&m, 31, "+4930901820");
	EXPECT(reads(&m) && !strstr(s->text, "4930901820"));
}

/* Lengths from nothing to more than there is, of every AVP that has a row and of some that have none. */
static void each_length_of_each_avp_is_survived(void)
{
	const struct ie_def *d;

	for (unsigned i = 0; (d = diameter_row(i)) != NULL; i++)
		for (unsigned vendor = 0; vendor < 3; vendor++)
			for (unsigned len = 0; len < 48; len++) {
				struct built m = opened(0x80, 272);
				uint8_t head[12] = { 0, 0, (uint8_t)(d->type >> 8), (uint8_t)d->type, vendor ? 0x80 : 0, 0, 0, (uint8_t)len, 0, 0, vendor == 1 ? 0x28 : 7,
					vendor == 1 ? 0xaf : 0xdb };
				size_t at;

				avp(&m, 263, "x;1;1");
				at = m.n;
				memcpy(m.b + m.n, head, 12);
				m.n += 12;
				for (; m.n - at < 40; m.n++)
					m.b[m.n] = (uint8_t)(m.n * 37);
				EXPECT(reads(&m) && s->facts == 1);
				EXPECT(len >= (vendor ? 12u : 8u) || s->outcome[0] == OUT_VALUE);
			}
}

static void groups_are_followed_and_not_for_ever(void)
{
	struct built m = opened(0x80, 272);
	size_t at[40];

	avp(&m, 263, "x;1;1");
	for (unsigned i = 0; i < 40; i++) {
		at[i] = m.n;
		octets(&m, "000001c8 40000000");
	}
	octets(&m, "0000010c 4000000c 000007d1");
	for (unsigned i = 40; i--; )
		m.b[at[i] + 7] = (uint8_t)(m.n - at[i]), m.b[at[i] + 6] = (uint8_t)((m.n - at[i]) >> 8);
	EXPECT(reads(&m) && s->facts == 1 && s->outcome[0] == OUT_LIMIT);
}

static void more_avps_than_a_fact_holds_are_a_limit(void)
{
	static struct built m;

	m = opened(0x80, 272);
	avp(&m, 263, "x;1;1");
	while (m.n < 20000)
		octets(&m, "00000bb8 40000008");
	EXPECT(reads(&m) && s->facts == 1 && s->outcome[0] == OUT_OK);
	while (m.n < 40000)
		octets(&m, "00000bb8 40000008");
	EXPECT(reads(&m) && s->facts == 1 && s->outcome[0] == OUT_LIMIT);
}

static void keys_are_said_to_be_there_and_no_more(void)
{
	struct built m = opened(0x40, 318);

	avp(&m, 263, "x;1;1");
	octets(&m, "00000585 c0000030 000028af" "00000586 c0000024 000028af" "000005aa c0000016 000028af c0ffeec0ffeec0ffee01 0000");
	EXPECT(reads(&m) && says("\"ies\":[{\"id\":1413,\"ies\":[{\"id\":1414,\"fw.key_present\":true}]}]") && !strstr(s->text, "c0ffee"));
}

static void codes_are_each_vendors_own(void)
{
	struct built m = opened(0x80, 272);

	avp(&m, 263, "x;1;1");
	octets(&m, "00000108 80000014 000007db 6e6f742061206e616d6500 00");	/* vendor 2011's 264 is no Origin-Host */
	EXPECT(reads(&m) && !strstr(s->text, "Origin-Host") && says("\"fw.diameter.avp_vendor\":2011") && says("\"skipped\":[264]"));
}

static void every_prefix_blames_the_right_side(void)
{
	struct built m = update("mme;1;2");
	bool seen_cut = false;

	(void)closed(&m);
	EXPECT(prefixes_blamed(s, diameter, m.b, m.n, &seen_cut) && seen_cut);
	every_octet_changed(s, diameter, m.b, m.n);
}

static bool begins(const struct built *m)
{
	const struct opening o = { m->b, (uint32_t)m->n, (uint32_t)m->n, NULL };

	return diameter->begins(&o);
}

static void only_a_sure_message_is_found_on_any_port(void)
{
	struct built m = update("mme;1;2"), x;

	EXPECT(begins(closed(&m)));
	for (size_t n = 0; n < 28; n++) {
		x = m;
		x.n = n;
		EXPECT(!begins(&x));
	}
	x = m, x.b[0] = 2;
	EXPECT(!begins(&x));
	x = m, x.b[3] |= 1;
	EXPECT(!begins(&x));
	x = m, x.b[4] = 0xa0;			/* a request that is an error */
	EXPECT(!begins(&x));
	x = m, x.b[4] = 0x81;
	EXPECT(!begins(&x));
	x = m, x.b[23] = 5;			/* no AVP that a message begins with */
	EXPECT(!begins(&x));
	x = m, x.b[24] = 0x41;
	EXPECT(!begins(&x));
	x = m, x.b[30] = 0x07;
	EXPECT(!begins(&x));
	x = (struct built){ .b = { 1 }, .n = 200 };
	EXPECT(!begins(&x));
}

int main(void)
{
	s = seen_new();
	diameter = proto_find("diameter");
	TEST(a_request_reads_with_its_names);
	TEST(an_identity_in_a_session_id_does_not_leave);
	TEST(each_length_of_each_avp_is_survived);
	TEST(groups_are_followed_and_not_for_ever);
	TEST(more_avps_than_a_fact_holds_are_a_limit);
	TEST(keys_are_said_to_be_there_and_no_more);
	TEST(codes_are_each_vendors_own);
	TEST(every_prefix_blames_the_right_side);
	TEST(only_a_sure_message_is_found_on_any_port);
	seen_free(s);
	return tap_end();
}
