/*
 * HTTP/1.0 and 1.1 in clear (RFC 9112), on any TCP port: a message begins with its request or status line.
 *   start line | fields, a line each | empty line | body: Content-Length octets, or chunks (7.1), or (responses) all that comes
 * A connection may go over to HTTP/2 (Upgrade: h2c); then http2.c reads it.
 */
#include "http2.h"

enum { HTTP_CONNS = 1 << 12, HTTP_ASKED = 4, TOLD = 8, HEAD_MAX = 32768, LINE_MAX_OCTETS = 8192 };
#define EVERYTHING UINT64_MAX

struct http_dir {
	uint64_t	skip, skip_after;	/* octets of a body that are passed over; those behind the unit that is waited for */
	bool		lost;
};

/* A request whose response is to come. */
struct http_asked { struct sbi_head request; uint32_t frame; bool head; };

struct http_conn {
	struct kept	kept;
	struct sender	from;		/* of direction 0 */
	bool		h2;
	uint8_t		told;			/* exchanges whose frames were said to belong together */
	struct http_dir	dir[2];
	struct http_asked asked[HTTP_ASKED];
	uint32_t	first, n;
};

struct http_state { struct kept_table conns; };

static int state_init(void *state, const struct hash_key *hk)
{
	struct http_state *s = state;

	return kept_init(&s->conns, sizeof(struct http_conn), HTTP_CONNS, NULL, hk);
}

static void state_free(void *state)
{
	struct http_state *s = state;

	kept_free(&s->conns, NULL);
}

static struct http_conn *conn_of(struct layers *l, const struct msg *m, unsigned *dir)
{
	struct http_state *s = layer_state(l, &proto_http);
	struct http_conn *c;
	bool made;

	c = kept_get(&s->conns, m->assoc, 0, &made, NULL);
	if (!c)
		return NULL;
	if (made)
		c->from = sender_of(m);
	*dir = sender_dir(&c->from, m);
	return c;
}

/* ---- lines ---- */

struct start {
	bool		response;
	unsigned	code;
	const uint8_t	*method, *target;
	size_t		 nmethod, ntarget;
};

static size_t line_of(const uint8_t *p, size_t n, size_t *with_end)
{
	const uint8_t *stop = memchr(p, '\n', n);
	size_t len = stop ? (size_t)(stop - p) : n;

	*with_end = stop ? len + 1 : n;
	return len && p[len - 1] == '\r' && stop ? len - 1 : len;
}

static bool version(const uint8_t *p, size_t n)
{
	return n >= 8 && !memcmp(p, "HTTP/1.", 7) && (p[7] == '0' || p[7] == '1');
}

/* The line is all there. */
static bool start_line(const uint8_t *p, size_t n, struct start *x)
{
	static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "CONNECT", "TRACE" };
	size_t k = 0;

	*x = (struct start){ 0 };
	if (version(p, n)) {
		if (n < 12 || p[8] != ' ' || (n > 12 && p[12] != ' '))
			return false;
		for (int i = 9; i < 12; i++) {
			if (p[i] < '0' || p[i] > '9')
				return false;
			x->code = 10 * x->code + p[i] - '0';
		}
		x->response = true;
		return x->code >= 100 && x->code < 600;
	}
	while (k < n && p[k] != ' ')
		k++;
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (strlen(methods[i]) == k && !memcmp(methods[i], p, k))
			x->nmethod = k;
	x->method = p;
	if (!x->nmethod || n < k + 1 + 1 + 9 || p[n - 9] != ' ' || !version(p + n - 8, 8))
		return false;
	x->target = p + k + 1;
	x->ntarget = n - k - 10;
	for (size_t i = 0; i < x->ntarget; i++)
		if ((x->target[i] && x->target[i] <= 32 && x->target[i] != '\t') || x->target[i] == 127)	/* a zero is what masks a token */
			return false;
	return true;		/* whatever it is: what is no path or URI was sent all the same */
}

/* Octets up to and with the empty line; 0: it is not there. */
static size_t head_length(const uint8_t *p, size_t n)
{
	size_t at = 0, len, all;

	while (at < n && memchr(p + at, '\n', n - at)) {
		len = line_of(p + at, n - at, &all);
		at += all;
		if (!len)
			return at;
	}
	return 0;
}

struct field { const uint8_t *name, *value; size_t nname, nvalue; };

