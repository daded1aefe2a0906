/* libFuzzer target of the capture reader: the octets of a file. */
#define _GNU_SOURCE
#include "capture.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Key logs in the file. */
struct taken { uint64_t octets, ends; };

static void on_secrets(void *ctx, uint32_t slot, const uint8_t *p, size_t n)
{
	struct taken *t = ctx;
	volatile uint8_t sum = 0;

	assert(!slot);
	for (size_t i = 0; p && i < n; i++)
		sum = (uint8_t)(sum + p[i]);
	t->octets += n;
	t->ends += !p;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct taken taken = { 0 };
	struct capture_opts o = { .secrets = on_secrets, .ctx = &taken };
	struct frame batch[16];
	char path[64];
	const char *paths[1] = { path };
	struct capture *c;
	struct err e;
	unsigned got;
	int fd = memfd_create("capture", 0);

	if (fd < 0 || (n && write(fd, data, n) != (ssize_t)n))
		abort();
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (!capture_open(&c, paths, 1, &o, &e)) {
		volatile uint8_t sum = 0;

		while ((got = capture_next(c, batch, 16)))
			for (unsigned i = 0; i < got; i++) {
				assert(batch[i].caplen <= batch[i].wirelen);
				for (uint32_t k = 0; k < batch[i].caplen; k++)
					sum = (uint8_t)(sum + batch[i].data[k]);
			}
		if (capture_count(c)) {
			const struct fw_blocks *b = &capture_inputs(c, 0)->secrets;

			assert(b->tls <= b->all && taken.ends <= b->tls && taken.octets <= capture_inputs(c, 0)->bytes * 1100);	/* what deflate can make of them */
		}
		capture_close(c);
	}
	(void)close(fd);
	return 0;
}
