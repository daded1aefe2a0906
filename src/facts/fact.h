/*
 * A fact: one protocol message as it was seen, or a tally of many packets.  A fixed head plus a
 * flat list of items: keys with values, and groups (an object in `ies`) between an opening and a
 * closing item.  The list lives in the batch; who wants to keep something copies it.
 *
 * Printed as one JSON object a line (DESIGN.md section 4) by fact_print(), read back by
 * fact_parse() (factlist.h): printing what was read gives the same bytes.
 */
#ifndef FW_FACTS_FACT_H
#define FW_FACTS_FACT_H

#include "addr.h"
#include "arena.h"
#include "cur.h"
#include "json.h"

enum fact_kind {
#define KIND(sym, name, spec) FACT_##sym,
#define KEY(sym, name, type, spec)
#include "kinds.def"
#undef KIND
#undef KEY
	FACT_KINDS
};

enum fact_key {
	KEY_NONE,		/* a group's opening and closing, a skipped id */
#define KIND(sym, name, spec)
#define KEY(sym, name, type, spec) KEY_##sym,
#include "kinds.def"
#undef KIND
#undef KEY
	FACT_KEYS
};

enum item_type {
	ITEM_UINT, ITEM_BOOL,
	ITEM_ADDR,		/* v.p: 4 or 16 octets */
	ITEM_OCTETS,		/* lower-case hex */
	ITEM_BITS,		/* left-aligned octets, pad bits zero; hex */
	ITEM_TEXT,		/* len octets, UTF-8 hoped for */
	ITEM_OPEN,		/* a group: v.u its id or ITEM_NO_ID; len: distance to its ITEM_CLOSE */
	ITEM_CLOSE,
	ITEM_SKIP,		/* v.u: the id of an element present and not read, at this level */
};

#define ITEM_NO_ID UINT64_MAX

struct item {
	uint16_t	key;		/* enum fact_key */
	uint8_t		type;		/* enum item_type */
	uint8_t		depth;		/* 0: the message's own object */
	uint32_t	len;
	union { uint64_t u; const uint8_t *p; } v;
};

/* What became of a message (layers) - a cut or lying message still gives the keys before the trouble. */
enum outcome {
	OUT_OK, OUT_CUT, OUT_SHORT, OUT_VALUE, OUT_UNKNOWN, OUT_ENCRYPTED, OUT_LIMIT,
	OUTCOMES
};

/*
 * What stands before a packet that a tunnel carries: how many headers of IPv4, IPv6 and UDP, two bits each, so that a display filter
 * can name the packet's own.  0: nothing; OUTER_EXPORTED: there was no packet, but a message that was exported; OUTER_SEVERAL: of a contact whose packets came in more than one way.
 */
enum { OUTER_IP = 1, OUTER_IP6 = 4, OUTER_UDP = 16, OUTER_EACH = 3, OUTER_EXPORTED = 0xfe, OUTER_SEVERAL = 0xff };
enum { OUTER_TEXT = 40 };
const char *outer_text(uint8_t outer, char out[OUTER_TEXT]);	/* "ip.udp", "exported", "several" */
bool outer_parse(const char *s, size_t n, uint8_t *outer);

enum { FACT_FRAMES = 64, FACT_VLANS = 4, FACT_ITEMS = 4096, FACT_DEPTH = 24 };

struct count { uint64_t packets, bytes; };

/* Classes of inner packets of a tunnel (DESIGN.md section 4).  UNBOUND: no order named the session's address. */
enum inner_class { INNER_UE, INNER_ELEMENT, INNER_FOREIGN, INNER_NESTED, INNER_UNBOUND, INNER_CLASSES };

/* A frame list is the first FACT_FRAMES frames; total counts all. */
struct frames { const uint32_t *at; uint32_t n; uint64_t total; };

struct tally_tunnel {			/* src -> dst under one TEID */
	uint64_t	from_ns, until_ns;
	uint32_t	first_frame, last_frame;
	uint32_t	teid;
	struct count	all, inner[INNER_CLASSES];
	struct frames	frames[INNER_CLASSES];	/* of ELEMENT, FOREIGN, NESTED */
	struct frames	unordered;		/* of all, when no order named the end (dst, teid) so far; else empty */
};

