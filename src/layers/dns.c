/*
 * DNS of network elements (UDP and TCP 53).  RFC 1035: message 4.1, names 4.1.4, TCP 4.2.2;
 * AAAA is RFC 3596 2.2.
 *   id(2) | QR opcode(4) AA TC RD | RA Z(3) rcode(4) | counts of questions, answers, authority, additional (2 each)
 *   question: name type(2) class(2)      record: name type(2) class(2) TTL(4) length(2) data
 * Names are printed as Wireshark does: dots between labels, C escapes for what cannot be seen,
 * U+FFFD for what is no UTF-8, <Root> for the root.  A packet with an end in a UE pool never comes here (path.c).
 */
#include "layer.h"

enum { HEAD = 12, QUESTION = 5, RECORD = 11, OPCODES = 6, JUMPS = 64, NAME = 255 };	/* least octets of each; RFC 6895 2.2; RFC 1035 2.3.4 */
enum { TYPE_A = 1, TYPE_CNAME = 5, TYPE_AAAA = 28 };

static const struct cover_row understood[] = {
	{ "message", 0, "Query", "RFC 1035 4.1.1" },
	{ "message", 1, "Response", "RFC 1035 4.1.1" },
	{ "record", TYPE_A, "A", "RFC 1035 3.4.1" },
	{ "record", TYPE_CNAME, "CNAME", "RFC 1035 3.3.1" },
	{ "record", TYPE_AAAA, "AAAA", "RFC 3596 2.2" },
};

struct name { size_t n; char text[5 * NAME + 16]; };		/* "\\u00AD" stands for two octets, "\\000" for one */

/* Letters of no width or shape of their own (Unicode categories Cc and Cf, the usual ones): they would hide in a name. */
static bool unseen(uint32_t u)
{
	static const struct { uint32_t from, to; } range[] = { { 0, 0x1f }, { 0x7f, 0x9f }, { 0xad, 0xad }, { 0x600, 0x605 }, { 0x61c, 0x61c },
		{ 0x6dd, 0x6dd }, { 0x70f, 0x70f }, { 0x180e, 0x180e }, { 0x200b, 0x200f }, { 0x202a, 0x202e }, { 0x2060, 0x206f },
		{ 0xfeff, 0xfeff }, { 0xfff9, 0xfffb }, { 0xe0000, 0xe0fff } };

	for (unsigned i = 0; i < sizeof(range) / sizeof(range[0]); i++)
		if (u >= range[i].from && u <= range[i].to)
			return true;
	return false;
}

/* A letter as UTF-8, or as an escape. */
static void add_letter(struct name *s, uint32_t u)
{
	static const char hexd[] = "0123456789ABCDEF";
	int shift = u > 0xffff ? 28 : 12;

	if (unseen(u)) {
		s->text[s->n++] = '\\';
		s->text[s->n++] = u > 0xffff ? 'U' : 'u';
		for (; shift >= 0; shift -= 4)
			s->text[s->n++] = hexd[u >> shift & 15];
		return;
	}
	if (u < 0x80) {
		s->text[s->n++] = (char)u;
		return;
	}
	shift = u < 0x800 ? 6 : u < 0x10000 ? 12 : 18;
	s->text[s->n++] = (char)((shift == 6 ? 0xc0 : shift == 12 ? 0xe0 : 0xf0) | u >> shift);
	while ((shift -= 6) >= 0)
		s->text[s->n++] = (char)(0x80 | (u >> shift & 0x3f));
}

/*
 * What begins with an octet above 127: the letter it is in UTF-8 (a form longer than needed stands
 * for the same letter), else U+FFFD for what could have been one.  Returns how many octets it was.
 */
static unsigned add_wide(struct name *s, const uint8_t *p, unsigned n)
{
	unsigned more = 0, k;
	uint32_t u;

	while (more < 5 && p[0] & 0x40 >> more)		/* 110xxxxx: one octet more, 1110xxxx: two, ... */
		more++;
	u = p[0] & (0x3fu >> more);
	for (k = 1; k <= more && k < n && (p[k] & 0xc0) == 0x80; k++)
		u = u << 6 | (p[k] & 0x3f);
	if (!more || p[0] >= 0xfe || k <= more || u > 0x10ffff || (u >= 0xd800 && u < 0xe000)) {
		add_letter(s, 0xfffd);
		return p[0] >= 0xfe ? 1 : k;
	}
	add_letter(s, u);
	return k;
}

