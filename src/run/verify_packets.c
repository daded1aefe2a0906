/* The retained packets: lines, commitments, their segments' trees, the capture made again, and the findings' grounds. */
#include "verify_inside.h"

#include <stdlib.h>
#include <string.h>

struct reading {
	struct verify	*v;
	struct disclosure d;
	struct pcapng	 again;		/* the capture as the lines make it */
	struct octets	 block;
	size_t		 at;		/* in packets.pcapng */
	uint64_t	 line, frame;	/* frame: of the line before, in this segment */
	uint32_t	 seg;
	uint64_t	 position;
};

#define LINE(r, fmt, ...) verify_fail((r)->v, SHOWS_INCLUSION, "evidence/packets.jsonl:%llu: " fmt, (unsigned long long)(r)->line, __VA_ARGS__)

/* What was made is what stands in the capture next. */
static bool same_block(struct reading *r)
{
	const struct octets *c = &r->v->capture;
	size_t n = r->block.n;

	if (n <= c->n - r->at && !memcmp(c->b + r->at, r->block.b, n)) {
		r->at += n;
		return true;
	}
	n = n < c->n - r->at ? n : c->n - r->at;
	for (size_t i = 0; i < n; i++)
		if (c->b[r->at + i] != r->block.b[i]) {
			n = i;
			break;
		}
	verify_fail(r->v, SHOWS_INCLUSION, "evidence/packets.pcapng: octet %zu is not what packets.jsonl makes there", r->at + n);
	return false;
}

/* Where the packet's octets stand; NULL: nowhere. */
static const uint8_t *octets_of(const struct reading *r)
{
	const struct octets *c = &r->v->capture;
	size_t left = c->n - r->at;

	return left >= 28 && left - 28 >= r->d.packet.caplen ? (const uint8_t *)c->b + r->at + 28 : NULL;
}

/* The line stands where the segments say: next position of the next segment that retained something. */
static bool in_place(struct reading *r)
{
	struct verify *v = r->v;
	const struct evidence_packet *p = &r->d.packet;
	const struct vseg *s;

	while (r->seg < v->nsegs && r->position == v->seg[r->seg].retained) {
		r->seg++;
		r->position = 0;
		r->frame = 0;
	}
	if (r->seg == v->nsegs) {
		LINE(r, "%s", "more packets than the segments retained");
		return false;
	}
	s = &v->seg[r->seg];
	if (p->input != s->input || (p->frame - 1) / SEGMENT != s->n || r->d.position != r->position || p->frame <= r->frame || p->t_ns < s->from ||
	    p->t_ns > s->until) {
		LINE(r, "input %u, frame %llu, position %llu: packet %llu of segment %llu of input %llu is wanted", p->input, (unsigned long long)p->frame,
			(unsigned long long)r->d.position, (unsigned long long)r->position, (unsigned long long)s->n, (unsigned long long)s->input);
		return false;
	}
	r->frame = p->frame;
	return true;
}

/* Notes which octets are masked.  False: no memory. */
static bool note_masked(struct reading *r, uint64_t at)
{
	struct verify *v = r->v;
	size_t n = r->d.packet.caplen / 8 + 1;

	if (n > v->cap_bits - v->nbits) {
		size_t cap = 2 * v->cap_bits + n + 4096;
		uint8_t *bits = realloc(v->bits, cap);

		if (!bits)
			return false;
		v->bits = bits;
		v->cap_bits = cap;
	}
	memset(v->bits + v->nbits, 0, n);
	for (uint16_t i = 0; i < r->d.packet.nchunks; i++)
		if (fw_class_masked(r->d.chunk[i].class))
			shown_mask(v->bits + v->nbits, r->d.chunk[i].off, r->d.chunk[i].len);
	v->bits_at[at] = v->nbits;
	v->nbits += n;
	return true;
}

static bool one_line(struct reading *r, struct slice line)
{
	struct verify *v = r->v;
	char comment[PACKET_COMMENT];
	struct merkle_hash root;
	const uint8_t *octets;

	if (!disclosure_read(&v->doc, line.p, line.n, &r->d, &v->e)) {
		LINE(r, "%s", v->e.text);
		return false;
	}
	if (!in_place(r))
		return false;
	memcpy(root.b, v->seg[r->seg].root, SHA);
	if (!merkle_holds(&r->d.leaf, r->position, v->seg[r->seg].retained, r->d.path, r->d.npath, &root)) {
		LINE(r, "%s", "its path does not lead to the root of its segment");
		return false;
	}
	octets = octets_of(r);
	if (!octets) {
		verify_fail(v, SHOWS_INCLUSION, "evidence/packets.pcapng: ends before the packet of packets.jsonl:%llu", (unsigned long long)r->line);
		return false;
	}
	if (!disclosure_opens(&r->d, octets, &v->e)) {
		LINE(r, "%s", v->e.text);
		return false;
	}
	packet_comment(&r->d.packet, &r->d.leaf, comment);
	r->block.n = 0;
	if (pcapng_packet(&r->again, &r->block, &r->d.packet, octets, comment) != FW_OK)
		r->block.full = true;
	if (!note_masked(r, v->seg[r->seg].base + r->position))
		r->block.full = true;
	if (r->block.full || !same_block(r))
		return false;
	v->packet_leaf[v->seg[r->seg].base + r->position] = r->d.leaf;
	v->packet[v->seg[r->seg].base + r->position++] = (struct frame){ .data = octets, .caplen = r->d.packet.caplen, .wirelen = r->d.packet.wirelen,
		.t_ns = r->d.packet.t_ns, .input = r->d.packet.input, .no = (uint32_t)r->d.packet.frame, .link = r->d.packet.link };
	return true;
}

