/*
 * seeds OUT CAPTURE...: writes what the captures hold as the fuzz targets read it, each once, named by its hash: messages to OUT/PROTO, the
 * first frames of a capture to OUT/path, small files whole to OUT/capture.
 */
#include "capture.h"
#include "messages.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { SEED_MAX = 4000, GTPC = 2123 };

static void write_seed(const char *out, const char *target, const uint8_t *p, size_t n)
{
	const struct hash_key k = hash_key_make("seeds", 5);
	char path[4096];
	FILE *o;

	(void)snprintf(path, sizeof(path), "%s/%s", out, target);
	(void)mkdir(path, 0777);
	(void)snprintf(path, sizeof(path), "%s/%s/%016llx", out, target, (unsigned long long)hash_bytes(&k, p, n));
	o = fopen(path, "wb");
	if (!o)
		return;
	(void)fwrite(p, 1, n, o);
	(void)fclose(o);
}

/* As fuzz_message.c reads it: whether it was cut, then the message. */
static void each(void *ctx, const struct fact *f, const uint8_t *data, size_t n)
{
	uint8_t b[SEED_MAX + 1] = { 0 };

	if (n > SEED_MAX)
		return;
	memcpy(b + 1, data, n);
	/* version 1 of GTP-C is found by the port's protocol, which is that of version 2 */
	write_seed(ctx, f->kind == FACT_GTP && (f->sport == GTPC || f->dport == GTPC) ? "gtpv2" : proto_of_kind((enum fact_kind)f->kind)->name, b, n + 1);
}

/* As fuzz_path.c reads it. */
static void frames_of(const char *out, const char *path)
{
	static const uint16_t links[] = { LINK_ETHERNET, LINK_RAW, LINK_SLL, LINK_SLL2, LINK_NULL, LINK_UPPER_PDU };
	uint8_t b[SEED_MAX] = { 255 };
	struct capture_opts o = { 0 };
	struct capture *c;
	struct frame f;
	struct err e;
	size_t n = 1;

	if (capture_open(&c, &path, 1, &o, &e))
		return;
	while (capture_next(c, &f, 1) && n + 4 + f.caplen <= sizeof(b)) {
		for (uint8_t i = 0; i < 6; i++)
			if (links[i] == f.link)
				b[0] = i;
		b[n] = (uint8_t)(f.caplen >> 8);
		b[n + 1] = (uint8_t)f.caplen;
		b[n + 2] = (uint8_t)(f.wirelen - f.caplen);
		b[n + 3] = 1;
		memcpy(b + n + 4, f.data, f.caplen);
		n += 4 + f.caplen;
	}
	if (n > 1 && b[0] < 6)
		write_seed(out, "path", b, n);
	capture_close(c);
}

static void whole_file(const char *out, const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t b[SEED_MAX];
	size_t n = f ? fread(b, 1, sizeof(b), f) : 0;

	if (n && n < sizeof(b))
		write_seed(out, "capture", b, n);
	if (f)
		(void)fclose(f);
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	(void)mkdir(argv[1], 0777);
	for (int i = 2; i < argc; i++) {
		if (messages_of(argv[i], each, argv[1]))
			(void)fprintf(stderr, "%s: cannot be read\n", argv[i]);
		frames_of(argv[1], argv[i]);
		whole_file(argv[1], argv[i]);
	}
	return 0;
}
