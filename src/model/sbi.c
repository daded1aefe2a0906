/*
 * The service based interface: who is which function, and which endpoints it named to whom.
 *
 * A role is shown when the other side agreed: who answered a request to a service with success holds the role that
 * produces it, who asked holds the one it said it has (TS 29.500 5.2.2.2); a request that was to be passed on shows an SCP
 * or SEPP instead.  What was passed on (Via) shows who passed it on, when that says so (TS 29.500 5.2.2.2), and nobody else: no function is
 * given the address of one who speaks for it.  Whom such a request was for is an element with a name and without an address, once it was answered.  A profile (TS 29.510 6.1.6.2.2) counts when an NRF answered with it or sent it.
 */
#include "inside.h"

enum { TEXT_LOOK = 64, GROUPS = 512, ENDPOINTS = 64, HTTP_PORT = 80, HTTPS_PORT = 443 };

struct word { const char *p; uint32_t n; };
struct role_row { struct word service, type; enum role role; };

/* By the service that a function produces (its beginning), and by NF type (TS 29.510 6.1.6.3.3). */
#define W(text) { text, sizeof(text) - 1 }
#define NO { NULL, 0 }
static const struct role_row rows[] = {
	{ W("nnrf-"), W("NRF"), ROLE_NRF }, { W("oauth2"), NO, ROLE_NRF }, { W("bootstrapping"), NO, ROLE_NRF }, { W("nausf-"), W("AUSF"), ROLE_AUSF },
	{ W("nudm-"), W("UDM"), ROLE_UDM }, { W("nudr-"), W("UDR"), ROLE_UDR }, { W("namf-"), W("AMF"), ROLE_AMF }, { W("nsmf-"), W("SMF"), ROLE_SMF },
	{ W("npcf-"), W("PCF"), ROLE_PCF }, { W("nbsf-"), W("BSF"), ROLE_BSF }, { W("nnssf-"), W("NSSF"), ROLE_NSSF }, { W("nchf-"), W("CHF"), ROLE_CHF },
	{ W("n5g-eir-"), W("5G_EIR"), ROLE_5G_EIR }, { W("nsmsf-"), W("SMSF"), ROLE_SMSF }, { W("nlmf-"), W("LMF"), ROLE_LMF }, { W("nnwdaf-"), W("NWDAF"), ROLE_NWDAF },
	{ W("nnef-"), W("NEF"), ROLE_NEF }, { W("n32c-"), W("SEPP"), ROLE_SEPP }, { W("n32f-"), NO, ROLE_SEPP }, { NO, W("SCP"), ROLE_SCP }, { NO, W("UPF"), ROLE_UPF },
};
#undef NO
#undef W

static bool begins(const struct item *text, const struct word *w)
{
	uint32_t i = 0;

	while (i < w->n && i < text->len && text->v.p[i] == (uint8_t)w->p[i])
		i++;
	return i == w->n && i;
}

static enum role role_of_service(const struct item *text)
{
	for (size_t i = 0; text && text->len > 3 && i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].service.n && text->v.p[2] == (uint8_t)rows[i].service.p[2] && begins(text, &rows[i].service))	/* they differ there, mostly */
			return rows[i].role;
	return ROLES;
}

static enum role role_of_type(const struct item *text)
{
	for (size_t i = 0; text && i < sizeof(rows) / sizeof(rows[0]); i++)
		if (text->len == rows[i].type.n && begins(text, &rows[i].type))
			return rows[i].role;
	return ROLES;
}

