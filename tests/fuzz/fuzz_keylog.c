#define _GNU_SOURCE		/* memmem() */
/*
 * libFuzzer target of key logs and of what they open: mode (1 octet), a key log, a line of "%%%", and frames as fuzz_path.c has them.
 * Mode with its lowest bit: records open whatever their tag is, and say what stands in them, so that changes reach what is inside.
 */
#include "err.h"
#include "fairwitness.h"
#include "keylog.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool open_all(enum aead a, const uint8_t *key, const uint8_t nonce[AEAD_NONCE], const void *aad, size_t naad, const uint8_t *in, size_t n, uint8_t *out)
{
	size_t tag = a == AEAD_AES128_CCM8 || a == AEAD_AES256_CCM8 ? 8 : 16;

	(void)key;
	(void)nonce;
	(void)aad;
	(void)naad;
	if (n < tag)
		return false;
	memcpy(out, in, n - tag);
	return true;
}

static void frames(const struct secrets *x, const uint8_t *data, size_t n)
{
	struct fw_config cfg = { .batch = 7, .secrets = x };
	struct frame f = { .t_ns = 1600000000000000000u, .link = LINK_ETHERNET };
	struct fw_stats s;
	struct fw *w;

	if (fw_new(&w, &cfg))
		return;
	while (n >= 4) {
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
	(void)fw_end(w);
	fw_stats(w, &s);
	assert(s.tls.decrypted <= s.tls.connections && s.tls.records >= s.tls.decrypted);
	fw_free(w);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const uint8_t *stop = n ? memmem(data, n, "\n%%%\n", 5) : NULL;
	const char *text = (const char *)data + 1;
	size_t len = stop ? (size_t)(stop - data) : n ? n - 1 : 0;
	struct keylog k;
	struct err e = { "" };
	int err;

	if (!n)
		return 0;
	err = keylog_parse(&k, "k", text, len, &e);
	assert(err == FW_OK || err == FW_ENOMEM || (err == FW_EINVAL && !strncmp(e.text, "k:", 2)));
	if (data[0] & 1)
		k.secrets.open = open_all;
	if (err == FW_OK && stop)
		frames(&k.secrets, stop + 5, n - (size_t)(stop + 5 - data));
	keylog_close(&k);
	return 0;
}
