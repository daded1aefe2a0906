/*
 * TLS connections whose secrets somebody was given: from the hellos to the octets under the cipher.  TLS 1.3 (RFC 8446) is under its
 * handshake secrets from the Server Hello on and under its traffic secrets from each side's Finished on; TLS 1.2 (RFC 5246) from each
 * side's Change Cipher Spec on.  The number of a record is counted, so where something of a direction is missing nothing more of
 * it is read; that is counted, and never tried.
 */
#include "tls_inside.h"

#include "http2.h"

enum { HEAD = 5, CONNS = 1 << 12, WAIT_MAX = 32768 };
enum { FINISHED = 20, KEY_UPDATE = 24, EXT_ALPN = 16, EXT_ETM = 22, EXT_EARLY_DATA = 42, EXT_VERSIONS = 43 };
/*
 * SHAKING: under the handshake secret of TLS 1.3; LOST: under a cipher that is not opened (any more); HOPELESS: in clear, and over
 * when it is not.
 */
enum state { CLEAR, SHAKING, OPEN, LOST, HOPELESS };

struct tls_dir {
	uint8_t		state;		/* enum state */
	struct tls_keys	keys;
	uint8_t		secret[SECRET_MAX];	/* of TLS 1.3, which the next one comes from */
	struct inner_stream	handshake, data;
};

/* What two hellos agree on.  has: the client's was seen, the server's; over: a direction went over to it.  random: theirs. */
struct agreed { bool has[2], over[2], etm; uint8_t random[2][32]; const struct tls_suite *suite; };

struct tls_conn {
	struct kept	kept;
	struct sender	from;		/* of direction 0 */
	bool		retry, retried, tls13, early, counted, faulted;	/* retry: the client is to say hello again; retried: it was to */
	uint8_t		client;		/* the direction that the client sends in */
	struct agreed	now, next;	/* next: of another handshake under the cipher of this one (TLS 1.2), which each side goes over to by its own Change Cipher Spec */
	const struct proto *inner;	/* what is spoken under the cipher; NULL: not known so far */
	struct tls_dir	dir[2];
	uint64_t	aligned[];	/* records are whole words */
};

int tls_state_init(void *state, const struct hash_key *hk)
{
	((struct tls_state *)state)->hk = *hk;
	return 0;
}

static void forget_dir(struct layers *l, struct tls_dir *d)
{
	explicit_bzero(&d->keys, sizeof(d->keys));
	explicit_bzero(d->secret, sizeof(d->secret));
	if (l) {
		layer_inner_drop(l, &d->handshake);
		layer_inner_drop(l, &d->data);
	}
}

static struct fw_tls *counts(struct layers *l)
{
	return &((struct tls_state *)layer_state(l, &proto_tls))->n;
}

/* l: NULL at the end. */
static void conn_drop(void *l, void *record)
{
	struct tls_conn *c = record;

	for (int dir = 0; dir < 2; dir++)
		forget_dir(l, &c->dir[dir]);
	if (l)
		counts(l)->refused++;
}

void tls_state_free(void *state)
{
	struct tls_state *s = state;

	if (s->conns.t.rec)
		kept_free(&s->conns, NULL);
}

void tls_stats(const struct layers *l, struct fw_tls *out)
{
	*out = ((const struct tls_state *)layer_state(l, &proto_tls))->n;
}

/* ---- connections ---- */

static unsigned direction(const struct tls_conn *c, const struct msg *m)
{
	return sender_dir(&c->from, m);
}

static struct tls_conn *conn_find(struct layers *l, const struct msg *m)
{
	struct tls_state *s = layer_state(l, &proto_tls);

	return s->conns.t.rec ? kept_find(&s->conns, m->assoc, 0) : NULL;
}

/* NULL: no room. */
static struct tls_conn *conn_make(struct layers *l, const struct msg *m)
{
	struct tls_state *s = layer_state(l, &proto_tls);
	struct tls_conn *c;
	bool made;

	if (!s->conns.t.rec && kept_init(&s->conns, sizeof(*c), CONNS, conn_drop, &s->hk)) {
		s->conns = (struct kept_table){ 0 };
		return NULL;
	}
	c = kept_get(&s->conns, m->assoc, 0, &made, l);
	if (!c)
		return NULL;
	if (made) {
		c->from = sender_of(m);
		s->n.connections++;
	}
	return c;
}

