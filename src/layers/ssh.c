/*
 * SSH (RFC 4253) on any TCP port: the two lines that say which programs speak, and what both would agree to.
 *   line: "SSH-" version "-" software [SP comments] CR LF
 *   packet: length(4) padding length(1) code(1); 20 is KEXINIT: cookie(16), ten name lists (4+n each)
 * What follows the KEXINIT is not read.
 */
#include "line.h"

enum { KEXINIT = 20, HEAD = 6, COOKIE = 16, KEX_MAX = 35000 };

static const struct cover_row understood[] = {
	{ "message", 0, "Identification", "RFC 4253 4.2" },
	{ "message", KEXINIT, "Key Exchange Init", "RFC 4253 7.1" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

static bool is_banner(const uint8_t *p, size_t n)
{
	return n >= 8 && !memcmp(p, "SSH-", 4) && (p[4] == '1' || p[4] == '2') && p[5] == '.' && line_digit(p[6]);
}

static bool begins(const struct opening *o)
{
	return is_banner(o->p, o->n);
}

static bool is_kexinit(const uint8_t *p, size_t *n)
{
	uint32_t len = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];

	*n = 4u + len;
	return len >= 2 + COOKIE + 40 && len <= KEX_MAX && p[4] >= 4 && p[4] < len && p[5] == KEXINIT;
}

static enum stream_say stream(struct layers *l, const struct msg *m, bool gap, size_t *n)
{
	const uint8_t *p = m->cur.p;
	size_t have = *n = cur_left(&m->cur), line;

	if (have < 8)
		return STREAM_MORE;
	layer_mark(l, p, 8, MARK_SIGNALLING);
	if (is_banner(p, have)) {
		line = line_length(p, have);
		*n = line ? line : have;
		return line == SIZE_MAX ? STREAM_STOP : line ? STREAM_UNIT : STREAM_MORE;
	}
	if (is_kexinit(p, n))
		return STREAM_UNIT;
	*n = have;
	return gap ? STREAM_SKIP : STREAM_STOP;
}

static void name_list(struct layers *l, struct cur *c, enum fact_key key)
{
	const uint8_t *from = c->p, *p;
	uint32_t n = cur_u32(c);

	p = cur_take(c, n);
	layer_read(l, from, c);
	if (p && key != KEY_NONE)
		put_text(layer_put(l), key, (const char *)p, n);
}

static bool read_message(struct layers *l, const struct msg *m)
{
	static const uint16_t lists[] = { KEY_SSH_kex, KEY_SSH_host_key, KEY_SSH_enc_cs, KEY_SSH_enc_sc, KEY_SSH_mac_cs, KEY_SSH_mac_sc };
	struct cur c = m->cur, body;
	size_t n = cur_left(&c), len;
	const uint8_t *p = c.p;
	struct fact *f;

	if (is_banner(p, n)) {
		f = layer_begin(l, m, FACT_SSH);
		put_text(layer_put(l), KEY_SSH_protocol, (const char *)p, line_text(p, n));
		(void)cur_take(&c, n);
		layer_read(l, p, &c);
		layer_emit(l, f, &c, OUT_OK);
		return true;
	}
	if (n < HEAD || !is_kexinit(p, &len))
		return false;
	f = layer_begin(l, m, FACT_SSH);
	(void)cur_take(&c, HEAD);
	layer_read(l, p, &c);
	body = cur_sub(&c, len - HEAD - p[4]);
	(void)cur_take(&body, COOKIE);
	for (unsigned i = 0; i < sizeof(lists) / sizeof(lists[0]) && body.why == CUR_OK; i++)
		name_list(l, &body, lists[i]);
	layer_emit(l, f, &body, OUT_OK);
	return true;
}

const struct proto proto_ssh = {
	.name = "ssh", .title = "Secure Shell", .spec = "RFC 4253", .kind = FACT_SSH, .read = read_message, .stream = stream, .begins = begins,
	.first = "S", .nfirst = 1, .cover = cover, .personal = true,
};
