/* NAS-5GS: what is read, what is not guessed, and what must hold for each octet. */
#include "layers.h"
#include "nas5.h"
#include "tap.h"

/* ---- messages as hex ---- */

static const char registration_request[] =
	"7e0041"	/* plain registration request */
	"79"		/* key set 7, follow-on, initial registration */
	"000d" "01" "00f110" "f0ff" "00" "00" "2143658739"	/* SUCI of 001/01, null scheme, MSIN 1234567893 */
	"2e02" "f0f0";	/* UE security capability */
static const char protected_command[] =		/* integrity protected with a new context: 5G-EA0, 5G-IA2 */
	"7e03" "a1a2a3a4" "00"
	"7e005d" "02" "00" "02f0f0" "e1";
static const char ciphering_command[] =		/* the same: 5G-EA2 */
	"7e03" "a1a2a3a4" "00"
	"7e005d" "22" "00" "02f0f0" "e1";
static const char protected_complete[] =	/* completion with IMEISV and a whole registration request */
	"7e04" "b1b2b3b4" "00"
	"7e005e" "77" "0009" "4573806121856151f1"
	"71" "000b" "7e0041" "79" "0005" "06aabbcc" "dd";
static const char accept_with_guti[] =
	"7e02" "c1c2c3c4" "01"
	"7e0042" "0101" "77" "000b" "f2" "00f110" "020040" "c0000001" "5e" "0106";
static const char session_request[] =		/* UL NAS transport: 5GSM inside, PDU session 5, DNN */
	"7e02" "d1d2d3d4" "02"
	"7e0067" "01" "0006" "2e" "05" "01" "c1" "ffff" "12" "05" "81" "25" "09" "08696e7465726e6574";
static const char session_accept[] =		/* DL NAS transport: 5GSM with an address */
	"7e02" "e1e2e3e4" "02"
	"7e0068" "01" "0018" "2e" "05" "01" "c2" "11" "0000" "06" "060001060001" "29" "05" "01" "0a3c0002" "22" "01" "01" "12" "05";
static const char service_request[] =		/* integrity only; its container is ciphered */
	"7e01" "f1f2f3f4" "03"
	"7e004c" "10" "0007" "f4" "0040" "c0000001" "71" "0003" "7e004c";

struct sample { const char *hex; };
static const struct sample samples[] = {
	{ registration_request }, { protected_command }, { protected_complete }, { accept_with_guti }, { session_request }, { session_accept },
	{ service_request },
};
enum { SAMPLES = sizeof(samples) / sizeof(samples[0]), ROOM = 512, ITEMS = 128, FACTS = 8 };

static size_t unhex(const char *s, uint8_t out[ROOM])
{
	size_t n = 0;

	for (; s[0] && s[1]; s += 2) {
		char two[3] = { s[0], s[1], 0 };

		out[n++] = (uint8_t)strtoul(two, NULL, 16);
	}
	return n;
}

/* ---- facts of the last message ---- */

static struct layers *layers;
static struct { uint8_t outcome; uint64_t n, in; struct item item[ITEMS]; uint32_t nitem; } got[FACTS];
static unsigned ngot;
static uint8_t values[1 << 14];
static size_t nvalues;

static void on_fact(void *ctx, const struct fact *f)
{
	(void)ctx;
	if (ngot == FACTS || f->nitem > ITEMS)
		return;
	got[ngot].outcome = f->outcome;
	got[ngot].n = f->n;
	got[ngot].in = f->in;
	got[ngot].nitem = f->nitem;
	memcpy(got[ngot].item, f->item, f->nitem * sizeof(struct item));
	for (uint32_t i = 0; i < f->nitem; i++) {
		struct item *x = &got[ngot].item[i];

		if (x->type < ITEM_ADDR || x->type > ITEM_TEXT || nvalues + x->len > sizeof(values))
			continue;
		memcpy(values + nvalues, x->v.p, x->len);
		x->v.p = values + nvalues;
		nvalues += x->len;
	}
	ngot++;
}

