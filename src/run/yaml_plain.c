/*
 * The plain form of YAML 1.2, read line by line.  What may follow what is narrower than the specification wherever a
 * continuation, an indicator or a blank could change the meaning; then the file is libfyaml's.
 */
#include "yaml_plain.h"

#include "err.h"

#include <string.h>

/* What an octet may be part of: a plain scalar in a block, one within {} or [], its first octet, a quoted scalar, a comment. */
enum {
	BLOCK = 1, FLOW = 2, FIRST = 4, SINGLE = 8, DOUBLE = 16, COMMENT = 32,
	TEXT = SINGLE | DOUBLE | COMMENT, LATER = TEXT | BLOCK | FLOW, WORD = LATER | FIRST,
};
static const uint8_t class[256] = {
	['\t'] = COMMENT, [' '] = TEXT, [':'] = TEXT, ['#'] = TEXT,				/* in plain scalars by what is beside them */
	[','] = TEXT | BLOCK, ['['] = TEXT | BLOCK, [']'] = TEXT | BLOCK, ['{'] = TEXT | BLOCK, ['}'] = TEXT | BLOCK,
	['!'] = LATER, ['%'] = LATER, ['&'] = LATER, ['*'] = LATER, ['-'] = LATER, ['.'] = LATER, ['>'] = LATER, ['?'] = LATER, ['@'] = LATER,
	['`'] = LATER, ['|'] = LATER, ['"'] = LATER & ~DOUBLE, ['\''] = LATER & ~SINGLE, ['\\'] = LATER & ~DOUBLE,
	['0' ... '9'] = WORD, ['A' ... 'Z'] = WORD, ['a' ... 'z'] = WORD, ['$'] = WORD, ['('] = WORD, [')'] = WORD, ['+'] = WORD, ['/'] = WORD,
	[';'] = WORD, ['<'] = WORD, ['='] = WORD, ['^'] = WORD, ['_'] = WORD, ['~'] = WORD,
};

struct reader {
	struct growing	*g;
	const char	*p, *end;
	const char	*line_at;		/* first octet of the line */
	uint32_t	line;
	uint32_t	wide;			/* octets of the line so far that are no character of their own */
	uint32_t	column[TREE_DEPTH];	/* where the open map or list stands */
	bool		nomem;
};

static uint32_t column(const struct reader *r)
{
	return (uint32_t)(r->p - r->line_at) - r->wide + 1;
}

/* ---- octets ---- */

static bool at(const struct reader *r, char c)
{
	return r->p < r->end && *r->p == c;
}

static bool at_line_end(const struct reader *r)
{
	return r->p == r->end || *r->p == '\n';
}

static bool at_class(const struct reader *r, uint8_t allowed)
{
	return r->p < r->end && ((unsigned char)*r->p >= 0x80 || class[(unsigned char)*r->p] & allowed);
}

/* A character beyond ASCII that may be read as a line's end, a mark or nothing: these are libfyaml's. */
static bool odd(const unsigned char *u)
{
	return u[0] == 0xef || (u[0] == 0xc2 && u[1] < 0xa1) || (u[0] == 0xe2 && u[1] == 0x80 && u[2] >> 1 == 0xa8 >> 1);
}

/* Over octets of this class and characters beyond ASCII; false: an odd one. */
static bool run(struct reader *r, uint8_t allowed)
{
	const unsigned char *p = (const unsigned char *)r->p, *end = (const unsigned char *)r->end;

	for (;;) {
		while (p < end && class[*p] & allowed)
			p++;
		if (p == end || *p < 0x80)
			break;
		if (odd(p))
			return false;
		for (p++; p < end && *p >> 6 == 2; p++)
			r->wide++;
	}
	r->p = (const char *)p;
	return true;
}

static void spaces(struct reader *r)
{
	while (at(r, ' '))
		r->p++;
}

/* From behind a value or an indicator, or from a line's begin, to the next line: blanks, a comment, the line's end. */
static bool rest_of_line(struct reader *r)
{
	const char *from = r->p;

	while (at(r, ' ') || (at(r, '\t') && from > r->line_at))
		r->p++;
	if (at(r, '#') && (r->p > from || r->p == r->line_at) && !run(r, COMMENT))
		return false;
	if (!at_line_end(r))
		return false;
	if (r->p < r->end) {
		r->line_at = ++r->p;
		r->line++;
		r->wide = 0;
	}
	return true;
}