/* Another connection between the same ports. */
static void conn_again(struct layers *l, struct tls_conn *c)
{
	struct tls_state *s = layer_state(l, &proto_tls);

	for (int dir = 0; dir < 2; dir++) {
		forget_dir(l, &c->dir[dir]);
		c->dir[dir] = (struct tls_dir){ .state = CLEAR };
	}
	c->retry = c->retried = c->tls13 = c->early = c->counted = c->faulted = false;
	c->now = c->next = (struct agreed){ .suite = NULL };
	c->inner = NULL;
	s->n.connections++;
}

/* Of a connection the first trouble is counted. */
static void note(struct tls_conn *c, uint64_t *why)
{
	*why += !c->faulted;
	c->faulted = true;
}

static void lose(struct layers *l, struct tls_conn *c, unsigned dir, uint64_t *why)
{
	c->dir[dir].state = c->dir[dir].state == CLEAR || c->dir[dir].state == HOPELESS ? HOPELESS : LOST;
	forget_dir(l, &c->dir[dir]);
	note(c, why);
}

/* The machine's: what would have been read is not known, so the run has to say that it failed. */
static void trouble(struct layers *l, struct tls_conn *c, unsigned dir)
{
	layer_trouble(l);
	lose(l, c, dir, &counts(l)->refused);
}

static void lose_both(struct layers *l, struct tls_conn *c, uint64_t *why)
{
	lose(l, c, 0, why);
	lose(l, c, 1, why);
}

bool tls_inside_13(struct layers *l, const struct msg *m)
{
	const struct tls_conn *c = conn_find(l, m);

	return c && c->tls13;
}

/* ---- what the handshake says ---- */

/* The value of an extension; false: it is not there, or the list is not whole (then c says so). */
static bool extension(struct cur *c, uint16_t want, struct cur *value)
{
	struct cur all = *c;

	if (!cur_left(&all))
		return false;
	all = cur_sub(&all, cur_u16(&all));
	while (all.why == CUR_OK && cur_left(&all)) {
		uint16_t type = cur_u16(&all);
		struct cur v = cur_sub(&all, cur_u16(&all));

		cur_refuse(&all, v.why);
		if (all.why == CUR_OK && type == want) {
			*value = v;
			return true;
		}
	}
	cur_refuse(c, all.why);
	return false;
}

/* The one that was chosen (RFC 7301 3.1). */
static void chosen(struct tls_conn *c, struct cur *exts)
{
	struct cur v, list, name;

	if (!extension(exts, EXT_ALPN, &v))
		return;
	list = cur_sub(&v, cur_u16(&v));
	name = cur_sub(&list, cur_u8(&list));
	if (list.why != CUR_OK || name.why != CUR_OK)
		return;
	if (cur_left(&name) == 2 && !memcmp(name.p, "h2", 2))
		c->inner = &proto_http2;
	else if (cur_left(&name) == 8 && !memcmp(name.p, "http/1.", 7))
		c->inner = &proto_http;
}

/* Version, random and session id of a hello, which is left behind them. */
static const uint8_t *random_of(struct cur *c, uint16_t *version)
{
	const uint8_t *random;

	*version = cur_u16(c);
	random = cur_take(c, 32);
	(void)cur_take(c, cur_u8(c));
	return random;
}

static void client_hello(struct layers *l, const struct msg *m, struct cur body)
{
	struct tls_conn *c = conn_find(l, m);
	uint16_t version;
	const uint8_t *random = random_of(&body, &version);
	struct cur v;

	if (c && c->retry) {		/* the same hello again, as it was asked for (RFC 8446 4.1.2) */
		c->retry = false;
		return;
	}
	if (c)
		conn_again(l, c);
	else
		c = conn_make(l, m);
	if (!c || !random)
		return;
	(void)cur_take(&body, cur_u16(&body));
	(void)cur_take(&body, cur_u8(&body));
	c->early = extension(&body, EXT_EARLY_DATA, &v);
	c->client = (uint8_t)direction(c, m);
	memcpy(c->now.random[0], random, 32);
	c->now.has[0] = true;
}

/* The keys of TLS 1.3, from the secrets of both sides. */
static void from_secret(struct layers *l, struct tls_conn *c, unsigned dir, enum secret_kind which, enum state then)
{
	const struct secrets *x = layer_secrets(l);
	struct tls_dir *d = &c->dir[dir];

	if (x->find(x->ctx, which, c->now.random[0], d->secret) != c->now.suite->hash)
		lose(l, c, dir, &counts(l)->no_secret);
	else if (!tls_keys_13(&d->keys, layer_ciphers(l), c->now.suite, d->secret))
		trouble(l, c, dir);
	else
		d->state = (uint8_t)then;
}