/* One function is known by its role at its address, whatever interface showed it first. */
static uint32_t function_at(struct model *m, uint32_t place, enum role r, const struct fact *f)
{
	uint64_t kin = ROLE_BIT(r) | (r == ROLE_UPF ? ROLE_BIT(ROLE_PFCP_UP) | ROLE_BIT(ROLE_PFCP_NODE) :
		r == ROLE_SMF ? ROLE_BIT(ROLE_PFCP_CP) | ROLE_BIT(ROLE_PFCP_NODE) : 0);
	uint32_t at, e;

	if (place == NONE || r == ROLES)
		return NONE;
	at = place_at(m, place)->holders;
	for (unsigned n = 0; at && n < TEXT_LOOK; at = m->link[at - 1].next, n++) {
		e = m->link[at - 1].element;
		if (m->element[e].roles & kin) {
			element_role(m, e, r, f);
			return e;
		}
	}
	e = element_at(m, FIND_NF_AT, place, (uint16_t)r, f);
	if (e != NONE && !m->element[e].roles)
		m->element[e].by_sbi = 1;
	element_role(m, e, r, f);
	return e;
}

/* ---- what was named ---- */

/* False: it says nothing, or there is no room. */
static bool named(struct model *m, const struct fact *f, enum sbi_said said, uint32_t client, const struct addr *a, uint32_t port)
{
	struct sbi_named_key key = { client, NONE, (uint16_t)port, 0, said };
	struct sbi_named *x;
	bool made;
	uint32_t i;

	if (!a->fam || addr_is_any(a) || port > 65535)
		return false;
	if (m->sbi.used == m->sbi.cap) {		/* before it makes an address known */
		m->n.sbi_unkept++;
		return false;
	}
	key.addr = place_of(m, a);
	i = key.addr == NONE ? (uint32_t)TABLE_NONE : table_take(&m->sbi, &key, &made);
	if (i == TABLE_NONE)
		return false;
	if (!made)
		return true;
	x = table_at(&m->sbi, i);
	x->by = place_of(m, &f->src);
	x->t_ns = f->t_ns;
	x->ground = ground_of(f);
	return true;
}

static const struct sbi_named *find(const struct model *m, enum sbi_said said, uint32_t client, uint32_t addr, uint16_t port)
{
	struct sbi_named_key key = { client, addr, port, 0, said };
	uint32_t i = table_seek(&m->sbi, &key);

	return i == TABLE_NONE ? NULL : table_at(&m->sbi, i);
}

const struct sbi_named *model_sbi_named(const struct model *m, const struct addr *client, const struct addr *addr, uint16_t port)
{
	const struct sbi_named *x = NULL;
	uint32_t c, a;

	if (!m->sbi.used)		/* no interface of services: the many contacts cost nothing */
		return NULL;
	c = place_known(m, client);
	a = place_known(m, addr);
	if (a == NONE)
		return NULL;
	for (int any = 0; any < 2 && !x; any++) {
		uint16_t p = any ? 0 : port;

		if (c != NONE)
			x = find(m, SBI_DISCOVERED, c, a, p);
		if (!x)
			x = find(m, SBI_REGISTERED, NONE, a, p);
		if (!x && c != NONE)
			x = find(m, SBI_CALLBACK, c, a, p);
	}
	return x;
}

bool model_sbi_spoken(const struct model *m, const struct addr *client, const struct addr *server, uint16_t port)
{
	uint32_t c, a;

	if (!m->sbi.used)
		return false;
	c = place_known(m, client);
	a = place_known(m, server);
	return c != NONE && a != NONE && find(m, SBI_SPOKEN, c, a, port) != NULL;
}

/* The same text told to the same one again says nothing new: a keyed hash of both is kept. */
static uint64_t *uri_memo(struct model *m, const struct fact *f, const char *p, size_t n, uint64_t *hash)
{
	*hash = hash_bytes(&m->cfg.hash, p, n) ^ hash_bytes(&m->cfg.hash, f->dst.b, sizeof(f->dst.b));
	*hash |= !*hash;
	return &m->sbi_uri_memo[*hash % SBI_URI_MEMOS];
}

