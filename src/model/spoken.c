/*
 * What two addresses were seen to speak on a port, where that says how protected or how managed something is; and what hosts said of
 * who made them, which becomes evidence of the element that holds the address, once all are known.
 */
#include "inside.h"

#include <stdio.h>

enum { EPHEMERAL = 32768, MSG_REPORT = 8, MSG_RESPONSE = 2, MSG_TRAP1 = 4, MSG_SET = 3, MSG_BULK = 5, CLIENT_HELLO = 1, SERVER_HELLO = 2 };
enum { CLEAR = SPOKE_TELNET | SPOKE_FTP | SPOKE_TFTP | SPOKE_SNMP_CLEAR | SPOKE_LDAP | SPOKE_LDAP_PASSWORD | SPOKE_SYSLOG | SPOKE_RADIUS |
	SPOKE_NETCONF };

static struct spoken_key key_of(uint32_t a, uint32_t b, uint8_t proto, uint16_t port)
{
	return (struct spoken_key){ .lo = a < b ? a : b, .hi = a < b ? b : a, .port = port, .proto = proto };
}

/* Which side of SSH or TLS the sender shows that he is. */
enum side { SIDE_UNSAID, SIDE_CLIENT, SIDE_SERVER };

static void note(struct model *m, const struct fact *f, uint32_t src, uint32_t dst, uint16_t port, uint32_t what, enum side side)
{
	struct spoken_key k = key_of(src, dst, f->transport, port);
	struct spoken *s;
	bool made;
	uint32_t i = table_take(&m->spoken, &k, &made);

	if (i == TABLE_NONE) {
		m->n.refused++;
		return;
	}
	m->spoken_ports[port / 64] |= 1ull << port % 64;
	if (what & SPOKE_MANAGEMENT)
		m->managed_ports[port / 64] |= 1ull << port % 64;
	s = table_at(&m->spoken, i);
	if (!(s->what & CLEAR) && what & CLEAR)
		s->clear = ground_of(f);
	s->what |= what;
	if (side != SIDE_UNSAID)
		s->client |= (src < dst) == (side == SIDE_CLIENT) ? 1 : 2;
}

/* Under the port that the contact has: the service's; when nothing tells which that is, under both. */
static void spoke_as(struct model *m, const struct fact *f, uint32_t what, enum side side)
{
	uint32_t src, dst;
	bool one = (f->sport < EPHEMERAL) != (f->dport < EPHEMERAL);

	if (f->decrypted)
		what &= ~(uint32_t)CLEAR;	/* nobody else reads it */
	if (!what || !f->src.fam)
		return;
	src = place_of(m, &f->src);
	dst = place_of(m, &f->dst);
	if (src == NONE || dst == NONE)
		return;			/* counted */
	if (one || f->sport == f->dport) {
		note(m, f, src, dst, f->sport < f->dport ? f->sport : f->dport, what, side);
		return;
	}
	note(m, f, src, dst, f->sport, what, side);
	note(m, f, src, dst, f->dport, what, side);
}

static void spoke(struct model *m, const struct fact *f, uint32_t what) { spoke_as(m, f, what, SIDE_UNSAID); }

void model_opened(struct model *m, const struct fact *f)
{
	const uint32_t key[2] = { f->input, f->frame };
	bool made;

	spoke(m, f, SPOKE_OPENED);
	(void)table_take(&m->opened, key, &made);
}

bool model_frame_opened(const struct model *m, uint32_t input, uint32_t frame)
{
	const uint32_t key[2] = { input, frame };

	return m->opened.refused || table_seek(&m->opened, key) != TABLE_NONE;
}

uint32_t model_spoke(const struct model *m, const struct addr *a, const struct addr *b, uint8_t protocol, uint16_t port, struct ground *clear)
{
	const struct spoken *s;
	struct spoken_key k;
	uint32_t x, y, i;

	if (!(m->spoken_ports[port / 64] >> port % 64 & 1))
		return 0;
	x = place_known(m, a);
	y = place_known(m, b);
	if (x == NONE || y == NONE)
		return 0;
	k = key_of(x, y, protocol, port);
	i = table_seek(&m->spoken, &k);
	if (i == TABLE_NONE)
		return 0;
	s = table_at(&m->spoken, i);
	if (clear)
		*clear = s->clear;
	return s->what;
}