static void server_hello(struct layers *l, const struct msg *m, struct cur body)
{
	/* a Hello Retry Request (RFC 8446 4.1.3) */
	static const uint8_t retry[32] = { 0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
		0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c };
	struct tls_conn *c = conn_make(l, m);
	uint16_t version, suite;
	const uint8_t *random = random_of(&body, &version);
	struct cur v;

	if (!c || c->now.has[1] || c->dir[0].state != CLEAR || c->dir[1].state != CLEAR)
		return;
	suite = cur_u16(&body);
	(void)cur_u8(&body);
	if (extension(&body, EXT_VERSIONS, &v))
		version = cur_u16(&v);
	c->now.etm = extension(&body, EXT_ETM, &v);
	if (!c->now.has[0] || !random || body.why != CUR_OK || direction(c, m) == c->client) {
		lose_both(l, c, &counts(l)->incomplete);
		return;
	}
	c->retry = !memcmp(random, retry, 32);
	c->retried |= c->retry;
	if (c->retry)
		return;
	memcpy(c->now.random[1], random, 32);
	c->now.has[1] = true;
	c->tls13 = version == 0x0304;
	c->now.suite = tls_suite_find(suite);
	if (!c->now.suite || version < 0x0303 || (suite >> 8 == 0x13) != c->tls13) {
		lose_both(l, c, &counts(l)->cipher);
		return;
	}
	if (!c->tls13) {
		chosen(c, &body);
		return;
	}
	from_secret(l, c, !c->client, SECRET_SERVER_HANDSHAKE, SHAKING);
	from_secret(l, c, c->client, SECRET_CLIENT_HANDSHAKE, SHAKING);
}

/* Hellos under the cipher of TLS 1.2: both sides go over to what they say (RFC 5246 7.4.1.1), not all at once. */
static void hello_again(struct tls_conn *c, unsigned dir, uint8_t type, struct cur body)
{
	unsigned server = type == TLS_SERVER_HELLO;
	uint16_t version;
	const uint8_t *random = random_of(&body, &version);
	struct cur v;

	if ((dir != c->client) != server || (server && !c->next.has[0]))
		return;
	if (!server)
		c->next = (struct agreed){ .suite = NULL };
	if (!random || version != 0x0303)
		return;
	memcpy(c->next.random[server], random, 32);
	if (server) {
		c->next.suite = tls_suite_find(cur_u16(&body));
		(void)cur_u8(&body);
		c->next.etm = extension(&body, EXT_ETM, &v);
	}
	c->next.has[server] = body.why == CUR_OK;
}

void tls_inside_message(struct layers *l, const struct msg *m, uint8_t type, struct cur body)
{
	struct tls_conn *c;
	struct tls_dir *d;
	unsigned dir;

	if (!m->decrypted && type == TLS_CLIENT_HELLO)
		client_hello(l, m, body);
	else if (!m->decrypted && type == TLS_SERVER_HELLO)
		server_hello(l, m, body);
	c = m->decrypted ? conn_find(l, m) : NULL;
	if (!c)
		return;
	dir = direction(c, m);
	d = &c->dir[dir];
	if (!c->tls13) {
		if (type == TLS_CLIENT_HELLO || type == TLS_SERVER_HELLO)
			hello_again(c, dir, type, body);
		return;
	}
	if (type == TLS_ENCRYPTED_EXTENSIONS && dir != c->client) {
		chosen(c, &body);
	} else if (type == FINISHED && d->state == SHAKING) {
		from_secret(l, c, dir, dir == c->client ? SECRET_CLIENT_TRAFFIC : SECRET_SERVER_TRAFFIC, OPEN);
	} else if (type == KEY_UPDATE && d->state == OPEN) {
		if (!tls_secret_next(layer_ciphers(l), c->now.suite, d->secret) || !tls_keys_13(&d->keys, layer_ciphers(l), c->now.suite, d->secret))
			trouble(l, c, dir);
	}
}

/* ---- handshake messages under the cipher: a fact each ---- */

