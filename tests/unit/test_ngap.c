/* NGAP: built messages, and what must hold for each of their octets. */
#include "layers.h"
#include "tap.h"

#include "ngap_rows.h"

/* ---- messages as hex, an element a line ---- */

static const char ng_setup_request[] =
	"00150035000004"	/* NGAP-PDU, 4 elements */
	"001b00080000f11010000102"	/* 27 global RAN node id: gNB 000102, 24 bits, of 001/01 */
	"0052000903006e6f7274682d31"	/* 82 RAN node name */
	"0066001000000000010000f11000001008010203"	/* 102 supported TAs: 000001, one PLMN, one slice */
	"0015400140";	/* 21 default paging DRX */

static const char ng_setup_response[] =
	"2015002b000004"	/* NGAP-PDU, 4 elements */
	"000100070200616d662d31"	/* 1 AMF name */
	"00600008000000f110020040"	/* 96 served GUAMIs */
	"00564001ff"	/* 86 relative capacity */
	"005000080000f11000000008";	/* 80 PLMN support */

static const char initial_ue_message[] =
	"000f0039000006"	/* NGAP-PDU, 6 elements */
	"005500020001"	/* 85 RAN UE id 1 */
	"00260004037e0043"	/* 38 NAS */
	"0079000f4000f110000010001000f110000001"	/* 121 location: NR cell and TAI */
	"005a400118"	/* 90 RRC establishment cause 3 */
	"001a0007001000c0000001"	/* 26 5G-S-TMSI */
	"0070400100";	/* 112 UE context request */

static const char session_setup_request[] =
	"001d0040000003"	/* NGAP-PDU, 3 elements */
	"000a0006800200000000"	/* 10 AMF UE id 2^33 */
	"005500020001"	/* 85 RAN UE id */
	"004a0029004005037e005e40200102031c000003008b000a01f00a0003070000001f008600010000"	/* 74 one session: id 5, NAS, slice, */
	"8a00020800";	/* transfer with 139 (10.0.3.7, TEID 31), 134, 138 */

static const char session_setup_response[] =
	"201d0038000003"	/* NGAP-PDU, 3 elements */
	"000a0006800200000000"	/* 10 */
	"005500020001"	/* 85 */
	"004b00210000051d0013e00a00026520010db8000000000000000000000065000000650001";	/* 75 session 5: IPv4 and IPv6 end, TEID 101 */

static const char handover_required[] =
	"000c0055000007"	/* NGAP-PDU, 7 elements */
	"000a00020009"	/* 10 */
	"005500020002"	/* 85 */
	"001d000100"	/* 29 handover type: intra 5GS */
	"000f40020080"	/* 15 cause: radio network 2 */
	"0069000f0000f110100001020000f110000002"	/* 105 target: gNB 000102, TAC 000002 */
	"003d00050000050100"	/* 61 session 5 */
	"0065001b1a000201020000f1100000200020000000f110000010001000000a";	/* 101 container: target cell, one visited cell */

static const char path_switch_request[] =
	"00190036000004"	/* NGAP-PDU, 4 elements */
	"005500020003"	/* 85 */
	"006400020009"	/* 100 source AMF UE id 9 */
	"0079000f4000f110000010001000f110000001"	/* 121 */
	"004c00100000050c001f0a000266000000660002";	/* 76 session 5: 10.0.2.102, TEID 102 */

static const char ng_reset[] =
	"00140015000002"	/* NGAP-PDU, 2 elements */
	"000f40020000"	/* 15 cause: radio network 0 */
	"005800084002600700034008";	/* 88 part of the interface: (7, 3), (8, -) */

static const char error_indication[] =
	"0009000a000001"	/* NGAP-PDU, 1 elements */
	"00130003602e00";	/* 19 criticality diagnostics: procedure 46, initiating */

struct sample { const char *name, *hex; };
static const struct sample samples[] = {
	{ "NG setup request", ng_setup_request }, { "NG setup response", ng_setup_response }, { "initial UE message", initial_ue_message },
	{ "session setup request", session_setup_request }, { "session setup response", session_setup_response },
	{ "handover required", handover_required }, { "path switch request", path_switch_request }, { "NG reset", ng_reset },
	{ "error indication", error_indication },
};
enum { SAMPLES = sizeof(samples) / sizeof(samples[0]), ROOM = 512, ITEMS = 2048, FACTS = 8 };

