/* S1AP and NAS of EPS: messages that the builder makes, and what must hold of each; with the model behind, as in the program. */
#define frame drawn_frame		/* the builder's is another one than the program's */
#include "build/s1ap.h"
#undef frame
#include "layers.h"
#include "model.h"
#include "tap.h"

#include "aper.h"

#include <stdlib.h>

extern const struct per_ie_table s1ap_bearers, s1ap_nodes, s1ap_ue;

enum { MESSAGES = 32, FACTS = 16, ITEMS = 256 };

static struct layers *layers;
static struct model *model;
static struct { uint8_t kind, outcome; struct item item[ITEMS]; uint32_t n; } got[FACTS];
static unsigned ngot;

static void on_fact(void *ctx, const struct fact *f)
{
	(void)ctx;
	model_fact(model, f);
	if (ngot == FACTS || f->nitem > ITEMS)
		return;
	got[ngot].kind = f->kind;
	got[ngot].outcome = f->outcome;
	got[ngot].n = f->nitem;
	memcpy(got[ngot].item, f->item, f->nitem * sizeof(struct item));	/* octets die with the batch: only numbers are looked at */
	ngot++;
}

/* From an exact-size copy, so that one octet too many shows. */
static bool read_octets(const uint8_t *p, size_t n, bool cut)
{
	static const struct pkt k = { .no = 1, .fam = 4, .proto = 132, .sport = 36101, .dport = 36412, .src = { { 10, 2, 2, 101 }, 4 },
		.dst = { { 10, 2, 2, 11 }, 4 } };
	uint8_t *b = malloc(n ? n : 1);
	struct msg m = { .pkt = &k, .len = (uint32_t)n, .assoc = 1, .to_server = true };
	bool is;

	memcpy(b, p, n);
	m.cur = cur_make(b, n, cut);
	ngot = 0;
	is = layers_message(layers, proto_find("s1ap"), &m);
	layers_batch_done(layers);
	free(b);
	return is;
}

static uint64_t value(enum fact_key k)
{
	for (unsigned i = 0; i < ngot; i++)
		for (uint32_t x = 0; x < got[i].n; x++)
			if (got[i].item[x].key == k)
				return got[i].item[x].v.u;
	return UINT64_MAX;
}

/* ---- the messages ---- */

static struct buf message[MESSAGES];
static unsigned nmessages;

static void build(void)
{
	static const struct s1_ids ids = { 0x1234567, 7 };
	static const struct s1_mme mme = { .name = "mme-1", .group = 0x8001, .code = 2 };
	static struct seed seed;
	const struct s1_enb e = { plmn_of("00101"), 0x54f64, 20, "enb-north", 1, 0x54f6401 }, to = { plmn_of("00101"), 0x3abcd, 18, "enb-south", 2, 0x3abcd01 };
	const struct ip a = ip_of("10.2.3.101"), six = ip_of("2001:db8::7"), ue = ip_of("10.61.0.1");
	struct s1_erab r = { .id = 5, .ip = a, .teid = 0x10 }, core = { .id = 5, .ip = six, .teid = 0x11 }, forward = { .id = 5, .ip = a, .teid = 0x12 };
	struct buf *m = message;

	core.nas = eps_protect(&seed, NAS_INTEGRITY, 0, 1, eps_attach_accept(&mme, 0x4000abcd, eps_default_bearer(5, "internet", &ue)));
	*m++ = s1_setup_request(&e);
	*m++ = s1_setup_request(&to);
	*m++ = s1_setup_response(&mme);
	*m++ = s1_setup_failure();
	*m++ = s1_update(&e, 0xabc123);
	*m++ = s1_initial_ue(7, eps_attach_request(eps_imsi("001010000000001"), eps_pdn_request(1)), &e, &mme, 0x4000abcd);
	*m++ = s1_dl_nas(&ids, eps_protect(&seed, NAS_INTEGRITY_NEW, 0, 0, eps_security_mode_command(0, 2)));
	*m++ = s1_ul_nas(&ids, eps_protect(&seed, NAS_CIPHERED_NEW, 0, 0, eps_security_mode_complete()), &e);
	*m++ = s1_context_request(&ids, &core, 1);
	*m++ = s1_context_response(&ids, &r, 1);
	core.nas = eps_pdn_request(1);
	*m++ = s1_erab_request(&ids, &core);
	*m++ = s1_erab_response(&ids, &r);
	*m++ = s1_modification(&ids, &r);
	*m++ = s1_modification_confirm(&ids, 5);
	*m++ = s1_path_switch(9, ids.mme, &to, &r);
	*m++ = s1_path_switch_ack(&ids);
	*m++ = s1_handover_required(&ids, &e, &to);
	*m++ = s1_handover_request(ids.mme, &e, &to, &r);
	*m++ = s1_handover_ack(&ids, &r, &forward);
	*m++ = s1_handover_command(&ids, &forward);
	*m++ = s1_handover_notify(&ids, &to);
	*m++ = s1_paging(&mme, 0x4000abcd, &e);
	*m++ = s1_reset(&ids, 1);
	*m++ = s1_reset(NULL, 0);
	*m++ = s1_error();
	*m++ = s1_son(&e, &to, &a);
	*m++ = s1_erab_release_command(&ids, 5);
	*m++ = s1_erab_release_response(&ids, 5);
	*m++ = s1_release_request(&ids);
	*m++ = s1_release_command(&ids);
	*m++ = s1_release_complete(&ids);
	nmessages = (unsigned)(m - message);
}