/* The next field line; false: the empty line, or nothing that can be read. */
static bool next_field(const uint8_t **p, const uint8_t *end, struct field *f)
{
	size_t all, len = line_of(*p, (size_t)(end - *p), &all), k = 0;
	const uint8_t *line = *p;

	*p += all;
	if (!len)
		return false;
	while (k < len && line[k] != ':')
		k++;
	*f = (struct field){ line, line + k, k, 0 };
	if (k == len)
		return true;		/* no colon: a name that nobody knows */
	for (k++; k < len && (line[k] == ' ' || line[k] == '\t'); k++)
		;
	f->value = line + k;
	f->nvalue = len - k;
	return true;
}

/* ---- bodies ---- */

static int hex(uint8_t c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* One chunk (7.1): its data, and where the next one begins.  0: it is not all there (or no chunk: *bad). */
static size_t chunk(const uint8_t *p, size_t n, const uint8_t **data, size_t *len, bool *bad)
{
	size_t i = 0, all;

	*bad = false;
	for (*len = 0; i < n && hex(p[i]) >= 0; i++) {
		*len = *len << 4 | (size_t)hex(p[i]);
		if (*len > 1 << 24)
			break;
	}
	if (i < n && (!i || hex(p[i]) >= 0)) {
		*bad = true;
		return 0;
	}
	if (!memchr(p + i, '\n', n - i))
		return 0;
	(void)line_of(p + i, n - i, &all);
	i += all;
	*data = p + i;
	if (!*len)				/* the last one: fields may follow */
		return (all = head_length(p + i, n - i)) ? i + all : 0;
	if (n - i < *len + 2)
		return 0;
	return i + *len + 2;
}

/* All chunks; 0: not all there. */
static size_t chunks(const uint8_t *p, size_t n, bool *bad)
{
	size_t at = 0, len = 1, step;
	const uint8_t *data;

	while (len) {
		step = chunk(p + at, n - at, &data, &len, bad);
		if (!step)
			return 0;
		at += step;
	}
	return at;
}

enum body_is { BODY_NONE, BODY_LENGTH, BODY_CHUNKS, BODY_TO_END };

static enum body_is body_of(const struct http_conn *c, const struct start *x, const uint8_t *p, const uint8_t *end, uint64_t *length)
{
	bool chunked = false, given = false;
	struct field f;

	*length = 0;
	while (p < end && next_field(&p, end, &f)) {
		if (sbi_is(f.name, f.nname, "transfer-encoding") && f.nvalue >= 7)
			chunked = sbi_is(f.value + f.nvalue - 7, 7, "chunked");
		if (!sbi_is(f.name, f.nname, "content-length"))
			continue;
		given = true;
		*length = 0;
		for (size_t i = 0; i < f.nvalue && f.value[i] >= '0' && f.value[i] <= '9' && *length < 1ull << 40; i++)
			*length = 10 * *length + (uint64_t)(f.value[i] - '0');
	}
	if (x->response && (x->code < 200 || x->code == 204 || x->code == 304 || (c->n && c->asked[c->first].head)))
		return BODY_NONE;
	if (chunked)
		return BODY_CHUNKS;
	if (given)
		return *length ? BODY_LENGTH : BODY_NONE;
	return x->response ? BODY_TO_END : BODY_NONE;
}

/* ---- messages out of a stream ---- */

static const char FIRST[] = "GPDOHCT";	/* of methods, and of HTTP/1 */

static bool begins_here(const uint8_t *p, size_t n)
{
	size_t all, len;
	struct start x;

	if (n > LINE_MAX_OCTETS)
		n = LINE_MAX_OCTETS;
	if (!n || !memchr(FIRST, *p, sizeof(FIRST) - 1) || !memchr(p, '\n', n))
		return false;
	len = line_of(p, n, &all);
	return start_line(p, len, &x);
}

static enum stream_say out_of_step(struct http_dir *d)
{
	*d = (struct http_dir){ .lost = true };
	return STREAM_SKIP;
}

static enum stream_say message(const struct http_conn *c, struct http_dir *d, const uint8_t *p, size_t have, size_t *n)
{
	size_t head = head_length(p, have < HEAD_MAX ? have : HEAD_MAX), all;
	uint64_t length;
	struct start x;
	bool bad;

	if (!head && have < HEAD_MAX && (have < LINE_MAX_OCTETS || begins_here(p, have)) && !(memchr(p, '\n', have) && !begins_here(p, have)))
		return STREAM_MORE;
	if (!head || !start_line(p, line_of(p, head, &all), &x))
		return out_of_step(d);
	*n = head;
	switch (body_of(c, &x, p + all, p + head, &length)) {
	case BODY_NONE: break;
	case BODY_TO_END: d->skip_after = EVERYTHING; break;
	case BODY_LENGTH:
		*n = length < STREAM_MAX - head ? head + (size_t)length : STREAM_MAX;
		d->skip_after = head + length - *n;
		break;
	case BODY_CHUNKS:
		*n = head + chunks(p + head, have - head, &bad);
		if (*n == head) {
			if (!bad && have < STREAM_MAX)
				return STREAM_MORE;
			d->skip_after = EVERYTHING;	/* where it ends will not be found */
		} else if (*n > STREAM_MAX) {
			d->skip_after = *n - STREAM_MAX;
			*n = STREAM_MAX;
		}
		break;
	}
	return STREAM_UNIT;
}

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	size_t have = cur_left(&m->cur);
	const uint8_t *p = m->cur.p;
	struct http_conn *c;
	struct http_dir *d;
	unsigned dir;

	*n = have;
	c = conn_of(l, m, &dir);
	if (!c)
		return STREAM_STOP;
	if (c->h2 || (have >= 14 && !memcmp(p, "PRI * HTTP/2.0", 14))) {
		c->h2 = true;
		return proto_http2.stream(l, m, gap, n);
	}
	d = &c->dir[dir];
	if ((gap || d->lost || d->skip == EVERYTHING) && !begins_here(p, have))
		return out_of_step(d);
	if (gap || d->skip == EVERYTHING)
		*d = (struct http_dir){ 0 };
	d->lost = false;
	if (d->skip) {
		*n = d->skip < have ? (size_t)d->skip : have;
		d->skip -= *n;
		return STREAM_SKIP;
	}
	return message(c, d, p, have, n);
}