enum call model_call_home(const struct model *m, const struct contact_rec *c)
{
	struct addr a = model_contact_end(m, c, false), b = model_contact_end(m, c, true);
	struct spoken_key k;
	uint32_t x, y, i, client;

	if (c->key.proto != 6 || c->key.port < NETCONF_CH_SSH || c->key.port > RESTCONF_CH_TLS || c->key.inner)
		return CALL_NOT;
	x = place_known(m, &a);
	y = place_known(m, &b);
	if (x == NONE || y == NONE || x == y || c->opened == OPENED_UNKNOWN)
		return CALL_UNSAID;
	k = key_of(x, y, 6, c->key.port);
	i = table_seek(&m->spoken, &k);
	client = i == TABLE_NONE ? 0 : ((const struct spoken *)table_at(&m->spoken, i))->client;
	if (client != 1 && client != 2)
		return CALL_UNSAID;
	return ((client == 1) == (x < y)) == (c->opened == OPENED_A) ? CALL_NOT : CALL_HOME;
}

/* ---- evidence ---- */

static void remark(struct model *m, const struct fact *f, const struct addr *at, enum fact_key said, const struct item *text)
{
	struct remark_key k = { .said = (uint16_t)said };
	struct remark *r;
	bool made;
	uint32_t i;

	if (!text || !text->len || !at->fam || addr_is_any(at) || addr_is_multicast(at))
		return;
	k.place = place_of(m, at);
	k.hash = hash_bytes(&m->cfg.hash, text->v.p, text->len);
	i = k.place == NONE ? (uint32_t)TABLE_NONE : table_take(&m->remarks, &k, &made);
	if (i == TABLE_NONE) {
		m->n.refused++;
		return;
	}
	if (!made)
		return;
	r = table_at(&m->remarks, i);
	r->len = (uint8_t)(text->len < REMARK_TEXT ? text->len : REMARK_TEXT);
	memcpy(r->text, text->v.p, r->len);
	r->ground = ground_of(f);
	r->t_ns = f->t_ns;
}

static void said(struct model *m, const struct fact *f, enum fact_key k)
{
	remark(m, f, &f->src, k, span_any(fact_span(f), k));
}

/* Of an address that elements share it is not known which of them speaks. */
void remarks_settle(struct model *m)
{
	for (uint32_t i = 0; i < m->remarks.high; i++) {
		const struct remark *r = table_at(&m->remarks, i);
		uint32_t holder = place_at(m, r->key.place)->holders;
		struct fact at = { .input = r->ground.input, .frame = r->ground.frame, .t_ns = r->t_ns };

		if (holder && !model_next_at(m, holder))
			element_evidence(m, model_holder(m, holder), (enum fact_key)r->key.said, r->text, r->len, &at);
	}
}

/* ---- protocols ---- */

static void snmp(struct model *m, const struct fact *f)
{
	struct span all = fact_span(f);
	uint64_t data = span_uint(all, KEY_SNMP_data, 99), maker = span_uint(all, KEY_SNMP_engine, 0);
	bool crypt = span_uint(all, KEY_SNMP_crypt, 0), auth = span_uint(all, KEY_SNMP_auth, 0);
	char text[12];

	if (!span_key(all, KEY_SNMP_msgVersion))
		spoke(m, f, SPOKE_SNMP_CLEAR);
	else if (crypt)
		spoke(m, f, SPOKE_SNMP_PRIVATE);
	else if (auth || data == MSG_RESPONSE || data == MSG_SET || (data >= MSG_BULK && data < MSG_REPORT))	/* others ask for the engine only */
		spoke(m, f, SPOKE_SNMP_CLEAR);
	if (data == MSG_RESPONSE) {
		said(m, f, KEY_SNMP_sysObjectID);
		said(m, f, KEY_SNMP_sysDescr);
	} else if (data == MSG_TRAP1) {
		said(m, f, KEY_SNMP_enterprise);
	}
	if (maker && (data == MSG_RESPONSE || data == MSG_REPORT)) {
		struct item i = { .v.p = (const uint8_t *)text, .len = (uint32_t)snprintf(text, sizeof(text), "%u", (unsigned)maker) };

		remark(m, f, &f->src, KEY_SNMP_engine, &i);
	}
}

