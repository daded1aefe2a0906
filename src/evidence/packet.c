#include "packet.h"

#include "err.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put32(uint8_t *p, uint32_t v)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (24 - 8 * i));
}

static void put_place(uint8_t p[10], uint64_t frame, uint16_t i)
{
	put32(p, (uint32_t)(frame >> 32));
	put32(p + 4, (uint32_t)frame);
	p[8] = (uint8_t)(i >> 8);
	p[9] = (uint8_t)i;
}

void segment_key(void *case_hmac, const uint8_t run[SHA], uint32_t input, uint32_t n, uint8_t out[SHA])
{
	static const char label[18] = "fairwitness-seg-v1";	/* no zero at its end */
	uint8_t b[sizeof(label) + SHA + 8];

	memcpy(b, label, sizeof(label));
	memcpy(b + sizeof(label), run, SHA);
	put32(b + sizeof(label) + SHA, input);
	put32(b + sizeof(label) + SHA + 4, n);
	hmac_of(case_hmac, b, sizeof(b), out);
}

void chunk_salt(void *seg_hmac, uint64_t frame, uint16_t i, uint8_t out[SHA])
{
	uint8_t place[10];

	put_place(place, frame, i);
	hmac_of(seg_hmac, place, sizeof(place), out);
}

void chunk_commit(const uint8_t salt[SHA], uint64_t frame, uint16_t i, const void *p, size_t n, uint8_t out[SHA])
{
	uint8_t place[10];

	put_place(place, frame, i);
	sha_pieces((struct sha_piece[]){ { "\x10", 1 }, { salt, SHA }, { place, sizeof(place) }, { p, n } }, 4, out);
}

void packet_commit(const struct evidence_packet *p, void *seg_hmac, struct commitment *out)
{
	for (uint16_t i = 0; i < p->nchunks; i++) {
		chunk_salt(seg_hmac, p->frame, i, out[i].salt);
		chunk_commit(out[i].salt, p->frame, i, p->data + p->chunk[i].off, p->chunk[i].len, out[i].c);
	}
}

void packet_leaf(struct octets *o, const struct evidence_packet *p, const struct commitment *c)
{
	octets_add(o, "P1", 2);
	octets_u32(o, p->input);
	octets_u64(o, p->frame);
	octets_u64(o, p->t_ns);
	octets_u32(o, p->wirelen);
	octets_u32(o, p->caplen);
	octets_u16(o, p->nchunks);
	for (uint16_t i = 0; i < p->nchunks; i++) {
		octets_u32(o, p->chunk[i].off);
		octets_u32(o, p->chunk[i].len);
		octets_add(o, &p->chunk[i].class, 1);
		octets_add(o, c[i].c, SHA);
	}
}

bool packet_line(struct octets *o, const struct evidence_packet *p, const struct commitment *c, uint64_t at, const struct merkle_hash *leaf,
	const struct merkle_hash *path, unsigned n)
{
	struct leaf l;
	bool ok;

	leaf_start(&l, o);
	leaf_knum(&l, "cap", p->caplen);
	leaf_key(&l, "ch");
	leaf_list(&l);
	for (uint16_t i = 0; i < p->nchunks; i++) {
		const char class[2] = { p->chunk[i].class, 0 };
		bool shown = !fw_class_masked(*class);

		leaf_open(&l);
		if (!shown)
			leaf_khex(&l, "c", c[i].c, SHA);
		leaf_kstr(&l, "k", class);
		leaf_knum(&l, "n", p->chunk[i].len);
		leaf_knum(&l, "o", p->chunk[i].off);
		if (shown)
			leaf_khex(&l, "s", c[i].salt, SHA);
		leaf_close(&l);
	}
	leaf_list_end(&l);
	leaf_knum(&l, "i", at);
	leaf_knum(&l, "if", p->input);
	leaf_khex(&l, "leaf", leaf->b, SHA);
	leaf_knum(&l, "link", p->link);
	leaf_knum(&l, "orig", p->wirelen);
	leaf_key(&l, "proof");
	leaf_list(&l);
	for (unsigned i = 0; i < n; i++)
		leaf_hex(&l, path[i].b, SHA);
	leaf_list_end(&l);
	leaf_kdec(&l, "seq", p->frame);
	leaf_kdec(&l, "ts", p->t_ns);
	ok = leaf_end(&l);
	octets_add(o, "\n", 1);
	return ok && !o->full;
}

void packet_mask(const struct evidence_packet *p, uint8_t *out)
{
	memset(out, 0, p->caplen);
	for (uint16_t i = 0; i < p->nchunks; i++)
		if (!fw_class_masked(p->chunk[i].class))
			memcpy(out + p->chunk[i].off, p->data + p->chunk[i].off, p->chunk[i].len);
}

/* ---- pcapng: little-endian ---- */

enum { BLOCK_SHB = 0x0a0d0d0a, BLOCK_IDB = 1, BLOCK_EPB = 6, BYTE_ORDER_MAGIC = 0x1a2b3c4d };
enum { OPT_COMMENT = 1, OPT_IF_NAME = 2, OPT_IF_DESCRIPTION = 3, OPT_SHB_USERAPPL = 4, OPT_EPB_PACKETID = 5, OPT_IF_TSRESOL = 9 };

static void le16(struct octets *o, uint32_t v)
{
	octets_add(o, (uint8_t[]){ (uint8_t)v, (uint8_t)(v >> 8) }, 2);
}

