/*
 * The packets of one finding, masked, as a capture of their own.  They come from a record that somebody else may have written: it is
 * checked as verify checks it, and nothing is copied of one in which something fails.
 */
#define _GNU_SOURCE			/* renameat2() */

#include "capsule.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LISTED = 16, WORD_MOST = 400, SENTENCE_MOST = 2000, FILTER_MOST = 16000 };

void capsule_clean(struct octets *o, const char *p, size_t n, size_t most)
{
	o->n = 0;
	for (size_t i = 0; i < n && i < most; i++)
		octets_add(o, (uint8_t)p[i] >= 0x20 && (uint8_t)p[i] < 0x7f ? &p[i] : ".", 1);
	if (n > most)
		octets_str(o, "...");
	octets_add(o, "", 1);
}

/* ---- which finding ---- */

/* A text of a leaf, which has two escapes only. */
static bool plain_is(struct slice written, const char *text)
{
	struct octets o = { 0 };
	bool same = jdoc_plain(written, &o) && o.n == strlen(text) && !memcmp(o.b, text, o.n);

	octets_free(&o);
	return same;
}

static void clean_of(struct octets *to, struct slice written)
{
	struct octets o = { 0 };

	if (jdoc_plain(written, &o))
		capsule_clean(to, o.n ? o.b : "", o.n, WORD_MOST);
	else
		to->full = true;
	octets_free(&o);
}

static bool read_finding(struct verify *v, uint32_t nth, struct entry *l)
{
	struct slice text = verify_leaf(v, v->finding[nth]);

	return entry_read(&v->doc, text.p, text.n, l, &v->e) && l->type == ENTRY_FINDING;
}

/* 2: by its id, or the begin of it; 1: by what it is about. */
static int is_meant(const struct entry_finding *f, const char *wanted)
{
	size_t n = strlen(wanted);

	if (n >= 2 && n <= f->id.n && !memcmp(f->id.p, wanted, n) && !memcmp(wanted, "F-", 2))
		return 2;
	return plain_is(f->c.check, wanted) || plain_is(f->c.subject, wanted) || (f->c.object.n && plain_is(f->c.object, wanted));
}

static void take_core(struct capsule *c, const struct entry_finding *f)
{
	clean_of(&c->id, f->id);
	clean_of(&c->check, f->c.check);
	clean_of(&c->subject, f->c.subject);
	clean_of(&c->object, f->c.object);
	clean_of(&c->verdict, f->c.verdict);
	clean_of(&c->severity, f->c.severity);
	c->complete = slice_is(f->c.need, "complete");
}

static void free_core(struct capsule *c)
{
	struct octets *all[] = { &c->id, &c->check, &c->subject, &c->object, &c->verdict, &c->severity };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		octets_free(all[i]);
		*all[i] = (struct octets){ 0 };
	}
}

/* The findings that were meant, or all, to choose from. */
static void list(struct capsule *c, int meant)
{
	struct verify *v = c->v;
	uint32_t n = 0;
	struct entry l;

	for (uint32_t i = 0; i < v->nfindings; i++) {
		if (!read_finding(v, i, &l) || (meant && is_meant(&l.u.finding, c->o->finding) != meant))
			continue;
		if (n++ == LISTED) {
			(void)fprintf(stderr, "  ... and more: report.json has all\n");
			return;
		}
		free_core(c);
		take_core(c, &l.u.finding);
		(void)fprintf(stderr, "  %s %s, %s: %s%s%s\n", capsule_word(&c->id), capsule_word(&c->check), capsule_word(&c->severity),
			capsule_word(&c->subject), *capsule_word(&c->object) ? " and " : "", capsule_word(&c->object));
	}
}

