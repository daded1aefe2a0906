/* The inside of the docket; private to docket.c, fold.c and cover.c. */
#ifndef FW_CHECKS_DOCKET_H
#define FW_CHECKS_DOCKET_H

#include "finding.h"
#include "ground.h"
#include "table.h"

enum { CASES = 1 << 16, CASE_CHUNKS = 1 << 16, CONTEXT_CHUNKS = 1 << 18, CASE_TERMS = 32, RECENT = 256, CHECKS_MAX = 64, TEXT_ROOM = 1 << 26, SHARES_MAX = 256, SCRATCH = 1024 };

struct party_key { uint8_t kind, bare, fam, bits; uint32_t index; uint8_t addr[16]; };
struct case_key { uint32_t check, pad; struct party_key subject, object; };

/* All instances of one check about one subject and object. */
struct docket_case {
	struct case_key	key;
	uint64_t	violated, unprotected;
	uint64_t	first_ns, last_ns, frames_total, ues;
	struct addr	subject_at, object_at;
	uint32_t	frames;			/* chain of the first ones */
	uint32_t	context, ncontext;	/* chain of what else their verdicts rest on */
	struct ground	last;			/* the last one added; frame 0: none */
	uint32_t	title, reason, wide, options;	/* texts, 0: none */
	uint32_t	said;			/* bits of slots */
	uint32_t	term[CASE_TERMS];
	uint32_t	ue[FINDING_UES], ue_end[FINDING_UES];	/* texts; the last four octets of each, which mostly tell them apart */
	uint16_t	nterms;
	uint8_t		nues, severity, impure, terms_full, would_be_standard;
	uint8_t		no_title;		/* its instances have several, or none */
	uint8_t		pad[2];
};

struct recent { uint64_t n; uint32_t kase; };

struct docket {
	struct view	*view;
	struct table	cases;
	struct ground_pool frames_kept, context_kept;
	char		*text;
	uint32_t	ntext;
	struct recent	recent[RECENT];
	uint32_t	hand;
	uint64_t	refused;
	uint64_t	wake[FACT_KINDS][256];	/* bits of checks by message type */
	unsigned	nchecks;
	uint32_t	current;		/* the check that runs */
	struct check_result *result;
	struct share_result share[SHARES_MAX];
	unsigned	nshares;
	struct finding	*finding;
	uint32_t	nfindings;
	struct ground	*frames, *contexts;	/* of the findings */
	char		reason_room[SCRATCH], filter_room[SCRATCH];
};

/* A copy in the docket's memory; its number, 0: none or no room. */
uint32_t text_keep(struct docket *d, const char *s, size_t n);
static inline const char *text_at(const struct docket *d, uint32_t i) { return i ? d->text + i : NULL; }

/* fold.c */
int fold(struct docket *d);
/* cover.c: takes covered findings out of the list, which is in order. */
int cover(struct docket *d);

#endif