static void le32(struct octets *o, uint32_t v)
{
	le16(o, v);
	le16(o, v >> 16);
}

static void padded(struct octets *o, const void *p, size_t n)
{
	octets_add(o, p, n);
	octets_add(o, "\0\0\0", -n & 3);
}

static void option(struct octets *o, unsigned code, const void *p, size_t n)
{
	n = n < PCAPNG_TEXT ? n : PCAPNG_TEXT;
	le16(o, code);
	le16(o, (uint32_t)n);
	padded(o, p, n);
}

/* A block's type and length; the length is put in and repeated by block_end(). */
static size_t block(struct octets *o, uint32_t type)
{
	size_t at = o->n;

	le32(o, type);
	le32(o, 0);
	return at;
}

static void block_end(struct octets *o, size_t at)
{
	uint32_t n = (uint32_t)(o->n - at) + 4;

	le32(o, n);
	for (unsigned i = 0; !o->full && i < 4; i++)
		o->b[at + 4 + i] = (char)(n >> (8 * i));
}

void pcapng_section(struct octets *o, const char *comment, const char *program)
{
	size_t at = block(o, BLOCK_SHB);

	le32(o, BYTE_ORDER_MAGIC);
	le16(o, 1);
	le16(o, 0);
	le32(o, 0xffffffff);
	le32(o, 0xffffffff);
	if (program) {
		option(o, OPT_SHB_USERAPPL, program, strlen(program));
		option(o, OPT_COMMENT, comment, strlen(comment));
		le32(o, 0);
	}
	block_end(o, at);
}

void pcapng_head(struct octets *o)
{
	pcapng_section(o, NULL, NULL);
}

bool pcapng_written_by(const uint8_t *p, size_t n, char out[PCAPNG_PROGRAM])
{
	static const uint8_t head[] = { 0x0a, 0x0d, 0x0d, 0x0a }, magic[] = { 0x4d, 0x3c, 0x2b, 0x1a }, code[] = { OPT_SHB_USERAPPL, 0 };
	size_t len;

	if (n < 28 || memcmp(p, head, 4) || memcmp(p + 8, magic, 4) || memcmp(p + 24, code, 2))
		return false;
	len = p[26] | (size_t)p[27] << 8;
	if (len >= PCAPNG_PROGRAM || len > n - 28 || memchr(p + 28, 0, len))
		return false;
	memcpy(out, p + 28, len);
	out[len] = 0;
	return true;
}

/* The interface's number; g->n: there is none yet. */
static uint32_t interface(const struct pcapng *g, const struct evidence_packet *p)
{
	for (uint32_t i = g->n; i > 0; i--)
		if (g->seen[i - 1].input == p->input && g->seen[i - 1].link == p->link)
			return i - 1;
	return g->n;
}

int pcapng_interface(struct pcapng *g, struct octets *o, const struct evidence_packet *p)
{
	return pcapng_described(g, o, p, NULL);
}

int pcapng_described(struct pcapng *g, struct octets *o, const struct evidence_packet *p, const char *description)
{
	char name[24];
	size_t at;

	if (interface(g, p) < g->n)
		return FW_OK;
	if (g->n == g->cap) {
		uint32_t cap = g->cap ? 2 * g->cap : 16;
		void *v = realloc(g->seen, cap * sizeof(*g->seen));

		if (!v)
			return FW_ENOMEM;
		g->seen = v;
		g->cap = cap;
	}
	g->seen[g->n].input = p->input;
	g->seen[g->n++].link = p->link;
	at = block(o, BLOCK_IDB);
	le16(o, p->link);
	le16(o, 0);
	le32(o, 0);
	option(o, OPT_IF_NAME, name, (size_t)snprintf(name, sizeof(name), "input %u", p->input));
	if (description)
		option(o, OPT_IF_DESCRIPTION, description, strlen(description));
	option(o, OPT_IF_TSRESOL, "\x09", 1);
	le32(o, 0);
	block_end(o, at);
	return o->full ? FW_ENOMEM : FW_OK;
}

int pcapng_packet(const struct pcapng *g, struct octets *o, const struct evidence_packet *p, const uint8_t *shown, const char *comment)
{
	size_t at = block(o, BLOCK_EPB);

	le32(o, interface(g, p));
	le32(o, (uint32_t)(p->t_ns >> 32));
	le32(o, (uint32_t)p->t_ns);
	le32(o, p->caplen);
	le32(o, p->wirelen);
	padded(o, shown, p->caplen);
	for (size_t n = strcspn(comment, "\n"); *comment; comment += n + (comment[n] == '\n'), n = strcspn(comment, "\n"))
		option(o, OPT_COMMENT, comment, n);
	le16(o, OPT_EPB_PACKETID);
	le16(o, 8);
	le32(o, (uint32_t)p->frame);
	le32(o, (uint32_t)(p->frame >> 32));
	le32(o, 0);
	block_end(o, at);
	return o->full ? FW_ENOMEM : FW_OK;
}

void packet_comment(const struct evidence_packet *p, const struct merkle_hash *leaf, char out[PACKET_COMMENT])
{
	char hex[HEX_SHA];

	sha_hex(leaf->b, hex);
	(void)snprintf(out, PACKET_COMMENT, "input %u frame %llu leaf %s", p->input, (unsigned long long)p->frame, hex);
}

void pcapng_free(struct pcapng *g)
{
	free(g->seen);
	*g = (struct pcapng){ 0 };
}
