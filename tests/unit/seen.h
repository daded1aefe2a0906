/* For tests of decoders: layers whose facts are kept as text, and messages handed to one protocol. */
#ifndef FW_TESTS_SEEN_H
#define FW_TESTS_SEEN_H

#include "layers.h"

#include <stdlib.h>
#include <string.h>

struct seen {
	struct layers	*l;
	struct json	 json;
	unsigned	 facts;
	enum outcome	 outcome[16];	/* of the first ones */
	size_t		 n;
	char		 text[1 << 18];	/* the facts as JSON lines, as far as they fit */
	uint32_t	 nitem;
	struct item	 item[FACT_ITEMS];	/* of the last one; values borrowed */
};

static inline int seen_write(void *ctx, const char *p, size_t n)
{
	struct seen *s = ctx;
	size_t room = sizeof(s->text) - 1 - s->n;

	if (n > room)
		n = room;
	memcpy(s->text + s->n, p, n);
	s->n += n;
	s->text[s->n] = 0;
	return 0;
}

static inline void seen_fact(void *ctx, const struct fact *f)
{
	struct seen *s = ctx;

	if (s->facts < 16)
		s->outcome[s->facts] = (enum outcome)f->outcome;
	s->facts++;
	s->nitem = f->nitem;
	if (f->nitem)		/* a tally has none */
		memcpy(s->item, f->item, f->nitem * sizeof(f->item[0]));
	json_start(&s->json, seen_write, s);
	fact_print(&s->json, f);
	(void)json_done(&s->json);
}

static inline struct seen *seen_new(void)
{
	struct seen *s = calloc(1, sizeof(*s));
	struct layers_config cfg = { .emit = seen_fact, .ctx = s, .hash = hash_key_make("test", 4) };

	if (!s || layers_new(&s->l, &cfg))
		abort();
	return s;
}

static inline void seen_free(struct seen *s)
{
	layers_free(s->l);
	free(s);
}

/* Hands n octets to p as what a packet carried: an exact copy, so that one octet too many is seen.  What p said. */
static inline bool seen_read(struct seen *s, const struct proto *p, uint8_t ip_proto, const uint8_t *data, size_t n, bool cut)
{
	static const uint8_t a[4] = { 10, 0, 0, 1 }, b[4] = { 10, 0, 0, 2 };
	uint8_t *copy = malloc(n ? n : 1);
	struct pkt k = { .frame = copy, .caplen = (uint32_t)n, .wirelen = (uint32_t)n + cut, .no = 1, .fam = 4, .proto = ip_proto,
		.sport = 40000, .dport = p->udp[0], .src = addr_make(a, 4), .dst = addr_make(b, 4) };
	struct msg m = { .pkt = &k, .cur = cur_make(copy, n, cut), .len = (uint32_t)n };
	bool read;

	memcpy(copy, data, n);
	s->facts = 0;
	s->n = 0;
	s->nitem = 0;
	s->text[0] = 0;
	read = layers_message(s->l, p, &m);
	layers_batch_done(s->l);
	free(copy);
	return read;
}

/* Every prefix, cut or not: never called good, and the right side is blamed. */
static inline bool prefixes_blamed(struct seen *s, const struct proto *p, const uint8_t *data, size_t n, bool *seen_cut)
{
	for (size_t k = 0; k < n; k++)
		for (int cut = 0; cut <= 1; cut++) {
			if (!seen_read(s, p, 17, data, k, cut)) {
				if (s->facts)
					return false;
				continue;
			}
			if (s->facts != 1 || s->outcome[0] != (cut ? OUT_CUT : OUT_SHORT))
				return false;
			*seen_cut |= cut != 0;
		}
	return true;
}

/* Every octet set to some other values: nothing is asked but to come back in one piece. */
static inline void every_octet_changed(struct seen *s, const struct proto *p, const uint8_t *data, size_t n)
{
	static const uint8_t flips[] = { 0x01, 0x80, 0xff, 0x7f, 0x10 };
	uint8_t *b = malloc(n);

	memcpy(b, data, n);
	for (size_t i = 0; i < n; i++)
		for (unsigned f = 0; f < sizeof(flips); f++) {
			b[i] = data[i] ^ flips[f];
			(void)seen_read(s, p, 17, b, n, false);
			(void)seen_read(s, p, 17, b, n, true);
			b[i] = data[i];
		}
	free(b);
}

/* Hex digits, spaces ignored, to octets; returns how many. */
static inline size_t hex_octets(const char *hex, uint8_t *out, size_t cap)
{
	size_t n = 0;
	int hi = -1;

	for (; *hex; hex++) {
		int v = *hex >= '0' && *hex <= '9' ? *hex - '0' : *hex >= 'a' && *hex <= 'f' ? *hex - 'a' + 10 : -1;

		if (v < 0)
			continue;
		if (hi < 0) {
			hi = v;
			continue;
		}
		if (n == cap)
			abort();
		out[n++] = (uint8_t)(hi << 4 | v);
		hi = -1;
	}
	return n;
}

/* A message in the making. */
struct built { uint8_t b[40200]; size_t n; };

static inline void octets(struct built *m, const char *hex)
{
	m->n += hex_octets(hex, m->b + m->n, sizeof(m->b) - m->n);
}

static inline uint32_t next_random(uint64_t *x)
{
	*x = *x * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*x >> 33);
}

#endif
