/* Golden captures of file formats, whole and damaged, and of link types. */
#include "golden.h"

#include <string.h>

/* NG Setup and one lookup: a fact of each of two protocols. */
static void few(struct net *n)
{
	struct stage s = stage_new(n);

	gnb_connect(s.north, s.amf, 40101);
	stage_lookup(&s, "amf-1.oam.example.net");
}

static struct buf pcap(struct net *n, bool big, bool ns)
{
	struct cap c = { .big = big, .ns = ns };

	net_run(n);
	cap_pcap(&c, 262144, LT_ETHER);
	for (size_t i = 0; i < n->n_frames; i++) {
		struct cap_packet k = net_packet(n, i);
		cap_packet(&c, &k);
	}
	return c.out;
}

static struct buf pcap_be(struct net *n) { return pcap(n, true, false); }
static struct buf pcap_ns(struct net *n) { return pcap(n, false, true); }
static struct buf pcap_be_ns(struct net *n) { return pcap(n, true, true); }

static const struct cap_if eth_us = { .linktype = LT_ETHER, .snaplen = 262144, .name = "eth0" };
static const struct cap_if eth_ns = { .linktype = LT_ETHER, .snaplen = 262144, .tsresol = 9, .name = "eth1" };

static struct cap ng(bool big)
{
	struct cap c = { .big = big };

	cap_section(&c);
	return c;
}

static void epbs(struct cap *c, struct net *n, uint32_t iface, const struct cap_if *i, size_t from, size_t to)
{
	for (; from < to && from < n->n_frames; from++) {
		struct cap_packet k = net_packet(n, from);
		cap_epb(c, iface, i, &k, NULL);
	}
}

static struct buf ng_whole(struct net *n, bool big, const struct cap_if *i)
{
	struct cap c = ng(big);

	net_run(n);
	cap_interface(&c, i);
	epbs(&c, n, 0, i, 0, n->n_frames);
	return c.out;
}

static struct buf ng_le(struct net *n) { return ng_whole(n, false, &eth_us); }
static struct buf ng_be(struct net *n) { return ng_whole(n, true, &eth_us); }
static struct buf ng_ns(struct net *n) { return ng_whole(n, false, &eth_ns); }

static struct buf ng_binary_time(struct net *n)
{
	static const struct cap_if i = { .linktype = LT_ETHER, .snaplen = 262144, .tsresol = 0x80 | 20 };

	return ng_whole(n, false, &i);
}

static struct buf ng_offset(struct net *n)
{
	static const struct cap_if i = { .linktype = LT_ETHER, .snaplen = 262144, .tsresol = 6, .tsoffset_s = 1700000000 };

	return ng_whole(n, false, &i);
}

/* Little-endian, then big-endian in another resolution: interfaces are counted anew. */
static struct buf ng_sections(struct net *n)
{
	struct cap c = ng(false);

	net_run(n);
	cap_interface(&c, &eth_us);
	epbs(&c, n, 0, &eth_us, 0, 5);
	c.big = true;
	cap_section(&c);
	cap_interface(&c, &eth_ns);
	epbs(&c, n, 0, &eth_ns, 5, n->n_frames);
	return c.out;
}

/* Two interfaces of which the second has raw IP: its packets lose their Ethernet header. */
static struct buf ng_interfaces(struct net *n)
{
	static const struct cap_if raw = { .linktype = LT_RAW, .snaplen = 262144, .tsresol = 9, .name = "tun0" };
	struct cap c = ng(false);

	net_run(n);
	cap_interface(&c, &eth_us);
	cap_interface(&c, &raw);
	for (size_t i = 0; i < n->n_frames; i++) {
		struct cap_packet k = net_packet(n, i);

		if (i % 2) {
			k.p += 14;
			k.caplen -= 14;
			k.wirelen -= 14;
		}
		cap_epb(&c, i % 2, i % 2 ? &raw : &eth_us, &k, i == 4 ? "the fifth packet" : NULL);
	}
	return c.out;
}

/* Simple packet blocks have no time; the interface's snap length is their only bound. */
static struct buf ng_simple(struct net *n)
{
	struct cap c = ng(false);

	net_run(n);
	cap_interface(&c, &eth_us);
	for (size_t i = 0; i < n->n_frames; i++) {
		struct cap_packet k = net_packet(n, i);
		cap_spb(&c, &k);
	}
	return c.out;
}

