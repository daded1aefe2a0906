/* The model: what a UE announced and what was sent on of it, NG Setup asked for and accepted, names and their addresses. */
#include "netfacts.h"
#include "tap.h"

static void nas(struct net *t, const struct ran *r, bool uplink, uint64_t in, unsigned header, unsigned mm)
{
	struct addr ran = ip(r->addr), amf = ip(r->amf);

	start(t, FACT_NAS5GS, uplink ? ran : amf, 1, uplink ? amf : ran, 2);
	t->f.in = in;
	put_uint(&t->o, KEY_NAS_security_header_type, header);
	if (mm)
		put_uint(&t->o, KEY_NAS_mm_message_type, mm);
}

static void octets(struct net *t, enum fact_key k, uint8_t a, uint8_t b)
{
	uint8_t v[2] = { a, b };

	put_octets(&t->o, k, keep(t, v, 2), 2);
}

static void initial_ue(struct net *t, const struct ran *r, int64_t ran_id, unsigned cause)
{
	ngap(t, r, true, INITIATING, INITIAL_UE);
	ue_ids(t, NO_ID, ran_id);
	put_open(&t->o, 90);
	put_uint(&t->o, KEY_NGAP_RRCEstablishmentCause, cause);
	put_close(&t->o);
	finish(t);
}

static void registration(struct net *t, uint64_t in, unsigned type, uint8_t ea, uint8_t ia)
{
	nas(t, &north, true, in, 0, 0x41);
	put_uint(&t->o, KEY_NAS_reg_type, type);
	octets(t, KEY_NAS_ue_sec_cap, ea, ia);
	finish(t);
}

static void capabilities(struct net *t, const struct ran *r, bool uplink, unsigned procedure, int64_t amf_id, int64_t ran_id, uint8_t ea, uint8_t ia)
{
	ngap(t, r, uplink, INITIATING, procedure);
	ue_ids(t, amf_id, ran_id);
	put_open(&t->o, 119);
	for (int i = 0; i < 2; i++) {
		uint8_t v[2] = { i ? ia : ea, 0 };

		put_bits(&t->o, i ? KEY_NGAP_nRintegrityProtectionAlgorithms : KEY_NGAP_nRencryptionAlgorithms, keep(t, v, 2), 2);
	}
	put_close(&t->o);
	finish(t);
}

static void what_was_announced_and_what_was_sent_on_are_told_apart(void)
{
	struct net *t = net_new(0);
	const struct ue_security *s;

	EXPECT(!model_ue_security(t->m, 0));
	initial_ue(t, &north, 1, 3);
	s = model_ue_security(t->m, 0);
	EXPECT(s && s->rrc_cause == 3 && !s->reg_type && !s->has_cap && !s->has_replayed && !s->has_ngap);
	registration(t, 1, 1, 0xf0, 0x70);
	EXPECT(s && s->reg_type == 1 && s->has_cap && s->cap[0] == 0xf0 && s->cap[1] == 0x70 && s->cap_ground.frame == 2);
	ue_message(t, &north, false, INITIATING, DOWNLINK_NAS, 7, 1);
	nas(t, &north, false, 3, 3, 0);
	finish(t);
	nas(t, &north, false, 4, 0, 0x5d);
	octets(t, KEY_NAS_replayed_sec_cap, 0x80, 0x70);
	finish(t);
	EXPECT(s && s->has_replayed && s->replayed[0] == 0x80 && s->replayed[1] == 0x70 && s->replayed_ground.frame == 5);
	/* Security Mode Complete and, in its container, the whole Registration Request: it changes nothing */
	ue_message(t, &north, true, INITIATING, 46, 7, 1);
	nas(t, &north, true, 6, 4, 0);
	finish(t);
	nas(t, &north, true, 7, 0, 0x5e);
	finish(t);
	registration(t, 8, 1, 0xff, 0xff);
	EXPECT(s && s->cap[0] == 0xf0 && s->has_replayed && s->cap_ground.frame == 2 && s->reg_ground.frame == 9);
	capabilities(t, &north, false, 14, 7, 1, 0xe0, 0xc0);
	EXPECT(s && s->has_ngap && s->ngap_ea == 0xe000 && s->ngap_ia == 0xc000 && s->ngap_ground.frame == 10);
	/* another Registration Request, protected: announced anew */
	ue_message(t, &north, true, INITIATING, 46, 7, 1);
	nas(t, &north, true, 11, 1, 0);
	finish(t);
	registration(t, 12, 2, 0xc0, 0x60);
	EXPECT(s && s->reg_type == 2 && s->cap[0] == 0xc0 && !s->has_replayed && !s->has_ngap && s->rrc_cause == 3);
	/* none of it counts in the wrong direction */
	ue_message(t, &north, false, INITIATING, DOWNLINK_NAS, 7, 1);
	registration(t, t->n, 4, 1, 1);
	EXPECT(s && s->reg_type == 2 && s->cap[0] == 0xc0);
	net_free(t);
}