static void every_message_is_read_whole(void)
{
	for (unsigned i = 0; i < nmessages; i++) {
		EXPECT(read_octets(message[i].p, message[i].n, false) && ngot);
		for (unsigned k = 0; k < ngot; k++)
			EXPECT(got[k].outcome == OUT_OK);
	}
}

static void every_prefix_blames_the_right_side(void)
{
	for (unsigned i = 0; i < nmessages; i++)
		for (size_t n = 4; n < message[i].n; n++) {
			EXPECT(read_octets(message[i].p, n, false) && got[0].outcome == OUT_SHORT);
			EXPECT(read_octets(message[i].p, n, true) && got[0].outcome == OUT_CUT);
		}
}

/* Their ids, in order; returns how many. */
static unsigned elements(const struct buf *b, unsigned id[64])
{
	size_t at = b->p[3] & 0x80 ? 8 : 7;
	unsigned n = 0;

	while (at + 4 <= b->n && n < 64) {
		size_t len = b->p[at + 3];

		id[n++] = (unsigned)(b->p[at] << 8 | b->p[at + 1]);
		at += 4;
		if (len & 0x80)
			len = (len & 0x3f) << 8 | b->p[at++];
		at += len;
	}
	return n;
}

/* MMEs that end when a mandatory element is missing. */
static void no_element_or_two_are_missed(void)
{
	for (unsigned i = 0; i < nmessages; i++) {
		unsigned id[64], n = elements(&message[i], id);

		EXPECT(n);
		for (unsigned a = 0; a < n; a++)
			for (unsigned b = a; b < n; b++) {
				struct buf less = ngap_without(buf_copy(&message[i]), id[a]);

				if (b != a)
					less = ngap_without(less, id[b]);
				EXPECT(read_octets(less.p, less.n, false) && got[0].kind == FACT_S1AP && got[0].outcome == OUT_OK);
				buf_free(&less);
			}
	}
}

/* A message that is not expected: any procedure code with any elements, as any of the three kinds. */
static void any_procedure_with_any_elements_is_read_CVE_2024_24445(void)
{
	for (unsigned i = 0; i < nmessages; i++)
		for (unsigned code = 0; code < 256; code++)
			for (unsigned pdu = 0; pdu < 3; pdu++) {
				struct buf b = buf_copy(&message[i]);

				set8(&b, 0, pdu << 5);
				set8(&b, 1, code);
				EXPECT(read_octets(b.p, b.n, false) && ngot && got[0].outcome == (code == 39 ? OUT_UNKNOWN : OUT_OK));
				EXPECT(value(KEY_S1AP_procedureCode) == code && value(KEY_S1AP_pdu) == pdu);
				buf_free(&b);
			}
}

