/*
 * HTTP/2 in clear (RFC 9113), on any TCP port: by its preface, or by what its frames look like (http2_shape.c).
 *   length(3) type(1) flags(1) R stream(31 bits) | payload
 * A fact a frame.  Header fields are in the fact of the frame that ended their block, a body's members in that which ended
 * the body.  Header tables are http2_hpack.c, streams http2_state.c, what it means to the 5G core sbi.c.
 */
#include "http2.h"

static const char preface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

static const struct sbi_keys keys = { KEY_HTTP2_method, KEY_HTTP2_path, KEY_HTTP2_authority, KEY_HTTP2_status, KEY_HTTP2_user_agent, KEY_HTTP2_server,
	KEY_HTTP2_location, KEY_HTTP2_content_type };

static const struct cover_row understood[] = {
	{ "frame", H2_DATA, "DATA", "RFC 9113 6.1" }, { "frame", H2_HEADERS, "HEADERS", "RFC 9113 6.2" },
	{ "frame", H2_RST_STREAM, "RST_STREAM", "RFC 9113 6.4" }, { "frame", H2_SETTINGS, "SETTINGS", "RFC 9113 6.5" },
	{ "frame", H2_PUSH_PROMISE, "PUSH_PROMISE", "RFC 9113 6.6" }, { "frame", H2_GOAWAY, "GOAWAY", "RFC 9113 6.8" },
	{ "frame", H2_CONTINUATION, "CONTINUATION", "RFC 9113 6.10" },
};
enum { UNDERSTOOD = sizeof(understood) / sizeof(understood[0]) };

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= UNDERSTOOD)
		return sbi_cover(i - UNDERSTOOD, row);
	*row = understood[i];
	return true;
}

/* ---- frames out of a stream ---- */

static void out_of_step(struct h2_state *s, struct h2_dir *d, bool whole)
{
	hpack_start(&d->table, whole);
	h2_drop(s, &d->block);
	d->open = false;
	d->lost = !whole;
	d->gaps++;
}

/* What has a length of its own has to be of that length (RFC 9113 6). */
static bool length_fits(uint8_t type, uint32_t len)
{
	switch (type) {
	case H2_PRIORITY: return len == 5;
	case H2_RST_STREAM:
	case H2_WINDOW_UPDATE: return len == 4;
	case H2_SETTINGS: return len % 6 == 0;
	case H2_PING: return len == 8;
	case H2_GOAWAY: return len >= 8;
	default: return true;
	}
}

/* A frame that is too long to be kept is passed over: what it was for is lost. */
static void passed_over(struct h2_state *s, struct h2_dir *d, uint8_t type)
{
	if (type == H2_DATA)
		d->gaps++;
	else if (type == H2_HEADERS || type == H2_CONTINUATION || type == H2_PUSH_PROMISE)
		out_of_step(s, d, false);
	d->lost = false;
}

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	struct h2_state *s = layer_state(l, &proto_http2);
	struct cur c = m->cur;
	size_t have = cur_left(&c);
	const uint8_t *p = c.p;
	struct h2_conn *conn;
	struct h2_dir *d;
	unsigned dir;
	uint32_t len;
	uint8_t type;

	*n = have;
	conn = h2_conn_of(s, m, &dir);
	if (!conn)
		return STREAM_STOP;
	d = &conn->dir[dir];
	if (have > 3 && p[3] == H2_HEADERS)
		hpack_table_prefetch(&d->table.table);
	if (have && *p == 'P' && !memcmp(p, preface, have < H2_PREFACE ? have : H2_PREFACE)) {
		*n = H2_PREFACE;
		return have < H2_PREFACE ? STREAM_MORE : STREAM_UNIT;
	}
	if (gap && !d->lost)	/* a server's first frame is its SETTINGS (3.4): then all of it is there */
		out_of_step(s, d, !d->started && conn->preface && !conn->dir[!dir].lost && have >= H2_HEAD && p[3] == H2_SETTINGS && !(p[4] & H2_ACK));
	if (d->lost && !h2_shape(p, have, have, false))
		return STREAM_SKIP;
	if (have < H2_HEAD)
		return STREAM_MORE;
	d->lost = false;
	len = cur_u24(&c);
	type = cur_u8(&c);
	if (!length_fits(type, len)) {
		out_of_step(s, d, false);
		return STREAM_SKIP;
	}
	*n = (size_t)H2_HEAD + len;
	if (*n > STREAM_MAX)
		passed_over(s, d, type);
	return STREAM_UNIT;
}

/* ---- header fields ---- */

