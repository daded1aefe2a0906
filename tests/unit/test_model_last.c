/* The model: what the last fact meant. */
#include "netfacts.h"
#include "tap.h"

static const char *const west = "10.1.2.3";

static uint32_t number(const struct net *t, const char *addr)
{
	struct addr a = ip(addr);

	return model_place(t->m, &a);
}

static const struct model_last *modify(struct net *t, uint64_t seid, unsigned id, const char *addr, uint32_t teid)
{
	pfcp(t, MOD_REQ, (uint32_t)t->n, seid + 1000);
	far(t, true, id, addr, teid);
	finish(t);
	return model_last(t->m);
}

static void a_rule_that_is_given_another_address_moves(void)
{
	struct net *t = net_new(0);
	const struct model_last *l;

	established(t, 1, 100);
	EXPECT(modify(t, 1, 2, north.addr, 200)->nmoves == 0);		/* the first one */
	EXPECT(modify(t, 1, 2, north.addr, 201)->nmoves == 0);		/* another TEID there */
	l = modify(t, 1, 2, south.addr, 300);
	EXPECT(l->session == 0 && l->nmoves == 1 && l->move[0].far == 2 && l->move[0].from_teid == 201 && l->move[0].to_teid == 300);
	EXPECT(l->move[0].from == number(t, north.addr) && l->move[0].to == number(t, south.addr));
	EXPECT(l->move[0].changes == 1 && !l->move[0].back && l->move[0].first.frame == t->n);
	EXPECT(modify(t, 1, 3, north.addr, 202)->nmoves == 0);		/* another rule */
	l = modify(t, 1, 2, west, 400);
	EXPECT(l->nmoves == 1 && l->move[0].changes == 2 && !l->move[0].back && l->move[0].first.frame == t->n - 2);
	l = modify(t, 1, 2, north.addr, 203);
	EXPECT(l->nmoves == 1 && l->move[0].changes == 3 && l->move[0].back);
	t->n += 61000;							/* a minute and a second later */
	l = modify(t, 1, 2, south.addr, 301);
	EXPECT(l->nmoves == 1 && l->move[0].changes == 1 && !l->move[0].back && l->move[0].first.frame == t->n);
	for (unsigned i = 0; i < 20; i++)
		l = modify(t, 1, 2, i % 2 ? south.addr : west, 500 + i);
	EXPECT(l->nmoves == 1 && l->move[0].changes == MOVE_MEMORY && l->move[0].back && holds(t->m));
	net_free(t);
}

static void each_rule_of_a_session_moves_by_itself(void)
{
	struct net *t = net_new(0);
	const struct model_last *l;

	established(t, 1, 100);
	EXPECT(modify(t, 1, 2, north.addr, 200)->nmoves == 0 && modify(t, 1, 3, south.addr, 300)->nmoves == 0);
	for (unsigned i = 0; i < 3; i++) {
		const char *to = i % 2 ? south.addr : west, *first = i ? i % 2 ? west : south.addr : north.addr;

		l = modify(t, 1, 3, to, 301 + i);
		EXPECT(l->nmoves == 1 && l->move[0].far == 3 && l->move[0].from_teid == 300 + i && l->move[0].changes == i + 1);
		EXPECT(l->move[0].from == number(t, i % 2 ? west : south.addr) && l->move[0].to == number(t, to));
		l = modify(t, 1, 2, to, 201 + i);
		EXPECT(l->nmoves == 1 && l->move[0].far == 2 && l->move[0].from_teid == 200 + i && l->move[0].from == number(t, first));
	}
	EXPECT(holds(t->m));
	net_free(t);
}

static void a_rule_moves_also_when_n2_was_quicker(void)
{
	struct net *t = net_new(0);
	const struct model_last *l;

	established(t, 1, 100);
	ue_message(t, &north, true, INITIATING, INITIAL_UE, NO_ID, 1);
	EXPECT(model_last(t->m)->ue == 0 && model_last(t->m)->session == NONE);
	ue_message(t, &north, false, INITIATING, DOWNLINK_NAS, 7, 1);
	session_message(t, &north, false, INITIATING, SETUP_SESSION, 7, 1, 5, "10.1.3.9", 100);
	session_message(t, &north, true, SUCCESS, SETUP_SESSION, 7, 1, 5, north.addr, 200);
	EXPECT(modify(t, 1, 2, north.addr, 200)->nmoves == 0);
	session_message(t, &south, true, INITIATING, PATH_SWITCH, 7, 1, 5, south.addr, 201);	/* withdraws (north, 200) */
	EXPECT(end_of(t->m, north.addr, 200)->withdrawn_ns && model_last(t->m)->nmoves == 0 && model_last(t->m)->ue != NONE);
	l = modify(t, 1, 2, south.addr, 201);
	EXPECT(l->nmoves == 1 && l->move[0].from == number(t, north.addr) && l->ue == NONE && holds(t->m));
	net_free(t);
}

