/* EMM and ESM messages (TS 24.301 8.2, 8.3, 9.8) as rows, see nas_rows.h. */
#include "ie.h"
#include "nas_rows.h"
#include "naseps.h"

enum what {
	SKIP, ATTACH_TYPE, UPDATE_TYPE, EPS_ID, GIVEN_ID, MOBILE_ID, ID_TYPE, EMM_CAUSE, ESM_CAUSE, ALGORITHMS, UE_CAP, REPLAYED_CAP, ESM, CONTAINER,
	LINKED, PDN_TYPE, APN, ADDRESS,
	WHATS
};

static const struct nas_name elements[WHATS] = {
	[ATTACH_TYPE] = { "EPS attach type", "9.9.3.11" },
	[UPDATE_TYPE] = { "EPS update type", "9.9.3.14" },
	[EPS_ID] = { "EPS mobile identity", "9.9.3.12" },
	[GIVEN_ID] = { "GUTI", "9.9.3.12" },
	[MOBILE_ID] = { "Mobile identity", "9.9.2.3" },
	[ID_TYPE] = { "Identity type 2", "9.9.3.17" },
	[EMM_CAUSE] = { "EMM cause", "9.9.3.9" },
	[ESM_CAUSE] = { "ESM cause", "9.9.4.4" },
	[ALGORITHMS] = { "NAS security algorithms", "9.9.3.23" },
	[UE_CAP] = { "UE network capability", "9.9.3.34" },
	[REPLAYED_CAP] = { "UE security capability", "9.9.3.36" },
	[ESM] = { "ESM message container", "9.9.3.15" },
	[CONTAINER] = { "Replayed NAS message container", "9.9.3.51" },
	[LINKED] = { "Linked EPS bearer identity", "9.9.4.6" },
	[PDN_TYPE] = { "PDN type", "9.9.4.10" },
	[APN] = { "Access point name", "9.9.4.1" },
	[ADDRESS] = { "PDN address", "9.9.4.9" },
};

