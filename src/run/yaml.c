#define _GNU_SOURCE
#include "yaml.h"

#include "yaml_plain.h"

#include "err.h"

#include <errno.h>
#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

struct loading {
	struct growing	 g;
	struct troubles	*says;
	const char	*input;			/* what is parsed */
	size_t		input_len;
	bool		done;
	char		text[TREE_TEXT + 1];
	uint32_t	documents;
	int		err;			/* FW_ENOMEM */
};

/* ---- the octets, before any parser sees them ---- */

/* Length of the UTF-8 sequence at p of n octets; 0: it is none. */
static size_t utf8(const unsigned char *p, size_t n)
{
	size_t k = p[0] < 0x80 ? 1 : p[0] >> 5 == 6 ? 2 : p[0] >> 4 == 14 ? 3 : p[0] >> 3 == 30 ? 4 : 0;
	uint32_t v;

	if (!k || k > n)
		return 0;
	v = k == 1 ? p[0] : p[0] & (0x7fu >> k);
	for (size_t i = 1; i < k; i++) {
		if (p[i] >> 6 != 2)
			return 0;
		v = v << 6 | (p[i] & 0x3fu);
	}
	if (k > 1 && (v < (k == 2 ? 0x80u : k == 3 ? 0x800u : 0x10000u) || v > 0x10ffff || (v >= 0xd800 && v < 0xe000)))
		return 0;
	return k;
}

/* Octets from p on that are printable ASCII, a block at a time: nearly all of a file. */
static size_t ascii(const unsigned char *p, size_t n)
{
	enum { block = 32 };
	size_t k = 0;

	for (; n - k >= block; k += block) {
		unsigned char other = 0;

		for (unsigned i = 0; i < block; i++)
			other |= (unsigned char)(p[k + i] - 0x20) > 0x7e - 0x20;
		if (other)
			break;
	}
	while (k < n && p[k] >= 0x20 && p[k] < 0x7f)
		k++;
	return k;
}

static bool plain_text(const char *text, size_t n, const char *file, struct troubles *says)
{
	const unsigned char *p = (const unsigned char *)text;
	struct place at = { file, 1, 1 };

	for (size_t i = 0; i < n;) {
		size_t k = ascii(p + i, n - i);

		at.column += (uint32_t)k;
		i += k;
		if (i == n)
			break;
		k = utf8(p + i, n - i);
		if (!k || (p[i] < 0x20 && !memchr("\t\n\r", p[i], 3)) || p[i] == 0x7f) {
			trouble_say(says, &at, "found octet 0x%02x; UTF-8 text without control characters is allowed", p[i]);
			return false;
		}
		at.column = p[i] == '\n' ? 1 : at.column + 1;
		at.line += p[i] == '\n';
		i += k;
	}
	return true;
}

/* ---- events into nodes ---- */

static struct place place_at(const struct loading *l, const struct fy_mark *m, enum fy_scalar_style s)
{
	struct place at = { l->g.tree->file, l->g.key_line ? l->g.key_line : 1, l->g.key_line ? l->g.key_column : 1 };

	if (m) {
		at.line = (uint32_t)m->line + 1;
		at.column = (uint32_t)m->column + 1;
		if (at.column > 1)		/* the mark is past the quote */
			at.column -= s == FYSS_SINGLE_QUOTED || s == FYSS_DOUBLE_QUOTED;
	}
	return at;
}

static struct place place_of(const struct loading *l, struct fy_event *e)
{
	const struct fy_mark *m = fy_event_start_mark(e);
	bool scalar = e->type == FYET_SCALAR && e->scalar.value;

	return place_at(l, m, scalar ? fy_scalar_token_get_style(e->scalar.value) : FYSS_PLAIN);
}

static bool refuse(struct loading *l, struct fy_event *e, const char *sentence)
{
	struct place at = place_of(l, e);

	trouble_say(l->says, &at, "%s", sentence);
	return false;
}

/* sign: octets before the mark that belong to it. */
static bool refuse_token(struct loading *l, struct fy_event *e, struct fy_token *t, uint32_t sign, const char *sentence)
{
	const struct fy_mark *m = fy_token_start_mark(t);
	struct place at = place_of(l, e);

	if (m) {
		at.line = (uint32_t)m->line + 1;
		at.column = (uint32_t)m->column + 1 - ((uint32_t)m->column >= sign ? sign : 0);
	}
	trouble_say(l->says, &at, "%s", sentence);
	return false;
}

static bool bare(struct loading *l, struct fy_event *e, struct fy_token *anchor, struct fy_token *tag)
{
	if (anchor)
		return refuse_token(l, e, anchor, 1, "found an anchor; values written out are allowed");
	return !tag || refuse_token(l, e, tag, 0, "found a tag; values without tags are allowed");
}

