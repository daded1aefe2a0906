/* HTTP/2: what http2.c, http2_state.c and http2_hpack.c share. */
#ifndef FW_LAYERS_HTTP2_H
#define FW_LAYERS_HTTP2_H

#include "kept.h"
#include "sbi.h"
#include "units.h"

enum h2_type { H2_DATA, H2_HEADERS, H2_PRIORITY, H2_RST_STREAM, H2_SETTINGS, H2_PUSH_PROMISE, H2_PING, H2_GOAWAY, H2_WINDOW_UPDATE, H2_CONTINUATION };
enum { H2_END_STREAM = 1, H2_ACK = 1, H2_END_HEADERS = 4, H2_PADDED = 8, H2_HAS_PRIORITY = 32 };
enum { H2_HEAD = 9, H2_PREFACE = 24 };

/* ---- http2_table.c ---- */

enum { HPACK_STATIC = 61, HPACK_TABLE = 65536 };	/* entries of the static table; the largest dynamic one */

/*
 * A field, borrowed; stat: the first entry of the static table that has its name, or 0 (a name that came as a text, whatever it says);
 * what: what the reader calls it (at most HPACK_WHAT), 0: he does not want it, and of an entry only its lengths were kept.
 */
struct hpack_text { const uint8_t *name, *value; uint32_t nname, nvalue; uint8_t stat, what; };
enum { HPACK_WHAT = 63 };
typedef uint8_t hpack_name(uint8_t stat, const uint8_t *name, size_t n);		/* what the reader calls a field of that name */

/* The dynamic table of one direction; zero but for max is an empty one. */
struct hpack_table {
	struct entry	*ring;
	uint8_t		*octets;
	uint32_t	 nring, first, n;	/* n: entries */
	uint32_t	 room, used;
	uint32_t	 size, max;		/* as RFC 7541 4.1 counts */
};

/* Adds an entry; false: no memory.  What x points to is not the table's own. */
bool hpack_table_add(struct hpack_table *t, const struct hpack_text *x);
/* The entry of an index behind the static ones: HPACK_STATIC + 1 to HPACK_STATIC + n.  Valid until the next one is added. */
struct hpack_text hpack_table_at(const struct hpack_table *t, uint32_t index);
/* The static ones, from 1, called as the reader calls them. */
void hpack_fixed(struct hpack_text fixed[HPACK_STATIC + 1], hpack_name *what);
void hpack_table_resize(struct hpack_table *t, uint32_t max);		/* max: at most HPACK_TABLE */
/* A block will be read soon. */
void hpack_table_prefetch(const struct hpack_table *t);
void hpack_table_free(struct hpack_table *t);

/* Of all that HPACK_LOOK bits may be: the n letters that they begin with, one or two, the bits of those and of the first; 0: that one has more. */
enum { HPACK_LOOK = 12 };
struct hpack_code { uint8_t letter[2], n : 4, first : 4, bits; };
void hpack_codes(struct hpack_code code[1 << HPACK_LOOK]);
/* The letters of a coded string, at most room; whole: that is all of it, and its end is as it must be.  code: of hpack_codes(). */
size_t hpack_letters(const struct hpack_code *code, const uint8_t *p, size_t n, uint8_t *out, size_t room, bool *whole);

/* ---- http2_hpack.c ---- */

/*
 * One direction's header table (RFC 7541).  Indices count from the newest entry, so entries that came
 * after the tap began are always right, and one that was there before is seen to be by its index: it is
 * unknown, and numbered, never guessed.
 */
struct hpack {
	struct hpack_table table;
	uint64_t	inserted;	/* entries since the table is followed */
	bool		begun;		/* a block was read */
	bool		whole;		/* followed from the connection's beginning */
	bool		large;		/* as large as we keep one, since its size was not seen */
};

struct hpack_field {
	const uint8_t	*name, *value;	/* borrowed until the next one */
	size_t		 nname, nvalue;
	uint32_t	 weight;	/* octets of both */
	uint8_t		 stat, what;	/* as in struct hpack_text; what 0: there may be no texts, only their lengths */
	uint64_t	 unknown;	/* the number of an entry that was there before the tap began, or 0; if not 0 the members before it say nothing */
	const uint8_t	*at, *end;	/* its octets in the block */
	const uint8_t	*string;	/* those of its value, when they stand in the block, to `end`; else NULL */
	bool		 huffman;	/* and they are coded */
	bool		 masked;	/* the end of them is masked: value is what precedes that, and may end in a wrong letter */
};
enum { HPACK_PREFIX = 256, HPACK_TEXT = 1 << 17 };	/* of a block of 64 KiB all is letters of 5 bits: 105 KB */
typedef void hpack_each(void *ctx, const struct hpack_field *f);

/* A coded string that was read, and its letters: dates, paths and hosts come again, on any connection.  n: octets, 0: none. */
enum { HPACK_READ = 64, HPACK_READ_OCTETS = 128, HPACK_READ_LETTERS = HPACK_READ_OCTETS * 8 / 5 + 2 };	/* letters of 5 bits, and room for one more */
struct hpack_read { uint8_t n, nletters, octets[HPACK_READ_OCTETS], letters[HPACK_READ_LETTERS]; };

