/* Names of link types, as the registry of the pcap file format has them (tcpdump.org/linktypes.html). */
#include "frame.h"

#include <stddef.h>

static const struct { uint16_t link; const char *name; } link_names[] = {
	{ 0, "BSD loopback" }, { 1, "Ethernet" }, { 9, "PPP" }, { 12, "raw IP" }, { 101, "raw IP" }, { 105, "IEEE 802.11" },
	{ 107, "Frame Relay" }, { 108, "OpenBSD loopback" }, { 113, "Linux cooked v1" }, { 127, "802.11 with radiotap" }, { 140, "MTP2" },
	{ 141, "MTP3" }, { 147, "user 0" }, { 148, "user 1" }, { 149, "user 2" }, { 150, "user 3" }, { 156, "user 9" }, { 189, "USB" },
	{ 195, "IEEE 802.15.4" }, { 220, "USB with Linux header" }, { 228, "IPv4" }, { 229, "IPv6" }, { 239, "NFLOG" },
	{ 248, "SCTP" }, { 252, "Wireshark upper PDU export" }, { 276, "Linux cooked v2" },
};

const char *link_name(uint32_t link)
{
	for (size_t i = 0; i < sizeof(link_names) / sizeof(link_names[0]); i++)
		if (link_names[i].link == link)
			return link_names[i].name;
	return NULL;
}
