/* 5GMM and 5GSM messages (TS 24.501 8.2, 8.3, 9.7) as rows, see nas_rows.h. */
#include "nas5.h"
#include "nas_rows.h"

enum what {
	SKIP, REG_TYPE, MOBILE_ID, GIVEN_ID, ID_TYPE, MM_CAUSE, SM_CAUSE, SEC_ALGO, SEC_CAP, REPLAYED_CAP, PAYLOAD_TYPE, PAYLOAD,
	CONTAINER, SESSION_ID, SESSION_CAUSES, DNN, ADDRESS,
	WHATS
};

static const struct nas_name elements[WHATS] = {
	[REG_TYPE] = { "5GS registration type", "9.11.3.7" },
	[MOBILE_ID] = { "5GS mobile identity", "9.11.3.4" },
	[GIVEN_ID] = { "5G-GUTI", "9.11.3.4" },
	[ID_TYPE] = { "5GS identity type", "9.11.3.3" },
	[MM_CAUSE] = { "5GMM cause", "9.11.3.2" },
	[SM_CAUSE] = { "5GSM cause", "9.11.4.2" },
	[SEC_ALGO] = { "NAS security algorithms", "9.11.3.34" },
	[SEC_CAP] = { "UE security capability", "9.11.3.54" },
	[REPLAYED_CAP] = { "Replayed UE security capabilities", "9.11.3.54" },
	[PAYLOAD_TYPE] = { "Payload container type", "9.11.3.40" },
	[PAYLOAD] = { "Payload container", "9.11.3.39" },
	[CONTAINER] = { "NAS message container", "9.11.3.33" },
	[SESSION_ID] = { "PDU session identity 2", "9.11.3.41" },
	[SESSION_CAUSES] = { "PDU session reactivation result error cause", "9.11.3.43" },
	[DNN] = { "DNN", "9.11.2.1B" },
	[ADDRESS] = { "PDU address", "9.11.4.10" },
};

