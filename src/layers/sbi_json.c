/*
 * JSON bodies: the members that somebody needs, under one key each; an object inside another is a group, if anything in it
 * was wanted.  NFProfile is TS 29.510 6.1.6.2.2, the rest by name: names mean the same throughout TS 29.571 and those that use it.
 */
#include "sbi.h"

#include "jscan.h"

#include <assert.h>

enum kind { TEXT, ADDRESS, NUMBER, IDENTITY, MCC, MNC, SECRET, TOKEN };

struct row { const char *name; uint8_t n, kind; uint16_t key; };

/* By length.  Keys (SECRET): TS 29.503 6.3.6, TS 29.505 5.4, TS 29.509 6.1.6, TS 29.518 6.1.6.2.28; sender and capabilities: TS 29.573 6.1.5.2. */
#define R(name, kind, key) { name, sizeof(name) - 1, kind, key }
#define OF(...) { (const struct row[]){ __VA_ARGS__ }, sizeof((const struct row[]){ __VA_ARGS__ }) / sizeof(struct row) }
static const struct { const struct row *row; size_t n; } rows[] = {
	[3] = OF(R("dnn", TEXT, KEY_SBI_dnn), R("mcc", MCC, KEY_SBI_plmn), R("mnc", MNC, KEY_SBI_plmn), R("pei", IDENTITY, 0)),
	[4] = OF(R("fqdn", TEXT, KEY_SBI_fqdn), R("gpsi", IDENTITY, 0), R("kamf", SECRET, 0), R("port", NUMBER, KEY_SBI_port),
		R("supi", IDENTITY, 0), R("ueId", IDENTITY, 0), R("xres", SECRET, 0)),
	[5] = OF(R("amfId", TEXT, KEY_SBI_amf_id), R("cause", TEXT, KEY_SBI_cause), R("event", TEXT, KEY_SBI_event),
		R("kausf", SECRET, 0), R("kseaf", SECRET, 0), R("scope", TEXT, KEY_SBI_scope)),
	[6] = OF(R("nfType", TEXT, KEY_SBI_nf_type), R("scheme", TEXT, KEY_SBI_scheme), R("sender", TEXT, KEY_SBI_sender)),
	[7] = OF(R("ckPrime", SECRET, 0), R("ikPrime", SECRET, 0), R("keyAusf", SECRET, 0), R("opValue", SECRET, 0),
		R("resStar", SECRET, 0)),
	[8] = OF(R("nfStatus", TEXT, KEY_SBI_nf_status), R("opcValue", SECRET, 0), R("upConfid", TEXT, KEY_SBI_up_confidentiality),
		R("upIntegr", TEXT, KEY_SBI_up_integrity), R("vendorId", TEXT, KEY_SBI_vendor_id), R("xresStar", SECRET, 0)),
	[9] = OF(R("apiPrefix", TEXT, KEY_SBI_uri), R("encOpcKey", SECRET, 0), R("keyAmfVal", SECRET, 0),
		R("reqNfFqdn", TEXT, KEY_SBI_requester_fqdn), R("reqNfType", TEXT, KEY_SBI_requester_nf_type), R("topcValue", SECRET, 0)),
	[10] = OF(R("encTopcKey", SECRET, 0), R("ngapIeType", TEXT, KEY_SBI_ngap_ie), R("supiOrSuci", IDENTITY, 0),
		R("token_type", TEXT, KEY_SBI_authorization)),
	[11] = OF(R("ipv4Address", ADDRESS, KEY_SBI_address), R("ipv6Address", ADDRESS, KEY_SBI_address),
		R("serviceName", TEXT, KEY_SBI_service_name)),
	[12] = OF(R("access_token", TOKEN, 0), R("n2SmInfoType", TEXT, KEY_SBI_ngap_ie),
		R("nfInstanceId", TEXT, KEY_SBI_nf_instance_id), R("pduSessionId", NUMBER, KEY_SBI_pdu_session_id)),
	[13] = OF(R("amfInstanceId", TEXT, KEY_SBI_nf_instance_id), R("interPlmnFqdn", TEXT, KEY_SBI_fqdn),
		R("ipv4Addresses", ADDRESS, KEY_SBI_address), R("ipv6Addresses", ADDRESS, KEY_SBI_address),
		R("nfInstanceUri", TEXT, KEY_SBI_uri), R("smfInstanceId", TEXT, KEY_SBI_nf_instance_id)),
	[14] = OF(R("ausfInstanceId", TEXT, KEY_SBI_nf_instance_id), R("n1MessageClass", TEXT, KEY_SBI_n1_class),
		R("nfInstanceName", TEXT, KEY_SBI_nf_name)),
	[15] = OF(R("encPermanentKey", SECRET, 0)),
	[16] = OF(R("n2SmInfoTypeExt1", TEXT, KEY_SBI_ngap_ie)),
	[17] = OF(R("permanentKeyValue", SECRET, 0)),
	[18] = OF(R("servingNetworkName", TEXT, KEY_SBI_serving_network)),
	[21] = OF(R("selectedSecCapability", TEXT, KEY_SBI_n32_capability)),
	[23] = OF(R("nfStatusNotificationUri", TEXT, KEY_SBI_uri)),
	[26] = OF(R("supportedSecCapabilityList", TEXT, KEY_SBI_n32_capability)),
};
#undef OF
#undef R
enum { LENGTHS = sizeof(rows) / sizeof(rows[0]) };

