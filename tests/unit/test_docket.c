/* The docket: what checks put on it becomes findings.  The checks here are the test's own; they say what they are told to. */
#include "docket.h"

#include "tap.h"

static const char *hashed;		/* what the ids were made of, the last one */
static char hashed_room[512];

static void fake_sha256(const void *data, size_t n, uint8_t out[32])
{
	memcpy(hashed_room, data, n);
	hashed_room[n] = 0;
	hashed = hashed_room;
	for (unsigned i = 0; i < 32; i++)
		out[i] = (uint8_t)(0xa0 + i);
}

/* ---- checks that say what the test holds ready ---- */

static const struct instance *ready[3];

static void say(const struct instance *x, const struct fact *f, struct docket *d)
{
	struct instance with = x ? *x : (struct instance){ .verdict = CONFORM };

	if (!x)
		return;
	with.fact = f;
	docket_add(d, &with);
}

static void first_says(const struct view *v, const struct fact *f, struct docket *d) { (void)v; say(ready[0], f, d); }
static void second_says(const struct view *v, const struct fact *f, struct docket *d) { (void)v; say(ready[1], f, d); }
static void third_says(const struct view *v, const struct fact *f, struct docket *d) { (void)v; say(ready[2], f, d); }
static bool never(const struct view *v) { (void)v; return false; }

#define WAKES .nwakes = 1, .wakes = { { FACT_DNS, ANY_TYPE } }, .reads = 1u << FACT_DNS
static const struct check specific = { .id = "N2-UNKNOWN-RAN", .title = "specific", .severity = SEV_CRIT, WAKES, .on_fact = first_says };
static const struct check general = { .id = "CONTACT-UNEXPLAINED", .title = "general", .severity = SEV_MED, WAKES, .on_fact = second_says };
static const struct check vendor = { .id = "VENDOR-UNREGISTERED", .title = "vendor", .severity = SEV_HIGH, WAKES, .on_fact = third_says };
static const struct check unasked = { .id = "UNASKED", .title = "unasked", .severity = SEV_HIGH, .asked = never };
const struct check *const checks[] = { &specific, &general, &vendor, &unasked, NULL };

/* ---- a case under test ---- */

struct bench { struct model *model; struct policy policy; struct view view; struct docket *d; struct fact f; };

static struct bench *bench_new(uint32_t cases)
{
	struct bench *b = calloc(1, sizeof(*b));
	struct model_config mc = { .hash = hash_key_make("test", 4) };
	struct docket_config dc = { .hash = mc.hash, .cases = cases };

	if (!b || model_new(&b->model, &mc))
		abort();
	b->view = (struct view){ .model = b->model, .policy = &b->policy, .sha256 = fake_sha256 };
	if (docket_new(&b->d, &b->view, &dc))
		abort();
	b->f = (struct fact){ .kind = FACT_DNS, .transport = 17 };
	memset(ready, 0, sizeof(ready));
	return b;
}

static void bench_free(struct bench *b)
{
	docket_free(b->d);
	view_free(&b->view);
	model_free(b->model);
	free(b);
}

static struct addr ip(const char *s)
{
	struct addr a;

	if (!addr_parse(s, strlen(s), &a))
		abort();
	return a;
}

static struct instance about(enum verdict verdict, const char *subject, const char *object, const char *filter)
{
	struct addr s = ip(subject), o = ip(object);

	return (struct instance){ .verdict = verdict, .subject = party_at(&s), .object = party_at(&o), .filter = filter, .reason = "as told" };
}

/* A message in this frame, about which the checks say what is ready. */
static void message(struct bench *b, uint32_t frame)
{
	b->f.n++;
	b->f.frame = frame;
	b->f.t_ns = frame * 1000000000ull;
	docket_fact(b->d, &b->f);
}

static const struct finding *only(struct bench *b)
{
	EXPECT(docket_end(b->d) == 0);
	if (!EXPECT(docket_findings(b->d) == 1))
		abort();
	return docket_finding(b->d, 0);
}

