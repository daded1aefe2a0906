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

static void a_number_beyond_its_range_is_refused(void)
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

static void a_choice_that_does_not_exist_is_refused(void)
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

static void nesting_has_a_floor(void)
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

static void a_count_that_lies_ends_with_the_octets(void)
{
	static const uint8_t b[] = { 0xff, 0xff, 0, 9, 0, 1, 0xaa };

	EXPECT(read_type(&elements, b, sizeof(b), false) == CUR_SHORT && nseen == 1 && seen[0].type == ITEM_SKIP);
}

int main(void)
{
	struct layers_config cfg = { .emit = on_fact, .hash = { { 1, 3, 5, 7 } } };

	if (layers_new(&layers, &cfg))
		return 99;
	TEST(numbers_take_bits_octets_or_a_length_by_their_range);
	TEST(a_number_beyond_its_range_is_refused);
	TEST(lengths_have_three_forms);
	TEST(a_field_of_no_octets_is_not_aligned);
	TEST(an_extended_number_has_a_length);
	TEST(additions_behind_the_marker_are_stepped_over);
	TEST(a_choice_that_does_not_exist_is_refused);
	TEST(alternatives_behind_the_marker_are_read_or_stepped_over);
	TEST(a_number_may_have_all_64_bits);
	TEST(fragments_are_joined);
	TEST(an_element_that_ends_early_leaves_the_next_alone);
	TEST(nesting_has_a_floor);
	TEST(a_count_that_lies_ends_with_the_octets);
	layers_free(layers);
	return tap_end();
}
