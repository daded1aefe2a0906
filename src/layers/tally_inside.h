/* The inside of struct tally: contacts (tally_contact.c), tunnels (tally_tunnel.c), hosts (tally_host.c); private. */
#ifndef FW_LAYERS_TALLY_INSIDE_H
#define FW_LAYERS_TALLY_INSIDE_H

#include "frames.h"
#include "tally.h"

#define MINUTE_NS 60000000000u

enum { WAYS = 4, F_NODE = 1, F_UE = 2, SEEN_BITS = 22 };

struct flow_way { uint64_t hash; uint32_t contact; uint32_t gen; };	/* contact's top bit: flow.lo is the contact's b */
struct flow_line { struct flow_way way[WAYS]; };

struct contact_key { uint8_t lo[16], hi[16]; uint16_t port; uint8_t proto, kind, bits_lo, bits_hi; uint16_t input; };

struct contact {
	struct contact_key key;
	uint32_t	packets[2];		/* a to b, b to a; of this minute */
	uint64_t	bytes[2];
	/* second line */
	uint64_t	from_ns, until_ns;
	struct frame_list frames;
	uint32_t	next_active;
	uint8_t		active, at, opened, outer;
};

struct tunnel {
	struct tunnel_key key;
	uint32_t	bind;
	uint32_t	packets, ue_packets;
	uint16_t	unordered;		/* the frames of all, when no order named the end as the tally opened; or 0 */
	uint8_t		active, outer;		/* 2: closed by an order, still in the list */
	uint64_t	bytes, ue_bytes, from_ns, until_ns;
	uint32_t	first_frame, last_frame;
	uint32_t	next_active, next_same;	/* same: other sources of this end */
	uint32_t	cold;			/* classes other than ue, or 0 */
	uint32_t	frames_total;		/* of unordered */
};

_Static_assert(sizeof(struct contact) == 128, "two lines");
_Static_assert(sizeof(struct tunnel) == 112, "a record for each tunnel: no padding");

struct bind_key { uint8_t addr[16]; uint32_t teid; uint8_t fam, pad[3]; };
_Static_assert(offsetof(struct bind_key, teid) == 16 && sizeof(struct bind_key) == 24, "three words");

enum { LINK_MAX = (1 << 29) - 1 };	/* tunnels have a cap far below */

struct bind {
	struct bind_key	key;
	uint8_t		ue6[8];
	uint8_t		ue4[4];
	uint32_t	first_tunnel : 29, has4 : 1, has6 : 1, ordered : 1;	/* index + 1 */
};

struct unordered { uint32_t frame[FACT_FRAMES]; };
enum { UNORDERED_MAX = 1 << 14 };	/* tunnels with frames of their own at once */

struct host_key { uint8_t addr[16]; uint8_t fam; };
struct host { struct host_key key; uint8_t flags, pad[6]; };

struct cold { struct count count[INNER_CLASSES]; struct frame_list frames[INNER_CLASSES]; };

struct tally {
	struct tally_config cfg;
	struct flow_line *flow;
	struct table	contacts, tunnels, binds, hosts;
	struct frame_pool frames;
	struct cold	*cold;			/* from 1 */
	uint32_t	ncold, cold_free, cap_cold;
	struct unordered *unordered;		/* from 1; the first number links what is free */
	uint32_t	nunordered, unordered_free;
	uint32_t	active_contact, last_contact, active_tunnel, last_tunnel;	/* index + 1 */
	uint64_t	minute, max_minute;
	bool		started;
	uint32_t	gen;			/* of what the flow cache remembers */
	uint8_t		near_node[4096];	/* a filter before the look-up in hosts */
	uint8_t		*near_seen;		/* 1 << SEEN_BITS bits: addresses that flows not handed out were seen with, and a few others */
	bool		any_ue;
	struct tally_stats stats;
};

static inline void prefix64(const uint8_t *b, uint8_t out[16])
{
	memcpy(out, b, 8);
	memset(out + 8, 0, 8);
}

/* tally_host.c */
const struct pool *host_pool(const struct tally *t, const struct addr *a);	/* the declared pool that holds it, or NULL */
bool host_handed(const struct tally *t, const struct addr *a);			/* handed out to a subscriber so far */
bool host_is_node(const struct tally *t, const struct addr *a);
void host_prefetch(const struct tally *t, const struct addr *a);
void host_seen_prefetch(const struct tally *t, const struct addr *a);
void host_seen(struct tally *t, const struct addr *a);
void host_node(struct tally *t, const struct addr *a);
void host_hand_out(struct tally *t, const struct addr *a);

/* tally_contact.c: an index into contacts, top bit: the flow's lower end is the contact's b; TABLE_NONE: full */
uint32_t flow_contact(struct tally *t, const struct pkt *k, const struct flow_key *fk, uint64_t h);
void contact_count(struct tally *t, uint32_t ref, bool from_lo, const struct pkt *k, uint32_t packets, uint64_t bytes, bool copy);
void contacts_emit(struct tally *t);

/* tally_tunnel.c */
void tunnel_close(struct tally *t, struct tunnel *x);	/* emits what it counted, if anything */
/* Forgets the tunnels of an end that were silent since before_ns, and the end itself when nothing holds it. */
void tunnels_forget(struct tally *t, uint32_t bind, uint64_t before_ns);

#endif