static const struct check_result *result(struct bench *b, unsigned i)
{
	unsigned n;
	const struct check_result *r = docket_results(b->d, &n);

	EXPECT(n == 4);
	return &r[i];
}

/* ---- folding ---- */

static void many_instances_are_one_finding_a_check_subject_and_object(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(VIOLATED, "10.0.0.1", "10.0.0.2", "a"), y = about(VIOLATED, "10.0.0.1", "10.0.0.3", "b");
	const struct finding *f;

	ready[0] = &x;
	message(b, 5);
	message(b, 7);
	ready[0] = &y;
	message(b, 9);
	EXPECT(docket_end(b->d) == 0 && docket_findings(b->d) == 2);
	f = docket_finding(b->d, 0);
	EXPECT(f->check == &specific && !strcmp(f->subject, "10.0.0.1") && !strcmp(f->object, "10.0.0.2") && f->count == 2);
	EXPECT(f->nframes == 2 && f->frames_total == 2 && f->frame[0].frame == 5 && f->frame[1].frame == 7);
	EXPECT(f->first_ns == 5000000000u && f->last_ns == 7000000000u && !strcmp(f->reason, "as told") && !strcmp(f->filter, "a"));
	EXPECT(!strcmp(docket_finding(b->d, 1)->object, "10.0.0.3") && result(b, 0)->findings == 2 && result(b, 0)->counts[VIOLATED] == 3);
	bench_free(b);
}

static void two_ways_to_name_one_party_are_one_finding(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(VIOLATED, "10.0.0.1", "10.0.0.2", "a"), y = about(UNPROTECTED, "10.0.0.1", "10.0.0.2", "b");
	const struct finding *f;

	y.subject.bare = 1;
	y.reason = "less";
	ready[0] = &y;
	message(b, 5);
	ready[0] = &x;
	message(b, 7);
	f = only(b);
	EXPECT(f->count == 2 && f->verdict == VIOLATED && f->nframes == 2 && !strcmp(f->reason, "as told"));
	EXPECT(strstr(f->filter, "(a)") && strstr(f->filter, "(b)") && strstr(f->filter, " || "));
	bench_free(b);
}

static void a_frame_counts_once_and_64_are_kept_of_more(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(VIOLATED, "10.0.0.1", "10.0.0.2", "a");
	const struct finding *f;

	ready[0] = &x;
	for (uint32_t i = 1; i <= 100; i++) {
		message(b, i);
		if (i <= 50)
			message(b, i);		/* two such messages in one frame */
	}
	f = only(b);
	EXPECT(f->count == 150 && f->nframes == FINDING_FRAMES && f->frames_total == 100);
	for (uint32_t i = 0; i < f->nframes; i++)
		EXPECT(f->frame[i].frame == i + 1);
	bench_free(b);
}

static void a_copy_of_a_message_adds_its_frame_and_no_count(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(VIOLATED, "10.0.0.1", "10.0.0.2", "a");
	const struct finding *f;

	ready[0] = &x;
	message(b, 5);
	b->f.dup = 1;
	message(b, 6);
	b->f.dup = 77;			/* of a message that no finding is about */
	message(b, 8);
	f = only(b);
	EXPECT(f->count == 1 && f->nframes == 2 && f->frames_total == 2 && f->frame[1].frame == 6);
	bench_free(b);
}

static void subscribers_are_listed_up_to_16_and_counted(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(VIOLATED, "10.0.0.1", "10.0.0.2", "a");
	const struct finding *f;
	char ue[16];

	ready[0] = &x;
	x.ue = ue;
	for (uint32_t i = 0; i < 40; i++) {
		x.nue = (unsigned)snprintf(ue, sizeof(ue), i % 20 < 10 ? "sub-%u" : "s%u-tail", i % 20);
		message(b, i + 1);
	}
	f = only(b);
	EXPECT(f->nues == FINDING_UES && !strcmp(f->ue[0], "sub-0") && !strcmp(f->ue[15], "s15-tail") && f->ues >= 20);
	bench_free(b);
}

