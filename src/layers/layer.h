/*
 * What a protocol file gives and gets.  A protocol is one file in this folder with one
 * `const struct proto proto_NAME`, and one line in LIST.  It says itself where it lives; the build
 * derives the registry, a fuzz target and a coverage row.
 *
 * The shape of every decoder: begin a fact, read straight on with the message's cursor, ask the
 * cursor's cause once, emit.  What the message carries for another protocol is handed on with
 * layer_nested() and becomes a fact of its own right after.
 */
#ifndef FW_LAYERS_LAYER_H
#define FW_LAYERS_LAYER_H

#include "hash.h"
#include "fact.h"
#include "marks.h"
#include "secrets.h"
#include "stats.h"

struct layers;		/* all state of the layers of one run: layers.c */

/* One captured frame as it travels through the stages.  Everything borrowed for the batch. */
struct pkt {
	const uint8_t	*frame;
	uint32_t	 caplen, wirelen;
	uint64_t	 t_ns;
	uint32_t	 input, no;		/* no: frame number from 1 */
	uint16_t	 link;			/* LINKTYPE_ value */
	uint8_t		 nvlan, fam;		/* fam: 4, 6, or 0: not IP */
	uint8_t		 outer;			/* what of a tunnel stands before it: fact.h */
	uint8_t		 via;			/* what of its link was peeled: a bit each of enum fw_encap */
	uint16_t	 ether;			/* not IP: its EtherType or SNAP protocol id, its payload at l3; 0: none */
	uint16_t	 vlan[FACT_VLANS];
	uint16_t	 sport, dport;
	uint8_t		 proto;			/* upper-layer protocol after IPv6 extension headers */
	uint8_t		 icmp_type;
	bool		 frag, first_frag;	/* a fragment; the one with offset 0 */
	bool		 cut;			/* snap length: the wire carried more than the capture */
	struct addr	 src, dst;
	const uint8_t	*head;			/* where its link header begins: the frame, or behind the headers of the tunnel that carries it */
	const uint8_t	*l3, *l4;		/* l4: behind the IP header and its extensions */
	uint32_t	 l3len, l4len;		/* captured octets, not past the IP length */
	uint32_t	 iplen;			/* octets the IP header claims: what is counted as bytes */
	uint32_t	 l4claim;		/* octets of l4 that the IP header claims */
};

/* Is octet p of the packet in its frame?  Those of a datagram put together from IP fragments are not. */
static inline bool pkt_in_frame(const struct pkt *k, const uint8_t *p)
{
	return p >= k->frame && p <= k->frame + k->caplen;	/* the very end: nothing of it was captured */
}

/* Where octet p of the packet is in its frame; where it is not, the last fragment stands for it, or the frame when a tunnel's packet came in fragments. */
static inline uint32_t pkt_off(const struct pkt *k, const uint8_t *p)
{
	return (uint32_t)((pkt_in_frame(k, p) ? p : pkt_in_frame(k, k->l3) ? k->l3 : k->frame) - k->frame);
}

/* One message handed to a protocol. */
struct msg {
	const struct pkt *pkt;		/* the packet that brought the last byte */
	struct cur	 cur;		/* the message */
	uint32_t	 off, len;	/* its bytes in that frame */
	const uint32_t	*frames;	/* all its frames when nframes > 1 */
	uint32_t	 nframes;
	uint32_t	 assoc;		/* SCTP association or TCP stream, from 1; 0: neither */
	bool		 to_server;	/* assoc: the sender opened it (or the port says so) */
	uint64_t	 dup;		/* n of the first copy's first fact, or 0 */
	uint64_t	 in;		/* n of the carrying message, or 0 */
	bool		 decrypted;	/* its octets do not stand in the frame: off and len are of what was ciphered */
	/* NAS: the UE-associated connection that carried it (NGAP, S1AP), see nas5.c */
	struct ue_key	 *ue;
};

/* A UE-associated logical NG (S1) connection as the carrying NGAP (S1AP) message names it. */
struct ue_key {
	uint32_t	assoc;			/* SCTP association */
	struct addr	amf;			/* the AMF's (MME's) address, as far as known */
	uint64_t	amf_id;			/* AMF-UE-NGAP-ID (MME-UE-S1AP-ID), valid when has_amf */
	uint32_t	ran_id;			/* RAN-UE-NGAP-ID (eNB-UE-S1AP-ID), valid when has_ran */
	bool		has_amf, has_ran;
	uint8_t		procedure;		/* NGAP (S1AP) procedure code */
	bool		begins;			/* it is the Initial UE Message: nothing is known of the connection */
	bool		uplink;			/* from the RAN node */
	uint32_t	tmsi;			/* 5G-TMSI (M-TMSI) that the Initial UE Message names, when has_tmsi */
	bool		has_tmsi;
	uint8_t		carries;		/* enum nas_carried, nas5.h: a message, or one of NGAP's NAS containers; naseps.h has its own */
};

