/*
 * HPACK's tables (RFC 7541): the static one (appendix A), Huffman's code (appendix B), and the dynamic one of one direction.
 *
 * The code is canonical: letters of one length follow each other, and each length begins where the one before it ended.  So
 * the letters in the order of their codes and how many there are of each length are all of it.
 */
#include "http2.h"

#include "be.h"
#include "prefetch.h"

#include <stdlib.h>

/* ---- static (appendix A) ---- */

#define F(name, value) { (const uint8_t *)(name), (const uint8_t *)(value), sizeof(name) - 1, sizeof(value) - 1, 0, 0 }
static const struct hpack_text rows[HPACK_STATIC + 1] = {
	{ NULL, NULL, 0, 0, 0, 0 }, F(":authority", ""), F(":method", "GET"), F(":method", "POST"), F(":path", "/"), F(":path", "/index.html"), F(":scheme", "http"), F(":scheme", "https"),
	F(":status", "200"), F(":status", "204"), F(":status", "206"), F(":status", "304"), F(":status", "400"), F(":status", "404"), F(":status", "500"), F("accept-charset", ""),
	F("accept-encoding", "gzip, deflate"), F("accept-language", ""), F("accept-ranges", ""), F("accept", ""), F("access-control-allow-origin", ""), F("age", ""), F("allow", ""),
	F("authorization", ""), F("cache-control", ""), F("content-disposition", ""), F("content-encoding", ""), F("content-language", ""), F("content-length", ""),
	F("content-location", ""), F("content-range", ""), F("content-type", ""), F("cookie", ""), F("date", ""), F("etag", ""), F("expect", ""), F("expires", ""), F("from", ""),
	F("host", ""), F("if-match", ""), F("if-modified-since", ""), F("if-none-match", ""), F("if-range", ""), F("if-unmodified-since", ""), F("last-modified", ""), F("link", ""),
	F("location", ""), F("max-forwards", ""), F("proxy-authenticate", ""), F("proxy-authorization", ""), F("range", ""), F("referer", ""), F("refresh", ""), F("retry-after", ""),
	F("server", ""), F("set-cookie", ""), F("strict-transport-security", ""), F("transfer-encoding", ""), F("user-agent", ""), F("vary", ""), F("via", ""), F("www-authenticate", ""),
};

void hpack_fixed(struct hpack_text fixed[HPACK_STATIC + 1], hpack_name *what)
{
	fixed[0] = rows[0];
	for (unsigned i = 1; i <= HPACK_STATIC; i++) {
		bool again = fixed[i - 1].nname == rows[i].nname && !memcmp(fixed[i - 1].name, rows[i].name, rows[i].nname);

		fixed[i] = rows[i];
		fixed[i].stat = again ? fixed[i - 1].stat : (uint8_t)i;		/* of several with one name the first one stands for it */
		fixed[i].what = what(fixed[i].stat, rows[i].name, rows[i].nname);
	}
}

/* ---- Huffman's code (appendix B); EOS, the last one, is no letter ---- */

static const uint8_t letters[256] = {
	48, 49, 50, 97, 99, 101, 105, 111, 115, 116, 32, 37, 45, 46, 47, 51, 52, 53, 54, 55, 56, 57, 61, 65,
	95, 98, 100, 102, 103, 104, 108, 109, 110, 112, 114, 117, 58, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76,
	77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 89, 106, 107, 113, 118, 119, 120, 121, 122, 38, 42, 44, 59,
	88, 90, 33, 34, 40, 41, 63, 39, 43, 124, 35, 62, 0, 36, 64, 91, 93, 126, 94, 125, 60, 96, 123, 92,
	195, 208, 128, 130, 131, 162, 184, 194, 224, 226, 153, 161, 167, 172, 176, 177, 179, 209, 216, 217, 227, 229, 230, 129,
	132, 133, 134, 136, 146, 154, 156, 160, 163, 164, 169, 170, 173, 178, 181, 185, 186, 187, 189, 190, 196, 198, 228, 232,
	233, 1, 135, 137, 138, 139, 140, 141, 143, 147, 149, 150, 151, 152, 155, 157, 158, 165, 166, 168, 174, 175, 180, 182,
	183, 188, 191, 197, 231, 239, 9, 142, 144, 145, 148, 159, 171, 206, 215, 225, 236, 237, 199, 207, 234, 235, 192, 193,
	200, 201, 202, 205, 210, 213, 218, 219, 238, 240, 242, 243, 255, 203, 204, 211, 212, 214, 221, 222, 223, 241, 244, 245,
	246, 247, 248, 250, 251, 252, 253, 254, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20,
	21, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127, 220, 249, 10, 13, 22,
};