static size_t unhex(const char *s, uint8_t out[ROOM])
{
	size_t n = 0;

	for (; s[0] && s[1]; s += 2) {
		char two[3] = { s[0], s[1], 0 };

		out[n++] = (uint8_t)strtoul(two, NULL, 16);
	}
	return n;
}

/* ---- one layers for all tests; the facts of the last message ---- */

static struct layers *layers;
static struct { uint8_t kind, outcome; uint64_t in; struct item item[ITEMS]; uint32_t n; } got[FACTS];
static unsigned ngot;
static uint8_t values[1 << 14];
static size_t nvalues;

static void on_fact(void *ctx, const struct fact *f)
{
	(void)ctx;
	if (ngot == FACTS || f->nitem > ITEMS)
		return;
	got[ngot].kind = f->kind;
	got[ngot].outcome = f->outcome;
	got[ngot].in = f->in;
	got[ngot].n = f->nitem;
	memcpy(got[ngot].item, f->item, f->nitem * sizeof(struct item));
	for (uint32_t i = 0; i < f->nitem; i++) {	/* what they point to dies with the batch */
		struct item *x = &got[ngot].item[i];

		if (x->type < ITEM_ADDR || x->type > ITEM_TEXT || nvalues + x->len > sizeof(values))
			continue;
		memcpy(values + nvalues, x->v.p, x->len);
		x->v.p = values + nvalues;
		nvalues += x->len;
	}
	ngot++;
}

static bool read_octets(const uint8_t *p, size_t n, bool cut)
{
	static const struct pkt k = { .no = 1, .fam = 4, .proto = 132, .sport = 9487, .dport = 38412, .src = { { 10, 0, 2, 101 }, 4 },
		.dst = { { 10, 0, 9, 1 }, 4 } };
	struct msg m = { .pkt = &k, .cur = cur_make(p, n, cut), .len = (uint32_t)n, .assoc = 1, .to_server = true };
	bool is;

	ngot = 0;
	nvalues = 0;
	is = layers_message(layers, proto_find("ngap"), &m);
	layers_batch_done(layers);
	return is;
}

/* From an exact-size copy, so that one octet too many shows. */
static bool read_copy(const uint8_t *p, size_t n, bool cut)
{
	uint8_t *b = malloc(n ? n : 1);
	bool is;

	memcpy(b, p, n);
	is = read_octets(b, n, cut);
	free(b);
	return is;
}

static struct span all(void)
{
	return (struct span){ got[0].item, got[0].item + got[0].n };
}

static uint32_t count(enum fact_key k)
{
	uint32_t c = 0;

	for (uint32_t i = 0; i < got[0].n; i++)
		c += got[0].item[i].key == k;
	return c;
}

static bool octets(const struct item *i, const char *hex)
{
	uint8_t b[ROOM];

	return i && unhex(hex, b) == i->len && !memcmp(b, i->v.p, i->len);
}

/* ---- what is read ---- */

static bool read_sample(const char *hex)
{
	uint8_t b[ROOM];
	size_t n = unhex(hex, b);

	return read_copy(b, n, false) && ngot && got[0].outcome == OUT_OK;
}

static void every_sample_is_read_whole(void)
{
	for (unsigned i = 0; i < SAMPLES; i++)
		EXPECT(read_sample(samples[i].hex));
}

static void ng_setup_names_the_node_its_areas_and_slices(void)
{
	struct span top, ie, ta;

	EXPECT(read_sample(ng_setup_request));
	top = all();
	EXPECT(span_uint(top, KEY_NGAP_procedureCode, 0) == 21 && span_uint(top, KEY_NGAP_from_ran, 0));
	EXPECT(span_group(&top, 27, &ie, NULL) && octets(span_key(ie, KEY_NGAP_gNB_ID), "000102"));
	EXPECT(span_uint(ie, KEY_NGAP_gNB_ID_bits, 0) == 24 && octets(span_key(ie, KEY_NGAP_pLMNIdentity), "00f110"));
	EXPECT(span_group(&top, 82, &ie, NULL) && octets(span_key(ie, KEY_NGAP_RANNodeName), "6e6f7274682d31"));
	EXPECT(span_group(&top, 102, &ie, NULL) && span_group(&ie, ITEM_NO_ID, &ta, NULL) && octets(span_key(ta, KEY_NGAP_tAC), "000001"));
	EXPECT(count(KEY_NGAP_sD) == 1);
	EXPECT(read_sample(ng_setup_response));
	EXPECT(!span_uint(all(), KEY_NGAP_from_ran, 1) && octets(span_any(all(), KEY_NGAP_AMFName), "616d662d31"));
	EXPECT(octets(span_any(all(), KEY_NGAP_aMFSetID), "0040"));
}

