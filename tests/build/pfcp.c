#include "pfcp.h"

#include <string.h>

struct buf pfcp_open(unsigned type, uint32_t seq)
{
	struct buf m = { 0 };

	put8(&m, 0x20);
	put8(&m, type);
	put16(&m, 0);
	put24(&m, seq);
	put8(&m, 0);
	return m;
}

struct buf pfcp_open_session(unsigned type, uint64_t seid, uint32_t seq)
{
	struct buf m = { 0 };

	put8(&m, 0x21);
	put8(&m, type);
	put16(&m, 0);
	put64(&m, seid);
	put24(&m, seq);
	put8(&m, 0);
	return m;
}

struct buf pfcp_close(struct buf m)
{
	set16(&m, 2, (unsigned)(m.n - 4));
	return m;
}

size_t pfcp_group(struct buf *m, unsigned type)
{
	put16(m, type);
	return len16_open(m);
}

void pfcp_ie(struct buf *m, unsigned type, struct buf v)
{
	put16(m, type);
	put16(m, (unsigned)v.n);
	put_buf(m, v);
}

void pfcp_u8(struct buf *m, unsigned type, unsigned v)
{
	size_t at = pfcp_group(m, type);

	put8(m, v);
	len16_close(m, at);
}

void pfcp_u16(struct buf *m, unsigned type, unsigned v)
{
	size_t at = pfcp_group(m, type);

	put16(m, v);
	len16_close(m, at);
}

void pfcp_u32(struct buf *m, unsigned type, uint32_t v)
{
	size_t at = pfcp_group(m, type);

	put32(m, v);
	len16_close(m, at);
}

struct buf pfcp_without(struct buf m, unsigned type)
{
	size_t head = m.p[0] & 1 ? 16 : 8, len;
	struct buf b = buf_of(m.p, head);

	for (size_t at = head; at + 4 <= m.n; at += len) {
		len = 4u + (size_t)(m.p[at + 2] << 8 | m.p[at + 3]);
		if ((unsigned)(m.p[at] << 8 | m.p[at + 1]) != type)
			put_mem(&b, m.p + at, len);
	}
	buf_free(&m);
	return pfcp_close(b);
}

void pfcp_node_id(struct buf *m, const struct ip *a)
{
	size_t at = pfcp_group(m, 60);

	put8(m, a->v6 ? 1 : 0);
	put_mem(m, a->b, ip_len(a));
	len16_close(m, at);
}

static void put_labels(struct buf *m, const char *name)
{
	while (*name) {
		size_t n = strcspn(name, ".");

		put8(m, (unsigned)n);
		put_mem(m, name, n);
		name += n + (name[n] == '.');
	}
}

void pfcp_node_fqdn(struct buf *m, const char *fqdn)
{
	size_t at = pfcp_group(m, 60);

	put8(m, 2);
	put_labels(m, fqdn);
	len16_close(m, at);
}

void pfcp_f_seid(struct buf *m, uint64_t seid, const struct ip *a)
{
	size_t at = pfcp_group(m, 57);

	put8(m, a->v6 ? 1 : 2);
	put64(m, seid);
	put_mem(m, a->b, ip_len(a));
	len16_close(m, at);
}

void pfcp_f_teid(struct buf *m, uint32_t teid, const struct ip *a)
{
	size_t at = pfcp_group(m, 21);

	put8(m, a->v6 ? 2 : 1);
	put32(m, teid);
	put_mem(m, a->b, ip_len(a));
	len16_close(m, at);
}

void pfcp_f_teid_choose(struct buf *m, unsigned choose_id)
{
	size_t at = pfcp_group(m, 21);

	put8(m, choose_id ? 0x0d : 0x05);	/* CHOOSE an IPv4 one; CHID: the same for every PDR that names it */
	if (choose_id)
		put8(m, choose_id);
	len16_close(m, at);
}

void pfcp_cause(struct buf *m, unsigned cause) { pfcp_u8(m, 19, cause); }

void pfcp_ue_ip(struct buf *m, const struct ip *a, bool destination)
{
	size_t at = pfcp_group(m, 93);

	put8(m, (a->v6 ? 1u : 2u) | (destination ? 4u : 0));
	put_mem(m, a->b, ip_len(a));
	len16_close(m, at);
}

void pfcp_instance(struct buf *m, const char *name)
{
	size_t at = pfcp_group(m, 22);

	put_labels(m, name);
	len16_close(m, at);
}

void pfcp_ohc(struct buf *m, uint32_t teid, const struct ip *a)
{
	size_t at = pfcp_group(m, 84);

	put16(m, a->v6 ? 0x0200 : 0x0100);
	put32(m, teid);
	put_mem(m, a->b, ip_len(a));
	len16_close(m, at);
}

/* Seconds since 1900, as NTP counts. */
void pfcp_started(struct buf *m, uint64_t t_ns) { pfcp_u32(m, 96, (uint32_t)(t_ns / 1000000000 + 2208988800u)); }