struct reading {
	struct layers	*l;
	struct put	*o;
	bool		marked;
	struct jspan	mcc[JSCAN_DEPTH + 1], mnc[JSCAN_DEPTH + 1];
	uint8_t		grouped[JSCAN_DEPTH + 1];
	struct sbi_refs	*refs;
	uint32_t	objects, object[JSCAN_DEPTH + 1];	/* the number of the object at each depth */
};

/* Names of 4 to 16 octets, by words that overlap; others octet by octet. */
static inline bool same(const uint8_t *p, const char *name, size_t n)
{
	const uint8_t *q = (const uint8_t *)name;
	uint32_t a[2], b[2];

	if (n < 4 || n > 16)
		return !memcmp(p, q, n);
	if (n >= 8)
		return hash_read8(p) == hash_read8(q) && hash_read8(p + n - 8) == hash_read8(q + n - 8);
	memcpy(&a[0], p, 4);
	memcpy(&a[1], p + n - 4, 4);
	memcpy(&b[0], q, 4);
	memcpy(&b[1], q + n - 4, 4);
	return a[0] == b[0] && a[1] == b[1];
}

static const struct row *row_of(struct jspan key)
{
	const struct row *r = key.n < LENGTHS ? rows[key.n].row : NULL;

	for (const struct row *end = r ? r + rows[key.n].n : r; r < end; r++) {
		if (r->name[0] != (char)key.p[0])
			continue;
		assert(r->n == key.n);		/* it is filed where it is looked for */
		if (same(key.p, r->name, key.n))
			return r;
	}
	return NULL;
}

static void claim(const struct reading *r, struct jspan v, enum mark what)
{
	if (r->marked)
		layer_mark(r->l, v.p, v.n, what);
}

static void put_address(struct reading *r, struct jspan v)
{
	struct addr a;

	if (!addr_parse((const char *)v.p, v.n, &a))
		return;
	put_addr(r->o, KEY_SBI_address, layer_copy(r->l, a.b, 16), a.fam == 4 ? 4 : 16);
	claim(r, v, MARK_SIGNALLING);
}

static void put_number(struct reading *r, enum fact_key k, struct jspan v)
{
	uint64_t x = 0;

	for (size_t i = 0; i < v.n; i++) {
		if (v.p[i] < '0' || v.p[i] > '9' || i > 9)
			return;
		x = 10 * x + (uint64_t)(v.p[i] - '0');
	}
	put_uint(r->o, k, x);
	claim(r, v, MARK_SIGNALLING);
}

static bool uri(struct jspan v)
{
	return v.n > 8 && (!memcmp(v.p, "http://", 7) || !memcmp(v.p, "https://", 8));
}

static bool is(struct jspan s, const char *word) { return s.n == strlen(word) && !memcmp(s.p, word, s.n); }

/* TS 29.502 6.1.6.2 and TS 29.518 6.1.6.2: which members are references, and the member beside one that says which element of NGAP it is. */
static const struct { const char *ref, *type; uint8_t part; } referring[] = {
	{ "n1SmMsg", NULL, SBI_PART_NAS }, { "n1MessageContent", NULL, SBI_PART_NAS }, { "n1SmInfoFromUe", NULL, SBI_PART_N1_ELEMENTS },
	{ "n1SmInfoToUe", NULL, SBI_PART_N1_ELEMENTS }, { "unknownN1SmMsg", NULL, SBI_PART_N1_ELEMENTS }, { "ngapData", "ngapIeType", SBI_PART_NGAP },
	{ "n2SmInfo", "n2SmInfoType", SBI_PART_NGAP_SM }, { "n2SmInfoExt1", "n2SmInfoTypeExt1", SBI_PART_NGAP_SM_EXT1 },
};

static void add(struct sbi_ref *list, unsigned *n, const struct sbi_ref *x)
{
	if (*n < SBI_REFS)
		list[*n] = *x;
	*n += *n <= SBI_REFS;
}

static void refer(struct reading *r, const struct jscan *s, struct jspan v)
{
	unsigned d = s->depth;
	struct jspan key = jscan_key(s);
	struct sbi_ref x = { .p = v.p, .n = v.n, .part = SBI_PART_OTHER };

	if (d > 1 && is(key, "contentId")) {
		if (sbi_before_identity(v.p, v.n) < v.n)	/* masked octets are no name */
			return;
		claim(r, s->value, MARK_SIGNALLING);
		x.owner = s->lists >> (d - 1) & 1 ? 0 : r->object[d - 1];
		for (size_t i = 0; i < sizeof(referring) / sizeof(referring[0]); i++)
			if (is(jscan_key_at(s, d - 1), referring[i].ref))
				x.part = referring[i].part;
		add(r->refs->id, &r->refs->nids, &x);
		return;
	}
	for (size_t i = 0; i < sizeof(referring) / sizeof(referring[0]); i++)
		if (referring[i].type && is(key, referring[i].type)) {
			x.owner = s->lists >> d & 1 ? 0 : r->object[d];
			x.part = referring[i].part;
			add(r->refs->type, &r->refs->ntypes, &x);
		}
}