/* By message type; those of 5GMM and 5GSM (from SM_FROM on) are apart. */
enum { SM_FROM = 0xc1, LONG_FROM = 0x70 };
static const struct row rows[NAS_TYPES] = {
	[0x41] = { "Registration request", "8.2.6", PARTS({ 1, REG_TYPE }, { LVE, MOBILE_ID }),
	  OPTS({ 0x2e, TLV, SEC_CAP }, { 0x52, 6, SKIP }, { 0x77, TLVE, MOBILE_ID }, { 0x80, HALF, PAYLOAD_TYPE }, { 0x7b, TLVE, PAYLOAD },
	       { 0x71, TLVE, CONTAINER }) },
	[0x42] = { "Registration accept", "8.2.7", PARTS({ LV, SKIP }), OPTS({ 0x77, TLVE, GIVEN_ID }, { 0x72, TLVE, SESSION_CAUSES }) },
	[0x43] = { "Registration complete", "8.2.8", NOTHING },
	[0x44] = { "Registration reject", "8.2.9", PARTS({ 1, MM_CAUSE }) },
	[0x45] = { "Deregistration request (UE originating)", "8.2.12", PARTS({ 1, SKIP }, { LVE, MOBILE_ID }) },
	[0x46] = { "Deregistration accept (UE originating)", "8.2.13", NOTHING },
	[0x47] = { "Deregistration request (UE terminated)", "8.2.14", PARTS({ 1, SKIP }), OPTS({ 0x58, 1, MM_CAUSE }) },
	[0x48] = { "Deregistration accept (UE terminated)", "8.2.15", NOTHING },
	[0x4c] = { "Service request", "8.2.16", PARTS({ 1, SKIP }, { LVE, MOBILE_ID }), OPTS({ 0x71, TLVE, CONTAINER }) },
	[0x4d] = { "Service reject", "8.2.18", PARTS({ 1, MM_CAUSE }) },
	[0x4e] = { "Service accept", "8.2.17", OPTS({ 0x72, TLVE, SESSION_CAUSES }) },
	[0x4f] = { "Control plane service request", "8.2.30", PARTS({ 1, SKIP }),
	  OPTS({ 0x80, HALF, PAYLOAD_TYPE }, { 0x7b, TLVE, PAYLOAD }, { 0x12, 1, SESSION_ID }, { 0x71, TLVE, CONTAINER }) },
	[0x50] = { "Network slice-specific authentication command", "8.2.31", PARTS({ LV, SKIP }, { LVE, SKIP }) },
	[0x51] = { "Network slice-specific authentication complete", "8.2.32", PARTS({ LV, SKIP }, { LVE, SKIP }) },
	[0x52] = { "Network slice-specific authentication result", "8.2.33", PARTS({ LV, SKIP }, { LVE, SKIP }) },
	[0x54] = { "Configuration update command", "8.2.19", OPTS({ 0x77, TLVE, GIVEN_ID }, { 0x46, 1, SKIP }, { 0x47, 7, SKIP }) },
	[0x55] = { "Configuration update complete", "8.2.20", NOTHING },
	[0x56] = { "Authentication request", "8.2.1", PARTS({ 1, SKIP }, { LV, SKIP }), OPTS({ 0x21, 16, SKIP }) },
	[0x57] = { "Authentication response", "8.2.2", NOTHING },
	[0x58] = { "Authentication reject", "8.2.5", NOTHING },
	[0x59] = { "Authentication failure", "8.2.4", PARTS({ 1, MM_CAUSE }) },
	[0x5a] = { "Authentication result", "8.2.3", PARTS({ 1, SKIP }, { LVE, SKIP }) },
	[0x5b] = { "Identity request", "8.2.21", PARTS({ 1, ID_TYPE }) },
	[0x5c] = { "Identity response", "8.2.22", PARTS({ LVE, MOBILE_ID }) },
	[0x5d] = { "Security mode command", "8.2.25", PARTS({ 1, SEC_ALGO }, { 1, SKIP }, { LV, REPLAYED_CAP }), OPTS({ 0x57, 1, SKIP }) },
	[0x5e] = { "Security mode complete", "8.2.26",
	  OPTS({ 0x77, TLVE, MOBILE_ID }, { 0x71, TLVE, CONTAINER }, { 0x78, TLVE, MOBILE_ID }) },
	[0x5f] = { "Security mode reject", "8.2.27", PARTS({ 1, MM_CAUSE }) },
	[0x64] = { "5GMM status", "8.2.29", PARTS({ 1, MM_CAUSE }) },
	[0x65] = { "Notification", "8.2.23", PARTS({ 1, SKIP }) },
	[0x66] = { "Notification response", "8.2.24", NOTHING },
	[0x67] = { "UL NAS transport", "8.2.10", PARTS({ 1, PAYLOAD_TYPE }, { LVE, PAYLOAD }),
	  OPTS({ 0x12, 1, SESSION_ID }, { 0x59, 1, SESSION_ID }, { 0x25, TLV, DNN }) },
	[0x68] = { "DL NAS transport", "8.2.11", PARTS({ 1, PAYLOAD_TYPE }, { LVE, PAYLOAD }),
	  OPTS({ 0x12, 1, SESSION_ID }, { 0x58, 1, MM_CAUSE }) },
	[0x69] = { "Relay key request", "8.2.34", .unread = true },
	[0x6a] = { "Relay key accept", "8.2.35", .unread = true },
	[0x6b] = { "Relay key reject", "8.2.36", .unread = true },
	[0x6c] = { "Relay authentication request", "8.2.37", .unread = true },
	[0x6d] = { "Relay authentication response", "8.2.38", .unread = true },
	[0xc1] = { "PDU session establishment request", "8.3.1", PARTS({ 2, SKIP }), OPTS({ 0x55, 2, SKIP }, { 0x29, TLV, ADDRESS }) },
	[0xc2] = { "PDU session establishment accept", "8.3.2", PARTS({ 1, SKIP }, { LVE, SKIP }, { LV, SKIP }),
	  OPTS({ 0x59, 1, SM_CAUSE }, { 0x29, TLV, ADDRESS }, { 0x56, 1, SKIP }, { 0x25, TLV, DNN }) },
	[0xc3] = { "PDU session establishment reject", "8.3.3", PARTS({ 1, SM_CAUSE }) },
	[0xc5] = { "PDU session authentication command", "8.3.4", PARTS({ LVE, SKIP }) },
	[0xc6] = { "PDU session authentication complete", "8.3.5", PARTS({ LVE, SKIP }) },
	[0xc7] = { "PDU session authentication result", "8.3.6", NOTHING },
	[0xc9] = { "PDU session modification request", "8.3.7", OPTS({ 0x59, 1, SM_CAUSE }, { 0x55, 2, SKIP }, { 0x13, 2, SKIP }) },
	[0xca] = { "PDU session modification reject", "8.3.8", PARTS({ 1, SM_CAUSE }) },
	[0xcb] = { "PDU session modification command", "8.3.9", OPTS({ 0x59, 1, SM_CAUSE }, { 0x56, 1, SKIP }) },
	[0xcc] = { "PDU session modification complete", "8.3.10", OPTS({ 0x59, 1, SM_CAUSE }) },
	[0xcd] = { "PDU session modification command reject", "8.3.11", PARTS({ 1, SM_CAUSE }) },
	[0xd1] = { "PDU session release request", "8.3.12", OPTS({ 0x59, 1, SM_CAUSE }) },
	[0xd2] = { "PDU session release reject", "8.3.13", PARTS({ 1, SM_CAUSE }) },
	[0xd3] = { "PDU session release command", "8.3.14", PARTS({ 1, SM_CAUSE }) },
	[0xd4] = { "PDU session release complete", "8.3.15", OPTS({ 0x59, 1, SM_CAUSE }) },
	[0xd6] = { "5GSM status", "8.3.16", PARTS({ 1, SM_CAUSE }) },
	[0xd8] = { "Service-level authentication command", "8.3.17", .unread = true },
	[0xd9] = { "Service-level authentication complete", "8.3.18", .unread = true },
	[0xda] = { "Remote UE report", "8.3.19", .unread = true },
	[0xdb] = { "Remote UE report response", "8.3.20", .unread = true },
};

