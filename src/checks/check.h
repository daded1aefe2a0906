/*
 * A check: one file and one line in LIST.  Pure functions over a view: no bytes, no clock, no
 * output, no memory of their own; what they find they put on the docket.
 *
 * Three occasions: a fact of a message that `wakes` names; a contact, when all facts are in; the end.
 * At a fact the model has just taken that fact in (model_last()), and who stands where is known from
 * the register only; at the other two the view is settled.
 */
#ifndef FW_CHECKS_CHECK_H
#define FW_CHECKS_CHECK_H

#include "explain.h"
#include "fact.h"

enum verdict { VIOLATED, NOT_DECIDABLE, UNPROTECTED, CONFORM, NOT_OBSERVED, VERDICTS, OFF = VERDICTS };
const char *verdict_name(enum verdict v);	/* "not-decidable"; "off" */

/* Subject or object: who at an address, an element that was seen, one of the register, a supplier of it. */
enum party_kind { PARTY_NONE, PARTY_ADDR, PARTY_ELEMENT, PARTY_REGISTERED, PARTY_SUPPLIER };
struct party {
	uint8_t		kind;		/* enum party_kind */
	uint8_t		bare;		/* PARTY_ADDR: always the address, whoever is there */
	uint32_t	index;		/* PARTY_ELEMENT: of the model; PARTY_REGISTERED, PARTY_SUPPLIER: of the register */
	struct addr	addr;		/* PARTY_ADDR; of others where it is met, fam 0: not said */
	uint8_t		bits;		/* PARTY_ADDR: a prefix's length, or 0 */
};
static inline struct party party_none(void) { return (struct party){ .kind = PARTY_NONE }; }
static inline struct party party_at(const struct addr *a) { return (struct party){ .kind = PARTY_ADDR, .addr = *a }; }

/* One thing judged. */
struct instance {
	enum verdict	verdict;
	enum severity	severity;	/* SEV_NONE: the check's, as policy has it */
	struct party	subject, object;
	const char	*title;		/* of the finding; copied; NULL: the check's, which also stands where instances of one finding have several */
	const char	*reason;	/* a sentence without its full stop; copied */
	const char	*filter;	/* display filter, current Wireshark, of these packets and no others; copied; NULL for verdicts that make no finding */
	/* the packets: of a contact (index + 1), of a fact, or a list */
	uint32_t	contact;
	const struct fact *fact;
	const struct ground *ground;
	unsigned	nground;
	uint64_t	frames_total;	/* 0: nground */
	/* what the verdict rests on besides (of a fact, what the model made of it counts by itself) */
	uint32_t	end;		/* a tunnel end of the model, index + 1; 0: none */
	const struct ground *context;
	unsigned	ncontext;
	bool		all;		/* every one of the packets, not the first ones only */
	uint64_t	count;		/* things counted (messages, contacts); 0: one */
	uint64_t	first_ns, last_ns;	/* 0: the fact's time */
	const char	*ue;		/* pseudonym of the subscriber it is about, nue octets; NULL: none */
	unsigned	nue;
	bool		would_be_standard;	/* it is only that an end is not registered; the finding about that end covers it */
	const char	*tshark;	/* options that the filter needs, "-o ..."; NULL: none */
	uint8_t		slot;		/* 1 to 32: which of the check's filters this one has, see docket_said(); 0: not said */
	bool		apart;		/* no finding, and the filter of the check's findings would not show it */
	bool		pin;		/* the filter needs the frame numbers too */
	const char	*wide;		/* one filter for all packets of the pair, when there are too many single ones; NULL: none */
};

struct docket;
void docket_add(struct docket *d, const struct instance *x);
/* One more that conforms, and that the filter of the check's findings would not show: what docket_add() makes of CONFORM and `apart`. */
void docket_conforms(struct docket *d);
/* What the running check put on the docket so far turned out to be declared: violations become conform. */
void docket_withdraw(struct docket *d);
/* The same check has said the filter of x->slot about x's two already: reason and filter need not be made again. */
bool docket_said(const struct docket *d, const struct instance *x);
/* Text for reason and filter, valid until the next docket_add(). */
const char *docket_text(struct docket *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
const char *docket_filter(struct docket *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Which messages wake a check: of NGAP by procedure code, NAS by 5GMM message type, PFCP and GTP by message type. */
enum { ANY_TYPE = -1 };
struct waking { uint8_t kind; int16_t type; };		/* enum fact_kind; ANY_TYPE: all */
enum { CHECK_WAKES = 16 };

struct check {
	const char	*id, *title;
	enum severity	severity;
	const char	*refs;		/* clauses and ids, "; " between */
	/* what people read: sentences, the same in `checks`, in docs/checks/ and on the page */
	const char	*means;		/* what it means when it fires */
	const char	*confirm;	/* how to see it in Wireshark */
	const char	*causes;	/* what else could cause it */
	const char	*todo;		/* what to do */
	const char	*filter;	/* the general form of its display filter */
	bool		complete;	/* needs the absence of packets, not only their presence (EVIDENCE.md need) */
	bool		wants_register;	/* without one nothing can be violated */
	bool		elements_only;	/* on_contact: only contacts with an element at one end */
	unsigned	nwakes;
	struct waking	wakes[CHECK_WAKES];
	uint64_t	reads;		/* 1 << enum fact_kind: what was lost or cut of these leaves its link undecided */
	void		(*on_fact)(const struct view *v, const struct fact *f, struct docket *d);
	void		(*on_contact)(const struct view *v, uint32_t contact, const struct explanation *x, struct docket *d);
	void		(*at_end)(const struct view *v, struct docket *d);
	/* NULL: always on; else whether any rule asks for it */
	bool		(*asked)(const struct view *v);
};

extern const struct check *const checks[];	/* as in LIST; NULL ends */

/* ---- helpers that several checks need ---- */

/* "ip.src#1 == 10.0.0.1 && ip.dst#1 == 10.0.0.2", or ipv6; outer: what stands before the packet (fact.h). */
enum { TERM = 160 };
const char *term_from_to(const struct addr *src, const struct addr *dst, uint8_t outer, char out[TERM]);
/* The same for a message, without ICMP errors that quote it and tunnels that only carry the like. */
const char *term_message(const struct fact *f, char out[TERM]);
/*
 * "ip.addr#1 == a && ip.addr#1 == b && ip.proto#1 == 6 && tcp.port#1 == 443" of a contact; and all that its two
 * ends exchange over a transport: for a scan, whose ports are too many to name.  #2 and so on of what a tunnel carries.
 */
enum { CONTACT_TERM = 544 };
const char *term_contact(const struct view *v, const struct contact_rec *c, char out[CONTACT_TERM]);
const char *term_pair(const struct view *v, const struct contact_rec *c, char out[CONTACT_TERM]);
/* An instance about a contact; its frames and filters are put in when it is one of a finding. */
struct instance contact_instance(const struct view *v, uint32_t contact);
/* An instance about a fact from its sender to its receiver. */
struct instance fact_instance(const struct fact *f);
/* A domain that the register declares protected covers the two at that time. */
bool declared_protected(const struct view *v, const struct addr *a, const struct addr *b, uint64_t t_ns);

#endif