struct fields {
	struct layers	*l;
	struct sbi_head	*h;
	const uint8_t	*last;		/* what of the block was claimed ends here */
	const uint8_t	*method, *path;
	size_t		 nmethod, npath;
	const uint8_t	*path_string, *path_end;	/* where the path stands in the block, or NULL */
	bool		 path_coded, path_masked, request, response;
	uint64_t	 unknown;
	unsigned	 status;
};

static void method(struct fields *x, const struct hpack_field *f)
{
	struct layers *l = x->l;

	x->method = layer_copy(l, f->value, f->nvalue);
	x->nmethod = x->method ? f->nvalue : 0;
	put_text(layer_put(l), keys.method, (const char *)x->method, x->nmethod);
	x->request = true;
}

static void path(struct fields *x, const struct hpack_field *f)
{
	x->path = layer_copy(x->l, f->value, f->nvalue);
	x->npath = x->path ? f->nvalue : 0;
	x->path_string = f->string;
	x->path_end = f->end;
	x->path_coded = f->huffman;
	x->path_masked = f->masked;
	x->request = true;
}

static void status(struct fields *x, const struct hpack_field *f)
{
	x->response = true;
	for (size_t i = 0; i < f->nvalue && f->nvalue <= 3; i++)
		x->status = 10 * x->status + (f->value[i] >= '0' && f->value[i] <= '9' ? (unsigned)(f->value[i] - '0') : 0u);
	x->h->status = (uint16_t)x->status;
	put_uint(layer_put(x->l), keys.status, x->status);
}

/* What the octets of a field's value are, when they are not marked yet; *done: they are. */
static enum mark value_of(struct fields *x, const struct hpack_field *f, bool *done)
{
	const uint8_t *value;

	if (f->what == H2_PATH) {
		path(x, f);
		return MARK_UNREAD;
	}
	if (!f->what || f->masked)
		return MARK_UNREAD;
	switch (f->what) {
	case H2_METHOD: method(x, f); return MARK_SIGNALLING;
	case H2_STATUS: status(x, f); return MARK_SIGNALLING;
	case H2_OTHER_PSEUDO: return MARK_SIGNALLING;
	default: break;
	}
	*done = f->string && !f->huffman && f->what != H2_AUTHORITY;
	value = *done ? f->string : layer_copy(x->l, f->value, f->nvalue);	/* the next field may take its place */
	if (!value)
		return MARK_UNREAD;
	if (f->what == H2_AUTHORITY)
		return sbi_authority(x->l, &keys, x->h, value, f->nvalue, false);
	return sbi_header(x->l, &keys, x->h, (enum sbi_name)f->what, value, f->nvalue, *done);
}

static void each_field(void *ctx, const struct hpack_field *f)
{
	struct fields *x = ctx;
	enum mark as;
	bool done = false;

	layer_mark(x->l, x->last, (size_t)((f->string ? f->string : f->end) - x->last), MARK_SIGNALLING);
	x->last = f->end;
	if (f->unknown) {
		x->unknown++;
		return;
	}
	as = value_of(x, f, &done);
	if (f->string && !done && as != MARK_UNREAD)
		layer_mark(x->l, f->string, (size_t)(f->end - f->string), as);
}

/* Of a coded path that holds an identity stays in evidence what precedes it: the octets whose letters end before the identity does begin. */
static void mark_front(struct fields *x, const struct hpack_desk *desk)
{
	size_t n = (size_t)(x->path_end - x->path_string), keep = 0, whole;
	uint8_t out[HPACK_PREFIX];

	if (!layer_marks(x->l))
		return;
	if (x->path_masked) {		/* it was done before */
		for (keep = n; keep && !x->path_string[keep - 1]; keep--)
			;
	} else {
		whole = sbi_before_identity(x->path, x->npath);
		while (keep < n && hpack_prefix(desk, x->path_string, keep + 1, out) < whole)
			keep++;
	}
	layer_mark(x->l, x->path_string, n, MARK_IDENTITY);
	layer_mark(x->l, x->path_string, keep, MARK_SIGNALLING);
}

static void target(struct fields *x, const struct hpack_desk *desk)
{
	bool plain = x->path_string && !x->path_coded;

	if (!x->path)
		return;
	if (plain) {
		(void)sbi_target(x->l, &keys, x->h, x->method, x->nmethod, x->path_string, x->npath, true);
	} else if (x->path_masked || sbi_hidden(x->l, x->path, x->npath)) {	/* the front of it is all there is, or will be */
		if (x->path_string)
			sbi_service_only(x->l, x->h, x->path, x->npath);
		if (x->path_string)
			mark_front(x, desk);
	} else {
		(void)sbi_target(x->l, &keys, x->h, x->method, x->nmethod, x->path, x->npath, false);
		if (x->path_string)
			layer_mark(x->l, x->path_string, (size_t)(x->path_end - x->path_string), MARK_SIGNALLING);
	}
}

