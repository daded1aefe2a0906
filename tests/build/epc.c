#include "epc.h"

#include "secret.h"

#include <string.h>

static void put_labels(struct buf *m, const char *name)
{
	while (*name) {
		size_t n = strcspn(name, ".");

		put8(m, (unsigned)n);
		put_mem(m, name, n);
		name += n + (name[n] == '.');
	}
}

/* Half octets, low half first, a filler at the end of an odd number; room: octets of it all, 0: as many as it takes. */
static void put_tbcd(struct buf *m, const char *digits, size_t room)
{
	size_t n = strlen(digits), k = room ? room : (n + 1) / 2;

	for (size_t i = 0; i < 2 * k; i += 2)
		put8(m, (i + 1 < n ? (unsigned)(digits[i + 1] - '0') << 4 : 0xf0u) | (i < n ? (unsigned)(digits[i] - '0') : 15u));
	secret_digits("supi", digits);
}

/* ---- GTPv2-C ---- */

struct buf gtpc_open(unsigned type, int64_t teid, uint32_t seq)
{
	struct buf m = { 0 };

	put8(&m, teid == NO_TEID ? 0x40 : 0x48);
	put8(&m, type);
	put16(&m, 0);
	if (teid != NO_TEID)
		put32(&m, (uint32_t)teid);
	put24(&m, seq);
	put8(&m, 0);
	return m;
}

struct buf gtpc_close(struct buf m)
{
	set16(&m, 2, (unsigned)(m.n - 4));
	return m;
}

size_t gtpc_ie(struct buf *m, unsigned type, unsigned instance)
{
	put8(m, type);
	put16(m, 0);
	put8(m, instance);
	return m->n;
}

void gtpc_end(struct buf *m, size_t at) { set16(m, at - 3, (unsigned)(m->n - at)); }

void gtpc_u8(struct buf *m, unsigned type, unsigned v)
{
	size_t at = gtpc_ie(m, type, 0);

	put8(m, v);
	gtpc_end(m, at);
}

void gtpc_digits(struct buf *m, unsigned type, const char *digits)
{
	size_t at = gtpc_ie(m, type, 0);

	put_tbcd(m, digits, 0);
	gtpc_end(m, at);
}

void gtpc_name(struct buf *m, unsigned type, const char *name)
{
	size_t at = gtpc_ie(m, type, 0);

	put_labels(m, name);
	gtpc_end(m, at);
}

void gtpc_f_teid(struct buf *m, unsigned instance, unsigned interface, uint32_t teid, const struct ip *a)
{
	size_t at = gtpc_ie(m, 87, instance);

	put8(m, (a->v6 ? 0x40 : 0x80) | interface);
	put32(m, teid);
	put_mem(m, a->b, ip_len(a));
	gtpc_end(m, at);
}

void gtpc_plmn(struct buf *m)
{
	size_t at = gtpc_ie(m, 83, 0);

	put_mem(m, "\x00\xf1\x10", 3);
	gtpc_end(m, at);
}

void gtpc_paa(struct buf *m, const struct ip *v4, const struct ip *v6)
{
	size_t at = gtpc_ie(m, 79, 0);

	put8(m, (v4 ? 1u : 0) | (v6 ? 2u : 0));
	if (v6) {
		put8(m, 64);
		put_mem(m, v6->b, 16);
	}
	if (v4)
		put_mem(m, v4->b, 4);
	gtpc_end(m, at);
}

void gtpc_cause(struct buf *m, unsigned cause)
{
	size_t at = gtpc_ie(m, 2, 0);

	put8(m, cause);
	put8(m, 0);
	gtpc_end(m, at);
}

struct buf gtpc_piggyback(struct buf first, struct buf second)
{
	first.p[0] |= 0x10;
	put_buf(&first, second);
	return first;
}

/* ---- GTPv1-C ---- */

struct buf gtp1_open(unsigned type, uint32_t teid, unsigned seq)
{
	struct buf m = { 0 };

	put8(&m, 0x32);
	put8(&m, type);
	put16(&m, 0);
	put32(&m, teid);
	put16(&m, seq);
	put16(&m, 0);
	return m;
}