static void scalar(struct reading *r, const struct jscan *s, enum jtoken t)
{
	const struct row *row = row_of(jscan_key(s));
	struct jspan v = s->value;
	bool marked = r->marked;

	if (t == J_STRING && s->escaped) {	/* what is claimed is the whole of it */
		uint8_t *plain = layer_room(r->l, v.n + 1);

		if (!plain)
			return;
		if (row && row->kind != SECRET && row->kind != TOKEN)
			claim(r, v, row->kind == IDENTITY ? MARK_IDENTITY : MARK_SIGNALLING);
		v = (struct jspan){ plain, jscan_plain(v, plain) };
		marked = false;
	}
	if (r->refs && t == J_STRING)
		refer(r, s, v);
	if (!row) {
		if (t == J_STRING && uri(v))
			(void)sbi_put_text(r->l, KEY_SBI_uri, v.p, v.n, marked);
		else if (t == J_STRING && v.n < 100)
			(void)sbi_put_identity(r->l, v.p, v.n, marked);
		return;
	}
	switch ((enum kind)row->kind) {
	case TEXT: (void)(t == J_STRING && sbi_put_text(r->l, row->key, v.p, v.n, marked)); break;
	case NUMBER: put_number(r, row->key, v); break;
	case ADDRESS: put_address(r, v); break;
	case IDENTITY: (void)sbi_put_identity(r->l, v.p, v.n, marked); break;
	case MCC:
	case MNC:
		*(row->kind == MCC ? &r->mcc[s->depth] : &r->mnc[s->depth]) = v;
		if (marked)
			layer_mark(r->l, v.p, v.n, MARK_SIGNALLING);
		break;
	case SECRET:
		claim(r, s->value, MARK_IDENTITY);
		put_text(r->o, KEY_SBI_key, layer_copy(r->l, row->name, row->n), row->n);
		break;
	case TOKEN: sbi_token(r->l, v.p, v.n, r->marked); break;
	}
}

static void close(struct reading *r, const struct jscan *s)
{
	unsigned d = s->depth + 1;
	struct jspan mcc = r->mcc[d], mnc = r->mnc[d];
	char *plmn;

	if (mcc.n == 3 && (mnc.n == 2 || mnc.n == 3) && (plmn = layer_room(r->l, 6))) {
		memcpy(plmn, mcc.p, 3);
		memcpy(plmn + 3, mnc.p, mnc.n);
		put_text(r->o, KEY_SBI_plmn, plmn, 3 + mnc.n);
	}
	if (r->grouped[d])
		put_close_or_drop(r->o);
}

void sbi_json(struct layers *l, const uint8_t *p, size_t n, bool cut, enum cur_why *why, bool marked, struct sbi_refs *refs)
{
	struct reading r;	/* the rest of it is written where an object opens */
	struct jscan s;
	enum jtoken t;

	r.l = l;
	r.o = layer_put(l);
	r.marked = marked && layer_marks(l);
	r.refs = refs;
	r.objects = r.object[0] = 0;
	r.mcc[0] = r.mnc[0] = (struct jspan){ NULL, 0 };
	jscan_begin(&s, p, n, cut);
	s.masked = layer_masked(l);
	for (const uint8_t *from = s.c.p; (t = jscan_next(&s)) != J_END; from = s.c.p) {
		bool value = t == J_STRING || t == J_NUMBER || t == J_WORD;

		claim(&r, (struct jspan){ from, (size_t)((value ? s.value.p : s.c.p) - from) }, MARK_SIGNALLING);
		if (t == J_STRING)
			claim(&r, (struct jspan){ s.c.p - 1, 1 }, MARK_SIGNALLING);
		if (value) {
			scalar(&r, &s, t);
		} else if (t == J_OPEN) {
			r.mcc[s.depth] = r.mnc[s.depth] = (struct jspan){ NULL, 0 };
			r.object[s.depth] = ++r.objects;
			r.grouped[s.depth] = s.depth > 1 && r.o->depth < FACT_DEPTH - 4;
			if (r.grouped[s.depth])
				put_open(r.o, ITEM_NO_ID);
		} else if (t == J_CLOSE) {
			close(&r, &s);
		}
	}
	for (; s.depth; s.depth--)		/* cut: what is open */
		if (!(s.lists >> s.depth & 1) && r.grouped[s.depth])
			put_close_or_drop(r.o);
	if (*why == CUR_OK)
		*why = s.c.why;
}