static void a_session_item_holds_its_id_and_its_tunnel(void)
{
	struct span top, ie, item = { NULL, NULL };

	EXPECT(read_sample(session_setup_response));
	top = all();
	EXPECT(span_any(top, KEY_NGAP_AMF_UE_NGAP_ID)->v.u == (uint64_t)1 << 33);
	EXPECT(span_group(&top, 75, &ie, NULL) && span_group(&ie, ITEM_NO_ID, &item, NULL));
	EXPECT(span_uint(item, KEY_NGAP_pDUSessionID, 0) == 5 && octets(span_any(item, KEY_NGAP_gTP_TEID), "00000065"));
	EXPECT(octets(span_any(item, KEY_NGAP_TLA_IPv4), "0a000265"));
	EXPECT(octets(span_any(item, KEY_NGAP_TLA_IPv6), "20010db8000000000000000000000065"));
	EXPECT(read_sample(session_setup_request) && ngot == 2 && got[1].kind == FACT_NAS5GS);
	EXPECT(span_any(all(), KEY_NGAP_integrityProtectionIndication)->v.u == 2);
}

static void a_handover_container_is_read_when_the_type_says_so(void)
{
	uint8_t b[ROOM];
	size_t n = unhex(handover_required, b);

	EXPECT(read_copy(b, n, false) && count(KEY_NGAP_pLMNIdentity) == 4);
	for (size_t i = 0; i + 5 <= n; i++)
		if (b[i] == 0 && b[i + 1] == 29 && b[i + 3] == 1)
			b[i + 4] = 0x20;		/* 5GS to EPS: what the container holds is not NGAP */
	EXPECT(read_copy(b, n, false) && got[0].outcome == OUT_OK && count(KEY_NGAP_pLMNIdentity) == 2);
}

static void a_reset_lists_connections_with_one_id_or_two(void)
{
	EXPECT(read_sample(ng_reset));
	EXPECT(count(KEY_NGAP_AMF_UE_NGAP_ID) == 2 && count(KEY_NGAP_RAN_UE_NGAP_ID) == 1);
}

static void a_security_key_is_present_and_never_a_value(void)
{
	/* Initial context setup request: 94, 32 octets of key */
	static const char hex[] = "000e0028000001" "005e0020" "a1a2a3a4a5a6a7a8a1a2a3a4a5a6a7a8a1a2a3a4a5a6a7a8a1a2a3a4a5a6a7a8";
	char fixed[sizeof(hex)];

	memcpy(fixed, hex, sizeof(hex));
	fixed[7] = '7';				/* 39 octets */
	EXPECT(read_sample(fixed) && count(KEY_NGAP_key_present) == 1);
	for (uint32_t i = 0; i < got[0].n; i++)
		EXPECT(got[0].item[i].type != ITEM_OCTETS && got[0].item[i].type != ITEM_BITS);
}

/* ---- what is broken ---- */

static void every_prefix_blames_the_right_side(void)
{
	uint8_t b[ROOM];

	for (unsigned s = 0; s < SAMPLES; s++) {
		size_t n = unhex(samples[s].hex, b);

		for (size_t k = 0; k < n; k++) {
			EXPECT(read_copy(b, k, true) && got[0].outcome == OUT_CUT);
			EXPECT(read_copy(b, k, false) && got[0].outcome == OUT_SHORT);
		}
	}
}

static void every_single_octet_change_is_survived(void)
{
	uint8_t b[ROOM];
	unsigned refused = 0;

	for (unsigned s = 0; s < SAMPLES; s++) {
		size_t n = unhex(samples[s].hex, b);

		for (size_t k = 0; k < n; k++) {
			uint8_t was = b[k];

			for (unsigned x = 1; x < 256; x++) {
				b[k] = (uint8_t)(was ^ x);
				refused += !read_copy(b, n, false);
			}
			b[k] = was;
		}
	}
	EXPECT(refused > 0);			/* a choice or criticality that does not exist is no NGAP */
}

