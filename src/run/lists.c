/*
 * Lists of facts as input: plain, gzip or zstd, several merged by time.  Each begins with `run`; one
 * without `end` is partial.  What precedes a damage is handed on and its place is named.
 */
#include "inside.h"

#include "factlist.h"
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_BORROW = 256 << 10, LINE_LONGEST = 64 << 20, MEM_LEAST = 64 << 10 };

struct fact_source {
	const char	*path;
	struct source	 src;
	struct fact_reader reader;
	struct arena	 mem;
	struct item	*room;
	char		*big;			/* a line longer than the window */
	size_t		 nbig, cap_big;
	uint64_t	 line, nfacts, last_n;
	struct fact_run	 run;
	struct fact_end	 end;
	void		*keep[2];		/* memory of run and end */
	bool		 has_run, has_end, has_head;
	struct fact	 head;			/* the next fact, its input counted over all lists */
	uint32_t	 first_input;
	struct err	 trouble;		/* a sentence, or empty */
};

struct lists {
	struct fact_source	*list;
	size_t		 n;
	struct report_input *input;
	uint64_t	 facts;
};

static void trouble(struct fact_source *l, const char *what)
{
	if (!l->trouble.text[0])
		err_set(&l->trouble, "%s: %s", l->path, what);
}

/* ---- lines ---- */

static bool append(struct fact_source *l, size_t n)
{
	if (n > LINE_LONGEST - l->nbig) {
		trouble(l, "a line is longer than 64 MB");
		return false;
	}
	if (l->nbig + n > l->cap_big) {
		char *b = realloc(l->big, 2 * (l->nbig + n));

		if (!b) {
			trouble(l, err_word(FW_ENOMEM));
			return false;
		}
		l->big = b;
		l->cap_big = 2 * (l->nbig + n);
	}
	memcpy(l->big + l->nbig, l->src.p, n);
	l->nbig += n;
	source_skip(&l->src, n);
	return true;
}

/* The next line, borrowed from the window unless it is a long one.  False: no more, or trouble. */
static bool next_line(struct fact_source *l, const char **line, size_t *n)
{
	struct source *s = &l->src;
	size_t seen = 0;

	l->nbig = 0;
	for (;;) {
		size_t left = source_left(s);
		const uint8_t *nl = left > seen ? memchr(s->p + seen, '\n', left - seen) : NULL;
		size_t len = nl ? (size_t)(nl - s->p) + 1 : left;

		if (nl || s->eof) {
			if (!l->nbig) {
				*line = (const char *)s->p;
				*n = len;
				source_skip(s, len);
				return len != 0;
			}
			if (!append(l, len))
				return false;
			*line = l->big;
			*n = l->nbig;
			return true;
		}
		seen = left;
		if (left >= LINE_BORROW) {
			if (!append(l, left))
				return false;
			seen = 0;
		}
		(void)source_need(s, source_left(s) + 1);
	}
}

/* Room for whatever a line of n octets can hold. */
static bool room_for(struct fact_source *l, size_t n)
{
	size_t want = 8 * n + MEM_LEAST;

	arena_reset(&l->mem);
	if (want <= l->mem.cap)
		return true;
	free(l->mem.base);
	l->mem = (struct arena){ .base = malloc(want), .cap = want };
	if (!l->mem.base) {
		l->mem.cap = 0;
		trouble(l, err_word(FW_ENOMEM));
	}
	return l->mem.cap != 0;
}

/* What `run` and `end` hold lives as long as the list. */
static void keep(struct fact_source *l, unsigned i)
{
	l->keep[i] = l->mem.base;
	l->mem = (struct arena){ 0 };
}

/* ---- what the lines say together ---- */

static void no_more(struct fact_source *l)
{
	if (l->src.failed)
		trouble(l, strerror(l->src.error));
	else if (l->src.bad)
		trouble(l, l->src.bad);
	else if (!l->has_run)
		trouble(l, "is empty");
	else if (!l->has_end)
		trouble(l, "has no `end`: facts are missing");
}

static void bad_line(struct fact_source *l)
{
	const struct fact_reader *r = &l->reader;
	char what[400];

	if (l->src.eof && (l->src.failed || l->src.bad))	/* the line ends where reading did */
		no_more(l);
	(void)snprintf(what, sizeof(what), "line %llu, column %zu: %s%s%s%s is %s; %s", (unsigned long long)l->line, r->column, r->want,
		r->member ? " \"" : "", r->member ? r->member : "", r->member ? "\"" : "", r->member ? "missing" : "expected",
		l->has_run ? "what follows was not read" : "this is no list of facts");
	trouble(l, what);
}