static void hmac(void *ctx, const void *data, size_t n, uint8_t out[32])
{
	(void)ctx;
	memset(out, 0, 32);
	for (size_t i = 0; i < n; i++)
		out[i % 8] = (uint8_t)(out[i % 8] * 31 + ((const uint8_t *)data)[i]);
}

static void fresh(void)
{
	struct layers_config cfg = { .emit = on_fact, .hmac = hmac, .hash = { { 1, 3, 5, 7 } } };

	layers_free(layers);
	if (layers_new(&layers, &cfg))
		exit(99);
}

static const struct addr the_amf = { { 10, 0, 9, 1 }, 4 };

static struct ue_key ue_up(uint32_t assoc, uint32_t ran)
{
	return (struct ue_key){ .assoc = assoc, .amf = the_amf, .ran_id = ran, .has_ran = true, .procedure = 46, .uplink = true };
}

static struct ue_key ue_first(uint32_t assoc, uint32_t ran)
{
	struct ue_key u = ue_up(assoc, ran);

	u.procedure = 15;
	u.begins = true;
	return u;
}

static struct ue_key ue_down(uint32_t assoc, uint32_t ran, uint64_t amf)
{
	struct ue_key u = ue_up(assoc, ran);

	u.procedure = 4;
	u.uplink = false;
	u.amf_id = amf;
	u.has_amf = true;
	return u;
}

static void read_octets(const uint8_t *p, size_t n, bool cut, struct ue_key *ue)
{
	static const struct pkt k = { .no = 1, .fam = 4, .proto = 132, .sport = 9487, .dport = 38412 };
	uint8_t *b = malloc(n ? n : 1);
	struct msg m = { .pkt = &k, .len = (uint32_t)n, .assoc = ue ? ue->assoc : 0, .ue = ue };

	memcpy(b, p, n);
	m.cur = cur_make(b, n, cut);
	ngot = 0;
	nvalues = 0;
	(void)layers_message(layers, &proto_nas5, &m);
	layers_batch_done(layers);
	free(b);
}

static void read_hex(const char *hex, struct ue_key ue)
{
	uint8_t b[ROOM];

	read_octets(b, unhex(hex, b), false, &ue);
}

static struct span of(unsigned i)
{
	return (struct span){ got[i].item, got[i].item + got[i].nitem };
}

static uint64_t value(unsigned i, enum fact_key k)
{
	return i < ngot ? span_uint(of(i), k, 9999) : 9998;
}

static bool text_is(unsigned i, enum fact_key k, const char *s)
{
	const struct item *x = i < ngot ? span_key(of(i), k) : NULL;

	return x && x->len == strlen(s) && !memcmp(x->v.p, s, x->len);
}

/* ---- what is read ---- */

static void a_registration_request_gives_scheme_network_and_a_pseudonym(void)
{
	fresh();
	read_hex(registration_request, ue_first(1, 1));
	EXPECT(ngot == 1 && got[0].outcome == OUT_OK && value(0, KEY_NAS_security_header_type) == 0);
	EXPECT(value(0, KEY_NAS_mm_message_type) == 0x41 && value(0, KEY_NAS_reg_type) == 1 && value(0, KEY_NAS_type_id) == 1);
	EXPECT(value(0, KEY_NAS_suci_scheme_id) == 0 && text_is(0, KEY_NAS_home_plmn, "00101"));
	EXPECT(span_key(of(0), KEY_NAS_subscriber) && span_key(of(0), KEY_NAS_subscriber)->len == 20);
	for (uint32_t i = 0; i < got[0].nitem; i++)	/* nothing holds the digits */
		EXPECT(got[0].item[i].type < ITEM_ADDR || got[0].item[i].len < 10 || got[0].item[i].key == KEY_NAS_subscriber);
}

static void a_command_is_two_facts_and_says_the_algorithms(void)
{
	fresh();
	read_hex(protected_command, ue_down(1, 1, 7));
	EXPECT(ngot == 2 && value(0, KEY_NAS_security_header_type) == 3 && value(0, KEY_NAS_seq_no) == 0);
	EXPECT(got[1].in == got[0].n && value(1, KEY_NAS_mm_message_type) == 0x5d);
	EXPECT(value(1, KEY_NAS_sec_algo_enc) == 0 && value(1, KEY_NAS_sec_algo_ip) == 2 && span_key(of(1), KEY_NAS_replayed_sec_cap));
}