/* An octet that is no letter, as a C escape. */
static void add_control(struct name *s, uint8_t c)
{
	static const char letters[] = "abtnvfr";	/* 7..13 */

	if (c >= 7 && c <= 13) {
		s->text[s->n++] = '\\';
		s->text[s->n++] = letters[c - 7];
	} else {
		s->text[s->n++] = '\\';
		s->text[s->n++] = (char)('0' + (c >> 6));
		s->text[s->n++] = (char)('0' + (c >> 3 & 7));
		s->text[s->n++] = (char)('0' + (c & 7));
	}
}

/* Reads the name at c; pointers count from the start of the message.  Loops and names over 255 octets are refused. */
static void read_name(struct layers *l, const struct cur *message, struct cur *c, struct name *s)
{
	struct cur elsewhere, *at = c;
	unsigned jumps = 0, total = 0;

	s->n = 0;
	for (;;) {
		const uint8_t *from = at->p, *p;
		uint8_t len = cur_u8(at);

		if (len >= 0xc0) {
			size_t to = (size_t)(len & 0x3f) << 8 | cur_u8(at);

			layer_read(l, from, at);
			cur_refuse(c, at->why);
			elsewhere = *message;
			(void)cur_take(&elsewhere, to);
			at = &elsewhere;
			if (++jumps > JUMPS)
				cur_refuse(c, CUR_VALUE);
			if (c->why != CUR_OK)
				return;
			continue;
		}
		p = cur_take(at, len);
		layer_read(l, from, at);
		total += len + 1u;
		if (len > 63 || total > NAME)
			cur_refuse(c, at->why == CUR_OK ? CUR_VALUE : at->why);
		cur_refuse(c, at->why);
		if (c->why != CUR_OK || !len)
			return;
		if (s->n)
			s->text[s->n++] = '.';
		for (unsigned i = 0; i < len; ) {
			unsigned plain = i;

			while (plain < len && p[plain] >= 32 && p[plain] < 127)
				plain++;
			memcpy(s->text + s->n, p + i, plain - i);
			s->n += plain - i;
			i = plain;
			if (i == len)
				break;
			if (p[i] >= 0x80)
				i += add_wide(s, p + i, (unsigned)(len - i));
			else
				add_control(s, p[i++]);
		}
	}
}

static void put_name(struct layers *l, enum fact_key k, const struct name *s)
{
	char *text;

	if (!s->n) {
		put_text(layer_put(l), k, "<Root>", 6);
		return;
	}
	text = layer_mem(l, s->n);
	if (text)
		put_text(layer_put(l), k, memcpy(text, s->text, s->n), s->n);
}

static void question(struct layers *l, const struct cur *message, struct cur *c)
{
	const uint8_t *from;
	struct name name;
	uint16_t type;

	read_name(l, message, c, &name);
	from = c->p;
	type = cur_u16(c);
	layer_read(l, from, c);
	(void)cur_u16(c);
	if (c->why != CUR_OK)
		return;
	put_name(l, KEY_DNS_qry_name, &name);
	put_uint(layer_put(l), KEY_DNS_qry_type, type);
}

/* The data of a record; a record that only names a type (dynamic update, RFC 2136 2.5) has none. */
static void data(struct layers *l, const struct cur *message, uint16_t type, struct cur *d)
{
	const uint8_t *from = d->p;
	struct put *o = layer_put(l);
	struct name name;

	if (!cur_left(d) && !d->cut)
		return;
	switch (type) {
	case TYPE_A: put_addr(o, KEY_DNS_a, cur_take(d, 4), 4); break;
	case TYPE_AAAA: put_addr(o, KEY_DNS_aaaa, cur_take(d, 16), 16); break;
	case TYPE_CNAME:
		read_name(l, message, d, &name);
		if (d->why == CUR_OK)
			put_name(l, KEY_DNS_cname, &name);
		break;
	default: break;
	}
	layer_read(l, from, d);
}