static enum stream_say handshake_stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	struct cur c = m->cur;
	uint32_t len;

	(void)l;
	*n = cur_left(&c);
	if (gap)
		return STREAM_STOP;
	if (*n < 4)
		return STREAM_MORE;
	(void)cur_u8(&c);
	len = cur_u24(&c);
	*n = (size_t)len + 4;
	return STREAM_UNIT;
}

static const struct proto proto_handshake = { .name = "tls", .kind = FACT_TLS, .read = tls_handshake, .stream = handshake_stream };

/* ---- records ---- */

static bool record_head(const uint8_t *p, uint32_t *len)
{
	*len = (uint32_t)p[3] << 8 | p[4];
	return tls_front(p, 3) && *len && *len <= (1 << 14) + 2048;
}

/* What the client sends can be read only once the server's answer was captured, which another tap may bring later. */
static bool waits(const struct tls_conn *c, unsigned dir)
{
	return c->now.has[0] && !c->now.has[1] && dir == c->client;
}

/* A Change Cipher Spec behind a Hello Retry Request, which changes nothing (RFC 8446 D.4). */
static bool means_nothing(const struct tls_conn *c, unsigned dir)
{
	return c->retried && !c->now.has[1] && dir != c->client;
}

bool tls_inside_stream(struct layers *l, const struct msg *m, bool gap, size_t *n, enum stream_say *say)
{
	struct tls_conn *c = conn_find(l, m);
	size_t have = cur_left(&m->cur);
	const uint8_t *p = m->cur.p;
	unsigned dir;
	uint32_t len;
	bool head;

	if (!c || have < HEAD)
		return false;
	dir = direction(c, m);
	*n = have;
	*say = STREAM_STOP;
	if (p[0] == TLS_HANDSHAKE && c->dir[dir].state != CLEAR && c->dir[dir].state != HOPELESS) {
		*say = STREAM_MORE;
		if (have < HEAD + 6)
			return true;
		*say = STREAM_STOP;
		if (tls_hello(p, have) && p[HEAD] == TLS_CLIENT_HELLO)	/* another connection between the same ports */
			return false;
	}
	head = record_head(p, &len);
	switch ((enum state)c->dir[dir].state) {
	case CLEAR:
		if (!head || (p[0] != TLS_DATA && p[0] != TLS_CCS))
			return false;
		if (waits(c, dir) && p[0] == TLS_CCS && len == 1 && have > HEAD && tls_hello(p + HEAD + 1, have - HEAD - 1)) {
			*n = HEAD + 1;		/* the second hello, which a Hello Retry Request asked for (RFC 8446 D.4) */
			*say = STREAM_UNIT;
		} else if (waits(c, dir) && have < WAIT_MAX) {
			*say = STREAM_MORE;
		} else if (p[0] == TLS_CCS && len == 1 && c->now.has[0] && (c->now.has[1] || means_nothing(c, dir))) {
			*n = HEAD + len;
			*say = STREAM_UNIT;
		} else {
			lose(l, c, dir, &counts(l)->incomplete);
		}
		break;
	case SHAKING:
	case OPEN:
		if (gap || !head) {
			lose(l, c, dir, &counts(l)->incomplete);
			break;
		}
		*n = HEAD + len;
		*say = STREAM_UNIT;
		break;
	case LOST: break;
	case HOPELESS: return false;
	}
	return true;
}

/* TLS 1.2: from here on this side uses the keys of the master secret that goes with what was agreed. */
static void cipher_begins(struct layers *l, struct tls_conn *c, unsigned dir, const struct agreed *a)
{
	const struct secrets *x = layer_secrets(l);
	uint8_t master[SECRET_MAX];
	struct tls_dir *d = &c->dir[dir];

	if (x->find(x->ctx, SECRET_MASTER, a->random[0], master) != SECRET_MAX)
		lose_both(l, c, &counts(l)->no_secret);
	else if (!tls_keys_12(&d->keys, layer_ciphers(l), a->suite, master, a->random[0], a->random[1], dir != c->client))
		trouble(l, c, dir);
	else
		d->state = OPEN;
	d->keys.etm = a->etm;
	explicit_bzero(master, sizeof(master));
}

