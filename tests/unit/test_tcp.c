/* TCP streams in order: what a reader gets for segments that come late, twice, different, cut, or never. */
#include "tcp.h"
#include "tap.h"

/* A toy protocol: units of a mark, a length, and that many octets. */
enum { MARK = 0xa5, PORT = 53, CLIENT = 40000 };

static struct tcp tcp;
static struct {
	char	 text[1 << 16];		/* units in order, a space behind each; ~ before one that was cut */
	size_t	 n;
	unsigned units, gaps, lost_told, frames;
	uint32_t last_frames[TCP_SEGMENTS], frame, off, len;
	uint64_t lost;
	bool	 to_server;
	uint16_t sport;
} got;

static enum stream_say offer(void *ctx, const struct proto *p, const struct msg *m, bool gap, size_t *n)
{
	const uint8_t *b = m->cur.p;
	size_t have = (size_t)(m->cur.end - b);

	(void)ctx;
	(void)p;
	got.gaps += gap;
	if (b[0] != MARK) {
		*n = 1;
		return gap ? STREAM_SKIP : STREAM_STOP;
	}
	if (have < 2)
		return STREAM_MORE;
	*n = 2u + b[1];
	if (b[1] == 0xff)
		*n = STREAM_MAX + 100;
	return STREAM_UNIT;
}

static bool unit(void *ctx, const struct proto *p, const struct msg *m)
{
	const uint8_t *b = m->cur.p;
	size_t n = (size_t)(m->cur.end - b);

	(void)ctx;
	(void)p;
	if (m->cur.cut)
		got.text[got.n++] = '~';
	for (size_t i = 2; i < n && got.n < sizeof(got.text) - 2; i++)
		got.text[got.n++] = (char)b[i];
	got.text[got.n++] = ' ';
	got.text[got.n] = 0;
	got.units++;
	got.frames = m->nframes;
	memcpy(got.last_frames, m->frames, m->nframes * sizeof(m->frames[0]));
	got.frame = m->pkt->no;
	got.off = m->off;
	got.len = m->len;
	got.to_server = m->to_server;
	got.sport = m->pkt->sport;
	return true;
}

static void lost(void *ctx, const struct msg *m, uint32_t octets)
{
	(void)ctx;
	(void)m;
	got.lost += octets;
	got.lost_told++;
}

static const struct proto toy = { .name = "toy", .tcp = { PORT } };
static const struct tcp_user user = { NULL, offer, unit, lost };
static uint32_t frame_no;
static uint64_t now;

static const struct hash_key hk = { { 1, 3, 5, 7 } };

static void begin(void)
{

	memset(&got, 0, sizeof(got));
	frame_no = 0;
	now = 1600000000000000000u;
	if (tcp_init(&tcp, &hk))
		abort();
}

static void end(void)
{
	tcp_free(&tcp);
}

enum { FIN = 1, SYN = 2, RST = 4, ACK = 16 };

/* One segment; client: from the client.  cut: octets of the payload that the snap length took. */
static bool send_from(uint16_t client_port, bool client, uint8_t flags, uint32_t seq, uint32_t ack, const void *data, size_t n, size_t cut)
{
	static const uint8_t a[4] = { 10, 0, 0, 9 }, b[4] = { 10, 0, 0, 2 };
	size_t have = n - cut;
	uint8_t *p = malloc(20 + have);
	struct pkt k = { .frame = p, .caplen = (uint32_t)(20 + have), .t_ns = now += 1000, .no = ++frame_no, .fam = 4, .proto = 6,
		.sport = client ? client_port : PORT, .dport = client ? PORT : client_port, .src = addr_make(client ? a : b, 4),
		.dst = addr_make(client ? b : a, 4), .l4 = p, .l4len = (uint32_t)(20 + have), .l4claim = (uint32_t)(20 + n) };
	struct flow_key key;
	struct tcp_place at;
	bool read;

	memset(p, 0, 20);
	for (int i = 0; i < 4; i++) {
		p[4 + i] = (uint8_t)(seq >> (24 - 8 * i));
		p[8 + i] = (uint8_t)(ack >> (24 - 8 * i));
	}
	p[12] = 5 << 4;
	p[13] = flags;
	if (have)
		memcpy(p + 20, data, have);
	flow_key_make(&key, &k, false);
	tcp_place(&tcp, &k, &key, flow_hash(&hk, &key), &at);
	read = tcp_packet(&tcp, &k, &at, &toy, &user);
	free(p);
	return read;
}