/* n: with its place. */
static bool add(struct loading *l, struct fy_event *e, struct node *n)
{
	switch (grow(&l->g, n)) {
	case GROWN: return true;
	case GROWN_MANY: return refuse(l, e, "found more values than a file may hold (4194304)");
	case GROWN_DEEP: return refuse(l, e, "found maps and lists nested too deep; 16 levels are allowed");
	case GROWN_NOMEM: l->err = FW_ENOMEM; return false;
	}
	return false;
}

/*
 * A scalar's text into l->text; its length, TREE_TEXT + 1 when it is longer; SIZE_MAX: it cannot be read.
 * By chunks: of libfyaml 0.7, fy_token_get_text() loses memory over texts with many escapes and
 * fy_token_iter_read() writes each chunk over the one before.
 */
static size_t text_of(struct loading *l, struct fy_token *t)
{
	struct fy_token_iter *i = fy_token_iter_create(t);
	const struct fy_iter_chunk *c = NULL;
	size_t n = 0;
	int err = 0;

	if (!i)
		return SIZE_MAX;
	while (n < sizeof(l->text) && (c = fy_token_iter_chunk_next(i, c, &err))) {
		size_t k = c->len < sizeof(l->text) - n ? c->len : sizeof(l->text) - n;

		memcpy(l->text + n, c->str, k);
		n += k;
	}
	fy_token_iter_destroy(i);
	return err < 0 ? SIZE_MAX : n;
}

/*
 * A scalar that stands in the input as it reads, as nearly all do: on one line, without escapes or
 * doubled quotes.  False: text_of() is to read it.
 */
static bool stands(const struct loading *l, const struct fy_mark *from, const struct fy_mark *past, enum fy_scalar_style style, const char **s, size_t *n)
{
	char quote = style == FYSS_SINGLE_QUOTED ? '\'' : '"', not = style == FYSS_PLAIN ? 0 : style == FYSS_SINGLE_QUOTED ? '\'' : '\\';
	bool other = false;
	const char *at;
	size_t len;

	if (!from || !past || from->input_pos > past->input_pos || past->input_pos > l->input_len)
		return false;
	at = l->input + from->input_pos;
	len = past->input_pos - from->input_pos;
	if (style == FYSS_PLAIN ? !len || at[0] == ' ' || at[len - 1] == ' '
				: (style != FYSS_SINGLE_QUOTED && style != FYSS_DOUBLE_QUOTED) || !from->input_pos || at[-1] != quote ||
				  past->input_pos == l->input_len || at[len] != quote)
		return false;
	for (size_t i = 0; i < len; i++)
		other |= (unsigned char)at[i] < 0x20 || at[i] == not;
	*s = at;
	*n = len;
	return !other;
}

static bool no_controls(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (((unsigned char)s[i] < 0x20 && s[i] != '\n' && s[i] != '\t') || s[i] == 0x7f)
			return false;
	return true;
}

static bool scalar(struct loading *l, struct fy_event *e)
{
	struct fy_token *t = e->scalar.value;
	enum fy_scalar_style style = t ? fy_scalar_token_get_style(t) : FYSS_PLAIN;
	bool is_key = grow_key_next(&l->g), copied = false;
	const struct fy_mark *from = t ? fy_token_start_mark(t) : fy_event_start_mark(e);
	struct place at = place_at(l, from, style);
	struct node n = { .kind = NODE_SCALAR, .plain = style == FYSS_PLAIN, .line = at.line, .column = at.column };
	const char *s = "";
	size_t len = 0;

	if (t && !stands(l, from, fy_token_end_mark(t), style, &s, &len)) {
		len = text_of(l, t);
		s = l->text;
		copied = true;
	}
	if (len == SIZE_MAX)
		return refuse(l, e, "found a text that cannot be read");
	if (len > TREE_TEXT)
		return refuse(l, e, "found a text of more than 65536 octets");
	if (copied && style == FYSS_SINGLE_QUOTED && memmem(s, len, "''", 2))	/* libfyaml 0.7 miscounts them */
		return refuse(l, e, "found quotes side by side within single quotes; a text in double quotes is allowed");
	if (copied && !no_controls(s, len))
		return refuse(l, e, "found a text with control characters; text without them is allowed");
	if (is_key && (!len || len > KEY))
		return refuse(l, e, len ? "found a key of more than 255 octets" : "found an empty key; a word is allowed");
	n.text = copied ? own_text(&l->g.tree->own, s, len) : s;
	n.len = (uint32_t)len;
	if (!is_key)
		return add(l, e, &n);
	grow_key(&l->g, n.text, n.len, n.line, n.column);
	return true;
}

static bool collection(struct loading *l, struct fy_event *e, enum node_kind kind)
{
	struct place at = place_of(l, e);
	struct node n = { .kind = (uint8_t)kind, .line = at.line, .column = at.column };

	if (grow_key_next(&l->g))
		return refuse(l, e, "found a key that is a map or a list; a word is allowed");
	return add(l, e, &n);
}