static void ldap(struct model *m, const struct fact *f)
{
	static const char starttls[] = "1.3.6.1.4.1.1466.20037";
	const struct item *request = span_key(fact_span(f), KEY_LDAP_request);

	if (request && request->len == sizeof(starttls) - 1 && !memcmp(request->v.p, starttls, request->len))
		spoke(m, f, SPOKE_STARTTLS);
	else if (span_uint(fact_span(f), KEY_LDAP_password, 0))
		spoke(m, f, SPOKE_LDAP_PASSWORD);
	else if (span_uint(fact_span(f), KEY_LDAP_operation, 99) != 24)		/* what answers an extended request says nothing */
		spoke(m, f, SPOKE_LDAP);
}

static void ftp(struct model *m, const struct fact *f)
{
	const struct item *command = span_key(fact_span(f), KEY_FTP_command);

	spoke(m, f, command && command->len == 4 && !memcmp(command->v.p, "AUTH", 4) ? SPOKE_STARTTLS : SPOKE_FTP);
	said(m, f, KEY_FTP_greeting);
}

/* Cipher suites that cipher nothing (IANA's registry of TLS cipher suites; the last two are RFC 9150's, 0x001c and 0x0082 are older than it). */
static bool null_suite(uint64_t suite)
{
	static const uint16_t list[] = { 0x0000, 0x0001, 0x0002, 0x001c, 0x002c, 0x002d, 0x002e, 0x003b, 0x0082, 0x0083, 0x00b0, 0x00b1, 0x00b4, 0x00b5, 0x00b8,
		0x00b9, 0xc001, 0xc006, 0xc00b, 0xc010, 0xc015, 0xc039, 0xc03a, 0xc03b, 0xc0b4, 0xc0b5 };

	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if (list[i] == suite)
			return true;
	return false;
}

/* What a Server Hello in the fact chose: `ciphers`, or that nothing does; 0: there is none. */
static uint32_t chosen(const struct fact *f, enum fact_key suite, uint32_t ciphers)
{
	struct span s = fact_span(f), in;
	uint32_t what = 0;
	uint64_t id;

	while (span_group(&s, ITEM_NO_ID, &in, &id)) {
		const struct item *x = id == SERVER_HELLO ? span_key(in, suite) : NULL;

		if (x)
			what |= null_suite(x->v.u) ? (uint32_t)SPOKE_NULL_SUITE : ciphers;
	}
	return what;
}

static void dtls(struct model *m, const struct fact *f)
{
	spoke(m, f, (span_uint(fact_span(f), KEY_DTLS_ciphered, 0) ? SPOKE_DTLS_DATA : 0) | chosen(f, KEY_DTLS_suite, SPOKE_DTLS_SUITE));
	said(m, f, KEY_DTLS_subject);
}

/* A neighbour speaks of its own management address. */
static void neighbour(struct model *m, const struct fact *f, enum fact_key where, const enum fact_key *what, unsigned n)
{
	struct addr a;

	if (!span_addr(fact_span(f), where, &a))
		return;
	for (unsigned i = 0; i < n; i++)
		remark(m, f, &a, what[i], span_key(fact_span(f), what[i]));
}

/* ERSPAN's type I has no header of its own. */
static void gre(struct model *m, const struct fact *f)
{
	enum { ERSPAN_2 = 0x88be, ERSPAN_3 = 0x22eb };
	uint64_t carries = span_uint(fact_span(f), KEY_GRE_proto, 0);

	spoke(m, f, carries == ERSPAN_2 || carries == ERSPAN_3 ? SPOKE_ERSPAN : SPOKE_GRE);
}

