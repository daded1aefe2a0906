/*
 * OSPF version 2 (RFC 2328 A.3.1) and 3 (RFC 5340 A.3.1), IP protocol 89.
 *   version(1) type(1) length(2) router(4) area(4) checksum(2) | 2: authentication type(2) ...
 * One fact a router, message type and kind of authentication.
 */
#include "once.h"

static const struct cover_row understood[] = {
	{ "message", 1, "Hello", "RFC 2328 A.3.2" },
	{ "message", 2, "Database Description", "RFC 2328 A.3.3" },
	{ "message", 3, "Link State Request", "RFC 2328 A.3.4" },
	{ "message", 4, "Link State Update", "RFC 2328 A.3.5" },
	{ "message", 5, "Link State Acknowledgment", "RFC 2328 A.3.6" },
};

static bool cover(unsigned i, struct cover_row *row)
{
	if (i >= sizeof(understood) / sizeof(understood[0]))
		return false;
	*row = understood[i];
	return true;
}

extern const struct proto proto_ospf;

static bool read_message(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	uint8_t version = cur_u8(&c), type = cur_u8(&c);
	uint16_t len = cur_u16(&c), auth = 0;
	const uint8_t *router = cur_take(&c, 4), *area = cur_take(&c, 4);
	struct fact *f;

	(void)cur_u16(&c);
	if (version == 2)
		auth = cur_u16(&c);
	if (c.why != CUR_OK || version < 2 || version > 3 || type < 1 || type > 5 || len < 16 || len > m->pkt->l4claim)
		return false;
	layer_read(l, m->cur.p, &c);
	if (!once(l, &proto_ospf, m, (uint64_t)auth << 48 | (uint64_t)type << 40 | (uint64_t)router[0] << 24 | (uint64_t)router[1] << 16 |
	    (uint64_t)router[2] << 8 | router[3]))
		return true;
	f = layer_begin(l, m, FACT_OSPF);
	put_uint(layer_put(l), KEY_OSPF_version, version);
	put_uint(layer_put(l), KEY_OSPF_msg, type);
	put_addr(layer_put(l), KEY_OSPF_router, router, 4);
	put_addr(layer_put(l), KEY_OSPF_area, area, 4);
	if (version == 2)
		put_uint(layer_put(l), KEY_OSPF_auth, auth);
	layer_emit(l, f, &c, OUT_OK);
	return true;
}

const struct proto proto_ospf = {
	.name = "ospf", .title = "Open Shortest Path First", .spec = "RFC 2328", .ip = { 89 }, .kind = FACT_OSPF, .read = read_message, .cover = cover,
	.state_size = sizeof(struct once), .state_init = once_init, .state_free = once_free,
};