/* Blocks that are not packets: name resolution, statistics, a custom one, one of an unknown type. */
static struct buf ng_other_blocks(struct net *n)
{
	struct cap c = ng(false);

	net_run(n);
	cap_block(&c, 4, "\0\0\0\0", 4);
	cap_interface(&c, &eth_us);
	cap_block(&c, 0xbad, "\x49\x28\0\0what", 8);
	epbs(&c, n, 0, &eth_us, 0, 6);
	cap_block(&c, 0x7ffffff0, "of the future", 13);
	epbs(&c, n, 0, &eth_us, 6, n->n_frames);
	cap_block(&c, 5, "\0\0\0\0\0\0\0\0\0\0\0\0", 12);
	return c.out;
}

static struct buf ng_no_such_interface(struct net *n)
{
	struct cap c = ng(false);

	net_run(n);
	cap_interface(&c, &eth_us);
	epbs(&c, n, 0, &eth_us, 0, 6);
	epbs(&c, n, 3, &eth_us, 6, n->n_frames);
	return c.out;
}

/* --- damaged --- */

static struct buf cut(struct buf b, size_t off_the_end)
{
	buf_shorten(&b, b.n - off_the_end);
	return b;
}

static struct buf cut_in_packet(struct net *n) { return cut(net_pcap(n, false), 17); }
static struct buf cut_in_record(struct net *n)
{
	struct buf b = net_pcap(n, false);

	return cut(b, n->frames[n->n_frames - 1].b.n + 5);
}

static struct buf ng_cut(struct net *n) { return cut(ng_le(n), 9); }

static struct buf header_only(struct net *n)
{
	struct buf b = net_pcap(n, false);

	buf_shorten(&b, 24);
	return b;
}

/* The sixth record says that it is four gigabytes long. */
static struct buf huge_record(struct net *n)
{
	struct buf b = net_pcap(n, false);
	size_t at = 24;

	for (size_t i = 0; i < 5; i++)
		at += 16 + n->frames[i].b.n;
	memset(b.p + at + 8, 0xff, 4);
	return b;
}

static struct buf ng_bad_length(struct net *n, unsigned value)
{
	struct cap c = ng(false);
	size_t at;

	net_run(n);
	cap_interface(&c, &eth_us);
	epbs(&c, n, 0, &eth_us, 0, 5);
	at = c.out.n;
	epbs(&c, n, 0, &eth_us, 5, n->n_frames);
	c.out.p[at + 4] = (uint8_t)value;
	c.out.p[at + 5] = 0;
	return c.out;
}

static struct buf ng_block_of_nothing(struct net *n) { return ng_bad_length(n, 0); }
static struct buf ng_block_unaligned(struct net *n) { return ng_bad_length(n, 61); }

static struct buf ng_lengths_differ(struct net *n)
{
	struct buf b = ng_le(n);

	b.p[b.n - 4] ^= 0x10;
	return b;
}

/* Versions that nobody has defined: what stands where in such a file is not known. */
static struct buf old_version(struct net *n)
{
	struct buf b = net_pcap(n, false);

	b.p[4] = 1;
	return b;
}

static struct buf ng_minor(struct net *n, uint8_t minor)
{
	struct buf b = ng_le(n);

	b.p[14] = minor;
	return b;
}

static struct buf ng_1_1(struct net *n) { return ng_minor(n, 1); }
static struct buf ng_1_2(struct net *n) { return ng_minor(n, 2); }

static struct buf text(struct net *n)
{
	(void)n;
	return buf_str("This is not a capture.\n");
}

static struct buf nothing(struct net *n)
{
	(void)n;
	return (struct buf){ 0 };
}

static void snapped(struct net *n)
{
	struct stage s = stage_new(n);

	gnb_associate(s.north, s.amf, 40101);
	n->next.snap = 96;
	n2_up(s.north, 0, ng_setup_request(&s.north->id));
	n2_down(s.north, 0, ng_setup_response(&s.amf->id));
}

static void time_back(struct net *n)
{
	struct stage s = stage_new(n);

	stage_lookup(&s, "one.oam.example.net");
	wait_ms(n, 100);
	n->next.shift_us = -5000000;
	udp_send(s.client, 40000, s.server, 53, dns_query(1, "two.oam.example.net", DNS_A));
	wait_ms(n, 100);
	stage_lookup(&s, "three.oam.example.net");
}

/* --- links --- */

static void on(struct net *n, struct link l)
{
	n->link = l;
	few(n);
}

