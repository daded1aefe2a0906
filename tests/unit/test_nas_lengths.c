/* NAS of 5G and of EPS: each message with each element of each length, and containers in containers. */
#include "nas5.h"
#include "naseps.h"
#include "state.h"
#include "tap.h"

#include <stdlib.h>

enum { ROOM = 70000, PARTS_MOST = 40, ELEMENTS = 0x80 };

static struct layers *layers;
static struct { unsigned facts, limits; uint8_t outcome; bool some_skip; uint64_t skip; uint32_t items; } got;	/* outcome, skip: of the first; the rest of all */

static void on_fact(void *ctx, const struct fact *f)
{
	(void)ctx;
	if (!got.facts++) {
		got.outcome = f->outcome;
		for (uint32_t i = 0; i < f->nitem; i++)
			if (f->item[i].type == ITEM_SKIP) {
				got.some_skip = true;
				got.skip = f->item[i].v.u;
			}
	}
	got.limits += f->outcome == OUT_LIMIT;
	if (f->nitem > got.items)
		got.items = f->nitem;
}

/* From an exact-size copy, so that one octet too many shows. */
static void reads(const struct proto *p, const uint8_t *b, size_t n, bool cut)
{
	static const struct pkt k = { .no = 1, .fam = 4, .proto = 132, .sport = 9487, .dport = 38412 };
	static const struct addr core = { { 10, 0, 9, 1 }, 4 };
	struct ue_key ue = { .assoc = 1, .amf = core, .ran_id = 1, .has_ran = true, .procedure = 46, .uplink = true };
	uint8_t *copy = malloc(n ? n : 1);
	struct msg m = { .pkt = &k, .len = (uint32_t)n, .assoc = 1, .ue = &ue };

	memcpy(copy, b, n);
	memset(&got, 0, sizeof(got));
	m.cur = cur_make(copy, n, cut);
	(void)layers_message(layers, p, &m);
	layers_batch_done(layers);
	free(copy);
}