static bool event(struct loading *l, struct fy_event *e)
{
	switch (e->type) {
	case FYET_DOCUMENT_START:
		if (l->documents++)
			return refuse(l, e, "found a second document; one is allowed in a file");
		return true;
	case FYET_SCALAR: return bare(l, e, e->scalar.anchor, e->scalar.tag) && scalar(l, e);
	case FYET_MAPPING_START: return bare(l, e, e->mapping_start.anchor, e->mapping_start.tag) && collection(l, e, NODE_MAP);
	case FYET_SEQUENCE_START: return bare(l, e, e->sequence_start.anchor, e->sequence_start.tag) && collection(l, e, NODE_LIST);
	case FYET_ALIAS: return refuse(l, e, "found an alias; values written out are allowed");
	case FYET_MAPPING_END:
	case FYET_SEQUENCE_END: grow_end(&l->g); return true;
	case FYET_STREAM_END: l->done = true; return true;
	case FYET_NONE:
	case FYET_STREAM_START:
	case FYET_DOCUMENT_END: return true;
	}
	return true;
}

/* libfyaml's own first complaint. */
static void told(struct loading *l, struct fy_diag *d)
{
	void *prev = NULL;
	const struct fy_diag_error *e = fy_diag_errors_iterate(d, &prev);
	struct place at = { l->g.tree->file, e && e->line > 0 ? (uint32_t)e->line : 1, e && e->column > 0 ? (uint32_t)e->column : 1 };

	trouble_say(l->says, &at, "not YAML here: %s", e && e->msg ? e->msg : "the text cannot be read");
}

static void parse(struct loading *l)
{
	struct fy_diag_cfg dc;
	struct fy_parse_cfg pc = { .flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE | FYPCF_DISABLE_MMAP_OPT };
	struct fy_parser *p;
	struct fy_event *e;
	bool going = true;

	fy_diag_cfg_default(&dc);
	dc.fp = NULL;
	dc.colorize = false;
	pc.diag = fy_diag_create(&dc);
	if (!pc.diag) {
		l->err = FW_ENOMEM;
		return;
	}
	fy_diag_set_collect_errors(pc.diag, true);
	p = fy_parser_create(&pc);
	if (!p || fy_parser_set_string(p, l->input, l->input_len)) {
		l->err = FW_ENOMEM;
	} else {
		errno = 0;
		while (going && (e = fy_parser_parse(p))) {
			going = event(l, e) && !l->done;
			fy_parser_event_free(p, e);
		}
		if (going && !l->done && errno == ENOMEM)		/* libfyaml says no more than that there is no event */
			l->err = FW_ENOMEM;
		else if (going && !l->done)
			told(l, pc.diag);
	}
	if (p)
		fy_parser_destroy(p);
	fy_diag_destroy(pc.diag);
}

/* One reader or the other, or the plain one first. */
static int read_by(struct loading *l, enum yaml_by by)
{
	struct tree *t = l->g.tree;
	int err = by == YAML_FULL ? FW_EEND : yaml_plain(&l->g, l->input, l->input_len);

	if (err != FW_EEND || by == YAML_PLAIN)
		return err;
	t->n = 0;
	l->g = (struct growing){ .tree = t };
	parse(l);
	return l->err;
}

int yaml_load_by(struct tree **out, const char *name, const char *text, size_t n, struct troubles *says, enum yaml_by by)
{
	struct loading *l = calloc(1, sizeof(*l));
	struct tree *t = l ? tree_new(name) : NULL;
	uint32_t before = says->n;
	struct place at = { name, 1, 1 };
	int err = FW_OK;

	*out = NULL;
	if (!t) {
		free(l);
		return FW_ENOMEM;
	}
	l->says = says;
	l->g.tree = t;
	if (n >= 3 && !memcmp(text, "\xef\xbb\xbf", 3)) {	/* a byte order mark says nothing here */
		text += 3;
		n -= 3;
	}
	l->input = text;
	l->input_len = n;
	if (n > TREE_FILE) {
		at.line = at.column = 0;
		trouble_say(says, &at, "more than 67108864 octets; a smaller file is allowed");
	} else if (plain_text(text, n, name, says)) {
		err = read_by(l, by);
	}
	if (!err && says->n == before && !t->n)
		trouble_say(says, &at, "found nothing; a file begins with \"version: 1\"");
	if (!err && says->n == before && l->g.maybe_twice && !tree_unique(t, says) && says->n == before)
		err = FW_ENOMEM;
	err = says->n != before ? FW_EFORMAT : err;
	if (err == FW_OK)
		*out = t;
	else
		tree_free(t);
	free(l);
	return err;
}

int yaml_load(struct tree **out, const char *name, const char *text, size_t n, struct troubles *says)
{
	return yaml_load_by(out, name, text, n, says, YAML_EITHER);
}
