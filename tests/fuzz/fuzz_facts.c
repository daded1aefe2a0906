/*
 * libFuzzer target of lists of facts: lines.  Each is read, printed, read and printed again; what is a
 * fact goes to the engine, and the report is written in the end.
 */
#include "fairwitness.h"
#include "harness.h"
#include "readback.h"
#include "report.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int nowhere(void *ctx, const char *p, size_t n)
{
	(void)p;
	*(uint64_t *)ctx += n;
	return 0;
}

static void one_line(struct readback *b, struct fw *w, struct report *r, const char *line, size_t n)
{
	bool stable;
	char *copy;
	enum fact_line is = readback_twice(b, line, n, &stable);

	assert(stable);
	if (is != LINE_FACT && is != LINE_END)
		return;
	assert(readback_parse(b, line, n, &copy) == is);
	if (is == LINE_FACT) {
		harness_check(&b->content.fact);
		fw_fact(w, &b->content.fact);
	} else {
		r->stats = b->content.end.coverage.stats;
	}
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct readback *b;
	struct fw_config cfg = { .ctx = NULL };
	struct report r = { .ninputs = 0 };
	uint64_t written = 0;
	struct fw *w;

	if (n > 1 << 16)
		return 0;
	b = b ? b : readback_new(1 << 16);
	if (fw_judge_new(&w, &cfg))
		return 0;
	while (n) {
		const uint8_t *nl = memchr(data, '\n', n);
		size_t k = nl ? (size_t)(nl - data) + 1 : n;

		one_line(b, w, &r, (const char *)data, k);
		data += k;
		n -= k;
	}
	fw_end(w);
	r.model = fw_model(w);
	assert(!report_json(&r, nowhere, &written) && !report_text(&r, false, 100, nowhere, &written) && written);
	fw_free(w);
	return 0;
}
