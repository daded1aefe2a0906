/* Golden captures of SCTP: how NGAP messages lie in chunks, and what else lies there. */
#include "golden.h"

static struct buf request(struct stage *s) { return ng_setup_request(&s->north->id); }
static struct buf response(struct stage *s) { return ng_setup_response(&s->amf->id); }

static struct stage open_n2(struct net *n)
{
	struct stage s = stage_new(n);

	gnb_associate(s.north, s.amf, 40101);
	s.north->a->quiet = true;
	return s;
}

static void setup(struct net *n)
{
	struct stage s = stage_new(n);

	gnb_connect(s.north, s.amf, 40101);
}

/* Two NGAP messages in one packet, and the answer to both with a SACK before it. */
static void bundled(struct net *n)
{
	struct stage s = stage_new(n);
	const struct buf none = { 0 };
	struct assoc *a;

	gnb_connect(s.north, s.amf, 40101);
	a = s.north->a;
	assoc_hold(a, 0, 1, NGAP_PPID, initial_ue(1, nas_service_request(1, 1, id_stmsi(&s.amf->id, 7), none), &s.north->cell, 3, NULL));
	assoc_send(a, 0, 2, NGAP_PPID, initial_ue(2, nas_service_request(1, 1, id_stmsi(&s.amf->id, 8), none), &s.north->cell, 3, NULL));
	wait_ms(n, 3);
	assoc_send(a, 1, 1, NGAP_PPID, dl_nas(&(struct ngap_ids){ 1, 1 }, nas_service_reject(9)));
}

static void cut_up(struct net *n, uint32_t lost, bool together)
{
	struct stage s = open_n2(n);
	struct assoc *a = s.north->a;

	a->chunk = 24;
	a->together = together;
	n->next.lost_fragments = lost;
	n2_up(s.north, 0, request(&s));
	wait_ms(n, 5);
	n2_down(s.north, 0, response(&s));
}

static void fragmented(struct net *n) { cut_up(n, 0, false); }
static void fragment_lost(struct net *n) { cut_up(n, 2, false); }
static void fragments_together(struct net *n) { cut_up(n, 0, true); }

/* Fragments of two messages on two streams take turns. */
static void fragments_of_two(struct net *n)
{
	struct stage s = open_n2(n);

	s.north->a->chunk = 24;
	assoc_send(s.north->a, 0, 0, NGAP_PPID, request(&s));
	wait_us(n, 7);
	assoc_send(s.north->a, 0, 1, NGAP_PPID, ran_config_update(&s.north->id));
}

static void again(struct net *n)
{
	struct stage s = open_n2(n);

	n->next.resend_us = 1000000;
	n2_up(s.north, 0, request(&s));
	wait_ms(n, 1200);
	n2_down(s.north, 0, response(&s));
}

/* The first copy never passed the tap: what was sent again is the message. */
static void again_first_lost(struct net *n)
{
	struct stage s = open_n2(n);

	n->next = (struct fault){ .resend_us = 1000000, .lost = true };
	n2_up(s.north, 0, request(&s));
	wait_ms(n, 1200);
	n2_down(s.north, 0, response(&s));
}

static void late(struct net *n)
{
	struct stage s = open_n2(n);

	n->next.delay_us = 3000;
	assoc_send(s.north->a, 0, 0, NGAP_PPID, request(&s));
	wait_ms(n, 1);
	assoc_send(s.north->a, 0, 1, NGAP_PPID, ran_config_update(&s.north->id));
}

static void lost(struct net *n)
{
	struct stage s = open_n2(n);

	n->next.lost = true;
	n2_up(s.north, 0, request(&s));
	n2_down(s.north, 0, response(&s));
}

static void multihomed(struct net *n)
{
	struct stage s = stage_new(n);
	struct host *g1 = host_at(n, "gnb-north", "10.1.12.101"), *a1 = host_at(n, "amf-1", "10.1.12.11");

	s.north->amf = s.amf;
	s.north->a = assoc_open_multi(s.north->n2, g1, 40101, s.amf->n2, a1, NGAP_PORT);
	n2_up(s.north, 0, request(&s));
	n2_down(s.north, 0, response(&s));
	assoc_path(s.north->a, 0, 1);
	assoc_path(s.north->a, 1, 1);
	n2_up(s.north, 0, ran_config_update(&s.north->id));
	n2_down(s.north, 0, config_update_ack(35));
	assoc_heartbeat(s.north->a, 0);
}

static void bad_sum(struct net *n)
{
	struct stage s = open_n2(n);

	n->next.bad_sum = true;
	n2_up(s.north, 0, request(&s));
	n2_down(s.north, 0, response(&s));
}

static void unordered(struct net *n)
{
	struct stage s = open_n2(n);

	assoc_unordered(s.north->a, 0, 0, NGAP_PPID, request(&s));
}

static void midway(struct net *n)
{
	struct stage s = stage_new(n);

	s.north->amf = s.amf;
	s.north->a = assoc_midway(s.north->n2, 40101, s.amf->n2, NGAP_PORT);
	n2_up(s.north, 0, ran_config_update(&s.north->id));
	n2_down(s.north, 0, config_update_ack(35));
}

