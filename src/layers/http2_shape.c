/* What a chain of HTTP/2 frames looks like (RFC 9113 4.1, 6), for a connection whose beginning was not captured. */
#include "http2.h"

#include "be.h"

enum { FRAME_LEAST = 16384, CHANCE = 48, STREAM_USUAL = 0xffffff };

/* Octets behind a chain's end that belong to a frame of which the rest comes later. */
struct frame_head { uint32_t len; uint8_t type, flags; uint32_t stream; bool reserved; };

static struct frame_head head_of(const uint8_t *p)
{
	return (struct frame_head){ (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2], p[3], p[4], be32(p + 5) & 0x7fffffff, p[5] & 0x80 };
}

/* Lengths, flags and stream as section 6 has them for this type. */
static bool head_fits(const struct frame_head *h)
{
	static const struct { uint8_t flags; bool stream, none; uint32_t min, max, step; } rows[] = {
		[H2_DATA] = { 0x09, true, false, 0, FRAME_LEAST, 1 }, [H2_HEADERS] = { 0x2d, true, false, 1, FRAME_LEAST, 1 },
		[H2_PRIORITY] = { 0, true, false, 5, 5, 1 }, [H2_RST_STREAM] = { 0, true, false, 4, 4, 1 },
		[H2_SETTINGS] = { 0x01, false, true, 0, 6 * 16, 6 }, [H2_PUSH_PROMISE] = { 0x0c, true, false, 5, FRAME_LEAST, 1 },
		[H2_PING] = { 0x01, false, true, 8, 8, 1 }, [H2_GOAWAY] = { 0, false, true, 8, 1024, 1 },
		[H2_WINDOW_UPDATE] = { 0, true, true, 4, 4, 1 }, [H2_CONTINUATION] = { 0x04, true, false, 1, FRAME_LEAST, 1 },
	};

	if (h->type >= sizeof(rows) / sizeof(rows[0]) || h->reserved || h->flags & ~rows[h->type].flags)
		return false;
	if (h->stream ? !rows[h->type].stream : !rows[h->type].none)
		return false;
	if (h->type == H2_SETTINGS && h->flags & H2_ACK && h->len)
		return false;
	return h->len >= rows[h->type].min && h->len <= rows[h->type].max && h->len % rows[h->type].step == 0;
}

static bool text_begins(const uint8_t *p, size_t n)
{
	return n >= 2 && (*p == '{' || *p == '[' || (*p == '-' && p[1] == '-'));
}

/* Where the fragment is inside HEADERS: behind the padding length and the priority. */
static bool fragment_of(const struct frame_head *h, const uint8_t *p, size_t n, size_t *from, size_t *len)
{
	size_t pad = h->flags & H2_PADDED && n ? *p : 0, skip = (h->flags & H2_PADDED ? 1u : 0u) + (h->flags & H2_HAS_PRIORITY ? 5u : 0u);

	if (skip + pad > h->len || skip > n)
		return false;
	*from = skip;
	*len = h->len - skip - pad;
	return true;
}

/*
 * What a body says against chance, in bits as it were; -1: it cannot be such a frame.  n: octets that are there, all: the
 * frame is there as a whole.
 */
static int body_says(const struct frame_head *h, const uint8_t *p, size_t n, bool all)
{
	size_t from, len;
	uint32_t v;

	switch (h->type) {
	case H2_HEADERS:
		if (!fragment_of(h, p, n, &from, &len) || !hpack_plausible(p + from, n - from < len ? n - from : len, n - from < len || !(h->flags & H2_END_HEADERS)))
			return -1;
		return all ? CHANCE : 16;
	case H2_DATA: return text_begins(p, n) ? 16 : 0;
	case H2_SETTINGS:
		for (size_t i = 0; i + 6 <= n; i += 6) {
			v = (uint32_t)p[i] << 8 | p[i + 1];
			if (!v || v > 9 || (v == 2 && be32(p + i + 2) > 1))
				return -1;
		}
		return h->len ? CHANCE : 8;
	case H2_RST_STREAM:
	case H2_GOAWAY:
		v = n >= 8 && h->type == H2_GOAWAY ? be32(p + 4) : n >= 4 && h->type == H2_RST_STREAM ? be32(p) : 0;
		return v > 0xd ? -1 : 8;
	case H2_WINDOW_UPDATE:
		if (n >= 4 && (p[0] & 0x80 || !be32(p)))
			return -1;
		return 8;
	default: return 0;
	}
}

/* A frame of its own that the payload ends with: its length is 24 bits that agree. */
enum { ENDS_THERE = 24 };

bool h2_shape(const uint8_t *p, size_t n, size_t claim, bool strict)
{
	int sure = 0, said;

	if (n >= H2_PREFACE && !memcmp(p, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", H2_PREFACE))
		return true;
	for (size_t at = 0; at < n; ) {
		struct frame_head h;
		size_t left;

		if (n - at < H2_HEAD)		/* the front of a frame header */
			return sure >= (strict ? CHANCE : 1);
		h = head_of(p + at);
		left = n - at - H2_HEAD;
		if (!head_fits(&h) || (strict && h.stream > STREAM_USUAL))
			return false;
		said = body_says(&h, p + at + H2_HEAD, left < h.len ? left : h.len, h.len <= left);
		if (said < 0)
			return false;
		sure += said + 1;
		if (h.len >= left) {
			sure += h.len == left && n == claim ? ENDS_THERE : 0;
			break;
		}
		at += H2_HEAD + h.len;
	}
	return sure >= (strict ? 32 : 1);
}
