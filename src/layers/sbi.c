/*
 * SBI messages: header fields (TS 29.500 5.2.2, 5.2.3), targets, bodies (TS 29.500 5.4: JSON; multipart/related of RFC 2387
 * with N1 and N2 parts, TS 29.502 6.1.6.4, TS 29.518 6.1.6.4).
 */
#include "sbi.h"

#include "jscan.h"
#include "nas5.h"
#include "ngap_part.h"

/* ---- header fields ---- */

static bool holds(const uint8_t *p, size_t n, const char *word)
{
	size_t k = strlen(word);

	for (size_t i = 0; i + k <= n; i++)
		if ((p[i] | 32) == (uint8_t)*word && sbi_is(p + i, k, word))
			return true;
	return false;
}

/* TS 29.510 6.1.6.3.3; a client's name begins with its type (TS 29.500 5.2.2.2). */
#define T(name) { name, sizeof(name) - 1 }
static const struct { const char *name; size_t n; } nf_types[] = { T("NRF"), T("UDM"), T("AMF"), T("SMF"), T("AUSF"), T("NEF"), T("PCF"), T("SMSF"), T("NSSF"), T("UDR"),
	T("LMF"), T("GMLC"), T("5G_EIR"), T("SEPP"), T("UPF"), T("N3IWF"), T("AF"), T("UDSF"), T("BSF"), T("CHF"), T("NWDAF"), T("PCSCF"), T("CBCF"), T("HSS"), T("UCMF"),
	T("MME"), T("SCEF"), T("SCP"), T("NSSAAF"), T("ICSCF"), T("SCSCF"), T("DRA"), T("NSACF"), T("TNGF"), T("MFAF"), T("DCCF") };
#undef T
enum { NF_TYPES = sizeof(nf_types) / sizeof(nf_types[0]) };

static uint8_t consumer(const uint8_t *p, size_t n)
{
	for (unsigned i = 0; i < NF_TYPES; i++) {
		size_t k = nf_types[i].n;

		if (n >= k && *p == (uint8_t)nf_types[i].name[0] && !memcmp(p, nf_types[i].name, k) && (n == k || p[k] == '-' || p[k] == '/' || p[k] == ' '))
			return (uint8_t)(i + 1);
	}
	return 0;
}

/* Who passed it on last: "2.0 SCP-scp1.example, 2.0 SEPP-sepp.example" (RFC 9110 7.6.3, TS 29.500 5.2.2.2). */
static uint8_t passed_on(const uint8_t *p, size_t n)
{
	uint8_t type;
	size_t k;

	for (k = n; k && p[k - 1] != ','; k--)
		;
	for (p += k, n -= k; n && *p == ' '; p++)
		n--;
	for (k = 0; k < n && p[k] != ' '; k++)		/* the protocol's version */
		;
	for (; k < n && p[k] == ' '; k++)
		;
	type = consumer(p + k, n - k);
	return type && (!strcmp(nf_types[type - 1].name, "SCP") || !strcmp(nf_types[type - 1].name, "SEPP")) ? type : SBI_BY_OTHER;
}

/* The host of "http://name:port/prefix", when it is a name and no address. */
static void target_host(struct sbi_head *h, const uint8_t *p, size_t n)
{
	const uint8_t *end = p + n, *at;
	bool letter = false;

	h->ntarget = 0;
	for (at = p; at + 3 <= end && memcmp(at, "://", 3) != 0; at++)
		;
	if (at + 3 > end || sbi_before_identity(p, n) < n)
		return;
	for (p = at += 3; at < end && *at != ':' && *at != '/'; at++) {
		if (!(*at >= '0' && *at <= '9') && !((*at | 32) >= 'a' && (*at | 32) <= 'z') && *at != '.' && *at != '-' && *at != '_')
			return;
		letter |= (*at | 32) >= 'a';
	}
	n = (size_t)(at - p);
	if (!letter || n > SBI_TARGET)
		return;
	memcpy(h->target, p, n);
	h->ntarget = (uint8_t)n;
}

enum mark sbi_authority(struct layers *l, const struct sbi_keys *k, struct sbi_head *h, const uint8_t *p, size_t n, bool marked)
{
	if (!marked && sbi_hidden(l, p, n))
		return MARK_IDENTITY;
	h->sepp |= n > 4 && sbi_is(p, 4, "sepp");
	return sbi_put_text(l, k->authority, p, n, marked) ? MARK_IDENTITY : MARK_SIGNALLING;
}

