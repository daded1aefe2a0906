#include "mark_headers.h"

#include "be.h"

enum { UDP = 17, TCP = 6, SCTP = 132, AH = 51, NEXT_FRAGMENT = 44 };
enum { DATA = 0, INIT = 1, INIT_ACK = 2, SACK = 3, I_DATA = 64 };

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* The integrity value of an Authentication Header (RFC 4302 2) among the extension headers, which pkt_parse() has walked. */
static void mark_ah(struct marks *m, const struct pkt *k)
{
	const uint8_t *p = k->l3 + 40;
	uint8_t next = k->l3[6];

	while (k->l4 - p >= 8) {
		uint32_t len = next == NEXT_FRAGMENT ? 8 : next == AH ? (p[1] + 2u) * 4 : (p[1] + 1u) * 8;

		if (next == AH && len > 12)
			marks_set(m, p + 12, len - 12, MARK_CHECK);
		next = p[0];
		p += len;
	}
}

static void mark_ip(struct marks *m, const struct tally *t, const struct pkt *k, const uint8_t *from)
{
	const uint8_t *src = k->l3 + (k->fam == 4 ? 12 : 8), *dst = src + (k->fam == 4 ? 4 : 16), *sum = k->fam == 4 ? k->l3 + 10 : NULL;
	uint8_t bits;

	marks_set(m, from, (size_t)(k->l4 - from), MARK_HEADER);
	if (k->fam == 6)
		mark_ah(m, k);
	if ((bits = tally_ue_bits(t, &k->src)))
		marks_address(m, src, k->fam, bits, sum);
	if ((bits = tally_ue_bits(t, &k->dst)))
		marks_address(m, dst, k->fam, bits, sum);
}

void mark_network(struct marks *m, const struct tally *t, const struct pkt *k)
{
	mark_ip(m, t, k, k->head);
}

static void mark_chunks(struct marks *m, const uint8_t *p, uint32_t n, uint32_t claim)
{
	uint32_t at = 12, end;

	for (; at < n && n - at >= 4; at = end) {
		uint32_t len = be16(p + at + 2), head = 4;

		if (len < 4 || (len > n - at && n == claim))
			return;
		switch (p[at]) {
		case DATA: head = 16; break;
		case I_DATA:
		case INIT:
		case INIT_ACK: head = 20; break;
		case SACK: head = 16; break;
		default: break;
		}
		marks_set(m, p + at, least(least(head, len), n - at), MARK_HEADER);
		end = at + ((len + 3) & ~3u);
	}
}

static void mark_sum(struct marks *m, const uint8_t *p, uint32_t n, uint32_t at, uint32_t len)
{
	if (n > at)
		marks_set(m, p + at, least(len, n - at), MARK_CHECK);
}

void mark_transport(struct marks *m, const struct pkt *k)
{
	const uint8_t *p = k->l4;
	uint32_t n = k->l4len;

	switch (k->proto) {
	case UDP:
		marks_set(m, p, least(n, 8), MARK_HEADER);
		mark_sum(m, p, n, 6, 2);
		break;
	case TCP:
		marks_set(m, p, least(n, 20), MARK_HEADER);
		mark_sum(m, p, n, 16, 2);
		break;
	case SCTP:
		marks_set(m, p, least(n, 12), MARK_HEADER);
		mark_sum(m, p, n, 8, 4);
		mark_chunks(m, p, n, k->l4claim);
		break;
	default: break;
	}
}

void mark_inner(struct marks *m, const struct tally *t, const struct pkt *in, enum inner_class class, const uint8_t *ue4, const uint8_t *ue6)
{
	if (class == INNER_UE || class == INNER_UNBOUND)
		return;
	mark_ip(m, t, in, in->l3);
	if (in->fam == 4)
		marks_set(m, in->l3 + 10, 2, MARK_CHECK);
	if (!in->frag)
		mark_transport(m, in);
	if (class == INNER_NESTED && in->proto == UDP && in->l4len >= 12)
		marks_set(m, in->l4 + 8, 4, MARK_SIGNALLING);		/* version, type and length told what it is */
	if (class != INNER_FOREIGN)
		return;
	if (ue4)
		marks_needs(m, ue4, 4);
	if (ue6)
		marks_needs(m, ue6, 6);
	marks_needs(m, in->src.b, in->fam);
	marks_needs(m, in->dst.b, in->fam);
}
