/* The readers of one sort of line each; private to this folder. */
#ifndef FW_FACTS_PARSE_INSIDE_H
#define FW_FACTS_PARSE_INSIDE_H

#include "factlist.h"
#include "scan.h"

/* parse_tally.c */
bool parse_tunnel(struct scan *s, struct fact *f);
bool parse_contact(struct scan *s, struct fact *f);
/* "10.60.0.0/16" */
bool parse_net(struct scan *s, struct addr *net, uint8_t *bits);

/* parse.c: "ip.udp", what stands before a packet; of a struct fact. */
bool parse_outer(struct scan *s, void *object);

/* parse_run.c */
bool parse_run(struct scan *s, struct fact_run *r);
bool parse_end(struct scan *s, struct fact_end *e);

#endif