/* A content type's boundary, with or without quotes. */
static void boundary(struct sbi_head *h, const uint8_t *p, size_t n)
{
	size_t i = 0, k = 0;

	while (i + 9 <= n && ((p[i] | 32) != 'b' || !sbi_is(p + i, 9, "boundary=")))
		i++;
	if (i + 9 > n)
		return;
	i += 9;
	if (i < n && p[i] == '"') {
		while (++i < n && p[i] != '"' && k < SBI_BOUNDARY)
			h->boundary[k++] = p[i];
	} else {
		for (; i < n && p[i] != ';' && p[i] > 32 && k < SBI_BOUNDARY; i++)
			h->boundary[k++] = p[i];
	}
	h->nboundary = (uint8_t)k;
}

static uint8_t content_of(const uint8_t *p, size_t n)
{
	for (; n && *p == ' '; p++)
		n--;
	if (n >= 16 && !memcmp(p, "application/json", 16))
		return SBI_JSON;
	if (holds(p, n, "multipart/"))
		return SBI_MULTIPART;
	if (holds(p, n, "json"))
		return SBI_JSON;
	return holds(p, n, "x-www-form-urlencoded") ? SBI_FORM : SBI_OTHER;
}

static void authorization(struct layers *l, const uint8_t *p, size_t n, bool marked)
{
	size_t k = 0;
	char *s;

	while (k < n && p[k] != ' ' && k < 32)
		k++;
	if (k == n || p[k] != ' ')		/* no scheme: then all of it is the secret */
		k = 0;
	s = layer_copy(l, k ? (const char *)p : "present", k ? k : 7);
	put_text(layer_put(l), KEY_SBI_authorization, s, k ? k : 7);
	if (marked && k)
		layer_mark(l, p, k + 1, MARK_SIGNALLING);
	p += k ? k + 1 : 0;
	n -= k ? k + 1 : 0;
	if (k && sbi_is(s ? s : "", s ? k : 0, "bearer"))
		sbi_token(l, p, n, marked);
	else if (marked)
		layer_mark(l, p, n, MARK_IDENTITY);
}

static void put_static(struct layers *l, enum fact_key k, const char *s)
{
	put_text(layer_put(l), k, s, strlen(s));
}

/* Said once. */
static void application(struct layers *l, struct sbi_head *h, const char *name)
{
	if (name && !h->application)
		put_static(l, KEY_SBI_application, name);
	h->application |= name != NULL;
}

enum sbi_name sbi_name(const char *name, size_t n)
{
	static const struct { const char *name; uint8_t n, is; } rows[] = {
#define N(name, is) { name, sizeof(name) - 1, is }
		N("via", SBI_VIA), N("server", SBI_SERVER), N("location", SBI_LOCATION), N("user-agent", SBI_USER_AGENT), N("content-type", SBI_CONTENT_TYPE),
		N("authorization", SBI_AUTHORIZATION), N("content-encoding", SBI_CONTENT_ENCODING), N("3gpp-sbi-callback", SBI_CALLBACK_TYPE),
		N("3gpp-sbi-target-apiroot", SBI_TARGET_APIROOT), N("3gpp-sbi-discovery-target-nf-type", SBI_TARGET_TYPE),
		N("3gpp-sbi-discovery-requester-nf-type", SBI_REQUESTER_TYPE),
#undef N
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].n == n)		/* no two are of one length */
			return sbi_is(name, n, rows[i].name) ? (enum sbi_name)rows[i].is : SBI_NO_NAME;
	return SBI_NO_NAME;
}

enum mark sbi_header(struct layers *l, const struct sbi_keys *k, struct sbi_head *h, enum sbi_name name, const uint8_t *value, size_t n, bool marked)
{
	enum fact_key key = KEY_NONE;

