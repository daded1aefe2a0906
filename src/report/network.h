/* The network added up: who stands where, by role and site, and who speaks with whom; private to this folder. */
#ifndef FW_REPORT_NETWORK_H
#define FW_REPORT_NETWORK_H

#include "report.h"
#include "table.h"

/* Rows in the order of the signal. */
enum tier { TIER_RAN, TIER_AMF, TIER_SMF, TIER_UPF, TIER_CORE, TIER_OPERATION, TIER_OTHER, TIER_OUTSIDE, TIERS };
const char *tier_name(enum tier r);

/* none: read in clear; declared: the same, in a domain that the register declares protected; esp: under IPsec; tls: under TLS, and read with a key log; unread: not decoded, so not known. */
enum protection { PROTECTION_NONE, PROTECTION_DECLARED, PROTECTION_ESP, PROTECTION_UNREAD, PROTECTION_TLS };
const char *protection_name(enum protection p);

enum { NETWORK_NODES = 1 << 17, NETWORK_PAIRS = 1 << 17, NETWORK_LINKS = 4096, NETWORK_COLUMNS = 64, NO_COLUMN = NETWORK_COLUMNS, INTERFACE_TEXT = 16 };

/* Who stands at addresses as findings name it: an element, or the address where several share it or none does. */
struct net_node {
	char		id[ELEMENT_ID];
	uint64_t	roles;			/* NF_BIT()s */
	uint32_t	reg;			/* of the register, or REG_NONE */
	uint8_t		outside, violated, tier, column;
	uint8_t		pad[8];
};

struct net_at { uint8_t fam, b[16], pad[3]; uint32_t node; };
struct pair_key { uint32_t a, b; char interface[INTERFACE_TEXT]; uint32_t protection; };
struct pair { struct pair_key key; uint32_t violated; uint64_t contacts, packets; };
struct link_key { uint8_t tier_a, column_a, tier_b, column_b; char interface[INTERFACE_TEXT]; uint32_t protection; };
struct link { struct link_key key; uint64_t contacts, packets, violated; };
struct accused { const char *subject, *object; };

struct network {
	const struct report *r;
	const struct view *v;
	struct table	at, nodes, pairs, links;
	struct accused	*accused;		/* sorted, either way round */
	size_t		naccused;
	const char	*by;			/* "site", "region" or "all": what the columns are */
	const char	*column[NETWORK_COLUMNS];
	unsigned	ncolumns;
	uint64_t	left;			/* contacts that found no room */
};

/* Adds up.  0 or FW_ENOMEM; network_free() in any case. */
int network_make(struct network *n, const struct report *r);
void network_free(struct network *n);
static inline const struct net_node *network_node(const struct network *n, uint32_t i) { return table_at(&n->nodes, i); }
/* The column of a site of the register by its index, or NO_COLUMN. */
unsigned network_column(const struct network *n, uint32_t reg_element);
/* The tier of a set of roles. */
enum tier network_tier(uint64_t roles, bool outside);

/* The member "network". */
void report_network(struct json *j, const struct report *r);

#endif
