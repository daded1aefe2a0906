/*
 * A line of a list of facts, read: which kind it is, then its head by rows and its keys, `ies` and
 * `skipped` as items.  Objects inside objects are followed with a stack of our own (FACT_DEPTH).
 */
#include "parse_inside.h"

static const char *const outcomes[] = { "ok", "cut", "short", "value", "unknown", "encrypted", "limit", NULL };
_Static_assert(sizeof(outcomes) / sizeof(outcomes[0]) == OUTCOMES + 1, "one name an outcome, in their order");

static bool read_vlans(struct scan *s, void *object)
{
	struct fact *f = object;
	bool first = true;
	uint64_t v;

	if (!scan_take(s, '[', "a list of VLAN tags"))
		return false;
	while (scan_next(s, ']', &first)) {
		if (f->nvlan == FACT_VLANS)
			return scan_fail(s, "fewer VLAN tags");
		if (!scan_uint(s, UINT16_MAX, &v))
			return false;
		f->vlan[f->nvlan++] = (uint16_t)v;
	}
	return !s->want;
}

static bool read_frames(struct scan *s, void *object)
{
	static const struct row row = { "frames", ROW_FRAMES, 0, 0, NULL, NULL };
	struct frames l = { .n = 0 };
	struct fact *f = object;

	if (!rows_read(s, &row, &l))
		return false;
	f->frames = l.at;
	f->nframes = l.n;
	return true;
}

bool parse_outer(struct scan *s, void *object)
{
	size_t where = s->at;
	struct str v;

	if (!scan_string(s, &v))
		return false;
	return outer_parse(v.p, v.n, &((struct fact *)object)->outer) || scan_fail_at(s, where, "headers of a tunnel, like ip.udp");
}

#define AT(member) offsetof(struct fact, member)
static const struct row head_rows[] = {		/* in the order in which they are printed */
	{ "n", ROW_U64, 1, AT(n), NULL, NULL },
	{ "in", ROW_U64, 0, AT(in), NULL, NULL },
	{ "kind", ROW_KNOWN, 1, 0, NULL, NULL },
	{ "input", ROW_U32, 1, AT(input), NULL, NULL },
	{ "frame", ROW_U32, 1, AT(frame), NULL, NULL },
	{ "frames", ROW_READ, 0, 0, NULL, read_frames },
	{ "off", ROW_U32, 1, AT(off), NULL, NULL },
	{ "len", ROW_U32, 1, AT(len), NULL, NULL },
	{ "t", ROW_TIME, 1, AT(t_ns), NULL, NULL },
	{ "vlan", ROW_READ, 0, 0, NULL, read_vlans },
	{ "src", ROW_ADDR, 1, AT(src), NULL, NULL },
	{ "dst", ROW_ADDR, 1, AT(dst), NULL, NULL },
	{ "sport", ROW_U16, 1, AT(sport), NULL, NULL },
	{ "dport", ROW_U16, 1, AT(dport), NULL, NULL },
	{ "transport", ROW_PROTOCOL, 0, AT(transport), NULL, NULL },
	{ "outer", ROW_READ, 0, 0, NULL, parse_outer },
	{ "dup", ROW_U64, 0, AT(dup), NULL, NULL },
	{ "decrypted", ROW_BOOL, 0, AT(decrypted), NULL, NULL },
	{ "outcome", ROW_WORD, 1, AT(outcome), outcomes, NULL },
};
#undef AT
static const struct rows head = { head_rows, sizeof(head_rows) / sizeof(head_rows[0]) };

/* ---- keys by name ---- */

static uint32_t slot_of(const char *p, size_t n)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (uint8_t)p[i]) * 16777619u;
	return (h ^ h >> 15) & (FACT_SLOTS - 1);
}

