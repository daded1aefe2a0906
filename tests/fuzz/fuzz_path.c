/*
 * libFuzzer target of the whole packet path, facts and model: link type (1 octet, an index), then
 * frames: length (2), cut (1), milliseconds since the last (1), octets.
 */
#include "fairwitness.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const uint16_t links[] = { LINK_ETHERNET, LINK_RAW, LINK_SLL, LINK_SLL2, LINK_NULL, LINK_UPPER_PDU };
	struct fw_config cfg = { .batch = 7 };
	struct frame f = { .t_ns = 1600000000000000000u, .no = 0 };
	struct fw *w;

	if (n < 1 || fw_new(&w, &cfg))
		return 0;
	f.link = links[data[0] % 6];
	for (data++, n--; n >= 4;) {
		size_t len = (size_t)(data[0] << 8 | data[1]);

		f.no++;
		f.t_ns += data[3] * 1000000u;
		f.caplen = (uint32_t)(len < n - 4 ? len : n - 4);
		f.wirelen = f.caplen + data[2];
		f.data = data + 4;
		fw_feed(w, &f, 1);
		data += 4 + f.caplen;
		n -= 4 + f.caplen;
	}
	fw_end(w);
	fw_free(w);
	return 0;
}