static bool client_sends(uint32_t seq, const char *data, size_t n)
{
	return send_from(CLIENT, true, ACK, seq, 5000, data, n, 0);
}

static void server_acks(uint32_t ack)
{
	(void)send_from(CLIENT, false, ACK, 5000, ack, NULL, 0, 0);
}

/* SYN with 999: the client's first octet is 1000, the server's 5000. */
static void handshake(void)
{
	(void)send_from(CLIENT, true, SYN, 999, 0, NULL, 0, 0);
	(void)send_from(CLIENT, false, SYN | ACK, 4999, 1000, NULL, 0, 0);
	(void)send_from(CLIENT, true, ACK, 1000, 5000, NULL, 0, 0);
}

static bool is(const char *want)
{
	if (!strcmp(got.text, want))
		return true;
	printf("# got: %s\n", got.text);
	return false;
}

static void units_are_cut_from_segments_of_any_size(void)
{
	begin();
	handshake();
	EXPECT(client_sends(1000, "\xa5\1a\xa5\2bc\xa5\3d", 10) && is("a bc "));
	EXPECT(got.to_server && got.frame == 4 && got.frames == 1 && got.off == 23 && got.len == 4 && !got.gaps);
	EXPECT(client_sends(1010, "ef", 2) && is("a bc def "));
	EXPECT(got.frames == 2 && got.last_frames[0] == 4 && got.last_frames[1] == 5 && got.frame == 5 && got.off == 20 && got.len == 2);
	EXPECT(send_from(CLIENT, false, ACK, 5000, 1012, "\xa5\1z", 3, 0) && is("a bc def z ") && !got.to_server && got.sport == PORT);
	EXPECT(!tcp.retransmitted && !tcp.gap_octets && !tcp.refused);
	end();
}

static void late_segments_are_put_in_order(void)
{
	begin();
	handshake();
	client_sends(1003, "\xa5\1b", 3);
	client_sends(1006, "\xa5\1c", 3);
	EXPECT(is("") && got.units == 0);
	client_sends(1000, "\xa5\1a", 3);
	EXPECT(is("a b c ") && !got.gaps && !tcp.gap_octets);
	end();
}

static void what_comes_twice_is_only_counted(void)
{
	begin();
	handshake();
	client_sends(1000, "\xa5\1a", 3);
	client_sends(1000, "\xa5\1a", 3);
	client_sends(1000, "\xa5\1a\xa5\1b", 6);		/* sent again with more */
	client_sends(1009, "\xa5\1d", 3);
	client_sends(1009, "\xa5\1d", 3);			/* again while it waits */
	client_sends(1006, "\xa5\1c", 3);
	EXPECT(is("a b c d ") && tcp.retransmitted == 3 && !tcp.overlaps);
	end();
}

static void where_segments_overlap_the_first_octets_win(void)
{
	begin();
	handshake();
	client_sends(1002, "XY", 2);
	client_sends(1000, "\xa5\4abcd", 6);
	EXPECT(is("XYcd ") && tcp.overlaps == 1);
	end();
}

static void an_acknowledged_hole_is_a_gap_and_the_stream_goes_on(void)
{
	begin();
	handshake();
	client_sends(1000, "\xa5\1a", 3);
	client_sends(1013, "\xa5\1c", 3);			/* ten octets are missing */
	EXPECT(is("a "));
	server_acks(1016);
	EXPECT(is("a c ") && tcp.gap_octets == 10 && got.lost == 10 && got.lost_told == 1 && got.gaps == 1);
	EXPECT(got.to_server && got.sport == CLIENT && got.frame == 5);	/* as the client sent it, though the other side's packet showed it */
	client_sends(1016, "\xa5\1d", 3);
	EXPECT(is("a c d ") && got.gaps == 1);
	end();
}