struct kind { const struct proto *p; uint8_t head[3]; unsigned nhead, from, to, short_one, long_one; };
static const struct kind kinds[] = {		/* short_one, long_one: elements of no row, whose length takes one octet, or two */
	{ &proto_nas5, { 0x7e, 0 }, 2, 0x41, 0x6d, 0x33, 0x7c }, { &proto_nas5, { 0x2e, 5, 1 }, 3, 0xc1, 0xdb, 0x33, 0x7c },
	{ &proto_naseps, { 0x07 }, 1, 0x41, 0x6f, 0x31, 0x7c }, { &proto_naseps, { 0x52, 1 }, 2, 0xc1, 0xef, 0x31, 0x7c },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static uint8_t b[ROOM];

/* The message's head and type, and so many octets of zero: mandatory elements of no length.  Returns where what is behind them begins. */
static size_t begun(const struct kind *k, unsigned type, unsigned zeros)
{
	memcpy(b, k->head, k->nhead);
	b[k->nhead] = (uint8_t)type;
	memset(b + k->nhead + 1, 0, zeros);
	return k->nhead + 1 + zeros;
}

/* How many octets the mandatory elements of a message take when each is empty; -1: it is not read. */
static int mandatory(const struct kind *k, unsigned type)
{
	for (unsigned zeros = 0; zeros < PARTS_MOST; zeros++) {
		size_t n = begun(k, type, zeros);

		b[n] = 0xf1;			/* an element of one octet, of no row */
		reads(k->p, b, n + 1, false);
		if (got.outcome == OUT_UNKNOWN)
			return -1;
		if (got.some_skip && got.skip == 0xf0)
			return (int)zeros;
	}
	return -1;
}

/* Whole or in trouble; the capture is blamed only where it ended. */
static bool fits(bool cut)
{
	return got.facts && got.outcome != OUT_LIMIT && got.outcome != OUT_UNKNOWN && (cut ? got.outcome != OUT_OK : got.outcome != OUT_CUT);
}

/* An element at n with a length of `form` octets that says `says`, and `there` octets. */
static size_t element(size_t n, unsigned iei, unsigned form, unsigned says, unsigned there, unsigned fill)
{
	b[n++] = (uint8_t)iei;
	if (form == 2)
		b[n++] = (uint8_t)(says >> 8);
	b[n++] = (uint8_t)says;
	for (unsigned i = 0; i < there; i++)
		b[n++] = (uint8_t)(fill ? fill + i : 0);
	return n;
}

/* Each length that is of interest when so many octets are there. */
static unsigned lengths(unsigned there, unsigned form, unsigned out[8])
{
	unsigned n = 0;

	out[n++] = 0;
	out[n++] = 1;
	out[n++] = there ? there - 1 : 0;
	out[n++] = there;
	out[n++] = there + 1;
	out[n++] = 255;
	if (form == 2)
		out[n++] = 65535;
	return n;
}

static void each_element(const struct kind *k, unsigned *messages, unsigned *lies)
{
	static const unsigned there[] = { 0, 1, 2, 5, 12, 30 };

	for (unsigned type = k->from; type <= k->to; type++) {
		int zeros = mandatory(k, type);

		if (zeros < 0)
			continue;
		++*messages;
		for (unsigned iei = 0; iei < ELEMENTS; iei++)
			for (unsigned t = 0; t < sizeof(there) / sizeof(there[0]); t++)
				for (unsigned form = 1; form <= 2; form++) {
					unsigned says[8], n = lengths(there[t], form, says);

					for (unsigned i = 0; i < n; i++) {
						size_t len = element(begun(k, type, (unsigned)zeros), iei, form, says[i], there[t], iei % 2 ? 0 : 0x11 * (i + 1));

						reads(k->p, b, len, (i + t) % 4 == 3);
						EXPECT(fits((i + t) % 4 == 3));
						if (iei != (form == 1 ? k->short_one : k->long_one) || says[i] <= there[t])
							continue;
						reads(k->p, b, len, false);
						++*lies;
						EXPECT(got.outcome == OUT_SHORT);	/* it says more than is there */
					}
				}
	}
}

static void each_length_of_each_element_of_5G_is_survived_CVE_2024_24428_CVE_2024_24431_CVE_2023_37029_CVE_2023_37032(void)
{
	unsigned messages = 0, lies = 0;

	each_element(&kinds[0], &messages, &lies);
	each_element(&kinds[1], &messages, &lies);
	EXPECT(messages == 48 && lies > 1000);
	printf("# %u messages, %u lengths that lie\n", messages, lies);
}

/* APN, protocol configuration options, traffic flow templates, PDN address, ESM container. */
static void each_length_of_each_element_of_EPS_is_survived(void)
{
	unsigned messages = 0, lies = 0;

	each_element(&kinds[2], &messages, &lies);
	each_element(&kinds[3], &messages, &lies);
	EXPECT(messages > 50 && lies > 1000);
	printf("# %u messages, %u lengths that lie\n", messages, lies);
}

/* Mandatory elements: each octet of them may be a length. */
static void each_length_of_each_mandatory_element_is_survived_CVE_2024_24428_CVE_2024_24431_CVE_2024_24416(void)
{
	static const uint8_t lies[] = { 1, 2, 9, 11, 12, 13, 0x7f, 0x80, 0xff };
	unsigned shorts = 0;

	for (unsigned i = 0; i < KINDS; i++)
		for (unsigned type = kinds[i].from; type <= kinds[i].to; type++) {
			int zeros = mandatory(&kinds[i], type);

			for (int at = 0; at < zeros; at++)
				for (unsigned v = 0; v < sizeof(lies); v++)
					for (unsigned more = 0; more < 14; more++) {
						size_t n = begun(&kinds[i], type, (unsigned)zeros) + more;

						memset(b + n - more, 0x11 * (int)more, more);
						b[kinds[i].nhead + 1 + (unsigned)at] = lies[v];
						reads(kinds[i].p, b, n, false);
						EXPECT(fits(false));
						shorts += got.outcome == OUT_SHORT;
						reads(kinds[i].p, b, n, true);
						EXPECT(fits(true));
					}
		}
	EXPECT(shorts > 1000);
}

/* Of every message every prefix that is shorter than its mandatory elements. */
static void a_message_that_ends_in_its_mandatory_elements_is_short_CVE_2024_24431(void)
{
	for (unsigned i = 0; i < KINDS; i++)
		for (unsigned type = kinds[i].from; type <= kinds[i].to; type++) {
			int zeros = mandatory(&kinds[i], type);

			for (int n = 0; n < zeros; n++) {
				reads(kinds[i].p, b, begun(&kinds[i], type, (unsigned)n), false);
				EXPECT(got.facts && got.outcome == OUT_SHORT);
			}
		}
}

/* The message at b[ROOM - n..) is put into another, as its last element: what is before it, and a length of two octets. */
static size_t wrapped(size_t n, const uint8_t *head, size_t nhead)
{
	uint8_t *at = b + ROOM - n - nhead - 2;

	if (n > 65535 || n + nhead + 2 > ROOM)
		return n;
	memcpy(at, head, nhead);
	at[nhead] = (uint8_t)(n >> 8);
	at[nhead + 1] = (uint8_t)n;
	return n + nhead + 2;
}

struct nest { const struct proto *p; uint8_t head[16]; size_t n; unsigned nested; };
static const struct nest nests[] = {
	{ &proto_nas5, { 0x7e, 0, 0x41, 0x79, 0, 1, 0, 0x71 }, 8, 1 },			/* Registration request, NAS message container */
	{ &proto_nas5, { 0x7e, 3, 1, 2, 3, 4, 0, 0x7e, 0, 0x41, 0x79, 0, 1, 0, 0x71 }, 15, 2 },	/* the same, protected each time */
	{ &proto_nas5, { 0x7e, 0, 0x67, 1 }, 4, 1 },					/* UL NAS transport, payload container */
	{ &proto_naseps, { 0x07, 0x41, 0x71, 0, 0 }, 5, 1 },				/* Attach request, ESM message container */
	{ &proto_naseps, { 0x17, 1, 2, 3, 4, 0, 0x07, 0x5e, 0x79 }, 9, 2 },		/* Security mode complete, replayed NAS message container */
};

static void containers_in_containers_have_an_end_CVE_2024_24416_CVE_2024_24428(void)
{
	for (unsigned i = 0; i < sizeof(nests) / sizeof(nests[0]); i++)
		for (unsigned deep = 1; deep < 3000; deep += deep < 300 ? 13 : 900) {
			size_t n = 3, before = 0;

			memset(b + ROOM - 3, 0, 3);
			for (unsigned d = 0; d < deep && n != before; d++) {
				before = n;
				n = wrapped(n, nests[i].head, nests[i].n);
			}
			reads(nests[i].p, b + ROOM - n, n, false);
			EXPECT(got.facts >= 1 && got.facts <= NESTED_MAX + 1 && got.items < FACT_ITEMS);
			EXPECT(deep < 300 || layers->nested_refused || got.facts < 10);
		}
}

/* As many elements as a message has room for: of no length, of one octet. */
static void elements_without_number_are_bounded_CVE_2023_37032_CVE_2024_24416(void)
{
	for (unsigned i = 0; i < KINDS; i++)
		for (unsigned what = 0; what < 3; what++) {
			size_t n = begun(&kinds[i], kinds[i].from, (unsigned)mandatory(&kinds[i], kinds[i].from));

			begun(&kinds[i], kinds[i].from, (unsigned)(n - kinds[i].nhead - 1));
			while (n + 3 < 65535) {
				b[n++] = (uint8_t)(what == 0 ? kinds[i].short_one : what == 1 ? 0xf1 : 0x29);
				if (what != 1)
					b[n++] = 0;
			}
			reads(kinds[i].p, b, n, false);
			EXPECT(got.facts >= 1 && got.items <= FACT_ITEMS && layers->mem.used == 0);
			EXPECT(what == 2 || (got.outcome != OUT_OK && got.items > FACT_ITEMS - 8));	/* as many as there is room for, and it is said */
		}
}

int main(void)
{
	struct layers_config cfg = { .emit = on_fact, .hash = { { 1, 3, 5, 7 } } };

	if (layers_new(&layers, &cfg))
		return 99;
	TEST(each_length_of_each_element_of_5G_is_survived_CVE_2024_24428_CVE_2024_24431_CVE_2023_37029_CVE_2023_37032);
	tap_test(each_length_of_each_element_of_EPS_is_survived, "each length of each element of EPS is survived CVE-2024-24416 CVE-2024-24417 CVE-2024-24418 "
		"CVE-2024-24419 CVE-2024-24420 CVE-2024-24421 CVE-2024-24422 CVE-2024-24423 CVE-2024-24424 CVE-2023-37029 CVE-2023-37032");
	TEST(each_length_of_each_mandatory_element_is_survived_CVE_2024_24428_CVE_2024_24431_CVE_2024_24416);
	TEST(a_message_that_ends_in_its_mandatory_elements_is_short_CVE_2024_24431);
	TEST(containers_in_containers_have_an_end_CVE_2024_24416_CVE_2024_24428);
	TEST(elements_without_number_are_bounded_CVE_2023_37032_CVE_2024_24416);
	layers_free(layers);
	return tap_end();
}
