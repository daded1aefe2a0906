/*
 * report.html: one offline page, HTML and SVG, of a report.json and the packets that were kept with it.  It knows nothing
 * of models and captures: who has the two files can make the page again and compare it byte for byte.
 */
#ifndef FW_PAGE_PAGE_H
#define FW_PAGE_PAGE_H

#include "err.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Octets that carry a fact; what: its name (an ngap.… or a message), or NULL. */
struct report_mark { uint32_t off, len; const char *what; };

/* One kept packet.  Everything is borrowed. */
struct report_packet {
	uint32_t	input, frame;
	uint64_t	t_ns;
	uint32_t	wirelen, caplen;
	const uint8_t	*octets;	/* caplen of them; those masked are never looked at */
	const uint8_t	*masked;	/* a bit an octet, the lowest first: it may not be shown.  NULL: all may */
	const struct report_mark *mark;	/* any order, any overlap; what lies beyond caplen is left out */
	uint32_t	nmarks;
};

/* Items of a list of report.json that are kept, and how many lists are counted. */
enum { PAGE_KEEP = 2000, PAGE_LISTS = 16, PAGE_KEY = 40 };
struct page_count { char key[PAGE_KEY]; uint64_t n; };

struct page_in {
	json_t		*report;	/* the lists at its top cut to PAGE_KEEP items */
	struct page_count count[PAGE_LISTS];	/* how long they are in the file */
	unsigned	ncounts;
	const struct report_packet *packet;	/* in order of input and frame; each once */
	size_t		npackets;
};

/*
 * Reads report.json in the layout that report_json() writes: a line for each member at the top, for each item and member in
 * those, and nothing else.  Anything else is refused, whatever it is: the file may come from anybody.  Bounded in memory; what
 * is not kept is stepped over a line at a time.  read: octets read, 0 at the end, or negative.
 * 0; FW_EFORMAT with the line and what is wrong there; FW_EIO; FW_ENOMEM.  page_unload() in any case.
 */
int page_load(struct page_in *in, long (*read)(void *ctx, char *p, size_t n), void *ctx, struct err *e);
void page_unload(struct page_in *in);

/* The page, a pure function of `in`.  0, FW_ENOMEM or what write returned. */
int report_html(const struct page_in *in, int (*write)(void *ctx, const char *p, size_t n), void *ctx);

#endif