static void wrong_line(struct fact_source *l, const char *what)
{
	char b[200];

	(void)snprintf(b, sizeof(b), "line %llu: %s", (unsigned long long)l->line, what);
	trouble(l, b);
}

static void take_run(struct fact_source *l, const struct fact_run *r)
{
	if (l->has_run) {
		wrong_line(l, "a second `run`; a list of facts has one, in front");
		return;
	}
	l->has_run = true;
	l->run = *r;
	keep(l, 0);
}

static void take_end(struct fact_source *l, const struct fact_end *e)
{
	char b[200];

	l->has_end = true;
	l->end = *e;
	keep(l, 1);
	if (e->ninputs != l->run.ninputs)
		wrong_line(l, "`end` and `run` have different inputs");
	if (e->facts == NO_COUNT || e->facts == l->nfacts)
		return;
	(void)snprintf(b, sizeof(b), "holds %llu facts of %llu; it was made with --proto, or lines are missing", (unsigned long long)l->nfacts,
		(unsigned long long)e->facts);
	trouble(l, b);
}

static void take_fact(struct fact_source *l, const struct fact *f)
{
	if (f->input >= l->run.ninputs) {
		wrong_line(l, "\"input\" is none of those that `run` names");
		return;
	}
	if (f->n <= l->last_n) {
		wrong_line(l, "\"n\" is not above that of the fact before");
		return;
	}
	l->last_n = f->n;
	l->nfacts++;
	l->head = *f;
	l->head.input += l->first_input;
	l->has_head = true;
}

/* Goes on to the next fact of a list. */
static void advance(struct fact_source *l)
{
	union fact_content c;
	const char *line;
	size_t n;

	l->has_head = false;
	while (!l->trouble.text[0] && !l->has_head) {
		enum fact_line is;

		if (!next_line(l, &line, &n)) {
			no_more(l);
			return;
		}
		l->line++;
		if (!room_for(l, n))
			return;
		is = fact_parse(&l->reader, line, n, &c);
		if (is == LINE_BAD)
			bad_line(l);
		else if (is != LINE_RUN && !l->has_run)
			wrong_line(l, "`run` is expected in front; this is no list of facts");
		else if (l->has_end)
			wrong_line(l, "something follows `end`");
		else if (is == LINE_RUN)
			take_run(l, &c.run);
		else if (is == LINE_END)
			take_end(l, &c.end);
		else if (is == LINE_FACT)
			take_fact(l, &c.fact);
	}
}

static int open_list(struct fact_source *l, const char *path, int stop)
{
	int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : 0;

	l->path = path;
	l->src.fd = -1;
	l->src.stop = stop;
	l->room = calloc(FACT_ITEMS + 1, sizeof(*l->room));
	if (!l->room)
		return FW_ENOMEM;
	fact_reader_init(&l->reader, &l->mem, l->room);
	if (fd < 0) {
		trouble(l, strerror(errno));
		return FW_OK;
	}
	if (source_open(&l->src, fd) != FW_OK)
		return FW_ENOMEM;
	advance(l);
	return FW_OK;
}

/* ---- several ---- */

static bool same_pools(const struct fact_run *a, const struct fact_run *b)
{
	bool same = a->npools == b->npools;

	for (uint32_t i = 0; same && i < a->npools; i++)
		same = addr_eq(&a->pool[i].net, &b->pool[i].net) && a->pool[i].bits == b->pool[i].bits;
	return same;
}

/* Lists that cannot be judged together. */
static int compare(const struct lists *x, struct err *e)
{
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = i + 1; k < x->n; k++) {
			const struct fact_source *a = &x->list[i], *b = &x->list[k];

			if (!a->has_run || !b->has_run)
				continue;
			if (!strcmp(a->run.id, b->run.id)) {
				err_set(e, "%s and %s are of the same run", a->path, b->path);
				return FW_EINVAL;
			}
			if (!same_pools(&a->run, &b->run)) {
				err_set(e, "%s and %s were made with different UE pools; decode again with one register", a->path, b->path);
				return FW_EINVAL;
			}
		}
	return FW_OK;
}