/* scheme://host:port/... with an address for a host; some leave the scheme out. */
static void uri(struct model *m, const struct fact *f, const struct item *text)
{
	const char *from = (const char *)text->v.p, *p = from, *end = p + text->len, *host, *at;
	uint32_t port = HTTP_PORT, n;
	uint64_t hash, *memo;
	struct addr a;

	if (text->len > 8 && !memcmp(p, "https://", 8)) {
		p += 8;
		port = HTTPS_PORT;
	} else if (text->len > 7 && !memcmp(p, "http://", 7)) {
		p += 7;
	}
	host = p;
	at = memchr(p, '/', (size_t)(end - p));
	memo = uri_memo(m, f, from, (size_t)((at ? at : end) - from), &hash);
	if (*memo == hash)
		return;
	if (p < end && *p == '[') {
		host++;
		while (p < end && *p != ']')
			p++;
		n = (uint32_t)(p - host);
		p += p < end;
	} else {
		while (p < end && *p != ':' && *p != '/')
			p++;
		n = (uint32_t)(p - host);
	}
	if (n >= ADDR_TEXT || !addr_parse(host, n, &a))
		return;
	if (p < end && *p == ':') {
		port = 0;
		for (at = ++p; p < end && *p >= '0' && *p <= '9' && p - at < 5; p++)
			port = 10 * port + (uint32_t)(*p - '0');
		if (p == at)
			return;
	}
	if (named(m, f, SBI_CALLBACK, place_of(m, &f->dst), &a, port))
		*memo = hash;
}

/* ---- profiles ---- */

/* MCC and MNC digits as octets (TS 24.008 10.5.1.13). */
static bool plmn_octets(const struct item *text, uint8_t out[3])
{
	const uint8_t *d = text->v.p;

	if (text->len != 5 && text->len != 6)
		return false;
	for (uint32_t i = 0; i < text->len; i++)
		if (d[i] < '0' || d[i] > '9')
			return false;
	out[0] = (uint8_t)((d[1] - '0') << 4 | (d[0] - '0'));
	out[1] = (uint8_t)((text->len == 6 ? d[5] - '0' : 15) << 4 | (d[2] - '0'));
	out[2] = (uint8_t)((d[4] - '0') << 4 | (d[3] - '0'));
	return true;
}

static bool place_holds(const struct model *m, const struct addr *a)
{
	return model_first_at(m, a) != 0;
}

static bool is(const struct item *text, const char *word)
{
	return text && text->len == strlen(word) && !memcmp(text->v.p, word, text->len);
}

/* A claim makes no global address one of ours. */
static void address(struct model *m, uint32_t e, const struct addr *a, const struct fact *f)
{
	if (!addr_is_global(a))
		element_addr(m, e, place_of(m, a), f);
}

/* The service endpoints in a profile's groups: address and port together. */
static unsigned endpoints(struct model *m, const struct fact *f, struct span in, enum sbi_said said, uint32_t client, uint32_t e)
{
	const struct item *scheme = NULL;
	unsigned n = 0;

	for (const struct item *i = in.at; i < in.end && n < ENDPOINTS; i++) {
		struct span group;
		const struct item *a;

		if (i->key == KEY_SBI_scheme)
			scheme = i;
		if (i->type != ITEM_OPEN)
			continue;
		group = (struct span){ i + 1, i + i->len };
		a = span_key(group, KEY_SBI_address);
		if (a) {
			struct addr addr = item_addr(a);

			(void)named(m, f, said, client, &addr, (uint32_t)span_uint(group, KEY_SBI_port, is(scheme, "https") ? HTTPS_PORT : HTTP_PORT));
			address(m, e, &addr, f);
			n++;
		}
	}
	return n;
}