void fact_reader_init(struct fact_reader *r, struct arena *mem, struct item *room)
{
	_Static_assert(FACT_KEYS < FACT_SLOTS / 2, "room for every key");
	*r = (struct fact_reader){ .mem = mem, .room = room };
	for (unsigned k = 1; k < FACT_KEYS; k++) {
		const char *name = fact_key_name((enum fact_key)k);
		uint32_t i = slot_of(name, strlen(name));

		while (r->slot[i])
			i = (i + 1) & (FACT_SLOTS - 1);
		r->slot[i] = (uint16_t)k;
	}
}

static enum fact_key key_find(const struct fact_reader *r, struct str name)
{
	for (uint32_t i = slot_of(name.p, name.n); r->slot[i]; i = (i + 1) & (FACT_SLOTS - 1)) {
		const char *k = fact_key_name((enum fact_key)r->slot[i]);

		if (strlen(k) == name.n && !memcmp(k, name.p, name.n))
			return (enum fact_key)r->slot[i];
	}
	return KEY_NONE;
}

/* ---- items ---- */

struct items {
	struct scan	*s;
	const struct fact_reader *r;
	struct put	put;
	uint8_t		seen[FACT_DEPTH][(FACT_KEYS + 7) / 8];	/* keys of the objects that are open */
	uint8_t		listed[FACT_DEPTH];			/* which of `id`, `ies`, `skipped` they have had */
};

enum { HAD_ID = 1, HAD_IES = 2, HAD_SKIPPED = 4 };

