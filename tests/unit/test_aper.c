/* Aligned PER: numbers, lengths, strings and containers at their edges (ITU-T X.691). */
#include "aper.h"
#include "layers.h"
#include "perbits.h"
#include "tap.h"

#include <stdlib.h>

static struct bits bits_of(const uint8_t *p, size_t n)
{
	return bits_make(p, p + n, false, CUR_OK);
}

static void numbers_take_bits_octets_or_a_length_by_their_range(void)
{
	static const uint8_t few[] = { 0xa0 }, byte[] = { 0x80, 0x7f }, two[] = { 0x80, 0x12, 0x34 }, big[] = { 0x80, 0x02, 0, 0, 0, 1 };
	struct bits b = bits_of(few, sizeof(few));

	EXPECT(per_constrained(&b, 6) == 5 && b.used == 3);
	EXPECT(per_constrained(&b, 1) == 0 && b.used == 3);
	b = bits_of(byte, sizeof(byte));
	EXPECT(bits_take(&b, 1) == 1 && per_constrained(&b, 256) == 0x7f && b.p == byte + 2);
	b = bits_of(two, sizeof(two));
	EXPECT(bits_take(&b, 1) == 1 && per_constrained(&b, 65536) == 0x1234);
	b = bits_of(big, sizeof(big));
	EXPECT(per_constrained(&b, (uint64_t)1 << 40) == 0x0200000001 && b.p == big + 6);
}

static void a_number_beyond_its_range_is_refused_CVE_2015_0561(void)
{
	static const uint8_t b6[] = { 0xe0 };
	struct bits b = bits_of(b6, sizeof(b6));

	EXPECT(per_constrained(&b, 6) == 0 && b.why == CUR_VALUE);
}

static void lengths_have_three_forms(void)
{
	static const uint8_t s[] = { 0x7f }, m[] = { 0xbf, 0xff }, f[] = { 0xc4 }, bad[] = { 0xc5 };
	struct bits b = bits_of(s, sizeof(s));
	bool more;

	EXPECT(per_length(&b, &more) == 127 && !more);
	b = bits_of(m, sizeof(m));
	EXPECT(per_length(&b, &more) == 16383 && !more);
	b = bits_of(f, sizeof(f));
	EXPECT(per_length(&b, &more) == 65536 && more && b.why == CUR_OK);
	b = bits_of(bad, sizeof(bad));
	(void)per_length(&b, &more);
	EXPECT(b.why == CUR_VALUE);
	b = bits_of(f, sizeof(f));
	EXPECT(per_plain_length(&b) == 0 && b.why == CUR_LIMIT);
}

static void a_field_of_no_octets_is_not_aligned(void)
{
	static const uint8_t one[] = { 0xff };
	struct bits b = bits_of(one, sizeof(one));

	(void)bits_take(&b, 3);
	EXPECT(bits_octets(&b, 0) && b.used == 3);
	EXPECT(!bits_octets(&b, 1) && b.why == CUR_SHORT);
}

/* ---- types ---- */

static struct layers *layers;
static struct item seen[256];
static uint32_t nseen;
static uint8_t outcome;
static char text[16];

static void on_fact(void *ctx, const struct fact *f)
{
	(void)ctx;
	outcome = f->outcome;
	nseen = f->nitem < 256 ? f->nitem : 256;
	memcpy(seen, f->item, nseen * sizeof(seen[0]));
	text[0] = 0;
	for (uint32_t i = 0; i < nseen; i++)
		if (seen[i].type == ITEM_TEXT && seen[i].len < sizeof(text)) {
			memcpy(text, seen[i].v.p, seen[i].len);
			text[seen[i].len] = 0;
		}
}

static const struct per_type number = { .kind = PER_INT, .flags = PER_EXT, .hi = 3, .key = KEY_NGAP_pDUSessionID };
static const struct per_type any = { .kind = PER_OCTETS };
static const struct per_type name = { .kind = PER_STRING, .flags = PER_EXT, .lo = 1, .hi = 150, .key = KEY_NGAP_RANNodeName };
static const struct per_type pair = { .kind = PER_SEQ, .n = 2, .f = (const struct per_field[]){ { &any, PER_ABSENT }, { &number, 0 } } };
static const struct per_type outer = { .kind = PER_CONTAINING, .n = 1, .f = (const struct per_field[]){ { &pair, 0 } } };
static const struct per_type either = { .kind = PER_CHOICE, .n = 3, .f = (const struct per_field[]){ { &number, 0 }, { &name, 0 }, { &pair, 0 } } };
static const struct per_type later = { .kind = PER_CONTAINING, .n = 1, .f = (const struct per_field[]){ { &name, 0 } } };
static const struct per_type open_choice = { .kind = PER_CHOICE, .flags = PER_EXT, .n = 3,
	.f = (const struct per_field[]){ { &number, 0 }, { &name, 0 }, { &later, PER_LATER } } };
