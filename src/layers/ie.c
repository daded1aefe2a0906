#include "ie.h"

#include "be.h"

const struct ie_def *ie_nth(const struct ie_table *t, unsigned i)
{
	for (unsigned type = 0; type < t->n; type++)
		if (t->row[type].name && !i--)
			return &t->row[type];
	return NULL;
}

unsigned ie_count(const struct ie_table *t)
{
	unsigned k = 0;

	while (ie_nth(t, k))
		k++;
	return k;
}

void ie_head_16_16(struct cur *c, struct ie_head *h)
{
	const uint8_t *p = cur_left(c) >= 4 ? cur_take(c, 4) : NULL;

	h->type = p ? be16(p) : cur_u16(c);		/* a type without its length is read all the same */
	h->len = p ? be16(p + 2) : cur_u16(c);
}

static void put_number(struct put *o, const struct ie_def *row, struct cur *v)
{
	const uint8_t *p = cur_left(v) >= row->len ? cur_take(v, row->len) : NULL;
	uint64_t n = 0;

	for (unsigned i = 0; i < row->len; i++)		/* what is there of a shorter one is read all the same */
		n = n << 8 | (p ? p[i] : cur_u8(v));
	if (v->why == CUR_OK)
		put_uint(o, (enum fact_key)row->key, row->mask ? n & row->mask : n);
}

static void put_flags(struct put *o, const struct ie_def *row, struct cur *v)
{
	size_t n = cur_left(v);
	const uint8_t *p = cur_take(v, n);

	for (const struct ie_bit *b = row->bits; b->mask; b++)
		if (b->octet < n)
			put_bool(o, (enum fact_key)b->key, p[b->octet] & b->mask);
}

static void put_value(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	size_t n = cur_left(v);

	switch ((enum ie_kind)row->kind) {
	case IE_UINT: put_number(w->put, row, v); break;
	case IE_BITS: put_flags(w->put, row, v); break;
	case IE_TEXT: put_text(w->put, (enum fact_key)row->key, (const char *)cur_take(v, n), n); break;
	case IE_HOOK: row->hook(w, row, v); break;
	case IE_OBJECT:
		put_open(w->put, row->type);
		row->hook(w, row, v);
		put_close(w->put);
		break;
	case IE_GROUP: break;		/* the walker's business */
	}
}

/* Steps over what fills up a value whose last part is of `over` octets; at the end of a group some leave it out. */
static void pad(struct cur *c, size_t over, size_t align)
{
	size_t n = over ? align - over : 0, left = cur_left(c);

	(void)cur_take(c, n < left ? n : left);
}

/*
 * The next element of the level at c.  True: it is a group, and *inside is what to read next.
 * One that is longer than what is left: cut by the capture, what there is of it is read; else it
 * lies about its length and where it ends is unknown: neither it nor what follows is read.
 */
static bool element(struct ie_walk *w, struct cur *c, struct cur *inside)
{
	const struct ie_def *row;
	struct ie_head h = { 0, 0, 0 };
	const uint8_t *from = c->p;
	bool group;

	w->table->head(c, &h);
	layer_read(w->l, from, c);
	if (c->why != CUR_OK)
		return false;
	from = c->p;
	*inside = cur_sub(c, h.len);
	if (c->why != CUR_OK && c->why != CUR_CUT)
		return false;
	if (w->table->align)
		pad(c, h.len % w->table->align, w->table->align);
	row = !h.len ? NULL : w->table->find ? w->table->find(&h) : ie_find(w->table, h.type);
	group = row ? row->kind == IE_GROUP : h.len && w->table->unknown && w->table->unknown(w, h.type, inside);
	if (group) {
		layer_read(w->l, from, inside);
		put_open(w->put, h.type);
		return true;
	}
	if (row)
		put_value(w, row, inside);
	else
		put_skip(w->put, h.type);
	layer_read(w->l, from, inside);		/* what the row read; behind it, and of a type without one, nothing is claimed */
	cur_refuse(w->c, inside->why);
	return false;
}

void ie_read(struct layers *l, const struct ie_table *t, struct cur *c)
{
	struct ie_walk w = { .l = l, .put = layer_put(l), .table = t, .c = c };
	struct cur level[IE_DEPTH], inside;
	unsigned d = 0;

	level[0] = *c;
	for (;;) {
		if (!cur_left(&level[d])) {		/* its end, or trouble in it */
			cur_refuse(c, level[d].why);
			if (!d--)
				break;
			put_close(w.put);
			continue;
		}
		if (!element(&w, &level[d], &inside))
			continue;
		if (d + 1 == IE_DEPTH) {
			cur_refuse(c, CUR_LIMIT);
			put_close(w.put);
			continue;
		}
		level[++d] = inside;
	}
	if (c->why == CUR_OK)
		c->p = level[0].p;
}

void ie_put_name(struct ie_walk *w, enum fact_key k, struct cur *v)
{
	size_t n = cur_left(v), next;
	const uint8_t *p = cur_take(v, n);
	uint8_t *s;

	if (!p || !n)
		return;
	if (p[0] >= 0x40 || (p[0] >= 0x20 && p[0] >= n)) {	/* no label is that long: dotted text */
		put_text(w->put, k, (const char *)p, strnlen((const char *)p, n));
		return;
	}
	s = layer_mem(w->l, n);
	if (!s)
		return;
	memcpy(s, p, n);
	for (next = s[0] + 1u; next < n; ) {
		size_t len = s[next];

		s[next] = '.';
		next += len + 1;
	}
	put_text(w->put, k, (const char *)s + 1, strnlen((const char *)s + 1, n - 1));
}

void ie_put_address(struct ie_walk *w, enum fact_key ipv4, enum fact_key ipv6, struct cur *v)
{
	size_t n = cur_left(v);

	if (n == 4)
		put_addr(w->put, ipv4, cur_take(v, 4), 4);
	else if (n == 16)
		put_addr(w->put, ipv6, cur_take(v, 16), 16);
	else
		cur_refuse(v, v->cut ? CUR_CUT : CUR_SHORT);
}

bool ie_cover(const struct cover_row *messages, unsigned n, const struct ie_table *t, unsigned i, struct cover_row *row)
{
	const struct ie_def *ie;

	if (i < n) {
		*row = messages[i];
		return true;
	}
	ie = ie_nth(t, i - n);
	if (!ie)
		return false;
	*row = (struct cover_row){ "IE", ie->type, ie->name, ie->spec };
	return true;
}