	switch (name) {
	case SBI_NO_NAME: break;
	case SBI_VIA: key = KEY_SBI_via; break;
	case SBI_CALLBACK_TYPE: key = KEY_SBI_callback_type; break;
	case SBI_TARGET_APIROOT: key = KEY_SBI_target_apiroot; break;
	case SBI_TARGET_TYPE: key = KEY_SBI_target_nf_type; break;
	case SBI_REQUESTER_TYPE: key = KEY_SBI_requester_nf_type; break;
	case SBI_SERVER: key = k->server; break;
	case SBI_LOCATION: key = k->location; break;
	case SBI_USER_AGENT: key = k->user_agent; break;
	case SBI_CONTENT_TYPE:
		key = k->content_type;
		h->content = content_of(value, n);
		if (h->content == SBI_MULTIPART)
			boundary(h, value, n);
		break;
	case SBI_AUTHORIZATION:
		if (marked || !layer_masked(l))
			authorization(l, value, n, marked);
		return MARK_IDENTITY;
	case SBI_CONTENT_ENCODING:
		h->coded = !sbi_is(value, n, "identity");
		if (marked)
			layer_mark(l, value, n, MARK_SIGNALLING);
		return MARK_SIGNALLING;
	}
	if (key == KEY_NONE)
		return MARK_UNREAD;
	if (!marked && sbi_hidden(l, value, n))
		return MARK_IDENTITY;
	if (name == SBI_USER_AGENT) {
		h->consumer = consumer(value, n);
		if (n && *value == 'k')
			application(l, h, sbi_application_by_agent(value, n));
	}
	if (name == SBI_TARGET_APIROOT)
		target_host(h, value, n);
	if (name == SBI_VIA)
		h->by = passed_on(value, n);
	h->indirect |= key == KEY_SBI_target_apiroot || key == KEY_SBI_target_nf_type;
	return sbi_put_text(l, key, value, n, marked) ? MARK_IDENTITY : MARK_SIGNALLING;
}

bool sbi_target(struct layers *l, const struct sbi_keys *k, struct sbi_head *h, const uint8_t *method, size_t nmethod, const uint8_t *path, size_t n,
	bool marked)
{
	const struct sbi_service *service;
	const uint8_t *version, *query;
	size_t nversion = 0;
	bool identity;

	identity = sbi_put_text(l, k->path, path, n, marked);
	h->op = (uint16_t)sbi_find(method, nmethod, path, n, &service, &version, &nversion);
	h->service = (uint8_t)sbi_service_row(service);
	if (!service) {
		application(l, h, sbi_application_of(path, n));
		return identity;
	}
	put_text(layer_put(l), KEY_SBI_service, service->name, service->n);
	if (version)
		put_text(layer_put(l), KEY_SBI_version, layer_copy(l, version, nversion), nversion);
	sbi_operation(l, h, false);
	query = memchr(path, '?', n);
	if (query)
		sbi_params(l, query + 1, (size_t)(path + n - query - 1), false, false);
	return identity;
}

void sbi_service_only(struct layers *l, struct sbi_head *h, const uint8_t *path, size_t n)
{
	const struct sbi_service *service;
	const uint8_t *version;
	size_t nversion;

	(void)sbi_find((const uint8_t *)"", 0, path, n, &service, &version, &nversion);
	h->service = (uint8_t)sbi_service_row(service);
	if (service)
		put_text(layer_put(l), KEY_SBI_service, service->name, service->n);
}

void sbi_operation(struct layers *l, const struct sbi_head *request, bool response)
{
	const struct sbi_op *op = sbi_op(request->op);
	const struct sbi_service *service = response ? sbi_service(request->service) : NULL;

	if (service) {
		put_text(layer_put(l), KEY_SBI_service, service->name, service->n);
		put_bool(layer_put(l), KEY_SBI_response, true);
		/* of what was passed on, the one who sent it is not who the client says he is */
		if (request->by ? request->by != SBI_BY_OTHER : request->consumer) {
			unsigned type = (request->by ? request->by : request->consumer) - 1u;

			put_text(layer_put(l), KEY_SBI_consumer, nf_types[type].name, nf_types[type].n);
		}
		if (request->indirect)
			put_static(l, KEY_SBI_proxy, request->sepp ? "SEPP" : "SCP");
		if (request->ntarget)
			put_text(layer_put(l), KEY_SBI_producer, layer_copy(l, request->target, request->ntarget), request->ntarget);
	}
	if (op)
		put_text(layer_put(l), KEY_SBI_operation, op->name, op->nname);
}

/* ---- bodies ---- */

enum { PARTS = 16 };

/* Another part than JSON; id: its Content-Id, n 0: none. */
struct part { const uint8_t *id; size_t nid; struct cur c; bool nas, ngap; };

struct body {
	struct layers	*l;
	const struct msg *m;		/* what it came in */
	const struct cur *whole;
	enum cur_why	why;
	struct sbi_refs	refs;
	struct part	part[PARTS];
	unsigned	nparts;
};

/* A part's content type; two of them are as good as always those. */
static uint8_t part_content(struct part *x, const uint8_t *p, size_t n)
{
	static const char nas[] = "application/vnd.3gpp.5gnas", ngap[] = "application/vnd.3gpp.ngap";
	uint8_t content;

	for (; n && *p == ' '; p++)
		n--;
	x->nas = n == sizeof(nas) - 1 && !memcmp(p, nas, sizeof(nas) - 1);
	x->ngap = n == sizeof(ngap) - 1 && !memcmp(p, ngap, sizeof(ngap) - 1);
	if (x->nas || x->ngap)
		return SBI_OTHER;
	content = content_of(p, n);
	if (content != SBI_JSON) {
		x->nas = holds(p, n, "vnd.3gpp.5gnas");
		x->ngap = holds(p, n, "vnd.3gpp.ngap");
	}
	return content;
}

