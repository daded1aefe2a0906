/*
 * report.json read again, for the page.  The layout that report_json() writes has a line for each member and item that matters
 * here, and a JSON text holds no line feed inside a value: so what is not kept is stepped over by looking for the next one.
 */
#include "page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1 << 18, LINE = 4 << 20, KEPT = 32 << 20 };

struct loader {
	struct page_in	*in;
	long		(*read)(void *ctx, char *p, size_t n);
	void		*ctx;
	struct err	*e;
	uint64_t	line;			/* number of the line in hand */
	size_t		kept;			/* octets of what was kept */
	char		*chunk, *whole;		/* whole: a line that lies in several chunks */
	size_t		at, end;
	/* the line in hand */
	const char	*s;
	size_t		n;
	bool		cut;			/* longer than LINE, or not wanted: s has its begin only */
	char		last[2];		/* its last two octets, cut or not */
	/* the container in hand */
	bool		comma, first;		/* the line before ended in a comma; there was none */
};

static int wrong(struct loader *l, const char *what)
{
	err_set(l->e, "line %llu: %s", (unsigned long long)l->line, what);
	return FW_EFORMAT;
}

/* ---- lines ---- */

static int fill(struct loader *l)
{
	long n = l->read(l->ctx, l->chunk, CHUNK);

	l->at = 0;
	l->end = n > 0 ? (size_t)n : 0;
	if (n < 0) {
		err_set(l->e, "cannot be read");
		return FW_EIO;
	}
	return n ? FW_OK : FW_EEND;
}

static void tail(struct loader *l, const char *s, size_t n)
{
	if (n > 1) {
		l->last[0] = s[n - 2];
		l->last[1] = s[n - 1];
	} else if (n) {
		l->last[0] = l->last[1];
		l->last[1] = s[0];
	}
}

/* The next line without its end.  keep: all of it, else its begin.  FW_EEND: there is none. */
static int next_line(struct loader *l, bool keep)
{
	enum { BEGIN = 64 };
	size_t had = 0, room = keep ? LINE : BEGIN;
	int err;

	l->line++;
	l->cut = false;
	l->last[0] = l->last[1] = 0;
	for (;;) {
		const char *s = l->chunk + l->at, *nl = l->at < l->end ? memchr(s, '\n', l->end - l->at) : NULL;
		size_t n = nl ? (size_t)(nl - s) : l->end - l->at, take;

		tail(l, s, n);
		if (nl && !had) {		/* as nearly always: in one piece */
			l->s = s;
			l->n = n;
			l->at += n + 1;
			return FW_OK;
		}
		take = had + n > room ? room - had : n;
		memcpy(l->whole + had, s, take);
		had += take;
		l->cut |= take < n;
		l->at += n + (nl != NULL);
		if (nl) {
			l->s = l->whole;
			l->n = had;
			return FW_OK;
		}
		if ((err = fill(l)) != FW_OK)
			return err == FW_EEND && had ? wrong(l, "the file ends within a line") : err;
	}
}

/* ---- one line ---- */

/* Takes the comma from the end of the line, and holds it against the line before. */
static int separate(struct loader *l)
{
	if (!l->first && !l->comma)
		return wrong(l, "no comma before it");
	l->first = false;
	l->comma = l->last[1] == ',';
	if (!l->cut && l->comma)
		l->n--;
	return FW_OK;
}

static int value(struct loader *l, size_t from, json_t **out)
{
	json_error_t je;

	*out = NULL;
	if (l->cut || l->kept + l->n > KEPT) {
		*out = json_null();		/* too long to be kept */
		return FW_OK;
	}
	l->kept += l->n;
	errno = 0;			/* jansson does not always say that there was no memory */
	*out = json_loadb(l->s + from, l->n - from, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &je);
	return *out ? FW_OK : errno == ENOMEM ? FW_ENOMEM : wrong(l, je.text);
}

/* `"key": ` after the indent; *at: where the value begins. */
static int key_of(struct loader *l, size_t indent, char key[PAGE_KEY], size_t *at)
{
	size_t i = indent, n = 0;

	if (l->n < indent + 4 || l->s[i++] != '"')
		return wrong(l, "a member is wanted");
	for (; i < l->n && n < PAGE_KEY - 1 && ((l->s[i] >= 'a' && l->s[i] <= 'z') || (l->s[i] >= '0' && l->s[i] <= '9') || l->s[i] == '_' || l->s[i] == '-'); i++)
		key[n++] = l->s[i];
	key[n] = 0;
	if (!n || i + 3 > l->n || memcmp(l->s + i, "\": ", 3))
		return wrong(l, "no key of a report");
	*at = i + 3;
	return FW_OK;
}

static int put(struct loader *l, json_t *object, const char *key, json_t *v)
{
	if (json_object_get(object, key)) {
		json_decref(v);
		return wrong(l, "a key that was there before");
	}
	return json_object_set_new(object, key, v) ? FW_ENOMEM : FW_OK;
}