/* The next line that holds something: to its first octet.  *ok false: outside of the form. */
static bool next_line(struct reader *r, bool *ok)
{
	while (r->p < r->end) {
		spaces(r);
		if (!at_line_end(r) && *r->p != '#')
			return true;
		r->p = r->line_at;
		if (!rest_of_line(r)) {
			*ok = false;
			return false;
		}
	}
	return false;
}

/* ---- scalars ---- */

static bool quoted(struct reader *r, struct node *n)
{
	char quote = *r->p++;

	n->text = r->p;
	if (!run(r, quote == '"' ? DOUBLE : SINGLE) || !at(r, quote))
		return false;
	n->len = (uint32_t)(r->p++ - n->text);
	return !at(r, quote);
}

/* Stops at what ends it: a ':' that makes it a key, a comment's or the line's end, and an indicator of {} and []. */
static bool plain(struct reader *r, uint8_t form, struct node *n)
{
	const char *past;

	if (!at_class(r, FIRST))
		return false;
	n->text = r->p;
	for (;;) {
		if (!run(r, form))
			return false;
		past = r->p;
		spaces(r);
		if (at(r, ':')) {
			char next = r->end - r->p > 1 ? r->p[1] : '\n';

			if (r->p > past)
				return false;
			if (next == ' ' || next == '\n' || next == '\t')
				break;
			if (form == FLOW && memchr(",[]{}", next, 5))
				return false;
			r->p++;
		} else if (at(r, '#') && r->p == past) {
			r->p++;
		} else if (r->p == past || !at_class(r, form)) {
			break;
		}
	}
	n->len = (uint32_t)(past - n->text);
	n->plain = 1;
	r->p = past;
	return true;
}

static bool scalar(struct reader *r, uint8_t form, struct node *n)
{
	*n = (struct node){ .kind = NODE_SCALAR, .line = r->line, .column = column(r) };
	return (at(r, '"') || at(r, '\'') ? quoted(r, n) : plain(r, form, n)) && n->len <= TREE_TEXT;
}

/* ---- nodes ---- */

static bool add(struct reader *r, struct node *n)
{
	enum grown how = grow(r->g, n);

	r->nomem |= how == GROWN_NOMEM;
	return how == GROWN;
}

static bool open_at(struct reader *r, enum node_kind kind, uint32_t here)
{
	struct node n = { .kind = (uint8_t)kind, .line = r->line, .column = here };

	if (!add(r, &n))
		return false;
	r->column[r->g->depth - 1] = here;
	return true;
}

/* From ':' on. */
static bool key(struct reader *r, const struct node *n)
{
	if (!n->len || n->len > KEY)
		return false;
	grow_key(r->g, n->text, n->len, n->line, n->column);
	r->p++;
	return true;
}

/* `key:` and no more. */
static bool nothing(struct reader *r)
{
	struct node n = { .kind = NODE_SCALAR, .plain = 1, .line = r->g->key_line, .column = r->g->key_column };

	return add(r, &n);
}

/* ---- {} and [] ---- */

/* To the next octet that says something; a line after the first must stand further in than the block around. */
static bool flow_space(struct reader *r, uint32_t within)
{
	bool same_line = true;

	for (;;) {
		const char *from = r->p;

		spaces(r);
		if (r->p == r->end)
			return false;
		if (*r->p != '\n' && *r->p != '#' && *r->p != '\t')
			return same_line || column(r) > within;
		r->p = from;
		if (!rest_of_line(r))
			return false;
		same_line = false;
	}
}

/* A scalar of a list or a map, or a key with its ':'. */
static bool flow_scalar(struct reader *r)
{
	bool is_key = grow_key_next(r->g);
	struct node n;

	if (!scalar(r, FLOW, &n) || at(r, ':') != is_key)
		return false;
	return is_key ? key(r, &n) : add(r, &n);
}

