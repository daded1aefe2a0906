/* PFCP and the walker of information elements. */
#include "pfcp.h"
#include "seen.h"
#include "state.h"
#include "tap.h"

static struct seen *s;
static const struct proto *pfcp;

/* A message: type, SEID when it has one, elements as hex; the length is filled in. */
static struct built message(uint8_t flags, uint8_t type, const char *body)
{
	struct built m = { .n = 4 };

	m.b[0] = flags;
	m.b[1] = type;
	if (flags & 1)
		octets(&m, "0000000000000005");
	octets(&m, "00000900");
	octets(&m, body);
	m.b[2] = (uint8_t)((m.n - 4) >> 8);
	m.b[3] = (uint8_t)(m.n - 4);
	return m;
}

static bool reads(struct built m)
{
	return seen_read(s, pfcp, 17, m.b, m.n, false);
}

static bool says(const char *want)
{
	if (strstr(s->text, want))
		return true;
	printf("# not in: %s", s->text);
	return false;
}

static const char establishment[] =
	"003c0005 000a000001"			/* Node ID 10.0.0.1 */
	"0039000d 02 0000000000000007 0a000001"	/* F-SEID 7, 10.0.0.1 */
	"00010028"				/* Create PDR */
	"00380002 0001"				/*  PDR ID 1 */
	"001d0004 000000ff"			/*  Precedence: no row */
	"0002000e 00140001 00 00150005 04 00000000"	/*  PDI: from access, F-TEID to be chosen (octets behind are spare) */
	"006c0004 80000001"			/*  FAR ID 1, predefined */
	"00030040"				/* Create FAR */
	"006c0004 00000001"			/*  FAR ID 1 */
	"002c0002 1200"				/*  Apply Action FORW DUPL */
	"00040017 002a0001 00 0054000a 0100 00000065 0a000002 00160000"	/*  Forwarding Parameters: to access, GTP-U 10.0.0.2 101, network instance taken away */
	"00050013 002a0001 04 0054000a 0100 00000066 0a000063"	/*  Duplicating Parameters: to LI, 10.0.0.99 102 */
	"800100040009abcd"			/* a vendor's */
	"03e70003 010203";			/* unknown */

static struct built established(void)
{
	return message(0x21, 50, establishment);
}

static void rows_stand_at_their_type_and_carry_their_clause(void)
{
	for (unsigned i = 0; i < pfcp_ies.n; i++) {
		const struct ie_def *d = &pfcp_ies.row[i];

		if (!d->name)
			continue;
		EXPECT(d->type == i);
		EXPECT(*d->name && !strncmp(d->spec, "TS 29.244 ", 10) && d->spec[10] >= '7' && d->spec[10] <= '8');
		EXPECT(d->kind != IE_UINT || (d->len >= 1 && d->len <= 8 && d->key && fact_key_type((enum fact_key)d->key) == ITEM_UINT));
		EXPECT((d->kind == IE_HOOK || d->kind == IE_OBJECT) == (d->hook != NULL));
		EXPECT((d->kind == IE_BITS) == (d->bits != NULL));
		EXPECT(ie_find(&pfcp_ies, d->type) == d);
	}
	EXPECT(!ie_find(&pfcp_ies, 999));
}