/* 0; FW_EINVAL: none or more than one is meant, which was told. */
static int choose(struct capsule *c)
{
	struct octets wanted = { 0 };
	struct verify *v = c->v;
	uint32_t n[3] = { 0 }, last[3] = { 0 };
	struct entry l;
	int how;

	for (uint32_t i = 0; i < v->nfindings; i++) {
		if (!read_finding(v, i, &l))
			return FW_ENOMEM;		/* it was read before */
		how = is_meant(&l.u.finding, c->o->finding);
		n[how]++;
		last[how] = i;
	}
	how = n[2] ? 2 : n[1] ? 1 : 0;
	if (how && n[how] == 1) {
		c->nth = last[how];
		c->leaf = v->finding[c->nth];
		if (!read_finding(v, c->nth, &l))
			return FW_ENOMEM;
		take_core(c, &l.u.finding);
		return FW_OK;
	}
	capsule_clean(&wanted, c->o->finding, strlen(c->o->finding), WORD_MOST);
	if (how)
		(void)fprintf(stderr, "fairwitness: %s: %u findings are meant by %s; name one by its id:\n", c->o->dir, n[how], capsule_word(&wanted));
	else if (v->nfindings)
		(void)fprintf(stderr, "fairwitness: %s: there is no finding %s in this record, by id, check, subject or object; there %s:\n", c->o->dir,
			capsule_word(&wanted), v->nfindings == 1 ? "is" : "are");
	else
		(void)fprintf(stderr, "fairwitness: %s: there is no finding %s in this record, which has none at all\n", c->o->dir,
			capsule_word(&wanted));
	list(c, how);
	octets_free(&wanted);
	return FW_EINVAL;
}

/* ---- its packets ---- */

static int by_place(const void *a, const void *b)
{
	const struct cited *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->ground && y->ground ? (x->ground < y->ground ? -1 : x->ground > y->ground) : (x->ground ? -1 : y->ground ? 1 : 0);
}

/* The packets that its leaf names, of which inclusion has shown that the first are its grounds. */
static int gather(struct capsule *c)
{
	struct verify *v = c->v;
	uint64_t seg, position;
	uint32_t at = 0, n = 0;
	struct entry_ground g;
	struct entry l;
	size_t kept = 0;

	if (!read_finding(v, c->nth, &l))
		return FW_ENOMEM;
	while (entry_next_ground(&v->doc, l.u.finding.c.grounds, &at, &g, &v->e))
		c->grounds++;
	at = 0;
	while (entry_next_packet(&v->doc, l.u.finding.pkts, &at, &seg, &position, &v->e))
		n++;
	c->p = calloc(n + 1, sizeof(*c->p));
	if (!c->p)
		return FW_ENOMEM;
	at = n = 0;
	while (entry_next_packet(&v->doc, l.u.finding.pkts, &at, &seg, &position, &v->e)) {
		uint32_t ground = n < c->grounds ? n + 1 : 0;

		n++;
		c->others += !ground;
		if (!ground && !c->o->context)
			continue;
		for (uint32_t k = 0; k < v->nsegs; k++)
			if (v->seg[k].leaf == seg) {
				uint64_t i = v->seg[k].base + position;

				c->p[c->n++] = (struct cited){ .at = i, .f = &v->packet[i], .leaf = &v->packet_leaf[i], .bits = v->bits + v->bits_at[i],
					.ground = ground };
				break;
			}
	}
	if (c->n)
		qsort(c->p, c->n, sizeof(*c->p), by_place);
	for (size_t i = 0; i < c->n; i++)	/* each once */
		if (!kept || c->p[kept - 1].at != c->p[i].at)
			c->p[kept++] = c->p[i];
	c->n = kept;
	return FW_OK;
}

/* ---- what report.json says of it besides ---- */

struct annex { struct capsule *c; uint32_t nth; };

static bool of_findings(const struct jpath *p)
{
	return p->depth > 1 && (!strcmp(p->at[0].key, "findings") || !strcmp(p->at[0].key, "accepted"));
}

static bool annex_value(void *ctx, const struct jpath *p, enum jkind kind, struct slice text, uint64_t number, struct err *e)
{
	struct annex *a = ctx;
	struct capsule *c = a->c;
	const struct { const char *key; struct octets *to; size_t most; } rows[] = {
		{ "title", &c->title, SENTENCE_MOST }, { "reason", &c->reason, SENTENCE_MOST },
		{ "filter", &c->filter, FILTER_MOST }, { "filter_4_0", &c->filter_4_0, FILTER_MOST },
	};
	static const char needs[] = " -o nas-5gs.null_decipher:TRUE -Y ";
	const char *key;

	(void)e;
	if (p->depth != 3 || !of_findings(p) || a->nth != c->nth)
		return true;
	key = p->at[2].key;
	for (size_t i = 0; kind == J_TEXT && i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(key, rows[i].key))
			capsule_clean(rows[i].to, text.p, text.n, rows[i].most);
	if (kind == J_TEXT && !strcmp(key, "tshark"))	/* nothing else of that line is handed on: it could be any command */
		c->null_decipher = memmem(text.p, text.n, needs, sizeof(needs) - 1) != NULL;
	if (kind == J_NUMBER && !strcmp(key, "frames_total"))
		c->frames_total = number;
	return true;
}