static void vlan(struct net *n) { on(n, (struct link){ .linktype = LT_ETHER, .tags = { { 0x8100, 102 } } }); }
static void priority(struct net *n) { on(n, (struct link){ .linktype = LT_ETHER, .tags = { { 0x8100, 0xa000 } } }); }
static void qinq(struct net *n) { on(n, (struct link){ .linktype = LT_ETHER, .tags = { { 0x88a8, 20 }, { 0x8100, 102 } } }); }
static void qinq_old(struct net *n) { on(n, (struct link){ .linktype = LT_ETHER, .tags = { { 0x9100, 20 }, { 0x8100, 102 } } }); }
static void three_tags(struct net *n)
{
	on(n, (struct link){ .linktype = LT_ETHER, .tags = { { 0x88a8, 20 }, { 0x8100, 30 }, { 0x8100, 102 } } });
}
static void mpls(struct net *n) { on(n, (struct link){ .linktype = LT_ETHER, .mpls = { 1000, 2000 } }); }
static void vlan_mpls(struct net *n) { on(n, (struct link){ .linktype = LT_ETHER, .tags = { { 0x8100, 7 } }, .mpls = { 3000 } }); }
static void sll(struct net *n) { on(n, (struct link){ .linktype = LT_SLL }); }
static void sll2(struct net *n) { on(n, (struct link){ .linktype = LT_SLL2 }); }
static void raw(struct net *n) { on(n, (struct link){ .linktype = LT_RAW }); }
static void raw4(struct net *n) { on(n, (struct link){ .linktype = LT_IPV4 }); }
static void null_le(struct net *n) { on(n, (struct link){ .linktype = LT_NULL }); }
static void null_be(struct net *n) { on(n, (struct link){ .linktype = LT_NULL, .big = true }); }
static void loop(struct net *n) { on(n, (struct link){ .linktype = LT_LOOP }); }
static void unknown(struct net *n) { on(n, (struct link){ .linktype = LT_USER0 }); }

static void six(struct net *n, struct link l)
{
	struct host *a = host_at(n, "a", "2001:db8:4::12"), *b = host_at(n, "b", "2001:db8:4::21");
	const struct ip answer = ip_of("2001:db8:4::99");

	n->link = l;
	dns_lookup(a, b, "smf-1.oam.example.net", &answer);
}

static void raw6(struct net *n) { six(n, (struct link){ .linktype = LT_IPV6 }); }
static void raw_mixed(struct net *n)
{
	raw(n);
	six(n, n->link);
}
static void null6(struct net *n) { six(n, (struct link){ .linktype = LT_NULL }); }
static void sll6(struct net *n) { six(n, (struct link){ .linktype = LT_SLL }); }

/* Behind the IP packet an Ethernet frame has padding, and some taps leave a trailer. */
static void trailer(struct net *n)
{
	struct stage s = stage_new(n);

	n->next.pad = 12;
	udp_send(s.client, 40000, s.server, 53, dns_query(1, "amf-1.oam.example.net", DNS_A));
}

static void arp(struct net *n)
{
	struct stage s = stage_new(n);

	arp_send(s.north->n2, s.amf->n2, false);
	wait_us(n, 200);
	arp_send(s.amf->n2, s.north->n2, true);
	stage_lookup(&s, "amf-1.oam.example.net");
}

/* Frames without IP: LLDP, spanning tree behind a length instead of a type, an Ethernet type nobody knows. */
static void not_ip(struct net *n)
{
	struct stage s = stage_new(n);

	frame_send(n, buf_of("\x01\x80\xc2\0\0\x0e\x02\0\0\0\0\1\x88\xcc\x02\x07\x04\x02\0\0\0\0\1\x04\x02\x07p\x06\x02\0\x78\0\0", 33));
	wait_us(n, 10);
	frame_send(n, buf_of("\x01\x80\xc2\0\0\0\x02\0\0\0\0\1\0\x26\x42\x42\x03\0\0\0\0\0\x80\0\x02\0\0\0\0\1\0\0\0\0\x80\0\x02\0\0\0\0\1\x80\1"
		"\0\0\x14\0\x02\0\x0f\0", 52));
	wait_us(n, 10);
	frame_send(n, buf_of("\x02\0\0\0\0\2\x02\0\0\0\0\1\x9a\xbc" "0123456789abcdef0123456789abcdef0123456789abcdef", 62));
	wait_us(n, 10);
	stage_lookup(&s, "amf-1.oam.example.net");
}