enum opened { OPENED_UNKNOWN, OPENED_A, OPENED_B };

struct tally_contact {			/* src = a, dst = b of the head; a < b in addr_cmp order */
	uint64_t	from_ns, until_ns;
	uint8_t		protocol;	/* IP protocol number; printed by name when it has one here */
	bool		ue_a, ue_b;	/* that end is a UE pool, printed as a prefix */
	uint8_t		pool_bits_a, pool_bits_b;
	uint16_t	port;		/* service port, or 0: none (ICMP, ESP ...) */
	uint8_t		at;		/* enum opened: which end holds the service port (0: not known) */
	struct count	ab, ba;
	uint8_t		opened;		/* enum opened */
	bool		inner;		/* inside GTP-U */
	struct frames	frames;
};

struct fact {
	uint64_t	 n;		/* from 1 in a run; 0: not numbered yet */
	uint64_t	 in;		/* n of the message that carries this one, or 0 */
	uint64_t	 dup;		/* n of the first copy of a message captured twice, or 0 */
	uint8_t		 kind;		/* enum fact_kind */
	uint8_t		 outcome;	/* enum outcome */
	uint8_t		 nvlan;
	uint8_t		 transport;	/* IP protocol that carried it, 0: none */
	bool		 decrypted;	/* it came under TLS and was read with a key log: nobody else reads it, and it does not stand in the packet */
	uint8_t		 outer;		/* of messages and tallies: what stands before the packet */
	uint32_t	 input, frame;	/* input from 0; frame from 1, where the last byte was */
	uint32_t	 off, len;	/* the message's bytes in that frame */
	uint64_t	 t_ns;
	struct addr	 src, dst;	/* the packet's own, which a tunnel may have carried */
	uint16_t	 sport, dport;
	uint16_t	 vlan[FACT_VLANS];
	uint32_t	 nframes;	/* > 1: the message came in several frames */
	const uint32_t	*frames;
	const struct item *item;
	uint32_t	 nitem;
	union { struct tally_tunnel tunnel; struct tally_contact contact; } u;	/* tallies */
};

const char *fact_kind_name(enum fact_kind k);		/* "nas-5gs" */
const char *fact_kind_spec(enum fact_kind k);
const char *fact_key_name(enum fact_key k);		/* "ngap.procedureCode" */
const char *fact_key_spec(enum fact_key k);		/* the clause that defines the value */
enum item_type fact_key_type(enum fact_key k);
enum fact_key fact_key_find(const char *name, size_t n);	/* KEY_NONE: no such name */
const char *outcome_name(enum outcome o);
enum outcome outcome_of(enum cur_why why);
/* "tcp", "udp", "sctp", "icmp", "icmpv6", "esp"...; NULL when it has no name here. */
const char *protocol_name(unsigned ip_protocol);
unsigned protocol_find(const char *name, size_t n);	/* 0: no such name */
const char *inner_name(enum inner_class c);		/* "ue", "element"... */

/* ---- making: a list with a cap; past it everything is refused and `full` says so ---- */

struct put {
	struct item	*item;		/* FACT_ITEMS of them, owner: who made the put */
	uint32_t	 n, room;	/* room: as far as items may go, so that what is open can be closed; 0 when full */
	uint8_t		 depth;
	bool		 full;
	bool		 texts;		/* one of the items is a text */
	uint32_t	 open[FACT_DEPTH];	/* the groups that are open */
};

static inline void put_start(struct put *o, struct item *room, uint32_t cap)
{
	o->item = room;
	o->room = cap - 1;
	o->n = 0;
	o->depth = 0;
	o->full = o->texts = false;
}

static inline void put_full(struct put *o)
{
	o->full = true;
	o->room = 0;
}

/* A new item without its value, or NULL. */
static inline struct item *put_item(struct put *o, enum fact_key k, enum item_type type)
{
	struct item *i;

	if (o->n >= o->room) {
		put_full(o);
		return NULL;
	}
	i = &o->item[o->n++];
	i->key = (uint16_t)k;
	i->type = (uint8_t)type;
	i->depth = o->depth;
	i->len = 0;
	return i;
}