static bool annex_end(void *ctx, const struct jpath *p, struct err *e)
{
	struct annex *a = ctx;

	(void)e;
	a->nth += p->depth == 2 && of_findings(p);
	return true;
}

/* Findings stand in the order of their leaves: verify_report() has compared them one by one. */
static int annex(struct capsule *c)
{
	struct annex a = { c, 0 };
	const struct jtaker t = { .value = annex_value, .end = annex_end, .ctx = &a };
	int fd = verify_open(c->v, "report.json"), err = json_stream(fd, &t, &c->v->e);

	if (fd >= 0)
		(void)close(fd);
	if (err == FW_EIO || err == FW_EFORMAT) {
		verify_unreadable(c->v, "report.json: %s", c->v->e.text);
		return FW_EIO;
	}
	return err;
}

/* ---- the file: whole or not at all ---- */

struct target { char parent[PATH_MAX], temp[PATH_MAX + 32]; const char *name; int dir; bool there; };

/* An earlier capsule may be replaced, as audit replaces an earlier output; nothing else. */
static bool is_capsule(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	char program[PCAPNG_PROGRAM];
	uint8_t b[128];
	ssize_t n = fd < 0 ? -1 : read(fd, b, sizeof(b));

	if (fd >= 0)
		(void)close(fd);
	return n > 0 && pcapng_written_by(b, (size_t)n, program) && !strncmp(program, CAPSULE_PROGRAM " ", strlen(CAPSULE_PROGRAM) + 1);
}

/* A file more in the record, and it would not verify. */
static bool lies_in(const char *parent, const char *record)
{
	char a[PATH_MAX], b[PATH_MAX];

	return realpath(parent, a) && realpath(record, b) && outplace_below(b, a);
}