static void a_unit_whose_rest_is_lost_is_cut(void)
{
	begin();
	handshake();
	client_sends(1000, "\xa5\4ab", 4);
	client_sends(1006, "\xa5\1c", 3);
	server_acks(1009);
	EXPECT(is("~ab c ") && tcp.gap_octets == 2);
	end();
}

static void behind_a_gap_the_reader_finds_its_way_again(void)
{
	begin();
	handshake();
	client_sends(1100, "xx\xa5\1b", 5);
	server_acks(1105);
	EXPECT(is("b ") && tcp.gap_octets == 100);
	end();
}

static void one_acknowledgement_may_be_early_but_not_two(void)
{
	begin();
	handshake();
	server_acks(1003);
	client_sends(1000, "\xa5\1a", 3);			/* captured after its acknowledgement */
	EXPECT(is("a ") && !tcp.gap_octets);
	server_acks(1006);
	server_acks(1009);
	EXPECT(tcp.gap_octets == 3 && !got.lost_told);
	client_sends(1009, "\xa5\1d", 3);
	EXPECT(is("a d ") && tcp.gap_octets == 6 && got.lost == 6);
	end();
}

static void a_stream_may_begin_in_the_middle(void)
{
	begin();
	client_sends(77000, "garbage\xa5\1a", 10);
	EXPECT(is("a ") && got.gaps == 8 && !tcp.gap_octets && got.to_server);
	EXPECT(send_from(CLIENT, false, ACK, 5000, 77010, "\xa5\1z", 3, 0) && is("a z ") && !got.to_server);
	end();
}

static void sequence_numbers_wrap(void)
{
	begin();
	(void)send_from(CLIENT, true, SYN, 0xfffffffd, 0, NULL, 0, 0);
	client_sends(1, "\xa5\1b", 3);
	client_sends(0xfffffffe, "\xa5\1a", 3);
	EXPECT(is("a b ") && !tcp.gap_octets);
	end();
}

static void a_snapped_segment_gives_what_it_has(void)
{
	begin();
	handshake();
	(void)send_from(CLIENT, true, ACK, 1000, 5000, "\xa5\1a\xa5\4bcde", 9, 2);
	EXPECT(is("a ~bc ") && !tcp.gap_octets && !got.lost_told);
	client_sends(1009, "\xa5\1f", 3);
	EXPECT(is("a ~bc f "));
	end();
}

static void a_sender_that_stops_early_is_short_not_cut(void)
{
	begin();
	handshake();
	client_sends(1000, "\xa5\4ab", 4);
	(void)send_from(CLIENT, true, FIN | ACK, 1004, 5000, NULL, 0, 0);
	EXPECT(is("ab "));
	client_sends(1000, "\xa5\4ab", 4);
	EXPECT(is("ab ") && tcp.retransmitted == 1);
	end();
}

static void what_waits_at_the_end_of_the_capture_is_cut(void)
{
	begin();
	handshake();
	client_sends(1000, "\xa5\4ab", 4);
	server_acks(1008);
	server_acks(1008);
	tcp_end(&tcp, &user);
	EXPECT(is("~ab ") && got.lost == 4 && tcp.streams.used == 0);
	end();
}

static void ports_used_again_begin_a_new_stream(void)
{
	begin();
	handshake();
	client_sends(1000, "\xa5\1a", 3);
	(void)send_from(CLIENT, true, SYN, 7777, 0, NULL, 0, 0);
	(void)send_from(CLIENT, true, SYN, 7777, 0, NULL, 0, 0);
	client_sends(7778, "\xa5\1b", 3);
	EXPECT(is("a b ") && !tcp.gap_octets && !got.gaps);
	end();
}

