/*
 * Findings made again from retained packets alone: the engine reads masked frames as it read all of
 * them, and what it finds has to have the same core (DESIGN.md section 6).  It may find more: what
 * explained a contact or made a thing undecidable may not be among the frames.
 */
#ifndef FW_RUN_REDERIVE_H
#define FW_RUN_REDERIVE_H

#include "fairwitness.h"
#include "finding.h"

/* Frames in order of input and number, put in the order in which a capture of these inputs hands them on.  0 or FW_ENOMEM. */
int capture_order(struct frame *f, size_t n);

struct rederived { struct fw *fw; };

/*
 * cfg: reg, policy, pools, crypto.sha256 and keep_inner as in the run that made the findings, and at_ns: the
 * day that it read rules for, which is docket_view()->at_ns after fw_end(), not what was asked for.
 * f: n masked frames in capture order (merged by time as they were), with the input and number that they had.
 * 0, or fw_new()'s; rederived_free() in any case.
 */
int rederive(struct rederived *r, const struct fw_config *cfg, const struct frame *f, size_t n);
/* The finding of that check about those two, or NULL: it was not made again. */
const struct finding *rederived_find(const struct rederived *r, const char *check, const char *subject, const char *object);
/*
 * Which findings of d, the docket of that run, come out of f again with the same core; alone: room for docket_findings(d).  The
 * rest as of rederive(), at_ns is taken from d.  0 or fw_new()'s.
 */
int rederive_alone(bool *alone, const struct docket *d, const struct fw_config *cfg, const struct frame *f, size_t n);
void rederived_free(struct rederived *r);	/* also of a zeroed one */

#endif