static inline void put_scalar(struct put *o, enum fact_key k, enum item_type type, uint64_t v)
{
	struct item *i = put_item(o, k, type);

	if (i)
		i->v.u = v;
}

static inline void put_view(struct put *o, enum fact_key k, enum item_type type, const void *p, size_t n)
{
	struct item *i = p ? put_item(o, k, type) : NULL;

	if (i) {
		i->v.p = p;
		i->len = (uint32_t)n;
		o->texts |= type == ITEM_TEXT;
	}
}

static inline void put_uint(struct put *o, enum fact_key k, uint64_t v) { put_scalar(o, k, ITEM_UINT, v); }
static inline void put_bool(struct put *o, enum fact_key k, bool v) { put_scalar(o, k, ITEM_BOOL, v); }
/* These borrow; NULL puts nothing.  An address is of 4 or 16 octets. */
static inline void put_addr(struct put *o, enum fact_key k, const uint8_t *p, unsigned octets) { put_view(o, k, ITEM_ADDR, p, octets); }
static inline void put_octets(struct put *o, enum fact_key k, const uint8_t *p, size_t n) { put_view(o, k, ITEM_OCTETS, p, n); }
static inline void put_bits(struct put *o, enum fact_key k, const uint8_t *p, size_t octets) { put_view(o, k, ITEM_BITS, p, octets); }
static inline void put_text(struct put *o, enum fact_key k, const char *s, size_t n) { put_view(o, k, ITEM_TEXT, s, n); }
/* An element that is present and not read. */
static inline void put_skip(struct put *o, uint64_t id) { put_scalar(o, KEY_NONE, ITEM_SKIP, id); }

/* Opens a group; id may be ITEM_NO_ID. */
static inline void put_open(struct put *o, uint64_t id)
{
	struct item *i;

	if (o->depth + 1 >= FACT_DEPTH) {
		put_full(o);
		return;
	}
	i = put_item(o, KEY_NONE, ITEM_OPEN);
	if (!i)
		return;
	i->v.u = id;
	o->open[o->depth++] = o->n - 1;
	o->room--;
}

static inline void put_close(struct put *o)
{
	uint32_t from;

	if (!o->depth)
		return;
	from = o->open[--o->depth];
	o->room += !o->full;
	o->item[from].len = o->n - from;
	o->item[o->n++] = (struct item){ .type = ITEM_CLOSE, .depth = o->depth };
}

/* Closes the innermost group, or takes it away when nothing was put into it. */
static inline void put_close_or_drop(struct put *o)
{
	if (o->depth && o->open[o->depth - 1] == o->n - 1) {
		o->n = o->open[--o->depth];
		o->room += !o->full;
	} else {
		put_close(o);
	}
}

/* Closes what is open and gives the list to the fact. */
void put_done(struct put *o, struct fact *f);

/* ---- reading: a span is the inside of one object ---- */

struct span { const struct item *at, *end; };

static inline struct span fact_span(const struct fact *f)
{
	return (struct span){ f->item, f->item + f->nitem };
}

/* The first item of that key directly in the object (not in its groups), or NULL. */
const struct item *span_key(struct span s, enum fact_key k);
/* The same at any depth, in wire order. */
const struct item *span_any(struct span s, enum fact_key k);
/* The next group with that id (ITEM_NO_ID: any) directly in the object; *s moves behind it.  False: no more. */
bool span_group(struct span *s, uint64_t id, struct span *inside, uint64_t *its_id);
/* Conveniences over span_key(): def when it is not there. */
uint64_t span_uint(struct span s, enum fact_key k, uint64_t def);
bool span_addr(struct span s, enum fact_key k, struct addr *out);
struct addr item_addr(const struct item *i);

/* ---- text ---- */

/* One line of JSON, with its end of line.  What `clear` is for is said in DESIGN.md section 7. */
void fact_print(struct json *j, const struct fact *f);

#endif
