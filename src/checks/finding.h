/* Findings: what instances fold into (DESIGN.md section 6), and the table of checks. */
#ifndef FW_CHECKS_FINDING_H
#define FW_CHECKS_FINDING_H

#include "check.h"

enum { FINDING_ID = 16, FINDING_GROUNDS = 16, FINDING_FRAMES = MODEL_FRAMES, FINDING_UES = 16, FINDING_COVERS = 8, FINDING_CONTEXT = 256 };

struct finding {
	char		id[FINDING_ID];		/* "F-" and 12 hex digits */
	const struct check *check;
	enum verdict	verdict;		/* VIOLATED or UNPROTECTED */
	enum severity	severity;
	const char	*subject, *object;	/* object "": none */
	const char	*title, *reason;
	uint64_t	first_ns, last_ns, count;
	const struct ground *frame;		/* in order of input and number */
	unsigned	nframes;		/* at most FINDING_FRAMES */
	uint64_t	frames_total;
	const struct ground *context;		/* what else it takes to make it again from its first FINDING_GROUNDS frames; in order, with none of those */
	unsigned	ncontext;		/* at most FINDING_CONTEXT */
	const char	*filter, *filter_4_0, *options;	/* options: what tshark needs, or NULL */
	const struct check *covers[FINDING_COVERS];
	unsigned	ncovers;
	const char	*ue[FINDING_UES];
	unsigned	nues;
	uint64_t	ues;
	const struct accept_rule *accepted;	/* NULL: not accepted */
	struct addr	subject_at, object_at;	/* where they were met, fam 0: not said */
	bool		would_be_standard;	/* see struct instance */
};

/* How many of its frames are its grounds: the first of them. */
static inline unsigned finding_grounds(const struct finding *f) { return f->nframes < FINDING_GROUNDS ? f->nframes : FINDING_GROUNDS; }

/* Why something could not be judged: how much gave this reason. */
struct reason { const char *text; uint64_t n; };
enum { CHECK_REASONS = 8 };

struct check_result {
	const struct check *check;
	enum verdict	verdict;		/* the word shown, or OFF */
	uint64_t	counts[VERDICTS];
	const char	*reason;		/* of the word shown; never NULL */
	struct reason	undecided[CHECK_REASONS];
	unsigned	nundecided;
	uint32_t	findings;		/* accepted ones included */
};

struct share_result {
	const struct share_rule *rule;
	const char	*supplier;		/* as the rule names it */
	uint32_t	numerator, denominator, registered;
	uint32_t	coverage_ppm, low_ppm, high_ppm;
	enum verdict	verdict;
};

/* ---- the docket: instances in, findings out ---- */

struct docket_config { struct hash_key hash; uint32_t cases; };	/* cases: cap, 0: the default */
int docket_new(struct docket **out, struct view *v, const struct docket_config *cfg);
void docket_free(struct docket *d);
/* After the model took in the fact. */
void docket_fact(struct docket *d, const struct fact *f);
/* After model_settle(): contacts and the end are judged, instances fold.  0 or FW_ENOMEM. */
int docket_end(struct docket *d);

/* After docket_end(); borrowed.  Findings by severity, then subject, object, check; accepted ones too. */
uint32_t docket_findings(const struct docket *d);
const struct finding *docket_finding(const struct docket *d, uint32_t i);
const struct check_result *docket_results(const struct docket *d, unsigned *n);
const struct share_result *docket_shares(const struct docket *d, unsigned *n);
void docket_share(struct docket *d, const struct share_result *s);	/* from VENDOR-*-SHARE; supplier is copied */
uint64_t docket_refused(const struct docket *d);	/* instances that found no room: counted, their check says so */
const struct view *docket_view(const struct docket *d);

#endif
