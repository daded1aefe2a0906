/* Links that are readable on the wire; private to the checks *-CLEARTEXT. */
#ifndef FW_CHECKS_CLEARTEXT_H
#define FW_CHECKS_CLEARTEXT_H

#include "check.h"

/*
 * A readable link: conform in a declared protected domain, violated where `required`, else unprotected.  name: by the ends' roles, NULL: PFCP
 * between ends that may be any.  what: the finding's title but for the name and " is readable on the wire"; NULL: the check's.
 */
void judge_cleartext(const struct view *v, uint32_t contact, const char *name, const char *what, uint64_t required, struct docket *d);
/* A link by its ends and port on which nothing was readable. */
void opaque_link(const struct view *v, uint32_t contact, const char *name, struct docket *d);
/* ESP, AH or ESP in UDP between two that the reference point of this protocol and port joins: its name; NULL: not so. */
const char *esp_link_name(const struct view *v, const struct contact_rec *c, uint8_t protocol, uint16_t port);
/* The reference point by the ends' roles, or NULL. */
const char *link_name_of(const struct view *v, const struct contact_rec *c);

#endif