struct buf gtp1_close(struct buf m)
{
	set16(&m, 2, (unsigned)(m.n - 8));
	return m;
}

void gtp1_tv8(struct buf *m, unsigned type, unsigned v)
{
	put8(m, type);
	put8(m, v);
}

void gtp1_tv32(struct buf *m, unsigned type, uint32_t v)
{
	put8(m, type);
	put32(m, v);
}

void gtp1_imsi(struct buf *m, const char *digits)
{
	put8(m, 2);
	put_tbcd(m, digits, 8);
}

void gtp1_tlv(struct buf *m, unsigned type, const void *p, size_t n)
{
	put8(m, type);
	put16(m, (unsigned)n);
	put_mem(m, p, n);
}

void gtp1_name(struct buf *m, const char *apn)
{
	size_t at;

	put8(m, 131);
	at = len16_open(m);
	put_labels(m, apn);
	len16_close(m, at);
}

void gtp1_gsn(struct buf *m, const struct ip *a) { gtp1_tlv(m, 133, a->b, ip_len(a)); }

/* ---- GTP' ---- */

struct buf gtpp(unsigned first, unsigned type, unsigned seq, struct buf body)
{
	struct buf m = { 0 };

	put8(&m, first);
	put8(&m, type);
	put16(&m, (unsigned)body.n);
	put16(&m, seq);
	if (!(first >> 5) && !(first & 1))
		put_mem(&m, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 14);
	put_buf(&m, body);
	return m;
}

/* ---- Diameter ---- */

struct buf dia_open(unsigned flags, unsigned command, uint32_t application, uint32_t hop, uint32_t end)
{
	struct buf m = { 0 };

	put32(&m, 1u << 24);
	put8(&m, flags);
	put24(&m, command);
	put32(&m, application);
	put32(&m, hop);
	put32(&m, end);
	return m;
}

struct buf dia_close(struct buf m)
{
	set32(&m, 0, 1u << 24 | (uint32_t)m.n);
	return m;
}

size_t dia_group(struct buf *m, unsigned code, uint32_t vendor)
{
	size_t at = m->n;

	put32(m, code);
	put8(m, vendor ? 0xc0 : 0x40);
	put24(m, 0);
	if (vendor)
		put32(m, vendor);
	return at;
}

void dia_end(struct buf *m, size_t at)
{
	set32(m, at + 4, (uint32_t)m->p[at + 4] << 24 | (uint32_t)(m->n - at));
	while ((m->n - at) % 4)
		put8(m, 0);
}

void dia_octets(struct buf *m, unsigned code, uint32_t vendor, const void *p, size_t n)
{
	size_t at = dia_group(m, code, vendor);

	put_mem(m, p, n);
	dia_end(m, at);
}

void dia_str(struct buf *m, unsigned code, uint32_t vendor, const char *s) { dia_octets(m, code, vendor, s, strlen(s)); }

void dia_u32(struct buf *m, unsigned code, uint32_t vendor, uint32_t v)
{
	size_t at = dia_group(m, code, vendor);

	put32(m, v);
	dia_end(m, at);
}

void dia_address(struct buf *m, const struct ip *a)
{
	size_t at = dia_group(m, 257, 0);

	put16(m, a->v6 ? 2 : 1);
	put_mem(m, a->b, ip_len(a));
	dia_end(m, at);
}

void dia_origin(struct buf *m, const char *host, const char *realm)
{
	dia_str(m, 264, 0, host);
	dia_str(m, 296, 0, realm);
}

void dia_subscription(struct buf *m, unsigned type, const char *id)
{
	size_t at = dia_group(m, 443, 0);

	dia_u32(m, 450, 0, type);
	dia_str(m, 444, 0, id);
	dia_end(m, at);
	if (type <= 1)
		secret_digits("supi", id);
}

void dia_tbcd(struct buf *m, unsigned code, uint32_t vendor, const char *digits)
{
	size_t at = dia_group(m, code, vendor);

	put_tbcd(m, digits, 0);
	dia_end(m, at);
}
