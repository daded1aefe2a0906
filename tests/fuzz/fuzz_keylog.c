#define _GNU_SOURCE		/* memmem() */
/*
 * libFuzzer target of key logs and of what they open: mode (1 octet), a key log, a line of "%%%", and frames as fuzz_path.c has them.
 * Mode with its lowest bit: records open whatever their tag is, and say what stands in them, so that changes reach what is inside.
 * With the second bit CBC says what stands there, and a MAC is what the length of its octets says.
 */
#include "cipher.h"
#include "err.h"
#include "harness.h"
#include "keylog.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void frames(const struct secrets *x, const struct ciphers *ciphers, const uint8_t *data, size_t n)
{
	struct fw_config cfg = { .batch = 7, .secrets = x, .crypto.ciphers = ciphers };
	struct fw_stats s;
	struct fw *w;

	if (fw_new(&w, &cfg))
		return;
	harness_frames(w, LINK_ETHERNET, data, n);
	fw_stats(w, &s);
	assert(s.tls.decrypted <= s.tls.connections && s.tls.records >= s.tls.decrypted);
	fw_free(w);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const uint8_t *stop = n ? memmem(data, n, "\n%%%\n", 5) : NULL;
	const char *text = (const char *)data + 1;
	size_t len = stop ? (size_t)(stop - data) : n ? n - 1 : 0;
	struct ciphers ciphers = ciphers_libcrypto;
	struct keylog k;
	struct err e = { "" };
	int err;

	if (!n)
		return 0;
	err = keylog_parse(&k, "k", text, len, &e);
	assert(err == FW_OK || err == FW_ENOMEM || (err == FW_EINVAL && !strncmp(e.text, "k:", 2)));
	if (data[0] & 1)
		ciphers.open = harness_ciphers.open;
	if (data[0] & 2) {
		ciphers.cbc = harness_ciphers.cbc;
		ciphers.hmac = harness_ciphers.hmac;
	}
	if (err == FW_OK && stop)
		frames(&k.secrets, &ciphers, stop + 5, n - (size_t)(stop + 5 - data));
	keylog_close(&k);
	return 0;
}
