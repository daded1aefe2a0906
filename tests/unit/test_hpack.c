/* HPACK against an encoder by another hand (libnghttp2's): every field comes out as it went in, whatever the table's size does. */
#include "http2.h"
#include "seen.h"
#include "tap.h"

#include <nghttp2/nghttp2.h>

enum { FIELDS = 12, MANY = 64, NAME = 64, VALUE = 600 };

struct made { uint8_t name[MANY][NAME], value[MANY][VALUE]; size_t nname[MANY], nvalue[MANY], n, seen; bool wrong, over; };	/* over: there were more, or longer ones */

static struct hpack_desk desk;
static uint64_t seed = 1;

static uint32_t below(uint32_t n) { return next_random(&seed) % n; }

/* A reader that does not want all: of some names nothing but the lengths are kept. */
static uint8_t wanted(uint8_t stat, const uint8_t *name, size_t n)
{
	return stat ? stat % 3 : n == 17 ? HPACK_WHAT : memcmp(name, "x-a", 3) ? 1 : 0;
}

static uint8_t all_wanted(uint8_t stat, const uint8_t *name, size_t n)
{
	return stat || name || n ? 1 : 0;
}

static void compare(void *ctx, const struct hpack_field *f)
{
	struct made *m = ctx;
	size_t i = m->seen++;
	bool same = !f->unknown && i < m->n && f->nname == m->nname[i] && f->nvalue == m->nvalue[i];

	same = same && f->what == desk.what(f->stat, m->name[i], m->nname[i]);
	if (f->what)
		same = same && !memcmp(f->name, m->name[i], f->nname) && !memcmp(f->value, m->value[i], f->nvalue);

	m->wrong |= !same;
	/* what a field is called by its number is what its name says */
	if (same && f->stat) {
		struct hpack_text x = desk.fixed[f->stat];

		m->wrong |= x.nname != f->nname || memcmp(x.name, m->name[i], f->nname) || x.stat != f->stat;
	}
}

/* Names of the static table and others; values that come again, or never, of any octet. */
static void field(struct made *m)
{
	static const char *const names[] = { ":path", ":status", "content-type", "server", "via", "x-a", "3gpp-sbi-callback", "date", "age", "www-authenticate", "accept" };
	const char *name = names[below(11)];
	size_t i = m->n++, n = below(4) ? below(30) : below(300);

	m->nname[i] = strlen(name);
	memcpy(m->name[i], name, m->nname[i]);
	m->nvalue[i] = n;
	for (size_t k = 0; k < n; k++)
		m->value[i][k] = below(3) ? (uint8_t)('a' + below(3)) : (uint8_t)below(256);
	if (below(2) && n > 3)
		m->nvalue[i] = below(4);		/* short ones come again */
	if (!below(4))				/* and so do long ones, of one length or nearly, that have both ends in common */
		m->nvalue[i] = (size_t)snprintf((char *)m->value[i], VALUE, "/nudm-sdm/v2/imsi-%0*u/am-data?plmn-id=00101", 5 + (int)below(2), below(3));
}

static void blocks(size_t table, unsigned changes)
{
	nghttp2_hd_deflater *d;
	struct hpack h = { .whole = true };

	EXPECT(!nghttp2_hd_deflate_new(&d, table));
	for (int i = 0; i < 4000; i++) {
		struct made m = { .n = 0 };
		nghttp2_nv nv[FIELDS];
		uint8_t b[8192];
		ssize_t len;

		if (changes && !below(changes))
			EXPECT(!nghttp2_hd_deflate_change_table_size(d, below((uint32_t)table + 1)));
		for (uint32_t n = 1 + below(FIELDS); n; n--) {
			field(&m);
			nv[m.n - 1] = (nghttp2_nv){ m.name[m.n - 1], m.value[m.n - 1], m.nname[m.n - 1], m.nvalue[m.n - 1], below(10) ? NGHTTP2_NV_FLAG_NONE : NGHTTP2_NV_FLAG_NO_INDEX };
		}
		len = nghttp2_hd_deflate_hd(d, b, sizeof(b), nv, m.n);
		if (len < 0 || hpack_block(&h, &desk, b, (size_t)len, false, false, compare, &m) != CUR_OK || m.wrong || m.seen != m.n) {
			EXPECT(!"a block came out as another one");
			break;
		}
	}
	hpack_start(&h, false);
	nghttp2_hd_deflate_del(d);
}