/* A part's header field; what of it is an identity is masked. */
static void part_field(const struct body *b, struct part *x, uint8_t *content, const uint8_t *p, size_t n)
{
	size_t plain = sbi_before_identity(p, n);

	layer_mark(b->l, p, plain, MARK_SIGNALLING);
	layer_mark(b->l, p + plain, n - plain, MARK_IDENTITY);
	if (n > 13 && sbi_is(p, 13, "content-type:")) {
		*content = part_content(x, p + 13, n - 13);
	} else if (n > 11 && plain == n && sbi_is(p, 11, "content-id:")) {
		for (p += 11, n -= 11; n && (*p == ' ' || *p == '\t'); p++)
			n--;
		while (n && (p[n - 1] == ' ' || p[n - 1] == '\t'))
			n--;
		if (n > 2 && *p == '<' && p[n - 1] == '>') {
			p++;
			n -= 2;
		}
		x->id = p;
		x->nid = n;
	}
}

/* One part of a multipart body: fields, an empty line, content.  JSON is read; of others it is first to be known what all JSON says of them. */
static void part(struct body *b, const uint8_t *p, size_t n, bool cut)
{
	const uint8_t *end = p + n, *line, *stop = NULL;
	uint8_t content = SBI_OTHER;
	struct part x = { .nid = 0 };
	size_t len = 1;

	for (line = p; line < end && len; line = stop + 1) {
		stop = memchr(line, '\n', (size_t)(end - line));
		if (!stop)
			return;			/* no content at all */
		len = (size_t)(stop - line) - (stop > line && stop[-1] == '\r');
		part_field(b, &x, &content, line, len);
		layer_mark(b->l, line + len, (size_t)(stop + 1 - line) - len, MARK_SIGNALLING);
	}
	if (content == SBI_JSON) {
		sbi_json(b->l, line, (size_t)(end - line), cut, &b->why, true, &b->refs);
	} else {
		x.c = cur_make(line, (size_t)(end - line), cut);
		b->part[b->nparts++] = x;
	}
}

static bool same_name(const uint8_t *p, size_t n, const uint8_t *q, size_t m) { return n == m && !memcmp(p, q, n); }

/* What JSON says the part is; SBI_PART_OTHER: nothing refers to it, or more than one does, or it is not the only one of that name.  *type: which element. */
static enum sbi_part referred(struct body *b, const struct part *x, struct sbi_ref **type)
{
	struct sbi_refs *r = &b->refs;
	const struct sbi_ref *ref = NULL;

	*type = NULL;
	if (!x->nid || r->nids > SBI_REFS || r->ntypes > SBI_REFS)
		return SBI_PART_OTHER;
	for (unsigned i = 0; i < b->nparts; i++)
		if (&b->part[i] != x && same_name(b->part[i].id, b->part[i].nid, x->id, x->nid))
			return SBI_PART_OTHER;
	for (unsigned i = 0; i < r->nids; i++) {
		if (!same_name(r->id[i].p, r->id[i].n, x->id, x->nid))
			continue;
		if (ref)
			return SBI_PART_OTHER;
		ref = &r->id[i];
	}
	for (unsigned i = 0; ref && ref->owner && i < r->ntypes; i++)
		if (r->type[i].owner == ref->owner && r->type[i].part == ref->part)
			*type = &r->type[i];
	return ref ? (enum sbi_part)ref->part : SBI_PART_OTHER;
}

/*
 * Each part to who reads it: by its content type, and by what refers to it.  Of an element of N2 only JSON says which it is; where nothing
 * refers to the one that is left, and one type is left, that is its own.
 */
