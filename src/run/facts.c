/* The list of facts: `run`, the facts, `end`; plain to a descriptor, or zstd. */
#include "inside.h"

#include "factlist.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

static int push(struct fact_list *l, const void *p, size_t n)
{
	if (l->err)
		return l->err;
	l->err = l->file ? outfile_write(l->file, p, n) : write_all(l->fd, p, n);
	l->saved_errno = errno;
	return l->err;
}

static int on_text(void *ctx, const char *p, size_t n)
{
	struct fact_list *l = ctx;
	ZSTD_inBuffer in = { p, n, 0 };

	if (!l->zstd)
		return push(l, p, n);
	while (!l->err && in.pos < in.size) {
		ZSTD_outBuffer out = { l->out, l->nout, 0 };

		if (ZSTD_isError(ZSTD_compressStream2(l->zstd, &out, &in, ZSTD_e_continue)))
			l->err = FW_EIO;
		else
			(void)push(l, l->out, out.pos);
	}
	return l->err;
}

int facts_open(struct fact_list *l, int fd, struct outfile *file, bool compress)
{
	l->fd = fd;
	l->file = file;
	l->err = 0;
	l->zstd = NULL;
	l->out = NULL;
	json_start(&l->json, on_text, l);
	if (!compress)
		return FW_OK;
	l->nout = ZSTD_CStreamOutSize();
	l->out = malloc(l->nout);
	l->zstd = ZSTD_createCCtx();
	if (l->out && l->zstd && !ZSTD_isError(ZSTD_CCtx_setParameter(l->zstd, ZSTD_c_checksumFlag, 1)))
		return FW_OK;
	(void)facts_close(l);
	return FW_ENOMEM;
}

int facts_run(struct fact_list *l, const char *id, const char *case_id, const struct inputs *in, const struct fw_config *cfg)
{
	uint32_t n = capture_count(in->capture);
	const char **name = calloc(n ? n : 1, sizeof(*name));
	struct fact_pool pool[64];

	if (!name)
		return FW_ENOMEM;
	for (uint32_t i = 0; i < n; i++)
		name[i] = capture_inputs(in->capture, i)->name;
	for (unsigned i = 0; i < cfg->npools; i++)
		pool[i] = (struct fact_pool){ addr_make(cfg->pools[i].addr, cfg->pools[i].fam), cfg->pools[i].bits };
	fact_run_print(&l->json, &(struct fact_run){ .version = FACT_VERSION, .id = id, .ruleset = fw_ruleset(), .case_id = case_id,
		.input = name, .ninputs = n, .pool = pool, .npools = cfg->npools, .keep_inner = in->o->keep_inner, .clear = in->o->clear });
	free(name);
	return FW_OK;
}

void facts_add(void *list, const struct fact *f)
{
	struct fact_list *l = list;

	if (!l->wanted || l->wanted(l->o, f))
		fact_print(&l->json, f);
}

void facts_end(struct fact_list *l, const struct report *r)
{
	struct json *j = &l->json;

	json_open(j);
	json_kstr(j, "kind", "end");
	report_inputs(j, r);
	report_coverage(j, r);
	json_knum(j, "facts", r->stats.facts);
	json_close(j);
	json_line(j);
}

int facts_close(struct fact_list *l)
{
	int err = json_done(&l->json);
	size_t left = 1;

	while (l->zstd && !l->err && left) {
		ZSTD_inBuffer in = { NULL, 0, 0 };
		ZSTD_outBuffer out = { l->out, l->nout, 0 };

		left = ZSTD_compressStream2(l->zstd, &out, &in, ZSTD_e_end);
		if (ZSTD_isError(left))
			l->err = FW_EIO;
		else
			(void)push(l, l->out, out.pos);
	}
	ZSTD_freeCCtx(l->zstd);
	free(l->out);
	l->zstd = NULL;
	l->out = NULL;
	return l->err ? l->err : err;
}