static void another_protocol_is_left_alone(void)
{
	begin();
	handshake();
	EXPECT(!client_sends(1000, "hello", 5));
	EXPECT(!client_sends(1005, "\xa5\1a", 3) && is(""));
	EXPECT(send_from(CLIENT, false, ACK, 5000, 1008, "\xa5\1z", 3, 0) && is("z "));
	end();
}

static void a_unit_too_long_to_keep_is_passed_over(void)
{
	static uint8_t big[1400];
	uint32_t seq = 1000;

	begin();
	handshake();
	big[0] = MARK;
	big[1] = 0xff;					/* STREAM_MAX + 100 octets */
	for (uint32_t left = STREAM_MAX + 100; left; ) {
		uint32_t n = left < sizeof(big) ? left : (uint32_t)sizeof(big);

		client_sends(seq, (const char *)big, n);
		memset(big, 0, sizeof(big));
		seq += n;
		left -= n;
	}
	client_sends(seq, "\xa5\1a", 3);
	EXPECT(is("a ") && tcp.refused == 1 && !got.gaps);
	end();
}

static void a_hole_that_no_buffer_can_wait_for_is_a_gap(void)
{
	static char fill[1000];
	uint32_t seq = 1100;

	begin();
	handshake();
	for (int i = 0; i < 500; i++, seq += 1000) {
		fill[0] = (char)MARK;
		fill[1] = 1;
		fill[2] = 'q';
		memset(fill + 3, 0, sizeof(fill) - 3);
		client_sends(seq, fill, sizeof(fill));
	}
	EXPECT(tcp.gap_octets == 100 && got.units >= 1);
	end();
}

static void more_streams_than_buffers_lose_the_oldest(void)
{
	begin();
	for (uint16_t i = 0; i < TCP_BUFFERS + 10; i++) {
		(void)send_from((uint16_t)(20000 + i), true, SYN, 999, 0, NULL, 0, 0);
		(void)send_from((uint16_t)(20000 + i), true, ACK, 1000, 5000, "\xa5\4ab", 4, 0);
	}
	EXPECT(tcp.refused == 10);
	for (uint16_t i = 0; i < TCP_BUFFERS + 10; i++)
		(void)send_from((uint16_t)(20000 + i), true, ACK, 1004, 5000, "cd\xa5\1z", 5, 0);
	EXPECT(got.units == 2 * TCP_BUFFERS + 10);	/* ten were lost with their first half, and found again */
	end();
}

static void old_streams_make_room(void)
{
	begin();
	for (uint32_t i = 0; i < TCP_STREAMS + 100; i++) {
		now += i ? 0 : 1000;
		(void)send_from((uint16_t)(1000 + i), true, SYN, 999, 0, NULL, 0, 0);
	}
	EXPECT(tcp.streams.used == TCP_STREAMS && tcp.refused == 100);
	now += TCP_IDLE_NS + 1;
	(void)send_from(50, true, SYN, 999, 0, NULL, 0, 0);
	EXPECT(tcp.streams.used == 1);
	end();
}

static uint32_t next_random(uint64_t *x)
{
	*x = *x * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*x >> 33);
}

