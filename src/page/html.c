/*
 * report.html: the report as one offline page.  Nothing from outside, one small script of ours that the page does not need, the
 * same from the same report octet for octet.  It opens with the verdict, then what could not be judged, then where to look; every
 * drawing has a table twin.
 */
#include "inside.h"

#include <stdlib.h>

enum { ADDRESSES = 16 };

/* A name that two share leads nowhere. */
static int index_name(struct page *p, struct str name, size_t row)
{
	const json_t *was = json_object_getn(p->elements, name.s, name.n);

	if (!name.n || (was && as_num(was) == row))
		return FW_OK;
	return json_object_setn_new(p->elements, name.s, name.n, was ? json_null() : json_integer((json_int_t)row)) ? FW_ENOMEM : FW_OK;
}

/* The elements that have a row, by id and address, so that others can link to it. */
static int index_elements(struct page *p)
{
	const json_t *list = get(p->r, "elements");

	p->elements = json_object();
	if (!p->elements)
		return FW_ENOMEM;
	for (size_t i = 0; i < json_array_size(list) && i < PAGE_KEEP; i++) {
		const json_t *e = json_array_get(list, i), *addrs = get(e, "addresses");

		if (index_name(p, get_text(e, "id"), i) != FW_OK)
			return FW_ENOMEM;
		for (size_t k = 0; k < json_array_size(addrs) && k < ADDRESSES; k++)
			if (index_name(p, as_text(json_array_get(addrs, k)), i) != FW_OK)
				return FW_ENOMEM;
	}
	return FW_OK;
}

/* Style and script are named by their digests: nothing else runs, whatever the report holds. */
static void begin(struct page *p)
{
	page_raw(p, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-");
	page_raw(p, style_css_sha256);
	page_raw(p, "'; script-src 'sha256-");
	page_raw(p, enhance_js_sha256);
	page_raw(p, "'; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"referrer\" content=\"no-referrer\"><title>Fair Witness report</title>\n<style>");
	page_raw(p, style_css);
	page_raw(p, "</style></head><body>\n<a class=\"skip\" href=\"#main\">To the report</a>\n");
}

int report_html(const struct page_in *in, int (*write)(void *ctx, const char *p, size_t n), void *ctx)
{
	struct page *p = calloc(1, sizeof(*p));
	int err;

	if (!p)
		return FW_ENOMEM;
	p->in = in;
	p->r = in->report;
	p->write = write;
	p->ctx = ctx;
	if ((err = index_elements(p)) == FW_OK && (err = packets_plan(p)) == FW_OK) {
		begin(p);
		page_head(p);
		page_raw(p, "<main id=\"main\">\n");
		page_undecided(p);
		page_findings(p);
		page_network(p);
		page_elements(p);
		page_contacts(p);
		page_shares(p);
		page_checks(p);
		page_coverage(p);
		page_verify(p);
		page_raw(p, "</main>\n<script>");
		page_raw(p, enhance_js);
		page_raw(p, "</script></body></html>\n");
		page_flush(p);
		err = p->err;
	}
	json_decref(p->elements);
	free(p->drawn);
	free(p);
	return err;
}