/* How many there are of each length. */
static const struct { uint8_t bits, n; } lengths[] = {
	{ 5, 10 }, { 6, 26 }, { 7, 32 }, { 8, 6 }, { 10, 5 }, { 11, 3 }, { 12, 2 }, { 13, 6 }, { 14, 2 }, { 15, 3 }, { 19, 3 }, { 20, 8 }, { 21, 13 }, { 22, 26 }, { 23, 29 }, { 24, 12 }, { 25, 4 }, { 26, 15 },
	{ 27, 19 }, { 28, 29 }, { 30, 3 },
};

/* The letter at the front of w (left-aligned) and its length; 0: it is EOS. */
static unsigned letter_at(uint32_t w, uint8_t *letter)
{
	uint32_t first = 0, at = 0, bits = 0;		/* the first code of this length */

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		first <<= lengths[i].bits - bits;
		bits = lengths[i].bits;
		if ((w >> (32 - bits)) - first < lengths[i].n) {
			*letter = letters[at + (w >> (32 - bits)) - first];
			return bits;
		}
		first += lengths[i].n;
		at += lengths[i].n;
	}
	return 0;
}

void hpack_codes(struct hpack_code code[1 << HPACK_LOOK])
{
	for (uint32_t i = 0; i < 1 << HPACK_LOOK; i++) {
		struct hpack_code *x = &code[i];
		uint32_t w = i << (32 - HPACK_LOOK);
		unsigned one = letter_at(w, &x->letter[0]), two = letter_at(w << one, &x->letter[1]);

		x->n = one > HPACK_LOOK ? 0 : two && one + two <= HPACK_LOOK ? 2 : 1;
		x->first = (x->n ? one : 0) & 15;
		x->bits = (uint8_t)(x->first + (x->n == 2 ? two : 0));
	}
}

size_t hpack_letters(const struct hpack_code *code, const uint8_t *p, size_t n, uint8_t *out, size_t room, bool *whole)
{
	enum { STEPS = 56 / HPACK_LOOK };	/* as many as there are bits for */
	const uint8_t *end = p + n;
	const struct hpack_code *x;
	unsigned bits = 0, len, step;
	uint64_t w = 0;			/* left-aligned, zero behind what is there */
	size_t k = 0;

	while (k < room) {
		if (n >= 8 && p < end) {		/* of the last ones those before them are shifted out */
			size_t left = (size_t)(end - p), take = (63 - bits) / 8;

			w |= (left >= 8 ? be64(p) : be64(end - 8) << 8 * (8 - left)) >> bits;
			take = take < left ? take : left;
			p += take;
			bits += 8 * (unsigned)take;
		}
		for (; n < 8 && bits <= 56 && p < end; bits += 8)
			w |= (uint64_t)*p++ << (56 - bits);
		for (step = 0; step < STEPS && room - k > 1; step++) {
			x = &code[w >> (64 - HPACK_LOOK)];
			len = x->bits;
			if (len - 1u >= bits)
				break;
			w <<= len;
			bits -= len;
			memcpy(out + k, x->letter, 2);
			k += x->n;
		}
		if (step)
			continue;
		x = &code[w >> (64 - HPACK_LOOK)];	/* a long one, or the last */
		out[k] = x->letter[0];
		len = x->n ? x->first : letter_at((uint32_t)(w >> 32), &out[k]);
		if (!len || len > bits)
			break;
		w <<= len;
		bits -= len;
		k++;
	}
	/* what is left is the front of EOS, which is ones, and no octet of it (5.2) */
	*whole = k < room && bits < 8 && (!bits || w >> (64 - bits) == (1u << bits) - 1);
	return k;
}

/* ---- dynamic ---- */

enum { ROOM_FIRST = 512, RING_FIRST = 16 };

/*
 * Entries are a ring, the newest one at the end; what their texts are made of stands in the same order in `octets`, and is
 * moved to the front when the end is reached.
 */
