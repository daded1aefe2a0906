/*
 * The reading side of the signed record, fairwitness-evidence(7): strict parsers over octets that
 * somebody else wrote.  They own no file and keep nothing; a refusal is a sentence in struct err
 * that says what stands there and what was wanted.  Whatever is accepted has one spelling only.
 */
#ifndef FW_EVIDENCE_READ_H
#define FW_EVIDENCE_READ_H

#include "err.h"
#include "log.h"
#include "note.h"
#include "packet.h"

#include <stdbool.h>

struct slice { const char *p; size_t n; };

enum {
	PATH_MAX_TEXT = 200,	/* octets of a path of the manifest */
	ORIGIN_MAX = 255,
};

/* ---- text_read.c: spellings ---- */

bool hex_get(struct slice s, uint8_t *out, size_t n);		/* exactly n octets, lower case */
bool decimal_get(struct slice s, uint64_t *v);			/* no sign, no leading zero, 64 bits */
/* RFC 4648 section 4 with padding, unused bits zero.  Octets written (at most cap), or -1. */
long base64_get(struct slice s, uint8_t *out, size_t cap);
/* The next line, without its newline; false: the rest has none.  Only 0x0a ends a line. */
bool line_get(struct slice *rest, struct slice *line);
bool slice_is(struct slice s, const char *text);
/* The octets as a sentence may show them: printable ASCII, the rest as dots, cut. */
enum { SHOWN = 64 };
const char *shown(struct slice s, char out[SHOWN]);

/* ---- json_read.c: the JSON of leaves and of packets.jsonl ---- */

enum jkind { J_OBJECT, J_ARRAY, J_TEXT, J_NUMBER, J_TRUE, J_FALSE, J_NULL };
/* A value: its octets as written (of a text, what is between the quotes), its name in its object, the node after it and all it holds. */
struct jnode { uint32_t at, len, name, end; uint16_t name_len; uint8_t kind; };
enum { JNODES = 1 << 18, JDEPTH = 8 };
struct jdoc { const char *text; size_t n; struct jnode *node; uint32_t nnodes; };	/* node: room for JNODES */

/* Parses one object that is all of the text.  False: e says at which octet and why. */
bool jdoc_parse(struct jdoc *d, const char *text, size_t n, struct err *e);
/* Writes the tree again and compares: what was read has this spelling and no other. */
bool jdoc_same(const struct jdoc *d);
struct slice jdoc_text(const struct jdoc *d, uint32_t node);	/* as written */
/* What a string as written says, at the end of out.  False: no memory. */
bool jdoc_plain(struct slice written, struct octets *out);

enum want { WANT_TEXT, WANT_SHA, WANT_SHA_OR_NULL, WANT_DECIMAL, WANT_NUMBER, WANT_BOOL, WANT_OBJECT, WANT_ARRAY };
struct sha_or { bool there; uint8_t sha[SHA]; };
/* A member by name, in order of names; off: where it goes (slice, sha, sha_or, uint64_t, uint64_t, bool, uint32_t node, uint32_t node). */
struct member { const char *name; enum want want; uint16_t off; };
/* An object of exactly these members. */
bool object_get(const struct jdoc *d, uint32_t node, const struct member *m, size_t n, void *out, struct err *e);

/* ---- entry_read.c: the leaves of the log ---- */

enum entry_type { ENTRY_GENESIS, ENTRY_CONFIG, ENTRY_SEG, ENTRY_GAP, ENTRY_FINDING, ENTRY_CLOSE, ENTRY_TYPES };

struct entry_genesis { struct slice at, case_id, origin, ruleset, version; uint8_t exporter[SHA], run[SHA], tool[SHA]; uint64_t from, until; bool keep_inner; };
struct entry_config { struct slice kind, name; uint8_t sha[SHA]; };
struct entry_seg { uint64_t input, n, first, count, from, until, bytes, outside, retained; uint8_t root[SHA]; };
struct entry_gap { struct slice cause, known; uint64_t input, after; };
struct entry_core {
	struct slice check, need, object, ruleset, severity, subject, verdict;
	uint32_t config, grounds;
	struct sha_or policy, reg;
};
struct entry_finding { struct slice id; uint32_t core, pkts; bool alone; struct entry_core c; };
struct entry_coverage { uint64_t packets, bytes, decoded, opaque, malformed, duplicate, cut, outside; };
struct entry_close { uint32_t inputs, coverage, files; uint64_t findings, retained; bool whole; struct entry_coverage cov; };