/* Names among the key exchanges that only one of the sides says (RFC 8308 2.1; OpenSSH's PROTOCOL 1.10). */
static enum side ssh_side(const struct fact *f)
{
	static const struct { const char *name; enum side side; } rows[] = {
		{ "ext-info-c", SIDE_CLIENT }, { "ext-info-s", SIDE_SERVER }, { "kex-strict-c-v00@openssh.com", SIDE_CLIENT }, { "kex-strict-s-v00@openssh.com", SIDE_SERVER },
	};
	const struct item *kex = span_key(fact_span(f), KEY_SSH_kex);
	const char *p = kex ? (const char *)kex->v.p : NULL, *end = kex ? p + kex->len : NULL;

	while (p < end) {
		const char *comma = memchr(p, ',', (size_t)(end - p));
		size_t n = (size_t)((comma ? comma : end) - p);

		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			if (strlen(rows[i].name) == n && !memcmp(rows[i].name, p, n))
				return rows[i].side;
		p += n + (comma != NULL);
	}
	return SIDE_UNSAID;
}

/* Who says which hello. */
static enum side tls_side(const struct fact *f)
{
	struct span s = fact_span(f), in;
	uint64_t id;

	while (span_group(&s, ITEM_NO_ID, &in, &id))
		if (id == CLIENT_HELLO || id == SERVER_HELLO)
			return id == CLIENT_HELLO ? SIDE_CLIENT : SIDE_SERVER;
	return SIDE_UNSAID;
}

void model_speaks(struct model *m, const struct fact *f)
{
	static const enum fact_key lldp[] = { KEY_LLDP_description }, cdp[] = { KEY_CDP_software, KEY_CDP_platform };

	switch (f->kind) {
	case FACT_TLS:
		spoke_as(m, f, SPOKE_TLS | chosen(f, KEY_TLS_suite, 0), tls_side(f));
		said(m, f, KEY_TLS_subject);
		break;
	case FACT_DTLS: dtls(m, f); break;
	case FACT_ISAKMP:
		spoke(m, f, SPOKE_IKE);
		said(m, f, KEY_IKE_vid_text);
		break;
	case FACT_ESP: spoke(m, f, SPOKE_ESP | (span_uint(fact_span(f), KEY_ESP_null, 0) ? SPOKE_ESP_NULL : 0)); break;
	case FACT_AH: spoke(m, f, SPOKE_AH); break;
	case FACT_SSH:
		spoke_as(m, f, SPOKE_SSH, ssh_side(f));
		said(m, f, KEY_SSH_protocol);
		break;
	case FACT_TELNET: spoke(m, f, SPOKE_TELNET); break;
	case FACT_FTP: ftp(m, f); break;
	case FACT_TFTP: spoke(m, f, SPOKE_TFTP); break;
	case FACT_SNMP: snmp(m, f); break;
	case FACT_LDAP: ldap(m, f); break;
	case FACT_SYSLOG: spoke(m, f, SPOKE_SYSLOG); break;
	case FACT_RADIUS: spoke(m, f, SPOKE_RADIUS); break;
	case FACT_NETCONF: spoke(m, f, SPOKE_NETCONF); break;
	case FACT_VXLAN: spoke(m, f, SPOKE_VXLAN); break;
	case FACT_GENEVE: spoke(m, f, SPOKE_GENEVE); break;
	case FACT_GRE: gre(m, f); break;
	case FACT_IPIP: spoke(m, f, SPOKE_IPIP); break;
	case FACT_TZSP: spoke(m, f, SPOKE_TZSP); break;
	case FACT_LLDP: neighbour(m, f, KEY_LLDP_ip4, lldp, 1); break;
	case FACT_CDP: neighbour(m, f, KEY_CDP_address, cdp, 2); break;
	default: break;
	}
}
