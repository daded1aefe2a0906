/* What evidence shows of the packets that were kept: one tree a segment, one line and one block a packet. */
#include "seal.h"

#include <stdlib.h>

static struct evidence_packet packet_of(const struct fetched *t, const struct kept *k)
{
	return (struct evidence_packet){ .input = k->input, .wirelen = k->wirelen, .caplen = k->caplen, .frame = k->no, .t_ns = k->t_ns,
		.link = k->link, .nchunks = (uint16_t)k->nchunks, .chunk = t->chunk + k->chunk, .data = t->data ? t->data + k->off : NULL };
}

/* The files that show packets, and room for one of them. */
struct showing { struct outfile lines, pcapng; struct pcapng interfaces; struct octets text; struct commitment *c; size_t cap_c; uint8_t *masked; size_t cap_masked; };

static bool room_for(struct showing *w, const struct kept *k)
{
	if (k->nchunks > w->cap_c) {
		void *v = realloc(w->c, k->nchunks * sizeof(*w->c));

		if (!v)
			return false;
		w->c = v;
		w->cap_c = k->nchunks;
	}
	if (k->caplen > w->cap_masked) {
		uint8_t *v = realloc(w->masked, k->caplen);

		if (!v)
			return false;
		w->masked = v;
		w->cap_masked = k->caplen;
	}
	return true;
}

static int show(struct showing *w, const struct evidence_packet *p, uint64_t at, const struct merkle *tree)
{
	struct merkle_hash path[MERKLE_PATH], *leaf = &tree->level[0][at];
	char comment[PACKET_COMMENT];

	w->text.n = 0;
	if (!packet_line(&w->text, p, w->c, at, leaf, path, merkle_path(tree, at, path)))
		return FW_ENOMEM;
	(void)outfile_write(&w->lines, w->text.b, w->text.n);
	w->text.n = 0;
	packet_mask(p, w->masked);
	packet_comment(p, leaf, comment);
	if (pcapng_packet(&w->interfaces, &w->text, p, w->masked, comment) != FW_OK)
		return FW_ENOMEM;
	(void)outfile_write(&w->pcapng, w->text.b, w->text.n);
	return FW_OK;
}

/* The packets [from, to) of one segment: its tree first, then what is shown of them. */
static int segment_packets(struct sealing *x, struct showing *w, size_t from, size_t to, struct merkle_hash *root)
{
	const struct fetched *t = &x->s->kept;
	uint8_t key[SHA];
	struct merkle tree = { 0 };
	struct hmac *h;
	int err = FW_OK;

	segment_key(x->s->hmac, x->s->run_id, t->v[from].input, (t->v[from].no - 1) / SEGMENT, key);
	h = hmac_new(key);
	for (size_t i = from; err == FW_OK && i < to; i++) {
		struct evidence_packet p = packet_of(t, &t->v[i]);
		struct merkle_hash leaf;

		if (!h || !room_for(w, &t->v[i])) {
			err = FW_ENOMEM;
			break;
		}
		packet_commit(&p, h, w->c);
		w->text.n = 0;
		packet_leaf(&w->text, &p, w->c);
		merkle_leaf(w->text.b, w->text.n, &leaf);
		err = w->text.full ? FW_ENOMEM : merkle_add(&tree, &leaf);
	}
	for (size_t i = from; err == FW_OK && i < to; i++) {
		struct evidence_packet p = packet_of(t, &t->v[i]);

		packet_commit(&p, h, w->c);
		err = show(w, &p, i - from, &tree);
	}
	merkle_root(&tree, root);
	merkle_free(&tree);
	hmac_free(h);
	return err;
}

static int all_segments(struct sealing *x, struct showing *w)
{
	const struct fetched *t = &x->s->kept;
	size_t at = 0, seg = 0;
	int err = FW_OK;

	for (uint32_t i = 0; i < x->s->report->ninputs; i++)
		for (uint32_t n = 0; err == FW_OK && n < x->s->in->segments[i].n; n++, seg++) {
			size_t from = at;

			while (at < t->n && t->v[at].input == i && (t->v[at].no - 1) / SEGMENT == n)
				at++;
			x->retained[seg] = (uint32_t)(at - from);
			if (at > from)
				err = segment_packets(x, w, from, at, &x->root[seg]);
			else
				sha_of("", 0, x->root[seg].b);
		}
	return err;
}

int seal_packets(struct sealing *x)
{
	struct showing w = { .lines = { .fd = -1 }, .pcapng = { .fd = -1 } };
	int err;

	if (outfile_open(&w.lines, x->s->dir, "evidence/packets.jsonl", &x->e) != FW_OK ||
	    outfile_open(&w.pcapng, x->s->dir, "evidence/packets.pcapng", &x->e) != FW_OK) {
		err = FW_EIO;
		goto out;
	}
	pcapng_head(&w.text);
	for (size_t i = 0; i < x->s->kept.n; i++) {
		struct evidence_packet p = packet_of(&x->s->kept, &x->s->kept.v[i]);

		if (pcapng_interface(&w.interfaces, &w.text, &p) != FW_OK) {
			err = FW_ENOMEM;
			goto out;
		}
	}
	(void)outfile_write(&w.pcapng, w.text.b, w.text.n);
	err = all_segments(x, &w);
	if (err == FW_OK && (outfile_close(&w.lines, &x->e) != FW_OK || outfile_close(&w.pcapng, &x->e) != FW_OK))
		err = FW_EIO;
out:
	outfile_drop(&w.lines);
	outfile_drop(&w.pcapng);
	octets_free(&w.text);
	pcapng_free(&w.interfaces);
	free(w.c);
	free(w.masked);
	return err;
}