/* ---- identities (9.11.3.4): subscribers and equipment leave as pseudonyms ---- */

enum { ID_SUCI = 1, ID_GUTI = 2, ID_IMEI = 3, ID_S_TMSI = 4, ID_IMEISV = 5, ID_MAC = 6, ID_EUI64 = 7, DIGITS = 64 };

/* TS 24.008 10.5.1.13: digits of MCC and MNC; 0: after trouble. */
static size_t plmn(struct cur *v, char out[6])
{
	const uint8_t *p = cur_take(v, 3);
	size_t n = 0;

	if (!p)
		return 0;
	out[n++] = (char)('0' + (p[0] & 15));
	out[n++] = (char)('0' + (p[0] >> 4));
	out[n++] = (char)('0' + (p[1] & 15));
	out[n++] = (char)('0' + (p[2] & 15));
	out[n++] = (char)('0' + (p[2] >> 4));
	if (p[1] >> 4 != 15)
		out[n++] = (char)('0' + (p[1] >> 4));
	for (size_t i = 0; i < n; i++)
		if (out[i] > '9')
			cur_refuse(v, CUR_VALUE);
	return v->why == CUR_OK ? n : 0;
}

static void home_plmn(struct nas_reading *r, const char *text, size_t n)
{
	char *s = layer_mem(r->l, n);

	if (s && n) {
		memcpy(s, text, n);
		put_text(r->o, KEY_NAS_home_plmn, s, n);
	}
}

static void suci(struct nas_reading *r, uint8_t first, struct cur *v)
{
	uint8_t format = first >> 4 & 7, scheme;
	const uint8_t *from;
	char id[6 + DIGITS];
	size_t n;

	put_uint(r->o, KEY_NAS_supi_fmt, format);
	layer_mark(r->l, v->p, cur_left(v), MARK_IDENTITY);	/* but for what follows of it */
	if (format) {				/* a network specific identifier: its name is the user's */
		n = cur_left(v);
		put_subscriber(r->l, "nai", v->p, n < 100 ? n : 100);
		return;
	}
	from = v->p;
	n = plmn(v, id);
	layer_read(r->l, from, v);
	home_plmn(r, id, n);
	(void)cur_u16(v);			/* routing indicator */
	from = v->p;
	scheme = cur_u8(v) & 15;
	layer_read(r->l, from, v);
	if (v->why != CUR_OK)
		return;
	put_uint(r->o, KEY_NAS_suci_scheme_id, scheme);
	(void)cur_u8(v);			/* home network public key identifier */
	if (!scheme && v->why == CUR_OK && n) {
		n += tbcd_digits(v, id + n, DIGITS);
		put_subscriber(r->l, "imsi", id, n);
	}
}

static void tmsi(struct nas_reading *r, struct cur *v, bool given)
{
	static const char hex[] = "0123456789abcdef";
	uint32_t t = cur_u32(v);
	char *s = v->why == CUR_OK ? layer_mem(r->l, 8) : NULL;

	if (v->why != CUR_OK)
		return;
	layer_mark(r->l, v->p - 4, 4, MARK_IDENTITY);
	for (int i = 0; s && i < 8; i++)
		s[i] = hex[t >> (28 - 4 * i) & 15];
	if (s)
		put_text(r->o, KEY_NAS_tmsi, s, 8);
	if (layer_masked(r->l))
		return;
	if (given && r->has_ue && r->header)
		nas_tmsi(r->s, r->ue, t, true);
	else if (!given && !r->has_tmsi) {
		r->has_tmsi = true;
		r->tmsi = t;
	}
}

