/*
 * Diameter (S6a, S13, SWx, Cx, Sh, Gx, Rx, Gy; TCP and SCTP 3868, SCTP payload ids 46 and 47).  RFC 6733: header 3, AVPs 4.
 *   octet 1 version=1 | 2-4 length of the whole | 5 flags R P E T reserved(4) | 6-8 command code | application id(4)
 *   hop-by-hop id(4) | end-to-end id(4) | AVPs, each padded to four octets
 */
#include "diameter.h"

#include "be.h"

enum { PORT = 3868, HEAD = 20, AVP = 8, AVP_VENDOR = 12, R = 0x80, E = 0x20, RESERVED = 0x0f, V = 0x80, AVP_RESERVED = 0x1f };
enum { SESSION_ID = 263, ORIGIN_HOST = 264, RESULT_CODE = 268, ORIGIN_REALM = 296 };

static const struct cover_row commands[] = {
	{ "message", 257, "Capabilities-Exchange", "RFC 6733 5.3" },
	{ "message", 258, "Re-Auth", "RFC 6733 8.3" },
	{ "message", 265, "AA", "TS 29.214 5.6.1" },
	{ "message", 268, "Diameter-EAP", "RFC 4072 3" },
	{ "message", 271, "Accounting", "RFC 6733 9.7" },
	{ "message", 272, "Credit-Control", "RFC 8506 3" },
	{ "message", 274, "Abort-Session", "RFC 6733 8.5" },
	{ "message", 275, "Session-Termination", "RFC 6733 8.4" },
	{ "message", 280, "Device-Watchdog", "RFC 6733 5.5" },
	{ "message", 282, "Disconnect-Peer", "RFC 6733 5.4" },
	{ "message", 300, "User-Authorization", "TS 29.229 6.1.1" },
	{ "message", 301, "Server-Assignment", "TS 29.229 6.1.3, TS 29.273 8.2.2.3" },
	{ "message", 302, "Location-Info", "TS 29.229 6.1.5" },
	{ "message", 303, "Multimedia-Authentication", "TS 29.229 6.1.7, TS 29.273 8.2.2.1" },
	{ "message", 304, "Registration-Termination", "TS 29.229 6.1.9" },
	{ "message", 305, "Push-Profile", "TS 29.229 6.1.11" },
	{ "message", 306, "User-Data", "TS 29.329 6.1.1" },
	{ "message", 307, "Profile-Update", "TS 29.329 6.1.3" },
	{ "message", 308, "Subscribe-Notifications", "TS 29.329 6.1.5" },
	{ "message", 309, "Push-Notification", "TS 29.329 6.1.7" },
	{ "message", 316, "Update-Location", "TS 29.272 7.2.3" },
	{ "message", 317, "Cancel-Location", "TS 29.272 7.2.7" },
	{ "message", 318, "Authentication-Information", "TS 29.272 7.2.5" },
	{ "message", 319, "Insert-Subscriber-Data", "TS 29.272 7.2.9" },
	{ "message", 320, "Delete-Subscriber-Data", "TS 29.272 7.2.11" },
	{ "message", 321, "Purge-UE", "TS 29.272 7.2.13" },
	{ "message", 322, "Reset", "TS 29.272 7.2.15" },
	{ "message", 323, "Notify", "TS 29.272 7.2.17" },
	{ "message", 324, "ME-Identity-Check", "TS 29.272 7.2.19" },
};
enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

void diameter_head(struct cur *c, struct ie_head *h)
{
	uint32_t own = AVP, len;
	uint8_t flags;

	h->type = cur_u32(c);
	flags = cur_u8(c);
	len = cur_u24(c);
	h->vendor = 0;
	if (flags & V) {
		h->vendor = cur_u32(c);
		own = AVP_VENDOR;
	}
	if (c->why == CUR_OK && len < own)
		cur_refuse(c, CUR_VALUE);		/* shorter than its own head */
	h->len = c->why == CUR_OK ? len - own : 0;
}

struct cur diameter_avp(struct cur *c, struct ie_head *h)
{
	struct cur v;

	diameter_head(c, h);
	v = cur_sub(c, h->len);
	if (h->len % 4)
		(void)cur_take(c, cur_left(c) < 4 - h->len % 4 ? cur_left(c) : 4 - h->len % 4);
	return v;
}

/* Could n octets at p, HEAD of them at least, begin a message?  Its first AVP has to fit, as far as it is there. */
static bool plausible(const uint8_t *p, size_t n)
{
	uint32_t len = be32(p) & 0xffffff, avp;

	if (p[0] != 1 || len < HEAD || len % 4 || p[4] & RESERVED || (p[4] & (R | E)) == (R | E) || !(be32(p + 4) & 0xffffff))
		return false;
	if (len == HEAD || n < HEAD + AVP)
		return len == HEAD || len >= HEAD + AVP;
	avp = be32(p + HEAD + 4) & 0xffffff;
	return !(p[HEAD + 4] & AVP_RESERVED) && avp >= (p[HEAD + 4] & V ? AVP_VENDOR : AVP) && avp <= len - HEAD;
}