static void a_session_reads_as_the_tree_it_is(void)
{
	EXPECT(reads(established()) && s->facts == 1 && s->outcome[0] == OUT_OK);
	EXPECT(says("\"pfcp.msg_type\":50,\"pfcp.seid\":5,\"pfcp.seqno\":9,\"pfcp.node_id_ipv4\":\"10.0.0.1\",\"pfcp.enterprise_id\":9,"
		"\"ies\":[{\"id\":57,\"pfcp.seid\":7,\"pfcp.f_seid.ipv4\":\"10.0.0.1\"},"
		"{\"id\":1,\"pfcp.pdr_id\":1,\"pfcp.far_id\":1,\"ies\":[{\"id\":2,\"pfcp.source_interface\":0,"
		"\"ies\":[{\"id\":21,\"pfcp.f_teid_flags.ch\":true}]}],\"skipped\":[29]},"
		"{\"id\":3,\"pfcp.far_id\":1,\"pfcp.apply_action.drop\":false,\"pfcp.apply_action.forw\":true,\"pfcp.apply_action.buff\":false,"
		"\"pfcp.apply_action.nocp\":false,\"pfcp.apply_action.dupl\":true,\"pfcp.apply_action.dfrt\":false,"
		"\"ies\":[{\"id\":4,\"pfcp.dst_interface\":0,\"ies\":[{\"id\":84,\"pfcp.outer_hdr_desc\":256,\"pfcp.outer_hdr_creation.teid\":101,"
		"\"pfcp.outer_hdr_creation.ipv4\":\"10.0.0.2\"}],\"skipped\":[22]},"
		"{\"id\":5,\"pfcp.dst_interface\":4,\"ies\":[{\"id\":84,\"pfcp.outer_hdr_desc\":256,\"pfcp.outer_hdr_creation.teid\":102,"
		"\"pfcp.outer_hdr_creation.ipv4\":\"10.0.0.99\"}]}]}],\"skipped\":[32769,999]}"));
}

static bool value(const char *element, const char *want)
{
	return reads(message(0x20, 6, element)) && s->outcome[0] == OUT_OK && says(want);
}

static bool trouble(const char *element, enum outcome o)
{
	return reads(message(0x20, 6, element)) && s->facts == 1 && s->outcome[0] == o;
}

static void node_ids_have_three_forms_and_names_two(void)
{
	EXPECT(value("003c0011 01 20010db8000000000000000000000001", "\"pfcp.node_id_ipv6\":\"2001:db8::1\""));
	EXPECT(value("003c0009 02 03757066 036f7267", "\"pfcp.node_id_fqdn\":\"upf.org\""));
	EXPECT(value("003c000a 02 03757066 036f7267 00", "\"pfcp.node_id_fqdn\":\"upf.org.\""));
	EXPECT(value("003c0008 02 7570662e6f7267", "\"pfcp.node_id_fqdn\":\"upf.org\""));		/* dotted, against the rule */
	EXPECT(value("003c0008 02 3567632e6f7267", "\"pfcp.node_id_fqdn\":\"5gc.org\""));		/* '5' is no length here */
	EXPECT(value("003c0007 02 057500706609", "\"pfcp.node_id_fqdn\":\"u\""));
	EXPECT(trouble("003c0001 02", OUT_SHORT));
	EXPECT(trouble("003c0002 03 01", OUT_VALUE));
}

static void values_follow_their_flags(void)
{
	EXPECT(value("00150009 01 0000001f 0a000003", "{\"id\":21,\"pfcp.f_teid_flags.ch\":false,\"pfcp.f_teid.teid\":31,\"pfcp.f_teid.ipv4_addr\":\"10.0.0.3\"}"));
	EXPECT(value("00150019 03 0000001f 0a000003 20010db8000000000000000000000001", "\"pfcp.f_teid.ipv6_addr\":\"2001:db8::1\""));
	EXPECT(value("00150002 0d 05", "\"pfcp.f_teid.choose_id\":\"05\""));
	EXPECT(value("005d0015 07 0a3c0001 20010db8000000000000000000000001", "{\"id\":93,\"pfcp.ue_ip_address_flag.sd\":true,"
		"\"pfcp.ue_ip_addr_ipv4\":\"10.60.0.1\",\"pfcp.ue_ip_addr_ipv6\":\"2001:db8::1\"}"));
	EXPECT(value("005d0001 10", "{\"id\":93,\"pfcp.ue_ip_address_flag.sd\":false}"));
	EXPECT(value("00540006 1000 0a000002", "{\"id\":84,\"pfcp.outer_hdr_desc\":4096,\"pfcp.outer_hdr_creation.ipv4\":\"10.0.0.2\"}"));
	EXPECT(value("0072000500 81000001", "{\"id\":114,\"pfcp.pdr_id\":33024}"));
	EXPECT(value("0072000501 81000001", "{\"id\":114,\"pfcp.far_id\":16777217}"));
	EXPECT(value("0067000b 0e 0a000002 0001 02 0001 78", "{\"id\":103,\"pfcp.node_id_ipv4\":\"10.0.0.2\",\"pfcp.dst_interface\":2"));
	EXPECT(value("0074000a 61 0a000003 0369 6e74 01", "\"pfcp.upiri.ipv4_addr\":\"10.0.0.3\""));
	EXPECT(value("00740003 40 03 00", "\"pfcp.source_interface\":3"));		/* what a later release adds stands behind it */
	EXPECT(value("01010004 01 000102", "\"pfcp.s_nssai_sst.sst\":\"01\",\"pfcp.s_nssai_sst.sd\":\"000102\""));
	EXPECT(trouble("0039000d 00 0000000000000007 0a000001", OUT_VALUE));	/* an F-SEID without an address */
	EXPECT(trouble("00150003 01 0000", OUT_SHORT));
}

