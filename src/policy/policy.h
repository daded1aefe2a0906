/*
 * The policy: what is allowed and forbidden, tolerated and required (DESIGN.md section 5).  Loaded
 * once from node trees (the user's file and the packs it imports), checked for contradictions,
 * compiled for look-up, then only read: any number of threads may.  Rules keep the order of the
 * file, the user's before those of its imports; the first that matches is the one named.
 *
 * All keys of a selector must hold (roles AND suppliers); of the values of one key, any.
 */
#ifndef FW_POLICY_POLICY_H
#define FW_POLICY_POLICY_H

#include "register.h"

enum severity { SEV_NONE, SEV_INFO, SEV_LOW, SEV_MED, SEV_HIGH, SEV_CRIT };	/* SEV_NONE: not said */
const char *severity_name(enum severity s);					/* "med"; "" for SEV_NONE */
enum severity severity_named(const char *s);					/* SEV_NONE: no severity */

struct selector {
	struct place	at;
	struct texts	elements, suppliers, sites;
	uint64_t	roles;
	struct prefixes	hosts;
};
struct port_range { uint16_t lo, hi; };
struct ports { struct port_range *v; uint32_t n; };		/* n 0: any */
struct window { struct place at; uint64_t since_ns, until_ns; };	/* [since, until) */
struct supplier_ref { struct place at; struct texts groups, ids; uint64_t high_risk; };	/* one of them */

struct allow_rule {
	struct place	at;
	struct text	id, ref, note;
	struct selector	from, to;		/* from: who opens the contact */
	uint64_t	protocols[4];		/* IP protocol numbers as bits; none: any */
	struct ports	ports;			/* of the service */
	struct window	window;
};
struct deny_rule {
	struct place	at;
	struct text	id, ref, note;
	uint64_t	roles;			/* 0: any */
	struct texts	sites, regions, tags;
	struct supplier_ref supplier;
	uint64_t	parts;			/* 1 << enum part */
	uint64_t	since_ns, until_ns, commissioned_since_ns;
	uint64_t	severity;
};
enum share_metric { SHARE_SITES = 1, SHARE_ELEMENTS, SHARE_TRAFFIC_UL, SHARE_TRAFFIC_DL };
const char *share_metric_name(enum share_metric m);
struct share_rule {
	struct place	at;
	struct text	id, ref, note;
	uint64_t	metric, roles;		/* roles: 0 means the radio access nodes */
	struct texts	regions, plmns;		/* scope; empty: all */
	struct supplier_ref supplier;
	uint64_t	parts, severity;
	uint32_t	max_ppm, min_coverage_ppm;	/* min_coverage_ppm: the setting where the rule does not say */
	uint64_t	since_ns, until_ns;
};
struct accept_rule { struct place at; struct text check, subject, object, reason; uint64_t since_ns, until_ns; };	/* object.s NULL: any */
struct check_rule { struct place at; struct text check, ref; uint64_t severity; };
struct unjudged { struct place at; struct text text, ref; };	/* what a pack's source asks and this version does not judge */

/* A link in links.require_protection. */
enum { LINK_N2 = 1, LINK_N3 = 2, LINK_N4 = 4, LINK_N9 = 8 };

struct settings {
	struct place	at;
	uint32_t	settle_s;		/* a contact is judged this long after its first packet */
	uint32_t	grace_s;		/* an order explains this long after it was withdrawn */
	bool		nas_require_ciphering;	/* NAS-NULL-CIPHER is violated, not only unprotected */
	bool		suci_require_concealment;	/* SUCI-NULL-SCHEME likewise */
	bool		keys_require_protection;	/* KEY-IN-CLEAR likewise */
	uint64_t	links_require_protection;	/* LINK_ bits: the link's CLEARTEXT check likewise */
	uint32_t	redirect_window_s;	/* PFCP-REDIRECT: a target that changes and changes back within this time */
	uint32_t	redirect_changes;	/* so many times */
	bool		dns_explains_outside;	/* EGRESS-UNDECLARED: an answer of a declared resolver is an order */
	uint32_t	share_min_coverage_ppm;
};


struct policy {
	struct own	own;
	const char	*file;				/* of the user's policy, or of the pack that stands for it */
	struct { const char **v; uint32_t n; } packs;	/* imported, in order */
	struct { struct allow_rule *v; uint32_t n; } allow;
	struct { struct deny_rule *v; uint32_t n; } deny;
	struct { struct share_rule *v; uint32_t n; } share;
	struct { struct accept_rule *v; uint32_t n; } accept;
	struct { struct check_rule *v; uint32_t n; } checks;
	struct { struct unjudged *v; uint32_t n; } unjudged;
	struct texts	high_risk;			/* supplier groups of the class high-risk */
	struct { uint8_t (*v)[32]; uint32_t n; } targets;	/* duplication targets: SHA-256, sorted */
	uint32_t	blank_targets;			/* written as "sha256:...": they match nothing */
	struct settings	settings;
	struct place	*settings_at;			/* by row of settings_schema(); line 0: the default */
	/* made from the above */
	struct keyed	anchors;
	uint64_t	anchor_used[2][4];		/* prefix lengths that anchors use: from/to; IPv4, then three words of IPv6 */
};