/* From its bracket to behind the one that closes it. */
static bool flow(struct reader *r)
{
	unsigned base = r->g->depth;
	uint32_t within = base ? r->column[base - 1] : 0;
	bool item = true;			/* one may come here */

	do {
		const struct level *in = r->g->depth > base ? &r->g->at[r->g->depth - 1] : NULL;
		char c;

		if (!flow_space(r, within))
			return false;
		c = *r->p;
		if (c == '[' || c == '{') {
			if (!item || (in && grow_key_next(r->g)) || !open_at(r, c == '[' ? NODE_LIST : NODE_MAP, column(r)))
				return false;
			r->p++;
		} else if (c == ']' || c == '}') {
			if (!in || in->kind != (c == ']' ? NODE_LIST : NODE_MAP) || r->g->has_key)
				return false;
			grow_end(r->g);
			item = false;
			r->p++;
		} else if (c == ',') {
			if (item)
				return false;
			item = true;
			r->p++;
		} else {
			if (!item || !flow_scalar(r))
				return false;
			item = r->g->has_key;
		}
	} while (r->g->depth > base);
	return true;
}

/* ---- blocks ---- */

static bool at_dash(const struct reader *r)
{
	return r->end - r->p > 1 && r->p[0] == '-' && r->p[1] == ' ';
}

static uint32_t innermost(const struct reader *r)
{
	return r->g->depth ? r->column[r->g->depth - 1] : 0;
}

/* What a line at this column closes.  *fresh: it begins a value, else it goes on with the innermost map or list, which stands here. */
static bool settle(struct reader *r, uint32_t here, bool *fresh)
{
	struct growing *g = r->g;

	*fresh = !g->tree->n;
	if (*fresh)
		return true;
	if (g->has_key) {
		*fresh = here > innermost(r) || (here == innermost(r) && at_dash(r));
		if (*fresh)
			return true;
		if (!nothing(r))
			return false;
	}
	while (g->depth && here < innermost(r))
		grow_end(g);
	if (g->depth > 1 && here == innermost(r) && !at_dash(r) && r->column[g->depth - 2] == here)
		grow_end(g);			/* a list at its key's own column */
	return g->depth && here == innermost(r);
}

/* Behind a key's ':'. */
static bool value(struct reader *r)
{
	const char *from = r->p;
	struct node n;

	spaces(r);
	if (at(r, '[') || at(r, '{'))
		return r->p > from && flow(r) && rest_of_line(r);
	if (at_line_end(r) || *r->p == '#' || *r->p == '\t') {
		r->p = from;
		return rest_of_line(r);
	}
	return r->p > from && scalar(r, BLOCK, &n) && add(r, &n) && rest_of_line(r);
}

/* The rest of a line that begins here, and of those that its brackets span. */
static bool entry(struct reader *r, bool fresh)
{
	struct growing *g = r->g;
	struct node n;

	for (; at_dash(r); fresh = true) {
		if (fresh ? !open_at(r, NODE_LIST, column(r)) : g->at[g->depth - 1].kind != NODE_LIST)
			return false;
		r->p++;
		spaces(r);
		if (at_line_end(r) || *r->p == '#')
			return false;
	}
	if (fresh && (at(r, '[') || at(r, '{')))
		return flow(r) && rest_of_line(r);
	if (!scalar(r, BLOCK, &n))
		return false;
	if (!at(r, ':'))
		return fresh && g->depth && add(r, &n) && rest_of_line(r);
	if (fresh ? !open_at(r, NODE_MAP, n.column) : g->at[g->depth - 1].kind != NODE_MAP)
		return false;
	return key(r, &n) && value(r);
}

int yaml_plain(struct growing *g, const char *text, size_t n)
{
	struct reader r = { .g = g, .p = text, .end = text + n, .line_at = text, .line = 1 };
	bool ok = true, marked = false, fresh;

	while (ok && next_line(&r, &ok)) {
		if (!marked && !g->tree->n && r.p == r.line_at && r.end - r.p > 3 && !memcmp(r.p, "---\n", 4)) {
			r.p += 3;
			ok = marked = rest_of_line(&r);
			continue;
		}
		ok = settle(&r, column(&r), &fresh) && entry(&r, fresh);
	}
	if (ok && g->has_key)
		ok = nothing(&r);
	while (ok && g->depth)
		grow_end(g);
	return ok && g->tree->n ? FW_OK : r.nomem ? FW_ENOMEM : FW_EEND;
}
