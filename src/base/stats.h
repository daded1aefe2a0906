/* What became of the packets: the counters of a run, from the layers to the report. */
#ifndef FW_BASE_STATS_H
#define FW_BASE_STATS_H

#include <stdint.h>

struct fw_unknown { uint32_t id; uint64_t packets; };

/* Blocks of secrets that lie in the inputs themselves, and how many of them are key logs of TLS. */
struct fw_blocks { uint64_t all, tls; };

/*
 * TLS under a key log, in connections: those whose hello was seen, those of which something was decrypted; of the others or of their
 * rest why not, the first reason counts: the log has no line, a cipher that is not read, the capture lacks some of it, a tag that
 * does not fit (another key, or octets that were changed), early data or a record that is out of place, no room.
 */
struct fw_tls { uint64_t connections, decrypted, records, no_secret, cipher, incomplete, failed, other, refused; };

static inline void fw_count_unknown(struct fw_unknown *u, unsigned n, uint32_t id)
{
	for (unsigned i = 0; i < n; i++) {
		if (u[i].packets && u[i].id != id)
			continue;
		u[i].id = id;
		u[i].packets++;
		return;
	}
	u[n - 1].packets++;
}

/* What a packet was in, and is peeled of. */
enum fw_encap { ENCAP_VXLAN, ENCAP_GENEVE, ENCAP_ERSPAN, ENCAP_GRE, ENCAP_IPIP, ENCAP_TZSP, ENCAP_MPLS, ENCAP_PPPOE, FW_ENCAPS };

static inline const char *fw_encap_name(unsigned e)
{
	static const char *const name[FW_ENCAPS] = { "vxlan", "geneve", "erspan", "gre", "ipip", "tzsp", "mpls", "pppoe" };

	return name[e];
}

/* For people. */
static inline const char *fw_encap_title(unsigned e)
{
	static const char *const title[FW_ENCAPS] = { "VXLAN", "Geneve", "ERSPAN", "GRE", "IP in IP", "TZSP", "MPLS labels", "PPPoE" };

	return title[e];
}

/* Counters; each packet is exactly one of decoded, opaque, malformed, duplicate. */
struct fw_stats {
	uint64_t packets, bytes;		/* bytes: IP lengths */
	uint64_t decoded, opaque, malformed, duplicate;
	uint64_t cut;				/* packets of which the capture cut off what would have been read (snap length) */
	uint64_t not_ip, unknown_link;
	struct fw_unknown link[8];		/* link types that are not read */
	uint64_t fragments, fragments_incomplete;
	uint64_t encap[FW_ENCAPS];		/* packets read through it */
	uint64_t encap_deep;			/* tunnels in tunnels, deeper than are followed */
	uint64_t subscriber;			/* packets of subscribers seen outside tunnels */
	uint64_t sctp_retransmitted, sctp_bad_checksum, sctp_lost, sctp_refused;
	struct fw_unknown ppid[16];		/* SCTP payload protocols that are not read */
	uint64_t tcp_retransmitted, tcp_gap_bytes, tcp_refused;
	uint64_t facts;
	uint64_t refused;			/* records that a full table did not take */
	uint64_t dup_overrun;			/* packets forgotten before the 10 ms in which a copy counts */
	uint64_t flow_evicted;
	struct fw_tls tls;			/* all zero when there is no key log */
};

#endif
