#include "harness.h"

#include "readback.h"

#include <assert.h>
#include <stdlib.h>

void harness_check(const struct fact *f)
{
	uint32_t open[FACT_DEPTH];
	unsigned depth = 0;

	for (uint32_t i = 0; i < f->nitem; i++) {
		const struct item *x = &f->item[i];

		assert(x->key < FACT_KEYS);
		switch ((enum item_type)x->type) {
		case ITEM_OPEN:
			assert(depth < FACT_DEPTH && x->depth == depth && i + x->len < f->nitem);
			assert(f->item[i + x->len].type == ITEM_CLOSE);
			open[depth++] = i;
			break;
		case ITEM_CLOSE:
			assert(depth);
			depth--;
			assert(open[depth] + f->item[open[depth]].len == i);
			break;
		case ITEM_ADDR: assert(x->len == 4 || x->len == 16); break;
		case ITEM_OCTETS: case ITEM_BITS: case ITEM_TEXT: assert(!x->len || x->v.p); break;
		case ITEM_UINT: case ITEM_BOOL: case ITEM_SKIP: break;
		}
	}
	assert(!depth);
}

/* What is printed is read back, and printed again with the same bytes. */
static void read_back(const struct fact *f)
{
	static struct readback *b;
	static char first[1 << 22];
	size_t n;

	b = b ? b : readback_new(sizeof(first));
	b->content.fact = *f;
	readback_print(b, LINE_FACT);
	n = b->n;
	assert(n && n <= sizeof(first));
	memcpy(first, b->out, n);
	arena_reset(&b->mem);
	assert(fact_parse(&b->reader, first, n, &b->content) == LINE_FACT);
	readback_print(b, LINE_FACT);
	assert(b->n == n && !memcmp(first, b->out, n));
}

static void on_fact(void *ctx, const struct fact *f)
{
	struct bench_facts *s = ctx;

	assert(f->outcome < OUTCOMES);
	s->facts++;
	s->by_outcome[f->outcome]++;
	if (!s->first_known) {
		s->first_known = true;
		s->first = (enum outcome)f->outcome;
	}
	harness_check(f);
	read_back(f);
}

static void no_secret(void *ctx, const void *data, size_t n, uint8_t out[32])
{
	(void)ctx;
	(void)data;
	memset(out, (int)n, 32);
}

/* No cipher at all: what is in ciphered packets is changed too. */
static void no_digest(const void *data, size_t n, uint8_t out[32])
{
	(void)data;
	memset(out, (int)(n & 255), 32);
}

static bool no_mask(const uint8_t key[16], const uint8_t in[16], uint8_t out[16])
{
	(void)key;
	(void)in;
	memset(out, 0, 16);
	return true;
}

static bool no_hmac(unsigned hash, const void *key, size_t nkey, const void *p, size_t n, uint8_t *out)
{
	(void)key;
	(void)nkey;
	(void)p;
	memset(out, (int)(n & 255), hash);
	return true;
}

static enum cipher_says no_cipher(enum aead a, const uint8_t *key, const uint8_t nonce[AEAD_NONCE], const void *aad, size_t naad, const uint8_t *in, size_t n, uint8_t *out)
{
	size_t tag = a == AEAD_AES128_CCM8 || a == AEAD_AES256_CCM8 ? 8 : 16;

	(void)key;
	(void)nonce;
	(void)aad;
	(void)naad;
	if (n < tag)
		return CIPHER_UNFIT;
	memcpy(out, in, n - tag);
	return CIPHER_OPENED;
}

static bool no_cbc(const uint8_t *key, size_t nkey, const uint8_t iv[16], const uint8_t *in, size_t n, uint8_t *out)
{
	(void)key;
	(void)nkey;
	(void)iv;
	memcpy(out, in, n);
	return true;
}

const struct ciphers harness_ciphers = { no_hmac, no_cipher, no_mask, no_cbc };

struct layers *harness_new(struct bench_facts *seen)
{
	return harness_opens(seen, &harness_ciphers, NULL);
}

struct layers *harness_opens(struct bench_facts *seen, const struct ciphers *ciphers, const struct secrets *secrets)
{
	struct layers_config cfg = { .emit = on_fact, .ctx = seen, .hmac = no_secret, .sha256 = no_digest, .ciphers = ciphers, .secrets = secrets };
	struct layers *l;

	cfg.hash = hash_key_make("fuzz", 4);
	return layers_new(&l, &cfg) ? NULL : l;
}

bool harness_message(struct layers *l, struct bench_facts *seen, const struct proto *p, const uint8_t *data, size_t n, bool cut)
{
	static const uint8_t a[4] = { 10, 0, 0, 1 }, b[4] = { 10, 0, 0, 2 };
	struct pkt k = { .frame = data, .caplen = (uint32_t)n, .wirelen = (uint32_t)n + cut, .t_ns = 1600000000000000000u, .no = 1, .link = 1, .fam = 4,
		.sport = p->udp[0] ? p->udp[0] : p->tcp[0], .dport = p->udp[0] ? p->udp[0] : p->tcp[0] };
	struct ue_key ue = { .assoc = 1, .has_amf = true, .has_ran = true, .amf_id = 1, .ran_id = 1, .procedure = 46, .uplink = true };
	struct msg m = { .pkt = &k, .cur = cur_make(data, n, cut), .len = (uint32_t)n, .assoc = 1, .to_server = true, .ue = &ue };
	bool read;

	k.src = addr_make(a, 4);
	k.dst = addr_make(b, 4);
	ue.amf = k.dst;
	seen->first_known = false;
	if (p->inside) {		/* what it hands on lies in the message */
		struct inside in = { .type = 0 };

		if (p->inside(&k, m.cur, &in) && (in.cur.p < data || in.cur.end > data + n || in.cur.p > in.cur.end || in.encap >= FW_ENCAPS))
			abort();
	}
	read = layers_message(l, p, &m);
	layers_batch_done(l);
	return read;
}

void harness_frames(struct fw *w, uint16_t link, const uint8_t *data, size_t n)
{
	struct frame f = { .t_ns = 1600000000000000000u, .link = link };

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
}
