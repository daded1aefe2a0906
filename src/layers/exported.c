/*
 * Exported PDUs (Wireshark's epan/exported_pdu.h, link type 252), big-endian:
 *   tag(2) n(2) value(n) ... until tag 0 | the PDU
 *   12 name of a dissector | 14 name of a table, 32 the number in it | 20, 21 IPv4 source, destination | 22, 23 IPv6 | 24 transport
 *   25, 26 ports | 27 SCTP payload protocol
 * There is no packet any more: no header, no length, no order of a stream.  Names are those of Wireshark, as our facts' kinds are.
 */
#include "exported.h"

#include "be.h"
#include "state.h"

/* What the tags before a PDU say.  Everything borrowed from the frame. */
struct exported {
	const uint8_t	*name, *table;		/* of a dissector; of a table, with a number in it; NULL: none */
	uint16_t	nname, ntable;
	uint32_t	value;
	bool		has_value;
	struct cur	pdu;
};

enum { TAG_END = 0, TAG_NAME = 12, TAG_TABLE = 14, TAG_SRC4 = 20, TAG_DST4 = 21, TAG_SRC6 = 22, TAG_DST6 = 23, TAG_TRANSPORT = 24, TAG_SPORT = 25,
	TAG_DPORT = 26, TAG_PPID = 27, TAG_VALUE = 32, TAGS_MAX = 64 };
enum { ON_SCTP = 1, ON_TCP = 2, ON_UDP = 3 };

static uint16_t without_zeros(const uint8_t *p, uint16_t n)
{
	while (n && !p[n - 1])
		n--;
	return n;
}

/* A tag whose value is read; false: it is not, or not of the length that it has. */
static bool take(struct pkt *k, struct exported *x, uint16_t tag, const uint8_t *v, uint16_t n)
{
	uint32_t number = n == 4 ? be32(v) : 0;

	switch (tag) {
	case TAG_NAME:
		x->name = v;
		x->nname = without_zeros(v, n);
		return true;
	case TAG_TABLE:
		x->table = v;
		x->ntable = without_zeros(v, n);
		return true;
	case TAG_SRC4:
	case TAG_DST4:
		if (n == 4)
			*(tag == TAG_SRC4 ? &k->src : &k->dst) = addr_make(v, 4);
		return n == 4;
	case TAG_SRC6:
	case TAG_DST6:
		if (n == 16)
			*(tag == TAG_SRC6 ? &k->src : &k->dst) = addr_make(v, 6);
		return n == 16;
	case TAG_TRANSPORT:
		k->proto = number == ON_SCTP ? SCTP : number == ON_TCP ? TCP : number == ON_UDP ? UDP : 0;
		return n == 4;
	case TAG_SPORT:
	case TAG_DPORT:
		*(tag == TAG_SPORT ? &k->sport : &k->dport) = (uint16_t)(number > 65535 ? 0 : number);
		return n == 4;
	case TAG_PPID:
	case TAG_VALUE:
		x->value = number;
		x->has_value = true;
		return n == 4;
	default: return false;
	}
}

/* False: they lie, or the capture cut them. */
static bool read_tags(struct pkt *k, struct exported *x, struct marks *marks)
{
	struct cur c = cur_make(k->frame, k->caplen, k->cut);
	uint16_t tag = 1, n;

	*x = (struct exported){ .name = NULL };
	k->src = k->dst = (struct addr){ 0 };
	k->sport = k->dport = k->proto = 0;
	for (int i = 0; tag != TAG_END; i++) {
		const uint8_t *head = c.p, *v;

		tag = cur_u16(&c);
		n = cur_u16(&c);
		v = cur_take(&c, n);
		if (c.why != CUR_OK || i == TAGS_MAX)
			return false;
		if (marks)
			marks_set(marks, head, 4, MARK_HEADER);
		if (take(k, x, tag, v, n) && marks)
			marks_set(marks, v, n, MARK_HEADER);
	}
	if (k->src.fam != k->dst.fam)
		k->src = k->dst = (struct addr){ 0 };
	k->fam = k->src.fam;
	k->l3 = k->l4 = c.p;
	k->l3len = k->l4len = (uint32_t)cur_left(&c);
	k->iplen = k->l4claim = k->wirelen - (uint32_t)(c.p - k->frame);
	x->pdu = c;
	return true;
}

static bool is(const uint8_t *p, uint16_t n, const char *name)
{
	return p && strlen(name) == n && !memcmp(p, name, n);
}

/* Is it a packet?  Its EtherType, or 0. */
static uint16_t type_of(const struct exported *x)
{
	return is(x->name, x->nname, "ip") ? 0x0800 : is(x->name, x->nname, "ipv6") ? 0x86dd : 0;
}

/* GTP's name is that of its versions 0 and 1, on every port. */
static const struct proto *by_name(const struct layers *l, const struct pkt *k, const struct exported *x)
{
	for (unsigned i = 0; x->name && protos[i]; i++)
		if (protos[i]->kind == FACT_GTP && is(x->name, x->nname, "gtp"))
			return dispatch_ports(&l->dispatch.udp, k);
		else if (is(x->name, x->nname, fact_kind_name(protos[i]->kind)))
			return protos[i];
	return NULL;
}

