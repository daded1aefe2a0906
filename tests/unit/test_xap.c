/* F1AP, E1AP, XnAP, X2AP: built messages, and what must hold for each of their octets. */
#include "seen.h"
#include "tap.h"

#define frame built_frame		/* the builder has a struct of that name too */
#include "build/xap.h"
#undef frame

enum { ROOM = 1 << 10 };
static const uint8_t secret[32] = { 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf, 0xb0, 0xb1, 0xb2, 0xb3,
	0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf, 0xc0 };

struct sample { const char *proto; struct buf b; const char *has[4]; };	/* has: what the fact says, in any order */
static struct sample sample[32];
static unsigned nsamples;

static void add(const char *proto, struct buf b, const char *one, const char *two, const char *three)
{
	sample[nsamples++] = (struct sample){ proto, b, { one, two, three, NULL } };
}

/* A flow's 5QI with the burst it may send at once: INTEGER (0..4095, ..., 4096..2000000), of which only the root is PER-visible. */
static void v_burst(struct per *p, unsigned octets)
{
	per_bits(p, 2, 4);		/* of a non-Dynamic-5QI, no marker */
	per_int_x(p, 82, 0, 255);
	per_int_x(p, octets, 0, 4095);
}

static struct buf e1_two_plmns(struct plmn one, struct plmn two)
{
	const struct plmn plmn[2] = { one, two };
	struct ngap_pdu m;
	struct per p = { 0 };

	ngap_begin(&m, NGAP_REQUEST, 3);
	per_int(&p, 2, 1, 12);
	for (unsigned i = 0; i < 2; i++) {
		per_seq(&p, 2, 4);	/* QoS-Parameters-Support-List */
		v_plmn(&p, plmn[i]);
		per_seq(&p, 2, 3);	/* NG-RAN-QoS-Support-List */
		per_int(&p, 1, 1, 256);
		per_bits(&p, 0, 1);
		v_burst(&p, 1000 * i);
	}
	ngap_ie(&m, 11, REJECT, per_end(&p));
	return ngap_end(&m);
}

