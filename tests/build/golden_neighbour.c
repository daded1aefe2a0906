/* Golden captures of what neighbours on a link tell each other: LLDP, CDP. */
#include "golden.h"

void link_send(struct net *n, const char *dst, unsigned type, struct buf body)
{
	struct buf b = buf_hex(dst);

	put_buf(&b, buf_hex("02 00 0a 01 09 65"));
	put16(&b, type);
	put_buf(&b, body);
	frame_send(n, b);
	wait_ms(n, 1);
}

static const char *const bridges = "01 80 c2 00 00 0e", *const cisco = "01 00 0c cc cc cc";

static void tlv(struct buf *b, unsigned type, struct buf v)
{
	put16(b, type << 9 | (unsigned)v.n);
	put_buf(b, v);
}

static void lldp(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = { 0 };

	(void)s;
	tlv(&b, 1, buf_hex("04 02000a010965"));
	tlv(&b, 2, buf_hex("05 6574682f302f31"));
	tlv(&b, 3, buf_hex("0078"));
	tlv(&b, 5, buf_str("gnb-north-switch"));
	tlv(&b, 6, buf_str("Acme Baseband 1200, software 4.2"));
	tlv(&b, 8, buf_hex("05 01 0a010965 02 00000001 00"));
	tlv(&b, 0, (struct buf){ 0 });
	link_send(n, bridges, 0x88cc, b);
	b = buf_hex("0207 04 02000a010965 0406 05 65746830 31");
	put_buf(&b, buf_hex("0aff 6162"));					/* a name past the end */
	link_send(n, bridges, 0x88cc, b);
	link_send(n, bridges, 0x88cc, buf_hex("0a04 61626364 0000"));		/* the chassis does not come first */
}

static struct buf snap(struct buf in)
{
	struct buf b = buf_hex("aaaa03 00000c 2000");

	put_buf(&b, in);
	return b;
}

static void cdp_tlv(struct buf *b, unsigned type, struct buf v)
{
	put16(b, type);
	put16(b, (unsigned)v.n + 4);
	put_buf(b, v);
}

static void cdp(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = buf_hex("02 b4 0000");

	(void)s;
	cdp_tlv(&b, 1, buf_str("gnb-north-switch"));
	cdp_tlv(&b, 2, buf_hex("00000001 01 01 cc 0004 0a010965"));
	cdp_tlv(&b, 3, buf_str("GigabitEthernet0/1"));
	cdp_tlv(&b, 5, buf_str("IOS Software, Version 15.2"));
	cdp_tlv(&b, 6, buf_str("cisco WS-C2960"));
	b = snap(b);
	link_send(n, cisco, (unsigned)b.n, b);
	b = snap(buf_hex("02 b4 0000 0001 0003"));			/* shorter than its head */
	link_send(n, cisco, (unsigned)b.n, b);
	b = snap(buf_hex("02 b4 0000 0001 0100 6162"));			/* past the end */
	link_send(n, cisco, (unsigned)b.n, b);
}

static void cdp_not(struct net *n)
{
	struct buf b;

	(void)stage_new(n);
	b = snap(buf_hex("07 b4 0000 0001 0006 6162"));		/* a version that there is not */
	link_send(n, cisco, (unsigned)b.n, b);
}

const struct golden golden_neighbour[] = {
	{ "lldp", "neighbour", lldp, NULL, NULL },
	{ "cdp", "neighbour", cdp, NULL, NULL },
	{ "cdp", "not-cdp", cdp_not, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