/* What blocks are read with: the tables of the code and of fields, how the reader calls others, values that were read, and room for the letters of one. */
struct hpack_desk {
	struct hpack_code code[1 << HPACK_LOOK];
	struct hpack_text fixed[HPACK_STATIC + 1];
	hpack_name	*what;
	struct hpack_read read[HPACK_READ];
	uint8_t		 text[HPACK_TEXT];
};
void hpack_desk_init(struct hpack_desk *desk, hpack_name *what);

/*
 * A whole header block, or (cut) the front of one.  CUR_VALUE: it lies, and the table is forgotten;
 * fields before that were told.  CUR_LIMIT: it holds more than is told, the table is in order.
 */
enum cur_why hpack_block(struct hpack *h, struct hpack_desk *desk, const uint8_t *p, size_t n, bool cut, bool masked, hpack_each *each, void *ctx);
/* The letters of the first n octets of a coded string, as far as they are whole.  At most HPACK_PREFIX - 1; returns how many. */
size_t hpack_prefix(const struct hpack_desk *desk, const uint8_t *p, size_t n, uint8_t out[HPACK_PREFIX]);
/* Forgets the table; whole: what comes is the connection's first block. */
void hpack_start(struct hpack *h, bool whole);
/* Could these octets be a whole header block of a request or response (or, cut, the front of one)? */
bool hpack_plausible(const uint8_t *p, size_t n, bool cut);

/* ---- http2_state.c: connections, their streams, and what waits for its rest ---- */

enum { H2_CONNS = 1 << 11, H2_STREAMS = 1 << 14, H2_BUFFERS = 64, H2_BUFFER = 65536, H2_FRAMES = FACT_FRAMES };

struct h2_buffer {
	struct named	is;
	uint32_t	nframes, frames[H2_FRAMES];
	bool		over;		/* there was more than it holds */
};

struct h2_dir {
	struct hpack	table;
	uint32_t	block;		/* buffer of a header block that goes on in CONTINUATION, or 0 */
	uint32_t	stream;		/* of that block */
	uint8_t		flags, type;	/* of the frame that began it */
	bool		open;		/* there is such a block */
	bool		spoilt;		/* and some of it was not kept */
	bool		lost;		/* out of step: the next frame has to be found */
	bool		client;		/* it began the connection or sent a request */
	bool		started;	/* a frame of it was read */
	uint32_t	gaps;		/* how often octets were missing */
};

struct h2_conn {
	struct kept	kept;
	struct sender	from;		/* of direction 0 */
	bool		preface;
	uint8_t		told;		/* exchanges whose frames were said to belong together */
	struct h2_dir	dir[2];
};

struct h2_body { uint32_t buffer, gaps; bool lost; };	/* its name, or 0; the direction's gaps when it began; lost: some of it was not captured or kept */

struct h2_stream {
	struct kept	kept;
	bool		half[2];	/* half: that direction ended */
	bool		begun[2];	/* its header fields were seen */
	uint32_t	frame[2];	/* where */
	struct sbi_head	head[2];	/* of the request, of the response */
	struct h2_body	body[2];
	uint64_t	aligned[];	/* records are whole words */
};

struct h2_state {
	struct kept_table conns, streams;
	struct h2_buffer *buffer;
	uint8_t		*mem;
	struct hpack_desk *desk;
	uint32_t	serial;
	uint32_t	last_assoc;	/* whose connection was asked for last, and that */
	struct h2_conn	*last_conn;
	uint64_t	clock;
	uint64_t	refused;
};

int h2_state_init(void *state, const struct hash_key *hk);
void h2_state_free(void *state);
/* The connection of a message, and which direction it goes in; NULL: no room. */
struct h2_conn *h2_conn_of(struct h2_state *s, const struct msg *m, unsigned *dir);
struct h2_stream *h2_stream_find(struct h2_state *s, uint32_t assoc, uint32_t stream);
struct h2_stream *h2_stream_make(struct h2_state *s, uint32_t assoc, uint32_t stream);	/* NULL: no room */
void h2_stream_end(struct h2_state *s, struct h2_stream *x);
/* The buffer of that name; NULL: there is none, or it was given to somebody else. */
struct h2_buffer *h2_buffer(struct h2_state *s, uint32_t name);
const uint8_t *h2_mem(const struct h2_state *s, const struct h2_buffer *b);
/* More octets for a buffer, which is taken when *name is 0; false: not all of them are kept. */
bool h2_keep(struct layers *l, struct h2_state *s, uint32_t *name, const uint8_t *p, size_t n, const struct msg *m);
void h2_drop(struct h2_state *s, uint32_t *name);

/* What a field is called: one that requests and responses begin with, or as sbi.h does. */
enum { H2_AUTHORITY = 32, H2_METHOD, H2_PATH, H2_STATUS, H2_OTHER_PSEUDO };
hpack_name h2_field_name;

/* ---- http2_shape.c ---- */

/*
 * How many of the octets at p are whole frames of HTTP/2 in a chain, when they look like that to their end.
 * strict: nothing is known of the connection, so chance must be ruled out; claim: octets that were sent.
 */
bool h2_shape(const uint8_t *p, size_t n, size_t claim, bool strict);

extern const struct proto proto_http2, proto_http;

#endif
