/*
 * Retained packets: chunks, their salted commitments, packet leaves, and the two files that show
 * them, packets.jsonl and packets.pcapng (fairwitness-evidence(7), "PACKETS").  Pure functions: a
 * verifier makes the files again from what it read and compares.
 */
#ifndef FW_EVIDENCE_PACKET_H
#define FW_EVIDENCE_PACKET_H

#include "fairwitness.h"
#include "leaf.h"
#include "merkle.h"

enum { SEGMENT = 65536 };	/* frames */

struct evidence_packet {
	uint32_t	 input, wirelen, caplen;
	uint64_t	 frame, t_ns;		/* frame: its number in the input, from 1 */
	uint16_t	 link, nchunks;
	const struct fw_chunk *chunk;		/* they tile the octets */
	const uint8_t	*data;			/* caplen octets */
};

/* A chunk's salt and commitment. */
struct commitment { uint8_t salt[SHA], c[SHA]; };

/* K_seg: of segment n of the input, under the case key. */
void segment_key(void *case_hmac, const uint8_t run[SHA], uint32_t input, uint32_t n, uint8_t out[SHA]);
void chunk_salt(void *seg_hmac, uint64_t frame, uint16_t i, uint8_t out[SHA]);
void chunk_commit(const uint8_t salt[SHA], uint64_t frame, uint16_t i, const void *p, size_t n, uint8_t out[SHA]);
/* Salts and commitments of all chunks of a packet as captured. */
void packet_commit(const struct evidence_packet *p, void *seg_hmac, struct commitment *out);
/* The packet leaf's octets. */
void packet_leaf(struct octets *o, const struct evidence_packet *p, const struct commitment *c);
/* Its line of packets.jsonl; at: its position in the segment, path: its inclusion path there.  False: no memory. */
bool packet_line(struct octets *o, const struct evidence_packet *p, const struct commitment *c, uint64_t at, const struct merkle_hash *leaf,
	const struct merkle_hash *path, unsigned n);
/* What of the packet is shown: the rest zero. */
void packet_mask(const struct evidence_packet *p, uint8_t *out);

/* ---- pcapng ---- */

enum { PCAPNG_PROGRAM = 64, PCAPNG_TEXT = 65535 };	/* octets of its name; of an option: longer ones are cut */
struct pcapng { struct { uint32_t input; uint16_t link; } *seen; uint32_t n, cap; };

void pcapng_head(struct octets *o);
/* The same with a comment and the program that wrote it. */
void pcapng_section(struct octets *o, const char *comment, const char *program);
/* Its interface's block, unless it is described already: all of them come before the first packet.  0 or FW_ENOMEM. */
int pcapng_interface(struct pcapng *g, struct octets *o, const struct evidence_packet *p);
/* The same with a description of the interface. */
int pcapng_described(struct pcapng *g, struct octets *o, const struct evidence_packet *p, const char *description);
/* The program that wrote the section that begins there, as pcapng_section() has it.  False: it does not begin so. */
bool pcapng_written_by(const uint8_t *p, size_t n, char out[PCAPNG_PROGRAM]);
/* The packet's block, whose interface was described; comment: each line of it is an option.  0 or FW_ENOMEM. */
int pcapng_packet(const struct pcapng *g, struct octets *o, const struct evidence_packet *p, const uint8_t *shown, const char *comment);
enum { PACKET_COMMENT = 128 };
/* "input 0 frame 12 leaf ..." */
void packet_comment(const struct evidence_packet *p, const struct merkle_hash *leaf, char out[PACKET_COMMENT]);
void pcapng_free(struct pcapng *g);

#endif
