/*
 * A list of facts read back, line by line: `run`, facts, `end` (DESIGN.md section 4).  Lines are
 * hostile: whatever they hold is read or refused with the column and what was expected.  What a
 * newer writer added is left out and counted.  Printing what was read gives the same bytes.
 */
#ifndef FW_FACTS_FACTLIST_H
#define FW_FACTS_FACTLIST_H

#include "fact.h"
#include "stats.h"

enum { FACT_VERSION = 1 };

struct fact_pool { struct addr net; uint8_t bits; };

struct fact_run {
	uint64_t	version;		/* FACT_VERSION, others are refused */
	const char	*id, *ruleset, *case_id;
	const char	*sensor;		/* or NULL */
	const char	*const *input;		/* names, in order of first packet */
	uint32_t	ninputs, npools;
	const struct fact_pool *pool;		/* declared UE pools */
	bool		keep_inner, clear;
};

struct fact_input {
	const char	*name, *sha256;		/* sha256: 64 hex digits, or NULL: no digest was made */
	uint64_t	packets, bytes;		/* bytes of the file */
	uint64_t	first_ns, last_ns;	/* of its packets; 0: none */
	const char	*trouble;		/* a sentence, or NULL: it was read whole */
};

struct fact_messages { uint64_t messages, undecoded; };

/* What became of the packets. */
struct fact_coverage {
	struct fw_stats	stats;
	struct fact_messages by_kind[FACT_KINDS];
	uint64_t	nas_encrypted, outside;	/* outside: packets not in the time window that was asked for */
	bool		keep_inner;
	/* Of the key log that TLS was read with, and of the secrets in the inputs that it was; NULL: with none. */
	const char	*keylog_sha256, *keylog_capture_sha256;
	struct fw_blocks blocks;
	uint64_t	keylog_skipped, keylog_refused;
};

struct fact_end {
	const struct fact_input *input;
	uint32_t	ninputs;
	struct fact_coverage coverage;
	uint64_t	facts;			/* how many were made, whether in the list or not; NO_COUNT: not said */
};
#define NO_COUNT UINT64_MAX

enum fact_line {
	LINE_BAD,		/* see column, want, member */
	LINE_FACT,
	LINE_RUN,
	LINE_END,
	LINE_UNKNOWN,		/* well-formed, of a kind that is not known here: counted */
};

enum { FACT_SLOTS = 4096 };	/* a power of two, several times FACT_KEYS */

struct fact_reader {
	struct arena	*mem;		/* values of the line; the caller resets it */
	struct item	*room;		/* FACT_ITEMS + 1 */
	uint64_t	unknown_members, unknown_kinds;
	size_t		column;		/* LINE_BAD: from 1 */
	const char	*want, *member;	/* LINE_BAD: what was expected; the name of a member that is missing, or NULL */
	uint16_t	slot[FACT_SLOTS];	/* keys by the hash of their name */
};

/* What a line holds; values are borrowed from the line and the arena. */
union fact_content { struct fact fact; struct fact_run run; struct fact_end end; };

void fact_reader_init(struct fact_reader *r, struct arena *mem, struct item *room);
/* One line of n octets, with or without its end of line. */
enum fact_line fact_parse(struct fact_reader *r, const char *line, size_t n, union fact_content *out);

/* ---- the other direction: print_run.c ---- */

void fact_run_print(struct json *j, const struct fact_run *r);
void fact_end_print(struct json *j, const struct fact_end *e);
/* One of "inputs", and the member "coverage", as report.json and `end` have them. */
void fact_input_print(struct json *j, const struct fact_input *in);
void fact_coverage_print(struct json *j, const struct fact_coverage *c);
/* An address, or its net as a prefix. */
void fact_net_print(struct json *j, const struct addr *a, bool prefix, unsigned bits);

#endif
