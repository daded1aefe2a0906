/* libFuzzer target of one protocol: compiled once for each line of src/layers/LIST, with -DPROTO=its name. */
#include "harness.h"

#include <stdlib.h>

#define STRING(x) #x
#define NAME(x) STRING(x)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct layers *l;

static void done(void)		/* what they allocated is known to regions only, where no leak checker looks */
{
	layers_free(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct bench_facts seen;
	static const struct proto *p;

	if (!l) {
		l = harness_new(&seen);
		p = proto_find(NAME(PROTO));
		if (!l || !p)
			abort();
		(void)atexit(done);
	}
	if (n)			/* the first octet says whether the capture cut the message */
		(void)harness_message(l, &seen, p, data + 1, n - 1, data[0] & 1);
	return 0;
}
