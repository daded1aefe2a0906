/*
 * The JSON of leaves, fairwitness-evidence(7): one object in printable ASCII, no spaces, members in
 * order of their names, numbers of digits, two escapes.  The walk is a loop over a fixed stack, so
 * that the depth of what a stranger wrote is a number and not our stack.
 */
#include "read.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct walk {
	struct jdoc	*d;
	uint32_t	 at;
	uint32_t	 open[JDEPTH];		/* the containers we are in */
	struct slice	 last[JDEPTH];		/* the name before, of an object */
	unsigned	 depth;
	struct err	*e;
};

static bool refuse(struct walk *w, const char *what)
{
	err_set(w->e, "octet %u: %s", w->at, what);
	return false;
}

/* The next octet, or 0 (which no leaf may hold) at the end. */
static char peek(const struct walk *w)
{
	return w->at < w->d->n ? w->d->text[w->at] : 0;
}

/* A string; at its first quote. */
static bool text(struct walk *w, uint32_t *at, uint32_t *len)
{
	if (peek(w) != '"')
		return refuse(w, "a string is wanted");
	*at = ++w->at;
	for (;; w->at++) {
		char c = peek(w);

		if (c < 0x20 || c > 0x7e)
			return refuse(w, w->at < w->d->n ? "an octet that is not printable ASCII" : "the text ends inside a string");
		if (c == '"')
			break;
		if (c == '\\' && ++w->at && peek(w) != '"' && peek(w) != '\\')
			return refuse(w, "only \\\" and \\\\ are escapes");
	}
	*len = w->at++ - *at;
	return true;
}

static bool number(struct walk *w, struct jnode *n)
{
	uint64_t v;

	n->kind = J_NUMBER;
	n->at = w->at;
	while (peek(w) >= '0' && peek(w) <= '9')
		w->at++;
	n->len = w->at - n->at;
	if (!decimal_get((struct slice){ w->d->text + n->at, n->len }, &v) || v >= (uint64_t)1 << 53)
		return refuse(w, "a number is digits without leading zeros, below 2^53");
	return true;
}

static bool word(struct walk *w, struct jnode *n)
{
	static const struct { const char *text; enum jkind kind; } words[] = { { "true", J_TRUE }, { "false", J_FALSE }, { "null", J_NULL } };

	for (unsigned i = 0; i < 3; i++) {
		size_t len = strlen(words[i].text);

		if (w->d->n - w->at < len || memcmp(w->d->text + w->at, words[i].text, len))
			continue;
		*n = (struct jnode){ .at = w->at, .len = (uint32_t)len, .kind = (uint8_t)words[i].kind, .name = n->name, .name_len = n->name_len };
		w->at += (uint32_t)len;
		return true;
	}
	return refuse(w, "a value is wanted");
}

/* A name and its colon, later in order than the one before. */
static bool name(struct walk *w, struct jnode *n)
{
	struct slice *last = &w->last[w->depth - 1];
	uint32_t at = 0, len = 0;
	struct slice s;
	int order;

	if (!text(w, &at, &len))
		return false;
	s = (struct slice){ w->d->text + at, len };
	if (len > PATH_MAX_TEXT || memchr(s.p, '\\', s.n))
		return refuse(w, "no member has such a name");
	order = last->p ? memcmp(last->p, s.p, last->n < s.n ? last->n : s.n) : -1;
	if (order > 0 || (order == 0 && last->n >= s.n))
		return refuse(w, "members are in order of their names, and none twice");
	*last = s;
	n->name = at;
	n->name_len = (uint16_t)len;
	if (peek(w) != ':')
		return refuse(w, "a colon is wanted");
	w->at++;
	return true;
}

static bool in_object(const struct walk *w)
{
	return w->d->node[w->open[w->depth - 1]].kind == J_OBJECT;
}

/* Closes containers as long as their ends stand here; *more: a comma, so another value follows. */
static bool after_value(struct walk *w, bool *more)
{
	*more = false;
	while (w->depth) {
		struct jnode *n = &w->d->node[w->open[w->depth - 1]];
		char c = peek(w), end = n->kind == J_OBJECT ? '}' : ']';

		if (c == ',') {
			w->at++;
			*more = true;
			return true;
		}
		if (c != end)
			return refuse(w, end == '}' ? "a comma or } is wanted" : "a comma or ] is wanted");
		w->at++;
		n->len = w->at - n->at;
		n->end = w->d->nnodes;
		w->depth--;
	}
	return true;
}

/* One value.  *opened: it is a container that holds something. */
static bool value(struct walk *w, bool *opened)
{
	struct jdoc *d = w->d;
	struct jnode *n = &d->node[d->nnodes];
	char c;

	*opened = false;
	if (d->nnodes == JNODES)
		return refuse(w, "more values than a leaf has room for");
	*n = (struct jnode){ .at = w->at };
	if (w->depth && in_object(w) && !name(w, n))
		return false;
	c = peek(w);
	d->nnodes++;
	if (c == '{' || c == '[') {
		if (w->depth == JDEPTH)
			return refuse(w, "nested deeper than any leaf is");
		n->at = w->at++;
		n->kind = c == '{' ? J_OBJECT : J_ARRAY;
		w->last[w->depth] = (struct slice){ 0 };
		w->open[w->depth++] = d->nnodes - 1;
		if (peek(w) != (c == '{' ? '}' : ']')) {
			*opened = true;
			return true;
		}
		w->at++;
		w->depth--;
		n->len = 2;
	} else if (c == '"') {
		n->kind = J_TEXT;
		if (!text(w, &n->at, &n->len))
			return false;
	} else if (c >= '0' && c <= '9' ? !number(w, n) : !word(w, n)) {
		return false;
	}
	n->end = d->nnodes;
	return true;
}