static bool had(struct items *x, uint8_t what, size_t where)
{
	uint8_t *l = &x->listed[x->put.depth];

	if (*l & what)
		return !scan_fail_at(x->s, where, "each member once");
	*l |= what;
	return false;
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Lower-case hex to octets in the arena. */
static bool octets(struct scan *s, const uint8_t **out, size_t *n)
{
	static const uint8_t nothing[1];
	size_t where = s->at;
	struct str v;
	uint8_t *o;

	*out = nothing;
	*n = 0;
	if (!scan_string(s, &v))
		return false;
	if (!v.n)
		return true;
	if (v.n % 2)
		return scan_fail_at(s, where, "an even number of hex digits");
	o = scan_mem(s, v.n / 2);
	if (!o)
		return false;
	for (size_t i = 0; i < v.n / 2; i++) {
		int hi = hex_digit(v.p[2 * i]), lo = hex_digit(v.p[2 * i + 1]);

		if (hi < 0 || lo < 0)
			return scan_fail_at(s, where, "lower-case hex digits");
		o[i] = (uint8_t)(hi << 4 | lo);
	}
	*out = o;
	*n = v.n / 2;
	return true;
}

static bool put_address(struct items *x, enum fact_key k)
{
	size_t where = x->s->at;
	struct addr a, *keep;

	if (!scan_addr(x->s, &a))
		return false;
	if (!a.fam)
		return scan_fail_at(x->s, where, "an address");
	keep = scan_mem(x->s, sizeof(*keep));
	if (!keep)
		return false;
	*keep = a;
	put_addr(&x->put, k, keep->b, a.fam == 4 ? 4 : 16);
	return true;
}

static bool put_value(struct items *x, enum fact_key k)
{
	const uint8_t *p;
	struct str v;
	uint64_t u;
	size_t n;
	bool b;

	switch (fact_key_type(k)) {
	case ITEM_UINT:
		if (scan_uint(x->s, UINT64_MAX, &u))
			put_uint(&x->put, k, u);
		break;
	case ITEM_BOOL:
		if (scan_bool(x->s, &b))
			put_bool(&x->put, k, b);
		break;
	case ITEM_ADDR: (void)put_address(x, k); break;
	case ITEM_OCTETS:
		if (octets(x->s, &p, &n))
			put_octets(&x->put, k, p, n);
		break;
	case ITEM_BITS:
		if (octets(x->s, &p, &n))
			put_bits(&x->put, k, p, n);
		break;
	case ITEM_TEXT:
		if (scan_string(x->s, &v))
			put_text(&x->put, k, v.p, v.n);
		break;
	case ITEM_OPEN:
	case ITEM_CLOSE:
	case ITEM_SKIP: break;		/* no key has these */
	}
	return !x->s->want && (!x->put.full || scan_fail(x->s, "fewer values in a fact"));
}

/* A value, or a list of them: the key was repeated. */
static bool put_values(struct items *x, enum fact_key k)
{
	bool first = true;

	if (scan_peek(x->s) != '[')
		return put_value(x, k);
	x->s->at++;
	while (scan_next(x->s, ']', &first))
		if (!put_value(x, k))
			return false;
	return !x->s->want;
}

static bool put_skipped(struct items *x)
{
	bool first = true;
	uint64_t id;

	if (!scan_take(x->s, '[', "a list of ids"))
		return false;
	while (scan_next(x->s, ']', &first)) {
		if (!scan_uint(x->s, UINT64_MAX, &id))
			return false;
		put_skip(&x->put, id);
		if (x->put.full)
			return scan_fail(x->s, "fewer values in a fact");
	}
	return !x->s->want;
}

static bool is(struct str key, const char *name)
{
	return key.n == strlen(name) && !memcmp(key.p, name, key.n);
}

/* A member of a fact that is none of its head: a key, `id`, `skipped`, or one that is not known here. */
static bool put_member(struct items *x, struct str name, size_t where)
{
	enum fact_key k = key_find(x->r, name);
	uint8_t *seen = x->seen[x->put.depth];
	uint64_t id;

	if (k != KEY_NONE) {
		if (seen[k / 8] >> k % 8 & 1)
			return scan_fail_at(x->s, where, "each member once");
		seen[k / 8] |= (uint8_t)(1 << k % 8);
		return put_values(x, k);
	}
	if (is(name, "skipped"))
		return !had(x, HAD_SKIPPED, where) && put_skipped(x);
	if (is(name, "id") && x->put.depth) {
		if (had(x, HAD_ID, where) || !scan_uint(x->s, ITEM_NO_ID - 1, &id))
			return false;
		x->put.item[x->put.open[x->put.depth - 1]].v.u = id;
		return true;
	}
	x->s->unknown++;
	return scan_skip(x->s);
}

static bool open_group(struct items *x)
{
	if (!scan_take(x->s, '{', "an object"))
		return false;
	put_open(&x->put, ITEM_NO_ID);
	if (x->put.full)
		return scan_fail(x->s, x->put.depth + 1 >= FACT_DEPTH ? "fewer objects inside objects" : "fewer values in a fact");
	memset(x->seen[x->put.depth], 0, sizeof(x->seen[0]));
	x->listed[x->put.depth] = 0;
	return true;
}

/* One member of the innermost object; *list: what follows are the objects of its `ies`. */
static bool member(struct items *x, struct rows_at *at, struct fact *f, bool *list)
{
	size_t where = x->s->at;
	const struct row *r;
	struct str name;

	if (!scan_key(x->s, &name))
		return false;
	if (is(name, "ies")) {
		*list = true;
		return !had(x, HAD_IES, where) && scan_take(x->s, '[', "a list of objects");
	}
	r = x->put.depth ? NULL : rows_find(x->s, &head, at, name, where);
	if (r)
		return rows_read(x->s, r, f);
	return !x->s->want && put_member(x, name, where);
}

static bool parse_message(struct scan *s, const struct fact_reader *r, struct fact *f)
{
	struct items x = { .s = s, .r = r };
	struct rows_at at = { 0 };
	bool list = false, first = true;

	put_start(&x.put, r->room, FACT_ITEMS + 1);
	if (!scan_take(s, '{', "an object"))
		return false;
	for (;;) {
		if (list) {			/* in `ies`: the next object of it, or back in the object that has it */
			list = scan_next(s, ']', &first);
			if (list && !open_group(&x))
				return false;
			first = list;
			list = false;
		} else if (scan_next(s, '}', &first)) {
			if (!member(&x, &at, f, &list))
				return false;
			first = list;
		} else if (!s->want && x.put.depth) {
			put_close(&x.put);
			list = true;
			first = false;
		} else {
			break;
		}
	}
	put_done(&x.put, f);
	if (f->nitem > FACT_ITEMS)
		return scan_fail(s, "fewer values in a fact");
	return rows_done(s, &head, &at);
}

/* ---- lines ---- */

enum what { WHAT_BAD, WHAT_UNKNOWN, WHAT_MESSAGE, WHAT_TUNNEL, WHAT_CONTACT, WHAT_RUN, WHAT_END };

static enum what what_is(struct str kind, struct str what, enum fact_kind *k)
{
	if (is(kind, "run"))
		return WHAT_RUN;
	if (is(kind, "end"))
		return WHAT_END;
	if (is(kind, "tally"))
		return is(what, "tunnel") ? WHAT_TUNNEL : is(what, "contact") ? WHAT_CONTACT : WHAT_UNKNOWN;
	for (unsigned i = 0; i < FACT_KINDS; i++)
		if (is(kind, fact_kind_name((enum fact_kind)i))) {
			*k = (enum fact_kind)i;
			return WHAT_MESSAGE;
		}
	return WHAT_UNKNOWN;
}

/* Looks for `kind`, and `what` of a tally, without keeping anything; printed lines have them in front. */
static enum what look(struct scan *s, enum fact_kind *k)
{
	struct scan ahead = *s;
	struct str kind = { NULL, 0 }, what = { "", 0 }, name;
	bool first = true, tally = false;

	if (!scan_take(&ahead, '{', "an object"))
		goto bad;
	while ((!kind.p || (tally && !what.n)) && scan_next(&ahead, '}', &first)) {
		if (!scan_key(&ahead, &name))
			goto bad;
		if (is(name, "kind") ? !scan_string(&ahead, &kind) : is(name, "what") && scan_peek(&ahead) == '"' ?
		    !scan_string(&ahead, &what) : !scan_skip(&ahead))
			goto bad;
		tally = kind.p && is(kind, "tally");
	}
	if (!ahead.want && !kind.p) {
		ahead.member = "kind";
		(void)scan_fail(&ahead, "the member");
	}
	if (!ahead.want)
		return what_is(kind, what, k);
bad:
	s->want = ahead.want;
	s->bad = ahead.bad;
	s->member = ahead.member;
	return WHAT_BAD;
}

enum fact_line fact_parse(struct fact_reader *r, const char *line, size_t n, union fact_content *out)
{
	struct scan s = scan_make(line, n && line[n - 1] == '\n' ? n - 1 : n, r->mem);
	enum fact_kind k = FACT_KINDS;
	enum fact_line is_a = LINE_FACT;

	switch (look(&s, &k)) {
	case WHAT_BAD: break;
	case WHAT_UNKNOWN:
		is_a = LINE_UNKNOWN;
		(void)scan_skip(&s);
		break;
	case WHAT_MESSAGE:
		out->fact = (struct fact){ .kind = (uint8_t)k };
		(void)parse_message(&s, r, &out->fact);
		break;
	case WHAT_TUNNEL: (void)parse_tunnel(&s, &out->fact); break;
	case WHAT_CONTACT: (void)parse_contact(&s, &out->fact); break;
	case WHAT_RUN:
		is_a = LINE_RUN;
		(void)parse_run(&s, &out->run);
		break;
	case WHAT_END:
		is_a = LINE_END;
		(void)parse_end(&s, &out->end);
		break;
	}
	if (!scan_end(&s)) {
		r->column = s.bad + 1;
		r->want = s.want;
		r->member = s.member;
		return LINE_BAD;
	}
	r->unknown_members += s.unknown;
	r->unknown_kinds += is_a == LINE_UNKNOWN;
	return is_a;
}