/* One frame as it is read. */
struct frame {
	struct layers	*l;
	struct h2_state	*s;
	const struct msg *m;
	struct h2_conn	*conn;
	struct h2_dir	*d;
	unsigned	 dir;
	uint8_t		 type, flags;
	uint32_t	 stream;
	struct cur	 c;		/* its payload */
	const struct msg *as;		/* of the fact: m, or with the frames of what ends here */
	struct msg	*many;		/* room for that */
	enum cur_why	 why, rest;	/* rest: the frame is not all there */
	bool		 limit;
};

/* 0: what the client sends; 1: what the server does. */
static unsigned side_of(const struct frame *x)
{
	return x->d->client ? 0 : 1;
}

enum { TOLD = 8 };

/*
 * The frames of an exchange rest on each other: what a response or a body means, its request says.  Said of what
 * shows who is who: all of the NRF's, else the first ones of a connection.
 */
static void together(struct frame *x, const struct h2_stream *st, unsigned side)
{
	const struct sbi_service *service = sbi_service(st->head[0].service);
	uint32_t frames[3], all[3] = { st->frame[0], side ? st->frame[1] : 0, x->m->pkt->no }, n = 0;
	struct msg m = *x->m;

	if (!service || (x->conn->told >= TOLD && memcmp(service->name, "nnrf-", 5) != 0))
		return;
	if (x->conn->told < TOLD)
		x->conn->told++;
	for (int i = 0; i < 3; i++)
		if (all[i] && (!n || frames[n - 1] < all[i]))
			frames[n++] = all[i];
	m.frames = frames;
	m.nframes = n;
	layer_pieces(x->l, &m);
}

/* What a block says becomes keys of the fact at hand. */
static void block(struct frame *x, uint32_t stream, const uint8_t *p, size_t n, bool cut)
{
	struct sbi_head head = { 0 };
	struct fields v = { .l = x->l, .h = &head, .last = p };
	struct h2_stream *st;
	enum cur_why why = hpack_block(&x->d->table, x->s->desk, p, n, cut, layer_masked(x->l), each_field, &v);
	unsigned side;

	if (v.last < p + n && why == CUR_OK)
		layer_mark(x->l, v.last, (size_t)(p + n - v.last), MARK_SIGNALLING);
	target(&v, x->s->desk);
	if (v.unknown)
		put_uint(layer_put(x->l), KEY_HTTP2_unknown, v.unknown);
	if (x->why == CUR_OK && !(cut && why == CUR_CUT))	/* who is to blame for that, the frame knows */
		x->why = why;
	if (cut)
		hpack_start(&x->d->table, false);
	if (v.request && x->type != H2_PUSH_PROMISE)
		x->d->client = true;
	if (v.response)
		x->conn->dir[!x->dir].client = true;
	side = v.request ? 0 : v.response ? 1 : side_of(x);
	st = stream ? h2_stream_make(x->s, x->m->assoc, stream) : NULL;
	if (!st)
		return;
	if (side && !st->begun[1])
		sbi_operation(x->l, &st->head[0], true);
	if (st->begun[side] && !(side && v.response))	/* trailers change nothing */
		return;
	st->begun[side] = true;
	st->frame[side] = x->m->pkt->no;
	if (side)
		together(x, st, side);
	st->head[side] = head;
	st->body[side].gaps = x->d->gaps;
}

static bool body_ends(struct frame *x, struct h2_stream *st, unsigned side)
{
	return st->body[side].buffer && x->flags & H2_END_STREAM;
}

/* Before the fact begins: the frames of a block or body that ends here. */
static struct h2_buffer *ends_here(struct frame *x, uint32_t name)
{
	struct h2_buffer *b = h2_buffer(x->s, name);

	if (b && b->nframes > 1) {
		*x->many = *x->m;
		x->many->frames = b->frames;
		x->many->nframes = b->nframes;
		x->as = x->many;
		layer_pieces(x->l, x->as);
	}
	return b;
}

static void body(struct frame *x, const struct h2_stream *st, unsigned side, const struct cur *c)
{
	sbi_operation(x->l, &st->head[0], side != 0);
	if (side && st->head[1].status)
		put_uint(layer_put(x->l), KEY_SBI_status, st->head[1].status);
	together(x, st, side);
	sbi_body(x->l, x->as, c, &st->head[side], &st->head[0]);
}

