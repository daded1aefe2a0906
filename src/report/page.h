/* HTML of one page, written as it is made; private to this folder. */
#ifndef FW_REPORT_PAGE_H
#define FW_REPORT_PAGE_H

#include "report.h"

struct page {
	const struct report *r;
	int	(*write)(void *ctx, const char *p, size_t n);
	void	*ctx;
	int	err;
	size_t	n;
	char	buf[16384];
};

void page_raw(struct page *p, const char *s);		/* markup of ours */
void page_text(struct page *p, const char *s);		/* anything: escaped; NULL is nothing */
void page_textn(struct page *p, const char *s, size_t n);
void page_fmt(struct page *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));	/* escaped, at most 1023 octets */
void page_time(struct page *p, uint64_t t_ns);		/* "2026-11-02 08:00:00 UTC" in a <time>; "-" for 0 */
void page_flush(struct page *p);

/* The network as columns of roles, a drawing with its table twin (map.c). */
void page_map(struct page *p);

#endif
