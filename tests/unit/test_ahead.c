/* What every packet passes: its flow's key, the memory of copies, the list of its contact's frames. */
#include "dup.h"
#include "fact.h"
#include "flow.h"
#include "../../src/layers/frames.h"	/* there is one here, too */
#include "tap.h"

#include <string.h>

static const struct hash_key hk = { { 1, 3, 5, 7 } };

static uint32_t roll(uint32_t *seed)
{
	return *seed = *seed * 1664525u + 1013904223u;
}

/* As it is said: the lower end by memcmp(), then by port. */
static void both_directions_have_one_key_that_begins_with_the_lower_end(void)
{
	uint32_t seed = 1;
	bool key_ok = true, same = true, side = true;

	for (unsigned i = 0; i < 20000; i++) {
		struct pkt k = { .proto = 6, .fam = i % 3 ? 4 : 6, .sport = (uint16_t)(roll(&seed) >> 16), .dport = (uint16_t)(roll(&seed) >> 16) }, back;
		struct flow_key a, b;
		int c;

		for (unsigned n = 0; n < (k.fam == 4 ? 4 : 16); n++) {
			k.src.b[n] = (uint8_t)(roll(&seed) >> 30);		/* few values: ends that share their beginning, or are the same */
			k.dst.b[n] = (uint8_t)(i % 7 ? roll(&seed) >> 30 : k.src.b[n]);
		}
		if (!(i % 11))
			k.dport = k.sport;
		k.src.fam = k.dst.fam = k.fam;
		back = k;
		back.src = k.dst;
		back.dst = k.src;
		back.sport = k.dport;
		back.dport = k.sport;
		flow_key_make(&a, &k, false);
		flow_key_make(&b, &back, false);
		same &= !memcmp(&a, &b, sizeof(a));
		c = memcmp(k.src.b, k.dst.b, 16);
		if (c > 0 || (!c && k.sport > k.dport))
			key_ok &= !memcmp(a.lo, k.dst.b, 16) && !memcmp(a.hi, k.src.b, 16) && a.plo == k.dport && a.phi == k.sport;
		else
			key_ok &= !memcmp(a.lo, k.src.b, 16) && !memcmp(a.hi, k.dst.b, 16) && a.plo == k.sport && a.phi == k.dport;
		side &= flow_from_lo(&a, &k) == (!memcmp(k.src.b, a.lo, 16) && k.sport == a.plo);
	}
	EXPECT(key_ok);		/* the lower end comes first, of one address the lower port */
	EXPECT(same);		/* both directions have one key */
	EXPECT(side);		/* a packet is of the lower end, or it is not */
}

static void a_copy_is_the_same_packet_within_10_ms(void)
{
	struct dup d;
	uint64_t first, set = 5;

	if (dup_init(&d, &hk))
		abort();
#define SEEN(which, ms) dup_seen(&d, set | (uint64_t)(which) << 32, (ms) * 1000000ull, &first)
	EXPECT(!SEEN(1, 100) && SEEN(1, 110) && !first);		/* a packet comes again within 10 ms: a copy, of which nobody told a fact */
	dup_gave(&d, set | 1ull << 32, 100 * 1000000ull, 77);
	EXPECT(SEEN(1, 105) && first == 77 && SEEN(1, 95) && first == 77);
	EXPECT(!SEEN(1, 111) && SEEN(1, 112) && !first);		/* later it is another packet, whose facts are not those of the first */
	EXPECT(!SEEN(2, 113) && !SEEN(3, 114) && !SEEN(4, 115) && SEEN(1, 115) && d.overrun == 0);
	EXPECT(!SEEN(5, 116) && d.overrun == 1);		/* one that falls out after 5 ms is counted */
	EXPECT(!SEEN(1, 116) && d.overrun == 2);		/* it is not known any more */
	EXPECT(SEEN(4, 116) && SEEN(5, 117));		/* the later ones are */
#undef SEEN
	dup_free(&d);
}

static bool held(const struct frame_pool *p, const struct frame_list *l, uint32_t first, uint32_t n)
{
	uint32_t out[FACT_FRAMES];
	bool is = frames_get(p, l, out) == n;

	for (uint32_t i = 0; is && i < n; i++)
		is = out[i] == first + i;
	return is;
}

static void the_first_frames_are_kept_in_order_as_long_as_there_is_room(void)
{
	struct frame_pool p;
	struct frame_list a = { 0 }, b = { 0 };
	bool all = true;

	if (frame_pool_init(&p, 4))		/* three chunks */
		abort();
	for (uint32_t n = 1; n <= LIST_FRAMES + 2 * CHUNK_FRAMES; n++) {
		frames_add(&p, &a, 0xfffffff0u - 100 + n);
		all &= held(&p, &a, 0xfffffff0u - 99, n) && a.total == n;
	}
	EXPECT(all);		/* frames in the order they came, over chunks */
	for (uint32_t n = 1; n <= LIST_FRAMES + CHUNK_FRAMES + 5; n++)
		frames_add(&p, &b, n);
	EXPECT(held(&p, &b, 1, LIST_FRAMES + CHUNK_FRAMES) && b.total == LIST_FRAMES + CHUNK_FRAMES + 5 && p.refused == 1);
	frames_drop(&p, &a);
	frames_add(&p, &b, 99);
	EXPECT(held(&p, &b, 1, LIST_FRAMES + CHUNK_FRAMES));		/* and stays ended when there is room again */
	EXPECT(!a.total && held(&p, &a, 0, 0));		/* a list given back is empty */
	for (uint32_t n = 1; n <= LIST_FRAMES + 2 * CHUNK_FRAMES + 1; n++)
		frames_add(&p, &a, n);
	EXPECT(held(&p, &a, 1, LIST_FRAMES + 2 * CHUNK_FRAMES) && p.refused == 2);		/* its chunks are used again */
	frame_pool_free(&p);

	if (frame_pool_init(&p, 64))
		abort();
	a = (struct frame_list){ 0 };
	for (uint32_t n = 1; n <= FACT_FRAMES + 9; n++)
		frames_add(&p, &a, n);
	EXPECT(held(&p, &a, 1, FACT_FRAMES) && a.total == FACT_FRAMES + 9);		/* the first FACT_FRAMES are kept, all are counted */
	frame_pool_free(&p);
}

int main(void)
{
	TEST(both_directions_have_one_key_that_begins_with_the_lower_end);
	TEST(a_copy_is_the_same_packet_within_10_ms);
	TEST(the_first_frames_are_kept_in_order_as_long_as_there_is_room);
	return tap_end();
}