static void profile(struct model *m, const struct fact *f, struct span in, enum sbi_said said, uint32_t client, const struct addr *self)
{
	const struct item *id = span_key(in, KEY_SBI_nf_instance_id), *type = span_key(in, KEY_SBI_nf_type), *i;
	enum role r = role_of_type(type);
	struct addr first = { { 0 }, 0 };
	unsigned depth = 0, services;
	uint8_t plmn[3];
	uint32_t e;

	if (!id || !type)
		return;
	if (!span_addr(in, KEY_SBI_address, &first))
		for (i = in.at; i < in.end && !first.fam; i++)
			if (i->key == KEY_SBI_address)
				first = item_addr(i);
	if (!first.fam && self)
		first = *self;
	/* a claim makes no global address one of ours: only who is there himself does */
	if (!first.fam || addr_is_any(&first) || (addr_is_global(&first) && !(self && addr_eq(self, &first)) && !place_holds(m, &first)))
		return;
	e = function_at(m, place_of(m, &first), r, f);
	services = endpoints(m, f, in, said, client, e);
	for (i = in.at; i < in.end; i++) {
		depth += i->type == ITEM_OPEN;
		depth -= i->type == ITEM_CLOSE;
		if (i->key == KEY_SBI_plmn && depth == 1 && plmn_octets(i, plmn))
			element_plmn(m, e, plmn, f);
		if (depth)
			continue;
		if (i->key == KEY_SBI_address) {
			struct addr a = item_addr(i);

			address(m, e, &a, f);
			if (!services)
				(void)named(m, f, said, client, &a, 0);
		} else if (i->key == KEY_SBI_fqdn) {
			element_called(m, (const char *)i->v.p, i->len, e, f);
		} else if (i->key == KEY_SBI_nf_instance_id || i->key == KEY_SBI_nf_name) {
			element_name(m, e, (const char *)i->v.p, i->len, f);
		}
	}
	if (e != NONE && (i = span_key(in, KEY_SBI_vendor_id)))
		element_evidence(m, e, KEY_SBI_vendor_id, (const char *)i->v.p, i->len, f);
}

/* Every object of the message, the message's own first. */
static void profiles(struct model *m, const struct fact *f, enum sbi_said said, uint32_t client, const struct addr *self)
{
	struct span all = fact_span(f);
	unsigned n = 0;

	profile(m, f, all, said, client, self);
	for (const struct item *i = all.at; i < all.end && n < GROUPS; i++)
		if (i->type == ITEM_OPEN && i + 1 < all.end) {
			profile(m, f, (struct span){ i + 1, i + i->len }, said, client, NULL);
			n++;
		}
}

/* ---- messages ---- */

struct said {
	const struct item *service, *operation, *consumer, *proxy, *event, *server, *via, *producer;
	uint64_t	status;
	enum role	serves;		/* who produces the service; of a response that agrees only */
	bool		response, request, token, head, n2;	/* head: its header fields are here, not its body alone; n2: elements of N2 */
};

/* What is asked of a message, by key: one look at each item.  From UNKNOWN on there may be several. */
enum { NOT_ASKED, SERVICE, OPERATION, CONSUMER, PROXY, EVENT, VIA, PRODUCER, SERVER, RESPONSE, TOKEN, REQUEST, HEAD, STATUS, N2, UNKNOWN, URI, ASKED };
static const uint8_t asked[FACT_KEYS] = {
	[KEY_SBI_service] = SERVICE, [KEY_SBI_operation] = OPERATION, [KEY_SBI_consumer] = CONSUMER, [KEY_SBI_proxy] = PROXY, [KEY_SBI_event] = EVENT, [KEY_SBI_via] = VIA,
	[KEY_SBI_producer] = PRODUCER, [KEY_HTTP2_server] = SERVER, [KEY_HTTP_server] = SERVER, [KEY_SBI_response] = RESPONSE, [KEY_SBI_authorization] = TOKEN,
	[KEY_HTTP2_method] = REQUEST, [KEY_HTTP_method] = REQUEST, [KEY_HTTP2_status] = HEAD, [KEY_HTTP_code] = HEAD, [KEY_SBI_status] = STATUS, [KEY_NGAP_from_ran] = N2,
	[KEY_HTTP2_unknown] = UNKNOWN, [KEY_SBI_uri] = URI, [KEY_HTTP2_location] = URI, [KEY_HTTP_location] = URI,
};