/* A record of section 1 answer, 2 authority, 3 additional: a group with the section as its id. */
static void record(struct layers *l, const struct cur *message, struct cur *c, unsigned section, enum cur_why *inside)
{
	struct put *o = layer_put(l);
	const uint8_t *from;
	struct name name;
	struct cur d;
	uint16_t type, len;

	read_name(l, message, c, &name);
	from = c->p;
	type = cur_u16(c);
	layer_read(l, from, c);
	(void)cur_u16(c);			/* class */
	(void)cur_u32(c);			/* time to live */
	from = c->p;
	len = cur_u16(c);
	layer_read(l, from, c);
	d = cur_sub(c, len);
	if (c->why != CUR_OK && (c->why != CUR_CUT || d.why != CUR_OK))
		return;
	put_open(o, section);
	put_name(l, KEY_DNS_resp_name, &name);
	put_uint(o, KEY_DNS_resp_type, type);
	data(l, message, type, &d);
	put_close(o);
	if (*inside == CUR_OK)
		*inside = d.why;
}

/* Could the first 12 octets be the header of a message of n?  Every count has to find room in it. */
static bool plausible(const uint8_t *p, size_t n)
{
	uint32_t count[4], records;

	for (int i = 0; i < 4; i++)
		count[i] = (uint32_t)(p[4 + 2 * i] << 8 | p[5 + 2 * i]);
	records = count[1] + count[2] + count[3];
	if ((p[2] >> 3 & 15) > OPCODES || HEAD + (size_t)count[0] * QUESTION + (size_t)records * RECORD > n)
		return false;
	return count[0] || records || p[2] & 0x80;	/* a query asks something */
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur message = m->cur, c;
	enum cur_why inside = CUR_OK;
	uint16_t count[4], flags, id;
	struct fact *f;
	struct put *o;

	if (m->pkt->proto == 6)			/* TCP: a length before each message */
		message = cur_sub(&message, cur_u16(&message));
	if (cur_left(&message) < HEAD || !plausible(message.p, message.cut ? SIZE_MAX : cur_left(&message)))
		return false;
	c = message;
	f = layer_begin(l, m, FACT_DNS);
	o = layer_put(l);
	id = cur_u16(&c);
	flags = cur_u16(&c);
	put_uint(o, KEY_DNS_id, id);
	put_bool(o, KEY_DNS_response, flags & 0x8000);
	if (flags & 0x8000)
		put_uint(o, KEY_DNS_rcode, flags & 15);
	for (int i = 0; i < 4; i++)
		count[i] = cur_u16(&c);
	layer_read(l, m->cur.p, &c);		/* with the length before it */
	for (unsigned i = 0; i < count[0] && c.why == CUR_OK; i++) {
		question(l, &message, &c);
		if (!i && c.why != CUR_OK && c.why != CUR_CUT) {
			layer_mark(l, m->cur.p, (size_t)(m->cur.end - m->cur.p), MARK_UNREAD);
			return false;		/* not even one question: no DNS */
		}
	}
	for (unsigned s = 1; s < 4; s++)
		for (unsigned i = 0; i < count[s] && c.why == CUR_OK; i++)
			record(l, &message, &c, s, &inside);
	cur_refuse(&c, inside);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	struct cur c = m->cur;
	size_t have = cur_left(&c);
	uint16_t len = cur_u16(&c);
	const uint8_t *head = cur_take(&c, HEAD);

	(void)l;
	*n = have;
	if (have < 2)
		return STREAM_MORE;
	if (len < HEAD || (head && !plausible(head, len)))
		return gap ? STREAM_SKIP : STREAM_STOP;
	if (!head)
		return STREAM_MORE;
	*n = 2u + len;
	return STREAM_UNIT;
}

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

const struct proto proto_dns = {
	.name = "dns", .title = "Domain Name System", .spec = "RFC 1035",
	.udp = { 53 }, .tcp = { 53 }, .kind = FACT_DNS, .read = read_message, .stream = stream, .cover = cover, .personal = true,
};