static void mobile_id(struct nas_reading *r, struct cur *v, bool given)
{
	const uint8_t *from = v->p;
	uint8_t first = cur_u8(v);
	char id[DIGITS];
	size_t n = 0;

	layer_read(r->l, from, v);
	if (v->why != CUR_OK)
		return;
	put_uint(r->o, KEY_NAS_type_id, first & 7);
	switch (first & 7) {
	case ID_SUCI: suci(r, first, v); return;
	case ID_GUTI:
		(void)cur_take(v, 6);		/* PLMN, AMF region, set and pointer */
		tmsi(r, v, given);
		return;
	case ID_S_TMSI:
		(void)cur_u16(v);
		tmsi(r, v, given);
		return;
	case ID_IMEI:
	case ID_IMEISV:
		layer_mark(r->l, v->p, cur_left(v), MARK_IDENTITY);
		if (first >> 4 > 9)
			return;
		id[n++] = (char)('0' + (first >> 4));
		{
			char rest[DIGITS];
			size_t k = tbcd_digits(v, rest, sizeof(rest));

			k = k < DIGITS - n ? k : DIGITS - n;
			memcpy(id + n, rest, k);
			put_subscriber(r->l, "imei", id, n + k < IMEI_DIGITS ? n + k : IMEI_DIGITS);
		}
		return;
	case ID_MAC:
		layer_mark(r->l, v->p, cur_left(v), MARK_IDENTITY);
		put_subscriber(r->l, "mac", v->p, cur_left(v) < 6 ? 0 : 6);
		return;
	case ID_EUI64:
		layer_mark(r->l, v->p, cur_left(v), MARK_IDENTITY);
		put_subscriber(r->l, "eui64", v->p, cur_left(v) < 8 ? 0 : 8);
		return;
	default: return;			/* no identity */
	}
}

/* ---- other elements ---- */

/* RFC 1035 labels to a name with dots (TS 23.003 9.1). */
static void dnn(struct nas_reading *r, struct cur *v)
{
	size_t n = cur_left(v), at = 0;
	char *s = n ? layer_mem(r->l, n) : NULL;

	while (s && cur_left(v)) {
		struct cur label = cur_sub(v, cur_u8(v));	/* a length that lies still names what is there */
		size_t len = (size_t)(label.end - label.p);

		if (at)
			s[at++] = '.';
		memcpy(s + at, label.p, len);
		at += len;
	}
	if (at)
		put_text(r->o, KEY_NAS_dnn, s, at);
}

static void pdu_address(struct nas_reading *r, struct cur *v)
{
	const uint8_t *from = v->p;
	uint8_t type = cur_u8(v) & 7;

	layer_read(r->l, from, v);
	nas_address(r->l, type, KEY_NAS_pdu_addr_iid, KEY_NAS_pdu_addr_ipv4, v);
}

static void put_u8(struct nas_reading *r, enum fact_key key, struct cur *v)
{
	uint8_t x = cur_u8(v);

	if (v->why == CUR_OK)
		put_uint(r->o, key, x);
}

static void session_causes(struct nas_reading *r, struct cur *v)
{
	while (cur_left(v)) {
		put_u8(r, KEY_NAS_pdu_session_id, v);
		put_u8(r, KEY_NAS_mm_cause, v);
	}
}

static void sec_algo(struct nas_reading *r, struct cur *v)
{
	uint8_t x = cur_u8(v);

	if (v->why != CUR_OK)
		return;
	put_uint(r->o, KEY_NAS_sec_algo_enc, x >> 4);
	put_uint(r->o, KEY_NAS_sec_algo_ip, x & 15);
	if (r->has_ue && r->header)
		nas_chosen(r->s, r->ue, x >> 4, x & 15);
}

/* ---- payload containers (9.11.3.39) ---- */

enum { PAYLOAD_N1_SM = 1, PAYLOAD_MANY = 15 };

static void payload(struct nas_reading *r, uint8_t type, struct cur v)
{
	struct ue_key ue = *r->ue;

	if (type != PAYLOAD_N1_SM)
		return;
	ue.carries = NAS_PAYLOAD;
	layer_nested(r->l, &proto_nas5, r->m, v, &ue);
}