static bool closes(const struct loader *l, char with)
{
	return !l->cut && (l->n == 2 || (l->n == 3 && l->s[2] == ',')) && l->s[0] == ' ' && l->s[1] == with;
}

static int ends(struct loader *l)
{
	return !l->first && l->comma ? wrong(l, "a comma before the end") : FW_OK;
}

/* ---- containers ---- */

static int read_list(struct loader *l, json_t *list, uint64_t *n)
{
	int err;

	for (l->first = true, *n = 0;; ++*n) {
		bool keep = *n < PAGE_KEEP && l->kept < KEPT;
		json_t *v;

		if ((err = next_line(l, keep)) != FW_OK)
			return err == FW_EEND ? wrong(l, "the file ends within a list") : err;
		if (closes(l, ']'))
			return ends(l);
		if ((err = separate(l)) != FW_OK)
			return err;
		if (l->n < 3 || memcmp(l->s, "  {", 3) || l->last[!l->comma] != '}')
			return wrong(l, "an object on a line of its own is wanted");
		if (!keep)
			continue;
		if ((err = value(l, 2, &v)) != FW_OK)
			return err;
		if (json_is_object(v) && json_array_append_new(list, v))
			return FW_ENOMEM;
		if (!json_is_object(v))
			json_decref(v);
	}
}

static int read_object(struct loader *l, json_t *object)
{
	int err;

	for (l->first = true;;) {
		char key[PAGE_KEY];
		size_t at;
		json_t *v;

		if ((err = next_line(l, true)) != FW_OK)
			return err == FW_EEND ? wrong(l, "the file ends within an object") : err;
		if (closes(l, '}'))
			return ends(l);
		if ((err = separate(l)) != FW_OK)
			return err;
		if (l->n < 2 || memcmp(l->s, "  ", 2))
			return wrong(l, "two spaces are wanted before a member");
		if ((err = key_of(l, 2, key, &at)) != FW_OK || (err = value(l, at, &v)) != FW_OK || (err = put(l, object, key, v)) != FW_OK)
			return err;
	}
}

/* A member at the top: on one line, or as a container over several. */
static int member(struct loader *l, json_t *top)
{
	char key[PAGE_KEY];
	json_t *v;
	uint64_t n = 0;
	size_t at;
	int err;

	if ((err = separate(l)) != FW_OK || (err = key_of(l, 1, key, &at)) != FW_OK)
		return err;
	if (l->cut || l->n != at + 1 || (l->s[at] != '{' && l->s[at] != '[')) {
		err = value(l, at, &v);
		return err != FW_OK ? err : put(l, top, key, v);
	}
	v = l->s[at] == '[' ? json_array() : json_object();
	if (!v)
		return FW_ENOMEM;
	if ((err = put(l, top, key, v)) != FW_OK)
		return err;
	err = json_is_array(v) ? read_list(l, v, &n) : read_object(l, v);
	if (err != FW_OK)
		return err;
	l->first = false;
	l->comma = l->n == 3;
	if (json_is_array(v)) {
		if (l->in->ncounts == PAGE_LISTS)
			return wrong(l, "more lists than a report has");
		memcpy(l->in->count[l->in->ncounts].key, key, sizeof(key));
		l->in->count[l->in->ncounts++].n = n;
	}
	return FW_OK;
}

static int read_report(struct loader *l)
{
	int err = next_line(l, true);

	if (err != FW_OK || l->n != 1 || *l->s != '{')
		return err == FW_EIO ? err : wrong(l, "not a report of this program");
	for (l->first = true;;) {
		if ((err = next_line(l, true)) != FW_OK)
			return err == FW_EEND ? wrong(l, "the file ends within the report") : err;
		if (l->n == 1 && *l->s == '}')
			break;
		if (l->n < 2 || *l->s != ' ')
			return wrong(l, "not laid out as this program writes it");
		if ((err = member(l, l->in->report)) != FW_OK)
			return err;
	}
	if (l->comma)
		return wrong(l, "a comma before the end");
	if (json_integer_value(json_object_get(l->in->report, "version")) != 1 || !json_is_array(json_object_get(l->in->report, "findings")))
		return wrong(l, "not a report of this program, version 1");
	err = next_line(l, false);
	return err == FW_EEND ? FW_OK : err == FW_OK ? wrong(l, "something stands after the report") : err;
}

int page_load(struct page_in *in, long (*read)(void *ctx, char *p, size_t n), void *ctx, struct err *e)
{
	struct loader l = { .in = in, .read = read, .ctx = ctx, .e = e };
	int err = FW_ENOMEM;

	*in = (struct page_in){ .report = json_object() };
	l.chunk = malloc(CHUNK);
	l.whole = malloc(LINE);
	if (in->report && l.chunk && l.whole)
		err = read_report(&l);
	if (err == FW_ENOMEM)
		err_set(e, "out of memory");
	free(l.chunk);
	free(l.whole);
	return err;
}

void page_unload(struct page_in *in)
{
	json_decref(in->report);
	*in = (struct page_in){ 0 };
}