static void trouble_in_an_element_ends_that_element_only(void)
{
	/* Create PDR whose second child lies past its end, then a Cause */
	EXPECT(reads(message(0x20, 6, "0001000b 00380002 0001 006c0004 00 00130001 01")));
	EXPECT(s->outcome[0] == OUT_SHORT && says("\"pfcp.cause\":1") && says("{\"id\":1,\"pfcp.pdr_id\":1}"));
	/* the last element lies past the message: what is before it stays */
	EXPECT(reads(message(0x20, 6, "00130001 01 00380009 0001")));
	EXPECT(s->outcome[0] == OUT_SHORT && says("\"pfcp.cause\":1") && !strstr(s->text, "pdr_id"));
	/* half a head at the end of a group */
	EXPECT(reads(message(0x20, 6, "00010008 00380002 0001 006c 00130001 01")));
	EXPECT(s->outcome[0] == OUT_SHORT && says("\"pfcp.cause\":1") && says("\"pfcp.pdr_id\":1"));
}

static void each_bundled_message_is_a_fact(void)
{
	struct built a = message(0x24, 1, "00600004 e0000001"), b = message(0x20, 2, "00600004 e0000002");

	memcpy(a.b + a.n, b.b, b.n);
	a.n += b.n;
	EXPECT(reads(a) && s->facts == 2 && s->outcome[0] == OUT_OK && s->outcome[1] == OUT_OK);
	EXPECT(says("\"off\":0,\"len\":16") && says("\"off\":16,\"len\":16"));
	EXPECT(reads(message(0x24, 1, "00600004 e0000001")) && s->facts == 1 && s->outcome[0] == OUT_VALUE);	/* announced, not there */
	a = message(0x20, 1, "00600004 e0000001");
	a.b[a.n++] = 0;				/* padding is no message */
	EXPECT(reads(a) && s->facts == 1 && s->outcome[0] == OUT_OK);
}

static void another_version_or_type_is_said_so(void)
{
	EXPECT(reads(message(0x40, 1, "00600004 e0000001")) && s->outcome[0] == OUT_VALUE);
	EXPECT(reads(message(0x20, 40, "00600004 e0000001")) && s->outcome[0] == OUT_UNKNOWN);
}

static void what_only_uses_the_port_is_not_pfcp(void)
{
	static const uint8_t dns[] = "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x03www\x03org\x00\x00\x01\x00\x01";
	uint64_t x = 1;
	unsigned taken = 0;

	EXPECT(!seen_read(s, pfcp, 17, dns, sizeof(dns) - 1, false) && !s->facts);
	EXPECT(!seen_read(s, pfcp, 17, (const uint8_t *)"GET / HTTP/1.1\r\n\r\n", 18, false));
	for (int i = 0; i < 300000; i++) {
		uint8_t b[64];
		size_t n = next_random(&x) % sizeof(b);

		for (size_t k = 0; k < n; k++)
			b[k] = (uint8_t)next_random(&x);
		taken += seen_read(s, pfcp, 17, b, n, false);
	}
	printf("# %u of 300000 random packets taken\n", taken);
	EXPECT(taken <= 3);
}

static void every_prefix_blames_the_right_side(void)
{
	struct built m = established();
	bool cut = false;

	EXPECT(prefixes_blamed(s, pfcp, m.b, m.n, &cut));
	EXPECT(cut);
	EXPECT(seen_read(s, pfcp, 17, m.b, m.n - 3, true) && says("\"pfcp.outer_hdr_creation.teid\":102"));
}

