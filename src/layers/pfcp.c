/*
 * PFCP (N4, Sxa, Sxb, Sxc; UDP 8805).  TS 29.244: header 7.2.2, bundling 7.2.1A, elements 8.1.
 *   octet 1 version(3) spare(2) FO MP S | 2 type | 3-4 length of what follows octet 4
 *   S=1: SEID(8) sequence(3) priority(4 bits) spare      S=0: sequence(3) spare(1)
 * FO: another message follows in the same packet; each is a fact of its own.
 */
#include "pfcp.h"

enum { FLAG_S = 1, FLAG_FO = 4, SPARE = 0x18, VERSION = 1 };
enum { IE_ASSIGNED = 1024 };		/* types above are not assigned yet (Release 18 ends at about 400) */

static const struct { const char *name, *spec; } messages[] = {		/* by type */
	[1] = { "Heartbeat Request", "TS 29.244 7.4.2.1" },
	[2] = { "Heartbeat Response", "TS 29.244 7.4.2.2" },
	[3] = { "PFD Management Request", "TS 29.244 7.4.3.1" },
	[4] = { "PFD Management Response", "TS 29.244 7.4.3.2" },
	[5] = { "Association Setup Request", "TS 29.244 7.4.4.1" },
	[6] = { "Association Setup Response", "TS 29.244 7.4.4.2" },
	[7] = { "Association Update Request", "TS 29.244 7.4.4.3" },
	[8] = { "Association Update Response", "TS 29.244 7.4.4.4" },
	[9] = { "Association Release Request", "TS 29.244 7.4.4.5" },
	[10] = { "Association Release Response", "TS 29.244 7.4.4.6" },
	[11] = { "Version Not Supported Response", "TS 29.244 7.4.4.7" },
	[12] = { "Node Report Request", "TS 29.244 7.4.5.1" },
	[13] = { "Node Report Response", "TS 29.244 7.4.5.2" },
	[14] = { "Session Set Deletion Request", "TS 29.244 7.4.6.1" },
	[15] = { "Session Set Deletion Response", "TS 29.244 7.4.6.2" },
	[16] = { "Session Set Modification Request", "TS 29.244 7.4.7.1" },
	[17] = { "Session Set Modification Response", "TS 29.244 7.4.7.2" },
	[50] = { "Session Establishment Request", "TS 29.244 7.5.2" },
	[51] = { "Session Establishment Response", "TS 29.244 7.5.3" },
	[52] = { "Session Modification Request", "TS 29.244 7.5.4" },
	[53] = { "Session Modification Response", "TS 29.244 7.5.5" },
	[54] = { "Session Deletion Request", "TS 29.244 7.5.6" },
	[55] = { "Session Deletion Response", "TS 29.244 7.5.7" },
	[56] = { "Session Report Request", "TS 29.244 7.5.8" },
	[57] = { "Session Report Response", "TS 29.244 7.5.9" },
};
enum { TYPES = sizeof(messages) / sizeof(messages[0]) };

static bool known(uint8_t type)
{
	return type < TYPES && messages[type].name;
}

/*
 * Is this PFCP?  The port alone is no proof.  A length that ends where the packet ends is (2^16 to
 * 1); so is one that ends before, with a known type in its own form of header.  A message that claims
 * more than there is has to show a first element that could be one, whole (a cut one: its type).
 */
static bool plausible(struct cur c)
{
	uint8_t flags = cur_u8(&c), type = cur_u8(&c);
	size_t len = cur_u16(&c), left = cur_left(&c), head = flags & FLAG_S ? 12 : 4;
	bool now = flags >> 5 == VERSION, formed = known(type) && !(flags & SPARE) && (flags & FLAG_S) == (type >= 50);
	struct cur body, ie;
	uint16_t what;

	if (c.why != CUR_OK || !type)
		return false;
	if (len == left && !c.cut)
		return now ? known(type) || !(flags & SPARE) : formed;
	if (!now || !formed || len < head)
		return false;
	if (len <= left)
		return true;
	body = cur_sub(&c, left);
	(void)cur_take(&body, head);
	what = cur_u16(&body) & 0x7fff;
	ie = cur_sub(&body, cur_u16(&body));
	if (c.cut)			/* so short a snapshot may show no element */
		return ie.p == ie.end || (what && what < IE_ASSIGNED);
	return body.why == CUR_OK && what && what < IE_ASSIGNED;
}

/* One message at the front of c.  False: it is none. */
static bool message(struct layers *l, const struct msg *m, struct cur *c)
{
	const uint8_t *from = c->p;
	uint8_t flags, type;
	struct cur body;
	struct fact *f;
	struct put *o;
	uint64_t seid;
	uint32_t seq;

	if (!plausible(*c))
		return false;
	f = layer_begin(l, m, FACT_PFCP);
	o = layer_put(l);
	flags = cur_u8(c);
	type = cur_u8(c);
	body = cur_sub(c, cur_u16(c));
	put_uint(o, KEY_PFCP_msg_type, type);
	if (flags & FLAG_S) {
		seid = cur_u64(&body);
		if (body.why == CUR_OK)
			put_uint(o, KEY_PFCP_seid, seid);
	}
	seq = cur_u24(&body);
	if (body.why == CUR_OK)
		put_uint(o, KEY_PFCP_seqno, seq);
	(void)cur_u8(&body);			/* priority or spare */
	layer_read(l, from, &body);
	ie_read(l, &pfcp_ies, &body);
	cur_refuse(&body, c->why);		/* the packet ends before the message does */
	if (flags >> 5 != VERSION || (flags & FLAG_FO && !cur_left(c) && !c->cut))
		cur_refuse(&body, CUR_VALUE);
	if (m->nframes <= 1)
		f->len = (uint32_t)(c->p - from);
	layer_emit(l, f, &body, known(type) ? OUT_OK : OUT_UNKNOWN);
	return true;
}

static bool read_packet(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	struct msg one = *m;
	bool any = false;

	/* a message behind another that did not announce it is read all the same */
	while (cur_left(&c)) {
		one.cur = c;
		if (m->nframes <= 1)
			one.off = m->off + (uint32_t)(c.p - m->cur.p);
		if (!message(l, &one, &c))
			break;
		any = true;
	}
	return any;
}

static bool cover(unsigned i, struct cover_row *row)
{
	const struct ie_def *ie;

	for (unsigned type = 0; type < TYPES; type++)
		if (messages[type].name && !i--) {
			*row = (struct cover_row){ "message", type, messages[type].name, messages[type].spec };
			return true;
		}
	ie = ie_nth(&pfcp_ies, i);
	if (!ie)
		return false;
	*row = (struct cover_row){ "IE", ie->type, ie->name, ie->spec };
	return true;
}

const struct proto proto_pfcp = {
	.name = "pfcp", .title = "Packet Forwarding Control Protocol", .spec = "TS 29.244",
	.udp = { 8805 }, .kind = FACT_PFCP, .read = read_packet, .cover = cover,
};