/* What a protocol says of the octets at the front of a TCP stream. */
enum stream_say {
	STREAM_UNIT,		/* the first *n are one unit: read() gets them, with their frames, when all are there */
	STREAM_SKIP,		/* the first *n (those there are) are nothing that can be read */
	STREAM_MORE,		/* too few to say */
	STREAM_STOP,		/* not this protocol: no more of this direction */
};

/*
 * The payload of one packet of a flow whose ports no protocol claims, as captured: `claim` octets were sent.
 * Nothing before it need have been captured: what is no sure sign of a protocol is none.
 */
struct opening { const uint8_t *p; uint32_t n, claim; const struct pkt *pkt; };

/*
 * A packet that a message of a tunnel carries: octets, the EtherType that says what they are, and as which encapsulation it counts
 * (enum fw_encap).  The path reads it as a packet of its own.
 */
enum { TYPE_ETHERNET = 0x6558 };		/* the type of a whole Ethernet frame (IANA, transparent bridging) */
struct inside { struct cur cur; uint16_t type; uint8_t encap; };

/* A row of what is understood, printed by `fairwitness coverage`. */
struct cover_row { const char *what; uint32_t id; const char *name, *spec; };	/* what: "message", "IE", "procedure" */

enum { STREAM_MAX = 65536 + 2, PORTS_MAX = 6 };

struct proto {
	const char	*name;			/* "pfcp", as in LIST */
	const char	*title, *spec;
	uint16_t	 udp[PORTS_MAX];		/* ports, 0 ends */
	uint16_t	 tcp[4];
	uint32_t	 ppid[6];		/* SCTP payload protocol ids, 0 ends */
	uint16_t	 sctp[4];		/* SCTP ports, 0 ends: for messages whose payload protocol id is 0, which says nothing */
	uint8_t		 ip[4];			/* IP protocols that have no ports, 0 ends */
	uint16_t	 ether[2];		/* EtherTypes of frames that are not IP, 0 ends; SNAP's protocol ids too */
	/*
	 * On any port: does the packet begin a message of this protocol?  Asked of each packet with payload
	 * whose ports no protocol claims, until one says yes: TCP when there is a stream(), which then gets
	 * this connection from that packet on; UDP when `datagrams`.  Only packets that begin with one of
	 * `first` (nfirst octets; NULL: any) are shown to it.  Without state, and cheap.
	 */
	bool		(*begins)(const struct opening *o);
	const char	*first;
	uint8_t		 nfirst;
	bool		 datagrams;
	bool		 personal;		/* not read when an end is a subscriber's address: it is nobody's business */
	enum fact_kind	 kind;
	/*
	 * Decodes one message: begins, fills and emits its facts.  False: this is not such a message
	 * at all (a port is no proof): nothing was emitted and the packet counts as opaque.
	 */
	bool		(*read)(struct layers *l, const struct msg *m);
	/*
	 * Tunnels (on `udp` ports and `ip` protocols): what the message at c, of packet k, carries.  Pure, and asked of every packet, also
	 * of those captured twice; read() makes the fact that there is a tunnel.  False: nothing that can be read.
	 */
	bool		(*inside)(const struct pkt *k, struct cur c, struct inside *in);
	/*
	 * TCP (with ports in `tcp`): m->cur is what is buffered, in order, of one direction of stream
	 * m->assoc.  gap: octets before it were not captured (or the capture began in the middle), so
	 * that it may begin anywhere; the flag stays until a unit was found.  A unit whose rest was lost
	 * goes to read() with a cut cursor.  Units of more than STREAM_MAX octets are passed over.
	 */
	enum stream_say	(*stream)(struct layers *l, const struct msg *m, bool gap, size_t *n);
	/* Row i of what is understood, or false: no more. */
	bool		(*cover)(unsigned i, struct cover_row *row);
	/* State kept between messages: zeroed, then init (may be NULL); capped by its owner. */
	size_t		 state_size;
	int		(*state_init)(void *state, const struct hash_key *hk);
	void		(*state_free)(void *state);
};

/* The registry, from LIST, ended by NULL. */
extern const struct proto *const protos[];

/* ---- for decoders ---- */