static void a_container_fills_in_what_was_not_said_before(void)
{
	struct net *t = net_new(0);
	const struct ue_security *s;

	ue_message(t, &north, true, INITIATING, INITIAL_UE, NO_ID, 1);
	nas(t, &north, true, 1, 1, 0);
	finish(t);
	nas(t, &north, true, 2, 0, 0x41);
	put_uint(&t->o, KEY_NAS_reg_type, 3);
	finish(t);
	registration(t, 3, 3, 0xe0, 0xe0);
	s = model_ue_security(t->m, 0);
	EXPECT(s && s->rrc_cause == RRC_UNKNOWN && s->reg_type == 3 && s->has_cap && s->cap[0] == 0xe0 && s->cap_ground.frame == 4);
	net_free(t);
}

static void it_goes_on_when_the_ue_is_handed_over(void)
{
	struct net *t = net_new(0);
	const struct ue_security *s;

	initial_ue(t, &north, 1, 0);
	registration(t, 1, 4, 0xf0, 0xf0);
	ue_message(t, &north, false, INITIATING, DOWNLINK_NAS, 7, 1);
	capabilities(t, &south, true, PATH_SWITCH, 7, 1, 0x20, 0x20);
	s = model_ue_security(t->m, model_last(t->m)->ue);
	EXPECT(model_last(t->m)->ue == 1 && s && s->reg_type == 4 && s->has_cap && !s->rrc_cause && s->has_ngap && s->ngap_ea == 0x2000);
	ue_message(t, &north, true, SUCCESS, RELEASE, 7, 1);
	t->n += 20000;
	initial_ue(t, &north, 2, 1);
	ue_message(t, &north, false, INITIATING, DOWNLINK_NAS, 8, 2);
	ue_message(t, &north, true, SUCCESS, RELEASE, 8, 2);		/* the source's context is given back */
	EXPECT(!model_ue(t->m, 0) && !model_ue_security(t->m, 0) && model_ue_security(t->m, 1) == s && s->reg_type == 4);
	net_free(t);
}

static void records_of_ues_that_are_gone_are_given_back(void)
{
	struct net *t = net_new(64);

	for (int64_t i = 0; i < 5000; i++) {
		initial_ue(t, &north, i, 1);
		registration(t, t->n, 1, 0xf0, 0xf0);
		ue_message(t, &north, false, INITIATING, DOWNLINK_NAS, i, i);
		ue_message(t, &south, true, INITIATING, PATH_SWITCH, i, i);
		ue_message(t, &north, true, SUCCESS, RELEASE, i, i);
		ue_message(t, &south, true, SUCCESS, RELEASE, i, i);
		t->n += 2000;
	}
	EXPECT(!model_counts(t->m)->refused && model_ues(t->m) < 64 && holds(t->m));
	net_free(t);
}

/* ---- NG Setup ---- */

static void a_set_up_is_accepted_on_the_association_that_asked(void)
{
	struct net *t = net_new(0);
	const struct ran other = { "10.1.2.1", 40009, "10.1.2.9" };
	const struct element *e;

	ng_setup(t, &north, "north-1", "\0\1\2");
	ng_setup_response(t, &other);				/* of another association */
	e = model_element(t->m, 0);
	EXPECT(e->asked_ns == 1000000 && !e->accepted_ns && !model_element(t->m, 1)->accepted_ns);
	ngap(t, &north, false, 2, NG_SETUP);			/* refused */
	finish(t);
	EXPECT(!e->accepted_ns);
	ng_setup_response(t, &north);
	EXPECT(e->accepted_ns == 4000000 && e->accept.frame == 4 && model_element(t->m, 1)->accepted_ns == 4000000);
	EXPECT(model_element(t->m, 1)->asked_ns == 1000000 && model_element(t->m, 1)->accept.frame == 4);
	ng_setup_response(t, &north);
	EXPECT(e->accepted_ns == 4000000 && e->asked_ns == 1000000);
	net_free(t);
}