/* ---- one message ---- */

static const struct sbi_keys keys = { KEY_HTTP_method, KEY_HTTP_uri, KEY_HTTP_host, KEY_HTTP_code, KEY_HTTP_user_agent, KEY_HTTP_server, KEY_HTTP_location,
	KEY_HTTP_content_type };

static void put_words(struct layers *l, enum fact_key k, const uint8_t *p, size_t n)
{
	char *s = layer_mem(l, n);

	if (s && n)
		put_text(layer_put(l), k, memcpy(s, p, n), n);
}

static void fields(struct layers *l, struct sbi_head *h, const uint8_t **p, const uint8_t *end, bool *chunked)
{
	struct field f;
	const uint8_t *line = *p;

	for (; *p < end && next_field(p, end, &f); line = *p) {
		const uint8_t *behind = f.value + f.nvalue;

		layer_mark(l, line, (size_t)(f.value - line), MARK_SIGNALLING);
		layer_mark(l, behind, (size_t)(*p - behind), MARK_SIGNALLING);
		if (sbi_is(f.name, f.nname, "transfer-encoding") || sbi_is(f.name, f.nname, "content-length")) {
			layer_mark(l, f.value, f.nvalue, MARK_SIGNALLING);
			*chunked |= f.nvalue >= 7 && sbi_is(f.value + f.nvalue - 7, 7, "chunked");
		} else if (sbi_is(f.name, f.nname, "host")) {
			(void)sbi_authority(l, &keys, h, f.value, f.nvalue, true);
		} else {
			(void)sbi_header(l, &keys, h, sbi_name((const char *)f.name, f.nname), f.value, f.nvalue, true);
		}
	}
	layer_mark(l, line, (size_t)(*p - line), MARK_SIGNALLING);
}

/* The data of chunks, side by side. */
static struct cur joined(struct layers *l, const uint8_t *p, const uint8_t *end)
{
	uint8_t *mem = layer_mem(l, (size_t)(end - p) + 1);
	size_t n = 0, len = 1, step;
	const uint8_t *data;
	bool bad, cut = true;

	while (mem && p < end) {
		step = chunk(p, (size_t)(end - p), &data, &len, &bad);
		if (!step)
			break;
		if (!len) {
			layer_mark(l, p, step, MARK_SIGNALLING);
			cut = false;
			break;
		}
		layer_mark(l, p, (size_t)(data - p), MARK_SIGNALLING);
		memcpy(mem + n, data, len);
		if (layer_marks(l))
			marks_copied(layer_marks(l), mem + n, data, len);
		n += len;
		p += step;
		layer_mark(l, p - 2, 2, MARK_SIGNALLING);
	}
	return cur_make(mem, n, cut);
}

