/* What the parts of the page share; private to this folder. */
#ifndef FW_PAGE_INSIDE_H
#define FW_PAGE_INSIDE_H

#include "json.h"
#include "page.h"

#include <string.h>

struct page {
	const struct page_in *in;
	const json_t	*r;		/* the report */
	json_t		*elements;	/* id or address to its row's number; null: of several */
	uint8_t		*drawn;	/* by packet: enum drawn */
	int	(*write)(void *ctx, const char *p, size_t n);
	void	*ctx;
	int	err;
	size_t	n;
	char	buf[16384];
};

/* ---- values.c: members of the report; what is not there, or is something else, is nothing ---- */

struct str { const char *s; size_t n; };
struct str get_text(const json_t *o, const char *key);		/* "" when it is no string */
struct str as_text(const json_t *v);
uint64_t get_num(const json_t *o, const char *key);		/* also of a decimal string; 0 when it is neither */
uint64_t as_num(const json_t *v);
bool get_true(const json_t *o, const char *key);
bool get_is(const json_t *o, const char *key, const char *text);
static inline const json_t *get(const json_t *o, const char *key) { return json_object_get(o, key); }
static inline bool str_eq(struct str a, struct str b) { return a.n == b.n && !memcmp(a.s, b.s, a.n); }
/* How long the list at the report's top is in the file. */
uint64_t list_total(const struct page *p, const char *key);
/* The check of that id among "checks", or NULL. */
const json_t *check_of(const struct page *p, struct str id);
static inline const char *plural(uint64_t n) { return n == 1 ? "" : "s"; }

/* ---- markup.c ---- */

void page_raw(struct page *p, const char *s);			/* markup of ours */
void page_text(struct page *p, struct str s);			/* anything: escaped */
void page_sentence(struct page *p, struct str s);		/* the same with a capital at its begin */
void page_fmt(struct page *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));	/* escaped, at most 1023 octets */
void page_mark(struct page *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));	/* markup of ours, at most 1023 octets */
void page_name(struct page *p, struct str s);			/* a name from outside, in its own direction of writing */
void page_time(struct page *p, struct str iso);			/* "2026-11-02 08:00:00 UTC" in a <time>; "-" for none */
void page_flush(struct page *p);
/* A name that links to its row among the elements when it has one. */
void page_party(struct page *p, struct str id);
/* "12, 15 of site.pcap" after `before`: the frames of grounds, the first `most` of them, as links to packets that are drawn. */
void page_grounds(struct page *p, const char *before, const json_t *grounds, unsigned most);

void section(struct page *p, const char *id, const char *title);
/* A table in a region that scrolls by itself.  cols: heads; one that begins with '#' is a number's. */
void table_open(struct page *p, const char *label, const char *const *cols, unsigned n);
void table_close(struct page *p);
void cell(struct page *p, struct str s);
void cell_num(struct page *p, uint64_t n);
void cell_verdict(struct page *p, struct str verdict);

/*
 * A list of the report as a table: the first rows, then the others to open, then how many are only in report.json.  The script
 * puts a filter over it.
 */
struct list {
	const char	*key, *what;		/* "contacts"; in the plural */
	const char	*const *cols;
	unsigned	ncols;
	void		(*row)(struct page *p, const json_t *item, size_t i);
};
void list_table(struct page *p, const struct list *l);
enum { LIST_FIRST = 100 };
/* Opens and closes what holds the rest of a long list. */
void rest_open(struct page *p, uint64_t n, const char *what);
void rest_close(struct page *p);
void left_out(struct page *p, uint64_t n, const char *what);

/* ---- the parts ---- */

void page_head(struct page *p);			/* findings.c */
void page_undecided(struct page *p);
void page_findings(struct page *p);
/* packets.c: which of the kept packets are drawn is settled before anything is written, so that all may link to them. */
enum drawn { DRAWN_NOT, DRAWN_WILL, DRAWN_DONE };
int packets_plan(struct page *p);		/* 0 or FW_ENOMEM */
bool packet_planned(const struct page *p, const json_t *ground);
void page_packets(struct page *p, const json_t *grounds);	/* the octets of a finding's packets, marked and masked */
void page_network(struct page *p);		/* network.c */
void page_drawing(struct page *p, const json_t *network);	/* drawing.c */
void page_elements(struct page *p);		/* lists.c */
void page_contacts(struct page *p);
void page_shares(struct page *p);
void page_checks(struct page *p);		/* coverage.c */
void page_coverage(struct page *p);
void page_verify(struct page *p);

/* The words of the values in "network": "read in clear" for none. */
const char *protection_words(struct str protection);
const char *role_words(struct str role);

/* ---- assets, embedded at build, and their SHA-256 in base64 as a content security policy names them ---- */

extern const char style_css[], style_css_sha256[], enhance_js[], enhance_js_sha256[];

#endif