/* Where packs come from, and what may be named.  All borrowed for the call. */
struct policy_source {
	/* The tree of a pack: 0, FW_EEND (there is none of that name), FW_EFORMAT (told), FW_ENOMEM.  The tree is the source's. */
	int	(*pack)(void *ctx, const char *name, const struct tree **out, struct troubles *says);
	void	*ctx;
	const char *const *packs;		/* all names, for messages */
	size_t	 npacks;
	const char *const *checks;		/* ids of all checks; NULL: any id goes */
	size_t	 nchecks;
};

/*
 * A policy from a tree; t NULL: the pack "default" alone.  0; FW_EFORMAT: trouble was told and
 * *out is NULL; FW_ENOMEM.  The trees may go afterwards.
 */
int policy_load(struct policy **out, const struct tree *t, const struct policy_source *src, struct troubles *says);
void policy_free(struct policy *p);
const struct schema *policy_schema(void);
const struct schema *settings_schema(void);

/* ---- allow ---- */

/* One end of a contact. */
struct end {
	struct addr	addr;
	const char	*element;	/* its id in reports (of the register or observed), or NULL */
	uint32_t	reg;		/* index in the register's elements, or REG_NONE */
	uint64_t	roles;		/* NF_BIT()s it is known to hold, besides the register's */
};

enum { POLICY_NONE = 0xffffffff };

/*
 * The first allow rule that matches a contact opened by `from`, as index in p->allow; or POLICY_NONE.
 * reg may be NULL.  protocol: IP number; port: of the service; t_ns: of the contact.
 * Cost: what rules name the same hosts, elements, ports..., not how many there are.
 */
uint32_t policy_allows(const struct policy *p, const struct reg *reg, const struct end *from, const struct end *to, uint8_t protocol, uint16_t port,
	uint64_t t_ns);
/* The same answer by trying each rule in turn: what tests hold the above against. */
uint32_t policy_allows_slowly(const struct policy *p, const struct reg *reg, const struct end *from, const struct end *to, uint8_t protocol, uint16_t port,
	uint64_t t_ns);

/* ---- deny, share, accept, checks ---- */

enum deny_match { DENY_NO, DENY_YES, DENY_UNKNOWN };	/* UNKNOWN: the register does not say (supplier, site, day) what would decide */
/* Does the rule exclude the element as of t_ns?  Its own times are part of the question. */
enum deny_match policy_denies(const struct policy *p, const struct reg *reg, const struct deny_rule *rule, uint32_t element, uint64_t t_ns);
/* Is the supplier (index in reg) one that a rule's `supplier` names? */
bool policy_names_supplier(const struct policy *p, const struct reg *reg, const struct supplier_ref *ref, uint32_t supplier);
/* Is an element's supplier of any of `parts` (1 << enum part) named?  UNKNOWN: its software or hardware is of nobody it names. */
enum deny_match policy_names_maker(const struct policy *p, const struct reg *reg, const struct supplier_ref *ref, uint64_t parts, uint32_t element);
/* The accept rule for a finding as of t_ns: index, or POLICY_NONE.  object may be NULL. */
uint32_t policy_accepts(const struct policy *p, const char *check, const char *subject, const char *object, uint64_t t_ns);
/* The severity that policy gives a check: the user's own word, else the highest of the packs', else `otherwise`. */
enum severity policy_severity(const struct policy *p, const char *check, enum severity otherwise);
/* Is the SHA-256 of an address's canonical text an approved duplication target? */
bool policy_duplication_target(const struct policy *p, const uint8_t sha256[32]);

/* ---- in words ---- */

enum rule_list { RULES_ALLOW, RULES_DENY, RULES_SHARE, RULES_ACCEPT, RULES_CHECKS, RULE_LISTS };
const char *rule_list_name(enum rule_list l);
uint32_t policy_rules(const struct policy *p, enum rule_list l);
/* The id of a rule ("" for lists without ids) and its place. */
const char *policy_rule_id(const struct policy *p, enum rule_list l, uint32_t i);
struct place policy_rule_place(const struct policy *p, enum rule_list l, uint32_t i);
const char *policy_rule_ref(const struct policy *p, enum rule_list l, uint32_t i);	/* NULL: none */
/* What the rule means, as a person would say it. */
void policy_words(const struct policy *p, enum rule_list l, uint32_t i, struct words *w);
/*
 * Why the rule can never match: it names nothing of the register, is past, covered by an earlier
 * rule, or asks what cannot be.  False: it can.  reg may be NULL; t_ns: the day it is asked.
 */
bool policy_never(const struct policy *p, const struct reg *reg, enum rule_list l, uint32_t i, uint64_t t_ns, struct words *why);

/* ---- shared inside this folder ---- */

int allow_compile(struct policy *p);		/* 0 or FW_ENOMEM */
/* An earlier rule that covers allow rule i, or POLICY_NONE. */
uint32_t allow_covered(const struct policy *p, const struct reg *reg, uint32_t i);
void policy_check(const struct policy *p, const struct policy_source *src, struct troubles *says);
bool texts_hold(const struct texts *t, const char *s);
bool protocol_in(const struct allow_rule *r, uint8_t protocol);
bool has_ports(unsigned protocol);		/* TCP, UDP, SCTP and their like */
const char *transport_name(unsigned protocol);	/* "tcp"; NULL: none of the known */

#endif
