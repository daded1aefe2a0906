/*
 * GTP-U signalling (N3, N9, S1-U, Gn; UDP 2152).  TS 29.281: header 5.1, messages 6.1, elements 8.
 *   octet 1 version(3)=1 PT=1 spare E S PN | 2 type | 3-4 length of what follows octet 8 | 5-8 TEID
 *   with E, S or PN: sequence(2) N-PDU number(1) next extension type(1), extension headers
 * G-PDUs are the packet path's (path.c): they are tallied and give no fact.
 */
#include "gtp.h"
#include "gtp_c.h"
#include "ie.h"

enum { FLAG_S = 2, FIXED = 8 };

static const struct cover_row messages[] = {
	{ "message", 1, "Echo Request", "TS 29.281 7.2.1" },
	{ "message", 2, "Echo Response", "TS 29.281 7.2.2" },
	{ "message", 26, "Error Indication", "TS 29.281 7.3.1" },
	{ "message", 31, "Supported Extension Headers Notification", "TS 29.281 7.2.3" },
	{ "message", 254, "End Marker", "TS 29.281 7.3.2" },
	{ "message", 255, "G-PDU (tallied)", "TS 29.281 7.1" },
};
enum { MESSAGES = sizeof(messages) / sizeof(messages[0]) };

static void peer(struct ie_walk *w, const struct ie_def *row, struct cur *v) { (void)row; ie_put_address(w, KEY_GTP_peer_ipv4, KEY_GTP_peer_ipv6, v); }

static const struct ie_def rows[] = {
	[14] = { .type = 14, .kind = IE_UINT, .len = 1, .key = KEY_GTP_recovery, .name = "Recovery", .spec = "TS 29.281 8.2" },
	[16] = { .type = 16, .kind = IE_UINT, .len = 4, .key = KEY_GTP_teid_data, .name = "Tunnel Endpoint Identifier Data I", .spec = "TS 29.281 8.3" },
	[133] = { .type = 133, .kind = IE_HOOK, .hook = peer, .name = "GTP-U Peer Address", .spec = "TS 29.281 8.4" },
};

/*
 * Types below 128 have a fixed length that the type alone tells; of an unknown one nobody knows
 * where it ends (TS 29.281 8.1).  Others: length(2), but the list of extension header types: length(1).
 */
static void head(struct cur *c, struct ie_head *h)
{
	enum { RECOVERY = 14, TEID_DATA_I = 16, EXTENSION_LIST = 141 };

	h->type = cur_u8(c);
	h->len = 0;
	switch (h->type) {
	case RECOVERY: h->len = 1; break;
	case TEID_DATA_I: h->len = 4; break;
	case EXTENSION_LIST: h->len = cur_u8(c); break;
	default:
		if (h->type < 128)
			cur_refuse(c, CUR_VALUE);
		else
			h->len = cur_u16(c);
	}
}

static const struct ie_table ies = { .row = rows, .n = sizeof(rows) / sizeof(rows[0]), .head = head };

static bool signalling(uint8_t type)
{
	for (unsigned i = 0; i + 1 < MESSAGES; i++)
		if (messages[i].id == type)
			return true;
	return false;
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur, body;
	uint32_t n = (uint32_t)cur_left(&c), at, end;
	const uint8_t *p = c.p;
	struct fact *f;
	struct put *o;

	if (n < FIXED || !signalling(p[1]) || !gtpu_head(p, n, UINT32_MAX, &at, &end))
		return false;
	body = cur_sub(&c, end);
	(void)cur_take(&body, at);
	layer_read(l, p, &body);
	f = layer_begin(l, m, FACT_GTP);
	o = layer_put(l);
	put_uint(o, KEY_GTP_message, p[1]);
	put_uint(o, KEY_GTP_teid, (uint32_t)p[4] << 24 | (uint32_t)p[5] << 16 | (uint32_t)p[6] << 8 | p[7]);
	if (p[0] & FLAG_S)
		put_uint(o, KEY_GTP_seq, (uint64_t)(p[8] << 8 | p[9]));
	ie_read(l, &ies, &body);
	if (body.why != CUR_OK && (c.cut ? end < n : end != n)) {
		layer_mark(l, p, n, MARK_UNREAD);
		return false;			/* neither ends where UDP does nor holds together */
	}
	cur_refuse(&body, c.why);
	layer_emit(l, f, &body, OUT_OK);
	return true;
}

static bool cover(unsigned i, struct cover_row *row)
{
	if (i < MESSAGES + ie_count(&ies))
		return ie_cover(messages, MESSAGES, &ies, i, row);
	return gtpv1c_cover(i - MESSAGES - ie_count(&ies), row);
}

const struct proto proto_gtp = {
	.name = "gtp", .title = "GPRS Tunnelling Protocol, user plane (and version 1 of the control plane)", .spec = "TS 29.281",
	.udp = { GTPU_PORT }, .kind = FACT_GTP, .read = read_message, .cover = cover,
};