/* Frames that end inside their headers. */
static void too_short(struct net *n)
{
	struct stage s = stage_new(n);
	static const uint32_t at[] = { 5, 13, 14, 15, 33, 34, 41 };

	for (size_t i = 0; i < sizeof(at) / sizeof(*at); i++) {
		n->next.snap = at[i];
		udp_send(s.client, 40000, s.server, 53, dns_query(1, "amf-1.oam.example.net", DNS_A));
		wait_ms(n, 1);
	}
}

const struct golden golden_capture[] = {
	{ "capture", "pcap-le-us", few, NULL, NULL },
	{ "capture", "pcap-be-us", few, pcap_be, NULL },
	{ "capture", "pcap-le-ns", few, pcap_ns, NULL },
	{ "capture", "pcap-be-ns", few, pcap_be_ns, NULL },
	{ "capture", "pcapng-le", few, ng_le, "pcapng" },
	{ "capture", "pcapng-be", few, ng_be, "pcapng" },
	{ "capture", "pcapng-ns", few, ng_ns, "pcapng" },
	{ "capture", "pcapng-binary-time", few, ng_binary_time, "pcapng" },
	{ "capture", "pcapng-time-offset", few, ng_offset, "pcapng" },
	{ "capture", "pcapng-two-sections", few, ng_sections, "pcapng" },
	{ "capture", "pcapng-two-interfaces", few, ng_interfaces, "pcapng" },
	{ "capture", "pcapng-simple-packets", few, ng_simple, "pcapng" },
	{ "capture", "pcapng-other-blocks", few, ng_other_blocks, "pcapng" },
	{ "capture", "pcapng-no-such-interface", few, ng_no_such_interface, "pcapng" },
	{ "capture", "cut-in-packet", few, cut_in_packet, NULL },
	{ "capture", "cut-in-record-header", few, cut_in_record, NULL },
	{ "capture", "header-only", few, header_only, NULL },
	{ "capture", "huge-record", few, huge_record, NULL },
	{ "capture", "pcapng-cut", few, ng_cut, "pcapng" },
	{ "capture", "pcapng-block-of-nothing", few, ng_block_of_nothing, "pcapng" },
	{ "capture", "pcapng-block-unaligned", few, ng_block_unaligned, "pcapng" },
	{ "capture", "pcapng-lengths-differ", few, ng_lengths_differ, "pcapng" },
	{ "capture", "pcapng-version-1-1", few, ng_1_1, "pcapng" },
	{ "capture", "pcapng-version-1-2", few, ng_1_2, "pcapng" },
	{ "capture", "pcap-version-1", few, old_version, NULL },
	{ "capture", "text", NULL, text, NULL },
	{ "capture", "nothing", NULL, nothing, NULL },
	{ "capture", "snapped", snapped, NULL, NULL },
	{ "capture", "time-goes-back", time_back, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};

const struct golden golden_link[] = {
	{ "link", "ethernet", few, NULL, NULL },
	{ "link", "vlan", vlan, NULL, NULL },
	{ "link", "vlan-priority-only", priority, NULL, NULL },
	{ "link", "qinq", qinq, NULL, NULL },
	{ "link", "qinq-9100", qinq_old, NULL, NULL },
	{ "link", "three-tags", three_tags, NULL, NULL },
	{ "link", "mpls", mpls, NULL, NULL },
	{ "link", "vlan-mpls", vlan_mpls, NULL, NULL },
	{ "link", "sll", sll, NULL, NULL },
	{ "link", "sll-ipv6", sll6, NULL, NULL },
	{ "link", "sll2", sll2, NULL, NULL },
	{ "link", "raw", raw, NULL, NULL },
	{ "link", "raw-both-families", raw_mixed, NULL, NULL },
	{ "link", "ipv4", raw4, NULL, NULL },
	{ "link", "ipv6", raw6, NULL, NULL },
	{ "link", "null-le", null_le, NULL, NULL },
	{ "link", "null-be", null_be, NULL, NULL },
	{ "link", "null-ipv6", null6, NULL, NULL },
	{ "link", "loop", loop, NULL, NULL },
	{ "link", "unknown-type", unknown, NULL, NULL },
	{ "link", "trailer", trailer, NULL, NULL },
	{ "link", "arp", arp, NULL, NULL },
	{ "link", "not-ip", not_ip, NULL, NULL },
	{ "link", "too-short", too_short, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