static void what_another_encoder_writes_comes_out(void) { blocks(4096, 0); }
static void with_a_table_of_every_size(void) { blocks(4096, 7); blocks(200, 3); blocks(64, 2); }

static void what_is_not_wanted_counts_all_the_same(void)
{
	hpack_desk_init(&desk, wanted);
	with_a_table_of_every_size();
	hpack_desk_init(&desk, all_wanted);
}

/* What the other hand's inflater gives of a block; false: it refuses it. */
static bool inflate(nghttp2_hd_inflater *inf, const uint8_t *p, size_t n, struct made *m)
{
	m->n = m->seen = 0;
	m->over = false;
	for (;;) {
		nghttp2_nv nv;
		int flags = 0;
		ssize_t used = nghttp2_hd_inflate_hd2(inf, &nv, &flags, p, n, 1);

		if (used < 0)
			return false;
		p += used;
		n -= (size_t)used;
		if (flags & NGHTTP2_HD_INFLATE_EMIT) {
			m->over |= m->n == MANY || nv.namelen > NAME || nv.valuelen > VALUE;
			if (m->over)
				return false;
			memcpy(m->name[m->n], nv.name, m->nname[m->n] = nv.namelen);
			memcpy(m->value[m->n], nv.value, m->nvalue[m->n] = nv.valuelen);
			m->n++;
		}
		if (flags & NGHTTP2_HD_INFLATE_FINAL)
			return !n && !nghttp2_hd_inflate_end_headers(inf);
		if (!used && !(flags & NGHTTP2_HD_INFLATE_EMIT))
			return false;
	}
}

/* Counted apart: what refers to entries that are gone, which we say is unknown and others refuse. */
struct twice { struct made *m; unsigned unknown; };

static void compare_twice(void *ctx, const struct hpack_field *f)
{
	struct twice *t = ctx;

	t->unknown += f->unknown != 0;
	if (!f->unknown)
		compare(t->m, f);
}

/*
 * Blocks that are cut, or of which octets are others: what the other hand accepts is read as it reads it, and what it refuses is
 * refused, but for entries that are gone and tables larger than anybody allowed, which a tap cannot know to be wrong.
 */
static void garbled_blocks_are_judged_as_by_the_other_hand(void)
{
	static struct made in, out;
	unsigned accepted = 0, refused = 0, lenient = 0;

	for (int i = 0; i < 60000; i++) {
		nghttp2_hd_deflater *d;
		nghttp2_hd_inflater *inf;
		struct hpack h = { .whole = true };
		uint8_t b[8192];
		bool theirs = true, ours = true;

		EXPECT(!nghttp2_hd_deflate_new(&d, 4096) && !nghttp2_hd_inflate_new(&inf));
		for (int k = 0; k < 2 && theirs && ours; k++) {		/* a good one, then one that is not */
			struct twice t = { &out, 0 };
			nghttp2_nv nv[FIELDS];
			ssize_t len;

			in.n = 0;
			for (uint32_t n = 1 + below(4); n; n--) {
				field(&in);
				nv[in.n - 1] = (nghttp2_nv){ in.name[in.n - 1], in.value[in.n - 1], in.nname[in.n - 1], in.nvalue[in.n - 1], NGHTTP2_NV_FLAG_NONE };
			}
			len = nghttp2_hd_deflate_hd(d, b, sizeof(b), nv, in.n);
			if (k && below(2))
				len = (ssize_t)below((uint32_t)len + 1);
			for (uint32_t n = k && len ? below(4) : 0; n; n--)
				b[below((uint32_t)len)] = (uint8_t)below(256);
			theirs = inflate(inf, b, (size_t)len, &out);
			if (out.over)
				break;
			out.wrong = false;
			ours = hpack_block(&h, &desk, b, (size_t)len, false, false, compare_twice, &t) == CUR_OK;
			if (theirs)
				EXPECT(ours && !t.unknown && !out.wrong && out.seen == out.n);
			accepted += theirs;
			refused += !theirs && !ours;
			lenient += !theirs && ours;
			if (!theirs && ours && !t.unknown && memchr(b, 0x3f, (size_t)len) == NULL)
				EXPECT(!"accepted what the other hand refuses");
		}
		hpack_start(&h, false);
		nghttp2_hd_deflate_del(d);
		nghttp2_hd_inflate_del(inf);
	}
	printf("# %u accepted, %u refused by both, %u by the other hand only\n", accepted, refused, lenient);
	EXPECT(accepted > 60000 && refused > 5000);
}