/* The message without its i-th element; 0: it has fewer. */
static size_t without(const uint8_t *b, unsigned i, uint8_t out[ROOM])
{
	size_t at = 7, n, k = 7;
	unsigned count_of = (unsigned)(b[5] << 8 | b[6]), len;

	if (i >= count_of)
		return 0;
	memcpy(out, b, 7);
	for (unsigned e = 0; e < count_of; e++) {
		n = 4u + b[at + 3];
		if (e != i) {
			memcpy(out + k, b + at, n);
			k += n;
		}
		at += n;
	}
	len = (unsigned)(k - 4);
	out[3] = (uint8_t)len;
	out[6] = (uint8_t)(count_of - 1);
	return k;
}

/* Mandatory elements that are missing ended AMFs and RAN nodes: a look-up that must succeed, an assertion. */
static void a_message_without_any_one_or_two_elements_is_read_CVE_2024_24426_CVE_2024_34235(void)
{
	uint8_t b[ROOM], one[ROOM], two[ROOM];

	for (unsigned s = 0; s < SAMPLES; s++) {
		unsigned pairs = 0, elements;
		size_t n;

		(void)unhex(samples[s].hex, b);
		elements = b[6];
		for (unsigned i = 0; (n = without(b, i, one)); i++) {
			EXPECT(read_copy(one, n, false) && got[0].outcome == OUT_OK);
			for (unsigned k = i; (n = without(one, k, two)); k++, pairs++)
				EXPECT(read_copy(two, n, false) && got[0].outcome == OUT_OK);
		}
		EXPECT(pairs == elements * (elements - 1) / 2);
	}
}

/* Messages that are not expected: any procedure code with any elements, as any of the three kinds. */
static void any_procedure_with_any_elements_is_read_CVE_2024_24442_CVE_2024_24445(void)
{
	uint8_t b[ROOM];

	for (unsigned s = 0; s < SAMPLES; s++) {
		size_t n = unhex(samples[s].hex, b);

		for (unsigned code = 0; code < 256; code++)
			for (unsigned pdu = 0; pdu < 3; pdu++) {
				b[0] = (uint8_t)(pdu << 5);
				b[1] = (uint8_t)code;
				EXPECT(read_copy(b, n, false) && ngot && got[0].kind == FACT_NGAP && got[0].outcome != OUT_SHORT && got[0].outcome != OUT_LIMIT);
				EXPECT(span_uint(all(), KEY_NGAP_procedureCode, 999) == code && span_uint(all(), KEY_NGAP_pdu, 9) == pdu);
			}
		b[0] = 3 << 5;			/* there is no fourth kind */
		EXPECT(!read_copy(b, n, false) && !ngot);
	}
}

/* PDU Session Resource Setup Response: AMF and RAN UE ids, then element 75 of so many octets. */
static size_t response_with_list(const uint8_t *list, size_t n, uint8_t *out)
{
	static const char ids[] = "000003" "000a00020009" "005500020001" "004b00";
	size_t k = 0, all = 3 + 6 + 6 + 3 + 2 + n;

	out[k++] = 0x20;
	out[k++] = 29;
	out[k++] = 0;
	out[k++] = (uint8_t)(0x80 | all >> 8);
	out[k++] = (uint8_t)all;
	k += unhex(ids, out + k);
	out[k++] = (uint8_t)(0x80 | n >> 8);
	out[k++] = (uint8_t)n;
	memcpy(out + k, list, n);
	return k + n;
}

/* Lists whose count is not what is behind it: empty ones were read as if they held something, long ones copied into too little. */
static void a_list_may_be_empty_full_or_lie_CVE_2024_24447_CVE_2024_24450_CVE_2024_24443(void)
{
	enum { MOST = 256 };			/* maxnoofPDUSessions: the count takes an octet */
	static uint8_t list[1 + 8 * (MOST + 1)], out[sizeof(list) + 64];
	static const unsigned have[] = { 0, 1, 2, 255, MOST, MOST + 1 }, says[] = { 1, 2, 255, MOST };

	for (unsigned h = 0; h < sizeof(have) / sizeof(have[0]); h++)
		for (unsigned c = 0; c < sizeof(says) / sizeof(says[0]); c++) {
			size_t n = 1;
			uint32_t items = have[h] < says[c] ? have[h] : says[c];

			list[0] = (uint8_t)(says[c] - 1);
			for (unsigned i = 0; i < have[h]; i++) {	/* no extensions; a session id; its transfer, of one octet that is cut short */
				list[n++] = 0;
				list[n++] = (uint8_t)i;
				list[n++] = 1;
				list[n++] = 0;
			}
			n = response_with_list(list, n, out);
			EXPECT(read_copy(out, n, false) && ngot == 1 && got[0].outcome != OUT_OK && count(KEY_NGAP_AMF_UE_NGAP_ID) == 1 && count(KEY_NGAP_RAN_UE_NGAP_ID) == 1);
			EXPECT(count(KEY_NGAP_pDUSessionID) == items || got[0].outcome == OUT_LIMIT);
		}
	EXPECT(read_copy(out, response_with_list(list, 0, out), false) && got[0].outcome == OUT_SHORT && count(KEY_NGAP_RAN_UE_NGAP_ID) == 1);	/* no count at all */
}