bool jdoc_parse(struct jdoc *d, const char *p, size_t n, struct err *e)
{
	struct walk w = { .d = d, .e = e };
	bool opened, more = true;

	d->text = p;
	d->n = n;
	d->nnodes = 0;
	if (!n || *p != '{')
		return refuse(&w, "an object is wanted");
	while (more) {
		if (!value(&w, &opened))
			return false;
		if (!opened && !after_value(&w, &more))
			return false;
	}
	return w.at == n || refuse(&w, "something follows the object");
}

/* ---- the same again ---- */

struct again { const struct jdoc *d; size_t at; bool bad; };

static void put(struct again *a, const char *p, size_t n)
{
	a->bad = a->bad || n > a->d->n - a->at || memcmp(a->d->text + a->at, p, n);
	if (!a->bad)
		a->at += n;
}

static void put_node(struct again *a, const struct jnode *n)
{
	struct slice s = { a->d->text + n->at, n->len };
	char b[24];
	uint64_t v = 0;

	switch ((enum jkind)n->kind) {
	case J_OBJECT: put(a, "{", 1); break;
	case J_ARRAY: put(a, "[", 1); break;
	case J_TEXT:
		put(a, "\"", 1);
		put(a, s.p, s.n);
		put(a, "\"", 1);
		break;
	case J_NUMBER:
		(void)decimal_get(s, &v);
		put(a, b, (size_t)snprintf(b, sizeof(b), "%llu", (unsigned long long)v));
		break;
	case J_TRUE: put(a, "true", 4); break;
	case J_FALSE: put(a, "false", 5); break;
	case J_NULL: put(a, "null", 4); break;
	}
}

bool jdoc_same(const struct jdoc *d)
{
	struct again a = { .d = d };
	uint32_t open[JDEPTH];
	unsigned depth = 0;
	bool first = true;

	for (uint32_t i = 0; i < d->nnodes; i++) {
		const struct jnode *n = &d->node[i];

		if (!first)
			put(&a, ",", 1);
		if (n->name_len || (depth && d->node[open[depth - 1]].kind == J_OBJECT)) {
			put(&a, "\"", 1);
			put(&a, d->text + n->name, n->name_len);
			put(&a, "\":", 2);
		}
		put_node(&a, n);
		first = n->kind == J_OBJECT || n->kind == J_ARRAY;
		if (first)
			open[depth++] = i;
		while (depth && d->node[open[depth - 1]].end == i + 1) {
			put(&a, d->node[open[--depth]].kind == J_OBJECT ? "}" : "]", 1);
			first = false;
		}
	}
	return !a.bad && a.at == d->n;
}

struct slice jdoc_text(const struct jdoc *d, uint32_t node)
{
	return (struct slice){ d->text + d->node[node].at, d->node[node].len };
}

bool jdoc_plain(struct slice written, struct octets *out)
{
	for (size_t i = 0; i < written.n; i++) {
		i += written.p[i] == '\\' && i + 1 < written.n;
		octets_add(out, written.p + i, 1);
	}
	return !out->full;
}

/* ---- members ---- */

static bool take(const struct jdoc *d, uint32_t node, enum want want, void *out)
{
	const struct jnode *n = &d->node[node];
	struct slice s = jdoc_text(d, node);
	struct sha_or *either = out;

	switch (want) {
	case WANT_TEXT:
		*(struct slice *)out = s;
		return n->kind == J_TEXT;
	case WANT_SHA: return n->kind == J_TEXT && hex_get(s, out, SHA);
	case WANT_SHA_OR_NULL:
		either->there = n->kind != J_NULL;
		return !either->there || (n->kind == J_TEXT && hex_get(s, either->sha, SHA));
	case WANT_DECIMAL: return n->kind == J_TEXT && decimal_get(s, out);
	case WANT_NUMBER: return n->kind == J_NUMBER && decimal_get(s, out);
	case WANT_BOOL:
		*(bool *)out = n->kind == J_TRUE;
		return n->kind == J_TRUE || n->kind == J_FALSE;
	case WANT_OBJECT:
		*(uint32_t *)out = node;
		return n->kind == J_OBJECT;
	case WANT_ARRAY:
		*(uint32_t *)out = node;
		return n->kind == J_ARRAY;
	}
	return false;
}

static const char *wanted(enum want want)
{
	static const char *const words[] = { "a string", "a SHA-256 in hex", "a SHA-256 in hex or null", "a decimal string", "a number", "true or false",
		"an object", "an array" };

	return words[want];
}

bool object_get(const struct jdoc *d, uint32_t node, const struct member *m, size_t n, void *out, struct err *e)
{
	uint32_t at = node + 1, end = d->node[node].end;
	char b[SHOWN];

	if (d->node[node].kind != J_OBJECT) {
		err_set(e, "an object is wanted");
		return false;
	}
	for (size_t i = 0; i < n; i++, at = d->node[at].end) {
		const struct jnode *v = at < end ? &d->node[at] : NULL;
		struct slice has = v ? (struct slice){ d->text + v->name, v->name_len } : (struct slice){ "", 0 };

		if (!v || !slice_is(has, m[i].name)) {
			err_set(e, "member %s is wanted, %s%s stands there", m[i].name, v ? "member " : "nothing", shown(has, b));
			return false;
		}
		if (!take(d, at, m[i].want, (char *)out + m[i].off)) {
			err_set(e, "member %s: %s is wanted", m[i].name, wanted(m[i].want));
			return false;
		}
	}
	if (at < end) {
		err_set(e, "member %s is not of the format", shown((struct slice){ d->text + d->node[at].name, d->node[at].name_len }, b));
		return false;
	}
	return true;
}