/* By message type; those of EMM and ESM (from ESM_FROM on) are apart. */
enum { ESM_FROM = 0xc1, LONG_FROM = 0x78, DETACH_REQUEST = 0x45 };
static const struct row rows[NAS_TYPES] = {
	[0x41] = { "Attach request", "8.2.4", PARTS({ 1, ATTACH_TYPE }, { LV, EPS_ID }, { LV, UE_CAP }, { LVE, ESM }),
	  OPTS({ 0x19, 3, SKIP }, { 0x50, TLV, EPS_ID }, { 0x52, 5, SKIP }, { 0x5c, 2, SKIP }, { 0x13, 5, SKIP }, { 0x17, 1, SKIP }) },
	[0x42] = { "Attach accept", "8.2.1", PARTS({ 1, SKIP }, { 1, SKIP }, { LV, SKIP }, { LVE, ESM }),
	  OPTS({ 0x50, TLV, GIVEN_ID }, { 0x13, 5, SKIP }, { 0x23, TLV, MOBILE_ID }, { 0x53, 1, EMM_CAUSE }, { 0x17, 1, SKIP }, { 0x59, 1, SKIP }) },
	[0x43] = { "Attach complete", "8.2.2", PARTS({ LVE, ESM }) },
	[0x44] = { "Attach reject", "8.2.3", PARTS({ 1, EMM_CAUSE }), OPTS({ 0x78, TLVE, ESM }) },
	[0x45] = { "Detach request (UE originating)", "8.2.11.1", PARTS({ 1, SKIP }, { LV, EPS_ID }) },
	[0x46] = { "Detach accept", "8.2.10", NOTHING },
	[0x48] = { "Tracking area update request", "8.2.29", PARTS({ 1, UPDATE_TYPE }, { LV, EPS_ID }),
	  OPTS({ 0x19, 3, SKIP }, { 0x50, TLV, EPS_ID }, { 0x55, 4, SKIP }, { 0x58, TLV, UE_CAP }, { 0x52, 5, SKIP }, { 0x5c, 2, SKIP },
	       { 0x13, 5, SKIP }, { 0x17, 1, SKIP }) },
	[0x49] = { "Tracking area update accept", "8.2.26", PARTS({ 1, SKIP }),
	  OPTS({ 0x5a, 1, SKIP }, { 0x50, TLV, GIVEN_ID }, { 0x13, 5, SKIP }, { 0x23, TLV, MOBILE_ID }, { 0x53, 1, EMM_CAUSE },
	       { 0x17, 1, SKIP }, { 0x59, 1, SKIP }) },
	[0x4a] = { "Tracking area update complete", "8.2.27", NOTHING },
	[0x4b] = { "Tracking area update reject", "8.2.28", PARTS({ 1, EMM_CAUSE }) },
	[0x4c] = { "Extended service request", "8.2.15", PARTS({ 1, SKIP }, { LV, MOBILE_ID }) },
	[0x4d] = { "Control plane service request", "8.2.33", PARTS({ 1, SKIP }), OPTS({ 0x78, TLVE, ESM }) },
	[0x4e] = { "Service reject", "8.2.24", PARTS({ 1, EMM_CAUSE }), OPTS({ 0x5b, 1, SKIP }) },
	[0x4f] = { "Service accept", "8.2.34", NOTHING },
	[0x50] = { "GUTI reallocation command", "8.2.16", PARTS({ LV, GIVEN_ID }) },
	[0x51] = { "GUTI reallocation complete", "8.2.17", NOTHING },
	[0x52] = { "Authentication request", "8.2.7", PARTS({ 1, SKIP }, { 16, SKIP }, { LV, SKIP }) },
	[0x53] = { "Authentication response", "8.2.8", PARTS({ LV, SKIP }) },
	[0x54] = { "Authentication reject", "8.2.6", NOTHING },
	[0x55] = { "Identity request", "8.2.18", PARTS({ 1, ID_TYPE }) },
	[0x56] = { "Identity response", "8.2.19", PARTS({ LV, MOBILE_ID }) },
	[0x5c] = { "Authentication failure", "8.2.5", PARTS({ 1, EMM_CAUSE }) },
	[0x5d] = { "Security mode command", "8.2.20", PARTS({ 1, ALGORITHMS }, { 1, SKIP }, { LV, REPLAYED_CAP }),
	  OPTS({ 0x55, 4, SKIP }, { 0x56, 4, SKIP }) },
	[0x5e] = { "Security mode complete", "8.2.21", OPTS({ 0x23, TLV, MOBILE_ID }, { 0x79, TLVE, CONTAINER }) },
	[0x5f] = { "Security mode reject", "8.2.22", PARTS({ 1, EMM_CAUSE }) },
	[0x60] = { "EMM status", "8.2.14", PARTS({ 1, EMM_CAUSE }) },
	[0x61] = { "EMM information", "8.2.13", OPTS({ 0x46, 1, SKIP }, { 0x47, 7, SKIP }) },
	[0x62] = { "Downlink NAS transport", "8.2.12", PARTS({ LV, SKIP }) },
	[0x63] = { "Uplink NAS transport", "8.2.30", PARTS({ LV, SKIP }) },
	[0x64] = { "CS service notification", "8.2.9", PARTS({ 1, SKIP }), OPTS({ 0x61, 1, SKIP }, { 0x62, 1, SKIP }) },
	[0x68] = { "Downlink generic NAS transport", "8.2.31", PARTS({ 1, SKIP }, { LVE, SKIP }) },
	[0x69] = { "Uplink generic NAS transport", "8.2.32", PARTS({ 1, SKIP }, { LVE, SKIP }) },
	[0xc1] = { "Activate default EPS bearer context request", "8.3.6", PARTS({ LV, SKIP }, { LV, APN }, { LV, ADDRESS }),
	  OPTS({ 0x32, 1, SKIP }, { 0x58, 1, ESM_CAUSE }) },
	[0xc2] = { "Activate default EPS bearer context accept", "8.3.4", NOTHING },
	[0xc3] = { "Activate default EPS bearer context reject", "8.3.5", PARTS({ 1, ESM_CAUSE }) },
	[0xc5] = { "Activate dedicated EPS bearer context request", "8.3.3", PARTS({ 1, LINKED }, { LV, SKIP }, { LV, SKIP }), OPTS({ 0x32, 1, SKIP }) },
	[0xc6] = { "Activate dedicated EPS bearer context accept", "8.3.1", NOTHING },
	[0xc7] = { "Activate dedicated EPS bearer context reject", "8.3.2", PARTS({ 1, ESM_CAUSE }) },
	[0xc9] = { "Modify EPS bearer context request", "8.3.18", OPTS({ 0x32, 1, SKIP }) },
	[0xca] = { "Modify EPS bearer context accept", "8.3.16", NOTHING },
	[0xcb] = { "Modify EPS bearer context reject", "8.3.17", PARTS({ 1, ESM_CAUSE }) },
	[0xcd] = { "Deactivate EPS bearer context request", "8.3.12", PARTS({ 1, ESM_CAUSE }) },
	[0xce] = { "Deactivate EPS bearer context accept", "8.3.11", NOTHING },
	[0xd0] = { "PDN connectivity request", "8.3.20", PARTS({ 1, PDN_TYPE }), OPTS({ 0x28, TLV, APN }) },
	[0xd1] = { "PDN connectivity reject", "8.3.19", PARTS({ 1, ESM_CAUSE }) },
	[0xd2] = { "PDN disconnect request", "8.3.22", PARTS({ 1, LINKED }) },
	[0xd3] = { "PDN disconnect reject", "8.3.21", PARTS({ 1, ESM_CAUSE }) },
	[0xd4] = { "Bearer resource allocation request", "8.3.8", PARTS({ 1, LINKED }, { LV, SKIP }, { LV, SKIP }) },
	[0xd5] = { "Bearer resource allocation reject", "8.3.7", PARTS({ 1, ESM_CAUSE }) },
	[0xd6] = { "Bearer resource modification request", "8.3.10", PARTS({ 1, LINKED }, { LV, SKIP }), OPTS({ 0x58, 1, ESM_CAUSE }) },
	[0xd7] = { "Bearer resource modification reject", "8.3.9", PARTS({ 1, ESM_CAUSE }) },
	[0xd9] = { "ESM information request", "8.3.13", NOTHING },
	[0xda] = { "ESM information response", "8.3.14", OPTS({ 0x28, TLV, APN }) },
	[0xdb] = { "Notification", "8.3.18A", PARTS({ LV, SKIP }) },
	[0xdc] = { "ESM dummy message", "8.3.12A", NOTHING },
	[0xe8] = { "ESM status", "8.3.15", PARTS({ 1, ESM_CAUSE }) },
	[0xe9] = { "Remote UE report", "8.3.23", .unread = true },
	[0xea] = { "Remote UE report response", "8.3.24", .unread = true },
	[0xeb] = { "ESM data transport", "8.3.25", PARTS({ LVE, SKIP }) },
};
static const struct row detach_by_network = { "Detach request (UE terminated)", "8.2.11.2", PARTS({ 1, SKIP }), OPTS({ 0x53, 1, EMM_CAUSE }) };

