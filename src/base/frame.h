/* One captured frame, as the capture hands it to the engine. */
#ifndef FW_BASE_FRAME_H
#define FW_BASE_FRAME_H

#include <stdint.h>

struct frame {
	const uint8_t	*data;		/* borrowed until the next batch is asked for */
	uint32_t	 caplen, wirelen;	/* octets at data; octets on the wire (>= caplen) */
	uint64_t	 t_ns;		/* nanoseconds since 1970-01-01 UTC */
	uint32_t	 input;		/* index of the input, from 0, in order of first packet */
	uint32_t	 no;		/* number in its file from 1, as Wireshark counts */
	uint16_t	 link;		/* LINKTYPE_ value */
};

/* Link types that are read (the numbers of the pcap file format's registry). */
enum {
	LINK_NULL = 0, LINK_ETHERNET = 1, LINK_RAW_BSD = 12, LINK_RAW_OPENBSD = 14, LINK_RAW = 101, LINK_LOOP = 108,
	LINK_SLL = 113, LINK_IPV4 = 228, LINK_IPV6 = 229, LINK_UPPER_PDU = 252, LINK_SLL2 = 276,
};

/* "Linux cooked v2", ...; NULL: not known by name here. */
const char *link_name(uint32_t link);

#endif