static bool on_data(struct layers *l, struct tls_conn *c, struct tls_dir *d, const struct msg *m, const uint8_t *p, size_t n)
{
	const struct opening o = { p, (uint32_t)n, (uint32_t)n, m->pkt };

	if (!n)
		return true;
	if (!c->inner) {
		c->inner = layer_begins(l, &o);
		if (c->inner == &proto_tls)
			c->inner = NULL;
	}
	if (!c->inner) {
		d->data.read.gap = true;
		return false;
	}
	d->data.proto = c->inner;
	layer_inner(l, &d->data, m, p, n);
	return true;
}

static bool on_content(struct layers *l, struct tls_conn *c, unsigned dir, const struct msg *m, uint8_t type, const uint8_t *p, size_t n)
{
	struct tls_dir *d = &c->dir[dir];
	struct msg in = *m;

	switch (type) {
	case TLS_HANDSHAKE:
		d->handshake.proto = &proto_handshake;
		layer_inner(l, &d->handshake, m, p, n);
		return true;
	case TLS_ALERT:
		in.decrypted = true;
		tls_alert(l, &in, cur_make(p, n, false));
		return true;
	case TLS_DATA:
		if (d->state == OPEN)
			return on_data(l, c, d, m, p, n);
		break;
	case TLS_CCS:
		if (c->tls13 || n != 1 || !c->next.has[0] || !c->next.has[1] || c->next.over[dir])
			break;
		c->next.over[dir] = true;
		if (!c->next.suite) {
			lose(l, c, dir, &counts(l)->cipher);
			return false;
		}
		cipher_begins(l, c, dir, &c->next);
		return d->state == OPEN;
	default: break;
	}
	lose(l, c, dir, &counts(l)->other);
	return false;
}

static bool under_cipher(struct layers *l, struct tls_conn *c, unsigned dir, const struct msg *m)
{
	const uint8_t *p = m->cur.p;
	struct tls_dir *d = &c->dir[dir];
	size_t n;
	uint32_t len;
	uint8_t *out, type;

	if (!record_head(p, &len) || cur_left(&m->cur) != HEAD + len) {		/* the capture lacks the rest */
		lose(l, c, dir, &counts(l)->incomplete);
		return false;
	}
	if (c->tls13 && p[0] == TLS_CCS)		/* means nothing (RFC 8446 5) */
		return true;
	if (c->tls13 && p[0] != TLS_DATA) {
		lose(l, c, dir, &counts(l)->other);
		return false;
	}
	out = layer_mem(l, len);
	if (!out) {
		lose(l, c, dir, &counts(l)->refused);
		return false;
	}
	n = tls_record_open(&d->keys, layer_ciphers(l), p, HEAD + len, out, &type);
	if (d->keys.trouble) {
		trouble(l, c, dir);
		return false;
	}
	if (n == SIZE_MAX && c->early && dir == c->client && d->state == SHAKING && !d->keys.seq) {
		note(c, &counts(l)->other);	/* early data (RFC 8446 4.2.10), which a secret of its own protects: the Finished behind it is not */
		return false;
	}
	if (n == SIZE_MAX) {
		lose(l, c, dir, &counts(l)->failed);
		return false;
	}
	counts(l)->records++;
	counts(l)->decrypted += !c->counted;
	c->counted = true;
	c->kept.used = true;
	return on_content(l, c, dir, m, type, out, n);
}

bool tls_inside_record(struct layers *l, const struct msg *m, bool *read)
{
	struct tls_conn *c = conn_find(l, m);
	const uint8_t *p = m->cur.p;
	size_t have = cur_left(&m->cur);
	unsigned dir;

	if (!c || have < HEAD || (tls_hello(p, have) && p[HEAD] == TLS_CLIENT_HELLO))
		return false;
	dir = direction(c, m);
	*read = false;
	switch ((enum state)c->dir[dir].state) {
	case CLEAR:
		if (p[0] == TLS_CCS && c->now.has[1] && !c->tls13)
			cipher_begins(l, c, dir, &c->now);
		else if (p[0] == TLS_CCS && (waits(c, dir) || means_nothing(c, dir)))
			return false;
		else if (p[0] == TLS_DATA || p[0] == TLS_CCS)
			lose(l, c, dir, &counts(l)->incomplete);
		else
			return false;
		*read = c->dir[dir].state == OPEN;
		return true;
	case SHAKING:
	case OPEN:
		if (c->tls13 && p[0] == TLS_ALERT && have == HEAD + 2)	/* who has no keys yet says so in clear */
			return false;
		*read = under_cipher(l, c, dir, m);
		return true;
	case LOST: return true;
	case HOPELESS: return false;
	}
	return true;
}