/* By the name, else by the table; NULL: none that is read. */
static const struct proto *proto_of(const struct layers *l, const struct pkt *k, const struct exported *x)
{
	struct pkt at = { .sport = (uint16_t)x->value, .dport = (uint16_t)x->value };

	if (x->name)
		return by_name(l, k, x);
	if (!x->has_value || x->value > 65535)
		return NULL;
	if (is(x->table, x->ntable, "sctp.ppi"))
		return dispatch_sctp(&l->dispatch, x->value, k, 0);
	return is(x->table, x->ntable, "udp.port") ? dispatch_ports(&l->dispatch.udp, &at) : is(x->table, x->ntable, "tcp.port") ? dispatch_ports(&l->dispatch.tcp, &at) :
		NULL;
}

/* ---- reading ---- */

/* A protocol of streams finds its units itself, each behind a gap: what was not exported is not known. */
static bool offer(struct layers *l, const struct proto *p, struct msg *m)
{
	struct cur left = m->cur;
	bool read = false, gap = true;

	while (cur_left(&left)) {
		size_t have = cur_left(&left), n = have;
		enum stream_say say;

		m->cur = left;
		say = p->stream(l, m, gap, &n);
		if ((say != STREAM_UNIT && say != STREAM_SKIP) || !n)
			break;
		if (say == STREAM_UNIT) {
			m->cur = cur_make(left.p, n < have ? n : have, n > have);
			m->off = pkt_off(m->pkt, left.p);
			m->len = (uint32_t)cur_left(&m->cur);
			read |= layers_message(l, p, m);
			gap = false;
		}
		left.p += n < have ? n : have;
	}
	return read;
}

/* What the protocol goes over, when no tag says it. */
static uint8_t transport_of(const struct proto *p)
{
	return p->ppid[0] ? SCTP : p->udp[0] || !p->stream ? UDP : TCP;
}

/* The two ends as a number that no association has. */
static uint32_t pair_of(struct layers *l, const struct flow_key *key)
{
	bool made;
	uint32_t i = table_take(&l->exported, key, &made);

	return i == TABLE_NONE ? 0 : 0x80000000u | (i + 1);
}

static void count(struct layers *l, const struct pkt *k, const struct flow_key *key)
{
	struct pkt c = *k;

	c.l4len = 0;			/* there is no header in which an opening could stand */
	tally_packet(l->tally, &c, key, tally_flow_hash(l->tally, flow_hash(&l->cfg.hash, key), k->input), 1, k->iplen, false);
}

/* Subscribers' addresses in the tags as far as their pools, as in a header. */
static void mark_ends(struct layers *l, const struct pkt *k)
{
	struct cur c = cur_make(k->frame, k->caplen, false);
	uint16_t tag = 1, n;

	while (tag != TAG_END && c.why == CUR_OK) {
		const uint8_t *v;
		struct addr a;
		uint8_t bits;

		tag = cur_u16(&c);
		n = cur_u16(&c);
		v = cur_take(&c, n);
		if (!v || tag < TAG_SRC4 || tag > TAG_DST6 || (n != 4 && n != 16))
			continue;
		a = addr_make(v, n == 4 ? 4 : 6);
		if ((bits = tally_ue_bits(l->tally, &a)))
			marks_address(layer_marks(l), v, a.fam, bits, NULL);
	}
}

uint64_t *exported_read(struct layers *l, struct pkt *k)
{
	struct fw_stats *s = &l->stats;
	struct msg m = { .pkt = k };
	const struct proto *p;
	struct flow_key key;
	struct exported x;
	bool read;

	k->outer = OUTER_EXPORTED;
	if (!read_tags(k, &x, layer_marks(l))) {
		l->cut_facts += k->cut;
		return k->cut ? &s->opaque : &s->malformed;
	}
	if (layer_marks(l))
		mark_ends(l, k);
	tally_time(l->tally, k->t_ns);
	if (type_of(&x)) {
		l->carried = (struct carried){ .there = true, .in = { x.pdu, type_of(&x), FW_ENCAPS }, .outer = *k };
		l->carried.outer.fam = l->carried.outer.outer = 0;		/* no header stands before it */
		return &s->decoded;
	}
	p = proto_of(l, k, &x);
	k->proto = k->proto || !p ? k->proto : transport_of(p);
	flow_key_make(&key, k, false);
	if (k->fam && k->proto) {
		s->bytes += k->iplen;
		count(l, k, &key);
	}
	if (!p || !k->fam)
		return unknown_link(l, k);
	if (p->personal && (tally_is_ue(l->tally, &k->src) || tally_is_ue(l->tally, &k->dst))) {
		s->subscriber++;
		return &s->opaque;
	}
	m.cur = x.pdu;
	m.off = pkt_off(k, x.pdu.p);
	m.len = k->l4len;
	if (k->proto != UDP)
		m.assoc = pair_of(l, &key);
	m.to_server = k->dport < k->sport;
	read = p->stream && !p->udp[0] && !p->ppid[0] ? offer(l, p, &m) : layers_message(l, p, &m);
	return read ? &s->decoded : &s->opaque;
}