/* ---- identities: subscribers and equipment leave as pseudonyms ---- */

static void tmsi(struct eps_reading *r, struct cur *v, bool given)
{
	uint32_t t = cur_u32(v);

	if (v->why != CUR_OK)
		return;
	layer_mark(r->l, v->p - 4, 4, MARK_IDENTITY);
	naseps_put_tmsi(r->l, r->o, t);
	if (layer_masked(r->l))
		return;
	if (given && r->has_ue && r->header)
		nas_tmsi(r->s, r->ue, t, true);
	else if (!given && !r->has_tmsi) {
		r->has_tmsi = true;
		r->tmsi = t;
	}
}

enum { IMSI_DIGITS = 15, DIGITS = 64 };

/* Digits, the first in the high half of the first octet. */
static void permanent(struct eps_reading *r, uint8_t first, struct cur *v, const char *kind, size_t most)
{
	char id[1 + DIGITS];
	size_t n;

	layer_mark(r->l, v->p, cur_left(v), MARK_IDENTITY);	/* the first digit stands beside the type of identity, which is shown */
	if (first >> 4 > 9)
		return;
	id[0] = (char)('0' + (first >> 4));
	n = 1 + tbcd_digits(v, id + 1, DIGITS);
	n = n < most ? n : most;
	put_subscriber(r->l, kind, id, n);
	if (most == IMSI_DIGITS && r->has_ue && r->ue->uplink && !layer_masked(r->l))
		nas_imsi(r->s, r->ue, id, n, r->header != EPS_PLAIN);
}