static struct said read_fact(struct model *m, const struct fact *f)
{
	const struct item *at[ASKED] = { NULL }, *status;

	for (const struct item *i = f->item; i < f->item + f->nitem; i++) {
		unsigned k = asked[i->key];

		if (k == UNKNOWN)
			m->n.http2_unknown += i->v.u;
		if (k == URI)
			uri(m, f, i);
		at[k] = k == SERVICE && at[k] ? at[k] : i;	/* the first service, of others the last */
	}
	status = at[HEAD] && (!at[STATUS] || at[STATUS] < at[HEAD]) ? at[HEAD] : at[STATUS];
	return (struct said){ .service = at[SERVICE], .operation = at[OPERATION], .consumer = at[CONSUMER], .proxy = at[PROXY], .event = at[EVENT], .server = at[SERVER],
		.via = at[VIA], .producer = at[PRODUCER], .status = status ? status->v.u : 0, .response = at[RESPONSE], .request = at[REQUEST], .token = at[TOKEN],
		.head = at[HEAD], .n2 = at[N2] };
}

/* Success: who answered is what it is asked to be, and so is who asked. */
static void show(struct model *m, const struct fact *f, const struct said *x, enum role r)
{
	enum role consumer = !x->proxy && x->serves == ROLE_SEPP ? ROLE_SEPP : role_of_type(x->consumer);	/* only SEPPs shake hands (TS 29.573 5.2) */
	uint64_t shown[6], hash;
	struct sbi_memo *o;

	if (x->proxy && consumer != ROLE_SCP && consumer != ROLE_SEPP)
		consumer = ROLES;
	shown[0] = hash_read8(f->src.b);
	shown[1] = hash_read8(f->src.b + 8);
	shown[2] = hash_read8(f->dst.b);
	shown[3] = hash_read8(f->dst.b + 8);
	shown[4] = (uint64_t)f->sport << 48 | (uint64_t)f->src.fam << 40 | (uint64_t)f->dst.fam << 32 | (uint64_t)r << 16 | (uint64_t)consumer << 8 | (x->proxy != NULL);
	shown[5] = x->server ? hash_bytes(&m->cfg.hash, x->server->v.p, x->server->len) : 0;
	hash = hash_bytes(&m->cfg.hash, shown, sizeof(shown));
	hash |= !hash;
	o = &m->sbi_memo[hash % SBI_MEMOS];
	if (o->shown == hash) {
		element_seen(m, o->server, f);
		element_seen(m, o->client, f);
		return;
	}
	(void)named(m, f, SBI_SPOKEN, place_of(m, &f->dst), &f->src, f->sport);
	*o = (struct sbi_memo){ hash, NONE, NONE };
	o->server = function_at(m, place_of(m, &f->src), r, f);
	/* what was passed on may come from one who passes on: then the name is not his */
	o->client = function_at(m, place_of(m, &f->dst), consumer, f);
	if (x->server)
		element_evidence(m, o->server, KEY_HTTP_server, (const char *)x->server->v.p, x->server->len, f);
}

/* Who sent a response: the one that passed it on last. */
static enum role responder(const struct said *x)
{
	const char *p, *end, *at;

	if (x->proxy)
		return is(x->proxy, "SEPP") ? ROLE_SEPP : ROLE_SCP;
	if (!x->via)
		return x->serves;
	p = (const char *)x->via->v.p;
	end = p + x->via->len;
	for (at = p; at < end; at++)
		if (*at == ',')
			p = at + 1;
	while (p < end && *p == ' ')
		p++;
	at = memchr(p, ' ', (size_t)(end - p));
	p = at ? at + 1 : end;
	return end - p > 4 && !memcmp(p, "SCP-", 4) ? ROLE_SCP : end - p > 5 && !memcmp(p, "SEPP-", 5) ? ROLE_SEPP : ROLES;
}

