/* The model: the frames that contacts and passages keep; what no order covers. */
#include "netfacts.h"
#include "tap.h"

static void contact_frames(struct net *t, const char *b, uint32_t input, uint32_t first, uint32_t n, uint64_t total)
{
	uint32_t at[FACT_FRAMES];

	for (uint32_t i = 0; i < n; i++)
		at[i] = first + i;
	start(t, FACT_CONTACT, ip("10.0.0.1"), 0, ip(b), 0);
	t->f.input = input;
	t->f.frame = n ? first : 0;
	t->f.u.contact = (struct tally_contact){ .from_ns = t->n, .until_ns = t->n, .protocol = 6, .port = 22, .ab = { n, n }, .frames = { at, n, total } };
	finish(t);
}

static void the_first_frames_of_a_contact_are_kept_over_all_its_tallies(void)
{
	struct net *t = net_new(0);
	struct ground g[MODEL_FRAMES];

	contact_frames(t, "10.0.0.2", 0, 100, 5, 5);
	contact_frames(t, "10.0.0.3", 0, 500, 1, 1);
	contact_frames(t, "10.0.0.2", 1, 7, 30, 30);
	EXPECT(model_contact_frames(t->m, 0, g) == 35 && g[4].frame == 104 && !g[4].input && g[5].frame == 7 && g[5].input == 1 && g[34].frame == 36);
	contact_frames(t, "10.0.0.2", 0, 1000, 64, 90);
	EXPECT(model_contact_frames(t->m, 0, g) == 64 && g[35].frame == 1000 && g[63].frame == 1028 && model_contact_frames_total(t->m, 0) == 125);
	EXPECT(model_contact_frames(t->m, 1, g) == 1 && g[0].frame == 500 && model_contact_frames_total(t->m, 1) == 1);
	EXPECT(!model_counts(t->m)->frames_unkept && !model_counts(t->m)->refused);
	contact_frames(t, "10.0.0.4", 0, 0, 0, 0);
	EXPECT(!model_contact_frames(t->m, 2, g) && !model_contact_frames_total(t->m, 2));
	net_free(t);
}

static void when_there_is_no_room_the_first_frame_is_kept_and_the_rest_counted(void)
{
	struct net *t = net_new(0);
	struct ground g[MODEL_FRAMES];
	uint32_t last;

	for (uint32_t i = 0; i < 70000; i++) {
		char b[32];

		snprintf(b, sizeof(b), "10.1.%u.%u", (unsigned)(i >> 8 & 255), (unsigned)(i & 255));
		if (i >= 65536)
			b[3] = '2';
		contact_frames(t, b, 0, 10 + i, 2, 2);
	}
	last = model_contacts(t->m) - 1;
	EXPECT(model_counts(t->m)->frames_unkept == (70000 - 65535) * 2 && !model_counts(t->m)->refused);
	EXPECT(model_contact_frames(t->m, last, g) == 1 && g[0].frame == 10 + 69999 && model_contact_frames_total(t->m, last) == 2);
	EXPECT(model_contact_frames(t->m, 0, g) == 2);
	net_free(t);
}

/* ---- passages ---- */

#define S 1000000000ull

static const char *const ran_addr = "10.1.2.1", *const core_addr = "10.1.3.9";

/* Ten G-PDUs to (dst, teid), with frames when no order named that end. */
static void gpdus(struct net *t, const char *src, const char *dst, uint32_t teid, uint64_t from, uint64_t until, bool unordered)
{
	static const uint32_t at[10] = { 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 };

	start(t, FACT_TUNNEL, ip(src), 0, ip(dst), 0);
	t->f.frame = 11;
	t->f.u.tunnel = (struct tally_tunnel){ .from_ns = from, .until_ns = until, .first_frame = 11, .last_frame = 20, .teid = teid, .all = { 10, 1000 } };
	if (unordered)
		t->f.u.tunnel.unordered = (struct frames){ at, 10, 12 };
	finish(t);
}