/* Starts a fact about m; its items go to layer_put().  One at a time. */
struct fact *layer_begin(struct layers *l, const struct msg *m, enum fact_kind kind);
struct put *layer_put(struct layers *l);
/* Numbers and hands on the fact; returns its n.  The cursor's cause is the outcome unless it is OK and `other` is not OUT_OK. */
uint64_t layer_emit(struct layers *l, struct fact *f, const struct cur *c, enum outcome other);
/* Queues a message carried in the one being decoded (bytes borrowed); it is read after the current fact was emitted, with in = its n. */
void layer_nested(struct layers *l, const struct proto *p, const struct msg *m, struct cur inside, const struct ue_key *ue);
/* Tells that the frames of a message, put together by a protocol itself, belong together. */
void layer_pieces(struct layers *l, const struct msg *m);
/* Memory that lives until the batch has become facts, zeroed; NULL when there is no more (counted). */
void *layer_mem(struct layers *l, size_t n);
/* The same, not zeroed: who asked writes what he reads of it. */
void *layer_room(struct layers *l, size_t n);
/* A copy of n octets in such memory. */
void *layer_copy(struct layers *l, const void *p, size_t n);
/*
 * A keyed pseudonym of a subscriber identity ("sub-" and 16 hex digits), in batch memory; NULL: no
 * memory.  kind: "imsi", "imei", ...; id: its text (digits), not its wire form, so that the same
 * identity has the same pseudonym in every protocol.
 */
const char *layer_pseudonym(struct layers *l, const char *kind, const void *id, size_t n);
/* A keyed digest of a secret (16 hex digits), in batch memory, also where identities stay in clear; NULL: no memory. */
const char *layer_digest(struct layers *l, const void *p, size_t n);

/* SHA-256, for fingerprints that are published as such; false: the caller of the layers gave none. */
bool layer_sha256(struct layers *l, const void *data, size_t n, uint8_t out[32]);
/* A table of a protocol's state was full: what it would have said is not said, and counted. */
void layer_refused(struct layers *l);

/*
 * Claims n octets at p as read, when somebody asks which were (marks.h): what of a message nobody
 * claims is masked in evidence packets.  A decoder claims what it read, no more.
 */
struct layers_open { struct marks *marks; bool masked; const struct ciphers *ciphers; const struct secrets *secrets; bool trouble; };		/* what struct layers begins with */
static inline struct marks *layer_marks(const struct layers *l) { return ((const struct layers_open *)l)->marks; }
static inline void layer_mark(const struct layers *l, const uint8_t *p, size_t n, enum mark what)
{
	if (__builtin_expect(layer_marks(l) != NULL, 0))
		marks_set(layer_marks(l), p, n, what);
}
/* What a cursor read since it was at `from`. */
static inline void layer_read(const struct layers *l, const uint8_t *from, const struct cur *c)
{
	if (c->p > from)
		layer_mark(l, from, (size_t)(c->p - from), MARK_SIGNALLING);
}
/* The frames are masked, or are to be: what an identity would link is not linked, since it will be zero. */
static inline bool layer_masked(const struct layers *l) { return ((const struct layers_open *)l)->masked; }
/* What opens what is ciphered; NULL: nothing does. */
/* A cipher could not be asked, for want of memory: what comes out is not what the packets say. */
static inline void layer_trouble(struct layers *l) { ((struct layers_open *)l)->trouble = true; }
static inline const struct ciphers *layer_ciphers(const struct layers *l) { return ((const struct layers_open *)l)->ciphers; }
/* What ciphered streams may be read with (then there are ciphers); NULL: nothing. */
static inline const struct secrets *layer_secrets(const struct layers *l) { return ((const struct layers_open *)l)->secrets; }

/* Where the reading of one direction stands. */
struct intake {
	uint32_t	pass;		/* octets of a unit too long to keep, still to be passed over */
	bool		gap;		/* octets before these were not captured, or the capture began in the middle */
	bool		stopped;	/* it is not read any more */
};

/*
 * A stream inside a stream: one direction of what a protocol took out of its cipher, for another protocol with a stream().  Part of
 * the state of the first, zeroed.
 */
struct inner_stream { const struct proto *proto; uint32_t buffer; struct intake read; };
/*
 * The next n octets of it (in batch memory), which m brought.  They are offered and read once the read() that says this has
 * returned; one a unit.  There are secrets, or nothing happens.
 */
void layer_inner(struct layers *l, struct inner_stream *c, const struct msg *m, const uint8_t *p, size_t n);
void layer_inner_drop(struct layers *l, struct inner_stream *c);	/* no more will come */
/* Who reads a TCP stream that begins like that, or NULL. */
const struct proto *layer_begins(struct layers *l, const struct opening *o);

/* A subscriber's address that was read: masked but for what its pool says too.  4 or 16 octets. */
void layer_subscriber(struct layers *l, const uint8_t *p, uint8_t fam);

/* The state of p (proto.state_size octets). */
void *layer_state(const struct layers *l, const struct proto *p);

#endif
