/*
 * What explanations and checks look at: the model, the register and the policy, and who stands at
 * an address.  Everything is borrowed.  view_settle() is called once, when the model is settled;
 * after that only the memo is written.  One view, one thread.
 */
#ifndef FW_EXPLAIN_VIEW_H
#define FW_EXPLAIN_VIEW_H

#include "model.h"
#include "policy.h"

/* Where an address lies (DESIGN.md section 5). */
enum where {
	WHERE_INSIDE,		/* the operator's own: declared, else the /24 (/64) of an element's address */
	WHERE_SUBSCRIBER,	/* in a UE pool */
	WHERE_OUTSIDE,		/* global and not inside */
	WHERE_PRIVATE,		/* neither: private addresses that nothing declares */
};

/* Protocols on the taps that order tunnels and that this version does not decode. */
enum present { PRESENT_S1AP = 2, PRESENT_X2AP = 4, PRESENT_XNAP = 8, PRESENT_F1AP = 16, PRESENT_E1AP = 32 };

/* That an element of the register was active: what it was first seen as, or the first packet it sent. */
struct sight { bool seen; uint32_t element; struct ground ground; uint64_t first_ns, last_ns; };	/* element: of the model, or NONE */

struct esp_pair { struct addr a, b; };		/* the lower first */
struct ends_memo;

struct view {
	const struct model	*model;
	const struct reg	*reg;		/* NULL: no register */
	const struct policy	*policy;
	void			(*sha256)(const void *data, size_t n, uint8_t out[32]);	/* NULL: no target of copies is approved, no id is unique */
	uint64_t		 at_ns;		/* the day as of which rules are read */
	bool			 fragments;	/* some packets came in IP fragments, which filters must show too */
	/* made by view_settle() */
	uint32_t		*registered;	/* by model element: index in reg->elements, or REG_NONE */
	struct prefix		*near;		/* sorted: the /24 and /64 of element addresses */
	uint32_t		 nnear;
	uint32_t		 present;	/* PRESENT_ bits */
	uint64_t		 first_ns, last_ns;	/* of contacts */
	struct sight		*sight;		/* by element of the register */
	struct esp_pair		*esp;		/* sorted */
	uint32_t		 nesp;
	struct ends_memo	*memo;		/* of contact_ends() */
};

/* Was ESP, AH or ESP in UDP seen between the two? */
bool view_esp(const struct view *v, const struct addr *a, const struct addr *b);
/* 0 or FW_ENOMEM; view_free() gives back what it made. */
int view_settle(struct view *v);
void view_free(struct view *v);

/* Roles that only observation gives, beside NF_BIT()s. */
struct who {
	struct addr	addr;
	uint32_t	reg;		/* the register's element that declares the address, or REG_NONE */
	uint32_t	element;	/* the one model element at the address, or NONE */
	unsigned	elements;	/* how many the model knows there */
	uint64_t	roles;		/* NF_BIT()s: of the register, else what was shown */
	uint64_t	shown;		/* NF_BIT()s that signalling showed; what is only PFCP-CP counts as each of its kin */
	enum reg_if	on;		/* the interface the register declares it on */
	enum where	where;
	bool		accepted;	/* its role was granted by the other side: NG Setup, PFCP association or session */
};

/* A contact as its two ends, see contact_ends(); and whose they were that were asked for last: many ask for the same. */
struct ends { struct who from, to; bool known; uint16_t port; uint8_t protocol; };
struct ends_memo { const struct contact_rec *of; struct ends ends; };

/*
 * The k-th element of the register that declares the address: in the default realm, else in the first that does.  What was seen
 * is not told apart by realm in this version.  on: the interface, or NULL.
 */
uint32_t view_reg_at(const struct view *v, const struct addr *a, uint32_t k, enum reg_if *on);
/* Who is at the address; before view_settle() only what the register says. */
struct who who_is(const struct view *v, const struct addr *a);
static inline bool who_element(const struct who *w) { return w->reg != REG_NONE || w->elements; }
/* The id in reports: of the register, of the only element there, else the address.  Returns its length. */
size_t who_id(const struct view *v, const struct who *w, char out[ELEMENT_ID]);
/* NF_BIT()s of what the model calls an element. */
uint64_t shown_roles(const struct element *e);

#endif