/* Whoever passed the request on had an answer of the one that it names. */
static void behind(struct model *m, const struct fact *f, const struct said *x)
{
	if (x->serves != ROLES)
		element_role(m, element_named(m, (const char *)x->producer->v.p, x->producer->len, f), x->serves, f);
}

static void accepted(struct model *m, const struct fact *f, const struct said *x)
{
	enum role r = responder(x);

	if (x->head)
		show(m, f, x, r);
	if (x->head && x->proxy && x->producer)
		behind(m, f, x);
	if (x->proxy || x->serves != ROLE_NRF)
		return;
	if (is(x->operation, "NFRegister"))
		profiles(m, f, SBI_REGISTERED, NONE, x->via ? NULL : &f->dst);
	else if (is(x->operation, "NFDiscover") || is(x->operation, "NFProfileRetrieval") || is(x->operation, "NFDiscoverStored"))
		profiles(m, f, SBI_DISCOVERED, place_of(m, &f->dst), NULL);
}

static bool holds(const struct model *m, const struct addr *a, uint64_t roles)
{
	for (uint32_t at = model_first_at(m, a), n = 0; at && n < TEXT_LOOK; at = model_next_at(m, at), n++)
		if (m->element[model_holder(m, at)].roles & roles)
			return true;
	return false;
}

/* What an element of N2 names: the first tunnel end in it, as in N2's own messages. */
static void n3_end(struct model *m, const struct fact *f, struct span element, bool from_ran)
{
	const struct item *teid = NULL, *at = NULL;
	struct addr a;

	for (const struct item *i = element.at; i < element.end; i++) {
		if (i->key == KEY_NGAP_gTP_TEID)
			teid = teid ? teid : i;
		else if (i->key == KEY_NGAP_TLA_IPv4 || i->key == KEY_NGAP_TLA_IPv6)
			at = at ? at : i;
	}
	if (!teid || !at || teid->len != 4)
		return;
	a = item_addr(at);
	(void)end_order(m, &a, (uint32_t)teid->v.p[0] << 24 | (uint32_t)teid->v.p[1] << 16 | (uint32_t)teid->v.p[2] << 8 | teid->v.p[3],
		from_ran ? END_NGAP_DL : END_NGAP_UL, false, f);
}

/* AMF and SMF tell each other what the RAN node and the UPF are to know (TS 23.502 4.3.2.2.1): tunnel ends of N3.  One of them has shown who it is. */
static void n3_ends(struct model *m, const struct fact *f)
{
	const uint64_t who = ROLE_BIT(ROLE_AMF) | ROLE_BIT(ROLE_SMF);
	const struct item *end = f->item + f->nitem;

	if (!holds(m, &f->src, who) && !holds(m, &f->dst, who))
		return;
	for (const struct item *i = f->item; i < end; i++)
		if (i->type == ITEM_OPEN && i + 1 < end && i[1].key == KEY_NGAP_from_ran)
			n3_end(m, f, (struct span){ i + 1, i + i->len }, i[1].v.u != 0);
}

void model_sbi_message(struct model *m, const struct fact *f)
{
	struct said x = read_fact(m, f);

	if (x.n2)
		n3_ends(m, f);
	m->n.sbi_requests += x.request && x.service && !f->decrypted;
	m->n.sbi_tokens += x.request && x.service && x.token && !f->decrypted;
	m->n.sbi_decrypted += x.request && x.service && f->decrypted;
	if (x.response && x.service) {
		m->n.sbi_responses += x.head && !f->decrypted;
		if (x.status >= 200 && x.status < 300) {
			x.serves = role_of_service(x.service);
			accepted(m, f, &x);
		}
	} else if (x.event && holds(m, &f->src, ROLE_BIT(ROLE_NRF))) {		/* an NRF tells of a change (TS 29.510 5.2.2.6) */
		profiles(m, f, SBI_DISCOVERED, place_of(m, &f->dst), NULL);
	}
}