/* The register's pools must be those that the facts were made with: what is a subscriber's was decided then. */
static int register_pools(const struct lists *x, const struct fw_config *cfg, struct err *e)
{
	for (size_t i = 0; cfg->reg && i < x->n; i++) {
		const struct fact_run *r = &x->list[i].run;
		bool same = r->npools == cfg->npools;

		for (uint32_t k = 0; same && k < r->npools; k++)
			same = r->pool[k].net.fam == cfg->pools[k].fam && r->pool[k].bits == cfg->pools[k].bits &&
				!memcmp(r->pool[k].net.b, cfg->pools[k].addr, 16);
		if (x->list[i].has_run && !same) {
			err_set(e, "%s was made with other UE pools than the register has; decode again with --register", x->list[i].path);
			return FW_EINVAL;
		}
	}
	return FW_OK;
}

/* Before which of two lists, by the time of their first facts; ties as given. */
static bool before(const struct fact_source *a, const struct fact_source *b)
{
	return a->has_head && (!b->has_head || a->head.t_ns < b->head.t_ns);
}

static void order(struct lists *x)
{
	uint32_t inputs = 0;

	for (size_t i = 1; i < x->n; i++)
		for (size_t k = i; k && before(&x->list[k], &x->list[k - 1]); k--) {
			struct fact_source t = x->list[k];

			x->list[k] = x->list[k - 1];
			x->list[k - 1] = t;
		}
	for (size_t i = 0; i < x->n; i++) {
		x->list[i].reader.mem = &x->list[i].mem;	/* it moved */
		x->list[i].first_input = inputs;
		x->list[i].head.input += inputs;
		inputs += x->list[i].run.ninputs;
	}
}

int lists_open(struct lists **out, const char *const *path, size_t n, const struct fw_config *cfg, const struct stop *stop, struct err *e)
{
	struct lists *x = calloc(1, sizeof(*x));
	int err = FW_ENOMEM;

	*out = NULL;
	if (!x)
		return err;
	x->list = calloc(n ? n : 1, sizeof(*x->list));
	if (!x->list)
		goto fail;
	for (; x->n < n; x->n++)
		x->list[x->n].src.fd = -1;
	for (size_t i = 0; i < n; i++)
		if ((err = open_list(&x->list[i], path[i], stop && stop->fd > 0 ? stop->fd : 0)) != FW_OK)
			goto fail;
	if ((err = compare(x, e)) != FW_OK || (err = register_pools(x, cfg, e)) != FW_OK)
		goto fail;
	order(x);
	*out = x;
	return FW_OK;
fail:
	if (err == FW_ENOMEM)
		err_set(e, "%s", err_word(err));
	lists_close(x);
	return err;
}

/* The earliest of the lists' next facts; a message and those it carries are of one time, so nothing comes between. */
void lists_feed(struct lists *x, void (*fact)(void *ctx, const struct fact *f), void *ctx)
{
	for (;;) {
		struct fact_source *next = NULL;

		for (size_t i = 0; i < x->n; i++)
			if (x->list[i].has_head && (!next || x->list[i].head.t_ns < next->head.t_ns))
				next = &x->list[i];
		if (!next)
			return;
		x->facts++;
		fact(ctx, &next->head);
		advance(next);
	}
}

/* ---- the end ---- */

static void add_unknown(struct fw_unknown *to, const struct fw_unknown *from, size_t n)
{
	for (size_t i = 0; i < n && from[i].packets; i++)
		for (size_t k = 0; k < n; k++)
			if (!to[k].packets || to[k].id == from[i].id) {
				to[k].id = from[i].id;
				to[k].packets += from[i].packets;
				break;
			}
}

static void add_stats(struct fw_stats *t, const struct fw_stats *s)
{
#define ADD(member) t->member += s->member
	ADD(packets); ADD(bytes); ADD(decoded); ADD(opaque); ADD(malformed); ADD(duplicate); ADD(cut); ADD(not_ip); ADD(unknown_link);
	for (unsigned e = 0; e < FW_ENCAPS; e++)
		ADD(encap[e]);
	ADD(encap_deep);
	ADD(fragments); ADD(fragments_incomplete); ADD(subscriber);
	ADD(sctp_retransmitted); ADD(sctp_bad_checksum); ADD(sctp_lost); ADD(sctp_refused);
	ADD(tcp_retransmitted); ADD(tcp_gap_bytes); ADD(tcp_refused);
	ADD(refused); ADD(dup_overrun); ADD(flow_evicted);
	ADD(tls.connections); ADD(tls.decrypted); ADD(tls.records); ADD(tls.no_secret); ADD(tls.cipher); ADD(tls.incomplete); ADD(tls.failed); ADD(tls.other);
	ADD(tls.refused);
#undef ADD
	add_unknown(t->link, s->link, sizeof(t->link) / sizeof(t->link[0]));
	add_unknown(t->ppid, s->ppid, sizeof(t->ppid) / sizeof(t->ppid[0]));
}