/* Spans lie in the leaf's text; nodes in the doc it was read with, until that reads the next. */
struct entry {
	enum entry_type type;
	union {
		struct entry_genesis genesis;
		struct entry_config config;
		struct entry_seg seg;
		struct entry_gap gap;
		struct entry_finding finding;
		struct entry_close close;
	} u;
};
bool entry_read(struct jdoc *d, const char *text, size_t n, struct entry *entry, struct err *e);
const char *entry_name(enum entry_type t);

struct entry_ground { uint64_t frame, input; };
struct entry_input { uint64_t bytes, packets; struct sha_or sha; };
/* Of the array's item at node *at, which moves on; false at its end, or e->text is set. */
bool entry_next_ground(const struct jdoc *d, uint32_t array, uint32_t *at, struct entry_ground *g, struct err *e);
bool entry_next_packet(const struct jdoc *d, uint32_t array, uint32_t *at, uint64_t *seg, uint64_t *position, struct err *e);
bool entry_next_input(const struct jdoc *d, uint32_t array, uint32_t *at, struct entry_input *in, struct err *e);
/* Of the object of files. */
bool entry_next_file(const struct jdoc *d, uint32_t object, uint32_t *at, struct slice *path, uint8_t sha[SHA], struct err *e);

/* ---- note_read.c: checkpoint, keys, proofs ---- */

struct vkey { char name[ORIGIN_MAX + 1]; uint8_t id[4], key[32]; };
/* One line, with or without its newline. */
bool vkey_read(struct slice text, struct vkey *k, struct err *e);
struct checkpoint { char origin[ORIGIN_MAX + 1]; uint64_t size; uint8_t root[SHA], id[4], sig[64]; struct slice body; };
bool checkpoint_read(struct slice text, struct checkpoint *c, struct err *e);
/* Signed by this public key under the checkpoint's own origin as the key's name: 0; FW_EFORMAT with a sentence; FW_ENOMEM: nobody knows. */
int checkpoint_signed(const struct checkpoint *c, const uint8_t key[32], struct err *e);
int ed25519_holds(const uint8_t key[32], const void *msg, size_t n, const uint8_t sig[64]);
struct tlog_proof { uint64_t index; struct merkle_hash path[MERKLE_PATH]; unsigned npath; struct slice checkpoint; };
bool proof_read(struct slice text, struct tlog_proof *p, struct err *e);

/* ---- sshsig_read.c ---- */

/* The armored signature over msg, by an Ed25519 key, which is given back: 0; FW_EFORMAT with a sentence; FW_ENOMEM: nobody knows. */
int sshsig_holds(struct slice armor, const char *space, const void *msg, size_t n, uint8_t key[32], struct err *e);
/* The line of evidence/exporter.pub. */
bool ssh_key_read(struct slice text, uint8_t key[32], struct err *e);

/* ---- manifest_read.c ---- */

/* A path that the format allows below DIR. */
bool path_is_safe(struct slice path);
/* The next line of the manifest; last: the path before it, or empty.  False at the end, or e->text is set. */
bool manifest_next(struct slice *rest, struct slice *last, struct slice *path, uint8_t sha[SHA], struct err *e);

/* ---- packets_read.c ---- */

enum { CHUNKS_MAX = 65535 };
/* A line of packets.jsonl.  chunk, value: the caller's room for CHUNKS_MAX; value is the salt of H and S, the commitment of the others. */
struct disclosure {
	struct evidence_packet packet;		/* data: not set */
	struct fw_chunk	*chunk;
	uint8_t		(*value)[SHA];
	struct commitment *made;		/* room too */
	uint64_t	 position;
	struct merkle_hash leaf, path[MERKLE_PATH];
	unsigned	 npath;
};
/* One line, without its newline. */
bool disclosure_read(struct jdoc *d, const char *text, size_t n, struct disclosure *l, struct err *e);
/* Opens the commitments with the packet's masked octets: masked chunks are zero, the leaf comes out. */
bool disclosure_opens(struct disclosure *l, const uint8_t *octets, struct err *e);

/* ---- tiles ---- */

/* An entry bundle's next leaf.  False at the end, or e->text is set. */
bool bundle_next(struct slice *rest, struct slice *leaf, struct err *e);

#endif