static void build(void)
{
	const struct plmn home = plmn_of("00101");
	const struct ngap_cell cell = { home, 0x10, 7 }, lte = { home, 0x1234501, 2 };
	const struct f1_du du = { 0xfffffffff, "du", cell };
	const struct e1_up part = { 1, "up", home };
	const struct xap_ids ids = { 3, 0xffffffff }, small = { 3, 4095 };
	const struct ngap_gnb gnb = { home, 0x3abcde, 22, NULL, 7 };
	const struct ngap_amf amf = { home, "amf", 1, 1, 1 };
	const struct x2_enb macro = { home, 0x12345, 20, lte }, late = { home, 0x1abcde, 21, lte };
	struct ip six = ip_of("2001:db8::1"), core = ip_of("10.0.0.9");
	const struct ngap_tunnel both = { ip_of("10.0.3.1"), 0xdeadbeef, &six }, one = { ip_of("10.0.3.2"), 1, NULL };
	struct ngap_security k = { 1, { 0 } };
	const struct e1_security null = { 0, 0, secret };

	memcpy(k.key, secret, 32);
	add("f1ap", f1_setup_request(&du), "\"f1ap.GNB_DU_ID\":68719476735", "\"f1ap.fiveGS_TAC\":\"000007\"", "\"f1ap.GNB_DU_Name\":\"du\"");
	add("f1ap", f1_setup_response("cu", &cell), "\"f1ap.GNB_CU_Name\":\"cu\"", "\"f1ap.F1AP_PDU\":1", "\"fw.f1ap.from_cu\":true");
	add("f1ap", f1_setup_failure(), "\"f1ap.misc\":4", NULL, NULL);
	add("f1ap", f1_context_setup_request(&ids, &cell, &both), "\"f1ap.gTP_TEID\":\"deadbeef\"", "IPv4\":\"10.0.3.1\"", "IPv6\":\"2001:db8::1\"");
	add("f1ap", f1_context_setup_response(&ids, &one), "\"f1ap.gTP_TEID\":\"00000001\"", "\"f1ap.GNB_DU_UE_F1AP_ID\":4294967295", NULL);
	add("f1ap", f1_context_release(&ids, false), "\"f1ap.radioNetwork\":10", NULL, NULL);
	add("f1ap", f1_reset(&ids, 1), "\"f1ap.gNB_CU_UE_F1AP_ID\":3", NULL, NULL);
	add("f1ap", f1_rrc(&ids, true, buf_of("\1\2\3", 3)), "\"skipped\":[64,50]", "\"fw.f1ap.from_cu\":false", NULL);
	add("e1ap", e1_setup_request(&part), "\"e1ap.GNB_CU_UP_ID\":1", "\"e1ap.GNB_CU_UP_Name\":\"up\"", "\"e1ap.pLMN_Identity\":\"00f110\"");
	add("e1ap", e1_cp_setup_request("cp"), "\"e1ap.GNB_CU_CP_Name\":\"cp\"", "\"fw.e1ap.from_cp\":true", NULL);
	add("e1ap", e1_bearer_request(9, home, &null, &one), "\"e1ap.cipheringAlgorithm\":0,\"e1ap.integrityProtectionAlgorithm\":0",
		"\"fw.key_present\":[true,true]", "\"e1ap.integrityProtectionIndication\":0");
	add("e1ap", e1_bearer_response(&ids, &one, &both), "\"e1ap.gTP_TEID\":\"deadbeef\"", "\"e1ap.confidentialityProtectionResult\":0", NULL);
	add("e1ap", e1_two_plmns(home, plmn_of("99970")), "\"e1ap.pLMN_Identity\":\"00f110\"", "\"e1ap.pLMN_Identity\":\"99f907\"", NULL);
	add("xnap", xn_setup(&gnb, false), "\"xnap.gnb_ID\":\"eaf378\",\"xnap.gnb_ID.bits\":22", "\"xnap.tac\":\"000007\"", "\"skipped\":[4]");
	add("xnap", xn_handover_request(3, &cell, &amf, &core, &k, &one), "\"fw.key_present\":true", "\"xnap.nr_EncyptionAlgorithms\":\"e000\"",
		"IPv4\":\"10.0.0.9\"");
	add("xnap", xn_handover_ack(&ids, &both), "\"xnap.NG_RANnodeUEXnAPID\":4294967295", "\"xnap.gtp_teid\":\"deadbeef\"", NULL);
	add("xnap", xn_key(3, &k), "{\"id\":69,\"fw.key_present\":true}", NULL, NULL);
	add("x2ap", x2_setup(&macro, false), "\"x2ap.macro_eNB_ID\":\"123450\"", "\"x2ap.tAC\":\"0002\"", "\"x2ap.eUTRANcellIdentifier\":\"12345010\"");
	add("x2ap", x2_setup(&late, true), "\"x2ap.long_Macro_eNB_ID\":\"d5e6f0\"", NULL, NULL);
	add("x2ap", x2_endc_setup_response(&gnb, &cell), "\"x2ap.gNB_ID\":\"eaf378\",\"x2ap.gNB_ID.bits\":22", "\"x2ap.fiveGS_TAC\":\"000007\"", NULL);
	add("x2ap", x2_sgnb_request(3, &k, &macro, &one), "\"fw.key_present\":true", "\"x2ap.e_RAB_ID\":5", "\"x2ap.gTP_TEID\":\"00000001\"");
	add("x2ap", x2_sgnb_ack(&ids, &both), "\"x2ap.SgNB_UE_X2AP_ID\":4294967295", "IPv6\":\"2001:db8::1\"", NULL);
	add("x2ap", x2_handover_request(3, &macro, &k, &one), "\"x2ap.encryptionAlgorithms\":\"e000\"", "\"x2ap.radioNetwork\":0", NULL);
	add("x2ap", x2_handover_ack(&small, &one), "\"x2ap.UE_X2AP_ID\":4095", NULL, NULL);
}

static const struct proto *proto_of(const struct sample *s) { return proto_find(s->proto); }

static void every_sample_is_read_whole_and_says_what_it_should(void)
{
	struct seen *s = seen_new();

	for (unsigned i = 0; i < nsamples; i++) {
		const struct sample *x = &sample[i];

		EXPECT(seen_read(s, proto_of(x), 132, x->b.p, x->b.n, false) && s->facts == 1 && s->outcome[0] == OUT_OK);
		for (unsigned k = 0; x->has[k]; k++)
			if (!EXPECT(strstr(s->text, x->has[k])))
				printf("# %u: no %s in %s", i, x->has[k], s->text);
	}
	seen_free(s);
}

