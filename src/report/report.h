/* One report structure, many writers.  A writer gets a report and an output, and keeps nothing. */
#ifndef FW_REPORT_REPORT_H
#define FW_REPORT_REPORT_H

#include "fairwitness.h"
#include "fact.h"
#include "finding.h"
#include "model.h"

struct report_input {
	const char	*name;
	char		 sha256[65];		/* empty: --no-digest */
	uint64_t	 packets, bytes;	/* bytes of the file */
	uint64_t	 first_ns, last_ns;	/* of its packets; both 0: none */
	const char	*trouble;		/* a sentence, or NULL */
	const char	*place;			/* where it stands, or NULL */
	const struct fw_unknown *links;		/* link types that were not read */
	unsigned	 nlinks;
};

struct report_pack { const char *name, *sha256; };
/* A finding of an earlier report, by id in order; gone: it is not in this one. */
struct report_gone { char id[FINDING_ID]; const char *check, *subject, *object; bool gone; };
/* The one with that id in a list in order, or NULL; and the order, for qsort(). */
struct report_gone *report_earlier(const struct report_gone *list, size_t n, const char id[FINDING_ID]);
int report_by_id(const void *a, const void *b);

struct report {
	const struct model	*model;
	const struct docket	*docket;	/* what was judged */
	const char		*register_sha256, *policy_sha256;	/* NULL: none */
	const struct report_pack *pack;
	unsigned		 npacks;
	const struct report_gone *baseline;	/* NULL: there is none to compare with */
	size_t			 nbaseline;
	struct fw_stats		 stats;
	const struct report_input *input;
	uint32_t		 ninputs;
	const char		*case_id;	/* the case key's public id */
	bool			 keep_inner, no_digest, partial;
	const char		*keylog_sha256, *keylog_capture_sha256;	/* of a file, of blocks in the inputs; both NULL: nothing was decrypted */
	struct fw_blocks	 blocks;
	uint64_t		 keylog_skipped, keylog_refused;	/* lines of no use; secrets that found no room */
	uint64_t		 outside;	/* packets outside the time window that was asked for */
};

/* TLS was to be read with secrets. */
static inline bool report_opens(const struct report *r) { return r->keylog_sha256 || r->keylog_capture_sha256; }

/* report.json, version 1 (DESIGN.md section 7).  0 or what write returned. */
int report_json(const struct report *r, int (*write)(void *ctx, const char *p, size_t n), void *ctx);
/* The summary a person reads; colour: ANSI sequences.  width: columns, 0: not known. */
int report_text(const struct report *r, bool colour, unsigned width, int (*write)(void *ctx, const char *p, size_t n), void *ctx);

/* The members "inputs" and "coverage", as report.json and the end of a list of facts have them. */
void report_inputs(struct json *j, const struct report *r);
void report_coverage(struct json *j, const struct report *r);

/* Findings in the shape of Suricata's EVE, one a line. */
int report_eve(const struct report *r, int (*write)(void *ctx, const char *p, size_t n), void *ctx);

/* ---- for writers ---- */

void report_time(struct json *j, const char *key, uint64_t t_ns);	/* null for 0 */
void report_ground(struct json *j, const struct ground *g);
/* "register", "policy" and what else rules; "summary"; "shares", "checks", "findings" and "accepted" (judged.c). */
void report_rules(struct json *j, const struct report *r);
void report_summary(struct json *j, const struct report *r);
void report_judged(struct json *j, const struct report *r);
/* The members of one finding's record, DESIGN.md section 6. */
void report_finding(struct json *j, const struct report *r, const struct finding *f);
/* "new" or "same" against the baseline; NULL without one. */
const char *report_since(const struct report *r, const struct finding *f);
/* The command line that shows a finding's packets; its length. */
enum { TSHARK = 9216 };
size_t report_tshark(const struct report *r, const struct finding *f, char out[TSHARK]);

/* Contacts in order of first sight, as indices; NULL when there is no memory.  The caller frees it. */
uint32_t *report_contact_order(const struct model *m, uint32_t *n);
enum { CONTACT_ID = 16 };
/* "C-" and 12 hex digits over ends, protocol and port: the same contact tomorrow has the same id. */
void report_contact_id(const struct contact_rec *c, char out[CONTACT_ID]);
/* Address, or prefix of the pool. */
enum { END_TEXT = ADDR_TEXT + 5 };
void report_end_text(const struct model *m, const struct contact_rec *c, bool b, char out[END_TEXT]);
/* Its id: of the register, else the model's.  Returns its length. */
size_t report_element_id(const struct report *r, uint32_t element, char out[ELEMENT_ID]);
/* The element of the register that it is, or NULL. */
const struct reg_element *report_registered(const struct report *r, uint32_t element);
/*
 * What the model holds apart may be one by the register: the first of them stands for all.  The next after
 * `at` that is the same element, or NONE; false: another stands for it.
 */
bool report_leads(const struct report *r, uint32_t element);
uint32_t report_next_same(const struct report *r, uint32_t at);
uint64_t report_element_roles(const struct report *r, uint32_t element);	/* of all of them */
/* Why the contact is there; of one that no element takes part in nothing is said: NOT, without a text. */
void report_explain(const struct report *r, uint32_t contact, struct explanation *x);
/* Who stands at a contact's end as the register knows it: its id, or NULL. */
const char *report_end_registered(const struct report *r, const struct contact_rec *c, bool b);
/* "N2", "N4", "S1-U", "DNS", ... or "": what a contact is as far as its ends and content say, see interface_name(). */
const char *report_interface(const struct report *r, const struct contact_rec *c);
/* It was under TLS, and read with a key log. */
bool report_opened(const struct model *m, const struct contact_rec *c);

#endif