/* A string that does not end as it must is refused each time it comes, and what differs from it in the last bits only is another one. */
static void a_wrong_string_is_never_taken_for_one_that_was_read(void)
{
	static const uint8_t good[] = { 0x0f, 0x01, 0x8c, 0xf1, 0xe3, 0xc2, 0xe5, 0xf2, 0x3a, 0x6b, 0xa0, 0xab, 0x90, 0xf4, 0xff };	/* www.example.com, RFC 7541 C.4.1 */
	struct hpack h = { .whole = true };
	uint8_t bad[sizeof(good)];

	memcpy(bad, good, sizeof(good));
	bad[sizeof(bad) - 1] = 0xfe;
	for (int i = 0; i < 3; i++) {
		struct made m = { .n = 1, .nname = { 15 }, .nvalue = { 15 } };

		memcpy(m.name[0], "accept-encoding", 15);
		memcpy(m.value[0], "www.example.com", 15);
		EXPECT(hpack_block(&h, &desk, bad, sizeof(bad), false, false, compare, &m) == CUR_VALUE && !m.seen);
		EXPECT(hpack_block(&h, &desk, good, sizeof(good), false, false, compare, &m) == CUR_OK && m.seen == 1 && !m.wrong);
		EXPECT(hpack_block(&h, &desk, bad, sizeof(bad), false, false, compare, &m) == CUR_VALUE && m.seen == 1);
	}
	hpack_start(&h, false);
}

/* All letters, alone and in all orders of two, as the other hand's decoder reads them. */
static void every_letter_is_the_one_of_the_other_hand(void)
{
	nghttp2_hd_inflater *inf;
	uint8_t out[64];
	bool whole;

	EXPECT(!nghttp2_hd_inflate_new(&inf));
	for (unsigned i = 0; i < 400000; i++) {
		uint8_t b[24] = { 0x00, 1, 'x', 0 };
		size_t n = 1 + below(20), k;
		nghttp2_nv nv;
		int flags = 0;
		bool theirs;

		for (size_t at = 0; at < n; at++)
			b[4 + at] = below(3) ? (uint8_t)(255 - below(1 + below(16))) : (uint8_t)below(256);
		b[3] = (uint8_t)(0x80 | n);
		theirs = nghttp2_hd_inflate_hd2(inf, &nv, &flags, b, 4 + n, 1) >= 0 && flags & NGHTTP2_HD_INFLATE_EMIT;
		k = hpack_letters(desk.code, b + 4, n, out, sizeof(out), &whole);
		if (whole != theirs || (theirs && (k != nv.valuelen || memcmp(out, nv.value, k)))) {
			EXPECT(!"other letters");
			break;
		}
		(void)nghttp2_hd_inflate_end_headers(inf);
		if (!theirs) {
			nghttp2_hd_inflate_del(inf);
			EXPECT(!nghttp2_hd_inflate_new(&inf));
		}
	}
	nghttp2_hd_inflate_del(inf);
}

/* The front of a coded string: never more than is there, and what is told is right. */
static void the_front_of_a_string_is_the_front_of_its_letters(void)
{
	static const uint8_t www[] = { 0xf1, 0xe3, 0xc2, 0xe5, 0xf2, 0x3a, 0x6b, 0xa0, 0xab, 0x90, 0xf4, 0xff };	/* RFC 7541 C.4.1 */
	uint8_t out[HPACK_PREFIX];
	size_t last = 0;

	for (size_t n = 0; n <= sizeof(www); n++) {
		size_t k = hpack_prefix(&desk, www, n, out);

		EXPECT(k >= last && k <= 15 && !memcmp(out, "www.example.com", k) && 8 * n >= 5 * k);
		last = k;
	}
	EXPECT(last == 15);
}

int main(void)
{
	hpack_desk_init(&desk, all_wanted);
	TEST(what_another_encoder_writes_comes_out);
	TEST(with_a_table_of_every_size);
	TEST(what_is_not_wanted_counts_all_the_same);
	TEST(garbled_blocks_are_judged_as_by_the_other_hand);
	TEST(a_wrong_string_is_never_taken_for_one_that_was_read);
	TEST(every_letter_is_the_one_of_the_other_hand);
	TEST(the_front_of_a_string_is_the_front_of_its_letters);
	return tap_end();
}