enum { EPS_IMSI = 1, EPS_IMEI = 3, EPS_GUTI = 6 };				/* 9.9.3.12 */
enum { ID_IMSI = 1, ID_IMEI = 2, ID_IMEISV = 3, ID_TMSI = 4 };			/* TS 24.008 10.5.1.4 */

static void guti(struct eps_reading *r, struct cur *v, bool given)
{
	const uint8_t *from = v->p;
	uint16_t group;
	uint8_t code;

	(void)cur_take(v, 3);			/* PLMN */
	group = cur_u16(v);
	code = cur_u8(v);
	layer_read(r->l, from, v);
	if (v->why != CUR_OK)
		return;
	put_uint(r->o, KEY_NASEPS_mme_grp_id, group);
	put_uint(r->o, KEY_NASEPS_mme_code, code);
	tmsi(r, v, given);
}

static void eps_id(struct eps_reading *r, struct cur *v, bool given)
{
	uint8_t first = cur_u8(v);

	if (v->why != CUR_OK)
		return;
	layer_mark(r->l, v->p - 1, 1, MARK_SIGNALLING);
	put_uint(r->o, KEY_NASEPS_type_of_id, first & 7);
	switch (first & 7) {
	case EPS_GUTI: guti(r, v, given); return;
	case EPS_IMSI: permanent(r, first, v, "imsi", IMSI_DIGITS); return;
	case EPS_IMEI: permanent(r, first, v, "imei", IMEI_DIGITS); return;
	default: return;			/* no identity */
	}
}

static void mobile_id(struct eps_reading *r, struct cur *v)
{
	uint8_t first = cur_u8(v);

	if (v->why != CUR_OK)
		return;
	layer_mark(r->l, v->p - 1, 1, MARK_SIGNALLING);
	switch (first & 7) {
	case ID_IMSI: permanent(r, first, v, "imsi", IMSI_DIGITS); return;
	case ID_IMEI:
	case ID_IMEISV: permanent(r, first, v, "imei", IMEI_DIGITS); return;
	case ID_TMSI: tmsi(r, v, false); return;
	default: return;
	}
}

/* ---- other elements ---- */

static void pdn_address(struct eps_reading *r, struct cur *v)
{
	const uint8_t *from = v->p;
	uint8_t type = cur_u8(v) & 7;

	layer_read(r->l, from, v);
	if (v->why == CUR_OK)
		put_uint(r->o, KEY_NASEPS_pdn_type, type);
	nas_address(r->l, type, KEY_NASEPS_pdn_iid, KEY_NASEPS_pdn_ipv4, v);
}

/* The bits of an octet from `shift` on, under `mask`. */
static void put_bits_of(struct eps_reading *r, enum fact_key key, struct cur *v, unsigned shift, unsigned mask)
{
	uint8_t x = cur_u8(v);

	if (v->why == CUR_OK)
		put_uint(r->o, key, x >> shift & mask);
}