/* What a response means, its request says: so their frames belong together, where that shows who is who. */
static void together(struct layers *l, struct http_conn *c, const struct msg *m)
{
	const struct sbi_service *service = sbi_service(c->asked[c->first].request.service);
	uint32_t frames[2] = { c->asked[c->first].frame, m->pkt->no };
	struct msg both = *m;

	if (!service || frames[0] >= frames[1] || (strncmp(service->name, "nnrf-", 5) && c->told >= TOLD))
		return;
	if (c->told < TOLD)
		c->told++;
	both.frames = frames;
	both.nframes = 2;
	layer_pieces(l, &both);
}

static void ask(struct http_conn *c, const struct start *x, const struct sbi_head *request, uint32_t frame)
{
	if (c->n == HTTP_ASKED) {
		c->first = (c->first + 1) % HTTP_ASKED;
		c->n--;
	}
	c->asked[(c->first + c->n++) % HTTP_ASKED] = (struct http_asked){ *request, frame, x->nmethod == 4 && *x->method == 'H' };
}

static bool read_message(struct layers *l, const struct msg *m)
{
	const uint8_t *p = m->cur.p, *end = m->cur.end;
	struct sbi_head head = { 0 }, request = { 0 };
	struct cur body, c = m->cur;
	struct http_conn *conn;
	bool chunked = false;
	struct start x;
	struct fact *f;
	unsigned dir;
	size_t all;

	conn = conn_of(l, m, &dir);
	if (!conn)
		return false;
	if (conn->h2)
		return proto_http2.read(l, m);
	conn->dir[dir].skip = conn->dir[dir].skip_after;
	conn->dir[dir].skip_after = 0;
	if (!start_line(p, line_of(p, (size_t)(end - p), &all), &x))
		return false;
	f = layer_begin(l, m, FACT_HTTP);
	if (x.response) {
		layer_mark(l, p, all, MARK_SIGNALLING);
		put_uint(layer_put(l), keys.status, x.code);
		if (conn->n) {
			request = conn->asked[conn->first].request;
			sbi_operation(l, &request, true);
			together(l, conn, m);
		}
		if (conn->n && x.code >= 200) {
			conn->first = (conn->first + 1) % HTTP_ASKED;
			conn->n--;
		}
		conn->h2 |= x.code == 101;
	} else {
		layer_mark(l, p, (size_t)(x.target - p), MARK_SIGNALLING);
		layer_mark(l, x.target + x.ntarget, all - (size_t)(x.target + x.ntarget - p), MARK_SIGNALLING);
		put_words(l, keys.method, x.method, x.nmethod);
		(void)sbi_target(l, &keys, &head, x.method, x.nmethod, x.target, x.ntarget, true);
	}
	p += all;
	fields(l, &head, &p, end, &chunked);
	if (!x.response) {
		request = head;
		ask(conn, &x, &head, m->pkt->no);
	}
	body = chunked ? joined(l, p, end) : cur_make(p, (size_t)(end - p), c.cut || conn->dir[dir].skip);
	sbi_body(l, m, &body, &head, &request);
	c.p = end;
	if (c.cut)
		cur_refuse(&c, CUR_CUT);
	(void)layer_emit(l, f, &c, OUT_OK);
	return true;
}

static bool begins(const struct opening *o)
{
	return begins_here(o->p, o->n);
}

static bool cover(unsigned i, struct cover_row *row)
{
	static const struct cover_row rows[] = { { "message", 0, "Request", "RFC 9112 3" }, { "message", 1, "Response", "RFC 9112 4" } };

	if (i >= sizeof(rows) / sizeof(rows[0]))
		return false;
	*row = rows[i];
	return true;
}

const struct proto proto_http = {
	.name = "http", .title = "HTTP/1.1", .spec = "RFC 9112", .begins = begins, .first = FIRST, .nfirst = sizeof(FIRST) - 1, .personal = true, .kind = FACT_HTTP,
	.read = read_message, .stream = stream, .cover = cover, .state_size = sizeof(struct http_state), .state_init = state_init, .state_free = state_free,
};