static void a_completion_carries_a_registration_request(void)
{
	fresh();
	read_hex(protected_command, ue_down(1, 1, 7));
	read_hex(protected_complete, ue_up(1, 1));
	EXPECT(ngot == 3 && value(0, KEY_NAS_security_header_type) == 4 && value(1, KEY_NAS_mm_message_type) == 0x5e);
	EXPECT(value(2, KEY_NAS_mm_message_type) == 0x41 && got[2].in == got[1].n);
}

static void session_management_inside_transport_is_a_fact_of_its_own(void)
{
	fresh();
	read_hex(protected_command, ue_down(1, 1, 7));
	read_hex(protected_complete, ue_up(1, 1));
	read_hex(session_request, ue_up(1, 1));
	EXPECT(ngot == 3 && value(1, KEY_NAS_pdu_session_id) == 5 && text_is(1, KEY_NAS_dnn, "internet"));
	EXPECT(value(2, KEY_NAS_sm_message_type) == 0xc1 && value(2, KEY_NAS_pdu_session_id) == 5 && got[2].in == got[1].n);
	read_hex(session_accept, ue_down(1, 1, 7));
	EXPECT(ngot == 3 && value(2, KEY_NAS_sm_message_type) == 0xc2 && span_key(of(2), KEY_NAS_pdu_addr_ipv4));
	EXPECT(span_key(of(2), KEY_NAS_pdu_addr_ipv4)->v.p[3] == 2);
}

/* ---- what is not guessed ---- */

static bool encrypted(void)
{
	return ngot == 1 && got[0].outcome == OUT_ENCRYPTED && !span_key(of(0), KEY_NAS_mm_message_type);
}

static void a_choice_never_seen_is_not_guessed(void)
{
	fresh();
	read_hex(session_request, ue_up(1, 1));
	EXPECT(encrypted());
}

static void a_real_cipher_stays_closed(void)
{
	fresh();
	read_hex(ciphering_command, ue_down(1, 1, 7));
	read_hex(protected_complete, ue_up(1, 1));
	EXPECT(encrypted());
	read_hex(session_request, ue_up(1, 1));
	EXPECT(encrypted());
}

static void the_choice_of_one_ue_says_nothing_of_another(void)
{
	fresh();
	read_hex(protected_command, ue_down(1, 1, 7));
	read_hex(protected_complete, ue_up(1, 1));
	read_hex(session_request, ue_up(1, 2));
	EXPECT(encrypted());
	read_hex(session_request, ue_up(2, 1));
	EXPECT(encrypted());
}

static void a_new_choice_replaces_the_old_one(void)
{
	fresh();
	read_hex(protected_command, ue_down(1, 1, 7));
	read_hex(protected_complete, ue_up(1, 1));
	read_hex(ciphering_command, ue_down(1, 1, 7));
	read_hex(session_request, ue_up(1, 1));
	EXPECT(encrypted());			/* either may be in use now */
	read_hex(protected_complete, ue_up(1, 1));
	EXPECT(encrypted());
}

static void an_initial_message_begins_anew(void)
{
	fresh();
	read_hex(protected_command, ue_down(1, 1, 7));
	read_hex(protected_complete, ue_up(1, 1));
	read_hex(registration_request, ue_first(1, 1));
	read_hex(session_request, ue_up(1, 1));
	EXPECT(encrypted());
}

static void a_reused_ran_id_is_another_ue(void)
{
	fresh();
	read_hex(protected_command, ue_down(1, 1, 7));
	read_hex(protected_complete, ue_up(1, 1));
	read_hex(session_accept, ue_down(1, 1, 8));
	EXPECT(encrypted());
}

/* ---- where the wire shows that it is the same UE ---- */

static void registered(void)
{
	fresh();
	read_hex(protected_command, ue_down(1, 1, 7));
	read_hex(protected_complete, ue_up(1, 1));
	read_hex(accept_with_guti, ue_down(1, 1, 7));
	EXPECT(ngot == 2 && text_is(1, KEY_NAS_tmsi, "c0000001"));
}

