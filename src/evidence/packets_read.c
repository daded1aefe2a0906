/* Disclosure lines: read strictly, and opened with the packets' octets. */
#include "read.h"

#include <stddef.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct raw_line { uint64_t cap, i, input, link, orig, seq, ts; uint32_t ch, proof; uint8_t leaf[SHA]; };
#define R(m) (uint16_t)offsetof(struct raw_line, m)
static const struct member line_rows[] = {
	{ "cap", WANT_NUMBER, R(cap) }, { "ch", WANT_ARRAY, R(ch) }, { "i", WANT_NUMBER, R(i) }, { "if", WANT_NUMBER, R(input) }, { "leaf", WANT_SHA, R(leaf) },
	{ "link", WANT_NUMBER, R(link) }, { "orig", WANT_NUMBER, R(orig) }, { "proof", WANT_ARRAY, R(proof) }, { "seq", WANT_DECIMAL, R(seq) },
	{ "ts", WANT_DECIMAL, R(ts) },
};
struct raw_chunk { struct slice k; uint64_t n, o; uint8_t value[SHA]; };
#define C(m) (uint16_t)offsetof(struct raw_chunk, m)
static const struct member shown_rows[] = {
	{ "k", WANT_TEXT, C(k) }, { "n", WANT_NUMBER, C(n) }, { "o", WANT_NUMBER, C(o) }, { "s", WANT_SHA, C(value) },
};
static const struct member masked_rows[] = {
	{ "c", WANT_SHA, C(value) }, { "k", WANT_TEXT, C(k) }, { "n", WANT_NUMBER, C(n) }, { "o", WANT_NUMBER, C(o) },
};

/* One chunk, which must follow the one before without a hole. */
static bool chunk_get(const struct jdoc *d, uint32_t node, uint32_t at, struct disclosure *l, struct err *e)
{
	bool masked = d->node[node].kind == J_OBJECT && d->node[node].end > node + 1 &&
		slice_is((struct slice){ d->text + d->node[node + 1].name, d->node[node + 1].name_len }, "c");
	unsigned i = l->packet.nchunks;
	struct raw_chunk raw = { 0 };

	if (!object_get(d, node, masked ? masked_rows : shown_rows, 4, &raw, e))
		return false;
	if (raw.k.n != 1 || !memchr("HSIUK", *raw.k.p, 5)) {
		err_set(e, "k: one of H, S, I, U and K is wanted");
		return false;
	}
	if (fw_class_masked(*raw.k.p) != masked) {
		err_set(e, "a chunk of class %c is %s", *raw.k.p, masked ? "shown, with its salt" : "masked, with its commitment");
		return false;
	}
	if (raw.o != at || !raw.n || raw.n > UINT32_MAX - at) {
		err_set(e, "o and n: a chunk at %u that is not empty is wanted", at);
		return false;
	}
	if (i && l->chunk[i - 1].class == *raw.k.p) {
		err_set(e, "two chunks of class %c side by side", *raw.k.p);
		return false;
	}
	l->chunk[i] = (struct fw_chunk){ .off = at, .len = (uint32_t)raw.n, .class = *raw.k.p };
	memcpy(l->value[i], raw.value, SHA);
	return true;
}

static bool chunks_get(const struct jdoc *d, uint32_t array, struct disclosure *l, struct err *e)
{
	uint32_t at = 0;

	for (uint32_t node = array + 1; node < d->node[array].end; node = d->node[node].end) {
		if (l->packet.nchunks == CHUNKS_MAX) {
			err_set(e, "more than %d chunks", CHUNKS_MAX);
			return false;
		}
		if (!chunk_get(d, node, at, l, e))
			return false;
		at += l->chunk[l->packet.nchunks++].len;
	}
	if (at == l->packet.caplen)
		return true;
	err_set(e, "the chunks hold %u octets, the packet %u", at, l->packet.caplen);
	return false;
}

static bool path_get(const struct jdoc *d, uint32_t array, struct disclosure *l, struct err *e)
{
	l->npath = 0;
	for (uint32_t node = array + 1; node < d->node[array].end; node = d->node[node].end) {
		if (l->npath == MERKLE_PATH || d->node[node].kind != J_TEXT || !hex_get(jdoc_text(d, node), l->path[l->npath].b, SHA)) {
			err_set(e, "proof: at most %d hashes in hex are wanted", MERKLE_PATH);
			return false;
		}
		l->npath++;
	}
	return true;
}

bool disclosure_read(struct jdoc *d, const char *text, size_t n, struct disclosure *l, struct err *e)
{
	struct raw_line raw = { 0 };

	if (!jdoc_parse(d, text, n, e))
		return false;
	if (!jdoc_same(d)) {
		err_set(e, "not in canonical form");
		return false;
	}
	if (!object_get(d, 0, line_rows, COUNT(line_rows), &raw, e))
		return false;
	if (raw.cap > UINT32_MAX || raw.orig > UINT32_MAX || raw.input > UINT32_MAX || raw.link > UINT16_MAX || !raw.seq || raw.seq > UINT32_MAX || raw.cap > raw.orig) {
		err_set(e, "cap, if, link, orig or seq is no packet's");
		return false;
	}
	l->packet = (struct evidence_packet){ .input = (uint32_t)raw.input, .wirelen = (uint32_t)raw.orig, .caplen = (uint32_t)raw.cap, .frame = raw.seq,
		.t_ns = raw.ts, .link = (uint16_t)raw.link, .chunk = l->chunk };
	l->position = raw.i;
	memcpy(l->leaf.b, raw.leaf, SHA);
	return chunks_get(d, raw.ch, l, e) && path_get(d, raw.proof, l, e);
}

static bool all_zero(const uint8_t *p, size_t n)
{
	return !n || (!*p && !memcmp(p, p + 1, n - 1));
}

bool disclosure_opens(struct disclosure *l, const uint8_t *octets, struct err *e)
{
	struct octets text = { 0 };
	struct merkle_hash leaf;
	bool same;

	for (uint16_t i = 0; i < l->packet.nchunks; i++) {
		const struct fw_chunk *c = &l->chunk[i];

		if (!fw_class_masked(c->class)) {
			chunk_commit(l->value[i], l->packet.frame, i, octets + c->off, c->len, l->made[i].c);
			continue;
		}
		memcpy(l->made[i].c, l->value[i], SHA);
		if (!all_zero(octets + c->off, c->len)) {
			err_set(e, "octets %u to %u are masked, and not zero", c->off, c->off + c->len - 1);
			return false;
		}
	}
	packet_leaf(&text, &l->packet, l->made);
	merkle_leaf(text.b, text.n, &leaf);
	same = !text.full && !memcmp(leaf.b, l->leaf.b, SHA);
	octets_free(&text);
	if (!same)
		err_set(e, "its leaf does not come out of its octets, chunks and salts");
	return same;
}