static void a_key_is_present_and_never_a_value(void)
{
	struct seen *s = seen_new();
	unsigned keys = 0;

	for (unsigned i = 0; i < nsamples; i++) {
		(void)seen_read(s, proto_of(&sample[i]), 132, sample[i].b.p, sample[i].b.n, false);
		keys += strstr(s->text, "fw.key_present") != NULL;
		EXPECT(!strstr(s->text, "a1a2a3a4") && !strstr(s->text, "adaeafb0"));
	}
	EXPECT(keys == 5);
	seen_free(s);
}

static void every_prefix_blames_the_right_side(void)
{
	struct seen *s = seen_new();
	bool cut = false;

	for (unsigned i = 0; i < nsamples; i++)
		EXPECT(prefixes_blamed(s, proto_of(&sample[i]), sample[i].b.p, sample[i].b.n, &cut));
	EXPECT(cut);
	seen_free(s);
}

static void every_octet_may_change(void)
{
	struct seen *s = seen_new();

	for (unsigned i = 0; i < nsamples; i++)
		every_octet_changed(s, proto_of(&sample[i]), sample[i].b.p, sample[i].b.n);
	seen_free(s);
}

static size_t length_at(const uint8_t *p, size_t *n)
{
	*n = p[0] & 0x80 ? (size_t)((p[0] & 0x3f) << 8 | p[1]) : p[0];
	return p[0] & 0x80 ? 2 : 1;
}

/* The message without its i-th element; 0: it has fewer. */
static size_t without(const struct buf *b, unsigned i, uint8_t out[ROOM])
{
	size_t n, at = 3 + length_at(b->p + 3, &n) + 1, k = 8, len;
	unsigned count = (unsigned)(b->p[at] << 8 | b->p[at + 1]);

	if (i >= count)
		return 0;
	at += 2;
	for (unsigned e = 0; e < count; e++, at += len) {
		len = 3 + length_at(b->p + at + 3, &n);
		len += n;
		if (e != i) {
			memcpy(out + k, b->p + at, len);
			k += len;
		}
	}
	memcpy(out, b->p, 3);
	out[3] = (uint8_t)(0x80 | (k - 5) >> 8);
	out[4] = (uint8_t)(k - 5);
	out[5] = 0;
	out[6] = 0;
	out[7] = (uint8_t)(count - 1);
	return k;
}

static void a_message_without_any_one_element_is_read(void)
{
	struct seen *s = seen_new();
	uint8_t out[ROOM];
	unsigned all = 0;
	size_t n;

	for (unsigned i = 0; i < nsamples; i++)
		for (unsigned e = 0; (n = without(&sample[i].b, e, out)); e++, all++)
			EXPECT(seen_read(s, proto_of(&sample[i]), 132, out, n, false) && s->outcome[0] == OUT_OK);
	EXPECT(all > nsamples);
	seen_free(s);
}

/* Their first octets say which of them it cannot be: F1AP's choice has two bits, all others' three. */
static void what_is_none_of_them_gives_nothing(void)
{
	static const char *const protos_[] = { "f1ap", "e1ap", "xnap", "x2ap", "e2ap" };
	static const uint8_t bad[][4] = { { 'G', 'E', 'T', ' ' }, { 0x00, 0, 0xc0, 0 }, { 0x00, 0, 0x01, 0 }, { 0xff, 0, 0, 0 }, { 0x01, 0, 0, 0 },
		{ 0xc0, 0, 0, 0 } };
	static const uint8_t f1[4] = { 0x80, 1, 0, 0 }, other[4] = { 0x20, 1, 0, 0 };
	struct seen *s = seen_new();

	for (unsigned p = 0; p < 5; p++) {
		for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
			EXPECT(!seen_read(s, proto_find(protos_[p]), 132, bad[i], 4, false) && !s->facts);
		EXPECT(seen_read(s, proto_find(protos_[p]), 132, f1, 4, false) == !p);
		EXPECT(seen_read(s, proto_find(protos_[p]), 132, other, 4, false) == (p > 0));
	}
	seen_free(s);
}

int main(void)
{
	build();
	TEST(every_sample_is_read_whole_and_says_what_it_should);
	TEST(a_key_is_present_and_never_a_value);
	TEST(every_prefix_blames_the_right_side);
	TEST(every_octet_may_change);
	TEST(a_message_without_any_one_element_is_read);
	TEST(what_is_none_of_them_gives_nothing);
	for (unsigned i = 0; i < nsamples; i++)
		buf_free(&sample[i].b);
	return tap_end();
}