static void an_unknown_procedure_or_element_is_counted_not_refused(void)
{
	EXPECT(read_sample("00fa000900000103e7400201ff"));	/* procedure 250, element 999 */
	EXPECT(got[0].item[got[0].n - 1].type == ITEM_SKIP && got[0].item[got[0].n - 1].v.u == 999);
}

static void what_is_no_ngap_gives_nothing(void)
{
	static const uint8_t http[] = "GET / HTTP/1.1";

	EXPECT(!read_copy(http, sizeof(http), false) && !ngot);
}

static void trouble_inside_one_element_leaves_the_others(void)
{
	uint8_t b[ROOM];
	size_t n = unhex(handover_required, b);

	for (size_t i = 0; i + 5 <= n; i++)
		if (b[i] == 0 && b[i + 1] == 15 && b[i + 2] == 0x40)
			b[i + 4] = 0xe0;		/* element 15: a choice of which there is none */
	EXPECT(read_copy(b, n, false) && got[0].outcome == OUT_VALUE);
	EXPECT(!count(KEY_NGAP_radioNetwork) && count(KEY_NGAP_handoverType) == 1 && count(KEY_NGAP_pDUSessionID) == 1);
}

/* ---- rows ---- */

static void rows_stand_at_their_id_have_a_name_and_a_clause(void)
{
	const struct per_ie_table *const tables[] = { &ngap_sessions, &ngap_nodes, &ngap_ue, &ngap_areas };
	static bool seen[65536];
	const struct proto *p = proto_find("ngap");
	struct cover_row row;
	unsigned procedures = 0, i;

	for (unsigned t = 0; t < 4; t++)
		for (i = 0; i < tables[t]->n; i++) {
			const struct per_ie *e = &tables[t]->row[i];

			if (!e->t)
				continue;
			EXPECT(e->id == i && !seen[i] && e->name[0] && e->spec[0] == '9');
			seen[e->id] = true;
		}
	for (i = 0; p->cover(i, &row); i++) {
		EXPECT(row.name && row.name[0] && row.spec && row.spec[0]);
		procedures += !strcmp(row.what, "procedure");
	}
	EXPECT(procedures == 81);
}

int main(void)
{
	struct layers_config cfg = { .emit = on_fact, .hash = { { 1, 3, 5, 7 } } };

	if (layers_new(&layers, &cfg))
		return 99;
	TEST(every_sample_is_read_whole);
	TEST(ng_setup_names_the_node_its_areas_and_slices);
	TEST(a_session_item_holds_its_id_and_its_tunnel);
	TEST(a_handover_container_is_read_when_the_type_says_so);
	TEST(a_reset_lists_connections_with_one_id_or_two);
	TEST(a_security_key_is_present_and_never_a_value);
	TEST(every_prefix_blames_the_right_side);
	TEST(every_single_octet_change_is_survived);
	TEST(a_message_without_any_one_or_two_elements_is_read_CVE_2024_24426_CVE_2024_34235);
	TEST(any_procedure_with_any_elements_is_read_CVE_2024_24442_CVE_2024_24445);
	TEST(a_list_may_be_empty_full_or_lie_CVE_2024_24447_CVE_2024_24450_CVE_2024_24443);
	TEST(an_unknown_procedure_or_element_is_counted_not_refused);
	TEST(what_is_no_ngap_gives_nothing);
	TEST(trouble_inside_one_element_leaves_the_others);
	TEST(rows_stand_at_their_id_have_a_name_and_a_clause);
	layers_free(layers);
	return tap_end();
}
