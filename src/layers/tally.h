/*
 * Counting: who spoke to whom (contacts) and what each GTP-U tunnel carried, as tallies that close
 * at each epoch-aligned minute, when idle, at the end, and at an order that names the tunnel end.
 * Subscribers' destinations are never kept: an inner packet is classed and only the class counts.
 */
#ifndef FW_LAYERS_TALLY_H
#define FW_LAYERS_TALLY_H

#include "binding.h"
#include "flow.h"
#include "table.h"

enum { TALLY_POOLS = 64, FLOW_BITS = 14 };
enum { HANDED_BITS4 = 24, HANDED_BITS6 = 48 };	/* what stands for an address handed out: wide enough not to name a subscriber */

struct pool { struct addr net; uint8_t bits; };

struct tally_config {
	struct hash_key	hash;
	uint32_t	contacts, tunnels, hosts, classes;	/* caps; 0: the default */
	const struct pool *pools;				/* declared UE pools */
	unsigned	npools;
	bool		keep_inner;
	struct marks	*marks;					/* told what of inner packets is read; NULL: nobody asks */
	void		(*emit)(void *ctx, struct fact *f);	/* numbers and hands on */
	void		*ctx;
};

/* Key of a tunnel in one direction. */
struct tunnel_key { uint8_t src[16], dst[16]; uint32_t teid; uint8_t fam, pad; uint16_t input; };
_Static_assert(offsetof(struct tunnel_key, teid) == 32 && sizeof(struct tunnel_key) == 40, "five words");

struct tally;

int tally_new(struct tally **out, const struct tally_config *cfg);
void tally_free(struct tally *t);

/* Stage 1: the hash of a packet's flow (flow_hash() of its ends, at one input) or tunnel; the lines it will touch are prefetched. */
uint64_t tally_flow_hash(const struct tally *t, uint64_t ends, uint32_t input);
uint64_t tally_tunnel_hash(const struct tally *t, const struct tunnel_key *key);
/* Stage 2: the record itself; of a flow not known (false) what will tell it: its ends, and after them what a new contact needs. */
bool tally_prefetch_flow(const struct tally *t, const struct pkt *k, uint64_t h);
void tally_prefetch_contact(const struct tally *t, const struct pkt *k, const struct flow_key *fk);
void tally_prefetch_tunnel(const struct tally *t, uint64_t h);
/* After stage 2: what the tunnel's record points at. */
void tally_prefetch_behind(const struct tally *t, uint64_t h);
void tunnel_key_make(struct tunnel_key *key, const struct pkt *k, uint32_t teid);

/* Packet time: closes what belongs to an earlier minute.  Before each packet is counted. */
void tally_time(struct tally *t, uint64_t t_ns);
/* Stage 3: counts.  copies: the packet was captured before (its frame is listed, nothing is counted). */
void tally_packet(struct tally *t, const struct pkt *k, const struct flow_key *key, uint64_t h, uint32_t packets, uint64_t bytes,
	bool copy);
/* A G-PDU: its payload (n octets captured of claim), and what it counts as: packets and bytes outside the tunnel, one packet inside. */
struct gpdu {
	const uint8_t	*inner;
	uint32_t	n, claim, packets;
	uint64_t	bytes;
	const struct tunnel_key *tunnel;
	const struct flow_key *flow;
	uint64_t	tunnel_hash, flow_hash;
	bool		copy;
};
/* The same for a G-PDU: the tunnel and its outer contact. */
void tally_gpdu(struct tally *t, const struct pkt *k, const struct gpdu *g);
void tally_bind(struct tally *t, const struct binding *b);
/* An address of a subscriber: handed out so far, or in a declared pool. */
bool tally_is_ue(const struct tally *t, const struct addr *a);
/* How much of such an address its pool says too: the declared pool's length, of one handed out what a contact shows; 0: no subscriber's, or all is kept. */
uint8_t tally_ue_bits(const struct tally *t, const struct addr *a);
/* No packet comes any more: what only finds records is given back. */
void tally_last(struct tally *t);
/* Closes everything. */
void tally_end(struct tally *t);

struct tally_stats {
	uint64_t refused_contacts, refused_tunnels, refused_hosts, refused_classes, refused_unordered, refused_frames, flow_evicted, keep_inner;
	uint64_t bytes;		/* memory touched, about */
};
void tally_stats(const struct tally *t, struct tally_stats *s);

#endif