struct entry { uint32_t at : 20, stat : 6, what : 6; uint16_t nname, nvalue; };
enum { AT = (1 << 20) - 1 };
_Static_assert(sizeof(struct entry) == 8 && 4 * HPACK_TABLE < AT && HPACK_STATIC < 64 && HPACK_WHAT < 64, "an entry is small, and reaches all octets");

static struct entry *entry(const struct hpack_table *t, uint32_t back)		/* 0: the newest */
{
	return &t->ring[(t->first + t->n - 1 - back) & (t->nring - 1)];
}

static uint32_t kept(const struct entry *e) { return !e->what ? 0 : e->stat ? e->nvalue : (uint32_t)e->nname + e->nvalue; }
static uint32_t weight(const struct entry *e) { return 32u + e->nname + e->nvalue; }

static void throw_out(struct hpack_table *t)
{
	t->size -= weight(&t->ring[t->first]);
	t->first = (t->first + 1) & (t->nring - 1);
	t->n--;
}

void hpack_table_resize(struct hpack_table *t, uint32_t max)
{
	t->max = max;
	while (t->size > max)
		throw_out(t);
}

void hpack_table_free(struct hpack_table *t)
{
	free(t->octets);
	free(t->ring);
	*t = (struct hpack_table){ .max = 0 };
}

static bool more_entries(struct hpack_table *t)
{
	uint32_t n = t->nring ? 2 * t->nring : RING_FIRST;
	struct entry *ring;

	if (t->n < t->nring)
		return true;
	ring = malloc(n * sizeof(*ring));
	if (!ring)
		return false;
	for (uint32_t i = 0; i < t->n; i++)
		ring[i] = t->ring[(t->first + i) & (t->nring - 1)];
	free(t->ring);
	t->ring = ring;
	t->nring = n;
	t->first = 0;
	return true;
}

/* Room for k octets behind those that are kept. */
static bool more_octets(struct hpack_table *t, uint32_t k)
{
	uint32_t from = t->n ? t->ring[t->first].at : t->used, live = t->used - from, room = t->room ? t->room : ROOM_FIRST;
	uint8_t *octets = t->octets;

	if (t->octets && t->room - t->used >= k)
		return true;
	while (room < 2 * (live + k))
		room *= 2;
	if (room > t->room && !(octets = malloc(room)))
		return false;
	if (live)
		memmove(octets, t->octets + from, live);
	if (octets != t->octets)
		free(t->octets);
	t->octets = octets;
	t->room = room;
	t->used = live;
	for (uint32_t i = 0; i < t->n; i++)
		entry(t, i)->at = (entry(t, i)->at - from) & AT;
	return true;
}

void hpack_table_prefetch(const struct hpack_table *t)
{
	enum { LINE = 64, SOME = 8 * LINE };

	for (uint32_t i = 0; i < SOME && i < t->nring * sizeof(*t->ring); i += LINE)
		prefetch((const uint8_t *)t->ring + i);
	for (uint32_t i = 0; i < SOME && i < t->used; i += LINE)
		prefetch(t->octets + t->used - i);
}

bool hpack_table_add(struct hpack_table *t, const struct hpack_text *x)
{
	uint64_t size = 32 + (uint64_t)x->nname + x->nvalue;
	struct entry e;

	while (t->n && t->size + size > t->max)
		throw_out(t);
	if (size > t->max)		/* it empties the table, which is no error (4.4) */
		return true;
	e = (struct entry){ .stat = x->stat & 63u, .what = x->what & 63u, .nname = (uint16_t)x->nname, .nvalue = (uint16_t)x->nvalue };
	if (!more_octets(t, kept(&e)) || !more_entries(t))
		return false;
	e.at = t->used & AT;
	if (e.what && e.nvalue)
		memcpy(t->octets + t->used, x->value, e.nvalue);
	if (e.what && !e.stat && e.nname)
		memcpy(t->octets + t->used + e.nvalue, x->name, e.nname);
	t->used += kept(&e);
	t->size += weight(&e);
	t->n++;
	*entry(t, 0) = e;
	return true;
}

struct hpack_text hpack_table_at(const struct hpack_table *t, uint32_t index)
{
	const struct entry *e = entry(t, index - HPACK_STATIC - 1);

	return (struct hpack_text){ e->stat ? rows[e->stat].name : t->octets + e->at + e->nvalue, t->octets + e->at, e->nname, e->nvalue, (uint8_t)e->stat, (uint8_t)e->what };
}
