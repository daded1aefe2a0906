/* NGAP: the frame of a message and the values that many messages share (TS 38.413 9.4). */
#include "ngap_ie.h"
#include "secret.h"

#include <assert.h>
#include <string.h>

struct plmn plmn_of(const char *d)
{
	bool three = strlen(d) == 6;
	unsigned mnc3 = three ? (unsigned)(d[5] - '0') : 0xf;

	return (struct plmn){ { (uint8_t)((d[1] - '0') << 4 | (d[0] - '0')), (uint8_t)(mnc3 << 4 | (d[2] - '0')),
		(uint8_t)((d[4] - '0') << 4 | (d[3] - '0')) } };
}

/* --- the frame: everything in it stands on octets, so it is written as such --- */

static void put_length(struct buf *b, size_t n)
{
	assert(n < 16384);
	if (n < 128)
		put8(b, (unsigned)n);
	else
		put16(b, (unsigned)(0x8000 | n));
}

void ngap_begin(struct ngap_pdu *m, enum ngap_class class, unsigned proc) { *m = (struct ngap_pdu){ .class = class, .proc = proc }; }

void ngap_ie(struct ngap_pdu *m, unsigned id, enum ngap_crit crit, struct buf value)
{
	put16(&m->b, id);
	put8(&m->b, crit << 6);
	put_length(&m->b, value.n);
	put_buf(&m->b, value);
	m->n++;
}

/* Procedures that 9.4.4 marks "ignore"; all others of this file are "reject". */
static enum ngap_crit criticality(unsigned proc)
{
	static const uint8_t ignored[] = { 2, 3, 4, 9, 11, 15, 16, 18, 19, 22, 23, 24, 39, 42, 44, 46 };

	return memchr(ignored, (int)proc, sizeof(ignored)) ? IGNORE : REJECT;
}

struct buf ngap_end(struct ngap_pdu *m)
{
	struct buf b = { 0 };

	put8(&b, m->class << 5);
	put8(&b, m->proc);
	put8(&b, criticality(m->proc) << 6);
	put_length(&b, m->b.n + 3);
	put8(&b, 0);
	put16(&b, m->n);
	put_buf(&b, m->b);
	return b;
}

static size_t get_length(const uint8_t *p, size_t *n)
{
	*n = p[0] & 0x80 ? (size_t)((p[0] & 0x3f) << 8 | p[1]) : p[0];
	return p[0] & 0x80 ? 2 : 1;
}

/* Takes a message that ngap_end() made apart again, leaving out one IE (0xffff: none). */
static void reopen(struct ngap_pdu *m, struct buf *message, unsigned without)
{
	size_t n, len, at = 3 + get_length(message->p + 3, &n) + 1;
	unsigned count = (unsigned)(message->p[at] << 8 | message->p[at + 1]);

	ngap_begin(m, message->p[0] >> 5, message->p[1]);
	at += 2;
	for (; count--; at += len) {
		const uint8_t *ie = message->p + at;
		size_t head = 3 + get_length(ie + 3, &n);

		len = head + n;
		if ((unsigned)(ie[0] << 8 | ie[1]) != without)
			ngap_ie(m, (unsigned)(ie[0] << 8 | ie[1]), ie[2] >> 6, buf_of(ie + head, n));
	}
	buf_free(message);
}

struct buf ngap_without(struct buf message, unsigned id)
{
	struct ngap_pdu m;

	reopen(&m, &message, id);
	return ngap_end(&m);
}

struct buf ngap_with(struct buf message, unsigned id, enum ngap_crit crit, struct buf value)
{
	struct ngap_pdu m;

	reopen(&m, &message, 0xffff);
	ngap_ie(&m, id, crit, value);
	return ngap_end(&m);
}

void v_container(struct per *p, struct ngap_pdu *m)
{
	per_seq(p, 0, 0);
	per_int(p, m->n, 0, 65535);
	put_buf(&p->b, m->b);
	m->b = (struct buf){ 0 };
}

/* --- parts --- */

void v_plmn(struct per *p, struct plmn plmn) { per_fixed(p, plmn.b, 3); }

void v_tac(struct per *p, uint32_t tac)
{
	uint8_t b[3] = { (uint8_t)(tac >> 16), (uint8_t)(tac >> 8), (uint8_t)tac };

	per_fixed(p, b, 3);
}

void v_tai(struct per *p, struct plmn plmn, uint32_t tac)
{
	per_seq(p, 0, 1);
	v_plmn(p, plmn);
	v_tac(p, tac);
}

void v_nr_cgi(struct per *p, const struct ngap_cell *c)
{
	per_seq(p, 0, 1);
	v_plmn(p, c->plmn);
	per_bitstr(p, c->nci, 36, 36, 36, false);
}

/* GlobalRANNodeID, the alternative globalGNB-ID. */
void v_gnb_id(struct per *p, const struct ngap_gnb *g)
{
	per_int(p, 0, 0, 3);
	per_seq(p, 0, 1);
	v_plmn(p, g->plmn);
	per_int(p, 0, 0, 1);
	per_bitstr(p, g->id, g->bits, 22, 32, false);
}

void v_guami(struct per *p, const struct ngap_amf *a)
{
	per_seq(p, 0, 1);
	v_plmn(p, a->plmn);
	per_bits(p, a->region, 8);
	per_bits(p, a->set, 10);
	per_bits(p, a->pointer, 6);
}

