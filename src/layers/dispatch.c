#include "dispatch.h"

enum { UDP = 17 };

static void ask(uint64_t first[256], const struct proto *p, unsigned i)
{
	for (unsigned v = 0; v < 256; v++)
		if (!p->first || memchr(p->first, (int)v, p->nfirst))
			first[v] |= 1ull << i;
}

static void port_add(struct port_map *map, uint16_t port, unsigned i)
{
	map->some[port / 8] |= (uint8_t)(1 << port % 8);
	map->proto[port] = (uint8_t)(i + 1);
}

void dispatch_init(struct dispatch *d)
{
	*d = (struct dispatch){ 0 };
	for (unsigned i = 0; protos[i] && i < PROTO_MAX; i++) {
		const struct proto *p = protos[i];

		for (unsigned k = 0; k < PORTS_MAX && p->udp[k]; k++)
			port_add(&d->udp, p->udp[k], i);
		for (unsigned k = 0; k < 4 && p->stream && p->tcp[k]; k++)
			port_add(&d->tcp, p->tcp[k], i);
		for (unsigned k = 0; k < 4 && p->ip[k]; k++)
			d->ip[p->ip[k]] = (uint8_t)(i + 1);
		for (unsigned k = 0; k < sizeof(p->ppid) / sizeof(p->ppid[0]) && p->ppid[k] && d->nppid < DISPATCH_IDS; k++) {
			d->ppid[d->nppid].id = p->ppid[k];
			d->ppid[d->nppid++].proto = p;
		}
		for (unsigned k = 0; k < 4 && p->sctp[k] && d->nsctp < DISPATCH_IDS; k++) {
			d->sctp[d->nsctp].id = p->sctp[k];
			d->sctp[d->nsctp++].proto = p;
		}
		for (unsigned k = 0; k < 4 && p->inside && p->ip[k]; k++)
			d->tunnels[p->ip[k]] = true;
		d->tunnels[UDP] |= p->inside && p->udp[0];
		for (unsigned k = 0; k < 2 && p->ether[k] && d->nether < DISPATCH_IDS; k++) {
			d->ether[d->nether].id = p->ether[k];
			d->ether[d->nether++].proto = p;
		}
		if (p->begins && p->stream)
			ask(d->first_tcp, p, i);
		if (p->begins && p->datagrams)
			ask(d->first_udp, p, i);
	}
}

const struct proto *dispatch_sctp(const struct dispatch *d, uint32_t ppid, const struct pkt *k, unsigned nth)
{
	for (unsigned i = 0; ppid && i < d->nppid; i++)
		if (d->ppid[i].id == ppid && !nth--)
			return d->ppid[i].proto;
	for (unsigned i = 0; !ppid && i < d->nsctp; i++)
		if ((d->sctp[i].id == k->dport || d->sctp[i].id == k->sport) && !nth--)
			return d->sctp[i].proto;
	return NULL;
}

const struct proto *dispatch_ether(const struct dispatch *d, uint16_t type)
{
	for (unsigned i = 0; i < d->nether; i++)
		if (d->ether[i].id == type)
			return d->ether[i].proto;
	return NULL;
}

const struct proto *dispatch_begins(const uint64_t first[256], const struct opening *o)
{
	for (uint64_t left = o->n ? first[o->p[0]] : 0; left; left &= left - 1) {
		const struct proto *p = protos[__builtin_ctzll(left)];

		if (p->begins(o))
			return p;
	}
	return NULL;
}
