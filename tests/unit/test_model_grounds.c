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

int main(void)
{
	TEST(the_first_frames_of_a_contact_are_kept_over_all_its_tallies);
	TEST(when_there_is_no_room_the_first_frame_is_kept_and_the_rest_counted);
	return tap_end();
}
