/* Capture files: pcap (micro- and nanoseconds, both endians) and pcapng, block by block. */
#ifndef FW_BUILD_CAP_H
#define FW_BUILD_CAP_H

#include "buf.h"

/* LINKTYPE_ numbers of the link types that net.h can draw. */
enum {
	LT_NULL = 0, LT_ETHER = 1, LT_PPP = 9, LT_RAW = 101, LT_LOOP = 108, LT_SLL = 113, LT_IPV4 = 228, LT_IPV6 = 229, LT_SLL2 = 276,
	LT_USER0 = 147, LT_UPPER_PDU = 252,
};

struct cap {
	struct buf	out;
	bool		big;		/* endian of the file or section being written */
	bool		ns;		/* pcap: nanoseconds */
};

struct cap_packet {
	uint64_t	 t_ns;
	const uint8_t	*p;
	uint32_t	 caplen, wirelen;
};

void cap_pcap(struct cap *c, uint32_t snaplen, uint32_t linktype);
void cap_packet(struct cap *c, const struct cap_packet *k);

/* An interface of pcapng; tsresol as in the option (6: microseconds, 9, 0x80|n for 2^-n; 0: option left out). */
struct cap_if {
	uint32_t	 linktype, snaplen;
	uint8_t		 tsresol;
	int64_t		 tsoffset_s;
	const char	*name;
};

void cap_section(struct cap *c);				/* Section Header Block in c->big */
void cap_interface(struct cap *c, const struct cap_if *i);
void cap_epb(struct cap *c, uint32_t iface, const struct cap_if *i, const struct cap_packet *k, const char *comment);
void cap_spb(struct cap *c, const struct cap_packet *k);
void cap_block(struct cap *c, uint32_t type, const void *body, size_t n);	/* any other block */

#endif