/* The blocks of all interfaces, in order of first use: they stand before the packets. */
static bool interfaces(struct reading *r, struct slice rest)
{
	struct verify *v = r->v;
	struct slice line;

	for (r->line = 1; line_get(&rest, &line); r->line++) {
		if (!disclosure_read(&v->doc, line.p, line.n, &r->d, &v->e)) {
			LINE(r, "%s", v->e.text);
			return false;
		}
		if (pcapng_interface(&r->again, &r->block, &r->d.packet) != FW_OK)
			r->block.full = true;
	}
	return true;
}

static bool all_lines(struct reading *r)
{
	struct verify *v = r->v;
	struct slice rest = { v->lines.b, v->lines.n }, line;
	uint64_t n = 0;

	pcapng_head(&r->block);
	if (!interfaces(r, rest) || r->block.full || !same_block(r))
		return false;
	for (r->line = 1; rest.n; r->line++, n++) {
		if (!line_get(&rest, &line)) {
			LINE(r, "%s", "the last line has no newline");
			return false;
		}
		if (!one_line(r, line))
			return false;
	}
	if (n != v->retained) {
		verify_fail(v, SHOWS_INCLUSION, "evidence/packets.jsonl: %llu packets, the segments retained %llu", (unsigned long long)n, (unsigned long long)v->retained);
		return false;
	}
	if (r->at != v->capture.n) {
		verify_fail(v, SHOWS_INCLUSION, "evidence/packets.pcapng: something follows the last packet, at octet %zu", r->at);
		return false;
	}
	return true;
}

/* The first packets of a finding are its grounds. */
static bool grounds_hold(struct verify *v)
{
	for (uint32_t i = 0; i < v->nfindings; i++) {
		struct slice text = verify_leaf(v, v->finding[i]);
		uint32_t at = 0, where = 0;
		uint64_t seg, position;
		struct entry_ground g;
		struct entry l;

		if (!entry_read(&v->doc, text.p, text.n, &l, &v->e))
			return false;
		while (entry_next_ground(&v->doc, l.u.finding.c.grounds, &at, &g, &v->e)) {
			const struct frame *p = NULL;

			if (entry_next_packet(&v->doc, l.u.finding.pkts, &where, &seg, &position, &v->e))
				for (uint32_t k = 0; k < v->nsegs && !p; k++)
					p = v->seg[k].leaf == seg ? &v->packet[v->seg[k].base + position] : NULL;
			if (p && p->input == g.input && p->no == g.frame)
				continue;
			verify_fail(v, SHOWS_INCLUSION, "leaf %u: the packet of its ground input %llu frame %llu is another one", v->finding[i],
				(unsigned long long)g.input, (unsigned long long)g.frame);
			return false;
		}
	}
	return true;
}

int verify_packets(struct verify *v)
{
	struct reading r = { .v = v };
	int err;

	if (!v->lawful)
		return FW_OK;
	v->packet = calloc(v->retained + 1, sizeof(*v->packet));
	v->bits_at = calloc(v->retained + 1, sizeof(*v->bits_at));
	v->packet_leaf = calloc(v->retained + 1, sizeof(*v->packet_leaf));
	r.d.chunk = malloc(CHUNKS_MAX * sizeof(*r.d.chunk));
	r.d.value = malloc(CHUNKS_MAX * sizeof(*r.d.value));
	r.d.made = malloc(CHUNKS_MAX * sizeof(*r.d.made));
	err = v->packet && v->packet_leaf && v->bits_at && r.d.chunk && r.d.value && r.d.made ? FW_OK : FW_ENOMEM;
	if (err == FW_OK)
		err = verify_read(v, "evidence/packets.jsonl", &v->lines);
	if (err == FW_OK)
		err = verify_read(v, "evidence/packets.pcapng", &v->capture);
	if (err == FW_OK)
		v->opened = all_lines(&r) && grounds_hold(v);
	if (r.block.full)
		err = FW_ENOMEM;
	if (err == FW_EEND) {
		verify_fail(v, SHOWS_INCLUSION, "%s", v->e.text);
		err = FW_OK;
	}
	pcapng_free(&r.again);
	octets_free(&r.block);
	free(r.d.chunk);
	free(r.d.value);
	free(r.d.made);
	return err;
}