/* 0; FW_EINVAL: it may not be written there; FW_EIO; with a sentence. */
static int target_open(struct target *t, const struct capsule_opts *o, struct err *e)
{
	const char *slash = strrchr(o->out, '/');
	struct stat st;

	*t = (struct target){ .dir = -1, .name = slash ? slash + 1 : o->out };
	if (!*t->name || !strcmp(t->name, ".") || !strcmp(t->name, "..") || !strcmp(o->out, "-")) {
		err_set(e, "-o %.300s: the name of a file is wanted", o->out);
		return FW_EINVAL;
	}
	if (slash - o->out >= (ptrdiff_t)sizeof(t->parent) || strlen(t->name) > NAME_MAX - 24) {
		err_set(e, "-o %.300s: the name is too long", o->out);
		return FW_EINVAL;
	}
	(void)snprintf(t->parent, sizeof(t->parent), "%.*s", slash ? (int)(slash - o->out) + (slash == o->out) : 1, slash ? o->out : ".");
	if (lies_in(t->parent, o->dir)) {
		err_set(e, "-o %.300s: lies in the record %.100s, which would not verify any more", o->out, o->dir);
		return FW_EINVAL;
	}
	t->dir = open(t->parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (t->dir < 0) {
		err_set(e, "-o %.300s: cannot be made: %s: %s", o->out, t->parent, strerror(errno));
		return FW_EIO;
	}
	t->there = !fstatat(t->dir, t->name, &st, AT_SYMLINK_NOFOLLOW);
	if (!t->there || (S_ISREG(st.st_mode) && is_capsule(t->dir, t->name)))
		return FW_OK;
	err_set(e, "-o %.300s: %s, which is not replaced; a new name is wanted, or that of an earlier capsule", o->out,
		S_ISREG(st.st_mode) ? "is a file that is no capsule" : "is there and is no regular file");
	return FW_EINVAL;
}

static int put_in_place(const struct target *t)
{
	int flags = t->there ? 0 : RENAME_NOREPLACE;

	if (!renameat2(t->dir, t->temp, t->dir, t->name, (unsigned)flags))
		return FW_OK;
	if (errno != EINVAL && errno != ENOSYS)
		return FW_EIO;
	if (flags && !faccessat(t->dir, t->name, F_OK, AT_SYMLINK_NOFOLLOW)) {	/* a file system that cannot rename so */
		errno = EEXIST;
		return FW_EIO;
	}
	return renameat(t->dir, t->temp, t->dir, t->name) ? FW_EIO : FW_OK;
}

static int target_write(struct target *t, const struct capsule_opts *o, const struct octets *file, struct err *e)
{
	int fd, bad, why;

	(void)snprintf(t->temp, sizeof(t->temp), "%s.partial-%ld", t->name, (long)getpid());
	(void)unlinkat(t->dir, t->temp, 0);		/* of a killed run that had our number */
	fd = openat(t->dir, t->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
	bad = fd < 0 || write_all(fd, file->b, file->n) != FW_OK || fsync(fd);
	why = errno;
	if (fd >= 0 && close(fd) && !bad) {
		bad = 1;
		why = errno;
	}
	if (!bad && put_in_place(t) != FW_OK) {
		bad = 1;
		why = errno;
	}
	if (bad) {
		(void)unlinkat(t->dir, t->temp, 0);
		err_set(e, "-o %.300s: cannot be written: %s", o->out, strerror(why));
		return FW_EIO;
	}
	if (!fsync(t->dir))
		return FW_OK;
	err_set(e, "-o %.300s: written, but its name may not be on disk: %s", o->out, strerror(errno));
	return FW_EIO;
}

/* ---- the whole ---- */

static int make(struct verify *v, void *ctx)
{
	struct capsule *c = ctx;
	int err;

	c->v = v;
	if ((err = choose(c)) != FW_OK || (err = gather(c)) != FW_OK || (err = annex(c)) != FW_OK || (err = capsule_shows(c)) != FW_OK)
		return err;
	return capsule_file(c);
}

static void let_go(struct capsule *c)
{
	for (size_t i = 0; i < c->n; i++)
		octets_free(&c->p[i].shows);
	free(c->p);
	free_core(c);
	octets_free(&c->title);
	octets_free(&c->reason);
	octets_free(&c->filter);
	octets_free(&c->filter_4_0);
	octets_free(&c->file);
}

/* Why nothing of it is copied. */
static enum status record_failed(const struct verify_result *r, const char *dir)
{
	struct err e;

	if (r->unreadable[0])
		return run_fail(STATUS_INPUT, r->unreadable);
	for (int i = 0; i < VERIFY_NAMES; i++)
		if (r->line[i].word == WORD_FAIL) {
			err_set(&e, "%.150s: the record does not hold, and nothing of it is copied: %s FAIL: %.250s", dir,
				verify_name((enum verify_name)i), r->line[i].reason);
			return run_fail(STATUS_INPUT, e.text);
		}
	err_set(&e, "%.300s: the record holds no report that could be read", dir);
	return run_fail(STATUS_INPUT, e.text);
}

struct making { struct capsule c; struct target *t; struct err *e; bool called, written; int said; };

/* While the record is open: what is said of the file comes from it. */
static int make_and_write(struct verify *v, void *ctx)
{
	struct making *m = ctx;
	int err = make(v, &m->c);

	m->called = true;
	if (err != FW_OK)
		return err;
	err = target_write(m->t, m->c.o, &m->c.file, m->e);
	m->written = err == FW_OK;
	if (m->written)
		m->said = capsule_say(&m->c);
	return err;
}

enum status run_capsule(const struct capsule_opts *o)
{
	const struct verify_opts vo = { .dir = o->dir, .key = o->key, .first = true };
	struct verify_result *r = malloc(sizeof(*r));
	struct err e = { "" };
	struct target t;
	struct making m = { .c = { .o = o }, .t = &t, .e = &e };
	enum status s;
	int err;

	if (!r)
		return run_fail(STATUS_OUTPUT, err_word(FW_ENOMEM));
	err = target_open(&t, o, &e);
	if (err != FW_OK) {
		s = run_fail(err == FW_EINVAL ? STATUS_USAGE : STATUS_OUTPUT, e.text);
		goto out;
	}
	err = verify_record(&vo, r, make_and_write, &m);
	if (err == FW_ENOMEM)
		s = run_fail(STATUS_OUTPUT, err_word(err));
	else if (!m.called)
		s = err == FW_EINVAL ? run_fail(STATUS_USAGE, r->unreadable) : record_failed(r, o->dir);
	else if (err == FW_EINVAL)
		s = STATUS_USAGE;			/* told */
	else if (!m.written)
		s = e.text[0] ? run_fail(STATUS_OUTPUT, e.text) : record_failed(r, o->dir);
	else
		s = m.said ? run_fail(STATUS_OUTPUT, "standard output cannot be written") : STATUS_DONE;
	let_go(&m.c);
out:
	if (t.dir >= 0)
		(void)close(t.dir);
	free(r);
	return s;
}
