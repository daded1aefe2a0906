/*
 * The register: what the operator says is there (DESIGN.md section 5).  Loaded once from a node
 * tree, checked for contradictions, then only read: any number of threads may.  Knows nothing of
 * packets.  Everything returned is borrowed from the register.
 */
#ifndef FW_POLICY_REGISTER_H
#define FW_POLICY_REGISTER_H

#include "keyed.h"
#include "nf.h"

enum { REG_NONE = 0xffffffff };
enum reg_if {		/* the interface an address is on; REG_IF_NONE: not said */
	REG_IF_NONE, REG_IF_N2, REG_IF_N3, REG_IF_N4, REG_IF_N6, REG_IF_N9, REG_IF_N26, REG_IF_N32, REG_IF_XN, REG_IF_F1, REG_IF_E1, REG_IF_SBI,
	REG_IF_S1, REG_IF_S5, REG_IF_S6A, REG_IF_S8, REG_IF_S11, REG_IF_X2, REG_IF_SX, REG_IF_OAM, REG_IF_OTHER,
	REG_IFS
};
const char *reg_if_name(enum reg_if i);		/* "n2"; "" for REG_IF_NONE */

/* What of an element a supplier supplied. */
enum part { PART_SOFTWARE, PART_HARDWARE, PART_CLOUD, PART_INTEGRATOR, PARTS };
const char *part_name(enum part p);

struct reg_supplier { struct place at; struct text id, name, group; };	/* name defaults to id, group to name */
struct reg_site { struct place at; struct text id, region, name; struct texts tags; };
struct reg_address { struct place at; struct prefix p; enum reg_if on; };
struct reg_addresses { struct reg_address *v; uint32_t n; };
/* A RAN node's identifier, right-aligned.  bits 0: none. */
enum node_id_kind { NODE_ID_GNB, NODE_ID_ENB, NODE_ID_N3IWF, NODE_IDS };
struct node_id { struct place at; uint32_t value, bits; };

struct reg_element {
	struct place	at;
	struct text	id, note;
	uint64_t	roles;			/* NF_BIT()s, never 0 */
	struct texts	names, plmns;		/* plmns: empty means the operator's */
	struct node_id	node[NODE_IDS];
	struct reg_addresses addresses;
	struct numbers	tacs;
	struct text	supplier[PARTS];	/* ids; .s NULL: not said.  One id stands for software and hardware */
	uint32_t	supplier_at[PARTS];	/* index in reg.suppliers, or REG_NONE */
	struct text	site, realm;
	uint32_t	site_at;		/* index in reg.sites, or REG_NONE */
	uint32_t	realm_at;		/* 0: the default realm; else index in reg.realms + 1 */
	uint64_t	commissioned_ns;	/* begin of that day; 0: not said */
	bool		shares;			/* its addresses may be other elements' too */
};

struct reg_protected { struct place at; struct prefixes between; struct text reason; uint64_t since_ns, until_ns; };
struct reg_realm { struct place at; struct text id; struct texts inputs; struct numbers vlans; };
struct reg_operator { struct place at; struct text name; struct texts plmns; };
struct reg_networks {
	struct place	at;
	struct prefixes	inside, ue_pools, framed_routes;
	struct { struct reg_protected *v; uint32_t n; } protected;
};
enum reg_service { SERVICE_RESOLVERS, SERVICE_TIME, SERVICE_LOGS, SERVICE_MANAGEMENT, SERVICES };
struct reg_services { struct place at; struct prefixes of[SERVICES]; };

/* Addresses of a realm found by longest prefix. */
struct prefix_index { struct keyed k; uint64_t used4; uint64_t used6[3]; };

struct reg {
	struct own	own;
	const char	*file;
	struct reg_operator operator;
	struct { struct reg_supplier *v; uint32_t n; } suppliers;
	struct { struct reg_site *v; uint32_t n; } sites;
	struct { struct reg_element *v; uint32_t n; } elements;
	struct reg_networks networks;
	struct reg_services services;
	struct { struct reg_realm *v; uint32_t n; } realms;
	/* made from the above */
	struct keyed	ids, names, nodes, supplier_ids, site_ids;
	struct prefix_index at;
};

/*
 * A register from a tree.  0; FW_EFORMAT: trouble was told and *out is NULL; FW_ENOMEM.
 * The tree may go afterwards.
 */
int reg_load(struct reg **out, const struct tree *t, struct troubles *says);
void reg_free(struct reg *r);			/* NULL is allowed */
const struct schema *reg_schema(void);

/* ---- look-ups; each an index in reg.elements (.suppliers, .sites), or REG_NONE ---- */

uint32_t reg_element_by_id(const struct reg *r, const char *id, size_t n);
uint32_t reg_supplier_by_id(const struct reg *r, const char *id, size_t n);
uint32_t reg_site_by_id(const struct reg *r, const char *id, size_t n);
/* The k-th element that has this name (RANNodeName, AMFName, FQDN, instance); case does not matter. */
uint32_t reg_element_by_name(const struct reg *r, const char *name, size_t n, uint32_t k);
/* The k-th with this node id; plmn: MCC and MNC digits, or NULL for any.  bits 0: of any length. */
uint32_t reg_element_by_node(const struct reg *r, enum node_id_kind kind, uint32_t value, unsigned bits, const char *plmn, uint32_t k);
/*
 * The k-th element that holds the address, by the longest prefix declared (more than one only
 * where they share it).  on: if not NULL, the interface it is declared on.
 */
uint32_t reg_element_at(const struct reg *r, uint32_t realm, const struct addr *a, uint32_t k, enum reg_if *on);
/* 0 or a realm's number (index in reg.realms + 1): the first that names this input or one of these VLANs. */
uint32_t reg_realm_of(const struct reg *r, const char *input, const uint16_t *vlans, size_t nvlans);

bool prefixes_hold(const struct prefixes *p, const struct addr *a);
/* The operator's own: networks.inside, or an element's address in any realm. */
bool reg_inside(const struct reg *r, const struct addr *a);
/* In a declared pool, or behind a subscriber's router. */
bool reg_of_subscriber(const struct reg *r, const struct addr *a);
bool reg_serves(const struct reg *r, enum reg_service s, const struct addr *a);
/* The declared protected domain between two addresses (in any order) in force at t_ns: index in networks.protected. */
uint32_t reg_protected(const struct reg *r, const struct addr *a, const struct addr *b, uint64_t t_ns);
/* It operates in this PLMN: its own list, else the operator's; true too when neither was declared. */
bool reg_element_in_plmn(const struct reg *r, uint32_t element, const char *plmn);
/* The site of an element has this tag / lies in this region. */
bool reg_element_tagged(const struct reg *r, uint32_t element, const char *tag);
const char *reg_element_region(const struct reg *r, uint32_t element);	/* NULL: not said */
/* The legal group of the supplier of a part; NULL: not said. */
const char *reg_element_group(const struct reg *r, uint32_t element, enum part p);

/* ---- shared inside this folder ---- */

/* Contradictions and look-ups (register_check.c).  False: trouble was told, or r->own.full. */
bool reg_check(struct reg *r, struct troubles *says);
void prefix_index_add(struct prefix_index *x, struct own *o, uint32_t realm, const struct prefix *p, uint32_t value);
/* Entries of the longest prefix that holds the address. */
const struct keyed_entry *prefix_index_find(const struct prefix_index *x, uint32_t realm, const struct addr *a, uint32_t *n);

#endif