static const struct passage *passage(const struct net *t, const char *src, const char *dst)
{
	struct addr a = ip(src), b = ip(dst);
	uint32_t i = model_passage_find(t->m, &a, &b);

	return i == NONE ? NULL : model_passage(t->m, i);
}

/* The facts of a session whose N3 end is (core, 100), told at that time. */
static void session_at(struct net *t, uint64_t seid, uint64_t at)
{
	t->n = at / 1000000;
	established(t, seid, 100);
}

static void deleted_at(struct net *t, uint64_t seid, uint64_t at)
{
	t->n = at / 1000000;
	pfcp(t, DEL_REQ, 9, seid + 1000);
	finish(t);
	answer(t, DEL_RSP, 9, seid, 1, 0);
}

static void what_no_order_covers_strays(void)
{
	struct net *t = net_new(0);
	struct ground g[MODEL_FRAMES];
	const struct passage *p;
	struct addr a = ip(ran_addr);

	EXPECT(!passage(t, ran_addr, core_addr) && model_place(t->m, &a) == NONE);
	session_at(t, 1, 10 * S);
	gpdus(t, ran_addr, core_addr, 100, 11 * S, 12 * S, false);
	p = passage(t, ran_addr, core_addr);
	EXPECT(p && p->packets == 10 && !p->stray_packets && p->order_end != NONE && !model_passage_frames(t->m, 0, g) && !model_passage_frames_total(t->m, 0));
	for (uint32_t i = 0; i < 20; i++)
		gpdus(t, ran_addr, core_addr, 500 + i, (13 + i) * S, (14 + i) * S, true);
	EXPECT(p->packets == 210 && p->stray_packets == 200 && p->stray_bytes == 20000 && p->stray_first_ns == 13 * S && p->stray_last_ns == 33 * S);
	EXPECT(p->first_ns == 11 * S && p->last_ns == 33 * S && p->nteid == 16 && p->teid[15] == 515 && p->teids == 20);
	EXPECT(model_passage_frames(t->m, 0, g) == 64 && g[0].frame == 11 && g[10].frame == 11 && model_passage_frames_total(t->m, 0) == 240);
	gpdus(t, core_addr, ran_addr, 7, 40 * S, 41 * S, false);		/* no frames of its own: the first one */
	p = passage(t, core_addr, ran_addr);
	EXPECT(p && p->order_end == NONE && model_passages(t->m) == 2 && model_passage_frames(t->m, 1, g) == 1 && model_passage_frames_total(t->m, 1) == 10);
	EXPECT(model_place(t->m, &a) == p->key.dst);
	net_free(t);
}

static uint64_t strays(uint64_t from, uint64_t until)
{
	struct net *t = net_new(0);
	uint64_t n;

	session_at(t, 1, 10 * S);
	deleted_at(t, 1, 20 * S);
	gpdus(t, ran_addr, core_addr, 100, from, until, true);
	n = passage(t, ran_addr, core_addr)->stray_packets;
	net_free(t);
	return n;
}

static void an_order_holds_a_while_before_and_after(void)
{
	EXPECT(!strays(9 * S + S / 10, 10 * S) && strays(9 * S - S / 10, 10 * S) == 10);
	EXPECT(!strays(12 * S, 24 * S) && strays(12 * S, 26 * S) == 10);
}

static void an_end_ordered_again_keeps_what_its_last_order_covered(void)
{
	struct net *t = net_new(0);
	const struct passage *p;

	session_at(t, 1, 10 * S);
	deleted_at(t, 1, 20 * S);
	session_at(t, 2, 40 * S);
	gpdus(t, ran_addr, core_addr, 100, 12 * S, 21 * S, false);
	p = passage(t, ran_addr, core_addr);
	EXPECT(p && !p->stray_packets);
	gpdus(t, ran_addr, core_addr, 100, 12 * S, 31 * S, false);	/* between the two orders */
	EXPECT(p && p->stray_packets == 10);
	gpdus(t, ran_addr, core_addr, 100, 5 * S, 6 * S, false);	/* before the first */
	EXPECT(p && p->stray_packets == 20);
	gpdus(t, ran_addr, core_addr, 100, 41 * S, 50 * S, false);
	EXPECT(p && p->stray_packets == 20 && p->packets == 40);
	net_free(t);
}