/* ---- filters ---- */

static void a_filter_that_would_show_more_names_the_frames(void)
{
	static const enum verdict others[] = { CONFORM, NOT_DECIDABLE };

	for (size_t i = 0; i < 2; i++) {
		struct bench *b = bench_new(0);
		struct instance x = about(VIOLATED, "10.0.0.1", "10.0.0.2", "a"), y = about(others[i], "10.0.0.1", "10.0.0.2", NULL);

		ready[0] = &x;
		message(b, 5);
		message(b, 9);
		ready[0] = &y;
		message(b, 7);
		EXPECT(!strcmp(only(b)->filter, "(a) && frame.number in {5, 9}"));
		bench_free(b);
	}
}

static void a_pinned_filter_names_the_frames_too(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(VIOLATED, "10.0.0.1", "10.0.0.2", "a");

	x.pin = true;
	ready[0] = &x;
	message(b, 5);
	EXPECT(!strcmp(only(b)->filter, "(a) && frame.number in {5}"));
	bench_free(b);
}

static void more_terms_than_there_is_room_for_give_way_to_the_wide_one(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(VIOLATED, "10.0.0.1", "10.0.0.2", NULL);
	char term[32];

	x.filter = term;
	x.wide = "wide";
	ready[0] = &x;
	for (uint32_t i = 0; i < CASE_TERMS + 1; i++) {
		(void)snprintf(term, sizeof(term), "port == %u", i);
		message(b, i + 1);
	}
	EXPECT(!strcmp(only(b)->filter, "wide"));
	bench_free(b);
}

static void as_many_terms_as_fit_are_all_there_once(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(VIOLATED, "10.0.0.1", "10.0.0.2", NULL);
	const struct finding *f;
	char term[32];
	unsigned ors = 0;

	x.filter = term;
	x.wide = "wide";
	ready[0] = &x;
	for (uint32_t i = 0; i < CASE_TERMS * 2; i++) {
		(void)snprintf(term, sizeof(term), "port == %u", i % CASE_TERMS);
		message(b, i + 1);
	}
	f = only(b);
	for (const char *s = f->filter; (s = strstr(s, " || ")) != NULL; s++)
		ors++;
	EXPECT(ors == CASE_TERMS - 1 && strstr(f->filter, "(port == 0)") && strstr(f->filter, "(port == 31)") && !strstr(f->filter, "wide"));
	bench_free(b);
}

static void wireshark_4_0_gets_its_own_names(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(VIOLATED, "10.0.0.1", "10.0.0.2", "nas-5gs.mm.message_type == 1 && nas-eps.x && ip.src == 1.2.3.4");
	const struct finding *f;

	ready[0] = &x;
	message(b, 5);
	f = only(b);
	EXPECT(strstr(f->filter, "nas-5gs.mm") && strstr(f->filter, "nas-eps.x"));
	EXPECT(!strcmp(f->filter_4_0, "nas_5gs.mm.message_type == 1 && nas_eps.x && ip.src == 1.2.3.4"));
	bench_free(b);
}

/* ---- covers ---- */

static void a_specific_finding_covers_the_general_one_about_the_same_two(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(VIOLATED, "10.0.0.1", "10.0.0.2", "a"), y = about(VIOLATED, "10.0.0.2", "10.0.0.1", "b"),
		z = about(VIOLATED, "10.0.0.1", "10.0.0.9", "c");
	const struct finding *f;

	x.subject.bare = 1;
	ready[0] = &x;
	ready[1] = &y;			/* the same two, the other way round */
	ready[2] = &z;			/* about who the subject is, whoever else is in it */
	message(b, 5);
	f = only(b);
	EXPECT(f->check == &specific && f->ncovers == 2 && f->covers[0] != f->covers[1]);
	EXPECT((f->covers[0] == &general || f->covers[1] == &general) && (f->covers[0] == &vendor || f->covers[1] == &vendor));
	EXPECT(result(b, 1)->findings == 0 && result(b, 1)->verdict == VIOLATED);	/* covered, not unseen */
	bench_free(b);
}