/* On a port that says nothing: what stands first in a message of the base protocol (RFC 6733 3.2, 8.8), and a name where one has to be. */
static bool sure(const uint8_t *p, size_t n)
{
	uint32_t code, avp;

	if (n < HEAD + AVP || !plausible(p, n) || (be32(p) & 0xffffff) == HEAD || p[HEAD + 4] & V)
		return false;
	code = be32(p + HEAD);
	avp = be32(p + HEAD + 4) & 0xffffff;
	if (code == RESULT_CODE)
		return avp == AVP + 4 && !(p[4] & R);
	if ((code != SESSION_ID && code != ORIGIN_HOST && code != ORIGIN_REALM) || avp < AVP + 3 || avp - AVP > n - HEAD - AVP)
		return false;
	for (uint32_t i = AVP; i < avp; i++)
		if (p[HEAD + i] < 0x21 || p[HEAD + i] > 0x7e)
			return false;
	return true;
}

static bool begins(const struct opening *o)
{
	return sure(o->p, o->n);
}

/* ---- what of a message has to be known before its AVPs are read ---- */

enum { VENDORS = 8 };

static void note_vendor(struct layers *l, uint32_t vendor, uint32_t seen[VENDORS], unsigned *n)
{
	unsigned i = 0;

	while (i < *n && seen[i] != vendor)
		i++;
	if (!vendor || vendor == THREEGPP || i < *n || *n == VENDORS)
		return;
	seen[(*n)++] = vendor;
	put_uint(layer_put(l), KEY_DIAMETER_avp_vendor, vendor);
}

/* The vendors whose AVPs it has (at its top), other than 3GPP. */
static void note_vendors(struct layers *l, struct cur c)
{
	uint32_t seen[VENDORS];
	unsigned n = 0;

	while (cur_left(&c)) {
		struct ie_head h = { 0, 0, 0 };

		(void)diameter_avp(&c, &h);
		note_vendor(l, h.vendor, seen, &n);
	}
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur, body;
	const uint8_t *p = c.p;
	size_t left = cur_left(&c);
	struct diameter_state *s = layer_state(l, &proto_diameter);
	struct fact *f;
	struct put *o;

	if (left < HEAD || !plausible(p, left))
		return false;
	body = cur_sub(&c, be32(p) & 0xffffff);
	(void)cur_take(&body, HEAD);
	layer_read(l, p, &body);
	f = layer_begin(l, m, FACT_DIAMETER);
	o = layer_put(l);
	put_uint(o, KEY_DIAMETER_cmd_code, be32(p + 4) & 0xffffff);
	put_uint(o, KEY_DIAMETER_application, be32(p + 8));
	put_bool(o, KEY_DIAMETER_request, p[4] & R);
	put_bool(o, KEY_DIAMETER_error, p[4] & E);
	put_uint(o, KEY_DIAMETER_hop_by_hop, be32(p + 12));
	put_uint(o, KEY_DIAMETER_end_to_end, be32(p + 16));
	note_vendors(l, body);
	s->t_ns = m->pkt->t_ns;
	diameter_identities(s, body);
	ie_read(l, &diameter_avps, &body);
	cur_refuse(&body, c.why);
	layer_emit(l, f, &body, OUT_OK);
	return true;
}

/* Behind a gap a message begins where one surely does. */
static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	const uint8_t *p = m->cur.p;
	size_t left = cur_left(&m->cur), at = 0;

	(void)l;
	if (gap) {
		while (at < left && !sure(p + at, left - at)) {
			const uint8_t *next = memchr(p + at + 1, 1, left - at - 1);

			at = next ? (size_t)(next - p) : left;
		}
		*n = at;
		if (at)
			return STREAM_SKIP;
	}
	if (left < HEAD)
		return STREAM_MORE;
	*n = be32(p) & 0xffffff;
	return plausible(p, left) ? STREAM_UNIT : STREAM_STOP;
}

static bool cover(unsigned i, struct cover_row *row)
{
	const struct ie_def *avp;

	if (i < COMMANDS) {
		*row = commands[i];
		return true;
	}
	avp = diameter_row(i - COMMANDS);
	if (!avp)
		return false;
	*row = (struct cover_row){ "AVP", avp->type, avp->name, avp->spec };
	return true;
}

const struct proto proto_diameter = {
	.name = "diameter", .title = "Diameter", .spec = "RFC 6733", .tcp = { PORT }, .sctp = { PORT }, .ppid = { 46, 47 }, .begins = begins,
	.first = "\x01", .nfirst = 1, .kind = FACT_DIAMETER, .read = read_message, .stream = stream, .cover = cover,
	.state_size = sizeof(struct diameter_state),
};