/* A stream cut into segments at random, reordered, repeated, acknowledged: the same units come out. */
static void any_order_of_segments_gives_the_same_units(void)
{
	static uint8_t stream[20000];
	static char want[sizeof(got.text)];
	uint64_t x = 11;
	unsigned bad = 0;

	for (int round = 0; round < 400; round++) {
		uint32_t n = 0, base = next_random(&x), seg[512][2], segs = 0, at = 0;
		size_t w = 0;

		begin();
		while (n < 3000) {
			uint32_t len = next_random(&x) % 200;

			stream[n++] = MARK;
			stream[n++] = (uint8_t)len;
			for (uint32_t i = 0; i < len; i++)
				want[w++] = (char)(stream[n++] = (uint8_t)('a' + next_random(&x) % 26));
			want[w++] = ' ';
		}
		want[w] = 0;
		while (at < n) {
			uint32_t len = 1 + next_random(&x) % 60;

			len = len < n - at ? len : n - at;
			seg[segs][0] = at;
			seg[segs++][1] = len;
			at += len;
			if (next_random(&x) % 8 == 0) {		/* sent again, across earlier borders */
				uint32_t back = next_random(&x) % 100 % at, more = 1 + next_random(&x) % 100;

				seg[segs][0] = at - back;
				seg[segs++][1] = more < n - (at - back) ? more : n - (at - back);
			}
		}
		for (uint32_t i = 0; i + 1 < segs; i++) {	/* out of order by a few */
			uint32_t k = i + next_random(&x) % 6, t0, t1;

			if (k >= segs)
				continue;
			t0 = seg[i][0], t1 = seg[i][1];
			seg[i][0] = seg[k][0], seg[i][1] = seg[k][1];
			seg[k][0] = t0, seg[k][1] = t1;
		}
		(void)send_from(CLIENT, true, SYN, base - 1, 0, NULL, 0, 0);
		for (uint32_t i = 0; i < segs; i++)
			if (seg[i][1])
				client_sends(base + seg[i][0], (const char *)stream + seg[i][0], seg[i][1]);
		bad += strcmp(got.text, want) != 0 || tcp.overlaps || tcp.gap_octets || tcp.refused;
		end();
	}
	EXPECT(!bad);
}

/* Headers at random: nothing is asked but to come back in one piece. */
static void no_segment_does_harm(void)
{
	uint64_t x = 5;
	uint8_t data[200];

	begin();
	for (int i = 0; i < 200000; i++) {
		size_t n = next_random(&x) % sizeof(data), cut = next_random(&x) % 4 ? 0 : next_random(&x) % (n + 1);
		uint32_t seq = 1000 + next_random(&x) % 3000, ack = 1000 + next_random(&x) % 3000;

		for (size_t k = 0; k < n; k++)
			data[k] = next_random(&x) % 3 ? (uint8_t)next_random(&x) : MARK;
		if (next_random(&x) % 50 == 0)
			seq = next_random(&x) << 1;
		if (next_random(&x) % 50 == 0)
			ack = next_random(&x) << 1;
		(void)send_from((uint16_t)(CLIENT + next_random(&x) % 90), next_random(&x) % 2, (uint8_t)(next_random(&x) % 20 ? ACK : next_random(&x)), seq,
			ack, data, n, cut);
		if (got.n > sizeof(got.text) / 2)
			got.n = 0;
	}
	tcp_end(&tcp, &user);
	for (uint32_t i = 0; i < TCP_BUFFERS; i++)
		EXPECT(!tcp.buffer[i].owner);
	end();
}

int main(void)
{
	TEST(units_are_cut_from_segments_of_any_size);
	TEST(late_segments_are_put_in_order);
	TEST(what_comes_twice_is_only_counted);
	TEST(where_segments_overlap_the_first_octets_win);
	TEST(an_acknowledged_hole_is_a_gap_and_the_stream_goes_on);
	TEST(a_unit_whose_rest_is_lost_is_cut);
	TEST(behind_a_gap_the_reader_finds_its_way_again);
	TEST(one_acknowledgement_may_be_early_but_not_two);
	TEST(a_stream_may_begin_in_the_middle);
	TEST(sequence_numbers_wrap);
	TEST(a_snapped_segment_gives_what_it_has);
	TEST(a_sender_that_stops_early_is_short_not_cut);
	TEST(what_waits_at_the_end_of_the_capture_is_cut);
	TEST(ports_used_again_begin_a_new_stream);
	TEST(another_protocol_is_left_alone);
	TEST(a_unit_too_long_to_keep_is_passed_over);
	TEST(a_hole_that_no_buffer_can_wait_for_is_a_gap);
	TEST(more_streams_than_buffers_lose_the_oldest);
	TEST(old_streams_make_room);
	TEST(any_order_of_segments_gives_the_same_units);
	TEST(no_segment_does_harm);
	return tap_end();
}