static void a_seid_used_again_has_not_moved(void)
{
	struct net *t = net_new(0);

	established(t, 1, 100);
	(void)modify(t, 1, 2, north.addr, 200);
	established(t, 1, 101);
	EXPECT(modify(t, 1, 2, south.addr, 300)->nmoves == 0 && holds(t->m));
	/* nor does an establishment move anything */
	pfcp(t, EST_REQ, 77, 0);
	f_seid(t, 2);
	far(t, false, 2, north.addr, 205);
	finish(t);
	EXPECT(model_last(t->m)->nmoves == 0 && model_last(t->m)->session == 1);
	net_free(t);
}

static void a_response_to_nothing_is_an_orphan(void)
{
	static const unsigned pairs[] = { 1, 3, 5, 7, 9, 12, 14, 16, 50, 52, 54, 56 };
	struct net *t = net_new(0);

	for (unsigned i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		for (int asked = 0; asked < 2; asked++) {
			uint32_t seq = 100 + 2 * i + (uint32_t)asked;

			if (asked) {
				start(t, FACT_PFCP, ip(cp), 8805, ip(up), 8805);
				put_uint(&t->o, KEY_PFCP_msg_type, pairs[i]);
				put_uint(&t->o, KEY_PFCP_seqno, seq);
				finish(t);
				EXPECT(!model_last(t->m)->orphan);
			}
			for (int twice = 0; twice <= asked; twice++) {
				start(t, FACT_PFCP, ip(up), 8805, ip(cp), 8805);
				put_uint(&t->o, KEY_PFCP_msg_type, pairs[i] + 1);
				put_uint(&t->o, KEY_PFCP_seqno, seq);
				finish(t);
				EXPECT(model_last(t->m)->orphan == !asked);
			}
		}
	start(t, FACT_PFCP, ip(up), 8805, ip(cp), 8805);
	put_uint(&t->o, KEY_PFCP_msg_type, 11);
	finish(t);
	EXPECT(!model_last(t->m)->orphan);
	net_free(t);
}

static void messages_name_their_session_and_tallies_mean_nothing(void)
{
	struct net *t = net_new(0);

	established(t, 1, 100);
	established(t, 2, 101);
	EXPECT(model_last(t->m)->session == 1 && !model_last(t->m)->orphan && model_last(t->m)->ue == NONE);
	start(t, FACT_PFCP, ip(up), 8805, ip(cp), 8805);
	put_uint(&t->o, KEY_PFCP_msg_type, 56);			/* a report: it names the control plane's SEID */
	put_uint(&t->o, KEY_PFCP_seid, 1);
	put_uint(&t->o, KEY_PFCP_seqno, 900);
	finish(t);
	EXPECT(model_last(t->m)->session == 0);
	start(t, FACT_TUNNEL, ip(north.addr), 0, ip("10.1.3.9"), 0);
	finish(t);
	EXPECT(model_last(t->m)->session == NONE && model_last(t->m)->ue == NONE);
	pfcp(t, DEL_REQ, 901, 1002);
	finish(t);
	EXPECT(model_last(t->m)->session == 1);
	answer(t, DEL_RSP, 901, 2, 1, 0);
	EXPECT(model_last(t->m)->session == 1);
	t->f.dup = 1;						/* a copy of it */
	model_fact(t->m, &t->f);
	EXPECT(model_last(t->m)->session == NONE && !model_last(t->m)->orphan);
	net_free(t);
}

static void more_moving_rules_than_are_remembered_do_no_harm(void)
{
	struct net *t = net_new(0);
	uint64_t seid = 1;

	for (; seid <= 70000; seid++) {
		const struct model_last *l;

		established(t, seid, 100);
		(void)modify(t, seid, 2, north.addr, 200);
		l = modify(t, seid, 2, south.addr, 300);
		if (l->nmoves != 1 || l->move[0].changes != 1 || l->move[0].session != seid - 1)
			break;
	}
	EXPECT(seid == 70001 && !model_counts(t->m)->refused);
	net_free(t);
}

int main(void)
{
	TEST(a_rule_that_is_given_another_address_moves);
	TEST(each_rule_of_a_session_moves_by_itself);
	TEST(a_rule_moves_also_when_n2_was_quicker);
	TEST(a_seid_used_again_has_not_moved);
	TEST(a_response_to_nothing_is_an_orphan);
	TEST(messages_name_their_session_and_tallies_mean_nothing);
	TEST(more_moving_rules_than_are_remembered_do_no_harm);
	return tap_end();
}