static const struct per_type then_number = { .kind = PER_SEQ, .flags = PER_CLOSED, .n = 2,
	.f = (const struct per_field[]){ { &open_choice, 0 }, { &number, 0 } } };
static const struct per_type all_64 = { .kind = PER_INT, .hi = UINT64_MAX, .key = KEY_NGAP_pDUSessionID };
static const struct per_type elements = { .kind = PER_IES };
static const struct per_type nest = { .kind = PER_SEQ, .n = 1, .f = (const struct per_field[]){ { &elements, 0 } } };
static const struct per_ie rows[] = { [1] = { 1, &number, "number", "1", false }, [2] = { 2, &name, "name", "1", false },
	[3] = { 3, &nest, "nest", "1", false } };
static const struct per_ie_table table = { rows, 4 };
static const struct per_ie_table *const tables[] = { &table, NULL };
static const struct per_schema schema = { tables, NULL, NULL, NULL };

static enum cur_why read_type(const struct per_type *t, const uint8_t *p, size_t n, bool cut)
{
	static const struct pkt k = { .no = 1 };
	struct cur c = cur_make(p, n, cut);
	struct msg m = { .pkt = &k, .cur = c };
	struct fact *f = layer_begin(layers, &m, FACT_NGAP);
	struct per_program *g;

	if (per_program_new(&g, &schema, t))
		exit(99);
	per_read(layers, g, &c, NULL);
	per_program_free(g);
	(void)layer_emit(layers, f, &c, OUT_OK);
	layers_batch_done(layers);
	return c.why;
}

static uint64_t the_number(void)
{
	for (uint32_t i = 0; i < nseen; i++)
		if (seen[i].key == KEY_NGAP_pDUSessionID)
			return seen[i].v.u;
	return 99;
}

static void an_extended_number_has_a_length(void)
{
	static const uint8_t root[] = { 0x60 }, ext[] = { 0x80, 0x02, 0x01, 0x00 };

	EXPECT(read_type(&number, root, sizeof(root), false) == CUR_OK && the_number() == 3);
	EXPECT(read_type(&number, ext, sizeof(ext), false) == CUR_OK && the_number() == 256);
}

static void additions_behind_the_marker_are_stepped_over(void)
{
	/* bits: marker, no octets, 0 and 2 | 0 and 000000 (one addition), there | length 2 */
	static const uint8_t b[] = { 0x90, 0x08, 0x02, 0xaa, 0xbb };
	uint8_t nested[1 + sizeof(b)] = { sizeof(b) };

	EXPECT(read_type(&pair, b, sizeof(b), false) == CUR_OK && the_number() == 2);
	memcpy(nested + 1, b, sizeof(b));
	EXPECT(read_type(&outer, nested, sizeof(nested), false) == CUR_OK && the_number() == 2);
	EXPECT(read_type(&pair, b, sizeof(b) - 1, false) == CUR_SHORT);
	EXPECT(read_type(&pair, b, sizeof(b) - 1, true) == CUR_CUT);
}

static void a_choice_that_does_not_exist_is_refused_CVE_2023_37008(void)
{
	static const uint8_t b[] = { 0xc0, 0 };

	EXPECT(read_type(&either, b, sizeof(b), false) == CUR_VALUE);
}

static void alternatives_behind_the_marker_are_read_or_stepped_over(void)
{
	/* bits: no marker, alternative 0, then a number: no marker, 2 */
	static const uint8_t first[] = { 0x10 };
	/* marker, 0 and 000000 (the later one), length 5: a name of 3; then the number 3 */
	static const uint8_t known[] = { 0x80, 0x05, 0x01, 0x00, 'a', 'b', 'c', 0x60 };
	/* marker, 0 and 000001: of a release that is not known, length 1; then 3 */
	static const uint8_t unknown[] = { 0x81, 0x01, 0xff, 0x60 };
	static const uint8_t lies[] = { 0x81, 0x09, 0xff, 0x60 };

	EXPECT(read_type(&open_choice, first, sizeof(first), false) == CUR_OK && the_number() == 2);
	EXPECT(read_type(&then_number, known, sizeof(known), false) == CUR_OK && the_number() == 3 && !strcmp(text, "abc"));
	EXPECT(read_type(&then_number, unknown, sizeof(unknown), false) == CUR_OK && the_number() == 3 && !*text);
	EXPECT(read_type(&then_number, lies, sizeof(lies), false) == CUR_SHORT && read_type(&then_number, lies, sizeof(lies), true) == CUR_CUT);
}