static void a_tmsi_carries_the_choice_to_a_later_connection(void)
{
	struct ue_key u;

	registered();
	read_hex(service_request, ue_first(1, 9));	/* named in the message itself */
	EXPECT(ngot == 3 && value(2, KEY_NAS_mm_message_type) == 0x4c);
	read_hex(session_request, ue_up(1, 9));
	EXPECT(ngot == 3);
	registered();
	u = ue_first(2, 4);
	u.tmsi = 0xc0000001;
	u.has_tmsi = true;
	read_hex(session_request, u);			/* named by NGAP */
	EXPECT(ngot == 3);
}

static void an_unknown_tmsi_carries_nothing(void)
{
	fresh();
	read_hex(service_request, ue_first(1, 9));
	EXPECT(ngot == 3 && got[0].outcome == OUT_OK && got[2].outcome == OUT_ENCRYPTED && !got[2].nitem);
	read_hex(session_request, ue_up(1, 9));
	EXPECT(encrypted());
}

static void a_path_switch_keeps_the_amf_id(void)
{
	struct ue_key u = ue_up(2, 30);

	registered();
	u.amf_id = 7;
	u.has_amf = true;
	read_hex(session_request, u);
	EXPECT(ngot == 3);
}

static void a_handover_container_makes_two_pairs_one_ue(void)
{
	static const uint8_t container[] = "what the source says to the target";
	struct ue_key from = ue_down(1, 1, 7), to = { .assoc = 2, .amf = the_amf, .amf_id = 77, .has_amf = true, .procedure = 13 }, u;

	registered();
	from.uplink = true;
	nas5_handover(layers, &from, container, sizeof(container));
	nas5_handover(layers, &to, container, sizeof(container));
	u = ue_up(2, 50);
	u.amf_id = 77;
	u.has_amf = true;
	read_hex(session_request, u);
	EXPECT(ngot == 3);
}

static void a_container_to_the_target_names_the_algorithms(void)
{
	struct ue_key to = { .assoc = 2, .amf = the_amf, .amf_id = 77, .has_amf = true, .procedure = 13, .carries = NAS_CONTAINER_TO_N1 }, u;

	fresh();
	read_hex("a1a2a3a4" "02" "10" "05", to);	/* MAC, 5G-EA0 and 5G-IA2, key set, sequence number */
	EXPECT(ngot == 1 && value(0, KEY_NAS_sec_algo_enc) == 0 && value(0, KEY_NAS_sec_algo_ip) == 2 && value(0, KEY_NAS_seq_no) == 5);
	u = ue_up(2, 50);
	u.amf_id = 77;
	u.has_amf = true;
	read_hex(session_request, u);
	EXPECT(ngot == 3);
}

/* ---- what is broken ---- */

static void begin_known(void)
{
	read_hex(protected_command, ue_down(1, 1, 7));
	read_hex(protected_complete, ue_up(1, 1));
}

static void every_prefix_blames_the_right_side(void)
{
	uint8_t b[ROOM];
	struct ue_key u = ue_up(1, 1);

	fresh();
	begin_known();
	for (unsigned s = 0; s < SAMPLES; s++) {
		size_t n = unhex(samples[s].hex, b);

		for (size_t k = 0; k < n; k++) {
			bool whole = true;

			read_octets(b, k, true, &u);
			EXPECT(ngot && got[0].outcome == OUT_CUT);
			read_octets(b, k, false, &u);
			for (unsigned i = 0; i < ngot; i++) {
				EXPECT(got[i].outcome == OUT_OK || got[i].outcome == OUT_SHORT);
				whole = whole && got[i].outcome == OUT_OK;
			}
			EXPECT(k >= 4 || !whole);
		}
	}
}

static void every_single_octet_change_is_survived(void)
{
	uint8_t b[ROOM];
	struct ue_key u = ue_up(1, 1);

	fresh();
	for (unsigned s = 0; s < SAMPLES; s++) {
		size_t n = unhex(samples[s].hex, b);

		for (size_t k = 0; k < n; k++) {
			uint8_t was = b[k];

			for (unsigned x = 1; x < 256; x++) {
				b[k] = (uint8_t)(was ^ x);
				begin_known();
				read_octets(b, n, false, &u);
				EXPECT(ngot >= 1);
			}
			b[k] = was;
		}
	}
}

