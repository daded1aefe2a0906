#include "messages.h"

#include "capture.h"

struct walk {
	const struct frame *f;
	void	(*each)(void *ctx, const struct fact *f, const uint8_t *data, size_t n);
	void	*ctx;
};

const struct proto *proto_of_kind(enum fact_kind k)
{
	for (unsigned i = 0; protos[i]; i++)
		if (protos[i]->kind == k)
			return protos[i];
	return NULL;
}

static void on_fact(void *ctx, const struct fact *f)
{
	const struct walk *w = ctx;

	if (!proto_of_kind((enum fact_kind)f->kind) || f->nframes > 1 || f->frame != w->f->no || f->off > w->f->caplen || f->len > w->f->caplen - f->off)
		return;
	w->each(w->ctx, f, w->f->data + f->off, f->len);
}

int messages_of(const char *path, void (*each)(void *ctx, const struct fact *f, const uint8_t *data, size_t n), void *ctx)
{
	struct walk w = { .each = each, .ctx = ctx };
	struct layers_config lc = { .emit = on_fact, .ctx = &w };
	struct capture_opts o = { 0 };
	struct capture *c;
	struct layers *l;
	struct frame f;
	struct err e;

	lc.hash = hash_key_make("messages", 8);
	if (capture_open(&c, &path, 1, &o, &e))
		return -1;
	if (layers_new(&l, &lc)) {
		capture_close(c);
		return -1;
	}
	while (capture_next(c, &f, 1)) {
		w.f = &f;
		layers_feed(l, &f, 1);
	}
	layers_free(l);
	capture_close(c);
	return 0;
}