static void element(struct nas_reading *r, enum what what, struct cur v);

/* Entries of their own type, with optional elements: number(1), then length(2) count(4 bits) type(4 bits) (IEI length value)*. */
static void payloads(struct nas_reading *r, struct cur *v)
{
	const uint8_t *from = v->p;

	for (unsigned n = cur_u8(v); n && v->why == CUR_OK; n--) {
		uint16_t len = cur_u16(v);
		struct cur e;
		uint8_t head;

		layer_read(r->l, from, v);
		e = cur_sub(v, len);
		from = e.p;
		head = cur_u8(&e);
		layer_read(r->l, from, &e);
		for (unsigned k = head >> 4; k && e.why == CUR_OK; k--) {
			const uint8_t *at = e.p;
			uint8_t iei = cur_u8(&e), size = cur_u8(&e);
			struct cur value;

			layer_read(r->l, at, &e);
			value = cur_sub(&e, size);
			if (e.why != CUR_OK)
				break;
			element(r, iei == 0x12 || iei == 0x59 ? SESSION_ID : iei == 0x25 ? DNN : iei == 0x58 ? MM_CAUSE : SKIP, value);
		}
		if (e.why == CUR_OK)
			payload(r, head & 15, e);
		cur_refuse(v, e.why);
		from = v->p;
	}
}

/* Of these not all that is read may be shown; the others are claimed as far as they were read. */
static bool marks_itself(enum what what)
{
	return what == SKIP || what == MOBILE_ID || what == GIVEN_ID || what == ADDRESS || what == PAYLOAD || what == CONTAINER;
}

static void element(struct nas_reading *r, enum what what, struct cur v)
{
	const uint8_t *from = v.p;

	switch (what) {
	case SKIP:
	case WHATS: break;
	case REG_TYPE: {
		uint8_t x = cur_u8(&v);

		if (v.why == CUR_OK)
			put_uint(r->o, KEY_NAS_reg_type, x & 7);
		break;
	}
	case MOBILE_ID: mobile_id(r, &v, false); break;
	case GIVEN_ID: mobile_id(r, &v, true); break;
	case ID_TYPE: {
		uint8_t x = cur_u8(&v);

		if (v.why == CUR_OK)
			put_uint(r->o, KEY_NAS_type_id, x & 7);
		break;
	}
	case MM_CAUSE: put_u8(r, KEY_NAS_mm_cause, &v); break;
	case SM_CAUSE: put_u8(r, KEY_NAS_sm_cause, &v); break;
	case SEC_ALGO: sec_algo(r, &v); break;
	case SEC_CAP:
		put_octets(r->o, KEY_NAS_ue_sec_cap, v.p, cur_left(&v));
		(void)cur_take(&v, cur_left(&v));
		break;
	case REPLAYED_CAP:
		put_octets(r->o, KEY_NAS_replayed_sec_cap, v.p, cur_left(&v));
		(void)cur_take(&v, cur_left(&v));
		break;
	case PAYLOAD_TYPE:
		r->payload_type = cur_u8(&v) & 15;
		if (v.why == CUR_OK)
			put_uint(r->o, KEY_NAS_pld_cont_type, r->payload_type);
		break;
	case PAYLOAD:
		if (r->payload_type == PAYLOAD_MANY)
			payloads(r, &v);
		else
			payload(r, r->payload_type, v);
		break;
	case CONTAINER:
		r->container = v;
		r->has_container = true;
		break;
	case SESSION_ID: put_u8(r, KEY_NAS_pdu_session_id, &v); break;
	case SESSION_CAUSES: session_causes(r, &v); break;
	case DNN: dnn(r, &v); break;
	case ADDRESS: pdu_address(r, &v); break;
	}
	if (!marks_itself(what))
		layer_read(r->l, from, &v);
	if (r->why == CUR_OK)
		r->why = v.why;
}

/* ---- the walk ---- */

static void on_element(void *reading, uint8_t what, struct cur v)
{
	element(reading, (enum what)what, v);
}

bool nas_body(struct nas_reading *r, bool sm, struct cur *c)
{
	const struct row *row = &rows[r->type];

	if (sm != (r->type >= SM_FROM) || !row->name || row->unread)
		return false;
	nas_walk(r->l, row, LONG_FROM, c, on_element, r);
	cur_refuse(c, r->why);
	return true;
}

bool nas_cover(unsigned i, struct cover_row *out)
{
	return nas_rows_cover(rows, elements, WHATS, i, out);
}
