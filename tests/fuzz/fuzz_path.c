/*
 * libFuzzer target of the whole packet path, facts and model: link type (1 octet, an index), then
 * frames: length (2), cut (1), milliseconds since the last (1), octets.
 */
#include "harness.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const uint16_t links[] = { LINK_ETHERNET, LINK_RAW, LINK_SLL, LINK_SLL2, LINK_NULL, LINK_UPPER_PDU };
	struct fw_config cfg = { .batch = 7 };
	struct fw *w;

	if (n < 1 || fw_new(&w, &cfg))
		return 0;
	harness_frames(w, links[data[0] % 6], data + 1, n - 1);
	fw_free(w);
	return 0;
}