static void buffered_body(struct frame *x, struct h2_stream *st, unsigned side, const struct h2_buffer *b)
{
	bool cut = st->body[side].lost || !b || b->over;

	if (b) {
		const struct cur c = cur_make(h2_mem(x->s, b), b->is.n, cut);

		body(x, st, side, &c);
	}
	x->limit |= !b || b->over;
	h2_drop(x->s, &st->body[side].buffer);
}

static void stream_over(struct frame *x, struct h2_stream *st, unsigned side)
{
	st->half[side] = true;
	if (st->half[0] && st->half[1])
		h2_stream_end(x->s, st);
}

/* Takes off the padding and (HEADERS) the priority. */
static void unpad(struct frame *x)
{
	uint8_t pad = x->flags & H2_PADDED ? cur_u8(&x->c) : 0;

	if (x->flags & H2_HAS_PRIORITY && x->type == H2_HEADERS)
		(void)cur_take(&x->c, 5);
	if (x->rest != CUR_OK)
		return;			/* the padding is at its end */
	if (pad > cur_left(&x->c))
		cur_refuse(&x->c, CUR_VALUE);
	else
		x->c.end -= pad;
}

static struct fact *begin(struct frame *x)
{
	struct fact *f = layer_begin(x->l, x->as, FACT_HTTP2);
	struct put *o = layer_put(x->l);

	put_uint(o, KEY_HTTP2_type, x->type);
	put_uint(o, KEY_HTTP2_streamid, x->stream);
	put_uint(o, KEY_HTTP2_flags, x->flags);
	return f;
}

static void emit(struct frame *x, struct fact *f)
{
	cur_refuse(&x->c, x->why);
	cur_refuse(&x->c, x->rest);
	(void)layer_emit(x->l, f, &x->c, x->limit ? OUT_LIMIT : OUT_OK);
}

/* HEADERS, PUSH_PROMISE and CONTINUATION: the block is read when all of it is there (RFC 9113 4.3). */
static void on_block(struct frame *x)
{
	struct h2_dir *d = x->d;
	const uint8_t *from = x->c.p;
	uint32_t stream = x->stream;
	struct h2_buffer *b = NULL;
	struct h2_stream *st;
	struct fact *f;
	unsigned side;
	bool whole;

	if (x->type == H2_CONTINUATION ? !d->open || d->stream != x->stream : d->open) {	/* nothing may come between them */
		out_of_step(x->s, d, false);
		d->lost = false;
		x->why = CUR_VALUE;
	}
	if (x->type != H2_CONTINUATION)
		unpad(x);
	if (x->type == H2_PUSH_PROMISE)
		stream = cur_u32(&x->c) & 0x7fffffff;
	layer_read(x->l, from, &x->c);
	if (x->type != H2_CONTINUATION) {
		d->flags = x->flags;
		d->type = x->type;
		d->stream = x->stream;
		d->spoilt = false;
		d->open = x->why == CUR_OK && x->c.why == CUR_OK;
	}
	whole = !d->block && x->flags & H2_END_HEADERS;
	if (d->open && !whole)
		d->spoilt |= !h2_keep(x->l, x->s, &d->block, x->c.p, cur_left(&x->c), x->m);
	if (d->open && !whole && x->flags & H2_END_HEADERS)
		b = ends_here(x, d->block);
	f = begin(x);
	if (d->open && x->flags & H2_END_HEADERS) {
		if (whole) {
			block(x, stream, x->c.p, cur_left(&x->c), x->rest != CUR_OK);
		} else if (d->spoilt || !b) {
			hpack_start(&d->table, false);
			x->limit = true;
		} else {
			block(x, d->type == H2_PUSH_PROMISE ? 0 : stream, h2_mem(x->s, b), b->is.n, x->rest != CUR_OK);
		}
		side = side_of(x);
		st = d->flags & H2_END_STREAM ? h2_stream_find(x->s, x->m->assoc, d->stream) : NULL;
		if (st) {
			if (st->body[side].buffer)
				buffered_body(x, st, side, h2_buffer(x->s, st->body[side].buffer));
			stream_over(x, st, side);
		}
		d->open = false;
		h2_drop(x->s, &d->block);
	}
	emit(x, f);
}