static void duplicating(struct net *t, uint64_t seid, bool update, const char *forward, const char *copies, uint32_t teid)
{
	pfcp(t, MOD_REQ, (uint32_t)t->n, seid + 1000);
	put_open(&t->o, update ? IE_UPDATE_FAR : IE_CREATE_FAR);
	put_uint(&t->o, KEY_PFCP_far_id, 2);
	for (int i = 0; i < 2; i++) {
		put_open(&t->o, i ? (update ? 105 : 5) : update ? IE_UPDATE_FORWARDING : IE_FORWARDING);
		put_open(&t->o, IE_OHC);
		put_uint(&t->o, KEY_PFCP_ohc_teid, i ? teid : 200);
		address(t, KEY_PFCP_ohc_ipv4, ip(i ? copies : forward));
		put_close(&t->o);
		put_close(&t->o);
	}
	put_close(&t->o);
	finish(t);
}

static void a_duplication_rule_orders_nothing_and_is_told_apart(void)
{
	struct net *t = net_new(0);
	const struct duplication *d;
	const struct tunnel_end *e;
	const struct passage *p;
	struct addr a = ip(cp);

	for (int update = 0; update < 2; update++) {
		const char *copies = update ? "198.51.100.99" : "198.51.100.98";

		session_at(t, 1 + (uint64_t)update, (10 + (uint64_t)update) * S);
		duplicating(t, 1 + (uint64_t)update, update, ran_addr, copies, 48879);
		e = end_of(t->m, copies, 48879);
		EXPECT(e && e->origin == END_PFCP_DUPL && e->ordered_ns && e->order.frame == t->n && e->pfcp_session == NONE);
		gpdus(t, core_addr, copies, 48879, 12 * S, 13 * S, true);
		gpdus(t, core_addr, copies, 48880, 12 * S, 13 * S, true);
		p = passage(t, core_addr, copies);
		EXPECT(p && p->dupl_packets == 10 && p->stray_packets == 10 && p->order_end == NONE && p->frames_total == 24 && p->teids == 1);
	}
	gpdus(t, core_addr, "198.51.100.98", 48879, 2 * S, 3 * S, true);	/* long before the rule */
	EXPECT(passage(t, core_addr, "198.51.100.98")->stray_packets == 20);
	EXPECT(t->nodes == 4);		/* both ends of N4 and of N3; where copies go is nobody's */
	/* the RAN's own end is told to get copies too: its order stands, and the rule is told apart */
	duplicating(t, 2, true, ran_addr, ran_addr, 200);
	e = end_of(t->m, ran_addr, 200);
	EXPECT(e && e->origin == (END_PFCP_PEER | END_PFCP_DUPL) && e->order.frame < t->n && e->pfcp_session != NONE);
	for (uint32_t i = 0; i < model_ends(t->m); i++)
		if (model_end_at(t->m, i) == e) {
			d = model_duplication(t->m, i);
			EXPECT(d && d->order.frame == t->n && d->far == 2 && d->cp == model_place(t->m, &a));
		}
	gpdus(t, core_addr, ran_addr, 200, 12 * S, 13 * S, false);
	p = passage(t, core_addr, ran_addr);
	EXPECT(p && !p->dupl_packets && !p->stray_packets && holds(t->m));
	net_free(t);
}

int main(void)
{
	TEST(the_first_frames_of_a_contact_are_kept_over_all_its_tallies);
	TEST(when_there_is_no_room_the_first_frame_is_kept_and_the_rest_counted);
	TEST(what_no_order_covers_strays);
	TEST(an_order_holds_a_while_before_and_after);
	TEST(an_end_ordered_again_keeps_what_its_last_order_covered);
	TEST(a_duplication_rule_orders_nothing_and_is_told_apart);
	return tap_end();
}
