/* seeds OUT CAPTURE...: writes each distinct message of the captures to OUT/PROTO/HASH, as fuzz_message reads it. */
#include "messages.h"

#include <stdio.h>
#include <sys/stat.h>

static void each(void *ctx, const struct fact *f, const uint8_t *data, size_t n)
{
	const struct hash_key k = hash_key_make("seeds", 5);
	const char *name = proto_of_kind((enum fact_kind)f->kind)->name;
	char path[4096];
	FILE *o;

	(void)snprintf(path, sizeof(path), "%s/%s", (const char *)ctx, name);
	(void)mkdir(path, 0777);
	(void)snprintf(path, sizeof(path), "%s/%s/%016llx", (const char *)ctx, name, (unsigned long long)hash_bytes(&k, data, n));
	o = fopen(path, "wb");
	if (!o)
		return;
	(void)fputc(0, o);
	(void)fwrite(data, 1, n, o);
	(void)fclose(o);
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	(void)mkdir(argv[1], 0777);
	for (int i = 2; i < argc; i++)
		if (messages_of(argv[i], each, argv[1]))
			(void)fprintf(stderr, "%s: cannot be read\n", argv[i]);
	return 0;
}