static void a_number_may_have_all_64_bits(void)
{
	static const uint8_t most[] = { 0xe0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, one[] = { 0x00, 0x01 };

	EXPECT(read_type(&all_64, most, sizeof(most), false) == CUR_OK && the_number() == UINT64_MAX);
	EXPECT(read_type(&all_64, one, sizeof(one), false) == CUR_OK && the_number() == 1);
	EXPECT(read_type(&all_64, most, sizeof(most) - 1, false) == CUR_SHORT);
}

static void fragments_are_joined(void)
{
	enum { BIG = 16384 + 3 };
	static uint8_t b[BIG + 16], whole[BIG + 32];
	size_t n = 0, k = 0;

	/* a pair with an octet string of 16387: 0, present, then c1, 16384 octets, 3, 3 octets, then the number 1 */
	b[n++] = 0x40;
	b[n++] = 0xc1;
	n += 16384;
	b[n++] = 3;
	n += 3;
	b[n++] = 0x20;
	EXPECT(read_type(&pair, b, n, false) == CUR_OK && the_number() == 1);
	/* the same inside an open type that is in fragments too */
	whole[k++] = 0xc1;
	memcpy(whole + k, b, 16384);
	k += 16384;
	whole[k++] = (uint8_t)(n - 16384);
	memcpy(whole + k, b + 16384, n - 16384);
	k += n - 16384;
	EXPECT(read_type(&outer, whole, k, false) == CUR_OK && the_number() == 1);
	for (size_t i = k - 30; i < k; i++)
		EXPECT(read_type(&outer, whole, i, false) == CUR_SHORT && read_type(&outer, whole, i, true) == CUR_CUT);
}

static void an_element_that_ends_early_leaves_the_next_alone(void)
{
	/* 2 elements: name (claims 5 characters, has 2), number 1 */
	static const uint8_t b[] = { 0, 2, 0, 2, 0, 4, 0x02, 0x00, 'a', 'b', 0, 1, 0, 1, 0x20 };

	EXPECT(read_type(&elements, b, sizeof(b), false) == CUR_SHORT && the_number() == 1);
}

static void nesting_has_a_floor_CVE_2026_30922(void)
{
	uint8_t b[1024];
	size_t n = sizeof(b);

	/* from the inside out: a container of one element 3 that holds a container ... */
	for (unsigned depth = 0; depth < 60 && n > 16; depth++) {
		size_t len = sizeof(b) - n;

		if (len >= 128) {
			b[--n] = (uint8_t)len;
			b[--n] = (uint8_t)(0x80 | len >> 8);
		} else {
			b[--n] = (uint8_t)len;
		}
		b[--n] = 0;			/* criticality */
		b[--n] = 3;
		b[--n] = 0;
		b[--n] = 1;			/* one element */
		b[--n] = 0;
		b[--n] = 0;			/* marker */
	}
	EXPECT(read_type(&nest, b + n, sizeof(b) - n, false) == CUR_LIMIT);
	EXPECT(outcome == OUT_LIMIT);
}

static void a_count_that_lies_ends_with_the_octets_CVE_2016_5080_CVE_2021_4190(void)
{
	static const uint8_t b[] = { 0xff, 0xff, 0, 9, 0, 1, 0xaa };

	EXPECT(read_type(&elements, b, sizeof(b), false) == CUR_SHORT && nseen == 1 && seen[0].type == ITEM_SKIP);
}

/* ---- what broke other decoders ---- */

/* From an exact-size copy, so that one octet too many shows. */
static enum cur_why read_copy(const struct per_type *t, const uint8_t *p, size_t n, bool cut)
{
	uint8_t *b = malloc(n ? n : 1);
	enum cur_why why;

	memcpy(b, p, n);
	why = read_type(t, b, n, cut);
	free(b);
	return why;
}

/* A pair: an octet string whose length says `says` in `form` octets, all behind it 0x20, which is also the number 1. */
static enum cur_why string_of(unsigned says, unsigned form, size_t behind, bool cut)
{
	static uint8_t b[20000];
	size_t n = 0;

	memset(b, 0x20, sizeof(b));
	b[n++] = 0x40;
	if (form == 2)
		b[n++] = (uint8_t)(0x80 | says >> 8);
	b[n++] = (uint8_t)says;
	return read_copy(&pair, b, n + behind, cut);
}

static void a_length_is_held_against_what_is_there_CVE_2022_43677_CVE_2026_6527(void)
{
	static const unsigned says[] = { 0, 1, 2, 5, 126, 127, 128, 255, 256, 16383 };

	for (unsigned i = 0; i < sizeof(says) / sizeof(says[0]); i++)
		for (unsigned form = says[i] < 128 ? 1 : 2; form <= 2; form++) {	/* two octets where one would do: against X.691 11.9.3.6, and told alike */
			for (unsigned behind = says[i] > 3 ? says[i] - 3 : 0; behind <= says[i]; behind++) {
				EXPECT(string_of(says[i], form, behind, false) == CUR_SHORT);
				EXPECT(string_of(says[i], form, behind, true) == CUR_CUT);
			}
			EXPECT(string_of(says[i], form, says[i] + 1, false) == CUR_OK && the_number() == 1);
			EXPECT(string_of(says[i], form, says[i] + 2, false) == CUR_OK && the_number() == 1);
		}
}

static void fragments_without_end_are_bounded_CVE_2022_43677_CVE_2026_6527(void)
{
	enum { MANY = 100 };
	static uint8_t b[1 + MANY * (1 + 16384)];
	size_t n = 1;

	b[0] = 0x40;
	for (unsigned i = 0; i < MANY; i++, n += 16384)
		b[n++] = 0xc1;
	EXPECT(read_copy(&pair, b, n, false) == CUR_LIMIT && read_copy(&pair, b, n, true) == CUR_LIMIT);
	for (unsigned first = 0xc0; first < 256; first++) {	/* one alone: of 1 to 4 blocks, nothing behind; others do not exist */
		b[1] = (uint8_t)first;
		EXPECT(read_copy(&pair, b, 2, false) == (first < 0xc1 || first > 0xc4 ? CUR_VALUE : CUR_SHORT));
	}
	b[1] = 0xc1;
	EXPECT(read_copy(&pair, b, 2 + 16384, false) == CUR_SHORT && read_copy(&pair, b, 2 + 16383, false) == CUR_SHORT);
}

static const struct per_type some_bits = { .kind = PER_BITS, .flags = PER_EXT, .lo = 22, .hi = 32, .key = KEY_NGAP_gNB_ID };

/* Octets of the last bit string, or -1: it gave none. */
static int bits_given(void)
{
	for (uint32_t i = 0; i < nseen; i++)
		if (seen[i].key == KEY_NGAP_gNB_ID)
			return (int)seen[i].len;
	return -1;
}

/* Marker and length of a bit string in every form, with so many octets behind. */
static void a_bit_string_ends_where_its_octets_do_CVE_2022_43677(void)
{
	unsigned whole = 0, short_of = 0;

	for (unsigned head = 0; head < 65536; head += head < 0x8000 ? 0x80 : 11)	/* with the marker the second octet is the length */
		for (size_t n = 0; n <= 8; n++) {
			const uint8_t b[8] = { (uint8_t)(head >> 8), (uint8_t)head, 1, 2, 3, 4, 5, 6 };
			enum cur_why why = read_copy(&some_bits, b, n, false);

			whole += why == CUR_OK;
			short_of += why == CUR_SHORT;
			EXPECT(why == CUR_OK || why == CUR_SHORT || why == CUR_VALUE || why == CUR_LIMIT);
			EXPECT(why != CUR_OK || bits_given() <= (int)n);
			EXPECT(why == CUR_OK || bits_given() <= 0);
		}
	EXPECT(whole > 100 && short_of > 100);
}

/* The first two octets of a value are everything: markers, presence, a choice's index, the first length. */
static void any_front_of_a_value_is_survived_CVE_2023_37008_CVE_2026_6527(void)
{
	static const struct per_type *const types[] = { &pair, &outer, &either, &then_number, &elements, &all_64, &name };
	static const uint8_t rest[] = { 0x00, 0xff, 0x80, 0x01 };

	for (unsigned t = 0; t < sizeof(types) / sizeof(types[0]); t++)
		for (unsigned front = 0; front < 65536; front += 37)
			for (unsigned r = 0; r < sizeof(rest); r++) {
				uint8_t b[7] = { (uint8_t)(front >> 8), (uint8_t)front };
				enum cur_why why;

				memset(b + 2, rest[r], sizeof(b) - 2);
				why = read_copy(types[t], b, sizeof(b), false);
				EXPECT(why != CUR_CUT && nseen < 64);
			}
}

static void additions_without_number_have_a_limit_CVE_2026_6527(void)
{
	/* bits: marker, no octets, 0 and 2 | 1 (a long number) | two octets: 65536 additions, of which no bit is there */
	static const uint8_t b[] = { 0x94, 0x02, 0xff, 0xff };

	EXPECT(read_copy(&pair, b, sizeof(b), false) == CUR_LIMIT && the_number() == 2);
}

static void an_open_type_is_not_as_long_as_its_content_CVE_2023_37008_CVE_2026_6527(void)
{
	static const uint8_t more[] = { 0, 2, 0, 1, 0, 3, 0x60, 0xaa, 0xbb, 0, 2, 0, 4, 0x00, 0x80, 'a', 'b' };
	static const uint8_t none[] = { 0, 2, 0, 1, 0, 0, 0, 2, 0, 4, 0x00, 0x80, 'a', 'b' };
	static const uint8_t past[] = { 0, 2, 0, 1, 0, 12, 0x60, 0, 2, 0, 4, 0x00, 0x80, 'a', 'b' };

	EXPECT(read_copy(&elements, more, sizeof(more), false) == CUR_OK && the_number() == 3 && !strcmp(text, "ab"));
	EXPECT(read_copy(&elements, none, sizeof(none), false) == CUR_SHORT && the_number() == 99 && !strcmp(text, "ab"));
	EXPECT(read_copy(&elements, past, sizeof(past), false) == CUR_SHORT && !*text);
}

static const struct per_type up_to_4 = { .kind = PER_SEQOF, .hi = 4, .n = 1, .f = (const struct per_field[]){ { &number, 0 } } };

/* A list of 0 to 4: three bits of count, then numbers of three bits. */
static void a_list_holds_what_its_count_may_be_CVE_2024_24447_CVE_2024_24450_CVE_2024_24443(void)
{
	for (unsigned says = 0; says < 8; says++)
		for (size_t n = 0; n <= 3; n++) {
			const uint8_t b[3] = { (uint8_t)(says << 5), 0, 0 };
			enum cur_why why = read_copy(&up_to_4, b, n, false);
			unsigned given = 0;

			for (uint32_t i = 0; i < nseen; i++)
				given += seen[i].key == KEY_NGAP_pDUSessionID;
			EXPECT(why == (!n ? CUR_SHORT : says > 4 ? CUR_VALUE : 3 + 3 * says > 8 * n ? CUR_SHORT : CUR_OK));
			EXPECT(given == (why == CUR_OK ? says : given) && given <= 4);
		}
}

static void a_number_of_no_octets_is_refused_CVE_2026_45615(void)
{
	static const uint8_t ext[] = { 0x80, 0x00 }, nine[] = { 0x80, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9 };

	EXPECT(read_copy(&number, ext, sizeof(ext), false) == CUR_VALUE && the_number() == 99);
	EXPECT(read_copy(&number, nine, sizeof(nine), false) == CUR_VALUE && the_number() == 99);
}

int main(void)
{
	struct layers_config cfg = { .emit = on_fact, .hash = { { 1, 3, 5, 7 } } };

	if (layers_new(&layers, &cfg))
		return 99;
	TEST(numbers_take_bits_octets_or_a_length_by_their_range);
	TEST(a_number_beyond_its_range_is_refused_CVE_2015_0561);
	TEST(lengths_have_three_forms);
	TEST(a_field_of_no_octets_is_not_aligned);
	TEST(an_extended_number_has_a_length);
	TEST(additions_behind_the_marker_are_stepped_over);
	TEST(a_choice_that_does_not_exist_is_refused_CVE_2023_37008);
	TEST(alternatives_behind_the_marker_are_read_or_stepped_over);
	TEST(a_number_may_have_all_64_bits);
	TEST(fragments_are_joined);
	TEST(an_element_that_ends_early_leaves_the_next_alone);
	TEST(nesting_has_a_floor_CVE_2026_30922);
	TEST(a_count_that_lies_ends_with_the_octets_CVE_2016_5080_CVE_2021_4190);
	TEST(a_length_is_held_against_what_is_there_CVE_2022_43677_CVE_2026_6527);
	TEST(fragments_without_end_are_bounded_CVE_2022_43677_CVE_2026_6527);
	TEST(a_bit_string_ends_where_its_octets_do_CVE_2022_43677);
	TEST(any_front_of_a_value_is_survived_CVE_2023_37008_CVE_2026_6527);
	TEST(additions_without_number_have_a_limit_CVE_2026_6527);
	TEST(an_open_type_is_not_as_long_as_its_content_CVE_2023_37008_CVE_2026_6527);
	TEST(a_list_holds_what_its_count_may_be_CVE_2024_24447_CVE_2024_24450_CVE_2024_24443);
	TEST(a_number_of_no_octets_is_refused_CVE_2026_45615);
	layers_free(layers);
	return tap_end();
}
