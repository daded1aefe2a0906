/*
 * Why two ends speak (DESIGN.md section 2): declared by a row of the register or policy, ordered by
 * signalling, or standard between roles.  A pure function of the view; nothing is kept.
 */
#ifndef FW_EXPLAIN_EXPLAIN_H
#define FW_EXPLAIN_EXPLAIN_H

#include "view.h"

enum explained { EXPLAINED_NOT, EXPLAINED_DECLARED, EXPLAINED_ORDERED, EXPLAINED_STANDARD };
const char *explained_name(enum explained k);		/* "declared"; NULL for EXPLAINED_NOT */

enum { EXPLAIN_GROUNDS = 8, EXPLAIN_TEXT = 320, RULE_TEXT = 128 };

struct explanation {
	enum explained	kind;
	/* EXPLAINED_NOT only: what not seen or not decoded could explain it, so that nothing can be held against it. */
	bool		undecidable;
	unsigned	ngrounds;
	struct ground	ground[EXPLAIN_GROUNDS];	/* frames of the order */
	char		rule[RULE_TEXT];		/* "allow oss-ssh", "services.resolvers", "N2 (TS 23.501 4.2.7)"; empty: none */
	const char	*general;	/* undecidable: the reason without names, so that many are one; NULL: text is */
	char		text[EXPLAIN_TEXT];		/* one sentence: the chain, or why there is none */
};

/* A contact as its two ends: from opened it, or holds no service, or came first. */
struct ends contact_ends(const struct view *v, const struct contact_rec *c);

/* Does an element stand at one of its ends?  Cheap where most contacts are between others. */
bool contact_of_element(const struct view *v, const struct contact_rec *c);

/* Why contact i is there. */
void explain_contact(const struct view *v, uint32_t i, struct explanation *out);

/* ---- parts of it that checks ask too ---- */

/* The 3GPP reference point that joins the two by their roles, in any order, for this protocol and port: "N2"; NULL: none.
 * by_shown: roles that signalling showed count, not only the register's. */
const char *reference_point(const struct who *a, const struct who *b, uint8_t protocol, uint16_t port, bool by_shown);
/* What a contact is called, as the model sees it; where its content is a protocol of several, what the register says of the ends decides. */
const char *interface_name(const struct view *v, const struct contact_rec *c);
/* The clause that draws that reference point. */
const char *reference_spec(const char *name);
/* Was the address named by signalling as an end of user-plane tunnels, or declared as one? */
bool tunnel_address_known(const struct view *v, const struct addr *a);
/* Is this address an approved duplication target? */
bool duplication_approved(const struct view *v, const struct addr *a);
/* Signalling that could have named the tunnel end was in view from its start: an association or NG Setup before t_ns. */
bool signalling_in_view(const struct view *v, const struct addr *a, uint64_t t_ns);
/* A sentence on what is on the taps and could order tunnels, but is not decoded; NULL: nothing. */
const char *undecoded_tunnel_orders(const struct view *v);

#endif