static void a_finding_about_others_is_not_covered(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(VIOLATED, "10.0.0.1", "10.0.0.2", "a"), y = about(VIOLATED, "10.0.0.1", "10.0.0.3", "b");

	ready[0] = &x;
	ready[1] = &y;
	message(b, 5);
	EXPECT(docket_end(b->d) == 0 && docket_findings(b->d) == 2 && docket_finding(b->d, 0)->ncovers == 0);
	bench_free(b);
}

static void what_only_follows_from_who_an_end_is_is_covered(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(VIOLATED, "10.0.0.1", "10.0.0.2", "a"), y = about(VIOLATED, "10.0.0.3", "10.0.0.1", "b");

	y.would_be_standard = true;
	ready[0] = &x;
	ready[1] = &y;
	message(b, 5);
	EXPECT(only(b)->check == &specific);
	bench_free(b);
}

/* ---- severities, accept, words, ids ---- */

static void severity_is_the_checks_unless_the_instance_or_the_policy_says_another(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(VIOLATED, "10.0.0.1", "10.0.0.2", "a"), y = about(UNPROTECTED, "10.0.0.5", "10.0.0.6", "b"),
		z = about(VIOLATED, "10.0.0.7", "10.0.0.8", "c");
	struct check_rule rule = { .check = { .s = "VENDOR-UNREGISTERED" }, .severity = SEV_LOW };
	enum severity got[3] = { SEV_NONE };

	b->policy.checks.v = &rule;
	b->policy.checks.n = 1;
	x.severity = SEV_MED;		/* CRIT by the check */
	ready[0] = &x;
	ready[1] = &y;
	ready[2] = &z;
	message(b, 5);
	EXPECT(docket_end(b->d) == 0 && docket_findings(b->d) == 3);
	for (uint32_t i = 0; i < docket_findings(b->d); i++)
		for (unsigned k = 0; k < 3; k++)
			if (docket_finding(b->d, i)->check == checks[k])
				got[k] = docket_finding(b->d, i)->severity;
	EXPECT(got[0] == SEV_MED && got[1] == SEV_INFO && got[2] == SEV_LOW);
	EXPECT(docket_finding(b->d, 0)->severity >= docket_finding(b->d, 1)->severity);	/* in order */
	bench_free(b);
}

static void an_accepted_finding_is_there_and_names_its_rule(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(VIOLATED, "10.0.0.1", "10.0.0.2", "a");
	struct accept_rule rule = { .check = { .s = "N2-UNKNOWN-RAN" }, .subject = { .s = "10.0.0.1" }, .reason = { .s = "known" }, .until_ns = UINT64_MAX };

	b->policy.accept.v = &rule;
	b->policy.accept.n = 1;
	ready[0] = &x;
	message(b, 5);
	EXPECT(only(b)->accepted == &rule && result(b, 0)->findings == 1);
	bench_free(b);
}

static void the_word_of_a_check_is_the_first_of_the_five_that_was_said(void)
{
	static const enum verdict said[] = { CONFORM, UNPROTECTED, NOT_DECIDABLE, VIOLATED };
	struct instance x[4];

	for (unsigned n = 0; n <= 4; n++) {
		struct bench *b = bench_new(0);

		for (unsigned i = 0; i < n; i++) {
			x[i] = about(said[i], "10.0.0.1", "10.0.0.2", "a");
			ready[0] = &x[i];
			message(b, i + 1);
		}
		EXPECT(docket_end(b->d) == 0);
		EXPECT(result(b, 0)->verdict == (n ? said[n - 1] : NOT_OBSERVED) && result(b, 0)->reason && *result(b, 0)->reason);
		EXPECT(result(b, 3)->verdict == OFF && result(b, 1)->verdict == NOT_OBSERVED);
		bench_free(b);
	}
}