/* The inputs of a list, with what is known of them. */
static void list_inputs(const struct fact_source *l, struct report_input *to, bool *whole)
{
	for (uint32_t i = 0; i < l->run.ninputs; i++) {
		bool known = l->has_end && i < l->end.ninputs;
		const struct fact_input none = { .name = l->run.input[i] }, *in = known ? &l->end.input[i] : &none;

		to[i] = (struct report_input){ .name = in->name, .packets = in->packets, .bytes = in->bytes, .first_ns = in->first_ns,
			.last_ns = in->last_ns, .trouble = in->trouble ? in->trouble : l->trouble.text[0] ? l->trouble.text : NULL };
		if (in->sha256)
			memcpy(to[i].sha256, in->sha256, 65);
		*whole = *whole && !to[i].trouble;
	}
}

bool lists_end(struct lists *x, struct report *r)
{
	bool whole = true;
	uint32_t n = 0;

	for (size_t i = 0; i < x->n; i++)
		n += x->list[i].run.ninputs;
	x->input = calloc(n ? n : 1, sizeof(*x->input));
	if (!x->input)
		return false;
	r->input = x->input;
	r->ninputs = n;
	for (size_t i = 0; i < x->n; i++) {
		const struct fact_source *l = &x->list[i];

		list_inputs(l, x->input + l->first_input, &whole);
		whole = whole && !l->trouble.text[0];
		if (!r->case_id && l->has_run)
			r->case_id = l->run.case_id;
		r->keep_inner |= l->run.keep_inner || l->end.coverage.keep_inner;
		r->outside += l->end.coverage.outside;
		if (!r->keylog_sha256)		/* of several the first is named, and what they gave is added up */
			r->keylog_sha256 = l->end.coverage.keylog_sha256;
		if (!r->keylog_capture_sha256)
			r->keylog_capture_sha256 = l->end.coverage.keylog_capture_sha256;
		r->blocks.all += l->end.coverage.blocks.all;
		r->blocks.tls += l->end.coverage.blocks.tls;
		r->keylog_skipped += l->end.coverage.keylog_skipped;
		r->keylog_refused += l->end.coverage.keylog_refused;
		add_stats(&r->stats, &l->end.coverage.stats);
	}
	r->partial = !whole;
	return whole;
}

bool lists_fragmented(const struct lists *x)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->list[i].has_end && x->list[i].end.coverage.stats.fragments)
			return true;
	return false;
}

bool lists_any(const struct lists *x)
{
	bool any = x->facts != 0;

	for (size_t i = 0; i < x->n; i++)
		any = any || x->list[i].has_end;
	return any;
}

static void tell(const char *path, const char *what, const char *more)
{
	(void)fprintf(stderr, "fairwitness: %s: %s%s\n", path, what, more);
}

void lists_tell(const struct lists *x)
{
	const struct fact_source *first = NULL;

	for (size_t i = 0; i < x->n; i++) {
		const struct fact_source *l = &x->list[i];
		char b[200];

		if (l->trouble.text[0])
			(void)fprintf(stderr, "fairwitness: %s\n", l->trouble.text);
		for (uint32_t k = 0; l->has_end && k < l->end.ninputs; k++)
			if (l->end.input[k].trouble)
				tell(l->path, "of an input not read whole: ", l->end.input[k].trouble);
		if (!l->has_run)
			continue;
		if (strcmp(l->run.ruleset, fw_ruleset()))
			tell(l->path, "the facts were made by other rules than this version's: ", l->run.ruleset);
		if (l->reader.unknown_members || l->reader.unknown_kinds) {
			(void)snprintf(b, sizeof(b), "%llu members and %llu lines of a newer version were left out",
				(unsigned long long)l->reader.unknown_members, (unsigned long long)l->reader.unknown_kinds);
			tell(l->path, b, "");
		}
		if (first && strcmp(first->run.case_id, l->run.case_id))
			tell(l->path, "was made under another case key; its subscribers are not joined with those of ", first->path);
		first = first ? first : l;
	}
}

void lists_close(struct lists *x)
{
	if (!x)
		return;
	for (size_t i = 0; i < x->n; i++) {
		struct fact_source *l = &x->list[i];

		source_close(&l->src);
		free(l->room);
		free(l->big);
		free(l->mem.base);
		free(l->keep[0]);
		free(l->keep[1]);
	}
	free(x->input);
	free(x->list);
	free(x);
}