static void elements_of_no_row_follow_the_rules_of_their_identifier(void)
{
	fresh();
	/* registration complete with 0xa1 (one octet), 0x33 (length in one octet), 0x7c (length in two) */
	read_hex("7e0043" "a1" "3302aabb" "7c0003aabbcc" "d1", ue_up(1, 1));
	EXPECT(ngot == 1 && got[0].outcome == OUT_OK && got[0].nitem == 6);
	EXPECT(got[0].item[2].type == ITEM_SKIP && got[0].item[2].v.u == 0xa0 && got[0].item[4].v.u == 0x7c && got[0].item[5].v.u == 0xd0);
}

static void an_element_that_lies_ends_the_message_and_keeps_what_was_before(void)
{
	fresh();
	read_hex("7e0068" "01" "0004" "2e0501d6" "1205" "33ffaa", ue_down(1, 1, 7));
	EXPECT(ngot == 2 && got[0].outcome == OUT_SHORT && value(0, KEY_NAS_pdu_session_id) == 5);
	EXPECT(got[1].outcome == OUT_SHORT && value(1, KEY_NAS_sm_message_type) == 0xd6);
}

static void several_payloads_are_each_a_fact(void)
{
	fresh();
	/* two entries of N1 SM information, each with a PDU session id */
	read_hex("7e0067" "0f" "001a" "02" "0009" "11" "120105" "2e0501d616" "000c" "21" "120106" "220101" "2e0601d616", ue_up(1, 1));
	EXPECT(ngot == 3 && value(1, KEY_NAS_pdu_session_id) == 5 && value(2, KEY_NAS_pdu_session_id) == 6);
	EXPECT(value(2, KEY_NAS_sm_cause) == 0x16);
}

static void what_is_no_message_of_the_table_is_unknown(void)
{
	fresh();
	read_hex("7e00ff01", ue_up(1, 1));
	EXPECT(ngot == 1 && got[0].outcome == OUT_UNKNOWN && value(0, KEY_NAS_unknown_type) == 0xff);
	read_hex("0700410071", ue_up(1, 1));		/* another protocol discriminator */
	EXPECT(ngot == 1 && got[0].outcome == OUT_UNKNOWN);
}

static void rows_carry_a_name_and_a_clause(void)
{
	struct cover_row row;
	unsigned n = 0;

	for (; proto_nas5.cover(n, &row); n++)
		EXPECT(row.name && row.name[0] && row.spec && row.spec[0]);
	EXPECT(n > 60);
}

int main(void)
{
	TEST(a_registration_request_gives_scheme_network_and_a_pseudonym);
	TEST(a_command_is_two_facts_and_says_the_algorithms);
	TEST(a_completion_carries_a_registration_request);
	TEST(session_management_inside_transport_is_a_fact_of_its_own);
	TEST(a_choice_never_seen_is_not_guessed);
	TEST(a_real_cipher_stays_closed);
	TEST(the_choice_of_one_ue_says_nothing_of_another);
	TEST(a_new_choice_replaces_the_old_one);
	TEST(an_initial_message_begins_anew);
	TEST(a_reused_ran_id_is_another_ue);
	TEST(a_tmsi_carries_the_choice_to_a_later_connection);
	TEST(an_unknown_tmsi_carries_nothing);
	TEST(a_path_switch_keeps_the_amf_id);
	TEST(a_handover_container_makes_two_pairs_one_ue);
	TEST(a_container_to_the_target_names_the_algorithms);
	TEST(every_prefix_blames_the_right_side);
	TEST(every_single_octet_change_is_survived);
	TEST(elements_of_no_row_follow_the_rules_of_their_identifier);
	TEST(an_element_that_lies_ends_the_message_and_keeps_what_was_before);
	TEST(several_payloads_are_each_a_fact);
	TEST(what_is_no_message_of_the_table_is_unknown);
	TEST(rows_carry_a_name_and_a_clause);
	layers_free(layers);
	return tap_end();
}