static void reasons_of_what_was_not_decidable_are_counted(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(NOT_DECIDABLE, "10.0.0.1", "10.0.0.2", NULL), y = about(NOT_DECIDABLE, "10.0.0.3", "10.0.0.2", NULL);

	y.reason = "another";
	ready[0] = &x;
	message(b, 5);
	message(b, 6);
	ready[0] = &y;
	message(b, 7);
	EXPECT(docket_end(b->d) == 0 && docket_findings(b->d) == 0);
	EXPECT(result(b, 0)->nundecided == 2 && result(b, 0)->undecided[0].n == 2 && !strcmp(result(b, 0)->undecided[1].text, "another"));
	bench_free(b);
}

static void what_was_lost_or_cut_leaves_those_who_read_it_undecided(void)
{
	struct bench *b = bench_new(0);

	b->f.outcome = OUT_CUT;
	message(b, 5);
	b->f.outcome = OUT_OK;
	b->f.kind = FACT_LOSS;
	message(b, 6);
	EXPECT(docket_end(b->d) == 0 && result(b, 0)->verdict == NOT_DECIDABLE && result(b, 0)->counts[NOT_DECIDABLE] == 2);
	EXPECT(result(b, 3)->verdict == OFF && result(b, 3)->counts[NOT_DECIDABLE] == 0);
	bench_free(b);
}

static void an_id_is_of_check_subject_and_object(void)
{
	struct bench *b = bench_new(0);
	struct instance x = about(VIOLATED, "10.0.0.1", "2001:db8::1", "a");

	ready[0] = &x;
	message(b, 5);
	EXPECT(!strcmp(only(b)->id, "F-a0a1a2a3a4a5") && hashed && !strcmp(hashed, "N2-UNKNOWN-RAN\n10.0.0.1\n2001:db8::1"));
	bench_free(b);
	b = bench_new(0);
	x.object = party_none();
	ready[0] = &x;
	message(b, 5);
	EXPECT(!*only(b)->object && !strcmp(hashed, "N2-UNKNOWN-RAN\n10.0.0.1\n"));
	bench_free(b);
}

static void a_full_docket_refuses_and_counts(void)
{
	struct bench *b = bench_new(4);
	char subject[16];
	struct instance x;

	ready[0] = &x;
	for (uint32_t i = 0; i < 40; i++) {
		(void)snprintf(subject, sizeof(subject), "10.0.1.%u", i);
		x = about(VIOLATED, subject, "10.0.0.2", "a");
		message(b, i + 1);
	}
	EXPECT(docket_end(b->d) == 0 && docket_refused(b->d) > 0 && docket_findings(b->d) + docket_refused(b->d) == 40);
	EXPECT(result(b, 0)->counts[VIOLATED] == 40);
	bench_free(b);
}

int main(void)
{
	TEST(many_instances_are_one_finding_a_check_subject_and_object);
	TEST(two_ways_to_name_one_party_are_one_finding);
	TEST(a_frame_counts_once_and_64_are_kept_of_more);
	TEST(a_copy_of_a_message_adds_its_frame_and_no_count);
	TEST(subscribers_are_listed_up_to_16_and_counted);
	TEST(a_filter_that_would_show_more_names_the_frames);
	TEST(a_pinned_filter_names_the_frames_too);
	TEST(more_terms_than_there_is_room_for_give_way_to_the_wide_one);
	TEST(as_many_terms_as_fit_are_all_there_once);
	TEST(wireshark_4_0_gets_its_own_names);
	TEST(a_specific_finding_covers_the_general_one_about_the_same_two);
	TEST(a_finding_about_others_is_not_covered);
	TEST(what_only_follows_from_who_an_end_is_is_covered);
	TEST(severity_is_the_checks_unless_the_instance_or_the_policy_says_another);
	TEST(an_accepted_finding_is_there_and_names_its_rule);
	TEST(the_word_of_a_check_is_the_first_of_the_five_that_was_said);
	TEST(reasons_of_what_was_not_decidable_are_counted);
	TEST(what_was_lost_or_cut_leaves_those_who_read_it_undecided);
	TEST(an_id_is_of_check_subject_and_object);
	TEST(a_full_docket_refuses_and_counts);
	return tap_end();
}