static void no_changed_octet_does_harm(void)
{
	struct built m = established();

	every_octet_changed(s, pfcp, m.b, m.n);
	m = message(0x20, 6, "0067000b 0e 0a000002 0001 02 0001 78 0074000a 61 0a000003 0369 6e74 01 00260008 04 0001 78 0003 3a3a31 003c0009 02 03757066 036f7267");
	every_octet_changed(s, pfcp, m.b, m.n);
}

/* Elements of the top level taken out one after the other: the rest reads as it did. */
static void every_element_can_be_missing(void)
{
	struct built m = established();

	for (size_t at = 16; at < m.n; ) {
		struct built less = m;
		size_t len = 4 + (size_t)(m.b[at + 2] << 8 | m.b[at + 3]);

		memmove(less.b + at, less.b + at + len, m.n - at - len);
		less.n -= len;
		less.b[2] = (uint8_t)((less.n - 4) >> 8);
		less.b[3] = (uint8_t)(less.n - 4);
		EXPECT(reads(less) && s->facts == 1 && s->outcome[0] == OUT_OK);
		at += len;
	}
}

static void nesting_has_an_end_CVE_2017_9616(void)
{
	struct built m = { .n = 8 };
	unsigned depth = 900;

	memcpy(m.b, "\x20\x06\x00\x00\x00\x00\x01\x00", 8);
	for (unsigned i = depth; i; i--) {
		memcpy(m.b + m.n, "\x00\x01", 2);
		m.b[m.n + 2] = (uint8_t)((i - 1) * 4 >> 8);
		m.b[m.n + 3] = (uint8_t)((i - 1) * 4);
		m.n += 4;
	}
	m.b[2] = (uint8_t)((m.n - 4) >> 8);
	m.b[3] = (uint8_t)(m.n - 4);
	EXPECT(reads(m) && s->facts == 1 && s->outcome[0] == OUT_LIMIT);
}

/* ---- what broke other nodes: lengths that were trusted, elements of no length, elements that come again and again ---- */

static void head_of(struct built *m, unsigned type, size_t len)
{
	const uint8_t head[4] = { (uint8_t)(type >> 8), (uint8_t)type, (uint8_t)(len >> 8), (uint8_t)len };

	memcpy(m->b + m->n, head, 4);
	m->n += 4;
}

static struct built begun(void)
{
	return (struct built){ .b = { 0x20, 6, 0, 0, 0, 0, 1, 0 }, .n = 8 };
}

static bool reads_all(struct built *m)
{
	m->b[2] = (uint8_t)((m->n - 4) >> 8);
	m->b[3] = (uint8_t)(m->n - 4);
	return seen_read(s, pfcp, 17, m->b, m->n, false) && s->facts == 1;
}

static unsigned nth_type(unsigned i)
{
	static const unsigned unknown[] = { 999, 0x7fff, 0x8000, 0x8001, 0xffff };

	return i < pfcp_ies.n + 8 ? i : unknown[i - pfcp_ies.n - 8];
}
enum { TYPES_MORE = 8 + 5, CAUSE = 19 };

/* An element of n octets that says it has n + lie, then a Cause. */
static struct built element_that_lies(unsigned type, unsigned n, int lie, unsigned fill)
{
	struct built m = begun();

	head_of(&m, type, (size_t)((int)n + lie));
	for (unsigned k = 0; k < n; k++)
		m.b[m.n++] = (uint8_t)(fill ? k * 37 + fill : 0);
	head_of(&m, CAUSE, 1);
	m.b[m.n++] = 1;
	return m;
}