static void an_association_has_its_time(void)
{
	struct net *t = net_new(0);

	for (unsigned type = 5; type <= 6; type++) {
		pfcp(t, type, 1, 0);
		if (type == 5) {
			t->f.src = ip(cp);
			t->f.dst = ip(up);
		} else {
			t->f.src = ip(up);
			t->f.dst = ip(cp);
			put_uint(&t->o, KEY_PFCP_cause, 1);
		}
		finish(t);
	}
	EXPECT(model_associations(t->m) == 1 && model_association(t->m, 0).t_ns == 2000000 && model_association(t->m, 0).ground.frame == 2);
	net_free(t);
}

/* ---- DNS ---- */

static void asked(struct net *t, const char *client, const char *name, unsigned rcode, bool response)
{
	start(t, FACT_DNS, ip("10.1.9.53"), 53, ip(client), 4000);
	t->f.transport = 17;
	put_bool(&t->o, KEY_DNS_response, response);
	put_uint(&t->o, KEY_DNS_rcode, rcode);
	put_text(&t->o, KEY_DNS_qry_name, name, strlen(name));
}

static void told(struct net *t, unsigned section, const char *addr)
{
	struct addr a = ip(addr);

	put_open(&t->o, section);
	put_text(&t->o, KEY_DNS_resp_name, "alias.example", 13);
	address(t, a.fam == 4 ? KEY_DNS_a : KEY_DNS_aaaa, a);
	put_close(&t->o);
}

static const struct dns_answer *answered(const struct net *t, const char *client, const char *addr)
{
	struct addr c = ip(client), a = ip(addr);

	return model_dns(t->m, &c, &a);
}

static void an_answer_is_kept_for_who_was_told(void)
{
	struct net *t = net_new(0);
	const struct dns_answer *d;
	struct addr resolver = ip("10.1.9.53");

	asked(t, "10.1.2.1", "ntp.example", 0, true);
	told(t, 1, "203.0.113.5");
	told(t, 1, "2001:db8::5");
	told(t, 2, "203.0.113.9");
	finish(t);
	asked(t, "10.1.2.1", "other.example", 0, true);		/* the first answer stays */
	told(t, 1, "203.0.113.5");
	finish(t);
	asked(t, "10.1.2.2", "ntp.example", 3, true);		/* there is no such name */
	told(t, 1, "203.0.113.5");
	finish(t);
	asked(t, "10.1.2.3", "ntp.example", 0, false);		/* a query */
	told(t, 1, "203.0.113.5");
	finish(t);
	d = answered(t, "10.1.2.1", "203.0.113.5");
	EXPECT(d && !strcmp(model_text(t->m, d->name), "ntp.example") && d->t_ns == 1000000 && d->ground.frame == 1);
	EXPECT(d && d->resolver == model_place(t->m, &resolver));
	d = answered(t, "10.1.2.1", "2001:db8::5");
	EXPECT(d && !strcmp(model_text(t->m, d->name), "ntp.example") && model_dns_answers(t->m) == 2);
	EXPECT(!answered(t, "10.1.2.1", "203.0.113.9") && !answered(t, "10.1.2.2", "203.0.113.5") && !answered(t, "10.1.2.3", "203.0.113.5"));
	EXPECT(model_dns_answer_at(t->m, 1) == d && !answered(t, "10.9.9.9", "203.0.113.5"));
	net_free(t);
}

static void so_many_answers_are_kept_and_no_more(void)
{
	struct net *t = net_new(0);

	for (uint32_t i = 0; i < 5000; i++) {
		asked(t, "10.1.2.1", "many.example", 0, true);
		for (uint32_t k = 0; k < 60; k++) {
			uint8_t b[4] = { 100, (uint8_t)k, (uint8_t)(i >> 8), (uint8_t)i };

			put_open(&t->o, 1);
			put_addr(&t->o, KEY_DNS_a, keep(t, b, 4), 4);
			put_close(&t->o);
		}
		finish(t);
	}
	EXPECT(model_dns_answers(t->m) == 1 << 16 && model_counts(t->m)->dns_unkept == 5000 * 60 - (1 << 16) && !model_counts(t->m)->refused);
	net_free(t);
}

int main(void)
{
	TEST(what_was_announced_and_what_was_sent_on_are_told_apart);
	TEST(a_container_fills_in_what_was_not_said_before);
	TEST(it_goes_on_when_the_ue_is_handed_over);
	TEST(records_of_ues_that_are_gone_are_given_back);
	TEST(a_set_up_is_accepted_on_the_association_that_asked);
	TEST(an_association_has_its_time);
	TEST(an_answer_is_kept_for_who_was_told);
	TEST(so_many_answers_are_kept_and_no_more);
	return tap_end();
}