void v_snssai(struct per *p)
{
	per_seq(p, 2, 2);		/* with sD */
	per_bits(p, 1, 8);
	per_fixed(p, "\1\2\3", 3);
}

void v_slices(struct per *p)
{
	per_int(p, 1, 1, 1024);
	per_seq(p, 0, 1);
	v_snssai(p);
}

void v_cause(struct per *p, enum ngap_cause c)
{
	static const uint8_t counts[] = { 45, 2, 4, 7, 6 };

	per_int(p, (unsigned)c >> 8, 0, 5);
	per_enum_x(p, c & 0xff, counts[(unsigned)c >> 8]);
}

void v_address(struct per *p, const struct ip *a, const struct ip *also6)
{
	unsigned n = (unsigned)(8 * (ip_len(a) + (also6 ? 16 : 0)));

	per_int_x(p, n, 1, 160);
	per_align(p);
	put_mem(&p->b, a->b, ip_len(a));
	if (also6)
		put_mem(&p->b, also6->b, 16);
}

void v_tunnel(struct per *p, const struct ngap_tunnel *t)
{
	uint8_t teid[4] = { (uint8_t)(t->teid >> 24), (uint8_t)(t->teid >> 16), (uint8_t)(t->teid >> 8), (uint8_t)t->teid };

	per_int(p, 0, 0, 1);		/* gTPTunnel */
	per_seq(p, 0, 1);
	v_address(p, &t->ip, t->also6);
	per_fixed(p, teid, 4);
}

/* --- whole values --- */

struct buf ie_octet(unsigned v) { return buf_of(&(uint8_t){ (uint8_t)v }, 1); }
struct buf ie_gnb_id(const struct ngap_gnb *g)
{
	struct per p = { 0 };

	v_gnb_id(&p, g);
	return per_end(&p);
}

struct buf ie_name(const char *s)
{
	struct per p = { 0 };

	per_printable(&p, s, 1, 150);
	return per_end(&p);
}

struct buf ie_amf_ue_id(uint64_t id)
{
	struct per p = { 0 };

	per_int(&p, id, 0, 0xffffffffff);
	return per_end(&p);
}

struct buf ie_ran_ue_id(uint32_t id)
{
	struct per p = { 0 };

	per_int(&p, id, 0, 0xffffffff);
	return per_end(&p);
}

struct buf ie_octets(struct buf v)
{
	struct per p = { 0 };

	per_open(&p, v);
	return per_end(&p);
}

struct buf ie_cause(enum ngap_cause c)
{
	struct per p = { 0 };

	v_cause(&p, c);
	return per_end(&p);
}

struct buf ie_guami(const struct ngap_amf *a)
{
	struct per p = { 0 };

	v_guami(&p, a);
	return per_end(&p);
}

struct buf ie_address(const struct ip *a)
{
	struct per p = { 0 };

	v_address(&p, a, NULL);
	return per_end(&p);
}


struct buf ie_location(const struct ngap_cell *c)
{
	struct per p = { 0 };

	per_int(&p, 1, 0, 3);		/* userLocationInformationNR */
	per_seq(&p, 0, 2);
	v_nr_cgi(&p, c);
	v_tai(&p, c->plmn, c->tac);
	return per_end(&p);
}

struct buf ie_stmsi(const struct ngap_stmsi *s)
{
	struct per p = { 0 };
	uint8_t tmsi[4] = { (uint8_t)(s->tmsi >> 24), (uint8_t)(s->tmsi >> 16), (uint8_t)(s->tmsi >> 8), (uint8_t)s->tmsi };

	per_seq(&p, 0, 1);
	per_bits(&p, s->set, 10);
	per_bits(&p, s->pointer, 6);
	secret_octets("tmsi", tmsi, 4);
	per_fixed(&p, tmsi, 4);
	return per_end(&p);
}

struct buf ie_security(const struct ngap_security *s)
{
	struct per p = { 0 };

	per_seq(&p, 0, 1);
	per_int(&p, s->ncc, 0, 7);
	secret_octets("key", s->key, 32);
	per_fixed(&p, s->key, 32);	/* BIT STRING (SIZE(256)): aligned like the octets */
	return per_end(&p);
}

/* TraceActivation (9.3.1.14): the trace reference holds the PLMN 001/01. */
struct buf ie_trace(const struct ip *collector, uint32_t reference)
{
	struct per p = { 0 };
	struct buf id = { 0 };

	put_mem(&id, plmn_of("00101").b, 3);
	put24(&id, reference);
	put16(&id, 1);
	per_seq(&p, 0, 1);
	per_fixed(&p, id.p, 8);
	per_bits(&p, 0xe0, 8);		/* NG-C, Xn-C, Uu */
	per_enum_x(&p, 2, 6);		/* maximum */
	v_address(&p, collector, NULL);
	buf_free(&id);
	return per_end(&p);
}

void ngap_ids(struct ngap_pdu *m, const struct ngap_ids *ids, enum ngap_crit crit)
{
	ngap_ie(m, 10, crit, ie_amf_ue_id(ids->amf));
	ngap_ie(m, 85, crit, ie_ran_ue_id(ids->ran));
}