static void on_data(struct frame *x)
{
	struct h2_stream *st = h2_stream_find(x->s, x->m->assoc, x->stream);
	unsigned side = side_of(x);
	struct h2_body *body_of = st ? &st->body[side] : NULL;
	const uint8_t *from = x->c.p;
	struct h2_buffer *b = NULL;
	bool last = x->flags & H2_END_STREAM, single, keep;
	struct fact *f;
	struct cur c;

	unpad(x);
	layer_read(x->l, from, &x->c);
	layer_mark(x->l, x->c.p, cur_left(&x->c) < 2 ? cur_left(&x->c) : 2, MARK_SIGNALLING);	/* by what it begins with it was known (h2_shape()) */
	if (body_of && body_of->gaps != x->d->gaps)	/* some of it is missing: what precedes that is all there will be */
		body_of->lost = true;
	keep = st && st->begun[side] && !body_of->lost;
	single = keep && last && !body_of->buffer;
	if (keep && !single) {
		(void)h2_keep(x->l, x->s, &body_of->buffer, x->c.p, cur_left(&x->c), x->m);
		body_of->lost |= x->rest != CUR_OK;
	}
	if (st && last && !single && body_ends(x, st, side))
		b = ends_here(x, body_of->buffer);
	f = begin(x);
	c = cur_make(x->c.p, cur_left(&x->c), x->rest != CUR_OK);
	if (single && cur_left(&c))
		body(x, st, side, &c);
	else if (st && last && body_ends(x, st, side))
		buffered_body(x, st, side, b);
	if (st && last)
		stream_over(x, st, side);
	emit(x, f);
}

static void on_settings(struct frame *x)
{
	const uint8_t *from = x->c.p;

	while (cur_left(&x->c)) {
		uint16_t id = cur_u16(&x->c);
		uint32_t v = cur_u32(&x->c);

		if (id == 1 && x->c.why == CUR_OK)
			put_uint(layer_put(x->l), KEY_HTTP2_table_size, v);
	}
	layer_read(x->l, from, &x->c);
}

static void on_other(struct frame *x)
{
	struct fact *f = begin(x);
	struct put *o = layer_put(x->l);
	const uint8_t *from = x->c.p;
	struct h2_stream *st;
	uint32_t v;

	switch (x->type) {
	case H2_SETTINGS: on_settings(x); break;
	case H2_RST_STREAM:
		v = cur_u32(&x->c);
		if (x->c.why == CUR_OK)
			put_uint(o, KEY_HTTP2_rst_error, v);
		st = h2_stream_find(x->s, x->m->assoc, x->stream);
		if (st)
			h2_stream_end(x->s, st);
		break;
	case H2_GOAWAY:
		v = cur_u32(&x->c) & 0x7fffffff;
		if (x->c.why == CUR_OK)
			put_uint(o, KEY_HTTP2_goaway_last, v);
		v = cur_u32(&x->c);
		if (x->c.why == CUR_OK)
			put_uint(o, KEY_HTTP2_goaway_error, v);
		break;
	default: break;		/* flow control, PING, PRIORITY: that they are there */
	}
	layer_read(x->l, from, &x->c);
	emit(x, f);
}

static bool read_message(struct layers *l, const struct msg *m)
{
	struct msg many;
	struct frame x = { .l = l, .s = layer_state(l, &proto_http2), .m = m, .as = m, .many = &many };
	struct cur c = m->cur;
	uint32_t len;

	x.conn = h2_conn_of(x.s, m, &x.dir);
	if (!x.conn)
		return false;
	x.d = &x.conn->dir[x.dir];
	if (cur_left(&c) >= H2_PREFACE && *c.p == 'P' && !memcmp(c.p, preface, H2_PREFACE)) {
		layer_mark(l, c.p, H2_PREFACE, MARK_SIGNALLING);
		out_of_step(x.s, x.d, true);
		x.conn->preface = x.d->client = x.d->started = true;
		return true;
	}
	if (cur_left(&c) < H2_HEAD)
		return false;
	len = cur_u24(&c);
	x.type = cur_u8(&c);
	x.flags = cur_u8(&c);
	x.stream = cur_u32(&c) & 0x7fffffff;
	layer_read(l, m->cur.p, &c);
	x.d->started = true;
	x.c = cur_sub(&c, len);
	x.rest = c.why;
	if (x.type == H2_DATA)
		on_data(&x);
	else if (x.type == H2_HEADERS || x.type == H2_PUSH_PROMISE || x.type == H2_CONTINUATION)
		on_block(&x);
	else
		on_other(&x);
	return true;
}

static bool begins(const struct opening *o)
{
	return h2_shape(o->p, o->n, o->claim, true);
}

const struct proto proto_http2 = {
	.name = "http2", .title = "HTTP/2", .spec = "RFC 9113", .begins = begins, .first = "\0P", .nfirst = 2, .personal = true, .kind = FACT_HTTP2,
	.read = read_message, .stream = stream, .cover = cover, .state_size = sizeof(struct h2_state), .state_init = h2_state_init,
	.state_free = h2_state_free,
};