static void over(struct net *n)
{
	struct stage s = open_n2(n);

	n2_up(s.north, 0, request(&s));
	n2_down(s.north, 0, response(&s));
	assoc_heartbeat(s.north->a, 1);
	wait_ms(n, 100);
	assoc_shutdown(s.north->a, 0);
	wait_ms(n, 100);
	gnb_associate(s.north, s.amf, 40101);	/* the same ports once more: another association */
	s.north->a->quiet = true;
	n2_up(s.north, 0, request(&s));
	wait_ms(n, 100);
	assoc_abort(s.north->a, 1);
}

/* The payload protocol id says what is inside, not the port. */
static void by_ppid(struct net *n)
{
	struct stage s = stage_new(n);
	struct assoc *a = assoc_open(s.north->n2, 40101, s.amf->n2, 50000);

	a->quiet = true;
	assoc_send(a, 0, 0, NGAP_PPID, request(&s));
}

static void other_ppids(struct net *n)
{
	static const uint32_t ppids[] = { 0, 66, 18, 61, 46, 0x3c000000 };
	struct stage s = open_n2(n);

	for (size_t i = 0; i < sizeof(ppids) / sizeof(*ppids); i++) {
		struct buf b = { 0 };

		put_seed(&b, s.seed, 40);
		assoc_send(s.north->a, 0, 0, ppids[i], b);
		wait_ms(n, 1);
	}
}

/* DTLS on N2: the payload protocol id of NGAP over DTLS and records that cannot be read. */
static void dtls(struct net *n)
{
	struct stage s = open_n2(n);

	for (unsigned i = 0; i < 4; i++) {
		struct buf b = { 0 };

		put8(&b, 23);
		put16(&b, 0xfefd);
		put16(&b, 1);
		put16(&b, 0);
		put32(&b, i);
		put16(&b, 64);
		put_seed(&b, s.seed, 64);
		assoc_send(s.north->a, i % 2, 0, 66, b);
		wait_ms(n, 1);
	}
}

/* A megaco text on 38412 with the id of NGAP: the port and the id lie, the message does not look like it. */
static void not_ngap(struct net *n)
{
	struct stage s = open_n2(n);

	assoc_send(s.north->a, 0, 0, NGAP_PPID, buf_str("MEGACO/1 [10.1.2.101]:2944 Transaction = 1 { Context = - { } }"));
}

static void chunk_lengths(struct net *n)
{
	struct stage s = open_n2(n);
	struct buf b = { 0 };

	/* A chunk of a type nobody knows, then a DATA chunk that claims more than there is. */
	put32(&b, 0x00030003);
	put_seed(&b, s.seed, 16);
	assoc_chunk(s.north->a, 0, 0xc7, 0, b);
	wait_ms(n, 1);
	n->next.flip_at = 14 + 20 + 12 + 2;
	n->next.flip = 0x40;
	n2_up(s.north, 0, request(&s));
	n2_down(s.north, 0, response(&s));
}

static void cut_in_chunk(struct net *n)
{
	struct stage s = open_n2(n);

	n->next.snap = 14 + 20 + 12 + 16 + 30;
	n2_up(s.north, 0, request(&s));
	n->next.snap = 14 + 20 + 12 + 10;
	n2_down(s.north, 0, response(&s));
}

static void captured_twice(struct net *n)
{
	struct stage s = open_n2(n);

	n->next = (struct fault){ .again = 1, .again_us = 40 };
	n2_up(s.north, 0, request(&s));
	n->next = (struct fault){ .again = 1, .again_us = 40 };
	n2_down(s.north, 0, response(&s));
}

const struct golden golden_sctp[] = {
	{ "sctp", "setup", setup, NULL, NULL },
	{ "sctp", "bundled", bundled, NULL, NULL },
	{ "sctp", "fragmented", fragmented, NULL, NULL },
	{ "sctp", "fragment-lost", fragment_lost, NULL, NULL },
	{ "sctp", "fragments-in-one-packet", fragments_together, NULL, NULL },
	{ "sctp", "fragments-of-two-messages", fragments_of_two, NULL, NULL },
	{ "sctp", "retransmitted", again, NULL, NULL },
	{ "sctp", "retransmitted-first-not-seen", again_first_lost, NULL, NULL },
	{ "sctp", "out-of-order", late, NULL, NULL },
	{ "sctp", "lost", lost, NULL, NULL },
	{ "sctp", "multihomed", multihomed, NULL, NULL },
	{ "sctp", "checksum-wrong", bad_sum, NULL, NULL },
	{ "sctp", "unordered", unordered, NULL, NULL },
	{ "sctp", "mid-association", midway, NULL, NULL },
	{ "sctp", "shutdown-and-abort", over, NULL, NULL },
	{ "sctp", "ngap-on-another-port", by_ppid, NULL, NULL },
	{ "sctp", "other-payloads", other_ppids, NULL, NULL },
	{ "sctp", "dtls", dtls, NULL, NULL },
	{ "sctp", "megaco-as-ngap", not_ngap, NULL, NULL },
	{ "sctp", "chunk-length-lies", chunk_lengths, NULL, NULL },
	{ "sctp", "cut", cut_in_chunk, NULL, NULL },
	{ "sctp", "captured-twice", captured_twice, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