static void each_length_of_each_element_is_survived_CVE_2021_41794_CVE_2022_3354_CVE_2023_47345_CVE_2023_47347(void)
{
	static const unsigned fills[] = { 0, 1, 3, 0xff };
	unsigned found = 0;

	for (unsigned i = 0; i < pfcp_ies.n + TYPES_MORE; i++)
		for (unsigned n = 0; n < 30 && nth_type(i) != CAUSE; n++)
			for (unsigned f = 0; f < 4; f++) {
				struct built m = element_that_lies(nth_type(i), n, 0, fills[f]);

				EXPECT(reads_all(&m) && strstr(s->text, "\"pfcp.cause\":1"));	/* wherever its value ends, the next is read */
				EXPECT(n || s->outcome[0] == OUT_OK);		/* one of no length has no value */
				found += s->outcome[0] == OUT_SHORT;
				m = element_that_lies(nth_type(i), n, 6, fills[f]);	/* it takes the Cause, and one octet that is not there */
				EXPECT(reads_all(&m) && s->outcome[0] == OUT_SHORT && !strstr(s->text, "pfcp.cause"));
			}
	EXPECT(found > 1000);
}

static void each_length_inside_each_group_is_survived_CVE_2026_1682_CVE_2026_1683_CVE_2026_26024(void)
{
	for (unsigned g = 0; g < pfcp_ies.n; g++) {
		if (!pfcp_ies.row[g].name || pfcp_ies.row[g].kind != IE_GROUP)
			continue;
		for (unsigned i = 0; i < pfcp_ies.n + TYPES_MORE; i++)
			for (unsigned n = 0; n < 8 && nth_type(i) != CAUSE; n += 1 + n / 2)
				for (int lie = -1; lie <= 1; lie++) {
					struct built m = begun();

					if (!n && lie < 0)
						continue;
					head_of(&m, g, 4 + n);
					head_of(&m, nth_type(i), (size_t)((int)n + lie));
					for (unsigned k = 0; k < n; k++)
						m.b[m.n++] = (uint8_t)(k + n);
					head_of(&m, CAUSE, 1);
					m.b[m.n++] = 1;
					EXPECT(reads_all(&m) && strstr(s->text, "\"pfcp.cause\":1"));
					EXPECT(lie != 1 || s->outcome[0] == OUT_SHORT);
				}
	}
}

/* Elements without number: what is kept of a message, and the memory that it takes, has an end. */
static void an_element_that_comes_again_and_again_has_a_limit_CVE_2022_43221_CVE_2022_43222_CVE_2020_9431(void)
{
	struct arena *mem = &s->l->mem;
	static struct built m;

	for (unsigned i = 0; i < pfcp_ies.n + TYPES_MORE; i++)
		for (unsigned n = 0; n < 12; n += 11) {
			unsigned most = 0;

			m = begun();
			while (m.n + 4 + n < sizeof(m.b)) {
				head_of(&m, nth_type(i), n);
				memset(m.b + m.n, 1, n);
				m.n += n;
				most++;
			}
			EXPECT(most > 2000 && reads_all(&m) && s->nitem <= FACT_ITEMS && mem->used == 0);
			EXPECT(s->outcome[0] != OUT_OK || s->nitem < FACT_ITEMS);
		}
	m = established();
	EXPECT(reads(m) && s->facts == 1 && s->outcome[0] == OUT_OK && says("\"pfcp.outer_hdr_creation.teid\":102"));
}

/* ---- the walker against a second, naive reader ---- */

struct trail { uint32_t at[4096]; unsigned n; bool trouble; };

enum { OPENED = 0x10000, CLOSED = 0x20000, PASSED = 0x30000 };

static void naive(const uint8_t *p, size_t n, struct trail *t)
{
	while (n) {
		unsigned type, len;
		const struct ie_def *d = NULL;

		if (n < 4) {
			t->trouble = true;
			return;
		}
		type = p[0] * 256u + p[1];
		len = p[2] * 256u + p[3];
		if (len > n - 4) {
			t->trouble = true;
			return;
		}
		for (unsigned i = 0; i < pfcp_ies.n; i++)
			if (pfcp_ies.row[i].name && pfcp_ies.row[i].type == type)
				d = &pfcp_ies.row[i];
		if (!d || !len) {
			t->at[t->n++] = PASSED | type;
		} else if (d->kind == IE_GROUP) {
			t->at[t->n++] = OPENED | type;
			naive(p + 4, len, t);
			t->at[t->n++] = CLOSED;
		} else if (d->kind == IE_OBJECT) {
			t->at[t->n++] = OPENED | type;
			t->at[t->n++] = CLOSED;
		}
		p += 4 + len;
		n -= 4 + len;
	}
}