/* Choices and lengths that are not what the decoder assumes. */
static void every_octet_may_lie_CVE_2023_37008(void)
{
	static const uint8_t lies[] = { 0x00, 0x01, 0x7f, 0x80, 0xbf, 0xc0, 0xc1, 0xc4, 0xff };

	for (unsigned i = 0; i < nmessages; i++)
		for (size_t at = 0; at < message[i].n; at++)
			for (unsigned k = 0; k < sizeof(lies); k++) {
				struct buf b = buf_copy(&message[i]);

				set8(&b, at, lies[k]);
				if (!read_octets(b.p, b.n, false))
					EXPECT(at < 3 && !ngot);	/* no S1AP at all */
				buf_free(&b);
			}
}

static void a_key_is_present_and_never_a_value(void)
{
	for (unsigned i = 0; i < nmessages; i++) {
		(void)read_octets(message[i].p, message[i].n, false);
		for (unsigned k = 0; k < ngot; k++)
			for (uint32_t x = 0; x < got[k].n; x++)
				EXPECT(got[k].item[x].type < ITEM_ADDR || got[k].item[x].type > ITEM_TEXT || got[k].item[x].len < 32);
	}
	(void)read_octets(message[8].p, message[8].n, false);
	EXPECT(value(KEY_NGAP_key_present) == 1);
}

static void what_is_no_s1ap_gives_nothing(void)
{
	EXPECT(!read_octets((const uint8_t *)"GET / HTTP/1.1", 14, false) && !ngot);
	EXPECT(!read_octets((const uint8_t *)"\x60\x11\x00\x00", 4, false) && !ngot);
}

static void rows_stand_at_their_id_have_a_name_and_a_clause(void)
{
	const struct per_ie_table *const tables[] = { &s1ap_bearers, &s1ap_nodes, &s1ap_ue };
	static bool seen[65536];
	static const char *const names[] = { "s1ap", "naseps" };
	unsigned procedures = 0;
	struct cover_row row;

	for (unsigned t = 0; t < 3; t++)
		for (unsigned i = 0; i < tables[t]->n; i++) {
			const struct per_ie *e = &tables[t]->row[i];

			if (!e->t)
				continue;
			EXPECT(e->id == i && !seen[i] && e->name[0] && e->spec[0] == '9');
			seen[e->id] = true;
		}
	for (unsigned p = 0; p < 2; p++)
		for (unsigned i = 0; proto_find(names[p])->cover(i, &row); i++) {
			EXPECT(row.name && row.name[0] && row.spec && row.spec[0]);
			procedures += !strcmp(row.what, "procedure");
		}
	EXPECT(procedures == 67);
}

int main(void)
{
	struct layers_config cfg = { .emit = on_fact, .hash = { { 1, 3, 5, 7 } } };
	const struct model_config mc = { .hash = { { 2, 4, 6, 8 } }, .contacts = 1 << 10, .sessions = 1 << 12 };

	if (layers_new(&layers, &cfg) || model_new(&model, &mc))
		return 99;
	build();
	TEST(every_message_is_read_whole);
	TEST(every_prefix_blames_the_right_side);
	tap_test(no_element_or_two_are_missed, "no element or two are missed "
		"CVE-2023-37002 CVE-2023-37003 CVE-2023-37004 CVE-2023-37005 CVE-2023-37006 CVE-2023-37007 CVE-2023-37009 "
		"CVE-2023-37010 CVE-2023-37011 CVE-2023-37012 CVE-2023-37014 CVE-2023-37015 CVE-2023-37016 CVE-2023-37017 "
		"CVE-2023-37018 CVE-2023-37019 CVE-2023-37020 CVE-2023-37021 CVE-2023-37022 CVE-2023-37023 CVE-2024-34235");
	TEST(any_procedure_with_any_elements_is_read_CVE_2024_24445);
	TEST(every_octet_may_lie_CVE_2023_37008);
	TEST(a_key_is_present_and_never_a_value);
	TEST(what_is_no_s1ap_gives_nothing);
	TEST(rows_stand_at_their_id_have_a_name_and_a_clause);
	for (unsigned i = 0; i < nmessages; i++)
		buf_free(&message[i]);
	model_free(model);
	layers_free(layers);
	return tap_end();
}
