/* pcap: draft-ietf-opsawg-pcap.  pcapng: draft-ietf-opsawg-pcapng. */
#include "cap.h"

#include <string.h>

static void word(struct cap *c, uint64_t v, unsigned n)
{
	uint8_t *at = put_room(&c->out, n);

	for (unsigned i = 0; i < n; i++)
		at[c->big ? n - 1 - i : i] = (uint8_t)(v >> 8 * i);
}

static void pad4(struct cap *c)
{
	while (c->out.n % 4)
		put8(&c->out, 0);
}

void cap_pcap(struct cap *c, uint32_t snaplen, uint32_t linktype)
{
	word(c, c->ns ? 0xa1b23c4d : 0xa1b2c3d4, 4);
	word(c, 2, 2);
	word(c, 4, 2);
	word(c, 0, 4);
	word(c, 0, 4);
	word(c, snaplen, 4);
	word(c, linktype, 4);
}

void cap_packet(struct cap *c, const struct cap_packet *k)
{
	word(c, k->t_ns / 1000000000, 4);
	word(c, k->t_ns % 1000000000 / (c->ns ? 1 : 1000), 4);
	word(c, k->caplen, 4);
	word(c, k->wirelen, 4);
	put_mem(&c->out, k->p, k->caplen);
}

static size_t block_open(struct cap *c, uint32_t type)
{
	word(c, type, 4);
	word(c, 0, 4);
	return c->out.n;
}

/* The length stands before and after the body and counts both itself and the type. */
static void block_close(struct cap *c, size_t body)
{
	size_t len;

	pad4(c);
	len = c->out.n - body + 12;
	word(c, len, 4);
	memcpy(c->out.p + body - 4, c->out.p + c->out.n - 4, 4);
}

static void option(struct cap *c, unsigned code, const void *v, size_t n)
{
	word(c, code, 2);
	word(c, n, 2);
	put_mem(&c->out, v, n);
	pad4(c);
}

void cap_section(struct cap *c)
{
	size_t b = block_open(c, 0x0a0d0d0a);

	word(c, 0x1a2b3c4d, 4);
	word(c, 1, 2);
	word(c, 0, 2);
	word(c, UINT64_MAX, 8);
	option(c, 4, "netgen", 6);
	option(c, 0, NULL, 0);
	block_close(c, b);
}

void cap_interface(struct cap *c, const struct cap_if *i)
{
	size_t b = block_open(c, 1);

	word(c, i->linktype, 2);
	word(c, 0, 2);
	word(c, i->snaplen, 4);
	if (i->name)
		option(c, 2, i->name, strlen(i->name));
	if (i->tsresol)
		option(c, 9, &i->tsresol, 1);
	if (i->tsoffset_s) {
		word(c, 14, 2);
		word(c, 8, 2);
		word(c, (uint64_t)i->tsoffset_s, 8);
	}
	option(c, 0, NULL, 0);
	block_close(c, b);
}

static uint64_t ticks(uint64_t t_ns, const struct cap_if *i)
{
	uint64_t rest = t_ns - (uint64_t)(i->tsoffset_s * 1000000000);
	uint64_t unit = 1;

	if (i->tsresol & 0x80) {
		unsigned s = i->tsresol & 0x7f;
		return (rest / 1000000000 << s) + ((rest % 1000000000 << s) / 1000000000);
	}
	for (unsigned k = i->tsresol ? i->tsresol : 6; k < 9; k++)
		unit *= 10;
	return rest / unit;
}

void cap_epb(struct cap *c, uint32_t iface, const struct cap_if *i, const struct cap_packet *k, const char *comment)
{
	size_t b = block_open(c, 6);
	uint64_t t = ticks(k->t_ns, i);

	word(c, iface, 4);
	word(c, t >> 32, 4);
	word(c, t & 0xffffffff, 4);
	word(c, k->caplen, 4);
	word(c, k->wirelen, 4);
	put_mem(&c->out, k->p, k->caplen);
	pad4(c);
	if (comment) {
		option(c, 1, comment, strlen(comment));
		option(c, 0, NULL, 0);
	}
	block_close(c, b);
}

void cap_spb(struct cap *c, const struct cap_packet *k)
{
	size_t b = block_open(c, 3);

	word(c, k->wirelen, 4);
	put_mem(&c->out, k->p, k->caplen);
	block_close(c, b);
}

void cap_block(struct cap *c, uint32_t type, const void *body, size_t n)
{
	size_t b = block_open(c, type);

	put_mem(&c->out, body, n);
	block_close(c, b);
}