/* Elements of random types: groups, counters (no row), causes; some lengths are lies. */
static void grow(uint64_t *x, struct built *m, unsigned depth)
{
	static const uint8_t groups[] = { 1, 2, 3, 4, 5, 102 };

	for (unsigned k = next_random(x) % 5; k && m->n + 16 < 800; k--) {
		unsigned what = next_random(x) % 4;
		size_t at = m->n, len;

		m->n += 4;
		m->b[at] = 0;
		m->b[at + 1] = 19;
		if (what < 2 && depth < 5) {
			m->b[at + 1] = groups[next_random(x) % sizeof(groups)];
			grow(x, m, depth + 1);
		} else if (what == 2) {
			m->b[at + 1] = 29;
			m->n += next_random(x) % 6;
		} else {
			m->b[m->n++] = 1;
		}
		len = m->n - at - 4;
		if (next_random(x) % 60 == 0)
			len += next_random(x) % 9 - 4;
		m->b[at + 2] = (uint8_t)(len >> 8);
		m->b[at + 3] = (uint8_t)len;
	}
}

static void the_walker_agrees_with_a_naive_reader(void)
{
	uint64_t x = 7;
	unsigned lies = 0, differ = 0;

	for (int round = 0; round < 20000; round++) {
		struct built m = { .n = 8 };
		struct trail a = { .n = 0 };
		unsigned n = 0;
		bool same = true;

		memcpy(m.b, "\x20\x06\x00\x00\x00\x00\x01\x00", 8);
		grow(&x, &m, 0);
		m.b[2] = (uint8_t)((m.n - 4) >> 8);
		m.b[3] = (uint8_t)(m.n - 4);
		naive(m.b + 8, m.n - 8, &a);
		if (!reads(m)) {
			differ++;
			continue;
		}
		for (uint32_t i = 0; i < s->nitem && same; i++) {
			const struct item *it = &s->item[i];
			uint32_t v = it->type == ITEM_OPEN ? OPENED | (uint32_t)it->v.u : it->type == ITEM_CLOSE ? CLOSED :
				it->type == ITEM_SKIP ? PASSED | (uint32_t)it->v.u : 0;

			if (v)
				same = n < a.n && a.at[n++] == v;
		}
		lies += a.trouble;
		differ += !same || n != a.n || (s->outcome[0] == OUT_OK) == a.trouble;
	}
	printf("# %u of 20000 messages lied about a length\n", lies);
	EXPECT(!differ && lies > 100);
}

static void what_is_understood_is_listed(void)
{
	struct cover_row r;
	unsigned n = 0, ies = 0;

	while (pfcp->cover(n, &r)) {
		EXPECT(r.name && *r.name && r.spec && *r.spec);
		n++;
	}
	while (ie_nth(&pfcp_ies, ies))
		ies++;
	EXPECT(ies > 100 && n == 25 + ies);
}

int main(void)
{
	s = seen_new();
	pfcp = proto_find("pfcp");
	TEST(rows_stand_at_their_type_and_carry_their_clause);
	TEST(a_session_reads_as_the_tree_it_is);
	TEST(node_ids_have_three_forms_and_names_two);
	TEST(values_follow_their_flags);
	TEST(trouble_in_an_element_ends_that_element_only);
	TEST(each_bundled_message_is_a_fact);
	TEST(another_version_or_type_is_said_so);
	TEST(what_only_uses_the_port_is_not_pfcp);
	TEST(every_prefix_blames_the_right_side);
	TEST(no_changed_octet_does_harm);
	TEST(every_element_can_be_missing);
	TEST(nesting_has_an_end_CVE_2017_9616);
	TEST(each_length_of_each_element_is_survived_CVE_2021_41794_CVE_2022_3354_CVE_2023_47345_CVE_2023_47347);
	TEST(each_length_inside_each_group_is_survived_CVE_2026_1682_CVE_2026_1683_CVE_2026_26024);
	TEST(an_element_that_comes_again_and_again_has_a_limit_CVE_2022_43221_CVE_2022_43222_CVE_2020_9431);
	TEST(the_walker_agrees_with_a_naive_reader);
	TEST(what_is_understood_is_listed);
	seen_free(s);
	return tap_end();
}