static void hand_on(struct body *b)
{
	struct sbi_ref *type, *left = NULL;
	const struct part *alone = NULL;
	unsigned parts = 0, types = 0;

	for (struct part *x = b->part; x < b->part + b->nparts; x++) {
		enum sbi_part is = referred(b, x, &type);
		bool other = !x->nas && !x->ngap;

		if (x->nas ? is != SBI_PART_N1_ELEMENTS : other && is == SBI_PART_NAS) {
			struct msg whole = *b->m;

			whole.cur = *b->whole;
			if (cur_left(&x->c))
				layer_nested(b->l, &proto_nas5, &whole, x->c, NULL);
		} else if (x->ngap || (other && is >= SBI_PART_NGAP)) {
			put_uint(layer_put(b->l), KEY_SBI_ngap_octets, cur_left(&x->c));
			if (type && !x->c.cut) {
				type->used = true;
				(void)ngap_part(b->l, type->p, type->n, x->c);
			} else {
				alone = x;
				parts++;
			}
		}
	}
	for (unsigned i = 0; i < b->refs.ntypes && i < SBI_REFS; i++)
		if (!b->refs.type[i].used) {
			left = &b->refs.type[i];
			types++;
		}
	if (parts == 1 && types == 1 && b->refs.ntypes <= SBI_REFS && !alone->c.cut)
		(void)ngap_part(b->l, left->p, left->n, alone->c);
}

static const uint8_t *find(const uint8_t *p, const uint8_t *end, const uint8_t *what, size_t n)
{
	while (end - p >= (ptrdiff_t)n && (p = memchr(p, *what, (size_t)(end - p) - n + 1))) {
		if (p[1] == what[1] && !memcmp(p, what, n))		/* it begins with two dashes */
			return p;
		p++;
	}
	return NULL;
}

static void multipart(struct body *b, const uint8_t *mark, size_t nmark)
{
	const uint8_t *p = b->whole->p, *end = b->whole->end, *next;
	uint8_t delimiter[SBI_BOUNDARY + 2] = "--";

	if (!nmark)
		return;
	memcpy(delimiter + 2, mark, nmark);
	nmark += 2;
	p = find(p, end, delimiter, nmark);
	for (unsigned i = 0; p && i < PARTS; i++) {
		const uint8_t *from = p + nmark;

		layer_mark(b->l, p, nmark, MARK_SIGNALLING);
		if (end - from >= 2 && from[0] == '-' && from[1] == '-') {
			layer_mark(b->l, from, 2, MARK_SIGNALLING);
			return;
		}
		if (end - from >= 2 && from[0] == '\r' && from[1] == '\n')
			from += 2;
		next = find(from, end, delimiter, nmark);
		layer_mark(b->l, p + nmark, (size_t)(from - p) - nmark, MARK_SIGNALLING);
		if (next) {
			size_t n = (size_t)(next - from), back = n >= 2 && next[-1] == '\n' && next[-2] == '\r' ? 2 : 0;

			part(b, from, n - back, false);
			layer_mark(b->l, next - back, back, MARK_SIGNALLING);
		} else {
			part(b, from, (size_t)(end - from), true);
			if (b->why == CUR_OK)
				b->why = b->whole->cut ? CUR_CUT : CUR_SHORT;
		}
		p = next;
	}
}

void sbi_body(struct layers *l, const struct msg *m, const struct cur *body, const struct sbi_head *h, const struct sbi_head *request)
{
	struct body b;
	size_t n = (size_t)(body->end - body->p), i = 0;
	const uint8_t *p = body->p;
	uint8_t content = h->content;

	if (!n || h->coded)
		return;
	b.l = l;
	b.m = m;
	b.whole = body;
	b.why = CUR_OK;
	b.nparts = b.refs.nids = b.refs.ntypes = 0;
	if (content == SBI_NO_CONTENT) {		/* its header fields were not seen: what it looks like */
		while (i < n && i < 16 && (p[i] == ' ' || p[i] == '\t' || p[i] == '\r' || p[i] == '\n'))
			i++;
		content = i < n && (p[i] == '{' || p[i] == '[') ? SBI_JSON : n > 4 && p[0] == '-' && p[1] == '-' ? SBI_MULTIPART : SBI_OTHER;
	}
	switch ((enum sbi_content)content) {
	case SBI_JSON: sbi_json(l, p, n, body->cut, &b.why, true, NULL); break;
	case SBI_FORM:
		if (request->op && !strcmp(sbi_service_of(sbi_op(request->op))->name, "oauth2"))
			sbi_params(l, p, n, true, true);
		break;
	case SBI_MULTIPART:
		if (h->nboundary) {
			multipart(&b, h->boundary, h->nboundary);
		} else if (n > 4 && p[0] == '-' && p[1] == '-') {
			for (i = 2; i < n && i < SBI_BOUNDARY + 2 && p[i] > 32; i++)
				;
			multipart(&b, p + 2, i - 2);
		}
		break;
	case SBI_NO_CONTENT:
	case SBI_OTHER: break;
	}
	hand_on(&b);
	if (b.why != CUR_OK)
		put_bool(layer_put(l), KEY_SBI_body_cut, true);
}