void pfcp_create_pdr(struct buf *m, const struct pfcp_pdr *r)
{
	size_t pdr = pfcp_group(m, 1), pdi;

	pfcp_u16(m, 56, r->id);
	pfcp_u32(m, 29, r->precedence ? r->precedence : 255);
	pdi = pfcp_group(m, 2);
	pfcp_u8(m, 20, r->interface);
	if (r->teid_ip && r->teid)
		pfcp_f_teid(m, r->teid, r->teid_ip);
	else if (r->teid_ip)
		pfcp_f_teid_choose(m, 0);
	if (r->instance)
		pfcp_instance(m, r->instance);
	if (r->ue)
		pfcp_ue_ip(m, r->ue, r->interface != IF_ACCESS);
	if (r->filter) {
		size_t at = pfcp_group(m, 23);

		put16(m, 0x0100);
		put16(m, (unsigned)strlen(r->filter));
		put_str(m, r->filter);
		len16_close(m, at);
	}
	if (r->iface_type)
		pfcp_u8(m, 160, r->iface_type - 1);
	len16_close(m, pdi);
	if (r->strip)
		pfcp_u8(m, 95, r->teid_ip && r->teid_ip->v6 ? 1 : 0);
	pfcp_u32(m, 108, r->far);
	if (r->urr)
		pfcp_u32(m, 81, r->urr);
	if (r->qer)
		pfcp_u32(m, 109, r->qer);
	len16_close(m, pdr);
}

void pfcp_created_pdr(struct buf *m, unsigned id, uint32_t teid, const struct ip *a)
{
	size_t at = pfcp_group(m, 8);

	pfcp_u16(m, 56, id);
	pfcp_f_teid(m, teid, a);
	len16_close(m, at);
}

static void parameters(struct buf *m, unsigned group, unsigned interface, const char *instance, const struct ip *to, uint32_t teid,
	bool end_marker)
{
	size_t at = pfcp_group(m, group);

	pfcp_u8(m, 42, interface);
	if (instance)
		pfcp_instance(m, instance);
	if (to)
		pfcp_ohc(m, teid, to);
	if (end_marker)
		pfcp_u8(m, 49, 2);		/* PFCPSMReq-Flags: SNDEM */
	len16_close(m, at);
}

static void far(struct buf *m, const struct pfcp_far *r, bool update)
{
	size_t at = pfcp_group(m, update ? 10 : 3);

	pfcp_u32(m, 108, r->id);
	if (r->apply)
		pfcp_u16(m, 44, r->apply << 8);
	if (r->forwards)
		parameters(m, update ? 11 : 4, r->interface, r->instance, r->to, r->teid, r->end_marker);
	if (r->copy_to)
		parameters(m, update ? 105 : 5, r->copy_interface, NULL, r->copy_to, r->copy_teid, false);
	if (r->bar)
		pfcp_u8(m, 88, r->bar);
	len16_close(m, at);
}

void pfcp_create_far(struct buf *m, const struct pfcp_far *r) { far(m, r, false); }
void pfcp_update_far(struct buf *m, const struct pfcp_far *r) { far(m, r, true); }

void pfcp_create_qer(struct buf *m, unsigned id, unsigned qfi)
{
	size_t at = pfcp_group(m, 7), mbr;

	pfcp_u32(m, 109, id);
	pfcp_u8(m, 25, 0);			/* both gates open */
	mbr = pfcp_group(m, 26);
	for (int i = 0; i < 2; i++) {
		put8(m, 0);
		put32(m, 1000000);
	}
	len16_close(m, mbr);
	pfcp_u8(m, 124, qfi);
	len16_close(m, at);
}

void pfcp_create_urr(struct buf *m, unsigned id)
{
	size_t at = pfcp_group(m, 6);

	pfcp_u32(m, 81, id);
	pfcp_u8(m, 62, 2);			/* volume */
	pfcp_ie(m, 37, buf_of("\2\0\0", 3));	/* when the threshold is reached */
	pfcp_ie(m, 31, buf_of("\1\0\0\0\0\0\x98\x96\x80", 9));
	len16_close(m, at);
}

void pfcp_remove(struct buf *m, unsigned group, unsigned id_ie, unsigned id)
{
	size_t at = pfcp_group(m, group);

	if (id_ie == 56)
		pfcp_u16(m, id_ie, id);
	else
		pfcp_u32(m, id_ie, id);
	len16_close(m, at);
}

void pfcp_usage(struct buf *m, unsigned group, unsigned urr, unsigned number, uint64_t up, uint64_t down)
{
	size_t at = pfcp_group(m, group), vol;

	pfcp_u32(m, 81, urr);
	pfcp_u32(m, 104, number);
	pfcp_ie(m, 63, group == 80 ? buf_of("\2\0\0", 3) : buf_of("\0\x08\0", 3));	/* threshold reached, session ended */
	vol = pfcp_group(m, 66);
	put8(m, 7);
	put64(m, up + down);
	put64(m, up);
	put64(m, down);
	len16_close(m, vol);
	len16_close(m, at);
}