static void algorithms(struct eps_reading *r, struct cur *v)
{
	uint8_t x = cur_u8(v);

	if (v->why != CUR_OK)
		return;
	put_uint(r->o, KEY_NASEPS_toc, x >> 4 & 7);
	put_uint(r->o, KEY_NASEPS_toi, x & 7);
	if (r->has_ue && r->header)
		nas_chosen(r->s, r->ue, x >> 4 & 7, x & 7);
}

static void capability(struct eps_reading *r, enum fact_key key, struct cur *v)
{
	put_octets(r->o, key, v->p, cur_left(v));
	(void)cur_take(v, cur_left(v));
}

static void apn(struct eps_reading *r, struct cur *v)
{
	struct ie_walk w = { .l = r->l, .put = r->o };

	ie_put_name(&w, KEY_NASEPS_apn, v);
}

/* Of these not all that is read may be shown; the others are claimed as far as they were read. */
static bool marks_itself(enum what what)
{
	return what == SKIP || what == EPS_ID || what == GIVEN_ID || what == MOBILE_ID || what == ADDRESS || what == ESM || what == CONTAINER;
}

static void element(struct eps_reading *r, enum what what, struct cur v)
{
	const uint8_t *from = v.p;

	switch (what) {
	case SKIP:
	case WHATS: break;
	case ATTACH_TYPE: put_bits_of(r, KEY_NASEPS_attach_type, &v, 0, 7); break;
	case UPDATE_TYPE: put_bits_of(r, KEY_NASEPS_update_type, &v, 0, 7); break;
	case EPS_ID: eps_id(r, &v, false); break;
	case GIVEN_ID: eps_id(r, &v, true); break;
	case MOBILE_ID: mobile_id(r, &v); break;
	case ID_TYPE: put_bits_of(r, KEY_NASEPS_id_type2, &v, 0, 7); break;
	case EMM_CAUSE: put_bits_of(r, KEY_NASEPS_emm_cause, &v, 0, 255); break;
	case ESM_CAUSE: put_bits_of(r, KEY_NASEPS_esm_cause, &v, 0, 255); break;
	case ALGORITHMS: algorithms(r, &v); break;
	case UE_CAP: capability(r, KEY_NASEPS_ue_capability, &v); break;
	case REPLAYED_CAP: capability(r, KEY_NASEPS_replayed_capability, &v); break;
	case ESM:
		r->esm = v;
		r->has_esm = cur_left(&v) > 0;
		break;
	case CONTAINER:
		r->container = v;
		r->has_container = true;
		break;
	case LINKED: put_bits_of(r, KEY_NASEPS_linked_bearer_id, &v, 0, 15); break;
	case PDN_TYPE: put_bits_of(r, KEY_NASEPS_pdn_type, &v, 4, 7); break;
	case APN: apn(r, &v); break;
	case ADDRESS: pdn_address(r, &v); break;
	}
	if (!marks_itself(what))
		layer_read(r->l, from, &v);
	if (r->why == CUR_OK)
		r->why = v.why;
}

/* ---- the walk ---- */

static const struct row *row_of(const struct eps_reading *r, bool esm)
{
	if (esm != (r->type >= ESM_FROM) || !rows[r->type].name)
		return NULL;
	return r->type == DETACH_REQUEST && r->has_ue && !r->ue->uplink ? &detach_by_network : &rows[r->type];
}

static void on_element(void *reading, uint8_t what, struct cur v)
{
	element(reading, (enum what)what, v);
}

bool naseps_body(struct eps_reading *r, bool esm, struct cur *c)
{
	const struct row *row = row_of(r, esm);

	if (!row || row->unread)
		return false;
	nas_walk(r->l, row, LONG_FROM, c, on_element, r);
	cur_refuse(c, r->why);
	return true;
}

bool naseps_cover(unsigned i, struct cover_row *out)
{
	return nas_rows_cover(rows, elements, WHATS, i, out);
}
